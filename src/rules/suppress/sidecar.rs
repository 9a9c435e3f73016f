//! The file beside a document that silences rules in it, for Word, OpenDocument and PDF files, which have no comments that are read,
//! and for any other that is not to be touched: `draft.docx.assize-ignore.yaml` beside `draft.docx`.
//!
//! ```yaml
//! ignore:
//!   - rule: figure-two-values
//!     words: 46% in the pilot      # words at one of the places; the whole document where they are left out
//!     reason: the second figure is that of the pilot
//!     until: 2027-01-31            # the last day on which it counts; may be left out
//! ```

use std::{collections::BTreeSet, fmt::Write as _};

use jiff::civil::Date;
use memchr::memmem;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{INVALID, Reach, Suppression, day};
use crate::{
    diagnostic::{Diagnostic, SuppressedBy},
    document::Document,
    source::SourceFile,
    span::{SourceId, Span, Spanned},
    yaml,
};

/// What the name of such a file has behind the name of its document.
pub const ENDING: &str = ".assize-ignore.yaml";

/// Such a file exactly as written.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "DOCUMENT.assize-ignore.yaml")]
pub struct SidecarFile {
    /// What is not to be reported.
    pub ignore: Option<Vec<Spanned<ExcuseConfig>>>,
}

/// One problem of the document that is not to be reported.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExcuseConfig {
    /// The rule that raises it.
    pub rule: Option<Spanned<String>>,
    /// Words of the document at one of its places, wherever lines break; everything that the rule raises where left out.
    pub words: Option<Spanned<String>>,
    /// Why it may stand.
    pub reason: Option<Spanned<String>>,
    /// The last day on which it is not reported, as `2027-01-31`; every day where left out.
    pub until: Option<Spanned<String>>,
}

/// An entry that is sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excuse {
    rule: Spanned<String>,
    words: Option<String>,
    reason: String,
    until: Option<Date>,
    /// The file that it stands in.
    source: SourceId,
}

/// The entries of such a file that are sound, and every mistake of the others, in order of place.
pub fn read_sidecar(source: SourceId, file: &SourceFile) -> (Vec<Excuse>, Vec<Diagnostic>) {
    let is_blank = |line: &str| {
        let line = line.trim_start_matches('\u{feff}').trim_start();
        line.is_empty() || line.starts_with('#')
    };
    if file.text().lines().all(is_blank) {
        return (Vec::new(), Vec::new());
    }
    let read = yaml::read_deep::<SidecarFile>(source, file);
    let mut problems: Vec<_> = read.problems.into_iter().collect();
    for problem in &mut problems {
        INVALID.clone_into(&mut problem.code);
    }
    let written = read.value.and_then(|file| file.ignore).unwrap_or_default();
    let mut excuses = Vec::new();
    let mistakes: Vec<usize> = problems.iter().filter_map(start).collect();
    let ends = written.iter().skip(1).map(|next| next.span.start);
    let ends: Vec<usize> = ends.chain([file.text().len() + 1]).collect();
    for (entry, end) in written.iter().zip(ends) {
        // Of an entry with a mistake something was set aside: what is left of it would silence more than was meant.
        let inside = |at: &usize| (entry.span.start..end).contains(at);
        if mistakes.iter().any(inside) {
            continue;
        }
        match Excuse::of(source, entry) {
            Ok(excuse) => excuses.push(excuse),
            Err(problem) => problems.push(*problem),
        }
    }
    problems.sort_by_key(start);
    (excuses, problems)
}

fn start(problem: &Diagnostic) -> Option<usize> {
    problem.primary().map(|label| label.span.start)
}

impl Excuse {
    fn of(source: SourceId, entry: &Spanned<ExcuseConfig>) -> Result<Self, Box<Diagnostic>> {
        let refuse = |span: Span, message: &str, help: &str| {
            let problem = Diagnostic::error(INVALID, message).at(source, span, "");
            Box::new(problem.help(help))
        };
        let ExcuseConfig {
            rule,
            words,
            reason,
            until,
        } = &entry.value;
        let first = Span::new(entry.span.start, entry.span.start + 1);
        let Some(rule) = rule.clone() else {
            let help = "say which rule is to be silent: `rule: figure-two-values`";
            return Err(refuse(first, "the key `rule` is missing here", help));
        };
        let Some(reason) = reason else {
            let help = "say why it may stand: `reason: the second figure is that of the pilot`";
            return Err(refuse(rule.span, "the key `reason` is missing here", help));
        };
        let blank = [Some(reason), words.as_ref()].into_iter().flatten();
        if let Some(blank) = blank.into_iter().find(|text| text.value.trim().is_empty()) {
            return Err(refuse(
                blank.span,
                "this says nothing",
                "write it out, or leave the key out",
            ));
        }
        let until = match until {
            None => None,
            Some(text) => Some(day(&text.value).ok_or_else(|| {
                let message = format!("`{}` is no day", text.value);
                refuse(text.span, &message, "write it as `2027-01-31`")
            })?),
        };
        Ok(Self {
            rule,
            words: words.as_ref().map(|words| words.value.clone()),
            reason: reason.value.trim().to_owned(),
            until,
            source,
        })
    }
}

/// What the entries of the file beside a document silence in it.
pub(super) fn suppressions(
    source: SourceId,
    document: &Document,
    excuses: &[Excuse],
) -> Vec<Suppression> {
    if excuses.is_empty() {
        return Vec::new();
    }
    let text = Folded::new(&document.text);
    let reach = |excuse: &Excuse| match &excuse.words {
        None => Reach::File,
        Some(words) => {
            let spans = text.find(words).into_iter();
            Reach::Words(spans.map(|span| document.map.to_source(span)).collect())
        }
    };
    let suppression = |excuse: &Excuse| Suppression {
        source,
        rule: excuse.rule.value.clone(),
        reach: reach(excuse),
        at: (excuse.source, excuse.rule.span),
        reason: Some(excuse.reason.clone()),
        until: excuse.until,
        by: SuppressedBy::Sidecar,
        fault: None,
    };
    excuses.iter().map(suppression).collect()
}

/// The text of a file beside a document with more entries: `text` is what it holds, `wanted` gives by rule the spans of the clean
/// text at which it is to be silent. `None` where entries cannot be added, as the list is written in brackets.
pub fn with_excuses(
    text: &str,
    document: &Document,
    wanted: &BTreeSet<(&str, Span)>,
    reason: &str,
    until: Option<Date>,
) -> Option<String> {
    let folded = Folded::new(&document.text);
    let until = until.map(|day| format!("    until: {day}\n"));
    let until = until.unwrap_or_default();
    let mut entries: BTreeSet<(&str, String)> = BTreeSet::new();
    for (rule, span) in wanted {
        entries.insert((rule, folded.words_at(document, *span)));
    }
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut added = String::new();
    for (rule, words) in entries {
        let words = match words.as_str() {
            "" => String::new(),
            words => format!("    words: {}\n", scalar(words)),
        };
        let reason = scalar(reason);
        let _ = write!(
            added,
            "  - rule: {rule}\n{words}    reason: {reason}\n{until}"
        );
    }
    let has_list = text.lines().any(|line| line.trim_end() == "ignore:");
    let mut whole = text.to_owned();
    if !whole.is_empty() && !whole.ends_with('\n') {
        whole.push_str(line_end);
    }
    if !has_list {
        whole.push_str("ignore:");
        whole.push_str(line_end);
    }
    // Entries that are there begin in a column of their own.
    let column = text
        .lines()
        .find(|line| line.trim_start().starts_with("- "));
    let column = column.map_or(2, |line| line.len() - line.trim_start().len());
    for line in added.lines() {
        whole.push_str(&" ".repeat(column));
        whole.push_str(line.get(2..).unwrap_or_default());
        whole.push_str(line_end);
    }
    let file = SourceFile::new("", &whole);
    let sound = read_sidecar(SourceId(0), &file).1.is_empty();
    sound.then_some(whole)
}

/// A text as a YAML value on one line.
fn scalar(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && !text.ends_with(' ')
        && text.contains(' ')
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || " .,()%£’'-".contains(c));
    if plain {
        text.to_owned()
    } else {
        serde_json::to_string(text).unwrap_or_default()
    }
}

/// A text as words are looked for in it: white space is one space, quotation marks are straight.
pub(super) struct Folded {
    text: String,
    /// For each byte, that of the text which it stands for; and the length of the text.
    from: Vec<usize>,
}

impl Folded {
    fn new(text: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(text.len()),
            from: Vec::with_capacity(text.len() + 1),
        };
        for (at, c) in text.char_indices() {
            let c = match c {
                '‘' | '’' => '\'',
                '“' | '”' => '"',
                c if c.is_whitespace() => ' ',
                c => c,
            };
            if c == ' ' && folded.text.ends_with(' ') {
                continue;
            }
            folded.text.push(c);
            folded.from.resize(folded.text.len(), at);
        }
        folded.from.push(text.len());
        folded
    }

    /// The words at a span of the text, with as many of those that follow in their block, else of those before, as it takes to be
    /// found nowhere else.
    fn words_at(&self, document: &Document, span: Span) -> String {
        let folded = |span: Span| Self::new(document.text_of(span)).text.trim().to_owned();
        let words = folded(span);
        let is_alone = |words: &str| self.find(words).len() == 1;
        if words.is_empty() || is_alone(&words) {
            return words;
        }
        let at = document
            .blocks
            .partition_point(|block| block.span.end <= span.start);
        let block = document
            .blocks
            .get(at)
            .map_or(span, |block| block.span.join(span));
        let after = document.text_of(Span::new(span.end, block.end));
        let before = document.text_of(Span::new(block.start, span.start));
        let ends = word_ends(after).map(|at| Span::new(span.start, span.end + at));
        let starts = word_starts(before).map(|at| Span::new(block.start + at, block.end));
        let mut longer = ends.take(WIDEST).chain(starts.take(WIDEST)).map(folded);
        longer.find(|words| is_alone(words)).unwrap_or(words)
    }

    /// Where words stand, as bytes of the text.
    fn find(&self, words: &str) -> Vec<Span> {
        let words = Self::new(words.trim()).text;
        if words.is_empty() {
            return Vec::new();
        }
        let found = memmem::find_iter(self.text.as_bytes(), words.as_bytes());
        let span = |at: usize| {
            Some(Span::new(
                *self.from.get(at)?,
                *self.from.get(at + words.len())?,
            ))
        };
        found.filter_map(span).collect()
    }
}

/// The most words that are added to those of a place so that they are found nowhere else.
const WIDEST: usize = 24;

/// Where words of a text end, from its start.
fn word_ends(text: &str) -> impl Iterator<Item = usize> {
    let ends = text.char_indices().zip(text.chars().skip(1).chain([' ']));
    ends.filter(|((_, c), next)| !c.is_whitespace() && next.is_whitespace())
        .map(|((at, c), _)| at + c.len_utf8())
}

/// Where words of a text start, from its end.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let words = text.split_whitespace().rev();
    words.map(move |word| word.as_ptr().addr() - text.as_ptr().addr())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{self, Format};

    /// The lines and messages of the mistakes in a file, and how many entries are sound.
    #[track_caller]
    fn check(text: &str, sound: usize, expected: &[(usize, &str)]) {
        let file = SourceFile::new("a.docx.assize-ignore.yaml", text);
        let (excuses, problems) = read_sidecar(SourceId(0), &file);
        let shown: Vec<_> = problems
            .iter()
            .map(|problem| {
                assert_eq!(problem.code, INVALID, "{text}");
                let start = problem.primary().map_or(0, |label| label.span.start);
                (file.line_column(start).line, problem.message.as_str())
            })
            .collect();
        assert_eq!((excuses.len(), &*shown), (sound, expected), "{text}");
    }

    #[test]
    fn entries_are_read() {
        check("", 0, &[]);
        check("# nothing yet\n", 0, &[]);
        check("ignore: []\n", 0, &[]);
        check("ignore:\n  - rule: a\n    reason: b\n", 1, &[]);
        check(
            "ignore:\n- {rule: a, words: 46%, reason: b, until: 2027-01-31}\n- rule: c\n  words: 46\n  reason: d\n",
            2,
            &[],
        );
    }

    #[test]
    fn every_mistake_stands_at_its_line() {
        check(
            "ignored: []\n",
            0,
            &[(1, "unknown key `ignored`, did you mean `ignore`?")],
        );
        check(
            "ignore:\n  - reason: b\n  - rule: a\n  - rule: a\n    reason: b\n",
            1,
            &[
                (2, "the key `rule` is missing here"),
                (3, "the key `reason` is missing here"),
            ],
        );
        check(
            "ignore:\n  - rule: a\n    reason: ' '\n  - rule: a\n    reason: b\n    words: ''\n",
            0,
            &[(3, "this says nothing"), (6, "this says nothing")],
        );
        check(
            "ignore:\n  - rule: a\n    reason: b\n    until: tomorrow\n  - rule: a\n    word: b\n    reason: c\n",
            0,
            &[
                (4, "`tomorrow` is no day"),
                (6, "unknown key `word`, did you mean `words`?"),
            ],
        );
    }

    #[test]
    fn entries_are_added_with_words_that_stand_once() {
        let check = |written: &str, text: &str, words: &[&str], expected: &str| {
            let document = document::read(&SourceFile::new("a.txt", text), Format::Text);
            let spans = words.iter().map(|words| {
                let start = document.text.rfind(words).expect("in the text");
                ("rule-a", Span::new(start, start + words.len()))
            });
            let wanted = spans.collect();
            let with = with_excuses(written, &document, &wanted, "as sent", None);
            assert_eq!(with.as_deref().unwrap_or("none"), expected);
        };
        check(
            "",
            "Rated good. It is rated\ngood there.",
            &["rated\ngood"],
            "ignore:\n  - rule: rule-a\n    words: rated good\n    reason: as sent\n",
        );
        check(
            "# of May\nignore:\n- rule: b\n  reason: c",
            "46% and 46% more.\n\nThen 46%.",
            &["46%"],
            "# of May\nignore:\n- rule: b\n  reason: c\n- rule: rule-a\n  words: \"46%.\"\n  reason: as sent\n",
        );
        check(
            "ignore:\r\n",
            "5: 46%\n\n5: 46%",
            &["46%"],
            "ignore:\r\n  - rule: rule-a\r\n    words: \"46%\"\r\n    reason: as sent\r\n",
        );
        check("ignore: [{rule: a, reason: b}]", "46%", &["46%"], "none");
    }

    #[test]
    fn words_are_found_however_they_are_set() {
        let check = |text: &str, words: &str, expected: &[&str]| {
            let found: Vec<_> = Folded::new(text)
                .find(words)
                .into_iter()
                .map(|span| text.get(span.range()).expect("in the text"))
                .collect();
            assert_eq!(found, expected, "{text}: {words}");
        };
        check(
            "rated\ngood, rated  good",
            "rated good",
            &["rated\ngood", "rated  good"],
        );
        check(
            "“Much\u{a0}has changed”",
            "\"Much has changed\"",
            &["“Much\u{a0}has changed”"],
        );
        check("é’s", "é's", &["é’s"]);
        check("Rated", "rated", &[]);
        check("", "a", &[]);
        check("a", " ", &[]);
    }
}
