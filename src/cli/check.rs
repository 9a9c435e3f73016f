//! `assize check`: the main job.

use std::{collections::BTreeMap, io, path::Path};

use super::{
    Outcome, Streams, add_ignore,
    annotate::{self, Read},
    args::CheckArgs,
    cached::{self, Cached},
    changed::Changed,
    clock,
    documents::{Documents, Unread},
    excuses, heard,
    input::{self, Input, Listed},
    outputs::{self, Outputs},
    own, pages,
    plan::{Flags, Plan, Planned, Project},
    records, screen, versions,
};
use crate::{
    baseline::{Baseline, Checked},
    cache::Key,
    config::{At, Config, DocumentPath, SetKey},
    diagnostic::{Diagnostic, RuleInfo, Severity},
    facts::phrases::Kinds,
    lint,
    output::{self, Changes, Results, RuleCount, Summary, Timings, printable},
    rules::suppress::ENDING,
    source::{self, SourceFile, Sources},
    span::{SourceId, Span},
};

/// Why a check came to nothing.
enum Stop {
    /// It cannot be run as it is asked for.
    Refused(Vec<Diagnostic>),
    /// What was found cannot be written.
    Unwritten(io::Error),
}

impl From<Vec<Diagnostic>> for Stop {
    fn from(problems: Vec<Diagnostic>) -> Self {
        Self::Refused(problems)
    }
}

impl From<Diagnostic> for Stop {
    fn from(problem: Diagnostic) -> Self {
        Self::Refused(vec![problem])
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Unwritten(error)
    }
}

/// Checks the documents named.
///
/// # Errors
///
/// Those of the streams.
pub(super) fn run(args: &CheckArgs, streams: &mut Streams) -> io::Result<Outcome> {
    let mut sources = Sources::new();
    match checked(args, streams, &mut sources) {
        Ok(outcome) => Ok(outcome),
        Err(Stop::Refused(problems)) => streams.refuse(&problems, &sources),
        Err(Stop::Unwritten(error)) => Err(error),
    }
}

/// Reads what is asked for, checks it and tells what is found.
fn checked(
    args: &CheckArgs,
    streams: &mut Streams,
    sources: &mut Sources,
) -> Result<Outcome, Stop> {
    streams.complain_beside(Outputs::of(args, None)?.stdout);
    let listed = inputs(args);
    if args.annotate.is_some() && listed.inputs.iter().any(Input::is_recorded) {
        return Err(annotate::from_records().into());
    }
    let mut asked = Asked::new(args, listed.inputs, sources)?;
    let documents = &mut asked.plan.documents;
    own::spare(args, &asked.outputs, &listed.records, documents)?;
    let unexcused = excuse(args, streams, sources)?;
    let (outputs, loaded) = (asked.outputs, asked.loaded);
    streams.complain_beside(outputs.stdout);
    let levels = Levels::of(args, asked.plan.config());
    let Plan {
        mut projects,
        documents: mut planned,
    } = asked.plan;
    let changed = changed(args, &mut planned)?;
    let whole =
        outputs.show_documents() || args.annotate.is_some() || args.baseline_report.is_some();
    let tracked = args.documents.tracked.into();
    let (documents, unread) = Documents::new(&planned, &projects, tracked, whole, sources);
    take(&mut projects, &documents);
    if let Some(earlier) = &args.baseline_report {
        versions::compare(args, earlier, &documents, &mut projects, sources)?;
    }
    let broken_excuses = excuses::read(&mut projects, &documents, sources);
    set(args, &outputs, whole, &mut projects);
    let cached = if whole || args.timings {
        None
    } else {
        Cached::new(args, &projects, &loaded)?
    };
    let mut report = check(&projects, &documents, cached.as_ref(), sources);
    for (source, file) in std::mem::take(&mut report.files) {
        sources.put(source, file);
    }
    if let Some(changed) = &changed {
        tell_changed(&mut report, changed, &documents, sources);
    }
    let changes = versions::changes(&mut report.diagnostics, &projects);
    let mut problems = unreadable(listed.problems, unread, &mut report, &documents);
    let n_unreadable = problems.len();
    let mut placed = records::mistakes(&listed.records, sources);
    let is_broken = |found: &mut Diagnostic| found.code == lint::INTERNAL;
    placed.extend(report.diagnostics.extract_if(.., is_broken));
    placed.extend(broken_excuses);
    if let Some(path) = &args.write_baseline {
        placed.extend(write_baseline(path, &report, sources).err());
    }
    problems.extend(placed.into_iter().map(Problem::placed));
    let n_suppressed = report.suppressed.len();
    apply(args, asked.baseline, &mut report, sources);
    let summary = Summary {
        unreadable: n_unreadable,
        suppressed: n_suppressed,
        baselined: report.suppressed.len() - n_suppressed,
        ..summary(&report, args)
    };
    let found = Found {
        report,
        changes,
        problems,
        unexcused,
        left_out: own::remark(&listed.own, Some(&outputs)),
        unkept: cached.and_then(|cached| cached.cache.problem()),
        summary,
    };
    let asked = Shown {
        args,
        outputs: &outputs,
        levels: &levels,
        documents: &documents,
        projects: &projects,
    };
    Ok(found.tell(asked, streams, sources)?)
}

/// Writes excuses, where that is asked for; gives back what could not be excused.
fn excuse(
    args: &CheckArgs,
    streams: &mut Streams,
    sources: &mut Sources,
) -> Result<Vec<Diagnostic>, Stop> {
    if !args.add_ignore {
        return Ok(Vec::new());
    }
    // The files are read again for the check, with what was written into them.
    let mut own = Sources::new();
    match add_ignore::run(args, &mut own) {
        Ok(excused) => {
            for path in excused.written {
                let name = source::display_name(&path);
                streams.say(&format_args!("excuses written to {}", printable(&name)))?;
            }
            Ok(excused.problems)
        }
        Err(problems) => {
            *sources = own;
            Err(problems.into())
        }
    }
}

/// What is to be checked, and what is made of it.
struct Asked {
    plan: Plan,
    outputs: Outputs,
    /// What stands for the rules and configuration that were loaded.
    loaded: Key,
    baseline: Option<Baseline>,
}

impl Asked {
    fn new(
        args: &CheckArgs,
        inputs: Vec<Input>,
        sources: &mut Sources,
    ) -> Result<Self, Vec<Diagnostic>> {
        let flags = Flags {
            packs: &args.packs,
            rules: Some(&args.rules),
        };
        let plan = Plan::new(flags, inputs, &args.documents.paths, sources)?;
        let output = plan.config().and_then(|config| config.output.as_ref());
        Ok(Self {
            outputs: Outputs::of(args, output).map_err(|problem| vec![problem])?,
            plan,
            loaded: cached::loaded(sources),
            baseline: baseline(args, sources)?,
        })
    }
}

/// What differs from a revision, where that is asked for; nothing is checked where no document does.
fn changed(args: &CheckArgs, planned: &mut Vec<Planned>) -> Result<Option<Changed>, Diagnostic> {
    let Some(since) = args.when.changed.as_deref() else {
        return Ok(None);
    };
    let changed = Changed::since(since, planned.iter().map(|document| &document.input))?;
    if !planned.iter().any(|document| changed.has(&document.input)) {
        planned.clear();
    }
    Ok(Some(changed))
}

/// Tells projects how they are checked, as far as it is the same for all.
fn set(args: &CheckArgs, outputs: &Outputs, whole: bool, projects: &mut [Project]) {
    for project in projects {
        project.options.today = Some(args.today.unwrap_or_else(clock::today));
        project.options.clock = args.timings.then_some(clock::elapsed);
        project.options.keep = outputs.show_documents();
        project.options.whole = whole;
    }
}

/// Leaves in a report what concerns documents that differ, or the files beside them.
fn tell_changed(
    report: &mut lint::Report,
    changed: &Changed,
    documents: &Documents<'_>,
    sources: &Sources,
) {
    // What stands in the file beside a document concerns that document.
    let beside = |source| {
        let name = sources.get(source)?.name().strip_suffix(ENDING)?;
        let mut all = documents.iter().map(|(_, document)| document);
        all.find(|document| document.input.name() == name)
    };
    tell_only(report, |source| {
        let document = documents.planned(source).or_else(|| beside(source));
        document.is_none_or(|document| changed.has(&document.input))
    });
}

/// What kept documents from being checked, before and while it was their turn.
fn unreadable(
    unlisted: Vec<(String, Diagnostic)>,
    unread: Vec<Unread<'_>>,
    report: &mut lint::Report,
    documents: &Documents<'_>,
) -> Vec<Problem> {
    let late = std::mem::take(&mut report.unread).into_iter();
    let late = late.filter_map(|(source, problem)| Some((documents.planned(source)?, problem)));
    let unread = unread.into_iter().chain(late);
    let unread = unread.map(|(document, problem)| (document.input.name(), problem));
    let all = unlisted.into_iter().chain(unread);
    let all = all.map(|(path, problem)| Problem {
        path: Some(path),
        problem,
    });
    all.collect()
}

/// How what is found is shown, and of which documents.
#[derive(Clone, Copy)]
struct Shown<'a> {
    args: &'a CheckArgs,
    outputs: &'a Outputs,
    levels: &'a Levels,
    documents: &'a Documents<'a>,
    projects: &'a [Project],
}

/// What a check came to.
struct Found {
    report: lint::Report,
    /// What changed since an earlier version.
    changes: Vec<Diagnostic>,
    problems: Vec<Problem>,
    /// What could not be excused.
    unexcused: Vec<Diagnostic>,
    /// What is said of files that are no documents.
    left_out: Option<String>,
    /// Why something is not kept for the next run.
    unkept: Option<Diagnostic>,
    summary: Summary,
}

impl Found {
    /// Prints it, and writes it to the files that are asked for.
    fn tell(
        mut self,
        asked: Shown<'_>,
        streams: &mut Streams,
        sources: &mut Sources,
    ) -> io::Result<Outcome> {
        let &Levels { show, fail_on } = asked.levels;
        self.summary.count(&self.report.diagnostics, show);
        let mut all = self.report.diagnostics.iter();
        let failed = all.any(|found| found.severity >= fail_on);
        let shown = |found: &Diagnostic| found.severity >= show;
        self.report.diagnostics.retain(shown);
        let placed = self.problems.iter();
        let placed: Vec<_> = placed.map(|problem| problem.at_its_file(sources)).collect();
        let unwritten = self.render(asked, &placed, streams, sources)?;
        let Self {
            report,
            problems,
            unexcused,
            left_out,
            unkept,
            summary,
            ..
        } = self;
        let problems = problems.into_iter().map(|found| found.problem);
        let mut complaints: Vec<_> = unexcused.into_iter().chain(problems).collect();
        complaints.extend(unwritten);
        complaints.extend(unkept);
        if let Some(out) = &asked.args.annotate {
            let (read, found) = (read(&report, asked.documents), &report.diagnostics);
            complaints.extend(annotate::run(asked.args, out, &read, found, sources));
        }
        let mut grave = complaints.iter();
        let could_not_run = grave.any(|found| found.severity == Severity::Error);
        streams.complain(&complaints, sources)?;
        let stdout = asked.outputs.stdout;
        if stdout.is_none_or(output::Format::is_for_people) {
            streams.say(&summary)?;
            for remark in left_out.into_iter().chain(without_facts(&report, sources)) {
                streams.say(&remark)?;
            }
        }
        Ok(match (could_not_run, failed) {
            (true, _) => Outcome::CouldNotRun,
            (false, true) => Outcome::Found,
            (false, false) => Outcome::Clean,
        })
    }

    /// Writes it in each format; gives back what could not be written to files.
    fn render(
        &self,
        asked: Shown<'_>,
        problems: &[Diagnostic],
        streams: &mut Streams,
        sources: &Sources,
    ) -> io::Result<Vec<Diagnostic>> {
        let Shown {
            args,
            outputs,
            levels,
            documents,
            projects,
        } = asked;
        let report = &self.report;
        let rules = rules(projects, report);
        let rules: Vec<&RuleInfo> = rules.iter().collect();
        let checked: Vec<_> = report.documents.iter().map(|read| read.source).collect();
        let kinds = documents.iter().filter_map(|(source, document)| {
            Some((source, projects.get(document.project)?.kinds()))
        });
        let kinds: BTreeMap<SourceId, &Kinds> = kinds.collect();
        let pages = pages::pages(report, &kinds, sources);
        let since = args.baseline_report.as_deref().map(source::display_name);
        let changes = since.as_deref().map(|since| Changes {
            since,
            found: &self.changes,
        });
        let results = Results {
            changes: changes.filter(|_| levels.show == Severity::Note),
            pages: &pages,
            suppressed: &report.suppressed,
            problems,
            documents: &checked,
            rules: &rules,
            fail_on: levels.fail_on,
            ..Results::new(&report.diagnostics, &self.summary, sources)
        };
        let screen = screen::stdout(streams.color);
        if let Some(format) = outputs.stdout {
            heard(format.render(&results, screen, &mut streams.out))?;
        }
        Ok(outputs.write(&results))
    }
}

/// The documents that were checked, as they are annotated.
fn read<'a>(report: &lint::Report, documents: &'a Documents<'_>) -> Vec<Read<'a>> {
    let read = report.documents.iter().filter_map(|read| {
        Some(Read {
            input: &documents.planned(read.source)?.input,
            source: read.source,
            format: read.format,
        })
    });
    read.collect()
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

/// Says of which documents nothing was understood, as it could be taken for praise that nothing is reported of them.
fn without_facts(report: &lint::Report, sources: &Sources) -> Option<String> {
    let documents = report.documents.iter();
    let silent = documents.filter(|document| document.facts == 0);
    let names = silent.filter_map(|document| sources.get(document.source).map(SourceFile::name));
    let names: Vec<&str> = names.collect();
    let named = own::listed(&names)?;
    Some(format!(
        "no fact was found in {named}: there was nothing to check"
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
