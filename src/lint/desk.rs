//! Where documents are asked for and results kept: a [`Desk`] hands out each file when its turn comes, and may know the answer.

use std::{collections::BTreeMap, time::Duration};

use super::{DocumentReport, Read};
use crate::{
    diagnostic::Diagnostic,
    document::Format,
    rules::engine::Statistics,
    source::{SourceFile, Sources},
    span::{SourceId, Span},
};

/// A document as a [`Desk`] gives it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The author's file.
    pub file: SourceFile,
    /// The format that it is read in.
    pub format: Format,
    /// The document and its facts, where they are known and the file need not be read for them.
    pub read: Option<Read>,
}

impl From<(SourceFile, Format)> for Opened {
    /// A file that is to be read.
    fn from((file, format): (SourceFile, Format)) -> Self {
        Self {
            file,
            format,
            read: None,
        }
    }
}

/// Documents that are looked at together, in their order.
#[derive(Clone, Copy, Debug)]
pub struct Group<'a> {
    /// Their files.
    pub documents: &'a [SourceId],
    /// Of documents on two successive inspections, how many are about the earlier one; none for a set.
    pub earlier: Option<usize>,
}

/// Where the documents of a run come from.
pub trait Desk: Sync {
    /// Gives a document, and the format that it is read in. A document whose set is looked at may be asked for twice.
    ///
    /// # Errors
    ///
    /// A diagnostic when it cannot be read, or is not what it was the first time.
    fn open(&self, document: SourceId) -> Result<Opened, Diagnostic>;

    /// Is told that a document was checked by itself, or could not be.
    fn done(&self, _document: SourceId) {}

    /// What the rules that look at each document by itself found in this one, where an earlier run kept it and they would find
    /// the same today.
    fn recall(&self, _document: SourceId) -> Option<Outcome> {
        None
    }

    /// Is told what those rules found in a document, to recall it in another run.
    fn keep(&self, _outcome: &Outcome) {}

    /// What the rules that look at several documents found in these; see [`Self::recall`].
    fn recall_group(&self, _group: Group<'_>) -> Option<Together> {
        None
    }

    /// Is told what those rules found in a group.
    fn keep_group(&self, _group: Group<'_>, _together: &Together) {}
}

/// Documents that are in memory.
pub(super) struct InMemory<'a> {
    pub(super) sources: &'a Sources,
    pub(super) formats: BTreeMap<SourceId, Format>,
}

impl Desk for InMemory<'_> {
    fn open(&self, document: SourceId) -> Result<Opened, Diagnostic> {
        let file = self.sources.get(document).cloned();
        let format = self.formats.get(&document).copied();
        file.zip(format)
            .map(Opened::from)
            .ok_or_else(|| Diagnostic::error("unreadable-file", "there is no such document"))
    }
}

/// What running rules gave.
#[derive(Clone, Debug, Default)]
pub struct Ran {
    /// What they raised.
    pub diagnostics: Vec<Diagnostic>,
    /// By the number of each rule that looked at something, what it looked at in which time.
    pub looked: Vec<(usize, Statistics, Duration)>,
}

/// What one document gave by itself.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What it is.
    pub document: DocumentReport,
    /// What rules found in it.
    pub ran: Ran,
    /// What is left of its file.
    pub file: SourceFile,
    /// Bytes of it that are shown.
    pub shown: Vec<Span>,
}

/// What the documents of a group gave together.
#[derive(Clone, Debug)]
pub struct Together {
    /// What rules found in them.
    pub ran: Ran,
    /// What is left of the files that have a place in it.
    pub files: Vec<(SourceId, SourceFile)>,
}
