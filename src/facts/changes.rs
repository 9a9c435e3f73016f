//! Changes: movements in time, within a sentence, over two sentences, and between the columns of a table.

use std::cmp::Ordering;

use super::{
    Fact, brackets,
    levels::{self, Dates, Words},
    periods,
    reading::Reading,
    schema::{CHANGE, change::Slot},
};
use crate::{
    grammar::{
        base::BaseKind,
        change::{self, Direction, Movement, Reach},
        comparison::{self, Comparison, Relation},
        level::{self, Level},
        number::Quantity,
    },
    span::Span,
    value::{Unit, Value},
};

/// Adds the changes of a document.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let mut complete = None;
    let dates = Dates::new(facts);
    levels::each_sentence(reading, &dates, |words, previous| {
        let first = facts.len();
        let movements = change::movements(words.input, &words.levels);
        let settled = previous.is_some_and(|before| complete == Some(before.place.sentence));
        let mut spans = Vec::new();
        for comparison in comparison::comparisons(words.input, &words.levels) {
            if !within(&movements, &comparison)
                && let Some((fact, span)) = of_comparison(words, previous, &comparison)
            {
                spans.push(span);
                facts.push(fact);
            }
        }
        for movement in &movements {
            if !overlaps(&spans, movement.span) {
                of_movement(words, previous.filter(|_| !settled), movement, facts);
            }
        }
        if facts.len() == first {
            facts.extend(previous.and_then(|previous| looking_back(words, previous)));
        }
        let states =
            |fact: &Fact| !fact.get(Slot::from).is_unknown() && !fact.get(Slot::to).is_unknown();
        if facts.get(first..).is_some_and(|new| new.iter().any(states)) {
            complete = Some(words.place.sentence);
        }
    });
    brackets::extract(reading, &dates, facts);
    periods::extract(reading, facts);
}

/// Whether a comparison is a part of a movement that begins before it: "rose to 41, compared with 36 last year".
fn within(movements: &[Movement], comparison: &Comparison) -> bool {
    let after = movements.partition_point(|movement| movement.span.start < comparison.span.start);
    after
        .checked_sub(1)
        .and_then(|at| movements.get(at))
        .is_some_and(|movement| movement.span.overlaps(comparison.span))
}

/// Whether one of `spans`, which are in order, shares a byte with `span`.
fn overlaps(spans: &[Span], span: Span) -> bool {
    let from = spans.partition_point(|known| known.end <= span.start);
    spans.get(from).is_some_and(|known| known.overlaps(span))
}

/// What a change is made of, before it becomes a fact.
#[derive(Clone, Debug, Default)]
struct Parts {
    from: Option<Quantity>,
    to: Option<Quantity>,
    by: Option<Quantity>,
    measure: Option<Span>,
    since: Option<Span>,
    period: Option<Span>,
    span: Span,
}

/// The fact of a change.
fn fact(words: &Words<'_>, direction: Direction, mut parts: Parts) -> Option<Fact> {
    if let (Some(from), Some(to)) = (&mut parts.from, &mut parts.to) {
        level::align(from, to);
    }
    let direction = direction_name(direction, parts.from.as_ref(), parts.to.as_ref())?;
    let level_unit = parts.from.as_ref().or(parts.to.as_ref()).map(unit_of);
    let by_unit = parts.by.as_ref().map(unit_of);
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

fn symbol(unit: Option<Unit>) -> Value {
    unit.map_or(Value::Unknown, |unit| {
        Value::Symbol(levels::unit_name(unit))
    })
}

fn unit_of(quantity: &Quantity) -> Unit {
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

/// The change that a movement states; two where it is given as counts and shares at once.
fn of_movement(
    words: &Words<'_>,
    previous: Option<&Words<'_>>,
    movement: &Movement,
    facts: &mut Vec<Fact>,
) {
    let value = |level: &Option<Level>| level.as_ref().map(|level| level.quantity.clone());
    let mut parts = Parts {
        from: value(&movement.from),
        to: value(&movement.to),
        by: movement.by.clone(),
        measure: None,
        since: movement.since,
        period: movement.period,
        span: movement.span,
    };
    if parts.to.is_none() {
        let unit = parts.from.as_ref().map(unit_of).or_else(|| {
            parts
                .by
                .as_ref()
                .map(unit_of)
                .filter(|&unit| unit != Unit::Percent)
        });
        parts.to = match movement.reach {
            Reach::Within => None,
            Reach::Back => words.before(movement.first, unit),
            Reach::Previous => previous.and_then(|previous| previous.last(unit)),
        };
        parts.measure = parts.to.as_ref().and_then(|to| match movement.reach {
            Reach::Previous => previous.and_then(|previous| previous.measure_of(to, usize::MAX)),
            _ => words.measure_of(to, movement.first),
        });
    }
    let states = parts.from.is_some()
        || parts.by.is_some()
        || parts.to.is_some()
        || movement.factor.is_some();
    if !states {
        return;
    }
    parts.measure = parts
        .measure
        .or(movement.object)
        .or_else(|| words.subject(movement.trigger));
    let factor = movement.factor.map(crate::value::Number::exact);
    let shares = movement
        .from
        .as_ref()
        .and_then(|from| from.share.clone())
        .zip(movement.to.as_ref().and_then(|to| to.share.clone()));
    if let Some((from, to)) = shares {
        let parts = Parts {
            from: Some(from),
            to: Some(to),
            by: None,
            ..parts.clone()
        };
        facts.extend(fact(words, movement.direction, parts));
    }
    facts
        .extend(fact(words, movement.direction, parts).map(|fact| fact.with(Slot::factor, factor)));
}

/// The change that a comparison with an earlier value states ("16 more than a year earlier"), and the span of its words.
fn of_comparison(
    words: &Words<'_>,
    previous: Option<&Words<'_>>,
    comparison: &Comparison,
) -> Option<(Fact, Span)> {
    let base = comparison
        .bases
        .iter()
        .find(|base| base.kind == BaseKind::Earlier)?;
    let from = base.value.as_ref().map(|level| level.quantity.clone());
    let unit = comparison::unit_of(
        base,
        comparison
            .by
            .as_ref()
            .filter(|by| unit_of(by) != Unit::Percent),
    );
    let adjacent = comparison.by.is_some() || from.is_some();
    let given = comparison
        .value
        .as_ref()
        .map(|level| level.quantity.clone());
    let here = given.or_else(|| words.before(comparison.first, unit));
    let (to, measure) = match here {
        Some(to) => {
            let measure = words.measure_of(&to, comparison.first);
            (Some(to), measure)
        }
        None if words.points_back() => {
            let to = previous.and_then(|previous| previous.last(unit));
            let measure = to
                .as_ref()
                .and_then(|to| previous.and_then(|previous| previous.measure_of(to, usize::MAX)));
            (to, measure)
        }
        None => (None, None),
    };
    if !adjacent && (to.is_none() || !follows_comma(words, comparison.first)) {
        return None;
    }
    let direction = direction_of(comparison.relation);
    let apposition = match comparison.by {
        Some(_) => None,
        None => beside(words, comparison.span.end, direction),
    };
    let span = apposition
        .as_ref()
        .map_or(comparison.span, |by| comparison.span.join(by.span));
    let parts = Parts {
        from,
        by: comparison.by.clone().or(apposition),
        measure: match to {
            Some(_) => measure,
            None => words.subject(comparison.first),
        },
        to,
        since: Some(base.label),
        period: None,
        span: comparison.span,
    };
    Some((fact(words, direction, parts)?, span))
}

const fn direction_of(relation: Relation) -> Direction {
    match relation {
        Relation::Above => Direction::Up,
        Relation::Below => Direction::Down,
        Relation::Better => Direction::Better,
        Relation::Worse => Direction::Worse,
        Relation::Equal => Direction::Unchanged,
        Relation::ByValues => Direction::ByValues,
    }
}

/// Whether a comma stands right before a token.
fn follows_comma(words: &Words<'_>, at: usize) -> bool {
    words
        .input
        .until(at)
        .tokens()
        .last()
        .is_some_and(|token| words.input.text_of(token) == ",")
}

/// The size of a movement given beside a comparison: ", a rise of 19%".
fn beside(words: &Words<'_>, end: usize, direction: Direction) -> Option<Quantity> {
    let at = words
        .input
        .tokens()
        .partition_point(|token| token.span.start < end);
    let rest = words.input.skip(at);
    let mark = rest
        .tokens()
        .iter()
        .take(8)
        .position(|token| matches!(rest.text_of(token), "," | "(" | "–" | "—"))?;
    change::apposition(rest.skip(mark + 1), direction).map(|(_, by)| by)
}

/// The change from one value of a sentence to another that stands before it.
pub(super) fn between(
    words: &Words<'_>,
    later: &Level,
    earlier: &Level,
    since: Span,
) -> Option<Fact> {
    let parts = Parts {
        from: Some(earlier.quantity.clone()),
        to: Some(later.quantity.clone()),
        measure: words.measure_of(&later.quantity, earlier.tokens.start),
        since: Some(since),
        span: later.quantity.span.join(earlier.quantity.span),
        ..Parts::default()
    };
    fact(words, Direction::ByValues, parts)
}

/// The change that a sentence on an earlier value states: "At the last inspection it was 55%."
fn looking_back(words: &Words<'_>, previous: &Words<'_>) -> Option<Fact> {
    let earlier = change::earlier(words.input)?;
    let unit = earlier.level.quantity.number.unit();
    let to = previous.last(Some(unit))?;
    let parts = Parts {
        measure: previous.measure_of(&to, usize::MAX),
        from: Some(earlier.level.quantity),
        to: Some(to),
        by: None,
        since: Some(earlier.period),
        period: None,
        span: earlier.span,
    };
    fact(words, Direction::ByValues, parts)
}
