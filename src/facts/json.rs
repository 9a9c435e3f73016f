//! Facts as JSON, by the names of the schema.
//!
//! Numbers are decimal strings, grades and labels their wording, conditions booleans, what is not stated `null`. A field of
//! type date is its day, or `first/last` for a longer period (ISO 8601), `YYYY-MM-DD`.

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{Fact, Facts, phrases::Kinds};
use crate::{
    document::Document,
    layout::Fields,
    source::SourceFile,
    span::{LineColumn, Span},
    value::{Label, Unit, Value, Verdict, tidy},
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
    /// Every kind of fact.
    pub kinds: &'a Kinds,
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
            kinds: self.kinds,
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
/// `line` and `column` count from 1, columns in characters. A file that was taken out of a package also has `paragraph`, `note` or
/// `page`, `headings`, and of a PDF the `box` around the words, in points.
#[derive(Clone, Copy, Debug)]
pub struct FactJson<'a> {
    /// The fact.
    pub fact: &'a Fact,
    /// The document that states it.
    pub document: &'a Document,
    /// The author's file.
    pub file: &'a SourceFile,
    /// Every kind of fact.
    pub kinds: &'a Kinds,
}

impl<'a> FactJson<'a> {
    /// The name of its kind.
    pub fn kind(&self) -> &'a str {
        self.kinds.name(self.fact.kind)
    }

    /// Its fields by name, in the order of the schema.
    pub fn fields(&self) -> Vec<(&'a str, &'a Value)> {
        let names = self.kinds.fields(self.fact.kind).into_iter();
        let names = names.map(|(name, _)| name);
        names.zip(&self.fact.values).collect()
    }

    /// The words of the document that state it, white space folded.
    pub fn text(&self) -> String {
        tidy(self.document.text_of(self.fact.span))
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
        map.serialize_entry("kind", self.kind())?;
        for (name, value) in self.fields() {
            map.serialize_entry(name, &ValueJson(value))?;
        }
        let (span, at) = self.place();
        map.serialize_entry("text", &self.text())?;
        map.serialize_entry("start", &span.start)?;
        map.serialize_entry("end", &span.end)?;
        map.serialize_entry("line", &at.line)?;
        map.serialize_entry("column", &at.column)?;
        let Some(place) = self.file.place(span) else {
            return Ok(());
        };
        let place = Fields::from(place);
        let numbers = [
            ("paragraph", place.paragraph),
            ("note", place.note),
            ("page", place.page),
        ];
        for (name, number) in numbers {
            if let Some(number) = number {
                map.serialize_entry(name, &number)?;
            }
        }
        map.serialize_entry("headings", &place.headings)?;
        match place.bounds {
            Some(bounds) => map.serialize_entry("box", &bounds),
            None => Ok(()),
        }
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
        Value::Number(number) if number.unit() == Unit::Times => format!("{}x", number.value()),
        Value::Number(number) => number.value().to_string(),
        Value::Days(days) if days.is_day() => days.from().to_string(),
        Value::Days(days) => format!("{}/{}", days.from(), days.to()),
        Value::List(values) => values.iter().map(text).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}
