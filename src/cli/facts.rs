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
    input::{self, Input},
    marked,
    packs::Packs,
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
    lint::{self, Options},
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
    let loaded = Packs::load_for(&args.packs, &mut sources).and_then(|(packs, options)| {
        let kinds = kinds(&args.kind, &packs.rules.kinds)?;
        Ok((packs, options, kinds))
    });
    let (packs, options, kinds) = match loaded {
        Ok(loaded) => loaded,
        Err(problems) => return streams.refuse(&problems, &sources),
    };
    let (inputs, mut problems) = input::list(&args.documents);
    let tracked = args.documents.tracked.into();
    let mut printer = Printer::new(args.format, &packs.rules.kinds, kinds);
    printer.start(&mut streams.out)?;
    for batch in inputs.chunks(BATCH) {
        let read = batch.par_iter();
        let read = read.map(|input| Found::new(input, tracked, packs, &options, &printer.kinds));
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

/// The kinds of these names; all of them where none is named.
fn kinds(names: &[String], kinds: &Kinds) -> Result<BTreeSet<KindId>, Vec<Diagnostic>> {
    if names.is_empty() {
        return Ok(kinds.ids().collect());
    }
    let (mut chosen, mut problems) = (BTreeSet::new(), Vec::new());
    for name in names {
        match kinds.by_name(name) {
            Some(kind) => {
                chosen.insert(kind);
            }
            None => problems.push(unknown_kind(name, kinds)),
        }
    }
    if problems.is_empty() {
        Ok(chosen)
    } else {
        Err(problems)
    }
}

fn unknown_kind(name: &str, kinds: &Kinds) -> Diagnostic {
    let known: Vec<_> = kinds.ids().map(|kind| kinds.name(kind)).collect();
    let hint = did_you_mean(name, known.iter().copied());
    let message = format!("there is no kind of fact `{name}`{hint}");
    Diagnostic::error("bad-argument", message).help(format!("the kinds are {}", known.join(", ")))
}

/// A document with the facts that are printed.
struct Found {
    file: SourceFile,
    document: Arc<Document>,
    facts: Facts,
    framework: String,
}

impl Found {
    fn new(
        input: &Input,
        tracked: Tracked,
        packs: &Packs,
        options: &Options,
        kinds: &BTreeSet<KindId>,
    ) -> Result<Self, Diagnostic> {
        let (file, format) = input.read(tracked)?;
        let (rules, frameworks) = (&packs.rules, &packs.frameworks);
        let read = lint::read(SourceId(0), &file, format, rules, frameworks, options);
        let mut facts = Arc::unwrap_or_clone(read.facts);
        facts.facts.retain(|fact| kinds.contains(&fact.kind));
        Ok(Self {
            file,
            document: read.document,
            facts,
            framework: read.vocabulary.framework.id.clone(),
        })
    }
}

/// Writes facts in the form asked for.
struct Printer<'a> {
    format: FactsFormat,
    all: &'a Kinds,
    kinds: BTreeSet<KindId>,
    columns: Columns,
    documents: usize,
}

impl<'a> Printer<'a> {
    fn new(format: FactsFormat, all: &'a Kinds, kinds: BTreeSet<KindId>) -> Self {
        let columns = Columns::new(all, kinds.iter().copied());
        Self {
            format,
            all,
            kinds,
            columns,
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

    fn document(&mut self, found: &Found, out: &mut dyn Write) -> io::Result<()> {
        let document = DocumentJson {
            file: &found.file,
            document: &found.document,
            facts: &found.facts,
            kinds: self.all,
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
