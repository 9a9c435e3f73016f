//! Text with marks in it, block by block: what the readers of marked-up formats (web pages, Word, OpenDocument) share.
//!
//! Marks only cut and name blocks, so that a mark that ends something may be missing. A marker that an author typed by hand
//! makes an item of its paragraph, and a label after a line break begins a paragraph of its own.

use super::{
    BlockKind,
    markdown::{INDENT, counted_item},
    marker::marker,
    prose::{ends_sentence, has_label},
    writer::Writer,
};
use crate::span::Span;

/// The blocks of a text that is being read.
pub(super) struct Flow<'a, 'w> {
    text: &'a str,
    /// Where the blocks are written.
    pub(super) writer: &'w mut Writer,
    /// What the current block is, where a mark says so.
    open: Option<BlockKind>,
    /// The lists that are open: the next number of each, none for bullets.
    lists: Vec<Option<u32>>,
    /// Whether an item was begun that has no text yet.
    fresh_item: bool,
    quotations: usize,
    tables: usize,
    row: Row,
    /// Whether the last mark was a line break.
    broken: bool,
}

/// The row of a table that is being read.
#[derive(Default)]
struct Row {
    /// Whether the row was begun and has not ended.
    open: bool,
    /// Whether the rows stand in the head of the table.
    head: bool,
    /// Cells of each sort in this row.
    heads: usize,
    data: usize,
    /// The column after the last cell.
    column: usize,
    /// Columns that the last cell spans beyond its own.
    spanned: usize,
    /// For each column, rows that a cell above still reaches into.
    reaching: Vec<usize>,
}

/// A cell as its mark describes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    /// Columns that it spans.
    pub(super) columns: usize,
    /// Rows that it spans; 0 where the cell above reaches into it.
    pub(super) rows: usize,
    /// Whether it heads a column or row.
    pub(super) head: bool,
}

/// Columns and rows that one cell may span; what asks for more is a mistake.
const MAX_SPAN: usize = 100;
/// Columns that spans are counted in.
const MAX_COLUMNS: usize = 1000;

impl<'a, 'w> Flow<'a, 'w> {
    /// A reader of `text`, none of it read yet.
    pub(super) fn new(text: &'a str, writer: &'w mut Writer) -> Self {
        Self {
            text,
            writer,
            open: None,
            lists: Vec::new(),
            fresh_item: false,
            quotations: 0,
            tables: 0,
            row: Row::default(),
            broken: false,
        }
    }

    /// Ends the text.
    pub(super) fn end(&mut self) {
        self.finish();
        if self.tables > 0 {
            self.writer.end_table();
        }
    }

    /// Ends the current block.
    pub(super) fn finish(&mut self) {
        let kind = self.open.take();
        if self.writer.in_table() || !self.writer.has_text() {
            self.writer.end(BlockKind::Paragraph);
            return;
        }
        let kind = match kind {
            Some(kind) => kind,
            None if self.fresh_item => {
                self.fresh_item = false;
                self.item()
            }
            None if self.quotations > 0 => BlockKind::Quotation,
            None => BlockKind::Paragraph,
        };
        self.writer.close(kind, !self.lists.is_empty());
    }

    /// A mark was met that is no line break.
    pub(super) fn unbroken(&mut self) {
        self.broken = false;
    }

    /// Whether the last mark was a line break.
    pub(super) fn is_broken(&self) -> bool {
        self.broken
    }

    /// Ends a line within a block.
    pub(super) fn line_break(&mut self, span: Span) {
        if !self.writer.ends_with_space() {
            self.writer.line_end(self.text, span);
        }
        self.broken = true;
    }

    /// Begins a heading, which ends all lists.
    pub(super) fn heading(&mut self, level: u8) {
        self.finish();
        self.lists.clear();
        self.fresh_item = false;
        self.open = Some(BlockKind::Heading { level });
    }

    /// Begins a block that its mark names.
    pub(super) fn block(&mut self, kind: BlockKind) {
        self.finish();
        self.open = Some(kind);
    }

    /// Begins a list that counts from `number`, or has bullets.
    pub(super) fn start_list(&mut self, number: Option<u32>) {
        self.finish();
        if self.lists.is_empty() {
            self.writer.lists.interrupt();
        }
        self.lists.push(number);
        self.fresh_item = false;
    }

    /// Ends a list.
    pub(super) fn end_list(&mut self) {
        self.finish();
        self.fresh_item = false;
        self.lists.pop();
    }

    /// Begins an item of the innermost list.
    pub(super) fn start_item(&mut self) {
        self.finish();
        self.fresh_item = true;
        if self.lists.is_empty() {
            self.lists.push(None);
        }
    }

    /// Counts the item that was begun from a number on, where it has one of its own and its list counts.
    pub(super) fn set_number(&mut self, number: Option<u32>) {
        if let Some(Some(next)) = self.lists.last_mut()
            && let Some(number) = number
        {
            *next = number;
        }
    }

    /// Ends an item.
    pub(super) fn end_item(&mut self) {
        self.finish();
        self.fresh_item = false;
    }

    /// An item; the numbers of a list are not written in the text of the page.
    fn item(&mut self) -> BlockKind {
        let number = self.lists.last_mut().and_then(|number| {
            let here = *number;
            *number = here.map(|here| here.saturating_add(1));
            here
        });
        BlockKind::ListItem(counted_item(
            &mut self.writer.lists,
            number,
            self.lists.len(),
            false,
        ))
    }

    /// Begins a quotation.
    pub(super) fn start_quotation(&mut self) {
        self.finish();
        self.quotations += 1;
    }

    /// Ends a quotation.
    pub(super) fn end_quotation(&mut self) {
        self.finish();
        self.quotations = self.quotations.saturating_sub(1);
    }

    /// Begins a table; one within another is part of its cell.
    pub(super) fn start_table(&mut self) {
        self.finish();
        self.tables += 1;
    }

    /// Ends a table.
    pub(super) fn end_table(&mut self) {
        if self.tables <= 1 {
            self.end_row();
            if self.writer.in_table() {
                self.writer.end_table();
            }
            self.row = Row::default();
        }
        self.finish();
        self.tables = self.tables.saturating_sub(1);
    }

    /// Tells whether the rows that follow are the head of the table.
    pub(super) fn head_rows(&mut self, head: bool) {
        if !head {
            self.end_row();
        }
        self.row.head = head;
    }

    /// Whether rows and cells are those of the outermost table, so that they count.
    pub(super) fn in_outer_table(&self) -> bool {
        self.tables <= 1
    }

    /// Cells without `head` that the row holds.
    pub(super) fn data_cells(&self) -> usize {
        self.row.data
    }

    /// Begins a row.
    pub(super) fn start_row(&mut self) {
        self.end_row();
        self.row.open = true;
    }

    /// Begins a cell.
    pub(super) fn cell(&mut self, cell: Cell) {
        if self.tables != 1 {
            return;
        }
        self.finish();
        self.writer.start_table();
        self.writer.lists.interrupt();
        let span = |count: usize| count.clamp(1, MAX_SPAN);
        let before = self.row.next_cell(span(cell.columns), span(cell.rows));
        self.covered(before);
        if cell.rows == 0 {
            self.writer.reached_cell();
        } else {
            self.writer.start_cell();
        }
        self.row.open = true;
        if cell.head {
            self.row.heads += 1;
        } else {
            self.row.data += 1;
        }
    }

    /// Begins cells that have no mark of their own.
    fn covered(&mut self, cells: Covered) {
        for _ in 0..cells.spanned {
            self.writer.start_cell();
        }
        for _ in 0..cells.reached {
            self.writer.reached_cell();
        }
    }

    /// Ends the row.
    pub(super) fn end_row(&mut self) {
        if !self.writer.in_table() || self.tables > 1 || !self.row.open {
            return;
        }
        let rest = self.row.rest();
        self.covered(rest);
        let head = self.row.head || self.row.heads > 0 && self.row.data == 0;
        self.writer.end_row(head);
        self.row.next();
    }

    /// Tells that text follows, before it is written: after a line break it may be a block of its own, and it may begin with
    /// a marker typed by hand. Gives back the bytes of the marker, which are not written.
    pub(super) fn before_text(&mut self, written: &str) -> usize {
        if std::mem::take(&mut self.broken) && !written.trim().is_empty() {
            let content = written.trim_start();
            let above = self.writer.current();
            let above = above.rsplit('\n').next().unwrap_or_default();
            let labelled = has_label(content) && (has_label(above) || ends_sentence(above));
            let item =
                marker(content).is_some_and(|marker| self.writer.lists.is_typed(&marker, content));
            if labelled || item && !self.writer.in_table() {
                self.finish();
            }
        }
        self.typed_item(written)
    }

    /// Makes a list item of a paragraph that begins with a marker typed by hand; gives back the bytes of the marker.
    fn typed_item(&mut self, written: &str) -> usize {
        let paragraph = self.open.is_none() && !self.fresh_item && self.quotations == 0;
        if !paragraph || self.writer.has_text() || self.writer.in_table() {
            return 0;
        }
        let content = written.trim_start();
        let indent = self.lists.len() * INDENT;
        let Some((item, len)) = self.writer.lists.typed_item(content, indent) else {
            return 0;
        };
        self.open = Some(BlockKind::ListItem(item));
        written.len() - content.len() + len
    }
}

/// Cells of a row that have no mark of their own, from left to right.
#[derive(Clone, Copy, Debug)]
struct Covered {
    /// Those that the cell before spans.
    spanned: usize,
    /// Those that cells above reach into.
    reached: usize,
}

impl Row {
    /// Puts a cell of so many columns and rows into the row; gives back the cells without a mark that stand before it.
    fn next_cell(&mut self, columns: usize, rows: usize) -> Covered {
        let spanned = std::mem::take(&mut self.spanned);
        let mut reached = 0;
        while let Some(reaching) = self
            .reaching
            .get_mut(self.column)
            .filter(|reaching| **reaching > 0)
        {
            *reaching -= 1;
            self.column += 1;
            reached += 1;
        }
        let end = (self.column + columns).min(MAX_COLUMNS);
        if self.reaching.len() < end && rows > 1 {
            self.reaching.resize(end, 0);
        }
        for reaching in self.reaching.iter_mut().take(end).skip(self.column) {
            *reaching = rows - 1;
        }
        self.column = end;
        self.spanned = columns - 1;
        Covered { spanned, reached }
    }

    /// Cells without a mark at the end of the row.
    fn rest(&mut self) -> Covered {
        let spanned = std::mem::take(&mut self.spanned);
        let mut reached = 0;
        for reaching in self
            .reaching
            .iter_mut()
            .skip(self.column)
            .filter(|reaching| **reaching > 0)
        {
            *reaching -= 1;
            reached += 1;
        }
        Covered { spanned, reached }
    }

    /// Goes to the next row.
    fn next(&mut self) {
        self.open = false;
        self.heads = 0;
        self.data = 0;
        self.column = 0;
        while self.reaching.last() == Some(&0) {
            self.reaching.pop();
        }
    }
}
