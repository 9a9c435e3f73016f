//! Edits after which a document says what it said before: no rule may raise anything for them.

use super::{Change, edit::Edit};
use crate::{
    document::BlockKind,
    facts::schema::{FIGURE, figure},
    lint::Read,
    span::{Span, text_at},
    value::Unit,
};

/// Finds the edits of one sort in a document and its text.
type Find = fn(&Read, &str) -> Vec<Edit>;

/// Every harmless edit of a document, each sort of it all over the running text at once.
pub(super) fn edits(read: &Read, text: &str) -> Vec<Change> {
    let sorts: [(&'static str, Find); 5] = [
        ("other line ends", wrapped),
        ("other quotation marks", straight_marks),
        ("“per cent” for “%”", percent_words),
        ("no-break spaces", no_break_spaces),
        ("rounded shares", rounded),
    ];
    let changes = sorts.into_iter().map(|(name, find)| Change {
        name,
        edits: find(read, text),
    });
    changes.filter(|change| !change.edits.is_empty()).collect()
}

/// The paragraphs, as bytes of the author's file, without those whose text differs much from it.
fn paragraphs(read: &Read) -> impl Iterator<Item = Span> {
    let blocks = read.document.blocks.iter();
    let running = blocks.filter(|block| matches!(block.kind, BlockKind::Paragraph));
    running.map(|block| read.document.map.to_source(block.span))
}

/// Places in the paragraphs where `wanted` stands, each as a span of the author's file.
fn places<'a>(read: &'a Read, text: &'a str, wanted: &'a str) -> impl Iterator<Item = Span> + 'a {
    paragraphs(read).flat_map(move |paragraph| {
        text_at(text, paragraph)
            .match_indices(wanted)
            .map(move |(at, _)| {
                let start = paragraph.start + at;
                Span::new(start, start + wanted.len())
            })
    })
}

/// The characters right before and after a span.
fn around(text: &str, span: Span) -> (Option<char>, Option<char>) {
    let before = text
        .get(..span.start)
        .and_then(|before| before.chars().next_back());
    let after = text.get(span.end..).and_then(|after| after.chars().next());
    (before, after)
}

/// A line end in place of a space between two words in small letters, here and there.
fn wrapped(read: &Read, text: &str) -> Vec<Edit> {
    let between = |span: &Span| {
        let (before, after) = around(text, *span);
        [before, after]
            .iter()
            .all(|c| c.is_some_and(|c| c.is_ascii_lowercase()))
    };
    let spaces = places(read, text, " ").filter(between);
    spaces
        .step_by(7)
        .map(|span| Edit::new(span, "\n"))
        .collect()
}

/// Straight marks in place of curly double ones.
fn straight_marks(read: &Read, text: &str) -> Vec<Edit> {
    let curly = ["“", "”"];
    let marks = curly.into_iter().flat_map(|mark| places(read, text, mark));
    marks.map(|span| Edit::new(span, "\"")).collect()
}

fn percent_words(read: &Read, text: &str) -> Vec<Edit> {
    let signs = places(read, text, "%").filter(|span| {
        let (before, after) = around(text, *span);
        before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c == ' ')
    });
    signs.map(|span| Edit::new(span, " per cent")).collect()
}

/// No-break spaces between a numeral and a word.
fn no_break_spaces(read: &Read, text: &str) -> Vec<Edit> {
    let spaces = places(read, text, " ").filter(|span| {
        let (before, after) = around(text, *span);
        before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_lowercase())
    });
    spaces.map(|span| Edit::new(span, "\u{a0}")).collect()
}

/// Shares with a decimal that no other fact leans on, printed as "about" the whole number.
fn rounded(read: &Read, text: &str) -> Vec<Edit> {
    let figures = read
        .facts
        .facts
        .iter()
        .filter(|fact| fact.kind == FIGURE)
        .filter_map(|fact| {
            let value = fact.get(figure::Slot::value).as_number()?;
            let alone = fact.get(figure::Slot::within).as_words() == Some("")
                && fact.get(figure::Slot::hedge).is_unknown()
                && fact.place.cell.is_none();
            let fraction = value.value().scale() > 0 && value.unit() == Unit::Percent;
            let source = read.document.map.to_source(fact.span);
            let printed = text_at(text, source);
            (alone && fraction && printed == format!("{}%", value.value()))
                .then(|| Edit::new(source, format!("about {}%", value.value().round())))
        });
    figures.collect()
}
