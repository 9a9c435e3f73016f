//! Diagnostics as JSON Lines: each as in `json`, on a line of its own.

use std::io::{self, Write};

use super::{Format, Results, Screen, json::DiagnosticJson};

/// One JSON object a line.
pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    help: "One JSON object a diagnostic, one a line",
    for_people: false,
    render,
};

fn render(results: &Results<'_>, _: Screen, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in results.diagnostics {
        serde_json::to_writer(&mut *out, &DiagnosticJson::new(diagnostic, results.sources))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
