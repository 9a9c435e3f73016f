//! What a document holds that may be counted: its issues by list, the rows of its tables, its headings and ratings.

use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Tallies;

use crate::{
    document::{BlockKind, Table},
    facts::{
        Fact, lists,
        reading::Reading,
        schema::{self, issue, rating},
    },
    grammar::{Class, Classes, noun, reference},
    span::Span,
    value::{Label, Value},
};

/// The issues of one list, or of one series of labels.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) noun: Label,
    pub(super) series: Option<Label>,
    pub(super) first_block: usize,
    pub(super) size: usize,
    /// As `size`, with lettered parts counted as one: "R3a" and "R3b".
    pub(super) whole: usize,
    /// The number of the last one, without the letter of a part; empty where it has none.
    pub(super) last: String,
    /// Whether the lead says that these are not all: "key recommendations include".
    pub(super) partial: bool,
}

impl Group {
    /// One that holds no issue yet.
    fn new(noun: &Label, series: Option<&Label>, first_block: usize, partial: bool) -> Self {
        Self {
            noun: noun.clone(),
            series: series.cloned(),
            first_block,
            size: 0,
            whole: 0,
            last: String::new(),
            partial,
        }
    }

    /// Counts the next issue, by its number.
    fn add(&mut self, number: &str) {
        let whole = number.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let is_part = whole.len() < number.len() && whole == self.last && !whole.is_empty();
        self.size += 1;
        self.whole += usize::from(!is_part);
        whole.clone_into(&mut self.last);
    }
}

/// What is known of a table.
#[derive(Clone, Debug)]
struct Rows {
    block: usize,
    /// Key of the last word of the first column's head.
    head: String,
    size: usize,
}

impl<'a, 'b> Tallies<'a, 'b> {
    /// No tallies yet, of a document whose issues and ratings are known.
    pub(super) fn new(reading: &'a Reading<'b>, facts: &[Fact]) -> Self {
        let lists = lists::lists(reading.document);
        let groups = groups(reading, facts, &lists);
        let (rated, grades) = rated(facts);
        let (by_table, by_head) = sizes_of_tables(reading);
        let leads = lists.iter().enumerate();
        let items = lists.iter();
        Self {
            reading,
            by_lead: leads
                .filter_map(|(at, list)| Some((list.lead?, at)))
                .collect(),
            by_item: items
                .filter_map(|list| Some((*list.items.first()?, list.items.len())))
                .collect(),
            issues: groups.iter().map(|group| group.size).sum(),
            by_noun: by_noun(&groups),
            by_first: first_of_each(
                groups
                    .iter()
                    .enumerate()
                    .map(|(at, group)| (group.first_block, at)),
            ),
            groups,
            by_table,
            by_head,
            lists,
            rated,
            grades,
            bodies: rated_bodies(facts),
            sequences: sequences(reading),
            by_heading: headings(reading),
            known: FxHashMap::default(),
            definite: FxHashSet::default(),
            rated_in: rated_in(facts),
            found: Vec::new(),
        }
    }
}

/// Pairs as a map; of those with one key the first.
fn first_of_each<K: Eq + Hash>(pairs: impl Iterator<Item = (K, usize)>) -> FxHashMap<K, usize> {
    let mut map = FxHashMap::default();
    for (key, value) in pairs {
        map.entry(key).or_insert(value);
    }
    map
}

/// Indices of groups by their nouns, and by the last words of those.
fn by_noun(groups: &[Group]) -> FxHashMap<String, Vec<usize>> {
    let mut map: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, group) in groups.iter().enumerate() {
        let (noun, last) = (group.noun.key().to_owned(), last_key(&group.noun));
        if noun != last {
            map.entry(noun).or_default().push(at);
        }
        map.entry(last).or_default().push(at);
    }
    map
}

/// How many rows each table has, by its block; and the first table of several rows by the head of its first column.
fn sizes_of_tables(reading: &Reading<'_>) -> (FxHashMap<usize, usize>, FxHashMap<String, usize>) {
    let tables = tables(reading);
    let by_block = first_of_each(tables.iter().map(|table| (table.block, table.size)));
    let several = tables.into_iter().filter(|table| table.size > 1);
    let by_head = first_of_each(several.map(|table| (table.head, table.size)));
    (by_block, by_head)
}

/// The sentences that have a word that counts through a list.
fn sequences(reading: &Reading<'_>) -> Vec<usize> {
    let all = reading.sentences.iter().enumerate();
    all.filter(|(_, sentence)| {
        sentence.classes.has(Class::Sequence) && sentence.place.cell.is_none()
    })
    .map(|(at, _)| at)
    .collect()
}

/// The headings by the last word of what they name: "Shops of concern" by "shops".
fn headings(reading: &Reading<'_>) -> FxHashMap<String, Vec<usize>> {
    let mut found: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (block, _) in reading.document.blocks.iter().enumerate() {
        if !lists::is_heading(reading.document, block) {
            continue;
        }
        let Some(first) = reading.sentences_of(block).first() else {
            continue;
        };
        let input = reading.input(first);
        let numbered = reference::code(input).map_or(input, |(rest, _)| rest);
        let name = noun::noun_phrase(numbered).ok();
        if let Some((_, name)) = name.filter(|(_, name)| name.plural) {
            let key = last_key(&Label::new(reading.document.text_of(name.core)));
            found.entry(key).or_default().push(block);
        }
    }
    found
}

/// The key of the last word of a name.
pub(super) fn last_key(label: &Label) -> String {
    let last = label.text().rsplit(' ').next().unwrap_or_default();
    Label::new(last).key().to_owned()
}

/// The issues of the document by list and series.
fn groups(reading: &Reading<'_>, facts: &[Fact], lists: &[lists::List]) -> Vec<Group> {
    let items = lists.iter().enumerate();
    let of_block: FxHashMap<usize, usize> = items
        .flat_map(|(at, list)| list.items.iter().map(move |&item| (item, at)))
        .collect();
    let issues = facts.iter().filter(|fact| fact.kind == schema::ISSUE);
    let mut issues: Vec<&Fact> = issues.collect();
    issues.sort_by_key(|fact| fact.span);
    let mut index: FxHashMap<(Option<usize>, String, String), usize> = FxHashMap::default();
    let mut groups: Vec<Group> = Vec::new();
    for fact in issues {
        let Value::Label(noun) = fact.get(issue::Slot::noun) else {
            continue;
        };
        let series = match fact.get(issue::Slot::series) {
            Value::Label(series) => Some(series),
            _ => None,
        };
        let list = of_block.get(&fact.place.block).copied();
        let series_key = series.map_or("", Label::key).to_owned();
        let at = *index
            .entry((list, noun.key().to_owned(), series_key))
            .or_insert_with(|| {
                let lead = list.and_then(|list| lists.get(list)?.lead);
                let partial = lead.is_some_and(|lead| names_a_part(reading, lead));
                groups.push(Group::new(noun, series, fact.place.block, partial));
                groups.len() - 1
            });
        if let Some(group) = groups.get_mut(at) {
            group.add(fact.get(issue::Slot::number).as_words().unwrap_or_default());
        }
    }
    groups
}

/// Whether a lead says that what it leads to is not all: "key recommendations include".
fn names_a_part(reading: &Reading<'_>, lead: usize) -> bool {
    let mut sentences = reading.sentences_of(lead).iter();
    sentences.any(|sentence| reading.input(sentence).holds(Class::Including))
}

/// The tables of the document that have a head.
fn tables(reading: &Reading<'_>) -> Vec<Rows> {
    let blocks = reading.document.blocks.iter().enumerate();
    blocks
        .filter_map(|(block, kind)| match &kind.kind {
            BlockKind::Table(table) => Some(rows(reading, block, table)),
            _ => None,
        })
        .collect()
}

/// The rows of a table that name a thing of their own: no heads, no totals, no empty first cells.
fn rows(reading: &Reading<'_>, block: usize, table: &Table) -> Rows {
    const TOTALS: Classes = Classes::of(&[Class::Overall]);
    let first_cell = |cells: &[Span]| {
        cells
            .first()
            .map(|&cell| reading.document.text_of(cell).trim().to_owned())
    };
    let head = table
        .rows
        .iter()
        .find(|row| row.head)
        .and_then(|row| first_cell(&row.cells))
        .unwrap_or_default();
    let total = |text: &str| {
        let lower = text.to_lowercase();
        let lexicon = reading.lexed.lexicon;
        lower.starts_with("total")
            || lexicon
                .meanings_of(&lower)
                .any(|meaning| TOTALS.has(meaning.class))
    };
    let size = table
        .rows
        .iter()
        .filter(|row| !row.head)
        .filter_map(|row| first_cell(&row.cells))
        .filter(|text| !text.is_empty() && !total(text))
        .count();
    Rows {
        block,
        head: last_key(&Label::new(&head)),
        size,
    }
}

/// How many criteria the current ratings of lists and tables name, and how many have each grade, in small letters.
fn rated(facts: &[Fact]) -> (usize, FxHashMap<String, usize>) {
    let mut criteria: FxHashSet<&str> = FxHashSet::default();
    let mut grades: FxHashMap<String, usize> = FxHashMap::default();
    let mut ratings = 0;
    for fact in facts.iter().filter(|fact| fact.kind == schema::RATING) {
        let listed = is_listed(fact) && fact.get(rating::Slot::subject).is_unknown();
        let (Value::Label(criterion), Some(grade)) = (
            fact.get(rating::Slot::criterion),
            fact.get(rating::Slot::value).as_words(),
        ) else {
            continue;
        };
        if listed && criterion.text() != "overall" {
            ratings += 1;
            criteria.insert(criterion.key());
            *grades.entry(grade.to_lowercase()).or_default() += 1;
        }
    }
    if ratings != criteria.len() {
        grades.clear();
    }
    (criteria.len(), grades)
}

/// How many criteria the current ratings of each sentence of running text name.
fn rated_in(facts: &[Fact]) -> FxHashMap<usize, usize> {
    let mut criteria: FxHashMap<usize, FxHashSet<&str>> = FxHashMap::default();
    for fact in facts.iter().filter(|fact| fact.kind == schema::RATING) {
        let word = |slot| fact.get(slot).as_words();
        let now = word(rating::Slot::when).is_none_or(|when| when == "current");
        if let Value::Label(criterion) = fact.get(rating::Slot::criterion)
            && now
            && word(rating::Slot::form) == Some("prose")
        {
            let named = criteria.entry(fact.place.sentence).or_default();
            named.insert(criterion.key());
        }
    }
    let counts = criteria.into_iter().map(|(at, named)| (at, named.len()));
    counts.collect()
}

/// How many bodies have a rating of this inspection in lists and tables.
fn rated_bodies(facts: &[Fact]) -> usize {
    let ratings = facts.iter().filter(|fact| fact.kind == schema::RATING);
    let subjects = ratings.filter(|fact| is_listed(fact)).filter_map(|fact| {
        match fact.get(rating::Slot::subject) {
            Value::Label(subject) => Some(subject.key()),
            _ => None,
        }
    });
    subjects.collect::<FxHashSet<_>>().len()
}

/// Whether a rating is of this inspection and stands in a list or table.
fn is_listed(rated: &Fact) -> bool {
    let is = |slot: rating::Slot, words: &[&str]| {
        let word = rated.get(slot).as_words();
        word.is_some_and(|word| words.contains(&word))
    };
    is(rating::Slot::form, &["list", "table"])
        && !is(rating::Slot::when, &["previous", "target", "self"])
}
