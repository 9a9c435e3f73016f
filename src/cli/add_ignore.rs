//! `assize check --add-ignore`: what is found today is excused in the documents, or in files beside them.
//!
//! Comments are tried on the texts in memory first: a document in which they do not silence what they should, or change what is found
//! otherwise, keeps its text, and a file beside it says what may stand.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use jiff::civil::Date;

use super::{
    args::CheckArgs,
    check::{self, Levels},
    clock,
    documents::Documents,
    excuses,
    input::{self, Input, Listed},
    plan::{Flags, Plan, Project},
};
use crate::{
    baseline::{Baseline, Checked},
    diagnostic::{Diagnostic, Severity},
    document::{self, Aside, Asides, Format},
    lint::Report,
    rules::suppress,
    source::{self, SourceFile, Sources},
    span::{SourceId, Span},
};

/// What became of excuses.
pub(super) struct Excused {
    /// The files that were written.
    pub written: Vec<PathBuf>,
    /// What could not be excused or written.
    pub problems: Vec<Diagnostic>,
}

/// Writes excuses for what is found.
///
/// # Errors
///
/// Arguments and files that cannot be worked with; nothing is written then.
pub(super) fn run(args: &CheckArgs, sources: &mut Sources) -> Result<Excused, Vec<Diagnostic>> {
    let today = args.today.unwrap_or_else(clock::today);
    let words = Words::of(args, today).map_err(|problem| vec![problem])?;
    // What cannot be read is told by the check that follows.
    let Listed { inputs, .. } = input::list(&args.documents);
    if inputs.iter().any(Input::is_recorded) {
        let message = "records cannot be written to";
        let problem = Diagnostic::error("bad-argument", message);
        return Err(vec![problem.help("name the documents that they tell of")]);
    }
    if inputs.iter().any(Input::is_stdin) {
        let message = "what comes from standard input cannot be written to";
        let problem = Diagnostic::error("bad-argument", message);
        return Err(vec![problem.help("name the file")]);
    }
    let flags = Flags {
        packs: &args.packs,
        rules: Some(&args.rules),
    };
    let Plan {
        mut projects,
        documents: planned,
    } = Plan::new(flags, inputs, &args.documents.paths, sources)?;
    let config = projects.first().and_then(|project| project.config.as_ref());
    let Levels { show, .. } = Levels::of(args, config);
    let baseline = check::baseline(args, sources)?;
    let tracked = args.documents.tracked.into();
    let (documents, _) = Documents::new(&planned, &projects, tracked, true, sources);
    check::take(&mut projects, &documents);
    let broken = excuses::read(&mut projects, &documents, sources);
    if !broken.is_empty() {
        return Err(broken);
    }
    for project in &mut projects {
        project.options.today = Some(today);
        project.options.whole = true;
    }
    let mut desk = Desk {
        documents: &documents,
        projects,
        sources: sources.clone(),
        baseline,
        show,
        words,
    };
    let texts = desk.comments();
    let (beside, mut problems) = desk.files_beside();
    let texts = texts.into_iter().filter_map(|(source, text)| {
        let path = desk.path(source)?;
        Some((path, text))
    });
    let mut written = Vec::new();
    for (path, text) in texts.chain(beside) {
        match source::write_bytes(&path, text.as_bytes()) {
            Ok(()) => written.push(path),
            Err(problem) => problems.push(problem),
        }
    }
    Ok(Excused { written, problems })
}

/// What is said in every excuse.
struct Words {
    reason: String,
    until: Option<Date>,
}

impl Words {
    fn of(args: &CheckArgs, today: Date) -> Result<Self, Diagnostic> {
        let bad = |message: String, help| Diagnostic::error("bad-argument", message).help(help);
        let reason = args.reason.as_deref().unwrap_or_default().trim();
        let ends = ["-->", "--!>", "<!--"];
        if reason.is_empty() {
            let help = "say why it may stand: `--reason \"as agreed with the author\"`";
            return Err(bad("the reason says nothing".to_owned(), help));
        }
        if reason.contains(char::is_control) || ends.iter().any(|end| reason.contains(end)) {
            let help = "write it on one line, without the marks of a comment";
            return Err(bad(format!("`{reason}` cannot stand in a comment"), help));
        }
        if let Some(until) = args.until.filter(|until| *until < today) {
            return Err(bad(format!("{until} is past"), "give a day to come"));
        }
        Ok(Self {
            reason: reason.to_owned(),
            until: args.until,
        })
    }
}

impl Words {
    /// The text of a file with a comment for each of these problems for which there is room; `None` where there is for none.
    fn put(
        &self,
        source: SourceId,
        file: &SourceFile,
        format: Format,
        open: &[Diagnostic],
    ) -> Option<String> {
        let document = document::read(file, format);
        let asides = Asides::new(file, format, &document);
        let mut comments: BTreeMap<Aside, BTreeSet<&str>> = BTreeMap::new();
        for found in open {
            if let Some(aside) = place(found, source).and_then(|span| asides.at(span.start)) {
                comments.entry(aside).or_default().insert(&found.code);
            }
        }
        if comments.is_empty() {
            return None;
        }
        let mut text = String::with_capacity(file.text().len() + 128 * comments.len());
        let mut done = 0;
        for (aside, rules) in comments {
            text.push_str(file.text_of(Span::new(done, aside.at)));
            text.push_str(&aside.before);
            text.push_str(&suppress::comment(rules, self.until, &self.reason));
            text.push_str(&aside.after);
            done = aside.at;
        }
        text.push_str(file.text_of(Span::new(done, file.text().len())));
        Some(text)
    }
}

/// The first place of a problem in a file.
fn place(found: &Diagnostic, source: SourceId) -> Option<Span> {
    let mut labels = found.labels.iter();
    let label = labels.find(|label| label.source == source)?;
    Some(label.span)
}

/// Documents in memory, and what is found in them as they are changed.
struct Desk<'a> {
    documents: &'a Documents<'a>,
    projects: Vec<Project>,
    sources: Sources,
    baseline: Option<Baseline>,
    show: Severity,
    words: Words,
}

/// What was found.
#[derive(Default)]
struct Found {
    /// By document of its first place, what is to be excused.
    open: BTreeMap<SourceId, Vec<Diagnostic>>,
    /// By document, everything that rules raised, excused or not, and what is wrong with excuses: as words, in order.
    all: BTreeMap<SourceId, Vec<String>>,
}

impl Desk<'_> {
    /// Checks the documents as they are.
    fn look(&self) -> Found {
        let Report {
            mut diagnostics,
            suppressed,
            documents,
            summary,
            ..
        } = check::check(&self.projects, self.documents, None, &self.sources);
        let mut found = Found::default();
        let excused = suppressed.iter().map(|found| &found.diagnostic);
        for diagnostic in diagnostics.iter().chain(excused) {
            let Diagnostic { code, message, .. } = diagnostic;
            let Some(label) = diagnostic.primary() else {
                continue;
            };
            let all = found.all.entry(label.source).or_default();
            all.push(format!("{code} {message}"));
        }
        found.all.values_mut().for_each(|all| all.sort_unstable());
        if let Some(baseline) = &self.baseline {
            let names = documents.iter();
            let names = names.filter_map(|read| self.sources.get(read.source));
            let checked = Checked {
                paths: names.map(SourceFile::name).collect(),
                rules: summary.per_rule.keys().map(String::as_str).collect(),
            };
            (diagnostics, _) = baseline.apply(diagnostics, &self.sources, &checked);
        }
        for diagnostic in diagnostics {
            let raised = summary.per_rule.contains_key(&diagnostic.code);
            if let Some(label) = diagnostic.primary()
                && raised
                && diagnostic.severity >= self.show
            {
                let open = found.open.entry(label.source).or_default();
                open.push(diagnostic);
            }
        }
        found
    }

    /// Puts comments into the documents in which they do what they should, and gives back their texts.
    fn comments(&mut self) -> BTreeMap<SourceId, String> {
        let before = self.look();
        let originals = self.sources.clone();
        let mut texts = BTreeMap::new();
        for (source, format) in self.documents.held() {
            let (Some(open), Some(file)) = (before.open.get(&source), originals.get(source)) else {
                continue;
            };
            if let Some(text) = self.words.put(source, file, format, open) {
                self.sources
                    .put(source, SourceFile::new(file.name(), &text));
                texts.insert(source, text);
            }
        }
        // Taking comments out of one document can change what is found in others of its set.
        loop {
            let now = self.look();
            let spoilt =
                |source: &SourceId, _: &mut String| before.all.get(source) != now.all.get(source);
            let spoilt: Vec<SourceId> = texts
                .extract_if(.., spoilt)
                .map(|(source, _)| source)
                .collect();
            if spoilt.is_empty() {
                return texts;
            }
            for source in spoilt {
                if let Some(file) = originals.get(source) {
                    self.sources.put(source, file.clone());
                }
            }
        }
    }

    /// The texts of files beside documents for what comments do not silence, and a problem for what cannot be silenced.
    fn files_beside(&mut self) -> (Vec<(PathBuf, String)>, Vec<Diagnostic>) {
        let found = self.look();
        let (mut texts, mut problems) = (Vec::new(), Vec::new());
        for (source, format) in self.documents.held() {
            let Some(open) = found.open.get(&source) else {
                continue;
            };
            let (Some(path), Some(file)) = (self.path(source), self.sources.get(source)) else {
                continue;
            };
            let path = excuses::path_of(&path);
            let written = if source::is_file(&path) {
                match SourceFile::read(&path) {
                    Ok(file) => file.text().to_owned(),
                    Err(problem) => {
                        problems.push(problem);
                        continue;
                    }
                }
            } else {
                String::new()
            };
            let document = document::read(file, format);
            let backwards = document.map.backwards(document.text.len());
            let places = open.iter().filter_map(|found| {
                let span = backwards.to_clean(place(found, source)?);
                Some((found.code.as_str(), span.unwrap_or_default()))
            });
            let Words { reason, until } = &self.words;
            let places: BTreeSet<_> = places.collect();
            match suppress::with_excuses(&written, &document, &places, reason, *until) {
                Some(text) => texts.push((path, text)),
                None => problems.push(in_brackets(&source::display_name(&path))),
            }
        }
        (texts, problems)
    }

    /// Where a document came from.
    fn path(&self, source: SourceId) -> Option<PathBuf> {
        match &self.documents.planned(source)?.input {
            Input::File(path) => Some(path.clone()),
            Input::Stdin(_) | Input::Records(_) => None,
        }
    }
}

/// Says that entries cannot be added to a file.
fn in_brackets(name: &str) -> Diagnostic {
    let message = format!("{name}: no entries can be added to it");
    Diagnostic::error("unwritable-output", message)
        .help("write `ignore:` on a line of its own, and each entry below it from a line with `- rule: …` on")
}
