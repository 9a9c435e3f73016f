//! Text that was taken out of a package, with the marks that its layout holds.

use super::{
    BlockKind, Document, ListItem,
    flow::{Cell, Flow},
    markdown::INDENT,
    marker::{Style, marker},
    text,
    writer::Writer,
};
use crate::{
    layout::{Layout, Mark, Role},
    span::{Span, text_at},
};

/// Reads text by its marks.
pub(super) fn read(text: &str, layout: &Layout) -> Document {
    let mut writer = Writer::default();
    let mut reader = Reader {
        text,
        flow: Flow::new(text, &mut writer),
        inside: false,
        raised: false,
        at: 0,
    };
    let marks = layout.marks();
    for (index, &(offset, mark)) in marks.iter().enumerate() {
        reader.text_to(offset);
        let next = marks.get(index + 1).map_or(text.len(), |(next, _)| *next);
        reader.mark(mark, Span::new(offset, next));
    }
    reader.flow.end();
    writer.finish()
}

struct Reader<'a, 'w> {
    text: &'a str,
    flow: Flow<'a, 'w>,
    /// Whether a block is open.
    inside: bool,
    /// Whether the text that follows is raised.
    raised: bool,
    /// Bytes of the text that were read.
    at: usize,
}

impl Reader<'_, '_> {
    /// Writes the text up to a mark, where it belongs to a block.
    fn text_to(&mut self, offset: usize) {
        let piece = Span::new(self.at, offset);
        self.at = self.at.max(offset);
        let written = text_at(self.text, piece);
        let raised = std::mem::take(&mut self.raised);
        if !self.inside || written.is_empty() || raised && self.flow.writer.is_note_mark(written) {
            return;
        }
        let skip = self.flow.before_text(written);
        let rest = written.get(skip..).unwrap_or_default();
        self.flow.writer.copy(rest, piece.start + skip);
    }

    /// Follows a mark; `reach` goes from it to the next one.
    fn mark(&mut self, mark: Mark, reach: Span) {
        match mark {
            Mark::Begin(role) => {
                self.inside = true;
                self.begin(role, reach);
            }
            Mark::End => {
                self.flow.finish();
                self.inside = false;
            }
            Mark::Bold(true) => self.flow.writer.bold_starts(),
            Mark::Bold(false) => self.flow.writer.bold_ends(),
            Mark::Raised(raised) => self.raised = raised,
            Mark::LineBreak => {
                let sign = text_at(self.text, reach).chars().next();
                let end = reach.start + sign.map_or(0, char::len_utf8);
                self.flow.line_break(Span::new(reach.start, end));
                self.at = end;
                return;
            }
            Mark::Table => self.flow.start_table(),
            Mark::Row { head } if self.flow.in_outer_table() => {
                self.flow.head_rows(head);
                self.flow.start_row();
            }
            Mark::Cell { columns, rows } if self.flow.in_outer_table() => self.flow.cell(Cell {
                columns,
                rows,
                head: false,
            }),
            Mark::EndRow if self.flow.in_outer_table() => self.flow.end_row(),
            Mark::Row { .. } | Mark::Cell { .. } | Mark::EndRow => {}
            Mark::EndTable => self.flow.end_table(),
            Mark::Lines => {
                self.flow.finish();
                text::read_part(self.text, reach, self.flow.writer);
                self.at = reach.end;
            }
        }
        if !matches!(mark, Mark::Bold(_) | Mark::Raised(_)) {
            self.flow.unbroken();
        }
    }

    fn begin(&mut self, role: Role, reach: Span) {
        match role {
            Role::Heading { level } => self.flow.heading(level),
            Role::Paragraph => self.flow.finish(),
            Role::Item { depth, label } => self.item(depth, label, reach.start),
            Role::Quotation => self.flow.block(BlockKind::Quotation),
            Role::Caption => self.flow.block(BlockKind::Caption),
        }
    }

    /// An item whose label stands at `start`. In a table, or where the label is none that lists have, the label is part of
    /// the text; a bullet never is.
    fn item(&mut self, depth: u8, label: usize, start: usize) {
        let written = text_at(self.text, Span::new(start, start + label));
        // A marker is one only before a text.
        let with_text = format!("{}\tX", written.trim_end());
        let Some(marker) = marker(&with_text) else {
            self.flow.finish();
            return;
        };
        let bullet = matches!(marker.style, Style::Bullet(_));
        if self.flow.writer.in_table() {
            self.flow.finish();
            if bullet {
                self.at = start + label;
            }
            return;
        }
        self.flow.finish();
        let (list, depth) = self
            .flow
            .writer
            .lists
            .place(&marker, usize::from(depth) * INDENT);
        let number = marker.number.to_owned();
        self.flow.block(BlockKind::ListItem(ListItem {
            list,
            depth,
            number,
            counted: None,
        }));
        self.at = start + label;
    }
}
