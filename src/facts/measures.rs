//! What a figure measures, for which period, and of which body or place.
//!
//! A measure is worded so that two figures of one thing get one label, and figures of different things do not: the counted
//! noun with what is said of it, without dates, hedges and function words.

use super::{
    Fact,
    figures::Counted,
    reading::{Reading, Sentence},
    schema::{DATE, date::Slot},
    tables,
};
use crate::{
    document::BlockKind,
    grammar::{Class, Classes, Input, TokenKind, noun},
    span::Span,
    value::{Days, Label},
};

/// What is known of a figure beside its number.
#[derive(Debug)]
pub(super) struct Measured {
    /// What is measured.
    pub(super) measure: Label,
    /// The period that it holds for.
    pub(super) period: Option<Days>,
    /// The body, place or group that it holds for.
    pub(super) scope: Option<Label>,
    /// The round it belongs to.
    pub(super) when: Option<&'static str>,
}

/// Words of a predicate that go into a measure.
const PREDICATE: usize = 12;

/// Dates on either side of a figure that may be its period.
const NEAR_DATES: usize = 4;

/// The dates of a document, in order of place.
#[derive(Debug)]
pub(super) struct Periods(Vec<(Span, Days)>);

impl Periods {
    /// Those among the facts found so far.
    pub(super) fn new(facts: &[Fact]) -> Self {
        let mut periods: Vec<_> = facts
            .iter()
            .filter(|fact| fact.kind == DATE)
            .filter_map(|fact| {
                let (from, to) = (
                    fact.get(Slot::from).as_days()?,
                    fact.get(Slot::to).as_days()?,
                );
                Some((fact.span, Days::new(from.from(), to.to())?))
            })
            .collect();
        periods.sort_unstable_by_key(|(span, _)| span.start);
        Self(periods)
    }

    fn within(&self, span: Span) -> &[(Span, Days)] {
        let first = self.0.partition_point(|(date, _)| date.start < span.start);
        let last = self.0.partition_point(|(date, _)| date.start < span.end);
        self.0.get(first..last).unwrap_or_default()
    }
}

/// What each figure of a sentence measures, in their order.
pub(super) fn of(
    reading: &Reading<'_>,
    sentence: &Sentence,
    figures: &[Counted],
    periods: &Periods,
) -> Vec<Measured> {
    if figures.is_empty() {
        return Vec::new();
    }
    let whole = reading.input(sentence);
    let dates = reading.dates(sentence);
    let words = Words {
        whole,
        dates: dates.iter().map(|found| found.tokens.clone()).collect(),
    };
    let mut noun = None;
    let measured = figures.iter().enumerate().map(|(at, counted)| {
        if let Some(measured) = in_table(reading, sentence, counted, periods) {
            return measured;
        }
        let earlier = noun;
        noun = counted.noun.or(noun);
        let earlier = earlier.map(|noun| reading.document.text_of(noun.core));
        Measured {
            measure: reading.vocabulary.label(&words.measure(counted, earlier)),
            period: period(whole, figures, at, periods)
                .or_else(|| heading_period(reading, sentence, periods)),
            scope: words.scope(counted).map(|span| reading.label(span)),
            when: words.when(counted),
        }
    });
    measured.collect()
}

/// Measure, period and scope of a number alone in its cell, from the heads of its row and column.
fn in_table(
    reading: &Reading<'_>,
    sentence: &Sentence,
    counted: &Counted,
    periods: &Periods,
) -> Option<Measured> {
    let cell = tables::cell(reading, sentence)?;
    if counted.span != reading.input(sentence).span() {
        return None;
    }
    let head = cell.column_head();
    let row = cell.row_head();
    let head_period = head.and_then(|head| periods.within(head).first().copied());
    // "2023" alone is no measure, and neither is a column headed "Number".
    let named = head.filter(|head| head_period.is_none_or(|(date, _)| date.len() < head.len()));
    let measure = match (named, row) {
        (Some(head), _) => head,
        (None, Some(row)) => row,
        (None, None) => return None,
    };
    Some(Measured {
        measure: reading.label(measure),
        period: head_period
            .map(|(_, days)| days)
            .or_else(|| periods.within(row?).first().map(|(_, days)| *days))
            .or_else(|| heading_period(reading, sentence, periods)),
        scope: row
            .filter(|_| named.is_some())
            .map(|row| reading.label(row)),
        when: None,
    })
}

/// The period of a figure: a date after it before the next figure, one right before it, or one that opens the sentence.
fn period(whole: Input<'_>, figures: &[Counted], at: usize, periods: &Periods) -> Option<Days> {
    let figure = figures.get(at)?;
    let next = figures
        .get(at + 1)
        .map_or(whole.span().end, |next| next.span.start);
    let last = at
        .checked_sub(1)
        .and_then(|at| figures.get(at))
        .map_or(whole.span().start, |last| last.span.end);
    let holds = |date: &&(Span, Days)| !is_limit(whole, date.0);
    let after = periods
        .within(Span::new(figure.span.end, next))
        .iter()
        .take(NEAR_DATES);
    let before = periods
        .within(Span::new(last, figure.span.start))
        .iter()
        .rev()
        .take(NEAR_DATES);
    let opening = periods
        .within(Span::new(whole.span().start, figure.span.start))
        .iter()
        .take(1)
        .filter(|(date, _)| opens(whole, *date));
    after
        .chain(before)
        .chain(opening)
        .find(holds)
        .map(|(_, days)| *days)
}

/// Whether a date is only the end or start of something: "by March", "since 2020".
fn is_limit(whole: Input<'_>, date: Span) -> bool {
    let at = whole
        .tokens()
        .partition_point(|token| token.span.start < date.start);
    let before = at.checked_sub(1).map(|at| whole.skip(at));
    before.is_some_and(|before| {
        ["by", "until", "before", "after", "since", "from"]
            .iter()
            .any(|word| before.starts_with(word))
    })
}

/// Whether a date stands at the start of the sentence: "In March 2024, …".
fn opens(whole: Input<'_>, date: Span) -> bool {
    let at = whole
        .tokens()
        .partition_point(|token| token.span.start < date.start);
    at <= 2
}

/// The one period in the nearest heading that has one.
fn heading_period(reading: &Reading<'_>, sentence: &Sentence, periods: &Periods) -> Option<Days> {
    let headings = reading.document.headings(sentence.place.block);
    headings.iter().rev().take(2).find_map(|&heading| {
        let block = reading
            .block(heading)
            .filter(|block| matches!(block.kind, BlockKind::Heading { .. }))?;
        match periods.within(block.span) {
            [(_, days)] if !days.is_day() => Some(*days),
            _ => None,
        }
    })
}

/// The words of a sentence without its dates.
struct Words<'a> {
    whole: Input<'a>,
    dates: Vec<std::ops::Range<usize>>,
}

impl<'a> Words<'a> {
    /// Whether a token belongs to a date.
    fn in_date(&self, at: usize) -> bool {
        let after = self.dates.partition_point(|date| date.start <= at);
        after
            .checked_sub(1)
            .and_then(|before| self.dates.get(before))
            .is_some_and(|date| at < date.end)
    }

    /// The wording of a measure; `noun` is the noun counted before it in the sentence.
    fn measure(&self, counted: &Counted, noun: Option<&str>) -> String {
        let after = self.whole.restart(counted.tokens.end);
        match counted.unit {
            "percent" | "points" => self.of_share(counted, after, noun),
            "count" => self.of_count(counted, noun),
            _ => self.of_amount(counted, after),
        }
    }

    /// "62% of patients were seen" measures "patients were seen"; in "seen in 62% of cases" it is what stands before.
    fn of_share(&self, counted: &Counted, after: Input<'a>, noun: Option<&str>) -> String {
        if let Ok((rest, base)) = noun::share_base(after) {
            let predicate = self.predicate(rest);
            let base = crate::span::text_at(self.whole.lexed().text, base.span);
            return if predicate.is_empty() {
                format!("{} {base}", self.before(counted))
            } else {
                format!("{base} {predicate}")
            };
        }
        if after.starts_with("of") {
            return format!(
                "{} {}",
                noun.unwrap_or_default(),
                self.predicate(after.skip(2))
            );
        }
        let before = self.before(counted);
        if let Some(label) = self.labelled(&before, after) {
            return label;
        }
        if before.is_empty() {
            format!("{} {}", noun.unwrap_or_default(), self.predicate(after))
        } else {
            before
        }
    }

    /// "Inspectors examined 150 files" measures "examined files"; "40 files were late" "files were late".
    fn of_count(&self, counted: &Counted, noun: Option<&str>) -> String {
        let text = self.whole.lexed().text;
        let own = counted
            .noun
            .map(|noun| crate::span::text_at(text, noun.span));
        let end = self
            .whole
            .tokens()
            .partition_point(|token| token.span.start < counted.span.end);
        let rest = self.whole.skip(end);
        let verb = counted
            .tokens
            .start
            .checked_sub(1)
            .filter(|&at| at >= self.whole.position())
            .map(|at| self.whole.restart(at));
        let verb = verb.filter(|verb| {
            noun::is_a(*verb, Classes::of(&[Class::Verb])) || noun::is_participle(*verb)
        });
        let noun = own.or(noun).unwrap_or_default();
        match verb.and_then(Input::first) {
            Some(verb) => format!("{} {noun}", self.whole.text_of(verb)),
            None => format!("{noun} {}", self.predicate(rest)),
        }
    }

    /// "A budget of £7m" measures "budget"; "spent £18,000 on books" "spent on books"; "a £7m debt" "debt".
    fn of_amount(&self, counted: &Counted, after: Input<'a>) -> String {
        if let Some(thing) = self.thing_worth(counted, after) {
            return thing;
        }
        let before = self.before(counted);
        if let Some(label) = self.labelled(&before, after) {
            return label;
        }
        let purpose = after.starts_with("for")
            || after.starts_with("on")
            || after.starts_with("a")
            || after.starts_with("per");
        if purpose || before.is_empty() {
            format!("{before} {}", self.predicate(after))
        } else {
            before
        }
    }

    /// The thing of which a sum is the size, where it follows.
    ///
    /// `thing-worth = amount "worth" "of" noun-phrase | (determiner | possessive) amount noun-phrase`: "£7m worth of debt", "its £7m debt"
    fn thing_worth(&self, counted: &Counted, after: Input<'a>) -> Option<String> {
        let worth = after.starts_with("worth") && after.skip(1).starts_with("of");
        let before = counted.tokens.start.checked_sub(1);
        let before = before.filter(|&at| at >= self.whole.position());
        let owned = before.map(|at| self.whole.restart(at)).is_some_and(|word| {
            let possessive = |token| {
                word.text_of(token).ends_with('s') && word.text_of(token).contains(['\'', '’'])
            };
            noun::is_a(word, Classes::of(&[Class::Determiner]))
                || word.first().is_some_and(possessive)
        });
        let start = if worth { after.skip(2) } else { after };
        let noun = noun::noun_phrase(start).ok().filter(|_| worth || owned);
        let text = self.whole.lexed().text;
        noun.map(|(_, noun)| crate::span::text_at(text, noun.core).to_owned())
    }

    /// "£14m: cost of staff": what stands after a colon, where nothing stands before the figure.
    fn labelled(&self, before: &str, after: Input<'a>) -> Option<String> {
        let label = after.starts_with(":") || after.starts_with("–") || after.starts_with("-");
        (before.is_empty() && label).then(|| self.predicate(after.skip(1)))
    }

    /// The clause before a figure, without what leads over to the number.
    fn before(&self, counted: &Counted) -> String {
        let start = noun::clause_start(self.whole, counted.tokens.start);
        self.text(start, counted.tokens.start)
    }

    /// What is said after a noun, up to the end of the clause.
    fn predicate(&self, rest: Input<'a>) -> String {
        let stops = Classes::of(&[
            Class::ComparedWith,
            Class::Up,
            Class::Down,
            Class::Above,
            Class::Below,
        ]);
        let end = (0..rest.len().min(PREDICATE)).find(|&at| {
            let here = rest.skip(at);
            here.first().is_some_and(|token| {
                matches!(
                    token.kind,
                    TokenKind::Symbol(
                        ',' | ';' | ':' | '(' | ')' | '.' | '–' | '—' | '|' | '"' | '”'
                    )
                ) || at > 0 && token.classes.meets(stops)
                    || here.starts_with("and")
                    || here.starts_with("but")
            })
        });
        let end = end.unwrap_or_else(|| rest.len().min(PREDICATE));
        self.text(rest.position(), rest.position() + end)
    }

    /// The words from one token to another, dates, articles, hedges and adverbs left out.
    fn text(&self, from: usize, to: usize) -> String {
        let empty = Classes::of(&[
            Class::Determiner,
            Class::Adverb,
            Class::Hedge,
            Class::Auxiliary,
        ]);
        let mut out = String::new();
        for at in from..to {
            let here = self.whole.restart(at);
            let Some(token) = here.first() else { break };
            if self.in_date(at) || noun::is_a(here, empty) {
                continue;
            }
            if !out.is_empty() && !token.glued {
                out.push(' ');
            }
            out.push_str(self.whole.text_of(token));
        }
        out
    }

    /// A place or body named in the figure's clause: "in the Crown Court", or a name that is the subject.
    fn scope(&self, counted: &Counted) -> Option<Span> {
        let start = noun::clause_start(self.whole, counted.tokens.start);
        let end = (counted.tokens.end + noun::REACH).min(self.whole.position() + self.whole.len());
        let placed = (start..end).find_map(|at| {
            let here = self.whole.restart(at);
            if at > counted.tokens.end
                && here.first().is_some_and(|token| {
                    matches!(token.kind, TokenKind::Symbol(',' | ';' | ':' | '.' | '('))
                })
            {
                return Some(None);
            }
            let places = ["in", "at", "across"]
                .iter()
                .any(|word| here.starts_with(word));
            if !places || (self.in_date(at + 1) || self.in_date(at + 2)) {
                return None;
            }
            let name = here.skip(1);
            let name = if name.starts_with("the") {
                name.skip(1)
            } else {
                name
            };
            let length = name
                .tokens()
                .iter()
                .take_while(|token| token.kind == TokenKind::Word && token.capital)
                .count();
            (length > 0).then(|| Some(name.until(name.position() + length).span()))
        });
        placed.flatten().or_else(|| {
            let clause = self.whole.restart(start).until(counted.tokens.start);
            let clause = if clause.starts_with("the") {
                clause.skip(1)
            } else {
                clause
            };
            if noun::is_a(
                clause,
                Classes::of(&[
                    Class::Preposition,
                    Class::Conjunction,
                    Class::Pronoun,
                    Class::Determiner,
                ]),
            ) {
                return None;
            }
            let length = clause
                .tokens()
                .iter()
                .take_while(|token| token.kind == TokenKind::Word && token.capital)
                .count();
            (length > 1).then(|| clause.until(clause.position() + length).span())
        })
    }

    /// "Target" where the words right before the figure set one.
    fn when(&self, counted: &Counted) -> Option<&'static str> {
        (1..=5).find_map(|back| {
            let at = counted
                .tokens
                .start
                .checked_sub(back)
                .filter(|&at| at >= self.whole.position())?;
            self.whole
                .restart(at)
                .lexeme(Class::Aim)
                .filter(|(_, aim)| aim.canonical != "by")
                .map(|_| "target")
        })
    }
}
