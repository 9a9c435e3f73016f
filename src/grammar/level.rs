//! Levels: the values that movements start and end at and that comparisons set side by side.

use std::ops::Range;

use super::{
    Class, Classes, Input, Parsed, TokenKind, noun,
    number::{Quantity, magnitude, quantity, unit},
    symbol,
};
use crate::value::{Number, Unit};
use rust_decimal::Decimal;

/// A stated value with what is printed beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// The value.
    pub quantity: Quantity,
    /// The whole that it is a part of: 24 in "14 out of 24".
    pub whole: Option<Quantity>,
    /// The share in brackets after it: 58% in "14 out of 24 (58%)".
    pub share: Option<Quantity>,
    /// Tokens of the value without its hedge.
    pub tokens: Range<usize>,
    /// Whether it is the size of a movement or gap and not a level: 3% in "fell by 3%", "a 3% rise", "3% more".
    pub amount: bool,
    /// Whether it is what another value is set against: 58% in "up from 58%", "than the 58%", "an average of 58%".
    pub base: bool,
    /// Whether it is a rating or one of alternatives: 1 and 0 in "rated 1 or 0".
    pub alternative: bool,
}

/// How many levels are looked back over for the one that fits: a bound that keeps the cost linear.
const REACH: usize = 8;

/// Reads a value that can move or be compared: no year, date, age, grade or number of a section.
///
/// `level = quantity [ ["out"] "of" ["the"] quantity ] [ *3word "(" quantity ")" ]`: "61 minutes", "14 out of 24 (58%)".
pub fn level(input: Input<'_>) -> Parsed<'_, Level> {
    let (rest, found) = quantity(input)?;
    let start = starts(input, &found);
    let (rest, found) = hyphenated(start, rest, found);
    if is_year(start, &found) || is_other(start, rest, &found) {
        return input.miss();
    }
    let (after_whole, whole) = whole(rest);
    let (after, share) = share(after_whole, &found);
    let tokens = start.position()..rest.position();
    let amount = is_amount(input, start, rest, found.number);
    let level = Level {
        quantity: found,
        whole,
        share,
        tokens,
        amount,
        base: is_base(input),
        alternative: is_alternative(start),
    };
    Ok((after, level))
}

/// The input at the number itself, its hedge passed over.
fn starts<'a>(input: Input<'a>, found: &Quantity) -> Input<'a> {
    let hedge = input
        .tokens()
        .iter()
        .take_while(|token| token.span.start < found.span.start)
        .count();
    input.skip(hedge)
}

/// A unit joined to its number: "12-day", "two-point".
fn hyphenated<'a>(start: Input<'a>, rest: Input<'a>, found: Quantity) -> (Input<'a>, Quantity) {
    let Ok((after, _)) = symbol('-')(rest) else {
        return (rest, found);
    };
    match unit(after) {
        Ok((after, unit)) if found.number.unit() == Unit::None => {
            let quantity = Quantity {
                number: found.number.with_unit(unit),
                span: start.span_to(after),
                ..found
            };
            (after, quantity)
        }
        _ => (rest, found),
    }
}

/// Whether a number is the size of a movement or gap: "by" or the word of a movement stands before it, or a comparative or
/// a movement after it.
fn is_amount(input: Input<'_>, start: Input<'_>, rest: Input<'_>, number: Number) -> bool {
    const MOVES: Classes = Classes::of(&[
        Class::Up,
        Class::Down,
        Class::Improved,
        Class::Worsened,
        Class::Multiple,
    ]);
    let moved = [back(input, 1), back(start, 1)]
        .into_iter()
        .flatten()
        .map(without_small)
        .any(|before| {
            before.starts_with("by")
                || noun::is_a(before, MOVES) && !is_transitive(before) && !ends_verb(before)
                || before.starts_with("of")
                    && back(before, 1).is_some_and(|noun| noun::is_a(noun, MOVES))
        });
    let share = matches!(number.unit(), Unit::Percent | Unit::Points) || number.unit().is_money();
    moved || share && noun::is_a(rest, MOVES) || is_gap(rest)
}

/// Whether "up" belongs to the verb before it: "make up 71%".
fn ends_verb(up: Input<'_>) -> bool {
    let verb = back(up, 1).and_then(|verb| verb.lexeme(Class::Verb));
    verb.is_some_and(|(rest, _)| rest.position() == up.position() + 1)
}

/// Back over what may stand between "by" and an amount: "by only", "by an average of".
fn without_small(before: Input<'_>) -> Input<'_> {
    if before.starts_with("only") || before.starts_with("just") {
        return back(before, 1).unwrap_or(before);
    }
    let mean = before.starts_with("of")
        && back(before, 1)
            .is_some_and(|word| word.starts_with("average") || word.starts_with("total"));
    back(before, 3).filter(|_| mean).unwrap_or(before)
}

/// Whether a verb stands here that moves its object, so that a number after it is no amount: "raised £6,000".
fn is_transitive(input: Input<'_>) -> bool {
    input
        .lexeme(Class::Up)
        .is_some_and(|(_, word)| word.canonical == "transitive")
}

/// Whether a number is what another one is set against.
fn is_base(input: Input<'_>) -> bool {
    const ARTICLES: Classes = Classes::of(&[Class::Determiner]);
    let Some(mut before) = back(input, 1) else {
        return false;
    };
    if before.starts_with("within") {
        return true;
    }
    if noun::is_a(before, ARTICLES)
        && let Some(further) = back(before, 1)
    {
        before = further;
    }
    let set_against = ["from", "than", "against", "versus"]
        .iter()
        .any(|word| before.starts_with(word));
    let compared = before.starts_with("with") || before.starts_with("to");
    let of_reference = before.starts_with("of");
    set_against
        || tells_reference(before)
        || back(before, 1).is_some_and(|word| {
            compared && word.lexeme(Class::ComparedWith).is_some()
                || of_reference && is_reference(word)
        })
}

/// Whether a clause here gives the value of a reference before it: "the standard for all forces, which is 90%".
fn tells_reference(verb: Input<'_>) -> bool {
    /// Tokens back to the reference.
    const REACH: usize = 14;
    let is = ["is", "was"].iter().any(|word| verb.starts_with(word));
    let which = back(verb, 1).filter(|word| is && word.starts_with("which"));
    let bound = |word: Input<'_>| {
        let role = word.lexeme(Class::Reference);
        role.is_some_and(|(_, role)| role.canonical == "bound") || is_reference(word)
    };
    which.is_some_and(|which| (1..REACH).any(|far| back(which, far).is_some_and(bound)))
}

/// Whether a target or a known average stands here: "the target of", "the national average of", and not "an average of".
fn is_reference(input: Input<'_>) -> bool {
    let role = input
        .lexeme(Class::Reference)
        .map(|(_, word)| word.canonical);
    let article = back(input, 1);
    let indefinite = article.is_some_and(|word| word.starts_with("a") || word.starts_with("an"));
    role == Some("target") || role == Some("head") && !indefinite
}

/// Whether a comparative follows a number, so that it is a gap: "3% more", "£4 below".
fn is_gap(rest: Input<'_>) -> bool {
    const CLASSES: [Class; 4] = [
        Class::Above,
        Class::Below,
        Class::BetterThan,
        Class::WorseThan,
    ];
    CLASSES.iter().any(|&class| {
        rest.lexeme(class)
            .is_some_and(|(_, word)| matches!(word.canonical, "than" | "direct" | "inside"))
    })
}

/// The input from `by` tokens further back.
fn back(from: Input<'_>, by: usize) -> Option<Input<'_>> {
    from.position().checked_sub(by).map(|at| from.widen(at))
}

/// Whether a number and "or", or a verb of rating, stand right before a number.
fn is_alternative(start: Input<'_>) -> bool {
    let numeric = |input: Input<'_>| {
        input
            .first()
            .is_some_and(|token| token.classes.meets(Classes::NUMERIC))
    };
    back(start, 1).is_some_and(|before| {
        before.starts_with("or") && back(before, 1).is_some_and(numeric)
            || before
                .lexeme(Class::RatingVerb)
                .is_some_and(|(_, word)| word.canonical == "sure")
    })
}

/// Whether a numeral is a year: four digits without a separator, from 1900 to 2099, and no unit.
fn is_year(start: Input<'_>, found: &Quantity) -> bool {
    let text = start.first().map_or("", |token| start.text_of(token));
    found.number.unit() == Unit::None
        && text.len() == 4
        && (text.starts_with("19") || text.starts_with("20"))
        && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a number is a day of a date, a grade, an age, the base of a rate or the number of something printed.
fn is_other(start: Input<'_>, rest: Input<'_>, found: &Quantity) -> bool {
    const NAMES: Classes = Classes::of(&[Class::GradeNoun, Class::Age]);
    let before = back(start, 1);
    if found.number.unit().is_duration() {
        return before.is_some_and(is_past);
    }
    if found.number.unit() != Unit::None {
        return false;
    }
    let named = |input: Input<'_>| noun::is_a(input, NAMES) || is_month(input);
    let after = names_after(rest) || role(rest, "after") || is_ratio(rest, found);
    // "340B" is a name.
    let glued = rest.first().is_some_and(|token| {
        token.glued
            && (matches!(token.kind, TokenKind::Symbol('/' | ':'))
                || token.kind == TokenKind::Word && token.capital)
    });
    // "Over one third of them": a share in words.
    let fraction = start
        .lexeme(Class::Fraction)
        .is_some_and(|(after, _)| after.position() > rest.position());
    after
        || glued
        || fraction
        || start.starts_with("one") && rest.starts_with("of")
        || before.is_some_and(|before| {
            named(before)
                || role(before, "before")
                || before.starts_with("per")
                || before.starts_with("every")
        })
        || rest.starts_with("times")
            && (rest.skip(1).starts_with("as")
                || noun::is_a(rest.skip(1), Classes::of(&[Class::Determiner])))
}

/// Whether a word before a length of time makes it a period: "the previous 12 months", "the last three years".
fn is_past(before: Input<'_>) -> bool {
    before.starts_with("past")
        || before.starts_with("next")
        || before
            .lexeme(Class::BasePeriod)
            .is_some_and(|(_, word)| word.canonical == "modifier")
}

/// Whether a grade noun, an age or a month stands here by itself: "one rating", and not "418 rating visits".
fn names_after(rest: Input<'_>) -> bool {
    const NAMES: Classes = Classes::of(&[Class::GradeNoun, Class::Age]);
    is_month(rest)
        || noun::is_a(rest, NAMES) && !noun::is_plural(rest) && noun::counted(rest.skip(1)).is_err()
}

fn is_month(input: Input<'_>) -> bool {
    noun::is_a(input, Classes::of(&[Class::Month]))
        && input.first().is_some_and(|token| token.capital)
}

/// Whether a number is kept from counting by the word here.
fn role(input: Input<'_>, role: &str) -> bool {
    input
        .lexeme(Class::NotCounted)
        .is_some_and(|(_, word)| word.canonical == role)
}

/// Whether a grade or the unit of one follows the number that starts here: "two stars", "3 (good)".
pub fn is_graded(input: Input<'_>) -> bool {
    quantity(input).is_ok_and(|(rest, _)| {
        let inner = symbol('(')(rest).map_or(rest, |(inner, _)| inner);
        let graded = Classes::of(&[Class::Grade]);
        role(rest, "after") || noun::is_a(inner, graded) || names_after(rest) && !is_month(rest)
    })
}

/// "in ten" after "one": a proportion and no level. "340 in two years" is none.
fn is_ratio(rest: Input<'_>, part: &Quantity) -> bool {
    let base = rest.skip(1);
    let Ok((_, found)) = magnitude(base) else {
        return false;
    };
    rest.starts_with("in")
        && !is_year(base, &found)
        && found.number.value() <= Decimal::from(20)
        && found.number.value() > part.number.value()
        && !is_month(base.skip(1))
}

/// The whole of a part.
///
/// `whole = ["out"] "of" ["the" | "its" | "our"] quantity`
fn whole(input: Input<'_>) -> (Input<'_>, Option<Quantity>) {
    let out = if input.starts_with("out") {
        input.skip(1)
    } else {
        input
    };
    if !out.starts_with("of") {
        return (input, None);
    }
    let mut start = out.skip(1);
    if noun::is_a(start, Classes::of(&[Class::Determiner])) {
        start = start.skip(1);
    }
    match quantity(start) {
        Ok((rest, whole))
            if whole.number.unit() == Unit::None && !is_year(starts(start, &whole), &whole) =>
        {
            (rest, Some(whole))
        }
        _ => (input, None),
    }
}

/// The share in brackets after a count, at most three words on.
fn share<'a>(input: Input<'a>, of: &Quantity) -> (Input<'a>, Option<Quantity>) {
    let words = input
        .tokens()
        .iter()
        .take(4)
        .take_while(|token| token.kind == TokenKind::Word)
        .count();
    let inner = match symbol('(')(input.skip(words)) {
        Ok((inner, _)) if words <= 3 && of.number.unit() == Unit::None => inner,
        _ => return (input, None),
    };
    match quantity(inner) {
        Ok((rest, share)) if share.number.unit() == Unit::Percent && rest.starts_with(")") => {
            (rest.skip(1), Some(share))
        }
        _ => (input, None),
    }
}

/// Every level of a sentence, in order.
pub fn levels(sentence: Input<'_>) -> Vec<Level> {
    let mut found = Vec::new();
    let mut rest = sentence.seek(Classes::NUMERIC);
    while !rest.is_empty() {
        rest = match level(rest) {
            Ok((after, level)) => {
                found.push(level);
                after
            }
            _ => rest.skip(1),
        }
        .seek(Classes::NUMERIC);
    }
    found
}

/// The last level before token `at` whose unit `fits`: its own value, or the share printed beside it.
///
/// Sizes of movements, ratings and values that others are set against are passed over.
pub fn before(levels: &[Level], at: usize, fits: impl Fn(Unit) -> bool) -> Option<Quantity> {
    let end = levels.partition_point(|level| level.tokens.end <= at);
    let near = levels.get(end.saturating_sub(REACH)..end)?;
    near.iter().rev().find_map(|level| {
        let unit = level.quantity.number.unit();
        if level.base {
            return None;
        }
        if let Some(share) = level
            .share
            .as_ref()
            .filter(|share| fits(share.number.unit()))
            && !fits(unit)
        {
            return Some(share.clone());
        }
        let states = !level.amount && !level.alternative && !level.base;
        (states && fits(unit)).then(|| level.quantity.clone())
    })
}

/// Gives two values of one statement the unit and scale that only one of them is printed with: "from 61 to 57%",
/// "from £1.2 to £1.5 million", "from 14.1 days to 12.4".
pub fn align(first: &mut Quantity, second: &mut Quantity) {
    let (a, b) = (first.number.unit(), second.number.unit());
    if a == Unit::None && b != Unit::None {
        first.number = first.number.with_unit(b);
    } else if b == Unit::None && a != Unit::None {
        second.number = second.number.with_unit(a);
    }
    if first.scale != second.scale && first.number.unit() == second.number.unit() {
        scale_up(first, second.scale);
        scale_up(second, first.scale);
    }
}

/// Applies the multiplier that the other value is printed with to a small number printed without one.
fn scale_up(quantity: &mut Quantity, scale: Decimal) {
    let small = quantity.scale == Decimal::ONE && quantity.number.value() < Decimal::ONE_THOUSAND;
    if small
        && scale > Decimal::ONE
        && let Some(number) = Number::rounded(quantity.number.value(), scale)
    {
        quantity.number = number.with_unit(quantity.number.unit());
        quantity.scale = scale;
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::{grammar::testing::with_input, span::text_at};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = with_input(text, |input| {
            levels(input)
                .into_iter()
                .map(|level| {
                    let mut shown = text_at(text, level.quantity.span).to_owned();
                    for (name, part) in [("of", level.whole), ("share", level.share)] {
                        if let Some(part) = part {
                            let _ = write!(shown, " {name} {}", text_at(text, part.span));
                        }
                    }
                    shown
                })
                .collect()
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn values_with_their_wholes_and_shares() {
        check(
            "fell from 14 out of 24 (58%) to nine",
            &["14 of 24 share 58%", "nine"],
        );
        check("31 of the 64 files checked (48%)", &["31 of 64 share 48%"]);
        check("£3.5m and 61 minutes", &["£3.5m", "61 minutes"]);
    }

    #[test]
    fn dates_grades_and_ratios_are_no_levels() {
        check("In 2021, on 3 May 2022 at 10 am", &[]);
        check("one in ten and one of them", &["ten"]);
        check("2,021 visits in March 2023", &["2,021"]);
    }
}
