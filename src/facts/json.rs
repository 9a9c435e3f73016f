//! Facts as JSON, by the names of the schema.
//!
//! Numbers are decimal strings, grades and labels their wording, conditions booleans, what is not stated `null`. A field of
//! type date is its day, or `first/last` for a longer period (ISO 8601), `YYYY-MM-DD`.

use serde_json::{Map, Value as Json};

use super::{Fact, schema};
use crate::{
    document::Document,
    source::SourceFile,
    value::{Value, Verdict, tidy},
};

/// A fact as a JSON object: `kind`, its fields, then `text`, `start` and `end` (bytes of the author's file), `line` and
/// `column` (from 1, columns in characters).
pub fn fact(fact: &Fact, document: &Document, file: &SourceFile) -> Json {
    let mut object = Map::new();
    if let Some(kind) = schema::KINDS.get(usize::from(fact.kind.0)) {
        object.insert("kind".into(), kind.name.into());
        for (field, value) in kind.fields.iter().zip(&fact.values) {
            object.insert(field.name.into(), json(value));
        }
    }
    let span = document.map.to_source(fact.span);
    let at = file.line_column(span.start);
    object.insert("text".into(), tidy(document.text_of(fact.span)).into());
    object.insert("start".into(), span.start.into());
    object.insert("end".into(), span.end.into());
    object.insert("line".into(), at.line.into());
    object.insert("column".into(), at.column.into());
    Json::Object(object)
}

/// A value as JSON.
pub fn json(value: &Value) -> Json {
    match value {
        Value::Unknown => Json::Null,
        Value::Verdict(Verdict::Holds) => true.into(),
        Value::Verdict(Verdict::Fails) => false.into(),
        Value::Verdict(verdict) => verdict.name().into(),
        Value::Number(number) => number.value().to_string().into(),
        Value::Days(days) if days.is_day() => days.from().to_string().into(),
        Value::Days(days) => format!("{}/{}", days.from(), days.to()).into(),
        Value::List(values) => values.iter().map(json).collect(),
        other => other.to_string().into(),
    }
}
