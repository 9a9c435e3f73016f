//! What an editor asks about a report: what was read at a place, what is wrong there, where the other place is, and how to let it
//! stand.

use super::server::Checked;
use crate::{
    diagnostic::{Diagnostic, Label},
    document::{self, Asides, Format},
    facts::{json, json::DocumentJson, schema::KINDS},
    rules::{RuleSet, suppress},
    source::SourceFile,
    span::{SourceId, Span},
};

/// Facts that are written out for one place.
const SHOWN: usize = 4;

/// What an editor shows of a problem: the message, the working, the way out.
pub(super) fn message(found: &Diagnostic) -> String {
    let working = found.working.as_ref().map(|working| format!("\n{working}"));
    let help = found.help.as_ref().map(|help| format!("\nhelp: {help}"));
    [
        found.message.clone(),
        working.unwrap_or_default(),
        help.unwrap_or_default(),
    ]
    .concat()
}

fn holds(span: Span, offset: usize) -> bool {
    span.start <= offset && offset <= span.end
}

/// The problems that have a place at a byte, with that place.
fn problems_at(
    checked: &Checked,
    source: SourceId,
    offset: usize,
) -> impl Iterator<Item = (&Diagnostic, &Label)> {
    checked.report.diagnostics.iter().filter_map(move |found| {
        let mut labels = found.labels.iter();
        let here = labels.find(|label| label.source == source && holds(label.span, offset))?;
        Some((found, here))
    })
}

/// The other places of the problems that have one at a byte.
pub(super) fn other_places(
    checked: &Checked,
    source: SourceId,
    offset: usize,
) -> impl Iterator<Item = &Label> {
    problems_at(checked, source, offset).flat_map(|(found, here)| {
        let others = found.labels.iter();
        others.filter(move |label| *label != here)
    })
}

/// The problems and facts at a byte as Markdown, and the bytes that it is about.
pub(super) fn hover(
    checked: &Checked,
    rules: &RuleSet,
    source: SourceId,
    offset: usize,
) -> Option<(Span, String)> {
    let mut parts: Vec<(Span, String)> = problems_at(checked, source, offset)
        .map(|(found, here)| (here.span, problem(found, rules)))
        .collect();
    parts.extend(facts(checked, rules, source, offset));
    let span = parts
        .iter()
        .map(|(span, _)| *span)
        .min_by_key(|span| span.len())?;
    let texts: Vec<_> = parts.into_iter().map(|(_, text)| text).collect();
    Some((span, texts.join("\n\n---\n\n")))
}

/// A problem with the page of its rule.
fn problem(found: &Diagnostic, rules: &RuleSet) -> String {
    let mut text = format!("**{}** `{}`: {}", found.severity, found.code, found.message);
    for more in [&found.working, &found.help].into_iter().flatten() {
        text.extend(["\n\n", more]);
    }
    if let Some(rule) = rules.get(&found.code) {
        let info = &rule.info;
        let why = info.why.as_deref().unwrap_or_default();
        text.extend(["\n\n*", &info.title, ".* ", why]);
    }
    text
}

/// The facts whose words hold a byte, the shortest first.
fn facts(
    checked: &Checked,
    rules: &RuleSet,
    source: SourceId,
    offset: usize,
) -> Vec<(Span, String)> {
    let report = checked
        .report
        .documents
        .iter()
        .find(|report| report.source == source);
    let (Some(read), Some(file)) = (
        report.and_then(|report| report.read.as_ref()),
        checked.sources.get(source),
    ) else {
        return Vec::new();
    };
    let document = DocumentJson {
        file,
        document: &read.document,
        facts: &read.facts,
        kinds: &rules.kinds,
        framework: &read.vocabulary.framework.id,
    };
    let mut found: Vec<(Span, String)> = document
        .facts()
        .filter(|fact| holds(fact.place().0, offset))
        .map(|fact| {
            let help = KINDS.iter().find(|kind| kind.name == fact.kind());
            let help = help.map(|kind| format!("\n\n{}", kind.help.trim()));
            let fields = fact.fields().into_iter();
            let fields = fields.filter(|(_, value)| !value.is_unknown());
            let fields: Vec<_> = fields
                .map(|(name, value)| format!("- {name}: {}", json::text(value)))
                .collect();
            let text = format!(
                "fact **{}**\n\n{}{}",
                fact.kind(),
                fields.join("\n"),
                help.unwrap_or_default()
            );
            (fact.place().0, text)
        })
        .collect();
    found.sort_by_key(|(span, _)| span.len());
    found.truncate(SHOWN);
    found
}

/// A change of a file: text that takes the place of some bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// Bytes of the file.
    pub(super) span: Span,
    /// What is put there.
    pub(super) text: String,
}

/// The words that put a problem right, where one reading is left and no markup would be lost.
pub(super) fn fix(file: &SourceFile, format: Format, found: &Diagnostic) -> Option<Edit> {
    let fix = found.fix.as_ref()?;
    let marks = ['<', '>', '[', ']', '*', '_', '`', '&', '\\', '\n'];
    let has_marks = |text: &str| format != Format::Text && text.contains(marks);
    let is_safe = !has_marks(file.text_of(fix.span)) && !has_marks(&fix.text);
    is_safe.then(|| Edit {
        span: fix.span,
        text: fix.text.clone(),
    })
}

/// The comment that lets a problem stand; `None` where there is no room for one.
pub(super) fn ignore(file: &SourceFile, format: Format, found: &Diagnostic) -> Option<Edit> {
    let document = document::read(file, format);
    let at = found.primary()?.span.start;
    let aside = Asides::new(file, format, &document).at(at)?;
    let words = suppress::comment([&*found.code], None, "say why");
    Some(Edit {
        span: Span::new(aside.at, aside.at),
        text: format!("{}{words}{}", aside.before, aside.after),
    })
}
