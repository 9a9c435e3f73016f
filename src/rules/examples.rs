//! The examples of a rule: texts on which it is silent, and texts in which it finds something.
//!
//! They stand in the rule's file and are read only when they are asked for, so that loading rules stays quick.

use std::path::Path;

use super::{
    compile::RuleFile,
    config::{ExampleConfig, ExampleFormat, ExamplesConfig},
};
use crate::{
    diagnostic::Diagnostic,
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
    /// The framework that it is read with; recognised where there is none.
    pub framework: Option<String>,
    /// Texts that the labels must cover, in their order.
    pub marks: Vec<String>,
    /// Words that the message must have in it.
    pub message: Option<String>,
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
            framework: fields.framework.map(|id| id.value),
            marks: fields.marks,
            message: fields.message,
        })
    }

    /// Judges what the example's rule found in it; `sources` holds its documents.
    pub fn verify(&self, found: &[Diagnostic], sources: &Sources) -> Verification {
        let messages = || {
            found
                .iter()
                .map(|diagnostic| diagnostic.message.clone())
                .collect()
        };
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
        let missing = self.missing_marks(found, sources);
        if !missing.is_empty() {
            return Verification::MissingMarks(missing);
        }
        let has = |words: &str| {
            found
                .iter()
                .any(|diagnostic| diagnostic.message.contains(words))
        };
        if self.message.as_deref().is_some_and(|words| !has(words)) {
            return Verification::OtherMessage(messages());
        }
        Verification::Passed
    }

    /// The marks that no label covers, when marks and labels are gone through in their order.
    fn missing_marks(&self, found: &[Diagnostic], sources: &Sources) -> Vec<String> {
        let mut labels = found.iter().flat_map(|diagnostic| &diagnostic.labels);
        let covers = |mark: &str, label: &crate::diagnostic::Label| {
            sources.get(label.source).is_some_and(|file| {
                let text = tidy(file.text_of(label.span));
                let mark = tidy(mark);
                !text.is_empty() && (text.contains(&mark) || mark.contains(&text))
            })
        };
        let is_missing = |mark: &&String| !labels.any(|label| covers(mark, label));
        self.marks.iter().filter(is_missing).cloned().collect()
    }
}
