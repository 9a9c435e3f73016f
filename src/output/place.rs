//! Where a label points, as data and in words: a line and column of a text, a paragraph or page of what was taken out of a package.

use std::fmt;

use super::printable;
use crate::{
    diagnostic::{Diagnostic, Label},
    layout,
    source::{SourceFile, Sources},
    span::{LineColumn, Span},
};

/// Characters of a heading that are shown.
const HEADING: usize = 50;
/// Characters of the words at a place that are shown.
const WORDS: usize = 90;

/// A place in a file.
#[derive(Clone, Debug)]
pub(super) struct Place<'a> {
    file: &'a SourceFile,
    span: Span,
    /// The name of the file.
    pub path: &'a str,
    /// Its first character.
    pub start: LineColumn,
    /// One past its last character.
    pub end: LineColumn,
    /// The paragraph or page; for a file that is text itself there is none, and lines and columns tell the place.
    pub within: Option<layout::Place>,
    /// What stands there.
    pub text: &'a str,
    /// What the label says of it; may be empty.
    pub label: &'a str,
}

impl<'a> Place<'a> {
    /// The place of a label; `None` where it is in no file.
    pub(super) fn of(label: &'a Label, sources: &'a Sources) -> Option<Self> {
        let file = sources.get(label.source)?;
        Some(Self {
            file,
            span: label.span,
            path: file.name(),
            start: file.line_column(label.span.start),
            end: file.line_column(label.span.end),
            within: file.place(label.span),
            text: file.text_of(label.span),
            label: &label.message,
        })
    }

    /// The places of a diagnostic, the one reported first.
    pub(super) fn all(
        diagnostic: &'a Diagnostic,
        sources: &'a Sources,
    ) -> impl Iterator<Item = Self> {
        let labels = diagnostic.labels.iter();
        labels.filter_map(|label| Self::of(label, sources))
    }

    /// `path:line:column`, or `path:paragraph 12`, `path:page 3`.
    pub(super) fn short(&self) -> String {
        short(self.file, self.span)
    }

    /// What a place in a package is told by beside its number: the words that stand there, their rectangle on a page, and the
    /// headings above. `“good”`, `box 72 90.5 98.1 102`, `under “Findings › Care”`; what there is of them.
    pub(super) fn details(&self) -> Vec<String> {
        if self.within.is_none() {
            return Vec::new();
        }
        let words = cropped(self.text, WORDS);
        let words = (!words.is_empty()).then(|| format!("“{words}”"));
        words.into_iter().chain(self.around()).collect()
    }

    /// As [`Self::details`], without the words.
    pub(super) fn around(&self) -> Vec<String> {
        self.within.as_ref().map(around).unwrap_or_default()
    }
}

impl fmt::Display for Place<'_> {
    /// Writes `path:line:column`, or where it stands in a package, with the words that stand there:
    /// `path, paragraph 12, “good for care”, under “Findings › Care”`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.within {
            None => out.write_str(&short(self.file, self.span)),
            Some(within) => {
                write!(out, "{}, {within}", printable(self.path))?;
                let details = self.details();
                details.iter().try_for_each(|part| write!(out, ", {part}"))
            }
        }
    }
}

/// The rectangle and the headings.
fn around(within: &layout::Place) -> Vec<String> {
    let edges = within.bounds.map(|bounds| {
        let [left, top, right, bottom] = bounds.edges();
        format!("box {left} {top} {right} {bottom}")
    });
    let headings = within.headings.iter();
    let headings: Vec<String> = headings.map(|heading| cropped(heading, HEADING)).collect();
    let headings = (!headings.is_empty()).then(|| format!("under “{}”", headings.join(" › ")));
    edges.into_iter().chain(headings).collect()
}

/// `path:line:column`, or `path:paragraph 12`, `path:page 3`.
pub(super) fn short(file: &SourceFile, span: Span) -> String {
    let name = printable(file.name());
    if let Some(place) = file.place(span) {
        return format!("{name}:{place}");
    }
    let at = file.line_column(span.start);
    format!("{name}:{}:{}", at.line, at.column)
}

/// Where something stands that could not be read, as [`short`]; `None` where its message names the file.
pub(super) fn unsaid(problem: &Diagnostic, sources: &Sources) -> Option<String> {
    let label = problem.primary()?;
    let file = sources.get(label.source)?;
    let said = problem.message.contains(file.name());
    (!said).then(|| short(file, label.span))
}

/// Where a place is whose words are shown beside it: as [`Place`] is written, without them.
pub(super) fn long(file: &SourceFile, span: Span) -> String {
    let Some(within) = file.place(span) else {
        return short(file, span);
    };
    let mut long = format!("{}, {within}", printable(file.name()));
    for part in around(&within) {
        long.push_str(", ");
        long.push_str(&part);
    }
    long
}

/// The start of a text of so many characters at most, with white space folded.
pub(super) fn cropped(text: &str, most: usize) -> String {
    let folded: Vec<&str> = text.split_whitespace().take(most).collect();
    let folded = folded.join(" ");
    let folded = printable(&folded);
    if folded.chars().count() <= most {
        return folded.into_owned();
    }
    let start: String = folded.chars().take(most - 1).collect();
    format!("{}…", start.trim_end())
}
