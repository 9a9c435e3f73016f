//! Facts as JSON, by the names of the schema.
//!
//! Numbers are decimal strings, grades and labels their wording, conditions booleans, what is not stated `null`. A field of
//! type date is its day, or `first/last` for a longer period (ISO 8601), `YYYY-MM-DD`.

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{
    Fact, Facts,
    schema::{self, Kind},
};
use crate::{
    document::Document,
    source::SourceFile,
    span::{LineColumn, Span},
    value::{Label, Value, Verdict, tidy},
};

/// A document and the facts it states, as `{"path", "subject", "framework", "facts": […]}`.
#[derive(Clone, Copy, Debug)]
pub struct DocumentJson<'a> {
    /// The author's file.
    pub file: &'a SourceFile,
    /// The file as read.
    pub document: &'a Document,
    /// Its facts.
    pub facts: &'a Facts,
    /// Id of the framework it was read with.
    pub framework: &'a str,
}

impl<'a> DocumentJson<'a> {
    /// The facts one by one, in order of place.
    pub fn facts(self) -> impl Iterator<Item = FactJson<'a>> {
        self.facts.facts.iter().map(move |fact| FactJson {
            fact,
            document: self.document,
            file: self.file,
        })
    }
}

impl Serialize for DocumentJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("path", self.file.name())?;
        let subject = self.facts.about.subject.as_ref();
        map.serialize_entry("subject", &subject.map(Label::text))?;
        map.serialize_entry("framework", self.framework)?;
        map.serialize_entry("facts", &self.facts().collect::<Vec<_>>())?;
        map.end()
    }
}

/// A fact as `{"kind", …fields, "text", "start", "end", "line", "column"}`: `start` and `end` are bytes of the author's file,
/// `line` and `column` count from 1, columns in characters.
#[derive(Clone, Copy, Debug)]
pub struct FactJson<'a> {
    /// The fact.
    pub fact: &'a Fact,
    /// The document that states it.
    pub document: &'a Document,
    /// The author's file.
    pub file: &'a SourceFile,
}

impl FactJson<'_> {
    /// Its kind; `None` for a kind that the schema does not list.
    pub fn kind(&self) -> Option<&'static Kind> {
        schema::KINDS.get(usize::from(self.fact.kind.0))
    }

    /// Bytes of the author's file, and the line and column of the first.
    pub fn place(&self) -> (Span, LineColumn) {
        let span = self.document.map.to_source(self.fact.span);
        (span, self.file.line_column(span.start))
    }

    /// Writes the fact's entries into an object that may hold others.
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    pub fn entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        if let Some(kind) = self.kind() {
            map.serialize_entry("kind", kind.name)?;
            for (field, value) in kind.fields.iter().zip(&self.fact.values) {
                map.serialize_entry(field.name, &ValueJson(value))?;
            }
        }
        let (span, at) = self.place();
        map.serialize_entry("text", &tidy(self.document.text_of(self.fact.span)))?;
        map.serialize_entry("start", &span.start)?;
        map.serialize_entry("end", &span.end)?;
        map.serialize_entry("line", &at.line)?;
        map.serialize_entry("column", &at.column)
    }
}

impl Serialize for FactJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.entries(&mut map)?;
        map.end()
    }
}

/// A value as JSON.
#[derive(Clone, Copy, Debug)]
pub struct ValueJson<'a>(pub &'a Value);

impl Serialize for ValueJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Unknown => serializer.serialize_none(),
            Value::Verdict(Verdict::Holds) => serializer.serialize_bool(true),
            Value::Verdict(Verdict::Fails) => serializer.serialize_bool(false),
            Value::List(values) => serializer.collect_seq(values.iter().map(ValueJson)),
            other => serializer.serialize_str(&text(other)),
        }
    }
}

/// A value as a bare text: what JSON has in quotes, without them; lists with `; ` between, conditions `true` and `false`,
/// empty for what is not stated.
pub fn text(value: &Value) -> String {
    match value {
        Value::Unknown => String::new(),
        Value::Verdict(Verdict::Holds) => "true".to_owned(),
        Value::Verdict(Verdict::Fails) => "false".to_owned(),
        Value::Number(number) => number.value().to_string(),
        Value::Days(days) if days.is_day() => days.from().to_string(),
        Value::Days(days) => format!("{}/{}", days.from(), days.to()),
        Value::List(values) => values.iter().map(text).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}
