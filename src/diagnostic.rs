//! One plain diagnostic value; how it is shown is the business of `output`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    span::{SourceId, Span},
    value::Verdict,
};

pub use crate::suggest::did_you_mean;

/// How much a diagnostic matters. The order is that of weight.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look.
    Note,
    /// A careful editor would change it.
    Warning,
    /// Cannot be true as written.
    Error,
}

impl Severity {
    /// The next higher severity; an error stays one.
    #[must_use]
    pub const fn graver(self) -> Self {
        match self {
            Self::Note => Self::Warning,
            Self::Warning | Self::Error => Self::Error,
        }
    }

    /// The lower-case name used in output and configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}

/// A place in an author's file, with a few words about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The file.
    pub source: SourceId,
    /// Bytes of the author's file.
    pub span: Span,
    /// What stands there; may be empty.
    pub message: String,
}

/// One problem that is reported, in a document or in a rule file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The rule or the kind of problem, in kebab-case: `change-arithmetic`, `rule-syntax`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// What the rule's assertion came to; `Fails` for problems that no rule raised.
    pub verdict: Verdict,
    /// One sentence, without a full stop, that names both readings.
    pub message: String,
    /// The arithmetic in one line, where there is any.
    pub working: Option<String>,
    /// The way out.
    pub help: Option<String>,
    /// The place reported, then the related ones. Empty only for problems that have no place in any file.
    pub labels: Vec<Label>,
    /// What would put it right, where one reading is left.
    pub fix: Option<Fix>,
}

/// Words that would take the place of others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// The file.
    pub source: SourceId,
    /// Bytes of the author's file.
    pub span: Span,
    /// What would stand there.
    pub text: String,
}

/// A problem that was found and is not reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// The problem.
    pub diagnostic: Diagnostic,
    /// What keeps it from being reported.
    pub by: SuppressedBy,
    /// Why, where that is said.
    pub reason: Option<String>,
}

/// What keeps a problem from being reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuppressedBy {
    /// A comment in the document.
    Comment,
    /// An entry of the file beside it.
    Sidecar,
    /// An entry of a baseline.
    Baseline,
}

impl SuppressedBy {
    /// What it is called where it has no reason of its own.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Comment => "a comment in the document",
            Self::Sidecar => "in the file beside the document",
            Self::Baseline => "in the baseline",
        }
    }
}

/// What output says of a rule, apart from the problems that it finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// Its name.
    pub id: String,
    /// The problem in a few words.
    pub title: String,
    /// How much it matters; `None` for a rule that is off.
    pub severity: Option<Severity>,
    /// Why it matters to a reader.
    pub why: Option<String>,
    /// What the author can do about it, as written: a template.
    pub help: Option<String>,
    /// Where the rule comes from: a handbook, a style guide.
    pub reference: Option<String>,
    /// The file that holds it.
    pub source: SourceId,
}

impl Diagnostic {
    /// A problem at one place that no rule raised: an unreadable file, a mistake in a rule.
    pub fn error(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            severity: Severity::Error,
            verdict: Verdict::Fails,
            message: message.into(),
            working: None,
            help: None,
            labels: Vec::new(),
            fix: None,
        }
    }

    /// Adds a place.
    #[must_use]
    pub fn at(mut self, source: SourceId, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label {
            source,
            span,
            message: message.into(),
        });
        self
    }

    /// Adds the way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets the weight.
    #[must_use]
    pub const fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The place reported first.
    pub fn primary(&self) -> Option<&Label> {
        self.labels.first()
    }

    /// The canonical order: file, place, end, code, message. Independent of the order in which rules and files were given
    /// as far as source ids are.
    pub fn sort_key(&self) -> (Option<(SourceId, Span)>, &str, &str) {
        (
            self.primary().map(|label| (label.source, label.span)),
            &self.code,
            &self.message,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weight_is_ordered() {
        assert!(Severity::Error > Severity::Warning && Severity::Warning > Severity::Note);
    }
}
