//! Changes over two sentences: then and now.

use std::cmp::Ordering;

use super::parts::{Parts, fact, unit_of};
use crate::{
    facts::{
        Fact,
        levels::{Words, same_noun},
    },
    grammar::{Class, base, change::Direction, noun, past},
    span::Span,
    value::Unit,
};

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
pub(super) fn looking_back(words: &Words<'_>, before: &[Words<'_>]) -> Option<Fact> {
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
pub(super) fn by_now(words: &Words<'_>, before: &[Words<'_>]) -> Option<Fact> {
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
