//! Responses in the rows of tables.

use rustc_hash::FxHashMap;

use super::{Response, listed::Listed};
use crate::{
    document::{Row, Table},
    facts::{
        issues::{self, Columns},
        reading::Reading,
    },
    grammar::response::{self, Stance},
    span::Span,
};

/// The rows of a table that has a column of responses, or one for each stance.
pub(super) fn rows(
    reading: &Reading<'_>,
    listed: &Listed,
    block: usize,
    table: &Table,
) -> Vec<Response> {
    let columns = issues::columns(reading, block, table);
    let responses = column_of_responses(reading, block, table, columns);
    let marks = Marks::new(reading, table, columns);
    if responses.is_none() && marks.is_none() {
        return Vec::new();
    }
    let here = listed.issues.iter().filter(|issue| issue.block == block);
    let by_row: FxHashMap<usize, &str> = here
        .filter_map(|issue| Some((issue.row?, &*issue.number)))
        .collect();
    let head = table.rows.iter().position(|row| row.head).unwrap_or(0);
    let rows = table.rows.iter().enumerate();
    rows.filter(|(at, row)| *at != head && !row.head)
        .filter_map(|(at, row)| {
            let marked = marks.as_ref().and_then(|marks| marks.of(reading, row));
            let answer = responses.and_then(|column| row.cells.get(column).copied());
            let cell = answer.or(marked.map(|(_, cell)| cell))?;
            let sentence = issues::sentence_at(reading, block, cell)?;
            let number = issues::row_number(reading, block, row, columns)
                .or_else(|| by_row.get(&at).map(|&number| number.to_owned()))
                .filter(|number| !number.is_empty());
            let status = columns.status.and_then(|column| row.cells.get(column));
            let mut cells = status.into_iter().chain(&row.cells);
            let stance = match marks {
                Some(_) => marked.map(|(stance, _)| stance),
                None => cells.find_map(|&cell| stance_of(reading, block, cell)),
            };
            Some(Response {
                stance,
                extent: cell,
                ..Response::plain(
                    number.into_iter().collect(),
                    reading.input(sentence),
                    sentence.place,
                )
            })
        })
        .collect()
}

/// The columns of a table that are marked where an issue is accepted, partly accepted or rejected.
struct Marks {
    columns: [(Option<usize>, Stance); 3],
    /// Whether a cross marks a cell, as no tick stands in the table.
    crosses: bool,
}

impl Marks {
    /// None where the table has no such columns, or nothing that is answered.
    fn new(reading: &Reading<'_>, table: &Table, columns: Columns) -> Option<Self> {
        let [accepted, partly, rejected] = columns.stances;
        let columns = columns
            .issue
            .or(columns.number)
            .and(accepted.or(partly))
            .map(|_| {
                [
                    (accepted, Stance::Accepted),
                    (partly, Stance::Partly),
                    (rejected, Stance::Rejected),
                ]
            })?;
        let cells = table.rows.iter().flat_map(|row| {
            let of = |(column, _): &(Option<usize>, Stance)| column.map(|at| row.cells.get(at));
            columns.iter().filter_map(of).flatten()
        });
        let mut marks = cells.map(|&cell| reading.document.text_of(cell).trim());
        let crosses = !marks.any(|mark| mark.starts_with(['✓', '✔', '☑', '√', '✅']));
        Some(Self { columns, crosses })
    }

    /// The stance whose column alone is marked in a row, with the cell; none where several are.
    fn of(&self, reading: &Reading<'_>, row: &Row) -> Option<(Stance, Span)> {
        let marked = |&(column, stance): &(Option<usize>, Stance)| {
            let &cell = row.cells.get(column?)?;
            self.is_mark(reading.document.text_of(cell).trim())
                .then_some((stance, cell))
        };
        let mut all = self.columns.iter().filter_map(marked);
        all.next().filter(|_| all.next().is_none())
    }

    /// Whether the text of a cell says that its head holds: "✓", "yes", or a cross where those mark.
    fn is_mark(&self, text: &str) -> bool {
        let cross = ["x", "✗", "✘", "☒", "×", "❌"];
        let denies = ["no", "n", "-", "–", "—", "☐", "n/a", "0"];
        let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
        !text.is_empty() && !is(&denies) && (self.crosses || !is(&cross))
    }
}

/// The column of responses or, where there is none, the one that says whether an issue is accepted.
fn column_of_responses(
    reading: &Reading<'_>,
    block: usize,
    table: &Table,
    columns: Columns,
) -> Option<usize> {
    let stated = |column: &usize| {
        let rows = table.rows.iter().filter(|row| !row.head);
        let mut cells = rows.filter_map(|row| row.cells.get(*column));
        cells.any(|&cell| stance_of(reading, block, cell).is_some())
    };
    columns
        .response
        .or(columns.status.filter(stated))
        .filter(|_| columns.issue.or(columns.number).is_some())
}

/// The stance of a cell: what it opens with, or "yes" and "no", which may be one letter.
fn stance_of(reading: &Reading<'_>, block: usize, cell: Span) -> Option<Stance> {
    let input = reading.input(issues::sentence_at(reading, block, cell)?);
    let only = |word: &str| input.len() == 1 && input.starts_with(word);
    if only("yes") || only("y") {
        return Some(Stance::Accepted);
    }
    if only("no") || only("n") {
        return Some(Stance::Rejected);
    }
    response::opening_stance(input)
}
