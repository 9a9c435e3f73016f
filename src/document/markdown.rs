//! Markdown.
use super::{Block, BlockKind, Document, TextBuilder};
use crate::{source::SourceFile, span::Span};

pub(super) fn read(file: &SourceFile) -> Document {
    let mut builder = TextBuilder::new();
    builder.copy(file.text(), 0);
    let (text, map) = builder.finish();
    let span = Span::new(0, text.len());
    Document {
        text,
        blocks: vec![Block {
            kind: BlockKind::Paragraph,
            span,
            section: None,
        }],
        map,
        comments: Vec::new(),
    }
}
