//! Responses: what the inspected body says to the issues, under labels, in tables, in sentences of acceptance and in speech.
//!
//! `listed` holds the issues that can be answered. `labelled`, `numbered` and `tables` find what answers them in so many words,
//! `accepted` the sentences that say so. Where nothing is answered directly, `spoken` and `reported` listen to what the body says, by
//! the signs in `speech`.

mod accepted;
mod labelled;
mod listed;
mod numbered;
mod reported;
mod speech;
mod spoken;
mod tables;
#[cfg(test)]
mod tests;

use self::{
    accepted::accepted,
    labelled::{labelled, under_one_heading},
    listed::Listed,
    numbered::{coded, in_turn, items, numbered},
    reported::reported,
    spoken::spoken,
    tables::rows,
};
use super::{
    Fact, Place,
    reading::Reading,
    schema::{self, response as slots},
};
use crate::{
    document::BlockKind,
    grammar::{Input, response::Stance},
    span::Span,
    value::{Label, Value},
};

/// Adds every response; issues must have been found before.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let listed = Listed::new(reading, facts);
    let mut found = labelled(reading, &listed);
    found.extend(numbered(reading, &listed));
    for (block, block_of) in reading.document.blocks.iter().enumerate() {
        if let BlockKind::Table(table) = &block_of.kind {
            found.extend(rows(reading, &listed, block, table));
        }
    }
    found.extend(items(reading, &listed, &found));
    found.extend(coded(reading, &listed, &found));
    found.extend(in_turn(reading, &listed, &found));
    let direct = !found.is_empty();
    found.sort_by_key(|response| response.span);
    let accepted = accepted(reading, &listed, &found);
    found.extend(accepted);
    if !direct {
        let rated = facts.iter().any(|fact| fact.kind == schema::RATING);
        let spoken = spoken(reading, &listed, &found, rated);
        found.extend(spoken);
        let reported = reported(reading, &listed, &found, rated);
        found.extend(reported);
    }
    if found.is_empty() {
        found.extend(under_one_heading(reading, &listed));
    }
    facts.extend(found.into_iter().map(Response::fact));
}

/// A response before it becomes a fact.
#[derive(Clone, Debug)]
struct Response {
    to: Vec<String>,
    stance: Option<Stance>,
    noun: Option<Label>,
    /// Label and first sentence.
    span: Span,
    /// All that the response says.
    extent: Span,
    place: Place,
}

impl Response {
    /// What is said in some words, neither accepted nor refused.
    fn plain(to: Vec<String>, words: Input<'_>, place: Place) -> Self {
        Self {
            to,
            stance: None,
            noun: None,
            span: words.span(),
            extent: words.span(),
            place,
        }
    }

    /// The fact of a response.
    fn fact(self) -> Fact {
        Fact::new(schema::RESPONSE, self.span, self.place)
            .with(
                slots::Slot::to,
                Value::list(self.to.iter().map(|number| Value::text(number))),
            )
            .with(
                slots::Slot::stance,
                Value::Symbol(self.stance.map_or("none", Stance::symbol)),
            )
            .with(slots::Slot::noun, self.noun)
    }
}

/// Spans sorted by their start, as [`covered`] wants them.
fn in_order(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut spans: Vec<Span> = spans.collect();
    spans.sort_unstable();
    spans
}

/// Whether a byte lies in one of some spans that are sorted by their start.
fn covered(spans: &[Span], at: usize) -> bool {
    let after = spans.partition_point(|span| span.start <= at);
    after
        .checked_sub(1)
        .and_then(|last| spans.get(last))
        .is_some_and(|span| at < span.end)
}
