//! Character clean-up: what readers of every format do to the characters they copy.
//!
//! | in the file | in the clean text |
//! |---|---|
//! | no-break and other fixed spaces, tabs | a space |
//! | soft hyphens, zero-width characters, byte order marks, control characters | nothing |
//! | ligatures `ﬀ` to `ﬆ` (U+FB00 to U+FB06) | their letters |
//!
//! Quotation marks, dashes and everything else are kept as they are.

use super::TextBuilder;
use crate::span::Span;

/// Copies `text`, which stands at byte `source` of the author's file, and cleans its characters.
pub(super) fn copy(builder: &mut TextBuilder, text: &str, source: usize) {
    let mut copied = 0;
    let mut at = 0;
    while let Some(next) = next_special(text, at) {
        let Some(c) = text.get(next..).and_then(|rest| rest.chars().next()) else {
            break;
        };
        let end = next + c.len_utf8();
        if let Some(instead) = replacement(c) {
            builder.copy(text.get(copied..next).unwrap_or_default(), source + copied);
            builder.replace(instead, Span::new(source + next, source + end));
            copied = end;
        }
        at = end;
    }
    builder.copy(text.get(copied..).unwrap_or_default(), source + copied);
}

/// A copy of `text` with its characters cleaned.
pub(super) fn cleaned(text: &str) -> String {
    let mut builder = TextBuilder::new();
    copy(&mut builder, text, 0);
    builder.finish().0
}

/// Whether a character leaves no trace in the clean text.
pub(super) fn is_invisible(c: char) -> bool {
    replacement(c) == Some("")
}

/// What stands in the clean text for a character that is not copied.
fn replacement(c: char) -> Option<&'static str> {
    match c {
        '\n' => None,
        '\t'
        | '\u{85}'
        | '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}' => Some(" "),
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => Some(""),
        'ﬀ' => Some("ff"),
        'ﬁ' => Some("fi"),
        'ﬂ' => Some("fl"),
        'ﬃ' => Some("ffi"),
        'ﬄ' => Some("ffl"),
        'ﬅ' | 'ﬆ' => Some("st"),
        _ => None,
    }
}

/// The first byte from `at` on that may begin a character with a replacement.
fn next_special(text: &str, at: usize) -> Option<usize> {
    let rest = text.as_bytes().get(at..)?;
    rest.iter()
        .position(|&byte| SPECIAL.get(usize::from(byte)) == Some(&true))
        .map(|found| at + found)
}

/// Bytes that may begin a character with a replacement: control characters, and first bytes of the blocks they stand in.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < special.len() {
        special[byte] = byte < 0x20 || matches!(byte, 0x7f | 0xc2 | 0xe1..=0xe3 | 0xef);
        byte += 1;
    }
    special
};

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut builder = TextBuilder::new();
        copy(&mut builder, text, 0);
        assert_eq!(builder.finish().0, expected);
    }

    #[test]
    fn characters_are_cleaned() {
        check("plain “text” – kept", "plain “text” – kept");
        check("£5\u{a0}million a\tb", "£5 million a b");
        check("\u{feff}in\u{ad}spec\u{200b}tor\u{7}", "inspector");
        check("eﬀective oﬃce ﬁnd", "effective office find");
        check("", "");
    }

    #[test]
    fn cleaned_characters_lead_back() {
        let source = "a ﬁne\u{a0}day";
        let mut builder = TextBuilder::new();
        copy(&mut builder, source, 0);
        let (text, map) = builder.finish();
        assert_eq!(text, "a fine day");
        let back = map.to_source(Span::new(2, 6));
        assert_eq!(source.get(back.range()), Some("ﬁne"));
        let back = map.to_source(Span::new(7, 10));
        assert_eq!(source.get(back.range()), Some("day"));
    }
}
