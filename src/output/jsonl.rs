//! Diagnostics as JSON Lines: each as in `json`, on a line of its own.

use std::io::{self, Write};

use super::json::DiagnosticJson;
use crate::{diagnostic::Diagnostic, source::Sources};

/// Writes one JSON object a line.
pub(super) fn render(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    out: &mut dyn Write,
) -> io::Result<()> {
    for diagnostic in diagnostics {
        serde_json::to_writer(&mut *out, &DiagnosticJson::new(diagnostic, sources))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
