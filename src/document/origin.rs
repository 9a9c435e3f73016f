//! Where in the parts of a package its text stands, byte for byte: what must be known to write into a package without losing
//! anything of it.
//!
//! It is recorded by the readers themselves while they read, so that what is annotated cannot differ from what was checked;
//! and only when it is asked for.

use rustc_hash::FxHashMap;

use super::xml::Xml;
use crate::span::Span;

/// Where the text of a package came from.
#[derive(Debug, Default)]
pub(crate) struct Origin {
    /// The parts that text was taken out of.
    pub(crate) parts: Vec<Part>,
    /// Pieces of the text, by their place in it. What no piece covers was not written by the author: numbers of lists, ends
    /// of lines.
    pub(crate) pieces: Vec<Piece>,
    /// The elements that pieces stand in.
    pub(crate) elements: Vec<Element>,
}

/// A part that text was taken out of.
#[derive(Debug)]
pub(crate) struct Part {
    /// Its name in the package.
    pub(crate) name: String,
    /// All of it.
    pub(crate) text: String,
}

/// A piece of text, and where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    /// Bytes of the text.
    pub(crate) text: Span,
    /// The number of the part.
    pub(crate) part: usize,
    /// Bytes of the part.
    pub(crate) bytes: Span,
    /// Whether those bytes are the text, one for one; else the piece stands for all of them (a reference to a character, a
    /// tab).
    pub(crate) literal: bool,
    /// The element within `outer` that holds it, or that it stands for; `None` where nothing within `outer` may be parted.
    pub(crate) inner: Option<usize>,
    /// The element that something may be put before and after: a run of Word, a drawing. `None` where nothing of that sort
    /// is open.
    pub(crate) outer: Option<usize>,
    /// Whether the text stands elsewhere than these elements: in a note that they refer to, in a box that is anchored there.
    pub(crate) aside: bool,
}

/// An element of a part.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element {
    /// Bytes of its start tag.
    pub(crate) tag: Span,
    /// Where its content ends.
    pub(crate) content_end: usize,
    /// Where it ends.
    pub(crate) end: usize,
    /// Bytes of its properties, which stand first in it.
    pub(crate) properties: Option<Span>,
}

/// What an element is to those who write into the part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// It may be parted between its children.
    Children,
    /// It stays whole.
    Whole,
    /// It describes the element that it stands in.
    Properties,
    /// Nothing that matters here.
    Nothing,
}

/// Keeps track of elements while a part is read.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    parts: Vec<Part>,
    elements: Vec<Element>,
    outer: Option<Open>,
    inner: Option<Open>,
    /// References to notes by the names of these: what the text of the note is taken to stand at.
    references: FxHashMap<String, Piece>,
    /// The note that is read.
    note: Option<Piece>,
}

/// An element that is open.
#[derive(Clone, Copy, Debug)]
struct Open {
    depth: usize,
    element: usize,
    holds: Holds,
}

impl Recorder {
    /// Tells that a part is read from here on.
    pub(super) fn start_part(&mut self, name: &str, text: &str) {
        self.parts.push(Part {
            name: name.to_owned(),
            text: text.to_owned(),
        });
        self.outer = None;
        self.inner = None;
        self.note = None;
    }

    /// Tells that the element has begun whose start tag was read last.
    pub(super) fn start(&mut self, xml: &Xml<'_>, holds: Holds) {
        let depth = xml.depth();
        match self.outer {
            None if matches!(holds, Holds::Children | Holds::Whole) => {
                self.outer = Some(self.open(xml, holds));
            }
            Some(outer) if outer.holds == Holds::Children && depth == outer.depth + 1 => {
                self.inner = Some(self.open(xml, holds));
            }
            _ => {}
        }
    }

    /// Tells that an element has begun that stands for a piece of text, with nothing open that may be parted.
    pub(super) fn start_sign(&mut self, xml: &Xml<'_>) {
        if self.outer.is_none() {
            self.inner = Some(self.open(xml, Holds::Nothing));
        }
    }

    fn open(&mut self, xml: &Xml<'_>, holds: Holds) -> Open {
        let tag = xml.span();
        self.elements.push(Element {
            tag,
            content_end: tag.end,
            end: tag.end,
            properties: None,
        });
        Open {
            depth: xml.depth(),
            element: self.elements.len() - 1,
            holds,
        }
    }

    /// Tells that the element has ended whose end tag was read last.
    pub(super) fn end(&mut self, xml: &Xml<'_>) {
        let depth = xml.depth() + 1;
        let at = xml.span();
        if let Some(inner) = self.inner.take_if(|inner| inner.depth == depth) {
            let span = self.close(inner, at);
            let outer = self.outer.filter(|_| inner.holds == Holds::Properties);
            if let Some(outer) = outer.and_then(|outer| self.elements.get_mut(outer.element)) {
                outer.properties = span;
            }
        }
        if let Some(outer) = self.outer.take_if(|outer| outer.depth == depth) {
            self.close(outer, at);
        }
    }

    /// Notes where an element ends, and gives back its bytes.
    fn close(&mut self, open: Open, at: Span) -> Option<Span> {
        let element = self.elements.get_mut(open.element)?;
        // An element without content ends where it begins.
        element.content_end = at.start.max(element.tag.end);
        element.end = at.end.max(element.tag.end);
        Some(Span::new(element.tag.start, element.end))
    }

    /// Tells that what was met last refers to a note.
    pub(super) fn refer(&mut self, note: String, xml: &Xml<'_>) {
        let piece = self.piece(Span::default(), xml.span(), xml.depth(), false);
        self.references.entry(note).or_insert(Piece {
            aside: true,
            ..piece
        });
    }

    /// Tells that a note is read from here on.
    pub(super) fn start_note(&mut self, note: &str) {
        self.note = self.references.get(note).copied();
    }

    /// A piece of text that came from these bytes of the part, at this depth. That of a note stands where the text refers to it
    /// first.
    pub(super) fn piece(&self, text: Span, bytes: Span, depth: usize, literal: bool) -> Piece {
        if let Some(note) = self.note {
            return Piece { text, ..note };
        }
        // What stands deeper is that of a text box, which is parted from the run that it is anchored in.
        let inner = self.inner.filter(|inner| inner.depth == depth);
        Piece {
            text,
            part: self.parts.len().saturating_sub(1),
            bytes,
            literal,
            inner: inner.map(|inner| inner.element),
            outer: self.outer.map(|outer| outer.element),
            aside: self.outer.is_some() && inner.is_none(),
        }
    }

    /// All that was recorded, with the pieces that it belongs to.
    pub(super) fn finish(self, pieces: Vec<Piece>) -> Origin {
        Origin {
            parts: self.parts,
            pieces,
            elements: self.elements,
        }
    }
}
