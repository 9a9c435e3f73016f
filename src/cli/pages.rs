//! The documents of a check as data that can be shown whole.

use std::collections::BTreeMap;

use super::marked;
use crate::{
    facts::{json::DocumentJson, phrases::Kinds},
    framework::Frameworks,
    lint::{Read, Report},
    output::{FactRow, Page},
    source::Sources,
    span::SourceId,
};

/// The documents that the report kept, in their order; `kinds` has for each what facts are read in it.
pub(super) fn pages<'a>(
    report: &'a Report,
    kinds: &BTreeMap<SourceId, &'a Kinds>,
    sources: &'a Sources,
) -> Vec<Page<'a>> {
    let kept = report
        .documents
        .iter()
        .filter_map(|document| document.read.as_ref());
    kept.filter_map(|read| page(read, kinds.get(&read.source)?, sources))
        .collect()
}

fn page<'a>(read: &'a Read, kinds: &'a Kinds, sources: &'a Sources) -> Option<Page<'a>> {
    let framework = &read.vocabulary.framework;
    let document = DocumentJson {
        file: sources.get(read.source)?,
        document: &read.document,
        facts: &read.facts,
        kinds,
        framework: &framework.id,
    };
    let row = |fact: crate::facts::json::FactJson<'_>| FactRow {
        kind: fact.kind().to_owned(),
        span: fact.place().0,
        block: fact.fact.place.block,
        text: fact.text(),
        fields: marked::stated(&fact)
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    };
    let subject = read.facts.about.subject.as_ref();
    Some(Page {
        source: read.source,
        document: &read.document,
        subject: subject.map(|subject| subject.text().to_owned()),
        framework: (framework.id != Frameworks::GENERAL).then(|| framework.title.clone()),
        facts: document.facts().map(row).collect(),
    })
}
