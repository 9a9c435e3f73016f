//! Comments of a document that silence a rule at one place, or in the whole file.
//!
//! ```text
//! suppression = ("assize-ignore" | "assize-ignore-file") rule-id *( "," rule-id ) [":" reason]
//! ```
//!
//! `<!-- assize-ignore rule-id: reason -->` in Markdown, a line `# assize-ignore rule-id: reason` in text. A comment on a line
//! with text counts for that line, one on a line of its own for the block that follows. Comments that silence nothing are
//! reported, so that they do not outlive their reason.

use std::collections::BTreeSet;

use crate::{
    diagnostic::{Diagnostic, Severity, Suppressed, SuppressedBy},
    document::{Comment, Document},
    source::SourceFile,
    span::{SourceId, Span, text_at},
    suggest::did_you_mean,
};

/// Code of the warning for a comment that silences nothing.
pub const UNUSED: &str = "suppression-unused";
/// Code of the warning for a comment that names a rule that there is not.
pub const UNKNOWN: &str = "suppression-unknown";

const MARK: &str = "assize-ignore";

/// One rule that a comment silences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The author's file.
    pub source: SourceId,
    /// The rule.
    pub rule: String,
    /// Bytes of the author's file in which it is silent; all of the file where there are none.
    pub within: Option<Span>,
    /// Bytes of the author's file that name the rule.
    pub at: Span,
    /// Why it is silent, where the comment says so.
    pub reason: Option<String>,
}

impl Suppression {
    /// Whether a diagnostic of the rule has a place in what is silenced.
    fn covers(&self, diagnostic: &Diagnostic) -> bool {
        diagnostic.code == self.rule
            && diagnostic.labels.iter().any(|label| {
                let inside = |within: Span| {
                    within.start <= label.span.start && label.span.start < within.end
                };
                label.source == self.source && self.within.is_none_or(inside)
            })
    }
}

/// The suppressions of a document, in order of place. A comment that names no rule gives one of an empty name.
pub fn suppressions(source: SourceId, file: &SourceFile, document: &Document) -> Vec<Suppression> {
    let mut found = Vec::new();
    for comment in &document.comments {
        let Some(rest) = comment.text.trim_start().strip_prefix(MARK) else {
            continue;
        };
        let (whole_file, rest) = match rest.strip_prefix("-file") {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        if rest.starts_with(|c: char| !c.is_whitespace()) {
            continue;
        }
        let within = (!whole_file).then(|| reach(comment, file, document));
        let reason = rest.split_once(':').map(|(_, reason)| reason.trim());
        let reason = reason.filter(|reason| !reason.is_empty());
        for rule in ids(rest) {
            let at = place_of(rule, comment, file);
            found.push(Suppression {
                source,
                rule: rule.to_owned(),
                within,
                at,
                reason: reason.map(str::to_owned),
            });
        }
    }
    found
}

/// The ids before the colon.
fn ids(rest: &str) -> impl Iterator<Item = &str> {
    let list = rest.split_once(':').map_or(rest, |(list, _)| list);
    list.split(',')
        .map(|id| id.split_whitespace().next().unwrap_or_default())
}

/// Where a comment names a rule; the whole comment where it names none.
fn place_of(rule: &str, comment: &Comment, file: &SourceFile) -> Span {
    let text = file.text_of(comment.span);
    match text.find(rule).filter(|_| !rule.is_empty()) {
        Some(at) => Span::new(
            comment.span.start + at,
            comment.span.start + at + rule.len(),
        ),
        None => comment.span,
    }
}

/// The bytes of the author's file that a comment counts for: its line where that has text, else the next block.
fn reach(comment: &Comment, file: &SourceFile, document: &Document) -> Span {
    let text = file.text();
    let first = file
        .lines()
        .line_span(text, file.lines().line(comment.span.start));
    let last = file
        .lines()
        .line_span(text, file.lines().line(comment.span.end.max(1) - 1));
    let before = text_at(text, Span::new(first.start, comment.span.start));
    let after = text_at(text, Span::new(comment.span.end, last.end));
    if !before.trim().is_empty() || !after.trim().is_empty() {
        return Span::new(first.start, last.end);
    }
    let blocks = document
        .blocks
        .iter()
        .map(|block| document.map.to_source(block.span));
    let next = blocks
        .filter(|block| block.end > comment.span.end)
        .min_by_key(|block| block.start);
    Span::new(
        comment.span.end,
        next.map_or(comment.span.end, |block| block.end),
    )
}

/// What is left of `diagnostics` when the suppressed ones are gone, with a warning for each suppression that is not known or
/// silences nothing; and the suppressed ones. `known` holds the ids of all rules; `ran` says of a rule whether it was run
/// over a file.
pub fn apply(
    diagnostics: Vec<Diagnostic>,
    suppressions: &[Suppression],
    known: &BTreeSet<&str>,
    ran: &dyn Fn(&str, SourceId) -> bool,
) -> (Vec<Diagnostic>, Vec<Suppressed>) {
    let mut used = vec![false; suppressions.len()];
    let (mut left, mut suppressed) = (Vec::new(), Vec::new());
    for diagnostic in diagnostics {
        let mut first = None;
        for (suppression, used) in suppressions.iter().zip(&mut used) {
            if suppression.covers(&diagnostic) {
                *used = true;
                first.get_or_insert(suppression);
            }
        }
        match first {
            Some(suppression) => suppressed.push(Suppressed {
                diagnostic,
                by: SuppressedBy::Comment,
                reason: suppression.reason.clone(),
            }),
            None => left.push(diagnostic),
        }
    }
    let unused = suppressions.iter().zip(used).filter(|(_, used)| !used);
    left.extend(unused.filter_map(|(suppression, _)| complaint(suppression, known, ran)));
    (left, suppressed)
}

fn complaint(
    suppression: &Suppression,
    known: &BTreeSet<&str>,
    ran: &dyn Fn(&str, SourceId) -> bool,
) -> Option<Diagnostic> {
    let rule = suppression.rule.as_str();
    let (code, message, help) = if rule.is_empty() {
        let help = "write `assize-ignore rule-id: reason`";
        (
            UNKNOWN,
            "this comment names no rule to be silent".to_owned(),
            help,
        )
    } else if !known.contains(rule) {
        let near = did_you_mean(rule, known.iter().copied());
        (
            UNKNOWN,
            format!("there is no rule `{rule}`{near}"),
            "`assize rules` lists the rules",
        )
    } else if ran(rule, suppression.source) {
        (
            UNUSED,
            format!("`{rule}` finds nothing here"),
            "remove the comment",
        )
    } else {
        return None;
    };
    let problem = Diagnostic::error(code, message).severity(Severity::Warning);
    Some(
        problem
            .at(suppression.source, suppression.at, "")
            .help(help),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{self, Format};

    /// Reads `text` (Markdown), raises `rule` at every `X`, and gives back the codes and lines that are left.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, usize)]) {
        let file = SourceFile::new("test.md", text);
        let mut document = document::read(&file, Format::Markdown);
        document.comments = comments(text);
        let source = SourceId(0);
        let found = suppressions(source, &file, &document);
        let raised = text
            .match_indices('X')
            .map(|(at, _)| Diagnostic::error("rule-a", "x").at(source, Span::new(at, at + 1), ""));
        let known = BTreeSet::from(["rule-a", "rule-b", "rule-c"]);
        let ran = |rule: &str, _| ["rule-a", "rule-b"].contains(&rule);
        let (left, _) = apply(raised.collect(), &found, &known, &ran);
        let shown: Vec<_> = left
            .iter()
            .map(|diagnostic| {
                let start = diagnostic.primary().map_or(0, |label| label.span.start);
                (diagnostic.code.as_str(), file.line_column(start).line)
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
        check("X\n\n<!-- assize-ignore-file rule-a -->\n\nX", &[]);
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
            within: Some(Span::new(0, file.text().len())),
            at: Span::default(),
            reason: Some("as printed".to_owned()),
        };
        let (left, suppressed) = apply(
            vec![raised("rule-a"), raised("rule-b")],
            &[suppression],
            &BTreeSet::from(["rule-a", "rule-b"]),
            &|_, _| true,
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
}
