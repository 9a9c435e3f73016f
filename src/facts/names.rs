//! Names of bodies that the framework or the lexicon knows.

use super::{
    Fact,
    reading::Reading,
    schema::{self, name},
};
use crate::{
    grammar::Class,
    value::{Value, tidy},
};

/// Adds every official name and every known slip in one. Names in other letter case than the lexicon's, as in a title set in
/// capitals, are right.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    for sentence in &reading.sentences {
        let mut input = reading.input(sentence);
        while !input.is_empty() {
            let named = input
                .lexeme(Class::OfficialName)
                .filter(|_| input.first().is_some_and(|token| token.capital));
            let Some((rest, known)) = named else {
                input = input.skip(1);
                continue;
            };
            let written = reading.text(known.span);
            let official = official(&written, known.canonical);
            facts.push(
                Fact::new(schema::NAME, known.span, sentence.place)
                    .with(name::Slot::official, Value::text(&official))
                    .with(name::Slot::written, Value::text(&written)),
            );
            input = rest;
        }
    }
}

fn official(written: &str, canonical: &str) -> String {
    let canonical = tidy(canonical);
    if written.eq_ignore_ascii_case(&canonical) {
        written.to_owned()
    } else {
        canonical
    }
}
