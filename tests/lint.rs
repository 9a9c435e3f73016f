//! From texts to diagnostics: the engine with real facts, suppressions, sets, and what results may not depend on.

use std::collections::BTreeSet;

use assize::{
    document::Format,
    framework::Frameworks,
    lint::{self, Options, Report, Settings},
    rules::{Loader, RuleSet, builtin, config::Stage},
    source::{SourceFile, Sources},
};

struct Engine {
    frameworks: Frameworks,
    rules: RuleSet,
}

fn load<'a>(
    sources: &mut Sources,
    frameworks: &Frameworks,
    files: impl IntoIterator<Item = &'a str>,
) -> RuleSet {
    let mut loader = Loader::new(frameworks);
    for (text, at) in files.into_iter().zip(1..) {
        let file = SourceFile::new(&format!("rule-{at}.yaml"), text);
        loader.add(sources.add(file.clone()), file);
    }
    let loaded = loader.finish();
    assert_eq!(loaded.problems, []);
    loaded.rules
}

impl Engine {
    fn shipped() -> Self {
        let mut sources = Sources::new();
        let frameworks = Frameworks::builtin(&mut sources).expect("sound packs");
        let loaded = builtin::load(&mut sources, &frameworks);
        assert_eq!(loaded.problems, []);
        Self {
            frameworks,
            rules: loaded.rules,
        }
    }

    fn with(rules: &[&str]) -> Self {
        let mut sources = Sources::new();
        let frameworks = Frameworks::builtin(&mut sources).expect("sound packs");
        let rules = load(&mut sources, &frameworks, rules.iter().copied());
        Self { frameworks, rules }
    }

    fn check(&self, files: &[(&str, &str)], options: &Options) -> (Report, Sources) {
        let mut sources = Sources::new();
        let documents: Vec<_> = files
            .iter()
            .map(|(name, text)| {
                let format = Format::of(name.as_ref()).unwrap_or(Format::Text);
                (sources.add(SourceFile::new(name, text)), format)
            })
            .collect();
        (
            lint::check(&sources, &documents, &self.rules, &self.frameworks, options),
            sources,
        )
    }

    /// What is reported: `file:line severity code: message`.
    fn report(&self, files: &[(&str, &str)]) -> Vec<String> {
        let (report, sources) = self.check(files, &Options::default());
        report
            .diagnostics
            .iter()
            .map(|diagnostic| {
                let label = diagnostic.primary().expect("a place");
                let file = sources.get(label.source).expect("a file");
                let line = file.line_column(label.span.start).line;
                format!(
                    "{}:{line} {} {}",
                    file.name(),
                    diagnostic.severity,
                    diagnostic.code
                )
            })
            .collect()
    }
}

const CHANGE: &str = "\
id: change-adds-up
title: A change does not fit its values
severity: error
for: { c: change }
where: c.unit == \"percent\" && c.by_unit == \"points\"
assert: c.to - c.from == c.by
message: \"from {c.from} to {c.to} is {c.to - c.from}, not {c.by}\"
";

const FAULTY: &str = "The conviction rate rose from 30% to 38%, up 11 percentage points.\n";

#[test]
fn a_rule_finds_what_it_says_and_deleting_it_takes_the_check_away() {
    let engine = Engine::with(&[CHANGE]);
    assert_eq!(
        engine.report(&[("a.txt", FAULTY)]),
        ["a.txt:1 error change-adds-up"]
    );
    assert!(
        engine
            .report(&[("a.txt", &FAULTY.replace("11", "8"))])
            .is_empty()
    );
    assert!(Engine::with(&[]).report(&[("a.txt", FAULTY)]).is_empty());
    let (report, _) = engine.check(&[("a.txt", FAULTY)], &Options::default());
    let diagnostic = report.diagnostics.first().expect("a diagnostic");
    assert_eq!(
        diagnostic.message,
        "from 30% to 38% is 8 points, not 11 points"
    );
    assert!(diagnostic.working.is_some());
    assert_eq!((report.summary.documents, report.summary.rules), (1, 1));
    assert!(report.summary.facts > 0);
}

#[test]
fn comments_silence_a_rule_where_they_stand() {
    let engine = Engine::with(&[CHANGE]);
    let silent = format!("# assize-ignore change-adds-up: checked with the author\n{FAULTY}");
    assert!(engine.report(&[("a.txt", &silent)]).is_empty());
    let silent =
        format!("# Title\n\n<!-- assize-ignore change-adds-up: checked -->\n\n{FAULTY}\n{FAULTY}");
    assert_eq!(
        engine.report(&[("a.md", &silent)]),
        ["a.md:7 error change-adds-up"]
    );
    let unused = format!(
        "<!-- assize-ignore change-adds-up: gone -->\n\n{}",
        FAULTY.replace("11", "8")
    );
    assert_eq!(
        engine.report(&[("a.md", &unused)]),
        ["a.md:1 warning suppression-unused"]
    );
    let unknown = format!("<!-- assize-ignore change-add-up: typo -->\n\n{FAULTY}");
    assert_eq!(
        engine.report(&[("a.md", &unknown)]),
        [
            "a.md:1 warning suppression-unknown",
            "a.md:3 error change-adds-up"
        ]
    );
    let file =
        format!("{FAULTY}\n<!-- assize-ignore-file change-adds-up: as printed -->\n\n{FAULTY}");
    assert!(engine.report(&[("a.md", &file)]).is_empty());
}

#[test]
fn stage_framework_dates_and_severity_say_when_a_rule_runs() {
    let found = |keys: &str, options: &Options| {
        let engine = Engine::with(&[&format!("{CHANGE}{keys}\n")]);
        engine
            .check(&[("a.txt", FAULTY)], options)
            .0
            .diagnostics
            .len()
    };
    let all = Options::default();
    let staged = Options::with(Settings {
        stage: Some(Stage::Final),
        ..Settings::default()
    });
    let aap = Options::with(Settings {
        framework: Some("hmcpsi-aap".to_owned()),
        ..Settings::default()
    });
    let other = Options {
        only: Some(BTreeSet::from(["other".to_owned()])),
        ..Options::default()
    };
    assert_eq!(found("stage: [draft]", &all), 1);
    assert_eq!(found("stage: [draft]", &staged), 0);
    assert_eq!(found("stage: [draft, final]", &staged), 1);
    assert_eq!(found("framework: [hmcpsi-aap]", &all), 0);
    assert_eq!(found("framework: [hmcpsi-aap]", &aap), 1);
    assert_eq!(found("applies: { from: 2016-01-01 }", &all), 0);
    assert_eq!(found("", &other), 0);
    let mut engine = Engine::with(&[CHANGE]);
    assert!(engine.rules.set_severity("change-adds-up", None));
    assert!(engine.report(&[("a.txt", FAULTY)]).is_empty());
    assert!(!engine.rules.set_severity("no-such-rule", None));
}

#[test]
fn a_rule_extends_another() {
    let softer = "id: change-softer\nextend: change-adds-up\nseverity: note\nwhere+: c.from > 35\n";
    let engine = Engine::with(&[softer, CHANGE]);
    let text = format!("{FAULTY}\n{}", FAULTY.replace("30%", "36%"));
    assert_eq!(
        engine.report(&[("a.txt", &text)]),
        [
            "a.txt:1 error change-adds-up",
            "a.txt:3 error change-adds-up",
            "a.txt:3 note change-softer"
        ]
    );
    let replaced = Engine::with(&[CHANGE, "extend: change-adds-up\nseverity: warning\n"]);
    assert_eq!(
        replaced.report(&[("a.txt", FAULTY)]),
        ["a.txt:1 warning change-adds-up"]
    );
}

#[test]
fn added_kinds_of_fact_are_bound_like_built_in_ones() {
    let kind = "fact: target\nphrase: \"{measure:words} stood at {value:percent} against a target of {target:percent}\"\n";
    let rule = "\
id: target-missed
title: A target was missed
severity: note
for: { t: target }
assert: t.value >= t.target || size(targets) > 5
message: \"{t.measure} missed {t.target} with {t.value}\"
";
    let engine = Engine::with(&[kind, rule]);
    let text = "Attendance stood at 91% against a target of 95%.\n\nTimeliness stood at 97% against a target of 95%.\n";
    let (report, _) = engine.check(&[("a.txt", text)], &Options::default());
    let messages: Vec<_> = report
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.message.as_str())
        .collect();
    assert_eq!(messages, ["Attendance missed 95% with 91%"]);
}

const SET: &str = "\
id: set-files-differ
title: Two documents give another number of files
scope: set
severity: error
for: { a: figure, b: figure }
where: [a.measure == b.measure, '!same_document(a, b)', a.unit == \"count\" && b.unit == \"count\"]
assert: a.value == b.value
message: \"{a.value} here and {b.value} there\"
";

fn set(report: &str, release: &str) -> Vec<String> {
    Engine::with(&[SET]).report(&[("z-report.md", report), ("a-release.md", release)])
}

#[test]
fn documents_about_one_inspection_are_checked_together() {
    let report = "# Inspection report on CPS South Marches\n\nPublished 3 October 2017\n\nInspectors examined 150 case files.\n";
    let release = "# Press release: CPS South Marches\n\n3 October 2017\n\nInspectors examined 120 case files.\n";
    assert_eq!(
        set(report, release),
        ["z-report.md:5 error set-files-differ"]
    );
    assert!(
        set(report, &release.replace("South", "North")).is_empty(),
        "another body"
    );
    assert!(
        set(report, &release.replace("2017", "2012")).is_empty(),
        "another round"
    );
    assert!(set(report, &release.replace("120", "150")).is_empty());
}

#[test]
fn results_do_not_depend_on_the_order_of_files_or_rules() {
    let engine = Engine::shipped();
    let files = [
        ("b.txt", FAULTY),
        (
            "a.txt",
            "The rate fell from 40% to 52%. The rate fell from 40% to 52%.\n",
        ),
        (
            "c.md",
            "# Response of CPS South Marches\n\nOn Tuesday 25 October 2017 we accepted it.\n",
        ),
    ];
    let expected = engine.report(&files);
    assert!(expected.len() >= 2, "{expected:?}");
    for turn in 1..files.len() {
        let mut turned = files;
        turned.rotate_left(turn);
        assert_eq!(engine.report(&turned), expected);
    }
    let again = Engine::with(&[SET, CHANGE]).report(&files);
    assert_eq!(Engine::with(&[CHANGE, SET]).report(&files), again);
}
