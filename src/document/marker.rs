//! Markers of list items, and which list and depth an item belongs to.
//!
//! ```text
//! marker   = bullet space | number space
//! bullet   = "•" | "-" | "*" | "–" | "::" | … | any private-use character | "o" (tab | 2space)
//! number   = 1*3digit closing | letter closing | roman closing | capital 1*3digit [closing]
//!          | 1*3digit 1*("." 1*3digit) ["."]
//! closing  = "." | ")" | ":" | wide gap          a "(" before it may open the pair
//! ```

use super::{ListItem, prose::ends_sentence};

/// How the items of a list are marked; the items of one list share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// A bullet.
    Bullet(char),
    /// `1.`, `2)`, `(3)`.
    Decimal(Closing),
    /// `a.`, `b)`, `(c)`.
    Lower(Closing),
    /// `A.`, `B)`, `(C)`.
    Upper(Closing),
    /// `i.`, `ii)`, `(iii)`.
    Roman(Closing),
    /// `R1.`, `R2.`: the letter that stands before the number.
    Prefixed(char),
    /// `1.1`, `1.2.3`: how many numbers.
    Sections(usize),
}

/// What ends a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closing {
    /// `1.` or `1:`
    Stop,
    /// `1)`
    Bracket,
    /// `(1)`
    Brackets,
    /// A wide gap alone: `1    Staff were kind.`
    Gap,
}

/// A marker at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker<'a> {
    /// How it is written.
    pub(super) style: Style,
    /// Its place in the count; 0 for bullets.
    pub(super) ordinal: u32,
    /// The number as written, without brackets and stops; empty for bullets.
    pub(super) number: &'a str,
    /// Bytes up to the text of the item.
    pub(super) len: usize,
    /// What it counts as when letters are roman numerals: `i`, `v`, `x` may be either.
    roman: Option<u32>,
    /// Whether nothing but white space ends the number: `R1 Improve`, `1.1 Leaders`.
    pub(super) bare: bool,
}

impl Marker<'_> {
    /// The marker of an item that was counted and not written.
    pub(super) fn counted(style: Style, ordinal: u32) -> Self {
        Self {
            style,
            ordinal,
            number: "",
            len: 0,
            roman: None,
            bare: false,
        }
    }

    /// Whether a list may begin with it: it is a bullet, or the first number.
    pub(super) fn is_first(&self) -> bool {
        self.ordinal <= 1 || self.roman == Some(1)
    }
}

/// The marker at the start of `line`, which has no white space before it. Nothing may follow it on its line.
pub(super) fn marker(line: &str) -> Option<Marker<'_>> {
    let first = line.chars().next()?;
    let letter = first == 'o' && ["o\t", "o  "].iter().any(|mark| line.starts_with(mark));
    // What news agencies set before their items.
    if let Some(rest) = line.strip_prefix("::") {
        return bullet(rest, ' ').map(|found| Marker {
            len: found.len + line.len() - rest.len(),
            style: Style::Bullet(':'),
            ..found
        });
    }
    if is_bullet(first) || letter {
        return bullet(line, first);
    }
    if first == '(' || first.is_ascii_alphanumeric() {
        return numbered(line);
    }
    None
}

fn is_bullet(c: char) -> bool {
    // Triangles that point up or down show a trend.
    let trend = matches!(c, '▲' | '△' | '▴' | '▵' | '▼' | '▽' | '▾' | '▿');
    match c {
        '-' | '*' | '–' | '—' | '−' | '•' | '‣' | '·' | '∙' | '⁃' | '◦' | '❑' | '❖' | '➔' | '➢'
        | '➤' | '→' | '»' | '✓' | '✔' | '✗' | '✘' => true,
        '■'..='◿' | '\u{e000}'..='\u{f8ff}' => !trend,
        _ => false,
    }
}

/// Whether a bullet is also found in prose.
pub(super) fn is_punctuation(bullet: char) -> bool {
    matches!(bullet, '-' | '*' | '–' | '—' | '−' | '·')
}

/// Bullets that are also punctuation must be followed by white space; the others may touch the text.
fn bullet(line: &str, first: char) -> Option<Marker<'_>> {
    let rest = line.get(first.len_utf8()..)?;
    let text = rest.trim_start();
    let apart = rest.len() != text.len();
    if !apart && is_punctuation(first) {
        return None;
    }
    Some(Marker {
        style: Style::Bullet(first),
        ordinal: 0,
        number: "",
        len: line.len() - text.len(),
        roman: None,
        bare: false,
    })
}

fn numbered(line: &str) -> Option<Marker<'_>> {
    let opened = line.starts_with('(');
    let body = line.get(usize::from(opened)..)?;
    let number_len = body
        .bytes()
        .take(16)
        .take_while(|&byte| byte.is_ascii_alphanumeric() || byte == b'.')
        .count();
    let number = body.get(..number_len)?;
    let stop = number.ends_with('.');
    let number = number.trim_end_matches('.');
    let after = body.get(number_len..)?;
    let (closing, after) = if let Some(after) = after.strip_prefix(')').filter(|_| !stop) {
        (
            Some(if opened {
                Closing::Brackets
            } else {
                Closing::Bracket
            }),
            after,
        )
    } else if opened {
        return None;
    } else if stop {
        (Some(Closing::Stop), after)
    } else if let Some(after) = after.strip_prefix(':') {
        (Some(Closing::Stop), after)
    } else if ["\t", "  "].iter().any(|gap| after.starts_with(gap)) {
        (Some(Closing::Gap), after)
    } else {
        (None, after)
    };
    let bare = matches!(closing, None | Some(Closing::Gap));
    let text = after.trim_start();
    if text.len() == after.len() && (bare || !after.is_empty()) {
        return None;
    }
    let (style, ordinal, roman) = style(number, closing)?;
    let colon = closing == Some(Closing::Stop) && !stop;
    if colon && !matches!(style, Style::Prefixed(_)) {
        return None;
    }
    Some(Marker {
        style,
        ordinal,
        number,
        len: line.len() - text.len(),
        roman,
        bare,
    })
}

/// Style, place in the count, and place when read as a roman numeral.
fn style(number: &str, closing: Option<Closing>) -> Option<(Style, u32, Option<u32>)> {
    let first = number.chars().next()?;
    let digits = |text: &str| {
        (1..=3)
            .contains(&text.len())
            .then(|| text.parse::<u32>().ok())
            .flatten()
    };
    if first.is_ascii_digit() {
        let parts = number.split('.').count();
        if parts == 1 {
            return Some((Style::Decimal(closing?), digits(number)?, None));
        }
        if matches!(closing, Some(Closing::Bracket | Closing::Brackets)) {
            return None;
        }
        let mut last = 0;
        for part in number.split('.') {
            last = digits(part)?;
        }
        return Some((Style::Sections(parts), last, None));
    }
    if let Some(ordinal) = number.get(1..).and_then(digits) {
        let prefixed = first.is_ascii_uppercase() && (closing.is_some() || first == 'R');
        return prefixed.then_some((Style::Prefixed(first), ordinal, None));
    }
    let letter = number.len() == 1 && first.is_ascii_lowercase();
    let closing = closing.filter(|&closing| letter || closing != Closing::Gap)?;
    let roman = roman_value(number);
    if number.len() == 1 {
        let ordinal = u32::from(first.to_ascii_lowercase()) - u32::from('a') + 1;
        return if first.is_ascii_lowercase() {
            Some((Style::Lower(closing), ordinal, roman))
        } else {
            Some((Style::Upper(closing), ordinal, None))
        };
    }
    roman.map(|value| (Style::Roman(closing), value, Some(value)))
}

/// The value of a small roman numeral in lower case, up to 39.
fn roman_value(number: &str) -> Option<u32> {
    let tens = number.bytes().take_while(|&byte| byte == b'x').count();
    let ones = number.get(tens.min(3)..)?;
    let ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
        .iter()
        .position(|&known| known == ones)?;
    u32::try_from(tens * 10 + ones)
        .ok()
        .filter(|&value| value > 0)
}

/// The lists that are open at a place of the document.
#[derive(Debug, Default)]
pub(super) struct Lists {
    next: u32,
    levels: Vec<Level>,
    /// Whether something stood since the last item that does not belong to it.
    interrupted: bool,
}

#[derive(Clone, Copy, Debug)]
struct Level {
    list: u32,
    style: Style,
    indent: usize,
    last: u32,
}

/// Deeper nesting than this is counted as this deep.
const MAX_DEPTH: usize = 12;

impl Lists {
    /// Tells that a block stood here that belongs to no item: bullets end, numbers may go on.
    pub(super) fn interrupt(&mut self) {
        self.interrupted = true;
        self.levels
            .retain(|level| !matches!(level.style, Style::Bullet(_)));
    }

    /// Columns before the marker of the last item, while nothing has interrupted its list.
    pub(super) fn open_indent(&self) -> Option<usize> {
        self.levels
            .last()
            .filter(|_| !self.interrupted)
            .map(|level| level.indent)
    }

    /// Whether the marker goes on with an open list: the same bullet, or the next number.
    pub(super) fn continues(&self, marker: &Marker<'_>) -> bool {
        self.levels.iter().any(|level| match marker.style {
            Style::Bullet(_) => level.style == marker.style,
            _ => step(level, marker) == Some(1),
        })
    }

    /// Whether the marker may belong to an open list although it is not the next: a number was left out, or stands twice.
    pub(super) fn skips(&self, marker: &Marker<'_>) -> bool {
        self.levels
            .iter()
            .any(|level| step(level, marker).is_some_and(|step| self.counts(marker, step)))
    }

    /// Whether a number that lies `step` above the last one belongs to the same list. A list may be out of order, but what
    /// starts at 1 again is another list, and so may be what comes after other text.
    fn counts(&self, marker: &Marker<'_>, step: i64) -> bool {
        if self.interrupted {
            (0..=3).contains(&step) && marker.ordinal > 1
        } else {
            step > 0 || marker.ordinal > 1
        }
    }

    /// The item that text in a paragraph of marked-up text begins, where its author typed the marker by hand; and the bytes
    /// of the marker. `indent` counts columns as for [`Lists::place`].
    pub(super) fn typed_item(&mut self, content: &str, indent: usize) -> Option<(ListItem, usize)> {
        let marker = marker(content).filter(|marker| self.is_typed(marker, content))?;
        let (list, depth) = self.place(&marker, indent);
        let number = marker.number.to_owned();
        Some((
            ListItem {
                list,
                depth,
                number,
                counted: None,
            },
            marker.len,
        ))
    }

    /// Whether a marker in a paragraph of marked-up text begins an item.
    pub(super) fn is_typed(&self, marker: &Marker<'_>, content: &str) -> bool {
        let text = content.get(marker.len..).unwrap_or_default();
        if text.is_empty() {
            return false;
        }
        match marker.style {
            // A long dash stands before who said something, a minus before a number.
            Style::Bullet(bullet) => {
                bullet != '—' && (bullet != '−' || text.starts_with(char::is_alphabetic))
            }
            Style::Upper(closing) => closing != Closing::Stop,
            Style::Decimal(Closing::Gap) | Style::Lower(Closing::Gap) => false,
            Style::Decimal(_) | Style::Lower(_) | Style::Roman(_) => {
                marker.is_first() || self.skips(marker)
            }
            Style::Prefixed(_) | Style::Sections(_) => {
                !marker.bare || text.starts_with(char::is_uppercase) && ends_sentence(text)
            }
        }
    }

    /// List and depth of an item whose marker stands `indent` columns from the margin.
    pub(super) fn place(&mut self, marker: &Marker<'_>, indent: usize) -> (u32, u8) {
        if let Some(at) = self.level_of(marker, indent) {
            self.levels.truncate(at + 1);
            if let Some(level) = self.levels.last_mut() {
                level.last = ordinal_in(level.style, marker);
                level.indent = indent;
            }
        } else {
            self.open(marker, indent);
        }
        self.interrupted = false;
        let depth = self.levels.len().saturating_sub(1);
        let list = self.levels.last().map_or(0, |level| level.list);
        (list, u8::try_from(depth).unwrap_or(u8::MAX))
    }

    /// The open list that an item goes on with.
    fn level_of(&self, marker: &Marker<'_>, indent: usize) -> Option<usize> {
        let near = |level: &Level| level.indent.abs_diff(indent) <= 1;
        let beside = self.levels.iter().rposition(|level| {
            near(level)
                && match marker.style {
                    Style::Bullet(_) => level.style == marker.style,
                    _ => step(level, marker).is_some_and(|step| self.counts(marker, step)),
                }
        });
        beside.or_else(|| {
            self.levels.iter().rposition(|level| {
                step(level, marker)
                    .is_some_and(|step| step == 1 || self.interrupted && self.counts(marker, step))
            })
        })
    }

    fn open(&mut self, marker: &Marker<'_>, indent: usize) {
        let nested = !self.interrupted
            && self.levels.last().is_some_and(|top| {
                indent > top.indent + 1 || nests(top.style, marker, indent == top.indent)
            });
        if nested {
            self.levels.truncate(MAX_DEPTH - 1);
        } else if self.interrupted {
            self.levels.clear();
        } else {
            while self
                .levels
                .last()
                .is_some_and(|top| indent <= top.indent + 1)
            {
                self.levels.pop();
            }
        }
        let style = match marker.roman {
            Some(1) => as_roman(marker.style),
            _ => marker.style,
        };
        self.levels.push(Level {
            list: self.next,
            style,
            indent,
            last: ordinal_in(style, marker),
        });
        self.next += 1;
    }
}

/// Whether a marker of another style begins a list inside the item above it although it is not indented: `1.` then `(a)`.
fn nests(top: Style, marker: &Marker<'_>, flush: bool) -> bool {
    flush
        && match marker.style {
            Style::Bullet(bullet) => match top {
                Style::Bullet(above) => !is_second(above) && is_second(bullet),
                _ => true,
            },
            Style::Lower(_) | Style::Roman(_) => {
                !matches!(top, Style::Bullet(_)) && (marker.ordinal == 1 || marker.roman == Some(1))
            }
            _ => false,
        }
}

/// Whether a bullet is one that word processors put on the second level.
fn is_second(bullet: char) -> bool {
    matches!(bullet, 'o' | '◦' | '○' | '–' | '▪' | '▫') || is_punctuation(bullet)
}

fn as_roman(style: Style) -> Style {
    match style {
        Style::Lower(closing) => Style::Roman(closing),
        other => other,
    }
}

fn ordinal_in(style: Style, marker: &Marker<'_>) -> u32 {
    match style {
        Style::Roman(_) => marker.roman.unwrap_or(marker.ordinal),
        _ => marker.ordinal,
    }
}

/// By how much the number is higher than the last one of the list, where the markers are of one sort.
fn step(level: &Level, marker: &Marker<'_>) -> Option<i64> {
    let same = level.style == marker.style
        || marker.roman.is_some() && level.style == as_roman(marker.style);
    if !same || matches!(marker.style, Style::Bullet(_)) {
        return None;
    }
    Some(i64::from(ordinal_in(level.style, marker)) - i64::from(level.last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<(&str, u32, &str)>) {
        let found = marker(line).map(|marker| {
            (
                marker.number,
                marker.ordinal,
                line.get(marker.len..).expect("a boundary"),
            )
        });
        assert_eq!(found, expected, "{line:?}");
    }

    #[test]
    fn markers_are_read() {
        check("- text", Some(("", 0, "text")));
        check("•text", Some(("", 0, "text")));
        check("\u{f0b7} text", Some(("", 0, "text")));
        check("•", Some(("", 0, "")));
        check("12.", Some(("12", 12, "")));
        check("o  text", Some(("", 0, "text")));
        check("12. Text", Some(("12", 12, "Text")));
        check("3) Text", Some(("3", 3, "Text")));
        check("(a) Text", Some(("a", 1, "Text")));
        check("iv. Text", Some(("iv", 4, "Text")));
        check("R3. Text", Some(("R3", 3, "Text")));
        check("R3 Text", Some(("R3", 3, "Text")));
        check("R3: Text", Some(("R3", 3, "Text")));
        check("S4   Text", Some(("S4", 4, "Text")));
        check("4\tText", Some(("4", 4, "Text")));
        check("a   text", Some(("a", 1, "text")));
        check("◼ text", Some(("", 0, "text")));
        check("1.2 Text", Some(("1.2", 2, "Text")));
        check("1.2. Text", Some(("1.2", 2, "Text")));
    }

    #[test]
    fn other_starts_of_lines_are_no_markers() {
        check("-text", None);
        check("o text", None);
        check("12 homes", None);
        check("1.4", None);
        check("2017. Then", None);
        check("Recommendation 3: text", None);
        check("Order 4. text", None);
        check("e.g. this", None);
        check("did.", None);
        check("9.30", None);
        check("1: text", None);
        check("B2 text", None);
        check("A  text", None);
        check("▲ up", None);
        check("(see below)", None);
        check("did. Then", None);
    }

    #[track_caller]
    fn check_lists(items: &[(&str, usize)], expected: &[(u32, u8)]) {
        let mut lists = Lists::default();
        let mut found = Vec::new();
        for &(line, indent) in items {
            match marker(line) {
                Some(marker) => found.push(lists.place(&marker, indent)),
                None => lists.interrupt(),
            }
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn items_find_their_list() {
        check_lists(&[("1. a", 0), ("2. b", 0)], &[(0, 0), (0, 0)]);
        check_lists(
            &[("1. a", 0), ("Answer", 0), ("2. b", 0)],
            &[(0, 0), (0, 0)],
        );
        check_lists(
            &[("1. a", 0), ("Answer", 0), ("1. b", 0)],
            &[(0, 0), (1, 0)],
        );
        check_lists(&[("- a", 0), ("Text", 0), ("- b", 0)], &[(0, 0), (1, 0)]);
        check_lists(
            &[("1. a", 0), ("- b", 3), ("2. c", 0)],
            &[(0, 0), (1, 1), (0, 0)],
        );
        check_lists(
            &[("1. a", 0), ("(a) b", 0), ("(b) c", 0), ("2. d", 0)],
            &[(0, 0), (1, 1), (1, 1), (0, 0)],
        );
        check_lists(
            &[("1. a", 0), ("2. b", 0), ("2. c", 0), ("3. d", 0)],
            &[(0, 0), (0, 0), (0, 0), (0, 0)],
        );
        check_lists(
            &[
                ("1. a", 0),
                ("1. b", 4),
                ("2. c", 4),
                ("2. d", 0),
                ("1. e", 0),
            ],
            &[(0, 0), (1, 1), (1, 1), (0, 0), (2, 0)],
        );
        check_lists(&[("h. a", 0), ("i. b", 0)], &[(0, 0), (0, 0)]);
        check_lists(
            &[("i. a", 0), ("ii. b", 0), ("v. c", 0)],
            &[(0, 0), (0, 0), (0, 0)],
        );
        check_lists(&[("- a", 0), ("* b", 0)], &[(0, 0), (1, 0)]);
    }
}
