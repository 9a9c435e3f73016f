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
}

impl fmt::Display for Place<'_> {
    /// Writes what [`long`] gives.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&long(self.file, self.span))
    }
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

/// As [`short`], with the headings above the place: `path, paragraph 12, under “Findings › Care”`.
pub(super) fn long(file: &SourceFile, span: Span) -> String {
    let Some(place) = file.place(span) else {
        return short(file, span);
    };
    let headings: Vec<String> = place
        .headings
        .iter()
        .map(|heading| cropped(heading))
        .collect();
    let name = printable(file.name());
    if headings.is_empty() {
        format!("{name}, {place}")
    } else {
        format!("{name}, {place}, under “{}”", headings.join(" › "))
    }
}

fn cropped(heading: &str) -> String {
    let heading = printable(heading);
    if heading.chars().count() <= HEADING {
        return heading.into_owned();
    }
    let start: String = heading.chars().take(HEADING - 1).collect();
    format!("{}…", start.trim_end())
}
