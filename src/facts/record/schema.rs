//! The JSON Schema of records, made from the table of facts.

use serde_json::{Map, Value, json};

use super::{KIND, document, fact};
use crate::facts::schema::{COMMON_FIELDS, FieldType, KINDS};

/// The schema of one line: that of a document, of a fact of a built-in kind, or of a kind that a pack adds.
pub fn schema() -> Value {
    let mut lines = vec![document_line()];
    lines.extend(KINDS.iter().map(|kind| {
        let own = kind
            .fields
            .iter()
            .map(|field| (field.name, field.field_type, field.help));
        let mut properties = common();
        for (name, of, help) in own {
            properties.insert(name.to_owned(), or_null(&described(field(of), help)));
        }
        properties.insert(
            "kind".to_owned(),
            described(json!({ "const": kind.name }), kind.help.trim()),
        );
        json!({
            "title": kind.name,
            "type": "object",
            "required": ["path", "kind", "text"],
            "properties": properties,
            "additionalProperties": false,
        })
    }));
    let known: Vec<&str> = KINDS.iter().map(|kind| kind.name).chain([KIND]).collect();
    lines.push(json!({
        "title": "a kind that a rule pack adds",
        "type": "object",
        "required": ["path", "kind", "text"],
        "properties": { "kind": { "type": "string", "not": { "enum": known } } },
    }));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Record",
        "description": "A line of a file of records: a document, or a fact that one states. What is null is not stated.",
        "anyOf": lines,
    })
}

/// What every fact may have.
fn common() -> Map<String, Value> {
    let number = || json!({ "type": "integer", "minimum": 0 });
    let others = fact::OTHERS.iter().map(|(name, help)| {
        let of = match *name {
            "path" | "kind" => json!({ "type": "string" }),
            "headings" => json!({ "type": "array", "items": { "type": "string" } }),
            "box" => json!({ "type": "array", "items": { "type": "number" }, "minItems": 4, "maxItems": 4 }),
            "read" => json!({ "type": "object" }),
            _ => number(),
        };
        (*name, of, *help)
    });
    let of_all = COMMON_FIELDS.iter().map(|field| {
        let of = match field.field_type {
            FieldType::Number => number(),
            _ => json!({ "type": "string" }),
        };
        (field.name, of, field.help)
    });
    let properties = others.chain(of_all);
    properties
        .map(|(name, of, help)| {
            let of = described(of, help);
            let required = ["path", "kind", "text"].contains(&name);
            (name.to_owned(), if required { of } else { or_null(&of) })
        })
        .collect()
}

fn document_line() -> Value {
    let properties = document::FIELDS.iter().map(|(name, help)| {
        let of = match *name {
            "kind" => json!({ "const": KIND }),
            "format" => {
                let words: Vec<_> = document::FORMATS.iter().map(|(word, _)| *word).collect();
                json!({ "enum": words })
            }
            "layout" => json!({ "type": "object" }),
            _ => json!({ "type": "string" }),
        };
        let of = described(of, help);
        let required = ["path", "kind"].contains(name);
        ((*name).to_owned(), if required { of } else { or_null(&of) })
    });
    json!({
        "title": KIND,
        "type": "object",
        "required": ["path", "kind"],
        "properties": properties.collect::<Map<_, _>>(),
        "additionalProperties": false,
    })
}

fn field(of: FieldType) -> Value {
    let list = |items: Value| json!({ "type": "array", "items": items });
    let number = || json!({ "type": ["string", "number"], "pattern": r"^-?[0-9]+(\.[0-9]+)?x?$" });
    match of {
        FieldType::Bool => json!({ "type": "boolean" }),
        FieldType::Number => number(),
        FieldType::Date => json!({
            "type": "string",
            "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}(/[0-9]{4}(-[0-9]{2}){0,2})?$",
        }),
        FieldType::Grade | FieldType::Label | FieldType::Text => json!({ "type": "string" }),
        FieldType::Symbol(words) => {
            let words: Vec<&str> = words.iter().copied().chain([""]).collect();
            json!({ "enum": words })
        }
        FieldType::Numbers => list(number()),
        FieldType::Texts | FieldType::Labels => list(json!({ "type": "string" })),
    }
}

fn described(mut of: Value, help: &str) -> Value {
    if let Some(of) = of.as_object_mut() {
        of.insert("description".to_owned(), help.into());
    }
    of
}

/// A value that may be left unsaid.
fn or_null(of: &Value) -> Value {
    json!({ "anyOf": [of, { "type": "null" }] })
}
