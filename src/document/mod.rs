//! Documents: the clean text of a report, its blocks, and the way back to the author's bytes.
//!
//! A reader per format turns a [`SourceFile`] into a [`Document`]. The clean text keeps what carries meaning (line ends
//! inside a paragraph are kept as `\n`, quotation marks keep their direction) and drops what does not: markup, page
//! numbers, running heads, hyphens at line ends, private-use bullets. Every offset of the clean text leads back to the
//! author's file through [`TextMap`].

mod aside;
mod clean;
mod columns;
mod contents;
mod counting;
mod flow;
mod html;
mod hyphens;
mod laid;
mod lines;
mod markdown;
mod marker;
mod odt;
mod open;
mod origin;
mod package;
#[cfg(feature = "pdf")]
mod pdf;
mod prose;
mod script;
mod sections;
mod story;
mod text;
mod word;
mod writer;
mod xml;

#[cfg(test)]
mod properties;

use std::path::Path;

pub use aside::{Aside, Asides};
#[cfg(feature = "pdf")]
pub(crate) use open::pdf_text;
pub use open::{MAX_MARKUP, MAX_TEXT, open};
pub(crate) use open::{Unreadable, origin};
pub(crate) use origin::{Element, Origin, Part, Piece};
pub(crate) use package::Package;
pub use package::{MAX_PARTS, MAX_UNPACKED};
pub(crate) use word::parts as word_parts;
pub(crate) use xml::{Event, Space, Tag, Xml};

use serde::{Deserialize, Serialize};

use crate::{
    source::SourceFile,
    span::{Span, text_at},
};

/// A report as read: clean text in reading order, cut into blocks.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Clean text. Blocks are separated by `\n\n`, table cells by `\t`.
    pub text: String,
    /// Blocks in reading order; their spans are bytes of `text`, in order and apart from each other.
    pub blocks: Vec<Block>,
    /// From clean text to the author's file.
    pub map: TextMap,
    /// Comments of the author's file that are not part of its text: HTML comments, `# assize-…` lines.
    pub comments: Vec<Comment>,
}

/// A stretch of text that belongs together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Bytes of the clean text, from the first to the last character of the content (markers of list items left out).
    pub span: Span,
    /// Index of the heading block that this block stands under; headings stand under the next higher one.
    pub section: Option<usize>,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A title or section heading; 1 is the highest level.
    Heading {
        /// 1 for the title of the document.
        level: u8,
    },
    /// Running text.
    Paragraph,
    /// One item of a list; further paragraphs of the item are paragraphs of their own.
    ListItem(ListItem),
    /// A table.
    Table(Table),
    /// A block quotation.
    Quotation,
    /// The caption of a table or figure.
    Caption,
}

/// One item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListItem {
    /// Number of the list in the document; items of one list share it. A new heading, another kind of marker or a
    /// paragraph that does not belong to an item starts a new list; a numbered list that goes on where it was
    /// interrupted (answers between issues) stays one list.
    pub list: u32,
    /// 0 for the outermost list.
    pub depth: u8,
    /// The marker as it is shown, without white space, dot or bracket: `1`, `a`, `iv`, `R3`; empty for bullets.
    pub number: String,
    /// The number that a page counts for the item, which is shown but not written.
    pub counted: Option<u32>,
}

/// A table: rows of cells. A cell that spans columns stands in the first. One that spans rows stands in each of them where it is
/// a label or a grade, so that a row can be read by itself; else in the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Rows from top to bottom.
    pub rows: Vec<Row>,
}

/// One row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Whether the row holds column heads.
    pub head: bool,
    /// Bytes of the clean text for each cell, from left to right; empty cells have an empty span at their place.
    pub cells: Vec<Span>,
}

/// A comment in the author's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Bytes of the author's file, the comment's own marks included.
    pub span: Span,
    /// What it says, without its marks.
    pub text: String,
}

impl Document {
    /// The clean text under a span.
    pub fn text_of(&self, span: Span) -> &str {
        text_at(&self.text, span)
    }

    /// The heading that a block stands under, and those above it, outermost first.
    pub fn headings(&self, block: usize) -> Vec<usize> {
        let mut path = Vec::new();
        let mut next = self.blocks.get(block).and_then(|block| block.section);
        while let Some(heading) = next {
            path.push(heading);
            next = self
                .blocks
                .get(heading)
                .and_then(|block| block.section)
                .filter(|&above| above < heading);
        }
        path.reverse();
        path
    }
}

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// Plain text, also as copied out of a PDF.
    Text,
    /// `CommonMark` with tables, front matter and footnotes.
    Markdown,
    /// A web page.
    Html,
    /// A Word document (`.docx`).
    Word,
    /// An OpenDocument text (`.odt`).
    OpenDocument,
    /// A PDF.
    Pdf,
}

/// Which side of tracked changes is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tracked {
    /// The text as it is when every change is accepted.
    #[default]
    Accepted,
    /// The text as it was before them.
    Original,
}

/// Every format with the file extensions that name it, in lower case.
pub const FORMATS: &[(Format, &[&str])] = &[
    (Format::Text, &["txt", "text"]),
    (Format::Markdown, &["md", "markdown"]),
    (Format::Html, &["html", "htm"]),
    (Format::Word, &["docx"]),
    (Format::OpenDocument, &["odt"]),
    (Format::Pdf, &["pdf"]),
];

impl Format {
    /// What a file of this format is called, with its article.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Text => "plain text",
            Self::Markdown => "Markdown",
            Self::Html => "a web page",
            Self::Word => "a Word document",
            Self::OpenDocument => "an OpenDocument text",
            Self::Pdf => "a PDF",
        }
    }

    /// Whether its files are packages, whose text must be taken out of them.
    pub const fn is_package(self) -> bool {
        matches!(self, Self::Word | Self::OpenDocument | Self::Pdf)
    }

    /// The extensions that name it, in lower case.
    pub fn endings(self) -> &'static [&'static str] {
        let known = FORMATS.iter().find(|(format, _)| *format == self);
        known.map_or(&[], |(_, endings)| endings)
    }

    /// The format that the extension of `path` names.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        FORMATS
            .iter()
            .find(|(_, extensions)| extensions.contains(&&*extension))
            .map(|(format, _)| *format)
    }

    /// The format of text that came without a name (standard input, examples in rules): Markdown where a line starts as
    /// only Markdown would (`#`, `**`, `|`, `---`, `<!--`), HTML where it starts as only a page would, else plain text.
    pub fn guess(text: &str) -> Self {
        let start = text.trim_start_matches('\u{feff}').trim_start();
        let page = [
            "<!doctype html",
            "<html",
            "<body",
            "<p>",
            "<h1",
            "<table",
            "<ul",
            "<div",
        ];
        let starts = |mark: &&str| {
            start
                .get(..mark.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(mark))
        };
        if page.iter().any(starts) {
            return Self::Html;
        }
        let marked = |line: &str| {
            ["# ", "## ", "### ", "**", "|", "<!--"]
                .iter()
                .any(|mark| line.starts_with(mark))
        };
        if text.lines().map(str::trim_start).any(marked) {
            Self::Markdown
        } else {
            Self::Text
        }
    }
}

/// Reads a file of a known format. Any text can be read: what a reader does not understand is a paragraph.
/// A file that was [opened](open) from a package is read by its layout.
pub fn read(file: &SourceFile, format: Format) -> Document {
    if let Some(layout) = file.layout() {
        return laid::read(file.text(), layout);
    }
    match format {
        Format::Text | Format::Word | Format::OpenDocument | Format::Pdf => text::read(file),
        Format::Markdown => markdown::read(file),
        Format::Html => html::read(file),
    }
}

/// The way from clean text back to the author's file: runs that were copied byte by byte, and places where something was
/// replaced (a soft hyphen dropped, an entity decoded).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextMap {
    runs: Vec<Run>,
}

/// A stretch of clean text and where it came from; it ends where the next one starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    clean: usize,
    source: usize,
    /// Bytes of the author's file that this run stands for; equal to its clean length where it was copied.
    source_len: usize,
    copied: bool,
    /// Whether the author's file has it once, and the clean text had it before.
    again: bool,
}

impl TextMap {
    /// Bytes of the author's file for a span of clean text. An end that falls inside a replacement takes all of it.
    pub fn to_source(&self, span: Span) -> Span {
        let start = self.point(span.start, false);
        if span.is_empty() {
            return Span::new(start, start);
        }
        Span::new(start, self.point(span.end, true).max(start))
    }

    /// The offset for one clean offset; `end` says that it closes a span, so that it belongs to the run before it.
    fn point(&self, clean: usize, end: bool) -> usize {
        let before = self.runs.partition_point(|run| {
            if end {
                run.clean < clean
            } else {
                run.clean <= clean
            }
        });
        let Some(run) = before.checked_sub(1).and_then(|at| self.runs.get(at)) else {
            return self.runs.first().map_or(0, |run| run.source);
        };
        match (run.copied, end) {
            (true, _) => run.source + (clean - run.clean).min(run.source_len),
            (false, true) => run.source + run.source_len,
            (false, false) => run.source,
        }
    }
}

/// The way from the author's file into the clean text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backwards {
    /// Runs that stand for something of the file, by where that is, each with its bytes of clean text.
    runs: Vec<(Run, usize)>,
}

impl TextMap {
    /// The way back from the author's file into a text of `len` bytes: what [`Self::to_source`] gives leads to where it came
    /// from.
    pub fn backwards(&self, len: usize) -> Backwards {
        let ends = self.runs.iter().skip(1).map(|next| next.clean);
        let runs = self.runs.iter().zip(ends.chain([len]));
        let runs = runs.map(|(run, end)| (*run, end.saturating_sub(run.clean)));
        let mut runs: Vec<_> = runs
            .filter(|(run, _)| run.source_len > 0 && !run.again)
            .collect();
        runs.sort_by_key(|(run, _)| (run.source, run.clean));
        Backwards { runs }
    }
}

impl Backwards {
    /// The clean text for a span of the author's file: the part of it that is text, else the empty place before the next
    /// text. `None` behind all text.
    pub fn to_clean(&self, span: Span) -> Option<Span> {
        let before = |offset: usize| self.runs.partition_point(|(run, _)| run.source < offset);
        let next = before(span.start + 1);
        let inside = next
            .checked_sub(1)
            .and_then(|at| self.runs.get(at))
            .filter(|(run, _)| span.start < run.source + run.source_len);
        let start = match inside {
            Some((run, _)) if run.copied => run.clean + (span.start - run.source),
            Some((run, _)) => run.clean,
            None => self.runs.get(next)?.0.clean,
        };
        let last = before(span.end).checked_sub(1);
        let end = last.and_then(|at| self.runs.get(at)).map(|(run, len)| {
            if run.copied {
                run.clean + (span.end - run.source).min(*len)
            } else {
                run.clean + len
            }
        });
        Some(Span::new(start, end.unwrap_or(start)))
    }
}

/// Builds clean text and its map side by side; every reader writes through it.
#[derive(Debug, Default)]
pub struct TextBuilder {
    text: String,
    map: TextMap,
}

impl TextBuilder {
    /// Nothing written yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Bytes of clean text written so far.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The clean text written so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Copies `text`, which stands at byte `source` of the author's file.
    pub fn copy(&mut self, text: &str, source: usize) {
        if text.is_empty() {
            return;
        }
        let clean = self.text.len();
        self.text.push_str(text);
        if let Some(last) = self.map.runs.last_mut()
            && last.copied
            && last.source + last.source_len == source
            && last.clean + last.source_len == clean
        {
            last.source_len += text.len();
            return;
        }
        self.map.runs.push(Run {
            clean,
            source,
            source_len: text.len(),
            copied: true,
            again: false,
        });
    }

    /// Writes `text` in the place of the bytes under `source`; an empty source span marks text that the author's file does
    /// not have (a separator, a computed number).
    pub fn replace(&mut self, text: &str, source: Span) {
        if text.is_empty() {
            return;
        }
        let clean = self.text.len();
        self.text.push_str(text);
        self.map.runs.push(Run {
            clean,
            source: source.start,
            source_len: source.len(),
            copied: false,
            again: false,
        });
    }

    /// Writes once more what stands under a span of the clean text.
    pub fn repeat(&mut self, written: Span) {
        let text = text_at(&self.text, written).to_owned();
        if text.is_empty() {
            return;
        }
        let source = self.map.to_source(written);
        self.replace(&text, source);
        if let Some(last) = self.map.runs.last_mut() {
            last.again = true;
        }
    }

    /// Ends the text.
    pub fn finish(self) -> (String, TextMap) {
        (self.text, self.map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_lead_back_through_copies_and_replacements() {
        let source = "A **FAIR** caf&eacute;";
        let mut builder = TextBuilder::new();
        builder.copy("A ", 0);
        builder.copy("FAIR", 4);
        builder.copy(" caf", 10);
        builder.replace("é", Span::new(14, 22));
        let (text, map) = builder.finish();
        assert_eq!(text, "A FAIR café");
        let back = |part: &str| {
            let start = text.find(part).expect("in the text");
            text_at(source, map.to_source(Span::new(start, start + part.len())))
        };
        assert_eq!(back("FAIR"), "FAIR");
        assert_eq!(back("A"), "A");
        assert_eq!(back("café"), "caf&eacute;");
        assert_eq!(back("A FAIR"), "A **FAIR");

        let there = map.backwards(text.len());
        let clean = |part: &str| {
            let start = source.find(part).expect("in the source");
            let clean = there.to_clean(Span::new(start, start + part.len()));
            clean.map(|clean| text_at(&text, clean))
        };
        for (part, expected) in [
            ("A **FAIR", "A FAIR"),
            ("caf&eacute;", "café"),
            ("**FAIR** caf", "FAIR caf"),
            ("**", ""),
        ] {
            assert_eq!(clean(part), Some(expected), "{part}");
        }
        assert_eq!(there.to_clean(Span::new(40, 41)), None);

        let mut builder = TextBuilder::new();
        builder.copy("Good\t", 3);
        builder.repeat(Span::new(0, 4));
        let (text, map) = builder.finish();
        assert_eq!(text, "Good\tGood");
        assert_eq!(map.to_source(Span::new(5, 9)), Span::new(3, 7));
        let back = map.backwards(text.len()).to_clean(Span::new(3, 7));
        assert_eq!(back, Some(Span::new(0, 4)));
    }

    #[test]
    fn formats_are_known_by_extension() {
        assert_eq!(Format::of(Path::new("a/B.TXT")), Some(Format::Text));
        assert_eq!(Format::of(Path::new("a.md")), Some(Format::Markdown));
        assert_eq!(Format::of(Path::new("a.docx")), Some(Format::Word));
        assert_eq!(Format::of(Path::new("a.xlsx")), None);
        assert_eq!(Format::guess("# Title\n\nText"), Format::Markdown);
        assert_eq!(Format::guess("Leadership was rated good."), Format::Text);
    }
}
