//! Shares in tables: counts beside their percentages, and cells held against the total of their row or column.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::{
    super::{
        Fact,
        figures::Counted,
        reading::{Reading, Sentence},
        schema::{PROPORTION, proportion::Slot},
        tables,
    },
    wholes::{gives, is_one_of},
};
use crate::{
    document::{BlockKind, Table},
    grammar::{
        number::{self, Quantity},
        proportion::{self, Share},
    },
    value::{Label, Number, Unit, Verdict},
};

/// The totals of tables whose cells are counts with their shares: "148 (1.0%)" in a row with "14,491" under "Total".
pub(super) struct Totals(FxHashMap<(usize, (usize, usize)), Total>);

/// What a cell of a table with a total is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Total {
    /// A part of so many.
    Of(Number),
    /// All of them: "14,491 (100%)".
    Itself,
}

/// Where the total of a cell stands.
#[derive(Clone, Copy)]
enum Along {
    /// In the column that is headed as a total.
    Row,
    /// In the row that is headed as a total.
    Column,
}

impl Totals {
    pub(super) fn new(reading: &Reading<'_>) -> Self {
        let mut found = FxHashMap::default();
        for (block, content) in reading.document.blocks.iter().enumerate() {
            let BlockKind::Table(table) = &content.kind else {
                continue;
            };
            let shares: Vec<_> = reading
                .sentences_of(block)
                .iter()
                .filter_map(|sentence| Some((sentence.place.cell?, lone_share(reading, sentence)?)))
                .collect();
            if shares.len() < 2 {
                continue;
            }
            for along in [Along::Row, Along::Column] {
                let Some(totals) = totals_of(reading, block, table, along) else {
                    continue;
                };
                let known: Vec<_> = shares
                    .iter()
                    .filter_map(|((row, column), share)| {
                        let (own, other) = match along {
                            Along::Row => (*row, *column),
                            Along::Column => (*column, *row),
                        };
                        let (at, total) = totals.get(&own)?;
                        let total = if *at == other {
                            Total::Itself
                        } else {
                            Total::Of(*total)
                        };
                        Some(((block, (*row, *column)), share, total))
                    })
                    .collect();
                let parts = known.iter().filter_map(|(_, share, total)| match total {
                    Total::Of(total) => Some((share, *total)),
                    Total::Itself => None,
                });
                let fits = parts.clone().filter(|(share, total)| {
                    let part = share.part.as_ref();
                    part.is_some_and(|part| gives(part, share, *total))
                });
                let (parts, fits) = (parts.count(), fits.count());
                // Some of them may be wrong; that most are right tells what they are shares of.
                if parts > 1 && fits * 2 > parts {
                    found.extend(known.into_iter().map(|(cell, _, total)| (cell, total)));
                    break;
                }
            }
        }
        Self(found)
    }

    /// What the share in a cell is.
    pub(super) fn of(&self, sentence: &Sentence) -> Option<Total> {
        let cell = (sentence.place.block, sentence.place.cell?);
        self.0.get(&cell).copied()
    }
}

/// The share that a cell is, with its count and nothing more: "148 (1.0%)".
fn lone_share(reading: &Reading<'_>, sentence: &Sentence) -> Option<Share> {
    let input = reading.input(sentence);
    let (rest, share) = proportion::share(input).ok()?;
    (rest.is_empty() && is_one_of(&share)).then_some(share)
}

/// The totals by row, or by column, each with the column, or row, where it stands.
fn totals_of(
    reading: &Reading<'_>,
    block: usize,
    table: &Table,
    along: Along,
) -> Option<FxHashMap<usize, (usize, Number)>> {
    let head = table.rows.iter().position(|row| row.head);
    let at = match along {
        Along::Row => {
            let heads = &table.rows.get(head?)?.cells;
            heads
                .iter()
                .rposition(|cell| tables::is_total(reading, *cell))?
        }
        Along::Column => table.rows.iter().rposition(|row| {
            let first = row.cells.first();
            !row.head && first.is_some_and(|cell| tables::is_total(reading, *cell))
        })?,
    };
    let cells = reading.sentences_of(block).iter().filter_map(|sentence| {
        let (row, column) = sentence.place.cell?;
        let (own, other) = match along {
            Along::Row => (row, column),
            Along::Column => (column, row),
        };
        let input = reading.input(sentence);
        let (rest, total) = number::quantity(input).ok().filter(|_| other == at)?;
        let shared = || rest.starts_with("(") && proportion::share(input).is_ok();
        (total.number.unit() == Unit::None && (rest.is_empty() || shared()))
            .then_some((own, (other, total.number)))
    });
    Some(cells.collect())
}

/// The proportion that a cell states of the total of its row or column; its measure is what heads both.
pub(super) fn of_total(
    reading: &Reading<'_>,
    sentence: &Sentence,
    share: &Share,
    total: Number,
) -> Fact {
    let cell = tables::cell(reading, sentence);
    let heads = cell.map(|cell| [cell.row_head(), cell.column_head()]);
    let words = heads
        .into_iter()
        .flatten()
        .flatten()
        .map(|head| reading.text(head));
    let words: Vec<String> = words.collect();
    let number = |quantity: &Option<Quantity>| quantity.as_ref().map(|quantity| quantity.number);
    Fact::new(PROPORTION, share.span, sentence.place)
        .with(Slot::measure, Label::new(&words.join(" ")))
        .with(Slot::part, number(&share.part))
        .with(Slot::whole, total)
        .with(Slot::percent, number(&share.percent))
}

/// Rows of a table with a count and, in the next column, its share: "512 | 80%"; the whole is that of the total row.
pub(super) fn in_table(reading: &Reading<'_>, block: usize, facts: &mut Vec<Fact>) {
    let Some(BlockKind::Table(table)) = reading.block(block).map(|block| &block.kind) else {
        return;
    };
    let figures: Vec<(&Sentence, Counted)> = reading
        .sentences_of(block)
        .iter()
        .filter_map(|sentence| {
            let cell = tables::cell(reading, sentence)?;
            match cell.figure(reading, sentence) {
                tables::CellFigure::Is(figure) => Some((sentence, *figure)),
                _ => None,
            }
        })
        .collect();
    let mut rows: Vec<(Option<Number>, Fact)> = Vec::new();
    let (mut orders, mut misfits) = (Vec::new(), Vec::new());
    let mut total = None::<Number>;
    let mut paired = None::<usize>;
    for (at, (sentence, here)) in figures.iter().enumerate() {
        let Some((row, _)) = sentence.place.cell else {
            continue;
        };
        let before = |back: usize| at.checked_sub(back).and_then(|at| figures.get(at));
        let Some((left, count)) =
            before(1).filter(|(left, count)| beside(left, sentence) && count.unit == "count")
        else {
            continue;
        };
        if here.unit != "percent" || paired == Some(row) {
            continue;
        }
        paired = Some(row);
        let share = here.quantity.number;
        let first = before(2).filter(|(first, other)| beside(first, left) && other.unit == "count");
        let order = first.and_then(|(_, other)| order(&other.quantity, &count.quantity, share));
        let own = first
            .zip(order)
            .map(|((_, other), order)| order.of(&other.quantity, &count.quantity));
        let given = own.is_some();
        if !given && divides(figures.get(at..).unwrap_or_default()) {
            continue;
        }
        let head = table
            .rows
            .get(row)
            .and_then(|row| row.cells.first())
            .copied()
            .unwrap_or_default();
        if !given && (share.value() == Decimal::ONE_HUNDRED || tables::is_total(reading, head)) {
            total = Some(count.quantity.number);
            continue;
        }
        let (part, whole) = own.map_or((count.quantity.number, None), |(part, whole)| {
            (part, Some(whole))
        });
        let from = match (first, whole) {
            (Some((_, other)), Some(_)) => other.span,
            _ => count.span,
        };
        match (first, order) {
            (_, Some(order)) => orders.push(order),
            (Some((_, other)), None) => misfits.push((rows.len(), other, count)),
            (None, None) => {}
        }
        let fact = Fact::new(PROPORTION, from.join(here.span), left.place)
            .with(Slot::measure, reading.label(head))
            .with(Slot::part, part)
            .with(Slot::whole, whole)
            .with(Slot::percent, share);
        rows.push((Some(part).filter(|_| whole.is_none()), fact));
    }
    if let Some(order) = usual(&orders, misfits.len()) {
        for (row, first, second) in misfits {
            let (part, whole) = order.of(&first.quantity, &second.quantity);
            if let Some((no_whole, fact)) = rows.get_mut(row)
                && part.value() <= whole.value()
            {
                *no_whole = None;
                fact.span = first.span.join(fact.span);
                *fact = fact.clone().with(Slot::part, part).with(Slot::whole, whole);
            }
        }
    }
    if total.is_none() && !of_one_whole(&rows) {
        rows.retain(|(part, _)| part.is_none());
    }
    for (part, fact) in rows {
        let whole = total.filter(|total| part.is_some_and(|part| part.value() <= total.value()));
        facts.push(match (part, whole) {
            (Some(_), whole) => fact.with(Slot::whole, whole),
            (None, _) => fact,
        });
    }
}

/// Whether shares stand side by side from the first figure on that make about a hundred: the parts of a count before them.
fn divides(figures: &[(&Sentence, Counted)]) -> bool {
    let side_by_side = figures
        .windows(2)
        .take_while(|pair| matches!(pair, [(left, _), (right, share)] if beside(left, right) && share.unit == "percent"))
        .count();
    let shares = figures.get(..=side_by_side).unwrap_or_default();
    let sum: Decimal = shares
        .iter()
        .map(|(_, share)| share.quantity.number.value())
        .fold(Decimal::ZERO, Decimal::saturating_add);
    side_by_side > 0 && (sum - Decimal::ONE_HUNDRED).abs() <= Decimal::from(shares.len())
}

/// Whether counts without a whole and the shares beside them may be parts of one: else the shares are rates of each count.
fn of_one_whole(rows: &[(Option<Number>, Fact)]) -> bool {
    let wholes = rows.iter().filter_map(|(part, fact)| {
        let share = fact.get(Slot::percent).as_number()?.value();
        let part = (*part)?.value().checked_mul(Decimal::ONE_HUNDRED)?;
        (share >= Decimal::from(5))
            .then(|| part.checked_div(share))
            .flatten()
    });
    let (mut least, mut most) = (None::<Decimal>, None::<Decimal>);
    for whole in wholes {
        least = Some(least.map_or(whole, |least| least.min(whole)));
        most = Some(most.map_or(whole, |most| most.max(whole)));
    }
    least
        .zip(most)
        .is_none_or(|(least, most)| most <= least.saturating_mul(Decimal::new(125, 2)))
}

/// Which of two counts before a share is the part.
#[derive(Clone, Copy, PartialEq)]
enum Order {
    PartFirst,
    WholeFirst,
}

impl Order {
    /// The part and the whole.
    fn of(self, first: &Quantity, second: &Quantity) -> (Number, Number) {
        match self {
            Self::PartFirst => (first.number, second.number),
            Self::WholeFirst => (second.number, first.number),
        }
    }
}

/// The order in which two counts give the share behind them.
fn order(first: &Quantity, second: &Quantity, share: Number) -> Option<Order> {
    let gives = |order: &Order| {
        let (part, whole) = order.of(first, second);
        part.percent_of(whole)
            .is_some_and(|given| given.equals(share) != Verdict::Fails)
    };
    [Order::PartFirst, Order::WholeFirst]
        .into_iter()
        .find(gives)
}

/// The order that all rows keep in which one was found, where more do than not: it is that of the others too, whose shares are wrong.
fn usual(orders: &[Order], misfits: usize) -> Option<Order> {
    let (first, rest) = orders.split_first()?;
    (!rest.is_empty() && orders.len() > misfits && rest.iter().all(|order| order == first))
        .then_some(*first)
}

fn beside(left: &Sentence, right: &Sentence) -> bool {
    matches!((left.place.cell, right.place.cell), (Some((row, column)), Some((same, next))) if row == same && next == column + 1)
}
