//! Tallies: numbers that announce how many listed things follow or stand near, and how many really stand there.
//!
//! A number is a tally only when its list can be found: in the same sentence, in the block below, under its heading, as the
//! issues of the document, as the rows of a table or the criteria of a list of ratings. A later number for the same things
//! ("these five priorities", "all four") is one too. A number that no list follows says nothing here.
//!
//! `known` holds what a document has that may be counted. `announced` asks for the list that a number announces: `inline` in its
//! sentence, `below` it, under `headings`, or `told` through the sentences after. What is left is asked for as `pointed` to from
//! afar, and `grades` counts what is rated. `ways` tells of what a number speaks.

mod announced;
mod below;
mod grades;
mod headings;
mod inline;
mod known;
mod pointed;
#[cfg(test)]
mod tests;
mod told;
mod ways;

use rustc_hash::{FxHashMap, FxHashSet};

use self::known::{Group, last_key};
use super::{
    Fact, Place, lists,
    reading::{Reading, Sentence},
    schema::{self, tally},
};
use crate::{
    grammar::tally::{self as grammar, Counted, Opener},
    span::Span,
    value::{Label, Number, Value},
};

/// Adds every tally; issues and ratings must have been found before.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let mut tallies = Tallies::new(reading, facts);
    tallies.claims(facts);
    let claimed: Vec<Span> = tallies.found.iter().map(|fact| fact.span).collect();
    let mut open = Vec::new();
    for (at, sentence) in reading.sentences.iter().enumerate() {
        if sentence.place.cell.is_some() {
            continue;
        }
        let counts = grammar::counts(reading.input(sentence));
        for (index, counted) in counts.iter().enumerate() {
            let at_most = claimed.partition_point(|claim| claim.start <= counted.span.start);
            let last = at_most.checked_sub(1).and_then(|last| claimed.get(last));
            if last.is_some_and(|claim| claim.overlaps(counted.span)) {
                continue;
            }
            let next = counts.get(index + 1).map(|next| next.span.start);
            match tallies.announced(sentence, counted, next, index + 1 == counts.len()) {
                Some(listed) => {
                    tallies.add(sentence, counted, listed);
                    if listed.summed {
                        break;
                    }
                }
                None => open.push((at, *counted)),
            }
        }
    }
    let recent = tallies.recent();
    for (at, counted) in open {
        if let Some(sentence) = reading.sentences.get(at)
            && let Some(listed) = tallies
                .pointed(sentence, &counted)
                .or_else(|| Tallies::again(sentence, &counted, &recent))
        {
            tallies.add(sentence, &counted, listed);
        }
    }
    facts.append(&mut tallies.found);
}

/// How many things stand where a tally says that they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Listed {
    count: Option<usize>,
    complete: bool,
    inline: bool,
    /// Whether things that the list counts were added up.
    summed: bool,
}

impl Listed {
    /// All of so many things, below or elsewhere.
    const fn all(count: usize) -> Self {
        Self {
            count: Some(count),
            complete: true,
            inline: false,
            summed: false,
        }
    }
}

struct Tallies<'a, 'b> {
    reading: &'a Reading<'b>,
    lists: Vec<lists::List>,
    /// Index of the list whose lead a block is.
    by_lead: FxHashMap<usize, usize>,
    /// Size of the list whose first item a block is.
    by_item: FxHashMap<usize, usize>,
    groups: Vec<Group>,
    /// How many issues there are.
    issues: usize,
    /// Indices of groups by the noun and by its last word.
    by_noun: FxHashMap<String, Vec<usize>>,
    /// Index of the group of issues that starts in a block.
    by_first: FxHashMap<usize, usize>,
    /// Size of the table that a block is.
    by_table: FxHashMap<usize, usize>,
    /// Size of the first table whose first column has a head.
    by_head: FxHashMap<String, usize>,
    /// How many criteria the ratings of this inspection name, in lists and tables.
    rated: usize,
    /// How many of them have each grade; empty where a criterion has several.
    grades: FxHashMap<String, usize>,
    /// How many bodies the ratings of this inspection name, in lists and tables.
    bodies: usize,
    /// Indices of the sentences in which a word counts through a list.
    sequences: Vec<usize>,
    /// Blocks of the headings that a noun ends: "Shops of concern".
    by_heading: FxHashMap<String, Vec<usize>>,
    /// Sizes of announced lists, by the head of the noun.
    known: FxHashMap<String, usize>,
    /// Heads of the nouns of announced lists that were spoken of as known: "the eight areas".
    definite: FxHashSet<String>,
    /// How many criteria the ratings of a sentence name.
    rated_in: FxHashMap<usize, usize>,
    found: Vec<Fact>,
}

impl Tallies<'_, '_> {
    /// Adds a tally, and remembers the list that it announces.
    fn add(&mut self, sentence: &Sentence, counted: &Counted, listed: Listed) {
        let head = self.head(counted);
        if counted.opener == Opener::Known && listed.complete {
            self.definite.insert(head.clone());
        }
        if let Some(count) = listed.count {
            for name in [head, self.last_word(counted)] {
                if !name.is_empty() {
                    self.known.entry(name).or_insert(count);
                }
            }
        }
        let noun = if counted.noun.is_empty() {
            let group = self.groups.first();
            let group = group.filter(|_| counted.opener == Opener::All);
            Value::from(group.map(|group| group.noun.clone()))
        } else {
            self.reading.label(counted.noun).into()
        };
        let place = Place {
            cell: None,
            ..sentence.place
        };
        let number = |count: usize| Number::exact(count.into());
        self.found.push(
            Fact::new(schema::TALLY, counted.span, place)
                .with(tally::Slot::count, number(counted.count as usize))
                .with(tally::Slot::noun, noun)
                .with(tally::Slot::listed, listed.count.map(number))
                .with(tally::Slot::complete, listed.complete)
                .with(tally::Slot::inline, listed.inline),
        );
    }

    /// The key of the last word of what is counted.
    fn last_word(&self, counted: &Counted) -> String {
        last_key(&Label::new(self.reading.document.text_of(counted.head)))
    }

    /// The key of the noun's last word.
    fn head(&self, counted: &Counted) -> String {
        Label::new(self.reading.document.text_of(counted.head))
            .key()
            .to_owned()
    }
}
