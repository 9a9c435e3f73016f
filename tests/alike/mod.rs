//! Whether the same document in two formats gives the same facts and the same diagnostics.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::reading::found;

/// What a document is read as.
pub(crate) type Found = (Vec<Value>, Vec<String>);

/// Holds a file against what the same document gave in another format: all diagnostics must be the same, and 98% of the facts.
#[track_caller]
pub(crate) fn check_alike((facts, diagnostics): &Found, file: &str, bytes: Vec<u8>) {
    let (here, raised) = found(file, bytes);
    let without_numbers = file.rsplit('.').next() == Some("html");
    let expected = counted(facts, without_numbers);
    let here = counted(&here, without_numbers);
    let (lost, more) = (beyond(&expected, &here), beyond(&here, &expected));
    let all: usize = expected.values().sum();
    assert!(
        lost.len().max(more.len()) * 100 <= all * 2,
        "{file}\nnot found: {lost:#?}\nnot in the text: {more:#?}"
    );
    assert_eq!(&raised, diagnostics, "{file}");
}

/// Facts with how often each is found. A page does not hold the numbers of lists that count by themselves.
fn counted(facts: &[Value], without_numbers: bool) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for fact in facts {
        let mut fact = fact.clone();
        if without_numbers && fact["kind"] == "list" {
            continue;
        }
        if without_numbers && fact["kind"] == "issue" {
            fact["number"] = Value::Null;
        }
        *counted.entry(fact.to_string()).or_default() += 1;
    }
    counted
}

/// Facts in one that are not in the other, a line each.
fn beyond(one: &BTreeMap<String, usize>, other: &BTreeMap<String, usize>) -> Vec<String> {
    let mut beyond = Vec::new();
    for (fact, &count) in one {
        let known = other.get(fact).copied().unwrap_or_default();
        beyond.extend((known..count).map(|_| fact.clone()));
    }
    beyond
}
