//! One line a diagnostic, as compilers write them and editors read them.

use std::io::{self, Write};

use super::{place, printable};
use crate::{diagnostic::Diagnostic, source::Sources};

/// Writes `path:line:column: severity[rule] message` for each; the place is left out where there is none, and is a paragraph
/// or page where the file has no lines.
pub(super) fn render(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    out: &mut dyn Write,
) -> io::Result<()> {
    diagnostics
        .iter()
        .try_for_each(|diagnostic| line(diagnostic, sources, out))
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
