//! Documents in, diagnostics out: the one function that the command line, the editor and the tests call.
//!
//! ```text
//! read ─► facts ─► document rules ─┐                 each document by itself, in parallel
//!              └─► sets ─► set rules ─┴─► suppressed ─► sorted
//! ```
//!
//! Nothing here reads a file or a clock: the same texts give the same report, in whatever order they come. Documents are asked
//! for at a [`Desk`] when their turn comes, and let go when they were looked at, so that memory does not grow with their number.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use jiff::civil::Date;
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
        suppress::{self, Excuse, Known, Suppression},
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
    /// Whether files are given back whole, and not only what diagnostics show of them.
    pub whole: bool,
    /// By document, what the file beside it lets stand.
    pub excuses: BTreeMap<SourceId, Vec<Excuse>>,
    /// The day on which documents are checked, for what may stand until some day; where there is none, it may on.
    pub today: Option<Date>,
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

    /// The settings of documents, each once; those that are common where there is no document.
    fn settings_of(&self, documents: &[SourceId]) -> Vec<&Settings> {
        let settings: BTreeSet<_> = documents
            .iter()
            .map(|source| self.of_document.get(source))
            .collect();
        if settings.is_empty() {
            return vec![&self.common];
        }
        settings
            .into_iter()
            .map(|at| at.and_then(|&at| self.others.get(at)))
            .map(|settings| settings.unwrap_or(&self.common))
            .collect()
    }

    /// Whether a rule is in force under one of the settings.
    fn runs(&self, rule: &Rule, settings: &[&Settings]) -> bool {
        self.chose(rule) && settings.iter().any(|settings| settings.run(rule))
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
    /// What comments in the documents, and files beside them, keep from being reported, in the same order.
    pub suppressed: Vec<Suppressed>,
    /// Documents that could not be read, in the order in which they were given, and why.
    pub unread: Vec<(SourceId, Diagnostic)>,
    /// What is left of the documents that were checked from a [`Desk`]: what diagnostics show of them, or all where that was
    /// asked for.
    pub files: Vec<(SourceId, SourceFile)>,
    /// What was looked at.
    pub summary: Summary,
}

/// A document that was checked.
#[derive(Clone, Debug)]
pub struct DocumentReport {
    /// Identity of the author's file.
    pub source: SourceId,
    /// The format that it was read in.
    pub format: Format,
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
    fn bound<'a>(&'a self, file: &'a SourceFile) -> BoundDocument<'a> {
        BoundDocument {
            source: self.source,
            file,
            document: &self.document,
            facts: &self.facts,
            vocabulary: &self.vocabulary,
            version: None,
        }
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
const KEPT_BYTES: usize = 4 << 20;
/// Documents that are looked at before what they gave is put together.
const BATCH: usize = 256;

/// A document as a [`Desk`] gives it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The author's file.
    pub file: SourceFile,
    /// The format that it is read in.
    pub format: Format,
    /// The document and its facts, where they are known and the file need not be read for them.
    pub read: Option<Read>,
}

impl From<(SourceFile, Format)> for Opened {
    /// A file that is to be read.
    fn from((file, format): (SourceFile, Format)) -> Self {
        Self {
            file,
            format,
            read: None,
        }
    }
}

/// Documents that are looked at together, in their order.
#[derive(Clone, Copy, Debug)]
pub struct Group<'a> {
    /// Their files.
    pub documents: &'a [SourceId],
    /// Of documents on two successive inspections, how many are about the earlier one; none for a set.
    pub earlier: Option<usize>,
}

/// Where the documents of a run come from.
pub trait Desk: Sync {
    /// Gives a document, and the format that it is read in. A document whose set is looked at may be asked for twice.
    ///
    /// # Errors
    ///
    /// A diagnostic when it cannot be read, or is not what it was the first time.
    fn open(&self, document: SourceId) -> Result<Opened, Diagnostic>;

    /// Is told that a document was checked by itself, or could not be.
    fn done(&self, _document: SourceId) {}

    /// What the rules that look at each document by itself found in this one, where an earlier run kept it and they would find
    /// the same today.
    fn recall(&self, _document: SourceId) -> Option<Outcome> {
        None
    }

    /// Is told what those rules found in a document, to recall it in another run.
    fn keep(&self, _outcome: &Outcome) {}

    /// What the rules that look at several documents found in these; see [`Self::recall`].
    fn recall_group(&self, _group: Group<'_>) -> Option<Together> {
        None
    }

    /// Is told what those rules found in a group.
    fn keep_group(&self, _group: Group<'_>, _together: &Together) {}
}

/// Documents that are in memory.
struct InMemory<'a> {
    sources: &'a Sources,
    formats: BTreeMap<SourceId, Format>,
}

impl Desk for InMemory<'_> {
    fn open(&self, document: SourceId) -> Result<Opened, Diagnostic> {
        let file = self.sources.get(document).cloned();
        let format = self.formats.get(&document).copied();
        file.zip(format)
            .map(Opened::from)
            .ok_or_else(|| Diagnostic::error("unreadable-file", "there is no such document"))
    }
}

/// A rule, and its number among all of its set.
type Numbered<'a> = (usize, &'a Rule);

/// What running rules gave.
#[derive(Clone, Debug, Default)]
pub struct Ran {
    /// What they raised.
    pub diagnostics: Vec<Diagnostic>,
    /// By the number of each rule that looked at something, what it looked at in which time.
    pub looked: Vec<(usize, Statistics, Duration)>,
}

/// What one document gave by itself.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What it is.
    pub document: DocumentReport,
    /// What rules found in it.
    pub ran: Ran,
    /// What is left of its file.
    pub file: SourceFile,
    /// Bytes of it that are shown.
    pub shown: Vec<Span>,
}

/// What the documents of a group gave together.
#[derive(Clone, Debug)]
pub struct Together {
    /// What rules found in them.
    pub ran: Ran,
    /// What is left of the files that have a place in it.
    pub files: Vec<(SourceId, SourceFile)>,
}

/// A document that was checked by itself, and what else it gave.
struct Checked {
    outcome: Outcome,
    /// The document for its set, where there was room to keep it.
    kept: Option<(Read, SourceFile)>,
    /// What the comparison with an earlier version gave.
    compared: Option<Ran>,
    reading: Duration,
    suppressions: Vec<Suppression>,
}

/// A document that was checked by itself, and may have a set.
struct Found {
    report: DocumentReport,
    file: SourceFile,
    shown: Vec<Span>,
    kept: Option<(Read, SourceFile)>,
}

/// Why there is nothing to tell of a document or set.
enum Failed {
    /// A document could not be read.
    Unread(SourceId, Diagnostic),
    /// It brought the program down.
    Broken(Diagnostic),
}

/// What every step of a run needs.
struct Run<'a> {
    desk: &'a dyn Desk,
    /// Names of all files, and the texts of earlier versions.
    sources: &'a Sources,
    rules: &'a RuleSet,
    frameworks: &'a Frameworks,
    options: &'a Options,
    /// Whether what is not shown of files is let go.
    cut: bool,
    /// Bytes of text for which there is room to keep documents for their sets.
    room: AtomicUsize,
    /// Rules that look at each document by itself.
    single: Vec<Numbered<'a>>,
    /// Rules that look at sets.
    joint: Vec<Numbered<'a>>,
    /// Rules that look at two successive inspections.
    serial: Vec<Numbered<'a>>,
    /// Rules that look at a document and an earlier version of it.
    comparing: Vec<Numbered<'a>>,
}

/// Checks documents that are in memory, each by itself and those about one inspection together.
///
/// A document that brings the program down, which none should, is reported as `internal-error`; the others are checked.
pub fn check(
    sources: &Sources,
    documents: &[(SourceId, Format)],
    rules: &RuleSet,
    frameworks: &Frameworks,
    options: &Options,
) -> Report {
    let desk = InMemory {
        sources,
        formats: documents.iter().copied().collect(),
    };
    let known = documents.iter().map(|(source, _)| *source);
    let known: Vec<_> = known
        .filter(|source| sources.get(*source).is_some())
        .collect();
    let run = Run::new(&desk, sources, &known, rules, frameworks, options);
    run.check(&known)
}

/// As [`check`], with each document asked for at a desk when its turn comes. The `sources` have their names. What is to be
/// shown of them is given back in [`Report::files`].
pub fn check_from(
    desk: &dyn Desk,
    sources: &Sources,
    documents: &[SourceId],
    rules: &RuleSet,
    frameworks: &Frameworks,
    options: &Options,
) -> Report {
    let run = Run::new(desk, sources, documents, rules, frameworks, options);
    let run = Run {
        cut: !options.whole,
        ..run
    };
    run.check(documents)
}

impl<'a> Run<'a> {
    fn new(
        desk: &'a dyn Desk,
        sources: &'a Sources,
        documents: &[SourceId],
        rules: &'a RuleSet,
        frameworks: &'a Frameworks,
        options: &'a Options,
    ) -> Self {
        let settings = options.settings_of(documents);
        let in_force = |scope| {
            let rules = rules.iter().enumerate();
            let rules = rules.filter(|(_, rule)| rule.scope == scope);
            rules
                .filter(|(_, rule)| options.runs(rule, &settings))
                .collect()
        };
        Self {
            desk,
            sources,
            rules,
            frameworks,
            options,
            cut: false,
            room: AtomicUsize::new(KEPT_BYTES),
            single: in_force(ScopeConfig::Document),
            joint: in_force(ScopeConfig::Set),
            serial: in_force(ScopeConfig::Series),
            comparing: if options.earlier.is_empty() {
                Vec::new()
            } else {
                in_force(ScopeConfig::Versions)
            },
        }
    }

    fn check(&self, documents: &[SourceId]) -> Report {
        let mut report = Report::default();
        let mut looked = Looked::default();
        let mut suppressions = Vec::new();
        let mut found: Vec<Found> = Vec::new();
        for batch in documents.chunks(BATCH) {
            let checked = batch.par_iter().map(|&source| {
                let checked = self.document(source);
                self.desk.done(source);
                checked
            });
            for checked in checked.collect::<Vec<_>>() {
                match checked {
                    Ok(checked) => {
                        let outcome = checked.outcome;
                        report.diagnostics.extend(looked.add(outcome.ran));
                        let compared = checked.compared.into_iter();
                        report
                            .diagnostics
                            .extend(compared.flat_map(|ran| looked.add(ran)));
                        report.summary.took.reading += checked.reading;
                        suppressions.extend(checked.suppressions);
                        found.push(Found {
                            report: outcome.document,
                            file: outcome.file,
                            shown: outcome.shown,
                            kept: checked.kept,
                        });
                    }
                    Err(failed) => report.fail(failed),
                }
            }
        }
        let sets = if self.joint.is_empty() {
            Vec::new()
        } else {
            sets(&found, self.sources, &self.options.sets)
        };
        let mut shown: BTreeMap<SourceId, SourceFile> = BTreeMap::new();
        let series = if self.serial.is_empty() {
            Vec::new()
        } else {
            series(&found, self.sources, &self.options.sets)
        };
        let mut told: Vec<_> = sets.par_iter().map(|set| self.set(set)).collect();
        told.par_extend(series.par_iter().map(|rounds| self.series(rounds)));
        for outcome in told {
            match outcome {
                Ok(together) => {
                    report.diagnostics.extend(looked.add(together.ran));
                    for (source, file) in together.files {
                        let known = shown.get(&source).map(|known| known.joined(&file));
                        shown.insert(source, known.unwrap_or(file));
                    }
                }
                Err(failed) => report.fail(failed),
            }
        }
        let sources_of = |found: &&Found| found.report.source;
        let in_sets: BTreeSet<SourceId> = sets.iter().flatten().map(sources_of).collect();
        let in_series: BTreeSet<SourceId> =
            series.iter().flatten().flatten().map(sources_of).collect();
        report.summary.sets = sets.len();
        (report.diagnostics, report.suppressed) = suppress::apply(
            report.diagnostics,
            &suppressions,
            &Known {
                rules: self
                    .rules
                    .iter()
                    .map(|rule| rule.info.id.as_str())
                    .collect(),
                ran: &|rule, source| {
                    self.looked_at(rule, source, in_sets.contains(&source))
                        || in_series.contains(&source)
                            && self.serial.iter().any(|(_, known)| known.info.id == rule)
                },
                today: self.options.today,
            },
        );
        report.sort(self.sources);
        report.summary.documents = found.len();
        report.summary.facts = found.iter().map(|found| found.report.facts).sum();
        for found in found {
            let source = found.report.source;
            let file = shown.remove(&source).unwrap_or(found.file);
            report.files.push((source, file));
            let read = found.kept.map(|(read, _)| read);
            report.documents.push(DocumentReport {
                read: read.filter(|_| self.options.keep),
                ..found.report
            });
        }
        self.count(&mut report, &looked);
        report
    }

    /// Says of every rule that was in force for one of the documents what it looked at.
    fn count(&self, report: &mut Report, looked: &Looked) {
        let documents = report.documents.iter().map(|document| document.source);
        let settings = self.options.settings_of(&documents.collect::<Vec<_>>());
        let joint = self.joint.iter().chain(&self.serial);
        let rules = self.single.iter().chain(joint).chain(&self.comparing);
        for (number, rule) in rules.filter(|(_, rule)| self.options.runs(rule, &settings)) {
            let id = &rule.info.id;
            let (statistics, took) = looked.by_rule.get(number).copied().unwrap_or_default();
            report.summary.per_rule.insert(id.clone(), statistics);
            if !took.is_zero() {
                report.summary.took.per_rule.insert(id.clone(), took);
            }
        }
        report.summary.rules = report.summary.per_rule.len();
    }

    /// Checks a document by itself, unless what it gives is known.
    fn document(&self, source: SourceId) -> Result<Checked, Failed> {
        // What is known was found where nothing was silenced.
        let excused = self.options.excuses.contains_key(&source);
        if !excused && let Some(outcome) = self.desk.recall(source) {
            return Ok(Checked {
                outcome,
                kept: None,
                compared: None,
                reading: Duration::ZERO,
                suppressions: Vec::new(),
            });
        }
        let opened = self.desk.open(source);
        let opened = opened.map_err(|problem| Failed::Unread(source, problem))?;
        let work = || self.checked(source, &opened);
        let checked = guarded(source, opened.file.name(), work).map_err(Failed::Broken)?;
        // What a comment silences may be found in a set.
        if checked.compared.is_none() && checked.suppressions.is_empty() {
            self.desk.keep(&checked.outcome);
        }
        Ok(checked)
    }

    fn checked(&self, source: SourceId, opened: &Opened) -> Checked {
        let (file, format) = (&opened.file, opened.format);
        let (read, reading) = timed(self.options, || self.read(source, opened));
        let ran = self.run_all(&self.single, vec![read.bound(file)]);
        let compared = self.compare(source, &read, file);
        let beside = self.options.excuses.get(&source);
        let beside = beside.map_or(&[][..], Vec::as_slice);
        let suppressions = suppress::suppressions(source, file, &read.document, beside);
        let raised = compared.iter().flat_map(|ran| &ran.diagnostics);
        let mut shown = places(ran.diagnostics.iter().chain(raised), source);
        let here = suppressions.iter().map(|suppression| suppression.at);
        shown.extend(here.filter(|(of, _)| *of == source).map(|(_, span)| span));
        let document = DocumentReport {
            source,
            format,
            framework: read.vocabulary.framework.id.clone(),
            about: read.facts.about.clone(),
            facts: read.facts.facts.len(),
            read: None,
        };
        let kept = self.keeps(&document, file).then(|| (read, file.clone()));
        Checked {
            outcome: Outcome {
                file: self.left(file, &shown),
                document,
                ran,
                shown,
            },
            kept,
            compared,
            reading,
            suppressions,
        }
    }

    /// Whether a document is kept: where that is asked for, and for a set that it may belong to, as long as there is room.
    fn keeps(&self, document: &DocumentReport, file: &SourceFile) -> bool {
        let given = || {
            let mut sets = self.options.sets.iter();
            sets.any(|set| set.contains(&document.source))
        };
        let may_have_mates = || document.about.subject.is_some() || given();
        let takes_room = || {
            let less = |room: usize| room.checked_sub(file.len());
            let (order, read) = (Ordering::Relaxed, Ordering::Relaxed);
            self.room.fetch_update(order, read, less).is_ok()
        };
        let joint = !self.joint.is_empty() || !self.serial.is_empty();
        self.options.keep || joint && may_have_mates() && takes_room()
    }

    /// What is left of a file of which these bytes are shown.
    fn left(&self, file: &SourceFile, shown: &[Span]) -> SourceFile {
        if self.cut {
            file.cut(shown)
        } else {
            file.clone()
        }
    }

    fn read(&self, source: SourceId, opened: &Opened) -> Read {
        let again = || {
            read(
                source,
                &opened.file,
                opened.format,
                self.rules,
                self.frameworks,
                self.options,
            )
        };
        opened.read.clone().unwrap_or_else(again)
    }

    /// Compares a document with an earlier version of it; `None` where there is none.
    fn compare(&self, source: SourceId, later: &Read, file: &SourceFile) -> Option<Ran> {
        let (source, format) = self.options.earlier.get(&source)?;
        let before = self.sources.get(*source)?;
        let earlier = self.read(*source, &Opened::from((before.clone(), *format)));
        let versions = [earlier.bound(before), later.bound(file)];
        let bound = versions.into_iter().enumerate();
        let bound = bound.map(|(version, bound)| BoundDocument {
            version: Some(version),
            ..bound
        });
        Some(self.run_all(&self.comparing, bound.collect()))
    }

    /// Checks the documents of a set together.
    fn set(&self, set: &[&Found]) -> Result<Together, Failed> {
        self.group(set, None, &self.joint)
    }

    /// Checks the documents of two successive inspections of one body together.
    fn series(&self, [earlier, later]: &[Vec<&Found>; 2]) -> Result<Together, Failed> {
        let all: Vec<&Found> = earlier.iter().chain(later).copied().collect();
        self.group(&all, Some(earlier.len()), &self.serial)
    }

    /// Runs rules on documents together, unless what they find is known. The first `earlier` of them are on an earlier inspection.
    fn group(
        &self,
        found: &[&Found],
        earlier: Option<usize>,
        rules: &[Numbered<'_>],
    ) -> Result<Together, Failed> {
        let documents: Vec<_> = found.iter().map(|found| found.report.source).collect();
        let group = Group {
            documents: &documents,
            earlier,
        };
        if let Some(together) = self.desk.recall_group(group) {
            return Ok(together);
        }
        let files = self.brought(found)?;
        let work = || {
            let reads = self.reads(found, &files);
            let bound = reads.iter().zip(&files).enumerate();
            let bound = bound.map(|(at, (read, Opened { file, .. }))| BoundDocument {
                version: earlier.map(|earlier| usize::from(at >= earlier)),
                ..read.bound(file)
            });
            let ran = self.run_all(rules, bound.collect());
            Together {
                files: self.told(found, &files, &ran),
                ran,
            }
        };
        let (source, name) = first_of(found, &files);
        let together = guarded(source, name, work).map_err(Failed::Broken)?;
        self.desk.keep_group(group, &together);
        Ok(together)
    }

    /// What is left of the files that have a place in what was found.
    fn told(&self, found: &[&Found], files: &[Opened], ran: &Ran) -> Vec<(SourceId, SourceFile)> {
        let files = found.iter().zip(files);
        let told = files.filter_map(|(found, Opened { file, .. })| {
            let source = found.report.source;
            let mut shown = places(&ran.diagnostics, source);
            let more = !shown.is_empty();
            shown.extend(&found.shown);
            more.then(|| (source, self.left(file, &shown)))
        });
        told.collect()
    }

    /// The files of documents that are looked at together, and how those that were kept were read.
    fn brought(&self, set: &[&Found]) -> Result<Vec<Opened>, Failed> {
        let each = set.iter().map(|found| {
            if let Some((read, file)) = &found.kept {
                return Ok(Opened {
                    file: file.clone(),
                    format: found.report.format,
                    read: Some(read.clone()),
                });
            }
            let source = found.report.source;
            let opened = self.desk.open(source);
            opened.map_err(|problem| Failed::Unread(source, problem))
        });
        each.collect()
    }

    fn reads(&self, set: &[&Found], files: &[Opened]) -> Vec<Read> {
        let documents = set.iter().zip(files);
        let reads = documents.map(|(found, opened)| self.read(found.report.source, opened));
        reads.collect()
    }

    /// Runs rules one after the other: what they report, and what each looked at in which time.
    fn run_all(&self, rules: &[Numbered<'_>], documents: Vec<BoundDocument<'_>>) -> Ran {
        let bound = Bound::new(&self.rules.kinds, documents);
        let (mut diagnostics, mut looked) = (Vec::new(), Vec::new());
        for (number, rule) in rules {
            let (outcome, took) = timed(self.options, || {
                let severity = |source| self.options.settings(source).severity(rule);
                (self.wants(rule, &bound) && applies(rule, &bound))
                    .then(|| engine::run(rule, &bound, &severity))
            });
            let outcome = outcome.unwrap_or_default();
            diagnostics.extend(outcome.diagnostics);
            if outcome.statistics != Statistics::default() || !took.is_zero() {
                looked.push((*number, outcome.statistics, took));
            }
        }
        Ran {
            diagnostics,
            looked,
        }
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
        let has = |rules: &[Numbered<'_>]| {
            let mut rules = rules.iter();
            rules.any(|(_, known)| known.info.id == rule && settings.run(known))
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
            joined.unread.extend(run.unread);
            joined.files.extend(run.files);
            joined.summary.add(run.summary);
        }
        joined.sort(sources);
        joined.unread.sort_by_key(|(source, _)| *source);
        joined
    }

    fn fail(&mut self, failed: Failed) {
        match failed {
            Failed::Unread(source, problem) => self.unread.push((source, problem)),
            Failed::Broken(problem) => self.diagnostics.push(problem),
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

/// What rules looked at in all documents, and how long it took.
#[derive(Default)]
struct Looked {
    /// By the number of the rule.
    by_rule: BTreeMap<usize, (Statistics, Duration)>,
}

impl Looked {
    /// Counts what rules looked at, and hands on what they raised.
    fn add(&mut self, ran: Ran) -> Vec<Diagnostic> {
        for (number, statistics, took) in ran.looked {
            let sum = self.by_rule.entry(number).or_default();
            sum.0 += statistics;
            sum.1 += took;
        }
        ran.diagnostics
    }
}

/// The places in a file that diagnostics show.
fn places<'a>(
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
    source: SourceId,
) -> Vec<Span> {
    let labels = diagnostics.into_iter().flat_map(|found| &found.labels);
    let labels = labels.filter(|label| label.source == source);
    labels.map(|label| label.span).collect()
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
///
/// # Errors
///
/// A diagnostic of the code [`INTERNAL`] where it panics.
pub fn guarded<T>(source: SourceId, name: &str, work: impl FnOnce() -> T) -> Result<T, Diagnostic> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let message = format!("{name} could not be checked: this is a defect in Assize");
        Diagnostic::error(INTERNAL, message)
            .at(source, Span::default(), "")
            .help("please report it, with the file if it may be shown")
    })
}

/// The documents that belong together, where there are two or more: those of the sets that are `given`, and of the others those
/// about one inspection (same body, same round, and no two frameworks; one that names no framework may belong to any).
fn sets<'a>(found: &'a [Found], sources: &Sources, given: &[Vec<SourceId>]) -> Vec<Vec<&'a Found>> {
    let mut placed: BTreeSet<SourceId> = BTreeSet::new();
    let by_source: BTreeMap<SourceId, &Found> = found
        .iter()
        .map(|found| (found.report.source, found))
        .collect();
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
        .filter(|found| found.report.about.subject.is_some())
        .filter(|found| !placed.contains(&found.report.source))
        .collect();
    ordered.sort_by_cached_key(|found| {
        let document = &found.report;
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
        if last.is_none_or(|last| last.report.about.subject != document.report.about.subject) {
            first_of_subject = sets.len();
        }
        let fits = |set: &&mut Vec<&Found>| {
            set.iter()
                .all(|other| belong_together(&other.report, &document.report))
        };
        match sets.iter_mut().skip(first_of_subject).find(fits) {
            Some(set) => set.push(document),
            None => sets.push(vec![document]),
        }
    }
    sets
}

/// The documents of each two successive inspections of one body, the earlier ones first: those of the sets that are `given`, and
/// of the others those that name the same body.
fn series<'a>(
    found: &'a [Found],
    sources: &Sources,
    given: &[Vec<SourceId>],
) -> Vec<[Vec<&'a Found>; 2]> {
    let mut groups: BTreeMap<(Option<usize>, Option<String>), Vec<&Found>> = BTreeMap::new();
    let set_of: BTreeMap<SourceId, usize> = given
        .iter()
        .enumerate()
        .flat_map(|(set, documents)| documents.iter().map(move |document| (*document, set)))
        .collect();
    for document in found {
        let about = &document.report.about;
        let set = set_of.get(&document.report.source).copied();
        let subject = about
            .subject
            .as_ref()
            .map(|subject| subject.key().to_owned());
        if about.anchor.is_some() && (set.is_some() || subject.is_some()) {
            let subject = subject.filter(|_| set.is_none());
            groups.entry((set, subject)).or_default().push(document);
        }
    }
    let pairs = groups.into_values().flat_map(|mut group| {
        group.sort_by_cached_key(|found| {
            let name = sources.get(found.report.source).map(SourceFile::name);
            (found.report.about.anchor, name.map(str::to_owned))
        });
        let rounds: Vec<&[&Found]> = group
            .chunk_by(|a, b| a.report.about.same_round(&b.report.about))
            .collect();
        let pairs = rounds.windows(2).filter_map(|pair| match pair {
            [earlier, later] => Some([earlier.to_vec(), later.to_vec()]),
            _ => None,
        });
        pairs.collect::<Vec<_>>()
    });
    pairs.collect()
}

/// Whose place a problem of documents that are looked at together is reported at.
fn first_of<'a>(set: &[&Found], files: &'a [Opened]) -> (SourceId, &'a str) {
    let first = set.first().zip(files.first());
    first.map_or((SourceId(0), ""), |(found, opened)| {
        (found.report.source, opened.file.name())
    })
}

fn belong_together(a: &DocumentReport, b: &DocumentReport) -> bool {
    let general = [a, b]
        .iter()
        .any(|document| document.framework == Frameworks::GENERAL);
    (general || a.framework == b.framework) && a.about.same_inspection(&b.about)
}

/// Every choice of facts that a rule looks at in a document, with its verdict.
pub fn looks(rule: &Rule, read: &Read, sources: &Sources, rules: &RuleSet) -> Vec<Look> {
    match sources.get(read.source) {
        Some(file) if rule.scope == ScopeConfig::Document => {
            let bound = Bound::new(&rules.kinds, vec![read.bound(file)]);
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
    options.only = Some(BTreeSet::from([rule.info.id.clone()]));
    let found = check(&sources, checked, rules, frameworks, &options).diagnostics;
    let of_rule = found
        .iter()
        .filter(|diagnostic| diagnostic.code == rule.info.id);
    of_rule
        .map(|diagnostic| Raised::of(diagnostic, &sources))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        output::{Format as Output, Results, Screen, Summary},
        rules::builtin,
    };

    /// Documents that are handed out whenever they are asked for.
    struct Shelf(Vec<SourceFile>);

    impl Desk for Shelf {
        fn open(&self, document: SourceId) -> Result<Opened, Diagnostic> {
            let file = self.0.get(document.0 as usize).cloned();
            let missing = || Diagnostic::error("unreadable-file", "missing");
            let file = file.filter(|file| file.name() != "missing.md");
            Ok(Opened::from((file.ok_or_else(missing)?, Format::Markdown)))
        }
    }

    /// A report and its press release, which give two values, far apart from each other and from a third problem.
    fn shelf() -> Shelf {
        let filler = "Inspectors met members of staff.\n\n".repeat(40);
        let report = format!(
            "# Inspection of Eastmere Council\n\nPublished 3 May 2024\n\nEastmere Council rose from 30% to 38%, up 11 percentage \
             points.\n\n{filler}Leadership was rated fair and prevention was rated fair.\n\n{filler}They came on 31 April 2024, “é.\n"
        );
        let release = format!(
            "# Press release: Eastmere Council\n\nPublished 3 May 2024\n\n{filler}Eastmere Council spoke. The council was rated good for \
             leadership.\n\n{filler}"
        );
        Shelf(vec![
            SourceFile::new("a.md", &report),
            SourceFile::new("missing.md", ""),
            SourceFile::new("b.md", &release),
        ])
    }

    /// The report of a run from the shelf, as every format shows it that does not show documents whole.
    fn shown(cut: bool, room: usize) -> (Report, Vec<String>) {
        let mut sources = Sources::new();
        let shelf = shelf();
        let documents = shelf.0.iter();
        let documents = documents.map(|file| sources.add(SourceFile::new(file.name(), "")));
        let documents: Vec<_> = documents.collect();
        let frameworks = Frameworks::builtin(&mut sources).expect("sound packs");
        let rules = builtin::load(&mut sources, &frameworks).rules;
        let options = Options::default();
        let run = Run::new(&shelf, &sources, &documents, &rules, &frameworks, &options);
        let run = Run {
            cut,
            room: AtomicUsize::new(room),
            ..run
        };
        let report = run.check(&documents);
        for (source, file) in &report.files {
            sources.put(*source, file.clone());
        }
        let summary = Summary::default();
        let results = Results::new(&report.diagnostics, &summary, &sources);
        let screen = Screen {
            colour: false,
            width: 60,
        };
        let formats = Output::ALL
            .iter()
            .filter(|format| !format.shows_documents());
        let texts = formats.map(|format| {
            let mut out = Vec::new();
            format
                .render(&results, screen, &mut out)
                .expect("in memory");
            String::from_utf8(out).expect("UTF-8")
        });
        let texts = texts.collect();
        (report, texts)
    }

    #[test]
    fn what_is_shown_does_not_depend_on_what_is_kept() {
        let (whole, texts) = shown(false, KEPT_BYTES);
        let codes: BTreeSet<_> = whole.diagnostics.iter().map(|found| &*found.code).collect();
        for code in ["set-rating-differs", "date-impossible", "change-arithmetic"] {
            assert!(codes.contains(code), "{code} is not in {codes:?}");
        }
        for (cut, room) in [(true, KEPT_BYTES), (true, 0), (false, 0)] {
            let (report, other) = shown(cut, room);
            assert_eq!(report.diagnostics, whole.diagnostics);
            assert_eq!(report.summary, whole.summary);
            assert_eq!(other, texts);
            let left = report.files.iter().map(|(_, file)| file.text().len());
            let (left, all) = (left.max(), shelf().0[0].text().len());
            assert_eq!(left < Some(all / 2), cut);
        }
    }

    #[test]
    fn documents_that_cannot_be_read_are_told() {
        let (report, _) = shown(true, KEPT_BYTES);
        let unread: Vec<_> = report.unread.iter().map(|(source, _)| *source).collect();
        assert_eq!(unread, [SourceId(1)]);
        assert_eq!(report.summary.documents, 2);
    }
}
