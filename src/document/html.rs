//! HTML: the text of a page, block by block.
//!
//! Tags only cut and name blocks, so that end tags may be missing as the standard allows. White space is folded as a
//! browser folds it; entities are replaced; scripts, styles, navigation, deleted text and form controls are left out.
//! Source: the WHATWG HTML standard, tokenised by `html5gum`.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::{
    BlockKind, Document,
    markdown::{INDENT, counted_item},
    marker::marker,
    prose::{ends_sentence, has_label, is_label},
    text,
    writer::Writer,
};
use crate::{
    source::SourceFile,
    span::{Span, text_at},
};

/// Reads HTML.
pub(super) fn read(file: &SourceFile) -> Document {
    let text = file.text();
    let mut writer = Writer::default();
    read_part(text, Span::new(0, text.len()), &mut writer);
    writer.finish()
}

/// Reads the HTML under `part` of a file and writes its blocks.
pub(super) fn read_part(text: &str, part: Span, writer: &mut Writer) {
    let mut reader = Reader {
        text,
        base: part.start,
        writer,
        open: None,
        lists: Vec::new(),
        fresh_item: false,
        quotations: 0,
        tables: 0,
        row: Row::default(),
        skipping: None,
        preformatted: 0,
        superscript: false,
        broken: false,
    };
    for token in tokens(text_at(text, part)) {
        reader.token(&token);
    }
    reader.finish();
    if reader.tables > 0 {
        reader.writer.end_table();
    }
}

fn tokens(text: &str) -> impl Iterator<Item = Token<usize>> + '_ {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(text, emitter).map_while(Result::ok)
}

struct Reader<'a, 'w> {
    text: &'a str,
    /// Bytes before the part that is read.
    base: usize,
    writer: &'w mut Writer,
    /// What the current block is, where a tag says so.
    open: Option<BlockKind>,
    /// The lists that are open: the next number of each, none for bullets.
    lists: Vec<Option<u32>>,
    /// Whether an item was begun that has no text yet.
    fresh_item: bool,
    quotations: usize,
    tables: usize,
    row: Row,
    /// The element that is left out, and how many of its name are open.
    skipping: Option<(Vec<u8>, usize)>,
    preformatted: usize,
    /// Whether the last tag was `<sup>`.
    superscript: bool,
    /// Whether the last tag was `<br>`.
    broken: bool,
}

/// The row of a table that is being read.
#[derive(Default)]
struct Row {
    /// Whether the rows stand in `<thead>`.
    head: bool,
    /// Cells of each sort in this row.
    heads: usize,
    data: usize,
    /// The column after the last cell.
    column: usize,
    /// Columns that the last cell spans beyond its own.
    spanned: usize,
    /// For each column, rows that a cell above still reaches into.
    reaching: Vec<usize>,
}

/// Columns and rows that one cell may span; what asks for more is a mistake.
const MAX_SPAN: usize = 100;
/// Columns that spans are counted in.
const MAX_COLUMNS: usize = 1000;

/// Elements that are no text of the page.
const LEFT_OUT: &[&[u8]] = &[
    b"script",
    b"style",
    b"template",
    b"svg",
    b"math",
    b"nav",
    b"title",
    b"select",
    b"button",
    b"textarea",
    b"iframe",
    b"object",
    b"noscript",
    b"del",
    b"s",
    b"strike",
    b"video",
    b"audio",
    b"canvas",
    b"datalist",
];

/// Elements that stand within a line.
const INLINE: &[&[u8]] = &[
    b"a", b"abbr", b"acronym", b"b", b"bdi", b"bdo", b"big", b"cite", b"code", b"data", b"dfn",
    b"em", b"font", b"i", b"img", b"input", b"ins", b"kbd", b"label", b"mark", b"output",
    b"picture", b"q", b"rp", b"rt", b"ruby", b"samp", b"small", b"source", b"span", b"strong",
    b"sub", b"sup", b"time", b"tt", b"u", b"var", b"wbr",
];

impl Reader<'_, '_> {
    fn token(&mut self, token: &Token<usize>) {
        match token {
            Token::StartTag(tag) => {
                let span = self.span(tag.span);
                if !self.skips(&tag.name, tag.self_closing) {
                    self.start(tag, span);
                }
            }
            Token::EndTag(tag) => {
                let span = self.span(tag.span);
                if !self.skip_ends(&tag.name) {
                    self.end(&tag.name, span);
                }
            }
            Token::String(text) if self.skipping.is_none() => {
                let span = self.span(text.span);
                self.string(span);
            }
            Token::Comment(comment) => {
                let span = self.comment_span(self.span(comment.span));
                let text = String::from_utf8_lossy(&comment.value);
                self.writer.comment(span, text.trim());
            }
            _ => {}
        }
    }

    fn span(&self, span: html5gum::Span<usize>) -> Span {
        Span::new(self.base + span.start, self.base + span.end)
    }

    /// The comment with its marks.
    fn comment_span(&self, span: Span) -> Span {
        let before = self.text.get(..span.start).unwrap_or_default();
        let after = self.text.get(span.end..).unwrap_or_default();
        let start = if before.ends_with("<!--") {
            span.start - 4
        } else {
            span.start
        };
        let end = if after.starts_with("-->") {
            span.end + 3
        } else {
            span.end
        };
        Span::new(start, end)
    }

    /// Whether a start tag is left out, with what it holds.
    fn skips(&mut self, name: &[u8], closed: bool) -> bool {
        if let Some((skipped, open)) = &mut self.skipping {
            *open += usize::from(skipped == name);
            return true;
        }
        let reference = std::mem::take(&mut self.superscript) && name == b"a";
        if !closed && (reference || LEFT_OUT.contains(&name)) {
            self.skipping = Some((name.to_vec(), 1));
            return true;
        }
        false
    }

    /// Whether an end tag is left out. The body of a page ends everything but itself.
    fn skip_ends(&mut self, name: &[u8]) -> bool {
        let Some((skipped, open)) = &mut self.skipping else {
            return false;
        };
        if skipped == name {
            *open -= 1;
            if *open == 0 {
                self.skipping = None;
            }
        }
        true
    }

    fn start(&mut self, tag: &StartTag<usize>, span: Span) {
        let name: &[u8] = &tag.name;
        match name {
            b"br" => {
                if !self.writer.ends_with_space() {
                    self.writer.line_end(self.text, span);
                }
                self.broken = true;
                return;
            }
            b"strong" | b"b" | b"em" | b"i" => {
                self.break_before_label(span.end);
                if matches!(name, b"strong" | b"b") {
                    self.writer.bold_starts();
                }
            }
            b"sup" => self.superscript = true,
            b"q" => self.writer.replace("“", span),
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => self.heading(name),
            b"ul" | b"ol" | b"menu" => self.list(tag),
            b"li" => {
                self.finish();
                self.fresh_item = true;
                if self.lists.is_empty() {
                    self.lists.push(None);
                }
            }
            b"blockquote" => {
                self.finish();
                self.quotations += 1;
            }
            b"caption" | b"figcaption" => {
                self.finish();
                self.open = Some(BlockKind::Caption);
            }
            b"pre" => {
                self.finish();
                if let Some(inside) = self.plain_inside(span.end) {
                    text::read_part(self.text, inside, self.writer);
                    self.skipping = Some((name.to_vec(), 1));
                } else {
                    self.preformatted += 1;
                }
            }
            b"table" | b"dl" => {
                self.finish();
                self.tables += 1;
            }
            b"thead" => self.row.head = true,
            b"tbody" | b"tfoot" => {
                self.end_row();
                self.row.head = false;
            }
            b"tr" if self.tables <= 1 => self.end_row(),
            b"td" | b"th" if self.tables <= 1 => self.cell(tag),
            b"dt" if self.tables <= 1 => {
                self.end_row();
                self.cell(tag);
            }
            b"dd" if self.tables <= 1 => {
                if self.row.data < 2 {
                    self.cell(tag);
                }
            }
            _ if INLINE.contains(&name) => {}
            _ => self.finish(),
        }
        if !INLINE.contains(&name) {
            self.broken = false;
        }
    }

    fn end(&mut self, name: &[u8], span: Span) {
        match name {
            b"strong" | b"b" => self.writer.bold_ends(),
            b"sup" => self.superscript = false,
            b"q" => self.writer.replace("”", span),
            b"ul" | b"ol" | b"menu" => {
                self.finish();
                self.fresh_item = false;
                self.lists.pop();
            }
            b"li" => {
                self.finish();
                self.fresh_item = false;
            }
            b"blockquote" => {
                self.finish();
                self.quotations = self.quotations.saturating_sub(1);
            }
            b"pre" => {
                self.finish();
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            b"thead" => {
                self.end_row();
                self.row.head = false;
            }
            b"tr" if self.tables <= 1 => self.end_row(),
            b"td" | b"th" if self.tables <= 1 => self.writer.end_cell(),
            b"table" | b"dl" => self.end_table(),
            _ if INLINE.contains(&name) => {}
            _ => self.finish(),
        }
    }

    /// What stands between `at` and the next `</pre>`, where no other tag and no entity stands in it: plain text.
    fn plain_inside(&self, at: usize) -> Option<Span> {
        let rest = self.text.as_bytes().get(at..)?;
        let len = memchr::memchr2(b'<', b'&', rest)?;
        let tag = rest.get(len..len + 5)?;
        let plain = tag.eq_ignore_ascii_case(b"</pre") && !self.writer.in_table();
        plain.then_some(Span::new(at, at + len))
    }

    fn heading(&mut self, name: &[u8]) {
        self.finish();
        self.lists.clear();
        self.fresh_item = false;
        let level = name.last().map_or(1, |digit| digit.saturating_sub(b'0'));
        self.open = Some(BlockKind::Heading { level });
    }

    fn list(&mut self, tag: &StartTag<usize>) {
        self.finish();
        if self.lists.is_empty() {
            self.writer.lists.interrupt();
        }
        let start = attribute(tag, b"start").unwrap_or(1);
        let ordered = tag.name.as_slice() == b"ol";
        self.lists
            .push(ordered.then(|| u32::try_from(start).unwrap_or(1)));
        self.fresh_item = false;
    }

    fn cell(&mut self, tag: &StartTag<usize>) {
        if self.tables == 0 {
            return;
        }
        self.finish();
        self.writer.start_table();
        self.writer.lists.interrupt();
        let span = |name| attribute(tag, name).unwrap_or(1).clamp(1, MAX_SPAN);
        for _ in 0..self.row.next_cell(span(b"colspan"), span(b"rowspan")) {
            self.writer.start_cell();
        }
        self.writer.start_cell();
        if tag.name.as_slice() == b"th" {
            self.row.heads += 1;
        } else {
            self.row.data += 1;
        }
    }

    fn end_row(&mut self) {
        if !self.writer.in_table() || self.tables > 1 {
            return;
        }
        for _ in 0..self.row.rest() {
            self.writer.start_cell();
        }
        let head = self.row.head || self.row.heads > 0 && self.row.data == 0;
        self.writer.end_row(head);
        self.row.next();
    }

    fn end_table(&mut self) {
        if self.tables <= 1 {
            self.end_row();
            if self.writer.in_table() {
                self.writer.end_table();
            }
            self.row = Row::default();
        }
        self.finish();
        self.tables = self.tables.saturating_sub(1);
    }

    fn string(&mut self, span: Span) {
        let written = text_at(self.text, span);
        if std::mem::take(&mut self.broken) && !written.trim().is_empty() {
            let above = self
                .writer
                .current()
                .rsplit('\n')
                .next()
                .unwrap_or_default();
            let content = written.trim_start();
            let labelled = has_label(content) && (has_label(above) || ends_sentence(above));
            let item =
                marker(content).is_some_and(|marker| self.writer.lists.is_typed(&marker, content));
            if labelled || item && !self.writer.in_table() {
                self.finish();
            }
        }
        if std::mem::take(&mut self.superscript) && self.writer.is_note_mark(written) {
            return;
        }
        let mut start = self.typed_item(written);
        for at in memchr::memchr_iter(b'&', written.as_bytes()).chain([written.len()]) {
            let piece = written.get(start..at).unwrap_or_default();
            self.piece(piece, span.start + start);
            start = at.max(start);
        }
    }

    /// Makes a list item of a paragraph that begins with a marker typed by hand; gives back the bytes of the marker.
    fn typed_item(&mut self, written: &str) -> usize {
        let paragraph = self.open.is_none() && !self.fresh_item && self.quotations == 0;
        if !paragraph || self.writer.has_text() || self.writer.in_table() {
            return 0;
        }
        let content = written.trim_start();
        let indent = self.lists.len() * INDENT;
        let Some((item, len)) = self.writer.lists.typed_item(content, indent) else {
            return 0;
        };
        self.open = Some(BlockKind::ListItem(item));
        written.len() - content.len() + len
    }

    /// Writes text that holds at most one entity, at its start.
    fn piece(&mut self, piece: &str, at: usize) {
        let mut entity = 0;
        if piece.starts_with('&') {
            let (len, decoded) = decode(piece);
            entity = len;
            let span = Span::new(at, at + entity);
            if decoded.trim().is_empty() {
                self.writer.space(span);
            } else {
                self.writer.replace(&decoded, span);
            }
        }
        let rest = piece.get(entity..).unwrap_or_default();
        if self.preformatted > 0 {
            self.preformatted_text(rest, at + entity);
        } else {
            self.folded(rest, at + entity);
        }
    }

    /// Copies text with its white space folded.
    fn folded(&mut self, text: &str, at: usize) {
        let white = |byte: u8| matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | 0x0c);
        let bytes = text.as_bytes();
        let (mut copied, mut here) = (0, 0);
        while let Some(found) = bytes
            .get(here..)
            .and_then(|rest| rest.iter().position(|&byte| white(byte)))
        {
            let start = here + found;
            let len = bytes
                .get(start..)
                .unwrap_or_default()
                .iter()
                .take_while(|&&byte| white(byte))
                .count();
            here = start + len;
            let inside = start > 0 && here < bytes.len();
            if inside && text.get(start..here) == Some(" ") {
                continue;
            }
            self.writer
                .copy(text.get(copied..start).unwrap_or_default(), at + copied);
            self.writer.space(Span::new(at + start, at + here));
            copied = here;
        }
        self.writer
            .copy(text.get(copied..).unwrap_or_default(), at + copied);
    }

    fn preformatted_text(&mut self, text: &str, at: usize) {
        let mut start = at;
        for line in text.split_inclusive('\n') {
            let content = line.trim_end_matches(['\r', '\n']);
            self.writer.copy(content, start);
            if content.len() < line.len() {
                self.writer.line_end(
                    self.text,
                    Span::new(start + content.len(), start + line.len()),
                );
            }
            start += line.len();
        }
    }

    /// After `<br>` an emphasised label (`<b>Response:</b>`) begins a paragraph.
    fn break_before_label(&mut self, at: usize) {
        if !self.broken {
            return;
        }
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        let len = rest.iter().take(MAX_LABEL).position(|&byte| byte == b'<');
        let label = len
            .and_then(|len| self.text.get(at..at + len))
            .unwrap_or_default();
        if is_label(label.trim()) {
            self.finish();
        }
    }

    /// Ends the current block.
    fn finish(&mut self) {
        let kind = self.open.take();
        if self.writer.in_table() || !self.writer.has_text() {
            self.writer.end(BlockKind::Paragraph);
            return;
        }
        let kind = match kind {
            Some(kind) => kind,
            None if self.fresh_item => {
                self.fresh_item = false;
                self.item()
            }
            None if self.quotations > 0 => BlockKind::Quotation,
            None => BlockKind::Paragraph,
        };
        self.writer.close(kind, !self.lists.is_empty());
    }

    /// An item; the numbers of a list are not written in HTML.
    fn item(&mut self) -> BlockKind {
        let number = self.lists.last_mut().and_then(|number| {
            let here = *number;
            *number = here.map(|here| here.saturating_add(1));
            here
        });
        BlockKind::ListItem(counted_item(
            &mut self.writer.lists,
            number,
            self.lists.len(),
            false,
        ))
    }
}

/// Bytes that a label takes at most.
const MAX_LABEL: usize = 120;

impl Row {
    /// Puts a cell of so many columns and rows into the row; gives back the empty cells that stand before it.
    fn next_cell(&mut self, columns: usize, rows: usize) -> usize {
        let mut empty = std::mem::take(&mut self.spanned);
        while let Some(reaching) = self
            .reaching
            .get_mut(self.column)
            .filter(|reaching| **reaching > 0)
        {
            *reaching -= 1;
            self.column += 1;
            empty += 1;
        }
        let end = (self.column + columns).min(MAX_COLUMNS);
        if self.reaching.len() < end && rows > 1 {
            self.reaching.resize(end, 0);
        }
        for reaching in self.reaching.iter_mut().take(end).skip(self.column) {
            *reaching = rows - 1;
        }
        self.column = end;
        self.spanned = columns - 1;
        empty
    }

    /// Empty cells at the end of the row.
    fn rest(&mut self) -> usize {
        let mut empty = std::mem::take(&mut self.spanned);
        for reaching in self
            .reaching
            .iter_mut()
            .skip(self.column)
            .filter(|reaching| **reaching > 0)
        {
            *reaching -= 1;
            empty += 1;
        }
        empty
    }

    /// Goes to the next row.
    fn next(&mut self) {
        self.heads = 0;
        self.data = 0;
        self.column = 0;
        while self.reaching.last() == Some(&0) {
            self.reaching.pop();
        }
    }
}

/// A numeric attribute.
fn attribute(tag: &StartTag<usize>, name: &[u8]) -> Option<usize> {
    let value = &tag.attributes.get(name)?.value;
    std::str::from_utf8(value).ok()?.trim().parse().ok()
}

/// Bytes of the entity at the start of `piece`, and what it stands for.
fn decode(piece: &str) -> (usize, String) {
    let head = piece
        .get(..piece.floor_char_boundary(MAX_ENTITY))
        .unwrap_or(piece);
    let mut decoded = String::new();
    for token in tokens(head) {
        if let Token::String(text) = token {
            decoded.push_str(&String::from_utf8_lossy(&text.value));
        }
    }
    // What follows the entity is the same in both.
    let same: usize = head
        .chars()
        .rev()
        .zip(decoded.chars().rev())
        .take_while(|(written, read)| written == read)
        .map(|(c, _)| c.len_utf8())
        .sum();
    if same == head.len() {
        return (0, String::new());
    }
    decoded.truncate(decoded.len() - same);
    (head.len() - same, decoded)
}

/// Bytes that an entity takes at most.
/// Source: the longest name in the WHATWG table is 33 bytes with its marks.
const MAX_ENTITY: usize = 64;
