//! The line of a document.
#![expect(
    clippy::option_option,
    reason = "what is said to be unknown is not what is left unsaid"
)]

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{KIND, Mistake, line::Line, value::days};
use crate::{
    document::{Document, Format},
    facts::{about::About, json},
    layout::Layout,
    source::SourceFile,
    span::Span,
    suggest::did_you_mean,
    value::{Days, Label, Value},
};

/// What a line holds, with what it is.
pub(super) const FIELDS: &[(&str, &str)] = &[
    ("path", "the file, as it was named"),
    ("kind", "always `document`"),
    ("framework", "id of the framework that it was read with"),
    ("subject", "the inspected body"),
    ("title", "the first heading or line"),
    (
        "role",
        "what it is in its set: report, summary, release, response or plan",
    ),
    (
        "published",
        "when it was published or last updated: a day, or first/last",
    ),
    (
        "anchor",
        "the day by which it is placed in a round of inspections",
    ),
    (
        "format",
        "what it is: text, markdown, html, word, opendocument or pdf",
    ),
    (
        "digest",
        "a BLAKE3 hash of the file, as `blake3:` and hexadecimal digits",
    ),
    ("text", "the text of the file, or what was taken out of it"),
    ("layout", "how the text lay in a package"),
    (
        "read",
        "what `assize facts` made of the text, by which places in it hold",
    ),
];

/// Every format, and the word for it.
pub(super) const FORMATS: &[(&str, Format)] = &[
    ("text", Format::Text),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
    ("word", Format::Word),
    ("opendocument", Format::OpenDocument),
    ("pdf", Format::Pdf),
];

/// What stands before the digits of a digest.
const HASH: &str = "blake3:";

/// The digest of a file that holds these bytes.
pub fn digest(bytes: &[u8]) -> String {
    format!("{HASH}{}", blake3::hash(bytes).to_hex())
}

/// What a document was made into when it was read: places in its clean text hold only where it is the same again.
pub(super) fn made(document: &Document) -> String {
    let hash = blake3::hash(document.text.as_bytes()).to_hex();
    let short: String = hash.chars().take(16).collect();
    format!("{short}-{}", document.blocks.len())
}

/// The line of a document that was read.
#[derive(Serialize)]
pub(super) struct Written<'a> {
    path: &'a str,
    kind: &'static str,
    framework: &'a str,
    subject: Option<&'a str>,
    title: Option<&'a str>,
    role: Option<&'a str>,
    published: Option<String>,
    anchor: Option<Date>,
    format: &'static str,
    digest: &'a str,
    read: String,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    layout: Option<&'a Layout>,
}

impl<'a> Written<'a> {
    pub(super) fn of(
        file: &'a SourceFile,
        format: Format,
        digest: &'a str,
        document: &Document,
        about: &'a About,
        framework: &'a str,
    ) -> Self {
        let word = FORMATS.iter().find(|(_, known)| *known == format);
        let days = |days: Days| json::text(&Value::Days(days));
        Self {
            path: file.name(),
            kind: KIND,
            framework,
            subject: about.subject.as_ref().map(Label::text),
            title: about.title.as_deref(),
            role: about.role.as_deref(),
            published: about.published.map(days),
            anchor: about.anchor,
            format: word.map_or("", |(word, _)| word),
            digest,
            read: made(document),
            text: file.text(),
            layout: file.layout(),
        }
    }
}

/// A document as a line tells it. What is not told is found out where that can be.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    pub framework: Option<String>,
    pub subject: Option<Option<Label>>,
    pub title: Option<Option<String>>,
    pub role: Option<Option<String>>,
    pub published: Option<Option<Days>>,
    pub anchor: Option<Option<Date>>,
    pub format: Option<Format>,
    pub digest: Option<String>,
    pub text: Option<String>,
    pub layout: Option<Layout>,
    pub read: Option<String>,
}

/// The names that a line may use.
#[derive(Clone, Debug)]
pub(super) struct Names<'a> {
    pub frameworks: Vec<&'a str>,
    pub roles: &'a [&'a str],
}

impl Told {
    /// The document that a line tells, and every mistake in it: what is wrong is taken for not told.
    pub(super) fn read(line: &Line<'_>, names: &Names<'_>) -> (Self, Vec<Mistake>) {
        let mut reader = Reader {
            line,
            mistakes: Vec::new(),
        };
        for (name, value) in line.fields() {
            let known = || FIELDS.iter().map(|(known, _)| *known);
            if known().all(|known| known != name) {
                let hint = did_you_mean(name, known());
                reader.mistakes.push(Mistake {
                    span: line.span(value),
                    message: format!("a document has no field `{name}`{hint}"),
                    help: Some(format!(
                        "its fields are {}",
                        known().collect::<Vec<_>>().join(", ")
                    )),
                });
            }
        }
        let framework = reader.one_of("framework", &names.frameworks);
        let subject = reader.told("subject", "a text");
        let title = reader.told("title", "a text");
        let role = reader.one_of("role", names.roles);
        let published = reader.dated("published", "a day or period", days);
        let anchor = reader.dated("anchor", "a day", |text| {
            days(text).filter(|days| days.is_day()).map(Days::from)
        });
        let words: Vec<&str> = FORMATS.iter().map(|(word, _)| *word).collect();
        let format = reader.one_of("format", &words).flatten();
        let format = FORMATS
            .iter()
            .find(|(word, _)| format.as_deref() == Some(*word));
        let subject: Option<Option<String>> = subject;
        let mut told = Self {
            framework: framework.flatten(),
            subject: subject.map(|subject| subject.as_deref().map(Label::new)),
            title,
            role,
            published,
            anchor,
            format: format.map(|(_, format)| *format),
            digest: reader.told("digest", "a text").flatten(),
            text: reader.told("text", "a text").flatten(),
            layout: reader
                .told("layout", "what `assize facts` writes there")
                .flatten(),
            read: reader.told("read", "a text").flatten(),
        };
        if let (Some(layout), text) = (&told.layout, told.text.as_deref().unwrap_or_default())
            && !layout.fits(text)
        {
            told.layout = None;
            reader.wrong("layout", "what `assize facts` writes there for this text");
        }
        (told, reader.mistakes)
    }
}

struct Reader<'a, 'l> {
    line: &'l Line<'a>,
    mistakes: Vec<Mistake>,
}

impl<'a> Reader<'a, '_> {
    /// What a field says, be it nothing; `None` where it is not given, or wrong.
    fn told<T: Deserialize<'a>>(&mut self, name: &str, wanted: &str) -> Option<Option<T>> {
        if !self.line.names(name) {
            return None;
        }
        match self.line.typed(name, wanted) {
            Ok(told) => Some(told),
            Err(mistake) => {
                self.mistakes.push(mistake);
                None
            }
        }
    }

    fn one_of(&mut self, name: &str, known: &[&str]) -> Option<Option<String>> {
        let told: Option<String> = self.told(name, "a text")?;
        match told {
            Some(word) if !known.contains(&word.as_str()) => {
                let hint = did_you_mean(&word, known.iter().copied());
                self.mistakes.push(Mistake {
                    span: self
                        .line
                        .get(name)
                        .map_or_else(Span::default, |value| self.line.span(value)),
                    message: format!("there is no {name} `{word}`{hint}"),
                    help: Some(format!("it is one of {}", known.join(", "))),
                });
                None
            }
            other => Some(other),
        }
    }

    fn dated<T>(
        &mut self,
        name: &str,
        wanted: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<Option<T>> {
        let told: Option<String> = self.told(name, wanted)?;
        let Some(text) = told else {
            return Some(None);
        };
        let read = read(&text);
        if read.is_none() {
            self.wrong(name, &format!("{wanted}, as \"2024-05-31\""));
        }
        read.map(Some)
    }

    fn wrong(&mut self, name: &str, wanted: &str) {
        let mistake = match self.line.get(name) {
            Some(value) => self.line.mistyped(name, value, wanted),
            None => Mistake {
                span: Span::default(),
                message: format!("`{name}` must be {wanted}"),
                help: None,
            },
        };
        self.mistakes.push(mistake);
    }
}
