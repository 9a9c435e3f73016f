//! The numbers that Word writes in front of paragraphs, which its files do not hold: they are counted here as Word counts.
//! Source: ECMA-376 part 1, 17.9.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::toggle;
use crate::document::{
    counting::Count,
    open::Unreadable,
    xml::{Event, Space, Tag, Xml},
};

/// Levels of a list.
const LEVELS: usize = 9;

/// How one level of a list is numbered.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    count: Count,
    /// `%1.%2)`: the number of level 1, a stop, that of level 2, a bracket.
    text: String,
    /// What stands between number and text.
    gap: &'static str,
    /// Whether the numbers of higher levels are written as decimals.
    legal: bool,
    /// Whether the count goes on when an item of a higher level comes between.
    goes_on: bool,
    /// The paragraph style that stands for this level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            count: Count::default(),
            text: String::new(),
            gap: "\t",
            legal: false,
            goes_on: false,
            style: None,
        }
    }
}

/// A definition of a list that several lists may share, which then share their count.
#[derive(Clone, Debug, Default)]
struct Definition {
    levels: FxHashMap<usize, Level>,
    /// The style whose list this is, and the one whose list is used instead.
    style: Option<String>,
    instead: Option<String>,
}

/// A list.
#[derive(Clone, Debug, Default)]
struct List {
    definition: String,
    /// Levels that start anew with this list, and where.
    starts: BTreeMap<usize, u32>,
    /// Levels that are numbered otherwise.
    levels: FxHashMap<usize, Level>,
}

/// The lists of a file, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: FxHashMap<String, Definition>,
    lists: FxHashMap<String, List>,
    counts: FxHashMap<String, [Option<u32>; LEVELS]>,
    begun: FxHashSet<String>,
}

/// What stands in front of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// The number or bullet; empty where nothing is written.
    pub(super) text: String,
    /// What stands between it and the text.
    pub(super) gap: &'static str,
    /// 0 for the outermost level.
    pub(super) depth: u8,
}

impl Numbering {
    /// Reads the part that holds the lists.
    pub(super) fn read(part: &str, text: &str) -> Result<Self, Unreadable> {
        let mut reader = Reader::default();
        let mut xml = Xml::new(part, text);
        let mut open = Vec::new();
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(tag) => {
                    let name = tag.name().to_owned();
                    if tag.space == Space::Word {
                        reader.start(&tag);
                    }
                    open.push(name);
                }
                Event::End => {
                    if let Some(name) = open.pop() {
                        reader.end(&name);
                    }
                }
                Event::Text(_) => {}
            }
        }
        Ok(reader.numbering)
    }

    /// The level of a list that a paragraph style stands for.
    pub(super) fn level_of(&self, list: &str, style: &str) -> Option<u8> {
        let definition = self.definition(&self.lists.get(list)?.definition)?.1;
        let level = definition
            .levels
            .iter()
            .find(|(_, level)| level.style.as_deref() == Some(style));
        level.and_then(|(level, _)| u8::try_from(*level).ok())
    }

    /// The definition of this id, or the one that is used instead.
    fn definition(&self, id: &str) -> Option<(&str, &Definition)> {
        let (id, definition) = self.definitions.get_key_value(id)?;
        let Some(instead) = &definition.instead else {
            return Some((id, definition));
        };
        let used = self
            .definitions
            .iter()
            .filter(|(_, known)| known.style.as_ref() == Some(instead))
            .min_by_key(|(id, _)| id.as_str());
        used.map(|(id, definition)| (id.as_str(), definition))
    }

    /// Counts a paragraph of a list and gives back what stands in front of it; `None` where there is no such list.
    pub(super) fn next(&mut self, list: &str, level: u8) -> Option<Label> {
        let level = usize::from(level).min(LEVELS - 1);
        let known = self.lists.get(list)?;
        let (id, definition) = self.definition(&known.definition)?;
        let of = |at: usize| known.levels.get(&at).or_else(|| definition.levels.get(&at));
        let own = of(level).cloned().unwrap_or_default();
        let start = |at: usize| {
            let first = known.starts.get(&at).copied();
            first
                .or_else(|| of(at).map(|level| level.start))
                .unwrap_or(1)
        };
        let mut counts = self.counts.get(id).copied().unwrap_or_default();
        if !self.begun.contains(list) {
            for &at in known.starts.keys() {
                if let Some(count) = counts.get_mut(at) {
                    *count = None;
                }
            }
        }
        for (at, count) in counts.iter_mut().enumerate() {
            if at < level && count.is_none() {
                *count = Some(start(at));
            } else if at == level {
                *count = Some(count.map_or_else(|| start(at), |count| count.saturating_add(1)));
            } else if at > level && !of(at).is_some_and(|level| level.goes_on) {
                *count = None;
            }
        }
        let number = |at: usize| {
            let count = if own.legal && at != level {
                Count::Decimal
            } else {
                of(at).map(|level| level.count).unwrap_or_default()
            };
            let number = counts.get(at).copied().flatten().unwrap_or(1);
            count.write(number)
        };
        let text = match own.count {
            Count::Bullet => "•".to_owned(),
            _ => fill(&own.text, number),
        };
        let id = id.to_owned();
        self.counts.insert(id, counts);
        self.begun.insert(list.to_owned());
        Some(Label {
            text,
            gap: own.gap,
            depth: u8::try_from(level).unwrap_or_default(),
        })
    }
}

/// `text` with each `%1` to `%9` replaced.
fn fill(text: &str, number: impl Fn(usize) -> String) -> String {
    let mut filled = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match rest.peek().and_then(|digit| digit.to_digit(10)) {
            Some(level @ 1..=9) if c == '%' => {
                rest.next();
                filled.push_str(&number(level as usize - 1));
            }
            _ => filled.push(c),
        }
    }
    filled
}

/// What is open while the lists are read.
#[derive(Default)]
struct Reader {
    numbering: Numbering,
    definition: Option<(String, Definition)>,
    list: Option<(String, List)>,
    level: Option<(usize, Level)>,
    /// The level whose numbering a list changes.
    changed: Option<usize>,
}

impl Reader {
    fn start(&mut self, tag: &Tag<'_>) {
        let value = || tag.attribute("val").unwrap_or_default();
        match tag.name() {
            "abstractNum" => {
                let id = tag.attribute("abstractNumId").unwrap_or_default();
                self.definition = Some((id, Definition::default()));
            }
            "num" => {
                let id = tag.attribute("numId").unwrap_or_default();
                self.list = Some((id, List::default()));
            }
            "abstractNumId" => {
                if let Some((_, list)) = &mut self.list {
                    list.definition = value();
                }
            }
            "styleLink" => {
                if let Some((_, definition)) = &mut self.definition {
                    definition.style = Some(value());
                }
            }
            "numStyleLink" => {
                if let Some((_, definition)) = &mut self.definition {
                    definition.instead = Some(value());
                }
            }
            "lvlOverride" => self.changed = tag.number("ilvl"),
            "startOverride" => {
                if let (Some((_, list)), Some(at), Some(start)) =
                    (&mut self.list, self.changed, tag.number("val"))
                {
                    list.starts.insert(at, start);
                }
            }
            "lvl" => {
                self.level = tag.number("ilvl").map(|at| (at, Level::default()));
            }
            _ => {
                if let Some((_, level)) = &mut self.level {
                    level.read(tag);
                }
            }
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "lvl" => {
                let Some((at, level)) = self.level.take() else {
                    return;
                };
                if let Some((_, list)) = &mut self.list {
                    list.levels.insert(at, level);
                } else if let Some((_, definition)) = &mut self.definition {
                    definition.levels.insert(at, level);
                }
            }
            "abstractNum" => self.numbering.definitions.extend(self.definition.take()),
            "num" => self.numbering.lists.extend(self.list.take()),
            _ => {}
        }
    }
}

impl Level {
    fn read(&mut self, tag: &Tag<'_>) {
        let value = tag.attribute("val").unwrap_or_default();
        match tag.name() {
            "start" => self.start = value.parse().unwrap_or(1),
            "numFmt" => {
                self.count = match value.as_str() {
                    "decimalZero" => Count::Padded,
                    "ordinal" => Count::Ordinal,
                    "lowerLetter" => Count::Lower,
                    "upperLetter" => Count::Upper,
                    "lowerRoman" => Count::LowerRoman,
                    "upperRoman" => Count::UpperRoman,
                    "bullet" => Count::Bullet,
                    "none" => Count::Nothing,
                    _ => Count::Decimal,
                }
            }
            "lvlText" => self.text = value,
            "suff" => {
                self.gap = match value.as_str() {
                    "space" => " ",
                    "nothing" => "",
                    _ => "\t",
                }
            }
            "isLgl" => self.legal = toggle(tag),
            "lvlRestart" => self.goes_on = value == "0",
            "pStyle" => self.style = Some(value),
            _ => {}
        }
    }
}
