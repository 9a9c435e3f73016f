//! `assize check`: the main job.

use std::{collections::BTreeMap, io, path::Path};

use super::{
    Outcome, Streams, add_ignore,
    annotate::{self, Read},
    args::CheckArgs,
    cached::{self, Cached},
    changed::Changed,
    clock,
    documents::Documents,
    excuses, heard,
    input::{self, Input, Listed},
    outputs::{self, Outputs},
    pages,
    plan::{Flags, Plan, Project},
    records, screen, versions,
};
use crate::{
    baseline::{Baseline, Checked},
    config::{At, Config, DocumentPath, SetKey},
    diagnostic::{Diagnostic, RuleInfo, Severity},
    facts::phrases::Kinds,
    lint,
    output::{self, Changes, Results, RuleCount, Summary, Timings, printable},
    rules::suppress::ENDING,
    source::{self, SourceFile, Sources},
    span::{SourceId, Span},
};

/// Checks the documents named.
///
/// # Errors
///
/// Those of the streams.
pub(super) fn run(args: &CheckArgs, streams: &mut Streams) -> io::Result<Outcome> {
    let mut sources = Sources::new();
    let asked = match Outputs::of(args, None) {
        Ok(asked) => asked,
        Err(problem) => return streams.refuse(&[problem], &sources),
    };
    if asked.stdout != Some(output::Format::PRETTY) {
        streams.complaints = output::Format::CONCISE;
    }
    let mut unexcused = Vec::new();
    if args.add_ignore {
        let mut sources = Sources::new();
        match add_ignore::run(args, &mut sources) {
            Ok(excused) => {
                for path in excused.written {
                    let name = source::display_name(&path);
                    streams.say(&format_args!("excuses written to {}", printable(&name)))?;
                }
                unexcused = excused.problems;
            }
            Err(problems) => return streams.refuse(&problems, &sources),
        }
    }
    let Listed {
        inputs,
        problems: unlisted,
        records,
    } = inputs(args);
    if args.annotate.is_some() && inputs.iter().any(Input::is_recorded) {
        return streams.refuse(&[annotate::from_records()], &sources);
    }
    let flags = Flags {
        packs: &args.packs,
        rules: Some(&args.rules),
    };
    let loaded = Plan::new(flags, inputs, &args.documents.paths, &mut sources).and_then(|plan| {
        let output = plan.config().and_then(|config| config.output.as_ref());
        let outputs = Outputs::of(args, output).map_err(|problem| vec![problem])?;
        let loaded = cached::loaded(&sources);
        Ok((plan, outputs, loaded, baseline(args, &mut sources)?))
    });
    let (plan, outputs, loaded, baseline) = match loaded {
        Ok(loaded) => loaded,
        Err(problems) => return streams.refuse(&problems, &sources),
    };
    if outputs.stdout != Some(output::Format::PRETTY) {
        streams.complaints = output::Format::CONCISE;
    }
    let Levels { show, fail_on } = Levels::of(args, plan.config());
    let Plan {
        mut projects,
        documents: mut planned,
    } = plan;
    let since = args.when.changed.as_deref();
    let since =
        since.map(|since| Changed::since(since, planned.iter().map(|document| &document.input)));
    let changed = match since.transpose() {
        Ok(changed) => changed,
        Err(problem) => return streams.refuse(&[problem], &sources),
    };
    if let Some(changed) = &changed
        && !planned.iter().any(|document| changed.has(&document.input))
    {
        planned.clear();
    }
    let whole =
        outputs.show_documents() || args.annotate.is_some() || args.baseline_report.is_some();
    let tracked = args.documents.tracked.into();
    let (documents, unread) = Documents::new(&planned, &projects, tracked, whole, &mut sources);
    take(&mut projects, &documents);
    if let Some(earlier) = &args.baseline_report
        && let Err(problem) =
            versions::compare(args, earlier, &documents, &mut projects, &mut sources)
    {
        return streams.refuse(&[problem], &sources);
    }
    let broken_excuses = excuses::read(&mut projects, &documents, &mut sources);
    for project in &mut projects {
        project.options.today = Some(args.today.unwrap_or_else(clock::today));
        project.options.clock = args.timings.then_some(clock::elapsed);
        project.options.keep = outputs.show_documents();
        project.options.whole = whole;
    }
    let cached = if whole || args.timings {
        Ok(None)
    } else {
        Cached::new(args, &projects, &loaded)
    };
    let cached = match cached {
        Ok(cached) => cached,
        Err(problem) => return streams.refuse(&[problem], &sources),
    };
    let mut report = check(&projects, &documents, cached.as_ref(), &sources);
    let unkept = cached.and_then(|cached| cached.cache.problem());
    for (source, file) in std::mem::take(&mut report.files) {
        sources.put(source, file);
    }
    if let Some(changed) = &changed {
        // What stands in the file beside a document concerns that document.
        let beside = |source| {
            let name = sources.get(source)?.name().strip_suffix(ENDING)?;
            let mut all = documents.iter().map(|(_, document)| document);
            all.find(|document| document.input.name() == name)
        };
        let told = |source| {
            let document = documents.planned(source).or_else(|| beside(source));
            document.is_none_or(|document| changed.has(&document.input))
        };
        tell_only(&mut report, told);
    }
    let changes = versions::changes(&mut report.diagnostics, &projects);
    let unlisted = unlisted.into_iter().map(|(path, problem)| Problem {
        path: Some(path),
        problem,
    });
    let mut problems: Vec<_> = unlisted.collect();
    let late = std::mem::take(&mut report.unread).into_iter();
    let late = late.filter_map(|(source, problem)| Some((documents.planned(source)?, problem)));
    let unread = unread.into_iter().chain(late);
    problems.extend(unread.map(|(document, problem)| Problem {
        path: Some(document.input.name()),
        problem,
    }));
    let unreadable = problems.len();
    let mistaken = records::mistakes(&records, &mut sources);
    problems.extend(mistaken.into_iter().map(Problem::placed));
    let broken = report
        .diagnostics
        .extract_if(.., |found| found.code == lint::INTERNAL);
    problems.extend(broken.map(Problem::placed));
    problems.extend(broken_excuses.into_iter().map(Problem::placed));
    if let Some(path) = &args.write_baseline
        && let Err(problem) = write_baseline(path, &report, &sources)
    {
        problems.push(Problem::placed(problem));
    }
    let suppressed = report.suppressed.len();
    apply(args, baseline, &mut report, &sources);

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
    let rules = rules(&projects, &report);
    let rules: Vec<&RuleInfo> = rules.iter().collect();
    let placed: Vec<_> = problems
        .iter()
        .map(|problem| problem.at_its_file(&mut sources))
        .collect();
    let checked: Vec<_> = report.documents.iter().map(|read| read.source).collect();
    let kinds: BTreeMap<SourceId, &Kinds> = documents
        .iter()
        .filter_map(|(source, document)| Some((source, projects.get(document.project)?.kinds())))
        .collect();
    let pages = pages::pages(&report, &kinds, &sources);
    let since = args.baseline_report.as_deref().map(source::display_name);
    let changes = since.as_deref().map(|since| Changes {
        since,
        found: &changes,
    });
    let results = Results {
        changes: changes.filter(|_| show == Severity::Note),
        pages: &pages,
        suppressed: &report.suppressed,
        problems: &placed,
        documents: &checked,
        rules: &rules,
        fail_on,
        ..Results::new(&report.diagnostics, &summary, &sources)
    };
    let screen = screen::stdout(streams.color);
    if let Some(format) = outputs.stdout {
        heard(format.render(&results, screen, &mut streams.out))?;
    }
    let unwritten = outputs.write(&results);
    let complaints = problems.into_iter().map(|found| found.problem);
    let mut complaints: Vec<_> = unexcused.into_iter().chain(complaints).collect();
    complaints.extend(unwritten);
    complaints.extend(unkept);
    if let Some(out) = &args.annotate {
        let read = report.documents.iter().filter_map(|read| {
            Some(Read {
                input: &documents.planned(read.source)?.input,
                source: read.source,
                format: read.format,
            })
        });
        let read: Vec<_> = read.collect();
        let problems = annotate::run(args, out, &read, &report.diagnostics, &sources);
        complaints.extend(problems);
    }
    let could_not_run = complaints
        .iter()
        .any(|found| found.severity == Severity::Error);
    streams.complain(&complaints, &sources)?;
    if outputs.stdout.is_none_or(output::Format::is_for_people) {
        streams.say(&summary)?;
        if let Some(remark) = without_facts(&report, &sources) {
            streams.say(&remark)?;
        }
    }
    Ok(match (could_not_run, failed) {
        (true, _) => Outcome::CouldNotRun,
        (false, true) => Outcome::Found,
        (false, false) => Outcome::Clean,
    })
}

/// Leaves in a report what concerns documents that are to be told of.
fn tell_only(report: &mut lint::Report, told: impl Fn(SourceId) -> bool) {
    let concerns = |found: &Diagnostic| {
        let mut labels = found.labels.iter();
        found.code == lint::INTERNAL || labels.any(|label| told(label.source))
    };
    report.diagnostics.retain(concerns);
    report
        .suppressed
        .retain(|suppressed| concerns(&suppressed.diagnostic));
    report.documents.retain(|document| told(document.source));
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

/// From which severity on diagnostics are printed, and a run fails.
pub(super) struct Levels {
    pub show: Severity,
    pub fail_on: Severity,
}

impl Levels {
    pub(super) fn of(args: &CheckArgs, config: Option<&Config>) -> Self {
        let configured = |level: fn(&Config) -> Option<&At<Severity>>| {
            let level = config.and_then(level);
            level.map(|level| level.value)
        };
        let show = args.show.map(Into::into);
        let fail_on = args.fail_on.map(Into::into);
        Self {
            show: show
                .or_else(|| configured(|config| config.show.as_ref()))
                .unwrap_or(Severity::Note),
            fail_on: fail_on
                .or_else(|| configured(|config| config.fail_on.as_ref()))
                .unwrap_or(Severity::Error),
        }
    }
}

/// The documents named, without those that an earlier run wrote with comments into a folder among them; and what stands in the
/// way of others.
fn inputs(args: &CheckArgs) -> Listed {
    let mut listed = input::list(&args.documents);
    if let Some(out) = &args.annotate {
        listed
            .inputs
            .retain(|input| !annotate::wrote(args, out, input));
    }
    listed
}

/// Tells projects which documents they have, with which settings and in which sets.
pub(super) fn take(projects: &mut [Project], documents: &Documents<'_>) {
    let mut sets: BTreeMap<(usize, SetKey), Vec<SourceId>> = BTreeMap::new();
    for (source, document) in documents.iter() {
        let Some(project) = projects.get_mut(document.project) else {
            continue;
        };
        project.take(source, document);
        let path = DocumentPath::new(&document.input.path());
        let config = project.config.as_ref();
        if let Some((key, _)) = config.and_then(|config| config.set_of(&path)) {
            let set = sets.entry((document.project, key)).or_default();
            set.push(source);
        }
    }
    for ((project, _), set) in sets {
        if let Some(project) = projects.get_mut(project) {
            project.options.sets.push(set);
        }
    }
}

/// Checks the documents of each project.
pub(super) fn check(
    projects: &[Project],
    documents: &Documents<'_>,
    cached: Option<&Cached>,
    sources: &Sources,
) -> lint::Report {
    let mut of_project = vec![Vec::new(); projects.len()];
    for (source, document) in documents.iter() {
        if let Some(documents) = of_project.get_mut(document.project) {
            documents.push(source);
        }
    }
    let desk = documents.desk(projects, sources, cached);
    let run = |(project, documents): (&Project, &Vec<SourceId>)| {
        let Project { packs, options, .. } = project;
        let (rules, frameworks) = (&packs.rules, &packs.frameworks);
        lint::check_from(&desk, sources, documents, rules, frameworks, options)
    };
    let projects = || projects.iter().zip(&of_project);
    let asked = projects().filter(|(_, documents)| !documents.is_empty());
    let mut reports: Vec<_> = asked.map(run).collect();
    for report in &mut reports {
        if report.documents.is_empty() {
            report.summary = lint::Summary::default();
        }
    }
    // A run without documents still says how many rules there are.
    if reports.iter().all(|report| report.documents.is_empty()) {
        let none = Vec::new();
        reports.extend(projects().next().map(|(project, _)| run((project, &none))));
    }
    lint::Report::join(reports, sources)
}

/// What is said of the rules that were run, each once, with the severity that is common to the project it was first met in.
fn rules(projects: &[Project], report: &lint::Report) -> Vec<RuleInfo> {
    let mut found: BTreeMap<&str, RuleInfo> = BTreeMap::new();
    for project in projects {
        let ran = |id: &str| report.summary.per_rule.contains_key(id);
        for rule in project.packs.rules.iter().filter(|rule| ran(&rule.info.id)) {
            found.entry(&rule.info.id).or_insert_with(|| RuleInfo {
                severity: project.options.common.severity(rule),
                ..rule.info.clone()
            });
        }
    }
    found.into_values().collect()
}

/// The baseline that is to be held against what is found.
pub(super) fn baseline(
    args: &CheckArgs,
    sources: &mut Sources,
) -> Result<Option<Baseline>, Vec<Diagnostic>> {
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

/// The most documents that are named in a remark.
const NAMED: usize = 3;

/// Says of which documents nothing was understood, as it could be taken for praise that nothing is reported of them.
fn without_facts(report: &lint::Report, sources: &Sources) -> Option<String> {
    let documents = report.documents.iter();
    let silent = documents.filter(|document| document.facts == 0);
    let names = silent.filter_map(|document| sources.get(document.source).map(SourceFile::name));
    let names: Vec<&str> = names.collect();
    let (first, others) = names.split_at(names.len().min(NAMED));
    let named = (!first.is_empty()).then(|| output::printable(&first.join(", ")).into_owned())?;
    let more = match others.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!(
        "no fact was found in {named}{more}: there was nothing to check"
    ))
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
