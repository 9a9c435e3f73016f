//! Documents as data to be shown whole, for formats that show more than what is reported.

use crate::{
    document::Document,
    span::{SourceId, Span},
};

/// A document that was read.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    /// The author's file.
    pub source: SourceId,
    /// Its text and blocks.
    pub document: &'a Document,
    /// The body that it is about.
    pub subject: Option<String>,
    /// The title of the framework that it was read with, where it is a particular one.
    pub framework: Option<String>,
    /// What it states, in order of place.
    pub facts: Vec<FactRow>,
}

/// A fact in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactRow {
    /// The name of its kind.
    pub kind: String,
    /// Bytes of the author's file.
    pub span: Span,
    /// Index of the block that it stands in.
    pub block: usize,
    /// The words that state it.
    pub text: String,
    /// Names and values of the fields that are stated.
    pub fields: Vec<(String, String)>,
}
