//! Grades after a form of "be": "leadership is good", "outcomes were reasonably good", "it is no longer inadequate".

use super::{
    super::enumeration::trim, About, Body, Class, Classes, Gift, GradeWord, Link, Reader, Round,
    Token, claim::Bound, is_proper, lead::Lead, target::Target,
};

/// Words for bodies.
const BODIES: Classes = Classes::of(&[Class::BodyNoun, Class::BodyWord]);

/// Grades that anybody may be said to be: "is good at listening".
pub(super) const PRAISE: [&str; 4] = ["good", "very good", "excellent", "outstanding"];

/// Tokens back over which a quotation is looked for.
const FARTHEST: usize = 160;

/// A grade after a verb, and when it was given.
struct Said<'g> {
    grade: &'g GradeWord,
    /// Where the grade ends.
    next: usize,
    round: Round,
    year: Option<i16>,
}

impl<'a> Reader<'a, '_> {
    /// Reads a grade after a form of "be".
    ///
    /// ```text
    /// copula = criterion be [adverb] grade *more
    ///        | heading-noun be grade ["against this" criterion-noun]
    ///        | body (be | verbal-grade) grade ("at" | "in" | "for") criterion *more
    ///        | body be "no longer" grade | it be grade
    /// ```
    /// The criterion is one that the document rates or that inspectorates grade: everything else that is good is praise.
    pub(super) fn copula(&mut self, at: usize, next: usize, grade: &GradeWord) -> Option<usize> {
        let lead = self.lead(at)?;
        let verbal = grade.name.starts_with("require") || grade.name.starts_with("needs");
        let counts = || self.count_after(self.bound_after(next).0).is_some();
        if !(lead.passive || verbal) || self.is_in_quotation(at) && !counts() {
            return None;
        }
        let resumed = self.resumed(&lead);
        let again = resumed.is_some();
        let (target, place) = match resumed {
            Some(target) => (target, None),
            None => self.subject(lead.start),
        };
        let (round, year) = self.carried(&lead, next);
        let said = Said {
            grade,
            next,
            round,
            year,
        };
        if round == Round::Current
            && let Some(place) = self.headline(&lead, next)
        {
            return Some(self.give_it(&said, vec![About::Overall], Some(place), next, Link::Own));
        }
        match target {
            // "All areas requiring improvement" are not all areas.
            Target::Count(count) if count.quantifier != "count" && self.is(at, "requiring") => None,
            Target::Count(count) if self.counts_criteria(&count, lead.start) => {
                let span = self.part(lead.start, next).span();
                self.claim(count, grade.clone(), Bound::Exactly, round, span);
                Some(self.named_after(next, count, grade, (place, round, year)))
            }
            // "The threshold for care has been met" says what became of it.
            Target::Criteria(abouts) if self.is_participle(at, next) && !are_standards(&abouts) => {
                None
            }
            Target::Criteria(abouts) => {
                let now = again && lead.present || self.is_now_overtaken(&lead, next);
                if now && !abouts.is_empty() {
                    return Some(self.give_it(&said, abouts, place, next, Link::Own));
                }
                self.criteria_are(&said, &lead, &abouts, place)
            }
            Target::Body(Some(body))
                if Self::is_part(body) && self.is_now_overtaken(&lead, next) =>
            {
                let service = vec![About::Criterion(body.input)];
                Some(self.give_it(&said, service, place, next, Link::Own))
            }
            Target::Body(body) => self.body_is(&said, &lead, body, place, verbal),
            // "Inspectors found that the force:", and below "is good at preventing crime"
            Target::Absent if self.opens_item(lead.start) => {
                self.body_is(&said, &lead, None, place, verbal)
            }
            _ => None,
        }
    }

    /// Reads a grade in quotation marks right before what it is for.
    ///
    /// `quoted-before = "‘" grade "’" known-criterion *( joint known-criterion )`, of grades that are no praise: "over ‘inadequate’ safety
    /// and leadership".
    pub(super) fn quoted_before(&mut self, next: usize, grade: &GradeWord) -> Option<usize> {
        if !grade.quoted || PRAISE.contains(&grade.name.as_str()) || self.has(next, Class::BodyNoun)
        {
            return None;
        }
        let abouts = self.criteria(self.part(next, self.list_end(next)));
        let known: Vec<_> = abouts
            .into_iter()
            .take_while(|about| matches!(about, About::Criterion(_)) && self.is_known(about))
            .collect();
        let Some(About::Criterion(last)) = known.last() else {
            return None;
        };
        let end = last.position() + last.len() - self.sentence.position();
        let given = (Round::Current, None);
        self.give(Gift::own(known, None, grade.clone(), given), end);
        Some(end)
    }

    /// Whether nothing but the mark of a list item stands before a token.
    pub(super) fn opens_item(&self, at: usize) -> bool {
        (0..at).all(|before| {
            self.token(before)
                .is_some_and(|token| token.kind != super::TokenKind::Word)
        })
    }

    /// What the verdict before was on, where it stands in an aside that a comma closes right before the verb: "care, then judged
    /// poor, is now good", "the café, which had a 4 in 2022, was given a 1".
    pub(super) fn resumed(&self, lead: &Lead) -> Option<Target<'a>> {
        self.resumed_at(lead.start)
    }

    /// The same for a verb group that starts at `lead`.
    pub(super) fn resumed_at(&self, lead: usize) -> Option<Target<'a>> {
        let last = self
            .last
            .as_ref()
            .filter(|last| last.link != Link::Pronoun)?;
        if self.is(lead, "having") {
            return Some(match last.abouts.as_slice() {
                [About::Overall] => Target::Body(last.body),
                abouts => Target::Criteria(abouts.to_vec()),
            });
        }
        let comma = lead.checked_sub(1)?;
        let parts = |at: usize| self.is_symbol(at, &[',', ';', ':', '(']) || self.is(at, "and");
        let closed =
            last.end <= comma && self.is_symbol(comma, &[',']) && !(last.end..comma).any(parts);
        closed.then(|| match last.abouts.as_slice() {
            [About::Overall] => Target::Body(last.body),
            abouts => Target::Criteria(abouts.to_vec()),
        })
    }

    fn criteria_are(
        &mut self,
        said: &Said<'_>,
        lead: &Lead,
        abouts: &[About<'a>],
        place: Option<Body<'a>>,
    ) -> Option<usize> {
        let grade = said.grade;
        let labelled = grade.capital && (grade.quoted || self.is_shouted(grade));
        let strong = labelled || self.lone(grade).is_some() || grade.name.contains(" star");
        let tail = self.tail(said.next);
        let told = matches!(tail.abouts.as_slice(), [About::Heading]);
        let end = if told { tail.end } else { said.next };
        let rated = |about: &About<'a>| {
            self.headed(about, told)
                .or_else(|| self.rated_part(about, strong))
        };
        let abouts = self.own_clause(lead, abouts.to_vec());
        let rated: Option<Vec<_>> = abouts.iter().map(rated).collect();
        if let Some(abouts) = rated.filter(|abouts| !abouts.is_empty()) {
            return Some(self.give_it(said, abouts, place, end, Link::Own));
        }
        let outcomes = abouts
            .iter()
            .all(|about| self.headed(about, true).is_some());
        let known = !tail.abouts.is_empty() && tail.abouts.iter().all(|about| self.is_known(about));
        let known = known || !tail.abouts.is_empty() && self.pairs_on(said, tail.end);
        if outcomes && tail.abouts.is_empty() {
            let fronted = self.fronted(lead.start);
            return (!fronted.is_empty())
                .then(|| self.give_it(said, fronted, place, said.next, Link::Own));
        }
        (outcomes && known).then(|| self.give_it(said, tail.abouts, place, tail.end, Link::Own))
    }

    /// Without what belongs to the clause before, where "and" joins two: "staff cared and safety was poor".
    fn own_clause(&self, lead: &Lead, abouts: Vec<About<'a>>) -> Vec<About<'a>> {
        let Some(About::Criterion(last)) = abouts.last() else {
            return abouts;
        };
        let joint = (0..last.len()).rfind(|&at| last.skip(at).starts_with("and"));
        let own = joint.map_or(*last, |at| trim(last.skip(at + 1)));
        let single = (lead.start..lead.verb).any(|at| self.is_one_of(at, &["is", "was"]));
        let alone = abouts.len() == 1 && joint.is_none();
        if alone || !single || abouts.iter().all(|about| self.is_known(about)) {
            return abouts;
        }
        match self.rated_part(&About::Criterion(own), false) {
            Some(rated) => vec![rated],
            None => abouts,
        }
    }

    /// The place of whose services a sentence says what they were found to be, and nothing else but why.
    ///
    /// `headline = *word ("service" | "services") *word "in" name be grade (line-end | "because")`: "Children's services in Elm are
    /// good", "Services for children in Elm are inadequate because …".
    fn headline(&self, lead: &Lead, next: usize) -> Option<Body<'a>> {
        /// Tokens of its subject: a bound that keeps the cost linear.
        const LONGEST: usize = 40;
        let closes = next == self.len() || self.is(next, "because");
        if !closes || !lead.passive || lead.start > LONGEST {
            return None;
        }
        let service = |at: usize| self.is_one_of(at, &["service", "services"]);
        let placed = |at: usize| {
            let input = trim(self.part(at + 1, lead.start));
            (self.is(at, "in") && !input.is_empty() && is_proper(input, false)).then_some(Body {
                input,
                proper: true,
            })
        };
        let named = (0..lead.start).find(|&at| service(at))?;
        (named + 1..lead.start).find_map(placed)
    }

    /// Whether a grade is the participle of a verb: "met", "not met", and not "requires improvement".
    fn is_participle(&self, at: usize, next: usize) -> bool {
        let last = next.saturating_sub(1);
        self.has(last, Class::Verb) && (at == last || !self.has(at, Class::Verb))
    }

    /// Whether a common noun names a part of the body, and not the whole: "emergency operations centre", not "centre".
    fn is_part(body: Body<'a>) -> bool {
        let whole = body
            .input
            .lexeme(Class::BodyNoun)
            .is_some_and(|(rest, _)| rest.is_empty());
        !body.proper && !whole
    }

    /// "is now good, having been poor in 2022"
    fn is_now_overtaken(&self, lead: &Lead, next: usize) -> bool {
        lead.present && self.has_current(lead.start, lead.verb) && self.is_overtaken(next)
    }

    /// Whether an earlier grade follows in the same clause, so that the one before is no praise: "is now good, having been poor in
    /// 2022", "is now fair, up from weak".
    fn is_overtaken(&self, next: usize) -> bool {
        /// Tokens up to the earlier grade.
        const REACH: usize = 7;
        let stops = |at: usize| {
            self.is_symbol(at, &['.', ';', ':', '“', '"']) || self.is_one_of(at, &["and", "but"])
        };
        let earlier = |at: usize| {
            self.is_one_of(at, &["having", "from"]) || self.lexeme(at, Class::Previous).is_some()
        };
        let mut ahead = (next..self.len().min(next + REACH)).take_while(|&at| !stops(at));
        ahead.any(|at| self.grade(at).is_some() && (next..at).any(earlier))
    }

    /// Whether another grade with what it is for follows, one of the two of several words: "poor for safety, not sufficiently good
    /// for respect".
    fn pairs_on(&self, said: &Said<'_>, end: usize) -> bool {
        let worded = |grade: &GradeWord| grade.name.contains(' ');
        (end..self.len().min(end + FARTHEST)).any(|at| {
            let joined = self.is_symbol(at - 1, &[',', ';'])
                || self.is_one_of(at - 1, &["and", "but", "from"]);
            let other = if joined { self.grade(at) } else { None };
            other.is_some_and(|(next, other)| {
                let paired = self.is_one_of(next, &["for", "in", "on"]);
                (paired || worded(&other))
                    && other.name != said.grade.name
                    && (worded(&other) || worded(said.grade))
            })
        })
    }

    fn body_is(
        &mut self,
        said: &Said<'_>,
        lead: &Lead,
        body: Option<Body<'a>>,
        place: Option<Body<'a>>,
        verbal: bool,
    ) -> Option<usize> {
        let tail = self.tail(said.next);
        let body = body.or(place);
        // "The force is good or better in six areas"
        let (past, bound) = self.bound_after(said.next);
        if let Some((end, count)) = self.count_after(past) {
            let span = said.grade.span.join(self.part(past, end).span());
            self.claim(count, said.grade.clone(), bound, said.round, span);
            self.floor = end;
            let given = (body, said.round, said.year);
            return Some(self.named_after(end, count, said.grade, given));
        }
        if tail.abouts.is_empty() {
            return self.body_stands(said, lead, body);
        }
        // An item of a list that says nothing else: "is inadequate at how it looks after its people".
        let item = self.opens_item(lead.start)
            && !PRAISE.contains(&said.grade.name.as_str())
            && self.ends_clause(tail.end);
        let at = (verbal || said.grade.quoted || item) && self.is(said.next, "at");
        let several = tail.abouts.len() > 2 && tail.abouts.iter().any(|about| self.is_known(about));
        let several = several
            || self.is_shouted(said.grade)
            || self.pairs_on(said, tail.end)
            || said.grade.name.contains("compliant") && self.is(said.next, "with");
        (at || several || tail.abouts.iter().all(|about| self.is_known(about)))
            .then(|| self.give_it(said, tail.abouts, body, tail.end, Link::Own))
    }

    /// A grade of the whole body, or of what "it" stands for, where the words leave no doubt that it is one.
    fn body_stands(
        &mut self,
        said: &Said<'_>,
        lead: &Lead,
        body: Option<Body<'a>>,
    ) -> Option<usize> {
        let labelled = said.grade.quoted || said.grade.capital;
        let last = self.last.clone().filter(|last| {
            body.is_none() && last.link == Link::Own && (labelled || last.round == Round::Previous)
        });
        if let Some(last) = last {
            return Some(self.give_it(said, last.abouts, last.body, said.next, Link::Own));
        }
        let now = (labelled || self.last.is_some()) && self.has_current(lead.start, lead.verb);
        let inspected = said.round == Round::Previous && self.is_at_inspection(said.next);
        let closes = self.token(said.next).is_none_or(|token| {
            matches!(token.kind, super::TokenKind::Symbol(_))
                || self.is_one_of(said.next, &["because", "overall"])
        });
        let after_word = lead
            .start
            .checked_sub(1)
            .and_then(|at| self.token(at))
            .is_some_and(|token| token.kind == super::TokenKind::Word);
        let verbal =
            said.grade.name.starts_with("require") && body.is_some() && after_word && closes;
        let link = if body.is_none() {
            Link::Pronoun
        } else {
            Link::Tail
        };
        // "In 2023 it had been 'inadequate'."
        let before = labelled && lead.earlier;
        (lead.ended || now || verbal || before || inspected)
            .then(|| self.give_it(said, vec![About::Overall], body, said.next, link))
    }

    /// "at its last inspection", "when last inspected".
    fn is_at_inspection(&self, at: usize) -> bool {
        let said = self
            .lexeme(at + 1, Class::Previous)
            .or_else(|| self.lexeme(at, Class::Previous));
        said.is_some_and(|(next, _)| (at..next).any(|at| self.has(at, Class::InspectionNoun)))
    }

    pub(super) fn is_known(&self, about: &About<'a>) -> bool {
        match about {
            About::Criterion(input) => (self.context.is_rated)(input.text()),
            _ => true,
        }
    }

    fn give_it(
        &mut self,
        said: &Said<'_>,
        abouts: Vec<About<'a>>,
        body: Option<Body<'a>>,
        end: usize,
        link: Link,
    ) -> usize {
        self.give(
            Gift {
                abouts,
                body,
                grade: said.grade.clone(),
                round: said.round,
                year: said.year,
                listed: false,
                link,
            },
            end,
        );
        self.more(end, body, said.round, said.year)
    }

    /// What the heading names, for words that stand for it: "outcomes for prisoners", "the school's work here".
    pub(super) fn headed(&self, about: &About<'a>, told: bool) -> Option<About<'a>> {
        let About::Criterion(input) = about else {
            return None;
        };
        // "here" at the end of it reads as an adverb of the verb.
        let here = input.restart_len(input.len() + 1);
        let whole = if here.skip(input.len()).starts_with("here") {
            here
        } else {
            *input
        };
        let stands = whole.starts().any(|here| {
            here.lexeme(Class::HeadingNoun)
                .is_some_and(|(rest, _)| rest.is_empty())
        });
        (stands && (told || self.context.headed)).then_some(About::Heading)
    }

    /// The rated criterion that a subject ends with, or starts with where the body that has it follows: "the school's work on personal
    /// development", "the quality of education at the school"; not "the response to young people".
    fn rated_part(&self, about: &About<'a>, strong: bool) -> Option<About<'a>> {
        let About::Criterion(input) = about else {
            return Some(about.clone());
        };
        if strong || (self.context.is_rated)(input.text()) {
            return Some(about.clone());
        }
        let start = || {
            (1..input.len()).rev().find_map(|at| {
                let head = input.until(input.position() + at);
                // "The response through an officer" is another one.
                let here = input.skip(at);
                let linked = ["at", "of", "in", "for", "within", "across"]
                    .iter()
                    .any(|word| here.starts_with(word));
                let place = here.skip(1);
                let body = |token: &Token| token.classes.meets(BODIES);
                let placed = place.tokens().iter().any(body) || is_proper(trim(place), false);
                // "The effectiveness of the Safeguarding Board" is that of another body.
                let other = here.starts_with("of") && is_proper(trim(place), false);
                (linked && placed && !other && (self.context.is_rated)(head.text())).then_some(head)
            })
        };
        self.rated_end(*input).or_else(start).map(About::Criterion)
    }

    /// Whether an opening quotation mark stands before and none closes it.
    fn is_in_quotation(&self, at: usize) -> bool {
        let mut open = false;
        for before in at.saturating_sub(FARTHEST)..at {
            if self.is_symbol(before, &['“']) {
                open = true;
            } else if self.is_symbol(before, &['”']) {
                open = false;
            } else if self.is_symbol(before, &['"']) {
                open = !open;
            }
        }
        open
    }
}

/// Whether criteria are what is met or not: "Standard 3", "Regulation 17: governance".
fn are_standards(abouts: &[About<'_>]) -> bool {
    abouts.iter().all(|about| match about {
        About::Criterion(input) => input.starts().any(|here| {
            let rule = here
                .lexeme(Class::Column)
                .filter(|(_, word)| word.canonical == "rule");
            here.lexeme(Class::CriterionNoun).is_some() || rule.is_some()
        }),
        _ => true,
    })
}
