//! Tables in plain text: rows whose cells are set apart by white space.
//!
//! A table is two or more lines with aligned columns; a column is set apart by a tab, a bar, two or more spaces, or a line
//! of dots. A cell may wrap onto the lines below it, above or below the line that holds the rest of its row.

mod grid;

use super::lines::{Break, Line, width};
use crate::span::{Span, text_at};

/// A piece of a line between two gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// Bytes of the author's file.
    span: Span,
    /// First column.
    start: usize,
    /// Column after the last.
    end: usize,
    /// Whether a wide gap (three spaces, a tab, dots) stands before it.
    wide: bool,
}

/// A table as found: each cell holds its pieces, one for each line.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// Rows from top to bottom.
    pub(super) rows: Vec<Cells>,
    /// Whether the first row holds column heads.
    pub(super) head: bool,
    /// Index of the first line after the table.
    pub(super) end: usize,
}

/// One row.
pub(super) type Cells = Vec<Vec<Span>>;

/// The table that begins at line `at`.
pub(super) fn table(text: &str, lines: &[Line], at: usize) -> Option<Columns> {
    let first = RowLine::new(text, lines.get(at)?, at);
    if first.pieces.len() < 2 {
        return None;
    }
    if let Some(grid) = grid::grid(text, lines, &first) {
        return Some(grid);
    }
    let run = Run::gather(text, lines, first);
    let found = run.accepted().then(|| run.into_table(text, lines))?;
    (!found.numbers_paragraphs(text)).then_some(found)
}

impl Columns {
    /// Whether the rows are numbered headings and paragraphs: `1.0  PURPOSE`, `1.1  To tell members …`.
    fn numbers_paragraphs(&self, text: &str) -> bool {
        let words = |cell: &[Span]| cell.first().map_or("", |&span| text_at(text, span));
        self.rows.iter().all(|row| {
            let [number, body] = row.as_slice() else {
                return false;
            };
            let (number, body) = (words(number), words(body));
            let parts = number.trim_end_matches('.').split('.');
            let digits = |part: &str| {
                (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
            };
            number.contains('.')
                && parts.clone().count() > 1
                && parts.into_iter().all(digits)
                && body
                    .starts_with(|first: char| first.is_uppercase() || first.is_ascii_punctuation())
        })
    }
}

/// Whether text holds a gap that is none between sentences: three spaces, a tab, or dots.
pub(super) fn has_wide_gap(text: &str) -> bool {
    text.contains("   ") || text.contains('\t') || text.contains("....")
}

/// A line of dashes or the like, which parts the head of a table from its body.
pub(super) fn is_rule(content: &str) -> bool {
    content.len() >= 3
        && content.chars().all(|c| {
            matches!(
                c,
                '-' | '=' | '_' | '─' | '━' | '—' | '–' | '+' | '|' | ' ' | '\t'
            )
        })
        && content.chars().any(|c| !matches!(c, ' ' | '\t' | '|'))
}

/// Cuts a line at its gaps. Two spaces after a stop are the gap between two sentences, not between two cells.
fn pieces(text: &str, line: &Line) -> Vec<Piece> {
    let content = text_at(text, line.span);
    let mut found: Vec<Piece> = Vec::new();
    if !line.gap {
        found.push(Piece {
            span: line.span,
            start: line.indent,
            end: line.end_column(),
            wide: false,
        });
        return found;
    }
    let bytes = content.as_bytes();
    let mut column = line.indent;
    let (mut start, mut start_column, mut wide) = (0, column, false);
    let mut at = 0;
    while at < bytes.len() {
        let gap = gap_len(bytes, at);
        if gap == 0 {
            let step = 1 + bytes
                .get(at + 1..)
                .unwrap_or_default()
                .iter()
                .take_while(|&&byte| byte & 0xc0 == 0x80)
                .count();
            at += step;
            column += 1;
            continue;
        }
        let after = at + gap;
        let white = content.get(at..after).unwrap_or_default();
        let narrow = white == "  ";
        let stopped = at
            .checked_sub(1)
            .and_then(|before| bytes.get(before))
            .is_some_and(|byte| matches!(byte, b'.' | b'!' | b'?' | b':' | b';' | b','));
        if !(narrow && stopped) && at > start {
            found.push(Piece {
                span: Span::new(line.span.start + start, line.span.start + at),
                start: start_column,
                end: column,
                wide,
            });
            wide = !narrow;
            start = after;
            start_column = columns_after(column, white);
        }
        column = columns_after(column, white);
        at = after;
    }
    found.push(Piece {
        span: Span::new(line.span.start + start, line.span.end),
        start: start_column,
        end: column,
        wide,
    });
    found
}

/// Cuts a line at its bars; a bar at its start or end is its edge.
fn barred_pieces(content: &str, source: usize) -> Vec<Piece> {
    let inside = content.strip_prefix('|').unwrap_or(content);
    let mut start = source + content.len() - inside.len();
    let inside = inside.strip_suffix('|').unwrap_or(inside);
    let cells = inside.split('|').enumerate();
    cells
        .map(|(column, cell)| {
            let from = start + cell.len() - cell.trim_start().len();
            let span = Span::new(from, from + cell.trim().len());
            start += cell.len() + 1;
            Piece {
                span,
                start: column,
                end: column + 1,
                wide: true,
            }
        })
        .collect()
}

/// Cuts a line at the dots that lead from its first cell to the second, where there is room for one to three of them only:
/// `Respect and dignity . Good`.
fn led_pieces(text: &str, line: &Line) -> Option<Vec<Piece>> {
    let content = text_at(text, line.span);
    let dots = [" . ", " .. ", " ... "];
    let (at, mark) = dots
        .iter()
        .filter_map(|mark| Some((content.find(mark)?, mark)))
        .min()?;
    let piece = |from: usize, to: usize, wide: bool| {
        let column = |at: usize| line.indent + width(content.get(..at).unwrap_or_default());
        Piece {
            span: Span::new(line.span.start + from, line.span.start + to),
            start: column(from),
            end: column(to),
            wide,
        }
    };
    let second = at + mark.len();
    let more = content.get(second..)?;
    (at > 0 && !more.contains(" . "))
        .then(|| vec![piece(0, at, false), piece(second, content.len(), true)])
}

/// Bytes of the gap at `at`: two or more spaces, white space with a tab, or four or more dots with the white space around
/// them.
fn gap_len(bytes: &[u8], at: usize) -> usize {
    if !bytes
        .get(at)
        .is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'.'))
    {
        return 0;
    }
    let mut dots = 0;
    let mut tab = false;
    let mut len = 0;
    while let Some(&byte) = bytes.get(at + len) {
        match byte {
            b'\t' => tab = true,
            b' ' => {}
            b'.' => dots += 1,
            _ => break,
        }
        len += 1;
    }
    if dots == 0 {
        return if tab || len >= 2 { len } else { 0 };
    }
    if dots >= 4 {
        return len;
    }
    let white = bytes
        .get(at..at + len)
        .unwrap_or_default()
        .iter()
        .take_while(|&&byte| byte != b'.')
        .count();
    if white >= 2
        || bytes
            .get(at..at + white)
            .is_some_and(|white| white.contains(&b'\t'))
    {
        white
    } else {
        0
    }
}

fn columns_after(column: usize, white: &str) -> usize {
    white.chars().fold(column, |column, c| {
        if c == '\t' {
            (column / 4 + 1) * 4
        } else {
            column + 1
        }
    })
}

/// A line that may be a row of a table, or part of one.
struct RowLine {
    /// Its index.
    at: usize,
    pieces: Vec<Piece>,
    /// Tabs in it, where tabs alone part its cells.
    tabs: usize,
    /// Whether bars part its cells.
    bars: bool,
}

impl RowLine {
    fn new(text: &str, line: &Line, at: usize) -> Self {
        let content = text_at(text, line.span);
        if line.gap && content.contains('|') && !is_rule(content) {
            return Self {
                at,
                pieces: barred_pieces(content, line.span.start),
                tabs: 0,
                bars: true,
            };
        }
        let tabs = if line.gap && !content.contains("  ") && !content.contains("....") {
            content.bytes().filter(|&byte| byte == b'\t').count()
        } else {
            0
        };
        Self {
            at,
            pieces: pieces(text, line),
            tabs,
            bars: false,
        }
    }
}

/// Lines that may make up a table.
struct Run {
    rows: Vec<RowLine>,
    /// Line with a rule, if one was met: the row before it is the head.
    rule_after: Option<usize>,
    end: usize,
}

/// A table does not hold more lines than this without a gap in a row.
const MAX_WRAP: usize = 4;

impl Run {
    fn gather(text: &str, lines: &[Line], first: RowLine) -> Self {
        let at = first.at;
        let mut run = Self {
            rows: vec![first],
            rule_after: None,
            end: at + 1,
        };
        let mut next = at + 1;
        let mut single = 0;
        while let Some(line) = lines.get(next) {
            let content = text_at(text, line.span);
            if is_rule(content) && line.before != Break::Page {
                if run.rows.len() == 1 {
                    run.rule_after = Some(at);
                }
                next += 1;
                continue;
            }
            let mut row = RowLine::new(text, line, next);
            if row.pieces.len() == 1 && run.is_led(text) {
                row.pieces = led_pieces(text, line).unwrap_or(row.pieces);
            }
            let joins = if row.pieces.len() > 1 {
                run.aligns(&row, line.before == Break::None) && !is_item(content)
            } else {
                single += 1;
                let below_head = run.rows.len() == 1 && line.before == Break::Blank;
                let after = lines
                    .get(next + 1)
                    .filter(|after| after.before == Break::None)
                    .map(|after| RowLine::new(text, after, next + 1));
                let wraps = (line.before == Break::None || below_head)
                    && single <= MAX_WRAP
                    && run.may_wrap(&row, content);
                wraps || after.is_some_and(|after| run.opens_row(&row, &after))
            };
            if !joins {
                break;
            }
            if row.pieces.len() > 1 {
                single = 0;
            }
            run.rows.push(row);
            next += 1;
        }
        run.cut_tail(text);
        run.end = run.rows.last().map_or(at + 1, |row| row.at + 1);
        run
    }

    /// Whether a line with several pieces stands in the columns of the lines above it.
    ///
    /// After an empty line it must have as many cells as they have.
    fn aligns(&self, row: &RowLine, follows: bool) -> bool {
        self.rows
            .iter()
            .rev()
            .filter(|above| above.pieces.len() > 1)
            .take(3)
            .any(|above| {
                if !follows && above.pieces.len() != row.pieces.len() {
                    return false;
                }
                if row.bars || above.bars {
                    return row.bars && above.bars;
                }
                let tabs = row.tabs > 0 && above.tabs > 0;
                let alike = above.tabs == row.tabs || above.pieces.len() == row.pieces.len();
                tabs && alike || aligned(&above.pieces, &row.pieces)
            })
    }

    /// Whether a line of one piece may be part of a cell: it stands in a column.
    fn may_wrap(&self, row: &RowLine, content: &str) -> bool {
        let full = self.rows.iter().rev().find(|above| above.pieces.len() > 1);
        let (
            Some(piece),
            Some(RowLine {
                pieces: above,
                bars: false,
                ..
            }),
        ) = (row.pieces.first(), full)
        else {
            return false;
        };
        if crate::document::marker::marker(content).is_some() {
            return false;
        }
        let first = above.first().map_or(0, |first| first.start);
        let second = above.get(1).map_or(usize::MAX, |second| second.start);
        // "2.3 Support and" over "delivery": the name goes on under its first word, not under its number.
        let hangs = piece.start > first && goes_on(content);
        (piece.start.abs_diff(first) <= 3 || hangs) && piece.end < second
            || above.iter().skip(1).any(|column| {
                column.start.abs_diff(piece.start) <= 1 || column.end.abs_diff(piece.end) <= 1
            })
    }

    /// Whether dots lead from the first cell to the second in the rows right above.
    fn is_led(&self, text: &str) -> bool {
        const ABOVE: usize = 3;
        let full = self.rows.iter().rev().filter(|row| row.pieces.len() > 1);
        full.take(ABOVE).all(|row| {
            let [name, value] = row.pieces.as_slice() else {
                return false;
            };
            let gap = text_at(text, Span::new(name.span.end, value.span.start));
            gap.contains("....") || gap.trim().starts_with('.')
        })
    }

    /// Whether a line of one piece opens a row, as the line after it shows: that has the tabs of the rows above, whose group the line
    /// names, or is one piece in another column of theirs, and holds the value of a row whose name goes on below it.
    fn opens_row(&self, row: &RowLine, after: &RowLine) -> bool {
        let full = self.rows.iter().rev().find(|above| above.pieces.len() > 1);
        let (Some(above), [name]) = (full.filter(|above| !above.bars), row.pieces.as_slice())
        else {
            return false;
        };
        if above.tabs > 1 {
            return after.tabs == above.tabs;
        }
        let (Some(first), Some(second)) = (above.pieces.first(), above.pieces.get(1)) else {
            return false;
        };
        let [value] = after.pieces.as_slice() else {
            return false;
        };
        let under = |column: &Piece| column.start.abs_diff(value.start) <= 1;
        name.start.abs_diff(first.start) <= 3
            && name.end + 2 < second.start
            && second.wide
            && above.pieces.iter().skip(1).any(under)
    }

    /// Leaves out lines at the end that stand in the first column and go on with no row.
    fn cut_tail(&mut self, text: &str) {
        let full = self.rows.iter().rposition(|row| row.pieces.len() > 1);
        let first = self.rows.first().map_or(0, |row| first_column(&row.pieces));
        let Some(full) = full else { return };
        let tail = self
            .rows
            .iter()
            .skip(full + 1)
            .take_while(|row| {
                first_column(&row.pieces) > first + 3 || goes_on(first_text(text, &row.pieces))
            })
            .count();
        self.rows.truncate(full + 1 + tail);
    }

    fn accepted(&self) -> bool {
        let full: Vec<&Vec<Piece>> = self
            .rows
            .iter()
            .map(|row| &row.pieces)
            .filter(|pieces| pieces.len() > 1)
            .collect();
        let wide = full
            .iter()
            .any(|pieces| pieces.iter().any(|piece| piece.wide));
        full.len() >= 2 && (wide || full.len() >= 3)
    }

    /// Splits rows at every tab, so that empty cells keep their place, where all have the same number of them, names of groups
    /// aside; gives back whether it did.
    fn split_at_tabs(&mut self, text: &str, lines: &[Line]) -> bool {
        let tabs = self.rows.first().map_or(0, |row| row.tabs);
        let names_group = |row: &RowLine| tabs > 1 && row.tabs == 0 && row.pieces.len() == 1;
        let apart = |row: &RowLine| row.tabs != tabs && !names_group(row);
        if tabs == 0 || self.rows.iter().any(apart) {
            return false;
        }
        for row in &mut self.rows {
            if row.tabs != tabs {
                for piece in &mut row.pieces {
                    (piece.start, piece.end) = (0, 1);
                }
                continue;
            }
            let Some(line) = lines.get(row.at) else {
                continue;
            };
            let mut start = line.span.start;
            let cells = text_at(text, line.span).split('\t').enumerate();
            row.pieces = cells
                .map(|(column, cell)| {
                    let span = Span::new(start, start + cell.len());
                    start = span.end + 1;
                    Piece {
                        span,
                        start: column,
                        end: column + 1,
                        wide: true,
                    }
                })
                .collect();
        }
        true
    }

    fn into_table(mut self, text: &str, lines: &[Line]) -> Columns {
        let tabbed = self.split_at_tabs(text, lines);
        let anchors = anchors(&self.rows);
        let count = anchors.len();
        let small = self
            .rows
            .iter()
            .filter(|row| row.pieces.len() > 1)
            .filter(|row| first_text(text, &row.pieces).starts_with(char::is_lowercase))
            .count();
        // Where many rows begin with a small letter, one does not tell that a cell goes on.
        let capitals = small * 3 < self.rows.len();
        let mut table = Columns {
            end: self.end,
            ..Columns::default()
        };
        let mut previous: Option<&[Piece]> = None;
        let mut blank_after_first = false;
        let names_group = |index: usize| {
            let row = self.rows.get(index);
            tabbed && row.is_some_and(|row| row.tabs == 0)
        };
        for (index, RowLine { at, pieces, .. }) in self.rows.iter().enumerate() {
            let line_break = lines.get(*at).map_or(Break::None, |line| line.before);
            blank_after_first |= index == 1 && line_break == Break::Blank;
            let cells = assign(pieces, &anchors);
            let whole = names_group(index) || index.checked_sub(1).is_some_and(names_group);
            let close = line_break == Break::None && !whole;
            let open = table.rows.last().filter(|_| close);
            let goes_on = open.is_some_and(|open| {
                joins_row(text, open, &cells, capitals, previous, anchors.get(1))
            });
            if goes_on && let Some(row) = table.rows.last_mut() {
                for (cell, spans) in row.iter_mut().zip(cells) {
                    cell.extend(spans);
                }
            } else {
                table.rows.push(cells);
            }
            previous = Some(pieces);
        }
        table.head = self.rule_after.is_some()
            || blank_after_first && lines_follow_closely(&self.rows, lines)
            || has_head(text, &table.rows, count);
        table
    }
}

/// Whether no other empty line stands between the rows than the one after the first.
fn lines_follow_closely(rows: &[RowLine], lines: &[Line]) -> bool {
    rows.len() > 2
        && rows.iter().skip(2).all(|row| {
            lines
                .get(row.at)
                .is_some_and(|line| line.before != Break::Blank)
        })
}

/// Whether a line is an item of a list: it has a marker and no gap after it.
fn is_item(content: &str) -> bool {
    crate::document::marker::marker(content).is_some_and(|marker| {
        !marker.bare && !has_wide_gap(content.get(marker.len..).unwrap_or_default())
    })
}

fn first_column(pieces: &[Piece]) -> usize {
    pieces.first().map_or(0, |piece| piece.start)
}

fn first_text<'a>(text: &'a str, pieces: &[Piece]) -> &'a str {
    pieces.first().map_or("", |piece| text_at(text, piece.span))
}

/// Whether two lines share a column: the same number of cells that begin (or end) near each other, or one that begins or
/// ends at the same place.
fn aligned(above: &[Piece], below: &[Piece]) -> bool {
    let near = |a: &Piece, b: &Piece, by: usize| {
        a.start.abs_diff(b.start) <= by || a.end.abs_diff(b.end) <= by
    };
    let wide = |a: &Piece, b: &Piece| a.wide || b.wide;
    if above.len() == below.len()
        && above.iter().zip(below).skip(1).all(|(a, b)| {
            near(a, b, 1) || wide(a, b) && near(a, b, 3) || a.wide && b.wide && near(a, b, 8)
        })
    {
        return true;
    }
    above
        .iter()
        .skip(1)
        .any(|a| below.iter().skip(1).any(|b| wide(a, b) && near(a, b, 1)))
}

/// First and last column of each column of the table, taken from the lines with the commonest number of pieces.
fn anchors(rows: &[RowLine]) -> Vec<(usize, usize)> {
    let most = rows.iter().map(|row| row.pieces.len()).max();
    let mut times = vec![0usize; most.unwrap_or_default() + 1];
    for row in rows.iter().filter(|row| row.pieces.len() > 1) {
        if let Some(count) = times.get_mut(row.pieces.len()) {
            *count += 1;
        }
    }
    let count = times
        .iter()
        .enumerate()
        .max_by_key(|&(_, times)| times)
        .map_or(0, |(count, _)| count);
    let mut anchors: Vec<(usize, usize)> = Vec::new();
    for row in rows.iter().filter(|row| row.pieces.len() == count) {
        for (at, piece) in row.pieces.iter().enumerate() {
            match anchors.get_mut(at) {
                Some(anchor) => *anchor = (anchor.0.min(piece.start), anchor.1.max(piece.end)),
                None => anchors.push((piece.start, piece.end)),
            }
        }
    }
    anchors
}

/// Puts the pieces of a line into columns: one by one where there is one for each, else each where it begins or ends
/// nearest.
fn assign(pieces: &[Piece], anchors: &[(usize, usize)]) -> Cells {
    let mut cells: Cells = vec![Vec::new(); anchors.len()];
    let mut from = 0;
    for (at, piece) in pieces.iter().enumerate() {
        let column = if pieces.len() == anchors.len() {
            at
        } else {
            nearest(piece, anchors, from)
        };
        if let Some(cell) = cells.get_mut(column) {
            cell.extend(Some(piece.span).filter(|span| !span.is_empty()));
        }
        from = column;
    }
    cells
}

fn nearest(piece: &Piece, anchors: &[(usize, usize)], from: usize) -> usize {
    anchors
        .iter()
        .enumerate()
        .skip(from)
        .min_by_key(|(_, anchor)| {
            anchor
                .0
                .abs_diff(piece.start)
                .min(anchor.1.abs_diff(piece.end))
        })
        .map_or(from, |(column, _)| column)
}

/// Whether a line goes on with the row above it.
fn joins_row(
    text: &str,
    open: &Cells,
    cells: &Cells,
    capitals: bool,
    previous: Option<&[Piece]>,
    second: Option<&(usize, usize)>,
) -> bool {
    let text_of = |cell: &Vec<Span>| cell.first().map_or("", |&span| text_at(text, span));
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    let first = cells.first().map_or("", text_of);
    if first.is_empty() {
        let lower = cells
            .iter()
            .filter(|cell| !cell.is_empty())
            .all(|cell| goes_on(text_of(cell)));
        let row_has_first = open.first().is_some_and(|cell| !cell.is_empty());
        return row_has_first && (lower || filled + 1 < cells.len() || cells.len() == 2);
    }
    let open_has_values = open.iter().skip(1).any(|cell| !cell.is_empty());
    let lower = capitals && goes_on(first);
    if filled == 1 {
        return lower;
    }
    if open_has_values {
        return lower
            && cells
                .iter()
                .filter(|cell| !cell.is_empty())
                .all(|cell| goes_on(text_of(cell)));
    }
    lower || wrapped(previous, first, second)
}

/// Whether text goes on from the line before: it begins with a small letter or a bracket.
fn goes_on(content: &str) -> bool {
    content.starts_with(|c: char| c.is_lowercase() || c == '(')
}

/// Whether the first word of `first` had no room in the column of the line before.
fn wrapped(previous: Option<&[Piece]>, first: &str, second: Option<&(usize, usize)>) -> bool {
    let (Some([piece]), Some(second)) = (previous, second) else {
        return false;
    };
    let word = first.split_whitespace().next().map_or(0, width);
    piece.end + 1 + word + 2 > second.0
}

/// Whether the first row holds column heads: it names no row, or it alone has no figures (or has the only years).
fn has_head(text: &str, rows: &[Cells], count: usize) -> bool {
    let Some((first, rest)) = rows.split_first() else {
        return false;
    };
    if rest.is_empty() || count < 2 {
        return false;
    }
    let text_of = |cell: &Vec<Span>| {
        cell.iter()
            .map(|&span| text_at(text, span))
            .collect::<Vec<_>>()
            .join(" ")
    };
    if first.first().is_some_and(Vec::is_empty) {
        return true;
    }
    let column = |at: usize| {
        rest.iter()
            .filter_map(move |row| row.get(at))
            .filter(|cell| !cell.is_empty())
    };
    (1..count).any(|at| {
        let head = first.get(at).map(text_of).unwrap_or_default();
        if head.is_empty() || column(at).next().is_none() {
            return false;
        }
        let figures = column(at).all(|cell| is_figure(&text_of(cell)));
        let years = !column(at).any(|cell| has_year(&text_of(cell)));
        figures && (!is_figure(&head) || has_year(&head) && years)
            || has_year(&head) && years && !figures
    })
}

/// Whether a cell holds a figure: it begins with a digit, a sign or a currency.
fn is_figure(cell: &str) -> bool {
    cell.starts_with(|c: char| {
        c.is_ascii_digit() || matches!(c, '£' | '€' | '$' | '+' | '-' | '–' | '−' | '<' | '>')
    })
}

fn has_year(cell: &str) -> bool {
    cell.split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::lines;

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]], head: bool) {
        let lines = lines::read(text, Span::new(0, text.len())).text;
        let table = table(text, &lines, 0);
        let found: Vec<Vec<String>> = table
            .iter()
            .flat_map(|table| &table.rows)
            .map(|row| {
                row.iter()
                    .map(|cell| {
                        cell.iter()
                            .map(|&span| text_at(text, span))
                            .collect::<Vec<_>>()
                            .join(" ")
                    })
                    .collect()
            })
            .collect();
        assert_eq!(found, expected);
        assert_eq!(table.is_some_and(|table| table.head), head);
    }

    #[test]
    fn names_of_groups_stand_alone_among_tabs() {
        check(
            "Service\tSafe\tWell-led\nElm Infirmary\nSurgery\tGood\tFair\nOak General\nSurgery\tPoor\tGood",
            &[
                &["Service", "Safe", "Well-led"],
                &["Elm Infirmary", "", ""],
                &["Surgery", "Good", "Fair"],
                &["Oak General", "", ""],
                &["Surgery", "Poor", "Good"],
            ],
            false,
        );
        check(
            "Surgery\tGood\tFair\nMaternity\tPoor\tGood\nThe trust was told of this in May.\n",
            &[&["Surgery", "Good", "Fair"], &["Maternity", "Poor", "Good"]],
            false,
        );
    }

    #[test]
    fn a_value_stands_beside_a_name_of_two_lines() {
        check(
            "1. Help and protection                 Good\n\n2. Children looked after and living\n                                       Fair\n   with others\n\n3. Leadership                          Poor\n",
            &[
                &["1. Help and protection", "Good"],
                &["2. Children looked after and living with others", "Fair"],
                &["3. Leadership", "Poor"],
            ],
            false,
        );
        check(
            "1. Help and protection                 Good\n\n3. Leadership                          Poor\n\n2. Children are well\nlooked after here.\n",
            &[
                &["1. Help and protection", "Good"],
                &["3. Leadership", "Poor"],
            ],
            false,
        );
    }

    #[test]
    fn lists_stand_under_heads() {
        check(
            "Good        Requires      Poor\n            improvement\n            Care          Staff\n            of men\n\n\
             Food        Rooms\n\n            Yards\n\nThe end.\n",
            &[
                &["Good", "Requires improvement", "Poor"],
                &["", "Care of men", "Staff"],
                &["Food", "Rooms", ""],
                &["", "Yards", ""],
            ],
            true,
        );
        // What reaches below the next head is no cell.
        check(
            "Good        Fair          Poor\n\n            A long line of text that runs on\n\n            Yards\n",
            &[],
            false,
        );
    }

    #[test]
    fn columns_are_read() {
        check(
            "  Safe       Good\n  Caring     Requires improvement\n",
            &[&["Safe", "Good"], &["Caring", "Requires improvement"]],
            false,
        );
        check(
            "Safe\tGood\nCaring\tFair",
            &[&["Safe", "Good"], &["Caring", "Fair"]],
            false,
        );
        check(
            "| Safe | Good |\n|Caring||",
            &[&["Safe", "Good"], &["Caring", ""]],
            false,
        );
        check(
            "Safe ....... Good\nCaring ..... Fair",
            &[&["Safe", "Good"], &["Caring", "Fair"]],
            false,
        );
        check(
            "4,120    people\n£28m     spending\n3 out of 9  indicators",
            &[
                &["4,120", "people"],
                &["£28m", "spending"],
                &["3 out of 9", "indicators"],
            ],
            false,
        );
    }

    #[test]
    fn names_go_on_below_their_first_word() {
        check(
            "P 2.2 Planning              Good              2\nP 2.3 Support and           Poor              0\n      delivery\nP 2.4 Reviewing             Fair              1",
            &[
                &["P 2.2 Planning", "Good", "2"],
                &["P 2.3 Support and delivery", "Poor", "0"],
                &["P 2.4 Reviewing", "Fair", "1"],
            ],
            false,
        );
        check(
            "P 2.2 Planning              Good              2\nP 2.3 Support               Poor              0\n\n      These are the grades of May.",
            &[
                &["P 2.2 Planning", "Good", "2"],
                &["P 2.3 Support", "Poor", "0"],
            ],
            false,
        );
    }

    #[test]
    fn few_dots_lead_where_there_is_little_room() {
        check(
            "Care ................... Good\nRespect and dignity .... Good\nThe lives that they led . Fair\nFood ................... Poor",
            &[
                &["Care", "Good"],
                &["Respect and dignity", "Good"],
                &["The lives that they led", "Fair"],
                &["Food", "Poor"],
            ],
            false,
        );
        check(
            "Care ................... Good\nFood ................... Poor\nWe went there . . . and left.",
            &[&["Care", "Good"], &["Food", "Poor"]],
            false,
        );
    }

    #[test]
    fn cells_wrap() {
        check(
            "Standard                Grade\n\nThe progress of people\nin need of care         Requires\n                        improvement\nLeaders                 Good",
            &[
                &["Standard", "Grade"],
                &[
                    "The progress of people in need of care",
                    "Requires improvement",
                ],
                &["Leaders", "Good"],
            ],
            true,
        );
    }

    #[test]
    fn heads_are_known_by_years_figures_rules_and_an_empty_corner() {
        check(
            "Test        2024     2021\nSafety      Good     Poor\nRespect     Good     Good",
            &[
                &["Test", "2024", "2021"],
                &["Safety", "Good", "Poor"],
                &["Respect", "Good", "Good"],
            ],
            true,
        );
        check(
            "Area      Visits\nNorth     12\nSouth     15",
            &[&["Area", "Visits"], &["North", "12"], &["South", "15"]],
            true,
        );
        check(
            "Area      Grade\n----      -----\nNorth     Good",
            &[&["Area", "Grade"], &["North", "Good"]],
            true,
        );
    }

    #[test]
    fn numbered_paragraphs_are_no_table() {
        check(
            "1.0  PURPOSE\n1.1  To tell members.\n1.2  To ask.",
            &[],
            false,
        );
        check(
            "1.0   2.5\n1.1   2.6\n",
            &[&["1.0", "2.5"], &["1.1", "2.6"]],
            false,
        );
        check(
            "1.1  Staff       Good\n1.2  Food        Fair\n",
            &[&["1.1", "Staff", "Good"], &["1.2", "Food", "Fair"]],
            false,
        );
    }

    #[test]
    fn prose_is_no_table() {
        check(
            "It was so.  Then it was not.\nIt was so.  Then again.",
            &[],
            false,
        );
        check("One line  with a gap\nand one without", &[], false);
        check("", &[], false);
    }
}
