//! YAML files read into typed values, every mistake at its line and column.
//!
//! Files of rules, frameworks and lexicons need no anchors, aliases, merge keys or custom tags, and a `!` at the start of an
//! expression must never be taken for a tag: all of them are refused.

use serde::de::DeserializeOwned;
use serde_yaml::{
    Error, Location,
    options::{DuplicateKeyPolicy, MergeKeyPolicy},
};

pub use serde_yaml::Spanned;

use crate::{
    diagnostic::Diagnostic,
    source::SourceFile,
    span::{SourceId, Span},
};

/// Reads a YAML file.
///
/// # Errors
///
/// One diagnostic (`rule-syntax`) at the first place that does not fit.
pub fn read<T: DeserializeOwned>(
    source: SourceId,
    file: &SourceFile,
) -> Result<T, Box<Diagnostic>> {
    let options = serde_yaml::options! {
        budget: serde_yaml::budget! { max_anchors: 0, max_aliases: 0, max_depth: 64 },
        duplicate_keys: DuplicateKeyPolicy::Error,
        merge_keys: MergeKeyPolicy::Error,
        strict_booleans: true,
        reject_unsupported_tags: true,
        with_snippet: false,
    };
    serde_yaml::from_str_with_options(file.text(), options)
        .map_err(|error| Box::new(explain(source, file, &error)))
}

/// The bytes of a value that was read.
pub fn span_of<T>(value: &Spanned<T>) -> Span {
    span_of_location(value.defined)
}

fn span_of_location(location: Location) -> Span {
    let span = location.span();
    let start = usize::try_from(span.byte_offset().unwrap_or_default()).unwrap_or_default();
    let len = usize::try_from(span.byte_len().unwrap_or_default()).unwrap_or_default();
    Span::new(start, start + len)
}

fn explain(source: SourceId, file: &SourceFile, error: &Error) -> Diagnostic {
    let span = error.location().map_or(Span::default(), span_of_location);
    let end = span.end.min(file.text().len());
    Diagnostic::error("rule-syntax", error.to_string()).at(
        source,
        Span::new(span.start.min(end), end),
        "",
    )
}
