//! References to numbered things: "recommendation 9", "table 4", "annex C".

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Fact, lists,
    reading::Reading,
    schema::{self, issue, reference as slots},
};
use crate::{
    document::BlockKind,
    grammar::{Class, Classes, reference},
    value::{Label, Value},
};

/// Nouns that a reference begins with.
const NUMBERED: Classes = Classes::of(&[Class::IssueNoun, Class::NumberedThing]);

/// Adds one fact for each number that is referred to. The labels of the things themselves are no references.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let known = Known::new(reading, facts);
    for sentence in &reading.sentences {
        if !sentence.classes.meets(NUMBERED) {
            continue;
        }
        let mut input = reading.input(sentence);
        if is_title(reading, sentence.place.block) {
            continue;
        }
        if lists::begins_line(reading, sentence)
            && let Ok((rest, _)) = reference::issue_label(input)
        {
            input = rest;
        }
        while !input.is_empty() {
            input = input.seek(NUMBERED);
            let Ok((rest, found)) = reference::reference(input) else {
                input = input.skip(1);
                continue;
            };
            for number in &found.numbers {
                facts.push(
                    Fact::new(schema::REFERENCE, found.span, sentence.place)
                        .with(slots::Slot::noun, Label::new(&found.noun))
                        .with(slots::Slot::number, Value::text(number))
                        .with(slots::Slot::found, known.holds(&found.noun, number)),
                );
            }
            input = rest;
        }
    }
}

/// Headings and captions name the things themselves.
fn is_title(reading: &Reading<'_>, block: usize) -> bool {
    lists::is_heading(reading.document, block)
        || reading
            .block(block)
            .is_some_and(|block| matches!(block.kind, BlockKind::Caption))
}

/// The numbered things of a document.
#[derive(Debug, Default)]
struct Known {
    numbers: FxHashMap<String, FxHashSet<String>>,
}

impl Known {
    /// Issues by what they are called, and things whose label opens a heading, caption or paragraph.
    fn new(reading: &Reading<'_>, facts: &[Fact]) -> Self {
        let mut known = Self::default();
        for fact in facts.iter().filter(|fact| fact.kind == schema::ISSUE) {
            if let (Value::Label(noun), Value::Text(number)) =
                (fact.get(issue::Slot::noun), fact.get(issue::Slot::number))
                && !number.is_empty()
            {
                known.add(noun.text(), number);
            }
        }
        for (block, _) in reading.document.blocks.iter().enumerate() {
            let Some(first) = reading.sentences_of(block).first() else {
                continue;
            };
            let input = reading.input(first);
            if input.lexeme(Class::NumberedThing).is_none() {
                continue;
            }
            if let Ok((rest, thing)) = reference::reference(input)
                && (is_title(reading, block) || reference::label_end(rest).is_ok())
            {
                for number in &thing.numbers {
                    known.add(&thing.noun, number);
                }
            }
        }
        known
    }

    fn add(&mut self, noun: &str, number: &str) {
        let noun = Label::new(noun).key().to_owned();
        self.numbers
            .entry(noun)
            .or_default()
            .insert(number.to_owned());
    }

    /// Whether the document has the thing; unknown where it has none of the kind.
    fn holds(&self, noun: &str, number: &str) -> Value {
        let noun = Label::new(noun);
        self.numbers
            .get(noun.key())
            .map_or(Value::Unknown, |numbers| numbers.contains(number).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::facts_of;

    /// Checks references, each as `noun number`, with `!` after those whose thing is missing and `=` after those found.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (_, facts) = facts_of(text);
        let found: Vec<String> = facts
            .iter()
            .filter(|fact| fact.kind == schema::REFERENCE)
            .map(|fact| {
                let words = |slot| fact.get(slot).as_words().unwrap_or_default().to_owned();
                let found = fact.get(slots::Slot::found);
                let mark = match found {
                    Value::Unknown => "",
                    known if *known == Value::from(true) => "=",
                    _ => "!",
                };
                format!(
                    "{} {}{mark}",
                    words(slots::Slot::noun),
                    words(slots::Slot::number)
                )
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn references_are_looked_up() {
        check(
            "See recommendation 9 and table 4.",
            &["recommendation 9", "table 4"],
        );
        check(
            "Table 1: Staff\n\nSee table 1, but not table 2.",
            &["table 1=", "table 2!"],
        );
        check(
            "The inspectors made two recommendations:\n\n1. Train staff.\n2. Keep files.\n\nSee recommendations 2 and 3.",
            &["recommendation 2=", "recommendation 3!"],
        );
        check("Recommendation 2. Train staff.", &[]);
    }
}
