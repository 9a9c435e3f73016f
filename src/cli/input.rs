//! The documents that a command line names: what is read, under which name, in which order.

use std::{
    io,
    path::{Component, Path, PathBuf},
};

use super::args::DocumentArgs;
use crate::{
    diagnostic::Diagnostic,
    document::{self, FORMATS, Format, Tracked},
    source::{self, SourceFile},
};

/// One document to read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input, under this name.
    Stdin(String),
}

/// The documents that were named or found in folders, sorted by path and each once, then standard input; and a diagnostic
/// for every path that leads to none.
pub(super) fn list(args: &DocumentArgs) -> (Vec<Input>, Vec<Diagnostic>) {
    let here = [PathBuf::from(".")];
    let paths = if args.paths.is_empty() {
        &here[..]
    } else {
        &args.paths
    };
    let (mut inputs, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.push(Input::Stdin(args.stdin_name.clone()));
            continue;
        }
        let walked = source::walk(path, |path| Format::of(path).is_some());
        if walked.files.is_empty() && walked.problems.is_empty() {
            problems.push(no_documents(path));
        }
        inputs.extend(walked.files.iter().map(|file| Input::File(plain(file))));
        problems.extend(walked.problems);
    }
    inputs.sort();
    inputs.dedup();
    (inputs, problems)
}

/// The path without `.` parts.
fn plain(path: &Path) -> PathBuf {
    path.components()
        .filter(|part| *part != Component::CurDir)
        .collect()
}

fn no_documents(path: &Path) -> Diagnostic {
    let message = format!(
        "{}: there is no document in this folder",
        source::display_name(path)
    );
    let endings = FORMATS.iter().flat_map(|(_, endings)| *endings);
    let endings: Vec<_> = endings.map(|ending| format!(".{ending}")).collect();
    Diagnostic::error("no-documents", message).help(format!(
        "documents are files that end in {}, and that no ignore file leaves out",
        endings.join(", ")
    ))
}

impl Input {
    /// Reads the document, and tells its format: a package by what it holds, text by its name, else by how it looks.
    ///
    /// # Errors
    ///
    /// A diagnostic when it cannot be read.
    pub(super) fn read(&self, tracked: Tracked) -> Result<(SourceFile, Format), Diagnostic> {
        let (name, bytes) = match self {
            Self::File(path) => (source::display_name(path), source::read_bytes(path)?),
            Self::Stdin(name) => (name.clone(), source::bytes_of(name, io::stdin().lock())?),
        };
        document::open(&name, bytes, tracked)
    }
}
