//! Diagnostics as a table of comma-separated values (RFC 4180), for spreadsheets and statistics.

use std::io::{self, Write};

use super::{Format, Results, Screen, own, place::Place};
use crate::{diagnostic::Diagnostic, fingerprint::Fingerprint, source::Sources};

/// A row each; the columns are those of [`HEADS`].
pub(super) const FORMAT: Format = Format {
    name: "csv",
    help: "A table, one row a diagnostic, with its first two places",
    for_people: false,
    begins: |head| own::first_line(head) == HEADS.join(","),
    render,
};

const HEADS: [&str; 23] = [
    "rule",
    "severity",
    "verdict",
    "message",
    "working",
    "help",
    "path",
    "line",
    "column",
    "place",
    "headings",
    "box",
    "text",
    "label",
    "other_path",
    "other_line",
    "other_column",
    "other_place",
    "other_headings",
    "other_box",
    "other_text",
    "other_label",
    "fingerprint",
];

fn render(results: &Results<'_>, _: Screen, out: &mut dyn Write) -> io::Result<()> {
    row(HEADS.iter().map(|head| (*head).to_owned()), out)?;
    let found = results.diagnostics.iter();
    let found = found.map(|found| (found, found.severity.name()));
    let changed = results.changed().iter();
    let mut all = found.chain(changed.map(|change| (change, "change")));
    all.try_for_each(|(found, severity)| row(cells(found, severity, results.sources), out))
}

fn cells(
    diagnostic: &Diagnostic,
    severity: &str,
    sources: &Sources,
) -> impl Iterator<Item = String> {
    let head = [
        diagnostic.code.clone(),
        severity.to_owned(),
        diagnostic.verdict.name().to_owned(),
        diagnostic.message.clone(),
        diagnostic.working.clone().unwrap_or_default(),
        diagnostic.help.clone().unwrap_or_default(),
    ];
    let mut places = Place::all(diagnostic, sources);
    let (first, second) = (places.next(), places.next());
    let print = Fingerprint::of(diagnostic, sources).to_string();
    head.into_iter()
        .chain(of_place(first.as_ref()))
        .chain(of_place(second.as_ref()))
        .chain([print])
}

/// Path, line and column, or path, paragraph or page, headings above it and rectangle on the page; then what stands there and what
/// is said of it.
fn of_place(place: Option<&Place<'_>>) -> [String; 8] {
    let Some(place) = place else {
        return Default::default();
    };
    let within = place.within.as_ref();
    let [line, column] = [place.start.line, place.start.column].map(|number| match within {
        Some(_) => String::new(),
        None => number.to_string(),
    });
    let bounds = within.and_then(|within| within.bounds);
    let edges = bounds.map(|bounds| bounds.edges().map(|edge| edge.to_string()).join(" "));
    let text: Vec<_> = place.text.split_whitespace().collect();
    [
        place.path.to_owned(),
        line,
        column,
        within.map(ToString::to_string).unwrap_or_default(),
        within
            .map(|within| within.headings.join(" › "))
            .unwrap_or_default(),
        edges.unwrap_or_default(),
        text.join(" "),
        place.label.to_owned(),
    ]
}

fn row(cells: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        let cell = super::printable(&cell);
        if cell.contains(['"', ',']) {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\r\n")
}
