//! Changes: movements in time, within a sentence, over two sentences, and between the columns of a table.
//!
//! `movements` and `comparisons` read the words for a change with the values around them. Where there are none, `pairs` looks for two
//! values of one sentence and `sentences` for those of two. `parts` makes the fact.

mod comparisons;
mod movements;
mod pairs;
mod parts;
mod sentences;
#[cfg(test)]
mod tests;

use self::{
    comparisons::of_comparison,
    movements::of_movement,
    pairs::{bracketed_pair, dated_pair, past_clauses, then_and_now},
    sentences::{by_now, looking_back},
};
use super::{
    Fact, brackets,
    levels::{self, Dates, Words},
    periods, ratings,
    reading::Reading,
    schema::{CHANGE, change::Slot},
};
use crate::{
    grammar::{
        change::{self, Movement},
        comparison::Comparison,
        past,
    },
    span::Span,
    value::Value,
};

pub(super) use self::pairs::between;

/// Adds the changes of a document.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let mut complete = None;
    let dates = Dates::new(facts);
    levels::each_sentence(reading, &dates, |words, before| {
        if words.is_barren(before) {
            return;
        }
        let first = facts.len();
        let settled = before
            .first()
            .is_some_and(|before| complete == Some(before.place.sentence));
        told(words, before, settled, facts);
        let states =
            |fact: &Fact| !fact.get(Slot::from).is_unknown() && !fact.get(Slot::to).is_unknown();
        if facts.get(first..).is_some_and(|new| new.iter().any(states)) {
            complete = Some(words.place.sentence);
        }
    });
    name_pronouns(reading, facts);
    brackets::extract(reading, &dates, facts);
    periods::extract(reading, facts);
    drop_grades(facts);
}

/// Gives a change whose measure is only pointed to ("it moved on again, from 43% to 44%") the measure of the sentence before, where
/// all changes there are of one and have its unit.
fn name_pronouns(reading: &Reading<'_>, facts: &mut [Fact]) {
    let mut before = (usize::MAX, Vec::new());
    let mut here: (usize, Vec<(Value, Value)>) = (usize::MAX, Vec::new());
    for fact in facts.iter_mut().filter(|fact| fact.kind == CHANGE) {
        let at = fact.place.sentence;
        if here.0 != at {
            before = std::mem::replace(&mut here, (at, Vec::new()));
        }
        let (last, measures) = &before;
        let first = measures.first().filter(|_| last.wrapping_add(1) == at);
        let one = first.filter(|first| measures.iter().all(|other| other == *first));
        let unit = fact.get(Slot::unit).clone();
        let measure = fact.get(Slot::measure);
        let opens = || {
            let sentence = reading.sentences.get(at);
            sentence.is_some_and(|sentence| reading.input(sentence).starts_with("it"))
        };
        let both = !fact.get(Slot::from).is_unknown() && !fact.get(Slot::to).is_unknown();
        let pronoun = measure.as_words().is_some_and(is_pronoun);
        let pointed = both && (pronoun || measure.is_unknown() && opens());
        if let Some((measure, _)) = one.filter(|(_, of)| pointed && *of == unit) {
            *fact = fact.clone().with(Slot::measure, measure.clone());
        }
        here.1.push((fact.get(Slot::measure).clone(), unit));
    }
}

/// Whether a measure is a word that points to one.
fn is_pronoun(measure: &str) -> bool {
    ["it", "this", "that"]
        .iter()
        .any(|word| measure.eq_ignore_ascii_case(word))
}

/// Takes out what ends at a grade or the bracket around one, which moved on its scale: "its rating is 4 (previously 0)".
fn drop_grades(facts: &mut Vec<Fact>) {
    let graded = ratings::ends(facts);
    let of_grades = |span: Span| {
        let last = span.end.saturating_sub(1)..=span.end;
        graded.range(last).next().is_some()
    };
    facts.retain(|fact| fact.kind != CHANGE || !of_grades(fact.span));
}

/// Adds the changes of a sentence: those that its words tell or else, form by form, those between two values. The sentence before
/// is `settled` where it told a change whole.
fn told(words: &Words<'_>, before: &[Words<'_>], settled: bool, facts: &mut Vec<Fact>) {
    let first = facts.len();
    worded(words, before.first(), settled, facts);
    if facts.len() == first
        && let Some(found) = past::then_and_now(words.input, words.levels)
    {
        facts.extend(then_and_now(words, &found));
    }
    if facts.len() == first {
        past_clauses(words, facts);
    }
    if facts.len() == first {
        facts.extend(bracketed_pair(words).or_else(|| dated_pair(words)));
    }
    if facts.len() == first {
        facts.extend(looking_back(words, before).or_else(|| by_now(words, before)));
    }
}

/// Adds the changes that comparisons and movements tell.
fn worded(words: &Words<'_>, previous: Option<&Words<'_>>, settled: bool, facts: &mut Vec<Fact>) {
    let movements = change::movements(words.input, words.levels);
    let mut spans = Vec::new();
    for comparison in words.comparisons {
        if !within(&movements, comparison)
            && let Some((fact, span)) = of_comparison(words, previous, comparison)
        {
            spans.push(span);
            facts.push(fact);
        }
    }
    for movement in &movements {
        if !overlaps(&spans, movement.span) {
            of_movement(words, previous, settled, movement, facts);
        }
    }
}

/// Whether a comparison is a part of a movement that begins before it: "rose to 41, compared with 36 last year".
fn within(movements: &[Movement], comparison: &Comparison) -> bool {
    let after = movements.partition_point(|movement| movement.span.start < comparison.span.start);
    after
        .checked_sub(1)
        .and_then(|at| movements.get(at))
        .is_some_and(|movement| movement.span.overlaps(comparison.span))
}

/// Whether one of `spans`, which are in order, shares a byte with `span`.
fn overlaps(spans: &[Span], span: Span) -> bool {
    let from = spans.partition_point(|known| known.end <= span.start);
    spans.get(from).is_some_and(|known| known.overlaps(span))
}
