//! The lines around the labels of a diagnostic, cut to the width of the screen.
//!
//! An [`Excerpt`] is a text of its own: a group of lines for each place or cluster of places, from any number of files, in
//! which long lines are cropped around the labels and nothing can steer the terminal. It tells miette the true file, line
//! and column of every label. So lines of any length can be shown, and labels of one diagnostic may stand in several files.

use std::ops::Range;

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{
    place,
    printable::{printable, shown},
};
use crate::{
    diagnostic::Label,
    source::{SourceFile, Sources},
    span::{LineColumn, Span, text_at},
};

/// Lines of one label that are shown; the rest of a longer one is left out.
const LABEL_LINES: usize = 5;
/// Lines without a label that are shown between two labels.
const GAP_LINES: usize = 1;
/// Columns that a label and the words around it get at least.
const LEAST: usize = 24;
/// Columns that an ellipsis and its spaces take, on both sides of a window.
const ELLIPSES: usize = 6;
/// Stands for text that is left out.
const ELLIPSIS: &str = "…";
/// What a tab is shown as.
const TAB: &str = "    ";

/// What is shown of the files that a diagnostic points into.
#[derive(Debug)]
pub(super) struct Excerpt {
    text: String,
    groups: Vec<Group>,
    labels: Vec<LabeledSpan>,
}

/// Consecutive lines of one file.
#[derive(Debug)]
struct Group {
    name: String,
    /// Bytes of the excerpt.
    range: Range<usize>,
    /// 0-based line of the file.
    line: usize,
    lines: usize,
    /// Where the labels start: in the excerpt, in the file, and in words.
    places: Vec<(usize, LineColumn, String)>,
}

impl Excerpt {
    /// Lays out the places that `labels` name, for a screen of `width` columns.
    pub(super) fn new(labels: &[Label], sources: &Sources, width: usize) -> Self {
        let mut excerpt = Self {
            text: String::new(),
            groups: Vec::new(),
            labels: Vec::new(),
        };
        for cluster in clusters(places(labels, sources), width) {
            excerpt.add(&cluster, width);
        }
        excerpt
    }

    /// Where the labels stand in the excerpt.
    pub(super) fn labels(&self) -> impl Iterator<Item = LabeledSpan> + '_ {
        self.labels.iter().cloned()
    }

    fn add(&mut self, cluster: &[Place<'_>], width: usize) {
        let Some((file, first, last)) = extent(cluster) else {
            return;
        };
        let start = self.text.len();
        let columns = columns(cluster, width);
        let mut bounds = vec![(0, 0); cluster.len()];
        let mut places = Vec::with_capacity(cluster.len());
        let mut heads = vec![0; cluster.len()];
        for line in first..=last {
            if line > first {
                self.text.push('\n');
            }
            let line_start = self.text.len();
            let shown = Line::new(file, line, cluster, columns);
            shown.write(&mut self.text);
            let touching = cluster.iter().zip(&mut bounds).zip(&mut heads);
            for ((place, bounds), head) in touching {
                if place.first == line {
                    bounds.0 = line_start + shown.offset_of(place.span.start);
                    *head = line_start;
                }
                if place.last == line {
                    bounds.1 = line_start + shown.offset_of(place.span.end);
                    if bounds.0 == bounds.1 {
                        bounds.1 += self.widen(bounds.0);
                    }
                }
            }
        }
        for ((place, (from, to)), head) in cluster.iter().zip(bounds).zip(heads) {
            let name = place::long(place.file, place.label.span);
            places.push((from, place.at, name));
            self.label(
                place,
                Span::new(from, to),
                columns.saturating_sub(self.middle(head, from, to)),
            );
        }
        self.groups.push(Group {
            name: place::long(
                file,
                cluster
                    .first()
                    .map_or(Span::default(), |place| place.label.span),
            ),
            range: start..self.text.len(),
            line: first,
            lines: last - first + 1,
            places,
        });
        self.text.push('\n');
    }

    /// Makes room for a label of no width at `at`; gives back the bytes to mark.
    fn widen(&mut self, at: usize) -> usize {
        if let Some(next) = text_at(&self.text, Span::new(at, self.text.len()))
            .chars()
            .next()
        {
            return next.len_utf8();
        }
        self.text.push(' ');
        1
    }

    /// Columns from the start of the line to the middle of the label, where miette hangs its message.
    fn middle(&self, head: usize, from: usize, to: usize) -> usize {
        let before = text_at(&self.text, Span::new(head, from)).width();
        before + text_at(&self.text, Span::new(from, to)).width() / 2
    }

    fn label(&mut self, place: &Place<'_>, span: Span, columns: usize) {
        let message = wrap(&printable(&place.label.message), columns.max(LEAST));
        let message = (!message.is_empty()).then_some(message);
        let span = SourceSpan::new(span.start.into(), span.len());
        self.labels.push(if place.primary {
            LabeledSpan::new_primary_with_span(message, span)
        } else {
            LabeledSpan::new_with_span(message, span)
        });
    }
}

impl SourceCode for Excerpt {
    /// The whole group that holds `span`; asked for no lines of context, the span itself with its true line and column.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset().saturating_add(span.len());
        let holds = |group: &&Group| group.range.start <= span.offset() && end <= group.range.end;
        let Some(group) = self.groups.iter().find(holds) else {
            return Err(MietteError::OutOfBounds);
        };
        let place = group.places.iter().find(|(at, ..)| *at == span.offset());
        let (range, line, column) = match place {
            Some((_, at, _)) if lines_before + lines_after == 0 => {
                (span.offset()..end, at.line - 1, at.column - 1)
            }
            _ => (group.range.clone(), group.line, 0),
        };
        let data = text_at(&self.text, range.clone().into()).as_bytes();
        let name = place.map_or(&group.name, |(.., name)| name);
        Ok(Box::new(MietteSpanContents::new_named(
            name.clone(),
            data,
            range.into(),
            line,
            column,
            group.lines,
        )))
    }
}

/// A label made ready: inside its file, on character boundaries, over a few lines at most.
#[derive(Clone, Copy, Debug)]
struct Place<'a> {
    label: &'a Label,
    file: &'a SourceFile,
    /// Files in the order in which the labels name them.
    rank: usize,
    primary: bool,
    span: Span,
    at: LineColumn,
    /// 0-based first and last line.
    first: usize,
    last: usize,
}

/// The places of `labels`, file by file, each file from top to bottom.
fn places<'a>(labels: &'a [Label], sources: &'a Sources) -> Vec<Place<'a>> {
    let rank = |label: &Label| labels.iter().position(|known| known.source == label.source);
    let place = |(at, label): (usize, &'a Label)| {
        let file = sources.get(label.source)?;
        let start = file.floor_char_boundary(label.span.start);
        let end = file.ceil_char_boundary(label.span.end).max(start);
        let first = file.line(start);
        let whole = file.line(end.saturating_sub(1).max(start));
        let last = whole.min(first + LABEL_LINES - 1);
        let line_end = file.line_span(last).end;
        Some(Place {
            label,
            file,
            rank: rank(label)?,
            primary: at == 0,
            span: Span::new(start.min(file.line_span(first).end), end.min(line_end)),
            at: file.line_column(start),
            first,
            last,
        })
    };
    let mut places: Vec<_> = labels.iter().enumerate().filter_map(place).collect();
    places.sort_by_key(|place| (place.rank, place.span));
    places
}

/// Places that are shown together: near each other in one file, and not more on a line than find room there.
fn clusters(places: Vec<Place<'_>>, width: usize) -> Vec<Vec<Place<'_>>> {
    let mut clusters: Vec<Vec<Place<'_>>> = Vec::new();
    for place in places {
        let room = (columns(&[place], width) / (LEAST + ELLIPSES)).max(1);
        let fits = |cluster: &&mut Vec<Place<'_>>| {
            let (rank, last) = cluster.iter().fold((0, 0), |(_, last), known| {
                (known.rank, last.max(known.last))
            });
            let same_line = cluster.iter().filter(|known| known.last >= place.first);
            rank == place.rank && place.first <= last + GAP_LINES + 1 && same_line.count() < room
        };
        match clusters.last_mut().filter(fits) {
            Some(cluster) => cluster.push(place),
            None => clusters.push(vec![place]),
        }
    }
    clusters
}

/// The file, first and last line of a cluster.
fn extent<'a>(cluster: &[Place<'a>]) -> Option<(&'a SourceFile, usize, usize)> {
    let first = cluster.iter().map(|place| place.first).min()?;
    let last = cluster.iter().map(|place| place.last).max()?;
    Some((cluster.first()?.file, first, last))
}

/// Columns that are left for text beside line numbers and the gutter of labels over several lines.
fn columns(cluster: &[Place<'_>], width: usize) -> usize {
    let digits = cluster
        .iter()
        .map(|place| (place.last + 1).to_string().len())
        .max()
        .unwrap_or(1);
    let gutter = match cluster
        .iter()
        .filter(|place| place.first != place.last)
        .count()
    {
        0 => 0,
        several => several + 3,
    };
    width.saturating_sub(digits + 4 + gutter).max(LEAST)
}

/// What is shown of one line: the stretches that are kept, in order and apart from each other.
#[derive(Debug)]
struct Line<'a> {
    file: &'a SourceFile,
    span: Span,
    kept: Vec<Span>,
}

impl<'a> Line<'a> {
    fn new(file: &'a SourceFile, line: usize, cluster: &[Place<'_>], columns: usize) -> Self {
        let span = file.line_span(line);
        let parts: Vec<Span> = cluster
            .iter()
            .filter(|place| place.first <= line && line <= place.last)
            .map(|place| {
                Span::new(
                    place.span.start.max(span.start),
                    place.span.end.min(span.end),
                )
            })
            .collect();
        let mut line = Self {
            file,
            span,
            kept: Vec::new(),
        };
        let whole = line.forward(span.start, columns);
        if whole == span.end {
            line.kept.push(span);
        } else if parts.is_empty() {
            let end = line.forward(span.start, columns.saturating_sub(ELLIPSES));
            line.keep(Span::new(span.start, end));
        } else {
            let each = (columns / parts.len())
                .saturating_sub(ELLIPSES)
                .max(LEAST / 2);
            for part in parts {
                line.window(part, each);
            }
        }
        line
    }

    /// Keeps a part and the words around it, in `columns`; of a part that is wider, its start and its end.
    fn window(&mut self, part: Span, columns: usize) {
        let wide = self.forward(part.start, columns) < part.end;
        if wide {
            let (around, inside) = (columns / 8, columns / 2 - columns / 8);
            let head = self.forward(part.start, inside);
            let tail = self.backward(part.end, inside);
            self.keep(Span::new(
                self.word_start(self.backward(part.start, around), part.start),
                self.word_end(part.start, head),
            ));
            self.keep(Span::new(
                self.word_start(tail, part.end),
                self.word_end(part.end, self.forward(part.end, around)),
            ));
            return;
        }
        let mut spare = columns.saturating_sub(self.width(part));
        let mut start = self.backward(part.start, spare / 2);
        let end = self.forward(part.end, spare - self.width(Span::new(start, part.start)));
        spare = spare.saturating_sub(self.width(Span::new(part.end, end)));
        start = self.backward(part.start, spare);
        self.keep(Span::new(
            self.word_start(start, part.start),
            self.word_end(part.end, end),
        ));
    }

    /// Keeps a stretch, joined to the ones that it meets or nearly meets.
    fn keep(&mut self, mut stretch: Span) {
        let near = |a: Span, b: Span| a.start <= b.end + ELLIPSES && b.start <= a.end + ELLIPSES;
        let (joined, mut apart): (Vec<Span>, Vec<Span>) =
            self.kept.drain(..).partition(|known| near(*known, stretch));
        for known in joined {
            stretch = stretch.join(known);
        }
        apart.push(stretch);
        apart.sort();
        self.kept = apart;
    }

    /// The offset reached by going `columns` to the right, at most to the end of the line.
    fn forward(&self, from: usize, columns: usize) -> usize {
        let rest = self.file.text_of(Span::new(from, self.span.end));
        from + reach(rest.chars(), columns)
    }

    /// The offset reached by going `columns` to the left, at most to the start of the line.
    fn backward(&self, from: usize, columns: usize) -> usize {
        let rest = self.file.text_of(Span::new(self.span.start, from));
        from - reach(rest.chars().rev(), columns)
    }

    fn width(&self, span: Span) -> usize {
        self.file.text_of(span).chars().map(width).sum()
    }

    /// The start of the first whole word from `cut` on, `cut` itself where the line starts there or no word does.
    fn word_start(&self, cut: usize, part: usize) -> usize {
        let between = self.file.text_of(Span::new(cut, part));
        match between.find(char::is_whitespace) {
            Some(at) if cut > self.span.start => {
                let space = between.get(at..).and_then(|rest| rest.chars().next());
                cut + at + space.map_or(0, char::len_utf8)
            }
            _ => cut,
        }
    }

    /// The end of the last whole word before `cut`; see [`Self::word_start`].
    fn word_end(&self, part: usize, cut: usize) -> usize {
        let between = self.file.text_of(Span::new(part, cut));
        match between.rfind(char::is_whitespace) {
            Some(at) if cut < self.span.end => part + at,
            _ => cut,
        }
    }

    /// Writes what is kept, an ellipsis for each stretch that is not.
    fn write(&self, out: &mut String) {
        for (from, mark) in self.pieces() {
            out.push_str(mark);
            self.file
                .text_of(from)
                .chars()
                .for_each(|c| push_shown(c, out));
        }
        if self
            .kept
            .last()
            .is_some_and(|last| last.end < self.span.end)
        {
            out.push(' ');
            out.push_str(ELLIPSIS);
        }
    }

    /// The stretches kept, each with what is written before it.
    fn pieces(&self) -> impl Iterator<Item = (Span, &'static str)> + '_ {
        self.kept.iter().enumerate().map(|(at, kept)| {
            let mark = match at {
                0 if kept.start == self.span.start => "",
                0 => "… ",
                _ => " … ",
            };
            (*kept, mark)
        })
    }

    /// Where a byte of the file stands in what [`Self::write`] writes; the nearest place for one that is left out.
    fn offset_of(&self, byte: usize) -> usize {
        let mut out = String::new();
        for (kept, mark) in self.pieces() {
            if byte < kept.start {
                break;
            }
            out.push_str(mark);
            let until = Span::new(kept.start, byte.min(kept.end));
            self.file
                .text_of(until)
                .chars()
                .for_each(|c| push_shown(c, &mut out));
            if byte <= kept.end {
                break;
            }
        }
        out.len()
    }
}

/// Bytes of the characters that fit into `columns`.
fn reach(chars: impl Iterator<Item = char>, columns: usize) -> usize {
    let mut left = columns;
    let mut bytes = 0;
    for c in chars {
        let Some(rest) = left.checked_sub(width(c)) else {
            break;
        };
        left = rest;
        bytes += c.len_utf8();
    }
    bytes
}

fn width(c: char) -> usize {
    match c {
        '\t' => TAB.len(),
        c => shown(c).width().unwrap_or(0),
    }
}

fn push_shown(c: char, out: &mut String) {
    match c {
        '\t' => out.push_str(TAB),
        c => out.push(shown(c)),
    }
}

/// `text` with line ends between words, so that no line is wider than `columns` unless one word is.
fn wrap(text: &str, columns: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut used = 0;
    for word in text.split_whitespace() {
        let width = word.width();
        if used > 0 && used + 1 + width > columns {
            out.push('\n');
            used = 0;
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += width;
    }
    out
}
