//! What a document is about: the inspected body, the document's part in the set, its date and round.
//!
//! Read from the words of the document alone, so that documents of one inspection find each other whatever their files are
//! called, and documents on other bodies or years never do.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::{
    Fact,
    reading::{Reading, Sentence},
    schema::{self, date},
};
use crate::{
    document::BlockKind,
    grammar::{Class, Input, TokenKind},
    span::Span,
    value::{Days, Label, Value},
};

/// What a document is about. Whatever cannot be told is `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// The inspected body: the name with a word for a body in it that the document names most, the title counting most.
    pub subject: Option<Label>,
    /// The first heading, or the first line.
    pub title: Option<String>,
    /// `report`, `release`, `summary`, `response` or `plan`.
    pub role: Option<String>,
    /// When the document was published or last updated.
    pub published: Option<Days>,
    /// The day by which the document is placed in a round of inspections: its publication, else the latest day named that
    /// is no deadline.
    pub anchor: Option<Date>,
}

/// Days within which two documents may belong to one round of inspections.
const ROUND_DAYS: i32 = 365;

impl About {
    /// Whether two documents may speak of one inspection: both name the same body, and they were made within a year.
    pub fn same_inspection(&self, other: &Self) -> bool {
        let body = self.subject.is_some() && self.subject == other.subject;
        body && self.same_round(other)
    }

    /// Whether two documents were made within a year.
    pub fn same_round(&self, other: &Self) -> bool {
        match (self.anchor, other.anchor) {
            (Some(a), Some(b)) => a
                .until(b)
                .is_ok_and(|span| span.get_days().abs() <= ROUND_DAYS),
            _ => false,
        }
    }
}

/// Reads what a document is about; `facts` are those that were found in it.
pub fn about(reading: &Reading<'_>, facts: &[Fact]) -> About {
    About {
        subject: subject(reading),
        title: title(reading),
        role: role(reading),
        ..dated(facts)
    }
}

/// What facts alone tell of a document: its dates.
pub(super) fn dated(facts: &[Fact]) -> About {
    let published = published(facts);
    About {
        published,
        anchor: published.map(Days::to).or_else(|| latest(facts)),
        ..About::default()
    }
}

fn title(reading: &Reading<'_>) -> Option<String> {
    let heading = |block: &&crate::document::Block| matches!(block.kind, BlockKind::Heading { .. });
    let block = reading
        .document
        .blocks
        .iter()
        .find(heading)
        .or_else(|| reading.document.blocks.first())?;
    let text = reading.document.text_of(block.span);
    text.lines()
        .next()
        .map(crate::value::tidy)
        .filter(|title| !title.is_empty())
}

/// The role named first in the title or in a heading, else anywhere.
fn role(reading: &Reading<'_>) -> Option<String> {
    let named = |block: usize| {
        let sentences = reading.sentences_of(block).iter();
        let mut naming = sentences.filter(|sentence| sentence.classes.has(Class::DocumentRole));
        naming.find_map(|sentence| {
            let input = reading.input(sentence);
            input.starts().find_map(|here| {
                let (_, role) = here.lexeme(Class::DocumentRole)?;
                Some(role.canonical.to_owned())
            })
        })
    };
    let blocks = &reading.document.blocks;
    let is_heading = |&at: &usize| {
        blocks
            .get(at)
            .is_some_and(|block| matches!(block.kind, BlockKind::Heading { .. }))
    };
    named(0)
        .or_else(|| (0..blocks.len()).filter(is_heading).find_map(named))
        .or_else(|| (0..blocks.len()).find_map(named))
}

/// Number of leading blocks whose names count as much as the title's.
const OPENING_BLOCKS: usize = 3;

fn subject(reading: &Reading<'_>) -> Option<Label> {
    let mut found: FxHashMap<Box<str>, (usize, Span)> = FxHashMap::default();
    let naming = |sentence: &&Sentence| sentence.classes.has(Class::BodyWord);
    for sentence in reading.sentences.iter().filter(naming) {
        let input = reading.input(sentence);
        let weight = if sentence.place.block < OPENING_BLOCKS {
            5
        } else {
            1
        };
        let mut at = 0;
        while at < input.len() {
            let here = input.skip(at);
            if let Some((rest, _)) = here.lexeme(Class::Inspectorate) {
                at += here.len() - rest.len();
                continue;
            }
            let Some((rest, name)) = body_name(here) else {
                at += 1;
                continue;
            };
            let inner = goes_on(input, at);
            at += here.len() - rest.len();
            if inner {
                continue;
            }
            let label = Label::new(reading.document.text_of(name));
            let entry = found.entry(label.key().into()).or_insert((0, name));
            entry.0 += weight;
        }
    }
    let (_, name) = found
        .into_values()
        .filter(|(count, _)| *count > 1)
        .max_by_key(|(count, name)| (*count, std::cmp::Reverse(name.start)))?;
    let titled = reading
        .block(0)
        .is_some_and(|title| title.span.contains(name));
    (titled || !heads_by_body(reading)).then(|| Label::new(reading.document.text_of(name)))
}

/// Whether a document goes from body to body: two headings or more below the title are names of bodies, and no two the same.
fn heads_by_body(reading: &Reading<'_>) -> bool {
    let blocks = reading.document.blocks.iter().enumerate().skip(1);
    let headings = blocks.filter(|(_, block)| matches!(block.kind, BlockKind::Heading { .. }));
    let mut names: Vec<Box<str>> = headings
        .filter_map(|(at, _)| {
            let [heading] = reading.sentences_of(at) else {
                return None;
            };
            let (rest, name) = body_name(reading.input(heading))?;
            let label = Label::new(reading.document.text_of(name));
            rest.is_empty().then(|| label.key().into())
        })
        .collect();
    let all = names.len();
    names.sort();
    names.dedup();
    all > 1 && names.len() == all
}

/// Whether what starts at `at` goes on a name that began before a small word: "Children in Care Council".
fn goes_on(input: Input<'_>, at: usize) -> bool {
    let before = at.checked_sub(2).filter(|&at| at > 0);
    before.map(|at| input.skip(at)).is_some_and(|before| {
        let capital = before
            .first()
            .is_some_and(|token| token.kind == TokenKind::Word && token.capital);
        capital && before.skip(1).starts_with("in")
    })
}

/// Most words of a name: a line of capitals is none.
const LONGEST_NAME: usize = 16;

/// Reads the name of a body: the rest of the input and the place of the name.
///
/// `body-name = capital-word *( capital-word | ("of" | "of the" | "and" | "&") capital-word )`, with a body word in it and
/// another word besides. No part is the name of an inspectorate; "of" before a body word starts another name, so that an
/// "inspection of" a body is not part of it.
fn body_name(input: Input<'_>) -> Option<(Input<'_>, Span)> {
    let (mut rest, mut words, mut body_words) = (input, 0, 0);
    while words < LONGEST_NAME
        && let Some(after) = name_word(rest)
    {
        words += 1;
        body_words += usize::from(rest.lexeme(Class::BodyWord).is_some());
        rest = after;
        let linked = [&["and"][..], &["&"], &["of", "the"], &["of"]]
            .into_iter()
            .find_map(|link| {
                let after = link.iter().try_fold(rest, |rest, word| {
                    rest.starts_with(word).then(|| rest.skip(1))
                })?;
                (name_word(after).is_some() && after.lexeme(Class::BodyWord).is_none())
                    .then_some(after)
            });
        rest = linked.unwrap_or(rest);
    }
    (words > body_words && body_words > 0).then(|| (rest, input.span_to(rest)))
}

/// A capitalised word or body word that may stand in the name of a body.
fn name_word(input: Input<'_>) -> Option<Input<'_>> {
    let token = input
        .first()
        .filter(|token| token.kind == TokenKind::Word && token.capital)?;
    let outside = [
        Class::Inspectorate,
        Class::Determiner,
        Class::ResponseLabel,
        Class::DocumentRole,
        Class::Month,
    ];
    if outside.into_iter().any(|class| token.classes.has(class)) {
        return None;
    }
    Some(
        input
            .lexeme(Class::BodyWord)
            .map_or(input.skip(1), |(rest, _)| rest),
    )
}

/// The document's own date: the first with the role `published`, else `updated`.
fn published(facts: &[Fact]) -> Option<Days> {
    let dates = || facts.iter().filter(|fact| fact.kind == schema::DATE);
    let with = |role: &str| {
        dates().find(|fact| fact.get(date::Slot::role) == &Value::Symbol(known_role(role)))
    };
    let fact = with("published").or_else(|| with("updated"))?;
    let (from, to) = (
        fact.get(date::Slot::from).as_days()?,
        fact.get(date::Slot::to).as_days()?,
    );
    Days::new(from.from(), to.to())
}

fn known_role(role: &str) -> &'static str {
    schema::DATE_ROLES
        .iter()
        .find(|known| **known == role)
        .copied()
        .unwrap_or_default()
}

/// The latest day named that is no deadline.
fn latest(facts: &[Fact]) -> Option<Date> {
    facts
        .iter()
        .filter(|fact| fact.kind == schema::DATE)
        .filter(|fact| fact.get(date::Slot::role) != &Value::Symbol(known_role("deadline")))
        .filter_map(|fact| Some(fact.get(date::Slot::to).as_days()?.to()))
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        document::Format,
        framework::Frameworks,
        source::{SourceFile, Sources},
    };

    fn about_of(text: &str) -> About {
        let frameworks =
            Frameworks::builtin(&mut Sources::new()).expect("the shipped packs are sound");
        let document = crate::document::read(&SourceFile::new("test", text), Format::guess(text));
        let vocabulary = frameworks.recognise(text).expect("a framework");
        super::super::extract(&document, &vocabulary).about
    }

    #[track_caller]
    fn subject(text: &str, expected: Option<&str>) {
        assert_eq!(about_of(text).subject, expected.map(Label::new), "{text}");
    }

    #[test]
    fn the_body_inspected_is_named_most() {
        subject(
            "Inspection of CPS South Marches\n\nHM Crown Prosecution Service Inspectorate visited it.",
            Some("CPS South Marches"),
        );
        subject(
            "South Marches CPS praised\n\nThe Care Quality Commission did not.",
            Some("CPS South Marches"),
        );
        subject(
            "Response\n\nCPS Response: we agree. CPS Response: we agree. CPS Eastmere was inspected.",
            Some("CPS Eastmere"),
        );
        subject(
            "Grades for Port Ansel Police\n\nThe force did well.",
            Some("Port Ansel Police"),
        );
        subject(
            "Tayside Council\n\nThe Office for Standards in Education, Children’s Services and Skills wrote to it. \
             Children’s Services and Skills.",
            Some("Tayside Council"),
        );
        subject(
            "Schools in Kent\n\nElm School is outstanding.\n\n# Ash School\n\nIt is good.\n\n# Oak School\n\nIt is poor.",
            None,
        );
        subject("Nothing here has a name.", None);
        subject(
            "A visit to Eastmere\n\nOne\n\nTwo\n\nThree\n\nThe Eastmere Council wrote once.",
            None,
        );
        subject(
            "A visit to Eastmere\n\nThe Children in Need Council met. The Children in Need Council was glad.",
            None,
        );
    }

    #[test]
    fn documents_of_one_round_belong_together() {
        let at = |body: &str, day: Date| About {
            subject: Some(Label::new(body)),
            anchor: Some(day),
            ..About::default()
        };
        let release = at("South Marches CPS", jiff::civil::date(2017, 3, 31));
        assert!(release.same_inspection(&at("CPS South Marches", jiff::civil::date(2017, 10, 5))));
        assert!(!release.same_inspection(&at("CPS South Marches", jiff::civil::date(2019, 10, 5))));
        assert!(!release.same_inspection(&at("CPS North Marches", jiff::civil::date(2017, 3, 31))));
    }
}
