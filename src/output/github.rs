//! Workflow commands of GitHub Actions, which become annotations of the files of a change.

use std::{
    borrow::Cow,
    fmt::Write as _,
    io::{self, Write},
};

use super::{Format, Results, Screen, own, place::Place, words};
use crate::{
    diagnostic::{Diagnostic, Severity},
    source::Sources,
};

/// One line each: `::error file=…,line=…,title=rule::message`.
///
/// Source: GitHub Docs, "Workflow commands for GitHub Actions"; what must be escaped is told by `command.ts` of
/// <https://github.com/actions/toolkit>.
pub(super) const FORMAT: Format = Format {
    name: "github",
    help: "Workflow commands, which GitHub Actions shows as annotations",
    for_people: true,
    begins: |head| head.starts_with("::") && own::first_line(head).contains(",title="),
    render,
};

fn render(results: &Results<'_>, _: Screen, out: &mut dyn Write) -> io::Result<()> {
    let all = results.problems.iter().chain(results.diagnostics);
    let mut all = all.chain(results.changed());
    all.try_for_each(|diagnostic| command(diagnostic, results.sources, out))
}

fn command(diagnostic: &Diagnostic, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let name = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    write!(out, "::{name} ")?;
    if let Some(place) = Place::all(diagnostic, sources).next() {
        write!(out, "file={},", property(place.path))?;
        if place.within.is_none() {
            lines(&place, out)?;
        }
    }
    write!(out, "title={}::", property(&diagnostic.code))?;
    let text = words::lines(diagnostic, sources).join("\n");
    writeln!(out, "{}", data(&text))
}

/// Columns are read only where the place is on one line.
fn lines(place: &Place<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (start, end) = (place.start, place.end);
    write!(out, "line={},endLine={},", start.line, end.line)?;
    if start.line == end.line {
        write!(out, "col={},endColumn={},", start.column, end.column)?;
    }
    Ok(())
}

fn data(text: &str) -> Cow<'_, str> {
    escaped(text, &['%', '\r', '\n'])
}

fn property(text: &str) -> Cow<'_, str> {
    escaped(text, &['%', '\r', '\n', ':', ','])
}

fn escaped<'a>(text: &'a str, special: &[char]) -> Cow<'a, str> {
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if special.contains(&c) {
            // Writing to a string cannot fail.
            let _ = write!(escaped, "%{:02X}", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_command_early() {
        assert_eq!(data("50%\nor: a, b"), "50%25%0Aor: a, b");
        assert_eq!(property("a:b,c%\r"), "a%3Ab%2Cc%25%0D");
    }
}
