//! `assize test`: the examples that rule files hold.

mod coverage;
mod diff;
mod mutate;
mod silence;
mod update;

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use super::{
    Outcome, Streams,
    args::TestArgs,
    packs::{Packs, Purpose},
    screen,
};
use crate::{
    diagnostic::Diagnostic,
    lint::{self, ExampleReport},
    output::{Count, Format, Results, Summary, printable},
    rules::{Rule, examples::Verification},
    source::Sources,
    span::{SourceId, Span},
};

/// Runs the examples of the rules named, and prints those that do not hold.
///
/// # Errors
///
/// Those of the streams.
pub(super) fn run(args: &TestArgs, streams: &mut Streams) -> io::Result<Outcome> {
    let mut sources = Sources::new();
    let packs = match Packs::load(
        args.rules.iter().chain(&args.paths),
        Purpose::Documents,
        &mut sources,
    ) {
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
    let (mut reports, problems) =
        lint::run_examples(&packs.rules, chosen.iter().copied(), &packs.frameworks);
    let n_examples = reports.len();
    let mut failures = Vec::new();
    if problems.is_empty() {
        failures.extend(unproven(&chosen, &reports).map(|failure| (failure, String::new())));
    }
    if args.update {
        let may_write = |file| packs.path_to(file).is_some_and(|at| at >= args.rules.len());
        let problems = write_marks(&mut reports, &sources, may_write, streams)?;
        failures.extend(problems.into_iter().map(|problem| (problem, String::new())));
    }
    failures.extend(reports.iter().filter_map(|report| {
        let failure = failure(report, packs)?;
        Some((failure, diff::diff(report)))
    }));
    failures.sort_by(|(a, _), (b, _)| a.sort_key().cmp(&b.sort_key()));
    print(&failures, &sources, streams)?;
    let mut idle = Vec::new();
    if args.coverage {
        let fired = coverage::by_examples(&reports);
        idle = coverage::idle(chosen.iter().copied(), &fired);
        coverage::print_idle(&idle, streams)?;
    }
    streams.complain(&problems, &sources)?;
    streams.say(&format_args!(
        "{}, {}: {} failed",
        Count(chosen.len(), "rule"),
        Count(n_examples, "example"),
        if failures.is_empty() {
            "none".to_owned()
        } else {
            failures.len().to_string()
        }
    ))?;
    Ok(
        match (problems.is_empty(), failures.is_empty() && idle.is_empty()) {
            (false, _) => Outcome::CouldNotRun,
            (true, false) => Outcome::Found,
            (true, true) => Outcome::Clean,
        },
    )
}

/// Writes the marks of examples anew, and names the files; leaves those examples that were not written to. Gives back what stood in
/// the way.
fn write_marks(
    reports: &mut Vec<ExampleReport>,
    sources: &Sources,
    may_write: impl Fn(SourceId) -> bool,
    streams: &mut Streams,
) -> io::Result<Vec<Diagnostic>> {
    let updated = update::update(reports, sources, may_write);
    for name in updated.files {
        writeln!(streams.out, "{}", printable(&name))?;
    }
    reports.retain(|report| {
        let example = (report.example.source, report.example.span);
        !updated.examples.contains(&example)
    });
    Ok(updated.problems)
}

/// Prints failures, each with what was expected and found below it.
fn print(
    failures: &[(Diagnostic, String)],
    sources: &Sources,
    streams: &mut Streams,
) -> io::Result<()> {
    let (screen, summary) = (screen::stdout(streams.color), Summary::default());
    for (failure, diff) in failures {
        let failure = std::slice::from_ref(failure);
        let results = Results::new(failure, &summary, sources);
        Format::PRETTY.render(&results, screen, &mut streams.out)?;
        if !diff.is_empty() {
            writeln!(streams.out, "{diff}")?;
        }
    }
    Ok(())
}

/// What is said of an example that does not hold.
pub(super) fn failure(report: &ExampleReport, packs: &Packs) -> Option<Diagnostic> {
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
fn unproven(rules: &[&Rule], reports: &[ExampleReport]) -> impl Iterator<Item = Diagnostic> {
    let proven: BTreeSet<&str> = reports
        .iter()
        .filter(|report| !report.example.valid)
        .map(|report| report.rule.as_str())
        .collect();
    rules
        .iter()
        .filter(move |rule| !proven.contains(rule.info.id.as_str()))
        .map(|rule| {
            Diagnostic::error(&rule.info.id, "this rule has no invalid example")
                .at(rule.info.source, Span::default(), "")
                .help("add a text under `examples: invalid:` in which it must find something")
        })
}
