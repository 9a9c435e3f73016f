//! `assize test --mutate`: contradictions planted in documents, and edits that change nothing.

use std::{
    collections::BTreeMap,
    io::{self, Write as _},
};

use super::super::{
    Outcome, Streams,
    args::{DocumentArgs, TestArgs, TrackedArg},
    input::{self, Listed},
    packs::Packs,
};
use crate::{
    lint::Options,
    mutate::{self, Lapse, Trial},
    output::Count,
    source::Sources,
};

/// Plants contradictions in the documents named, and prints what rules made of them.
///
/// # Errors
///
/// Those of the streams.
pub(super) fn run(
    args: &TestArgs,
    packs: &Packs,
    sources: &mut Sources,
    streams: &mut Streams,
) -> io::Result<Outcome> {
    let wanted = DocumentArgs {
        paths: args.mutate.clone(),
        stdin_name: "<stdin>".to_owned(),
        tracked: TrackedArg::default(),
    };
    let Listed {
        inputs, problems, ..
    } = input::list(&wanted);
    let mut problems = Listed::without_paths(problems);
    let mut documents = Vec::new();
    for input in inputs {
        match input.read(wanted.tracked.into()) {
            Ok((file, format)) => documents.push((sources.add(file), format)),
            Err(problem) => problems.push(problem),
        }
    }
    let trial = mutate::run(
        sources,
        &documents,
        &packs.rules,
        &packs.frameworks,
        &Options::default(),
    );
    table("planted", "found", &trial.plants, streams)?;
    table("harmless edits", "raised", &trial.harmless, streams)?;
    let raised = |lapse: &&Lapse| !lapse.raised.is_empty();
    for lapse in trial.lapses.iter().filter(raised) {
        writeln!(
            streams.out,
            "{}: {} raised {}",
            place(lapse, sources),
            lapse.name,
            lapse.raised.join(", ")
        )?;
    }
    if args.coverage {
        coverage(&trial, packs, sources, streams)?;
    }
    streams.complain(&problems, sources)?;
    let alarms = trial.lapses.iter().filter(raised).count();
    streams.say(&format_args!(
        "{}, {}: {} not found; {}: {} raised {}",
        Count(documents.len(), "document"),
        Count(tried(&trial.plants), "plant"),
        tried(&trial.plants) - found(&trial.plants),
        Count(tried(&trial.harmless), "harmless edit"),
        if alarms == 0 {
            "none".to_owned()
        } else {
            alarms.to_string()
        },
        if alarms == 0 { "anything" } else { "something" }
    ))?;
    Ok(match (problems.is_empty(), alarms) {
        (false, _) => Outcome::CouldNotRun,
        (true, 0) => Outcome::Clean,
        (true, _) => Outcome::Found,
    })
}

type Outcomes = BTreeMap<&'static str, mutate::Outcome>;

fn tried(outcomes: &Outcomes) -> usize {
    outcomes.values().map(|outcome| outcome.tried).sum()
}

fn found(outcomes: &Outcomes) -> usize {
    outcomes.values().map(|outcome| outcome.raised).sum()
}

/// Prints a line for each sort of edit: how many were made, for how many something was raised, and by which rules.
fn table(head: &str, raised: &str, outcomes: &Outcomes, streams: &mut Streams) -> io::Result<()> {
    if outcomes.is_empty() {
        return Ok(());
    }
    writeln!(streams.out, "{head:<24} {:>5}  {raised:>6}  rules", "tried")?;
    for (name, outcome) in outcomes {
        let mut rules: Vec<_> = outcome.by_rule.iter().collect();
        rules.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let rules: Vec<_> = rules
            .iter()
            .map(|(rule, count)| format!("{rule} {count}"))
            .collect();
        let line = format!(
            "{name:<24} {:>5}  {:>6}  {}",
            outcome.tried,
            outcome.raised,
            rules.join(", ")
        );
        writeln!(streams.out, "{}", line.trim_end())?;
    }
    writeln!(streams.out)
}

/// Prints the plants that no rule found, and the rules that found none.
fn coverage(
    trial: &Trial,
    packs: &Packs,
    sources: &Sources,
    streams: &mut Streams,
) -> io::Result<()> {
    for lapse in trial.lapses.iter().filter(|lapse| lapse.raised.is_empty()) {
        writeln!(
            streams.out,
            "{}: {} not found: “{}” in place of “{}”",
            place(lapse, sources),
            lapse.name,
            lapse.with,
            sources
                .get(lapse.source)
                .map_or("", |file| file.text_of(lapse.span))
        )?;
    }
    let silent = packs
        .rules
        .iter()
        .filter(|rule| !trial.fired(&rule.info.id));
    let silent: Vec<_> = silent.map(|rule| rule.info.id.as_str()).collect();
    writeln!(
        streams.out,
        "{} found no plant: {}",
        Count(silent.len(), "rule"),
        silent.join(", ")
    )
}

/// `path:line:column` of an edit.
fn place(lapse: &Lapse, sources: &Sources) -> String {
    sources.get(lapse.source).map_or_else(String::new, |file| {
        let at = file.line_column(lapse.span.start);
        format!("{}:{}:{}", file.name(), at.line, at.column)
    })
}
