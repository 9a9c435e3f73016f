//! One run over documents: each by itself, then those that belong together, then what comments keep silent.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use rayon::prelude::*;

use super::{
    Desk, DocumentReport, Group, Opened, Options, Outcome, Ran, Read, Report, Settings, Together,
    guarded, read,
    read::timed,
    report::{Failed, Looked, places},
    sets::{self, Found, Set, first_of},
    settings::applies,
};
use crate::{
    framework::Frameworks,
    rules::{
        Rule, RuleSet,
        bind::{Bound, BoundDocument},
        config::ScopeConfig,
        engine::{self, Statistics},
        suppress::{self, Known, Suppression},
    },
    source::{SourceFile, Sources},
    span::{SourceId, Span},
};

/// Bytes of text up to which documents are kept from their own check to that of their set; past it the documents of sets
/// are read again, so that memory does not grow with the number of documents.
const KEPT_BYTES: usize = 4 << 20;

/// Documents that are looked at before what they gave is put together.
const BATCH: usize = 256;

/// A rule, and its number among all of its set.
type Numbered<'a> = (usize, &'a Rule);

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

/// What the documents of a run gave so far.
#[derive(Default)]
struct Gathered {
    report: Report,
    looked: Looked,
    suppressions: Vec<Suppression>,
    found: Vec<Found>,
}

impl Gathered {
    /// Adds what a document gave by itself.
    fn add(&mut self, checked: Checked) {
        let outcome = checked.outcome;
        self.raise(outcome.ran);
        if let Some(compared) = checked.compared {
            self.raise(compared);
        }
        self.report.summary.took.reading += checked.reading;
        self.suppressions.extend(checked.suppressions);
        self.found.push(Found {
            report: outcome.document,
            file: outcome.file,
            shown: outcome.shown,
            kept: checked.kept,
        });
    }

    /// Adds what rules raised, and counts what they looked at.
    fn raise(&mut self, ran: Ran) {
        self.report.diagnostics.extend(self.looked.add(ran));
    }
}

/// Documents that were looked at together with others.
struct Joined {
    in_sets: BTreeSet<SourceId>,
    in_series: BTreeSet<SourceId>,
}

impl Joined {
    fn new(sets: &[Set<'_>], series: &[[Set<'_>; 2]]) -> Self {
        let sources = |found: &&Found| found.report.source;
        Self {
            in_sets: sets.iter().flatten().map(sources).collect(),
            in_series: series.iter().flatten().flatten().map(sources).collect(),
        }
    }
}

/// What every step of a run needs.
pub(super) struct Run<'a> {
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

impl<'a> Run<'a> {
    pub(super) fn new(
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
        let single: Vec<Numbered<'a>> = in_force(ScopeConfig::Document);
        // Every document will ask for these; those of one framework wait for a document of it.
        single.par_iter().for_each(|(_, rule)| {
            if rule.frameworks.is_empty() {
                rule.prepare();
            }
        });
        Self {
            desk,
            sources,
            rules,
            frameworks,
            options,
            cut: false,
            room: AtomicUsize::new(KEPT_BYTES),
            single,
            joint: in_force(ScopeConfig::Set),
            serial: in_force(ScopeConfig::Series),
            comparing: if options.earlier.is_empty() {
                Vec::new()
            } else {
                in_force(ScopeConfig::Versions)
            },
        }
    }

    /// This run, with what is not shown of files let go or not.
    pub(super) fn cutting(self, cut: bool) -> Self {
        Self { cut, ..self }
    }

    /// Checks documents, each by itself and those that belong together.
    pub(super) fn check(&self, documents: &[SourceId]) -> Report {
        let mut gathered = self.each(documents);
        let found = std::mem::take(&mut gathered.found);
        let (sets, series) = self.belonging_together(&found);
        let mut shown = self.together(&sets, &series, &mut gathered);
        let joined = Joined::new(&sets, &series);
        let Gathered {
            mut report,
            looked,
            suppressions,
            ..
        } = gathered;
        report.summary.sets = sets.len();
        self.silence(&mut report, &suppressions, &joined);
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

    /// Checks each document by itself, in parallel, and puts together what they gave in their order.
    fn each(&self, documents: &[SourceId]) -> Gathered {
        let mut gathered = Gathered::default();
        for batch in documents.chunks(BATCH) {
            let checked = batch.par_iter().map(|&source| {
                let checked = self.document(source);
                self.desk.done(source);
                checked
            });
            for checked in checked.collect::<Vec<_>>() {
                match checked {
                    Ok(checked) => gathered.add(checked),
                    Err(failed) => gathered.report.fail(failed),
                }
            }
        }
        gathered
    }

    /// The sets, and the pairs of successive inspections, that rules in force look at.
    fn belonging_together<'f>(&self, found: &'f [Found]) -> (Vec<Set<'f>>, Vec<[Set<'f>; 2]>) {
        let given = &self.options.sets;
        let sets = if self.joint.is_empty() {
            Vec::new()
        } else {
            sets::of(found, self.sources, given)
        };
        let series = if self.serial.is_empty() {
            Vec::new()
        } else {
            sets::series(found, self.sources, given)
        };
        (sets, series)
    }

    /// Checks the documents that belong together: what is left of their files, where they have a place in what was found.
    fn together(
        &self,
        sets: &[Set<'_>],
        series: &[[Set<'_>; 2]],
        gathered: &mut Gathered,
    ) -> BTreeMap<SourceId, SourceFile> {
        let mut shown: BTreeMap<SourceId, SourceFile> = BTreeMap::new();
        let mut told: Vec<_> = sets.par_iter().map(|set| self.set(set)).collect();
        told.par_extend(series.par_iter().map(|rounds| self.series(rounds)));
        for outcome in told {
            match outcome {
                Ok(together) => {
                    gathered.raise(together.ran);
                    for (source, file) in together.files {
                        let known = shown.get(&source).map(|known| known.joined(&file));
                        shown.insert(source, known.unwrap_or(file));
                    }
                }
                Err(failed) => gathered.report.fail(failed),
            }
        }
        shown
    }

    /// Takes out what comments and the files beside documents let stand.
    fn silence(&self, report: &mut Report, suppressions: &[Suppression], joined: &Joined) {
        let rules = self.rules.iter().map(|rule| rule.info.id.as_str());
        let raised = std::mem::take(&mut report.diagnostics);
        (report.diagnostics, report.suppressed) = suppress::apply(
            raised,
            suppressions,
            &Known {
                rules: rules.collect(),
                ran: &|rule, source| self.looked_at(rule, source, joined),
                today: self.options.today,
            },
        );
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
            let rule = self.adjusted(rule, &bound);
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

    /// A rule with the parameters that hold for the first document.
    fn adjusted<'r>(&'r self, rule: &'r Rule, bound: &Bound<'_>) -> &'r Rule {
        let first = bound.documents().first();
        let settings = first.map(|document| self.options.settings(document.source));
        let adjusted = settings.and_then(|settings| settings.adjusted.get(&rule.info.id));
        adjusted.map_or(rule, |adjusted| &adjusted.rule)
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
    fn looked_at(&self, rule: &str, source: SourceId, joined: &Joined) -> bool {
        let settings = self.options.settings(source);
        let has = |rules: &[Numbered<'_>]| {
            let mut rules = rules.iter();
            rules.any(|(_, known)| known.info.id == rule && settings.run(known))
        };
        let compared = self.options.earlier.contains_key(&source);
        has(&self.single)
            || joined.in_sets.contains(&source) && has(&self.joint)
            || joined.in_series.contains(&source) && has(&self.serial)
            || compared && has(&self.comparing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diagnostic::Diagnostic,
        document::Format,
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
