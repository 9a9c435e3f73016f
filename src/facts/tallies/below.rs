//! Lists, tables and issues right below the paragraph of a number.

use rust_decimal::Decimal;

use super::{Listed, Tallies, ways::past};
use crate::{
    document::BlockKind,
    facts::{lists, reading::Sentence},
    grammar::{
        Class, Input,
        number::quantity,
        tally::{self as grammar, Counted, Opener},
    },
};

impl Tallies<'_, '_> {
    /// A list, table or series of issues right below the paragraph.
    pub(super) fn below(
        &self,
        sentence: &Sentence,
        counted: &Counted,
        last: bool,
    ) -> Option<Listed> {
        let block = sentence.place.block;
        let sentences = self.reading.sentences_of(block);
        let from_end = sentences.last()?.place.sentence - sentence.place.sentence;
        if from_end > MOST_AFTER {
            return None;
        }
        let input = lists::around(self.reading.input(sentence), counted.span);
        let leads = lists::leads(self.reading.document, block);
        let ahead = counted.opener == Opener::Ahead
            || counted.issues.is_some() && last
            || self.is_shown(sentence, counted, last);
        let colon = from_end == 0 && leads;
        if !(colon && last || ahead || counted.general && from_end <= 1 && last)
            || !colon && past(input, counted)
        {
            return None;
        }
        let size = self.size_below(block, counted)?;
        let fits = size == counted.count as usize;
        if !fits && self.counts_again(sentences, from_end, size) {
            return None;
        }
        if !fits && let Some(sum) = self.counted_by_items(block, counted) {
            return (sum == counted.count).then(|| Listed::all(sum as usize));
        }
        let close = size.abs_diff(counted.count as usize) <= 2;
        let names = (counted.general || counted.opener == Opener::Ahead)
            && (colon || ahead || from_end == 1 && leads);
        // "The report has seven actions for us." right above those that are labelled.
        let heads = from_end == 0
            && last
            && counted.general
            && counted.count > 2
            && self.by_first.contains_key(&(block + 1));
        let leads_in =
            colon && (input.holds(Class::Announcer) || lists::leads_right(input, counted.end));
        let announces = heads || leads_in;
        let names_a_part = |input: Input<'_>| input.holds(Class::Including);
        let mut after = sentences.iter().rev().take(from_end);
        let complete = !names_a_part(input.restart(counted.end))
            && !after.any(|after| names_a_part(lists::opening(self.reading.input(after))));
        (fits || names || announces && close).then_some(Listed {
            complete,
            ..Listed::all(size)
        })
    }

    /// Whether words after a count say that what is counted stands below: "Six expectations, which are listed below.", or one
    /// sentence more, which leads to them.
    fn is_shown(&self, sentence: &Sentence, counted: &Counted, last: bool) -> bool {
        let block = sentence.place.block;
        let announces = |input: Input<'_>| input.holds(Class::Announcer);
        let end = self.reading.sentences_of(block).last();
        let Some(end) = end.filter(|end| end.place.sentence <= sentence.place.sentence + 1) else {
            return false;
        };
        if end.place.sentence == sentence.place.sentence {
            let after = self.reading.input(sentence).restart(counted.end);
            return last && counted.general && announces(after);
        }
        lists::leads(self.reading.document, block)
            && announces(lists::opening(self.reading.input(end)))
    }

    /// Whether one of the last sentences of a block has a number of its own for the list below: "Six steps are left. Three
    /// are urgent:".
    fn counts_again(&self, sentences: &[Sentence], last: usize, size: usize) -> bool {
        let size = Decimal::from(size);
        let mut after = sentences.iter().rev().take(last);
        after.any(|sentence| {
            let input = lists::opening(self.reading.input(sentence));
            input
                .starts()
                .any(|here| quantity(here).is_ok_and(|(_, found)| found.number.value() == size))
        })
    }

    /// How many of the counted things the items of a list hold together, where each has a number for them: "good in three areas". Then
    /// the items are not what is counted.
    fn counted_by_items(&self, block: usize, counted: &Counted) -> Option<u32> {
        let list = self.lists.get(*self.by_lead.get(&block)?)?;
        if list.items.len() > MOST_ITEMS {
            return None;
        }
        let head = self.last_word(counted);
        let mut numbers = list.items.iter().map(|&item| {
            let mut sentences = self.reading.sentences_of(item).iter();
            sentences.find_map(|sentence| {
                let own = |own: &Counted| own.noun.is_empty() || self.last_word(own) == head;
                let counts = grammar::counts(self.reading.input(sentence));
                counts.iter().find(|found| own(found)).map(|own| own.count)
            })
        });
        numbers.try_fold(0, |sum, number| Some(number? + sum))
    }

    /// How many things the block below has: items, rows or labelled issues, these of the series that is counted.
    pub(super) fn size_below(&self, block: usize, counted: &Counted) -> Option<usize> {
        if let Some(&list) = self.by_lead.get(&block) {
            return self.size_of(self.lists.get(list)?);
        }
        let group = self
            .by_first
            .get(&(block + 1))
            .and_then(|&at| self.groups.get(at));
        let Some(group) = group else {
            return self.by_table.get(&(block + 1)).copied();
        };
        // Several series follow one another; a count of one of them finds it by its name.
        let only = self.groups.len() == 1;
        (group.series.is_none() || counted.issues.is_none() || only).then_some(group.size)
    }

    /// How many items a list has, those included that run on in the line of another; none where some were left out.
    fn size_of(&self, list: &lists::List) -> Option<usize> {
        if lists::is_excerpt(self.reading.document, list) {
            return None;
        }
        let run_on = list.items.iter().map(|&item| {
            let kind = self.reading.block(item).map(|block| &block.kind);
            let number = match kind {
                Some(BlockKind::ListItem(kind)) => kind.number.parse().ok(),
                _ => None,
            };
            number.map_or(0, |number| {
                lists::run_on(self.reading, item, number) as usize
            })
        });
        let size = list.items.len() + run_on.sum::<usize>();
        Some(size + usize::from(self.goes_on_in_prose(list, size)))
    }

    /// Whether the paragraph behind a list tells of one more item by its place: "The sixth, which takes effect at once, is …".
    fn goes_on_in_prose(&self, list: &lists::List, size: usize) -> bool {
        let next = list.items.last().map(|last| last + 1);
        let first = next.and_then(|next| self.reading.sentences_of(next).first());
        let told = first.and_then(|first| {
            let input = self.reading.input(first);
            let the = usize::from(input.starts_with("the"));
            let place = input.lexeme(Class::Sequence);
            place.or_else(|| input.skip(the).lexeme(Class::Sequence))
        });
        told.is_some_and(|(_, place)| place.canonical.parse() == Ok(size + 1))
    }
}

/// Items that may count what is counted, at most.
const MOST_ITEMS: usize = 40;

/// Sentences that may stand between an announcement and its list.
const MOST_AFTER: usize = 4;
