//! Places as the protocol writes them: 0-based lines, and columns in code units of an encoding that is agreed on.

use lsp_types::{InitializeParams, Position, PositionEncodingKind, Range, Uri};

use crate::{source::SourceFile, span::Span};

/// What columns count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes of UTF-8.
    Utf8,
    /// Code units of UTF-16, which every editor knows.
    Utf16,
}

impl Encoding {
    /// Bytes where the editor offers them.
    pub(super) fn agreed(params: &InitializeParams) -> Self {
        let general = params.capabilities.general.as_ref();
        let offered = general.and_then(|general| general.position_encodings.as_ref());
        if offered.is_some_and(|offered| offered.contains(&PositionEncodingKind::UTF8)) {
            Self::Utf8
        } else {
            Self::Utf16
        }
    }

    /// Its name in the protocol.
    pub(super) const fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn units(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
        }
    }

    /// The byte of the text at a position; the end of its line for a column past it, of the text for a line past it.
    pub(super) fn offset(self, file: &SourceFile, position: Position) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        let span = file.lines().line_span(file.text(), line);
        let mut left = usize::try_from(position.character).unwrap_or(usize::MAX);
        let mut offset = span.start;
        for c in file.text_of(span).chars() {
            let units = self.units(c);
            if left < units {
                break;
            }
            left -= units;
            offset += c.len_utf8();
        }
        offset
    }

    /// The position of a byte of the text.
    pub(super) fn position(self, file: &SourceFile, offset: usize) -> Position {
        let line = file.lines().line(offset);
        let start = file.lines().line_span(file.text(), line).start;
        let before = file.text_of(Span::new(start, offset));
        let units: usize = before.chars().map(|c| self.units(c)).sum();
        let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        Position::new(number(line), number(units))
    }

    /// The range of bytes of the text.
    pub(super) fn range(self, file: &SourceFile, span: Span) -> Range {
        Range::new(
            self.position(file, span.start),
            self.position(file, span.end),
        )
    }
}

/// The path that a `file:` URI names, as people write it; the URI itself of any other.
pub(super) fn path(uri: &Uri) -> String {
    let is_file = uri
        .scheme()
        .is_some_and(|scheme| scheme.as_str().eq_ignore_ascii_case("file"));
    if !is_file {
        return uri.as_str().to_owned();
    }
    let path = uri.path().as_estr().decode().into_string_lossy();
    // The path of a drive: /C:/reports.
    match path.strip_prefix('/') {
        Some(rest) if rest.get(1..2) == Some(":") => rest.to_owned(),
        _ => path.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::str::FromStr as _;

    use super::*;

    #[track_caller]
    fn check(encoding: Encoding, text: &str, line: u32, column: u32, before: &str) {
        let file = SourceFile::new("a.md", text);
        let position = Position::new(line, column);
        let offset = encoding.offset(&file, position);
        assert_eq!(text.get(..offset), Some(before), "{text:?} {position:?}");
        assert_eq!(encoding.position(&file, offset), position, "{text:?}");
    }

    #[test]
    fn columns_count_what_was_agreed_on() {
        check(Encoding::Utf16, "café: fair", 0, 4, "café");
        check(Encoding::Utf8, "café: fair", 0, 5, "café");
        check(Encoding::Utf16, "one\r\n𝄞 two", 1, 2, "one\r\n𝄞");
        check(Encoding::Utf8, "one\r\n𝄞 two", 1, 4, "one\r\n𝄞");
    }

    #[test]
    fn what_lies_outside_is_the_end() {
        let file = SourceFile::new("a.md", "one\ntwo");
        let offset = |line, column| Encoding::Utf16.offset(&file, Position::new(line, column));
        assert_eq!((offset(0, 9), offset(7, 0)), (3, 7));
    }

    #[test]
    fn files_have_paths() {
        for (uri, expected) in [
            ("file:///home/a%20b/report.md", "/home/a b/report.md"),
            ("file:///C:/reports/a.md", "C:/reports/a.md"),
            ("untitled:Untitled-1", "untitled:Untitled-1"),
        ] {
            assert_eq!(path(&Uri::from_str(uri).expect("a URI")), expected);
        }
    }
}
