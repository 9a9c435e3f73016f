//! Words and rules of a page put into reading order: columns, the rows in them, and tables.

use super::page::{Drawn, Piece, Rule, Word};
use crate::document::marker::marker;

/// What stands on a page, in reading order.
#[derive(Clone, Debug)]
pub(super) enum Item {
    /// A line of text.
    Line(Line),
    /// A table with rules between its cells.
    Table(Table),
    /// Lines whose pieces stand below each other: a table without rules.
    Grid(Vec<Row>),
}

/// A line of text in its column.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) piece: Piece,
    /// The edges of the column that it stands in.
    pub(super) left: f32,
    pub(super) right: f32,
    /// The number of the column, counted through the page.
    pub(super) column: usize,
}

/// Pieces beside each other.
pub(super) type Row = Vec<Piece>;

/// A table with rules between its cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    top: f32,
    bottom: f32,
    left: f32,
    right: f32,
    /// Rows from top to bottom.
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A cell, with the columns and rows that it spans.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// Lines from top to bottom.
    pub(super) lines: Vec<Piece>,
}

/// Something with a place on the page.
#[derive(Clone, Debug)]
enum Element {
    Piece(Piece),
    Table(Table),
}

impl Element {
    fn left(&self) -> f32 {
        match self {
            Self::Piece(piece) => piece.left,
            Self::Table(table) => table.left,
        }
    }

    fn right(&self) -> f32 {
        match self {
            Self::Piece(piece) => piece.right,
            Self::Table(table) => table.right,
        }
    }

    /// Where it stands from the top: the line of its letters.
    fn base(&self) -> f32 {
        match self {
            Self::Piece(piece) => piece.base,
            Self::Table(table) => table.top,
        }
    }

    /// Whether it is a piece of a line of prose.
    fn is_prose(&self) -> bool {
        matches!(self, Self::Piece(piece) if piece.width() >= PROSE)
    }
}

/// Characters of a line of prose in a narrow column.
const PROSE: usize = 22;
/// Lines of prose that a column has at least.
const COLUMN: usize = 3;
/// Columns that are looked for beside each other.
const MAX_COLUMNS: usize = 4;

/// Puts what is drawn on a page into reading order.
pub(super) fn arrange(page: Drawn) -> Vec<Item> {
    let tables = tables(&page.rules, &page.pieces);
    let mut elements: Vec<Element> = Vec::new();
    let mut filled: Vec<Table> = tables;
    for piece in page.pieces {
        match filled.iter_mut().find(|table| table.holds(&piece)) {
            Some(table) => table.fill(piece),
            None => elements.push(Element::Piece(piece)),
        }
    }
    for mut table in filled {
        table.sort();
        elements.push(Element::Table(table));
    }
    let mut items = Vec::new();
    let mut columns = 0;
    column(elements, MAX_COLUMNS, &mut columns, &mut items);
    items
}

/// Orders what stands in a column, or in columns beside each other.
fn column(mut elements: Vec<Element>, depth: usize, columns: &mut usize, items: &mut Vec<Item>) {
    elements.sort_by(|a, b| a.base().total_cmp(&b.base()));
    let gutter = if depth > 1 { gutter(&elements) } else { None };
    let Some(gutter) = gutter else {
        *columns += 1;
        rows(elements, *columns, items);
        return;
    };
    // What reaches over the gutter parts what stands above it from what stands below.
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let mut over = Vec::new();
    for element in elements {
        if element.left() < gutter - 2.0 && element.right() > gutter + 2.0 {
            if right.is_empty() {
                // The last line of a paragraph may be short.
                over.append(&mut left);
            } else {
                flush(&mut over, columns, items);
                let heading = heading_of_next(&mut left, &right);
                column(std::mem::take(&mut left), depth - 1, columns, items);
                column(std::mem::take(&mut right), depth - 1, columns, items);
                over.extend(heading);
            }
            over.push(element);
        } else if element.left() >= gutter - 2.0 {
            right.push(element);
        } else {
            left.push(element);
        }
    }
    if right.is_empty() {
        over.append(&mut left);
    }
    flush(&mut over, columns, items);
    column(left, depth - 1, columns, items);
    column(right, depth - 1, columns, items);
}

/// Takes the heading of what stands below both columns from the end of the left one: larger or bold lines below all that stands
/// in the right one.
fn heading_of_next(left: &mut Vec<Element>, right: &[Element]) -> Vec<Element> {
    let bottom = right.iter().map(Element::base).fold(f32::MIN, f32::max);
    let plain = |element: &&Element| matches!(element, Element::Piece(piece) if !piece.is_bold());
    let sizes = left
        .iter()
        .filter(plain)
        .filter_map(|element| match element {
            Element::Piece(piece) => Some(piece.size),
            Element::Table(_) => None,
        });
    let size = sizes.fold(0.0, f32::max);
    let heads = |element: &Element| matches!(element, Element::Piece(piece) if piece.base > bottom + piece.size && (piece.is_bold() || piece.size > size));
    let from = left.iter().rposition(|element| !heads(element));
    left.split_off(from.map_or(0, |at| at + 1))
}

fn flush(over: &mut Vec<Element>, columns: &mut usize, items: &mut Vec<Item>) {
    if !over.is_empty() {
        *columns += 1;
        rows(std::mem::take(over), *columns, items);
    }
}

/// The left edge of a column that stands to the right of another: lines of prose begin there, and as many end before it.
fn gutter(elements: &[Element]) -> Option<f32> {
    let prose: Vec<&Element> = elements
        .iter()
        .filter(|element| element.is_prose())
        .collect();
    let mut edges: Vec<f32> = prose.iter().map(|element| element.left()).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|a, b| (*a - *b).abs() < 3.0);
    let mut best: Option<(usize, f32)> = None;
    for edge in edges.into_iter().take(60) {
        let beside = |element: &&&Element| (element.left() - edge).abs() < 3.0;
        let right: Vec<_> = prose.iter().filter(beside).collect();
        let before =
            |element: &&&Element| element.right() < edge - 5.0 && element.left() < edge - 60.0;
        let left: Vec<_> = prose.iter().filter(before).collect();
        let range = |of: &[&&Element]| {
            let top = of
                .iter()
                .map(|element| element.base())
                .fold(f32::MAX, f32::min);
            let bottom = of
                .iter()
                .map(|element| element.base())
                .fold(f32::MIN, f32::max);
            (top, bottom)
        };
        let ((top, bottom), (other_top, other_bottom)) = (range(&right), range(&left));
        let together = bottom.min(other_bottom) - top.max(other_top);
        let lines = right.len().min(left.len());
        let aligned = together > 0.0 && lines >= COLUMN;
        if aligned && best.is_none_or(|(most, _)| lines > most) {
            best = Some((lines, edge));
        }
    }
    best.map(|(_, edge)| edge)
}

/// Puts what stands in one column into rows, and finds the tables that have no rules.
fn rows(elements: Vec<Element>, column: usize, items: &mut Vec<Item>) {
    let mut run: Vec<Row> = Vec::new();
    let left = elements.iter().map(Element::left).fold(f32::MAX, f32::min);
    let right = elements.iter().map(Element::right).fold(f32::MIN, f32::max);
    let write = |run: &mut Vec<Row>, items: &mut Vec<Item>| {
        for part in grids(std::mem::take(run)) {
            match part {
                Part::Grid(rows) => items.push(Item::Grid(rows)),
                Part::Line(piece) => items.push(Item::Line(Line {
                    piece,
                    left,
                    right,
                    column,
                })),
            }
        }
    };
    for element in elements {
        match element {
            Element::Piece(piece) => match run.last_mut() {
                Some(row) if row.first().is_some_and(|first| same_line(first, &piece)) => {
                    row.push(piece);
                }
                _ => run.push(vec![piece]),
            },
            Element::Table(table) => {
                write(&mut run, items);
                items.push(Item::Table(table));
            }
        }
    }
    write(&mut run, items);
}

/// Pieces of a cell as lines from top to bottom.
fn in_lines(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut lines: Vec<Row> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if line.first().is_some_and(|first| same_line(first, &piece)) => {
                line.push(piece);
            }
            _ => lines.push(vec![piece]),
        }
    }
    let sorted = lines.into_iter().filter_map(|mut line| {
        line.sort_by(|a, b| a.left.total_cmp(&b.left));
        joined(line)
    });
    sorted.collect()
}

fn same_line(one: &Piece, other: &Piece) -> bool {
    (one.base - other.base).abs() <= one.size.max(other.size) * 0.35
}

/// A part of a column.
enum Part {
    Line(Piece),
    Grid(Vec<Row>),
}

/// Tells rows of tables from lines of text. Two or more rows of several pieces make a table, with the lines between them that
/// go on with a cell; a marker before a text belongs to it.
fn grids(rows: Vec<Row>) -> Vec<Part> {
    let rows: Vec<Row> = rows.into_iter().map(with_markers).collect();
    let mut parts = Vec::new();
    let mut grid: Vec<Row> = Vec::new();
    // Lines after the last row of several pieces, that may go on with one of its cells.
    let mut tail: Vec<Row> = Vec::new();
    for row in rows {
        if row.len() > 1 {
            grid.append(&mut tail);
            grid.push(row);
        } else if grid
            .last()
            .is_some_and(|last| goes_on(last, tail.last(), &row))
        {
            tail.push(row);
        } else {
            close(&mut grid, &mut tail, &mut parts);
            parts.extend(row.into_iter().map(Part::Line));
        }
    }
    close(&mut grid, &mut tail, &mut parts);
    parts
}

fn close(grid: &mut Vec<Row>, tail: &mut Vec<Row>, parts: &mut Vec<Part>) {
    let several = grid.iter().filter(|row| row.len() > 1).count();
    // A line below the first column is text after the table; one below another column goes on with its cell.
    let edge = grid
        .iter()
        .flatten()
        .map(|piece| piece.left)
        .fold(f32::MAX, f32::min);
    while let Some(first) = tail.first()
        && first.first().is_some_and(|piece| piece.left > edge + 6.0)
    {
        grid.push(tail.remove(0));
    }
    if several >= 2 {
        parts.push(Part::Grid(std::mem::take(grid)));
    } else {
        let lines = std::mem::take(grid).into_iter().filter_map(joined);
        parts.extend(lines.map(Part::Line));
    }
    parts.extend(std::mem::take(tail).into_iter().flatten().map(Part::Line));
}

/// Whether a line may go on with a cell of a row above it: it stands close below, and begins where a piece of the row does.
fn goes_on(row: &Row, above: Option<&Row>, line: &Row) -> bool {
    let (Some(piece), Some(above)) = (line.first(), above.unwrap_or(row).first()) else {
        return false;
    };
    let near = piece.base - above.base <= piece.size * 1.45;
    near && row.iter().any(|cell| (cell.left - piece.left).abs() < 3.0)
}

/// A row sorted from left to right, a marker joined to the text after it.
fn with_markers(mut row: Row) -> Row {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut pieces = row.into_iter();
    let Some(first) = pieces.next() else {
        return Vec::new();
    };
    let mut row = vec![first];
    for piece in pieces {
        match row.last_mut() {
            Some(last) if row_marker(last) && piece.left - last.right < last.size * 6.0 => {
                last.join(piece);
            }
            _ => row.push(piece),
        }
    }
    row
}

fn row_marker(piece: &Piece) -> bool {
    let text = piece.text();
    text.chars().count() <= 6
        && marker(&format!("{text}\tX")).is_some_and(|marker| marker.len == text.len() + 1)
}

fn joined(row: Row) -> Option<Piece> {
    row.into_iter().reduce(|mut all, piece| {
        all.join(piece);
        all
    })
}

/// Rules closer than this meet.
const MEET: f32 = 3.0;
/// Columns and rows that a table may have.
const MAX_LINES: usize = 200;
/// Comparisons of cells with rules that one table may cost.
const MAX_COST: usize = 20_000_000;

/// The tables that rules draw: rules that meet, with two rows and columns at least.
fn tables(rules: &[Rule], pieces: &[Piece]) -> Vec<Table> {
    let mut groups: Vec<(Rule, Vec<Rule>)> = Vec::new();
    for &rule in rules {
        let (mut area, mut members) = (rule, vec![rule]);
        // Joins all groups that the rule touches.
        let mut at = 0;
        while let Some((known, _)) = groups.get(at) {
            if touches(known, &rule) {
                let (known, others) = groups.swap_remove(at);
                area = around(area, known);
                members.extend(others);
            } else {
                at += 1;
            }
        }
        groups.push((area, members));
        if groups.len() > MAX_LINES * 2 {
            return Vec::new();
        }
    }
    let mut found: Vec<Table> = groups
        .into_iter()
        .filter_map(|(area, rules)| Table::new(area, &rules))
        .filter(|table| pieces.iter().filter(|piece| table.holds(piece)).count() >= 3)
        .collect();
    found.sort_by(|a, b| a.top.total_cmp(&b.top));
    found
}

fn touches(one: &Rule, other: &Rule) -> bool {
    one.left <= other.right + MEET
        && other.left <= one.right + MEET
        && one.top <= other.bottom + MEET
        && other.top <= one.bottom + MEET
}

fn around(one: Rule, other: Rule) -> Rule {
    Rule {
        left: one.left.min(other.left),
        top: one.top.min(other.top),
        right: one.right.max(other.right),
        bottom: one.bottom.max(other.bottom),
    }
}

/// Places of rules, each once.
fn places(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut places: Vec<f32> = values.collect();
    places.sort_by(f32::total_cmp);
    places.dedup_by(|a, b| (*a - *b).abs() <= MEET);
    places
}

/// The rules of a table, and the edges of its columns and lines that they make.
struct Lattice {
    down: Vec<Rule>,
    across: Vec<Rule>,
    columns: Vec<f32>,
    lines: Vec<f32>,
}

impl Lattice {
    /// `None` where the rules are too few for a table, or more than anybody draws.
    fn new(area: Rule, rules: &[Rule]) -> Option<Self> {
        let upright = |rule: &&Rule| rule.bottom - rule.top > rule.right - rule.left;
        let (down, across): (Vec<&Rule>, Vec<&Rule>) = rules.iter().partition(upright);
        let edges = down.iter().map(|rule| f32::midpoint(rule.left, rule.right));
        let columns = places(edges.chain([area.left, area.right]));
        let edges = across
            .iter()
            .map(|rule| f32::midpoint(rule.top, rule.bottom));
        let lines = places(edges.chain([area.top, area.bottom]));
        let lattice = Self {
            down: down.into_iter().copied().collect(),
            across: across.into_iter().copied().collect(),
            columns,
            lines,
        };
        let (wide, high) = lattice.size()?;
        let few = wide < 2 || high < 2;
        let many = wide > MAX_LINES || high > MAX_LINES || wide * high * rules.len() > MAX_COST;
        (!few && !many).then_some(lattice)
    }

    /// How many columns and lines it has.
    fn size(&self) -> Option<(usize, usize)> {
        let columns = self.columns.len().checked_sub(1)?;
        Some((columns, self.lines.len().checked_sub(1)?))
    }

    /// The cells line by line; one that another reaches over is there, but empty.
    fn cells(&self) -> Option<Vec<Vec<Cell>>> {
        let (wide, high) = self.size()?;
        let mut taken = vec![vec![false; wide]; high];
        let mut rows = Vec::new();
        for row in 0..high {
            let mut cells = Vec::new();
            for column in 0..wide {
                if taken.get(row).and_then(|row| row.get(column)) == Some(&true) {
                    cells.push(Cell::default());
                    continue;
                }
                let cell = self.cell(column, row)?;
                for row in taken.iter_mut().skip(row).take(cell.rows) {
                    for taken in row.iter_mut().skip(column).take(cell.columns) {
                        *taken = true;
                    }
                }
                cells.push(cell);
            }
            rows.push(cells);
        }
        Some(rows)
    }

    /// The cell whose left upper corner is in this column and line: it reaches as far as no rule ends it.
    fn cell(&self, column: usize, row: usize) -> Option<Cell> {
        let centre = |of: &[f32], at: usize| Some(f32::midpoint(*of.get(at)?, *of.get(at + 1)?));
        let (x, y) = (centre(&self.columns, column)?, centre(&self.lines, row)?);
        let (wide, high) = self.size()?;
        let right = self.columns.get(column + 1..wide)?.iter();
        let below = self.lines.get(row + 1..high)?.iter();
        Some(Cell {
            columns: 1 + right
                .take_while(|&&edge| !self.parted_right(edge, y))
                .count(),
            rows: 1 + below
                .take_while(|&&edge| !self.parted_below(x, edge))
                .count(),
            lines: Vec::new(),
        })
    }

    fn parted_below(&self, x: f32, y: f32) -> bool {
        self.across.iter().any(|rule| {
            (f32::midpoint(rule.top, rule.bottom) - y).abs() <= MEET
                && rule.left <= x
                && x <= rule.right
        })
    }

    fn parted_right(&self, x: f32, y: f32) -> bool {
        self.down.iter().any(|rule| {
            (f32::midpoint(rule.left, rule.right) - x).abs() <= MEET
                && rule.top <= y
                && y <= rule.bottom
        })
    }
}

impl Table {
    fn new(area: Rule, rules: &[Rule]) -> Option<Self> {
        let lattice = Lattice::new(area, rules)?;
        let mut table = Self {
            top: area.top,
            bottom: area.bottom,
            left: area.left,
            right: area.right,
            rows: lattice.cells()?,
        };
        table.edges(&lattice.columns, &lattice.lines);
        Some(table)
    }

    /// Keeps the places of cells in them, as the first piece of each, which has no words.
    fn edges(&mut self, columns: &[f32], lines: &[f32]) {
        for (row, top) in self.rows.iter_mut().zip(lines) {
            for (cell, left) in row.iter_mut().zip(columns) {
                cell.lines.push(Piece {
                    left: *left,
                    base: *top,
                    ..Piece::default()
                });
            }
        }
    }

    fn holds(&self, piece: &Piece) -> bool {
        let middle = piece.base - piece.size * 0.3;
        self.top <= middle
            && middle <= self.bottom
            && self.left - MEET <= piece.left
            && piece.right <= self.right + piece.size
    }

    /// Puts the words of a piece into the cells that they stand in.
    fn fill(&mut self, piece: Piece) {
        let middle = piece.base - piece.size * 0.3;
        let mut rest: Vec<Word> = piece.words;
        while let Some(first) = rest.first() {
            let centre = |word: &Word| f32::midpoint(word.left, word.right);
            let at = self.cell_at(centre(first), middle);
            let count = rest
                .iter()
                .take_while(|word| self.cell_at(centre(word), middle) == at)
                .count();
            let words: Vec<Word> = rest.drain(..count.max(1)).collect();
            let (Some(first), Some(last)) = (words.first(), words.last()) else {
                return;
            };
            let line = Piece {
                left: first.left,
                right: last.right,
                base: piece.base,
                turned: piece.turned,
                size: piece.size,
                words,
            };
            if let Some(cell) = self.rows.get_mut(at.0).and_then(|row| row.get_mut(at.1)) {
                cell.lines.push(line);
            }
        }
    }

    /// The row and column of the cell that holds a place.
    fn cell_at(&self, x: f32, y: f32) -> (usize, usize) {
        let top = |row: &Vec<Cell>| {
            row.first()
                .and_then(|cell| cell.lines.first())
                .map_or(0.0, |edge| edge.base)
        };
        let mut row = self
            .rows
            .partition_point(|row| top(row) <= y)
            .saturating_sub(1);
        let left = |cell: &Cell| cell.lines.first().map_or(0.0, |edge| edge.left);
        let cells = self.rows.get(row);
        let mut column = cells.map_or(0, |cells| {
            cells
                .partition_point(|cell| left(cell) <= x)
                .saturating_sub(1)
        });
        // A cell that another reaches over has no columns of its own.
        let taken = |row: usize, column: usize| {
            let cell = self.rows.get(row).and_then(|cells| cells.get(column));
            cell.is_some_and(|cell| cell.columns == 0)
        };
        if taken(row, column) {
            let owner = (0..=row).rev().find_map(|above| {
                (0..=column)
                    .rev()
                    .find(|&left| {
                        let cell = self.rows.get(above).and_then(|cells| cells.get(left));
                        cell.is_some_and(|cell| {
                            left + cell.columns > column && above + cell.rows > row
                        })
                    })
                    .map(|left| (above, left))
            });
            if let Some(owner) = owner {
                (row, column) = owner;
            }
        }
        (row, column)
    }

    /// Takes the edges out of the cells, and puts their lines in order.
    fn sort(&mut self) {
        for cell in self.rows.iter_mut().flatten() {
            cell.lines.retain(|line| !line.words.is_empty());
            cell.lines = in_lines(std::mem::take(&mut cell.lines));
        }
    }
}
