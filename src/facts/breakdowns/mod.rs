//! Breakdowns: totals with their parts, in sentences and in tables with a total row or column.
//!
//! `rest` reads those whose last part is what is left of a total that stands before.

mod rest;

use rust_decimal::Decimal;

use super::{
    Fact,
    figures::Counted,
    reading::{Reading, Sentence},
    schema::{BREAKDOWN, breakdown::Slot},
    tables::{self, CellFigure, is_total},
};
use crate::{
    document::{BlockKind, Table},
    grammar::{
        Class, Classes, Input, TokenKind,
        breakdown::{self, Breakdown},
        number::{self, Quantity},
        proportion,
    },
    span::Span,
    value::{Label, Number, Unit, Value},
};

/// How far behind the last part a further one may stand, in tokens.
const REACH: usize = 16;

/// How far behind a part its grade may stand, in tokens.
const GRADE_REACH: usize = 6;

/// Adds the breakdowns of a document.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    for sentence in &reading.sentences {
        if sentence.place.cell.is_none() && sentence.classes.meets(Classes::NUMERIC) {
            in_sentence(reading, sentence, facts);
        }
    }
    for (block, found) in reading.document.blocks.iter().enumerate() {
        if let BlockKind::Table(table) = &found.kind {
            in_table(reading, block, table, facts);
        }
    }
}

fn in_sentence(reading: &Reading<'_>, sentence: &Sentence, facts: &mut Vec<Fact>) {
    let whole = reading.input(sentence);
    let before = of_last_sentence(reading, sentence).or_else(|| rest::of_rest(reading, sentence));
    if let Some(found) = before {
        facts.push(found);
        return;
    }
    if let Some(found) = of_opening_whole(whole).or_else(|| of_hundred(whole)) {
        facts.push(fact(reading, sentence, &found));
        return;
    }
    if !whole
        .tokens()
        .iter()
        .any(|token| token.kind == TokenKind::Symbol(':') || token.classes.has(Class::Split))
    {
        return;
    }
    let dates = reading.dates(sentence);
    let mut at = sentence.tokens.start;
    while at < sentence.tokens.end {
        let input = whole.restart(at);
        let dated = dates.binary_search_by(|date| {
            if date.tokens.end <= at {
                std::cmp::Ordering::Less
            } else if date.tokens.start > at {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        });
        let starts = input
            .first()
            .is_some_and(|token| token.classes.meets(Classes::NUMERIC));
        let read = (starts && dated.is_err())
            .then(|| breakdown::breakdown(input).ok())
            .flatten();
        match read.filter(|(_, found)| is_plausible(found)) {
            Some((rest, mut found)) => {
                found.whole &= !names_more(rest);
                found.whole &= found.apart || graded(whole, &found.parts);
                facts.push(fact(reading, sentence, &found));
                at = rest.position().max(at + 1);
            }
            None => at += 1,
        }
    }
}

/// Whether a further part follows that is apart from the others: ", with eight children in several of them".
fn names_more(rest: Input<'_>) -> bool {
    (0..rest.len().min(REACH)).any(|at| {
        let here = rest.skip(at);
        let joined = here.starts_with(",") && here.skip(1).starts_with("with");
        joined && number::quantity(here.skip(2)).is_ok()
    })
}

/// Whether the parts can be parts: none exceeds the total.
fn is_plausible(found: &Breakdown) -> bool {
    let total = found.total.number.value();
    total > Decimal::ONE && found.parts.iter().all(|part| part.number.value() <= total)
}

fn fact(reading: &Reading<'_>, sentence: &Sentence, found: &Breakdown) -> Fact {
    let complete = found.whole && nearly(found.total.number, &found.parts);
    let noun = found.noun.map(|noun| reading.label(noun.core));
    build(
        sentence,
        found.span,
        Some(found.total.number),
        found.parts.iter().map(|part| part.number),
        complete,
    )
    .with(Slot::noun, noun)
    .with(
        Slot::unit,
        Value::Symbol(tables::name_of(found.total.number.unit())),
    )
}

fn build(
    sentence: &Sentence,
    span: Span,
    total: Option<Number>,
    parts: impl Iterator<Item = Number>,
    complete: bool,
) -> Fact {
    Fact::new(BREAKDOWN, span, sentence.place)
        .with(Slot::total, total)
        .with(Slot::parts, Value::list(parts.map(Value::Number)))
        .with(Slot::complete, complete)
}

/// Whether the parts come near the total, so that a reader takes them for all of it: within a fifth.
fn nearly(total: Number, parts: &[Quantity]) -> bool {
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| {
        sum.checked_add(part.number.value())
    });
    let gap = sum.and_then(|sum| sum.checked_sub(total.value()));
    gap.and_then(|gap| gap.abs().checked_mul(Decimal::from(5)))
        .is_some_and(|gap| gap <= total.value())
}

/// Counts by grade of a whole that opens the sentence: "Of the 41 councils, ten were good, 24 fair and seven poor."
fn of_opening_whole(whole: Input<'_>) -> Option<Breakdown> {
    let (_, share) = proportion::share(whole).ok()?;
    let (total, first) = (share.whole?, share.part?);
    let at = whole
        .tokens()
        .partition_point(|token| token.span.start < first.span.start);
    let (rest, parts) = breakdown::parts(whole.skip(at), total.number.unit()).ok()?;
    let kinds = parts.found.len() > 2 && of_kinds(whole, &parts.found);
    let told_apart = parts.rest || kinds || graded(whole, &parts.found);
    let all = parts.closed && told_apart && nearly(total.number, &parts.found);
    all.then(|| Breakdown {
        span: total.span.join(whole.skip(at).span_to(rest)),
        noun: share.noun,
        parts: parts.found,
        whole: true,
        apart: true,
        total,
    })
}

/// Whether a grade stands behind each part.
fn graded(whole: Input<'_>, parts: &[Quantity]) -> bool {
    parts.iter().all(|part| {
        let at = whole
            .tokens()
            .partition_point(|token| token.span.start < part.span.end);
        (0..GRADE_REACH).any(|skip| whole.skip(at + skip).lexeme(Class::Grade).is_some())
    })
}

/// Whether each part is of another priority or status: "14 are complete, seven are in progress and four have not started".
fn of_kinds(whole: Input<'_>, parts: &[Quantity]) -> bool {
    let kinds: Option<Vec<(&str, String)>> = parts
        .iter()
        .map(|part| {
            let at = whole
                .tokens()
                .partition_point(|token| token.span.start < part.span.end);
            rest::kind_of(whole.skip(at))
        })
        .collect();
    kinds.is_some_and(|kinds| {
        let mut words: Vec<&String> = kinds.iter().map(|(_, word)| word).collect();
        words.sort_unstable();
        words.dedup();
        let scale = kinds.first().map(|(scale, _)| *scale);
        words.len() == parts.len() && kinds.iter().all(|(other, _)| Some(*other) == scale)
    })
}

/// Shares that claim to be the whole: "52% were good, 31% fair and 24% poor"; each is followed by a grade.
fn of_hundred(whole: Input<'_>) -> Option<Breakdown> {
    let first = whole.tokens().iter().position(|token| {
        token.kind == TokenKind::Symbol('%') || token.classes.has(Class::PercentWord)
    })?;
    let start = whole.skip(first.checked_sub(1)?);
    let (rest, parts) = breakdown::parts(start, Unit::Percent).ok()?;
    let total = Number::exact(Decimal::ONE_HUNDRED).with_unit(Unit::Percent);
    let total = Quantity {
        number: total,
        span: start.span_to(rest),
        hedge: None,
        in_words: false,
        scale: Decimal::ONE,
    };
    let whole_list = graded(whole, &parts.found) && parts.closed && parts.found.len() > 2;
    (whole_list && nearly(total.number, &parts.found)).then_some(Breakdown {
        span: total.span,
        total,
        noun: None,
        parts: parts.found,
        whole: true,
        apart: true,
    })
}

/// A list of counts by grade whose total stands in the sentence before: "It reported on 48 homes. It rated 37 homes as good, six
/// as fair and four as poor."
fn of_last_sentence(reading: &Reading<'_>, sentence: &Sentence) -> Option<Fact> {
    let whole = reading.input(sentence);
    let start = (0..whole.len()).find(|&at| {
        whole.tokens().get(at).is_some_and(|token| {
            token.kind == TokenKind::Number || token.classes.has(Class::NumberWord)
        })
    })?;
    let start = whole.skip(start);
    let (rest, parts) = breakdown::parts(start, Unit::None).ok()?;
    if !graded(whole, &parts.found) || !parts.closed || parts.found.len() < 3 {
        return None;
    }
    let counted = reading.figures(sentence);
    let noun = counted.first()?.noun?;
    let own = Label::new(reading.document.text_of(noun.core));
    let before = reading.figures(sentence_before(reading, sentence)?);
    let mut totals = before
        .iter()
        .filter(|figure| is_total_of(reading, figure, &own, &parts.found));
    let total = totals.next()?;
    let span = start.span_to(rest);
    let fact = build(
        sentence,
        total.span.join(span),
        Some(total.quantity.number),
        parts.found.iter().map(|part| part.number),
        true,
    );
    totals.next().is_none().then(|| {
        fact.with(Slot::noun, own)
            .with(Slot::unit, Value::Symbol("count"))
    })
}

/// The sentence before, be it the last of the paragraph before.
fn sentence_before<'r>(reading: &'r Reading<'_>, sentence: &Sentence) -> Option<&'r Sentence> {
    let paragraph = |block: usize| {
        let block = reading.block(block);
        block.is_some_and(|block| block.kind == BlockKind::Paragraph)
    };
    let before = reading
        .sentences
        .get(sentence.place.sentence.checked_sub(1)?)?;
    let same = before.place.block == sentence.place.block;
    (same || paragraph(before.place.block) && paragraph(sentence.place.block)).then_some(before)
}

fn is_total_of(reading: &Reading<'_>, figure: &Counted, noun: &Label, parts: &[Quantity]) -> bool {
    let alike = figure.noun.is_some_and(|total| {
        Label::new(reading.document.text_of(total.core)).similarity(noun) >= 0.99
    });
    alike && figure.unit == "count" && nearly(figure.quantity.number, parts)
}

/// A table whose last row, or last column, is headed as a total.
fn in_table(reading: &Reading<'_>, block: usize, table: &Table, facts: &mut Vec<Fact>) {
    let sentences = reading.sentences_of(block);
    let mut cells: Vec<Vec<Option<(&Sentence, Counted)>>> = table
        .rows
        .iter()
        .map(|row| vec![None; row.cells.len()])
        .collect();
    for sentence in sentences {
        let Some((row, column)) = sentence.place.cell else {
            continue;
        };
        if let Some(cell) = tables::cell(reading, sentence)
            && let CellFigure::Is(counted) = cell.figure(reading, sentence)
            && let Some(slot) = cells.get_mut(row).and_then(|row| row.get_mut(column))
        {
            *slot = Some((sentence, *counted));
        }
    }
    let body = table.rows.iter().position(|row| !row.head).unwrap_or(0);
    let (Some(last), Some(totals)) = (table.rows.last(), cells.last()) else {
        return;
    };
    let heads = table.rows.iter().map(|row| row.cells.first());
    let nested = heads
        .zip(&cells)
        .any(|(head, cells)| opens_parts_of_a_part(reading, head, cells));
    if !nested
        && last
            .cells
            .first()
            .is_some_and(|head| is_total(reading, *head))
    {
        for (column, total) in totals.iter().enumerate() {
            let above = cells.get(body..cells.len() - 1).unwrap_or_default();
            let heads = table.rows.iter().skip(body).map(|row| row.cells.first());
            let sums = sums_of_rows(above);
            let parts = above
                .iter()
                .zip(heads)
                .zip(&sums)
                .filter(|((_, head), sum)| {
                    !**sum && !head.is_some_and(|head| is_counted_twice(reading, *head))
                })
                .map(|((row, _), _)| row.get(column).and_then(Option::as_ref));
            facts.extend(total.as_ref().and_then(|total| table_fact(total, parts)));
        }
    }
    let head = table
        .rows
        .iter()
        .rev()
        .find(|row| row.head)
        .and_then(|row| row.cells.last());
    if head.is_some_and(|head| is_total(reading, *head)) {
        for row in cells.get(body..).unwrap_or_default() {
            let Some((Some(total), parts)) = row.split_last() else {
                continue;
            };
            let parts = parts
                .get(1..)
                .unwrap_or_default()
                .iter()
                .map(Option::as_ref);
            facts.extend(table_fact(total, parts));
        }
    }
}

/// Which rows are the sums of those right above them, two or more since the last such row, in each of two columns at least.
fn sums_of_rows(rows: &[Vec<Option<(&Sentence, Counted)>>]) -> Vec<bool> {
    let value = |row: &[Option<(&Sentence, Counted)>], column: usize| {
        let cell = row.get(column)?.as_ref()?;
        Some(cell.1.quantity.number.value())
    };
    let mut start = 0;
    let mut sums = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let parts = rows.get(start..at).unwrap_or_default();
        let summed = |column: usize| -> Option<bool> {
            let own = value(row, column)?;
            let total: Option<Decimal> = parts.iter().map(|part| value(part, column)).sum();
            Some(total? == own)
        };
        let columns: Vec<bool> = (0..row.len()).filter_map(summed).collect();
        let sum = parts.len() > 1 && columns.len() > 1 && columns.iter().all(|&same| same);
        if sum {
            start = at + 1;
        }
        sums.push(sum);
    }
    sums
}

/// Whether the head of a row says that its numbers are in those of others: "Subtotal", "North subtotal", "(of which late)".
fn is_counted_twice(reading: &Reading<'_>, head: Span) -> bool {
    let text = reading.text(head).to_lowercase();
    let words = text.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    ["subtotal", "sub-total", "sub total"]
        .iter()
        .any(|word| words.starts_with(word) || words.ends_with(word))
        || [
            "of which",
            "of whom",
            "of these",
            "of those",
            "thereof",
            "including",
            "includes",
        ]
        .iter()
        .any(|opening| words.starts_with(opening))
}

/// Whether a row without numbers says that those below are in those above, which leaves open for how many of them that holds.
fn opens_parts_of_a_part(
    reading: &Reading<'_>,
    head: Option<&Span>,
    cells: &[Option<(&Sentence, Counted)>],
) -> bool {
    head.is_some_and(|head| is_counted_twice(reading, *head)) && cells.iter().all(Option::is_none)
}

/// The breakdown of a total cell; nothing where a part is missing or has another unit. A share beside "All" that lies among those
/// above is their mean, and not their sum.
fn table_fact<'a, 'r: 'a>(
    total: &(&'r Sentence, Counted),
    parts: impl Iterator<Item = Option<&'a (&'r Sentence, Counted)>>,
) -> Option<Fact> {
    let parts: Vec<Number> = parts
        .map(|part| {
            part.filter(|(_, part)| part.unit == total.1.unit)
                .map(|(_, part)| part.quantity.number)
        })
        .collect::<Option<_>>()?;
    let value = total.1.quantity.number.value();
    let beyond = |part: &Number| part.value() > value;
    let mean = total.1.unit == "percent" && parts.iter().any(beyond);
    (parts.len() > 1 && !mean).then(|| {
        build(
            total.0,
            total.1.span,
            Some(total.1.quantity.number),
            parts.into_iter(),
            true,
        )
        .with(Slot::unit, Value::Symbol(total.1.unit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{facts::testing::facts_of, value::Verdict};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (_, facts) = facts_of(text);
        let found: Vec<String> = facts
            .iter()
            .filter(|fact| fact.kind == BREAKDOWN)
            .map(|fact| {
                let complete = *fact.get(Slot::complete) == Value::Verdict(Verdict::Holds);
                let more = if complete { "" } else { " …" };
                format!(
                    "{} = {}{more}",
                    fact.get(Slot::total),
                    fact.get(Slot::parts)
                )
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn rows_whose_numbers_are_in_those_of_others_are_left_out() {
        let table = |rows: &str| format!("| Site | Files |\n|---|---|\n{rows}| Total | 21 |\n");
        check(&table("| Ayr | 12 |\n| Bute | 9 |\n"), &["21 = 12 and 9"]);
        for counted_twice in [
            "Subtotal",
            "Islands subtotal",
            "(of which late)",
            "– of which late",
            "including late ones",
        ] {
            check(
                &table(&format!(
                    "| Ayr | 12 |\n| {counted_twice} | 5 |\n| Bute | 9 |\n"
                )),
                &["21 = 12 and 9"],
            );
        }
        check(
            &table("| Ayr | 12 |\n| (of which) | |\n| late | 5 |\n| on time | 7 |\n| Bute | 9 |\n"),
            &[],
        );
    }

    #[test]
    fn totals_in_sentences() {
        check(
            "There were 230 plans: 103 for harm, 102 for neglect and 13 for injury, with 12 children under several headings.",
            &["230 = 103, 102 and 13 …"],
        );
        check(
            "They read 90 files: 40 from the north and 50 from the south.",
            &["90 = 40 and 50"],
        );
        check(
            "They read 90 files: 40 were late and 12 lost.",
            &["90 = 40 and 12 …"],
        );
        check(
            "They read 90 files: 40 were late, including 50 from the south.",
            &[],
        );
        check("It has two wards: 40 beds here and 50 there.", &[]);
        for overlapping in [
            "were late and 20 lacked a note",
            "were late and 20 were unsigned",
            "late and 20 without a note",
        ] {
            check(
                &format!("They read 40 files: 25 {overlapping}."),
                &["40 = 25 and 20 …"],
            );
        }
        check(
            "They read 40 files: 25 were from the north and 20 were from the south.",
            &["40 = 25 and 20"],
        );
        check(
            "They met 45 people: 25 live with friends, 10 in the town and 10 elsewhere.",
            &["45 = 25, 10 and 10"],
        );
        check(
            "They met 45 people: 25 are in the north and 20 in the south.",
            &["45 = 25 and 20"],
        );
        check(
            "They read 40 files: 25 were late and the other 20 were on time.",
            &["40 = 25 and 20"],
        );
        check(
            "Of the 40 files, 25 were late and the other 20 were on time.",
            &["40 = 25 and 20"],
        );
        check(
            "Of all homes, 52% were good, 31% were fair and 24% were poor.",
            &["100% = 52%, 31% and 24%"],
        );
        check(
            "Of the 41 councils seen, ten were good, 24 were fair and seven poor.",
            &["41 = 10, 24 and 7"],
        );
        check(
            "Of the 41 councils seen, ten had a plan, 24 had none and seven replied.",
            &[],
        );
        check("Some 52% came by bus, 31% by car and 24% on foot.", &[]);
        check(
            "They wrote on 48 homes. They rated 37 homes as good, six as fair and four as poor.",
            &["48 = 37, 6 and 4"],
        );
    }

    #[test]
    fn totals_in_tables() {
        check(
            "| Age | Boys | Girls | Total |\n|---|---|---|---|\n| 5 to 7 | 10 | 12 | 22 |\n| 8 to 9 | 7 | 8 | 15 |\n| Total | 17 | 20 | 37 |",
            &[
                "22 = 10 and 12",
                "15 = 7 and 8",
                "17 = 10 and 7",
                "20 = 12 and 8",
                "37 = 22 and 15",
                "37 = 17 and 20",
            ],
        );
        check(
            "| Type | Good | Poor |\n|---|---|---|\n| Colleges | 92% | 8% |\n| Schools | 74% | 26% |\n| All | 83% | 17% |",
            &[],
        );
        check(
            "| Grade | Share |\n|---|---|\n| Good | 71% |\n| Fair | 20% |\n| Poor | 8% |\n| Total | 100% |",
            &["100% = 71%, 20% and 8%"],
        );
        check(
            "| Ward | Beds |\n|---|---|\n| Oak | 10 |\n| Elm | n/a |\n| Total | 17 |",
            &[],
        );
    }
}
