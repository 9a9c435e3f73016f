//! Proportions: a part of a whole, with or without the share that it makes.

use rust_decimal::Decimal;

use super::{
    Class, Classes, Input, Parsed, TokenKind,
    noun::{self, NounPhrase, is_a},
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
    /// Whether what stands as the part is what is left of the whole: "all but two of the 33".
    pub but: bool,
    /// Whether the part is of things that the text points back to by their name: "507 of these places".
    pub pointed: bool,
    /// What the percentage is said to be of, where the part is of something before: "90 of them, or 45 per cent of the letters".
    pub of: Option<NounPhrase>,
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
/// `share = leading | all-but | percent-first | part-first`; a hedge before it is not part of it.
pub fn share(input: Input<'_>) -> Parsed<'_, Share> {
    let number = number::magnitude(input).map_or(0, |(rest, _)| rest.position());
    let fraction = input
        .lexeme(Class::Fraction)
        .is_some_and(|(rest, _)| rest.position() >= number);
    if fraction || input.lexeme(Class::Hedge).is_some() || number::is_service_number(input) {
        return input.miss();
    }
    leading(input)
        .or_else(|_| all_but(input))
        .or_else(|_| percent_first(input))
        .or_else(|_| part_first(input))
}

/// Reads a proportion that names what is left out.
///
/// `all-but = "all" ("but" | "bar" | "except" ["for"]) part "of" (pointer | [determiner] whole [noun]) [closing]`: "all but two of the
/// 33 letters", "all but one of which".
fn all_but(input: Input<'_>) -> Parsed<'_, Share> {
    let Some(rest) = past_all_but(input) else {
        return input.miss();
    };
    let (rest, part) = number::quantity(rest)?;
    if !is_part(&part) || !rest.starts_with("of") {
        return input.miss();
    }
    let (rest, whole, noun, base) = if let Some(after) = pointer(rest.skip(1)) {
        (after, None, None, Base::Back)
    } else {
        let (after, (whole, noun)) = whole(rest.skip(1))?;
        (after, Some(whole), noun, Base::Here)
    };
    let fits = whole
        .as_ref()
        .is_none_or(|whole| same_unit(&part, whole) && whole.number.value() > part.number.value());
    if !fits {
        return input.miss();
    }
    let (rest, percent) = match closing(rest, true) {
        Some((after, percent)) => (after, Some(percent)),
        None => (rest, None),
    };
    let share = Share::new(Some(part), whole, percent, noun, base, input.span_to(rest));
    Ok((rest, Share { but: true, ..share }))
}

/// Past "all but", "all except for".
fn past_all_but(input: Input<'_>) -> Option<Input<'_>> {
    let rest = input.starts_with("all").then(|| input.skip(1))?;
    let but = ["but", "bar", "except"]
        .iter()
        .any(|word| rest.starts_with(word));
    but.then(|| {
        let rest = rest.skip(1);
        if rest.starts_with("for") {
            rest.skip(1)
        } else {
            rest
        }
    })
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
        if let Some(whole) = part.clone().filter(|_| comma && percent.is_none())
            && let Some((end, percent, of)) = share_of_named(end)
        {
            let span = input.span_to(end);
            let share = Share::new(Some(whole), None, Some(percent), None, Base::Back, span);
            return Ok((
                end,
                Share {
                    of: Some(of),
                    ..share
                },
            ));
        }
        // "Of these two reports" points to the reports.
        let counts = comma || percent.is_some() || !names_things(after);
        if part.is_none() || !counts {
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
    if !fits || counts_others(rest.until(lead.position()), lead) {
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

/// Whether the words between a whole and a part count what the part is of: "[of 100 claims] with 1,700 visits, 27 visits".
fn counts_others(between: Input<'_>, part: Input<'_>) -> bool {
    let thing = |input: Input<'_>| {
        let (rest, _) = number::quantity(input).ok()?;
        let (_, noun) = noun::counted(rest).ok()?;
        let words = input.lexed().text.get(noun.core.range())?;
        words.split_whitespace().next_back().map(str::to_lowercase)
    };
    let Some(own) = thing(part) else {
        return false;
    };
    let others = between.starts();
    let mut numbers = others.filter(|here| number::magnitude(*here).is_ok());
    numbers.any(|here| thing(here).is_some_and(|other| other == own))
}

/// Reads the whole of a lead whose parts are listed below.
///
/// `lead-whole = ["out"] "of" [determiner] whole noun *word ":"`: "Of the 30 homes that we saw:".
pub fn lead_whole(input: Input<'_>) -> Option<(Quantity, Option<NounPhrase>)> {
    let start = if input.starts_with("out") {
        input.skip(1)
    } else {
        input
    };
    let (rest, found) = start
        .starts_with("of")
        .then(|| whole(start.skip(1)).ok())
        .flatten()?;
    let plain = rest.len() <= OPENING_REACH && rest.seek(Classes::NUMERIC).is_empty();
    let last = rest.tokens().last()?;
    (plain && last.kind == TokenKind::Symbol(':')).then_some(found)
}

/// Whether a number is followed by what it counts, rather than by what is said of it: "two reports", not "two were".
fn names_things(input: Input<'_>) -> bool {
    number::quantity(input)
        .is_ok_and(|(rest, _)| noun::counted(rest).is_ok_and(|(_, noun)| noun.plural))
}

/// From a whole that opens a clause to the part: past the comma and a few words, or right on to "only".
fn clause_of_whole(rest: Input<'_>) -> Option<Input<'_>> {
    if rest.starts_with("only") || rest.starts_with("just") {
        return Some(rest.skip(1));
    }
    let comma = (0..rest.len().min(OPENING_REACH)).find(|&at| rest.skip(at).starts_with(","))?;
    Some(skip_lead(rest.skip(comma + 1)))
}

/// Past "only", "we found" and the like, up to three words; "the first three" are no part.
fn skip_lead(input: Input<'_>) -> Input<'_> {
    let words = (0..3).take_while(|&at| {
        let here = input.skip(at);
        here.lexeme(Class::Sequence).is_none()
            && here.first().is_some_and(|token| {
                token.kind == TokenKind::Word && number::magnitude(here).is_err()
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
            || ["and", "but", "that", "sample", "total", "group"]
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
    if rest.starts_with("of") && number::magnitude(after_determiner(rest.skip(1))).is_ok() {
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
    if let Ok((rest, share)) = percent_glossed(input, &percent, rest) {
        return Ok((rest, share));
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

/// Reads a percentage that is said again as a part of a whole.
///
/// `percent-glossed = percent ["of" noun-phrase] ( "(" | ("," | dash) ["or" | "i.e."] ) part-of-whole`: "90% of calls (45 of 50)",
/// "90 per cent, or 45 of 50".
fn percent_glossed<'a>(input: Input<'a>, percent: &Quantity, rest: Input<'a>) -> Parsed<'a, Share> {
    let (rest, of) = match noun::share_base(rest) {
        Ok((after, noun)) => (after, Some(noun)),
        Err(_) => (rest, None),
    };
    let Some(TokenKind::Symbol(mark @ ('(' | ',' | '–' | '—'))) =
        rest.first().map(|token| token.kind)
    else {
        return input.miss();
    };
    let glossed = gloss(rest.skip(1));
    if mark == ',' && glossed.is_none() || mark == '(' && of.is_none() && glossed.is_none() {
        return input.miss();
    }
    let inner = glossed.unwrap_or(rest.skip(1));
    let (end, (part, whole, noun, _)) = part_of_whole(inner)?;
    let end = if mark == '(' {
        if !end.starts_with(")") {
            return input.miss();
        }
        end.skip(1)
    } else {
        end
    };
    let span = input.span_to(end);
    let share = Share::new(
        Some(part),
        Some(whole),
        Some(percent.clone()),
        of.or(noun),
        Base::Here,
        span,
    );
    Ok((end, share))
}

/// Reads a proportion that starts with its part.
///
/// `part-first = part ("of" | "out of") [determiner] whole [noun] [closing] | part "in" whole | part "of" pointer [closing | share-of-named]`,
/// `| part [noun] closing | part "or" percent "of"`: "18 of the 40 files (45%)", "nine in ten", "133 of whom (18%)", "41 cases (64%)",
/// "8,287 or 56% of services".
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
    // Not "10 or 12% of cases", nor "£3m or 5% of sales".
    let counts = part.number.unit() == Unit::None && part.number.value() > Decimal::ONE_HUNDRED;
    if counts
        && rest.starts_with("or")
        && let Some((end, found)) = percent(rest.skip(1))
        && end.starts_with("of")
    {
        let span = input.span_to(end);
        let share = Share::new(Some(part), None, Some(found), None, Base::Open, span);
        return Ok((end, share));
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
            None if let Some((end, percent, of)) = share_of_named(after) => {
                let span = input.span_to(end);
                let share = Share::new(Some(part), None, Some(percent), None, Base::Back, span);
                Ok((
                    end,
                    Share {
                        of: Some(of),
                        ..share
                    },
                ))
            }
            // "We met 21 of them, 13 relatives and two nurses" only counts; "one of them" is a pronoun.
            None if !is_one(&part) && speaks_of_part(after, which) => Ok((
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
    if let Some((end, noun, percent)) = of_things(rest) {
        let span = input.span_to(end);
        let share = Share::new(
            Some(part),
            None,
            Some(percent),
            Some(noun),
            Base::Open,
            span,
        );
        let named = rest.skip(1);
        let pointed = ["these", "those"]
            .iter()
            .any(|word| named.starts_with(word));
        return Ok((end, Share { pointed, ..share }));
    }
    let (end, noun) = match noun::counted(rest) {
        Ok((after, noun)) => (after, Some(noun)),
        Err(_) => (rest, None),
    };
    if let Some(share) = including(input, &part, noun, end) {
        return Ok(share);
    }
    if let Some(found) = ratio_of(input, &part, noun, end) {
        return Ok(found);
    }
    if let Some((rest, (percent, whole))) = bracketed_base(end) {
        let span = input.span_to(rest);
        let share = Share::new(
            Some(part),
            Some(whole),
            Some(percent),
            noun,
            Base::Here,
            span,
        );
        return Ok((rest, share));
    }
    if noun.is_some()
        && let Ok((rest, share)) = counted_of_whole(input, &part, end)
    {
        return Ok((rest, share));
    }
    if let Some((rest, percent)) = noun.and_then(|noun| said_again(input, end, noun)) {
        let span = input.span_to(rest);
        let share = Share::new(Some(part), None, Some(percent), noun, Base::Open, span);
        return Ok(share.with_base_after(input, rest));
    }
    match closing(end, false).or_else(|| in_brackets(input).then(|| closing_gloss(end)).flatten()) {
        Some((end, percent)) => {
            let span = input.span_to(end);
            let share = Share::new(Some(part), None, Some(percent), noun, Base::Open, span);
            Ok(share.with_base_after(input, end))
        }
        None => input.miss(),
    }
}

/// Reads a share that names what it is of, behind a part of things before.
///
/// `share-of-named = [","] gloss percent "of" ( determiner noun-phrase | word )`, with nothing that narrows it: "[90 of them], or 45 per
/// cent of the letters", not "or 5 per cent of letters in the county".
fn share_of_named(input: Input<'_>) -> Option<(Input<'_>, Quantity, NounPhrase)> {
    const NARROWS: Classes = Classes::of(&[Class::Preposition]);
    let inner = if input.starts_with(",") {
        input.skip(1)
    } else {
        input
    };
    let (rest, percent) = percent(gloss(inner)?)?;
    let (end, of) = noun::share_base(rest).ok()?;
    let named = is_a(rest.skip(1), Classes::of(&[Class::Determiner]));
    let narrowed = of.span.end != of.core.end
        || is_a(end, NARROWS)
        || ["that", "who", "which", "where"]
            .iter()
            .any(|word| end.starts_with(word));
    let words = rest.skip(1).until(end.position()).len();
    (!narrowed && (named || words == 1)).then_some((end, percent, of))
}

/// Reads a share that says a count again, without a comma.
///
/// `said-again = "or" percent` behind the noun, where no size of a movement or gap stands: "89 homes or 1.6%", not "rose by 89 homes or
/// 1.6%", nor "89 more homes or 1.6%". `end` is behind the noun.
fn said_again<'a>(
    input: Input<'a>,
    end: Input<'a>,
    noun: NounPhrase,
) -> Option<(Input<'a>, Quantity)> {
    const MOVES: Classes = Classes::of(&[Class::Up, Class::Down, Class::Hedge]);
    let sized = input
        .position()
        .checked_sub(1)
        .map(|before| input.widen(before));
    let moved = sized.is_some_and(|before| before.starts_with("by") || is_a(before, MOVES));
    let named = input
        .lexed()
        .text
        .get(noun.span.range())
        .unwrap_or_default();
    let gap = ["more", "fewer", "less", "extra", "additional"];
    let compared = named
        .split_whitespace()
        .any(|word| gap.iter().any(|gap| word.eq_ignore_ascii_case(gap)));
    if !noun.plural || moved || compared || !end.starts_with("or") {
        return None;
    }
    let (rest, found) = percent(end.skip(1))?;
    (!rest.starts_with("of") && !is_gap(rest)).then_some((rest, found))
}

/// Whether a word that makes a share the size of a gap stands here: "12% higher".
fn is_gap(rest: Input<'_>) -> bool {
    const GAPS: [&str; 14] = [
        "over", "under", "above", "below", "more", "less", "fewer", "higher", "lower", "up",
        "down", "greater", "longer", "better",
    ];
    GAPS.iter().any(|word| rest.starts_with(word))
}

/// Reads what a part is of, where only its name says how many there are.
///
/// `of-things = "of" determiner plural-noun closing`: "94 of the buildings (30%)".
fn of_things(rest: Input<'_>) -> Option<(Input<'_>, NounPhrase, Quantity)> {
    let start = rest.starts_with("of").then(|| rest.skip(1))?;
    let named = is_a(start, Classes::of(&[Class::Determiner])).then(|| start.skip(1))?;
    let (after, noun) = noun::counted(named).ok()?;
    let (end, percent) = closing(after, false).filter(|_| noun.plural)?;
    Some((end, noun, percent))
}

/// Reads a ratio whose part has its noun between.
///
/// `ratio-of = part noun ( "in" | "out" "of" ) ["every"] number`, the number at most twenty and nothing counted after it: "one teacher
/// in six", "two pounds out of every three". `end` is behind the noun.
fn ratio_of<'a>(
    input: Input<'a>,
    part: &Quantity,
    noun: Option<NounPhrase>,
    end: Input<'a>,
) -> Option<(Input<'a>, Share)> {
    let noun = noun?;
    let (link, rest) =
        Link::read(end).filter(|(link, _)| matches!(link, Link::In | Link::OutOf))?;
    let every = rest.starts_with("every");
    let rest = if every { rest.skip(1) } else { rest };
    let (after, whole) = number::quantity(rest).ok()?;
    let small = whole.number.value() <= Decimal::from(20) && whole.in_words == part.in_words;
    let bare = whole.number.unit() == Unit::None && noun::counted(after).is_err();
    let smaller = part.number.value() < whole.number.value();
    let written = every || part.in_words && (is_one(part) || link == Link::OutOf);
    if !(small && bare && smaller && written) || part.number.unit() != Unit::None {
        return None;
    }
    let span = input.span_to(after);
    let share = Share::new(
        Some(part.clone()),
        Some(whole),
        None,
        Some(noun),
        Base::Here,
        span,
    );
    Some((
        after,
        Share {
            ratio: true,
            ..share
        },
    ))
}

/// Reads a part that is named among what is counted.
///
/// `including = whole noun *6word [","] "including" part noun`: "61 replies to the survey, including 38 by post". `end` is behind the noun.
fn including<'a>(
    input: Input<'a>,
    whole: &Quantity,
    noun: Option<NounPhrase>,
    end: Input<'a>,
) -> Option<(Input<'a>, Share)> {
    const REACH: usize = 6;
    let plain = |input: Input<'_>| {
        let token = input.first();
        token.is_some_and(|token| token.kind == TokenKind::Word)
            && number::magnitude(input).is_err()
            && !input.starts_with("including")
    };
    noun?;
    let words = (0..REACH).take_while(|&at| plain(end.skip(at))).count();
    let rest = end.skip(words);
    let rest = if rest.starts_with(",") {
        rest.skip(1)
    } else {
        rest
    };
    let rest = rest.starts_with("including").then(|| rest.skip(1))?;
    let (after, part) = number::quantity(rest).ok()?;
    let smaller = part.number.value() < whole.number.value();
    let counts = part.number.unit() == Unit::None && whole.number.unit() == Unit::None;
    if !smaller || !counts || is_one(&part) || noun::counted(after).is_err() {
        return None;
    }
    let span = input.span_to(after);
    let share = Share::new(
        Some(part),
        Some(whole.clone()),
        None,
        noun,
        Base::Here,
        span,
    );
    Some((after, share))
}

/// Reads the whole that stands behind what is counted.
///
/// `part noun [("in" | "on") word] ( "out of" | "of" determiner ) whole [closing]`: "412 occasions out of 430 (96%)", "23 files of
/// the 60", "24 staff in post out of 30". `end` is behind the noun.
fn counted_of_whole<'a>(input: Input<'a>, part: &Quantity, end: Input<'a>) -> Parsed<'a, Share> {
    let Some((link, rest)) = Link::read(end).or_else(|| placed_link(end)) else {
        return input.miss();
    };
    let determined = is_a(rest, Classes::of(&[Class::Determiner]));
    if !(link == Link::OutOf || link == Link::Of && determined) {
        return input.miss();
    }
    let (rest, (whole, noun)) = whole(rest)?;
    // "Two leaders of the 12 forces" are no forces.
    if !same_unit(part, &whole) || link == Link::Of && noun.is_some_and(|noun| noun.plural) {
        return input.miss();
    }
    let noun = noun::counted(input.restart(part_end(input)))
        .ok()
        .map(|(_, noun)| noun);
    let (rest, percent) = match closing(rest, true) {
        Some((after, percent)) => (after, Some(percent)),
        None => (rest, None),
    };
    let part = Some(part.clone());
    let span = input.span_to(rest);
    Ok((
        rest,
        Share::new(part, Some(whole), percent, noun, Base::Here, span),
    ))
}

/// "Out of" behind a word for where things are: "in post out of", "on duty out of".
fn placed_link(end: Input<'_>) -> Option<(Link, Input<'_>)> {
    let place = end.starts_with("in") || end.starts_with("on");
    let word = end.skip(1);
    let plain = word
        .first()
        .is_some_and(|token| token.kind == TokenKind::Word)
        && number::magnitude(word).is_err();
    let found = Link::read(end.skip(2)).filter(|_| place && plain)?;
    (found.0 == Link::OutOf).then_some(found)
}

/// Index of the token after the quantity at the start of an input.
fn part_end(input: Input<'_>) -> usize {
    number::quantity(input).map_or(input.position(), |(rest, _)| rest.position())
}

/// Reads a share with its base in brackets behind the part.
///
/// `bracketed-base = "(" percent "of" [determiner] whole *6word ")"`: "nine (75% of the 12 who replied)".
fn bracketed_base(input: Input<'_>) -> Option<(Input<'_>, (Quantity, Quantity))> {
    const REACH: usize = 6;
    let inner = input.starts_with("(").then(|| input.skip(1))?;
    let (rest, percent) = percent(inner)?;
    let (rest, (whole, _)) = rest
        .starts_with("of")
        .then(|| whole(rest.skip(1)).ok())
        .flatten()?;
    let close = (0..=REACH).find(|&at| {
        let token = rest.skip(at);
        token
            .first()
            .is_none_or(|token| token.kind != TokenKind::Word)
    })?;
    let rest = rest.skip(close);
    rest.starts_with(")")
        .then(|| (rest.skip(1), (percent, whole)))
}

/// Whether an input stands right behind an opening bracket.
fn in_brackets(input: Input<'_>) -> bool {
    let before = input.position().checked_sub(1);
    let token = before.and_then(|at| input.lexed().tokens.get(at));
    token.is_some_and(|token| token.kind == TokenKind::Symbol('('))
}

/// A share behind a few words within the bracket that the part opens: "(18 trained so far, i.e. 53%)".
fn closing_gloss(input: Input<'_>) -> Option<(Input<'_>, Quantity)> {
    const REACH: usize = 5;
    let comma = (0..=REACH).find(|&at| {
        let token = input.skip(at);
        token
            .first()
            .is_none_or(|token| token.kind != TokenKind::Word)
    })?;
    closing(input.skip(comma), false)
}

/// Whether a part that points back is a share, rather than one of several counts, or an aside.
fn speaks_of_part(after: Input<'_>, which: bool) -> bool {
    let next = after.skip(1);
    let listed = (after.starts_with(",") || after.starts_with("and"))
        && (number::magnitude(next).is_ok() || next.starts_with("and"));
    // "38 of them by more than a year" says by how much.
    let measured = after.starts_with("by");
    !listed && !measured && (!which || !is_a(after, Classes::of(&[Class::Adverb])))
}

/// Whether a quantity is "one" in letters, which is a pronoun before "of".
fn is_one(part: &Quantity) -> bool {
    part.in_words && part.number.value() == Decimal::ONE
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
    if is_one(&part) && link == Link::Of {
        return input.miss();
    }
    if link == Link::OutOf && out_of_points(input.restart(rest.position() - 2)).is_some() {
        return input.miss();
    }
    let every = link == Link::In && rest.starts_with("every");
    let start = if every { rest.skip(1) } else { rest };
    let (rest, (whole, noun)) = whole(start).or_else(|miss| match link {
        Link::Of | Link::OutOf => whole_time(start, &part),
        _ => Err(miss),
    })?;
    // "Week 48 of 52" has a number for its name.
    if link == Link::Of && noun.is_none() && follows_time(input) {
        return input.miss();
    }
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

/// The most that a score can be, behind the score: what comes after its points.
///
/// `out-of-points = "out" "of" [("a" | "the") word ["of"]] number [word] score-word`: "out of a possible 36 points", "out of a total of 27
/// inspection points".
pub fn out_of_points(input: Input<'_>) -> Option<Input<'_>> {
    let start = (input.starts_with("out") && input.skip(1).starts_with("of"))
        .then(|| after_determiner(input.skip(2)))?;
    let (rest, _) = (0..=2).find_map(|skip| number::magnitude(start.skip(skip)).ok())?;
    (0..=1).find_map(|skip| {
        let (end, _) = rest.skip(skip).lexeme(Class::ScoreWord)?;
        Some(end)
    })
}

/// Whether a unit of time stands right before a number: "week 48", "day 3".
fn follows_time(input: Input<'_>) -> bool {
    let before = input.position().checked_sub(1);
    before.is_some_and(|at| is_a(input.widen(at), Classes::of(&[Class::DurationUnit])))
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
            _ if input.starts_with("in") && ratio_base(input.skip(1)) => Self::In,
            _ => return None,
        };
        Some((link, input.skip(1)))
    }
}

/// Whether the number of a ratio stands here: "ten", "every four".
fn ratio_base(input: Input<'_>) -> bool {
    let every = input.starts_with("every");
    number::magnitude(if every { input.skip(1) } else { input }).is_ok()
}

/// Reads a whole and what it counts.
///
/// `whole = ["all"] [determiner] number [noun]`
fn whole(input: Input<'_>) -> Parsed<'_, (Quantity, Option<NounPhrase>)> {
    let (rest, whole) = number::quantity(after_determiner(input))?;
    // "Of these less than 20" points back, and says how many.
    let points = ["these", "those"]
        .iter()
        .any(|word| input.starts_with(word));
    // "13 of 19- to 21-year-olds" are of an age.
    let age = rest
        .first()
        .is_some_and(|token| token.glued && token.kind == TokenKind::Symbol('-'));
    if points && whole.hedge.is_some() || age {
        return input.miss();
    }
    let unit = whole.number.unit();
    if !(unit == Unit::None || unit.is_money()) || whole.number.value().fract() != Decimal::ZERO {
        return input.miss();
    }
    Ok(match noun::counted(rest) {
        Ok((rest, noun)) if unit == Unit::None => (rest, (whole, Some(noun))),
        _ => (rest, (whole, None)),
    })
}

/// Reads a whole that is a length of time, of which a part is counted: "81 of the 92 days", "2 of 8 quarters".
///
/// `whole-time = [determiner] number duration-unit`, without a determiner only for quarters and terms
fn whole_time<'a>(input: Input<'a>, part: &Quantity) -> Parsed<'a, (Quantity, Option<NounPhrase>)> {
    let start = after_determiner(input);
    let (rest, whole) = number::quantity(start)?;
    let determined = start.position() > input.position();
    let unit = whole.number.unit();
    let counted = matches!(unit, Unit::Quarters | Unit::Terms);
    let timed = counted || determined && unit.is_duration();
    if !timed || part.number.unit() != Unit::None {
        return input.miss();
    }
    let number = whole.number.with_unit(Unit::None);
    Ok((rest, (Quantity { number, ..whole }, None)))
}

/// Past articles and one word before the number: "all the", "a further", "the remaining".
fn after_determiner(input: Input<'_>) -> Input<'_> {
    let mut rest = input;
    for _ in 0..2 {
        if noun::is_a(rest, Classes::of(&[Class::Determiner])) && number::magnitude(rest).is_err() {
            rest = rest.skip(1);
        }
    }
    if let Some(whole) = past_sum(rest).or_else(|| past_owner(rest)) {
        return whole;
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

/// Past "total of", "sample of" and "establishment of", right before a number.
fn past_sum(input: Input<'_>) -> Option<Input<'_>> {
    let places = input.lexeme(Class::Reference).is_some_and(|(rest, word)| {
        rest.position() == input.position() + 1 && matches!(word.canonical, "bound" | "target")
    });
    let sum = ["total", "sample", "group"]
        .iter()
        .any(|word| input.starts_with(word))
        || places;
    let rest = input.skip(2);
    (sum && input.skip(1).starts_with("of") && number::magnitude(rest).is_ok()).then_some(rest)
}

/// Past whose the things are, right before a number: "last summer's", "the Area's".
fn past_owner(input: Input<'_>) -> Option<Input<'_>> {
    const REACH: usize = 3;
    (1..=REACH).find_map(|words| {
        let before = input.skip(words - 1).first()?;
        let text = input.text_of(before);
        let owner =
            before.kind == TokenKind::Word && (text.ends_with("'s") || text.ends_with("’s"));
        let rest = input.skip(words);
        (owner && number::magnitude(rest).is_ok()).then_some(rest)
    })
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

/// Reads the share that closes a proportion.
///
/// `closing = "(" [gloss] percent ( ")" | "," | ";" ) | ("," | dash) gloss percent | dash percent (dash | ",") | ("," | ";") percent ")"`
/// with `gloss = "or" | "i.e." | "that is" | "which is" | "equal to"`; with `reach`, words may stand between ("people who
/// answered (40%)"), but no other number and no stop.
fn closing(input: Input<'_>, reach: bool) -> Option<(Input<'_>, Quantity)> {
    let mut rest = input;
    for _ in 0..CLOSING_REACH {
        let token = rest.first()?;
        match token.kind {
            TokenKind::Symbol('(') => return bracketed(rest.skip(1)),
            TokenKind::Symbol(',' | ';' | '–' | '—') => return set_off(rest),
            TokenKind::Word if reach && number::magnitude(rest).is_err() => rest = rest.skip(1),
            _ => return None,
        }
    }
    None
}

/// A share behind a comma or dash.
fn set_off(input: Input<'_>) -> Option<(Input<'_>, Quantity)> {
    let inner = input.skip(1);
    if let Some(after) = gloss(inner) {
        // "£3m, or 5% of spending" is a share of something else.
        return percent(after).filter(|(rest, _)| !rest.starts_with("of") && !is_gap(*rest));
    }
    let dash = |input: Input<'_>| input.starts_with("–") || input.starts_with("—");
    let (rest, found) = percent(inner)?;
    let closed = if dash(input) {
        dash(rest) || rest.starts_with(",")
    } else {
        rest.starts_with(")")
    };
    closed.then_some((rest, found))
}

/// Past a word that says the same again in other figures: "or", "i.e.", "that is".
fn gloss(input: Input<'_>) -> Option<Input<'_>> {
    const GLOSSES: [&[&str]; 10] = [
        &["i", ".", "e", "."],
        &["i.e", "."],
        &["i.e"],
        &["ie"],
        &["that", "is", ","],
        &["that", "is"],
        &["which", "is"],
        &["equal", "to"],
        &["equivalent", "to"],
        &["or"],
    ];
    GLOSSES.iter().find_map(|words| {
        let stands = |(at, word): (usize, &&str)| input.skip(at).starts_with(word);
        words
            .iter()
            .enumerate()
            .all(stands)
            .then(|| input.skip(words.len()))
    })
}

fn bracketed(input: Input<'_>) -> Option<(Input<'_>, Quantity)> {
    let (rest, found) = percent(gloss(input).unwrap_or(input))?;
    match rest.first()?.kind {
        TokenKind::Symbol(')') => {
            let rest = rest.skip(1);
            // "£3m (2%) over budget" is the size of a gap.
            (!is_gap(rest)).then_some((rest, found))
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
    /// A part of a whole that stands elsewhere.
    pub fn of(part: Quantity, whole: Quantity, noun: Option<NounPhrase>) -> Self {
        let span = part.span;
        Self::new(Some(part), Some(whole), None, noun, Base::Here, span)
    }

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
        let after = match Link::read(end) {
            Some((Link::Of | Link::OutOf, after)) => whole(after).ok(),
            _ => None,
        };
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
            but: false,
            pointed: false,
            of: None,
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
            input.starts().find_map(|here| share(here).ok()).map_or(
                String::from("none"),
                |(_, share)| {
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
                },
            )
        })
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(read(text), expected, "{text}");
    }

    #[test]
    fn a_mere_or_puts_a_share_behind_a_count() {
        check("8,287 or 56% of services", "8,287/? 56% «8,287 or 56%»");
        check("10 or 12% of cases", "none");
        check("89 lakes or 1.6%)", "89/? 1.6% «89 lakes or 1.6%»");
        check("89 more lakes or 1.6%", "none");
        check("89 lakes or 1.6% higher", "none");
        check("580 calls, which is 12% higher than before", "none");
        check(
            "580 calls, which is 12%.",
            "580/? 12% «580 calls, which is 12%»",
        );
    }

    #[test]
    fn a_part_is_of_what_it_counts() {
        check(
            "Of 100 claims with 1,700 visits, 27 visits (1.6%) were wrong",
            "27/? 1.6% «27 visits (1.6%)»",
        );
        check(
            "Of 100 claims with 1,700 visits, 27 claims (27%) were wrong",
            "27/100 27% «100 claims with 1,700 visits, 27 claims (27%)»",
        );
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
        check("8,287 or 56% of homes had", "8,287/? 56% «8,287 or 56%»");
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
    fn wholes_behind_what_is_counted() {
        check(
            "on 412 visits out of 430 (96%).",
            "412/430 96% «412 visits out of 430 (96%)»",
        );
        check(
            "Twelve staff out of 40 had",
            "12/40 ? «Twelve staff out of 40»",
        );
        check(
            "gaps in 23 files of the 60 we read",
            "23/60 ? «23 files of the 60»",
        );
        check(
            "35 cases out of the 52 (67 per cent), which",
            "35/52 67% «35 cases out of the 52 (67 per cent)»",
        );
        check(
            "12 out of a total of 30 (40%)",
            "12/30 40% «12 out of a total of 30 (40%)»",
        );
        check(
            "24 staff in post out of an establishment of 30.",
            "24/30 ? «24 staff in post out of an establishment of 30»",
        );
        check("24 staff in post got out of 30 cars.", "none");
        check("in week 48 of 52.", "none");
        check("on day 3 of 5.", "none");
        check("in a week 48 of 52 calls.", "48/52 ? «48 of 52 calls»");
        check("two leaders of the 12 forces", "none");
        check("three boxes of 24 pens", "none");
    }

    #[test]
    fn what_is_left_out() {
        check(
            "all but two of the 33 letters",
            "2/33 ? «all but two of the 33 letters»",
        );
        check(
            "All but six of last summer's 93 leavers went",
            "6/93 ? «All but six of last summer's 93 leavers»",
        );
        check(
            "all except for one of 20 files (95%)",
            "1/20 95% «all except for one of 20 files (95%)»",
        );
        check("all but one of which were", "1/? ? «all but one of which»");
        check("all but two were", "none");
    }

    #[test]
    fn shares_that_are_said_again() {
        check(
            "90% of calls (45 of 50) were",
            "45/50 90% «90% of calls (45 of 50)»",
        );
        check(
            "90 per cent, or 45 of 50.",
            "45/50 90% «90 per cent, or 45 of 50»",
        );
        check(
            "90% of the calls – 45 out of 50 – were",
            "45/50 90% «90% of the calls – 45 out of 50»",
        );
        check(
            "45 of the 50 calls – 90% – were",
            "45/50 90% «45 of the 50 calls – 90%»",
        );
        check(
            "45 of the 50, that is 90 per cent, were",
            "45/50 90% «45 of the 50, that is 90 per cent»",
        );
        check(
            "nine (75% of the 12 who replied) were",
            "9/12 75% «nine (75% of the 12 who replied)»",
        );
        check(
            "9 (75 per cent) out of 12 were",
            "9/12 75% «9 (75 per cent) out of 12»",
        );
        check("nine of 12; 75%) were", "9/12 75% «nine of 12; 75%»");
        check("nine of 12, 75% of men were", "9/12 ? «nine of 12»");
        check("90% of calls (up from 45 of 50)", "45/50 ? «45 of 50»");
    }

    #[test]
    fn parts_among_what_is_counted() {
        check(
            "61 replies to our survey, including 38 written comments, and",
            "38/61 ? «61 replies to our survey, including 38»",
        );
        check("12 staff including one nurse", "none");
        check("12 staff, including 14 nurses", "none");
        check("12 days, including two nights", "none");
    }

    #[test]
    fn ratios() {
        check("One in six homes", "1/6 ? «One in six homes»");
        check("one in every six homes", "1/6 ? «one in every six homes»");
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
        check("people, of whom 7 had", "7/? ? «of whom 7»");
        check("people, of which two reports", "none");
    }

    #[test]
    fn parts_that_point_back() {
        check("7 of them (35%) had", "7/? 35% «7 of them (35%)»");
        check(
            "7 of them, or 35 per cent of the letters, had",
            "7/? 35% «7 of them, or 35 per cent of the letters»",
        );
        check("Seven of whom had", "7/? ? «Seven of whom»");
        check("seven of them also said", "7/? ? «seven of them»");
        check("with seven of them, and", "none");
        check("with seven of them, 13 nurses and", "none");
        check("good in seven of them.", "7/? ? «seven of them»");
        check("seven of those by two years", "none");
        check("one of them", "none");
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
