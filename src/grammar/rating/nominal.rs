//! Grades beside a noun for them: "an overall rating of 'Inadequate'", "a good rating for care", "the overall rating is now FAIR".

use super::super::{Classes, noun};
use super::{
    About, Body, Class, Gift, GradeWord, Last, Link, Reader, Round, TokenKind, claim::Bound, grade,
    target::Target,
};

/// Tokens on each side within which words belong to a grade's statement.
const NEAR: usize = 40;

/// Whom a grade beside a noun is for, and where its clause starts.
struct Owner<'a> {
    abouts: Vec<About<'a>>,
    body: Option<Body<'a>>,
    start: usize,
    past_perfect: bool,
}

impl<'a> Reader<'a, '_> {
    /// Reads a noun for a grade and the grade.
    ///
    /// ```text
    /// nominal = ["overall"] grade-noun "of" grade [tail] *more
    ///         | ["overall"] grade-noun [("for" | "of") (enumeration | count)] be [adverb] ["at" | "as"] grade *more
    /// ```
    pub(super) fn nominal(&mut self, at: usize) -> Option<usize> {
        let (next, noun) = self.lexeme(at, Class::GradeNoun)?;
        let sure = noun.canonical == "rating";
        self.noun_of_grade(at, next, sure)
            .or_else(|| self.noun_is_grade(at, next, sure))
            .or_else(|| {
                let (abouts, end) = self.noun_for(next)?;
                if let [about @ About::Criterion(_)] = abouts.as_slice() {
                    self.found.push(super::Statement::Topic(about.clone()));
                }
                self.last = Some(Last {
                    abouts,
                    body: None,
                    grade: None,
                    round: Round::Current,
                    year: None,
                    end,
                    link: Link::Own,
                });
                None
            })
    }

    /// "a rating of good for care"
    fn noun_of_grade(&mut self, at: usize, next: usize, sure: bool) -> Option<usize> {
        if !self.is_one_of(next, &["of", "as"]) {
            return self.apposed_grade(at, next);
        }
        let value = next + 1 + usize::from(self.is_one_of(next + 1, &["a", "an"]));
        let (end, grade) = if sure {
            self.grade_or_number(value)
        } else {
            self.grade(value)
        }?;
        if sure && let Some(close) = self.goes_to(end, &grade) {
            return Some(close);
        }
        let labelled = grade.quoted || grade.capital || self.is_overall(at);
        if !sure && !labelled && self.giving_before(at).is_none() {
            return None;
        }
        // "their ratings of good" are those of several things, none of which is named.
        let several = self
            .token(at)
            .is_some_and(|token| self.sentence.text_of(token).ends_with('s'));
        let kept = || {
            self.giving_before(at)
                .is_some_and(|verb| self.has(verb, Class::Again))
        };
        if several && !self.is_one_of(end, &["for", "in", "on"]) && !kept() {
            return None;
        }
        self.own(at, end, grade)
    }

    /// Reads a grade that says which rating was given: "was given the lowest rating, inadequate".
    fn apposed_grade(&mut self, at: usize, next: usize) -> Option<usize> {
        // "The lowest rating possible (inadequate)"
        let next = next + usize::from(self.is_one_of(next, &["possible", "available"]));
        if !self.is_symbol(next, &[',', '–', '—', '-', ':', '(']) {
            return None;
        }
        let (end, grade) = self.grade(next + 1)?;
        let ranked = (1..=3)
            .filter_map(|back| at.checked_sub(back))
            .any(|at| self.has(at, Class::Ranked));
        let closed = self.ends_clause(end) || self.is_label_mark(end);
        (ranked && closed && self.giving_before(at).is_some())
            .then(|| self.own(at, end, grade))
            .flatten()
    }

    /// "the rating for care is now good", "our judgement of care as good"
    fn noun_is_grade(&mut self, at: usize, next: usize, sure: bool) -> Option<usize> {
        let overall = self.is_overall(at);
        if let Some(end) = self.judged_as(next) {
            return Some(end);
        }
        let (about, verb) = self.noun_object(self.past_aside(next));
        let (value, ended) = self.be(verb)?;
        let value = value + usize::from(self.is_one_of(value, &["at", "as"]));
        if self.is(value, "that") && about.is_none() {
            return self.judged_that(value + 1);
        }
        let (end, grade) = if sure {
            self.grade_or_number(value)
        } else {
            self.grade(value)
        }?;
        let (round, year) = self.round(self.floor, at, end);
        let over = ended || self.is(verb, "had");
        let round = if over { Round::Previous } else { round };
        if let Some(Target::Count(count)) = about {
            let span = self.part(at, end).span();
            self.claim(count, grade, Bound::Exactly, round, span);
            return Some(end);
        }
        let several = self.is_of_several_words(&grade);
        let judged = (self.is(next, "for") || self.is(next, "on") && several)
            && self.is_one_of(
                at,
                &[
                    "judgement",
                    "judgment",
                    "grading",
                    "judgements",
                    "judgments",
                ],
            );
        let named =
            matches!(&about, Some(Target::Criteria(abouts)) if judged || self.all_rated(abouts));
        if !(sure || overall || named || grade.quoted || grade.capital) {
            return None;
        }
        if let Some(Target::Criteria(abouts)) = &about
            && let Some(end) = self.deal(abouts, (end, &grade), (round, year))
        {
            return Some(end);
        }
        let (abouts, body) = match about {
            Some(Target::Criteria(abouts)) => (abouts, None),
            Some(Target::Body(body)) => (vec![About::Overall], body),
            Some(Target::Counted | Target::Vague) => return Some(end),
            _ if !overall && self.is_bare_noun(at) => (vec![About::Heading], None),
            _ => (self.modifier(at), None),
        };
        self.give(Gift::own(abouts, body, grade, (round, year)), end);
        Some(self.more(end, body, round, year))
    }

    /// Reads a verdict as a clause: "our overall judgement is that the service is good".
    fn judged_that(&mut self, start: usize) -> Option<usize> {
        /// Longest subject.
        const LONGEST: usize = 16;
        let stop = |at: usize| self.is_symbol(at, &['.', ',', ';', '(']);
        let at = (start + 1..self.len().min(start + LONGEST))
            .take_while(|&at| !stop(at))
            .find(|&at| self.grade(at).is_some())?;
        let (end, grade) = self.grade(at)?;
        let verb = (start..at)
            .find(|&at| self.has(at, Class::Auxiliary))
            .unwrap_or(at);
        let (abouts, body) = match self.target(self.part(start, verb)) {
            Target::Criteria(abouts) if self.all_rated(&abouts) && !abouts.is_empty() => {
                (abouts, None)
            }
            Target::Body(body) => (vec![About::Overall], body),
            _ => return None,
        };
        if (verb..at).any(|at| self.is_one_of(at, &["not", "no", "never"])) {
            return None;
        }
        let (round, year) = self.round(self.floor, start, end);
        self.give(Gift::own(abouts, body, grade, (round, year)), end);
        Some(self.more(end, body, round, year))
    }

    /// Reads a noun for a verdict with its object: "the judgement of leadership as good".
    fn judged_as(&mut self, next: usize) -> Option<usize> {
        /// Longest list between the noun and "as".
        const LONGEST: usize = 16;
        if !self.is_one_of(next, &["of", "on"]) {
            return None;
        }
        let link = (next + 1..self.len().min(next + LONGEST))
            .take_while(|&at| !self.has(at, Class::Auxiliary))
            .find(|&at| self.is(at, "as"))?;
        let (end, grade) = self.grade(link + 1)?;
        let (abouts, body) = match self.target(self.part(next + 1, link)) {
            Target::Criteria(abouts) if !abouts.is_empty() => (abouts, None),
            Target::Body(body) => (vec![About::Overall], body),
            _ => return None,
        };
        let (round, year) = self.round(self.floor, next, end);
        self.give(Gift::own(abouts, body, grade, (round, year)), end);
        Some(self.more(end, body, round, year))
    }

    /// Past what stands between two commas: "its previous rating, in 2019, was …".
    fn past_aside(&self, at: usize) -> usize {
        if !self.is_symbol(at, &[',']) {
            return at;
        }
        (at + 1..self.len().min(at + 9))
            .find(|&at| self.is_symbol(at, &[',']))
            .map_or(at, |close| close + 1)
    }

    /// What stands between a noun and its verb, and where the verb is.
    fn noun_object(&self, next: usize) -> (Option<Target<'a>>, usize) {
        if !self.is_one_of(next, &["for", "of", "on", "in"]) {
            return (None, next);
        }
        let mut verbs = (next + 1..self.len().min(next + 20))
            .filter(|&at| self.has(at, Class::Auxiliary) || self.unchanged(at).is_some());
        // "The rating for how effective the service is remains good"
        let asked = usize::from(self.is(next + 1, "how"));
        let verb = verbs.nth(asked);
        let Some(verb) = verb else {
            return (None, next);
        };
        (Some(self.target(self.part(next + 1, verb))), verb)
    }

    fn unchanged(&self, at: usize) -> Option<usize> {
        self.lexeme(at, Class::GradeMove)
            .filter(|(_, word)| word.canonical == "unchanged")
            .map(|(next, _)| next)
    }

    /// A form of "be" or "remain" with its adverbs: where it ends, and whether it says "no longer".
    fn be(&self, at: usize) -> Option<(usize, bool)> {
        if !self.has(at, Class::Auxiliary) && self.unchanged(at).is_none() {
            return None;
        }
        let mut end = at;
        let mut ended = false;
        while end < self.len() && end < at + 6 {
            if let Some(next) = self.unchanged(end) {
                let same = self.is(next, "the") && self.is(next + 1, "same");
                end = next + 2 * usize::from(same);
                end += usize::from(same && self.is_symbol(end, &[',']) && self.is(end + 1, "at"));
            } else if self.is(end, "no") && self.is(end + 1, "longer") {
                ended = true;
                end += 2;
            } else if self.is_one_of(end, &["not", "never"]) {
                return None;
            } else if self.has(end, Class::Auxiliary)
                || self.has(end, Class::Adverb)
                || self.has(end, Class::Current)
                || self.has(end, Class::Again)
            {
                end += 1;
            } else {
                break;
            }
        }
        Some((end, ended))
    }

    fn is_overall(&self, at: usize) -> bool {
        // "The overall audit opinion": one word may stand between.
        self.has(at, Class::Overall)
            || (1..=2).any(|back| {
                at.checked_sub(back)
                    .is_some_and(|at| self.has(at, Class::Overall))
            })
    }

    /// "The rating", under a heading that names what it is for.
    pub(super) fn is_bare_noun(&self, at: usize) -> bool {
        self.context.headed && at.checked_sub(1).is_some_and(|at| self.is(at, "the"))
    }

    /// The criterion named before the noun: "its safety rating".
    fn modifier(&self, at: usize) -> Vec<About<'a>> {
        let start = (0..at).rev().take_while(|&at| {
            !self.has(at, Class::Determiner)
                && !self.has(at, Class::Auxiliary)
                && !self.has(at, Class::Preposition)
        });
        let start = start.last().unwrap_or(at);
        let named = (start..at).find_map(|from| {
            let part = self.part(from, at);
            self.is_aspect(part).then_some(About::Criterion(part))
        });
        vec![named.unwrap_or(About::Overall)]
    }

    /// "the rating for leadership": what a later "up from" refers to.
    fn noun_for(&self, next: usize) -> Option<(Vec<About<'a>>, usize)> {
        if self.is(next, "of") {
            let verb = (next + 1..self.len().min(next + 20)).find(|&at| {
                self.has(at, Class::Auxiliary)
                    || self.has(at, Class::Verb)
                    || self.lexeme(at, Class::GradeMove).is_some()
            })?;
            let Target::Criteria(abouts) = self.target(self.part(next + 1, verb)) else {
                return None;
            };
            let known = abouts.iter().all(|about| self.is_known(about));
            return (known && !abouts.is_empty()).then_some((abouts, verb));
        }
        let tail = self.tail(next);
        (!tail.abouts.is_empty() && self.is(next, "for")).then_some((tail.abouts, tail.end))
    }

    /// Reads a grade before its noun.
    ///
    /// `grade-and-noun = determiner grade grade-noun [tail]`: "an 'Excellent' rating for leadership".
    pub(super) fn grade_and_noun(
        &mut self,
        at: usize,
        next: usize,
        grade: &GradeWord,
    ) -> Option<usize> {
        if let Some(end) = self.grade_and_body(at, next, grade) {
            return Some(end);
        }
        let Some((end, noun)) = self.lexeme(next, Class::GradeNoun) else {
            return self.grade_and_status(at, next, grade);
        };
        if let Some(end) = self.goes_to(end, grade) {
            return Some(end);
        }
        let labelled = grade.quoted || grade.capital || grade.bare_number;
        if matches!(noun.canonical, "assessment" | "verdict")
            && !labelled
            && let Some(end) = self.earlier_noun(at, end, grade)
        {
            return Some(end);
        }
        // "Received an inadequate judgement for care", "received an inadequate score in a review"
        let given = || {
            let named = self.is_one_of(end, &["for", "on"]) && !self.tail(end).abouts.is_empty();
            let judged = self.is_one_of(end - 1, &["judgement", "judgment"]) && named;
            let article = at
                .checked_sub(1)
                .filter(|&at| self.is_one_of(at, &["a", "an"]));
            let right_before = article
                .and_then(|article| article.checked_sub(1))
                .is_some_and(|verb| {
                    self.lexeme(verb, Class::RatingVerb)
                        .is_some_and(|(_, verb)| verb.canonical == "giving")
                });
            let praise = super::copula::PRAISE.contains(&grade.name.as_str());
            judged && self.giving_before(at).is_some() || right_before && !praise
        };
        if noun.canonical != "rating" && !labelled && !given() {
            return None;
        }
        let plural = noun::is_plural(self.at(end - 1).until(self.sentence.position() + end));
        let mut before = at.checked_sub(1)?;
        // "There was no good rating" gives none, and "one 'good' rating, three 'adequate'" counts.
        let counts = || {
            self.token(before)
                .is_some_and(|token| token.classes.meets(Classes::NUMERIC))
        };
        if self.is(before, "no") || counts() {
            return Some(end);
        }
        while before > 0
            && (self.has(before, Class::Overall)
                || self.has(before, Class::Ranked)
                || self.is_symbol(before, &[',']) && self.has(before - 1, Class::Ranked)
                || self.is_one_of(before, &["new", "previous"])
                || self.token(before).is_some_and(|token| token.capital))
        {
            before -= 1;
        }
        let listed = || !self.tail(end).abouts.is_empty() && self.is(end, "for");
        let known = || self.is_followed_by_known(end);
        if plural && known() && !self.counts_bodies(at) {
            return self.own(at, end, grade.clone());
        }
        if plural && !(labelled && listed()) || !(self.has(before, Class::Determiner) || labelled) {
            return None;
        }
        self.own(before, end, grade.clone())
    }

    /// Reads a grade in quotation marks that is called a status, with what is said of having it: "lost its 'outstanding' status".
    fn grade_and_status(&mut self, at: usize, next: usize, grade: &GradeWord) -> Option<usize> {
        let before = at.checked_sub(1)?;
        let told = grade.quoted && self.has(before, Class::Determiner);
        (told && self.is(next, "status") && self.giving_before(before).is_some())
            .then(|| self.own(before, next + 1, grade.clone()))
            .flatten()
    }

    /// "Since the previous inadequate judgement": the grade of the whole in the round before.
    fn earlier_noun(&mut self, at: usize, end: usize, grade: &GradeWord) -> Option<usize> {
        let before = at.checked_sub(1)?;
        let earlier = self.is_one_of(before, &["previous", "last", "earlier"]);
        let noted = before
            .checked_sub(1)
            .is_some_and(|at| self.has(at, Class::Determiner));
        if !(earlier && noted) || self.is_hypothetical(at) {
            return None;
        }
        self.give(
            Gift::own(
                vec![About::Overall],
                None,
                grade.clone(),
                (Round::Previous, None),
            ),
            end,
        );
        Some(end)
    }

    /// Reads a grade before the noun for the body that has it.
    ///
    /// `grade-and-body = subject be ("a" | "an") grade body-noun`, the grade quoted, a capital or stars: "Elm Water is a four-star
    /// company".
    fn grade_and_body(&mut self, at: usize, next: usize, grade: &GradeWord) -> Option<usize> {
        let (end, noun) = self.lexeme(next, Class::BodyNoun)?;
        if let Some(end) = self.former(at, end, grade) {
            return Some(end);
        }
        let article = at
            .checked_sub(1)
            .filter(|&at| self.is_one_of(at, &["a", "an"]))?;
        let verb = article.checked_sub(1)?;
        let kept = (verb.saturating_sub(2)..=verb)
            .find(|&at| self.unchanged(at).is_some_and(|next| next == verb + 1));
        let stars = grade.name.contains(" star");
        let is = self.is_one_of(verb, &["is", "are", "became"])
            || stars && self.is(verb, "was")
            || kept.is_some();
        let verb = kept.unwrap_or(verb);
        let single = self.token(end - 1).is_some_and(|token| {
            self.sentence
                .text_of(token)
                .eq_ignore_ascii_case(noun.canonical)
        });
        let labelled = grade.quoted || grade.capital || grade.name.contains(" star");
        if !(is && single && (labelled || kept.is_some())) || self.is_hypothetical(at) {
            return None;
        }
        let Target::Body(body) = self.subject(verb).0 else {
            return None;
        };
        let (round, year) = self.round(self.floor, verb, end);
        self.give(
            Gift::own(vec![About::Overall], body, grade.clone(), (round, year)),
            end,
        );
        Some(end)
    }

    /// "The formerly ‘inadequate’ school": the body's earlier grade, before what it has now.
    fn former(&mut self, at: usize, end: usize, grade: &GradeWord) -> Option<usize> {
        let before = at.checked_sub(1)?;
        let (next, _) = self.lexeme(before, Class::Previous)?;
        let noted = before
            .checked_sub(1)
            .is_some_and(|at| self.has(at, Class::Determiner));
        if next != at || !noted {
            return None;
        }
        self.found.push(super::Statement::Given(super::Given {
            about: About::Overall,
            body: None,
            grade: grade.clone(),
            round: Round::Previous,
            year: None,
            span: grade.span,
            listed: false,
            link: Link::Own,
        }));
        Some(end)
    }

    /// Gives a grade beside a noun to its owner.
    fn own(&mut self, at: usize, end: usize, grade: GradeWord) -> Option<usize> {
        let apart = self.counts_bodies(at) || self.is_of_some(at) || self.is_hypothetical(at);
        if apart || self.is_step_of_scale(at) {
            return Some(end);
        }
        let given = self.past_giving(end);
        let tail = self.tail(given);
        // "A rating of one for food hygiene means that …"
        if self.has(tail.end, Class::Meaning) {
            return Some(tail.end);
        }
        let owner = self.owner(at)?;
        // "From our March 2023 rating of fair"
        let dated = at > 0 && grade::year(self.at(at - 1)).is_some();
        let (round, year) = if dated {
            self.round(at - 1, at, tail.end)
        } else {
            self.round(self.floor, owner.start, tail.end)
        };
        if let Some((close, count)) = self.count_after(given) {
            let span = grade.span.join(self.part(given, close).span());
            self.claim(count, grade.clone(), Bound::Exactly, round, span);
            self.floor = close;
            return Some(self.named_after(close, count, &grade, (owner.body, round, year)));
        }
        let behind = self.last.is_some() && at > 0 && self.is(at - 1, "after");
        let earlier =
            behind || owner.past_perfect || self.follows_inspection(at) || self.is_lost(at);
        let round = if earlier { Round::Previous } else { round };
        let abouts = if tail.abouts.is_empty() {
            owner.abouts
        } else {
            tail.abouts
        };
        self.give(
            Gift::own(abouts, owner.body, grade, (round, year)),
            tail.end,
        );
        Some(self.more(tail.end, owner.body, round, year))
    }

    /// Whether the noun at a token is that of a step that a grade is set against: "one down from the highest rating of outstanding".
    ///
    /// `step = ("from" | "above" | "below" | "behind" | …) "the" ranked grade-noun`
    fn is_step_of_scale(&self, at: usize) -> bool {
        let near = at.saturating_sub(4)..at;
        let ranked = near.clone().any(|at| self.has(at, Class::Ranked));
        let apart = [
            "from", "above", "below", "behind", "beneath", "than", "under",
        ];
        ranked
            && near
                .into_iter()
                .any(|at| self.is_one_of(at, &apart) && self.is(at + 1, "the"))
    }

    /// Past the verb that gives what stands before it: "a good judgement was given for care".
    fn past_giving(&self, end: usize) -> usize {
        let verb = (end..self.len().min(end + 4)).find(|&at| !self.has(at, Class::Auxiliary));
        let given = verb.filter(|&at| at > end).and_then(|at| {
            self.lexeme(at, Class::RatingVerb)
                .filter(|(_, verb)| verb.canonical == "giving")
        });
        given.map_or(end, |(next, _)| next)
    }

    /// The verb that gives what stands at `at`, back to the start of the clause.
    fn giving_before(&self, at: usize) -> Option<usize> {
        (self.floor..at)
            .rev()
            .take(12)
            .take_while(|&at| !self.is_symbol(at, &[';', ':', '“']))
            .find(|&at| {
                self.lexeme(at, Class::RatingVerb)
                    .is_some_and(|(_, verb)| matches!(verb.canonical, "giving" | "losing"))
            })
    }

    /// Whether the verb before takes the grade away: "lost its good rating".
    fn is_lost(&self, at: usize) -> bool {
        self.giving_before(at)
            .and_then(|verb| self.lexeme(verb, Class::RatingVerb))
            .is_some_and(|(_, verb)| verb.canonical == "losing")
    }

    /// Who a rating beside a noun belongs to: the object or subject of the verb that gives it, else the whole body.
    fn owner(&self, at: usize) -> Option<Owner<'a>> {
        let overall = || vec![About::Overall];
        let Some(verb) = self.giving_before(at) else {
            return Some(Owner {
                abouts: self.modifier(at),
                body: None,
                start: at,
                past_perfect: false,
            });
        };
        let article = ((verb + 1)..=at)
            .rev()
            .find(|&at| self.has(at, Class::Determiner))
            .unwrap_or(at);
        let after = self
            .lexeme(verb, Class::RatingVerb)
            .map_or(verb + 1, |(next, _)| next);
        let object = self.part(after, article);
        let lead = self.verb_start(verb);
        let target = if object.is_empty()
            || object
                .first()
                .is_some_and(|token| token.classes.has(Class::Preposition))
        {
            self.subject(lead).0
        } else {
            self.target(object)
        };
        // "Two homes gained a good rating", but not "scored 62 out of 100, giving it a good rating".
        let before = self.part(self.phrase_start(lead), lead);
        let counted = before
            .first()
            .is_some_and(|token| token.kind == TokenKind::Number);
        if counted && !self.is_symbol(lead.saturating_sub(1), &[',']) {
            return None;
        }
        // "Surgery at Elm Infirmary keeps its overall rating of good": the subject's own, whatever it is.
        let own = object.is_empty() && self.is(article, "its");
        let (abouts, body) = match target {
            Target::Criteria(abouts)
                if own || !object.is_empty() || abouts.len() > 1 || self.all_rated(&abouts) =>
            {
                (abouts, None)
            }
            Target::Body(body) => (overall(), body),
            Target::Counted | Target::Count(_) | Target::Vague => return None,
            Target::Criteria(_) | Target::Absent => (overall(), None),
        };
        // "Had retained its good rating" speaks of now.
        let past_perfect =
            !self.has(verb, Class::Again) && (lead..verb).any(|at| self.is(at, "had"));
        Some(Owner {
            abouts,
            body,
            start: lead,
            past_perfect,
        })
    }

    fn all_rated(&self, abouts: &[About<'a>]) -> bool {
        abouts.iter().all(|about| match about {
            About::Criterion(input) => {
                (self.context.is_rated)(input.text()) || (self.context.is_name)(input.text())
            }
            _ => true,
        })
    }

    fn verb_start(&self, verb: usize) -> usize {
        let mut start = verb;
        while start > self.floor
            && (self.has(start - 1, Class::Auxiliary)
                || self.is_small_adverb(start - 1)
                || self.is_one_of(start - 1, &["both", "all", "each"])
                    && start > self.floor + 1
                    && self.has(start - 2, Class::Auxiliary))
        {
            start -= 1;
        }
        start
    }

    /// Whether several bodies are counted before: "61 businesses", "most homes".
    fn counts_bodies(&self, at: usize) -> bool {
        (self.floor.max(at.saturating_sub(NEAR))..at).any(|place| {
            let plural = self
                .lexeme(place, Class::BodyNoun)
                .is_some_and(|(next, _)| noun::is_plural(self.part(next - 1, next)));
            plural
                && (1..5).any(|back| {
                    place.checked_sub(back).is_some_and(|at| {
                        matches!(Self::count_of(self.part(at, at + 2)), Some(Target::Counted))
                    })
                })
        })
    }

    /// Whether the clause opens with some of several things by no name: "with more scoring a good rating", "others have".
    fn is_of_some(&self, at: usize) -> bool {
        (self.floor.max(at.saturating_sub(NEAR))..at).any(|place| {
            let opens = place == self.floor
                || self.is_symbol(place - 1, &[',', ';'])
                || self.is(place - 1, "with");
            opens && self.lexeme(place, Class::SomeOf).is_some()
        })
    }

    /// Whether a rating is only wished for or asked about.
    pub(super) fn is_hypothetical(&self, at: usize) -> bool {
        let clause = |at: &usize| !self.is_one_of(*at, &["and", "but"]);
        // "The two homes each received a good rating"
        let shared = |at: usize| {
            self.is(at, "each")
                && (self.has(at + 1, Class::RatingVerb)
                    || at > 0 && self.has(at - 1, Class::Auxiliary))
        };
        (self.floor.max(at.saturating_sub(8))..=at)
            .rev()
            .take_while(clause)
            .any(|at| self.has(at, Class::Unsettled) && !shared(at) || self.has(at, Class::Averted))
    }

    /// Whether the rating is what an inspection followed: "a full inspection following a 'poor' marking".
    fn follows_inspection(&self, at: usize) -> bool {
        let Some(link) = at
            .checked_sub(1)
            .filter(|&at| self.is_one_of(at, &["following", "after", "since"]))
        else {
            return false;
        };
        link.checked_sub(1)
            .is_some_and(|at| self.has(at, Class::InspectionNoun) || self.has(at, Class::Pronoun))
    }

    /// Reads a grade that says itself what it judges.
    ///
    /// `alone = lone-grade`, in a sentence that speaks of grades: "retained its G1".
    pub(super) fn alone(&mut self, at: usize, next: usize, grade: &GradeWord) -> Option<usize> {
        let criterion = self.lone(grade)?;
        let near = at.saturating_sub(NEAR)..self.len().min(at + NEAR);
        let spoken = near.into_iter().any(|at| {
            self.has(at, Class::GradeNoun)
                || self.has(at, Class::RatingVerb)
                || self.has(at, Class::GradeMove)
                || self.has(at, Class::Again)
        });
        let beside = |at: usize| {
            self.grade(at)
                .or_else(|| {
                    grade::grade(self.at(at))
                        .ok()
                        .map(|(rest, grade)| (self.position(rest), grade))
                })
                .is_some_and(|(_, grade)| self.lone(&grade).is_some())
        };
        let spoken = spoken
            || at > 0 && (self.is_symbol(at - 1, &['/']) || beside(at - 1))
            || beside(next)
            || self.is_symbol(next, &[',', '/']) && beside(next + 1)
            || at > 1 && self.is_symbol(at - 1, &[',']) && beside(at - 2)
            || at > 1 && self.is_one_of(at - 1, &["and"]) && beside(at - 2);
        let letter = grade.name.len() <= 2;
        let either = self.is(next, "or") || at > 0 && self.is(at - 1, "or");
        if self.spans_scale(at) || self.is_counted(at) {
            return None;
        }
        if letter && (either || !(spoken && grade.capital)) || self.is_hypothetical(at) {
            return None;
        }
        let owner = self.owner(at);
        if let Some(end) = self.named_behind(next, &criterion, grade) {
            return Some(end);
        }
        // "Two other providers have been given C2 grades"
        if owner.is_none() && self.giving_before(at).is_some() {
            return Some(next);
        }
        let (round, year) = self.round(self.floor, at, next);
        let bodies = owner
            .as_ref()
            .map(|owner| owner.abouts.clone())
            .filter(|abouts| abouts.len() > 1 && !abouts.iter().any(|about| self.is_known(about)));
        if let Some(bodies) = bodies {
            return Some(self.alone_for(&criterion, &bodies, (next, grade), (round, year)));
        }
        let body = self
            .bracket_owner(at)
            .or_else(|| owner.and_then(|owner| owner.body))
            .or_else(|| self.last.as_ref().and_then(|last| last.body));
        let about = if criterion == "overall" {
            About::Overall
        } else {
            About::Named(criterion)
        };
        self.give(
            Gift::own(vec![about], body, grade.clone(), (round, year)),
            next,
        );
        Some(next)
    }

    /// Gives a grade to the bodies that are named behind a clause on those that have it.
    ///
    /// `named-behind = plural-body-noun ("that" | "which") … giving-verb … grade [grade-noun] ("are" | "were") enumeration`: "the councils that
    /// have received a C2 grade are Elm Council and Ash Council".
    fn named_behind(&mut self, next: usize, criterion: &str, grade: &GradeWord) -> Option<usize> {
        let be = self
            .lexeme(next, Class::GradeNoun)
            .map_or(next, |(end, _)| end);
        if !self.is_one_of(be, &["are", "were"]) {
            return None;
        }
        let that = (self.floor..next).find(|&at| self.is_one_of(at, &["that", "which"]))?;
        let several = that > 0
            && self.has(that - 1, Class::BodyNoun)
            && noun::is_plural(self.part(that - 1, that));
        let end = self.list_end(be + 1);
        let names = self.criteria(self.part(be + 1, end));
        let proper = names.iter().all(|name| match name {
            About::Criterion(input) => super::is_proper(*input, false),
            _ => false,
        });
        (several && proper && !names.is_empty())
            .then(|| self.alone_for(criterion, &names, (next, grade), (Round::Current, None)))
            .map(|_| end)
    }

    /// Gives a grade that says itself what it judges to each of several bodies: "Elm Homes and Ash Housing retained their G1".
    fn alone_for(
        &mut self,
        criterion: &str,
        bodies: &[About<'a>],
        (next, grade): (usize, &GradeWord),
        (round, year): (Round, Option<i16>),
    ) -> usize {
        let own = self.last.clone();
        for about in bodies {
            let About::Criterion(input) = about else {
                continue;
            };
            let body = Body {
                input: *input,
                proper: true,
            };
            let judged = vec![About::Named(criterion.to_owned())];
            let gift = Gift::own(judged, Some(body), grade.clone(), (round, year));
            self.give(gift, next);
        }
        self.last = own;
        next
    }

    /// Whether a grade is an end of the scale: "C grades run from C1 to C4, G grades from G1 to G4".
    ///
    /// `scale-range = (grade-noun | ranging) "from" grade "to" grade`
    fn spans_scale(&self, at: usize) -> bool {
        let before = |at: usize, word: &str| at.checked_sub(1).filter(|&at| self.is(at, word));
        let first = before(at, "to").and_then(|to| {
            let lower = to.checked_sub(1)?;
            self.grade(lower).and(Some(lower))
        });
        before(first.unwrap_or(at), "from")
            .and_then(|from| from.checked_sub(1))
            .is_some_and(|at| {
                self.has(at, Class::Ranging)
                    || self.has(at, Class::GradeNoun)
                    || self.has(at, Class::RatingVerb)
            })
    }

    /// Whether a grade is given to so many: "31 at C1, 128 at C2".
    fn is_counted(&self, at: usize) -> bool {
        let link = at.checked_sub(1).filter(|&link| self.is(link, "at"));
        link.and_then(|link| link.checked_sub(1)).is_some_and(|at| {
            self.has(at, Class::NumberWord)
                || self
                    .token(at)
                    .is_some_and(|token| token.kind == TokenKind::Number)
        })
    }

    /// Reads a grade after the name of what it judges.
    ///
    /// `pair = name (":" | "–" | "-") grade ["overall"]`, up to a stop: "Leadership: Good; Casework: Fair.", "Elm House: Good overall in
    /// May"
    pub(super) fn pair(&mut self, at: usize, next: usize, grade: &GradeWord) -> Option<usize> {
        let mark = at.checked_sub(1).filter(|&mark| self.is_label_mark(mark))?;
        let whole = self.lexeme(next, Class::Overall).map(|(end, _)| end);
        let dated = |at: &usize| self.has(*at, Class::Preposition);
        let overall = whole.as_ref().is_some_and(dated);
        let next = whole.unwrap_or(next);
        let closed = overall
            || next >= self.len()
            || self.is_symbol(next, &[',', ';', '.', '(', '|', '[', '*', '/'])
            || self
                .token(next)
                .is_some_and(|token| token.kind == TokenKind::Number)
                && (next + 1 >= self.len()
                    || self.token(next + 1).is_some_and(|token| token.line_start))
            || self.token(next).is_some_and(|token| token.line_start);
        if !closed {
            return None;
        }
        let (abouts, body) = match self.label_before(mark) {
            Target::Criteria(abouts) => (abouts, None),
            Target::Body(Some(body)) => (vec![About::Overall], Some(body)),
            _ => return None,
        };
        let (mut round, year) = self.round(at, at, next);
        let mut abouts = abouts;
        let whole = |input: &super::Input<'a>| {
            input
                .lexeme(Class::GradeNoun)
                .is_some_and(|(rest, noun)| rest.is_empty() && noun.canonical == "verdict")
        };
        if let [About::Criterion(name)] = abouts.as_slice()
            && whole(name)
        {
            abouts = vec![About::Overall];
        }
        if let [About::Criterion(name)] = abouts.as_slice()
            && let Some(named) = super::named_round(*name)
        {
            (abouts, round) = (vec![About::Overall], named);
        }
        self.give(
            Gift {
                abouts,
                body,
                grade: grade.clone(),
                round,
                year,
                listed: true,
                link: Link::Own,
            },
            next,
        );
        Some(next)
    }

    /// Whether a mark here may part a name from its grade.
    pub(super) fn is_label_mark(&self, at: usize) -> bool {
        self.is_symbol(at, &[':', '–', '—', '=', '|'])
            || self.is_symbol(at, &['-', '‐', '‑'])
                && self.token(at).is_some_and(|token| !token.glued)
    }

    /// What the label before a mark names: a criterion, or a body, which is cut before its address.
    pub(super) fn label_before(&self, mark: usize) -> Target<'a> {
        /// Longest label, in tokens.
        const LONGEST: usize = 20;
        let opens = |at: usize| self.is_symbol(at, &[':', ';', '“', '"', '=']);
        let start = (self.floor.max(mark.saturating_sub(NEAR))..mark)
            .rev()
            .find(|&at| opens(at))
            .map_or(self.floor.max(mark.saturating_sub(NEAR)), |at| at + 1);
        let skipped = (start..mark)
            .find(|&at| {
                !self.is_one_of(at, &["and"])
                    && !self.is_symbol(at, &[',', '*', '•', '-', '–', '.', ')'])
            })
            .unwrap_or(mark);
        let name = self.part(skipped, mark);
        let spoken = name.tokens().iter().any(|token| {
            token.classes.has(Class::Auxiliary)
                || token.classes.has(Class::RatingVerb) && !token.classes.has(Class::GradeNoun)
        });
        let step = self.is_symbol(mark, &['='])
            && name
                .tokens()
                .last()
                .is_some_and(|last| last.kind == TokenKind::Number);
        let wordless = step
            || name
                .tokens()
                .iter()
                .all(|token| token.kind != TokenKind::Word);
        if wordless || name.len() > LONGEST || spoken {
            return Target::Absent;
        }
        // "The largest proportion of homes – 45% – were rated fair"
        if name.holds(Class::PercentWord) || name.holds_word("%") {
            return Target::Counted;
        }
        let comma = (skipped..mark).find(|&at| self.is_symbol(at, &[',']));
        if !(self.context.is_name)(name.text())
            && let Some(comma) = comma
            && self.is_proper(self.part(skipped, comma))
            && self.token(comma + 1).is_some_and(|token| token.capital)
        {
            return self.target(self.part(skipped, comma));
        }
        if (name.len() == 1 || !self.is_proper(name)) && comma.is_none() {
            return Target::Criteria(vec![self.named(name)]);
        }
        match self.target(name) {
            Target::Body(Some(body)) if body.proper => Target::Body(Some(body)),
            _ => Target::Criteria(vec![self.named(name)]),
        }
    }

    /// A whole label as a criterion.
    fn named(&self, name: super::Input<'a>) -> About<'a> {
        let mut abouts = self.criteria(name);
        match abouts.pop() {
            Some(about) if abouts.is_empty() => about,
            _ => About::Criterion(super::super::enumeration::trim(name)),
        }
    }
}
