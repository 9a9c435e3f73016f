//! Issues: recommendations, requirements, areas for improvement and failings, in lists, under labels, in tables.
//!
//! What stands before a thing tells whether it is an issue and what it is called: `cues` reads leads, titles and headings, `duties`
//! who must do what. `labels`, `items`, `tables` and `paragraphs` find the issues of each form, `answers` those that only their
//! answers tell, and `columns` what the columns of a table are, for responses too. `series` tells apart what has one number, and
//! `deadlines` finds by when it is due.

mod answers;
mod columns;
mod cues;
mod deadlines;
mod duties;
mod items;
mod labels;
mod paragraphs;
mod series;
mod tables;
#[cfg(test)]
mod tests;

use rustc_hash::FxHashSet;

use self::{
    answers::answered_items,
    deadlines::Deadlines,
    labels::{labelled, unnumbered},
    paragraphs::{paragraph_issues, run_in},
    series::name_series,
};
use super::{
    Fact, Place,
    reading::Reading,
    schema::{self, issue},
};
use crate::{
    grammar::Input,
    span::Span,
    value::{Label, Value},
};

pub(super) use self::{
    answers::under_response,
    columns::{Columns, columns},
    labels::labels,
    tables::{leading_number, row_number, sentence_at},
};

/// Adds every issue of the document.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let mut found = labelled(reading);
    found.extend(unnumbered(reading));
    items::add(reading, &mut found);
    found.extend(tables::issues(reading));
    found.extend(run_in(reading));
    if found.is_empty() {
        found.extend(answered_items(reading));
    }
    without_answers(&mut found);
    let paragraphs = paragraph_issues(reading, &found);
    found.extend(paragraphs);
    found.sort_by_key(|issue| issue.span);
    name_series(reading, &mut found);
    let deadlines = Deadlines::new(reading, facts);
    let made: Vec<Fact> = found.iter().map(|issue| issue.fact(&deadlines)).collect();
    facts.extend(made);
}

/// Drops what only repeats an issue: the heads of its answers, and what stands inside it.
fn without_answers(found: &mut Vec<Issue>) {
    let listed: FxHashSet<(String, String)> = found
        .iter()
        .filter(|issue| !issue.answers && !issue.number.is_empty())
        .map(|issue| (issue.noun.clone(), issue.number.clone()))
        .collect();
    found.retain(|issue| {
        !(issue.answers && listed.contains(&(issue.noun.clone(), issue.number.clone())))
    });
    found.sort_by_key(|issue| issue.span);
    found.dedup_by(|later, first| {
        first.extent.contains(later.span)
            && (first.span != later.span || first.number == later.number)
    });
}

/// An issue before it becomes a fact.
#[derive(Clone, Debug)]
struct Issue {
    number: String,
    noun: String,
    series: Option<Label>,
    /// Label and first sentence.
    span: Span,
    /// Everything that belongs to the issue in its block.
    extent: Span,
    place: Place,
    /// Whether its label may head an answer instead, where a list has the number already.
    answers: bool,
    /// The cell that says by when it is done, where its table has a column for that.
    due: Option<Span>,
}

impl Issue {
    /// One without a number, over a sentence.
    fn unnumbered(input: Input<'_>, noun: String, extent: Span, place: Place) -> Self {
        Self {
            number: String::new(),
            noun,
            series: None,
            span: input.span(),
            extent,
            place,
            answers: false,
            due: None,
        }
    }

    fn fact(&self, deadlines: &Deadlines) -> Fact {
        Fact::new(schema::ISSUE, self.span, self.place)
            .with(issue::Slot::number, Value::text(&self.number))
            .with(issue::Slot::noun, Label::new(&self.noun))
            .with(issue::Slot::series, self.series.clone())
            .with(issue::Slot::deadline, deadlines.of(self))
    }
}
