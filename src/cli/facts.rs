//! `assize facts`: every fact that is found, in one of four forms.

use std::{
    collections::BTreeSet,
    io::{self, Write},
    sync::Arc,
};

use rayon::prelude::*;
use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{
    Outcome, Streams,
    args::{FactsArgs, FactsFormat},
    input, marked,
    plan::{Flags, Plan, Planned, Project},
};
use crate::{
    diagnostic::Diagnostic,
    document::{Document, Tracked},
    facts::{
        Facts,
        csv::Columns,
        json::{DocumentJson, FactJson},
        phrases::Kinds,
    },
    lint,
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
    let (inputs, mut problems) = input::list(&args.documents);
    let loaded = Plan::new(flags, inputs, &args.documents.paths, &mut sources).and_then(|plan| {
        let kinds = kinds(&args.kind, &plan)?;
        Ok((plan, kinds))
    });
    let (plan, kinds) = match loaded {
        Ok(loaded) => loaded,
        Err(problems) => return streams.refuse(&problems, &sources),
    };
    let tracked = args.documents.tracked.into();
    let mut printer = Printer::new(args.format, &plan, &kinds);
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
    streams.complain(&problems, &sources)?;
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
            .map(|project| &project.packs.rules.kinds)
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
    framework: String,
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
        let (file, format) = planned.input.read(tracked)?;
        let (rules, frameworks) = (&project.packs.rules, &project.packs.frameworks);
        let options = project.options_of(planned);
        let read = lint::read(SourceId(0), &file, format, rules, frameworks, &options);
        let mut facts = Arc::unwrap_or_clone(read.facts);
        facts.facts.retain(|fact| kinds.contains(&fact.kind));
        Ok(Self {
            file,
            document: read.document,
            facts,
            kinds: &rules.kinds,
            framework: read.vocabulary.framework.id.clone(),
        })
    }
}

/// Writes facts in the form asked for.
struct Printer {
    format: FactsFormat,
    columns: Columns,
    documents: usize,
}

impl Printer {
    fn new(format: FactsFormat, plan: &Plan, kinds: &Chosen) -> Self {
        let printed = plan
            .projects
            .iter()
            .zip(kinds)
            .flat_map(|(project, chosen)| {
                let kinds = &project.packs.rules.kinds;
                chosen.iter().map(move |kind| (kinds, *kind))
            });
        Self {
            format,
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
            framework: &found.framework,
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
            FactsFormat::Jsonl => document.facts().try_for_each(|fact| {
                let line = LineJson {
                    path: document.file.name(),
                    fact,
                };
                serde_json::to_writer(&mut *out, &line)?;
                out.write_all(b"\n")
            }),
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

/// A fact on a line of its own, with the path of its document.
struct LineJson<'a> {
    path: &'a str,
    fact: FactJson<'a>,
}

impl Serialize for LineJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("path", self.path)?;
        self.fact.entries(&mut map)?;
        map.end()
    }
}
