//! Sentences: where one ends and the next begins.
//!
//! `sentence = 1*token ( stop *closer | end of block )`, where a stop is `.`, `!` or `?` that follows neither an
//! abbreviation nor an initial, and what comes after it begins a sentence: a capital, a numeral, an opening mark.
//!
//! No sentence goes on for ever: past a thousand tokens it ends at the next comma or semicolon, past twice as many at once. What
//! is read of a sentence may so look at all of it, and the cost of a text stays linear in its length.

use std::ops::Range;

use super::{Class, Lexed, TokenKind};

/// Tokens after which a sentence is cut. The longest that were met in reports, lists written in one sentence, have some three hundred.
const LONGEST: usize = 1_000;

/// Cuts a run of tokens (one block) into sentences: ranges of tokens that cover the run without gaps.
pub fn sentences(lexed: &Lexed<'_>, tokens: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = tokens.start;
    let mut at = tokens.start;
    while at < tokens.end {
        if ends_sentence(lexed, at, start) {
            let mut end = at + 1;
            while end < tokens.end && closes(lexed, end) {
                end += 1;
            }
            if end >= tokens.end || begins_sentence(lexed, end) {
                found.push(start..end);
                start = end;
            }
            at = end;
        } else {
            at += 1;
            if is_overlong(lexed, at, start) {
                found.push(start..at);
                start = at;
            }
        }
    }
    if start < tokens.end {
        found.push(start..tokens.end);
    }
    found
}

/// Whether the sentence from `start` on has gone on for too long to go on past the token before `at`.
fn is_overlong(lexed: &Lexed<'_>, at: usize, start: usize) -> bool {
    let length = at - start;
    let before = at.checked_sub(1).and_then(|at| lexed.tokens.get(at));
    let pauses = before.is_some_and(|token| matches!(token.kind, TokenKind::Symbol(',' | ';')));
    length >= 2 * LONGEST || length >= LONGEST && pauses
}

fn ends_sentence(lexed: &Lexed<'_>, at: usize, start: usize) -> bool {
    let Some(stop) = lexed.tokens.get(at) else {
        return false;
    };
    match stop.kind {
        TokenKind::Symbol('!' | '?' | '…') => true,
        TokenKind::Symbol('.') => {
            let before = at
                .checked_sub(1)
                .filter(|&before| before >= start)
                .and_then(|before| lexed.tokens.get(before));
            before.is_none_or(|before| {
                let text = lexed.text_of(before);
                let initial = before.capital && text.chars().count() == 1;
                let short = initial || before.classes.has(Class::Abbreviation);
                !(stop.glued && (short || dotted(lexed, at, start)))
            })
        }
        _ => false,
    }
}

/// Whether a stop closes letters with stops between them, "i.e." or "a.m.", that no new sentence follows.
fn dotted(lexed: &Lexed<'_>, at: usize, start: usize) -> bool {
    let token = |back: usize| {
        let place = at.checked_sub(back).filter(|&place| place >= start);
        place.and_then(|place| lexed.tokens.get(place))
    };
    let letter = |back: usize| {
        token(back).is_some_and(|token| {
            token.kind == TokenKind::Word && lexed.text_of(token).chars().count() == 1
        })
    };
    let stop = token(2).is_some_and(|token| token.kind == TokenKind::Symbol('.') && token.glued);
    let goes_on = lexed.tokens.get(at + 1).is_some_and(|next| !next.capital);
    letter(1) && stop && letter(3) && goes_on
}

fn closes(lexed: &Lexed<'_>, at: usize) -> bool {
    lexed.tokens.get(at).is_some_and(|token| {
        token.glued
            && matches!(
                token.kind,
                TokenKind::Symbol('"' | '\'' | '”' | '’' | ')' | ']' | '.' | '!' | '?')
            )
    })
}

fn begins_sentence(lexed: &Lexed<'_>, at: usize) -> bool {
    lexed.tokens.get(at).is_none_or(|token| {
        token.capital
            || !matches!(
                token.kind,
                TokenKind::Word | TokenKind::Symbol(',' | ';' | ':' | ')' | '.')
            )
            || token.glued && token.kind != TokenKind::Word
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        grammar::Lexicon,
        span::{Span, text_at},
    };

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut lexicon = Lexicon::new();
        lexicon.insert(Class::Abbreviation, "Dr", "Dr");
        let mut lexed = Lexed::new(text, &lexicon);
        let tokens = lexed.add(Span::new(0, text.len()));
        let found: Vec<&str> = sentences(&lexed, tokens)
            .into_iter()
            .map(|range| {
                let (first, last) = (
                    lexed.tokens[range.start].span,
                    lexed.tokens[range.end - 1].span,
                );
                text_at(text, first.join(last))
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        check(
            "It rose. It fell to 3.5%. Now",
            &["It rose.", "It fell to 3.5%.", "Now"],
        );
        check(
            "Dr J. Smith said: “No.” Then",
            &["Dr J. Smith said: “No.”", "Then"],
        );
        check("e.g. this one. 31 came", &["e.g. this one.", "31 came"]);
        check(
            "See it, i.e. 31 of us. Yes",
            &["See it, i.e. 31 of us.", "Yes"],
        );
        check("Open to 5 p.m. Now it", &["Open to 5 p.m.", "Now it"]);
        check("", &[]);
    }

    #[test]
    fn a_sentence_without_end_is_cut_where_it_pauses() {
        let lengths = |text: &str| {
            let lexicon = Lexicon::new();
            let mut lexed = Lexed::new(text, &lexicon);
            let tokens = lexed.add(Span::new(0, text.len()));
            let found = sentences(&lexed, tokens);
            found.iter().map(Range::len).collect::<Vec<_>>()
        };
        assert_eq!(lengths(&"one ".repeat(4_500)), [2_000, 2_000, 500]);
        assert_eq!(lengths(&"one two, ".repeat(400)), [1_002, 198]);
        assert_eq!(lengths(&"one ".repeat(1_999)), [1_999]);
    }
}
