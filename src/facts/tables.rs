//! Cells of tables: what stands above and to the left of them, and the figure that a cell is.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::{
    figures::{Counted, hedge_before},
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
    row: usize,
    column: usize,
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
    match &reading.block(sentence.place.block)?.kind {
        BlockKind::Table(table) => Some(Cell { table, row, column }),
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
        let head = self
            .table
            .rows
            .get(..self.row)?
            .iter()
            .rev()
            .find(|row| row.head)?;
        head.cells
            .get(self.column)
            .copied()
            .filter(|span| !span.is_empty())
    }

    /// The first cell of the row; beside a number that leads its row, the second.
    pub(super) fn row_head(&self) -> Option<Span> {
        let cells = &self.table.rows.get(self.row)?.cells;
        let head = cells.get(usize::from(self.column == 0)).copied();
        head.filter(|span| !span.is_empty())
    }

    /// The figure that the cell is. A number alone has its unit from its own sign, else from the head of its column or,
    /// in a table without column heads, of its row.
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
            match self.head_unit(reading) {
                Some(HeadUnit::Nothing) => return CellFigure::None,
                Some(HeadUnit::Score) => counted.unit = "score",
                Some(HeadUnit::Of(unit, scale)) => rescale(&mut counted, unit, scale),
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
            .and_then(|head| unit_named(reading, head));
        column.or_else(|| {
            let alone = self.table.rows.get(self.row)?.cells.len() <= 2;
            let head = self.row_head().filter(|_| alone || !self.has_head())?;
            unit_named(reading, head)
        })
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

/// The unit that a head names.
fn unit_named(reading: &Reading<'_>, head: Span) -> Option<HeadUnit> {
    let mut lexed = Lexed::new(&reading.document.text, &reading.vocabulary.lexicon);
    let tokens = lexed.add(head);
    let input = Input::new(&lexed, tokens);
    let tokens = input.tokens();
    let has = |class: Class| (0..input.len()).find_map(|at| input.skip(at).lexeme(class));
    let has_symbol = |wanted: &[char]| {
        tokens
            .iter()
            .position(|token| matches!(token.kind, TokenKind::Symbol(c) if wanted.contains(&c)))
    };
    if has(Class::PercentWord).is_some() || has_symbol(&['%']).is_some() {
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
    let (_, unit) = (0..input.len()).find_map(|at| number::unit(input.skip(at)).ok())?;
    unit.is_duration()
        .then_some(HeadUnit::Of(unit, Decimal::ONE))
}
