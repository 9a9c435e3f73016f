//! Acronyms: where each is first used, what it stands for, and how often it is used.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Fact, Place,
    reading::Reading,
    schema::{self, acronym},
};
use crate::{
    grammar::{Class, Classes, Input, Token, TokenKind},
    span::Span,
    value::{Number, Value},
};

/// Adds each acronym at its first place, and again where another long form is given for it.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let uses = uses(reading);
    let initials = initials(reading, &uses);
    let mut by_name: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (at, found) in uses.iter().enumerate() {
        by_name.entry(&found.name).or_default().push(at);
    }
    for (at, found) in uses.iter().enumerate() {
        let places = by_name.get(&*found.name).map_or(&[][..], Vec::as_slice);
        let long_form = |at: &usize| uses.get(*at).and_then(|found| found.expansion);
        let explained = places.iter().find_map(long_form);
        let spelled_out = initials
            .get(&found.name.to_lowercase())
            .is_some_and(|&first| {
                places
                    .first()
                    .and_then(|&at| uses.get(at))
                    .is_some_and(|use_| first < use_.span.start)
            });
        let bracketed = places
            .iter()
            .filter_map(|&at| uses.get(at))
            .any(|use_| use_.bracketed);
        let defined = explained.is_some() || found.known || spelled_out || bracketed;
        let first = places.first() == Some(&at);
        let again = match (found.expansion, explained) {
            (Some(here), Some(before)) => reading.label(here) != reading.label(before),
            _ => false,
        };
        if !(first || again) {
            continue;
        }
        let expansion = if first { explained } else { found.expansion };
        facts.push(
            Fact::new(schema::ACRONYM, found.span, found.place)
                .with(acronym::Slot::name, Value::text(&found.name))
                .with(
                    acronym::Slot::expansion,
                    expansion.map_or(Value::Unknown, |span| Value::text(&reading.text(span))),
                )
                .with(acronym::Slot::defined, defined)
                .with(acronym::Slot::uses, Number::exact(places.len().into())),
        );
    }
}

/// One use of an acronym.
#[derive(Clone, Debug)]
struct Use {
    /// Plural and possessive endings dropped.
    name: String,
    span: Span,
    place: Place,
    /// The long form that stands beside it.
    expansion: Option<Span>,
    /// Whether it stands in brackets after words that it may be short for.
    bracketed: bool,
    /// Whether the lexicon knows it.
    known: bool,
}

/// Every use, in order of place.
fn uses(reading: &Reading<'_>) -> Vec<Use> {
    let mut found = Vec::new();
    for sentence in &reading.sentences {
        let input = reading.input(sentence);
        if in_capitals(input) {
            continue;
        }
        for at in 0..input.len() {
            let here = input.skip(at);
            let Some(token) = here.first().filter(|token| token.capital) else {
                continue;
            };
            let Some(name) = acronym_name(here.text_of(token), token) else {
                continue;
            };
            let known = reading
                .lexed
                .lexicon
                .meanings_of(&name)
                .any(|meaning| meaning.class == Class::KnownAcronym);
            let (expansion, bracketed) = expansion(input, at, &name);
            let explained = known || expansion.is_some();
            if !explained && shouted(here, token) {
                continue;
            }
            found.push(Use {
                span: Span::new(token.span.start, token.span.start + name.len()),
                name,
                place: sentence.place,
                expansion,
                bracketed,
                known,
            });
        }
    }
    let small = small_words(reading, &found);
    found.retain(|found| {
        found.known || found.expansion.is_some() || !small.contains(&found.name.to_lowercase())
    });
    found
}

/// The acronym that a word is, without its ending: "IQAs" is IQA, "CPS's" is CPS. Numerals in it, Roman numerals and what
/// the lexicon takes for a grade or a placeholder are none.
fn acronym_name(text: &str, token: &Token) -> Option<String> {
    let large = |byte: &u8| byte.is_ascii_uppercase() || *byte == b'&';
    let begins = text
        .as_bytes()
        .get(..2)
        .is_some_and(|two| two.iter().all(large));
    if token.kind != TokenKind::Word || !begins {
        return None;
    }
    let stem = text.split(['\'', '’']).next().unwrap_or_default();
    let upper = stem.chars().filter(char::is_ascii_uppercase).count();
    let name = if upper + 1 == stem.len() {
        stem.strip_suffix('s').unwrap_or(stem)
    } else {
        stem
    };
    let letters = name.chars().all(|c| c.is_ascii_alphabetic() || c == '&');
    let capitals = name.chars().filter(char::is_ascii_uppercase).count();
    let mostly = capitals >= 2
        && capitals * 2 >= name.len()
        && name.get(..2).is_some_and(|two| {
            two.bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte == b'&')
        });
    let roman = name.bytes().all(|byte| b"IVX".contains(&byte));
    (letters && mostly && !roman && name.len() <= LONGEST).then(|| name.to_owned())
}

/// Letters of an acronym at most.
const LONGEST: usize = 12;

/// Whether a word in capitals is an ordinary word that is only stressed: a grade, a placeholder, a word of the lexicon.
fn shouted(input: Input<'_>, token: &Token) -> bool {
    const ORDINARY: Classes = Classes::of(&[
        Class::Grade,
        Class::Placeholder,
        Class::Auxiliary,
        Class::Preposition,
        Class::Conjunction,
        Class::Determiner,
        Class::Negation,
        Class::NumberWord,
        Class::Verb,
        Class::Adverb,
        Class::Month,
        Class::Weekday,
        Class::ResponseLabel,
    ]);
    token.classes.meets(ORDINARY) && crate::grammar::noun::is_a(input, ORDINARY)
}

/// The names among `uses` that the document also writes in small letters, as ordinary words.
fn small_words(reading: &Reading<'_>, uses: &[Use]) -> FxHashSet<String> {
    let names: FxHashSet<String> = uses.iter().map(|found| found.name.to_lowercase()).collect();
    let longest = names.iter().map(String::len).max().unwrap_or_default();
    let lexed = &reading.lexed;
    let small = |token: &&Token| {
        token.kind == TokenKind::Word && !token.capital && token.span.len() <= longest
    };
    lexed
        .tokens
        .iter()
        .filter(small)
        .filter_map(|token| names.get(lexed.text_of(token)))
        .cloned()
        .collect()
}

/// Whether a sentence is set in capitals: a title, a running head.
fn in_capitals(input: Input<'_>) -> bool {
    let words = || {
        let tokens = input.tokens().iter();
        tokens.filter(|token| token.kind == TokenKind::Word)
    };
    let large = |token: &Token| !input.text_of(token).chars().any(char::is_lowercase);
    words().all(large) && (input.len() == 1 || words().nth(1).is_some())
}

/// The long form beside the acronym at token `at`, and whether it stands in brackets of its own.
///
/// `defined = long-form "(" acronym ")" | acronym "(" long-form ")"`
fn expansion(input: Input<'_>, at: usize, name: &str) -> (Option<Span>, bool) {
    let tokens = input.tokens();
    let symbol = |at: usize, mark: char| {
        tokens
            .get(at)
            .is_some_and(|token| token.kind == TokenKind::Symbol(mark))
    };
    let opened = at.checked_sub(1).filter(|&before| symbol(before, '('));
    if let Some(open) = opened
        && tokens
            .get(at + 1)
            .is_some_and(|token| matches!(token.kind, TokenKind::Symbol(')' | ',' | ';')))
    {
        let before = input.until(input.position() + open);
        let long = long_form(before, name);
        let word = before
            .tokens()
            .last()
            .is_some_and(|token| token.kind == TokenKind::Word);
        return (long, word);
    }
    if symbol(at + 1, '(') {
        let inside = input.skip(at + 2);
        let close = inside
            .tokens()
            .iter()
            .take(2 * LONGEST)
            .position(|token| token.kind == TokenKind::Symbol(')'));
        if let Some(close) = close {
            let inside = inside.until(inside.position() + close);
            return (
                long_form(inside, name).filter(|span| *span == inside.span()),
                false,
            );
        }
    }
    (None, false)
}

/// Words that a long form may end with without a letter in the acronym: "Liaison scheme (VCL)".
const EXTRA_WORDS: usize = 2;

/// The words at the end of `before` whose initials are the letters of `name`; small words need no letter.
fn long_form(before: Input<'_>, name: &str) -> Option<Span> {
    (0..=EXTRA_WORDS).find_map(|extra| {
        let end = before.len().checked_sub(extra)?;
        let words = before.until(before.position() + end);
        aligned(words, name).map(|from| before.skip(from).span())
    })
}

/// Index of the token from which the initials of the words up to the end spell `name`.
fn aligned(words: Input<'_>, name: &str) -> Option<usize> {
    let tokens = words.tokens();
    let mut letters = name
        .chars()
        .filter(char::is_ascii_alphabetic)
        .rev()
        .map(|c| c.to_ascii_lowercase())
        .peekable();
    let mut at = tokens.len();
    let mut skipped = 0;
    while let Some(&letter) = letters.peek() {
        at = at.checked_sub(1)?;
        let token = tokens.get(at)?;
        if token.kind != TokenKind::Word
            && !matches!(token.kind, TokenKind::Symbol('&' | '’' | '\'' | ','))
        {
            return None;
        }
        let text = words.text_of(token);
        let initials: Vec<char> = text
            .split('-')
            .filter_map(|part| part.chars().next())
            .map(|c| c.to_ascii_lowercase())
            .collect();
        if initials.last() == Some(&letter) {
            for initial in initials.iter().rev() {
                if letters.peek() == Some(initial) {
                    letters.next();
                }
            }
        } else if is_small(text) || token.kind != TokenKind::Word {
            skipped += 1;
            if skipped > name.len() {
                return None;
            }
        } else {
            return None;
        }
    }
    Some(at)
}

fn is_small(text: &str) -> bool {
    [
        "of", "the", "and", "for", "in", "to", "on", "with", "a", "&",
    ]
    .iter()
    .any(|small| text.eq_ignore_ascii_case(small))
}

/// Names of one run of capitalised words at most.
const LONGEST_RUN: usize = 8;

/// The initials, in small letters, of every run of capitalised words, and where each stands first.
///
/// Small words between them may count or not: "Rape and Serious Offences" gives `rso` and `raso`.
/// Only those that the names of `uses` may stand for are kept.
fn initials(reading: &Reading<'_>, uses: &[Use]) -> FxHashMap<String, usize> {
    let mut found: FxHashMap<String, usize> = FxHashMap::default();
    let names: FxHashSet<String> = uses.iter().map(|found| found.name.to_lowercase()).collect();
    if names.is_empty() {
        return found;
    }
    for sentence in &reading.sentences {
        let input = reading.input(sentence);
        for (at, token) in input.tokens().iter().enumerate() {
            if token.capital && token.kind == TokenKind::Word {
                add_initials(input.skip(at), &names, &mut found);
            }
        }
    }
    found
}

fn add_initials(input: Input<'_>, names: &FxHashSet<String>, found: &mut FxHashMap<String, usize>) {
    let (mut all, mut large) = (String::new(), String::new());
    let mut words = 0;
    for token in input.tokens().iter().take(2 * LONGEST_RUN) {
        let text = input.text_of(token);
        let Some(initial) = text.chars().next().map(|c| c.to_ascii_lowercase()) else {
            break;
        };
        if token.kind == TokenKind::Word && token.capital {
            all.push(initial);
            large.push(initial);
            words += 1;
            if words >= 2 {
                for initials in [&all, &large] {
                    if names.contains(initials) && !found.contains_key(initials) {
                        found.insert(initials.clone(), token.span.start);
                    }
                }
            }
        } else if words > 0 && is_small(text) {
            all.push(initial);
        } else if words == 0 || !matches!(token.kind, TokenKind::Symbol('’' | '\'')) {
            break;
        }
        if words >= LONGEST_RUN {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::facts_of;

    /// Checks acronyms, each as `name xUSES = expansion`, with `?` before those that are not defined.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (_, facts) = facts_of(text);
        let words = |fact: &Fact, slot| fact.get(slot).as_words().unwrap_or_default().to_owned();
        let found: Vec<String> = facts
            .iter()
            .filter(|fact| fact.kind == schema::ACRONYM)
            .map(|fact| {
                let defined = fact.get(acronym::Slot::defined) == &Value::from(true);
                let mark = if defined { "" } else { "?" };
                let name = words(fact, acronym::Slot::name);
                let uses = fact.get(acronym::Slot::uses);
                let long = words(fact, acronym::Slot::expansion);
                format!("{mark}{name} x{uses} {long}").trim_end().to_owned()
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn long_forms_stand_beside() {
        check(
            "The Area Review Team (ART) met. The ARTs agreed.",
            &["ART x2 Area Review Team"],
        );
        check(
            "Multi-agency safeguarding hub (MASH)",
            &["MASH x1 Multi-agency safeguarding hub"],
        );
        check(
            "It funds PWLE (people with lived experience) groups.",
            &["PWLE x1 people with lived experience"],
        );
        check(
            "rape and serious sexual offences (RASSO)",
            &["RASSO x1 rape and serious sexual offences"],
        );
        check(
            "the Letter Writing and Reading scheme (LWR)",
            &["LWR x1 Letter Writing and Reading scheme"],
        );
    }

    #[test]
    fn two_long_forms_are_two_facts() {
        check(
            "The Area Review Team (ART) met the Audit Review Team (ART).",
            &["ART x2 Area Review Team", "ART x2 Audit Review Team"],
        );
    }

    #[test]
    fn initials_of_a_name_explain_it() {
        check(
            "The Tay River Police met. The TRP’s chief spoke.",
            &["TRP x1"],
        );
        check("The TRP met. Tay River Police spoke.", &["?TRP x1"]);
        check("Staff used VCL and the ZQK form.", &["?VCL x1", "?ZQK x1"]);
        check("It has GPs and the NHS.", &["GP x1", "NHS x1"]);
    }

    #[test]
    fn other_capitals_are_no_acronyms() {
        check("NEWS RELEASE", &[]);
        check("Part II and VI, grade C2, form MG3.", &[]);
        check("The service MUST act and is now GOOD.", &[]);
        check("McDonald visited the A1 and the U-turn.", &[]);
    }
}
