//! Markdown: `CommonMark` with tables, footnotes and YAML front matter.
//!
//! Emphasis and links leave their text, entities and escapes are replaced, HTML blocks go through the HTML reader and code
//! blocks through that of plain text. Beyond the standard, as reports are written (or turned into Markdown) by people who
//! look at the page and not at the syntax:
//!
//! - a paragraph that is bold from start to end is a heading below the current one;
//! - a line that begins with a bold or italic label (`*Response:* Accepted`) begins a paragraph;
//! - a line that begins with a bullet or number that Markdown does not know (`•`, `R1.`, `(a)`) is a list item;
//! - page numbers and running heads are left out, and the paragraph that they interrupt goes on.

use std::{iter::Peekable, ops::Range};

use pulldown_cmark::{
    Event, HeadingLevel, MetadataBlockKind, OffsetIter, Options, Parser, Tag, TagEnd,
};

use super::{
    BlockKind, Document, ListItem, html,
    lines::{self, Lines},
    marker::{Closing, Lists, Marker, Style, marker},
    prose::{ends_sentence, has_label, is_label, starts_small, word_count},
    text,
    writer::Writer,
};
use crate::{
    source::SourceFile,
    span::{Span, text_at},
};

/// Reads Markdown.
pub(super) fn read(file: &SourceFile) -> Document {
    let text = file.text();
    let (body, base) = body(text);
    let Lines { furniture, .. } = lines::read(text, Span::new(base, text.len()));
    let mut reader = Reader {
        text,
        base,
        furniture,
        after_page: false,
        writer: Writer::default(),
        open: None,
        containers: Vec::new(),
        depth: 0,
    };
    let mut events = Parser::new_ext(body, options())
        .into_offset_iter()
        .peekable();
    while let Some((event, range)) = events.next() {
        let span = reader.span(range);
        reader.event(event, span, &mut events);
    }
    reader.finish();
    reader.writer.finish()
}

/// The text that the parser sees, and how many bytes stand before it: a byte order mark.
pub(super) fn body(text: &str) -> (&str, usize) {
    let body = text.trim_start_matches('\u{feff}');
    (body, text.len() - body.len())
}

/// What is read beyond `CommonMark`.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
}

type Events<'a> = Peekable<OffsetIter<'a>>;

struct Reader<'a> {
    text: &'a str,
    /// Bytes before the text that the parser sees: a byte order mark.
    base: usize,
    /// Page numbers and running heads.
    furniture: Vec<Span>,
    /// Whether page furniture was left out since the last block.
    after_page: bool,
    writer: Writer,
    /// What the current block is.
    open: Option<BlockKind>,
    containers: Vec<Container>,
    /// Lists that are open.
    depth: usize,
}

enum Container {
    List {
        number: Option<u32>,
        first: u32,
    },
    /// `fresh` until the item has text.
    Item {
        fresh: bool,
    },
    Quotation,
}

impl<'a> Reader<'a> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.base + range.start, self.base + range.end)
    }

    fn event(&mut self, event: Event<'a>, span: Span, events: &mut Events<'a>) {
        match event {
            Event::Start(tag) => self.start(&tag, span, events),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.inline(&text, span);
            }
            Event::Code(code) => self.code(&code, span),
            Event::SoftBreak | Event::HardBreak => self.line_end(span, events),
            Event::InlineHtml(tag) | Event::Html(tag) => self.inline_html(&tag, span, events),
            Event::Rule => self.finish(),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'a>, span: Span, events: &mut Events<'a>) {
        match tag {
            Tag::Emphasis | Tag::Link { .. } | Tag::TableHead | Tag::TableRow => {}
            Tag::Strong => self.writer.bold_starts(),
            Tag::Image { .. } => {
                skip(events, |tag| matches!(tag, TagEnd::Image));
            }
            Tag::Heading { level, .. } => {
                self.finish();
                self.open = Some(BlockKind::Heading {
                    level: number(*level),
                });
            }
            Tag::BlockQuote(_) => {
                self.finish();
                self.containers.push(Container::Quotation);
            }
            Tag::List(first) => {
                self.finish();
                let first = first.map(|first| u32::try_from(first).unwrap_or(u32::MAX));
                self.containers.push(Container::List {
                    number: first,
                    first: first.unwrap_or_default(),
                });
                self.depth += 1;
            }
            Tag::Item => self.item(span),
            Tag::HtmlBlock => {
                self.finish();
                html::read_part(self.text, span, &mut self.writer);
                skip(events, |tag| matches!(tag, TagEnd::HtmlBlock));
            }
            Tag::CodeBlock(_) => {
                self.finish();
                let inside = skip(events, |tag| matches!(tag, TagEnd::CodeBlock));
                if let Some(inside) = inside {
                    text::read_part(self.text, self.span(inside), &mut self.writer);
                }
            }
            Tag::MetadataBlock(kind) => {
                self.finish();
                let inside = skip(events, |tag| matches!(tag, TagEnd::MetadataBlock(_)));
                if let Some(inside) = inside.filter(|_| *kind == MetadataBlockKind::YamlStyle) {
                    self.front_matter(self.span(inside));
                }
            }
            Tag::Table(_) => {
                self.finish();
                self.writer.lists.interrupt();
                self.writer.start_table();
            }
            Tag::TableCell => self.writer.start_cell(),
            _ => self.finish(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Link => {}
            TagEnd::Strong => self.writer.bold_ends(),
            TagEnd::TableCell => self.writer.end_cell(),
            TagEnd::TableHead => self.writer.end_row(true),
            TagEnd::TableRow => self.writer.end_row(false),
            TagEnd::Table => self.writer.end_table(),
            TagEnd::List(_) => {
                self.finish();
                self.containers.pop();
                self.depth = self.depth.saturating_sub(1);
            }
            TagEnd::Item | TagEnd::BlockQuote(_) => {
                self.finish();
                self.containers.pop();
            }
            _ => self.finish(),
        }
    }

    /// Counts an item. Its number is the one that is written, unless the author left counting to the machine (`1.` for
    /// every item).
    fn item(&mut self, span: Span) {
        self.finish();
        // The item goes up to the end of the lists in it: no more than its marker is looked at.
        let content = text_at(self.text, span).trim_start();
        let digits = content.bytes().take_while(u8::is_ascii_digit).count();
        let written = content
            .get(..digits)
            .and_then(|digits| digits.parse::<u32>().ok());
        if let Some(Container::List {
            number: Some(next),
            first,
        }) = self.containers.last_mut()
        {
            let lazy = written == Some(*first) && *next > *first;
            *next = written.filter(|_| !lazy).unwrap_or(*next);
        }
        self.containers.push(Container::Item { fresh: true });
    }

    /// What a block of text is, by what it stands in.
    fn kind_here(&mut self) -> BlockKind {
        match self.containers.last_mut() {
            Some(Container::Item { fresh }) if *fresh => {
                *fresh = false;
                self.list_item()
            }
            Some(Container::Quotation) => BlockKind::Quotation,
            _ => BlockKind::Paragraph,
        }
    }

    fn list_item(&mut self) -> BlockKind {
        let list = self
            .containers
            .iter_mut()
            .rev()
            .find_map(|container| match container {
                Container::List { number, .. } => Some(number),
                _ => None,
            });
        let number = list.and_then(|number| {
            let here = *number;
            *number = here.map(|here| here.saturating_add(1));
            here
        });
        BlockKind::ListItem(counted_item(
            &mut self.writer.lists,
            number,
            self.depth,
            true,
        ))
    }

    /// Text of the file; an escape or entity comes as text that differs from it.
    fn inline(&mut self, text: &str, span: Span) {
        if self.is_furniture(span) {
            self.after_page = true;
            return;
        }
        let written = text_at(self.text, span);
        let mut skip = 0;
        if !self.writer.in_table() && !self.writer.has_text() {
            self.begin(span);
            skip = self.begin_item(span);
        }
        if written == text {
            self.writer
                .copy(written.get(skip..).unwrap_or_default(), span.start + skip);
        } else {
            self.writer.replace(text, span);
        }
    }

    /// Begins a block where none is open; one that the end of a page interrupted is taken up again.
    fn begin(&mut self, span: Span) {
        if self.open.is_some() {
            return;
        }
        let interrupted = std::mem::take(&mut self.after_page)
            && starts_small(text_at(self.text, span))
            && self.writer.last().is_some_and(|(kind, text)| {
                matches!(kind, BlockKind::Paragraph | BlockKind::ListItem(_))
                    && !ends_sentence(text)
            });
        self.open = if interrupted {
            self.writer.reopen(span.start)
        } else {
            None
        };
        if self.open.is_none() {
            self.open = Some(self.kind_here());
        }
    }

    /// Makes a list item of a block that begins with a marker that Markdown does not know; gives back the bytes of the
    /// marker.
    fn begin_item(&mut self, span: Span) -> usize {
        if self.open != Some(BlockKind::Paragraph) {
            return 0;
        }
        let content = text_at(self.text, span);
        let indent = self.depth * INDENT;
        let Some((item, len)) = self.writer.lists.typed_item(content, indent) else {
            return 0;
        };
        self.open = Some(BlockKind::ListItem(item));
        len
    }

    /// Code keeps its text and loses its backticks.
    fn code(&mut self, code: &str, span: Span) {
        let written = text_at(self.text, span);
        self.begin(span);
        match written.find(code) {
            Some(at) => self.writer.copy(code, span.start + at),
            None => self.writer.replace(code, span),
        }
    }

    /// Ends a line; what stands on the next one may be a paragraph or item of its own.
    fn line_end(&mut self, span: Span, events: &mut Events<'a>) {
        if self.writer.in_table() || matches!(self.open, Some(BlockKind::Heading { .. })) {
            if !self.writer.ends_with_space() {
                self.writer.line_end(self.text, span);
            }
            return;
        }
        let next = match events.peek() {
            Some((Event::Start(Tag::Strong | Tag::Emphasis), range)) => {
                let range = self.span(range.clone());
                let rest = self.text.get(range.end..).unwrap_or_default();
                let label = text_at(self.text, range).trim_matches(['*', '_']);
                is_label(label) || rest.starts_with(':') && word_count(label) <= 6
            }
            Some((Event::Text(_), range)) => {
                let content = self.line_at(self.base + range.start);
                self.begins_block(content)
            }
            _ => false,
        };
        if next {
            self.finish();
        } else if !self.writer.ends_with_space() {
            self.writer.line_end(self.text, span);
        }
    }

    /// The rest of the line of the file from `at` on.
    fn line_at(&self, at: usize) -> &'a str {
        let rest = self.text.get(at..).unwrap_or_default();
        let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    fn begins_block(&self, content: &str) -> bool {
        let above = self
            .writer
            .current()
            .rsplit('\n')
            .next()
            .unwrap_or_default();
        if has_label(content) && (has_label(above) || ends_sentence(above)) {
            return true;
        }
        marker(content).is_some_and(|marker| {
            let ended = ends_sentence(above) || self.writer.lists.continues(&marker);
            let first = marker.is_first() || self.writer.lists.skips(&marker);
            ended && first && self.writer.lists.is_typed(&marker, content)
        })
    }

    fn inline_html(&mut self, tag: &str, span: Span, events: &mut Events<'a>) {
        if let Some(comment) = tag.strip_prefix("<!--") {
            self.writer
                .comment(span, comment.trim_end().trim_end_matches("-->").trim());
        } else if tag
            .get(..3)
            .is_some_and(|start| start.eq_ignore_ascii_case("<br"))
        {
            self.writer.line_end(self.text, span);
        } else if tag.eq_ignore_ascii_case("<sup>") {
            let mark = matches!(events.peek(), Some((Event::Text(text), _)) if self.writer.is_note_mark(text));
            if mark {
                events.next();
            }
        }
    }

    /// `front-matter = *(key ":" value | "-" value)`: one paragraph for each line.
    fn front_matter(&mut self, part: Span) {
        let mut start = part.start;
        for line in text_at(self.text, part).split_inclusive('\n') {
            let content = line.trim().trim_start_matches("- ");
            let at = start + line.find(content).unwrap_or_default();
            let quoted = content.find(": ").map(|colon| colon + 2).filter(|&value| {
                let value = content.get(value..).unwrap_or_default();
                value.len() >= 2
                    && ['"', '\'']
                        .iter()
                        .any(|&mark| value.starts_with(mark) && value.ends_with(mark))
            });
            if content.starts_with('#') {
                self.writer.comment(
                    Span::new(at, at + content.len()),
                    content.trim_start_matches('#').trim(),
                );
            } else if let Some(value) = quoted {
                self.writer
                    .copy(content.get(..value).unwrap_or_default(), at);
                let inside = content
                    .get(value + 1..content.len() - 1)
                    .unwrap_or_default();
                self.writer.copy(inside, at + value + 1);
            } else {
                self.writer.copy(content, at);
            }
            self.writer.end(BlockKind::Paragraph);
            start += line.len();
        }
    }

    /// Whether text is a page number or running head.
    fn is_furniture(&self, span: Span) -> bool {
        if self.furniture.is_empty() {
            return false;
        }
        let before = self
            .furniture
            .partition_point(|line| line.start <= span.start);
        before
            .checked_sub(1)
            .and_then(|at| self.furniture.get(at))
            .is_some_and(|line| line.contains(span))
    }

    /// Ends the current block.
    fn finish(&mut self) {
        let kind = self.open.take().unwrap_or(BlockKind::Paragraph);
        if !self.writer.in_table() {
            self.writer.close(kind, self.depth > 0);
        }
    }
}

/// Columns by which the markers of nested lists are set apart for [`Lists`].
pub(super) const INDENT: usize = 4;

/// An item of a list that counts by itself: `number` is its place, none for bullets; `written` tells whether it stands in the
/// text. `depth` is 1 for the outermost list.
pub(super) fn counted_item(
    lists: &mut Lists,
    number: Option<u32>,
    depth: usize,
    written: bool,
) -> ListItem {
    let style = number.map_or(Style::Bullet('•'), |_| Style::Decimal(Closing::Stop));
    let marker = Marker::counted(style, number.unwrap_or_default());
    let (list, depth) = lists.place(&marker, depth.saturating_sub(1) * INDENT);
    ListItem {
        list,
        depth,
        number: number
            .filter(|_| written)
            .map(|number| number.to_string())
            .unwrap_or_default(),
        counted: number.filter(|_| !written),
    }
}

/// Leaves out what stands before the end tag that `ends` names; gives back the place of what was left out.
fn skip(events: &mut Events<'_>, ends: impl Fn(&TagEnd) -> bool) -> Option<Range<usize>> {
    let mut inside: Option<Range<usize>> = None;
    for (event, range) in events.by_ref() {
        if matches!(&event, Event::End(tag) if ends(tag)) {
            break;
        }
        inside = Some(match inside {
            Some(inside) => inside.start..range.end.max(inside.end),
            None => range,
        });
    }
    inside
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
