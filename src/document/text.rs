//! Plain text, also as copied out of a PDF.
//!
//! Blank lines, indentation, markers and the width of lines tell headings, paragraphs, list items and tables apart. Page
//! numbers and running heads are left out (`lines.rs`); a paragraph or item that a page end interrupts goes on after it.

use super::{
    BlockKind, Document, ListItem,
    columns::{self, Columns},
    hyphens::{Hyphens, Joint, is_hyphen},
    lines::{self, Break, FAR_RIGHT, Line, Lines, width},
    markdown,
    marker::{Closing, Marker, Style, is_punctuation, marker},
    prose::{
        ends_sentence, ends_with_function_word, has_label, heads, heads_at_end, heads_at_start,
        is_capitals, is_caption, is_dateline, is_underline, starts_small, word_count,
    },
    writer::Writer,
};
use crate::{
    source::SourceFile,
    span::{Span, text_at},
};

/// Reads plain text. Text that is marked up as only Markdown would be is read as Markdown.
pub(super) fn read(file: &SourceFile) -> Document {
    let text = file.text();
    if looks_like_markdown(text) {
        return markdown::read(file);
    }
    let mut writer = Writer::default();
    read_part(text, Span::new(0, text.len()), &mut writer);
    writer.finish()
}

/// Reads the plain text under `part` of a file and writes its blocks.
pub(super) fn read_part(text: &str, part: Span, writer: &mut Writer) {
    let Lines {
        text: lines,
        comments,
        ..
    } = lines::read(text, part);
    for comment in comments {
        writer.comment(comment.span, &comment.text);
    }
    let mut reader = Reader {
        text,
        numbered_headings: numbers_head(text, &lines),
        width: wrap_width(text, &lines),
        hyphens: Hyphens::new(text, &lines),
        lines,
        titled: writer.len() > 0,
        writer,
        title_group: 0,
        capitals: false,
        run_of_short: 0,
    };
    let mut at = 0;
    while at < reader.lines.len() {
        at = reader.next_block(at).max(at + 1);
    }
}

/// Whether text has headings (`## Title`), table rules (`|---|`) or bold words (`**now**`) that only Markdown would have.
fn looks_like_markdown(text: &str) -> bool {
    let starts_line = |at: usize| at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n');
    let marks = |at: usize| {
        let rest = text.get(at..).unwrap_or_default();
        ["## ", "### ", "#### ", "|--", "| --", "|:-", "| :-"]
            .iter()
            .any(|mark| rest.starts_with(mark))
    };
    memchr::memchr2_iter(b'#', b'|', text.as_bytes()).any(|at| starts_line(at) && marks(at))
        || memchr::memmem::find_iter(text.as_bytes(), "**").any(|at| is_bold_at(text, at + 2))
}

/// Whether words at `at`, after `**`, are bold: they end with `**` soon and on the same line.
fn is_bold_at(text: &str, at: usize) -> bool {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let near = rest.get(..200.min(rest.len())).unwrap_or_default();
    let line = near.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let closed = line
        .windows(3)
        .any(|three| matches!(three, [before, b'*', b'*'] if !matches!(before, b' ' | b'*')));
    closed && !matches!(line.first(), Some(b' ' | b'*'))
}

/// Columns after which lines were wrapped: the widest of the lines that the next one goes on with a small letter, the
/// widest tenth left out. `None` where no line was wrapped, or where far more lines are wider than were wrapped: then these
/// are no more than a title over two lines.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let goes_on = |content: &str| starts_small(content) && marker(content).is_none();
    let mut widths: Vec<usize> = lines
        .windows(2)
        .filter_map(|pair| match pair {
            [line, next] if next.before == Break::None && goes_on(text_at(text, next.span)) => {
                (!ends_sentence(text_at(text, line.span))).then(|| line.end_column())
            }
            _ => None,
        })
        .collect();
    let at = widths.len().checked_sub(1)? * 9 / 10;
    let (_, &mut width, _) = widths.select_nth_unstable(at);
    let beyond = |line: &&Line| line.end_column() > width + width / 2;
    let wider = lines.iter().filter(beyond).count();
    (wider <= widths.len() * WIDER).then_some(width)
}

/// Lines beyond the width of wrapped ones, for each of these, at most.
const WIDER: usize = 4;

/// Whether every number that begins a group of lines (`2. Leadership`) stands before a heading: a short line without a stop
/// that mostly has prose below it, and not an item, another number or an answer.
fn numbers_head(text: &str, lines: &[Line]) -> bool {
    let content = |at: usize| lines.get(at).map_or("", |line| text_at(text, line.span));
    let starts = |at: usize| lines.get(at).is_none_or(|line| line.before != Break::None);
    let (mut headings, mut above_prose) = (0, 0);
    for (at, line) in lines.iter().enumerate() {
        let Some(marker) = marker(content(at)).filter(|_| line.before != Break::None) else {
            continue;
        };
        if !matches!(marker.style, Style::Decimal(Closing::Stop)) {
            continue;
        }
        let name = content(at).get(marker.len..).unwrap_or_default();
        if !starts(at + 1) || word_count(name) > 8 || !heads_at_start(name) || !heads_at_end(name) {
            return false;
        }
        let next = content(at + 1);
        let prose = width(next) >= 60 || !starts(at + 2);
        headings += 1;
        above_prose += usize::from(prose && !has_label(next) && self::marker(next).is_none());
    }
    headings >= 2 && above_prose * 2 >= headings
}

struct Reader<'a, 'w> {
    text: &'a str,
    lines: Vec<Line>,
    width: Option<usize>,
    hyphens: Hyphens,
    writer: &'w mut Writer,
    /// Whether the title was met.
    titled: bool,
    /// Lines before this one stand in the group of the title.
    title_group: usize,
    /// Whether a heading in capitals was met after the title.
    capitals: bool,
    /// Whether numbers (`2. Leadership`) are those of headings.
    numbered_headings: bool,
    /// Lines before this one stand in a run of short lines that are no headings.
    run_of_short: usize,
}

/// A line of so many characters without a stop did not end where its paragraph ends.
const LONG: usize = 150;

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

impl<'a> Reader<'a, '_> {
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
            gap: false,
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
                let level = self.writer.sections.level() + 1;
                let end = self.heading(at, end, level);
                self.writer.sections.end_with_list();
                end
            }
            Shape::Caption => self.block(at, end, BlockKind::Caption),
            Shape::Paragraph => {
                let inside = self
                    .writer
                    .lists
                    .open_indent()
                    .is_some_and(|indent| self.line(at).indent > indent);
                if !inside {
                    self.writer.lists.interrupt();
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
        let Some(room) = self.width else {
            return true;
        };
        let Some(line) = next.checked_sub(1).map(|at| self.line(at)) else {
            return true;
        };
        let word = self
            .content(next)
            .split_whitespace()
            .next()
            .map_or(0, width);
        (line.end_column() + 1 + word) * 5 <= room * 4 || line.width > room + room / 2
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
        if starts_small(here) {
            return false;
        }
        self.breaks_hard(at) && (labelled || ends_sentence(above))
            || ends_sentence(above) && self.heads_next_line(at)
    }

    /// Whether a short line stands above one that begins a sentence: `Recommendation 2`, then what it is.
    fn heads_next_line(&self, at: usize) -> bool {
        let below = self.line(at + 1);
        word_count(self.content(at)) <= 6
            && heads(self.content(at))
            && below.before == Break::None
            && below.width > 0
            && !starts_small(self.content(at + 1))
            && self.breaks_hard(at + 1)
    }

    /// Whether a paragraph goes on after the end of a page, or after an empty line that cannot be meant: the line before
    /// it ends with a word that needs another.
    fn crosses_gap(&self, at: usize) -> bool {
        let (above, here) = (self.content(at - 1), self.content(at));
        if ends_sentence(above) || !starts_small(here) || self.item_at(at).is_some() {
            return false;
        }
        self.line(at).before == Break::Page && width(above) > 20
            || ends_with_function_word(above)
            || width(above) >= LONG
            || self.width.is_some() && width(above) > 40 && !self.breaks_hard(at)
    }

    fn table_at(&self, at: usize) -> Option<Columns> {
        let content = self.content(at);
        if !self.line(at).gap || columns::is_rule(content) {
            return None;
        }
        let item = self.item_at(at);
        if item
            .is_some_and(|item| !columns::has_wide_gap(content.get(item.len..).unwrap_or_default()))
        {
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
        let lettered = matches!(marker.style, Style::Lower(Closing::Gap));
        if lettered && !self.is_lettered(at, &marker) {
            return None;
        }
        let bare = marker.bare && !lettered;
        // "1.7 77% of patients agreed", after paragraph 1.6.
        let figure =
            |first: char| first.is_ascii_digit() || matches!(first, '£' | '€' | '$' | '‘' | '“');
        let opens = rest.starts_with(char::is_uppercase)
            || rest.starts_with(figure)
                && self.writer.lists.continues(&marker)
                && rest.contains(' ');
        if columns::is_rule(content) || bare && !opens {
            return None;
        }
        if rest.is_empty() && !self.text_follows(at) || bare && !self.is_prose(at, &marker) {
            return None;
        }
        if matches!(marker.style, Style::Upper(_))
            && !self.writer.lists.skips(&marker)
            && !self.has_sequel(at, &marker)
        {
            return None;
        }
        if self.line(at).before != Break::None {
            let heading = match marker.style {
                Style::Sections(_) => marker.bare && self.numbered_heading(at),
                Style::Decimal(Closing::Stop) => {
                    self.numbered_headings || self.heads_sections(at, &marker)
                }
                _ => false,
            };
            return (!heading).then_some(marker);
        }
        if self.writer.lists.continues(&marker) {
            return Some(marker);
        }
        if matches!(marker.style, Style::Bullet(bullet) if !is_punctuation(bullet)) {
            return Some(marker);
        }
        let above = self.content(at.checked_sub(1)?);
        let bullet = matches!(marker.style, Style::Bullet(_));
        let ended = ends_sentence(above)
            || self.breaks_hard(at)
                && (!bullet || word_count(above) <= 8 || self.has_sequel(at, &marker));
        (ended && (marker.is_first() || self.writer.lists.skips(&marker))).then_some(marker)
    }

    /// Whether a letter that only a gap parts from its text counts on, or begins a count: "a   set out".
    fn is_lettered(&self, at: usize, marker: &Marker<'a>) -> bool {
        self.writer.lists.continues(marker) || marker.is_first() && self.has_sequel(at, marker)
    }

    /// Whether a number that only a gap parts from its text has prose after it, and not a cell of a table or a name.
    fn is_prose(&self, at: usize, marker: &Marker<'_>) -> bool {
        let content = self.content(at);
        let gap = content
            .get(..marker.len)
            .is_some_and(|start| start.ends_with(['\t', ' ']));
        let wide = gap && marker.len > marker.number.len() + 1 || content.contains('\t');
        if !wide {
            return true;
        }
        let rest = content.get(marker.len..).unwrap_or_default();
        let end = (at + 1..at + 40).find(|&next| {
            self.line(next).before != Break::None || self::marker(self.content(next)).is_some()
        });
        !rest.contains('\t')
            && !rest.contains("   ")
            && end.is_some_and(|end| {
                (at..end)
                    .map(|line| self.content(line))
                    .any(|line| ends_sentence(line) || line.contains(". "))
            })
    }

    /// Whether a marker that stands alone on its line has its text on the next one.
    fn text_follows(&self, at: usize) -> bool {
        at + 1 < self.lines.len()
            && self.line(at + 1).before == Break::None
            && marker(self.content(at + 1)).is_none()
    }

    /// Whether one of the next lines carries the next letter (or the same bullet), so that `A.` is no initial and `–` no
    /// dash.
    fn has_sequel(&self, at: usize, first: &Marker<'_>) -> bool {
        let step = u32::from(first.ordinal > 0);
        (at + 1..at + 30)
            .map(|next| self.content(next))
            .filter_map(marker)
            .any(|next| next.style == first.style && next.ordinal == first.ordinal + step)
    }

    fn item(&mut self, at: usize, marker: &Marker<'a>) -> usize {
        let indent = self.line(at).indent;
        let (list, depth) = self.writer.lists.place(marker, indent);
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
            counted: None,
        });
        self.write(at, end, marker.len, kind);
        end
    }

    /// Whether an indented line of an item begins a paragraph with a label.
    fn labels_inside(&self, at: usize) -> bool {
        has_label(self.content(at)) && ends_sentence(self.content(at - 1)) && self.breaks_hard(at)
    }

    fn shape(&mut self, at: usize, end: usize) -> Shape {
        if let Some(level) = self.underlined(at, end) {
            self.titled = true;
            return Shape::Heading { lines: 1, level };
        }
        if is_caption(self.content(at)) && end - at <= 2 {
            return Shape::Caption;
        }
        if !self.titled
            && !self.writer.has_prose()
            && let Some(lines) = self.title(at)
        {
            return Shape::Heading { lines, level: 1 };
        }
        let sections =
            marker(self.content(at)).is_some_and(|first| self.heads_sections(at, &first));
        if sections && end == at + 1 || self.starts_with_heading(at, end) {
            let first = !self.titled && !self.writer.has_prose();
            self.titled |= first;
            let level = if first { 1 } else { self.level(at) };
            return Shape::Heading { lines: 1, level };
        }
        if self.is_label(at, end) {
            return Shape::Label;
        }
        let apart = !self.is_labelled(at) && !self.is_labelled(at + 1) && self.is_apart(at, end);
        if apart
            && self.may_be_heading(at, end)
            && self.stands_as_heading(end)
            && !self.is_alike(at)
        {
            return Shape::Heading {
                lines: end - at,
                level: self.level(at),
            };
        }
        Shape::Paragraph
    }

    /// The level of a heading of one line that is underlined.
    fn underlined(&self, at: usize, end: usize) -> Option<u8> {
        let directly = end < self.lines.len() && self.line(end).before == Break::None;
        let underlined = directly && end == at + 1 && is_underline(self.content(end));
        let level = if self.content(end).starts_with('=') {
            1
        } else {
            2
        };
        underlined.then_some(level)
    }

    /// Whether one short line stands directly above a list.
    fn is_label(&self, at: usize, end: usize) -> bool {
        end < self.lines.len()
            && self.line(end).before == Break::None
            && end == at + 1
            && self.may_be_heading(at, end)
            && word_count(self.content(at)) <= 6
            && self.item_at(end).is_some()
    }

    /// Whether a line has a label, and so has the one directly above it.
    fn is_labelled(&self, at: usize) -> bool {
        at > 0
            && self.line(at).before == Break::None
            && has_label(self.content(at))
            && has_label(self.content(at - 1))
    }

    /// Whether a line is one of three or more that say something of one thing each: "Elm Water – 2 stars", "Oak Water – 3 stars".
    fn is_alike(&self, at: usize) -> bool {
        const LEAST: usize = 3;
        let figure = |line: &str| line.bytes().any(|byte| byte.is_ascii_digit());
        [" – ", " — ", " - "].iter().any(|mark| {
            let says = |line: usize| {
                let parts = self.content(line).split_once(mark);
                parts.is_some_and(|(name, rest)| word_count(name) <= 6 && figure(rest))
            };
            let from = at.saturating_sub(LEAST - 1);
            (from..=at).any(|first| (first..first + LEAST).all(says))
        })
    }

    /// Whether one line or two are set off from what is around them.
    fn is_apart(&self, at: usize, end: usize) -> bool {
        end < self.lines.len()
            && end - at <= 2
            && (at < self.title_group
                || self.line(end).before != Break::None && self.line(at).before != Break::None)
    }

    /// Lines of the title: those of the first group of short lines that are not a date or the like.
    fn title(&mut self, at: usize) -> Option<usize> {
        let line = self.line(at);
        let far_right = self.width.is_some_and(|width| line.indent * 5 > width * 3);
        let content = self.content(at);
        // A title that is followed by what it is: "Ashby prison:", then "our response".
        let introduces = at + 1 < self.lines.len()
            && self.line(at + 1).before == Break::None
            && starts_small(self.content(at + 1));
        let name = content
            .strip_suffix(':')
            .filter(|_| introduces)
            .unwrap_or(content);
        if line.before == Break::None || far_right || !heads(name) {
            return None;
        }
        let group = (at + 1..at + 6).find(|&next| self.line(next).before != Break::None)?;
        let ended = |at: usize| ends_sentence(self.content(at)) && !self.content(at).ends_with(':');
        if group >= self.lines.len()
            || group > at + 4
            || (at..group).any(ended)
            || starts_small(self.content(group))
            || self.content(group).starts_with("Dear ")
            || self.ends_recur(at, group)
        {
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

    /// Whether two of the lines end with the same word, as those of a list of grades do.
    fn ends_recur(&self, at: usize, end: usize) -> bool {
        let last = |at: usize| self.content(at).rsplit(' ').next().unwrap_or_default();
        (at..end).any(|one| (one + 1..end).any(|other| last(one) == last(other)))
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
        let text_follows = long
            && (ends_sentence(self.content(at + 1)) || end - at > 2 && !self.breaks_hard(at + 2));
        let numbered = line.ends_with(|c: char| c.is_ascii_digit()) && word_count(line) <= 4;
        is_capitals(line) && long
            || text_follows && word_count(line) <= 8
            || numbered && ends_sentence(self.content(at + 1))
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

    /// Whether the line after a short one counts its paragraphs: `2. Leadership`, then `2.1 Leaders are …`.
    fn heads_sections(&self, at: usize, first: &Marker<'_>) -> bool {
        let next = marker(self.content(at + 1));
        next.is_some_and(|next| {
            matches!(next.style, Style::Sections(_))
                && next.number.split('.').next() == Some(first.number)
        }) && self.may_be_heading(at, at + 1)
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
        self.writer.lists.interrupt();
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
        self.write_pieces(&pieces);
        self.writer.end(kind);
    }

    /// Writes pieces of the file one after the other; words that were cut at a line end are put together again.
    fn write_pieces(&mut self, pieces: &[Span]) {
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
            self.writer.copy(kept, piece.start);
            if let Some(next) = next
                && joint == Joint::Apart
            {
                self.writer
                    .line_end(self.text, Span::new(piece.end, next.start));
            }
        }
    }

    fn table(&mut self, columns: &Columns) -> usize {
        self.writer.lists.interrupt();
        self.writer.start_table();
        for (index, row) in columns.rows.iter().enumerate() {
            for cell in row {
                self.writer.start_cell();
                self.write_pieces(cell);
            }
            self.writer.end_row(columns.head && index == 0);
        }
        self.writer.end_table();
        columns.end
    }
}
