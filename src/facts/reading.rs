//! A document made ready for the extractors: lexed once and cut into sentences that know their place.

use std::ops::Range;

use super::Place;
use crate::{
    document::{Block, BlockKind, Document},
    framework::Vocabulary,
    grammar::{Input, Lexed, sentence},
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
}

/// A sentence and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Where it stands.
    pub place: Place,
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
        };
        for (at, block) in document.blocks.iter().enumerate() {
            let first = reading.sentences.len();
            if let BlockKind::Table(table) = &block.kind {
                for (row, cells) in table.rows.iter().enumerate() {
                    for (column, &cell) in cells.cells.iter().enumerate() {
                        reading.add(at, Some((row, column)), cell);
                    }
                }
            } else {
                reading.add(at, None, block.span);
            }
            reading.blocks.push(first..reading.sentences.len());
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
            self.sentences.push(Sentence { tokens, place });
        }
    }

    /// A sentence as input of a parser.
    pub fn input(&self, sentence: &Sentence) -> Input<'_> {
        Input::new(&self.lexed, sentence.tokens.clone())
    }

    /// The sentences of a block.
    pub fn sentences_of(&self, block: usize) -> &[Sentence] {
        self.blocks
            .get(block)
            .and_then(|range| self.sentences.get(range.clone()))
            .unwrap_or_default()
    }

    /// The sentence before this one in the same block and cell.
    pub fn previous(&self, sentence: &Sentence) -> Option<&Sentence> {
        let before = self
            .sentences
            .get(sentence.place.sentence.checked_sub(1)?)?;
        (before.place.block == sentence.place.block && before.place.cell == sentence.place.cell)
            .then_some(before)
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
