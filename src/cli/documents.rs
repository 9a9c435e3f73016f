//! The documents of a check: each is read when its turn comes, and let go when it was looked at.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use rayon::prelude::*;

use super::plan::Planned;
use crate::{
    diagnostic::Diagnostic,
    document::{self, Format, Tracked},
    lint,
    source::{SourceFile, Sources},
    span::SourceId,
};

/// Documents that were planned, each under an id.
pub(super) struct Documents<'a> {
    planned: BTreeMap<SourceId, &'a Planned>,
    /// Those that were read before all others, and are in memory.
    held: BTreeMap<SourceId, Format>,
    tracked: Tracked,
}

/// A document that was planned and cannot be read, and why.
pub(super) type Unread<'a> = (&'a Planned, Diagnostic);

impl<'a> Documents<'a> {
    /// Gives every document an id of `sources`. Standard input is read at once, for it can be only once, and so is every
    /// document where they are wanted `whole`; those that cannot be are left out and told.
    pub(super) fn new(
        planned: &'a [Planned],
        tracked: Tracked,
        whole: bool,
        sources: &mut Sources,
    ) -> (Self, Vec<Unread<'a>>) {
        let mut documents = Self {
            planned: BTreeMap::new(),
            held: BTreeMap::new(),
            tracked,
        };
        let mut unread = Vec::new();
        let at_once = |document: &Planned| whole || document.input.is_stdin();
        let read: Vec<_> = planned
            .par_iter()
            .map(|document| at_once(document).then(|| document.input.read(tracked)))
            .collect();
        for (document, read) in planned.iter().zip(read) {
            let source = match read {
                None => sources.add(SourceFile::new(&document.input.name(), "")),
                Some(Ok((file, format))) => {
                    let source = sources.add(file);
                    documents.held.insert(source, format);
                    source
                }
                Some(Err(problem)) => {
                    unread.push((document, problem));
                    continue;
                }
            };
            documents.planned.insert(source, document);
        }
        (documents, unread)
    }

    /// All of them, in the order in which they were planned.
    pub(super) fn iter(&self) -> impl Iterator<Item = (SourceId, &'a Planned)> {
        self.planned
            .iter()
            .map(|(source, document)| (*source, *document))
    }

    /// What was planned of a document.
    pub(super) fn planned(&self, source: SourceId) -> Option<&'a Planned> {
        self.planned.get(&source).copied()
    }

    /// The documents that are in memory, and their formats.
    pub(super) fn held(&self) -> impl Iterator<Item = (SourceId, Format)> {
        self.held.iter().map(|(source, format)| (*source, *format))
    }

    /// Where the run asks for them.
    pub(super) const fn desk<'b>(&'b self, sources: &'b Sources) -> Desk<'b> {
        Desk {
            documents: self,
            sources,
            seen: Mutex::new(BTreeMap::new()),
        }
    }
}

/// Documents as they are asked for.
pub(super) struct Desk<'a> {
    documents: &'a Documents<'a>,
    sources: &'a Sources,
    /// Hashes of what was read.
    seen: Mutex<BTreeMap<SourceId, blake3::Hash>>,
}

impl Desk<'_> {
    /// Whether a document was the same when it was read before.
    fn is_unchanged(&self, document: SourceId, bytes: &[u8]) -> bool {
        let hash = blake3::hash(bytes);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        *seen.entry(document).or_insert(hash) == hash
    }
}

impl lint::Desk for Desk<'_> {
    fn open(&self, document: SourceId) -> Result<(SourceFile, Format), Diagnostic> {
        if let Some(format) = self.documents.held.get(&document)
            && let Some(file) = self.sources.get(document)
        {
            return Ok((file.clone(), *format));
        }
        let Some(planned) = self.documents.planned(document) else {
            return Err(Diagnostic::error(
                "unreadable-file",
                "there is no such document",
            ));
        };
        let bytes = planned.input.bytes()?;
        let name = planned.input.name();
        if !self.is_unchanged(document, &bytes) {
            let message = format!("{name}: it was changed while it was checked");
            return Err(Diagnostic::error("unreadable-file", message).help("check it again"));
        }
        document::open(&name, bytes, self.documents.tracked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cli::input::Input, lint::Desk as _, source::write_bytes};

    #[test]
    fn a_document_that_changes_under_way_is_not_checked() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        write_bytes(&path, b"one").expect("written");
        let planned = [Planned {
            input: Input::File(path.clone()),
            project: 0,
            settings: None,
        }];
        let mut sources = Sources::new();
        let (documents, unread) = Documents::new(&planned, Tracked::default(), false, &mut sources);
        assert!(unread.is_empty());
        let desk = documents.desk(&sources);
        let open = || {
            desk.open(SourceId(0))
                .map(|(file, _)| file.text().to_owned())
        };
        assert_eq!(open().as_deref(), Ok("one"));
        assert_eq!(open().as_deref(), Ok("one"));
        write_bytes(&path, b"two").expect("written");
        assert!(
            open()
                .expect_err("it changed")
                .message
                .ends_with("it was changed while it was checked")
        );
    }
}
