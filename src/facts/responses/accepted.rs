//! Sentences that accept or refuse issues, or say what was done about them.

use super::{
    Response, covered, in_order,
    listed::Listed,
    speech::{inspects, own, promises},
};
use crate::{
    facts::{lists, reading::Reading},
    grammar::{
        Class, Input,
        response::{self, Acceptance},
    },
};

/// Sentences that accept or refuse issues, outside the responses and issues themselves.
pub(super) fn accepted(
    reading: &Reading<'_>,
    listed: &Listed,
    direct: &[Response],
) -> Vec<Response> {
    let issues = listed.issues.iter().map(|issue| issue.span);
    let taken = in_order(direct.iter().map(|response| response.extent).chain(issues));
    let mut found = Vec::new();
    // Whether the body speaks for itself, as in a letter.
    let mut letter = false;
    for sentence in &reading.sentences {
        let input = reading.input(sentence);
        let outside = sentence.place.cell.is_none()
            && !lists::is_heading(reading.document, sentence.place.block)
            && !covered(&taken, input.span().start);
        if !outside {
            continue;
        }
        let acceptances = response::acceptances(input);
        letter |= !acceptances.is_empty() && own(input);
        letter |= response::addressee(input)
            .is_ok_and(|(rest, _)| to_inspectors(input.until(rest.position())));
        let taken_up = || response::taken_up(input).filter(|_| letter);
        if acceptances.is_empty()
            && let Some(to) = addressed(listed, input, letter)
                .or_else(|| listed.addressed(&taken_up()?, input.span().start))
        {
            found.push(Response {
                stance: response::opening_stance(input),
                ..Response::plain(to, input, sentence.place)
            });
        }
        let own_side = acceptances
            .iter()
            .filter(|acceptance| !is_others(input, acceptance));
        found.extend(own_side.map(|acceptance| {
            let to = listed.resolve(&acceptance.to, input.span().start);
            Response {
                stance: Some(acceptance.stance),
                ..Response::plain(to, input, sentence.place)
            }
        }));
    }
    found
}

/// Whether those who inspect accept something, or an earlier round is spoken of.
fn is_others(input: Input<'_>, acceptance: &Acceptance) -> bool {
    let before = input
        .tokens()
        .partition_point(|token| token.span.start < acceptance.span.start);
    let before = lists::closing(input.until(input.position() + before));
    inspects(speaker(before)) || lists::speaks_of_the_past(before)
}

/// Who a clause speaks of: its words up to the first verb, where that says how a report was taken: "[The council] welcomes the report
/// and".
pub(super) fn speaker(before: Input<'_>) -> Input<'_> {
    before
        .find(Class::Reaction)
        .map_or(before, |(here, _)| before.until(here.position()))
}

/// The known issues that a sentence of the body says what was done about: "In response to recommendation 1, we have …", "For
/// recommendations 2 and 3, management said that it had …". In the body's own `letter`, what was or will be done is enough.
pub(super) fn addressed(listed: &Listed, input: Input<'_>, letter: bool) -> Option<Vec<String>> {
    let (rest, to) = response::addressee(input).ok()?;
    let to = listed.addressed(&to, input.span().start);
    let opening = input.until(rest.position());
    let speaks = (own(rest) || letter) && promises(rest, &["will", "shall", "have", "has", "are"]);
    to.filter(|_| speaks || to_inspectors(opening) || answers(rest))
}

/// Whether words speak to those who inspect: "your first concern".
fn to_inspectors(input: Input<'_>) -> bool {
    input.holds_word("your")
}

/// Most words of a speaker with what is said of the saying: "the agency's management also stated".
const SPEAKER: usize = 6;

/// Whether a sentence opens with somebody who does not inspect, and who says or accepts something.
pub(super) fn answers(input: Input<'_>) -> bool {
    let opening = input.until(input.position() + SPEAKER);
    let verb = [Class::Attribution, Class::Accepted];
    let verb = verb.into_iter().filter_map(|class| opening.find(class));
    verb.map(|(here, _)| opening.until(here.position()))
        .min_by_key(|speaker| speaker.len())
        .is_some_and(|speaker| !speaker.is_empty() && !inspects(speaker) && !own(speaker))
}
