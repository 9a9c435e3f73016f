//! One document, read: its text as a document, its facts, and what came of it when it brought the program down.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Duration,
};

use super::{Options, settings::applies};
use crate::{
    diagnostic::Diagnostic,
    document::{self, Document, Format},
    facts::{self, Facts},
    framework::{Frameworks, Vocabulary},
    rules::{
        Rule, RuleSet,
        bind::{Bound, BoundDocument},
        config::ScopeConfig,
        engine::{self, Look},
    },
    source::{SourceFile, Sources},
    span::{SourceId, Span},
};

/// Code of the problem that a document brought the program down.
pub const INTERNAL: &str = "internal-error";

/// A document as read.
#[derive(Clone, Debug)]
pub struct Read {
    /// Identity of the author's file.
    pub source: SourceId,
    /// The text and its blocks.
    pub document: Arc<Document>,
    /// What it states.
    pub facts: Arc<Facts>,
    /// What it was read with.
    pub vocabulary: Arc<Vocabulary>,
}

impl Read {
    pub(super) fn bound<'a>(&'a self, file: &'a SourceFile) -> BoundDocument<'a> {
        BoundDocument {
            source: self.source,
            file,
            document: &self.document,
            facts: &self.facts,
            vocabulary: &self.vocabulary,
            version: None,
        }
    }
}

/// Reads a document and finds its facts.
pub fn read(
    source: SourceId,
    file: &SourceFile,
    format: Format,
    rules: &RuleSet,
    frameworks: &Frameworks,
    options: &Options,
) -> Read {
    let document = document::read(file, format);
    let settings = options.settings(source);
    let named = settings
        .framework
        .as_deref()
        .and_then(|id| frameworks.vocabulary(id));
    let vocabulary = named
        .or_else(|| frameworks.recognise(&document.text))
        .unwrap_or_default();
    let mut facts = facts::extract_with(&document, &vocabulary, &rules.kinds);
    if let Some(role) = &settings.role {
        facts.about.role = Some(role.clone());
    }
    Read {
        source,
        document: Arc::new(document),
        facts: Arc::new(facts),
        vocabulary,
    }
}

/// What `work` gives and how long it takes; no time where there is no clock.
pub(super) fn timed<T>(options: &Options, work: impl FnOnce() -> T) -> (T, Duration) {
    let now = || options.clock.map_or(Duration::ZERO, |clock| clock());
    let start = now();
    let done = work();
    (done, now().saturating_sub(start))
}

/// Runs `work` on a file so that a panic costs that file only.
///
/// # Errors
///
/// A diagnostic of the code [`INTERNAL`] where it panics.
pub fn guarded<T>(source: SourceId, name: &str, work: impl FnOnce() -> T) -> Result<T, Diagnostic> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let message = format!("{name} could not be checked: this is a defect in Assize");
        Diagnostic::error(INTERNAL, message)
            .at(source, Span::default(), "")
            .help("please report it, with the file if it may be shown")
    })
}

/// Every choice of facts that a rule looks at in a document, with its verdict.
pub fn looks(rule: &Rule, read: &Read, sources: &Sources, rules: &RuleSet) -> Vec<Look> {
    match sources.get(read.source) {
        Some(file) if rule.scope == ScopeConfig::Document => {
            let bound = Bound::new(&rules.kinds, vec![read.bound(file)]);
            if applies(rule, &bound) {
                engine::looks(rule, &bound)
            } else {
                Vec::new()
            }
        }
        _ => Vec::new(),
    }
}
