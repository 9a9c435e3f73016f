//! How diagnostics are shown: one file per format.
//!
//! A renderer gets plain data: diagnostics, the [`Sources`] that they point into, and a [`Summary`]. It writes to whatever
//! it is given, knows no terminal (what it needs to know is in [`Screen`]) and no rules.

mod concise;
mod excerpt;
mod json;
mod jsonl;
mod place;
mod pretty;
mod printable;
mod summary;

use std::io::{self, Write};

pub use printable::printable;
pub use summary::{Count, RuleCount, Summary};

use crate::{diagnostic::Diagnostic, source::Sources};

/// A way to show diagnostics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// With the places in the text, for people.
    #[default]
    Pretty,
    /// One line each: `path:line:column: severity[rule] message`; a paragraph or page for what has no lines.
    Concise,
    /// One JSON object.
    Json,
    /// One JSON object a diagnostic, one a line.
    Jsonl,
}

impl Format {
    /// Every format.
    pub const ALL: &[Self] = &[Self::Pretty, Self::Concise, Self::Json, Self::Jsonl];

    /// Whether people read it: then a closing line belongs below it.
    pub const fn is_for_people(self) -> bool {
        matches!(self, Self::Pretty | Self::Concise)
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

/// Writes `diagnostics`, in their order; the summary only where the format has a place for it.
///
/// # Errors
///
/// Those of `out`.
pub fn render(
    format: Format,
    diagnostics: &[Diagnostic],
    summary: &Summary,
    sources: &Sources,
    screen: Screen,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Pretty => pretty::render(diagnostics, sources, screen, out),
        Format::Concise => concise::render(diagnostics, sources, out),
        Format::Json => json::render(diagnostics, summary, sources, out),
        Format::Jsonl => jsonl::render(diagnostics, sources, out),
    }
}
