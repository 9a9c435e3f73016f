//! The command line.

use std::{path::Path, process::ExitCode};

use serde_json::json;

use crate::{
    document, facts,
    framework::Frameworks,
    source::{SourceFile, Sources},
};

/// Runs the command line.
#[expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a first cut"
)]
pub fn run() -> ExitCode {
    let mut sources = Sources::new();
    let frameworks = Frameworks::builtin(&mut sources).unwrap();
    let path = std::env::args().next_back().unwrap();
    let file = SourceFile::read(Path::new(&path)).unwrap();
    let format = document::Format::of(Path::new(&path)).unwrap_or(document::Format::Text);
    let document = document::read(&file, format);
    let vocabulary = frameworks.recognise(&document.text).unwrap();
    let facts = facts::extract(&document, &vocabulary);
    let list: Vec<_> = facts
        .facts
        .iter()
        .map(|fact| facts::json::fact(fact, &document, &file))
        .collect();
    println!("{}", json!({"documents": [{"path": path, "facts": list}]}));
    ExitCode::SUCCESS
}
