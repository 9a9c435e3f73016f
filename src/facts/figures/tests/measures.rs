//! What figures are of.

use crate::{
    facts::{
        schema::{FIGURE, figure::Slot},
        testing::facts_of,
    },
    value::Value,
};

#[test]
fn figures_know_what_they_measure() {
    for (text, measure, period, scope) in [
        (
            "In 2019, 62% of patients were seen on time.",
            "patients seen on time",
            "2019",
            "",
        ),
        (
            "Its budget for 2016-17 was £36,612.",
            "budget",
            "1 April 2016 to 31 March 2017",
            "",
        ),
        ("The landlord's £7m debt is too much.", "debt", "", ""),
        ("It has £7 million worth of debt.", "debt", "", ""),
        (
            "The £7 million will be spent on roads.",
            "spent roads",
            "",
            "",
        ),
        (
            "They examined 150 court files.",
            "files examined court",
            "",
            "",
        ),
        (
            "Pleas came early in the Crown Court in 46.9% of cases.",
            "pleas came early Crown Court",
            "",
            "Crown Court",
        ),
    ] {
        let (_, facts) = facts_of(text);
        let figure = facts
            .iter()
            .find(|fact| fact.kind == FIGURE)
            .expect("a figure");
        let Value::Label(found) = figure.get(Slot::measure) else {
            panic!("{text}")
        };
        let wanted = crate::value::Label::new(measure);
        assert!(found.similarity(&wanted) > 0.99, "{text}: {found}");
        assert_eq!(
            figure
                .get(Slot::period)
                .as_days()
                .map_or(String::new(), |days| days.to_string()),
            period,
            "{text}"
        );
        assert_eq!(
            figure.get(Slot::scope).as_words().unwrap_or_default(),
            scope,
            "{text}"
        );
    }
}
