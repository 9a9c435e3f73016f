//! Further grades of a verdict: what "and", "but" and brackets add to it.

use super::super::{Classes, enumeration::trim, noun};
use super::{
    About, Body, Class, Gift, GradeWord, Last, Link, Reader, Round, Statement, TokenKind,
    claim::Bound, grade, is_proper,
};

impl<'a> Reader<'a, '_> {
    /// Reads more grades of the same verdict.
    ///
    /// ```text
    /// more = joint [ subject-again ] [auxiliary] [rating-verb] ["as" | "to be"] grade tail
    ///      | joint criterion [auxiliary] ["as"] grade
    /// joint = [","] ["and" | "but" | "while"] | ";"
    /// ```
    /// "… and poor for care", ", the premises 'fair' and the food 'poor'".
    pub(super) fn more(
        &mut self,
        end: usize,
        body: Option<Body<'a>>,
        round: Round,
        year: Option<i16>,
    ) -> usize {
        self.noted(end);
        self.compared(end);
        let mut at = self
            .parts_in_brackets(end, (body, round, year))
            .unwrap_or(end);
        while let Some(start) = self
            .joint(at)
            .or_else(|| self.joint(self.past_year(at)))
            .or_else(|| self.joint(self.past_brackets(at)))
        {
            let Some(next) = self
                .same_again(start, (body, round, year))
                .or_else(|| self.same_subject(start, body, round, year))
                .or_else(|| self.fronted_again(start, (body, round, year)))
                .or_else(|| self.gapped(start, body, round, year))
            else {
                break;
            };
            at = next;
        }
        at
    }

    /// Gives the grade once more to what is said to have got the same.
    ///
    /// `same-again = enumeration [auxiliary] rating-verb "the" "same" grade-noun`: ", with safety and leadership receiving the same
    /// judgement".
    fn same_again(
        &mut self,
        start: usize,
        (body, round, year): (Option<Body<'a>>, Round, Option<i16>),
    ) -> Option<usize> {
        /// Tokens of the list.
        const LONGEST: usize = 20;
        let same = (start + 2..self.len().min(start + LONGEST))
            .find(|&at| self.is(at, "the") && self.is(at + 1, "same"))?;
        let (end, _) = self.lexeme(same + 2, Class::GradeNoun)?;
        let verb = (start + 1..same)
            .find(|&at| self.has(at, Class::RatingVerb) || self.has(at, Class::Auxiliary))?;
        let grade = self.last.as_ref()?.grade.clone()?;
        let abouts = self.criteria(self.part(start, verb));
        let plain = abouts.iter().all(|about| match about {
            About::Criterion(input) => self.is_plausible(*input, false),
            _ => false,
        });
        if abouts.is_empty() || !plain {
            return None;
        }
        let span = self.part(start, end).span();
        let grade = GradeWord { span, ..grade };
        self.give(Gift::own(abouts, body, grade, (round, year)), end);
        Some(end)
    }

    /// Reads the grades of the parts in brackets behind that of the whole: "was rated fair (good for care and poor for safety)".
    ///
    /// `parts-in-brackets = "(" grade "for" enumeration *more ")"`
    fn parts_in_brackets(
        &mut self,
        open: usize,
        (body, round, year): (Option<Body<'a>>, Round, Option<i16>),
    ) -> Option<usize> {
        let bracket = self.is_symbol(open, &['(']);
        let (next, grade) = bracket.then(|| self.grade(open + 1))??;
        let tail = self.tail(next);
        if !self.is(next, "for") || tail.abouts.is_empty() {
            return None;
        }
        self.give(
            Gift {
                abouts: tail.abouts,
                body,
                grade,
                round,
                year,
                listed: false,
                link: Link::Tail,
            },
            tail.end,
        );
        let end = self.more(tail.end, body, round, year);
        Some(end + usize::from(self.is_symbol(end, &[')'])))
    }

    /// Reads an earlier grade in brackets behind a verdict: "poor for safety (it was fair in 2019)", "good (previous rating May 2017 – fair)".
    ///
    /// `noted = "(" ( ("it" | "they") ("was" | "were") [rating-verb] | previous [grade-noun] [date] (":" | "–" | "was") ) grade … ")"`,
    /// the first with words or a year of an earlier round.
    fn noted(&mut self, open: usize) {
        let said =
            self.is_one_of(open + 1, &["it", "they"]) && self.is_one_of(open + 2, &["was", "were"]);
        let value = if said {
            let verb = self.lexeme(open + 3, Class::RatingVerb);
            Some(verb.map_or(open + 3, |(next, _)| next))
        } else {
            self.past_previous(open + 1)
        };
        let value = value.filter(|_| self.is_symbol(open, &['(']));
        let Some(last) = self.last.clone() else {
            return;
        };
        let Some((next, grade)) = value.and_then(|value| self.grade(value)) else {
            return;
        };
        let (round, year) = self.round(open, open, next);
        if said && round == Round::Current && year.is_none() {
            return;
        }
        self.give_earlier(last, &grade, year);
    }

    /// Reads the grade of an earlier round that a verdict is compared with: "two stars for 2024, compared with three stars for 2023".
    ///
    /// `compared = ["for" year] [","] compared-with ["a" | "an"] grade [grade-noun] ( ("in" | "for") year | previous )`
    fn compared(&mut self, end: usize) {
        let Some(last) = self.last.clone() else {
            return;
        };
        let dated = self.dated(end);
        let at = dated.map_or(end, |(next, _)| next);
        let at = at + usize::from(self.is_symbol(at, &[',']));
        // "Having been fair" is a verdict of its own.
        let compared = self.lexeme(at, Class::ComparedWith);
        let Some((value, _)) = compared.filter(|_| !self.is(at, "having")) else {
            return;
        };
        let value = value + usize::from(self.is_one_of(value, &["a", "an"]));
        let stars = || self.star_number(value, last.grade.as_ref()?);
        let Some((next, grade)) = self.grade(value).or_else(stars) else {
            return;
        };
        let next = self
            .lexeme(next, Class::GradeNoun)
            .map_or(next, |(next, _)| next);
        let then = self.dated(next).map(|(_, year)| year);
        let now = dated
            .map(|(_, year)| year)
            .or(last.year)
            .or(self.context.year);
        let earlier = then.is_some_and(|then| now.is_some_and(|now| then < now));
        let told = self.lexeme(next, Class::Previous).is_some()
            || self.is_one_of(next, &["in", "at"])
                && self.lexeme(next + 1, Class::Previous).is_some();
        if !(earlier || told) {
            return;
        }
        self.give_earlier(last, &grade, then);
    }

    /// Gives what a verdict was about the grade of an earlier round.
    fn give_earlier(&mut self, last: Last<'a>, grade: &GradeWord, year: Option<i16>) {
        for about in last.abouts {
            self.found.push(Statement::Given(super::Given {
                about,
                body: last.body,
                span: grade.span,
                grade: grade.clone(),
                round: Round::Previous,
                year,
                listed: false,
                link: last.link,
            }));
        }
    }

    /// The year of "in 2023" and "for 2022-23", and where it ends.
    fn dated(&self, at: usize) -> Option<(usize, i16)> {
        let year = grade::last_year(self.at(at + 1));
        let linked = self.is_one_of(at, &["in", "for"]);
        linked.then_some((at + 2, year?))
    }

    /// Past words for an earlier round that lead to its grade: "previous rating May 2017 –".
    fn past_previous(&self, at: usize) -> Option<usize> {
        /// Tokens of a date.
        const LONGEST: usize = 4;
        let (mut next, _) = self.lexeme(at, Class::Previous)?;
        if let Some((past, _)) = self.lexeme(next, Class::GradeNoun) {
            next = past;
        }
        let mark = (next..=next + LONGEST)
            .find(|&at| self.is_symbol(at, &[':', '–', '—']) || self.is(at, "was"))?;
        let dated = (next..mark).all(|at| {
            self.token(at).is_some_and(|token| {
                token.classes.meets(Classes::DATED) || token.classes.has(Class::Month)
            })
        });
        dated.then_some(mark + 1)
    }

    /// Past what stands in brackets: "(it was fair in 2019)", "(care and food)".
    pub(super) fn past_brackets(&self, at: usize) -> usize {
        /// Tokens that an aside takes.
        const LONGEST: usize = 24;
        if !self.is_symbol(at, &['(']) {
            return at;
        }
        (at..self.len().min(at + LONGEST))
            .find(|&here| self.is_symbol(here, &[')']))
            .map_or(at, |close| close + 1)
    }

    /// Past the date of a verdict: "in 2018", "at its inspection in May 2018", "in May".
    pub(super) fn past_year(&self, at: usize) -> usize {
        /// Tokens that a date takes.
        const LONGEST: usize = 8;
        if !self.is_one_of(at, &["in", "at", "on", "by"]) {
            return at;
        }
        let month = self.is(at, "in") && self.has(at + 1, Class::Month);
        (at..self.len().min(at + LONGEST))
            .find(|&here| grade::is_year(self.at(here)))
            .map_or(at + 2 * usize::from(month), |year| year + 1)
    }

    /// Reads a criterion that a comma parts from its grade.
    ///
    /// `fronted-again = ("for" | "on" | "in") criterion "," grade`: "; on respect, reasonably good".
    fn fronted_again(
        &mut self,
        start: usize,
        (body, round, year): (Option<Body<'a>>, Round, Option<i16>),
    ) -> Option<usize> {
        /// Longest criterion before the comma.
        const LONGEST: usize = 10;
        let start = start + usize::from(self.is_symbol(start, &[',']));
        if !self.is_one_of(start, &["for", "on", "in"]) {
            return None;
        }
        let comma =
            (start + 1..self.len().min(start + LONGEST)).find(|&at| self.is_symbol(at, &[',']))?;
        let (next, grade) = self.grade(comma + 1)?;
        let abouts = self.criteria(self.part(start + 1, comma));
        let plain = abouts.iter().all(|about| match about {
            About::Criterion(input) => self.is_plausible(*input, false),
            _ => false,
        });
        if abouts.is_empty() || !plain {
            return None;
        }
        self.give(Gift::own(abouts, body, grade, (round, year)), next);
        Some(next)
    }

    pub(super) fn joint(&self, at: usize) -> Option<usize> {
        let comma = at + usize::from(self.is_symbol(at, &[',', ';']));
        let word = comma + usize::from(self.is_one_of(comma, &["and", "but", "while", "with"]));
        (word > at).then_some(word)
    }

    fn same_subject(
        &mut self,
        start: usize,
        body: Option<Body<'a>>,
        round: Round,
        year: Option<i16>,
    ) -> Option<usize> {
        let mut at = start;
        let pronoun = self.is_one_of(at, &["it", "they", "he", "she"]);
        at += usize::from(pronoun);
        let mut auxiliary = false;
        while at < self.len()
            && (self.has(at, Class::Auxiliary)
                || self.has(at, Class::Adverb)
                || self.has(at, Class::Current)
                || self.has(at, Class::Again))
        {
            auxiliary |= self.has(at, Class::Auxiliary);
            at += 1;
        }
        let verb = self
            .lexeme(at, Class::RatingVerb)
            .filter(|(_, verb)| verb.canonical != "giving");
        at = verb.map_or(at, |(next, _)| next);
        let (value, _) = self.link(at);
        let value = value + usize::from(self.is_one_of(value, &["a", "an", "the"]));
        let (next, grade) = self
            .grade(value)
            .or_else(|| self.graded_one(value))
            .or_else(|| self.starred_again(value))?;
        if let Some(end) = self.lone_again(&grade, next, (body, round, year)) {
            return Some(end);
        }
        let tail = self.tail(next);
        let count = self.count_after(next);
        // "Was rated poor in 2019 and now good"
        let now = self.has_current(start, at) && super::ends(self.at(next)) && year.is_some();
        let timed = now || self.lexeme(next, Class::Current).is_some();
        // "Is now good, having been poor in 2022": of the same thing, before.
        let overtaken = self.is(start, "having") && auxiliary;
        // "Was rated poor in 2019, fair in 2021 and now good": the times tell the grades apart.
        let then = self.is(next, "in") && grade::is_year(self.at(next + 1));
        let told = verb.is_some() || timed || overtaken || year.is_some() && then;
        if count.is_none() && tail.abouts.is_empty() && !told
            || (pronoun && !auxiliary && verb.is_none() && tail.abouts.is_empty())
        {
            return None;
        }
        let (own, own_year) = self.round(start, start, tail.end);
        // "Which was rated good in 2018, has been judged poor": the year belongs to the first.
        let present = (start..at).any(|at| self.is_one_of(at, &["is", "are", "has", "have"]));
        let resumed = start > 0
            && self.is_symbol(start - 1, &[','])
            && self.has(start, Class::Auxiliary)
            && verb.is_some();
        let dated = year.is_some() || resumed && round == Round::Previous;
        let anew = dated && own_year.is_none() && (present || resumed);
        let (timed, year) = (timed || anew, year.filter(|_| !anew && !now));
        let round = if overtaken {
            Round::Previous
        } else if timed {
            Round::Current
        } else if own == Round::Previous || self.has_current(start, at) {
            own
        } else {
            round
        };
        if let Some((end, count)) = count {
            let span = grade.span.join(self.part(next, end).span());
            self.claim(count, grade.clone(), Bound::Exactly, round, span);
            self.floor = end;
            return Some(self.named_after(end, count, &grade, (body, round, year)));
        }
        let abouts = if tail.abouts.is_empty() {
            self.same_abouts(overtaken)
        } else {
            tail.abouts
        };
        if timed {
            self.overtake(&abouts);
        }
        let service = self.service_before().filter(|_| resumed);
        self.give(
            Gift {
                abouts,
                body: body.or(service),
                grade,
                round,
                year: own_year.or(year),
                listed: false,
                link: Link::Tail,
            },
            tail.end,
        );
        Some(tail.end)
    }

    /// What a verdict without a subject of its own is on: what the one before was on, where that was its subject. What followed a
    /// grade is left behind ("rated good for care, and is rated fair"), but for "having been".
    fn same_abouts(&self, overtaken: bool) -> Vec<About<'a>> {
        let whole = vec![About::Overall];
        let Some(last) = &self.last else {
            return whole;
        };
        let one = overtaken && last.abouts.len() == 1;
        match last.link {
            Link::Own => last.abouts.clone(),
            _ if one => last.abouts.clone(),
            _ => whole,
        }
    }

    /// What the verdict before was on, as a body whose parts are rated next: "maternity, which was good in 2019, has been rated
    /// inadequate for being safe".
    fn service_before(&self) -> Option<Body<'a>> {
        let last = self.last.as_ref().filter(|last| last.link == Link::Own)?;
        match last.abouts.as_slice() {
            [about @ About::Criterion(input)] if !self.is_known(about) => Some(Body {
                input: *input,
                proper: true,
            }),
            _ => None,
        }
    }

    /// A grade before "one" or a noun for grades: "an inadequate one", "a good rating".
    pub(super) fn graded_one(&self, at: usize) -> Option<(usize, GradeWord)> {
        let (rest, grade) = grade::grade(self.at(at)).ok()?;
        let next = self.position(rest);
        let noun = self
            .lexeme(next, Class::GradeNoun)
            .map(|(next, _)| next)
            .or_else(|| self.is(next, "one").then_some(next + 1));
        noun.map(|next| (next, grade))
    }

    /// A number after stars, with what it is for: "two stars for staffing and four for compliance".
    fn starred_again(&self, at: usize) -> Option<(usize, GradeWord)> {
        let (next, grade) = self.star_number(at, self.last.as_ref()?.grade.as_ref()?)?;
        (self.is(next, "for") && !self.tail(next).abouts.is_empty()).then_some((next, grade))
    }

    /// A further grade that says itself what it judges: "with G2 and V2".
    fn lone_again(
        &mut self,
        grade: &GradeWord,
        next: usize,
        (body, round, year): (Option<Body<'a>>, Round, Option<i16>),
    ) -> Option<usize> {
        let named = self.lone(grade).filter(|named| named != "overall")?;
        self.give(
            Gift::own(
                vec![About::Named(named)],
                body,
                grade.clone(),
                (round, year),
            ),
            next,
        );
        Some(next)
    }

    pub(super) fn has_current(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| self.has(at, Class::Current))
    }

    fn gapped(
        &mut self,
        start: usize,
        body: Option<Body<'a>>,
        round: Round,
        year: Option<i16>,
    ) -> Option<usize> {
        /// Longest criterion before a grade without a verb.
        const LONGEST: usize = 12;
        let blocked = [
            Class::Preposition,
            Class::Pronoun,
            Class::GradeMove,
            Class::Previous,
            Class::Auxiliary,
            Class::RatingVerb,
        ];
        // "And for staffing ‘Inadequate’"
        let linked = self.is(start, "for");
        let start = start + usize::from(linked);
        if blocked.into_iter().any(|class| self.has(start, class)) {
            return None;
        }
        for at in start + 1..self.len().min(start + LONGEST) {
            let (value, marked) = self.link(at);
            if let Some((next, grade)) = self.grade(value) {
                if linked && !(grade.quoted || grade.capital) {
                    return None;
                }
                let listed = (start..at).any(|at| self.is_symbol(at, &[',']));
                let named = (start..at).any(|at| {
                    self.token(at)
                        .is_some_and(|token| token.kind == TokenKind::Word)
                });
                let name = trim(self.part(start, at));
                // "Nine good" counts, and "so a move from good" says nothing of a move.
                let loose = self.is_one_of(at - 1, &["behind", "above", "below", "beneath"])
                    || Self::count_of(name).is_some()
                    || self.has(at - 1, Class::Preposition)
                    || self.has(start, Class::Conjunction);
                if self.has(value, Class::NeedsWork) || !named || loose {
                    return None;
                }
                let (abouts, body) = match self.another_body(start, at, body) {
                    Some(other) => (vec![About::Overall], Some(other)),
                    None => (self.criteria(self.part(start, at)), body),
                };
                let known = abouts.iter().all(|about| self.is_known(about));
                if abouts.is_empty() || listed && !(marked || known) {
                    return None;
                }
                // "And maternity inadequate for safe": the service's key question.
                let tail = self.tail(next);
                let (abouts, body, next) = match self.whole_of(&abouts, &tail) {
                    Some(service) => (tail.abouts, Some(service), tail.end),
                    None => (abouts, body, next),
                };
                self.give(Gift::own(abouts, body, grade, (round, year)), next);
                return Some(next);
            }
            if self.ends_object(at)
                || self.has(at, Class::RatingVerb)
                || self.lexeme(at, Class::GradeMove).is_some()
                || self.has(at, Class::Verb)
            {
                return None;
            }
        }
        None
    }
}

impl<'a> Reader<'a, '_> {
    /// The body that has the next grade, where the one before it was that of a body: "Elm House was rated good and Oak House poor".
    fn another_body(&self, start: usize, end: usize, body: Option<Body<'a>>) -> Option<Body<'a>> {
        let whole = self.last.as_ref().is_some_and(|last| {
            matches!(last.abouts.as_slice(), [About::Overall | About::Named(_)])
        });
        let small = self.is_one_of(end.saturating_sub(1), &["just", "only", "now", "still"]);
        let name = trim(self.part(start, end - usize::from(small && end > start + 1)));
        let known = (self.context.is_rated)(name.text()) || (self.context.is_name)(name.text());
        let named = is_proper(name, false)
            || name
                .lexeme(Class::BodyNoun)
                .is_some_and(|(rest, _)| rest.is_empty())
                && !noun::is_plural(name);
        (whole && body.is_some() && !known && named).then(|| Body {
            input: name,
            proper: is_proper(name, false),
        })
    }
}
