//! `assize check`: the main job.

use std::{collections::BTreeMap, io, path::Path};

use rayon::prelude::*;

use super::{
    Outcome, Streams,
    annotate::{self, Read},
    args::CheckArgs,
    clock,
    input::{self, Input},
    outputs::{self, Outputs},
    packs::Packs,
    pages, screen,
};
use crate::{
    baseline::{Baseline, Checked},
    diagnostic::{Diagnostic, RuleInfo, Severity},
    lint,
    output::{self, Results, RuleCount, Summary, Timings},
    source::{SourceFile, Sources},
    span::Span,
};

/// Checks the documents named.
///
/// # Errors
///
/// Those of the streams.
pub(super) fn run(args: &CheckArgs, streams: &mut Streams) -> io::Result<Outcome> {
    let mut sources = Sources::new();
    let outputs = match Outputs::of(args) {
        Ok(outputs) => outputs,
        Err(problem) => return streams.refuse(&[problem], &sources),
    };
    if outputs.stdout != output::Format::PRETTY {
        streams.complaints = output::Format::CONCISE;
    }
    let loaded = Packs::load_for(&args.packs, &mut sources).and_then(|(packs, mut options)| {
        packs.choose(&args.rules, &mut options)?;
        options.clock = args.timings.then_some(clock::elapsed);
        options.keep = outputs.show_documents();
        Ok((packs, options, baseline(args, &mut sources)?))
    });
    let (packs, options, baseline) = match loaded {
        Ok(loaded) => loaded,
        Err(problems) => return streams.refuse(&problems, &sources),
    };
    let (inputs, unread) = inputs(args);
    let (read, unread) = read(args, &inputs, unread, &mut sources);
    let documents: Vec<_> = read.iter().map(|read| (read.source, read.format)).collect();
    let mut report = lint::check(
        &sources,
        &documents,
        &packs.rules,
        &packs.frameworks,
        &options,
    );
    let mut problems = unread;
    let unreadable = problems.len();
    let broken = report
        .diagnostics
        .extract_if(.., |found| found.code == lint::INTERNAL);
    problems.extend(broken.map(Problem::placed));
    if let Some(path) = &args.write_baseline
        && let Err(problem) = write_baseline(path, &report, &sources)
    {
        problems.push(Problem::placed(problem));
    }
    let suppressed = report.suppressed.len();
    apply(args, baseline, &mut report, &sources);

    let show: Severity = args.show.into();
    let fail_on: Severity = args.fail_on.into();
    let mut summary = summary(&report, args);
    summary.unreadable = unreadable;
    summary.suppressed = suppressed;
    summary.baselined = report.suppressed.len() - suppressed;
    summary.count(&report.diagnostics, show);
    let failed = report
        .diagnostics
        .iter()
        .any(|found| found.severity >= fail_on);
    report.diagnostics.retain(|found| found.severity >= show);
    let rules: Vec<&RuleInfo> = packs
        .rules
        .iter()
        .filter(|rule| lint::runs(rule, &options))
        .map(|rule| &rule.info)
        .collect();
    let placed: Vec<_> = problems
        .iter()
        .map(|problem| problem.at_its_file(&mut sources))
        .collect();
    let checked: Vec<_> = report.documents.iter().map(|read| read.source).collect();
    let pages = pages::pages(&report, &packs.rules.kinds, &sources);
    let results = Results {
        pages: &pages,
        suppressed: &report.suppressed,
        problems: &placed,
        documents: &checked,
        rules: &rules,
        fail_on,
        ..Results::new(&report.diagnostics, &summary, &sources)
    };
    let screen = screen::stdout(streams.color);
    outputs.stdout.render(&results, screen, &mut streams.out)?;
    let unwritten = outputs.write(&results);
    let mut complaints: Vec<_> = problems.into_iter().map(|found| found.problem).collect();
    complaints.extend(unwritten);
    if let Some(out) = &args.annotate {
        let problems = annotate::run(args, out, &read, &report.diagnostics, &sources);
        complaints.extend(problems);
    }
    let could_not_run = complaints
        .iter()
        .any(|found| found.severity == Severity::Error);
    streams.complain(&complaints, &sources)?;
    if outputs.stdout.is_for_people() {
        streams.say(&summary)?;
    }
    Ok(match (could_not_run, failed) {
        (true, _) => Outcome::CouldNotRun,
        (false, true) => Outcome::Found,
        (false, false) => Outcome::Clean,
    })
}

/// What kept a document from being checked.
struct Problem {
    /// The name of the document; `None` where the problem has a place of its own, or is about no document.
    path: Option<String>,
    problem: Diagnostic,
}

impl Problem {
    const fn placed(problem: Diagnostic) -> Self {
        Self {
            path: None,
            problem,
        }
    }

    /// The problem as formats show it that sort by file: it points to the start of its file, which has no text.
    fn at_its_file(&self, sources: &mut Sources) -> Diagnostic {
        let problem = self.problem.clone();
        match &self.path {
            Some(path) => {
                let source = sources.add(SourceFile::new(path, ""));
                problem.at(source, Span::default(), "")
            }
            None => problem,
        }
    }
}

/// The documents named, without those that an earlier run wrote with comments into a folder among them; and what stands in the
/// way of others.
fn inputs(args: &CheckArgs) -> (Vec<Input>, Vec<Problem>) {
    let (mut inputs, problems) = input::list_by_path(&args.documents);
    if let Some(out) = &args.annotate {
        inputs.retain(|input| !annotate::wrote(args, out, input));
    }
    let problems = problems.into_iter().map(|(path, problem)| Problem {
        path: Some(path),
        problem,
    });
    (inputs, problems.collect())
}

/// Reads documents into `sources`; those that cannot be read are added to the `problems`.
fn read<'a>(
    args: &CheckArgs,
    inputs: &'a [Input],
    mut problems: Vec<Problem>,
    sources: &mut Sources,
) -> (Vec<Read<'a>>, Vec<Problem>) {
    let tracked = args.documents.tracked.into();
    let read = inputs.par_iter().map(|input| input.read(tracked));
    let read: Vec<_> = read.collect();
    let mut documents = Vec::with_capacity(read.len());
    for (input, read) in inputs.iter().zip(read) {
        match read {
            Ok((file, format)) => documents.push(Read {
                input,
                source: sources.add(file),
                format,
            }),
            Err(problem) => problems.push(Problem {
                path: Some(input.name()),
                problem,
            }),
        }
    }
    (documents, problems)
}

/// The baseline that is to be held against what is found.
fn baseline(args: &CheckArgs, sources: &mut Sources) -> Result<Option<Baseline>, Vec<Diagnostic>> {
    let Some(path) = args.baseline.as_ref() else {
        return Ok(None);
    };
    let file = SourceFile::read(path).map_err(|problem| vec![problem])?;
    let source = sources.add(file.clone());
    Baseline::read(source, &file).map(Some)
}

fn write_baseline(path: &Path, report: &lint::Report, sources: &Sources) -> Result<(), Diagnostic> {
    let known = Baseline::of(&report.diagnostics, sources);
    outputs::write(path, |out| write!(out, "{known}"))
}

/// Takes what the baseline lists out of what is reported: all of it where a baseline is written.
fn apply(args: &CheckArgs, read: Option<Baseline>, report: &mut lint::Report, sources: &Sources) {
    let found = std::mem::take(&mut report.diagnostics);
    let written = args.write_baseline.is_some();
    let known = if written {
        Some(Baseline::of(&found, sources))
    } else {
        read
    };
    let Some(known) = known else {
        report.diagnostics = found;
        return;
    };
    let documents = report.documents.iter();
    let checked = Checked {
        paths: documents
            .filter_map(|document| sources.get(document.source).map(SourceFile::name))
            .collect(),
        rules: report.summary.per_rule.keys().map(String::as_str).collect(),
    };
    let (left, listed) = known.apply(found, sources, &checked);
    report.diagnostics = left;
    report.suppressed.extend(listed);
}

fn summary(report: &lint::Report, args: &CheckArgs) -> Summary {
    let mut reported: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in &report.diagnostics {
        *reported.entry(&diagnostic.code).or_default() += 1;
    }
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
            reported: reported.get(rule.as_str()).copied().unwrap_or_default(),
        });
    Summary {
        documents: report.summary.documents,
        sets: report.summary.sets,
        facts: report.summary.facts,
        rules: report.summary.rules,
        undecidable: report.summary.undecidable(),
        per_rule: args.statistics.then(|| counts.collect()),
        timings: args.timings.then(|| timings(&report.summary.took)),
        ..Summary::default()
    }
}

fn timings(took: &lint::Took) -> Timings {
    let rules = took.per_rule.iter();
    let mut rules: Vec<_> = rules
        .map(|(rule, took)| (rule.clone(), took.as_micros()))
        .collect();
    rules.sort_by(|(a, slower), (b, faster)| faster.cmp(slower).then_with(|| a.cmp(b)));
    Timings {
        reading: took.reading.as_micros(),
        rules,
    }
}
