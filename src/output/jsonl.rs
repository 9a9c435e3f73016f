//! Diagnostics as JSON Lines: each as in `json`, on a line of its own; changes since an earlier version below them, with
//! `"change":true` in front.

use std::io::{self, Write};

use serde::Serialize;

use super::{Format, Results, Screen, json::DiagnosticJson};

/// One JSON object a line.
pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    help: "One JSON object a diagnostic, one a line",
    for_people: false,
    begins: |head| {
        let starts = ["{\"rule\":\"", "{\"change\":true,\"rule\":\""];
        starts.iter().any(|start| head.starts_with(start))
    },
    render,
};

fn render(results: &Results<'_>, _: Screen, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in results.diagnostics {
        serde_json::to_writer(&mut *out, &DiagnosticJson::new(diagnostic, results.sources))?;
        out.write_all(b"\n")?;
    }
    for change in results.changed() {
        let line = Change {
            change: true,
            of: DiagnosticJson::new(change, results.sources),
        };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// A change, apart from what is wrong.
#[derive(Serialize)]
struct Change<'a> {
    change: bool,
    #[serde(flatten)]
    of: DiagnosticJson<'a>,
}
