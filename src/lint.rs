//! Documents in, diagnostics out: the one function that the command line, the editor and the tests call.
//!
//! ```text
//! read ─► facts ─► document rules ─┐                 each document by itself, in parallel
//!              └─► sets ─► set rules ─┴─► suppressed ─► sorted
//! ```
//!
//! Nothing here reads a file or a clock: the same texts give the same report, in whatever order they come.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Duration,
};

use rayon::prelude::*;

use crate::{
    diagnostic::{Diagnostic, Severity, Suppressed},
    document::{self, Document, Format},
    facts::{self, Facts, about::About},
    framework::{Frameworks, Vocabulary},
    rules::{
        Rule, RuleSet,
        bind::{Bound, BoundDocument},
        config::{ScopeConfig, Stage},
        engine::{self, Look, Statistics},
        examples::{Example, Raised, Verification},
        suppress::{self, Suppression},
    },
    source::{SourceFile, Sources},
    span::{SourceId, Span},
};

/// Code of the problem that a document brought the program down.
pub const INTERNAL: &str = "internal-error";

/// How a document is read, and how much the rules matter in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Id of the framework that it is read with; recognised from its text where there is none.
    pub framework: Option<String>,
    /// What it is in its set, one of [`ROLES`](crate::rules::bind::ROLES); told by its words where there is none.
    pub role: Option<String>,
    /// The stage that it is at; rules of every stage are run where there is none.
    pub stage: Option<Stage>,
    /// By id of rule, a severity instead of the rule's own; `None` for off.
    pub severities: BTreeMap<String, Option<Severity>>,
}

impl Settings {
    /// How much a rule matters; `None` where it is off.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        let set = self.severities.get(&rule.info.id);
        set.copied().unwrap_or(rule.info.severity)
    }

    /// Whether a rule is on, and meant for the stage.
    pub fn run(&self, rule: &Rule) -> bool {
        self.stage.is_none_or(|stage| rule.at(stage)) && self.severity(rule).is_some()
    }
}

/// How documents are checked.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What holds for every document without settings of its own.
    pub common: Settings,
    /// The settings of other documents, each of which may be that of many.
    pub others: Vec<Settings>,
    /// By document, the index of its settings among the others.
    pub of_document: BTreeMap<SourceId, usize>,
    /// By document, an earlier version that it is compared with, and the format that this is read in. It is not checked itself.
    pub earlier: BTreeMap<SourceId, (SourceId, Format)>,
    /// Documents that belong together, whatever they say; those of one set belong to no other.
    pub sets: Vec<Vec<SourceId>>,
    /// Ids of the rules that are run; all where there is none.
    pub only: Option<BTreeSet<String>>,
    /// Whether the documents and facts are given back.
    pub keep: bool,
    /// A clock that gives the time since some moment, where it is asked how long reading and rules take.
    pub clock: Option<fn() -> Duration>,
}

impl Options {
    /// Options with these settings for every document.
    pub fn with(common: Settings) -> Self {
        Self {
            common,
            ..Self::default()
        }
    }

    /// The settings of a document.
    pub fn settings(&self, document: SourceId) -> &Settings {
        let at = self.of_document.get(&document);
        at.and_then(|&at| self.others.get(at))
            .unwrap_or(&self.common)
    }

    /// Whether a rule is among those that were chosen.
    pub fn chose(&self, rule: &Rule) -> bool {
        let only = self.only.as_ref();
        only.is_none_or(|only| only.contains(&rule.info.id))
    }
}

/// What a run came to.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The documents, in the order in which they were given; those that could not be checked are missing.
    pub documents: Vec<DocumentReport>,
    /// Everything to report, in order of file name, place and code.
    pub diagnostics: Vec<Diagnostic>,
    /// What comments in the documents keep from being reported, in the same order.
    pub suppressed: Vec<Suppressed>,
    /// What was looked at.
    pub summary: Summary,
}

/// A document that was checked.
#[derive(Clone, Debug)]
pub struct DocumentReport {
    /// Identity of the author's file.
    pub source: SourceId,
    /// Id of the framework that it was read with.
    pub framework: String,
    /// What it is about.
    pub about: About,
    /// How many facts were found in it.
    pub facts: usize,
    /// The document and its facts, where they were asked for.
    pub read: Option<Read>,
}

/// A document as read.
#[derive(Clone, Debug)]
pub struct Read {
    /// Identity of the author's file.
    pub source: SourceId,
    /// The text and its blocks.
    pub document: Arc<Document>,
    /// What it states.
    pub facts: Arc<Facts>,
    /// What it was read with.
    pub vocabulary: Arc<Vocabulary>,
}

impl Read {
    fn bound<'a>(&'a self, sources: &'a Sources) -> Option<BoundDocument<'a>> {
        Some(BoundDocument {
            source: self.source,
            file: sources.get(self.source)?,
            document: &self.document,
            facts: &self.facts,
            vocabulary: &self.vocabulary,
            version: None,
        })
    }
}

/// What was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents that were checked.
    pub documents: usize,
    /// Sets of two or more documents that were checked together.
    pub sets: usize,
    /// Facts found in them.
    pub facts: usize,
    /// Rules that were run.
    pub rules: usize,
    /// By the id of each rule that was run, what it looked at.
    pub per_rule: BTreeMap<String, Statistics>,
    /// How long reading the documents took, and each rule that was run, summed over threads; nothing without a clock.
    pub took: Took,
}

/// How long the parts of a run took, summed over threads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Took {
    /// Reading documents and finding their facts.
    pub reading: Duration,
    /// By the id of each rule, running it.
    pub per_rule: BTreeMap<String, Duration>,
}

impl Summary {
    /// Checks that could not be decided, because something they need is not stated.
    pub fn undecidable(&self) -> usize {
        self.per_rule
            .values()
            .map(|statistics| statistics.unknown)
            .sum()
    }
}

impl Summary {
    fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.sets += other.sets;
        self.facts += other.facts;
        for (id, statistics) in other.per_rule {
            *self.per_rule.entry(id).or_default() += statistics;
        }
        self.rules = self.per_rule.len();
        self.took.reading += other.took.reading;
        for (id, took) in other.took.per_rule {
            *self.took.per_rule.entry(id).or_default() += took;
        }
    }
}

/// Bytes of text up to which documents are kept from their own check to that of their set; past it the documents of sets
/// are read again, so that memory does not grow with the number of documents.
const KEPT_BYTES: usize = 64 << 20;

/// What running rules gave: what they raised, and what each looked at in which time.
type Ran = (Vec<Diagnostic>, Vec<(Statistics, Duration)>);

/// What one document gave.
struct Checked {
    report: DocumentReport,
    format: Format,
    ran: Ran,
    /// What the comparison with an earlier version gave.
    compared: Option<Ran>,
    reading: Duration,
    suppressions: Vec<Suppression>,
}

/// What every step of a run needs.
struct Run<'a> {
    sources: &'a Sources,
    rules: &'a RuleSet,
    frameworks: &'a Frameworks,
    options: &'a Options,
    /// Whether documents are kept for their sets.
    keep: bool,
    /// Rules that look at each document by itself.
    single: Vec<&'a Rule>,
    /// Rules that look at sets.
    joint: Vec<&'a Rule>,
    /// Rules that look at a document and an earlier version of it.
    comparing: Vec<&'a Rule>,
}

/// Checks documents, each by itself and those about one inspection together.
///
/// A document that brings the program down, which none should, is reported as `internal-error`; the others are checked.
pub fn check(
    sources: &Sources,
    documents: &[(SourceId, Format)],
    rules: &RuleSet,
    frameworks: &Frameworks,
    options: &Options,
) -> Report {
    let settings: BTreeSet<_> = documents
        .iter()
        .map(|(source, _)| options.of_document.get(source))
        .collect();
    let settings: Vec<&Settings> = settings
        .into_iter()
        .map(|at| at.and_then(|&at| options.others.get(at)))
        .map(|settings| settings.unwrap_or(&options.common))
        .collect();
    let runs = |rule: &&Rule| {
        let runs = |settings: &Settings| settings.run(rule);
        let common = settings.is_empty() && options.common.run(rule);
        options.chose(rule) && (common || settings.iter().any(|settings| runs(settings)))
    };
    let in_force = |scope| {
        let rules = rules.iter().filter(runs);
        rules.filter(|rule| rule.scope == scope).collect()
    };
    let texts = documents
        .iter()
        .filter_map(|(source, _)| sources.get(*source));
    let run = Run {
        sources,
        rules,
        frameworks,
        options,
        keep: options.keep || texts.map(|file| file.text().len()).sum::<usize>() <= KEPT_BYTES,
        single: in_force(ScopeConfig::Document),
        joint: in_force(ScopeConfig::Set),
        comparing: if options.earlier.is_empty() {
            Vec::new()
        } else {
            in_force(ScopeConfig::Versions)
        },
    };
    run.check(documents)
}

impl Run<'_> {
    fn check(&self, documents: &[(SourceId, Format)]) -> Report {
        let checked: Vec<_> = documents
            .par_iter()
            .filter_map(|&(source, format)| self.document(source, format))
            .collect();
        let mut report = self.empty_report();
        let mut suppressions = Vec::new();
        let mut found: Vec<Found> = Vec::new();
        for checked in checked {
            match checked {
                Ok(checked) => {
                    report.add(&self.single, checked.ran);
                    if let Some(compared) = checked.compared {
                        report.add(&self.comparing, compared);
                    }
                    report.summary.took.reading += checked.reading;
                    suppressions.extend(checked.suppressions);
                    found.push((checked.report, checked.format));
                }
                Err(problem) => report.diagnostics.push(problem),
            }
        }
        let sets = if self.joint.is_empty() {
            Vec::new()
        } else {
            sets(&found, self.sources, &self.options.sets)
        };
        let together: Vec<_> = sets.par_iter().filter_map(|set| self.set(set)).collect();
        for outcome in together {
            match outcome {
                Ok(ran) => report.add(&self.joint, ran),
                Err(problem) => report.diagnostics.push(problem),
            }
        }
        let in_sets: BTreeSet<SourceId> = sets
            .iter()
            .flatten()
            .map(|(document, _)| document.source)
            .collect();
        report.summary.sets = sets.len();
        (report.diagnostics, report.suppressed) = suppress::apply(
            report.diagnostics,
            &suppressions,
            &self
                .rules
                .iter()
                .map(|rule| rule.info.id.as_str())
                .collect(),
            &|rule, source| self.looked_at(rule, source, in_sets.contains(&source)),
        );
        report.sort(self.sources);
        report.summary.documents = found.len();
        report.summary.facts = found.iter().map(|(document, _)| document.facts).sum();
        report.documents = found
            .into_iter()
            .map(|(document, _)| DocumentReport {
                read: document.read.filter(|_| self.options.keep),
                ..document
            })
            .collect();
        report
    }

    fn empty_report(&self) -> Report {
        let mut report = Report::default();
        let ids = self
            .single
            .iter()
            .chain(&self.joint)
            .chain(&self.comparing)
            .map(|rule| rule.info.id.clone());
        report.summary.per_rule = ids.map(|id| (id, Statistics::default())).collect();
        report.summary.rules = report.summary.per_rule.len();
        report
    }

    /// Checks a document by itself; `None` for an id that no source has.
    fn document(&self, source: SourceId, format: Format) -> Option<Result<Checked, Diagnostic>> {
        let file = self.sources.get(source)?;
        let work = || {
            let (read, reading) = timed(self.options, || self.read(source, file, format));
            let ran = match read.bound(self.sources) {
                Some(bound) => self.run_all(&self.single, vec![bound]),
                None => Default::default(),
            };
            let compared = self.compare(source, &read);
            let suppressions = suppress::suppressions(source, file, &read.document);
            let report = DocumentReport {
                source,
                framework: read.vocabulary.framework.id.clone(),
                about: read.facts.about.clone(),
                facts: read.facts.facts.len(),
                read: self.keep.then_some(read),
            };
            Checked {
                report,
                format,
                ran,
                compared,
                reading,
                suppressions,
            }
        };
        Some(guarded(source, file, work))
    }

    fn read(&self, source: SourceId, file: &SourceFile, format: Format) -> Read {
        read(
            source,
            file,
            format,
            self.rules,
            self.frameworks,
            self.options,
        )
    }

    /// Compares a document with an earlier version of it; `None` where there is none.
    fn compare(&self, source: SourceId, later: &Read) -> Option<Ran> {
        let (source, format) = self.options.earlier.get(&source)?;
        let earlier = self.read(*source, self.sources.get(*source)?, *format);
        let versions = [&earlier, later].into_iter().enumerate();
        let bound = versions.filter_map(|(version, read)| {
            Some(BoundDocument {
                version: Some(version),
                ..read.bound(self.sources)?
            })
        });
        Some(self.run_all(&self.comparing, bound.collect()))
    }

    /// Checks the documents of a set together; `None` for an empty one.
    fn set(&self, set: &[&Found]) -> Option<Result<Ran, Diagnostic>> {
        let (first, _) = set.first()?;
        let work = || {
            let again = |document: &DocumentReport, format| {
                let file = self.sources.get(document.source)?;
                Some(self.read(document.source, file, format))
            };
            let reads: Vec<Read> = set
                .iter()
                .filter_map(|(document, format)| {
                    document.read.clone().or_else(|| again(document, *format))
                })
                .collect();
            let bound = reads
                .iter()
                .filter_map(|read| read.bound(self.sources))
                .collect();
            self.run_all(&self.joint, bound)
        };
        Some(guarded(first.source, self.sources.get(first.source)?, work))
    }

    /// Runs rules one after the other: what they report, and what each looked at in which time.
    fn run_all(&self, rules: &[&Rule], documents: Vec<BoundDocument<'_>>) -> Ran {
        let bound = Bound::new(&self.rules.kinds, documents);
        let (mut diagnostics, mut looked) = (Vec::new(), Vec::with_capacity(rules.len()));
        for rule in rules {
            let (outcome, took) = timed(self.options, || {
                let severity = |source| self.options.settings(source).severity(rule);
                (self.wants(rule, &bound) && applies(rule, &bound))
                    .then(|| engine::run(rule, &bound, &severity))
            });
            let outcome = outcome.unwrap_or_default();
            diagnostics.extend(outcome.diagnostics);
            looked.push((outcome.statistics, took));
        }
        (diagnostics, looked)
    }

    /// Whether a rule is meant for the stage of every document of `bound`, and on for one of them.
    fn wants(&self, rule: &Rule, bound: &Bound<'_>) -> bool {
        let settings = || {
            let documents = bound.documents().iter();
            documents.map(|document| self.options.settings(document.source))
        };
        let stages = |settings: &Settings| settings.stage.is_none_or(|stage| rule.at(stage));
        settings().all(stages) && settings().any(|settings| settings.severity(rule).is_some())
    }

    /// Whether a rule was run over a document.
    fn looked_at(&self, rule: &str, source: SourceId, in_set: bool) -> bool {
        let settings = self.options.settings(source);
        let has = |rules: &[&Rule]| {
            let mut rules = rules.iter();
            rules.any(|known| known.info.id == rule && settings.run(known))
        };
        let compared = self.options.earlier.contains_key(&source);
        has(&self.single) || in_set && has(&self.joint) || compared && has(&self.comparing)
    }
}

impl Report {
    /// What several runs came to together, with no document in two of them.
    pub fn join(runs: impl IntoIterator<Item = Self>, sources: &Sources) -> Self {
        let mut joined = Self::default();
        for run in runs {
            joined.documents.extend(run.documents);
            joined.diagnostics.extend(run.diagnostics);
            joined.suppressed.extend(run.suppressed);
            joined.summary.add(run.summary);
        }
        joined.sort(sources);
        joined
    }

    fn add(&mut self, rules: &[&Rule], (diagnostics, looked): Ran) {
        self.diagnostics.extend(diagnostics);
        let summary = &mut self.summary;
        for (rule, (statistics, took)) in rules.iter().zip(looked) {
            let id = &rule.info.id;
            if let Some(sum) = summary.per_rule.get_mut(id) {
                *sum += statistics;
            }
            if !took.is_zero() {
                *summary.took.per_rule.entry(id.clone()).or_default() += took;
            }
        }
    }

    /// Puts the diagnostics in their order, which depends on the names of files and not on their ids, each once.
    fn sort(&mut self, sources: &Sources) {
        self.diagnostics
            .sort_by_cached_key(|diagnostic| order(diagnostic, sources));
        self.diagnostics.dedup();
        self.suppressed
            .sort_by_cached_key(|suppressed| order(&suppressed.diagnostic, sources));
        self.suppressed.dedup();
    }
}

/// What diagnostics are sorted by.
fn order(diagnostic: &Diagnostic, sources: &Sources) -> impl Ord + use<> {
    let place = diagnostic.primary().map(|label| {
        let name = sources.get(label.source).map_or("", SourceFile::name);
        (name.to_owned(), label.source, label.span)
    });
    let labels: Vec<Span> = diagnostic.labels.iter().map(|label| label.span).collect();
    (
        place,
        diagnostic.code.clone(),
        diagnostic.message.clone(),
        labels,
    )
}

/// Whether a rule is in force where no document has settings of its own.
pub fn runs(rule: &Rule, options: &Options) -> bool {
    options.chose(rule) && options.common.run(rule)
}

/// Whether a rule applies to the documents of `bound`: its framework is theirs, and they were published in its days.
fn applies(rule: &Rule, bound: &Bound<'_>) -> bool {
    bound.documents().iter().all(|document| {
        let framework = &document.vocabulary.framework.id;
        let published = document.facts.about.published;
        let since = rule
            .from
            .is_none_or(|from| published.is_some_and(|days| from <= days.from()));
        let until = rule
            .to
            .is_none_or(|to| published.is_some_and(|days| days.to() <= to));
        (rule.frameworks.is_empty() || rule.frameworks.contains(framework)) && since && until
    })
}

/// Reads a document and finds its facts.
pub fn read(
    source: SourceId,
    file: &SourceFile,
    format: Format,
    rules: &RuleSet,
    frameworks: &Frameworks,
    options: &Options,
) -> Read {
    let document = document::read(file, format);
    let settings = options.settings(source);
    let named = settings
        .framework
        .as_deref()
        .and_then(|id| frameworks.vocabulary(id));
    let vocabulary = named
        .or_else(|| frameworks.recognise(&document.text))
        .unwrap_or_default();
    let mut facts = facts::extract_with(&document, &vocabulary, &rules.kinds);
    if let Some(role) = &settings.role {
        facts.about.role = Some(role.clone());
    }
    Read {
        source,
        document: Arc::new(document),
        facts: Arc::new(facts),
        vocabulary,
    }
}

/// What `work` gives and how long it takes; no time where there is no clock.
fn timed<T>(options: &Options, work: impl FnOnce() -> T) -> (T, Duration) {
    let now = || options.clock.map_or(Duration::ZERO, |clock| clock());
    let start = now();
    let done = work();
    (done, now().saturating_sub(start))
}

/// Runs `work` on a file so that a panic costs that file only.
fn guarded<T>(
    source: SourceId,
    file: &SourceFile,
    work: impl FnOnce() -> T,
) -> Result<T, Diagnostic> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let message = format!(
            "{} could not be checked: this is a defect in Assize",
            file.name()
        );
        Diagnostic::error(INTERNAL, message)
            .at(source, Span::default(), "")
            .help("please report it, with the file if it may be shown")
    })
}

/// A document and the format that it is read in.
type Found = (DocumentReport, Format);

/// The documents that belong together, where there are two or more: those of the sets that are `given`, and of the others those
/// about one inspection (same body, same round, and no two frameworks; one that names no framework may belong to any).
fn sets<'a>(found: &'a [Found], sources: &Sources, given: &[Vec<SourceId>]) -> Vec<Vec<&'a Found>> {
    let mut placed: BTreeSet<SourceId> = BTreeSet::new();
    let by_source: BTreeMap<SourceId, &Found> =
        found.iter().map(|found| (found.0.source, found)).collect();
    let mut sets: Vec<Vec<&Found>> = Vec::new();
    for set in given {
        let fresh = set.iter().filter(|source| placed.insert(**source));
        sets.push(
            fresh
                .filter_map(|source| by_source.get(source).copied())
                .collect(),
        );
    }
    sets.extend(recognised_sets(found, sources, &placed));
    sets.retain(|set| set.len() > 1);
    sets
}

/// The documents about one inspection, leaving out those that are `placed` already.
fn recognised_sets<'a>(
    found: &'a [Found],
    sources: &Sources,
    placed: &BTreeSet<SourceId>,
) -> Vec<Vec<&'a Found>> {
    let mut ordered: Vec<&Found> = found
        .iter()
        .filter(|(document, _)| document.about.subject.is_some())
        .filter(|(document, _)| !placed.contains(&document.source))
        .collect();
    ordered.sort_by_cached_key(|(document, _)| {
        let subject = document
            .about
            .subject
            .as_ref()
            .map(|subject| subject.key().to_owned());
        let name = sources
            .get(document.source)
            .map(|file| file.name().to_owned());
        (subject, document.about.anchor, name)
    });
    let mut sets: Vec<Vec<&Found>> = Vec::new();
    let mut first_of_subject = 0;
    for document in ordered {
        let last = sets.last().and_then(|set| set.first());
        if last.is_none_or(|last| last.0.about.subject != document.0.about.subject) {
            first_of_subject = sets.len();
        }
        let fits = |set: &&mut Vec<&Found>| {
            set.iter()
                .all(|other| belong_together(&other.0, &document.0))
        };
        match sets.iter_mut().skip(first_of_subject).find(fits) {
            Some(set) => set.push(document),
            None => sets.push(vec![document]),
        }
    }
    sets
}

fn belong_together(a: &DocumentReport, b: &DocumentReport) -> bool {
    let general = [a, b]
        .iter()
        .any(|document| document.framework == Frameworks::GENERAL);
    (general || a.framework == b.framework) && a.about.same_inspection(&b.about)
}

/// Every choice of facts that a rule looks at in a document, with its verdict.
pub fn looks(rule: &Rule, read: &Read, sources: &Sources, rules: &RuleSet) -> Vec<Look> {
    match read.bound(sources) {
        Some(bound) if rule.scope == ScopeConfig::Document => {
            let bound = Bound::new(&rules.kinds, vec![bound]);
            if applies(rule, &bound) {
                engine::looks(rule, &bound)
            } else {
                Vec::new()
            }
        }
        _ => Vec::new(),
    }
}

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
    let of_scope = |scope| {
        if rule.scope == scope {
            vec![rule]
        } else {
            Vec::new()
        }
    };
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
    let run = Run {
        sources: &sources,
        rules,
        frameworks,
        options: &options,
        keep: true,
        single: of_scope(ScopeConfig::Document),
        joint: of_scope(ScopeConfig::Set),
        comparing: of_scope(ScopeConfig::Versions),
    };
    let found = run.check(checked).diagnostics;
    let of_rule = found
        .iter()
        .filter(|diagnostic| diagnostic.code == rule.info.id);
    of_rule
        .map(|diagnostic| Raised::of(diagnostic, &sources))
        .collect()
}
