//! `assize explain`: a rule's page, or what was made of a line of a document.

mod line;
mod markdown;
mod rule;

use std::{
    io,
    path::{Path, PathBuf},
};

use self::line::Looked;
use super::{
    Outcome, Streams,
    args::{ExplainArgs, ExplainFormat},
    input::Input,
    packs::Packs,
    plan::{Flags, Plan, Project},
};
use crate::{
    diagnostic::{Diagnostic, Severity},
    lint::{self, ExampleReport},
    rules::Rule,
    source::{self, Sources},
};

/// Prints the page of a rule, or what was read on a line and which rules looked at it.
///
/// # Errors
///
/// Those of the streams.
pub(super) fn run(args: &ExplainArgs, streams: &mut Streams) -> io::Result<Outcome> {
    let mut sources = Sources::new();
    let flags = Flags {
        packs: &args.packs,
        rules: Some(&args.rules),
    };
    let subject = args.subject.as_deref().unwrap_or_default();
    let place = place(subject);
    let named = place.map(|(path, _)| Input::File(path.to_owned()));
    let inputs: Vec<Input> = named.into_iter().collect();
    let paths: Vec<PathBuf> = inputs.iter().map(Input::path).collect();
    let plan = match Plan::new(flags, inputs, &paths, &mut sources) {
        Ok(plan) => plan,
        Err(problems) => return streams.refuse(&problems, &sources),
    };
    let Some(Project { packs, options, .. }) = plan.projects.first() else {
        return Ok(Outcome::Clean);
    };
    let rules: Vec<&Rule> = if args.all {
        packs
            .rules
            .iter()
            .filter(|rule| options.chose(rule))
            .collect()
    } else {
        packs.rules.get(subject).into_iter().collect()
    };
    if args.all || !rules.is_empty() {
        // Mistakes in examples are what `assize test` is for.
        let (examples, _) =
            lint::run_examples(&packs.rules, rules.iter().copied(), &packs.frameworks);
        let pages: Vec<Page<'_>> = rules
            .into_iter()
            .map(|rule| Page {
                rule,
                severity: options.common.severity(rule),
                examples: examples
                    .iter()
                    .filter(|example| example.rule == rule.info.id)
                    .collect(),
            })
            .collect();
        let out = &mut streams.out;
        match args.format {
            ExplainFormat::Text => rule::write(&pages, packs, &sources, out)?,
            ExplainFormat::Markdown => markdown::write(&pages, args.all, packs, &sources, out)?,
        }
        return Ok(Outcome::Clean);
    }
    let (Some((path, line)), Some(document)) = (place, plan.documents.first()) else {
        return streams.refuse(&[unknown(subject, packs)], &sources);
    };
    let options = plan
        .project(document)
        .map(|project| project.options_of(document));
    match Looked::new(path, line, packs, &options.unwrap_or_default()) {
        Ok(looked) => {
            looked.write(line, &mut streams.out)?;
            Ok(Outcome::Clean)
        }
        Err(problem) => streams.refuse(&[problem], &sources),
    }
}

/// A rule, and its examples with what they raise.
struct Page<'a> {
    rule: &'a Rule,
    /// How much it matters here; `None` where it is off.
    severity: Option<Severity>,
    examples: Vec<&'a ExampleReport>,
}

/// `FILE:LINE` as a path and a 1-based line. As `concise` prints places, a column behind it is passed over, and the line of a Word or
/// OpenDocument file may be called a paragraph.
fn place(subject: &str) -> Option<(&Path, usize)> {
    let number = |text: &str| {
        let text = text.strip_prefix("paragraph ").unwrap_or(text);
        text.parse().ok().filter(|&number: &usize| number > 0)
    };
    let split = |text| {
        let (path, line) = str::rsplit_once(text, ':')?;
        Some((path, number(line)?))
    };
    let (path, last) = split(subject)?;
    let (path, line) = split(path).unwrap_or((path, last));
    (!path.is_empty()).then_some((Path::new(path), line))
}

/// What is said of a subject that is no rule: a file needs a line.
fn unknown(subject: &str, packs: &Packs) -> Diagnostic {
    let is_file = |path: &str| source::exists(Path::new(path));
    let (message, file) = match subject.rsplit_once(':') {
        _ if is_file(subject) => (format!("{subject}: which line?"), subject),
        Some((file, line)) if is_file(file) => (format!("{file} has no line `{line}`"), file),
        _ => return packs.unknown_rule(subject),
    };
    Diagnostic::error("bad-argument", message).help(format!(
        "add its number to the name of the file, from 1 on: `assize explain {file}:12`"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(subject: &str, expected: Option<(&str, usize)>) {
        let expected = expected.map(|(path, line)| (Path::new(path), line));
        assert_eq!(place(subject), expected, "{subject}");
    }

    #[test]
    fn a_place_is_a_file_and_a_line() {
        check("a.md:12", Some(("a.md", 12)));
        check("C:\\a.md:12", Some(("C:\\a.md", 12)));
        check("a.md:12:7", Some(("a.md", 12)));
        check("a.docx:paragraph 12", Some(("a.docx", 12)));
        check("a.pdf:page 3", None);
        check("a.md:0", None);
        check("a.md", None);
        check(":3", None);
        check("a.md:x", None);
    }
}
