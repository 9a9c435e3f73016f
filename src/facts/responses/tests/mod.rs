//! What is read of responses, by who answers and how.

mod letters;
mod speech;
mod tables;

use crate::{
    facts::{
        schema::{self, response as slots},
        testing::facts_of,
    },
    value::Value,
};

/// Checks responses, each as `numbers stance: first words`.
fn found(text: &str) -> Vec<String> {
    let (document, facts) = facts_of(text);
    facts
        .iter()
        .filter(|fact| fact.kind == schema::RESPONSE)
        .map(|fact| {
            let Value::List(to) = fact.get(slots::Slot::to) else {
                panic!("a list of numbers");
            };
            let to: Vec<_> = to.iter().filter_map(Value::as_words).collect();
            let stance = fact.get(slots::Slot::stance).as_words().unwrap_or_default();
            let text = document.text_of(fact.span).split_whitespace();
            let words: Vec<_> = text.take(4).collect();
            format!("{} {stance}: {}", to.join(","), words.join(" "))
                .trim_start()
                .to_owned()
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(found(text), expected, "{text}");
}

const ISSUES: &str = "The inspectors identified three issues:\n\n1. Letters are late.\n2. Files are lost.\n3. Staff need training.\n\n";

#[track_caller]
fn after_issues(text: &str, expected: &[&str]) {
    check(&format!("{ISSUES}{text}"), expected);
}
