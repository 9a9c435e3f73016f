//! Responses under labels: at the start of a paragraph, line or item, or as a heading.

use super::{Response, listed::Listed};
use crate::{
    document::BlockKind,
    facts::{
        issues, lists,
        reading::{Reading, Sentence},
    },
    grammar::{
        Class, Input,
        response::{self, ResponseLabel, To},
    },
};

/// Responses under labels of their own: at the start of a paragraph, line or item, or as a heading.
pub(super) fn labelled(reading: &Reading<'_>, listed: &Listed) -> Vec<Response> {
    let mut found: Vec<Response> = Vec::new();
    let alone = reading.sentences.iter().filter(|sentence| {
        let block = reading.block(sentence.place.block);
        let plain = !matches!(
            block.map(|block| &block.kind),
            Some(BlockKind::ListItem(_) | BlockKind::Table(_))
        );
        let label = response::response_label(reading.input(sentence));
        plain && label.is_ok_and(|(rest, label)| rest.is_empty() && label.stance.is_none())
    });
    let alone = alone.take(2).count();
    let unlisted = listed.issues.is_empty() && repeats_label(reading);
    for sentence in &reading.sentences {
        if sentence.place.cell.is_some() || !lists::begins_line(reading, sentence) {
            continue;
        }
        let Some((rest, label)) = label_of(reading, sentence) else {
            continue;
        };
        // "Accepted: recommendations 1 and 2" names what it accepts; "Priority action 1" is an issue.
        let input = reading.input(sentence);
        let names_issue =
            || listed.starts_at(label.span.start) && response::response_label(input).is_ok();
        let elsewhere =
            label.stance.is_some() && names_others(listed, &label, input) || names_issue();
        if elsewhere {
            continue;
        }
        let within = found
            .last()
            .is_some_and(|last| label.span.start < last.span.end);
        let answers = label.to != To::Last
            || answers_last(reading, listed, sentence, &label, alone)
            || unlisted && label.marked && !rest.is_empty();
        if !within && answers {
            found.extend(answer(reading, listed, sentence, rest, &label));
        }
    }
    found
}

/// Whether a marked label of responses opens the text of several lines: judgements that are no issues are answered one by one.
fn repeats_label(reading: &Reading<'_>) -> bool {
    let labels = |sentence: &&Sentence| {
        sentence.classes.has(Class::ResponseLabel)
            && sentence.place.cell.is_none()
            && lists::begins_line(reading, sentence)
            && response::response_label(reading.input(sentence))
                .is_ok_and(|(rest, label)| label.marked && !rest.is_empty())
    };
    reading.sentences.iter().filter(labels).nth(1).is_some()
}

/// The label that a sentence starts with: one of responses or, among the actions of the body, one of numbers alone ("Areas 1
/// and 2:").
fn label_of<'a>(
    reading: &'a Reading<'_>,
    sentence: &Sentence,
) -> Option<(Input<'a>, ResponseLabel)> {
    let input = reading.input(sentence);
    if let Ok(found) = response::response_label(input) {
        return Some(found);
    }
    let item = matches!(
        reading.block(sentence.place.block)?.kind,
        BlockKind::ListItem(_)
    );
    (item && under_response(reading, sentence.place.block))
        .then(|| response::numbers_label(input).ok())
        .flatten()
}

/// Whether an item stands under a heading or lead that is the label of responses.
pub(super) fn under_response(reading: &Reading<'_>, item: usize) -> bool {
    const REACH: usize = 12;
    let list = |block: usize| {
        matches!(
            reading.block(block).map(|block| &block.kind),
            Some(BlockKind::ListItem(_))
        )
    };
    let lead = (item.saturating_sub(REACH)..item)
        .rev()
        .find(|&block| !list(block));
    let labels = |block: usize| {
        let first = reading.sentences_of(block).first();
        first.is_some_and(|first| response::response_label(reading.input(first)).is_ok())
    };
    lead.is_some_and(labels) || issues::under_response(reading, item)
}

/// Whether a label without numbers answers the issue before it, rather than heading a section or being an item that ends in
/// such a word. One that stands alone does where it is near, and where there are several of its kind.
fn answers_last(
    reading: &Reading<'_>,
    listed: &Listed,
    sentence: &Sentence,
    label: &ResponseLabel,
    alone: usize,
) -> bool {
    const NEAR: usize = 3;
    let Some(last) = listed.before(label.span.start) else {
        return false;
    };
    let block = sentence.place.block;
    let kind = reading.block(block).map(|block| &block.kind);
    if matches!(kind, Some(BlockKind::ListItem(_))) && !label.marked {
        return false;
    }
    let only = label.span.end == reading.input(sentence).span().end;
    let near = block <= last.block + NEAR;
    match label.stance {
        Some(_) => near,
        None => !only || near && (alone >= 2 || listed.issues.len() == 1),
    }
}

/// The response under a label: with it its first sentence, which may stand in the next block. Nothing where that lays a duty
/// on someone else.
fn answer(
    reading: &Reading<'_>,
    listed: &Listed,
    sentence: &Sentence,
    rest: Input<'_>,
    label: &ResponseLabel,
) -> Option<Response> {
    let next = reading
        .sentences
        .get(sentence.place.sentence + 1)
        .filter(|next| {
            rest.is_empty()
                && next.place.cell.is_none()
                && next.place.block <= sentence.place.block + 1
                && !lists::is_heading(reading.document, next.place.block)
        });
    let text = next.map_or(rest, |next| reading.input(next));
    if asks(text) || label.to == To::Last && names_others(listed, label, text) {
        return None;
    }
    let (span, extent) = reading.labelled(label.span, text, sentence.place.block);
    Some(Response {
        to: listed.resolve(&label.to, label.span.start),
        stance: label.stance.or_else(|| response::opening_stance(text)),
        noun: label.noun.map(|noun| reading.label(noun)),
        span,
        extent,
        place: sentence.place,
    })
}

/// Whether the text under a label says itself which issues it accepts, and that these are others than the one before it: "Comments:
/// the board concurred with recommendation 1 and …".
fn names_others(listed: &Listed, label: &ResponseLabel, text: Input<'_>) -> bool {
    let at = label.span.start;
    let last = listed.resolve(&To::Last, at);
    let others = |to: &To| matches!(to, To::Numbers(_)) && listed.resolve(to, at) != last;
    let acceptances = response::acceptances(text);
    acceptances.iter().any(|acceptance| others(&acceptance.to))
}

/// What stands below all issues under the one heading of a response, where nothing else answers any of them: all are answered.
pub(super) fn under_one_heading(reading: &Reading<'_>, listed: &Listed) -> Option<Response> {
    let last = listed.issues.last()?.span.end;
    let mut headings = reading.sentences.iter().filter(|sentence| {
        let below = reading.input(sentence).span().start > last;
        below && lists::is_heading(reading.document, sentence.place.block)
    });
    let is_label = |sentence: &&Sentence| {
        let label = response::response_label(reading.input(sentence));
        label.is_ok_and(|(rest, label)| rest.is_empty() && label.to == To::Last)
    };
    let heading = headings.find(is_label)?;
    let text = reading.sentences_of(heading.place.block + 1).first()?;
    let input = reading.input(text);
    let coded = issues::leading_number(input).is_some();
    let paragraph = matches!(reading.block(text.place.block)?.kind, BlockKind::Paragraph);
    let plain = paragraph && headings.next().is_none() && !asks(input) && !coded;
    plain.then(|| Response {
        stance: response::opening_stance(input),
        ..Response::plain(listed.all(), input, text.place)
    })
}

/// Whether what stands under a label lays a duty on someone else: the inspectorate speaks, not the body.
pub(super) fn asks(text: Input<'_>) -> bool {
    let own = ["we", "our", "i"].iter().any(|word| text.starts_with(word));
    !own && response::opening_stance(text).is_none()
        && text
            .starts()
            .any(|here| ["must", "should"].iter().any(|word| here.starts_with(word)))
}
