//! Text made safe for a terminal.

use std::borrow::Cow;

/// `text` on one line: line ends and tabs become spaces; other control characters, and those that turn the direction of
/// writing, become `U+FFFD`, so that no document can steer the terminal that shows it.
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| shown(c) != c) {
        Cow::Owned(text.chars().map(shown).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// The character that is shown for `c`.
pub(super) fn shown(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        c if c.is_control() => '\u{FFFD}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_steers_the_terminal() {
        assert_eq!(printable("a “b” é"), "a “b” é");
        assert_eq!(printable("a\tb\r\nc"), "a b  c");
        assert_eq!(
            printable("\u{1b}[31mred\u{202e}"),
            "\u{fffd}[31mred\u{fffd}"
        );
    }
}
