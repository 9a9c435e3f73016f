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
};

use rayon::prelude::*;

use crate::{
    diagnostic::Diagnostic,
    document::{self, Document, Format},
    facts::{self, Facts, about::About},
    framework::{Frameworks, Vocabulary},
    rules::{
        Rule, RuleSet,
        bind::{Bound, BoundDocument},
        config::{ScopeConfig, Stage},
        engine::{self, Look, Statistics},
        examples::{Example, Verification},
        suppress::{self, Suppression},
    },
    source::{SourceFile, Sources},
    span::{SourceId, Span},
};

/// Code of the problem that a document brought the program down.
pub const INTERNAL: &str = "internal-error";

/// How documents are checked.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Id of the framework that every document is read with; recognised from each where there is none.
    pub framework: Option<String>,
    /// The stage that the documents are at; rules of every stage are run where there is none.
    pub stage: Option<Stage>,
    /// Ids of the rules that are run; all where there is none.
    pub only: Option<BTreeSet<String>>,
    /// Whether the documents and facts are given back.
    pub keep: bool,
}

/// What a run came to.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The documents, in the order in which they were given; those that could not be checked are missing.
    pub documents: Vec<DocumentReport>,
    /// Everything to report, in order of file name, place and code.
    pub diagnostics: Vec<Diagnostic>,
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

/// What one document gave.
struct Checked {
    read: Read,
    diagnostics: Vec<Diagnostic>,
    statistics: Vec<Statistics>,
    suppressions: Vec<Suppression>,
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
    let run: Vec<&Rule> = rules.iter().filter(|rule| runs(rule, options)).collect();
    let scoped = |scope| {
        run.iter()
            .copied()
            .filter(|rule| rule.scope == scope)
            .collect::<Vec<_>>()
    };
    let (single, joint) = (scoped(ScopeConfig::Document), scoped(ScopeConfig::Set));
    let checked: Vec<Result<Checked, Diagnostic>> = documents
        .par_iter()
        .filter_map(|&(source, format)| {
            let file = sources.get(source)?;
            Some(guarded(source, file, || {
                let read = read(source, file, format, rules, frameworks, options);
                let (diagnostics, statistics) = match read.bound(sources) {
                    Some(bound) => run_all(&single, &Bound::new(&rules.kinds, vec![bound])),
                    None => Default::default(),
                };
                let suppressions = suppress::suppressions(source, file, &read.document);
                Checked {
                    read,
                    diagnostics,
                    statistics,
                    suppressions,
                }
            }))
        })
        .collect();
    let mut report = Report::default();
    report.summary.rules = run.len();
    report.summary.per_rule = run
        .iter()
        .map(|rule| (rule.info.id.clone(), Statistics::default()))
        .collect();
    let mut suppressions = Vec::new();
    let mut reads = Vec::new();
    for checked in checked {
        match checked {
            Ok(checked) => {
                report.add(&single, checked.diagnostics, &checked.statistics);
                suppressions.extend(checked.suppressions);
                reads.push(checked.read);
            }
            Err(problem) => report.diagnostics.push(problem),
        }
    }
    let sets = if joint.is_empty() {
        Vec::new()
    } else {
        sets(&reads, sources)
    };
    let together: Vec<_> = sets
        .par_iter()
        .filter_map(|set| {
            let first = set.first()?;
            let file = sources.get(first.source)?;
            Some(guarded(first.source, file, || {
                let bound = set.iter().filter_map(|read| read.bound(sources)).collect();
                run_all(&joint, &Bound::new(&rules.kinds, bound))
            }))
        })
        .collect();
    report.summary.sets = sets.len();
    for found in together {
        match found {
            Ok((diagnostics, statistics)) => report.add(&joint, diagnostics, &statistics),
            Err(problem) => report.diagnostics.push(problem),
        }
    }
    let known = rules.iter().map(|rule| rule.info.id.as_str()).collect();
    let ran = single.iter().map(|rule| rule.info.id.as_str());
    let ran = ran.chain(
        joint
            .iter()
            .filter(|_| !sets.is_empty())
            .map(|rule| rule.info.id.as_str()),
    );
    report.diagnostics = suppress::apply(report.diagnostics, &suppressions, &known, &ran.collect());
    report.sort(sources);
    report.summary.documents = reads.len();
    report.summary.facts = reads.iter().map(|read| read.facts.facts.len()).sum();
    report.documents = reads
        .into_iter()
        .map(|read| DocumentReport::new(read, options.keep))
        .collect();
    report
}

impl DocumentReport {
    fn new(read: Read, keep: bool) -> Self {
        Self {
            source: read.source,
            framework: read.vocabulary.framework.id.clone(),
            about: read.facts.about.clone(),
            facts: read.facts.facts.len(),
            read: keep.then_some(read),
        }
    }
}

impl Report {
    fn add(&mut self, rules: &[&Rule], diagnostics: Vec<Diagnostic>, statistics: &[Statistics]) {
        self.diagnostics.extend(diagnostics);
        for (rule, statistics) in rules.iter().zip(statistics) {
            if let Some(sum) = self.summary.per_rule.get_mut(&rule.info.id) {
                *sum += *statistics;
            }
        }
    }

    /// Puts the diagnostics in their order, which depends on the names of files and not on their ids, each once.
    fn sort(&mut self, sources: &Sources) {
        self.diagnostics.sort_by_cached_key(|diagnostic| {
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
        });
        self.diagnostics.dedup();
    }
}

/// Whether a rule is in force.
pub fn runs(rule: &Rule, options: &Options) -> bool {
    let at_stage = options
        .stage
        .is_none_or(|stage| rule.stages.is_empty() || rule.stages.contains(&stage));
    let chosen = options
        .only
        .as_ref()
        .is_none_or(|only| only.contains(&rule.info.id));
    rule.info.severity.is_some() && at_stage && chosen
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
    let named = options
        .framework
        .as_deref()
        .and_then(|id| frameworks.vocabulary(id));
    let vocabulary = named
        .or_else(|| frameworks.recognise(&document.text))
        .unwrap_or_default();
    let facts = facts::extract_with(&document, &vocabulary, &rules.kinds);
    Read {
        source,
        document: Arc::new(document),
        facts: Arc::new(facts),
        vocabulary,
    }
}

/// Runs rules one after the other: what they report, and what each looked at.
fn run_all(rules: &[&Rule], bound: &Bound<'_>) -> (Vec<Diagnostic>, Vec<Statistics>) {
    let mut diagnostics = Vec::new();
    let mut statistics = Vec::with_capacity(rules.len());
    for rule in rules {
        if applies(rule, bound) {
            let outcome = engine::run(rule, bound);
            diagnostics.extend(outcome.diagnostics);
            statistics.push(outcome.statistics);
        } else {
            statistics.push(Statistics::default());
        }
    }
    (diagnostics, statistics)
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

/// The documents about one inspection, where there are two or more: same body, same round, and no two frameworks; one that
/// names no framework may belong to any.
fn sets<'a>(reads: &'a [Read], sources: &Sources) -> Vec<Vec<&'a Read>> {
    let mut ordered: Vec<&Read> = reads
        .iter()
        .filter(|read| read.facts.about.subject.is_some())
        .collect();
    ordered.sort_by_cached_key(|read| {
        let about = &read.facts.about;
        let subject = about
            .subject
            .as_ref()
            .map(|subject| subject.key().to_owned());
        let name = sources.get(read.source).map(|file| file.name().to_owned());
        (subject, about.anchor, name)
    });
    let mut sets: Vec<Vec<&Read>> = Vec::new();
    let mut first_of_subject = 0;
    for read in ordered {
        let subject = &read.facts.about.subject;
        let last = sets.last().and_then(|set| set.first());
        if last.is_none_or(|last| last.facts.about.subject != *subject) {
            first_of_subject = sets.len();
        }
        let fits = |set: &&mut Vec<&Read>| set.iter().all(|other| belong_together(other, read));
        match sets.iter_mut().skip(first_of_subject).find(fits) {
            Some(set) => set.push(read),
            None => sets.push(vec![read]),
        }
    }
    sets.retain(|set| set.len() > 1);
    sets
}

fn belong_together(a: &Read, b: &Read) -> bool {
    let (one, other) = (&a.vocabulary.framework.id, &b.vocabulary.framework.id);
    let framework = one == other || [one, other].iter().any(|id| **id == Frameworks::GENERAL);
    framework && a.facts.about.same_inspection(&b.facts.about)
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
                    match unknown_framework(&example, frameworks) {
                        Some(problem) => problems.push(problem),
                        None => work.push((rule, example)),
                    }
                }
            }
            Err(found) => problems.extend(found),
        }
    }
    let ran = work.into_par_iter().map(|(rule, example)| {
        let verification = run_example(rule, &example, rules, frameworks);
        ExampleReport {
            rule: rule.info.id.clone(),
            example,
            verification,
        }
    });
    reports.extend(ran.collect::<Vec<_>>());
    (reports, problems)
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
) -> Verification {
    let mut sources = Sources::new();
    let options = Options {
        framework: example.framework.clone(),
        ..Options::default()
    };
    let reads: Vec<Read> = example
        .documents
        .iter()
        .map(|(name, format, text)| {
            let file = SourceFile::new(name, text);
            let source = sources.add(file.clone());
            read(source, &file, *format, rules, frameworks, &options)
        })
        .collect();
    let together = match rule.scope {
        ScopeConfig::Set => sets(&reads, &sources),
        ScopeConfig::Document => reads.iter().map(|read| vec![read]).collect(),
    };
    let run = |set: Vec<&Read>| {
        let bound = set.iter().filter_map(|read| read.bound(&sources)).collect();
        let bound = Bound::new(&rules.kinds, bound);
        if applies(rule, &bound) {
            engine::run(rule, &bound).diagnostics
        } else {
            Vec::new()
        }
    };
    let found: Vec<Diagnostic> = together.into_iter().flat_map(run).collect();
    example.verify(&found, &sources)
}
