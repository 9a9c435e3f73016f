//! Documents as a word processor writes them: the same document saved as OpenDocument text, Word document, PDF and web page, and
//! written in Markdown, gives the same facts and the same diagnostics.
//!
//! The files of `tests/office` were made by a word processor (`LibreOffice`) from the OpenDocument text of each, but for Markdown.
//! PDFs and pages of a draft with tracked changes show it with all changes accepted. `tests/libreoffice.rs` makes them anew.
#![expect(
    clippy::disallowed_methods,
    reason = "a test may read its own documents"
)]

mod alike;
mod reading;

use std::fs;

use alike::check_alike;
use assize::{
    annotate::{self, Note},
    document::{self, Tracked},
};
use reading::found;

fn bytes(name: &str) -> Vec<u8> {
    fs::read(format!("tests/office/{name}")).expect("a document")
}

#[track_caller]
fn check(name: &str, facts: usize, raised: &[&str]) {
    let expected = found(name, bytes(&format!("{name}.odt")));
    assert!(expected.0.len() >= facts, "{} facts", expected.0.len());
    for code in raised {
        let is_raised = expected
            .1
            .iter()
            .any(|found| found.split(' ').next() == Some(*code));
        assert!(is_raised, "{code}: {:#?}", expected.1);
    }
    for ending in ["docx", "html", "md", "pdf"] {
        if ending == "pdf" && !cfg!(feature = "pdf") {
            continue;
        }
        let file = format!("{name}.{ending}");
        check_alike(&expected, &file, bytes(&file));
    }
}

/// Comments on words all over the files leave their text as it is.
#[track_caller]
fn check_annotated(name: &str) {
    for ending in ["odt", "docx", "pdf"] {
        if ending == "pdf" && !cfg!(feature = "pdf") {
            continue;
        }
        let name = format!("{name}.{ending}");
        let original = bytes(&name);
        let (file, format) =
            document::open(&name, original.clone(), Tracked::Accepted).expect("a document");
        let text = file.text();
        // Ranges of growing length, which overlap, begin and end within words and reach over paragraphs.
        let starts = text.char_indices().step_by(37).zip(1..);
        let ranges = starts.map(|((start, _), number)| {
            let end = text.ceil_char_boundary((start + number % 60 + 1).min(text.len()));
            Note {
                span: (start..end).into(),
                lines: vec![format!("error[rule-id] (Assize {number})")],
            }
        });
        let notes: Vec<Note> = ranges.collect();
        let annotate = |bytes: &[u8]| {
            annotate::annotate(&file, format, bytes, Tracked::Accepted, &notes).expect(&name)
        };
        let once = annotate(&original);
        assert!(
            annotate(&once) == once,
            "{name}: a second run gives the same bytes"
        );
        let again = document::open(&name, once, Tracked::Accepted).expect("a document");
        assert_eq!(again.0.text(), text, "{name}");
    }
}

#[test]
fn a_report_with_notes_nested_lists_and_a_table() {
    check(
        "prison",
        55,
        &[
            "change-missing-base",
            "proportion-mismatch",
            "tally-list-count",
            "date-impossible",
            "rating-prose-vs-table",
        ],
    );
    check_annotated("prison");
}

#[test]
fn an_audit_in_two_columns() {
    check("council", 60, &["proportion-mismatch"]);
    check_annotated("council");
}

#[test]
fn a_draft_with_tracked_changes() {
    check(
        "draft",
        22,
        &["rating-prose-vs-table", "change-missing-base"],
    );
    check_annotated("draft");
}

#[test]
fn a_letter_with_bold_headings() {
    check("letter", 40, &["proportion-mismatch", "weekday-date"]);
    check_annotated("letter");
}

#[test]
fn a_report_with_merged_cells() {
    check("school", 36, &["rating-prose-vs-table"]);
    check_annotated("school");
}

#[test]
fn a_report_of_two_pages_with_running_heads() {
    check(
        "police",
        88,
        &[
            "rating-prose-vs-table",
            "change-missing-base",
            "change-arithmetic",
        ],
    );
    check_annotated("police");
}

#[test]
fn a_response_with_bold_labels() {
    check(
        "response",
        40,
        &["change-missing-base", "change-arithmetic"],
    );
    check_annotated("response");
}

#[test]
fn an_assessment_with_contents_end_notes_and_joined_rows() {
    check("water", 42, &["change-missing-base"]);
    check_annotated("water");
}
