//! `assize check`: the main job.

use std::io;

use rayon::prelude::*;

use super::{Outcome, Streams, args::CheckArgs, input, packs::Packs, screen};
use crate::{
    diagnostic::{Diagnostic, Severity},
    document::Format,
    lint,
    output::{self, RuleCount, Summary},
    source::Sources,
    span::SourceId,
};

/// Checks the documents named.
///
/// # Errors
///
/// Those of the streams.
pub(super) fn run(args: &CheckArgs, streams: &mut Streams) -> io::Result<Outcome> {
    let format: output::Format = args.format.into();
    if format == output::Format::Concise || !format.is_for_people() {
        streams.complaints = output::Format::Concise;
    }
    let mut sources = Sources::new();
    let loaded = Packs::load_for(&args.packs, &mut sources).and_then(|(mut packs, mut options)| {
        packs.choose(&args.rules, &mut options)?;
        Ok((packs, options))
    });
    let (packs, options) = match loaded {
        Ok(loaded) => loaded,
        Err(problems) => return streams.refuse(&problems, &sources),
    };
    let (documents, mut problems) = read(args, &mut sources);
    let unreadable = problems.len();
    let mut report = lint::check(
        &sources,
        &documents,
        &packs.rules,
        &packs.frameworks,
        &options,
    );
    problems.extend(
        report
            .diagnostics
            .extract_if(.., |found| found.code == lint::INTERNAL),
    );

    let show: Severity = args.show.into();
    let fail_on: Severity = args.fail_on.into();
    let mut summary = summary(&report, args.statistics);
    summary.unreadable = unreadable;
    summary.count(&report.diagnostics, show);
    let failed = report
        .diagnostics
        .iter()
        .any(|found| found.severity >= fail_on);
    report.diagnostics.retain(|found| found.severity >= show);
    let screen = screen::stdout(streams.color);
    output::render(
        format,
        &report.diagnostics,
        &summary,
        &sources,
        screen,
        &mut streams.out,
    )?;
    streams.complain(&problems, &sources)?;
    if format.is_for_people() {
        streams.say(&summary)?;
    }
    Ok(match (problems.is_empty(), failed) {
        (false, _) => Outcome::CouldNotRun,
        (true, true) => Outcome::Found,
        (true, false) => Outcome::Clean,
    })
}

/// Reads the documents named into `sources`; the others are told of.
fn read(args: &CheckArgs, sources: &mut Sources) -> (Vec<(SourceId, Format)>, Vec<Diagnostic>) {
    let (inputs, mut problems) = input::list(&args.documents);
    let tracked = args.documents.tracked.into();
    let read = inputs.par_iter().map(|input| input.read(tracked));
    let read: Vec<_> = read.collect();
    let mut documents = Vec::with_capacity(read.len());
    for read in read {
        match read {
            Ok((file, format)) => documents.push((sources.add(file), format)),
            Err(problem) => problems.push(problem),
        }
    }
    (documents, problems)
}

fn summary(report: &lint::Report, statistics: bool) -> Summary {
    let counts = report
        .summary
        .per_rule
        .iter()
        .map(|(rule, counted)| RuleCount {
            rule: rule.clone(),
            looked_at: counted.looked_at,
            held: counted.held,
            rounding: counted.rounding,
            failed: counted.failed,
            undecidable: counted.unknown,
        });
    Summary {
        documents: report.summary.documents,
        sets: report.summary.sets,
        facts: report.summary.facts,
        rules: report.summary.rules,
        undecidable: report.summary.undecidable(),
        per_rule: statistics.then(|| counts.collect()),
        ..Summary::default()
    }
}
