//! Changes to a text, made all at once.

use crate::span::{Span, text_at};

/// Insertions into a text and stretches that are taken out of it.
#[derive(Debug, Default)]
pub(super) struct Edits {
    edits: Vec<(Span, String)>,
}

impl Edits {
    /// Whether nothing is to be changed.
    pub(super) fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// Inserts text; what is inserted at one place stands in the order in which it was given.
    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.edits.push((Span::new(at, at), text.into()));
    }

    /// Takes out a stretch.
    pub(super) fn remove(&mut self, span: Span) {
        self.edits.push((span, String::new()));
    }

    /// Puts text in the place of a stretch.
    pub(super) fn replace(&mut self, span: Span, text: impl Into<String>) {
        self.edits.push((span, text.into()));
    }

    /// The text as changed. Of what is taken out, nothing is changed.
    pub(super) fn apply(mut self, text: &str) -> String {
        self.edits.sort_by_key(|(span, _)| span.start);
        let added: usize = self.edits.iter().map(|(_, text)| text.len()).sum();
        let mut changed = String::with_capacity(text.len() + added);
        let mut at = 0;
        for (span, inserted) in self.edits {
            if span.start < at {
                continue;
            }
            changed.push_str(text_at(text, Span::new(at, span.start)));
            changed.push_str(&inserted);
            at = span.end;
        }
        changed.push_str(text_at(text, Span::new(at, text.len())));
        changed
    }
}

/// Text as it stands in XML, in elements and in attributes. What XML cannot hold becomes a space.
/// Source: XML 1.0, 2.2.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\0'..='\x1f' | '\u{2028}' | '\u{fffe}' | '\u{ffff}' => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_made_in_the_order_of_their_places() {
        let mut edits = Edits::default();
        edits.insert(3, "[");
        edits.remove(Span::new(4, 6));
        edits.insert(3, "(");
        edits.insert(5, "never");
        edits.insert(0, "é");
        edits.replace(Span::new(7, 8), "H");
        assert_eq!(edits.apply("abcdefgh"), "éabc[(dgH");
        assert_eq!(
            escaped("a < \"b\" & \u{1}c"),
            "a &lt; &quot;b&quot; &amp;  c"
        );
    }
}
