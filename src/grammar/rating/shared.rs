//! Grades that are dealt out one by one: "care and food were rated good and poor respectively".

use super::super::enumeration::{enumeration, trim};
use super::{
    About, Body, Class, Gift, GradeWord, Input, Link, Reader, is_proper, lead::Lead, target::Target,
};

/// Most grades in one list.
const MOST: usize = 12;

/// Grades in a row, and whether "respectively" says that they belong to as many things in a row.
struct Row {
    grades: Vec<GradeWord>,
    end: usize,
    told: bool,
}

/// Whether a name closes with a common noun for a body: "Elm House".
fn ends_with_noun(name: Input<'_>) -> bool {
    name.tokens()
        .last()
        .is_some_and(|last| last.classes.has(Class::BodyNoun) || last.classes.has(Class::BodyWord))
}

impl<'a> Reader<'a, '_> {
    /// Reads several grades of one verdict, each for one of as many things.
    ///
    /// ```text
    /// dealt = ( enumeration verb | verb enumeration ["as"] ) grade *( "," grade ) "and" grade [[","] "respectively"]
    ///       | verb grade *( "," grade ) "and" grade ( "respectively" "for" enumeration | "for" enumeration "respectively" )
    /// ```
    /// Where "respectively" is left out, the things must be known or several names.
    pub(super) fn dealt(
        &mut self,
        lead: &Lead,
        first: (usize, &GradeWord),
        object: Input<'a>,
    ) -> Option<usize> {
        let row = self.row(first)?;
        let (items, end, told) = self.receivers(lead, object, &row)?;
        let proper = items.iter().all(|item| is_proper(*item, false));
        let known = |item: &Input<'a>| {
            (self.context.is_rated)(item.text()) || (self.context.is_name)(item.text())
        };
        if items.len() != row.grades.len() || !(told || proper || items.iter().all(known)) {
            return None;
        }
        let (round, year) = self.carried(lead, end);
        for (item, grade) in items.into_iter().zip(row.grades) {
            let (about, body) = self.receiver(item, proper);
            self.give(Gift::own(vec![about], body, grade, (round, year)), end);
        }
        Some(end)
    }

    /// Deals a row of grades out to as many criteria, where "respectively" says so: "the ratings for care and food were good and poor
    /// respectively".
    pub(super) fn deal(
        &mut self,
        abouts: &[About<'a>],
        first: (usize, &GradeWord),
        (round, year): (super::Round, Option<i16>),
    ) -> Option<usize> {
        let row = self
            .row(first)
            .filter(|row| row.told && row.grades.len() == abouts.len())?;
        for (about, grade) in abouts.iter().zip(row.grades) {
            self.give(
                Gift::own(vec![about.clone()], None, grade, (round, year)),
                row.end,
            );
        }
        Some(row.end)
    }

    /// Gives one grade to each of several bodies.
    pub(super) fn give_bodies(
        &mut self,
        names: Vec<Input<'a>>,
        grade: &GradeWord,
        end: usize,
    ) -> usize {
        for name in names {
            self.give(
                Gift::own(
                    vec![About::Overall],
                    Some(Body {
                        input: name,
                        proper: true,
                    }),
                    grade.clone(),
                    (super::Round::Current, None),
                ),
                end,
            );
        }
        end
    }

    /// Reads a grade that goes to bodies by their names.
    ///
    /// `goes-to = grade grade-noun [auxiliary] ("went" | "go" | "given" | "awarded") "to" enumeration`: "C3 grades went to Elm Homes and
    /// Ash Homes".
    pub(super) fn goes_to(&mut self, noun: usize, grade: &GradeWord) -> Option<usize> {
        let verb = (noun..noun + 3).find(|&at| !self.has(at, Class::Auxiliary))?;
        let gone = [
            "went", "go", "goes", "gone", "given", "awarded", "handed", "issued",
        ];
        let link = verb + usize::from(self.is_one_of(verb, &gone));
        if !self.is(link, "to") {
            return None;
        }
        let end = self.list_end(link + 1);
        let names = enumeration(self.part(link + 1, end), self.context.is_name);
        let bare = |name: Input<'a>| trim(name.skip(usize::from(name.starts_with("to"))));
        let names: Vec<Input<'a>> = names.into_iter().map(bare).collect();
        let named = !names.is_empty() && names.iter().all(|name| is_proper(*name, false));
        named.then(|| self.give_bodies(names, grade, end))
    }

    /// The name before the bracket that a code stands in, beside other codes: "Elm Homes (C2, G1, V2)".
    pub(super) fn bracket_owner(&self, at: usize) -> Option<Body<'a>> {
        /// Tokens of codes and marks before this one.
        const NEAR: usize = 8;
        /// Longest name.
        const LONGEST: usize = 6;
        let bracket = (at.saturating_sub(NEAR)..at)
            .rev()
            .find(|&at| self.is_symbol(at, &['(']))?;
        let bold = |at: usize| {
            at.checked_sub(1)
                .is_some_and(|at| self.is_symbol(at, &['*']))
        };
        let open = (bracket.saturating_sub(2)..=bracket)
            .rev()
            .find(|&at| !bold(at))
            .unwrap_or(bracket);
        let codes = (bracket + 1..at).all(|at| {
            self.is_symbol(at, &[',', '/', ';'])
                || self.is(at, "and")
                || self.grade(at).is_some()
                || self.is_symbol(at + 1, &['/'])
        });
        let start = (open.saturating_sub(LONGEST)..open)
            .rev()
            .take_while(|&at| self.token(at).is_some_and(|token| token.capital))
            .last()?;
        let name = self.part(start, open);
        (codes && is_proper(name, false)).then_some(Body {
            input: name,
            proper: true,
        })
    }

    /// Whether a grade is printed in capitals, of more letters than a code has.
    pub(super) fn is_shouted(&self, grade: &GradeWord) -> bool {
        /// Letters of a code: "RI".
        const CODE: usize = 3;
        let text = crate::span::text_at(self.sentence.lexed().text, grade.span);
        text.len() > CODE
            && text.chars().any(char::is_alphabetic)
            && !text.chars().any(char::is_lowercase)
    }

    /// Reads a grade in capitals before what has it, in a sentence that is not all in capitals.
    ///
    /// `shouted = GRADE 1*4word`: "VERY GOOD leadership".
    pub(super) fn shouted(&mut self, at: usize, next: usize, grade: &GradeWord) -> Option<usize> {
        /// Longest name after the grade.
        const LONGEST: usize = 4;
        let plain = |at: usize| {
            self.token(at).is_some_and(|token| {
                token.kind == super::TokenKind::Word
                    && !token.capital
                    && !token.classes.has(Class::Preposition)
                    && !token.classes.has(Class::Conjunction)
                    && !token.classes.has(Class::Auxiliary)
            })
        };
        if !self.is_shouted(grade) || !plain(next) || self.is_hypothetical(at) {
            return None;
        }
        let end = (next..self.len().min(next + LONGEST))
            .find(|&at| !plain(at))
            .unwrap_or(self.len().min(next + LONGEST));
        self.give(
            Gift::own(
                vec![About::Criterion(self.part(next, end))],
                None,
                grade.clone(),
                (super::Round::Current, None),
            ),
            end,
        );
        Some(end)
    }

    /// What one of several things is: a body by its name, else a criterion.
    fn receiver(&self, item: Input<'a>, proper: bool) -> (About<'a>, Option<Body<'a>>) {
        let known = (self.context.is_rated)(item.text()) || (self.context.is_name)(item.text());
        if !known && proper {
            let body = Body {
                input: item,
                proper: true,
            };
            return (About::Overall, Some(body));
        }
        match self.target(item) {
            Target::Criteria(mut abouts) if abouts.len() == 1 => {
                (abouts.pop().unwrap_or(About::Overall), None)
            }
            Target::Body(body) => (About::Overall, body),
            _ => (About::Criterion(item), None),
        }
    }

    /// Two grades or more in a row, from the first, which ends at `next`.
    fn row(&self, (next, first): (usize, &GradeWord)) -> Option<Row> {
        let mut grades = vec![first.clone()];
        let mut end = next;
        let mut closed = false;
        while grades.len() < MOST && !closed {
            let comma = end + usize::from(self.is_symbol(end, &[',']));
            closed = self.is(comma, "and");
            let (after, grade) = self.grade(comma + usize::from(closed))?;
            if comma == end && !closed {
                return None;
            }
            grades.push(grade);
            end = after;
        }
        let comma = end + usize::from(self.is_symbol(end, &[',']));
        let told = self.is(comma, "respectively");
        Some(Row {
            grades,
            end: if told { comma + 1 } else { end },
            told,
        })
    }

    /// The things that the grades of a row were given for, and where what names them ends.
    fn receivers(
        &self,
        lead: &Lead,
        object: Input<'a>,
        row: &Row,
    ) -> Option<(Vec<Input<'a>>, usize, bool)> {
        let list = |input| -> Vec<Input<'a>> {
            enumeration(input, self.context.is_name)
                .into_iter()
                .map(Self::bare_receiver)
                .collect()
        };
        if self.is_one_of(row.end, &["for", "in", "on"]) {
            let to = self.list_end(row.end + 1);
            let told = self.is(to.checked_sub(1)?, "respectively");
            let items = list(self.part(row.end + 1, to - usize::from(told)));
            return (row.told || told).then_some((items, to, true));
        }
        if !object.is_empty() {
            return Some((list(object), row.end, row.told));
        }
        let start = self.phrase_start(lead.start);
        let fronted = self.has(start, Class::Preposition);
        if fronted {
            let fronted = self.fronted(lead.start).into_iter();
            let items = fronted.filter_map(|about| match about {
                About::Criterion(item) => Some(Self::bare_receiver(item)),
                _ => None,
            });
            return Some((items.collect(), row.end, row.told));
        }
        let items = list(self.part(start, lead.start));
        Some((items, row.end, row.told))
    }

    /// Without "for" or "the two hospitals," before a name.
    fn bare_receiver(item: Input<'a>) -> Input<'a> {
        let linked = ["for", "in", "of"]
            .iter()
            .any(|word| item.starts_with(word));
        trim(item.skip(usize::from(linked)))
    }

    /// Reads a standard that was met, where what it was met for is known.
    ///
    /// `standard-met = subject ("met" | "reached" | "at") ("the" | "a") grade [tail] *more`, the grade a standard: "the school met the
    /// expected standard for inclusion".
    pub(super) fn standard_met(
        &mut self,
        at: usize,
        next: usize,
        grade: &GradeWord,
    ) -> Option<usize> {
        let article = at.checked_sub(1)?;
        let verb = article.checked_sub(1)?;
        let met = self.is_one_of(verb, &["met", "meets", "meet", "reached", "reaches", "at"])
            && self.is_one_of(article, &["the", "a", "an"])
            && grade.name.ends_with("standard");
        if !met {
            return None;
        }
        let lead = self.lead(verb)?;
        let tail = self.tail(next);
        let known = |abouts: &[About<'a>]| {
            !abouts.is_empty()
                && abouts
                    .iter()
                    .all(|about| matches!(about, About::Criterion(_)) && self.is_known(about))
        };
        let (abouts, body, end) = match self.subject(lead.start).0 {
            Target::Criteria(abouts) if known(&abouts) => (abouts, None, next),
            Target::Body(body) if known(&tail.abouts) => (tail.abouts, body, tail.end),
            _ => return None,
        };
        let (round, year) = self.carried(&lead, end);
        self.give(Gift::own(abouts, body, grade.clone(), (round, year)), end);
        Some(self.more(end, body, round, year))
    }

    /// Reads a grade that a hyphen ties to its body.
    ///
    /// `rated-body = ("the" | "this" | "its" | "our") grade "-rated" body-noun | grade "-rated" name`: "the inadequate-rated home".
    pub(super) fn rated_body(&mut self, at: usize) -> Option<usize> {
        let grade = super::grade::hyphenated(self.at(at))?;
        let (end, _) = self.lexeme_near(at + 1, Class::BodyNoun)?;
        let noun = self.part(at + 1, end);
        let pointed = at
            .checked_sub(1)
            .is_some_and(|at| self.is_one_of(at, &["the", "this", "its", "our"]));
        let proper = is_proper(noun, false);
        if !(pointed || proper) || super::super::noun::is_plural(noun.skip(noun.len() - 1)) {
            return None;
        }
        let earlier = (1..=2)
            .filter_map(|back| at.checked_sub(back))
            .any(|at| self.lexeme(at, Class::Previous).is_some());
        self.give(
            Gift {
                abouts: vec![About::Overall],
                body: Some(Body {
                    input: noun,
                    proper,
                }),
                grade,
                round: if earlier {
                    super::Round::Previous
                } else {
                    super::Round::Current
                },
                year: None,
                listed: false,
                link: Link::Tail,
            },
            end,
        );
        Some(end)
    }

    /// The first phrase of a class within the next few words.
    fn lexeme_near(&self, at: usize, class: Class) -> Option<(usize, &'a str)> {
        /// Words of a name before its noun.
        const NEAR: usize = 4;
        (at..at + NEAR).find_map(|at| {
            self.lexeme(at, class)
                .map(|(next, found)| (next, found.canonical))
        })
    }

    /// Reads a known criterion, or a body by its name, with its grade in brackets.
    ///
    /// `bracketed-grade = name "(" grade ")"`: "safe (inadequate) and caring (good)".
    pub(super) fn bracketed(&mut self, at: usize, next: usize, grade: &GradeWord) -> Option<usize> {
        /// Longest name before the bracket.
        const LONGEST: usize = 12;
        let open = at
            .checked_sub(1)
            .filter(|&open| self.is_symbol(open, &['(']) && self.is_symbol(next, &[')']))?;
        let from = self.floor.max(open.saturating_sub(LONGEST));
        let name = (from..open).find_map(|start| {
            let name = trim(self.part(start, open));
            let known = (self.context.is_rated)(name.text())
                || is_proper(name, false) && ends_with_noun(name);
            (!name.is_empty() && known).then_some(name)
        })?;
        let (about, body) = self.receiver(name, is_proper(name, false));
        self.give(
            Gift::own(
                vec![about],
                body,
                grade.clone(),
                (super::Round::Current, None),
            ),
            next + 1,
        );
        Some(next + 1)
    }
}
