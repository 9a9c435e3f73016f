//! Every number of a sentence, and which of them count something.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{Counted, context::Context, glued, named::role_of};
use crate::{
    facts::{
        reading::{Reading, Sentence},
        tables::{self, CellFigure},
    },
    grammar::{
        Class, Classes, Input, TokenKind,
        noun::{self, NounPhrase},
        number::{self, Quantity},
    },
    value::Unit,
};

/// Every figure of a sentence, those inside other facts included.
pub(in crate::facts) fn find(reading: &Reading<'_>, sentence: &Sentence) -> Vec<Counted> {
    if !sentence.classes.meets(Classes::NUMERIC) {
        return Vec::new();
    }
    let whole = reading.input(sentence);
    let cell = tables::cell(reading, sentence);
    match cell.as_ref().map(|cell| cell.figure(reading, sentence)) {
        Some(CellFigure::Is(counted)) => return vec![*counted],
        Some(CellFigure::None) => return Vec::new(),
        Some(CellFigure::Prose) | None => {}
    }
    let mut found = in_text(whole, &numbers(reading, sentence));
    borrow_units(whole, &mut found);
    if found.iter().any(may_be_grade) && reading.rates_by_numbers() {
        found.retain(|counted| !is_grade_of_scheme(whole, sentence, counted));
    }
    if cell.is_some_and(|cell| cell.is_row_head() || cell.names_no_figures(reading)) {
        // A row head names its row: "5 (very good)", "1 or 0"; and "4 to 11" under "age range" counts nothing.
        found.retain(|counted| {
            counted.unit != "count" || counted.noun.is_some_and(|noun| noun.plural)
        });
    }
    found
}

/// Every number of a sentence that stands in no date, by its tokens.
fn numbers(reading: &Reading<'_>, sentence: &Sentence) -> Vec<(Range<usize>, Quantity)> {
    let whole = reading.input(sentence);
    let dates = reading.dates(sentence);
    let mut dates = dates.iter().map(|found| found.tokens.clone()).peekable();
    let mut found = Vec::new();
    let mut at = sentence.tokens.start;
    loop {
        at = whole.restart(at).seek(Classes::NUMERIC).position();
        if at >= sentence.tokens.end {
            return found;
        }
        while dates.next_if(|date| date.end <= at).is_some() {}
        if let Some(date) = dates.peek()
            && date.start <= at
        {
            at = date.end;
            continue;
        }
        let here = whole.restart(at);
        match number::compound_time(here).or_else(|_| number::quantity(here)) {
            Ok((rest, quantity)) => {
                found.push((at..rest.position(), quantity));
                at = rest.position();
            }
            Err(_) => at += 1,
        }
    }
}

/// Those numbers that count something. What one counts goes for the others of its list.
fn in_text(whole: Input<'_>, numbers: &[(Range<usize>, Quantity)]) -> Vec<Counted> {
    let mut found: Vec<Counted> = Vec::new();
    let mut passed = None::<usize>;
    for (tokens, quantity) in numbers {
        let context = Context {
            whole,
            tokens: tokens.clone(),
            quantity,
            noun: glued::sized_by(whole.restart(tokens.end), tokens.start)
                .or_else(|| noun_after(whole.restart(tokens.end), quantity)),
        };
        let listed = passed.and_then(|end| list_mark(whole, end, tokens.start));
        if let Some(mark) = listed
            && context.noun.is_none_or(|noun| !noun.plural)
        {
            passed = (mark == ListMark::More).then_some(tokens.end);
        } else if context.counts() {
            passed = None;
            found.push(context.counted());
        } else {
            found.pop_if(|last| {
                last.unit == "count"
                    && last.noun.is_none()
                    && list_mark(whole, last.tokens.end, tokens.start).is_some()
            });
            // "From two stars to three": the word after the number belongs to it.
            let after = role_of(whole.restart(tokens.end), "after");
            passed = Some(after.map_or(tokens.end, Input::position));
        }
    }
    found
}

/// The noun counted by a bare number.
fn noun_after(rest: Input<'_>, quantity: &Quantity) -> Option<NounPhrase> {
    if quantity.number.unit() != Unit::None {
        return None;
    }
    // "One poor" counts what was named before; the grade is no noun.
    let grade = rest.lexeme(Class::Grade).map(|(_, grade)| grade.span);
    let (_, noun) = noun::counted(rest).ok()?;
    (grade != Some(noun.core)).then_some(noun)
}

/// What joins two numbers of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ListMark {
    /// A comma: more may follow.
    More,
    /// "And", "or", "to", a dash: the second is the last.
    Last,
}

/// The list mark that stands alone between two tokens: "recommendations 2, 3 and 4", "aged three or four".
fn list_mark(whole: Input<'_>, from: usize, to: usize) -> Option<ListMark> {
    let between = whole.restart(from).until(to);
    let first = between.first().filter(|_| between.len() <= 2)?;
    let word = |input: Input<'_>| {
        ["and", "or", "to", "&", "-", "–", "/"]
            .iter()
            .any(|word| input.starts_with(word))
    };
    match (first.kind, between.len()) {
        (TokenKind::Symbol(','), 1) => Some(ListMark::More),
        (TokenKind::Symbol(','), _) if word(between.skip(1)) => Some(ListMark::Last),
        (_, 2) if between.starts_with("out") && between.skip(1).starts_with("of") => {
            Some(ListMark::Last)
        }
        // "Page 1 of 3", "week 48 of 52".
        (_, 1) if word(between) || between.starts_with("of") => Some(ListMark::Last),
        _ => None,
    }
}

/// In "1-2%", "20 to 30 days", "two or three years" and "between 5 and 10 days" the first number has the unit of the second.
fn borrow_units(whole: Input<'_>, found: &mut [Counted]) {
    for at in 1..found.len() {
        let Some([first, second]) = found.get_mut(at - 1..=at) else {
            continue;
        };
        let between = whole.restart(first.tokens.end).until(second.tokens.start);
        // "567 or 76%" is one number said twice.
        let rises = first.quantity.number.value() < second.quantity.number.value();
        let range = between.len() == 1
            && (between.starts_with("to")
                || between.starts_with("or") && rises
                || between.starts_with("and") && follows_between(whole, first)
                || between
                    .first()
                    .is_some_and(|token| matches!(token.kind, TokenKind::Symbol('-' | '–'))));
        let bare = first.quantity.number.unit() == Unit::None;
        // "A score of between four and five".
        if range && bare && first.unit == "score" && second.unit == "count" && second.noun.is_none()
        {
            second.unit = first.unit;
        }
        if range && bare && second.quantity.number.unit() != Unit::None {
            first.quantity.number = first
                .quantity
                .number
                .with_unit(second.quantity.number.unit());
            first.unit = second.unit;
        }
    }
}

/// Whether "between" stands right before a number.
fn follows_between(whole: Input<'_>, counted: &Counted) -> bool {
    let before = counted.tokens.start.checked_sub(1);
    let before = before.filter(|at| *at >= whole.position());
    before.is_some_and(|at| whole.restart(at).starts_with("between"))
}

/// Whether a number may be a grade of a scheme whose ratings are plain numbers.
fn may_be_grade(counted: &Counted) -> bool {
    counted.unit == "count"
        && counted.quantity.number.value() <= Decimal::from(5)
        && counted.noun.is_none_or(|noun| !noun.plural)
}

/// Whether a number is a grade there: "a five", "its zero rating", "ratings run from five".
fn is_grade_of_scheme(whole: Input<'_>, sentence: &Sentence, counted: &Counted) -> bool {
    let before = counted
        .tokens
        .start
        .checked_sub(1)
        .filter(|&at| at >= whole.position())
        .map(|at| whole.restart(at));
    let is = |words: &[&str]| {
        before.is_some_and(|before| words.iter().any(|word| before.starts_with(word)))
    };
    let after = whole.restart(counted.tokens.end);
    let rated = after.lexeme(Class::GradeNoun).is_some();
    let alone = counted.noun.is_none();
    let spoken = sentence.classes.has(Class::GradeNoun);
    may_be_grade(counted)
        && (rated && is(&["a", "an", "the", "its", "their"])
            || alone && (is(&["a", "an", "the"]) || spoken && is(&["from", "to"])))
}
