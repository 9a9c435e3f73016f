//! What holds for every document, whatever was read.

use proptest::prelude::*;

use super::{BlockKind, Document, FORMATS, Format, read};
use crate::{
    source::SourceFile,
    span::{Span, text_at},
};

/// Pieces that mean something to a reader, so that random texts reach its corners.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "\u{c}",
    "  ",
    "    ",
    "\t",
    " ",
    "- ",
    "* ",
    "• ",
    "\u{f0b7} ",
    "1. ",
    "2. ",
    "(a) ",
    "iv) ",
    "R3. ",
    "1.2 ",
    "# ",
    "## ",
    "---\n",
    "===\n",
    "***",
    "**",
    "*",
    "_",
    "`",
    "```\n",
    "| a | b |\n",
    "|---|---|\n",
    "> ",
    "<p>",
    "</p>",
    "<table>",
    "<tr>",
    "<td colspan=3>",
    "<td rowspan=2>",
    "<th>",
    "</table>",
    "<ul>",
    "<li>",
    "</ul>",
    "<ol>",
    "<br>",
    "<b>",
    "</b>",
    "<pre>",
    "<dl><dt>",
    "<dd>",
    "<script>",
    "</script>",
    "<h2>",
    "<blockquote>",
    "<sup><a>",
    "<caption>",
    "<!-- c -->",
    "<!--",
    "&pound;",
    "&nbsp;",
    "&amp",
    "&",
    "<",
    "# assize-ignore\n",
    "Page 3 of 9\n",
    "\n\n12\n\n",
    "                         3\n",
    "word",
    "Title Case",
    "ALL CAPS",
    "lower",
    "end.",
    "Label: ",
    "hyphen-\nated",
    "soft\u{ad}\nhyphen",
    "ﬁ",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "£5",
    "“",
    "’",
    "é",
    "😀",
    "[^1]",
    "[^1]: note\n",
    "![alt](x)",
    "[link](y)",
    "\\*",
    "Table 1: Caption\n",
    "....",
    "key: \"value\"\n",
    "2019  2021",
    "7 June 2024",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        2 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// The invariants of [`Document`], each with a message that says which was broken.
fn hold(file: &SourceFile, document: &Document) -> Result<(), String> {
    let inside = |span: Span, text: &str, what: &str| {
        if text.get(span.range()).is_some() {
            Ok(())
        } else {
            Err(format!("{what} at {span:?} is not in the text"))
        }
    };
    let mut end = 0;
    for (at, block) in document.blocks.iter().enumerate() {
        inside(block.span, &document.text, "block")?;
        if block.span.start < end || block.span.is_empty() {
            return Err(format!(
                "block {at} is empty or not after the one before it"
            ));
        }
        end = block.span.end;
        if let Some(section) = block.section
            && (section >= at
                || !matches!(
                    document.blocks.get(section).map(|block| &block.kind),
                    Some(BlockKind::Heading { .. })
                ))
        {
            return Err(format!(
                "block {at} stands under {section}, which is no heading before it"
            ));
        }
        if let BlockKind::Table(table) = &block.kind {
            let mut cell_end = block.span.start;
            for &cell in table.rows.iter().flat_map(|row| &row.cells) {
                inside(cell, &document.text, "cell")?;
                if cell.start < cell_end || !block.span.contains(cell) {
                    return Err(format!(
                        "a cell of block {at} is not in order or not in its table"
                    ));
                }
                cell_end = cell.end;
            }
            if cell_end != block.span.end {
                return Err(format!("table {at} does not end with its last cell"));
            }
        }
        inside(
            document.map.to_source(block.span),
            file.text(),
            "source of a block",
        )?;
    }
    let mut clean = 0;
    for (at, run) in document.map.runs.iter().enumerate() {
        let next = document.map.runs.get(at + 1);
        let run_end = next.map_or(document.text.len(), |next| next.clean);
        let source = Span::new(run.source, run.source + run.source_len);
        inside(source, file.text(), "source of a run")?;
        if run.clean < clean {
            return Err(format!("run {at} is not in order"));
        }
        let written = text_at(&document.text, Span::new(run.clean, run_end));
        if run.copied && written != file.text_of(source) {
            return Err(format!("run {at} is not what was copied"));
        }
        clean = run.clean;
    }
    for comment in &document.comments {
        inside(comment.span, file.text(), "comment")?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_is_read_and_every_place_leads_back(text in text()) {
        for (format, _) in FORMATS {
            let file = SourceFile::new("any", &text);
            let document = read(&file, *format);
            if let Err(problem) = hold(&file, &document) {
                prop_assert!(false, "{format:?}: {problem}\n{document:?}");
            }
        }
    }

    #[test]
    fn words_are_never_lost_in_plain_text(words in proptest::collection::vec("[b-h]{3,9}[.,]?", 1..40), breaks in any::<u64>()) {
        let mut text = String::new();
        for (at, word) in words.iter().enumerate() {
            text.push_str(word);
            text.push_str(if breaks >> (at % 64) & 1 == 1 { "\n" } else { " " });
        }
        let document = read(&SourceFile::new("any", &text), Format::Text);
        let read: Vec<&str> = document.text.split_whitespace().collect();
        prop_assert_eq!(read, words);
    }
}

/// Reads a large text and checks the invariants; reading it in the square of its length would not end in time.
#[track_caller]
fn check_large(text: &str) {
    for (format, _) in FORMATS {
        let file = SourceFile::new("large", text);
        let document = read(&file, *format);
        assert_eq!(hold(&file, &document), Ok(()), "{format:?}");
    }
}

#[test]
fn large_and_deeply_nested_texts_are_read_in_time() {
    check_large(&"word ".repeat(200_000));
    check_large(&"a\n".repeat(60_000));
    check_large(&"\n".repeat(200_000));
    for unit in [
        "(",
        "[",
        "![",
        "> ",
        "- ",
        "1. ",
        "* ",
        "\"",
        "**",
        "*a",
        "_a_ ",
        "`",
        "<b>",
        "<ul><li>",
        "<table><td>",
        "<blockquote>",
        "&amp;",
        "<!--",
        "\n> ",
        "\n- a",
        "a  b\n",
        "a  b\n\n",
        "| a ",
        "|-",
        "# ",
        "a\n---  ---\n",
        "A. b\n\n",
        "Short\n\n",
        "12\n\n",
        "\u{c}x\n",
        "x: y\n",
        "<td rowspan=9 colspan=9>",
        "</p>",
        "<br>",
        "a-\nb",
        "[^1]",
        "    a\n",
        "<",
        "<a",
        "&",
        "  \n",
        "1\u{c}",
    ] {
        check_large(&unit.repeat(8_000));
    }
    // Lists each in an item of the one before: what is looked at of an item must not go up to its end.
    for marker in ["-", "1."] {
        let lines = (0..600).map(|depth| format!("{}{marker} item\n", "   ".repeat(depth)));
        check_large(&lines.collect::<String>());
    }
}
