//! What a run gives back, in an order that does not depend on how it was worked out.

use std::{collections::BTreeMap, time::Duration};

use super::{Ran, Read};
use crate::{
    diagnostic::{Diagnostic, Suppressed},
    document::Format,
    facts::about::About,
    rules::engine::Statistics,
    source::{SourceFile, Sources},
    span::{SourceId, Span},
};

/// What a run came to.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The documents, in the order in which they were given; those that could not be checked are missing.
    pub documents: Vec<DocumentReport>,
    /// Everything to report, in order of file name, place and code.
    pub diagnostics: Vec<Diagnostic>,
    /// What comments in the documents, and files beside them, keep from being reported, in the same order.
    pub suppressed: Vec<Suppressed>,
    /// Documents that could not be read, in the order in which they were given, and why.
    pub unread: Vec<(SourceId, Diagnostic)>,
    /// What is left of the documents that were checked from a [`Desk`](super::Desk): what diagnostics show of them, or all where that was
    /// asked for.
    pub files: Vec<(SourceId, SourceFile)>,
    /// What was looked at.
    pub summary: Summary,
}

/// A document that was checked.
#[derive(Clone, Debug)]
pub struct DocumentReport {
    /// Identity of the author's file.
    pub source: SourceId,
    /// The format that it was read in.
    pub format: Format,
    /// Id of the framework that it was read with.
    pub framework: String,
    /// What it is about.
    pub about: About,
    /// How many facts were found in it.
    pub facts: usize,
    /// The document and its facts, where they were asked for.
    pub read: Option<Read>,
}

/// What was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents that were checked.
    pub documents: usize,
    /// Sets of two or more documents that were checked together.
    pub sets: usize,
    /// Facts found in them.
    pub facts: usize,
    /// Rules that were run.
    pub rules: usize,
    /// By the id of each rule that was run, what it looked at.
    pub per_rule: BTreeMap<String, Statistics>,
    /// How long reading the documents took, and each rule that was run, summed over threads; nothing without a clock.
    pub took: Took,
}

/// How long the parts of a run took, summed over threads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Took {
    /// Reading documents and finding their facts.
    pub reading: Duration,
    /// By the id of each rule, running it.
    pub per_rule: BTreeMap<String, Duration>,
}

impl Summary {
    /// Checks that could not be decided, because something they need is not stated.
    pub fn undecidable(&self) -> usize {
        self.per_rule
            .values()
            .map(|statistics| statistics.unknown)
            .sum()
    }

    pub(super) fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.sets += other.sets;
        self.facts += other.facts;
        for (id, statistics) in other.per_rule {
            *self.per_rule.entry(id).or_default() += statistics;
        }
        self.rules = self.per_rule.len();
        self.took.reading += other.took.reading;
        for (id, took) in other.took.per_rule {
            *self.took.per_rule.entry(id).or_default() += took;
        }
    }
}

impl Report {
    /// What several runs came to together, with no document in two of them.
    pub fn join(runs: impl IntoIterator<Item = Self>, sources: &Sources) -> Self {
        let mut joined = Self::default();
        for run in runs {
            joined.documents.extend(run.documents);
            joined.diagnostics.extend(run.diagnostics);
            joined.suppressed.extend(run.suppressed);
            joined.unread.extend(run.unread);
            joined.files.extend(run.files);
            joined.summary.add(run.summary);
        }
        joined.sort(sources);
        joined.unread.sort_by_key(|(source, _)| *source);
        joined
    }

    pub(super) fn fail(&mut self, failed: Failed) {
        match failed {
            Failed::Unread(source, problem) => self.unread.push((source, problem)),
            Failed::Broken(problem) => self.diagnostics.push(problem),
        }
    }

    /// Puts the diagnostics in their order, which depends on the names of files and not on their ids, each once.
    pub(super) fn sort(&mut self, sources: &Sources) {
        self.diagnostics
            .sort_by_cached_key(|diagnostic| order(diagnostic, sources));
        self.diagnostics.dedup();
        self.suppressed
            .sort_by_cached_key(|suppressed| order(&suppressed.diagnostic, sources));
        self.suppressed.dedup();
    }
}

/// Why there is nothing to tell of a document or set.
pub(super) enum Failed {
    /// A document could not be read.
    Unread(SourceId, Diagnostic),
    /// It brought the program down.
    Broken(Diagnostic),
}

/// What rules looked at in all documents, and how long it took.
#[derive(Default)]
pub(super) struct Looked {
    /// By the number of the rule.
    pub(super) by_rule: BTreeMap<usize, (Statistics, Duration)>,
}

impl Looked {
    /// Counts what rules looked at, and hands on what they raised.
    pub(super) fn add(&mut self, ran: Ran) -> Vec<Diagnostic> {
        for (number, statistics, took) in ran.looked {
            let sum = self.by_rule.entry(number).or_default();
            sum.0 += statistics;
            sum.1 += took;
        }
        ran.diagnostics
    }
}

/// The places in a file that diagnostics show.
pub(super) fn places<'a>(
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
    source: SourceId,
) -> Vec<Span> {
    let labels = diagnostics.into_iter().flat_map(|found| &found.labels);
    let labels = labels.filter(|label| label.source == source);
    labels.map(|label| label.span).collect()
}

/// What diagnostics are sorted by.
fn order(diagnostic: &Diagnostic, sources: &Sources) -> impl Ord + use<> {
    let place = diagnostic.primary().map(|label| {
        let name = sources.get(label.source).map_or("", SourceFile::name);
        (name.to_owned(), label.source, label.span)
    });
    let labels: Vec<Span> = diagnostic.labels.iter().map(|label| label.span).collect();
    (
        place,
        diagnostic.code.clone(),
        diagnostic.message.clone(),
        labels,
    )
}
