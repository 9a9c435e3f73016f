//! A document of which only the words of its facts are known.
//!
//! They are put on the lines and columns that records tell, with blanks before them, so that a diagnostic points to where they stand
//! and shows them. Where the bytes that records tell go with that, they hold too.

use std::{cmp::Reverse, collections::BTreeMap};

use super::fact::Told;
use crate::{
    document::{Block, BlockKind, Document, Row, Table, TextBuilder},
    facts::{Facts, Place, UNTOLD},
    layout,
    source::{KnownLine, SourceFile},
    span::{LineColumn, Span},
};

/// Most blanks that are put into a document, so that a column that nobody wrote costs no memory.
const MOST_BLANKS: usize = 1 << 22;
/// Level of the headings that facts say they stand under.
const LEVEL: u8 = 2;

/// A document with these facts.
pub(super) fn document(path: &str, mut told: Vec<Told>) -> (SourceFile, Document, Facts) {
    let by_bytes = told
        .iter()
        .all(|fact| fact.start.is_some() && fact.end.is_some());
    if by_bytes {
        told.sort_by_key(|fact| (fact.start, Reverse(fact.end)));
    } else {
        let last = |number: Option<usize>| number.unwrap_or(usize::MAX);
        told.sort_by_key(|fact| (last(fact.line), last(fact.column)));
    }
    let pieces = pieces(&told, by_bytes);
    let laid = by_bytes.then(|| Page::of(&pieces, true)).flatten();
    let page = laid
        .or_else(|| Page::of(&pieces, false))
        .unwrap_or_default();
    let mut writer = Writer::default();
    for (piece, source) in pieces.iter().zip(&page.starts) {
        writer.piece(piece, *source);
    }
    let Writer {
        builder,
        blocks,
        places,
        ..
    } = writer;
    let lines = page.lines.iter().map(|line| KnownLine {
        offset: line.offset,
        number: line.number,
        text: &line.text,
        places: line.places.clone(),
        told: line.told.clone(),
    });
    let file = SourceFile::of_lines(path, lines);
    let (text, map) = builder.finish();
    let document = Document {
        text,
        blocks,
        map,
        comments: Vec::new(),
    };
    let numbers: Vec<usize> = pieces
        .iter()
        .flat_map(|piece| piece.facts.iter().map(|(at, ..)| *at))
        .collect();
    drop(pieces);
    let mut placed: Vec<_> = numbers.into_iter().zip(places).collect();
    placed.sort_by_key(|(at, _)| *at);
    let facts = told.into_iter().zip(placed);
    let mut facts: Vec<_> = facts
        .map(|(told, (_, (span, place)))| told.fact(span, place))
        .collect();
    facts.sort_by_key(|fact| (fact.span, fact.kind));
    let facts = Facts {
        facts,
        bare: true,
        ..Facts::default()
    };
    (file, document, facts)
}

/// Words that stand together: those of a fact, and of others that share some of them.
struct Piece<'a> {
    words: String,
    /// Bytes of the file, where they are known.
    written: Span,
    lead: &'a Told,
    /// By its number, each fact and the bytes of the words that state it.
    facts: Vec<(usize, Span, &'a Told)>,
}

fn pieces(told: &[Told], by_bytes: bool) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    for (at, fact) in told.iter().enumerate() {
        let start = fact.start.unwrap_or_default();
        let written = Span::new(start, fact.end.unwrap_or(start));
        // A line end would be taken for one of the file.
        let words = fact.words.replace(['\n', '\r'], " ");
        let last = pieces.last_mut().filter(|_| by_bytes);
        if let Some((piece, start)) = last.and_then(|piece| {
            let start = piece.take(&words, written)?;
            Some((piece, start))
        }) {
            let span = Span::new(start, start + words.len());
            piece.facts.push((at, span, fact));
            continue;
        }
        pieces.push(Piece {
            facts: vec![(at, Span::new(0, words.len()), fact)],
            words,
            written,
            lead: fact,
        });
    }
    pieces
}

/// Most bytes that the words of two facts are compared over.
const COMPARED: usize = 4096;

impl Piece<'_> {
    /// Where in the piece words stand that stand at these bytes of the file, those that it lacks added to it; `None` where they stand
    /// behind it. White space is folded in words and not in the file, so that they stand some bytes before where they would.
    fn take(&mut self, words: &str, written: Span) -> Option<usize> {
        if written.start >= self.written.end {
            return None;
        }
        let inside = written.start - self.written.start;
        let folded = self.written.len().saturating_sub(self.words.len());
        if written.end <= self.written.end {
            let least = inside.saturating_sub(folded.min(COMPARED));
            let stands = |start: &usize| {
                let rest = self.words.get(*start..);
                rest.is_some_and(|rest| rest.starts_with(words))
            };
            return (least..=inside).rev().find(stands);
        }
        let most = (self.written.end - written.start).min(words.len());
        let least = most.saturating_sub(folded.min(COMPARED));
        let shared = (least..=most).rev().find(|shared| {
            let start = words.get(..*shared);
            start.is_some_and(|start| self.words.ends_with(start))
        })?;
        let start = self.words.len() - shared;
        self.words.push_str(words.get(shared..).unwrap_or_default());
        self.written.end = written.end;
        Some(start)
    }
}

/// The lines of a file as far as they are known.
#[derive(Default)]
struct Page {
    lines: Vec<LineOf>,
    /// For each piece, its first byte.
    starts: Vec<usize>,
    blanks: usize,
}

struct LineOf {
    number: usize,
    offset: usize,
    text: String,
    /// Characters of the text.
    columns: usize,
    places: BTreeMap<Span, layout::Place>,
    told: BTreeMap<usize, LineColumn>,
}

impl Page {
    /// The pieces on their lines; `None` where they are to stand at their bytes, and these do not go with lines and columns.
    fn of(pieces: &[Piece<'_>], exact: bool) -> Option<Self> {
        let mut page = Self::default();
        for piece in pieces {
            let start = page.put(piece, exact)?;
            let line = page.lines.last_mut()?;
            for (_, span, fact) in &piece.facts {
                let span = Span::new(start + span.start, start + span.end);
                if let Some(place) = &fact.place {
                    line.places.insert(span, place.clone());
                }
                if let (Some(number), Some(column)) = (fact.line, fact.column) {
                    let at = LineColumn {
                        line: number.max(1),
                        column: column.max(1),
                    };
                    line.told.insert(span.start, at);
                }
            }
            page.starts.push(start);
        }
        Some(page)
    }

    /// Puts a piece on its line, and gives back its first byte.
    fn put(&mut self, piece: &Piece<'_>, exact: bool) -> Option<usize> {
        let last = self.lines.last();
        let (reached, current) = last.map_or((0, None), |line| {
            (line.offset + line.text.len() + 1, Some(line.number))
        });
        let number = piece.lead.line.map(|line| line.saturating_sub(1));
        let number = number.or(current).unwrap_or_default();
        let column = piece.lead.column.map(|column| column.saturating_sub(1));
        if current.is_none_or(|current| current < number) {
            let blanks = self.allowed(column.unwrap_or_default(), exact)?;
            let offset = if exact {
                let offset = piece.written.start.checked_sub(blanks)?;
                (offset >= reached).then_some(offset)?
            } else {
                reached
            };
            self.lines.push(LineOf {
                number,
                offset,
                text: " ".repeat(blanks),
                columns: blanks,
                places: BTreeMap::new(),
                told: BTreeMap::new(),
            });
        } else {
            let line = self.lines.last()?;
            let columns = column.and_then(|column| column.checked_sub(line.columns));
            let gap = if exact {
                let bytes = piece
                    .written
                    .start
                    .checked_sub(line.offset + line.text.len())?;
                let columns = columns.or_else(|| column.is_none().then_some(bytes))?;
                let columns = self.allowed(columns, true)?;
                blank(bytes, columns)?
            } else {
                " ".repeat(self.allowed(columns.unwrap_or(1), false)?.max(1))
            };
            let line = self.lines.last_mut()?;
            line.columns += gap.chars().count();
            line.text.push_str(&gap);
        }
        let line = self.lines.last_mut()?;
        let start = line.offset + line.text.len();
        line.text.push_str(&piece.words);
        line.columns += piece.words.chars().count();
        Some(start)
    }

    /// So many blanks, where there may be: else none, or `None` where it must be so many.
    fn allowed(&mut self, blanks: usize, exact: bool) -> Option<usize> {
        if blanks <= MOST_BLANKS - self.blanks {
            self.blanks += blanks;
            return Some(blanks);
        }
        (!exact).then_some(0)
    }
}

/// Blanks of so many bytes and columns; `None` where no text has them.
fn blank(bytes: usize, columns: usize) -> Option<String> {
    let more = bytes.checked_sub(columns)?;
    let (wide, narrow) = (more / 2, more % 2);
    let plain = columns.checked_sub(wide + narrow)?;
    // An em space has three bytes, a no-break space two.
    Some(
        [
            "\u{2003}".repeat(wide),
            "\u{a0}".repeat(narrow),
            " ".repeat(plain),
        ]
        .concat(),
    )
}

/// Writes blocks of words.
#[derive(Default)]
struct Writer {
    builder: TextBuilder,
    blocks: Vec<Block>,
    /// Where facts stand, in the order of the pieces.
    places: Vec<(Span, Place)>,
    /// The key of the block that was written last.
    last: Option<String>,
    by_block: BTreeMap<String, usize>,
    by_section: BTreeMap<String, usize>,
    by_sentence: BTreeMap<String, usize>,
}

impl Writer {
    fn piece(&mut self, piece: &Piece<'_>, source: usize) {
        let lead = piece.lead;
        let here = Span::new(source, source);
        let section = lead
            .section
            .as_deref()
            .filter(|section| !section.is_empty());
        let section = section.map(|section| self.section(section, here));
        let read = lead.read.as_ref();
        let line = || format!("line {}", lead.line.unwrap_or_default());
        let key = lead.block.clone();
        let key = key.or_else(|| Some(format!("block {}", read?.block)));
        let key = key.unwrap_or_else(line);
        let heads = lead.column_head.is_some() || lead.row_head.is_some();
        let (block, start) = if heads {
            self.table(piece, section, source)
        } else {
            self.words(piece, section, source, &key)
        };
        for (_, span, fact) in &piece.facts {
            let read = fact.read.as_ref();
            let sentence = fact.sentence.clone();
            let sentence = sentence.or_else(|| Some(format!("sentence {}", read?.sentence)));
            let next = self.by_sentence.len();
            let sentence = sentence.map(|key| *self.by_sentence.entry(key).or_insert(next));
            let place = Place {
                block,
                sentence: sentence.unwrap_or(UNTOLD),
                cell: match read {
                    Some(read) if !heads => read.cell,
                    _ => heads.then_some((1, 1)),
                },
            };
            let span = Span::new(start + span.start, start + span.end);
            self.places.push((span, place));
        }
    }

    /// Begins a block.
    fn begin(&mut self, here: Span) -> usize {
        if !self.builder.is_empty() {
            self.builder.replace("\n\n", here);
        }
        self.builder.len()
    }

    /// The heading of these words, written where it is new.
    fn section(&mut self, words: &str, here: Span) -> usize {
        if let Some(known) = self.by_section.get(words) {
            return *known;
        }
        let start = self.begin(here);
        self.builder.replace(words, here);
        let at = self.blocks.len();
        self.blocks.push(Block {
            kind: BlockKind::Heading { level: LEVEL },
            span: Span::new(start, self.builder.len()),
            section: None,
        });
        self.by_section.insert(words.to_owned(), at);
        self.last = None;
        at
    }

    /// Writes words into the block of a key, and gives back its number and their first byte.
    fn words(
        &mut self,
        piece: &Piece<'_>,
        section: Option<usize>,
        source: usize,
        key: &str,
    ) -> (usize, usize) {
        let goes_on = self.last.as_deref() == Some(key);
        let start = if goes_on {
            self.builder.replace(" ", Span::new(source, source));
            self.builder.len()
        } else {
            self.begin(Span::new(source, source))
        };
        self.builder.copy(&piece.words, source);
        let end = self.builder.len();
        if goes_on {
            if let Some(block) = self.blocks.last_mut() {
                block.span.end = end;
            }
        } else {
            self.blocks.push(Block {
                kind: BlockKind::Paragraph,
                span: Span::new(start, end),
                section,
            });
        }
        self.last = Some(key.to_owned());
        let number = self.blocks.len() - 1;
        let number = self.by_block.entry(key.to_owned()).or_insert(number);
        (*number, start)
    }

    /// Writes words into a cell with the heads that they have.
    fn table(
        &mut self,
        piece: &Piece<'_>,
        section: Option<usize>,
        source: usize,
    ) -> (usize, usize) {
        let here = Span::new(source, source);
        let start = self.begin(here);
        let mut head = |words: &Option<String>, after: &str| {
            let start = self.builder.len();
            self.builder
                .replace(words.as_deref().unwrap_or_default(), here);
            let span = Span::new(start, self.builder.len());
            self.builder.replace(after, here);
            span
        };
        let corner = head(&None, "\t");
        let column = head(&piece.lead.column_head, "\n");
        let row = head(&piece.lead.row_head, "\t");
        let first = self.builder.len();
        self.builder.copy(&piece.words, source);
        let cell = Span::new(first, self.builder.len());
        let rows = vec![
            Row {
                head: true,
                cells: vec![corner, column],
            },
            Row {
                head: false,
                cells: vec![row, cell],
            },
        ];
        self.blocks.push(Block {
            kind: BlockKind::Table(Table { rows }),
            span: Span::new(start, self.builder.len()),
            section,
        });
        self.last = None;
        (self.blocks.len() - 1, first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_of_some_bytes_and_columns() {
        for (bytes, columns) in [(0, 0), (4, 4), (5, 4), (9, 4), (12, 4)] {
            let blank = blank(bytes, columns).expect("a text");
            assert_eq!((blank.len(), blank.chars().count()), (bytes, columns));
        }
        assert_eq!(blank(3, 4), None);
        assert_eq!(blank(13, 4), None);
    }
}
