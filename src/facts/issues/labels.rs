//! Issues under labels: "Recommendation 1: …", "Area for improvement: …".

use rustc_hash::FxHashSet;

use super::{
    Issue,
    answers::{is_answered, said_by_body, under_response},
    duties::{directs, lays_duty},
};
use crate::{
    document::BlockKind,
    facts::{
        Place, lists,
        reading::{Reading, Sentence},
    },
    grammar::{Class, Input, TokenKind, noun, reference, response},
    span::Span,
    value::Label,
};

/// Issues with a label of their own, outside tables.
///
/// A second label with the same number, where a response is to be expected, labels the response: under a heading or after
/// a lead that speaks of responses, or before words that the body itself says.
pub(super) fn labelled(reading: &Reading<'_>) -> Vec<Issue> {
    let mut found: Vec<Issue> = Vec::new();
    let mut known: FxHashSet<(String, String, String)> = FxHashSet::default();
    for labelled in labels(reading) {
        let series = labelled.series.as_ref().map_or("", Label::key);
        let keys: Vec<_> = labelled
            .numbers
            .iter()
            .map(|number| (number.clone(), labelled.noun.clone(), series.to_owned()))
            .collect();
        let repeats = keys.iter().all(|key| known.contains(key));
        if !(repeats && labelled.answers) {
            known.extend(keys);
            found.extend(labelled.issues());
        }
    }
    found
}

/// Issues under a label without a number: "Area for improvement: the force should …", or such a name alone on its line and
/// what is wrong below it.
pub(super) fn unnumbered(reading: &Reading<'_>) -> Vec<Issue> {
    let outside = reading.sentences.iter().enumerate();
    outside
        .filter(|(_, sentence)| sentence.place.cell.is_none())
        .filter(|(_, sentence)| lists::begins_line(reading, sentence))
        .filter_map(|(at, sentence)| under_name(reading, at, sentence))
        .collect()
}

/// The issue that the sentence at `at` states after the name of one, or that stands below where the name is all it holds.
fn under_name(reading: &Reading<'_>, at: usize, sentence: &Sentence) -> Option<Issue> {
    const LEAST_TOKENS: usize = 4;
    let input = reading.input(sentence);
    let (rest, noun) = input.lexeme(Class::IssueNoun)?;
    let name = noun.canonical;
    let tells = [" of ", " for ", "concern"]
        .iter()
        .any(|part| name.contains(part));
    let words = input.until(rest.position()).len();
    let several = (0..words).any(|word| noun::is_plural(input.skip(word)));
    let colon = rest
        .first()
        .is_some_and(|token| token.kind == TokenKind::Symbol(':'));
    let text = if colon { rest.skip(1) } else { rest };
    if several || !text.is_empty() && !colon {
        return None;
    }
    if text.len() >= LEAST_TOKENS && (tells || directs(text)) {
        let block = reading.block(sentence.place.block).map(|block| block.span);
        let extent = block.unwrap_or(input.span());
        let extent = Span::new(input.span().start, extent.end);
        let issue = Issue::unnumbered(input, name.to_owned(), extent, sentence.place);
        let opens = reading.sentences_of(sentence.place.block).first() == Some(sentence);
        return Some(Issue {
            number: item_number(reading, sentence)
                .filter(|_| opens)
                .unwrap_or_default(),
            ..issue
        });
    }
    let next = reading.sentences.get(at + 1)?;
    let below = text.is_empty() && tells && states(reading, sentence, next);
    below.then(|| {
        let input = reading.input(next);
        Issue::unnumbered(input, name.to_owned(), input.span(), next.place)
    })
}

/// The number of the list item that a sentence stands in: "1. Recommendation: the board should …".
fn item_number(reading: &Reading<'_>, sentence: &Sentence) -> Option<String> {
    match &reading.block(sentence.place.block)?.kind {
        BlockKind::ListItem(item) => Some(item.number.clone()),
        _ => None,
    }
}

/// Whether a sentence below the name of an issue says what is wrong: it is running text, right below, and does not say that
/// there is none.
fn states(reading: &Reading<'_>, label: &Sentence, next: &Sentence) -> bool {
    const OPENING: usize = 5;
    let running = reading
        .block(next.place.block)
        .is_some_and(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Quotation));
    let input = reading.input(next);
    let none = (0..OPENING.min(input.len())).any(|at| {
        ["no", "none", "any"]
            .iter()
            .any(|word| input.skip(at).starts_with(word))
    });
    running
        && !none
        && input.text().ends_with('.')
        && next.place.cell.is_none()
        && next.place.block <= label.place.block + 1
        && !lists::leads(reading.document, next.place.block)
        && reference::issue_label(input).is_err()
        && response::response_label(input).is_err()
}

/// A label with what follows it.
#[derive(Clone, Debug)]
pub(in crate::facts) struct Labelled {
    pub(in crate::facts) numbers: Vec<String>,
    noun: String,
    series: Option<Label>,
    /// Label and first sentence.
    pub(in crate::facts) span: Span,
    /// What the label goes for: up to the next label, or the end of the block.
    pub(in crate::facts) extent: Span,
    pub(in crate::facts) place: Place,
    /// Whether what follows may be a response.
    answers: bool,
    /// The stance that the text takes.
    pub(in crate::facts) stance: Option<response::Stance>,
}

impl Labelled {
    /// One issue for each number.
    fn issues(self) -> impl Iterator<Item = Issue> {
        self.numbers.into_iter().map(move |number| Issue {
            number,
            noun: self.noun.clone(),
            series: self.series.clone(),
            span: self.span,
            extent: self.extent,
            place: self.place,
            answers: self.answers,
            due: None,
        })
    }
}

/// Every label of an issue at the start of a line, with the text that it labels.
pub(in crate::facts) fn labels(reading: &Reading<'_>) -> Vec<Labelled> {
    let outside = reading.sentences.iter().enumerate();
    let mut found: Vec<Labelled> = outside
        .filter(|(_, sentence)| sentence.place.cell.is_none())
        .filter(|(_, sentence)| lists::begins_line(reading, sentence))
        .filter_map(|(at, sentence)| label_at(reading, at, sentence))
        .collect();
    for at in 1..found.len() {
        let start = found.get(at).map_or(0, |label| label.span.start);
        if let Some(before) = found.get_mut(at - 1) {
            before.extent.end = before.extent.end.min(start).max(before.span.end);
        }
    }
    found
}

/// The label that the sentence at `at` starts with, with its text up to the end of the block. A noun that does not tell what it
/// numbers labels issues only where a duty or an answer follows.
fn label_at(reading: &Reading<'_>, at: usize, sentence: &Sentence) -> Option<Labelled> {
    let input = reading.input(sentence);
    let (known, read) = match reference::issue_label(input) {
        Ok(read) => (true, Ok(read)),
        Err(_) => (false, reference::numbered_label(input)),
    };
    let (rest, label) = read.ok()?;
    let earlier = |span| lists::within(input, span).holds(Class::Previous);
    if label.series.is_some_and(earlier) {
        return None;
    }
    let text = labelled_text(reading, at, sentence, rest);
    if !known && !lays_duty(text) && !is_answered(reading, sentence) {
        return None;
    }
    let (span, extent) = reading.labelled(label.span, text, sentence.place.block);
    Some(Labelled {
        numbers: label.numbers,
        noun: label.noun,
        series: label.series.map(|span| reading.label(span)),
        span,
        extent,
        place: sentence.place,
        answers: said_by_body(text) || under_response(reading, sentence.place.block),
        stance: response::opening_stance(text),
    })
}

/// What a label goes for: the rest of its sentence or, where it stands alone, the sentence after, unless that has a label too.
fn labelled_text<'a>(
    reading: &'a Reading<'_>,
    at: usize,
    sentence: &Sentence,
    rest: Input<'a>,
) -> Input<'a> {
    let next = reading.sentences.get(at + 1).filter(|next| {
        rest.is_empty()
            && next.place.block <= sentence.place.block + 1
            && next.place.cell.is_none()
            && reference::issue_label(reading.input(next)).is_err()
            && response::response_label(reading.input(next)).is_err()
    });
    next.map_or(rest, |next| reading.input(next))
}
