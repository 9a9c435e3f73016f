//! Hedges before numbers.

use crate::{
    facts::schema::HEDGES,
    grammar::{Class, Input},
};

/// Longest hedge, in words.
const HEDGE_WORDS: usize = 4;

/// The hedge that ends right before token `at`.
pub(in crate::facts) fn hedge_before(whole: Input<'_>, at: usize) -> Option<&'static str> {
    (1..=HEDGE_WORDS).rev().find_map(|back| {
        let from = at
            .checked_sub(back)
            .filter(|&from| from >= whole.position())?;
        let (rest, hedge) = whole.restart(from).lexeme(Class::Hedge)?;
        (rest.position() == at).then(|| {
            HEDGES
                .iter()
                .find(|known| **known == hedge.canonical)
                .copied()
        })?
    })
}
