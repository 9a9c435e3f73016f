//! Issues in the rows of tables.

use super::{
    Issue,
    columns::{Columns, columns},
    cues::{Cue, heading_cue, issue_noun, named},
};
use crate::{
    document::{BlockKind, Row, Table},
    facts::{
        lists,
        reading::{Reading, Sentence},
    },
    grammar::{Class, Input, reference},
    span::Span,
};

/// Every table, with its block.
fn tables<'a>(reading: &Reading<'a>) -> impl Iterator<Item = (usize, &'a Table)> {
    let blocks = reading.document.blocks.iter().enumerate();
    blocks.filter_map(|(at, block)| match &block.kind {
        BlockKind::Table(table) => Some((at, table)),
        _ => None,
    })
}

/// The issues of every table, but for those under a heading of something else that hold no answers beside them.
pub(super) fn issues(reading: &Reading<'_>) -> Vec<Issue> {
    let against = |block, table| {
        heading_cue(reading, block, true) == Cue::Against && !answered(reading, block, table)
    };
    tables(reading)
        .filter(|&(block, table)| !against(block, table))
        .flat_map(|(block, table)| in_table(reading, block, table))
        .collect()
}

/// Whether a table has what was found beside what is done about it, under a heading that speaks of neither an earlier round
/// nor strengths: an action plan.
fn answered(reading: &Reading<'_>, block: usize, table: &Table) -> bool {
    let columns = columns(reading, block, table);
    let headings = reading.document.headings(block);
    let other = headings.iter().rev().take(1).any(|&heading| {
        reading.sentences_of(heading).iter().any(|sentence| {
            let input = reading.input(sentence);
            input.holds(Class::Previous) || input.holds(Class::Strength)
        })
    });
    columns.issue.is_some() && columns.response.is_some() && !other
}

/// Words that a cell must have to state an issue.
const LEAST_WORDS: usize = 2;

/// The issues that the rows of a table state.
fn in_table(reading: &Reading<'_>, block: usize, table: &Table) -> Vec<Issue> {
    let columns = columns(reading, block, table);
    let Some(issues) = columns.issue else {
        return coded_rows(reading, block, table);
    };
    let noun = noun_of_rows(reading, block, table, issues);
    let rows = table
        .rows
        .iter()
        .filter(|row| !row.head)
        .skip(usize::from(!table.rows.iter().any(|row| row.head)));
    rows.filter_map(|row| row_issue(reading, block, row, columns, &noun))
        .collect()
}

/// What the rows of a table are called, by the head of the column of issues.
fn noun_of_rows(reading: &Reading<'_>, block: usize, table: &Table, issues: usize) -> String {
    table
        .rows
        .first()
        .and_then(|row| row.cells.get(issues))
        .and_then(|&head| sentence_at(reading, block, head))
        .and_then(|sentence| {
            let head = reading.input(sentence);
            let found = || lists::heads_column(head, "issue").then(|| "issue".to_owned());
            issue_noun(head).or_else(found)
        })
        .unwrap_or_else(|| "action".to_owned())
}

/// The issue that a row states; nothing where its cell is empty or names a stance alone.
fn row_issue(
    reading: &Reading<'_>,
    block: usize,
    row: &Row,
    columns: Columns,
    noun: &str,
) -> Option<Issue> {
    let &cell = row.cells.get(columns.issue?)?;
    let sentence = sentence_at(reading, block, cell)?;
    let (input, text, labelled) = numbered_text(reading, sentence, cell);
    let number = row_number(reading, block, row, columns).or(labelled);
    let states = text.len() >= LEAST_WORDS || number.is_some() && !text.is_empty();
    (states && !is_stance(text)).then(|| Issue {
        number: number.unwrap_or_default(),
        due: due_cell(reading, block, row, columns),
        ..Issue::unnumbered(
            input,
            noun.to_owned(),
            row.cells.iter().fold(cell, |all, &cell| all.join(cell)),
            sentence.place,
        )
    })
}

/// What a cell states, the same without a number that stands before it, and that number. A number with its stop may be read as
/// a sentence of its own.
fn numbered_text<'a>(
    reading: &'a Reading<'_>,
    sentence: &Sentence,
    cell: Span,
) -> (Input<'a>, Input<'a>, Option<String>) {
    let input = reading.input(sentence);
    let Some((rest, number)) = leading_number(input) else {
        return (input, input, None);
    };
    let next = reading.sentences.get(sentence.place.sentence + 1);
    let next = next.map(|next| reading.input(next));
    match next.filter(|next| rest.is_empty() && cell.contains(next.span())) {
        Some(next) => (next, next, Some(number)),
        None => (input, rest, Some(number)),
    }
}

/// The cell of a row that says by when something is done; an empty span where it says that it was.
fn due_cell(reading: &Reading<'_>, block: usize, row: &Row, columns: Columns) -> Option<Span> {
    let &cell = row.cells.get(columns.due?)?;
    let done = sentence_at(reading, block, cell)
        .is_some_and(|sentence| reading.input(sentence).holds(Class::Done));
    Some(Span::new(
        cell.start,
        if done { cell.start } else { cell.end },
    ))
}

/// Whether a cell names a stance and says no more: a row of how many issues were "partly accepted".
fn is_stance(text: Input<'_>) -> bool {
    [Class::Accepted, Class::PartlyAccepted, Class::Rejected]
        .into_iter()
        .any(|class| text.lexeme(class).is_some_and(|(rest, _)| rest.is_empty()))
}

/// The rows of a table without heads that stands where issues do, each a number and an issue.
fn coded_rows(reading: &Reading<'_>, block: usize, table: &Table) -> Vec<Issue> {
    let cells = |row: &Row| -> Option<(String, Span)> {
        let &[code, text, ..] = row.cells.as_slice() else {
            return None;
        };
        let (rest, number) =
            reference::code(reading.input(sentence_at(reading, block, code)?)).ok()?;
        rest.is_empty().then_some((number, text))
    };
    let rows: Option<Vec<_>> = table.rows.iter().map(cells).collect();
    let heading = heading_cue(reading, block, true);
    let (Some(rows), Some(noun)) = (rows, named(heading)) else {
        return Vec::new();
    };
    rows.into_iter()
        .filter_map(|(number, text)| {
            let sentence = sentence_at(reading, block, text)?;
            let span = reading.input(sentence).span();
            Some(Issue {
                number,
                noun: noun.clone(),
                series: None,
                span,
                extent: text,
                place: sentence.place,
                answers: false,
                due: None,
            })
        })
        .collect()
}

/// The number of a row: what stands in the column of numbers.
pub(in crate::facts) fn row_number(
    reading: &Reading<'_>,
    block: usize,
    row: &Row,
    columns: Columns,
) -> Option<String> {
    let &cell = row.cells.get(columns.number?)?;
    let input = reading.input(sentence_at(reading, block, cell)?);
    reference::code(input).ok().map(|(_, number)| number)
}

/// `leading-number = [issue-noun] code [":" | "." | ")" | "–"]`, at the start of a cell that says more.
pub(in crate::facts) fn leading_number(input: Input<'_>) -> Option<(Input<'_>, String)> {
    if let Ok((rest, label)) = reference::issue_label(input) {
        return Some((rest, label.numbers.into_iter().next()?));
    }
    let (rest, number) = reference::code(input).ok()?;
    let (rest, ()) = reference::label_end(rest).ok()?;
    Some((rest, number))
}

/// The first sentence of the cell at `cell`.
pub(in crate::facts) fn sentence_at<'a>(
    reading: &'a Reading<'_>,
    block: usize,
    cell: Span,
) -> Option<&'a Sentence> {
    let sentences = reading.sentences_of(block);
    let at = sentences.partition_point(|sentence| {
        reading
            .input(sentence)
            .first()
            .is_some_and(|token| token.span.start < cell.start)
    });
    sentences
        .get(at)
        .filter(|sentence| cell.contains(reading.input(sentence).span()))
}
