//! SARIF 2.1.0, the Static Analysis Results Interchange Format: what code scanning services and editors read.

use std::{
    borrow::Cow,
    collections::HashMap,
    fmt::Write as _,
    io::{self, Write},
};

use serde::Serialize;

use super::{Format, Results, Screen, place::Place, unique::Unique};
use crate::{
    diagnostic::{Diagnostic, Fix, RuleInfo, Severity, Suppressed, SuppressedBy},
    layout::Fields,
    source::{SourceFile, Sources},
};

/// One run with its rules, the documents that were looked at, and a result for each problem, reported or not.
///
/// Source: OASIS Standard "Static Analysis Results Interchange Format (SARIF) Version 2.1.0 Plus Errata 01"; section numbers
/// below are its own.
pub(super) const FORMAT: Format = Format {
    name: "sarif",
    help: "SARIF 2.1.0, for code scanning and editors",
    for_people: false,
    begins: |head| head.contains(SCHEMA) && head.contains("\"name\": \"Assize\""),
    render,
};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

fn render(results: &Results<'_>, _: Screen, out: &mut dyn Write) -> io::Result<()> {
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run::new(results)],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    invocations: [Invocation<'a>; 1],
    column_kind: &'static str,
    artifacts: Vec<Artifact>,
    results: Vec<Reported<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule<'a>>,
}

/// A `reportingDescriptor` (3.49).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    short_description: Message<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Message<'a>>,
    help: Help,
    default_configuration: Configuration,
}

/// A `message` (3.11) or a `multiformatMessageString` (3.12): both have a text.
#[derive(Serialize)]
struct Message<'a> {
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification<'a>>,
}

#[derive(Serialize)]
struct Notification<'a> {
    descriptor: Descriptor<'a>,
    level: &'static str,
    message: Message<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location<'a>>,
}

#[derive(Serialize)]
struct Descriptor<'a> {
    id: &'a str,
}

#[derive(Serialize)]
struct Artifact {
    location: ArtifactLocation,
    roles: [&'static str; 1],
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

/// A `result` (3.27).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Reported<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    /// What it is where it is no problem (3.27.9).
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    level: &'static str,
    message: Message<'a>,
    locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: Fingerprints,
    /// Given for every result as soon as one has it (3.27.23).
    suppressions: Vec<Suppression<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Correction<'a>>,
    properties: Properties<'a>,
}

/// A `fix` (3.55).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Correction<'a> {
    artifact_changes: [ArtifactChange<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: ArtifactLocation,
    replacements: [Replacement<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region<'a>,
    inserted_content: Message<'a>,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "assize/v1")]
    own: String,
    /// What GitHub tells known results by; it would be made of the line otherwise.
    #[serde(rename = "primaryLocationLineHash")]
    github: String,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    justification: Option<&'a str>,
}

#[derive(Serialize)]
struct Properties<'a> {
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    working: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

/// A `location` (3.28).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names of the standard")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Within<'a>>,
}

/// What a place in a package is told by, as a property bag (3.8): SARIF has regions of text and bytes only.
#[derive(Serialize)]
struct Within<'a> {
    #[serde(flatten)]
    place: Fields,
    words: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation<'a> {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region<'a> {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Message<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    name: String,
    fully_qualified_name: String,
    kind: &'static str,
}

impl<'a> Run<'a> {
    fn new(results: &Results<'a>) -> Self {
        let mut unique = Unique::new(results.sources);
        let index: HashMap<&str, usize> = results
            .rules
            .iter()
            .map(|rule| rule.id.as_str())
            .zip(0..)
            .collect();
        let mut reported = |diagnostic: &'a Diagnostic, suppressions| {
            let rule_index = index.get(diagnostic.code.as_str()).copied();
            Reported::new(diagnostic, rule_index, suppressions, results, &mut unique)
        };
        let mut found: Vec<_> = results
            .diagnostics
            .iter()
            .map(|diagnostic| reported(diagnostic, Vec::new()))
            .collect();
        found.extend(results.changed().iter().map(|change| {
            let reported = reported(change, Vec::new());
            // What tells of no problem has no level (3.27.10).
            Reported {
                kind: Some("informational"),
                level: "none",
                ..reported
            }
        }));
        found.extend(results.suppressed.iter().map(|suppressed| {
            reported(&suppressed.diagnostic, vec![Suppression::new(suppressed)])
        }));
        let documents = results.documents.iter();
        Self {
            tool: Tool {
                driver: Driver {
                    name: "Assize",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: results.rules.iter().map(|rule| Rule::new(rule)).collect(),
                },
            },
            invocations: [Invocation::new(results)],
            column_kind: "unicodeCodePoints",
            artifacts: documents
                .filter_map(|id| results.sources.get(*id))
                .map(Artifact::new)
                .collect(),
            results: found,
        }
    }
}

impl<'a> Rule<'a> {
    fn new(info: &'a RuleInfo) -> Self {
        let parts = [
            ("Why", &info.why),
            ("What to do", &info.help),
            ("Source", &info.reference),
        ];
        let parts = parts
            .iter()
            .filter_map(|(head, text)| Some((head, text.as_deref()?.trim())));
        let (mut text, mut markdown) = (info.title.clone(), info.title.clone());
        for (head, part) in parts {
            // Writing to a string cannot fail.
            let _ = write!(text, "\n\n{head}: {part}");
            let _ = write!(markdown, "\n\n**{head}:** {part}");
        }
        Self {
            id: &info.id,
            short_description: Message::new(&info.title),
            full_description: info.why.as_deref().map(Message::new),
            help: Help { text, markdown },
            default_configuration: Configuration {
                level: info.severity.map_or("none", Severity::name),
            },
        }
    }
}

impl<'a> Message<'a> {
    fn new(text: &'a str) -> Self {
        Self { text: text.into() }
    }

    /// The message, with the working below it: services show no properties.
    fn of(diagnostic: &'a Diagnostic) -> Self {
        match &diagnostic.working {
            Some(working) => Self {
                text: format!("{}\n{working}", diagnostic.message).into(),
            },
            None => Self::new(&diagnostic.message),
        }
    }
}

impl<'a> Invocation<'a> {
    fn new(results: &Results<'a>) -> Self {
        let notification = |problem: &'a Diagnostic| Notification {
            descriptor: Descriptor { id: &problem.code },
            level: problem.severity.name(),
            message: Message::new(&problem.message),
            locations: Place::all(problem, results.sources)
                .map(|place| Location::new(place, None))
                .collect(),
        };
        Self {
            execution_successful: results.problems.is_empty(),
            tool_execution_notifications: results.problems.iter().map(notification).collect(),
        }
    }
}

impl Artifact {
    fn new(file: &SourceFile) -> Self {
        Self {
            location: ArtifactLocation::new(file.name()),
            roles: ["analysisTarget"],
        }
    }
}

impl ArtifactLocation {
    /// The path as a reference to a URI (3.4.3): relative where the path is.
    fn new(path: &str) -> Self {
        let mut uri = String::with_capacity(path.len());
        if path.starts_with('/') {
            uri.push_str("file://");
        } else if path.get(1..3) == Some(":/") {
            uri.push_str("file:///");
        }
        for byte in path.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
                uri.push(byte.into());
            } else {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
        Self { uri }
    }
}

impl<'a> Reported<'a> {
    fn new(
        diagnostic: &'a Diagnostic,
        rule_index: Option<usize>,
        suppressions: Vec<Suppression<'a>>,
        results: &Results<'a>,
        unique: &mut Unique<'_>,
    ) -> Self {
        let mut places = Place::all(diagnostic, results.sources);
        let first = places.next().map(|place| Location::new(place, None));
        let related = places
            .zip(1..)
            .map(|(place, id)| Location::new(place, Some(id)));
        let (print, number) = unique.number(diagnostic);
        Self {
            rule_id: &diagnostic.code,
            rule_index,
            kind: None,
            level: diagnostic.severity.name(),
            message: Message::of(diagnostic),
            locations: first.into_iter().collect(),
            related_locations: related.collect(),
            partial_fingerprints: Fingerprints {
                own: print.to_string(),
                github: format!("{print}:{number}"),
            },
            suppressions,
            fixes: diagnostic
                .fix
                .iter()
                .filter_map(|fix| Correction::new(fix, results.sources))
                .collect(),
            properties: Properties {
                verdict: diagnostic.verdict.name(),
                working: diagnostic.working.as_deref(),
                help: diagnostic.help.as_deref(),
            },
        }
    }
}

impl<'a> Correction<'a> {
    /// `None` for a package, whose bytes are not those of its text.
    fn new(fix: &'a Fix, sources: &Sources) -> Option<Self> {
        let file = sources
            .get(fix.source)
            .filter(|file| !file.is_extracted())?;
        let [start, end] = [fix.span.start, fix.span.end].map(|at| file.line_column(at));
        Some(Self {
            artifact_changes: [ArtifactChange {
                artifact_location: ArtifactLocation::new(file.name()),
                replacements: [Replacement {
                    deleted_region: Region {
                        start_line: start.line,
                        start_column: start.column,
                        end_line: end.line,
                        end_column: end.column,
                        snippet: None,
                    },
                    inserted_content: Message::new(&fix.text),
                }],
            }],
        })
    }
}

impl<'a> Suppression<'a> {
    fn new(suppressed: &'a Suppressed) -> Self {
        Self {
            kind: match suppressed.by {
                SuppressedBy::Comment => "inSource",
                SuppressedBy::Sidecar | SuppressedBy::Baseline => "external",
            },
            status: "accepted",
            justification: suppressed.reason.as_deref(),
        }
    }
}

impl<'a> Location<'a> {
    /// Lines and columns only for a file that is text itself; else the paragraph or page, as a logical location.
    fn new(place: Place<'a>, id: Option<usize>) -> Self {
        let region = place.within.is_none().then(|| Region::new(&place));
        let properties = place.within.clone().map(|within| Within {
            place: within.into(),
            words: place.text,
        });
        let logical = place.within.map(|within| {
            let name = within.to_string();
            let mut path = within.headings;
            path.push(name.clone());
            LogicalLocation {
                name,
                fully_qualified_name: path.join(" / "),
                kind: within.unit.name(),
            }
        });
        Self {
            id,
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation::new(place.path),
                region,
            },
            logical_locations: logical.into_iter().collect(),
            message: (!place.label.is_empty()).then(|| Message::new(place.label)),
            properties,
        }
    }
}

impl<'a> Region<'a> {
    fn new(place: &Place<'a>) -> Self {
        Self {
            start_line: place.start.line,
            start_column: place.start.column,
            end_line: place.end.line,
            end_column: place.end.column,
            snippet: (!place.text.is_empty()).then(|| Message::new(place.text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: &str) {
        assert_eq!(ArtifactLocation::new(path).uri, expected);
    }

    #[test]
    fn paths_become_references() {
        check("reports/a.md", "reports/a.md");
        check("café <draft>:1.md", "caf%C3%A9%20%3Cdraft%3E%3A1.md");
        check("/srv/100%.md", "file:///srv/100%25.md");
        check("C:/reports/a.md", "file:///C%3A/reports/a.md");
    }
}
