//! What is read of issues, by where and how they stand.

mod labels;
mod leads;
mod running;
mod tables;

use crate::facts::{
    schema::{self, issue},
    testing::facts_of,
};

/// Checks issues, each as `[series ]noun number: first words`.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let (document, facts) = facts_of(text);
    let found: Vec<String> = facts
        .iter()
        .filter(|fact| fact.kind == schema::ISSUE)
        .map(|fact| {
            let words = |slot| fact.get(slot).as_words().unwrap_or_default().to_owned();
            let text = document.text_of(fact.span);
            let series = words(issue::Slot::series).to_lowercase();
            let label = format!(
                "{series} {} {}",
                words(issue::Slot::noun),
                words(issue::Slot::number)
            );
            format!(
                "{}: {}",
                label.trim(),
                text.split_whitespace().collect::<Vec<_>>().join(" ")
            )
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}
