//! `assize facts`: every fact that is found, in one of four forms.

use std::io::{self, Write};

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
    diagnostic::{Diagnostic, did_you_mean},
    document::{self, Document},
    facts::{
        self, Facts,
        csv::Columns,
        json::{DocumentJson, FactJson},
        schema::{self, Kind},
    },
    framework::Vocabulary,
    source::{SourceFile, Sources},
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
    let loaded =
        kinds(&args.kind).and_then(|kinds| Ok((kinds, Packs::load(&args.packs, &mut sources)?)));
    let (kinds, packs) = match loaded {
        Ok(loaded) => loaded,
        Err(problems) => return streams.refuse(&problems, &sources),
    };
    let (inputs, mut problems) = input::list(&args.documents);
    let mut printer = Printer::new(args.format, kinds);
    printer.start(&mut streams.out)?;
    for batch in inputs.chunks(BATCH) {
        let read = batch.par_iter().map(|input| find(input, &packs, &printer));
        for found in read.collect::<Vec<_>>() {
            match found {
                Ok(found) => printer.document(found.json(), &mut streams.out)?,
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
fn kinds(names: &[String]) -> Result<Vec<&'static Kind>, Vec<Diagnostic>> {
    if names.is_empty() {
        return Ok(schema::KINDS.iter().collect());
    }
    let known = || schema::KINDS.iter().map(|kind| kind.name);
    let kind = |name: &String| {
        let found = schema::KINDS.iter().find(|kind| kind.name == name);
        found.ok_or_else(|| {
            let hint = did_you_mean(name, known());
            let kinds = known().collect::<Vec<_>>().join(", ");
            vec![
                Diagnostic::error(
                    "bad-argument",
                    format!("there is no kind of fact `{name}`{hint}"),
                )
                .help(format!("the kinds are {kinds}")),
            ]
        })
    };
    names.iter().map(kind).collect()
}

/// A document with its facts.
struct Found {
    file: SourceFile,
    document: Document,
    facts: Facts,
    vocabulary: std::sync::Arc<Vocabulary>,
}

impl Found {
    fn json(&self) -> DocumentJson<'_> {
        DocumentJson {
            file: &self.file,
            document: &self.document,
            facts: &self.facts,
            framework: &self.vocabulary.framework.id,
        }
    }
}

fn find(input: &Input, packs: &Packs, printer: &Printer) -> Result<Found, Diagnostic> {
    let (file, format) = input.read()?;
    let document = document::read(&file, format);
    let vocabulary = packs.vocabulary(&document.text);
    let mut facts = facts::extract(&document, &vocabulary);
    facts.facts.retain(|fact| printer.prints(fact.kind.0));
    Ok(Found {
        file,
        document,
        facts,
        vocabulary,
    })
}

/// Writes facts in the form asked for.
struct Printer {
    format: FactsFormat,
    columns: Columns,
    kinds: Vec<&'static Kind>,
    documents: usize,
}

impl Printer {
    fn new(format: FactsFormat, kinds: Vec<&'static Kind>) -> Self {
        let columns = Columns::new(kinds.iter().copied());
        Self {
            format,
            columns,
            kinds,
            documents: 0,
        }
    }

    fn prints(&self, kind: u16) -> bool {
        let kind = schema::KINDS.get(usize::from(kind));
        kind.is_none_or(|kind| self.kinds.contains(&kind))
    }

    fn start(&self, out: &mut dyn Write) -> io::Result<()> {
        match self.format {
            FactsFormat::Json => write!(out, "{{\"documents\":["),
            FactsFormat::Csv => self.columns.heads(out),
            FactsFormat::Text | FactsFormat::Jsonl => Ok(()),
        }
    }

    fn document(&mut self, document: DocumentJson<'_>, out: &mut dyn Write) -> io::Result<()> {
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
