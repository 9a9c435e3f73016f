//! The page of a rule.

use std::io::{self, Write};

use super::Page;
use crate::{
    cli::{
        list::{origin, severity},
        packs::Packs,
    },
    lint::ExampleReport,
    output::printable,
    rules::{Rule, config::ScopeConfig},
    source::Sources,
    span::text_at,
    yaml,
};

/// Keys of a rule file that the page shows as they are written.
const WRITTEN: &[&str] = &[
    "extend", "for", "pairs", "params", "where", "where+", "let", "assert", "message", "labels",
    "working", "once", "rounding",
];

/// Writes the pages: what each rule is for, what it says, how it is written, its examples.
pub(super) fn write(
    pages: &[Page<'_>],
    packs: &Packs,
    sources: &Sources,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (page, at) in pages.iter().zip(0..) {
        if at > 0 {
            writeln!(out, "\n")?;
        }
        write_page(page, packs, sources, out)?;
    }
    Ok(())
}

fn write_page(
    page: &Page<'_>,
    packs: &Packs,
    sources: &Sources,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rule = page.rule;
    let info = &rule.info;
    writeln!(out, "{}: {}", info.id, printable(&info.title))?;
    writeln!(
        out,
        "{}, looks at {} ({})",
        severity(page.severity),
        match rule.scope {
            ScopeConfig::Document => "a document",
            ScopeConfig::Set => "a set",
            ScopeConfig::Versions => "two versions of a document",
            ScopeConfig::Series => "two successive inspections",
        },
        printable(&origin(rule, packs, sources))
    )?;
    for condition in conditions(rule) {
        writeln!(out, "{condition}")?;
    }
    for (head, text) in [
        ("Why", &info.why),
        ("Help", &info.help),
        ("Source", &info.reference),
    ] {
        if let Some(text) = text {
            writeln!(out, "\n{head}")?;
            indented(text, out)?;
        }
    }
    let written = written(rule, sources);
    if !written.is_empty() {
        writeln!(out, "\nRule")?;
    }
    for line in written {
        writeln!(out, "  {}", printable(line).trim_end())?;
    }
    for (valid, head) in [(true, "Silent on"), (false, "Raised on")] {
        let examples = page.examples.iter();
        for report in examples.filter(|report| report.example.valid == valid) {
            example(head, report, out)?;
        }
    }
    Ok(())
}

/// The lines of a rule file that say what the rule asks.
pub(super) fn written<'a>(rule: &Rule, sources: &'a Sources) -> Vec<&'a str> {
    let file = sources.get(rule.info.source);
    let text = file.map_or("", |file| file.text());
    yaml::entries(text)
        .filter(|entry| WRITTEN.contains(&entry.key))
        .flat_map(|entry| trimmed(text_at(text, entry.span)))
        .collect()
}

/// When the rule applies, where that is limited.
pub(super) fn conditions(rule: &Rule) -> Vec<String> {
    let mut conditions = Vec::new();
    if !rule.frameworks.is_empty() {
        conditions.push(format!("only under {}", rule.frameworks.join(", ")));
    }
    if !rule.stages.is_empty() {
        let stages: Vec<_> = rule.stages.iter().map(|stage| stage.name()).collect();
        conditions.push(format!("only at the stage {}", stages.join(", ")));
    }
    let days = match (rule.from, rule.to) {
        (Some(from), Some(to)) => format!("from {from} to {to}"),
        (Some(from), None) => format!("from {from} on"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => return conditions,
    };
    conditions.push(format!("only for documents published {days}"));
    conditions
}

fn example(head: &str, report: &ExampleReport, out: &mut dyn Write) -> io::Result<()> {
    let documents = &report.example.documents;
    writeln!(out, "\n{head}")?;
    for (name, _, text) in documents {
        if documents.len() > 1 {
            writeln!(out, "  [{}]", printable(name))?;
        }
        indented(text, out)?;
    }
    for raised in &report.raised {
        writeln!(
            out,
            "  → {}: {}",
            raised.severity,
            printable(&raised.message)
        )?;
        if let Some(working) = &raised.working {
            writeln!(out, "    {}", printable(working))?;
        }
        for mark in &raised.marks {
            write!(out, "    “{}”", printable(&mark.text))?;
            if documents.len() > 1 {
                write!(out, " in [{}]", printable(&mark.document))?;
            }
            if !mark.label.is_empty() {
                write!(out, ": {}", printable(&mark.label))?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}

/// Writes lines with an indentation.
fn indented(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = trimmed(text).into_iter();
    lines.try_for_each(|line| writeln!(out, "  {}", printable(line).trim_end()))
}

/// The lines of a text, without comments and blank lines at the end.
fn trimmed(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    while lines
        .last()
        .is_some_and(|line| line.trim().is_empty() || line.starts_with('#'))
    {
        lines.pop();
    }
    lines
}
