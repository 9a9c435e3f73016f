//! The scales of a document: which grades are on the scale that it uses.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
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
        while let Some(scale) = vocabulary.scale_of(left.iter().copied()) {
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

    /// Every grade on the scale of `grade` that `wanted` holds for, by rank.
    pub(super) fn others(&self, grade: &Grade, wanted: impl Fn(u8) -> bool) -> Vec<Grade> {
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
