//! What was read on a line of a document, and which rules looked at it.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
    path::Path,
};

use crate::{
    cli::{
        input::Input,
        marked::{self, facts_on},
        packs::Packs,
    },
    diagnostic::Diagnostic,
    document::Tracked,
    facts::{
        self,
        json::{DocumentJson, FactJson},
    },
    lint::{self, Options, Read},
    output::{Count, printable},
    rules::{Rule, config::ScopeConfig, engine::Look},
    source::{SourceFile, Sources},
    value::Verdict,
};

/// Choices of facts that are written out for one verdict of a rule.
const SHOWN: usize = 3;

/// A document that was read, to look at a line of it.
pub(super) struct Looked<'a> {
    packs: &'a Packs,
    options: Options,
    sources: Sources,
    file: SourceFile,
    read: Read,
}

impl<'a> Looked<'a> {
    /// Reads the file at `path`.
    ///
    /// # Errors
    ///
    /// A diagnostic when it cannot be read or has no such line.
    pub(super) fn new(
        path: &Path,
        line: usize,
        packs: &'a Packs,
        options: &Options,
    ) -> Result<Self, Diagnostic> {
        let (file, format) = Input::File(path.to_owned()).read(Tracked::default())?;
        let lines = file.lines().line_count();
        if line > lines {
            let message = format!("{} has no line {line}, only {lines}", file.name());
            return Err(Diagnostic::error("bad-argument", message));
        }
        let mut sources = Sources::new();
        let source = sources.add(file.clone());
        let (rules, frameworks) = (&packs.rules, &packs.frameworks);
        let read = lint::read(source, &file, format, rules, frameworks, options);
        Ok(Self {
            packs,
            options: options.clone(),
            sources,
            file,
            read,
        })
    }

    /// Writes what was read on the 1-based `line`, then rule by rule what was made of it.
    pub(super) fn write(&self, line: usize, out: &mut dyn Write) -> io::Result<()> {
        let document = DocumentJson {
            file: &self.file,
            document: &self.read.document,
            facts: &self.read.facts,
            kinds: &self.packs.rules.kinds,
            framework: &self.read.vocabulary.framework.id,
        };
        let facts: Vec<FactJson<'_>> = document.facts().collect();
        marked::write_line(&facts, &self.file, line - 1, out)?;
        let here: BTreeSet<usize> = facts_on(&facts, &self.file, line - 1).collect();
        if here.is_empty() {
            writeln!(out, "\nno fact is read on this line")?;
            return self.write_nearly(line, out);
        }
        self.write_nearly(line, out)?;
        let runs = |rule: &&Rule| lint::runs(rule, &self.options);
        let (alone, of_sets): (Vec<&Rule>, Vec<&Rule>) = (self.packs.rules.iter().filter(runs))
            .partition(|rule| rule.scope == ScopeConfig::Document);
        let mut silent = 0;
        for rule in alone {
            let looks = lint::looks(rule, &self.read, &self.sources, &self.packs.rules);
            let mut by_verdict: BTreeMap<Verdict, Vec<&Look>> = BTreeMap::new();
            let is_here = |look: &&Look| {
                look.facts
                    .iter()
                    .any(|fact| here.contains(&(fact.fact as usize)))
            };
            for look in looks.iter().filter(is_here) {
                by_verdict.entry(look.verdict).or_default().push(look);
            }
            silent += usize::from(by_verdict.is_empty());
            for (verdict, looks) in by_verdict {
                verdict_of(rule, verdict, &looks, &facts, out)?;
            }
        }
        if silent > 0 {
            let others = Count(silent, "other rule");
            writeln!(out, "\n{others} looked at nothing on this line")?;
        }
        if !of_sets.is_empty() {
            let rules = Count(of_sets.len(), "rule");
            writeln!(out, "{rules} over several documents were not run")?;
        }
        Ok(())
    }
}

impl Looked<'_> {
    /// Writes at which words of the line a fact was looked for in vain, and what it would have taken.
    fn write_nearly(&self, line: usize, out: &mut dyn Write) -> io::Result<()> {
        let document = &self.read.document;
        let wanted = self.file.lines().line_span(self.file.text(), line - 1);
        let asked = |span| document.map.to_source(span).overlaps(wanted);
        let near = facts::nearly(document, &self.read.vocabulary, &self.read.facts, asked);
        if near.is_empty() {
            return Ok(());
        }
        writeln!(out, "\nnearly read")?;
        for near in near {
            let kind = self.packs.rules.kinds.name(near.kind);
            let words = printable(document.text_of(near.span)).into_owned();
            let class = near
                .class
                .map_or_else(String::new, |class| format!(" (`{}`)", class.key()));
            writeln!(out, "  {kind} at “{words}”{class}: it takes {}", near.needs)?;
        }
        Ok(())
    }
}

/// Writes what a rule made of some choices of facts.
fn verdict_of(
    rule: &Rule,
    verdict: Verdict,
    looks: &[&Look],
    facts: &[FactJson<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let verdict = match verdict {
        Verdict::Fails => "fails",
        Verdict::Unknown => "cannot be decided: something is not stated",
        Verdict::Rounding => "holds only because figures are rounded",
        Verdict::Holds => "holds",
    };
    writeln!(out, "\n{} {verdict}", rule.info.id)?;
    for look in looks.iter().take(SHOWN) {
        for (binding, fact) in rule.bindings.iter().zip(&look.facts) {
            if let Some(found) = facts.get(fact.fact as usize) {
                let (_, at) = found.place();
                let text = printable(&found.text()).into_owned();
                writeln!(
                    out,
                    "  {}: {} “{text}” (line {})",
                    binding.name,
                    fact.fact + 1,
                    at.line
                )?;
            }
        }
        if looks.len() > 1 && rule.bindings.len() > 1 {
            writeln!(out)?;
        }
    }
    match looks.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        more => writeln!(out, "  and {more} more"),
    }
}
