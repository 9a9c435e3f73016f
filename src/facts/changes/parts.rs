//! What a change is made of, and the fact that it becomes.

use std::cmp::Ordering;

use crate::{
    facts::{
        Fact,
        levels::{self, Words},
        schema::{CHANGE, change::Slot},
    },
    grammar::{change::Direction, level, number::Quantity},
    span::Span,
    value::{Unit, Value},
};

/// What a change is made of, before it becomes a fact.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    pub(super) from: Option<Quantity>,
    pub(super) to: Option<Quantity>,
    pub(super) by: Option<Quantity>,
    pub(super) measure: Option<Span>,
    pub(super) since: Option<Span>,
    pub(super) period: Option<Span>,
    pub(super) span: Span,
}

/// The fact of a change.
pub(super) fn fact(words: &Words<'_>, direction: Direction, mut parts: Parts) -> Option<Fact> {
    if let (Some(from), Some(to)) = (&mut parts.from, &mut parts.to) {
        level::align(from, to);
    }
    starts_in(words, &mut parts);
    let direction = direction_name(direction, parts.from.as_ref(), parts.to.as_ref())?;
    let level_unit = parts.from.as_ref().or(parts.to.as_ref()).map(unit_of);
    let by_unit = (parts.by.as_ref().map(unit_of)).filter(|&unit| unit != Unit::Times);
    let span = [&parts.from, &parts.to, &parts.by]
        .into_iter()
        .flatten()
        .fold(parts.span, |span, value| span.join(value.span));
    let since = parts.since.map_or(Value::Unknown, |since| {
        Value::text(words.reading.document.text_of(since))
    });
    let period = words.period(parts.to.as_ref(), parts.period, parts.since);
    Some(
        Fact::new(CHANGE, span, words.place)
            .with(Slot::measure, words.label(parts.measure))
            .with(Slot::from, levels::number(parts.from.as_ref()))
            .with(Slot::to, levels::number(parts.to.as_ref()))
            .with(Slot::by, levels::number(parts.by.as_ref()))
            .with(Slot::unit, symbol(level_unit.or(by_unit)))
            .with(Slot::by_unit, symbol(by_unit))
            .with(Slot::direction, Value::Symbol(direction))
            .with(Slot::since, since)
            .with(Slot::period, period),
    )
}

/// Takes the period right behind the earlier value, where that comes last, for the one in which the change starts: "In 2021 it
/// rose to 41% from 38% in 2020".
fn starts_in(words: &Words<'_>, parts: &mut Parts) {
    let (Some(from), Some(to), Some(period), None) =
        (&parts.from, &parts.to, parts.period, parts.since)
    else {
        return;
    };
    let last = to.span.end <= from.span.start && from.span.end <= period.start;
    let between = last.then(|| Span::new(from.span.end, period.start));
    let text = between.map_or("", |span| words.reading.document.text_of(span).trim());
    if last && ["", "in"].contains(&text) {
        parts.since = Some(period);
        parts.period = None;
    }
}

fn symbol(unit: Option<Unit>) -> Value {
    unit.map_or(Value::Unknown, |unit| {
        Value::Symbol(levels::unit_name(unit))
    })
}

pub(super) fn unit_of(quantity: &Quantity) -> Unit {
    quantity.number.unit()
}

/// The name of a direction; read off the values where the words leave it to them.
fn direction_name(
    direction: Direction,
    from: Option<&Quantity>,
    to: Option<&Quantity>,
) -> Option<&'static str> {
    Some(match direction {
        Direction::Up => "up",
        Direction::Down => "down",
        Direction::Unchanged => "unchanged",
        Direction::Better => "better",
        Direction::Worse => "worse",
        Direction::ByValues => match levels::order(to?.number, from?.number) {
            Ordering::Greater => "up",
            Ordering::Less => "down",
            Ordering::Equal => "unchanged",
        },
    })
}
