//! What changes and comparisons share: the values of a sentence, those of the sentence before, and what is measured.

use super::{
    Fact, Place,
    reading::{Reading, Sentence},
    schema::{DATE, date::Slot},
};
use crate::{
    grammar::{
        Class, Classes, Input, TokenKind, base,
        change::VERBS,
        comparison::Comparison,
        level::{self, Level},
        noun,
        number::Quantity,
    },
    span::Span,
    value::{Days, Label, Number, Unit, Value},
};

/// Longest measure, in tokens.
const MEASURE: usize = 14;

/// A sentence with its values.
#[derive(Clone, Debug)]
pub(super) struct Words<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) input: Input<'a>,
    pub(super) levels: &'a [Level],
    pub(super) comparisons: &'a [Comparison],
    pub(super) place: Place,
    /// Whether a number, fraction or multiple may stand in it.
    valued: bool,
    dates: &'a Dates,
}

/// Classes of which one stands in every value.
const VALUED: Classes = Classes::NUMERIC.or(Classes::of(&[
    Class::Fraction,
    Class::Multiple,
    Class::Unchanged,
]));

/// The dates of a document, in order of place.
#[derive(Debug)]
pub(super) struct Dates(Vec<(Span, Days)>);

impl Dates {
    /// Those among the facts found so far.
    pub(super) fn new(facts: &[Fact]) -> Self {
        let dates = facts.iter().filter(|fact| fact.kind == DATE);
        let mut dates: Vec<_> = dates
            .filter_map(|fact| {
                let from = fact.get(Slot::from).as_days()?;
                let to = fact.get(Slot::to).as_days()?;
                Some((fact.span, Days::new(from.from(), to.to())?))
            })
            .collect();
        dates.sort_unstable_by_key(|(span, _)| span.start);
        Self(dates)
    }

    /// The first date that starts under a span.
    fn first_in(&self, span: Span) -> Option<(Span, Days)> {
        let at = self.0.partition_point(|(date, _)| date.start < span.start);
        self.0
            .get(at)
            .copied()
            .filter(|(date, _)| date.start < span.end)
    }
}

/// Whether what follows is said beside a value: it stands in brackets, or is the rate that the value makes ("473, a rate of").
fn is_aside(before: Input<'_>) -> bool {
    const RATE: [&str; 4] = [",", "a", "rate", "of"];
    let end = before.len().saturating_sub(RATE.len());
    let rate = RATE
        .iter()
        .enumerate()
        .all(|(at, word)| before.skip(end + at).starts_with(word));
    rate || before.ends_in_brackets()
}

impl<'a> Words<'a> {
    fn new(reading: &'a Reading<'a>, sentence: &Sentence, dates: &'a Dates) -> Self {
        let values = reading.values(sentence);
        Self {
            reading,
            input: reading.input(sentence),
            levels: values.map_or(&[], |values| &values.levels),
            comparisons: values.map_or(&[], |values| &values.comparisons),
            place: sentence.place,
            valued: sentence.classes.meets(VALUED),
            dates,
        }
    }

    /// Whether nothing is compared and no value stands in it nor in any of the sentences before: there is nothing to relate.
    pub(super) fn is_barren(&self, before: &[Self]) -> bool {
        self.comparisons.is_empty() && !self.valued && !before.iter().any(|words| words.valued)
    }

    /// The last value before token `at` whose unit goes with `unit`; any value where no unit is known.
    pub(super) fn before(&self, at: usize, unit: Option<Unit>) -> Option<Quantity> {
        let last = |levels: &[Level]| match unit {
            Some(unit) => level::before(levels, at, base::fits(unit)),
            None => level::before(levels, at, |_| true),
        };
        match self.outside_brackets(at) {
            Some(outside) => last(&outside).or_else(|| {
                let wanted = |level: &Level| {
                    let fits = |unit| base::fits(unit)(level.quantity.number.unit());
                    level.tokens.end <= at && unit.is_none_or(fits)
                };
                let inside = self.opens_bracket() && !outside.iter().any(wanted);
                inside.then(|| last(self.levels)).flatten()
            }),
            None => last(self.levels),
        }
    }

    /// Whether the first bracket of the sentence opens. One that only closes began in words that stand elsewhere, and all before it
    /// is an aside to them.
    fn opens_bracket(&self) -> bool {
        let mut marks = self.input.tokens().iter().map(|token| token.kind);
        marks.find(|kind| matches!(kind, TokenKind::Symbol('(' | ')')))
            != Some(TokenKind::Symbol(')'))
    }

    /// The values without those in a bracket that closes before token `at`: "£7,030 (37 visits at £190 each), 15% below". `None`
    /// where no value stands in such a bracket.
    fn outside_brackets(&self, at: usize) -> Option<Vec<Level>> {
        let closed = |level: &Level| {
            let between = self.input.restart(level.tokens.end).until(at);
            let mut marks = between.tokens().iter().map(|token| token.kind);
            let first = marks.find(|kind| matches!(kind, TokenKind::Symbol('(' | ')')));
            first == Some(TokenKind::Symbol(')'))
        };
        let before = |level: &&Level| level.tokens.end <= at;
        let any = self.levels.iter().filter(before).any(closed);
        let open = self.levels.iter().filter(|level| !closed(level));
        any.then(|| open.cloned().collect())
    }

    /// The last value in percentage points before token `at`, be it a gap: what a gap narrows or widens to.
    pub(super) fn gap_before(&self, at: usize) -> Option<Quantity> {
        let end = self.levels.partition_point(|level| level.tokens.end <= at);
        let mut before = self.levels.get(..end)?.iter().rev().take(3);
        before
            .find(|level| level.quantity.number.unit() == Unit::Points)
            .map(|level| level.quantity.clone())
    }

    /// Whether the sentence says what should be and not what is: "It should answer 90%", "The target is 95%".
    pub(super) fn sets_aim(&self) -> bool {
        let first = self.levels.first().map_or(0, |level| level.tokens.start);
        let before = self.input.until(first);
        before.starts().any(|here| {
            ["should", "must"].iter().any(|word| here.starts_with(word))
                || here
                    .lexeme(Class::Reference)
                    .is_some_and(|(_, word)| word.canonical == "target")
        })
    }

    /// The same; a bare number goes with the only value of the sentence, whatever its unit: "14 weeks, against nine".
    pub(super) fn compared(&self, at: usize, unit: Option<Unit>) -> Option<Quantity> {
        self.before(at, unit).or_else(|| {
            let only = self.levels.first().filter(|level| level.tokens.end <= at)?;
            let next = self
                .levels
                .get(1)
                .is_none_or(|next| next.tokens.start >= at);
            (unit == Some(Unit::None) && next && !only.amount && !only.alternative)
                .then(|| only.quantity.clone())
        })
    }

    /// The value that the clause goes on to after an aside that ends before token `at`: "Absence, up from 3%, now stands at 4%".
    pub(super) fn after(&self, at: usize, unit: Option<Unit>) -> Option<Quantity> {
        const LEADS: Classes = Classes::of(&[
            Class::Auxiliary,
            Class::Verb,
            Class::Current,
            Class::Hedge,
            Class::Adverb,
            Class::Preposition,
            Class::PastVerb,
        ]);
        let unit = unit?;
        let next = self.levels.partition_point(|level| level.tokens.start < at);
        let level = self.levels.get(next)?;
        let between = self.input.restart(at).until(level.tokens.start);
        let comma = between
            .tokens()
            .iter()
            .rposition(|token| matches!(token.kind, TokenKind::Symbol(',' | ')' | '–' | '—')))?;
        let lead = between.skip(comma + 1);
        let lead = if lead.starts_with("and") {
            lead.skip(1)
        } else {
            lead
        };
        let verb = lead.first().is_some_and(|_| lead.len() <= 4)
            && lead.tokens().iter().all(|token| token.classes.meets(LEADS));
        (verb
            && between.len() <= MEASURE
            && !level.amount
            && base::fits(unit)(level.quantity.number.unit()))
        .then(|| level.quantity.clone())
    }

    /// The first value after byte `end` of the clause that a leading comparison opens: "Against a target of 90%, it answered 84%".
    pub(super) fn led(&self, comparison: &Comparison, unit: Option<Unit>) -> Option<Quantity> {
        if comparison.first > self.input.position() + 1 {
            return None;
        }
        let unit = unit.filter(|&unit| unit != Unit::None)?;
        let next = self
            .levels
            .partition_point(|level| level.quantity.span.start < comparison.span.end);
        let after = self.levels.get(next..)?;
        let fits = |level: &&Level| base::fits(unit)(level.quantity.number.unit());
        let states = |level: &&Level| !level.amount && !level.alternative && !level.base;
        after
            .iter()
            .take(2)
            .find(|level| fits(level) && states(level))
            .map(|level| level.quantity.clone())
    }

    /// The value that ends right before the mark before token `at`, whatever its unit, for a bare number: "47 days; it was 61".
    pub(super) fn right_before(&self, at: usize, unit: Unit) -> Option<Quantity> {
        let end = self.levels.partition_point(|level| level.tokens.end <= at);
        let level = self.levels.get(end.checked_sub(1)?)?;
        (unit == Unit::None && level.tokens.end + 1 == at && !level.amount)
            .then(|| level.quantity.clone())
    }

    /// The last value that the sentence states, where no other follows it: what the next sentence may speak of.
    pub(super) fn closing(&self, unit: Unit) -> Option<Quantity> {
        let plain = |level: &&Level| !level.amount && !level.base && !level.alternative;
        let level = self.levels.iter().rev().take(4).find(plain)?;
        if base::fits(unit)(level.quantity.number.unit()) {
            return Some(level.quantity.clone());
        }
        level
            .share
            .clone()
            .filter(|share| base::fits(unit)(share.number.unit()))
    }

    /// Index of the token after the sentence.
    pub(super) fn end(&self) -> usize {
        self.input.position() + self.input.len()
    }

    /// The last value of the sentence whose unit goes with `unit`; an aside only where there is no other.
    pub(super) fn last(&self, unit: Option<Unit>) -> Option<Quantity> {
        if !self.opens_bracket() {
            return self.before(self.end(), unit);
        }
        let before_aside = self
            .levels
            .iter()
            .rev()
            .find(|level| !is_aside(self.input.until(level.tokens.start)))
            .and_then(|level| self.before(level.tokens.end, unit));
        before_aside.or_else(|| self.before(self.end(), unit))
    }

    /// Whether a period of this sentence lies before or after that of a value of the `other` one, where both are dated.
    pub(super) fn date_beside(
        &self,
        other: &Self,
        period: Option<Span>,
        value: &Quantity,
    ) -> Option<std::cmp::Ordering> {
        let (span, here) = self.dates.first_in(period?)?;
        let rest = Span::new(value.span.end, other.input.span().end.max(value.span.end));
        let after = self.dates.first_in(rest).filter(|(date, _)| *date != span);
        let opening = Span::new(other.input.span().start, value.span.start);
        let there = after.or_else(|| self.dates.first_in(opening))?.1;
        Some(here.from().cmp(&there.from()))
    }

    /// Which of two periods is the earlier one, where both are dated.
    pub(super) fn order_of(&self, first: Span, second: Span) -> Option<std::cmp::Ordering> {
        let (_, first) = self.dates.first_in(first)?;
        let (_, second) = self.dates.first_in(second)?;
        Some(first.from().cmp(&second.from()))
    }

    /// Whether the sentence points back with its first words: "This is", "It compares", "The rate was".
    pub(super) fn points_back(&self) -> bool {
        const GOES_ON: Classes = Classes::of(&[
            Class::Auxiliary,
            Class::Verb,
            Class::Adverb,
            Class::ComparedWith,
            Class::EqualTo,
        ]);
        let mut start = self.input;
        if ["but", "and", "however", "overall"]
            .iter()
            .any(|word| start.starts_with(word))
        {
            start = start.skip(1);
        }
        if start.starts_with(",") {
            start = start.skip(1);
        }
        let goes_on = start
            .skip(1)
            .first()
            .is_some_and(|token| token.classes.meets(GOES_ON));
        let pronoun = ["this", "that", "it", "these", "they"];
        goes_on && pronoun.iter().any(|word| start.starts_with(word))
            || start.starts_with("the") && weak_noun(start.skip(1))
    }

    /// The measure of the verb, noun or relation at token `at`, by its subject; an aside between the two is passed over:
    /// "The rate, at 62%, is", "The number of plans (312) is".
    pub(super) fn subject(&self, at: usize) -> Option<Span> {
        let is_verb = |at: &usize| noun::is_a(self.input.restart(*at), VERBS);
        let least = self.input.position();
        let at = (least..at).rev().take_while(is_verb).last().unwrap_or(at);
        let start = noun::clause_start(self.input, at);
        self.named_subject(at)
            .or_else(|| self.named_subject(self.before_aside(start)?))
            .or_else(|| self.named_subject(self.verb_before(start)?))
    }

    /// The subject of the verb at token `at`, where it is more than a pronoun or function words.
    fn named_subject(&self, at: usize) -> Option<Span> {
        noun::subject(self.input, at)
            .filter(|subject| !subject.pronoun && !self.wording(subject.span).is_empty())
            .map(|subject| subject.span)
    }

    /// The first word of the last verb before token `end`: the verb of the clause that "but" or "which" goes on from.
    fn verb_before(&self, end: usize) -> Option<usize> {
        let is_verb = |at: &usize| noun::is_a(self.input.restart(*at), VERBS);
        let least = self.input.position();
        let last = (least..end).rev().take(noun::REACH).find(is_verb)?;
        (least..=last).rev().take_while(is_verb).last()
    }

    /// The token at which an aside opens that closes right before token `end`.
    fn before_aside(&self, end: usize) -> Option<usize> {
        let before = self.input.until(end);
        let mark = match before.tokens().last()?.kind {
            TokenKind::Symbol(')') => '(',
            TokenKind::Symbol(',') => ',',
            _ => return None,
        };
        let last = end - 1;
        (self.input.position()..last)
            .rev()
            .take(MEASURE)
            .find(|&at| {
                self.input
                    .restart(at)
                    .first()
                    .is_some_and(|token| token.kind == TokenKind::Symbol(mark))
            })
    }

    /// What a value measures: the words that follow it up to token `end`, else the subject of its verb.
    pub(super) fn measure_of(&self, value: &Quantity, end: usize) -> Option<Span> {
        let after = self
            .levels
            .partition_point(|level| level.quantity.span.start <= value.span.start);
        let at = self.levels.get(after.checked_sub(1)?)?;
        let beside = at.share.as_ref().or(at.whole.as_ref());
        let last = beside.map_or(at.quantity.span.end, |beside| beside.span.end);
        let tokens = &self.input.lexed().tokens;
        let mut next = tokens.partition_point(|token| token.span.start < last);
        if self.input.restart(next).starts_with(")") {
            next += 1;
        }
        let after = self.input.restart(next).until(end);
        Self::words_after(after).or_else(|| self.subject_of_value(at.tokens.start))
    }

    fn words_after(after: Input<'_>) -> Option<Span> {
        const SKIPPED: Classes =
            Classes::of(&[Class::Determiner, Class::Pronoun, Class::Auxiliary]);
        let mut start = after;
        if start.starts_with("of") {
            start = start.skip(1);
        }
        while noun::is_a(start, SKIPPED) {
            start = start.skip(1);
        }
        let len = start
            .tokens()
            .iter()
            .take(MEASURE)
            .take_while(|token| {
                !matches!(
                    token.kind,
                    TokenKind::Symbol(',' | ';' | '(' | ')' | ':' | '.' | '–' | '—')
                )
            })
            .count();
        let words = start.until(start.position() + len);
        let function = Classes::of(&[
            Class::Preposition,
            Class::Conjunction,
            Class::Auxiliary,
            Class::Adverb,
            Class::Pronoun,
            Class::Again,
        ]);
        (!words.is_empty()
            && !noun::is_a(words, function)
            && words
                .first()
                .is_some_and(|token| token.kind == TokenKind::Word))
        .then(|| words.span())
    }

    /// The noun before "of" and the value at token `at`, or the subject of the verb that governs it: "a rate of", "The rate
    /// is", "Pleas stand at".
    fn subject_of_value(&self, at: usize) -> Option<Span> {
        let at = self.movement_start(at).unwrap_or(at);
        let before = at.checked_sub(1).filter(|&of| of >= self.input.position());
        if let Some(of) = before.filter(|&of| self.input.restart(of).starts_with("of")) {
            return noun::ending_at(self.input, of);
        }
        let least = noun::clause_start(self.input, at);
        let verb = self.verb_before(at).filter(|&verb| verb >= least);
        let subject = self.subject(verb.unwrap_or(at));
        subject.or_else(|| {
            let opening = least.checked_sub(1).map(|mark| self.input.restart(mark))?;
            let opens = opening.starts_with(",") || opening.starts_with("(");
            opens.then(|| self.subject(opening.position())).flatten()
        })
    }

    /// Where "from" stands, if the value at token `at` is the later one of a movement: "from 81% to 79%".
    fn movement_start(&self, at: usize) -> Option<usize> {
        let is = |at: usize, word: &str| self.input.restart(at).starts_with(word);
        let to = at.checked_sub(1).filter(|&to| is(to, "to"))?;
        let earlier = self.levels.iter().rfind(|level| level.tokens.end == to)?;
        earlier
            .tokens
            .start
            .checked_sub(1)
            .filter(|&from| is(from, "from"))
    }

    /// A label for a span of the document, dates and function words at its ends left out; unknown where nothing is left.
    pub(super) fn label(&self, span: Option<Span>) -> Value {
        span.map(|span| self.reading.vocabulary.label(&self.wording(span)))
            .filter(|label: &Label| !label.is_empty())
            .into()
    }

    fn wording(&self, span: Span) -> String {
        const ENDS: Classes = Classes::of(&[
            Class::Preposition,
            Class::Determiner,
            Class::Auxiliary,
            Class::Conjunction,
            Class::Hedge,
        ]);
        let tokens = &self.input.lexed().tokens;
        let first = tokens.partition_point(|token| token.span.start < span.start);
        let last = tokens.partition_point(|token| token.span.start < span.end);
        let mut kept: Vec<Span> = Vec::new();
        let mut date_end = 0;
        for at in first..last.min(first + noun::REACH) {
            let here = Input::new(self.input.lexed(), at..last);
            let Some(token) = here.first() else { break };
            if let Some((date, _)) = self.dates.first_in(token.span) {
                date_end = date.end;
            }
            let ends = |input: Input<'_>| noun::is_a(input, ENDS);
            let dated = token.span.start < date_end;
            let into_date = ends(here)
                && here
                    .skip(1)
                    .first()
                    .is_some_and(|next| self.dates.first_in(next.span).is_some());
            if !(dated || into_date || kept.is_empty() && ends(here)) {
                kept.push(token.span);
            }
        }
        while let Some(span) = kept.last().copied() {
            let at = tokens.partition_point(|token| token.span.start < span.start);
            if !noun::is_a(Input::new(self.input.lexed(), at..last), ENDS) {
                break;
            }
            kept.pop();
        }
        self.join(&kept)
    }

    /// The words under some spans, those that touch in the text unparted.
    fn join(&self, spans: &[Span]) -> String {
        let mut text = String::new();
        let mut end = None;
        for &span in spans {
            if end.is_some_and(|end| end != span.start) {
                text.push(' ');
            }
            text.push_str(self.reading.document.text_of(span));
            end = Some(span.end);
        }
        text
    }

    /// The period of a value: a date in the words for it, right after the value, or at the start of the sentence.
    pub(super) fn period(
        &self,
        value: Option<&Quantity>,
        words: Option<Span>,
        since: Option<Span>,
    ) -> Option<Days> {
        let stated = words.and_then(|words| self.dates.first_in(words));
        let after = value.and_then(|value| {
            let span = Span::new(value.span.end, value.span.end + NEAR_DATE);
            self.dates.first_in(span)
        });
        let start = self.input.span().start;
        let opening = self.dates.first_in(Span::new(start, start + NEAR_DATE));
        let mut found = [stated, after, opening].into_iter().flatten();
        found
            .find(|(date, _)| {
                since.is_none_or(|since| !since.overlaps(*date))
                    && self.input.span().contains(*date)
            })
            .map(|(_, days)| days)
    }
}

/// Tokens from the mark that opens a clause to the value in it.
pub(super) const CLAUSE: usize = 16;

/// What `read` makes of the nearest clause around a value that it can read; a clause starts after a semicolon, bracket, dash or
/// comma, or with a conjunction.
pub(super) fn in_clause<T>(
    words: &Words<'_>,
    value: &Level,
    read: impl Fn(Input<'_>) -> Option<T>,
) -> Option<T> {
    let at = value.tokens.start;
    let least = words.input.position().max(at.saturating_sub(CLAUSE));
    (least..at)
        .rev()
        .filter_map(|at| clause_at(words.input, at))
        .find_map(read)
}

/// Tokens of a clause that are looked at, at most: a bound that keeps the cost linear.
const LONGEST_CLAUSE: usize = 120;

/// The clause that a token opens.
fn clause_at(input: Input<'_>, at: usize) -> Option<Input<'_>> {
    const OPENERS: [&str; 6] = ["whereas", "while", "where", "when", "and", "but"];
    let here = input.restart(at);
    let token = here.first()?;
    let start = match token.kind {
        TokenKind::Symbol(';' | '(' | '[' | ',' | '–' | '—') => here.skip(1),
        TokenKind::Word if OPENERS.iter().any(|word| here.starts_with(word)) => here,
        _ => return None,
    };
    let start = start.until(start.position() + LONGEST_CLAUSE);
    let end = start
        .tokens()
        .iter()
        .position(|token| matches!(token.kind, TokenKind::Symbol(';' | ')' | ']')));
    Some(end.map_or(start, |end| start.until(start.position() + end)))
}

/// Whether a noun is none, or shares its last word with what stands after a value.
pub(super) fn same_noun(words: &Words<'_>, value: &Quantity, noun: Option<Span>) -> bool {
    let Some(noun) = noun else { return true };
    let text = |span: Span| words.reading.document.text_of(span).to_lowercase();
    let noun = text(noun);
    let tokens = &words.input.lexed().tokens;
    let next = tokens.partition_point(|token| token.span.start < value.span.end);
    noun::counted(words.input.restart(next)).is_ok_and(|(_, counted)| {
        let last = |text: &str| text.split_whitespace().next_back().map(str::to_owned);
        last(&text(counted.core)) == last(&noun)
    })
}

/// Bytes that a date may stand from the value that it dates, or from the start of the sentence.
const NEAR_DATE: usize = 12;

fn weak_noun(input: Input<'_>) -> bool {
    input.lexeme(Class::Reference).is_some_and(|(rest, word)| {
        word.canonical == "weak" && noun::is_a(rest, Classes::of(&[Class::Auxiliary, Class::Verb]))
    })
}

/// Visits every sentence together with those before it in the same block or cell, the nearest first, [`BACK`] at most.
pub(super) fn each_sentence<'a>(
    reading: &'a Reading<'a>,
    dates: &'a Dates,
    mut visit: impl FnMut(&Words<'a>, &[Words<'a>]),
) {
    let mut before: Vec<Words<'a>> = Vec::with_capacity(BACK + 1);
    for sentence in &reading.sentences {
        let words = Words::new(reading, sentence, dates);
        if before.first().is_some_and(|before| {
            before.place.block != words.place.block || before.place.cell != words.place.cell
        }) {
            before.clear();
        }
        visit(&words, &before);
        before.truncate(BACK - 1);
        before.insert(0, words);
    }
}

/// How many sentences are looked back over.
const BACK: usize = 2;

/// The name of a unit in the schema of facts.
pub(super) fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "percent",
        Unit::Points => "points",
        unit if unit.is_money() => "money",
        unit if unit.is_duration() => "duration",
        _ => "count",
    }
}

/// A number as a field.
pub(super) fn number(value: Option<&Quantity>) -> Value {
    value.map(|value| value.number).into()
}

/// How `value` stands to `reference`: `Less` for below.
pub(super) fn order(value: Number, reference: Number) -> std::cmp::Ordering {
    value.value().cmp(&reference.value())
}
