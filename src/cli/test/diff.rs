//! What an example says beside what its rule raised.

use std::fmt::Write as _;

use crate::{
    lint::ExampleReport,
    output::printable,
    rules::examples::{Raised, RaisedMark},
};

/// Lines for an example that does not hold: `-` what it says, `+` what was raised instead, a space before what agrees. Empty
/// where neither names anything.
pub(super) fn diff(report: &ExampleReport) -> String {
    let example = &report.example;
    let mut lines = String::new();
    let mut line = |sign: char, what: &str, text: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(lines, "  {sign} {what} “{}”", printable(text));
    };
    let messages = report.raised.iter().map(|raised| &raised.message);
    let wanted = example.message.as_deref();
    let agrees = |message: &str| wanted.is_some_and(|words| message.contains(words));
    if let Some(words) = wanted.filter(|_| !messages.clone().any(|message| agrees(message))) {
        line('-', "message with", words);
    }
    let mut marks = example.marks.iter().peekable();
    for raised in &report.raised {
        let sign = if agrees(&raised.message) { ' ' } else { '+' };
        let is_news = example.valid || wanted.is_some();
        if is_news {
            line(sign, "message", &raised.message);
        }
        for mark in &raised.marks {
            let covered = covered(mark, &mut marks.clone());
            match covered {
                Some(skipped) => {
                    for mark in marks.by_ref().take(skipped) {
                        line('-', "mark", mark);
                    }
                    if let Some(mark) = marks.next() {
                        line(' ', "mark", mark);
                    }
                }
                None => line('+', "mark", &mark.text),
            }
        }
    }
    for mark in marks {
        line('-', "mark", mark);
    }
    lines
}

/// How many marks stand before the one that a place covers.
fn covered<'a>(
    place: &RaisedMark,
    marks: &mut (impl Iterator<Item = &'a String> + Clone),
) -> Option<usize> {
    marks.position(|mark| place.covers(mark))
}

/// The words of the places, in their order, that say all that was raised.
pub(super) fn marks(raised: &[Raised]) -> Vec<&str> {
    let marks = raised.iter().flat_map(|raised| &raised.marks);
    marks
        .map(|mark| mark.text.as_str())
        .filter(|text| !text.is_empty())
        .collect()
}
