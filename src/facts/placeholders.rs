//! Placeholders: what a draft leaves to be filled in.

use super::{
    Fact,
    reading::Reading,
    schema::{self, placeholder},
};
use crate::{
    grammar::{Class, Input, Parsed, TokenKind, symbol},
    span::Span,
    value::Value,
};

/// Adds every placeholder.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    for sentence in &reading.sentences {
        let mut input = reading.input(sentence);
        let mut quoted = false;
        while let Some(token) = input.first() {
            match token.kind {
                TokenKind::Symbol('“') => quoted = true,
                TokenKind::Symbol('”') => quoted = false,
                TokenKind::Symbol('"') => quoted = !quoted,
                _ => {}
            }
            let Ok((rest, (span, expected))) = placeholder(input) else {
                input = input.skip(1);
                continue;
            };
            if !quoted {
                facts.push(Fact::new(schema::PLACEHOLDER, span, sentence.place).with(
                    placeholder::Slot::expected,
                    expected.map_or(Value::Unknown, Value::text),
                ));
            }
            input = rest;
        }
    }
}

/// Reads something left to be filled in: its place, and what should stand there where it can be told.
///
/// `placeholder = crosses ["%"] | currency-sign crosses | 2*"?" | "[" prompt … "]" | placeholder-word`, where crosses are
/// two or more letters X.
fn placeholder(input: Input<'_>) -> Parsed<'_, (Span, Option<&str>)> {
    if !starts(input) {
        return input.miss();
    }
    marks(input)
        .or_else(|_| bracketed(input))
        .or_else(|_| crosses(input))
        .or_else(|_| {
            let (rest, word) = crate::grammar::phrase(Class::Placeholder)(input)?;
            Ok((rest, (word.span, None)))
        })
}

/// Whether a placeholder may begin at the first token.
fn starts(input: Input<'_>) -> bool {
    input.first().is_some_and(|token| match token.kind {
        TokenKind::Symbol(mark) => matches!(mark, '?' | '[' | '£' | '€' | '$'),
        TokenKind::Word => token.classes.has(Class::Placeholder) || token.initial == b'x',
        _ => false,
    })
}

/// `marks = "?" 1*("?" without space before it)`; right behind a word they stress a question: "What??"
fn marks(input: Input<'_>) -> Parsed<'_, (Span, Option<&str>)> {
    let (mut rest, first) = symbol('?')(input)?;
    let stressed = input.position().checked_sub(1).is_some_and(|before| {
        let before = input.restart(before).first();
        before.is_some_and(|token| {
            let word = matches!(token.kind, TokenKind::Word | TokenKind::Symbol('?'));
            word && token.span.end == first.start
        })
    });
    if stressed {
        return input.miss();
    }
    let mut span = first;
    while let Ok((after, next)) = symbol('?')(rest) {
        if next.start != span.end {
            break;
        }
        span = span.join(next);
        rest = after;
    }
    if span == first {
        return input.miss();
    }
    Ok((rest, (span, None)))
}

/// How many tokens a prompt in brackets may have.
const LONGEST_PROMPT: usize = 12;

/// `bracketed = "[" ("insert" | "add" | "enter" | "name" | "date" | "number" | "figure" | placeholder-word) … "]"`
fn bracketed(input: Input<'_>) -> Parsed<'_, (Span, Option<&str>)> {
    let (inside, _) = symbol('[')(input)?;
    let Some(close) = inside
        .tokens()
        .iter()
        .take(LONGEST_PROMPT)
        .position(|token| token.kind == TokenKind::Symbol(']'))
    else {
        return input.miss();
    };
    let prompt = inside.until(inside.position() + close);
    let asks = ["insert", "add", "enter"]
        .iter()
        .any(|word| prompt.starts_with(word));
    let names = prompt.len() <= 2
        && ["name", "date", "number", "figure", "amount", "title"]
            .iter()
            .any(|word| prompt.starts_with(word));
    let known = prompt.lexeme(Class::Placeholder).is_some();
    if !(asks || names || known) {
        return input.miss();
    }
    let rest = inside.skip(close + 1);
    let expected = if asks {
        prompt.skip(1).text()
    } else {
        prompt.text()
    };
    let expected = Some(expected).filter(|text| !known && !text.is_empty());
    Ok((rest, (input.span_to(rest), expected)))
}

/// `crosses = [currency-sign] ("XX" *"X" | "xx" *"x") ["%"]`; small letters only with a sign, as they may be a page number.
fn crosses(input: Input<'_>) -> Parsed<'_, (Span, Option<&str>)> {
    let money = input
        .first()
        .is_some_and(|token| matches!(token.kind, TokenKind::Symbol('£' | '€' | '$')));
    let start = if money { input.skip(1) } else { input };
    let text = start
        .first()
        .filter(|token| token.kind == TokenKind::Word)
        .map_or("", |token| start.text_of(token));
    let crossed = !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'X' | b'x'));
    let mut rest = start.skip(1);
    let percent = symbol('%')(rest).is_ok();
    if percent {
        rest = rest.skip(1);
    }
    let large = text.len() > 1 && text.bytes().all(|byte| byte == b'X');
    if !crossed || !(money || percent || large) {
        return input.miss();
    }
    let expected = if percent {
        Some("percentage")
    } else if money {
        Some("sum")
    } else {
        None
    };
    Ok((rest, (input.span_to(rest), expected)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::testing::with_input;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str)>) {
        let found = with_input(text, |input| {
            input.starts().find_map(|here| {
                let (_, (span, expected)) = placeholder(here).ok()?;
                let written = crate::span::text_at(text, span).to_owned();
                Some((written, expected.unwrap_or_default().to_owned()))
            })
        });
        let expected = expected.map(|(span, hint)| (span.to_owned(), hint.to_owned()));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_is_left_to_fill_in() {
        check("rated XX for leadership", Some(("XX", "")));
        check("it rose to XX% in May", Some(("XX%", "percentage")));
        check("at a cost of £X", Some(("£X", "sum")));
        check(
            "published on [insert date].",
            Some(("[insert date]", "date")),
        );
        check("on [date]", Some(("[date]", "date")));
        check("The next visit is TBC", Some(("TBC", "")));
        check("in ?? cases", Some(("??", "")));
        check("in 12?? cases", Some(("??", "")));
        check("What?? he said.", None);
        check("What???", None);
        check("[TBC]", Some(("[TBC]", "")));
    }

    #[test]
    fn what_only_looks_like_it() {
        check("Why?", None);
        check("page xx", None);
        check("[sic]", None);
        check("today [3 May 2024]", None);
        check("people with XXY", None);
        check("the X factor", None);
    }
}
