//! Diagnostics as JSON: places with bytes, lines and columns of the author's file.
//!
//! Of a file that was taken out of a package they count in its text as extracted, one paragraph a line, and the place people
//! find it by is told beside them: `paragraph`, `note` or `page`, `headings`, `box`, and the `words` themselves.

use std::io::{self, Write};

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::Serialize;

use super::{Format, Results, Screen, Summary};
use crate::{
    diagnostic::{Diagnostic, Label, Severity},
    layout::Fields,
    source::Sources,
};

/// `{"diagnostics": […], "summary": {…}}` on one line; with `"changes": […]` between them where versions are compared.
pub(super) const FORMAT: Format = Format {
    name: "json",
    help: "One JSON object",
    for_people: false,
    begins: |head| head.starts_with("{\"diagnostics\":["),
    render,
};

fn render(results: &Results<'_>, _: Screen, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\"diagnostics\":[")?;
    list(results.diagnostics, results.sources, out)?;
    if let Some(changes) = results.changes {
        out.write_all(b"],\"changes\":[")?;
        list(changes.found, results.sources, out)?;
    }
    out.write_all(b"],\"summary\":")?;
    serde_json::to_writer(&mut *out, results.summary)?;
    out.write_all(b"}\n")
}

/// The whole object, for its schema.
#[derive(JsonSchema)]
#[schemars(rename = "results", extend("unevaluatedProperties" = false))]
#[expect(dead_code, reason = "it is written piece by piece, as it may be long")]
struct ResultsJson<'a> {
    /// What was found, in order of file and place.
    diagnostics: Vec<DiagnosticJson<'a>>,
    /// What changed since an earlier version, where one is compared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<DiagnosticJson<'a>>,
    /// The numbers of the run.
    summary: Summary,
}

/// The JSON Schema of what this format writes.
pub(super) fn schema() -> serde_json::Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let schema = settings
        .into_generator()
        .into_root_schema_for::<ResultsJson<'_>>();
    schema.to_value()
}

fn list(diagnostics: &[Diagnostic], sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    for (diagnostic, at) in diagnostics.iter().zip(0..) {
        if at > 0 {
            out.write_all(b",")?;
        }
        serde_json::to_writer(&mut *out, &DiagnosticJson::new(diagnostic, sources))?;
    }
    Ok(())
}

/// A diagnostic with its places told in full. Where it has no place, `path` to `column` are `null`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "diagnostic", extend("unevaluatedProperties" = false))]
pub(super) struct DiagnosticJson<'a> {
    rule: &'a str,
    severity: Severity,
    verdict: &'static str,
    message: &'a str,
    working: Option<&'a str>,
    help: Option<&'a str>,
    #[serde(flatten)]
    place: PlaceJson<'a>,
    labels: Vec<LabelJson<'a>>,
    /// What would put it right, where one reading is left.
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixJson<'a>>,
}

/// Words that would take the place of those between two bytes.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "fix", extend("unevaluatedProperties" = false))]
struct FixJson<'a> {
    path: &'a str,
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
struct PlaceJson<'a> {
    path: Option<&'a str>,
    start: Option<usize>,
    end: Option<usize>,
    line: Option<usize>,
    column: Option<usize>,
    #[serde(flatten)]
    found: Option<Fields>,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a str>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "label", extend("unevaluatedProperties" = false))]
struct LabelJson<'a> {
    #[serde(flatten)]
    place: PlaceJson<'a>,
    message: &'a str,
}

impl<'a> DiagnosticJson<'a> {
    pub(super) fn new(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Self {
        let label = |label: &'a Label| LabelJson {
            place: PlaceJson::new(label, sources),
            message: &label.message,
        };
        let labels: Vec<_> = diagnostic.labels.iter().map(label).collect();
        Self {
            rule: &diagnostic.code,
            severity: diagnostic.severity,
            verdict: diagnostic.verdict.name(),
            message: &diagnostic.message,
            working: diagnostic.working.as_deref(),
            help: diagnostic.help.as_deref(),
            place: labels
                .first()
                .map(|label| label.place.clone())
                .unwrap_or_default(),
            labels,
            fix: diagnostic.fix.as_ref().and_then(|fix| {
                Some(FixJson {
                    path: sources.get(fix.source)?.name(),
                    start: fix.span.start,
                    end: fix.span.end,
                    text: &fix.text,
                })
            }),
        }
    }
}

impl<'a> PlaceJson<'a> {
    fn new(label: &Label, sources: &'a Sources) -> Self {
        let Some(file) = sources.get(label.source) else {
            return Self::default();
        };
        let at = file.line_column(label.span.start);
        Self {
            path: Some(file.name()),
            start: Some(label.span.start),
            end: Some(label.span.end),
            line: Some(at.line),
            column: Some(at.column),
            words: file.is_extracted().then(|| file.text_of(label.span)),
            found: file.place(label.span).map(Fields::from),
        }
    }
}
