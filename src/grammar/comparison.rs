//! Comparisons: a value, or the measure of a sentence, set against a base.

use rust_decimal::Decimal;

use super::{
    Class, Classes, Input, Parsed, TokenKind,
    base::{self, Base, BaseKind},
    level::{self, Level},
    noun,
    number::Quantity,
    symbol,
};
use crate::{span::Span, value::Unit};

/// How a value stands to its base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Higher.
    Above,
    /// Lower.
    Below,
    /// Better, in evaluative words.
    Better,
    /// Worse, in evaluative words.
    Worse,
    /// The same.
    Equal,
    /// Whatever the two values say.
    ByValues,
}

/// A relation as it stands in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// How the value stands to the base.
    pub relation: Relation,
    /// The gap: "16 days" in "16 days below the average".
    pub by: Option<Quantity>,
    /// The multiple: 2 in "twice the national average".
    pub factor: Option<Decimal>,
    /// What it is set against; several in "above the national and regional averages".
    pub bases: Vec<Base>,
    /// First token, the gap included.
    pub first: usize,
    /// Token of the word that states the relation.
    pub trigger: usize,
    /// The phrase, gap and base included.
    pub span: Span,
}

/// Classes at which a comparison is looked for.
const TRIGGERS: Classes = Classes::of(&[
    Class::Above,
    Class::Below,
    Class::BetterThan,
    Class::WorseThan,
    Class::EqualTo,
    Class::ComparedWith,
    Class::Multiple,
]);

const RELATIONS: [(Class, Relation); 6] = [
    (Class::Above, Relation::Above),
    (Class::Below, Relation::Below),
    (Class::BetterThan, Relation::Better),
    (Class::WorseThan, Relation::Worse),
    (Class::EqualTo, Relation::Equal),
    (Class::ComparedWith, Relation::ByValues),
];

/// Words between a comparative and its "than": "lower cost per case than".
const COMPARED_NOUN: usize = 10;

/// Every comparison of a sentence, in order; `levels` are the sentence's.
pub fn comparisons(sentence: Input<'_>, levels: &[Level]) -> Vec<Comparison> {
    let mut found = Vec::new();
    let mut rest = sentence;
    while let Some(token) = rest.first() {
        let parsed = if token.classes.meets(TRIGGERS) {
            comparison(rest, levels)
        } else if token.kind == TokenKind::Symbol('(') {
            bracketed(rest, levels)
        } else {
            rest.miss()
        };
        rest = match parsed {
            Ok((after, comparison)) => {
                found.push(comparison);
                after
            }
            Err(_) => rest.skip(1),
        };
    }
    found
}

/// Reads a comparison at the word that states its relation.
///
/// ```text
/// comparison = [gap] ( direct | comparative *10word "than" | target-verb | "compared with" | multiple [noun "of"] ) base
/// gap        = level ["(" … ")"]
/// ```
///
/// "7% above the national average", "a lower cost per case than the average", "met the 80% target", "£4 below the average
/// for the county", "missed its savings target by £9.8m", "twice the national rate".
pub fn comparison<'a>(input: Input<'a>, levels: &[Level]) -> Parsed<'a, Comparison> {
    for (class, relation) in RELATIONS {
        if let Some((rest, word)) = input.lexeme(class)
            && let Ok(found) = stated(input, rest, relation, word.canonical, levels)
        {
            return Ok(found);
        }
    }
    multiple(input)
}

fn stated<'a>(
    input: Input<'a>,
    rest: Input<'a>,
    relation: Relation,
    role: &str,
    levels: &[Level],
) -> Parsed<'a, Comparison> {
    let gap = if matches!(relation, Relation::ByValues | Relation::Equal) {
        None
    } else {
        gap_before(input, levels)
    };
    let at_base = match role {
        "than" => than(rest, gap.is_some())?.0,
        _ => rest,
    };
    let (after, bases) = bases(at_base)?;
    let first_base = bases.first();
    let (after, by) = match gap {
        Some(gap) => (after, Some(gap.quantity.clone())),
        None if role == "target" => by_after(after),
        None => (after, None),
    };
    if let Some(base) = first_base
        && !admits(role, relation, base, by.is_some(), at_base)
    {
        return input.miss();
    }
    let first = gap.map_or(input.position(), |gap| gap.tokens.start);
    Ok((
        after,
        Comparison {
            relation,
            by,
            factor: None,
            span: input.widen(first).span_to(after),
            bases,
            first,
            trigger: input.position(),
        },
    ))
}

/// Whether a base is one that such a relation can be stated to.
fn admits(role: &str, relation: Relation, base: &Base, gap: bool, at_base: Input<'_>) -> bool {
    let of_phrase = || {
        let label = base.label.start;
        at_base
            .tokens()
            .iter()
            .find(|token| token.span.start == label)
            .is_some_and(|token| at_base.text_of(token).eq_ignore_ascii_case("of"))
    };
    match role {
        "target" => {
            base.kind == BaseKind::Reference
                && !base.group
                && !of_phrase()
                && (base.value.is_some() || gap)
        }
        _ if relation == Relation::ByValues => base.value.is_some(),
        _ if base.group => base.value.is_some() && gap,
        _ => true,
    }
}

/// The level that ends right before the relation, as its gap; a bracket may stand between.
fn gap_before<'l>(input: Input<'_>, levels: &'l [Level]) -> Option<&'l Level> {
    let at = input.position();
    let end = levels.partition_point(|level| level.tokens.end <= at);
    let level = levels.get(..end)?.iter().rev().take(3).find(|level| {
        let between = input.widen(level.tokens.end).until(at);
        between.is_empty() || is_bracket(between) || is_unit(between)
    })?;
    Some(level)
}

fn is_bracket(input: Input<'_>) -> bool {
    input.len() <= 8 && input.starts_with("(") && input.skip(input.len() - 1).starts_with(")")
}

/// A noun of at most two words between a gap and its comparative: "three officers fewer".
fn is_unit(input: Input<'_>) -> bool {
    input.len() <= 2 && noun::counted(input).is_ok_and(|(rest, _)| rest.is_empty())
}

/// The "than" of a comparative.
///
/// `than = *10word "than"`
fn than(input: Input<'_>, gap: bool) -> Parsed<'_, Span> {
    for at in 0..=COMPARED_NOUN {
        let here = input.skip(at);
        if here.starts_with("than") {
            let words = input.until(here.position());
            return if at == 1 && !gap && !noun::is_plural(words) && is_adjective(words) {
                input.miss()
            } else {
                super::word("than")(here)
            };
        }
        if here.first().is_none_or(|token| {
            !matches!(token.kind, TokenKind::Word | TokenKind::Symbol('’' | '\''))
        }) {
            break;
        }
    }
    input.miss()
}

/// Whether one word between "more" and "than" looks like an adjective: "more likely than", "more positive than".
fn is_adjective(input: Input<'_>) -> bool {
    input.first().is_some_and(|token| {
        let text = input.text_of(token);
        ["ly", "ive", "ful", "ble", "ent", "ant", "al", "ous"]
            .iter()
            .any(|ending| text.ends_with(ending))
    })
}

/// The bases of one relation.
///
/// `bases = base *( "and" base )`, each further one a reference: "above statistical neighbours and England averages".
fn bases(input: Input<'_>) -> Parsed<'_, Vec<Base>> {
    let (rest, first) = base::base(input)?;
    let mut bases = split(input.until(rest.position()), first);
    let mut rest = rest;
    while (rest.starts_with("and") || rest.starts_with(",")) && bases.len() < 4 {
        let next = rest.skip(1);
        match base::base(next) {
            Ok((after, more))
                if rest.starts_with("and")
                    && !more.group
                    && more.kind == BaseKind::Reference
                    && bases.iter().all(|base| base.kind == BaseKind::Reference)
                    && !next
                        .first()
                        .is_some_and(|token| token.classes.meets(TRIGGERS)) =>
            {
                bases.push(more);
                rest = after;
            }
            _ => break,
        }
    }
    Ok((rest, bases))
}

/// Two references in one phrase: "statistical neighbours and England averages", "the national and regional averages".
fn split(phrase: Input<'_>, base: Base) -> Vec<Base> {
    let joined = (1..phrase.len()).find(|&at| phrase.skip(at).starts_with("and"));
    if base.kind != BaseKind::Reference || base.value.is_some() {
        return vec![base];
    }
    let Some(at) = joined else { return vec![base] };
    let (left, right) = (phrase.until(phrase.position() + at), phrase.skip(at + 1));
    match (base::names_reference(left), base::names_reference(right)) {
        (Some(first), Some(second)) => [first, second]
            .into_iter()
            .map(|label| Base {
                label,
                ..base.clone()
            })
            .collect(),
        _ => vec![base],
    }
}

/// The gap after a target: "missed its savings target by £9.8m".
fn by_after(input: Input<'_>) -> (Input<'_>, Option<Quantity>) {
    if input.starts_with("by")
        && let Ok((rest, level)) = level::level(input.skip(1))
    {
        return (rest, Some(level.quantity));
    }
    (input, None)
}

/// Reads a multiple of a reference.
///
/// `multiple = multiple-word ["the"] [ *3word "of" ] base`: "twice the national average", "almost double the level of
/// similar areas".
fn multiple(input: Input<'_>) -> Parsed<'_, Comparison> {
    let Some((rest, word)) = input.lexeme(Class::Multiple) else {
        return input.miss();
    };
    let Ok(factor) = Decimal::from_str_exact(word.canonical) else {
        return input.miss();
    };
    if !["the", "that", "its", "our", "as"]
        .iter()
        .any(|word| rest.starts_with(word))
    {
        return input.miss();
    }
    let (after, base) = base::base(rest)?;
    if base.group {
        return input.miss();
    }
    Ok((
        after,
        Comparison {
            relation: if factor < Decimal::ONE {
                Relation::Below
            } else {
                Relation::Above
            },
            by: None,
            factor: Some(factor),
            bases: vec![base],
            first: input.position(),
            trigger: input.position(),
            span: input.span_to(after),
        },
    ))
}

/// Reads a reference in brackets after a value.
///
/// `bracketed = level *4word "(" *6word-with-reference ["is" | "was" | "of" | ":" | ","] level ")"`:
/// "81% (the national average is 76%)".
fn bracketed<'a>(input: Input<'a>, levels: &[Level]) -> Parsed<'a, Comparison> {
    let (inner, _) = symbol('(')(input)?;
    let end = levels.partition_point(|level| level.tokens.end <= input.position());
    let near = levels.get(..end).and_then(<[Level]>::last);
    let Some(near) = near.filter(|level| level.tokens.end + 4 >= input.position()) else {
        return input.miss();
    };
    let closing = inner
        .tokens()
        .iter()
        .take(12)
        .position(|token| token.kind == TokenKind::Symbol(')'));
    let Some(closing) = closing else {
        return input.miss();
    };
    let words = inner.until(inner.position() + closing);
    let at = words.tokens().iter().position(|token| {
        token.span.start >= words.span().end
            || matches!(token.kind, TokenKind::Number | TokenKind::Symbol('£'))
    });
    let Some(at) = at.filter(|&at| at > 0) else {
        return input.miss();
    };
    let Some(label) = base::names_reference(words.until(words.position() + at)) else {
        return input.miss();
    };
    let (rest, value) = level::level(words.skip(at))?;
    if !rest.is_empty() || !base::fits(value.quantity.number.unit())(near.quantity.number.unit()) {
        return input.miss();
    }
    let after = inner.skip(closing + 1);
    Ok((
        after,
        Comparison {
            relation: Relation::ByValues,
            by: None,
            factor: None,
            bases: vec![Base {
                kind: BaseKind::Reference,
                value: Some(value),
                label,
                group: false,
                span: words.span(),
            }],
            first: near.tokens.start,
            trigger: input.position(),
            span: input.widen(near.tokens.start).span_to(after),
        },
    ))
}

/// The unit in which the value of a comparison must stand: that of the base's value, else that of the gap.
pub fn unit_of(base: &Base, by: Option<&Quantity>) -> Option<Unit> {
    base.value
        .as_ref()
        .map(|value| value.quantity.number.unit())
        .or_else(|| by.map(|by| by.number.unit()))
}
