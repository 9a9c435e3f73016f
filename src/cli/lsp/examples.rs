//! Running the examples of a rule file when the editor asks for it: the lens above a rule, and the command behind it.

use lsp_types::{CodeLens, Command, MessageType, Range};
use serde::Serialize;
use serde_json::json;

use super::place::Encoding;
use crate::{
    cli::{packs::Packs, test},
    lint,
    output::Count,
    source::SourceFile,
    span::SourceId,
    yaml,
};

/// The command that runs the examples of the rule file whose URI is its argument.
pub(super) const RUN: &str = "assize.runExamples";

/// What running them came to.
#[derive(Debug, Serialize)]
pub(super) struct Ran {
    /// In one line, for people.
    pub message: String,
    /// How many there are.
    examples: usize,
    /// Those that do not hold.
    failed: Vec<Failed>,
}

#[derive(Debug, Serialize)]
struct Failed {
    rule: String,
    /// 1-based.
    line: usize,
    message: String,
    help: Option<String>,
}

impl Ran {
    /// How much it matters to somebody who asked for it.
    pub(super) fn weight(&self) -> MessageType {
        if self.failed.is_empty() {
            MessageType::INFO
        } else {
            MessageType::WARNING
        }
    }
}

/// The lens of a rule file, on the line of its name; none for other files.
pub(super) fn lens(file: &SourceFile, uri: &str, encoding: Encoding) -> Option<CodeLens> {
    let mut entries = yaml::entries(file.text());
    let first = entries.find(|entry| ["id", "extend"].contains(&entry.key))?;
    yaml::entries(file.text()).find(|entry| ["assert", "extend"].contains(&entry.key))?;
    let start = encoding.position(file, first.span.start);
    Some(CodeLens {
        range: Range::new(start, start),
        command: Some(Command {
            title: "Run the examples".to_owned(),
            command: RUN.to_owned(),
            arguments: Some(vec![json!(uri)]),
        }),
        data: None,
    })
}

/// Runs the examples of the rules that a file holds; the mistake in how they are written where there is one.
pub(super) fn run(packs: &Packs, file: &SourceFile, source: SourceId) -> Result<Ran, String> {
    let rules = packs.rules.iter();
    let rules: Vec<_> = rules.filter(|rule| rule.info.source == source).collect();
    let names: Vec<_> = rules.iter().map(|rule| rule.info.id.as_str()).collect();
    let names = names.join(", ");
    let (reports, problems) = lint::run_examples(&packs.rules, rules, &packs.frameworks);
    if let Some(problem) = problems.first() {
        return Err(problem.message.clone());
    }
    let failures = reports
        .iter()
        .filter_map(|report| test::failure(report, packs));
    let failed: Vec<_> = failures
        .map(|failure| Failed {
            line: failure
                .primary()
                .map_or(1, |label| file.line(label.span.start) + 1),
            rule: failure.code,
            message: failure.message,
            help: failure.help,
        })
        .collect();
    let told = match failed.first() {
        None => "none failed".to_owned(),
        Some(first) => format!(
            "{} failed; line {}: {}",
            failed.len(),
            first.line,
            first.message
        ),
    };
    Ok(Ran {
        message: format!("{names}: {}, {told}", Count(reports.len(), "example")),
        examples: reports.len(),
        failed,
    })
}
