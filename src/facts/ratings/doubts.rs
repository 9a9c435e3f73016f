//! Which ratings of running text are not sure: the grade stands there, but the body, the criterion or the round that it is given
//! for was taken from what stands around, and the text holds signs that another may be meant.

use std::{collections::BTreeSet, iter::successors};

use rustc_hash::FxHashMap;

use super::{
    Rated, Sheet,
    bodies::{is_any, title},
    rounds::{is_past, under_earlier_heading},
};
use crate::{
    facts::reading::{Reading, Sentence},
    framework::OVERALL,
    grammar::{
        Class, Input,
        rating::{Round, years_in},
    },
    value::Label,
};

/// Tokens before a grade in which the verb that gives it and its subject stand.
const NEAR: usize = 8;

/// Sentences of a paragraph before a rating that may say which inspection it is of.
const REACH: usize = 6;

/// Marks as unsure what running text rates while it may speak of another body or another round: "The home was inspected by the
/// regulator and rated inadequate" in a report on a council. `year` is that of the document.
pub(super) fn settle(reading: &Reading<'_>, year: Option<i16>, sheet: &mut Sheet) {
    let own = own_nouns(reading);
    // One sentence may hold many ratings.
    let mut earlier: FxHashMap<usize, bool> = FxHashMap::default();
    for rated in &mut sheet.ratings {
        if !rated.sure || !matches!(rated.form, "prose" | "heading") {
            continue;
        }
        let Some(sentence) = reading.sentences.get(rated.place.sentence) else {
            continue;
        };
        let current = rated.round == Round::Current && rated.year.is_none();
        let mut dated = || {
            let known = earlier.entry(rated.place.sentence);
            *known.or_insert_with(|| is_of_earlier_round(reading, sentence, year))
        };
        let doubtful = is_of_another(reading, &own, rated, sentence)
            || current && (under_earlier_heading(reading, rated) || dated());
        rated.sure = !doubtful;
    }
}

/// The common nouns for bodies in the title, as the lexicon names them; none where the document may be on any.
fn own_nouns(reading: &Reading<'_>) -> BTreeSet<String> {
    let title = title(reading).map(Label::new);
    let lexicon = &reading.vocabulary.lexicon;
    let words = title.iter().flat_map(|title| title.text().split(' '));
    words
        .flat_map(|word| lexicon.meanings_of(word))
        .filter(|meaning| meaning.class == Class::BodyNoun)
        .map(|meaning| meaning.canonical.to_string())
        .collect()
}

/// Whether a grade may be that of another body than the document's.
fn is_of_another(
    reading: &Reading<'_>,
    own: &BTreeSet<String>,
    rated: &Rated,
    sentence: &Sentence,
) -> bool {
    if rated.body.is_some() {
        return false;
    }
    let any = |noun: &str| is_any(noun) || noun == "children's services";
    let foreign = |noun: &str| !own.is_empty() && !own.contains(noun) && !any(noun);
    if let Some(noun) = &rated.generic {
        return foreign(noun);
    }
    if rated.criterion != Label::new(OVERALL) {
        return false;
    }
    let input = reading.input(sentence);
    let before = before_grade(input, rated);
    let named = !own.is_empty()
        && (0..before).any(|at| {
            let noun = input.skip(at).lexeme(Class::BodyNoun);
            noun.is_some_and(|(_, noun)| foreign(noun.canonical))
        });
    let near = before.saturating_sub(NEAR)..before;
    named || near.into_iter().any(|at| is_of_several(input, at))
}

/// Whether a verb of several things stands at `at`; "we were" and "you were" are of the body that speaks or is spoken to.
fn is_of_several(input: Input<'_>, at: usize) -> bool {
    let is = |at: usize, words: &[&str]| words.iter().any(|word| input.skip(at).starts_with(word));
    let spoken_to = at.checked_sub(1).is_some_and(|at| is(at, &["we", "you"]));
    is(at, &["are", "were"]) && !spoken_to
}

/// How many tokens of the sentence stand before the grade.
fn before_grade(input: Input<'_>, rated: &Rated) -> usize {
    input
        .tokens()
        .partition_point(|token| token.span.start < rated.span.start)
}

/// Whether the sentence of a rating names an earlier year, or it speaks of the past and a sentence before it in the paragraph is
/// on an earlier inspection.
fn is_of_earlier_round(reading: &Reading<'_>, sentence: &Sentence, year: Option<i16>) -> bool {
    let input = reading.input(sentence);
    if input
        .tokens()
        .iter()
        .any(|token| token.classes.has(Class::Current))
    {
        return false;
    }
    let old = |input: Input<'_>| year.is_some_and(|now| years_in(input).any(|then| then + 1 < now));
    let told = |before: &Sentence| {
        let words = reading.input(before);
        let inspection =
            before.classes.has(Class::InspectionNoun) && words.holds(Class::InspectionNoun);
        let previous = || words.holds(Class::Previous);
        inspection && (old(words) || previous())
    };
    let before = successors(reading.previous(sentence), |before| {
        reading.previous(before)
    });
    old(input) || is_past(input) && before.take(REACH).any(told)
}

#[cfg(test)]
mod tests {
    use crate::{
        facts::{
            Fact,
            schema::{RATING, rating::Slot},
            testing::facts_of,
        },
        value::Value,
    };

    /// Each rating as `criterion = grade`, one that is not sure with `?` behind.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let shown = |fact: &Fact| {
            let sure = *fact.get(Slot::sure) == Value::from(true);
            let mark = if sure { "" } else { "?" };
            format!(
                "{} = {}{mark}",
                fact.get(Slot::criterion),
                fact.get(Slot::value)
            )
        };
        let (_, facts) = facts_of(text);
        let ratings = facts.iter().filter(|fact| fact.kind == RATING);
        let found: Vec<String> = ratings.map(shown).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_names_its_criterion_is_sure() {
        check("Leadership was rated good.", &["Leadership = Good"]);
        check(
            "# Elm Council\n\nThe council was rated good.",
            &["overall = Good"],
        );
        check(
            "# Elm Council\n\nThis service was rated good.",
            &["overall = Good"],
        );
        check("We were rated good overall.", &["overall = Good"]);
        check(
            "| Area | Rating |\n|---|---|\n| Care | Good |\n| Food | Poor |\n",
            &["Care = Good", "Food = Poor"],
        );
    }

    #[test]
    fn another_body_may_be_meant() {
        check(
            "# Elm Council\n\nThe home was inspected by the regulator and rated inadequate.",
            &["overall = Inadequate?"],
        );
        check(
            "# Elm House children's home\n\nThe home was inspected by the regulator and rated inadequate.",
            &["overall = Inadequate"],
        );
        check(
            "# Elm Council\n\nAsh School was judged to be poor.",
            &["Ash School = Poor"],
        );
        check(
            "# What the council's homes are like\n\nAsh School was judged to be poor.",
            &["overall = Poor?"],
        );
        check(
            "# Elm Council\n\nElm Council was judged to be poor.",
            &["overall = Poor"],
        );
        check(
            "# Elm Council\n\nThey were judged good overall.",
            &["overall = Good?"],
        );
    }

    #[test]
    fn a_pronoun_may_stand_for_another_thing() {
        check(
            "The adoption panel meets monthly. It was rated good.",
            &["overall = Good?"],
        );
        check(
            "The panel meets monthly. It was rated good overall.",
            &["overall = Good"],
        );
    }

    #[test]
    fn another_round_may_be_meant() {
        check(
            "Published 3 May 2019\n\nThe inspection of 2015 looked at two services. Care was judged to be poor.",
            &["Care = Poor?"],
        );
        check(
            "Published 3 May 2019\n\nThe inspection of 2015 looked at two services. Care is now judged to be poor.",
            &["Care = Poor"],
        );
        check(
            "Published 3 May 2019\n\nThe inspection looked at two services. Care was judged to be poor.",
            &["Care = Poor"],
        );
    }
}
