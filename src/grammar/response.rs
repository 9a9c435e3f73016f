//! Responses: their labels, the stance they take, and sentences that accept or refuse what was asked for.

use nom::{Parser, combinator::opt};

use rust_decimal::prelude::ToPrimitive;

use super::{
    Class, Classes, Input, Parsed, TokenKind, date, kind,
    noun::{is_a, is_plural},
    number, one_of, phrase, phrase_of,
    reference::{codes, label_end},
    symbol,
};
use crate::span::Span;

/// Which issues a response speaks to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// The issue that stands before it.
    Last,
    /// All of them.
    All,
    /// All of a list of so many: "all eight", "both".
    Counted(u32),
    /// Those with these numbers.
    Numbers(Vec<String>),
}

/// Whether what was asked for is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// It is.
    Accepted,
    /// In part, or in principle.
    Partly,
    /// It is not.
    Rejected,
}

impl Stance {
    /// The symbol of the schema.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Partly => "partly",
            Self::Rejected => "rejected",
        }
    }
}

/// The label that a response starts with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseLabel {
    /// The issues that it names.
    pub to: To,
    /// What it calls them, as written.
    pub noun: Option<Span>,
    /// The label with its closing mark.
    pub span: Span,
    /// Whether a mark closes it, rather than the end of its line.
    pub marked: bool,
    /// The stance, where that is the label.
    pub stance: Option<Stance>,
}

/// A sentence that says of issues whether they are accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The issues.
    pub to: To,
    /// What is said of them.
    pub stance: Stance,
    /// The verb with its object.
    pub span: Span,
}

/// Words that no label has in front of its noun.
const NOT_IN_LABEL: Classes = Classes::of(&[
    Class::Preposition,
    Class::Auxiliary,
    Class::Conjunction,
    Class::Verb,
    Class::NumberWord,
]);

/// Reads the label of a response, at the start of a line or heading.
///
/// `response-label = *5(word | length) response-noun [codes | "to" target] [("from" | "by") *5(word)] [made] (":" | "–" | end) | stance-label`
/// with `made = ["from" | ","] date | "(" date ")"`: "Response:", "Our response to issues 2 and 3:", "60-day response (May 2020)", "Agreed
/// action –", "Accepted.".
pub fn response_label(input: Input<'_>) -> Parsed<'_, ResponseLabel> {
    const LABELS: Classes = Classes::of(&[Class::ResponseLabel]).or(STANCES);
    if !input
        .tokens()
        .iter()
        .take(6)
        .any(|token| token.classes.meets(LABELS))
    {
        return input.miss();
    }
    let mut start = input;
    for words in 0..=5 {
        let short = words <= SHORT_LABEL || is_title(input.until(start.position()));
        let labelled = start.lexeme(Class::ResponseLabel);
        let target = labelled.map(|(rest, _)| label_target(rest));
        if let Some((label, to, noun)) = target
            && let Ok((rest, marked)) = label_close(made(author(made(label))), short)
        {
            let span = input.span_to(rest);
            return Ok((
                rest,
                ResponseLabel {
                    to,
                    noun,
                    span,
                    marked,
                    stance: None,
                },
            ));
        }
        let goes_on = start.first().is_some_and(|token| match token.kind {
            TokenKind::Word => !is_a(start, NOT_IN_LABEL),
            TokenKind::Symbol(mark) => matches!(mark, '\'' | '’'),
            _ => false,
        });
        start = match length(start) {
            Some(rest) => rest,
            None if goes_on => start.skip(1),
            None => break,
        };
    }
    let (rest, stance) = stance_label(input)?;
    let span = input.span_to(rest);
    Ok((
        rest,
        ResponseLabel {
            to: To::Last,
            noun: None,
            span,
            marked: false,
            stance: Some(stance),
        },
    ))
}

/// Reads the label of an answer among others, which only names the issues.
///
/// `numbers-label = *3(word) codes (":" | "–")`: "Areas 1 and 2:".
pub fn numbers_label(input: Input<'_>) -> Parsed<'_, ResponseLabel> {
    for words in 0..=3 {
        let start = input.skip(words);
        if let Ok((rest, numbers)) = codes(start) {
            let (rest, _) = symbol(':').or(symbol('–')).parse(rest)?;
            let noun = input.until(start.position());
            return Ok((
                rest,
                ResponseLabel {
                    to: To::Numbers(numbers),
                    noun: (!noun.is_empty()).then(|| noun.span()),
                    span: input.span_to(rest),
                    marked: true,
                    stance: None,
                },
            ));
        }
        // "Rated 4: Elm Café" gives a grade.
        let other = is_a(start, NOT_IN_LABEL) || is_a(start, Classes::of(&[Class::RatingVerb]));
        if other
            || start
                .first()
                .is_none_or(|token| token.kind != TokenKind::Word)
        {
            break;
        }
    }
    input.miss()
}

/// `target = ["all"] *4(word) [codes]`
fn label_target(input: Input<'_>) -> (Input<'_>, To, Option<Span>) {
    if let Ok((rest, numbers)) = codes(input) {
        return (rest, To::Numbers(numbers), None);
    }
    let Ok((rest, _)) = one_of(&["to", "on"])(input) else {
        return (input, To::Last, None);
    };
    let all = rest.starts_with("all");
    let start = rest;
    let mut rest = rest;
    for _ in 0..=4 {
        if let Ok((after, numbers)) = codes(rest) {
            let noun = start.until(rest.position());
            let noun = (!noun.is_empty()).then(|| noun.span());
            return (after, To::Numbers(numbers), noun);
        }
        match rest.first() {
            Some(token) if token.kind == TokenKind::Word => rest = rest.skip(1),
            _ => break,
        }
    }
    let to = if all { To::All } else { To::Last };
    (rest, to, Some(input.skip(1).span_to(rest)))
}

/// Passes over who a response comes from.
fn author(input: Input<'_>) -> Input<'_> {
    let Ok((mut rest, _)) = one_of(&["from", "by", "of"])(input) else {
        return input;
    };
    for _ in 0..5 {
        match rest.first() {
            Some(token) if token.kind == TokenKind::Word => rest = rest.skip(1),
            _ => break,
        }
    }
    rest
}

/// Past how long after the report a response was made: the "60-day" of "60-day response".
fn length(input: Input<'_>) -> Option<Input<'_>> {
    let (rest, _) = kind(TokenKind::Number)(input).ok()?;
    let rest = symbol('-')(rest).map_or(rest, |(rest, _)| rest);
    rest.lexeme(Class::DurationUnit).map(|(rest, _)| rest)
}

/// Past when a response was made.
fn made(input: Input<'_>) -> Input<'_> {
    let opens = ["(", ",", "from"]
        .iter()
        .any(|mark| input.starts_with(mark));
    let start = input.skip(usize::from(opens));
    let Ok((rest, _)) = date::date(start) else {
        return input;
    };
    if input.starts_with("(") {
        return if rest.starts_with(")") {
            rest.skip(1)
        } else {
            input
        };
    }
    rest
}

/// Words in front of the noun of a label that ends with its line, at most.
const SHORT_LABEL: usize = 2;

/// Whether all words are written as in a title: "Annual Follow-Up Agency".
fn is_title(words: Input<'_>) -> bool {
    words.tokens().iter().all(|token| token.capital)
}

/// Whether a mark closes the label; its line may close a short one, also where its text goes on in the next. A stop closes only what
/// stands alone.
fn label_close(input: Input<'_>, short: bool) -> Parsed<'_, bool> {
    let next_line = input
        .first()
        .is_some_and(|token| token.line_start && token.kind == TokenKind::Word && token.capital);
    if next_line && short {
        return Ok((input, false));
    }
    let (rest, ()) = label_end(input)?;
    let stop = input
        .first()
        .is_some_and(|token| matches!(token.kind, TokenKind::Symbol('.' | ')')));
    let alone = stop || input.is_empty();
    if alone && !(short && rest.is_empty()) {
        return input.miss();
    }
    Ok((rest, !alone))
}

/// Reads the stance that a response opens with; `input` is its first sentence without the label.
///
/// `opening-stance = *6(word) (accepted | partly-accepted | rejected)`, which nothing but a stop, a conjunction or the
/// thing accepted follows: "Accepted.", "We agree and …", not "the board agreed to build".
pub fn opening_stance(input: Input<'_>) -> Option<Stance> {
    if input.seek(STANCES).is_empty() {
        return None;
    }
    for words in 0..=6 {
        let start = input.skip(words);
        if let Some((rest, stance)) = stance(start)
            && ends_stance(rest)
            && !is_of_another_thing(input, words)
        {
            return Some(qualified(rest, stance).1);
        }
        let token = start.first()?;
        if token.kind != TokenKind::Word {
            return None;
        }
    }
    None
}

/// Whether a passive says of something that is no issue that it was agreed: "a calendar of exercises has been agreed".
fn is_of_another_thing(input: Input<'_>, verb: usize) -> bool {
    let issue = (0..verb).any(|at| {
        let here = input.skip(at);
        here.lexeme(Class::IssueNoun).is_some()
            || here.starts_with("this")
            || here.starts_with("it")
    });
    let passive = verb.checked_sub(1).is_some_and(|at| {
        ["is", "are", "was", "were", "been", "being"]
            .iter()
            .any(|word| input.skip(at).starts_with(word))
    });
    passive && !issue
}

/// Reads a stance that stands for the label of a response.
///
/// `stance-label = stance ("." | ":" | "–" | line-end)`: "Accepted.", "Partly agreed –".
fn stance_label(input: Input<'_>) -> Parsed<'_, Stance> {
    let Some((rest, stance)) = stance(input) else {
        return input.miss();
    };
    let (rest, ()) = label_end(rest)?;
    Ok((rest, stance))
}

/// Classes that a stance begins with.
const STANCES: Classes = Classes::of(&[Class::PartlyAccepted, Class::Rejected, Class::Accepted]);

/// `stance = partly-accepted | rejected | accepted`, the longest phrase first.
fn stance(input: Input<'_>) -> Option<(Input<'_>, Stance)> {
    let (rest, (class, _)) =
        phrase_of(&[Class::PartlyAccepted, Class::Rejected, Class::Accepted])(input).ok()?;
    let stance = match class {
        Class::PartlyAccepted => Stance::Partly,
        Class::Rejected => Stance::Rejected,
        _ => Stance::Accepted,
    };
    Some((rest, stance))
}

fn ends_stance(rest: Input<'_>) -> bool {
    rest.first().is_none_or(|token| {
        token.kind != TokenKind::Word
            || ["and", "but", "that", "with", "this", "these", "in", "all"]
                .iter()
                .any(|word| rest.starts_with(word))
            || object(rest).is_some()
    })
}

/// Reads which issues a sentence speaks to, where it opens with them.
///
/// ```text
/// addressee = ("in response to" | "on" | "for" | "regarding" | "to address" | "as to" | "as for" | "with regard to" | "in relation to"
///           | "in respect of" | "turning to" | "in answer to" | "as regards" | "concerning") [determiner] (issue-noun codes | ordinal | elliptic | tallied | whole) ","
/// ```
pub fn addressee(input: Input<'_>) -> Parsed<'_, To> {
    const OPENINGS: [&[&str]; 14] = [
        &["in", "response", "to"],
        &["on"],
        &["for"],
        &["regarding"],
        &["to", "address"],
        &["as", "to"],
        &["as", "for"],
        &["with", "regard", "to"],
        &["in", "relation", "to"],
        &["in", "respect", "of"],
        &["turning", "to"],
        &["in", "answer", "to"],
        &["as", "regards"],
        &["concerning"],
    ];
    let opening = OPENINGS.iter().find(|words| {
        words
            .iter()
            .enumerate()
            .all(|(at, word)| input.skip(at).starts_with(word))
    });
    let Some(opening) = opening else {
        return input.miss();
    };
    let start = input.skip(opening.len());
    let by_place = ordinal(start)
        .or_else(|| elliptic(start))
        .or_else(|| tallied(start));
    let (rest, to) = if let Some((rest, numbers)) = by_place {
        (rest, To::Numbers(numbers))
    } else if let Some(found) = whole(start) {
        found
    } else {
        let start = start.skip(usize::from(start.starts_with("the")));
        let (rest, _) = phrase(Class::IssueNoun)(start)?;
        let (rest, numbers) = codes(rest)?;
        (rest, To::Numbers(numbers))
    };
    let (rest, _) = symbol(',').parse(rest)?;
    Ok((rest, to))
}

/// Reads which issues a sentence says were or will be dealt with.
///
/// `taken-up = (ordinal | issue-noun codes) ("has" | "have" | "will" | "is" | "are") ["now" | "already"] ("been" | "be" | "being" |
/// "complete" | "implemented")`: "Recommendation 2 has been implemented", "your third recommendation will be met by May".
pub fn taken_up(input: Input<'_>) -> Option<To> {
    let named = || {
        let (rest, _) = input.lexeme(Class::IssueNoun)?;
        codes(rest).ok()
    };
    let (rest, numbers) = ordinal(input).or_else(named)?;
    let (rest, _) = one_of(&["has", "have", "will", "is", "are"])(rest).ok()?;
    let rest = rest.skip(usize::from(
        ["now", "already"].iter().any(|word| rest.starts_with(word)),
    ));
    one_of(&["been", "be", "being", "complete", "implemented"])(rest).ok()?;
    Some(To::Numbers(numbers))
}

/// `whole = ["all"] "the" [number] issue-noun`, a plural: "the three areas for improvement"
fn whole(input: Input<'_>) -> Option<(Input<'_>, To)> {
    let start = input.skip(usize::from(input.starts_with("all")));
    let start = start.starts_with("the").then(|| start.skip(1))?;
    let (noun, count) = match number::magnitude(start) {
        Ok((noun, quantity)) => (noun, quantity.number.value().to_u32()),
        Err(_) => (start, None),
    };
    let (rest, _) = noun.lexeme(Class::IssueNoun).filter(|_| several(noun))?;
    Some((rest, count.map_or(To::All, To::Counted)))
}

/// `elliptic = "the" sequence`, before a stop: "As to the second, we …", "we cannot accept the fourth".
fn elliptic(input: Input<'_>) -> Option<(Input<'_>, Vec<String>)> {
    let (rest, word) = input.lexeme(Class::Sequence)?;
    let counts = word.canonical.parse::<u32>().is_ok();
    let closes = rest
        .first()
        .is_none_or(|token| matches!(token.kind, TokenKind::Symbol(',' | ';' | '.')));
    (counts && input.starts_with("the") && closes).then(|| (rest, vec![word.canonical.to_owned()]))
}

/// `ordinal = [possessive] sequence *( ("," | "and") sequence ) issue-noun | [possessive] "first" number issue-noun`: "your first
/// recommendation", "the second and third recommendations", "the first two recommendations".
fn ordinal(input: Input<'_>) -> Option<(Input<'_>, Vec<String>)> {
    let owned = ["your", "our", "this", "its", "their"]
        .iter()
        .any(|word| input.starts_with(word));
    let (mut rest, word) = input.skip(usize::from(owned)).lexeme(Class::Sequence)?;
    word.canonical.parse::<u32>().ok()?;
    let mut numbers = vec![word.canonical.to_owned()];
    if let Ok((after, quantity)) = number::magnitude(rest) {
        let (end, _) = after.lexeme(Class::IssueNoun)?;
        let count = quantity.number.value().to_u32()?;
        let opens = word.canonical == "1" && (2..=MOST_FIRST).contains(&count);
        return (opens && several(after))
            .then(|| (end, (1..=count).map(|number| number.to_string()).collect()));
    }
    while rest.starts_with("and") || is_symbol(rest, ',') {
        let (after, word) = rest.skip(1).lexeme(Class::Sequence)?;
        word.canonical.parse::<u32>().ok()?;
        numbers.push(word.canonical.to_owned());
        rest = after;
    }
    let (after, _) = rest.lexeme(Class::IssueNoun)?;
    (several(rest) == (numbers.len() > 1)).then_some((after, numbers))
}

/// `tallied = [possessive | "the"] sequence tally-noun`, the noun a singular: "your first concern".
fn tallied(input: Input<'_>) -> Option<(Input<'_>, Vec<String>)> {
    let owned = ["your", "their"].iter().any(|word| input.starts_with(word));
    let (rest, word) = input.skip(usize::from(owned)).lexeme(Class::Sequence)?;
    word.canonical.parse::<u32>().ok()?;
    let (after, _) = rest.lexeme(Class::TallyNoun)?;
    (!is_plural(rest)).then(|| (after, vec![word.canonical.to_owned()]))
}

/// Most of the first issues that are answered together.
const MOST_FIRST: u32 = 40;

/// Finds what a sentence accepts or refuses; several where it has several verbs.
///
/// `acceptance = accept-verb object | object 1*3(auxiliary) accept-verb`: "accepts all eight recommendations", "we do not
/// accept recommendation 6", "recommendations 1 to 4 are accepted".
pub fn acceptances(sentence: Input<'_>) -> Vec<Acceptance> {
    let mut found: Vec<Acceptance> = Vec::new();
    let mut rest = sentence;
    if rest.seek(STANCES).is_empty() {
        return found;
    }
    while !rest.is_empty() {
        if let Some((after, stance)) = stance(rest).filter(|_| !conditional(sentence, rest)) {
            // "Concurred in principle with recommendation 2", "Accepted: recommendations 1 and 2"
            let linked = after.starts_with("with") || is_symbol(after, ':');
            let after = after.skip(usize::from(linked));
            let more = || match (found.last().map(|last| &last.to), codes(after)) {
                (Some(To::Numbers(_)), Ok((end, numbers))) => Some((end, To::Numbers(numbers))),
                _ => None,
            };
            if let Some((end, to)) = object(after).or_else(more) {
                let (end, stance) = qualified(end, stance);
                let span = rest.span_to(end);
                let numbered = matches!(to, To::Numbers(_)) && stance == Stance::Accepted;
                found.push(Acceptance { to, stance, span });
                rest = end;
                if let Some((end, numbers)) = but_not(rest).filter(|_| numbered) {
                    found.push(Acceptance {
                        to: To::Numbers(numbers),
                        stance: Stance::Rejected,
                        span: rest.span_to(end),
                    });
                    rest = end;
                }
                continue;
            }
            rest = after;
        } else if let Some((end, acceptance)) = passive(rest).filter(|_| !supposed(sentence, rest))
        {
            found.push(acceptance);
            rest = end;
        } else {
            rest = rest.skip(1);
        }
    }
    found
}

/// What is left out behind issues that are accepted.
///
/// `but-not = [","] "but" "not" ( bracketed | [issue-noun] codes | elliptic )`: "accepts (1) and (3), but not (2)".
fn but_not(input: Input<'_>) -> Option<(Input<'_>, Vec<String>)> {
    let start = input.skip(usize::from(is_symbol(input, ',')));
    let rest = start.skip(2);
    if !(start.starts_with("but") && start.skip(1).starts_with("not")) {
        return None;
    }
    let named = phrase(Class::IssueNoun)(rest).map_or(rest, |(after, _)| after);
    bracketed(rest)
        .or_else(|| codes(named).ok())
        .or_else(|| elliptic(rest))
}

/// `bracketed = "(" code ")" *( ["," ] ["and"] "(" code ")" )`: "(1), (2) and (4)".
fn bracketed(input: Input<'_>) -> Option<(Input<'_>, Vec<String>)> {
    fn one(input: Input<'_>) -> Option<(Input<'_>, String)> {
        let (rest, number) = codes(input.skip(1)).ok()?;
        let [number] = number.as_slice() else {
            return None;
        };
        let closed = is_symbol(input, '(') && is_symbol(rest, ')');
        closed.then(|| (rest.skip(1), number.clone()))
    }
    fn joint(input: Input<'_>) -> Input<'_> {
        let rest = input.skip(usize::from(is_symbol(input, ',')));
        rest.skip(usize::from(rest.starts_with("and")))
    }
    let (mut rest, first) = one(input)?;
    let mut numbers = vec![first];
    while let Some((after, number)) = one(joint(rest)) {
        numbers.push(number);
        rest = after;
    }
    Some((rest, numbers))
}

/// Past words behind the issues that take part of the stance back: "accept recommendation 3 in principle".
fn qualified(end: Input<'_>, stance: Stance) -> (Input<'_>, Stance) {
    let partly = end.lexeme(Class::PartlyAccepted).map(|(rest, _)| rest);
    match partly.filter(|_| stance == Stance::Accepted) {
        Some(rest) => (rest, Stance::Partly),
        None => (end, stance),
    }
}

/// Whether the clause of a verb only supposes what it says: "where a recommendation is agreed, the plan says …".
fn supposed(sentence: Input<'_>, verb: Input<'_>) -> bool {
    let before = sentence.until(verb.position());
    let parts =
        |token: &super::Token| matches!(token.kind, TokenKind::Symbol(',' | ';' | ':' | '.'));
    let clause = before
        .tokens()
        .iter()
        .rposition(parts)
        .map_or(0, |at| at + 1);
    (clause..before.len()).any(|at| {
        ["if", "where", "wherever", "whether", "unless", "whenever"]
            .iter()
            .any(|word| before.skip(at).starts_with(word))
    })
}

/// Whether a word before the verb makes it a wish: "should accept", "to accept"; or its clause supposes it, or takes no side: "neither
/// agreed nor disagreed".
fn conditional(sentence: Input<'_>, verb: Input<'_>) -> bool {
    let before = sentence.until(verb.position());
    let near = before.skip(before.len().saturating_sub(4));
    if supposed(sentence, verb) || near.holds_word("neither") {
        return true;
    }
    let before = verb.position().checked_sub(1);
    before
        .filter(|&before| before >= sentence.position())
        .is_some_and(|before| {
            let word = sentence.restart(before);
            [
                "should", "must", "would", "could", "to", "if", "might", "may",
            ]
            .iter()
            .any(|wish| word.starts_with(wish))
        })
}

/// The issues that stand after a verb of accepting.
///
/// `object = "them" "all" | ("all" | "both" | "every" | "each") [number] ["of"] *4(word) [issue-noun [codes] | "them"]
///         | determiner [number] *3(word) issue-noun [codes] | issue-noun codes | bracketed`
fn object(input: Input<'_>) -> Option<(Input<'_>, To)> {
    let every = one_of(&["all", "both", "every", "each"]);
    if let Ok((after, _)) = one_of(&["them", "these", "those"])(input)
        && let Ok((after, _)) = one_of(&["all", "both"])(after)
    {
        return Some((after, To::All));
    }
    let numbers = ordinal(input)
        .or_else(|| elliptic(input))
        .or_else(|| bracketed(input));
    if let Some((after, numbers)) = numbers {
        return Some((after, To::Numbers(numbers)));
    }
    let (rest, all) = opt(every).parse(input).ok()?;
    let all = all.is_some();
    let both = input.starts_with("both").then_some(2);
    let each = ["every", "each"].iter().any(|word| input.starts_with(word));
    let (rest, count) = match number::magnitude(rest) {
        Ok((after, quantity)) => (after, quantity.number.value().to_u32().or(both)),
        Err(_) => (rest, both),
    };
    let every = count.filter(|_| all).map_or(To::All, To::Counted);
    let counted = every != To::All;
    let named = all || is_a(rest, Classes::of(&[Class::Determiner]));
    let mut words = rest;
    for _ in 0..5 {
        if let Ok((after, _)) = phrase(Class::IssueNoun)(words) {
            return match codes(after) {
                Ok((end, numbers)) => Some((end, To::Numbers(numbers))),
                Err(_) if several(words) || each => named.then_some((after, every)),
                // "The cause of concern and all the recommendations": the second says more.
                Err(_) => joined(after).or_else(|| named.then_some((after, To::Last))),
            };
        }
        if all
            && ["them", "these", "those"]
                .iter()
                .any(|word| words.starts_with(word))
            && words
                .skip(1)
                .first()
                .is_none_or(|next| next.kind != TokenKind::Word)
        {
            return Some((words.skip(1), every));
        }
        let token = words.first().filter(|token| token.kind == TokenKind::Word);
        let number = number::magnitude(words).ok();
        let stops = Classes::of(&[Class::Auxiliary, Class::Preposition, Class::Conjunction]);
        match token {
            Some(_) if is_a(words, stops) && !words.starts_with("of") => break,
            Some(_) => words = number.map_or(words.skip(1), |(after, _)| after),
            None => break,
        }
    }
    counted.then_some((rest, every))
}

/// `joined = "and" [determiner | "all"] *3(word) issue-noun`, a plural
fn joined(input: Input<'_>) -> Option<(Input<'_>, To)> {
    let (rest, _) = one_of(&["and"])(input).ok()?;
    (0..=3).find_map(|words| {
        let here = rest.skip(words);
        let (after, _) = here.lexeme(Class::IssueNoun)?;
        several(here).then_some((after, To::All))
    })
}

/// Whether the issue noun that stands here is a plural: "recommendations", "areas for improvement".
fn several(noun: Input<'_>) -> bool {
    (0..noun
        .lexeme(Class::IssueNoun)
        .map_or(0, |(rest, _)| rest.position() - noun.position()))
        .any(|at| is_plural(noun.skip(at)))
}

/// `passive = (["all"] *3(word) issue-noun [codes] | ordinal) 1*4(auxiliary | adverb) stance`
fn passive(input: Input<'_>) -> Option<(Input<'_>, Acceptance)> {
    const DENIALS: [&str; 4] = ["not", "cannot", "can't", "never"];
    let (rest, to) = if let Some((after, numbers)) = ordinal(input) {
        (after, To::Numbers(numbers))
    } else {
        let (rest, _) = input.lexeme(Class::IssueNoun)?;
        match codes(rest) {
            Ok((after, numbers)) => (after, To::Numbers(numbers)),
            Err(_) => (rest, if several(input) { To::All } else { To::Last }),
        }
    };
    let mut verb = rest;
    let mut denied = false;
    for _ in 0..4 {
        if let Some((end, stance)) = stance(verb) {
            let stance = if denied { Stance::Rejected } else { stance };
            let auxiliary = is_a(verb, Classes::of(&[Class::Auxiliary]));
            let helped = auxiliary || verb.position() > rest.position() || is_symbol(rest, ':');
            let (end, stance) = qualified(end, stance);
            let span = input.span_to(end);
            return helped.then_some((end, Acceptance { to, stance, span }));
        }
        let helps = Classes::of(&[Class::Auxiliary, Class::Adverb, Class::Negation]);
        let modal = verb.lexeme(Class::Modal).map(|(_, word)| word.canonical);
        let wished = modal.is_some_and(|kind| matches!(kind, "duty" | "chance"));
        if wished || !is_a(verb, helps) && !is_symbol(verb, ':') {
            return None;
        }
        denied |= DENIALS.iter().any(|word| verb.starts_with(word));
        verb = verb.skip(1);
    }
    None
}

fn is_symbol(input: Input<'_>, mark: char) -> bool {
    input
        .first()
        .is_some_and(|token| token.kind == TokenKind::Symbol(mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::testing::with_input;

    fn written(to: &To) -> String {
        match to {
            To::Last => "last".to_owned(),
            To::All => "all".to_owned(),
            To::Counted(count) => format!("all {count}"),
            To::Numbers(numbers) => numbers.join(" "),
        }
    }

    #[track_caller]
    fn label(text: &str, expected: Option<&str>) {
        let found = with_input(text, |input| {
            response_label(input)
                .ok()
                .map(|(_, label)| written(&label.to))
        });
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn labels_say_what_they_answer() {
        label("Response: We will", Some("last"));
        label(
            "Trust response to recommendations 4 and 5: Done",
            Some("4 5"),
        );
        label("Our response to areas 1 to 3: Done", Some("1 2 3"));
        label("The council’s response: Done", Some("last"));
        label("Response 7: Done", Some("7"));
        label("Response to all recommendations: Done", Some("all"));
        label("Action: We will", Some("last"));
        label("Response from the governors: We", Some("last"));
        label("What we will do: hire", Some("last"));
        label("Our response", Some("last"));
        label("Accepted.", Some("last"));
        label("Partly agreed – when funds allow", Some("last"));
        label("60-day response", Some("last"));
        label("Response (March 2020)", Some("last"));
        label(
            "Annual Follow-Up Agency Response From May 2012",
            Some("last"),
        );
    }

    #[test]
    fn other_lines_are_no_labels() {
        label("Agreed plans are late", None);
        label("Response times: five minutes", None);
        label("Action was taken", None);
        label("In response to the report: we", None);
        label("The board gave this response: no", None);
        label("Actions 3 were late", None);
        label("The new plan for the response", None);
        label("30 days to the response", None);
        label("Complete the overdue repair actions.", None);
    }

    #[track_caller]
    fn stance_of(text: &str, expected: Option<&str>) {
        let found = with_input(text, |input| opening_stance(input).map(Stance::symbol));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_response_opens_with_its_stance() {
        stance_of("Accepted.", Some("accepted"));
        stance_of("We agree and have begun.", Some("accepted"));
        stance_of("Partially accepted.", Some("partly"));
        stance_of("Not accepted.", Some("rejected"));
        stance_of(
            "The trust does not accept this recommendation.",
            Some("rejected"),
        );
        stance_of(
            "This recommendation is accepted in principle.",
            Some("partly"),
        );
        stance_of("The board agreed to build.", None);
        stance_of("The board agreed a plan.", None);
        stance_of("Training has begun.", None);
        stance_of("A calendar of visits has been agreed.", None);
        stance_of("This has been agreed.", Some("accepted"));
        stance_of("Non-concur.", Some("rejected"));
        stance_of("Partially concur.", Some("partly"));
        stance_of("Agree in principle.", Some("partly"));
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = with_input(text, |input| {
            let found = acceptances(input).into_iter();
            found
                .map(|found| (written(&found.to), found.stance.symbol()))
                .collect::<Vec<_>>()
        });
        let expected: Vec<_> = expected
            .iter()
            .map(|&(to, stance)| (to.to_owned(), stance))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn sentences_accept_or_refuse() {
        check("We accept all of them.", &[("all", "accepted")]);
        check("We have accepted them all.", &[("all", "accepted")]);
        check("Staff agreed with the findings.", &[]);
        check(
            "It neither agreed nor disagreed with the recommendations.",
            &[],
        );
        check(
            "The chief executive accepts all five.",
            &[("all 5", "accepted")],
        );
        check(
            "The board accepts all nine of the recommendations.",
            &[("all 9", "accepted")],
        );
        check(
            "We accept the inspectorate's recommendations in full.",
            &[("all", "accepted")],
        );
        check("We do not accept recommendation 6.", &[("6", "rejected")]);
        check("We reject this recommendation.", &[("last", "rejected")]);
        check(
            "We accept the cause of concern and the two recommendations.",
            &[("all", "accepted")],
        );
        check(
            "We accept recommendations 1 to 3 and reject recommendation 4.",
            &[("1 2 3", "accepted"), ("4", "rejected")],
        );
        check(
            "Recommendations 1 and 2 are accepted.",
            &[("1 2", "accepted")],
        );
        check(
            "All recommendations have been accepted.",
            &[("all", "accepted")],
        );
        check("Recommendation 6: not accepted", &[("6", "rejected")]);
        check(
            "We accept recommendations 1 to 3 and partially accept 4.",
            &[("1 2 3", "accepted"), ("4", "partly")],
        );
        check(
            "The second recommendation is not accepted.",
            &[("2", "rejected")],
        );
        check("We accept the first recommendation.", &[("1", "accepted")]);
        check(
            "The agency concurred with our recommendations.",
            &[("all", "accepted")],
        );
        check(
            "Recommendation 2 is partially accepted.",
            &[("2", "partly")],
        );
    }

    #[test]
    fn a_stance_is_taken_back_in_part_behind_the_issues() {
        check(
            "We accept recommendations 2 and 4 in part.",
            &[("2 4", "partly")],
        );
        check(
            "It accepts recommendations 1 and 2, accepts recommendation 3 in principle and rejects recommendation 4.",
            &[("1 2", "accepted"), ("3", "partly"), ("4", "rejected")],
        );
        check(
            "Recommendation 2 is accepted in principle.",
            &[("2", "partly")],
        );
        check("We reject recommendation 2 in part.", &[("2", "rejected")]);
    }

    #[test]
    fn issues_are_named_by_their_place() {
        check(
            "The agency concurred with our first recommendation.",
            &[("1", "accepted")],
        );
        check(
            "It did not concur with the second recommendation.",
            &[("2", "rejected")],
        );
        check("The firm disputed the order.", &[("last", "rejected")]);
        check("The agency concurred at first.", &[]);
        check(
            "We accept your first three recommendations.",
            &[("1 2 3", "accepted")],
        );
        check(
            "We accept the second and fourth recommendations.",
            &[("2 4", "accepted")],
        );
        check("We accept the first three findings.", &[]);
        check(
            "We cannot accept the fourth, as funds are short.",
            &[("4", "rejected")],
        );
        check("We cannot accept the fourth floor.", &[]);
    }

    #[test]
    fn what_a_clause_supposes_is_not_said() {
        check(
            "Where a recommendation is agreed, the plan says what is done.",
            &[],
        );
        check("If a recommendation is not accepted, we say why.", &[]);
        check("Unless we accept recommendation 2, it falls.", &[]);
        check(
            "If funds allow, we will build; we accept recommendation 2.",
            &[("2", "accepted")],
        );
        check(
            "The board concurred with recommendation 1 and concurred in principle with recommendation 2.",
            &[("1", "accepted"), ("2", "partly")],
        );
        check(
            "We agree in part with recommendation 2.",
            &[("2", "partly")],
        );
        check(
            "Recommendation 6 cannot be accepted as it is.",
            &[("6", "rejected")],
        );
        check("Recommendation 6 should be accepted.", &[]);
        check("Accepted: recommendations 1 and 4", &[("1 4", "accepted")]);
        check(
            "The council does not support this recommendation.",
            &[("last", "rejected")],
        );
    }

    #[test]
    fn what_was_done_about_an_issue_is_told_by_its_name() {
        let taken = |text: &str| with_input(text, |input| taken_up(input).map(|to| written(&to)));
        assert_eq!(
            taken("Recommendation 2 has been met.").as_deref(),
            Some("2")
        );
        assert_eq!(
            taken("Your third recommendation will be met by May.").as_deref(),
            Some("3")
        );
        assert_eq!(taken("Recommendation 2 has merit."), None);
        assert_eq!(taken("Step 2 has been taken."), None);
    }

    #[track_caller]
    fn addressed(text: &str, expected: Option<&str>) {
        let found = with_input(text, |input| {
            addressee(input).ok().map(|(_, to)| written(&to))
        });
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn letters_take_issues_by_their_place() {
        addressed("On your first recommendation, the list is out.", Some("1"));
        addressed("As to the second, we shall train staff.", Some("2"));
        addressed("With regard to recommendation 3, we have", Some("3"));
        addressed("As to the second floor, we shall paint it.", None);
        addressed("As to your letter, we have", None);
        addressed("In response to your first concern, checks", Some("1"));
        addressed("As regards the second concern, staff", Some("2"));
        addressed("As regards the second concerns, staff", None);
    }

    #[test]
    fn some_are_accepted_and_others_left_out() {
        check(
            "The board accepts (1) and (3), but not (2).",
            &[("1 3", "accepted"), ("2", "rejected")],
        );
        check(
            "The board accepts (1), (2) and (4).",
            &[("1 2 4", "accepted")],
        );
        check(
            "We accept recommendations 1 to 3 but not 4.",
            &[("1 2 3", "accepted"), ("4", "rejected")],
        );
        check(
            "We accept recommendation 1, but not recommendation 2.",
            &[("1", "accepted"), ("2", "rejected")],
        );
        check(
            "We accept recommendation 1 but not the cost.",
            &[("1", "accepted")],
        );
        check("The board accepts (in part) what was said.", &[]);
    }

    #[test]
    fn other_things_are_accepted_too() {
        check("We accept the findings.", &[]);
        check("We accept the rating.", &[]);
        check("The council should accept all recommendations.", &[]);
        check("The board agreed to build a hall.", &[]);
        check("We accept that more must be done.", &[]);
        check("The agency concurred with our findings.", &[]);
    }
}
