//! The round of a rating as told by the sentence before it, or by the heading that it stands under.

use rustc_hash::FxHashSet;

use super::{Rated, Sheet};
use crate::{
    document::BlockKind,
    facts::reading::{Reading, Sentence},
    framework::OVERALL,
    grammar::{
        Class, Classes, Input, Token,
        enumeration::trim,
        noun,
        rating::{Round, round_of, year_in},
    },
    value::Label,
};

/// Puts ratings of running text into an earlier round where the sentence before speaks of that inspection ("The last inspection of
/// the service was in May 2012. It was judged to be poor.") or the heading above does ("Previous inspections"). `year` is that of the
/// document.
pub(super) fn settle(reading: &Reading<'_>, year: Option<i16>, sheet: &mut Sheet) {
    let places: Vec<usize> = sheet
        .ratings
        .iter()
        .map(|rated| rated.place.sentence)
        .collect();
    let with_earlier = with_earlier(reading, &sheet.ratings);
    for (at, rated) in sheet.ratings.iter_mut().enumerate() {
        if rated.form != "prose" || rated.round != Round::Current || rated.year.is_some() {
            continue;
        }
        if with_earlier.contains(&at) {
            rated.round = Round::Previous;
            rated.sure = false;
            continue;
        }
        if rated.criterion == Label::new(OVERALL) && rated.body.is_none() {
            rated.body = operated(reading, rated);
        }
        let lead = before(reading, rated, &places)
            .filter(|lead| names_inspection(*lead) || points_back(reading, rated));
        let told = under_earlier_heading(reading, rated)
            || lead.is_some_and(|lead| round_of(lead, year) == Round::Previous);
        let sentence = reading.sentences.get(rated.place.sentence);
        if told && sentence.is_some_and(|sentence| is_past(reading.input(sentence))) {
            rated.round = Round::Previous;
            rated.sure = false;
            rated.year = lead.and_then(year_in);
            if rated.criterion == Label::new(OVERALL) && rated.body.is_none() {
                rated.body = lead.and_then(inspected);
                if let Some(service) = lead.and_then(|lead| service(reading, lead)) {
                    rated.criterion = service;
                }
            }
        }
    }
}

/// Places of the ratings that "with" joins to one of an earlier round: "by May it had climbed to fair, with caring back to good".
fn with_earlier(reading: &Reading<'_>, ratings: &[Rated]) -> FxHashSet<usize> {
    let joined = |first: &Rated, second: &Rated| {
        let sentence = reading.sentences.get(second.place.sentence)?;
        let input = reading.input(sentence);
        let behind = |token: &Token| token.span.start < first.span.end;
        let input = input.skip(input.tokens().partition_point(behind));
        let here = if input.starts_with(",") {
            input.skip(1)
        } else {
            input
        };
        let with = here.starts_with("with");
        let next = here.skip(1).first()?.span.start == second.span.start;
        Some(with && next)
    };
    let mut in_order: Vec<(usize, &Rated)> = ratings.iter().enumerate().collect();
    in_order.sort_by_key(|(_, rated)| rated.span.end);
    let told = in_order.windows(2).filter_map(|pair| {
        let [(_, first), (at, second)] = pair else {
            return None;
        };
        let earlier = first.form == "prose" && first.round == Round::Previous;
        let together = first.place.sentence == second.place.sentence;
        (earlier && together && joined(first, second)?).then_some(*at)
    });
    told.collect()
}

/// The sentence before, in the same block, where it gives no rating itself.
fn before<'r>(
    reading: &'r Reading<'_>,
    rated: &Rated,
    rating_places: &[usize],
) -> Option<Input<'r>> {
    let at = rated.place.sentence.checked_sub(1)?;
    let sentence = reading.sentences.get(at)?;
    let beside = sentence.place.block == rated.place.block && !rating_places.contains(&at);
    beside.then(|| reading.input(sentence))
}

fn names_inspection(input: Input<'_>) -> bool {
    input.starts().any(|here| {
        [
            "inspection",
            "inspections",
            "reinspection",
            "judgement",
            "judgements",
        ]
        .iter()
        .any(|word| here.starts_with(word))
    })
}

/// Words for an inspection and what it comes to.
const INSPECTIONS: Classes = Classes::of(&[Class::InspectionNoun, Class::GradeNoun]);

/// Whether the sentence of the rating begins by pointing to what was just spoken of: "In that assessment the area was fair".
fn points_back(reading: &Reading<'_>, rated: &Rated) -> bool {
    let Some(sentence) = reading.sentences.get(rated.place.sentence) else {
        return false;
    };
    let input = reading.input(sentence);
    let opens = ["in", "at", "by"]
        .iter()
        .any(|word| input.starts_with(word));
    let noun = || noun::is_a(input.skip(2), INSPECTIONS);
    opens && input.skip(1).starts_with("that") && noun()
}

/// What "the last inspection of … was" says was inspected.
fn inspected(lead: Input<'_>) -> Option<Label> {
    let of = (0..lead.len()).find(|&at| {
        lead.skip(at).starts_with("inspection") && lead.skip(at + 1).starts_with("of")
    })?;
    let name = lead.skip(of + 2);
    let verb = (1..name.len()).find(|&at| name.skip(at).lexeme(Class::Auxiliary).is_some())?;
    Some(Label::new(name.until(name.position() + verb).text()))
}

/// The service by its common name, without whose it is: the adoption service of "the last inspection of the county's adoption service
/// was in May 2011".
fn service(reading: &Reading<'_>, lead: Input<'_>) -> Option<Label> {
    let of = (0..lead.len()).find(|&at| {
        lead.skip(at).starts_with("inspection") && lead.skip(at + 1).starts_with("of")
    })?;
    let phrase = lead.skip(of + 2);
    let verb = (1..phrase.len()).find(|&at| phrase.skip(at).lexeme(Class::Auxiliary).is_some())?;
    let phrase = phrase.until(phrase.position() + verb);
    let owner = phrase.tokens().iter().rposition(|token| {
        let word = phrase.text_of(token);
        word.ends_with("'s") || word.ends_with("’s")
    });
    let name = trim(phrase.skip(owner.map_or(0, |at| at + 1)));
    let small = name.tokens().iter().all(|token| !token.capital);
    let ends = name
        .skip(name.len().saturating_sub(1))
        .lexeme(Class::BodyNoun)
        .is_some_and(|(_, noun)| noun.canonical == "service");
    (name.len() > 1 && small && ends).then(|| reading.label(name.span()))
}

/// What the sentence says that the inspected body operates, where the rating of that follows: "The council runs one home, which was
/// judged good".
fn operated(reading: &Reading<'_>, rated: &Rated) -> Option<Label> {
    let sentence = reading.sentences.get(rated.place.sentence)?;
    let input = reading.input(sentence);
    let verb = (1..input.len()).find(|&at| {
        ["operates", "runs"]
            .iter()
            .any(|word| input.skip(at).starts_with(word))
    })?;
    let name = input.skip(verb + 1);
    let end = (0..name.len()).find(|&at| name.skip(at).starts_with(","))?;
    let name = name.until(name.position() + end);
    let after = name.span().end <= rated.span.start;
    after.then(|| Label::new(name.text()))
}

/// Whether a sentence speaks of the past and of nothing that holds now.
pub(super) fn is_past(input: Input<'_>) -> bool {
    let any = |holds: &dyn Fn(Input<'_>) -> bool| input.starts().any(holds);
    any(&|here| here.starts_with("was") || here.starts_with("were") || here.starts_with("judged"))
        && !any(&|here| here.lexeme(Class::Current).is_some() || here.starts_with("this"))
}

/// Whether the nearest heading begins with words for an earlier round.
pub(super) fn under_earlier_heading(reading: &Reading<'_>, rated: &Rated) -> bool {
    let heading = reading
        .block(rated.place.block)
        .and_then(|block| block.section)
        .filter(|&at| {
            reading
                .block(at)
                .is_some_and(|block| matches!(block.kind, BlockKind::Heading { .. }))
        });
    let sentence: Option<&Sentence> = heading.and_then(|at| reading.sentences_of(at).first());
    sentence.is_some_and(|sentence| reading.input(sentence).lexeme(Class::Previous).is_some())
}

/// Puts a rating of a year in which an earlier round took place into that round: "At its last inspection, in June 2022, … It was rated
/// inadequate in 2022." Where the document itself is of that year, it says nothing.
pub(super) fn date_by_others(document: Option<i16>, sheet: &mut Sheet) {
    let earlier: FxHashSet<i16> = sheet
        .ratings
        .iter()
        .filter(|rated| rated.round == Round::Previous && rated.form != "table")
        .filter_map(|rated| rated.year)
        .filter(|year| Some(*year) != document)
        .collect();
    for rated in sheet
        .ratings
        .iter_mut()
        .filter(|rated| rated.form == "prose")
    {
        if rated.year.is_some_and(|year| earlier.contains(&year)) {
            rated.sure &= rated.round == Round::Previous;
            rated.round = Round::Previous;
        }
    }
}

/// The round that the words above a list or table set: "At the last inspection we found:", a caption.
pub(super) fn lead_round(reading: &Reading<'_>, block: usize, year: Option<i16>) -> Round {
    /// Items above over which those words are looked for.
    const REACH: usize = 200;
    let item = |at: &usize| {
        reading
            .block(*at)
            .is_some_and(|block| matches!(block.kind, BlockKind::ListItem(_)))
    };
    let lead = (0..block)
        .rev()
        .take(REACH)
        .find(|at| !item(at))
        .filter(|_| {
            let table = reading
                .block(block)
                .is_some_and(|block| matches!(block.kind, BlockKind::Table(_)));
            table || item(&block)
        });
    let Some(lead) =
        lead.and_then(|lead| Some((reading.block(lead)?, reading.sentences_of(lead).last()?)))
    else {
        return Round::Current;
    };
    let (block, sentence) = lead;
    let introduces = match block.kind {
        BlockKind::Caption | BlockKind::Heading { .. } => true,
        _ => reading.document.text_of(block.span).ends_with(':'),
    };
    if introduces {
        round_of(reading.input(sentence), year)
    } else {
        Round::Current
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::{
        schema::{RATING, rating::Slot},
        testing::facts_of,
    };
    use crate::value::Value;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let (_, facts) = facts_of(text);
        let found: Vec<(String, String)> = facts
            .iter()
            .filter(|fact| fact.kind == RATING)
            .map(|fact| {
                let body = match fact.get(Slot::subject) {
                    Value::Label(label) => label.to_string(),
                    _ => String::new(),
                };
                (
                    fact.get(Slot::when)
                        .as_words()
                        .unwrap_or_default()
                        .to_owned(),
                    body,
                )
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(when, body)| ((*when).to_owned(), (*body).to_owned()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_sentence_before_tells_of_an_earlier_inspection() {
        check(
            "The last inspection of the county's fostering service was in May 2012. The council was judged to be inadequate.",
            &[("previous", "the county's fostering service")],
        );
        check(
            "The team spoke to forty people. The council was judged to be inadequate.",
            &[("current", "")],
        );
    }

    #[test]
    fn what_with_joins_to_an_earlier_grade_is_as_early() {
        check(
            "By November of that year the home had climbed to requires improvement, with caring back to good.",
            &[("previous", ""), ("previous", "")],
        );
    }

    #[test]
    fn a_sentence_may_point_to_the_assessment_before() {
        check(
            "Published 3 May 2017\n\nThe assessment of 2007 used another framework. In that assessment the area was judged to be poor.",
            &[("previous", "")],
        );
        check(
            "Published 3 May 2017\n\nThe plan of 2007 used another framework. In that county the area was judged to be poor.",
            &[("current", "")],
        );
    }

    #[test]
    fn what_a_body_operates_has_ratings_of_its_own() {
        check(
            "The council operates one children's home, which was judged to be good in its most recent inspection.",
            &[("current", "one children's home")],
        );
    }
}
