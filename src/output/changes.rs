//! What changed since an earlier version of a document: a line each, with the place in both.

use std::io::{self, Write};

use super::{Count, place, printable};
use crate::{diagnostic::Diagnostic, source::Sources};

/// What changed since an earlier version.
#[derive(Clone, Copy, Debug)]
pub struct Changes<'a> {
    /// The name of the earlier version.
    pub since: &'a str,
    /// The changes, the place of each in the later version first.
    pub found: &'a [Diagnostic],
}

impl Changes<'_> {
    /// Writes a heading, and a line for each: the place, what is said of it, and the first place in the earlier version.
    pub(super) fn write(&self, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
        let (count, since) = (Count(self.found.len(), "change"), printable(self.since));
        writeln!(out, "{count} since {since}")?;
        for change in self.found {
            write!(out, "  ")?;
            line(change, sources, out)?;
        }
        Ok(())
    }
}

/// `path:line:column: message (path:line:column)`.
pub(super) fn line(change: &Diagnostic, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let now = change.primary();
    let was = now.and_then(|now| {
        let mut labels = change.labels.iter();
        labels.find(|label| label.source != now.source)
    });
    let [now, was] = [now, was].map(|label| {
        let label = label?;
        Some(place::short(sources.get(label.source)?, label.span))
    });
    if let Some(now) = now {
        write!(out, "{now}: ")?;
    }
    write!(out, "{}", printable(&change.message))?;
    match was {
        Some(was) => writeln!(out, " ({was})"),
        None => writeln!(out),
    }
}
