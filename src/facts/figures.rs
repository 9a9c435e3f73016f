//! Figures: numbers with what they count, and the many numerals that count nothing.
//!
//! A numeral is a figure unless something beside it says otherwise: a name ("Year 10"), an age, a rating, a list marker, a
//! telephone number, a date. What says so is in the lexicon, class `not-counted`, or in the productions here.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{
    Fact, Place,
    measures::{self, Measured, Periods},
    reading::{Reading, Sentence},
    schema::{CHANGE, COMPARISON, FIGURE, HEDGES, PROPORTION, SAMPLE_SHARE, TALLY, figure::Slot},
    tables::{self, CellFigure},
};
use crate::{
    grammar::{
        Class, Classes, Input, Token, TokenKind,
        noun::{self, NounPhrase},
        number::{self, Quantity},
    },
    span::Span,
    value::{Unit, Value},
};

/// A numeral that counts or measures something, before it is a fact.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    /// Tokens of the number and its unit.
    pub(super) tokens: Range<usize>,
    /// The number.
    pub(super) quantity: Quantity,
    /// A name of [`UNITS`](super::schema::UNITS).
    pub(super) unit: &'static str,
    /// What is counted, where it stands right after.
    pub(super) noun: Option<NounPhrase>,
    /// Number, unit, and the counted noun where it stands right after.
    pub(super) span: Span,
    /// The hedge before it, a name of [`HEDGES`].
    pub(super) hedge: Option<&'static str>,
}

/// Longest hedge, in words.
const HEDGE_WORDS: usize = 4;

/// Words of the name of a street at most.
const STREET_WORDS: usize = 4;

/// Longest phrase that makes a numeral no figure, in words.
const NAME_WORDS: usize = 3;

/// Adds the figures of a document. Runs last, so that a figure knows which fact it stands in.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let periods = Periods::new(facts);
    let mut found = Vec::new();
    for sentence in &reading.sentences {
        let figures = reading.figures(sentence);
        let measured = measures::of(reading, sentence, figures, &periods);
        for (counted, measured) in figures.iter().zip(measured) {
            found.push(fact(counted, measured, sentence.place));
        }
    }
    let outer = outer_spans(facts);
    for figure in found {
        match within(&outer, figure.span) {
            // The number of a tally is said by the tally.
            Some("tally") => {}
            Some(kind) => facts.push(figure.with(Slot::within, Value::text(kind))),
            None => facts.push(figure),
        }
    }
}

fn fact(counted: &Counted, measured: Measured, place: Place) -> Fact {
    Fact::new(FIGURE, counted.span, place)
        .with(Slot::measure, measured.measure)
        .with(Slot::value, counted.quantity.number)
        .with(Slot::unit, Value::Symbol(counted.unit))
        .with(
            Slot::hedge,
            counted.hedge.map_or(Value::Unknown, Value::Symbol),
        )
        .with(
            Slot::when,
            measured.when.map_or(Value::Unknown, Value::Symbol),
        )
        .with(Slot::period, measured.period)
        .with(Slot::scope, measured.scope)
        .with(Slot::within, Value::text(""))
}

/// Spans of the facts that figures stand inside, in order, with the name of their kind.
fn outer_spans(facts: &[Fact]) -> Vec<(Span, &'static str)> {
    let kinds = [
        (CHANGE, "change"),
        (COMPARISON, "comparison"),
        (PROPORTION, "proportion"),
        (SAMPLE_SHARE, "proportion"),
        (TALLY, "tally"),
    ];
    let mut spans: Vec<_> = facts
        .iter()
        .filter_map(|fact| {
            let (_, name) = kinds.iter().find(|(kind, _)| *kind == fact.kind)?;
            Some((fact.span, *name))
        })
        .collect();
    spans.sort_unstable();
    spans
}

/// How many facts before a figure are looked at for one that holds it; facts that overlap are few.
const NEAR_FACTS: usize = 12;

/// The kind of fact that holds the start of a figure.
fn within(outer: &[(Span, &'static str)], figure: Span) -> Option<&'static str> {
    let before = outer.partition_point(|(span, _)| span.start <= figure.start);
    let near = outer.get(before.saturating_sub(NEAR_FACTS)..before)?;
    near.iter()
        .rev()
        .find(|(span, _)| figure.start < span.end)
        .map(|(_, kind)| *kind)
}

/// Every figure of a sentence, those inside other facts included.
pub(super) fn find(reading: &Reading<'_>, sentence: &Sentence) -> Vec<Counted> {
    if !sentence.classes.meets(Classes::NUMERIC) {
        return Vec::new();
    }
    let whole = reading.input(sentence);
    let cell = tables::cell(reading, sentence);
    match cell.as_ref().map(|cell| cell.figure(reading, sentence)) {
        Some(CellFigure::Is(counted)) => return vec![*counted],
        Some(CellFigure::None) => return Vec::new(),
        Some(CellFigure::Prose) | None => {}
    }
    let dates = reading.dates(sentence);
    let mut dates = dates.iter().map(|found| found.tokens.clone()).peekable();
    let mut found: Vec<Counted> = Vec::new();
    let mut passed = None::<usize>;
    let mut at = sentence.tokens.start;
    loop {
        at = whole.restart(at).seek(Classes::NUMERIC).position();
        if at >= sentence.tokens.end {
            break;
        }
        while dates.next_if(|date| date.end <= at).is_some() {}
        if let Some(date) = dates.peek()
            && date.start <= at
        {
            at = date.end;
            continue;
        }
        let input = whole.restart(at);
        let Ok((rest, quantity)) = number::quantity(input) else {
            at += 1;
            continue;
        };
        let tokens = at..rest.position();
        let context = Context {
            whole,
            tokens: tokens.clone(),
            quantity: &quantity,
            noun: noun_after(rest, &quantity),
        };
        at = tokens.end;
        let listed = passed.and_then(|end| list_mark(whole, end, tokens.start));
        if let Some(mark) = listed
            && context.noun.is_none_or(|noun| !noun.plural)
        {
            passed = (mark == ListMark::More).then_some(tokens.end);
            continue;
        }
        if !context.counts() {
            let before = found.last().filter(|last| {
                last.unit == "count"
                    && last.noun.is_none()
                    && list_mark(whole, last.tokens.end, tokens.start).is_some()
            });
            if before.is_some() {
                found.pop();
            }
            // "From two stars to three": the word after the number belongs to it.
            passed = Some(
                role_of(whole.restart(tokens.end), "after")
                    .map_or(tokens.end, super::super::grammar::Input::position),
            );
            continue;
        }
        passed = None;
        found.push(context.counted());
    }
    borrow_units(whole, &mut found);
    if found.iter().any(may_be_grade) && reading.rates_by_numbers() {
        found.retain(|counted| !is_grade_of_scheme(whole, sentence, counted));
    }
    if cell.is_some_and(|cell| cell.is_row_head() || cell.names_no_figures(reading)) {
        // A row head names its row: "5 (very good)", "1 or 0"; and "4 to 11" under "age range" counts nothing.
        found.retain(|counted| {
            counted.unit != "count" || counted.noun.is_some_and(|noun| noun.plural)
        });
    }
    found
}

/// The noun counted by a bare number.
fn noun_after(rest: Input<'_>, quantity: &Quantity) -> Option<NounPhrase> {
    if quantity.number.unit() != Unit::None {
        return None;
    }
    // "One poor" counts what was named before; the grade is no noun.
    let grade = rest.lexeme(Class::Grade).map(|(_, grade)| grade.span);
    let (_, noun) = noun::counted(rest).ok()?;
    (grade != Some(noun.core)).then_some(noun)
}

/// What joins two numbers of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ListMark {
    /// A comma: more may follow.
    More,
    /// "And", "or", "to", a dash: the second is the last.
    Last,
}

/// The list mark that stands alone between two tokens: "recommendations 2, 3 and 4", "aged three or four".
fn list_mark(whole: Input<'_>, from: usize, to: usize) -> Option<ListMark> {
    let between = whole.restart(from).until(to);
    let first = between.first().filter(|_| between.len() <= 2)?;
    let word = |input: Input<'_>| {
        ["and", "or", "to", "&", "-", "–", "/"]
            .iter()
            .any(|word| input.starts_with(word))
    };
    match (first.kind, between.len()) {
        (TokenKind::Symbol(','), 1) => Some(ListMark::More),
        (TokenKind::Symbol(','), _) if word(between.skip(1)) => Some(ListMark::Last),
        (_, 2) if between.starts_with("out") && between.skip(1).starts_with("of") => {
            Some(ListMark::Last)
        }
        // "Page 1 of 3", "week 48 of 52".
        (_, 1) if word(between) || between.starts_with("of") => Some(ListMark::Last),
        _ => None,
    }
}

/// In "1-2%" and "20 to 30 days" the first number has the unit of the second.
fn borrow_units(whole: Input<'_>, found: &mut [Counted]) {
    for at in 1..found.len() {
        let Some([first, second]) = found.get_mut(at - 1..=at) else {
            continue;
        };
        let between = whole.restart(first.tokens.end).until(second.tokens.start);
        let range = between.len() == 1
            && (between.starts_with("to")
                || between
                    .first()
                    .is_some_and(|token| matches!(token.kind, TokenKind::Symbol('-' | '–'))));
        let bare = first.quantity.number.unit() == Unit::None;
        if range && bare && second.quantity.number.unit() != Unit::None {
            first.quantity.number = first
                .quantity
                .number
                .with_unit(second.quantity.number.unit());
            first.unit = second.unit;
        }
    }
}

/// A quantity and what stands around it.
struct Context<'a> {
    whole: Input<'a>,
    tokens: Range<usize>,
    quantity: &'a Quantity,
    noun: Option<NounPhrase>,
}

impl<'a> Context<'a> {
    /// The input from the token `back` before the number.
    fn before(&self, back: usize) -> Option<Input<'a>> {
        let at = self
            .tokens
            .start
            .checked_sub(back)
            .filter(|&at| at >= self.whole.position())?;
        Some(self.whole.restart(at))
    }

    fn after(&self) -> Input<'a> {
        self.whole.restart(self.tokens.end)
    }

    fn previous(&self) -> Option<&'a Token> {
        self.before(1)?.first()
    }

    fn first(&self) -> Option<&'a Token> {
        self.whole.restart(self.tokens.start).first()
    }

    fn counts_plural(&self) -> bool {
        self.noun.is_some_and(|noun| noun.plural)
    }

    fn bare(&self) -> bool {
        self.quantity.number.unit() == Unit::None
    }

    /// Whether the number is a figure at all.
    fn counts(&self) -> bool {
        !(self.is_cut_from_a_word()
            || self.is_chain()
            || self.is_compound()
            || self.is_marker()
            || self.is_named()
            || self.is_age()
            || self.is_fraction()
            || self.is_address()
            || self.bare()
                && (self.is_rating()
                    || self.is_code()
                    || self.is_page_number()
                    || self.is_rate_base()
                    || self.is_aside()
                    || self.is_given()
                    || self.is_time()
                    || self.is_apposition()
                    || self.is_before_name()
                    || number::is_service_number(self.whole.restart(self.tokens.start))
                    || self.is_ratio())
            || self.is_pronoun())
    }

    /// The first number of a score and its maximum: "score 6/21".
    fn is_marked(&self) -> bool {
        let whole = self.after().skip(1);
        let number = whole
            .first()
            .is_some_and(|token| token.kind == TokenKind::Number);
        let ends = whole
            .skip(1)
            .first()
            .is_none_or(|token| !token.glued || token.kind != TokenKind::Symbol('/'));
        number && ends && self.is_score()
    }

    /// Part of something else: "2AA", "40-bed", "24/7", "#12", "[3]".
    fn is_cut_from_a_word(&self) -> bool {
        let after = self.after();
        let glued_after = after.first().is_some_and(|token| {
            token.glued
                && match token.kind {
                    TokenKind::Word
                    | TokenKind::Number
                    | TokenKind::Symbol('_' | '#' | '@' | '*' | '\\' | '=') => true,
                    TokenKind::Symbol('/') => !self.is_marked(),
                    // "A ratio of 1:8".
                    TokenKind::Symbol(':') => after
                        .skip(1)
                        .first()
                        .is_some_and(|next| next.glued && next.kind == TokenKind::Number),
                    TokenKind::Symbol('-' | '‑') => {
                        let next = after.skip(1);
                        next.first()
                            .is_some_and(|next| next.glued && next.kind == TokenKind::Word)
                    }
                    _ => false,
                }
        });
        let first_glued = self.first().is_some_and(|token| token.glued);
        let glued_before = first_glued
            && self.previous().is_some_and(|token| {
                matches!(
                    token.kind,
                    TokenKind::Symbol(
                        '#' | '/' | '[' | '_' | '@' | '=' | '.' | ',' | ':' | '\\' | '*' | '^'
                    )
                ) || token.kind == TokenKind::Word
                    || matches!(token.kind, TokenKind::Symbol('-' | '–'))
                        && token.glued
                        && !self.before(2).is_some_and(|before| {
                            before
                                .first()
                                .is_some_and(|token| token.kind == TokenKind::Number)
                        })
            });
        glued_after || glued_before
    }

    /// One of three or more numbers with dashes: "978-1-78655", "01-02-03".
    fn is_chain(&self) -> bool {
        let dash = |input: Option<Input<'_>>| {
            input.and_then(Input::first).is_some_and(|token| {
                token.glued && matches!(token.kind, TokenKind::Symbol('-' | '‑'))
            })
        };
        let (before, after) = (dash(self.before(1)), dash(Some(self.after())));
        let starts = after && dash(Some(self.after().skip(2)));
        let ends = before && dash(self.before(3));
        before && after || starts || ends
    }

    /// The number of a list item, paragraph or section at the start of a line: "3.", "2.4 Findings", "(4)".
    fn is_marker(&self) -> bool {
        let starts = self.first().is_some_and(|token| token.line_start) || self.before(1).is_none();
        if !starts || !self.bare() || self.quantity.in_words {
            return false;
        }
        let after = self.after();
        let Some(next) = after.first() else {
            return self.before(1).is_none() && self.whole.len() == 1;
        };
        let decimal = self.quantity.number.value().scale() > 0;
        // "5 – very good" explains a scale.
        let explains = matches!(next.kind, TokenKind::Symbol('–' | '-' | '=' | '—'))
            && self.quantity.number.value() <= Decimal::TEN;
        explains
            || next.glued && matches!(next.kind, TokenKind::Symbol('.' | ')'))
            || decimal && next.capital
    }

    /// A numeral that belongs to a name: "Year 10", "recommendation 3", "Quality Area 4", "top five".
    fn is_named(&self) -> bool {
        let here = self.whole.restart(self.tokens.start);
        if role_of(here, "whole").is_some()
            || role_of(self.after(), "after").is_some() && self.bare()
        {
            return true;
        }
        self.bare()
            && (self.named_by("before")
                || self.named_by("before-weak") && !self.counts_plural()
                || self
                    .before(1)
                    .is_some_and(|before| self.capital_name(before)))
    }

    /// Whether a phrase of this part of class `not-counted` ends right before the number, or before a colon there.
    fn named_by(&self, part: &str) -> bool {
        self.follows(|input| role_of(input, part))
    }

    /// Whether a phrase that `read` reads ends right before the number, or before a colon there.
    fn follows(&self, read: impl Fn(Input<'a>) -> Option<Input<'a>>) -> bool {
        let colon = self.before(1).is_some_and(|before| before.starts_with(":"));
        let end = self.tokens.start - usize::from(colon);
        (1..=NAME_WORDS + usize::from(colon)).any(|back| {
            self.before(back)
                .and_then(&read)
                .is_some_and(|rest| rest.position() == end)
        })
    }

    /// "A 172 page report", "a two bedroom flat": the number describes one thing.
    fn is_compound(&self) -> bool {
        let article = self
            .before(1)
            .is_some_and(|before| before.starts_with("a") || before.starts_with("an"));
        article && self.bare() && self.noun.is_some_and(|noun| !noun.plural)
    }

    /// A capitalised word inside the sentence, with a numeral that counts no noun: "Operation Park 3 began".
    fn capital_name(&self, before: Input<'_>) -> bool {
        let Some(token) = before.first() else {
            return false;
        };
        let plain = Classes::of(&[
            Class::Preposition,
            Class::Auxiliary,
            Class::Verb,
            Class::Conjunction,
            Class::Determiner,
            Class::Adverb,
            Class::Hedge,
            Class::Pronoun,
        ]);
        token.kind == TokenKind::Word
            && token.capital
            && !self.quantity.in_words
            && self.noun.is_none()
            && before.position() > self.whole.position()
            && !token.line_start
            && !noun::is_a(before, plain)
            && !self.ends_clause()
    }

    /// Whether the clause ends right after the number.
    fn ends_clause(&self) -> bool {
        self.after()
            .first()
            .is_none_or(|token| matches!(token.kind, TokenKind::Symbol('.' | ',' | ';' | '|')))
    }

    /// "Aged 4", "11 years old", "five-year-olds", "under-16s".
    fn is_age(&self) -> bool {
        let named = self.follows(|input| input.lexeme(Class::Age).map(|(rest, _)| rest))
            || self.bare() && self.is_labelled_age();
        let after = self.after();
        let old = self.quantity.number.unit().is_duration() && {
            let here = self.whole.restart(self.tokens.end - 1);
            after.starts_with("old") || here.lexeme(Class::Age).is_some()
        };
        let over = self.bare()
            && self.noun.is_none()
            && self.before(1).is_some_and(|before| {
                ["over", "under"]
                    .iter()
                    .any(|word| before.starts_with(word))
            })
            && self.before(2).is_some_and(|before| {
                let people = noun::is_a(before, Classes::of(&[Class::Plural]));
                let goes_on = Classes::of(&[Class::Auxiliary, Class::Conjunction]);
                let plain =
                    noun::is_a(before, Classes::of(&[Class::Auxiliary])) || noun::is_plural(before);
                plain && self.ends_clause() || people && noun::is_a(self.after(), goes_on)
            });
        over || named && (self.bare() || self.quantity.number.unit().is_duration())
            || old
            || self.bare()
                && after
                    .lexeme(Class::Age)
                    .is_some_and(|(_, age)| age.canonical.contains("old"))
    }

    /// "Age range of pupils: 4 to 11": the label of the line speaks of ages.
    fn is_labelled_age(&self) -> bool {
        let start = self.whole;
        let labelled = (1..=4).any(|back| {
            self.before(back)
                .is_some_and(|before| before.starts_with(":"))
        });
        labelled && self.noun.is_none() && start.lexeme(Class::Age).is_some()
    }

    /// The age in "Mrs Brown, 84, said".
    fn is_apposition(&self) -> bool {
        let comma = |input: Option<Input<'_>>| input.is_some_and(|input| input.starts_with(","));
        let name = self
            .before(2)
            .and_then(Input::first)
            .is_some_and(|token| token.capital && token.kind == TokenKind::Word);
        let set_off = comma(self.before(1)) && comma(Some(self.after())) && self.noun.is_none();
        set_off && (name || self.may_be_age() && self.before(2).is_some_and(is_plain_word))
            || self.is_age_of_someone()
    }

    /// "A woman, who is 101, said".
    fn is_age_of_someone(&self) -> bool {
        let be = self
            .before(1)
            .is_some_and(|word| word.starts_with("is") || word.starts_with("was"));
        let who = self.before(2).is_some_and(|word| {
            ["who", "i", "he", "she"]
                .iter()
                .any(|known| word.starts_with(known))
        });
        let ends = self.after().starts_with("and")
            || self
                .after()
                .first()
                .is_none_or(|token| matches!(token.kind, TokenKind::Symbol(',' | '.' | ';' | ')')));
        be && who && ends && self.noun.is_none()
    }

    /// Whether a number is one that an adult may be old.
    fn may_be_age(&self) -> bool {
        let years = self.quantity.number.value();
        !self.quantity.in_words && years >= Decimal::from(16) && years <= Decimal::from(110)
    }

    /// A numeral before a name: "188 Mill Road", "4 Good"; it counts where the name is that of several: "3 Crown Courts".
    fn is_before_name(&self) -> bool {
        let after = self.after();
        let capital = after.first().is_some_and(|token| {
            token.kind == TokenKind::Word
                && token.capital
                && after.text_of(token).contains(char::is_lowercase)
        });
        capital && !self.quantity.in_words && !self.counts_plural()
    }

    /// "Two thirds", "half".
    fn is_fraction(&self) -> bool {
        let here = self.whole.restart(self.tokens.start);
        // "Half a million" is a number.
        let fraction = here.lexeme(Class::Fraction);
        self.bare() && fraction.is_some_and(|(rest, _)| rest.position() >= self.tokens.end)
    }

    /// The value of a rating: "rated 5", "a rating of 4".
    fn is_rating(&self) -> bool {
        if self.counts_plural() {
            return false;
        }
        let given = self.before(1).is_some_and(|before| {
            before
                .lexeme(Class::RatingVerb)
                .is_some_and(|(_, verb)| matches!(verb.canonical, "sure" | "firm"))
        });
        let noun = self.before(2).is_some_and(|before| {
            before.skip(1).starts_with("of")
                && before
                    .lexeme(Class::GradeNoun)
                    .is_some_and(|(_, noun)| noun.canonical == "rating")
        });
        let after = self.after();
        let marked = matches!(
            after.first().map(|token| token.kind),
            Some(TokenKind::Symbol('-' | '–' | '(' | ','))
        );
        let graded = marked && after.skip(1).lexeme(Class::Grade).is_some();
        let earlier = self
            .before(1)
            .is_some_and(|before| before.lexeme(Class::Previous).is_some())
            && self.before(2).is_some_and(|before| before.starts_with("("));
        (given || noun || graded || earlier) && !self.is_score()
    }

    /// Digits that identify: a telephone number, a reference.
    fn is_code(&self) -> bool {
        let Some(token) = self.first().filter(|token| token.kind == TokenKind::Number) else {
            return false;
        };
        let text = self.whole.text_of(token);
        let grouped = text.contains([',', '.']);
        let number_beside = |input: Option<Input<'_>>| {
            input.is_some_and(|input| {
                input
                    .first()
                    .is_some_and(|token| token.kind == TokenKind::Number)
            })
        };
        let past_year = text.len() == 4
            && !grouped
            && (text.starts_with("16") || text.starts_with("17") || text.starts_with("18"))
            && self.noun.is_none()
            && self
                .before(1)
                .is_some_and(|before| noun::is_a(before, Classes::of(&[Class::Preposition])));
        past_year
            || text.len() > 1 && text.starts_with('0') && !text.contains('.')
            || !grouped && text.len() >= 8
            || !grouped && text.len() >= 5 && self.noun.is_none()
            || number_beside(self.before(1)) && !self.first().is_some_and(|token| token.line_start)
            || number_beside(Some(self.after()))
                && !self.after().first().is_some_and(|token| token.line_start)
    }

    /// The number of a page, behind the dots of a table of contents.
    fn is_page_number(&self) -> bool {
        let symbol = |input: Option<Input<'_>>, wanted: &[char]| {
            input.and_then(Input::first).is_some_and(
                |token| matches!(token.kind, TokenKind::Symbol(symbol) if wanted.contains(&symbol)),
            )
        };
        let dots = ['.', '…', '·'];
        symbol(self.before(1), &['…'])
            || symbol(self.before(1), &dots) && symbol(self.before(2), &dots)
    }

    /// The base of a rate: "per 10,000", "for every 1,000 homes".
    fn is_rate_base(&self) -> bool {
        self.before(1)
            .is_some_and(|before| before.starts_with("per"))
            || self.before(2).is_some_and(|before| {
                before.starts_with("for") && before.skip(1).starts_with("every")
            })
    }

    /// A bare number alone in brackets: a note, an earlier value, "(was 2)".
    fn is_aside(&self) -> bool {
        let symbol = |token: Option<&Token>, wanted| {
            token.is_some_and(|token| token.kind == TokenKind::Symbol(wanted))
        };
        let was = self
            .before(1)
            .is_some_and(|before| before.starts_with("was"));
        let opening = self.before(if was { 2 } else { 1 }).and_then(Input::first);
        symbol(opening, '(') && symbol(self.after().first(), ')')
    }

    /// A grade that is a number: "held a 5", "was given a 2 at both visits".
    fn is_given(&self) -> bool {
        let article = self
            .before(1)
            .is_some_and(|before| before.starts_with("a") || before.starts_with("an"));
        article && self.noun.is_none() && !self.quantity.in_words && !self.is_score()
    }

    /// The number of a house: "4 Mill Lane".
    fn is_address(&self) -> bool {
        let after = self.after();
        let capitals = after
            .tokens()
            .iter()
            .take(STREET_WORDS)
            .take_while(|token| token.kind == TokenKind::Word && token.capital)
            .count();
        self.bare()
            && !self.quantity.in_words
            && (1..capitals).any(|at| role_of(after.skip(at), "street").is_some())
    }

    /// A time of day: "8.15", with hours and minutes.
    fn is_time(&self) -> bool {
        let number = self.quantity.number.value();
        let before = [
            "at", "from", "until", "between", "by", "before", "after", "to", "and",
        ];
        number.scale() == 2
            && number < Decimal::from(24)
            && number.fract() < Decimal::new(60, 2)
            && self.noun.is_none()
            && self
                .before(1)
                .is_some_and(|input| before.iter().any(|word| input.starts_with(word)))
    }

    /// Either number of "nine in ten" and "7 out of 12": a share, not a count.
    fn is_ratio(&self) -> bool {
        let after = self.after();
        let part = after.starts_with("in")
            && self.noun.is_none()
            && ratio_whole(after, self.quantity)
            || after.starts_with("out") && ratio_whole(after, self.quantity) && !self.is_score();
        let linked = self
            .before(1)
            .is_some_and(|before| before.starts_with("in"))
            || self
                .before(2)
                .is_some_and(|before| before.starts_with("out"));
        let whole = linked
            && (1..=5).any(|back| {
                self.before(back).is_some_and(|before| {
                    number::magnitude(before).is_ok_and(|(rest, part)| {
                        (rest.starts_with("in") || rest.starts_with("out"))
                            && rest.position() < self.tokens.start
                            && ratio_whole(rest, &part)
                            && self.tokens.start - rest.position() <= 2
                    })
                })
            });
        part || whole
    }

    /// "One of the four", "only one": the word counts nothing. It does before a noun, in "one in five", and beside other counts.
    fn is_pronoun(&self) -> bool {
        let one =
            self.quantity.in_words && self.bare() && self.quantity.number.value() == Decimal::ONE;
        let after = self.after();
        if let Some(noun) = self.noun.filter(|_| one) {
            // "One man said": a voice, and no count.
            let said = after
                .tokens()
                .partition_point(|token| token.span.start < noun.span.end);
            let said = after.skip(said);
            return said.lexeme(Class::Attribution).is_some();
        }
        if !one {
            return false;
        }
        let counted_beside = self
            .before(1)
            .is_some_and(|before| before.starts_with("and") || before.starts_with(","))
            && (after.starts_with("as")
                || after.starts_with("was")
                || after.starts_with("is")
                || self.ends_clause()
                || after.starts_with("in")
                || after.lexeme(Class::Grade).is_some());
        !counted_beside
    }

    /// Whether the number is a score: "scored 7 out of 21", "a score of 3.4".
    fn is_score(&self) -> bool {
        let scored = (1..=3).any(|back| {
            self.before(back)
                .is_some_and(|before| before.lexeme(Class::ScoreWord).is_some())
        });
        let after = self.after();
        let unit = self.quantity.number.unit();
        let plain = unit == Unit::None || unit == Unit::Points;
        plain && scored && (self.noun.is_none() || after.starts_with("out"))
    }

    /// The figure.
    fn counted(&self) -> Counted {
        let unit = match tables::name_of(self.quantity.number.unit()) {
            "count" | "points" if self.is_score() => "score",
            unit => unit,
        };
        let noun = self.noun.filter(|_| unit == "count");
        Counted {
            tokens: self.tokens.clone(),
            quantity: self.quantity.clone(),
            unit,
            noun,
            span: noun.map_or(self.quantity.span, |noun| {
                self.quantity.span.join(noun.span)
            }),
            hedge: hedge_before(self.whole, self.tokens.start),
        }
    }
}

/// Whether a number may be a grade of a scheme whose ratings are plain numbers.
fn may_be_grade(counted: &Counted) -> bool {
    counted.unit == "count"
        && counted.quantity.number.value() <= Decimal::from(5)
        && counted.noun.is_none_or(|noun| !noun.plural)
}

/// Whether a number is a grade there: "a five", "its zero rating", "ratings run from five".
fn is_grade_of_scheme(whole: Input<'_>, sentence: &Sentence, counted: &Counted) -> bool {
    let before = counted
        .tokens
        .start
        .checked_sub(1)
        .filter(|&at| at >= whole.position())
        .map(|at| whole.restart(at));
    let is = |words: &[&str]| {
        before.is_some_and(|before| words.iter().any(|word| before.starts_with(word)))
    };
    let after = whole.restart(counted.tokens.end);
    let rated = after.lexeme(Class::GradeNoun).is_some();
    let alone = counted.noun.is_none();
    let spoken = sentence.classes.has(Class::GradeNoun);
    may_be_grade(counted)
        && (rated && is(&["a", "an", "the", "its", "their"])
            || alone && (is(&["a", "an", "the"]) || spoken && is(&["from", "to"])))
}

/// Whether a noun or another word of content stands here.
fn is_plain_word(input: Input<'_>) -> bool {
    const OTHERS: Classes = Classes::of(&[
        Class::Determiner,
        Class::Pronoun,
        Class::Preposition,
        Class::Conjunction,
        Class::Auxiliary,
        Class::Adverb,
        Class::Verb,
        Class::NumberWord,
        Class::Including,
    ]);
    input
        .first()
        .is_some_and(|token| token.kind == TokenKind::Word && !token.classes.meets(OTHERS))
}

/// The phrase of class `not-counted` that stands here in this part.
pub(super) fn role_of<'a>(input: Input<'a>, part: &str) -> Option<Input<'a>> {
    let token = input
        .first()
        .filter(|token| token.classes.has(Class::NotCounted))?;
    input
        .lexed()
        .phrases_at(token)
        .find_map(|(tokens, _, meanings)| {
            let known = meanings
                .iter()
                .any(|meaning| meaning.class == Class::NotCounted && &*meaning.canonical == part);
            (known && tokens <= input.len()).then(|| input.skip(tokens))
        })
}

/// Whether "in five" or "out of five" follows a part of it: the whole is greater, and after "in" both are written alike.
fn ratio_whole(after: Input<'_>, part: &Quantity) -> bool {
    let out = after.starts_with("out");
    let rest = if out && after.skip(1).starts_with("of") {
        after.skip(2)
    } else {
        after.skip(1)
    };
    number::quantity(rest).is_ok_and(|(_, whole)| {
        whole.number.unit() == Unit::None
            && whole.number.value() > part.number.value()
            && (out || whole.number.value() <= Decimal::ONE_HUNDRED)
    })
}

/// The hedge that ends right before token `at`.
pub(super) fn hedge_before(whole: Input<'_>, at: usize) -> Option<&'static str> {
    (1..=HEDGE_WORDS).rev().find_map(|back| {
        let from = at
            .checked_sub(back)
            .filter(|&from| from >= whole.position())?;
        let (rest, hedge) = whole.restart(from).lexeme(Class::Hedge)?;
        (rest.position() == at).then(|| {
            HEDGES
                .iter()
                .find(|known| **known == hedge.canonical)
                .copied()
        })?
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::facts::{
        schema::{BREAKDOWN, DATE},
        testing::facts_of,
    };

    /// The figures of a text as `value unit «text»`.
    fn found(text: &str) -> Vec<String> {
        let (document, facts) = facts_of(text);
        facts
            .iter()
            .filter(|fact| fact.kind == FIGURE)
            .map(|fact| {
                let value = fact
                    .get(Slot::value)
                    .as_number()
                    .map(|number| number.value().normalize());
                let unit = fact.get(Slot::unit).as_words().unwrap_or_default();
                let value = value.map_or(String::new(), |value| value.to_string());
                format!(
                    "{value} {unit} «{}»",
                    crate::value::tidy(document.text_of(fact.span))
                )
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(found(text), expected, "{text}");
    }

    #[test]
    fn pages_are_no_figures() {
        check("Findings . . . . . . 12", &[]);
        check(
            "They met\n14 teachers\nlast week.",
            &["14 count «14 teachers»"],
        );
        check("It cites 42 CFR pt 484.", &[]);
    }

    #[test]
    fn numbers_with_what_they_count() {
        check("They read 14 care plans.", &["14 count «14 care plans»"]);
        check(
            "Almost 1,800 staff work there.",
            &["1800 count «1,800 staff»"],
        );
        check(
            "It holds twenty-one people.",
            &["21 count «twenty-one people»"],
        );
        check(
            "It costs £1.25 million a year.",
            &["1250000 money «£1.25 million»"],
        );
        check(
            "Pass rates rose by 3 percentage points.",
            &["3 points «3 percentage points»"],
        );
        check(
            "They come within two working days.",
            &["2 duration «two working days»"],
        );
        check("One child was hurt.", &["1 count «One child»"]);
        check(
            "Nine were good, six fair and one poor.",
            &["9 count «Nine»", "6 count «six»", "1 count «one»"],
        );
        check(
            "Between 12 and 15 homes",
            &["12 count «12»", "15 count «15 homes»"],
        );
        check("It was 1-2% of cases", &["1 percent «1»", "2 percent «2%»"]);
        check("The unit scored 7 out of 21.", &["7 score «7»"]);
        check("Score 6/21", &["6 score «6»"]);
        check("12 Crown Court files", &["12 count «12 Crown Court files»"]);
        check("A rate of 41 per 10,000 people", &["41 count «41»"]);
        check(
            "half a million homes",
            &["500000 count «half a million homes»"],
        );
    }

    #[test]
    fn numerals_that_count_nothing() {
        for text in [
            "See page 12 and table 3.",
            "Pupils in Years 7, 8 and 9 came.",
            "It was rated 5 or 4.",
            "It moved from two stars to three.",
            "Children aged three or four play.",
            "Mrs Brown, 84, was glad.",
            "Support for those who are over 21.",
            "Call 0300 123 4567 or 101.",
            "Two thirds were late.",
            "The top five were praised.",
            "It is open 24/7.",
            "It has 40-bed wards.",
            "They start at 8.15 in the morning.",
            "One of the wards was shut; only one was clean.",
            "ISBN 978-1-4741-0001-2",
            "Zero tolerance is the rule.",
            "It ranked 26 in the league.",
            "The scale runs from 1 to 4 stars.",
            "It was built in 1967.",
            "Nine in ten agree.",
            "It is a 172 page report on a two bedroom flat.",
            "It was shut,54 but is open.",
            "The home is at 4 Mill Lane, Mere.",
            "She held a 5 until March; it was given a 2 at each visit.",
            "The shop (was 0) is now clean.",
            "“It is better,” one man said.",
            "Attainment 8 and Progress 8 are new.",
            "A ratio of 1:8 was kept.",
            "It dates from 1867.",
            "Women under 25 and men over 60 are seen.",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn cells_of_tables() {
        check(
            "Table 1: Outcomes by type, percentages\n\n| Type | Number | Good | Poor |\n|---|---|---|---|\n| Colleges | 226 | 92 | 8 |",
            &["226 count «226»", "92 percent «92»", "8 percent «8»"],
        );
        check(
            "| Grade | Number | Percentage |\n|---|---|---|\n| Good | 12 | 40 |",
            &["12 count «12»", "40 percent «40»"],
        );
        check(
            "| Places | 44 |\n|---|---|\n| Staff | 31 |",
            &["31 count «31»"],
        );
        check(
            "| Ward | Beds | Full (%) | Cost (£000) | Rating |\n|---|---|---|---|---|\n| Oak | 24 | 92.5 | 310 | 3 |",
            &["24 count «24»", "92.5 percent «92.5»", "310000 money «310»"],
        );
        check(
            "1.0  PURPOSE\n\n1.1  To tell members how the shops in the district fared under the scheme\n     last year.\n\n2.0  FINDINGS\n\n2.1  There were 84 shops in the district at the end of the year, as there had\n     been before.",
            &["84 count «84 shops»"],
        );
        check("| Aim | Score |\n|---|---|\n| Care | 2 |", &["2 score «2»"]);
        check(
            "| Year | Visits |\n|---|---|\n| 2019 | 40 |",
            &["40 count «40»"],
        );
    }

    #[test]
    fn figures_know_what_they_measure() {
        for (text, measure, period, scope) in [
            (
                "In 2019, 62% of patients were seen on time.",
                "patients seen on time",
                "2019",
                "",
            ),
            (
                "Its budget for 2016-17 was £36,612.",
                "budget",
                "1 April 2016 to 31 March 2017",
                "",
            ),
            (
                "They examined 150 court files.",
                "files examined court",
                "",
                "",
            ),
            (
                "Pleas came early in the Crown Court in 46.9% of cases.",
                "pleas came early Crown Court",
                "",
                "Crown Court",
            ),
        ] {
            let (_, facts) = facts_of(text);
            let figure = facts
                .iter()
                .find(|fact| fact.kind == FIGURE)
                .expect("a figure");
            let Value::Label(found) = figure.get(Slot::measure) else {
                panic!("{text}")
            };
            let wanted = crate::value::Label::new(measure);
            assert!(found.similarity(&wanted) > 0.99, "{text}: {found}");
            assert_eq!(
                figure
                    .get(Slot::period)
                    .as_days()
                    .map_or(String::new(), |days| days.to_string()),
                period,
                "{text}"
            );
            assert_eq!(
                figure.get(Slot::scope).as_words().unwrap_or_default(),
                scope,
                "{text}"
            );
        }
    }

    /// What a text states: kind, number and unit of each of its facts, in order.
    fn stated(text: &str) -> Vec<String> {
        let kinds = [FIGURE, DATE, PROPORTION, SAMPLE_SHARE, BREAKDOWN];
        let (_, facts) = facts_of(text);
        let of = |fact: &Fact| {
            let plain = |value: &Value| match value {
                Value::Label(_) | Value::Text(_) => String::new(),
                other => other.to_string(),
            };
            let values: Vec<String> = fact.values.iter().map(plain).collect();
            format!("{:?} {}", fact.kind, values.join(" "))
        };
        facts
            .iter()
            .filter(|fact| kinds.contains(&fact.kind))
            .map(of)
            .collect()
    }

    const TEXTS: &[&str] = &[
        "Of the 40 homes that we saw in June 2019, 34 (85%) were warm, and 12 of them had two lifts.",
        "Between 3 May and 9 June 2021 the team read 25 plans, made up of 12 for adults, eight for children and five for others.",
        "Some 46.9% of cases, or about 1,250 people, waited 12 working days at a cost of £2.5 million in 2019-20.",
        "In 34% of the 25 files and in one in five visits on 14 to 18 March 2022 there was no plan.",
    ];

    #[test]
    fn ages_and_grades_count_nothing() {
        check("The manager, 54, was polite.", &[]);
        check("A woman, who is 91, spoke.", &[]);
        check("In all, 54, or most, were late.", &["54 count «54»"]);
        check(
            "The bar has a five and the inn a zero food hygiene rating, and two inns have closed.",
            &["2 count «two inns»"],
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn facts_do_not_depend_on_line_wrapping(at in 0..TEXTS.len(), width in 45..100_usize) {
            let text = TEXTS[at];
            let (mut wrapped, mut column) = (String::new(), 0);
            for word in text.split(' ') {
                column += word.len() + 1;
                if column > width {
                    wrapped.push('\n');
                    column = word.len() + 1;
                } else if !wrapped.is_empty() {
                    wrapped.push(' ');
                }
                wrapped.push_str(word);
            }
            prop_assert_eq!(stated(&wrapped), stated(text));
        }
    }

    #[test]
    fn facts_do_not_depend_on_typography() {
        for text in TEXTS {
            let plain = stated(text);
            assert!(plain.len() > 4, "{text}");
            for (from, to) in [
                ("%", " per cent"),
                ("%", " percent"),
                (" ", "\u{a0}"),
                ("2019-20", "2019–20"),
                ("2019-20", "2019/20"),
                (" to 18", "–18"),
                (" to 18", "-18"),
            ] {
                assert_eq!(
                    stated(&text.replace(from, to)),
                    plain,
                    "{from:?} as {to:?} in {text}"
                );
            }
        }
    }
}
