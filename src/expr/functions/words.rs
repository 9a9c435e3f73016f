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

/// One of two texts: the first where the number is one.
pub(super) fn plural(values: &[Value]) -> Value {
    let [number, one, several] = values else {
        return Value::Unknown;
    };
    let number = number.as_number();
    number.map_or(Value::Unknown, |number| {
        if number.value() == Decimal::ONE {
            one.clone()
        } else {
            several.clone()
        }
    })
}

/// A number and its noun: "1 issue", "3 issues".
pub(super) fn counted(values: &[Value]) -> Value {
    let [number, noun] = values else {
        return Value::Unknown;
    };
    let (Some(number), Some(noun)) = (number.as_number(), noun.as_words()) else {
        return Value::Unknown;
    };
    let noun = in_number(noun, number.value() == Decimal::ONE);
    Value::text(&format!("{number} {noun}"))
}

/// Words behind which a noun phrase says more of its noun: "causes of concern".
const LINKS: [&str; 6] = ["of", "for", "in", "to", "that", "with"];

/// Nouns with a plural of their own.
const IRREGULAR: [[&str; 2]; 5] = [
    ["criterion", "criteria"],
    ["child", "children"],
    ["person", "people"],
    ["man", "men"],
    ["woman", "women"],
];

/// A noun phrase in the singular or the plural, by the last word before what says more of it.
fn in_number(phrase: &str, singular: bool) -> String {
    let mut words: Vec<String> = phrase.split_whitespace().map(str::to_owned).collect();
    let link = words.iter().position(|word| LINKS.contains(&&**word));
    let head = link.unwrap_or(words.len()).checked_sub(1);
    if let Some(word) = head.and_then(|head| words.get_mut(head)) {
        *word = if singular {
            to_singular(word)
        } else {
            to_plural(word)
        };
    }
    words.join(" ")
}

/// A word with another ending; `None` where it does not end so.
fn ending(word: &str, from: &str, to: &str) -> Option<String> {
    let stem = word.strip_suffix(from)?;
    Some(format!("{stem}{to}"))
}

fn to_singular(word: &str) -> String {
    let irregular = || {
        let mut known = IRREGULAR.iter();
        known.find_map(|[one, several]| (word == *several).then(|| (*one).to_owned()))
    };
    let stays = ["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    let hissing = || {
        let mut ends = ["ches", "shes", "sses", "xes"].iter();
        ends.find_map(|end| ending(word, end, end.strip_suffix("es")?))
    };
    let regular = || {
        let short = word.len() < 5;
        let y = if short {
            None
        } else {
            ending(word, "ies", "y")
        };
        y.or_else(hissing).or_else(|| ending(word, "s", ""))
    };
    irregular()
        .or_else(|| if stays { None } else { regular() })
        .unwrap_or_else(|| word.to_owned())
}

fn to_plural(word: &str) -> String {
    let mut known = IRREGULAR.iter();
    let irregular = known.find_map(|[one, several]| {
        (word == *one || word == *several).then(|| (*several).to_owned())
    });
    let hissing = ["ss", "ch", "sh", "x"]
        .iter()
        .any(|end| word.ends_with(end));
    let vowel = ["ay", "ey", "oy", "uy"]
        .iter()
        .any(|end| word.ends_with(end));
    irregular.unwrap_or_else(|| match word {
        _ if hissing => format!("{word}es"),
        _ if word.ends_with('s') => word.to_owned(),
        _ if word.ends_with('y') && !vowel => ending(word, "y", "ies").unwrap_or_default(),
        _ => format!("{word}s"),
    })
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
    fn nouns_stand_in_their_number() {
        for (one, several) in [
            ("issue", "issues"),
            ("cause of concern", "causes of concern"),
            ("area for improvement", "areas for improvement"),
            ("key priority", "key priorities"),
            ("criterion", "criteria"),
            ("breach of regulations", "breaches of regulations"),
            ("survey", "surveys"),
            ("class", "classes"),
            ("", ""),
        ] {
            assert_eq!(in_number(several, true), one);
            assert_eq!(in_number(one, true), one);
            assert_eq!(in_number(one, false), several);
            assert_eq!(in_number(several, false), several);
        }
    }

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
