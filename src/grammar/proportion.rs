//! Proportions: a part of a whole, with or without the share that it makes.

use rust_decimal::Decimal;

use super::{
    Class, Classes, Input, Parsed, TokenKind,
    noun::{self, NounPhrase},
    number::{self, Quantity},
};
use crate::{span::Span, value::Unit};

/// Tokens that may stand between a whole and the share in brackets that closes the proportion.
const CLOSING_REACH: usize = 14;

/// Tokens of the clause that "of the 40 files" may open.
const OPENING_REACH: usize = 30;

/// A proportion as written. At least two of part, whole and percentage are there, or the part and a word that points back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The part.
    pub part: Option<Quantity>,
    /// The whole.
    pub whole: Option<Quantity>,
    /// The share.
    pub percent: Option<Quantity>,
    /// What is counted, as far as the whole or the part names it.
    pub noun: Option<NounPhrase>,
    /// Where the whole has to be looked for, if it is not written here.
    pub base: Base,
    /// Bytes of the clean text.
    pub span: Span,
    /// Whether this is one number in another, as "nine in ten".
    pub ratio: bool,
}

/// Where the whole of a proportion stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// Within the proportion.
    Here,
    /// Before it: "of them", "of whom".
    Back,
    /// Nowhere said: "41 cases (64%)".
    Open,
}

/// Reads a proportion or the share of a stated whole.
///
/// `share = leading | percent-first | part-first`; a hedge before it is not part of it.
pub fn share(input: Input<'_>) -> Parsed<'_, Share> {
    let number = number::magnitude(input).map_or(0, |(rest, _)| rest.position());
    let fraction = input
        .lexeme(Class::Fraction)
        .is_some_and(|(rest, _)| rest.position() >= number);
    if fraction || input.lexeme(Class::Hedge).is_some() || number::is_service_number(input) {
        return input.miss();
    }
    leading(input)
        .or_else(|_| percent_first(input))
        .or_else(|_| part_first(input))
}

/// Reads a proportion whose whole opens the clause.
///
/// `leading = ["out"] "of" [determiner] whole noun *word "," [1*3word] part [closing]`, `| "of" pointer "," part [closing]`:
/// "of the 40 residents, 34 (85%)", "of those, 48 (84%)", and "of whom 162 (14%)". A percentage may stand for the part.
fn leading(input: Input<'_>) -> Parsed<'_, Share> {
    let start = if input.starts_with("out") {
        input.skip(1)
    } else {
        input
    };
    if !start.starts_with("of") || !opens_clause(input) {
        return input.miss();
    }
    let rest = start.skip(1);
    if let Some(after) = pointer(rest) {
        let comma = after.starts_with(",");
        let after = skip_lead(if comma { after.skip(1) } else { after });
        let (end, (part, percent)) = part_and_percent(after)?;
        // "Of whom 162 are in the sixth form" only adds a count; a percentage makes it a share.
        if part.is_none() || percent.is_none() && !comma {
            return input.miss();
        }
        let span = input.span_to(end);
        return Ok((end, Share::new(part, None, percent, None, Base::Back, span)));
    }
    let (rest, (whole, noun)) = whole(rest)?;
    let Some(lead) = clause_of_whole(rest) else {
        return input.miss();
    };
    let (end, (part, percent)) = part_and_percent(lead)?;
    let fits = part.as_ref().is_none_or(|part| same_unit(part, &whole));
    if !fits {
        return input.miss();
    }
    // The words from "of" on are not needed to state it; the whole is.
    let from = input.restart(rest.position()).span();
    let span = Span::new(whole.span.start, input.span_to(end).end.max(from.start));
    Ok((
        end,
        Share::new(part, Some(whole), percent, noun, Base::Here, span),
    ))
}

/// From a whole that opens a clause to the part: past the comma and a few words, or right on to "only".
fn clause_of_whole(rest: Input<'_>) -> Option<Input<'_>> {
    if rest.starts_with("only") || rest.starts_with("just") {
        return Some(rest.skip(1));
    }
    let comma = (0..rest.len().min(OPENING_REACH)).find(|&at| rest.skip(at).starts_with(","))?;
    Some(skip_lead(rest.skip(comma + 1)))
}

/// Past "only", "we found" and the like, up to three words.
fn skip_lead(input: Input<'_>) -> Input<'_> {
    let words = (0..3).take_while(|&at| {
        input.tokens().get(at).is_some_and(|token| {
            token.kind == TokenKind::Word && number::magnitude(input.skip(at)).is_err()
        })
    });
    input.skip(words.count())
}

/// Whether "of" or "out of" may open a clause here.
fn opens_clause(input: Input<'_>) -> bool {
    let tokens = &input.lexed().tokens;
    let before = input
        .position()
        .checked_sub(1)
        .and_then(|at| tokens.get(at));
    before.is_none_or(|token| {
        let text = input.text_of(token);
        matches!(token.kind, TokenKind::Symbol(_))
            || input.first().is_some_and(|first| first.capital)
            || ["and", "but", "that"]
                .iter()
                .any(|word| text.eq_ignore_ascii_case(word))
    })
}

/// `part-and-percent = part [closing] | percent`
fn part_and_percent(input: Input<'_>) -> Parsed<'_, (Option<Quantity>, Option<Quantity>)> {
    let (rest, first) = number::quantity(input)?;
    if first.number.unit() == Unit::Percent {
        return Ok((rest, (None, Some(first))));
    }
    if input.lexeme(Class::Fraction).is_some() {
        return input.miss();
    }
    if !is_part(&first)
        || rest.starts_with("of") && number::magnitude(after_determiner(rest.skip(1))).is_ok()
    {
        return input.miss();
    }
    // "247 agreed (85%)": what is said of the part may stand before the share.
    match closing(rest, true) {
        Some((rest, percent)) => Ok((rest, (Some(first), Some(percent)))),
        None => Ok((rest, (Some(first), None))),
    }
}

/// Reads a proportion that starts with its percentage.
///
/// `percent-first = percent "(" part ("of" | "out of" | "/") whole [noun] ")" | percent "of" [determiner] whole noun`,
/// `| percent "(" "n" "=" whole ")" | percent "(" part [noun] ")"`
fn percent_first(input: Input<'_>) -> Parsed<'_, Share> {
    let (rest, percent) = number::quantity(input)?;
    if percent.number.unit() != Unit::Percent {
        return input.miss();
    }
    if rest.starts_with("of") {
        if number::is_service_number(after_determiner(rest.skip(1))) {
            return input.miss();
        }
        let (end, (whole, noun)) = whole(rest.skip(1))?;
        if noun.is_none() || whole.number.unit() != Unit::None {
            return input.miss();
        }
        return Ok((
            end,
            Share::new(
                None,
                Some(whole),
                Some(percent),
                noun,
                Base::Here,
                input.span_to(end),
            ),
        ));
    }
    if !rest.starts_with("(") {
        return input.miss();
    }
    let inner = rest.skip(1);
    if inner.starts_with("n") && inner.skip(1).starts_with("=") {
        let (end, whole) = number::quantity(inner.skip(2))?;
        let end = if end.starts_with(")") {
            end.skip(1)
        } else {
            end
        };
        return Ok((
            end,
            Share::new(
                None,
                Some(whole),
                Some(percent),
                None,
                Base::Here,
                input.span_to(end),
            ),
        ));
    }
    let (end, (part, whole, noun)) = if let Ok((end, (part, whole, noun, _))) = part_of_whole(inner)
    {
        (end, (part, Some(whole), noun))
    } else {
        let (end, part) = number::quantity(inner)?;
        let (end, noun) = match noun::counted(end) {
            Ok((after, noun)) => (after, Some(noun)),
            Err(_) => (end, None),
        };
        (end, (part, None, noun))
    };
    if !end.starts_with(")") || !is_part(&part) {
        return input.miss();
    }
    let end = end.skip(1);
    let share = Share::new(
        Some(part),
        whole,
        Some(percent),
        noun,
        Base::Open,
        input.span_to(end),
    );
    Ok(share.with_base_after(input, end))
}

/// Reads a proportion that starts with its part.
///
/// `part-first = part ("of" | "out of") [determiner] whole [noun] [closing] | part "in" whole | part "of" pointer [closing]`,
/// `| part [noun] closing`: "18 of the 40 files (45%)", "nine in ten", "133 of whom (18%)", "41 cases (64%)".
fn part_first(input: Input<'_>) -> Parsed<'_, Share> {
    if let Ok((rest, (part, whole, noun, ratio))) = part_of_whole(input) {
        let share = Share::new(
            Some(part),
            Some(whole),
            None,
            noun,
            Base::Here,
            input.span_to(rest),
        );
        // "Fewer than one in three (31%)": a ratio is a round figure, and the share beside it a finer one.
        if ratio {
            return Ok((rest, Share { ratio, ..share }));
        }
        return Ok(match closing(rest, true) {
            Some((end, percent)) => {
                let span = input.span_to(end);
                (
                    end,
                    Share {
                        percent: Some(percent),
                        span,
                        ..share
                    },
                )
            }
            None => (rest, share),
        });
    }
    let (rest, part) = number::quantity(input)?;
    if !is_part(&part) {
        return input.miss();
    }
    if rest.starts_with("of")
        && let Some(after) = pointer(rest.skip(1))
    {
        let which = rest.skip(1).starts_with("which");
        return match closing(after, false) {
            Some((end, percent)) => Ok((
                end,
                Share::new(
                    Some(part),
                    None,
                    Some(percent),
                    None,
                    Base::Back,
                    input.span_to(end),
                ),
            )),
            // "Eighteen of them said": the part is spoken of; "with 21 of them" only counts.
            None if !which && does_something(after) => Ok((
                after,
                Share::new(
                    Some(part),
                    None,
                    None,
                    None,
                    Base::Back,
                    input.span_to(after),
                ),
            )),
            None => input.miss(),
        };
    }
    let (end, noun) = match noun::counted(rest) {
        Ok((after, noun)) => (after, Some(noun)),
        Err(_) => (rest, None),
    };
    match closing(end, false) {
        Some((end, percent)) => {
            let span = input.span_to(end);
            let share = Share::new(Some(part), None, Some(percent), noun, Base::Open, span);
            Ok(share.with_base_after(input, end))
        }
        None => input.miss(),
    }
}

/// A part, its whole, the noun counted, and whether it is written as a ratio ("in", or small numbers with "out of").
type PartOfWhole = (Quantity, Quantity, Option<NounPhrase>, bool);

/// `part-of-whole = part ( "of" | "out of" | "in" | "/" ) [determiner] whole [noun]`; "one of the four" is none.
fn part_of_whole(input: Input<'_>) -> Parsed<'_, PartOfWhole> {
    let (rest, part) = number::quantity(input)?;
    let link = Link::read(rest);
    let (Some((link, rest)), true) = (link, is_part(&part)) else {
        return input.miss();
    };
    let pronoun = part.in_words && part.number.value() == Decimal::ONE;
    if pronoun && link == Link::Of {
        return input.miss();
    }
    let (rest, (whole, noun)) = whole(rest)?;
    let fits = same_unit(&part, &whole);
    let smaller = whole.number.value() > part.number.value();
    let ratio = link == Link::In || link == Link::OutOf && whole.number.value() <= Decimal::TEN;
    let small = whole.number.value() <= Decimal::ONE_HUNDRED && part.number.unit() == Unit::None;
    let plausible = match link {
        Link::In | Link::Slash => smaller && small && fits && part.number.value() > Decimal::ZERO,
        Link::Of | Link::OutOf => fits,
    };
    if plausible {
        Ok((rest, (part, whole, noun, ratio)))
    } else {
        input.miss()
    }
}

/// What joins a part to its whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    Of,
    OutOf,
    In,
    Slash,
}

impl Link {
    fn read(input: Input<'_>) -> Option<(Self, Input<'_>)> {
        if input.starts_with("out") && input.skip(1).starts_with("of") {
            return Some((Self::OutOf, input.skip(2)));
        }
        let link = match input.first()?.kind {
            TokenKind::Symbol('/') => Self::Slash,
            _ if input.starts_with("of") => Self::Of,
            // "Nine in the ten" is no ratio: nothing stands between.
            _ if input.starts_with("in") && number::magnitude(input.skip(1)).is_ok() => Self::In,
            _ => return None,
        };
        Some((link, input.skip(1)))
    }
}

/// Reads a whole and what it counts.
///
/// `whole = ["all"] [determiner] number [noun]`
fn whole(input: Input<'_>) -> Parsed<'_, (Quantity, Option<NounPhrase>)> {
    let (rest, whole) = number::quantity(after_determiner(input))?;
    let unit = whole.number.unit();
    if !(unit == Unit::None || unit.is_money()) || whole.number.value().fract() != Decimal::ZERO {
        return input.miss();
    }
    Ok(match noun::counted(rest) {
        Ok((rest, noun)) if unit == Unit::None => (rest, (whole, Some(noun))),
        _ => (rest, (whole, None)),
    })
}

/// Past articles and one word before the number: "all the", "a further", "the remaining".
fn after_determiner(input: Input<'_>) -> Input<'_> {
    let mut rest = input;
    for _ in 0..2 {
        if noun::is_a(rest, Classes::of(&[Class::Determiner])) && number::magnitude(rest).is_err() {
            rest = rest.skip(1);
        }
    }
    let describes = rest.first().is_some_and(|token| {
        let names = Classes::of(&[Class::NotCounted, Class::Preposition, Class::Hedge]);
        token.kind == TokenKind::Word && !token.capital && !token.classes.meets(names)
    });
    let numbered = rest.position() > input.position()
        && number::magnitude(rest).is_err()
        && number::magnitude(rest.skip(1)).is_ok();
    if describes && numbered {
        rest.skip(1)
    } else {
        rest
    }
}

/// Past a word that points back to a whole: "them", "whom", "these".
fn pointer(input: Input<'_>) -> Option<Input<'_>> {
    ["them", "whom", "which", "these", "those"]
        .iter()
        .any(|word| input.starts_with(word))
        .then(|| input.skip(1))
        .filter(|rest| {
            noun::counted(*rest).is_err() || input.starts_with("them") || input.starts_with("whom")
        })
}

/// Whether a verb follows, so that the part is the subject of something.
fn does_something(input: Input<'_>) -> bool {
    let verb = Classes::of(&[Class::Auxiliary, Class::Verb]);
    let rest = if noun::is_a(input, Classes::of(&[Class::Adverb])) {
        input.skip(1)
    } else {
        input
    };
    noun::is_a(rest, verb) || noun::is_participle(rest)
}

/// Reads the share that closes a proportion.
///
/// `closing = "(" percent ( ")" | "," | ";" ) | "," ["or"] percent`; with `reach`, words may stand between ("people who
/// answered (40%)"), but no other number and no stop.
fn closing(input: Input<'_>, reach: bool) -> Option<(Input<'_>, Quantity)> {
    let mut rest = input;
    for _ in 0..CLOSING_REACH {
        let token = rest.first()?;
        if token.kind == TokenKind::Symbol('(') {
            return bracketed(rest.skip(1));
        }
        if rest.starts_with(",") && rest.skip(1).starts_with("or") {
            // "£3m, or 5% of spending" is a share of something else.
            return percent(rest.skip(2)).filter(|(rest, _)| !rest.starts_with("of"));
        }
        if !reach || token.kind != TokenKind::Word || number::magnitude(rest).is_ok() {
            return None;
        }
        rest = rest.skip(1);
    }
    None
}

fn bracketed(input: Input<'_>) -> Option<(Input<'_>, Quantity)> {
    let (rest, found) = percent(if input.starts_with("or") {
        input.skip(1)
    } else {
        input
    })?;
    match rest.first()?.kind {
        TokenKind::Symbol(')') => {
            let rest = rest.skip(1);
            // "£3m (2%) over budget" is the size of a gap.
            let gap = [
                "over", "under", "above", "below", "more", "less", "fewer", "higher", "lower",
            ];
            (!gap.iter().any(|word| rest.starts_with(word))).then_some((rest, found))
        }
        TokenKind::Symbol(',' | ';') => Some((rest, found)),
        _ => None,
    }
}

fn percent(input: Input<'_>) -> Option<(Input<'_>, Quantity)> {
    number::quantity(input)
        .ok()
        .filter(|(_, found)| found.number.unit() == Unit::Percent)
}

/// Whether a quantity can be a part: a whole number of things or a sum of money.
fn is_part(quantity: &Quantity) -> bool {
    let unit = quantity.number.unit();
    unit.is_money() || unit == Unit::None && quantity.number.value().fract() == Decimal::ZERO
}

fn same_unit(part: &Quantity, whole: &Quantity) -> bool {
    part.number.unit() == whole.number.unit()
}

impl Share {
    /// The same share with the whole that follows it: "247 (85%) of 289 respondents", "85% (247) of the 289 respondents".
    fn with_base_after<'a>(self, input: Input<'a>, end: Input<'a>) -> (Input<'a>, Self) {
        if self.whole.is_some() {
            return (
                end,
                Self {
                    base: Base::Here,
                    ..self
                },
            );
        }
        let after = end
            .starts_with("of")
            .then(|| whole(end.skip(1)).ok())
            .flatten();
        match after {
            Some((rest, (whole, noun)))
                if self
                    .part
                    .as_ref()
                    .is_some_and(|part| same_unit(part, &whole)) =>
            {
                let span = input.span_to(rest);
                (
                    rest,
                    Self {
                        whole: Some(whole),
                        noun,
                        base: Base::Here,
                        span,
                        ..self
                    },
                )
            }
            _ => (end, self),
        }
    }

    const fn new(
        part: Option<Quantity>,
        whole: Option<Quantity>,
        percent: Option<Quantity>,
        noun: Option<NounPhrase>,
        base: Base,
        span: Span,
    ) -> Self {
        Self {
            part,
            whole,
            percent,
            noun,
            base,
            span,
            ratio: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{grammar::testing::with_input, span::text_at};

    /// Reads the first proportion of a sentence and shows it as `part/whole percent «text»`.
    fn read(text: &str) -> String {
        with_input(text, |input| {
            (0..input.len())
                .find_map(|at| share(input.skip(at)).ok())
                .map_or(String::from("none"), |(_, share)| {
                    let show = |quantity: &Option<Quantity>| {
                        quantity
                            .as_ref()
                            .map_or(String::from("?"), |quantity| quantity.number.to_string())
                    };
                    format!(
                        "{}/{} {} «{}»",
                        show(&share.part),
                        show(&share.whole),
                        show(&share.percent),
                        text_at(text, share.span)
                    )
                })
        })
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(read(text), expected, "{text}");
    }

    #[test]
    fn parts_of_wholes() {
        check(
            "In 7 of 20 homes (35%) it was",
            "7/20 35% «7 of 20 homes (35%)»",
        );
        check(
            "Eight of the 30 plans were",
            "8/30 ? «Eight of the 30 plans»",
        );
        check(
            "some 21 of the 35 people who replied (60 per cent) said",
            "21/35 60% «21 of the 35 people who replied (60 per cent)»",
        );
        check("9 out of 14", "9/14 ? «9 out of 14»");
        check(
            "3 of our 8 wards, or 38%, had",
            "3/8 38% «3 of our 8 wards, or 38%»",
        );
        check(
            "£2m of the £8m (25%)",
            "£2,000,000/£8,000,000 25% «£2m of the £8m (25%)»",
        );
        check("46 of the 40 cases", "46/40 ? «46 of the 40 cases»");
        check("one of the 30 wards", "none");
        check("two of the wards", "none");
        check("4 of 2.5", "none");
    }

    #[test]
    fn ratios() {
        check("One in six homes", "1/6 ? «One in six homes»");
        check("nine out of 10 callers", "9/10 ? «nine out of 10 callers»");
        check("one in three (31%)", "1/3 ? «one in three»");
        check("good in four and poor in three", "none");
        check("two in 12 months", "none");
    }

    #[test]
    fn percentages_first() {
        check("35% (7 of 20) were", "7/20 35% «35% (7 of 20)»");
        check(
            "35% (7 out of 20 homes)",
            "7/20 35% «35% (7 out of 20 homes)»",
        );
        check("35% of the 20 homes were", "?/20 35% «35% of the 20 homes»");
        check("35% (n=20)", "?/20 35% «35% (n=20)»");
        check("35% (7 homes)", "7/? 35% «35% (7 homes)»");
        check("35% of homes", "none");
        check(
            "35% (7) of the 20 homes had",
            "7/20 35% «35% (7) of the 20 homes»",
        );
        check("35% (the average is 40%)", "none");
    }

    #[test]
    fn wholes_first() {
        check(
            "Of the 20 homes we saw, 7 (35%) were",
            "7/20 35% «20 homes we saw, 7 (35%)»",
        );
        check(
            "Of 20 homes, only seven had",
            "7/20 ? «20 homes, only seven»",
        );
        check(
            "of a further 20 homes only 7 had",
            "7/20 ? «20 homes only 7»",
        );
        check("Of the 20 homes, two thirds had", "none");
        check("Out of 20 homes, 35% had", "?/20 35% «20 homes, 35%»");
        check(
            "Of 20 homes, 7 had a plan (35%)",
            "7/20 35% «20 homes, 7 had a plan (35%)»",
        );
        check("7 (35%) of 20 homes had", "7/20 35% «7 (35%) of 20 homes»");
        check("Of those, 7 (35%) had", "7/? 35% «Of those, 7 (35%)»");
        check("people, of whom 7 (35%) had", "7/? 35% «of whom 7 (35%)»");
        check("people, of whom 7 had", "none");
    }

    #[test]
    fn parts_that_point_back() {
        check("7 of them (35%) had", "7/? 35% «7 of them (35%)»");
        check("Seven of whom had", "7/? ? «Seven of whom»");
        check("seven of them also said", "7/? ? «seven of them»");
        check("with seven of them, and", "none");
        check("two of which also sit", "none");
        check("7 homes (35%)", "7/? 35% «7 homes (35%)»");
        check("£7m (35%)", "£7,000,000/? 35% «£7m (35%)»");
        check("7 homes (35)", "none");
        check("£7m, or 35% of income,", "none");
        check("£7m (35%) over budget", "none");
        check("three quarters (75%) of homes", "none");
        check("23.4% of 101 calls", "none");
    }
}
