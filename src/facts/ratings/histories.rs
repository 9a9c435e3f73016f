//! Ratings in histories: list items that open with the day of an inspection and give the grades of that day.
//!
//! ```text
//! item  = date ":" entry *( "," entry )
//! entry = number grade [ "in" | "for" | "across" ] name *( ( "/" | "&" ) name )
//!       | name "-" number grade
//! ```
//! "7 August 2019: 5 Very Good wellbeing, 4 Good leadership". Those of the latest day of the list are of this round.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::{Rated, Sheet, label, lists::mark};
use crate::{
    document::BlockKind,
    facts::{
        Place,
        reading::{Reading, Sentence},
    },
    grammar::{
        Class, Input, TokenKind,
        enumeration::trim,
        rating::{self, GradeWord, Round},
    },
};

/// A dated item, and what follows its date.
struct Dated<'r> {
    list: u32,
    day: Date,
    place: Place,
    rest: Input<'r>,
}

/// Reads the items of histories; marks those that gave a rating.
pub(super) fn read(reading: &Reading<'_>, sheet: &mut Sheet, read: &mut [bool]) {
    let items: Vec<Dated<'_>> = (0..reading.document.blocks.len())
        .filter_map(|block| dated(reading, block))
        .collect();
    let mut latest: FxHashMap<u32, Date> = FxHashMap::default();
    for item in &items {
        let day = latest.entry(item.list).or_insert(item.day);
        *day = (*day).max(item.day);
    }
    for item in &items {
        if read.get(item.place.block) != Some(&false) {
            continue;
        }
        let round = if latest.get(&item.list) == Some(&item.day) {
            Round::Current
        } else {
            Round::Previous
        };
        let found = entries(item.rest);
        if !found.is_empty() {
            mark(read, item.place.block);
        }
        for (grade, name) in found {
            sheet.ratings.push(Rated {
                round,
                year: Some(item.day.year()),
                ..Rated::new(
                    label(reading, name),
                    grade.name.clone(),
                    "list",
                    grade.span.join(name.span()),
                    item.place,
                )
            });
        }
    }
}

/// A list item that opens with a date and a colon.
fn dated<'r>(reading: &'r Reading<'_>, block: usize) -> Option<Dated<'r>> {
    let BlockKind::ListItem(item) = &reading.block(block)?.kind else {
        return None;
    };
    let sentence: &Sentence = reading.sentences_of(block).first()?;
    let input = reading.input(sentence);
    let date = reading.dates(sentence).first()?;
    let day = date.written.resolve()?.to;
    let colon = date.tokens.end.checked_sub(input.position())?;
    let opens = date.tokens.start == input.position();
    let parted = input
        .skip(colon)
        .first()
        .is_some_and(|token| token.kind == TokenKind::Symbol(':'));
    (opens && parted).then(|| Dated {
        list: item.list,
        day,
        place: sentence.place,
        rest: input.skip(colon + 1),
    })
}

/// The grades of an item, each with every name that has it.
fn entries(rest: Input<'_>) -> Vec<(GradeWord, Input<'_>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < rest.len() {
        let Some((next, grade)) = numbered(rest, at) else {
            at += 1;
            continue;
        };
        if let Some(name) = name_before(rest, at, next) {
            found.push((grade, name));
            at = next;
            continue;
        }
        let end = (next..rest.len())
            .find(|&at| is_mark(rest, at, &[',', ';', '.']) || numbered(rest, at).is_some())
            .unwrap_or(rest.len());
        let mut start = next;
        for joint in next..=end {
            if joint < end && !is_mark(rest, joint, &['/', '&', '(', ')', '–', '-']) {
                continue;
            }
            let name = name(rest.skip(start).until(rest.position() + joint));
            if !name.is_empty() {
                found.push((grade.clone(), name));
            }
            start = joint + 1;
        }
        at = end.max(at + 1);
    }
    found
}

/// The name that a dash parts from the grade between `at` and `next`: "(Food only - 3 Adequate)".
fn name_before(rest: Input<'_>, at: usize, next: usize) -> Option<Input<'_>> {
    let dash = at
        .checked_sub(1)
        .filter(|&at| is_mark(rest, at, &['-', '–']))?;
    if next < rest.len() && !is_mark(rest, next, &[')', '-', '–', ',', ';', '.']) {
        return None;
    }
    let start = (0..dash)
        .rev()
        .find(|&at| is_mark(rest, at, &['(', ',', ';']))?;
    let only = usize::from(rest.skip(dash.saturating_sub(1)).starts_with("only"));
    let name = name(rest.skip(start + 1).until(rest.position() + dash - only));
    (!name.is_empty()).then_some(name)
}

/// A number and the word of its grade: "4 Good".
fn numbered(rest: Input<'_>, at: usize) -> Option<(usize, GradeWord)> {
    let number = rest.skip(at).first()?.kind == TokenKind::Number;
    let (after, grade) = rating::grade(rest.skip(at + 1)).ok()?;
    (number && grade.capital && !grade.bare_number).then(|| (rest.len() - after.len(), grade))
}

fn is_mark(rest: Input<'_>, at: usize, marks: &[char]) -> bool {
    rest.skip(at)
        .first()
        .is_some_and(|token| matches!(token.kind, TokenKind::Symbol(mark) if marks.contains(&mark)))
}

/// A name without the preposition before it.
fn name(input: Input<'_>) -> Input<'_> {
    let linked = input
        .first()
        .is_some_and(|token| token.classes.has(Class::Preposition));
    trim(input.skip(usize::from(linked)))
}
