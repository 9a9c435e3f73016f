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
    document::{self, Event, Origin, Package, Part, Space, Tag, Tracked, Unreadable, Xml},
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
    let mut found = Comments::default();
    let mut xml = Xml::new(CONTENT, content);
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(tag) => found.start(&tag, &xml),
            Event::Text(text) => found.text(&text),
            Event::End => found.end(&xml),
        }
    }
    Ok(found.edits)
}

/// The comments of a document, as they are gone through.
#[derive(Default)]
struct Comments {
    edits: Edits,
    /// Names of those that an earlier run left.
    ours: FxHashSet<String>,
    open: Option<Comment>,
    /// Where the mark of the end of one of them begins, and how deep it lies.
    ended: Option<(usize, usize)>,
    /// Whether the text that comes next is the name of an author.
    in_creator: bool,
}

impl Comments {
    fn start(&mut self, tag: &Tag<'_>, xml: &Xml<'_>) {
        let kind = (tag.space, tag.name());
        if let Some(comment) = &mut self.open {
            self.in_creator = kind == (Space::Terms, "creator");
            if kind == (Space::Text, "p") {
                comment.last.clear();
            }
            return;
        }
        let name = tag.attribute("name");
        match kind {
            (Space::Office, "annotation") => {
                self.open = Some(Comment {
                    start: xml.span().start,
                    depth: xml.depth(),
                    name,
                    ..Comment::default()
                });
            }
            (Space::Office, "annotation-end")
                if name.is_some_and(|name| self.ours.contains(&name)) =>
            {
                self.ended = Some((xml.span().start, xml.depth()));
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.open {
            Some(comment) if self.in_creator => comment.creator.push_str(text),
            Some(comment) => comment.last.push_str(text),
            None => {}
        }
    }

    fn end(&mut self, xml: &Xml<'_>) {
        let depth = xml.depth() + 1;
        if self.open.is_some() {
            self.in_creator = false;
            if let Some(comment) = self.open.take_if(|comment| comment.depth == depth)
                && is_ours(&comment.creator, &comment.last)
            {
                self.edits.remove(Span::new(comment.start, xml.span().end));
                self.ours.extend(comment.name);
            }
        } else if let Some((start, _)) = self.ended.take_if(|(_, ended)| *ended == depth) {
            self.edits.remove(Span::new(start, xml.span().end));
        }
    }
}
