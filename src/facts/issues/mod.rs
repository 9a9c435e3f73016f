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

use rustc_hash::{FxHashMap, FxHashSet};

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
    document::BlockKind,
    grammar::{Class, Input},
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
    without_answers(reading, &mut found);
    let paragraphs = paragraph_issues(reading, &found);
    found.extend(paragraphs);
    found.sort_by_key(|issue| issue.span);
    name_series(reading, &mut found);
    let deadlines = Deadlines::new(reading, facts);
    let made: Vec<Fact> = found.iter().map(|issue| issue.fact(&deadlines)).collect();
    facts.extend(made);
}

/// Drops what only repeats an issue: the heads of its answers, and what stands inside it. Where two or more heads answer issues
/// that are listed, one with another number answers too, an issue that is not there.
fn without_answers(reading: &Reading<'_>, found: &mut Vec<Issue>) {
    // What a page counts has a number for its readers.
    let number = |issue: &Issue| match &reading.block(issue.place.block)?.kind {
        _ if !issue.number.is_empty() => Some(issue.number.clone()),
        BlockKind::ListItem(item) => item.counted.map(|number| number.to_string()),
        _ => None,
    };
    let listed: FxHashSet<(String, String)> = found
        .iter()
        .filter(|issue| !issue.answers)
        .filter_map(|issue| Some((issue.noun.clone(), number(issue)?)))
        .collect();
    let is_listed = |issue: &Issue| listed.contains(&(issue.noun.clone(), issue.number.clone()));
    let mut heads: FxHashMap<String, (usize, usize)> = FxHashMap::default();
    for issue in found.iter().filter(|issue| issue.answers) {
        let (answers, others) = heads.entry(issue.noun.clone()).or_default();
        *(if is_listed(issue) { answers } else { others }) += 1;
    }
    let answered = |noun: &str| {
        let heads = heads.get(noun);
        heads.is_some_and(|(answers, others)| *answers >= 2 && others < answers)
    };
    let things = answers_to_things(reading, found);
    found.retain(|issue| {
        let answers = issue.answers && (is_listed(issue) || answered(&issue.noun));
        !answers && !things.contains(&issue.span)
    });
    found.sort_by_key(|issue| issue.span);
    found.dedup_by(|later, first| {
        first.extent.contains(later.span)
            && (first.span != later.span || first.number == later.number)
    });
}

/// The labels that answer a list whose lead does not say what it holds: below "They asked us to do three things:" and a numbered
/// list, "Recommendation 2. Done." They have no number that the list lacks, and lay no duty.
fn answers_to_things(reading: &Reading<'_>, found: &[Issue]) -> FxHashSet<Span> {
    const THINGS: &str = "action";
    let is_item = |issue: &&Issue| {
        let block = reading.block(issue.place.block);
        block.is_some_and(|block| matches!(block.kind, BlockKind::ListItem(_)))
    };
    let numbered = |issue: &&Issue| !issue.number.is_empty() && issue.series.is_none();
    let (items, labels): (Vec<&Issue>, Vec<&Issue>) =
        found.iter().filter(numbered).partition(is_item);
    let numbers: FxHashSet<&str> = items.iter().map(|issue| issue.number.as_str()).collect();
    let last = items.iter().map(|issue| issue.span.end).max().unwrap_or(0);
    let duty = |issue: &Issue| {
        let text = reading.sentences_of(issue.place.block);
        text.iter()
            .any(|sentence| reading.input(sentence).holds(Class::Directive))
    };
    let answers = |label: &Issue| {
        label.noun != THINGS
            && label.span.start > last
            && numbers.contains(label.number.as_str())
            && !duty(label)
    };
    let used: FxHashSet<&str> = labels.iter().map(|label| label.number.as_str()).collect();
    let things = items.iter().all(|item| item.noun == THINGS);
    let once = used.len() == labels.len() && used.len() >= 2;
    let all = things && once && labels.iter().all(|label| answers(label));
    let spans = labels.iter().map(|label| label.span);
    if all {
        spans.collect()
    } else {
        FxHashSet::default()
    }
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
