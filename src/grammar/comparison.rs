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
    /// The value that is compared, where it is given with that of the base: "(54% compared with 67%)".
    pub value: Option<Level>,
    /// What is compared, where it stands behind: "57% longer for floods".
    pub of: Option<Span>,
    /// First token, the gap included.
    pub first: usize,
    /// Token of the word that states the relation.
    pub trigger: usize,
    /// The phrase, gap and base included.
    pub span: Span,
}

/// Classes at which a comparison is looked for.
pub const TRIGGERS: Classes = Classes::of(&[
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
        if token.kind == TokenKind::Symbol('(')
            && let Some(last) = found.last_mut()
            && let Some(after) = both_values(rest, last)
        {
            rest = after;
            continue;
        }
        let parsed = if token.classes.meets(TRIGGERS) {
            comparison(rest, levels)
                .or_else(|_| passive(rest, sentence))
                .or_else(|_| carried(rest, levels, found.last()))
        } else if token.kind == TokenKind::Symbol('(') {
            bracketed(rest, levels)
        } else {
            rest.miss()
        };
        rest = match parsed {
            Ok((after, comparison)) => {
                let further = missed_too(after, &comparison);
                found.push(comparison);
                match further {
                    Some((after, comparison)) => {
                        found.push(comparison);
                        after
                    }
                    None => after,
                }
            }
            Err(_) => rest.skip(1),
        };
    }
    found
}

/// Reads a gap that is set against what the one before it was.
///
/// `carried = gap comparative ( "for" | "in" | "on" | "among" | "at" ) noun-phrase`, after a comparison with a gap of the same unit and before no
/// other base: "[20% longer than what is promised] for fires and 57% longer for floods".
fn carried<'a>(
    input: Input<'a>,
    levels: &[Level],
    last: Option<&Comparison>,
) -> Parsed<'a, Comparison> {
    let found = RELATIONS.iter().find_map(|&(class, relation)| {
        let (rest, word) = input.lexeme(class)?;
        (word.canonical == "than").then_some((rest, relation))
    });
    let (Some((rest, relation)), Some(last), Some(gap)) = (found, last, gap_before(input, levels))
    else {
        return input.miss();
    };
    let unit = |quantity: &Quantity| quantity.number.unit();
    let alike = last
        .by
        .as_ref()
        .is_some_and(|by| unit(by) == unit(&gap.quantity));
    let shared = unit(&gap.quantity) != Unit::None
        && last
            .bases
            .iter()
            .all(|base| base.kind == BaseKind::Reference && !base.group);
    let led = ["for", "in", "on", "among", "at"]
        .iter()
        .any(|word| rest.starts_with(word));
    let of = noun::noun_phrase(rest.skip(1))
        .ok()
        .map(|(_, noun)| noun.span);
    let timed = base::period(rest).is_ok() || base::length(rest).is_some();
    if !alike || !shared || !led || of.is_none() || timed || is_denied(input) {
        return input.miss();
    }
    let word = input.until(rest.position()).span();
    Ok((
        rest,
        Comparison {
            relation,
            by: Some(gap.quantity.clone()),
            factor: None,
            bases: last
                .bases
                .iter()
                .map(|base| Base {
                    value: None,
                    ..base.clone()
                })
                .collect(),
            value: None,
            of,
            first: gap.tokens.start,
            trigger: input.position(),
            span: gap.quantity.span.join(word),
        },
    ))
}

/// Reads a second target of one verb.
///
/// `missed-too = ["(" … ")"] "and" base "by" level`: "missed its daily target by six (14%) and its yearly target by 3%".
fn missed_too<'a>(after: Input<'a>, last: &Comparison) -> Option<(Input<'a>, Comparison)> {
    last.by.as_ref()?;
    let close = (0..BRACKET).find(|&at| after.skip(at).starts_with(")"));
    let rest = match close.filter(|_| after.starts_with("(")) {
        Some(close) => after.skip(close + 1),
        None => after,
    };
    let next = rest.starts_with("and").then(|| rest.skip(1))?;
    let (rest, base) = base::base(next).ok()?;
    let (rest, by) = by_after(rest);
    if base.kind != BaseKind::Reference || base.group || by.is_none() {
        return None;
    }
    let span = next.span_to(rest);
    Some((
        rest,
        Comparison {
            by,
            bases: vec![base],
            first: next.position(),
            of: None,
            trigger: next.position(),
            value: None,
            span,
            ..last.clone()
        },
    ))
}

/// Reads the values of a comparison that names its base alone, and gives them to it.
///
/// `both-values = "(" level compared-with level ")"`: "fewer than at the last inspection said so (54% compared with 67%)".
fn both_values<'a>(input: Input<'a>, comparison: &mut Comparison) -> Option<Input<'a>> {
    let [base] = &mut comparison.bases[..] else {
        return None;
    };
    if base.value.is_some() || comparison.by.is_some() {
        return None;
    }
    let (rest, value) = level::level(input.skip(1)).ok()?;
    let (rest, _) = rest.lexeme(Class::ComparedWith)?;
    let (rest, reference) = level::level(rest).ok()?;
    let (after, _) = symbol(')')(rest).ok()?;
    comparison.span = comparison.span.join(reference.quantity.span);
    comparison.value = Some(value);
    base.value = Some(reference);
    Some(after)
}

/// Reads a comparison at the word that states its relation.
///
/// ```text
/// comparison = [gap] ( direct | comparative *10word "than" ) bases | ( verb | target-verb ) bases ["by" level]
///            | "compared with" bases | multiple
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
    let moves = input
        .position()
        .checked_sub(1)
        .map(|before| input.widen(before))
        .is_some_and(|before| before.starts_with("from") || before.starts_with("to"));
    if moves && matches!(role, "direct" | "inside") {
        return input.miss();
    }
    if is_denied(input) || base::length(input).is_some() || narrows(rest) {
        return input.miss();
    }
    let gapless = matches!(relation, Relation::ByValues | Relation::Equal);
    let gap = (!gapless && matches!(role, "than" | "direct" | "inside"))
        .then(|| gap_before(input, levels))
        .flatten();
    let (at_base, given) = match role {
        "than" => than(rest, gap.is_some())?,
        _ => (rest, None),
    };
    let at_base = expected(at_base);
    if role == "than" && at_base.lexeme(Class::Multiple).is_some() {
        return multiple(at_base);
    }
    // "More than a third of them" is a hedge, and "falling behind on targets" has no value.
    let hedges = role == "than" && at_base.lexeme(Class::Fraction).is_some();
    if hedges || role == "direct" && rest.starts_with("on") {
        return input.miss();
    }
    let (after, bases) = match bases(at_base) {
        Ok(found) => found,
        Err(miss) => match planned(at_base).filter(|_| gap.is_some() && role == "than") {
            Some((after, base)) => (after, vec![base]),
            None => return Err(miss),
        },
    };
    let first_base = bases.first();
    let (after, by) = match gap {
        Some(gap) => (after, Some(gap.quantity.clone())),
        None => by_after(after),
    };
    if let (Some(gap), Some(base)) = (gap, first_base)
        && counts_another(input.widen(gap.tokens.end).until(input.position()), base)
    {
        return input.miss();
    }
    if let Some(base) = first_base
        && !admits(
            role,
            relation,
            base,
            (by.is_some(), given.is_some()),
            at_base,
        )
    {
        return input.miss();
    }
    // "52% were reached within the limit of 60 minutes" says how many kept a limit.
    let alike = |level: &Level, base: &Level| {
        level.tokens.end <= input.position()
            && level.quantity.number.unit() == base.quantity.number.unit()
    };
    let of_base = first_base.and_then(|base| base.value.as_ref());
    if role == "within"
        && !of_base.is_some_and(|base| levels.iter().any(|level| alike(level, base)))
    {
        return input.miss();
    }
    let value = after
        .starts_with("at")
        .then(|| level::level(after.skip(1)).ok())
        .flatten()
        .map(|(_, level)| level)
        .or(given);
    let first = gap.map_or(input.position(), |gap| gap.tokens.start);
    let span = bases
        .iter()
        .map(|base| base.span)
        .chain(by.as_ref().map(|by| by.span))
        .fold(
            input.widen(first).until(input.position() + 1).span(),
            Span::join,
        );
    Ok((
        after,
        Comparison {
            relation,
            by,
            factor: None,
            value,
            span,
            bases,
            first,
            of: None,
            trigger: input.position(),
        },
    ))
}

/// Reads a target that is the subject of its verb.
///
/// `passive = target 1*4( auxiliary | adverb | "not" ) ( "met" | "missed" | "exceeded" )`, with the value of the target: "The 95%
/// target was not met".
fn passive<'a>(input: Input<'a>, sentence: Input<'a>) -> Parsed<'a, Comparison> {
    const BETWEEN: Classes = Classes::of(&[Class::Auxiliary, Class::Adverb, Class::Negation]);
    let found = RELATIONS.iter().find_map(|&(class, relation)| {
        let (rest, word) = input.lexeme(class)?;
        matches!(word.canonical, "target" | "verb").then_some((rest, relation))
    });
    let Some((after, relation)) = found else {
        return input.miss();
    };
    let is_between = |at: &usize| noun::is_a(sentence.restart(*at), BETWEEN);
    let least = sentence.position();
    let first = (least..input.position())
        .rev()
        .take_while(is_between)
        .last();
    let Some(verb) = first else {
        return input.miss();
    };
    let words = sentence.restart(verb).until(input.position());
    let be = words.starts().any(|here| {
        ["was", "were", "is", "are", "been"]
            .iter()
            .any(|word| here.starts_with(word))
    });
    let denied = words
        .starts()
        .any(|here| noun::is_a(here, Classes::of(&[Class::Negation])));
    let start = noun::clause_start(sentence, verb);
    let subject = sentence.restart(start).until(verb);
    let (Some(label), true) = (base::names_bound(subject), be) else {
        return input.miss();
    };
    let value = level::levels(subject).into_iter().next();
    let relation = match (relation, denied) {
        (Relation::Equal, true) => Relation::Below,
        (_, true) => return input.miss(),
        (relation, false) => relation,
    };
    // "Eight of the ten targets were met" counts targets.
    if value.as_ref().is_none_or(|value| value.whole.is_some()) {
        return input.miss();
    }
    let base = Base {
        kind: BaseKind::Reference,
        value,
        label,
        group: false,
        span: subject.span(),
    };
    Ok((
        after,
        Comparison {
            relation,
            by: None,
            factor: None,
            value: None,
            bases: vec![base],
            first: start,
            of: None,
            trigger: input.position(),
            span: subject.span().join(input.span_to(after)),
        },
    ))
}

/// Whether "no" or "not" stands right before a relation: "no more than", "not above".
fn is_denied(input: Input<'_>) -> bool {
    input
        .position()
        .checked_sub(1)
        .is_some_and(|before| noun::is_a(input.widen(before), Classes::of(&[Class::Negation])))
}

/// Whether the verb of a clause follows the value right after a relation, which then narrows its subject: "the population under 18 is".
fn narrows(rest: Input<'_>) -> bool {
    const BE: Classes = Classes::of(&[Class::Auxiliary]);
    level::level(rest).is_ok_and(|(after, _)| noun::is_a(after, BE))
}

/// Words of a base in which the noun for an average stands.
const MEAN: usize = 4;

/// Whether a base is one that such a relation can be stated to.
fn admits(
    role: &str,
    relation: Relation,
    base: &Base,
    (gap, valued): (bool, bool),
    at_base: Input<'_>,
) -> bool {
    let of_phrase = || {
        base.value
            .as_ref()
            .is_some_and(|value| at_base.restart(value.tokens.end).starts_with("of"))
    };
    match role {
        "target" => {
            base.kind == BaseKind::Reference
                && !base.group
                && !of_phrase()
                && (base.value.is_some() || gap)
        }
        _ if relation == Relation::ByValues => base.value.is_some(),
        "inside" => {
            // "Inside the target area" is a place, "inside the average" no.
            let mean = (0..MEAN).any(|at| {
                let word = at_base.skip(at).lexeme(Class::Reference);
                word.is_some_and(|(_, word)| word.canonical == "head")
            });
            base.value.is_some() || gap || mean
        }
        "within" => base.value.as_ref().is_some_and(|value| {
            // "Within the target of 20%", and no time or place.
            let mut before = at_base.until(value.tokens.start).starts();
            before.any(|here| {
                let word = here.lexeme(Class::Reference);
                word.is_some_and(|(_, word)| matches!(word.canonical, "target" | "bound"))
            })
        }),
        _ if base.group => {
            let stated = at_base.starts_with("the") || at_base.starts_with("that");
            base.value.is_some() && (gap || stated || valued)
        }
        _ => true,
    }
}

/// Whether a base is a number of other things than the gap before it: "one product under two codes".
fn counts_another(unit: Input<'_>, base: &Base) -> bool {
    let counted = base
        .value
        .as_ref()
        .is_some_and(|value| value.quantity.number.unit() == Unit::None);
    let Some(last) = unit.tokens().last() else {
        return false;
    };
    let stem = |text: &str| text.to_lowercase().trim_end_matches('s').to_owned();
    let label = unit
        .lexed()
        .text
        .get(base.label.range())
        .unwrap_or_default();
    let noun = label.split_whitespace().next_back().unwrap_or_default();
    base.group && counted && !is_bracket(unit) && stem(noun) != stem(unit.text_of(last))
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

/// Reads what was meant to be, after "than".
///
/// `planned = (pronoun | determiner noun) 1*2auxiliary aim ["to"] | "what" 2*6word`: "8% less than it had planned to", "£2m more than was
/// budgeted", "20% longer than what the council advertises".
fn planned(input: Input<'_>) -> Option<(Input<'_>, Base)> {
    if input.starts_with("what") {
        return stated_elsewhere(input);
    }
    let named = noun::is_a(input, Classes::of(&[Class::Pronoun]));
    let verb = input.skip(usize::from(named));
    let auxiliaries =
        (0..2).take_while(|&at| noun::is_a(verb.skip(at), Classes::of(&[Class::Auxiliary])));
    let aim = verb.skip(auxiliaries.count());
    let (rest, _) = aim.lexeme(Class::Aim)?;
    let rest = if rest.starts_with("to") {
        rest.skip(1)
    } else {
        rest
    };
    Some((
        rest,
        Base {
            kind: BaseKind::Reference,
            value: None,
            label: aim.until(aim.position() + 1).span(),
            group: false,
            span: input.span_to(rest),
        },
    ))
}

/// What somebody says that it is, up to where that holds or the clause ends: "what the council advertises [in Ayr]".
fn stated_elsewhere(input: Input<'_>) -> Option<(Input<'_>, Base)> {
    const LONGEST: usize = 6;
    const ENDS: Classes = Classes::of(&[Class::Preposition, Class::Conjunction]);
    let clause = input.skip(1);
    let words = (0..=LONGEST).take_while(|&at| {
        let here = clause.skip(at);
        let word = here
            .first()
            .is_some_and(|token| token.kind == TokenKind::Word);
        word && !noun::is_a(here, ENDS)
    });
    let length = words.count();
    let rest = clause.skip(length);
    let label = clause.until(rest.position()).span();
    (2..=LONGEST).contains(&length).then(|| {
        let base = Base {
            kind: BaseKind::Reference,
            value: None,
            label,
            group: false,
            span: input.span_to(rest),
        };
        (rest, base)
    })
}

/// Goes over what leads to the reference after "than": "lower than expected compared with similar forces".
fn expected(input: Input<'_>) -> Input<'_> {
    let after = |rest: Input<'_>| {
        rest.lexeme(Class::ComparedWith)
            .map(|(rest, _)| rest.position())
    };
    let aim = input.lexeme(Class::Aim).and_then(|(rest, _)| after(rest));
    aim.map_or(input, |at| input.restart(at))
}

/// The "than" of a comparative, and the value that stands in brackets before it.
///
/// `than = *10word ["(" level ")"] "than"`: "a lower cost per case than", "fewer women (41%) than"
fn than(input: Input<'_>, gap: bool) -> Parsed<'_, Option<Level>> {
    for at in 0..=COMPARED_NOUN {
        let here = input.skip(at);
        if here.starts_with("than") {
            let words = input.until(here.position());
            return if at == 1 && !gap && !noun::is_plural(words) && is_adjective(words) {
                input.miss()
            } else {
                Ok((here.skip(1), None))
            };
        }
        if at > 0
            && let Ok((inner, _)) = symbol('(')(here)
            && let Ok((rest, level)) = level::level(inner)
            && let Ok((rest, _)) = symbol(')')(rest)
            && rest.starts_with("than")
        {
            return Ok((rest.skip(1), Some(level)));
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
/// `bases = base *( "and" base ) | headed`: "above statistical neighbours and England averages", "61% last year and a national
/// average of 71%".
fn bases(input: Input<'_>) -> Parsed<'_, Vec<Base>> {
    if let Some((rest, headed)) = headed(input) {
        return Ok((rest, headed));
    }
    let (mut rest, first) = base::base(input)?;
    let mut bases = split(input.until(rest.position()), first);
    while rest.starts_with("and") && bases.len() < 4 {
        let next = rest.skip(1);
        let relation = next
            .first()
            .is_some_and(|token| token.classes.meets(TRIGGERS) || token.classes.has(Class::Verb));
        match base::base(next) {
            Ok((after, more)) if !relation && goes_with(&bases, &more) => {
                bases.push(more);
                rest = after;
            }
            _ => break,
        }
    }
    Ok((rest, bases))
}

/// Several references that share their noun, each with its value in brackets.
///
/// `headed = ["both"] 2*( ["the"] 1*3word "(" level ")" [","] ["and"] ) reference`: "both the local (64%) and national (65%) averages"
fn headed(input: Input<'_>) -> Option<(Input<'_>, Vec<Base>)> {
    /// Longest name of one of them.
    const LONGEST: usize = 3;
    let mut rest = input.skip(usize::from(input.starts_with("both")));
    let mut bases = Vec::new();
    loop {
        rest = rest.skip(usize::from(rest.starts_with("the")));
        let open = (1..=LONGEST).find(|&at| rest.skip(at).starts_with("("));
        let name = open.map(|at| rest.until(rest.position() + at));
        let worded = |name: &Input<'_>| {
            name.tokens()
                .iter()
                .all(|token| token.kind == TokenKind::Word)
        };
        let Some(name) = name.filter(worded) else {
            break;
        };
        let (after, value) = level::level(rest.skip(name.len() + 1)).ok()?;
        let after = after.starts_with(")").then(|| after.skip(1))?;
        let span = rest.span_to(after);
        bases.push(Base {
            kind: BaseKind::Reference,
            value: Some(value),
            label: name.span(),
            group: false,
            span,
        });
        rest = after.skip(usize::from(after.starts_with(",")));
        rest = rest.skip(usize::from(rest.starts_with("and")));
    }
    let (after, word) = rest.lexeme(Class::Reference)?;
    (bases.len() > 1 && word.canonical == "head").then_some((after, bases))
}

/// Whether a further base belongs to the same relation: a reference beside references, or a value beside values.
fn goes_with(bases: &[Base], more: &Base) -> bool {
    let valued = bases.iter().all(|base| base.value.is_some()) && more.value.is_some();
    let references = bases.iter().all(|base| base.kind == BaseKind::Reference)
        && more.kind == BaseKind::Reference;
    !more.group && (references || valued)
}

/// Two references in one phrase: "statistical neighbours and England averages", "the national and regional averages".
fn split(phrase: Input<'_>, base: Base) -> Vec<Base> {
    let joined = (1..phrase.len()).find(|&at| phrase.skip(at).starts_with("and"));
    if base.kind != BaseKind::Reference || base.value.is_some() {
        return vec![base];
    }
    let Some(at) = joined else { return vec![base] };
    // "England and Wales" is one.
    let one = (0..at).any(|from| {
        let lexeme = phrase.skip(from).lexeme(Class::Reference);
        lexeme.is_some_and(|(rest, _)| rest.position() > phrase.position() + at)
    });
    if one {
        return vec![base];
    }
    let (left, right) = (phrase.until(phrase.position() + at), phrase.skip(at + 1));
    let first = base::names_reference(left).or_else(|| base::ends_in_scope(left));
    match (first, base::names_reference(right)) {
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
/// `multiple = multiple-word ["as" word "as"] base`: "twice the national average", "almost double the level of similar
/// areas", "twice as high as in similar areas".
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
    let rest = as_high(rest);
    let (after, base) = base::base(rest)?;
    if base.group && base.value.is_none() {
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
            value: None,
            bases: vec![base],
            first: input.position(),
            of: None,
            trigger: input.position(),
            span: input.span_to(after),
        },
    ))
}

/// Goes over `"as" word "as"`: "twice as high as".
fn as_high(input: Input<'_>) -> Input<'_> {
    let both = input.starts_with("as") && input.skip(2).starts_with("as");
    if both { input.skip(3) } else { input }
}

/// Reads a reference or an earlier value in brackets after a value.
///
/// ```text
/// bracketed = level *12word "(" part *( (";" | ",") part ) ")"
/// part      = ( period | reference ) ["is" | "was" | "of" | ":"] level | ["from"] level base-tail
/// ```
///
/// "81% (the national average is 76%)", "97.2% (2022: 95.1%)", "12 visits (nine in 2019)", "81% (target 90%)".
fn bracketed<'a>(input: Input<'a>, levels: &[Level]) -> Parsed<'a, Comparison> {
    let (inner, _) = symbol('(')(input)?;
    let closing = inner
        .tokens()
        .iter()
        .take(BRACKET)
        .position(|token| token.kind == TokenKind::Symbol(')'));
    let Some(closing) = closing else {
        return input.miss();
    };
    let words = inner.until(inner.position() + closing);
    let bases: Vec<Base> = parts(words)
        .filter_map(|part| named_value(part).or_else(|| valued_name(part)))
        .collect();
    if bases.is_empty() {
        return compared_pair(input, words);
    }
    let Some(unit) = bases
        .first()
        .and_then(|base| base.value.as_ref())
        .map(|value| value.quantity.number.unit())
    else {
        return input.miss();
    };
    let Some(near) = level_before_bracket(input, levels, unit) else {
        return input.miss();
    };
    let after = inner.skip(closing + 1);
    Ok((
        after,
        Comparison {
            relation: Relation::ByValues,
            by: None,
            factor: None,
            value: None,
            bases,
            first: input.position(),
            of: None,
            trigger: input.position(),
            span: input.widen(near.tokens.start).span_to(after),
        },
    ))
}

/// Reads both values of a comparison in words that stands further back.
///
/// `compared-pair = ("than" | multiple "as" word "as") *24word "(" level compared-with level ")"`: "were more likely than those in similar homes to feel unsafe
/// (33% compared with 24%)".
fn compared_pair<'a>(input: Input<'a>, words: Input<'a>) -> Parsed<'a, Comparison> {
    let (rest, value) = level::level(words)?;
    let Some((rest, _)) = rest.lexeme(Class::ComparedWith) else {
        return input.miss();
    };
    let (rest, reference) = level::level(rest)?;
    let least = input.position().saturating_sub(COMPARED_WORDS);
    let than = (least..input.position())
        .rev()
        .map(|at| input.widen(at))
        .find(|here| {
            here.starts_with("than")
                || is_as(*here)
                || here
                    .first()
                    .is_some_and(|token| token.kind == TokenKind::Symbol('.'))
        });
    let links = |here: &Input<'_>| here.starts_with("than") || is_as(*here);
    let Some(than) = than.filter(|here| links(here) && rest.is_empty()) else {
        return input.miss();
    };
    let named = than.skip(1).until(input.position());
    let near = named.until(named.position() + BRACKET / 2);
    let (kind, label) = match (base::find_period(near), noun::noun_phrase(named)) {
        (Some((_, period)), _) => (BaseKind::Earlier, period),
        (None, Ok((_, noun))) => (BaseKind::Reference, noun.span),
        (None, Err(_)) => (BaseKind::Reference, near.span()),
    };
    let span = value.quantity.span.join(reference.quantity.span);
    let base = Base {
        kind,
        value: Some(reference),
        label,
        group: false,
        span,
    };
    Ok((
        input.skip(words.len() + 2),
        Comparison {
            relation: Relation::ByValues,
            by: None,
            factor: None,
            value: Some(value),
            bases: vec![base],
            first: input.position(),
            of: None,
            trigger: input.position(),
            span,
        },
    ))
}

/// Whether the second "as" of "twice as likely as" stands here.
fn is_as(here: Input<'_>) -> bool {
    let first = here.position().checked_sub(3).map(|at| here.widen(at));
    here.starts_with("as")
        && first.is_some_and(|first| {
            first
                .lexed()
                .tokens
                .get(first.position() + 1)
                .is_some_and(|token| first.text_of(token).eq_ignore_ascii_case("as"))
                && (noun::is_a(first, Classes::of(&[Class::Multiple]))
                    || first.starts_with("times"))
        })
}

/// Longest way from "than" to the values in brackets, in tokens.
const COMPARED_WORDS: usize = 24;

/// The parts of a bracket that semicolons and commas separate.
fn parts(words: Input<'_>) -> impl Iterator<Item = Input<'_>> {
    let mut rest = Some(words);
    std::iter::from_fn(move || {
        let part = rest?;
        let mark = part
            .tokens()
            .iter()
            .position(|token| matches!(token.kind, TokenKind::Symbol(';' | ',')));
        rest = mark.map(|at| part.skip(at + 1));
        Some(mark.map_or(part, |at| part.until(part.position() + at)))
    })
}

/// Longest bracket that is read, and longest way from a value to its bracket, in tokens.
const BRACKET: usize = 14;

/// `( period | reference ) ["is" | "was" | "of" | "at" | ":" | ","] level`, all of the bracket.
fn named_value(words: Input<'_>) -> Option<Base> {
    let value_at = (1..words.len()).find(|&at| {
        level::level(words.skip(at)).is_ok_and(|(rest, level)| {
            rest.is_empty() && level.tokens.start >= words.position() + at
        })
    })?;
    let (_, value) = level::level(words.skip(value_at)).ok()?;
    let name = words.until(words.position() + value_at);
    if is_current(name) {
        return None;
    }
    let (kind, label) = match base::names_reference(name) {
        Some(label) => (BaseKind::Reference, label),
        None if let Some(label) = base::ends_in_scope(name) => (BaseKind::Reference, label),
        None => (BaseKind::Earlier, base::find_period(name)?.1),
    };
    Some(Base {
        kind,
        value: Some(value),
        label,
        group: false,
        span: words.span(),
    })
}

/// Whether words name the present value: "average now:".
fn is_current(name: Input<'_>) -> bool {
    name.starts()
        .any(|here| noun::is_a(here, Classes::of(&[Class::Current])))
}

/// `["from"] level ( period | reference )`, all of the bracket.
fn valued_name(words: Input<'_>) -> Option<Base> {
    let start = if words.starts_with("from") {
        words.skip(1)
    } else {
        words
    };
    let (rest, value) = level::level(start).ok()?;
    let (_, base) = base::base(start).ok()?;
    (!base.group && !rest.is_empty()).then_some(Base {
        value: Some(value),
        ..base
    })
}

/// The nearest level before a bracket with the unit of the value in it.
fn level_before_bracket<'l>(
    input: Input<'_>,
    levels: &'l [Level],
    unit: Unit,
) -> Option<&'l Level> {
    let end = levels.partition_point(|level| level.tokens.end <= input.position());
    levels
        .get(..end)?
        .iter()
        .rev()
        .take(3)
        .find(|level| base::fits(unit)(level.quantity.number.unit()))
        .filter(|level| {
            let between = input.widen(level.tokens.end).until(input.position());
            between.len() <= BRACKET
                && !between
                    .tokens()
                    .iter()
                    .any(|token| matches!(token.kind, TokenKind::Symbol(':' | ';' | '(' | ')')))
        })
}

/// The unit in which the value of a comparison must stand: that of the base's value, else that of the gap.
pub fn unit_of(base: &Base, by: Option<&Quantity>) -> Option<Unit> {
    base.value
        .as_ref()
        .map(|value| value.quantity.number.unit())
        .or_else(|| by.map(|by| by.number.unit()))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::{grammar::testing::with_input, span::text_at};

    fn shown(text: &str) -> Vec<String> {
        with_input(text, |input| {
            comparisons(input, &level::levels(input))
                .iter()
                .flat_map(|found| found.bases.iter().map(|base| show(text, found, base)))
                .collect()
        })
    }

    fn show(text: &str, found: &Comparison, base: &Base) -> String {
        let mut shown = format!("{:?}", found.relation).to_lowercase();
        if let Some(by) = &found.by {
            let _ = write!(shown, " by {}", text_at(text, by.span));
        }
        if let Some(factor) = found.factor {
            let _ = write!(shown, " times {factor}");
        }
        let kind = match base.kind {
            BaseKind::Earlier => "earlier",
            BaseKind::Reference => "reference",
        };
        let _ = write!(shown, " {kind} {:?}", text_at(text, base.label));
        if let Some(value) = &base.value {
            let _ = write!(shown, " of {}", text_at(text, value.quantity.span));
        }
        shown
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(shown(text), expected, "{text}");
    }

    #[test]
    fn a_gap_is_one_of_the_same_things() {
        check("It billed one product under two separate codes", &[]);
    }

    #[test]
    fn relations_to_a_reference() {
        check(
            "46%, 7% above the national average",
            &["above by 7% reference \"national average\""],
        );
        check(
            "a lower cost per case than the regional average",
            &["below reference \"regional average\""],
        );
        check(
            "a team outperforming the county average",
            &["better reference \"county average\""],
        );
        check(
            "71%, below the trust's target of 90%",
            &["below reference \"trust's target\" of 90%"],
        );
        check(
            "£62 a day, but still £4 below the average for the county",
            &["below by £4 reference \"average for the county\""],
        );
        check(
            "16 days below the average for Wales (50 days)",
            &["below by 16 days reference \"average for Wales\" of 50 days"],
        );
        check(
            "in line with the national average",
            &["equal reference \"national average\""],
        );
        check(
            "41 per 10,000, below the rate of 44 in similar areas",
            &["below reference \"rate\" of 44"],
        );
        check(
            "slower than in similar councils",
            &["worse reference \"similar councils\""],
        );
        check(
            "which is above the 92% recommended",
            &["above reference \"recommended\" of 92%"],
        );
        check(
            "a rate of 41 compares favourably with the national rate of 52",
            &["better reference \"national rate\" of 52"],
        );
        check(
            "twice the average for similar homes",
            &["above times 2 reference \"average for similar homes\""],
        );
        check(
            "twice as high as in similar homes",
            &["above times 2 reference \"similar homes\""],
        );
    }

    #[test]
    fn targets() {
        check(
            "which meets the target of 95%",
            &["equal reference \"target\" of 95%"],
        );
        check(
            "It met the 80% target",
            &["equal reference \"target\" of 80%"],
        );
        check(
            "It missed its savings target by £9.8m",
            &["below by £9.8m reference \"savings target\""],
        );
        check(
            "640 audits against a target of 1,000",
            &["byvalues reference \"target\" of 1,000"],
        );
        check(
            "£180,000 (less than 1%) over our budget",
            &["above by £180,000 reference \"budget\""],
        );
        check("It met its targets", &[]);
        check("It met 95% of its targets", &[]);
    }

    #[test]
    fn several_references() {
        check(
            "below both the local (64%) and national (65%) averages",
            &[
                "below reference \"local\" of 64%",
                "below reference \"national\" of 65%",
            ],
        );
        check(
            "above statistical neighbours and England averages",
            &[
                "above reference \"statistical neighbours\"",
                "above reference \"England averages\"",
            ],
        );
        check(
            "better than both the regional and the national averages",
            &[
                "better reference \"regional\"",
                "better reference \"national averages\"",
            ],
        );
        check(
            "31%, compared to 29% for the region and 28% for Wales",
            &[
                "byvalues reference \"the region\" of 29%",
                "byvalues reference \"Wales\" of 28%",
            ],
        );
        check(
            "34% compared with 21% at the last inspection and 19% in similar prisons",
            &[
                "byvalues earlier \"at the last inspection\" of 21%",
                "byvalues reference \"similar prisons\" of 19%",
            ],
        );
    }

    #[test]
    fn other_groups_and_brackets() {
        check(
            "39% of small homes compared with 14% of large homes",
            &["byvalues reference \"of large homes\" of 14%"],
        );
        check(
            "43 cases, eight more than the 35 that leaders aim for",
            &["above by eight reference \"that leaders aim for\" of 35"],
        );
        check(
            "84% of calls were answered (the national average is 79%)",
            &["byvalues reference \"national average\" of 79%"],
        );
        check(
            "84% of calls were answered (target: 90%)",
            &["byvalues reference \"target\" of 90%"],
        );
        check(
            "97% of sites (target 100%; last year 92%)",
            &[
                "byvalues reference \"target\" of 100%",
                "byvalues earlier \"last year\" of 92%",
            ],
        );
        check(
            "the rate was 97% (95% in 2022)",
            &["byvalues earlier \"in 2022\" of 95%"],
        );
        check(
            "fewer than at the last inspection said so (54% compared with 67%)",
            &["below earlier \"at the last inspection\" of 67%"],
        );
    }

    #[test]
    fn earlier_values() {
        check(
            "208 plans, 16 more than a year earlier",
            &["above by 16 earlier \"a year earlier\""],
        );
        check(
            "203 times, compared with 171 times in 2021-22",
            &["byvalues earlier \"in 2021-22\" of 171"],
        );
        check(
            "30% more than the 310 recorded before the last inspection",
            &["above by 30% earlier \"before the last inspection\" of 310"],
        );
        check(
            "85%, two points better than in May 2023",
            &["better by two points earlier \"in May 2023\""],
        );
    }

    #[test]
    fn near_misses() {
        check("People under 18 are higher up the list.", &[]);
        check("More than 300 people were above the age of 60", &[]);
        check("The clinic is below the shop and above 20 flats", &[]);
        check("It took the area from below average to the top", &[]);
        check("larger than the average-sized school", &[]);
        check("in line with national guidance", &[]);
        check("staff met with 12 families", &[]);
        check(
            "guards against 12 kinds of theft",
            &["byvalues reference \"kinds of theft\" of 12"],
        );
        check("See above. The average is 12.", &[]);
        check("women are more likely than men to wait", &[]);
        check("no worse than expected", &[]);
    }

    #[test]
    fn long_runs_of_one_phrase_are_read_through() {
        for piece in [
            "more ",
            "3% above ",
            "(12 ",
            "compared with 3 in ",
            "than the average and ",
            "twice as ",
        ] {
            let text = piece.repeat(4_000);
            let _ = shown(&text);
        }
    }
}
