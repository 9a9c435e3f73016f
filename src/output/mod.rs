//! How diagnostics are shown: one file per format.
//!
//! A renderer gets plain data: diagnostics, the [`Sources`] that they point into, and a [`Summary`]. It writes to whatever
//! it is given, knows no terminal (what it needs to know is in [`Screen`]) and no rules.

mod concise;
mod printable;

use std::io::{self, Write};

pub use printable::printable;

use crate::{diagnostic::Diagnostic, source::Sources};

/// A way to show diagnostics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// With the places in the text, for people.
    #[default]
    Pretty,
    /// One line each: `path:line:column: severity[rule] message`.
    Concise,
    /// One JSON object.
    Json,
    /// One JSON object a diagnostic, one a line.
    Jsonl,
}

/// What is known of the screen that is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Whether escape sequences for colour may be written.
    pub colour: bool,
    /// Columns of a line.
    pub width: usize,
}

/// Writes `diagnostics`, in their order.
///
/// # Errors
///
/// Those of `out`.
pub fn render(
    format: Format,
    diagnostics: &[Diagnostic],
    sources: &Sources,
    screen: Screen,
    out: &mut dyn Write,
) -> io::Result<()> {
    for diagnostic in diagnostics {
        concise::render(diagnostic, sources, out)?;
    }
    Ok(())
}
