//! The scales of a document: which grades are on the scale that it uses.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::Rated;
use crate::{
    document::BlockKind,
    facts::reading::Reading,
    framework::{Frameworks, Vocabulary},
    value::{Grade, Scale},
};

/// The scales that a document's grades stand on: the main one, and those of other schemes that it speaks of too.
#[derive(Debug)]
pub(super) struct Scales<'v> {
    vocabulary: &'v Vocabulary,
    scales: Vec<Arc<Scale>>,
}

impl<'v> Scales<'v> {
    /// Chooses the scales for all grades of a document, by canonical name.
    ///
    /// The framework's own scale is the main one where it holds any of them, else the scale that holds most. A further scale is
    /// taken up only where it holds two words that the main one lacks: a single stray word is off the scale. Letters, stars and
    /// numbers speak for themselves.
    pub(super) fn new<'g>(
        vocabulary: &'v Vocabulary,
        grades: impl Iterator<Item = &'g str>,
    ) -> Self {
        let mut left: BTreeSet<&str> = grades.collect();
        let mut found = Self {
            vocabulary,
            scales: Vec::new(),
        };
        if let Some(own) = vocabulary
            .scales
            .first()
            .filter(|_| vocabulary.framework.id != Frameworks::GENERAL)
            && left
                .iter()
                .any(|name| vocabulary.grade(name, Some(own)).rank().is_some())
        {
            found.take(own, &mut left);
        }
        while let Some(scale) = vocabulary.scale_of(&left.iter().copied()) {
            let on: Vec<&str> = left
                .iter()
                .copied()
                .filter(|name| vocabulary.grade(name, Some(scale)).rank().is_some())
                .collect();
            let words = on
                .iter()
                .filter(|name| name.bytes().all(|byte| !byte.is_ascii_digit()))
                .count();
            if !found.scales.is_empty() && words == 1 {
                left.retain(|name| !on.contains(name));
            } else {
                found.take(scale, &mut left);
            }
        }
        found
    }

    fn take(&mut self, scale: &Arc<Scale>, left: &mut BTreeSet<&str>) {
        left.retain(|name| self.vocabulary.grade(name, Some(scale)).rank().is_none());
        self.scales.push(Arc::clone(scale));
    }

    /// The grade of a canonical name, on the first scale that has it.
    pub(super) fn grade(&self, name: &str) -> Grade {
        let scale = self
            .scales
            .iter()
            .find(|scale| self.vocabulary.grade(name, Some(scale)).rank().is_some());
        self.vocabulary.grade(name, scale)
    }

    /// The scales of the tables and lists of a document: grades that stand together are on one scale, even where the document uses
    /// another elsewhere.
    pub(super) fn groups(&self, reading: &Reading<'_>, ratings: &[Rated]) -> Groups<'_> {
        let mut members: BTreeMap<Group, BTreeSet<&str>> = BTreeMap::new();
        for rated in ratings {
            if let Some(group) = group(reading, rated) {
                members.entry(group).or_default().insert(&rated.grade);
            }
        }
        let chosen = members
            .into_iter()
            .filter_map(|(group, grades)| Some((group, self.best(&grades)?)));
        Groups {
            scales: self,
            of_rating: ratings.iter().map(|rated| group(reading, rated)).collect(),
            chosen: chosen.collect(),
        }
    }

    /// The scale that holds most of `grades`, where the main one holds fewer and at least one other does not stray.
    fn best(&self, grades: &BTreeSet<&str>) -> Option<Arc<Scale>> {
        let holds = |scale: &Arc<Scale>| {
            grades
                .iter()
                .filter(|name| self.vocabulary.grade(name, Some(scale)).rank().is_some())
                .count()
        };
        let main = self.scales.first().map_or(0, holds);
        let best = self.vocabulary.scale_of(&grades.iter().copied())?;
        (holds(best) > main).then(|| Arc::clone(best))
    }

    /// Every grade on the scale of `grade` that `wanted` holds for, by rank.
    pub(super) fn others(grade: &Grade, wanted: impl Fn(u8) -> bool) -> Vec<Grade> {
        let Some(scale) = grade.scale() else {
            return Vec::new();
        };
        (0..=u8::MAX)
            .map_while(|rank| Grade::on(scale, rank).map(|grade| (rank, grade)))
            .filter(|(rank, _)| wanted(*rank))
            .map(|(_, grade)| grade)
            .collect()
    }
}

/// A table or list: the block of the one, the number of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Table(usize),
    List(u32),
}

fn group(reading: &Reading<'_>, rated: &Rated) -> Option<Group> {
    let block = rated.place.block;
    match &reading.block(block)?.kind {
        BlockKind::ListItem(item) if rated.form == "list" => Some(Group::List(item.list)),
        _ if rated.form == "table" => Some(Group::Table(block)),
        _ => None,
    }
}

/// The scale of each rating, by the table or list that it stands in.
#[derive(Debug)]
pub(super) struct Groups<'s> {
    scales: &'s Scales<'s>,
    of_rating: Vec<Option<Group>>,
    chosen: BTreeMap<Group, Arc<Scale>>,
}

impl Groups<'_> {
    /// The grade of the rating at this place of the list that the groups were made of.
    pub(super) fn grade(&self, at: usize, name: &str) -> Grade {
        let group = self.of_rating.get(at).copied().flatten();
        let scale = group.and_then(|group| self.chosen.get(&group));
        match scale {
            Some(scale) => self.scales.vocabulary.grade(name, Some(scale)),
            None => self.scales.grade(name),
        }
    }
}
