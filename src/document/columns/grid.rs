//! Lists side by side under heads: each cell stands below its head, wraps below itself, and may be missing.
//!
//! ```text
//! Good             Adequate         Inadequate
//!
//! Recording data   Police powers
//! about crime
//!
//!                  Investigating    Managing
//!                  crime            offenders
//! ```

use super::{Cells, Columns, Piece, RowLine};
use crate::{
    document::lines::{Break, Line},
    span::text_at,
};

/// Fewest heads: two columns with gaps are read as rows.
const HEADS: usize = 3;

/// Columns of the screen by which a cell may stand beside its head.
const BESIDE: usize = 1;

/// Lines that are looked through for one: it stands on a page, and the cost stays linear.
const LINES: usize = 120;

/// The grid that begins with its heads at line `first`; its rows are parted by empty lines.
pub(super) fn grid(text: &str, lines: &[Line], first: &RowLine) -> Option<Columns> {
    let heads: &[Piece] = &first.pieces;
    if heads.len() < HEADS || first.bars || first.tabs > 0 {
        return None;
    }
    let mut rows = vec![cells(heads, heads)?];
    let mut gaps = 0;
    // Rows up to the last that has a cell under another head than the first, and the line after them.
    let mut last = (1, first.at + 1);
    for (at, line) in lines.iter().enumerate().skip(first.at + 1).take(LINES) {
        let row = RowLine::new(text, line, at);
        let fits = line.before != Break::Page && !row.bars && row.tabs == 0;
        let Some(cells) = cells(&row.pieces, heads).filter(|_| fits) else {
            break;
        };
        // A head goes on with a small letter: "Requires" over "improvement".
        let opens = rows.len() == 1 && row.pieces.iter().any(|piece| begins_large(text, piece));
        let goes_on = line.before == Break::None && !opens;
        if let Some(open) = rows.last_mut().filter(|_| goes_on) {
            join(open, cells);
        } else {
            // A row without its first cell is what sets the grid apart from rows that are headed by it.
            gaps += usize::from(cells.first().is_some_and(Vec::is_empty));
            rows.push(cells);
        }
        let open = rows.last().map_or(&[][..], Vec::as_slice);
        if open.iter().skip(1).any(|cell| !cell.is_empty()) {
            last = (rows.len(), at + 1);
        }
    }
    let (count, end) = last;
    rows.truncate(count);
    let parted = count > 2 && gaps > 0;
    parted.then_some(Columns {
        rows,
        head: true,
        end,
    })
}

/// The pieces of a line by the heads that they stand under; `None` where one stands under none or reaches below the next.
fn cells(pieces: &[Piece], heads: &[Piece]) -> Option<Cells> {
    let mut cells: Cells = vec![Vec::new(); heads.len()];
    for piece in pieces {
        let under = |head: &Piece| head.start.abs_diff(piece.start) <= BESIDE;
        let column = heads.iter().position(under)?;
        let next = heads.get(column + 1);
        if next.is_some_and(|next| piece.end >= next.start) {
            return None;
        }
        cells.get_mut(column)?.push(piece.span);
    }
    Some(cells)
}

fn begins_large(text: &str, piece: &Piece) -> bool {
    text_at(text, piece.span).starts_with(char::is_uppercase)
}

/// Adds the lines of wrapped cells to the row that they go on with.
fn join(row: &mut Cells, more: Cells) {
    for (cell, spans) in row.iter_mut().zip(more) {
        cell.extend(spans);
    }
}
