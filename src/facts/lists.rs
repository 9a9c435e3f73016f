//! Lists of a document: which items belong together, and what leads into them.

use rustc_hash::FxHashMap;

use super::reading::{Reading, Sentence};
use crate::{
    document::{BlockKind, Document},
    grammar::{Class, Input, TokenKind},
    span::Span,
};

/// The items of one list at one depth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct List {
    /// Blocks of the items, in order.
    pub(super) items: Vec<usize>,
    /// The paragraph, item or heading right before the first item.
    pub(super) lead: Option<usize>,
    /// Whether the items have numbers or letters.
    pub(super) numbered: bool,
}

/// Every list of a document, in order of the first item.
pub(super) fn lists(document: &Document) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    let mut known: FxHashMap<(u32, u8), usize> = FxHashMap::default();
    for (at, block) in document.blocks.iter().enumerate() {
        let BlockKind::ListItem(item) = &block.kind else {
            continue;
        };
        let index = *known.entry((item.list, item.depth)).or_insert_with(|| {
            lists.push(List {
                items: Vec::new(),
                lead: lead(document, at),
                numbered: !item.number.is_empty(),
            });
            lists.len() - 1
        });
        if let Some(list) = lists.get_mut(index) {
            list.items.push(at);
        }
    }
    lists
}

/// How many further items an item with a number holds that run on in its line: one in "4. Keep records;5. Train staff".
pub(super) fn run_on(reading: &Reading<'_>, item: usize, number: u32) -> u32 {
    let mut told = number;
    for sentence in reading.sentences_of(item) {
        let input = reading.input(sentence);
        for window in input.tokens().windows(3) {
            let [before, marker, after] = window else {
                continue;
            };
            let closed = matches!(before.kind, TokenKind::Symbol(';' | '.'));
            let marks = marker.kind == TokenKind::Number
                && marker.glued
                && matches!(after.kind, TokenKind::Symbol('.' | ')'));
            if closed && marks && input.text_of(marker).parse() == Ok(told + 1) {
                told += 1;
            }
        }
    }
    told - number
}

/// Whether asterisks in or below a list say that items were left out: "* * * * *".
pub(super) fn is_excerpt(document: &Document, list: &List) -> bool {
    let (Some(&first), Some(&last)) = (list.items.first(), list.items.last()) else {
        return false;
    };
    let left_out = |text: &str| {
        let marks = || text.chars().filter(|c| !c.is_whitespace());
        marks().count() >= 3 && marks().all(|c| c == '*')
    };
    let blocks = document.blocks.iter().take(last + 2).skip(first);
    blocks
        .into_iter()
        .any(|block| left_out(document.text_of(block.span)))
}

/// The block right before `first`, where it may lead into what starts there.
fn lead(document: &Document, first: usize) -> Option<usize> {
    let before = first.checked_sub(1)?;
    match document.blocks.get(before)?.kind {
        BlockKind::Table(_) => None,
        _ => Some(before),
    }
}

/// Whether a block is a heading.
pub(super) fn is_heading(document: &Document, block: usize) -> bool {
    document
        .blocks
        .get(block)
        .is_some_and(|block| matches!(block.kind, BlockKind::Heading { .. }))
}

/// Whether a block of text ends with a colon, and so leads into what follows.
pub(super) fn leads(document: &Document, block: usize) -> bool {
    document
        .blocks
        .get(block)
        .is_some_and(|block| document.text_of(block.span).trim_end().ends_with(':'))
}

/// Whether the head of a column names what stands below it as things of a kind: "number", "issue", "change".
pub(super) fn heads_column(head: Input<'_>, kind: &str) -> bool {
    head.starts()
        .filter_map(|here| here.lexeme(Class::Column))
        .any(|(_, word)| word.canonical == kind)
}

/// Whether the input names a year or an earlier round, and so may speak of other things than this document's. A year by
/// which something is due does not count.
pub(super) fn speaks_of_the_past(input: Input<'_>) -> bool {
    input.holds(Class::Previous) || names_a_year(input)
}

/// Whether the input names a year by which nothing is due.
pub(super) fn names_a_year(input: Input<'_>) -> bool {
    (0..input.len()).any(|at| {
        let here = input.skip(at);
        here.first().is_some_and(|token| match token.kind {
            TokenKind::YearSpan | TokenKind::NumericDate => true,
            TokenKind::Number => is_year(here.text_of(token)) && !is_due(input, at),
            _ => false,
        })
    })
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && (text.starts_with("19") || text.starts_with("20"))
}

/// Tokens of a date before its year, and the word before them.
const BEFORE_YEAR: usize = 4;

/// Whether "by" or "before" stands before the date that ends at token `at`.
fn is_due(input: Input<'_>, at: usize) -> bool {
    (1..=BEFORE_YEAR).any(|back| {
        at.checked_sub(back).is_some_and(|before| {
            let word = input.skip(before);
            word.starts_with("by") || word.starts_with("before")
        })
    })
}

/// Whether a sentence begins a block or a line.
pub(super) fn begins_line(reading: &Reading<'_>, sentence: &Sentence) -> bool {
    reading
        .input(sentence)
        .first()
        .is_some_and(|token| token.line_start)
}
/// Whether a colon ends the sentence within a word or two after token `end`: what is counted is what follows.
pub(super) fn leads_right(input: Input<'_>, end: usize) -> bool {
    let rest = input.restart(end);
    rest.len() <= 3
        && rest
            .tokens()
            .last()
            .is_some_and(|token| token.kind == TokenKind::Symbol(':'))
}

/// Tokens on either side of a phrase within which its neighbours are looked for: a bound that keeps the cost linear.
const WINDOW: usize = 60;

/// The part of an input around the bytes of a phrase.
pub(super) fn around(input: Input<'_>, span: Span) -> Input<'_> {
    let tokens = |byte| {
        input
            .tokens()
            .partition_point(|token| token.span.start < byte)
    };
    let (from, to) = (
        tokens(span.start).saturating_sub(WINDOW),
        tokens(span.end) + WINDOW,
    );
    input
        .until(input.position() + to)
        .restart(input.position() + from)
}

/// The first tokens of an input.
pub(super) fn opening(input: Input<'_>) -> Input<'_> {
    input.until(input.position() + WINDOW)
}

/// The last tokens of an input.
pub(super) fn closing(input: Input<'_>) -> Input<'_> {
    input.skip(input.len().saturating_sub(WINDOW))
}

/// The part of an input that starts within a span of bytes.
pub(super) fn within(input: Input<'_>, span: Span) -> Input<'_> {
    let tokens = |byte| {
        input
            .tokens()
            .partition_point(|token| token.span.start < byte)
    };
    input
        .until(input.position() + tokens(span.end))
        .restart(input.position() + tokens(span.start))
}

/// The sentences that start within a span, after the one that holds its start.
pub(super) fn sentences_over<'a>(
    reading: &'a Reading<'_>,
    span: Span,
) -> impl Iterator<Item = &'a Sentence> {
    let start = |sentence: &Sentence| reading.input(sentence).span().start;
    let after = reading
        .sentences
        .partition_point(|sentence| start(sentence) <= span.start);
    let sentences = reading
        .sentences
        .get(after.saturating_sub(1)..)
        .unwrap_or_default();
    sentences
        .iter()
        .take_while(move |sentence| start(sentence) < span.end.max(span.start + 1))
}
