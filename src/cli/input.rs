//! The documents that a command line names: what is read, under which name, in which order.

use std::{
    collections::BTreeMap,
    io,
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use super::{
    args::DocumentArgs,
    own::{Own, Results},
    records::{self, RecordFile, Recorded},
};
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
    /// A document that records tell of.
    Records(Recorded),
}

/// What a command line names.
#[derive(Debug, Default)]
pub(super) struct Listed {
    /// The documents that were named or found in folders, sorted by path and each once, then standard input, then those that
    /// records tell of.
    pub inputs: Vec<Input>,
    /// For every path that leads to none, the path and why.
    pub problems: Vec<(String, Diagnostic)>,
    /// Files of records among what was named.
    pub records: Vec<Arc<RecordFile>>,
    /// Files that were found in folders, and left out because this program wrote them.
    pub own: Vec<PathBuf>,
}

impl Listed {
    /// What is wrong, without the paths.
    pub(super) fn without_paths(problems: Vec<(String, Diagnostic)>) -> Vec<Diagnostic> {
        problems.into_iter().map(|(_, problem)| problem).collect()
    }
}

/// The documents that were named.
pub(super) fn list(args: &DocumentArgs) -> Listed {
    let here = [PathBuf::from(".")];
    let paths = if args.paths.is_empty() {
        &here[..]
    } else {
        &args.paths
    };
    let (mut inputs, mut problems, mut files) = (Vec::new(), Vec::new(), Vec::new());
    let (mut own, results) = (Vec::new(), Results::default());
    for path in paths {
        let stdin = path.as_os_str() == "-";
        let name = if stdin {
            args.stdin_name.clone()
        } else {
            source::display_name(path)
        };
        if records::are_named(&name) && !path.is_dir() {
            let listed = if stdin {
                records::of_stdin(&name)
            } else {
                records::of_file(path)
            };
            match listed {
                Ok((file, documents)) => {
                    inputs.extend(documents.into_iter().map(Input::Records));
                    files.push(file);
                }
                Err(problem) => problems.push((name, problem)),
            }
            continue;
        }
        if stdin {
            inputs.push(Input::Stdin(name));
            continue;
        }
        let mut walked = source::walk(path, |path| Format::of(path).is_some() && !is_lock(path));
        if path.is_dir() {
            walked.files.retain(|file| match results.told(file) {
                None => true,
                Some(Own::Stream) => false,
                Some(Own::Format) => {
                    own.push(plain(file));
                    false
                }
            });
        }
        if walked.files.is_empty() && walked.problems.is_empty() {
            problems.push((source::display_name(path), no_documents(path)));
        }
        inputs.extend(walked.files.iter().map(|file| Input::File(plain(file))));
        let of_path = |problem| (source::display_name(path), problem);
        problems.extend(walked.problems.into_iter().map(of_path));
    }
    inputs.sort();
    inputs.dedup();
    let told = Input::told_twice(&mut inputs);
    problems.extend(told);
    own.retain(|file| {
        !inputs
            .iter()
            .any(|input| matches!(input, Input::File(named) if named == file))
    });
    Listed {
        inputs,
        problems,
        records: files,
        own,
    }
}

/// Whether a file is what Word puts beside a document while it is open, which is named as the document is.
fn is_lock(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.as_encoded_bytes().starts_with(b"~$")
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
            Self::Records(document) => document.name().to_owned(),
        }
    }

    /// The path that configuration files are looked for from: its own, or its name's where there is none.
    pub(super) fn path(&self) -> PathBuf {
        match self {
            Self::File(path) => path.clone(),
            Self::Stdin(name) => PathBuf::from(name),
            Self::Records(document) => PathBuf::from(document.name()),
        }
    }

    /// Reads the document, and tells its format: a package by what it holds, text by its name, else by how it looks. One that
    /// records tell of is [read](Recorded::read) in another way.
    ///
    /// # Errors
    ///
    /// A diagnostic when it cannot be read.
    pub(super) fn read(&self, tracked: Tracked) -> Result<(SourceFile, Format), Diagnostic> {
        if let Self::Records(document) = self {
            let message = format!("{}: records are no document", document.origin());
            let problem = Diagnostic::error("unreadable-file", message);
            return Err(problem.help("name the documents that they tell of"));
        }
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
            Self::Records(document) => document.bytes(),
        }
    }

    /// Whether it is standard input.
    pub(super) const fn is_stdin(&self) -> bool {
        matches!(self, Self::Stdin(_))
    }

    /// Whether records tell of it.
    pub(super) const fn is_recorded(&self) -> bool {
        matches!(self, Self::Records(_))
    }

    /// Takes out of `inputs` documents that records tell of and that are there already, and says so.
    fn told_twice(inputs: &mut Vec<Self>) -> Vec<(String, Diagnostic)> {
        let mut told: BTreeMap<String, String> = BTreeMap::new();
        let mut problems = Vec::new();
        inputs.retain(|input| {
            let name = input.name();
            let origin = match input {
                Self::Records(document) => document.origin().to_owned(),
                Self::File(_) | Self::Stdin(_) => name.clone(),
            };
            match told.get(&name) {
                Some(first) if input.is_recorded() => {
                    let message = format!("{name}: it is told of in {first} and in {origin}");
                    let problem = Diagnostic::error("record-invalid", message);
                    problems.push((
                        name,
                        problem.help(
                            "leave one of the two out, or give each document a path of its own",
                        ),
                    ));
                    false
                }
                _ => {
                    told.insert(name, origin);
                    true
                }
            }
        });
        problems
    }
}
