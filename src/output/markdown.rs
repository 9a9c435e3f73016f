//! A page in Markdown (GitHub Flavored): the summary of a job, a comment on a change.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use super::{
    Changes, Count, Format, Results, Screen,
    place::{self, Place},
    printable, words,
};
use crate::{
    diagnostic::{Diagnostic, Suppressed},
    source::Sources,
};

/// The numbers, and a table with a row for each problem.
pub(super) const FORMAT: Format = Format {
    name: "markdown",
    help: "A page with a table, for job summaries",
    for_people: false,
    begins: |head| head.starts_with(TITLE),
    render,
};

/// Rows of the table at most: GitHub refuses summaries of more than a mebibyte.
const MAX_ROWS: usize = 1_000;

/// What the page begins with.
const TITLE: &str = "## Assize: ";

fn render(results: &Results<'_>, _: Screen, out: &mut dyn Write) -> io::Result<()> {
    let summary = results.summary;
    writeln!(
        out,
        "{TITLE}{}, {}, {}\n",
        Count(summary.errors, "error"),
        Count(summary.warnings, "warning"),
        Count(summary.notes, "note")
    )?;
    if !results.problems.is_empty() {
        writeln!(out, "### Could not be read\n")?;
        for problem in results.problems {
            writeln!(out, "- {}", with_help(problem, results.sources))?;
        }
        writeln!(out)?;
    }
    if !results.diagnostics.is_empty() {
        table(results, out)?;
    }
    if let Some(changes) = &results.changes {
        changed(changes, results.sources, out)?;
    }
    if !results.suppressed.is_empty() {
        suppressed(results, out)?;
    }
    writeln!(out, "{}", escaped(&summary.line().to_string()))
}

fn table(results: &Results<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| Severity | Rule | Places | Problem |")?;
    writeln!(out, "|---|---|---|---|")?;
    for diagnostic in results.diagnostics.iter().take(MAX_ROWS) {
        writeln!(
            out,
            "| {} | {} | {} | {} |",
            diagnostic.severity,
            escaped(&diagnostic.code),
            places(diagnostic, results.sources),
            problem(diagnostic)
        )?;
    }
    let more = results.diagnostics.len().saturating_sub(MAX_ROWS);
    if more > 0 {
        writeln!(out, "\nThis page leaves out {more} more.")?;
    }
    writeln!(out)
}

/// A list of what changed since an earlier version.
fn changed(changes: &Changes<'_>, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let count = Count(changes.found.len(), "change");
    writeln!(out, "### {count} since {}\n", escaped(changes.since))?;
    for change in changes.found.iter().take(MAX_ROWS) {
        let message = escaped(&change.message);
        writeln!(out, "- {message}: {}", places(change, sources))?;
    }
    let more = changes.found.len().saturating_sub(MAX_ROWS);
    if more > 0 {
        writeln!(out, "\nThis page leaves out {more} more.")?;
    }
    writeln!(out)
}

fn places(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let places = Place::all(diagnostic, sources).map(|place| escaped(&words::labelled(&place)));
    places.collect::<Vec<_>>().join("<br>")
}

/// The message, with the working below it, then the way out.
fn problem(diagnostic: &Diagnostic) -> String {
    let mut text = escaped(&diagnostic.message);
    if let Some(working) = &diagnostic.working {
        text.push_str("<br>");
        text.push_str(&escaped(working));
    }
    if let Some(help) = &diagnostic.help {
        // Writing to a string cannot fail.
        let _ = write!(text, "<br>*{}*", escaped(help));
    }
    text
}

fn suppressed(results: &Results<'_>, out: &mut dyn Write) -> io::Result<()> {
    let count = Count(results.suppressed.len(), "problem");
    writeln!(out, "<details><summary>{count} not reported</summary>\n")?;
    for Suppressed {
        diagnostic,
        by,
        reason,
    } in results.suppressed.iter().take(MAX_ROWS)
    {
        let place = Place::all(diagnostic, results.sources).next();
        let place = place.map_or_else(String::new, |place| escaped(&place.to_string()) + ": ");
        let code = escaped(&diagnostic.code);
        let message = escaped(&diagnostic.message);
        let reason = escaped(reason.as_deref().unwrap_or(by.name()));
        writeln!(out, "- {place}{code}: {message} ({reason})")?;
    }
    writeln!(out, "\n</details>\n")
}

fn with_help(problem: &Diagnostic, sources: &Sources) -> String {
    let place = place::unsaid(problem, sources).map(|place| format!("{place}: "));
    let mut text = escaped(&format!("{}{}", place.unwrap_or_default(), problem.message));
    if let Some(help) = &problem.help {
        text.push_str(": ");
        text.push_str(&escaped(help));
    }
    text
}

/// `text` on one line, with nothing in it that Markdown reads as more than text.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in printable(text).chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '#' | '$'
        ) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("a | <b> *c*\nd_e"), "a \\| \\<b\\> \\*c\\* d\\_e");
    }
}
