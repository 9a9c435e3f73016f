//! Pages per second, format by format, on the same documents: those of `tests/office` in HTML, Word, OpenDocument and PDF, and
//! their text as plain text and Markdown. A page is [`PAGE`] characters of what is read.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench may stop where its own input is wrong, and reads it itself"
)]

use std::{fs, path::Path};

use assize::{
    document::{self, Format, Tracked},
    framework::Frameworks,
    lint::{self, Options},
    rules::builtin,
    source::{SourceFile, Sources},
};
use divan::{Bencher, counter::ItemsCount};

fn main() {
    divan::main();
}

/// Characters on a page of a report, about 500 words.
const PAGE: usize = 3_000;

/// Names with the bytes of the files.
type Files = Vec<(String, Vec<u8>)>;

const FORMATS: &[&str] = &["txt", "md", "html", "docx", "odt", "pdf"];

/// The documents in the format of this ending.
fn files(ending: &str) -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/office");
    let kept = if ["txt", "md"].contains(&ending) {
        "docx"
    } else {
        ending
    };
    let mut files = Files::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|found| found == kept) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let bytes = fs::read(&path).unwrap();
            files.push(if kept == ending {
                (name, bytes)
            } else {
                (format!("{name}.{ending}"), text(&name, bytes))
            });
        }
    }
    files.sort();
    files
}

/// The text of a document, its blocks apart; cells are parted by tabs.
fn text(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    let (file, format) = open(name, bytes);
    document::read(&file, format).text.into_bytes()
}

fn open(name: &str, bytes: Vec<u8>) -> (SourceFile, Format) {
    document::open(name, bytes, Tracked::Accepted).unwrap()
}

fn pages(files: &Files) -> ItemsCount {
    let read = files.iter().map(|(name, bytes)| {
        let (file, format) = open(name, bytes.clone());
        document::read(&file, format).text.chars().count()
    });
    ItemsCount::new(read.sum::<usize>().div_ceil(PAGE))
}

/// From the bytes of a file to its clean text and blocks.
#[divan::bench(args = FORMATS)]
fn read(bencher: Bencher, ending: &str) {
    let files = files(ending);
    bencher.counter(pages(&files)).bench_local(|| {
        for (name, bytes) in &files {
            let (file, format) = open(name, bytes.clone());
            divan::black_box(document::read(&file, format));
        }
    });
}

/// From the bytes of a file to what every shipped rule says of it.
#[divan::bench(args = FORMATS)]
fn check(bencher: Bencher, ending: &str) {
    let files = files(ending);
    let mut shipped = Sources::new();
    let frameworks = Frameworks::builtin(&mut shipped).unwrap();
    let rules = builtin::load(&mut shipped, &frameworks).rules;
    bencher.counter(pages(&files)).bench_local(|| {
        for (name, bytes) in &files {
            let (file, format) = open(name, bytes.clone());
            let mut sources = shipped.clone();
            let source = sources.add(file);
            let documents = [(source, format)];
            let options = Options::default();
            divan::black_box(lint::check(
                &sources,
                &documents,
                &rules,
                &frameworks,
                &options,
            ));
        }
    });
}
