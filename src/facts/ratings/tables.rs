//! Ratings in tables: by row, by column, and of services by key questions.
//!
//! A column is one of grades when most of its cells are. Its head says which round it belongs to, or names a criterion; the first
//! cell of a row names what the row is on. A table whose first column holds the grades counts bodies and rates none.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Rated, Sheet,
    gaps::{Blank, Gap, blank},
    label,
    rounds::lead_round,
};
use crate::{
    document::{BlockKind, Table},
    facts::{Place, lists, reading::Reading},
    framework::OVERALL,
    grammar::{
        Class, Classes, Input, TokenKind, noun, number,
        rating::{self, GradeWord, Round},
    },
    span::Span,
    value::{Label, Number},
};

/// Reads every table.
pub(super) fn read(reading: &Reading<'_>, year: Option<i16>, sheet: &mut Sheet) {
    for (block, content) in reading.document.blocks.iter().enumerate() {
        let BlockKind::Table(table) = &content.kind else {
            continue;
        };
        let grid = Grid::new(reading, block, table);
        if let Some(heads) = grid.graded_heads() {
            grid.read_under_grades(&heads, sheet);
        } else if !grid.columns.is_empty() {
            grid.read(year, sheet);
        } else {
            grid.read_whole(sheet);
        }
    }
}

/// What the head of a row or column says.
#[derive(Clone, Debug, PartialEq)]
enum Head {
    /// Nothing but that there are grades: "Rating", "Score", or no head.
    Plain,
    /// A round by its year.
    Year(i16),
    /// A round by name.
    Round(Round),
    /// The whole body.
    Overall,
    /// A criterion or body by name.
    Name(Label),
}

/// A table with its cells lexed.
struct Grid<'r, 'a> {
    reading: &'r Reading<'a>,
    block: usize,
    rows: Vec<Vec<Option<Cell<'r>>>>,
    /// Cells of the longest row.
    width: usize,
    /// The row of column heads.
    head: Option<usize>,
    /// Columns of grades.
    columns: Vec<usize>,
    /// The column that names what a row is on: the first, or the one after a column of codes such as "P 1.1".
    named: usize,
}

#[derive(Clone, Copy)]
struct Cell<'r> {
    input: Input<'r>,
    place: Place,
}

impl<'r, 'a> Grid<'r, 'a> {
    /// Lexes a table and finds its heads and its columns of grades.
    fn new(reading: &'r Reading<'a>, block: usize, table: &Table) -> Self {
        let mut rows: Vec<Vec<Option<Cell<'r>>>> = table
            .rows
            .iter()
            .map(|row| vec![None; row.cells.len()])
            .collect();
        for sentence in reading.sentences_of(block) {
            let Some((row, column)) = sentence.place.cell else {
                continue;
            };
            let Some(slot) = rows.get_mut(row).and_then(|row| row.get_mut(column)) else {
                continue;
            };
            let input = reading.input(sentence);
            *slot = Some(match *slot {
                Some(cell) => Cell {
                    input: Input::new(&reading.lexed, cell.input.position()..sentence.tokens.end),
                    ..cell
                },
                None => Cell {
                    input,
                    place: sentence.place,
                },
            });
        }
        let width = rows.iter().map(Vec::len).max().unwrap_or_default();
        let mut grid = Self {
            reading,
            block,
            rows,
            width,
            head: None,
            columns: Vec::new(),
            named: 0,
        };
        grid.head = grid.head_row(table);
        grid.named = usize::from(grid.width > 2 && grid.opens_with_codes());
        grid.columns = grid.grade_columns();
        grid
    }

    fn cell(&self, row: usize, column: usize) -> Option<Cell<'r>> {
        self.rows.get(row)?.get(column).copied().flatten()
    }

    /// The cell that names a row, with its column: the first that is filled before the grades, as rows may be indented by an empty
    /// one.
    fn name_of(&self, row: usize) -> Option<(usize, Cell<'r>)> {
        let grades = self.columns.first().copied().unwrap_or(self.width);
        (self.named..grades).find_map(|column| Some((column, self.cell(row, column)?)))
    }

    fn body_rows(&self) -> impl Iterator<Item = usize> + '_ {
        let first = self.head.map_or(0, |head| head + 1);
        first..self.rows.len()
    }

    /// The last row marked as heads, or the first row where no cell of it is a grade and others have some.
    fn head_row(&self, table: &Table) -> Option<usize> {
        let graded = |row: usize| (0..self.width).any(|column| self.word(row, column).is_some());
        let marked = table
            .rows
            .iter()
            .rposition(|row| row.head)
            .filter(|&row| !graded(row));
        marked.or_else(|| {
            (!graded(0)
                && self.rows.len() > 1
                && self.rows.first().is_some_and(|row| row.len() > 1))
            .then_some(0)
        })
    }

    /// Whether the first column holds codes and numbers alone: "1.1", "P 2", "Q3".
    fn opens_with_codes(&self) -> bool {
        let wordless = |cell: Cell<'_>| {
            cell.input.tokens().iter().all(|token| match token.kind {
                TokenKind::Word => {
                    let text = cell.input.text_of(token);
                    text.len() <= 2 || text.bytes().any(|byte| byte.is_ascii_digit())
                }
                _ => true,
            })
        };
        let mut cells = self
            .body_rows()
            .filter_map(|row| self.cell(row, 0))
            .peekable();
        let dated = cells.peek().is_some_and(|cell| is_date(cell.input));
        cells.peek().is_some() && !dated && cells.all(wordless) && !self.is_grade_column(1)
    }

    fn word(&self, row: usize, column: usize) -> Option<GradeWord> {
        let input = self.cell(row, column)?.input;
        let bare = rating::bare(input).filter(|grade| !grade.bare_number);
        bare.or_else(|| self.opening(row, column))
    }

    /// The grade before the words that give its reasons, in a column whose head says that it holds grades: "Grade and judgement".
    fn opening(&self, row: usize, column: usize) -> Option<GradeWord> {
        let head = self.head.filter(|&head| head < row)?;
        let graded = self.cell(head, column)?.input.holds(Class::GradeNoun);
        let input = self.cell(row, column)?.input;
        rating::opening(input).filter(|_| graded && column > 0)
    }

    /// The grade of a cell in a column of grades; a bare number counts only where the head says that it is one.
    fn grade(&self, row: usize, column: usize) -> Option<GradeWord> {
        let bare = rating::bare(self.cell(row, column)?.input);
        let grade = bare.or_else(|| self.opening(row, column))?;
        (!grade.bare_number || self.is_number_column(column)).then_some(grade)
    }

    /// Whether the head of a column says that its numbers are ratings: "Rating", "Hygiene rating 2024".
    fn is_number_column(&self, column: usize) -> bool {
        let head = self.head.and_then(|head| self.cell(head, column));
        head.is_some_and(|cell| {
            (0..cell.input.len()).any(|at| {
                cell.input
                    .skip(at)
                    .lexeme(Class::GradeNoun)
                    .is_some_and(|(_, noun)| noun.canonical == "rating")
            })
        })
    }

    fn grade_columns(&self) -> Vec<usize> {
        let first_is_grade = self.is_grade_column(self.named);
        let words = (0..self.width)
            .any(|column| self.body_rows().any(|row| self.word(row, column).is_some()));
        let digits = |column: usize| self.body_rows().all(|row| self.word(row, column).is_none());
        if first_is_grade {
            return Vec::new();
        }
        (self.named + 1..self.width)
            .filter(|&column| self.is_grade_column(column) && !(words && digits(column)))
            .collect()
    }

    /// Whether most cells of a column are grades.
    fn is_grade_column(&self, column: usize) -> bool {
        let cells = || {
            self.body_rows().filter(|&row| {
                self.cell(row, column)
                    .is_some_and(|cell| blank(cell.input).is_none())
            })
        };
        let grades = cells()
            .filter(|&row| self.grade(row, column).is_some())
            .count();
        grades > 0 && 2 * grades > cells().count()
    }

    /// The grades that stand as heads of columns, where all heads of the first row but one are grades.
    fn graded_heads(&self) -> Option<Vec<(usize, GradeWord)>> {
        let first = self.rows.first()?;
        let heads: Vec<_> = (0..first.len())
            .filter_map(|column| Some((column, self.word(0, column)?)))
            .collect();
        let names = (0..first.len())
            .filter(|&column| self.cell(0, column).is_some())
            .count();
        let others = (1..self.rows.len()).any(|row| {
            heads
                .iter()
                .any(|(column, _)| self.word(row, *column).is_some())
        });
        (heads.len() >= 2 && names <= heads.len() + 1 && !others).then_some(heads)
    }

    /// Reads a table whose heads are grades and whose cells name what has them. Numbers under such heads are counts.
    fn read_under_grades(&self, heads: &[(usize, GradeWord)], sheet: &mut Sheet) {
        for row in 1..self.rows.len() {
            for (column, grade) in heads {
                let Some(cell) = self.cell(row, *column) else {
                    continue;
                };
                let counted = cell
                    .input
                    .first()
                    .is_some_and(|token| token.kind == TokenKind::Number);
                let named = if is_tick(cell.input) {
                    self.cell(row, 0).map(|cell| cell.input)
                } else {
                    Some(cell.input).filter(|input| !counted && blank(*input).is_none())
                };
                let Some(named) = named else {
                    continue;
                };
                sheet.ratings.push(Rated::new(
                    label(self.reading, named),
                    grade.name.clone(),
                    "table",
                    cell.input.span(),
                    cell.place,
                ));
            }
        }
    }

    /// Reads the rating of the whole in a table of names and values that rates nothing else: "Overall | Good" below "Provider | Elm".
    fn read_whole(&self, sheet: &mut Sheet) {
        if self.width != 2 {
            return;
        }
        for row in 0..self.rows.len() {
            let named = |cell: Cell<'_>| {
                cell.input
                    .lexeme(Class::Overall)
                    .is_some_and(|(rest, _)| rest.is_empty())
            };
            let grade = self.word(row, 1);
            let (Some(first), Some(cell), Some(grade)) =
                (self.cell(row, 0), self.cell(row, 1), grade)
            else {
                continue;
            };
            if named(first) {
                sheet.ratings.push(Rated::new(
                    Label::new(OVERALL),
                    grade.name,
                    "table",
                    first.input.span().join(grade.span),
                    cell.place,
                ));
            }
        }
    }

    fn read(&self, year: Option<i16>, sheet: &mut Sheet) {
        let heads: Vec<Head> = self
            .columns
            .iter()
            .map(|&column| self.head_of(self.head.and_then(|row| self.cell(row, column))))
            .collect();
        let stated = lead_round(self.reading, self.block, year);
        let crossed = heads
            .iter()
            .filter(|head| matches!(head, Head::Name(_)))
            .count()
            > usize::from(heads.len() > 1)
            && heads.len() > 1
            || heads.len() > 1
                && heads
                    .iter()
                    .all(|head| matches!(head, Head::Name(_) | Head::Overall));
        let mut rounds = Rounds::of(&heads, year, stated);
        rounds.plain |= !crossed
            && heads.len() > 1
            && heads
                .iter()
                .any(|head| matches!(head, Head::Name(_) | Head::Overall));
        let single = self.body_rows().filter(|&row| self.is_graded(row)).count() == 1;
        let rows: Vec<(usize, Head)> = self
            .body_rows()
            .map(|row| (row, self.row_head(row, single)))
            .collect();
        let groups = self.groups(&rows);
        let row_heads: Vec<Head> = rows.iter().map(|(_, head)| head.clone()).collect();
        let row_rounds = Rounds {
            history: stated == Round::Previous,
            ..Rounds::of(&row_heads, year, stated)
        };
        for (row, row_head) in &rows {
            if self.says_nothing(*row) && (self.width > 2 || groups.is_head(*row)) {
                continue;
            }
            for (&column, head) in self.columns.iter().zip(&heads) {
                let entry = Entry {
                    row: *row,
                    column,
                    name: Some(if crossed {
                        crossed_name(&groups.within(*row, row_head), head, single)
                    } else {
                        groups.named(*row, plain_name(row_head, head))
                    }),
                    round: if matches!(row_head, Head::Year(_) | Head::Round(_)) {
                        row_rounds.round(row_head)
                    } else {
                        rounds.round(head)
                    },
                };
                self.add(entry, crossed, sheet);
            }
        }
    }

    /// Whether a column of grades has one in a row.
    fn is_graded(&self, row: usize) -> bool {
        let mut columns = self.columns.iter();
        columns.any(|&column| self.grade(row, column).is_some())
    }

    /// Whether nothing stands in a row beside its name.
    fn says_nothing(&self, row: usize) -> bool {
        (self.named + 1..self.width).all(|column| self.cell(row, column).is_none())
    }

    /// The rows that name a group of those below, where there are two or more: each has nothing but its name, and a graded row follows.
    fn groups(&self, rows: &[(usize, Head)]) -> Groups {
        let is_head = |row: usize| {
            self.cell(row, self.named).is_some()
                && self.says_nothing(row)
                && self.is_graded(row + 1)
        };
        let heads: Vec<(usize, Label)> = rows
            .iter()
            .filter(|(row, _)| is_head(*row))
            .filter_map(|(row, head)| match head {
                Head::Name(name) => Some((*row, name.clone())),
                _ => None,
            })
            .collect();
        // Only the whole may stand before the first group.
        let opens = heads.first().is_some_and(|(first, _)| {
            let before = rows.iter().take_while(|(row, _)| row < first);
            before
                .into_iter()
                .all(|(_, head)| matches!(head, Head::Overall))
        });
        let mut names: FxHashMap<String, usize> = FxHashMap::default();
        for (_, head) in rows {
            if let Head::Name(name) = head {
                *names.entry(name.key().to_owned()).or_default() += 1;
            }
        }
        Groups {
            heads: if opens && heads.len() > 1 {
                heads
            } else {
                Vec::new()
            },
            repeated: names
                .into_iter()
                .filter_map(|(name, times)| (times > 1).then_some(name))
                .collect(),
        }
    }

    fn add(&self, entry: Entry, crossed: bool, sheet: &mut Sheet) {
        let Entry {
            row,
            column,
            name,
            round,
        } = entry;
        let Some((criterion, body)) = name else {
            return;
        };
        let Some(grade) = self.grade(row, column) else {
            self.gap(row, column, &criterion, sheet);
            return;
        };
        let Some(cell) = self.cell(row, column) else {
            return;
        };
        let beside = |&(name, _): &(usize, Cell<'_>)| column == name + 1 && !crossed;
        let span = match self.name_of(row).filter(beside) {
            Some((_, name)) => name.input.span().join(cell.input.span()),
            None => grade.span,
        };
        if let Some(earlier) = rating::bracketed_earlier(cell.input) {
            sheet.ratings.push(Rated {
                composed: body.is_some(),
                body: body.clone(),
                round: Round::Previous,
                ..Rated::new(
                    criterion.clone(),
                    earlier.name,
                    "table",
                    earlier.span,
                    cell.place,
                )
            });
        }
        if let Some((earlier, place, span)) = self.before_change(row, column, crossed) {
            sheet.ratings.push(Rated {
                composed: body.is_some(),
                body: body.clone(),
                round: Round::Previous,
                ..Rated::new(criterion.clone(), earlier, "table", span, place)
            });
        }
        sheet.ratings.push(Rated {
            composed: body.is_some(),
            body,
            round: round.0,
            year: round.1,
            score: self.score(row, column),
            ..Rated::new(criterion, grade.name, "table", span, cell.place)
        });
    }

    /// The earlier grade that the column of changes tells, beside the one column of grades: "Downgrade from G1".
    fn before_change(
        &self,
        row: usize,
        column: usize,
        crossed: bool,
    ) -> Option<(String, Place, Span)> {
        let head = self.head.filter(|_| !crossed && self.columns.len() == 1)?;
        let is_change = |&column: &usize| {
            let head = self.cell(head, column);
            head.is_some_and(|head| lists::heads_column(head.input, "change"))
        };
        let cell = self.cell(row, (column + 1..self.width).find(is_change)?)?;
        let earlier = rating::moved_from(cell.input)?;
        Some((earlier.name, cell.place, cell.input.span()))
    }

    fn gap(&self, row: usize, column: usize, criterion: &Label, sheet: &mut Sheet) {
        let rated = self
            .body_rows()
            .filter(|&row| self.grade(row, column).is_some())
            .count();
        let cell = self.cell(row, column);
        let found = match cell {
            Some(cell) => blank(cell.input),
            None => Some(Blank::Empty),
        };
        let (Some((_, first)), Some(found)) = (self.name_of(row), found) else {
            return;
        };
        if rated >= 2 {
            sheet.gaps.push(Gap {
                criterion: criterion.clone(),
                explained: found == Blank::Explained,
                span: cell.map_or(first.input.span(), |cell| cell.input.span()),
                place: Place {
                    cell: Some((row, column)),
                    ..first.place
                },
            });
        }
    }

    /// The score beside a grade: in its cell, or in a column that its head calls so.
    fn score(&self, row: usize, column: usize) -> Option<Number> {
        let input = self.cell(row, column)?.input;
        let inside = input.starts().find_map(rating::score);
        if let Some((_, score)) = inside {
            return Some(score.number);
        }
        let next = self.cell(row, column + 1)?.input;
        let head = self.cell(self.head?, column + 1)?.input;
        let scored = ["score", "points", "percentage", "%", "share"]
            .iter()
            .any(|word| head.holds_word(word));
        let (rest, score) = number::quantity(next).ok()?;
        (scored && rest.is_empty()).then_some(score.number)
    }

    /// Tells what the head of a column or row says.
    fn head_of(&self, cell: Option<Cell<'r>>) -> Head {
        let Some(Cell { input, .. }) = cell else {
            return Head::Plain;
        };
        self.time_of(input).unwrap_or_else(|| {
            let whole = |class: Class| input.lexeme(class).is_some_and(|(rest, _)| rest.is_empty());
            if whole(Class::Overall) || is_whole_body(input) {
                Head::Overall
            } else if whole(Class::GradeNoun) {
                Head::Plain
            } else {
                Head::Name(label(self.reading, input))
            }
        })
    }

    /// What a row is on: "Assessment" is a criterion beside others, and a word for the grade where it stands alone.
    fn row_head(&self, row: usize, single: bool) -> Head {
        let cell = self.name_of(row).map(|(_, cell)| cell);
        match (self.head_of(cell), cell) {
            (Head::Plain, Some(cell)) if !single => Head::Name(label(self.reading, cell.input)),
            (head, _) => head,
        }
    }

    /// The round that a short head names.
    fn time_of(&self, input: Input<'r>) -> Option<Head> {
        /// Longest head that names a round, in tokens.
        const LONGEST: usize = 6;
        if input.len() > LONGEST {
            return None;
        }
        if let Some((rest, head)) = input.lexeme(Class::RoundHead)
            && (rest.is_empty() || rest.starts_with("("))
        {
            let earlier = head.canonical == "previous";
            return Some(Head::Round(if earlier {
                Round::Previous
            } else {
                Round::Current
            }));
        }
        if input.holds(Class::Previous) {
            return Some(Head::Round(Round::Previous));
        }
        let bracket = input
            .tokens()
            .iter()
            .position(|token| token.kind == TokenKind::Symbol('('));
        // "Outpatients (2019)" names a service, "Rating (2019)" a round.
        let named = bracket
            .is_some_and(|at| at > 0 && !(0..at).any(|at| noun::is_a(input.skip(at), TIMED)));
        let year = input
            .tokens()
            .iter()
            .filter(|_| !named)
            .find_map(|token| year_of(self.reading, token.span, token.kind));
        year.map(Head::Year).or_else(|| {
            input
                .holds(Class::Current)
                .then_some(Head::Round(Round::Current))
        })
    }
}

/// Groups of rows under a row with a name alone: "Court work", then its criteria.
struct Groups {
    /// Rows that name a group, in order.
    heads: Vec<(usize, Label)>,
    /// Keys of the names that several rows have.
    repeated: FxHashSet<String>,
}

impl Groups {
    fn is_head(&self, row: usize) -> bool {
        self.heads.iter().any(|(head, _)| *head == row)
    }

    /// The head of a row of a table of services by criteria, with the group before it where groups have rows of the same name, as
    /// sites of one body have: "Elm Infirmary, Surgery".
    fn within(&self, row: usize, head: &Head) -> Head {
        let group = self.heads.iter().rev().find(|(head, _)| *head < row);
        match (group, head) {
            (Some((_, group)), Head::Name(name)) if !self.repeated.is_empty() => {
                Head::Name(Label::new(&format!("{group}, {name}")))
            }
            _ => head.clone(),
        }
    }

    /// What a row is on: with the group before it where other groups have a row of the same name.
    fn named(&self, row: usize, name: (Label, Option<Label>)) -> (Label, Option<Label>) {
        let group = self.heads.iter().rev().find(|(head, _)| *head < row);
        match (group, name) {
            (Some((_, group)), (criterion, None)) if self.repeated.contains(criterion.key()) => (
                Label::new(&format!("{group}: {criterion}")),
                Some(group.clone()),
            ),
            (_, name) => name,
        }
    }
}

/// Whether a cell opens with a date in figures.
fn is_date(input: Input<'_>) -> bool {
    input
        .first()
        .is_some_and(|token| token.kind == TokenKind::NumericDate)
}

/// Words of a head that say nothing but that there are grades of a round.
const TIMED: Classes = Classes::of(&[
    Class::GradeNoun,
    Class::InspectionNoun,
    Class::Overall,
    Class::BasePeriod,
    Class::Month,
    Class::Current,
]);

/// Whether a cell only marks that its row has the grade of its column: "✓", "X", "Yes".
fn is_tick(input: Input<'_>) -> bool {
    match input.tokens() {
        [only] => match only.kind {
            TokenKind::Symbol(mark) => {
                !mark.is_ascii() && !matches!(mark, '–' | '—' | '✗' | '✘' | '❌' | '☐')
                    || mark == '*'
            }
            _ => input.starts_with("x") || input.starts_with("yes"),
        },
        _ => false,
    }
}

/// Whether a head is nothing but the common name of the whole body: "Trust", "Service".
fn is_whole_body(input: Input<'_>) -> bool {
    input.lexeme(Class::BodyNoun).is_some_and(|(rest, noun)| {
        rest.is_empty() && input.text().eq_ignore_ascii_case(noun.canonical)
    })
}

/// One cell that may hold a grade.
struct Entry {
    row: usize,
    column: usize,
    name: Option<(Label, Option<Label>)>,
    round: (Round, Option<i16>),
}

fn year_of(reading: &Reading<'_>, span: Span, kind: TokenKind) -> Option<i16> {
    let text = reading.document.text_of(span);
    let digits = match kind {
        TokenKind::Number => text,
        TokenKind::YearSpan => text.get(..4)?,
        TokenKind::NumericDate => text.get(text.len().checked_sub(4)?..)?,
        _ => return None,
    };
    let year: i16 = (digits.len() == 4).then(|| digits.parse().ok()).flatten()?;
    (1980..2100).contains(&year).then_some(year)
}

/// What a cell is on in a table of services by criteria: "Maternity: safe".
fn crossed_name(row: &Head, column: &Head, single: bool) -> (Label, Option<Label>) {
    let criterion = match column {
        Head::Name(name) => name.clone(),
        _ => Label::new(OVERALL),
    };
    match row {
        Head::Name(body) if !single => (
            Label::new(&format!("{body}: {criterion}")),
            Some(body.clone()),
        ),
        _ => (criterion, None),
    }
}

/// What a cell is on in a table with one criterion a row.
fn plain_name(row: &Head, column: &Head) -> (Label, Option<Label>) {
    match (row, column) {
        (Head::Name(name), _)
        | (Head::Plain | Head::Year(_) | Head::Round(_), Head::Name(name)) => (name.clone(), None),
        _ => (Label::new(OVERALL), None),
    }
}

/// Which round each year of a table's heads belongs to.
struct Rounds {
    latest: Option<i16>,
    plain: bool,
    /// The round that the words above the table name.
    stated: Round,
    /// Whether all of it is of earlier rounds, the latest year too: a table of past inspections.
    history: bool,
}

impl Rounds {
    fn of(heads: &[Head], year: Option<i16>, stated: Round) -> Self {
        let latest = heads.iter().filter_map(|head| match head {
            Head::Year(year) => Some(*year),
            _ => None,
        });
        Self {
            latest: latest.max().or(year),
            plain: heads
                .iter()
                .any(|head| matches!(head, Head::Plain | Head::Round(Round::Current))),
            stated,
            history: false,
        }
    }

    fn round(&self, head: &Head) -> (Round, Option<i16>) {
        match head {
            Head::Round(round) => (*round, None),
            Head::Year(year) if self.plain || Some(*year) != self.latest || self.history => {
                (Round::Previous, Some(*year))
            }
            Head::Year(year) => (Round::Current, Some(*year)),
            _ => (self.stated, None),
        }
    }
}
