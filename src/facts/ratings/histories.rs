//! Ratings in histories and in lists of bodies: list items that open with the day of an inspection, or with the name of a body, and
//! give the grades of that day or body.
//!
//! ```text
//! item  = date ":" entry *( "," entry )
//!       | body ( "-" | "–" | ":" ) entry *( "," entry )
//! entry = number grade [ "in" | "for" | "across" ] name *( ( "/" | "&" ) name )
//!       | name "-" number grade
//! ```
//! "7 August 2019: 5 Very Good wellbeing, 4 Good leadership". Those of the latest day of the list are of this round. Behind the name of
//! a body, a name is a criterion that the framework or a table has, "overall" or "all" of them: "Elm House - 4 Good overall".

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Rated, Sheet, criterion, label, lists::mark, without_number};
use crate::{
    document::BlockKind,
    facts::{
        Place, lists,
        reading::{Reading, Sentence},
    },
    grammar::{
        Class, Classes, Input, TokenKind,
        enumeration::trim,
        rating::{self, About, GradeWord, Round},
    },
    value::Label,
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

/// The block and sentence of an item, its body, and the grades that it gives with the names of what has them.
type Item<'r> = (usize, &'r Sentence, Label, Vec<(GradeWord, Input<'r>)>);

/// Reads the items that open with the names of bodies, two or more, once the criteria of tables are known; marks those that gave a rating.
pub(super) fn read_bodies(reading: &Reading<'_>, sheet: &mut Sheet, read: &mut [bool]) {
    let known: FxHashSet<String> = sheet
        .ratings
        .iter()
        .map(|rated| rated.criterion.key().to_owned())
        .collect();
    // "Elm" is the body that a heading calls "Elm Care Home".
    let mut headings: Vec<Label> = (0..reading.document.blocks.len())
        .filter(|&block| lists::is_heading(reading.document, block))
        .filter_map(|block| reading.sentences_of(block).last())
        .map(|heading| reading.label(without_number(reading.input(heading)).span()))
        .collect();
    headings.sort_unstable_by(|one, other| one.text().cmp(other.text()));
    let mut items: Vec<Item<'_>> = Vec::new();
    for block in 0..reading.document.blocks.len() {
        let item = reading
            .block(block)
            .is_some_and(|block| matches!(block.kind, BlockKind::ListItem(_)));
        let [sentence] = reading.sentences_of(block) else {
            continue;
        };
        if !item || read.get(block) != Some(&false) {
            continue;
        }
        let Some((body, rest)) = opening_body(reading, reading.input(sentence)) else {
            continue;
        };
        let short = format!("{body} ");
        let first = headings.partition_point(|heading| heading.text() < short.as_str());
        let whole = headings.get(first);
        let whole = whole.filter(|heading| heading.text().starts_with(&short));
        let body = whole.cloned().unwrap_or(body);
        let criteria = |name: &Input<'_>| {
            let label = label(reading, *name);
            let collective = name.starts_with("all") && name.len() > 1;
            rating::is_whole(*name)
                || collective
                || reading.vocabulary.is_criterion(&label)
                || known.contains(label.key())
        };
        let found = entries(rest);
        if found.is_empty() || !found.iter().all(|(_, name)| criteria(name)) {
            continue;
        }
        items.push((block, sentence, body, found));
    }
    let differ =
        |pair: &[Item<'_>]| matches!(pair, [(_, _, one, _), (_, _, other, _)] if one != other);
    if !items.windows(2).any(differ) {
        return;
    }
    for (block, sentence, body, found) in items {
        mark(read, block);
        for (grade, name) in found {
            let about = if rating::is_whole(name) {
                About::Overall
            } else {
                About::Criterion(name)
            };
            sheet.ratings.push(Rated {
                body: Some(body.clone()),
                ..Rated::new(
                    criterion(reading, block, &about),
                    grade.name.clone(),
                    "list",
                    grade.span.join(name.span()),
                    sentence.place,
                )
            });
        }
    }
}

/// The name of a body at the start of an item, and what follows the mark behind it, which is a number and its grade.
fn opening_body<'r>(reading: &Reading<'_>, input: Input<'r>) -> Option<(Label, Input<'r>)> {
    /// Longest name of a body, in tokens, with the marks of emphasis around it.
    const LONGEST: usize = 9;
    let end =
        (1..input.len().min(LONGEST)).find(|&at| is_mark(input, at, &['-', '–', '—', ':']))?;
    let mut rest = input.skip(end + 1);
    while is_mark(rest, 0, &['*', '_']) {
        rest = rest.skip(1);
    }
    let name = trim(input.until(input.position() + end));
    let label = label(reading, name);
    let body = rating::is_proper(name, false) && !reading.vocabulary.is_criterion(&label);
    let graded = numbered(rest, 0).is_some();
    (body && graded && !label.is_empty()).then_some((label, rest))
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
        let symbol = |at: usize| {
            let token = rest.skip(at).first();
            token.is_some_and(|token| matches!(token.kind, TokenKind::Symbol(mark) if !mark.is_ascii() && !matches!(mark, '’' | '–' | '—')))
        };
        let end = (next..rest.len())
            .find(|&at| {
                is_mark(rest, at, &[',', ';', '.']) || symbol(at) || numbered(rest, at).is_some()
            })
            .unwrap_or(rest.len());
        let mut start = next;
        for joint in next..=end {
            if joint < end && !is_mark(rest, joint, &['/', '&', '(', ')', '–', '-']) {
                continue;
            }
            let name = name(rest.skip(start).until(rest.position() + joint));
            // "Across all themes (4 out of 5)": how many they are.
            let number = name
                .first()
                .is_some_and(|token| token.classes.meets(Classes::NUMERIC));
            if !name.is_empty() && !number {
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
