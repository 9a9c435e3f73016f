//! What changes and comparisons share: the values of a sentence, those of the sentence before, and what is measured.

use super::{
    Place,
    reading::{Reading, Sentence},
};
use crate::{
    grammar::{
        Class, Classes, Input, TokenKind, base,
        level::{self, Level},
        noun,
        number::Quantity,
    },
    span::Span,
    value::{Label, Number, Unit, Value},
};

/// Longest measure, in tokens.
const MEASURE: usize = 14;

/// A sentence with its values.
#[derive(Debug)]
pub(super) struct Words<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) input: Input<'a>,
    pub(super) levels: Vec<Level>,
    pub(super) place: Place,
}

impl<'a> Words<'a> {
    fn new(reading: &'a Reading<'a>, sentence: &Sentence) -> Self {
        let input = reading.input(sentence);
        Self {
            reading,
            input,
            levels: level::levels(input),
            place: sentence.place,
        }
    }

    /// The last value before token `at` whose unit goes with `unit`; any value where no unit is known.
    pub(super) fn before(&self, at: usize, unit: Option<Unit>) -> Option<Quantity> {
        match unit {
            Some(unit) => level::before(&self.levels, at, base::fits(unit)),
            None => level::before(&self.levels, at, |_| true),
        }
    }

    /// The last value of the sentence whose unit goes with `unit`.
    pub(super) fn last(&self, unit: Option<Unit>) -> Option<Quantity> {
        self.before(self.input.position() + self.input.len() + 1, unit)
    }

    /// Whether the sentence points back with its first word: "This is", "It was", "The rate".
    pub(super) fn points_back(&self) -> bool {
        let start = ["but", "and", "however", "overall"]
            .iter()
            .find(|word| self.input.starts_with(word))
            .map_or(self.input, |_| self.input.skip(1));
        let start = if start
            .first()
            .is_some_and(|token| token.kind == TokenKind::Symbol(','))
        {
            start.skip(1)
        } else {
            start
        };
        ["this", "that", "it", "these", "they"]
            .iter()
            .any(|word| start.starts_with(word))
            && noun::is_a(
                start.skip(1),
                Classes::of(&[
                    Class::Auxiliary,
                    Class::Verb,
                    Class::ComparedWith,
                    Class::Adverb,
                    Class::EqualTo,
                ]),
            )
            || start.starts_with("the") && weak_noun(start.skip(1))
    }

    /// The measure of the verb, noun or relation at token `at`, by its subject.
    pub(super) fn subject(&self, at: usize) -> Option<Span> {
        noun::subject(self.input, at)
            .filter(|subject| !subject.pronoun)
            .map(|subject| subject.span)
    }

    /// What a value measures: the words that follow it up to token `end`, else the subject of its verb.
    pub(super) fn measure_of(&self, value: &Quantity, end: usize) -> Option<Span> {
        let at = self.levels.iter().find(|level| {
            level.quantity.span == value.span
                || level
                    .share
                    .as_ref()
                    .is_some_and(|share| share.span == value.span)
        })?;
        let after = self.input.restart(at.tokens.end).until(end);
        self.words_after(after)
            .or_else(|| self.subject_of_value(at.tokens.start))
    }

    fn words_after(&self, after: Input<'a>) -> Option<Span> {
        let mut start = after;
        if start.starts_with("of") {
            start = start.skip(1);
        }
        while noun::is_a(start, Classes::of(&[Class::Determiner])) {
            start = start.skip(1);
        }
        let len = start
            .tokens()
            .iter()
            .take(MEASURE)
            .take_while(|token| {
                !matches!(
                    token.kind,
                    TokenKind::Symbol(',' | ';' | '(' | ')' | ':' | '.' | '–' | '—')
                )
            })
            .count();
        let words = start.until(start.position() + len);
        let function = Classes::of(&[
            Class::Preposition,
            Class::Conjunction,
            Class::Auxiliary,
            Class::Adverb,
            Class::Pronoun,
        ]);
        (!words.is_empty()
            && !noun::is_a(words, function)
            && words
                .first()
                .is_some_and(|token| token.kind == TokenKind::Word))
        .then(|| words.span())
    }

    /// The subject of the verb that governs the value at token `at`: "The rate is", "Pleas stand at".
    fn subject_of_value(&self, at: usize) -> Option<Span> {
        let mut verb = at;
        for _ in 0..3 {
            let before = verb
                .checked_sub(1)
                .filter(|&before| before >= self.input.position())?;
            let here = self.input.restart(before);
            verb = before;
            if noun::is_a(here, Classes::of(&[Class::Auxiliary, Class::Verb])) {
                return self.subject(verb);
            }
        }
        self.subject(at)
    }

    /// A label for a span of the document; unknown where there is none.
    pub(super) fn label(&self, span: Option<Span>) -> Value {
        span.map(|span| self.reading.label(span))
            .filter(|label: &Label| !label.is_empty())
            .into()
    }
}

fn weak_noun(input: Input<'_>) -> bool {
    input.lexeme(Class::Reference).is_some_and(|(rest, word)| {
        word.canonical == "weak" && noun::is_a(rest, Classes::of(&[Class::Auxiliary, Class::Verb]))
    })
}

/// Visits every sentence together with the one before it in the same block or cell.
pub(super) fn each_sentence<'a>(
    reading: &'a Reading<'a>,
    mut visit: impl FnMut(&Words<'a>, Option<&Words<'a>>),
) {
    let mut before: Option<Words<'a>> = None;
    for sentence in &reading.sentences {
        let words = Words::new(reading, sentence);
        let previous = before.as_ref().filter(|before| {
            before.place.block == words.place.block && before.place.cell == words.place.cell
        });
        visit(&words, previous);
        before = Some(words);
    }
}

/// The name of a unit in the schema of facts.
pub(super) fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "percent",
        Unit::Points => "points",
        unit if unit.is_money() => "money",
        unit if unit.is_duration() => "duration",
        _ => "count",
    }
}

/// A number as a field.
pub(super) fn number(value: Option<&Quantity>) -> Value {
    value.map(|value| value.number).into()
}

/// How `value` stands to `reference`: `Less` for below.
pub(super) fn order(value: Number, reference: Number) -> std::cmp::Ordering {
    value.value().cmp(&reference.value())
}
