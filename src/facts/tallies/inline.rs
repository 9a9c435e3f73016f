//! Lists in the sentence of their number.

use super::{
    Listed,
    ways::{close, number_at},
};
use crate::{
    facts::lists,
    grammar::{
        Class, Input, Token, TokenKind, marker,
        tally::{self as grammar, Counted, Opener},
    },
};

/// A list in the same sentence.
pub(super) fn inline(input: Input<'_>, counted: &Counted, next: Option<usize>) -> Option<Listed> {
    let rest = input.restart(counted.end);
    let colon = rest
        .tokens()
        .iter()
        .take(COLON_REACH)
        .find(|token| token.kind == TokenKind::Symbol(':'));
    let before_next = colon.is_some_and(|colon| next.is_none_or(|next| colon.span.start < next));
    let rest = if colon.is_some() && !before_next {
        // The colon belongs to a later number; only what stands right beside this one may be its list.
        let end = colon.map_or(0, |colon| {
            rest.tokens()
                .partition_point(|token| token.span.start < colon.span.start)
        });
        rest.until(rest.position() + end)
    } else {
        rest
    };
    if let Some(items) = marked(input, counted) {
        let announced = counted.general || counted.opener == Opener::Ahead;
        let fits = items == counted.count;
        return (fits || before_next && announced).then(|| Listed {
            inline: true,
            ..Listed::all(items as usize)
        });
    }
    if beside_others(input, counted, rest) {
        return None;
    }
    if ranged(rest) == Some(counted.count) {
        return Some(Listed {
            inline: true,
            ..Listed::all(counted.count as usize)
        });
    }
    let (items, set_off) = grammar::inline_list(rest, counted.count, counted.general)?;
    let listed = items.listed(counted.count);
    let fits = listed == counted.count;
    // "One of three grades: good, fair or poor" lists the three.
    let colon = |token: &Token| token.kind == TokenKind::Symbol(':');
    let part = counted.part && !rest.first().is_some_and(colon);
    let names = (items.capital || items.short) && close(listed as usize, counted.count as usize);
    let certain = fits || set_off && items.plain && (counted.general || names);
    let complete = !lists::opening(rest).holds(Class::Including);
    (certain && (fits || !set_off || !part)).then_some(Listed {
        count: Some(listed as usize),
        complete,
        inline: true,
        summed: items.summed,
    })
}

/// How many items are marked after the colon that follows: "three duties: (a) to …; (b) to …; and (c) to …".
fn marked(input: Input<'_>, counted: &Counted) -> Option<u32> {
    let rest = input.restart(counted.end);
    let mut tokens = rest.tokens().iter().take(COLON_REACH);
    let colon = tokens.position(|token| token.kind == TokenKind::Symbol(':'))?;
    marker::marked_items(rest.skip(colon + 1))
}

/// How many steps a range has that names the things by letters or numbers: "five risk categories, from A (highest) to E (lowest)".
///
/// `range = [","] ["from"] step ["(" *2word ")"] ("to" | "–" | "-") step`
fn ranged(rest: Input<'_>) -> Option<u32> {
    let rest = rest.skip(usize::from(rest.starts_with(",")));
    let rest = rest.skip(usize::from(rest.starts_with("from")));
    let from = step(rest)?;
    let rest = rest.skip(1);
    let closes = |here: Input<'_>| here.starts_with(")");
    let bracket = rest.starts_with("(");
    let close = (1..=3).find(|&at| bracket && closes(rest.skip(at)));
    let rest = rest.skip(close.map_or(0, |at| at + 1));
    let linked = ["to", "–", "-"].iter().any(|link| rest.starts_with(link));
    let to = step(rest.skip(1)).filter(|_| linked)?;
    (to.0 == from.0 && to.1 > from.1).then(|| to.1 - from.1 + 1)
}

/// A letter or number that names a step, by whether it is a letter, and its place in the count.
fn step(input: Input<'_>) -> Option<(bool, u32)> {
    let token = input.first()?;
    let text = input.text_of(token);
    let letter = || {
        let mut chars = text.chars();
        let only = chars.next().filter(char::is_ascii_uppercase);
        only.filter(|_| chars.next().is_none())
    };
    match token.kind {
        TokenKind::Number => Some((false, text.parse().ok()?)),
        _ => letter().map(|letter| (true, u32::from(letter))),
    }
}

/// Whether others stand beside what is counted, in a whole made up of all of them: "made up of two inspectors, a pharmacist and a nurse".
fn beside_others(input: Input<'_>, counted: &Counted, rest: Input<'_>) -> bool {
    const REACH: usize = 3;
    let number = number_at(input, counted);
    let before = input.restart(number.saturating_sub(REACH)).until(number);
    let made_up =
        before.holds(Class::Split) || lists::within(input, counted.noun).holds(Class::Inspector);
    let comma = rest
        .first()
        .is_some_and(|token| token.kind == TokenKind::Symbol(','));
    made_up
        && comma
        && ["a", "an", "one"]
            .iter()
            .any(|word| rest.skip(1).starts_with(word))
}

/// Things that are said to be what a list names: "The five standards are safe, effective, caring, responsive and well-led."
pub(super) fn equated(input: Input<'_>, counted: &Counted) -> Option<Listed> {
    let known = counted.opener == Opener::Known;
    let items = known.then(|| grammar::equated(input.restart(counted.end), counted.count))??;
    (items.capital || counted.general && items.short).then(|| Listed {
        inline: true,
        ..Listed::all(counted.count as usize)
    })
}

/// Tokens after a noun within which the colon of its list stands.
const COLON_REACH: usize = 40;
