//! Speed of the pipeline, stage by stage, on text made here: a report of usual length, and one ten times as long, so that a
//! cost that grows faster than the text shows.
#![expect(
    clippy::unwrap_used,
    reason = "a bench may stop where its own input is wrong"
)]

mod report;

use assize::{
    document::{self, Document, Format},
    facts::{self, Facts},
    framework::{Frameworks, Vocabulary},
    lint::{self, Options},
    rules::{
        RuleSet,
        bind::{Bound, BoundDocument},
        builtin, engine,
    },
    source::{SourceFile, Sources},
};
use divan::{
    Bencher,
    counter::{BytesCount, ItemsCount},
};
use report::report;

fn main() {
    divan::main();
}

/// Paragraphs in a long report (about 100 kB) and in one ten times as long.
const SIZES: [usize; 2] = [600, 6_000];

/// The same report as Markdown.
fn markdown(paragraphs: usize) -> String {
    report(paragraphs)
        .replace("Inspectors rated", "Inspectors **rated**")
        .replace("Eastmere: ", "## Eastmere: ")
}

fn file(text: &str) -> SourceFile {
    SourceFile::new("report.txt", text)
}

fn vocabulary(text: &str) -> std::sync::Arc<Vocabulary> {
    Frameworks::builtin(&mut Sources::new())
        .unwrap()
        .recognise(text)
        .unwrap()
}

fn facts_of(document: &Document, vocabulary: &Vocabulary) -> Facts {
    facts::extract(document, vocabulary)
}

#[divan::bench(args = SIZES)]
fn read_text(bencher: Bencher, paragraphs: usize) {
    let file = file(&report(paragraphs));
    bencher
        .counter(BytesCount::new(file.text().len()))
        .bench(|| document::read(divan::black_box(&file), Format::Text));
}

#[divan::bench(args = SIZES)]
fn read_markdown(bencher: Bencher, paragraphs: usize) {
    let file = file(&markdown(paragraphs));
    bencher
        .counter(BytesCount::new(file.text().len()))
        .bench(|| document::read(divan::black_box(&file), Format::Markdown));
}

#[divan::bench(args = SIZES)]
fn grammar(bencher: Bencher, paragraphs: usize) {
    let text = report(paragraphs);
    let (document, vocabulary) = (
        document::read(&file(&text), Format::Text),
        vocabulary(&text),
    );
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| facts_of(divan::black_box(&document), &vocabulary));
}

/// Text that no report holds: one phrase over and over, to a megabyte.
#[divan::bench(args = [
    "good, good, ",
    "12 34 ",
    "((",
    "rose from 1% to 2% and ",
    "the standard which is 90% and ",
    "in safety, where outcomes were judged poor, ",
    "where a recommendation is accepted and ",
    "- safety: good\n",
    "| Safety | Good | 12% |\n",
])]
fn grammar_hostile(bencher: Bencher, phrase: &str) {
    let text = phrase.repeat(1_000_000 / phrase.len());
    let (document, vocabulary) = (
        document::read(&file(&text), Format::Markdown),
        vocabulary(""),
    );
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| facts_of(divan::black_box(&document), &vocabulary));
}

/// The shipped rules over facts that are there already.
#[divan::bench(args = SIZES)]
fn rules(bencher: Bencher, paragraphs: usize) {
    run_rules(bencher, &report(paragraphs));
}

fn run_rules(bencher: Bencher, text: &str) {
    let file = file(text);
    let source = Sources::new().add(file.clone());
    let (document, vocabulary) = (document::read(&file, Format::Text), vocabulary(file.text()));
    let facts = facts_of(&document, &vocabulary);
    let rules = shipped();
    bencher
        .counter(BytesCount::new(file.text().len()))
        .bench(|| {
            let bound = BoundDocument {
                source,
                file: &file,
                document: &document,
                facts: &facts,
                vocabulary: &vocabulary,
                version: None,
            };
            let bound = Bound::new(&rules.kinds, vec![bound]);
            rules
                .iter()
                .map(|rule| {
                    engine::run(rule, &bound, &|_| rule.info.severity)
                        .diagnostics
                        .len()
                })
                .sum::<usize>()
        });
}

/// The shipped rules over what no report holds: some thousands of facts of one kind under one heading, or in one paragraph.
#[divan::bench(args = [
    "The rate rose by 4% to 41%. ",
    "The backlog was down from 52%.\n\n",
    "Leadership was rated good. ",
    "- {name}: Good\n",
    "{name} was rated good for leadership. {name} was rated fair for casework.\n\n",
    "The budget for {name} was £3.6 million. ",
    "All files had a review. {at} files had no review. ",
])]
fn rules_hostile(bencher: Bencher, phrase: &str) {
    let text: String = (0..4_000)
        .map(|at| {
            let name = ["north", "east", "south", "west", "mid"]
                .map(|way| format!("{way}brook{}", at / 5));
            phrase
                .replace("{name}", &name[at % 5])
                .replace("{at}", &(at % 9 + 2).to_string())
        })
        .collect();
    run_rules(bencher, &text);
}

/// Everything, on one core: from text to diagnostics with all rules on.
#[divan::bench(args = SIZES)]
fn check(bencher: Bencher, paragraphs: usize) {
    let mut sources = Sources::new();
    let source = sources.add(file(&report(paragraphs)));
    check_all(bencher, &sources, &[(source, Format::Text)]);
}

/// A hundred reports of two pages each, together.
#[divan::bench]
fn check_documents(bencher: Bencher) {
    let mut sources = Sources::new();
    let documents: Vec<_> = (0..100)
        .map(|at| (sources.add(file(&report(24 + at % 8))), Format::Text))
        .collect();
    check_all(bencher, &sources, &documents);
}

fn check_all(bencher: Bencher, sources: &Sources, documents: &[(assize::span::SourceId, Format)]) {
    let frameworks = Frameworks::builtin(&mut Sources::new()).unwrap();
    let rules = shipped();
    let one = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    let bytes: usize = sources.iter().map(|(_, file)| file.text().len()).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .counter(ItemsCount::new(documents.len()))
        .bench(|| {
            one.install(|| {
                lint::check(sources, documents, &rules, &frameworks, &Options::default())
                    .diagnostics
                    .len()
            })
        });
}

/// What happens before the first document is read: every pack loaded, every rule compiled.
#[divan::bench]
fn start() -> usize {
    shipped().len()
}

fn shipped() -> RuleSet {
    let mut sources = Sources::new();
    let frameworks = Frameworks::builtin(&mut sources).unwrap();
    builtin::load(&mut sources, &frameworks).rules
}
