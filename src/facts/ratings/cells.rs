//! Ratings in tables that lost their form: a cell a line, as text copied out of a PDF has them.
//!
//! ```text
//! cells   = [heads] 2*record
//! record  = name 1*grade              each on a line or in a paragraph of its own, every record with as many grades
//! heads   = a name for each grade     rounds ("2021", "Last inspection") or criteria
//! ```
//! One record alone counts where its name is a criterion that inspectorates grade. Scores and dates between the grades are passed over.

use super::{
    Rated, Sheet, label,
    lists::{add_earlier, add_row, block_lines, mark},
};
use crate::{
    document::BlockKind,
    facts::{Place, reading::Reading},
    framework::OVERALL,
    grammar::{
        Class, Input, TokenKind,
        rating::{self, Entry, GradeWord, Round},
    },
    value::Label,
};

/// Longest cell that is a name, in tokens.
const LONGEST: usize = 16;

/// A line that may be a cell.
struct Cell<'r> {
    place: Place,
    input: Input<'r>,
    /// The grade that it is; a name where it is none.
    grade: Option<GradeWord>,
    /// Whether it is nothing but a score or a date, which may stand beside a grade.
    beside: bool,
}

/// Reads runs of short lines; marks the blocks that records were read from.
pub(super) fn read(reading: &Reading<'_>, sheet: &mut Sheet, read: &mut [bool]) {
    let mut run = Vec::new();
    for block in 0..reading.document.blocks.len() {
        let fresh = read.get(block) == Some(&false);
        if let Some(cells) = cells_of(reading, block).filter(|_| fresh) {
            run.extend(cells);
        } else {
            read_run(
                reading,
                &without_scores(std::mem::take(&mut run)),
                sheet,
                read,
            );
        }
    }
    read_run(reading, &without_scores(run), sheet, read);
}

/// Reads grades that stand on a line of their own under a question on a criterion, a few lines of findings between them.
pub(super) fn under_questions(reading: &Reading<'_>, sheet: &mut Sheet, read: &mut [bool]) {
    /// Lines between a question and its grade.
    const APART: usize = 6;
    let mut asked: Option<(Place, Input<'_>, usize)> = None;
    for block in 0..reading.document.blocks.len() {
        let kind = reading.block(block).map(|block| &block.kind);
        if read.get(block) == Some(&true)
            || !matches!(kind, Some(BlockKind::Paragraph | BlockKind::Heading { .. }))
        {
            asked = None;
            continue;
        }
        for (place, line) in block_lines(reading, block) {
            let lines = asked.map_or(0, |(_, _, lines)| lines + 1);
            let grade = rating::bare(line).filter(|grade| grade.capital && !grade.bare_number);
            asked = match (asked, grade) {
                (Some((_, name, _)), Some(grade)) => {
                    let entry = Entry { name, grade };
                    add_row(reading, place, &entry, "table", sheet);
                    None
                }
                _ if rating::question(line).is_some() && is_known(reading, line) => {
                    Some((place, line, 0))
                }
                (before, _) => before
                    .filter(|_| lines < APART)
                    .map(|(place, name, _)| (place, name, lines)),
            };
        }
    }
}

/// Reads judgements that stand on a line of their own under the number and name of a regulation or standard, with findings between
/// them: "Regulation 15: Staffing", then "Judgment: Compliant".
pub(super) fn under_regulations(reading: &Reading<'_>, sheet: &mut Sheet, read: &mut [bool]) {
    /// Lines between the name and its judgement.
    const APART: usize = 60;
    let mut named: Option<(Input<'_>, usize)> = None;
    for block in 0..reading.document.blocks.len() {
        if read.get(block) == Some(&true) {
            continue;
        }
        let kind = reading.block(block).map(|block| &block.kind);
        if matches!(kind, Some(BlockKind::Table(_))) {
            named = None;
            continue;
        }
        for (place, line) in block_lines(reading, block) {
            let lines = named.map_or(0, |(_, lines)| lines + 1);
            named = match (named, judgement(line), numbered_name(line)) {
                (Some((name, _)), Some(grade), _) => {
                    let entry = Entry { name, grade };
                    add_row(reading, place, &entry, "table", sheet);
                    mark(read, block);
                    None
                }
                (_, _, Some(name)) => Some((name, 0)),
                (before, ..) => before
                    .filter(|_| lines < APART)
                    .map(|(name, _)| (name, lines)),
            };
        }
    }
}

/// The grade of a line that is a judgement and nothing else: "Judgment: Substantially compliant".
fn judgement(line: Input<'_>) -> Option<GradeWord> {
    let (rest, _) = line.lexeme(Class::GradeNoun)?;
    let mark = matches!(rest.first()?.kind, TokenKind::Symbol(':' | '-' | '–'));
    rating::bare(rest.skip(usize::from(mark))).filter(|grade| grade.capital && !grade.bare_number)
}

/// The name after the number of a regulation or standard, on a line of its own.
fn numbered_name(line: Input<'_>) -> Option<Input<'_>> {
    let numbered = (line.starts_with("regulation") || line.starts_with("standard"))
        && matches!(
            line.skip(1).first()?.kind,
            TokenKind::Number | TokenKind::NumericDate
        );
    let rest = line.skip(2);
    let mark = rest
        .first()
        .is_some_and(|token| matches!(token.kind, TokenKind::Symbol(':' | '-' | '–' | '.')));
    let name = rest.skip(usize::from(mark));
    let stop = name
        .tokens()
        .last()
        .is_some_and(|last| last.kind == TokenKind::Symbol('.'));
    let opens = name.first().is_some_and(|token| token.capital);
    (numbered && opens && !stop && name.len() <= LONGEST).then_some(name)
}

/// Without the scores and dates that stand after a grade, and the scores before one.
fn without_scores(cells: Vec<Cell<'_>>) -> Vec<Cell<'_>> {
    let graded: Vec<bool> = cells.iter().map(|cell| cell.grade.is_some()).collect();
    let near = |at: usize| graded.get(at) == Some(&true);
    let mut kept = Vec::with_capacity(cells.len());
    let mut after = false;
    for (at, cell) in cells.into_iter().enumerate() {
        let year = rating::year_in(cell.input).is_some();
        if cell.beside && (after || near(at + 1) && !year) {
            continue;
        }
        after = near(at);
        kept.push(cell);
    }
    kept
}

/// The cells of a block whose lines are all short; none where one is a sentence.
fn cells_of<'r>(reading: &'r Reading<'_>, block: usize) -> Option<Vec<Cell<'r>>> {
    let kind = &reading.block(block)?.kind;
    if !matches!(kind, BlockKind::Paragraph | BlockKind::Heading { .. }) {
        return None;
    }
    let mut cells = Vec::new();
    for (place, input) in block_lines(reading, block) {
        let stop = input
            .tokens()
            .last()
            .is_some_and(|last| matches!(last.kind, TokenKind::Symbol('.' | ',' | ';')));
        if input.len() > LONGEST || stop {
            return None;
        }
        let grade = rating::bare(input).filter(|grade| grade.capital && !grade.bare_number);
        cells.push(Cell {
            place,
            input,
            grade,
            beside: is_beside(input),
        });
    }
    Some(cells)
}

/// Whether a line holds nothing but a score or a date, which may stand beside a grade.
pub(super) fn is_beside(input: Input<'_>) -> bool {
    input.tokens().iter().all(|token| {
        matches!(token.kind, TokenKind::Number | TokenKind::NumericDate)
            || matches!(token.kind, TokenKind::Symbol(mark) if mark != '?')
            || token.kind == TokenKind::Word && token.classes.has(Class::Month)
    })
}

fn read_run(reading: &Reading<'_>, run: &[Cell<'_>], sheet: &mut Sheet, read: &mut [bool]) {
    let mut at = 0;
    while at < run.len() {
        let width = width_at(run, at);
        if width == 0 {
            at += 1;
            continue;
        }
        let mut end = at;
        while width_at(run, end) == width {
            end += width + 1;
        }
        if !is_labelled_list(run, at, end) {
            read_records(reading, run, (at, end, width), sheet, read);
        }
        at = end;
    }
}

/// How many grades follow the name at `at`; 0 where none does, or where it is no name.
fn width_at(run: &[Cell<'_>], at: usize) -> usize {
    let name = run.get(at).is_some_and(|cell| cell.grade.is_none());
    let grades = run.get(at + 1..).unwrap_or_default();
    if name {
        grades
            .iter()
            .take_while(|cell| cell.grade.is_some())
            .count()
    } else {
        0
    }
}

/// Whether grades stand over what has them: one stands before the first name, and the last name has none after it.
fn is_labelled_list(run: &[Cell<'_>], start: usize, end: usize) -> bool {
    let graded = |at: usize| run.get(at).is_some_and(|cell| cell.grade.is_some());
    let before = (0..start).rev().take(LONGEST).any(graded);
    before && run.get(end).is_some() && !graded(end + 1)
}

fn read_records(
    reading: &Reading<'_>,
    run: &[Cell<'_>],
    (start, end, width): (usize, usize, usize),
    sheet: &mut Sheet,
    read: &mut [bool],
) {
    let records = run.get(start..end).unwrap_or_default();
    let heads = heads_before(reading, run, start, width);
    let single = records.len() == width + 1;
    if width > 1 && (heads.is_empty() || single) {
        return;
    }
    for record in records.chunks(width + 1) {
        let [name, grades @ ..] = record else {
            continue;
        };
        if single && !is_known(reading, name.input) {
            continue;
        }
        for cell in record {
            mark(read, cell.place.block);
        }
        if let [only] = grades {
            let entry = only.grade.clone().map(|grade| Entry {
                name: name.input,
                grade,
            });
            if let Some(entry) = entry {
                add_row(reading, name.place, &entry, "table", sheet);
                let parts = (name.input, only.input);
                add_earlier(reading, only.place, parts, "table", sheet);
            }
        } else {
            for (cell, head) in grades.iter().zip(&heads) {
                sheet.ratings.extend(rated(reading, name, cell, head));
            }
        }
    }
}

/// Whether a name is that of a criterion that inspectorates grade, or of the whole body.
fn is_known(reading: &Reading<'_>, name: Input<'_>) -> bool {
    let name = rating::question(name).unwrap_or(name);
    let label = label(reading, name);
    reading.vocabulary.is_rated(&label)
        || name
            .lexeme(Class::Overall)
            .is_some_and(|(rest, _)| rest.is_empty())
}

/// What a column of a lost table holds.
enum Head {
    Round(Round),
    Overall,
    Criterion(Label),
}

/// The heads of `width` columns right before the first record; none where they tell nothing.
fn heads_before(reading: &Reading<'_>, run: &[Cell<'_>], start: usize, width: usize) -> Vec<Head> {
    let Some(cells) = start
        .checked_sub(width)
        .and_then(|from| run.get(from..start))
        .filter(|_| width > 1)
    else {
        return Vec::new();
    };
    let years: Vec<Option<i16>> = cells
        .iter()
        .map(|cell| rating::year_in(cell.input))
        .collect();
    let latest = years.iter().flatten().max().copied();
    let timed = |cell: &Cell<'_>, class: Class| {
        (0..cell.input.len()).any(|at| cell.input.skip(at).lexeme(class).is_some())
    };
    let earlier = cells.iter().any(|cell| timed(cell, Class::Previous));
    let by_round = earlier || years.iter().all(Option::is_some);
    let head = |(cell, year): (&Cell<'_>, &Option<i16>)| {
        let older = year.is_some() && *year != latest;
        if by_round && (timed(cell, Class::Previous) || older) {
            Head::Round(Round::Previous)
        } else if by_round {
            Head::Round(Round::Current)
        } else if is_overall(cell.input) {
            Head::Overall
        } else {
            Head::Criterion(label(reading, cell.input))
        }
    };
    cells.iter().zip(&years).map(head).collect()
}

fn is_overall(input: Input<'_>) -> bool {
    input
        .lexeme(Class::Overall)
        .is_some_and(|(rest, _)| rest.is_empty())
}

fn rated(reading: &Reading<'_>, name: &Cell<'_>, cell: &Cell<'_>, head: &Head) -> Option<Rated> {
    let grade = cell.grade.as_ref()?;
    let named = if is_overall(name.input) {
        reading.vocabulary.label(OVERALL)
    } else {
        label(reading, name.input)
    };
    let (criterion, body, round) = match head {
        Head::Round(round) => (named, None, *round),
        Head::Overall => (
            Label::new(&format!("{named}: {OVERALL}")),
            Some(named),
            Round::Current,
        ),
        Head::Criterion(criterion) => (
            Label::new(&format!("{named}: {criterion}")),
            Some(named),
            Round::Current,
        ),
    };
    Some(Rated {
        composed: body.is_some(),
        body,
        round,
        ..Rated::new(
            criterion,
            grade.name.clone(),
            "table",
            grade.span,
            cell.place,
        )
    })
}
