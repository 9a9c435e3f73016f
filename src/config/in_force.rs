//! What a configuration says of one document.

use std::collections::BTreeMap;

use super::{At, Clause, Config, DocumentPath, Level, Role, Selector};
use crate::{
    diagnostic::Severity,
    rules::{
        Rule,
        config::{Mapping, Stage},
    },
    source::Sources,
    span::{SourceId, Span},
};

/// The clauses of a configuration that hold for a document. Two documents with the same clauses are checked in the same way.
#[derive(Clone, Debug)]
pub struct InForce<'a> {
    config: &'a Config,
    /// Numbers of the clauses, the last counting most.
    pub clauses: Vec<usize>,
}

/// How much a rule matters, and which place of a configuration says so; no place where it is the rule's own severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// The severity; `None` where the rule is off.
    pub severity: Option<Severity>,
    /// Where it was read.
    pub from: Option<(SourceId, Span)>,
}

impl<'a> InForce<'a> {
    /// The clauses that hold for a document; those for all documents where there is none.
    pub(super) fn new(config: &'a Config, document: Option<&DocumentPath>) -> Self {
        let fits = |clause: &Clause| match (&clause.paths, document) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(paths), Some(document)) => paths.iter().any(|path| path.fits(document)),
        };
        let clauses = config.clauses.iter().enumerate();
        let clauses = clauses.filter(|(_, clause)| fits(clause));
        Self {
            config,
            clauses: clauses.map(|(at, _)| at).collect(),
        }
    }

    fn iter(&self) -> impl DoubleEndedIterator<Item = &'a Clause> {
        let clauses = self.clauses.iter();
        clauses.filter_map(|&at| self.config.clauses.get(at))
    }

    /// Id of the framework that the document is read with.
    pub fn framework(&self) -> Option<&'a At<String>> {
        self.iter()
            .rev()
            .find_map(|clause| clause.framework.as_ref())
    }

    /// What the document is in its set.
    pub fn role(&self) -> Option<&'a At<Role>> {
        self.iter().rev().find_map(|clause| clause.role.as_ref())
    }

    /// The stage that the document is at.
    pub fn stage(&self) -> Option<&'a At<Stage>> {
        self.iter().rev().find_map(|clause| clause.stage.as_ref())
    }

    /// By id of rule, values for its parameters and where they were read, what counts most first.
    pub fn params(&self) -> BTreeMap<&'a str, Vec<(&'a At<String>, &'a Mapping)>> {
        let mut params: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for (id, values) in self
            .iter()
            .rev()
            .flat_map(|clause| clause.params.iter().rev())
        {
            params.entry(&id.value).or_default().push((id, values));
        }
        params
    }

    /// How much a rule matters in the document. Later clauses win; in a clause names win over patterns, and later patterns over
    /// earlier ones. A pattern with a severity leaves a rule that is off unless asked for as it is.
    pub fn weight(&self, rule: &Rule, sources: &Sources) -> Weight {
        let own = rule.info.severity;
        let mut weight = Weight {
            severity: own,
            from: None,
        };
        for (selector, level) in self.iter().flat_map(|clause| clause.in_order(rule)) {
            if !selector.fits(rule, sources) {
                continue;
            }
            let named = selector.names(rule);
            let at_all = named || own.is_some() || weight.severity.is_some();
            let severity = match level.value {
                Level::Off => None,
                Level::On => weight.severity.or(own).or(Some(Severity::Note)),
                _ if !at_all => continue,
                Level::Note => Some(Severity::Note),
                Level::Warning => Some(Severity::Warning),
                Level::Error => Some(Severity::Error),
            };
            weight = Weight {
                severity,
                from: Some((level.source, level.span)),
            };
        }
        weight
    }
}

impl Clause {
    /// What it says of rules, what counts most for this one last.
    fn in_order<'a>(&'a self, rule: &'a Rule) -> impl Iterator<Item = &'a (Selector, At<Level>)> {
        let of = |named: bool| {
            let is_name = move |(selector, _): &&(Selector, _)| selector.names(rule) == named;
            self.rules.iter().filter(is_name)
        };
        of(false).chain(of(true))
    }
}
