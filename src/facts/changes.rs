//! Changes: movements in time, within a sentence, over two sentences, and between the columns of a table.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::{
    Fact, brackets,
    levels::{self, CLAUSE, Dates, Words, same_noun},
    periods,
    reading::Reading,
    schema::{CHANGE, change::Slot},
};
use crate::{
    grammar::{
        Class, Input, TokenKind,
        base::{self, BaseKind},
        change::{self, Direction, Movement, Reach},
        comparison::{self, Comparison, Relation},
        level::{self, Level},
        noun,
        number::Quantity,
        past::{self, Past, ThenAndNow},
    },
    span::Span,
    value::{Number, Unit, Value},
};

/// Adds the changes of a document.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let mut complete = None;
    let dates = Dates::new(facts);
    levels::each_sentence(reading, &dates, |words, before| {
        if words.is_barren(before) {
            return;
        }
        let first = facts.len();
        let previous = before.first();
        let movements = change::movements(words.input, words.levels);
        let settled = previous.is_some_and(|before| complete == Some(before.place.sentence));
        let mut spans = Vec::new();
        for comparison in words.comparisons {
            if !within(&movements, comparison)
                && let Some((fact, span)) = of_comparison(words, previous, comparison)
            {
                spans.push(span);
                facts.push(fact);
            }
        }
        for movement in &movements {
            if !overlaps(&spans, movement.span) {
                of_movement(words, previous, settled, movement, facts);
            }
        }
        if facts.len() == first
            && let Some(found) = past::then_and_now(words.input, words.levels)
        {
            facts.extend(then_and_now(words, &found));
        }
        if facts.len() == first {
            past_clauses(words, facts);
        }
        if facts.len() == first {
            facts.extend(bracketed_pair(words).or_else(|| dated_pair(words)));
        }
        if facts.len() == first {
            facts.extend(looking_back(words, before).or_else(|| by_now(words, before)));
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

/// The change that a movement states, with a value of the sentence before unless that is `settled` by a change there; two where it is given as counts and shares at once.
fn of_movement(
    words: &Words<'_>,
    previous: Option<&Words<'_>>,
    settled: bool,
    movement: &Movement,
    facts: &mut Vec<Fact>,
) {
    let before = previous.filter(|_| !settled);
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
            Reach::Within if unit == Some(Unit::Points) && parts.from.is_some() => {
                let gap = || before.and_then(|previous| previous.gap_before(previous.end()));
                let after = words.after(movement.end, unit);
                after
                    .or_else(|| words.gap_before(movement.first))
                    .or_else(gap)
            }
            Reach::Within => parts
                .from
                .as_ref()
                .and_then(|_| words.after(movement.end, unit)),
            Reach::Back => words
                .compared(movement.first, unit)
                .or_else(|| words.after(movement.end, unit)),
            Reach::Previous => before.and_then(|previous| previous.last(unit)),
        };
        parts.measure = parts.to.as_ref().and_then(|to| match movement.reach {
            Reach::Previous => before.and_then(|previous| previous.measure_of(to, usize::MAX)),
            _ => words.measure_of(to, movement.first),
        });
    }
    if parts.from.is_none()
        && movement.reach == Reach::Previous
        && let Some(to) = movement.to.as_ref()
    {
        let unit = unit_of(&to.quantity);
        parts.from = before.and_then(|previous| previous.last(Some(unit)));
        parts.measure = before
            .zip(parts.from.as_ref())
            .and_then(|(previous, from)| previous.measure_of(from, usize::MAX));
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
    let states = parts.from.is_some()
        || parts.by.is_some()
        || parts.to.is_some()
        || movement.factor.is_some();
    if !states {
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
    let factor = movement.factor.map(Number::exact);
    let complete = parts.from.is_some() && parts.to.is_some();
    if parts.by.is_none() && !complete {
        parts.by = multiple(movement.factor, words.input.restart(movement.trigger));
    }
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
    let dated = month || period.is_some_and(|(at, _)| at == 0);
    let states =
        apposed && dated || period.is_some() && past::verb_before(words.input, level).is_some();
    (leads || states).then_some((level, period.map(|(_, span)| span)))
}

/// The change that a comparison with an earlier value states ("16 more than a year earlier"), and the span of its words.
fn of_comparison(
    words: &Words<'_>,
    previous: Option<&Words<'_>>,
    comparison: &Comparison,
) -> Option<(Fact, Span)> {
    // "Is expected to exceed £5m by 2030" sets an aim.
    if change::is_plan(words.input, comparison.trigger) {
        return None;
    }
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
    let here = given
        .or_else(|| words.compared(comparison.first, unit))
        .or_else(|| words.led(comparison, unit));
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
    let to = to.or_else(|| {
        let by = comparison.by.as_ref()?;
        let at = words.input.restart(by_end(words, comparison));
        let level = level::level(change::brought(at.skip(1)).filter(|_| at.starts_with(","))?);
        Some(level.ok()?.1.quantity).filter(|to| unit_of(to) == unit_of(by))
    });
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
        .map_or(comparison.span, |(by, _)| comparison.span.join(by.span));
    // Values that are only set beside each other moved as the words behind them say.
    let direction = match &apposition {
        Some((_, told)) if direction == Direction::ByValues => *told,
        _ => direction,
    };
    let apposition = apposition.map(|(by, _)| by);
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
    let factor = comparison.factor.map(Number::exact);
    let trigger = words.input.restart(comparison.trigger);
    let complete = parts.from.is_some() && parts.to.is_some();
    let parts = Parts {
        by: parts
            .by
            .or_else(|| multiple(comparison.factor.filter(|_| !complete), trigger)),
        ..parts
    };
    Some((
        fact(words, direction, parts)?.with(Slot::factor, factor),
        span,
    ))
}

/// A multiple as the size of a movement: "doubled" is by 2 times. None for what became a fraction.
fn multiple(factor: Option<Decimal>, at: Input<'_>) -> Option<Quantity> {
    let factor = factor.filter(|&factor| factor > Decimal::ONE)?;
    Some(Quantity {
        number: Number::exact(factor).with_unit(Unit::Times),
        span: at.first()?.span,
        hedge: None,
        in_words: true,
        scale: Decimal::ONE,
    })
}

/// Index of the token after a comparison.
fn by_end(words: &Words<'_>, comparison: &Comparison) -> usize {
    let tokens = words.input.tokens();
    words.input.position() + tokens.partition_point(|token| token.span.start < comparison.span.end)
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
        .iter()
        .rev()
        .find(|token| !token.classes.has(Class::Hedge))
        .is_some_and(|token| words.input.text_of(token) == ",")
}

/// The size of a movement given beside a comparison, and the direction that it names: ", a rise of 19%".
fn beside(words: &Words<'_>, end: usize, direction: Direction) -> Option<(Quantity, Direction)> {
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
    change::apposition(rest.skip(mark + 1), direction).map(|(_, by, told)| (by, told))
}

/// The change that a value then and now states: "It was 84.6% in 2013 but is now 71.2%."
fn then_and_now(words: &Words<'_>, found: &ThenAndNow) -> Option<Fact> {
    let (from, to) = (found.then.quantity.clone(), found.now.quantity.clone());
    let parts = Parts {
        measure: words
            .subject(found.then.tokens.start)
            .or_else(|| words.measure_of(&from, found.now.tokens.start)),
        since: found.period,
        span: from.span.join(to.span),
        from: Some(from),
        to: Some(to),
        ..Parts::default()
    };
    fact(words, Direction::ByValues, parts)
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

/// The changes to a value of the sentence from one that a later clause gives: "12 days; a year ago it was nine", "nine
/// helpers where there were five".
fn past_clauses(words: &Words<'_>, facts: &mut Vec<Fact>) {
    for pair in words.levels.windows(2) {
        let [_, earlier] = pair else { continue };
        let clause = levels::in_clause(words, earlier, |clause| {
            past::past(clause).filter(|past| past.level.tokens.start == earlier.tokens.start)
        });
        facts.extend(clause.and_then(|past| of_clause(words, past)));
    }
}

/// The change to the value before a clause on an earlier one; from it, where the dates say that the clause is the later.
fn of_clause(words: &Words<'_>, past: Past) -> Option<Fact> {
    let unit = past.level.quantity.number.unit();
    let to = words
        .compared(past.first, Some(unit))
        .or_else(|| words.right_before(past.first, unit))?;
    let bracketed = past.first > words.input.position()
        && words
            .input
            .restart(past.first - 1)
            .first()
            .is_some_and(|token| matches!(token.kind, TokenKind::Symbol('(' | '[')));
    let now = words
        .input
        .until(past.first)
        .tokens()
        .iter()
        .any(|token| token.classes.has(Class::Current));
    let bare = unit == Unit::None && unit_of(&to) == Unit::None;
    let dated = past.period.is_some() || past.perfect || now || bracketed && past.noun.is_none();
    if !dated || bare && !same_noun(words, &to, past.noun) {
        return None;
    }
    let measure = words.measure_of(&to, past.first);
    let (from, to) = match words.date_beside(words, past.period, &to) {
        Some(Ordering::Greater) => (to, past.level.quantity),
        _ => (past.level.quantity, to),
    };
    let parts = Parts {
        measure,
        since: past.period,
        span: from.span.join(to.span),
        from: Some(from),
        to: Some(to),
        ..Parts::default()
    };
    fact(words, Direction::ByValues, parts)
}

/// The change between two values in brackets after a movement that states none: "Assaults had risen (71 compared with 44)".
///
/// `bracketed-pair = movement *16word "(" level compared-with level ")"`
fn bracketed_pair(words: &Words<'_>) -> Option<Fact> {
    words.levels.windows(2).find_map(|pair| {
        let [later, earlier] = pair else { return None };
        let open = later.tokens.start.checked_sub(1)?;
        let opened = open > words.input.position() && words.input.restart(open).starts_with("(");
        let (after, _) = words
            .input
            .restart(later.tokens.end)
            .lexeme(Class::ComparedWith)?;
        let closed = words.input.restart(earlier.tokens.end).starts_with(")");
        let least = noun::clause_start(words.input, open).max(open.saturating_sub(CLAUSE));
        let moved = (least..open).rev().find_map(|at| {
            let here = words.input.restart(at);
            let known = |class| here.lexeme(class).map(|(_, word)| word.canonical);
            let up = known(Class::Up).map(|role| (role, Direction::Up));
            let down = || known(Class::Down).map(|role| (role, Direction::Down));
            let (role, direction) = up.or_else(down)?;
            (role != "particle").then_some((at, direction))
        });
        let (verb, direction) = moved?;
        let units = base::fits(unit_of(&later.quantity))(unit_of(&earlier.quantity));
        if !opened || !closed || !units || after.position() > earlier.tokens.start {
            return None;
        }
        let parts = Parts {
            measure: words.subject(verb),
            since: base::find_period(words.input.restart(verb).until(open)).map(|(_, since)| since),
            from: Some(earlier.quantity.clone()),
            to: Some(later.quantity.clone()),
            span: later.quantity.span.join(earlier.quantity.span),
            ..Parts::default()
        };
        fact(words, direction, parts)
    })
}

/// The change between two values of a sentence with a date beside each: "71% in 2024 and 66% in 2023", "The school had 30
/// pupils in 2019 but only five in 2023".
///
/// `dated-pair = level [noun] date *8word level date | level [noun] period "," was level`, the second value without a noun.
fn dated_pair(words: &Words<'_>) -> Option<Fact> {
    words.levels.windows(2).find_map(|pair| {
        let [first, second] = pair else { return None };
        let units = base::fits(unit_of(&first.quantity))(unit_of(&second.quantity))
            || unit_of(&second.quantity) == Unit::None;
        let plain = [first, second]
            .iter()
            .all(|level| !level.amount && !level.alternative && level.whole.is_none());
        let between = words
            .input
            .restart(first.tokens.end)
            .until(second.tokens.start);
        if !units || !plain || between.len() > CLAUSE {
            return None;
        }
        let counts = unit_of(&first.quantity) == Unit::None;
        let leads = past::verb_before(words.input, second).is_some();
        if counts && !leads && noun::counted(between).is_err() {
            return None;
        }
        let (at, period) = base::find_period(between)?;
        let after = words.input.restart(second.tokens.end);
        let ends = leads
            && past::verb_before(words.input, first).is_some()
            && base::is_relative(between.restart(at));
        let order = match base::period(after) {
            Ok((_, later)) => words.order_of(period, later)?,
            Err(_) if ends => Ordering::Less,
            Err(_) => return None,
        };
        let (from, to) = match order {
            Ordering::Less => (first, second),
            Ordering::Greater => (second, first),
            Ordering::Equal => return None,
        };
        let parts = Parts {
            measure: words.measure_of(&first.quantity, at),
            from: Some(from.quantity.clone()),
            to: Some(to.quantity.clone()),
            since: Some(period),
            span: first.quantity.span.join(second.quantity.span),
            ..Parts::default()
        };
        fact(words, Direction::ByValues, parts)
    })
}

/// Verbs that any measure may have: "managed", "reached".
fn is_plain(words: &Words<'_>, previous: &Words<'_>, verb: Span) -> bool {
    let tokens = &words.input.lexed().tokens;
    let at = tokens.partition_point(|token| token.span.start < verb.start);
    let known = words.input.restart(at).lexeme(Class::PastVerb).is_some();
    let stem = |span: Span| {
        let text = words.reading.document.text_of(span).to_lowercase();
        text.chars().take(STEM).collect::<String>()
    };
    let wanted = stem(verb);
    known
        || previous
            .input
            .tokens()
            .iter()
            .any(|token| stem(token.span) == wanted)
}

/// Letters that two forms of one verb share.
const STEM: usize = 5;

/// The change that a sentence on an earlier value states: "At the last inspection it was 55%."
///
/// A sentence between the two that says what should be is passed over, and one without a value of that unit.
fn looking_back(words: &Words<'_>, before: &[Words<'_>]) -> Option<Fact> {
    let past = past::past(words.input)?;
    let unit = past.level.quantity.number.unit();
    let previous = before.iter().find(|words| {
        unit == Unit::None || words.last(Some(unit)).is_some() && !words.sets_aim()
    })?;
    let to = previous.compared(previous.end(), Some(unit))?;
    let counts = unit == Unit::None;
    if past.period.is_none() && !past.perfect
        || past
            .verb
            .is_some_and(|verb| !is_plain(words, previous, verb))
        || counts && !same_noun(previous, &to, past.noun)
    {
        return None;
    }
    let measure = previous.measure_of(&to, usize::MAX);
    let (from, to) = match words.date_beside(previous, past.period, &to) {
        Some(Ordering::Greater) => (to, past.level.quantity),
        _ => (past.level.quantity, to),
    };
    let parts = Parts {
        span: from.span.join(to.span),
        measure,
        from: Some(from),
        to: Some(to),
        since: past.period,
        ..Parts::default()
    };
    fact(words, Direction::ByValues, parts)
}

/// The change to a value of now from the one that the sentence before gives for then: "It stood at 24% in May. Now it is 33%."
fn by_now(words: &Words<'_>, before: &[Words<'_>]) -> Option<Fact> {
    let previous = before.first().filter(|before| !before.sets_aim())?;
    let now = past::now(words.input, words.levels)?;
    let unit = unit_of(&now.quantity);
    let from = previous.last(Some(unit))?;
    let level = previous
        .levels
        .iter()
        .find(|level| level.quantity.span == from.span)?;
    let counted = noun::counted(words.input.restart(now.tokens.end)).is_ok();
    let then = past::verb_before(previous.input, level).is_some()
        || base::find_period(previous.input).is_some();
    if !then || level.amount || unit == Unit::None && counted {
        return None;
    }
    let parts = Parts {
        measure: previous.measure_of(&from, usize::MAX),
        span: from.span.join(now.quantity.span),
        from: Some(from),
        to: Some(now.quantity),
        ..Parts::default()
    };
    fact(words, Direction::ByValues, parts)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;
    use crate::facts::testing::{facts_of, rewritten};

    /// Every change of a text: measure, direction and values, in their order.
    fn changes(text: &str) -> Vec<String> {
        let (_, facts) = facts_of(text);
        facts
            .iter()
            .filter(|fact| fact.kind == CHANGE)
            .map(|fact| {
                let mut shown =
                    format!("{}: {}", fact.get(Slot::measure), fact.get(Slot::direction));
                for (name, slot) in [("from", Slot::from), ("to", Slot::to), ("by", Slot::by)] {
                    let value = fact.get(slot);
                    if !value.is_unknown() {
                        let _ = write!(shown, " {name} {value}");
                    }
                }
                shown
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(changes(text), expected, "{text}");
    }

    #[test]
    fn a_participle_governs_the_number_behind_it() {
        for (text, expected) in [
            (
                "Meetings have increased from 105 in 2013–14 relating to 49 children to 136 in 2014–15.",
                "Meetings: up from 105 to 136",
            ),
            (
                "Meetings have increased from 105 in 2013–14 to 136 in 2014–15.",
                "Meetings: up from 105 to 136",
            ),
        ] {
            check(text, &[expected]);
        }
    }

    #[test]
    fn an_expected_value_is_no_earlier_one() {
        check(
            "The fund has £300 million for the years to come, and is expected to exceed £500 million a year by 2032.",
            &[],
        );
        check(
            "Costs were £30 million, exceeding the £25 million of the year before.",
            &["Costs: up from £25,000,000 to £30,000,000"],
        );
    }

    #[test]
    fn what_a_bracket_closes_is_an_aside() {
        check(
            "There were 589 homes (a rate of 113 for each 10,000 people). This is an increase from 575.",
            &["homes: up from 575 to 589"],
        );
        check(
            "rate of 113 for each 10,000 people). This is an increase from 575.",
            &["(not stated): up from 575"],
        );
    }

    #[test]
    fn fractions_in_words_size_a_movement() {
        check(
            "Visits were up by a quarter on the year before, at 885.",
            &["Visits: up to 885"],
        );
        check(
            "Complaints were up a fifth, to 240.",
            &["Complaints: up to 240"],
        );
        check(
            "Absence has dropped by a third in two years to 4%.",
            &["Absence: down to 4%"],
        );
        check("Absence has dropped by a third.", &[]);
        check(
            "The home was up a quarter of a mile of track, at 3 Elm Road.",
            &[],
        );
    }

    #[test]
    fn the_later_value_may_stand_before() {
        check(
            "The vacancy rate is 24%, down from 33% in 2023.",
            &["vacancy rate: down from 33% to 24%"],
        );
        check(
            "They reported 83% of leaks themselves, up 4 percentage points from 79%.",
            &["leaks themselves: up from 79% to 83% by 4 points"],
        );
        check(
            "Only 13 shops are rated 1 or 0, down from 21 last May.",
            &["shops are rated 1 or 0: down from 21 to 13"],
        );
        check(
            "Of 118 nurses, 109 (92%) have been trained, up from 74% in March.",
            &["trained: up from 74% to 92%"],
        );
        check(
            "Staff used force 203 times in 2022-23, compared with 171 times in 2021-22, a rise of 19%.",
            &["times: up from 171 to 203 by 19%"],
        );
        check(
            "Staff used force 203 times in 2022-23, compared with 171 times in 2021-22, a fall of 19%.",
            &["times: down from 171 to 203 by 19%"],
        );
    }

    #[test]
    fn changes_over_two_sentences() {
        check(
            "The council looked after 473 children, a rate of 88 per 10,000. This is an increase from 450 in 2014-15.",
            &["children: up from 450 to 473"],
        );
        check(
            "There were 318 spills in 2023, compared with 347 in 2022. This is a fall of 8%.",
            &["spills: down from 347 to 318", "spills: down by 8%"],
        );
        check(
            "Some 1,118 children were in care. This is a 9.6% reduction from 1,237.",
            &["children were in care: down from 1,237 to 1,118 by 9.6%"],
        );
        check(
            "Only 38% of men had work. At the last inspection it was 55%.",
            &["men had work: down from 55% to 38%"],
        );
        check(
            "Some 23.4% of calls were dropped. That is 5.5 points more than the 17.9% of the year before.",
            &["calls were dropped: up from 17.9% to 23.4% by 5.5 points"],
        );
        check(
            "Attendance was 68%. This is a slight reduction on last year.",
            &["Attendance: down to 68%"],
        );
        check(
            "Attendance was 68%.\n\nThis is a slight reduction on last year.",
            &[],
        );
    }

    #[test]
    fn a_later_sentence_may_give_the_later_value() {
        check(
            "Reviews were late in 31% of cases. That figure has now dropped to 12%.",
            &["cases: down from 31% to 12%"],
        );
        check(
            "Reviews were late in 31% of cases. The cost has dropped to £12.",
            &["cost: down to £12"],
        );
    }

    #[test]
    fn a_bare_number_takes_the_unit_of_the_only_value() {
        check(
            "Referrals waited 14 weeks on average, against nine in 2019.",
            &["Referrals: up from 9 weeks to 14 weeks"],
        );
    }

    #[test]
    fn both_counts_and_shares() {
        check(
            "Timely reviews rose from 14 out of 24 (58%) to 17 out of 26 (65%).",
            &[
                "Timely reviews: up from 58% to 65%",
                "Timely reviews: up from 14 to 17",
            ],
        );
    }

    #[test]
    fn earlier_values_in_brackets() {
        check(
            "# Snapshot\n\nAt 31 July 2018 (previous year in brackets):\n\n- 81% were safe (78%)\n- 1% closed (1%)\n\n# More\n\nOf these, 9% (8%) were late.",
            &[
                "safe: up from 78% to 81%",
                "closed: unchanged from 1% to 1%",
            ],
        );
        check(
            "The rate was 97% (2022: 95%).",
            &["rate: up from 95% to 97%"],
        );
        check("Some 12 (9%) were late.", &[]);
    }

    #[test]
    fn scores_beside_their_grades_are_no_change() {
        check(
            "| Test | 2024 grade | 2024 score | 2021 grade | 2021 score |\n|---|---|---|---|---|\n| Care | Good | 3 | Poor | 1 |",
            &[],
        );
        check(
            "| Test | 2024 lead | 2024 score | 2021 lead | 2021 score |\n|---|---|---|---|---|\n| Care | Jo | 3 | Al | 1 |",
            &["Care: up from 1 to 3"],
        );
    }

    #[test]
    fn columns_of_two_periods() {
        check(
            "| Area | June 2023 | June 2024 |\n|---|---|---|\n| Safety | 83% | 85% |\n| Care | 91% | 91% |",
            &[
                "Safety: up from 83% to 85%",
                "Care: unchanged from 91% to 91%",
            ],
        );
        check(
            "| Rating | Homes | Share | Share in May 2024 |\n|---|---|---|---|\n| Good | 70 | 11% | 12% |\n| Total | 640 | 100% | 100% |",
            &["Good: down from 12% to 11%"],
        );
        check(
            "| Region | 2023 | 2022 | Change (percentage points) |\n|---|---|---|---|\n| East | 85% | 82% | +3 |\n| West | 79% | 80% | -1 |\n| North | 81% | 81% | 0 |",
            &[
                "East: up from 82% to 85% by 3 points",
                "West: down from 80% to 79% by 1 point",
                "North: unchanged from 81% to 81%",
            ],
        );
        check(
            "| Grade | Homes in 2023 | Homes in 2024 | % change |\n|---|---|---|---|\n| Good | 40 | 50 | 25 |",
            &["Good: up from 40 to 50 by 25%"],
        );
        check(
            "| | Last inspection | This inspection |\n|---|---|---|\n| Felt unsafe | 44% | 31% |",
            &["Felt unsafe: down from 44% to 31%"],
        );
        check(
            "| Area | Grade | Grade in 2021 |\n|---|---|---|\n| Risk | Good | Poor |",
            &[],
        );
        check(
            "| Site | Staff | Beds |\n|---|---|---|\n| Oak | 12 | 40 |",
            &[],
        );
    }

    #[test]
    fn then_and_now_in_one_sentence() {
        check(
            "Timeliness was 84.6% in 2013 but is now 71.2%.",
            &["Timeliness: down from 84.6% to 71.2%"],
        );
        check("The team was 12 strong and is now based in Leeds.", &[]);
    }

    #[test]
    fn the_earlier_value_in_a_clause_of_its_own() {
        for text in [
            "The jail held 140 men; at our previous inspection there were 100.",
            "The jail held 140 men, whereas a year earlier 100 had been.",
            "The jail held 140 men (there were 100 when we last inspected).",
            "The jail held 140 men, while two years ago there were 100.",
            "There are now 140 men where there were 100.",
            "There used to be 100 men; there are now 140.",
            "In 2019 it held 100 men; in 2022 it held 140.",
        ] {
            let found = changes(text);
            let [one] = &found[..] else {
                panic!("{text}: {found:?}")
            };
            assert!(one.ends_with("up from 100 to 140"), "{text}: {one}");
        }
        for text in [
            "The wait is 12 days (was 9 days).",
            "The wait is 12 days (previously 9).",
            "The wait is 12 days; last year: 9 days.",
            "The wait was 9 days in 2020, and is now 12 days.",
            "In 2020 the wait was 9 days; it now stands at 12 days.",
            "The wait now: 12 days; it was 9.",
            "The wait was 12 days. In the year before, it had been 9 days.",
            "The wait was 12 days. The comparable figure for 2020 was 9 days.",
        ] {
            let found = changes(text);
            let [one] = &found[..] else {
                panic!("{text}: {found:?}")
            };
            assert!(one.ends_with("up from 9 days to 12 days"), "{text}: {one}");
        }
        check("We met 21 people (there were 16 on duty that day).", &[]);
        check(
            "There were 21 people in a hall where there were two exits.",
            &[],
        );
        check("The team closed 12 cases. Last year it opened three.", &[]);
        check(
            "The 2021 report made 12 points; this report makes five.",
            &[],
        );
    }

    #[test]
    fn what_should_be_is_passed_over() {
        check(
            "The team answered 84% of calls in time. It should answer 90%. In the year before, it had managed 88%.",
            &["calls in time: down from 88% to 84%"],
        );
    }

    #[test]
    fn an_aside_may_stand_before_the_later_value() {
        check(
            "Sickness, up from 3.6% a year earlier, now stands at 4.1%.",
            &["Sickness: up from 3.6% to 4.1%"],
        );
        check(
            "From 210 in 2019, the roll has risen to 265.",
            &["roll: up from 210 to 265"],
        );
        check(
            "Vacancies peaked at 20 in 2021 and have since fallen to 12.",
            &["Vacancies: down from 20 to 12"],
        );
        check(
            "The gap has narrowed since 2019, when it stood at 7.8 points, and is now 4.3 points.",
            &["gap: down from 7.8 points to 4.3 points"],
        );
    }

    #[test]
    fn movements_that_share_a_verb() {
        check(
            "Trust rose from 40% to 47%, pride from 30% to 33% and effort from 20% to 22%.",
            &[
                "Trust: up from 40% to 47%",
                "pride: up from 30% to 33%",
                "effort: up from 20% to 22%",
            ],
        );
        check(
            "Trust and pride rose to 47% and 33% respectively.",
            &["Trust and pride: up to 47%", "Trust and pride: up to 33%"],
        );
        check(
            "Fires rose to 310 (from 280), floods fell to 95.",
            &["Fires: up from 280 to 310", "floods: down to 95"],
        );
    }

    #[test]
    fn two_values_with_a_date_each() {
        check(
            "Crews reached 71% of fires on time in 2021 and 66% in 2020.",
            &["fires on time: up from 66% to 71%"],
        );
        check(
            "The school had 30 places in 2019 but only five in 2021.",
            &["places: down from 30 to 5"],
        );
        check(
            "The college opened in 2019 with 30 places and closed in 2021.",
            &[],
        );
        check("Some 30% of men and 20% of women came in 2021.", &[]);
    }

    #[test]
    fn values_in_brackets_after_a_movement() {
        check(
            "Assaults had risen since the last inspection (71 compared with 44).",
            &["Assaults: up from 44 to 71"],
        );
    }

    #[test]
    fn what_is_required_is_no_later_value() {
        check(
            "It took 79% of calls in time. That is below the standard for forces, which is 90%, and is 7 points down on 2022 (86%).",
            &["7 points: down from 86% by 7 points"],
        );
    }

    #[test]
    fn a_clause_may_tell_when_the_earlier_value_was() {
        check(
            "There are 49 people at the home, compared with 31 when admissions were stopped.",
            &["people at the home: up from 31 to 49"],
        );
        check(
            "It missed 12% of visits, compared with 31% before the merger.",
            &["visits: down from 31% to 12%"],
        );
        check("It missed 12% of visits, compared with 31% in Elmby.", &[]);
    }

    #[test]
    fn multiples_of_an_earlier_value() {
        check(
            "It raised £60,000, more than double the £28,000 of the previous year.",
            &["(not stated): up from £28,000 to £60,000"],
        );
        check(
            "Thefts doubled in the same period to 64.",
            &["Thefts: up to 64 by 2 times"],
        );
    }

    #[test]
    fn what_did_not_move() {
        for text in [
            "At 92.6%, it has not moved since the last inspection.",
            "Attendance stayed the same, at 92.6%.",
            "Attendance was 92.6%, the same as last year.",
        ] {
            let found = changes(text);
            let [one] = &found[..] else {
                panic!("{text}: {found:?}")
            };
            assert!(one.ends_with("unchanged to 92.6%"), "{text}: {one}");
        }
    }

    #[test]
    fn tables_whose_cells_stand_one_under_the_other() {
        check(
            "Theme\n\nBaseline (2019)\n\nFollow-up (2021)\n\nCare of files\n\n61.7%\n\n66.4%\n\nCourt work\n\n76.8%\n\n76.8%\n\nThe end",
            &[
                "Care of files: up from 61.7% to 66.4%",
                "Court work: unchanged from 76.8% to 76.8%",
            ],
        );
        check("Theme\n\nBeds\n\nStaff\n\nOak\n\n12\n\n14", &[]);
    }

    #[test]
    fn forms_of_movement() {
        check(
            "Vacancies have come down to 11% after reaching 18% in 2021.",
            &["Vacancies: down from 18% to 11%"],
        );
        check(
            "Sickness dipped to 3.1% having peaked at 6%.",
            &["Sickness: down from 6% to 3.1%"],
        );
        check(
            "Complaints stood at 31% of cases in spring. Now they are at 24%.",
            &["cases in spring: down from 31% to 24%"],
        );
        check(
            "Last year 61% of plans were on time. It is now 72%.",
            &["plans were on time: up from 61% to 72%"],
        );
        check("The league has 14 sides. It is now a charity.", &[]);
        check(
            "Waits fell 12 days, to 31 days.",
            &["Waits: down to 31 days by 12 days"],
        );
        check("Waits fell 12 days after the visit.", &[]);
        check(
            "The budget went up by £2 million, or 8%, to £27 million.",
            &["budget: up to £27,000,000 by £2,000,000"],
        );
        check("Bills rose by an average of 14%.", &["Bills: up by 14%"]);
        check(
            "Burglary was cut by only 3% in five years.",
            &["Burglary: down by 3%"],
        );
        check(
            "The caseload grew by 58% – from 1,200 to 1,896.",
            &["caseload: up from 1,200 to 1,896 by 58%"],
        );
        check(
            "Robbery fell by 15%, and arson by 22%.",
            &["Robbery: down by 15%", "arson: down by 22%"],
        );
        check(
            "Robbery was down 15% and arson 22%.",
            &["Robbery: down by 15%", "arson: down by 22%"],
        );
        check(
            "Robbery fell by 15% and Elm had 22% of it.",
            &["Robbery: down by 15%"],
        );
        check(
            "The fleet has 12 more vans than in 2019, bringing the total to 96.",
            &["(not stated): up to 96 by 12"],
        );
        check(
            "Thefts rose by 12, taking the total to 96.",
            &["Thefts: up to 96 by 12"],
        );
        check(
            "The number of open cases, 140 in January, is down to 22.",
            &["number of open cases: down from 140 to 22"],
        );
        check(
            "The share dipped below 80% for the first time, to 78%.",
            &["share: down to 78%"],
        );
        check(
            "Injuries were three times as many as in 2019 (31).",
            &["Injuries: up from 31 by 3 times"],
        );
        check("Injuries, at 93, were twice as many as in 2019.", &[]);
        check(
            "They now make up 71% of the roll, compared with 48% in 2021.",
            &["roll: up from 48% to 71%"],
        );
        check(
            "Some 51% are in work, six points lower than two years ago.",
            &["(not stated): down to 51% by 6 points"],
        );
        check(
            "The unit had cut the share of calls that were lost to 6%, from 19% two years earlier.",
            &["unit: down from 19% to 6%"],
        );
        check(
            "The bill was £1.3 billion, compared with £0.8 billion four years earlier, a rise of 60%.",
            &["bill: up from £800,000,000 to £1,300,000,000 by 60%"],
        );
        check(
            "It solved 8% of thefts. At the last visit, in 2022, the figure was 10%.",
            &["thefts: down from 10% to 8%"],
        );
        check(
            "Fees rose for two years, from £61 to £70.",
            &["Fees: up from £61 to £70"],
        );
    }

    #[test]
    fn forms_of_movement_2() {
        check(
            "The share seen in time improved to 78%, up nine points on last May.",
            &["share seen in time: better to 78% by 9 points"],
        );
        check(
            "Trust is up four percentage points at 72%.",
            &["Trust: up to 72% by 4 points"],
        );
        check(
            "The works overran by £1.4m to £9.8m.",
            &["works: up to £9,800,000 by £1,400,000"],
        );
        check(
            "Attendance dropped a further 2 percentage points, to 88%.",
            &["Attendance: down to 88% by 2 points"],
        );
        check(
            "The rate is 29%, the same as in the previous cohort.",
            &["rate: unchanged to 29%"],
        );
        check("It is now run by a trust with 12 schools.", &[]);
    }

    const SENTENCES: [&str; 8] = [
        "The rate of late visits fell from 24% in 2022 to 18% in 2023, a fall of 6 points.",
        "Some 62% of patients were seen in time, compared with 58% in March.",
        "Fees have gone up by 6% to £62 a day.",
        "At 31 March 2024, 208 children had a plan, 16 more than a year earlier.",
        "Turnover among staff has come down by 9 percentage points to 13%.",
        "They had 403 leaks in 12 months, 30% more than the 310 recorded before the last visit.",
        "Only 38% of men were in work. At the last inspection it was 55%.",
        "The list has more than doubled, from 112 to 260.",
    ];

    proptest! {
        #[test]
        fn line_ends_and_per_cent_change_nothing(
            sentence in prop::sample::select(&SENTENCES[..]),
            breaks in prop::collection::vec(any::<bool>(), 40),
            words in any::<bool>(),
        ) {
            let plain = changes(sentence);
            let wrapped = rewritten(sentence, &breaks, words);
            prop_assert!(!plain.is_empty());
            prop_assert_eq!(changes(&wrapped), plain);
        }
    }
}
