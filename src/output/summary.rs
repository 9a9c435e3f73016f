//! What a run looked at and what it found, in numbers.

use std::fmt;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};

/// The numbers of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
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
    /// Documents and folders that could not be read.
    pub unreadable: usize,
    /// What each rule looked at, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_rule: Option<Vec<RuleCount>>,
}

/// What a rule looked at, and what that came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
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
}

impl Summary {
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
    /// Writes what each rule looked at, where that was asked for, then the closing line:
    /// `3 documents, 214 facts, 40 rules: 1 error, no warnings, 2 notes; 12 checks undecidable`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(counts) = &self.per_rule {
            table(counts, out)?;
        }
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
        if self.unreadable > 0 {
            write!(out, "; {} unreadable", Count(self.unreadable, "path"))?;
        }
        Ok(())
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
            "{:width$}  looked at     held  rounding   failed  undecidable",
            "rule"
        )?;
    }
    for count in busy {
        writeln!(
            out,
            "{:width$}  {:>9} {:>8} {:>9} {:>8} {:>12}",
            count.rule,
            count.looked_at,
            count.held,
            count.rounding,
            count.failed,
            count.undecidable
        )?;
    }
    for count in &idle {
        writeln!(out, "{:width$}  nothing to look at", count.rule)?;
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
}
