//! Names of bodies that the framework or the lexicon knows.

use super::{
    Fact,
    reading::Reading,
    schema::{self, name},
};
use crate::{
    grammar::{Class, Classes},
    value::{Value, tidy},
};

/// Adds every official name and every known slip in one. Names in other letter case than the lexicon's, as in a title set in
/// capitals, are right.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    for sentence in &reading.sentences {
        let mut input = reading.input(sentence);
        while !input.is_empty() {
            input = input.seek(Classes::of(&[Class::OfficialName]));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::facts_of;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let (_, facts) = facts_of(text);
        let words = |fact: &Fact, slot| fact.get(slot).as_words().unwrap_or_default().to_owned();
        let found: Vec<_> = facts
            .iter()
            .filter(|fact| fact.kind == schema::NAME)
            .map(|fact| {
                (
                    words(fact, name::Slot::written),
                    words(fact, name::Slot::official),
                )
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|&(written, official)| (written.to_owned(), official.to_owned()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn known_slips_have_their_official_form() {
        check(
            "It met the Ministry for Justice.",
            &[("Ministry for Justice", "Ministry of Justice")],
        );
        check(
            "It met the Ministry of Justice.",
            &[("Ministry of Justice", "Ministry of Justice")],
        );
        check(
            "MINISTRY OF JUSTICE",
            &[("MINISTRY OF JUSTICE", "MINISTRY OF JUSTICE")],
        );
        check("a ministry for justice", &[]);
    }
}
