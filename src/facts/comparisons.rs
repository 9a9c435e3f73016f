//! Comparisons: a measure set against an average, a target, or another group.

use std::cmp::Ordering;

use super::{
    Fact, Place,
    levels::{self, Dates, Words, same_noun},
    reading::Reading,
    schema::{COMPARISON, comparison::Slot},
    targets,
};
use crate::{
    document::BlockKind,
    grammar::{
        Class, Classes, Input,
        base::{self, Base, BaseKind},
        comparison::{self, Comparison, Relation},
        level::Level,
        noun,
        number::Quantity,
        past, yardstick,
    },
    span::Span,
    value::{Unit, Value},
};

/// Adds the comparisons of a document.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let dates = Dates::new(facts);
    let mut last: Option<Words<'_>> = None;
    levels::each_sentence(reading, &dates, |words, before| {
        if words.is_barren(before) {
            last = Some(words.clone());
            return;
        }
        let first = facts.len();
        let alone = last
            .as_ref()
            .filter(|last| before.is_empty() && goes_on(last, words));
        let previous = before.first().or(alone);
        // "Above average" in a cell says of the row what its values say.
        let told = words.place.cell.is_some() && words.levels.is_empty();
        for comparison in words.comparisons.iter().filter(|_| !told) {
            for base in &comparison.bases {
                facts.extend(fact(words, previous, comparison, base));
            }
        }
        if facts.len() == first {
            held_against(words, before, facts);
        }
        if facts.len() == first {
            clauses(words, facts);
        }
        if facts.len() == first {
            reached(words, before, facts);
        }
        last = Some(words.clone());
    });
    targets::extract(reading, facts);
}

/// Whether a paragraph goes on from the one before, in which one value stands alone: "82% of complaints were upheld." and, on
/// a line of its own, "This compares to an average of 80%."
fn goes_on(last: &Words<'_>, words: &Words<'_>) -> bool {
    let shares = |level: &&Level| level.quantity.number.unit() == Unit::Percent;
    let text = |place: Place| {
        !matches!(
            words.reading.block(place.block).map(|block| &block.kind),
            None | Some(BlockKind::Table(_) | BlockKind::Heading { .. })
        )
    };
    last.place.block + 1 == words.place.block
        && text(last.place)
        && text(words.place)
        && last.levels.iter().filter(shares).count() == 1
}

/// The parts of a comparison that a clause or sentence on its reference makes.
struct Held<'a> {
    value: Quantity,
    measure: Option<Span>,
    reference: &'a Quantity,
    label: Span,
}

/// The fact of a value held against a reference that another clause or sentence gives.
fn held(words: &Words<'_>, parts: &Held<'_>) -> Option<Fact> {
    let relation = relation_name(
        Relation::ByValues,
        Some(&parts.value),
        Some(parts.reference),
    )?;
    let unit = Value::Symbol(levels::unit_name(parts.reference.number.unit()));
    let span = parts.value.span.join(parts.reference.span);
    Some(
        Fact::new(COMPARISON, span, words.place)
            .with(Slot::measure, words.label(parts.measure))
            .with(Slot::value, levels::number(Some(&parts.value)))
            .with(Slot::relation, Value::Symbol(relation))
            .with(Slot::unit, unit)
            .with(Slot::reference, words.label(Some(parts.label)))
            .with(Slot::reference_value, levels::number(Some(parts.reference))),
    )
}

/// The comparisons with a reference that a later clause of the sentence gives: "95.6%; target 95%", "12%, while nationally it
/// was 10%".
fn clauses(words: &Words<'_>, facts: &mut Vec<Fact>) {
    for pair in words.levels.windows(2) {
        let [_, reference] = pair else { continue };
        let clause = levels::in_clause(words, reference, |clause| {
            yardstick::yardstick(clause)
                .filter(|found| found.level.tokens.start == reference.tokens.start)
        });
        facts.extend(clause.and_then(|found| {
            let unit = found.level.quantity.number.unit();
            let value = words.compared(found.first, Some(unit))?;
            let counted = unit == Unit::None && !same_noun(words, &value, found.noun);
            let measure = words.measure_of(&value, found.first);
            let parts = Held {
                value,
                measure,
                reference: &found.level.quantity,
                label: found.label,
            };
            (!counted).then(|| held(words, &parts))?
        }));
    }
}

/// The comparisons of a value of the sentence before with the references that this one gives: "The national average is 62%, and
/// the trust's own target was 70%."
fn held_against(words: &Words<'_>, before: &[Words<'_>], facts: &mut Vec<Fact>) {
    let Some(opening) = yardstick::yardstick(words.input) else {
        return;
    };
    let Some(previous) = before.first().filter(|before| !before.sets_aim()) else {
        return;
    };
    let later = words
        .levels
        .iter()
        .filter(|level| level.tokens.start > opening.level.tokens.start);
    let later = later.map_while(|reference| {
        levels::in_clause(words, reference, |clause| {
            yardstick::yardstick(clause)
                .filter(|found| found.level.tokens.start == reference.tokens.start)
        })
    });
    let further: Vec<_> = later.take(FURTHER).collect();
    for found in std::iter::once(opening).chain(further) {
        let unit = found.level.quantity.number.unit();
        let Some(value) = closing(previous, unit) else {
            return;
        };
        let measure = previous.measure_of(&value, usize::MAX);
        let counted = unit == Unit::None && !same_noun(previous, &value, found.noun);
        let parts = Held {
            value,
            measure,
            reference: &found.level.quantity,
            label: found.label,
        };
        if !counted {
            facts.extend(held(words, &parts));
        }
    }
}

/// The last value that a sentence states of now: not that of an earlier time which it is set against, and no count where there are
/// several.
fn closing(previous: &Words<'_>, unit: Unit) -> Option<Quantity> {
    /// Words between a value and its time.
    const NEAR: usize = 6;
    let last = previous.closing(unit)?;
    let same = |level: &&Level| level.quantity.number.unit() == unit && !level.amount;
    let mut values = previous.levels.iter().filter(same);
    if unit == Unit::None {
        return (values.count() == 1).then_some(last);
    }
    let Some(first) = values.next() else {
        return Some(last);
    };
    let end = previous.levels.last()?.tokens.end;
    let after = previous.input.restart(end);
    let dated = base::find_period(after.until(end + NEAR)).is_some();
    let two = values.count() == 1 && first.quantity.span != last.span;
    Some(if dated && two {
        first.quantity.clone()
    } else {
        last
    })
}

/// References of one sentence after its first at most.
const FURTHER: usize = 4;

/// The comparisons of what was reached with what was aimed for before: "Its target is to answer 90% of calls. It answered
/// 84%", "It should answer 90% but answered only 84%".
fn reached(words: &Words<'_>, before: &[Words<'_>], facts: &mut Vec<Fact>) {
    let aimed = |words: &Words<'_>| {
        let aim = words.levels.first()?;
        yardstick::aim(words.input, aim).map(|label| (aim.clone(), label))
    };
    let here = aimed(words);
    let Some((aim, label)) = here.clone().or_else(|| aimed(before.first()?)) else {
        return;
    };
    if here.is_none() && past::past(words.input).is_some() {
        return;
    }
    let unit = aim.quantity.number.unit();
    let fits = |level: &&Level| {
        level.quantity.number.unit() == unit && !level.amount && !level.base && !level.alternative
    };
    let skipped = usize::from(here.is_some());
    let mut last = None::<usize>;
    for value in words.levels.iter().skip(skipped).filter(fits) {
        let follows = match last {
            None => is_reached(words, value, here.is_some()),
            Some(end) => words
                .input
                .restart(end)
                .until(value.tokens.start)
                .tokens()
                .last()
                .is_some_and(|token| words.input.text_of(token) == "and"),
        };
        if unit == Unit::None || !follows {
            break;
        }
        last = Some(value.tokens.end);
        let parts = Held {
            value: value.quantity.clone(),
            measure: words.measure_of(&value.quantity, usize::MAX),
            reference: &aim.quantity,
            label,
        };
        facts.extend(held(words, &parts));
    }
}

/// Whether a value is what "it" or "they" reached: a pronoun or, in the same sentence, "but" stands with a verb before it.
fn is_reached(words: &Words<'_>, value: &Level, same: bool) -> bool {
    const SMALL: Classes = Classes::of(&[Class::Hedge, Class::Adverb]);
    let least = words.input.position();
    let mut before = (least..value.tokens.start)
        .rev()
        .map(|at| words.input.restart(at))
        .filter(|here| !noun::is_a(*here, SMALL))
        .take(3);
    let verb = before.next();
    let is_verb = verb.is_some_and(|verb| {
        noun::is_a(
            verb,
            Classes::of(&[Class::Verb, Class::PastVerb, Class::EqualTo]),
        ) || noun::is_participle(verb)
    });
    is_verb
        && before.any(|here| {
            let words: &[&str] = if same {
                &["but", "it", "they"]
            } else {
                &["it", "they", "we"]
            };
            words.iter().any(|word| here.starts_with(word))
        })
}

/// The fact of a comparison with one base, if the base is a reference.
fn fact(
    words: &Words<'_>,
    previous: Option<&Words<'_>>,
    comparison: &Comparison,
    base: &Base,
) -> Option<Fact> {
    if base.kind != BaseKind::Reference {
        return None;
    }
    let by = comparison.by.as_ref();
    let unit = comparison::unit_of(base, by.filter(|by| by.number.unit() != Unit::Percent));
    let (value, measure) = value(words, previous, comparison, unit);
    let reference = base.value.as_ref().map(|level| level.quantity.clone());
    let relation = relation_name(comparison.relation, value.as_ref(), reference.as_ref())?;
    // "Some were over capacity" says how things stand, and sets no measure against one.
    let stated = value.is_some() || by.is_some() || reference.is_some();
    let state = ["capacity", "budget"].iter().any(|word| {
        words
            .reading
            .document
            .text_of(base.span)
            .eq_ignore_ascii_case(word)
    });
    if state && !stated {
        return None;
    }
    let level_unit = reference
        .as_ref()
        .or(value.as_ref())
        .map(|value| value.number.unit());
    let by_unit = by.map(|by| by.number.unit());
    let symbol = |unit: Option<Unit>| {
        unit.map_or(Value::Unknown, |unit| {
            Value::Symbol(levels::unit_name(unit))
        })
    };
    let span = match comparison.relation {
        Relation::ByValues => value
            .as_ref()
            .filter(|_| !words.points_back())
            .map_or(comparison.span, |value| comparison.span.join(value.span)),
        _ => comparison.span,
    };
    Some(
        Fact::new(COMPARISON, span, words.place)
            .with(Slot::measure, words.label(measure))
            .with(Slot::value, levels::number(value.as_ref()))
            .with(Slot::relation, Value::Symbol(relation))
            .with(Slot::by, levels::number(by))
            .with(Slot::unit, symbol(level_unit.or(by_unit)))
            .with(Slot::by_unit, symbol(by_unit))
            .with(Slot::reference, words.label(Some(base.label)))
            .with(Slot::reference_value, levels::number(reference.as_ref())),
    )
}

/// The value that is compared, and what it measures.
fn value(
    words: &Words<'_>,
    previous: Option<&Words<'_>>,
    comparison: &Comparison,
    unit: Option<Unit>,
) -> (Option<Quantity>, Option<Span>) {
    if comparison.of.is_some() {
        return (None, comparison.of);
    }
    if let Some(value) = &comparison.value {
        // "17% left, more than the average at 11%": of which of the two that value is cannot be told.
        if led_at(words, value) && before_at(words, comparison, value) {
            return (None, words.subject(comparison.first));
        }
        return (
            Some(value.quantity.clone()),
            words.subject(comparison.first),
        );
    }
    let here = unit
        .and_then(|unit| words.compared(chain_start(words, comparison), Some(unit)))
        .or_else(|| words.led(comparison, unit))
        .or_else(|| moved(words, comparison, unit));
    if let Some(value) = here {
        let measure = words.measure_of(&value, comparison.first);
        return (
            Some(value),
            measure.or_else(|| words.subject(comparison.first)),
        );
    }
    if words.points_back()
        && let Some(previous) = previous
        && !adds(words.input.until(comparison.first))
        && let Some(value) = unit.and_then(|unit| previous.last(Some(unit)))
    {
        let measure = previous.measure_of(&value, usize::MAX);
        return (Some(value), measure);
    }
    (None, words.subject(comparison.first))
}

/// Whether "at" leads a level in, and no comma parts it from what was named: "the average at 11%".
fn led_at(words: &Words<'_>, level: &Level) -> bool {
    let at = |back: usize| {
        let token = level.tokens.start.checked_sub(back)?;
        (token >= words.input.position()).then(|| words.input.restart(token))
    };
    at(1).is_some_and(|word| word.starts_with("at"))
        && at(2).is_some_and(|word| !word.starts_with(","))
}

/// Whether a value of the same unit stands before a comparison.
fn before_at(words: &Words<'_>, comparison: &Comparison, level: &Level) -> bool {
    let unit = level.quantity.number.unit();
    words.compared(comparison.first, Some(unit)).is_some()
}

/// Whether a clause says something beside what the sentence before said: "They also reach …".
fn adds(clause: Input<'_>) -> bool {
    clause.holds_word("also")
}

/// The size of a movement that is set against what was promised: "cut by 2%, against a promised 30%".
fn moved(words: &Words<'_>, comparison: &Comparison, unit: Option<Unit>) -> Option<Quantity> {
    let end = words
        .levels
        .partition_point(|level| level.tokens.end <= comparison.first);
    let level = words.levels.get(end.checked_sub(1)?)?;
    let near = comparison.first - level.tokens.end <= 1;
    let reference = comparison
        .bases
        .iter()
        .all(|base| base.kind == BaseKind::Reference);
    let of_values = comparison.relation == Relation::ByValues;
    (near && reference && of_values && level.amount && unit == Some(level.quantity.number.unit()))
        .then(|| level.quantity.clone())
}

/// The first token of a comparison, or of the first one of a chain whose references have their values in brackets: "higher than
/// the county (11%) but lower than England (14%)".
fn chain_start(words: &Words<'_>, comparison: &Comparison) -> usize {
    let before = |found: &&Comparison| found.first < comparison.first;
    let mut start = comparison.first;
    for found in words.comparisons.iter().filter(before).rev().take(3) {
        let value = found.bases.last().and_then(|base| base.value.as_ref());
        let at = found.value.as_ref().filter(|value| led_at(words, value));
        let end = value.or(at).map(|value| value.tokens.end);
        let near = end.is_some_and(|end| end <= start && start - end <= 4);
        let bracketed = end.is_some_and(|end| words.input.restart(end).starts_with(")"));
        if !near || !bracketed && at.is_none() {
            break;
        }
        start = found.first;
    }
    start
}

/// The name of a relation; read off the values where the words leave it to them.
fn relation_name(
    relation: Relation,
    value: Option<&Quantity>,
    reference: Option<&Quantity>,
) -> Option<&'static str> {
    Some(match relation {
        Relation::Above => "above",
        Relation::Below => "below",
        Relation::Better => "better",
        Relation::Worse => "worse",
        Relation::Equal => "equal",
        Relation::ByValues => match levels::order(value?.number, reference?.number) {
            Ordering::Greater => "above",
            Ordering::Less => "below",
            Ordering::Equal => "equal",
        },
    })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;
    use crate::facts::testing::{facts_of, rewritten};

    /// Every comparison of a text: measure, value, relation, gap and reference.
    fn comparisons(text: &str) -> Vec<String> {
        let (_, facts) = facts_of(text);
        facts
            .iter()
            .filter(|fact| fact.kind == COMPARISON)
            .map(|fact| {
                let mut shown = format!("{}:", fact.get(Slot::measure));
                let fields = [
                    ("", Slot::value),
                    ("", Slot::relation),
                    ("by ", Slot::by),
                    ("the ", Slot::reference),
                    ("of ", Slot::reference_value),
                ];
                for (name, slot) in fields {
                    let value = fact.get(slot);
                    if !value.is_unknown() {
                        let _ = write!(shown, " {name}{value}");
                    }
                }
                shown
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(comparisons(text), expected, "{text}");
    }

    #[test]
    fn what_moved_is_what_is_compared() {
        check(
            "Satisfaction dipped slightly, from 81% to 79%, but remains above the sector average of 76%.",
            &["Satisfaction: 79% above the sector average of 76%"],
        );
        check(
            "The share (61%) is below both the local (64%) and national (65%) averages.",
            &[
                "share: 61% below the local of 64%",
                "share: 61% below the national of 65%",
            ],
        );
    }

    #[test]
    fn targets_budgets_and_what_only_sounds_like_them() {
        check(
            "Eleven per cent had no address, which was within the prison's target of 15%.",
            &["address: 11% below the prison's target of 15%"],
        );
        check(
            "Eleven per cent had moved within two years of the fire.",
            &[],
        );
        check(
            "The force overspent its budget of £9.2 million by £300,000.",
            &["force: above by £300,000 the budget of £9,200,000"],
        );
        check(
            "Cover fell to 118%, above the lender's covenant of 110%.",
            &["Cover: 118% above the lender's covenant of 110%"],
        );
        check(
            "More than a third of the advice given in England was not taken.",
            &[],
        );
        check("Firms are falling behind on targets for leaks.", &[]);
    }

    #[test]
    fn a_value_behind_at_may_be_that_of_the_reference() {
        check(
            "In the year 17% of the children were adopted, which is higher than the average at 11% and more than the share of leavers \
             (16%).",
            &[
                "year 17% of the children: above the average",
                "children were adopted: 17% above the share of leavers of 16%",
            ],
        );
        check(
            "The rate is above the national average at 40%.",
            &["rate: 40% above the national average"],
        );
        check(
            "Adoption, at 17%, is higher than the average (11%).",
            &["Adoption: 17% above the average of 11%"],
        );
    }

    #[test]
    fn a_part_is_set_against_its_whole() {
        check(
            "The index stood at 62%, level with the service as a whole.",
            &["index: equal the service as a whole"],
        );
        check("The index stood at 62%. It went on as a whole.", &[]);
    }

    #[test]
    fn what_is_stated_elsewhere() {
        check(
            "Waits for doctors were 20 percent longer than what the board advertises; 57 percent longer for nurses; and a full 81 percent \
             longer for dentists.",
            &[
                "Waits for doctors: above by 20% the board advertises",
                "nurses: above by 57% the board advertises",
                "dentists: above by 81% the board advertises",
            ],
        );
        check(
            "Answers took 49% longer than what is promised in Ayr and 60% longer in Bute.",
            &[
                "Answers: above by 49% the promised",
                "Bute: above by 60% the promised",
            ],
        );
        check("It took longer than what anybody had thought.", &[]);
        check(
            "It took 20% longer than what it had in 2019 and 5% longer in 2021.",
            &[],
        );
        check(
            "It is 20% longer than the average and 5 days longer for nurses.",
            &["(not stated): above by 20% the average"],
        );
    }

    #[test]
    fn states_without_values_are_set_against_nothing() {
        check("Some homes were over capacity and over budget.", &[]);
        check("The jail was over capacity, at 118%.", &[]);
        check(
            "It was £2 million over budget.",
            &["(not stated): above by £2,000,000 the budget"],
        );
    }

    #[test]
    fn places_before_their_values() {
        check(
            "Crews took 10.7 minutes, while in similar services it was 11 minutes.",
            &["Crews: 10.7 minutes below the similar services of 11 minutes"],
        );
        check(
            "Some 54% felt safe. Across the other homes the figure is 72%.",
            &["felt safe: 54% below the homes of 72%"],
        );
        check("Some 54% felt safe. In the kitchen it is 21 degrees.", &[]);
        check("Some 54% felt safe. In similar homes it is warm.", &[]);
        check(
            "At 82%, trust is nine points adrift of the national average.",
            &["trust: 82% below by 9 points the national average"],
        );
        check(
            "Engines were there 74% of the time, up on the 66% we found in 2022. The standard is 80%.",
            &["time: 74% below the standard of 80%"],
        );
        check(
            "It held 618 men, 57 of whom were new. Its certified normal accommodation was 540.",
            &[],
        );
    }

    #[test]
    fn values_beside_references() {
        check(
            "A crew reached 91% of fires in time, above the service's own target of 88%.",
            &["fires in time: 91% above the service's own target of 88%"],
        );
        check(
            "At 80%, Westley is above the county figure of 89%.",
            &["Westley: 80% above the county figure of 89%"],
        );
        check(
            "The conviction rate was 71%, six points below the national 74%.",
            &["conviction rate: 71% below by 6 points the national of 74%"],
        );
        check(
            "Pleas stand at 71.5%, just below our target of 72%.",
            &["Pleas: 71.5% below the target of 72%"],
        );
        check(
            "The rate is 9.2%. This is higher than the England and Wales rate of 7.4%.",
            &["rate: 9.2% above the England and Wales rate of 7.4%"],
        );
        check(
            "Results were worse than average at 21.4%.",
            &["Results: 21.4% worse the average"],
        );
    }

    #[test]
    fn relations_that_the_values_give() {
        check(
            "It carried out 640 audits against a target of 1,000.",
            &["audits: 640 below the target of 1,000"],
        );
        check(
            "Some 31% of pupils walk, compared with 25% nationally.",
            &["pupils walk: 31% above the nationally of 25%"],
        );
        check(
            "Some 39% of small homes were safe compared with 14% of large homes.",
            &["small homes were safe: 39% above the large homes of 14%"],
        );
        check(
            "Repairs took 28 days, against a target of 28 days.",
            &["Repairs: 28 days equal the target of 28 days"],
        );
    }

    #[test]
    fn the_value_is_not_what_something_else_is_set_against() {
        check(
            "The rate is 24%, down from 33% in 2023 and lower than the regional average of 29%.",
            &["rate: 24% below the regional average of 29%"],
        );
        check(
            "Some 62% of calls were answered, against a target of 70%, and above the national average of 60%.",
            &[
                "calls were answered: 62% below the target of 70%",
                "calls were answered: 62% above the national average of 60%",
            ],
        );
    }

    #[test]
    fn changes_are_no_comparisons() {
        check("Some 62% were seen, compared with 58% in March.", &[]);
        check("It held 812 men, 40 more than a year earlier.", &[]);
        check("The rate fell by 3% to 12%.", &[]);
    }

    #[test]
    fn the_size_of_a_movement_is_no_value() {
        check(
            "Turnover fell by 3% but is still above the target of 10%.",
            &["Turnover: above the target of 10%"],
        );
    }

    /// Each text makes one comparison: its relation and the value of its reference.
    #[track_caller]
    fn each(texts: &[&str], relation: &str) {
        for text in texts {
            let found = comparisons(text);
            let [one] = &found[..] else {
                panic!("{text}: {found:?}")
            };
            assert!(one.contains(relation), "{text}: {one}");
        }
    }

    #[test]
    fn references_in_a_clause_or_sentence_of_their_own() {
        each(
            &[
                "The rate was 12%; target 15%.",
                "The rate was 12% (11.9% in towns; target 15%).",
                "The rate was 12%, while nationally it was 15%.",
                "The rate was 12%, whereas the average for Wales was 15%.",
                "The rate was 12%. The target is 15%.",
                "It was 12%, where the standard is 15%.",
                "The team answered 12% in time. It should answer 15%.",
            ],
            "12% below",
        );
        check("The rate was 12%. The target for next year is 15%.", &[]);
        check(
            "Crews saw 62% in time, and waits fell to 67 minutes. Our target is 95%.",
            &[],
        );
        check("Reply within 28 days; the average is 12 days.", &[]);
    }

    #[test]
    fn what_was_reached_after_its_aim() {
        each(
            &[
                "Its target is to answer 90% of calls in time. It answered 84%.",
                "It should answer 90% of calls but answered only 84%.",
                "Against a target of 90%, the force answered 84% of calls.",
                "The target of 90% was missed.",
                "The 90% target was not met.",
                "Compared with 90% nationally, 84% of calls were answered.",
            ],
            "below",
        );
        check(
            "The target is to reach 85% of fires in ten minutes. We found that it reached 74% of town fires and 81% of the others.",
            &[
                "town fires and 81% of the others: 74% below the target of 85%",
                "others: 81% below the target of 85%",
            ],
        );
        check(
            "It should answer 90%. In the year before, it had managed 88%.",
            &[],
        );
    }

    #[test]
    fn a_paragraph_may_go_on_from_the_one_before() {
        each(
            &[
                "82%   of complaints were upheld.\n\n   This compares to an average of 80% in similar bodies.",
            ],
            "above",
        );
    }

    #[test]
    fn groups_with_a_value_each() {
        each(
            &[
                "Women's pay (£18) is lower than that of their colleagues (£21).",
                "Fewer women (41%) than men (52%) were in work.",
            ],
            "below",
        );
        each(
            &["Men were more likely than those in similar jails to feel unsafe (33% against 24%)."],
            "33% above",
        );
        check("Results in music lag behind those in other subjects.", &[]);
    }

    #[test]
    fn several_references_in_a_row() {
        check(
            "Some 12% were absent, higher than the county (11%) but lower than England (14%).",
            &[
                "absent: 12% above the county of 11%",
                "absent: 12% below the England of 14%",
            ],
        );
        each(
            &["This was lower than expected compared with other forces in England and Wales."],
            "below",
        );
    }

    #[test]
    fn columns_of_targets() {
        check(
            "| Measure | Target | Actual |\n|---|---|---|\n| Calls answered | 90% | 84% |\n| Visits | 40 | 40 |",
            &[
                "Calls answered: 84% below the Target of 90%",
                "Visits: 40 equal the Target of 40",
            ],
        );
        check(
            "| Measure | 2022/23 results | 2023/24 results | Our target for repairs |\n|---|---|---|---|\n| Calls answered | 92% | 84% | 90% |",
            &["Calls answered: 84% below the Our target for repairs of 90%"],
        );
        // A target for a year that has not come is reached by none.
        check(
            "| Measure | 2022/23 | 2023/24 | Target 2024/25 |\n|---|---|---|---|\n| Calls answered | 92% | 84% | 90% |",
            &[],
        );
        check(
            "| Site | Target | Beds |\n|---|---|---|\n| Oak | 90% | 84 |",
            &[],
        );
    }

    #[test]
    fn forms_of_reference() {
        check(
            "Crews took 8 minutes, well inside the average for similar services (9 minutes).",
            &["Crews: 8 minutes below the average for similar services of 9 minutes"],
        );
        check(
            "Adoption took 412 days, well within the England average of 487.",
            &["Adoption: 412 days below the England average of 487"],
        );
        check(
            "Some 61% of jobs were done in time. Nationally, the median is 81%.",
            &["jobs were done in time: 61% below the Nationally, the median of 81%"],
        );
        check(
            "Only 61% felt safe, which is 72% in similar homes.",
            &["felt safe: 61% below the similar homes of 72%"],
        );
        check(
            "About 46% were seen in time. The national standard is 78%, and the trust's own target was 60%.",
            &[
                "seen in time: 46% below the national standard of 78%",
                "seen in time: 46% below the trust's own target of 60%",
            ],
        );
        check(
            "Leaks were cut by 2%, against a promised 30%.",
            &["Leaks: 2% below the promised of 30%"],
        );
        check(
            "Each officer had 68 cases, compared with a recommended 50.",
            &["cases: 68 above the recommended of 50"],
        );
        check(
            "Late runs took 4 minutes, 26 seconds inside the target.",
            &["Late runs: below by 26 seconds the target"],
        );
        check(
            "Old boys were twice as likely as new ones to be held apart (24% compared with 12%).",
            &[
                "Old boys were twice as likely as new ones to be held apart: 24% above the new ones of 12%",
            ],
        );
        check(
            "Turnover was 31%, well above the sector's 24%.",
            &["Turnover: 31% above the sector's of 24%"],
        );
        check(
            "The rate was 3.1 hours, roughly twice that in county courts (1.6 hours).",
            &["rate: 3.1 hours above the county courts of 1.6 hours"],
        );
        check("It met the target in only two of eight quarters.", &[]);
        check("Over the same four years the budget rose.", &[]);
        check(
            "It took 83% of calls, below the contractual 95%.",
            &["calls: 83% below the contractual of 95%"],
        );
    }

    #[test]
    fn forms_of_reference_2() {
        check(
            "It missed its daily target by six minutes (14%) and its yearly target by 3%.",
            &[
                "(not stated): below by 6 minutes the daily target",
                "(not stated): below by 3% the yearly target",
            ],
        );
        check(
            "It spent £43 million, 8% less in real terms than it had planned to.",
            &["(not stated): below by 8% the planned"],
        );
        check(
            "Its rate of 64% compares poorly with the figure of 40% that others regard as good.",
            &["rate: 64% worse the figure of 40%"],
        );
        check(
            "| Item | This school | National average | Verdict |\n|---|---|---|---|\n| Meals | 37% | 26% | Above average |",
            &["Meals: 37% above the National average of 26%"],
        );
        check(
            "| Item | Elm | National average |\n|---|---|---|\n| Meals | 37% | 26% |\n| Absence | 4% | 5% |",
            &[
                "Meals: 37% above the National average of 26%",
                "Absence: 4% below the National average of 5%",
            ],
        );
    }

    #[test]
    fn near_misses_of_targets() {
        check("Staff inside the target area wore vests.", &[]);
        check(
            "At 9 minutes, crews were inside the average for rural services.",
            &["crews: below the average for rural services"],
        );
        check("Eight of the ten targets were met.", &[]);
        check(
            "The 90% target was met.",
            &["(not stated): equal the target of 90%"],
        );
    }

    const SENTENCES: [&str; 6] = [
        "A crew reached 91% of fires in time, above the service's own target of 88%.",
        "Fees are £62 a day, but are still £4 below the average for the county.",
        "The council let homes in 34 days, which is 16 days below the average for Wales (50 days).",
        "Some 31% of pupils walk, compared with 25% nationally.",
        "The score is above statistical neighbours and England averages.",
        "Some 84% of calls were answered in time (the national average is 79%).",
    ];

    proptest! {
        #[test]
        fn line_ends_and_per_cent_change_nothing(
            sentence in prop::sample::select(&SENTENCES[..]),
            breaks in prop::collection::vec(any::<bool>(), 40),
            words in any::<bool>(),
        ) {
            let plain = comparisons(sentence);
            let wrapped = rewritten(sentence, &breaks, words);
            prop_assert!(!plain.is_empty());
            prop_assert_eq!(comparisons(&wrapped), plain);
        }
    }
}
