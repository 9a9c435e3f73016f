//! Noun phrases: what a number counts, what a share is of, and who or what a verb speaks of.
//!
//! English marks the parts of speech poorly, so a phrase is found by what ends it: function words and known verbs from the
//! lexicon, participles after a plural head, punctuation and numerals. Every phrase is short; none is looked for further
//! than [`REACH`] tokens.

use super::{Class, Classes, Input, Parsed, Token, TokenKind};
use crate::span::Span;

/// How many tokens a phrase or clause may have: a bound that keeps the cost linear.
pub const REACH: usize = 40;

/// Words of one noun phrase proper, its complement aside.
const LONGEST: usize = 9;

/// Classes of words that no noun phrase goes over.
const ENDS: Classes = Classes::of(&[
    Class::Auxiliary,
    Class::Preposition,
    Class::Conjunction,
    Class::Determiner,
    Class::Pronoun,
    Class::Negation,
    Class::Verb,
    Class::Adverb,
    Class::NumberWord,
]);

/// A noun phrase as it stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NounPhrase {
    /// The whole phrase without its article: "members of staff", "children in need".
    pub span: Span,
    /// The phrase without its complement: "members".
    pub core: Span,
    /// Whether the last word of the core is a plural.
    pub plural: bool,
}

/// What a verb speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its words without a leading article; the pronoun alone where it is one.
    pub span: Span,
    /// Whether it only points back: "it", "this", "which".
    pub pronoun: bool,
}

/// Reads the noun that a number counts; starts right after the number.
///
/// `counted = ["more" | "further" | "other"] core [ "and" core ] [complement]`: "care plans", "members of staff",
/// "magistrates' courts and Crown Court files".
pub fn counted(input: Input<'_>) -> Parsed<'_, NounPhrase> {
    let (rest, core) = core(input)?;
    let (rest, core) = match joined(rest, core) {
        Some(both) => both,
        None => (rest, core),
    };
    Ok(complement(rest, core))
}

/// Reads a noun phrase with its article, if it has one.
///
/// `noun-phrase = [determiner] counted`: "the average time", "its budget", "house fires".
pub fn noun_phrase(input: Input<'_>) -> Parsed<'_, NounPhrase> {
    let mut start = input;
    for _ in 0..2 {
        if is_a(start, Classes::of(&[Class::Determiner])) {
            start = start.skip(1);
        }
    }
    counted(start)
}

/// Reads what a share is of; starts right after the share.
///
/// `base = "of" [determiner] counted`: "of cases", "of the emergency calls", "of all house fires".
pub fn share_base(input: Input<'_>) -> Parsed<'_, NounPhrase> {
    if input.starts_with("of") {
        noun_phrase(input.skip(1))
    } else {
        input.miss()
    }
}

/// Reads one run of adjectives and nouns.
///
/// `core = 1*9( word | plural-word "’" )`, which a function word, a verb, or a participle after a plural ends.
fn core(input: Input<'_>) -> Parsed<'_, NounPhrase> {
    let mut rest = input;
    let mut end = None;
    let mut plural = false;
    for _ in 0..LONGEST {
        let Some(token) = rest.first() else { break };
        if possessive_mark(rest, token, plural) {
            rest = rest.skip(1);
            plural = false;
            continue;
        }
        if token.kind != TokenKind::Word || is_a(rest, ENDS) || names_time(rest) {
            break;
        }
        let next_plural = is_plural(rest);
        if plural && !next_plural && (is_participle(rest) || !reaches_plural(rest.skip(1))) {
            break;
        }
        if end.is_some() && !next_plural && is_participle(rest) && !begins_noun(rest.skip(1)) {
            break;
        }
        plural = next_plural;
        rest = rest.skip(1);
        end = Some(rest);
    }
    let Some(end) = end else { return input.miss() };
    let span = input.span_to(end);
    Ok((
        end,
        NounPhrase {
            span,
            core: span,
            plural,
        },
    ))
}

/// Whether words for an earlier time stand here: "last year", "a year earlier".
fn names_time(input: Input<'_>) -> bool {
    [Class::BasePeriod, Class::Previous]
        .into_iter()
        .any(|class| {
            let time = input.lexeme(class);
            time.is_some_and(|(rest, _)| rest.position() > input.position() + 1)
        })
}

/// The second half of "magistrates' courts and Crown Court files", where both halves are plurals.
fn joined(rest: Input<'_>, first: NounPhrase) -> Option<(Input<'_>, NounPhrase)> {
    if !first.plural || !rest.starts_with("and") {
        return None;
    }
    let (after, second) = core(rest.skip(1)).ok()?;
    let span = first.span.join(second.span);
    (second.plural && !is_a(after, Classes::of(&[Class::Auxiliary]))).then_some((
        after,
        NounPhrase {
            span,
            core: span,
            plural: true,
        },
    ))
}

/// What belongs to the noun before it.
///
/// `complement = *3( "of" [determiner] core )`: "of staff", "of the use of force". "Of them" and "of which" are none.
fn complement(rest: Input<'_>, phrase: NounPhrase) -> (Input<'_>, NounPhrase) {
    let (mut rest, mut phrase) = (rest, phrase);
    for _ in 0..3 {
        if !rest.starts_with("of") {
            break;
        }
        let mut start = rest.skip(1);
        if is_a(start, Classes::of(&[Class::Determiner])) {
            start = start.skip(1);
        }
        let Ok((after, inner)) = core(start) else {
            break;
        };
        phrase.span = phrase.span.join(inner.span);
        rest = after;
    }
    (rest, phrase)
}

/// The noun phrase that ends right before token `at` of the lexed text, within `clause`: "the cost" in "the cost of £3".
///
/// Prepositions inside it are gone over once it has begun ("general reserves of", "a budget for 2024 of").
pub fn ending_at(clause: Input<'_>, at: usize) -> Option<Span> {
    let tokens = clause.lexed().tokens.get(clause.position()..at)?;
    let mut first = at;
    for (back, token) in tokens.iter().rev().take(LONGEST).enumerate() {
        let here = clause.restart(at - back - 1);
        if token.kind != TokenKind::Word || is_a(here, ENDS) {
            break;
        }
        first = at - back - 1;
    }
    (first < at).then(|| clause.restart(first).until(at).span())
}

/// The subject of the verb (or its first auxiliary) at token `verb` of the lexed text, within one sentence.
///
/// `subject = [determiner] *word`, from the start of the clause to the verb. A clause starts with its sentence, or after
/// a semicolon, colon, dash, bracket, comma, a subordinating word, or an "and" that follows a verb.
pub fn subject(sentence: Input<'_>, verb: usize) -> Option<Subject> {
    let end = before_adverbs(sentence, verb);
    let start = clause_start(sentence, end);
    let mut words = sentence.restart(start).until(end);
    while is_a(
        words,
        Classes::of(&[Class::Adverb, Class::Conjunction, Class::Determiner]),
    ) && words.len() > 1
    {
        words = words.skip(1);
    }
    (!words.is_empty()).then(|| Subject {
        span: words.span(),
        pronoun: words.len() == 1 && is_a(words, Classes::of(&[Class::Pronoun, Class::Determiner])),
    })
}

/// Index of the token after the subject: auxiliaries and adverbs right before the verb are passed over.
fn before_adverbs(sentence: Input<'_>, verb: usize) -> usize {
    let skipped = Classes::of(&[Class::Auxiliary, Class::Adverb, Class::Negation]);
    let mut end = verb;
    while end > sentence.position() {
        let before = sentence.restart(end - 1);
        // "Has since risen": an adverb there, a preposition elsewhere.
        let since = before.starts_with("since")
            && end > sentence.position() + 1
            && is_a(sentence.restart(end - 2), Classes::of(&[Class::Auxiliary]));
        if !since && !is_a(before, skipped) {
            break;
        }
        end -= 1;
    }
    end
}

/// Index of the first token of the clause that goes up to `end`.
pub fn clause_start(sentence: Input<'_>, end: usize) -> usize {
    let least = sentence.position().max(end.saturating_sub(REACH));
    let mut at = end;
    while at > least {
        let here = sentence.restart(at - 1);
        let Some(token) = here.first() else { break };
        let stops = match token.kind {
            TokenKind::Symbol(',' | ';' | ':' | '–' | '—' | '(' | ')' | '“' | '”' | '"' | '•') => {
                true
            }
            TokenKind::Word => {
                opens_clause(here) || here.starts_with("and") && has_verb(sentence, least, at - 1)
            }
            _ => false,
        };
        if stops {
            break;
        }
        at -= 1;
    }
    at
}

/// Whether a word begins a clause of its own: "but", "although", "which".
fn opens_clause(input: Input<'_>) -> bool {
    is_a(input, Classes::of(&[Class::Conjunction]))
        && !["and", "or", "nor", "who", "that", "where", "when"]
            .iter()
            .any(|word| input.starts_with(word))
}

/// Known verbs and auxiliaries.
pub const VERBS: Classes = Classes::of(&[
    Class::Auxiliary,
    Class::Verb,
    Class::Up,
    Class::Down,
    Class::Improved,
    Class::Worsened,
]);

/// Whether a known verb or auxiliary stands between two tokens.
fn has_verb(sentence: Input<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| is_a(sentence.restart(at), VERBS))
}

/// Whether the first token, taken as a phrase of its own, is in one of these classes.
pub fn is_a(input: Input<'_>, classes: Classes) -> bool {
    input.first().is_some_and(|token| {
        token.classes.meets(classes)
            && input
                .lexed()
                .phrases_at(token)
                .any(|(tokens, of_phrase, _)| tokens == 1 && of_phrase.meets(classes))
    }) || classes.has(Class::Adverb) && is_adverb(input)
}

/// Whether the first word ends like an adverb.
fn is_adverb(input: Input<'_>) -> bool {
    input.first().is_some_and(|token| {
        let text = input.text_of(token);
        token.kind == TokenKind::Word
            && !token.capital
            && text.len() > 5
            && text.ends_with("ly")
            && ![
                "family",
                "early",
                "supply",
                "elderly",
                "monthly",
                "weekly",
                "daily",
                "yearly",
                "quarterly",
            ]
            .iter()
            .any(|word| text.ends_with(word))
    })
}

/// Whether the first word is a plural noun by its look or by the lexicon.
pub fn is_plural(input: Input<'_>) -> bool {
    let Some(token) = input.first().filter(|token| token.kind == TokenKind::Word) else {
        return false;
    };
    let text = input.text_of(token);
    let ends = |ending: &str| text.len() > ending.len() && text.ends_with(ending);
    // "PDUs" is a plural and "NPS" is none; a heading in capitals has long words.
    let capitals = text.len() > 5 && text.ends_with('S') && !text.contains(char::is_lowercase);
    is_a(input, Classes::of(&[Class::Plural]))
        || capitals
        || text.len() > 2
            && ends("s")
            && !ends("ss")
            && !ends("us")
            && !ends("is")
            && !ends("'s")
            && !ends("’s")
}

/// Whether the first word looks like a participle: "finalised", "waiting", "seen".
pub fn is_participle(input: Input<'_>) -> bool {
    input.first().is_some_and(|token| {
        let text = input.text_of(token);
        token.kind == TokenKind::Word
            && !token.capital
            && text.len() > 4
            && (text.ends_with("ed") || text.ends_with("ing"))
            && !text.contains('-')
            && !is_a(input, Classes::of(&[Class::Noun]))
    })
}

/// Whether a noun goes on after a participle: "rated practices", and not "recorded in".
fn begins_noun(input: Input<'_>) -> bool {
    input
        .first()
        .is_some_and(|token| token.kind == TokenKind::Word)
        && !is_a(input, ENDS)
}

/// Whether another plural follows within two words, so that the plural before was no head: "sports coaching staff".
fn reaches_plural(input: Input<'_>) -> bool {
    let first = begins_noun(input);
    first && (is_plural(input) || begins_noun(input.skip(1)) && is_plural(input.skip(1)))
}

/// Whether this is the apostrophe of a plural possessive, glued to the word before it.
fn possessive_mark(input: Input<'_>, token: &Token, plural: bool) -> bool {
    plural
        && token.glued
        && matches!(token.kind, TokenKind::Symbol('’' | '\''))
        && begins_noun(input.skip(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{grammar::testing::with_input, span::text_at};

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let found = with_input(text, |input| {
            counted(input)
                .ok()
                .map(|(_, noun)| text_at(text, noun.span).to_owned())
        });
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn counted_nouns_end_where_the_clause_goes_on() {
        check("prisoners lived on the wing", Some("prisoners"));
        check("people living nearby", Some("people"));
        check("members of staff and read", Some("members of staff"));
        check(
            "hygiene improvement notices.",
            Some("hygiene improvement notices"),
        );
        check("rated practices in the area", Some("rated practices"));
        check(
            "youth courts’ lists and county files closed in May",
            Some("youth courts’ lists and county files"),
        );
        check("inspectors and four advisers", Some("inspectors"));
        check("wards and met nurses", Some("wards"));
        check("complaints officers at a cost", Some("complaints officers"));
        check("cause of concern, with", Some("cause of concern"));
        check(
            "incidents of self-harm in a year",
            Some("incidents of self-harm"),
        );
        check("NPS division and", Some("NPS division"));
        check("MORE CLINICS SHUT", Some("MORE CLINICS"));
        check("adapted building.", Some("adapted building"));
        check("out of 30", None);
        check("last year", None);
        check("homes last year", Some("homes"));
        check("more GP practices", Some("more GP practices"));
        check("of them", None);
        check("were late", None);
        check("(45%)", None);
    }

    #[test]
    fn bases_of_shares() {
        for (text, expected) in [
            ("of cases, 7% above", Some("cases")),
            (
                "of the emergency calls within ten seconds",
                Some("emergency calls"),
            ),
            ("of all house fires", Some("house fires")),
            ("of them", None),
            ("in May", None),
        ] {
            let found = with_input(text, |input| {
                share_base(input)
                    .ok()
                    .map(|(_, noun)| text_at(text, noun.span).to_owned())
            });
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[track_caller]
    fn speaks_of(text: &str, verb: &str, expected: Option<&str>) {
        let found = with_input(text, |input| {
            let at = input
                .tokens()
                .iter()
                .position(|token| input.text_of(token) == verb)?;
            subject(input, at).map(|found| text_at(text, found.span).to_owned())
        });
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn verbs_have_subjects() {
        speaks_of(
            "The conviction rate rose to 9%",
            "rose",
            Some("conviction rate"),
        );
        speaks_of(
            "In May 2024, the backlog had fallen",
            "fallen",
            Some("backlog"),
        );
        speaks_of(
            "Pay was cut and sickness then dropped",
            "dropped",
            Some("sickness"),
        );
        speaks_of(
            "Time to open and close cases fell",
            "fell",
            Some("Time to open and close cases"),
        );
        speaks_of("It has since improved", "improved", Some("It"));
        speaks_of("But it fell", "fell", Some("it"));
        speaks_of("rose again", "rose", None);
    }
}
