//! Where a diagnostic stands, told in every output format: line and column of a page, paragraph, headings and words of a Word file,
//! page and rectangle of a PDF.

use std::process::Command;

/// Formats of output.
const FORMATS: [&str; 11] = [
    "pretty", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown", "csv",
    "html",
];

/// Holds what is printed of a kept document, in every format, to parts; `|` stands between ways to write one. White space and
/// ends of quotations are as the format has them.
#[track_caller]
fn check(file: &str, parts: &[&str]) {
    for format in FORMATS {
        let run = Command::new(env!("CARGO_BIN_EXE_assize"))
            .args(["check", "--format", format, "--color", "never"])
            .arg(format!("tests/office/{file}"))
            .output()
            .expect("the program runs");
        let printed = String::from_utf8(run.stdout).expect("text");
        // In commands to GitHub a per cent sign is written as `%25`.
        let printed = printed.replace("%25", "%");
        let printed = printed.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in parts {
            let is_told = part.split('|').any(|way| printed.contains(way));
            assert!(
                is_told,
                "{format} does not tell {part} of {file}: {printed}"
            );
        }
    }
}

#[test]
fn lines_and_columns_of_a_page() {
    check(
        "council.html",
        &[
            ":98:5|\"line\":98,\"column\":5|\"startLine\": 98, \"startColumn\": 5|,98,5,|line 98, column 5",
        ],
    );
}

#[test]
fn paragraphs_headings_and_words_of_a_word_file() {
    check(
        "council.docx",
        &[
            "paragraph 24|\"paragraph\":24",
            "Results by area",
            "“15 8 63%”|\"words\":\"15\\n8\\n63%\"|\"words\": \"15\\n8\\n63%\"|,15 8 63%,|<q>15 8 63%</q>|26 │ ├─▶ 63%",
        ],
    );
}

#[cfg(feature = "pdf")]
#[test]
fn pages_and_rectangles_of_a_pdf() {
    check(
        "council.pdf",
        &[
            "page 1|\"page\":1",
            "Results by area",
            "182.9 388.7 442.6 400.3|[182.9,388.7,442.6,400.3]|[ 182.9, 388.7, 442.6, 400.3 ]",
            "“15 8 63%”|\"words\":\"15\\t8\\t63%\"|\"words\": \"15\\t8\\t63%\"|,15 8 63%,|<q>15 8 63%</q>|Sælby Quay 15 8 63%",
        ],
    );
}
