//! A line of JSON whose values know where in it they stand.

use std::fmt;

use serde::{
    Deserialize,
    de::{Deserializer, MapAccess, Visitor},
};
use serde_json::value::RawValue;

use super::Mistake;
use crate::span::Span;

/// One object of JSON, its values still as they are written.
#[derive(Debug)]
pub struct Line<'a> {
    text: &'a str,
    fields: Vec<(String, &'a RawValue)>,
}

impl<'a> Line<'a> {
    /// The object that a line holds.
    ///
    /// # Errors
    ///
    /// A mistake where it is not JSON, or no object.
    pub fn parse(text: &'a str) -> Result<Self, Mistake> {
        match serde_json::from_str::<Fields<'a>>(text) {
            Ok(Fields(fields)) => Ok(Self { text, fields }),
            Err(error) => Err(not_json(text, &error)),
        }
    }

    /// The first value of a name, and what it says where that is anything: `null` says nothing.
    pub(super) fn get(&self, name: &str) -> Option<&'a RawValue> {
        let found = self.fields.iter().find(|(known, _)| known == name);
        found
            .map(|(_, value)| *value)
            .filter(|value| value.get() != "null")
    }

    /// Whether a name is given, be it as `null`.
    pub(super) fn names(&self, name: &str) -> bool {
        self.fields.iter().any(|(known, _)| known == name)
    }

    /// The names that are given, with their values.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.fields
            .iter()
            .map(|(name, value)| (name.as_str(), *value))
    }

    /// The bytes of a value of this line.
    pub(super) fn span(&self, value: &RawValue) -> Span {
        let written = value.get();
        let start = written.as_ptr().addr() - self.text.as_ptr().addr();
        Span::new(start, start + written.len())
    }

    /// The value of a name, where it is given; `wanted` says what it should be.
    ///
    /// # Errors
    ///
    /// A mistake where it is something else.
    pub fn typed<T: Deserialize<'a>>(
        &self,
        name: &str,
        wanted: &str,
    ) -> Result<Option<T>, Mistake> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        serde_json::from_str(value.get())
            .map(Some)
            .map_err(|_| self.mistyped(name, value, wanted))
    }

    /// The value of a name that must be given.
    ///
    /// # Errors
    ///
    /// A mistake where it is missing, or something else.
    pub fn required<T: Deserialize<'a>>(&self, name: &str, wanted: &str) -> Result<T, Mistake> {
        self.typed(name, wanted)?.ok_or_else(|| Mistake {
            span: Span::new(0, 1),
            message: format!("`{name}` is missing"),
            help: Some(format!("`{name}` is {wanted}")),
        })
    }

    /// Says that a value is not what it should be.
    pub(super) fn mistyped(&self, name: &str, value: &RawValue, wanted: &str) -> Mistake {
        Mistake {
            span: self.span(value),
            message: format!("`{name}` must be {wanted}"),
            help: None,
        }
    }
}

/// Where JSON ends that is none.
fn not_json(text: &str, error: &serde_json::Error) -> Mistake {
    let column = error.column().saturating_sub(1).min(text.len());
    let start = text.floor_char_boundary(column);
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    Mistake {
        span: Span::new(start, text.ceil_char_boundary(start + 1)),
        message: format!("this is not a record in JSON: {said}"),
        help: Some("each line holds one object, as `assize facts --format jsonl` writes it".into()),
    }
}

/// The fields of an object, in their order.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(fields)
            }
        }
        from.deserialize_map(Read).map(Fields)
    }
}
