//! A code quality report of GitLab: what a merge request shows beside its changes.

use std::io::{self, Write};

use serde::Serialize;

use super::{Format, Results, Screen, place::Place, unique::Unique, words};
use crate::diagnostic::{Diagnostic, Severity};

/// One JSON array: a problem each, with a fingerprint by which GitLab tells new ones from known ones.
///
/// Source: GitLab Docs, "Code Quality", "Code Quality report format"; `content` and `other_locations` are of the Code Climate
/// specification that it is a part of.
pub(super) const FORMAT: Format = Format {
    name: "gitlab",
    help: "A code quality report, which GitLab shows on merge requests",
    for_people: false,
    begins: |head| head.trim_end() == "[]" || head.starts_with(FIRST),
    render,
};

/// What comes before the first problem is the same in every report.
const FIRST: &str = "[\n  {\n    \"type\": \"issue\",\n    \"check_name\": ";

fn render(results: &Results<'_>, _: Screen, out: &mut dyn Write) -> io::Result<()> {
    let mut unique = Unique::new(results.sources);
    let all = results.problems.iter().chain(results.diagnostics);
    let issues: Vec<_> = all
        .chain(results.changed())
        .map(|diagnostic| Issue::new(diagnostic, results, &mut unique))
        .collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    out.write_all(b"\n")
}

#[derive(Debug, Serialize)]
struct Issue<'a> {
    r#type: &'static str,
    check_name: &'a str,
    description: String,
    content: Content,
    categories: [&'static str; 1],
    severity: &'static str,
    fingerprint: String,
    location: Location<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    other_locations: Vec<Location<'a>>,
}

#[derive(Debug, Serialize)]
struct Content {
    body: String,
}

#[derive(Debug, Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Debug, Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

impl<'a> Issue<'a> {
    fn new(diagnostic: &'a Diagnostic, results: &Results<'a>, unique: &mut Unique<'_>) -> Self {
        let mut places = Place::all(diagnostic, results.sources).map(|place| Location::new(&place));
        // A location is required, also of what has none.
        let location = places.next().unwrap_or(Location {
            path: ".",
            lines: Lines { begin: 1, end: 1 },
        });
        let (print, number) = unique.number(diagnostic);
        Self {
            r#type: "issue",
            check_name: &diagnostic.code,
            description: description(diagnostic),
            content: Content {
                body: words::lines(diagnostic, results.sources).join("\n\n"),
            },
            categories: ["Bug Risk"],
            severity: match diagnostic.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Note => "info",
            },
            fingerprint: print.in_file(location.path, number).to_string(),
            location,
            other_locations: places.collect(),
        }
    }
}

/// The message and the working on one line: of the rest, GitLab shows nothing.
fn description(diagnostic: &Diagnostic) -> String {
    match &diagnostic.working {
        Some(working) => format!("{} ({working})", diagnostic.message),
        None => diagnostic.message.clone(),
    }
}

impl<'a> Location<'a> {
    fn new(place: &Place<'a>) -> Self {
        Self {
            path: place.path,
            lines: Lines {
                begin: place.start.line,
                end: place.end.line,
            },
        }
    }
}
