//! Facts: what a document states, typed and in its place.
//!
//! [`extract`] reads a [`Document`](crate::document::Document) with a
//! [`Vocabulary`](crate::framework::Vocabulary) and gives back every fact of the kinds in [`schema`], in order of place.
//! One extractor per kind lives in a file of its own; `extract` lists them.

pub mod about;
mod acronyms;
mod brackets;
mod breakdowns;
mod changes;
mod comparisons;
pub mod csv;
mod dates;
mod extract;
mod figures;
mod findings;
mod issues;
pub mod json;
mod levels;
mod lists;
mod measures;
mod names;
mod nearly;
mod numbering;
mod periods;
pub mod phrases;
mod placeholders;
mod proportions;
mod quotations;
mod ratings;
pub mod reading;
pub mod record;
mod references;
mod responses;
mod sample_shares;
pub mod schema;
mod tables;
mod tallies;
mod targets;
mod unmatched;

pub use extract::{extract, extract_with};
pub use nearly::{Near, nearly};

use crate::{
    grammar::Classes,
    span::Span,
    value::{KindId, Value},
};

/// One statement of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Its kind, an index of the schema.
    pub kind: KindId,
    /// Bytes of the clean text that state it.
    pub span: Span,
    /// Its fields, by slot; unknown where not stated. As many as the kind has fields.
    pub values: Box<[Value]>,
    /// Where it stands.
    pub place: Place,
}

/// The sentence of a fact of which it is not told, among those that are [bare](Facts::bare).
pub const UNTOLD: usize = usize::MAX;

/// Where a fact stands in its document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Index of the block.
    pub block: usize,
    /// Index of the sentence among all sentences of the document.
    pub sentence: usize,
    /// Row and column of the cell, both from 0, for a fact in a table.
    pub cell: Option<(usize, usize)>,
}

impl Fact {
    /// A fact with no field stated yet.
    pub fn new(kind: KindId, span: Span, place: Place) -> Self {
        let fields = schema::KINDS
            .get(usize::from(kind.0))
            .map_or(0, |kind| kind.fields.len());
        Self {
            kind,
            span,
            values: vec![Value::Unknown; fields].into(),
            place,
        }
    }

    /// The fact with a field set.
    #[must_use]
    pub fn with(mut self, slot: impl Into<usize>, value: impl Into<Value>) -> Self {
        if let Some(field) = self.values.get_mut(slot.into()) {
            *field = value.into();
        }
        self
    }

    /// A field; unknown where it is not stated or the kind has no such slot.
    pub fn get(&self, slot: impl Into<usize>) -> &Value {
        self.values.get(slot.into()).unwrap_or(&Value::Unknown)
    }
}

/// All facts of a document.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// What the document is about.
    pub about: about::About,
    /// In order of place, then kind.
    pub facts: Vec<Fact>,
    /// For each sentence, by its index, the classes of the phrases of the lexicon that stand in it.
    pub mentions: Vec<Classes>,
    /// Bytes of each sentence, by its index.
    pub sentences: Vec<Span>,
    /// Whether the words of facts alone are known, and not what stands around them: there are no mentions and no sentences then,
    /// and what is not told of their places is unknown.
    pub bare: bool,
}

#[cfg(test)]
pub(crate) mod testing {
    //! Documents of a few words, and what is found in them.

    use std::sync::{Arc, LazyLock};

    use super::{Fact, extract};
    use crate::{
        document::{self, Document, Format},
        framework::{Frameworks, Vocabulary},
        source::{SourceFile, Sources},
    };

    static FRAMEWORKS: LazyLock<Frameworks> = LazyLock::new(|| {
        Frameworks::builtin(&mut Sources::new()).expect("the frameworks that ship")
    });

    /// Reads `text` as Markdown or plain text, by its look, and extracts its facts.
    pub(crate) fn facts_of(text: &str) -> (Document, Vec<Fact>) {
        let file = SourceFile::new("test", text);
        let document = document::read(&file, Format::guess(text));
        let facts = extract(&document, &vocabulary()).facts;
        (document, facts)
    }

    /// The vocabulary of the general framework.
    pub(crate) fn vocabulary() -> Arc<Vocabulary> {
        FRAMEWORKS
            .vocabulary(Frameworks::GENERAL)
            .expect("the general framework")
    }

    /// The same sentence under a title, with line ends where `breaks` says so (by the number of the word before which they
    /// stand), and "per cent" for "%" where `words` does.
    pub(crate) fn rewritten(sentence: &str, breaks: &[bool], words: bool) -> String {
        let mut wrapped = String::from("# Title\n\n");
        for (at, word) in sentence.split(' ').enumerate() {
            if at > 0 {
                wrapped.push(if breaks.get(at) == Some(&true) {
                    '\n'
                } else {
                    ' '
                });
            }
            wrapped.push_str(word);
        }
        if words {
            wrapped.replace('%', " per cent")
        } else {
            wrapped
        }
    }
}
