//! Ratings of the earlier inspections of which a paragraph tells: "We carried out an inspection on 5 April 2016. The practice was rated
//! as good for safe services", in the report on an inspection of 2018.

use jiff::{Span, civil::Date};
use rustc_hash::FxHashMap;

use super::Sheet;
use crate::{
    facts::{
        Fact,
        reading::Reading,
        schema::{DATE, date},
    },
    grammar::{Class, rating::Round},
};

/// Tokens from the word for an inspection to its day.
const NEAR: usize = 8;

/// Days before the latest inspection that make another of it: visits of one inspection lie closer together.
const APART: i64 = 120;

/// Puts ratings of running text into an earlier round where their paragraph has last spoken of an inspection long before the latest
/// that the document dates. `facts` holds the dates.
pub(super) fn settle(reading: &Reading<'_>, facts: &[Fact], sheet: &mut Sheet) {
    let days = inspections(reading, facts);
    let Some(bound) = days
        .values()
        .max()
        .and_then(|latest| latest.checked_sub(Span::new().days(APART)).ok())
    else {
        return;
    };
    let told = told(reading, &days);
    for rated in &mut sheet.ratings {
        if rated.form != "prose" || rated.round != Round::Current {
            continue;
        }
        let day = told.get(rated.place.sentence).copied().flatten();
        let Some(year) = day.filter(|day| *day < bound).map(Date::year) else {
            continue;
        };
        if rated.year.is_none_or(|own| own == year) {
            rated.round = Round::Previous;
            rated.year = Some(year);
            rated.sure = false;
        }
    }
}

/// The days of inspections, by sentence: a word for one stands shortly before the date.
fn inspections(reading: &Reading<'_>, facts: &[Fact]) -> FxHashMap<usize, Date> {
    let dates = facts.iter().filter(|fact| fact.kind == DATE);
    let found = dates.filter_map(|fact| {
        let from = fact.get(date::Slot::from).as_days()?.from();
        let to = fact.get(date::Slot::to).as_days()?.to();
        let sentence = reading.sentences.get(fact.place.sentence)?;
        let input = reading.input(sentence);
        let start = input
            .tokens()
            .partition_point(|token| token.span.start < fact.span.start);
        let before = input.skip(start.saturating_sub(NEAR));
        let before = before.until(input.position() + start);
        let inspected = from == to && before.holds(Class::InspectionNoun);
        inspected.then_some((fact.place.sentence, from))
    });
    found.collect()
}

/// The day of the inspection that each sentence's paragraph has last spoken of; `None` where it has turned to what holds now.
fn told(reading: &Reading<'_>, days: &FxHashMap<usize, Date>) -> Vec<Option<Date>> {
    let mut last = (0, None);
    let sentences = reading.sentences.iter();
    let told = sentences.map(|sentence| {
        let (block, day) = last;
        let day = if block == sentence.place.block {
            day
        } else {
            None
        };
        let now =
            sentence.classes.has(Class::Current) && reading.input(sentence).holds(Class::Current);
        let day = match days.get(&sentence.place.sentence) {
            _ if now => None,
            Some(day) => Some(*day),
            None => day,
        };
        last = (sentence.place.block, day);
        day
    });
    told.collect()
}
