//! Changes between the columns of a table that hold the same measure at two times.

use std::cmp::Ordering;

use jiff::civil::Date;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::{
    Fact, levels, lists,
    reading::{Reading, Sentence},
    schema::{CHANGE, change::Slot},
    tables::{self, is_total},
};
use crate::{
    document::{BlockKind, Table},
    grammar::{
        Class, Classes, Input, Token, TokenKind, base, date,
        level::{self, Level},
        noun, number,
    },
    span::Span,
    value::{Label, Number, Unit, Value, Verdict},
};

/// Two columns: the earlier and the later value of one measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pair {
    earlier: usize,
    later: usize,
    percent: bool,
    /// The column that says how far the one is from the other.
    difference: Option<Difference>,
}

/// A column of differences: "Change", "Change (percentage points)", "% change".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Difference {
    column: usize,
    /// The unit that its head names.
    unit: Unit,
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
pub(super) enum Period {
    /// "Last year", "previous inspection".
    Before,
    /// From this day on.
    At(Date),
    /// "This inspection", "now".
    Now,
}

/// The sentences of a table by row and column.
pub(super) type Cells<'a> = FxHashMap<(usize, usize), &'a Sentence>;

/// Adds the changes of every table with two columns of one measure at different times, and of tables whose cells a copy set
/// one under the other.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    stacked(reading, facts);
    for (block, content) in reading.document.blocks.iter().enumerate() {
        let BlockKind::Table(table) = &content.kind else {
            continue;
        };
        let cells = cells(reading, block);
        let head = table.rows.iter().position(|row| row.head).unwrap_or(0);
        for pair in pairs(reading, &cells, table, head) {
            for row in head + 1..table.rows.len() {
                facts.extend(of_row(reading, &cells, row, pair));
            }
        }
    }
}

/// The sentences of a table.
pub(super) fn cells<'a>(reading: &'a Reading<'_>, block: usize) -> Cells<'a> {
    let sentences = reading.sentences_of(block).iter();
    sentences
        .filter_map(|sentence| Some((sentence.place.cell?, sentence)))
        .collect()
}

/// Adds the changes of tables whose cells stand one under the other, each a block of its own: the heads of two columns of
/// values, each with its period, and then a label and two values, again and again.
fn stacked(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let count = reading.document.blocks.len();
    let mut block = 2;
    while block < count {
        let order = heads(reading, block);
        let mut row = block;
        while let Some(order) = order
            && let Some(fact) = stacked_row(reading, row, order)
        {
            facts.push(fact);
            row += STACKED;
        }
        block = row.max(block + 1);
    }
}

/// Blocks of one row of a stacked table: its label and two values.
const STACKED: usize = 3;

/// Which of two columns is the earlier one, whose heads are the two blocks before `block`.
fn heads(reading: &Reading<'_>, block: usize) -> Option<Ordering> {
    line(reading, block + 1).and_then(|value| lone(reading, value, false))?;
    let head = |block| {
        let sentence = line(reading, block)?;
        let input = reading.input(sentence);
        let short = input.len() <= HEAD && lone(reading, sentence, false).is_none();
        short.then(|| read_head(reading, input))
    };
    let (first, second) = (head(block - 2)?, head(block - 1)?);
    let order = first.period?.cmp(&second.period?);
    (first.label == second.label && order != Ordering::Equal).then_some(order)
}

/// Tokens of the head of a column at most.
const HEAD: usize = 10;

/// The change in the row of a stacked table that starts with `block`.
fn stacked_row(reading: &Reading<'_>, block: usize, order: Ordering) -> Option<Fact> {
    let label = line(reading, block)?;
    let (first, second) = (line(reading, block + 1)?, line(reading, block + 2)?);
    if lone(reading, label, false).is_some() {
        return None;
    }
    let a = (&lone(reading, first, false)?, first);
    let b = (&lone(reading, second, false)?, second);
    match order {
        Ordering::Less => of_values(reading, Some(label), a, b),
        _ => of_values(reading, Some(label), b, a),
    }
}

/// The only sentence of a block that is no table.
fn line<'a>(reading: &'a Reading<'_>, block: usize) -> Option<&'a Sentence> {
    let content = reading.block(block)?;
    match reading.sentences_of(block) {
        [sentence] if !matches!(content.kind, BlockKind::Table(_)) => Some(sentence),
        _ => None,
    }
}

/// The pairs of columns that hold one measure at two times: two columns whose heads differ in their periods alone, or one
/// head that names an earlier period beside the same head without one, or right behind any head without one: "% done | % last
/// year". Counts and percentages are measures of their own: "Done 2024 | % done 2024 | % done 2023".
fn pairs(reading: &Reading<'_>, cells: &Cells<'_>, table: &Table, head: usize) -> Vec<Pair> {
    let columns = table.rows.get(head).map_or(0, |row| row.cells.len());
    let mut by_label: Vec<(Label, Vec<(usize, Head)>)> = Vec::new();
    let mut behind = None;
    let (mut bare, mut percent) = (true, false);
    let mut differences = Vec::new();
    for column in 1..columns {
        let Some(sentence) = cells.get(&(head, column)) else {
            continue;
        };
        let input = reading.input(sentence);
        if lists::heads_column(input, "change") {
            let unit = tables::named_unit(input);
            differences.push(Difference { column, unit });
            continue;
        }
        let read = read_head(reading, input);
        let earlier = read.period == Some(Period::Before) && read.label.is_empty();
        if earlier && column > 1 && !bare && !input.holds(Class::InspectionNoun) {
            behind = Some((column, read.percent && percent));
        }
        bare = read.period.is_some() || read.label.is_empty();
        percent = read.percent;
        match by_label.iter_mut().find(|(label, _)| *label == read.label) {
            Some((_, same)) => same.push((column, read)),
            None => by_label.push((read.label.clone(), vec![(column, read)])),
        }
    }
    let one_unit = by_label.into_iter().flat_map(|(_, same)| {
        if same.len() <= 2 {
            return vec![same];
        }
        let (shares, counts) = same.into_iter().partition(|(_, head)| head.percent);
        vec![counts, shares]
    });
    let mut pairs: Vec<Pair> = one_unit
        .filter_map(|same| match &same[..] {
            [(first, a), (second, b)] => {
                let (earlier, later) = match order(a, b)? {
                    Ordering::Less => (*first, *second),
                    _ => (*second, *first),
                };
                Some(Pair {
                    earlier,
                    later,
                    percent: a.percent || b.percent,
                    difference: None,
                })
            }
            _ => None,
        })
        .collect();
    let known = pairs.is_empty().then_some(behind).flatten();
    pairs.extend(known.map(|(earlier, percent)| Pair {
        earlier,
        later: earlier - 1,
        percent,
        difference: None,
    }));
    for difference in differences {
        let ends = |pair: &Pair| pair.earlier.max(pair.later);
        let before = pairs
            .iter_mut()
            .filter(|pair| ends(pair) < difference.column);
        if let Some(pair) = before.max_by_key(|pair| ends(pair)) {
            pair.difference.get_or_insert(difference);
        }
    }
    pairs
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

/// When the values of the column with this head were taken, as far as it says.
pub(super) fn of_head(reading: &Reading<'_>, head: Input<'_>) -> Option<Period> {
    read_head(reading, head).period
}

/// Reads the head of a column: "June 2023", "Share in May 2024", "Previous year (%)".
fn read_head(reading: &Reading<'_>, input: Input<'_>) -> Head {
    let percent = input
        .tokens()
        .iter()
        .any(|token| token.classes.has(Class::PercentWord) || token.kind == TokenKind::Symbol('%'));
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
    let rest = [before, input.skip(after)].map(|part| words_of(reading, part));
    Head {
        label: Label::new(&rest.join(" ")),
        period: period(input.restart(at)),
        percent,
    }
}

/// The words of a head that say what was measured: those for a round of inspection left out ("Follow-up (2023)").
fn words_of(reading: &Reading<'_>, input: Input<'_>) -> String {
    const ROUNDS: Classes = Classes::of(&[
        Class::BasePeriod,
        Class::InspectionNoun,
        Class::Current,
        Class::Previous,
    ]);
    let round = |token: &Token| token.kind != TokenKind::Word || token.classes.meets(ROUNDS);
    if input.tokens().iter().all(round) {
        String::new()
    } else {
        reading.text(input.span())
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

/// The value that a cell or line holds and nothing more, a noun aside.
pub(super) fn lone(reading: &Reading<'_>, sentence: &Sentence, percent: bool) -> Option<Level> {
    let input = reading.input(sentence);
    let (rest, mut level) = level::level(input).ok()?;
    let alone = rest.is_empty() || noun::counted(rest).is_ok_and(|(rest, _)| rest.is_empty());
    if percent && level.quantity.number.unit() == Unit::None {
        level.quantity.number = level.quantity.number.with_unit(Unit::Percent);
    }
    alone.then_some(level)
}

/// The change in one row, where both cells hold one value and no more. Scores beside the grades that they stand for are none.
fn of_row(reading: &Reading<'_>, cells: &Cells<'_>, row: usize, pair: Pair) -> Option<Fact> {
    let graded = |column: usize| {
        let beside = column
            .checked_sub(1)
            .and_then(|beside| cells.get(&(row, beside)));
        let grade = beside.map(|sentence| reading.input(sentence).lexeme(Class::Grade));
        grade.flatten().is_some_and(|(rest, _)| rest.is_empty())
    };
    if graded(pair.earlier) && graded(pair.later) {
        return None;
    }
    let cell = |column: usize| {
        let sentence = *cells.get(&(row, column))?;
        let mut level = lone(reading, sentence, pair.percent)?;
        // Its head or the caption may say that it is in millions of pounds.
        if level.quantity.number.unit() == Unit::None
            && let Some(number) = tables::money(reading, sentence)
        {
            level.quantity.number = number;
        }
        Some((level, sentence))
    };
    let (from, earlier) = cell(pair.earlier)?;
    let (to, later) = cell(pair.later)?;
    let label = cells.get(&(row, 0)).copied();
    let (from, to) = (from.quantity.number, to.quantity.number);
    let total = || {
        label.is_some_and(|label| is_total(reading, reading.input(label).span()))
            || !counted_beside(reading, cells, (row, pair), to)
    };
    if is_all(from) && is_all(to) && total() {
        return None;
    }
    let change = of_numbers(reading, label, (from, earlier), (to, later))?;
    let difference = pair.difference.and_then(|difference| {
        let sentence = cells.get(&(row, difference.column))?;
        stated_difference(reading.input(sentence), difference.unit, to)
    });
    Some(match difference {
        Some(stated) => stated.add_to(change),
        None => change,
    })
}

/// Whether two counts stand right before the columns of a pair, of which the one is as many percent of the other as the later value:
/// then that is a share of its own row, and no total of all rows.
fn counted_beside(
    reading: &Reading<'_>,
    cells: &Cells<'_>,
    (row, pair): (usize, Pair),
    to: Number,
) -> bool {
    let first = pair.earlier.min(pair.later);
    let count = |back: usize| {
        let sentence = *cells.get(&(row, first.checked_sub(back)?))?;
        let level = lone(reading, sentence, false)?;
        let number = level.quantity.number;
        (number.unit() == Unit::None).then_some(number)
    };
    let (Some(whole), Some(part)) = (count(2), count(1)) else {
        return false;
    };
    part.percent_of(whole)
        .is_some_and(|given| given.equals(to) != Verdict::Fails)
}

/// What a cell says of the difference between two others.
#[derive(Clone, Copy, Debug)]
struct Stated {
    by: Number,
    /// "up" or "down" by its sign.
    direction: Option<&'static str>,
    span: Span,
}

impl Stated {
    /// The change with what the cell says of it.
    fn add_to(self, mut change: Fact) -> Fact {
        change.span = change.span.join(self.span);
        if let Some(direction) = self.direction {
            change = change.with(Slot::direction, Value::Symbol(direction));
        }
        change.with(Slot::by, self.by).with(
            Slot::by_unit,
            Value::Symbol(levels::unit_name(self.by.unit())),
        )
    }
}

/// Reads a cell that holds a difference from `to` and no more: "+3", "-1.2%", "4 points".
///
/// `difference = ["+" | "-" | "–" | "−"] quantity`
///
/// Without a unit of its own it has that of its column, else the one of the values. Between two percentages it is in points.
fn stated_difference(input: Input<'_>, unit: Unit, to: Number) -> Option<Stated> {
    let (start, direction) = match input.first()?.kind {
        TokenKind::Symbol('+') => (input.skip(1), Some("up")),
        TokenKind::Symbol('-' | '–' | '−') => (input.skip(1), Some("down")),
        _ => (input, None),
    };
    let (rest, quantity) = number::quantity(start).ok()?;
    if !rest.is_empty() || quantity.number.value().is_zero() {
        return None;
    }
    let values = to.unit();
    let own = quantity.number.unit();
    let unit = match [own, unit].into_iter().find(|unit| *unit != Unit::None) {
        Some(Unit::Percent) | None if values == Unit::Percent => Unit::Points,
        Some(unit) => unit,
        None => values,
    };
    Some(Stated {
        by: quantity.number.with_unit(unit),
        direction,
        span: input.span(),
    })
}

/// The change between two values that stand alone, with the words that name their measure.
pub(super) fn of_values(
    reading: &Reading<'_>,
    label: Option<&Sentence>,
    (from, earlier): (&Level, &Sentence),
    (to, later): (&Level, &Sentence),
) -> Option<Fact> {
    let (from, to) = (from.quantity.number, to.quantity.number);
    let total = is_all(from) && is_all(to);
    (!total).then(|| of_numbers(reading, label, (from, earlier), (to, later)))?
}

/// Whether a value is all of something: 100%.
fn is_all(number: Number) -> bool {
    number.unit() == Unit::Percent && number.value() == Decimal::ONE_HUNDRED
}

/// As [`of_values`], for shares of a whole of their own too.
fn of_numbers(
    reading: &Reading<'_>,
    label: Option<&Sentence>,
    (from, earlier): (Number, &Sentence),
    (to, later): (Number, &Sentence),
) -> Option<Fact> {
    if from.unit() != to.unit() {
        return None;
    }
    let direction = match levels::order(to, from) {
        Ordering::Greater => "up",
        Ordering::Less => "down",
        Ordering::Equal => "unchanged",
    };
    let measure = label
        .map(|label| reading.label(reading.input(label).span()))
        .filter(|label| !label.is_empty());
    let span = reading
        .input(earlier)
        .span()
        .join(reading.input(later).span());
    Some(
        Fact::new(CHANGE, span, later.place)
            .with(Slot::measure, measure)
            .with(Slot::from, from)
            .with(Slot::to, to)
            .with(Slot::unit, Value::Symbol(levels::unit_name(to.unit())))
            .with(Slot::direction, Value::Symbol(direction)),
    )
}
