//! Breakdowns: the parts that a total is split into.

use super::{
    Class, Classes, Input, Parsed, TokenKind,
    noun::{self, NounPhrase},
    number::{self, Quantity},
};
use crate::{span::Span, value::Unit};

/// Tokens that may be said of one part.
const PART_REACH: usize = 40;

/// Most parts of one breakdown.
const MOST_PARTS: usize = 30;

/// Tokens between a total and its parts: "£1.9 million over two years: …".
const LEAD_REACH: usize = 14;

/// A total and its parts as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breakdown {
    /// The total.
    pub total: Quantity,
    /// What is counted.
    pub noun: Option<NounPhrase>,
    /// At least two parts, of the total's unit.
    pub parts: Vec<Quantity>,
    /// Whether the words claim that the parts are all there is.
    pub whole: bool,
    /// Whether none of them can be counted in two parts.
    pub apart: bool,
    /// Bytes of the clean text.
    pub span: Span,
}

/// Reads a total and its parts.
///
/// `breakdown = total [noun] *word split part-list`, `split = ":" | "made up of" | "," "of which"`: "90 files: 40 from the north
/// and 50 from the south", "£650: £350 for the delay, £300 for distress".
pub fn breakdown(input: Input<'_>) -> Parsed<'_, Breakdown> {
    let (rest, total) = number::quantity(input)?;
    if !splits(&total) {
        return input.miss();
    }
    let (rest, noun) = match noun::counted(rest) {
        Ok((after, noun)) if total.number.unit() == Unit::None => (after, Some(noun)),
        _ => (rest, None),
    };
    let (start, whole) = (0..LEAD_REACH)
        .map_while(|at| {
            let here = rest.skip(at);
            let token = here.first()?;
            (!matches!(token.kind, TokenKind::Symbol('.' | ';' | '(' | ')'))).then_some(here)
        })
        .find_map(split)
        .map_or_else(|| input.miss(), Ok)?;
    let (end, parts) = parts(start, total.number.unit())?;
    let whole = whole && parts.closed;
    let breakdown = Breakdown {
        total,
        noun,
        parts: parts.found,
        whole,
        apart: parts.apart || parts.rest,
        span: input.span_to(end),
    };
    Ok((end, breakdown))
}

/// What leads over from a total to its parts, and whether it claims that they are all.
fn split(input: Input<'_>) -> Option<(Input<'_>, bool)> {
    if input.starts_with(":") {
        return Some((input.skip(1), true));
    }
    let (rest, word) = input.lexeme(Class::Split)?;
    Some((
        if rest.starts_with(",") {
            rest.skip(1)
        } else {
            rest
        },
        word.canonical == "whole",
    ))
}

/// Parts in a row.
#[derive(Debug)]
pub struct Parts {
    /// Two or more.
    pub found: Vec<Quantity>,
    /// Whether "and" stands before the last, and nothing opens the list ("including").
    pub closed: bool,
    /// Whether the same is told of each ("40 from the north and 50 from the south"); of 40 files, 25 that were late and 20 that
    /// lacked a note may be the same ones.
    pub apart: bool,
    /// Whether the last is what is left: "and the other 20 were on time".
    pub rest: bool,
}

/// Reads the parts of a total.
///
/// `part-list = part 1*( ("," | ";") part ) [("and" | "," added) part]`, `part = ["the other" | "the remaining"] [hedge] number *word`; all
/// of one unit.
pub fn parts(input: Input<'_>, unit: Unit) -> Parsed<'_, Parts> {
    let (mut rest, first) = part(input, unit)?;
    let mut found = vec![first];
    let told = Told::read(rest);
    let mut apart = true;
    let mut closed = false;
    let mut open = false;
    let mut left = false;
    while found.len() < MOST_PARTS {
        let Some((after, next, last)) = next_part(rest, unit, &mut open, &mut left) else {
            break;
        };
        closed = last;
        apart &= told.is_apart_from(Told::read(after));
        found.push(next);
        rest = after;
    }
    if found.len() < 2 {
        return input.miss();
    }
    Ok((
        rest,
        Parts {
            found,
            closed: closed && !open,
            apart,
            rest: closed && left,
        },
    ))
}

/// What is told of a part right behind its number.
#[derive(Clone, Copy)]
struct Told<'a> {
    /// The verb, or the word that says what it has: "were", "lacked", "without".
    verb: Option<&'a str>,
    /// The preposition there, or behind the verb.
    preposition: Option<&'a str>,
}

impl<'a> Told<'a> {
    fn read(input: Input<'a>) -> Self {
        const VERBS: Classes = Classes::of(&[Class::Auxiliary, Class::Verb, Class::PastVerb]);
        let of = |at: Input<'a>, classes: Classes| {
            let token = at.first().filter(|token| token.classes.meets(classes))?;
            Some(at.text_of(token))
        };
        let thing = input.skip(1);
        let something = ["no", "a", "an"].iter().any(|word| thing.starts_with(word));
        let has = input.starts_with("without") || input.starts_with("with") && something;
        let prepositions = Classes::of(&[Class::Preposition]);
        let verb = of(input, if has { prepositions } else { VERBS });
        let next = input.skip(usize::from(verb.is_some()));
        Self {
            verb,
            preposition: of(next, prepositions),
        }
    }

    /// Whether a part cannot be among those that another one tells of: both lie somewhere ("are in", where the second may leave
    /// out the verb), or neither has a verb.
    fn is_apart_from(self, other: Self) -> bool {
        match (self.verb, other.verb) {
            (None, None) => true,
            (None, Some(_)) => false,
            (Some(_), None) => self.preposition.is_some(),
            (Some(verb), Some(same)) => {
                verb == same && self.preposition.is_some() && self.preposition == other.preposition
            }
        }
    }
}

fn part(input: Input<'_>, unit: Unit) -> Parsed<'_, Quantity> {
    let (rest, part) = number::quantity(input)?;
    if part.number.unit() == unit {
        Ok((rest, part))
    } else {
        input.miss()
    }
}

/// The next part after what is said of the one before, and whether "and" stands before it.
fn next_part<'a>(
    input: Input<'a>,
    unit: Unit,
    open: &mut bool,
    left: &mut bool,
) -> Option<(Input<'a>, Quantity, bool)> {
    for at in 0..PART_REACH {
        let here = input.skip(at);
        let token = here.first()?;
        if matches!(token.kind, TokenKind::Symbol('.' | ':' | '?' | '!')) {
            return None;
        }
        *open |= here.lexeme(Class::Including).is_some();
        let mark = matches!(token.kind, TokenKind::Symbol(',' | ';'));
        let and = here.starts_with("and");
        if !mark && !and {
            continue;
        }
        let both = mark && here.skip(1).starts_with("and");
        let after = here.skip(if both { 2 } else { 1 });
        let (after, added) = past_added(after);
        let which = after.skip(1);
        *left = after.starts_with("the")
            && (which.starts_with("other") || which.starts_with("remaining"));
        let after = after.skip(if *left { 2 } else { 0 });
        if let Ok((rest, part)) = part(after, unit) {
            return Some((rest, part, and || both || added));
        }
    }
    None
}

/// Past the words that add one more part to a list that seemed to be at its end: ", with a further £0.3 million set aside".
///
/// `added = ("with" | "plus") ["a" "further" | "another"]`
fn past_added(input: Input<'_>) -> (Input<'_>, bool) {
    let with = input.starts_with("with") || input.starts_with("plus");
    let rest = input.skip(usize::from(with));
    let further = rest.starts_with("a") && rest.skip(1).starts_with("further");
    let another = rest.starts_with("another");
    let plain = input.starts_with("plus");
    match (further, another) {
        (true, _) => (rest.skip(2), with),
        (_, true) => (rest.skip(1), with),
        _ if plain => (rest, true),
        _ => (input, false),
    }
}

/// Whether a quantity can be split: a number of things, or money.
fn splits(total: &Quantity) -> bool {
    let unit = total.number.unit();
    unit == Unit::None || unit.is_money()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::testing::with_input;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = with_input(text, |input| {
            input.starts().find_map(|here| breakdown(here).ok()).map_or(
                String::from("none"),
                |(_, found)| {
                    let parts: Vec<String> = found
                        .parts
                        .iter()
                        .map(|part| part.number.to_string())
                        .collect();
                    format!(
                        "{} = {}{}",
                        found.total.number,
                        parts.join(" + "),
                        if found.whole { "" } else { " …" }
                    )
                },
            )
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn totals_with_their_parts() {
        check(
            "We read 30 plans: 12 for adults, ten for children and eight for carers.",
            "30 = 12 + 10 + 8",
        );
        check(
            "They advise us to spend £46 in all: £21 on roofs, £13 on boilers and £9 on windows, with a further £3 set aside.",
            "£46 = £21 + £13 + £9 + £3",
        );
        check(
            "It met 40 people: 22 aged five or six and 18 who were older.",
            "40 = 22 + 18",
        );
        check(
            "It paid £90: £50 for the wait and £40 for the letter",
            "£90 = £50 + £40",
        );
        check(
            "It costs £9m over three years: £5m for roads, £3m for light and £1m for paint",
            "£9,000,000 = £5,000,000 + £3,000,000 + £1,000,000",
        );
        check(
            "a panel of nine members, made up of five tenants and four staff",
            "9 = 5 + 4",
        );
        check(
            "30 plans, of which 12 were late and 5 were lost",
            "30 = 12 + 5 …",
        );
        check("30 plans: 12 were late, 5 were lost", "30 = 12 + 5 …");
        check("30 plans: 12 were late", "none");
        check("30 plans: some were late and others lost", "none");
        check("Of 30 plans. Two: one and", "none");
    }
}
