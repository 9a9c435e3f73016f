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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diagnostic::Severity,
        rules::examples::{Example, Verification},
        span::{SourceId, Span},
    };

    /// Holds the lines for an example that says `marks` and `message`, of which each group of places was raised.
    #[track_caller]
    fn check(
        valid: bool,
        marks: &[&str],
        message: Option<&str>,
        raised: &[&[&str]],
        expected: &[&str],
    ) {
        let mark = |text: &&str| RaisedMark {
            document: "example".to_owned(),
            text: (*text).to_owned(),
            label: String::new(),
        };
        let raised = raised.iter().map(|texts| Raised {
            severity: Severity::Error,
            message: "4 is not 3".to_owned(),
            working: None,
            marks: texts.iter().map(mark).collect(),
        });
        let report = ExampleReport {
            rule: "a-rule".to_owned(),
            example: Example {
                source: SourceId(0),
                span: Span::default(),
                valid,
                together: false,
                documents: Vec::new(),
                framework: None,
                marks: marks.iter().map(|mark| (*mark).to_owned()).collect(),
                message: message.map(str::to_owned),
            },
            raised: raised.collect(),
            verification: Verification::Silent,
        };
        let lines = diff(&report);
        assert_eq!(lines.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_an_example_says_stands_beside_what_was_raised() {
        check(
            false,
            &["a", "b", "c"],
            None,
            &[&["a b", "x", "c"]],
            &[
                "    mark “a”",
                "  + mark “x”",
                "  - mark “b”",
                "    mark “c”",
            ],
        );
        check(false, &["a"], None, &[], &["  - mark “a”"]);
        check(
            true,
            &[],
            None,
            &[&["a"]],
            &["  + message “4 is not 3”", "  + mark “a”"],
        );
        check(
            false,
            &[],
            Some("not 5"),
            &[&["a"], &["b"]],
            &[
                "  - message with “not 5”",
                "  + message “4 is not 3”",
                "  + mark “a”",
                "  + message “4 is not 3”",
                "  + mark “b”",
            ],
        );
        check(
            false,
            &["b"],
            Some("not 3"),
            &[&["a"]],
            &["    message “4 is not 3”", "  + mark “a”", "  - mark “b”"],
        );
    }
}
