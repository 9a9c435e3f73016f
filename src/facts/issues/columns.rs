//! Which columns of a table hold issues, their numbers, responses and days.

use super::{
    cues::{Cue, cue_of_heading, issue_noun, lead_cue, title_of},
    tables::sentence_at,
};
use crate::{
    document::Table,
    facts::{lists, reading::Reading},
    grammar::{Class, Input, TokenKind, response},
};

/// The columns of a table that holds issues or responses.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::facts) struct Columns {
    /// Column of numbers.
    pub(in crate::facts) number: Option<usize>,
    /// Column of issues.
    pub(in crate::facts) issue: Option<usize>,
    /// Column of responses.
    pub(in crate::facts) response: Option<usize>,
    /// Column that says whether an issue is accepted.
    pub(in crate::facts) status: Option<usize>,
    /// Column that says by when something is done.
    pub(in crate::facts) due: Option<usize>,
    /// Columns that are marked where an issue is accepted, partly accepted or rejected; two of them at least, or none.
    pub(in crate::facts) stances: [Option<usize>; 3],
}

/// Tells the columns of a table by their heads.
pub(in crate::facts) fn columns(reading: &Reading<'_>, block: usize, table: &Table) -> Columns {
    let heads = Heads::new(reading, block, table);
    let mut columns = heads.columns;
    if columns.stances.iter().flatten().count() < 2 {
        columns.status = columns
            .status
            .or(columns.stances.into_iter().flatten().min());
        columns.stances = [None; 3];
    }
    let marked = columns.stances.into_iter().flatten().next();
    if columns.response.or(columns.status).or(marked).is_some() {
        columns.issue = columns.issue.or(heads.finding);
    }
    if columns.number.is_none() && counts_rows(reading, block, table) {
        columns.number = Some(0);
    }
    if under_issues(reading, block) {
        columns.issue = columns.issue.or(heads.finding).or(heads.rule);
    }
    let duty = |lead: usize| matches!(lead_cue(reading, lead), Cue::Issues(_));
    let answered = || {
        columns
            .response
            .is_some_and(|column| takes_stances(reading, block, table, column))
    };
    if columns.issue.is_none() && block.checked_sub(1).is_some_and(duty) && !answered() {
        columns.issue = columns.response.take();
    }
    columns
}

/// What the heads of a table say by themselves.
#[derive(Clone, Copy, Debug, Default)]
struct Heads {
    columns: Columns,
    /// Column of what was found, which are issues beside answers.
    finding: Option<usize>,
    /// Column of what was broken.
    rule: Option<usize>,
}

impl Heads {
    fn new(reading: &Reading<'_>, block: usize, table: &Table) -> Self {
        let mut heads = Self::default();
        let first = table.rows.iter().position(|row| row.head).unwrap_or(0);
        for sentence in reading.sentences_of(block) {
            if let Some((row, column)) = sentence.place.cell
                && row == first
                && let Some(slot) = heads.slot(reading.input(sentence))
            {
                slot.get_or_insert(column);
            }
        }
        heads
    }

    /// What a column with this head is.
    fn slot(&mut self, head: Input<'_>) -> Option<&mut Option<usize>> {
        /// Tokens before the word for responses, at most.
        const OPENING: usize = 4;
        let answers = || {
            head.find(Class::ResponseLabel)
                .is_some_and(|(here, _)| here.position() <= head.position() + OPENING)
        };
        if heads_numbers(head) {
            Some(&mut self.columns.number)
        } else if answers() {
            Some(&mut self.columns.response)
        } else if issue_noun(head).is_some() {
            Some(&mut self.columns.issue)
        } else if let Some(stance) = lone_stance(head) {
            self.columns.stances.get_mut(stance)
        } else if accepts(head) {
            Some(&mut self.columns.status)
        } else if lists::heads_column(head, "due") && head.len() <= LONGEST_NUMBER_HEAD {
            Some(&mut self.columns.due)
        } else if lists::heads_column(head, "issue") {
            Some(&mut self.finding)
        } else if lists::heads_column(head, "rule") {
            Some(&mut self.rule)
        } else {
            None
        }
    }
}

/// Which stance a head names, where it says no more: 0 for "Accepted", 1 for "Partly accepted", 2 for "Rejected".
fn lone_stance(head: Input<'_>) -> Option<usize> {
    [Class::Accepted, Class::PartlyAccepted, Class::Rejected]
        .into_iter()
        .position(|class| head.lexeme(class).is_some_and(|(rest, _)| rest.is_empty()))
}

/// Whether a head names the numbers of issues: "Rec. no.", "#".
fn heads_numbers(head: Input<'_>) -> bool {
    let words = head.tokens().iter();
    let words = words.filter(|token| token.kind == TokenKind::Word).count();
    words <= LONGEST_NUMBER_HEAD && (head.starts_with("#") || lists::heads_column(head, "number"))
}

/// Whether a cell of a column says that something is accepted or refused.
fn takes_stances(reading: &Reading<'_>, block: usize, table: &Table, column: usize) -> bool {
    let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
    let mut first = cells.filter_map(|&cell| sentence_at(reading, block, cell));
    first.any(|sentence| response::opening_stance(reading.input(sentence)).is_some())
}

/// Whether the first column has no head and counts the rows.
fn counts_rows(reading: &Reading<'_>, block: usize, table: &Table) -> bool {
    let mut rows = table.rows.iter();
    let head = rows.next().and_then(|row| row.cells.first());
    head.is_some_and(|&head| sentence_at(reading, block, head).is_none())
        && rows.len() > 0
        && rows.enumerate().all(|(at, row)| {
            let first = row.cells.first().copied().unwrap_or_default();
            let text = reading.document.text_of(first).trim_end_matches('.');
            text.trim().parse() == Ok(at + 1)
        })
}

/// Whether the heading right above a block names issues.
fn under_issues(reading: &Reading<'_>, block: usize) -> bool {
    let nearest = reading.document.headings(block).last().copied();
    let title = nearest.and_then(|heading| title_of(reading, heading));
    title.is_some_and(|title| matches!(cue_of_heading(reading.input(title), true), Cue::Issues(_)))
}

/// Whether a head asks if an issue is accepted: "Status", "Agreed / not agreed".
pub(super) fn accepts(input: Input<'_>) -> bool {
    const LONGEST: usize = 10;
    let stance = [Class::Accepted, Class::PartlyAccepted, Class::Rejected];
    input.len() <= LONGEST
        && (stance
            .into_iter()
            .any(|class| input.lexeme(class).is_some())
            || lists::heads_column(input, "status"))
}

/// Words of the head of a column of numbers, at most: "Recommendation no."
const LONGEST_NUMBER_HEAD: usize = 3;
