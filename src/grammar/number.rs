//! Numbers: numerals, number words, units and hedges.

use std::str::FromStr;

use nom::{Parser, combinator::opt};
use rust_decimal::Decimal;

use super::{
    Class, Classes, Input, Lexeme, Parsed, TokenKind, lexer::AND_A_HALF, marker, noun, phrase,
    token,
};
use crate::{
    span::Span,
    value::{Number, Unit},
};

/// A number as it stands in the text, with its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The number, rounded where its unit and form say so, else exact.
    pub number: Number,
    /// Number and unit, without the hedge.
    pub span: Span,
    /// The hedge before it, as the lexicon names it (`about`, `nearly`, `over` …).
    pub hedge: Option<String>,
    /// Whether it was written in words.
    pub in_words: bool,
    /// The factor of a multiplier ("1.2 million"), 1 where there is none.
    pub scale: Decimal,
}

/// Reads a hedge, a number and its unit.
///
/// `quantity = [hedge] ( money | magnitude [percent | points | duration-unit] )`
///
/// Shares, money with a fraction or multiplier, and numbers with decimals are rounded; whole numbers of things, whole
/// sums of money and lengths of time are exact (`research`: a printed number is an interval, but a count is what it says).
pub fn quantity(input: Input<'_>) -> Parsed<'_, Quantity> {
    const FIRST: Classes = Classes::of(&[Class::Hedge]).or(Classes::NUMERIC);
    if !begins(input, FIRST) {
        return input.miss();
    }
    let (start, hedge) = opt(phrase(Class::Hedge)).parse(input)?;
    let (rest, mut found) = money(start).or_else(|_| measured(start))?;
    found.hedge = hedge.map(|hedge| hedge.canonical.to_owned());
    Ok((rest, found))
}

/// Whether one of `classes` stands on the first token.
fn begins(input: Input<'_>, classes: Classes) -> bool {
    input
        .first()
        .is_some_and(|token| token.classes.meets(classes))
}

/// Reads a sum of money.
///
/// `money = currency-sign magnitude | magnitude money-word`
pub fn money(input: Input<'_>) -> Parsed<'_, Quantity> {
    if !begins(input, Classes::NUMERIC) {
        return input.miss();
    }
    if let Ok((after_sign, _)) = currency_sign(input) {
        let unit = currency(input.first().map_or("", |token| input.text_of(token)));
        let (rest, found) = magnitude(after_sign)?;
        return Ok((rest, found.with_unit(unit, input.span_to(rest))));
    }
    let (rest, found) = magnitude(input)?;
    let (rest, word) = phrase(Class::MoneyWord)(rest)?;
    Ok((
        rest,
        found.with_unit(currency(word.canonical), input.span_to(rest)),
    ))
}

fn currency_sign(input: Input<'_>) -> Parsed<'_, Span> {
    token(|token| matches!(token.kind, TokenKind::Symbol('£' | '€' | '$')))(input)
}

fn currency(sign: &str) -> Unit {
    match sign {
        "€" => Unit::Euro,
        "$" => Unit::Dollar,
        _ => Unit::Pound,
    }
}

/// Reads a number and the unit that follows it, if any.
///
/// `measured = magnitude [ "%" | percent-word | ["of a"] points-word | duration-unit ] | "half a" points-word`
fn measured(input: Input<'_>) -> Parsed<'_, Quantity> {
    // "Three quarters of the homes" is a share, "three quarters" after "for" a time.
    if let Some((rest, _)) = input.lexeme(Class::Fraction)
        && (rest.starts_with("of") || rest.lexeme(Class::Auxiliary).is_some())
        && !input.starts_with("half")
    {
        return input.miss();
    }
    let (rest, found) = half(input).or_else(|_| magnitude(input))?;
    let (rest, unit) = match unit(of_a(rest)) {
        Ok((after, unit)) => (after, unit),
        Err(_) => (rest, Unit::None),
    };
    Ok((rest, found.with_unit(unit, input.span_to(rest))))
}

/// Goes over "of a" before a word for points: "0.9 of a percentage point".
fn of_a(input: Input<'_>) -> Input<'_> {
    let points = input.starts_with("of")
        && input.skip(1).starts_with("a")
        && input.skip(2).lexeme(Class::PointsWord).is_some();
    if points { input.skip(2) } else { input }
}

/// "Half a", before a word for points: half of one.
fn half(input: Input<'_>) -> Parsed<'_, Quantity> {
    let rest = input.skip(2);
    let stands = input.starts_with("half")
        && input.skip(1).starts_with("a")
        && rest.lexeme(Class::PointsWord).is_some();
    if !stands {
        return input.miss();
    }
    let half = Quantity {
        number: Number::exact(Decimal::new(5, 1)),
        span: input.span_to(rest),
        hedge: None,
        in_words: true,
        scale: Decimal::ONE,
    };
    Ok((rest, half))
}

/// Reads a unit of share or time.
///
/// `unit = "%" [points-word] | percent-word | points-word | ["-"] ["working" | "calendar"] duration-unit`
pub fn unit(input: Input<'_>) -> Parsed<'_, Unit> {
    if let Ok((rest, _)) = phrase(Class::PointsWord)(input) {
        return Ok((rest, Unit::Points));
    }
    if let Ok((rest, _)) = super::symbol('%')(input) {
        return Ok(match phrase(Class::PointsWord)(rest) {
            Ok((rest, _)) => (rest, Unit::Points),
            Err(_) => (rest, Unit::Percent),
        });
    }
    if let Ok((rest, _)) = phrase(Class::PercentWord)(input) {
        return Ok((rest, Unit::Percent));
    }
    let (rest, word) = phrase(Class::DurationUnit)(input)?;
    Ok((rest, named_unit(word.canonical)))
}

/// The unit of time that a word of the lexicon stands for.
fn named_unit(name: &str) -> Unit {
    match name {
        "years" => Unit::Years,
        "months" => Unit::Months,
        "weeks" => Unit::Weeks,
        "days" => Unit::Days,
        "hours" => Unit::Hours,
        "minutes" => Unit::Minutes,
        "quarters" => Unit::Quarters,
        "terms" => Unit::Terms,
        _ => Unit::Seconds,
    }
}

/// Reads a number without its unit.
///
/// `magnitude = ( numeral | number-word *(["and"] number-word) ) [and-part] [multiplier]`
pub fn magnitude(input: Input<'_>) -> Parsed<'_, Quantity> {
    if !begins(input, Classes::NUMERIC) || marker::is_marker(input) {
        return input.miss();
    }
    let (rest, (digits, in_words)) = if let Ok((rest, digits)) = numeral(input) {
        (rest, (digits, false))
    } else {
        let (rest, digits) = number_words(input)?;
        (rest, (digits, true))
    };
    let (rest, digits) = and_part(rest, digits).unwrap_or((rest, digits));
    let (rest, scale) = match multiplier(rest) {
        Ok((after, word)) => match Decimal::from_str(word.canonical) {
            Ok(scale) => (after, scale),
            Err(_) => (rest, Decimal::ONE),
        },
        Err(_) => (rest, Decimal::ONE),
    };
    let number = if scale == Decimal::ONE && digits.scale() == 0 || in_words {
        digits.checked_mul(scale).map(Number::exact)
    } else {
        Number::rounded(digits, scale)
    };
    match number {
        Some(number) => Ok((
            rest,
            Quantity {
                number,
                span: input.span_to(rest),
                hedge: None,
                in_words,
                scale,
            },
        )),
        None => input.miss(),
    }
}

/// A whole number with the part of one more that follows it, before what it measures: "two and a half years", "2½ times".
///
/// `and-part = ( "and" fraction | "½" | "¼" | "¾" ) before ( duration-unit | multiplier | "times" )`
fn and_part(input: Input<'_>, whole: Decimal) -> Option<(Input<'_>, Decimal)> {
    if whole.scale() > 0 {
        return None;
    }
    let token = input.first()?;
    let (rest, part) = match token.kind {
        TokenKind::Symbol('½') if token.glued => (input.skip(1), Decimal::new(5, 1)),
        TokenKind::Symbol('¼') if token.glued => (input.skip(1), Decimal::new(25, 2)),
        TokenKind::Symbol('¾') if token.glued => (input.skip(1), Decimal::new(75, 2)),
        _ if input.starts_with("and") => {
            let (rest, fraction) = input.skip(1).lexeme(Class::Fraction)?;
            (rest, part_of_one(fraction.canonical)?)
        }
        _ => return None,
    };
    let measured = rest.lexeme(Class::DurationUnit).is_some()
        || rest.lexeme(Class::Multiplier).is_some()
        || rest.starts_with("times");
    let sum = whole.checked_add(part)?;
    measured.then_some((rest, sum))
}

/// The value of `numerator/denominator`, where it has no more than two decimals.
fn part_of_one(fraction: &str) -> Option<Decimal> {
    let (part, whole) = fraction.split_once('/')?;
    let part = Decimal::from_str(part)
        .ok()?
        .checked_div(Decimal::from_str(whole).ok()?)?;
    (part.scale() <= 2).then(|| part.normalize())
}

/// A multiplier; one of a letter or two belongs to the numeral only without a space: "1.2m".
fn multiplier(input: Input<'_>) -> Parsed<'_, Lexeme<'_>> {
    let (rest, word) = phrase(Class::Multiplier)(input)?;
    let glued = input.first().is_some_and(|token| token.glued);
    if word.span.len() <= 2 && !glued {
        return input.miss();
    }
    Ok((rest, word))
}

impl Quantity {
    /// The same number with a unit: a share is rounded even when it is printed without decimals.
    fn with_unit(mut self, unit: Unit, span: Span) -> Self {
        let rounds = matches!(unit, Unit::Percent | Unit::Points) && !self.in_words;
        if rounds && let Some(number) = Number::rounded(self.number.value(), Decimal::ONE) {
            self.number = number;
        }
        self.number = self.number.with_unit(unit);
        self.span = span;
        self
    }
}

/// Reads a numeral.
///
/// `numeral = number token`, commas and spaces between thousands dropped; at most 28 digits.
pub fn numeral(input: Input<'_>) -> Parsed<'_, Decimal> {
    let Some(token) = input
        .first()
        .filter(|token| token.kind == TokenKind::Number)
    else {
        return input.miss();
    };
    let text = input.text_of(token);
    let digits = if text.contains([',', ' ']) {
        Decimal::from_str_exact(&text.replace([',', ' '], ""))
    } else {
        Decimal::from_str_exact(text)
    };
    match digits {
        Ok(digits) => Ok((input.skip(1), digits)),
        Err(_) => input.miss(),
    }
}

/// Whether the number here is one to telephone: "999 calls", "a 911 caller", "the 9-11 operator", "101 and 999".
///
/// `service-number = code ( 1*telephone-word | ( "and" | "or" ) code )`, where no noun for other things that are counted follows: not "101
/// service users". `code` is a short code of the United Kingdom's National Telephone Numbering Plan (Ofcom), 112 or 911.
pub fn is_service_number(input: Input<'_>) -> bool {
    let Some(rest) = service_code(input) else {
        return false;
    };
    let joined = ["and", "or"].iter().any(|word| rest.starts_with(word));
    if joined && (service_code(rest.skip(1)).is_some() || rest.skip(1).starts_with("non-emergency"))
    {
        return true;
    }
    let first = rest.first().map_or("", |token| input.text_of(token));
    // "101 services" may be so many, "999 services" are not.
    let many = first.ends_with('s')
        && !first.starts_with("call")
        && !input.starts_with("999")
        && !input.starts_with("911");
    if many || !is_of_telephone(rest, &["called"]) {
        return false;
    }
    let words =
        (0..TELEPHONE_WORDS).take_while(|&at| is_of_telephone(rest.skip(at), &["called", "part"]));
    let end = rest.skip(words.count());
    let goes_on = |noun: noun::NounPhrase| {
        noun.plural && noun.core.end > input.span_to(end).end && !end.starts_with("and")
    };
    !noun::counted(rest).is_ok_and(|(_, noun)| goes_on(noun))
}

/// Words of a name for who or what is called, at most: "911 call response times".
const TELEPHONE_WORDS: usize = 4;

/// Past a short code, or past the second half of one: "999", "9-11", and "11" of the latter.
fn service_code(input: Input<'_>) -> Option<Input<'_>> {
    let token = input.first()?;
    let text = input.text_of(token);
    if ["101", "105", "111", "112", "119", "911", "999"].contains(&text) {
        return Some(input.skip(1));
    }
    if text == "11" {
        return halved_code(input.widen(input.position().checked_sub(2)?));
    }
    halved_code(input)
}

/// Past "9-11".
fn halved_code(input: Input<'_>) -> Option<Input<'_>> {
    let (dash, second) = (input.skip(1), input.skip(2).first()?);
    let glued = dash.first().is_some_and(|dash| dash.glued) && second.glued;
    let nine = input.starts_with("9") && dash.starts_with("-") && input.text_of(second) == "11";
    (nine && glued).then(|| input.skip(3))
}

/// Whether a word of one of these parts of class `telephone` stands here.
fn is_of_telephone(input: Input<'_>, parts: &[&str]) -> bool {
    let word = input.lexeme(Class::Telephone);
    word.is_some_and(|(_, word)| parts.contains(&word.canonical))
}

/// Reads a length of time that describes a thing: "6-month", "five-year", but not "5-year-old", nor a name ("10-Year Health Plan").
///
/// `compound-time = ( numeral "-" | number-word "-" ) duration-unit`
pub fn compound_time(input: Input<'_>) -> Parsed<'_, Quantity> {
    let Some(first) = input.first() else {
        return input.miss();
    };
    let named = |text: &str| {
        let lexicon = input.lexed().lexicon;
        let mut meanings = lexicon.meanings_of(text);
        let meaning = meanings.find(|meaning| meaning.class == Class::DurationUnit)?;
        let small = text.starts_with(char::is_lowercase) && !text.ends_with('s');
        small.then(|| named_unit(&meaning.canonical))
    };
    let (rest, value, unit) = if first.kind == TokenKind::Word {
        let Some((number, unit)) = input.text_of(first).split_once(['-', '‑']) else {
            return input.miss();
        };
        let lexicon = input.lexed().lexicon;
        let value = lexicon
            .meanings_of(number)
            .find(|meaning| meaning.class == Class::NumberWord)
            .and_then(|meaning| Decimal::from_str(&meaning.canonical).ok());
        (input.skip(1), value, named(unit))
    } else {
        let (after, value) = numeral(input)?;
        let (Some(dash), Some(unit)) = (after.first(), after.skip(1).first()) else {
            return input.miss();
        };
        let joined = matches!(dash.kind, TokenKind::Symbol('-' | '‑')) && dash.glued && unit.glued;
        (
            after.skip(2),
            Some(value).filter(|_| joined),
            named(input.text_of(unit)),
        )
    };
    let (Some(value), Some(unit)) = (value, unit) else {
        return input.miss();
    };
    let glued = rest
        .first()
        .is_some_and(|next| next.glued && matches!(next.kind, TokenKind::Symbol('-' | '‑')));
    let round_the_clock = unit == Unit::Hours && value == Decimal::from(24);
    if glued || round_the_clock || value <= Decimal::ONE || rest.lexeme(Class::Age).is_some() {
        return input.miss();
    }
    Ok((
        rest,
        Quantity {
            number: Number::exact(value).with_unit(unit),
            span: input.span_to(rest),
            hedge: None,
            in_words: first.kind == TokenKind::Word,
            scale: Decimal::ONE,
        },
    ))
}

/// Reads a number in words: "nine", "twenty-one", "a hundred and five", "two thousand three hundred".
///
/// `number-words = 1*( number-word | hundred | thousand | million ["and"] )`
///
/// "One" is read like the others; whether it counts something is for the caller to say.
pub fn number_words(input: Input<'_>) -> Parsed<'_, Decimal> {
    if !begins(input, Classes::NUMERIC) {
        return input.miss();
    }
    let mut total = Decimal::ZERO;
    let mut group = Decimal::ZERO;
    let mut rest = input;
    let mut last = None::<Decimal>;
    for _ in 0..MOST_NUMBER_WORDS {
        let joined = if last.is_some() && rest.starts_with("and") {
            rest.skip(1)
        } else {
            rest
        };
        let Ok((after, value)) = number_word(joined) else {
            break;
        };
        let fits = match last {
            None => true,
            // "twenty one", "hundred and five", "two hundred", "three thousand two": a smaller part, or a power above it.
            Some(last) => {
                value >= Decimal::ONE_HUNDRED || value < last && (last >= Decimal::from(20))
            }
        };
        if !fits
            || (joined.position() != rest.position()
                && last.is_some_and(|last| last < Decimal::ONE_HUNDRED))
        {
            break;
        }
        let times = |group: Decimal| if group.is_zero() { Decimal::ONE } else { group };
        let grown = if value >= Decimal::ONE_THOUSAND {
            let part = times(group).checked_mul(value);
            group = Decimal::ZERO;
            part.and_then(|part| total.checked_add(part))
                .map(|sum| total = sum)
        } else if value == Decimal::ONE_HUNDRED {
            times(group)
                .checked_mul(value)
                .map(|product| group = product)
        } else {
            group.checked_add(value).map(|sum| group = sum)
        };
        if grown.is_none() {
            return input.miss();
        }
        last = Some(value);
        rest = after;
    }
    match total.checked_add(group) {
        Some(value) if last.is_some() => Ok((rest, value)),
        _ => input.miss(),
    }
}

/// Words of one number at most: more are no number that anyone wrote.
const MOST_NUMBER_WORDS: usize = 10;

/// Reads one number word: its value, at most a million.
fn number_word(input: Input<'_>) -> Parsed<'_, Decimal> {
    if let Ok((rest, word)) = phrase(Class::NumberWord)(input)
        && let Ok(value) = Decimal::from_str(word.canonical)
    {
        return Ok((rest, value));
    }
    let Some(token) = input.first().filter(|token| token.kind == TokenKind::Word) else {
        return input.miss();
    };
    let value = |word: &str| {
        let lexicon = input.lexed().lexicon;
        lexicon
            .meanings_of(word)
            .find(|meaning| meaning.class == Class::NumberWord)
            .and_then(|meaning| Decimal::from_str(&meaning.canonical).ok())
    };
    let text = input.text_of(token);
    let Some((tens, ones)) = text.split_once('-') else {
        return input.miss();
    };
    if ones == AND_A_HALF
        && let Some(sum) = value(tens).and_then(|whole| whole.checked_add(Decimal::new(5, 1)))
    {
        return Ok((input.skip(1), sum));
    }
    match (value(tens), value(ones)) {
        (Some(tens), Some(ones))
            if tens >= Decimal::from(20) && tens < Decimal::ONE_HUNDRED && ones < Decimal::TEN =>
        {
            Ok((input.skip(1), tens + ones))
        }
        _ => input.miss(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::{Lexed, Lexicon};

    fn lexicon() -> Lexicon {
        let mut lexicon = Lexicon::new();
        for (word, value) in [
            ("one", "1"),
            ("two", "2"),
            ("five", "5"),
            ("nine", "9"),
            ("twenty", "20"),
            ("ninety", "90"),
        ] {
            lexicon.insert(Class::NumberWord, word, value);
        }
        lexicon.insert(Class::NumberWord, "hundred", "100");
        lexicon.insert(Class::NumberWord, "a hundred", "100");
        lexicon.insert(Class::NumberWord, "thousand", "1000");
        lexicon.insert(Class::Multiplier, "million", "1000000");
        lexicon.insert(Class::Multiplier, "m", "1000000");
        lexicon.insert(Class::PercentWord, "per cent", "%");
        lexicon.insert(Class::PointsWord, "percentage points", "points");
        lexicon.insert(Class::DurationUnit, "months", "months");
        lexicon.insert(Class::Hedge, "almost", "nearly");
        lexicon
    }

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str)>) {
        let lexicon = lexicon();
        let mut lexed = Lexed::new(text, &lexicon);
        let tokens = lexed.add(Span::new(0, text.len()));
        let found = quantity(Input::new(&lexed, tokens)).ok().map(|(_, found)| {
            (
                found.number.to_string(),
                crate::span::text_at(text, found.span).to_owned(),
            )
        });
        assert_eq!(
            found.as_ref().map(|(number, span)| (&**number, &**span)),
            expected,
            "{text}"
        );
    }

    #[test]
    fn quantities_in_figures() {
        check("46.9% of cases", Some(("46.9%", "46.9%")));
        check("46.9 per cent", Some(("46.9%", "46.9 per cent")));
        check(
            "5.5 percentage points more",
            Some(("5.5 points", "5.5 percentage points")),
        );
        check("£36,612,835.", Some(("£36,612,835", "£36,612,835")));
        check("£1.2m", Some(("£1,200,000", "£1.2m")));
        check("almost 1,800 staff", Some(("1,800", "1,800")));
        check("14 months", Some(("14 months", "14 months")));
        check("of cases", None);
    }

    #[test]
    fn quantities_in_words() {
        check("nine courts", Some(("9", "nine")));
        check("twenty-one files", Some(("21", "twenty-one")));
        check(
            "two hundred and five files",
            Some(("205", "two hundred and five")),
        );
        check(
            "two thousand nine hundred",
            Some(("2,900", "two thousand nine hundred")),
        );
        check("five and two", Some(("5", "five")));
        check("two five", Some(("2", "two")));
        check("well-led", None);
        check("£1.2 m of pipe", Some(("£1.2", "£1.2")));
    }

    #[test]
    fn whole_numbers_and_a_part_of_one_more() {
        for (text, expected) in [
            ("two and a half years", "2.5 «two and a half years»"),
            ("two-and-a-half years", "2.5 «two-and-a-half years»"),
            ("3½ months", "3.5 «3½ months»"),
            ("one and a half million", "1500000 «one and a half million»"),
            ("two and half of them", "2 «two»"),
            ("three quarters in a row", "3 «three quarters»"),
            ("three quarters of them", "none"),
        ] {
            let found = crate::grammar::testing::with_input(text, |input| {
                quantity(input).map_or(String::from("none"), |(_, found)| {
                    let written = crate::span::text_at(text, found.span);
                    let value = found.number.value().normalize();
                    format!("{value} «{written}»")
                })
            });
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn telephone_numbers_of_services() {
        for (text, expected) in [
            ("999 calls", true),
            ("999 and 101", true),
            ("101 or non-emergency", true),
            ("911 caller was", true),
            ("911 response times rose", true),
            ("9-11 operator said", true),
            ("111 line", true),
            ("101 homes", false),
            ("100 calls", false),
            ("9-10 calls", false),
            ("9-11 children", false),
            ("911 homes", false),
            ("101 services closed", false),
            ("101 service users", false),
            ("111 emergency admissions", false),
            ("101 and 220 homes", false),
        ] {
            let found = crate::grammar::testing::with_input(text, is_service_number);
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn shares_are_rounded_and_counts_are_not() {
        let lexicon = lexicon();
        for (text, exact) in [
            ("47%", false),
            ("47 files", true),
            ("£1.2 million", false),
            ("£650", true),
            ("12.4", false),
        ] {
            let mut lexed = Lexed::new(text, &lexicon);
            let tokens = lexed.add(Span::new(0, text.len()));
            let (_, found) = quantity(Input::new(&lexed, tokens)).expect("a quantity");
            assert_eq!(found.number.is_exact(), exact, "{text}");
        }
    }
}
