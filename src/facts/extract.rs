//! From a document to its facts: the list of extractors, and the order of what they find.

use super::{
    Fact, Facts, about, acronyms, breakdowns, changes, comparisons, dates, figures, issues, names,
    numbering, phrases::Kinds, placeholders, proportions, quotations, ratings, reading::Reading,
    references, responses, tallies, unmatched,
};
use crate::{document::Document, framework::Vocabulary, grammar::Classes};

/// An extractor reads the whole document and adds the facts of its kind. Later extractors see what earlier ones found.
type Extractor = fn(&Reading<'_>, &mut Vec<Fact>);

/// All extractors, in the order in which they run: what others build on comes first.
const EXTRACTORS: &[Extractor] = &[
    dates::extract,
    ratings::extract,
    issues::extract,
    responses::extract,
    tallies::extract,
    quotations::extract,
    acronyms::extract,
    names::extract,
    references::extract,
    placeholders::extract,
    unmatched::extract,
    numbering::extract,
    changes::extract,
    comparisons::extract,
    proportions::extract,
    breakdowns::extract,
    figures::extract,
];

/// Every fact of the built-in kinds that a document states, in order of place, then kind.
pub fn extract(document: &Document, vocabulary: &Vocabulary) -> Facts {
    extract_with(document, vocabulary, &Kinds::default())
}

/// Every fact that a document states, of the built-in kinds and those that packs add, in order of place, then kind.
pub fn extract_with(document: &Document, vocabulary: &Vocabulary, kinds: &Kinds) -> Facts {
    let reading = Reading::new(document, vocabulary);
    let mut facts = Vec::new();
    for extractor in EXTRACTORS {
        extractor(&reading, &mut facts);
    }
    kinds.extract(&reading, &mut facts);
    facts.sort_by_key(|fact| (fact.span, fact.kind));
    Facts {
        about: about::about(&reading, &facts),
        facts,
        mentions: mentions(&reading),
        sentences: reading
            .sentences
            .iter()
            .map(|sentence| reading.input(sentence).span())
            .collect(),
        bare: false,
    }
}

fn mentions(reading: &Reading<'_>) -> Vec<Classes> {
    reading
        .sentences
        .iter()
        .map(|sentence| sentence.classes)
        .collect()
}
