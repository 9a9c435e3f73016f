//! Comparisons between the columns of a table: what was reached beside its target or average.

use super::{
    Fact, levels, periods,
    reading::{Reading, Sentence},
    schema::{COMPARISON, comparison::Slot},
};
use crate::{
    document::{BlockKind, Table},
    grammar::{Class, Classes, base, noun},
    value::{Unit, Value},
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
        let (references, values) = columns(reading, &cells, table, head);
        let [value] = values[..] else { continue };
        for row in head + 1..table.rows.len() {
            for &reference in &references {
                facts.extend(of_row(reading, &cells, row, (value, reference), head));
            }
        }
    }
}

/// The columns that hold references, and those that hold what was reached, by their heads.
fn columns(
    reading: &Reading<'_>,
    cells: &periods::Cells<'_>,
    table: &Table,
    head: usize,
) -> (Vec<usize>, Vec<usize>) {
    let count = table.rows.get(head).map_or(0, |row| row.cells.len());
    let mut references = Vec::new();
    let mut values = Vec::new();
    for column in 1..count {
        let Some(sentence) = cells.get(&(head, column)) else {
            continue;
        };
        let input = reading.input(sentence);
        let current = noun::is_a(input, Classes::of(&[Class::Outcome]));
        if current {
            values.push(column);
        } else if base::names_reference(input).is_some() || base::ends_in_scope(input).is_some() {
            references.push(column);
        }
    }
    (references, values)
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
