//! What follows a grade: whom or what it was given for.

use super::super::{enumeration::enumeration, noun};
use super::{About, Class, Input, Reader, TokenKind, grade, target::Target};

/// Tokens over which a list of criteria may go.
const FARTHEST: usize = 160;

/// What follows a grade: whom or what it was given for.
pub(super) struct Tail<'a> {
    pub(super) abouts: Vec<About<'a>>,
    pub(super) end: usize,
}

impl<'a> Reader<'a, '_> {
    /// Reads what a grade was given for.
    ///
    /// ```text
    /// tail = ["overall"] [ ("for" | in-terms-of) enumeration | ("in" | "at" | "on" | "against") known-criterion | "against this" criterion-noun
    ///                    | "against" [determiner] *3word criterion-noun ["of"] enumeration ]
    /// ```
    pub(super) fn tail(&self, at: usize) -> Tail<'a> {
        let overall = self.lexeme(at, Class::Overall).map(|(next, _)| next);
        let mut abouts: Vec<About<'a>> = overall.map(|_| About::Overall).into_iter().collect();
        let end = overall.unwrap_or(at);
        if self.is_one_of(end, &["against", "in", "for"])
            && self.is(end + 1, "this")
            && let Some((next, _)) = self.lexeme(end + 2, Class::CriterionNoun)
        {
            return Tail {
                abouts: vec![About::Heading],
                end: next,
            };
        }
        let link = overall.map_or(at, |end| self.past_joint(end));
        if self.is(link, "with")
            && let Some((regulation, end)) = self.regulation(link + 1)
        {
            let abouts = vec![About::Criterion(regulation)];
            return Tail { abouts, end };
        }
        let phrase = self.lexeme(link, Class::InTermsOf).map(|(next, _)| next);
        let linked = self.is_one_of(link, &["for", "in", "at", "on", "over", "against"]);
        // "Excellent for the way in which pupils work"
        let manner = self.is(link + 2, "way") && self.is(link + 3, "in");
        if !linked && phrase.is_none() || manner || self.count_after(link).is_some() {
            return Tail { abouts, end };
        }
        let strict = !self.is(link, "for");
        if let Some(start) = self.past_whether(phrase.unwrap_or(link + 1)) {
            let to = self.list_end(start);
            let abouts = self.criteria(self.part(start, to));
            return Tail { abouts, end: to };
        }
        let past = phrase.or_else(|| self.past_tests(link));
        // "Rated outstanding along with its culture"
        let along = self.is_one_of(link, &["along", "together"]) && self.is(link + 1, "with");
        let past = past.or_else(|| along.then_some(link + 2));
        let (strict, start) = past.map_or((strict, link + 1), |start| (false, start));
        let to = self.before_subject(start, self.list_end(start));
        let items: Vec<_> = enumeration(self.part(start, to), self.context.is_name)
            .into_iter()
            .take_while(|item| self.is_plausible(*item, strict))
            .collect();
        let Some(last) = items.last() else {
            return Tail { abouts, end };
        };
        let end = last.position() + last.len() - self.sentence.position();
        for item in items {
            abouts.push(self.tail_about(item));
        }
        Tail { abouts, end }
    }

    /// Past the subject of an indirect question on what was graded: "for whether its services are [safe and well-led]".
    ///
    /// `past-whether = ["the" "question" "of"] "whether" *6word be`
    fn past_whether(&self, at: usize) -> Option<usize> {
        /// Words between "whether" and its verb.
        const LONGEST: usize = 6;
        let asked = self.is(at + 1, "question") && self.is(at + 2, "of");
        let at = at + 3 * usize::from(asked);
        let whether = self.is(at, "whether").then_some(at + 1)?;
        let verb = (whether..self.len().min(whether + LONGEST)).find(|&at| {
            ["is", "are", "was", "were"]
                .iter()
                .any(|word| self.is(at, word))
        })?;
        Some(verb + 1)
    }

    /// Past what a grade was given against: "against the healthy prison tests of [safety]", "against the standards [care and food]".
    fn past_tests(&self, against: usize) -> Option<usize> {
        /// Words before the noun: "the healthy prison".
        const LONGEST: usize = 4;
        let start = self.is(against, "against").then_some(against + 1)?;
        let (next, _) = (start..=start + LONGEST)
            .take_while(|&at| !self.ends_clause(at))
            .find_map(|at| self.lexeme(at, Class::CriterionNoun))?;
        Some(next + usize::from(self.is(next, "of")))
    }

    /// A regulation or standard that was complied with, with its name where that follows.
    ///
    /// `regulation = ("regulation" | "standard") number ["," | "(" | ":" | "–" name]`: "Regulation 27, infection control".
    fn regulation(&self, at: usize) -> Option<(Input<'a>, usize)> {
        /// Longest name of a regulation, in tokens.
        const LONGEST: usize = 8;
        let numbered = self.is_one_of(at, &["regulation", "standard"])
            && self.token(at + 1).is_some_and(|token| {
                matches!(token.kind, TokenKind::Number | TokenKind::NumericDate)
            });
        if !numbered {
            return None;
        }
        let mark = at + 2;
        let named = self.is_symbol(mark, &[',', ':', '(', '–', '-'])
            && self.token(mark + 1).is_some_and(|token| {
                token.kind == TokenKind::Word
                    && !token.classes.has(Class::Conjunction)
                    && !token.classes.has(Class::Auxiliary)
            });
        let end = if named {
            let closed = |at: &usize| {
                self.is_symbol(*at, &[',', ')', '.', ';', ':', '–'])
                    || self.is(*at, "and") && self.grade(*at + 1).is_some()
            };
            (mark + 1..self.len().min(mark + LONGEST))
                .find(closed)
                .unwrap_or(self.len().min(mark + LONGEST))
        } else {
            mark
        };
        let past = end + usize::from(self.is_symbol(end, &[')']));
        Some((self.part(at, end), past))
    }

    /// Past what joins what a grade was given for to the whole: "overall, as well as for being caring", "overall and for care".
    fn past_joint(&self, at: usize) -> usize {
        let comma = at + usize::from(self.is_symbol(at, &[',']));
        let well = self.is(comma, "as") && self.is(comma + 1, "well") && self.is(comma + 2, "as");
        let word = if well {
            comma + 3
        } else {
            comma + usize::from(self.is(comma, "and"))
        };
        let linked = word > comma && self.is_one_of(word, &["for", "in", "at", "on"]);
        if linked { word } else { at }
    }

    /// What an item after a grade is; "for the service" is the whole body.
    fn tail_about(&self, item: Input<'a>) -> About<'a> {
        let linked = item.widen(item.position().saturating_sub(1));
        let scheme = [item, linked].into_iter().any(|item| {
            item.lexeme(Class::NumberScheme)
                .is_some_and(|(rest, _)| rest.is_empty())
        });
        match self.target(item) {
            _ if scheme => About::Overall,
            Target::Body(_) => About::Overall,
            Target::Criteria(mut abouts) if abouts.len() == 1 => {
                abouts.pop().unwrap_or(About::Overall)
            }
            _ => About::Criterion(item),
        }
    }

    /// Where a list of criteria ends.
    pub(super) fn list_end(&self, start: usize) -> usize {
        let mut at = start;
        while at < self.len().min(start + FARTHEST) {
            if self.ends_list(start, at) {
                break;
            }
            at = if self.is_symbol(at, &['(']) {
                self.after_bracket(at)
            } else {
                at + 1
            };
        }
        at.min(self.len())
    }

    /// Where a list ends whose last item is what the next clause is on: "for being safe, and caring was again rated good".
    fn before_subject(&self, start: usize, end: usize) -> usize {
        if !self.has(end, Class::Auxiliary) || self.is(end, "being") {
            return end;
        }
        let joint = (start..end).rfind(|&at| {
            self.is_symbol(at, &[',']) || self.is_one_of(at, &["and", "but", "while"])
        });
        let Some(joint) = joint.filter(|&at| at > start) else {
            return end;
        };
        let comma = self.is_symbol(joint - 1, &[',']);
        joint - usize::from(comma)
    }

    fn after_bracket(&self, at: usize) -> usize {
        (at..self.len().min(at + 12))
            .find(|&at| self.is_symbol(at, &[')']))
            .map_or(self.len(), |close| close + 1)
    }

    fn ends_list(&self, start: usize, at: usize) -> bool {
        const STOPS: &[&str] = &[
            "but",
            "because",
            "so",
            "that",
            "which",
            "who",
            "when",
            "where",
            "while",
            "although",
            "though",
            "after",
            "following",
            "by",
            "since",
            "despite",
            "compared",
            "from",
            "as",
            "until",
            "if",
            "whereas",
            "than",
            "under",
        ];
        let Some(token) = self.token(at) else {
            return true;
        };
        match token.kind {
            TokenKind::Symbol('(') => self.is_aside(at + 1),
            TokenKind::Symbol(',' | '’' | '\'' | '&' | '/' | '*') => {
                token.kind == TokenKind::Symbol(',') && self.starts_another(at + 1)
            }
            TokenKind::Symbol('-') => false,
            TokenKind::Symbol(_) => true,
            TokenKind::Word => {
                let as_well = self.is(at, "as") && self.is(at + 1, "well") && self.is(at + 2, "as");
                self.is_one_of(at, STOPS) && !as_well && !self.is_in_name(start, at) && at > start
                    || token.classes.has(Class::Auxiliary) && !self.is(at, "being")
                    || self
                        .lexeme(at, Class::RatingVerb)
                        .is_some_and(|(_, verb)| verb.canonical == "sure")
                    || self.lexeme(at, Class::Previous).is_some()
                    || token.classes.has(Class::Meaning)
                    || self.is(at, "and") && self.starts_another(at + 1)
                    || self.is(at, "to") && self.grade(at + 1).is_some()
                    || token.classes.has(Class::Preposition) && at > start && self.is_dated(at + 1)
            }
            _ => at > start && self.has(at.saturating_sub(1), Class::Preposition),
        }
    }

    /// Whether a word that else ends a list stands inside a name: "children who need help", "looking after its people".
    fn is_in_name(&self, start: usize, at: usize) -> bool {
        let after =
            at > start && self.is_one_of(at - 1, &["looked", "looking"]) && self.is(at, "after");
        let plural = at > start && noun::is_plural(self.part(at - 1, at));
        let who = self.is(at, "who") && plural && self.is_one_of(at + 1, &["need", "have", "use"]);
        after || who
    }

    /// Whether what follows a comma or "and" is another statement and not another item.
    fn starts_another(&self, at: usize) -> bool {
        let at = at + usize::from(self.is_one_of(at, &["and", "but", "is", "was", "with", "also"]));
        let pronoun = self.has(at, Class::Pronoun) && !self.has(at, Class::Determiner);
        let article = at + usize::from(self.is_one_of(at, &["a", "an", "the"]));
        let noted = self.has(at, Class::Determiner);
        pronoun
            || noted && self.lexeme(at + 1, Class::GradeNoun).is_some()
            || self.grade(at).is_some()
            || self.graded_one(article).is_some()
            || article > at && self.grade(article).is_some()
            || self.has(at, Class::GradeMove) && self.is_one_of(at + 1, &["from", "to"])
            || self.is_new_subject(at)
            || self.lexeme(at, Class::RatingVerb).is_some()
            || self.has(at, Class::Auxiliary)
            || self.is_one_of(
                at,
                &[
                    "with", "which", "who", "where", "but", "while", "although", "compared", "up",
                    "down", "having",
                ],
            )
    }

    /// Whether the body opens another clause: ", the home must act".
    fn is_new_subject(&self, at: usize) -> bool {
        let body = self
            .lexeme(at + 1, Class::BodyNoun)
            .filter(|_| self.has(at, Class::Determiner));
        body.is_some_and(|(next, _)| {
            self.has(next, Class::Auxiliary)
                || self.has(next, Class::Verb)
                || self.has(next, Class::RatingVerb)
        })
    }

    /// Whether a bracket holds an earlier grade or a date, and is no part of a name.
    fn is_aside(&self, at: usize) -> bool {
        self.lexeme(at, Class::Previous).is_some()
            || self.grade_or_number(at).is_some()
            || grade::is_year(self.at(at))
            || self.has(at, Class::GradeMove)
            || self.is_one_of(at, &["it", "they", "which"])
    }

    /// Whether a date or the word for an inspection follows: "in 2019", "at its last inspection", "in May".
    fn is_dated(&self, at: usize) -> bool {
        let after = at + usize::from(self.has(at, Class::Determiner));
        let month =
            self.has(after, Class::Month) && self.token(after).is_some_and(|token| token.capital);
        let length = self.has(after, Class::NumberWord)
            && self.lexeme(after + 1, Class::DurationUnit).is_some();
        grade::is_year(self.at(after))
            || month
            || length
            || self.token(after).is_some_and(|token| {
                matches!(token.kind, TokenKind::YearSpan | TokenKind::NumericDate)
            })
            || self.lexeme(at, Class::Previous).is_some()
            || self.lexeme(after, Class::InspectionNoun).is_some()
            || self
                .token(after)
                .is_some_and(|token| token.kind == TokenKind::Number)
    }

    /// Whether an item after a grade can be a criterion. After "in", "at" and "on" it must be a known name or a bare noun.
    pub(super) fn is_plausible(&self, item: Input<'a>, strict: bool) -> bool {
        /// Longest criterion after a grade.
        const LONGEST: usize = 14;
        let text = item.text();
        if (self.context.is_name)(text) || (self.context.is_rated)(text) {
            return true;
        }
        let Some(first) = item.first() else {
            return false;
        };
        let dated = item.starts().any(|here| {
            let numeric = here.first().is_some_and(|token| {
                matches!(
                    token.kind,
                    TokenKind::Ordinal | TokenKind::YearSpan | TokenKind::NumericDate
                )
            });
            numeric || grade::is_year(here)
        });
        let timed = item.starts().any(|here| {
            here.lexeme(Class::DurationUnit).is_some()
                || [
                    "time", "times", "reason", "reasons", "first", "second", "third", "example",
                    "now",
                ]
                .iter()
                .any(|word| here.starts_with(word))
                || here.lexeme(Class::Previous).is_some()
                || here.lexeme(Class::NeedsWork).is_some()
        });
        let others = ["everything", "anything", "others", "something"];
        let counted = first.classes.has(Class::NumberWord)
            || others.iter().any(|word| item.starts_with(word))
            || first.kind == TokenKind::Number
            || item.lexeme(Class::Quantifier).is_some();
        if dated || timed || counted || item.len() > LONGEST || first.kind != TokenKind::Word {
            return false;
        }
        if !strict
            || item
                .lexeme(Class::CriterionNoun)
                .is_some_and(|(rest, _)| !rest.is_empty())
        {
            return true;
        }
        // "Inadequate at how it looks after its people"
        let gerund = self.sentence.text_of(first).ends_with("ing") || item.starts_with("how");
        let before = item
            .position()
            .checked_sub(1)
            .and_then(|at| item.lexed().tokens.get(at));
        let bare = before.is_some_and(|token| {
            token.classes.has(Class::Preposition) && !token.classes.has(Class::Determiner)
        });
        let owned = before.is_some_and(|token| {
            ["its", "their"]
                .iter()
                .any(|word| item.text_of(token).eq_ignore_ascii_case(word))
        });
        let inspected = item.starts().any(|here| {
            here.lexeme(Class::InspectionNoun).is_some()
                || here.lexeme(Class::BodyNoun).is_some()
                || here.lexeme(Class::Current).is_some()
        });
        if owned && !inspected {
            return true;
        }
        let plain = !first.capital
            && item.lexeme(Class::InspectionNoun).is_none()
            && item.lexeme(Class::BodyNoun).is_none();
        plain && (gerund || bare && item.len() <= 4)
    }
}
