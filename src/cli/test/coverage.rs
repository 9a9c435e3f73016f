//! `assize test --coverage`: which rules something was seen to raise.
//!
//! A rule that neither an example nor a plant ever fired may be one that cannot fire: a guard that is never met, a fact that is
//! never found.

use std::{
    collections::BTreeSet,
    io::{self, Write as _},
};

use super::super::Streams;
use crate::{lint::ExampleReport, output::Count, rules::Rule};

/// Ids of the rules that raised something in their own examples.
pub(super) fn by_examples(reports: &[ExampleReport]) -> BTreeSet<String> {
    let raised = reports.iter().filter(|report| !report.raised.is_empty());
    raised.map(|report| report.rule.clone()).collect()
}

/// Ids of the rules that are not among those that fired.
pub(super) fn idle<'a>(
    rules: impl Iterator<Item = &'a Rule>,
    fired: &BTreeSet<String>,
) -> Vec<&'a str> {
    let ids = rules.map(|rule| rule.info.id.as_str());
    ids.filter(|id| !fired.contains(*id)).collect()
}

/// Prints the rules that nothing fired; nothing where there are none.
///
/// # Errors
///
/// Those of the streams.
pub(super) fn print_idle(idle: &[&str], streams: &mut Streams) -> io::Result<()> {
    if idle.is_empty() {
        return Ok(());
    }
    writeln!(
        streams.out,
        "{} never raised anything: {}",
        Count(idle.len(), "rule"),
        idle.join(", ")
    )
}
