//! What a run looked at and what it found, in numbers.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};

/// Rules whose time is told to people; programs are told all.
const SLOWEST: usize = 20;

/// The numbers of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Summary {
    /// Documents that were read.
    pub documents: usize,
    /// Sets of documents on one inspection that were checked together.
    pub sets: usize,
    /// Facts found in them.
    pub facts: usize,
    /// Rules in force.
    pub rules: usize,
    /// Errors found.
    pub errors: usize,
    /// Warnings found.
    pub warnings: usize,
    /// Notes found.
    pub notes: usize,
    /// Of the diagnostics found, those that are too light to be shown.
    pub hidden: usize,
    /// Checks that lacked something the documents do not state.
    pub undecidable: usize,
    /// Diagnostics that comments in the documents keep from being reported.
    pub suppressed: usize,
    /// Diagnostics that the baseline keeps from being reported.
    pub baselined: usize,
    /// Documents and folders that could not be read.
    pub unreadable: usize,
    /// What each rule looked at, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_rule: Option<Vec<RuleCount>>,
    /// How long the parts of the run took, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timings: Option<Timings>,
}

/// How long the parts of a run took, in microseconds summed over threads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Timings {
    /// Reading documents and finding their facts.
    pub reading: u128,
    /// Each rule that was run, the slowest first.
    pub rules: Vec<(String, u128)>,
}

/// What a rule looked at, and what that came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RuleCount {
    /// The rule.
    pub rule: String,
    /// Choices of facts that it looked at.
    pub looked_at: usize,
    /// Those that are as they should be.
    pub held: usize,
    /// Those that are so only because printed figures are rounded.
    pub rounding: usize,
    /// Those that are not.
    pub failed: usize,
    /// Those that lack something the documents do not state.
    pub undecidable: usize,
    /// Diagnostics that are reported of it.
    pub reported: usize,
}

impl Summary {
    /// The closing line:
    /// `3 documents, 214 facts, 40 rules: 1 error, no warnings, 2 notes; 12 checks undecidable`.
    pub fn line(&self) -> impl fmt::Display {
        fmt::from_fn(|out| self.write_line(out))
    }

    fn write_line(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{}, {}, {}: {}, {}, {}",
            Count(self.documents, "document"),
            Count(self.facts, "fact"),
            Count(self.rules, "rule"),
            Count(self.errors, "error"),
            Count(self.warnings, "warning"),
            Count(self.notes, "note"),
        )?;
        if self.hidden > 0 {
            write!(out, " ({} not shown)", self.hidden)?;
        }
        write!(out, "; {} undecidable", Count(self.undecidable, "check"))?;
        if self.suppressed > 0 {
            write!(out, "; {} suppressed", self.suppressed)?;
        }
        if self.baselined > 0 {
            write!(out, "; {} in the baseline", self.baselined)?;
        }
        if self.unreadable > 0 {
            write!(out, "; {} unreadable", Count(self.unreadable, "path"))?;
        }
        Ok(())
    }

    /// Counts diagnostics by severity; those below `show` are hidden.
    pub fn count<'a>(
        &mut self,
        diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
        show: Severity,
    ) {
        for diagnostic in diagnostics {
            *match diagnostic.severity {
                Severity::Error => &mut self.errors,
                Severity::Warning => &mut self.warnings,
                Severity::Note => &mut self.notes,
            } += 1;
            self.hidden += usize::from(diagnostic.severity < show);
        }
    }
}

impl fmt::Display for Summary {
    /// Writes what each rule looked at and how long it took, where that was asked for, then the closing line.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(counts) = &self.per_rule {
            table(counts, out)?;
        }
        if let Some(timings) = &self.timings {
            timings.write(out)?;
        }
        self.write_line(out)
    }
}

impl Timings {
    /// A line for reading and for each of the slowest rules, and one for all the others.
    fn write(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        const READING: &str = "reading and finding facts";
        let (slowest, others) = self.rules.split_at(self.rules.len().min(SLOWEST));
        let rest = format!("the other {}", Count(others.len(), "rule"));
        let rest = (rest, others.iter().map(|(_, took)| took).sum::<u128>());
        let mut parts = vec![(READING, self.reading)];
        parts.extend(slowest.iter().map(|(rule, took)| (rule.as_str(), *took)));
        if !others.is_empty() {
            parts.push((&rest.0, rest.1));
        }
        let width = parts.iter().map(|(part, _)| part.len()).max().unwrap_or(0);
        writeln!(out, "{:width$}  milliseconds", "part")?;
        for (part, took) in parts {
            writeln!(
                out,
                "{part:width$}  {:>8}.{:03}",
                took / 1_000,
                took % 1_000
            )?;
        }
        writeln!(out)
    }
}

/// A line for each rule, those that looked at something first, and how many found nothing to look at.
fn table(counts: &[RuleCount], out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (busy, idle): (Vec<_>, Vec<_>) = counts.iter().partition(|count| count.looked_at > 0);
    let width = counts
        .iter()
        .map(|count| count.rule.len())
        .max()
        .unwrap_or(0);
    if !busy.is_empty() {
        writeln!(
            out,
            "{:width$}  looked at     held  rounding   failed  undecidable  reported",
            "rule"
        )?;
    }
    for count in busy {
        writeln!(
            out,
            "{:width$}  {:>9} {:>8} {:>9} {:>8} {:>12} {:>9}",
            count.rule,
            count.looked_at,
            count.held,
            count.rounding,
            count.failed,
            count.undecidable,
            count.reported
        )?;
    }
    for count in &idle {
        writeln!(out, "{:width$}  nothing to look at", count.rule)?;
    }
    if !idle.is_empty() {
        writeln!(out, "{} looked at nothing", Count(idle.len(), "rule"))?;
    }
    writeln!(out)
}

/// A number of things, as in `no rules`, `1 rule`, `2 rules`.
#[derive(Clone, Copy, Debug)]
pub struct Count(pub usize, pub &'static str);

impl fmt::Display for Count {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => write!(out, "no {}s", self.1),
            1 => write!(out, "1 {}", self.1),
            count => write!(out, "{count} {}s", self.1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_says_what_was_looked_at() {
        let mut summary = Summary {
            documents: 1,
            facts: 214,
            rules: 40,
            undecidable: 12,
            ..Summary::default()
        };
        let note = Diagnostic::error("a", "b").severity(Severity::Note);
        summary.count(
            [&Diagnostic::error("a", "b"), &note, &note],
            Severity::Error,
        );
        assert_eq!(
            summary.to_string(),
            "1 document, 214 facts, 40 rules: 1 error, no warnings, 2 notes (2 not shown); 12 checks undecidable"
        );
        assert_eq!(summary.errors, 1);
    }

    #[test]
    fn people_are_told_of_the_slowest_rules() {
        let summary = Summary {
            timings: Some(Timings {
                reading: 41_007,
                rules: (0..22).map(|at| (format!("rule-{at}"), 1_500)).collect(),
            }),
            ..Summary::default()
        };
        let text = summary.to_string();
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[0], "part                       milliseconds");
        assert_eq!(lines[1], "reading and finding facts        41.007");
        assert_eq!(lines[21], "rule-19                           1.500");
        assert_eq!(lines[22], "the other 2 rules                 3.000");
    }

    #[test]
    fn what_is_not_reported_is_counted() {
        let summary = Summary {
            suppressed: 1,
            baselined: 3,
            unreadable: 1,
            ..Summary::default()
        };
        assert_eq!(
            summary.to_string(),
            "no documents, no facts, no rules: no errors, no warnings, no notes; no checks undecidable; \
             1 suppressed; 3 in the baseline; 1 path unreadable"
        );
    }
}
