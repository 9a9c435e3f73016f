//! The shipped rules on whole documents, as inspectorates, councils and companies write them: consistent ones raise no error
//! and no warning, faulty ones what is wrong with them and nothing else, known false alarms aside.
//!
//! Beside each document stands what it states, as JSON: kinds, fields and byte offsets.

#![expect(clippy::disallowed_methods, reason = "a test may read its documents")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

/// The contradictions that stand in the faulty documents: file, rule, line.
const FAULTS: [(&str, &str, u64); 45] = [
    ("action-plan.md", "date-impossible", 15),
    ("action-plan.md", "issue-no-response", 14),
    ("ambulance-response.txt", "comparison-direction", 43),
    ("ambulance-response.txt", "date-impossible", 60),
    ("ambulance-response.txt", "issue-no-response", 29),
    ("ambulance-response.txt", "list-numbering", 50),
    ("audit-summary.txt", "change-direction", 23),
    ("audit-summary.txt", "date-order", 9),
    ("audit-summary.txt", "proportion-mismatch", 21),
    ("council-plan.md", "acceptance-claim", 38),
    ("council-plan.md", "date-impossible", 44),
    ("council-plan.md", "tally-list-count", 38),
    ("cps-response.txt", "comparison-direction", 9),
    ("cps-response.txt", "issue-no-response", 21),
    ("cps-response.txt", "percent-impossible-for-sample", 9),
    ("fire-report.md", "change-arithmetic", 29),
    ("fire-report.md", "rating-prose-vs-table", 10),
    ("fire-report.md", "tally-list-count", 43),
    ("fire-report.md", "weekday-date", 5),
    ("food-safety-committee.md", "comparison-direction", 51),
    ("food-safety-committee.md", "proportion-mismatch", 67),
    ("food-safety-committee.md", "table-row-column-total", 30),
    ("hospital-release.md", "change-arithmetic", 37),
    ("hospital-release.md", "weekday-date", 3),
    ("ombudsman-letter.txt", "change-direction", 92),
    ("peel-grades.md", "change-arithmetic", 29),
    ("peel-grades.md", "parts-sum-total", 31),
    ("peel-grades.md", "rating-count-claim", 7),
    ("peel-grades.md", "rating-count-claim", 7),
    ("peel-summary.md", "parts-sum-total", 73),
    ("peel-summary.md", "rating-prose-vs-table", 17),
    ("prison-concerns.md", "proportion-mismatch", 28),
    ("prison-concerns.md", "rating-prose-vs-table", 9),
    ("prison-concerns.md", "tally-list-count", 46),
    ("prison-recommendations.md", "change-arithmetic", 24),
    (
        "prison-recommendations.md",
        "percent-impossible-for-sample",
        28,
    ),
    ("prison-recommendations.md", "rating-prose-vs-table", 18),
    ("probation-ratings.txt", "tally-list-count", 53),
    ("probation-unit-pages.txt", "probation-points-sum", 10),
    ("probation-unit-pages.txt", "proportion-mismatch", 69),
    ("school-card.txt", "proportion-mismatch", 42),
    ("school-card.txt", "tally-list-count", 92),
    ("school-card.txt", "weekday-date", 107),
    ("youth-justice-response.md", "acceptance-claim", 18),
    ("youth-justice-response.md", "change-direction", 41),
];

/// What is raised and is not wrong: known false alarms, of which there should be fewer.
const FALSE_ALARMS: [(&str, &str, u64); 1] = [("water-release.md", "tally-list-count", 4)];

/// Share of the stated facts of a kind that must be found.
const FOUND: f64 = 0.8;

fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fresh");
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of documents")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|end| end != "json"))
        .collect();
    found.sort();
    assert!(found.len() >= 10, "{found:?}");
    found
}

fn json(args: &[&str], path: &Path) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_assize"))
        .args(args)
        .arg(path)
        .output()
        .expect("the binary can be run");
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{}: {error}: {output:?}", path.display()))
}

#[test]
fn only_what_is_wrong_is_raised() {
    let mut raised = Vec::new();
    for path in documents() {
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let report = json(&["check", "--format", "json"], &path);
        for problem in report["diagnostics"].as_array().expect("problems") {
            if problem["severity"] != "note" {
                let rule = problem["rule"].as_str().expect("a rule").to_owned();
                raised.push((
                    name.clone(),
                    rule,
                    problem["line"].as_u64().expect("a line"),
                ));
            }
        }
    }
    raised.sort();
    let mut expected: Vec<_> = FAULTS
        .iter()
        .chain(&FALSE_ALARMS)
        .map(|&(file, rule, line)| (file.to_owned(), rule.to_owned(), line))
        .collect();
    expected.sort();
    assert_eq!(raised, expected);
}

/// The field of a kind that must agree, beside the place.
fn value_of(fact: &Value) -> String {
    let field = match fact["kind"].as_str() {
        Some("rating") => "value",
        Some("change") => "direction",
        Some("comparison") => "relation",
        Some("proportion") => "part",
        Some("tally") => "count",
        Some("issue") => "number",
        Some("date") => "from",
        _ => "to",
    };
    fact[field].to_string().trim_matches('"').to_lowercase()
}

#[test]
fn most_of_what_is_stated_is_found() {
    let mut counts: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for path in documents() {
        let stated = fs::read(path.with_extension("json")).expect("the facts of the document");
        let stated: Value = serde_json::from_slice(&stated).expect("facts as JSON");
        let report = json(&["facts", "--format", "json"], &path);
        let found = report["documents"][0]["facts"].as_array().expect("facts");
        let stated = stated["facts"].as_array().expect("facts");
        for fact in stated.iter().filter(|fact| fact["optional"] != true) {
            let overlaps = |other: &Value| {
                other["start"].as_u64() < fact["end"].as_u64()
                    && fact["start"].as_u64() < other["end"].as_u64()
            };
            let known = found.iter().any(|other| {
                other["kind"] == fact["kind"]
                    && overlaps(other)
                    && value_of(other) == value_of(fact)
            });
            let kind = fact["kind"].as_str().expect("a kind").to_owned();
            let count = counts.entry(kind).or_default();
            count.0 += u32::from(known);
            count.1 += 1;
        }
    }
    for (kind, (found, stated)) in counts {
        let share = f64::from(found) / f64::from(stated);
        assert!(share >= FOUND, "{kind}: {found} of {stated}");
    }
}
