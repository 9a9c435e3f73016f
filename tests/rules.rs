//! The shipped rules: they load without a mistake.

use std::fmt::Write;

use assize::{
    diagnostic::Diagnostic,
    framework::Frameworks,
    rules::{Loaded, builtin},
    source::Sources,
};

fn load() -> (Loaded, Sources) {
    let mut sources = Sources::new();
    let frameworks = Frameworks::builtin(&mut sources).expect("sound packs");
    let loaded = builtin::load(&mut sources, &frameworks);
    (loaded, sources)
}

fn show(problems: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for problem in problems {
        let label = problem.primary().expect("a place");
        let file = sources.get(label.source).expect("a file");
        let at = file.line_column(label.span.start);
        let _ = writeln!(
            out,
            "{}:{}:{}: {}",
            file.name(),
            at.line,
            at.column,
            problem.message
        );
    }
    out
}

#[test]
fn the_shipped_rules_are_sound() {
    let (loaded, sources) = load();
    assert!(
        loaded.problems.is_empty(),
        "{}",
        show(&loaded.problems, &sources)
    );
    for rule in loaded.rules.iter() {
        let file = sources.get(rule.info.source).expect("a file");
        let name = file.name().rsplit('/').next().unwrap_or_default();
        assert_eq!(
            name,
            format!("{}.yaml", rule.info.id),
            "a rule's file has its name"
        );
        assert!(rule.info.why.is_some(), "{} says why", rule.info.id);
    }
}
