//! What was nearly read: words at which a kind of fact is looked for, where none was found, and what it would have taken.

use super::{
    Fact, Facts, dates,
    reading::{Reading, Sentence},
    schema,
};
use crate::{
    document::Document,
    framework::Vocabulary,
    grammar::{Class, Classes, Input, change, comparison, tally},
    span::Span,
    value::KindId,
};

/// Words at which a fact of a kind is looked for, and where none was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    /// The kind that was looked for.
    pub kind: KindId,
    /// Bytes of the clean text: the words that a fact might have stood at.
    pub span: Span,
    /// The class of the lexicon that the words are of; none for numbers and dates.
    pub class: Option<Class>,
    /// What else such a fact takes, to go on from "takes".
    pub needs: &'static str,
}

/// What a kind of fact is looked for by, and what it takes beside.
struct Sought {
    kind: KindId,
    triggers: Classes,
    needs: &'static str,
}

/// The kinds that words announce; their productions stand in `GRAMMAR.md` under the same name.
const SOUGHT: &[Sought] = &[
    Sought {
        kind: schema::RATING,
        triggers: Classes::of(&[Class::Grade, Class::NeedsWork]),
        needs: "a verb or mark that gives the grade, and what it is given for",
    },
    Sought {
        kind: schema::CHANGE,
        triggers: change::TRIGGERS,
        needs: "a value that it moved from, to or by",
    },
    Sought {
        kind: schema::COMPARISON,
        triggers: comparison::TRIGGERS,
        needs: "what is compared, and an average, target or other value that it is held against",
    },
    Sought {
        kind: schema::RESPONSE,
        triggers: Classes::of(&[Class::Accepted, Class::PartlyAccepted, Class::Rejected]),
        needs: "the body itself as the one who speaks, and an issue of the document",
    },
];

/// What was nearly read at the places that are `asked` about, in order of place, then kind.
///
/// `facts` are those of the same document under the same vocabulary; `asked` is given spans of the clean text.
pub fn nearly(
    document: &Document,
    vocabulary: &Vocabulary,
    facts: &Facts,
    asked: impl Fn(Span) -> bool,
) -> Vec<Near> {
    let reading = Reading::new(document, vocabulary);
    let mut found = Vec::new();
    for sentence in &reading.sentences {
        let input = reading.input(sentence);
        if !asked(input.span()) {
            continue;
        }
        found.extend(SOUGHT.iter().flat_map(|sought| at_triggers(input, sought)));
        found.extend(counts(input));
        found.extend(days(&reading, sentence));
    }
    found.retain(|near| asked(near.span) && !is_read(&facts.facts, near));
    found.sort_by_key(|near| (near.span, near.kind));
    found
}

/// Whether a fact of the kind, or one that says as much, stands over the words.
fn is_read(facts: &[Fact], near: &Near) -> bool {
    const RATED: [KindId; 2] = [schema::RATING, schema::RATING_CLAIM];
    const COUNTED: [KindId; 3] = [schema::TALLY, schema::RATING_CLAIM, schema::PROPORTION];
    const MOVED: [KindId; 2] = [schema::CHANGE, schema::COMPARISON];
    let kinds: &[KindId] = match near.kind {
        schema::RATING => &RATED,
        schema::TALLY => &COUNTED,
        schema::CHANGE | schema::COMPARISON => &MOVED,
        ref kind => std::slice::from_ref(kind),
    };
    let mut facts = facts.iter();
    facts.any(|fact| kinds.contains(&fact.kind) && fact.span.overlaps(near.span))
}

/// The words of a sentence at which a kind is looked for.
fn at_triggers(input: Input<'_>, sought: &Sought) -> Vec<Near> {
    let mut found = Vec::new();
    let mut rest = input.seek(sought.triggers);
    while !rest.is_empty() {
        let mut classes = Class::ALL.iter().copied();
        let word = classes.find_map(|class| {
            let (after, lexeme) = rest.lexeme(class).filter(|_| sought.triggers.has(class))?;
            Some((after, class, lexeme.span))
        });
        let after = word.map_or(rest.skip(1), |(after, ..)| after);
        found.extend(word.map(|(_, class, span)| Near {
            kind: sought.kind,
            span,
            class: Some(class),
            needs: sought.needs,
        }));
        rest = after.seek(sought.triggers);
    }
    found
}

/// The numbers of a sentence that count things.
fn counts(input: Input<'_>) -> impl Iterator<Item = Near> {
    let counts = tally::counts(input).into_iter();
    counts.map(|counted| Near {
        kind: schema::TALLY,
        span: counted.span,
        class: None,
        needs: "a list: beside it, below it, or under its name elsewhere",
    })
}

/// The days, months and years of a sentence.
fn days<'a>(reading: &'a Reading<'_>, sentence: &Sentence) -> impl Iterator<Item = Near> + 'a {
    let dates: &[dates::Found] = reading.dates(sentence);
    dates.iter().map(|date| Near {
        kind: schema::DATE,
        span: date.written.span,
        class: None,
        needs: "a year, in its words or from the document, and for a bare year something that it dates",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{extract, testing::vocabulary};
    use crate::{document::Format, source::SourceFile};

    /// Checks what is nearly read in a text, each as `kind: words`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let document = crate::document::read(&SourceFile::new("test", text), Format::Text);
        let facts = extract(&document, &vocabulary());
        let found: Vec<String> = nearly(&document, &vocabulary(), &facts, |_| true)
            .iter()
            .map(|near| {
                let kind = schema::KINDS.get(usize::from(near.kind.0));
                let name = kind.map_or("", |kind| kind.name);
                format!("{name}: {}", document.text_of(near.span))
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_is_read_is_not_nearly_read() {
        check("Care was rated good on 4 May 2023.", &[]);
        check("Waits rose from 40 to 52 days.", &[]);
    }

    #[test]
    fn words_that_begin_nothing_are_named() {
        check("Attendance improved.", &["change: improved"]);
        check("The staff do a good job.", &["rating: good"]);
        check("We saw three issues.", &["tally: three issues"]);
        check("They spoke on 4 May.", &["date: 4 May"]);
    }
}
