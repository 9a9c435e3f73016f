//! Facts as a table of comma-separated values (RFC 4180): `path, line, column, start, end, kind`, a column for every field
//! of the kinds that are printed, in the order of the schema, and `text`.

use std::io::{self, Write};

use super::{
    json::{FactJson, text},
    phrases::Kinds,
};
use crate::value::KindId;

/// The columns of a table of facts.
#[derive(Clone, Debug)]
pub struct Columns {
    fields: Vec<String>,
}

impl Columns {
    /// Columns for the facts of these kinds, each with the table that it belongs to. Fields of one name share a column.
    pub fn new<'a>(printed: impl IntoIterator<Item = (&'a Kinds, KindId)>) -> Self {
        let mut fields: Vec<String> = Vec::new();
        let printed = printed.into_iter();
        for (name, _) in printed.flat_map(|(kinds, kind)| kinds.fields(kind)) {
            if !fields.iter().any(|known| known == name) {
                fields.push(name.to_owned());
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
        let heads = heads.iter().map(|head| (*head).to_owned());
        let fields = self.fields.iter().cloned();
        row(heads.chain(fields).chain(["text".to_owned()]), out)
    }

    /// Writes the row of a fact.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn row(&self, fact: &FactJson<'_>, out: &mut dyn Write) -> io::Result<()> {
        let (span, at) = fact.place();
        let places = [at.line, at.column, span.start, span.end].map(|number| number.to_string());
        let fields = fact.fields();
        let value = |column: &String| {
            let field = fields.iter().find(|(name, _)| name == column);
            field.map(|(_, value)| text(value)).unwrap_or_default()
        };
        let cells = [fact.file.name().to_owned()]
            .into_iter()
            .chain(places)
            .chain([fact.kind().to_owned()])
            .chain(self.fields.iter().map(value))
            .chain([fact.text()]);
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
