//! Documents written out with their diagnostics as comments.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{
    args::CheckArgs,
    input::{self, Input},
};
use crate::{
    annotate,
    diagnostic::{Diagnostic, Severity},
    document::Format,
    source::{self, Sources},
    span::SourceId,
};

/// A document that was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Read<'a> {
    /// Where it came from.
    pub input: &'a Input,
    /// Its text.
    pub source: SourceId,
    /// What it is.
    pub format: Format,
}

/// Writes documents with comments to `out`. Gives back what is wrong, and, as warnings, which of several documents are none
/// that have comments.
pub(super) fn run(
    args: &CheckArgs,
    out: &Path,
    documents: &[Read<'_>],
    found: &[Diagnostic],
    sources: &Sources,
) -> Vec<Diagnostic> {
    let (annotated, others): (Vec<Read<'_>>, Vec<Read<'_>>) = documents
        .iter()
        .copied()
        .partition(|read| annotate::is_annotated(read.format));
    let mut problems: Vec<_> = others
        .iter()
        .map(|read| not_annotated(read, annotated.is_empty()))
        .collect();
    let targets = match targets(args, out, &annotated) {
        Ok(targets) => targets,
        Err(problem) => {
            problems.push(problem);
            return problems;
        }
    };
    let tracked = args.documents.tracked.into();
    let work: Vec<_> = annotated.iter().zip(targets).collect();
    let write = |(read, target): &(&Read<'_>, PathBuf)| {
        let (Input::File(path), Some(file)) = (read.input, sources.get(read.source)) else {
            return None;
        };
        let notes = annotate::notes(found, read.source, sources);
        let bytes = source::read_bytes(path)
            .and_then(|bytes| annotate::annotate(file, read.format, &bytes, tracked, &notes));
        let written = bytes.and_then(|bytes| source::write_bytes(target, &bytes));
        written.err()
    };
    let failed: Vec<_> = work.par_iter().map(write).collect();
    problems.extend(failed.into_iter().flatten());
    problems
}

/// Whether a document is one that was found in the folder that is written to: an earlier run wrote it.
pub(super) fn wrote(args: &CheckArgs, out: &Path, document: &Input) -> bool {
    let Input::File(file) = document else {
        return false;
    };
    let named = args
        .documents
        .paths
        .iter()
        .any(|path| source::is_below(path, out));
    out.is_dir() && !named && source::is_below(file, out)
}

/// A document that has no comments: a mistake where there is no other.
fn not_annotated(read: &Read<'_>, alone: bool) -> Diagnostic {
    let severity = if alone {
        Severity::Error
    } else {
        Severity::Warning
    };
    annotate::not_annotated(&read.input.name(), read.format).severity(severity)
}

/// Where each document is to be written.
fn targets(
    args: &CheckArgs,
    out: &Path,
    documents: &[Read<'_>],
) -> Result<Vec<PathBuf>, Diagnostic> {
    let mut files: Vec<&Path> = Vec::new();
    for read in documents {
        match read.input {
            Input::File(path) => files.push(path),
            Input::Stdin(_) => return Err(from_stdin()),
            Input::Records(_) => return Err(from_records()),
        }
    }
    if let ([document], [path]) = (documents, files.as_slice())
        && is_file(args, out, path)
    {
        let target = file_target(out, path, document.format)?;
        return Ok(vec![target]);
    }
    let is_file = out.exists() || Format::of(out).is_some();
    if !files.is_empty() && is_file && !out.is_dir() {
        let name = source::display_name(out);
        return Err(bad(
            format!("{name}: it is a file, and several documents are written to a folder"),
            "name a folder, or check one document",
        ));
    }
    let mut targets: Vec<PathBuf> = Vec::new();
    for file in &files {
        let target = out.join(relative(args, file));
        if let Some(known) = targets.iter().position(|known| *known == target) {
            let [one, other] =
                [files.get(known).unwrap_or(file), file].map(|path| source::display_name(path));
            return Err(bad(
                format!(
                    "{one} and {other} would both be written to {}",
                    source::display_name(&target)
                ),
                "check them one at a time, or name the folder that holds both",
            ));
        }
        if files
            .iter()
            .any(|input| source::is_same_file(input, &target))
        {
            return Err(written_over(&target));
        }
        targets.push(target);
    }
    for target in &targets {
        source::make_folder_of(target)?;
    }
    Ok(targets)
}

/// Whether `out` is the name of a file: one document was named itself, and `out` is no folder.
fn is_file(args: &CheckArgs, out: &Path, document: &Path) -> bool {
    let named = args.documents.paths.len() == 1
        && args
            .documents
            .paths
            .iter()
            .all(|path| input::plain(path) == document);
    let ends_as_folder = out.to_string_lossy().ends_with(['/', '\\']);
    named && !ends_as_folder && !out.is_dir()
}

/// The file that one document is written to, which must be of the same format.
fn file_target(out: &Path, document: &Path, format: Format) -> Result<PathBuf, Diagnostic> {
    // A file with another ending, such as that of a template, is still one of that sort.
    let own = document.extension().and_then(|ending| ending.to_str());
    let own = own.filter(|_| Format::of(document) != Some(format));
    let fits = match own {
        Some(own) => out.extension().is_some_and(|ending| ending == own),
        None => Format::of(out) == Some(format),
    };
    if !fits {
        let usual = || format.endings().first().copied();
        let ending = own.or_else(usual).unwrap_or_default();
        let (document, name) = (source::display_name(document), source::display_name(out));
        let better = source::display_name(&out.with_extension(ending));
        return Err(bad(
            format!(
                "{name}: {document} is {}, and its copy with comments is too",
                format.noun()
            ),
            &format!("name it {better}, or a folder: {name}/"),
        ));
    }
    if source::is_same_file(document, out) && input::plain(out) != document {
        return Err(written_over(out));
    }
    Ok(out.to_owned())
}

/// The path of a document below the folder that was named, or its name.
fn relative(args: &CheckArgs, file: &Path) -> PathBuf {
    let here = [PathBuf::from(".")];
    let paths = if args.documents.paths.is_empty() {
        &here[..]
    } else {
        &args.documents.paths
    };
    let folders = paths.iter().filter(|path| path.is_dir());
    let below = folders
        .filter_map(|folder| file.strip_prefix(input::plain(folder)).ok())
        .min_by_key(|path| path.components().count());
    let name = || file.file_name().map(PathBuf::from).unwrap_or_default();
    below.map_or_else(name, Path::to_owned)
}

fn written_over(target: &Path) -> Diagnostic {
    bad(
        format!(
            "{}: a document that is checked would be written over",
            source::display_name(target)
        ),
        "name another folder; to annotate one document in its place, name the same file twice: \
         assize check draft.docx --annotate draft.docx",
    )
}

fn from_stdin() -> Diagnostic {
    bad(
        "what comes from standard input is not annotated".to_owned(),
        "name the file",
    )
}

/// Says that records cannot be annotated.
pub(super) fn from_records() -> Diagnostic {
    bad(
        "records hold no file that could be annotated".to_owned(),
        "name the documents that they tell of",
    )
}

fn bad(message: String, help: &str) -> Diagnostic {
    Diagnostic::error("bad-argument", message).help(help)
}
