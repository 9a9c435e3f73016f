//! Writes the blocks of a document: the part that readers of every format share.
//!
//! A reader begins a block by writing text and ends it by saying what it was; separators, empty blocks and the heading
//! that a block stands under are dealt with here.

use super::{
    Block, BlockKind, Comment, Document, Row, Table, TextBuilder, clean,
    marker::Lists,
    prose::{ends_sentence, heads, is_caption, word_count},
    sections::Sections,
};
use crate::span::Span;

/// A document that is being written.
#[derive(Debug, Default)]
pub(super) struct Writer {
    builder: TextBuilder,
    blocks: Vec<Block>,
    comments: Vec<Comment>,
    /// The lists that are open.
    pub(super) lists: Lists,
    /// The headings that are open.
    pub(super) sections: Sections,
    /// Where the current block starts, once something was written.
    start: Option<usize>,
    table: Option<OpenTable>,
    bold: Bold,
    /// Level of the last heading that was marked up as one; 0 where there was none.
    level: u8,
    /// Where in the author's file the last text came from: its end.
    source: usize,
    /// Bytes that cells hold because those above reach into them.
    repeated: usize,
}

/// How far the current block is bold from its start.
#[derive(Debug, Default)]
struct Bold {
    from_start: bool,
    open: usize,
    /// Where bold ended, in bytes of the clean text.
    until: Option<usize>,
}

/// A table that is being written.
#[derive(Debug, Default)]
struct OpenTable {
    rows: Vec<Row>,
    /// The current row; its cells up to the one that was last written to.
    row: Row,
    /// Cells of the current row, those without text included.
    cells: usize,
    /// Whether the current cell was written to.
    written: bool,
    /// Columns of the current row into which a cell above reaches.
    reached: Vec<usize>,
    /// Whether the row above left no trace.
    gap: bool,
}

/// Columns that a row may have; more are no table that anybody reads.
const MAX_COLUMNS: usize = 1000;

/// Words of a cell that is taken for the label or grade of all rows that it reaches into.
const MAX_REPEATED_WORDS: usize = 8;
/// Bytes that are written once more in this way, in the whole document.
const MAX_REPEATED: usize = 1 << 20;

impl Writer {
    /// The document as written.
    pub(super) fn finish(mut self) -> Document {
        self.end_table();
        self.end(BlockKind::Paragraph);
        let (text, map) = self.builder.finish();
        Document {
            text,
            blocks: self.blocks,
            map,
            comments: self.comments,
        }
    }

    /// Blocks written so far.
    pub(super) fn len(&self) -> usize {
        self.blocks.len()
    }

    /// Whether a list, a table or a sentence was written: what comes before them may be a letterhead or a date.
    pub(super) fn has_prose(&self) -> bool {
        self.blocks.len() > 3
            || self.blocks.iter().any(|block| {
                let text = self.builder.text().get(block.span.range());
                !matches!(block.kind, BlockKind::Paragraph) || text.is_some_and(ends_sentence)
            })
    }

    /// Whether the current block (or cell) holds text.
    pub(super) fn has_text(&self) -> bool {
        match &self.table {
            Some(table) => table.written,
            None => self.start.is_some(),
        }
    }

    /// The text of the current block; empty in tables.
    pub(super) fn current(&self) -> &str {
        self.start
            .and_then(|start| self.builder.text().get(start..))
            .unwrap_or_default()
    }

    /// Whether the text ends with white space, or the block is empty.
    pub(super) fn ends_with_space(&self) -> bool {
        !self.has_text() || self.builder.text().ends_with([' ', '\n', '\t'])
    }

    /// Copies text of the author's file, its characters cleaned. White space at the start of a block is left out.
    pub(super) fn copy(&mut self, text: &str, source: usize) {
        let body = if self.has_text() {
            text
        } else {
            text.trim_start_matches(|c: char| c.is_whitespace() || clean::is_invisible(c))
        };
        if body.is_empty() {
            return;
        }
        let source = source + text.len() - body.len();
        self.prepare(source);
        clean::copy(&mut self.builder, body, source);
        self.source = source + body.len();
    }

    /// Writes text in the place of bytes of the author's file, its characters cleaned.
    pub(super) fn replace(&mut self, text: &str, source: Span) {
        let cleaned = clean::cleaned(text);
        let text = if self.has_text() {
            &cleaned
        } else {
            cleaned.trim_start()
        };
        if text.is_empty() {
            return;
        }
        self.prepare(source.start);
        self.builder.replace(text, source);
        self.source = source.end;
    }

    /// Whether raised text is the mark of a note, and not part of what it stands at (`3rd`, `m2`).
    pub(super) fn is_note_mark(&self, text: &str) -> bool {
        let text = text.trim();
        let all = |test: fn(char) -> bool| text.chars().all(test);
        let figures =
            text.len() <= 3 && all(|c| c.is_ascii_digit() || matches!(c, '*' | '†' | '‡'));
        // Notes at the end are counted in Roman figures; after a letter they could be a power.
        let roman = text.len() <= 4 && all(|c| matches!(c, 'i' | 'v' | 'x'));
        let ended = self
            .builder
            .text()
            .ends_with(|c: char| !c.is_alphanumeric());
        let mark = figures || roman && ended;
        let mut before = self
            .builder
            .text()
            .chars()
            .rev()
            .take_while(|c| c.is_alphabetic());
        let unit = before.next() == Some('m') && before.count() < 2;
        mark && !text.is_empty() && !unit
    }

    /// Writes a space, unless white space stands there already.
    pub(super) fn space(&mut self, source: Span) {
        if !self.ends_with_space() {
            self.builder.replace(" ", source);
        }
    }

    /// Ends a line inside a block; in a table a space.
    pub(super) fn line_end(&mut self, file: &str, source: Span) {
        if !self.has_text() {
            return;
        }
        if self.table.is_some() {
            self.builder.replace(" ", source);
        } else if file.get(source.range()) == Some("\n") {
            self.builder.copy("\n", source.start);
        } else {
            self.builder.replace("\n", source);
        }
    }

    /// Ends the block and gives back whether there was one. In a table the cell goes on after a space.
    pub(super) fn end(&mut self, kind: BlockKind) -> bool {
        if self.table.is_some() {
            if !self.ends_with_space() {
                let here = Span::new(self.source, self.source);
                self.builder.replace(" ", here);
            }
            return false;
        }
        let Some(start) = self.start.take() else {
            return false;
        };
        self.bold = Bold::default();
        let text = self.builder.text().get(start..).unwrap_or_default();
        let span = Span::new(start, start + text.trim_end().len());
        if span.is_empty() {
            return false;
        }
        self.push(kind, span);
        true
    }

    /// Ends a block that markup names. A paragraph that is bold throughout is a heading, one that reads like a caption is
    /// one, and the first heading is the title. `nested` tells that the block stands in a list item.
    pub(super) fn close(&mut self, kind: BlockKind, nested: bool) {
        if !self.has_text() {
            return;
        }
        let content = self.current().trim_end();
        let heads = !nested && self.is_bold() && word_count(content) <= 20 && heads(content);
        let kind = match kind {
            BlockKind::Heading { level } => {
                self.level = if self.level == 0 { 1 } else { level };
                BlockKind::Heading { level: self.level }
            }
            BlockKind::Paragraph if is_caption(content) => BlockKind::Caption,
            BlockKind::Paragraph if heads => {
                let level = self.level + 1;
                self.level = self.level.max(1);
                BlockKind::Heading { level }
            }
            other => other,
        };
        if matches!(kind, BlockKind::Heading { .. })
            || !nested && !matches!(kind, BlockKind::ListItem(_))
        {
            self.lists.interrupt();
        }
        self.end(kind);
    }

    /// Tells that bold text begins.
    pub(super) fn bold_starts(&mut self) {
        if self.bold.open == 0 {
            let since = self
                .bold
                .until
                .and_then(|until| self.builder.text().get(until..));
            if !self.has_text() {
                self.bold.from_start = true;
            } else if since.is_some_and(|since| since.trim().is_empty()) {
                self.bold.until = None;
            }
        }
        self.bold.open += 1;
    }

    /// Tells that bold text ends.
    pub(super) fn bold_ends(&mut self) {
        self.bold.open = self.bold.open.saturating_sub(1);
        if self.bold.open == 0 && self.bold.until.is_none() {
            self.bold.until = Some(self.builder.len());
        }
    }

    /// Whether the current block is bold from start to end.
    fn is_bold(&self) -> bool {
        let rest = self
            .bold
            .until
            .and_then(|until| self.builder.text().get(until..));
        self.bold.from_start && rest.is_none_or(|rest| rest.trim().is_empty())
    }

    /// Takes up the last block again, for it goes on after the end of a page; what is written next follows on a new line.
    pub(super) fn reopen(&mut self, source: usize) -> Option<BlockKind> {
        let last = self.blocks.pop()?;
        self.start = Some(last.span.start);
        self.builder.replace("\n", Span::new(source, source));
        Some(last.kind)
    }

    /// The last block that was written, with its text.
    pub(super) fn last(&self) -> Option<(&BlockKind, &str)> {
        let block = self.blocks.last()?;
        Some((&block.kind, self.builder.text().get(block.span.range())?))
    }

    /// Adds a comment of the author's file.
    pub(super) fn comment(&mut self, span: Span, text: &str) {
        self.comments.push(Comment {
            span,
            text: text.to_owned(),
        });
    }

    /// Begins a table; what is written until it ends goes into its cells.
    pub(super) fn start_table(&mut self) {
        self.table.get_or_insert_default();
    }

    /// Whether a table is being written.
    pub(super) fn in_table(&self) -> bool {
        self.table.is_some()
    }

    /// Begins a cell.
    pub(super) fn start_cell(&mut self) {
        self.end_cell();
        if let Some(table) = &mut self.table {
            table.cells = (table.cells + 1).min(MAX_COLUMNS);
            table.written = false;
        }
    }

    /// Begins a cell into which the one above reaches. Where the row has text, it holds what that one holds, if this is a label or
    /// grade: a figure or a sentence is said of the rows together.
    pub(super) fn reached_cell(&mut self) {
        self.start_cell();
        if let Some(table) = &mut self.table
            && let Some(column) = table.cells.checked_sub(1)
        {
            table.reached.push(column);
        }
    }

    /// Writes the cell of a column, empty but for what reaches into it.
    fn write_cell(&mut self, column: usize) {
        let at = self.builder.len();
        let Some(table) = &mut self.table else { return };
        let above = table.rows.last().filter(|row| !row.head && !table.gap);
        let above = above.and_then(|row| row.cells.get(column).copied());
        if let Some(above) = above
            && table.reached.contains(&column)
            && self.repeated + above.len() <= MAX_REPEATED
            && self
                .builder
                .text()
                .get(above.range())
                .is_some_and(|text| is_label_of_rows(text, column))
        {
            self.repeated += above.len();
            self.builder.repeat(above);
        }
        let end = self.builder.len();
        table.row.cells.push(Span::new(at, end));
    }

    /// Ends the current cell.
    pub(super) fn end_cell(&mut self) {
        let text = self.builder.text();
        if let Some(table) = &mut self.table
            && table.written
            && let Some(cell) = table.row.cells.last_mut()
        {
            let content = text.get(cell.start..).unwrap_or_default();
            *cell = Span::new(cell.start, cell.start + content.trim_end().len());
            table.written = false;
        }
    }

    /// Ends the row. A row without text leaves no trace.
    pub(super) fn end_row(&mut self, head: bool) {
        self.fill_row();
        let Some(table) = &mut self.table else { return };
        let mut row = std::mem::take(&mut table.row);
        table.cells = 0;
        table.written = false;
        table.reached.clear();
        table.gap = row.cells.is_empty();
        if !row.cells.is_empty() {
            row.head = head;
            table.rows.push(row);
        }
    }

    /// Ends the table.
    pub(super) fn end_table(&mut self) {
        self.end_row(false);
        let Some(table) = self.table.take() else {
            return;
        };
        self.start = None;
        let mut cells = table.rows.iter().flat_map(|row| &row.cells);
        let Some(first) = cells.next() else { return };
        let span = first.join(*cells.next_back().unwrap_or(first));
        self.push(BlockKind::Table(Table { rows: table.rows }), span);
    }

    fn push(&mut self, kind: BlockKind, span: Span) {
        let section = self.sections.place(&kind, self.blocks.len());
        self.blocks.push(Block {
            kind,
            span,
            section,
        });
    }

    /// Writes what must stand before the next text: the gap between blocks, the separators of cells.
    fn prepare(&mut self, source: usize) {
        let here = Span::new(source, source);
        if self.start.is_none() {
            if !self.builder.is_empty() {
                self.builder.replace("\n\n", here);
            }
            self.start = Some(self.builder.len());
        }
        let Some(table) = &mut self.table else { return };
        // Text between cells is put into a cell of its own.
        table.cells = table.cells.max(1);
        if !table.written {
            table.written = true;
            let cells = table.cells;
            while let Some(table) = &self.table
                && table.row.cells.len() < cells
            {
                let column = table.row.cells.len();
                if column > 0 {
                    self.builder.replace("\t", here);
                } else if !table.rows.is_empty() {
                    self.builder.replace("\n", here);
                }
                if column + 1 < cells {
                    self.write_cell(column);
                } else if let Some(table) = &mut self.table {
                    let at = self.builder.len();
                    table.row.cells.push(Span::new(at, at));
                }
            }
        }
    }

    /// Adds the empty cells at the end of a row that has text.
    fn fill_row(&mut self) {
        self.end_cell();
        let Some(table) = &self.table else { return };
        let columns = table.row.cells.len()..table.cells;
        if columns.start == 0 {
            return;
        }
        let source = Span::new(self.source, self.source);
        for column in columns {
            self.builder.replace("\t", source);
            self.write_cell(column);
        }
    }
}

/// Whether what a cell holds is said of each row that the cell reaches into: a few words, and no figure. A number is part of a label
/// (`2 Safe care`) in the first column.
fn is_label_of_rows(text: &str, column: usize) -> bool {
    let words = text
        .split_whitespace()
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
        .count();
    let figure = text.chars().any(|c| c.is_ascii_digit());
    let labels = column == 0 && words > 1;
    (1..=MAX_REPEATED_WORDS).contains(&words) && !ends_sentence(text) && (!figure || labels)
}
