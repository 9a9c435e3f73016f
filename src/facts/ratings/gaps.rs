//! Entries that name a criterion among rated ones and give no grade.

use rustc_hash::FxHashSet;

use super::Sheet;
use crate::{
    document::BlockKind,
    facts::{
        Fact, Place,
        reading::Reading,
        schema::{RATING_GAP, rating_gap::Slot},
    },
    grammar::{Class, Input, TokenKind, enumeration::trim},
    span::Span,
    value::Label,
};

/// An entry without a grade.
#[derive(Clone, Debug)]
pub(super) struct Gap {
    pub(super) criterion: Label,
    pub(super) explained: bool,
    pub(super) span: Span,
    pub(super) place: Place,
}

/// What stands where a grade should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blank {
    /// Nothing, or a dash.
    Empty,
    /// "Not rated", "n/a".
    Explained,
}

/// Tells whether a cell or the end of an entry is left blank; `None` where something else stands there.
pub(super) fn blank(input: Input<'_>) -> Option<Blank> {
    let said = input
        .tokens()
        .iter()
        .position(|token| !matches!(token.kind, TokenKind::Symbol(c) if c != '/'));
    match said {
        None if input.is_empty() => Some(Blank::Empty),
        None => Some(Blank::Explained),
        Some(at) => {
            let words = input.skip(at);
            let short =
                words.starts_with("n") && words.len() <= 3 && words.skip(2).starts_with("a");
            (short || words.lexeme(Class::NotRated).is_some()).then_some(Blank::Explained)
        }
    }
}

/// Finds list items that end where the grade of their siblings stands: "Caring:".
pub(super) fn in_lists(reading: &Reading<'_>, sheet: &mut Sheet) {
    let list_of = |block: usize| match reading.block(block).map(|block| &block.kind) {
        Some(BlockKind::ListItem(item)) => Some(item.list),
        _ => None,
    };
    let mut rated: Vec<u32> = sheet
        .ratings
        .iter()
        .filter(|rated| rated.form == "list")
        .filter_map(|rated| list_of(rated.place.block))
        .collect();
    rated.sort_unstable();
    let given: FxHashSet<usize> = sheet
        .ratings
        .iter()
        .map(|rated| rated.place.block)
        .collect();
    for block in 0..reading.document.blocks.len() {
        let Some(list) = list_of(block) else { continue };
        let siblings = rated.partition_point(|&known| known <= list)
            - rated.partition_point(|&known| known < list);
        if siblings >= 2
            && !given.contains(&block)
            && let Some(gap) = in_item(reading, block)
        {
            sheet.gaps.push(gap);
        }
    }
}

/// `gap = name (":" | "–") [not-rated]`
fn in_item(reading: &Reading<'_>, block: usize) -> Option<Gap> {
    let [sentence] = reading.sentences_of(block) else {
        return None;
    };
    let input = reading.input(sentence);
    let mark = input
        .tokens()
        .iter()
        .position(|token| matches!(token.kind, TokenKind::Symbol(':' | '–' | '—')))?;
    let name = trim(input.until(input.position() + mark));
    let blank = blank(input.skip(mark + 1))?;
    (!name.is_empty()).then(|| Gap {
        criterion: super::label(reading, name),
        explained: blank == Blank::Explained,
        span: input.span(),
        place: sentence.place,
    })
}

/// Adds the gaps.
pub(super) fn facts(sheet: &Sheet, facts: &mut Vec<Fact>) {
    for gap in &sheet.gaps {
        facts.push(
            Fact::new(RATING_GAP, gap.span, gap.place)
                .with(Slot::criterion, gap.criterion.clone())
                .with(Slot::explained, gap.explained),
        );
    }
}
