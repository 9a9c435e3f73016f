//! Changes that movements state: "rose from 12 to 15".

use rust_decimal::Decimal;

use super::{
    pairs,
    parts::{Parts, fact, unit_of},
};
use crate::{
    facts::{
        Fact,
        levels::{CLAUSE, Words},
        schema::change::Slot,
    },
    grammar::{
        Class, Input, base,
        change::{Movement, Reach},
        level::Level,
        number::Quantity,
        past,
    },
    span::Span,
    value::{Number, Unit},
};

/// The change that a movement states, with a value of the sentence before unless that is `settled` by a change there; two where
/// it is given as counts and shares at once.
pub(super) fn of_movement(
    words: &Words<'_>,
    previous: Option<&Words<'_>>,
    settled: bool,
    movement: &Movement,
    facts: &mut Vec<Fact>,
) {
    let before = previous.filter(|_| !settled);
    let mut parts = stated(movement);
    if parts.to.is_none() {
        find_later(words, before, movement, &mut parts);
    }
    if parts.from.is_none() {
        find_earlier(words, before, movement, &mut parts);
    }
    let valued = parts.from.is_some() || parts.by.is_some() || parts.to.is_some();
    if !valued && movement.factor.is_none() {
        return;
    }
    if movement.reach == Reach::Previous && parts.measure.is_none() {
        parts.measure = previous.and_then(|previous| {
            let value = previous.last(None)?;
            previous.measure_of(&value, usize::MAX)
        });
    }
    parts.measure = parts
        .measure
        .or(movement.object)
        .or_else(|| words.subject(movement.trigger));
    let complete = parts.from.is_some() && parts.to.is_some();
    if parts.by.is_none() && !complete {
        parts.by = multiple(movement.factor, words.input.restart(movement.trigger));
    }
    if let Some(shares) = of_shares(movement, &parts) {
        facts.extend(fact(words, movement.direction, shares));
    }
    let factor = movement.factor.map(Number::exact);
    let counts = fact(words, movement.direction, parts);
    facts.extend(counts.map(|fact| fact.with(Slot::factor, factor)));
}

/// What the words of a movement state by themselves.
fn stated(movement: &Movement) -> Parts {
    let value = |level: &Option<Level>| level.as_ref().map(|level| level.quantity.clone());
    Parts {
        from: value(&movement.from),
        to: value(&movement.to),
        by: movement.by.clone(),
        measure: None,
        since: movement.since,
        period: movement.period,
        span: movement.span,
    }
}

/// The same change in shares, where both values have one: "from 12 (4%) to 30 (10%)".
fn of_shares(movement: &Movement, parts: &Parts) -> Option<Parts> {
    let share = |level: &Option<Level>| level.as_ref()?.share.clone();
    Some(Parts {
        from: Some(share(&movement.from)?),
        to: Some(share(&movement.to)?),
        by: None,
        ..parts.clone()
    })
}

/// Finds the later value of a movement, and its measure: after the movement, before it, or in the sentence `before`.
fn find_later(
    words: &Words<'_>,
    before: Option<&Words<'_>>,
    movement: &Movement,
    parts: &mut Parts,
) {
    let size = parts.by.as_ref().map(unit_of);
    let unit = parts.from.as_ref().map(unit_of);
    let unit = unit.or_else(|| size.filter(|&unit| unit != Unit::Percent));
    let after = || words.after(movement.end, unit);
    parts.to = match movement.reach {
        Reach::Within if unit == Some(Unit::Points) && parts.from.is_some() => {
            let gap = || before.and_then(|previous| previous.gap_before(previous.end()));
            after()
                .or_else(|| words.gap_before(movement.first))
                .or_else(gap)
        }
        Reach::Within => parts.from.as_ref().and_then(|_| after()),
        Reach::Back => words.compared(movement.first, unit).or_else(after),
        Reach::Previous => before.and_then(|previous| previous.last(unit)),
    };
    parts.measure = parts.to.as_ref().and_then(|to| match movement.reach {
        Reach::Previous => before.and_then(|previous| previous.measure_of(to, usize::MAX)),
        _ => words.measure_of(to, movement.first),
    });
}

/// Finds the earlier value of a movement, and its measure: in the sentence `before`, or before the movement.
fn find_earlier(
    words: &Words<'_>,
    before: Option<&Words<'_>>,
    movement: &Movement,
    parts: &mut Parts,
) {
    if movement.reach == Reach::Previous
        && let Some(to) = movement.to.as_ref()
    {
        let unit = unit_of(&to.quantity);
        parts.from = before.and_then(|previous| previous.last(Some(unit)));
        parts.measure = before
            .zip(parts.from.as_ref())
            .and_then(|(previous, from)| previous.measure_of(from, usize::MAX));
    }
    if parts.from.is_none()
        && movement.reach == Reach::Back
        && let Some(to) = parts.to.as_ref()
        && let Some((from, (at, since))) = pairs::earlier_beside(words, to)
    {
        parts.measure = words.measure_of(&from.quantity, at);
        parts.span = from.quantity.span.join(parts.span);
        parts.from = Some(from.quantity.clone());
        parts.since = parts.since.or(Some(since));
    }
    if parts.from.is_none()
        && movement.factor.is_none()
        && let Some((from, since)) = earlier_in(words, movement, parts.to.as_ref())
    {
        let verb = past::verb_before(words.input, from).map(|(at, _)| at);
        parts.measure = parts
            .measure
            .or_else(|| words.subject(verb.unwrap_or(movement.trigger)));
        parts.from = Some(from.quantity.clone());
        parts.since = parts.since.or(since);
    }
}

/// The earlier value that stands before a movement to a later one, and the words for its period: "From 210 in 2019, the roll
/// has risen to 265", "Visits were 90 in 2019 and fell to 60".
fn earlier_in<'l>(
    words: &'l Words<'_>,
    movement: &Movement,
    to: Option<&Quantity>,
) -> Option<(&'l Level, Option<Span>)> {
    let unit = unit_of(to.filter(|_| movement.to.is_some())?);
    let end = words
        .levels
        .partition_point(|level| level.tokens.end <= movement.first);
    let level = words.levels.get(end.checked_sub(1)?)?;
    let between = words.input.restart(level.tokens.end).until(movement.first);
    let near = between.len() <= CLAUSE && !level.amount && !level.alternative;
    if !near || !base::fits(unit)(unit_of(&level.quantity)) {
        return None;
    }
    let period = base::find_period(between.until(between.position() + CLAUSE / 2));
    let leads = words.input.starts_with("from")
        && level.tokens.start - words.input.position() <= CLAUSE / 2;
    let apposed = level.tokens.start.checked_sub(1).is_some_and(|mark| {
        let mark = words.input.restart(mark);
        mark.starts_with(",") || mark.starts_with("(")
    });
    let month = between.starts_with("in")
        && between
            .skip(1)
            .first()
            .is_some_and(|token| token.classes.has(Class::Month));
    let dated = month || period.is_some_and(|(at, _)| at == between.position());
    let states =
        apposed && dated || period.is_some() && past::verb_before(words.input, level).is_some();
    (leads || states).then_some((level, period.map(|(_, span)| span)))
}

/// A multiple as the size of a movement: "doubled" is by 2 times. None for what became a fraction.
pub(super) fn multiple(factor: Option<Decimal>, at: Input<'_>) -> Option<Quantity> {
    let factor = factor.filter(|&factor| factor > Decimal::ONE)?;
    Some(Quantity {
        number: Number::exact(factor).with_unit(Unit::Times),
        span: at.first()?.span,
        hedge: None,
        in_words: true,
        scale: Decimal::ONE,
    })
}
