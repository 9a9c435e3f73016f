//! The numbers that an OpenDocument program writes in front of paragraphs, which its files do not hold.
//! Source: OASIS OpenDocument 1.3 part 3, 5.3 and 16.30.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::styles::Styles;
use crate::document::{counting::Count, xml::Tag};

/// Levels of a list.
const LEVELS: usize = 10;

/// How a list is numbered, by level from 1.
#[derive(Clone, Debug, Default)]
pub(super) struct ListStyle {
    pub(super) levels: BTreeMap<usize, LevelStyle>,
}

/// How one level of a list is numbered.
#[derive(Clone, Debug, Default)]
pub(super) struct LevelStyle {
    count: Count,
    prefix: String,
    suffix: String,
    start: u32,
    /// How many levels are written.
    shown: usize,
    /// `%1%.%2%)`: the whole of what is written.
    pattern: Option<String>,
}

impl LevelStyle {
    /// A level as its tag describes it.
    pub(super) fn read(tag: &Tag<'_>, bullet: bool) -> Self {
        let format = tag.attribute("num-format").unwrap_or_default();
        let count = match format.as_str() {
            _ if bullet => Count::Bullet,
            "" => Count::Nothing,
            "a" => Count::Lower,
            "A" => Count::Upper,
            "i" => Count::LowerRoman,
            "I" => Count::UpperRoman,
            _ => Count::Decimal,
        };
        Self {
            count,
            prefix: tag.attribute("num-prefix").unwrap_or_default(),
            suffix: tag.attribute("num-suffix").unwrap_or_default(),
            start: tag.number("start-value").unwrap_or(1),
            shown: tag.number("display-levels").unwrap_or(1),
            pattern: tag.attribute("num-list-format"),
        }
    }
}

/// How far each level has counted.
pub(super) type Counts = [Option<u32>; LEVELS];

impl ListStyle {
    /// Counts an item of a level, from 1, and gives back what stands in front of it; empty where nothing does.
    pub(super) fn next(&self, counts: &mut Counts, level: usize, start: Option<u32>) -> String {
        let level = level.clamp(1, LEVELS);
        let of = |level: usize| self.levels.get(&level);
        let first = |level: usize| of(level).map_or(1, |style| style.start);
        for (number, count) in (1..).zip(counts.iter_mut()) {
            if number == level {
                let next = count.map_or_else(|| first(level), |count| count.saturating_add(1));
                *count = Some(start.unwrap_or(next));
            } else if number > level {
                *count = None;
            }
        }
        let Some(own) = of(level) else {
            return String::new();
        };
        let number = |level: usize| {
            let count = level
                .checked_sub(1)
                .and_then(|at| counts.get(at).copied().flatten());
            let style = of(level).map(|style| style.count).unwrap_or_default();
            style.write(count.unwrap_or_else(|| first(level)))
        };
        match own.count {
            Count::Nothing => return String::new(),
            Count::Bullet => return "•".to_owned(),
            _ => {}
        }
        if let Some(pattern) = own
            .pattern
            .as_deref()
            .filter(|pattern| pattern.contains('%'))
        {
            return (1..=LEVELS).fold(pattern.to_owned(), |text, level| {
                let sign = format!("%{level}%");
                if text.contains(&sign) {
                    text.replace(&sign, &number(level))
                } else {
                    text
                }
            });
        }
        let shown = (level + 1).saturating_sub(own.shown.max(1)).max(1)..=level;
        let numbers: Vec<String> = shown
            .map(number)
            .filter(|number| !number.is_empty())
            .collect();
        format!("{}{}{}", own.prefix, numbers.join("."), own.suffix)
    }
}

/// A list that is open.
#[derive(Clone, Debug, Default)]
struct Open {
    style: Option<String>,
    /// Whether the item that is open has not been counted; `None` for text that is none.
    item: Option<Item>,
}

/// An item that was not counted yet.
#[derive(Clone, Copy, Debug, Default)]
struct Item {
    start: Option<u32>,
}

/// The lists that are open, and how far those before them have counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<Open>,
    counts: Counts,
    /// The ids of the outermost list, and of the one that it goes on with.
    ids: Vec<String>,
    by_id: FxHashMap<String, Counts>,
    by_style: FxHashMap<String, Counts>,
}

impl Lists {
    /// Begins a list.
    pub(super) fn start(&mut self, tag: &Tag<'_>) {
        let around = self.open.last().and_then(|open| open.style.clone());
        let style = tag.attribute("style-name").or(around);
        let goes_on = tag.attribute("continue-numbering").as_deref() == Some("true");
        if self.open.is_empty() {
            let earlier = tag.attribute("continue-list");
            let by_id = earlier.as_ref().and_then(|id| self.by_id.get(id));
            let by_style = style.as_ref().filter(|_| goes_on);
            let by_style = by_style.and_then(|style| self.by_style.get(style));
            self.counts = by_id.or(by_style).copied().unwrap_or_default();
            self.ids = tag.attribute("id").into_iter().chain(earlier).collect();
        } else if let Some(count) = self.counts.get_mut(self.open.len())
            && !goes_on
        {
            *count = None;
        }
        self.open.push(Open { style, item: None });
    }

    /// Ends a list.
    pub(super) fn end(&mut self) {
        let ended = self.open.pop();
        if self.open.is_empty() {
            for id in std::mem::take(&mut self.ids) {
                self.by_id.insert(id, self.counts);
            }
            if let Some(style) = ended.and_then(|list| list.style) {
                self.by_style.insert(style, self.counts);
            }
        }
    }

    /// Begins an item.
    pub(super) fn start_item(&mut self, tag: &Tag<'_>) {
        if let Some(list) = self.open.last_mut() {
            list.item = Some(Item {
                start: tag.number("start-value"),
            });
        }
    }

    /// Ends an item.
    pub(super) fn end_item(&mut self) {
        if let Some(list) = self.open.last_mut() {
            list.item = None;
        }
    }

    /// Whether text stands in a list.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Counts a paragraph where it is the first of its item; gives back what stands in front of it, and how deep the list is
    /// nested.
    pub(super) fn label(&mut self, styles: &Styles) -> Option<(String, u8)> {
        let level = self.open.len();
        let list = self.open.last_mut()?;
        let item = list.item.take()?;
        let style = styles.list(list.style.as_deref()?)?;
        let label = style.next(&mut self.counts, level, item.start);
        let depth = u8::try_from(level - 1).unwrap_or(u8::MAX);
        (!label.is_empty()).then_some((label, depth))
    }

    /// Sets aside the lists that are open, for text that stands beside them.
    pub(super) fn step_aside(&mut self) -> Self {
        Self {
            open: std::mem::take(&mut self.open),
            counts: self.counts,
            ids: std::mem::take(&mut self.ids),
            by_id: FxHashMap::default(),
            by_style: FxHashMap::default(),
        }
    }

    /// Goes on with the lists that were set aside.
    pub(super) fn step_back(&mut self, aside: Self) {
        self.open = aside.open;
        self.counts = aside.counts;
        self.ids = aside.ids;
    }
}
