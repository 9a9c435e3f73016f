//! Which documents belong together: sets about one inspection, and series of inspections of one body.

use std::collections::{BTreeMap, BTreeSet};

use super::{DocumentReport, Opened, Read};
use crate::{
    framework::Frameworks,
    source::{SourceFile, Sources},
    span::{SourceId, Span},
};

/// A document that was checked by itself, and may have a set.
pub(super) struct Found {
    pub(super) report: DocumentReport,
    pub(super) file: SourceFile,
    pub(super) shown: Vec<Span>,
    pub(super) kept: Option<(Read, SourceFile)>,
}

/// Documents that are looked at together, two or more.
pub(super) type Set<'a> = Vec<&'a Found>;

/// The documents that belong together, where there are two or more: those of the sets that are `given`, and of the others those
/// about one inspection (same body, same round, and no two frameworks; one that names no framework may belong to any).
pub(super) fn of<'a>(
    found: &'a [Found],
    sources: &Sources,
    given: &[Vec<SourceId>],
) -> Vec<Set<'a>> {
    let mut placed: BTreeSet<SourceId> = BTreeSet::new();
    let by_source: BTreeMap<SourceId, &Found> = found
        .iter()
        .map(|found| (found.report.source, found))
        .collect();
    let mut sets: Vec<Vec<&Found>> = Vec::new();
    for set in given {
        let fresh = set.iter().filter(|source| placed.insert(**source));
        sets.push(
            fresh
                .filter_map(|source| by_source.get(source).copied())
                .collect(),
        );
    }
    sets.extend(recognised_sets(found, sources, &placed));
    sets.retain(|set| set.len() > 1);
    sets
}

/// The documents about one inspection, leaving out those that are `placed` already.
fn recognised_sets<'a>(
    found: &'a [Found],
    sources: &Sources,
    placed: &BTreeSet<SourceId>,
) -> Vec<Set<'a>> {
    let mut ordered: Vec<&Found> = found
        .iter()
        .filter(|found| found.report.about.subject.is_some())
        .filter(|found| !placed.contains(&found.report.source))
        .collect();
    ordered.sort_by_cached_key(|found| {
        let document = &found.report;
        let subject = document
            .about
            .subject
            .as_ref()
            .map(|subject| subject.key().to_owned());
        let name = sources
            .get(document.source)
            .map(|file| file.name().to_owned());
        (subject, document.about.anchor, name)
    });
    let mut sets: Vec<Vec<&Found>> = Vec::new();
    let mut first_of_subject = 0;
    for document in ordered {
        let last = sets.last().and_then(|set| set.first());
        if last.is_none_or(|last| last.report.about.subject != document.report.about.subject) {
            first_of_subject = sets.len();
        }
        let fits = |set: &&mut Vec<&Found>| {
            set.iter()
                .all(|other| belong_together(&other.report, &document.report))
        };
        match sets.iter_mut().skip(first_of_subject).find(fits) {
            Some(set) => set.push(document),
            None => sets.push(vec![document]),
        }
    }
    sets
}

/// The documents of each two successive inspections of one body, the earlier ones first: those of the sets that are `given`, and
/// of the others those that name the same body.
pub(super) fn series<'a>(
    found: &'a [Found],
    sources: &Sources,
    given: &[Vec<SourceId>],
) -> Vec<[Set<'a>; 2]> {
    let mut groups: BTreeMap<(Option<usize>, Option<String>), Vec<&Found>> = BTreeMap::new();
    let set_of: BTreeMap<SourceId, usize> = given
        .iter()
        .enumerate()
        .flat_map(|(set, documents)| documents.iter().map(move |document| (*document, set)))
        .collect();
    for document in found {
        let about = &document.report.about;
        let set = set_of.get(&document.report.source).copied();
        let subject = about
            .subject
            .as_ref()
            .map(|subject| subject.key().to_owned());
        if about.anchor.is_some() && (set.is_some() || subject.is_some()) {
            let subject = subject.filter(|_| set.is_none());
            groups.entry((set, subject)).or_default().push(document);
        }
    }
    let pairs = groups.into_values().flat_map(|mut group| {
        group.sort_by_cached_key(|found| {
            let name = sources.get(found.report.source).map(SourceFile::name);
            (found.report.about.anchor, name.map(str::to_owned))
        });
        let rounds: Vec<&[&Found]> = group
            .chunk_by(|a, b| a.report.about.same_round(&b.report.about))
            .collect();
        let pairs = rounds.windows(2).filter_map(|pair| match pair {
            [earlier, later] => Some([earlier.to_vec(), later.to_vec()]),
            _ => None,
        });
        pairs.collect::<Vec<_>>()
    });
    pairs.collect()
}

/// Whose place a problem of documents that are looked at together is reported at.
pub(super) fn first_of<'a>(set: &[&Found], files: &'a [Opened]) -> (SourceId, &'a str) {
    let first = set.first().zip(files.first());
    first.map_or((SourceId(0), ""), |(found, opened)| {
        (found.report.source, opened.file.name())
    })
}

/// Whether two documents are on one inspection, and no two frameworks.
fn belong_together(a: &DocumentReport, b: &DocumentReport) -> bool {
    let general = [a, b]
        .iter()
        .any(|document| document.framework == Frameworks::GENERAL);
    (general || a.framework == b.framework) && a.about.same_inspection(&b.about)
}
