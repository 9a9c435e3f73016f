//! Ratings that are plain numbers: "Food hygiene rating: 3", "Rose Tea Rooms (1)", "The Mill, Quay Street (was 0)".

use super::{
    About, Body, Class, Gift, GradeWord, Link, Reader, Round, TokenKind,
    target::{Target, is_proper},
};

impl<'a> Reader<'a, '_> {
    /// Reads a number after the name of what it rates.
    ///
    /// `numbered-label = (grade-noun | name) (":" | "–") digit | name "(" ["was" | "now" | "rated"] digit ")"`, the names where the
    /// document is on a scheme that rates by numbers.
    pub(super) fn numbered_label(&mut self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        if self.token(at)?.kind != TokenKind::Number {
            return None;
        }
        let (next, grade) = self
            .grade_or_number(at)
            .filter(|(_, grade)| grade.bare_number)?;
        self.noun_and_number(before, next, &grade)
            .or_else(|| self.name_and_number(before, next, &grade))
    }

    /// "Food hygiene rating: 3", "Previous rating: 1"
    fn noun_and_number(&mut self, mark: usize, next: usize, grade: &GradeWord) -> Option<usize> {
        if !self.is_label_mark(mark) || !self.closes(next) {
            return None;
        }
        let start = self.line_start(mark);
        let noun = (start..mark).rev().take(5).find(|&at| {
            self.lexeme(at, Class::GradeNoun)
                .is_some_and(|(end, noun)| end == mark && noun.canonical == "rating")
        })?;
        let earlier = (start..mark).any(|at| self.lexeme(at, Class::Previous).is_some());
        let plain = (start..noun).all(|at| {
            self.lexeme(at, Class::Previous).is_some()
                || self.lexeme(at, Class::Current).is_some()
                || self.has(at, Class::Determiner)
                || self.has(at, Class::NumberScheme)
                || self.has(at, Class::Overall)
        });
        let round = if earlier {
            Round::Previous
        } else {
            Round::Current
        };
        plain.then(|| self.give_number(None, grade, round, next))
    }

    /// "Rose Tea Rooms (1)"
    fn name_and_number(&mut self, mark: usize, next: usize, grade: &GradeWord) -> Option<usize> {
        let word = mark.checked_sub(1).filter(|_| {
            self.is_one_of(mark, &["was", "now", "rated", "is", "previously", "rating"])
        });
        let mark = word.unwrap_or(mark);
        let bracket = self.is_symbol(mark, &['(']) && self.is_symbol(next, &[')']);
        // "Golden Fry - 0/5: dirty floors"
        let scored = self.is_symbol(next, &[':']) && next > mark + 2;
        let listed = word.is_none() && self.is_label_mark(mark) && (self.closes(next) || scored);
        if !self.context.numbers || !(bracket || listed) {
            return None;
        }
        let start = self.line_start(mark);
        let comma = (start..mark).find(|&at| self.is_symbol(at, &[',']));
        let name = self.part(start, comma.unwrap_or(mark));
        let Target::Body(Some(body)) = self.target(name) else {
            return None;
        };
        let whole = is_proper(self.part(start, mark), true) || comma.is_some();
        let earlier = word.is_some_and(|mark| self.is_one_of(mark + 1, &["was", "previously"]));
        let round = if earlier {
            Round::Previous
        } else {
            Round::Current
        };
        (body.proper && whole)
            .then(|| self.give_number(Some(body), grade, round, next + usize::from(bracket)))
    }

    fn give_number(
        &mut self,
        body: Option<Body<'a>>,
        grade: &GradeWord,
        round: Round,
        end: usize,
    ) -> usize {
        self.give(
            Gift {
                abouts: vec![About::Overall],
                body,
                grade: grade.clone(),
                round,
                year: None,
                listed: true,
                link: Link::Own,
            },
            end,
        );
        end
    }

    /// Whether nothing of the same statement follows.
    fn closes(&self, at: usize) -> bool {
        at >= self.len()
            || self.is_symbol(at, &[',', ';', '.', '(', '|'])
            || self.token(at).is_some_and(|token| token.line_start)
    }

    /// Where the line starts that a label stands on, or the part of it after the last statement.
    fn line_start(&self, mark: usize) -> usize {
        /// Longest label, in tokens.
        const LONGEST: usize = 20;
        let from = self.floor.max(mark.saturating_sub(LONGEST));
        let opens = |at: usize| self.token(at).is_some_and(|token| token.line_start);
        let start = (from..mark).rev().find(|&at| opens(at)).unwrap_or(from);
        // "Hygiene ratings: Elm Café (5), Oak Bar (2)"
        let label = (start..mark).rev().find(|&at| self.is_symbol(at, &[':']));
        let start = label.map_or(start, |at| at + 1);
        (start..mark)
            .find(|&at| !self.is_symbol(at, &['•', '-', '–', '*', ',', ';', '.', ')']))
            .unwrap_or(mark)
    }
}
