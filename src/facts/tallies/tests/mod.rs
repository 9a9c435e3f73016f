//! What is counted, by where its list stands.

mod afar;
mod below;
mod beside;

use crate::{
    facts::{
        schema::{self, tally},
        testing::facts_of,
    },
    value::Value,
};

/// Checks tallies, each as `words: count/listed`, with `~` where the list does not claim to be complete.
fn found(text: &str) -> Vec<String> {
    let (document, facts) = facts_of(text);
    facts
        .iter()
        .filter(|fact| fact.kind == schema::TALLY)
        .map(|fact| {
            let complete = fact.get(tally::Slot::complete) == &Value::from(true);
            let mark = if complete { "" } else { "~" };
            let (count, listed) = (fact.get(tally::Slot::count), fact.get(tally::Slot::listed));
            format!("{}: {count}/{listed}{mark}", document.text_of(fact.span))
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(found(text), expected, "{text}");
}
