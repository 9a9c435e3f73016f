//! The files beside documents that say what may stand in them.

use std::path::{Path, PathBuf};

use super::{documents::Documents, plan::Project};
use crate::{
    diagnostic::Diagnostic,
    rules::suppress::{ENDING, Excuse, read_sidecar},
    source::{self, SourceFile, Sources},
};

/// Where the file beside a document is looked for.
pub(super) fn path_of(document: &Path) -> PathBuf {
    let mut path = document.as_os_str().to_owned();
    path.push(ENDING);
    path.into()
}

/// Reads the files beside documents and tells their projects what may stand; gives back every mistake of the files.
pub(super) fn read(
    projects: &mut [Project],
    documents: &Documents<'_>,
    sources: &mut Sources,
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (document, planned) in documents.iter() {
        let Some(project) = projects.get_mut(planned.project) else {
            continue;
        };
        if planned.input.is_stdin() {
            continue;
        }
        let (excuses, mistakes) = beside(&planned.input.path(), sources);
        problems.extend(mistakes);
        if !excuses.is_empty() {
            project.options.excuses.insert(document, excuses);
        }
    }
    problems
}

/// What the file beside a document says, if there is one, and every mistake of it.
pub(super) fn beside(document: &Path, sources: &mut Sources) -> (Vec<Excuse>, Vec<Diagnostic>) {
    let path = path_of(document);
    if !source::is_file(&path) {
        return (Vec::new(), Vec::new());
    }
    match SourceFile::read(&path) {
        Ok(file) => {
            let source = sources.add(file.clone());
            read_sidecar(source, &file)
        }
        Err(problem) => (Vec::new(), vec![problem]),
    }
}
