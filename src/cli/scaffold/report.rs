//! `assize new report`: a report to start from, made from a framework.

use std::{fmt::Write as _, path::Path};

use super::Files;
use crate::{
    framework::{CriterionConfig, FrameworkConfig, Polarity},
    output::markdown_text,
};

/// What is known of the first of its scales, and every criterion with its place for text, as Markdown. What is to be filled in
/// is told in comments, so that the report raises nothing.
pub(in crate::cli) fn report(framework: &FrameworkConfig, path: &Path) -> Files {
    let mut files = Files::default();
    files.add(path.to_owned(), text(framework));
    files
}

fn text(framework: &FrameworkConfig) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "# Inspection report\n\n{}\n",
        comment(&format!(
            "Name the body, the inspectorate and the days of the inspection. Made from the framework {} ({}); check it with \
             --framework {}, and with --stage draft while it is written.",
            framework.id, framework.title, framework.id
        ))
    );
    text.push_str("## Ratings\n\n");
    if let Some(grades) = grades(framework) {
        let _ = writeln!(text, "{}\n", comment(&grades));
    }
    let criteria = || framework.criteria.iter();
    let _ = writeln!(text, "| Criterion | Rating |\n|---|---|");
    let _ = writeln!(text, "| Overall | Not rated |");
    for criterion in criteria() {
        let _ = writeln!(text, "| {} | Not rated |", markdown_text(&criterion.name));
    }
    for criterion in criteria().filter(|criterion| criterion.parent.is_none()) {
        section(framework, criterion, "##", &mut text);
        let is_part = |part: &&CriterionConfig| part.parent.as_ref() == Some(&criterion.name);
        for part in criteria().filter(is_part) {
            section(framework, part, "###", &mut text);
        }
    }
    let note = "Number them, and let the number that announces them be that of the list.";
    let _ = write!(text, "\n## Recommendations\n\n{}\n", comment(note));
    text
}

/// The grades from worst to best, with their points.
fn grades(framework: &FrameworkConfig) -> Option<String> {
    let scale = framework.scales.first()?;
    let steps = scale.steps.iter().map(|step| match step.points {
        Some(points) => format!("{} ({points})", step.name),
        None => step.name.clone(),
    });
    let steps: Vec<String> = steps.collect();
    Some(format!("Grades, from worst to best: {}.", steps.join(", ")))
}

/// A heading for a criterion, and what its text should have.
fn section(
    framework: &FrameworkConfig,
    criterion: &CriterionConfig,
    marks: &str,
    text: &mut String,
) {
    let measures = framework.measures.iter();
    let measures = measures.filter(|measure| measure.evidence.as_ref() == Some(&criterion.name));
    let measures: Vec<String> = measures
        .map(|measure| {
            let better = match measure.better {
                Polarity::Higher => "higher",
                Polarity::Lower => "lower",
            };
            format!("{} ({better} is better)", measure.name)
        })
        .collect();
    let mut note = "What was found, and the grade as in the table.".to_owned();
    if !measures.is_empty() {
        let _ = write!(note, " Evidence: {}.", measures.join(", "));
    }
    let name = markdown_text(&criterion.name);
    let _ = write!(text, "\n{marks} {name}\n\n{}\n", comment(&note));
}

/// A comment of Markdown, which nothing in the text can end.
fn comment(text: &str) -> String {
    format!("<!-- {} -->", text.replace("->", "→"))
}
