//! Plain text, also as copied out of a PDF.
//!
//! Blank lines, indentation, markers and the width of lines tell headings, paragraphs, list items and tables apart. Page
//! numbers and running heads are left out (`lines.rs`); a paragraph or item that a page end interrupts goes on after it.

use rustc_hash::FxHashMap;

use super::{
    Block, BlockKind, Document, ListItem, Row, Sections, Table, TextBuilder, clean,
    columns::{self, Columns},
    lines::{self, Break, FAR_RIGHT, Line},
    markdown,
    marker::{Lists, Marker, Style, marker},
};
use crate::{
    source::SourceFile,
    span::{Span, text_at},
};

/// Reads plain text. Text that is marked up as only Markdown would be is read as Markdown.
pub(super) fn read(file: &SourceFile) -> Document {
    if looks_like_markdown(file.text()) {
        return markdown::read(file);
    }
    let (lines, comments) = lines::read(file.text());
    let mut reader = Reader {
        text: file.text(),
        width: wrap_width(file.text(), &lines),
        hyphens: Hyphens::new(file.text(), &lines),
        lines,
        builder: TextBuilder::new(),
        blocks: Vec::new(),
        sections: Sections::default(),
        lists: Lists::default(),
        titled: false,
        title_group: 0,
        capitals: false,
        run_of_short: 0,
    };
    reader.read();
    let (text, map) = reader.builder.finish();
    Document {
        text,
        blocks: reader.blocks,
        map,
        comments,
    }
}

/// Whether text has headings (`## Title`) or table rules (`|---|`) that only Markdown would have.
fn looks_like_markdown(text: &str) -> bool {
    memchr::memchr2_iter(b'#', b'|', text.as_bytes()).any(|at| {
        let starts_line = at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n');
        let rest = text.get(at..).unwrap_or_default();
        starts_line
            && (["## ", "### ", "#### "]
                .iter()
                .any(|mark| rest.starts_with(mark))
                || ["|--", "| --", "|:-", "| :-"]
                    .iter()
                    .any(|mark| rest.starts_with(mark)))
    })
}

/// Columns after which lines were wrapped: the widest of the lines that the next one goes on with a small letter, the
/// widest tenth left out. `None` where no line was wrapped.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let mut widths: Vec<usize> = lines
        .windows(2)
        .filter_map(|pair| match pair {
            [line, next]
                if next.before == Break::None && starts_small(text_at(text, next.span)) =>
            {
                (!ends_sentence(text_at(text, line.span))).then(|| line.end_column())
            }
            _ => None,
        })
        .collect();
    let at = widths.len().checked_sub(1)? * 9 / 10;
    let (_, &mut width, _) = widths.select_nth_unstable(at);
    Some(width)
}

struct Reader<'a> {
    text: &'a str,
    lines: Vec<Line>,
    width: Option<usize>,
    hyphens: Hyphens,
    builder: TextBuilder,
    blocks: Vec<Block>,
    sections: Sections,
    lists: Lists,
    /// Whether the title was met.
    titled: bool,
    /// Lines before this one stand in the group of the title.
    title_group: usize,
    /// Whether a heading in capitals was met after the title.
    capitals: bool,
    /// Lines before this one stand in a run of short lines that are no headings.
    run_of_short: usize,
}

/// What a group of lines is.
enum Shape {
    Heading {
        lines: usize,
        level: u8,
    },
    /// A short line right above the list that it labels.
    Label,
    Caption,
    Paragraph,
}

impl<'a> Reader<'a> {
    fn read(&mut self) {
        let mut at = 0;
        while at < self.lines.len() {
            at = self.next_block(at).max(at + 1);
        }
    }

    fn content(&self, at: usize) -> &'a str {
        self.lines
            .get(at)
            .map_or("", |line| text_at(self.text, line.span))
    }

    fn line(&self, at: usize) -> Line {
        self.lines.get(at).copied().unwrap_or(Line {
            span: Span::default(),
            indent: 0,
            width: 0,
            before: Break::Blank,
        })
    }

    /// Reads the block at line `at` and gives back the line after it.
    fn next_block(&mut self, at: usize) -> usize {
        if let Some(table) = self.table_at(at) {
            return self.table(&table);
        }
        if columns::is_rule(self.content(at)) {
            return at + 1;
        }
        if let Some(marker) = self.item_at(at) {
            return self.item(at, &marker);
        }
        let end = self.paragraph_end(at);
        match self.shape(at, end) {
            Shape::Heading { lines, level } => self.heading(at, at + lines, level),
            Shape::Label => {
                let level = self.sections.level() + 1;
                let end = self.heading(at, end, level);
                self.sections.end_with_list();
                end
            }
            Shape::Caption => self.block(at, end, BlockKind::Caption),
            Shape::Paragraph => {
                let inside = self
                    .lists
                    .open_indent()
                    .is_some_and(|indent| self.line(at).indent > indent);
                if !inside {
                    self.lists.interrupt();
                }
                self.block(at, end, BlockKind::Paragraph)
            }
        }
    }

    /// The line after the paragraph that begins at `at`.
    fn paragraph_end(&self, at: usize) -> usize {
        let mut end = at + 1;
        while end < self.lines.len() {
            let goes_on = if self.line(end).before == Break::None {
                !(self.item_at(end).is_some()
                    || columns::is_rule(self.content(end))
                    || self.table_at(end).is_some()
                    || self.begins_paragraph(end))
            } else {
                self.crosses_gap(end)
            };
            if !goes_on {
                break;
            }
            end += 1;
        }
        end
    }

    /// Whether a line was ended before its room was used up, so that the next one begins something of its own.
    fn breaks_hard(&self, next: usize) -> bool {
        let Some(width) = self.width else {
            return true;
        };
        let Some(line) = next.checked_sub(1).map(|at| self.line(at)) else {
            return true;
        };
        let word = self
            .content(next)
            .split_whitespace()
            .next()
            .map_or(0, lines::width);
        (line.end_column() + 1 + word) * 5 <= width * 4 || line.width > width + width / 2
    }

    /// Whether a line begins a paragraph although no empty line stands before it: the line above was ended early, and it
    /// ends a sentence or this line has a label (`Response: …`).
    fn begins_paragraph(&self, at: usize) -> bool {
        let (above, here) = (self.content(at - 1), self.content(at));
        if at < self.title_group && self.breaks_hard(at)
            || self.line(at - 1).indent > self.line(at).indent + FAR_RIGHT
        {
            return true;
        }
        let labelled = has_label(here);
        if labelled && has_label(above) && !starts_small(here) {
            return true;
        }
        self.breaks_hard(at) && !starts_small(here) && (labelled || ends_sentence(above))
    }

    /// Whether a paragraph goes on after the end of a page, or after an empty line that cannot be meant: the line before
    /// it ends with a word that needs another.
    fn crosses_gap(&self, at: usize) -> bool {
        let (above, here) = (self.content(at - 1), self.content(at));
        if ends_sentence(above) || !starts_small(here) || self.item_at(at).is_some() {
            return false;
        }
        self.line(at).before == Break::Page && lines::width(above) > 20
            || ends_with_function_word(above)
    }

    fn table_at(&self, at: usize) -> Option<Columns> {
        let content = self.content(at);
        if !columns::has_gap(content) || columns::is_rule(content) || self.item_at(at).is_some() {
            return None;
        }
        columns::table(self.text, &self.lines, at)
    }

    /// The marker of the item that begins at line `at`. Inside a group of lines a marker must go on with an open list, or
    /// follow a line that has ended.
    fn item_at(&self, at: usize) -> Option<Marker<'a>> {
        let content = self.content(at);
        let marker = marker(content)?;
        let rest = content.get(marker.len..)?;
        if columns::is_rule(content) || marker.bare && !rest.starts_with(char::is_uppercase) {
            return None;
        }
        if matches!(marker.style, Style::Upper(_))
            && !self.lists.skips(&marker)
            && !self.has_sequel(at, &marker)
        {
            return None;
        }
        if self.line(at).before != Break::None {
            let heading = marker.bare
                && matches!(marker.style, Style::Sections(_))
                && self.numbered_heading(at);
            return (!heading).then_some(marker);
        }
        if self.lists.continues(&marker) {
            return Some(marker);
        }
        let above = self.content(at.checked_sub(1)?);
        let ended = ends_sentence(above) || above.ends_with(':') || self.breaks_hard(at);
        let first = marker.ordinal <= 1;
        (ended && (first || self.lists.skips(&marker))).then_some(marker)
    }

    /// Whether one of the next lines carries the next letter, so that `A.` is no initial.
    fn has_sequel(&self, at: usize, first: &Marker<'_>) -> bool {
        (at + 1..at + 30)
            .map(|next| self.content(next))
            .filter_map(marker)
            .any(|next| next.style == first.style && next.ordinal == first.ordinal + 1)
    }

    fn item(&mut self, at: usize, marker: &Marker<'a>) -> usize {
        let indent = self.line(at).indent;
        let (list, depth) = self.lists.place(marker, indent);
        let mut end = at + 1;
        while end < self.lines.len() {
            let line = self.line(end);
            let goes_on = if line.before == Break::None {
                let deeper = line.indent > indent;
                !(self.item_at(end).is_some()
                    || self.table_at(end).is_some()
                    || if deeper {
                        self.labels_inside(end)
                    } else {
                        self.begins_paragraph(end)
                    })
            } else {
                self.crosses_gap(end)
            };
            if !goes_on {
                break;
            }
            end += 1;
        }
        let kind = BlockKind::ListItem(ListItem {
            list,
            depth,
            number: marker.number.to_owned(),
        });
        self.write(at, end, marker.len, kind);
        end
    }

    /// Whether an indented line of an item begins a paragraph with a label.
    fn labels_inside(&self, at: usize) -> bool {
        has_label(self.content(at)) && ends_sentence(self.content(at - 1)) && self.breaks_hard(at)
    }

    fn shape(&mut self, at: usize, end: usize) -> Shape {
        let next = self.line(end);
        let followed = end < self.lines.len();
        let underlined = followed
            && next.before == Break::None
            && end == at + 1
            && is_underline(self.content(end));
        if underlined {
            let level = if self.content(end).starts_with('=') {
                1
            } else {
                2
            };
            self.titled = true;
            return Shape::Heading { lines: 1, level };
        }
        if is_caption(self.content(at)) && end - at <= 2 {
            return Shape::Caption;
        }
        if !self.titled
            && let Some(lines) = self.title(at)
        {
            return Shape::Heading { lines, level: 1 };
        }
        if self.starts_with_heading(at, end) {
            return Shape::Heading {
                lines: 1,
                level: self.level(at),
            };
        }
        let label = followed
            && next.before == Break::None
            && end == at + 1
            && self.may_be_heading(at, end)
            && word_count(self.content(at)) <= 6
            && self.item_at(end).is_some();
        if label {
            return Shape::Label;
        }
        let apart = followed
            && end - at <= 2
            && (at < self.title_group
                || next.before != Break::None && self.line(at).before != Break::None);
        if apart && self.may_be_heading(at, end) && self.stands_as_heading(end) {
            return Shape::Heading {
                lines: end - at,
                level: self.level(at),
            };
        }
        Shape::Paragraph
    }

    /// Lines of the title: those of the first group of short lines that are not a date or the like.
    fn title(&mut self, at: usize) -> Option<usize> {
        let line = self.line(at);
        let far_right = self.width.is_some_and(|width| line.indent * 5 > width * 3);
        if self.blocks.len() > 3
            || line.before == Break::None
            || far_right
            || !heads(self.content(at))
        {
            return None;
        }
        let group = (at + 1..at + 6).find(|&next| self.line(next).before != Break::None)?;
        let ended = |at: usize| ends_sentence(self.content(at)) && !self.content(at).ends_with(':');
        if group >= self.lines.len() || group > at + 4 || (at..group).any(ended) {
            return None;
        }
        let wraps = |at: usize| {
            self.content(at - 1).ends_with(':')
                || !self.breaks_hard(at)
                || starts_small(self.content(at))
        };
        let lines = 1 + (at + 1..group).take_while(|&line| wraps(line)).count();
        self.titled = true;
        self.title_group = group;
        Some(lines)
    }

    /// Whether the first line of a group is a heading that stands right above its text: it is in capitals, or a long
    /// line of prose follows it.
    fn starts_with_heading(&self, at: usize, end: usize) -> bool {
        let line = self.content(at);
        if end - at < 2
            || !heads(line)
            || !self.breaks_hard(at + 1)
            || starts_small(self.content(at + 1))
        {
            return false;
        }
        let following = self.line(at + 1).width;
        let long = following > self.width.map_or(80, |width| width * 3 / 5);
        let text_follows = long && (end - at > 2 || ends_sentence(self.content(at + 1)));
        self.line(at).before != Break::None
            && (is_capitals(line) && long || text_follows && word_count(line) <= 8)
    }

    /// Whether lines `at` to `end` read like a heading: short, begun with a capital or a number, without a stop.
    fn may_be_heading(&self, at: usize, end: usize) -> bool {
        let words: usize = (at..end).map(|line| word_count(self.content(line))).sum();
        let last = self.content(end - 1);
        words <= 14
            && heads_at_start(self.content(at))
            && heads_at_end(last)
            && !is_dateline(self.content(at))
            && (end - at == 1 || !self.breaks_hard(end - 1))
    }

    /// Whether short lines that could be headings head something: in a long run of them only the last one does.
    fn stands_as_heading(&mut self, end: usize) -> bool {
        if starts_small(self.content(end)) {
            return false;
        }
        if end < self.run_of_short {
            return false;
        }
        let mut next = end;
        let mut run = 1;
        while next < self.lines.len() && run <= 200 {
            let single = self.line(next + 1).before != Break::None;
            if !single || self.item_at(next).is_some() || !self.may_be_heading(next, next + 1) {
                break;
            }
            next += 1;
            run += 1;
        }
        if run > 3 {
            self.run_of_short = next;
            return false;
        }
        true
    }

    /// Whether a line is a heading with a number: `2.1 Leadership`.
    fn numbered_heading(&self, at: usize) -> bool {
        let alone = at + 1 < self.lines.len() && self.line(at + 1).before != Break::None;
        alone && self.may_be_heading(at, at + 1)
    }

    fn level(&mut self, at: usize) -> u8 {
        let line = self.content(at);
        if let Some(Marker {
            style: Style::Sections(parts),
            ..
        }) = marker(line)
        {
            return u8::try_from(parts + 1).unwrap_or(6).min(6);
        }
        let capitals = is_capitals(line);
        self.capitals |= capitals;
        if capitals || !self.capitals { 2 } else { 3 }
    }

    fn heading(&mut self, at: usize, end: usize, level: u8) -> usize {
        self.lists.interrupt();
        self.block(at, end, BlockKind::Heading { level });
        let underlined = self.line(end).before == Break::None && is_underline(self.content(end));
        end + usize::from(underlined)
    }

    fn block(&mut self, at: usize, end: usize, kind: BlockKind) -> usize {
        self.write(at, end, 0, kind);
        end
    }

    /// Writes lines `at` to `end` as one block, without the first `skip` bytes.
    fn write(&mut self, at: usize, end: usize, skip: usize, kind: BlockKind) {
        let pieces: Vec<Span> = (at..end)
            .map(|line| self.line(line).span)
            .enumerate()
            .map(|(index, span)| {
                Span::new(span.start + if index == 0 { skip } else { 0 }, span.end)
            })
            .collect();
        let start = self.separate(pieces.first().map_or(0, |piece| piece.start));
        self.write_pieces(&pieces, "\n");
        self.push(kind, Span::new(start, self.builder.len()));
    }

    fn push(&mut self, kind: BlockKind, span: Span) {
        let section = self.sections.place(&kind, self.blocks.len());
        self.blocks.push(Block {
            kind,
            span,
            section,
        });
    }

    /// Parts the next block from the one before and gives back where it starts.
    fn separate(&mut self, source: usize) -> usize {
        if !self.builder.is_empty() {
            self.builder.replace("\n\n", Span::new(source, source));
        }
        self.builder.len()
    }

    /// Writes pieces of the file one after the other; words that were cut at a line end are put together again.
    fn write_pieces(&mut self, pieces: &[Span], between: &str) {
        for (index, &piece) in pieces.iter().enumerate() {
            let next = pieces.get(index + 1);
            let content = text_at(self.text, piece);
            let joint = next.map_or(Joint::Apart, |&next| {
                self.hyphens.joint(content, text_at(self.text, next))
            });
            let kept = match joint {
                Joint::WithoutHyphen => content.strip_suffix(is_hyphen).unwrap_or(content),
                _ => content,
            };
            clean::copy(&mut self.builder, kept, piece.start);
            if let Some(next) = next
                && joint == Joint::Apart
            {
                let gap = Span::new(piece.end, next.start);
                if text_at(self.text, gap) == between {
                    self.builder.copy(between, gap.start);
                } else {
                    self.builder.replace(between, gap);
                }
            }
        }
    }

    fn table(&mut self, columns: &Columns) -> usize {
        self.lists.interrupt();
        let first = columns
            .rows
            .first()
            .and_then(|row| row.iter().flatten().next());
        let start = self.separate(first.map_or(0, |span| span.start));
        let mut table = Table::default();
        let mut source = first.map_or(0, |span| span.start);
        for (index, row) in columns.rows.iter().enumerate() {
            if index > 0 {
                self.builder.replace("\n", Span::new(source, source));
            }
            let mut cells = Vec::with_capacity(row.len());
            for (column, cell) in row.iter().enumerate() {
                if column > 0 {
                    self.builder.replace("\t", Span::new(source, source));
                }
                let cell_start = self.builder.len();
                self.write_pieces(cell, " ");
                cells.push(Span::new(cell_start, self.builder.len()));
                source = cell.last().map_or(source, |span| span.end);
            }
            table.rows.push(Row {
                head: columns.head && index == 0,
                cells,
            });
        }
        self.push(
            BlockKind::Table(table),
            Span::new(start, self.builder.len()),
        );
        columns.end
    }
}

/// How the last word of a line goes on in the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    /// It does not.
    Apart,
    /// The word was cut and the hyphen is not its own.
    WithoutHyphen,
    /// The word was cut at its own hyphen.
    WithHyphen,
}

/// Words cut at line ends, with what to do about their hyphen.
#[derive(Debug, Default)]
struct Hyphens {
    /// Words as they stand elsewhere in the document: with their hyphen.
    kept: FxHashMap<String, bool>,
}

impl Hyphens {
    fn new(text: &str, lines: &[Line]) -> Self {
        let mut kept: FxHashMap<String, bool> = FxHashMap::default();
        for pair in lines.windows(2) {
            let [line, next] = pair else { continue };
            if let Some((left, right)) =
                cut_word(text_at(text, line.span), text_at(text, next.span))
            {
                kept.insert(format!("{left}-{right}").to_lowercase(), false);
            }
        }
        if !kept.is_empty() {
            for word in text.split(|c: char| !(c.is_alphanumeric() || is_hyphen(c))) {
                if word.contains('-')
                    && word.len() < 64
                    && let Some(kept) = kept.get_mut(&word.to_lowercase())
                {
                    *kept = true;
                }
            }
        }
        Self { kept }
    }

    fn joint(&self, line: &str, next: &str) -> Joint {
        if line.ends_with('\u{ad}') {
            return Joint::WithoutHyphen;
        }
        let Some((left, right)) = cut_word(line, next) else {
            return Joint::Apart;
        };
        let compound = left.contains('-')
            || ["non", "self", "well", "ex", "half", "cross"]
                .iter()
                .any(|prefix| left.eq_ignore_ascii_case(prefix))
            || self.kept.get(&format!("{left}-{right}").to_lowercase()) == Some(&true);
        if compound {
            Joint::WithHyphen
        } else {
            Joint::WithoutHyphen
        }
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '\u{ad}')
}

/// The two parts of a word that a line end cuts: letters and a hyphen, then small letters.
fn cut_word<'t>(line: &'t str, next: &'t str) -> Option<(&'t str, &'t str)> {
    let left = line.strip_suffix(is_hyphen)?;
    let start = left
        .char_indices()
        .rev()
        .take(40)
        .take_while(|&(_, c)| c.is_alphabetic() || is_hyphen(c))
        .last()?
        .0;
    let left = left.get(start..)?;
    let right = next.split(|c: char| !c.is_alphabetic()).next()?;
    (left.ends_with(char::is_alphabetic)
        && right.starts_with(char::is_lowercase)
        && right.len() < 40)
        .then_some((left, right))
}

/// Whether a line ends as a sentence or clause does, closing marks aside.
fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', ')', ']'])
        .ends_with(['.', '!', '?', ':', ';'])
}

/// Whether a line goes on from the one before: it begins with a small letter.
fn starts_small(line: &str) -> bool {
    line.starts_with(char::is_lowercase)
}

/// Words that another one must follow.
const FUNCTION_WORDS: &[&str] = &[
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "that",
    "the", "their", "to", "which", "with",
];

fn ends_with_function_word(line: &str) -> bool {
    lines::width(line) > 40
        && line
            .rsplit(' ')
            .next()
            .is_some_and(|word| FUNCTION_WORDS.contains(&word))
}

/// Words of a line, counted up to 40.
fn word_count(line: &str) -> usize {
    line.split_whitespace().take(40).count()
}

/// Whether a line may be a heading by itself.
fn heads(line: &str) -> bool {
    heads_at_start(line)
        && (heads_at_end(line) || line.ends_with(':') && word_count(line) > 4)
        && !is_dateline(line)
        && word_count(line) < 30
}

/// A heading begins with a capital, or a number and a capital.
fn heads_at_start(line: &str) -> bool {
    let name = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let name = if name.len() < line.len() {
        name.trim_start()
    } else {
        line
    };
    name.trim_start_matches(['‘', '“', '\'', '"'])
        .starts_with(char::is_uppercase)
}

/// A heading ends without a stop; a question mark is none.
fn heads_at_end(line: &str) -> bool {
    !line.ends_with(['.', '!', ':', ';', ',', '-', '–', '”', '"'])
        && line.contains(char::is_alphabetic)
}

/// Whether all letters are capitals.
fn is_capitals(line: &str) -> bool {
    line.chars().filter(|c| c.is_alphabetic()).take(3).count() == 3
        && !line.contains(char::is_lowercase)
}

/// `underline = 3*("=" | "-" | "~" | "_")`, all the same
fn is_underline(line: &str) -> bool {
    let Some(first) = line.chars().next() else {
        return false;
    };
    line.len() >= 3 && matches!(first, '=' | '-' | '~' | '_') && line.chars().all(|c| c == first)
}

/// `dateline = *any (number word year | word year | numeric date) *any`, or text that is little more than digits
fn is_dateline(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().take(13).collect();
    if words.len() > 12 {
        return false;
    }
    let bare = |word: &&str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<String> = words.iter().map(bare).collect();
    let is_year = |word: &String| {
        word.len() == 4
            && (word.starts_with("19") || word.starts_with("20"))
            && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_day = |word: &String| {
        let digits = word.trim_end_matches(char::is_alphabetic);
        (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_name = |word: &String| {
        word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic)
    };
    let full = words.windows(3).any(|three| match three {
        [day, month, year] => {
            is_year(year) && (is_day(day) && is_name(month) || is_name(day) && is_day(month))
        }
        _ => false,
    });
    let month = matches!(words.as_slice(), [month, year] if is_name(month) && is_year(year));
    let numeric = words.iter().any(|word| {
        let parts: Vec<&str> = word.split(['/', '.']).collect();
        parts.len() == 3
            && parts.iter().all(|part| {
                !part.is_empty()
                    && part.len() <= 4
                    && part.bytes().all(|byte| byte.is_ascii_digit())
            })
    });
    full || month || numeric
}

/// `caption = ("Table" | "Figure" | "Chart" | "Box") number [":" | "." | "–"] …`
fn is_caption(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let named = words
        .next()
        .is_some_and(|word| ["Table", "Figure", "Chart"].contains(&word));
    named
        && words.next().is_some_and(|word| {
            word.starts_with(|c: char| c.is_ascii_digit())
                && (word.ends_with([':', '.'])
                    || words
                        .next()
                        .is_none_or(|next| matches!(next, "–" | "-" | "—")))
        })
        && word_count(line) <= 30
}

/// `label = capital word *5word ":" space`
fn has_label(line: &str) -> bool {
    let Some(colon) = line.bytes().take(60).position(|byte| byte == b':') else {
        return false;
    };
    let label = line.get(..colon).unwrap_or_default();
    let rest = line.get(colon + 1..).unwrap_or_default();
    label.starts_with(char::is_uppercase)
        && word_count(label) <= 6
        && !label.contains(['.', ',', '"', '“'])
        && rest.starts_with(char::is_whitespace)
}
