//! Lines made into paragraphs, headings, notes and tables, and written down with their places.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{
    arrange::{self, Item, Line, Row, Table},
    page::{Drawn, Piece, Word},
};
use crate::{
    document::{
        contents,
        hyphens::{Hyphens, Joint, is_hyphen},
        lines,
        marker::{Style, is_punctuation, marker},
        prose::{ends_sentence, has_label, starts_small, word_count},
    },
    layout::{Layout, Mark, Role, Unit},
    span::Span,
};

/// Something that is written.
#[derive(Clone, Debug)]
enum Block {
    Text(Text),
    Table { page: usize, table: Table },
    Grid { page: usize, rows: Vec<Row> },
}

impl Block {
    /// The text of each line, or row without rules.
    fn lines(&self) -> Vec<String> {
        match self {
            Self::Text(text) => text
                .lines
                .iter()
                .map(|(_, line)| line.piece.text())
                .collect(),
            Self::Grid { rows, .. } => {
                let text = |row: &Row| {
                    let pieces: Vec<String> = row.iter().map(Piece::text).collect();
                    pieces.join(" ")
                };
                rows.iter().map(text).collect()
            }
            Self::Table { .. } => vec![String::new()],
        }
    }
}

/// A paragraph, item or heading.
#[derive(Clone, Debug)]
struct Text {
    /// Lines, each with its page.
    lines: Vec<(usize, Line)>,
    size: f32,
}

impl Text {
    fn text(&self) -> String {
        let lines: Vec<String> = self
            .lines
            .iter()
            .map(|(_, line)| line.piece.text())
            .collect();
        lines.join(" ")
    }

    /// Whether it begins with a raised number, as notes do.
    fn is_note(&self) -> bool {
        let first = self
            .lines
            .first()
            .and_then(|(_, line)| line.piece.words.first());
        first.is_some_and(|word| word.text.is_empty() && !word.raised.is_empty())
    }
}

/// The text of pages, and its layout.
pub(super) fn write(mut pages: Vec<Drawn>) -> (String, Layout) {
    drop_furniture(&mut pages);
    let body = body_size(&pages);
    let (mut blocks, mut notes) = (Vec::new(), Vec::new());
    for page in pages {
        let number = page.number;
        let mut found = paragraphs(number, arrange::arrange(page));
        notes.extend(notes_of(&mut found, body));
        for block in found {
            add(&mut blocks, block);
        }
    }
    drop_contents(&mut blocks);
    blocks.extend(notes.into_iter().map(Block::Text));
    let mut writer = Writer {
        text: String::new(),
        layout: Layout::new(),
        page: 0,
        hyphens: hyphens(&blocks),
    };
    let sizes = heading_sizes(&blocks, body);
    for block in &blocks {
        writer.block(block, &sizes);
    }
    (writer.text, writer.layout)
}

/// Parts of the height of a page, from each end, in which heads, feet and page numbers stand.
const MARGIN: f32 = 0.09;

/// Leaves out what repeats at one place of several pages, and the numbers of pages.
fn drop_furniture(pages: &mut [Drawn]) {
    let key = |page: &Drawn, piece: &Piece| {
        let margin = page.height * MARGIN;
        if piece.base > margin && piece.base < page.height - margin {
            return None;
        }
        let digits = |c: char| if c.is_ascii_digit() { '#' } else { c };
        let words = piece
            .text()
            .to_lowercase()
            .chars()
            .map(digits)
            .collect::<String>();
        let words = words.replace("##", "#").replace("##", "#");
        #[expect(clippy::cast_possible_truncation, reason = "a place on a page")]
        let place = (piece.base / 4.0).round() as i32;
        Some((words, place))
    };
    let mut counts: FxHashMap<(String, i32), usize> = FxHashMap::default();
    for page in pages.iter() {
        let keys: BTreeSet<_> = page
            .pieces
            .iter()
            .filter_map(|piece| key(page, piece))
            .collect();
        for (words, place) in &keys {
            // A place may be rounded either way.
            for place in place - 1..=place + 1 {
                *counts.entry((words.clone(), place)).or_default() += 1;
            }
        }
    }
    let enough = if pages.len() > 4 { 3 } else { 2 };
    for page in pages.iter_mut() {
        let furniture = |piece: &Piece| {
            let alone = || {
                let beside = |other: &&Piece| (other.base - piece.base).abs() < piece.size;
                page.pieces.iter().filter(beside).count() == 1
            };
            key(page, piece).is_some_and(|key| {
                counts.get(&key).is_some_and(|&count| count >= enough)
                    || is_page_number(&key.0) && alone()
            })
        };
        let drop: Vec<bool> = page.pieces.iter().map(furniture).collect();
        let mut drop = drop.into_iter();
        page.pieces.retain(|_| !drop.next().unwrap_or_default());
    }
}

/// Whether words are the number of a page, each number written as `#`.
fn is_page_number(words: &str) -> bool {
    matches!(
        words.trim_matches(['-', '–', '—', ' ', '|']),
        "#" | "page #" | "page # of #" | "# of #" | "#/#" | "p. #"
    )
}

/// The size of most letters.
fn body_size(pages: &[Drawn]) -> f32 {
    let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
    for piece in pages.iter().flat_map(|page| &page.pieces) {
        #[expect(clippy::cast_possible_truncation, reason = "a size of letters")]
        let size = (piece.size * 2.0).round() as i32;
        *sizes.entry(size).or_default() += piece.width();
    }
    let most = sizes.iter().max_by_key(|(_, letters)| **letters);
    #[expect(clippy::cast_precision_loss, reason = "a size of letters")]
    most.map_or(10.0, |(size, _)| *size as f32 / 2.0)
}

/// The paragraphs and tables of a page.
fn paragraphs(page: usize, items: Vec<Item>) -> Vec<Block> {
    let pitch = pitch(&items);
    let mut blocks: Vec<Block> = Vec::new();
    let mut follows = false;
    for item in items {
        match item {
            Item::Line(line) => match blocks.last_mut() {
                Some(Block::Text(text)) if follows && !begins(text, &line, pitch) => {
                    text.lines.push((page, line));
                }
                _ => blocks.push(Block::Text(Text {
                    size: line.piece.size,
                    lines: vec![(page, line)],
                })),
            },
            Item::Table(table) => blocks.push(Block::Table { page, table }),
            Item::Grid(rows) => blocks.push(Block::Grid { page, rows }),
        }
        follows = matches!(blocks.last(), Some(Block::Text(_)));
    }
    blocks
}

/// The distance of lines, in parts of the size of their letters: that of most lines that follow each other.
fn pitch(items: &[Item]) -> f32 {
    let mut distances: Vec<f32> = items
        .windows(2)
        .filter_map(|pair| match pair {
            [Item::Line(above), Item::Line(below)] if above.column == below.column => {
                let distance = (below.piece.base - above.piece.base) / above.piece.size;
                let long = above.piece.right > above.left + (above.right - above.left) * 0.7;
                (long && distance > 0.8 && distance < 2.2).then_some(distance)
            }
            _ => None,
        })
        .collect();
    distances.sort_by(f32::total_cmp);
    // Most lines are followed by one of their paragraph.
    distances.get(distances.len() / 3).copied().unwrap_or(1.25)
}

/// Whether a line begins a paragraph, and does not go on with the one above.
fn begins(text: &Text, line: &Line, pitch: f32) -> bool {
    let (Some((_, first)), Some((_, above))) = (text.lines.first(), text.lines.last()) else {
        return true;
    };
    let size = line.piece.size;
    if above.column != line.column || (size - text.size).abs() > text.size * 0.08 {
        return true;
    }
    let distance = line.piece.base - above.piece.base;
    if distance > text.size * pitch * 1.22 || above.piece.is_bold() != line.piece.is_bold() {
        return true;
    }
    let (before, here) = (above.piece.text(), line.piece.text());
    let heading = text.lines.len() == 1 && !ends_sentence(&before);
    let short = above.piece.right < line.left + (line.right - line.left) * 0.75;
    if let Some(marker) = marker(&here) {
        let bullet = matches!(marker.style, Style::Bullet(bullet) if !is_punctuation(bullet));
        let flush = line.piece.left <= first.piece.left + 2.0;
        if bullet || flush && (ends_sentence(&before) || short) {
            return true;
        }
    }
    if note_number(&line.piece).is_some()
        && note_number(&first.piece).is_some()
        && ends_sentence(&before)
    {
        return true;
    }
    if starts_small(&here) {
        return false;
    }
    let indented = line.piece.left > line.left + size * 0.8 && above.piece.left <= line.left + 2.0;
    let outdented = line.piece.left < above.piece.left - size * 0.8 && text.lines.len() > 1;
    let ended = ends_sentence(&before);
    ended && (indented || short)
        || outdented
        || has_label(&here) && (ended || has_label(&before)) && (short || !heading)
}

/// The number that a line begins with as notes do whose number is not raised: some room is left after it.
fn note_number(line: &Piece) -> Option<&str> {
    let [number, next, ..] = line.words.as_slice() else {
        return None;
    };
    let digits = number.text.len() <= 3 && number.text.chars().all(|c| c.is_ascii_digit());
    let apart = next.left - number.right > line.size * 0.6;
    (digits && apart && !number.text.is_empty()).then_some(&number.text)
}

/// Raises the numbers of notes at the foot of a page, where the text has a raised number that refers to each.
fn raise_numbers(notes: &mut [Block], text: &[Block]) {
    let words = text.iter().flat_map(|block| match block {
        Block::Text(text) => text.lines.as_slice(),
        Block::Table { .. } | Block::Grid { .. } => &[],
    });
    let words = words.flat_map(|(_, line)| &line.piece.words);
    let references: BTreeSet<&str> = words.map(|word| word.raised.as_str()).collect();
    for note in notes {
        if let Block::Text(note) = note
            && let Some((_, line)) = note.lines.first_mut()
            && note_number(&line.piece).is_some_and(|number| references.contains(number))
            && let Some(number) = line.piece.words.first_mut()
        {
            number.raised = std::mem::take(&mut number.text);
        }
    }
}

/// Takes the notes from the foot of a page.
fn notes_of(blocks: &mut Vec<Block>, body: f32) -> Vec<Text> {
    let small = |block: &Block| matches!(block, Block::Text(text) if text.size < body * 0.95);
    let from = blocks
        .iter()
        .rposition(|block| !small(block))
        .map_or(0, |at| at + 1);
    let (text, foot) = blocks.split_at_mut(from);
    raise_numbers(foot, text);
    let first = blocks
        .iter()
        .skip(from)
        .position(|block| matches!(block, Block::Text(text) if text.is_note()));
    let Some(first) = first else {
        return Vec::new();
    };
    let notes = blocks.split_off(from + first);
    notes
        .into_iter()
        .filter_map(|block| match block {
            Block::Text(text) => Some(text),
            _ => None,
        })
        .collect()
}

/// Leaves out lists of contents, their heads included.
fn drop_contents(blocks: &mut Vec<Block>) {
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        let head = matches!(block, Block::Text(text) if contents::is_head(&text.text()));
        let entries = || {
            let below = blocks.iter().skip(at + 1).take(MAX_CONTENTS);
            let lines: Vec<String> = below.flat_map(Block::lines).collect();
            contents::entries(lines.iter().map(String::as_str))
        };
        if let Some(mut entries) = head.then(entries).flatten() {
            blocks.remove(at);
            while let Some(block) = blocks.get_mut(at).filter(|_| entries > 0) {
                let taken = block.lines().len().min(entries);
                entries -= taken;
                match block {
                    Block::Text(text) if taken < text.lines.len() => {
                        text.lines.drain(..taken);
                    }
                    Block::Grid { rows, .. } if taken < rows.len() => {
                        rows.drain(..taken);
                    }
                    _ => {
                        blocks.remove(at);
                    }
                }
            }
        } else {
            at += 1;
        }
    }
}

/// Blocks that a list of contents may have.
const MAX_CONTENTS: usize = 200;

/// Adds a block; one that the end of a column or page interrupted goes on.
fn add(blocks: &mut Vec<Block>, block: Block) {
    match (blocks.last_mut(), block) {
        (Some(Block::Text(last)), Block::Text(text)) if interrupted(last, &text) => {
            last.lines.extend(text.lines);
        }
        (_, block) => blocks.push(block),
    }
}

fn interrupted(last: &Text, next: &Text) -> bool {
    let place = |at: Option<&(usize, Line)>| at.map(|(page, line)| (*page, line.column));
    let apart = place(last.lines.last()) != place(next.lines.first());
    let same = (last.size - next.size).abs() <= last.size * 0.08;
    let (Some((page, end)), Some((next_page, start))) = (last.lines.last(), next.lines.first())
    else {
        return false;
    };
    // A last line may be short enough to stand in the first of the columns below.
    let distance = (start.piece.base - end.piece.base) / last.size;
    let right_below = page == next_page && (0.8..1.6).contains(&distance);
    // A line that reaches the edge goes on, whatever begins the next one: a name, a figure.
    let reaches = end.piece.right > end.left + (end.right - end.left) * 0.85;
    let goes_on = (last.lines.len() > 1 || right_below)
        && reaches
        && end.piece.is_bold() == start.piece.is_bold()
        && marker(&start.piece.text()).is_none();
    apart && same && !ends_sentence(&last.text()) && (goes_on || starts_small(&next.text()))
}

/// The sizes of headings, largest first.
fn heading_sizes(blocks: &[Block], body: f32) -> Vec<f32> {
    let mut sizes: Vec<f32> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Text(text) if text.size >= body * 1.12 => {
                let words = text.text();
                let named = words.contains(char::is_alphabetic);
                let heads = named && word_count(&words) <= 30 && !words.ends_with(['.', ';', ',']);
                heads.then_some(text.size)
            }
            _ => None,
        })
        .collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    sizes.dedup_by(|a, b| (*a - *b).abs() <= *b * 0.04);
    sizes
}

/// What is done with words that a line end cuts, as the whole text tells.
fn hyphens(blocks: &[Block]) -> Hyphens {
    let mut text = String::new();
    for block in blocks {
        if let Block::Text(block) = block {
            for (_, line) in &block.lines {
                text.push_str(&line.piece.text());
                text.push('\n');
            }
        }
    }
    let lines = lines::read(&text, Span::new(0, text.len()));
    Hyphens::new(&text, &lines.text)
}

struct Writer {
    text: String,
    layout: Layout,
    /// The page that the last text stands on.
    page: usize,
    hyphens: Hyphens,
}

impl Writer {
    fn block(&mut self, block: &Block, sizes: &[f32]) {
        match block {
            Block::Text(text) => self.paragraph(text, sizes),
            Block::Table { page, table } => self.table(*page, table),
            Block::Grid { page, rows } => self.grid(*page, rows),
        }
    }

    fn mark(&mut self, mark: Mark) {
        self.layout.mark(self.text.len(), mark);
    }

    fn go_to(&mut self, page: usize) {
        if self.page != page {
            self.page = page;
            self.layout.stop(self.text.len(), Unit::Page, page);
        }
    }

    fn paragraph(&mut self, block: &Text, sizes: &[f32]) {
        let words = block.text();
        let known = sizes
            .iter()
            .position(|size| (size - block.size).abs() <= size * 0.04);
        let heads = word_count(&words) <= 30 && !words.ends_with(['.', ';', ',']);
        let level = known
            .filter(|_| heads)
            .map(|at| u8::try_from(at + 1).unwrap_or(6).min(6));
        if let Some((page, _)) = block.lines.first() {
            self.go_to(*page);
        }
        let start = self.text.len();
        self.mark(Mark::Begin(
            level.map_or(Role::Paragraph, |level| Role::Heading { level }),
        ));
        let bold = block.lines.iter().all(|(_, line)| line.piece.is_bold());
        if bold {
            self.mark(Mark::Bold(true));
        }
        let note = block.is_note();
        let lines: Vec<(usize, &Piece)> = block
            .lines
            .iter()
            .map(|(page, line)| (*page, &line.piece))
            .collect();
        self.lines(&lines, note);
        if bold {
            self.mark(Mark::Bold(false));
        }
        if let Some(level) = level {
            self.layout
                .heading(Span::new(start, self.text.len()), level);
        }
        self.mark(Mark::End);
        self.text.push('\n');
    }

    /// Writes lines as one; `note` leaves out the number at their start.
    fn lines(&mut self, lines: &[(usize, &Piece)], note: bool) {
        for (index, (page, line)) in lines.iter().enumerate() {
            self.go_to(*page);
            let text = line.text();
            let next = lines.get(index + 1).map(|(_, next)| next.text());
            let joint = next
                .as_ref()
                .map_or(Joint::Apart, |next| self.hyphens.joint(&text, next));
            let last = line.words.len().saturating_sub(1);
            let skip = usize::from(note && index == 0);
            for (at, word) in line.words.iter().enumerate().skip(skip) {
                if at > skip && !word.glued {
                    self.text.push(' ');
                }
                let cut = at == last && joint == Joint::WithoutHyphen;
                self.word(line, word, cut);
            }
            if next.is_some() && joint == Joint::Apart {
                self.text.push(' ');
            }
        }
    }

    /// Writes a word; `cut` leaves out the hyphen at its end.
    fn word(&mut self, line: &Piece, word: &Word, cut: bool) {
        let start = self.text.len();
        let text = if cut {
            word.text.strip_suffix(is_hyphen).unwrap_or(&word.text)
        } else {
            &word.text
        };
        self.text.push_str(text);
        if !word.raised.is_empty() {
            self.mark(Mark::Raised(true));
            self.text.push_str(&word.raised);
            self.mark(Mark::Raised(false));
        }
        let span = Span::new(start, self.text.len());
        self.layout
            .bounds(span, self.page, line.bounds(word.left, word.right));
    }

    fn table(&mut self, page: usize, table: &Table) {
        self.go_to(page);
        self.mark(Mark::Table);
        for (index, row) in table.rows.iter().enumerate() {
            let mut lines = row.iter().flat_map(|cell| &cell.lines).peekable();
            let head = index == 0 && lines.peek().is_some() && lines.all(Piece::is_bold);
            self.mark(Mark::Row { head });
            for (at, cell) in row.iter().enumerate().filter(|(_, cell)| cell.columns > 0) {
                if at > 0 {
                    self.text.push('\t');
                }
                self.mark(Mark::Cell {
                    columns: cell.columns,
                    rows: cell.rows,
                });
                if cell.lines.is_empty() {
                    continue;
                }
                self.mark(Mark::Begin(Role::Paragraph));
                let lines: Vec<(usize, &Piece)> =
                    cell.lines.iter().map(|line| (page, line)).collect();
                self.lines(&lines, false);
                self.mark(Mark::End);
            }
            self.mark(Mark::EndRow);
            self.text.push('\n');
        }
        self.mark(Mark::EndTable);
    }

    /// Writes pieces below each other as they stand, to be read as a table of plain text is.
    fn grid(&mut self, page: usize, rows: &[Row]) {
        self.go_to(page);
        let pieces = || rows.iter().flatten();
        let left = pieces().map(|piece| piece.left).fold(f32::MAX, f32::min);
        let (width, letters) = pieces().fold((0.0, 0), |(width, letters), piece| {
            (width + piece.right - piece.left, letters + piece.width())
        });
        #[expect(clippy::cast_precision_loss, reason = "letters of a few lines")]
        let letter = (width / letters.max(1) as f32).max(1.0);
        self.mark(Mark::Lines);
        for row in rows {
            let mut column = 0;
            for (at, piece) in row.iter().enumerate() {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a column on a page, counted from the left"
                )]
                let start = ((piece.left - left) / letter).round() as usize;
                let gap =
                    start
                        .min(MAX_COLUMN)
                        .saturating_sub(column)
                        .max(if at > 0 { 3 } else { 0 });
                self.text.push_str(&" ".repeat(gap));
                for (at, word) in piece.words.iter().enumerate() {
                    if at > 0 && !word.glued {
                        self.text.push(' ');
                    }
                    self.word_of_grid(piece, word);
                }
                column += gap + piece.text().chars().count();
            }
            self.text.push('\n');
        }
        self.mark(Mark::End);
    }

    /// Writes a word without marks; marks of notes are left out.
    fn word_of_grid(&mut self, line: &Piece, word: &Word) {
        let start = self.text.len();
        self.text.push_str(&word.text);
        let number = word
            .raised
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '*' | '†' | '‡'));
        if !number {
            self.text.push_str(&word.raised);
        }
        let span = Span::new(start, self.text.len());
        self.layout
            .bounds(span, self.page, line.bounds(word.left, word.right));
    }
}

/// Columns of characters that a page may have.
const MAX_COLUMN: usize = 500;
