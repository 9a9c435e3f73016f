//! What a line of prose looks like: a heading, a date, a label, a line that goes on.

use super::lines::width;

/// Whether a line ends as a sentence or clause does, closing marks aside.
pub(super) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', ')', ']'])
        .ends_with(['.', '!', '?', ':', ';'])
}

/// Whether a line goes on from the one before: it begins with a small letter.
pub(super) fn starts_small(line: &str) -> bool {
    line.starts_with(char::is_lowercase)
}

/// Words that another one must follow.
pub(super) const FUNCTION_WORDS: &[&str] = &[
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "that",
    "the", "their", "to", "which", "with",
];

pub(super) fn ends_with_function_word(line: &str) -> bool {
    width(line) > 40
        && line
            .rsplit(' ')
            .next()
            .is_some_and(|word| FUNCTION_WORDS.contains(&word))
}

/// Words of a line, counted up to 40.
pub(super) fn word_count(line: &str) -> usize {
    line.split_whitespace().take(40).count()
}

/// Whether a line may be a heading by itself.
pub(super) fn heads(line: &str) -> bool {
    heads_at_start(line) && heads_at_end(line) && !is_dateline(line) && word_count(line) < 30
}

/// A heading begins with a capital, or a number and a capital, and not as a letter begins or ends.
pub(super) fn heads_at_start(line: &str) -> bool {
    let name = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let name = if name.len() < line.len() {
        name.trim_start()
    } else {
        line
    };
    let letter = ["Dear ", "Yours "]
        .iter()
        .any(|start| line.starts_with(start));
    !letter
        && name
            .trim_start_matches(['‘', '“', '\'', '"'])
            .starts_with(char::is_uppercase)
}

/// A heading ends without a stop; a question mark is none. One that is a quotation from start to end is no heading.
pub(super) fn heads_at_end(line: &str) -> bool {
    let quoted = line.starts_with(['“', '"', '‘']);
    let line = if quoted {
        line
    } else {
        line.trim_end_matches(['”', '"', '’'])
    };
    !line.ends_with(['.', '!', ':', ';', ',', '-', '–', '”', '"'])
        && line.contains(char::is_alphabetic)
}

/// Whether all letters are capitals.
pub(super) fn is_capitals(line: &str) -> bool {
    line.chars().filter(|c| c.is_alphabetic()).take(3).count() == 3
        && !line.contains(char::is_lowercase)
}

/// `underline = 3*("=" | "-" | "~" | "_")`, all the same
pub(super) fn is_underline(line: &str) -> bool {
    let Some(first) = line.chars().next() else {
        return false;
    };
    line.len() >= 3 && matches!(first, '=' | '-' | '~' | '_') && line.chars().all(|c| c == first)
}

/// `dateline = *any (number word year | word year | numeric date) *any`, or text that is little more than digits
pub(super) fn is_dateline(line: &str) -> bool {
    if !line.bytes().take(120).any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let words: Vec<&str> = line.split_whitespace().take(13).collect();
    if words.len() > 12 {
        return false;
    }
    let bare = |word: &&str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<String> = words.iter().map(bare).collect();
    let is_year = |word: &String| {
        word.len() == 4
            && (word.starts_with("19") || word.starts_with("20"))
            && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_day = |word: &String| {
        let digits = word.trim_end_matches(char::is_alphabetic);
        (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_name = |word: &String| {
        word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic)
    };
    let full = words.windows(3).any(|three| match three {
        [day, month, year] => {
            is_year(year) && (is_day(day) && is_name(month) || is_name(day) && is_day(month))
        }
        _ => false,
    });
    let month = matches!(words.as_slice(), [month, year] if is_name(month) && is_year(year));
    let numeric = words.iter().any(|word| {
        let parts: Vec<&str> = word.split(['/', '.']).collect();
        parts.len() == 3
            && parts.iter().all(|part| {
                !part.is_empty()
                    && part.len() <= 4
                    && part.bytes().all(|byte| byte.is_ascii_digit())
            })
    });
    full || month || numeric
}

/// `caption = ("Table" | "Figure" | "Chart" | "Box") number [":" | "." | "–"] …`
pub(super) fn is_caption(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let named = words
        .next()
        .is_some_and(|word| ["Table", "Figure", "Chart"].contains(&word));
    named
        && words.next().is_some_and(|word| {
            word.starts_with(|c: char| c.is_ascii_digit())
                && (word.ends_with([':', '.'])
                    || words
                        .next()
                        .is_none_or(|next| matches!(next, "–" | "-" | "—")))
        })
        && word_count(line) <= 30
}

/// Whether emphasised text labels what follows it: a few words with a stop or colon.
pub(super) fn is_label(text: &str) -> bool {
    text.ends_with([':', '.']) && word_count(text) <= 8 && text.starts_with(char::is_uppercase)
}

/// `label = capital word *5word ":" (space | end of line)`
pub(super) fn has_label(line: &str) -> bool {
    let Some(colon) = line.bytes().take(60).position(|byte| byte == b':') else {
        return false;
    };
    let label = line.get(..colon).unwrap_or_default();
    let rest = line.get(colon + 1..).unwrap_or_default();
    label.starts_with(char::is_uppercase)
        && word_count(label) <= 6
        && !label.contains(['.', ',', '"', '“'])
        && (rest.is_empty() || rest.starts_with(char::is_whitespace))
}
