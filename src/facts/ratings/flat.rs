//! Ratings in tables that were flattened into running text, where no marks part their cells, and line ends at most.
//!
//! ```text
//! flat-table = 3*cell
//! cell       = name [":"] grade [digit]       the name known, or the grade followed by its number or the end of its line
//! ```
//! "Overall effectiveness Previous inspection: Good 2 This inspection: Fair 3 Leadership and management Fair 3". Where lines tell, a
//! name opens a line, and may go over several.

use super::{Sheet, label, lists::add_row};
use crate::{
    facts::reading::{Reading, Sentence},
    grammar::{
        Class, Classes, Input, Token, TokenKind,
        rating::{self, Entry, GradeWord},
    },
};

/// Fewest cells that make a table.
const FEWEST: usize = 3;

/// Longest name, in tokens.
const LONGEST: usize = 10;

/// Longest name that opens a line, in tokens.
const LONGEST_LINES: usize = 18;

/// Reads each sentence that holds such a table; takes it, so that nothing else is read from it.
pub(super) fn read(reading: &Reading<'_>, read: &[bool], sheet: &mut Sheet) {
    for sentence in &reading.sentences {
        let free = read.get(sentence.place.block) == Some(&false) && sentence.place.cell.is_none();
        if !free || !sentence.classes.has(Class::Grade) {
            continue;
        }
        let cells = cells(reading, sentence);
        if cells.is_empty() {
            continue;
        }
        sheet.taken.insert(sentence.place.sentence);
        for cell in cells {
            add_row(reading, sentence.place, &cell, "table", sheet);
        }
    }
}

/// The first run of cells of a sentence that is long enough to be a table; none where none is.
fn cells<'r>(reading: &'r Reading<'_>, sentence: &Sentence) -> Vec<Entry<'r>> {
    let input = reading.input(sentence);
    let graded = |token: &&Token| token.classes.has(Class::Grade);
    if input.tokens().iter().filter(graded).count() < FEWEST {
        return Vec::new();
    }
    let mut at = 0;
    while at < input.len() {
        let (found, end) = run(reading, input, at);
        if found.len() >= FEWEST {
            return found;
        }
        at = end.max(at + 1);
    }
    Vec::new()
}

/// The cells that follow each other from `at` on, and where they end.
fn run<'r>(reading: &'r Reading<'_>, input: Input<'r>, at: usize) -> (Vec<Entry<'r>>, usize) {
    let (mut found, mut end) = (Vec::new(), at);
    while let Some((entry, next)) = cell(reading, input, end) {
        found.push(entry);
        end = next;
    }
    (found, end)
}

/// The cell at `at`, and where it ends.
fn cell<'r>(reading: &'r Reading<'_>, input: Input<'r>, at: usize) -> Option<(Entry<'r>, usize)> {
    let opens = input.skip(at).first()?;
    if opens.kind != TokenKind::Word || !opens.capital {
        return None;
    }
    let shown = |at: usize| {
        let (rest, grade) = rating::grade(input.skip(at)).ok()?;
        (grade.capital && !grade.quoted).then(|| (input.len() - rest.len(), grade))
    };
    let longest = if opens.line_start {
        LONGEST_LINES
    } else {
        LONGEST
    };
    let (end, (next, grade)) = (at + 1..input.len().min(at + longest)).find_map(|end| {
        let colon = input.skip(end).starts_with(":");
        Some((end, shown(end + usize::from(colon))?))
    })?;
    let name = input.skip(at).until(input.position() + end);
    let number = input
        .skip(next)
        .first()
        .filter(|token| token.kind == TokenKind::Number && token.span.len() == 1);
    let next = next + usize::from(number.is_some());
    let lined = opens.line_start && starts_line(input.skip(next));
    if !(lined && is_lined(name) || is_plain(reading, name, number.is_some())) {
        return None;
    }
    let grade = GradeWord {
        span: number.map_or(grade.span, |number| grade.span.join(number.span)),
        ..grade
    };
    Some((Entry { name, grade }, next))
}

/// Whether a line starts here, or the text ends.
fn starts_line(input: Input<'_>) -> bool {
    input.first().is_none_or(|token| token.line_start)
}

/// Whether a name is known, or nothing but words with a number behind their grade.
fn is_plain(reading: &Reading<'_>, name: Input<'_>, numbered: bool) -> bool {
    let plain = name
        .tokens()
        .iter()
        .all(|token| token.kind == TokenKind::Word && !token.classes.has(Class::Auxiliary));
    let known = || {
        rating::named_round(name).is_some()
            || rating::is_whole(name)
            || reading.vocabulary.is_criterion(&label(reading, name))
    };
    plain && (numbered || known())
}

/// Whether lines may be a name: no first line of heads ("Judgement Grade"), and nothing that ends a sentence.
fn is_lined(name: Input<'_>) -> bool {
    const HEADS: Classes =
        Classes::of(&[Class::GradeNoun, Class::CriterionNoun, Class::RatingVerb]);
    let first = name
        .tokens()
        .iter()
        .skip(1)
        .position(|token| token.line_start);
    let mut line = name
        .tokens()
        .iter()
        .take(first.map_or(name.len(), |at| at + 1));
    let headed = line.all(|token| token.classes.meets(HEADS));
    let told = |token: &Token| {
        matches!(token.kind, TokenKind::Symbol('.' | ':' | ';' | '?' | '!'))
            || token.classes.has(Class::RatingVerb) && !token.capital
    };
    !headed && !name.tokens().iter().any(told)
}
