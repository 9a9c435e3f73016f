//! Lists that a number points to from anywhere in a document.

use rust_decimal::prelude::ToPrimitive;

use super::{
    Listed, Tallies,
    known::Group,
    ways::{clause_of, close, number_at, past, points_at_all, points_at_every},
};
use crate::{
    facts::{lists, reading::Sentence, schema::tally},
    grammar::{
        Class, Classes, Input, TokenKind, noun,
        tally::{Counted, Opener},
    },
};

impl Tallies<'_, '_> {
    /// The tallies found so far with a list that fits, by where they stand: their counts and sentences.
    pub(super) fn recent(&self) -> Vec<(usize, u32)> {
        let mut recent: Vec<(usize, u32)> = self
            .found
            .iter()
            .filter_map(|fact| {
                let number = |slot| fact.get(slot).as_number()?.value().to_u32();
                let count = number(tally::Slot::count)?;
                (number(tally::Slot::listed) == Some(count)).then_some((fact.place.sentence, count))
            })
            .collect();
        recent.sort_unstable();
        recent
    }

    /// "These four areas", right after four things of another name were counted.
    pub(super) fn again(
        sentence: &Sentence,
        counted: &Counted,
        recent: &[(usize, u32)],
    ) -> Option<Listed> {
        const NEAR: usize = 6;
        let at = sentence.place.sentence;
        let back = match counted.opener {
            Opener::Back => (counted.general || counted.noun.is_empty()) && !counted.part,
            Opener::All => counted.noun.is_empty(),
            _ => false,
        };
        let before = recent.partition_point(|&(sentence, _)| sentence < at);
        let &(last, count) = recent.get(before.checked_sub(1)?)?;
        (back && at - last <= NEAR && count == counted.count).then_some(Listed::all(count as usize))
    }

    /// The list that a count points to from anywhere in the document.
    pub(super) fn pointed(&self, sentence: &Sentence, counted: &Counted) -> Option<Listed> {
        let input = lists::around(self.reading.input(sentence), counted.span);
        if counted.part {
            return None;
        }
        if let Some(listed) = self.graded(input, counted) {
            return Some(listed);
        }
        if let Some(listed) = self.issues(counted).filter(|listed| {
            listed.count == Some(counted.count as usize) && !input.holds(Class::Previous)
        }) {
            return Some(listed);
        }
        let found = if past(input, counted) {
            self.subject_of_table(sentence, counted)
        } else if counted.noun.is_empty() {
            self.all_issues(input, counted)
        } else {
            self.issues(counted)
                .or_else(|| self.table_rows(input, counted))
                .or_else(|| self.rated_criteria(input, counted))
                .or_else(|| self.rated_next(sentence, counted))
                .or_else(|| self.rated_bodies(counted))
                .or_else(|| self.numbered_below(sentence, counted))
        };
        if found.is_some() {
            return found;
        }
        if !clause_of(input, counted).holds(Class::Previous)
            && let Some(listed) = self.under_name(counted)
        {
            return Some(listed);
        }
        let size = *self.known.get(&self.head(counted))?;
        let points = matches!(counted.opener, Opener::All | Opener::Back | Opener::Known);
        let later = counted.general && self.definite.contains(&self.head(counted));
        let fits = (points || later) && size == counted.count as usize;
        // "All four improvements" are those that were announced, though they were three.
        let issues = counted.issues.is_some()
            || counted.general && (size == self.issues || counted.opener == Opener::Known);
        let whole = issues && points_at_every(input, counted);
        (fits || whole && close(size, counted.count as usize)).then_some(Listed::all(size))
    }

    /// "All four": every issue, where that many are listed or the sentence accepts them.
    fn all_issues(&self, input: Input<'_>, counted: &Counted) -> Option<Listed> {
        let total = self.issues;
        let accepts = input.holds(Class::Accepted);
        (total > 0 && accepts)
            .then_some(Listed::all(total))
            .filter(|_| counted.count > 1)
    }

    /// Issues by their name and series. A number that differs from the list is only believed where one list has the name.
    pub(super) fn issues(&self, counted: &Counted) -> Option<Listed> {
        let series = counted.issues?;
        let named = self.named(&self.head(counted));
        let wanted = counted.count as usize;
        if !series.is_empty() {
            let label = self.reading.label(series);
            let mut of_series = named
                .iter()
                .filter(|group| group.series.as_ref() == Some(&label));
            if let (Some(only), None) = (of_series.next(), of_series.next()) {
                return Some(Listed::all(only.size));
            }
        }
        let total: usize = named.iter().map(|group| group.size).sum();
        let fits = |group: &&Group| group.size == wanted || group.whole == wanted;
        if wanted > 1 && (named.iter().any(fits) || total == wanted) {
            return Some(Listed::all(wanted));
        }
        if let Some(total) = self.numbered_through(counted).filter(|_| wanted > 1) {
            return Some(Listed::all(total));
        }
        match named.as_slice() {
            [only] if wanted > 1 => Some(Listed {
                complete: !only.partial,
                ..Listed::all(only.size)
            }),
            // "One cause of concern" where one is stated.
            [only] if wanted == 1 && only.size == 1 && self.names_at_length(counted) => {
                Some(Listed::all(1))
            }
            // Lists may name what they hold otherwise, or not at all: only a number that fits is believed.
            [] if wanted > 1 && self.issues == wanted && series.is_empty() => {
                Some(Listed::all(wanted))
            }
            _ => None,
        }
    }

    /// The groups of issues of a name, as many as are looked at.
    fn named(&self, name: &str) -> Vec<&Group> {
        let groups = self.by_noun.get(name).into_iter().flatten();
        groups
            .take(MOST_GROUPS)
            .filter_map(|&at| self.groups.get(at))
            .collect()
    }

    /// Whether what is counted has a name of several words: "one cause of concern" announces it, "one order" need not.
    fn names_at_length(&self, counted: &Counted) -> bool {
        self.reading.document.text_of(counted.noun).contains(' ')
    }

    /// How many issues one numbering has that runs on through lists of several names: priority concerns 1 and 2, other
    /// concerns 3 to 5.
    fn numbered_through(&self, counted: &Counted) -> Option<usize> {
        let named = self.named(&self.last_word(counted));
        let total: usize = named.iter().map(|group| group.size).sum();
        let through =
            named.last()?.last.parse() == Ok(total) && close(total, counted.count as usize);
        through.then_some(total)
    }

    /// As [`Self::numbered_through`], for lists that follow under the heading of the count and are named by its noun: "13
    /// concerns" over priority concerns 1 to 5 and key concerns 6 to 12.
    fn numbered_below(&self, sentence: &Sentence, counted: &Counted) -> Option<Listed> {
        let document = self.reading.document;
        let heading = document.blocks.get(sentence.place.block)?.section?;
        let total = self
            .numbered_through(counted)
            .filter(|_| counted.count > 2)?;
        let &first = self.by_noun.get(&self.last_word(counted))?.first()?;
        let first = self.groups.get(first)?.first_block;
        let below = sentence.place.block < first && document.headings(first).contains(&heading);
        below.then_some(Listed::all(total))
    }

    /// Rows of the table whose first column has the noun for its head.
    fn table_rows(&self, input: Input<'_>, counted: &Counted) -> Option<Listed> {
        let head = self.head(counted);
        let size = *self.by_head.get(&head)?;
        let fits = size == counted.count as usize && counted.count > 2;
        (fits || points_at_all(input, counted)).then_some(Listed::all(size))
    }

    /// Rows of a table that a sentence is about, whatever year it speaks of: "The five companies caused 318 spills in 2023."
    fn subject_of_table(&self, sentence: &Sentence, counted: &Counted) -> Option<Listed> {
        let input = self.reading.input(sentence);
        let opens = number_at(input, counted) == input.position() + 1;
        let bare = counted.opener == Opener::Known && counted.noun == counted.head;
        let says = says_of(input.restart(counted.end));
        let size = *self.by_head.get(&self.head(counted))?;
        let near = close(size, counted.count as usize) && counted.count > 2;
        let dated = clause_of(input, counted).holds(Class::Previous);
        (opens && bare && says && near && !dated).then_some(Listed::all(size))
    }
}

/// Whether something is said right away of what was counted: "[the five companies] caused", not "that reported".
fn says_of(rest: Input<'_>) -> bool {
    const LINKS: Classes = Classes::of(&[Class::Preposition, Class::Conjunction, Class::Pronoun]);
    rest.first()
        .is_some_and(|token| token.kind == TokenKind::Word)
        && !noun::is_a(rest, LINKS)
        && !["that", "which", "who"]
            .iter()
            .any(|word| rest.starts_with(word))
}

/// Groups of issues of one name that are looked at, at most; a bound that keeps the cost linear.
const MOST_GROUPS: usize = 100;
