//! Grades as they are printed: words, letters, stars, numbers with or without a word.

use super::super::{Class, Classes, Input, Parsed, Token, TokenKind};
use crate::span::Span;

/// A grade as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GradeWord {
    /// Its canonical name in lower case: `requires improvement`, `4 stars`, `c2`, `5`.
    pub name: String,
    /// Its bytes, quotation marks and the number beside a word left out.
    pub span: Span,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
    /// Whether it starts with a capital letter.
    pub capital: bool,
    /// Whether it is a bare numeral.
    pub bare_number: bool,
}

/// Reads a grade.
///
/// `grade = [quote] ( number dash word | word [gloss] | stars ) [quote]`: "good", "'Fair'", "3 - Adequate", "Good (Grade 2)",
/// "two stars".
pub fn grade(input: Input<'_>) -> Parsed<'_, GradeWord> {
    quoted(input, |input| {
        numbered(input)
            .or_else(|_| word(input))
            .or_else(|_| stars(input))
    })
}

/// Whether a word may be part of a grade though it is in none of the classes that grades begin with: "Grade 2".
pub(super) fn is_label(input: Input<'_>) -> bool {
    skip_label(input).len() < input.len()
}

/// Reads a grade that may be a bare number, as it may after a rating verb or in a table.
///
/// `grade-or-number = grade | ["Grade"] digit [ "out of" number ]`: "rated 5", "two out of five".
pub fn grade_or_number(input: Input<'_>) -> Parsed<'_, GradeWord> {
    grade(input).or_else(|_| quoted(input, number))
}

fn quoted<'a>(
    input: Input<'a>,
    read: impl Fn(Input<'a>) -> Parsed<'a, GradeWord>,
) -> Parsed<'a, GradeWord> {
    let start = skip_marks(input);
    if !begins(start) {
        return input.miss();
    }
    let (rest, mut found) = read(start)?;
    found.quoted = start.len() < input.len() && opens_quote(input);
    let rest = if found.quoted || starts_emphasis(input) {
        gloss(close_marks(rest))
    } else {
        rest
    };
    Ok((rest, found))
}

/// Whether a grade may begin with the first token: a word of a scale, a number, a star, "Grade", "five-star".
fn begins(input: Input<'_>) -> bool {
    const FIRST: Classes = Classes::of(&[Class::Grade])
        .or(Classes::NUMERIC)
        .or(Classes::DATED);
    input.first().is_some_and(|token| {
        token.classes.meets(FIRST) || matches!(token.kind, TokenKind::Symbol('★' | '⭐'))
    }) || skip_label(input).len() < input.len()
        || input.starts_with("single")
        || input.starts_with("lone")
        || input
            .first()
            .is_some_and(|token| token.kind == TokenKind::Symbol('('))
            && digit(input.skip(1)).is_some()
}

fn is_mark(token: &Token) -> bool {
    matches!(
        token.kind,
        TokenKind::Symbol('"' | '\'' | '“' | '‘' | '*' | '_')
    )
}

fn opens_quote(input: Input<'_>) -> bool {
    input
        .first()
        .is_some_and(|token| matches!(token.kind, TokenKind::Symbol('"' | '\'' | '“' | '‘')))
}

fn starts_emphasis(input: Input<'_>) -> bool {
    input
        .first()
        .is_some_and(|token| token.kind == TokenKind::Symbol('*'))
}

fn skip_marks(mut input: Input<'_>) -> Input<'_> {
    for _ in 0..3 {
        if input.first().is_some_and(is_mark) {
            input = input.skip(1);
        }
    }
    input
}

/// Without closing marks, and a stop that stands inside them.
fn close_marks(input: Input<'_>) -> Input<'_> {
    let closes = |input: Input<'_>| {
        input.first().is_some_and(|token| {
            matches!(token.kind, TokenKind::Symbol('"' | '\'' | '”' | '’' | '*'))
        })
    };
    let stop = input
        .first()
        .is_some_and(|token| matches!(token.kind, TokenKind::Symbol(',' | '.')));
    let mut rest = input;
    if stop && closes(input.skip(1)) {
        rest = rest.skip(1);
    }
    for _ in 0..3 {
        if closes(rest) {
            rest = rest.skip(1);
        }
    }
    rest
}

fn made(name: String, input: Input<'_>, span: Span) -> GradeWord {
    GradeWord {
        name,
        span,
        quoted: false,
        capital: input.first().is_some_and(|token| token.capital),
        bare_number: false,
    }
}

/// `word = phrase of class grade [ gloss ]`, `gloss = ["("] [":" | ","] ["grade"] number [")"]`
fn word(input: Input<'_>) -> Parsed<'_, GradeWord> {
    let Some((rest, found)) = input.lexeme(Class::Grade) else {
        return input.miss();
    };
    Ok((
        gloss(rest),
        made(found.canonical.to_owned(), input, found.span),
    ))
}

/// Without a number that repeats the grade: "Good (4)", "Good: Grade 2".
fn gloss(input: Input<'_>) -> Input<'_> {
    let open = input.first().map(|token| token.kind);
    let inner = match open {
        Some(TokenKind::Symbol('(' | ':')) => input.skip(1),
        _ => return input,
    };
    let inner = if inner.starts_with("grade") || inner.starts_with("score") {
        inner.skip(1)
    } else if open == Some(TokenKind::Symbol(':')) {
        return input;
    } else {
        inner
    };
    if digit(inner).is_none() {
        return input;
    }
    let rest = inner.skip(1);
    let closed = rest
        .first()
        .is_some_and(|token| token.kind == TokenKind::Symbol(')'));
    match open {
        Some(TokenKind::Symbol('(')) if closed => rest.skip(1),
        Some(TokenKind::Symbol(':')) => rest,
        _ => input,
    }
}

/// `numbered = ["grade"] ( digit ("-" | "–" | "," | ":" | "(") word [")"] | "(" digit ")" word )`: the word is the grade.
fn numbered(input: Input<'_>) -> Parsed<'_, GradeWord> {
    let start = skip_label(input);
    let enclosed = start
        .first()
        .is_some_and(|token| token.kind == TokenKind::Symbol('('));
    if enclosed && digit(start.skip(1)).is_some() {
        let close = start.skip(2);
        let closed = close
            .first()
            .is_some_and(|token| token.kind == TokenKind::Symbol(')'));
        return if closed {
            word(close.skip(1))
        } else {
            input.miss()
        };
    }
    if digit(start).is_none() {
        return input.miss();
    }
    let joint = start.skip(1);
    let bracket = match joint.first().map(|token| token.kind) {
        Some(TokenKind::Symbol('(')) => true,
        Some(TokenKind::Symbol('-' | '–' | '—' | ',' | ':' | '=')) => false,
        _ => return input.miss(),
    };
    let (rest, found) = word(skip_marks(joint.skip(1)))?;
    let rest = if bracket {
        if rest
            .first()
            .is_none_or(|token| token.kind != TokenKind::Symbol(')'))
        {
            return input.miss();
        }
        rest.skip(1)
    } else {
        rest
    };
    let span = found.span;
    Ok((rest, GradeWord { span, ..found }))
}

fn skip_label(input: Input<'_>) -> Input<'_> {
    if input.starts_with("grade") || input.starts_with("level") || input.starts_with("score") {
        input.skip(1)
    } else {
        input
    }
}

/// A whole number from 0 to 10, in figures or words.
pub(super) fn digit(input: Input<'_>) -> Option<u8> {
    let token = input.first()?;
    let value = match token.kind {
        TokenKind::Number => input.text_of(token).parse().ok(),
        TokenKind::Word => {
            let (rest, word) = input.lexeme(Class::NumberWord)?;
            (rest.len() + 1 == input.len())
                .then(|| word.canonical.parse().ok())
                .flatten()
        }
        _ => None,
    };
    value.filter(|&value| value <= 10)
}

/// `stars = (digit | number-word) ["-"] ("star" | "stars") ["out" "of" number] | 1*5"★"`
fn stars(input: Input<'_>) -> Parsed<'_, GradeWord> {
    let black = input
        .tokens()
        .iter()
        .take_while(|token| matches!(token.kind, TokenKind::Symbol('★' | '⭐')))
        .count();
    if black > 0 {
        let rest = input.skip(black);
        let hollow = rest
            .tokens()
            .iter()
            .take_while(|token| token.kind == TokenKind::Symbol('☆'))
            .count();
        let rest = rest.skip(hollow);
        return Ok((rest, made(star_name(black), input, input.span_to(rest))));
    }
    let word = input.first().map_or("", |token| input.text_of(token));
    if let Some((count, "star")) = word.split_once('-')
        && let Some(count) = input
            .lexed()
            .lexicon
            .meanings_of(count)
            .find(|meaning| meaning.class == Class::NumberWord)
            .and_then(|meaning| meaning.canonical.parse().ok())
    {
        let rest = input.skip(1);
        return Ok((rest, made(star_name(count), input, input.span_to(rest))));
    }
    let single = input.starts_with("single") || input.starts_with("lone");
    let Some(count) = digit(input).or(single.then_some(1)) else {
        return input.miss();
    };
    let hyphen = input.skip(1);
    let noun = match hyphen.first().map(|token| token.kind) {
        Some(TokenKind::Symbol('-' | '‑')) => hyphen.skip(1),
        _ => hyphen,
    };
    if !noun.starts_with("star") && !noun.starts_with("stars") {
        return input.miss();
    }
    let rest = noun.skip(1);
    let found = made(star_name(usize::from(count)), input, input.span_to(rest));
    let of = rest.skip(2);
    let most = rest.starts_with("out") && rest.skip(1).starts_with("of") && digit(of).is_some();
    Ok((if most { of.skip(1) } else { rest }, found))
}

/// The name of a grade in stars.
pub(super) fn star_name(count: usize) -> String {
    format!("{count} star{}", if count == 1 { "" } else { "s" })
}

/// `number = ["grade" | "level"] digit [ "out of" number | "of" number | "/" number ]`
fn number(input: Input<'_>) -> Parsed<'_, GradeWord> {
    let start = skip_label(input);
    let Some(value) = digit(start) else {
        return out_of_word(input);
    };
    let rest = start.skip(1);
    let of = if rest.starts_with("out") && rest.skip(1).starts_with("of") {
        Some(rest.skip(2))
    } else if rest.starts_with("/") {
        Some(rest.skip(1))
    } else {
        None
    };
    let most = of.and_then(Input::first);
    let rest = match of {
        Some(of) if digit(of).is_some() => of.skip(1),
        // "8 out of 21" is a score of points.
        Some(_) if most.is_some_and(|most| most.kind == TokenKind::Number) => return input.miss(),
        _ => rest,
    };
    let mut found = made(value.to_string(), input, start.span_to(rest));
    found.bare_number = true;
    Ok((rest, found))
}

/// `out-of-word = number-word "-out-of-" number-word`: "two-out-of-five".
pub(super) fn out_of_word(input: Input<'_>) -> Parsed<'_, GradeWord> {
    let hyphenated = input
        .first()
        .filter(|token| token.kind == TokenKind::Word && token.classes.meets(Classes::DATED));
    let parts = hyphenated.and_then(|token| input.text_of(token).split_once("-out-of-"));
    let Some((part, _)) = parts else {
        return input.miss();
    };
    let lexicon = input.lexed().lexicon;
    let Some(value) = lexicon
        .meanings_of(part)
        .find(|meaning| meaning.class == Class::NumberWord)
    else {
        return input.miss();
    };
    let rest = input.skip(1);
    let mut found = made(value.canonical.to_string(), input, input.span_to(rest));
    found.bare_number = true;
    Ok((rest, found))
}

/// A grade that a hyphen ties to "rated": "inadequate-rated", "C3-graded".
pub(super) fn hyphenated(input: Input<'_>) -> Option<GradeWord> {
    let token = input
        .first()
        .filter(|token| token.classes.meets(Classes::DATED))?;
    let (name, verb) = input.text_of(token).rsplit_once('-')?;
    let lexicon = input.lexed().lexicon;
    let grade = lexicon
        .meanings_of(&name.replace('-', " "))
        .find(|meaning| meaning.class == Class::Grade)?;
    let canonical = grade.canonical.to_string();
    matches!(verb, "rated" | "graded").then(|| made(canonical, input, token.span))
}

/// Whether a grade may end here: what follows neither makes it an adjective ("good practice") nor a threshold ("good or better").
pub fn ends(rest: Input<'_>) -> bool {
    let Some(token) = rest.first() else {
        return true;
    };
    match token.kind {
        TokenKind::Symbol('/') => grade(rest.skip(1)).is_ok(),
        TokenKind::Symbol('%' | '+' | '&' | '-') | TokenKind::Time | TokenKind::Address => false,
        TokenKind::Symbol(_) | TokenKind::NumericDate | TokenKind::YearSpan => !alternative(rest),
        TokenKind::Word => {
            let next_line = token.line_start && token.capital;
            (next_line || ends_before_word(rest, token)) && !alternative(rest)
        }
        TokenKind::Number | TokenKind::Ordinal => is_year(rest),
    }
}

fn ends_before_word(rest: Input<'_>, token: &Token) -> bool {
    const AFTER: super::super::Classes = super::super::Classes::of(&[
        Class::Preposition,
        Class::Conjunction,
        Class::Auxiliary,
        Class::Overall,
        Class::Previous,
        Class::Current,
        Class::Again,
        Class::GradeMove,
        Class::Adverb,
    ]);
    let enough =
        rest.starts_with("enough") || rest.starts_with("as") && rest.skip(1).starts_with("any");
    let beside = [
        "last",
        "this",
        "based",
        "given",
        "due",
        "owing",
        "yesterday",
    ]
    .iter()
    .any(|word| rest.starts_with(word));
    (token.classes.meets(AFTER) || beside) && !enough
}

/// Whether another grade follows as an alternative: "good or outstanding", "good or better", "outstanding, good, requires …".
fn alternative(rest: Input<'_>) -> bool {
    let comma = rest
        .first()
        .is_some_and(|token| matches!(token.kind, TokenKind::Symbol(',')));
    let after = if comma { rest.skip(1) } else { rest };
    if after.starts_with("or") {
        let next = skip_marks(after.skip(1));
        return grade(next).is_ok()
            || ["better", "above", "higher", "worse", "below", "lower"]
                .iter()
                .any(|word| next.starts_with(word));
    }
    comma && grade(after).is_ok_and(|(rest, _)| lists_on(rest))
}

/// Whether a list of grades goes on here, so that it names a scale and not a rating.
fn lists_on(rest: Input<'_>) -> bool {
    let comma = rest
        .first()
        .is_some_and(|token| token.kind == TokenKind::Symbol(','));
    let after = if comma { rest.skip(1) } else { rest };
    let word = after.starts_with("or") || after.starts_with("and");
    (comma || word) && grade(if word { after.skip(1) } else { after }).is_ok()
}

/// Whether a year stands here.
pub(super) fn is_year(input: Input<'_>) -> bool {
    year(input).is_some()
}

/// The year that a date ends in: the 2022 of "2021/22" and of "2022".
pub(super) fn last_year(input: Input<'_>) -> Option<i16> {
    let Some(token) = input
        .first()
        .filter(|token| token.kind == TokenKind::YearSpan)
    else {
        return year(input);
    };
    super::super::date::spanned(input.text_of(token)).map(|(_, last)| last)
}

/// The year that stands here as a numeral of its own.
pub(super) fn year(input: Input<'_>) -> Option<i16> {
    let token = input
        .first()
        .filter(|token| token.kind == TokenKind::Number)?;
    let text = input.text_of(token);
    let year = (text.len() == 4).then(|| text.parse().ok()).flatten()?;
    (1980..2100).contains(&year).then_some(year)
}
