//! What the fuzz targets share: documents made of bytes, and what must hold of whatever is read.

pub mod markup;
#[path = "../../tests/packages/mod.rs"]
pub mod packages;

use std::sync::{Arc, LazyLock};

use assize::{
    diagnostic::Diagnostic,
    document::{self, BlockKind, Document, Format, Tracked},
    facts,
    framework::{Frameworks, Vocabulary},
    lint::{self, Options, Report},
    rules::{RuleSet, builtin},
    source::{SourceFile, Sources},
};

/// The shipped frameworks.
pub static FRAMEWORKS: LazyLock<Frameworks> = LazyLock::new(|| {
    Frameworks::builtin(&mut Sources::new()).expect("the shipped frameworks are sound")
});

/// The shipped rules, those that are off unless asked for included.
pub static RULES: LazyLock<RuleSet> =
    LazyLock::new(|| builtin::load(&mut Sources::new(), &FRAMEWORKS).rules);

static VOCABULARY: LazyLock<Arc<Vocabulary>> = LazyLock::new(|| {
    FRAMEWORKS
        .vocabulary(Frameworks::GENERAL)
        .expect("the general framework is shipped")
});

/// Reads a text in a format; every place must lie in the file.
pub fn read(text: &str, format: Format) {
    let file = SourceFile::new("fuzzed", text);
    let document = document::read(&file, format);
    hold(&file, &document);
}

/// Opens a file and reads it, with both sides of its tracked changes; an error is an answer too.
pub fn open(name: &str, bytes: &[u8]) -> Option<(SourceFile, Format)> {
    let opened = |tracked| document::open(name, bytes.to_vec(), tracked).ok();
    if let Some((file, format)) = opened(Tracked::Original) {
        hold(&file, &document::read(&file, format));
    }
    let (file, format) = opened(Tracked::Accepted)?;
    hold(&file, &document::read(&file, format));
    Some((file, format))
}

/// Every place of a document lies in it, in order, and leads to one in its file.
fn hold(file: &SourceFile, document: &Document) {
    let mut end = 0;
    for block in &document.blocks {
        assert!(
            document.text.get(block.span.range()).is_some(),
            "a block is in the text"
        );
        assert!(end <= block.span.start, "blocks are in order");
        end = block.span.end;
        let source = document.map.to_source(block.span);
        assert!(
            file.text().get(source.range()).is_some(),
            "a block is in the file"
        );
        let _ = file.place(source);
        if let BlockKind::Table(table) = &block.kind {
            for cell in table.rows.iter().flat_map(|row| &row.cells) {
                assert!(block.span.contains(*cell), "a cell is in its table");
            }
        }
    }
    for comment in &document.comments {
        assert!(
            file.text().get(comment.span.range()).is_some(),
            "a comment is in the file"
        );
    }
}

/// Finds the facts of a text, and runs every shipped rule over it.
pub fn check(text: &str, format: Format) {
    let file = SourceFile::new("fuzzed", text);
    let document = document::read(&file, format);
    hold(&file, &document);
    let facts = facts::extract(&document, &VOCABULARY);
    for fact in &facts.facts {
        assert!(
            document.text.get(fact.span.range()).is_some(),
            "a fact is in the text"
        );
        let source = document.map.to_source(fact.span);
        assert!(text.get(source.range()).is_some(), "a fact is in the file");
    }
    let mut sources = Sources::new();
    let source = sources.add(file);
    let report = lint::check(
        &sources,
        &[(source, format)],
        &RULES,
        &FRAMEWORKS,
        &Options::default(),
    );
    sound(&report, &sources);
}

/// No document was the program's undoing, and every place lies in its file.
pub fn sound(report: &Report, sources: &Sources) {
    for found in &report.diagnostics {
        assert_ne!(found.code, lint::INTERNAL, "{}", found.message);
    }
    placed(&report.diagnostics, sources);
}

/// Every place of these problems lies in its file.
pub fn placed(problems: &[Diagnostic], sources: &Sources) {
    for label in problems.iter().flat_map(|found| &found.labels) {
        let file = sources.get(label.source).expect("the file is known");
        assert!(
            file.text().get(label.span.range()).is_some(),
            "{:?} is in its file",
            label.span
        );
    }
}
