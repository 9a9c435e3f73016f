//! Grades that move: "has improved from poor to fair", "up from G2", "(previously 3)", "remains outstanding".

use super::{
    About, Body, Class, Gift, Given, GradeWord, Input, Last, Link, Mention, Move, Reader, Round,
    Statement, TokenKind,
    claim::Bound,
    grade::{digit, star_name},
    target::{Target, is_possessive},
};
use crate::span::Span;

/// The two ends of a movement.
struct Ends<'a> {
    from: Option<GradeWord>,
    to: Option<GradeWord>,
    /// What moved, where it stands between the two: "from good in care to poor".
    between: Vec<About<'a>>,
    object_end: usize,
    next: usize,
}

impl<'a> Reader<'a, '_> {
    /// Reads a movement.
    ///
    /// ```text
    /// movement = subject grade-move [object] ( "from" grade ["to" grade] | "to" grade ["from" grade] ) [ "as were" enumeration ]
    ///          | subject grade-move "from" grade tail "to" grade
    ///          | grade-given "," ("up" | "down") "from" grade
    ///          | subject ("remains" | "stays") ["at"] grade
    /// ```
    pub(super) fn movement(&mut self, at: usize) -> Option<usize> {
        let (next, word) = self.lexeme(at, Class::GradeMove)?;
        // "A move from good to fair" would be one, and so is what somebody plans to do.
        let named = self.is(at, "move") && at > 0 && self.has(at - 1, Class::Determiner);
        if named || self.lead_start(at).is_none() {
            return None;
        }
        self.movement_of(at, next, word.canonical)
    }

    /// Reads a verdict on one thing that names both grades.
    ///
    /// `regraded = agent rating-verb object "from" grade "to" grade`: "the regulator graded it from G1 to G2".
    pub(super) fn regraded(&mut self, at: usize) -> Option<usize> {
        let (next, verb) = self.lexeme(at, Class::RatingVerb)?;
        let past = self
            .token(next - 1)
            .is_some_and(|token| self.sentence.text_of(token).ends_with("ed"));
        let ends = self
            .moved(next)
            .filter(|ends| ends.from.is_some() && ends.to.is_some())?;
        let several = self.is_one_of(next, &["each", "every", "any", "all", "a", "an"]);
        let object = ends.object_end > next && !several;
        (verb.canonical == "sure" && past && object)
            .then(|| self.movement_of(at, next, "moved"))
            .flatten()
    }

    fn movement_of(&mut self, at: usize, next: usize, direction: &str) -> Option<usize> {
        let unchanged = direction == "unchanged";
        let way = self.main_clause(at).and_then(|(_, way)| way);
        let direction = way.filter(|_| direction == "moved").unwrap_or(direction);
        let ends = if unchanged {
            self.kept(next)
        } else {
            self.moved(next)
        }?;
        let (abouts, body) = self.mover(at, next, &ends, unchanged)?;
        if let (Some(grade), Some((end, count))) = (&ends.to, self.count_after(ends.next)) {
            let round = self.round(self.floor, at, end);
            let span = grade.span.join(self.part(ends.next, end).span());
            self.claim(count, grade.clone(), Bound::Exactly, round.0, span);
            self.floor = end;
            return Some(self.named_after(end, count, grade, (body, round.0, round.1)));
        }
        let abouts = if ends.between.is_empty() {
            abouts
        } else {
            ends.between.clone()
        };
        let tail = self.tail(ends.next);
        let whole = self
            .whole_of(&abouts, &tail)
            .filter(|_| self.is(ends.next, "for"));
        let for_whole = matches!(abouts.as_slice(), [About::Overall]) || whole.is_some();
        let body = body.or(whole).or_else(|| self.owner_before(at));
        let fronted = if for_whole && tail.abouts.is_empty() {
            self.fronted(at)
        } else {
            Vec::new()
        };
        let abouts = if !fronted.is_empty() {
            fronted
        } else if for_whole && !tail.abouts.is_empty() {
            tail.abouts
        } else {
            abouts
        };
        let abouts = [abouts, self.as_well(at)].concat();
        if ends.from.is_some() {
            self.bring_up(at);
        }
        let (round, year) = self.round(self.floor, at, ends.next);
        // "Since our last inspection in 2021 safety has moved from poor to fair": now it is fair.
        let since = ends.from.is_some() && (self.floor..at).any(|at| self.is(at, "since"));
        // "It was rated fair in 2019 but it has improved to good."
        let lead = self.lead_start(at).unwrap_or(at);
        let perfect = (lead..at).any(|at| self.is_one_of(at, &["has", "have"]));
        // "The home, which was rated good in 2019, has been downgraded to poor."
        let resumed = perfect && self.resumed_at(lead).is_some();
        if resumed {
            self.overtake(&abouts);
        }
        let now = resumed || perfect && self.spoken_of(at).is_some();
        let (round, year) = match (since, now) {
            (_, true) => (Round::Current, None),
            (true, _) => (Round::Current, year),
            _ => (round, year),
        };
        let span = self.part(at, ends.next).span();
        let (all, end) = self.same_way(abouts, if for_whole { tail.end } else { ends.next });
        let to = ends.to.clone().or_else(|| self.last_grade(at));
        let given = self.last.as_ref().map(|last| (last.round, last.year));
        for about in &all {
            self.move_one(about, body, &ends, to.as_ref(), direction, span);
        }
        if let Some(grade) = &ends.to {
            self.give(Gift::own(all, body, grade.clone(), (round, year)), end);
            Some(match ends.from {
                Some(_) => self.others_moved(end, body, direction),
                None => end,
            })
        } else {
            self.last = Some(Last {
                abouts: all,
                body,
                grade: to,
                round,
                year,
                end,
                link: Link::Own,
            });
            self.floor = end;
            Some(match given {
                // "Poor for safety, down from good, and fair for care"
                Some((round, year)) if ends.from.is_some() => self.more(end, body, round, year),
                _ => end,
            })
        }
    }

    /// The body whose rating moves: "Maternity's rating for safe went up", "its viability was raised" of what was rated before.
    fn owner_before(&self, verb: usize) -> Option<Body<'a>> {
        /// Tokens before the verb that are looked through.
        const REACH: usize = 12;
        let from = self.floor.max(verb.saturating_sub(REACH));
        if (from..verb).any(|at| self.is_one_of(at, &["its", "their"])) {
            return self.last.as_ref().and_then(|last| last.body);
        }
        let noun = (from + 1..verb).find(|&at| self.lexeme(at, Class::GradeNoun).is_some())?;
        let start = from.max(self.phrase_start(noun));
        let input = super::super::enumeration::trim(self.part(start, noun));
        let common = input
            .first()
            .is_some_and(|first| input.len() == 1 && !first.capital);
        (is_possessive(input) && input.len() <= REACH / 2 && !common).then_some(Body {
            input,
            proper: true,
        })
    }

    /// Takes the grade of the year before for one of this round where a movement names a still earlier one: "In 2023 we were given 3
    /// stars, up from 2 stars".
    fn bring_up(&mut self, at: usize) {
        let back = self
            .last
            .as_ref()
            .is_some_and(|last| self.refers_back(last.end, at));
        let current = self.context.year;
        if let Some(Statement::Given(given)) = self.found.last_mut()
            && back
            && given.year.map(|year| year + 1) == current
            && current.is_some()
        {
            given.round = Round::Current;
        }
    }

    /// What a subject names behind "as well as": "the overall rating, as well as how safe and well-led it is, have dropped".
    fn as_well(&self, verb: usize) -> Vec<About<'a>> {
        /// Tokens before the verb that are looked through.
        const REACH: usize = 40;
        let from = self.floor.max(verb.saturating_sub(REACH));
        let found = (from..verb)
            .find(|&at| self.is(at, "as") && self.is(at + 1, "well") && self.is(at + 2, "as"));
        let Some(start) = found.map(|at| at + 3).filter(|&start| start > from + 3) else {
            return Vec::new();
        };
        let end = (start..verb)
            .find(|&at| self.has(at, Class::Auxiliary))
            .unwrap_or(verb);
        self.asked_list(self.part(start, end))
            .unwrap_or_else(|| self.criteria(self.part(start, end)))
    }

    /// Reads what else moved, the verb left out.
    ///
    /// `others-moved = *( joint enumeration "from" grade "to" grade )`: "… and care from good to outstanding".
    fn others_moved(&mut self, end: usize, body: Option<Body<'a>>, direction: &str) -> usize {
        /// Longest list of criteria before "from".
        const LONGEST: usize = 20;
        let mut end = end;
        while let Some(start) = self.joint(end)
            && let Some(from) = (start..self.len().min(start + LONGEST))
                .take_while(|&at| {
                    !self.ends_movement(at) && self.lexeme(at, Class::GradeMove).is_none()
                })
                .find(|&at| self.is(at, "from"))
            && let Some(ends) = self.moved(from)
            && ends.object_end == from
            && ends.to.is_some()
        {
            let abouts = self.criteria(self.part(start, from));
            if abouts.is_empty() {
                break;
            }
            let span = self.part(from, ends.next).span();
            for about in &abouts {
                self.move_one(about, body, &ends, ends.to.as_ref(), direction, span);
            }
            end = ends.next;
            if let Some(grade) = ends.to {
                self.give(Gift::own(abouts, body, grade, (Round::Current, None)), end);
            }
        }
        end
    }

    fn move_one(
        &mut self,
        about: &About<'a>,
        body: Option<Body<'a>>,
        ends: &Ends<'a>,
        to: Option<&GradeWord>,
        direction: &str,
        span: Span,
    ) {
        if let Some(from) = &ends.from {
            self.found.push(Statement::Given(Given {
                about: self.by_grade(about.clone(), from),
                body,
                grade: from.clone(),
                round: Round::Previous,
                year: None,
                span: from.span,
                listed: false,
                link: Link::Own,
            }));
        }
        self.found.push(Statement::Move(Move {
            about: about.clone(),
            body,
            from: ends.from.clone(),
            to: to.cloned(),
            direction: direction.to_owned(),
            span,
        }));
    }

    /// The grades of a movement, in either order.
    fn moved(&self, start: usize) -> Option<Ends<'a>> {
        /// Tokens of the object between the verb and "from".
        const OBJECT: usize = 14;
        // "Went straight from poor to good"
        let straight = self.is_one_of(start, &["straight", "directly"]);
        let (given, start) = (start, start + usize::from(straight));
        let object = |at: usize| if at == start { given } else { at };
        for at in start..self.len().min(start + OBJECT) {
            if let Some((next, from)) = self.mark_and_grade(at, "from") {
                let stars = |at: usize| self.is(at, "to").then(|| self.star_number(at + 1, &from));
                let tail = self.tail(next);
                let dashed = || {
                    let dash = self.is_symbol(next, &['-', '–', '→']);
                    dash.then(|| self.grade(next + 1)).flatten()
                };
                let to = stars(next)
                    .flatten()
                    .or_else(dashed)
                    .or_else(|| self.mark_and_grade(self.past_date(next), "to"));
                let between = || self.mark_and_grade(tail.end, "to");
                let (to, between) = match to.or_else(between) {
                    to @ Some(_) => (to, tail.abouts),
                    None => (None, Vec::new()),
                };
                let next = to.as_ref().map_or(next, |(next, _)| *next);
                return Some(Ends {
                    from: Some(from),
                    to: to.map(|(_, grade)| grade),
                    between,
                    object_end: object(at),
                    next,
                });
            }
            if let Some((next, to)) = self
                .mark_and_grade(at, "to")
                .or_else(|| self.mark_and_grade(at, "at").filter(|_| at == start))
                .or_else(|| {
                    let with = at == start && self.context.numbers;
                    self.mark_and_grade(at, "with").filter(|_| with)
                })
            {
                let from = self.mark_and_grade(self.past_date(self.past_overall(next)), "from");
                let next = from.as_ref().map_or(next, |(next, _)| *next);
                return Some(Ends {
                    from: from.map(|(_, grade)| grade),
                    to: Some(to),
                    between: Vec::new(),
                    object_end: object(at),
                    next,
                });
            }
            if self.ends_movement(at) {
                return None;
            }
        }
        None
    }

    fn ends_movement(&self, at: usize) -> bool {
        self.is_symbol(at, &['.', ';', ':', '(', '“', '"'])
            || self.has(at, Class::Auxiliary)
            || self.has(at, Class::Conjunction) && !self.is_one_of(at, &["and", "or"])
            || self.has(at, Class::RatingVerb) && !self.has(at, Class::GradeNoun)
    }

    fn mark_and_grade(&self, at: usize, mark: &str) -> Option<(usize, GradeWord)> {
        if !self.is(at, mark) {
            return None;
        }
        let article = self.is_one_of(at + 1, &["a", "an"]);
        // "Up from its previous grade three"
        let owned = self.is_one_of(at + 1, &["its", "their", "the", "our"]);
        let previous = self.lexeme(at + 2, Class::Previous).filter(|_| owned);
        if let Some((value, _)) = previous {
            let value = value + usize::from(self.is(value, "of"));
            // "Previous grade" may be one word of the lexicon.
            let called = self.is_one_of(value, &["grade"]) || self.is(value - 1, "grade");
            return self
                .graded_noun(value)
                .or_else(|| self.grade(value))
                .or_else(|| self.grade_or_number(value).filter(|_| called));
        }
        let being = article || self.is_one_of(at + 1, &["be", "being"]);
        let value = at + 1 + usize::from(being);
        let rated = self.is(value, "rated");
        let value = value + usize::from(rated);
        let value = value + usize::from(rated && self.is(value, "as"));
        let noun = self.is(value, "one")
            || self
                .lexeme(value, Class::GradeNoun)
                .is_some_and(|(_, noun)| noun.canonical == "rating");
        let value = value + 2 * usize::from(noun && self.is(value + 1, "of"));
        let (next, grade) = self
            .grade_or_number(value)
            .or_else(|| self.graded_noun(value))?;
        let numbered = self
            .last
            .as_ref()
            .and_then(|last| last.grade.as_ref())
            .is_some_and(|grade| grade.bare_number);
        let spoken = !grade.bare_number
            || self.is(value, "grade")
            || self.context.numbers && article
            || numbered
            || (at.saturating_sub(40)..at).any(|at| self.has(at, Class::GradeNoun));
        spoken.then_some((next, grade))
    }

    /// "a good rating"
    fn graded_noun(&self, at: usize) -> Option<(usize, GradeWord)> {
        let (rest, grade) = super::grade::grade(self.at(at)).ok()?;
        let next = self.position(rest);
        self.lexeme(next, Class::GradeNoun)
            .map(|(next, _)| (next, grade))
    }

    /// A number after stars: "from two stars to three".
    pub(super) fn star_number(&self, at: usize, other: &GradeWord) -> Option<(usize, GradeWord)> {
        let count = digit(self.at(at)).filter(|_| other.name.contains(" star"))?;
        let grade = GradeWord {
            name: star_name(usize::from(count)),
            span: self.part(at, at + 1).span(),
            quoted: false,
            capital: false,
            bare_number: false,
        };
        Some((at + 1, grade))
    }

    /// Past "overall," before the other end of a movement.
    fn past_overall(&self, at: usize) -> usize {
        let next = self.lexeme(at, Class::Overall).map_or(at, |(next, _)| next);
        let comma = next + usize::from(self.is_symbol(next, &[',']));
        if self.is(comma, "from") { comma } else { at }
    }

    /// Past "in 2019" or "in October 2019".
    fn past_date(&self, at: usize) -> usize {
        if !self.is_one_of(at, &["in", "at", "on"]) {
            return at;
        }
        (at + 1..self.len().min(at + 8))
            .find(|&here| self.is_one_of(here, &["to", "from"]))
            .unwrap_or(at)
    }

    /// The grade of something that stayed.
    fn kept(&self, at: usize) -> Option<Ends<'a>> {
        let same = self.is(at, "the") && self.is(at + 1, "same");
        let at = at + 2 * usize::from(same) + usize::from(self.is(at, "unchanged"));
        let at = at + usize::from(self.is_one_of(at, &["at", "as"]));
        let (next, to) = self.grade(at)?;
        Some(Ends {
            from: None,
            to: Some(to),
            between: Vec::new(),
            object_end: at,
            next,
        })
    }

    /// What moved: the object, what the grade before was given for, or the subject.
    fn mover(
        &self,
        at: usize,
        next: usize,
        ends: &Ends<'a>,
        unchanged: bool,
    ) -> Option<(Vec<About<'a>>, Option<Body<'a>>)> {
        let object = if unchanged {
            self.part(next, next)
        } else {
            self.part(next, ends.object_end)
        };
        if let Some(last) = self
            .last
            .as_ref()
            .filter(|last| self.refers_back(last.end, at) && !object.starts_with("it"))
            .filter(|last| last.grade.is_some() || self.as_well(at).is_empty())
        {
            return Some((last.abouts.clone(), last.body));
        }
        let target = match (self.object(object), self.main_clause(at)) {
            (Some(target), _) => target,
            (None, Some((verb, _))) => self.subject(verb).0,
            (None, None) => self.subject(self.lead_start(at)?).0,
        };
        let by_inspectors = |about: &About<'a>| match about {
            About::Criterion(input) => input.lexeme(Class::Inspector).is_some(),
            _ => false,
        };
        // "The watchdog upgraded its rating"
        let target = match target {
            Target::Criteria(abouts) if !object.is_empty() && abouts.iter().any(by_inspectors) => {
                Target::Body(None)
            }
            target => target,
        };
        let both = ends.from.is_some() && ends.to.is_some();
        let labelled = |grade: &GradeWord| {
            grade.quoted
                || grade.capital
                || self.lone(grade).is_some()
                || self.is_of_several_words(grade)
        };
        let spoken = self
            .found
            .iter()
            .any(|found| matches!(found, Statement::Given(_)));
        let sure = both || spoken || ends.from.iter().chain(&ends.to).any(labelled);
        match target {
            Target::Criteria(_) | Target::Body(None) if self.is_headed_noun(at) => {
                Some((vec![About::Heading], None))
            }
            Target::Criteria(abouts) => {
                let headed: Option<Vec<_>> = abouts
                    .iter()
                    .map(|about| self.headed(about, false))
                    .collect();
                let headed = headed.filter(|headed| !headed.is_empty());
                let noun = self.is_grade_that(at) || object.holds(Class::GradeNoun);
                let known = |about: &About<'a>| {
                    self.is_known(about)
                        || noun && matches!(about, About::Criterion(name) if self.is_aspect(*name))
                };
                let known = sure || headed.is_some() || abouts.iter().all(known);
                known.then(|| (headed.unwrap_or(abouts), None))
            }
            Target::Body(None) if let Some(last) = self.spoken_of(at) => {
                Some((last.abouts.clone(), last.body))
            }
            Target::Body(body) => {
                (sure || body.is_some() || !unchanged).then_some((vec![About::Overall], body))
            }
            Target::Absent if both => Some((vec![About::Overall], None)),
            _ => None,
        }
    }

    /// The verb of the clause that a participle behind a comma belongs to, and the way that a comparative in it points.
    ///
    /// `main-clause = known-criterion auxiliary *word [better-than | worse-than] *word "," participle`: "care was better than before,
    /// moving from poor to fair".
    fn main_clause(&self, at: usize) -> Option<(usize, Option<&'static str>)> {
        /// Tokens over which a clause may go: a bound that keeps the cost linear.
        const FARTHEST: usize = 40;
        let comma = at
            .checked_sub(1)
            .filter(|&mark| mark > self.floor && self.is_symbol(mark, &[',']))?;
        let participle = self
            .token(at)
            .is_some_and(|token| self.sentence.text_of(token).ends_with("ing"));
        let near = self.floor.max(comma.saturating_sub(FARTHEST));
        let pointed = |verb: usize| {
            (verb..comma).find_map(|at| {
                let better = self.has(at, Class::BetterThan).then_some("better");
                better.or_else(|| self.has(at, Class::WorseThan).then_some("worse"))
            })
        };
        let read = |verb: usize| {
            let Target::Criteria(abouts) = self.subject(verb).0 else {
                return None;
            };
            let way = pointed(verb);
            let known = abouts.iter().all(|about| self.is_known(about)) || way.is_some();
            (known && !abouts.is_empty()).then_some((verb, way))
        };
        (near..comma)
            .filter(|&at| participle && self.has(at, Class::Auxiliary))
            .find_map(read)
    }

    /// Whether it is a grade that the verb here says something of: "the safety rating has been lowered".
    fn is_grade_that(&self, verb: usize) -> bool {
        self.lead_start(verb)
            .and_then(|lead| lead.checked_sub(1))
            .is_some_and(|at| self.has(at, Class::GradeNoun))
    }

    /// Whether the verb here has no subject but "the rating", under a heading that names what it is for.
    fn is_headed_noun(&self, verb: usize) -> bool {
        let before = (0..verb).rev();
        let noun = before.take(2).find(|&at| !self.has(at, Class::Auxiliary));
        noun.is_some_and(|at| self.has(at, Class::GradeNoun) && self.is_bare_noun(at))
    }

    /// What the sentence gave a grade to, where the verb here has no subject but "it" or "they": "outcomes were fair and they have slipped to
    /// poor".
    fn spoken_of(&self, verb: usize) -> Option<&Last<'a>> {
        let pronoun = self.lead_start(verb)?.checked_sub(1)?;
        let points = self.is_one_of(pronoun, &["it", "they"]);
        let last = self.last.as_ref().filter(|last| last.end <= pronoun)?;
        let of_criteria = !matches!(last.abouts.as_slice(), [] | [About::Overall]);
        (points && of_criteria && last.grade.is_some()).then_some(last)
    }

    /// Whether nothing but a comma, a bracket or "which is" stands between the last grade and here.
    fn refers_back(&self, end: usize, at: usize) -> bool {
        let end = self.past_year(end).min(at).max(end);
        end <= at
            && at - end <= 4
            && (end..at).all(|at| {
                self.is_symbol(at, &[',', '(', '–', '—', '-', '’', '\'', '”', '"', '*'])
                    || self.is_one_of(
                        at,
                        &[
                            "which", "is", "was", "has", "have", "been", "also", "a", "an", "and",
                        ],
                    )
            })
    }

    fn object(&self, object: Input<'a>) -> Option<Target<'a>> {
        // "Has improved, moving from poor to fair"
        let verbal = |token: &crate::grammar::Token| {
            token.kind == TokenKind::Symbol(',') || token.classes.has(Class::GradeMove)
        };
        if object.tokens().iter().all(verbal) {
            return None;
        }
        let noun = object.starts().find_map(|here| {
            let (rest, _) = here.lexeme(Class::GradeNoun)?;
            Some(rest)
        });
        match noun {
            Some(rest) if rest.starts_with("for") || rest.starts_with("of") => {
                Some(self.target(rest.skip(1)))
            }
            // "Inspectors upgraded the rating"
            Some(rest) if rest.is_empty() && object.starts_with("the") => Some(Target::Body(None)),
            Some(_) => None,
            None if let Some(known) = self.known_object(object) => Some(known),
            None if object.first().is_some_and(|token| {
                token.classes.has(Class::Preposition) || token.classes.has(Class::Adverb)
            }) =>
            {
                None
            }
            None => Some(self.target(Self::without_adverb(object))),
        }
    }

    /// Without the adverb that belongs to the verb: "bumped the practice up to good".
    fn without_adverb(object: Input<'a>) -> Input<'a> {
        let last = object.tokens().last();
        let adverb = last.is_some_and(|last| last.classes.has(Class::Adverb) && !last.capital);
        let len = object.len() - usize::from(adverb && object.len() > 1);
        object.until(object.position() + len)
    }

    /// The known criteria of "for leadership", between a verb that moves and its grades.
    fn known_object(&self, object: Input<'a>) -> Option<Target<'a>> {
        let named = object.starts_with("for").then(|| object.skip(1))?;
        let abouts = self.criteria(super::super::enumeration::trim(named));
        let known = !abouts.is_empty() && abouts.iter().all(|about| self.is_known(about));
        known.then_some(Target::Criteria(abouts))
    }

    /// Where the verb group that a moving word belongs to starts; `None` after "not" and modal verbs.
    fn lead_start(&self, at: usize) -> Option<usize> {
        const BLOCKED: &[&str] = &["not", "never", "to", "if"];
        let mut start = at;
        while let Some(before) = start.checked_sub(1).filter(|&before| before >= self.floor) {
            // "To go from good to poor for safety is hard to take": what opens a sentence happened.
            let opens = self.is(before, "to")
                && before
                    .checked_sub(1)
                    .is_none_or(|mark| self.is_symbol(mark, &['"', '“', '‘', '\'']) && mark == 0);
            if self.is_one_of(before, BLOCKED) || self.has(before, Class::Modal) {
                // "We have worked hard to move it from good to outstanding"
                let done = self.is(before, "to") && self.is_accomplished(before);
                return (opens || done).then_some(before);
            }
            if !(self.has(before, Class::Auxiliary)
                || self.has(before, Class::Adverb)
                || self.is_ly(before)
                || self.has(before, Class::GradeMove)
                || self.is_one_of(before, &["both", "each", "all"])
                    && before > 0
                    && self.has(before - 1, Class::Auxiliary)
                || self.has(before, Class::Again))
            {
                break;
            }
            start = before;
        }
        Some(start)
    }

    /// Whether what stands before "to" tells that it was done: "worked hard to", "helped the school to".
    fn is_accomplished(&self, to: usize) -> bool {
        /// Tokens between the word and "to".
        const REACH: usize = 5;
        (self.floor.max(to.saturating_sub(REACH))..to).any(|at| self.has(at, Class::Accomplished))
    }

    fn last_grade(&self, at: usize) -> Option<GradeWord> {
        self.last
            .as_ref()
            .filter(|last| self.refers_back(last.end, at))?
            .grade
            .clone()
    }

    /// `["," ] ("as" | "so" ["too"]) ("was" | "were" | "did" | "have") enumeration`: others that moved in the same way.
    fn same_way(&self, mut abouts: Vec<About<'a>>, end: usize) -> (Vec<About<'a>>, usize) {
        let start = end + usize::from(self.is_symbol(end, &[',']));
        let verb = start + 1 + usize::from(self.is(start + 1, "too"));
        if !(self.is_one_of(start, &["as", "so"]) && self.has(verb, Class::Auxiliary)) {
            return (abouts, end);
        }
        let verbal = |at: usize| self.has(at, Class::Auxiliary) && !self.is(at, "being");
        let to = (verb + 1..self.len())
            .find(|&at| self.is_symbol(at, &['.', ';', ':', '(']) || verbal(at))
            .unwrap_or(self.len());
        abouts.extend(self.criteria(self.part(verb + 1, to)));
        (abouts, to)
    }

    /// Reads an earlier grade beside a later one.
    ///
    /// `aside = previous [":" | "rated" | "was" | "a"] grade`, after a grade: "(previously 3)", ", previously good".
    pub(super) fn aside(&mut self, at: usize) -> Option<usize> {
        /// Tokens between the grade and the aside: a date.
        const APART: usize = 12;
        let last = self
            .last
            .clone()
            .filter(|last| last.end <= at && at - last.end <= APART)?;
        let (mut value, _) = self.lexeme(at, Class::Previous)?;
        let open = at.checked_sub(1).is_some_and(|at| {
            self.is_symbol(at, &['(', ',', '[', ';', '–', '—', ':']) || self.is(at, "and")
        });
        if !open {
            return None;
        }
        while self.is_symbol(value, &[':', '-', '–'])
            || self.is_one_of(
                value,
                &[
                    "rated", "graded", "judged", "was", "a", "an", "at", "as", "it", "rating",
                    "grade", "to", "be",
                ],
            )
        {
            value += 1;
        }
        let (next, grade) = self
            .grade_or_number(value)
            .or_else(|| self.graded_noun(value))?;
        for about in &last.abouts {
            self.found.push(Statement::Given(Given {
                about: about.clone(),
                body: last.body,
                grade: grade.clone(),
                round: Round::Previous,
                year: None,
                span: self.part(at, next).span().join(grade.span),
                listed: false,
                link: Link::Own,
            }));
        }
        Some(next)
    }

    /// Reads words that say "not good enough" of a criterion without a grade.
    ///
    /// `softened = criterion needs-work`: "communication needs improvement".
    pub(super) fn softened(&mut self, at: usize) -> Option<usize> {
        let (next, words) = self.lexeme(at, Class::NeedsWork)?;
        let Target::Criteria(abouts) = self.subject(at).0 else {
            return None;
        };
        for about in abouts {
            if let About::Criterion(criterion) = about {
                self.found.push(Statement::Mention(Mention {
                    criterion: Some(criterion),
                    grade: GradeWord {
                        name: words.canonical.to_owned(),
                        span: words.span,
                        quoted: false,
                        capital: false,
                        bare_number: false,
                    },
                }));
            }
        }
        Some(next)
    }
}
