//! Functions of texts and names.

use rust_decimal::Decimal;

use crate::value::{Label, Number, Value};

/// The longest text that is compared letter by letter, in characters: the time is the product of the lengths.
const LONGEST_EDITED: usize = 200;

/// What the wording of the one argument comes to.
pub(super) fn of_words<T: Into<Value>>(values: &[Value], function: fn(&str) -> T) -> Value {
    let words = values.first().and_then(Value::as_words);
    words.map(function).into()
}

/// What the wordings of two arguments come to.
pub(super) fn of_both<T: Into<Value>>(values: &[Value], function: fn(&str, &str) -> T) -> Value {
    match values {
        [a, b] => a
            .as_words()
            .zip(b.as_words())
            .map(|(a, b)| function(a, b))
            .into(),
        _ => Value::Unknown,
    }
}

pub(super) fn number(words: &str) -> Option<Number> {
    let is_plain = words
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number = Decimal::from_str_exact(words).ok();
    number.filter(|_| is_plain).map(Number::exact)
}

pub(super) fn count(words: &str) -> Number {
    words.split_whitespace().count().into()
}

pub(super) fn letters(text: &str) -> Number {
    text.chars().filter(|c| c.is_alphanumeric()).count().into()
}

pub(super) fn anagram(a: &str, b: &str) -> bool {
    let [mut x, mut y] = [a, b].map(|text| text.chars().collect::<Vec<char>>());
    x.sort_unstable();
    y.sort_unstable();
    a != b && x == y
}

/// Whether the whole text fits a pattern of characters, `?` and `*`. Goes back to the last `*` only, so that the time is at
/// most the product of the lengths.
pub(super) fn glob(text: &str, pattern: &str) -> bool {
    let [text, pattern] = [text, pattern].map(|text| text.chars().collect::<Vec<char>>());
    let (mut at, mut place) = (0, 0);
    let mut star = None;
    while let Some(c) = text.get(at) {
        match pattern.get(place) {
            Some('*') => {
                star = Some((place, at));
                place += 1;
            }
            Some(wanted) if *wanted == '?' || wanted == c => {
                at += 1;
                place += 1;
            }
            _ => {
                let Some((star_place, star_at)) = star else {
                    return false;
                };
                star = Some((star_place, star_at + 1));
                at = star_at + 1;
                place = star_place + 1;
            }
        }
    }
    pattern.iter().skip(place).all(|c| *c == '*')
}

pub(super) fn edit_distance(a: &str, b: &str) -> Option<Number> {
    let fits = |words: &str| words.chars().count() <= LONGEST_EDITED;
    (fits(a) && fits(b)).then(|| strsim::osa_distance(a, b).into())
}

pub(super) fn similarity(values: &[Value]) -> Value {
    let label = |value: &Value| match value {
        Value::Label(label) => Some(label.clone()),
        other => other.as_words().map(Label::new),
    };
    let labels: Option<Vec<Label>> = values.iter().map(label).collect();
    match labels.as_deref() {
        Some([a, b]) => Decimal::from_f64_retain(a.similarity(b))
            .map(|share| Number::exact(share.round_dp(4).normalize()))
            .into(),
        _ => Value::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (text, pattern, fits) in [
            ("annex C", "annex ?", true),
            ("annex", "annex ?", false),
            ("recommendation 12", "*12", true),
            ("recommendation 12", "rec*1*", true),
            ("recommendation", "rec*x", false),
            ("aaa", "*a*a*a*a", false),
            ("", "*", true),
            ("é", "?", true),
        ] {
            assert_eq!(glob(text, pattern), fits, "{text} and {pattern}");
        }
    }

    #[test]
    fn numbers_written_as_text() {
        for (text, is_number) in [
            ("12", true),
            ("4.5", true),
            ("1.", true),
            ("IV", false),
            ("-3", false),
            ("", false),
        ] {
            assert_eq!(number(text).is_some(), is_number, "{text}");
        }
    }

    #[test]
    fn long_texts_are_not_compared_by_letters() {
        assert_eq!(edit_distance("Crown", "Corwn"), Some(1.into()));
        assert_eq!(edit_distance("a", &"b".repeat(201)), None);
    }
}
