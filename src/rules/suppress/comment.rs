//! Comments of a document that silence a rule at one place, or in the whole file.
//!
//! ```text
//! suppression = ("assize-ignore" | "assize-ignore-file") rule-id *( "," rule-id ) ["until" day] [":" reason]
//! day = 4DIGIT "-" 2DIGIT "-" 2DIGIT
//! ```
//!
//! `<!-- assize-ignore rule-id: reason -->` in Markdown and HTML, a line `# assize-ignore rule-id: reason` in text. A comment on a
//! line with text counts for that line, one on a line of its own for the block that follows. The day is the last on which it counts.

use jiff::civil::Date;

use super::{Reach, Suppression, day};
use crate::{
    diagnostic::SuppressedBy,
    document::{Comment, Document},
    source::SourceFile,
    span::{SourceId, Span, text_at},
};

const MARK: &str = "assize-ignore";
const UNTIL: &str = "until";

/// What a comment says that silences these rules, without the marks of a comment.
pub fn comment<'a>(
    rules: impl IntoIterator<Item = &'a str>,
    until: Option<Date>,
    reason: &str,
) -> String {
    let rules: Vec<&str> = rules.into_iter().collect();
    let until = until.map(|day| format!(" {UNTIL} {day}"));
    let until = until.unwrap_or_default();
    format!("{MARK} {}{until}: {reason}", rules.join(", "))
}

/// The suppressions of the comments of a document, in order of place. A comment that names no rule gives one of an empty name.
pub(super) fn suppressions(
    source: SourceId,
    file: &SourceFile,
    document: &Document,
) -> Vec<Suppression> {
    let mut found = Vec::new();
    let mut blocks = None;
    for comment in &document.comments {
        let Some(rest) = comment.text.trim_start().strip_prefix(MARK) else {
            continue;
        };
        let (whole_file, rest) = match rest.strip_prefix("-file") {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        if rest.starts_with(|c: char| !c.is_whitespace()) {
            continue;
        }
        let reach = if whole_file {
            Reach::File
        } else {
            Reach::From(reach(
                comment,
                file,
                blocks.get_or_insert_with(|| self::blocks(document)),
            ))
        };
        let Written {
            rules,
            until,
            reason,
            fault,
        } = Written::of(rest);
        for rule in rules {
            found.push(Suppression {
                source,
                rule: rule.to_owned(),
                reach: reach.clone(),
                at: (source, place_of(rule, comment, file)),
                reason: reason.map(str::to_owned),
                until,
                by: SuppressedBy::Comment,
                fault: fault.clone(),
            });
        }
    }
    found
}

/// What stands behind the mark of a comment.
struct Written<'a> {
    rules: Vec<&'a str>,
    until: Option<Date>,
    reason: Option<&'a str>,
    fault: Option<(String, &'static str)>,
}

impl<'a> Written<'a> {
    fn of(rest: &'a str) -> Self {
        let (list, reason) = match rest.split_once(':') {
            Some((list, reason)) => (list, Some(reason.trim())),
            None => (rest, None),
        };
        let mut written = Self {
            rules: Vec::new(),
            until: None,
            reason: reason.filter(|reason| !reason.is_empty()),
            fault: None,
        };
        let mut names = list.split(',').peekable();
        while let Some(name) = names.next() {
            let mut words = name.split_whitespace();
            written.rules.push(words.next().unwrap_or_default());
            let rest: Vec<&str> = words.collect();
            match rest.as_slice() {
                [] => {}
                [UNTIL, text] if names.peek().is_none() => {
                    written.until = day(text);
                    if written.until.is_none() {
                        let message = format!("`{text}` is no day");
                        written.fault = Some((message, "write it as `until 2027-01-31`"));
                    }
                }
                [first, ..] => {
                    let message = format!("`{first}` stands where the reason or a day should");
                    let help = "write `assize-ignore rule-id until 2027-01-31: reason`; the day may be left out";
                    written.fault = Some((message, help));
                }
            }
        }
        written
    }
}

/// Where a comment names a rule; the whole comment where it names none.
fn place_of(rule: &str, comment: &Comment, file: &SourceFile) -> Span {
    let text = file.text_of(comment.span);
    match text.find(rule).filter(|_| !rule.is_empty()) {
        Some(at) => Span::new(
            comment.span.start + at,
            comment.span.start + at + rule.len(),
        ),
        None => comment.span,
    }
}

/// The blocks as bytes of the author's file, in the order in which they stand there.
fn blocks(document: &Document) -> Vec<Span> {
    let blocks = document.blocks.iter();
    let mut places: Vec<Span> = blocks
        .map(|block| document.map.to_source(block.span))
        .collect();
    places.sort_by_key(|block| block.start);
    places
}

/// The bytes of the author's file that a comment counts for: its line where that has text, else the next of `blocks`.
fn reach(comment: &Comment, file: &SourceFile, blocks: &[Span]) -> Span {
    let text = file.text();
    let first = file
        .lines()
        .line_span(text, file.lines().line(comment.span.start));
    let last = file
        .lines()
        .line_span(text, file.lines().line(comment.span.end.max(1) - 1));
    let before = text_at(text, Span::new(first.start, comment.span.start));
    let after = text_at(text, Span::new(comment.span.end, last.end));
    if !before.trim().is_empty() || !after.trim().is_empty() {
        return Span::new(first.start, last.end);
    }
    let next = blocks.partition_point(|block| block.end <= comment.span.end);
    let end = blocks.get(next).map(|block| block.end);
    Span::new(comment.span.end, end.unwrap_or(comment.span.end))
}
