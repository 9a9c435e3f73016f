//! The text of a file: its blocks, with the marks of remarks in them.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::{
    notes,
    view::{Mark, Remark, View},
};
use crate::{
    document::{Block, BlockKind, Table},
    output::printable,
    span::{Span, text_at},
};

/// Remarks that one stretch of text is marked for; more are told by their numbers only.
const DEPTH: usize = 6;

/// What the page shows of a file, ready to be written.
pub(super) struct Text<'a> {
    view: &'a View<'a>,
    at: usize,
    remarks: &'a [Remark<'a>],
    /// Blocks that something leads to.
    anchors: BTreeSet<usize>,
}

/// The text of the view with this index.
pub(super) fn text(view: &View<'_>, at: usize, remarks: &[Remark<'_>]) -> Markup {
    let facts = view.page.iter().flat_map(|page| &page.facts);
    Text {
        view,
        at,
        remarks,
        anchors: facts.map(|fact| fact.block).collect(),
    }
    .write()
}

/// The name that a block of a view can be linked to by.
pub(super) fn anchor(view: usize, block: usize) -> String {
    format!("d{}-b{block}", view + 1)
}

impl Text<'_> {
    /// Passages: a block with marks, what is said of it, and the blocks up to the next one with marks.
    fn write(&self) -> Markup {
        let outline = self.outline();
        let n_blocks = self.view.document.blocks.len();
        let marked: Vec<usize> = self.view.marks.keys().copied().collect();
        let leads: Vec<usize> = marked.iter().map(|block| self.lead(*block)).collect();
        let ends = leads.iter().skip(1).copied().chain([n_blocks]);
        html! {
            (self.rest(0, leads.first().copied().unwrap_or(n_blocks), &outline))
            @for ((block, lead), end) in marked.iter().zip(&leads).zip(ends) {
                div.passage {
                    div.lead { (self.blocks(*lead, block + 1, &outline)) }
                    div.notes { (notes::notes(self.at, *block, self.remarks, &self.marks(*block))) }
                    (self.rest(block + 1, end, &outline))
                }
            }
        }
    }

    /// The first of the headings right above a block that have no marks of their own; the block itself where there is none.
    fn lead(&self, block: usize) -> usize {
        let above = self.view.document.blocks.get(..block).unwrap_or_default();
        let headings = above.iter().enumerate().rev().take_while(|(at, above)| {
            matches!(above.kind, BlockKind::Heading { .. }) && !self.view.marks.contains_key(at)
        });
        block - headings.count()
    }

    fn rest(&self, start: usize, end: usize, outline: &BTreeMap<usize, usize>) -> Markup {
        html! { @if start < end { div.rest { (self.blocks(start, end, outline)) } } }
    }

    fn marks(&self, block: usize) -> Vec<Mark> {
        let marks = self.view.marks.get(&block).into_iter().flatten();
        marks.copied().collect()
    }

    /// Of each heading the level that it is shown at, below the name of the file and never more than one deeper than the last;
    /// of each table its number.
    fn outline(&self) -> BTreeMap<usize, usize> {
        let (mut level, mut tables) = (2, 0);
        let blocks = self.view.document.blocks.iter().enumerate();
        blocks
            .filter_map(|(at, block)| match block.kind {
                BlockKind::Heading { level: of } => {
                    level = (usize::from(of) + 2).min(level + 1).min(6);
                    Some((at, level))
                }
                BlockKind::Table(_) => {
                    tables += 1;
                    Some((at, tables))
                }
                _ => None,
            })
            .collect()
    }

    /// Blocks from `start` up to `end`; items that follow each other make a list.
    fn blocks(&self, start: usize, end: usize, outline: &BTreeMap<usize, usize>) -> Markup {
        let blocks = self.view.document.blocks.get(start..end);
        let numbered: Vec<(usize, &Block)> = blocks
            .unwrap_or_default()
            .iter()
            .zip(start..)
            .map(|(block, at)| (at, block))
            .collect();
        let is_item = |block: &Block| matches!(block.kind, BlockKind::ListItem(_));
        let chunks = numbered.chunk_by(|(_, a), (_, b)| is_item(a) && is_item(b));
        html! {
            @for chunk in chunks {
                @if chunk.iter().any(|(_, block)| is_item(block)) {
                    ul.items role="list" { @for (at, block) in chunk { (self.block(*at, block, outline)) } }
                } @else {
                    @for (at, block) in chunk { (self.block(*at, block, outline)) }
                }
            }
        }
    }

    fn block(&self, at: usize, block: &Block, outline: &BTreeMap<usize, usize>) -> Markup {
        let id = self.anchors.contains(&at).then(|| anchor(self.at, at));
        let id = id.as_deref();
        let text = || self.pieces(at, &[block.span]).into_iter().next();
        match &block.kind {
            BlockKind::Heading { .. } => {
                let text = text();
                match outline.get(&at) {
                    Some(3) => html! { h3 id=[id] { (text.unwrap_or_default()) } },
                    Some(4) => html! { h4 id=[id] { (text.unwrap_or_default()) } },
                    Some(5) => html! { h5 id=[id] { (text.unwrap_or_default()) } },
                    _ => html! { h6 id=[id] { (text.unwrap_or_default()) } },
                }
            }
            BlockKind::ListItem(item) => html! {
                li id=[id] class={ "depth-" (item.depth.min(4)) } {
                    span.marker { @if item.number.is_empty() { "•" } @else { (printable(&item.number)) } }
                    " " (text().unwrap_or_default())
                }
            },
            BlockKind::Table(table) if table.rows.iter().any(|row| !row.cells.is_empty()) => {
                self.table(at, table, id, outline.get(&at).copied().unwrap_or(1))
            }
            BlockKind::Quotation => {
                html! { blockquote id=[id] { p { (text().unwrap_or_default()) } } }
            }
            BlockKind::Caption => html! { p.caption id=[id] { (text().unwrap_or_default()) } },
            BlockKind::Paragraph | BlockKind::Table(_) => {
                html! { p id=[id] { (text().unwrap_or_default()) } }
            }
        }
    }

    fn table(&self, at: usize, table: &Table, id: Option<&str>, number: usize) -> Markup {
        let cells: Vec<Span> = table
            .rows
            .iter()
            .flat_map(|row| row.cells.iter().copied())
            .collect();
        let mut texts = self.pieces(at, &cells).into_iter();
        html! {
            div.scroll id=[id] role="region" tabindex="0" aria-label={ "Table " (number) " of " (printable(self.view.file.name())) } {
                table {
                    @for row in &table.rows {
                        tr {
                            @for text in texts.by_ref().take(row.cells.len()) {
                                @if row.head { th scope="col" { (text) } } @else { td { (text) } }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Pieces of a block, each with its marks; the number of a remark stands at the end of its place.
    fn pieces(&self, block: usize, pieces: &[Span]) -> Vec<Markup> {
        let marks = self.marks(block);
        let mut numbers: BTreeMap<usize, Vec<(usize, Mark)>> = BTreeMap::new();
        let mut spans = Vec::with_capacity(marks.len());
        for mark in marks {
            let Some(spot) = self
                .remarks
                .get(mark.remark)
                .and_then(|found| found.spots.get(mark.spot))
            else {
                continue;
            };
            spans.push((spot.span, mark));
            if spot.block != block {
                continue;
            }
            let last = spot.span.end.saturating_sub(1).max(spot.span.start);
            let piece = pieces
                .partition_point(|piece| piece.start <= last)
                .saturating_sub(1);
            if let Some(of) = pieces.get(piece) {
                let end = spot.span.end.clamp(of.start, of.end);
                numbers.entry(piece).or_default().push((end, mark));
            }
        }
        let numbers = |piece| numbers.get(&piece).map(Vec::as_slice).unwrap_or_default();
        let pieces = pieces.iter().enumerate();
        pieces
            .map(|(at, piece)| self.piece(*piece, &spans, numbers(at)))
            .collect()
    }

    fn piece(&self, piece: Span, spans: &[(Span, Mark)], numbers: &[(usize, Mark)]) -> Markup {
        let within = |span: Span| {
            Span::new(
                span.start.clamp(piece.start, piece.end),
                span.end.clamp(piece.start, piece.end),
            )
        };
        let spans: Vec<(Span, Mark)> = spans
            .iter()
            .map(|(span, mark)| (within(*span), *mark))
            .filter(|(span, _)| !span.is_empty())
            .collect();
        // Where marks begin (true) and end, and where numbers stand.
        let mut turns: BTreeMap<usize, Vec<(bool, Mark)>> =
            BTreeMap::from([(piece.start, Vec::new()), (piece.end, Vec::new())]);
        for (span, mark) in spans {
            turns.entry(span.start).or_default().push((true, mark));
            turns.entry(span.end).or_default().push((false, mark));
        }
        let mut numbered: BTreeMap<usize, Vec<Mark>> = BTreeMap::new();
        for (end, mark) in numbers {
            turns.entry(*end).or_default();
            numbered.entry(*end).or_default().push(*mark);
        }
        let mut active: BTreeSet<Mark> = BTreeSet::new();
        let mut stretches: Vec<(Markup, &[Mark])> = Vec::with_capacity(turns.len());
        let mut done = piece.start;
        for (offset, turned) in &turns {
            let text = text_at(&self.view.document.text, Span::new(done, *offset));
            let here = numbered.get(offset).map(Vec::as_slice).unwrap_or_default();
            stretches.push((self.marked(text, &active), here));
            for (begins, mark) in turned {
                if *begins {
                    active.insert(*mark);
                } else {
                    active.remove(mark);
                }
            }
            done = *offset;
        }
        html! {
            @for (stretch, numbers) in stretches {
                (stretch)
                @for mark in numbers { (notes::number(*mark, self.remarks)) }
            }
        }
    }

    fn marked(&self, text: &str, active: &BTreeSet<Mark>) -> Markup {
        if text.is_empty() {
            return Markup::default();
        }
        let mut remarks: Vec<usize> = active.iter().map(|mark| mark.remark).collect();
        remarks.dedup();
        remarks.truncate(DEPTH);
        let inner = html! { (printable(text)) };
        let found = remarks.iter().filter_map(|at| self.remarks.get(*at));
        found.fold(
            inner,
            |inner, remark| html! { mark class=(notes::classes(remark)) { (inner) } },
        )
    }
}
