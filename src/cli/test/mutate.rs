//! `assize test --mutate`: contradictions planted in documents, and edits that change nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write as _},
};

use super::{
    super::{
        Outcome, Streams,
        args::{DocumentArgs, TestArgs, TrackedArg},
        input::{self, Listed},
        packs::Packs,
    },
    coverage,
};
use crate::{
    lint::{self, Options},
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
    let mut covered = true;
    if args.coverage {
        let (reports, found) =
            lint::run_examples(&packs.rules, packs.rules.iter(), &packs.frameworks);
        problems.extend(found);
        let by_examples = coverage::by_examples(&reports);
        covered = cover(&trial, by_examples, packs, sources, streams)?;
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
    Ok(match (problems.is_empty(), alarms == 0 && covered) {
        (false, _) => Outcome::CouldNotRun,
        (true, true) => Outcome::Clean,
        (true, false) => Outcome::Found,
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

/// Prints the plants that no rule found, the rules that only their examples show to work, and those that nothing fired. Gives
/// back whether there is none of the last.
fn cover(
    trial: &Trial,
    by_examples: BTreeSet<String>,
    packs: &Packs,
    sources: &Sources,
    streams: &mut Streams,
) -> io::Result<bool> {
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
    let mut fired = by_examples;
    let only: Vec<&str> = fired
        .iter()
        .map(String::as_str)
        .filter(|id| !trial.fired(id))
        .collect();
    if !only.is_empty() {
        writeln!(
            streams.out,
            "{} raised something in examples only: {}",
            Count(only.len(), "rule"),
            only.join(", ")
        )?;
    }
    let rules = || packs.rules.iter();
    let planted = rules()
        .map(|rule| &rule.info.id)
        .filter(|id| trial.fired(id));
    fired.extend(planted.cloned().collect::<Vec<_>>());
    let idle = coverage::idle(rules(), &fired);
    coverage::print_idle(&idle, streams)?;
    Ok(idle.is_empty())
}

/// `path:line:column` of an edit.
fn place(lapse: &Lapse, sources: &Sources) -> String {
    sources.get(lapse.source).map_or_else(String::new, |file| {
        let at = file.line_column(lapse.span.start);
        format!("{}:{}:{}", file.name(), at.line, at.column)
    })
}
