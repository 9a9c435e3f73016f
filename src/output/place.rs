//! Places in words: a line and column of a text, a paragraph or page of what was taken out of a package.

use super::printable;
use crate::{source::SourceFile, span::Span};

/// Characters of a heading that are shown.
const HEADING: usize = 50;

/// `path:line:column`, or `path:paragraph 12`, `path:page 3`.
pub(super) fn short(file: &SourceFile, span: Span) -> String {
    let name = printable(file.name());
    match file.place(span) {
        Some(place) => format!("{name}:{place}"),
        None => {
            let at = file.line_column(span.start);
            format!("{name}:{}:{}", at.line, at.column)
        }
    }
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
