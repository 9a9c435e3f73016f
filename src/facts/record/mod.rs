//! Records: facts as lines of JSON, from which a document can be checked without being read for them again.
//!
//! ```text
//! {"path": "report.md", "kind": "document", …}      at most one for each document, wherever it stands
//! {"path": "report.md", "kind": "rating", …}        one for each fact
//! ```
//!
//! A fact names its document, its kind and the words that state it; whatever else its kind has may be left out, as may the line of
//! the document. So any program can write records. Those that [`write`] writes hold all that rules ask for: the text of the document,
//! from which its blocks are had again, and beside each fact what its plain values do not say.
//!
//! Where the text is not known, only the words of facts are ([`Facts::bare`]): rules that ask what stands around them stay silent.

mod bare;
mod document;
mod fact;
mod line;
pub mod schema;
mod value;

use std::{
    io::{self, Write},
    path::Path,
    sync::Arc,
};

pub use document::digest;
pub use line::Line;

use super::{
    Fact, Facts, Place,
    about::{self, About},
    json::{DocumentJson, FactJson},
    phrases::Kinds,
    reading::Reading,
};
use crate::{
    document::{Backwards, Document, Format},
    framework::{Frameworks, Vocabulary},
    source::SourceFile,
    span::Span,
    value::Days,
};

/// What `kind` says of the line of a document; no kind of fact has that name.
pub const KIND: &str = "document";

/// What is wrong with a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Bytes of its line.
    pub span: Span,
    /// One sentence, without a full stop.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

/// What records are read with.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// Every kind of fact.
    pub kinds: &'a Kinds,
    /// Every framework.
    pub frameworks: &'a Frameworks,
    /// What a document may be in its set.
    pub roles: &'a [&'a str],
    /// Id of the framework that documents are read with, whatever records say.
    pub framework: Option<&'a str>,
    /// The file of the document, where there is one that has this [`digest`].
    pub file: &'a dyn Fn(&str) -> Option<(SourceFile, Format)>,
}

/// A document as records tell it.
#[derive(Debug)]
pub struct Recorded {
    /// Its file, as far as it is known.
    pub file: SourceFile,
    /// What it is.
    pub format: Format,
    /// Its text and blocks, as far as they are known.
    pub document: Document,
    /// Its facts.
    pub facts: Facts,
    /// What it was read with.
    pub vocabulary: Arc<Vocabulary>,
    /// What is wrong, each with the index of its line.
    pub mistakes: Vec<(usize, Mistake)>,
}

impl Reader<'_> {
    /// The document of a path, as these lines tell it. Lines that are wrong are told and left out.
    pub fn read(&self, path: &str, lines: &[&str]) -> Recorded {
        let mut mistakes = Vec::new();
        let mut parsed = Vec::new();
        for (at, text) in lines.iter().enumerate() {
            match Line::parse(text) {
                Ok(line) => parsed.push((at, line)),
                Err(mistake) => mistakes.push((at, mistake)),
            }
        }
        let is_document = |line: &Line<'_>| {
            line.typed::<String>("kind", "").ok().flatten().as_deref() == Some(KIND)
        };
        let (documents, facts): (Vec<_>, Vec<_>) =
            parsed.iter().partition(|(_, line)| is_document(line));
        let about = self.about(&documents, &mut mistakes);
        let known = text(path, &about).or_else(|| (self.file)(about.digest.as_deref()?));
        let read = known.map(|(file, format)| {
            let document = crate::document::read(&file, format);
            (file, format, document)
        });
        let words = read.as_ref().map_or("", |(_, _, document)| &document.text);
        let framework = self.framework.or(about.framework.as_deref());
        let vocabulary = framework
            .and_then(|id| self.frameworks.vocabulary(id))
            .or_else(|| self.frameworks.recognise(words))
            .unwrap_or_default();
        let mut told = Vec::new();
        for (at, line) in facts {
            match fact::Told::read(line, self.kinds, &vocabulary) {
                Ok(fact) => told.push(fact),
                Err(found) => mistakes.extend(found.into_iter().map(|mistake| (*at, mistake))),
            }
        }
        mistakes.sort_by_key(|(at, mistake)| (*at, mistake.span));
        let (file, format, document, facts) = if let Some((file, format, document)) = read {
            let facts = within(&document, &vocabulary, told, &about);
            (file, format, document, facts)
        } else {
            let (file, document, facts) = bare::document(path, told);
            let facts = with_about(facts, &about, None);
            let named = || Format::of(Path::new(path));
            let format = about.format.or_else(named).unwrap_or(Format::Text);
            (file, format, document, facts)
        };
        Recorded {
            file,
            format,
            document,
            facts,
            vocabulary,
            mistakes,
        }
    }

    /// What the line of the document tells.
    fn about(
        &self,
        lines: &[&(usize, Line<'_>)],
        mistakes: &mut Vec<(usize, Mistake)>,
    ) -> document::Told {
        let [(at, first), others @ ..] = lines else {
            return document::Told::default();
        };
        mistakes.extend(others.iter().map(|(at, _)| {
            let message = "the document has a record already".to_owned();
            let mistake = Mistake {
                span: Span::new(0, 1),
                message,
                help: Some("leave one of the two out".to_owned()),
            };
            (*at, mistake)
        }));
        let names = document::Names {
            frameworks: self.frameworks.ids().collect(),
            roles: self.roles,
        };
        let (told, found) = document::Told::read(first, &names);
        mistakes.extend(found.into_iter().map(|mistake| (*at, mistake)));
        told
    }
}

/// The file that the line of a document holds.
fn text(path: &str, told: &document::Told) -> Option<(SourceFile, Format)> {
    let text = told.text.as_deref()?;
    let named = || Format::of(Path::new(path));
    let format = told
        .format
        .or_else(named)
        .unwrap_or_else(|| Format::guess(text));
    let file = match &told.layout {
        Some(layout) => SourceFile::laid_out(path, text, layout.clone()),
        None => SourceFile::new(path, text),
    };
    Some((file, format))
}

/// The facts of a document whose text is known. They stand where they were read; where they were read in another text, or by
/// another program, by their bytes of the file.
fn within(
    document: &Document,
    vocabulary: &Vocabulary,
    told: Vec<fact::Told>,
    about: &document::Told,
) -> Facts {
    let reading = Reading::new(document, vocabulary);
    let sentences: Vec<Span> = reading
        .sentences
        .iter()
        .map(|sentence| reading.input(sentence).span())
        .collect();
    let same = about
        .read
        .as_ref()
        .is_some_and(|read| *read == document::made(document));
    let backwards = document.map.backwards(document.text.len());
    let placed = told.into_iter().map(|told| {
        let read = told.read.as_ref().filter(|_| same);
        let inside = |span: &Span| span.end <= document.text.len();
        match read.and_then(|read| Some((read.span.filter(inside)?, read))) {
            Some((span, read)) => {
                let place = Place {
                    block: read.block,
                    sentence: read.sentence,
                    cell: read.cell,
                };
                told.fact(span, place)
            }
            None => by_bytes(told, &backwards, &reading, &sentences),
        }
    });
    let mut facts: Vec<Fact> = placed.collect();
    facts.sort_by_key(|fact| (fact.span, fact.kind));
    let facts = Facts {
        facts,
        mentions: reading
            .sentences
            .iter()
            .map(|sentence| sentence.classes)
            .collect(),
        sentences,
        ..Facts::default()
    };
    with_about(facts, about, Some(&reading))
}

/// A fact at its bytes of the file.
fn by_bytes(
    told: fact::Told,
    backwards: &Backwards,
    reading: &Reading<'_>,
    sentences: &[Span],
) -> Fact {
    let start = told.start.unwrap_or_default();
    let written = Span::new(start, told.end.unwrap_or(start));
    let span = backwards.to_clean(written).unwrap_or_default();
    let before = sentences.partition_point(|sentence| sentence.start <= span.start);
    let sentence = before.checked_sub(1);
    let place = sentence.and_then(|at| reading.sentences.get(at));
    let place = place.map(|sentence| sentence.place).unwrap_or_default();
    told.fact(span, place)
}

/// Facts with what their document is about: as the line of the document tells, else as can be told by its facts and its text.
fn with_about(mut facts: Facts, told: &document::Told, reading: Option<&Reading<'_>>) -> Facts {
    let given = told.subject.is_some()
        && told.title.is_some()
        && told.role.is_some()
        && told.published.is_some()
        && told.anchor.is_some();
    let found = match reading {
        _ if given => About::default(),
        Some(reading) => about::about(reading, &facts.facts),
        None => about::dated(&facts.facts),
    };
    let published = told.published.unwrap_or(found.published);
    let anchor = published.map(Days::to).or(found.anchor);
    facts.about = About {
        subject: told.subject.clone().unwrap_or(found.subject),
        title: told.title.clone().unwrap_or(found.title),
        role: told.role.clone().unwrap_or(found.role),
        published,
        anchor: told.anchor.unwrap_or(anchor),
    };
    facts
}

/// Writes the line of a document, from which and from those of its facts it is [read](Reader::read) as it was.
///
/// # Errors
///
/// Those of `out`.
pub fn write_document(
    read: DocumentJson<'_>,
    format: Format,
    digest: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let line = document::Written::of(
        read.file,
        format,
        digest,
        read.document,
        &read.facts.about,
        read.framework,
    );
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")
}

/// Writes the line of a fact.
///
/// # Errors
///
/// Those of `out`.
pub fn write_fact(
    path: &str,
    fact: FactJson<'_>,
    vocabulary: &Vocabulary,
    out: &mut dyn Write,
) -> io::Result<()> {
    let line = Written {
        path,
        fact,
        read: fact::ReadWith::of(&fact, vocabulary),
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")
}

/// A fact on a line of its own.
struct Written<'a> {
    path: &'a str,
    fact: FactJson<'a>,
    read: fact::ReadWith,
}

impl serde::Serialize for Written<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("path", self.path)?;
        self.fact.entries(&mut map)?;
        map.serialize_entry("read", &self.read)?;
        map.end()
    }
}
