//! Which body each rating is on, in documents that rate several.

use super::{
    ratings::{Rated, Sheet},
    reading::Reading,
};
use crate::{
    document::BlockKind,
    framework::OVERALL,
    grammar::{
        Class, TokenKind,
        rating::{Round, is_proper},
    },
    value::Label,
};

/// Share of the words of the shorter name by which two names are of one body.
const SAME: f64 = 0.5;

/// Whether two names are of one body, by the words that are no common nouns for bodies: "Elm Surgery" is not "Oak Surgery".
fn same_body(reading: &Reading<'_>, a: &Label, b: &Label) -> bool {
    let own = |label: &Label| {
        let lexicon = &reading.vocabulary.lexicon;
        let common = |word: &&str| {
            lexicon
                .meanings_of(word)
                .any(|meaning| meaning.class == Class::BodyNoun)
        };
        let words: Vec<&str> = label
            .text()
            .split(' ')
            .filter(|word| !common(word))
            .collect();
        let own = Label::new(&words.join(" "));
        if own.is_empty() { label.clone() } else { own }
    };
    own(a).similarity(&own(b)) >= SAME
}

/// Puts the body before the criterion where a document rates several, and forgets it where it rates one. Beside a table of several
/// bodies or services, and where sentences name different ones, what a sentence names is kept: it may be any of them.
pub(super) fn settle(reading: &Reading<'_>, sheet: &mut Sheet) {
    for rated in &mut sheet.ratings {
        if rated.body.is_none() {
            rated.body = front_label(reading, rated);
        }
    }
    let rows: Vec<Label> = sheet
        .ratings
        .iter()
        .filter(|rated| rated.form == "table")
        .map(|rated| rated.criterion.clone())
        .collect();
    for rated in sheet.ratings.iter_mut().filter(|rated| !rated.composed) {
        if let Some(row) = rated
            .body
            .as_ref()
            .and_then(|body| rows.iter().find(|row| *row == body))
            && is_overall(&rated.criterion)
        {
            rated.criterion = row.clone();
            rated.body = None;
        }
    }
    for moved in &mut sheet.changes {
        let known = sheet.ratings.iter().find(|rated| {
            rated.place.sentence == moved.place.sentence && rows.contains(&rated.criterion)
        });
        if let Some(known) = known.filter(|_| is_overall(&moved.criterion)) {
            moved.criterion = known.criterion.clone();
        }
    }
    let bodies = bodies(reading, &sheet.ratings);
    if bodies.len() > 1 {
        compose(reading, &bodies, sheet);
    } else if is_on_one(reading, &sheet.ratings) {
        for rated in sheet.ratings.iter_mut().filter(|rated| !rated.composed) {
            rated.body = None;
        }
    }
}

/// Whether all the bodies that are named with ratings are one.
fn is_on_one(reading: &Reading<'_>, ratings: &[Rated]) -> bool {
    let mut named = ratings
        .iter()
        .filter(|rated| rated.round == Round::Current)
        .filter_map(|rated| rated.body.as_ref());
    let Some(first) = named.next() else {
        return true;
    };
    !ratings.iter().any(|rated| rated.composed) && named.all(|body| same_body(reading, first, body))
}

fn is_overall(label: &Label) -> bool {
    *label == Label::new(OVERALL)
}

/// The names of bodies that got an overall rating in this round, one for each body.
fn bodies(reading: &Reading<'_>, ratings: &[Rated]) -> Vec<Label> {
    let mut bodies: Vec<Label> = Vec::new();
    let named = ratings.iter().filter(|rated| {
        !rated.composed && rated.round == Round::Current && is_overall(&rated.criterion)
    });
    for body in named.filter_map(|rated| rated.body.as_ref()) {
        match bodies
            .iter_mut()
            .find(|known| same_body(reading, known, body))
        {
            Some(known) if known.text().len() < body.text().len() => *known = body.clone(),
            Some(_) => {}
            None => bodies.push(body.clone()),
        }
    }
    bodies
}

/// Names the body of every rating: its own, else the one named before it in its section, else the one that the heading names.
fn compose(reading: &Reading<'_>, bodies: &[Label], sheet: &mut Sheet) {
    let mut order: Vec<usize> = (0..sheet.ratings.len()).collect();
    order.sort_by_key(|&at| sheet.ratings.get(at).map(|rated| rated.span));
    let mut last: Option<(Option<usize>, Label)> = None;
    for at in order {
        let Some(rated) = sheet.ratings.get_mut(at) else {
            continue;
        };
        if rated.composed {
            continue;
        }
        let section = section(reading, rated.place.block);
        let own = rated
            .body
            .take()
            .and_then(|body| same(reading, bodies, &body).or(Some(body)));
        let before = || {
            last.as_ref()
                .filter(|(known, _)| *known == section)
                .map(|(_, body)| body.clone())
        };
        let Some(body) = own
            .or_else(before)
            .or_else(|| headed(reading, bodies, section))
        else {
            continue;
        };
        rated.criterion = if is_overall(&rated.criterion) {
            body.clone()
        } else {
            Label::new(&format!("{body}: {}", rated.criterion))
        };
        rated.body = Some(body.clone());
        last = Some((section, body));
    }
}

fn same(reading: &Reading<'_>, bodies: &[Label], body: &Label) -> Option<Label> {
    bodies
        .iter()
        .find(|known| same_body(reading, known, body))
        .cloned()
}

fn section(reading: &Reading<'_>, block: usize) -> Option<usize> {
    reading.block(block).and_then(|found| match found.kind {
        BlockKind::Heading { .. } => Some(block),
        _ => found.section,
    })
}

fn headed(reading: &Reading<'_>, bodies: &[Label], section: Option<usize>) -> Option<Label> {
    let heading = reading.block(section?)?;
    let label = reading.label(heading.span);
    bodies
        .iter()
        .find(|body| body.similarity(&label) >= 1.0)
        .cloned()
}

/// The name that a paragraph opens with as its label: "Elm House, Quay Street. Rated good in May."
fn front_label(reading: &Reading<'_>, rated: &Rated) -> Option<Label> {
    let sentences = reading.sentences_of(rated.place.block);
    let first = sentences
        .first()
        .filter(|first| first.place.sentence < rated.place.sentence)?;
    if rated.place.cell.is_some() {
        return None;
    }
    let input = reading.input(first);
    let comma = input
        .tokens()
        .iter()
        .position(|token| matches!(token.kind, TokenKind::Symbol(',' | '.' | ':')))?;
    let name = input.until(input.position() + comma);
    let spoken = input.tokens().iter().any(|token| {
        token.classes.has(Class::Auxiliary) || token.classes.has(Class::Verb) && !token.capital
    });
    (!spoken && input.len() <= 12 && is_proper(name, true)).then(|| reading.label(name.span()))
}
