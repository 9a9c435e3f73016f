//! Verdicts: a rating verb with its grade.

use super::super::{
    enumeration::{enumeration, trim},
    noun,
};
use super::{
    About, Body, Class, Gift, GradeWord, Input, Link, Mention, Reader, Round, Statement, TokenKind,
    claim::{Bound, Count},
    ends, grade, is_proper,
    lead::Lead,
    tail::Tail,
    target::Target,
};

/// Tokens between a rating verb and its grade: the object, "as" and an agent.
const OBJECT: usize = 22;

/// A grade found after a verb.
struct FoundGrade<'a> {
    object: Input<'a>,
    marked: bool,
    bound: Bound,
    grade: GradeWord,
    next: usize,
}

impl<'a> Reader<'a, '_> {
    /// Reads a verdict.
    ///
    /// ```text
    /// verdict = subject [auxiliary] rating-verb ["by" agent] ["as" | "to be"] grade [tail] *more
    ///         | [agent] rating-verb object ["as" | "to be"] grade [tail] *more
    /// ```
    /// "was rated good for leadership and poor for care", "graded planning as weak".
    pub(super) fn verdict(&mut self, at: usize) -> Option<usize> {
        let (after, verb) = self.lexeme(at, Class::RatingVerb)?;
        if verb.canonical == "losing" || self.is_noun_use(at) {
            return None;
        }
        if self.is_one_of(at, &["judging", "grading", "assessing"])
            && let Some(end) = self.gerund(at)
        {
            return Some(end);
        }
        if verb.canonical == "giving" && !self.gives_stars(after) {
            return self.gift(at, after);
        }
        let lead = self.lead(at)?;
        if self.is_conditional(&lead) {
            return None;
        }
        // "Awarded four stars" leaves no doubt.
        let strength = match verb.canonical {
            "giving" => "sure",
            other => other,
        };
        let found = self.grade_after(after, strength)?;
        if self.is_by_respondents(&lead, found.next) {
            return Some(found.next);
        }
        if self.is_self_assessed(lead.start, found.next) {
            return Some(found.next);
        }
        if found.grade.bare_number
            && found
                .object
                .first()
                .is_some_and(|token| token.classes.has(Class::Preposition))
        {
            return None;
        }
        if let Some(end) = self.rated_label(at, &found) {
            return Some(end);
        }
        if let Some(end) = self.dealt(&lead, (found.next, &found.grade), found.object) {
            return Some(end);
        }
        if let Some(end) = self.equated(&lead, &found) {
            return Some(end);
        }
        let resumed = self
            .resumed(&lead)
            .or_else(|| self.aside_owner(lead.start, found.next));
        let (subject, place) = match resumed {
            Some(target) => (target, None),
            None => self.subject(lead.start),
        };
        let announced = found.object.is_empty() && self.announced(lead.start).is_some();
        let (target, place) = if found.object.is_empty() {
            (self.outcomes(&lead, &found, subject), place)
        } else if lead.passive || matches!(subject, Target::Counted) {
            return None;
        } else {
            (self.judged(&lead, &found), None)
        };
        if !announced && self.is_weak(strength, &found, &target) {
            return None;
        }
        self.conclude(&lead, found, target, place)
    }

    /// What the object of a verb names. "Outcomes" stand for what the grade is given for: "found outcomes to be good for safety".
    fn judged(&self, lead: &Lead, found: &FoundGrade<'a>) -> Target<'a> {
        let object = Self::without_apposition(found.object);
        self.outcomes(lead, found, self.target(object))
    }

    /// Nothing, where what a verdict is on stands for what its grade is given for: "outcomes were judged poor for safety"; what the clause
    /// opens with, where it stands for that: "in safety, where outcomes were judged poor".
    fn outcomes(&self, lead: &Lead, found: &FoundGrade<'a>, target: Target<'a>) -> Target<'a> {
        let stands = |abouts: &[About<'a>]| {
            let headed = |about| self.headed(about, true).is_some();
            !abouts.is_empty() && abouts.iter().all(headed)
        };
        match target {
            Target::Criteria(abouts)
                if stands(&abouts) && !self.tail(found.next).abouts.is_empty() =>
            {
                Target::Absent
            }
            // "In safety, where we had judged outcomes to be poor"
            Target::Criteria(abouts) if stands(&abouts) => {
                let fronted = self.fronted(lead.start);
                Target::Criteria(if fronted.is_empty() { abouts } else { fronted })
            }
            target => target,
        }
    }

    /// An object without what it is said to be between commas: "rated Ash Lodge, its home in Elmby, good".
    fn without_apposition(object: Input<'a>) -> Input<'a> {
        const ARTICLES: [&str; 6] = ["a", "an", "the", "its", "our", "their"];
        let is_comma = |at: &usize| object.skip(*at).starts_with(",");
        let first = (1..object.len()).find(is_comma);
        let name = first.filter(|&comma| {
            let after = object.skip(comma + 1);
            let closed = comma + 1 < object.len() && is_comma(&(object.len() - 1));
            closed && ARTICLES.iter().any(|article| after.starts_with(article))
        });
        name.map_or(object, |comma| object.until(object.position() + comma))
    }

    /// Reads a verdict on criteria that are named on the other side of "were".
    ///
    /// ```text
    /// equated = criterion-nouns rating-verb grade be enumeration
    ///         | enumeration be [determiner] [number] criterion-nouns rating-verb grade
    /// ```
    /// "The areas rated good were care and food", "care and food were the two areas judged poor".
    fn equated(&mut self, lead: &Lead, found: &FoundGrade<'a>) -> Option<usize> {
        if lead.start < lead.verb || !found.object.is_empty() {
            return None;
        }
        let noun = lead.start.checked_sub(1)?;
        let bodies = self
            .lexeme(noun, Class::BodyNoun)
            .filter(|_| noun::is_plural(self.part(noun, noun + 1)));
        let (end, _) = self.lexeme(noun, Class::CriterionNoun).or(bodies)?;
        let start = self.phrase_start(lead.start);
        let be = |at: usize| self.is_one_of(at, &["is", "are", "was", "were"]);
        let (list, close) = if be(found.next) {
            let to = self.list_end(found.next + 1);
            (self.part(found.next + 1, to), to)
        } else {
            let verb = start.checked_sub(1).filter(|&verb| be(verb))?;
            let from = self.phrase_start(verb);
            (self.last_segment(from, verb), found.next)
        };
        if let Some((_, _)) = bodies {
            let items = enumeration(list, self.context.is_name);
            let named = !items.is_empty() && items.iter().all(|item| is_proper(*item, false));
            return (named && end == lead.start)
                .then(|| self.give_bodies(items, &found.grade, close));
        }
        let abouts = self.criteria(list);
        let named = abouts.iter().all(|about| match about {
            About::Criterion(input) => self.is_plausible(*input, true) || self.is_known(about),
            _ => false,
        });
        if end != lead.start || abouts.is_empty() || !named {
            return None;
        }
        let (round, year) = self.carried(lead, close);
        self.give(
            Gift::own(abouts, None, found.grade.clone(), (round, year)),
            close,
        );
        Some(close)
    }

    /// Reads a verdict that another clause looks back on.
    ///
    /// `gerund = ("after" | "by" | "while" | ",") ("rating" | "grading" | "judging") object ["as" | "to be"] grade [tail] *more`: "after
    /// rating the home inadequate".
    pub(super) fn gerund(&mut self, at: usize) -> Option<usize> {
        let opened = at.checked_sub(1).is_some_and(|before| {
            self.is_symbol(before, &[','])
                || self.is_one_of(before, &["after", "by", "while", "when", "in", "on", "of"])
        });
        if !opened || self.has(at + 1, Class::Preposition) {
            return None;
        }
        let found = self.grade_after(at + 1, "sure")?;
        let target = self.target(found.object);
        let plain = matches!(target, Target::Criteria(_) | Target::Body(_));
        if found.object.is_empty() || !plain || self.is_weak("sure", &found, &target) {
            return None;
        }
        let lead = Lead {
            start: at,
            verb: at,
            passive: false,
            present: false,
            earlier: false,
            ended: false,
        };
        self.conclude(&lead, found, target, None)
    }

    /// Whether the clause of a verb opens with "if" or "whether".
    fn is_conditional(&self, lead: &Lead) -> bool {
        self.phrase_start(lead.start)
            .checked_sub(1)
            .is_some_and(|at| self.is_one_of(at, &["if", "whether", "unless"]))
    }

    /// Whether those who use a service gave the grade: "patients rated the care as good", "was rated good by pupils".
    fn is_by_respondents(&self, lead: &Lead, next: usize) -> bool {
        let asked = |at: usize| self.lexeme(at, Class::Respondent).is_some();
        let subject = !lead.passive
            && (lead.start.saturating_sub(3)..lead.start).any(|at| {
                self.lexeme(at, Class::Respondent)
                    .is_some_and(|(end, _)| end == lead.start)
            });
        subject || self.is(next, "by") && (next + 1..next + 4).any(asked)
    }

    /// Whether the grade before `next` closes with a noun and no adjective: "limited assurance", not "very good".
    fn ends_with_noun(&self, next: usize) -> bool {
        next.checked_sub(2).is_some_and(|before| {
            !self.has(before + 1, Class::Grade)
                && self
                    .token(before)
                    .is_some_and(|token| token.kind == TokenKind::Word)
                && self.has(before, Class::Grade)
        })
    }

    /// Reads a grade before the name that has it.
    ///
    /// `rated-label = rating-verb grade ":" (name | enumeration)`, at the start of a sentence: "Rated 5: Rose Tea Rooms at Station Road".
    fn rated_label(&mut self, at: usize, found: &FoundGrade<'a>) -> Option<usize> {
        if at > 0 && !self.is_symbol(at - 1, &['•', '-', '*', '·'])
            || !found.object.is_empty()
            || !self.is_symbol(found.next, &[':'])
        {
            return None;
        }
        let start = found.next + 1;
        let ends = |at: usize| {
            self.is_symbol(at, &[';', ',', '.', '(']) || self.is_one_of(at, &["at", "in", "on"])
        };
        let end = (start..self.len())
            .find(|&at| ends(at))
            .unwrap_or(self.len());
        let name = trim(self.part(start, end));
        if name.is_empty() {
            return None;
        }
        if !self.is_proper(name) {
            return self.rated_list(found, start);
        }
        self.give(
            Gift {
                abouts: vec![About::Overall],
                body: Some(Body {
                    input: name,
                    proper: true,
                }),
                grade: found.grade.clone(),
                round: Round::Current,
                year: None,
                listed: true,
                link: Link::Own,
            },
            end,
        );
        Some(end)
    }

    /// The criteria after "Rated outstanding:".
    fn rated_list(&mut self, found: &FoundGrade<'a>, start: usize) -> Option<usize> {
        let end = self.list_end(start);
        let abouts = self.criteria(self.part(start, end));
        if abouts.is_empty() {
            return None;
        }
        self.give(
            Gift {
                abouts,
                body: None,
                grade: found.grade.clone(),
                round: Round::Current,
                year: None,
                listed: true,
                link: Link::Own,
            },
            end,
        );
        Some(end)
    }

    /// Reads a grade that is given as it stands.
    ///
    /// `gift = subject giving-verb ["a" | "an"] grade | giving-verb body grade`, where the grade is quoted, written with a capital, of
    /// several words or one that names its criterion: "has been given limited assurance", "gives the company two stars".
    fn gift(&mut self, at: usize, after: usize) -> Option<usize> {
        let lead = self.lead(at)?;
        if let Some((body, found)) = self.to_body(after).filter(|_| !lead.passive) {
            return self.conclude(&lead, found, Target::Body(Some(body)), None);
        }
        let after = after + usize::from(self.is_one_of(after, &["it", "them"]));
        let article = self.is_one_of(after, &["a", "an", "the", "its", "their", "our"]);
        let value = after + usize::from(article);
        let numbered = || self.numbered_gift(value).filter(|_| article);
        let (next, grade) = self.grade(value).or_else(numbered)?;
        let labelled = grade.quoted
            || grade.bare_number
            || grade.capital
            || self.gives_stars(value) && !self.is_one_of(after, &["a", "an", "the"])
            || self.ends_with_noun(next)
            || self.lone(&grade).is_some()
            || self.is_followed_by_known(next);
        let (target, place) = match self.resumed(&lead) {
            Some(target) => (target, None),
            None => self.subject(lead.start),
        };
        let kept = self.has(at, Class::Again) && self.ends_clause(next);
        let labelled = labelled
            || kept
                && matches!(&target, Target::Criteria(abouts) if abouts.iter().all(|about| self.is_known(about)));
        if !labelled || matches!(target, Target::Counted | Target::Count(_) | Target::Vague) {
            return None;
        }
        let target = match target {
            Target::Criteria(_) if !lead.passive && !kept => Target::Absent,
            target => target,
        };
        let found = FoundGrade {
            object: self.part(after, after),
            marked: false,
            bound: Bound::Exactly,
            grade,
            next,
        };
        self.conclude(&lead, found, target, place)
    }

    /// The body right after a verb, and the grade that it is given: "gave Elm Water two stars".
    fn to_body(&self, after: usize) -> Option<(Body<'a>, FoundGrade<'a>)> {
        /// Tokens of the body.
        const LONGEST: usize = 8;
        let mut ahead = (after..self.len().min(after + LONGEST)).take_while(|&at| {
            !self.is_symbol(at, &[',', '.', ';', ':', '(']) && !self.has(at, Class::Auxiliary)
        });
        let stands = |at: usize| {
            let (next, grade) = self.grade(at).filter(|_| at > after)?;
            let labelled = grade.quoted || grade.capital || grade.name.contains(" star");
            labelled.then_some((at, next, grade))
        };
        let (at, next, grade) = ahead.find_map(stands)?;
        let object = self.part(after, at);
        let Target::Body(Some(body)) = self.target(object) else {
            return None;
        };
        let found = FoundGrade {
            object,
            marked: false,
            bound: Bound::Exactly,
            grade,
            next,
        };
        Some((body, found))
    }

    /// Whether what a grade was given for follows it, and all of it is known.
    pub(super) fn is_followed_by_known(&self, next: usize) -> bool {
        let abouts = self.tail(next).abouts;
        let known =
            |about: &About<'a>| matches!(about, About::Criterion(_)) && self.is_known(about);
        !abouts.is_empty() && abouts.iter().all(known)
    }

    /// A number where the document's scheme rates by numbers: the 2 of "given a 2 at its last visit".
    fn numbered_gift(&self, at: usize) -> Option<(usize, GradeWord)> {
        let (next, grade) = self.grade_or_number(at)?;
        // "Received a grade two", but no "grade 4 in English" and no "grade II listed building".
        let called =
            self.is(at, "grade") && !self.is_one_of(next, &["listed", "in", "or", "and", "at"]);
        let called = called || self.is(at, "grade") && self.count_after(next).is_some();
        ((self.context.numbers || called) && !self.is(next, "per")).then_some((next, grade))
    }

    /// Gives the grade to what the verdict is on, and reads what follows.
    fn conclude(
        &mut self,
        lead: &Lead,
        found: FoundGrade<'a>,
        target: Target<'a>,
        place: Option<Body<'a>>,
    ) -> Option<usize> {
        let tail = self.tail(found.next);
        let (round, year) = self.carried(lead, tail.end);
        let place = place.or_else(|| self.carried_place(lead));
        let span = self.part(lead.start, found.next).span();
        if let Target::Count(count) = target {
            if !self.counts_criteria(&count, lead.start) {
                return Some(self.bodies_after(count, &found, (place, round, year)));
            }
            let count = Count {
                of: count.of.or_else(|| self.whole_before(lead.start)),
                ..count
            };
            let grade = found.grade.clone();
            self.named_before(lead.start, count, &found, (place, round, year));
            self.claim(count, found.grade, found.bound, round, span);
            let named = self.named_after(found.next, count, &grade, (place, round, year));
            if named > found.next {
                return Some(named);
            }
            return Some(self.more_counts(found.next, count, round));
        }
        if found.bound != Bound::Exactly || self.counts_cases(found.next) {
            return Some(found.next);
        }
        if matches!(target, Target::Counted)
            && let Some(count) = self.counted_from(self.phrase_start(lead.start))
        {
            let end = self.bodies_after(count, &found, (place, round, year));
            return Some(end.max(tail.end));
        }
        let fronted = || match &target {
            Target::Body(_) => self.fronted(lead.start),
            _ => Vec::new(),
        };
        // "For care and food it was judged good in each area"
        if let Some((end, count)) = self.count_after(found.next)
            && count.quantifier == "all"
            && count.count.is_none()
            && let front = fronted()
            && front.len() > 1
        {
            self.give(Gift::own(front, place, found.grade, (round, year)), end);
            return Some(self.more(end, place, round, year));
        }
        if let Some((end, count)) = self.count_after(found.next) {
            if !matches!(target, Target::Counted) {
                let span = found.grade.span.join(self.part(found.next, end).span());
                self.claim(count, found.grade.clone(), Bound::Exactly, round, span);
            }
            let grade = found.grade;
            let body = match target {
                Target::Body(body) => body.or(place),
                _ => place,
            };
            let end = self.named_after(end, count, &grade, (body, round, year));
            return Some(self.more(end, body, round, year));
        }
        let link = match &target {
            Target::Criteria(_) => Link::Own,
            Target::Body(None) if tail.abouts.is_empty() && !self.is_spoken_to(lead) => {
                Link::Pronoun
            }
            Target::Absent if tail.abouts.is_empty() => Link::Assumed,
            _ => Link::Tail,
        };
        let (abouts, body) = match target {
            Target::Criteria(abouts) if abouts.is_empty() => return None,
            Target::Criteria(abouts) if let Some(whole) = self.whole_of(&abouts, &tail) => {
                (tail.abouts.clone(), Some(whole))
            }
            Target::Criteria(abouts) if !matches!(abouts.as_slice(), [About::Overall]) => {
                (abouts, place)
            }
            Target::Criteria(_) | Target::Absent => (tail.abouts.clone(), place),
            Target::Body(body) if tail.abouts.is_empty() => {
                (self.fronted(lead.start), body.or(place))
            }
            Target::Body(body) => (tail.abouts.clone(), body.or(place)),
            Target::Vague => {
                self.mention(None, &found.grade, found.next);
                return Some(found.next);
            }
            Target::Count(_) | Target::Counted => return Some(tail.end),
        };
        let abouts = if abouts.is_empty() {
            vec![About::Overall]
        } else {
            abouts
        };
        let dated = self.last.as_ref().is_some_and(|last| last.year.is_some());
        let aside = dated && self.resumed(lead).is_some();
        if lead.present && (aside || self.has_current(lead.start, lead.verb)) {
            self.overtake(&abouts);
        }
        let listed = lead
            .start
            .checked_sub(1)
            .is_some_and(|mark| self.is_label_mark(mark));
        self.give(
            Gift {
                abouts,
                body,
                grade: found.grade,
                round,
                year,
                listed,
                link,
            },
            tail.end,
        );
        Some(self.more(tail.end, body, round, year))
    }

    /// Whether the body itself speaks or is spoken to before a verb: "we were rated good", "you are judged poor".
    fn is_spoken_to(&self, lead: &Lead) -> bool {
        let before = lead.start.checked_sub(1).filter(|&at| at >= self.floor);
        lead.passive && before.is_some_and(|at| self.is_one_of(at, &["we", "you"]))
    }

    /// The service whose key questions follow its grade: "Maternity was rated inadequate for safe and well-led".
    pub(super) fn whole_of(&self, abouts: &[About<'a>], tail: &Tail<'a>) -> Option<Body<'a>> {
        // "Urgent and emergency care" may read as two.
        let (Some(About::Criterion(first)), Some(About::Criterion(last))) =
            (abouts.first(), abouts.last())
        else {
            return None;
        };
        let len = (last.position() + last.len()).checked_sub(first.position())?;
        let input = first.restart_len(len);
        let known = !tail.abouts.is_empty() && tail.abouts.iter().all(|about| self.is_known(about));
        let named = tail
            .abouts
            .iter()
            .all(|about| matches!(about, About::Criterion(_)));
        let one = abouts.len() == 1 || !abouts.iter().any(|about| self.is_known(about));
        // "Elm was graded good for care, very good for food": what has several grades for several things is the body.
        let listed = abouts.len() == 1
            && !abouts.iter().any(|about| self.is_known(about))
            && self
                .joint(tail.end)
                .and_then(|start| self.grade(start))
                .is_some_and(|(next, _)| self.is(next, "for"));
        let known = known || listed && !tail.abouts.is_empty();
        (known && named && one && abouts.len() <= 2).then_some(Body {
            input,
            proper: true,
        })
    }

    /// The known criterion before the "where" of a clause: "leadership, where the home was judged good".
    fn before_where(&self, verb: usize) -> Option<About<'a>> {
        /// Words of the criterion.
        const LONGEST: usize = 4;
        let start = self.phrase_start(verb);
        let at = start.checked_sub(1).filter(|&at| self.is(at, "where"))?;
        let mark = |at: usize| self.is_symbol(at, &[',', '”', '"', '’', '\'']);
        let end = (self.floor..at).rfind(|&at| !mark(at))? + 1;
        let near = self.floor.max(end.saturating_sub(LONGEST));
        let named = |from: usize| About::Criterion(trim(self.part(from, end)));
        (near..end).map(named).find(|about| self.is_known(about))
    }

    /// What a clause opens with, before the body that the verdict is on.
    ///
    /// `fronted = ("for" | "on" | "in the area of") enumeration [","] body | "in" known-criterion "," body`: "For leadership the area was
    /// rated good", "In safety, outcomes were poor".
    pub(super) fn fronted(&self, verb: usize) -> Vec<About<'a>> {
        /// Tokens from what opens a clause to its verb: a bound that keeps the cost linear.
        const FARTHEST: usize = 80;
        if verb.saturating_sub(self.floor) > FARTHEST {
            return Vec::new();
        }
        if let Some(about) = self.before_where(verb) {
            return vec![about];
        }
        let joint = |at: usize| {
            self.is_symbol(at, &[',', ';', '“', '"'])
                || self.is_one_of(at, &["and", "but", "while"])
        };
        let start = (self.floor..verb).find(|&at| !joint(at)).unwrap_or(verb);
        let phrase = self.lexeme(start, Class::InTermsOf).map(|(next, _)| next);
        let start = phrase.map_or(start, |next| next - 1);
        let area = self.is(start, "in")
            && (start + 1..start + 4).any(|at| self.lexeme(at, Class::CriterionNoun).is_some());
        if phrase.is_none() && !self.is_one_of(start, &["for", "on", "in"]) {
            return Vec::new();
        }
        let known = self.is(start, "in") && !area;
        let end = (start + 1..verb).find(|&at| {
            let comma = self.is_symbol(at, &[',']);
            comma && !(at..verb).any(|at| self.is(at, "and"))
                || at > start + 1
                    && (self.has(at, Class::Determiner) || self.has(at, Class::Pronoun))
                    && !self.has(at - 1, Class::Preposition)
        });
        let closed = (start + 1..verb).rfind(|&at| self.is_symbol(at, &[',']));
        let end = closed.filter(|_| phrase.is_some()).or(end);
        let Some(end) = end.filter(|&end| end < verb) else {
            return Vec::new();
        };
        let abouts = self.criteria(self.part(start + 1, end));
        if known && !abouts.iter().all(|about| self.is_known(about)) {
            return Vec::new();
        }
        let items: Vec<Input<'a>> = abouts
            .iter()
            .filter_map(|about| match about {
                About::Criterion(input) => Some(*input),
                _ => None,
            })
            .collect();
        let timed = |item: &Input<'a>| {
            item.starts().any(|here| {
                [
                    Class::Weekday,
                    Class::Month,
                    Class::InspectionNoun,
                    Class::BodyNoun,
                ]
                .into_iter()
                .any(|class| here.lexeme(class).is_some())
            })
        };
        let plausible = items
            .iter()
            .all(|item| self.is_plausible(*item, false) && !timed(item));
        let whole = items.len() == abouts.len();
        if !(plausible && whole) || items.iter().any(|item| self.is_proper(*item)) {
            return Vec::new();
        }
        abouts
    }

    /// Gives the grade of a count to the criteria that are named right after it, where they are as many as it says or all known.
    ///
    /// `named-after = (":" | "–" | "(") enumeration`: "good in two areas: care and food", "poor in one (staffing)", "good in all five areas –
    /// safe, effective …".
    pub(super) fn named_after(
        &mut self,
        at: usize,
        count: Count<'a>,
        grade: &GradeWord,
        (body, round, year): (Option<Body<'a>>, Round, Option<i16>),
    ) -> usize {
        // A colon behind "all five areas" opens a list of what the document claims of all.
        let opened = if count.quantifier == "count" {
            self.is_symbol(at, &[':', '–', '—', '('])
        } else {
            count.quantifier == "all"
                && count.count.is_some()
                && self.is_symbol(at, &['–', '—', '('])
        };
        let past = self.past_relative(at);
        if !opened && past == at {
            return at;
        }
        let (start, at) = (at, past);
        let bracket = self.is_symbol(at, &['(']);
        let end = if bracket {
            (at..self.len()).find(|&at| self.is_symbol(at, &[')']))
        } else {
            Some(self.list_end(at + 1))
        };
        let Some(end) = end else {
            return start;
        };
        let abouts = self.criteria(self.part(at + 1, end));
        let counted = count.count.and_then(|count| usize::try_from(count).ok());
        let known = abouts.iter().all(|about| self.is_known(about));
        if abouts.is_empty() || !(known || counted == Some(abouts.len())) {
            return start;
        }
        let end = end + usize::from(bracket);
        self.give(Gift::own(abouts, body, grade.clone(), (round, year)), end);
        end
    }

    /// The dash behind a short clause on what was counted: "all five areas that the watchdog looks at – safe, …".
    fn past_relative(&self, at: usize) -> usize {
        /// Tokens of the clause.
        const LONGEST: usize = 8;
        let dash = (at..self.len().min(at + LONGEST))
            .take_while(|&at| !self.ends_clause(at))
            .find(|&at| self.is_symbol(at, &['–', '—', '-', ':']));
        dash.unwrap_or(at)
    }

    /// Gives the grade of a count to as many criteria as it says, where a bracket names them before the verb: "two of the five areas (care
    /// and food) were rated good".
    fn named_before(
        &mut self,
        verb: usize,
        count: Count<'a>,
        found: &FoundGrade<'a>,
        given: (Option<Body<'a>>, Round, Option<i16>),
    ) {
        /// Longest list, in tokens.
        const LONGEST: usize = 40;
        let close = verb.checked_sub(1).filter(|&at| self.is_symbol(at, &[')']));
        let open = close.and_then(|close| {
            let near = self.floor.max(close.saturating_sub(LONGEST));
            (near..close).rev().find(|&at| self.is_symbol(at, &['(']))
        });
        if let Some(open) = open.filter(|_| found.bound == Bound::Exactly) {
            self.named_after(open, count, &found.grade, given);
        }
    }

    /// Gives the grade of several bodies to those that a bracket behind it names, as many as were counted: "three wards were rated good
    /// (Elm, Oak and Ash)". Where what was read ends.
    fn bodies_after(
        &mut self,
        count: Count<'a>,
        found: &FoundGrade<'a>,
        given: (Option<Body<'a>>, Round, Option<i16>),
    ) -> usize {
        let bracket = found.bound == Bound::Exactly && self.is_symbol(found.next, &['(']);
        if bracket {
            self.named_after(found.next, count, &found.grade, given)
        } else {
            found.next
        }
    }

    /// Whether a grade holds for a number of things that are no criteria, as in a sample: "rated good in 22 cases".
    fn counts_cases(&self, at: usize) -> bool {
        let number = at + 1;
        let counted = self.token(number).is_some_and(|token| {
            token.kind == TokenKind::Number || token.classes.has(Class::NumberWord)
        });
        let noun = [number + 1, number + 2, number + 3, number + 4]
            .into_iter()
            .take_while(|&at| {
                self.token(at)
                    .is_some_and(|token| token.kind == TokenKind::Word)
            });
        let mut others = noun.clone().filter(|&at| {
            [
                Class::CriterionNoun,
                Class::InspectionNoun,
                Class::DurationUnit,
                Class::Month,
                Class::BodyNoun,
            ]
            .into_iter()
            .any(|class| self.has(at, class))
        });
        let plural = noun
            .clone()
            .any(|at| noun::is_plural(self.part(at, at + 1)));
        self.is_one_of(at, &["in", "for"])
            && counted
            && !grade::is_year(self.at(number))
            && plural
            && others.next().is_none()
    }

    /// Puts what the sentence gave before into an earlier round, where it is overtaken: "was rated poor in May and is now rated good".
    pub(super) fn overtake(&mut self, abouts: &[About<'a>]) {
        let same = |about: &About<'a>, given: &About<'a>| match (about, given) {
            (About::Overall, About::Overall) => true,
            (About::Criterion(about), About::Criterion(given)) => {
                about.text().eq_ignore_ascii_case(given.text())
            }
            _ => false,
        };
        for statement in self.found.iter_mut().rev().take(abouts.len()) {
            if let Statement::Given(given) = statement
                && abouts.iter().any(|about| same(about, &given.about))
            {
                given.round = Round::Previous;
            }
        }
    }

    /// The round of a verdict that ends at `end`.
    fn round_of(&self, lead: &Lead, end: usize) -> (Round, Option<i16>) {
        let apart = lead.present || self.resumed(lead).is_some();
        let from = if apart { lead.start } else { self.floor };
        let (round, year) = self.round(from, lead.verb, end);
        let anew = |at: usize| {
            self.lexeme(at, Class::Again)
                .is_some_and(|(_, word)| word.canonical.ends_with("again"))
        };
        if !lead.earlier && year.is_none() && (lead.start..lead.verb).any(anew) {
            return (Round::Current, year);
        }
        (if lead.earlier { Round::Previous } else { round }, year)
    }

    /// Whether a grade that no noun needs to name stands here: "given 3 stars".
    fn gives_stars(&self, at: usize) -> bool {
        self.grade(at)
            .is_some_and(|(_, grade)| grade.name.contains(" star"))
    }

    /// The round of a verdict, or that of the one before it where "and" joins the two and only that one is dated: "in 2018, when
    /// leadership was rated good and care was rated fair".
    pub(super) fn carried(&self, lead: &Lead, end: usize) -> (Round, Option<i16>) {
        let own = self.round_of(lead, end);
        let last = self.last.as_ref().filter(|last| {
            last.round == Round::Previous && self.joins(last.end, lead.start) && !lead.present
        });
        match last {
            Some(last) if own == (Round::Current, None) && !self.has_current(last.end, end + 4) => {
                (last.round, last.year)
            }
            _ => own,
        }
    }

    /// The body that a clause shares with the one before it: "At Elm House, care was rated good and staffing was rated poor".
    fn carried_place(&self, lead: &Lead) -> Option<Body<'a>> {
        let last = self.last.as_ref()?;
        last.body
            .filter(|body| body.proper && self.joins(last.end, lead.start))
    }

    /// Whether a clause that starts at `end` goes on with "and" and reaches `start` without a stop.
    fn joins(&self, end: usize, start: usize) -> bool {
        let word = end + usize::from(self.is_symbol(end, &[',']));
        end < start
            && self.is(word, "and")
            && !(end..start).any(|at| self.is_symbol(at, &[';', ':', '(', '“', '"', '.']))
    }

    /// The first grade after a verb, and what stands between them. "From" before it makes it the end of a range.
    fn grade_after(&self, after: usize, strength: &str) -> Option<FoundGrade<'a>> {
        let mut at = after;
        while at < self.len().min(after + OBJECT) {
            if self.is_one_of(at, &["from", "between"]) && self.grade(at + 1).is_some() {
                return None;
            }
            let (linked, marked) = self.link(at);
            let (value, bound) = self.bound(linked);
            if self.is(at, "to")
                && self.is(at + 1, "be")
                && super::grade_or_number(self.at(value)).is_err()
            {
                return None;
            }
            let read = if strength == "sure" || marked || self.is_out_of_five(value) {
                super::grade_or_number(self.at(value))
            } else {
                super::grade(self.at(value))
            };
            if let Ok((rest, grade)) = read {
                let rest = Self::past_what_it_is(rest, marked);
                let next = self.position(rest);
                let (past, after_bound) = self.bound_after(next);
                let bound = if bound == Bound::Exactly {
                    after_bound
                } else {
                    bound
                };
                let loose = grade.bare_number && (rest.starts_with("of") || at > after && !marked);
                if !loose && (ends(rest) || past > next) {
                    let object = Self::without_agent(self.part(after, at));
                    return Some(FoundGrade {
                        object,
                        marked,
                        bound,
                        grade,
                        next: past,
                    });
                }
                if !grade.bare_number {
                    return None;
                }
            }
            // "Rated how safe the home was as poor"
            let asked = at > after && self.is(after, "how") && self.has(at, Class::Auxiliary);
            if self.ends_object(at) && !asked {
                return None;
            }
            at += 1;
        }
        None
    }

    /// Past the noun for what has a grade, or for a step of the scale: "to be an excellent school", "in the good category".
    fn past_what_it_is(rest: Input<'a>, marked: bool) -> Input<'a> {
        let steps = ["category", "band", "bracket"];
        let body = rest.lexeme(Class::BodyNoun).map(|(rest, _)| rest);
        let step = || {
            steps
                .iter()
                .any(|word| rest.starts_with(word))
                .then(|| rest.skip(1))
        };
        match body.or_else(step) {
            Some(past) if marked && ends(past) => past,
            _ => rest,
        }
    }

    /// "1 out of 5", a score that is a rating.
    fn is_out_of_five(&self, at: usize) -> bool {
        self.context.numbers
            && self.is(at + 1, "out")
            && self.is(at + 2, "of")
            && grade::digit(self.at(at + 3)) == Some(5)
    }

    /// `link = ["as"] ["being"] | "to be" ["at" | "of"] ["the"] | "to" | "at" | "a"`, before a grade.
    pub(super) fn link(&self, at: usize) -> (usize, bool) {
        if self.is(at, "to") && self.is(at + 1, "be")
            || self.is(at, "as") && self.is(at + 1, "being")
        {
            let level = at + 2 + usize::from(self.is_one_of(at + 2, &["at", "of"]));
            return (
                level + usize::from(self.is_one_of(level, &["the", "a", "an"])),
                true,
            );
        }
        // "Rated in the ‘requires improvement’ category"
        let category = || {
            let grade = self
                .is(at + 1, "the")
                .then(|| grade::grade(self.at(at + 2)).ok())?;
            let next = self.position(grade?.0);
            self.is_one_of(next, &["category", "band", "bracket"])
                .then_some(at + 2)
        };
        if self.is(at, "in")
            && let Some(value) = category()
        {
            return (value, true);
        }
        if self.is_one_of(at, &["as", "at"]) && self.is_one_of(at + 1, &["at", "the"]) {
            return (at + 2 + usize::from(self.is(at + 2, "the")), true);
        }
        if self.is(at, "to") && self.is_one_of(at + 1, &["require", "need"])
            || self.is_one_of(at, &["as", "at", "a"])
        {
            return (at + 1, self.is_one_of(at, &["as", "to"]));
        }
        (at, false)
    }

    pub(super) fn ends_object(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else {
            return true;
        };
        match token.kind {
            TokenKind::Symbol(',' | '’' | '\'' | '(' | ')' | '&' | '/' | '*' | '-') => false,
            TokenKind::Symbol(_) => true,
            TokenKind::Word => {
                let kept = self.is_one_of(at, &["and", "or"]);
                let kept_as = self.is_kept(at);
                token.classes.has(Class::Auxiliary) && !self.is(at, "be")
                    || kept_as
                    || token.classes.has(Class::Conjunction) && !kept
                    || token.classes.has(Class::RatingVerb) && !token.classes.has(Class::GradeNoun)
            }
            _ => false,
        }
    }

    /// Without "by the watchdog", and nothing where adverbs fill it.
    fn without_agent(object: Input<'a>) -> Input<'a> {
        // "Was rated only good"
        let adverbs = object
            .tokens()
            .iter()
            .all(|token| token.classes.has(Class::Adverb) && !token.capital);
        if object.starts_with("by") || adverbs {
            object.skip(object.len())
        } else {
            object
        }
    }

    fn is_self_assessed(&self, start: usize, end: usize) -> bool {
        /// Tokens after a grade in which those who gave it are named.
        const AFTER: usize = 8;
        let stops = |at: &usize| {
            self.is_symbol(*at, &[',', ';', '.', ':', '(', '–'])
                || self.has(*at, Class::Conjunction)
        };
        let close = (end..self.len().min(end + AFTER))
            .find(stops)
            .unwrap_or(end + AFTER);
        (self.floor..close).any(|at| {
            self.lexeme(at, Class::SelfAssessment).is_some() && (at >= start.saturating_sub(8))
        })
    }

    /// Whether a verb that is also used loosely ("found", "considered") says too little to be a verdict.
    fn is_weak(&self, strength: &str, found: &FoundGrade<'a>, target: &Target<'a>) -> bool {
        let labelled = found.grade.quoted
            || found.grade.capital
            || found.grade.bare_number
            || self.lone(&found.grade).is_some();
        let rated = |about: &About<'a>| match about {
            About::Criterion(input) => {
                (self.context.is_rated)(input.text()) || (self.context.is_name)(input.text())
            }
            _ => true,
        };
        let tail = self.tail(found.next);
        let named = !tail.abouts.is_empty() || self.count_after(found.next).is_some();
        match strength {
            "sure" => false,
            "firm" => {
                let body = matches!(target, Target::Body(_))
                    && (found.object.is_empty() || self.ends_clause(found.next));
                let known = matches!(target, Target::Criteria(abouts) if abouts.iter().any(rated));
                !(found.marked || labelled || named || known || body)
            }
            _ => match target {
                Target::Vague => !found.grade.quoted,
                Target::Criteria(abouts) => !(labelled && found.marked || abouts.iter().all(rated)),
                Target::Body(_) | Target::Absent => {
                    let verbal = found.marked
                        && (found.grade.name.starts_with("require") || self.last.is_some());
                    !named && !labelled && !verbal
                }
                Target::Count(count) => !found.marked && !self.counts_criteria(count, 0),
                Target::Counted => true,
            },
        }
    }

    /// Whether a clause ends here.
    pub(super) fn ends_clause(&self, at: usize) -> bool {
        self.token(at).is_none_or(|token| {
            matches!(
                token.kind,
                TokenKind::Symbol('.' | ',' | ';' | ':' | '”' | '"' | ')')
            )
        }) || self.has(at, Class::Conjunction) && self.token(at).is_some_and(|token| !token.capital)
    }

    pub(super) fn lone(&self, grade: &GradeWord) -> Option<String> {
        (self.context.lone)(&grade.name)
    }

    pub(super) fn mention(
        &mut self,
        criterion: Option<Input<'a>>,
        grade: &GradeWord,
        mut end: usize,
    ) {
        if !grade.quoted {
            return;
        }
        self.found.push(Statement::Mention(Mention {
            criterion,
            grade: grade.clone(),
        }));
        while self.is_one_of(end, &["and"]) || self.is_symbol(end, &[',']) {
            let Some((next, grade)) = self.grade(end + 1).filter(|(_, grade)| grade.quoted) else {
                break;
            };
            self.found
                .push(Statement::Mention(Mention { criterion, grade }));
            end = next;
        }
    }
}
