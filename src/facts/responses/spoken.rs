//! What the body says in quotations.

use super::{
    Response, covered, in_order,
    listed::{Listed, says_all, stems},
    speech::{accepts_all, acts_since, has_acted, inspects, own, promises, takes_findings},
};
use crate::{
    facts::{
        Place, lists,
        quotations::{self, Quotation},
        reading::{Reading, Sentence},
    },
    grammar::{
        Class, Input,
        response::{self, Stance},
    },
    span::Span,
};

/// What the body says in a quotation: its first promise, with the words that say who speaks, and each further sentence on an issue
/// of its own. Only in a document that lists issues or (`rated`) states ratings, or where the speaker accepts the findings.
pub(super) fn spoken(
    reading: &Reading<'_>,
    listed: &Listed,
    known: &[Response],
    rated: bool,
) -> Vec<Response> {
    let taken = in_order(known.iter().map(|response| response.span));
    let mut found = Vec::new();
    let mut inspector = false;
    for quotation in quotations::quotations(reading) {
        let Some(speaker) = quotation.speaker else {
            continue;
        };
        let pronoun = is_pronoun(reading, speaker);
        if !pronoun {
            inspector = speaker_inspects(reading, speaker);
        } else if let Some(named) = sentence_before(reading, quotation.place) {
            inspector = inspects(lists::opening(named));
        }
        if !inspector && (pronoun || !is_bystander(reading, speaker)) {
            found.extend(in_quotation(reading, listed, &taken, &quotation, rated));
        }
    }
    found
}

/// What the body says in one quotation, where nothing of it that is `taken` answers already.
fn in_quotation(
    reading: &Reading<'_>,
    listed: &Listed,
    taken: &[Span],
    quotation: &Quotation,
    rated: bool,
) -> Vec<Response> {
    let whole = Span::new(quotation.from.min(quotation.span.start), quotation.span.end);
    // Only the words of this quotation: a sentence may hold several.
    let sentences: Vec<Input<'_>> = lists::sentences_over(reading, whole)
        .map(|sentence| lists::within(reading.input(sentence), whole))
        .filter(|said| !said.is_empty())
        .collect();
    let mut statements = Statements::new(reading, listed, quotation, &sentences);
    let is_taken = |said: &Input<'_>| covered(taken, said.span().start);
    let answered = sentences.iter().any(is_taken);
    let opening = if answered {
        None
    } else {
        statements.opening(&sentences, quotation.span, rated)
    };
    if opening.is_none() && !answered && !sentences.iter().any(|said| names_issues(*said)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let opened = opening.as_ref().map(|(at, _)| *at);
    if let Some((at, to)) = opening {
        let promise = sentences.get(at).map_or(whole, |said| said.span());
        let span = Span::new(whole.start, promise.end.max(whole.start));
        found.push(Response {
            to,
            stance: statements.accepts.then_some(Stance::Accepted),
            noun: None,
            span,
            extent: span,
            place: quotation.place,
        });
    }
    for (at, said) in sentences.iter().enumerate() {
        let inner = lists::within(*said, quotation.span);
        if opened != Some(at)
            && !is_taken(said)
            && let Some(to) = statements.further(inner)
        {
            let place = place_of(reading, quotation.place, inner);
            found.push(Response::plain(to, inner, place));
        }
    }
    found
}

/// Whether the words that name a speaker are a pronoun.
fn is_pronoun(reading: &Reading<'_>, speaker: Span) -> bool {
    let name = reading.document.text_of(speaker).trim();
    ["he", "she", "they"]
        .iter()
        .any(|word| name.eq_ignore_ascii_case(word))
}

/// Whether the words that name a speaker name someone who neither inspects nor answers for the body.
fn is_bystander(reading: &Reading<'_>, speaker: Span) -> bool {
    lists::sentences_over(reading, speaker).any(|sentence| {
        let named = lists::within(reading.input(sentence), speaker);
        named.holds(Class::Bystander)
    })
}

/// Whether a sentence opens with the issues that it speaks to: "On the three areas for improvement, …".
fn names_issues(said: Input<'_>) -> bool {
    response::addressee(unquoted(said)).is_ok()
}

/// Words without a mark that opens their quotation.
fn unquoted(said: Input<'_>) -> Input<'_> {
    crate::grammar::quote_mark(said).map_or(said, |(words, _)| words)
}

/// Where words of the block of `place` stand.
fn place_of(reading: &Reading<'_>, place: Place, words: Input<'_>) -> Place {
    let start = words.span().start;
    let holds = |sentence: &&Sentence| reading.input(sentence).span().end > start;
    let mut sentences = reading.sentences.iter().skip(place.sentence);
    sentences
        .find(holds)
        .map_or(place, |sentence| sentence.place)
}

/// Words of a name with an office, at least.
const LEAST_NAME: usize = 3;

/// What one speaker says in one quotation.
struct Statements<'a> {
    listed: &'a Listed,
    /// Whether the speaker accepts anything.
    accepts: bool,
    /// Whether the speaker has a name or office, rather than being one of many: not "one told us".
    names_speaker: bool,
    /// The issues that were answered, by their places.
    taken: Vec<Span>,
}

impl<'a> Statements<'a> {
    /// Nothing answered yet.
    fn new(
        reading: &Reading<'_>,
        listed: &'a Listed,
        quotation: &Quotation,
        sentences: &[Input<'_>],
    ) -> Self {
        let accepts = |said: &Input<'_>| said.holds(Class::Accepted);
        let name = quotation.speaker.unwrap_or(quotation.span);
        let words = reading.document.text_of(name).split_whitespace();
        Self {
            listed,
            accepts: sentences.iter().any(accepts),
            names_speaker: words.count() >= LEAST_NAME,
            taken: Vec::new(),
        }
    }

    /// The first sentence that ties an action to the findings, and the numbers that it speaks to.
    fn opening(
        &mut self,
        sentences: &[Input<'_>],
        quotation: Span,
        rated: bool,
    ) -> Option<(usize, Vec<String>)> {
        let said: Vec<Input<'_>> = sentences
            .iter()
            .map(|&sentence| lists::within(sentence, quotation))
            .collect();
        let first = |test: &dyn Fn(Input<'_>) -> bool| said.iter().position(|&said| test(said));
        let owns_up = sentences
            .iter()
            .any(|&sentence| own(sentence) && sentence.holds(Class::Remorse));
        let bare = self.listed.issues.is_empty();
        let acted = sentences.iter().zip(&said).position(|(&sentence, &said)| {
            acts_since(sentence) || rated && bare && own(said) && has_acted(said)
        });
        // "We have repaired the showers", where the showers were found broken.
        let about = first(&|said| {
            let acts = own(said) && promises(said, &["have"]);
            self.names_speaker && acts && self.listed.shares(&stems(said))
        });
        if bare && !self.accepts && !owns_up && acted.is_none() && about.is_none() {
            return None;
        }
        let promise = first(&|said| {
            promises(said, &["will"]) && (own(said) || self.listed.shares(&stems(said)))
        });
        let done = first(&|said| {
            (self.accepts || owns_up) && own(said) && promises(said, &["have", "am", "are"])
        });
        let specific = promise.or(acted);
        let taken = first(&takes_findings);
        let mut at = specific.or(done).or(about).or(taken)?;
        let acts = |&at: &usize| {
            let said = said.get(at);
            said.is_some_and(|&said| promises(said, &["have", "will", "are"]))
        };
        if let Some(taken) = taken.filter(acts)
            && self.listed.all().is_empty()
        {
            // Nothing has a number that a later promise could answer.
            at = at.min(taken);
        }
        let sentence = *sentences.get(at)?;
        let all = || specific.is_none() && sentences.iter().any(|&said| accepts_all(said));
        Some((at, self.answered_by(sentence, all())))
    }

    /// The numbers that a sentence answers: `all`, those of which it says so, or the one that is nearest.
    fn answered_by(&mut self, sentence: Input<'_>, all: bool) -> Vec<String> {
        if all || says_all(sentence) {
            let issues = self.listed.issues.iter();
            self.taken.extend(issues.map(|issue| issue.span));
            return self.listed.all();
        }
        let nearest = self.listed.nearest(&stems(sentence));
        self.taken.extend(nearest.map(|issue| issue.span));
        self.listed.resolve_statement(sentence)
    }

    /// The number that a further sentence speaks to, where it says what was or will be done about a numbered issue that was not
    /// answered yet.
    fn further(&mut self, said: Input<'_>) -> Option<Vec<String>> {
        if let Ok((_, to)) = response::addressee(unquoted(said))
            && let Some(to) = self.listed.addressed(&to, said.span().start)
        {
            return Some(to);
        }
        let acts = promises(said, &["will", "have", "has"])
            || (0..said.len()).any(|at| {
                said.skip(at).starts_with("now") && at > 0 && {
                    let before = said.skip(at - 1);
                    before.starts_with("is") || before.starts_with("are")
                }
            });
        let issue = self.listed.nearest(&stems(said)).filter(|_| acts)?;
        if issue.number.is_empty() || self.taken.contains(&issue.span) {
            return None;
        }
        self.taken.push(issue.span);
        Some(vec![issue.number.clone()])
    }
}

/// The sentence before a place in its block, which names whom a pronoun stands for.
fn sentence_before<'a>(reading: &'a Reading<'_>, place: Place) -> Option<Input<'a>> {
    let sentence = reading.sentences.get(place.sentence)?;
    reading
        .previous(sentence)
        .map(|before| reading.input(before))
}

/// Whether the words that name a speaker name an inspector.
fn speaker_inspects(reading: &Reading<'_>, speaker: Span) -> bool {
    lists::sentences_over(reading, speaker)
        .any(|sentence| inspects(lists::within(reading.input(sentence), speaker)))
}
