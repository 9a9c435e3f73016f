//! A number and what stands around it: whether it counts at all.

use std::ops::Range;

use super::{Counted, hedges::hedge_before, named::NAME_WORDS};
use crate::{
    facts::tables,
    grammar::{
        Class, Input, Token, TokenKind,
        noun::NounPhrase,
        number::{self, Quantity},
        proportion,
    },
    value::Unit,
};

/// A quantity and what stands around it.
pub(super) struct Context<'a> {
    pub(super) whole: Input<'a>,
    pub(super) tokens: Range<usize>,
    pub(super) quantity: &'a Quantity,
    pub(super) noun: Option<NounPhrase>,
}

impl<'a> Context<'a> {
    /// The input from the token `back` before the number.
    pub(super) fn before(&self, back: usize) -> Option<Input<'a>> {
        let at = self
            .tokens
            .start
            .checked_sub(back)
            .filter(|&at| at >= self.whole.position())?;
        Some(self.whole.restart(at))
    }

    pub(super) fn after(&self) -> Input<'a> {
        self.whole.restart(self.tokens.end)
    }

    pub(super) fn previous(&self) -> Option<&'a Token> {
        self.before(1)?.first()
    }

    pub(super) fn first(&self) -> Option<&'a Token> {
        self.whole.restart(self.tokens.start).first()
    }

    pub(super) fn counts_plural(&self) -> bool {
        self.noun.is_some_and(|noun| noun.plural)
    }

    pub(super) fn bare(&self) -> bool {
        self.quantity.number.unit() == Unit::None
    }

    /// Whether the number is a figure at all.
    pub(super) fn counts(&self) -> bool {
        !(self.is_unit_of_thousands()
            || self.is_cut_from_a_word()
            || self.is_chain()
            || self.is_compound()
            || self.is_marker()
            || self.is_named()
            || self.is_age()
            || self.is_fraction()
            || self.is_scale_end()
            || self.is_address()
            || self.bare()
                && (self.is_rating()
                    || self.is_code()
                    || self.is_page_number()
                    || self.is_rate_base()
                    || self.is_aside()
                    || self.is_given()
                    || self.is_time()
                    || self.is_apposition()
                    || self.is_before_name()
                    || number::is_service_number(self.whole.restart(self.tokens.start))
                    || self.is_ratio())
            || self.is_pronoun())
    }

    /// The first number of a score and its maximum: "score 6/21".
    pub(super) fn is_marked(&self) -> bool {
        let whole = self.after().skip(1);
        let number = whole
            .first()
            .is_some_and(|token| token.kind == TokenKind::Number);
        let ends = whole
            .skip(1)
            .first()
            .is_none_or(|token| !token.glued || token.kind != TokenKind::Symbol('/'));
        number && ends && self.is_score()
    }

    /// Whether a phrase that `read` reads ends right before the number, or before a colon there.
    pub(super) fn follows(&self, read: impl Fn(Input<'a>) -> Option<Input<'a>>) -> bool {
        let colon = self.before(1).is_some_and(|before| before.starts_with(":"));
        let end = self.tokens.start - usize::from(colon);
        (1..=NAME_WORDS + usize::from(colon)).any(|back| {
            self.before(back)
                .and_then(&read)
                .is_some_and(|rest| rest.position() == end)
        })
    }

    /// Whether the clause ends right after the number.
    pub(super) fn ends_clause(&self) -> bool {
        self.after()
            .first()
            .is_none_or(|token| matches!(token.kind, TokenKind::Symbol('.' | ',' | ';' | '|')))
    }

    /// Whether the number is a score: "scored 7 out of 21", "a score of 3.4".
    pub(super) fn is_score(&self) -> bool {
        let near = (1..=3).any(|back| {
            self.before(back)
                .is_some_and(|before| before.lexeme(Class::ScoreWord).is_some())
        });
        let after = self.after();
        let unit = self.quantity.number.unit();
        let plain = unit == Unit::None || unit == Unit::Points;
        let alone = self.noun.is_none() || after.starts_with("out");
        let points = plain && proportion::out_of_points(after).is_some();
        points || plain && alone && (near || is_scored(self.whole, self.tokens.start))
    }

    /// Whether the number is the best that a scale has: "a score out of five", "scores (out of 10)".
    pub(super) fn is_scale_end(&self) -> bool {
        let out_of = self.before(1).is_some_and(|of| of.starts_with("of"))
            && self.before(2).is_some_and(|out| out.starts_with("out"));
        let bracket = self.before(3).is_some_and(|before| before.starts_with("("));
        let named = |back: usize| {
            self.before(back).is_some_and(|before| {
                before.lexeme(Class::ScoreWord).is_some()
                    || before.lexeme(Class::GradeNoun).is_some()
            })
        };
        out_of && self.noun.is_none() && named(3 + usize::from(bracket)) || self.is_most_points()
    }

    /// Whether the number is that of the points that there are: "zero out of a total of 27 inspection points".
    fn is_most_points(&self) -> bool {
        /// Words from "out" to the number: "out of a total of".
        const REACH: usize = 5;
        (2..=REACH).any(|back| {
            let most = self.before(back).and_then(proportion::out_of_points);
            let scored = self
                .before(back + 1)
                .is_some_and(|score| number::magnitude(score).is_ok());
            scored && most.is_some_and(|end| end.position() > self.tokens.start)
        })
    }

    /// The figure.
    pub(super) fn counted(&self) -> Counted {
        let unit = match tables::name_of(self.quantity.number.unit()) {
            "count" | "points" if self.is_score() => "score",
            unit => unit,
        };
        let noun = self.noun.filter(|_| unit == "count");
        Counted {
            tokens: self.tokens.clone(),
            quantity: self.quantity.clone(),
            unit,
            noun,
            span: noun.map_or(self.quantity.span, |noun| {
                self.quantity.span.join(noun.span)
            }),
            hedge: hedge_before(self.whole, self.tokens.start),
        }
    }
}

/// Words between a score and its value at most: "the lowest score that any home of the chain was given was zero".
const SCORE_REACH: usize = 16;

/// Whether the number at a token is the value of a score that its clause names, with "was", "of" or "at" before it: "the lowest score of
/// any branch was zero", "scoring the highest at 4.85".
pub(in crate::facts) fn is_scored(whole: Input<'_>, at: usize) -> bool {
    let before = |back: usize| {
        let at = at.checked_sub(back).filter(|&at| at >= whole.position())?;
        Some(whole.restart(at))
    };
    let be = ["was", "is", "were", "are"];
    let is = |words: &[&str]| {
        before(1).is_some_and(|link| words.iter().any(|word| link.starts_with(word)))
    };
    let reach = if is(&be) {
        SCORE_REACH
    } else if is(&["at", "between"]) {
        5
    } else {
        return false;
    };
    let stops = |here: &Input<'_>| {
        here.first().is_none_or(|token| {
            matches!(
                token.kind,
                TokenKind::Symbol('.' | ';' | ':') | TokenKind::Number
            ) || token.classes.has(Class::NumberWord)
                || be.iter().any(|word| here.starts_with(word))
        })
    };
    (2..=reach)
        .map_while(before)
        .take_while(|here| !stops(here))
        .any(|here| {
            ["score", "scores", "scoring", "scored"]
                .iter()
                .any(|word| here.starts_with(word))
        })
}
