//! How PDF objects are written: where each begins and ends in the bytes of a file, so that they can be copied as they are.
//! Source: ISO 32000-1, 7.2 and 7.3.

use crate::span::Span;

/// Arrays and dictionaries that may stand in each other.
const MAX_NESTED: usize = 100;

const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

const fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

/// A reader of objects.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// A reader from an offset on.
    pub(super) const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// Where it has read to.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Leaves out white space and comments.
    pub(super) fn skip_space(&mut self) {
        while let Some(&byte) = self.rest().first() {
            if byte == b'%' {
                let end = self
                    .rest()
                    .iter()
                    .position(|&byte| matches!(byte, b'\n' | b'\r'));
                self.at += end.unwrap_or(self.rest().len());
            } else if is_space(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// Reads these bytes, where they come next.
    pub(super) fn eat(&mut self, what: &[u8]) -> Option<()> {
        self.skip_space();
        self.rest().starts_with(what).then(|| self.at += what.len())
    }

    /// Reads a whole number.
    pub(super) fn number(&mut self) -> Option<usize> {
        self.skip_space();
        let digits = self
            .rest()
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let text = std::str::from_utf8(self.rest().get(..digits)?).ok()?;
        let number = text.parse().ok()?;
        self.at += digits;
        Some(number)
    }

    /// Reads an object, and gives back where it stands.
    pub(super) fn object(&mut self) -> Option<Span> {
        self.skip_space();
        let start = self.at;
        self.skip_object(0)?;
        Some(Span::new(start, self.at))
    }

    fn skip_object(&mut self, depth: usize) -> Option<()> {
        self.skip_space();
        let rest = self.rest();
        match rest {
            _ if depth > MAX_NESTED => None,
            [b'<', b'<', ..] => {
                self.at += 2;
                self.skip_until(b">>", depth)
            }
            [b'[', ..] => {
                self.at += 1;
                self.skip_until(b"]", depth)
            }
            [b'<', ..] => {
                self.at += rest.iter().position(|&byte| byte == b'>')? + 1;
                Some(())
            }
            [b'(', ..] => self.skip_string(),
            [b'/', ..] => {
                self.at += 1;
                self.skip_word();
                Some(())
            }
            [b'0'..=b'9', ..] if self.skip_reference().is_some() => Some(()),
            _ => {
                let start = self.at;
                self.skip_word();
                (self.at > start).then_some(())
            }
        }
    }

    fn skip_until(&mut self, end: &[u8], depth: usize) -> Option<()> {
        while self.eat(end).is_none() {
            self.skip_object(depth + 1)?;
        }
        Some(())
    }

    fn skip_word(&mut self) {
        let part = |byte: &&u8| !is_space(**byte) && !is_delimiter(**byte);
        self.at += self.rest().iter().take_while(part).count();
    }

    /// Leaves out `12 0 R`, where that comes next.
    fn skip_reference(&mut self) -> Option<()> {
        let mut ahead = *self;
        ahead.number()?;
        ahead.number()?;
        ahead.eat(b"R")?;
        let goes_on = ahead
            .rest()
            .first()
            .is_some_and(|&byte| !is_space(byte) && !is_delimiter(byte));
        (!goes_on).then(|| *self = ahead)
    }

    fn skip_string(&mut self) -> Option<()> {
        let mut open = 0_usize;
        let mut escaped = false;
        for (at, &byte) in self.rest().iter().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            if open == 0 {
                self.at += at + 1;
                return Some(());
            }
        }
        None
    }
}

/// The entries of a dictionary, written as these bytes: names without their slash, and where the values stand.
pub(super) fn entries(dictionary: &[u8]) -> Option<Vec<(&[u8], Span)>> {
    let mut reader = Reader::new(dictionary, 0);
    reader.eat(b"<<")?;
    let mut found = Vec::new();
    while reader.eat(b">>").is_none() {
        let name = reader.object()?;
        let name = dictionary.get(name.range())?.strip_prefix(b"/")?;
        found.push((name, reader.object()?));
    }
    Some(found)
}

/// Where the items of an array stand, which is written as these bytes.
pub(super) fn items(array: &[u8]) -> Option<Vec<Span>> {
    let mut reader = Reader::new(array, 0);
    reader.eat(b"[")?;
    let mut found = Vec::new();
    while reader.eat(b"]").is_none() {
        found.push(reader.object()?);
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(dictionary: &str, expected: &[(&str, &str)]) {
        let bytes = dictionary.as_bytes();
        let found = entries(bytes).map(|entries| {
            let texts = entries.into_iter().map(|(name, value)| {
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                (text(name), text(&bytes[value.range()]))
            });
            texts.collect::<Vec<_>>()
        });
        let expected: Vec<_> = expected
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        assert_eq!(found, Some(expected), "{dictionary}");
    }

    #[test]
    fn objects_are_told_apart() {
        check("<<>>", &[]);
        check(
            "<</A/B/C 1.5/D true>>",
            &[("A", "/B"), ("C", "1.5"), ("D", "true")],
        );
        check(
            "<< /Kids [1 0 R 12 0 R] % a comment >>\n /Text (a (b) \\) c) /Id <0aF> >>",
            &[
                ("Kids", "[1 0 R 12 0 R]"),
                ("Text", "(a (b) \\) c)"),
                ("Id", "<0aF>"),
            ],
        );
        check(
            "<</P 3 0 R/Box[0 0 10 -2]/R<</S 4>>>>",
            &[("P", "3 0 R"), ("Box", "[0 0 10 -2]"), ("R", "<</S 4>>")],
        );
    }

    #[test]
    fn items_are_told_apart() {
        let array = b"[1 0 R<</A[2]>> 3 (])]";
        let found = items(array).expect("an array");
        let texts: Vec<_> = found.iter().map(|span| &array[span.range()]).collect();
        assert_eq!(texts, [&b"1 0 R"[..], b"<</A[2]>>", b"3", b"(])"]);
        assert_eq!(items(b"[1 2"), None);
        assert_eq!(entries(b"<</A 1"), None);
        assert_eq!(entries(&b"<</A".repeat(1000)), None);
    }
}
