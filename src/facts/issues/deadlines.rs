//! By when issues are to be dealt with.

use super::Issue;
use crate::{
    facts::{
        Fact,
        reading::Reading,
        schema::{self, date},
    },
    grammar::Class,
    span::Span,
    value::Value,
};

/// The dates of a document that something is due by, in order of place.
pub(super) struct Deadlines {
    /// Dates by which something is due.
    pub(super) due: Vec<(Span, Value)>,
    /// All dates, as the column of a table may say what they are.
    pub(super) all: Vec<(Span, Value)>,
}

impl Deadlines {
    pub(super) fn new(reading: &Reading<'_>, facts: &[Fact]) -> Self {
        let dates = |is_due: bool| {
            let mut dates: Vec<(Span, Value)> = facts
                .iter()
                .filter(|fact| {
                    fact.kind == schema::DATE && (!is_due || self::is_due(reading, fact))
                })
                .map(|fact| (fact.span, fact.get(date::Slot::to).clone()))
                .collect();
            dates.sort_by_key(|(span, _)| *span);
            dates
        };
        Self {
            due: dates(true),
            all: dates(false),
        }
    }

    /// By when an issue is to be dealt with: what the column for that says, or else the first date by which something is due in
    /// what belongs to it; unknown where there is none.
    pub(super) fn of(&self, issue: &Issue) -> Value {
        match issue.due {
            Some(cell) => within(&self.all, cell),
            None => within(&self.due, issue.extent),
        }
    }
}

/// The first of some dates inside a span; unknown where there is none.
pub(super) fn within(dates: &[(Span, Value)], span: Span) -> Value {
    let at = dates.partition_point(|(date, _)| date.start < span.start);
    dates
        .get(at)
        .filter(|(date, _)| span.contains(*date))
        .map_or(Value::Unknown, |(_, day)| day.clone())
}

/// Whether a date is a deadline by its role, or by the word before it.
fn is_due(reading: &Reading<'_>, fact: &Fact) -> bool {
    let before = reading
        .document
        .text
        .get(..fact.span.start)
        .unwrap_or_default();
    let mut words = before
        .split_whitespace()
        .rev()
        .map(|word| word.trim_start_matches('('));
    let lexicon = &reading.vocabulary.lexicon;
    let word = words.next();
    let is = |one_of: &[&str]| {
        word.is_some_and(|word| one_of.iter().any(|other| word.eq_ignore_ascii_case(other)))
    };
    // "By the end of May", but not "the value as of May"
    let mut part = || {
        words.next().is_some_and(|word| {
            let mut meanings = lexicon.meanings_of(word);
            meanings.any(|meaning| meaning.class == Class::PeriodPart)
        })
    };
    fact.get(date::Slot::role) == &Value::Symbol("deadline")
        || is(&["by", "before"])
        || is(&["of"]) && part()
}
