//! From a document to its facts: the list of extractors, and the order of what they find.

use super::{
    Fact, Facts, about, acronyms, changes, comparisons, dates, figures, issues, names, numbering,
    placeholders, quotations, reading::Reading, references, responses, tallies,
};
use crate::{document::Document, framework::Vocabulary};

/// An extractor reads the whole document and adds the facts of its kind. Later extractors see what earlier ones found.
type Extractor = fn(&Reading<'_>, &mut Vec<Fact>);

/// All extractors, in the order in which they run: what others build on comes first.
const EXTRACTORS: &[Extractor] = &[
    dates::extract,
    issues::extract,
    responses::extract,
    tallies::extract,
    quotations::extract,
    acronyms::extract,
    names::extract,
    references::extract,
    placeholders::extract,
    numbering::extract,
    changes::extract,
    comparisons::extract,
    figures::extract,
];

/// Every fact that a document states, in order of place, then kind.
pub fn extract(document: &Document, vocabulary: &Vocabulary) -> Facts {
    let reading = Reading::new(document, vocabulary);
    let mut facts = Vec::new();
    for extractor in EXTRACTORS {
        extractor(&reading, &mut facts);
    }
    facts.sort_by_key(|fact| (fact.span, fact.kind));
    Facts {
        about: about::about(&reading, &facts),
        facts,
    }
}
