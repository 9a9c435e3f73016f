//! Edits of an author's text.

use crate::span::Span;

/// A stretch of the author's file and what stands in its place afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// Bytes of the author's file.
    pub(super) span: Span,
    /// The new text.
    pub(super) with: String,
}

impl Edit {
    pub(super) fn new(span: Span, with: impl Into<String>) -> Self {
        Self {
            span,
            with: with.into(),
        }
    }
}

/// `text` after `edits`; of two that overlap, the later is left out.
pub(super) fn apply(text: &str, edits: &[Edit]) -> String {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for edit in edits {
        if edit.span.start < at {
            continue;
        }
        out.push_str(text.get(at..edit.span.start).unwrap_or_default());
        out.push_str(&edit.with);
        at = edit.span.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_made_in_order_of_place() {
        let swap = [
            Edit::new(Span::new(7, 8), "2"),
            Edit::new(Span::new(2, 4), "90"),
            Edit::new(Span::new(3, 5), "lost"),
        ];
        assert_eq!(apply("a 12 b 9", &swap), "a 90 b 2");
        assert_eq!(apply("é", &[]), "é");
    }
}
