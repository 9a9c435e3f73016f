//! What the JSON Schema of a file says of a place in it: the keys that may stand there, the values, and what they mean.
//!
//! A file that is being written is seldom whole YAML, so that the place is told by indentation alone.

use serde_json::Value;

use crate::span::{Span, text_at};

/// Schemas that lead to others, one inside the other.
const MAX_DEPTH: usize = 12;

/// Where in a YAML file something stands, or is about to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place<'a> {
    /// The keys above it, from the top; of a value, with its own.
    pub path: Vec<&'a str>,
    /// Whether a value stands there, and not a key.
    pub is_value: bool,
}

/// Something that may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// The key or value.
    pub name: String,
    /// What it means; may be empty.
    pub help: String,
}

impl<'a> Place<'a> {
    /// The place of the word that starts at a byte.
    pub(super) fn at(text: &'a str, start: usize) -> Self {
        let before = text_at(text, Span::new(0, start));
        let mut lines = before.rsplit('\n');
        let line = Line::of(lines.next().unwrap_or_default());
        let value = line.key.is_some();
        let mut path: Vec<&str> = line.key.into_iter().collect();
        // A mark of a list may stand where its key does.
        let mut indent = line.mark.map_or(line.indent, |mark| mark + 1);
        for line in lines.map(Line::of) {
            if indent == 0 {
                break;
            }
            if let Some(key) = line.key.filter(|_| line.indent < indent) {
                path.push(key);
                indent = line.mark.map_or(line.indent, |mark| mark + 1);
            } else if let Some(mark) = line.mark.filter(|mark| *mark < indent) {
                indent = mark + 1;
            }
        }
        path.reverse();
        Self {
            path,
            is_value: value,
        }
    }

    /// What may stand there.
    pub(super) fn known(&self, schema: &Value) -> Vec<Known> {
        let here = walk(schema, &self.path);
        let mut known: Vec<Known> = Vec::new();
        for schema in here {
            let found = if self.is_value {
                values(schema)
            } else {
                keys(schema)
            };
            for one in found {
                if !known.iter().any(|other| other.name == one.name) {
                    known.push(one);
                }
            }
        }
        known
    }

    /// The key above, or of, what stands there.
    pub(super) fn key(&self) -> Option<&'a str> {
        self.path.last().copied()
    }
}

/// A line of a YAML file.
struct Line<'a> {
    /// Columns before its content, behind marks of lists.
    indent: usize,
    /// Column of the mark of a list that it begins with.
    mark: Option<usize>,
    /// Its key, where it is behind it.
    key: Option<&'a str>,
}

impl<'a> Line<'a> {
    fn of(line: &'a str) -> Self {
        let content = line.trim_start_matches([' ', '-']);
        let indent = line.len() - content.len();
        let marks = text_at(line, Span::new(0, indent));
        let key = content
            .split_once(':')
            .filter(|_| !content.starts_with('#'));
        // `a:b` is a text, and so is what a quotation mark began.
        let key = key.filter(|(_, rest)| rest.is_empty() || rest.starts_with([' ', '\r']));
        Self {
            indent,
            mark: marks.rfind('-'),
            key: key.map(|(key, _)| key.trim_matches(['"', '\''])),
        }
    }
}

/// The schemas that hold at the end of a path.
fn walk<'s>(schema: &'s Value, path: &[&str]) -> Vec<&'s Value> {
    let mut here = Vec::new();
    resolve(schema, schema, 0, &mut here);
    for key in path {
        let mut next = Vec::new();
        for at in here {
            let own = at.get("properties").and_then(|keys| keys.get(key));
            let of_any = at.get("additionalProperties").filter(|_| own.is_none());
            for found in own.into_iter().chain(of_any) {
                resolve(schema, found, 0, &mut next);
            }
        }
        here = next;
    }
    here
}

/// The schemas that one stands for, what it refers to and chooses between, and those of the elements of its lists.
fn resolve<'s>(root: &'s Value, schema: &'s Value, depth: usize, into: &mut Vec<&'s Value>) {
    if depth > MAX_DEPTH {
        return;
    }
    into.push(schema);
    let named = schema.get("$ref").and_then(Value::as_str);
    let named = named.and_then(|path| root.pointer(path.trim_start_matches('#')));
    let chosen = ["anyOf", "oneOf", "allOf"].into_iter();
    let chosen = chosen
        .filter_map(|way| schema.get(way)?.as_array())
        .flatten();
    let more = named.into_iter().chain(schema.get("items")).chain(chosen);
    for schema in more {
        resolve(root, schema, depth + 1, into);
    }
}

fn keys(schema: &Value) -> Vec<Known> {
    let keys = schema.get("properties").and_then(Value::as_object);
    let keys = keys.into_iter().flatten();
    keys.map(|(name, about)| Known::new(name, about)).collect()
}

fn values(schema: &Value) -> Vec<Known> {
    let listed = schema.get("enum").and_then(Value::as_array);
    let listed = listed.into_iter().flatten().filter_map(Value::as_str);
    let one = schema.get("const").and_then(Value::as_str);
    let is_switch = schema.get("type").is_some_and(|of| *of == "boolean");
    let switch = ["true", "false"].into_iter().filter(|_| is_switch);
    let names = listed.chain(one).chain(switch);
    names.map(|name| Known::new(name, schema)).collect()
}

impl Known {
    fn new(name: &str, about: &Value) -> Self {
        let help = about.get("description").and_then(Value::as_str);
        Self {
            name: name.to_owned(),
            help: help.unwrap_or_default().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place of `|`, as its keys and what stands there.
    #[track_caller]
    fn check(text: &str, path: &[&str], is_value: bool) {
        let at = text.find('|').expect("a place");
        let place = Place::at(text, at);
        assert_eq!(
            (place.path.as_slice(), place.is_value),
            (path, is_value),
            "{text:?}"
        );
    }

    #[test]
    fn places_are_told_by_indentation() {
        check("|", &[], false);
        check("id: a\n|", &[], false);
        check("id: |", &["id"], true);
        check("a:\n  b: 1\n  |", &["a"], false);
        check("a:\n  b:\n    c: |", &["a", "b", "c"], true);
        check("a:\n  - b: 1\n    |", &["a"], false);
        check("a:\n- b: 1\n  |", &["a"], false);
        check("a:\n  - |", &["a"], false);
        check("a:\n  - b:\n      |", &["a", "b"], false);
        check("x:\n  y: 1\na:\n  b: 1\n# no: key\n  |", &["a"], false);
        check(
            "overrides:\n  - paths: [\"*.md\"]\n    rules:\n      text/*: |",
            &["overrides", "rules", "text/*"],
            true,
        );
    }

    #[test]
    fn schemas_are_followed() {
        let schema = serde_json::json!({
            "$defs": { "Level": { "oneOf": [{ "const": "error", "description": "Bad." }, { "type": "boolean" }] } },
            "properties": {
                "rules": { "anyOf": [{ "additionalProperties": { "$ref": "#/$defs/Level" } }, { "type": "null" }] },
                "sets": { "items": { "properties": { "paths": { "description": "Where." } } } },
            },
        });
        let names = |text: &str| {
            let place = Place::at(text, text.len());
            let known = place.known(&schema).into_iter();
            known.map(|known| known.name).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names(""), "rules sets");
        assert_eq!(names("rules:\n  a: "), "error true false");
        assert_eq!(names("sets:\n  - "), "paths");
        assert_eq!(names("other:\n  "), "");
    }
}
