//! Claims on how many criteria have a grade, and the ratings that a claim over a named list amounts to.

use rust_decimal::Decimal;

use super::{Rated, Sheet, label, scales::Scales, when};
use crate::{
    document::BlockKind,
    facts::{
        Fact, Place, lists,
        reading::{Reading, Sentence},
        schema::{RATING_CLAIM, rating_claim::Slot},
    },
    grammar::{
        Class, Input, TokenKind,
        enumeration::enumeration,
        rating::{Bound, Claim, Round},
    },
    span::Span,
    value::{Grade, Label, Number, Value},
};

/// Tokens around a claim that are searched for what it takes out.
const NEAR: usize = 40;

/// Tokens of a sentence that are searched for the list of criteria that it opens with.
const OPENING: usize = 120;

/// A claim before its grade is put on a scale.
#[derive(Clone, Debug)]
pub(super) struct Claimed {
    quantifier: &'static str,
    count: Option<u32>,
    of: Option<u32>,
    excepted: bool,
    noun: Option<Label>,
    /// The canonical name of the grade.
    pub(super) grade: String,
    bound: Bound,
    round: Round,
    span: Span,
    place: Place,
}

/// Reads a claim; one that takes a criterion out ("all areas except casework") says so. `None` where it is on bodies that the
/// sentence before counts: "The council runs three homes. All three were judged good."
pub(super) fn claimed(
    reading: &Reading<'_>,
    sentence: &Sentence,
    claim: &Claim<'_>,
) -> Option<Claimed> {
    let input = reading.input(sentence);
    let counts = |count: u32| counts_bodies(reading, sentence, count);
    if claim.count.noun.is_none() && claim.count.count.is_some_and(counts) {
        return None;
    }
    if claim.count.rest && claim.count.noun.is_none() && !criteria_before(reading, sentence) {
        return None;
    }
    let start = input
        .tokens()
        .partition_point(|token| token.span.start < claim.span.start);
    let near = start.saturating_sub(NEAR)..input.len().min(start + NEAR);
    let excepts = near
        .into_iter()
        .any(|at| input.skip(at).lexeme(Class::Except).is_some());
    Some(Claimed {
        quantifier: claim.count.quantifier,
        count: claim.count.count,
        of: claim.count.of,
        excepted: claim.count.excepted || excepts,
        noun: claim.count.noun.map(|noun| label(reading, noun)),
        grade: claim.grade.name.clone(),
        bound: claim.bound,
        round: claim.round,
        span: claim.span,
        place: sentence.place,
    })
}

/// Whether criteria are spoken of so shortly before that "the remaining five" are left of them: in the same sentence or one of the two
/// before, and bodies in none of these.
fn criteria_before(reading: &Reading<'_>, sentence: &Sentence) -> bool {
    const NEAR: usize = 2;
    let mut near = vec![sentence];
    while near.len() <= NEAR
        && let Some(before) = near.last().and_then(|last| reading.previous(last))
    {
        near.push(before);
    }
    let bodies = |sentence: &&Sentence| {
        let counted = reading.figures(sentence).iter();
        counted
            .filter_map(|figure| figure.noun.as_ref())
            .any(|noun| lists::within(reading.input(sentence), noun.span).holds(Class::BodyNoun))
    };
    near.iter()
        .any(|sentence| sentence.classes.has(Class::CriterionNoun))
        && !near.iter().any(bodies)
}

/// Whether the sentence before counts as many bodies.
fn counts_bodies(reading: &Reading<'_>, sentence: &Sentence, count: u32) -> bool {
    let Some(before) = reading.previous(sentence) else {
        return false;
    };
    reading.figures(before).iter().any(|figure| {
        figure.quantity.number.value() == Decimal::from(count)
            && figure.noun.as_ref().is_some_and(|noun| {
                let named = lists::within(reading.input(before), noun.span);
                named.holds(Class::BodyNoun)
            })
    })
}

/// Adds the ratings that "each of the four was good" gives to the criteria that the sentence before lists.
pub(super) fn spell_out(reading: &Reading<'_>, sheet: &mut Sheet) {
    if sheet
        .ratings
        .iter()
        .any(|rated| rated.form == "table" || rated.form == "list")
    {
        return;
    }
    for claimed in sheet.claims.iter().filter(|claimed| {
        claimed.quantifier == "all" && !claimed.excepted && claimed.bound == Bound::Exactly
    }) {
        for item in listed_before(reading, claimed) {
            sheet.ratings.push(Rated {
                round: claimed.round,
                ..Rated::new(
                    label(reading, item),
                    claimed.grade.clone(),
                    "list",
                    item.span(),
                    claimed.place,
                )
            });
        }
    }
}

/// The criteria that the sentence of a claim, the one before it or the list above it names, where their number fits.
fn listed_before<'r>(reading: &'r Reading<'_>, claimed: &Claimed) -> Vec<Input<'r>> {
    let sentence = reading.sentences.get(claimed.place.sentence);
    let before = sentence.and_then(|sentence| reading.previous(sentence));
    let items = sentence
        .into_iter()
        .chain(before)
        .map(|sentence| in_sentence(reading, sentence))
        .find(|items| items.len() > 1)
        .unwrap_or_else(|| above(reading, claimed.place.block));
    let fits = claimed
        .count
        .is_none_or(|count| usize::try_from(count) == Ok(items.len()));
    if fits { items } else { Vec::new() }
}

/// `criterion-noun ":" enumeration`
fn in_sentence<'r>(reading: &'r Reading<'_>, sentence: &Sentence) -> Vec<Input<'r>> {
    let input = reading.input(sentence);
    let colon = (1..input.len().min(OPENING)).find(|&at| {
        let mark = input
            .skip(at)
            .first()
            .is_some_and(|token| token.kind == TokenKind::Symbol(':'));
        mark && input
            .skip(at - 1)
            .first()
            .is_some_and(|token| token.classes.has(Class::CriterionNoun))
    });
    colon.map_or_else(Vec::new, |at| {
        enumeration(input.skip(at + 1), |text| {
            reading.vocabulary.is_criterion(&Label::new(text))
        })
    })
}

/// The items of the list right above a block.
fn above<'r>(reading: &'r Reading<'_>, block: usize) -> Vec<Input<'r>> {
    let items = (0..block).rev().take_while(|&at| {
        reading
            .block(at)
            .is_some_and(|block| matches!(block.kind, BlockKind::ListItem(_)))
    });
    let mut items: Vec<Input<'r>> = items
        .filter_map(|at| Some(reading.input(reading.sentences_of(at).first()?)))
        .collect();
    items.reverse();
    let plain = |item: &Input<'_>| {
        item.len() <= 14
            && !item
                .tokens()
                .iter()
                .any(|token| token.classes.has(Class::Auxiliary))
    };
    if items.iter().all(plain) {
        items
    } else {
        Vec::new()
    }
}

/// Adds the claims as facts. The bound of a claim on all or none is spelt out: "none above fair" is "none good" and "none excellent".
pub(super) fn facts(sheet: &Sheet, scales: &Scales<'_>, facts: &mut Vec<Fact>) {
    for claimed in &sheet.claims {
        let grade = scales.grade(&claimed.grade);
        let (quantifier, grades) = spelt(claimed, grade);
        facts.extend(
            grades
                .into_iter()
                .map(|grade| fact(claimed, quantifier, grade)),
        );
    }
}

fn spelt(claimed: &Claimed, grade: Grade) -> (&'static str, Vec<Grade>) {
    let rank = grade.rank();
    let ranks = |wanted: &dyn Fn(u8, u8) -> bool| {
        rank.map_or_else(Vec::new, |rank| {
            Scales::others(&grade, |other| wanted(other, rank))
        })
    };
    let all = claimed.quantifier == "all";
    match (claimed.bound, claimed.quantifier) {
        (Bound::Exactly, quantifier) => (quantifier, vec![grade]),
        (_, "count") => ("count", vec![grade]),
        (Bound::Above, _) if all => ("none", ranks(&|other, rank| other <= rank)),
        (Bound::Above, _) => ("none", ranks(&|other, rank| other > rank)),
        (Bound::Below, _) if all => ("none", ranks(&|other, rank| other >= rank)),
        (Bound::Below, _) => ("none", ranks(&|other, rank| other < rank)),
        (Bound::AtLeast, _) if all => ("none", ranks(&|other, rank| other < rank)),
        (Bound::AtLeast, _) => ("none", ranks(&|other, rank| other >= rank)),
        (Bound::AtMost, _) if all => ("none", ranks(&|other, rank| other > rank)),
        (Bound::AtMost, _) => ("none", ranks(&|other, rank| other <= rank)),
    }
}

/// The bound of a claim that counts; those on all or none have theirs spelt out.
fn bound(claimed: &Claimed) -> &'static str {
    match claimed.bound {
        _ if claimed.quantifier != "count" => "exactly",
        Bound::Exactly => "exactly",
        Bound::AtLeast => "at least",
        Bound::AtMost => "at most",
        Bound::Above => "above",
        Bound::Below => "below",
    }
}

fn fact(claimed: &Claimed, quantifier: &'static str, grade: Grade) -> Fact {
    let number = |number: Option<u32>| number.map(|number| Number::exact(Decimal::from(number)));
    Fact::new(RATING_CLAIM, claimed.span, claimed.place)
        .with(Slot::quantifier, Value::Symbol(quantifier))
        .with(Slot::count, number(claimed.count))
        .with(Slot::of, number(claimed.of))
        .with(Slot::value, grade)
        .with(Slot::bound, Value::Symbol(bound(claimed)))
        .with(Slot::noun, claimed.noun.clone())
        .with(Slot::when, Value::Symbol(when(claimed.round)))
        .with(Slot::excepted, claimed.excepted)
}
