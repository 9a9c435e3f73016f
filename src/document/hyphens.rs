//! Words that a line end cuts in two.

use rustc_hash::FxHashMap;

use super::lines::Line;
use crate::span::text_at;

/// How the last word of a line goes on in the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// It does not.
    Apart,
    /// The word was cut and the hyphen is not its own.
    WithoutHyphen,
    /// The word was cut at its own hyphen.
    WithHyphen,
}

/// Words cut at line ends, with what to do about their hyphen.
#[derive(Debug, Default)]
pub(super) struct Hyphens {
    /// Words as they stand elsewhere in the document: with their hyphen.
    kept: FxHashMap<String, bool>,
}

impl Hyphens {
    pub(super) fn new(text: &str, lines: &[Line]) -> Self {
        let mut kept: FxHashMap<String, bool> = FxHashMap::default();
        for pair in lines.windows(2) {
            let [line, next] = pair else { continue };
            if let Some((left, right)) =
                cut_word(text_at(text, line.span), text_at(text, next.span))
            {
                kept.insert(format!("{left}-{right}").to_lowercase(), false);
            }
        }
        if !kept.is_empty() {
            for word in text.split(|c: char| !(c.is_alphanumeric() || is_hyphen(c))) {
                if word.contains('-')
                    && word.len() < 64
                    && let Some(kept) = kept.get_mut(&word.to_lowercase())
                {
                    *kept = true;
                }
            }
        }
        Self { kept }
    }

    pub(super) fn joint(&self, line: &str, next: &str) -> Joint {
        if line.ends_with('\u{ad}') {
            return Joint::WithoutHyphen;
        }
        let Some((left, right)) = cut_word(line, next) else {
            return Joint::Apart;
        };
        let compound = left.contains('-')
            || ["non", "self", "well", "ex", "half", "cross"]
                .iter()
                .any(|prefix| left.eq_ignore_ascii_case(prefix))
            || self.kept.get(&format!("{left}-{right}").to_lowercase()) == Some(&true);
        if compound {
            Joint::WithHyphen
        } else {
            Joint::WithoutHyphen
        }
    }
}

pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '\u{ad}')
}

/// The two parts of a word that a line end cuts: letters and a hyphen, then small letters.
pub(super) fn cut_word<'t>(line: &'t str, next: &'t str) -> Option<(&'t str, &'t str)> {
    let left = line.strip_suffix(is_hyphen)?;
    let start = left
        .char_indices()
        .rev()
        .take(40)
        .take_while(|&(_, c)| c.is_alphabetic() || is_hyphen(c))
        .last()?
        .0;
    let left = left.get(start..)?;
    let right = next.split(|c: char| !c.is_alphabetic()).next()?;
    (left.ends_with(char::is_alphabetic)
        && right.starts_with(char::is_lowercase)
        && right.len() < 40)
        .then_some((left, right))
}
