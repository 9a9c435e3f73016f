//! Lists of contents in plain text and on pages: they name what comes and number its pages, and state nothing.

use std::ops::Range;

use super::lines::Line;
use crate::span::text_at;

/// Heads over lists of contents, in small letters.
const HEADS: [&str; 5] = [
    "contents",
    "table of contents",
    "list of contents",
    "contents page",
    "cynnwys",
];

/// Fewest entries of a list of contents.
const LEAST: usize = 3;

/// Lines of a long entry before the one that has its page.
const WRAPPED: usize = 2;

/// Entries without a page of their own in a row.
const UNPAGED: usize = 40;

/// Pages in a column of their own, at least, that entries further above belong to.
const COLUMN: usize = 3;

/// Entries above such a column, for each of its pages: headings may have none.
const ENTRIES_PER_PAGE: usize = 3;

/// The lists of contents among `lines`: each from its head to its last entry.
///
/// ```text
/// contents = head 3*( *2line entry | *line 3*page )
/// entry    = [words] page
/// ```
///
/// The pages rise. In text out of a PDF, a page may stand on a line of its own, or all pages of a column below its entries.
pub(super) fn contents(text: &str, lines: &[Line]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let below = lines.iter().skip(at + 1);
        let below = below.map(|line| text_at(text, line.span));
        let end = is_head(text_at(text, line.span)).then(|| entries(below));
        match end.flatten().map(|entries| at + 1 + entries) {
            Some(end) => {
                found.push(at..end);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a line is the head of a list of contents.
pub(super) fn is_head(line: &str) -> bool {
    let name = line.trim_end_matches(':').trim();
    HEADS.iter().any(|head| name.eq_ignore_ascii_case(head))
}

/// How many of these lines, the first ones, are the entries of a list; `None` where there are too few.
pub(super) fn entries<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> Option<usize> {
    let (mut end, mut last, mut entries) = (0, 0, 0);
    let mut rest = lines.enumerate();
    while let Some((at, line)) = rest.next() {
        let page = match page(line) {
            Some(page) if page >= last => page,
            None if at - end < UNPAGED => continue,
            _ => break,
        };
        if at - end > WRAPPED {
            let below = rest.clone().map(|(_, line)| line);
            let column = 1 + column(page, below);
            if column < COLUMN || at - end > ENTRIES_PER_PAGE * column {
                break;
            }
        }
        (end, last, entries) = (at + 1, page, entries + 1);
    }
    (entries >= LEAST).then_some(end)
}

/// How many of these lines, the first ones, are pages alone that rise from `first` on.
fn column<'a>(first: u16, lines: impl Iterator<Item = &'a str>) -> usize {
    let mut last = first;
    let rising = lines
        .map_while(|line| line.parse().ok())
        .take_while(|page| {
            let rises = *page >= last;
            last = *page;
            rises
        });
    rising.count()
}

/// The page at the end of an entry: one to three figures, alone or after words, white space, dots or nothing ("Findings12").
fn page(line: &str) -> Option<u16> {
    let words = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = line.get(words.len()..)?;
    let apart =
        words.ends_with([' ', '\t', '.', '\u{a0}', '…']) || words.ends_with(char::is_alphabetic);
    let named = words.contains(char::is_alphabetic);
    let short = (1..=3).contains(&digits.len());
    let entry = apart && named || words.is_empty();
    (entry && short).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use crate::span::{Span, text_at};

    /// The lines that are left of a text, joined with bars.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let lines = lines::read(text, Span::new(0, text.len()));
        let left: Vec<_> = lines
            .text
            .iter()
            .map(|line| text_at(text, line.span))
            .collect();
        assert_eq!(left.join(" | "), expected);
    }

    #[test]
    fn lists_of_contents_are_no_text() {
        check(
            "Report\n\nContents\nSummary 3\nWhat we found in the homes that we\nvisited 5\nNext steps ..... 12\nAbout us 12\n\nSummary\nGood.",
            "Report | Summary | Good.",
        );
    }

    #[test]
    fn pages_may_stand_below_their_entries() {
        check(
            "Report\nContents\nSummary\n3\nWhat we found\n5\nNext steps\n12\nSummary\nGood.",
            "Report | Summary | Good.",
        );
        check(
            "Contents\nSummary\n3\nFindings5\nHomes\nSchools\nPrisons\nPolice\n7\n9\n12\nSummary\nGood.",
            "Summary | Good.",
        );
    }

    #[test]
    fn tables_and_words_on_contents_are_text() {
        for text in [
            "Late files 3\nLost files 5\nPoor notes 12",
            "Contents\nWe insured them for 3\nFurniture too",
            "Contents\nA 9\nB 3\nC 1\nD 2",
            "Contents\nSummary\n3\nFindings\n5\nHomes\nSchools\nPrisons\nPolice\n7\nCourts",
        ] {
            check(text, &text.replace('\n', " | "));
        }
    }
}
