//! One line a diagnostic, as compilers write them and editors read them.

use std::io::{self, Write};

use super::{Format, Results, Screen, place::Place, printable};
use crate::{diagnostic::Diagnostic, source::Sources};

/// `path:line:column: severity[rule] message` for each; the place is left out where there is none. Where the file has no lines it is
/// a paragraph or page, and the words and the headings above them stand behind the message.
pub(super) const FORMAT: Format = Format {
    name: "concise",
    help: "One line each: path:line:column: severity[rule] message",
    for_people: true,
    render,
};

fn render(results: &Results<'_>, _: Screen, out: &mut dyn Write) -> io::Result<()> {
    let mut diagnostics = results.diagnostics.iter();
    diagnostics.try_for_each(|diagnostic| line(diagnostic, results.sources, out))?;
    let changes = results.changes;
    changes.map_or(Ok(()), |changes| changes.write(results.sources, out))
}

fn line(diagnostic: &Diagnostic, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let place = Place::all(diagnostic, sources).next();
    if let Some(place) = &place {
        write!(out, "{}: ", place.short())?;
    }
    write!(
        out,
        "{}[{}] {}",
        diagnostic.severity,
        printable(&diagnostic.code),
        printable(&diagnostic.message)
    )?;
    let details = place.map(|place| place.details()).unwrap_or_default();
    if details.is_empty() {
        writeln!(out)
    } else {
        writeln!(out, " ({})", details.join(", "))
    }
}
