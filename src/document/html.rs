//! HTML: the text of a page, block by block.
//!
//! Tags only cut and name blocks, so that end tags may be missing as the standard allows. White space is folded as a
//! browser folds it; entities are replaced; scripts, styles, navigation, deleted text and form controls are left out.
//! Source: the WHATWG HTML standard, tokenised by `html5gum`.

use std::borrow::Cow;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::{
    BlockKind, Document,
    flow::{Cell, Flow},
    prose::is_label,
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
        flow: Flow::new(text, writer),
        skipping: None,
        preformatted: 0,
        superscript: false,
    };
    for token in tokens(&divided(text_at(text, part))) {
        reader.token(&token);
    }
    reader.flow.end();
}

/// Attributes in a row that are read in one go: the tokeniser calls itself for each, and has no end of that.
const MAX_ROW: usize = 100;

/// HTML of the same length and meaning, in which no more than [`MAX_ROW`] attributes stand in a row: a slash between two of them
/// is as good as a space.
fn divided(html: &str) -> Cow<'_, str> {
    let bytes = html.as_bytes();
    let mut quotes = memchr::memchr_iter(b'"', bytes);
    let Some(mut last) = quotes.next() else {
        return Cow::Borrowed(html);
    };
    // Of the gaps between quotation marks each second one parts two values; which ones, only the tokeniser knows.
    let mut rows = [0, 0];
    let mut spaces = Vec::new();
    for (quote, side) in quotes.zip([0, 1].into_iter().cycle()) {
        let gap = bytes.get(last + 1..quote).unwrap_or_default();
        if let Some(row) = rows.get_mut(side) {
            *row = if parts_values(gap) { *row + 1 } else { 0 };
            if *row == MAX_ROW {
                *row = 0;
                spaces.push(last + 1);
            }
        }
        last = quote;
    }
    if spaces.is_empty() {
        return Cow::Borrowed(html);
    }
    let mut divided = String::with_capacity(html.len());
    let mut copied = 0;
    for space in spaces {
        divided.push_str(html.get(copied..space).unwrap_or_default());
        divided.push('/');
        copied = space + 1;
    }
    divided.push_str(html.get(copied..).unwrap_or_default());
    Cow::Owned(divided)
}

/// Whether a gap between two quotation marks can be ` name=`.
fn parts_values(gap: &[u8]) -> bool {
    let name = gap.trim_ascii();
    gap.first().is_some_and(u8::is_ascii_whitespace)
        && name.ends_with(b"=")
        && !name.iter().any(u8::is_ascii_whitespace)
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
    flow: Flow<'a, 'w>,
    /// The element that is left out, and how many of its name are open.
    skipping: Option<(Vec<u8>, usize)>,
    preformatted: usize,
    /// Whether the last tag was `<sup>`.
    superscript: bool,
}

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

/// Elements that hold nothing, and those that hold everything: pages that are made by a script are hidden until it was run.
const WITHOUT_END: &[&[u8]] = &[
    b"area", b"base", b"body", b"br", b"col", b"embed", b"head", b"hr", b"html", b"img", b"input",
    b"link", b"main", b"meta", b"source", b"track", b"wbr",
];

/// Elements whose end tag may be left out.
const MAY_LACK_END: &[&[u8]] = &[
    b"caption",
    b"colgroup",
    b"dd",
    b"dt",
    b"li",
    b"optgroup",
    b"option",
    b"p",
    b"rp",
    b"rt",
    b"tbody",
    b"td",
    b"tfoot",
    b"th",
    b"thead",
    b"tr",
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
                if !self.skips(tag, span.end) {
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
                self.flow.writer.comment(span, text.trim());
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

    /// Whether a start tag, which ends here, is left out with what it holds.
    fn skips(&mut self, tag: &StartTag<usize>, end: usize) -> bool {
        let name: &[u8] = &tag.name;
        if let Some((skipped, open)) = &mut self.skipping {
            *open += usize::from(skipped == name);
            return true;
        }
        let raised = std::mem::take(&mut self.superscript);
        let reference = name == b"a" && (raised || self.is_note_mark(tag, end));
        let aside =
            reference || LEFT_OUT.contains(&name) || is_furniture(tag) || self.is_hidden(tag, end);
        if !tag.self_closing && aside {
            self.skipping = Some((name.to_vec(), 1));
            return true;
        }
        false
    }

    /// Whether an element, whose tag ends here, is not shown: it says so itself, and where it ends can be told.
    fn is_hidden(&self, tag: &StartTag<usize>, end: usize) -> bool {
        let name: &[u8] = &tag.name;
        if !says_hidden(tag) || WITHOUT_END.contains(&name) {
            return false;
        }
        if !MAY_LACK_END.contains(&name) {
            return true;
        }
        // Its end may be left out; it is not where none of its name begins before one ends.
        let rest = self.text.as_bytes().get(end..).unwrap_or_default();
        memchr::memchr_iter(b'<', rest)
            .find_map(|at| {
                let tag = rest.get(at + 1..)?;
                let (closes, tag) = tag
                    .strip_prefix(b"/")
                    .map_or((false, tag), |tag| (true, tag));
                let named = tag.get(..name.len())?.eq_ignore_ascii_case(name);
                let whole = !tag.get(name.len())?.is_ascii_alphanumeric();
                (named && whole).then_some(closes)
            })
            .unwrap_or_default()
    }

    /// Whether a link, whose tag ends here, is the mark of a note or leads back from one.
    fn is_note_mark(&self, tag: &StartTag<usize>, end: usize) -> bool {
        if !leads_to_note(tag) {
            return false;
        }
        let rest = self.text.as_bytes().get(end..).unwrap_or_default();
        let rest = rest.get(..rest.len().min(MAX_LABEL)).unwrap_or_default();
        let len = memchr::memchr(b'<', rest).unwrap_or_default();
        let words = text_at(self.text, Span::new(end, end + len)).trim();
        let mark = words.trim_matches(['[', ']', '(', ')']);
        let short = mark.len() <= 4 && mark.chars().all(char::is_alphanumeric);
        short && !mark.is_empty() || self.flow.writer.is_note_mark(mark) || words.starts_with('↩')
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
        let outer = self.flow.in_outer_table();
        match name {
            b"br" => {
                self.flow.line_break(span);
                return;
            }
            b"strong" | b"b" | b"em" | b"i" => {
                self.break_before_label(span.end);
                if matches!(name, b"strong" | b"b") {
                    self.flow.writer.bold_starts();
                }
            }
            b"sup" => self.superscript = true,
            b"q" => self.flow.writer.replace("“", span),
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => {
                let level = name.last().map_or(1, |digit| digit.saturating_sub(b'0'));
                self.flow.heading(level);
            }
            b"ul" | b"menu" => self.flow.start_list(None),
            b"ol" => {
                let start = attribute(tag, b"start").unwrap_or(1);
                self.flow
                    .start_list(Some(u32::try_from(start).unwrap_or(1)));
            }
            b"li" => {
                self.flow.start_item();
                let number = attribute(tag, b"value").and_then(|number| u32::try_from(number).ok());
                self.flow.set_number(number);
            }
            b"blockquote" => self.flow.start_quotation(),
            b"caption" | b"figcaption" => self.flow.block(BlockKind::Caption),
            b"pre" => {
                self.flow.finish();
                if let Some(inside) = self.plain_inside(span.end) {
                    text::read_part(self.text, inside, self.flow.writer);
                    self.skipping = Some((name.to_vec(), 1));
                } else {
                    self.preformatted += 1;
                }
            }
            b"table" | b"dl" => self.flow.start_table(),
            b"thead" => self.flow.head_rows(true),
            b"tbody" | b"tfoot" => self.flow.head_rows(false),
            b"tr" if outer => self.flow.start_row(),
            b"td" | b"th" if outer => self.flow.cell(cell(tag)),
            b"dt" if outer => {
                self.flow.start_row();
                self.flow.cell(cell(tag));
            }
            b"dd" if outer => {
                if self.flow.data_cells() < 2 {
                    self.flow.cell(cell(tag));
                }
            }
            _ if INLINE.contains(&name) => {}
            _ => self.flow.finish(),
        }
        if !INLINE.contains(&name) {
            self.flow.unbroken();
        }
    }

    fn end(&mut self, name: &[u8], span: Span) {
        let outer = self.flow.in_outer_table();
        match name {
            b"strong" | b"b" => self.flow.writer.bold_ends(),
            b"sup" => self.superscript = false,
            b"q" => self.flow.writer.replace("”", span),
            b"ul" | b"ol" | b"menu" => self.flow.end_list(),
            b"li" => self.flow.end_item(),
            b"blockquote" => self.flow.end_quotation(),
            b"pre" => {
                self.flow.finish();
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            b"thead" => {
                self.flow.end_row();
                self.flow.head_rows(false);
            }
            b"tr" if outer => self.flow.end_row(),
            b"td" | b"th" if outer => self.flow.writer.end_cell(),
            b"table" | b"dl" => self.flow.end_table(),
            _ if INLINE.contains(&name) => {}
            _ => self.flow.finish(),
        }
    }

    /// What stands between `at` and the next `</pre>`, where no other tag and no entity stands in it: plain text.
    fn plain_inside(&self, at: usize) -> Option<Span> {
        let rest = self.text.as_bytes().get(at..)?;
        let len = memchr::memchr2(b'<', b'&', rest)?;
        let tag = rest.get(len..len + 5)?;
        let plain = tag.eq_ignore_ascii_case(b"</pre") && !self.flow.writer.in_table();
        plain.then_some(Span::new(at, at + len))
    }

    fn string(&mut self, span: Span) {
        let written = text_at(self.text, span);
        let mut start = self.flow.before_text(written);
        if std::mem::take(&mut self.superscript) && self.flow.writer.is_note_mark(written) {
            return;
        }
        for at in memchr::memchr_iter(b'&', written.as_bytes()).chain([written.len()]) {
            let piece = written.get(start..at).unwrap_or_default();
            self.piece(piece, span.start + start);
            start = at.max(start);
        }
    }

    /// Writes text that holds at most one entity, at its start.
    fn piece(&mut self, piece: &str, at: usize) {
        let mut entity = 0;
        if piece.starts_with('&') {
            let (len, decoded) = decode(piece);
            entity = len;
            let span = Span::new(at, at + entity);
            if decoded.trim().is_empty() {
                self.flow.writer.space(span);
            } else {
                self.flow.writer.replace(&decoded, span);
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
            self.flow
                .writer
                .copy(text.get(copied..start).unwrap_or_default(), at + copied);
            self.flow.writer.space(Span::new(at + start, at + here));
            copied = here;
        }
        self.flow
            .writer
            .copy(text.get(copied..).unwrap_or_default(), at + copied);
    }

    fn preformatted_text(&mut self, text: &str, at: usize) {
        let mut start = at;
        for line in text.split_inclusive('\n') {
            let content = line.trim_end_matches(['\r', '\n']);
            self.flow.writer.copy(content, start);
            if content.len() < line.len() {
                self.flow.writer.line_end(
                    self.text,
                    Span::new(start + content.len(), start + line.len()),
                );
            }
            start += line.len();
        }
    }

    /// After `<br>` an emphasised label (`<b>Response:</b>`) begins a paragraph.
    fn break_before_label(&mut self, at: usize) {
        if !self.flow.is_broken() {
            return;
        }
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        let len = rest.iter().take(MAX_LABEL).position(|&byte| byte == b'<');
        let label = len
            .and_then(|len| self.text.get(at..at + len))
            .unwrap_or_default();
        if is_label(label.trim()) {
            self.flow.finish();
        }
    }
}

/// Bytes that a label takes at most.
const MAX_LABEL: usize = 120;

/// The cell that a tag begins.
fn cell(tag: &StartTag<usize>) -> Cell {
    Cell {
        columns: attribute(tag, b"colspan").unwrap_or(1),
        rows: attribute(tag, b"rowspan").unwrap_or(1),
        head: tag.name.as_slice() == b"th",
    }
}

/// A numeric attribute.
fn attribute(tag: &StartTag<usize>, name: &[u8]) -> Option<usize> {
    written(tag, name)?.trim().parse().ok()
}

/// An attribute as it is written.
fn written<'a>(tag: &'a StartTag<usize>, name: &[u8]) -> Option<&'a str> {
    std::str::from_utf8(&tag.attributes.get(name)?.value).ok()
}

/// Whether an element says that it is not shown.
/// Source: HTML Living Standard, 6.1, "The hidden attribute"; CSS Display Module Level 3 and CSS 2, 11.2.
fn says_hidden(tag: &StartTag<usize>) -> bool {
    let hidden = written(tag, b"hidden");
    if hidden.is_some_and(|value| !value.eq_ignore_ascii_case("until-found")) {
        return true;
    }
    let Some(style) = written(tag, b"style") else {
        return false;
    };
    let style = style.to_ascii_lowercase();
    style.split(';').any(|said| {
        let Some((property, value)) = said.split_once(':') else {
            return false;
        };
        let value = value.trim().trim_end_matches("!important").trim_end();
        matches!(
            (property.trim(), value),
            ("display", "none") | ("visibility", "hidden" | "collapse")
        )
    })
}

/// Whether an element holds a table of contents, or the head or foot of printed pages, as word processors write them.
fn is_furniture(tag: &StartTag<usize>) -> bool {
    let block = matches!(tag.name.as_slice(), b"div" | b"section" | b"ul" | b"ol");
    let is = |name: &[u8], test: fn(&str) -> bool| {
        written(tag, name).is_some_and(|value| test(&value.to_ascii_lowercase()))
    };
    let contents = |value: &str| {
        let value = value.replace(['-', '_'], " ");
        value == "toc" || value.starts_with("table of contents")
    };
    block
        && (is(b"id", contents)
            || is(b"class", contents)
            || is(b"title", |title| matches!(title, "header" | "footer")))
}

/// Whether a link leads to a note, or from a note to the text: its target says so.
fn leads_to_note(tag: &StartTag<usize>) -> bool {
    let target = written(tag, b"href").and_then(|target| target.strip_prefix('#'));
    target.is_some_and(|target| {
        let target = target.to_ascii_lowercase();
        ["note", "fn", "ftn"]
            .iter()
            .any(|word| target.contains(word))
    })
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
