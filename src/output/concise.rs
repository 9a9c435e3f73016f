//! One line a diagnostic, as compilers write them and editors read them.

use std::io::{self, Write};

use super::{
    Format, Results, Screen, own,
    place::{Place, cropped},
    printable,
};
use crate::{diagnostic::Diagnostic, source::Sources};

/// `path:line:column: severity[rule] message: working [path:line:column: label]` for each: in brackets stand the other places.
/// What there is none of is left out. Where the file has no lines a place is a paragraph or page, with the words that stand there,
/// and for the first place the headings above them.
pub(super) const FORMAT: Format = Format {
    name: "concise",
    help: "One line each: path:line:column: severity[rule] message: working [the other places]",
    for_people: true,
    begins: own::begins_with_place_and_code,
    render,
};

/// Other places that are written out; the rest are counted.
const OTHERS: usize = 3;
/// Characters of what is said of another place.
const LABEL: usize = 60;

fn render(results: &Results<'_>, _: Screen, out: &mut dyn Write) -> io::Result<()> {
    let mut diagnostics = results.diagnostics.iter();
    diagnostics.try_for_each(|diagnostic| line(diagnostic, results.sources, out))?;
    let changes = results.changes;
    changes.map_or(Ok(()), |changes| changes.write(results.sources, out))
}

fn line(diagnostic: &Diagnostic, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Place::all(diagnostic, sources);
    let first = places.next();
    if let Some(first) = &first {
        write!(out, "{}: ", first.short())?;
    }
    let (code, message) = (printable(&diagnostic.code), printable(&diagnostic.message));
    write!(out, "{}[{code}] {message}", diagnostic.severity)?;
    if let Some(working) = &diagnostic.working {
        write!(out, ": {}", printable(working))?;
    }
    let details = first.map(|first| first.details()).unwrap_or_default();
    if !details.is_empty() {
        write!(out, " ({})", details.join(", "))?;
    }
    let others: Vec<_> = places
        .by_ref()
        .take(OTHERS)
        .map(|other| said(&other))
        .collect();
    if !others.is_empty() {
        write!(out, " [{}", others.join("; "))?;
        match places.count() {
            0 => write!(out, "]")?,
            more => write!(out, "; and {more} more]")?,
        }
    }
    writeln!(out)
}

/// Another place, and what is said of it; where the file has no lines, with the words that stand there.
fn said(place: &Place<'_>) -> String {
    let mut said = place.short();
    if place.within.is_some() {
        let words = cropped(place.text, LABEL);
        said.extend([" “", &words, "”"]);
    }
    let label = cropped(place.label, LABEL);
    if !label.is_empty() {
        said.extend([": ", &label]);
    }
    said
}
