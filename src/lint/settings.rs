//! What a run is asked to do: how each document is read, and how much each rule matters in it.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use crate::{
    diagnostic::Severity,
    document::Format,
    rules::{Adjusted, Rule, bind::Bound, config::Stage, suppress::Excuse},
    span::SourceId,
};
use jiff::civil::Date;

/// How a document is read, and how much the rules matter in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Id of the framework that it is read with; recognised from its text where there is none.
    pub framework: Option<String>,
    /// What it is in its set, one of [`ROLES`](crate::rules::bind::ROLES); told by its words where there is none.
    pub role: Option<String>,
    /// The stage that it is at; rules of every stage are run where there is none.
    pub stage: Option<Stage>,
    /// By id of rule, a severity instead of the rule's own; `None` for off.
    pub severities: BTreeMap<String, Option<Severity>>,
    /// By id of rule, the rule with other values of its parameters.
    pub adjusted: BTreeMap<String, Adjusted>,
}

impl Settings {
    /// How much a rule matters; `None` where it is off.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        let set = self.severities.get(&rule.info.id);
        set.copied().unwrap_or(rule.info.severity)
    }

    /// Whether a rule is on, and meant for the stage.
    pub fn run(&self, rule: &Rule) -> bool {
        self.stage.is_none_or(|stage| rule.at(stage)) && self.severity(rule).is_some()
    }
}

/// How documents are checked.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What holds for every document without settings of its own.
    pub common: Settings,
    /// The settings of other documents, each of which may be that of many.
    pub others: Vec<Settings>,
    /// By document, the index of its settings among the others.
    pub of_document: BTreeMap<SourceId, usize>,
    /// By document, an earlier version that it is compared with, and the format that this is read in. It is not checked itself.
    pub earlier: BTreeMap<SourceId, (SourceId, Format)>,
    /// Documents that belong together, whatever they say; those of one set belong to no other.
    pub sets: Vec<Vec<SourceId>>,
    /// Ids of the rules that are run; all where there is none.
    pub only: Option<BTreeSet<String>>,
    /// Whether the documents and facts are given back.
    pub keep: bool,
    /// Whether files are given back whole, and not only what diagnostics show of them.
    pub whole: bool,
    /// By document, what the file beside it lets stand.
    pub excuses: BTreeMap<SourceId, Vec<Excuse>>,
    /// The day on which documents are checked, for what may stand until some day; where there is none, it may on.
    pub today: Option<Date>,
    /// A clock that gives the time since some moment, where it is asked how long reading and rules take.
    pub clock: Option<fn() -> Duration>,
}

impl Options {
    /// Options with these settings for every document.
    pub fn with(common: Settings) -> Self {
        Self {
            common,
            ..Self::default()
        }
    }

    /// The settings of a document.
    pub fn settings(&self, document: SourceId) -> &Settings {
        let at = self.of_document.get(&document);
        at.and_then(|&at| self.others.get(at))
            .unwrap_or(&self.common)
    }

    /// The settings of documents, each once; those that are common where there is no document.
    pub(super) fn settings_of(&self, documents: &[SourceId]) -> Vec<&Settings> {
        let settings: BTreeSet<_> = documents
            .iter()
            .map(|source| self.of_document.get(source))
            .collect();
        if settings.is_empty() {
            return vec![&self.common];
        }
        settings
            .into_iter()
            .map(|at| at.and_then(|&at| self.others.get(at)))
            .map(|settings| settings.unwrap_or(&self.common))
            .collect()
    }

    /// Whether a rule is in force under one of the settings.
    pub(super) fn runs(&self, rule: &Rule, settings: &[&Settings]) -> bool {
        self.chose(rule) && settings.iter().any(|settings| settings.run(rule))
    }

    /// Whether a rule is among those that were chosen.
    pub fn chose(&self, rule: &Rule) -> bool {
        let only = self.only.as_ref();
        only.is_none_or(|only| only.contains(&rule.info.id))
    }
}

/// Whether a rule is in force where no document has settings of its own.
pub fn runs(rule: &Rule, options: &Options) -> bool {
    options.chose(rule) && options.common.run(rule)
}

/// Whether a rule applies to the documents of `bound`: its framework is theirs, and they were published in its days.
pub(super) fn applies(rule: &Rule, bound: &Bound<'_>) -> bool {
    bound.documents().iter().all(|document| {
        let framework = &document.vocabulary.framework.id;
        let published = document.facts.about.published;
        let since = rule
            .from
            .is_none_or(|from| published.is_some_and(|days| from <= days.from()));
        let until = rule
            .to
            .is_none_or(|to| published.is_some_and(|days| days.to() <= to));
        (rule.frameworks.is_empty() || rule.frameworks.contains(framework)) && since && until
    })
}
