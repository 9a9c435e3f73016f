//! Responses in the rows of tables.

use rustc_hash::FxHashMap;

use super::{Response, listed::Listed};
use crate::{
    document::Table,
    facts::{
        issues::{self, Columns},
        reading::Reading,
    },
    grammar::response::{self, Stance},
    span::Span,
};

/// The rows of a table that has a column of responses.
pub(super) fn rows(
    reading: &Reading<'_>,
    listed: &Listed,
    block: usize,
    table: &Table,
) -> Vec<Response> {
    let columns = issues::columns(reading, block, table);
    let Some(responses) = column_of_responses(reading, block, table, columns) else {
        return Vec::new();
    };
    let here = listed.issues.iter().filter(|issue| issue.block == block);
    let by_row: FxHashMap<usize, &str> = here
        .filter_map(|issue| Some((issue.row?, &*issue.number)))
        .collect();
    let head = table.rows.iter().position(|row| row.head).unwrap_or(0);
    let rows = table.rows.iter().enumerate();
    rows.filter(|(at, row)| *at != head && !row.head)
        .filter_map(|(at, row)| {
            let &cell = row.cells.get(responses)?;
            let sentence = issues::sentence_at(reading, block, cell)?;
            let number = issues::row_number(reading, block, row, columns)
                .or_else(|| by_row.get(&at).map(|&number| number.to_owned()))
                .filter(|number| !number.is_empty());
            let status = columns.status.and_then(|column| row.cells.get(column));
            let mut cells = status.into_iter().chain(&row.cells);
            Some(Response {
                stance: cells.find_map(|&cell| stance_of(reading, block, cell)),
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
