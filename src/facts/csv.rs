//! Facts as a table of comma-separated values (RFC 4180): `path, line, column, start, end, kind`, a column for every field
//! of the kinds that are printed, in the order of the schema, and `text`.

use std::io::{self, Write};

use super::{
    json::{FactJson, text},
    schema::Kind,
};
use crate::value::tidy;

/// The columns of a table of facts.
#[derive(Clone, Debug)]
pub struct Columns {
    fields: Vec<&'static str>,
}

impl Columns {
    /// Columns for the facts of these kinds. Fields of one name share a column.
    pub fn new<'a>(kinds: impl IntoIterator<Item = &'a Kind>) -> Self {
        let mut fields = Vec::new();
        for field in kinds.into_iter().flat_map(|kind| kind.fields) {
            if !fields.contains(&field.name) {
                fields.push(field.name);
            }
        }
        Self { fields }
    }

    /// Writes the row of heads.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn heads(&self, out: &mut dyn Write) -> io::Result<()> {
        let heads = ["path", "line", "column", "start", "end", "kind"];
        let cells = heads.iter().chain(&self.fields).chain(&["text"]);
        row(cells.map(|head| (*head).to_owned()), out)
    }

    /// Writes the row of a fact.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn row(&self, fact: &FactJson<'_>, out: &mut dyn Write) -> io::Result<()> {
        let (span, at) = fact.place();
        let places = [at.line, at.column, span.start, span.end].map(|number| number.to_string());
        let kind = fact.kind();
        let value = |name: &&str| {
            let slot = kind?.fields.iter().position(|field| field.name == *name)?;
            fact.fact.values.get(slot).map(text)
        };
        let cells = std::iter::once(fact.file.name().to_owned())
            .chain(places)
            .chain([kind.map_or("", |kind| kind.name).to_owned()])
            .chain(
                self.fields
                    .iter()
                    .map(|name| value(name).unwrap_or_default()),
            )
            .chain([tidy(fact.document.text_of(fact.fact.span))]);
        row(cells, out)
    }
}

fn row(cells: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\r\n")
}
