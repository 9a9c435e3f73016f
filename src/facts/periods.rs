//! Changes between the columns of a table that hold the same measure at two times.

use std::cmp::Ordering;

use jiff::civil::Date;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::{
    Fact, levels,
    reading::{Reading, Sentence},
    schema::{CHANGE, change::Slot},
};
use crate::{
    document::{BlockKind, Table},
    grammar::{
        Class, Input, base, date,
        level::{self, Level},
        noun,
    },
    span::Span,
    value::{Label, Unit, Value},
};

/// Two columns: the earlier and the later value of one measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pair {
    earlier: usize,
    later: usize,
    percent: bool,
}

/// The head of a column.
#[derive(Debug)]
struct Head {
    /// What it says without its period.
    label: Label,
    period: Option<Period>,
    percent: bool,
}

/// When the values of a column were taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Period {
    /// "Last year", "previous inspection".
    Before,
    /// From this day on.
    At(Date),
    /// "This inspection", "now".
    Now,
}

/// The sentences of a table by row and column.
type Cells<'a> = FxHashMap<(usize, usize), &'a Sentence>;

/// Adds the changes of every table with two columns of one measure at different times.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    for (block, content) in reading.document.blocks.iter().enumerate() {
        let BlockKind::Table(table) = &content.kind else {
            continue;
        };
        let cells: Cells<'_> = reading
            .sentences_of(block)
            .iter()
            .filter_map(|sentence| Some((sentence.place.cell?, sentence)))
            .collect();
        let head = table.rows.iter().position(|row| row.head).unwrap_or(0);
        for pair in pairs(reading, &cells, table, head) {
            for row in head + 1..table.rows.len() {
                facts.extend(of_row(reading, &cells, row, pair));
            }
        }
    }
}

/// The pairs of columns that hold one measure at two times: two columns whose heads differ in their periods alone, or one
/// head that names an earlier period beside the same head without one.
fn pairs(reading: &Reading<'_>, cells: &Cells<'_>, table: &Table, head: usize) -> Vec<Pair> {
    let columns = table.rows.get(head).map_or(0, |row| row.cells.len());
    let mut by_label: Vec<(Label, Vec<(usize, Head)>)> = Vec::new();
    for column in 1..columns {
        let Some(sentence) = cells.get(&(head, column)) else {
            continue;
        };
        let read = read_head(reading, reading.input(sentence));
        match by_label.iter_mut().find(|(label, _)| *label == read.label) {
            Some((_, same)) => same.push((column, read)),
            None => by_label.push((read.label.clone(), vec![(column, read)])),
        }
    }
    by_label
        .iter()
        .filter_map(|(_, same)| match &same[..] {
            [(first, a), (second, b)] => {
                let (earlier, later) = match order(a, b)? {
                    Ordering::Less => (*first, *second),
                    _ => (*second, *first),
                };
                Some(Pair {
                    earlier,
                    later,
                    percent: a.percent || b.percent,
                })
            }
            _ => None,
        })
        .collect()
}

/// Which of two columns is the earlier one; `None` where their heads do not say.
fn order(first: &Head, second: &Head) -> Option<Ordering> {
    let named = !first.label.is_empty();
    let order = match (first.period, second.period) {
        (Some(first), Some(second)) => first.cmp(&second),
        (Some(_), None) if named => Ordering::Less,
        (None, Some(_)) if named => Ordering::Greater,
        _ => Ordering::Equal,
    };
    (order != Ordering::Equal).then_some(order)
}

/// Reads the head of a column: "June 2023", "Share in May 2024", "Previous year (%)".
fn read_head(reading: &Reading<'_>, input: Input<'_>) -> Head {
    let percent = input
        .tokens()
        .iter()
        .any(|token| token.classes.has(Class::PercentWord));
    if let Some((rest, _)) = input.lexeme(Class::Current)
        && rest.is_empty()
    {
        return Head {
            label: Label::new(""),
            period: Some(Period::Now),
            percent,
        };
    }
    let Some((at, span)) = base::find_period(input) else {
        return Head {
            label: reading.label(input.span()),
            period: None,
            percent,
        };
    };
    let before = input.until(at);
    let after = input
        .tokens()
        .partition_point(|token| token.span.start < span.end);
    let rest = [before, input.skip(after)].map(|part| reading.text(part.span()));
    Head {
        label: Label::new(&rest.join(" ")),
        period: period(input.restart(at)),
        percent,
    }
}

/// When a period starts, as far as its words say.
fn period(input: Input<'_>) -> Option<Period> {
    let dated = (0..input.len().min(6)).find_map(|at| {
        let (_, written) = date::date(input.skip(at)).ok()?;
        written.resolve()
    });
    match dated {
        Some(days) => Some(Period::At(days.from)),
        None => base::is_relative(input).then_some(Period::Before),
    }
}

/// The change in one row, where both cells hold one value and no more.
fn of_row(reading: &Reading<'_>, cells: &Cells<'_>, row: usize, pair: Pair) -> Option<Fact> {
    let cell = |column: usize| -> Option<(Level, &Sentence)> {
        let sentence = cells.get(&(row, column))?;
        let (rest, mut level) = level::level(reading.input(sentence)).ok()?;
        let alone = rest.is_empty() || noun::counted(rest).is_ok_and(|(rest, _)| rest.is_empty());
        if pair.percent && level.quantity.number.unit() == Unit::None {
            level.quantity.number = level.quantity.number.with_unit(Unit::Percent);
        }
        alone.then_some((level, *sentence))
    };
    let (from, _) = cell(pair.earlier)?;
    let (to, sentence) = cell(pair.later)?;
    let (from, to) = (from.quantity.number, to.quantity.number);
    let whole = Decimal::ONE_HUNDRED;
    let total = to.unit() == Unit::Percent && from.value() == whole && to.value() == whole;
    if from.unit() != to.unit() || total {
        return None;
    }
    let direction = match levels::order(to, from) {
        Ordering::Greater => "up",
        Ordering::Less => "down",
        Ordering::Equal => "unchanged",
    };
    let measure = cells
        .get(&(row, 0))
        .map(|first| reading.label(reading.input(first).span()))
        .filter(|label| !label.is_empty());
    let span = |column| {
        cells
            .get(&(row, column))
            .map(|cell| reading.input(cell).span())
    };
    let span: Span = span(pair.earlier)?.join(span(pair.later)?);
    Some(
        Fact::new(CHANGE, span, sentence.place)
            .with(Slot::measure, measure)
            .with(Slot::from, from)
            .with(Slot::to, to)
            .with(Slot::unit, Value::Symbol(levels::unit_name(to.unit())))
            .with(Slot::direction, Value::Symbol(direction)),
    )
}
