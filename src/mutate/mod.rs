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
mod texts;
mod together;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::{
    diagnostic::Diagnostic,
    document::Format,
    framework::Frameworks,
    lint::{self, Options, Read},
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
    let read: Vec<Tried<'_>> = documents
        .iter()
        .filter_map(|&(source, format)| {
            let file = sources.get(source).filter(|file| file.layout().is_none())?;
            bench.read(source, file, format)
        })
        .collect();
    for document in &read {
        bench.document(document, &mut trial);
        for (change, raised) in bench.between_versions(document) {
            trial.plant(document.source, &change, raised);
        }
        for (change, raised) in bench.in_series(document) {
            trial.plant(document.source, &change, raised);
        }
    }
    for (at, first) in read.iter().enumerate() {
        for second in read.iter().skip(at + 1) {
            if first.may_be_of_one_set(second) {
                for (change, raised) in bench.in_set([first, second]) {
                    trial.plant(second.source, &change, raised);
                }
            }
        }
    }
    trial
}

/// A document that is tried, and what was found in it as it is.
struct Tried<'a> {
    source: SourceId,
    file: &'a SourceFile,
    format: Format,
    read: Read,
    raised: Vec<Diagnostic>,
}

impl Tried<'_> {
    /// Whether two documents lie in one folder and are about one body.
    fn may_be_of_one_set(&self, other: &Self) -> bool {
        let subject = |document: &Self| document.read.facts.about.subject.clone();
        let folder = |document: &Self| {
            let name = document.file.name();
            let end = name.rfind('/').unwrap_or_default();
            name.get(..end).map(str::to_owned)
        };
        subject(self).is_some() && subject(self) == subject(other) && folder(self) == folder(other)
    }
}

/// What every check of a trial needs.
struct Bench<'a> {
    rules: &'a RuleSet,
    frameworks: &'a Frameworks,
    options: Options,
}

impl Bench<'_> {
    /// Checks texts together, under names and with options that `adapt` may change for them.
    fn check(
        &self,
        files: &[(&str, String, Format)],
        adapt: impl FnOnce(&mut Options, &[SourceId]),
    ) -> lint::Report {
        let mut sources = Sources::new();
        let documents: Vec<(SourceId, Format)> = files
            .iter()
            .map(|(name, text, format)| (sources.add(SourceFile::new(name, text)), *format))
            .collect();
        let ids: Vec<SourceId> = documents.iter().map(|(source, _)| *source).collect();
        let mut options = self.options.clone();
        adapt(&mut options, &ids);
        let checked = documents.into_iter();
        let is_earlier = |source: &SourceId| {
            let mut earlier = options.earlier.values();
            earlier.any(|(earlier, _)| earlier == source)
        };
        let checked: Vec<_> = checked.filter(|(source, _)| !is_earlier(source)).collect();
        lint::check(&sources, &checked, self.rules, self.frameworks, &options)
    }

    fn check_one(&self, name: &str, text: String, format: Format) -> lint::Report {
        self.check(&[(name, text, format)], |_, _| {})
    }

    /// A document as it is; `None` where it cannot be read.
    fn read<'f>(
        &self,
        source: SourceId,
        file: &'f SourceFile,
        format: Format,
    ) -> Option<Tried<'f>> {
        let report = self.check_one(file.name(), file.text().to_owned(), format);
        let read = report.documents.into_iter().next()?.read?;
        Some(Tried {
            source,
            file,
            format,
            read,
            raised: report.diagnostics,
        })
    }

    fn document(&self, document: &Tried<'_>, trial: &mut Trial) {
        let (file, format) = (document.file, document.format);
        let known = Raised(&document.raised);
        let planted = plants::plants(&document.read, file.text(), format);
        let harmless = harmless::edits(&document.read, file.text());
        let tried = |changes: Vec<Change>, by: By| -> Vec<(Change, Vec<String>)> {
            changes
                .into_par_iter()
                .map(|change| {
                    let text = edit::apply(file.text(), &change.edits);
                    let after = self.check_one(file.name(), text, format);
                    let raised = known.anew(&after.diagnostics, by);
                    (change, raised)
                })
                .collect()
        };
        for (change, raised) in tried(planted, By::Message) {
            trial.plant(document.source, &change, raised);
        }
        for (change, raised) in tried(harmless, By::Rule) {
            let lapsed = !raised.is_empty();
            trial.add(document.source, &change, raised, false, lapsed);
        }
    }
}

impl Trial {
    fn plant(&mut self, source: SourceId, change: &Change, raised: Vec<String>) {
        let lapsed = raised.is_empty();
        self.add(source, change, raised, true, lapsed);
    }

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

    fn trial(text: &str) -> Trial {
        trial_of(&[("report.md", text)])
    }

    fn trial_of(files: &[(&str, &str)]) -> Trial {
        let mut sources = Sources::new();
        let frameworks = Frameworks::builtin(&mut sources).expect("sound packs");
        let rules = builtin::loader(&mut sources, &frameworks).finish().rules;
        let documents: Vec<_> = files
            .iter()
            .map(|(name, text)| {
                let source = sources.add(SourceFile::new(name, text));
                (source, Format::Markdown)
            })
            .collect();
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
        finds(
            "# Report\n\nThe backlog fell from 310 cases in 2021 to 240 cases in 2023.\n",
            "direction",
            "change-direction",
        );
        finds(
            "# Report\n\nOf the 40 files checked (in March and May), 18 (45%) were late.\n",
            "closing bracket",
            "bracket-unbalanced",
        );
        finds(
            "# Report\n\nOf the 40 files checked, 18 (45%) were late.\n",
            "share of a part",
            "proportion-mismatch",
        );
        finds(
            "# Report\n\nInspectors came from 4 to 8 March 2024.\n",
            "ends of a period",
            "period-reversed",
        );
        finds(
            "# Report\n\nSee recommendation 2.\n\n## Recommendations\n\n1. Train staff.\n2. Keep files.\n3. Answer letters.\n",
            "reference",
            "reference-dangling",
        );
        finds(
            "# Our response to the report\n\nRecommendation 1: Train staff.\n\nOur response to recommendation 1: We accept \
             this.\n\nRecommendation 2: Keep files.\n\nOur response to recommendation 2: We accept this.\n\nRecommendation \
             3: Mend roofs.\n\nOur response to recommendation 3: We accept this.\n",
            "answer left out",
            "issue-no-response",
        );
        finds(
            "# Report\n\nLeadership was rated good.\n\nThe ratings were:\n\n- Leadership: Good\n- Casework: Fair\n",
            "rating of a version",
            "rating-stale",
        );
        finds(
            "# Inspection report on Port Ansel Police\n\nPublished 3 May 2024\n\nLeadership is rated good. At the last \
             inspection it was rated fair for leadership.\n",
            "grade in the report before",
            "series-previous-rating",
        );
    }

    #[test]
    fn contradictions_between_documents_are_found() {
        let release = "# Press release: Port Ansel Police\n\nPublished 3 May 2024\n\nLeadership was rated good.\n";
        let report = "# Inspection report on Port Ansel Police\n\nPublished 3 May 2024\n\nLeadership was rated good.\n";
        let trial = trial_of(&[("report.md", report), ("release.md", release)]);
        let outcome = trial.plants.get("grade in a set").expect("a plant");
        assert!(
            outcome.by_rule.contains_key("set-rating-differs"),
            "{trial:?}"
        );
    }

    #[test]
    fn nothing_is_planted_where_a_list_is_not_announced() {
        for text in [
            "# Report\n\nTwo new centres, at Holmby and Skelgate, will open.\n",
            "# Report\n\nWe identified two breaches in relation to safe care and good governance.\n",
            "# Report\n\nI made two reports. The first was about a school. The second was about a road.\n",
            "# Report\n\nIt varied among the four offices: from 81% in Holmby, through 70% in Upton and 64% in Skelgate, to \
             39% in Ansel.\n",
        ] {
            let trial = trial(text);
            assert!(!trial.plants.contains_key("tally"), "{text}: {trial:?}");
        }
    }

    #[test]
    fn nothing_is_planted_where_the_facts_cannot_tell() {
        for (text, name) in [
            (
                "# Report\n\nThe survey brought 240 answers: 192 parents (80%) like the school.\n",
                "part of a share",
            ),
            (
                "# Report\n\nTable 1 shows the counts.\n\nTable 1: Counts\n\n| A | B |\n|---|---|\n| 1 | 2 |\n",
                "reference",
            ),
            (
                "# Report\n\nSome 17.9% of calls were lost, against a standard of no more than 10% for such forces.\n",
                "sides of a comparison",
            ),
            (
                "# Report\n\nWe make seven recommendations.\n\nThe agency agreed with Recommendations 1 through 5.\n",
                "answer",
            ),
            (
                "# Report\n\nThe plan was good in 34 of the 70 files and fair in 20 of the 70 files.\n",
                "share of a version",
            ),
        ] {
            let trial = trial(text);
            assert!(!trial.plants.contains_key(name), "{text}: {trial:?}");
        }
    }

    #[test]
    fn nothing_is_planted_where_nothing_bears_on_anything() {
        let trial = trial("# Report\n\nWe spoke with 40 people. Staff were kind.\n");
        assert!(trial.plants.is_empty(), "{trial:?}");
    }
}
