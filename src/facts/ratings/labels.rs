//! What a rating is of: the label of a criterion, a heading or a body as the text names it.

use crate::{
    document::BlockKind,
    facts::reading::Reading,
    framework::OVERALL,
    grammar::{
        Class, Classes, Input, TokenKind,
        rating::{self, About, Body},
    },
    span::Span,
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

/// The label of the nearest heading above a block that names a criterion, by what it asks about where it is a question; else that
/// of the nearest heading, and of the whole under the title.
pub(super) fn heading(reading: &Reading<'_>, block: usize) -> Label {
    let is_title = |section: usize| {
        let kind = reading.block(section).map(|block| &block.kind);
        matches!(kind, Some(BlockKind::Heading { level: 1 }))
    };
    let above = reading.document.headings(block).into_iter().rev();
    let mut headings = above
        .take_while(|&section| !is_title(section))
        .map(|section| of_heading(reading, section));
    let Some(nearest) = headings.next() else {
        return reading.vocabulary.label(OVERALL);
    };
    let names = |label: &Label| reading.vocabulary.is_criterion(label);
    if names(&nearest) {
        return nearest;
    }
    headings.find(names).unwrap_or(nearest)
}

fn of_heading(reading: &Reading<'_>, section: usize) -> Label {
    let asked = reading
        .sentences_of(section)
        .first()
        .map(|sentence| reading.input(sentence))
        .filter(|input| rating::question(*input).is_some());
    if let Some(question) = asked {
        return label(reading, question);
    }
    let text = reading
        .block(section)
        .map_or(OVERALL, |heading| reading.document.text_of(heading.span));
    reading
        .vocabulary
        .label(text.split(':').next().unwrap_or(text))
}

/// The body that a sentence names; none for "the practice", which points back.
pub(super) fn named(reading: &Reading<'_>, body: &Body<'_>) -> Option<Label> {
    body.proper.then(|| reading.label(without_mark(body.input)))
}

/// Where a name stands, without the mark by which it owns the words after it: "Elm Council's children's services".
fn without_mark(name: Input<'_>) -> Span {
    let span = name.span();
    let owned = name.restart_len(name.len() + 1).skip(name.len());
    let owns = owned.first().is_some_and(|word| {
        let verb = Classes::of(&[Class::Auxiliary, Class::RatingVerb, Class::GradeMove]);
        word.kind == TokenKind::Word && !word.capital && !word.classes.meets(verb)
    });
    let marks = ["'s", "’s"];
    let mark = marks.iter().find(|mark| name.text().ends_with(**mark));
    match mark.filter(|_| owns) {
        Some(mark) => Span::new(span.start, span.end - mark.len()),
        None => span,
    }
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
