//! Ratings in sentences: verdicts, nouns with a grade, claims over several criteria, and grades that move.
//!
//! ```text
//! statement = verdict | nominal | movement | aside | copula | claim | pair
//! ```
//!
//! A word such as "good" is a grade only in a rating position: after a rating verb, beside a grade noun, in a movement from one
//! grade to another, as the value of a label. Everywhere else it is praise. [`statements`] reads one sentence from left to right;
//! what was given before lends its criterion to "up from" and "(previously …)".

mod claim;
mod copula;
mod grade;
mod label;
mod lead;
mod more;
mod moved_row;
mod movement;
mod nominal;
mod numbered;
mod shared;
mod tail;
mod target;
mod time;
mod verdict;

pub use claim::{Bound, Claim, Count};
pub use grade::{GradeWord, ends, grade, grade_or_number};
pub use label::{
    Entry, bare, bracketed_earlier, entry, is_whole, moved_from, named_round, opening, question,
    row, score, unmarked_entry,
};
pub use moved_row::{MovedRow, moved_row};
pub use target::is_proper;
pub use time::{round_of, year_in, years_in};

use super::{Class, Classes, Input, Lexeme, Token, TokenKind};
use crate::span::Span;

/// What is known of the document while a sentence is read.
#[derive(Clone, Copy)]
pub struct Context<'c> {
    /// Whether a wording is a known name, which a list is not cut through.
    pub is_name: &'c dyn Fn(&str) -> bool,
    /// Whether a wording is a criterion that this document rates or its framework names, so that "X is good" is a rating.
    pub is_rated: &'c dyn Fn(&str) -> bool,
    /// What a grade judges where it says so itself.
    pub lone: &'c dyn Fn(&str) -> Option<String>,
    /// The year in which the document was made.
    pub year: Option<i16>,
    /// Whether the heading above names a criterion that is rated.
    pub headed: bool,
    /// Whether the document is on a scheme whose ratings are plain numbers, so that "given a 2" is one.
    pub numbers: bool,
    /// Tokens of the sentence before, where it stands in the same paragraph: they end where the sentence starts.
    pub before: usize,
}

/// What a grade was given for.
#[derive(Clone, Debug)]
pub enum About<'a> {
    /// The whole body.
    Overall,
    /// A criterion, as it is named here.
    Criterion(Input<'a>),
    /// A criterion that the grade itself names.
    Named(String),
    /// "This key question": what the heading above names.
    Heading,
}

/// A body that is named, or stood in for by a common noun: "the practice".
#[derive(Clone, Copy, Debug)]
pub struct Body<'a> {
    /// Its words.
    pub input: Input<'a>,
    /// Whether it is a proper name.
    pub proper: bool,
}

impl<'a> Body<'a> {
    /// The common noun for a body in its words, as the lexicon names it: `practice` for "Elm Surgery".
    pub fn noun(&self) -> Option<&'a str> {
        (0..self.input.len())
            .rev()
            .find_map(|at| self.input.skip(at).lexeme(Class::BodyNoun))
            .map(|(_, noun)| noun.canonical)
    }
}

/// The round that a grade was given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// This one.
    Current,
    /// An earlier one.
    Previous,
}

/// One grade given to one thing.
#[derive(Clone, Debug)]
pub struct Given<'a> {
    /// What it was given for.
    pub about: About<'a>,
    /// The body, where the sentence names one.
    pub body: Option<Body<'a>>,
    /// The grade.
    pub grade: GradeWord,
    /// When.
    pub round: Round,
    /// The year named with it.
    pub year: Option<i16>,
    /// The shortest span that states it.
    pub span: Span,
    /// Whether it stands beside its name as in a list, with nothing but a mark between them.
    pub listed: bool,
    /// How the text ties the grade to what it is for.
    pub link: Link,
}

/// How a grade is tied to what it was given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// What it is for is the subject, the object or the label.
    Own,
    /// What it is for follows it, or is the body.
    Tail,
    /// Only a pronoun stands there: what the sentence before rated may be meant.
    Pronoun,
    /// Nothing stands there: the whole body is taken for it.
    Assumed,
}

/// A grade that moved or stayed.
#[derive(Clone, Debug)]
pub struct Move<'a> {
    /// What it was given for.
    pub about: About<'a>,
    /// The body, where the sentence names one.
    pub body: Option<Body<'a>>,
    /// The earlier grade.
    pub from: Option<GradeWord>,
    /// The later grade.
    pub to: Option<GradeWord>,
    /// `up`, `down`, `better`, `worse`, `moved` or `unchanged`.
    pub direction: String,
    /// From the word that moves to the last grade.
    pub span: Span,
}

/// A grade as a label without a criterion, or words that soften one.
#[derive(Clone, Debug)]
pub struct Mention<'a> {
    /// The criterion named with it.
    pub criterion: Option<Input<'a>>,
    /// The grade, or the words.
    pub grade: GradeWord,
}

/// What a sentence says on ratings.
#[derive(Clone, Debug)]
pub enum Statement<'a> {
    /// A grade given to one thing.
    Given(Given<'a>),
    /// A grade given to a number of criteria.
    Claim(Claim<'a>),
    /// A grade that moved.
    Move(Move<'a>),
    /// A label without a criterion.
    Mention(Mention<'a>),
    /// A criterion whose rating is spoken of without its grade: "our rating of care improved".
    Topic(About<'a>),
}

/// Classes that a sentence must hold one of to say anything on ratings.
pub const TRIGGERS: Classes = Classes::of(&[
    Class::Grade,
    Class::RatingVerb,
    Class::GradeMove,
    Class::GradeNoun,
    Class::NeedsWork,
]);

/// Classes of the words that a statement on ratings may start with.
const STARTS: Classes = TRIGGERS
    .or(Classes::of(&[Class::Previous]))
    .or(Classes::NUMERIC)
    .or(Classes::DATED);

/// Everything that a sentence says on ratings, in the order in which it is said.
pub fn statements<'a>(sentence: Input<'a>, context: Context<'_>) -> Vec<Statement<'a>> {
    let triggered = |token: &Token| {
        token.classes.meets(TRIGGERS)
            || token.kind == TokenKind::Symbol('★')
            || token.kind == TokenKind::Word
                && matches!(token.span.len(), 4 | 5)
                && matches!(sentence.text_of(token), "star" | "stars")
            || token.classes.meets(Classes::DATED)
                && ["-star", "-rated", "-graded"]
                    .iter()
                    .any(|end| sentence.text_of(token).ends_with(end))
    };
    let bracketed = context.numbers
        && sentence
            .tokens()
            .iter()
            .any(|token| matches!(token.kind, TokenKind::Symbol('(' | ':' | '–')));
    if !bracketed && !sentence.tokens().iter().any(triggered) {
        return Vec::new();
    }
    let mut reader = Reader {
        sentence,
        context,
        floor: 0,
        found: Vec::new(),
        last: None,
    };
    let mut at = 0;
    while at < sentence.len() {
        let read = reader.may_start(at).then(|| reader.read(at)).flatten();
        reader.floor = reader.floor.max(read.unwrap_or_default());
        at = read.unwrap_or(at + 1).max(at + 1);
    }
    reader.found
}

/// The state of reading one sentence. Positions are counted in tokens from the start of the sentence.
struct Reader<'a, 'c> {
    sentence: Input<'a>,
    context: Context<'c>,
    /// Where the last statement ended: no subject reaches further left.
    floor: usize,
    found: Vec<Statement<'a>>,
    /// What the last grade was given for, and where it ended.
    last: Option<Last<'a>>,
}

/// What "up from" and "previously" refer back to.
#[derive(Clone, Debug)]
struct Last<'a> {
    abouts: Vec<About<'a>>,
    body: Option<Body<'a>>,
    grade: Option<GradeWord>,
    round: Round,
    year: Option<i16>,
    end: usize,
    link: Link,
}

impl<'a> Reader<'a, '_> {
    /// Whether a statement may start at a token: most words are passed over at the cost of this look.
    fn may_start(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| {
            token.classes.meets(STARTS)
                || token.kind != TokenKind::Word
                || grade::is_label(self.at(at))
        })
    }

    /// Reads the statement that starts at a trigger token; gives back where it ends.
    fn read(&mut self, at: usize) -> Option<usize> {
        let classes = self.token(at)?.classes;
        let tried = |class| classes.has(class);
        (tried(Class::GradeMove).then(|| self.movement(at)).flatten())
            .or_else(|| tried(Class::RatingVerb).then(|| self.verdict(at)).flatten())
            .or_else(|| {
                tried(Class::RatingVerb)
                    .then(|| self.regraded(at))
                    .flatten()
            })
            .or_else(|| tried(Class::GradeNoun).then(|| self.nominal(at)).flatten())
            .or_else(|| self.is(at, "rating").then(|| self.gerund(at)).flatten())
            .or_else(|| tried(Class::Previous).then(|| self.aside(at)).flatten())
            .or_else(|| tried(Class::NeedsWork).then(|| self.softened(at)).flatten())
            .or_else(|| self.graded(at))
            .or_else(|| self.rated_body(at))
            .or_else(|| self.out_of(at))
            .or_else(|| self.number_and_noun(at))
            .or_else(|| self.numbered_label(at))
    }

    /// Reads a number that says what it is out of, before a noun for grades: "a two-out-of-five hygiene rating".
    fn out_of(&mut self, at: usize) -> Option<usize> {
        let (rest, grade) = grade::out_of_word(self.at(at)).ok()?;
        self.grade_and_noun(at, self.position(rest), &grade)
    }

    /// Reads a number before a noun for grades, where the document's scheme rates by numbers: "its zero rating".
    fn number_and_noun(&mut self, at: usize) -> Option<usize> {
        let (next, grade) = self
            .context
            .numbers
            .then(|| {
                let (rest, grade) = grade_or_number(self.at(at)).ok()?;
                Some((self.position(rest), grade))
            })
            .flatten()?;
        let noun = self.lexeme(next, Class::GradeNoun)?;
        (grade.bare_number && noun.1.canonical == "rating")
            .then(|| self.grade_and_noun(at, next, &grade))
            .flatten()
    }

    /// Reads what a grade says that no verb or noun has announced.
    fn graded(&mut self, at: usize) -> Option<usize> {
        let (rest, grade) = grade::grade(self.at(at)).ok()?;
        let next = self.position(rest);
        if self.starts_inside_quote(at) || self.ends_title(at, next) {
            return None;
        }
        if !ends(rest) || self.lexeme(next, Class::GradeNoun).is_some() {
            let read = self
                .grade_and_noun(at, next, &grade)
                .or_else(|| self.alone(at, next, &grade))
                .or_else(|| self.shouted(at, next, &grade))
                .or_else(|| self.quoted_before(next, &grade));
            // "Good or better in six areas"
            let bounded = self.bound_after(next).0 > next;
            if read.is_some() || !(ends(rest) || bounded) {
                return read;
            }
        }
        self.comma_pair(at, next, &grade)
            .or_else(|| self.claim_after(at, next, &grade))
            .or_else(|| self.pair(at, next, &grade))
            .or_else(|| self.holds_stars(at, next, &grade))
            .or_else(|| self.copula(at, next, &grade))
            .or_else(|| self.dated_aside(at, next, &grade))
            .or_else(|| self.bracketed(at, next, &grade))
            .or_else(|| self.standard_met(at, next, &grade))
            .or_else(|| self.given_for(at, next, &grade))
            .or_else(|| self.alone(at, next, &grade))
    }

    /// Reads an earlier grade in brackets.
    ///
    /// `dated-aside = "(" ( ["in"] year [":"] | "was" ) grade ")"`: "limited assurance (2023: reasonable assurance)".
    fn dated_aside(&mut self, at: usize, next: usize, grade: &GradeWord) -> Option<usize> {
        let year_at = at.checked_sub(1 + usize::from(at > 0 && self.is_symbol(at - 1, &[':'])))?;
        let year = grade::year(self.at(year_at));
        if year.is_none() && !self.is_one_of(year_at, &["was", "formerly", "from"]) {
            return None;
        }
        let open =
            year_at.checked_sub(1 + usize::from(year_at > 0 && self.is(year_at - 1, "in")))?;
        let closed = self.is_symbol(open, &['(']) && self.is_symbol(next, &[')']);
        let last = self
            .last
            .clone()
            .filter(|last| closed && last.end <= open && open - last.end <= 2)?;
        self.give(
            Gift::own(
                last.abouts.clone(),
                last.body,
                grade.clone(),
                (Round::Previous, year),
            ),
            next + 1,
        );
        Some(next + 1)
    }

    /// Reads a grade and what it was given for, where both fill an item of a list.
    ///
    /// `given-for = ["•" | "*"] grade "for" enumeration`, all of the sentence, the grade of several words or written as a label, or what
    /// it was given for known: "not sufficiently good for respect".
    fn given_for(&mut self, at: usize, next: usize, grade: &GradeWord) -> Option<usize> {
        let opens = (0..at).all(|at| {
            self.token(at)
                .is_some_and(|token| token.kind != TokenKind::Word)
        }) || at > 0
            && self.is_symbol(at - 1, &[':', ';'])
            && (0..at).any(|at| self.has(at, Class::GradeNoun) || self.has(at, Class::HeadingNoun));
        if !opens || !self.is_one_of(next, &["for", "in"]) {
            return None;
        }
        let tail = self.tail(next);
        let closes = self
            .token(tail.end)
            .is_none_or(|token| matches!(token.kind, TokenKind::Symbol('.' | ';' | ',')));
        let known = tail.abouts.iter().all(|about| self.is_known(about));
        let labelled = grade.quoted || grade.name.contains(' ') || known;
        if tail.abouts.is_empty() || !closes || !labelled {
            return None;
        }
        self.give(
            Gift {
                abouts: tail.abouts,
                body: None,
                grade: grade.clone(),
                round: Round::Current,
                year: None,
                listed: true,
                link: Link::Own,
            },
            tail.end,
        );
        Some(self.more(tail.end, None, Round::Current, None))
    }

    /// Reads a grade that a comma parts from what has it, in a list whose items semicolons part.
    ///
    /// `comma-pair = (":" | ";") ["and"] criterion "," grade (";" | "." | end)`, one of the two marks a semicolon: "leadership, good;
    /// casework, fair".
    fn comma_pair(&mut self, at: usize, next: usize, grade: &GradeWord) -> Option<usize> {
        /// Longest criterion.
        const LONGEST: usize = 14;
        let comma = at
            .checked_sub(1)
            .filter(|&comma| self.is_symbol(comma, &[',']))?;
        let near = self.floor.max(comma.saturating_sub(LONGEST));
        let mark = (near.saturating_sub(1)..comma)
            .rev()
            .find(|&at| self.is_symbol(at, &[':', ';']))?;
        let closed = next >= self.len() || self.is_symbol(next, &[';', '.']);
        let listed = self.is_symbol(mark, &[';']) || self.is_symbol(next, &[';']);
        let start = mark + 1 + usize::from(self.is(mark + 1, "and"));
        let verbal = (start..comma).any(|at| {
            [Class::Auxiliary, Class::Pronoun, Class::RatingVerb]
                .into_iter()
                .any(|class| self.has(at, class))
        });
        let name = super::enumeration::trim(self.part(start, comma));
        if !(closed && listed) || verbal || name.is_empty() {
            return None;
        }
        let about = About::Criterion(name);
        self.give(
            Gift {
                listed: true,
                ..Gift::own(vec![about], None, grade.clone(), (Round::Current, None))
            },
            next,
        );
        Some(next)
    }

    /// Reads the stars that a body has.
    ///
    /// `holds-stars = name ("has" | "have") [adverb] stars`: "Elm Water has four stars".
    fn holds_stars(&mut self, at: usize, next: usize, grade: &GradeWord) -> Option<usize> {
        if !grade.name.contains(" star") {
            return None;
        }
        let mut verb = at.checked_sub(1)?;
        while verb > self.floor && (self.is_small_adverb(verb) || self.has(verb, Class::Current)) {
            verb -= 1;
        }
        if !self.is_one_of(verb, &["has", "have"]) {
            return None;
        }
        let mut start = verb;
        while start > self.floor
            && (self.is_small_adverb(start - 1) || self.has(start - 1, Class::Current))
        {
            start -= 1;
        }
        let target::Target::Body(Some(body)) = self.subject(start).0 else {
            return None;
        };
        let given = self.round(self.floor, verb, next);
        self.give(
            Gift::own(vec![About::Overall], Some(body), grade.clone(), given),
            next,
        );
        Some(next)
    }

    /// Whether the token before is the quotation mark of the grade here, so that it was read from there already.
    fn starts_inside_quote(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            self.grade(before).is_some_and(|(_, grade)| {
                grade.quoted
                    && self
                        .token(before)
                        .is_some_and(|token| token.kind != TokenKind::Word)
            })
        })
    }

    fn len(&self) -> usize {
        self.sentence.len()
    }

    fn at(&self, at: usize) -> Input<'a> {
        self.sentence.skip(at)
    }

    fn part(&self, from: usize, to: usize) -> Input<'a> {
        super::enumeration::part(self.sentence, from, to.max(from))
    }

    fn token(&self, at: usize) -> Option<&'a Token> {
        self.sentence.tokens().get(at)
    }

    fn has(&self, at: usize, class: Class) -> bool {
        self.token(at).is_some_and(|token| token.classes.has(class))
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.at(at).starts_with(word)
    }

    fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(at, word))
    }

    fn is_symbol(&self, at: usize, symbols: &[char]) -> bool {
        self.token(at).is_some_and(
            |token| matches!(token.kind, TokenKind::Symbol(symbol) if symbols.contains(&symbol)),
        )
    }

    /// Position of a rest of the sentence.
    fn position(&self, rest: Input<'a>) -> usize {
        self.len() - rest.len()
    }

    fn lexeme(&self, at: usize, class: Class) -> Option<(usize, Lexeme<'a>)> {
        let (rest, lexeme) = self.at(at).lexeme(class)?;
        Some((self.position(rest), lexeme))
    }

    /// A grade that stands here and may end where it does.
    fn grade(&self, at: usize) -> Option<(usize, GradeWord)> {
        let (rest, grade) = grade::grade(self.at(at)).ok()?;
        let next = self.position(rest);
        (ends(rest) && !self.ends_title(at, next)).then_some((next, grade))
    }

    /// Whether a grade closes a title in quotation marks: “Getting To Good”.
    fn ends_title(&self, at: usize, next: usize) -> bool {
        let small = at.checked_sub(1).and_then(|before| self.token(before));
        self.is_symbol(next, &['”', '’', '"', '\''])
            && small.is_some_and(|word| word.capital && word.classes.has(Class::Preposition))
    }

    /// A grade or a bare number.
    fn grade_or_number(&self, at: usize) -> Option<(usize, GradeWord)> {
        let (rest, grade) = grade_or_number(self.at(at)).ok()?;
        ends(rest).then(|| (self.position(rest), grade))
    }

    /// Whether a grade is written in several words: "limited assurance", but not "limited", which may be said of anything.
    fn is_of_several_words(&self, grade: &GradeWord) -> bool {
        let after = |token: &Token| token.span.start > grade.span.start;
        let tokens = self.sentence.tokens();
        let from = tokens.partition_point(|token| token.span.start <= grade.span.start);
        tokens
            .get(from)
            .is_some_and(|token| after(token) && token.span.end <= grade.span.end)
    }

    /// What a grade was given for where the text leaves it to the grade to say: a body's "G2" is one for governance.
    fn by_grade(&self, about: About<'a>, grade: &GradeWord) -> About<'a> {
        match (&about, self.lone(grade)) {
            (About::Overall | About::Named(_), Some(criterion)) if criterion != "overall" => {
                About::Named(criterion)
            }
            _ => about,
        }
    }

    /// Adds a grade given to each of `abouts` and remembers it for what refers back.
    fn give(&mut self, given: Gift<'a>, end: usize) {
        let Gift {
            abouts,
            body,
            grade,
            round,
            year,
            listed,
            link,
        } = given;
        let abouts: Vec<About<'a>> = abouts
            .into_iter()
            .map(|about| self.by_grade(about, &grade))
            .collect();
        for about in &abouts {
            let span = match about {
                About::Criterion(input) if near(input.span(), grade.span) => {
                    input.span().join(grade.span)
                }
                _ => grade.span,
            };
            self.found.push(Statement::Given(Given {
                about: about.clone(),
                body,
                grade: grade.clone(),
                round,
                year,
                span,
                listed,
                link,
            }));
        }
        self.last = Some(Last {
            abouts,
            body,
            grade: Some(grade),
            round,
            year,
            end,
            link,
        });
        self.floor = self.floor.max(end);
    }
}

/// A grade and all that it was given for.
struct Gift<'a> {
    abouts: Vec<About<'a>>,
    body: Option<Body<'a>>,
    grade: GradeWord,
    round: Round,
    year: Option<i16>,
    listed: bool,
    link: Link,
}

impl<'a> Gift<'a> {
    /// A grade given in running text to what is its subject, object or label.
    const fn own(
        abouts: Vec<About<'a>>,
        body: Option<Body<'a>>,
        grade: GradeWord,
        (round, year): (Round, Option<i16>),
    ) -> Self {
        Self {
            abouts,
            body,
            grade,
            round,
            year,
            listed: false,
            link: Link::Own,
        }
    }
}

/// Bytes over which a criterion and its grade still stand together.
const NEAR: usize = 300;

fn near(a: Span, b: Span) -> bool {
    a.join(b).len() <= NEAR
}
