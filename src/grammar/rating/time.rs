//! When a grade was given: this round or an earlier one.

use super::{Class, Input, Reader, Round, TokenKind, grade};

/// Tokens after a grade that are searched for the words that date it.
const AFTER: usize = 14;

/// Tokens before a grade that are searched for them.
const BEFORE: usize = 50;

impl Reader<'_, '_> {
    /// The round and year of a grade whose verb or noun starts at `start`, and whose statement ends at `end`.
    ///
    /// What stands after it up to the next clause decides first, then what stands before it in the sentence, nearest first, back to
    /// `floor`.
    pub(super) fn round(&self, floor: usize, start: usize, end: usize) -> (Round, Option<i16>) {
        let after = self.marks_after(end);
        if after.0.is_some() {
            return (after.0.unwrap_or(Round::Current), after.1);
        }
        let before = self.marks_before(floor, start);
        let year = after.1.or(before.1);
        (before.0.unwrap_or(Round::Current), year)
    }

    fn marks_after(&self, end: usize) -> (Option<Round>, Option<i16>) {
        let mut year = None;
        for at in end..self.len().min(end + AFTER) {
            let same = self.is(at, "the") && self.is(at + 1, "same");
            if self.is_symbol(at, &[';', ':', '(', '“', '"', '–', '—'])
                || self.opens_clause(at)
                || same
            {
                break;
            }
            let verdict = self
                .lexeme(at, Class::RatingVerb)
                .is_some_and(|(_, verb)| verb.canonical != "giving");
            if at > end && (verdict || self.grade(at).is_some()) {
                break;
            }
            let until = at == end && self.is(at, "until");
            // "Following an inspection in October last year"
            let inspected = at >= end + 3
                && self.has(at - 1, Class::Month)
                && self.has(at - 3, Class::InspectionNoun);
            if inspected && self.is_earlier_round(at) {
                continue;
            }
            // "A good rating, after previously being in special measures"
            if self.is_earlier_round(at) && self.is_one_of(at + 1, &["being", "having"]) {
                break;
            }
            // "Rated poor again, following its previous inspection in May when it was rated fair"
            if self.is_earlier_round(at) && self.tells_when(at) {
                break;
            }
            if until || self.is_earlier_round(at) && !self.in_between(at) {
                let year =
                    (at..self.len().min(at + 8)).find_map(|at| grade::last_year(self.at(at)));
                return (Some(Round::Previous), year);
            }
            if let Some(found) = grade::last_year(self.at(at)).filter(|_| !self.in_between(at)) {
                year = year.or(Some(found));
                if self.is_earlier(found, at) {
                    return (Some(Round::Previous), year);
                }
            }
        }
        (None, year)
    }

    fn marks_before(&self, floor: usize, start: usize) -> (Option<Round>, Option<i16>) {
        let mut year = None;
        for at in (floor.max(start.saturating_sub(BEFORE))..start).rev() {
            if self.is_symbol(at, &[';', '“', '"']) {
                break;
            }
            if self.lexeme(at, Class::Current).is_some() {
                return (Some(Round::Current), year);
            }
            let ago = self.is(at, "after") && at > 0 && self.has(at - 1, Class::DurationUnit);
            if ago && !(at..start).any(|at| self.is_symbol(at, &[','])) {
                return (Some(Round::Previous), year);
            }
            let then = (at + 1..start).any(|at| self.is_one_of(at, &["when", "where"]));
            if self.is_earlier_round(at) && (then || !self.in_between(at)) {
                return (Some(Round::Previous), year);
            }
            let dated = grade::last_year(self.at(at)).filter(|_| then || !self.in_between(at));
            if let Some(found) = dated {
                year = year.or(Some(found));
                if self.is_earlier(found, at) {
                    return (Some(Round::Previous), year);
                }
            }
        }
        (None, year)
    }

    /// Whether a clause that tells what was then follows words for an earlier round: "its last inspection in May, when it was".
    fn tells_when(&self, at: usize) -> bool {
        /// Tokens between the words and their clause.
        const REACH: usize = 10;
        (at..self.len().min(at + REACH))
            .any(|at| self.is_one_of(at, &["when", "where"]) && self.has(at + 1, Class::Pronoun))
    }

    /// Whether words for an earlier round stand here, and no longer ones for this: "at the time", but not "at the time of this visit"; nor
    /// those for an earlier name.
    fn is_earlier_round(&self, at: usize) -> bool {
        let current = self.lexeme(at, Class::Current).map(|(next, _)| next);
        self.lexeme(at, Class::Previous).is_some_and(|(next, _)| {
            current.is_none_or(|current| current < next) && !self.names(next)
        })
    }

    /// Whether a verb of naming stands here: "[previously] called release planning".
    fn names(&self, at: usize) -> bool {
        self.is_one_of(at, &["called", "known", "named"])
    }

    /// Whether what follows belongs to another clause.
    fn opens_clause(&self, at: usize) -> bool {
        const OPENERS: &[&str] = &[
            "but", "while", "whereas", "although", "though", "because", "so", "than", "from",
            "compared", "up", "down", "which", "where", "who", "that", "if", "having",
        ];
        let likened = self.is(at, "as") && self.has(at + 1, Class::Pronoun);
        let relative = self.is_one_of(at, &["that", "which"]) && self.has(at + 1, Class::Pronoun);
        likened
            || self.is_one_of(at, OPENERS) && !relative
            || self.is(at, "and") && self.has(at + 1, Class::Auxiliary)
    }

    /// Whether "since", "than" or "from" stands before these words, so that they name where a period starts.
    fn in_between(&self, at: usize) -> bool {
        // "From our March 2023 rating of fair" tells of that rating.
        let before = |back: usize| {
            at.checked_sub(back).is_some_and(|at| {
                self.is_one_of(at, &["since", "than"]) || back < 3 && self.is(at, "from")
            })
        };
        // "Since the last inspection in 2019"
        let named = (1..=8)
            .map_while(|back| at.checked_sub(back))
            .take_while(|&at| {
                self.has(at, Class::InspectionNoun)
                    || self.has(at, Class::Determiner)
                    || self.has(at, Class::Preposition)
                    || self.is_one_of(at, &["last", "previous", "since"])
            })
            .any(|at| self.is(at, "since"));
        named || before(1) || before(2) || before(3)
    }

    /// Whether a year lies so far before the document's that another round is meant. The year before counts when no month of its
    /// second half is named, and when it closes no span of years.
    fn is_earlier(&self, year: i16, at: usize) -> bool {
        let Some(current) = self.context.year else {
            return false;
        };
        // "A two-star company for 2024" is one in the report of 2025.
        let performed = at.checked_sub(1).is_some_and(|at| self.is(at, "for"));
        let late = at.checked_sub(1).is_some_and(|at| {
            self.lexeme(at, Class::Month)
                .and_then(|(_, month)| month.canonical.parse::<u8>().ok())
                .is_some_and(|month| month >= 6)
        });
        let span = self
            .token(at)
            .is_some_and(|token| token.kind == TokenKind::YearSpan);
        year + 1 < current || year + 1 == current && !(late || span || performed)
    }
}

/// The round that a sentence sets for the list or table that it leads to: the last words that name one count. `year` is that of the
/// document.
pub fn round_of(lead: Input<'_>, year: Option<i16>) -> Round {
    /// Tokens between "since" and what it is since: "since our inspection in 2021".
    const SINCE: usize = 4;
    // "Previous ratings in brackets" says so of what stands in them alone.
    let bracketed = |at: usize| {
        (at..lead.len()).any(|at| {
            let word = lead.skip(at + 1);
            lead.skip(at).starts_with("in")
                && ["brackets", "parentheses", "italics"]
                    .iter()
                    .any(|mark| word.starts_with(mark))
        })
    };
    let mark = |at: usize| {
        let here = lead.skip(at);
        let since = (at.saturating_sub(SINCE)..at).any(|at| lead.skip(at).starts_with("since"));
        let old = grade::last_year(here)
            .zip(year)
            .is_some_and(|(then, now)| then + 1 < now);
        if here.lexeme(Class::Current).is_some() {
            Some(Round::Current)
        } else if (old || here.lexeme(Class::Previous).is_some()) && !since && !bracketed(at) {
            Some(Round::Previous)
        } else {
            None
        }
    };
    (0..lead.len())
        .rev()
        .find_map(mark)
        .unwrap_or(Round::Current)
}

/// The first year that stands in a short head: the 2021 of "Grade in 2021".
pub fn year_in(head: Input<'_>) -> Option<i16> {
    years_in(head).next()
}

/// Every year that stands somewhere, the last of a span of years.
pub fn years_in(input: Input<'_>) -> impl Iterator<Item = i16> {
    input.starts().filter_map(grade::last_year)
}
