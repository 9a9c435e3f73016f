//! Numbers that belong to names and addresses.

use super::context::Context;
use crate::grammar::{Class, Classes, Input, Token, TokenKind, noun};

/// Words of the name of a street at most.
const STREET_WORDS: usize = 4;

/// Longest phrase that makes a numeral no figure, in words.
pub(super) const NAME_WORDS: usize = 3;

impl Context<'_> {
    /// A numeral that belongs to a name: "Year 10", "recommendation 3", "Quality Area 4", "top five".
    pub(super) fn is_named(&self) -> bool {
        let here = self.whole.restart(self.tokens.start);
        if role_of(here, "whole").is_some()
            || role_of(self.after(), "after").is_some() && self.bare()
        {
            return true;
        }
        self.opens_name()
            || self.bare()
                && (self.named_by("before")
                    || self.named_by("before-weak") && !self.counts_plural()
                    || self
                        .before(1)
                        .is_some_and(|before| self.capital_name(before) && !self.is_marked()))
    }

    /// A number word with a capital inside a sentence, and a capital behind it: "One Manchester", "Hundred Houses Society".
    fn opens_name(&self) -> bool {
        let here = self.whole.restart(self.tokens.start);
        let large = |token: &Token| token.kind == TokenKind::Word && token.capital;
        // In a title every word has a capital.
        let small = |token: &Token| token.kind == TokenKind::Word && !token.capital;
        let near = self.before(1).or_else(|| self.before(2));
        let inside = near.and_then(Input::first).is_some_and(small)
            || self.after().skip(1).first().is_some_and(small) && self.before(1).is_some();
        let next = self.after().first().is_some_and(large);
        self.quantity.in_words && inside && here.first().is_some_and(large) && next
    }

    /// Whether a phrase of this part of class `not-counted` ends right before the number, or before a colon there.
    fn named_by(&self, part: &str) -> bool {
        self.follows(|input| role_of(input, part))
    }

    /// "A 172 page report", "a two bedroom flat": the number describes one thing.
    pub(super) fn is_compound(&self) -> bool {
        let article = self
            .before(1)
            .is_some_and(|before| before.starts_with("a") || before.starts_with("an"));
        article && self.bare() && self.noun.is_some_and(|noun| !noun.plural)
    }

    /// A capitalised word inside the sentence, with a numeral that counts no noun: "Operation Park 3 began".
    fn capital_name(&self, before: Input<'_>) -> bool {
        let Some(token) = before.first() else {
            return false;
        };
        let plain = Classes::of(&[
            Class::Preposition,
            Class::Auxiliary,
            Class::Verb,
            Class::Conjunction,
            Class::Determiner,
            Class::Adverb,
            Class::Hedge,
            Class::Pronoun,
        ]);
        token.kind == TokenKind::Word
            && token.capital
            && !self.quantity.in_words
            && self.noun.is_none()
            && before.position() > self.whole.position()
            && !token.line_start
            && !noun::is_a(before, plain)
            && !self.ends_clause()
    }

    /// A numeral before a name: "188 Mill Road", "4 Good"; it counts where the name is that of several ("3 Crown Courts"), or the things
    /// are somebody's ("England's 319 NHS Trusts").
    pub(super) fn is_before_name(&self) -> bool {
        let after = self.after();
        let capital = after.first().is_some_and(|token| {
            token.kind == TokenKind::Word
                && token.capital
                && after.text_of(token).contains(char::is_lowercase)
        });
        let owned = self
            .before(1)
            .and_then(|owner| owner.first().map(|token| owner.text_of(token)))
            .is_some_and(|owner| owner.ends_with("'s") || owner.ends_with("’s"));
        capital && !self.quantity.in_words && !self.counts_plural() && !owned
    }

    /// The number of a house: "4 Mill Lane".
    pub(super) fn is_address(&self) -> bool {
        let after = self.after();
        let capitals = after
            .tokens()
            .iter()
            .take(STREET_WORDS)
            .take_while(|token| token.kind == TokenKind::Word && token.capital)
            .count();
        self.bare()
            && !self.quantity.in_words
            && (1..capitals).any(|at| role_of(after.skip(at), "street").is_some())
    }
}

/// The phrase of class `not-counted` that stands here in this part.
pub(in crate::facts) fn role_of<'a>(input: Input<'a>, part: &str) -> Option<Input<'a>> {
    let token = input
        .first()
        .filter(|token| token.classes.has(Class::NotCounted))?;
    input
        .lexed()
        .phrases_at(token)
        .find_map(|(tokens, _, meanings)| {
            let known = meanings
                .iter()
                .any(|meaning| meaning.class == Class::NotCounted && &*meaning.canonical == part);
            (known && tokens <= input.len()).then(|| input.skip(tokens))
        })
}
