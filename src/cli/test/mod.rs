//! `assize test`: the examples that rule files hold.

mod mutate;
mod silence;

use std::{collections::BTreeSet, io};

use super::{Outcome, Streams, args::TestArgs, packs::Packs, screen};
use crate::{
    diagnostic::Diagnostic,
    lint::{self, ExampleReport},
    output::{Count, Format, Results, Summary},
    rules::{Rule, examples::Verification},
    source::Sources,
    span::Span,
};

/// Runs the examples of the rules named, and prints those that do not hold.
///
/// # Errors
///
/// Those of the streams.
pub(super) fn run(args: &TestArgs, streams: &mut Streams) -> io::Result<Outcome> {
    let mut sources = Sources::new();
    let packs = match Packs::load(args.rules.iter().chain(&args.paths), &mut sources) {
        Ok(packs) => packs,
        Err(problems) => return streams.refuse(&problems, &sources),
    };
    if !args.mutate.is_empty() {
        return mutate::run(args, packs, &mut sources, streams);
    }
    let is_chosen = |rule: &&Rule| match packs.path_of(rule) {
        Some(at) => at >= args.rules.len(),
        None => args.paths.is_empty(),
    };
    let chosen: Vec<&Rule> = packs.rules.iter().filter(is_chosen).collect();
    if chosen.is_empty() {
        let problem = Diagnostic::error("no-rules", "there is no rule to test in the files named")
            .help("`assize new rule` writes one to start from");
        return streams.refuse(&[problem], &sources);
    }
    let (reports, problems) =
        lint::run_examples(&packs.rules, chosen.iter().copied(), &packs.frameworks);
    let mut failures: Vec<Diagnostic> = reports
        .iter()
        .filter_map(|report| failure(report, packs))
        .collect();
    if problems.is_empty() {
        failures.extend(unproven(&chosen, &reports));
    }
    failures.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    Format::PRETTY.render(
        &Results::new(&failures, &Summary::default(), &sources),
        screen::stdout(streams.color),
        &mut streams.out,
    )?;
    streams.complain(&problems, &sources)?;
    streams.say(&format_args!(
        "{}, {}: {} failed",
        Count(chosen.len(), "rule"),
        Count(reports.len(), "example"),
        if failures.is_empty() {
            "none".to_owned()
        } else {
            failures.len().to_string()
        }
    ))?;
    Ok(match (problems.is_empty(), failures.is_empty()) {
        (false, _) => Outcome::CouldNotRun,
        (true, false) => Outcome::Found,
        (true, true) => Outcome::Clean,
    })
}

/// What is said of an example that does not hold.
fn failure(report: &ExampleReport, packs: &Packs) -> Option<Diagnostic> {
    let example = &report.example;
    let (message, help) = match &report.verification {
        Verification::Passed => return None,
        Verification::Silent => (
            "this invalid example raises nothing".to_owned(),
            packs
                .rules
                .get(&report.rule)
                .map_or_else(String::new, |rule| silence::reason(rule, example, packs)),
        ),
        Verification::Noisy(messages) => (
            "this valid example raises something".to_owned(),
            format!("it raises: {}", messages.join("; ")),
        ),
        Verification::MissingMarks(marks) => (
            format!("nothing that is raised covers {}", quoted(marks)),
            "a mark is text of the example that a label must stand on, in the order of the labels"
                .to_owned(),
        ),
        Verification::OtherMessage(messages) => (
            "no message has the words that the example asks for".to_owned(),
            format!("it raises: {}", messages.join("; ")),
        ),
    };
    let failure = Diagnostic::error(&report.rule, message);
    Some(failure.at(example.source, example.span, "").help(help))
}

fn quoted(texts: &[String]) -> String {
    let quoted: Vec<_> = texts.iter().map(|text| format!("“{text}”")).collect();
    quoted.join(" and ")
}

/// A failure for every rule without an invalid example: nothing shows that it ever finds anything.
fn unproven(rules: &[&Rule], reports: &[ExampleReport]) -> Vec<Diagnostic> {
    let proven: BTreeSet<&str> = reports
        .iter()
        .filter(|report| !report.example.valid)
        .map(|report| report.rule.as_str())
        .collect();
    rules
        .iter()
        .filter(|rule| !proven.contains(rule.info.id.as_str()))
        .map(|rule| {
            Diagnostic::error(&rule.info.id, "this rule has no invalid example")
                .at(rule.info.source, Span::default(), "")
                .help("add a text under `examples: invalid:` in which it must find something")
        })
        .collect()
}
