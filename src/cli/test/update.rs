//! `assize test --update`: marks of examples, written anew where they are not those of what is raised.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

use super::diff;
use crate::{
    diagnostic::Diagnostic,
    lint::ExampleReport,
    rules::examples::Verification,
    source::{SourceFile, Sources},
    span::{SourceId, Span, text_at},
};

/// What became of the examples.
#[derive(Debug, Default)]
pub(super) struct Updated {
    /// The files that were written.
    pub files: Vec<String>,
    /// The examples that this says all of, by file and place.
    pub examples: BTreeSet<(SourceId, Span)>,
    /// What is wrong with those that stay as they are.
    pub problems: Vec<Diagnostic>,
}

/// Writes the marks of the examples that lack them into their files, where these may be written.
pub(super) fn update(
    reports: &[ExampleReport],
    sources: &Sources,
    may_write: impl Fn(SourceId) -> bool,
) -> Updated {
    let mut updated = Updated::default();
    for (id, file) in sources.iter().filter(|(id, _)| may_write(*id)) {
        let stale = reports.iter().filter(|report| {
            report.example.source == id
                && matches!(report.verification, Verification::MissingMarks(_))
        });
        let (mut edits, mut examples) = (Vec::new(), Vec::new());
        for report in stale {
            let marks = diff::marks(&report.raised);
            let example = (id, report.example.span);
            if let Some(edit) = edit(file, report.example.span.start, &marks) {
                edits.push(edit);
                examples.push(example);
            } else {
                updated.problems.push(by_hand(report));
                updated.examples.insert(example);
            }
        }
        if edits.is_empty() {
            continue;
        }
        edits.sort();
        match fs::write(Path::new(file.name()), edited(file.text(), &edits)) {
            Ok(()) => {
                updated.files.push(file.name().to_owned());
                updated.examples.extend(examples);
            }
            Err(error) => {
                let message = format!("{}: {error}", file.name());
                updated
                    .problems
                    .push(Diagnostic::error("unwritable-file", message));
            }
        }
    }
    updated
}

fn by_hand(report: &ExampleReport) -> Diagnostic {
    Diagnostic::error("not-updated", "the marks of this example cannot be written")
        .at(report.example.source, report.example.span, "")
        .help("put `marks:` on a line of its own below the text, or change them by hand")
}

/// The bytes that hold the marks of the example which starts at `start`, and what is to stand there: one line.
fn edit(file: &SourceFile, start: usize, marks: &[&str]) -> Option<(Span, String)> {
    let (text, lines) = (file.text(), file.lines());
    let first = lines.line(start);
    let indent = |line: usize| {
        let text = text_at(text, lines.line_span(text, line));
        let rest = text.trim_start();
        (!rest.is_empty()).then(|| text.len() - rest.len())
    };
    let item = indent(first)?;
    let key = start - lines.line_span(text, first).start;
    let inside = (first + 1..lines.line_count())
        .take_while(|line| indent(*line).is_none_or(|indent| indent > item));
    let is_marks = |line: &usize| {
        let text = text_at(text, lines.line_span(text, *line));
        text.trim_start().starts_with("marks:") && indent(*line) == Some(key)
    };
    let at = inside.clone().find(is_marks)?;
    let is_value = |line: &usize| {
        let span = lines.line_span(text, *line);
        let dash = text_at(text, span).trim_start().starts_with("- ");
        indent(*line).is_some_and(|indent| indent > key || indent == key && dash)
    };
    let last = inside
        .skip_while(|line| *line <= at)
        .take_while(is_value)
        .last()
        .unwrap_or(at);
    let span = Span::new(
        lines.line_span(text, at).start + key,
        lines.line_span(text, last).end,
    );
    // A text as JSON writes it is one as YAML reads it.
    let marks = marks.iter().map(|mark| Value::from(*mark).to_string());
    let marks: Vec<String> = marks.collect();
    Some((span, format!("marks: [{}]", marks.join(", "))))
}

fn edited(text: &str, edits: &[(Span, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (span, marks) in edits {
        out.push_str(text_at(text, Span::new(done, span.start)));
        out.push_str(marks);
        done = span.end;
    }
    out.push_str(text_at(text, Span::new(done, text.len())));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, marks: &[&str], expected: Option<&str>) {
        let file = SourceFile::new("a.yaml", text);
        let start = text.find("text").expect("an example");
        let edit = edit(&file, start, marks);
        let text = edit.map(|edit| edited(text, &[edit]));
        assert_eq!(text.as_deref(), expected);
    }

    #[test]
    fn marks_are_written_in_the_place_of_others() {
        check(
            "invalid:\n  - text: A\n    marks: [\"b\"]\n  - text: C\n    marks: [d]\n",
            &["e \"f\"", "g\\"],
            Some(
                "invalid:\n  - text: A\n    marks: [\"e \\\"f\\\"\", \"g\\\\\"]\n  - text: C\n    marks: [d]\n",
            ),
        );
        check(
            "- text: |\n    A\n\n    b\n  marks:\n  - \"b\"\n  - c\n  message: d\n",
            &["e"],
            Some("- text: |\n    A\n\n    b\n  marks: [\"e\"]\n  message: d\n"),
        );
        check(
            "- text: |\n    marks: [b]\n  marks: [c]\n",
            &["e"],
            Some("- text: |\n    marks: [b]\n  marks: [\"e\"]\n"),
        );
        check("- text: A\n- text: B\n  marks: [c]\n", &["e"], None);
        check("- {text: A, marks: [b]}\n- text: A\n", &["e"], None);
    }
}
