//! Numbers that are part of something else: words, chains, codes, markers, times.

use rust_decimal::Decimal;

use super::context::Context;
use crate::grammar::{
    Class, Classes, Input, TokenKind,
    noun::{self, NounPhrase},
};

/// What is counted behind the hyphen of a word for the size of one thing: "home" in "a 13,000-home association", but no page in "a
/// 45-page report", and not in "40-bed wards". `number` is the token of the number before.
pub(super) fn sized_by(rest: Input<'_>, number: usize) -> Option<NounPhrase> {
    let one = number.checked_sub(1).map(|before| rest.widen(before));
    if !one.is_some_and(|before| {
        ["a", "an", "the", "its", "this"]
            .iter()
            .any(|word| before.starts_with(word))
    }) {
        return None;
    }
    let dash = rest.first()?;
    let word = rest.skip(1);
    let next = word.first()?;
    let joined = matches!(dash.kind, TokenKind::Symbol('-' | '‑')) && dash.glued && next.glued;
    let ends = word.skip(1).first().is_none_or(|after| !after.glued);
    let sized = joined && ends && noun::is_a(word, Classes::of(&[Class::SizedBy]));
    sized.then_some(NounPhrase {
        span: next.span,
        core: next.span,
        plural: true,
    })
}

impl Context<'_> {
    /// Part of something else: "2AA", "45-page", "24/7", "#12", "[3]".
    pub(super) fn is_cut_from_a_word(&self) -> bool {
        let after = self.after();
        let glued_after = after.first().is_some_and(|token| {
            token.glued
                && match token.kind {
                    TokenKind::Word
                    | TokenKind::Number
                    | TokenKind::Symbol('_' | '#' | '@' | '*' | '\\' | '=') => true,
                    TokenKind::Symbol('/') => !self.is_marked(),
                    // "A ratio of 1:8".
                    TokenKind::Symbol(':') => after
                        .skip(1)
                        .first()
                        .is_some_and(|next| next.glued && next.kind == TokenKind::Number),
                    TokenKind::Symbol('-' | '‑') => {
                        let next = after.skip(1);
                        next.first()
                            .is_some_and(|next| next.glued && next.kind == TokenKind::Word)
                            && sized_by(after, self.tokens.start).is_none()
                    }
                    _ => false,
                }
        });
        let first_glued = self.first().is_some_and(|token| token.glued);
        let glued_before = first_glued
            && self.previous().is_some_and(|token| {
                matches!(
                    token.kind,
                    TokenKind::Symbol(
                        '#' | '/' | '[' | '_' | '@' | '=' | '.' | ',' | ':' | '\\' | '*' | '^'
                    )
                ) || token.kind == TokenKind::Word
                    || matches!(token.kind, TokenKind::Symbol('-' | '–'))
                        && token.glued
                        && !self.before(2).is_some_and(|before| {
                            before
                                .first()
                                .is_some_and(|token| token.kind == TokenKind::Number)
                        })
            });
        glued_after || glued_before
    }

    /// One of three or more numbers with dashes: "978-1-78655", "01-02-03".
    pub(super) fn is_chain(&self) -> bool {
        let dash = |input: Option<Input<'_>>| {
            input.and_then(Input::first).is_some_and(|token| {
                token.glued && matches!(token.kind, TokenKind::Symbol('-' | '‑'))
            })
        };
        let (before, after) = (dash(self.before(1)), dash(Some(self.after())));
        let starts = after && dash(Some(self.after().skip(2)));
        let ends = before && dash(self.before(3));
        before && after || starts || ends
    }

    /// The number of a list item, paragraph or section at the start of a line: "3.", "2.4 Findings", "(4)".
    pub(super) fn is_marker(&self) -> bool {
        let starts = self.first().is_some_and(|token| token.line_start) || self.before(1).is_none();
        if !starts || !self.bare() || self.quantity.in_words {
            return false;
        }
        let after = self.after();
        let Some(next) = after.first() else {
            return self.before(1).is_none() && self.whole.len() == 1;
        };
        let decimal = self.quantity.number.value().scale() > 0;
        // "5 – very good" explains a scale.
        let explains = matches!(next.kind, TokenKind::Symbol('–' | '-' | '=' | '—'))
            && self.quantity.number.value() <= Decimal::TEN;
        explains
            || next.glued && matches!(next.kind, TokenKind::Symbol('.' | ')'))
            || decimal && next.capital
    }

    /// Digits that identify: a telephone number, a reference.
    pub(super) fn is_code(&self) -> bool {
        let Some(token) = self.first().filter(|token| token.kind == TokenKind::Number) else {
            return false;
        };
        let text = self.whole.text_of(token);
        let grouped = text.contains([',', '.', ' ']);
        let number_beside = |input: Option<Input<'_>>| {
            input.is_some_and(|input| {
                input
                    .first()
                    .is_some_and(|token| token.kind == TokenKind::Number)
            })
        };
        let past_year = text.len() == 4
            && !grouped
            && (text.starts_with("16") || text.starts_with("17") || text.starts_with("18"))
            && self.noun.is_none()
            && self
                .before(1)
                .is_some_and(|before| noun::is_a(before, Classes::of(&[Class::Preposition])));
        past_year
            || text.len() > 1 && text.starts_with('0') && !text.contains('.')
            || !grouped && text.len() >= 8
            || !grouped && text.len() >= 5 && self.noun.is_none()
            || number_beside(self.before(1).filter(|before| !self.follows_year(*before)))
                && !self.first().is_some_and(|token| token.line_start)
            || number_beside(Some(self.after()))
                && !self.after().first().is_some_and(|token| token.line_start)
    }

    /// Whether a count stands right behind a year: "in 2018 301 lakes".
    fn follows_year(&self, before: Input<'_>) -> bool {
        let text = before.first().map_or("", |token| before.text_of(token));
        let year = text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
        let dated = self.before(2).is_some_and(|before| {
            noun::is_a(before, Classes::of(&[Class::Preposition, Class::Month]))
        });
        year && dated && self.counts_plural()
    }

    /// The number of a page, behind the dots of a table of contents.
    pub(super) fn is_page_number(&self) -> bool {
        let symbol = |input: Option<Input<'_>>, wanted: &[char]| {
            input.and_then(Input::first).is_some_and(
                |token| matches!(token.kind, TokenKind::Symbol(symbol) if wanted.contains(&symbol)),
            )
        };
        let dots = ['.', '…', '·'];
        symbol(self.before(1), &['…'])
            || symbol(self.before(1), &dots) && symbol(self.before(2), &dots)
    }

    /// The zeros that say in what a table gives its sums: "£000".
    pub(super) fn is_unit_of_thousands(&self) -> bool {
        let tokens = self.whole.restart(self.tokens.start).until(self.tokens.end);
        let mut numbers = tokens
            .tokens()
            .iter()
            .filter(|token| token.kind == TokenKind::Number);
        numbers.any(|token| tokens.text_of(token) == "000")
    }

    /// A time of day: "8.15", with hours and minutes, or "11 a.m.".
    pub(super) fn is_time(&self) -> bool {
        let half = self.after();
        if ["a", "p"].iter().any(|letter| half.starts_with(letter))
            && half.skip(1).starts_with(".")
            && half.skip(2).starts_with("m")
        {
            return true;
        }
        let number = self.quantity.number.value();
        let before = [
            "at", "from", "until", "between", "by", "before", "after", "to", "and",
        ];
        number.scale() == 2
            && number < Decimal::from(24)
            && number.fract() < Decimal::new(60, 2)
            && self.noun.is_none()
            && self
                .before(1)
                .is_some_and(|input| before.iter().any(|word| input.starts_with(word)))
    }
}
