//! What the body is reported to have said.

use super::{
    Response, covered, in_order,
    listed::{Listed, says_all, stems},
    speech::{has_acted, inspects, promises},
};
use crate::{
    facts::reading::Reading,
    grammar::{Class, Classes, Input},
};

/// What the body is reported to have said it would do, after the issues, and what follows on it in the same paragraph. Where no
/// issue is listed but ratings are stated (`rated`), what it is reported to have done.
///
/// `reported = speaker attribution "that" … ("would" | has-acted) …`
pub(super) fn reported(
    reading: &Reading<'_>,
    listed: &Listed,
    known: &[Response],
    rated: bool,
) -> Vec<Response> {
    let taken = in_order(known.iter().map(|response| response.span));
    let mut found: Vec<Response> = Vec::new();
    let mut follows = None;
    for sentence in &reading.sentences {
        let input = reading.input(sentence);
        let start = input.span().start;
        if sentence.place.cell.is_some() || covered(&taken, start) {
            continue;
        }
        let says = reports_speech(input);
        if listed.before(start).is_none() {
            if rated && listed.issues.is_empty() && says && has_acted(input) {
                found.push(Response::plain(Vec::new(), input, sentence.place));
            }
            continue;
        }
        let spoken = says || follows == Some(sentence.place.block);
        if !(spoken && promises(input, &["will", "would"]) || says && has_acted(input)) {
            continue;
        }
        if listed.nearest(&stems(input)).is_none() && !says_all(input) {
            continue;
        }
        let to = listed.resolve_statement(input);
        if found
            .last()
            .is_some_and(|last| last.place.block == sentence.place.block && last.to == to)
        {
            continue;
        }
        follows = Some(sentence.place.block);
        found.push(Response::plain(to, input, sentence.place));
    }
    found
}

/// Whether someone who does not inspect is reported to have said something.
///
/// `reported-speech = speaker attribution ( pronoun | determiner | conjunction | *4(word) "that" )`
fn reports_speech(input: Input<'_>) -> bool {
    const ASIDE: usize = 4;
    const LINKS: Classes = Classes::of(&[Class::Pronoun, Class::Determiner, Class::Conjunction]);
    let Some((here, rest)) = input.find(Class::Attribution) else {
        return false;
    };
    let speaker = input.until(here.position());
    let links = crate::grammar::noun::is_a(rest, LINKS)
        || (1..=ASIDE).any(|words| rest.skip(words).starts_with("that"));
    links && !speaker.is_empty() && !inspects(speaker)
}
