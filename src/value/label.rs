//! Labels: the names of criteria, measures and nouns, compared by what they say and not by how they are written.
//!
//! "Communications with victims" and "Communication with victims" are one criterion; so are "high quality casework" and
//! "Casework Quality". A label keeps its wording and carries a key: its words folded to lower case, stripped of function
//! words, stemmed (Porter2) and sorted; or the name it is an alias of. Two labels are equal when their keys are.

use std::{cell::RefCell, fmt, sync::Arc};

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

/// Words that carry no part of a name.
const EMPTY_WORDS: [&str; 24] = [
    "a", "an", "and", "at", "by", "for", "from", "has", "have", "in", "is", "its", "of", "on",
    "our", "s", "that", "the", "their", "this", "to", "was", "were", "with",
];

/// Whether a word in small letters carries no part of a name.
fn is_empty(word: &str) -> bool {
    word.is_empty() || word.len() <= LONGEST_EMPTY && EMPTY_WORDS.contains(&word)
}

/// Bytes of the longest of [`EMPTY_WORDS`].
const LONGEST_EMPTY: usize = 5;

/// A name and the key by which it is compared.
#[derive(Clone, Debug)]
pub struct Label {
    text: Arc<str>,
    key: Arc<str>,
}

impl Label {
    /// A label compared by its own words. White space is folded and curly apostrophes are made straight.
    pub fn new(text: &str) -> Self {
        let text = tidy(text);
        Self {
            key: Arc::from(key(&text)),
            text: Arc::from(text),
        }
    }

    /// A label with the key of another name, which it is an alias of.
    pub fn alias(text: &str, of: &Self) -> Self {
        Self {
            text: Arc::from(tidy(text)),
            key: Arc::clone(&of.key),
        }
    }

    /// A label with a key that was [worked out](Self::key) before.
    pub fn with_key(text: &str, key: &str) -> Self {
        Self {
            text: Arc::from(tidy(text)),
            key: Arc::from(key),
        }
    }

    /// The wording.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it is compared by: sorted stems joined by single spaces, or those of the name it is an alias of.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The wording, shared.
    pub fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// The key, shared.
    pub fn shared_key(&self) -> Arc<str> {
        Arc::clone(&self.key)
    }

    /// Whether the label has no word that carries meaning.
    pub fn is_empty(&self) -> bool {
        self.key.is_empty()
    }

    /// Share of the shorter label's words that the longer one has, from 0 to 1: a measure for "much the same name".
    pub fn similarity(&self, other: &Self) -> f64 {
        let (a, b): (Vec<_>, Vec<_>) = (
            self.key.split(' ').collect(),
            other.key.split(' ').collect(),
        );
        let (short, long) = if a.len() <= b.len() {
            (&a, &b)
        } else {
            (&b, &a)
        };
        let shared = short
            .iter()
            .filter(|stem| !stem.is_empty() && long.contains(stem))
            .count();
        #[expect(clippy::cast_precision_loss, reason = "labels have few words")]
        let share = shared as f64 / short.len().max(1) as f64;
        share
    }
}

impl PartialEq for Label {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Label {}

impl fmt::Display for Label {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

/// `text` with white space folded to single spaces and typographic apostrophes and hyphens made plain.
pub fn tidy(text: &str) -> String {
    if is_tidy(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        if word.is_ascii() {
            out.push_str(word);
        } else {
            out.extend(word.chars().map(tidy_char));
        }
    }
    out
}

/// A typographic apostrophe or hyphen as a plain one, and any other character as it is.
pub const fn tidy_char(c: char) -> char {
    match c {
        '’' | '‘' => '\'',
        '‐' | '‑' => '-',
        other => other,
    }
}

/// Whether a text is certainly as [`tidy`] would make it: plain characters, and single spaces between them.
pub fn is_tidy(text: &str) -> bool {
    let mut after_space = true;
    for byte in text.bytes() {
        let is_space = byte == b' ';
        if !matches!(byte, b' '..=b'~') || is_space && after_space {
            return false;
        }
        after_space = is_space;
    }
    text.is_empty() || !after_space
}

/// The key of a wording: folded, stemmed, sorted words that carry meaning, each once but for those on both sides of a colon.
fn key(text: &str) -> String {
    let mut folded = text.to_lowercase();
    if memchr::memmem::find(folded.as_bytes(), b"'s").is_some() {
        folded = folded.replace("'s", "");
    }
    let mut key = String::with_capacity(folded.len());
    STEMS.with_borrow_mut(|stems| {
        let mut words: Vec<Arc<str>> = Vec::new();
        // "Urgent care: caring" is not "Urgent care": what stands behind a colon counts again.
        for part in folded.split(": ") {
            let mut own: Vec<Arc<str>> = part
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !is_empty(word))
                .map(|word| stems.stem(word))
                .collect();
            own.sort_unstable();
            own.dedup();
            words.append(&mut own);
        }
        words.sort_unstable();
        for word in words {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(&word);
        }
    });
    key
}

thread_local! {
    /// Stems that this thread has found already: reports use the same words again and again.
    static STEMS: RefCell<Stems> = RefCell::default();
}

/// Words with their Porter2 stems.
#[derive(Default)]
struct Stems(FxHashMap<Box<str>, Arc<str>>);

impl Stems {
    /// Words that are kept; more than any report has, so that memory stays bounded over a run of many reports.
    const MOST: usize = 1 << 15;

    fn stem(&mut self, word: &str) -> Arc<str> {
        if let Some(stem) = self.0.get(word) {
            return Arc::clone(stem);
        }
        if self.0.len() >= Self::MOST {
            self.0.clear();
        }
        let stem: Arc<str> = Stemmer::create(Algorithm::English).stem(word).into();
        self.0.insert(word.into(), Arc::clone(&stem));
        stem
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(a: &str, b: &str) {
        assert_eq!(Label::new(a), Label::new(b), "{a:?} and {b:?}");
    }

    #[test]
    fn wording_does_not_matter() {
        same("communications with victims", "Communication with victims");
        same("Casework Quality", "quality of casework");
        same("magistrates’ courts", "the magistrates' court");
        same("well-led", "Well led");
        assert_ne!(Label::new("Crown Court"), Label::new("magistrates' court"));
        assert_ne!(Label::new("Urgent care"), Label::new("Urgent care: caring"));
        same("Urgent care: urgent care", "urgent care: Urgent care");
    }

    #[test]
    fn an_alias_is_the_name_it_stands_for() {
        let name = Label::new("Effective leadership");
        let alias = Label::alias("Effectiveness  of leadership", &name);
        assert_eq!(alias, name);
        assert_eq!(alias.text(), "Effectiveness of leadership");
    }

    #[test]
    fn similarity_is_a_share_of_the_shorter_name() {
        let leadership = Label::new("leadership");
        assert!(
            (leadership.similarity(&Label::new("leadership and management")) - 1.0).abs() < 1e-9
        );
        assert!(leadership.similarity(&Label::new("casework")) < 1e-9);
        assert!(Label::new("the").is_empty());
    }
}
