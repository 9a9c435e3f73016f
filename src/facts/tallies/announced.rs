//! Lists that a number announces, beside it or below.

use super::{
    Listed, Tallies,
    inline::{equated, inline},
    ways::{close, number_at},
};
use crate::{
    document::BlockKind,
    facts::{lists, reading::Sentence},
    grammar::{
        TokenKind,
        tally::{self as grammar, Counted, Opener},
    },
};

impl Tallies<'_, '_> {
    /// The list that a count announces: beside it, below it, or under its heading.
    pub(super) fn announced(
        &self,
        sentence: &Sentence,
        counted: &Counted,
        next: Option<usize>,
        last: bool,
    ) -> Option<Listed> {
        let input = self.reading.input(sentence);
        if counted.noun.is_empty() {
            let beside = || inline(input, counted, next).filter(|_| counted.opener != Opener::All);
            return beside().or_else(|| self.bare(sentence, counted));
        }
        if let Some(listed) = inline(input, counted, next) {
            return Some(listed);
        }
        if counted.part {
            return None;
        }
        if let Some(listed) = equated(input, counted) {
            return Some(listed);
        }
        if counted.opener == Opener::Back
            && grammar::list_before(input, number_at(input, counted), counted.count)
        {
            return Some(Listed::all(counted.count as usize));
        }
        let document = self.reading.document;
        let block = sentence.place.block;
        if lists::is_heading(document, block) && !lists::leads(document, block) {
            return self.under_heading(sentence, counted);
        }
        self.below(sentence, counted, last)
            .or_else(|| self.named_table(sentence, counted))
            .or_else(|| self.labels_below(sentence, counted))
            .or_else(|| self.told_through(sentence, counted))
            .or_else(|| self.told_next(sentence, counted))
    }

    /// The list below a paragraph that ends in a number alone: "These are the four:".
    fn bare(&self, sentence: &Sentence, counted: &Counted) -> Option<Listed> {
        let block = sentence.place.block;
        let pointed = counted.opener == Opener::Back;
        let leads = lists::leads(self.reading.document, block);
        let last = self.reading.sentences_of(block).last();
        let closes = last.is_some_and(|last| last.place.sentence == sentence.place.sentence);
        self.size_below(block, counted)
            .filter(|&size| pointed && leads && closes && size == counted.count as usize)
            .map(Listed::all)
    }

    /// The rows of the table below a paragraph, where its first column is headed by what the paragraph counts; one line may stand
    /// between that leads in the table.
    fn named_table(&self, sentence: &Sentence, counted: &Counted) -> Option<Listed> {
        let block = sentence.place.block;
        let introduced = !self.by_table.contains_key(&(block + 1))
            && lists::leads(self.reading.document, block + 1)
            && self.reading.sentences_of(block + 1).len() == 1;
        let below = if introduced { block + 2 } else { block + 1 };
        let size = *self.by_table.get(&below)?;
        let named = self.by_head.get(&self.last_word(counted)) == Some(&size);
        let only = introduced || self.reading.sentences_of(block).len() == 1;
        let graded = || self.graded(self.reading.input(sentence), counted).is_some();
        let near = close(size, counted.count as usize);
        (named && only && near && !graded()).then_some(Listed::all(size))
    }

    /// Paragraphs right below a lead, each with a name and a mark at its start: "Complaints upheld – We uphold …".
    fn labels_below(&self, sentence: &Sentence, counted: &Counted) -> Option<Listed> {
        let block = sentence.place.block;
        let last = self.reading.sentences_of(block).last()?.place.sentence;
        let leads = lists::leads(self.reading.document, block) && last == sentence.place.sentence;
        if !leads || counted.count < 2 {
            return None;
        }
        let wanted = counted.count as usize;
        let labelled = (1..=wanted + 2)
            .take_while(|below| self.is_labelled(block + below))
            .count();
        let near = counted.general && labelled > 1 && labelled.abs_diff(wanted) == 1;
        (labelled == wanted || near).then_some(Listed::all(labelled))
    }

    /// Whether a paragraph starts with a few words and a colon or dash.
    fn is_labelled(&self, block: usize) -> bool {
        const LONGEST: usize = 10;
        let paragraph = self
            .reading
            .block(block)
            .is_some_and(|block| matches!(block.kind, BlockKind::Paragraph));
        let first = self.reading.sentences_of(block).first();
        let Some(first) = first.filter(|_| paragraph) else {
            return false;
        };
        let input = self.reading.input(first);
        let mark = input.tokens().iter().take(LONGEST).position(|token| {
            matches!(token.kind, TokenKind::Symbol(':'))
                || matches!(token.kind, TokenKind::Symbol('–' | '—' | '-')) && !token.glued
        });
        mark.is_some_and(|mark| mark > 0 && mark + 1 < input.len())
    }
}
