//! Changes that comparisons with earlier values state: "16 more than a year earlier".

use super::{
    movements::multiple,
    parts::{Parts, fact, unit_of},
};
use crate::{
    facts::{Fact, levels::Words, schema::change::Slot},
    grammar::{
        Class,
        base::{Base, BaseKind},
        change::{self, Direction},
        comparison::{self, Comparison, Relation},
        level,
        number::Quantity,
    },
    span::Span,
    value::{Number, Unit},
};

/// The change that a comparison with an earlier value states ("16 more than a year earlier"), and the span of its words.
pub(super) fn of_comparison(
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
    let adjacent = comparison.by.is_some() || from.is_some();
    let (to, measure) = later(words, previous, comparison, base);
    if !adjacent && (to.is_none() || !follows_comma(words, comparison.first)) {
        return None;
    }
    // "There were over 900 in 2015, a rise of 4% on 2014": the words before the number only blur it.
    let hedged = base.value.as_ref().is_some_and(|level| {
        let hedge = words.input.restart(comparison.trigger).lexeme(Class::Hedge);
        hedge.is_some_and(|(rest, _)| rest.position() >= level.tokens.start)
    });
    if hedged && to.is_none() && comparison.by.is_none() {
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
    let direction = match told_before(words, comparison.first) {
        Some(told) if direction == Direction::ByValues => told,
        _ => direction,
    };
    let complete = from.is_some() && to.is_some();
    let trigger = words.input.restart(comparison.trigger);
    let by = comparison.by.clone().or(apposition.map(|(by, _)| by));
    let parts = Parts {
        from,
        by: by.or_else(|| multiple(comparison.factor.filter(|_| !complete), trigger)),
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
    let fact = fact(words, direction, parts)?.with(Slot::factor, factor);
    Some((fact, span))
}

/// The way that a comparative with "than" points before the colon that leads to the values: "fewer homes than before: 214, against 187".
fn told_before(words: &Words<'_>, first: usize) -> Option<Direction> {
    /// Tokens between the colon and the comparison, and between the comparative and "than".
    const NEAR: usize = 8;
    let input = words.input;
    let here = |at: usize| input.restart(at);
    let near = input.position().max(first.saturating_sub(NEAR));
    let colon = (near..first).find(|&at| here(at).starts_with(":"))?;
    let least = input.position().max(colon.saturating_sub(2 * NEAR));
    let than = (least..colon)
        .rev()
        .find(|&at| here(at).starts_with("than"))?;
    let least = input.position().max(than.saturating_sub(NEAR));
    (least..than).rev().find_map(|at| {
        let role = |class| {
            here(at)
                .lexeme(class)
                .is_some_and(|(_, word)| word.canonical == "than")
        };
        if role(Class::Above) {
            Some(Direction::Up)
        } else if role(Class::Below) {
            Some(Direction::Down)
        } else {
            None
        }
    })
}

/// The later value of a comparison with an earlier one, and its measure: given, before it, in the sentence before, or told behind it.
fn later(
    words: &Words<'_>,
    previous: Option<&Words<'_>>,
    comparison: &Comparison,
    base: &Base,
) -> (Option<Quantity>, Option<Span>) {
    let by = comparison.by.as_ref();
    let unit = comparison::unit_of(base, by.filter(|by| unit_of(by) != Unit::Percent));
    let given = comparison
        .value
        .as_ref()
        .map(|level| level.quantity.clone());
    let here = given
        .or_else(|| words.compared(chain_start(words, comparison), unit))
        .or_else(|| words.led(comparison, unit));
    let back = || {
        let previous = previous.filter(|_| words.points_back())?;
        let to = previous.last(unit)?;
        let measure = previous.measure_of(&to, usize::MAX);
        Some((to, measure))
    };
    let (to, measure) = match here {
        Some(to) => {
            let measure = words.measure_of(&to, comparison.first);
            (Some(to), measure)
        }
        None => back().map_or((None, None), |(to, measure)| (Some(to), measure)),
    };
    (to.or_else(|| brought(words, comparison)), measure)
}

/// The token before which the value of a comparison stands: that of the comparison it goes on from, whose own base is none of its values:
/// "38%, short of the 90% target and worse than the 44% of last year".
fn chain_start(words: &Words<'_>, comparison: &Comparison) -> usize {
    let before = words.comparisons.iter().rev();
    let chained = before
        .filter(|earlier| earlier.span.end <= comparison.span.start)
        .find(|earlier| {
            let joint = words
                .input
                .restart(by_end(words, earlier))
                .until(comparison.first);
            joint.len() <= 2
                && joint
                    .tokens()
                    .iter()
                    .any(|token| token.classes.has(Class::Conjunction))
        });
    chained.map_or(comparison.first, |earlier| earlier.first)
}

/// The value that words behind a comparison say it brought something to: ", taking it to 41".
fn brought(words: &Words<'_>, comparison: &Comparison) -> Option<Quantity> {
    let by = comparison.by.as_ref()?;
    let at = words.input.restart(by_end(words, comparison));
    let level = level::level(change::brought(at.skip(1)).filter(|_| at.starts_with(","))?);
    Some(level.ok()?.1.quantity).filter(|to| unit_of(to) == unit_of(by))
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
