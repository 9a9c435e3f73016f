//! What this program wrote itself: results in a folder of documents are no documents.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    args::CheckArgs,
    input::{self, Input},
    outputs::Outputs,
    plan::Planned,
    records::RecordFile,
};
use crate::{
    baseline::Baseline,
    diagnostic::Diagnostic,
    document,
    output::{Format, printable},
    source::{self, FileId},
};

/// The most files that are named in a remark.
const NAMED: usize = 3;

/// How a file is known to be of this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Own {
    /// What it prints now is written to it.
    Stream,
    /// It begins as results do.
    Format,
}

/// Results of this run and of earlier ones.
#[derive(Debug)]
pub(super) struct Results {
    /// The files that are printed to, where output is redirected.
    streams: Vec<FileId>,
}

impl Default for Results {
    fn default() -> Self {
        Self {
            streams: FileId::of_streams(),
        }
    }
}

impl Results {
    /// How a file is known to be of this program; `None` where it is not.
    pub(super) fn told(&self, path: &Path) -> Option<Own> {
        if !self.streams.is_empty()
            && FileId::of(path).is_some_and(|file| self.streams.contains(&file))
        {
            return Some(Own::Stream);
        }
        // What is printed is text, whatever the file is called; a package is none.
        let is_text = document::Format::of(path).is_none_or(|format| !format.is_package());
        (is_text && is_result(&source::head(path, Format::HEAD))).then_some(Own::Format)
    }
}

/// Leaves out documents that were found in a folder where something is to be written that is nothing yet.
///
/// # Errors
///
/// A diagnostic when a document that is to be checked, or another file that is read, would be written over.
pub(super) fn spare(
    args: &CheckArgs,
    outputs: &Outputs,
    records: &[Arc<RecordFile>],
    documents: &mut Vec<Planned>,
) -> Result<(), Diagnostic> {
    let results: Vec<&Path> = outputs.files().collect();
    let read = args.baseline.iter().chain(&args.baseline_report);
    let read = read.map(PathBuf::as_path);
    let read: Vec<_> = read
        .chain(records.iter().filter_map(|file| file.path()))
        .collect();
    for result in &results {
        if read.iter().any(|path| source::is_same_file(path, result)) {
            return Err(written_over(result, "a file that is read"));
        }
    }
    // A baseline may take the place of the one that it was read as.
    let written = results.into_iter().chain(args.write_baseline.as_deref());
    let written = written.filter_map(|path| Some((path, FileId::of(path)?)));
    let written: Vec<(&Path, FileId)> = written.collect();
    if written.is_empty() {
        return Ok(());
    }
    let named: BTreeSet<PathBuf> = args
        .documents
        .paths
        .iter()
        .map(|path| input::plain(path))
        .collect();
    let mut spared = Vec::with_capacity(documents.len());
    for document in std::mem::take(documents) {
        let met = match &document.input {
            Input::File(path) => {
                let file = FileId::of(path);
                let met = written
                    .iter()
                    .find(|(_, known)| file.as_ref() == Some(known));
                met.map(|(result, _)| (result, named.contains(path)))
            }
            Input::Stdin(_) | Input::Records(_) => None,
        };
        match met {
            None => spared.push(document),
            Some((result, is_named)) if is_named || !source::head(result, 1).is_empty() => {
                return Err(written_over(result, "a document that is checked"));
            }
            Some(_) => {}
        }
    }
    *documents = spared;
    Ok(())
}

/// Says that a file would be lost.
fn written_over(path: &Path, what: &str) -> Diagnostic {
    let name = source::display_name(path);
    let message = format!("{name}: {what} would be written over");
    Diagnostic::error("bad-argument", message).help("write to another file")
}

/// What is said of files that were left out, of which none is written now.
pub(super) fn remark(own: &[PathBuf], outputs: Option<&Outputs>) -> Option<String> {
    let written = |path: &PathBuf| {
        let mut files = outputs.into_iter().flat_map(Outputs::files);
        files.any(|file| source::is_same_file(file, path))
    };
    let names = own.iter().filter(|path| !written(path));
    let names: Vec<String> = names.map(|path| source::display_name(path)).collect();
    let named = listed(&names)?;
    let was = if names.len() == 1 { "was" } else { "were" };
    Some(format!(
        "{named} {was} left out: results of a check, and no documents"
    ))
}

/// Names, of which the first are written out.
pub(super) fn listed(names: &[impl AsRef<str>]) -> Option<String> {
    let (first, others) = names.split_at(names.len().min(NAMED));
    let first: Vec<_> = first.iter().map(AsRef::as_ref).collect();
    let named = (!first.is_empty()).then(|| printable(&first.join(", ")).into_owned())?;
    Some(match others.len() {
        0 => named,
        more => format!("{named} and {more} more"),
    })
}

/// Whether a text begins as results or a baseline do.
fn is_result(head: &str) -> bool {
    Format::any_begins(head) || Baseline::begins(head)
}
