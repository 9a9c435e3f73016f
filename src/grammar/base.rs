//! What a value is set against: an earlier period, or a reference such as an average or a target.
//!
//! "16 more than a year earlier" moves, "16 more than the national average" compares: the words are the same up to the
//! base, so both are read here.

use super::{
    Class, Classes, Input, Parsed, TokenKind, date,
    level::{self, Level},
    lexicon::Meaning,
    noun,
    number::{magnitude, quantity},
    symbol,
};
use crate::{span::Span, value::Unit};

/// Longest base that is read, in tokens.
const LONGEST: usize = 16;

/// Which kind of base it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseKind {
    /// The same measure at an earlier time.
    Earlier,
    /// An average, a target, another body or group.
    Reference,
}

/// What a value is set against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// Which kind it is.
    pub kind: BaseKind,
    /// The value given for it.
    pub value: Option<Level>,
    /// The words that name it: "national average", "in 2021".
    pub label: Span,
    /// Whether it is one of a list of groups, named by no word for a reference: "of large homes".
    pub group: bool,
    /// From its first token to its value.
    pub span: Span,
}

/// Reads a period.
///
/// ```text
/// period  = ["at the time of"] [time-word] [article] ( base-phrase | modifier [word] base-noun | length after | date | 1*4word "to" date )
///         | "since" ( period | noun-phrase ) | "before" [article] base-noun
/// ```
///
/// "in 2021", "last year", "at the previous inspection", "two years ago", "in the year to June 2023".
pub fn period(input: Input<'_>) -> Parsed<'_, Span> {
    const BEFORE: [&str; 11] = [
        "in", "at", "on", "during", "for", "before", "by", "of", "from", "as", "over",
    ];
    const ARTICLES: [&str; 8] = ["at", "the", "a", "an", "its", "our", "their", "this"];
    const FIRST: Classes = Classes::of(&[
        Class::BasePeriod,
        Class::Preposition,
        Class::Determiner,
        Class::Month,
        Class::Weekday,
        Class::Term,
        Class::DateFrame,
        Class::DateAround,
        Class::DurationUnit,
    ])
    .or(Classes::NUMERIC)
    .or(Classes::DATED);
    if !input
        .first()
        .is_some_and(|token| token.classes.meets(FIRST))
    {
        return input.miss();
    }
    if input.starts_with("since")
        && let Some(rest) = since(input)
    {
        return Ok((rest, input.span_to(rest)));
    }
    if let Some(rest) = time_of(input) {
        return Ok((rest, input.span_to(rest)));
    }
    let mut start = input;
    for words in [&BEFORE[..], &ARTICLES] {
        if words.iter().any(|word| start.starts_with(word)) {
            start = start.skip(1);
        }
    }
    let found = base_phrase(input)
        .or_else(|| base_phrase(start))
        .or_else(|| modified(start))
        .or_else(|| length_ago(start))
        .or_else(|| date(start))
        .or_else(|| span_of_time(start))
        .or_else(|| base_word(start, "noun").filter(|_| input.starts_with("before")));
    match found {
        Some(rest) => Ok((rest, input.span_to(rest))),
        None => input.miss(),
    }
}

/// `"at" "the" "time" "of" period`: "at the time of our last inspection".
fn time_of(input: Input<'_>) -> Option<Input<'_>> {
    let words = ["at", "the", "time", "of"];
    let stands = (0..)
        .zip(words)
        .all(|(at, word)| input.skip(at).starts_with(word));
    let of = stands.then(|| input.skip(words.len()))?;
    period(of).ok().map(|(rest, _)| rest)
}

/// Whether a period is named by where it lies ("last year") and not by its date.
pub fn is_relative(input: Input<'_>) -> bool {
    (0..input.len().min(6)).any(|at| {
        let here = input.skip(at);
        base_phrase(here).is_some() || modified(here).is_some() || length_ago(here).is_some()
    })
}

fn base_word<'a>(input: Input<'a>, role: &str) -> Option<Input<'a>> {
    let token = input
        .first()
        .filter(|token| token.classes.has(Class::BasePeriod))?;
    // "Earlier" has two roles: "an earlier visit", "two years earlier".
    let (tokens, ..) = input
        .lexed()
        .phrases_at(token)
        .find(|(tokens, _, meanings)| {
            let plays = |meaning: &Meaning| {
                meaning.class == Class::BasePeriod && &*meaning.canonical == role
            };
            *tokens <= input.len() && meanings.iter().any(plays)
        })?;
    Some(input.skip(tokens))
}

fn base_phrase(input: Input<'_>) -> Option<Input<'_>> {
    base_word(input, "phrase")
}

/// `modifier [quantity] *1word (base-noun | month)`: "the same quarter last year", "last May", "the previous two years".
fn modified(input: Input<'_>) -> Option<Input<'_>> {
    let mut rest = base_word(input, "modifier")?;
    if base_word(rest, "noun").is_none()
        && let Ok((after, _)) = magnitude(rest)
    {
        rest = after;
    }
    let noun = |here: Input<'_>| {
        base_word(here, "noun").map(Input::position).or_else(|| {
            let (rest, _) = here.lexeme(Class::Month)?;
            Some(rest.position())
        })
    };
    let (found, at) = (0..2).find_map(|at| noun(rest.skip(at)).map(|found| (found, at)))?;
    if at == 1
        && !rest
            .first()
            .is_some_and(|token| token.kind == TokenKind::Word)
    {
        return None;
    }
    let rest = rest.restart(found);
    Some(base_phrase(rest).unwrap_or(rest))
}

/// `("a" | quantity) duration-unit after`: "two years ago", "six months earlier".
fn length_ago(input: Input<'_>) -> Option<Input<'_>> {
    let rest = match quantity(input) {
        Ok((rest, found)) if found.number.unit().is_duration() => rest,
        _ => input.lexeme(Class::DurationUnit)?.0,
    };
    base_word(rest, "after")
}

/// Reads how long something took: "in a year", "over four years", "within the last six months".
///
/// `length = ("in" | "over" | "within" | "during") [article] [modifier] ["just"] [quantity] duration-unit`
pub fn length(input: Input<'_>) -> Option<Input<'_>> {
    let opens = ["in", "over", "within", "during"];
    if !opens.iter().any(|word| input.starts_with(word)) {
        return None;
    }
    let start = skip_article(skip_determiners(input.skip(1)));
    let modified = base_word(input.skip(1), "modifier").or_else(|| base_word(start, "modifier"));
    let mut rest = modified.unwrap_or(start);
    if rest.starts_with("past") {
        rest = rest.skip(1);
    }
    match quantity(rest) {
        Ok((after, found)) if found.number.unit().is_duration() => Some(after),
        _ => Some(rest.lexeme(Class::DurationUnit)?.0),
    }
}

/// `date = date [base-noun]`: "2022-23", "March 2024", "the March quarter".
fn date(input: Input<'_>) -> Option<Input<'_>> {
    let month = input
        .first()
        .is_some_and(|token| token.classes.has(Class::Month));
    if month && !input.first().is_some_and(|token| token.capital) {
        return None;
    }
    let (rest, _) = date::date(input).ok()?;
    Some(base_word(rest, "noun").filter(|_| month).unwrap_or(rest))
}

/// `1*4word ("to" | "ending" | "ended" | "of" | "in") date`, one of the words a unit of time: "six months to March 2023",
/// "autumn term of 2023", "quarter ending in June".
fn span_of_time(input: Input<'_>) -> Option<Input<'_>> {
    const TIME: Classes = Classes::of(&[Class::DurationUnit, Class::Term, Class::BasePeriod]);
    let mut timed = false;
    for at in 0..5 {
        let here = input.skip(at);
        let token = here.first()?;
        let joins = ["to", "ending", "ended", "of", "in"]
            .iter()
            .any(|word| here.starts_with(word));
        if timed && joins {
            return date(skip_article(here.skip(1)));
        }
        let word = matches!(
            token.kind,
            TokenKind::Word | TokenKind::Ordinal | TokenKind::Number
        );
        if !word || noun::is_a(here, Classes::of(&[Class::Auxiliary, Class::Verb])) {
            return None;
        }
        timed |= token.classes.meets(TIME);
    }
    None
}

/// `since = "since" ( period | [determiner] 1*4word )`: "since the last inspection", "since 2019", "since the merger".
fn since(input: Input<'_>) -> Option<Input<'_>> {
    let start = input.skip(1);
    if let Ok((rest, _)) = period(start) {
        return Some(rest);
    }
    noun::noun_phrase(start).ok().map(|(rest, _)| rest)
}

fn skip_article(input: Input<'_>) -> Input<'_> {
    if input.starts_with("the") || input.starts_with("a") {
        input.skip(1)
    } else {
        input
    }
}

/// Index of the token that ends the phrase that starts at `input`.
fn phrase_end(input: Input<'_>) -> usize {
    let len = (0..LONGEST.min(input.len()))
        .find(|&at| ends_phrase(input.skip(at), at == 0))
        .unwrap_or(LONGEST);
    input.position() + len
}

/// Whether a phrase ends before the token here: at punctuation, or at a word that begins another clause.
fn ends_phrase(input: Input<'_>, first: bool) -> bool {
    const OPENERS: [&str; 9] = [
        "but", "although", "though", "while", "whereas", "because", "so", "which", "however",
    ];
    let Some(token) = input.first() else {
        return true;
    };
    match token.kind {
        TokenKind::Word => {
            !first
                && (OPENERS.iter().any(|word| input.starts_with(word))
                    || input.lexeme(Class::ComparedWith).is_some()
                    || input.starts_with("by") && level::level(input.skip(1)).is_ok()
                    || joins_clause(input))
        }
        TokenKind::Symbol(c) => matches!(
            c,
            ',' | ';' | ':' | '.' | '(' | ')' | '–' | '—' | '!' | '?' | '"' | '”'
        ),
        _ => false,
    }
}

/// Whether "and" or "or" stands here and no further reference that is known already follows it at once.
fn joins_clause(input: Input<'_>) -> bool {
    const NEXT: Classes = Classes::of(&[
        Class::Above,
        Class::Below,
        Class::BetterThan,
        Class::WorseThan,
        Class::EqualTo,
        Class::Auxiliary,
        Class::Verb,
        Class::Up,
        Class::Down,
    ]);
    let joins = input.starts_with("and") || input.starts_with("or");
    let clause = input
        .skip(1)
        .first()
        .is_some_and(|next| next.classes.meets(NEXT));
    // "The first year and an average of 36 days" are two things.
    let new = ["a", "an"]
        .iter()
        .any(|word| input.skip(1).starts_with(word));
    joins && (clause || new || !(1..4).any(|at| is_reference_word(input.skip(at))))
}

/// Whether a word here makes a reference of its phrase by itself.
fn is_reference_word(input: Input<'_>) -> bool {
    input.lexeme(Class::Reference).is_some_and(|(_, word)| {
        matches!(
            word.canonical,
            "head" | "target" | "place" | "scope" | "peer"
        )
    })
}

/// Reads the base of a movement or comparison; starts right after "than", "with", "above" and their like.
///
/// ```text
/// base = ["in" | "for" | "that of" …] ( period | [determiner] level tail | [determiner] ( aim | scope ) level | reference [ "of" level | "(" level ")" ] )
/// tail = 1*word that names a period, a reference or another group
/// ```
///
/// "a year earlier", "the 310 recorded before the last inspection", "the national average of 63%", "58% in similar services".
pub fn base(input: Input<'_>) -> Parsed<'_, Base> {
    let clause = input.until(phrase_end(input));
    let start = skip_article(skip_determiners(clause));
    let aim = start
        .lexeme(Class::Aim)
        .map(|(rest, _)| rest)
        .map(|rest| (rest, start.span_to(rest)))
        .or_else(|| owned(start))
        .or_else(|| scoped(start));
    let promised = aim.and_then(|(rest, label)| Some((label, level::level(rest).ok()?)));
    if let Some((label, (tail, value))) = promised {
        let base = Base {
            kind: BaseKind::Reference,
            label,
            group: false,
            span: input.span_to(tail),
            value: Some(value),
        };
        return Ok((input.restart(tail.position()), base));
    }
    let found = match level::level(start) {
        Ok((tail, value)) => valued(input, tail, value).or_else(|| ago(start, clause)),
        Err(_) => named(input, clause),
    };
    match found {
        Some((rest, base)) => Ok((input.restart(rest.position()), base)),
        None => input.miss(),
    }
}

/// Past the owner of a value that is set against another: "the sector's 24%", "England's 61%".
fn owned(start: Input<'_>) -> Option<(Input<'_>, Span)> {
    const OWNERS: [&str; 3] = ["scope", "country", "peer"];
    let word = start
        .first()
        .filter(|token| token.kind == TokenKind::Word)?;
    let text = start.text_of(word);
    let stem = text
        .strip_suffix("'s")
        .or_else(|| text.strip_suffix("’s"))?;
    let lexicon = start.lexed().lexicon;
    let known = lexicon
        .meanings_of(stem)
        .any(|meaning| meaning.class == Class::Reference && OWNERS.contains(&&*meaning.canonical));
    let label = Span::new(word.span.start, word.span.start + stem.len());
    known.then(|| (start.skip(1), label))
}

/// Past the scope of a value that is set against another: "the national 74%".
fn scoped(start: Input<'_>) -> Option<(Input<'_>, Span)> {
    let (rest, word) = start.lexeme(Class::Reference)?;
    (word.canonical == "scope").then_some((rest, word.span))
}

/// A base that is a length of time back, and no value: "lower than two years ago".
fn ago<'a>(start: Input<'a>, clause: Input<'a>) -> Option<(Input<'a>, Base)> {
    length_ago(start)?;
    named(start, clause.restart(start.position()))
}

fn skip_determiners(input: Input<'_>) -> Input<'_> {
    let mut rest = input;
    for _ in 0..2 {
        if noun::is_a(rest, Classes::of(&[Class::Determiner]))
            || rest.starts_with("just")
            || rest.starts_with("only")
        {
            rest = rest.skip(1);
        }
    }
    rest
}

/// A base that starts with its value: "the 17.9% of the year before", "25% nationally", "a 95% target".
fn valued<'a>(input: Input<'a>, tail: Input<'a>, value: Level) -> Option<(Input<'a>, Base)> {
    let tail = tail.until(
        tail.starts()
            .find(|here| here.starts_with("and"))
            .map_or(usize::MAX, Input::position),
    );
    let (kind, label, group) = classify(tail, true)?;
    if kind == BaseKind::Earlier && is_over_time(tail, label) {
        return None;
    }
    let first = input.first()?.span;
    let (rest, end) = match kind {
        BaseKind::Earlier => {
            let after = tail
                .tokens()
                .partition_point(|token| token.span.start < label.end);
            (tail.position() + after, value.quantity.span)
        }
        BaseKind::Reference => (tail.position() + tail.len(), tail.span()),
    };
    Some((
        input.restart(rest),
        Base {
            kind,
            value: Some(value),
            label,
            group,
            span: first.join(end),
        },
    ))
}

/// Whether a value was counted over a time, and not at one: "over four inspections since 2013", "more than 12 hours between May and July".
fn is_over_time(tail: Input<'_>, period: Span) -> bool {
    let at = tail
        .tokens()
        .partition_point(|token| token.span.start < period.start);
    let opens = |here: Input<'_>| {
        ["since", "between"]
            .iter()
            .any(|word| here.starts_with(word))
    };
    opens(tail.skip(at))
        || at
            .checked_sub(1)
            .is_some_and(|before| opens(tail.skip(before)))
}

/// A base that starts with its name: "the national average of 63%", "in 2021", "similar areas (44)".
fn named<'a>(input: Input<'a>, clause: Input<'a>) -> Option<(Input<'a>, Base)> {
    let bracket = bracketed(input.restart(clause.position() + clause.len()));
    let (kind, named, group) = match classify(clause, has_value(clause)) {
        Some(found) => found,
        // "Fewer women (41%) than men (52%)": one word names the other group.
        None if bracket.is_some() && clause.len() == 1 => {
            (BaseKind::Reference, clause.span(), true)
        }
        None => return None,
    };
    let mut rest = clause.restart(clause.position() + clause.len());
    let mut value = None;
    let mut label_end = rest.position();
    for at in 0..clause.len() {
        let here = clause.skip(at);
        if here.starts_with("at") && level::level(here.skip(1)).is_ok() {
            // "Above average at 21%": the value compared, and not that of the base.
            rest = here;
            label_end = here.position();
            break;
        }
        // "In two of eight quarters" is a part of a whole.
        let part = at > 0 && level::level(clause.skip(at - 1)).is_ok();
        if here.starts_with("of")
            && !part
            && let Ok((_, found)) = level::level(skip_article(here.skip(1)))
        {
            label_end = here.position();
            value = Some(found);
            break;
        }
    }
    if value.is_none() && kind == BaseKind::Earlier {
        let after = clause
            .tokens()
            .partition_point(|token| token.span.start < named.end);
        value = level::level(clause.skip(after))
            .ok()
            .map(|(_, level)| level);
    }
    if value.is_none()
        && let Some((after, found)) = bracketed(input.restart(rest.position()))
    {
        value = Some(found);
        rest = after;
    }
    if group && (value.is_none() || has_value(clause)) {
        return None;
    }
    let words = skip_prepositions(skip_determiners(clause.until(label_end)));
    let words = skip_determiners(words);
    let span = input.span_to(rest);
    Some((
        rest,
        Base {
            kind,
            value,
            label: if kind == BaseKind::Earlier {
                named
            } else {
                words.span()
            },
            group,
            span,
        },
    ))
}

/// The value in brackets after a base: "(which is 62%)".
fn bracketed(outside: Input<'_>) -> Option<(Input<'_>, Level)> {
    let (mut inner, _) = symbol('(')(outside).ok()?;
    for word in ["which", "is", "was", "at", "of"] {
        if inner.starts_with(word) {
            inner = inner.skip(1);
        }
    }
    let (after, found) = level::level(inner).ok()?;
    let (after, _) = symbol(')')(after).ok()?;
    Some((after, found))
}

/// Whether "of" and a value stand in a phrase.
fn has_value(clause: Input<'_>) -> bool {
    (0..clause.len()).any(|at| {
        let here = clause.skip(at);
        let part = at > 0 && level::level(clause.skip(at - 1)).is_ok();
        here.starts_with("of") && !part && level::level(skip_article(here.skip(1))).is_ok()
    })
}

fn skip_prepositions(input: Input<'_>) -> Input<'_> {
    let mut rest = input;
    for word in ["in", "for", "at", "those", "that", "of", "in", "for"] {
        if rest.starts_with(word) && rest.len() > 1 {
            rest = rest.skip(1);
        }
    }
    rest
}

/// What the words of a base name: a reference wins over a period, except one that belongs to the period itself
/// ("last year's average", "the 2021 figure"). The span is that of the words that say so.
fn classify(words: Input<'_>, valued: bool) -> Option<(BaseKind, Span, bool)> {
    let reference = reference(words, valued);
    // "More than 2,100 homes as of October" is set against nothing.
    let stands_now = |at: usize| {
        let before = at.checked_sub(1).map(|at| words.restart(at));
        before.is_some_and(|as_of| as_of.starts_with("as") && as_of.skip(1).starts_with("of"))
    };
    let earlier = find_period(words).filter(|(at, _)| !stands_now(*at));
    match (reference, earlier) {
        (Some((at, _)), Some((period_at, span)))
            if period_at < at && owns(words, period_at, at) =>
        {
            Some((BaseKind::Earlier, span, false))
        }
        (Some((_, span)), _) => Some((BaseKind::Reference, span, false)),
        (None, None) if valued && let Some(span) = aimed(words) => {
            Some((BaseKind::Reference, span, false))
        }
        (None, Some((_, span))) => Some((BaseKind::Earlier, span, false)),
        // "[31] when admissions were stopped", "[40] before the merger": a clause that tells the time.
        (None, None)
            if valued
                && words.len() > 2
                && (words.starts_with("when") || words.starts_with("before")) =>
        {
            Some((BaseKind::Earlier, words.span(), false))
        }
        (None, None) if valued && let Some(span) = stated_figure(words) => {
            Some((BaseKind::Reference, span, false))
        }
        (None, None) => group(words).map(|span| (BaseKind::Reference, span, true)),
    }
}

/// "The figure of 40% that others regard as good": a value by a word that only says that it is one.
fn stated_figure(words: Input<'_>) -> Option<Span> {
    let start = skip_article(words);
    let (rest, word) = start.lexeme(Class::Reference)?;
    let valued = rest.starts_with("of") && level::level(skip_article(rest.skip(1))).is_ok();
    (word.canonical == "weak" && valued).then_some(word.span)
}

/// Whether a period right before a reference word makes it a value of that period.
fn owns(words: Input<'_>, period_at: usize, reference_at: usize) -> bool {
    let between = words.restart(period_at).until(reference_at);
    is_relative(between) && between.len() <= 5
}

/// The first word of `words` that makes a reference of them, and the span of the phrase.
fn reference(words: Input<'_>, valued: bool) -> Option<(usize, Span)> {
    (0..words.len()).find_map(|at| {
        let here = words.skip(at);
        let (rest, word) = here.lexeme(Class::Reference)?;
        let holds = match word.canonical {
            "head" | "target" => true,
            "place" => valued || at == 0 || rest.is_empty() && !noun::is_a(words, VERBS),
            "bound" => valued,
            // "Level with the force as a whole".
            "whole" => at > 0 && ends_name(rest),
            "peer" => is_peer(rest, word.span, words),
            "country" => ends_name(rest),
            "scope" => {
                (0..5).any(|next| {
                    rest.skip(next)
                        .lexeme(Class::Reference)
                        .is_some_and(|(_, word)| word.canonical == "weak")
                }) || ends_name(rest) && is_country(here)
            }
            _ => false,
        };
        let first = name_start(words, at);
        holds.then(|| {
            (
                here.position(),
                words.restart(first).until(name_end(rest)).span(),
            )
        })
    })
}

const VERBS: Classes = Classes::of(&[Class::Auxiliary, Class::Verb]);

/// Whether the noun after "similar", or the body after "other", makes a reference.
fn is_peer(rest: Input<'_>, word: Span, words: Input<'_>) -> bool {
    const OTHERS: [&str; 3] = ["other", "all", "the rest of"];
    let text = crate::span::text_at(words.lexed().text, word);
    let other = OTHERS.iter().any(|other| text.eq_ignore_ascii_case(other));
    let Ok((after, _)) = noun::counted(rest) else {
        return false;
    };
    let bodies = Classes::of(&[Class::BodyNoun, Class::BodyWord]);
    let body = rest
        .until(after.position())
        .tokens()
        .iter()
        .any(|token| token.classes.meets(bodies));
    !rest.starts_with("than") && (!other || body)
}

/// Whether a name ends before the token here.
fn ends_name(rest: Input<'_>) -> bool {
    rest.first().is_none_or(|next| next.kind != TokenKind::Word)
}

/// The words of `words` that name a reference, if they do.
pub fn names_reference(words: Input<'_>) -> Option<Span> {
    reference(words, false).map(|(_, span)| span)
}

/// The same for words with a value, of which a standard, a limit or a place makes a reference too.
pub fn names_bound(words: Input<'_>) -> Option<Span> {
    reference(words, true).map(|(_, span)| span)
}

/// The word of place that ends `words`, which share their noun with what follows: "the regional" and "national averages".
pub fn ends_in_scope(words: Input<'_>) -> Option<Span> {
    let last = words
        .tokens()
        .iter()
        .rposition(|token| token.kind == TokenKind::Word)?;
    let last = words.skip(last);
    let (_, word) = last.lexeme(Class::Reference)?;
    matches!(word.canonical, "scope" | "country").then_some(word.span)
}

fn is_country(input: Input<'_>) -> bool {
    input
        .lexed()
        .phrases_at(match input.first() {
            Some(token) => token,
            None => return false,
        })
        .any(|(_, _, meanings)| {
            meanings.iter().any(|meaning| {
                meaning.class == Class::Reference && &*meaning.canonical == "country"
            })
        })
}

/// Where the name of a reference starts: after the last preposition, determiner or number before it.
fn name_start(words: Input<'_>, at: usize) -> usize {
    const ENDS: Classes = Classes::of(&[
        Class::Preposition,
        Class::Determiner,
        Class::Auxiliary,
        Class::Verb,
        Class::Conjunction,
    ]);
    let mut first = at;
    while first > 0 {
        let here = words.skip(first - 1);
        let word = here
            .first()
            .is_some_and(|token| token.kind == TokenKind::Word);
        if !word || noun::is_a(here, ENDS) {
            break;
        }
        first -= 1;
    }
    words.position() + first
}

/// Where it ends: with the nouns after the word and one "for" phrase.
fn name_end(rest: Input<'_>) -> usize {
    let after = noun::counted(rest).map_or(rest, |(after, _)| after);
    let timed = base_word(skip_article(after.skip(1)), "modifier").is_some();
    if timed {
        return after.position();
    }
    if after.starts_with("for") || after.starts_with("in") || after.starts_with("of") {
        return noun::noun_phrase(after.skip(1))
            .map_or(after, |(after, _)| after)
            .position();
    }
    after.position()
}

/// The first period among `words`, and where it starts.
pub fn find_period(words: Input<'_>) -> Option<(usize, Span)> {
    words
        .starts()
        .find_map(|here| period(here).ok().map(|(_, span)| (here.position(), span)))
}

/// A value that was aimed for: "planned deficit", "recommended", "that leaders aim for".
fn aimed(words: Input<'_>) -> Option<Span> {
    words.holds(Class::Aim).then(|| words.span())
}

/// Another group: "of services run by companies", "in Leeds", "that leaders aim for".
fn group(words: Input<'_>) -> Option<Span> {
    const OPENS: Classes = Classes::of(&[
        Class::Preposition,
        Class::Pronoun,
        Class::Aim,
        Class::Conjunction,
    ]);
    let first = words.first()?;
    let named = words.len() > 1 && (first.classes.meets(OPENS) || first.kind == TokenKind::Word);
    named.then(|| words.span())
}

/// Whether a level has a unit that goes with another: points with shares and points, else the same unit.
pub fn fits(unit: Unit) -> impl Fn(Unit) -> bool {
    move |other| match unit {
        Unit::Points => matches!(other, Unit::Percent | Unit::Points),
        unit => other == unit,
    }
}
