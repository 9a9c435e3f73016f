//! What is read of changes, by how they are told.

mod movements;
mod pairs;
mod tables;

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::facts::{
    schema::{CHANGE, change::Slot},
    testing::{facts_of, rewritten},
};

/// Every change of a text: measure, direction and values, in their order.
fn changes(text: &str) -> Vec<String> {
    let (_, facts) = facts_of(text);
    facts
        .iter()
        .filter(|fact| fact.kind == CHANGE)
        .map(|fact| {
            let mut shown = format!("{}: {}", fact.get(Slot::measure), fact.get(Slot::direction));
            for (name, slot) in [("from", Slot::from), ("to", Slot::to), ("by", Slot::by)] {
                let value = fact.get(slot);
                if !value.is_unknown() {
                    let _ = write!(shown, " {name} {value}");
                }
            }
            shown
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(changes(text), expected, "{text}");
}

const SENTENCES: [&str; 8] = [
    "The rate of late visits fell from 24% in 2022 to 18% in 2023, a fall of 6 points.",
    "Some 62% of patients were seen in time, compared with 58% in March.",
    "Fees have gone up by 6% to £62 a day.",
    "At 31 March 2024, 208 children had a plan, 16 more than a year earlier.",
    "Turnover among staff has come down by 9 percentage points to 13%.",
    "They had 403 leaks in 12 months, 30% more than the 310 recorded before the last visit.",
    "Only 38% of men were in work. At the last inspection it was 55%.",
    "The list has more than doubled, from 112 to 260.",
];

proptest! {
    #[test]
    fn line_ends_and_per_cent_change_nothing(
        sentence in prop::sample::select(&SENTENCES[..]),
        breaks in prop::collection::vec(any::<bool>(), 40),
        words in any::<bool>(),
    ) {
        let plain = changes(sentence);
        let wrapped = rewritten(sentence, &breaks, words);
        prop_assert!(!plain.is_empty());
        prop_assert_eq!(changes(&wrapped), plain);
    }
}
