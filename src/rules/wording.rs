//! Words around a fact, as rules ask for them: in its sentence, right before it, right after it.

use crate::{span::Span, value::tidy};

/// Where words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// Anywhere in the sentence.
    Within,
    /// Anywhere in the paragraph.
    Block,
    /// Right before the fact.
    Before,
    /// Right after the fact.
    After,
}

/// Whether one of `wanted`, words or phrases in any case, stands in `sentence` (or paragraph) or, there, next to `fact`.
pub(super) fn stands<'a>(
    text: &str,
    sentence: Span,
    fact: Span,
    place: Where,
    mut wanted: impl Iterator<Item = &'a str>,
) -> bool {
    let around = match place {
        Where::Within | Where::Block => sentence,
        Where::Before => Span::new(sentence.start.min(fact.start), fact.start),
        Where::After => Span::new(fact.end, sentence.end.max(fact.end)),
    };
    let around = plain(text.get(around.range()).unwrap_or_default());
    wanted.any(|words| {
        let words = plain(words);
        match place {
            _ if words.is_empty() => false,
            Where::Within | Where::Block => around
                .match_indices(&words)
                .any(|(at, _)| apart(around.get(..at), &words, around.get(at + words.len()..))),
            Where::Before => around
                .trim_end()
                .strip_suffix(&*words)
                .is_some_and(|before| apart(Some(before), &words, None)),
            Where::After => around
                .trim_start()
                .strip_prefix(&*words)
                .is_some_and(|after| apart(None, &words, Some(after))),
        }
    })
}

/// Lower case, with white space and apostrophes made plain.
fn plain(text: &str) -> String {
    tidy(text).to_lowercase()
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
        let start = text.find(fact).expect("the fact");
        let fact = Span::new(start, start + fact.len());
        let sentence = Span::new(0, text.len());
        let found = stands(text, sentence, fact, place, wanted.iter().copied());
        assert_eq!(found, expected, "{wanted:?} in {text:?}");
    }

    #[test]
    fn words_stand_in_their_place() {
        let text = "Of the 40 files, about\nhalf the board’s own were late.";
        check(text, "40", Where::Within, &["board's own"], true);
        check(text, "40", Where::Within, &["About half"], true);
        check(text, "40", Where::Within, &["file", "hal"], false);
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
