//! Ratings: what each criterion was given, in tables, lists, headings and prose.
//!
//! Tables and lists come first: what they rate is known by name when prose is read, so that "responding to fires and other
//! emergencies" stays one criterion and "leadership is good" is a rating where leadership stands in the table.

mod bodies;
mod cells;
mod changes;
mod claims;
mod doubts;
mod flat;
mod gaps;
mod histories;
mod labels;
mod lists;
mod mentions;
mod moves;
mod prose;
mod rounds;
mod scales;
mod sheet;
mod standards;
mod stories;
mod tables;
#[cfg(test)]
mod tests;
mod wrapped;

use std::collections::BTreeSet;

use self::{
    labels::{criterion, label, without_number},
    scales::Scales,
    sheet::{Rated, Sheet, fact, when},
};
use super::{
    Fact,
    reading::Reading,
    schema::{DATE, RATING, date},
};

/// Where the ratings among these facts end, in bytes of the text: a number that ends there is a grade, and counts nothing.
pub(super) fn ends(facts: &[Fact]) -> BTreeSet<usize> {
    facts
        .iter()
        .filter(|fact| fact.kind == RATING)
        .map(|fact| fact.span.end)
        .collect()
}

/// Adds ratings, claims, movements, gaps and mentions of grades.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let mut sheet = Sheet::default();
    let (year, published) = document_year(facts);
    let mut read = vec![false; reading.document.blocks.len()];
    tables::read(reading, year, &mut sheet);
    lists::read(reading, &mut sheet, &mut read);
    standards::read(reading, &mut sheet, &mut read);
    flat::read(reading, &read, &mut sheet);
    prose::read(reading, year, &read, &mut sheet);
    claims::spell_out(reading, &mut sheet);
    rounds::date_by_others(published, &mut sheet);
    doubts::settle(reading, year, &mut sheet);
    bodies::settle(reading, &mut sheet);
    rounds::settle(reading, year, &mut sheet);
    stories::settle(reading, facts, &mut sheet);
    gaps::in_lists(reading, &mut sheet);
    let scales = Scales::new(reading.vocabulary, sheet.grades());
    let groups = scales.groups(reading, &sheet.ratings);
    let ratings = sheet.ratings.iter().enumerate();
    facts.extend(ratings.map(|(at, rated)| fact(rated, groups.grade(at, &rated.grade))));
    claims::facts(&sheet, &scales, facts);
    changes::facts(&sheet, &scales, facts);
    gaps::facts(&sheet, facts);
    mentions::facts(&sheet, &scales, facts);
}

/// The year in which the document was made: of its publication, else of the first dates in it; and the former alone.
fn document_year(facts: &[Fact]) -> (Option<i16>, Option<i16>) {
    let year = |fact: &Fact| Some(fact.get(date::Slot::to).as_days()?.to().year());
    let dates = || facts.iter().filter(|fact| fact.kind == DATE);
    let is_published = |fact: &&Fact| {
        matches!(
            fact.get(date::Slot::role).as_words(),
            Some("published" | "updated")
        )
    };
    let published = dates().filter(is_published).find_map(year);
    (
        published.or_else(|| dates().filter_map(year).take(3).max()),
        published,
    )
}
