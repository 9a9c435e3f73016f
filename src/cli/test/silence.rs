//! Why a rule is silent on an example in which it should find something.

use std::collections::BTreeSet;

use crate::{
    cli::packs::Packs,
    lint::{self, Options, Read, Settings},
    rules::{Rule, config::ScopeConfig, engine::Look, examples::Example},
    source::{SourceFile, Sources},
    value::{KindId, Verdict, tidy},
};

/// Facts that are named at most.
const NAMED: usize = 4;

/// What its author is told: what the rule lacks in the text, or what became of what it looked at.
pub(super) fn reason(rule: &Rule, example: &Example, packs: &Packs) -> String {
    let mut sources = Sources::new();
    let options = Options::with(Settings {
        framework: example.framework.clone(),
        ..Settings::default()
    });
    let (rules, frameworks) = (&packs.rules, &packs.frameworks);
    let documents = example.documents.iter();
    let reads: Vec<Read> = documents
        .map(|(name, format, text)| {
            let file = SourceFile::new(name, text);
            let source = sources.add(file.clone());
            lint::read(source, &file, *format, rules, frameworks, &options)
        })
        .collect();
    let lacking = |kind: &KindId| facts(*kind, &reads).is_empty();
    let kinds: BTreeSet<KindId> = rule.bindings.iter().map(|binding| binding.kind).collect();
    if let Some(kind) = kinds.iter().find(|kind| lacking(kind)) {
        return format!("no {} is read in its text", rules.kinds.name(*kind));
    }
    if let Some(other) = other_framework(rule, &reads) {
        let wanted = rule.frameworks.join(", ");
        return format!("its text is read under {other}, and the rule applies to {wanted}");
    }
    if rule.scope != ScopeConfig::Document {
        return "`assize check` on the documents with `--statistics` shows what the rule looks at"
            .to_owned();
    }
    let looks = reads
        .iter()
        .flat_map(|read| lint::looks(rule, read, &sources, rules));
    let looks: Vec<Look> = looks.collect();
    if looks.iter().any(|look| look.verdict == Verdict::Unknown) {
        return "it cannot be decided: `where` or `assert` needs something that is not stated"
            .to_owned();
    }
    if !looks.is_empty() {
        return "what is asserted holds for everything that the rule looks at".to_owned();
    }
    let read: Vec<String> = kinds
        .iter()
        .flat_map(|kind| facts(*kind, &reads))
        .take(NAMED)
        .collect();
    match read.as_slice() {
        [] => "`where` does not hold".to_owned(),
        read => format!(
            "`where` holds for nothing that is read: {}",
            read.join(", ")
        ),
    }
}

/// The words of the facts of a kind, in quotation marks.
fn facts(kind: KindId, reads: &[Read]) -> Vec<String> {
    let of_read = |read: &Read| {
        let facts = read.facts.facts.iter().filter(|fact| fact.kind == kind);
        let texts = facts.map(|fact| format!("“{}”", tidy(read.document.text_of(fact.span))));
        texts.collect::<Vec<_>>()
    };
    reads.iter().flat_map(of_read).collect()
}

/// A framework that a document is read under and the rule does not apply to.
fn other_framework<'a>(rule: &Rule, reads: &'a [Read]) -> Option<&'a str> {
    let mut frameworks = reads
        .iter()
        .map(|read| read.vocabulary.framework.id.as_str());
    frameworks
        .find(|id| !rule.frameworks.is_empty() && !rule.frameworks.iter().any(|known| known == id))
}
