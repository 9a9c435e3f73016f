//! Two wordings of one thing: where they part.

use rustc_hash::FxHashSet;

use crate::value::{Label, Value};

/// Sentences of a text that are compared at most: the time is the product of their numbers.
const MOST_SENTENCES: usize = 60;

/// Fewest words of a sentence that two texts may share: shorter ones are alike by chance.
const FEWEST_WORDS: usize = 6;

/// Most words of a sentence that is compared: the time is the product of their numbers.
const MOST_WORDS: usize = 100;

/// The words that one text has and the other lacks, by their stems, in the order of the texts; small words do not count.
pub(super) fn changed_words(a: &str, b: &str) -> Value {
    let [x, y] = [a, b].map(stems);
    let differing = |own: &[(String, String)], other: &[(String, String)]| {
        let known: FxHashSet<&str> = other.iter().map(|(stem, _)| &**stem).collect();
        let mut seen = FxHashSet::default();
        own.iter()
            .filter(|(stem, _)| !known.contains(&**stem) && seen.insert(stem.clone()))
            .map(|(_, word)| Value::text(word))
            .collect::<Vec<_>>()
    };
    let mut found = differing(&x, &y);
    found.extend(differing(&y, &x));
    Value::list(found)
}

/// The sentences of the first text that the second has with a word or two put otherwise, dropped or added.
pub(super) fn reworded(a: &str, b: &str) -> Value {
    let theirs: Vec<_> = sentences(b).collect();
    let exact: FxHashSet<&[String]> = theirs.iter().map(|(words, _)| &**words).collect();
    let near = |words: &[String]| {
        theirs.iter().any(|(other, _)| {
            let changed = strsim::generic_damerau_levenshtein(words, other);
            changed > 0 && changed <= 2 && changed * 5 <= words.len()
        })
    };
    Value::list(
        sentences(a)
            .filter(|(words, _)| !exact.contains(&**words) && near(words))
            .map(|(_, text)| Value::text(text)),
    )
}

/// The sentences of a text that are long enough, each with its words in lower case.
fn sentences(text: &str) -> impl Iterator<Item = (Vec<String>, &str)> {
    text.split_inclusive(['.', '!', '?'])
        .map(|sentence| {
            let words = sentence.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
            let words: Vec<String> = words
                .filter(|word| !word.is_empty())
                .map(|word| word.to_lowercase().replace('’', "'"))
                .collect();
            (words, sentence.trim())
        })
        .filter(|(words, _)| (FEWEST_WORDS..=MOST_WORDS).contains(&words.len()))
        .take(MOST_SENTENCES)
}

/// The words of a text that carry meaning, with their stems.
fn stems(text: &str) -> Vec<(String, String)> {
    text.split(|c: char| !c.is_alphanumeric())
        .map(|word| (Label::new(word).key().to_owned(), word.to_owned()))
        .filter(|(stem, _)| !stem.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: &Value) -> String {
        match value {
            Value::List(values) => values
                .iter()
                .map(|value| value.as_words().unwrap_or_default().to_owned())
                .collect::<Vec<_>>()
                .join(" | "),
            _ => String::new(),
        }
    }

    #[test]
    fn words_that_only_one_text_has() {
        for (a, b, expected) in [
            ("Reduce delays by half", "Reducing the delay", "half"),
            ("Files must be kept", "Files must not be kept", "not"),
            ("Train 3 clerks", "Train 5 clerks", "3 | 5"),
            ("Answer letters", "answering the letter", ""),
        ] {
            assert_eq!(shown(&changed_words(a, b)), expected, "{a} and {b}");
        }
    }

    #[test]
    fn sentences_with_a_word_put_otherwise() {
        let said = "We are proud of what the teams have done. It was hard.";
        for (other, expected) in [
            (
                "We are glad of what the teams have done.",
                "We are proud of what the teams have done.",
            ),
            ("We are proud of what the teams have done!", ""),
            ("The teams are proud.", ""),
            ("It was easy.", ""),
        ] {
            assert_eq!(shown(&reworded(said, other)), expected, "{other}");
        }
    }
}
