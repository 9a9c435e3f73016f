//! Where the text of a package lies in it: Word and OpenDocument files and PDFs have no lines, but paragraphs and pages.
//!
//! The reader of such a file writes its text line by line, so that spans, excerpts and comments work on it as on any other
//! text, and beside it a [`Layout`]: the marks that tell what the text is, in the order of their offsets, and the places that
//! people find it by.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::span::{Span, text_at};

/// What is known of a text beside its characters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    marks: Vec<(usize, Mark)>,
    stops: Vec<Stop>,
    headings: Vec<Heading>,
    boxes: Vec<(Span, usize, Bounds)>,
}

/// What begins or ends at an offset of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// A block begins.
    Begin(Role),
    /// A block ends; what follows up to the next one is no text.
    End,
    /// Bold text begins or ends.
    Bold(bool),
    /// Raised text begins or ends; it may be the mark of a note.
    Raised(bool),
    /// The next character stands for a line break within the block.
    LineBreak,
    /// A table begins.
    Table,
    /// A row begins.
    Row {
        /// Whether it holds the heads of columns.
        head: bool,
    },
    /// A cell begins.
    Cell {
        /// Columns that it spans.
        columns: usize,
        /// Rows that it spans; 0 where the cell above reaches into it.
        rows: usize,
    },
    /// A row ends.
    EndRow,
    /// A table ends.
    EndTable,
    /// Lines of plain text up to the next mark, in which blocks are to be told by how they look.
    Lines,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A heading; 1 is the highest level.
    Heading {
        /// 1 to 9.
        level: u8,
    },
    /// Running text.
    Paragraph,
    /// An item of a list that is numbered, or has a bullet, without the author's doing.
    Item {
        /// 0 for the outermost list.
        depth: u8,
        /// Bytes of the number or bullet at the start of the block, white space after it included.
        label: usize,
    },
    /// A quotation.
    Quotation,
    /// The caption of a table or figure.
    Caption,
}

/// What the numbers of places count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// Paragraphs, those in tables and empty ones included.
    Paragraph,
    /// Footnotes and endnotes, in the order in which the text refers to them.
    Note,
    /// Pages.
    Page,
}

impl Unit {
    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Note => "note",
            Self::Page => "page",
        }
    }
}

/// A rectangle on a page, in points (1/72 inch) from its left upper corner.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f32; 4]", into = "[f32; 4]")]
pub struct Bounds {
    /// The left edge.
    pub left: f32,
    /// The upper edge.
    pub top: f32,
    /// The right edge.
    pub right: f32,
    /// The lower edge.
    pub bottom: f32,
}

impl From<[f32; 4]> for Bounds {
    fn from([left, top, right, bottom]: [f32; 4]) -> Self {
        Self {
            left,
            top,
            right,
            bottom,
        }
    }
}

impl From<Bounds> for [f32; 4] {
    fn from(of: Bounds) -> Self {
        [of.left, of.top, of.right, of.bottom]
    }
}

impl Bounds {
    /// The smallest rectangle that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Left, top, right and bottom, to a tenth of a point.
    pub fn edges(self) -> [f32; 4] {
        [self.left, self.top, self.right, self.bottom].map(|edge| (edge * 10.0).round() / 10.0)
    }

    /// Whether words in `next` follow on those in this rectangle: they stand on its line, and not far to the right.
    fn runs_into(self, next: Self) -> bool {
        let height = self.bottom - self.top;
        let gap = next.left - self.right;
        (self.bottom - next.bottom).abs() < height * 0.5 && gap > -height && gap < height * 2.0
    }
}

/// A place as people find it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// What `number` counts.
    pub unit: Unit,
    /// From 1.
    pub number: usize,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
    /// Where it stands on its page, where that is known.
    pub bounds: Option<Bounds>,
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.unit.name(), self.number)
    }
}

/// A place as fields of JSON.
#[derive(Clone, Debug, Default, Serialize, schemars::JsonSchema)]
pub struct Fields {
    /// The number of the paragraph.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<usize>,
    /// The number of the note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<usize>,
    /// The number of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
    /// The headings above, outermost first.
    pub headings: Vec<String>,
    /// Left, top, right and bottom of the words on their page, in points.
    #[serde(rename = "box", skip_serializing_if = "Option::is_none")]
    pub bounds: Option<[f32; 4]>,
}

impl From<Place> for Fields {
    fn from(place: Place) -> Self {
        let number = |unit| (place.unit == unit).then_some(place.number);
        Self {
            paragraph: number(Unit::Paragraph),
            note: number(Unit::Note),
            page: number(Unit::Page),
            bounds: place.bounds.map(Bounds::edges),
            headings: place.headings,
        }
    }
}

/// From `start` on, up to the next stop, text stands at this place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(usize, Unit, usize)", into = "(usize, Unit, usize)")]
struct Stop {
    start: usize,
    unit: Unit,
    number: usize,
}

impl From<(usize, Unit, usize)> for Stop {
    fn from((start, unit, number): (usize, Unit, usize)) -> Self {
        Self {
            start,
            unit,
            number,
        }
    }
}

impl From<Stop> for (usize, Unit, usize) {
    fn from(stop: Stop) -> Self {
        (stop.start, stop.unit, stop.number)
    }
}

/// A heading, and the one that it stands under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Heading {
    span: Span,
    level: u8,
    above: Option<usize>,
}

impl Layout {
    /// Nothing known yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a mark; offsets must not fall.
    pub fn mark(&mut self, offset: usize, mark: Mark) {
        self.marks.push((offset, mark));
    }

    /// Tells where the text from `start` on stands; offsets must not fall.
    pub fn stop(&mut self, start: usize, unit: Unit, number: usize) {
        self.stops.push(Stop {
            start,
            unit,
            number,
        });
    }

    /// Tells that the text under a span is a heading; offsets must not fall.
    pub fn heading(&mut self, span: Span, level: u8) {
        let mut above = self.headings.len().checked_sub(1);
        while let Some(known) = above.and_then(|at| self.headings.get(at)) {
            if known.level < level {
                break;
            }
            above = known.above;
        }
        self.headings.push(Heading { span, level, above });
    }

    /// Tells where on a page the text under a span stands; offsets must not fall.
    pub fn bounds(&mut self, span: Span, page: usize, bounds: Bounds) {
        self.boxes.push((span, page, bounds));
    }

    /// Whether this is the layout of a text, as far as can be told of one that was written down: offsets do not fall and stand
    /// in the text, and no heading stands under one that comes later.
    pub fn fits(&self, text: &str) -> bool {
        let rises = |offsets: Vec<usize>| {
            offsets.is_sorted() && offsets.iter().all(|offset| text.is_char_boundary(*offset))
        };
        let mut headings = self.headings.iter().enumerate();
        rises(self.marks.iter().map(|(offset, _)| *offset).collect())
            && rises(self.stops.iter().map(|stop| stop.start).collect())
            && rises(
                self.headings
                    .iter()
                    .map(|heading| heading.span.start)
                    .collect(),
            )
            && rises(self.boxes.iter().map(|(span, ..)| span.start).collect())
            && headings.all(|(at, heading)| heading.above.is_none_or(|above| above < at))
    }

    /// The marks, in the order of their offsets.
    pub fn marks(&self) -> &[(usize, Mark)] {
        &self.marks
    }

    /// Where the text under a span stands, by its start; `text` is the text that this is the layout of. `None` before the
    /// first place.
    pub fn place(&self, text: &str, span: Span) -> Option<Place> {
        let before = self
            .stops
            .partition_point(|stop| stop.start <= span.start)
            .checked_sub(1)?;
        let stop = self.stops.get(before)?;
        Some(Place {
            unit: stop.unit,
            number: stop.number,
            headings: self.headings_above(text, span.start),
            bounds: self.bounds_of(span, stop.number),
        })
    }

    /// The headings above an offset, outermost first. A heading does not stand above itself.
    fn headings_above(&self, text: &str, offset: usize) -> Vec<String> {
        let before = self
            .headings
            .partition_point(|heading| heading.span.start <= offset);
        let mut next = before.checked_sub(1);
        let mut path = Vec::new();
        while let Some(heading) = next.and_then(|at| self.headings.get(at)) {
            if heading.span.end <= offset {
                let words: Vec<&str> = text_at(text, heading.span).split_whitespace().collect();
                path.push(words.join(" "));
            }
            next = heading.above;
        }
        path.reverse();
        path
    }

    /// The rectangles around the text under a span: for each page the one of each line, from left to right as far as the words
    /// stand next to each other. Where nothing under the span has a place, the words after it or before it.
    pub fn boxes(&self, span: Span) -> Vec<(usize, Vec<Bounds>)> {
        let last = self.boxes.len().saturating_sub(1);
        let first = self
            .boxes
            .partition_point(|(text, ..)| text.end <= span.start)
            .min(last);
        let from = self.boxes.get(first..).unwrap_or_default();
        let under = from.partition_point(|(text, ..)| text.start < span.end);
        let mut pages: Vec<(usize, Vec<Bounds>)> = Vec::new();
        for &(_, page, bounds) in from.iter().take(under.max(1)) {
            match pages.last_mut().filter(|(known, _)| *known == page) {
                Some((_, lines)) => match lines.last_mut() {
                    Some(line) if line.runs_into(bounds) => *line = line.join(bounds),
                    _ => lines.push(bounds),
                },
                None => pages.push((page, vec![bounds])),
            }
        }
        pages
    }

    /// The rectangle around the text under a span that stands on a page.
    fn bounds_of(&self, span: Span, page: usize) -> Option<Bounds> {
        let first = self
            .boxes
            .partition_point(|(text, ..)| text.end <= span.start);
        let boxes = self.boxes.get(first..)?.iter();
        let touched = boxes.take_while(|(text, ..)| text.start < span.end.max(span.start + 1));
        let on_page = touched.filter(|(_, number, _)| *number == page);
        on_page.map(|(.., bounds)| *bounds).reduce(Bounds::join)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stands_under_the_headings_above_it() {
        let text = "Report\nCare\nIt is kind.\nStaff\nThey are few.";
        let mut layout = Layout::new();
        for (phrase, level) in [("Report", 1), ("Care", 2), ("Staff", 2)] {
            let start = text.find(phrase).expect("in the text");
            layout.heading(Span::new(start, start + phrase.len()), level);
        }
        for (line, start) in [(1, 0), (2, 7), (3, 12), (4, 24), (5, 30)] {
            layout.stop(start, Unit::Paragraph, line);
        }
        let place = |phrase: &str| {
            let start = text.find(phrase).expect("in the text");
            let place = layout
                .place(text, Span::new(start, start + phrase.len()))
                .expect("a place");
            format!("{place}: {}", place.headings.join(" › "))
        };
        assert_eq!(place("kind"), "paragraph 3: Report › Care");
        assert_eq!(place("few"), "paragraph 5: Report › Staff");
        assert_eq!(place("Staff"), "paragraph 4: Report");
        assert_eq!(place("Report"), "paragraph 1: ");
    }

    #[test]
    fn text_is_bounded_on_the_page_where_it_begins() {
        let mut layout = Layout::new();
        let bounds = |left, right| Bounds {
            left,
            top: 1.0,
            right,
            bottom: 2.0,
        };
        layout.stop(0, Unit::Page, 1);
        layout.bounds(Span::new(0, 4), 1, bounds(1.0, 5.0));
        layout.bounds(Span::new(5, 9), 1, bounds(6.0, 9.0));
        layout.bounds(Span::new(10, 14), 2, bounds(0.0, 20.0));
        let place = layout.place("", Span::new(2, 12)).expect("a place");
        assert_eq!(place.bounds, Some(bounds(1.0, 9.0)));
        assert_eq!(
            layout.boxes(Span::new(2, 12)),
            [(1, vec![bounds(1.0, 9.0)]), (2, vec![bounds(0.0, 20.0)])]
        );
        assert_eq!(
            layout.boxes(Span::new(9, 10)),
            [(2, vec![bounds(0.0, 20.0)])]
        );
        assert_eq!(Layout::new().boxes(Span::new(0, 1)), []);
        assert_eq!(
            layout
                .place("", Span::new(5, 6))
                .and_then(|place| place.bounds),
            Some(bounds(6.0, 9.0))
        );
    }
}
