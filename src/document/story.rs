//! The text of a package as it is written down: paragraphs, tables, and what stands beside them.
//!
//! What readers of Word and OpenDocument files share. They know what their elements mean; a [`Story`] knows what must be
//! written for it.

use rustc_hash::FxHashMap;

use super::{origin::Piece, script::Script};
use crate::layout::{Layout, Mark, Role};

/// Tables and text boxes that may stand in each other.
pub(super) const MAX_NESTED: usize = 30;

/// How text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Whether it is bold.
    pub(super) bold: bool,
    /// Whether it is raised above the line.
    pub(super) raised: bool,
}

/// A text that is being written.
#[derive(Debug, Default)]
pub(super) struct Story {
    script: Script,
    paragraph: Option<Paragraph>,
    tables: Vec<Table>,
    aside: Vec<Aside>,
    /// The notes that the text refers to, in order, and those that were read.
    references: Vec<String>,
    notes: FxHashMap<String, Script>,
    /// Whether a title was met, so that headings stand under it.
    titled: bool,
}

/// A paragraph that is open.
#[derive(Debug, Default)]
struct Paragraph {
    begun: bool,
    /// Whether the text written last is bold.
    bold: bool,
    /// Text boxes that are anchored in it.
    boxes: Vec<Script>,
}

/// A table that is open.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, found at its own place"
)]
#[derive(Debug, Default)]
struct Table {
    rows: usize,
    /// Whether the first row is said to hold heads.
    first_head: bool,
    /// The number of the mark of the row that is open.
    row: Option<usize>,
    /// Whether the row is said to hold heads.
    head: bool,
    /// Whether it has text, and text that is not bold.
    text: bool,
    plain: bool,
    /// Columns and rows of the cell whose mark was not written yet.
    cell: Option<(usize, usize)>,
}

/// What waits while something is read that stands beside it.
#[derive(Debug, Default)]
struct Aside {
    script: Script,
    paragraph: Option<Paragraph>,
    tables: Vec<Table>,
}

impl Story {
    /// The text and its layout; the notes stand at the end, in the order in which the text refers to them.
    pub(super) fn finish(self) -> (String, Layout) {
        self.end().finish()
    }

    /// The text and where it came from.
    pub(super) fn into_pieces(self) -> (String, Vec<Piece>) {
        self.end().into_pieces()
    }

    fn end(mut self) -> Script {
        self.end_paragraph();
        for reference in std::mem::take(&mut self.references) {
            if let Some(note) = self.notes.remove(&reference) {
                self.script.note(note);
            }
        }
        self.script
    }

    /// Where the text that is written next will stand, in bytes of the text that is written now.
    pub(super) fn at(&self) -> usize {
        self.script.len()
    }

    /// Tells where text came from that was written last.
    pub(super) fn piece(&mut self, piece: Piece) {
        self.script.piece(piece);
    }

    /// Opens a paragraph; nothing is written of it before its text. One that is open goes on.
    pub(super) fn open_paragraph(&mut self) {
        self.write_cell();
        self.paragraph.get_or_insert_default();
    }

    /// Whether text was written in the paragraph that is open.
    pub(super) fn is_begun(&self) -> bool {
        let paragraph = self.paragraph.as_ref();
        paragraph.is_some_and(|paragraph| paragraph.begun)
    }

    /// Whether a paragraph is open.
    pub(super) fn is_open(&self) -> bool {
        self.paragraph.is_some()
    }

    /// The level of a heading; those of a document with a title stand under it.
    pub(super) fn level(&self, level: u8) -> u8 {
        level + u8::from(self.titled)
    }

    /// Begins the text of the paragraph with `label`, which the author did not write.
    pub(super) fn begin(&mut self, role: Role, label: &str) {
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.begun = true;
            self.script.mark(Mark::Begin(role));
            self.script.text(label);
        }
    }

    /// Begins the title of the document.
    pub(super) fn begin_title(&mut self) {
        self.titled = true;
        self.begin(Role::Heading { level: 1 }, "");
    }

    /// Writes text of a paragraph that was begun.
    pub(super) fn text(&mut self, text: &str, look: Look) {
        let Some(paragraph) = self.paragraph.as_mut().filter(|open| open.begun) else {
            return;
        };
        if let Some(table) = self.tables.last_mut()
            && !text.trim().is_empty()
        {
            table.text = true;
            table.plain |= !look.bold;
        }
        if paragraph.bold != look.bold {
            paragraph.bold = look.bold;
            self.script.mark(Mark::Bold(look.bold));
        }
        if look.raised {
            self.script.mark(Mark::Raised(true));
        }
        self.script.text(text);
        if look.raised {
            self.script.mark(Mark::Raised(false));
        }
    }

    /// Writes a line break in a paragraph that was begun.
    pub(super) fn line_break(&mut self) {
        if self.is_begun() {
            self.script.line_break();
        }
    }

    /// Ends the paragraph that is open; one without text is an empty line.
    pub(super) fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraph.take() else {
            return;
        };
        if paragraph.begun {
            if paragraph.bold {
                self.script.mark(Mark::Bold(false));
            }
            self.script.mark(Mark::End);
        }
        self.script.end_line();
        for content in paragraph.boxes {
            self.script.append(content);
        }
    }

    /// Sets aside what is open, to write something that stands beside it.
    pub(super) fn step_aside(&mut self) {
        self.aside.push(Aside {
            script: std::mem::take(&mut self.script),
            paragraph: self.paragraph.take(),
            tables: std::mem::take(&mut self.tables),
        });
    }

    /// Whether something more may be set aside.
    pub(super) fn may_step_aside(&self) -> bool {
        self.aside.len() < MAX_NESTED
    }

    /// Goes on with what was set aside; gives back what was written in between.
    fn step_back(&mut self) -> Script {
        self.end_paragraph();
        let aside = self.aside.pop().unwrap_or_default();
        self.paragraph = aside.paragraph;
        self.tables = aside.tables;
        std::mem::replace(&mut self.script, aside.script)
    }

    /// Ends a text box, which stands after the paragraph that it is anchored in.
    pub(super) fn end_box(&mut self) {
        let content = self.step_back();
        match &mut self.paragraph {
            Some(paragraph) => paragraph.boxes.push(content),
            None => self.script.append(content),
        }
    }

    /// Ends a note of this name.
    pub(super) fn end_note(&mut self, name: String) {
        let content = self.step_back();
        if !content.is_empty() {
            self.notes.insert(name, content);
        }
    }

    /// Tells that the text refers to a note here.
    pub(super) fn refer(&mut self, note: String) {
        self.references.push(note);
    }

    /// Whether another table may be begun.
    pub(super) fn may_nest_table(&self) -> bool {
        self.tables.len() < MAX_NESTED
    }

    /// Begins a table.
    pub(super) fn start_table(&mut self) {
        self.write_cell();
        self.tables.push(Table::default());
        self.script.mark(Mark::Table);
    }

    /// Ends a table.
    pub(super) fn end_table(&mut self) {
        self.end_paragraph();
        self.end_row();
        if self.tables.pop().is_some() {
            self.script.mark(Mark::EndTable);
        }
    }

    /// Begins a row.
    pub(super) fn start_row(&mut self) {
        self.end_paragraph();
        self.end_row();
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        table.row = Some(self.script.mark(Mark::Row { head: false }));
    }

    /// Tells whether the row that is open holds the heads of columns.
    pub(super) fn set_head(&mut self, head: bool) {
        if let Some(table) = self.tables.last_mut() {
            table.head = head;
        }
    }

    /// Tells that the first row of the table holds the heads of columns.
    pub(super) fn head_first_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.first_head = true;
        }
    }

    /// Ends a row. The first row of a table holds heads where all its text is bold.
    pub(super) fn end_row(&mut self) {
        self.write_cell();
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        let Some(row) = table.row.take() else { return };
        let bold = table.text && !table.plain;
        let first = table.rows == 0 && (bold || table.first_head);
        if std::mem::take(&mut table.head) || first {
            self.script.set_head(row);
        }
        table.rows += 1;
        table.text = false;
        table.plain = false;
        self.script.mark(Mark::EndRow);
    }

    /// Begins a cell; how far it spans may be told up to its text.
    pub(super) fn cell(&mut self, columns: usize, rows: usize) {
        self.end_paragraph();
        if let Some(table) = self.tables.last_mut() {
            table.cell = Some((columns, rows));
        }
    }

    /// Ends a cell.
    pub(super) fn end_cell(&mut self) {
        self.end_paragraph();
        self.write_cell();
    }

    /// Writes the mark of a cell that was begun.
    fn write_cell(&mut self) {
        if let Some((columns, rows)) = self.tables.last_mut().and_then(|table| table.cell.take()) {
            self.script.mark(Mark::Cell { columns, rows });
        }
    }
}
