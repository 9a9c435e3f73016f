//! Movements of ratings: "improved from fair to good".

use super::{Sheet, criterion, scales::Scales};
use crate::{
    facts::{
        Fact, Place,
        reading::{Reading, Sentence},
        schema::{DIRECTIONS, RATING_CHANGE, rating_change::Slot},
    },
    grammar::rating::Move,
    span::Span,
    value::{Label, Value},
};

/// A movement before its grades are put on a scale.
#[derive(Clone, Debug)]
pub(super) struct Moved {
    pub(super) criterion: Label,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    direction: Option<&'static str>,
    span: Span,
    pub(super) place: Place,
}

/// Reads a movement.
pub(super) fn moved(reading: &Reading<'_>, sentence: &Sentence, moved: &Move<'_>) -> Moved {
    Moved {
        criterion: criterion(reading, sentence.place.block, &moved.about),
        from: moved.from.as_ref().map(|grade| grade.name.clone()),
        to: moved.to.as_ref().map(|grade| grade.name.clone()),
        direction: DIRECTIONS
            .iter()
            .copied()
            .find(|known| *known == moved.direction),
        span: moved.span,
        place: sentence.place,
    }
}

/// Adds the movements that say which way a rating went.
pub(super) fn facts(sheet: &Sheet, scales: &Scales<'_>, facts: &mut Vec<Fact>) {
    for moved in &sheet.changes {
        let Some(direction) = moved.direction else {
            continue;
        };
        let grade = |name: &Option<String>| name.as_ref().map(|name| scales.grade(name));
        facts.push(
            Fact::new(RATING_CHANGE, moved.span, moved.place)
                .with(Slot::criterion, moved.criterion.clone())
                .with(Slot::from, grade(&moved.from))
                .with(Slot::to, grade(&moved.to))
                .with(Slot::direction, Value::Symbol(direction)),
        );
    }
}
