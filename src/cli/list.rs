//! `assize rules`: the rules in force.

use std::io::{self, Write};

use super::{
    Outcome, Streams,
    args::RulesArgs,
    packs::Packs,
    plan::{Flags, Plan, Project},
};
use crate::{
    diagnostic::Severity,
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
    let flags = Flags {
        packs: &args.packs,
        rules: Some(&args.rules),
    };
    let plan = match Plan::new(flags, Vec::new(), &[], &mut sources) {
        Ok(plan) => plan,
        Err(problems) => return streams.refuse(&problems, &sources),
    };
    let Some(Project { packs, options, .. }) = plan.projects.first() else {
        return Ok(Outcome::Clean);
    };
    let framework = options.common.framework.as_deref();
    let rules: Vec<&Rule> = packs
        .rules
        .iter()
        .filter(|rule| lint::runs(rule, options))
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
            severity(options.common.severity(rule)),
            scope(rule.scope),
            printable(&rule.info.title),
            printable(&origin(rule, packs, &sources)),
        )?;
    }
    let off = packs
        .rules
        .iter()
        .filter(|rule| options.common.severity(rule).is_none());
    let off: Vec<&str> = off.map(|rule| rule.info.id.as_str()).collect();
    streams.say(&format_args!("{} in force", Count(rules.len(), "rule")))?;
    if !off.is_empty() {
        streams.say(&format_args!(
            "off until `--enable RULE`: {}",
            off.join(", ")
        ))?;
    }
    Ok(Outcome::Clean)
}

/// A severity, or `off`.
pub(super) fn severity(severity: Option<Severity>) -> &'static str {
    severity.map_or("off", |severity| severity.name())
}

/// What a rule looks at.
pub(super) const fn scope(scope: ScopeConfig) -> &'static str {
    match scope {
        ScopeConfig::Document => "document",
        ScopeConfig::Set => "set",
        ScopeConfig::Versions => "versions",
        ScopeConfig::Series => "series",
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
