//! A document made ready for the extractors: lexed once and cut into sentences that know their place.

use std::{cell::OnceCell, ops::Range};

use super::{
    Place, dates,
    figures::{self, Counted},
};
use crate::{
    document::{Block, BlockKind, Document},
    framework::Vocabulary,
    grammar::{
        Class, Classes, Input, Lexed,
        comparison::{self, Comparison},
        level::{self, Level},
        sentence,
        words::Words,
    },
    span::Span,
    value::{Label, tidy},
};

/// A document, lexed.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The document.
    pub document: &'a Document,
    /// What it is read with.
    pub vocabulary: &'a Vocabulary,
    /// Its tokens: those of each block, cell by cell for tables.
    pub lexed: Lexed<'a>,
    /// Its sentences in reading order. A heading, a list item without stops and a table cell are one sentence each.
    pub sentences: Vec<Sentence>,
    blocks: Vec<Range<usize>>,
    /// The rows of heads of each block, from top to bottom; none where it is no table.
    heads: Vec<Vec<usize>>,
    /// What was read of each sentence, when it was first asked for.
    read: Vec<Read>,
    /// Whether it is on a scheme whose ratings are plain numbers.
    numbers: OnceCell<bool>,
}

/// What several extractors read in one sentence.
#[derive(Debug, Default)]
struct Read {
    values: OnceCell<Values>,
    dates: OnceCell<Vec<dates::Found>>,
    figures: OnceCell<Vec<Counted>>,
}

/// The values of a sentence, and what it compares.
#[derive(Debug)]
pub struct Values {
    /// Its levels, in order of place.
    pub levels: Vec<Level>,
    /// Its comparisons, in order of place.
    pub comparisons: Vec<Comparison>,
}

/// A sentence and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Where it stands.
    pub place: Place,
    /// Every class that stands on one of its tokens: what no word of it triggers need not be looked for.
    pub classes: Classes,
    /// Its words: a phrase that has others does not stand in it.
    pub words: Words,
}

impl<'a> Reading<'a> {
    /// Lexes a document.
    pub fn new(document: &'a Document, vocabulary: &'a Vocabulary) -> Self {
        let lexed = Lexed::new(&document.text, &vocabulary.lexicon);
        let mut reading = Self {
            document,
            vocabulary,
            lexed,
            sentences: Vec::new(),
            blocks: Vec::new(),
            heads: Vec::new(),
            read: Vec::new(),
            numbers: OnceCell::new(),
        };
        for (at, block) in document.blocks.iter().enumerate() {
            let first = reading.sentences.len();
            let mut heads = Vec::new();
            if let BlockKind::Table(table) = &block.kind {
                for (row, cells) in table.rows.iter().enumerate() {
                    if cells.head {
                        heads.push(row);
                    }
                    for (column, &cell) in cells.cells.iter().enumerate() {
                        reading.add(at, Some((row, column)), cell);
                    }
                }
            } else {
                reading.add(at, None, block.span);
            }
            reading.blocks.push(first..reading.sentences.len());
            reading.heads.push(heads);
        }
        reading
    }

    fn add(&mut self, block: usize, cell: Option<(usize, usize)>, span: Span) {
        let tokens = self.lexed.add(span);
        for tokens in sentence::sentences(&self.lexed, tokens) {
            let place = Place {
                block,
                sentence: self.sentences.len(),
                cell,
            };
            let (mut classes, mut words) = (Classes::NONE, Words::default());
            for token in self.lexed.tokens.get(tokens.clone()).unwrap_or_default() {
                classes.extend(token.classes);
                if let Some(hash) = token.hash() {
                    words = words.with(hash);
                }
            }
            self.sentences.push(Sentence {
                tokens,
                place,
                classes,
                words,
            });
            self.read.push(Read::default());
        }
    }

    /// A sentence as input of a parser.
    pub fn input(&self, sentence: &Sentence) -> Input<'_> {
        Input::new(&self.lexed, sentence.tokens.clone())
    }

    /// The values and comparisons of a sentence of this document.
    pub fn values(&self, sentence: &Sentence) -> Option<&Values> {
        let read = self.read.get(sentence.place.sentence)?;
        Some(read.values.get_or_init(|| {
            let input = self.input(sentence);
            let levels = level::levels(input);
            let compares = !levels.is_empty() || sentence.classes.meets(comparison::TRIGGERS);
            let comparisons = if compares {
                comparison::comparisons(input, &levels)
            } else {
                Vec::new()
            };
            Values {
                levels,
                comparisons,
            }
        }))
    }

    /// Whether the document speaks of a scheme whose ratings are plain numbers.
    pub(super) fn rates_by_numbers(&self) -> bool {
        *self.numbers.get_or_init(|| {
            let scheme = |sentence: &&Sentence| sentence.classes.has(Class::NumberScheme);
            let mut named = self.sentences.iter().filter(scheme);
            named.any(|sentence| {
                let input = self.input(sentence);
                input.holds(Class::NumberScheme)
            })
        })
    }

    /// Every date that is written in a sentence, those without a year and numbers that look like years included.
    pub(super) fn dates(&self, sentence: &Sentence) -> &[dates::Found] {
        let read = self.read.get(sentence.place.sentence);
        let find = || dates::find(self, sentence);
        read.map_or(&[], |read| read.dates.get_or_init(find))
    }

    /// Every figure of a sentence, those inside other facts included.
    pub(super) fn figures(&self, sentence: &Sentence) -> &[Counted] {
        let read = self.read.get(sentence.place.sentence);
        let find = || figures::find(self, sentence);
        read.map_or(&[], |read| read.figures.get_or_init(find))
    }

    /// The sentences of a block.
    pub fn sentences_of(&self, block: usize) -> &[Sentence] {
        self.blocks
            .get(block)
            .and_then(|range| self.sentences.get(range.clone()))
            .unwrap_or_default()
    }

    /// The nearest row of heads above a row of a table.
    pub(super) fn head_above(&self, block: usize, row: usize) -> Option<usize> {
        let heads = self.heads.get(block)?;
        let above = heads.partition_point(|head| *head < row);
        heads.get(above.checked_sub(1)?).copied()
    }

    /// The sentence before this one in the same block and cell.
    pub fn previous(&self, sentence: &Sentence) -> Option<&Sentence> {
        let before = self
            .sentences
            .get(sentence.place.sentence.checked_sub(1)?)?;
        (before.place.block == sentence.place.block && before.place.cell == sentence.place.cell)
            .then_some(before)
    }

    /// The sentence before, in which a word that points back finds how many there are; or the one before that, where the sentence
    /// before counts nothing and goes on of the same things: "They range from …", "Most are …".
    pub(super) fn counted_before(&self, sentence: &Sentence) -> Option<&Sentence> {
        const GOES_ON: [&str; 9] = [
            "they", "these", "those", "all", "most", "many", "some", "each", "none",
        ];
        let before = self.previous(sentence)?;
        let input = self.input(before);
        let goes_on = GOES_ON.iter().any(|word| input.starts_with(word));
        if goes_on && self.figures(before).is_empty() {
            return self.previous(before);
        }
        Some(before)
    }

    /// Bytes of a label with the text that it goes for, and from the label on to the end of its block.
    pub(super) fn labelled(&self, label: Span, text: Input<'_>, block: usize) -> (Span, Span) {
        let span = if text.is_empty() {
            label
        } else {
            label.join(text.span())
        };
        let end = self.block(block).map_or(span.end, |block| block.span.end);
        (span, Span::new(label.start, end.max(span.end)))
    }

    /// A block of the document.
    pub fn block(&self, block: usize) -> Option<&'a Block> {
        self.document.blocks.get(block)
    }

    /// The words under a span, white space folded and apostrophes plain.
    pub fn text(&self, span: Span) -> String {
        tidy(self.document.text_of(span))
    }

    /// A label for the words under a span, resolved through the framework's aliases.
    pub fn label(&self, span: Span) -> Label {
        self.vocabulary.label(self.document.text_of(span))
    }
}
