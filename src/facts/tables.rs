//! Cells of tables: what stands above and to the left of them, and the figure that a cell is.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::{
    figures::{Counted, hedge_before},
    lists,
    reading::{Reading, Sentence},
};
use crate::{
    document::{BlockKind, Table},
    grammar::{Class, Input, Lexed, TokenKind, number},
    span::Span,
    value::{Number, Unit},
};

/// A cell in its table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell<'a> {
    table: &'a Table,
    block: usize,
    row: usize,
    column: usize,
    /// The nearest row of heads above.
    head: Option<usize>,
}

/// What a cell holds as a figure.
#[derive(Debug)]
pub(super) enum CellFigure {
    /// The cell is one figure.
    Is(Box<Counted>),
    /// The cell is a number that is no figure, or a head.
    None,
    /// The cell holds words, to be read like a sentence.
    Prose,
}

/// Units that the head of a column or row gives to the numbers under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HeadUnit {
    Of(Unit, Decimal),
    Score,
    /// Numbers under it are no figures: ratings, ranks, references.
    Nothing,
}

/// Words of the label of a key fact at most: more are a paragraph.
const LABEL_WORDS: usize = 10;

/// The cell of a sentence.
pub(super) fn cell<'a>(reading: &Reading<'a>, sentence: &Sentence) -> Option<Cell<'a>> {
    let (row, column) = sentence.place.cell?;
    let block = sentence.place.block;
    match &reading.block(block)?.kind {
        BlockKind::Table(table) => Some(Cell {
            table,
            block,
            row,
            column,
            head: reading.head_above(block, row),
        }),
        _ => None,
    }
}

impl Cell<'_> {
    fn span(&self) -> Option<Span> {
        self.table
            .rows
            .get(self.row)?
            .cells
            .get(self.column)
            .copied()
    }

    fn has_head(&self) -> bool {
        self.table.rows.first().is_some_and(|row| row.head)
    }

    /// Whether this is the first cell of a row in a table with column heads.
    pub(super) fn is_row_head(&self) -> bool {
        self.column == 0 && self.has_head()
    }

    /// The head of the column: its cell in the nearest head row above.
    pub(super) fn column_head(&self) -> Option<Span> {
        let head = self.table.rows.get(self.head?)?;
        let cell = head.cells.get(self.column).copied();
        cell.filter(|span| !span.is_empty())
    }

    /// The first cell of the row; beside a number that leads its row, the second.
    pub(super) fn row_head(&self) -> Option<Span> {
        let cells = &self.table.rows.get(self.row)?.cells;
        let head = cells.get(usize::from(self.column == 0)).copied();
        head.filter(|span| !span.is_empty())
    }

    /// The figure that the cell is. A number alone has its unit from its own sign, else from the head of its column or,
    /// in a table without column heads, of its row, else from the caption.
    pub(super) fn figure(&self, reading: &Reading<'_>, sentence: &Sentence) -> CellFigure {
        let Some(row) = self.table.rows.get(self.row) else {
            return CellFigure::None;
        };
        if row.head {
            return CellFigure::None;
        }
        let whole = reading.input(sentence);
        let (start, bracketed) = inside_brackets(whole);
        let start = start.lexeme(Class::Hedge).map_or(start, |(rest, _)| rest);
        let Ok((rest, quantity)) = number::quantity(start) else {
            return CellFigure::Prose;
        };
        let alone = rest.len() == usize::from(bracketed);
        if !alone || self.span() != Some(whole.span()) {
            return CellFigure::Prose;
        }
        let listed = self
            .row_head()
            .is_some_and(|head| has_leader(reading.document.text_of(head)));
        if self.column == 0 && !self.is_key_fact(reading) || is_code(whole, start) || listed {
            return CellFigure::None;
        }
        let mut counted = Counted {
            tokens: start.position()..rest.position(),
            span: quantity.span,
            quantity,
            unit: "count",
            noun: None,
            hedge: hedge_before(whole, start.position()),
        };
        if counted.quantity.number.unit() == Unit::None {
            let named = self.head_unit(reading);
            let above = || self.caption_unit(reading, &counted);
            match named.or_else(above).or_else(|| self.money(reading)) {
                Some(HeadUnit::Nothing) => return CellFigure::None,
                Some(HeadUnit::Score) => counted.unit = "score",
                Some(HeadUnit::Of(unit, scale)) => rescale(&mut counted, unit, scale),
                None if self.is_beside_grade(reading) => counted.unit = "score",
                None => {}
            }
        }
        if counted.unit == "count" {
            counted.unit = name_of(counted.quantity.number.unit());
        }
        CellFigure::Is(Box::new(counted))
    }

    /// Whether the cell leads a row of a number and what it counts: "5,130 | staff".
    fn is_key_fact(&self, reading: &Reading<'_>) -> bool {
        let words = |span: &Span| {
            let text = reading.document.text_of(*span);
            // "2.1 | The team carried out …", "3.0 | RESOURCES": the number of a paragraph or section.
            let numbered = text.split_whitespace().count() > LABEL_WORDS
                || text.len() > 4 && !text.contains(char::is_lowercase);
            !numbered && text.starts_with(char::is_alphabetic) && text.contains(' ')
                || !numbered && text.chars().all(char::is_alphabetic)
        };
        let cells = self
            .table
            .rows
            .get(self.row)
            .map_or(&[][..], |row| &row.cells);
        !self.has_head() && matches!(cells, [_, label] if !label.is_empty() && words(label))
    }

    /// Whether the numbers of the cell are no figures by the head of its column or row.
    pub(super) fn names_no_figures(&self, reading: &Reading<'_>) -> bool {
        self.head_unit(reading) == Some(HeadUnit::Nothing)
    }

    fn head_unit(&self, reading: &Reading<'_>) -> Option<HeadUnit> {
        let column = self
            .column_head()
            .and_then(|head| with_head(reading, head, unit_named));
        column.or_else(|| {
            let alone = self.table.rows.get(self.row)?.cells.len() <= 2;
            let head = self.row_head().filter(|_| alone || !self.has_head())?;
            with_head(reading, head, unit_named)
        })
    }

    /// Whether the cell stands right behind a grade, in a column without a head: "Staffing | Requires improvement | 1".
    fn is_beside_grade(&self, reading: &Reading<'_>) -> bool {
        let cells = self.table.rows.get(self.row).map(|row| &row.cells);
        let is_grade = |column: usize| {
            let cell = cells.and_then(|cells| cells.get(column));
            cell.is_some_and(|cell| {
                with_head(reading, *cell, |input| {
                    input
                        .lexeme(Class::Grade)
                        .is_some_and(|(rest, _)| rest.is_empty())
                })
            })
        };
        self.column > 1 && self.column_head().is_none() && is_grade(self.column - 1) && !is_grade(0)
    }

    /// The sums of money that the corner of a table or the line above it says its numbers are, where the row names no other unit:
    /// "Spending (£ million)".
    fn money(&self, reading: &Reading<'_>) -> Option<HeadUnit> {
        let other = self.row_head().is_some_and(|head| {
            with_head(reading, head, |head| {
                unit_named(head).is_some() || lists::heads_column(head, "number")
            })
        });
        let counts = self.column_head().is_some_and(|head| {
            with_head(reading, head, |head| lists::heads_column(head, "number"))
        });
        if other || counts {
            return None;
        }
        let corner = self
            .table
            .rows
            .get(self.head.unwrap_or(self.row))?
            .cells
            .first();
        let corner = corner.filter(|_| self.head.is_some());
        let in_corner = corner.and_then(|corner| with_head(reading, *corner, sums_of_money));
        in_corner.or_else(|| {
            let above = self.block.checked_sub(1)?;
            let caption = reading.block(above)?.kind == BlockKind::Caption;
            let lines = reading.sentences_of(above);
            let sentence = lines.last()?;
            let stands = caption || lines.len() == 1;
            stands.then(|| sums_of_money(reading.input(sentence)))?
        })
    }

    /// Percent for a number of a hundred at most under a caption that says "percentages" and speaks of no numbers, unless the head
    /// of its column does.
    fn caption_unit(&self, reading: &Reading<'_>, counted: &Counted) -> Option<HeadUnit> {
        let above = self.block.checked_sub(1)?;
        reading
            .block(above)
            .filter(|block| block.kind == BlockKind::Caption)?;
        let mut caption = reading.sentences_of(above).iter();
        let percent = caption.any(|sentence| {
            let input = reading.input(sentence);
            shares(input) && !lists::heads_column(input, "number")
        });
        let counts = self.column_head().is_some_and(|head| {
            with_head(reading, head, |head| lists::heads_column(head, "number"))
        });
        let share = counted.quantity.number.value() <= Decimal::ONE_HUNDRED;
        (percent && share && !counts).then_some(HeadUnit::Of(Unit::Percent, Decimal::ONE))
    }
}

fn rescale(counted: &mut Counted, unit: Unit, scale: Decimal) {
    let digits = counted.quantity.number.value();
    let rounds = matches!(unit, Unit::Percent) || scale != Decimal::ONE;
    let number = if rounds {
        Number::rounded(digits, scale)
    } else {
        None
    };
    counted.quantity.number = number.unwrap_or(counted.quantity.number).with_unit(unit);
}

/// The name of a unit in the schema.
pub(super) fn name_of(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "percent",
        Unit::Points => "points",
        unit if unit.is_money() => "money",
        unit if unit.is_duration() => "duration",
        _ => "count",
    }
}

/// "(12)" is the number 12.
fn inside_brackets(whole: Input<'_>) -> (Input<'_>, bool) {
    let tokens = whole.tokens();
    let is = |at: Option<&crate::grammar::Token>, wanted| {
        at.is_some_and(|token| token.kind == TokenKind::Symbol(wanted))
    };
    if is(tokens.first(), '(') && is(tokens.last(), ')') {
        (whole.skip(1), true)
    } else {
        (whole, false)
    }
}

/// Whether the text ends with the dots that lead to a page of a table of contents.
fn has_leader(text: &str) -> bool {
    let dots = text
        .chars()
        .rev()
        .filter(|c| !c.is_whitespace())
        .take_while(|c| matches!(c, '.' | '…' | '·'));
    text.trim_end().ends_with('…') || dots.count() >= 3
}

/// Digits that identify rather than count: a year is left to the dates, a telephone number to nobody.
fn is_code(whole: Input<'_>, start: Input<'_>) -> bool {
    let Some(token) = start.first() else {
        return true;
    };
    let text = whole.text_of(token);
    token.kind == TokenKind::Number
        && !text.contains([',', '.'])
        && (text.len() >= 6
            || text.len() > 1 && text.starts_with('0')
            || start.len() == 1 && crate::grammar::date::year(start).is_ok())
}

/// What `read` makes of a head.
fn with_head<T>(reading: &Reading<'_>, head: Span, read: impl FnOnce(Input<'_>) -> T) -> T {
    let mut lexed = Lexed::new(&reading.document.text, &reading.vocabulary.lexicon);
    let tokens = lexed.add(head);
    read(Input::new(&lexed, tokens))
}

/// Whether a head or caption says that numbers are percentages.
fn shares(input: Input<'_>) -> bool {
    input.holds(Class::PercentWord) || lists::heads_column(input, "share")
}

/// The unit of the numbers under a head; none where it names none.
pub(super) fn named_unit(head: Input<'_>) -> Unit {
    match unit_named(head) {
        Some(HeadUnit::Of(unit, _)) => unit,
        _ => Unit::None,
    }
}

/// The value of a cell that is a sum of money by its head, its caption or its own sign, in whole units.
pub(super) fn money(reading: &Reading<'_>, sentence: &Sentence) -> Option<Number> {
    match cell(reading, sentence)?.figure(reading, sentence) {
        CellFigure::Is(figure) => Some(figure.quantity.number).filter(|it| it.unit().is_money()),
        _ => None,
    }
}

/// The sums that a line says the numbers below it are: the sign of a currency with no sum behind it.
///
/// `sums = … currency ["\'"] ("000" | multiplier) …`: "Spending (£ million)", "All figures in £000".
fn sums_of_money(input: Input<'_>) -> Option<HeadUnit> {
    let at = input
        .tokens()
        .iter()
        .position(|token| matches!(token.kind, TokenKind::Symbol('£' | '€' | '$')))?;
    let sign = input.skip(at);
    let rest = sign.skip(1);
    let rest = if rest.starts_with("'") || rest.starts_with("’") {
        rest.skip(1)
    } else {
        rest
    };
    let thousands = rest
        .first()
        .is_some_and(|token| input.text_of(token).starts_with("000"));
    (thousands || rest.lexeme(Class::Multiplier).is_some())
        .then(|| unit_named(sign))
        .flatten()
}

/// What a head says of the numbers under it.
fn unit_named(input: Input<'_>) -> Option<HeadUnit> {
    let tokens = input.tokens();
    let has = |class: Class| input.starts().find_map(|here| here.lexeme(class));
    let has_symbol = |wanted: &[char]| {
        tokens
            .iter()
            .position(|token| matches!(token.kind, TokenKind::Symbol(c) if wanted.contains(&c)))
    };
    // Points that are not percentage points are a score.
    let points = input
        .find(Class::PointsWord)
        .is_some_and(|(here, _)| here.lexeme(Class::ScoreWord).is_none());
    if points {
        return Some(HeadUnit::Of(Unit::Points, Decimal::ONE));
    }
    if shares(input) || has_symbol(&['%']).is_some() {
        return Some(HeadUnit::Of(Unit::Percent, Decimal::ONE));
    }
    if let Some(at) = has_symbol(&['£', '€', '$']) {
        let unit = match tokens.get(at).map(|token| token.kind) {
            Some(TokenKind::Symbol('€')) => Unit::Euro,
            Some(TokenKind::Symbol('$')) => Unit::Dollar,
            _ => Unit::Pound,
        };
        let rest = input.skip(at + 1);
        let thousands = rest
            .tokens()
            .iter()
            .take(2)
            .any(|token| input.text_of(token).starts_with("000"));
        let scale = match rest.lexeme(Class::Multiplier) {
            Some((_, word)) => Decimal::from_str(word.canonical).unwrap_or(Decimal::ONE),
            None if thousands => Decimal::ONE_THOUSAND,
            None => Decimal::ONE,
        };
        return Some(HeadUnit::Of(unit, scale));
    }
    if has(Class::ScoreWord).is_some() {
        return Some(HeadUnit::Score);
    }
    let graded = has(Class::GradeNoun).is_some_and(|(_, noun)| noun.canonical == "rating");
    let named = (0..input.len()).any(|at| {
        let here = input.skip(at);
        let part = ["before"]
            .iter()
            .find_map(|part| super::figures::role_of(here, part));
        part.is_some_and(|rest| rest.is_empty() && at == 0)
    });
    if graded || named || has(Class::Age).is_some() {
        return Some(HeadUnit::Nothing);
    }
    // "Open after one year" counts what is open.
    let named = |at: &usize| {
        let before = at.checked_sub(1).map(|before| input.skip(before));
        before.is_none_or(|before| number::magnitude(before).is_err())
    };
    let mut units = (0..input.len()).filter(named);
    let (_, unit) = units.find_map(|at| number::unit(input.skip(at)).ok())?;
    unit.is_duration()
        .then_some(HeadUnit::Of(unit, Decimal::ONE))
}

/// Whether a row or column is headed as a total.
pub(super) fn is_total(reading: &Reading<'_>, head: Span) -> bool {
    let text = reading.text(head).to_lowercase();
    ["total", "all", "overall total", "totals", "sum"].contains(&text.as_str())
        || text.starts_with("total ")
}
