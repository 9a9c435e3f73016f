//! How diagnostics are shown: one file per format.
//!
//! A renderer gets plain data: diagnostics, the [`Sources`] that they point into, and a [`Summary`], all in [`Results`]. It
//! writes to whatever it is given, knows no terminal (what it needs to know is in [`Screen`]) and no rules.

mod changes;
mod concise;
mod csv;
mod excerpt;
mod github;
mod gitlab;
mod html;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod own;
mod page;
mod place;
mod pretty;
mod printable;
mod sarif;
mod summary;
mod unique;
mod words;

use std::{
    fmt,
    io::{self, Write},
};

pub use changes::Changes;
pub use markdown::escaped as markdown_text;
pub use page::{FactRow, Page};
pub use printable::printable;
pub use summary::{Count, RuleCount, Summary, Timings};

use crate::{
    diagnostic::{Diagnostic, RuleInfo, Severity, Suppressed},
    source::Sources,
    span::SourceId,
};

/// The JSON Schema of what the format `json` writes.
pub fn results_schema() -> serde_json::Value {
    json::schema()
}

/// A way to show diagnostics. Two are the same when they have one name.
#[derive(Clone, Copy)]
pub struct Format {
    name: &'static str,
    help: &'static str,
    for_people: bool,
    /// Whether a text that begins so was written in it.
    begins: fn(&str) -> bool,
    render: fn(&Results<'_>, Screen, &mut dyn Write) -> io::Result<()>,
}

impl Format {
    /// Every format.
    pub const ALL: &[Self] = &[
        pretty::FORMAT,
        concise::FORMAT,
        json::FORMAT,
        jsonl::FORMAT,
        sarif::FORMAT,
        github::FORMAT,
        gitlab::FORMAT,
        junit::FORMAT,
        markdown::FORMAT,
        csv::FORMAT,
        html::FORMAT,
    ];
    /// With the places in the text, for people.
    pub const PRETTY: Self = pretty::FORMAT;
    /// One line each, for people.
    pub const CONCISE: Self = concise::FORMAT;

    /// Whether it shows documents whole, and wants their [`Page`]s.
    pub fn shows_documents(self) -> bool {
        self == html::FORMAT
    }

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name == name)
    }

    /// What it is called.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// What it is, in a few words.
    pub const fn help(self) -> &'static str {
        self.help
    }

    /// Whether people read it as it is written: then a closing line belongs below it.
    pub const fn is_for_people(self) -> bool {
        self.for_people
    }

    /// Whether a text was written in one of the formats, as its first [`HEAD`](Self::HEAD) bytes tell.
    pub fn any_begins(head: &str) -> bool {
        Self::ALL.iter().any(|format| (format.begins)(head))
    }

    /// Bytes at the start of a text that tell whether it was written in one of the formats.
    pub const HEAD: usize = 2048;

    /// Writes `results`; the summary only where the format has a place for it.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn render(
        self,
        results: &Results<'_>,
        screen: Screen,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        (self.render)(results, screen, out)
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}

impl fmt::Debug for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Format({})", self.name)
    }
}

/// What a run came to, as data to be shown.
#[derive(Clone, Copy, Debug)]
pub struct Results<'a> {
    /// What is reported, in its order.
    pub diagnostics: &'a [Diagnostic],
    /// What changed since an earlier version, where documents are compared with one.
    pub changes: Option<Changes<'a>>,
    /// What was found and is not reported.
    pub suppressed: &'a [Suppressed],
    /// What could not be read. Formats that people read together with the standard error stream leave it to that.
    pub problems: &'a [Diagnostic],
    /// The documents that were checked.
    pub documents: &'a [SourceId],
    /// Those of them that can be shown whole; none unless a format that [shows documents](Format::shows_documents) is written.
    pub pages: &'a [Page<'a>],
    /// The rules that were run.
    pub rules: &'a [&'a RuleInfo],
    /// The numbers.
    pub summary: &'a Summary,
    /// Diagnostics of this severity and above make the run fail.
    pub fail_on: Severity,
    /// The files that all of them point into.
    pub sources: &'a Sources,
}

impl<'a> Results<'a> {
    /// Diagnostics and nothing else.
    pub const fn new(
        diagnostics: &'a [Diagnostic],
        summary: &'a Summary,
        sources: &'a Sources,
    ) -> Self {
        Self {
            diagnostics,
            changes: None,
            suppressed: &[],
            problems: &[],
            documents: &[],
            pages: &[],
            rules: &[],
            summary,
            fail_on: Severity::Error,
            sources,
        }
    }

    /// The changes since an earlier version, none where there is none.
    fn changed(&self) -> &'a [Diagnostic] {
        self.changes.map_or(&[], |changes| changes.found)
    }
}

/// What is known of the screen that is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Whether escape sequences for colour may be written.
    pub colour: bool,
    /// Columns of a line.
    pub width: usize,
}
