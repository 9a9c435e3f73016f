//! Values of an earlier time: "in 2021 it was 26%", "there had been 11", "a year earlier 74 were", "last year: 20".

use super::{
    Class, Classes, Input, TokenKind, base,
    level::{self, Level},
    noun,
};
use crate::span::Span;

/// A clause that gives the value of an earlier time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// The earlier value.
    pub level: Level,
    /// The words for its period.
    pub period: Option<Span>,
    /// Whether the tense alone says that it is over: "had been", "used to be".
    pub perfect: bool,
    /// The verb, where it is none of being: "managed" in "it had managed 80%".
    pub verb: Option<Span>,
    /// First token of the clause.
    pub first: usize,
    /// What the value counts, where that stands after it.
    pub noun: Option<Span>,
}

/// Words before a noun for a value: "the comparable", "the same".
const MODIFIERS: usize = 3;

/// Tokens between a value and its period, or the end of its clause.
const NEAR: usize = 8;

/// Reads a clause on an earlier value.
///
/// ```text
/// past    = [opener] ( period ("," | ":") [subject] was level | period level [was] | [subject] was level ) [noun] [period]
/// opener  = "whereas" | "while" | "where" | "when" | "but" | "and" | "though"
/// subject = pointer | "there" | determiner *3word weak-noun [period]
/// pointer = "it" | "this" | "that" | "they" | "the" weak-noun
/// was     = past-verb | ["had"] verb
/// ```
///
/// "In 2021 the figure was 26%", "whereas a year earlier 74 had been", "it was 38% in 2021", "there used to be 11".
pub fn past(clause: Input<'_>) -> Option<Past> {
    let first = clause.position();
    let start = skip_opener(clause);
    let (rest, opening) = leading_period(start);
    if let Some(period) = opening
        && let Some(found) = elliptical(rest, period, first)
    {
        return Some(found);
    }
    let subject = subject(rest);
    if subject.is_none()
        && opening.is_none()
        && start.position() == first
        && !clause.starts_with("was")
    {
        return None;
    }
    let (rest, inner) = leading_period(subject.unwrap_or(rest));
    let pointed = subject.is_some();
    let (rest, role, verb) = was_or_did(rest, pointed && opening.is_some())?;
    let (after, level) = level::level(skip_small(rest)).ok()?;
    let counted = noun::counted(after).ok();
    let tail = after.until(after.position() + NEAR);
    let closing = base::find_period(tail).map(|(_, span)| span);
    let period = opening.or(inner).or(closing);
    let ends = period.is_some() || ends_clause(after);
    ends.then_some(Past {
        level,
        period,
        perfect: role == "perfect",
        verb,
        first,
        noun: counted.map(|(_, noun)| noun.core),
    })
}

/// `period level [was]`, with nothing more in the clause: "a year earlier 74 had been", "previously 9".
fn elliptical(rest: Input<'_>, period: Span, first: usize) -> Option<Past> {
    let (after, level) = level::level(rest).ok()?;
    let end = was(after).unwrap_or(after);
    let did = ["did", "had", "were", "was"]
        .iter()
        .any(|word| end.starts_with(word));
    let end = if did { end.skip(1) } else { end };
    ends_clause(end).then_some(Past {
        level,
        period: Some(period),
        perfect: false,
        verb: None,
        first,
        noun: None,
    })
}

fn ends_clause(rest: Input<'_>) -> bool {
    rest.first().is_none_or(|token| {
        matches!(
            token.kind,
            TokenKind::Symbol('.' | ',' | ';' | ')' | ']' | '–' | '—')
        )
    })
}

fn skip_opener(input: Input<'_>) -> Input<'_> {
    const OPENERS: [&str; 7] = ["whereas", "while", "where", "when", "but", "and", "though"];
    let opens = OPENERS.iter().any(|word| input.starts_with(word));
    if opens { input.skip(1) } else { input }
}

fn skip_small(input: Input<'_>) -> Input<'_> {
    let small = ["just", "only", "still", "barely", "even", "at", "an", "a"];
    if small.iter().any(|word| input.starts_with(word)) && level::level(input).is_err() {
        input.skip(1)
    } else {
        input
    }
}

fn leading_period(input: Input<'_>) -> (Input<'_>, Option<Span>) {
    match base::period(input) {
        Ok((rest, span)) => {
            let mark = rest
                .first()
                .is_some_and(|token| matches!(token.kind, TokenKind::Symbol(',' | ':')));
            let rest = if mark { rest.skip(1) } else { rest };
            // "At the last inspection, in 2022, it was 10%."
            match base::period(rest) {
                Ok((after, _)) if mark && after.starts_with(",") => (after.skip(1), Some(span)),
                _ => (rest, Some(span)),
            }
        }
        Err(_) => (input, None),
    }
}

/// What the earlier value is said of, which is what was spoken of before.
fn subject(input: Input<'_>) -> Option<Input<'_>> {
    if input.starts_with("there") {
        return Some(input.skip(1));
    }
    pointer(input).or_else(|| {
        const STOPS: Classes = Classes::of(&[Class::Auxiliary, Class::Preposition, Class::Verb]);
        if !noun::is_a(input, Classes::of(&[Class::Determiner])) {
            return None;
        }
        (1..=MODIFIERS).find_map(|at| {
            let here = input.skip(at);
            let plain = (1..at).all(|at| !noun::is_a(input.skip(at), STOPS));
            weak_noun(here).filter(|_| plain)
        })
    })
}

/// Goes over a word that points to what was spoken of: "it", "the figure".
pub fn pointer(input: Input<'_>) -> Option<Input<'_>> {
    if ["it", "this", "that", "they"]
        .iter()
        .any(|word| input.starts_with(word))
    {
        return Some(input.skip(1));
    }
    input.starts_with("the").then(|| weak_noun(input.skip(1)))?
}

fn weak_noun(input: Input<'_>) -> Option<Input<'_>> {
    let (rest, word) = input.lexeme(Class::Reference)?;
    (word.canonical == "weak" || word.canonical == "head").then_some(rest)
}

/// Goes over a verb of being in the past: "was", "had been", "stood at".
pub fn was(input: Input<'_>) -> Option<Input<'_>> {
    let (rest, verb) = input.lexeme(Class::PastVerb)?;
    (verb.canonical != "do").then_some(rest)
}

/// A verb of being in the past with its role; where `any`, every verb: "it answered", "they had managed".
fn was_or_did(input: Input<'_>, any: bool) -> Option<(Input<'_>, &str, Option<Span>)> {
    if let Some((rest, verb)) = input.lexeme(Class::PastVerb)
        && verb.canonical != "do"
    {
        return Some((rest, verb.canonical, None));
    }
    let start = if input.starts_with("had") && level::level(input.skip(1)).is_err() {
        input.skip(1)
    } else {
        input
    };
    let word = start
        .first()
        .filter(|token| token.kind == TokenKind::Word && any)?;
    let verb = start.lexeme(Class::PastVerb).is_some()
        || noun::is_a(start, Classes::of(&[Class::Verb]))
        || noun::is_participle(start);
    verb.then(|| (start.skip(1), "do", Some(word.span)))
}

/// Reads the earlier value after the period of a movement; starts right after "when".
///
/// `when = pointer was level`: "since 2013, when it was 84.6%", "on 2022, when they answered 75%".
pub fn when(input: Input<'_>) -> Option<(Input<'_>, Level)> {
    let (rest, _, _) = was_or_did(pointer(input)?, true)?;
    level::level(skip_small(rest)).ok()
}

/// A value then and now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThenAndNow {
    /// The earlier value.
    pub then: Level,
    /// The later value.
    pub now: Level,
    /// The words for the earlier period.
    pub period: Option<Span>,
}

/// Tokens between an earlier value and the later one.
const GAP: usize = 14;

/// Reads a value then and now.
///
/// `then-and-now = was level *14word current *3word level`, with a period beside the first value or "used to be" before it:
/// "The rate was 84.6% in 2013 but is now 71.2%", "There used to be 11 nurses; there are now 14".
pub fn then_and_now(sentence: Input<'_>, levels: &[Level]) -> Option<ThenAndNow> {
    levels.windows(2).find_map(|pair| {
        let [then, now] = pair else { return None };
        let between = sentence.restart(then.tokens.end).until(now.tokens.start);
        let units = base::fits(then.quantity.number.unit())(now.quantity.number.unit());
        if !units || between.len() > GAP || then.amount || now.amount {
            return None;
        }
        let end = between.skip(between.len().saturating_sub(4));
        let is_now = end.starts().any(|here| {
            here.lexeme(Class::Current).is_some_and(|(rest, _)| {
                rest.tokens().iter().all(|token| {
                    token.kind == TokenKind::Word
                        && token.classes.meets(Classes::of(&[
                            Class::Auxiliary,
                            Class::Verb,
                            Class::Preposition,
                            Class::Hedge,
                            Class::Adverb,
                            Class::Pronoun,
                            Class::Determiner,
                            Class::BodyNoun,
                        ]))
                })
            })
        });
        if !is_now {
            return None;
        }
        let clause = sentence.restart(noun::clause_start(sentence, then.tokens.start));
        let opening = leading_opening(sentence, clause.position());
        let opened = base::period(opening).is_ok();
        let (_, role) = verb_before_of(sentence, then, opened)?;
        let period = base::find_period(between)
            .or_else(|| base::find_period(opening.until(then.tokens.start)))
            .map(|(_, span)| span);
        (period.is_some() || role == "perfect").then(|| ThenAndNow {
            then: then.clone(),
            now: now.clone(),
            period,
        })
    })
}

/// Reads what something is now, of which the sentence before gives the value then.
///
/// `now = 1*8( current | pointer | auxiliary | verb | adverb | preposition ) level`, one of the words current: "Now it's 33%.",
/// "The rate now stands at 12%."
pub fn now(sentence: Input<'_>, levels: &[Level]) -> Option<Level> {
    const LEADS: Classes = Classes::of(&[
        Class::Current,
        Class::Pronoun,
        Class::Determiner,
        Class::Auxiliary,
        Class::Verb,
        Class::Adverb,
        Class::Preposition,
        Class::Hedge,
        Class::Conjunction,
    ]);
    let level = levels
        .first()
        .filter(|level| !level.amount && !level.base)?;
    let lead = sentence.until(level.tokens.start);
    let current =
        (0..lead.len().min(NEAR + 1)).any(|at| lead.skip(at).lexeme(Class::Current).is_some());
    let plain = lead.tokens().iter().all(|token| {
        token.classes.meets(LEADS)
            || token.kind == TokenKind::Symbol(',')
            || lead.text_of(token).contains(['\'', '’'])
            || token.classes.has(Class::Reference)
    });
    (lead.len() <= NEAR && current && plain).then(|| level.clone())
}

/// The clause at token `at`, with what stands before its comma where that opens the sentence: "In 2021, the rate was".
fn leading_opening(sentence: Input<'_>, at: usize) -> Input<'_> {
    let near = at - sentence.position() <= NEAR;
    if near { sentence } else { sentence.restart(at) }
}

/// The token of the verb of being right before a value, and its role.
pub fn verb_before<'a>(sentence: Input<'a>, level: &Level) -> Option<(usize, &'a str)> {
    verb_before_of(sentence, level, false)
}

/// The same, any verb that leads to a value where `any`: "had 71".
fn verb_before_of<'a>(sentence: Input<'a>, level: &Level, any: bool) -> Option<(usize, &'a str)> {
    (1..=4).find_map(|back| {
        let at = level.tokens.start.checked_sub(back)?;
        let here = (at >= sentence.position()).then(|| sentence.restart(at))?;
        let (rest, verb) = here.lexeme(Class::PastVerb)?;
        let small = rest.until(level.tokens.start).tokens().iter().all(|token| {
            token.classes.meets(Classes::of(&[
                Class::Hedge,
                Class::Adverb,
                Class::Preposition,
            ]))
        });
        (small && (any || verb.canonical != "do")).then_some((at, verb.canonical))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        grammar::{level::levels, testing::with_input},
        span::text_at,
    };

    #[track_caller]
    fn looks_back(text: &str, expected: Option<(&str, &str)>) {
        let found = with_input(text, |input| {
            past(input).map(|found| {
                let period = found.period.map_or("", |period| text_at(text, period));
                (text_at(text, found.level.quantity.span), period)
            })
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn sentences_on_an_earlier_value() {
        looks_back("In 2021 the figure was 26%.", Some(("26%", "In 2021")));
        looks_back(
            "At the last inspection it was 55%.",
            Some(("55%", "At the last inspection")),
        );
        looks_back(
            "Two years ago it was seven of 12.",
            Some(("seven", "Two years ago")),
        );
        looks_back(
            "A year earlier, the share was 77%.",
            Some(("77%", "A year earlier")),
        );
        looks_back("It was 38% in 2021.", Some(("38%", "in 2021")));
        looks_back("It was 38% of the total.", None);
        looks_back("In 2021 the leader was 52.", None);
        looks_back("In 2021 staff found 26 faults.", None);
    }

    #[test]
    fn clauses_on_an_earlier_value() {
        looks_back(
            "whereas a year earlier 74 had been",
            Some(("74", "a year earlier")),
        );
        looks_back("where there were five", Some(("five", "")));
        looks_back(
            "there had been 16 at our last visit",
            Some(("16", "at our last visit")),
        );
        looks_back(
            "In the year before, it had managed 81%.",
            Some(("81%", "In the year before")),
        );
        looks_back("last year: 20", Some(("20", "last year")));
        looks_back("previously 9", Some(("9", "previously")));
        looks_back(
            "The comparable figure for 2022 was 18%.",
            Some(("18%", "for 2022")),
        );
        looks_back("there were 16 on duty", None);
        looks_back("last year 20 people left", None);
    }

    #[track_caller]
    fn then_now(text: &str, expected: Option<(&str, &str)>) {
        let found = with_input(text, |input| {
            then_and_now(input, &levels(input)).map(|found| {
                (
                    text_at(text, found.then.quantity.span),
                    text_at(text, found.now.quantity.span),
                )
            })
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn values_then_and_now() {
        then_now(
            "The rate was 84.6% in 2013 but is now 71.2%",
            Some(("84.6%", "71.2%")),
        );
        then_now(
            "There used to be 11 nurses; there are now 14.",
            Some(("11", "14")),
        );
        then_now(
            "In 2021, stays were nine days; the average now stands at seven days.",
            Some(("nine days", "seven days")),
        );
        then_now(
            "The team was 12 strong and is now based in Leeds with 40 staff.",
            None,
        );
        then_now("There were 11 nurses and there are now 14 beds.", None);
    }
}
