//! Tallies: numbers that announce how many things are listed, and lists that stand in the same sentence.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{
    Class, Classes, Input, Parsed, Token, TokenKind,
    noun::{self, is_a},
    number,
};
use crate::span::Span;

/// Things counted by a number that may announce a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// How many.
    pub count: u32,
    /// What is counted; empty where the noun is left out ("all four").
    pub noun: Span,
    /// The last word of the noun proper, by which two counts of one thing find each other.
    pub head: Span,
    /// Where the noun is one for issues: the words before it ("strategic"), empty where there are none.
    pub issues: Option<Span>,
    /// Whether the noun is one that announces lists: "areas", "criteria".
    pub general: bool,
    /// Number and noun.
    pub span: Span,
    /// What stands before the number.
    pub opener: Opener,
    /// Whether the number is a part of another ("one of four ratings"), so that only a list beside it tells what it counts.
    pub part: bool,
    /// Index in the lexed text of the token after the noun.
    pub end: usize,
}

/// What stands before a counting number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opener {
    /// Nothing that points anywhere.
    None,
    /// "the", "its", "our": things that are known.
    Known,
    /// "these", "those": things that were just named.
    Back,
    /// "all", "both": every one of them.
    All,
    /// "following": things that come.
    Ahead,
}

/// Largest number that announces a list.
const LARGEST: u32 = 150;

/// Every counting number of a sentence, in order.
pub fn counts(sentence: Input<'_>) -> Vec<Counted> {
    let mut found = Vec::new();
    let mut rest = sentence.seek(Classes::NUMERIC);
    while !rest.is_empty() {
        rest = match counted(sentence, rest) {
            Ok((after, counted)) => {
                found.push(counted);
                after
            }
            Err(_) => number::magnitude(rest).map_or(rest.skip(1), |(after, _)| after),
        }
        .seek(Classes::NUMERIC);
    }
    found
}

/// Reads a counting number and what it counts.
///
/// `counted = [opener] magnitude ( ["of" determiner] things | end | auxiliary rating-verb )` with `things = *4(word) issue-noun | counted-noun`:
/// "the following eight issues", "six of the businesses", "all four".
///
/// `before` is the sentence from its start; the number stands at the start of `input`. Numbers with a hedge, with a unit of
/// time, share or money, numerals of labels and parts of a whole ("the other two", "two more") are none.
fn counted<'a>(before: Input<'a>, input: Input<'a>) -> Parsed<'a, Counted> {
    let (rest, quantity) = number::magnitude(input)?;
    let count = quantity.number.value();
    // "4.0 Shops of concern" is the number of a heading.
    let whole = count.scale() == 0 && quantity.scale == Decimal::ONE;
    let Some(count) = count
        .to_u32()
        .filter(|&count| whole && (1..=LARGEST).contains(&count))
    else {
        return input.miss();
    };
    let Some(opener) = opener(before, input) else {
        return input.miss();
    };
    // "Two more areas – care and food – were good."
    let rest = if further(rest) { rest.skip(1) } else { rest };
    if measured(rest) || of_number(rest) {
        return input.miss();
    }
    let part = is_part(before, input);
    let start = of_known(rest).unwrap_or(rest);
    let Some(things) = things(start, count) else {
        let pointed =
            opener == Opener::Back && is_a(rest, Classes::of(&[Class::Auxiliary, Class::Verb]));
        let whole = opener == Opener::All && (ends(rest) || of_these(rest) || says(rest));
        let bare = whole || graded(rest) || pointed || names_apart(rest, count);
        if !bare {
            return input.miss();
        }
        let span = whole_span(before, input, input.span_to(rest), opener);
        let end = Span::new(span.end, span.end);
        return Ok((
            rest,
            Counted {
                count,
                noun: end,
                head: end,
                issues: None,
                general: false,
                span,
                opener,
                part,
                end: rest.position(),
            },
        ));
    };
    let span = input.span_to(things.rest);
    let part = part || goes_on(things.rest);
    Ok((
        things.rest,
        Counted {
            count,
            noun: things.noun,
            head: things.head,
            issues: things.issues,
            general: things.general,
            span,
            opener,
            part,
            end: things.rest.position(),
        },
    ))
}

/// "All" belongs to a tally whose noun is left out.
fn whole_span<'a>(before: Input<'a>, input: Input<'a>, span: Span, opener: Opener) -> Span {
    match previous(before, input, 1) {
        Some(word) if opener == Opener::All && span.end <= input.span().end => {
            word.first().map_or(span, |token| token.span.join(span))
        }
        _ => span,
    }
}

/// The input from the token that stands `back` places before `input`, within the sentence.
fn previous<'a>(before: Input<'a>, input: Input<'a>, back: usize) -> Option<Input<'a>> {
    let at = input.position().checked_sub(back)?;
    (at >= before.position()).then(|| before.restart(at))
}

/// What stands before the number; `None` where it makes the number no count of a list.
fn opener<'a>(before: Input<'a>, input: Input<'a>) -> Option<Opener> {
    let Some(word) = previous(before, input, 1) else {
        return Some(Opener::None);
    };
    let token = word.first()?;
    let hedged = (1..=4).any(|back| {
        previous(before, input, back).is_some_and(|from| {
            from.lexeme(Class::Hedge)
                .is_some_and(|(rest, _)| rest.position() == input.position())
        })
    });
    let labels = is_a(
        word,
        Classes::of(&[
            Class::IssueNoun,
            Class::NumberedThing,
            Class::NotCounted,
            Class::Month,
        ]),
    );
    let glued = matches!(
        token.kind,
        TokenKind::Symbol('£' | '€' | '$' | '.' | '-' | '–' | '/' | '+' | '#')
    ) && input.first().is_some_and(|number| number.glued);
    let partial = [
        "other",
        "remaining",
        "first",
        "final",
        "last",
        "next",
        "top",
        "only",
        "previous",
        "past",
        "per",
        "every",
        "than",
        "outstanding",
        "earlier",
        "level",
        "grade",
        "aged",
        "year",
    ];
    // "All but one recommendation" counts what is left out.
    let left_out = ["but", "bar"].iter().any(|but| word.starts_with(but))
        && previous(before, input, 2).is_some_and(|all| {
            let mut all_or_none = ["all", "every", "everything", "none", "nothing"].iter();
            all_or_none.any(|word| all.starts_with(word))
        });
    let partial = left_out || partial.iter().any(|part| word.starts_with(part));
    if hedged || labels || glued || partial {
        return None;
    }
    let is = |words: &[&str]| words.iter().any(|known| word.starts_with(known));
    Some(if is(&["all", "both"]) {
        Opener::All
    } else if is(&["these", "those"]) {
        Opener::Back
    } else if is(&["following"]) {
        Opener::Ahead
    } else if is(&["the", "its", "our", "their", "your"]) {
        Opener::Known
    } else {
        Opener::None
    })
}

/// Whether a unit or a month follows the number, or a word that makes it one of several counts.
fn measured(rest: Input<'_>) -> bool {
    rest.first().is_some_and(|token| {
        matches!(token.kind, TokenKind::Symbol('%' | '/' | '°'))
            || is_a(
                rest,
                Classes::of(&[
                    Class::DurationUnit,
                    Class::MoneyWord,
                    Class::PercentWord,
                    Class::PointsWord,
                    Class::Month,
                    Class::Age,
                ]),
            )
            || [
                "more", "other", "further", "out", "or", "to", "working", "calendar",
            ]
            .iter()
            .any(|word| rest.starts_with(word))
    })
}

/// Whether "more" or "other" stands before what is counted and a dash or colon follows that, or what it is between commas, so that a list
/// tells what is counted.
fn further(rest: Input<'_>) -> bool {
    let more = ["more", "other", "further"]
        .iter()
        .any(|word| rest.starts_with(word));
    more && noun::counted(rest.skip(1)).is_ok_and(|(after, _)| {
        set_apart(after).is_some()
            || after
                .first()
                .is_some_and(|token| matches!(token.kind, TokenKind::Symbol(':' | '–' | '—')))
    })
}

/// What things are, between commas right behind them and before their verb: "[the two other areas], care and food, [were]".
fn set_apart(rest: Input<'_>) -> Option<Input<'_>> {
    let list = rest.starts_with(",").then(|| rest.skip(1))?;
    let verb = list
        .starts()
        .take(APART_REACH)
        .find(|here| is_a(*here, Classes::of(&[Class::Auxiliary, Class::Verb])))?;
    let end = verb.position().checked_sub(1)?;
    let closed = end > list.position() && list.restart(end).starts_with(",");
    let list = list.until(end);
    (closed && ends_in_and(list).is_some() && !is_a(list, ASIDE)).then_some(list)
}

/// Tokens of a list between commas at most.
const APART_REACH: usize = 20;

/// Whether the number is the whole of a share: "of the" and a number or "one" stand before it.
fn is_part<'a>(before: Input<'a>, input: Input<'a>) -> bool {
    let mut at = input;
    for _ in 0..3 {
        let Some(word) = previous(before, at, 1) else {
            return false;
        };
        if word.starts_with("of") {
            return previous(before, word, 1).is_some_and(|number| {
                number.first().is_some_and(|token| {
                    token.kind == TokenKind::Number
                        || token.classes.has(Class::NumberWord)
                        || number.starts_with("out")
                })
            });
        }
        if !is_a(word, Classes::of(&[Class::Determiner])) {
            return false;
        }
        at = word;
    }
    false
}

/// Words between a count and one for others of the same things, at most.
const OTHERS_REACH: usize = 12;

/// Whether the same things are counted on for others, so that no list has the number of either: "[four recommendations] for the
/// board and two for the council".
fn goes_on(rest: Input<'_>) -> bool {
    let Some(whom) = ["for", "to", "on", "about", "in"]
        .into_iter()
        .find(|word| rest.starts_with(word))
    else {
        return false;
    };
    (1..OTHERS_REACH).any(|at| {
        let here = rest.skip(at);
        let joined = here.starts_with("and")
            || here
                .first()
                .is_some_and(|token| token.kind == TokenKind::Symbol(','));
        joined && number::magnitude(here.skip(1)).is_ok_and(|(after, _)| after.starts_with(whom))
    })
}

/// `"of" ( determiner | 1*3(name) "'s" )`, as in "six of the businesses", "ten of Calder Bay's shops".
fn of_known(rest: Input<'_>) -> Option<Input<'_>> {
    const LONGEST: usize = 3;
    let after = rest.starts_with("of").then(|| rest.skip(1))?;
    if is_a(after, Classes::of(&[Class::Determiner])) {
        return Some(after.skip(1));
    }
    let named = |at: usize| after.skip(at).first().is_some_and(|token| token.capital);
    let names = (0..LONGEST).take_while(|&at| named(at)).count();
    (0..names).find_map(|at| {
        let here = after.skip(at);
        let text = here.first().map_or("", |token| here.text_of(token));
        let owns = text.ends_with("'s") || text.ends_with("’s");
        owns.then(|| here.skip(1))
    })
}

/// `"of" *determiner number`: the first of two numbers, a part of the second.
fn of_number(rest: Input<'_>) -> bool {
    let Some(mut after) = rest.starts_with("of").then(|| rest.skip(1)) else {
        return false;
    };
    for _ in 0..2 {
        if is_a(after, Classes::of(&[Class::Determiner])) {
            after = after.skip(1);
        }
    }
    number::magnitude(after).is_ok()
}

/// `auxiliary ( rating-verb | grade )`, after a number whose noun is left out: "two are rated", "two were good".
fn graded(rest: Input<'_>) -> bool {
    is_a(rest, Classes::of(&[Class::Auxiliary]))
        && ((1..=2).any(|words| rest.skip(words).lexeme(Class::RatingVerb).is_some())
            || rest.skip(1).lexeme(Class::Grade).is_some())
}

/// `"of" ("these" | "those" | "them")`, as in "all four of these".
fn of_these(rest: Input<'_>) -> bool {
    let after = rest.skip(1);
    let pointed = ["these", "those", "them"]
        .iter()
        .any(|word| after.starts_with(word));
    rest.starts_with("of") && pointed && (ends(after.skip(1)) || says(after.skip(1)))
}

/// Whether what is spoken of ends here and something is said of it: "all four were", "all three rely on".
fn says(rest: Input<'_>) -> bool {
    is_a(rest, Classes::of(&[Class::Auxiliary, Class::Verb]))
}

/// Whether as many names as counted stand between dashes or in brackets right behind a number whose noun is left out:
/// "three – Ash, Elm and Oak – were shut".
fn names_apart(rest: Input<'_>, count: u32) -> bool {
    let found = match rest.first().map(|token| token.kind) {
        Some(TokenKind::Symbol('–' | '—')) => between_dashes(rest),
        Some(TokenKind::Symbol('(')) => beside(rest, count),
        _ => None,
    };
    found.is_some_and(|found| found.capital && found.natural == count)
}

fn ends(rest: Input<'_>) -> bool {
    rest.first().is_none_or(|token| {
        matches!(token.kind, TokenKind::Symbol('.' | ',' | ';' | ')'))
            || rest.starts_with("and")
            || rest.starts_with("in")
    })
}

struct Things<'a> {
    rest: Input<'a>,
    noun: Span,
    head: Span,
    issues: Option<Span>,
    general: bool,
}

/// Words between a number and an issue noun, at most.
const LONGEST_SERIES: usize = 4;

fn things(start: Input<'_>, count: u32) -> Option<Things<'_>> {
    for words in 0..=LONGEST_SERIES {
        let here = start.skip(words);
        if let Some((rest, noun)) = here.lexeme(Class::IssueNoun) {
            let series = start.until(here.position());
            let head = last_word(here.until(rest.position()))?;
            return Some(Things {
                rest,
                noun: start.span_to(rest),
                head: if noun.canonical.contains(' ') {
                    noun.span
                } else {
                    head
                },
                issues: Some(series.span()),
                general: true,
            });
        }
        let adjective = here
            .first()
            .is_some_and(|token| token.kind == TokenKind::Word)
            && !is_a(
                here,
                Classes::of(&[
                    Class::Preposition,
                    Class::Auxiliary,
                    Class::Conjunction,
                    Class::Determiner,
                    Class::Verb,
                ]),
            );
        if !adjective {
            break;
        }
    }
    let (rest, phrase) = plural_noun(start, count)?;
    let core = start.until(
        start.position()
            + start
                .tokens()
                .partition_point(|token| token.span.end <= phrase.core.end),
    );
    let head = last_word(core)?;
    let general = core.holds(Class::TallyNoun);
    (count > 1 || general).then_some(Things {
        rest,
        noun: phrase.span,
        head,
        issues: None,
        general,
    })
}

/// A counted noun; more than one thing needs a plural, also after "and" ("water and sewerage companies").
fn plural_noun(start: Input<'_>, count: u32) -> Option<(Input<'_>, noun::NounPhrase)> {
    let (rest, phrase) = noun::counted(start).ok()?;
    if phrase.plural || count == 1 {
        return Some((rest, phrase));
    }
    let second = rest
        .starts_with("and")
        .then(|| noun::counted(rest.skip(1)).ok())
        .flatten();
    let (rest, second) = second.filter(|(_, second)| second.plural)?;
    let span = phrase.span.join(second.span);
    Some((
        rest,
        noun::NounPhrase {
            span,
            core: phrase.core.join(second.core),
            plural: true,
        },
    ))
}

fn last_word(input: Input<'_>) -> Option<Span> {
    let words = input.tokens().iter().rev();
    words
        .into_iter()
        .find(|token| token.kind == TokenKind::Word)
        .map(|token| token.span)
}

/// How many items a list in a sentence may be said to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a property of the list of its own"
)]
pub struct Items {
    /// Every "and" inside an item read as part of its name.
    pub least: u32,
    /// Every "and" read as between two items.
    pub most: u32,
    /// The count of the most natural reading.
    pub natural: u32,
    /// Whether the items are names or short phrases, without a verb of their own.
    pub plain: bool,
    /// Whether every item starts with a capital letter.
    pub capital: bool,
    /// Whether items that count several things were added up: "a nursery, two schools and a college" are four.
    pub summed: bool,
    /// Whether no item is longer than a few words or starts with a word that goes before a clause or aside ("which", "in").
    pub short: bool,
}

/// Words of a short item, at most.
const SHORT: u32 = 4;

impl Items {
    /// How many are listed, given the number announced: that number where a reading gives it.
    pub fn listed(self, announced: u32) -> u32 {
        if (self.least..=self.most).contains(&announced) {
            announced
        } else {
            self.natural
        }
    }
}

/// Items of one list, at most.
const MOST_ITEMS: u32 = 60;

/// Words that an aside or a clause starts with.
const ASIDE: Classes = Classes::of(&[
    Class::Preposition,
    Class::Pronoun,
    Class::Conjunction,
    Class::Verb,
]);

/// Counts the items of a list that fills `input`.
///
/// `items = item *( ("," | ";" | "?") item ) [","] ("and" | "or") item`. A list with semicolons or questions is cut at them alone. A list whose
/// items start with numbers is a total and its parts, and none.
pub fn items(input: Input<'_>) -> Option<Items> {
    let tokens = input.tokens();
    let semicolons = tokens
        .iter()
        .any(|token| token.kind == TokenKind::Symbol(';'));
    let mut count = Count {
        parts: 0,
        numbered: 0,
        more: 0,
        joints: 0,
        last_joints: 0,
        comma_and: false,
        verbs: false,
        capital: true,
        long: 0,
    };
    let mut length = 0;
    let (mut begins, mut depth, mut clause) = (true, 0u32, false);
    // "The Home Standard, the Safety and Quality Standard, and the Transparency, Influence and Accountability Standard": where all items
    // but what stands inside a name have their article, these are what is listed.
    let articled = articled(input);
    let questions = tokens
        .iter()
        .filter(|token| token.kind == TokenKind::Symbol('?'))
        .count()
        > 1;
    for (at, token) in tokens.iter().enumerate() {
        let here = input.skip(at);
        match token.kind {
            TokenKind::Symbol('(' | '[') => depth += 1,
            TokenKind::Symbol(')' | ']') => depth = depth.saturating_sub(1),
            TokenKind::Symbol(mark)
                if depth == 0
                    && (mark == ';'
                        || mark == '?' && questions
                        || mark == ','
                            && !semicolons
                            && !questions
                            && (!articled || opens_with_article(here.skip(1)))) =>
            {
                begins = true;
            }
            TokenKind::Symbol('“' | '"') if begins && count.parts == 0 => return None,
            _ if depth > 0 => {}
            TokenKind::Word if here.starts_with("and") || here.starts_with("or") => {
                if begins {
                    count.comma_and = true;
                } else if !articled || opens_with_article(here.skip(1)) {
                    length = 0;
                    count.joints += 1;
                    count.last_joints += 1;
                }
            }
            TokenKind::Symbol(_) => {}
            _ => {
                if begins {
                    if token.kind == TokenKind::Number
                        || is_a(here, Classes::of(&[Class::NumberWord]))
                    {
                        count.numbered += 1;
                        count.more += several(here)? - 1;
                    }
                    // "Fire, which spreads, and flood": what stands between the commas is no item.
                    let aside = here.starts_with("which") || here.starts_with("as");
                    count.verbs |= count.parts > 0 && !clause && aside;
                    count.parts += 1;
                    count.last_joints = 0;
                    length = 0;
                    count.long += u32::from(is_a(here, ASIDE));
                    clause = [
                        "how", "what", "whether", "that", "who", "when", "why", "where",
                    ]
                    .iter()
                    .any(|word| here.starts_with(word));
                    count.capital &= token.capital;
                    begins = false;
                }
                length += 1;
                count.long += u32::from(length > SHORT);
                count.verbs |= !clause && is_a(here, Classes::of(&[Class::Auxiliary]));
            }
        }
    }
    count.items()
}

/// Whether a list opens with "the", and so do most of its items, the last one among them.
fn articled(list: Input<'_>) -> bool {
    let the = |here: Input<'_>| here.starts_with("the");
    let commas = list.starts().filter(|here| {
        here.first()
            .is_some_and(|token| token.kind == TokenKind::Symbol(','))
    });
    let (with, without): (Vec<_>, Vec<_>) =
        commas.partition(|comma| opens_with_article(comma.skip(1)));
    let last = list.starts().any(|here| {
        let and = here.starts_with("and") || here.starts_with("or");
        and && the(here.skip(1))
    });
    the(list) && last && with.len() > 1 && with.len() >= without.len()
}

/// Whether "the" stands here, an "and" before it aside.
fn opens_with_article(here: Input<'_>) -> bool {
    let and = here.starts_with("and") || here.starts_with("or");
    here.skip(usize::from(and)).starts_with("the")
}

/// How many things an item counts that starts with a number.
fn several(item: Input<'_>) -> Option<u32> {
    let (rest, quantity) = number::magnitude(item).ok()?;
    let count = quantity.number.value().to_u32()?;
    let whole = quantity.number.value().scale() == 0;
    let things = noun::counted(rest).is_ok();
    (whole && things && !measured(rest) && (1..=MOST_ITEMS).contains(&count)).then_some(count)
}

struct Count {
    parts: u32,
    /// Items that start with a number, and how many things they count beyond one each.
    numbered: u32,
    more: u32,
    joints: u32,
    last_joints: u32,
    comma_and: bool,
    verbs: bool,
    capital: bool,
    /// How often an item is too long or opens with a word that no name opens with.
    long: u32,
}

impl Count {
    fn items(&self) -> Option<Items> {
        let natural = self.parts + u32::from(!self.comma_and && self.last_joints > 0);
        let most = self.parts + self.joints;
        if self.numbered > 0 {
            // A total and its parts is no list of things.
            let total = natural + self.more;
            return (self.numbered * 2 < natural && total <= MOST_ITEMS).then_some(Items {
                least: total,
                most: total,
                natural: total,
                summed: true,
                plain: !self.verbs,
                capital: false,
                short: self.long == 0,
            });
        }
        (2..=MOST_ITEMS).contains(&natural).then_some(Items {
            least: self.parts.max(2),
            most: most.max(natural),
            natural,
            summed: false,
            plain: !self.verbs,
            capital: self.capital,
            short: self.long == 0,
        })
    }
}

/// The list that follows a counted noun in its sentence, and whether it is set off by a colon or dash.
///
/// `inline-list = … (":" | "–") items | ["," ["in" | "namely"]] items | "," items "," verb | "(" items ")" | *12word "(" items ")" "."`. `rest` runs from the noun to the end
/// of the sentence or the next counting number before a colon.
pub fn inline_list(rest: Input<'_>, announced: u32, general: bool) -> Option<(Items, bool)> {
    let rest = rest.until(rest.position() + LIST_REACH);
    let sets_off = rest
        .tokens()
        .iter()
        .position(|token| matches!(token.kind, TokenKind::Symbol(':')));
    if let Some(at) = sets_off {
        let list = rest.skip(at + 1);
        // What counts several things may be one item or several: a number above both is wrong.
        return (!list.is_empty())
            .then(|| items(list))
            .flatten()
            .filter(|found| !found.summed || found.natural <= announced)
            .map(|items| (items, true));
    }
    let apart = || {
        let found = items(set_apart(rest)?)?;
        (found.natural == announced && found.plain && found.short).then_some(found)
    };
    let beside = beside(rest, announced)
        .or_else(|| apart().filter(|_| general))
        .or_else(|| after_dash(rest, announced))
        .or_else(|| in_late_bracket(rest, announced));
    if let Some(found) = beside.or_else(|| covered(rest, announced)) {
        return Some((found, false));
    }
    if let Some(found) = called(rest) {
        return Some((found, true));
    }
    between_dashes(rest)
        .filter(|found| !found.summed || found.natural == announced)
        .map(|items| (items, true))
}

/// Names that end the sentence, right behind a word that says that they are the things: "three units, called Beech, Hazel and Rowan."
fn called(rest: Input<'_>) -> Option<Items> {
    let comma = rest.starts_with(",");
    let word = if comma { rest.skip(1) } else { rest };
    let says = ["namely", "called", "named"]
        .iter()
        .any(|known| word.starts_with(known));
    let list = says.then(|| word.skip(1))?;
    let end = list
        .tokens()
        .iter()
        .position(|token| token.kind == TokenKind::Symbol('.'))?;
    let found = items(list.until(list.position() + end))?;
    (found.capital && found.plain && end + 1 == list.len()).then_some(found)
}

/// A list behind a word for what the things are about, with as many items as announced: "six breaches of rules, relating to staffing,
/// …".
fn covered(rest: Input<'_>, announced: u32) -> Option<Items> {
    let at = (0..COVER_REACH).find(|&at| rest.skip(at).lexeme(Class::Covering).is_some())?;
    let (list, _) = rest.skip(at).lexeme(Class::Covering)?;
    let counts = !rest
        .until(rest.position() + at)
        .seek(Classes::NUMERIC)
        .is_empty();
    let end = list
        .tokens()
        .iter()
        .position(|token| matches!(token.kind, TokenKind::Symbol('.' | ';' | '–' | '—')))
        .unwrap_or(list.len());
    let found = items(list.until(list.position() + end))?;
    let fits = (found.least..=found.most).contains(&announced) && found.plain && !counts;
    fits.then_some(found)
}

/// Tokens between a noun and the word for what it is about, at most.
const COVER_REACH: usize = 5;

/// Names of things that were said to be so many, as what they are: "[the five standards] are safe, …, and well-led". A phrase may stand
/// before the verb that says which of them, if the names have capitals: "[the three towns] with the worst air are Ayr, Bute and Mere".
pub fn equated(rest: Input<'_>, announced: u32) -> Option<Items> {
    let be = |here: Input<'_>| ["are", "were"].iter().any(|verb| here.starts_with(verb));
    let word = |here: &Input<'_>| {
        here.first()
            .is_some_and(|token| token.kind == TokenKind::Word)
    };
    let told = (0..DEFINING_REACH).map(|at| rest.skip(at));
    let verb = told
        .take_while(word)
        .find(|here| is_a(*here, Classes::of(&[Class::Auxiliary])))
        .filter(|here| be(*here))?;
    let list = verb.skip(1);
    let end = list
        .tokens()
        .iter()
        .position(|token| matches!(token.kind, TokenKind::Symbol('.')))
        .unwrap_or(list.len());
    let found = items(list.until(list.position() + end))?;
    let fits = (found.least..=found.most).contains(&announced) && announced > 2;
    let defined = verb.position() > rest.position();
    (fits && found.plain && (!defined || found.capital)).then_some(found)
}

/// Words between what is counted and the verb that says what it is, at most: "with the highest numbers of poor quality lakes".
const DEFINING_REACH: usize = 14;

/// Items between two dashes, the first of them right behind the noun: "three services – surgery, maternity and care –".
fn between_dashes(rest: Input<'_>) -> Option<Items> {
    let dash = |token: &Token| matches!(token.kind, TokenKind::Symbol('–' | '—'));
    let list = rest
        .first()
        .filter(|token| dash(token))
        .map(|_| rest.skip(1))?;
    let end = list.tokens().iter().position(dash)?;
    items(list.until(list.position() + end)).filter(|found| found.plain)
}

/// Tokens between a noun and the dash that sets off its list, at most.
const DASH_REACH: usize = 12;

/// A list in brackets that end the clause further on, with as many items as announced: "two services were shut (surgery and care)".
fn in_late_bracket(rest: Input<'_>, announced: u32) -> Option<Items> {
    let mark = |token: &Token, wanted: char| token.kind == TokenKind::Symbol(wanted);
    let tokens = rest.tokens();
    let at = tokens
        .iter()
        .take(DASH_REACH)
        .position(|token| mark(token, '('))?;
    let before = rest.until(rest.position() + at);
    let plain = before
        .tokens()
        .iter()
        .all(|token| token.kind == TokenKind::Word);
    let list = rest.skip(at + 1);
    let end = list.tokens().iter().position(|token| mark(token, ')'))?;
    let after = list.skip(end + 1);
    let ends = after
        .first()
        .is_none_or(|token| matches!(token.kind, TokenKind::Symbol('.' | ';')));
    let list = list.until(list.position() + end);
    let numbers = |input: Input<'_>| !input.seek(Classes::NUMERIC).is_empty();
    let times = list.holds(Class::Month) || is_a(list, ASIDE);
    if !plain || !ends || numbers(before) || numbers(list) || times {
        return None;
    }
    items(list).filter(|found| found.natural == announced && found.plain && !found.summed)
}

/// A list behind a dash further on, with as many items as announced: "three services were poor – surgery, maternity and care."
fn after_dash(rest: Input<'_>, announced: u32) -> Option<Items> {
    let dash = |token: &Token| matches!(token.kind, TokenKind::Symbol('–' | '—'));
    let tokens = rest.tokens();
    let at = tokens.iter().take(DASH_REACH).position(dash)?;
    let numbered = !rest
        .until(rest.position() + at)
        .seek(Classes::NUMERIC)
        .is_empty();
    let list = rest.skip(at + 1);
    let end = list
        .tokens()
        .iter()
        .position(|token| dash(token) || token.kind == TokenKind::Symbol('.'))
        .unwrap_or(list.len());
    let found = items(list.until(list.position() + end))?;
    let fits = (found.least..=found.most).contains(&announced) && found.plain && !numbered;
    fits.then_some(found)
}

/// Whether a list right before a number has as many items: "Care, work and food: these three themes".
///
/// `list-before = items (":" | dash) [opener]`, from the start of the sentence; `before` ends at the number.
pub fn list_before(sentence: Input<'_>, number: usize, announced: u32) -> bool {
    let before = sentence.until(number);
    let tokens = before.tokens();
    let Some(at) = tokens
        .iter()
        .rposition(|token| matches!(token.kind, TokenKind::Symbol(':' | '–' | '—')))
    else {
        return false;
    };
    let points = before.skip(at + 1);
    let opens = points.len() <= 2 && is_a(points, Classes::of(&[Class::Determiner]));
    let found = opens
        .then(|| items(before.until(before.position() + at)))
        .flatten();
    found.is_some_and(|found| (found.least..=found.most).contains(&announced) && found.plain)
}

/// Tokens of a list in a sentence, at most; a bound that keeps the cost linear.
const LIST_REACH: usize = 200;

/// How far after a noun a list may start that no colon sets off.
const NEAR: usize = 3;

/// A list that stands beside its noun, with as many items as announced: names in capitals, or anything in brackets or
/// between dashes.
fn beside(rest: Input<'_>, announced: u32) -> Option<Items> {
    let tokens = rest.tokens();
    let at = tokens
        .iter()
        .take(NEAR)
        .position(|token| matches!(token.kind, TokenKind::Symbol(',' | '(' | '–' | '—')))?;
    let mark = tokens.get(at)?.kind;
    let mut list = rest.skip(at + 1);
    let mut named = ["namely", "called", "named"]
        .iter()
        .any(|word| list.starts_with(word));
    for word in ["in", "namely", "called", "named", "at"] {
        if list.starts_with(word) {
            list = list.skip(1);
            named |= repeats(list, word);
        }
    }
    let closes = |kind: TokenKind| match mark {
        TokenKind::Symbol('(') => kind == TokenKind::Symbol(')'),
        TokenKind::Symbol(',') => kind == TokenKind::Symbol('.'),
        _ => matches!(kind, TokenKind::Symbol('–' | '—' | '.')),
    };
    let end = list
        .tokens()
        .iter()
        .position(|token| closes(token.kind))
        .unwrap_or(list.len());
    let whole = list.until(list.position() + end);
    // "Two people, the manager and her deputy" ends its sentence.
    let determined = is_a(whole, Classes::of(&[Class::Determiner])) && !says_something(whole);
    named |= determined && end + 1 >= list.len() && announced > 1;
    let fits = |found: &Items| {
        (found.least..=found.most).contains(&announced)
            && found.plain
            && (found.capital || named || mark != TokenKind::Symbol(','))
    };
    if let Some(found) = items(whole).filter(fits) {
        return Some(found);
    }
    if mark != TokenKind::Symbol(',') {
        return None;
    }
    let commas = whole
        .tokens()
        .iter()
        .enumerate()
        .filter(|(_, token)| token.kind == TokenKind::Symbol(','));
    commas
        .take(announced.min(MOST_ITEMS) as usize + 2)
        .find_map(|(at, _)| {
            let cut = whole.until(whole.position() + at);
            let described = is_a(cut, Classes::of(&[Class::Determiner]))
                && !says_something(cut)
                && RELATIVES
                    .iter()
                    .any(|word| whole.skip(at + 1).starts_with(word));
            ends_in_and(cut)
                .and_then(items)
                .filter(|found| fits(found) || described && found.natural == announced)
        })
}

/// Words that go on to describe the items of a list that was just named: "two homes, the Elms and the Oaks, which are new".
const RELATIVES: [&str; 5] = ["which", "who", "where", "both", "each"];

/// Whether the last item of a list is led in by a preposition as the first one is: "[in] care and in leadership".
fn repeats(list: Input<'_>, preposition: &str) -> bool {
    list.starts()
        .any(|here| here.starts_with("and") && here.skip(1).starts_with(preposition))
}

/// Whether a verb stands in a list, or a word that begins a clause.
fn says_something(list: Input<'_>) -> bool {
    const SAYS: Classes = Classes::of(&[Class::Verb, Class::Auxiliary, Class::Pronoun]);
    let determiner = Classes::of(&[Class::Determiner]);
    list.starts()
        .any(|here| is_a(here, SAYS) && !is_a(here, determiner))
}

/// The list itself, where its last item follows an "and".
fn ends_in_and(list: Input<'_>) -> Option<Input<'_>> {
    let last = list
        .tokens()
        .iter()
        .rposition(|token| token.kind == TokenKind::Symbol(','))
        .unwrap_or(0);
    (last..list.len())
        .any(|at| list.skip(at).starts_with("and"))
        .then_some(list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{grammar::testing::with_input, span::text_at};

    #[track_caller]
    fn check(text: &str, expected: &[(u32, &str)]) {
        let found = with_input(text, |input| {
            let counts = counts(input).into_iter();
            counts
                .map(|counted| (counted.count, text_at(text, counted.span).to_owned()))
                .collect::<Vec<_>>()
        });
        let expected: Vec<_> = expected
            .iter()
            .map(|&(count, span)| (count, span.to_owned()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn numbers_count_things() {
        check(
            "The inspectors named the following six issues:",
            &[(6, "six issues")],
        );
        check(
            "We made 3 areas for improvement.",
            &[(3, "3 areas for improvement")],
        );
        check(
            "There are two strategic recommendations.",
            &[(2, "two strategic recommendations")],
        );
        check(
            "These are six of the shops that we saw:",
            &[(6, "six of the shops")],
        );
        check("The governor accepts all five.", &[(5, "all five")]);
        check(
            "the four gas and electricity companies",
            &[(4, "four gas and electricity companies")],
        );
        check(
            "one cause of concern, with two recommendations",
            &[(1, "one cause of concern"), (2, "two recommendations")],
        );
        check("Leaders should do three things:", &[(3, "three things")]);
    }

    #[test]
    fn numbers_may_do_without_their_noun() {
        check("All four of these were shut.", &[(4, "All four")]);
        check("We accept all but one of the recommendations.", &[]);
        check("All bar two areas were good.", &[]);
        check(
            "Much was late, but two areas were good.",
            &[(2, "two areas")],
        );
        check("All three include rent.", &[(3, "All three")]);
        check("All three wards rely on it.", &[(3, "three wards")]);
        check("All four of the nurses were", &[(4, "four of the nurses")]);
        check("These five make up the plan.", &[(5, "five")]);
        check("These five later.", &[]);
        check("three – Ash, Elm and Oak – were shut", &[(3, "three")]);
        check("three – Ash and Oak – were shut", &[]);
        check("three (staff, food and care) were shut", &[]);
        check(
            "ten of Calder Bay's shops",
            &[(10, "ten of Calder Bay's shops")],
        );
        check("ten of Mondays", &[]);
    }

    #[test]
    fn what_is_counted_on_for_others_is_a_part() {
        let parts = |text: &str| {
            with_input(text, |input| {
                let counts = counts(input).into_iter();
                counts.map(|counted| counted.part).collect::<Vec<_>>()
            })
        };
        assert_eq!(
            parts("four recommendations for the board and two for the council"),
            [true]
        );
        assert_eq!(
            parts("four recommendations for the board and the council"),
            [false]
        );
        assert_eq!(
            parts("four recommendations for the board and two orders for it"),
            [false, false]
        );
    }

    #[test]
    fn other_numbers_count_nothing_listed() {
        check("more than ten areas", &[]);
        check(
            "two of the four recommendations",
            &[(4, "four recommendations")],
        );
        check("the other two areas", &[]);
        check("two more areas", &[]);
        check("over five years", &[]);
        check("12% of areas", &[]);
        check("recommendation 4 areas", &[]);
        check("4.0 Shops of concern", &[]);
        check("one nurse", &[]);
        check("£5 areas", &[]);
        check("on 4 May areas", &[]);
    }

    #[track_caller]
    fn inline(text: &str, announced: u32, expected: Option<u32>) {
        let found = with_input(text, |input| {
            inline_list(input, announced, false).map(|(items, _)| items.listed(announced))
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn lists_in_a_sentence_are_counted() {
        inline(": safety, respect, work and release.", 4, Some(4));
        inline(": safety, respect and release.", 4, Some(3));
        inline(
            ": health and safety, staff, and food and drink.",
            3,
            Some(3),
        );
        inline(
            ": urgent and emergency care, surgery and maternity.",
            3,
            Some(3),
        );
        inline(
            ": how food is kept, the state of the rooms, and how staff are trained.",
            3,
            Some(3),
        );
        inline(", Northgate and St Bede's, and met staff.", 2, Some(2));
        inline(" a year, in March, June and November.", 3, Some(3));
        inline(" (Upton, Downton and Wickham).", 3, Some(3));
        inline(
            " – repairs, records and complaints – were clear.",
            3,
            Some(3),
        );
    }

    #[test]
    fn totals_and_clauses_are_no_lists() {
        inline(": 40 from courts, 30 from police and 20 others.", 3, None);
        inline(", a rise on last year, and met staff.", 2, None);
        inline(" were seen in March, June and November.", 4, None);
        inline(": “We like it, and the food.”", 2, None);
        inline(".", 2, None);
        inline(", which meet in the hall and the shed.", 2, None);
        inline(", the hall and the shed, were shut.", 2, None);
        inline(", staff and residents.", 2, None);
        inline(" were poor – surgery, maternity and medical care.", 4, None);
    }

    #[test]
    fn lists_without_a_colon() {
        inline(", namely care, work, food and staff.", 4, Some(4));
        inline(", in care and in food, and hired a cook.", 2, Some(2));
        inline(", in care and food.", 2, None);
        inline(", the Elms and the Oaks, which are new.", 2, Some(2));
        inline(", the manager and her deputy.", 2, Some(2));
        inline(
            " were rated inadequate – surgery, maternity and medical care.",
            3,
            Some(3),
        );
        inline(": is it safe? is it kind? is it well led?", 3, Some(3));
        inline(", called Beech, Hazel and Rowan.", 3, Some(3));
        inline(
            ": a nursery, two primary schools, a college and a farm.",
            5,
            Some(5),
        );
        inline(
            ": a nursery, two primary schools, a college and a farm.",
            4,
            None,
        );
        inline(": two in Ash, three in Elm and one at home.", 6, None);
        inline(
            " of the rules, relating to safe care and treatment, food, rest and play, and leadership.",
            4,
            Some(4),
        );
        inline(", covering food, rest and leadership.", 4, None);
        inline(" relating to rules that are old and a plan.", 2, None);
    }
}
