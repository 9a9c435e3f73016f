//! Sets of words that are told apart by a bit each, to pass over at once what lacks a word.

use std::borrow::Cow;

/// A word as a small number, whatever its case and its apostrophes: two words of one number are the same, or rarely two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct WordHash(u16);

impl WordHash {
    /// The number of a word.
    pub fn of(word: &str) -> Self {
        if word.is_ascii() {
            Self::of_bytes(word.as_bytes())
        } else {
            Self::of_bytes(fold(word).as_bytes())
        }
    }

    /// FNV-1a (RFC 9923) with 32 bits, folded to 16; the bit that tells large letters of ASCII from small ones is set in all.
    fn of_bytes(bytes: &[u8]) -> Self {
        let hash = bytes.iter().fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(byte | 0x20)).wrapping_mul(0x0100_0193)
        });
        let [a, b, c, d] = hash.to_le_bytes();
        Self(u16::from_le_bytes([a ^ c, b ^ d]))
    }
}

/// Which words may stand somewhere, as bits: a word that has no bit does not, one that has may (a Bloom filter).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words(u128);

impl Words {
    /// With one more word.
    #[must_use]
    pub const fn with(self, word: WordHash) -> Self {
        Self(self.0 | Self::bit(word))
    }

    /// Whether a word may be among these.
    pub const fn has(self, word: WordHash) -> bool {
        self.0 & Self::bit(word) != 0
    }

    /// Whether all words of the other set may be among these.
    pub const fn hold(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    const fn bit(word: WordHash) -> u128 {
        1 << (word.0 % 128)
    }
}

/// Lower case with straight apostrophes; borrowed where it is so already.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.to_lowercase().replace('’', "'"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_keeps_its_number_whatever_its_case_and_apostrophe() {
        let pairs = [
            ("Rated", "rated"),
            ("Élève", "élève"),
            ("court’s", "Court's"),
            ("WELL-LED", "well-led"),
        ];
        for (one, other) in pairs {
            assert_eq!(WordHash::of(one), WordHash::of(other), "{one} and {other}");
        }
        assert_ne!(WordHash::of("rated"), WordHash::of("rates"));
    }

    #[test]
    fn a_set_holds_what_was_put_in() {
        let words = ["rated", "found", "today", "breach"].map(WordHash::of);
        let set = words.into_iter().fold(Words::default(), Words::with);
        assert!(words.into_iter().all(|word| set.has(word)));
        let one = Words::default().with(WordHash::of("today"));
        assert!(set.hold(one) && !one.hold(set));
    }
}
