//! The line of a fact.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Mistake,
    line::Line,
    value::{Context, Exact, Plain, wanted},
};
use crate::{
    facts::{Fact, Place, json::FactJson, phrases::Kinds, schema::COMMON_FIELDS},
    framework::Vocabulary,
    layout,
    span::Span,
    suggest::did_you_mean,
    value::{KindId, Type, Unit, Value},
};

/// The largest number of a byte, line, column or page: no file that is read is larger.
const LARGEST: usize = 1 << 31;

/// What a line holds beside the fields of its kind and those that every fact has.
pub(super) const OTHERS: &[(&str, &str)] = &[
    ("path", "the document that states it"),
    ("kind", "the kind of fact"),
    (
        "start",
        "its first byte in the file, or in the text that was taken out of it",
    ),
    ("end", "the byte after its last"),
    ("column", "1-based column in its line, in characters"),
    (
        "paragraph",
        "1-based paragraph, of a file that has no lines",
    ),
    (
        "note",
        "1-based footnote or endnote, of a file that has no lines",
    ),
    ("page", "1-based page, of a file that has no lines"),
    ("headings", "the headings above it, outermost first"),
    (
        "box",
        "left, top, right and bottom of its words on the page, in points",
    ),
    (
        "read",
        "what `assize facts` read beside it: its place in the text, and what plain values do not say",
    ),
];

/// What was read of a fact that its plain fields do not say.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadWith {
    /// Bytes of the clean text.
    pub span: Option<Span>,
    pub block: usize,
    pub sentence: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<(usize, usize)>,
    /// By field, what its value does not say.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, Exact>,
}

impl ReadWith {
    /// What stands beside a fact that was read from a document.
    pub(super) fn of(fact: &FactJson<'_>, vocabulary: &Vocabulary) -> Self {
        let unit = |name: &str| {
            let mut fields = fact.fields().into_iter();
            let found = fields.find(|(known, _)| *known == name);
            found.and_then(|(_, value)| value.as_words())
        };
        let types = fact.kinds.fields(fact.fact.kind);
        let values = types.iter().zip(&fact.fact.values);
        let values = values.filter_map(|((name, of), value)| {
            let context = Context {
                vocabulary,
                unit: unit_of(name, unit),
            };
            Some(((*name).to_owned(), context.exact(value, of)?))
        });
        Self {
            span: Some(fact.fact.span),
            block: fact.fact.place.block,
            sentence: fact.fact.place.sentence,
            cell: fact.fact.place.cell,
            values: values.collect(),
        }
    }
}

/// The unit of the numbers in a field, by the units that stand beside it.
fn unit_of<'a>(field: &str, beside: impl Fn(&str) -> Option<&'a str>) -> Unit {
    let named = match field {
        "percent" => return Unit::Percent,
        "by" => beside("by_unit").or_else(|| beside("unit")),
        _ => beside("unit"),
    };
    match named {
        Some("percent") => Unit::Percent,
        Some("points") => Unit::Points,
        _ => Unit::None,
    }
}

/// A fact as a line tells it.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub kind: KindId,
    pub values: Box<[Value]>,
    /// The words that state it, white space folded.
    pub words: String,
    pub start: Option<usize>,
    pub end: Option<usize>,
    /// From 1.
    pub line: Option<usize>,
    /// From 1.
    pub column: Option<usize>,
    /// Where in a package it stands.
    pub place: Option<layout::Place>,
    pub section: Option<String>,
    pub column_head: Option<String>,
    pub row_head: Option<String>,
    pub sentence: Option<String>,
    pub block: Option<String>,
    pub read: Option<ReadWith>,
}

impl Told {
    /// The fact that a line tells.
    ///
    /// # Errors
    ///
    /// Every mistake in it.
    pub(super) fn read(
        line: &Line<'_>,
        kinds: &Kinds,
        vocabulary: &Vocabulary,
    ) -> Result<Self, Vec<Mistake>> {
        let name: String = line.required("kind", "a text").map_err(|one| vec![one])?;
        let Some(kind) = kinds.by_name(&name) else {
            return Err(vec![unknown_kind(line, &name, kinds)]);
        };
        let fields = kinds.fields(kind);
        let mut mistakes = unknown_fields(line, &name, &fields);
        let read: Option<ReadWith> = part(
            line.typed("read", "what `assize facts` writes there"),
            &mut mistakes,
        );
        let units: Vec<(&str, String)> = ["unit", "by_unit"]
            .into_iter()
            .filter_map(|name| {
                let value = line.get(name)?;
                Some((name, serde_json::from_str(value.get()).ok()?))
            })
            .collect();
        let unit = |name: &str| {
            let mut known = units.iter();
            let found = known.find(|(known, _)| *known == name);
            found.map(|(_, unit)| unit.as_str())
        };
        let mut values = Vec::with_capacity(fields.len());
        for (name, of) in &fields {
            let context = Context {
                vocabulary,
                unit: unit_of(name, unit),
            };
            let exact = read.as_ref().and_then(|read| read.values.get(*name));
            let value = line.get(name).map_or_else(
                || Ok(left_out(name)),
                |value| {
                    let plain = serde_json::from_str::<Plain>(value.get());
                    let plain = plain.map_err(|_| wanted(of));
                    plain
                        .and_then(|plain| context.value(&plain, exact, of))
                        .map_err(|wanted| line.mistyped(name, value, &wanted))
                },
            );
            values.push(part(value.map(Some), &mut mistakes).unwrap_or_default());
        }
        let words = part(
            line.required("text", "the words that state the fact")
                .map(Some),
            &mut mistakes,
        );
        let mut number = |name| {
            let number = line.typed::<usize>(name, "a whole number");
            let number = number.and_then(|number| match (number, line.get(name)) {
                (Some(large), Some(value)) if large > LARGEST => {
                    Err(line.mistyped(name, value, "a place in a file"))
                }
                (number, _) => Ok(number),
            });
            part(number, &mut mistakes)
        };
        let [start, end] = ["start", "end"].map(&mut number);
        let [row, column] = ["line", "column"].map(&mut number);
        let [paragraph, note, page] = ["paragraph", "note", "page"].map(&mut number);
        let mut text = |name| part::<String>(line.typed(name, "a text"), &mut mistakes);
        let [section, column_head, row_head] =
            ["section", "column_head", "row_head"].map(&mut text);
        let [sentence, block] = ["sentence", "block"].map(&mut text);
        let headings = part(line.typed("headings", "a list of texts"), &mut mistakes);
        let bounds = part(
            line.typed::<[f32; 4]>("box", "a list of four numbers"),
            &mut mistakes,
        );
        let numbered = [
            (layout::Unit::Paragraph, paragraph),
            (layout::Unit::Note, note),
            (layout::Unit::Page, page),
        ];
        let place = numbered.into_iter().find_map(|(unit, number)| {
            Some(layout::Place {
                unit,
                number: number?,
                headings: headings.clone().unwrap_or_default(),
                bounds: bounds.map(Into::into),
            })
        });
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        Ok(Self {
            kind,
            values: values.into(),
            words: words.unwrap_or_default(),
            start,
            end,
            line: row,
            column,
            place,
            section,
            column_head,
            row_head,
            sentence,
            block,
            read,
        })
    }

    /// The fact at a place.
    pub(super) fn fact(self, span: Span, place: Place) -> Fact {
        Fact {
            kind: self.kind,
            span,
            values: self.values,
            place,
        }
    }
}

/// The value of a field that a record leaves out: who writes a rating down without a word of doubt is sure of it.
fn left_out(field: &str) -> Value {
    if field == "sure" {
        Value::from(true)
    } else {
        Value::Unknown
    }
}

/// A part that can be wrong while the others are right.
fn part<T>(read: Result<Option<T>, Mistake>, mistakes: &mut Vec<Mistake>) -> Option<T> {
    match read {
        Ok(part) => part,
        Err(mistake) => {
            mistakes.push(mistake);
            None
        }
    }
}

fn unknown_kind(line: &Line<'_>, name: &str, kinds: &Kinds) -> Mistake {
    let known: Vec<&str> = kinds.ids().map(|kind| kinds.name(kind)).collect();
    let hint = did_you_mean(name, known.iter().copied().chain([super::KIND]));
    Mistake {
        span: line
            .get("kind")
            .map_or_else(Span::default, |kind| line.span(kind)),
        message: format!("there is no kind of fact `{name}`{hint}"),
        help: Some(format!("the kinds are {}", known.join(", "))),
    }
}

/// A mistake for every field that facts of the kind do not have.
fn unknown_fields(line: &Line<'_>, kind: &str, fields: &[(&str, Type)]) -> Vec<Mistake> {
    let own = || fields.iter().map(|(name, _)| *name);
    let common = || {
        let common = COMMON_FIELDS.iter().map(|field| field.name);
        common.chain(OTHERS.iter().map(|(name, _)| *name))
    };
    let unknown = line
        .fields()
        .filter(|(name, _)| own().chain(common()).all(|known| known != *name));
    unknown
        .map(|(name, value)| Mistake {
            span: line.span(value),
            message: format!(
                "a {kind} has no field `{name}`{}",
                did_you_mean(name, own().chain(common()))
            ),
            help: Some(format!(
                "its fields are {}",
                own().collect::<Vec<_>>().join(", ")
            )),
        })
        .collect()
}
