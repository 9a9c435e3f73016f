//! Things that are rated, by their number: all of them, or those of one grade.

use rust_decimal::prelude::ToPrimitive;

use super::{Listed, Tallies, known::last_key, ways::points_at_all};
use crate::{
    facts::{
        Fact, lists,
        reading::Sentence,
        schema::{self, rating_claim, tally},
    },
    grammar::{Class, Classes, Input, TokenKind, rating::grade, tally::Counted},
    value::{Label, Number, Value},
};

impl Tallies<'_, '_> {
    /// Counts of grades, as far as the ratings are listed: "good in two areas".
    pub(super) fn claims(&mut self, facts: &[Fact]) {
        for claim in facts
            .iter()
            .filter(|fact| fact.kind == schema::RATING_CLAIM)
        {
            let is =
                |slot: rating_claim::Slot, word: &str| claim.get(slot).as_words() == Some(word);
            let count = claim.get(rating_claim::Slot::count).as_number();
            let (Some(count), Some(grade)) = (
                count.and_then(|count| count.value().to_usize()),
                claim.get(rating_claim::Slot::value).as_words(),
            ) else {
                continue;
            };
            let current = is(rating_claim::Slot::quantifier, "count")
                && !is(rating_claim::Slot::when, "previous");
            let noun = match claim.get(rating_claim::Slot::noun) {
                Value::Label(noun) => Some(noun),
                _ => None,
            };
            let general = noun.is_none_or(|noun| self.is_rated_thing(noun));
            let states = self.states_number(claim);
            if !(current && general && states) || count > self.rated {
                continue;
            }
            let Some(listed) = self.with_grade(grade) else {
                continue;
            };
            let number = |count: usize| Number::exact(count.into());
            self.found.push(
                Fact::new(schema::TALLY, claim.span, claim.place)
                    .with(tally::Slot::count, number(count))
                    .with(tally::Slot::noun, noun.cloned())
                    .with(tally::Slot::listed, number(listed))
                    .with(tally::Slot::inline, false),
            );
        }
        self.found.sort_by_key(|fact| fact.span);
    }

    /// How many criteria have a grade; `None` where that cannot be told.
    fn with_grade(&self, grade: &str) -> Option<usize> {
        let known = self.grades.get(&grade.to_lowercase()).copied();
        (!self.grades.is_empty()).then(|| known.unwrap_or_default())
    }

    /// Whether a noun is one for what the ratings are of: a general one, or the head of a table.
    fn is_rated_thing(&self, noun: &Label) -> bool {
        let last = noun.text().rsplit(' ').next().unwrap_or_default();
        let general = self.reading.lexed.lexicon.meanings_of(last);
        general
            .into_iter()
            .any(|meaning| meaning.class == Class::TallyNoun)
            || self.by_head.contains_key(&last_key(noun))
    }

    /// Whether a claim holds its number, rather than only pointing to it; the number of "three stars" is none.
    fn states_number(&self, claim: &Fact) -> bool {
        let Some(sentence) = self.reading.sentences.get(claim.place.sentence) else {
            return false;
        };
        let input = self.reading.input(sentence);
        let tokens = |end| {
            input
                .tokens()
                .partition_point(|token| token.span.start < end)
        };
        let (from, to) = (tokens(claim.span.start), tokens(claim.span.end));
        (from..to).any(|at| {
            let here = input.skip(at);
            let number = here.first().is_some_and(|token| {
                token.kind == TokenKind::Number || token.classes.has(Class::NumberWord)
            });
            number && grade(here).is_err()
        })
    }

    /// Things of one grade: "two companies are rated four stars", "one is rated good".
    pub(super) fn graded(&self, input: Input<'_>, counted: &Counted) -> Option<Listed> {
        const REACH: usize = 4;
        let rest = input.restart(counted.end);
        let verb = (0..=REACH).find_map(|words| rest.skip(words).lexeme(Class::RatingVerb));
        // "Two were good" says less than "two were rated good"; it must fit.
        let (sure, after) = match verb {
            Some((after, _)) => (true, after),
            None => (false, rest.skip(1)),
        };
        let (_, grade) = (0..=1).find_map(|words| grade(after.skip(words)).ok())?;
        if !sure {
            let plain = counted.noun.is_empty() && input.holds(Class::TallyNoun);
            let fits = self.with_grade(&grade.name) == Some(counted.count as usize);
            if !plain || !fits {
                return None;
            }
        }
        let noun = Label::new(self.reading.document.text_of(counted.noun));
        let named = counted.noun.is_empty() || self.is_rated_thing(&noun);
        let listed = self.with_grade(&grade.name)?;
        (named && counted.count as usize <= self.rated && self.rated > 1).then_some(Listed {
            count: Some(listed),
            complete: false,
            inline: false,
            summed: false,
        })
    }

    /// Criteria of the ratings in lists and tables: "graded in nine areas".
    pub(super) fn rated_criteria(&self, input: Input<'_>, counted: &Counted) -> Option<Listed> {
        let fits = self.rated == counted.count as usize && counted.count > 2;
        // "Three areas of the county" are other areas, unless they are as many.
        let judged = input.holds(Class::RatingVerb)
            && points_at_all(input, counted)
            && counted.noun == counted.head;
        let noun = lists::within(input, counted.noun);
        let rated = [Class::CriterionNoun, Class::GradeNoun]
            .into_iter()
            .any(|class| noun.holds(class));
        (rated && counted.issues.is_none() && self.rated > 1 && (fits || judged))
            .then_some(Listed::all(self.rated))
    }

    /// Criteria that the next sentence rates, as many as counted: "It was marked in two areas. Food was rated good and care fair."
    pub(super) fn rated_next(&self, sentence: &Sentence, counted: &Counted) -> Option<Listed> {
        let wanted = counted.count as usize;
        let rated = self.rated_in.get(&(sentence.place.sentence + 1))?;
        let fits = counted.general && counted.issues.is_none() && *rated == wanted && wanted > 1;
        fits.then_some(Listed::all(wanted))
    }

    /// Bodies with a rating each in a list or table: "seven new judgements", "four restaurants". Only a number that fits is believed.
    pub(super) fn rated_bodies(&self, counted: &Counted) -> Option<Listed> {
        const NOUNS: Classes = Classes::of(&[Class::BodyNoun, Class::TallyNoun, Class::GradeNoun]);
        let text = self.reading.document.text_of(counted.head);
        let last = text.rsplit(' ').next().unwrap_or_default();
        let mut meanings = self.reading.lexed.lexicon.meanings_of(last);
        let fits = counted.count > 2 && self.bodies == counted.count as usize;
        (fits && meanings.any(|meaning| NOUNS.has(meaning.class)))
            .then_some(Listed::all(self.bodies))
    }
}
