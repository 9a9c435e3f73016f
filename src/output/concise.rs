//! One line a diagnostic, as compilers write them and editors read them.

use std::io::{self, Write};

use super::{Format, Results, Screen, place, printable};
use crate::{diagnostic::Diagnostic, source::Sources};

/// `path:line:column: severity[rule] message` for each; the place is left out where there is none, and is a paragraph or page
/// where the file has no lines.
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
    let place = diagnostic
        .primary()
        .and_then(|label| Some((sources.get(label.source)?, label.span)));
    if let Some((file, span)) = place {
        write!(out, "{}: ", place::short(file, span))?;
    }
    writeln!(
        out,
        "{}[{}] {}",
        diagnostic.severity,
        printable(&diagnostic.code),
        printable(&diagnostic.message)
    )
}
