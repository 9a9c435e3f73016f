//! Claims over several criteria: "good in five of seven areas", "each of the four was good", "none was rated above fair".

use super::{
    super::noun, Class, GradeWord, Input, Reader, Round, Statement, Token, TokenKind, grade::digit,
    target::Target,
};
use crate::span::Span;

/// A number of criteria, or all or none of them.
#[derive(Clone, Copy, Debug)]
pub struct Count<'a> {
    /// `all`, `none` or `count`.
    pub quantifier: &'static str,
    /// How many, where a number says so.
    pub count: Option<u32>,
    /// Of how many.
    pub of: Option<u32>,
    /// What is counted.
    pub noun: Option<Input<'a>>,
    /// Whether something is taken out: "all but one".
    pub excepted: bool,
    /// Whether these are what is left of things counted before: "the remaining five".
    pub rest: bool,
}

/// Tokens before a count that are searched for the noun it leaves out.
const NEAR: usize = 60;

/// How the grade of a claim bounds what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Just this grade.
    Exactly,
    /// Every grade better than it: "above fair".
    Above,
    /// Every grade worse than it: "below good".
    Below,
    /// It and every better one: "good or better".
    AtLeast,
    /// It and every worse one.
    AtMost,
}

/// A grade given to a number of criteria.
#[derive(Clone, Debug)]
pub struct Claim<'a> {
    /// How many.
    pub count: Count<'a>,
    /// The grade.
    pub grade: GradeWord,
    /// Whether other grades are meant too.
    pub bound: Bound,
    /// When.
    pub round: Round,
    /// From the grade to the number, or the other way round.
    pub span: Span,
}

impl<'a> Reader<'a, '_> {
    /// Reads a phrase as a number of criteria or bodies; `None` where it counts nothing.
    ///
    /// ```text
    /// count   = quantifier ["of"] [determiner] [number] [criterion-noun]
    ///         | number [ ("of" | "out of") [determiner] (number | "them") ] [criterion-noun]
    ///         | [determiner] ("other" | "remaining") number [ "of" ("the" | "these" | "them") ] [criterion-noun]
    /// ```
    pub(super) fn count_of(phrase: Input<'a>) -> Option<Target<'a>> {
        if let Some(rest) = rest_of(phrase) {
            return Some(rest);
        }
        let except = phrase.lexeme(Class::Except).map(|(rest, _)| rest);
        if let Some(rest) = except {
            let excepted = Count {
                quantifier: "all",
                count: None,
                of: None,
                noun: noun_in(rest),
                excepted: true,
                rest: false,
            };
            return Some(Target::Count(excepted));
        }
        match phrase.lexeme(Class::Quantifier) {
            Some((rest, quantifier)) => Some(Self::quantified(phrase, rest, quantifier.canonical)),
            None => Self::numbered(phrase),
        }
    }

    fn quantified(phrase: Input<'a>, rest: Input<'a>, quantifier: &str) -> Target<'a> {
        let rest = if rest.starts_with("of") {
            rest.skip(1)
        } else {
            rest
        };
        let rest = skip_determiner(rest);
        let number = number(rest);
        let noun = noun_in(number.map_or(rest, |(rest, _)| rest));
        if noun.is_none() && number.is_none() && rest.is_empty() && phrase.len() > 1 {
            return Target::Vague;
        }
        if noun.is_none() && (number.is_none() || !number.is_some_and(|(rest, _)| rest.is_empty()))
        {
            return collective(rest, number.is_some() || quantifier == "none");
        }
        Target::Count(Count {
            quantifier: if quantifier == "none" { "none" } else { "all" },
            count: number.map(|(_, number)| number),
            of: None,
            noun,
            excepted: false,
            rest: false,
        })
    }

    fn numbered(phrase: Input<'a>) -> Option<Target<'a>> {
        const SHARES: &[&str] = &[
            "most", "many", "some", "few", "fewer", "several", "half", "more", "nearly", "almost",
            "only", "over", "about", "around", "just",
        ];
        let Some((rest, count)) = number(phrase) else {
            if is_fraction(phrase) {
                return Some(Target::Counted);
            }
            let amount = phrase.first().is_some_and(|token| {
                matches!(
                    token.kind,
                    TokenKind::Number | TokenKind::Symbol('£' | '$' | '€')
                )
            });
            if amount {
                return Some(Target::Counted);
            }
            let share = SHARES.iter().any(|word| phrase.starts_with(word));
            let bodies = phrase.len() == 1
                || phrase
                    .tokens()
                    .iter()
                    .any(|token| token.classes.has(Class::BodyNoun));
            return share.then_some(if bodies {
                Target::Counted
            } else {
                Target::Vague
            });
        };
        let (rest, of) = of_number(rest);
        let noun = noun_in(rest);
        let bare = rest.is_empty() && phrase.len() == 1;
        if noun.is_none() && !(bare || of != Whole::Unnamed) {
            return Some(Target::Counted);
        }
        Some(Target::Count(Count {
            quantifier: "count",
            count: Some(count),
            of: of.number(),
            noun,
            excepted: false,
            rest: false,
        }))
    }

    /// Reads a grade and the number of criteria that have it.
    ///
    /// `claim = grade ("in" | "for" | "across" | "on") count`: "good in five of seven areas". The noun may be left out where the
    /// sentence has named it: "good in four areas and adequate in three".
    pub(super) fn claim_after(
        &mut self,
        at: usize,
        next: usize,
        grade: &GradeWord,
    ) -> Option<usize> {
        let (end, count) = self.count_after(next)?;
        let wished = self.is_hypothetical(at) || at > 0 && self.is(at - 1, "being");
        if count.quantifier != "count" && wished {
            return None;
        }
        let span = grade.span.join(self.part(next, end).span());
        let (round, _) = self.round(self.floor, at, end);
        let whole = count.of.or_else(|| match self.found.last() {
            Some(Statement::Claim(before)) => before.count.of,
            _ => self.total_before(at),
        });
        let count = Count { of: whole, ..count };
        self.claim(count, grade.clone(), Bound::Exactly, round, span);
        self.floor = end;
        Some(self.named_after(end, count, grade, (None, round, None)))
    }

    /// A count of criteria after "in", "for" or "across", and where it ends.
    pub(super) fn count_after(&self, at: usize) -> Option<(usize, Count<'a>)> {
        if !self.is_one_of(at, &["in", "for", "across", "on", "against"]) {
            return None;
        }
        let end = self.count_end(at + 1);
        let Some(Target::Count(count)) = Self::count_of(self.part(at + 1, end)) else {
            return None;
        };
        self.counts_criteria(&count, at).then_some((end, count))
    }

    /// Whether a count is one of criteria: its noun says so, or that of an earlier count in the sentence, or "each of the four".
    pub(super) fn counts_criteria(&self, count: &Count<'a>, at: usize) -> bool {
        count.noun.is_some()
            || count.rest
            || count.quantifier != "count"
            || matches!(self.found.last(), Some(Statement::Claim(_)))
            || self.counts_criteria_before(at)
    }

    /// A count of whatever it is that a phrase opens with: "three of the wards".
    pub(super) fn counted_from(&self, start: usize) -> Option<Count<'a>> {
        let (_, count) = number(skip_determiner(self.at(start)))?;
        Some(Count {
            quantifier: "count",
            count: Some(count),
            of: None,
            noun: None,
            excepted: false,
            rest: false,
        })
    }

    /// The whole that a count without its noun is part of: "graded in 11 areas: good in four of them".
    fn total_before(&self, at: usize) -> Option<u32> {
        (at.saturating_sub(NEAR)..at).rev().find_map(|of| {
            let opens = self.is_one_of(of, &["of", "in", "across", "on", "against"]);
            let (rest, number) = opens.then(|| number(skip_determiner(self.at(of + 1))))??;
            noun_in(rest).map(|_| number)
        })
    }

    /// The whole that an earlier "of the 13 aspects" names.
    pub(super) fn whole_before(&self, at: usize) -> Option<u32> {
        (at.saturating_sub(NEAR)..at).rev().find_map(|of| {
            let (rest, number) = number(skip_determiner(self.at(of + 1)))?;
            (self.is(of, "of") && noun_in(rest).is_some()).then_some(number)
        })
    }

    /// `more-counts = *( joint ["the"] ["other" | "remaining"] number ["(" enumeration ")"] ["as" | "were"] grade )`: ", six good and one
    /// poor", "and the other two (care and food) fair".
    pub(super) fn more_counts(&mut self, end: usize, first: Count<'a>, round: Round) -> usize {
        let mut end = end;
        if first.quantifier != "count" {
            return end;
        }
        while let Some(start) = self.joint(end) {
            let start = start + usize::from(self.is(start, "the"));
            let start = start + usize::from(self.is_one_of(start, &["other", "remaining"]));
            let Some((rest, number)) = number(self.at(start)) else {
                break;
            };
            let names = self.position(rest);
            let value = self.past_brackets(names);
            let value = value + usize::from(self.is_one_of(value, &["as", "were", "was"]));
            let Some((next, grade)) = self.grade(value) else {
                break;
            };
            let count = Count {
                count: Some(number),
                ..first
            };
            let span = self.part(start, next).span();
            self.named_after(names, count, &grade, (None, round, None));
            self.claim(count, grade, Bound::Exactly, round, span);
            end = next;
        }
        end
    }

    /// Where a count that starts here ends: after its noun, or before the first word that cannot be part of it.
    fn count_end(&self, start: usize) -> usize {
        let mut at = start;
        while at < self.len() && at < start + 10 {
            if let Some((next, _)) = self.lexeme(at, Class::CriterionNoun) {
                return next;
            }
            let part_of_count = self.has(at, Class::Determiner)
                || self.has(at, Class::Quantifier)
                || self.has(at, Class::NumberWord)
                || self
                    .token(at)
                    .is_some_and(|token| token.kind == TokenKind::Number)
                || self.is_one_of(at, &["of", "out", "them", "but", "other", "these"]);
            let adjective = at > start
                && self
                    .token(at)
                    .is_some_and(|token| token.kind == TokenKind::Word && !token.capital)
                && (1..4).any(|ahead| self.has(at + ahead, Class::CriterionNoun))
                && !self.is_one_of(at, &["and", "or"]);
            if !part_of_count && !adjective {
                break;
            }
            at += 1;
        }
        at
    }

    fn counts_criteria_before(&self, at: usize) -> bool {
        // "Of the areas we looked at"
        let whole = |at: usize| {
            self.is_one_of(at - 1, &["the", "these", "those"]) && at > 1 && self.is(at - 2, "of")
        };
        (1..at).any(|at| {
            self.has(at, Class::CriterionNoun) && (number(self.at(at - 1)).is_some() || whole(at))
        })
    }

    pub(super) fn claim(
        &mut self,
        count: Count<'a>,
        grade: GradeWord,
        bound: Bound,
        round: Round,
        span: Span,
    ) {
        if self.opens_range(grade.span) {
            return;
        }
        self.found.push(Statement::Claim(Claim {
            count,
            grade,
            bound,
            round,
            span,
        }));
    }

    /// Whether a grade is the first of a range, as where a scale is explained: "each is graded from 1 (weak) to 6".
    fn opens_range(&self, grade: Span) -> bool {
        let at = self
            .sentence
            .tokens()
            .partition_point(|token| token.span.start < grade.start);
        let skipped =
            |token: &Token| matches!(token.kind, TokenKind::Number | TokenKind::Symbol('('));
        let before = (0..at)
            .rev()
            .find(|&at| self.token(at).is_some_and(|token| !skipped(token)));
        before.is_some_and(|at| self.is_one_of(at, &["from", "between"]))
    }

    /// A bound before the grade: "above", "better than", "at least".
    pub(super) fn bound(&self, at: usize) -> (usize, Bound) {
        const BOUNDS: &[(&[&str], Bound)] = &[
            (&["above"], Bound::Above),
            (&["better", "than"], Bound::Above),
            (&["higher", "than"], Bound::Above),
            (&["below"], Bound::Below),
            (&["worse", "than"], Bound::Below),
            (&["lower", "than"], Bound::Below),
            (&["less", "than"], Bound::Below),
            (&["at", "least"], Bound::AtLeast),
            (&["at", "best"], Bound::AtMost),
        ];
        for (words, bound) in BOUNDS {
            if words
                .iter()
                .enumerate()
                .all(|(offset, word)| self.is(at + offset, word))
            {
                return (at + words.len(), *bound);
            }
        }
        (at, Bound::Exactly)
    }

    /// A bound after the grade: "or better".
    pub(super) fn bound_after(&self, at: usize) -> (usize, Bound) {
        if self.is(at, "or") && self.is_one_of(at + 1, &["better", "above", "higher"]) {
            (at + 2, Bound::AtLeast)
        } else if self.is(at, "or") && self.is_one_of(at + 1, &["worse", "below", "lower"]) {
            (at + 2, Bound::AtMost)
        } else {
            (at, Bound::Exactly)
        }
    }
}

/// What is left of things that were counted before: "the remaining five areas", "the other two". Several bodies are no count of
/// criteria.
fn rest_of(phrase: Input<'_>) -> Option<Target<'_>> {
    let noted = ["the", "its", "our", "their"]
        .iter()
        .any(|word| phrase.starts_with(word));
    let left = phrase.skip(usize::from(noted));
    if !(left.starts_with("other") || left.starts_with("remaining")) {
        return None;
    }
    let (rest, count) = number(left.skip(1))?;
    let (rest, _) = of_number(rest);
    let noun = noun_in(rest);
    Some(if noun.is_some() || rest.is_empty() {
        Target::Count(Count {
            quantifier: "count",
            count: Some(count),
            of: None,
            noun,
            excepted: false,
            rest: true,
        })
    } else {
        Target::Counted
    })
}

/// Whether a share opens a phrase: "a fifth of the homes".
fn is_fraction(phrase: Input<'_>) -> bool {
    let fraction = phrase.lexeme(Class::Fraction);
    fraction.is_some_and(|(rest, _)| rest.starts_with("of"))
}

/// "All our core services" is one thing with one grade; "all 37 practices" is a count.
fn collective(rest: Input<'_>, counted: bool) -> Target<'_> {
    let first_pronoun = rest
        .first()
        .is_some_and(|token| token.classes.has(Class::Pronoun));
    if rest.is_empty() || first_pronoun {
        return Target::Vague;
    }
    let many = noun::is_plural(rest.skip(rest.len() - 1));
    if counted || !many {
        Target::Counted
    } else {
        Target::Criteria(vec![super::About::Criterion(rest)])
    }
}

/// The noun for criteria in a phrase, with the words before it.
fn noun_in(phrase: Input<'_>) -> Option<Input<'_>> {
    (0..phrase.len().min(5)).find_map(|at| {
        let (rest, _) = phrase.skip(at).lexeme(Class::CriterionNoun)?;
        Some(phrase.skip(at).until(rest.position()))
    })
}

fn skip_determiner(input: Input<'_>) -> Input<'_> {
    let mut rest = input;
    while rest
        .first()
        .is_some_and(|token| token.classes.has(Class::Determiner))
    {
        rest = rest.skip(1);
    }
    rest
}

/// A whole number in figures or words, below a hundred.
fn number(input: Input<'_>) -> Option<(Input<'_>, u32)> {
    if let Some(digit) = digit(input) {
        return Some((input.skip(1), u32::from(digit)));
    }
    let token = input.first()?;
    let value = if token.kind == TokenKind::Number {
        input.text_of(token).parse().ok()?
    } else {
        let (rest, word) = input.lexeme(Class::NumberWord)?;
        return Some((rest, word.canonical.parse().ok()?));
    };
    Some((input.skip(1), value))
}

/// What a count is taken out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whole {
    /// Nothing is named.
    Unnamed,
    /// Something is, without its number: "of them".
    Named,
    /// So many.
    Number(u32),
}

impl Whole {
    fn number(self) -> Option<u32> {
        match self {
            Self::Number(number) => Some(number),
            Self::Unnamed | Self::Named => None,
        }
    }
}

/// `("of" | "out of") [determiner] (number | "them")`: the rest, and what is named.
fn of_number(input: Input<'_>) -> (Input<'_>, Whole) {
    let after = if input.starts_with("of") {
        input.skip(1)
    } else if input.starts_with("out") && input.skip(1).starts_with("of") {
        input.skip(2)
    } else {
        return (input, Whole::Unnamed);
    };
    let after = skip_determiner(after);
    if after.starts_with("them") {
        return (after.skip(1), Whole::Named);
    }
    match number(after) {
        Some((rest, of)) => (rest, Whole::Number(of)),
        None => (after, Whole::Named),
    }
}
