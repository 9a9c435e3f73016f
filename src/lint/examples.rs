//! The examples of rules, run as the documents that they stand for.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{Options, Settings, check};
use crate::{
    diagnostic::{Diagnostic, Severity},
    framework::Frameworks,
    rules::{
        Rule, RuleSet,
        config::ScopeConfig,
        examples::{Example, Raised, Verification},
    },
    source::{SourceFile, Sources},
};

/// An example of a rule, and what running it came to.
#[derive(Clone, Debug)]
pub struct ExampleReport {
    /// Id of the rule.
    pub rule: String,
    /// The example.
    pub example: Example,
    /// What the rule raised in it.
    pub raised: Vec<Raised>,
    /// Whether it is as it should be.
    pub verification: Verification,
}

/// Runs the examples of rules, each with its rule alone.
///
/// # Errors
///
/// Every mistake in how examples are written; the others are run all the same.
pub fn run_examples<'a>(
    rules: &RuleSet,
    chosen: impl IntoIterator<Item = &'a Rule>,
    frameworks: &Frameworks,
) -> (Vec<ExampleReport>, Vec<Diagnostic>) {
    let (mut reports, mut problems) = (Vec::new(), Vec::new());
    let mut work = Vec::new();
    for rule in chosen {
        match rule.examples.read() {
            Ok(examples) => {
                for example in examples {
                    let problem = unknown_framework(&example, frameworks);
                    match problem.or_else(|| no_versions(rule, &example)) {
                        Some(problem) => problems.push(problem),
                        None => work.push((rule, example)),
                    }
                }
            }
            Err(found) => problems.extend(found),
        }
    }
    let ran = work.into_par_iter().map(|(rule, example)| {
        let raised = run_example(rule, &example, rules, frameworks);
        ExampleReport {
            rule: rule.info.id.clone(),
            verification: example.verify(&raised),
            example,
            raised,
        }
    });
    reports.extend(ran.collect::<Vec<_>>());
    (reports, problems)
}

/// What is said of an example that does not have the two versions that its rule compares.
fn no_versions(rule: &Rule, example: &Example) -> Option<Diagnostic> {
    let wrong = rule.scope == ScopeConfig::Versions && example.documents.len() != 2;
    let message = "an example of a rule with `scope: versions` needs two `documents`";
    let problem = Diagnostic::error("rule-invalid", message).at(example.source, example.span, "");
    wrong.then(|| problem.help("the earlier version, then the later"))
}

fn unknown_framework(example: &Example, frameworks: &Frameworks) -> Option<Diagnostic> {
    let id = example
        .framework
        .as_deref()
        .filter(|id| frameworks.vocabulary(id).is_none())?;
    let problem = Diagnostic::error("rule-invalid", format!("there is no framework `{id}`"));
    Some(problem.at(example.source, example.span, ""))
}

fn run_example(
    rule: &Rule,
    example: &Example,
    rules: &RuleSet,
    frameworks: &Frameworks,
) -> Vec<Raised> {
    // A rule that is off has examples too.
    let severity = rule.info.severity.unwrap_or(Severity::Note);
    let mut sources = Sources::new();
    let documents: Vec<_> = example
        .documents
        .iter()
        .map(|(name, format, text)| (sources.add(SourceFile::new(name, text)), *format))
        .collect();
    let mut options = Options::with(Settings {
        framework: example.framework.clone(),
        severities: BTreeMap::from([(rule.info.id.clone(), Some(severity))]),
        ..Settings::default()
    });
    if example.together {
        let all = documents.iter().map(|(source, _)| *source);
        options.sets = vec![all.collect()];
    }
    let mut checked = documents.as_slice();
    if rule.scope == ScopeConfig::Versions
        && let [earlier, later @ ..] = documents.as_slice()
    {
        options.earlier = later.iter().map(|(later, _)| (*later, *earlier)).collect();
        checked = later;
    }
    options.only = Some(BTreeSet::from([rule.info.id.clone()]));
    let found = check(&sources, checked, rules, frameworks, &options).diagnostics;
    let of_rule = found
        .iter()
        .filter(|diagnostic| diagnostic.code == rule.info.id);
    of_rule
        .map(|diagnostic| Raised::of(diagnostic, &sources))
        .collect()
}
