//! YAML files read into typed values, every mistake at its line and column.
//!
//! Files of rules, frameworks and lexicons need no anchors, aliases, merge keys or custom tags, and a `!` at the start of an
//! expression must never be taken for a tag: all of them are refused, the expansion of aliases before it begins.
//!
//! [`read`] stops at the first mistake. [`read_all`] sets the entry of the file's mapping that has a mistake aside and goes
//! on, so that a file's author sees them all at once.

use std::{borrow::Cow, fmt, marker::PhantomData};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _, SeqAccess, Visitor},
};
use serde_yaml::{
    Error, Location, Options,
    granit_parser::{Event, Parser},
    options::{DuplicateKeyPolicy, MergeKeyPolicy},
};

use crate::{
    diagnostic::{Diagnostic, did_you_mean},
    packs::Shipped,
    source::SourceFile,
    span::{SourceId, Span, Spanned, text_at},
    tree,
};

/// Files larger than this are refused: no rule, framework or lexicon comes near it.
pub const MAX_BYTES: usize = 1 << 20;

/// Deepest nesting that is read.
const MAX_DEPTH: usize = 64;

/// Reads a YAML file.
///
/// # Errors
///
/// One diagnostic (`rule-syntax`) at the first place that does not fit.
pub fn read<T: DeserializeOwned>(
    source: SourceId,
    file: &SourceFile,
) -> Result<T, Box<Diagnostic>> {
    too_large(file).map_or(Ok(()), Err)?;
    serde_yaml::from_str_with_options(file.text(), options()).map_err(|error| {
        Box::new(
            syntax(source, file.text()).unwrap_or_else(|| explain(source, file.text(), &error)),
        )
    })
}

/// What [`read_all`] could make of a file.
#[derive(Debug)]
pub struct Partial<T> {
    /// The value, made of the entries that fit; `None` where the file is no mapping or its syntax is broken.
    pub value: Option<T>,
    /// Keys of the entries that were set aside, for which nothing more need be reported.
    pub dropped: Vec<String>,
    /// Every mistake, in order of place.
    pub problems: Vec<Diagnostic>,
}

/// Reads a YAML mapping whose entries may each hold a mistake. `T` must be content without any of its entries.
pub fn read_all<T: DeserializeOwned>(source: SourceId, file: &SourceFile) -> Partial<T> {
    read_around(source, file, |_, _| None)
}

/// As [`read_all`], but of an entry with a mistake only the innermost lines around it are set aside where that can be done, so that
/// several mistakes in one entry are all found. `T` must be content without any entry or list item at any depth.
pub fn read_deep<T: DeserializeOwned>(source: SourceId, file: &SourceFile) -> Partial<T> {
    read_around(source, file, |text, at| {
        let span = innermost(text, at)?;
        let is_blank = text_at(text, span).trim().is_empty();
        let rest = without(text, span);
        (!is_blank && syntax(source, &rest).is_none()).then_some(rest)
    })
}

/// Reads the entries of a shipped file whose keys are wanted; one that does not fit is read as every other file, so that its mistakes
/// are found where they stand.
///
/// # Errors
///
/// One diagnostic (`rule-syntax`) at the first place that does not fit.
pub fn read_shipped<T: DeserializeOwned>(
    source: SourceId,
    shipped: &Shipped,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<T, Box<Diagnostic>> {
    let parsed = shipped.tree.read(wanted);
    parsed.or_else(|_| read(source, &blanked(&shipped.file, |key| !wanted(key))))
}

/// As [`read_shipped`], with every mistake of the entries.
pub fn read_all_shipped<T: DeserializeOwned>(
    source: SourceId,
    shipped: &Shipped,
    wanted: &dyn Fn(&str) -> bool,
) -> Partial<T> {
    match shipped.tree.read(wanted) {
        Ok(value) => Partial {
            value: Some(value),
            dropped: Vec::new(),
            problems: Vec::new(),
        },
        Err(_) => read_all(source, &blanked(&shipped.file, |key| !wanted(key))),
    }
}

/// Reads what is left of a file when the entry around each mistake is set aside: the text that `narrow` gives for a mistake at an
/// offset, else the text without the entry of the file's mapping. A mistake on a line of which something was set aside follows from
/// that: it is not reported.
fn read_around<T: DeserializeOwned>(
    source: SourceId,
    file: &SourceFile,
    narrow: impl Fn(&str, usize) -> Option<String>,
) -> Partial<T> {
    let mut partial = Partial {
        value: None,
        dropped: Vec::new(),
        problems: Vec::new(),
    };
    if let Some(problem) = too_large(file) {
        partial.problems.push(*problem);
        return partial;
    }
    let mut text = Cow::Borrowed(file.text());
    loop {
        let error = match serde_yaml::from_str_with_options(&text, options()) {
            Ok(value) => {
                partial.value = Some(value);
                break;
            }
            Err(error) => error,
        };
        if partial.problems.is_empty()
            && let Some(problem) = syntax(source, file.text())
        {
            partial.problems.push(problem);
            break;
        }
        let problem = explain(source, file.text(), &error);
        let at = problem.primary().map_or(0, |label| label.span.start);
        if line_at(&text, at) == line_at(file.text(), at) {
            partial.problems.push(problem);
        }
        if let Some(rest) = narrow(&text, at) {
            text = Cow::Owned(rest);
            continue;
        }
        let entry = entries(&text).find(|entry| entry.span.start <= at && at < entry.span.end);
        let Some(entry) = entry else { break };
        partial.dropped.push(entry.key.to_owned());
        text = Cow::Owned(without(&text, entry.span));
    }
    partial
        .problems
        .sort_by_key(|problem| problem.primary().map(|label| label.span));
    partial
}

/// The entry of a mapping or item of a list that a byte stands in, told by lines: from its key or mark to the next line that is
/// indented no deeper. Of an item that begins with one of several entries, that entry alone.
fn innermost(text: &str, at: usize) -> Option<Span> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |at| at + 1);
    let line = line_at(text, at)?;
    let indent = line.len() - line.trim_start_matches(' ').len();
    let content = line.len() - line.trim_start_matches([' ', '-']).len();
    let is_item = content > indent;
    let lines_below = |column: usize| {
        let rest = text.get(start..)?.split_inclusive('\n').skip(1);
        let deeper = |line: &&str| {
            let indented = line.len() - line.trim_start_matches(' ').len();
            line.trim().is_empty() || indented > column
        };
        Some(rest.take_while(deeper).map(str::len).sum::<usize>())
    };
    let full = text.get(start..)?.split_inclusive('\n').next()?.len();
    let (of_entry, of_item) = (lines_below(content)?, lines_below(indent)?);
    let is_empty = line.get(content..)?.trim().is_empty();
    let (begin, below) = if is_item && of_item > of_entry && !is_empty {
        (content, of_entry)
    } else {
        (indent, of_item)
    };
    Some(Span::new(start + begin, start + full + below))
}

/// The line that a byte stands in.
fn line_at(text: &str, at: usize) -> Option<&str> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |at| at + 1);
    text.get(start..)?.lines().next()
}

/// `text` with the bytes of a span made blank, so that every other byte keeps its place.
fn without(text: &str, span: Span) -> String {
    let mut bytes = text.as_bytes().to_vec();
    blank(&mut bytes, span);
    String::from_utf8(bytes).unwrap_or_default()
}

/// Makes the bytes of a span blank, but for line ends.
fn blank(bytes: &mut [u8], span: Span) {
    for byte in bytes.get_mut(span.range()).unwrap_or_default() {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
}

/// The file with all its entries blank but those of some keys, every byte that is left in its place.
pub fn only(file: &SourceFile, keys: &[&str]) -> SourceFile {
    blanked(file, |key| !keys.contains(&key))
}

fn blanked(file: &SourceFile, is_blank: impl Fn(&str) -> bool) -> SourceFile {
    let mut bytes = file.text().as_bytes().to_vec();
    let entries: Vec<_> = entries(file.text()).collect();
    for entry in entries.iter().rev().filter(|entry| is_blank(entry.key)) {
        if entry.span.end == bytes.len() {
            bytes.truncate(entry.span.start);
        } else {
            blank(&mut bytes, entry.span);
        }
    }
    let text = String::from_utf8(bytes).unwrap_or_default();
    SourceFile::new(file.name(), &text)
}

/// One `key: value` of the mapping that a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The key, without quotation marks.
    pub key: &'a str,
    /// Bytes from the key to where the next one starts.
    pub span: Span,
}

/// The entries of the mapping that a file is, told by their lines: an entry starts where a line starts with neither white
/// space nor the mark of a list item, comment or document, and has a colon.
pub fn entries(text: &str) -> impl Iterator<Item = Entry<'_>> {
    let mut starts = Vec::new();
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1);
    let mut start = 0;
    for end in ends.chain([text.len()]) {
        let line = text.get(start..end).unwrap_or_default();
        let indented = matches!(line.as_bytes().first(), None | Some(b' ' | b'\n'));
        let content = if indented {
            ""
        } else {
            line.trim_start_matches('\u{feff}')
        };
        if content.starts_with(|c: char| !c.is_whitespace() && !"-#.%]}".contains(c))
            && let Some((key, _)) = content.split_once(':')
        {
            let key = key.trim().trim_matches(['"', '\'']);
            starts.push((key, end - content.len()));
        }
        start = end;
    }
    let ends: Vec<usize> = starts
        .iter()
        .skip(1)
        .map(|(_, start)| *start)
        .chain([text.len()])
        .collect();
    starts
        .into_iter()
        .zip(ends)
        .map(|((key, start), end)| Entry {
            key,
            span: Span::new(start, end),
        })
}

fn too_large(file: &SourceFile) -> Option<Box<Diagnostic>> {
    (file.text().len() > MAX_BYTES).then(|| {
        let problem = Diagnostic::error(
            "rule-syntax",
            format!("{} is larger than 1 MiB", file.name()),
        );
        Box::new(problem.help("split it; a file holds one rule, framework or lexicon"))
    })
}

fn options() -> Options {
    serde_yaml::options! {
        budget: serde_yaml::budget! { max_anchors: 0, max_aliases: 0, max_depth: MAX_DEPTH },
        duplicate_keys: DuplicateKeyPolicy::Error,
        merge_keys: MergeKeyPolicy::Error,
        strict_booleans: true,
        reject_unsupported_tags: true,
        with_snippet: false,
    }
}

/// The first place at which a file is no YAML, or YAML of a kind that is refused. Typed reading would report many of them
/// as a missing or unknown field at another place.
fn syntax(source: SourceId, text: &str) -> Option<Diagnostic> {
    let refuse = |span: Span, message: &str, help: &str| {
        Some(
            Diagnostic::error("rule-syntax", message)
                .at(source, span, "")
                .help(help),
        )
    };
    let mut depth = 0_usize;
    for event in Parser::new_from_str(text) {
        let (event, place) = match event {
            Ok(event) => event,
            Err(error) => {
                let at = error
                    .marker()
                    .byte_offset()
                    .unwrap_or(text.len())
                    .min(text.len());
                let message = format!("this is not YAML: {}", error.kind());
                let help = syntax_help(text, at, &message);
                return refuse(span_at(text, at), &message, help);
            }
        };
        let span = place
            .byte_range()
            .map_or(Span::default(), |range| Span::new(range.start, range.end));
        if let Some(tag) = place.tag_span().and_then(|tag| tag.byte_range()) {
            return refuse(
                Span::new(tag.start, tag.end),
                "a value that starts with `!` is taken for a YAML tag",
                "write the expression as a block: a line with `|`, then the expression, indented, on the next",
            );
        }
        let anchored = event.anchor_id().is_some_and(|id| id > 0);
        if anchored || event.is_alias() {
            return refuse(
                span,
                "YAML anchors (`&`) and aliases (`*`) are not allowed here",
                "write the value out, or quote it where the sign is part of a text",
            );
        }
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
            Event::SequenceEnd | Event::MappingEnd => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return refuse(
                span,
                "this is nested too deeply",
                "a rule needs four levels at most",
            );
        }
    }
    None
}

/// The way out for a syntax error, told by the line it stands on.
fn syntax_help(text: &str, at: usize, message: &str) -> &'static str {
    let line_start = text
        .get(..at)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |at| at + 1);
    let line = text
        .get(line_start..)
        .and_then(|rest| rest.lines().next())
        .unwrap_or_default();
    let before = text.get(line_start..at).unwrap_or_default();
    let value = before
        .split_once(": ")
        .map_or("", |(_, value)| value.trim_start());
    if line.contains('\t') || message.contains("tab") {
        "indent with spaces, not with tabs"
    } else if value.starts_with(['{', '[']) {
        "put a text that starts with `{` or `[` in quotation marks"
    } else if before.trim().is_empty() {
        "check the indentation: entries of one list or mapping start in the same column"
    } else if before.contains(": ") {
        "put the value in quotation marks, or write it as a block: `|`, then the text, indented, on the next line"
    } else {
        "check the indentation and the quotation marks of this line and the one above"
    }
}

/// The character at an offset.
fn span_at(text: &str, at: usize) -> Span {
    let len = text
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8);
    Span::new(at, at + len)
}

fn span_of(location: Location, text: &str) -> Span {
    let span = location.span();
    let bytes = |at: Option<u64>| at.and_then(|at| usize::try_from(at).ok());
    let start = bytes(span.byte_offset())
        .filter(|&start| text.is_char_boundary(start))
        .unwrap_or_else(|| offset_of(text, location));
    let end = start
        + bytes(span.byte_len())
            .filter(|len| *len < text.len())
            .unwrap_or_default();
    let end = (start..=end.min(text.len()))
        .rev()
        .find(|&end| text.is_char_boundary(end));
    let content = text
        .get(start..end.unwrap_or(start))
        .unwrap_or_default()
        .trim_end();
    Span::new(start, start + content.len())
}

/// The offset of a location that knows only its line and column.
fn offset_of(text: &str, location: Location) -> usize {
    let (line, column) = (
        location.line().saturating_sub(1),
        location.column().saturating_sub(1),
    );
    let lines = usize::try_from(line).unwrap_or(usize::MAX);
    let start: usize = text.split_inclusive('\n').take(lines).map(str::len).sum();
    let column = usize::try_from(column).unwrap_or(usize::MAX);
    let rest = text.get(start..).unwrap_or_default();
    start + rest.chars().take(column).map(char::len_utf8).sum::<usize>()
}

/// A mistake of typed reading, in the words of someone who writes rules.
fn explain(source: SourceId, text: &str, error: &Error) -> Diagnostic {
    let error = error.without_snippet();
    let span = error
        .location()
        .map_or_else(|| span_at(text, 0), |location| span_of(location, text));
    let span = if span.is_empty() {
        span_at(text, span.start)
    } else {
        span
    };
    let (message, help) = match error {
        Error::SerdeUnknownField {
            field, expected, ..
        } => (
            format!(
                "unknown key `{field}`{}",
                did_you_mean(field, expected.iter().copied())
            ),
            Some(format!("the keys here are {}", listed(expected))),
        ),
        Error::SerdeUnknownVariant {
            variant, expected, ..
        } => (
            format!(
                "unknown value `{variant}`{}",
                did_you_mean(variant, expected.iter().copied())
            ),
            Some(format!("write one of {}", listed(expected))),
        ),
        Error::SerdeMissingField { field, .. } => {
            (format!("the key `{field}` is missing here"), None)
        }
        Error::DuplicateMappingKey { key, .. } => (
            format!(
                "the key `{}` stands here twice",
                key.as_deref().unwrap_or_default()
            ),
            Some("keep one of the two".to_owned()),
        ),
        Error::Unexpected { expected, .. } => (
            format!("expected {}", plain(expected)),
            expected_help(expected, text_at(text, span_at(text, span.start))),
        ),
        Error::SerdeInvalidType {
            unexpected,
            expected,
            ..
        }
        | Error::SerdeInvalidValue {
            unexpected,
            expected,
            ..
        } => (format!("expected {expected}, found {unexpected}"), None),
        Error::NullIntoString { .. } => ("a value is missing here".to_owned(), None),
        Error::Message { msg, .. } => (plain(msg).to_owned(), None),
        other => (plain(without_place(&other.to_string())).to_owned(), None),
    };
    let problem = Diagnostic::error("rule-syntax", message).at(source, span, "");
    match help {
        Some(help) => problem.help(help),
        None => problem,
    }
}

/// What was expected, in plain words.
fn plain(expected: &str) -> &str {
    match expected {
        _ if expected.starts_with("invalid boolean") => "expected `true` or `false`",
        _ if expected.starts_with("externally tagged enum") => "expected a word",
        "string scalar" => "a text",
        "mapping start" => "a mapping (`key: value`)",
        "sequence start" => "a list (`- item`)",
        other => other,
    }
}

/// The way out where a text was expected and something else starts with `first`.
fn expected_help(expected: &str, first: &str) -> Option<String> {
    let help = match first {
        _ if expected != "string scalar" => return None,
        "{" | "[" => "put a text that starts with `{` or `[` in quotation marks",
        "-" => "give one text, not a list",
        _ => {
            "put a text that has `: ` in it in quotation marks, or write it as a block: `|`, then the text, indented, on the next line"
        }
    };
    Some(help.to_owned())
}

fn listed(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// An error message without the ` at line 3, column 5` that the diagnostic's place says better.
fn without_place(message: &str) -> &str {
    message
        .rfind(" at line ")
        .and_then(|at| message.get(..at))
        .unwrap_or(message)
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    /// Reads a value and its bytes in the YAML text. The span of a block scalar starts with its first line and ends before
    /// or in the indentation of what follows.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Placed<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Placed<T> {
            type Value = Spanned<T>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a value and its place")
            }

            /// A value of a tree.
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut number = || seq.next_element::<usize>();
                let (Some(start), Some(len)) = (number()?, number()?) else {
                    return Err(A::Error::custom("a place is missing"));
                };
                let value = seq.next_element()?;
                let value = value.ok_or_else(|| A::Error::custom("a value is missing"))?;
                Ok(Spanned::new(value, Span::new(start, start + len)))
            }

            /// A value of a file.
            fn visit_newtype_struct<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<Self::Value, D::Error> {
                let read = serde_yaml::Spanned::<T>::deserialize(deserializer)?;
                let span = read.defined.span();
                let bytes = |at: Option<u64>| {
                    at.and_then(|at| usize::try_from(at).ok())
                        .unwrap_or_default()
                };
                let start = bytes(span.byte_offset());
                let span = Span::new(start, start + bytes(span.byte_len()));
                Ok(Spanned::new(read.value, span))
            }
        }
        deserializer.deserialize_newtype_struct(tree::PLACED, Placed(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }

    fn inline_schema() -> bool {
        T::inline_schema()
    }
}

/// The bytes of the file that `part` of a decoded scalar was read from; all of the scalar where they cannot be told.
///
/// `raw` is the span of the scalar in the file. Works for plain, quoted and block scalars (a `\` at the end of a line of a
/// double-quoted scalar excepted).
pub fn locate(file: &str, raw: Span, decoded: &str, part: Span) -> Span {
    let slice = file.get(raw.range()).unwrap_or_default();
    let start = offset_in(slice, decoded, part.start);
    let end = offset_in(slice, decoded, part.end);
    match (start, end) {
        (Some(start), Some(end)) if start <= end && raw.start + end <= file.len() => {
            let (start, end) = (raw.start + start, raw.start + end);
            let text = file.get(start..end).unwrap_or_default();
            Span::new(start, start + text.trim_end().len())
        }
        _ => Span::new(raw.start, raw.start + slice.trim_end().len()),
    }
}

/// Offset in `raw` of byte `at` of the scalar it was decoded to, by walking both side by side.
fn offset_in(raw: &str, decoded: &str, at: usize) -> Option<usize> {
    let bytes = raw.as_bytes();
    let quote = bytes
        .first()
        .copied()
        .filter(|byte| matches!(byte, b'"' | b'\''));
    let space = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_whitespace);
    let mut i = usize::from(quote.is_some());
    for (k, c) in decoded.char_indices() {
        if c == ' ' || c == '\n' {
            // A folded line end may stand for several bytes of the file.
            if k >= at {
                return Some(i);
            }
            if bytes.get(i).is_some_and(|&byte| char::from(byte) == c) {
                i += 1;
            } else {
                while space(i) {
                    i += 1;
                }
            }
            continue;
        }
        while space(i) {
            i += 1;
        }
        if k >= at {
            return Some(i);
        }
        i += match (quote, raw.get(i..)?.chars().next()?) {
            (Some(b'"'), '\\') => match bytes.get(i + 1)? {
                b'x' => 4,
                b'u' => 6,
                b'U' => 10,
                _ => 2,
            },
            (Some(b'\''), '\'') => 2,
            (_, read) if read == c => read.len_utf8(),
            _ => return None,
        };
    }
    Some(i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct One {
        key: Spanned<String>,
    }

    /// Checks where `part` of the text of `key`, written as `yaml`, is found in the file.
    #[track_caller]
    fn locates(yaml: &str, part: &str, line: usize, column: usize) {
        let file = SourceFile::new("test.yaml", yaml);
        let read: One = read(SourceId(0), &file).expect("YAML");
        let start = read.key.value.find(part).expect("the part");
        let span = locate(
            yaml,
            read.key.span,
            &read.key.value,
            Span::new(start, start + part.len()),
        );
        let at = file.line_column(span.start);
        assert_eq!((at.line, at.column), (line, column), "{yaml:?}");
        assert_eq!(text_at(yaml, span), part, "{yaml:?}");
    }

    #[test]
    fn parts_of_scalars_are_found_in_the_file() {
        locates("key: a.b == c\n", "c", 1, 13);
        locates("key: \"é {a.b}\"\n", "a.b", 1, 10);
        locates("key: 'it''s {a}'\n", "{a}", 1, 13);
        locates("key: \"\\u00e9 \\\"x\\\" y\"\n", "y", 1, 20);
        locates(
            "key: |\n  a &&\n    b\nother: 1\n"
                .split("other")
                .next()
                .unwrap_or_default(),
            "b",
            3,
            5,
        );
        locates("# é\nkey: |\n  é &&\n  cc == d\n", "cc", 4, 3);
        locates("key: >-\n  one\n  two\n\n  three\n", "three", 5, 3);
        locates("key: one\n  two three\n", "three", 2, 7);
        locates("key: \"one\n  two\"\n", "two", 2, 3);
        locates("key: |2-\n    deep\n  back\n", "back", 3, 3);
    }

    #[derive(Debug, Default, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its mistakes are looked at")]
    struct Deep {
        list: Option<Vec<Deep>>,
        map: Option<Box<Deep>>,
        flag: Option<bool>,
    }

    /// Checks at which lines [`read_deep`] finds mistakes.
    #[track_caller]
    fn finds(yaml: &str, lines: &[usize]) {
        let file = SourceFile::new("test.yaml", yaml);
        let read = read_deep::<Deep>(SourceId(0), &file);
        let found: Vec<_> = read
            .problems
            .iter()
            .filter_map(|problem| Some(file.line_column(problem.primary()?.span.start).line))
            .collect();
        assert_eq!(found, lines, "{yaml:?} {:?}", read.problems);
    }

    #[test]
    fn every_mistake_of_an_entry_is_found() {
        finds("flag: true\nmap: { flag: false }\n", &[]);
        finds(
            "list:\n  - flag: 1\n  - flog: 1\n    flag: x\nflag: 7\n",
            &[2, 3, 4, 5],
        );
        finds("map:\n  flog: a\n", &[2]);
        finds(
            "map:\n  map:\n    flog: a\n    flag: a\n  flag: b\n",
            &[3, 4, 5],
        );
        finds(
            "list:\n  - flag: true\n    list:\n      - flog: 1\n      - flag: 2\n",
            &[4, 5],
        );
        finds("list: 3\nmap: 4\n", &[1, 2]);
        finds("list:\n  - [1]\n  - { flog: 1 }\n  - flag: x\n", &[2, 3, 4]);
        finds("map: {\n  flog: 1 }\nflag: x\n", &[2, 3]);
        finds("map:\n\tflag: true\n", &[2]);
    }

    #[test]
    fn entries_are_told_by_their_lines() {
        let text =
            "\u{feff}# note\n---\nid: a\nwhere:\n- b: c\n\"quoted\": |\n  x: y\n\nlast: [\n]\n";
        let keys: Vec<_> = entries(text).map(|entry| entry.key).collect();
        assert_eq!(keys, ["id", "where", "quoted", "last"]);
        let file = SourceFile::new("test.yaml", "a: 1\nb:\n  - é\nc: 3\n");
        assert_eq!(only(&file, &["c"]).text(), "    \n  \n      \nc: 3\n");
    }
}
