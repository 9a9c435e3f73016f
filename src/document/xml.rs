//! XML of packages, event by event: names by their namespace, entities resolved, nothing expanded that a file declares.

use std::borrow::Cow;

use quick_xml::{
    NsReader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesRef, BytesStart, Event as XmlEvent},
    name::{Namespace, ResolveResult},
};

use super::open::Unreadable;
use crate::span::{Span, text_at};

/// The vocabularies that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// WordprocessingML.
    Word,
    /// Formulas in Word.
    Math,
    /// Alternatives for programs of different age.
    Compat,
    /// Relationships between parts.
    Relations,
    /// The frame of an OpenDocument file.
    Office,
    /// Its text.
    Text,
    /// Its tables.
    Table,
    /// Its styles.
    Style,
    /// Its drawings.
    Draw,
    /// Words about documents.
    Terms,
    /// The list of types of parts.
    Types,
    /// Its list of parts.
    Manifest,
    /// Anything else.
    Other,
}

/// Namespaces and what they stand for.
/// Source: ECMA-376 (transitional and strict), OASIS OpenDocument 1.3, Dublin Core 1.1.
const SPACES: &[(&str, Space)] = &[
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        Space::Word,
    ),
    (
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
        Space::Word,
    ),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/math",
        Space::Math,
    ),
    (
        "http://purl.oclc.org/ooxml/officeDocument/math",
        Space::Math,
    ),
    (
        "http://schemas.openxmlformats.org/markup-compatibility/2006",
        Space::Compat,
    ),
    (
        "http://schemas.openxmlformats.org/package/2006/relationships",
        Space::Relations,
    ),
    (
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        Space::Office,
    ),
    (
        "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        Space::Text,
    ),
    (
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        Space::Table,
    ),
    (
        "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        Space::Style,
    ),
    (
        "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        Space::Draw,
    ),
    (
        "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
        Space::Manifest,
    ),
    ("http://purl.org/dc/elements/1.1/", Space::Terms),
    (
        "http://schemas.openxmlformats.org/package/2006/content-types",
        Space::Types,
    ),
];

/// Elements that may be open at a time.
const MAX_DEPTH: usize = 1000;

/// What was met.
pub(crate) enum Event<'a> {
    /// An element begins; one without content ends at once.
    Start(Tag<'a>),
    /// The innermost element ends.
    End,
    /// Text; it may come in pieces.
    Text(Cow<'a, str>),
}

/// The start of an element.
pub(crate) struct Tag<'a> {
    /// The vocabulary of its name.
    pub(crate) space: Space,
    start: BytesStart<'a>,
}

impl Tag<'_> {
    /// The name without its prefix.
    pub(crate) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The value of an attribute by its name without a prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
        Some(value.into_owned())
    }

    /// The value of an attribute that is a number.
    pub(crate) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.attribute(name)?.trim().parse().ok()
    }
}

/// A part that is being read.
pub(crate) struct Xml<'a> {
    part: &'a str,
    text: &'a str,
    reader: NsReader<&'a [u8]>,
    depth: usize,
    /// Bytes of the byte order mark, which the reader does not count.
    mark: usize,
    /// Bytes of what was met last.
    last: Span,
}

impl<'a> Xml<'a> {
    /// A reader of `text`, which is the part of this name.
    pub(crate) fn new(part: &'a str, text: &'a str) -> Self {
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = NsReader::from_str(body);
        reader.config_mut().expand_empty_elements = true;
        Self {
            part,
            text,
            reader,
            depth: 0,
            mark: text.len() - body.len(),
            last: Span::default(),
        }
    }

    /// Bytes of what was met last, its tag for the start of an element; empty for the end of one without content.
    pub(crate) const fn span(&self) -> Span {
        self.last
    }

    /// What was met last, as it is written.
    pub(crate) fn written(&self) -> &'a str {
        text_at(self.text, self.last)
    }

    /// Elements that are open, that which was met last included.
    pub(crate) const fn depth(&self) -> usize {
        self.depth
    }

    /// Bytes read so far.
    fn position(&self) -> usize {
        let read = usize::try_from(self.reader.buffer_position());
        self.mark + read.unwrap_or(usize::MAX)
    }

    /// What comes next; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Event<'a>>, Unreadable> {
        loop {
            let start = self.position();
            let (space, event) = match self.reader.read_resolved_event() {
                Ok((name, event)) => (space(&name), event),
                Err(error) => {
                    let at = self.reader.error_position();
                    let what = format!("{}: byte {at}: {error}", self.part);
                    return Err(Unreadable::damaged(what));
                }
            };
            self.last = Span::new(start, self.position());
            return Ok(Some(match event {
                XmlEvent::Start(start) | XmlEvent::Empty(start) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        let what =
                            format!("{}: more than {MAX_DEPTH} elements are nested", self.part);
                        return Err(Unreadable::damaged(what));
                    }
                    Event::Start(Tag { space, start })
                }
                XmlEvent::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Event::End
                }
                XmlEvent::Text(text) => Event::Text(text.xml10_content()),
                XmlEvent::CData(text) => Event::Text(text.xml10_content()),
                XmlEvent::GeneralRef(name) => Event::Text(self.entity(&name)?),
                XmlEvent::DocType(text) => {
                    if text.into_inner().contains("<!ENTITY") {
                        let what = format!(
                            "{}: it declares entities, which the format forbids",
                            self.part
                        );
                        return Err(Unreadable::new(what, "check where the file comes from"));
                    }
                    continue;
                }
                XmlEvent::Eof if self.depth > 0 => {
                    return Err(Unreadable::damaged(format!(
                        "{}: it ends too early",
                        self.part
                    )));
                }
                XmlEvent::Eof => return Ok(None),
                XmlEvent::Comment(_) | XmlEvent::Decl(_) | XmlEvent::PI(_) => continue,
            }));
        }
    }

    /// What a reference stands for: a character, or one of the five names that XML knows.
    fn entity(&self, name: &BytesRef<'_>) -> Result<Cow<'a, str>, Unreadable> {
        if let Ok(Some(character)) = name.resolve_char_ref() {
            return Ok(Cow::Owned(character.to_string()));
        }
        let name = name.xml10_content();
        match resolve_predefined_entity(&name) {
            Some(character) => Ok(Cow::Borrowed(character)),
            None => Err(Unreadable::damaged(format!(
                "{}: there is no entity &{name};",
                self.part
            ))),
        }
    }

    /// Leaves out the rest of the element that began last.
    pub(crate) fn skip(&mut self) -> Result<(), Unreadable> {
        let mut open = 1;
        while open > 0 {
            match self.next()? {
                Some(Event::Start(_)) => open += 1,
                Some(Event::End) => open -= 1,
                Some(Event::Text(_)) => {}
                None => break,
            }
        }
        Ok(())
    }
}

fn space(name: &ResolveResult<'_>) -> Space {
    let ResolveResult::Bound(Namespace(name)) = name else {
        return Space::Other;
    };
    SPACES
        .iter()
        .find(|(known, _)| known == name)
        .map_or(Space::Other, |(_, space)| *space)
}
