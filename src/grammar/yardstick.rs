//! Clauses that give what a value is to be held against: "the national average is 62%", "target 95%", "it should answer 90%".

use super::{
    Class, Classes, Input, TokenKind, base,
    level::{self, Level},
    noun, past,
};
use crate::span::Span;

/// A clause that gives the value of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Yardstick {
    /// The value of the reference.
    pub level: Level,
    /// The words that name it.
    pub label: Span,
    /// First token of the clause.
    pub first: usize,
    /// What the value counts, where that stands after it.
    pub noun: Option<Span>,
}

/// Tokens from the start of a clause to its value.
const NEAR: usize = 14;

/// Reads a clause on a reference.
///
/// ```text
/// yardstick = [opener] ( [place ","] reference [":" | was] level | place [","] [pointer was] level | ought verb level
///           | ( pointer | "which" ) be level "in" peer | ( "in" | "across" | "for" | "among" ) peer [","] pointer was level )
/// opener    = "whereas" | "while" | "where" | "when" | "but" | "and"
/// ought     = pointer ( "should" | "must" | auxiliary aim "to" )
/// ```
///
/// "The average for Wales was 10%", "target 95%", "nationally it is 10%", "nationally, the median is 10%", "it should answer 90%",
/// "which is 72% in similar prisons".
pub fn yardstick(clause: Input<'_>) -> Option<Yardstick> {
    const OPENERS: [&str; 6] = ["whereas", "while", "where", "when", "but", "and"];
    let first = clause.position();
    let opens = OPENERS.iter().any(|word| clause.starts_with(word));
    let start = if opens { clause.skip(1) } else { clause };
    let (label, at) = named(start)
        .or_else(|| ought(start))
        .or_else(|| located(start))
        .or_else(|| placed(start))?;
    let (after, level) = level::level(at).ok()?;
    let noun = noun::counted(after).ok().map(|(_, noun)| noun.core);
    Some(Yardstick {
        level,
        label,
        first,
        noun,
    })
}

/// A reference by name or place, and where its value starts.
fn named(start: Input<'_>) -> Option<(Span, Input<'_>)> {
    let placed = start
        .lexeme(Class::Reference)
        .filter(|(rest, word)| word.canonical == "place" && rest.starts_with(","));
    if let Some((rest, _)) = placed
        && let Some((label, at)) = named(rest.skip(1))
    {
        return Some((start.span_to(rest).join(label), at));
    }
    let at = (1..NEAR.min(start.len())).find(|&at| level::level(start.skip(at)).is_ok())?;
    let words = start.until(start.position() + at);
    let label = base::names_bound(words)?;
    let led = words
        .tokens()
        .iter()
        .take_while(|token| token.span.start < label.start)
        .all(|token| {
            token
                .classes
                .meets(Classes::of(&[Class::Determiner, Class::Pronoun]))
        });
    let next = words
        .tokens()
        .partition_point(|token| token.span.start < label.end);
    let linked = words.skip(next).tokens().iter().all(|token| {
        token.classes.meets(LINKS) || matches!(token.kind, TokenKind::Symbol(':' | ',' | '–' | '='))
    });
    let later = words.starts().any(|here| {
        let other = ["next", "will", "to", "from"];
        other.iter().any(|word| here.starts_with(word))
            || noun::is_a(here, Classes::of(&[Class::Current]))
    });
    (led && linked && !later).then_some((label, start.skip(at)))
}

const LINKS: Classes = Classes::of(&[
    Class::Auxiliary,
    Class::PastVerb,
    Class::Verb,
    Class::Pronoun,
    Class::Adverb,
    Class::Hedge,
]);

/// What ought to be: "it should answer", "they are expected to reach"; and where its value starts.
fn ought(start: Input<'_>) -> Option<(Span, Input<'_>)> {
    let verb = past::pointer(start)?;
    let label = should(verb)?;
    let at = (0..2).find(|&at| level::level(label.skip(at)).is_ok())?;
    Some((verb.span_to(label.skip(at)), label.skip(at)))
}

/// A value that stands before its place: "which is 72% in similar prisons", "The figure for others" is none.
fn located(start: Input<'_>) -> Option<(Span, Input<'_>)> {
    let verb = if start.starts_with("which") {
        start.skip(1)
    } else {
        past::pointer(start)?
    };
    let be = ["is", "was", "are", "were"]
        .iter()
        .any(|word| verb.starts_with(word));
    let value = verb.skip(1);
    level::level(value).ok()?;
    let (_, base) = base::base(value).ok().filter(|_| be)?;
    let reference = base.kind == base::BaseKind::Reference && !base.group;
    (reference && base.value.is_some()).then_some((base.label, value))
}

/// A place or group before its value: "in similar services it was", "Across the sector, the figure is".
fn placed(start: Input<'_>) -> Option<(Span, Input<'_>)> {
    /// Words between the pointer and the value.
    const BETWEEN: usize = 3;
    const PLACES: [&str; 5] = ["in", "across", "for", "among", "elsewhere"];
    let opens = PLACES.iter().any(|word| start.starts_with(word));
    let inner = opens.then(|| start.skip(1))?;
    (1..NEAR.min(inner.len())).find_map(|at| {
        let verb = past::pointer(inner.skip(at))?;
        let links = (0..=BETWEEN)
            .take_while(|&words| words == 0 || noun::is_a(verb.skip(words - 1), LINKS));
        let value = links
            .map(|words| verb.skip(words))
            .find(|here| level::level(*here).is_ok())?;
        let mut place = inner.until(inner.position() + at);
        if place
            .tokens()
            .last()
            .is_some_and(|token| token.kind == TokenKind::Symbol(','))
        {
            place = place.until(place.position() + place.len() - 1);
        }
        let (rest, base) = base::base(place).ok()?;
        let whole = rest.position() >= place.position() + place.len();
        let reference = base.kind == base::BaseKind::Reference && !base.group;
        (reference && whole && value.position() > verb.position()).then_some((base.label, value))
    })
}

/// Goes over a modal verb of duty, or a verb of aiming with its "to".
fn should(input: Input<'_>) -> Option<Input<'_>> {
    if input.starts_with("should") || input.starts_with("must") {
        return Some(input.skip(1));
    }
    let verb = if noun::is_a(input, Classes::of(&[Class::Auxiliary])) {
        input.skip(1)
    } else {
        input
    };
    let (rest, _) = verb.lexeme(Class::Aim)?;
    rest.starts_with("to").then(|| rest.skip(1))
}

/// Reads what a body sets itself, before the value that it reached is given.
///
/// `aim = *8word ( target auxiliary "to" | "should" | "must" | [auxiliary] aim "to" ) verb level`: "The force's target is to answer
/// 90% of calls", "It should answer 90%".
pub fn aim(sentence: Input<'_>, level: &Level) -> Option<Span> {
    let before = sentence.until(level.tokens.start);
    let start = before.len().saturating_sub(NEAR);
    (start..before.len()).find_map(|at| {
        let here = before.skip(at);
        let rest = match here.lexeme(Class::Reference) {
            Some((rest, word)) if word.canonical == "target" => {
                let to = rest.skip(1);
                let is = noun::is_a(rest, Classes::of(&[Class::Auxiliary]));
                (is && to.starts_with("to")).then(|| to.skip(1))?
            }
            _ => should(here)?,
        };
        (rest.len() <= 2).then(|| here.first().map(|token| token.span))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{grammar::testing::with_input, span::text_at};

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str)>) {
        let found = with_input(text, |input| {
            yardstick(input).map(|found| {
                (
                    text_at(text, found.label),
                    text_at(text, found.level.quantity.span),
                )
            })
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn clauses_on_a_reference() {
        check(
            "The national average is 62%.",
            Some(("national average", "62%")),
        );
        check(
            "whereas the average for Wales was 10 days",
            Some(("average for Wales", "10 days")),
        );
        check("target 95%", Some(("target", "95%")));
        check("Target: 95%", Some(("Target", "95%")));
        check("where the standard is 90%", Some(("standard", "90%")));
        check("nationally it was 10%", Some(("nationally", "10%")));
        check("It should answer 90%.", Some(("should answer", "90%")));
        check(
            "they are expected to reach 90%",
            Some(("are expected to reach", "90%")),
        );
    }

    #[test]
    fn near_misses() {
        check("The target for next year is 97%.", None);
        check(
            "The average wait for men and women who stay was 9 days.",
            None,
        );
        check("Staff should answer 90%.", None);
        check("The manager has 12 staff.", None);
        check("It should be noted that 12 left.", None);
        check("The target rose from 12%.", None);
    }
}
