//! Comparisons: a measure set against an average, a target, or another group.

use std::cmp::Ordering;

use super::{
    Fact,
    levels::{self, Dates, Words},
    reading::Reading,
    schema::{COMPARISON, comparison::Slot},
};
use crate::{
    grammar::{
        base::{Base, BaseKind},
        comparison::{self, Comparison, Relation},
        number::Quantity,
    },
    span::Span,
    value::{Unit, Value},
};

/// Adds the comparisons of a document.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let dates = Dates::new(facts);
    levels::each_sentence(reading, &dates, |words, previous| {
        let previous = previous.first();
        for comparison in words.comparisons {
            for base in &comparison.bases {
                facts.extend(fact(words, previous, comparison, base));
            }
        }
    });
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
    if let Some(value) = &comparison.value {
        return (
            Some(value.quantity.clone()),
            words.subject(comparison.first),
        );
    }
    let here = unit.and_then(|unit| words.compared(comparison.first, Some(unit)));
    if let Some(value) = here {
        let measure = words.measure_of(&value, comparison.first);
        return (
            Some(value),
            measure.or_else(|| words.subject(comparison.first)),
        );
    }
    if words.points_back()
        && let Some(previous) = previous
        && let Some(value) = unit.and_then(|unit| previous.last(Some(unit)))
    {
        let measure = previous.measure_of(&value, usize::MAX);
        return (Some(value), measure);
    }
    (None, words.subject(comparison.first))
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
