//! What a rating is of: the label of a criterion, a heading or a body as the text names it.

use crate::{
    document::BlockKind,
    facts::reading::Reading,
    framework::OVERALL,
    grammar::{
        Input, TokenKind,
        rating::{self, About, Body},
    },
    value::Label,
};

/// The label of what a grade was given for.
pub(super) fn criterion(reading: &Reading<'_>, block: usize, about: &About<'_>) -> Label {
    match about {
        About::Overall => reading.vocabulary.label(OVERALL),
        About::Named(name) => reading.vocabulary.label(name),
        About::Criterion(input) => label(reading, *input),
        About::Heading => heading(reading, block),
    }
}

/// The label of the heading above a block, by what it asks about where it is a question; that of the whole under the title.
pub(super) fn heading(reading: &Reading<'_>, block: usize) -> Label {
    let section = reading
        .block(block)
        .and_then(|block| block.section)
        .filter(|&section| {
            let kind = reading.block(section).map(|block| &block.kind);
            !matches!(kind, Some(BlockKind::Heading { level: 1 }))
        });
    let asked = section
        .and_then(|section| reading.sentences_of(section).first())
        .map(|sentence| reading.input(sentence))
        .filter(|input| rating::question(*input).is_some());
    if let Some(question) = asked {
        return label(reading, question);
    }
    let text = section
        .and_then(|section| reading.block(section))
        .map(|heading| reading.document.text_of(heading.span));
    let text = text.map_or(OVERALL, |text| text.split(':').next().unwrap_or(text));
    reading.vocabulary.label(text)
}

/// The body that a sentence names; none for "the practice", which points back.
pub(super) fn named(reading: &Reading<'_>, body: &Body<'_>) -> Option<Label> {
    body.proper.then(|| reading.label(body.input.span()))
}

/// Without the number that a report gives its sections: "1.1 Governance" is governance.
pub(super) fn without_number(input: Input<'_>) -> Input<'_> {
    let numbered = input
        .first()
        .is_some_and(|token| matches!(token.kind, TokenKind::Number | TokenKind::NumericDate));
    let point = input
        .skip(1)
        .first()
        .is_some_and(|token| matches!(token.kind, TokenKind::Symbol('.' | ')' | ':')));
    let rest = input.skip(usize::from(numbered) + usize::from(numbered && point));
    if rest
        .first()
        .is_some_and(|token| token.kind == TokenKind::Word)
    {
        rest
    } else {
        input
    }
}

/// The label of a criterion as it is named here, compared by what it asks about where it is a question: "How good is our
/// leadership?" is leadership.
pub(super) fn label(reading: &Reading<'_>, input: Input<'_>) -> Label {
    let input = without_number(input);
    let whole = reading.label(input.span());
    if reading.vocabulary.is_criterion(&whole) {
        return whole;
    }
    match rating::question(input) {
        Some(core) => Label::alias(whole.text(), &reading.label(core.span())),
        None => whole,
    }
}
