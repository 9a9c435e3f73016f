//! What is shown of a file: the blocks of its text, and which remarks stand where in them.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::notes::cropped;
use crate::{
    diagnostic::{Diagnostic, Label},
    document::{Block, BlockKind, Document, TextBuilder},
    output::{Results, page::Page, place::Place},
    source::SourceFile,
    span::{SourceId, Span, text_at},
};

/// Blocks of one place that are marked; longer ones are marked in these first.
const MARKED_BLOCKS: usize = 100;

/// Bytes around a place that are shown of a file that was not read as a document.
const AROUND: usize = 240;

/// A problem with its number, and where it stands on the page.
#[derive(Debug)]
pub(super) struct Remark<'a> {
    /// From 1, in the order of the report.
    pub number: usize,
    /// The problem.
    pub diagnostic: &'a Diagnostic,
    /// Index of its rule among those that found something.
    pub rule: usize,
    /// The places that the page shows, the one reported first.
    pub spots: Vec<Spot<'a>>,
}

/// A place of a remark.
#[derive(Debug)]
pub(super) struct Spot<'a> {
    /// The place in the author's file.
    pub place: Place<'a>,
    /// Index of the view that shows it.
    pub view: usize,
    /// Index of the block.
    pub block: usize,
    /// Bytes of the text that is shown.
    pub span: Span,
    /// What stands there, as it is read; no more than its first words.
    pub words: String,
}

impl Spot<'_> {
    /// What places are ordered by on the page.
    pub(super) const fn order(&self) -> (usize, usize, usize) {
        (self.view, self.span.start, self.span.end)
    }
}

/// A spot of a remark, by their indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub remark: usize,
    pub spot: usize,
}

/// A file that is shown.
#[derive(Debug)]
pub(super) struct View<'a> {
    /// The file.
    pub file: &'a SourceFile,
    /// Its page; `None` for a file that was not read as a document, of which only the places are shown.
    pub page: Option<&'a Page<'a>>,
    /// Its text and blocks; there is at least one block where there is a place.
    pub document: Cow<'a, Document>,
    /// The marks that touch each block, by its index.
    pub marks: BTreeMap<usize, BTreeSet<Mark>>,
    /// The remarks that are reported in it, by their indices.
    pub reported: Vec<usize>,
    /// How many that are reported in another file have a place in it.
    pub told_elsewhere: usize,
}

/// The files that are shown, in their order, and the remarks with their places in them.
pub(super) fn views<'a>(results: &'a Results<'a>) -> (Vec<View<'a>>, Vec<Remark<'a>>) {
    let mut views = Vec::new();
    let mut by_source: BTreeMap<SourceId, usize> = BTreeMap::new();
    for page in results.pages {
        if let Some(file) = results.sources.get(page.source) {
            by_source.insert(page.source, views.len());
            views.push(View::new(file, Some(page), Cow::Borrowed(page.document)));
        }
    }
    for (source, spans) in others(results, &by_source) {
        if let Some(file) = results.sources.get(source) {
            by_source.insert(source, views.len());
            views.push(View::new(file, None, Cow::Owned(excerpt(file, &spans))));
        }
    }
    let remarks = remarks(results, &mut views, &by_source);
    (views, remarks)
}

/// The places in files that were not read as documents.
fn others(
    results: &Results<'_>,
    known: &BTreeMap<SourceId, usize>,
) -> BTreeMap<SourceId, Vec<Span>> {
    let labels = results.diagnostics.iter().flat_map(|found| &found.labels);
    let mut others: BTreeMap<SourceId, Vec<Span>> = BTreeMap::new();
    for label in labels.filter(|label| !known.contains_key(&label.source)) {
        others.entry(label.source).or_default().push(label.span);
    }
    others
}

/// What stands around places of a file: a paragraph for each stretch.
fn excerpt(file: &SourceFile, spans: &[Span]) -> Document {
    let text = file.text();
    let mut stretches: Vec<Span> = Vec::new();
    let mut spans = spans.to_vec();
    spans.sort();
    for span in spans {
        let start = text.floor_char_boundary(span.start.saturating_sub(AROUND).min(text.len()));
        let end = text.ceil_char_boundary(span.end.saturating_add(AROUND).min(text.len()));
        match stretches.last_mut().filter(|last| start <= last.end) {
            Some(last) => *last = last.join(Span::new(start, end)),
            None => stretches.push(Span::new(start, end)),
        }
    }
    let (mut builder, mut blocks) = (TextBuilder::new(), Vec::new());
    for stretch in stretches {
        if !builder.is_empty() {
            builder.replace("\n\n", Span::new(stretch.start, stretch.start));
        }
        let start = builder.len();
        let cut = |at: bool, builder: &mut TextBuilder, offset| {
            if at {
                builder.replace("…", Span::new(offset, offset));
            }
        };
        cut(stretch.start > 0, &mut builder, stretch.start);
        builder.copy(file.text_of(stretch), stretch.start);
        cut(stretch.end < text.len(), &mut builder, stretch.end);
        blocks.push(Block {
            kind: BlockKind::Paragraph,
            span: Span::new(start, builder.len()),
            section: None,
        });
    }
    let (text, map) = builder.finish();
    Document {
        text,
        blocks,
        map,
        ..Document::default()
    }
}

/// The problems in their order, each with its places; the views learn which marks their blocks have.
fn remarks<'a>(
    results: &'a Results<'a>,
    views: &mut [View<'a>],
    by_source: &BTreeMap<SourceId, usize>,
) -> Vec<Remark<'a>> {
    let remarks = numbered(results, views, by_source);
    for (at, remark) in remarks.iter().enumerate() {
        let mut shown: Vec<usize> = remark.spots.iter().map(|spot| spot.view).collect();
        if let Some(view) = shown.first().and_then(|first| views.get_mut(*first)) {
            view.reported.push(at);
        }
        let first = shown.first().copied();
        shown.sort_unstable();
        shown.dedup();
        for view in shown.into_iter().filter(|view| Some(*view) != first) {
            if let Some(view) = views.get_mut(view) {
                view.told_elsewhere += 1;
            }
        }
        for (number, spot) in remark.spots.iter().enumerate() {
            if let Some(view) = views.get_mut(spot.view) {
                view.add(at, number, spot);
            }
        }
    }
    remarks
}

/// The problems in their order, each with its places.
fn numbered<'a>(
    results: &'a Results<'a>,
    views: &[View<'a>],
    by_source: &BTreeMap<SourceId, usize>,
) -> Vec<Remark<'a>> {
    let backwards: Vec<_> = views
        .iter()
        .map(|view| view.document.map.backwards(view.document.text.len()))
        .collect();
    let spot = |label: &'a Label| {
        let view = *by_source.get(&label.source)?;
        let document = &views.get(view)?.document;
        let text = &document.text;
        let clean = backwards.get(view)?.to_clean(label.span);
        let span = clean.unwrap_or(Span::new(text.len(), text.len()));
        let span = Span::new(
            text.floor_char_boundary(span.start),
            text.ceil_char_boundary(span.end),
        );
        Some(Spot {
            place: Place::of(label, results.sources)?,
            view,
            block: block_at(document, span.start)?,
            span,
            words: cropped(text_at(text, span)),
        })
    };
    let rules = rules(results);
    let numbered = results.diagnostics.iter().zip(1..);
    numbered
        .map(|(diagnostic, number)| Remark {
            number,
            diagnostic,
            rule: rules
                .iter()
                .position(|rule| *rule == diagnostic.code)
                .unwrap_or_default(),
            spots: diagnostic.labels.iter().filter_map(spot).collect(),
        })
        .collect()
}

/// The rules that found something, in the order of their names.
pub(super) fn rules<'a>(results: &Results<'a>) -> Vec<&'a str> {
    let codes = results.diagnostics.iter().map(|found| found.code.as_str());
    codes.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The block that holds an offset, else the next one, else the last.
fn block_at(document: &Document, offset: usize) -> Option<usize> {
    let blocks = &document.blocks;
    let before = blocks.partition_point(|block| block.span.end <= offset);
    before.min(blocks.len().checked_sub(1)?).into()
}

impl<'a> View<'a> {
    const fn new(
        file: &'a SourceFile,
        page: Option<&'a Page<'a>>,
        document: Cow<'a, Document>,
    ) -> Self {
        Self {
            file,
            page,
            document,
            marks: BTreeMap::new(),
            reported: Vec::new(),
            told_elsewhere: 0,
        }
    }

    fn add(&mut self, remark: usize, at: usize, spot: &Spot<'_>) {
        let mark = Mark { remark, spot: at };
        let blocks = self.document.blocks.iter().enumerate().skip(spot.block);
        let touched = blocks
            .take(MARKED_BLOCKS)
            .take_while(|(block, found)| *block == spot.block || found.span.start < spot.span.end)
            .map(|(block, _)| block);
        for block in touched {
            self.marks.entry(block).or_default().insert(mark);
        }
    }
}
