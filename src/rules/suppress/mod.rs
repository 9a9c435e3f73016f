//! What silences a rule at one place, or in a whole document: comments in it, and a file beside it.
//!
//! What silences nothing is reported, so that it does not outlive its reason; so is what had a last day, once that is past: then
//! what it silenced is reported again.

mod comment;
mod sidecar;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::{
    diagnostic::{Diagnostic, Severity, Suppressed, SuppressedBy},
    document::Document,
    source::SourceFile,
    span::{SourceId, Span},
    suggest::did_you_mean,
};

pub use comment::comment;
pub use sidecar::{ENDING, Excuse, ExcuseConfig, SidecarFile, read_sidecar, with_excuses};

/// Code of the warning for what silences nothing.
pub const UNUSED: &str = "suppression-unused";
/// Code of the warning for what names a rule that there is not.
pub const UNKNOWN: &str = "suppression-unknown";
/// Code of the warning for what is past its last day.
pub const EXPIRED: &str = "suppression-expired";
/// Code of the note on what gives no reason.
pub const UNEXPLAINED: &str = "suppression-unexplained";
/// Code of the problem with what is not written as it should be.
pub const INVALID: &str = "suppression-invalid";

/// One rule that is silenced in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The author's file.
    pub source: SourceId,
    /// The rule.
    pub rule: String,
    /// Where in the author's file it is silent.
    pub reach: Reach,
    /// The bytes that name the rule: in the author's file, or in the one beside it.
    pub at: (SourceId, Span),
    /// Why it is silent, where that is said.
    pub reason: Option<String>,
    /// The last day on which it is silent, where there is one.
    pub until: Option<Date>,
    /// Whether a comment says so, or a file beside the document.
    pub by: SuppressedBy,
    /// What is wrong with it, and what to write; it silences nothing then.
    pub fault: Option<(String, &'static str)>,
}

/// Where in a file a rule is silent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everywhere.
    File,
    /// Where a place begins in these bytes.
    From(Span),
    /// Where a place has a byte in common with one of these.
    Words(Vec<Span>),
}

impl Suppression {
    /// Whether a diagnostic of the rule has a place in what is silenced.
    fn covers(&self, diagnostic: &Diagnostic) -> bool {
        let inside = |place: Span| match &self.reach {
            Reach::File => true,
            Reach::From(within) => within.start <= place.start && place.start < within.end,
            Reach::Words(words) => words.iter().any(|words| words.overlaps(place)),
        };
        self.fault.is_none()
            && diagnostic.code == self.rule
            && diagnostic
                .labels
                .iter()
                .any(|label| label.source == self.source && inside(label.span))
    }

    /// Whether its last day is past.
    fn is_past(&self, today: Option<Date>) -> bool {
        let past = |until| today.is_some_and(|today| today > until);
        self.until.is_some_and(past)
    }
}

/// The suppressions of a document: those of its comments in order of place, then those of the file beside it.
pub fn suppressions(
    source: SourceId,
    file: &SourceFile,
    document: &Document,
    beside: &[Excuse],
) -> Vec<Suppression> {
    let mut found = comment::suppressions(source, file, document);
    found.extend(sidecar::suppressions(source, document, beside));
    found
}

/// What decides over suppressions.
pub struct Known<'a> {
    /// The ids of all rules.
    pub rules: BTreeSet<&'a str>,
    /// Whether a rule was run over a file.
    pub ran: &'a dyn Fn(&str, SourceId) -> bool,
    /// The day on which it is asked; where there is none, no suppression is past its last day.
    pub today: Option<Date>,
}

/// What is left of `diagnostics` when the suppressed ones are gone, with a warning for each suppression that is not known, is
/// past its last day or silences nothing; and the suppressed ones.
pub fn apply(
    diagnostics: Vec<Diagnostic>,
    suppressions: &[Suppression],
    known: &Known<'_>,
) -> (Vec<Diagnostic>, Vec<Suppressed>) {
    let mut used = vec![false; suppressions.len()];
    let mut of_rule: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (suppression, at) in suppressions.iter().zip(0..) {
        of_rule.entry(&suppression.rule).or_default().push(at);
    }
    let (mut left, mut suppressed) = (Vec::new(), Vec::new());
    for diagnostic in diagnostics {
        let mut first = None;
        for &at in of_rule.get(&*diagnostic.code).into_iter().flatten() {
            let (Some(suppression), Some(used)) = (suppressions.get(at), used.get_mut(at)) else {
                continue;
            };
            if suppression.covers(&diagnostic) {
                *used = true;
                if !suppression.is_past(known.today) {
                    first.get_or_insert(suppression);
                }
            }
        }
        match first {
            Some(suppression) => suppressed.push(Suppressed {
                diagnostic,
                by: suppression.by,
                reason: suppression.reason.clone(),
            }),
            None => left.push(diagnostic),
        }
    }
    let used = suppressions.iter().zip(used);
    left.extend(used.filter_map(|(suppression, used)| complaint(suppression, used, known)));
    (left, suppressed)
}

/// What is to be said of a suppression, if anything.
fn complaint(suppression: &Suppression, used: bool, known: &Known<'_>) -> Option<Diagnostic> {
    let Suppression { rule, fault, .. } = suppression;
    let what = suppression.what();
    let mut severity = Severity::Warning;
    let (code, message, help) = if let Some((message, help)) = fault {
        (INVALID, message.clone(), (*help).to_owned())
    } else if rule.is_empty() {
        let message = format!("this {what} names no rule to be silent");
        let help = "write `assize-ignore rule-id: reason`";
        (UNKNOWN, message, help.to_owned())
    } else if !known.rules.contains(&**rule) {
        let near = did_you_mean(rule, known.rules.iter().copied());
        let message = format!("there is no rule `{rule}`{near}");
        (
            UNKNOWN,
            message,
            "`assize rules` lists the rules".to_owned(),
        )
    } else if used && suppression.is_past(known.today) {
        let day = suppression.until.map(|day| day.to_string());
        let day = day.unwrap_or_default();
        let message = format!("`{rule}` was to be silent until {day}, and is reported again");
        let help = "mend what is reported, or give it another day";
        (EXPIRED, message, help.to_owned())
    } else if !used && (known.ran)(rule, suppression.source) {
        let message = match &suppression.reach {
            Reach::Words(words) if words.is_empty() => {
                "these words are not in the document".to_owned()
            }
            _ => format!("`{rule}` finds nothing here"),
        };
        (UNUSED, message, format!("remove the {what}"))
    } else if used && suppression.reason.is_none() {
        severity = Severity::Note;
        let message = format!("it is not said why `{rule}` is silent here");
        let help = format!("write `assize-ignore {rule}: reason`");
        (UNEXPLAINED, message, help)
    } else {
        return None;
    };
    let (source, span) = suppression.at;
    let problem = Diagnostic::error(code, message).severity(severity);
    Some(problem.at(source, span, "").help(help))
}

impl Suppression {
    /// What its author wrote.
    const fn what(&self) -> &'static str {
        match self.by {
            SuppressedBy::Sidecar => "entry",
            SuppressedBy::Comment | SuppressedBy::Baseline => "comment",
        }
    }
}

/// A day, written as `2027-01-31`.
fn day(text: &str) -> Option<Date> {
    let days = crate::value::Days::from_iso(text)?;
    days.is_day().then(|| days.from())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{self, Comment, Format};

    /// Reads `text` (Markdown), raises `rule` at every `X`, and gives back the codes and lines that are left.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, usize)]) {
        check_with(text, "", None, expected);
    }

    /// As [`check`], with a file beside the document, on a day.
    #[track_caller]
    fn check_with(text: &str, beside: &str, today: Option<&str>, expected: &[(&str, usize)]) {
        let file = SourceFile::new("test.md", text);
        let mut document = document::read(&file, Format::Markdown);
        document.comments = comments(text);
        let source = SourceId(0);
        let sidecar = SourceFile::new("test.md.assize-ignore.yaml", beside);
        let (excuses, problems) = read_sidecar(SourceId(1), &sidecar);
        assert_eq!(problems, [], "{beside}");
        let found = suppressions(source, &file, &document, &excuses);
        let raised = text
            .match_indices('X')
            .map(|(at, _)| Diagnostic::error("rule-a", "x").at(source, Span::new(at, at + 1), ""));
        let known = Known {
            rules: BTreeSet::from(["rule-a", "rule-b", "rule-c"]),
            ran: &|rule, _| ["rule-a", "rule-b"].contains(&rule),
            today: today.and_then(day),
        };
        let (left, _) = apply(raised.collect(), &found, &known);
        let shown: Vec<_> = left
            .iter()
            .map(|diagnostic| {
                let label = diagnostic.primary().expect("a place");
                let file = [&file, &sidecar][label.source.0 as usize];
                (
                    diagnostic.code.as_str(),
                    file.line_column(label.span.start).line,
                )
            })
            .collect();
        assert_eq!(shown, expected, "{text}");
    }

    fn comments(text: &str) -> Vec<Comment> {
        text.match_indices("<!--")
            .map(|(start, _)| {
                let end = text
                    .get(start..)
                    .and_then(|rest| rest.find("-->"))
                    .expect("closed")
                    + start
                    + 3;
                let inner = text.get(start + 4..end - 3).unwrap_or_default();
                Comment {
                    span: Span::new(start, end),
                    text: inner.trim().to_owned(),
                }
            })
            .collect()
    }

    #[test]
    fn a_comment_silences_its_line_or_the_next_block() {
        check(
            "X <!-- assize-ignore rule-a: known -->\n\nX",
            &[("rule-a", 3)],
        );
        check(
            "<!-- assize-ignore rule-a: known -->\n\nX and\nX\n\nX",
            &[("rule-a", 6)],
        );
        check("X\n\n<!-- assize-ignore-file rule-a: known -->\n\nX", &[]);
        check("X\n\n<!-- assize-ignoring rule-a -->", &[("rule-a", 1)]);
    }

    #[test]
    fn what_is_silenced_keeps_its_reason() {
        let text = "Read on 31 April.";
        let file = SourceFile::new("test.txt", text);
        let source = SourceId(0);
        let raised = |rule: &str| Diagnostic::error(rule, "x").at(source, Span::new(8, 16), "");
        let suppression = Suppression {
            source,
            rule: "rule-a".to_owned(),
            reach: Reach::From(Span::new(0, file.text().len())),
            at: (source, Span::default()),
            reason: Some("as printed".to_owned()),
            until: None,
            by: SuppressedBy::Comment,
            fault: None,
        };
        let (left, suppressed) = apply(
            vec![raised("rule-a"), raised("rule-b")],
            &[suppression],
            &Known {
                rules: BTreeSet::from(["rule-a", "rule-b"]),
                ran: &|_, _| true,
                today: None,
            },
        );
        assert_eq!(left, [raised("rule-b")]);
        assert_eq!(
            suppressed,
            [Suppressed {
                diagnostic: raised("rule-a"),
                by: SuppressedBy::Comment,
                reason: Some("as printed".to_owned())
            }]
        );
    }

    #[test]
    fn comments_that_silence_nothing_are_reported() {
        check(
            "<!-- assize-ignore rule-a: gone -->\n\nfine",
            &[(UNUSED, 1)],
        );
        check(
            "<!-- assize-ignore rule-b, rule-a: both -->\n\nX",
            &[(UNUSED, 1)],
        );
        check("<!-- assize-ignore rule-c: did not run -->\n\nfine", &[]);
        check(
            "<!-- assize-ignore rule-x: typo -->\n\nfine",
            &[(UNKNOWN, 1)],
        );
        check(
            "<!-- assize-ignore -->\n\nX",
            &[("rule-a", 3), (UNKNOWN, 1)],
        );
    }

    #[test]
    fn what_gives_no_reason_is_told() {
        for comment in [
            "assize-ignore rule-a",
            "assize-ignore rule-a:",
            "assize-ignore rule-a until 2027-01-31",
            "assize-ignore-file rule-a",
        ] {
            let text = format!("<!-- {comment} -->\n\nX");
            check(&text, &[(UNEXPLAINED, 1)]);
            // Of what silences nothing that is enough to say.
            check(&text.replace('X', "fine"), &[(UNUSED, 1)]);
        }
        check(
            "<!-- assize-ignore rule-a, rule-c -->\n\nX",
            &[(UNEXPLAINED, 1)],
        );
    }

    #[test]
    fn what_is_past_its_last_day_is_told_and_silences_nothing() {
        let text = "<!-- assize-ignore rule-a until 2027-01-31: known -->\n\nX";
        check_with(text, "", None, &[]);
        check_with(text, "", Some("2027-01-31"), &[]);
        check_with(text, "", Some("2027-02-01"), &[("rule-a", 3), (EXPIRED, 1)]);
        check_with(
            &text.replace('X', "fine"),
            "",
            Some("2027-02-01"),
            &[(UNUSED, 1)],
        );
        let two = format!("<!-- assize-ignore rule-a until 2026-01-31 -->\n{text}");
        check_with(&two, "", Some("2027-01-31"), &[(EXPIRED, 1)]);
    }

    #[test]
    fn what_is_not_written_as_it_should_be_silences_nothing() {
        for comment in [
            "assize-ignore rule-a because it is so",
            "assize-ignore rule-a until: known",
            "assize-ignore rule-a until tomorrow: known",
            "assize-ignore rule-a until 2027-02-30: known",
            "assize-ignore rule-a until 2027-01: known",
            "assize-ignore rule-a by 2027-01-31: known",
            "assize-ignore-file rule-a until 31 January 2027: known",
        ] {
            let text = format!("<!-- {comment} -->\n\nX");
            check(&text, &[("rule-a", 3), (INVALID, 1)]);
        }
        check(
            "<!-- assize-ignore rule-a  until  2027-01-31: known -->\n\nX",
            &[],
        );
        check(
            "<!-- assize-ignore rule-b, rule-a until 2027-01-31: until then -->\n\nX",
            &[(UNUSED, 1)],
        );
    }

    #[test]
    fn a_file_beside_the_document_silences_words() {
        let beside = |keys: &str| format!("ignore:\n  - rule: rule-a\n    {keys}\n    reason: r\n");
        let text = "One X two.\n\nThree\nX ‘four’.";
        check_with(
            text,
            &beside("words: three X"),
            None,
            &[("rule-a", 1), ("rule-a", 4), (UNUSED, 2)],
        );
        check_with(text, &beside("words: Three X"), None, &[("rule-a", 1)]);
        check_with(text, &beside("words: \"X 'four'\""), None, &[("rule-a", 1)]);
        check_with(text, &beside("words: X"), None, &[]);
        check_with(text, &beside("until: 2027-01-31"), Some("2027-01-31"), &[]);
        check_with(
            text,
            &beside("until: 2027-01-31"),
            Some("2027-02-01"),
            &[("rule-a", 1), ("rule-a", 4), (EXPIRED, 2)],
        );
        check_with(
            text,
            &beside("words: two"),
            None,
            &[("rule-a", 1), ("rule-a", 4), (UNUSED, 2)],
        );
        check_with(
            "fine",
            &beside("words: fine").replace("-a", "-x"),
            None,
            &[(UNKNOWN, 2)],
        );
    }
}
