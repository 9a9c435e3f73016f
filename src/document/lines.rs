//! Lines of plain text: where their content stands, and which of them are page furniture rather than text.

use rustc_hash::FxHashMap;

use super::{Comment, clean::is_invisible, contents::contents};
use crate::span::{Span, text_at};

/// A line that has content.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Bytes of the author's file, without the white space around the content.
    pub(super) span: Span,
    /// Columns of white space before the content; a tab goes to the next multiple of four.
    pub(super) indent: usize,
    /// Characters of the content.
    pub(super) width: usize,
    /// What stands between this line and the one before it.
    pub(super) before: Break,
    /// Whether white space, a row of dots or a bar inside the content may part columns.
    pub(super) gap: bool,
}

impl Line {
    /// The column after the last character.
    pub(super) fn end_column(&self) -> usize {
        self.indent + self.width
    }
}

/// What stands between two lines with content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// A line end alone.
    None,
    /// One or more empty lines, or the start of the document.
    Blank,
    /// The end of a page.
    Page,
}

/// Lines as read.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// Those that have content and are part of the text.
    pub(super) text: Vec<Line>,
    /// Page furniture: bytes of the author's file, in order.
    pub(super) furniture: Vec<Span>,
    /// The comments that stood between the lines.
    pub(super) comments: Vec<Comment>,
}

/// The lines under `part` of `text`.
pub(super) fn read(text: &str, part: Span) -> Lines {
    let mut lines = split(text, part);
    drop_furniture(text, &mut lines);
    lines
}

/// Cuts text at its line ends; a form feed is the end of a page too.
fn split(text: &str, part: Span) -> Lines {
    let mut found = Lines::default();
    let mut before = Break::Blank;
    let mut start = part.start;
    let bytes = text.as_bytes().get(part.range()).unwrap_or_default();
    let ends = memchr::memchr3_iter(b'\n', b'\r', 0x0c, bytes)
        .map(|at| part.start + at)
        .chain([part.end]);
    for end in ends {
        let ending = text.as_bytes().get(end).copied().filter(|_| end < part.end);
        let whole = text.get(start..end).unwrap_or_default();
        let content = trim(whole);
        // The second half of "\r\n" is no empty line.
        let half = whole.is_empty()
            && ending == Some(b'\n')
            && start > part.start
            && text.as_bytes().get(start - 1) == Some(&b'\r');
        let span = Span::new(start + content.start, start + content.end);
        let body = text_at(text, span);
        if content.is_empty() {
            if !half && before == Break::None {
                before = Break::Blank;
            }
        } else if let Some(comment) = body
            .strip_prefix("# ")
            .filter(|rest| rest.starts_with("assize-"))
        {
            found.comments.push(Comment {
                span,
                text: comment.to_owned(),
            });
        } else {
            found.text.push(Line {
                span,
                indent: indent(whole.get(..content.start).unwrap_or_default()),
                width: width(body),
                before,
                gap: has_gap(body),
            });
            before = Break::None;
        }
        if ending == Some(0x0c) {
            before = Break::Page;
        }
        start = end + 1;
    }
    found
}

/// Where the content of a line stands in it; a soft hyphen at its end is content, for it joins the next line.
fn trim(line: &str) -> Span {
    let blank = |c: char| c.is_whitespace() || is_invisible(c);
    let rest = line.trim_start_matches(blank);
    let start = line.len() - rest.len();
    let content = rest.trim_end_matches(|c| c != '\u{ad}' && blank(c));
    Span::new(start, start + content.len())
}

fn indent(white_space: &str) -> usize {
    white_space.chars().fold(0, |column, c| match c {
        '\t' => (column / 4 + 1) * 4,
        c if is_invisible(c) => column,
        _ => column + 1,
    })
}

/// Whether content holds a tab, a bar, two spaces or four dots in a row.
fn has_gap(content: &str) -> bool {
    let mut previous = 0;
    let may = content.bytes().any(|byte| {
        let twice = byte == previous && matches!(byte, b' ' | b'.');
        previous = byte;
        twice || matches!(byte, b'\t' | b'|')
    });
    may && (content.contains("  ") || content.contains(['\t', '|']) || content.contains("...."))
}

/// Characters of a text.
pub(super) fn width(text: &str) -> usize {
    text.bytes().filter(|&byte| byte & 0xc0 != 0x80).count()
}

/// Lines further to the right than this stand apart from the text: page numbers and heads are put there.
pub(super) const FAR_RIGHT: usize = 20;
/// Lines that stand alone in a page are at least this far from each other.
const MIN_PAGE: usize = 12;
/// Page furniture is not wider than this.
const MAX_FURNITURE: usize = 120;

/// Drops lines that hold only a page number, and heads and feet that repeat beside the ends of pages. The line after a
/// dropped one stands after a page break.
fn drop_furniture(text: &str, found: &mut Lines) {
    let lines = &mut found.text;
    let mut dropped = vec![false; lines.len()];
    let numbers = page_numbers(text, lines);
    for &at in &numbers {
        drop_line(lines, &mut dropped, at);
    }
    for _ in 0..2 {
        drop_heads(text, lines, &mut dropped, &numbers);
    }
    for at in contents(text, lines).into_iter().flatten() {
        drop_line(lines, &mut dropped, at);
    }
    let mut dropped = dropped.into_iter();
    lines.retain(|line| {
        let drop = dropped.next().unwrap_or_default();
        if drop {
            found.furniture.push(line.span);
        }
        !drop
    });
}

fn drop_line(lines: &mut [Line], dropped: &mut [bool], at: usize) {
    if let Some(flag) = dropped.get_mut(at) {
        *flag = true;
    }
    if let Some(next) = lines.get_mut(at + 1) {
        next.before = Break::Page;
    }
}

/// Whether a line stands at the start or the end of its group, and whether at both.
fn edges(lines: &[Line], at: usize) -> (bool, bool) {
    let starts = lines.get(at).is_some_and(|line| line.before != Break::None);
    let ends = lines
        .get(at + 1)
        .is_none_or(|line| line.before != Break::None);
    (starts || ends, starts && ends)
}

fn beside_page_break(lines: &[Line], at: usize) -> bool {
    let page = |at: usize| lines.get(at).is_some_and(|line| line.before == Break::Page);
    page(at) || page(at + 1)
}

/// The lines that hold only a page number.
fn page_numbers(text: &str, lines: &[Line]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut candidates: Vec<(usize, u32, bool)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.width > MAX_FURNITURE {
            continue;
        }
        let (edge, alone) = edges(lines, at);
        if !edge {
            continue;
        }
        let Some((number, certain)) = page_number(text_at(text, line.span)) else {
            continue;
        };
        let apart = line.indent >= FAR_RIGHT || beside_page_break(lines, at);
        if apart || certain && alone {
            found.push(at);
            candidates.push((at, number, true));
        } else if alone {
            candidates.push((at, number, false));
        }
    }
    found.extend(counted(&candidates));
    found.extend(numbered_heads(text, lines));
    found.sort_unstable();
    found.dedup();
    found
}

/// Numbers that stand alone and count pages: each at a page's distance from one that is lower or higher by one.
fn counted(candidates: &[(usize, u32, bool)]) -> impl Iterator<Item = usize> + '_ {
    let next_page =
        |a: &(usize, u32, bool), b: &(usize, u32, bool)| a.1 + 1 == b.1 && b.0 - a.0 >= MIN_PAGE;
    candidates
        .iter()
        .enumerate()
        .filter_map(move |(at, candidate)| {
            let before = at.checked_sub(1).and_then(|at| candidates.get(at));
            let after = candidates.get(at + 1);
            let counts = before.is_some_and(|before| next_page(before, candidate))
                || after.is_some_and(|after| next_page(candidate, after));
            (!candidate.2 && counts).then_some(candidate.0)
        })
}

/// The number of a line that may be a page number, and whether it says so.
///
/// ```text
/// page-number = ["page" | "p."] number [("of" | "/") number] | dash number dash | "[" number "]"
/// ```
fn page_number(line: &str) -> Option<(u32, bool)> {
    let line = line.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '[' | ']')
    });
    let word = line
        .bytes()
        .take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'.')
        .count();
    let says_page = line.get(..word).is_some_and(|word| {
        ["page", "p.", "p", "pg", "pg."]
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known))
    });
    let rest = if says_page {
        line.get(word..)?.trim_start_matches([' ', '|'])
    } else {
        line
    };
    let (number, rest) = leading_number(rest)?;
    let rest = rest.trim();
    if rest.is_empty() {
        return Some((number, says_page));
    }
    let of = ["of ", "OF "].iter().find_map(|of| rest.strip_prefix(of));
    let total = of.or_else(|| rest.strip_prefix('/'))?;
    let (total, rest) = leading_number(total.trim_start())?;
    let certain = says_page || of.is_some();
    (rest.is_empty() && (1..=total).contains(&number)).then_some((number, certain))
}

fn leading_number(text: &str) -> Option<(u32, &str)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=4).contains(&len) {
        return None;
    }
    Some((text.get(..len)?.parse().ok()?, text.get(len..)?))
}

/// Heads and feet that carry their page number: the same words at least three times, alone on their line, with a number
/// before them (or after a wide space or a bar) that counts up. Text may stand right above or below where the number stands
/// far to the right of three words or more.
fn numbered_heads(text: &str, lines: &[Line]) -> Vec<usize> {
    let mut groups: FxHashMap<&str, Vec<(usize, u32)>> = FxHashMap::default();
    for (at, line) in lines.iter().enumerate() {
        let (edge, alone) = edges(lines, at);
        if line.width <= MAX_FURNITURE
            && edge
            && let Some((words, number)) = numbered_head(text_at(text, line.span))
            && (alone || is_far(text_at(text, line.span), words))
        {
            groups.entry(words).or_default().push((at, number));
        }
    }
    let mut found: Vec<usize> = groups
        .into_values()
        .filter(|group| {
            group.len() >= 3
                && group.is_sorted_by(|a, b| a.1 < b.1 && b.1 - a.1 <= 3 && b.0 - a.0 > 1)
        })
        .flatten()
        .map(|(at, _)| at)
        .collect();
    found.sort_unstable();
    found
}

/// Whether the number of a foot stands far to the right of its words, and these are no single name of a thing that counts:
/// `Inspection of Ashby College          4`, but not `Recommendation      4`.
fn is_far(line: &str, words: &str) -> bool {
    let gap = line
        .strip_prefix(words)
        .map_or(0, |rest| rest.len() - rest.trim_start_matches(' ').len());
    gap >= 4 && words_of(words).count() >= 3
}

/// `number-head = number space words | words (2*space | "|" | "page") number`
fn numbered_head(line: &str) -> Option<(&str, u32)> {
    let worth = |words: &str| words.len() >= 5 && words.contains(char::is_alphabetic);
    if let Some((number, rest)) = leading_number(line) {
        let words = rest.trim_start_matches([' ', '|']);
        return (words.len() < rest.len() && worth(words)).then_some((words, number));
    }
    let digits = line.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (words, number) = line.split_at_checked(line.len() - digits)?;
    let (number, _) = leading_number(number)?;
    let bare = words.trim_end_matches([' ', '|', '\t']);
    let apart = words.len() >= bare.len() + 2;
    let says_page = bare.len() >= 4
        && bare
            .get(bare.len() - 4..)
            .is_some_and(|end| end.eq_ignore_ascii_case("page"));
    ((apart || says_page) && worth(bare)).then_some((bare, number))
}

/// Drops the first line after and the last line before a page break where the same words stand beside another page break,
/// or where they stand against a page number and repeat the title.
fn drop_heads(text: &str, lines: &mut [Line], dropped: &mut [bool], numbers: &[usize]) {
    let mut beside: Vec<usize> = Vec::new();
    let mut previous = None;
    for (at, line) in lines.iter().enumerate() {
        if dropped.get(at) == Some(&true) {
            continue;
        }
        if line.before == Break::Page {
            beside.extend(previous);
            beside.push(at);
        }
        previous = Some(at);
    }
    beside.dedup();
    if beside.is_empty() {
        return;
    }
    let key = |at: usize| {
        let line = lines.get(at)?;
        let words = head_words(text_at(text, line.span));
        (line.width <= MAX_FURNITURE && words.len() >= 5).then_some(words)
    };
    let mut count: FxHashMap<String, usize> = FxHashMap::default();
    for words in beside.iter().filter_map(|&at| key(at)) {
        *count.entry(words).or_default() += 1;
    }
    let title: Vec<String> = lines
        .iter()
        .take(5)
        .filter(|line| line.width <= MAX_FURNITURE)
        .flat_map(|line| words_of(text_at(text, line.span)))
        .collect();
    let heads: Vec<usize> = beside
        .into_iter()
        .filter(|&at| {
            let Some(words) = key(at) else { return false };
            let glued = at > 5
                && at
                    .checked_sub(1)
                    .is_some_and(|before| numbers.binary_search(&before).is_ok())
                && edges(lines, at).1;
            let times = count.get(&words).copied().unwrap_or_default();
            times > 2
                || times > 1 && edges(lines, at).1
                || glued && words_of(&words).all(|word| title.contains(&word))
        })
        .collect();
    for at in heads {
        drop_line(lines, dropped, at);
    }
}

fn words_of(line: &str) -> impl Iterator<Item = String> + '_ {
    line.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// The words of a head without its numbers, in small letters, for comparison.
fn head_words(line: &str) -> String {
    let mut words = String::with_capacity(line.len() + 1);
    for word in line.split(|c: char| !c.is_alphanumeric()) {
        if word.starts_with(char::is_alphabetic) {
            for c in word.chars() {
                match c {
                    'A'..='Z' => words.push(c.to_ascii_lowercase()),
                    c if c.is_ascii() => words.push(c),
                    c => words.extend(c.to_lowercase()),
                }
            }
            words.push(' ');
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> Lines {
        read(text, Span::new(0, text.len()))
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let lines = read_all(text).text;
        let found: Vec<&str> = lines.iter().map(|line| text_at(text, line.span)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_are_trimmed_and_know_what_stands_before_them() {
        let lines = read_all("\u{feff}  One\r\ntwo\r\n\u{a0}\r\nthree\u{c}four").text;
        let breaks: Vec<Break> = lines.iter().map(|line| line.before).collect();
        assert_eq!(
            breaks,
            [Break::Blank, Break::None, Break::Blank, Break::Page]
        );
        assert_eq!(lines[0].indent, 2);
        assert_eq!(lines[0].width, 3);
    }

    #[test]
    fn comments_leave_the_text() {
        let Lines {
            text: lines,
            comments,
            ..
        } = read_all("One\n# assize-ignore: some-rule\ntwo");
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[1].before, Break::None);
        assert_eq!(comments[0].text, "assize-ignore: some-rule");
    }

    #[test]
    fn page_numbers_are_dropped() {
        let far = " ".repeat(50);
        check(&format!("One\n\n{far}3\n\ntwo"), &["One", "two"]);
        check(&format!("One\n\n{far}Page 1 of 2\n\ntwo"), &["One", "two"]);
        check("One\n\n1 of 2\n\ntwo", &["One", "two"]);
        check("One\n\npage 1/2\n\ntwo", &["One", "two"]);
        check("One\n\n- 3 -\n\u{c}two", &["One", "two"]);
        check("One\n3\n\u{c}two", &["One", "two"]);
    }

    #[test]
    fn other_numbers_stay() {
        check("Good\n\n12\n\nFair\n\n13", &["Good", "12", "Fair", "13"]);
        check("One\n9/10\ntwo", &["One", "9/10", "two"]);
        check("One\n\n9/10\n\ntwo", &["One", "9/10", "two"]);
        check("One\n\n127,400\n\ntwo", &["One", "127,400", "two"]);
    }

    fn page() -> String {
        ["some", "words", "of", "text"].join("\n").repeat(5) + "\n"
    }

    #[test]
    fn lone_numbers_that_count_pages_are_dropped() {
        let page = page();
        let lines = read_all(&format!("{page}\n7\n\n{page}\n8\n\n{page}")).text;
        assert_eq!(lines.len(), 48);
    }

    #[test]
    fn feet_right_beside_the_text_are_dropped() {
        let foot = |number: u32| format!("Inspection of care: Ashby           {number}");
        check(
            &format!(
                "One\n\n{}\nTwo\nthree\n\n{}\nFour\n\nfive\n{}\n\nsix",
                foot(2),
                foot(3),
                foot(4)
            ),
            &["One", "Two", "three", "Four", "five", "six"],
        );
        // What counts is named by one word, and rows of a table do not count up.
        check(
            "Outcome     1\nA\n\nOutcome     2\nB\n\nOutcome     3\nC",
            &[
                "Outcome     1",
                "A",
                "Outcome     2",
                "B",
                "Outcome     3",
                "C",
            ],
        );
        let rows = "Beds in use now     12\n\nBeds in use now     12\nA\n\nBeds in use now     9";
        check(
            rows,
            &[
                "Beds in use now     12",
                "Beds in use now     12",
                "A",
                "Beds in use now     9",
            ],
        );
    }

    #[test]
    fn running_heads_are_dropped() {
        check(
            "Title\n\na\n\u{c}Our report\n\nb\n\u{c}Our report\n\nc",
            &["Title", "a", "b", "c"],
        );
        check(
            "Title\n\na\n\u{c}Good\n\nb\n\u{c}Fair\n\nc",
            &["Title", "a", "Good", "b", "Fair", "c"],
        );
        let page = page();
        let lines = read_all(&format!(
            "{page}\n3 Report on Ashby\n\n{page}\n4 Report on Ashby\n\n{page}\n5 Report on Ashby\n\n"
        )).text;
        assert_eq!(lines.len(), 48);
    }
}
