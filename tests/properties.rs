//! What holds for every input: nothing brings the program down, every place lies in its file, a fact can be read again from
//! its own words, and results do not depend on the order of files.

use std::sync::{Arc, LazyLock};

use assize::{
    document::{self, Format},
    facts::{self, Facts, schema},
    framework::{Frameworks, Vocabulary},
    lint::{self, Options},
    rules::{RuleSet, builtin},
    source::{SourceFile, Sources},
    span::SourceId,
    value::Value,
};
use proptest::prelude::*;

static FRAMEWORKS: LazyLock<Frameworks> = LazyLock::new(|| {
    Frameworks::builtin(&mut Sources::new()).expect("the shipped frameworks are sound")
});
static RULES: LazyLock<RuleSet> =
    LazyLock::new(|| builtin::load(&mut Sources::new(), &FRAMEWORKS).rules);

fn vocabulary() -> Arc<Vocabulary> {
    FRAMEWORKS
        .vocabulary(Frameworks::GENERAL)
        .expect("the general framework is shipped")
}

/// Pieces that reports are made of, so that random texts meet the grammar and not only its edges.
const PIECES: &[&str] = &[
    "Leadership was rated good",
    "and poor for casework",
    "Good",
    "'fair'",
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "46.9%",
    "18 of 40 (45%)",
    "rose from 55.2% to 62.3%",
    "down from",
    "7% above the national average",
    "£1.2 million",
    "the following eight issues:",
    "1. ",
    "2) ",
    "- ",
    "• ",
    "\n",
    "\n\n",
    "\r\n",
    "\u{c}",
    "| a | b |\n|---|---|\n| Safe | Good |\n",
    "# ",
    "**",
    "*",
    "_",
    "CPS Response:",
    "Recommendation 3.",
    "accepted",
    "31 June 2023",
    "Tuesday 25 October 2017",
    "2016-17",
    "from 1 April to",
    "half a million",
    "twenty-one",
    "one in five",
    ", ",
    ".",
    ":",
    ";",
    "(",
    ")",
    "[",
    "]",
    "—",
    "–",
    "\u{a0}",
    "\u{ad}",
    "\u{feff}",
    "é",
    "日本",
    "🦀",
    "e\u{301}",
    "<!-- assize-ignore x: y -->",
    "# assize-ignore-file",
    "&pound;",
    "&#8217;",
    "<b>",
    "</p>",
    "<table><tr><td>",
    "XX%",
    "HMCPSI",
    "(HMIC)",
    "no longer good",
    "all criteria were good",
    "G1",
    "4 stars",
    "  ",
    "\t",
    "99999999999999999999999999999999",
    "0.0000000000000000000000000001",
    "1,2,3",
    "-",
    "%",
    "£",
    "pp",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        prop::collection::vec(prop::sample::select(PIECES), 0..40)
            .prop_map(|pieces| pieces.concat()),
        prop::collection::vec(prop::sample::select(PIECES), 0..40)
            .prop_map(|pieces| pieces.join(" ")),
    ]
}

fn format() -> impl Strategy<Value = Format> {
    prop::sample::select(
        document::FORMATS
            .iter()
            .map(|(format, _)| *format)
            .collect::<Vec<_>>(),
    )
}

fn read(text: &str, format: Format) -> (SourceFile, document::Document, Facts) {
    let file = SourceFile::new("draft", text);
    let document = document::read(&file, format);
    let facts = facts::extract(&document, &vocabulary());
    (file, document, facts)
}

fn check(files: &[(&str, &str)]) -> Vec<String> {
    let mut sources = Sources::new();
    let documents: Vec<(SourceId, Format)> = files
        .iter()
        .map(|(name, text)| {
            (
                sources.add(SourceFile::new(name, text)),
                Format::guess(text),
            )
        })
        .collect();
    let report = lint::check(
        &sources,
        &documents,
        &RULES,
        &FRAMEWORKS,
        &Options::default(),
    );
    report
        .diagnostics
        .iter()
        .map(|found| {
            let places: Vec<_> = found
                .labels
                .iter()
                .map(|label| {
                    format!(
                        "{}:{:?}",
                        sources.get(label.source).map_or("", SourceFile::name),
                        label.span
                    )
                })
                .collect();
            format!("{} {} {places:?}", found.code, found.message)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn every_place_lies_in_its_file(text in text(), format in format()) {
        let (file, document, facts) = read(&text, format);
        for fact in &facts.facts {
            prop_assert!(document.text.get(fact.span.range()).is_some(), "{:?} in the clean text", fact.span);
            let source = document.map.to_source(fact.span);
            prop_assert!(file.text().get(source.range()).is_some(), "{source:?} in the file");
            let kind = &schema::KINDS[usize::from(fact.kind.0)];
            prop_assert_eq!(fact.values.len(), kind.fields.len());
        }
    }

    #[test]
    fn no_text_brings_a_check_down(text in text(), format in format()) {
        let mut sources = Sources::new();
        let source = sources.add(SourceFile::new("draft", &text));
        let report = lint::check(&sources, &[(source, format)], &RULES, &FRAMEWORKS, &Options::default());
        for found in &report.diagnostics {
            prop_assert_ne!(&found.code, "internal-error");
            for label in &found.labels {
                prop_assert!(text.get(label.span.range()).is_some(), "{}: {:?}", found.code, label.span);
            }
        }
    }

    #[test]
    fn a_figure_is_read_again_from_its_own_words(
        number in prop_oneof![Just("46.9%".to_owned()), (2u32..99_999).prop_map(|n| format!("{n} files")),
            (1u32..999).prop_map(|n| format!("£{n}.5 million")), (2u32..99).prop_map(|n| format!("{n} per cent"))],
        lead in prop::sample::select(vec!["It was", "Inspectors saw", "In all there were"]),
    ) {
        let values = |text: &str| -> Vec<Value> {
            let (_, _, facts) = read(text, Format::Text);
            let figures = facts.facts.iter().filter(|fact| fact.kind == schema::FIGURE);
            figures.map(|fact| fact.get(schema::figure::Slot::value).clone()).collect()
        };
        let (_, document, facts) = read(&format!("{lead} {number} at last."), Format::Text);
        let Some(figure) = facts.facts.iter().find(|fact| fact.kind == schema::FIGURE) else {
            return Err(TestCaseError::fail(format!("no figure in {number}")));
        };
        let again = format!("{lead} {}.", document.text_of(figure.span));
        prop_assert_eq!(values(&again), vec![figure.get(schema::figure::Slot::value).clone()]);
    }

    #[test]
    fn the_order_of_files_changes_nothing(order in Just((0..FILES.len()).collect::<Vec<_>>()).prop_shuffle()) {
        let shuffled: Vec<_> = order.iter().map(|&at| FILES[at]).collect();
        prop_assert_eq!(check(&shuffled), check(FILES));
    }
}

/// Documents of two inspections, each with something to report.
const FILES: &[(&str, &str)] = &[
    (
        "a-report.txt",
        "Inspection report on Port Ansel Police\n\nPublished 3 May 2024\n\nLeadership was rated fair and prevention was rated fair. A plan was found in 18 of 40 files (48%).\n",
    ),
    (
        "b-release.txt",
        "Press release: Port Ansel Police\n\nPublished 3 May 2024\n\nThe force was rated good for leadership.\n",
    ),
    (
        "c-report.txt",
        "Inspection report on West Ansel Council\n\nPublished 3 May 2024\n\nThe rate rose from 62% in 2021 to 55% in 2022.\n",
    ),
    (
        "d-response.txt",
        "West Ansel Council: our response to the inspection\n\nPublished 31 June 2024\n\nWe accept.\n",
    ),
];

#[test]
fn the_sample_of_files_has_something_to_report() {
    assert!(check(FILES).len() >= 4, "{:?}", check(FILES));
}
