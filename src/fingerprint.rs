//! What makes a problem the same in another run, although the lines above it were changed.

use std::fmt;

use crate::{
    diagnostic::{Diagnostic, Label},
    source::{CONTEXT, SourceFile, Sources},
    span::Span,
};

/// Told in every fingerprint, and raised when they are made in another way.
const VERSION: &str = "1";
/// Words on either side of a place that belong to it.
const CONTEXT_WORDS: usize = 4;

/// 128 bits that stand for a rule, the values that it compared and the words around them; shown as 32 hexadecimal digits.
///
/// Neither lines nor paths enter it, and of the wording of a message only the words with digits do, so that it outlives text
/// added elsewhere, a file that is moved, and a message that is put better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// The fingerprint of a problem.
    pub fn of(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let values = diagnostic.message.split_whitespace();
        let values = values.filter(|word| word.contains(|c: char| c.is_ascii_digit()));
        let print = Self::EMPTY.and([VERSION, &diagnostic.code]).and(values);
        diagnostic
            .labels
            .iter()
            .fold(print, |print, label| match sources.get(label.source) {
                Some(file) => print.and_place(file, label),
                None => print,
            })
    }

    /// The fingerprint of the `number`th problem of this fingerprint in the file of this name: no other problem of the run has
    /// it.
    #[must_use]
    pub fn in_file(self, path: &str, number: usize) -> Self {
        self.and([path, &number.to_string()])
    }

    /// The offset basis of FNV-1a with 128 bits.
    ///
    /// Source: RFC 9923, "The FNV Non-Cryptographic Hash Algorithm".
    const EMPTY: Self = Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
    /// The prime of FNV-1a with 128 bits, from the same source.
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

    /// Adds words, in their order.
    fn and<'a>(self, words: impl IntoIterator<Item = &'a str>) -> Self {
        let add = |hash: u128, byte: u8| (hash ^ u128::from(byte)).wrapping_mul(Self::PRIME);
        // No byte of a UTF-8 text is 255, so that two words are not taken for one.
        let bytes = |word: &'a str| word.bytes().chain([u8::MAX]);
        Self(words.into_iter().flat_map(bytes).fold(self.0, add))
    }

    /// Adds what stands at a place, and the words around it in its paragraph.
    fn and_place(self, file: &SourceFile, label: &Label) -> Self {
        let span = label.span;
        let start = file.floor_char_boundary(span.start.saturating_sub(CONTEXT));
        let end = file.ceil_char_boundary(span.end.saturating_add(CONTEXT));
        let before = file.text_of(Span::new(start, span.start));
        let after = file.text_of(Span::new(span.end, end));
        let before = before.rsplit("\n\n").next().unwrap_or_default();
        let after = after.split("\n\n").next().unwrap_or_default();
        // The word at the edge of what was looked at may be cut; it is one of many, or there is no context at all.
        let mut last: Vec<_> = before
            .split_whitespace()
            .rev()
            .take(CONTEXT_WORDS)
            .collect();
        last.reverse();
        self.and(last)
            .and([""])
            .and(file.text_of(span).split_whitespace())
            .and([""])
            .and(after.split_whitespace().take(CONTEXT_WORDS))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:032x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fingerprint of a problem of rule `rule` that says `message` and points to `place` in `text`.
    fn print(rule: &str, message: &str, text: &str, place: &str) -> Fingerprint {
        let mut sources = Sources::new();
        let start = text.find(place).expect("in the text");
        let id = sources.add(SourceFile::new("a.md", text));
        let span = Span::new(start, start + place.len());
        let diagnostic = Diagnostic::error(rule, message).at(id, span, "a label");
        Fingerprint::of(&diagnostic, &sources)
    }

    const TEXT: &str =
        "# Care\n\nThere are four wards, and\nit rose from 40% to 46% by the end of the year.";

    #[track_caller]
    fn check(text: &str, message: &str, same: bool) {
        let first = print("rule-a", "46 is 6 more", TEXT, "40% to 46%");
        let place = if text.contains("40% to 46%") {
            "40% to 46%"
        } else {
            "40%"
        };
        assert_eq!(
            print("rule-a", message, text, place) == first,
            same,
            "{text}"
        );
    }

    #[test]
    fn lines_and_wording_do_not_matter() {
        check(TEXT, "46 is 6 more", true);
        check(&format!("New.\n\n{TEXT}\n\nNew."), "46 is 6 more", true);
        check(
            &TEXT.replace("and\nit rose", "and it\nrose"),
            "46 is 6 more",
            true,
        );
        check(TEXT, "46 lies 6 higher", true);
    }

    #[test]
    fn values_and_context_do() {
        check(TEXT, "46 is 7 more", false);
        check(&TEXT.replace("46%", "47%"), "46 is 6 more", false);
        check(&TEXT.replace("it rose", "it fell"), "46 is 6 more", false);
        check(
            &TEXT.replace("by the end", "at the end"),
            "46 is 6 more",
            false,
        );
        let first = print("rule-a", "m", TEXT, "40%");
        assert_ne!(print("rule-b", "m", TEXT, "40%"), first);
    }

    #[test]
    fn a_number_tells_the_same_apart() {
        let first = print("rule-a", "m", TEXT, "40%");
        assert_eq!(first.to_string().len(), 32);
        assert_ne!(first.in_file("a.md", 1), first.in_file("a.md", 2));
        assert_ne!(first.in_file("a.md", 1), first.in_file("b.md", 1));
    }

    #[test]
    fn the_hash_is_the_published_one() {
        // FNV-1a of the letter "a" with 128 bits, before the byte that ends a word.
        let a = (Fingerprint::EMPTY.0 ^ u128::from(b'a')).wrapping_mul(Fingerprint::PRIME);
        assert_eq!(format!("{a:032x}"), "d228cb696f1a8caf78912b704e4a8964");
    }
}
