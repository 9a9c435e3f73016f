//! The styles of a Word file: what a paragraph or run is by its style, and by the styles that one is based on.

use rustc_hash::{FxHashMap, FxHashSet};

use super::toggle;
use crate::document::{
    open::Unreadable,
    xml::{Event, Space, Xml},
};

/// What a style says; `None` where it leaves a thing to the one that it is based on.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    /// Name in small letters. Word keeps the English name of a style that it knows in every language.
    name: String,
    based_on: Option<String>,
    /// 0 for the highest level of headings; 9 for body text.
    outline: Option<u8>,
    /// Numbering, and the level in it.
    pub(super) number: Option<String>,
    pub(super) level: Option<u8>,
    bold: Option<bool>,
    hidden: Option<bool>,
    /// Whether the first row of tables of this style is bold.
    head_bold: bool,
}

/// What a paragraph is by its style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Sort {
    /// Nothing in particular.
    #[default]
    Body,
    /// The title of the document.
    Title,
    /// A heading; 1 is the highest level.
    Heading(u8),
    /// A quotation.
    Quotation,
    /// A caption.
    Caption,
    /// A line of the table of contents.
    Contents,
}

/// The styles of a file by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: FxHashMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
}

impl Styles {
    /// Reads the part that holds the styles.
    pub(super) fn read(part: &str, text: &str) -> Result<Self, Unreadable> {
        let mut xml = Xml::new(part, text);
        let mut styles = Self::default();
        let mut open: Option<(String, Style, usize)> = None;
        let mut depth = 0;
        // How deep the formatting of the first row began.
        let mut first_row = None;
        while let Some(event) = xml.next()? {
            let tag = match event {
                Event::Start(tag) => tag,
                Event::End => {
                    if open.as_ref().is_some_and(|(.., at)| *at == depth)
                        && let Some((id, style, _)) = open.take()
                    {
                        styles.by_id.insert(id, style);
                    }
                    if first_row == Some(depth) {
                        first_row = None;
                    }
                    depth -= 1;
                    continue;
                }
                Event::Text(_) => continue,
            };
            depth += 1;
            if tag.space != Space::Word {
                continue;
            }
            let value = || tag.attribute("val").unwrap_or_default();
            let Some((_, style, _)) = &mut open else {
                if tag.name() == "style" {
                    let id = tag.attribute("styleId").unwrap_or_default();
                    let paragraph = tag.attribute("type").as_deref() == Some("paragraph");
                    if paragraph && tag.attribute("default").as_deref() == Some("1") {
                        styles.default = Some(id.clone());
                    }
                    open = Some((id, Style::default(), depth));
                }
                continue;
            };
            match tag.name() {
                "name" => style.name = value().to_lowercase(),
                "basedOn" => style.based_on = Some(value()),
                "tblStylePr" => {
                    first_row = (tag.attribute("type").as_deref() == Some("firstRow"))
                        .then_some(depth)
                        .or(Some(usize::MAX));
                }
                "b" if first_row == Some(usize::MAX) => {}
                "b" if first_row.is_some() => style.head_bold = toggle(&tag),
                "outlineLvl" => style.outline = tag.number("val"),
                "numId" => style.number = Some(value()),
                "ilvl" => style.level = tag.number("val"),
                "b" => style.bold = Some(toggle(&tag)),
                "vanish" => style.hidden = Some(toggle(&tag)),
                _ => {}
            }
        }
        Ok(styles)
    }

    /// The first thing that a style says of something, or one that it is based on.
    fn find<T>(&self, id: Option<&str>, says: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut next = id.or(self.default.as_deref());
        let mut seen = FxHashSet::default();
        while let Some(id) = next
            && seen.insert(id)
        {
            let style = self.by_id.get(id)?;
            if let Some(said) = says(style) {
                return Some(said);
            }
            next = style.based_on.as_deref();
        }
        None
    }

    /// What a paragraph of this style is.
    pub(super) fn sort(&self, id: Option<&str>) -> Sort {
        let named = |style: &Style| match style.name.as_str() {
            "title" => Some(Sort::Title),
            "quote" | "intense quote" | "block text" | "quotations" => Some(Sort::Quotation),
            "caption" => Some(Sort::Caption),
            name if name.starts_with("toc ") => Some(Sort::Contents),
            name => {
                let level = name
                    .strip_prefix("heading ")
                    .and_then(|level| level.parse().ok());
                let outline = style.outline.map(|outline| outline + 1);
                match level.or(outline)? {
                    level @ 1..=9 => Some(Sort::Heading(level)),
                    _ => Some(Sort::Body),
                }
            }
        };
        self.find(id, named).unwrap_or_default()
    }

    /// The numbering that a paragraph style brings: its id, its level, and the style that says so.
    pub(super) fn numbering(&self, id: Option<&str>) -> Option<(String, Option<u8>)> {
        let number = self.find(id, |style| style.number.clone())?;
        let level = self.find(id, |style| style.level);
        Some((number, level))
    }

    /// The id of the style that paragraphs without one have.
    pub(super) fn or_default<'a>(&'a self, id: Option<&'a str>) -> Option<&'a str> {
        id.or(self.default.as_deref())
    }

    /// Whether a style makes text bold.
    pub(super) fn bold(&self, id: Option<&str>) -> Option<bool> {
        self.find(id, |style| style.bold)
    }

    /// Whether a style hides text.
    pub(super) fn hidden(&self, id: Option<&str>) -> Option<bool> {
        self.find(id, |style| style.hidden)
    }

    /// Whether a table style makes the first row bold.
    pub(super) fn bold_head(&self, id: &str) -> bool {
        self.find(Some(id), |style| style.head_bold.then_some(true))
            .unwrap_or(false)
    }
}
