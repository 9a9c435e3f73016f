//! `assize rules`: the rules in force.

use std::io::{self, Write};

use super::{Outcome, Streams, args::RulesArgs, packs::Packs};
use crate::{
    lint,
    output::{Count, printable},
    rules::{Rule, config::ScopeConfig},
    source::Sources,
};

/// Prints a line for each rule in force: its name, severity, scope and title, and where it comes from.
///
/// # Errors
///
/// Those of the streams.
pub(super) fn run(args: &RulesArgs, streams: &mut Streams) -> io::Result<Outcome> {
    let mut sources = Sources::new();
    let loaded = Packs::load_for(&args.packs, &mut sources).and_then(|(packs, mut options)| {
        packs.choose(&args.rules, &mut options)?;
        Ok((packs, options))
    });
    let (packs, options) = match loaded {
        Ok(loaded) => loaded,
        Err(problems) => return streams.refuse(&problems, &sources),
    };
    let framework = options.framework.as_deref();
    let rules: Vec<&Rule> = packs
        .rules
        .iter()
        .filter(|rule| lint::runs(rule, &options))
        .filter(|rule| {
            framework.is_none_or(|id| {
                rule.frameworks.is_empty() || rule.frameworks.iter().any(|known| known == id)
            })
        })
        .collect();
    let width = rules
        .iter()
        .map(|rule| rule.info.id.len())
        .max()
        .unwrap_or(0);
    for rule in &rules {
        writeln!(
            streams.out,
            "{:width$}  {:<7}  {:<8}  {}  ({})",
            rule.info.id,
            severity(rule),
            scope(rule.scope),
            printable(&rule.info.title),
            printable(&origin(rule, packs, &sources)),
        )?;
    }
    streams.say(&Count(rules.len(), "rule"))?;
    Ok(Outcome::Clean)
}

/// The severity of a rule, or `off`.
pub(super) fn severity(rule: &Rule) -> &'static str {
    rule.info.severity.map_or("off", |severity| severity.name())
}

/// What a rule looks at.
pub(super) const fn scope(scope: ScopeConfig) -> &'static str {
    match scope {
        ScopeConfig::Document => "document",
        ScopeConfig::Set => "set",
    }
}

/// The file of a rule, and whether it belongs to this program.
pub(super) fn origin(rule: &Rule, packs: &Packs, sources: &Sources) -> String {
    let name = sources.get(rule.info.source).map_or("", |file| file.name());
    if packs.path_of(rule).is_some() {
        name.to_owned()
    } else {
        format!("built in: {name}")
    }
}
