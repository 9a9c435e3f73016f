//! Numbers that are ages.

use rust_decimal::Decimal;

use super::context::Context;
use crate::grammar::{Class, Classes, Input, TokenKind, noun};

impl Context<'_> {
    /// "Aged 4", "11 years old", "five-year-olds", "under-16s".
    pub(super) fn is_age(&self) -> bool {
        let named = self.follows(|input| input.lexeme(Class::Age).map(|(rest, _)| rest))
            || self.bare() && self.is_labelled_age();
        let after = self.after();
        let old = self.quantity.number.unit().is_duration() && {
            let here = self.whole.restart(self.tokens.end - 1);
            after.starts_with("old") || here.lexeme(Class::Age).is_some()
        };
        let over = self.bare()
            && self.noun.is_none()
            && self.before(1).is_some_and(|before| {
                ["over", "under"]
                    .iter()
                    .any(|word| before.starts_with(word))
            })
            && self.before(2).is_some_and(|before| {
                let people = noun::is_a(before, Classes::of(&[Class::Plural]));
                let goes_on = Classes::of(&[Class::Auxiliary, Class::Conjunction]);
                let plain =
                    noun::is_a(before, Classes::of(&[Class::Auxiliary])) || noun::is_plural(before);
                plain && self.ends_clause() || people && noun::is_a(self.after(), goes_on)
            });
        over || named && (self.bare() || self.quantity.number.unit().is_duration())
            || old
            || self.bare()
                && after
                    .lexeme(Class::Age)
                    .is_some_and(|(_, age)| age.canonical.contains("old"))
    }

    /// "Age range of pupils: 4 to 11": the label of the line speaks of ages.
    fn is_labelled_age(&self) -> bool {
        let start = self.whole;
        let labelled = (1..=4).any(|back| {
            self.before(back)
                .is_some_and(|before| before.starts_with(":"))
        });
        labelled && self.noun.is_none() && start.lexeme(Class::Age).is_some()
    }

    /// The age in "Mrs Brown, 84, said".
    pub(super) fn is_apposition(&self) -> bool {
        let comma = |input: Option<Input<'_>>| input.is_some_and(|input| input.starts_with(","));
        let name = self
            .before(2)
            .and_then(Input::first)
            .is_some_and(|token| token.capital && token.kind == TokenKind::Word);
        let set_off = comma(self.before(1)) && comma(Some(self.after())) && self.noun.is_none();
        set_off && (name || self.may_be_age() && self.before(2).is_some_and(is_plain_word))
            || self.is_age_of_someone()
    }

    /// "A woman, who is 101, said".
    fn is_age_of_someone(&self) -> bool {
        let be = self
            .before(1)
            .is_some_and(|word| word.starts_with("is") || word.starts_with("was"));
        let who = self.before(2).is_some_and(|word| {
            ["who", "i", "he", "she"]
                .iter()
                .any(|known| word.starts_with(known))
        });
        let ends = self.after().starts_with("and")
            || self
                .after()
                .first()
                .is_none_or(|token| matches!(token.kind, TokenKind::Symbol(',' | '.' | ';' | ')')));
        be && who && ends && self.noun.is_none()
    }

    /// Whether a number is one that an adult may be old.
    fn may_be_age(&self) -> bool {
        let years = self.quantity.number.value();
        !self.quantity.in_words && years >= Decimal::from(16) && years <= Decimal::from(110)
    }
}

/// Whether a noun or another word of content stands here.
fn is_plain_word(input: Input<'_>) -> bool {
    const OTHERS: Classes = Classes::of(&[
        Class::Determiner,
        Class::Pronoun,
        Class::Preposition,
        Class::Conjunction,
        Class::Auxiliary,
        Class::Adverb,
        Class::Verb,
        Class::NumberWord,
        Class::Including,
    ]);
    input
        .first()
        .is_some_and(|token| token.kind == TokenKind::Word && !token.classes.meets(OTHERS))
}
