//! Comments in OpenDocument texts, within their paragraphs.
//! Source: OASIS OpenDocument 1.3 part 3, 14.1 to 14.3.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::{
    AUTHOR, Note,
    anchor::{self, Cut},
    archive,
    edits::{Edits, escaped},
    is_ours, lines,
};
use crate::{
    document::{self, Event, Origin, Package, Part, Space, Tracked, Unreadable, Xml},
    span::Span,
};

const CONTENT: &str = "content.xml";

/// Prefixes that are used here, and what they stand for.
const NAMES: [(&str, &str); 3] = [
    ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
];

/// A text with comments, in the place of those that are there.
pub(super) fn annotate(
    text: &str,
    bytes: &[u8],
    tracked: Tracked,
    notes: &[Note],
) -> Result<Vec<u8>, Unreadable> {
    let content = Package::open(bytes)?.required(CONTENT)?;
    let old = comments(&content)?;
    let cleaned = if old.is_empty() {
        bytes.to_vec()
    } else {
        let content = old.apply(&content);
        archive::rewrite(bytes, &[(CONTENT.to_owned(), content)])?
    };
    let (read, origin) = document::origin(&cleaned, tracked)?;
    if read != text {
        return Err(Unreadable::changed());
    }
    let Some(part) = origin.parts.first().filter(|_| !notes.is_empty()) else {
        return Ok(cleaned);
    };
    let edits = marks(part, &origin, text, notes);
    let content = edits.apply(&part.text);
    let written = archive::rewrite(&cleaned, &[(CONTENT.to_owned(), content)])?;
    if document::origin(&written, tracked)?.0 != text {
        return Err(Unreadable::not_kept());
    }
    Ok(written)
}

/// Where the comments begin and end in the content.
fn marks(part: &Part, origin: &Origin, text: &str, notes: &[Note]) -> Edits {
    let mut name = "assize".to_owned();
    while part.text.contains(&format!("\"{name}-")) {
        name.push('_');
    }
    let declared = declarations(&part.text);
    let mut marks: Vec<(Cut, bool, usize, String)> = Vec::new();
    for (note, number) in notes.iter().zip(1..) {
        let Some(anchor) = anchor::find(origin, text, note.span) else {
            continue;
        };
        let name = format!("{name}-{number}");
        let begin = start(&name, &lines(note, &anchor, text), &declared);
        let end = format!("<office:annotation-end{declared} office:name=\"{name}\"/>");
        marks.push((anchor.start, true, number, begin));
        marks.push((anchor.end, false, number, end));
    }
    marks.sort();
    let mut edits = Edits::default();
    for (cut, _, _, mark) in marks {
        edits.insert(cut.at, mark);
    }
    edits
}

/// The declarations of prefixes that the root of the content lacks.
fn declarations(content: &str) -> String {
    let root = content
        .split_once("document-content")
        .and_then(|(_, rest)| rest.split_once('>'));
    let root = root.map_or("", |(root, _)| root);
    let missing = NAMES
        .iter()
        .map(|(prefix, name)| format!(" xmlns:{prefix}=\"{name}\""));
    missing
        .filter(|declared| !root.contains(declared.trim()))
        .collect()
}

/// Where a comment begins, with all that it says.
fn start(name: &str, lines: &[Cow<'_, str>], declared: &str) -> String {
    let lines = lines.iter();
    let lines: Vec<_> = lines
        .map(|line| format!("<text:p>{}</text:p>", escaped(line)))
        .collect();
    let lines = lines.concat();
    format!(
        "<office:annotation{declared} office:name=\"{name}\"><dc:creator>{AUTHOR}</dc:creator>{lines}</office:annotation>"
    )
}

/// A comment that is being read.
#[derive(Default)]
struct Comment {
    start: usize,
    depth: usize,
    name: Option<String>,
    creator: String,
    last: String,
}

/// Takes out the comments that an earlier run left.
fn comments(content: &str) -> Result<Edits, Unreadable> {
    let mut edits = Edits::default();
    let mut ours: FxHashSet<String> = FxHashSet::default();
    let mut open: Option<Comment> = None;
    let mut ended: Option<(usize, usize)> = None;
    // Where the text that comes next belongs.
    let mut in_creator = false;
    let mut xml = Xml::new(CONTENT, content);
    while let Some(event) = xml.next()? {
        match (event, &mut open) {
            (Event::Start(tag), None) => match (tag.space, tag.name()) {
                (Space::Office, "annotation") => {
                    open = Some(Comment {
                        start: xml.span().start,
                        depth: xml.depth(),
                        name: tag.attribute("name"),
                        ..Comment::default()
                    });
                }
                (Space::Office, "annotation-end")
                    if tag
                        .attribute("name")
                        .is_some_and(|name| ours.contains(&name)) =>
                {
                    ended = Some((xml.span().start, xml.depth()));
                }
                _ => {}
            },
            (Event::Start(tag), Some(comment)) => {
                in_creator = (tag.space, tag.name()) == (Space::Terms, "creator");
                if (tag.space, tag.name()) == (Space::Text, "p") {
                    comment.last.clear();
                }
            }
            (Event::Text(text), Some(comment)) => {
                if in_creator {
                    comment.creator.push_str(&text);
                } else {
                    comment.last.push_str(&text);
                }
            }
            (Event::Text(_), None) => {}
            (Event::End, Some(comment)) => {
                in_creator = false;
                if xml.depth() + 1 == comment.depth
                    && let Some(comment) = open.take()
                    && is_ours(&comment.creator, &comment.last)
                {
                    edits.remove(Span::new(comment.start, xml.span().end));
                    ours.extend(comment.name);
                }
            }
            (Event::End, None) => {
                if let Some((start, _)) = ended.take_if(|(_, depth)| *depth == xml.depth() + 1) {
                    edits.remove(Span::new(start, xml.span().end));
                }
            }
        }
    }
    Ok(edits)
}
