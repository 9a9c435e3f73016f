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

/// As [`list_by_path`], without the paths of what is wrong.
pub(super) fn list(args: &DocumentArgs) -> (Vec<Input>, Vec<Diagnostic>) {
    let (inputs, problems) = list_by_path(args);
    let problems = problems.into_iter().map(|(_, problem)| problem);
    (inputs, problems.collect())
}

/// The documents that were named or found in folders, sorted by path and each once, then standard input; and a diagnostic,
/// with the path, for every path that leads to none.
pub(super) fn list_by_path(args: &DocumentArgs) -> (Vec<Input>, Vec<(String, Diagnostic)>) {
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
            problems.push((source::display_name(path), no_documents(path)));
        }
        inputs.extend(walked.files.iter().map(|file| Input::File(plain(file))));
        let of_path = |problem| (source::display_name(path), problem);
        problems.extend(walked.problems.into_iter().map(of_path));
    }
    inputs.sort();
    inputs.dedup();
    (inputs, problems)
}

/// The path without `.` parts.
pub(super) fn plain(path: &Path) -> PathBuf {
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
    /// The name that people are shown.
    pub(super) fn name(&self) -> String {
        match self {
            Self::File(path) => source::display_name(path),
            Self::Stdin(name) => name.clone(),
        }
    }

    /// The path that configuration files are looked for from: its own, or its name's where there is none.
    pub(super) fn path(&self) -> PathBuf {
        match self {
            Self::File(path) => path.clone(),
            Self::Stdin(name) => PathBuf::from(name),
        }
    }

    /// Reads the document, and tells its format: a package by what it holds, text by its name, else by how it looks.
    ///
    /// # Errors
    ///
    /// A diagnostic when it cannot be read.
    pub(super) fn read(&self, tracked: Tracked) -> Result<(SourceFile, Format), Diagnostic> {
        document::open(&self.name(), self.bytes()?, tracked)
    }

    /// Reads what the document holds.
    ///
    /// # Errors
    ///
    /// A diagnostic when it cannot be read.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, Diagnostic> {
        match self {
            Self::File(path) => source::read_bytes(path),
            Self::Stdin(name) => source::bytes_of(name, io::stdin().lock()),
        }
    }

    /// Whether it is standard input.
    pub(super) const fn is_stdin(&self) -> bool {
        matches!(self, Self::Stdin(_))
    }
}
