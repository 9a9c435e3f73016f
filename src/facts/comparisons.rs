//! Comparisons: a measure set against an average, a target, or another group.

use std::cmp::Ordering;

use super::{
    Fact,
    levels::{self, Dates, Words},
    reading::Reading,
    schema::{COMPARISON, comparison::Slot},
};
use crate::{
    grammar::{
        base::{Base, BaseKind},
        comparison::{self, Comparison, Relation},
        number::Quantity,
    },
    span::Span,
    value::{Unit, Value},
};

/// Adds the comparisons of a document.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let dates = Dates::new(facts);
    levels::each_sentence(reading, &dates, |words, previous| {
        for comparison in comparison::comparisons(words.input, &words.levels) {
            for base in &comparison.bases {
                facts.extend(fact(words, previous, &comparison, base));
            }
        }
    });
}

/// The fact of a comparison with one base, if the base is a reference.
fn fact(
    words: &Words<'_>,
    previous: Option<&Words<'_>>,
    comparison: &Comparison,
    base: &Base,
) -> Option<Fact> {
    if base.kind != BaseKind::Reference {
        return None;
    }
    let by = comparison.by.as_ref();
    let unit = comparison::unit_of(base, by.filter(|by| by.number.unit() != Unit::Percent));
    let (value, measure) = value(words, previous, comparison, unit);
    let reference = base.value.as_ref().map(|level| level.quantity.clone());
    let relation = relation_name(comparison.relation, value.as_ref(), reference.as_ref())?;
    let level_unit = reference
        .as_ref()
        .or(value.as_ref())
        .map(|value| value.number.unit());
    let by_unit = by.map(|by| by.number.unit());
    let symbol = |unit: Option<Unit>| {
        unit.map_or(Value::Unknown, |unit| {
            Value::Symbol(levels::unit_name(unit))
        })
    };
    let span = match comparison.relation {
        Relation::ByValues => value
            .as_ref()
            .filter(|_| !words.points_back())
            .map_or(comparison.span, |value| comparison.span.join(value.span)),
        _ => comparison.span,
    };
    Some(
        Fact::new(COMPARISON, span, words.place)
            .with(Slot::measure, words.label(measure))
            .with(Slot::value, levels::number(value.as_ref()))
            .with(Slot::relation, Value::Symbol(relation))
            .with(Slot::by, levels::number(by))
            .with(Slot::unit, symbol(level_unit.or(by_unit)))
            .with(Slot::by_unit, symbol(by_unit))
            .with(Slot::reference, words.label(Some(base.label)))
            .with(Slot::reference_value, levels::number(reference.as_ref())),
    )
}

/// The value that is compared, and what it measures.
fn value(
    words: &Words<'_>,
    previous: Option<&Words<'_>>,
    comparison: &Comparison,
    unit: Option<Unit>,
) -> (Option<Quantity>, Option<Span>) {
    if let Some(value) = &comparison.value {
        return (
            Some(value.quantity.clone()),
            words.subject(comparison.first),
        );
    }
    let here = unit.and_then(|unit| words.before(comparison.first, Some(unit)));
    if let Some(value) = here {
        let measure = words.measure_of(&value, comparison.first);
        return (
            Some(value),
            measure.or_else(|| words.subject(comparison.first)),
        );
    }
    if words.points_back()
        && let Some(previous) = previous
        && let Some(value) = unit.and_then(|unit| previous.last(Some(unit)))
    {
        let measure = previous.measure_of(&value, usize::MAX);
        return (Some(value), measure);
    }
    (None, words.subject(comparison.first))
}

/// The name of a relation; read off the values where the words leave it to them.
fn relation_name(
    relation: Relation,
    value: Option<&Quantity>,
    reference: Option<&Quantity>,
) -> Option<&'static str> {
    Some(match relation {
        Relation::Above => "above",
        Relation::Below => "below",
        Relation::Better => "better",
        Relation::Worse => "worse",
        Relation::Equal => "equal",
        Relation::ByValues => match levels::order(value?.number, reference?.number) {
            Ordering::Greater => "above",
            Ordering::Less => "below",
            Ordering::Equal => "equal",
        },
    })
}
