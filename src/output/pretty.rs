//! For people at a terminal: the message, the places in the text with a label each, the arithmetic, the way out.

use std::{
    error::Error,
    fmt,
    io::{self, Write},
};

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use textwrap::WordSplitter;

use super::{Format, Results, Screen, excerpt::Excerpt, own, printable};
use crate::{
    diagnostic::{Diagnostic, Severity},
    source::Sources,
};

/// A blank line after each diagnostic.
pub(super) const FORMAT: Format = Format {
    name: "pretty",
    help: "With the places in the text, for people",
    for_people: true,
    begins: own::begins_with_code,
    render,
};

fn render(results: &Results<'_>, screen: Screen, out: &mut dyn Write) -> io::Result<()> {
    let theme = if screen.colour {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        // The excerpt names lines and columns itself, for some files have none.
        .without_primary_span_start()
        .with_width(screen.width)
        // Names of rules are looked for in output: they must not be broken at their hyphens.
        .with_word_splitter(WordSplitter::NoHyphenation)
        .without_syntax_highlighting();
    for diagnostic in results.diagnostics {
        let report = Report::new(diagnostic, results.sources, screen.width);
        let mut text = String::new();
        handler
            .render_report(&mut text, &report)
            .map_err(io::Error::other)?;
        writeln!(out, "{text}")?;
    }
    if let Some(changes) = results.changes {
        changes.write(results.sources, out)?;
        writeln!(out)?;
    }
    Ok(())
}

/// A diagnostic as miette wants it.
#[derive(Debug)]
struct Report<'a> {
    diagnostic: &'a Diagnostic,
    excerpt: Excerpt,
    working: Option<Working>,
}

impl<'a> Report<'a> {
    fn new(diagnostic: &'a Diagnostic, sources: &Sources, width: usize) -> Self {
        let working = diagnostic.working.as_deref();
        Self {
            diagnostic,
            excerpt: Excerpt::new(&diagnostic.labels, sources, width),
            working: working.map(|working| Working(printable(working).into_owned())),
        }
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&printable(&self.diagnostic.message))
    }
}

impl Error for Report<'_> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let working = self.working.as_ref()?;
        Some(working)
    }
}

impl miette::Diagnostic for Report<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        let Diagnostic { severity, code, .. } = self.diagnostic;
        Some(Box::new(format!("{severity}[{}]", printable(code))))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        let help = self.diagnostic.help.as_deref()?;
        Some(Box::new(printable(help)))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.labels()))
    }
}

/// The arithmetic, which miette shows below the message as what it follows from.
#[derive(Debug)]
struct Working(String);

impl fmt::Display for Working {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl Error for Working {}
