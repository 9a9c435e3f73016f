//! The examples of a rule: texts on which it is silent, and texts in which it finds something.
//!
//! They stand in the rule's file and are read only when they are asked for, so that loading rules stays quick.

use std::path::Path;

use super::{
    compile::RuleFile,
    config::{ExampleConfig, ExampleFormat, ExamplesConfig},
};
use crate::{
    diagnostic::{Diagnostic, Severity},
    document::Format,
    source::{SourceFile, Sources},
    span::{SourceId, Span, Spanned},
    value::tidy,
    yaml,
};

/// Where the examples of a rule are written.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    files: Vec<(SourceId, SourceFile)>,
}

/// One example.
#[derive(Clone, Debug)]
pub struct Example {
    /// The rule file that it stands in.
    pub source: SourceId,
    /// Where in that file.
    pub span: Span,
    /// Whether the rule must be silent.
    pub valid: bool,
    /// Names, formats and texts of its documents.
    pub documents: Vec<(String, Format, String)>,
    /// Whether the documents are one set whatever they say.
    pub together: bool,
    /// The framework that it is read with; recognised where there is none.
    pub framework: Option<String>,
    /// Texts that the labels must cover, in their order.
    pub marks: Vec<String>,
    /// Words that the message must have in it.
    pub message: Option<String>,
}

/// What a rule raised in an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
    /// How much it matters.
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// The arithmetic, where there is any.
    pub working: Option<String>,
    /// The place reported, then the related ones.
    pub marks: Vec<RaisedMark>,
}

/// A place of what a rule raised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RaisedMark {
    /// The name of the document.
    pub document: String,
    /// The words that stand there, with white space folded.
    pub text: String,
    /// What is said of them; may be empty.
    pub label: String,
}

impl Raised {
    /// What a diagnostic says; `sources` holds the documents of the example.
    pub fn of(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let marks = diagnostic.labels.iter().filter_map(|label| {
            let file = sources.get(label.source)?;
            Some(RaisedMark {
                document: file.name().to_owned(),
                text: tidy(file.text_of(label.span)),
                label: label.message.clone(),
            })
        });
        Self {
            severity: diagnostic.severity,
            message: diagnostic.message.clone(),
            working: diagnostic.working.clone(),
            marks: marks.collect(),
        }
    }
}

/// What running an example came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verification {
    /// It is as it should be.
    Passed,
    /// An invalid example in which the rule found nothing.
    Silent,
    /// A valid example in which the rule found something: the messages.
    Noisy(Vec<String>),
    /// What was found does not cover these marks.
    MissingMarks(Vec<String>),
    /// No message has the words that were asked for: the messages.
    OtherMessage(Vec<String>),
}

/// The part of a rule file that holds examples.
#[derive(Debug, Default, serde::Deserialize)]
struct ExamplesOnly {
    examples: Option<ExamplesConfig>,
    #[serde(rename = "examples+")]
    more: Option<ExamplesConfig>,
}

impl Examples {
    /// The examples of a chain of files, the nearest first: those of each file that adds to what it extends, up to the first
    /// that has its own.
    pub(super) fn of(chain: &[&RuleFile]) -> Self {
        let mut files = Vec::new();
        for file in chain {
            files.push((file.source, file.file.clone()));
            if yaml::entries(file.file.text()).any(|entry| entry.key == "examples") {
                break;
            }
        }
        Self { files }
    }

    /// Reads the examples.
    ///
    /// # Errors
    ///
    /// Every mistake in them.
    pub fn read(&self) -> Result<Vec<Example>, Vec<Diagnostic>> {
        let (mut examples, mut problems) = (Vec::new(), Vec::new());
        for (source, file) in &self.files {
            let only = yaml::only(file, &["examples", "examples+"]);
            let partial = yaml::read_all::<ExamplesOnly>(*source, &only);
            problems.extend(partial.problems);
            let Some(read) = partial.value else { continue };
            for config in read.examples.into_iter().chain(read.more) {
                let all = config.valid.into_iter().map(|example| (true, example));
                let all = all.chain(config.invalid.into_iter().map(|example| (false, example)));
                for (valid, example) in all {
                    match Example::new(*source, file, valid, example) {
                        Ok(example) => examples.push(example),
                        Err(problem) => problems.push(*problem),
                    }
                }
            }
        }
        if problems.is_empty() {
            Ok(examples)
        } else {
            Err(problems)
        }
    }
}

impl Example {
    fn new(
        source: SourceId,
        file: &SourceFile,
        valid: bool,
        written: Spanned<ExampleConfig>,
    ) -> Result<Self, Box<Diagnostic>> {
        let ExampleConfig(fields) = written.value;
        let format = |name: &str, text: &str| match fields.format {
            Some(ExampleFormat::Text) => Format::Text,
            Some(ExampleFormat::Markdown) => Format::Markdown,
            None => Format::of(Path::new(name)).unwrap_or_else(|| Format::guess(text)),
        };
        let mut documents = Vec::new();
        if let Some(text) = fields.text {
            documents.push(("example".to_owned(), format("", &text), text));
        }
        for (document, at) in fields.documents.into_iter().zip(1..) {
            let name = document.name.unwrap_or_else(|| format!("example-{at}"));
            documents.push((name.clone(), format(&name, &document.text), document.text));
        }
        let line = file.lines().line(written.span.start);
        let span = Span::new(
            written.span.start,
            file.lines().line_span(file.text(), line).end,
        );
        if documents.is_empty() {
            let problem = Diagnostic::error(
                super::compile::INVALID,
                "an example needs a `text` or `documents`",
            );
            return Err(Box::new(problem.at(source, span, "")));
        }
        Ok(Self {
            source,
            span,
            valid,
            documents,
            together: fields.together,
            framework: fields.framework.map(|id| id.value),
            marks: fields.marks,
            message: fields.message,
        })
    }

    /// Judges what the example's rule found in it.
    pub fn verify(&self, found: &[Raised]) -> Verification {
        let messages = || found.iter().map(|raised| raised.message.clone()).collect();
        if self.valid {
            return if found.is_empty() {
                Verification::Passed
            } else {
                Verification::Noisy(messages())
            };
        }
        if found.is_empty() {
            return Verification::Silent;
        }
        let missing = self.missing_marks(found);
        if !missing.is_empty() {
            return Verification::MissingMarks(missing);
        }
        let has = |words: &str| found.iter().any(|raised| raised.message.contains(words));
        if self.message.as_deref().is_some_and(|words| !has(words)) {
            return Verification::OtherMessage(messages());
        }
        Verification::Passed
    }

    /// The marks that no label covers, when marks and labels are gone through in their order.
    fn missing_marks(&self, found: &[Raised]) -> Vec<String> {
        let mut places = found.iter().flat_map(|raised| &raised.marks);
        let is_missing = |mark: &&String| {
            let at = places.clone().position(|place| place.covers(mark));
            at.and_then(|at| places.nth(at)).is_none()
        };
        self.marks.iter().filter(is_missing).cloned().collect()
    }
}

impl RaisedMark {
    /// Whether it stands on the words of a mark, or the mark on its.
    pub fn covers(&self, mark: &str) -> bool {
        let mark = tidy(mark);
        !self.text.is_empty() && (self.text.contains(&mark) || mark.contains(&self.text))
    }
}
