//! Words around a fact, as rules ask for them: in its sentence, right before it, right after it.

use std::borrow::Cow;

use memchr::memmem;

use crate::value::{is_tidy, tidy, tidy_char};

/// Where words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// Anywhere in the sentence.
    Within,
    /// Anywhere in the sentence behind the fact.
    Behind,
    /// Anywhere in the paragraph.
    Block,
    /// Right before the fact.
    Before,
    /// Right after the fact.
    After,
}

/// The words of a sentence or paragraph, ready to be looked through many times.
#[derive(Debug)]
pub(super) struct Wording {
    /// In lower case, with white space and apostrophes made plain.
    text: Box<str>,
    /// With which pairs of bytes words begin, one bit for several pairs: most words that are looked for do not stand here, and
    /// this says so at once.
    starts: u128,
}

impl Wording {
    pub(super) fn new(text: &str) -> Self {
        let text = plain(text).into_owned().into_boxed_str();
        let mut starts = 0;
        let mut inner = false;
        for pair in text.as_bytes().windows(2) {
            let &[first, second] = pair else { continue };
            let is_letter = first.is_ascii_alphanumeric();
            if !(inner && is_letter) {
                starts |= start_bit(first, second);
            }
            inner = is_letter;
        }
        Self { text, starts }
    }

    /// Whether words stand here that neither start nor end within a longer word.
    pub(super) fn has(&self, words: &str) -> bool {
        let words = &*plain(words);
        let may_start = match words.as_bytes() {
            [] => return false,
            [first, second, ..] => self.starts & start_bit(*first, *second) != 0,
            [_] => true,
        };
        let stands = |at: usize| {
            let (before, after) = (self.text.get(..at), self.text.get(at + words.len()..));
            apart(before, words, after)
        };
        may_start && memmem::find_iter(self.text.as_bytes(), words).any(stands)
    }
}

/// The bit for words that begin with two bytes.
const fn start_bit(first: u8, second: u8) -> u128 {
    1 << (first.wrapping_mul(31).wrapping_add(second.wrapping_mul(7)) & 127)
}

/// Whether `text` starts with one of `wanted`, words or phrases in any case, white space before it aside.
pub(super) fn starts_with_one<'a>(text: &str, mut wanted: impl Iterator<Item = &'a str>) -> bool {
    let text = text.trim_start();
    wanted.any(|words| leads(folded(text.chars()), plain(words).chars()))
}

/// Whether `text` ends with one of `wanted`, words or phrases in any case, white space behind it aside.
pub(super) fn ends_with_one<'a>(text: &str, mut wanted: impl Iterator<Item = &'a str>) -> bool {
    let text = text.trim_end();
    wanted.any(|words| leads(folded(text.chars().rev()), plain(words).chars().rev()))
}

/// Whether a text begins with words that do not end within a longer one, both read in the same direction. There are words.
fn leads(mut text: impl Iterator<Item = char>, words: impl Iterator<Item = char>) -> bool {
    let mut last = None;
    for c in words {
        if text.next() != Some(c) {
            return false;
        }
        last = Some(c);
    }
    let inner = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    last.is_some() && !(inner(last) && inner(text.next()))
}

/// The characters of a text as [`plain`] makes them, from either end of it.
fn folded(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut chars = chars.peekable();
    std::iter::from_fn(move || {
        let c = chars.next()?;
        if c.is_whitespace() {
            while chars.next_if(|next| next.is_whitespace()).is_some() {}
            return Some(' ');
        }
        let c = tidy_char(c);
        Some(c.to_lowercase().next().unwrap_or(c))
    })
}

/// Lower case, with white space and apostrophes made plain; as it is where it is so already.
fn plain(text: &str) -> Cow<'_, str> {
    if is_tidy(text) && !text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(tidy(text).to_lowercase())
    }
}

/// Whether the words neither start nor end within a longer word.
fn apart(before: Option<&str>, words: &str, after: Option<&str>) -> bool {
    let inner = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = before.and_then(|text| text.chars().next_back());
    let after = after.and_then(|text| text.chars().next());
    !(inner(before) && inner(words.chars().next())
        || inner(after) && inner(words.chars().next_back()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, fact: &str, place: Where, wanted: &[&str], expected: bool) {
        let (before, after) = text.split_once(fact).expect("the fact");
        let mut wanted_here = wanted.iter().copied();
        let found = match place {
            Where::Within | Where::Block => {
                let wording = Wording::new(text);
                wanted_here.any(|words| wording.has(words))
            }
            Where::Behind => {
                let wording = Wording::new(after);
                wanted_here.any(|words| wording.has(words))
            }
            Where::Before => ends_with_one(before, wanted_here),
            Where::After => starts_with_one(after, wanted_here),
        };
        assert_eq!(found, expected, "{wanted:?} in {text:?}");
    }

    #[test]
    fn words_stand_in_their_place() {
        let text = "Of the 40 files, about\nhalf the board’s own were late.";
        check(text, "40", Where::Within, &["board's own"], true);
        check(text, "40", Where::Within, &["About half"], true);
        check(text, "40", Where::Within, &["file", "hal"], false);
        check(text, "40", Where::Within, &["lf", ",", "s,"], true);
        check(text, "40", Where::Within, &["lf", "s,", "y"], false);
        check(
            "A “good” team – and kind.",
            "A",
            Where::Within,
            &["good"],
            true,
        );
        check(
            "A “good” team– and kind.",
            "A",
            Where::Within,
            &["– and"],
            true,
        );
        check("A “good” team", "A", Where::After, &["“Good”  TEAM"], true);
        check(text, "half", Where::Behind, &["board's own"], true);
        check(text, "half", Where::Behind, &["about", "half"], false);
        check(text, "40", Where::Before, &["the"], true);
        check(text, "40", Where::Before, &["of the"], true);
        check(text, "40", Where::Before, &["he"], false);
        check(text, "40", Where::Before, &[""], false);
        check(text, "40", Where::After, &["files"], true);
        check(text, "40", Where::After, &["file"], false);
        check(text, "files", Where::After, &[","], true);
        check("Of 40 (all) files.", "40", Where::Within, &["("], true);
    }
}
