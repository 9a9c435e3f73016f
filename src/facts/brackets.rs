//! Changes whose earlier value stands in brackets, as a note before them says: "previous year in brackets".

use super::{
    Fact, Place, changes,
    levels::{self, Dates, Words},
    periods,
    reading::{Reading, Sentence},
};
use crate::{
    document::BlockKind,
    grammar::{Input, TokenKind, base, level::Level},
    span::Span,
};

/// What the note says, and where it holds.
#[derive(Clone, Copy, Debug)]
struct Note {
    /// The words for the earlier period.
    since: Span,
    /// The heading under which it holds; the whole rest of the document where there is none.
    section: Option<usize>,
}

/// Longest way between a value and its earlier one, in tokens.
const NEAR: usize = 12;

/// Adds the changes of every section that has such a note, from the note on.
pub(super) fn extract(reading: &Reading<'_>, dates: &Dates, facts: &mut Vec<Fact>) {
    let text = reading.document.text.to_ascii_lowercase();
    if !text.contains("bracket") && !text.contains("parenthes") {
        return;
    }
    let mut note: Option<Note> = None;
    let mut cell: Option<(&Sentence, &Level)> = None;
    levels::each_sentence(reading, dates, |words, _| {
        if let Some(since) = announced(words.input) {
            note = Some(Note {
                since,
                section: section(reading, words.place.block),
            });
        }
        if let Some(note) = note.filter(|note| holds(reading, words.place.block, note)) {
            pairs(words, &note, facts);
            let here = reading
                .sentences
                .get(words.place.sentence)
                .zip(words.levels.first());
            if let (Some(earlier), Some(later)) = (here, cell)
                && is_beside(later.0.place, words.place)
                && is_alone(words.input, earlier.1, 1)
            {
                let label = row_head(reading, later.0.place);
                facts.extend(periods::of_values(
                    reading,
                    label,
                    (earlier.1, earlier.0),
                    (later.1, later.0),
                ));
            }
            cell = here.filter(|(_, level)| is_alone(words.input, level, 0));
        }
    });
}

/// Whether two places are cells of one row, the second right after the first.
fn is_beside(first: Place, second: Place) -> bool {
    first.block == second.block
        && first
            .cell
            .zip(second.cell)
            .is_some_and(|((row, column), next)| next == (row, column + 1))
}

/// Whether a level with `brackets` tokens on either side is all of a cell.
fn is_alone(input: Input<'_>, level: &Level, brackets: usize) -> bool {
    input.len() == level.tokens.len() + 2 * brackets
        && (brackets == 0 || input.starts_with("("))
        && input.position() + brackets == level.tokens.start
}

/// The first cell of the row of a cell.
fn row_head<'a>(reading: &'a Reading<'_>, place: Place) -> Option<&'a Sentence> {
    let (row, _) = place.cell?;
    let cells = reading.sentences_of(place.block);
    let first = cells.partition_point(|sentence| sentence.place.cell < Some((row, 0)));
    cells
        .get(first)
        .filter(|sentence| sentence.place.cell == Some((row, 0)))
}

/// The heading whose section a block opens or stands in.
fn section(reading: &Reading<'_>, block: usize) -> Option<usize> {
    let content = reading.block(block)?;
    match content.kind {
        BlockKind::Heading { .. } => Some(block),
        _ => content.section,
    }
}

fn holds(reading: &Reading<'_>, block: usize, note: &Note) -> bool {
    note.section.is_none_or(|heading| {
        heading == block || reading.document.headings(block).contains(&heading)
    })
}

/// The period that a note puts into brackets.
///
/// `note = period *4word "in" ("brackets" | "parentheses") | ("brackets" | "parentheses") *6word period`
fn announced(input: Input<'_>) -> Option<Span> {
    const MARKS: [&str; 4] = ["brackets", "bracket", "parentheses", "parenthesis"];
    let at = (0..input.len()).find(|&at| {
        let here = input.skip(at);
        MARKS.iter().any(|mark| here.starts_with(mark))
    })?;
    let before = input
        .skip(at.saturating_sub(7))
        .until(input.position() + at);
    let after = input.skip(at + 1);
    let last = before
        .starts()
        .rev()
        .find_map(|here| base::period(here).ok())
        .map(|(_, span)| span);
    last.or_else(|| base::find_period(after.until(after.position() + 8)).map(|(_, span)| span))
}

/// `pair = level *12word "(" level ")"`, both of one unit: "79% were rated good (78%)".
fn pairs(words: &Words<'_>, note: &Note, facts: &mut Vec<Fact>) {
    for pair in words.levels.windows(2) {
        let [later, earlier] = pair else { continue };
        let units = [later, earlier].map(|level| level.quantity.number.unit());
        if units[0] == units[1] && in_brackets(words.input, later, earlier) {
            facts.extend(changes::between(words, later, earlier, note.since));
        }
    }
}

/// Whether a level stands alone in brackets, and the other one near before them.
fn in_brackets(input: Input<'_>, before: &Level, inside: &Level) -> bool {
    let between = input.restart(before.tokens.end).until(inside.tokens.start);
    let closed = input.restart(inside.tokens.end).starts_with(")");
    let opened = between
        .tokens()
        .iter()
        .filter(|token| matches!(token.kind, TokenKind::Symbol('(' | ')')))
        .count();
    let last = between.tokens().last();
    closed
        && opened == 1
        && between.len() <= NEAR
        && last.is_some_and(|token| token.kind == TokenKind::Symbol('('))
}
