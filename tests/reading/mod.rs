//! What a document is read as: its facts and diagnostics.

use std::sync::LazyLock;

use assize::{
    document::{self, Tracked},
    facts::json::DocumentJson,
    framework::Frameworks,
    lint::{self, Options},
    rules::{RuleSet, builtin},
    source::Sources,
    value::tidy,
};
use serde_json::Value;

static FRAMEWORKS: LazyLock<Frameworks> = LazyLock::new(|| {
    Frameworks::builtin(&mut Sources::new()).expect("the shipped frameworks are sound")
});
static RULES: LazyLock<RuleSet> =
    LazyLock::new(|| builtin::load(&mut Sources::new(), &FRAMEWORKS).rules);

/// The facts and diagnostics of a report, without their places. The words of a fact are those at its place in the file.
pub(crate) fn found(name: &str, bytes: Vec<u8>) -> (Vec<Value>, Vec<String>) {
    let (file, format) = document::open(name, bytes, Tracked::Accepted).expect(name);
    let mut sources = Sources::new();
    let source = sources.add(file);
    let options = Options {
        keep: true,
        ..Options::default()
    };
    let report = lint::check(&sources, &[(source, format)], &RULES, &FRAMEWORKS, &options);
    let file = sources.get(source).expect("the file");
    let read = report
        .documents
        .first()
        .and_then(|document| document.read.as_ref())
        .expect("a document");
    let document = DocumentJson {
        file,
        document: &read.document,
        facts: &read.facts,
        kinds: &RULES.kinds,
        framework: "",
    };
    let facts = document.facts().map(|fact| {
        let (span, _) = fact.place();
        if file.layout().is_some() {
            // Between the items of a list stand their numbers.
            let written = file.text_of(span);
            if !written.contains('\n') {
                assert_eq!(words(written), words(&fact.text()), "{name}");
            }
            assert!(file.place(span).is_some(), "{name}");
        }
        let mut fact = serde_json::to_value(fact).expect("JSON");
        let fields = fact.as_object_mut().expect("an object");
        for place in [
            "start",
            "end",
            "line",
            "column",
            "paragraph",
            "note",
            "page",
            "headings",
            "box",
        ] {
            fields.remove(place);
        }
        fact
    });
    let diagnostics = report.diagnostics.iter();
    let diagnostics = diagnostics.map(|found| format!("{} {}", found.code, found.message));
    (facts.collect(), diagnostics.collect())
}

/// Text without the signs that stand for breaks and the labels of lists.
fn words(text: &str) -> String {
    tidy(&text.replace(['\u{2028}', '\t', '\n'], " "))
}
