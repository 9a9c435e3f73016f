//! The styles of an OpenDocument text: how text looks, what paragraphs are, how lists are numbered.

use rustc_hash::{FxHashMap, FxHashSet};

use super::lists::{LevelStyle, ListStyle};
use crate::document::{
    open::Unreadable,
    xml::{Event, Space, Tag, Xml},
};

/// What a style says; `None` where it leaves a thing to its parent.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    name: String,
    parent: Option<String>,
    bold: Option<bool>,
    hidden: Option<bool>,
    struck: Option<bool>,
    raised: Option<bool>,
}

/// What a paragraph is by its style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sort {
    /// Nothing in particular.
    #[default]
    Body,
    /// The title of the document.
    Title,
    /// A quotation.
    Quotation,
    /// A caption.
    Caption,
}

/// How text looks by the styles around it.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a property of its own, as styles have them"
)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Appearance {
    pub(super) bold: bool,
    pub(super) hidden: bool,
    pub(super) struck: bool,
    pub(super) raised: bool,
}

/// The styles of a text.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// By family (`paragraph`, `text`) and name.
    by_name: FxHashMap<(String, String), Style>,
    lists: FxHashMap<String, ListStyle>,
    /// How headings are numbered.
    pub(super) outline: ListStyle,
}

/// What is open while styles are read.
enum Open {
    Style(String, Style),
    List(String, ListStyle),
    Outline(ListStyle),
    Other,
}

impl Styles {
    /// Reads the styles that a part holds, up to the text in it. The styles of a part that `describes_pages` are read without
    /// those that were made for the heads and feet of pages.
    pub(super) fn read(
        &mut self,
        xml: &mut Xml<'_>,
        describes_pages: bool,
    ) -> Result<(), Unreadable> {
        let mut open: Vec<Open> = Vec::new();
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(tag) => {
                    if (tag.space, tag.name()) == (Space::Office, "body") {
                        return Ok(());
                    }
                    let pages = matches!(tag.name(), "automatic-styles" | "master-styles");
                    if tag.space == Space::Office && pages && describes_pages {
                        xml.skip()?;
                        continue;
                    }
                    let element = Self::start(&tag, &mut open);
                    open.push(element);
                }
                Event::End => match open.pop() {
                    Some(Open::Style(family, style)) => {
                        self.by_name.insert((family, style.name.clone()), style);
                    }
                    Some(Open::List(name, list)) => {
                        self.lists.insert(name, list);
                    }
                    Some(Open::Outline(list)) => self.outline = list,
                    Some(Open::Other) | None => {}
                },
                Event::Text(_) => {}
            }
        }
        Ok(())
    }

    fn start(tag: &Tag<'_>, open: &mut [Open]) -> Open {
        let name = || tag.attribute("name").unwrap_or_default();
        match (tag.space, tag.name()) {
            (Space::Style, "style") => {
                let style = Style {
                    name: name(),
                    parent: tag.attribute("parent-style-name"),
                    ..Style::default()
                };
                Open::Style(tag.attribute("family").unwrap_or_default(), style)
            }
            (Space::Text, "list-style") => Open::List(name(), ListStyle::default()),
            (Space::Text, "outline-style") => Open::Outline(ListStyle::default()),
            (Space::Style, "text-properties") => {
                if let Some(Open::Style(_, style)) = open.last_mut() {
                    style.read(tag);
                }
                Open::Other
            }
            (
                Space::Text,
                kind @ ("list-level-style-number"
                | "list-level-style-bullet"
                | "list-level-style-image"
                | "outline-level-style"),
            ) => {
                if let (Some(Open::List(_, list) | Open::Outline(list)), Some(level)) =
                    (open.last_mut(), tag.number("level"))
                {
                    let bullet =
                        matches!(kind, "list-level-style-bullet" | "list-level-style-image");
                    list.levels.insert(level, LevelStyle::read(tag, bullet));
                }
                Open::Other
            }
            _ => Open::Other,
        }
    }

    /// The first thing that a style says of something, or one of its parents.
    fn find<T>(&self, family: &str, name: &str, says: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut key = (family.to_owned(), name.to_owned());
        let mut seen = FxHashSet::default();
        while seen.insert(key.1.clone()) {
            let style = self.by_name.get(&key)?;
            if let Some(said) = says(style) {
                return Some(said);
            }
            key.1 = style.parent.clone()?;
        }
        None
    }

    /// What a paragraph of this style is. OpenDocument programs keep the English names of styles that they know.
    pub(super) fn sort(&self, name: &str) -> Sort {
        let named = |name: &str| match name {
            "Title" => Some(Sort::Title),
            "Quotations" | "Quote" | "Intense_20_Quote" => Some(Sort::Quotation),
            "Caption" | "caption" | "Illustration" | "Table" | "Figure" => Some(Sort::Caption),
            _ => None,
        };
        // A style that is not described may be known by its name.
        let described = self.find("paragraph", name, |style| {
            named(&style.name).or_else(|| named(style.parent.as_deref()?))
        });
        described.or_else(|| named(name)).unwrap_or_default()
    }

    /// How text looks that stands in text of another look.
    pub(super) fn appearance(&self, family: &str, name: &str, around: Appearance) -> Appearance {
        let says = |says: fn(&Style) -> Option<bool>, around| {
            self.find(family, name, says).unwrap_or(around)
        };
        Appearance {
            bold: says(|style| style.bold, around.bold),
            hidden: says(|style| style.hidden, around.hidden),
            struck: says(|style| style.struck, around.struck),
            raised: says(|style| style.raised, around.raised),
        }
    }

    /// A style of lists.
    pub(super) fn list(&self, name: &str) -> Option<&ListStyle> {
        self.lists.get(name)
    }
}

impl Style {
    fn read(&mut self, tag: &Tag<'_>) {
        if let Some(weight) = tag.attribute("font-weight") {
            let heavy = weight.parse().is_ok_and(|weight: u32| weight >= 600);
            self.bold = Some(heavy || weight == "bold");
        }
        if let Some(display) = tag.attribute("display") {
            self.hidden = Some(display == "none");
        }
        if let Some(line) = tag.attribute("text-line-through-style") {
            self.struck = Some(line != "none");
        }
        if let Some(position) = tag.attribute("text-position") {
            let up = position.split_whitespace().next().unwrap_or_default();
            let percent = up.trim_end_matches('%').parse::<f32>();
            self.raised = Some(up == "super" || percent.is_ok_and(|percent| percent > 0.0));
        }
    }
}
