//! Movements in time: what rose, fell, improved or stayed, from what, to what and by how much.

use rust_decimal::Decimal;

use super::{
    Class, Classes, Input, Parsed, TokenKind, base,
    level::{self, Level},
    noun,
    number::{Quantity, quantity},
    past,
};
use crate::{span::Span, value::Unit};

/// Which way something moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// It rose.
    Up,
    /// It fell.
    Down,
    /// It stayed.
    Unchanged,
    /// It improved, in evaluative words.
    Better,
    /// It got worse, in evaluative words.
    Worse,
    /// Whatever the two values say.
    ByValues,
}

/// Where the value that a movement ended at may stand, when the movement itself does not give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Nowhere: "complaints rose by 12%".
    Within,
    /// Before it in the sentence: "81%, up from 76%", "81%, a rise of five points".
    Back,
    /// In the sentence before: "This is a fall of 8%." So does the earlier one: "It has dropped to 12%."
    Previous,
}

/// A movement as it stands in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// Which way.
    pub direction: Direction,
    /// The earlier value.
    pub from: Option<Level>,
    /// The later value.
    pub to: Option<Level>,
    /// The size of the movement.
    pub by: Option<Quantity>,
    /// The multiple: 2 for "doubled".
    pub factor: Option<Decimal>,
    /// What moves, where it follows the verb or noun: "cut the cost", "a rise in calls".
    pub object: Option<Span>,
    /// The words that name the period it starts from.
    pub since: Option<Span>,
    /// The words that name the period it ends in.
    pub period: Option<Span>,
    /// Where the later value may stand.
    pub reach: Reach,
    /// First token, an amount before a noun included.
    pub first: usize,
    /// Index of the token after its last value.
    pub end: usize,
    /// Token of the verb, noun or particle.
    pub trigger: usize,
    /// From the first token to the last value.
    pub span: Span,
}

/// Classes at which a movement is looked for.
pub const TRIGGERS: Classes = Classes::of(&[
    Class::Up,
    Class::Down,
    Class::Unchanged,
    Class::Improved,
    Class::Worsened,
    Class::Moved,
    Class::Multiple,
]);

const DIRECTIONS: [(Class, Direction); 6] = [
    (Class::Unchanged, Direction::Unchanged),
    (Class::Up, Direction::Up),
    (Class::Down, Direction::Down),
    (Class::Improved, Direction::Better),
    (Class::Worsened, Direction::Worse),
    (Class::Moved, Direction::ByValues),
];

/// Words that a measure is the subject of.
pub const VERBS: Classes = noun::VERBS.or(Classes::of(&[Class::Moved]));

/// Words between a verb and its first value ("cut the cost of supply staff from"), and between two values.
const GAP: usize = 14;

/// Tokens that are read after the word of a movement at most: a bound that keeps the cost linear.
const LONGEST: usize = 90;

/// Words that a value that nothing but "to" introduces may stand from its verb: "rose again to".
const NEAR: usize = 2;

/// Every movement of a sentence, in order; `levels` are the sentence's.
pub fn movements(sentence: Input<'_>, levels: &[Level]) -> Vec<Movement> {
    let mut found: Vec<Movement> = Vec::new();
    let mut rest = sentence.seek(TRIGGERS);
    while !rest.is_empty() {
        rest = match movement(rest, sentence, levels) {
            Ok((after, movement)) => gapped(after, sentence, movement, &mut found),
            Err(_) => rest.skip(1),
        }
        .seek(TRIGGERS);
    }
    found
}

/// Adds a movement and those that share its verb; gives back what is left to read.
///
/// ```text
/// gapped = movement *( ([","] ["and" | "while"] noun-phrase | "or") "from" level "to" level ) | movement "and" level [","] "respectively"
/// ```
///
/// "Trust rose from 40% to 47% and pride from 30% to 33%", "Trust and pride rose to 47% and 33% respectively", "rose by 63%, or from
/// 35% to 56%".
fn gapped<'a>(
    after: Input<'a>,
    sentence: Input<'a>,
    movement: Movement,
    found: &mut Vec<Movement>,
) -> Input<'a> {
    let mut rest = after;
    let verb = movement.from.is_some() && movement.to.is_some();
    let mut last = movement.clone();
    found.push(movement);
    for _ in 0..GAPPED {
        let next = if verb {
            same_verb(rest, &last)
        } else if last.by.is_some() && last.to.is_none() {
            same_amount(rest, &last).or_else(|| same_verb(rest, &last))
        } else {
            respectively(rest, &last)
        };
        let Some((after, next)) = next else { break };
        last = Movement {
            span: sentence.restart(next.first).until(after.position()).span(),
            ..next
        };
        found.push(last.clone());
        rest = after;
    }
    rest
}

/// Movements that share one verb at most.
const GAPPED: usize = 8;

/// `([","] ["and" | "while"] noun-phrase | "or") "from" level "to" level`: "and thefts from 12 to 15"; "[rose by 63%] or from 35% to
/// 56%", which tells of the same in other figures. Where the values of the first stand in brackets, so do these: "[a rise in Ayr (from
/// 7 to 8]) and in Bute (from 3 to 5)".
fn same_verb<'a>(input: Input<'a>, last: &Movement) -> Option<(Input<'a>, Movement)> {
    let closed = input.starts_with(")");
    let mut start = input.skip(usize::from(closed));
    let mut joined = false;
    for mark in [",", ";", "and", "while"] {
        if start.starts_with(mark) {
            start = start.skip(1);
            joined = true;
        }
    }
    let again = start.starts_with("or") && last.from.is_none();
    if again {
        start = start.skip(1);
        joined = true;
    }
    let (least, most) = if again { (0, 0) } else { (1, noun::REACH / 4) };
    let at = (least..=most).find(|&at| start.skip(at).starts_with("from"))?;
    let bracket = at > 1 && start.skip(at - 1).starts_with("(");
    if bracket != closed {
        return None;
    }
    let words = start.until(start.position() + at - usize::from(bracket));
    if !again && last.from.is_none() {
        return None;
    }
    let plain = words
        .tokens()
        .iter()
        .all(|token| token.kind == TokenKind::Word && !token.classes.meets(TRIGGERS))
        && !words.starts().any(|here| noun::is_a(here, NOT_GAPPED));
    let (rest, from) = level::level(skip_words(start.skip(at + 1))).ok()?;
    let rest = base::period(rest).map_or(rest, |(after, _)| after);
    if !joined || !plain || !rest.starts_with("to") {
        return None;
    }
    let (rest, to) = level::level(skip_words(rest.skip(1))).ok()?;
    let next = Movement {
        from: Some(from),
        to: Some(to),
        by: None,
        factor: None,
        object: if again {
            last.object
        } else {
            Some(words.span())
        },
        since: last.since,
        reach: Reach::Within,
        first: start.position(),
        end: rest.position(),
        ..last.clone()
    };
    Some((rest, next))
}

/// `[","] ["and" | "while"] noun-phrase ["by"] quantity`, the quantity of the same unit and nothing after it: "fell by 15% and
/// thefts by 22%".
fn same_amount<'a>(input: Input<'a>, last: &Movement) -> Option<(Input<'a>, Movement)> {
    /// Longest name before its amount.
    const LONGEST: usize = 6;
    let by = last.by.as_ref()?;
    let mut start = input;
    let mut joined = false;
    for mark in [",", ";", "and", "while"] {
        if start.starts_with(mark) {
            start = start.skip(1);
            joined = true;
        }
    }
    let unit = by.number.unit();
    if !joined || !matches!(unit, Unit::Percent | Unit::Points) {
        return None;
    }
    let read = |at: usize| {
        let here = start.skip(at);
        let value = here.skip(usize::from(here.starts_with("by")));
        let (rest, level) = level::level(value).ok()?;
        Some((start.until(start.position() + at), rest, level))
    };
    let (words, rest, level) = (1..=LONGEST).find_map(read)?;
    let stops = NOT_GAPPED.or(Classes::of(&[Class::Verb, Class::Reference]));
    let plain = words
        .tokens()
        .iter()
        .all(|token| token.kind == TokenKind::Word && !token.classes.meets(TRIGGERS))
        && !words
            .starts()
            .any(|here| noun::is_a(here, stops) || noun::is_participle(here));
    let ends = rest.first().is_none_or(|token| {
        matches!(token.kind, TokenKind::Symbol('.' | ',' | ';' | ')')) || rest.starts_with("and")
    }) || base::period(rest).is_ok();
    let next = Movement {
        by: Some(level.quantity.clone()),
        object: Some(words.span()),
        reach: Reach::Within,
        first: start.position(),
        end: rest.position(),
        ..last.clone()
    };
    (plain && ends && level.quantity.number.unit() == unit).then_some((rest, next))
}

const NOT_GAPPED: Classes = Classes::of(&[Class::Auxiliary, Class::Pronoun, Class::Conjunction]);

/// `"and" level [","] "respectively"`, after a movement with a later value alone.
fn respectively<'a>(input: Input<'a>, last: &Movement) -> Option<(Input<'a>, Movement)> {
    if last.to.is_none() || !input.starts_with("and") {
        return None;
    }
    let (rest, to) = level::level(input.skip(1)).ok()?;
    let end = if rest.starts_with(",") {
        rest.skip(1)
    } else {
        rest
    };
    let next = Movement {
        to: Some(to),
        first: input.position() + 1,
        end: rest.position(),
        ..last.clone()
    };
    end.starts_with("respectively")
        .then_some((end.skip(1), next))
}

/// Reads a movement at its verb, noun or particle.
///
/// ```text
/// movement   = ( verb | [amount] noun | particle | multiple ) tail [apposition]
/// tail       = *( "from" level | "to" level | ["by"] fraction | "by" quantity | "of" quantity | quantity | "at" level | period | word )
/// apposition = ("," | "(" | "–") ["which is"] ["a"] ( quantity noun | (noun | particle) ["of" | "by"] quantity )
/// ```
///
/// "fell from 3,120 in 2022-23 to 2,860", "cut the cost of cleaning from £31,000 to £20,000", "a 9.6% reduction from 1,237",
/// "rose from 8,400 to 9,870, an increase of 17.5%", "down by 3.2 percentage points to 6.1%".
pub fn movement<'a>(
    input: Input<'a>,
    sentence: Input<'a>,
    levels: &[Level],
) -> Parsed<'a, Movement> {
    let (rest, head) = head(input)?;
    let amount =
        amount_before(input, levels).filter(|_| head.role != "particle" || rest.starts_with("on"));
    let Some(form) = form(input, sentence, head, amount.is_some()) else {
        return input.miss();
    };
    let mut tail = Tail::new(rest, head);
    tail.by = amount.map(|amount| amount.quantity.clone());
    tail.read_object(form);
    tail.read();
    tail.apposition();
    let first = amount.map_or(input.position(), |amount| amount.tokens.start);
    let reach = reach(form, sentence, first, &tail);
    if !tail.holds(form, reach) {
        return input.miss();
    }
    let last = tail.end.max(rest.position());
    let movement = Movement {
        direction: head.direction,
        from: tail.from,
        to: tail.to,
        by: tail.by,
        factor: tail.factor,
        object: tail.object,
        since: tail.since,
        period: tail.period,
        reach,
        first,
        end: last,
        trigger: input.position(),
        span: sentence.restart(first).until(last).span(),
    };
    Ok((input.restart(last), movement))
}

/// The word that a movement is stated with.
#[derive(Clone, Copy, Debug)]
struct Head<'a> {
    direction: Direction,
    role: &'a str,
    factor: Option<Decimal>,
}

/// Reads the word of a movement.
///
/// `head = up | down | improved | worsened | unchanged | moved | multiple [noun]`, a multiple only where it is a verb
/// ("doubled") or stands before a noun ("a four-fold increase").
fn head(input: Input<'_>) -> Parsed<'_, Head<'_>> {
    if input.lexeme(Class::Below).is_some() {
        // "Fell short of" compares.
        return input.miss();
    }
    for (class, direction) in DIRECTIONS {
        if let Some((rest, word)) = input.lexeme(class) {
            let head = Head {
                direction,
                role: word.canonical,
                factor: None,
            };
            return Ok((rest, head));
        }
    }
    let Some((rest, word)) = input.lexeme(Class::Multiple) else {
        return input.miss();
    };
    let noun = rest.lexeme(Class::Up).map(|(rest, _)| rest);
    let text = input.span_to(rest);
    let verb = crate::span::text_at(input.lexed().text, text)
        .to_ascii_lowercase()
        .ends_with("ed");
    match Decimal::from_str_exact(word.canonical) {
        Ok(factor) if verb || noun.is_some() => {
            let down = factor < Decimal::ONE;
            let head = Head {
                direction: if down { Direction::Down } else { Direction::Up },
                role: "multiple",
                factor: Some(factor),
            };
            Ok((noun.unwrap_or(rest), head))
        }
        _ => input.miss(),
    }
}

/// How a movement is put into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// "rose".
    Verb,
    /// "will rise", "to reduce": a plan.
    Plan,
    /// "a rise".
    Noun,
    /// "up", after a comma, a bracket or a form of be.
    Particle,
}

/// How the word at `input` is used; `None` where it means something else ("set up", "the cut").
fn form(input: Input<'_>, sentence: Input<'_>, head: Head<'_>, amount: bool) -> Option<Form> {
    let at = input.position();
    let before = at
        .checked_sub(1)
        .filter(|&before| before >= sentence.position())
        .map(|before| sentence.restart(before));
    if before.is_some_and(is_elsewhere) {
        return None;
    }
    if head.role == "particle" {
        let opened = before.is_none_or(|before| {
            const OPENS: Classes = Classes::of(&[Class::Auxiliary, Class::Adverb]);
            let mark = before.first().is_some_and(|token| {
                matches!(
                    token.kind,
                    TokenKind::Symbol(',' | '(' | '–' | '—' | '-' | ';')
                )
            });
            mark || noun::is_a(before, OPENS) || before.starts_with("and")
        });
        return (opened || amount || goes_from_to(input)).then_some(Form::Particle);
    }
    if before.is_none_or(|before| before.first().is_none()) && head.role == "verb" {
        return Some(Form::Plan);
    }
    if amount || head.role != "multiple" && follows_article(sentence, at) {
        return Some(Form::Noun);
    }
    if head.role == "noun" {
        return Some(Form::Noun);
    }
    Some(if is_plan(sentence, at) || is_listed_plan(sentence, at) {
        Form::Plan
    } else {
        Form::Verb
    })
}

/// Whether both values follow a particle: "waits down from nine weeks to three".
fn goes_from_to(input: Input<'_>) -> bool {
    let from = input.skip(1);
    from.starts_with("from")
        && level::level(from.skip(1))
            .is_ok_and(|(rest, _)| rest.starts_with("to") && level::level(rest.skip(1)).is_ok())
}

/// Whether a word makes the movement that of another body: "a national fall".
fn is_elsewhere(before: Input<'_>) -> bool {
    before
        .lexeme(Class::Reference)
        .is_some_and(|(_, word)| matches!(word.canonical, "scope" | "country" | "peer"))
}

/// Whether an article stands before token `at`, at most two adjectives away: "a slight reduction".
fn follows_article(sentence: Input<'_>, at: usize) -> bool {
    const STOPS: Classes = Classes::of(&[Class::Auxiliary, Class::Verb, Class::Preposition]);
    for back in 1..=3 {
        let Some(before) = at.checked_sub(back).filter(|&at| at >= sentence.position()) else {
            return false;
        };
        let here = sentence.restart(before);
        if ["a", "an"].iter().any(|article| here.starts_with(article)) {
            return true;
        }
        let article = ["the", "this", "that", "no", "any", "further"];
        if back == 1 && article.iter().any(|article| here.starts_with(article)) {
            return true;
        }
        let word = here
            .first()
            .is_some_and(|token| token.kind == TokenKind::Word);
        if !word || noun::is_a(here, STOPS) || noun::is_plural(here) {
            return false;
        }
    }
    false
}

/// Whether a verb speaks of what is planned: after "to" (but not "continued to") or a modal verb.
pub fn is_plan(sentence: Input<'_>, at: usize) -> bool {
    const SKIPPED: Classes = Classes::of(&[Class::Auxiliary, Class::Adverb, Class::Negation]);
    for back in 1..=4 {
        let Some(before) = at.checked_sub(back).filter(|&at| at >= sentence.position()) else {
            return false;
        };
        let here = sentence.restart(before);
        if here.starts_with("to") {
            let goes_on = before
                .checked_sub(1)
                .map(|at| sentence.restart(at))
                .and_then(|verb| verb.first().map(|token| verb.text_of(token)))
                .is_some_and(|verb| {
                    [
                        "continued",
                        "continues",
                        "began",
                        "started",
                        "fallen",
                        "risen",
                    ]
                    .iter()
                    .any(|word| verb.eq_ignore_ascii_case(word))
                });
            return !goes_on;
        }
        if here.lexeme(Class::Modal).is_some() {
            return true;
        }
        if !noun::is_a(here, SKIPPED) {
            return false;
        }
    }
    false
}

/// Whether a verb is one of several that are planned: "should recruit nurses and reduce waits".
fn is_listed_plan(sentence: Input<'_>, at: usize) -> bool {
    let least = sentence.position();
    let joined = at
        .checked_sub(1)
        .filter(|&before| before >= least)
        .map(|before| sentence.restart(before))
        .is_some_and(|before| {
            ["and", "or", ","]
                .iter()
                .any(|word| before.starts_with(word))
        });
    joined
        && (least..at).rev().take(noun::REACH).any(|before| {
            let here = sentence.restart(before);
            let modal = here.lexeme(Class::Modal).map(|(_, word)| word.canonical);
            modal.is_some_and(|kind| matches!(kind, "future" | "duty"))
        })
}

/// An amount right before a noun, at most one adjective away: "a 9.6% reduction", "a 12 point drop".
fn amount_before<'l>(input: Input<'_>, levels: &'l [Level]) -> Option<&'l Level> {
    let at = input.position();
    let end = levels.partition_point(|level| level.tokens.end <= at);
    let level = levels.get(..end)?.last()?;
    let between = input.widen(level.tokens.end).until(at);
    let unit = level.quantity.number.unit();
    let near = between.is_empty()
        || between.len() == 1
            && between
                .first()
                .is_some_and(|token| token.kind == TokenKind::Word)
            && !noun::is_a(between, NOT_ADJECTIVES)
            && !noun::is_plural(between);
    let amount = matches!(unit, Unit::Percent | Unit::Points) || unit.is_money();
    (near && amount).then_some(level)
}

const NOT_ADJECTIVES: Classes = Classes::of(&[
    Class::Auxiliary,
    Class::Verb,
    Class::Preposition,
    Class::Conjunction,
    Class::Determiner,
    Class::Pronoun,
]);

/// Where the later value may stand: what comes before the movement says so.
fn reach(form: Form, sentence: Input<'_>, first: usize, tail: &Tail<'_>) -> Reach {
    let before = sentence.until(first);
    let stays = tail.head.direction == Direction::Unchanged;
    if matches!(form, Form::Verb | Form::Plan) && !stays {
        if tail.from.is_some() && tail.to.is_none() && opens_aside(before) {
            return Reach::Back;
        }
        let subject = noun::subject(sentence, first);
        let pronoun = subject.is_some_and(|subject| subject.pronoun) || points_back(sentence);
        return match () {
            () if !pronoun || tail.from.is_some() == tail.to.is_some() => Reach::Within,
            () if tail.from.is_none() && (tail.by.is_some() || before.len() > 5) => Reach::Within,
            () if before.len() <= 5 => Reach::Previous,
            () => Reach::Back,
        };
    }
    if form == Form::Particle
        && before
            .tokens()
            .last()
            .is_some_and(|last| before.text_of(last) == "and")
    {
        return Reach::Back;
    }
    let mut rest = before;
    for _ in 0..6 {
        let Some(last) = rest.tokens().last() else {
            return Reach::Within;
        };
        match last.kind {
            TokenKind::Symbol(',' | '(' | '–' | '—' | '-' | ';') => return Reach::Back,
            TokenKind::Word => {}
            _ => return Reach::Within,
        }
        rest = rest.until(rest.position() + rest.len() - 1);
        let pronoun = ["this", "that", "it", "which"]
            .iter()
            .any(|word| rest.text_of(last).eq_ignore_ascii_case(word));
        if pronoun {
            return if rest.len() <= 2 {
                Reach::Previous
            } else {
                Reach::Back
            };
        }
    }
    Reach::Within
}

/// Whether words end in "which" after a comma, so that the verb behind them says something of what stands before it: "51%, which
/// has [increased]".
fn opens_aside(before: Input<'_>) -> bool {
    /// Auxiliaries before a verb, at most.
    const HELPERS: usize = 3;
    let helpers = before.tokens().iter().rev().take(HELPERS);
    let helpers = helpers.take_while(|token| token.classes.has(Class::Auxiliary));
    let mut words = before.tokens().iter().rev().skip(helpers.count());
    let which = words
        .next()
        .is_some_and(|token| before.text_of(token).eq_ignore_ascii_case("which"));
    let comma = words.next();
    which && comma.is_some_and(|token| token.kind == TokenKind::Symbol(','))
}

/// Whether a sentence is about a figure of the one before: "That figure", "The rate".
fn points_back(sentence: Input<'_>) -> bool {
    let pointer = ["this", "that", "the"]
        .iter()
        .any(|word| sentence.starts_with(word));
    let weak = sentence.skip(1).lexeme(Class::Reference);
    pointer
        && weak.is_some_and(|(rest, word)| {
            word.canonical == "weak"
                && noun::is_a(
                    rest,
                    Classes::of(&[Class::Auxiliary, Class::Up, Class::Down]),
                )
        })
}

/// What follows the word of a movement, as far as it was read.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a word that stands there or not"
)]
struct Tail<'a> {
    rest: Input<'a>,
    start: usize,
    head: Head<'a>,
    from: Option<Level>,
    to: Option<Level>,
    by: Option<Quantity>,
    factor: Option<Decimal>,
    since: Option<Span>,
    period: Option<Span>,
    /// Words passed over since the head or the last value.
    skipped: usize,
    /// Whether "to" and its value stand far from the head, with nothing between them read.
    far: bool,
    /// Whether the later value is a bound, for which another may follow: "dipped below 80% for the first time, to 78.5%".
    bounded: bool,
    /// Whether grades move: "from two stars to three".
    graded: bool,
    /// Whether the size of the movement is a fraction in words: "up by a quarter", which is no figure.
    fraction: bool,
    /// What the verb moves, or the noun is a movement of: "the cost of supply staff", "in calls".
    object: Option<Span>,
    /// Index of the token after the last value.
    end: usize,
}

impl<'a> Tail<'a> {
    fn new(rest: Input<'a>, head: Head<'a>) -> Self {
        Self {
            rest,
            start: rest.position(),
            head,
            from: None,
            to: None,
            by: None,
            factor: head.factor,
            since: None,
            period: None,
            skipped: 0,
            far: false,
            bounded: false,
            graded: false,
            fraction: false,
            object: None,
            end: rest.position(),
        }
    }

    fn started(&self) -> bool {
        self.from.is_some()
            || self.to.is_some()
            || self.by.is_some()
            || self.fraction
            || self.head.role == "multiple"
    }

    /// Notes what moves, where it follows the head: the object of a verb, or "in" and a noun phrase after a noun.
    fn read_object(&mut self, form: Form) {
        let here = self.rest;
        let noun = form == Form::Noun && (here.starts_with("in") || here.starts_with("of"));
        let start = if noun { here.skip(1) } else { here };
        let verb =
            matches!(form, Form::Verb | Form::Plan) && self.head.direction != Direction::Unchanged;
        if (noun || verb)
            && base::period(here).is_err()
            && level::level(start).is_err()
            && let Ok((after, object)) = noun::noun_phrase(start)
            && (noun
                || ["from", "by", "to"]
                    .iter()
                    .any(|word| after.starts_with(word)))
        {
            self.object = Some(object.span);
        }
    }

    /// Reads values and periods until the clause ends.
    fn read(&mut self) {
        while let Some(token) = self.rest.first() {
            let goes_on = match token.kind {
                TokenKind::Symbol(',') => self.comma(),
                TokenKind::Symbol('(') => self.bracket(),
                TokenKind::Symbol('’' | '\'' | '-') => {
                    self.rest = self.rest.skip(1);
                    true
                }
                TokenKind::Symbol('–' | '—' | ':') => {
                    let from = self.rest.skip(1);
                    from.starts_with("from") && self.value_from(from.skip(1))
                }
                TokenKind::Symbol('£' | '€' | '$') | TokenKind::Number => {
                    self.amount() || self.period() || self.skip()
                }
                TokenKind::Word | TokenKind::Ordinal | TokenKind::YearSpan => self.word(),
                _ => false,
            };
            let read = self.rest.position().saturating_sub(self.start);
            if !goes_on || self.skipped > GAP || read > LONGEST {
                break;
            }
        }
    }

    fn word(&mut self) -> bool {
        let here = self.rest;
        if here.starts_with("from") && self.value_from(here.skip(1))
            || here.starts_with("to") && !self.is_governed() && self.value_to(here.skip(1))
            || here.starts_with("by") && self.value_by(here.skip(1))
            || here.starts_with("of") && self.skipped == 0 && self.value_by(here.skip(1))
            || here.starts_with("at") && self.value_at(here.skip(1))
            || self.multiple()
            || self.by_fraction()
            || self.amount()
            || self.base_level()
            || self.on_base()
            || self.after_peak()
            || self.when_it_was()
            || self.period()
        {
            return true;
        }
        !self.ends_here() && self.skip()
    }

    /// Whether the clause ends at a word: another movement, a comparison, a subordinating word.
    fn ends_here(&self) -> bool {
        const ENDS: Classes = Classes::of(&[
            Class::Up,
            Class::Down,
            Class::Improved,
            Class::Worsened,
            Class::Moved,
            Class::ComparedWith,
        ]);
        let joins = self.rest.starts_with("and") || self.rest.starts_with("or");
        let conjunction = noun::is_a(self.rest, Classes::of(&[Class::Conjunction]))
            && !self.rest.starts_with("that")
            && !self.rest.starts_with("who");
        noun::is_a(self.rest, ENDS)
            || conjunction && (!joins || self.started())
            || noun::is_a(self.rest, Classes::of(&[Class::Auxiliary])) && !self.in_relative()
    }

    /// Whether "that" or "who" stands right before, so that a verb belongs to what moves: "cut the share of calls that were lost to".
    fn in_relative(&self) -> bool {
        let before = self.rest.position().checked_sub(1);
        let before = before.map(|at| self.rest.widen(at));
        !self.started()
            && before.is_some_and(|word| word.starts_with("that") || word.starts_with("who"))
    }

    fn skip(&mut self) -> bool {
        self.rest = self.rest.skip(1);
        self.skipped += 1;
        true
    }

    /// Goes over a comma where another part of the movement follows.
    fn comma(&mut self) -> bool {
        let next = self.rest.skip(1);
        if self.or_amount(next) || self.brought(next) || self.told_again(next) {
            return true;
        }
        let part = ["from", "to", "by", "after", "having"]
            .iter()
            .any(|word| next.starts_with(word))
            || !self.started() && self.skipped <= NEAR
            || next.starts_with("when")
            || self.sized() && next.starts_with("at")
            || next.lexeme(Class::ComparedWith).is_some();
        if part {
            self.skipped = if next.starts_with("at") {
                0
            } else {
                self.skipped
            };
            self.rest = next;
        }
        part
    }

    /// Goes over a short bracket, or into one that holds the values.
    fn bracket(&mut self) -> bool {
        let inner = self.rest.skip(1);
        if !self.started() && ["from", "by"].iter().any(|word| inner.starts_with(word)) {
            self.rest = inner;
            return true;
        }
        let closing = inner
            .tokens()
            .iter()
            .take(GAP)
            .position(|token| token.kind == TokenKind::Symbol(')'));
        match closing {
            _ if self.from.is_none()
                && inner.starts_with("from")
                && (self.to.is_none() || level::level(inner.skip(1)).is_ok()) =>
            {
                self.rest = inner;
                true
            }
            Some(at) if self.started() && (self.to.is_none() || self.from.is_none()) => {
                let after = inner.skip(at + 1);
                let goes_on = ["from", "to", "by", "in"]
                    .iter()
                    .any(|word| after.starts_with(word));
                if goes_on {
                    self.rest = after;
                }
                goes_on
            }
            _ => false,
        }
    }

    fn set(&mut self, after: Input<'a>) -> bool {
        self.rest = after;
        self.end = after.position();
        self.skipped = 0;
        true
    }

    fn value_from(&mut self, at: Input<'a>) -> bool {
        self.graded |= level::is_graded(at);
        match level::level(at).or_else(|_| level::level(skip_words(at))) {
            Ok((after, level)) if self.from.is_none() => {
                self.from = Some(level);
                self.set(after)
            }
            _ => false,
        }
    }

    /// Whether a participle right before governs what stands here: "from 105 relating to 49 children to 136".
    fn is_governed(&self) -> bool {
        let before = self.rest.position().checked_sub(1);
        let word = before
            .filter(|&before| before > self.start)
            .map(|before| self.rest.widen(before));
        word.is_some_and(|word| {
            let written = word.first().map_or("", |token| word.text_of(token));
            let moves = [Class::Up, Class::Down];
            written.to_ascii_lowercase().ends_with("ing")
                && !moves.into_iter().any(|class| word.lexeme(class).is_some())
        })
    }

    fn value_to(&mut self, at: Input<'a>) -> bool {
        self.graded |= level::is_graded(at);
        match level::level(at).or_else(|_| level::level(skip_words(at))) {
            Ok((after, level)) if self.to.is_none() || self.bounded => {
                self.bounded = false;
                self.far = !self.started() && self.skipped > NEAR;
                self.to = Some(level);
                self.set(after)
            }
            _ => false,
        }
    }

    fn value_by(&mut self, at: Input<'a>) -> bool {
        self.graded |= level::is_graded(at);
        match level::level(at).or_else(|_| level::level(skip_words(at))) {
            Ok((after, level)) if self.by.is_none() => {
                self.by = Some(level.quantity);
                self.set(after)
            }
            _ => false,
        }
    }

    /// The level at which something stayed.
    fn value_at(&mut self, at: Input<'a>) -> bool {
        let stays = self.head.direction == Direction::Unchanged;
        // "Up four points at 72%"
        let risen = self.sized() && self.skipped == 0;
        (stays || risen) && self.value_to(at)
    }

    /// Whether a particle has the size of its movement, so that "at" gives the level that was reached.
    fn sized(&self) -> bool {
        self.head.role == "particle" && (self.by.is_some() || self.fraction)
    }

    /// An amount right after the word: "fell 12%", "up four points". A bare number must lead on to "from" or "to".
    fn amount(&mut self) -> bool {
        // "Dropped a further two points" goes over two words.
        if self.started() || self.skipped > NEAR {
            return false;
        }
        let Ok((after, level)) = level::level(self.rest) else {
            return false;
        };
        if self.head.direction == Direction::Unchanged && self.skipped == 0 {
            if is_subject(after) {
                return false;
            }
            self.to = Some(level);
            return self.set(after);
        }
        let unit = level.quantity.number.unit();
        if let Some((after, to)) = self.levels_apart(after, unit) {
            self.from = Some(level);
            self.to = Some(to);
            return self.set(after);
        }
        let bound = ["above", "below"]
            .iter()
            .any(|word| self.rest.starts_with(word));
        if bound && unit != Unit::None {
            // "Rose above 95%" gives the level that was reached.
            self.bounded = true;
            self.to = Some(level);
            return self.set(after);
        }
        let led_on = |mark: usize| {
            let next = after.skip(mark);
            next.starts_with("to") || next.starts_with("from")
        };
        let comma = usize::from(after.starts_with(","));
        let states = !bound && matches!(unit, Unit::Percent | Unit::Points)
            || unit.is_duration() && self.skipped == 0 && led_on(comma)
            || unit.is_money() && matches!(self.head.role, "noun" | "particle" | "multiple")
            || self.head.role == "particle"
            || after.starts_with("from");
        states && {
            self.by = Some(level.quantity);
            self.set(after)
        }
    }

    /// The later of two values of one unit that a mark parts from the movement: "the largest increase, 69% to 77%".
    fn levels_apart(&self, after: Input<'a>, unit: Unit) -> Option<(Input<'a>, Level)> {
        let before = self.rest.position().checked_sub(1)?;
        let mark = self.rest.widen(before).first()?.kind;
        let apart = matches!(mark, TokenKind::Symbol(',' | ':' | '–'));
        if !apart || !after.starts_with("to") {
            return None;
        }
        let (rest, to) = level::level(after.skip(1)).ok()?;
        (to.quantity.number.unit() == unit && unit != Unit::Points).then_some((rest, to))
    }

    /// "four-fold" after a verb.
    fn multiple(&mut self) -> bool {
        if self.skipped > 1 || self.started() || self.factor.is_some() {
            return false;
        }
        let Some((after, word)) = self.rest.lexeme(Class::Multiple) else {
            return false;
        };
        let factor = Decimal::from_str_exact(word.canonical).ok();
        let fold = factor.is_some_and(|factor| factor > Decimal::ONE);
        fold && {
            self.factor = factor;
            self.set(after)
        }
    }

    /// A fraction in words as the size of the movement: "up by a quarter", "fell a third".
    fn by_fraction(&mut self) -> bool {
        let by = usize::from(self.rest.starts_with("by"));
        let start = skip_words(self.rest.skip(by));
        let found = start.lexeme(Class::Fraction);
        match found.filter(|_| !self.started() && self.skipped <= NEAR) {
            // "Rose a fifth of a point" and "up half of the homes" count something else.
            Some((after, _)) if !after.starts_with("of") => {
                self.fraction = true;
                self.set(after)
            }
            _ => false,
        }
    }

    /// The earlier value after "compared with".
    fn base_level(&mut self) -> bool {
        let Some((at, _)) = self.rest.lexeme(Class::ComparedWith) else {
            return false;
        };
        match base::base(at) {
            Ok((after, base)) if base.kind == base::BaseKind::Earlier && self.started() => {
                self.since = Some(base.label);
                if self.from.is_none() && base.value.is_some() {
                    self.from = base.value;
                    return self.set(after);
                }
                self.rest = after;
                true
            }
            _ => false,
        }
    }

    /// The earlier value after "on" or "over": "an improvement on the 8.3% in 2014".
    fn on_base(&mut self) -> bool {
        if self.from.is_some() || !(self.rest.starts_with("on") || self.rest.starts_with("over")) {
            return false;
        }
        match base::base(self.rest.skip(1)) {
            Ok((after, base)) if base.kind == base::BaseKind::Earlier && base.value.is_some() => {
                self.since = Some(base.label);
                self.from = base.value;
                self.set(after)
            }
            _ => false,
        }
    }

    /// The earlier value that was the highest or lowest: "fell to 4.9% after peaking at 7.3%".
    fn after_peak(&mut self) -> bool {
        let at = if self.rest.starts_with("after") {
            self.rest.skip(1)
        } else {
            self.rest
        };
        let having = at.starts_with("having") || at.position() > self.rest.position();
        match at.lexeme(Class::Peak) {
            Some((value, _)) if having && self.to.is_some() => self.value_from(value),
            _ => false,
        }
    }

    /// Goes over a second way to put the size of the movement: "by £1.2 million, or 8%, to", "by 12 cases, or 8%".
    fn or_amount(&mut self, next: Input<'a>) -> bool {
        let second = next
            .starts_with("or")
            .then(|| quantity(next.skip(1)).ok())
            .flatten();
        let Some((after, _)) = second.filter(|_| self.by.is_some()) else {
            return false;
        };
        self.end = after.position();
        self.rest = if after.starts_with(",") {
            after.skip(1)
        } else {
            after
        };
        true
    }

    /// Goes over a second word for the movement that leads to its values: "doubled in a year, going from 12 to 24", "rose by 31%, up to
    /// nearly 3,000".
    fn told_again(&mut self, next: Input<'a>) -> bool {
        let same = match self.head.direction {
            Direction::Up => Some(Class::Up),
            Direction::Down => Some(Class::Down),
            _ => None,
        };
        let word = same
            .and_then(|class| next.lexeme(class))
            .or_else(|| next.lexeme(Class::Moved));
        let Some((after, _)) = word.filter(|_| self.started() && self.from.is_none()) else {
            return false;
        };
        let leads = after.starts_with("from") && level::level(after.skip(1)).is_ok()
            || after.starts_with("to")
                && self.to.is_none()
                && self.by.is_some()
                && level::level(after.skip(1)).is_ok();
        if leads {
            self.rest = after;
            self.skipped = 0;
        }
        leads
    }

    /// The later value after the size of the movement: "rose by 212, taking the total to 3,450".
    fn brought(&mut self, next: Input<'a>) -> bool {
        let to = brought(next).filter(|_| self.by.is_some());
        to.is_some_and(|to| self.value_to(to))
    }

    /// The earlier value after its period: "since 2013, when it was 84.6%".
    fn when_it_was(&mut self) -> bool {
        let when = self.rest.starts_with("when").then(|| self.rest.skip(1));
        match when.and_then(past::when) {
            Some((after, level)) if self.from.is_none() && self.since.is_some() => {
                self.from = Some(level);
                self.set(after)
            }
            _ => false,
        }
    }

    /// A period: the start of the movement where it follows its first value or lies in the past by its words, else its end.
    fn period(&mut self) -> bool {
        let length = base::length(self.rest).filter(|_| self.started());
        let dated = base::period(self.rest);
        let (after, span) = match (&dated, length) {
            (Ok(found), _) => *found,
            (Err(_), Some(after)) => (after, self.rest.span_to(after)),
            _ => return false,
        };
        let after = if self.rest.starts_with("from") && after.starts_with("to") {
            base::period(after).map_or(after, |(after, _)| after)
        } else {
            after
        };
        let opens = ["from", "on", "over"];
        let start = self.rest.starts_with("since")
            || dated.is_err()
            || opens.iter().any(|word| self.rest.starts_with(word)) && self.to.is_none()
            || self.from.is_some() && self.to.is_none()
            || self.from.is_none() && base::is_relative(self.rest.until(after.position()));
        let slot = if start {
            &mut self.since
        } else {
            &mut self.period
        };
        slot.get_or_insert(span);
        self.rest = after;
        true
    }

    /// Takes the size of the movement from what stands beside it: ", an increase of 12%", " (up 12%)".
    fn apposition(&mut self) {
        if self.by.is_some() {
            return;
        }
        let mark = self
            .rest
            .first()
            .is_some_and(|token| matches!(token.kind, TokenKind::Symbol(',' | '(' | '–' | '—')));
        if !mark {
            return;
        }
        if let Some((after, by, _)) = apposition(self.rest.skip(1), self.head.direction) {
            self.by = Some(by);
            self.set(after);
        }
    }

    /// Whether what was read makes a change.
    fn holds(&self, form: Form, reach: Reach) -> bool {
        let both = self.from.is_some() && self.to.is_some();
        let unit = |level: &Option<Level>| {
            level
                .as_ref()
                .is_some_and(|level| level.quantity.number.unit() != Unit::None)
        };
        // "Up to 92" is a bound, and no movement, unless its start is given too.
        let bound = self.head.role == "particle"
            && self.head.direction == Direction::Up
            && self.to.is_some()
            && self.from.is_none()
            && self.by.is_none()
            && !self.fraction;
        if self.graded || bound {
            return false;
        }
        let evaluative = matches!(self.head.direction, Direction::Better | Direction::Worse);
        match form {
            _ if both => true,
            Form::Plan => false,
            _ if self.head.direction == Direction::ByValues => false,
            _ if self.head.direction == Direction::Unchanged => {
                self.to.is_some() || reach != Reach::Within && self.since.is_some()
            }
            _ if self.from.is_some() => {
                unit(&self.from)
                    || reach != Reach::Within && form != Form::Verb
                    || self.by.is_some()
            }
            _ if self.by.is_some() => {
                let unit = self.by.as_ref().map(|by| by.number.unit());
                !evaluative || unit != Some(Unit::None)
            }
            _ if self.to.is_some() => {
                !self.far && (!evaluative || unit(&self.to)) && form != Form::Noun
            }
            _ => {
                self.factor.is_some() && form == Form::Verb
                    || reach != Reach::Within && self.since.is_some()
            }
        }
    }
}

/// Whether what stands before a verb is the subject of a clause of its own: "four stayed the same, three improved".
fn is_subject(after: Input<'_>) -> bool {
    noun::is_a(after, VERBS.or(Classes::of(&[Class::Unchanged])))
}

/// Where the value stands that a movement brought something to, after the comma that follows the movement.
///
/// `brought = bringing *5word ( "to" | "at" ) level | "reaching" level`: "taking the total to 3,450", "leaving it at 12".
pub fn brought(input: Input<'_>) -> Option<Input<'_>> {
    let (words, bringing) = input.lexeme(Class::Bringing)?;
    if bringing.canonical == "it" {
        return level::level(words).is_ok().then_some(words);
    }
    let value = (0..6)
        .map(|at| words.skip(at))
        .find(|here| here.starts_with("to") || here.starts_with("at"))?
        .skip(1);
    level::level(value).is_ok().then_some(value)
}

/// The size of a movement beside it.
///
/// `apposition = *4small-word ( quantity [word] noun | [word] (noun | particle) ["of" | "by"] quantity )`, the noun of the
/// same direction.
///
/// Gives back the direction of the noun too.
pub fn apposition(
    input: Input<'_>,
    direction: Direction,
) -> Option<(Input<'_>, Quantity, Direction)> {
    const SMALL: [&str; 12] = [
        "which",
        "is",
        "was",
        "this",
        "that",
        "represents",
        "representing",
        "a",
        "an",
        "or",
        "equivalent",
        "to",
    ];
    let mut rest = input;
    for _ in 0..4 {
        if SMALL.iter().any(|word| rest.starts_with(word)) {
            rest = rest.skip(1);
        }
    }
    let moves = |here: Input<'_>| {
        DIRECTIONS.iter().find_map(|&(class, of_class)| {
            let (after, _) = here.lexeme(class)?;
            let plain = matches!(of_class, Direction::Up | Direction::Down);
            let evaluative = matches!(direction, Direction::Better | Direction::Worse);
            (of_class == direction || direction == Direction::ByValues || evaluative && plain)
                .then_some((after.position(), of_class))
        })
    };
    if let Ok((after, amount)) = quantity(rest) {
        let (end, told) = (0..2).find_map(|at| moves(after.skip(at)))?;
        return Some((input.restart(end), amount, told));
    }
    let (end, told) = (0..2).find_map(|at| moves(rest.skip(at)))?;
    let mut at = input.restart(end);
    if at.starts_with("of") || at.starts_with("by") {
        at = at.skip(1);
    }
    let (after, amount) = quantity(at).ok()?;
    let stated = amount.number.unit() != Unit::None || end < at.position();
    stated.then_some((after, amount, told))
}

/// Goes over what may stand between "from" or "to" and its value: "a low of", "the", "just".
fn skip_words(input: Input<'_>) -> Input<'_> {
    for at in 0..4 {
        let here = input.skip(at);
        if at > 0 && here.starts_with("of") {
            return here.skip(1);
        }
        let word = here
            .first()
            .is_some_and(|token| token.kind == TokenKind::Word);
        if !word
            || noun::is_a(
                here,
                Classes::of(&[Class::Auxiliary, Class::Conjunction, Class::Verb]),
            )
        {
            break;
        }
    }
    if ["just", "only", "the", "its"]
        .iter()
        .any(|word| input.starts_with(word))
    {
        return input.skip(1);
    }
    input
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::{
        grammar::{level::levels, testing::with_input},
        span::text_at,
    };

    fn shown(text: &str) -> Vec<String> {
        with_input(text, |input| {
            movements(input, &levels(input))
                .iter()
                .map(|movement| show(text, movement))
                .collect()
        })
    }

    fn show(text: &str, movement: &Movement) -> String {
        let mut shown = format!("{:?}", movement.direction).to_lowercase();
        let level = |level: &Option<Level>| level.as_ref().map(|level| level.quantity.span);
        for (name, span) in [
            ("from", level(&movement.from)),
            ("to", level(&movement.to)),
            ("by", movement.by.as_ref().map(|by| by.span)),
            ("since", movement.since),
        ] {
            if let Some(span) = span {
                let _ = write!(shown, " {name} {}", text_at(text, span));
            }
        }
        if let Some(factor) = movement.factor {
            let _ = write!(shown, " times {factor}");
        }
        match movement.reach {
            Reach::Within => {}
            Reach::Back => shown += " of what stands before",
            Reach::Previous => shown += " of the sentence before",
        }
        shown
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(shown(text), expected, "{text}");
    }

    #[test]
    fn verbs_with_from_to_and_by() {
        check(
            "Arrears fell from 4.1% in 2019 to 2.8% last year",
            &["down from 4.1% to 2.8% since in 2019"],
        );
        check(
            "Absence has come down by 3 percentage points to 5%",
            &["down to 5% by 3 percentage points"],
        );
        check(
            "Staff grew from six nurses to eight",
            &["up from six to eight"],
        );
        check(
            "They cut the cost of lighting and heating from £31,000 to £20,000",
            &["down from £31,000 to £20,000"],
        );
        check("Incidents rose 24% to 5,796", &["up to 5,796 by 24%"]);
        check("Fees went up by six, to 48", &["up to 48 by six"]);
        check(
            "Deaths fell slightly by 2% (from 1,410 to 1,382)",
            &["down from 1,410 to 1,382 by 2%"],
        );
        check(
            "The number seen has risen by 63%, or from 35% to 56%",
            &["up by 63%", "up from 35% to 56%"],
        );
        check(
            "We upheld 51% of complaints, which has increased from 46%",
            &["up from 46% of what stands before"],
        );
        check("More than 2,100 homes as of October were seen", &[]);
        check(
            "Schools saw the largest increase, 69% to 77%",
            &["up from 69% to 77%"],
        );
        check(
            "Calls rose by a fifth, from 410 to 492",
            &["up from 410 to 492"],
        );
        check(
            "The share went from 51% to 63%",
            &["byvalues from 51% to 63%"],
        );
        check(
            "Recycling improved overall from 41.5% to 48.9%",
            &["better from 41.5% to 48.9%"],
        );
        check(
            "Waits lengthened to 41 days, compared with 36 days in 2020",
            &["up from 36 days to 41 days since in 2020"],
        );
        check(
            "Falls rose from 11 in the six months to March 2023 to 17",
            &["up from 11 to 17 since in the six months to March 2023"],
        );
        check(
            "It fell from 14 out of 24 (58%) to nine out of 30 (30%)",
            &["down from 14 to nine"],
        );
        check(
            "Calls increased by 5.4% since the review",
            &["up by 5.4% since since the review"],
        );
        check("Occupancy rose above 95%", &["up to 95%"]);
        check("Turnover was unchanged at 14%", &["unchanged to 14%"]);
    }

    #[test]
    fn nouns_and_particles() {
        check(
            "Calls: 310, up from 204 the year before",
            &["up from 204 since the year before of what stands before"],
        );
        check(
            "It is 59.4%, an increase of 4.1 percentage points",
            &["up by 4.1 percentage points of what stands before"],
        );
        check(
            "This is a 9.6% reduction from 1,237",
            &["down from 1,237 by 9.6% of the sentence before"],
        );
        check(
            "That is a slight rise on last year",
            &["up since on last year of the sentence before"],
        );
        check(
            "44 slips – a 19% increase – were seen",
            &["up by 19% of what stands before"],
        );
        check("There was a 14% rise in calls", &["up by 14%"]);
        check(
            "Vacancies were down by 3.2 points to 6.1%",
            &["down to 6.1% by 3.2 points"],
        );
        check(
            "Visits rose from 8,400 to 9,870, an increase of 17.5%",
            &["up from 8,400 to 9,870 by 17.5%"],
        );
        check(
            "Visits rose from 8,400 to 9,870 (up 17.5%)",
            &["up from 8,400 to 9,870 by 17.5%"],
        );
    }

    #[test]
    fn multiples() {
        check(
            "The list more than doubled, from 112 to 260",
            &["up from 112 to 260 times 2"],
        );
        check("There was a four-fold increase in thefts", &["up times 4"]);
        check(
            "Thefts have halved since March",
            &["down since since March times 0.5"],
        );
        check("Thefts increased threefold", &["up times 3"]);
        check("Staff checked twice a day", &[]);
        check("We aim to double visits", &[]);
    }

    #[test]
    fn near_misses() {
        check(
            "The prison has declined over four inspections since 2013.",
            &[],
        );
        check(
            "They waited more than 12 hours between May 2024 and July 2024.",
            &[],
        );
        check("Repairs rose from 2019 to 2021", &[]);
        check("The service moved from two stars to three", &[]);
        check("We will reduce the backlog by 30%", &[]);
        check("Demand is expected to rise by 12%", &[]);
        check(
            "We plan to raise the number from 120 to 140",
            &["up from 120 to 140"],
        );
        check("Life expectancy fell sharply", &[]);
        check("The team is made up of 12 people", &[]);
        check("Up to 92 people came, and up to 40 stayed", &[]);
        check("Staff improved 12 gardens", &[]);
        check("The increase was reviewed by 12 people", &[]);
        check("The term went from 12 March to 4 May", &[]);
        check("It dropped off from three sites", &[]);
    }

    #[test]
    fn long_runs_of_one_phrase_are_read_through() {
        for piece in [
            "fell from ",
            "up 3% ",
            "rose in 2019 ",
            "a 3% rise, ",
            "doubled (",
            "by 3 to 4 from 5 ",
        ] {
            let text = piece.repeat(4_000);
            let _ = shown(&text);
        }
    }
}
