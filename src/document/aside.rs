//! Where a comment can be put into a document so that it counts for a place and the document stays as it is.
//!
//! A comment stands on a line of its own before the block, or, in Markdown where that would part a list or a paragraph, at the end of
//! the line of the place. None is put into front matter, code, a row of a table or preformatted text.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::{BlockKind, Document, Format, markdown};
use crate::{
    source::SourceFile,
    span::{Span, text_at},
};

/// A place for a comment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Aside {
    /// The byte of the author's file before which the comment is put.
    pub at: usize,
    /// What is put before the words of the comment.
    pub before: String,
    /// What is put after them.
    pub after: String,
}

/// The places for comments in one document.
pub struct Asides<'a> {
    file: &'a SourceFile,
    format: Format,
    document: &'a Document,
    /// The bytes of the author's file that each block stands for.
    sources: Vec<Span>,
    /// What stands in Markdown beside prose, in order of place.
    constructs: Vec<(Span, Construct)>,
}

/// What a place in Markdown stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Construct {
    FrontMatter,
    Code,
    Markup,
    Table,
}

impl<'a> Asides<'a> {
    /// The places in a document that was read from a file in a format.
    pub fn new(file: &'a SourceFile, format: Format, document: &'a Document) -> Self {
        let blocks = document.blocks.iter();
        Self {
            file,
            format,
            document,
            sources: blocks
                .map(|block| document.map.to_source(block.span))
                .collect(),
            constructs: if format == Format::Markdown {
                constructs(file.text())
            } else {
                Vec::new()
            },
        }
    }

    /// Where a comment can be put that counts for the byte `place` of the author's file; `None` where there is no such place.
    pub fn at(&self, place: usize) -> Option<Aside> {
        let holds = |source: &Span| source.start <= place && place < source.end;
        let at = self.sources.iter().position(holds)?;
        let source = *self.sources.get(at)?;
        match self.format {
            Format::Text => Some(self.line_above(self.line(source.start), "", ["# ", ""])),
            Format::Markdown => {
                self.in_markdown(&self.document.blocks.get(at)?.kind, source, place)
            }
            Format::Html => self.in_html(source),
            Format::Word | Format::OpenDocument | Format::Pdf => None,
        }
    }

    fn in_html(&self, source: Span) -> Option<Aside> {
        let text = self.file.text();
        let before = text_at(text, Span::new(0, source.start));
        if before.rfind("<pre") > before.rfind("</pre") {
            return None;
        }
        let line = self.line(source.start);
        let content = text_at(text, line);
        let indent = content.len() - content.trim_start().len();
        // A line that begins inside a tag has no room above it; a comment above one that holds an earlier block would count
        // for that.
        let above = text_at(text, Span::new(0, line.start));
        let in_tag = above.rfind('<') > above.rfind('>');
        let mut sources = self.sources.iter();
        let shared = sources.any(|other| other.end > line.start && other.start < source.start);
        if in_tag || shared {
            let end = self.line_end();
            return Some(Aside {
                at: source.start,
                before: format!("{end}<!-- "),
                after: format!(" -->{end}"),
            });
        }
        Some(self.line_above(line, content.get(..indent)?, HTML))
    }

    fn in_markdown(&self, kind: &BlockKind, source: Span, place: usize) -> Option<Aside> {
        let mut constructs = self.constructs.iter();
        let inside = constructs.rfind(|(span, _)| span.start <= place && place < span.end);
        let start = match inside {
            Some((_, Construct::FrontMatter)) => return None,
            Some((span, Construct::Code | Construct::Markup)) => span.start,
            Some((_, Construct::Table)) | None => source.start,
        };
        let line = self.line(start);
        let text = self.file.text();
        let above = text_at(text, Span::new(0, line.start)).lines().next_back();
        let after_blank = above.is_none_or(|line| line.trim().is_empty());
        let content = text_at(text, line).trim_start_matches('\u{feff}');
        let plain = !content.starts_with(['>', ' ', '\t']) && !content.starts_with("[^");
        let whole = !matches!(kind, BlockKind::ListItem(_) | BlockKind::Quotation);
        let free = after_blank || content.starts_with('#');
        if plain && (whole && free || inside.is_some()) {
            return Some(self.line_above(line, "", HTML));
        }
        inside.is_none().then(|| self.end_of_line(place))
    }

    /// The end of the line of a place, before what makes it a line break.
    fn end_of_line(&self, place: usize) -> Aside {
        let line = self.line(place);
        let content = text_at(self.file.text(), line).trim_end();
        let content = content.trim_end_matches('\\').trim_end();
        Aside {
            at: line.start + content.len(),
            before: " <!-- ".to_owned(),
            after: " -->".to_owned(),
        }
    }

    /// A line of its own above `line`.
    fn line_above(&self, line: Span, indent: &str, [before, after]: [&str; 2]) -> Aside {
        let content = text_at(self.file.text(), line);
        let mark = content.len() - content.trim_start_matches('\u{feff}').len();
        Aside {
            at: line.start + mark,
            before: format!("{indent}{before}"),
            after: format!("{after}{}", self.line_end()),
        }
    }

    /// The line that holds a byte, without its end.
    fn line(&self, at: usize) -> Span {
        let lines = self.file.lines();
        lines.line_span(self.file.text(), lines.line(at))
    }

    /// How lines end in the file.
    fn line_end(&self) -> &'static str {
        let text = self.file.text();
        let first = text.find('\n').and_then(|at| text.get(..at));
        if first.is_some_and(|line| line.ends_with('\r')) {
            "\r\n"
        } else {
            "\n"
        }
    }
}

/// What stands before and after the words of a comment in markup.
const HTML: [&str; 2] = ["<!-- ", " -->"];

fn constructs(text: &str) -> Vec<(Span, Construct)> {
    let (body, base) = markdown::body(text);
    let events = Parser::new_ext(body, markdown::options()).into_offset_iter();
    let construct = |(event, range): (Event<'_>, Range<usize>)| {
        let Event::Start(tag) = event else {
            return None;
        };
        let construct = match tag {
            Tag::MetadataBlock(_) => Construct::FrontMatter,
            Tag::CodeBlock(_) => Construct::Code,
            Tag::HtmlBlock => Construct::Markup,
            Tag::Table(_) => Construct::Table,
            _ => return None,
        };
        Some((Span::new(base + range.start, base + range.end), construct))
    };
    events.filter_map(construct).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;

    /// Puts a comment for the place of `X` into `text`, which then reads `expected`; `None` where there is no place for it.
    #[track_caller]
    fn check(format: Format, text: &str, expected: Option<&str>) {
        let file = SourceFile::new("a", text);
        let document = document::read(&file, format);
        let place = text.find('X').expect("a place");
        let aside = Asides::new(&file, format, &document).at(place);
        let put = aside.map(|aside| {
            let (before, after) = text.split_at(aside.at);
            format!(
                "{before}{}assize-ignore a{}{after}",
                aside.before, aside.after
            )
        });
        let shown = put.as_ref().map(|put| put.replace("assize-ignore a", "C"));
        assert_eq!(shown.as_deref(), expected, "{text}");
        if let Some(put) = put {
            let again = document::read(&SourceFile::new("a", &put), format);
            assert_eq!(blocks(&again), blocks(&document), "{put}");
        }
    }

    /// The kinds and words of blocks, wherever lines break.
    fn blocks(document: &Document) -> Vec<String> {
        let words = |block: &document::Block| {
            let words: Vec<_> = document.text_of(block.span).split_whitespace().collect();
            let kind = format!("{:?}", block.kind);
            format!(
                "{} {}",
                kind.split(' ').next().unwrap_or_default(),
                words.join(" ")
            )
        };
        document.blocks.iter().map(words).collect()
    }

    #[test]
    fn in_markdown_before_blocks_and_at_the_end_of_lines() {
        let check = |text: &str, expected| check(Format::Markdown, text, expected);
        check("One X.", Some("<!-- C -->\nOne X."));
        check("One\r\nX.\r\n", Some("<!-- C -->\r\nOne\r\nX.\r\n"));
        check("\u{feff}One X.\n", Some("\u{feff}<!-- C -->\nOne X.\n"));
        check("# One\n## X\n", Some("# One\n<!-- C -->\n## X\n"));
        check("One\n\nX\n===\n", Some("One\n\n<!-- C -->\nX\n===\n"));
        check("- One\n- X.\n- Two", Some("- One\n- X. <!-- C -->\n- Two"));
        check(
            "1. One\n\n   X  \n   two\n",
            Some("1. One\n\n   X <!-- C -->  \n   two\n"),
        );
        check(
            "> One\n> X\\\n> two",
            Some("> One\n> X <!-- C -->\\\n> two"),
        );
        check(
            "| A | B |\n|---|---|\n| X | c |\n",
            Some("<!-- C -->\n| A | B |\n|---|---|\n| X | c |\n"),
        );
        check(
            "One[^1].\n\n[^1]: X.\n",
            Some("One[^1].\n\n[^1]: X. <!-- C -->\n"),
        );
        check("```\nX\n```\n", Some("<!-- C -->\n```\nX\n```\n"));
        check("One\n\n    X\n", None);
        check("---\ntitle: X\n---\n\nOne\n", None);
        check(
            "<p>One</p>\n<p>X</p>\n",
            Some("<!-- C -->\n<p>One</p>\n<p>X</p>\n"),
        );
    }

    #[test]
    fn in_text_before_the_block() {
        let check = |text: &str, expected| check(Format::Text, text, expected);
        check("One\n\nTwo\nX.", Some("One\n\n# C\nTwo\nX."));
        check("Two\r\nX.\r\n", Some("# C\r\nTwo\r\nX.\r\n"));
        check("\u{feff}X\n", Some("\u{feff}# C\nX\n"));
        check("1. One\n2. X\n", Some("1. One\n# C\n2. X\n"));
    }

    #[test]
    fn in_html_before_the_block() {
        let check = |text: &str, expected| check(Format::Html, text, expected);
        check(
            "<p>One</p>\n  <p>X</p>",
            Some("<p>One</p>\n  <!-- C -->\n  <p>X</p>"),
        );
        check(
            "<p>One</p><p>X</p>",
            Some("<p>One</p><p>\n<!-- C -->\nX</p>"),
        );
        check(
            "<p>One</p><p\nid=a>X</p>",
            Some("<p>One</p><p\nid=a>\n<!-- C -->\nX</p>"),
        );
        check(
            "<table>\n<tr>\n<td>X</td></tr></table>",
            Some("<table>\n<tr>\n<!-- C -->\n<td>X</td></tr></table>"),
        );
        check("<pre>\nOne\nX</pre>", None);
    }

    #[test]
    fn in_packages_nowhere() {
        check(Format::Word, "X", None);
    }
}
