//! The packs that a command line reads with: those of the binary, and those of `--rules`.

use std::{path::Path, sync::Arc};

use super::args::PackArgs;
use crate::{
    diagnostic::{Diagnostic, did_you_mean},
    framework::{Frameworks, Vocabulary},
    packs::PackFile,
    source::{self, SourceFile, Sources},
};

/// Everything that was loaded.
#[derive(Debug)]
pub(super) struct Packs {
    /// Frameworks and lexicons.
    pub frameworks: Frameworks,
    /// The framework that every document is read under, where one was named.
    pub forced: Option<Arc<Vocabulary>>,
}

impl Packs {
    /// Loads the packs; every file that is read is added to `sources`.
    ///
    /// # Errors
    ///
    /// Every mistake of the files, every path that cannot be read, a framework that does not exist.
    pub(super) fn load(args: &PackArgs, sources: &mut Sources) -> Result<Self, Vec<Diagnostic>> {
        let mut frameworks = Frameworks::builtin(sources)?;
        let mut problems = Vec::new();
        for path in &args.rules {
            match files(path) {
                Ok(files) => {
                    for file in files {
                        let kind = PackFile::of(file.name());
                        let source = sources.add(file.clone());
                        if kind != PackFile::Rule {
                            problems.extend(
                                frameworks.add(source, &file).err().map(|problem| *problem),
                            );
                        }
                    }
                }
                Err(found) => problems.extend(found),
            }
        }
        let forced = args.framework.as_deref().map(|id| {
            frameworks
                .vocabulary(id)
                .ok_or_else(|| unknown_framework(id, &frameworks))
        });
        let forced = forced.transpose().unwrap_or_else(|problem| {
            problems.push(problem);
            None
        });
        if problems.is_empty() {
            Ok(Self { frameworks, forced })
        } else {
            Err(problems)
        }
    }

    /// What a document of this text is read with.
    pub(super) fn vocabulary(&self, text: &str) -> Arc<Vocabulary> {
        self.forced
            .clone()
            .or_else(|| self.frameworks.recognise(text))
            .unwrap_or_default()
    }
}

/// The YAML files below `path`.
fn files(path: &Path) -> Result<Vec<SourceFile>, Vec<Diagnostic>> {
    let is_yaml = |path: &Path| {
        path.extension()
            .is_some_and(|extension| extension == "yaml" || extension == "yml")
    };
    let source::Walked {
        files: paths,
        mut problems,
    } = source::walk(path, is_yaml);
    if paths.is_empty() && problems.is_empty() {
        let message = format!(
            "{}: there is no .yaml file in this folder",
            source::display_name(path)
        );
        return Err(vec![Diagnostic::error("no-rules", message)]);
    }
    let mut files = Vec::new();
    for path in paths {
        match SourceFile::read(&path) {
            Ok(file) => files.push(file),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(files)
    } else {
        Err(problems)
    }
}

fn unknown_framework(id: &str, frameworks: &Frameworks) -> Diagnostic {
    let known: Vec<_> = frameworks
        .iter()
        .map(|framework| framework.id.as_str())
        .collect();
    let hint = did_you_mean(id, known.iter().copied());
    Diagnostic::error(
        "bad-argument",
        format!("there is no framework `{id}`{hint}"),
    )
    .help(format!("the frameworks are {}", known.join(", ")))
}
