//! `assize facts`: every fact that is found, in one of four forms.

use std::{
    collections::BTreeSet,
    io::{self, Write},
    sync::Arc,
};

use rayon::prelude::*;

use super::{
    Outcome, Streams,
    args::{FactsArgs, FactsFormat},
    input::{self, Input, Listed},
    marked, own,
    plan::{Flags, Plan, Planned, Project},
    records,
};
use crate::{
    diagnostic::Diagnostic,
    document::{self, Document, Format, Tracked},
    facts::{Facts, csv::Columns, json::DocumentJson, phrases::Kinds, record},
    framework::Vocabulary,
    lint::{self, Opened},
    source::{SourceFile, Sources},
    span::SourceId,
    suggest::did_you_mean,
    value::KindId,
};

/// Documents that are read at a time, so that memory does not grow with their number.
const BATCH: usize = 64;

/// Prints the facts of the documents named.
///
/// # Errors
///
/// Those of the streams.
pub(super) fn run(args: &FactsArgs, streams: &mut Streams) -> io::Result<Outcome> {
    let mut sources = Sources::new();
    let flags = Flags {
        packs: &args.packs,
        rules: None,
    };
    let Listed {
        inputs,
        problems,
        records,
        own,
    } = input::list(&args.documents);
    let mut problems = Listed::without_paths(problems);
    let loaded = Plan::new(flags, inputs, &args.documents.paths, &mut sources).and_then(|plan| {
        let kinds = kinds(&args.kind, &plan)?;
        Ok((plan, kinds))
    });
    let (plan, kinds) = match loaded {
        Ok(loaded) => loaded,
        Err(problems) => return streams.refuse(&problems, &sources),
    };
    let tracked = args.documents.tracked.into();
    let whole = args.kind.is_empty();
    let mut printer = Printer::new(args.format, whole, &plan, &kinds);
    printer.start(&mut streams.out)?;
    for batch in plan.documents.chunks(BATCH) {
        let read = batch.par_iter();
        let read = read.filter_map(|document| Found::new(document, tracked, &plan, &kinds));
        for found in read.collect::<Vec<_>>() {
            match found {
                Ok(found) => printer.document(&found, &mut streams.out)?,
                Err(problem) => problems.push(problem),
            }
        }
    }
    printer.end(&mut streams.out)?;
    problems.extend(records::mistakes(&records, &mut sources));
    streams.complain(&problems, &sources)?;
    if let Some(remark) = own::remark(&own, None) {
        streams.say(&remark)?;
    }
    Ok(if problems.is_empty() {
        Outcome::Clean
    } else {
        Outcome::CouldNotRun
    })
}

/// The kinds of fact that are printed, for each project.
type Chosen = Vec<BTreeSet<KindId>>;

/// The kinds of these names; all of them where none is named.
///
/// # Errors
///
/// A diagnostic for every name that no project knows.
fn kinds(names: &[String], plan: &Plan) -> Result<Chosen, Vec<Diagnostic>> {
    let all = || {
        plan.projects
            .iter()
            .map(|project| &*project.packs.rules.kinds)
    };
    if names.is_empty() {
        return Ok(all().map(|kinds| kinds.ids().collect()).collect());
    }
    let known = |name: &&String| all().any(|kinds| kinds.by_name(name).is_some());
    let unknown = names.iter().filter(|name| !known(name));
    let problems: Vec<_> = unknown.map(|name| unknown_kind(name, all())).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    let chosen = |kinds: &Kinds| {
        names
            .iter()
            .filter_map(|name| kinds.by_name(name))
            .collect()
    };
    Ok(all().map(chosen).collect())
}

fn unknown_kind<'a>(name: &str, kinds: impl Iterator<Item = &'a Kinds>) -> Diagnostic {
    let mut known: Vec<&str> = Vec::new();
    for kind in kinds.flat_map(|kinds| kinds.ids().map(|kind| kinds.name(kind))) {
        if !known.contains(&kind) {
            known.push(kind);
        }
    }
    let hint = did_you_mean(name, known.iter().copied());
    let message = format!("there is no kind of fact `{name}`{hint}");
    Diagnostic::error("bad-argument", message).help(format!("the kinds are {}", known.join(", ")))
}

/// A document with the facts that are printed.
struct Found<'a> {
    file: SourceFile,
    document: Arc<Document>,
    facts: Facts,
    kinds: &'a Kinds,
    vocabulary: Arc<Vocabulary>,
    format: Format,
    /// Of what the file held; empty where only records tell of it.
    digest: String,
}

impl<'a> Found<'a> {
    /// Reads a document; `None` where it has no project, which none lacks.
    fn new(
        planned: &Planned,
        tracked: Tracked,
        plan: &'a Plan,
        kinds: &Chosen,
    ) -> Option<Result<Self, Diagnostic>> {
        let project = plan.project(planned)?;
        let kinds = kinds.get(planned.project)?;
        Some(Self::read(planned, tracked, project, kinds))
    }

    fn read(
        planned: &Planned,
        tracked: Tracked,
        project: &'a Project,
        kinds: &BTreeSet<KindId>,
    ) -> Result<Self, Diagnostic> {
        let (rules, frameworks) = (&project.packs.rules, &project.packs.frameworks);
        let bytes = planned.input.bytes()?;
        let source = SourceId(0);
        let (opened, digest) = if let Input::Records(recorded) = &planned.input {
            let opened = recorded.read(source, planned, project, tracked, &bytes)?;
            (opened, String::new())
        } else {
            let digest = record::digest(&bytes);
            let opened = document::open(&planned.input.name(), bytes, tracked)?;
            (Opened::from(opened), digest)
        };
        let Opened { file, format, read } = opened;
        let read = read.unwrap_or_else(|| {
            let options = project.options_of(planned);
            lint::read(source, &file, format, rules, frameworks, &options)
        });
        let mut facts = Arc::unwrap_or_clone(read.facts);
        facts.facts.retain(|fact| kinds.contains(&fact.kind));
        Ok(Self {
            file,
            document: read.document,
            facts,
            kinds: &rules.kinds,
            vocabulary: read.vocabulary,
            format,
            digest,
        })
    }
}

/// Writes facts in the form asked for.
struct Printer {
    format: FactsFormat,
    /// Whether facts of every kind are printed.
    whole: bool,
    columns: Columns,
    documents: usize,
}

impl Printer {
    fn new(format: FactsFormat, whole: bool, plan: &Plan, kinds: &Chosen) -> Self {
        let printed = plan
            .projects
            .iter()
            .zip(kinds)
            .flat_map(|(project, chosen)| {
                let kinds = &*project.packs.rules.kinds;
                chosen.iter().map(move |kind| (kinds, *kind))
            });
        Self {
            format,
            whole,
            columns: Columns::new(printed),
            documents: 0,
        }
    }

    fn start(&self, out: &mut dyn Write) -> io::Result<()> {
        match self.format {
            FactsFormat::Json => write!(out, "{{\"documents\":["),
            FactsFormat::Csv => self.columns.heads(out),
            FactsFormat::Text | FactsFormat::Jsonl => Ok(()),
        }
    }

    fn document(&mut self, found: &Found<'_>, out: &mut dyn Write) -> io::Result<()> {
        let document = DocumentJson {
            file: &found.file,
            document: &found.document,
            facts: &found.facts,
            kinds: found.kinds,
            framework: &found.vocabulary.framework.id,
        };
        self.documents += 1;
        match self.format {
            FactsFormat::Text => {
                if self.documents > 1 {
                    writeln!(out)?;
                }
                marked::write(document, out)
            }
            FactsFormat::Json => {
                if self.documents > 1 {
                    out.write_all(b",")?;
                }
                serde_json::to_writer(&mut *out, &document).map_err(io::Error::from)
            }
            FactsFormat::Jsonl => {
                if self.whole {
                    record::write_document(document, found.format, &found.digest, out)?;
                }
                let path = document.file.name();
                let mut facts = document.facts();
                facts.try_for_each(|fact| record::write_fact(path, fact, &found.vocabulary, out))
            }
            FactsFormat::Csv => document
                .facts()
                .try_for_each(|fact| self.columns.row(&fact, out)),
        }
    }

    fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        match self.format {
            FactsFormat::Json => writeln!(out, "]}}"),
            _ => Ok(()),
        }
    }
}
