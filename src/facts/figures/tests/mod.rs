//! Which numbers count something, and what.

mod counting;
mod measures;

use proptest::prelude::*;

use crate::{
    facts::{
        Fact,
        schema::{BREAKDOWN, DATE, FIGURE, PROPORTION, SAMPLE_SHARE, figure::Slot},
        testing::facts_of,
    },
    value::Value,
};

/// The figures of a text as `value unit «text»`.
fn found(text: &str) -> Vec<String> {
    let (document, facts) = facts_of(text);
    facts
        .iter()
        .filter(|fact| fact.kind == FIGURE)
        .map(|fact| {
            let value = fact
                .get(Slot::value)
                .as_number()
                .map(|number| number.value().normalize());
            let unit = fact.get(Slot::unit).as_words().unwrap_or_default();
            let value = value.map_or(String::new(), |value| value.to_string());
            format!(
                "{value} {unit} «{}»",
                crate::value::tidy(document.text_of(fact.span))
            )
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(found(text), expected, "{text}");
}

/// What a text states: kind, number and unit of each of its facts, in order.
fn stated(text: &str) -> Vec<String> {
    let kinds = [FIGURE, DATE, PROPORTION, SAMPLE_SHARE, BREAKDOWN];
    let (_, facts) = facts_of(text);
    let of = |fact: &Fact| {
        let plain = |value: &Value| match value {
            Value::Label(_) | Value::Text(_) => String::new(),
            other => other.to_string(),
        };
        let values: Vec<String> = fact.values.iter().map(plain).collect();
        format!("{:?} {}", fact.kind, values.join(" "))
    };
    facts
        .iter()
        .filter(|fact| kinds.contains(&fact.kind))
        .map(of)
        .collect()
}

const TEXTS: &[&str] = &[
    "Of the 40 homes that we saw in June 2019, 34 (85%) were warm, and 12 of them had two lifts.",
    "Between 3 May and 9 June 2021 the team read 25 plans, made up of 12 for adults, eight for children and five for others.",
    "Some 46.9% of cases, or about 1,250 people, waited 12 working days at a cost of £2.5 million in 2019-20.",
    "In 34% of the 25 files and in one in five visits on 14 to 18 March 2022 there was no plan.",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn facts_do_not_depend_on_line_wrapping(at in 0..TEXTS.len(), width in 45..100_usize) {
        let text = TEXTS[at];
        let (mut wrapped, mut column) = (String::new(), 0);
        for word in text.split(' ') {
            column += word.len() + 1;
            if column > width {
                wrapped.push('\n');
                column = word.len() + 1;
            } else if !wrapped.is_empty() {
                wrapped.push(' ');
            }
            wrapped.push_str(word);
        }
        prop_assert_eq!(stated(&wrapped), stated(text));
    }
}

#[test]
fn facts_do_not_depend_on_typography() {
    for text in TEXTS {
        let plain = stated(text);
        assert!(plain.len() > 4, "{text}");
        for (from, to) in [
            ("%", " per cent"),
            ("%", " percent"),
            (" ", "\u{a0}"),
            ("2019-20", "2019–20"),
            ("2019-20", "2019/20"),
            (" to 18", "–18"),
            (" to 18", "-18"),
        ] {
            assert_eq!(
                stated(&text.replace(from, to)),
                plain,
                "{from:?} as {to:?} in {text}"
            );
        }
    }
}
