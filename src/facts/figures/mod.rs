//! Figures: numbers with what they count, and the many numerals that count nothing.
//!
//! A numeral is a figure unless something beside it says otherwise: a name ("Year 10"), an age, a rating, a list marker, a
//! telephone number, a date. What says so is in the lexicon, class `not-counted`, or in the productions here.
//!
//! `find` goes through the numbers of a sentence and asks each for its `context`. What counts nothing is told by one file for each
//! kind: `glued` to other words, `named`, `ages`, or `parts` of something. `hedges` stand before what counts.

mod ages;
mod context;
mod find;
mod glued;
mod hedges;
mod named;
mod parts;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::{
    Fact, Place,
    measures::{self, Measured, Periods},
    ratings,
    reading::Reading,
    schema::{CHANGE, COMPARISON, FIGURE, PROPORTION, SAMPLE_SHARE, TALLY, figure::Slot},
};
use crate::{
    grammar::{noun::NounPhrase, number::Quantity},
    span::Span,
    value::Value,
};

pub(super) use self::{context::is_scored, find::find, hedges::hedge_before, named::role_of};

/// A numeral that counts or measures something, before it is a fact.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    /// Tokens of the number and its unit.
    pub(super) tokens: Range<usize>,
    /// The number.
    pub(super) quantity: Quantity,
    /// A name of [`UNITS`](super::schema::UNITS).
    pub(super) unit: &'static str,
    /// What is counted, where it stands right after.
    pub(super) noun: Option<NounPhrase>,
    /// Number, unit, and the counted noun where it stands right after.
    pub(super) span: Span,
    /// The hedge before it, a name of [`HEDGES`].
    pub(super) hedge: Option<&'static str>,
}

/// Adds the figures of a document. Runs last, so that a figure knows which fact it stands in.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let periods = Periods::new(facts);
    let graded = ratings::ends(facts);
    // A number that a rating ends with is its grade: "4 stars (2023: 3)".
    let is_grade =
        |counted: &Counted| counted.unit == "count" && graded.contains(&counted.quantity.span.end);
    let mut found = Vec::new();
    for sentence in &reading.sentences {
        let figures = reading.figures(sentence);
        let measured = measures::of(reading, sentence, figures, &periods);
        let counts = figures.iter().zip(measured);
        for (counted, measured) in counts.filter(|(counted, _)| !is_grade(counted)) {
            found.push(fact(counted, measured, sentence.place));
        }
    }
    let outer = outer_spans(facts);
    for figure in found {
        match within(&outer, figure.span) {
            // The number of a tally is said by the tally.
            Some("tally") => {}
            Some(kind) => facts.push(figure.with(Slot::within, Value::text(kind))),
            None => facts.push(figure),
        }
    }
}

fn fact(counted: &Counted, measured: Measured, place: Place) -> Fact {
    Fact::new(FIGURE, counted.span, place)
        .with(Slot::measure, measured.measure)
        .with(Slot::value, counted.quantity.number)
        .with(Slot::unit, Value::Symbol(counted.unit))
        .with(
            Slot::hedge,
            counted.hedge.map_or(Value::Unknown, Value::Symbol),
        )
        .with(
            Slot::when,
            measured.when.map_or(Value::Unknown, Value::Symbol),
        )
        .with(Slot::period, measured.period)
        .with(Slot::scope, measured.scope)
        .with(Slot::within, Value::text(""))
}

/// Spans of the facts that figures stand inside, in order, with the name of their kind.
fn outer_spans(facts: &[Fact]) -> Vec<(Span, &'static str)> {
    let kinds = [
        (CHANGE, "change"),
        (COMPARISON, "comparison"),
        (PROPORTION, "proportion"),
        (SAMPLE_SHARE, "proportion"),
        (TALLY, "tally"),
    ];
    let mut spans: Vec<_> = facts
        .iter()
        .filter_map(|fact| {
            let (_, name) = kinds.iter().find(|(kind, _)| *kind == fact.kind)?;
            Some((fact.span, *name))
        })
        .collect();
    spans.sort_unstable();
    spans
}

/// How many facts before a figure are looked at for one that holds it; facts that overlap are few.
const NEAR_FACTS: usize = 12;

/// The kind of fact that holds the start of a figure.
fn within(outer: &[(Span, &'static str)], figure: Span) -> Option<&'static str> {
    let before = outer.partition_point(|(span, _)| span.start <= figure.start);
    let near = outer.get(before.saturating_sub(NEAR_FACTS)..before)?;
    near.iter()
        .rev()
        .find(|(span, _)| figure.start < span.end)
        .map(|(_, kind)| *kind)
}
