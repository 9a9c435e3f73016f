//! What a reader of packages writes: text line by line, one paragraph a line, and marks beside it.

use super::origin::Piece;
use crate::{
    layout::{Layout, Mark, Role, Unit},
    span::Span,
};

/// The sign for a line break within a paragraph, so that a paragraph stays one line.
pub(super) const LINE_BREAK: char = '\u{2028}';

/// Text with its marks.
#[derive(Debug, Default)]
pub(super) struct Script {
    text: String,
    marks: Vec<(usize, Mark)>,
    /// Where each note begins.
    notes: Vec<usize>,
    /// Where the text came from, where that is recorded.
    pieces: Vec<Piece>,
}

impl Script {
    /// Whether nothing was written.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds a mark and gives back its number.
    pub(super) fn mark(&mut self, mark: Mark) -> usize {
        self.marks.push((self.text.len(), mark));
        self.marks.len() - 1
    }

    /// Makes the row whose mark has this number one of column heads.
    pub(super) fn set_head(&mut self, row: usize) {
        if let Some((_, mark @ Mark::Row { .. })) = self.marks.get_mut(row) {
            *mark = Mark::Row { head: true };
        }
    }

    /// Adds text; the line ends in it become spaces.
    pub(super) fn text(&mut self, text: &str) {
        let end = |c: char| matches!(c, '\n' | '\r' | '\u{c}');
        if text.contains(end) {
            self.text.push_str(&text.replace(end, " "));
        } else {
            self.text.push_str(text);
        }
    }

    /// Bytes written so far.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Tells where text came from that was added last.
    pub(super) fn piece(&mut self, piece: Piece) {
        self.pieces.push(piece);
    }

    /// Adds a line break within a paragraph.
    pub(super) fn line_break(&mut self) {
        self.mark(Mark::LineBreak);
        self.text.push(LINE_BREAK);
    }

    /// Ends a line.
    pub(super) fn end_line(&mut self) {
        self.text.push('\n');
    }

    /// Adds what another script holds.
    pub(super) fn append(&mut self, other: Self) {
        let base = self.text.len();
        self.text.push_str(&other.text);
        let moved = other.marks.into_iter().map(|(at, mark)| (base + at, mark));
        self.marks.extend(moved);
        self.notes
            .extend(other.notes.into_iter().map(|at| base + at));
        let moved = |span: Span| Span::new(base + span.start, base + span.end);
        self.pieces
            .extend(other.pieces.into_iter().map(|piece| Piece {
                text: moved(piece.text),
                ..piece
            }));
    }

    /// Adds a note.
    pub(super) fn note(&mut self, note: Self) {
        self.notes.push(self.text.len());
        self.append(note);
    }

    /// The text and where it came from.
    pub(super) fn into_pieces(self) -> (String, Vec<Piece>) {
        (self.text, self.pieces)
    }

    /// The text and its layout: paragraphs are counted line by line, and the notes stand at the end.
    pub(super) fn finish(self) -> (String, Layout) {
        let mut layout = Layout::new();
        let first_note = self.notes.first().copied().unwrap_or(usize::MAX);
        let ends = memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|end| end + 1);
        for (number, start) in (1..).zip([0].into_iter().chain(ends)) {
            if start < first_note && start < self.text.len() {
                layout.stop(start, Unit::Paragraph, number);
            }
        }
        for (number, &start) in (1..).zip(&self.notes) {
            layout.stop(start, Unit::Note, number);
        }
        let (mut tables, mut heading) = (0_usize, None);
        for &(at, mark) in &self.marks {
            match mark {
                Mark::Table => tables += 1,
                Mark::EndTable => tables = tables.saturating_sub(1),
                Mark::Begin(Role::Heading { level }) if tables == 0 => heading = Some((at, level)),
                Mark::End => {
                    if let Some((start, level)) = heading.take() {
                        layout.heading(Span::new(start, at), level);
                    }
                }
                _ => {}
            }
            layout.mark(at, mark);
        }
        (self.text, layout)
    }
}
