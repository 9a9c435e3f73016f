//! Responses under the numbers of issues: labels, items and codes that were given before, or the issues taken in turn.

use rustc_hash::FxHashSet;

use super::{
    Response, covered, in_order,
    labelled::{asks, under_response},
    listed::{Listed, MOST_ISSUES},
    speech::own,
};
use crate::{
    document::BlockKind,
    facts::{
        issues, lists,
        reading::{Reading, Sentence},
    },
    grammar::{
        Class, Input,
        response::{self, Stance, To},
    },
    span::Span,
};

/// Texts under the label of an issue that was given before: "Order 2: “We have …”".
pub(super) fn numbered(reading: &Reading<'_>, listed: &Listed) -> Vec<Response> {
    let starts: FxHashSet<usize> = listed.issues.iter().map(|issue| issue.span.start).collect();
    issues::labels(reading)
        .into_iter()
        .filter(|label| !starts.contains(&label.span.start))
        .map(|label| Response {
            to: label
                .numbers
                .iter()
                .map(|number| listed.written(number))
                .collect(),
            stance: label.stance,
            noun: None,
            span: label.span,
            extent: label.extent,
            place: label.place,
        })
        .collect()
}

/// The items of a numbered list under the label of responses, each for the issue with its number.
pub(super) fn items(reading: &Reading<'_>, listed: &Listed, known: &[Response]) -> Vec<Response> {
    let issues = listed.issues.iter().map(|issue| issue.span);
    let taken = in_order(known.iter().map(|response| response.extent).chain(issues));
    let mut found = Vec::new();
    for list in lists::lists(reading.document) {
        let answers: Option<Vec<Response>> = list
            .items
            .iter()
            .map(|&item| {
                let BlockKind::ListItem(kind) = &reading.block(item)?.kind else {
                    return None;
                };
                let first = reading.sentences_of(item).first()?;
                let input = reading.input(first);
                let to = listed.exactly(&kind.number, input.span().start)?;
                (!covered(&taken, input.span().start)).then(|| Response {
                    to: vec![to],
                    stance: response::opening_stance(input),
                    noun: None,
                    span: input.span(),
                    extent: reading.block(item).map_or(input.span(), |block| block.span),
                    place: first.place,
                })
            })
            .collect();
        let headed = |&first: &usize| under_response(reading, first);
        if list.numbered && list.items.first().is_some_and(headed) {
            found.extend(answers.unwrap_or_default());
        }
    }
    found
}

/// Paragraphs and items that begin with the codes of issues and speak for the body: "M1 and M2: The trust accepts these findings."
pub(super) fn coded(reading: &Reading<'_>, listed: &Listed, known: &[Response]) -> Vec<Response> {
    if listed.issues.is_empty() {
        return Vec::new();
    }
    let issues = listed.issues.iter().map(|issue| issue.span);
    let taken = in_order(known.iter().map(|response| response.extent).chain(issues));
    let mut found = Vec::new();
    for (at, block) in reading.document.blocks.iter().enumerate() {
        let Some(first) = reading.sentences_of(at).first() else {
            continue;
        };
        let input = reading.input(first);
        let (rest, numbers) = match &block.kind {
            BlockKind::ListItem(item) => (input, vec![item.number.clone()]),
            BlockKind::Paragraph => match response::numbers_label(input) {
                Ok((rest, label)) => match label.to {
                    To::Numbers(numbers) => (rest, numbers),
                    _ => continue,
                },
                Err(_) => continue,
            },
            _ => continue,
        };
        let start = input.span().start;
        let codes = numbers.iter().all(|number| {
            crate::grammar::reference::is_code(number) && listed.has_written(number, start)
        });
        let speaks = own(rest) || rest.holds(Class::Accepted);
        if codes && speaks && !asks(rest) && !covered(&taken, start) {
            found.push(Response {
                to: numbers,
                stance: stance_in(rest),
                noun: None,
                span: input.span(),
                extent: block.span,
                place: first.place,
            });
        }
    }
    found
}

/// The stance that a sentence opens with, else the one that it takes in its first words: "The board accepts the criticism".
fn stance_in(input: Input<'_>) -> Option<Stance> {
    const NEAR: usize = 6;
    let near = input.until(input.position() + NEAR);
    let accepts = || near.holds(Class::Accepted) && !near.holds(Class::Rejected);
    response::opening_stance(input).or_else(|| accepts().then_some(Stance::Accepted))
}

/// The paragraphs right below issues with labels, where two or more of them open with a stance: a letter that takes the
/// issues in turn.
pub(super) fn in_turn(reading: &Reading<'_>, listed: &Listed, known: &[Response]) -> Vec<Response> {
    let taken = in_order(known.iter().map(|response| response.extent));
    let starts: FxHashSet<usize> = listed.issues.iter().map(|issue| issue.span.start).collect();
    let is_issue = |input: Input<'_>| {
        let mut issues = listed.issues.iter().take(MOST_ISSUES);
        crate::grammar::reference::issue_label(input).is_ok()
            || issues.any(|issue| issue.span == input.span())
    };
    let below: Vec<(Vec<String>, &Sentence)> = issues::labels(reading)
        .into_iter()
        .filter(|label| starts.contains(&label.span.start))
        .filter_map(|label| {
            let first = below_label(reading, label.span)?;
            Some((label.numbers, first))
        })
        .filter(|(_, first)| !is_issue(reading.input(first)))
        .collect();
    let takes = |sentence: &Sentence| response::opening_stance(reading.input(sentence)).is_some();
    let stances = below.iter().filter(|(_, first)| takes(first)).count();
    if stances < 2 || stances * 2 < below.len() {
        return Vec::new();
    }
    below
        .into_iter()
        .filter(|(_, first)| !covered(&taken, reading.input(first).span().start))
        .map(|(to, first)| {
            let input = reading.input(first);
            let block = reading.block(first.place.block);
            let to = to.iter().map(|number| listed.written(number)).collect();
            Response {
                stance: response::opening_stance(input),
                extent: block.map_or(input.span(), |block| block.span),
                ..Response::plain(to, input, first.place)
            }
        })
        .collect()
}

/// The first sentence of the paragraph right below a label and its text.
fn below_label<'a>(reading: &'a Reading<'_>, label: Span) -> Option<&'a Sentence> {
    let last = reading
        .sentences
        .partition_point(|sentence| reading.input(sentence).span().start < label.end);
    let block = reading.sentences.get(last.checked_sub(1)?)?.place.block + 1;
    let plain = matches!(reading.block(block)?.kind, BlockKind::Paragraph);
    reading.sentences_of(block).first().filter(|_| plain)
}
