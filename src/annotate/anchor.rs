//! Where in a part words begin and end.

use crate::{
    document::{Element, Origin, Piece},
    span::{Span, text_at},
};

/// The places of a part between which words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    /// The number of the part.
    pub(super) part: usize,
    /// Where they begin.
    pub(super) start: Cut,
    /// Where they end.
    pub(super) end: Cut,
    /// Whether they stand elsewhere: in a note or a box that is anchored here.
    pub(super) aside: bool,
}

/// A place of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cut {
    /// The offset.
    pub(super) at: usize,
    /// The element that has to be ended before this place and begun anew after it; `None` where something can be put at once.
    pub(super) outer: Option<usize>,
    /// The element within that for which the same is true.
    pub(super) inner: Option<usize>,
}

impl Cut {
    const fn at(at: usize) -> Self {
        Self {
            at,
            outer: None,
            inner: None,
        }
    }
}

/// Where the words under a span of the text stand: all of them that are in the part where the first stands. Where a span
/// covers nothing that the author wrote, such as the number of a list, all of its line.
pub(super) fn find(origin: &Origin, text: &str, span: Span) -> Option<Anchor> {
    let mut span = span;
    let mut pieces = under(origin, span);
    if pieces.is_empty() {
        let next = origin.pieces.get(first_after(origin, span.start)..);
        let near = next.and_then(<[Piece]>::first).or(origin.pieces.last())?;
        let lines = [line(text, span.start), line(text, near.text.start)];
        span = lines
            .into_iter()
            .find(|line| !under(origin, *line).is_empty())?;
        pieces = under(origin, span);
    }
    let part = pieces.first()?.part;
    let here = || pieces.iter().filter(|piece| piece.part == part);
    Some(Anchor {
        part,
        start: here().map(|piece| start(origin, piece, span)).min()?,
        end: here().map(|piece| end(origin, piece, span)).max()?,
        aside: here().any(|piece| piece.aside),
    })
}

/// The number of the first piece that ends after an offset.
fn first_after(origin: &Origin, offset: usize) -> usize {
    origin
        .pieces
        .partition_point(|piece| piece.text.end <= offset)
}

/// The pieces that lie under a span, in part at least.
fn under(origin: &Origin, span: Span) -> &[Piece] {
    let from = first_after(origin, span.start);
    let to = origin
        .pieces
        .partition_point(|piece| piece.text.start < span.end);
    origin.pieces.get(from..to).unwrap_or_default()
}

/// The line that holds an offset.
fn line(text: &str, offset: usize) -> Span {
    let before = text_at(text, Span::new(0, offset));
    let after = text_at(text, Span::new(offset, text.len()));
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    Span::new(start, offset + after.find('\n').unwrap_or(after.len()))
}

fn element(origin: &Origin, number: Option<usize>) -> Option<&Element> {
    origin.elements.get(number?)
}

/// Where a piece begins, or the part of it that lies under a span.
fn start(origin: &Origin, piece: &Piece, span: Span) -> Cut {
    let skipped = span.start.saturating_sub(piece.text.start);
    let at = piece.bytes.start + if piece.literal { skipped } else { 0 };
    let inner = element(origin, piece.inner);
    let Some(outer) = element(origin, piece.outer) else {
        return Cut::at(at);
    };
    let Some(inner) = inner else {
        return Cut::at(outer.tag.start);
    };
    let at = if at <= inner.tag.end {
        inner.tag.start
    } else {
        at
    };
    cut(origin, piece, at)
}

/// Where a piece ends, or the part of it that lies under a span.
fn end(origin: &Origin, piece: &Piece, span: Span) -> Cut {
    let left = piece.text.end.saturating_sub(span.end);
    let at = piece.bytes.end - if piece.literal { left } else { 0 };
    let inner = element(origin, piece.inner);
    // The piece may be all of an element.
    let whole = inner.filter(|inner| at == inner.tag.end && piece.bytes.start == inner.tag.start);
    let at = whole.map_or(at, |inner| inner.end);
    let Some(outer) = element(origin, piece.outer) else {
        return Cut::at(at);
    };
    let Some(inner) = inner else {
        return Cut::at(outer.end);
    };
    let at = if at >= inner.content_end {
        inner.end
    } else {
        at
    };
    cut(origin, piece, at)
}

/// A place in an element that may be parted: beside it, where nothing but its properties lies between.
fn cut(origin: &Origin, piece: &Piece, at: usize) -> Cut {
    let (Some(outer), Some(inner)) = (element(origin, piece.outer), element(origin, piece.inner))
    else {
        return Cut::at(at);
    };
    let part = origin.parts.get(piece.part);
    let text = part.map_or("", |part| part.text.as_str());
    let is_blank = |start, end| text_at(text, Span::new(start, end)).trim().is_empty();
    let content = outer.properties.map_or(outer.tag.end, |span| span.end);
    if at <= content || at == inner.tag.start && is_blank(content, at) {
        return Cut::at(outer.tag.start);
    }
    if at >= outer.content_end || at == inner.end && is_blank(at, outer.content_end) {
        return Cut::at(outer.end);
    }
    let within = inner.tag.end < at && at < inner.content_end;
    Cut {
        at,
        outer: piece.outer,
        inner: piece.inner.filter(|_| within),
    }
}
