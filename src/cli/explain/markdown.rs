//! The pages of rules in Markdown: one of them, or a reference of all.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use super::{Page, rule};
use crate::{
    cli::{list::severity, packs::Packs},
    lint::ExampleReport,
    output::{Count, markdown_text, printable},
    rules::{Rule, config::ScopeConfig},
    source::Sources,
};

/// Writes pages; a reference has a list of them before, and a heading for each pack.
pub(super) fn write(
    pages: &[Page<'_>],
    reference: bool,
    packs: &Packs,
    sources: &Sources,
    out: &mut dyn Write,
) -> io::Result<()> {
    if !reference {
        return pages
            .iter()
            .try_for_each(|page| write_page(page, packs, sources, out));
    }
    let mut by_pack: BTreeMap<String, Vec<&Page<'_>>> = BTreeMap::new();
    for page in pages {
        by_pack
            .entry(pack(page.rule, sources))
            .or_default()
            .push(page);
    }
    writeln!(out, "# Rules\n")?;
    writeln!(
        out,
        "{}, as `assize explain --all --format markdown` prints them. Every example is run: what stands below it is what it\nraises.\n",
        Count(pages.len(), "rule")
    )?;
    for (pack, pages) in &by_pack {
        writeln!(out, "**{}**\n", markdown_text(pack))?;
        for page in pages {
            let info = &page.rule.info;
            let title = markdown_text(&info.title);
            writeln!(
                out,
                "- [`{}`](#{}) ({}): {title}",
                info.id,
                info.id,
                severity(page.severity)
            )?;
        }
        writeln!(out)?;
    }
    for (pack, pages) in &by_pack {
        writeln!(out, "# {}\n", markdown_text(pack))?;
        pages
            .iter()
            .try_for_each(|page| write_page(page, packs, sources, out))?;
    }
    Ok(())
}

/// The name of the folder that a rule stands in.
fn pack(rule: &Rule, sources: &Sources) -> String {
    let name = sources.get(rule.info.source).map_or("", |file| file.name());
    let folder = name.rsplit('/').nth(1);
    folder.unwrap_or("rules").to_owned()
}

fn write_page(
    page: &Page<'_>,
    packs: &Packs,
    sources: &Sources,
    out: &mut dyn Write,
) -> io::Result<()> {
    let info = &page.rule.info;
    writeln!(out, "## {}\n", info.id)?;
    writeln!(out, "{}.\n", markdown_text(&info.title))?;
    writeln!(out, "{}\n", facts_of(page, packs, sources))?;
    if let Some(why) = &info.why {
        writeln!(out, "{}\n", markdown_text(why.trim()))?;
    }
    if let Some(help) = &info.help {
        writeln!(out, "*What to do:* {}\n", markdown_text(help.trim()))?;
    }
    if let Some(reference) = &info.reference {
        writeln!(out, "*Source:* {}\n", markdown_text(reference.trim()))?;
    }
    let written = rule::written(page.rule, sources);
    fenced("yaml", &written, out)?;
    for (valid, head) in [(false, "Reported:"), (true, "Not reported:")] {
        let of_sort = page
            .examples
            .iter()
            .filter(|report| report.example.valid == valid);
        for (report, at) in of_sort.zip(0..) {
            if at == 0 {
                writeln!(out, "{head}\n")?;
            }
            example(report, out)?;
        }
    }
    Ok(())
}

/// Severity, scope, conditions and file of a rule, in a sentence.
fn facts_of(page: &Page<'_>, packs: &Packs, sources: &Sources) -> String {
    let rule = page.rule;
    let severity = match page.severity {
        Some(severity) => format!("**{severity}**"),
        None => "**off** unless it is enabled".to_owned(),
    };
    let scope = match rule.scope {
        ScopeConfig::Document => "looks at each document by itself",
        ScopeConfig::Set => "looks at the documents on one inspection together",
        ScopeConfig::Versions => "looks at a document and an earlier version of it together",
        ScopeConfig::Series => {
            "looks at the documents on two successive inspections of one body together"
        }
    };
    let mut parts = vec![severity, scope.to_owned()];
    parts.extend(
        rule::conditions(rule)
            .iter()
            .map(|condition| markdown_text(condition)),
    );
    let name = sources.get(rule.info.source).map_or("", |file| file.name());
    let built_in = packs.path_of(rule).is_none();
    let file = if built_in {
        format!("`{name}`, built in")
    } else {
        format!("`{name}`")
    };
    parts.push(file);
    parts.join("; ")
}

/// The documents of an example, and what it raises.
fn example(report: &ExampleReport, out: &mut dyn Write) -> io::Result<()> {
    let documents = &report.example.documents;
    for (name, _, text) in documents {
        if documents.len() > 1 {
            writeln!(out, "{}:\n", markdown_text(name))?;
        }
        let lines: Vec<&str> = text.trim_end().lines().collect();
        fenced("text", &lines, out)?;
    }
    for raised in &report.raised {
        write!(
            out,
            "- **{}**: {}",
            raised.severity,
            markdown_text(&raised.message)
        )?;
        if let Some(working) = &raised.working {
            write!(out, " ({})", markdown_text(working))?;
        }
        for (mark, at) in raised.marks.iter().zip(0..) {
            let joint = if at == 0 { ", at" } else { " and" };
            write!(out, "{joint} “{}”", markdown_text(&mark.text))?;
            if documents.len() > 1 {
                write!(out, " of {}", markdown_text(&mark.document))?;
            }
        }
        writeln!(out)?;
    }
    if report.raised.is_empty() {
        Ok(())
    } else {
        writeln!(out)
    }
}

/// Writes lines as they are, between fences that no line of them can end.
fn fenced(language: &str, lines: &[&str], out: &mut dyn Write) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let ticks = |line: &&str| line.chars().take_while(|c| *c == '`').count();
    let longest = lines
        .iter()
        .map(|line| line.trim_start())
        .map(|line| ticks(&line))
        .max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    writeln!(out, "{fence}{language}")?;
    for line in lines {
        writeln!(out, "{}", printable(line).trim_end())?;
    }
    writeln!(out, "{fence}\n")
}
