//! Ratings in tables copied out of a PDF: a name wrapped over lines, its grade at the end of the last or on the next.
//!
//! ```text
//! table = head 2*row
//! head  = a line of nouns for criteria and grades ("Judgement Grade"), or one that ends in a colon
//! row   = 1*3line, the last of which ends in a grade
//!       | 1*3line grade-line
//! ```
//! The first line of a row starts with a capital letter or a number; the table ends at the first line that is neither.

use super::{
    Sheet, cells,
    lists::{add_row, block_lines, is_direct, mark},
};
use crate::{
    document::BlockKind,
    facts::{Place, reading::Reading},
    grammar::{
        Class, Classes, Input, TokenKind,
        rating::{self, Entry, GradeWord},
    },
};

/// Longest line of a row, in tokens.
const LONGEST: usize = 20;

/// Most lines over which the name of a row is wrapped.
const WRAPPED: usize = 3;

/// A line, where it stands, and whether a list item starts with it.
struct Line<'r> {
    place: Place,
    input: Input<'r>,
    item: bool,
}

/// Reads the tables under each head; marks the blocks that are made of their rows.
pub(super) fn read(reading: &Reading<'_>, sheet: &mut Sheet, read: &mut [bool]) {
    let mut block = 0;
    while block < reading.document.blocks.len() {
        let lines = run(reading, block);
        read_run(reading, &lines, sheet, read);
        block = lines
            .last()
            .map_or(block, |line| line.place.block)
            .max(block)
            + 1;
    }
}

/// The lines of the blocks from `block` on, up to a table or quotation.
fn run<'r>(reading: &'r Reading<'_>, block: usize) -> Vec<Line<'r>> {
    let kinds = (block..).map_while(|at| Some((at, &reading.block(at)?.kind)));
    let plain = kinds.take_while(|(_, kind)| {
        matches!(
            kind,
            BlockKind::Paragraph | BlockKind::ListItem(_) | BlockKind::Heading { .. }
        )
    });
    plain
        .flat_map(|(at, kind)| {
            let listed = matches!(kind, BlockKind::ListItem(_));
            block_lines(reading, at)
                .enumerate()
                .map(move |(line, (place, input))| Line {
                    place,
                    input,
                    item: listed && line == 0,
                })
        })
        .collect()
}

fn read_run(reading: &Reading<'_>, lines: &[Line<'_>], sheet: &mut Sheet, read: &mut [bool]) {
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        if !is_head(line.input) {
            continue;
        }
        let (rows, end) = rows(reading, lines, at);
        if rows.len() > 1 {
            mark_blocks(reading, lines.get(at - 1..end).unwrap_or_default(), read);
            for (place, entry) in &rows {
                add_row(reading, *place, entry, "table", sheet);
            }
        }
        at = end.max(at);
    }
}

/// Marks the blocks most of whose lines were read.
fn mark_blocks(reading: &Reading<'_>, lines: &[Line<'_>], read: &mut [bool]) {
    for part in lines.chunk_by(|a, b| a.place.block == b.place.block) {
        let Some(block) = part.first().map(|line| line.place.block) else {
            continue;
        };
        if part.len() * 2 > block_lines(reading, block).count() {
            mark(read, block);
        }
    }
}

/// Whether a line stands over a table: nothing but nouns for criteria and grades, or words before a colon.
fn is_head(line: Input<'_>) -> bool {
    /// Most words of a line of heads.
    const MOST: usize = 5;
    let noun = Classes::of(&[
        Class::CriterionNoun,
        Class::GradeNoun,
        Class::InspectionNoun,
        Class::Overall,
    ]);
    let heads = line.len() > 1
        && line.len() <= MOST
        && line.tokens().iter().all(|token| token.classes.meets(noun));
    let announces = line
        .tokens()
        .last()
        .is_some_and(|last| last.kind == TokenKind::Symbol(':'))
        && line.starts().any(|here| {
            here.lexeme(Class::GradeNoun).is_some() || here.lexeme(Class::RatingVerb).is_some()
        });
    heads || announces
}

/// The rows from the line at `start` on, and where they end.
fn rows<'r>(
    reading: &'r Reading<'_>,
    lines: &[Line<'r>],
    start: usize,
) -> (Vec<(Place, Entry<'r>)>, usize) {
    let mut found = Vec::new();
    let mut end = start;
    let mut open: Option<&Line<'r>> = None;
    let mut wrapped = 0;
    for (at, line) in lines.iter().enumerate().skip(start) {
        if line.item {
            open = None;
            wrapped = 0;
        }
        let first = open.unwrap_or(line);
        if open.is_none() && !opens_row(line.input) || !may_stand(line.input) {
            break;
        }
        let grade = grade_at_end(line);
        match grade {
            Some((_, from)) if open.is_none() && from == line.input.position() => break,
            Some((grade, from)) => {
                let name = Input::new(&reading.lexed, first.input.position()..from);
                found.push((first.place, Entry { name, grade }));
                end = at + 1;
                open = None;
                wrapped = 0;
            }
            None if wrapped < WRAPPED => {
                open = Some(first);
                wrapped += 1;
            }
            None => break,
        }
    }
    (found, end)
}

/// The grade that a line ends in or is, and the position where it starts.
fn grade_at_end(line: &Line<'_>) -> Option<(GradeWord, usize)> {
    let alone = rating::bare(line.input).filter(|grade| grade.capital && !grade.bare_number);
    if let Some(grade) = alone {
        return Some((grade, line.input.position()));
    }
    let numbered = matches!(
        line.input.tokens(),
        [number, point, ..] if number.kind == TokenKind::Number && point.kind == TokenKind::Symbol('.')
    );
    let entry = rating::row(line.input.skip(2 * usize::from(numbered)))
        .filter(|entry| is_direct(entry) && entry.grade.capital && !entry.grade.bare_number)?;
    Some((entry.grade, entry.name.position() + entry.name.len()))
}

/// Whether a line may be the first of a row: it starts with a capital letter or a number.
fn opens_row(line: Input<'_>) -> bool {
    line.first().is_some_and(|first| {
        first.capital || matches!(first.kind, TokenKind::Number | TokenKind::NumericDate)
    }) && line.tokens().iter().any(|token| token.capital)
}

/// Whether a line may be part of a row: short, without a stop or a verb.
fn may_stand(line: Input<'_>) -> bool {
    let stop = line
        .tokens()
        .last()
        .is_some_and(|last| matches!(last.kind, TokenKind::Symbol('.' | ',' | ';' | ':' | '!')));
    let spoken = line
        .tokens()
        .iter()
        .any(|token| token.classes.has(Class::Auxiliary));
    line.len() <= LONGEST
        && !stop
        && !cells::is_beside(line)
        && (!spoken || rating::question(line).is_some())
}
