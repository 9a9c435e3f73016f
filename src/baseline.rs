//! A file that lists the problems of today, so that only those of tomorrow are reported.
//!
//! One JSON object a line, sorted, so that a change of the list is a change of lines:
//!
//! ```text
//! {"path":"reports/a.md","rule":"date-impossible","fingerprint":"9c0e…","message":"the calendar has no such day"}
//! ```
//!
//! An entry stands for one problem of its fingerprint. It counts for the file of its path; where that file is not among those
//! that are checked, for any file, so that a file may be moved.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::{Deserialize, Serialize};

use crate::{
    diagnostic::{Diagnostic, Severity, Suppressed, SuppressedBy},
    fingerprint::Fingerprint,
    source::{SourceFile, Sources},
    span::{SourceId, Span},
};

/// Code of the error for a line that is no entry.
pub const INVALID: &str = "baseline-invalid";
/// Code of the warning for an entry whose problem is gone.
pub const STALE: &str = "baseline-stale";

/// The problems that are known.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    entries: Vec<(Entry, Place)>,
}

/// Where an entry was read.
type Place = Option<(SourceId, Span)>;

/// A problem that is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The file of its first place; empty where it has none.
    path: String,
    rule: String,
    fingerprint: String,
    /// For those who read the list; nothing depends on it.
    message: String,
}

/// What was looked at in a run: nothing is stale for want of looking.
#[derive(Clone, Debug, Default)]
pub struct Checked<'a> {
    /// Names of the files.
    pub paths: BTreeSet<&'a str>,
    /// Ids of the rules.
    pub rules: BTreeSet<&'a str>,
}

impl Entry {
    fn of(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let file = diagnostic
            .primary()
            .and_then(|label| sources.get(label.source));
        Self {
            path: file.map_or_else(String::new, |file| file.name().to_owned()),
            rule: diagnostic.code.clone(),
            fingerprint: Fingerprint::of(diagnostic, sources).to_string(),
            message: diagnostic.message.clone(),
        }
    }
}

impl Baseline {
    /// Every one of these problems.
    pub fn of(diagnostics: &[Diagnostic], sources: &Sources) -> Self {
        let entries = diagnostics
            .iter()
            .map(|diagnostic| Entry::of(diagnostic, sources));
        let mut entries: Vec<_> = entries.map(|entry| (entry, None)).collect();
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        Self { entries }
    }

    /// Reads a baseline; blank lines are passed over.
    ///
    /// # Errors
    ///
    /// A diagnostic for each line that is no entry.
    pub fn read(source: SourceId, file: &SourceFile) -> Result<Self, Vec<Diagnostic>> {
        let (mut entries, mut problems) = (Vec::new(), Vec::new());
        for line in 0..file.lines().line_count() {
            let span = file.lines().line_span(file.text(), line);
            let text = file
                .text_of(span)
                .trim_matches(['\u{feff}', ' ', '\r', '\t']);
            if text.is_empty() {
                continue;
            }
            match serde_json::from_str(text) {
                Ok(entry) => entries.push((entry, Some((source, span)))),
                // What is no entry in its first line is no baseline: the rest would say the same.
                Err(_) if entries.is_empty() && problems.is_empty() => {
                    let message = format!("{} is no baseline", file.name());
                    let problem = Diagnostic::error(INVALID, message).at(source, span, "");
                    let help = "`assize check --write-baseline FILE` writes one";
                    return Err(vec![problem.help(help)]);
                }
                Err(error) => problems.push(invalid(&error).at(source, span, "")),
            }
        }
        if problems.is_empty() {
            Ok(Self { entries })
        } else {
            Err(problems)
        }
    }

    /// Whether a text that begins so is a baseline.
    pub fn begins(head: &str) -> bool {
        let line = head.lines().next().unwrap_or_default();
        line.starts_with("{\"path\":") && line.contains(",\"rule\":")
    }

    /// How many problems it lists.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it lists none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Parts `diagnostics` into those that are not listed, with a warning for each entry whose problem is gone, and those that
    /// are.
    pub fn apply(
        &self,
        diagnostics: Vec<Diagnostic>,
        sources: &Sources,
        checked: &Checked<'_>,
    ) -> (Vec<Diagnostic>, Vec<Suppressed>) {
        let mut open = Open::new(self, checked);
        let found: Vec<_> = diagnostics
            .into_iter()
            .map(|diagnostic| {
                let entry = Entry::of(&diagnostic, sources);
                let listed = open.take(&entry, &entry.path);
                (diagnostic, entry, listed)
            })
            .collect();
        let (mut left, mut known) = (Vec::new(), Vec::new());
        for (diagnostic, entry, listed) in found {
            if listed || open.take(&entry, ELSEWHERE) {
                known.push(Suppressed {
                    diagnostic,
                    by: SuppressedBy::Baseline,
                    reason: None,
                });
            } else {
                left.push(diagnostic);
            }
        }
        left.extend(open.stale(checked));
        (left, known)
    }
}

impl fmt::Display for Baseline {
    /// Writes the lines of the file.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (entry, _) in &self.entries {
            let line = serde_json::to_string(entry).map_err(|_| fmt::Error)?;
            writeln!(out, "{line}")?;
        }
        Ok(())
    }
}

/// The path under which entries stand whose file is not checked; no file has this name.
const ELSEWHERE: &str = "\0";

/// Entries whose problem has not been found yet, by path, rule and fingerprint.
struct Open<'a>(BTreeMap<[String; 3], Vec<&'a (Entry, Place)>>);

impl<'a> Open<'a> {
    fn new(baseline: &'a Baseline, checked: &Checked<'_>) -> Self {
        let mut open: BTreeMap<_, Vec<_>> = BTreeMap::new();
        // The first entry of a key is taken first: then those that are left over stand at the end of the file.
        for listed in baseline.entries.iter().rev() {
            let (entry, _) = listed;
            let here = entry.path.is_empty() || checked.paths.contains(entry.path.as_str());
            let path = if here { &entry.path } else { ELSEWHERE };
            open.entry(key(entry, path)).or_default().push(listed);
        }
        Self(open)
    }

    /// Takes an entry for the problem of `entry` that counts for `path`; whether there is one.
    fn take(&mut self, entry: &Entry, path: &str) -> bool {
        let listed = self.0.get_mut(&key(entry, path));
        listed.and_then(Vec::pop).is_some()
    }

    /// A warning for each entry that is left, of files and rules that were looked at.
    fn stale(self, checked: &Checked<'_>) -> Vec<Diagnostic> {
        let mut left: Vec<_> = self
            .0
            .into_iter()
            .filter(|([path, rule, _], _)| {
                path != ELSEWHERE && checked.rules.contains(rule.as_str())
            })
            .flat_map(|(_, listed)| listed)
            .collect();
        left.sort_by_key(|(_, place)| *place);
        left.into_iter().map(stale).collect()
    }
}

fn key(entry: &Entry, path: &str) -> [String; 3] {
    let Entry {
        rule, fingerprint, ..
    } = entry;
    [path.to_owned(), rule.clone(), fingerprint.clone()]
}

fn stale((entry, place): &(Entry, Place)) -> Diagnostic {
    let message = format!("`{}` no longer finds this in {}", entry.rule, entry.path);
    let problem = Diagnostic::error(STALE, message)
        .severity(Severity::Warning)
        .help("remove the line, or write the list anew with --write-baseline");
    match place {
        Some((source, span)) => problem.at(*source, *span, entry.message.clone()),
        None => problem,
    }
}

fn invalid(error: &serde_json::Error) -> Diagnostic {
    let text = error.to_string();
    let what = text.split(" at line").next().unwrap_or_default();
    Diagnostic::error(
        INVALID,
        format!("this line is no entry of a baseline: {what}"),
    )
    .help("`assize check --write-baseline FILE` writes such a file")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sources of these names and texts, and a problem of `rule-a` at every `X` in them.
    fn found(files: &[(&str, &str)]) -> (Sources, Vec<Diagnostic>) {
        let mut sources = Sources::new();
        let mut diagnostics = Vec::new();
        for (name, text) in files {
            let source = sources.add(SourceFile::new(name, text));
            for (at, _) in text.match_indices('X') {
                let span = Span::new(at, at + 1);
                diagnostics.push(Diagnostic::error("rule-a", "wrong").at(source, span, ""));
            }
        }
        (sources, diagnostics)
    }

    /// With what is found in `before` as the baseline, checks which codes and paths are reported of `after`.
    #[track_caller]
    fn check(before: &[(&str, &str)], after: &[(&str, &str)], expected: &[(&str, &str)]) {
        let (sources, diagnostics) = found(before);
        let written = Baseline::of(&diagnostics, &sources).to_string();
        let (mut sources, diagnostics) = found(after);
        let file = SourceFile::new("known.jsonl", &written);
        let known = Baseline::read(sources.add(file.clone()), &file).expect("a baseline");
        let checked = Checked {
            paths: after.iter().map(|(name, _)| *name).collect(),
            rules: BTreeSet::from(["rule-a"]),
        };
        let total = diagnostics.len();
        let (left, suppressed) = known.apply(diagnostics, &sources, &checked);
        let fresh = left.iter().filter(|found| found.code != STALE).count();
        assert_eq!(fresh + suppressed.len(), total);
        let left: Vec<_> = left
            .iter()
            .map(|diagnostic| {
                let file = diagnostic
                    .primary()
                    .and_then(|label| sources.get(label.source));
                (diagnostic.code.as_str(), file.map_or("", SourceFile::name))
            })
            .collect();
        assert_eq!(left, expected, "{before:?} {after:?}");
    }

    #[test]
    fn what_is_listed_is_not_reported() {
        check(&[("a", "one X two")], &[("a", "new\n\none X two")], &[]);
        check(
            &[("a", "one X two")],
            &[("a", "one X two\n\nthree X four")],
            &[("rule-a", "a")],
        );
        check(&[], &[("a", "X")], &[("rule-a", "a")]);
    }

    #[test]
    fn each_entry_stands_for_one_problem() {
        check(
            &[("a", "X\n\nX")],
            &[("a", "X\n\nX\n\nX")],
            &[("rule-a", "a")],
        );
        check(&[("a", "X\n\nX")], &[("a", "X")], &[(STALE, "known.jsonl")]);
    }

    #[test]
    fn a_file_may_be_moved_but_not_copied() {
        check(&[("a", "X")], &[("b", "X")], &[]);
        check(&[("a", "X")], &[("a", "X"), ("b", "X")], &[("rule-a", "b")]);
        check(&[("a", "X"), ("c", "one X")], &[("b", "X")], &[]);
    }

    #[test]
    fn entries_whose_problem_is_gone_are_reported_where_they_stand() {
        check(
            &[("a", "X"), ("b", "X")],
            &[("a", "fine"), ("b", "X")],
            &[(STALE, "known.jsonl")],
        );
        check(&[("a", "X"), ("b", "X")], &[("b", "X")], &[]);
    }

    #[test]
    fn lines_that_are_no_entries_are_refused() {
        for line in [
            "{",
            "[]",
            "{\"path\":\"a\"}",
            "{\"path\":\"\",\"rule\":\"\",\"fingerprint\":\"\",\"message\":\"\",\"x\":1}",
        ] {
            let file = SourceFile::new("known.jsonl", &format!("\n{line}\r\n\n"));
            let problems = Baseline::read(SourceId(0), &file).expect_err(line);
            assert_eq!(problems.len(), 1, "{line}");
            let at = problems[0]
                .primary()
                .map(|label| file.line_column(label.span.start).line);
            assert_eq!(at, Some(2), "{line}");
        }
        let empty = Baseline::read(SourceId(0), &SourceFile::new("known.jsonl", ""));
        assert!(empty.expect("no entries").is_empty());
    }
}
