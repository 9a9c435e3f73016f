//! What a verdict is on: the subject or object of a rating verb, told apart as criteria, a body, or a number of bodies.

use super::{
    super::{
        enumeration::{enumeration, trim},
        noun,
    },
    About, Body, Class, Classes, Input, Link, Reader, TokenKind,
    claim::Count,
};

/// The thing that a verdict is on.
#[derive(Clone, Debug)]
pub(super) enum Target<'a> {
    /// Criteria by name.
    Criteria(Vec<About<'a>>),
    /// The body: named, stood in for by "the practice", or by a pronoun.
    Body(Option<Body<'a>>),
    /// A number of criteria: "four of the five standards".
    Count(Count<'a>),
    /// Several bodies, or a share of them: their grades are counts, not ratings.
    Counted,
    /// "These aspects": something, but nothing by name.
    Vague,
    /// Nothing stands there.
    Absent,
}

/// Whether every word of a name is written large: "Ashton", "Moor Lane".
fn is_capital(name: Input<'_>) -> bool {
    let words = || {
        name.tokens()
            .iter()
            .filter(|token| token.kind == TokenKind::Word)
    };
    words().next().is_some() && words().all(|token| token.capital)
}

/// Names that end in the same word for a body, each of which may hold an "and": "Elm PDU and Ash and Oak PDU".
///
/// `ending-alike = 2*( name body-word [","] ["and"] )`, all names in capitals
fn ending_alike(phrase: Input<'_>) -> Option<Vec<Input<'_>>> {
    let last = phrase.tokens().last()?;
    let word = phrase.text_of(last);
    if !(last.capital && last.classes.has(Class::BodyWord)) {
        return None;
    }
    let mut items = Vec::new();
    let mut start = 0;
    for (at, token) in phrase.tokens().iter().enumerate() {
        if phrase.text_of(token) == word {
            let item = phrase.skip(start);
            let item = trim(item.until(phrase.position() + at + 1));
            let joint = ["and", "&"].iter().any(|word| item.starts_with(word));
            items.push(trim(item.skip(usize::from(joint))));
            start = at + 1;
        }
    }
    let named = |item: &Input<'_>| item.len() > 1 && is_proper(*item, false);
    (items.len() > 1 && items.iter().all(named)).then_some(items)
}

/// The items of a list, parted by its commas and its last "and" alone: "Elm, Ash and Oak and York" has three.
fn by_commas(list: Input<'_>) -> Vec<Input<'_>> {
    let word = |at: usize, word: &str| list.skip(at).starts_with(word);
    let last = (0..list.len()).rfind(|&at| word(at, "and"));
    let mut items = Vec::new();
    let mut start = 0;
    for at in 0..=list.len() {
        if at == list.len() || word(at, ",") || Some(at) == last {
            let item = list.skip(start);
            items.push(trim(item.until(list.position() + at)));
            start = at + 1;
        }
    }
    items.retain(|item| !item.is_empty());
    items
}

/// Whether a name is written large but for the small words in it, and holds no comma: "Tony's Restaurant and Café".
fn is_name_of_one(name: Input<'_>) -> bool {
    let small = Classes::of(&[Class::Preposition, Class::Conjunction, Class::Determiner]);
    let large = |token: &crate::grammar::Token| match token.kind {
        TokenKind::Word => token.capital || token.classes.meets(small),
        TokenKind::Symbol(mark) => matches!(mark, '’' | '\'' | '&' | '-'),
        _ => false,
    };
    name.first().is_some_and(|token| token.capital) && name.tokens().iter().all(large)
}

/// Longest criterion, in tokens.
const LONGEST: usize = 18;

impl<'a> Reader<'a, '_> {
    /// What the noun phrase that ends before `end` is, and the body that a place at its front names: "At Elm House the …".
    pub(super) fn subject(&self, end: usize) -> (Target<'a>, Option<Body<'a>>) {
        if let Some(listed) = self.announced(end) {
            return (listed, None);
        }
        if let Some(bodies) = self.counted_bodies(end).or_else(|| self.counted_names(end)) {
            return (bodies, None);
        }
        if let Some(named) = self.named_aside(end).or_else(|| self.placed_name(end)) {
            return (Target::Body(Some(named)), None);
        }
        let end = self.before_aside(end);
        let each = end
            .checked_sub(1)
            .is_some_and(|at| at > self.floor && self.is_one_of(at, &["both", "each", "all"]));
        let end = end - usize::from(each);
        let each = each
            || self.has(end, Class::Auxiliary)
                && (end + 1..end + 3).any(|at| self.is_one_of(at, &["both", "each", "all"]));
        let start = self.phrase_start(end);
        // "In the round before this one the home"
        let pointed = self.is_one_of(start, &["this", "that"]) && self.is(start + 1, "one");
        let start = start + 2 * usize::from(pointed && start + 2 < end);
        let phrase = self.part(start, end);
        if phrase.is_empty() {
            return (self.antecedent(start), None);
        }
        if let Some(member) = self.member(start, phrase) {
            return member;
        }
        if let Some(owner) = self.owner_of(start) {
            return (owner, None);
        }
        if each && let Some(bodies) = self.named_bodies(phrase) {
            return (Target::Criteria(bodies), None);
        }
        if self.without_joint(start, end).is_empty() {
            return (self.shared_subject(start), None);
        }
        if self.is_one_of(end - 1, &["and", "but"]) {
            return (self.shared_subject(end - 1), None);
        }
        if end - start > 1 && self.is_one_of(end - 1, &["it", "they"]) {
            return (Target::Body(None), None);
        }
        let start = self.past_time(start, end);
        let (place, phrase) = self
            .place(start, end)
            .unwrap_or((None, self.last_segment(start, end)));
        // ", with caring back to good"
        let with = phrase.starts_with("with") && phrase.len() > 1;
        (self.target(phrase.skip(usize::from(with))), place)
    }

    /// The body that is one of those that `phrase`, from `start` on, speaks of.
    ///
    /// `member = body be ( "one" "of" | "among" | "the" "only" ) noun-phrase`: "Elm School is one of five schools in Kent [rated good]".
    fn member(&self, start: usize, phrase: Input<'a>) -> Option<(Target<'a>, Option<Body<'a>>)> {
        let first = ["one", "among", "the"]
            .iter()
            .position(|word| phrase.starts_with(word))?;
        let one = match first {
            0 => phrase.skip(1).starts_with("of"),
            1 => true,
            _ => phrase.skip(1).starts_with("only"),
        };
        let be = start.checked_sub(1).filter(|&at| at > self.floor)?;
        if !one || !self.is_one_of(be, &["is", "are", "was", "were", "remains", "remain"]) {
            return None;
        }
        let found = self.subject(be);
        matches!(&found.0, Target::Body(_) | Target::Criteria(_)).then_some(found)
    }

    /// Criteria that marks set apart before a verb, behind a noun that says what they are.
    pub(super) fn announced(&self, end: usize) -> Option<Target<'a>> {
        self.between_dashes(end).or_else(|| self.counted_off(end))
    }

    /// Criteria that stand between two dashes before a verb: "two areas – care and food – were".
    fn between_dashes(&self, end: usize) -> Option<Target<'a>> {
        /// Tokens over which a list between dashes may go.
        const FARTHEST: usize = 60;
        let dash = |at: usize| self.is_symbol(at, &['–', '—']);
        let close = end
            .checked_sub(1)
            .filter(|&at| at > self.floor && dash(at))?;
        let near = self.floor.max(close.saturating_sub(FARTHEST));
        let open = (near..close).rev().find(|&at| dash(at))?;
        let abouts = self.criteria(self.part(open + 1, close));
        let announced = (self.floor..open).rev().take(2).any(|at| {
            self.lexeme(at, Class::CriterionNoun)
                .is_some_and(|(end, _)| end == open)
        });
        let known = announced || abouts.iter().any(|about| self.is_known(about));
        (known && abouts.len() > 1).then_some(Target::Criteria(abouts))
    }

    /// Criteria that two commas set apart behind their number: "the two other questions, caring and responsive, were".
    ///
    /// `counted-off = number *2word criterion-noun "," enumeration ","`, as many as the number says
    fn counted_off(&self, end: usize) -> Option<Target<'a>> {
        /// Tokens before the noun in which its number stands.
        const NEAR: usize = 3;
        /// Tokens over which the list may go.
        const FARTHEST: usize = 30;
        let comma = |at: usize| self.is_symbol(at, &[',']);
        let close = end
            .checked_sub(1)
            .filter(|&at| at > self.floor && comma(at))?;
        let near = self.floor.max(close.saturating_sub(FARTHEST));
        let noun = |at: usize| self.lexeme(at, Class::CriterionNoun).map(|(next, _)| next);
        let (start, open) = (near..close)
            .find_map(|at| Some((at, noun(at).filter(|&next| next < close && comma(next))?)))?;
        let counted = (self.floor.max(start.saturating_sub(NEAR))..start)
            .find_map(|at| self.counted_from(at)?.count)?;
        let abouts = self.criteria(self.part(open + 1, close));
        (usize::try_from(counted) == Ok(abouts.len())).then_some(Target::Criteria(abouts))
    }

    /// Bodies with an aside behind their number, which names as many or says something of them.
    ///
    /// `counted-bodies = ("both" | number) *3(word) body-noun ( dash aside dash | "(" aside ")" | "," aside "," )`: "three schools –
    /// Ashton, Moor Lane and St Anne's – were".
    fn counted_bodies(&self, end: usize) -> Option<Target<'a>> {
        /// Tokens before the noun in which its number stands.
        const NEAR: usize = 4;
        let (open, close) = self.aside_of_bodies(end)?;
        let number = |at: usize| {
            let number = super::super::number::magnitude(self.at(at)).ok();
            let number = number.map(|(_, quantity)| quantity.number.value());
            number.or_else(|| self.is(at, "both").then_some(2.into()))
        };
        let count = (self.floor.max(open.saturating_sub(NEAR))..open).find_map(number)?;
        let names = enumeration(self.part(open + 1, close), self.context.is_name);
        let named = names
            .iter()
            .all(|name| is_proper(*name, false) || is_capital(*name));
        if named && names.len() > 1 && count == names.len().into() {
            let names = names.into_iter().map(About::Criterion);
            return Some(Target::Criteria(names.collect()));
        }
        (!self.is_symbol(close, &[','])).then_some(Target::Counted)
    }

    /// Bodies that are named behind their number, as many as it says, with no comma behind the last: "three councils, Elm, Oak and Ash
    /// were".
    fn counted_names(&self, end: usize) -> Option<Target<'a>> {
        let start = self.phrase_start(end);
        let noun = (start + 1..end).find(|&at| {
            self.has(at, Class::BodyNoun)
                && noun::is_plural(self.part(at, at + 1))
                && self.is_symbol(at + 1, &[','])
        })?;
        let (_, count) = super::super::number::magnitude(self.at(start)).ok()?;
        let list = self.part(noun + 2, end);
        let capitals = |names: &[Input<'a>]| {
            count.number.value() == names.len().into()
                && names.iter().all(|name| is_name_of_one(*name))
        };
        // "Kensington and Chelsea" is one.
        let names = Some(enumeration(list, self.context.is_name)).filter(|names| capitals(names));
        let names = names.or_else(|| Some(by_commas(list)).filter(|names| capitals(names)))?;
        let abouts = names.into_iter().map(About::Criterion).collect();
        Some(Target::Criteria(abouts))
    }

    /// Where an aside opens right behind a noun for several bodies, and closes before `end`.
    fn aside_of_bodies(&self, end: usize) -> Option<(usize, usize)> {
        /// Tokens over which it may go.
        const FARTHEST: usize = 60;
        let close = end.checked_sub(1).filter(|&at| at > self.floor)?;
        let marks: &[char] = match self.token(close)?.kind {
            TokenKind::Symbol('–' | '—' | '-') => &['–', '—', '-'],
            TokenKind::Symbol(')') => &['('],
            TokenKind::Symbol(',') => &[','],
            _ => return None,
        };
        let opens = |&at: &usize| {
            let bodies =
                self.has(at - 1, Class::BodyNoun) && noun::is_plural(self.part(at - 1, at));
            self.is_symbol(at, marks) && (bodies || self.is(at - 1, "others"))
        };
        let far = self.floor.max(close.saturating_sub(FARTHEST));
        Some(((far + 1..close).find(opens)?, close))
    }

    /// The subject of the verb before an "and": "care was not inspected and remains …". What the last grade was given for, where that
    /// verb gave it.
    fn shared_subject(&self, joint: usize) -> Target<'a> {
        let near = self.floor.max(joint.saturating_sub(noun::REACH));
        let spoken = |at: usize| {
            self.lexeme(at, Class::RatingVerb)
                .is_some_and(|(_, verb)| verb.canonical == "giving")
                || self.has(at, Class::Verb)
                    && at > near
                    && !self.is(at - 1, "to")
                    && self.is_verb_use(at)
                    && self.token(at).is_some_and(|token| !token.capital)
        };
        let verb = (near..joint)
            .rev()
            .find(|&at| self.has(at, Class::Auxiliary) || spoken(at));
        if let Some(mut start) = verb {
            while start > near
                && (self.has(start - 1, Class::Auxiliary)
                    || self.has(start - 1, Class::Negation)
                    || self.is(start - 1, "last")
                    || self.is_small_adverb(start - 1))
            {
                start -= 1;
            }
            let phrase = self.last_segment(self.phrase_start(start), start);
            // "Became the third to be rated good under the scheme introduced this year and was rated poor in 2015"
            let participle = !(start..joint).any(|at| self.has(at, Class::Auxiliary));
            let modifier = participle && self.last.as_ref().is_some_and(|last| last.end <= start);
            if !modifier {
                return self.target(phrase);
            }
        }
        match &self.last {
            Some(last)
                if last.link == Link::Own
                    && !last
                        .abouts
                        .iter()
                        .any(|about| matches!(about, About::Named(_))) =>
            {
                Target::Criteria(last.abouts.clone())
            }
            last => Target::Body(last.as_ref().and_then(|last| last.body)),
        }
    }

    /// Past what a comma closes right before a verb: "the home, which cares for 40 people," ends at "home".
    fn before_aside(&self, end: usize) -> usize {
        let Some(close) = end
            .checked_sub(1)
            .filter(|&at| at > self.floor && self.is_symbol(at, &[',']))
        else {
            return end;
        };
        let far = self.floor.max(close.saturating_sub(noun::REACH));
        let mut open: Option<usize> = None;
        for at in (far..close).rev().filter(|&at| self.is_symbol(at, &[','])) {
            // "Elm House, in Ash, run by a company," has two.
            let placed = at > far && self.is_one_of(at + 1, &["in", "at", "near", "on"]);
            if open.is_none() || placed && open.is_some_and(|open| !self.lists(at, open)) {
                open = Some(at);
            }
            if self.is_one_of(at + 1, &["which", "who", "where", "whose"]) {
                return at;
            }
        }
        open.unwrap_or(end)
    }

    /// Whether "and" stands between two commas, as in a list.
    fn lists(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| self.is_one_of(at, &["and", "or"]))
    }

    /// The body that commas name behind a common noun for it: "a sister home, Elm Lodge,".
    fn named_aside(&self, end: usize) -> Option<Body<'a>> {
        let close = end
            .checked_sub(1)
            .filter(|&at| at > self.floor && self.is_symbol(at, &[',']))?;
        let far = self.floor.max(close.saturating_sub(noun::REACH));
        let open = (far..close).rev().find(|&at| self.is_symbol(at, &[',']))?;
        let input = self.part(open + 1, close);
        let common = open.checked_sub(1).is_some_and(|at| {
            self.has(at, Class::BodyNoun) && !self.token(at).is_some_and(|token| token.capital)
        });
        let known = (self.context.is_rated)(input.text()) || (self.context.is_name)(input.text());
        (common && !known && input.len() > 1 && is_proper(input, false)).then_some(Body {
            input,
            proper: true,
        })
    }

    /// The body of which two commas say where it is: "Tony's Restaurant and Café, in Elmby,".
    fn placed_name(&self, end: usize) -> Option<Body<'a>> {
        let close = end
            .checked_sub(1)
            .filter(|&at| at > self.floor && self.is_symbol(at, &[',']))?;
        let far = self.floor.max(close.saturating_sub(noun::REACH));
        let open = (far..close).rev().find(|&at| self.is_symbol(at, &[',']))?;
        let place = self.part(open + 2, close);
        let placed = self.is_one_of(open + 1, &["in", "at", "near", "on"]) && is_capital(place);
        let start = self.phrase_start(open);
        let opens = start == 0 && placed;
        let input = trim(self.part(start, open));
        let known = (self.context.is_rated)(input.text()) || (self.context.is_name)(input.text());
        (opens && !known && is_name_of_one(input)).then_some(Body {
            input,
            proper: true,
        })
    }

    /// Where the phrase that ends before `end` starts: at the last word that cannot be part of it. Brackets are passed over.
    pub(super) fn phrase_start(&self, end: usize) -> usize {
        let mut start = end;
        while start > self.floor && end - start < noun::REACH {
            let at = start - 1;
            if self.is_symbol(at, &[')']) {
                let near = self.floor.max(at.saturating_sub(noun::REACH));
                let Some(open) = (near..at).rev().find(|&at| self.is_symbol(at, &['('])) else {
                    break;
                };
                start = open;
            } else if self.ends_phrase(at) {
                break;
            } else {
                start = at;
            }
        }
        start
    }

    fn ends_phrase(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else {
            return true;
        };
        match token.kind {
            TokenKind::Symbol(',' | '’' | '\'' | '&' | '/' | '*' | '%' | '£' | '€' | '$' | '-') => {
                false
            }
            TokenKind::Symbol(_) => true,
            TokenKind::Word => {
                const OPENERS: &[&str] = &[
                    "as", "after", "since", "before", "until", "than", "why", "how", "what", "once",
                ];
                // "All but one of the areas"
                let excepts = self.is(at, "but") && at > self.floor && self.is(at - 1, "all");
                let joins = excepts || self.is_one_of(at, &["and", "or"]);
                let whole = self.is(at, "as") && self.lexeme(at, Class::Overall).is_some();
                token.classes.has(Class::Auxiliary)
                    || self.is_one_of(at, OPENERS) && !whole
                    || self.ends_length(at)
                    || token.classes.has(Class::Conjunction) && !joins
                    || token.classes.has(Class::RatingVerb) && !self.is_noun_use(at)
                    || token.classes.has(Class::Attribution)
                    || self.ends_statement(at)
                    || token.classes.has(Class::Verb) && !token.capital && self.is_verb_use(at)
            }
            _ => false,
        }
    }

    /// Whether a grade stands here that closes what was said before: "they remained poor, and …".
    fn ends_statement(&self, at: usize) -> bool {
        self.has(at, Class::Grade)
            && at > 0
            && (self.has(at - 1, Class::Auxiliary) || self.has(at - 1, Class::GradeMove))
            && self.grade(at).is_some()
    }

    /// "Later" after a length of time: "two years later safety had fallen".
    fn ends_length(&self, at: usize) -> bool {
        self.is_one_of(at, &["later", "ago", "earlier", "on"])
            && at > 0
            && self.has(at - 1, Class::DurationUnit)
    }

    /// Whether a word that may be a rating verb is a noun here: "the overall grade", "a governance grade of".
    pub(super) fn is_noun_use(&self, at: usize) -> bool {
        self.has(at, Class::GradeNoun)
            && at.checked_sub(1).is_some_and(|before| {
                self.has(before, Class::Determiner)
                    || self.has(before, Class::Overall)
                    || self.has(before, Class::Ranked)
                    || self.has(before, Class::GradedAspect)
                    || self.has(at + 1, Class::Auxiliary)
                    || self.is(at + 1, "of")
            })
    }

    /// Whether a word that may be a verb is one here: a noun or pronoun before it, and no article.
    fn is_verb_use(&self, at: usize) -> bool {
        at.checked_sub(1).is_none_or(|before| {
            !self.has(before, Class::Determiner) && !self.has(before, Class::Preposition)
                || self.has(before, Class::Pronoun)
        })
    }

    /// What "which" or "who" before `at` stands for, or what a clause between commas was put after.
    fn antecedent(&self, at: usize) -> Target<'a> {
        let Some(relative) = at.checked_sub(1).filter(|&at| at >= self.floor) else {
            return Target::Absent;
        };
        if self.is_label_mark(relative) {
            return self.label_before(relative);
        }
        if self.is(relative, "but") {
            return self.shared_subject(relative);
        }
        if !self.is_one_of(relative, &["which", "who", "that", "where"]) {
            return if self.is_one_of(relative, &["when", "while", "although", "and", "because"]) {
                Target::Body(None)
            } else {
                Target::Absent
            };
        }
        let comma = relative > 0 && self.is_symbol(relative - 1, &[',']);
        let end = relative - usize::from(comma);
        let start = self.phrase_start(end);
        let start = (start..end)
            .rev()
            .find_map(|at| self.lexeme(at, Class::Except))
            .map_or(start, |(next, _)| next);
        let phrase = self.last_segment(start, end);
        if let Some((member, _)) = self.member(start, phrase) {
            return member;
        }
        let linked = phrase
            .first()
            .is_some_and(|token| token.classes.has(Class::Preposition));
        let noted = phrase.skip(usize::from(linked));
        let indefinite = ["a", "an", "any", "every", "each"]
            .iter()
            .any(|word| noted.starts_with(word));
        let one = self.is_one_of(at, &["was", "had", "has"]);
        if phrase.is_empty() || indefinite && !comma && !one {
            return Target::Counted;
        }
        let target = self.target(phrase);
        match self.body_at_end(phrase) {
            Some(body)
                if comma
                    && matches!(&target, Target::Criteria(abouts) if !abouts.iter().any(|about| self.is_known(about))) =>
            {
                Target::Body(Some(body))
            }
            _ => target,
        }
    }

    /// The body that a phrase ends with, as what something is done for: "a step forward for the school".
    fn body_at_end(&self, phrase: Input<'a>) -> Option<Body<'a>> {
        let to = |at: usize| {
            ["for", "to", "by", "with", "from"]
                .iter()
                .any(|word| phrase.skip(at).starts_with(word))
        };
        let at = (1..phrase.len()).rev().find(|&at| to(at))?;
        match self.target(phrase.skip(at + 1)) {
            Target::Body(body) => body,
            _ => None,
        }
    }

    /// What "it" stands for in an aside that tells when it was rated before: "care at Elm, last inspected in 2019 when it was rated
    /// good, is", with a verb behind the comma that closes it.
    ///
    /// `aside = phrase "," ("which" | previous | "inspected") … ("when" | "where") "it" verdict "," auxiliary`
    pub(super) fn aside_owner(&self, verb: usize, next: usize) -> Option<Target<'a>> {
        /// Tokens over which an aside may go.
        const LONGEST: usize = 24;
        let when = verb.checked_sub(2).filter(|&at| at > self.floor)?;
        let pronoun = self.is_one_of(verb - 1, &["it", "they"]);
        let timed = self.is_one_of(when, &["when", "where"]);
        let closed = self.is_symbol(next, &[',']) && self.has(next + 1, Class::Auxiliary);
        if !(pronoun && timed && closed) {
            return None;
        }
        let opens = |at: &usize| {
            let word = at + 1;
            self.is_symbol(*at, &[','])
                && (self.is_one_of(word, &["which", "last", "inspected", "first"])
                    || self.lexeme(word, Class::Previous).is_some())
        };
        let near = self.floor.max(when.saturating_sub(LONGEST));
        let open = (near..when).rev().find(opens)?;
        let phrase = self.last_segment(self.phrase_start(open), open);
        match self.target(phrase) {
            Target::Criteria(abouts) if abouts.is_empty() => None,
            target @ (Target::Criteria(_) | Target::Body(Some(_))) => Some(target),
            _ => None,
        }
    }

    /// Past words for a time that open a subject: "even then early years".
    fn past_time(&self, start: usize, end: usize) -> usize {
        let timed = |at: usize| {
            [Class::Previous, Class::Current]
                .into_iter()
                .filter_map(|class| Some(self.lexeme(at, class)?.0))
                .filter(|next| *next < end && !self.has(at, Class::Determiner))
                .max()
        };
        let joint = start + usize::from(self.is_one_of(start, &["and", "but"]));
        let past = timed(joint).unwrap_or(start);
        past + usize::from(past > start && self.is_symbol(past, &[',']))
    }

    /// The rated criteria that own a subject: "care leavers, whose experiences".
    fn owner_of(&self, start: usize) -> Option<Target<'a>> {
        let whose = start
            .checked_sub(1)
            .filter(|&at| at > self.floor && self.is(at, "whose"))?;
        let end = whose - usize::from(self.is_symbol(whose - 1, &[',']));
        let from = self.phrase_start(end);
        let phrase = self.last_segment(from, end);
        let rated = |from: usize| trim(phrase.skip(from));
        let known = (0..phrase.len())
            .map(rated)
            .find(|part| (self.context.is_rated)(part.text()))?;
        Some(Target::Criteria(self.criteria(known)))
    }

    /// A place at the front of a phrase: "At Elm House the care of …", "In 2019 the force".
    fn place(&self, start: usize, end: usize) -> Option<(Option<Body<'a>>, Input<'a>)> {
        if !self.has(start, Class::Preposition) {
            return None;
        }
        let split = (start + 1..end).rev().find(|&at| {
            self.has(at, Class::Determiner) && !self.has(at - 1, Class::Preposition)
                || self.is_symbol(at, &[','])
        });
        let noted = |at: usize| self.has(at, Class::Determiner);
        if let Some(rest) = self.past_occasion(start, end)
            && !split.is_some_and(|split| split >= rest && noted(split))
        {
            return Some((None, self.last_segment(rest, end)));
        }
        let Some(split) = split else {
            let pronoun = self.has(end - 1, Class::Pronoun);
            return Some((None, self.part(if pronoun { end - 1 } else { end }, end)));
        };
        let name = trim(self.part(start + 1, split));
        let proper = is_proper(name, false);
        let body = proper.then_some(Body {
            input: name,
            proper,
        });
        let rest = if self.is_symbol(split, &[',']) {
            split + 1
        } else {
            split
        };
        Some((body, self.part(rest, end)))
    }

    /// Past a time or an occasion that opens a subject.
    ///
    /// `occasion = preposition *( determiner | acronym | date-part | inspection-noun | words for a round ) [","]`: "At the 2019
    /// inspection leadership", "In PEEL 2021/22 care", "In March 2022, food".
    fn past_occasion(&self, start: usize, end: usize) -> Option<usize> {
        let mut at = start + 1;
        let mut past = None;
        while at < end {
            let timed = self
                .lexeme(at, Class::Previous)
                .or_else(|| self.lexeme(at, Class::Current))
                .or_else(|| self.lexeme(at, Class::InspectionNoun))
                .map(|(next, _)| next);
            let token = self.token(at)?;
            let text = self.sentence.text_of(token);
            let acronym = text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_uppercase());
            let dated = matches!(
                token.kind,
                TokenKind::YearSpan | TokenKind::NumericDate | TokenKind::Ordinal
            ) || super::grade::is_year(self.at(at))
                || token.capital && token.classes.has(Class::Month);
            if let Some(next) = timed.or_else(|| dated.then_some(at + 1)) {
                past = Some(next);
                at = next;
            } else if acronym
                || self.has(at, Class::Quantifier)
                || token.classes.has(Class::NumberWord)
                || token.classes.has(Class::Determiner)
                || token.classes.has(Class::Preposition)
                || token.kind == TokenKind::Number
                || self.is(at, "same")
            {
                at += 1;
            } else {
                break;
            }
        }
        let past = past.filter(|&past| past < end)?;
        let comma = past + usize::from(self.is_symbol(past, &[',']));
        (comma < end && !self.has(comma, Class::Preposition)).then_some(comma)
    }

    /// The part of a phrase after its last comma; the whole where the commas part a list.
    pub(super) fn last_segment(&self, start: usize, end: usize) -> Input<'a> {
        let commas: Vec<usize> = (start..end)
            .filter(|&at| self.is_symbol(at, &[',']))
            .collect();
        let (Some(&first), Some(&last)) = (commas.first(), commas.last()) else {
            return self.without_joint(start, end);
        };
        let tail = self.without_joint(last + 1, end);
        if tail.is_empty() {
            return self.without_joint(start, first);
        }
        if last > start && names_what_it_is(tail) {
            return self.last_segment(start, last);
        }
        let clause = first == last && self.is(last + 1, "and");
        let first_part = self.without_joint(start, first);
        let named = (self.context.is_rated)(first_part.text())
            || (self.context.is_name)(first_part.text())
            || is_proper(first_part, false);
        // "Leaders gave the school a direction, and leadership was rated good": no list of two has a comma.
        if clause
            && !named
            && (start..first).any(|at| at > start && self.has(at, Class::Determiner))
        {
            return tail;
        }
        let last_and = (last + 1..end).any(|at| self.is(at, "and"));
        let noun = (last + 1..end).any(|at| self.lexeme(at, Class::GradeNoun).is_some());
        let listed = last_and
            && !noun
            && !self.has(start, Class::Preposition)
            && !self.has(start, Class::Adverb)
            && first - start <= LONGEST;
        if listed {
            self.without_joint(start, end)
        } else {
            tail
        }
    }

    fn without_joint(&self, start: usize, end: usize) -> Input<'a> {
        let joint =
            |at| self.is_one_of(at, &["and", "or", "but", "then"]) || self.is_symbol(at, &[',']);
        let start = (start..end).find(|&at| !joint(at)).unwrap_or(end);
        self.part(start, end)
    }

    /// Tells what a phrase is.
    pub(super) fn target(&self, phrase: Input<'a>) -> Target<'a> {
        if let Some(bodies) = self.bodies(phrase) {
            return Target::Criteria(bodies);
        }
        if let Some(alone) = self.only(phrase) {
            return alone;
        }
        if let Some(listed) = self.both(phrase) {
            return listed;
        }
        if let Some(count) = Self::count_of(phrase) {
            return count;
        }
        // "Overall the practice was": an adverb that no comma parts from the subject.
        if let Some((rest, _)) = phrase.lexeme(Class::Overall)
            && rest
                .first()
                .is_some_and(|token| token.classes.has(Class::Determiner))
        {
            return self.target(rest);
        }
        // "The number judged inadequate", "the vast majority of homes"
        if phrase.starts_with("the") && is_measure(phrase.skip(1)) || is_share(phrase) {
            return Target::Counted;
        }
        let Some(first) = phrase.first() else {
            return Target::Absent;
        };
        let contracted = [
            "it's",
            "they've",
            "we've",
            "we're",
            "i've",
            "they're",
            "it’s",
            "they’ve",
            "we’ve",
            "we’re",
            "i’ve",
            "they’re",
        ]
        .iter()
        .any(|word| phrase.starts_with(word));
        if phrase.len() == 1 && (first.classes.has(Class::Pronoun) || contracted) {
            let vague = ["these", "those", "them", "both"]
                .iter()
                .any(|word| phrase.starts_with(word));
            return if vague {
                Target::Vague
            } else {
                Target::Body(None)
            };
        }
        if let Some(asked) = self.asked_list(phrase) {
            return Target::Criteria(asked);
        }
        if let Some(place) = placed(trim(phrase)) {
            return self.last_at(place);
        }
        if phrase.starts_with("this") || phrase.starts_with("that") {
            return Self::pointed(phrase.skip(1));
        }
        if phrase.starts_with("these") || phrase.starts_with("those") {
            return self.asked_before(phrase).unwrap_or(Target::Vague);
        }
        let whole = (1..phrase.len()).find(|&at| {
            let rest = phrase.skip(at).lexeme(Class::Overall).map(|(rest, _)| rest);
            rest.is_some_and(Input::is_empty) && phrase.skip(at).starts_with("as")
        });
        if let Some(at) = whole {
            // "Elm Infirmary as a whole".
            return self.target(phrase.until(phrase.position() + at));
        }
        let bare = trim(phrase);
        if bare.is_empty() {
            return Target::Absent;
        }
        // "Our Trust" names none, for all its capital.
        let noted = phrase
            .first()
            .is_some_and(|first| first.classes.has(Class::Determiner));
        let common = noted
            && bare.len() == 1
            && bare
                .tokens()
                .iter()
                .all(|word| word.classes.has(Class::BodyNoun));
        if common && !noun::is_plural(bare) && !(self.context.is_name)(bare.text()) {
            return Target::Body(Some(Body {
                input: bare,
                proper: false,
            }));
        }
        // "The service" is the body, whatever a standard is called.
        let pointed = bare.len() == 1
            && phrase.len() > 1
            && bare
                .lexeme(Class::BodyNoun)
                .is_some_and(|(_, noun)| noun.canonical == "service")
            && !noun::is_plural(bare);
        if (pointed || !(self.context.is_name)(bare.text()))
            && bare
                .lexeme(Class::CriterionNoun)
                .is_none_or(|(rest, _)| rest.is_empty())
            && let Some(body) = self.body(bare)
        {
            return body;
        }
        Target::Criteria(self.criteria(phrase))
    }

    /// The two criteria of "both safety and respect"; bodies are counted.
    fn both(&self, phrase: Input<'a>) -> Option<Target<'a>> {
        let two = phrase.starts_with("both").then(|| phrase.skip(1))?;
        let abouts = self.criteria(two);
        let of_body = two
            .tokens()
            .iter()
            .any(|token| token.classes.has(Class::BodyNoun));
        (abouts.len() == 2 && !of_body).then_some(Target::Criteria(abouts))
    }

    /// The known criteria of "only leadership", the body of "only Elm House".
    fn only(&self, phrase: Input<'a>) -> Option<Target<'a>> {
        let only = phrase.starts_with("only") || phrase.starts_with("just");
        let rest = only.then(|| phrase.skip(1))?;
        if is_proper(rest, false) {
            return Some(Target::Body(Some(Body {
                input: rest,
                proper: true,
            })));
        }
        let abouts = self.criteria(rest);
        let known =
            |about: &About<'a>| matches!(about, About::Criterion(_)) && self.is_known(about);
        (!abouts.is_empty() && abouts.iter().all(known)).then_some(Target::Criteria(abouts))
    }

    /// "this key question" is what the heading names; "this home" is the body.
    fn pointed(noun: Input<'a>) -> Target<'a> {
        if noun.lexeme(Class::CriterionNoun).is_some() {
            Target::Criteria(vec![About::Heading])
        } else if noun.lexeme(Class::BodyNoun).is_some() {
            Target::Body(Some(Body {
                input: noun,
                proper: false,
            }))
        } else if noun.is_empty() {
            Target::Body(None)
        } else {
            Target::Vague
        }
    }

    /// Proper names that "both", "each" or "all" parts: "Elm and Ash were both".
    fn named_bodies(&self, phrase: Input<'a>) -> Option<Vec<About<'a>>> {
        let items =
            ending_alike(phrase).unwrap_or_else(|| enumeration(phrase, self.context.is_name));
        let named = items.len() > 1 && items.iter().all(|item| is_proper(*item, false));
        let known = items
            .iter()
            .any(|item| (self.context.is_rated)(item.text()));
        (named && !known).then(|| items.into_iter().map(About::Criterion).collect())
    }

    /// Several bodies by name, each of which has the grade: "both Elm House and Oak Lodge", "Ash Council and the Borough of Elm".
    fn bodies(&self, phrase: Input<'a>) -> Option<Vec<About<'a>>> {
        const WORDS: Classes = Classes::of(&[Class::BodyNoun, Class::BodyWord]);
        let both = phrase.starts_with("both");
        let joined = phrase.tokens().iter().any(|token| token.capital) && phrase.holds_word("and");
        if !joined || (self.context.is_name)(trim(phrase).text()) {
            return None;
        }
        if let Some(places) = self.services_of(phrase) {
            return Some(places);
        }
        let list = phrase.skip(usize::from(both));
        if let Some(items) = ending_alike(list) {
            return Some(items.into_iter().map(About::Criterion).collect());
        }
        let items = enumeration(list, self.context.is_name);
        // "Fire and Rescue Service" is one.
        let one = |item: &Input<'a>| {
            (0..item.len()).any(|at| {
                let here = item.restart_len(phrase.len()).skip(at);
                [Class::BodyWord, Class::BodyNoun].into_iter().any(|class| {
                    let end = here.lexeme(class).map(|(rest, _)| rest.position());
                    end.is_some_and(|end| end > item.position() + item.len())
                })
            })
        };
        if items.iter().any(one) {
            return None;
        }
        let body = |item: &Input<'a>| item.tokens().iter().any(|token| token.classes.meets(WORDS));
        // "Elm Infants, Oak Juniors and Ash School": one of three tells what the others are.
        let told =
            items.len() > 2 && items.iter().any(body) && items.iter().all(|item| item.len() > 1)
                || items.iter().filter(|item| body(item)).count() > 1;
        let named = items.iter().all(|item| {
            let rated = (self.context.is_rated)(item.text());
            is_proper(*item, false) && (body(item) || (both || told) && !rated)
        });
        (named && items.len() > 1).then(|| items.into_iter().map(About::Criterion).collect())
    }

    /// The places whose services a phrase names: "children's services in Elm, Oak and Ash".
    fn services_of(&self, phrase: Input<'a>) -> Option<Vec<About<'a>>> {
        let services = |at: &usize| {
            phrase.skip(*at).starts_with("services") && phrase.skip(at + 1).starts_with("in")
        };
        let at = (0..phrase.len()).find(services)?;
        let places = enumeration(phrase.skip(at + 2), self.context.is_name);
        let named = places.len() > 1 && places.iter().all(|place| is_capital(*place));
        named.then(|| places.into_iter().map(About::Criterion).collect())
    }

    /// One of the things that the last grade was given for, by its place among them.
    fn last_at(&self, place: Place) -> Target<'a> {
        let abouts = self.last.as_ref().map_or(&[][..], |last| &last.abouts);
        let about = match place {
            Place::At(at) => abouts.get(at),
            Place::Last => abouts.last(),
        };
        match about {
            Some(about) if abouts.len() > 1 => Target::Criteria(vec![about.clone()]),
            _ => Target::Vague,
        }
    }

    /// A body, one or several, where the phrase names one.
    fn body(&self, bare: Input<'a>) -> Option<Target<'a>> {
        if self.is_proper(bare) {
            return Some(Target::Body(Some(Body {
                input: bare,
                proper: true,
            })));
        }
        if let Some(input) = Self::body_of_grade(bare) {
            return Some(Target::Body(Some(Body {
                input,
                proper: true,
            })));
        }
        if let Some(input) = self.apposed(bare) {
            return Some(Target::Body(Some(Body {
                input,
                proper: true,
            })));
        }
        if bare
            .lexeme(Class::Overall)
            .is_some_and(|(rest, _)| rest.is_empty())
        {
            return Some(Target::Criteria(vec![About::Overall]));
        }
        let head = head(bare);
        let noun = head.starts().find_map(|here| {
            let found = here.lexeme(Class::BodyNoun);
            found.filter(|(rest, _)| rest.is_empty())
        });
        let (_, noun) = noun?;
        let alone = head.len() == 1 && bare.len() == 1 && noun.canonical == "service";
        let one = noun.canonical.ends_with("services") || alone;
        // "Children's services in four areas" are those of several.
        let several = bare.skip(head.len()).starts_with("in")
            && super::super::number::magnitude(bare.skip(head.len() + 1)).is_ok();
        if several {
            return Some(Target::Counted);
        }
        Some(if !one && noun::is_plural(head.skip(head.len() - 1)) {
            // "Services for older people" are one thing that is rated.
            let whom = head.len() == 1 && noun.canonical == "service";
            if Self::is_one_service(head) || whom && bare.skip(1).starts_with("for") {
                return None;
            }
            Target::Counted
        } else {
            let owner = Self::proper_owner(bare).filter(|_| one);
            Target::Body(Some(owner.unwrap_or(Body {
                input: bare,
                proper: false,
            })))
        })
    }

    /// The body whose service a phrase names: "Elm Council's children's services".
    fn proper_owner(phrase: Input<'a>) -> Option<Body<'a>> {
        let ends = |at: &usize| is_possessive(phrase.until(phrase.position() + at));
        let end = (1..phrase.len()).find(ends)?;
        let input = phrase.until(phrase.position() + end);
        (input.len() > 1 && is_proper(input, false)).then_some(Body {
            input,
            proper: true,
        })
    }

    /// The body of "Elm Ambulance Trust rating".
    fn body_of_grade(bare: Input<'a>) -> Option<Input<'a>> {
        let noun = bare.starts().skip(2).find_map(|here| {
            let (rest, _) = here.lexeme(Class::GradeNoun)?;
            rest.is_empty().then_some(here.position())
        })?;
        let name = bare.until(noun);
        let last = name.tokens().last()?;
        let body = last.classes.has(Class::BodyWord) && last.capital;
        (body && is_proper(name, false)).then_some(name)
    }

    /// The proper name that ends a phrase whose other words are a common noun for it: "its neighbour Elm House Surgery".
    fn apposed(&self, bare: Input<'a>) -> Option<Input<'a>> {
        let small =
            |token: &&crate::grammar::Token| token.kind == TokenKind::Word && !token.capital;
        let at = bare.tokens().iter().position(|token| token.capital)?;
        let (before, name) = (bare.tokens().get(..at)?, bare.skip(at));
        let noun = before.last().filter(|last| {
            !last.classes.has(Class::Preposition)
                && !last.classes.has(Class::Determiner)
                && !last.classes.has(Class::Conjunction)
        });
        let known = (self.context.is_rated)(name.text()) || (self.context.is_name)(name.text());
        (noun.is_some()
            && !known
            && before.iter().all(|token| small(&token))
            && is_proper(name, true))
        .then_some(name)
    }

    /// Whether a plural is the name of one thing that is rated: "maternity services", not "services" or "other services".
    fn is_one_service(head: Input<'a>) -> bool {
        let (modifier, noun) = (head.first(), head.skip(head.len().saturating_sub(1)));
        let service = noun
            .lexeme(Class::BodyNoun)
            .is_some_and(|(_, noun)| noun.canonical == "service");
        let named = modifier.is_some_and(|token| {
            let loose = Classes::of(&[
                Class::Determiner,
                Class::Adverb,
                Class::NumberWord,
                Class::RatingVerb,
                Class::Conjunction,
            ]);
            token.kind == TokenKind::Word && !token.classes.meets(loose)
        });
        service && head.len() > 1 && named
    }

    /// The criteria that a phrase lists.
    pub(super) fn criteria(&self, phrase: Input<'a>) -> Vec<About<'a>> {
        let phrase = self.without_noun(phrase);
        enumeration(phrase, self.context.is_name)
            .into_iter()
            .filter(|item| item.len() <= LONGEST)
            .map(|item| self.about(item))
            .collect()
    }

    /// Without "the overall effectiveness of", "the ratings for" and "the areas of", where what follows is no body: the list starts
    /// after them.
    fn without_noun(&self, phrase: Input<'a>) -> Input<'a> {
        const HOLDERS: &[&str] = &["area", "key question", "domain", "category", "theme"];
        let found = phrase.starts().find_map(|here| {
            let holder = here
                .lexeme(Class::CriterionNoun)
                .filter(|(_, noun)| HOLDERS.contains(&noun.canonical));
            [
                here.lexeme(Class::Overall),
                here.lexeme(Class::GradeNoun),
                holder,
            ]
            .into_iter()
            .flatten()
            .find(|(rest, _)| linked(*rest))
            .map(|(rest, _)| trim(rest.skip(1)))
        });
        match found {
            Some(of) if !(self.context.is_name)(trim(phrase).text()) && self.body(of).is_none() => {
                of
            }
            _ => phrase,
        }
    }

    /// What one item of a list of criteria is.
    fn about(&self, item: Input<'a>) -> About<'a> {
        let item = self.without_owner(without_old_name(item));
        if (self.context.is_rated)(item.text()) {
            return About::Criterion(item);
        }
        if item.starts_with("this")
            && let Target::Criteria(mut pointed) = Self::pointed(item.skip(1))
            && let Some(about) = pointed.pop()
        {
            return about;
        }
        if let Some(named) = self.without_last_noun(item) {
            return About::Criterion(named);
        }
        if let Some(asked) = Self::asked(item) {
            return About::Criterion(asked);
        }
        if let Some(named) = self.without_whole(item) {
            return About::Criterion(named);
        }
        let noun = |item: Input<'a>| {
            item.lexeme(Class::Overall).or_else(|| {
                item.lexeme(Class::GradeNoun)
                    .filter(|(rest, noun)| noun.canonical == "rating" || linked(*rest))
            })
        };
        let whole = |(rest, _): &(Input<'a>, _)| {
            rest.is_empty() || linked(*rest) && self.body(trim(rest.skip(1))).is_some()
        };
        if noun(item).as_ref().is_some_and(whole) || Self::ends_with_rating(item) {
            return About::Overall;
        }
        self.rated_end(item)
            .map_or(About::Criterion(item), About::Criterion)
    }

    /// Without the body that has it: "safety" of "the prison's safety".
    fn without_owner(&self, item: Input<'a>) -> Input<'a> {
        let owned = |at: usize| item.skip(at).starts_with_owner(Class::BodyNoun);
        let of = (0..item.len().min(2)).find(|&at| owned(at));
        match of.map(|at| trim(item.skip(at + 1))) {
            Some(named) if !named.is_empty() && !(self.context.is_name)(item.text()) => named,
            _ => item,
        }
    }

    /// The rated criterion before the body that has it: "responsiveness" of "responsiveness of services".
    fn without_whole(&self, item: Input<'a>) -> Option<Input<'a>> {
        let of = (1..item.len()).find(|&at| item.skip(at).starts_with("of"))?;
        let whole = trim(item.skip(of + 1));
        let body = whole
            .lexeme(Class::BodyNoun)
            .is_some_and(|(rest, _)| rest.is_empty());
        let named = item.until(item.position() + of);
        (body && (self.context.is_rated)(named.text())).then_some(named)
    }

    /// The criteria of "how safe and well-led the service".
    pub(super) fn asked_list(&self, phrase: Input<'a>) -> Option<Vec<About<'a>>> {
        let asked = Self::asked(phrase)?;
        let list = enumeration(asked, self.context.is_name);
        (!list.is_empty()).then(|| list.into_iter().map(About::Criterion).collect())
    }

    /// What "those areas" stands for, in this sentence or the one before: "did not look at how caring and responsive the home was, so
    /// the ratings for those areas".
    fn asked_before(&self, phrase: Input<'a>) -> Option<Target<'a>> {
        let noun = phrase.skip(1);
        let areas = noun.is_empty()
            || noun.lexeme(Class::CriterionNoun).is_some()
            || noun.lexeme(Class::GradeNoun).is_some();
        if !areas {
            return None;
        }
        let start = self.sentence.position();
        let here = self.part(self.floor, phrase.position() - start);
        let before = self
            .sentence
            .widen(start.saturating_sub(self.context.before));
        let asked = |words: Input<'a>| words.starts().rev().find(|word| word.starts_with("how"));
        let how = asked(here).or_else(|| asked(before.until(start)))?;
        self.asked_list(how).map(Target::Criteria)
    }

    /// "how responsive the service" is "responsive", and "how it responds to the public" on what it does.
    fn asked(item: Input<'a>) -> Option<Input<'a>> {
        let before = item
            .position()
            .checked_sub(1)
            .and_then(|at| item.lexed().tokens.get(at));
        let inside = item.starts_with("how");
        let outside = before.is_some_and(|token| item.text_of(token).eq_ignore_ascii_case("how"));
        if !(inside || outside) {
            return None;
        }
        let core = item.skip(usize::from(inside));
        let pronoun = core.first().is_some_and(|token| {
            token.classes.has(Class::Pronoun) && !token.classes.has(Class::Determiner)
        });
        let verb = core.skip(1);
        if pronoun && verb.len() > 1 && verb.lexeme(Class::Auxiliary).is_none() {
            return Some(verb);
        }
        let end = (1..core.len()).find(|&at| {
            let here = core.skip(at);
            here.first().is_some_and(|token| {
                token.classes.has(Class::Determiner) || token.classes.has(Class::Pronoun)
            })
        })?;
        let manner = ["well", "good", "effectively", "effective"];
        // "How effective the service [is]" is on itself.
        let last = core.tokens().last();
        let is =
            last.is_some_and(|token| token.classes.has(Class::Auxiliary)) || core.len() <= end + 2;
        if end == 1 && !is && manner.iter().any(|word| core.starts_with(word)) {
            // "How well it supports people" is on what it does.
            let done = core.skip(end + 1);
            return (!done.is_empty()).then_some(done);
        }
        Some(core.until(core.position() + end))
    }

    /// Whether an item is the rating of a body: "the home's overall rating".
    fn ends_with_rating(item: Input<'a>) -> bool {
        (1..item.len()).any(|at| {
            let here = item.skip(at);
            let noun = here
                .lexeme(Class::Overall)
                .or_else(|| here.lexeme(Class::GradeNoun));
            let owner = item.until(item.position() + at);
            noun.is_some_and(|(rest, _)| rest.is_empty()) && is_possessive(owner)
        })
    }

    /// The rated criterion that an item ends with, after a preposition: "the school's work on personal development".
    pub(super) fn rated_end(&self, item: Input<'a>) -> Option<Input<'a>> {
        (1..item.len()).find_map(|at| {
            let rest = item.skip(at);
            let before = item.skip(at - 1).first();
            let starts = before.is_some_and(|token| token.classes.has(Class::Preposition));
            (starts && (self.context.is_rated)(trim(rest).text())).then(|| trim(rest))
        })
    }

    /// The rated criterion before a noun for its grade: "leadership" of "its leadership grade".
    fn without_last_noun(&self, item: Input<'a>) -> Option<Input<'a>> {
        let noun = |here: &Input<'a>| {
            let noun = here.lexeme(Class::GradeNoun);
            let noun = noun.or_else(|| here.lexeme(Class::CriterionNoun));
            noun.is_some_and(|(rest, _)| rest.is_empty())
        };
        let last = item.starts().skip(1).find(noun)?;
        let named = trim(item.until(last.position()));
        let owned = |rest: &Input<'a>| is_possessive(named.until(rest.position()));
        // "The trust's safety rating"
        let named = named.starts().skip(1).find(owned).unwrap_or(named);
        let graded = last.lexeme(Class::GradeNoun).is_some();
        let known = (self.context.is_rated)(named.text());
        (known || graded && self.is_aspect(named)).then_some(named)
    }

    /// Whether words before a noun for a grade name what is graded: "safety" in "its safety rating".
    pub(super) fn is_aspect(&self, name: Input<'a>) -> bool {
        let aspect = name.lexeme(Class::GradedAspect);
        (self.context.is_rated)(name.text()) || aspect.is_some_and(|(rest, _)| rest.is_empty())
    }

    /// Whether a phrase is the proper name of a body.
    pub(super) fn is_proper(&self, phrase: Input<'a>) -> bool {
        let start = phrase.position() - self.sentence.position();
        let opens = start <= 1 || self.is_symbol(start - 1, &[':', '"', '“', '‘']);
        let capitals = phrase.tokens().iter().filter(|token| token.capital);
        is_proper(phrase, opens)
            && !(opens && capitals.count() == 1 && Self::is_one_service(phrase))
    }
}

/// Whether a phrase says of a criterion that it is one: "an area [rated poor last time]".
fn names_what_it_is(phrase: Input<'_>) -> bool {
    const NOUNS: [&str; 4] = ["area", "aspect", "judgement", "criterion"];
    let article = phrase.starts_with("a") || phrase.starts_with("an");
    let last = phrase.tokens().last().map(|token| phrase.text_of(token));
    let is_noun = last.is_some_and(|last| NOUNS.contains(&last));
    article && phrase.len() <= NOUNS.len() && is_noun
}

/// Whether a phrase ends with a name to which what follows belongs: "the trust's".
pub(super) fn is_possessive(phrase: Input<'_>) -> bool {
    phrase.text().ends_with("'s") || phrase.text().ends_with("’s")
}

/// Whether a phrase is the proper name of a body: capitals on all its words, a common noun for a body at its end aside. Where it
/// `opens` a sentence, the capital of the first word says nothing.
pub fn is_proper(phrase: Input<'_>, opens: bool) -> bool {
    let small = Classes::of(&[Class::Preposition, Class::Conjunction, Class::Determiner]);
    let words = phrase
        .tokens()
        .iter()
        .filter(|token| token.kind == TokenKind::Word);
    let (mut capitals, mut others, mut bodies) = (0, 0, 0);
    for token in words.filter(|token| token.capital || !token.classes.meets(small)) {
        capitals += usize::from(token.capital);
        bodies += usize::from(!token.capital && token.classes.has(Class::BodyNoun));
        others += usize::from(!token.capital);
    }
    let joined = phrase
        .tokens()
        .iter()
        .any(|token| token.classes.has(Class::Conjunction) && !token.capital);
    let enough = match (opens, joined) {
        (true, true) => 2 + bodies,
        (true, false) => 2,
        (false, _) => 1,
    };
    let first = phrase.first().is_some_and(|token| token.capital);
    first
        && phrase.len() <= LONGEST
        && others == bodies
        && bodies <= 1
        && capitals + bodies >= enough
}

/// A place in a list that was given before.
#[derive(Clone, Copy)]
enum Place {
    At(usize),
    Last,
}

/// Which thing of a list a phrase points to.
///
/// `placed = ("first" | "second" | "third" | "former" | "last" | "latter") ["of" ("these" | "those" | "them" | "which")]`
fn placed(phrase: Input<'_>) -> Option<Place> {
    let places = [
        ("first", Place::At(0)),
        ("former", Place::At(0)),
        ("second", Place::At(1)),
        ("third", Place::At(2)),
        ("last", Place::Last),
        ("latter", Place::Last),
    ];
    let (_, place) = places.iter().find(|(word, _)| phrase.starts_with(word))?;
    let of = phrase.skip(1);
    let points = ["these", "those", "them", "which"]
        .iter()
        .any(|word| of.skip(1).starts_with(word));
    (of.is_empty() || of.starts_with("of") && points && of.len() == 2).then_some(*place)
}

/// Whether "of" or "for" follows a noun.
fn linked(rest: Input<'_>) -> bool {
    rest.starts_with("of") || rest.starts_with("for")
}

/// The words of a phrase before its first preposition.
fn head(phrase: Input<'_>) -> Input<'_> {
    let end = phrase
        .tokens()
        .iter()
        .position(|token| {
            token.classes.has(Class::Preposition)
                || !matches!(
                    token.kind,
                    TokenKind::Word | TokenKind::Number | TokenKind::Symbol('-')
                )
        })
        .unwrap_or(phrase.len());
    phrase.until(phrase.position() + end)
}

/// Whether nothing but a noun for a number or share of things stands here: "number", "proportion".
fn is_measure(input: Input<'_>) -> bool {
    let noun = input.lexeme(Class::Column);
    noun.is_some_and(|(rest, noun)| rest.is_empty() && matches!(noun.canonical, "number" | "share"))
}

/// Whether a share of several things, or most of them, opens a phrase.
///
/// `share = *3word share-noun "of"`
fn is_share(phrase: Input<'_>) -> bool {
    /// Words before the noun: "the vast", "a much larger".
    const LONGEST: usize = 3;
    let mut words = phrase.starts().take(LONGEST + 1);
    words.any(|word| {
        let noun = word.lexeme(Class::ShareNoun);
        noun.is_some_and(|(rest, _)| rest.starts_with("of"))
    })
}

/// A name without the older one in brackets behind it: "release (previously called planning)".
fn without_old_name(item: Input<'_>) -> Input<'_> {
    let open = (1..item.len()).find(|&at| item.skip(at).starts_with("("));
    let old = open.filter(|&open| {
        let closed = item.skip(item.len() - 1).starts_with(")");
        closed && item.skip(open + 1).lexeme(Class::Previous).is_some()
    });
    old.map_or(item, |open| item.until(item.position() + open))
}
