//! What a document is read as: its facts and diagnostics.

use std::sync::LazyLock;

use assize::{
    document::{self, Format, Tracked},
    facts::json::DocumentJson,
    framework::Frameworks,
    lint::{self, Options},
    rules::{RuleSet, builtin},
    source::Sources,
    value::tidy,
};
use html5gum::{Token, Tokenizer};
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
        assert!(
            file.layout().is_none() || file.place(span).is_some(),
            "{name}"
        );
        let (written, text) = (file.text_of(span), fact.text());
        let mut fact = serde_json::to_value(fact).expect("JSON");
        // Between the items of a list stand their numbers.
        if fact["kind"] != "list" {
            assert_eq!(words(&as_read(format, written)), words(&text), "{name}");
        }
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

/// What is read of a part of a file that holds no marks of notes.
fn as_read(format: Format, written: &str) -> String {
    match format {
        Format::Html => without_tags(written),
        Format::Markdown => without_tags(written).replace(['*', '|', '>'], " "),
        _ => written.to_owned(),
    }
}

/// What a browser shows of HTML that holds no marks of notes.
fn without_tags(html: &str) -> String {
    let tokens = Tokenizer::new(html).map(|token| match token {
        Ok(Token::String(text)) => String::from_utf8_lossy(&text.value).into_owned(),
        _ => " ".to_owned(),
    });
    tokens.collect()
}

/// Text without the signs that stand for breaks and the labels of lists.
fn words(text: &str) -> String {
    tidy(&text.replace(['\u{2028}', '\t', '\n'], " "))
}
