//! Places: byte spans inside, lines and columns at the edge.
//!
//! A [`Span`] is half-open and counts bytes. Which text it counts in is said by whoever holds it: facts hold spans of the
//! *clean* text of a document, diagnostics hold spans of the *author's* file. [`LineIndex`] turns an offset of a file into
//! the 1-based line and column that people and editors use.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Identity of one source file within a [`Sources`](crate::source::Sources).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceId(pub u32);

/// A half-open range of bytes, always on character boundaries of the text it belongs to.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(from = "(usize, usize)", into = "(usize, usize)")]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte; never before `start`.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`; an end before the start is moved up to it.
    pub const fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end: if end < start { start } else { end },
        }
    }

    /// Number of bytes covered.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether no byte is covered.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Whether a byte stands in both spans.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether every byte of `other` stands in this span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The bytes as a range, for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<(usize, usize)> for Span {
    fn from((start, end): (usize, usize)) -> Self {
        Self::new(start, end)
    }
}

impl From<Span> for (usize, usize) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// The part of `text` under `span`; empty where the span does not lie in it on character boundaries.
///
/// The one place, with [`SourceFile::text_of`](crate::source::SourceFile::text_of), where text is sliced by bytes.
pub fn text_at(text: &str, span: Span) -> &str {
    text.get(span.range()).unwrap_or_default()
}

/// A value and the place it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value to its place.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A place as people write it: both numbers count from 1, the column in characters (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LineColumn {
    /// 1-based line.
    pub line: usize,
    /// 1-based column, in characters.
    pub column: usize,
}

/// Where each line of a text starts, so that offsets become lines without a search from the top, and how many characters
/// stand before every few thousandth byte, so that a column costs the same on a line of any length.
#[derive(Clone, Debug, Default)]
pub struct LineIndex {
    starts: Vec<usize>,
    characters: Vec<usize>,
}

/// Bytes between two counts of characters.
const STRIDE: usize = 4096;

/// How many characters start in `bytes`.
fn characters_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

impl LineIndex {
    /// Indexes `text`; lines end with `\n`, and a `\r` before it belongs to the line.
    pub fn new(text: &str) -> Self {
        let mut starts = Vec::with_capacity(text.len() / 48 + 1);
        starts.push(0);
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        let counts = text.as_bytes().chunks(STRIDE).map(characters_in);
        let before = counts.scan(0, |sum, count| {
            let before = *sum;
            *sum += count;
            Some(before)
        });
        let characters = before.collect();
        Self { starts, characters }
    }

    /// How many characters start before byte `offset` of `text`.
    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let stride = (offset / STRIDE).min(self.characters.len().saturating_sub(1));
        let counted = self.characters.get(stride).copied().unwrap_or_default();
        let rest = text.as_bytes().get(stride * STRIDE..offset);
        counted + rest.map_or(0, characters_in)
    }

    /// 0-based number of the line that holds `offset`.
    pub fn line(&self, offset: usize) -> usize {
        self.starts
            .partition_point(|&start| start <= offset)
            .saturating_sub(1)
    }

    /// How many lines there are; at least one.
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// The bytes of 0-based `line` without its line end; empty past the last line.
    pub fn line_span(&self, text: &str, line: usize) -> Span {
        let Some(&start) = self.starts.get(line) else {
            return Span::new(text.len(), text.len());
        };
        let end = self
            .starts
            .get(line + 1)
            .map_or(text.len(), |&next| next - 1);
        let end = if end > start && text.as_bytes().get(end - 1) == Some(&b'\r') {
            end - 1
        } else {
            end
        };
        Span::new(start, end)
    }

    /// Line and column of `offset` in `text`, the text that was indexed; an offset past the end gives the end.
    pub fn line_column(&self, text: &str, offset: usize) -> LineColumn {
        let offset = offset.min(text.len());
        let line = self.line(offset);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let column = match text.as_bytes().get(start..offset) {
            Some(before) if before.len() <= STRIDE => characters_in(before),
            _ => self.characters_before(text, offset) - self.characters_before(text, start),
        };
        LineColumn {
            line: line + 1,
            column: column + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, offset: usize, line: usize, column: usize) {
        assert_eq!(
            LineIndex::new(text).line_column(text, offset),
            LineColumn { line, column },
            "{text:?} at {offset}"
        );
    }

    #[test]
    fn offsets_become_lines_and_columns() {
        check("", 0, 1, 1);
        check("ab\ncd", 1, 1, 2);
        check("ab\ncd", 3, 2, 1);
        check("é“x", 5, 1, 3);
        check("ab\n", 3, 2, 1);
        check("ab", 99, 1, 3);
    }

    #[test]
    fn columns_count_characters_on_lines_of_any_length() {
        let text = format!("é\n{}x", "é".repeat(STRIDE));
        check(&text, 3, 2, 1);
        check(&text, 3 + 2 * STRIDE, 2, STRIDE + 1);
        check(&text, text.len(), 2, STRIDE + 2);
        check(&"a".repeat(2 * STRIDE), 2 * STRIDE, 1, 2 * STRIDE + 1);
    }

    #[test]
    fn a_line_has_no_line_end() {
        let text = "one\r\ntwo\n";
        let index = LineIndex::new(text);
        assert_eq!(text_at(text, index.line_span(text, 0)), "one");
        assert_eq!(text_at(text, index.line_span(text, 1)), "two");
        assert_eq!(text_at(text, index.line_span(text, 2)), "");
        assert!(index.line_span(text, 9).is_empty());
    }
}
