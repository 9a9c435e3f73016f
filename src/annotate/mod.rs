//! Diagnostics written back into the author's own file, as comments on the words that they are about.
//!
//! Nothing else of the file changes: parts of a package that get no comment are copied as they are packed, and the others get
//! insertions only. Comments that an earlier run left are taken out first, and known by their author and their last line, so
//! that those of people stay. The same file and the same diagnostics give the same bytes.

mod anchor;
mod archive;
mod edits;
mod odt;
#[cfg(feature = "pdf")]
mod pdf;
mod word;

use std::{borrow::Cow, fmt::Write};

use self::anchor::Anchor;
use crate::{
    diagnostic::{Diagnostic, Label, Severity},
    document::{Format, Tracked},
    source::{SourceFile, Sources},
    span::{SourceId, Span, text_at},
};

/// Who comments are by.
pub const AUTHOR: &str = "Assize";

/// A comment on words of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The words: bytes of the text of the file.
    pub span: Span,
    /// What is said of them, a paragraph each. The last one tells the rule, and that the comment is one of this program.
    pub lines: Vec<String>,
}

/// The comments that diagnostics come to in one file: one on the first place of each, which says all of it, and one on each
/// other place, which points to the first. They are numbered in the order of the diagnostics.
pub fn notes(diagnostics: &[Diagnostic], source: SourceId, sources: &Sources) -> Vec<Note> {
    let here = |found: &&Diagnostic| found.labels.iter().any(|label| label.source == source);
    let numbered = (1..).zip(diagnostics.iter().filter(here));
    let notes = numbered.flat_map(|(number, found)| notes_on(number, found, source, sources));
    notes.collect()
}

fn notes_on(number: usize, found: &Diagnostic, source: SourceId, sources: &Sources) -> Vec<Note> {
    let mut places: Vec<&Label> = Vec::new();
    for label in &found.labels {
        let same = |known: &&Label| known.source == source && known.span == label.span;
        if label.source == source && !places.iter().any(same) {
            places.push(label);
        }
    }
    let Some((first, others)) = places.split_first() else {
        return Vec::new();
    };
    let mark = |place: &str| {
        format!(
            "{}[{}] (Assize {number}{place})",
            found.severity, found.code
        )
    };
    let mut lines = vec![found.message.clone()];
    lines.extend(found.working.clone());
    lines.extend(found.help.clone());
    for label in &found.labels {
        if label.source != source || label.span != first.span {
            lines.push(pointer(label, source, sources));
        }
    }
    lines.push(mark(""));
    let mut notes = vec![Note {
        span: first.span,
        lines,
    }];
    let at = place(first, sources);
    for (label, number_of_place) in others.iter().zip(2..) {
        let said = said(label);
        notes.push(Note {
            span: label.span,
            lines: vec![
                format!(
                    "{said}see the comment Assize {number} in {at}: {}",
                    found.message
                ),
                mark(&format!(", place {number_of_place}")),
            ],
        });
    }
    notes
}

/// What a label says, before something else.
fn said(label: &Label) -> String {
    match label.message.as_str() {
        "" => String::new(),
        message => format!("{message} – "),
    }
}

/// Where another place of a diagnostic is.
fn pointer(label: &Label, source: SourceId, sources: &Sources) -> String {
    let mut line = "Other place: ".to_owned();
    if label.source != source {
        let name = sources.get(label.source).map(SourceFile::name);
        let _ = write!(line, "{}, ", name.unwrap_or_default());
    }
    line.push_str(&place(label, sources));
    if !label.message.is_empty() {
        let _ = write!(line, ": {}", label.message);
    }
    line
}

/// Where a label is, as people find it.
fn place(label: &Label, sources: &Sources) -> String {
    let Some(file) = sources.get(label.source) else {
        return String::new();
    };
    match file.place(label.span) {
        Some(place) => place.to_string(),
        None => format!("line {}", file.line_column(label.span.start).line),
    }
}

/// What a comment says; where it cannot stand on its words, with these at the start.
fn lines<'a>(note: &'a Note, anchor: &Anchor, text: &str) -> Vec<Cow<'a, str>> {
    let words = || {
        let words: Vec<&str> = text_at(text, note.span).split_whitespace().collect();
        Cow::Owned(format!("On the words “{}”:", words.join(" ")))
    };
    let first = anchor.aside.then(words);
    let lines = note.lines.iter().map(|line| Cow::Borrowed(line.as_str()));
    first.into_iter().chain(lines).collect()
}

/// Whether a comment is one that this program wrote: it is by its author, and ends with the line that its comments end with.
fn is_ours(author: &str, last_line: &str) -> bool {
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let mut rests = severities
        .iter()
        .filter_map(|severity| last_line.trim().strip_prefix(severity.name()));
    let rest = rests.next().and_then(|rest| rest.strip_prefix('['));
    let Some((rule, rest)) = rest.and_then(|rest| rest.split_once("] (Assize ")) else {
        return false;
    };
    let is_rule = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let number = rest
        .strip_suffix(')')
        .map(|rest| match rest.split_once(", place ") {
            Some((number, place)) => (number, place),
            None => (rest, "1"),
        });
    let is_number = |text: &str| text.parse::<usize>().is_ok();
    author.trim() == AUTHOR
        && rule.chars().all(is_rule)
        && number.is_some_and(|(number, place)| is_number(number) && is_number(place))
}

/// Whether files of this format can be annotated.
pub const fn is_annotated(format: Format) -> bool {
    matches!(format, Format::Word | Format::OpenDocument | Format::Pdf)
}

/// A file with comments on its words, in the place of those that an earlier run left: `bytes` are those of `file`, which was
/// read with this side of its tracked changes.
///
/// # Errors
///
/// A diagnostic when the format has no comments, when the file cannot be read, or is not the one that was checked.
pub fn annotate(
    file: &SourceFile,
    format: Format,
    bytes: &[u8],
    tracked: Tracked,
    notes: &[Note],
) -> Result<Vec<u8>, Diagnostic> {
    let text = file.text();
    let written = match format {
        Format::Word => word::annotate(text, bytes, tracked, notes),
        Format::OpenDocument => odt::annotate(text, bytes, tracked, notes),
        #[cfg(feature = "pdf")]
        Format::Pdf if let Some(layout) = file.layout() => {
            pdf::annotate(text, layout, bytes, notes)
        }
        Format::Text | Format::Markdown | Format::Html | Format::Pdf => {
            return Err(not_annotated(file.name(), format));
        }
    };
    written.map_err(|problem| problem.of(file.name()))
}

/// Says that a file of this name is none that has comments.
pub fn not_annotated(name: &str, format: Format) -> Diagnostic {
    let message = format!("{name}: {} is not annotated", format.noun());
    Diagnostic::error("not-annotated", message).help(
        "Word, OpenDocument and PDF files are; print the diagnostics of others, or write them with --output",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(author: &str, last_line: &str, expected: bool) {
        assert_eq!(
            is_ours(author, last_line),
            expected,
            "{author}: {last_line}"
        );
    }

    #[test]
    fn comments_are_known_by_author_and_last_line() {
        check("Assize", "error[share-wrong] (Assize 1)", true);
        check("Assize", "warning[a] (Assize 12, place 2)", true);
        check("Assize ", " note[a-b]  (Assize 1)", false);
        check("Assize", "note[a-b] (Assize 1) ", true);
        check("Ann Reader", "error[share-wrong] (Assize 1)", false);
        check("Assize", "I do not think so.", false);
        check("Assize", "error[share-wrong] (Assize 1) I disagree", false);
        check("Assize", "error[share wrong] (Assize 1)", false);
        check("Assize", "error[share-wrong] (Assize one)", false);
        check("Assize", "", false);
    }
}
