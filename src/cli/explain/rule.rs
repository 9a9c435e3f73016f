//! The page of a rule.

use std::io::{self, Write};

use crate::{
    cli::{
        list::{origin, scope, severity},
        packs::Packs,
    },
    output::printable,
    rules::{Rule, examples::Example},
    source::Sources,
    span::text_at,
    yaml,
};

/// Keys of a rule file that the page shows as they are written.
const WRITTEN: &[&str] = &[
    "extend", "for", "pairs", "where", "where+", "let", "assert", "message", "labels", "working",
    "once", "rounding",
];

/// Writes the page: what the rule is for, what it says, how it is written, its examples.
pub(super) fn write(
    rule: &Rule,
    packs: &Packs,
    sources: &Sources,
    out: &mut dyn Write,
) -> io::Result<()> {
    let info = &rule.info;
    writeln!(out, "{}: {}", info.id, printable(&info.title))?;
    writeln!(
        out,
        "{}, looks at a {} ({})",
        severity(rule),
        scope(rule.scope),
        printable(&origin(rule, packs, sources))
    )?;
    conditions(rule, out)?;
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
    if let Some(file) = sources.get(info.source) {
        writeln!(out, "\nRule")?;
        for entry in yaml::entries(file.text()).filter(|entry| WRITTEN.contains(&entry.key)) {
            indented(text_at(file.text(), entry.span), out)?;
        }
    }
    // Mistakes in examples are what `assize test` is for.
    let examples = rule.examples.read().unwrap_or_default();
    for (valid, head) in [(true, "Silent on"), (false, "Raised on")] {
        for example in examples.iter().filter(|example| example.valid == valid) {
            self::example(head, example, out)?;
        }
    }
    Ok(())
}

/// When the rule applies, where that is limited.
fn conditions(rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
    if !rule.frameworks.is_empty() {
        writeln!(out, "only under {}", rule.frameworks.join(", "))?;
    }
    if !rule.stages.is_empty() {
        let stages: Vec<_> = rule.stages.iter().map(|stage| stage.name()).collect();
        writeln!(out, "only at the stage {}", stages.join(", "))?;
    }
    match (rule.from, rule.to) {
        (Some(from), Some(to)) => writeln!(out, "only for documents published from {from} to {to}"),
        (Some(from), None) => writeln!(out, "only for documents published from {from} on"),
        (None, Some(to)) => writeln!(out, "only for documents published until {to}"),
        (None, None) => Ok(()),
    }
}

fn example(head: &str, example: &Example, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{head}")?;
    for (name, _, text) in &example.documents {
        if example.documents.len() > 1 {
            writeln!(out, "  [{}]", printable(name))?;
        }
        indented(text, out)?;
    }
    Ok(())
}

/// Writes lines with an indentation; comments and blank lines at the end are left out.
fn indented(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut lines: Vec<&str> = text.lines().collect();
    while lines
        .last()
        .is_some_and(|line| line.trim().is_empty() || line.starts_with('#'))
    {
        lines.pop();
    }
    for line in lines {
        writeln!(out, "  {}", printable(line).trim_end())?;
    }
    Ok(())
}
