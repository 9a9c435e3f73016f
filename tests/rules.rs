//! Every shipped rule: it loads, carries its documentation, and does what its examples say. Every shape of rating rule that
//! inspectorates use can be written in YAML alone (`tests/shapes`).

use std::{fmt::Debug, path::Path};

use assize::{
    diagnostic::Diagnostic,
    framework::{FrameworkConfig, Frameworks, LexiconConfig},
    lint,
    packs::{self, PackFile, Shipped},
    rules::{
        Loader, RuleSet, builtin,
        config::{FactConfig, RuleConfig},
        examples::Verification,
    },
    source::{self, SourceFile, Sources},
    span::SourceId,
    yaml,
};
use serde::de::DeserializeOwned;

/// The shipped rule files, each under the id that its name gives.
fn shipped() -> Vec<(String, SourceFile)> {
    let files = shipped_files().filter(|file| !stem(file.name()).starts_with("fact-"));
    files.map(|file| (stem(file.name()), file)).collect()
}

/// The shipped rules, and the kinds of fact that they add.
fn shipped_files() -> impl Iterator<Item = SourceFile> {
    packs::builtin().filter(|file| PackFile::of(file.name()) == PackFile::Rule)
}

/// A shipped rule file, after the kinds of fact that the packs add.
fn with_kinds(file: &SourceFile) -> Vec<SourceFile> {
    let kinds = shipped_files().filter(|file| stem(file.name()).starts_with("fact-"));
    kinds.chain([file.clone()]).collect()
}

fn stem(name: &str) -> String {
    Path::new(name)
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn frameworks() -> Frameworks {
    Frameworks::builtin(&mut Sources::new()).expect("the shipped frameworks are sound")
}

fn load(
    files: impl IntoIterator<Item = SourceFile>,
    frameworks: &Frameworks,
) -> (RuleSet, Vec<String>) {
    let mut sources = Sources::new();
    let mut loader = Loader::new(frameworks);
    for file in files {
        loader.add(sources.add(file.clone()), file);
    }
    let loaded = loader.finish();
    (loaded.rules, shown(&loaded.problems, &sources))
}

fn shown(problems: &[Diagnostic], sources: &Sources) -> Vec<String> {
    let place = |problem: &Diagnostic| {
        let label = problem.primary()?;
        let file = sources.get(label.source)?;
        Some(format!(
            "{}:{}",
            file.name(),
            file.line_column(label.span.start).line
        ))
    };
    problems
        .iter()
        .map(|problem| format!("{} {}", place(problem).unwrap_or_default(), problem.message))
        .collect()
}

/// Runs the examples of all rules and gives back what did not go as they say.
fn misbehaving(rules: &RuleSet, frameworks: &Frameworks) -> Vec<String> {
    let (reports, problems) = lint::run_examples(rules, rules.iter(), frameworks);
    let mut wrong = shown(&problems, &Sources::new());
    wrong.extend(
        reports
            .iter()
            .filter(|report| report.verification != Verification::Passed)
            .map(|report| {
                format!(
                    "{}: {:?}\n{}",
                    report.rule, report.verification, report.example.documents[0].2
                )
            }),
    );
    wrong
}

/// Checks that a shipped file says the same, and at the same places, parsed before and now.
#[track_caller]
fn reads_alike<T: DeserializeOwned + Debug>(shipped: &Shipped) {
    let name = shipped.file.name();
    let parsed: Option<T> = shipped.tree.read(&|_| true).ok();
    let written: Option<T> = yaml::read(SourceId(0), &shipped.file).ok();
    assert!(parsed.is_some(), "{name}");
    assert_eq!(format!("{parsed:?}"), format!("{written:?}"), "{name}");
}

#[test]
fn what_the_binary_carries_is_sound_to_the_last_condition() {
    let mut sources = Sources::new();
    let loaded = builtin::load(&mut sources, &frameworks());
    assert_eq!(shown(&loaded.problems, &sources), [""; 0]);
    for rule in loaded.rules.iter() {
        assert!(rule.prepare(), "{}", rule.info.id);
    }
}

#[test]
fn what_was_parsed_at_build_time_is_what_the_files_say() {
    for shipped in packs::shipped() {
        match PackFile::of(shipped.file.name()) {
            PackFile::Framework => reads_alike::<FrameworkConfig>(&shipped),
            PackFile::Lexicon => reads_alike::<LexiconConfig>(&shipped),
            PackFile::Rule if shipped.tree.has("fact") => reads_alike::<FactConfig>(&shipped),
            PackFile::Rule => reads_alike::<RuleConfig>(&shipped),
        }
    }
}

#[test]
fn shipped_rules_load_and_do_what_their_examples_say() {
    let frameworks = frameworks();
    let (rules, problems) = load(shipped_files(), &frameworks);
    assert!(problems.is_empty(), "{problems:#?}");
    assert_eq!(rules.len(), shipped().len());
    let wrong = misbehaving(&rules, &frameworks);
    assert!(
        wrong.is_empty(),
        "{}\n{} examples misbehave",
        wrong.join("\n\n"),
        wrong.len()
    );
}

#[test]
fn shipped_rules_are_named_by_their_files_and_documented() {
    let frameworks = frameworks();
    for (id, file) in shipped() {
        let (rules, problems) = load(with_kinds(&file), &frameworks);
        assert!(problems.is_empty(), "{problems:#?}");
        let rule = rules
            .get(&id)
            .unwrap_or_else(|| panic!("{} holds the rule {id}", file.name()));
        assert!(rule.info.why.is_some(), "{id} says why");
        assert!(rule.info.help.is_some(), "{id} says the way out");
        let examples = rule.examples.read().expect("the examples are sound");
        for invalid in [false, true] {
            let count = examples
                .iter()
                .filter(|example| example.valid != invalid)
                .count();
            assert!(
                count >= 2,
                "{id} has {count} examples that are {}",
                if invalid { "invalid" } else { "valid" }
            );
        }
    }
}

/// What is raised for the invalid examples, as the reference of the rules prints it.
#[test]
fn messages_are_for_readers_of_reports() {
    let mut awkward = Vec::new();
    let mut read = 0;
    for path in source::walk(Path::new("docs/rules"), |_| true).files {
        let page = SourceFile::read(&path).expect("a page");
        let raised = |line: &&str| {
            ["error", "warning", "note"]
                .iter()
                .any(|severity| line.starts_with(&format!("- **{severity}**: ")))
        };
        for line in page.text().lines().filter(raised) {
            read += 1;
            let line = line.split(", at “").next().unwrap_or_default();
            awkward.extend(awkwardness(line).map(|why| format!("{why}: {line}")));
        }
    }
    assert!(read > 300, "{read} messages");
    assert!(awkward.is_empty(), "{}", awkward.join("\n"));
}

/// What an editor would stumble over in a message.
fn awkwardness(message: &str) -> Option<&'static str> {
    let words: Vec<&str> = message.split_whitespace().collect();
    let follows = |first: &str, second: &[&str]| {
        words.windows(2).any(|pair| {
            pair.first() == Some(&first) && pair.get(1).is_some_and(|next| second.contains(next))
        })
    };
    let called = message.match_indices('(').any(|(at, _)| {
        let before = message
            .get(..at)
            .and_then(|before| before.chars().next_back());
        before.is_some_and(|c| c.is_ascii_lowercase() || c == '_')
    });
    let marks = ["%%", "““", "  ", "(not stated)", "not 0)", " ,", "{", "}"];
    if called {
        Some("the name of a function")
    } else if marks.iter().any(|mark| message.contains(mark)) {
        Some("a mark too many")
    } else if follows(
        "1",
        &["are", "issues", "stars", "points", "recommendations"],
    ) {
        Some("one of several")
    } else {
        None
    }
}

#[test]
fn every_shape_of_rating_rule_can_be_written() {
    let files = source::walk(Path::new("tests/shapes"), |_| true).files;
    let files: Vec<_> = files
        .iter()
        .map(|path| SourceFile::read(path).expect("a file"))
        .collect();
    let shapes = files
        .iter()
        .filter(|file| !stem(file.name()).starts_with("fact-"))
        .count();
    let frameworks = frameworks();
    let (rules, problems) = load(files, &frameworks);
    assert!(problems.is_empty(), "{problems:#?}");
    assert_eq!(rules.len(), shapes);
    assert_eq!(shapes, 12);
    let wrong = misbehaving(&rules, &frameworks);
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_rule_whose_invalid_example_stays_silent_is_found_out() {
    let frameworks = frameworks();
    let (id, file) = shipped()
        .into_iter()
        .find(|(id, _)| id == "percent-out-of-range")
        .expect("the rule is shipped");
    let blunted = file.text().replace("f.value <= 100", "f.value <= 1000");
    assert_ne!(blunted, file.text());
    let (rules, problems) = load([SourceFile::new(file.name(), &blunted)], &frameworks);
    assert!(problems.is_empty(), "{problems:#?}");
    assert!(rules.get(&id).is_some());
    assert_eq!(misbehaving(&rules, &frameworks).len(), 2);
}

#[test]
fn without_its_file_a_check_is_gone() {
    let frameworks = frameworks();
    let text = "Officers reviewed 104% of the files in the sample.";
    let raised = |files: Vec<SourceFile>| {
        let (rules, _) = load(files, &frameworks);
        let mut sources = Sources::new();
        let source = sources.add(SourceFile::new("draft.txt", text));
        let documents = [(source, assize::document::Format::Text)];
        lint::check(
            &sources,
            &documents,
            &rules,
            &frameworks,
            &lint::Options::default(),
        )
        .diagnostics
        .len()
    };
    let all: Vec<_> = shipped_files().collect();
    let without = shipped_files()
        .filter(|file| stem(file.name()) != "percent-out-of-range")
        .collect();
    assert_eq!(raised(all), 1);
    assert_eq!(raised(without), 0);
}
