//! Issues that are told by their answers: what stands right below them says whether they are accepted.

use super::{Issue, cues::issue_noun};
use crate::{
    document::BlockKind,
    facts::{
        lists,
        reading::{Reading, Sentence},
    },
    grammar::{Class, Input, reference, response},
};

/// Items and paragraphs with a number or code, right below each of which a labelled answer says whether it is accepted: "R1 Keep
/// records.", "Management response: Accepted." One alone may be anything.
pub(super) fn answered_items(reading: &Reading<'_>) -> Vec<Issue> {
    let found: Vec<Issue> = (0..reading.document.blocks.len())
        .filter_map(|block| answered_item(reading, block))
        .collect();
    if found.len() > 1 { found } else { Vec::new() }
}

/// The issue that a block states, where the block below it is a labelled answer with a stance, or says of a duty of the block
/// whether it is accepted: "1. The board should keep records.", "The board agrees with this recommendation."
fn answered_item(reading: &Reading<'_>, block: usize) -> Option<Issue> {
    let first = reading.sentences_of(block).first()?;
    let input = reading.input(first);
    let answer = reading.input(reading.sentences_of(block + 1).first()?);
    let labelled = response::response_label(answer).is_ok_and(|(text, label)| {
        let stance = label.stance.or_else(|| response::opening_stance(text));
        label.marked && stance.is_some()
    });
    let bound = || input.holds(Class::Directive);
    let accepts = || {
        let acceptances = response::acceptances(answer);
        acceptances.iter().any(|said| said.to == response::To::Last)
    };
    if !(labelled || bound() && accepts()) {
        return None;
    }
    let noun = issue_noun(answer).filter(|_| !labelled);
    let number = match &reading.block(block)?.kind {
        BlockKind::ListItem(item) if !item.number.is_empty() => item.number.clone(),
        BlockKind::Paragraph => {
            let (rest, number) = reference::code(input).ok()?;
            (!rest.is_empty()).then_some(number)?
        }
        _ => return None,
    };
    Some(Issue {
        number,
        ..Issue::unnumbered(
            input,
            noun.unwrap_or_else(|| "action".to_owned()),
            reading.block(block)?.span,
            first.place,
        )
    })
}

/// Whether the label of a response stands below a label whose noun does not tell what it numbers, before the next one: "Finding 1: …",
/// then "Agreed action: …".
pub(super) fn is_answered(reading: &Reading<'_>, label: &Sentence) -> bool {
    const NEAR: usize = 10;
    let after = reading.sentences.iter().skip(label.place.sentence + 1);
    for sentence in after.take(NEAR) {
        if sentence.place.cell.is_some() {
            return false;
        }
        if !lists::begins_line(reading, sentence) {
            continue;
        }
        let input = reading.input(sentence);
        if reference::numbered_label(input).is_ok() || reference::issue_label(input).is_ok() {
            return false;
        }
        if response::response_label(input).is_ok_and(|(_, label)| label.marked) {
            return true;
        }
    }
    false
}

/// Whether a text is in the words of the body: a quotation, "we", a stance.
pub(super) fn said_by_body(text: Input<'_>) -> bool {
    crate::grammar::quote_mark(text).is_ok()
        || ["we", "our", "i"].iter().any(|word| text.starts_with(word))
        || response::opening_stance(text).is_some()
}

/// Whether a heading above a block speaks of responses.
pub(in crate::facts) fn under_response(reading: &Reading<'_>, block: usize) -> bool {
    reading
        .document
        .headings(block)
        .iter()
        .rev()
        .take(1)
        .any(|&heading| {
            reading
                .sentences_of(heading)
                .iter()
                .any(|sentence| reading.input(sentence).holds(Class::ResponseLabel))
        })
}
