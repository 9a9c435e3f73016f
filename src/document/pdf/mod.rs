//! PDF: the text of pages in reading order, told by where it stands and how it looks.
//!
//! ```text
//! page ─► words and rules ─► columns ─► rows ─► paragraphs, headings, tables ─► text and layout
//! ```
//!
//! A PDF has letters at places and little else. What stands where, how large and how bold, and what rules are drawn between
//! is all that tells a heading from a cell. Running heads, page numbers, stamps and turned text are left out, and a page all of
//! whose text is turned is read as it is turned; words that a
//! line end cut are put together; notes at the foot of pages stand at the end.

mod arrange;
mod blocks;
mod effort;
mod guard;
mod hidden;
mod packing;
mod page;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::InterpreterCache;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::open::Unreadable;
use crate::layout::Layout;

/// Pages that are read. A longer file is refused.
pub(super) const MAX_PAGES: usize = 5000;

/// Reads a PDF: its text and the layout of it.
pub(super) fn read(bytes: &[u8]) -> Result<(String, Layout), Unreadable> {
    guard::check(bytes)?;
    // The crate behind this reads what a stranger wrote, on a format that few programs write as it is described. It came
    // through hundreds of damaged files without a panic, but it is young.
    let drawn = catch_unwind(AssertUnwindSafe(|| draw(bytes)));
    let pages = drawn.unwrap_or_else(|_| Err(Unreadable::damaged("its pages cannot be drawn")))?;
    let letters: usize = pages.iter().map(|page| page.characters).sum();
    let unknown: usize = pages.iter().map(|page| page.unknown).sum();
    if letters == 0 && pages.iter().any(page::Drawn::has_turned) {
        return Err(Unreadable::new(
            "all text of the PDF is turned on its pages, and there is little of it",
            "turn the pages, and save it anew",
        ));
    }
    if letters == 0 {
        return Err(Unreadable::new(
            "it is a PDF without text: its pages are pictures",
            "it was scanned, or its text turned into outlines: run character recognition (OCR) on it",
        ));
    }
    if unknown * 3 > letters {
        return Err(Unreadable::new(
            "the fonts of the PDF do not tell which letters they hold",
            "export it anew with Unicode text, or run character recognition (OCR) on it",
        ));
    }
    Ok(blocks::write(pages))
}

fn draw(bytes: &[u8]) -> Result<Vec<page::Drawn>, Unreadable> {
    hidden::check(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Unreadable::encrypted(),
        LoadPdfError::Decryption(_) => Unreadable::unknown_encryption(),
        LoadPdfError::Invalid => Unreadable::damaged("it is no whole PDF"),
    })?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(Unreadable::damaged("it has no pages"));
    }
    if pages.len() > MAX_PAGES {
        let what = format!("it has {} pages, more than {MAX_PAGES}", pages.len());
        return Err(Unreadable::new(what, "split it"));
    }
    effort::check(pages)?;
    let cache = InterpreterCache::new();
    let drawn = (1..).zip(pages.iter());
    Ok(drawn
        .map(|(number, page)| page::read(page, number, &cache))
        .collect())
}
