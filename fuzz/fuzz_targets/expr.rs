//! Expressions, as the condition of a rule that is run over a report with facts of most kinds.
#![no_main]

use std::fmt::Write as _;

use assize::{
    document::Format,
    expr,
    lint::{self, Options},
    rules::Loader,
    source::{SourceFile, Sources},
};
use assize_fuzz::{FRAMEWORKS, placed, sound};
use libfuzzer_sys::fuzz_target;

const REPORT: &str = "Inspection report on Port Ansel Police\n\nPublished 3 May 2024\n\nLeadership was rated fair and \
    prevention was rated good. The rate rose from 62% in 2021 to 75% in 2022, a rise of 11 percentage points.\n\nA plan was \
    found in 18 of 40 files (48%).\n\nThe force should do three things:\n\n1. Answer letters sooner by May 2025.\n2. Keep a \
    record.\n\nResponse: Recommendation 1 is accepted.\n";

fuzz_target!(|text: &str| {
    if let Ok(tree) = expr::parse(text) {
        let printed = tree.to_string();
        // The brackets that are printed may be more than are read.
        if let Ok(again) = expr::parse(&printed) {
            assert_eq!(again.to_string(), printed, "what is printed is read again");
        }
    }
    let mut rule = "id: fuzzed\ntitle: T\nseverity: error\nscope: document\nfor: { a: figure, b: rating }\nassert: |\n".to_owned();
    for line in text.lines() {
        let _ = writeln!(rule, "  {line}");
    }
    rule.push_str("message: \"m\"\nhelp: h\nwhy: w\n");
    let mut sources = Sources::new();
    let mut loader = Loader::new(&FRAMEWORKS);
    let file = SourceFile::new("fuzzed.yaml", &rule);
    loader.add(sources.add(file.clone()), file);
    let loaded = loader.finish();
    placed(&loaded.problems, &sources);
    if loaded.rules.is_empty() {
        return;
    }
    let source = sources.add(SourceFile::new("report.txt", REPORT));
    let options = Options::default();
    let report = lint::check(
        &sources,
        &[(source, Format::Text)],
        &loaded.rules,
        &FRAMEWORKS,
        &options,
    );
    sound(&report, &sources);
});
