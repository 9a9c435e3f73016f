//! Rules put to the test on real documents: one contradiction planted at a time, and edits that change nothing.
//!
//! ```text
//! clean document ─► facts ─► plants ────────► checked again ─► which rule found it
//!              └─► harmless edits ──────────► checked again ─► which rule raised something
//! ```
//!
//! A plant changes one of two statements that bear on each other (a part of a share, the row of a table that the prose
//! repeats), so that a reader could find it in the document alone.

mod edit;
mod harmless;
mod plants;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::{
    diagnostic::Diagnostic,
    document::Format,
    framework::Frameworks,
    lint::{self, Options},
    rules::RuleSet,
    source::{SourceFile, Sources},
    span::{SourceId, Span},
};
use edit::Edit;

/// What came of planting contradictions in documents.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    /// By what was planted.
    pub plants: BTreeMap<&'static str, Outcome>,
    /// By the kind of edit that should raise nothing.
    pub harmless: BTreeMap<&'static str, Outcome>,
    /// Plants that no rule found, and harmless edits that a rule raised something for.
    pub lapses: Vec<Lapse>,
}

/// How often something was tried, and what rules made of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many edits were made.
    pub tried: usize,
    /// For how many of them a rule raised something that it did not raise before.
    pub raised: usize,
    /// By the id of the rule, how often.
    pub by_rule: BTreeMap<String, usize>,
}

/// An edit for which rules did not do as they should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lapse {
    /// The document.
    pub source: SourceId,
    /// Bytes of the author's file that were changed.
    pub span: Span,
    /// What was planted, or the kind of harmless edit.
    pub name: &'static str,
    /// Rules that raised something for a harmless edit; none for a plant that was not found.
    pub raised: Vec<String>,
    /// What stands in place of the text.
    pub with: String,
}

/// Edits of one document that are made together, and what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    name: &'static str,
    edits: Vec<Edit>,
}

/// Plants contradictions in documents and makes harmless edits, each by itself, and checks the document anew after each.
///
/// Documents that raise something as they are are tried too: only what is raised anew counts. Documents whose text is not
/// the author's file (Word, OpenDocument, PDF) are passed over.
pub fn run(
    sources: &Sources,
    documents: &[(SourceId, Format)],
    rules: &RuleSet,
    frameworks: &Frameworks,
    options: &Options,
) -> Trial {
    let bench = Bench {
        rules,
        frameworks,
        options: Options {
            keep: true,
            ..options.clone()
        },
    };
    let mut trial = Trial::default();
    for &(source, format) in documents {
        if let Some(file) = sources.get(source)
            && file.layout().is_none()
        {
            bench.document(source, file, format, &mut trial);
        }
    }
    trial
}

/// What every check of a trial needs.
struct Bench<'a> {
    rules: &'a RuleSet,
    frameworks: &'a Frameworks,
    options: Options,
}

impl Bench<'_> {
    fn check(&self, name: &str, text: &str, format: Format) -> lint::Report {
        let mut sources = Sources::new();
        let source = sources.add(SourceFile::new(name, text));
        let documents = [(source, format)];
        lint::check(
            &sources,
            &documents,
            self.rules,
            self.frameworks,
            &self.options,
        )
    }

    fn document(&self, source: SourceId, file: &SourceFile, format: Format, trial: &mut Trial) {
        let before = self.check(file.name(), file.text(), format);
        let Some(read) = before
            .documents
            .first()
            .and_then(|document| document.read.as_ref())
        else {
            return;
        };
        let known = Raised(&before.diagnostics);
        let planted = plants::plants(read, file.text(), format);
        let harmless = harmless::edits(read, file.text());
        let tried = |changes: Vec<Change>, by: By| -> Vec<(Change, Vec<String>)> {
            changes
                .into_par_iter()
                .map(|change| {
                    let text = edit::apply(file.text(), &change.edits);
                    let after = self.check(file.name(), &text, format);
                    let raised = known.anew(&after.diagnostics, by);
                    (change, raised)
                })
                .collect()
        };
        for (change, raised) in tried(planted, By::Message) {
            let lapsed = raised.is_empty();
            trial.add(source, &change, raised, true, lapsed);
        }
        for (change, raised) in tried(harmless, By::Rule) {
            let lapsed = !raised.is_empty();
            trial.add(source, &change, raised, false, lapsed);
        }
    }
}

impl Trial {
    fn add(
        &mut self,
        source: SourceId,
        change: &Change,
        raised: Vec<String>,
        planted: bool,
        lapsed: bool,
    ) {
        let outcomes = if planted {
            &mut self.plants
        } else {
            &mut self.harmless
        };
        let outcome = outcomes.entry(change.name).or_default();
        outcome.tried += 1;
        outcome.raised += usize::from(!raised.is_empty());
        for rule in &raised {
            *outcome.by_rule.entry(rule.clone()).or_default() += 1;
        }
        if lapsed && let Some(first) = change.edits.first() {
            self.lapses.push(Lapse {
                source,
                span: first.span,
                name: change.name,
                raised,
                with: first.with.clone(),
            });
        }
    }

    /// Whether a rule found a plant.
    pub fn fired(&self, rule: &str) -> bool {
        self.plants
            .values()
            .any(|outcome| outcome.by_rule.contains_key(rule))
    }
}

/// What makes something that is raised another than what was raised before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// Another message of the rule: a plant may take the place of what was raised before.
    Message,
    /// More that the rule raises: a harmless edit may change the numbers in a message.
    Rule,
}

/// What was raised for a text.
struct Raised<'a>(&'a [Diagnostic]);

impl Raised<'_> {
    fn counted(&self, by: By) -> BTreeMap<(String, String), usize> {
        let mut counted = BTreeMap::new();
        for found in self.0 {
            let message = match by {
                By::Message => found.message.clone(),
                By::Rule => String::new(),
            };
            *counted.entry((found.code.clone(), message)).or_default() += 1;
        }
        counted
    }

    /// Rules that raise more in `diagnostics` than was raised before, each once.
    fn anew(&self, diagnostics: &[Diagnostic], by: By) -> Vec<String> {
        let before = self.counted(by);
        let now = Raised(diagnostics).counted(by);
        let more = now
            .into_iter()
            .filter(|(key, count)| before.get(key).is_none_or(|before| before < count));
        let mut rules: Vec<String> = more.map(|((rule, _), _)| rule).collect();
        rules.dedup();
        rules
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::builtin;

    #[track_caller]
    fn trial(text: &str) -> Trial {
        let mut sources = Sources::new();
        let frameworks = Frameworks::builtin(&mut sources).expect("sound packs");
        let rules = builtin::loader(&mut sources, &frameworks).finish().rules;
        let source = sources.add(SourceFile::new("report.md", text));
        let documents = [(source, Format::Markdown)];
        run(
            &sources,
            &documents,
            &rules,
            &frameworks,
            &Options::default(),
        )
    }

    #[track_caller]
    fn finds(text: &str, name: &str, rule: &str) {
        let trial = trial(text);
        let outcome = trial.plants.get(name).expect("a plant of this name");
        assert!(outcome.by_rule.contains_key(rule), "{text}: {trial:?}");
        assert!(trial.harmless.values().all(|outcome| outcome.raised == 0));
    }

    #[test]
    fn contradictions_are_planted_and_found() {
        finds(
            "# Report\n\nOf the 40 files checked, 18 (45%) were late.\n",
            "part of a share",
            "proportion-mismatch",
        );
        finds(
            "# Report\n\nThe backlog fell from 310 cases in 2021 to 240 cases in 2023.\n",
            "ends of a change",
            "change-direction",
        );
        finds(
            "# Report\n\nIt was published on Tuesday 3 October 2017.\n",
            "weekday",
            "weekday-date",
        );
        finds(
            "# Report\n\nWe found the following three issues:\n\n- late files\n- lost files\n- poor notes\n",
            "tally",
            "tally-list-count",
        );
    }

    #[test]
    fn nothing_is_planted_where_nothing_bears_on_anything() {
        let trial = trial("# Report\n\nWe spoke with 40 people. Staff were kind.\n");
        assert!(trial.plants.is_empty(), "{trial:?}");
    }
}
