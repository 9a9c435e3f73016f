//! Comparisons between the columns of a table: what was reached, of several periods in the last, beside its target or average.

use super::{
    Fact, levels,
    periods::{self, Period},
    reading::{Reading, Sentence},
    schema::{COMPARISON, comparison::Slot},
};
use crate::{
    document::{BlockKind, Table},
    grammar::{Class, base},
    value::{Number, Unit, Value},
};
use std::cmp::Ordering;

/// Adds the comparisons of every table with one column of values and columns of references beside it.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    for (block, content) in reading.document.blocks.iter().enumerate() {
        let BlockKind::Table(table) = &content.kind else {
            continue;
        };
        let Some(head) = table.rows.iter().position(|row| row.head) else {
            continue;
        };
        let cells = periods::cells(reading, block);
        let columns = columns(reading, &cells, table, head);
        let named = columns.named;
        for row in head + 1..table.rows.len() {
            for pair in columns.pairs() {
                let found = of_row(reading, &cells, row, pair, head);
                let same = |fact: &Fact| {
                    let unit = |slot| fact.get(slot).as_number().map(Number::unit);
                    unit(Slot::value) == unit(Slot::reference_value)
                };
                facts.extend(found.filter(|fact| named || same(fact)));
            }
        }
    }
}

/// What the columns of a table hold.
#[derive(Default)]
struct Columns {
    /// Those of references, each with the period that its head names.
    references: Vec<(usize, Option<Period>)>,
    /// Those of what was reached.
    values: Vec<usize>,
    /// Those headed by a period: what was reached in it.
    dated: Vec<(usize, Period)>,
    /// Whether heads say which hold what was reached.
    named: bool,
}

impl Columns {
    /// Each column of references with that of the values that were to reach it: the only one; of several periods, the one that the
    /// reference is for, or the last.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.references.iter().filter_map(|(reference, period)| {
            let value = match (self.values.as_slice(), period) {
                ([value], _) => *value,
                ([], Some(period)) => self.dated.iter().find(|(_, dated)| dated == period)?.0,
                ([], None) => self.dated.iter().max_by_key(|(_, dated)| *dated)?.0,
                _ => return None,
            };
            Some((value, *reference))
        })
    }
}

fn columns(
    reading: &Reading<'_>,
    cells: &periods::Cells<'_>,
    table: &Table,
    head: usize,
) -> Columns {
    let count = table.rows.get(head).map_or(0, |row| row.cells.len());
    let mut columns = Columns::default();
    let mut others = Vec::new();
    for column in 1..count {
        let Some(sentence) = cells.get(&(head, column)) else {
            continue;
        };
        let input = reading.input(sentence);
        let period = periods::of_head(reading, input);
        if input.lexeme(Class::Outcome).is_some() {
            columns.values.push(column);
        } else if base::names_reference(input).is_some() || base::ends_in_scope(input).is_some() {
            columns.references.push((column, period));
        } else if let Some(period) = period {
            columns.dated.push((column, period));
        } else if holds_values(reading, cells, table, column) {
            others.push(column);
        }
    }
    // "Elm School" beside "National average" is what was reached, where no other column holds values.
    columns.named = !columns.values.is_empty();
    if !columns.named {
        columns.values = others;
    }
    columns
}

/// Whether most cells of a column hold one value each.
fn holds_values(
    reading: &Reading<'_>,
    cells: &periods::Cells<'_>,
    table: &Table,
    column: usize,
) -> bool {
    let rows = 0..table.rows.len();
    let lone = |row: &usize| {
        let sentence = cells.get(&(*row, column));
        sentence.is_some_and(|sentence| periods::lone(reading, sentence, false).is_some())
    };
    2 * rows.filter(lone).count() >= table.rows.len()
}

/// The comparison in one row, where both cells hold one value and no more.
fn of_row(
    reading: &Reading<'_>,
    cells: &periods::Cells<'_>,
    row: usize,
    (value, reference): (usize, usize),
    head: usize,
) -> Option<Fact> {
    let cell = |column: usize| -> Option<(_, &Sentence)> {
        let sentence = *cells.get(&(row, column))?;
        Some((periods::lone(reading, sentence, false)?, sentence))
    };
    let (held, place) = cell(value)?;
    let (bar, beside) = cell(reference)?;
    let (held, bar) = (held.quantity.number, bar.quantity.number);
    let bare = held.unit() == Unit::None;
    if held.unit() != bar.unit() && !bare && bar.unit() != Unit::None {
        return None;
    }
    let relation = match levels::order(held, bar) {
        Ordering::Greater => "above",
        Ordering::Less => "below",
        Ordering::Equal => "equal",
    };
    let label = |row, column| {
        let sentence = cells.get(&(row, column))?;
        let label = reading.label(reading.input(sentence).span());
        (!label.is_empty()).then_some(label)
    };
    let span = reading
        .input(place)
        .span()
        .join(reading.input(beside).span());
    let unit = if bare { bar.unit() } else { held.unit() };
    Some(
        Fact::new(COMPARISON, span, place.place)
            .with(Slot::measure, label(row, 0))
            .with(Slot::value, held)
            .with(Slot::relation, Value::Symbol(relation))
            .with(Slot::unit, Value::Symbol(levels::unit_name(unit)))
            .with(Slot::reference, label(head, reference))
            .with(Slot::reference_value, bar),
    )
}
