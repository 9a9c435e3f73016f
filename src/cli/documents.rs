//! The documents of a check: each is read when its turn comes, and let go when it was looked at.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use rayon::prelude::*;

use super::{
    cached::Cached,
    input::Input,
    plan::{Planned, Project},
    progress::Progress,
};
use crate::{
    cache::{Address, Key},
    diagnostic::Diagnostic,
    document::{self, Format, Tracked},
    lint::{self, Group, Opened, Outcome, Together},
    source::{SourceFile, Sources},
    span::SourceId,
};

/// Documents that were planned, each under an id.
pub(super) struct Documents<'a> {
    planned: BTreeMap<SourceId, &'a Planned>,
    /// Those that were read before all others, and are in memory.
    held: BTreeMap<SourceId, Opened>,
    tracked: Tracked,
}

/// A document that was planned and cannot be read, and why.
pub(super) type Unread<'a> = (&'a Planned, Diagnostic);

impl<'a> Documents<'a> {
    /// Gives every document an id of `sources`. Standard input is read at once, for it can be only once, and so is every
    /// document where they are wanted `whole`; those that cannot be are left out and told.
    pub(super) fn new(
        planned: &'a [Planned],
        projects: &[Project],
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
            .map(|document| at_once(document).then(|| read(document, projects, tracked)))
            .collect();
        for (document, read) in planned.iter().zip(read) {
            let source = match read {
                None => sources.add(SourceFile::new(&document.input.name(), "")),
                Some(Ok(opened)) => {
                    let source = sources.add(opened.file.clone());
                    documents.held.insert(source, opened);
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
        let held = self.held.iter();
        held.map(|(source, opened)| (*source, opened.format))
    }

    /// Where the run asks for them, and what it may recall of them.
    pub(super) fn desk<'b>(
        &'b self,
        projects: &'b [Project],
        sources: &'b Sources,
        cached: Option<&'b Cached>,
    ) -> Desk<'b> {
        Desk {
            documents: self,
            projects,
            sources,
            cached,
            progress: Progress::of(self.planned.len()),
            seen: Mutex::new(BTreeMap::new()),
        }
    }
}

/// Reads a document that is not asked for at a desk.
fn read(planned: &Planned, projects: &[Project], tracked: Tracked) -> Result<Opened, Diagnostic> {
    if let Input::Records(recorded) = &planned.input
        && let Some(project) = projects.get(planned.project)
    {
        let bytes = recorded.bytes()?;
        // The id is told when it is asked for.
        return recorded.read(SourceId(0), planned, project, tracked, &bytes);
    }
    planned.input.read(tracked).map(Opened::from)
}

/// Documents as they are asked for.
pub(super) struct Desk<'a> {
    documents: &'a Documents<'a>,
    projects: &'a [Project],
    sources: &'a Sources,
    cached: Option<&'a Cached>,
    progress: Progress,
    /// Hashes of what was read.
    seen: Mutex<BTreeMap<SourceId, Key>>,
}

impl Desk<'_> {
    /// Reads what a document holds, which is what it held when it was read before.
    fn bytes(&self, document: SourceId, planned: &Planned) -> Result<Vec<u8>, Diagnostic> {
        let bytes = planned.input.bytes()?;
        let key = Key::of([bytes.as_slice()]);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if *seen.entry(document).or_insert(key) == key {
            return Ok(bytes);
        }
        let name = planned.input.name();
        let message = format!("{name}: it was changed while it was checked");
        Err(Diagnostic::error("unreadable-file", message).help("check it again"))
    }

    /// Where in the cache a document that was read has its entry.
    fn address(&self, document: SourceId) -> Option<Address> {
        let planned = self.documents.planned(document)?;
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let content = seen.get(&document)?;
        self.cached?.document(planned, content)
    }

    /// Where in the cache a group has its entry, all documents of which were read.
    fn address_of_group(&self, group: Group<'_>) -> Option<Address> {
        let documents = group.documents.iter();
        let addresses = documents.map(|document| self.address(*document));
        let addresses = addresses.collect::<Option<Vec<_>>>()?;
        Some(Cached::group(&addresses, group.earlier))
    }

    fn name(&self, document: SourceId) -> Option<&str> {
        self.sources.get(document).map(SourceFile::name)
    }
}

impl lint::Desk for Desk<'_> {
    fn open(&self, document: SourceId) -> Result<Opened, Diagnostic> {
        if let Some(held) = self.documents.held.get(&document)
            && let Some(file) = self.sources.get(document)
        {
            let read = held.read.clone();
            return Ok(Opened {
                file: file.clone(),
                format: held.format,
                read: read.map(|read| lint::Read {
                    source: document,
                    ..read
                }),
            });
        }
        let Some(planned) = self.documents.planned(document) else {
            return Err(Diagnostic::error(
                "unreadable-file",
                "there is no such document",
            ));
        };
        let bytes = self.bytes(document, planned)?;
        let tracked = self.documents.tracked;
        if let Input::Records(recorded) = &planned.input
            && let Some(project) = self.projects.get(planned.project)
        {
            return recorded.read(document, planned, project, tracked, &bytes);
        }
        document::open(&planned.input.name(), bytes, tracked).map(Opened::from)
    }

    fn done(&self, _document: SourceId) {
        self.progress.step();
    }

    fn recall(&self, document: SourceId) -> Option<Outcome> {
        let cache = &self.cached?.cache;
        if self.documents.held.contains_key(&document) {
            return None;
        }
        let planned = self.documents.planned(document)?;
        // What stands in the way is said when the document is opened.
        self.bytes(document, planned).ok()?;
        cache.document(&self.address(document)?, document, self.name(document)?)
    }

    fn keep(&self, outcome: &Outcome) {
        let planned = self.documents.planned(outcome.document.source);
        // What is wrong with records is told whenever they are read.
        if let Some(Input::Records(recorded)) = planned.map(|planned| &planned.input)
            && recorded.is_wrong()
        {
            return;
        }
        if let Some(cached) = self.cached
            && let Some(at) = self.address(outcome.document.source)
        {
            cached.cache.keep_document(&at, outcome);
        }
    }

    fn recall_group(&self, group: Group<'_>) -> Option<Together> {
        let cache = &self.cached?.cache;
        let named = group.documents.iter();
        let named = named.map(|id| Some((*id, self.name(*id)?)));
        let named: Vec<_> = named.collect::<Option<_>>()?;
        cache.group(&self.address_of_group(group)?, &named)
    }

    fn keep_group(&self, group: Group<'_>, together: &Together) {
        if let Some(cached) = self.cached
            && let Some(at) = self.address_of_group(group)
        {
            cached.cache.keep_group(&at, group.documents, together);
        }
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
        let (documents, unread) =
            Documents::new(&planned, &[], Tracked::default(), false, &mut sources);
        assert!(unread.is_empty());
        let desk = documents.desk(&[], &sources, None);
        let open = || {
            desk.open(SourceId(0))
                .map(|opened| opened.file.text().to_owned())
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
