//! Numbers that are parts of fractions, ratios and rates, ratings and asides.

use rust_decimal::Decimal;

use super::context::Context;
use crate::{
    grammar::{
        Class, Input, Token, TokenKind,
        number::{self, Quantity},
    },
    value::Unit,
};

impl Context<'_> {
    /// "Two thirds", "half".
    pub(super) fn is_fraction(&self) -> bool {
        let here = self.whole.restart(self.tokens.start);
        // "Half a million" is a number.
        let fraction = here.lexeme(Class::Fraction);
        self.bare() && fraction.is_some_and(|(rest, _)| rest.position() >= self.tokens.end)
    }

    /// The value of a rating: "rated 5", "a rating of 4".
    pub(super) fn is_rating(&self) -> bool {
        if self.counts_plural() {
            return false;
        }
        let given = self.before(1).is_some_and(|before| {
            before
                .lexeme(Class::RatingVerb)
                .is_some_and(|(_, verb)| matches!(verb.canonical, "sure" | "firm"))
        });
        let noun = self.before(2).is_some_and(|before| {
            before.skip(1).starts_with("of")
                && before
                    .lexeme(Class::GradeNoun)
                    .is_some_and(|(_, noun)| noun.canonical == "rating")
        });
        let after = self.after();
        let marked = matches!(
            after.first().map(|token| token.kind),
            Some(TokenKind::Symbol('-' | '–' | '(' | ','))
        );
        let graded = marked && after.skip(1).lexeme(Class::Grade).is_some();
        let earlier = self
            .before(1)
            .is_some_and(|before| before.lexeme(Class::Previous).is_some())
            && self.before(2).is_some_and(|before| before.starts_with("("));
        (given || noun || graded || earlier) && !self.is_score()
    }

    /// The base of a rate: "per 10,000", "for every 1,000 homes".
    pub(super) fn is_rate_base(&self) -> bool {
        self.before(1)
            .is_some_and(|before| before.starts_with("per"))
            || self.before(2).is_some_and(|before| {
                before.starts_with("for") && before.skip(1).starts_with("every")
            })
    }

    /// A bare number alone in brackets: a note, an earlier value, "(was 2)".
    pub(super) fn is_aside(&self) -> bool {
        let symbol = |token: Option<&Token>, wanted| {
            token.is_some_and(|token| token.kind == TokenKind::Symbol(wanted))
        };
        let was = self
            .before(1)
            .is_some_and(|before| before.starts_with("was"));
        let opening = self.before(if was { 2 } else { 1 }).and_then(Input::first);
        symbol(opening, '(') && symbol(self.after().first(), ')')
    }

    /// A grade that is a number: "held a 5", "was given a 2 at both visits".
    pub(super) fn is_given(&self) -> bool {
        let article = self
            .before(1)
            .is_some_and(|before| before.starts_with("a") || before.starts_with("an"));
        article && self.noun.is_none() && !self.quantity.in_words && !self.is_score()
    }

    /// Either number of "nine in ten" and "7 out of 12": a share, not a count.
    pub(super) fn is_ratio(&self) -> bool {
        let after = self.after();
        let part = after.starts_with("in")
            && self.noun.is_none()
            && ratio_whole(after, self.quantity)
            || after.starts_with("out") && ratio_whole(after, self.quantity) && !self.is_score();
        let linked = self
            .before(1)
            .is_some_and(|before| before.starts_with("in"))
            || self
                .before(2)
                .is_some_and(|before| before.starts_with("out"));
        let whole = linked
            && (1..=5).any(|back| {
                self.before(back).is_some_and(|before| {
                    number::magnitude(before).is_ok_and(|(rest, part)| {
                        (rest.starts_with("in") || rest.starts_with("out"))
                            && rest.position() < self.tokens.start
                            && ratio_whole(rest, &part)
                            && self.tokens.start - rest.position() <= 2
                    })
                })
            });
        part || whole
    }

    /// "One of the four", "only one": the word counts nothing. It does before a noun, in "one in five", and beside other counts.
    pub(super) fn is_pronoun(&self) -> bool {
        let one =
            self.quantity.in_words && self.bare() && self.quantity.number.value() == Decimal::ONE;
        let after = self.after();
        if let Some(noun) = self.noun.filter(|_| one) {
            // "One man said": a voice, and no count.
            let said = after
                .tokens()
                .partition_point(|token| token.span.start < noun.span.end);
            let said = after.skip(said);
            return said.lexeme(Class::Attribution).is_some();
        }
        if !one {
            return false;
        }
        let counted_beside = self
            .before(1)
            .is_some_and(|before| before.starts_with("and") || before.starts_with(","))
            && (after.starts_with("as")
                || after.starts_with("was")
                || after.starts_with("is")
                || self.ends_clause()
                || after.starts_with("in")
                || after.lexeme(Class::Grade).is_some());
        !counted_beside
    }
}

/// Whether "in five" or "out of five" follows a part of it: the whole is greater, and after "in" both are written alike.
fn ratio_whole(after: Input<'_>, part: &Quantity) -> bool {
    let out = after.starts_with("out");
    let rest = if out && after.skip(1).starts_with("of") {
        after.skip(2)
    } else {
        after.skip(1)
    };
    number::quantity(rest).is_ok_and(|(_, whole)| {
        whole.number.unit() == Unit::None
            && whole.number.value() > part.number.value()
            && (out || whole.number.value() <= Decimal::ONE_HUNDRED)
    })
}
