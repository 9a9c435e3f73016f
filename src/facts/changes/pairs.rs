//! Changes between two values of one sentence, by the words or dates beside each.

use std::cmp::Ordering;

use super::parts::{Parts, fact, unit_of};
use crate::{
    facts::{
        Fact,
        levels::{self, CLAUSE, Words, same_noun},
    },
    grammar::{
        Class, TokenKind, base,
        change::Direction,
        level::Level,
        noun,
        number::Quantity,
        past::{self, Past, ThenAndNow},
    },
    span::Span,
    value::Unit,
};

/// The change that a value then and now states: "It was 84.6% in 2013 but is now 71.2%."
pub(super) fn then_and_now(words: &Words<'_>, found: &ThenAndNow) -> Option<Fact> {
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
pub(in crate::facts) fn between(
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
pub(super) fn past_clauses(words: &Words<'_>, facts: &mut Vec<Fact>) {
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
pub(super) fn bracketed_pair(words: &Words<'_>) -> Option<Fact> {
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
pub(super) fn dated_pair(words: &Words<'_>) -> Option<Fact> {
    words.levels.windows(2).find_map(|pair| {
        let (from, to, (at, period)) = dated(words, pair)?;
        let first = if from.tokens.start < to.tokens.start {
            from
        } else {
            to
        };
        let parts = Parts {
            measure: words.measure_of(&first.quantity, at),
            from: Some(from.quantity.clone()),
            to: Some(to.quantity.clone()),
            since: Some(period),
            span: from.quantity.span.join(to.quantity.span),
            ..Parts::default()
        };
        fact(words, Direction::ByValues, parts)
    })
}

/// The earlier value with a date of its own right before a later one, and its period: "518 in 2022 and 390 in 2023, a fall of 25%".
pub(super) fn earlier_beside<'l>(
    words: &'l Words<'_>,
    later: &Quantity,
) -> Option<(&'l Level, (usize, Span))> {
    words.levels.windows(2).find_map(|pair| {
        let (from, to, period) = dated(words, pair)?;
        (to.quantity.span == later.span).then_some((from, period))
    })
}

/// Two values of a sentence with a date beside each: the earlier, the later, and the words for the period between them, with where
/// they stand.
fn dated<'l>(
    words: &Words<'_>,
    pair: &'l [Level],
) -> Option<(&'l Level, &'l Level, (usize, Span))> {
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
    let order = in_time(words, first, second, (at, period));
    let (order, found) = match (order, led(words, first, second, (at, period))) {
        (Some(order), _) => (order, (at, period)),
        (None, Some((order, lead))) => (order, (at, lead)),
        (None, None) => return None,
    };
    match order {
        Ordering::Less => Some((first, second, found)),
        Ordering::Greater => Some((second, first, found)),
        Ordering::Equal => None,
    }
}

/// How two values stand in time, each behind its date, and the words for the date of the first: "In 2022 it was 50% and in 2023 59%".
fn led(
    words: &Words<'_>,
    first: &Level,
    second: &Level,
    (at, period): (usize, Span),
) -> Option<(Ordering, Span)> {
    /// Tokens between a date and its value.
    const NEAR: usize = 3;
    let between = words.input.restart(at).until(second.tokens.start);
    let behind = between
        .tokens()
        .iter()
        .filter(|token| token.span.start >= period.end);
    if behind.count() > NEAR {
        return None;
    }
    let noun = noun::counted(words.input.restart(second.tokens.end)).ok();
    if !same_noun(words, &first.quantity, noun.map(|(_, noun)| noun.core)) {
        return None;
    }
    let (_, lead) = base::find_period(words.input.until(first.tokens.start))?;
    Some((words.order_of(lead, period)?, lead))
}

/// How two values stand in time, where `period` stands between them: by the date behind the second, or by the tense of both.
fn in_time(
    words: &Words<'_>,
    first: &Level,
    second: &Level,
    (at, period): (usize, Span),
) -> Option<Ordering> {
    let after = words.input.restart(second.tokens.end);
    // "34% in spring 2023 and 3% today"
    let now = after.lexeme(Class::Current).is_some();
    if now && !base::is_relative(words.input.restart(at).until(second.tokens.start)) {
        return Some(Ordering::Less);
    }
    if let Ok((_, later)) = base::period(after) {
        return words.order_of(period, later);
    }
    let told = past::verb_before(words.input, second).is_some()
        && past::verb_before(words.input, first).is_some()
        && base::is_relative(words.input.restart(at).until(second.tokens.start));
    told.then_some(Ordering::Less)
}
