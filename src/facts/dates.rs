//! Dates and periods: which of them the document states, in which year, and what happened then.

use std::ops::Range;

use jiff::civil::Date;

use super::{
    Fact, Place,
    reading::{Reading, Sentence},
    schema::{DATE, DATE_ROLES, WEEKDAYS, date::Slot},
};
use crate::{
    document::BlockKind,
    grammar::{
        Class, Classes, Input, TokenKind,
        date::{self, Point, Resolved, Written},
        noun,
    },
    value::{Days, Value},
};

/// A date in its place.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// As written.
    pub(super) written: Written,
    /// Index of its sentence.
    pub(super) sentence: usize,
    /// Whether it names a time; a number that only looks like a year does not.
    counts: bool,
}

/// Classes that can start a date.
const STARTS: Classes =
    Classes::of(&[Class::Month, Class::Weekday, Class::Term, Class::DateFrame]).or(Classes::DATED);

/// Blocks from the top in which a date that stands alone is the day of publication.
const HEAD_BLOCKS: usize = 8;

/// Tokens on either side of a date that are read for its year and role: a bound that keeps the cost linear.
const WINDOW: usize = 60;

/// How many sentences back "that year" may point.
const NEAR_SENTENCES: usize = 2;

/// How far back a role may stand from its date, in tokens.
const ROLE_REACH: usize = 6;

/// Adds the dates of a document.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let found: Vec<&Found> = reading
        .sentences
        .iter()
        .flat_map(|sentence| reading.dates(sentence))
        .collect();
    let roles: Vec<_> = found.iter().map(|found| role(reading, found)).collect();
    let anchor = anchor(reading, &found, &roles);
    let mut before = None::<(usize, Date)>;
    for (&found, role) in found.iter().zip(roles) {
        let Some(sentence) = reading.sentences.get(found.sentence) else {
            continue;
        };
        let near = before.filter(|(at, _)| found.sentence - at <= NEAR_SENTENCES);
        let near = Near {
            sentence: near
                .filter(|(at, _)| *at == found.sentence)
                .map(|(_, date)| date),
            text: near.map(|(_, date)| date),
        };
        let Some(written) = in_year(reading, sentence, found, near, anchor) else {
            continue;
        };
        let Some(days) = written.resolve() else {
            continue;
        };
        if found.written.month_without_year().is_none() && tells_year(reading, sentence, found) {
            before = Some((found.sentence, days.from));
        }
        if found.counts {
            facts.push(fact(&written, days, role, sentence.place));
        }
    }
}

/// Whether a date tells in which year others of its sentence are: not where it spans two, or stands by itself in brackets.
fn tells_year(reading: &Reading<'_>, sentence: &Sentence, found: &Found) -> bool {
    let whole = reading.input(sentence);
    let before = found.tokens.start.checked_sub(1);
    let opened = before.is_some_and(|at| whole.restart(at).starts_with("("));
    let aside = opened && whole.restart(found.tokens.end).starts_with(")");
    let last = found.written.to.unwrap_or(found.written.from);
    !aside && !matches!(last, Point::Financial(..))
}

fn fact(written: &Written, days: Resolved, role: Option<&'static str>, place: Place) -> Fact {
    let weekday = written
        .weekday
        .and_then(|day| WEEKDAYS.get(usize::try_from(day - 1).ok()?));
    Fact::new(DATE, written.span, place)
        .with(Slot::from, Days::day(days.from))
        .with(Slot::to, Days::day(days.to))
        .with(Slot::role, role.map_or(Value::Unknown, Value::Symbol))
        .with(
            Slot::weekday,
            weekday.map_or(Value::Unknown, |day| Value::Symbol(day)),
        )
        .with(Slot::valid, days.valid)
        .with(Slot::range, days.range)
}

/// Every date that is written in a sentence, those without a year and numbers that look like years included.
pub(super) fn find(reading: &Reading<'_>, sentence: &Sentence) -> Vec<Found> {
    let whole = reading.input(sentence);
    let mut found: Vec<Found> = Vec::new();
    if !sentence.classes.meets(STARTS) {
        return found;
    }
    let mut at = whole.seek(STARTS).position();
    while at < sentence.tokens.end {
        let input = whole.restart(at);
        let Ok((rest, written)) = date::date(input) else {
            at = input.skip(1).seek(STARTS).position();
            continue;
        };
        let tokens = at..rest.position().max(at + 1);
        let follows = found
            .last()
            .is_some_and(|last| tokens.start - last.tokens.end <= 2);
        let Some(counts) = counts(whole, &tokens, &written, follows) else {
            at = input.skip(1).seek(STARTS).position();
            continue;
        };
        at = whole.restart(tokens.end).seek(STARTS).position();
        found.push(Found {
            tokens,
            written,
            sentence: sentence.place.sentence,
            counts,
        });
    }
    found
}

/// Whether a date names a time; `None` where it is no date at all.
fn counts(
    whole: Input<'_>,
    tokens: &Range<usize>,
    written: &Written,
    follows: bool,
) -> Option<bool> {
    let before = tokens
        .start
        .checked_sub(1)
        .filter(|&at| at >= whole.position())
        .map(|at| whole.restart(at));
    match (written.from, written.to) {
        (Point::Year(_), None) => is_year(whole, tokens, before, follows),
        (Point::Year(_), Some(_)) => before
            .is_none_or(|before| before.lexeme(Class::Instrument).is_none())
            .then_some(true),
        (
            Point::Months {
                year: None,
                first,
                last,
            },
            None,
        ) => {
            let placed = before.is_some_and(|before| {
                noun::is_a(before, Classes::of(&[Class::Preposition]))
                    || ["last", "next", "this", "early", "late", "("]
                        .iter()
                        .any(|word| before.starts_with(word))
                    || follows
                        && [",", "and", "or"]
                            .iter()
                            .any(|word| before.starts_with(word))
            });
            (placed || first != last).then_some(true)
        }
        _ => Some(true),
    }
}

/// Whether four figures are a year that dates something (`Some(true)`), a year in a name (`Some(false)`), or a count.
fn is_year(
    whole: Input<'_>,
    tokens: &Range<usize>,
    before: Option<Input<'_>>,
    follows: bool,
) -> Option<bool> {
    let after = whole.restart(tokens.end);
    let glued = after.first().is_some_and(|token| {
        token.glued && matches!(token.kind, TokenKind::Word | TokenKind::Symbol('%' | '/'))
    });
    if glued
        || after.starts_with("per")
        || after.lexeme(Class::PercentWord).is_some()
        || after.lexeme(Class::Multiplier).is_some()
    {
        return None;
    }
    let Some(before) = before else {
        // "2023 inspections" may count them; "2023" alone or "2023 was" is a year.
        return (!noun::is_plural(after)).then_some(true);
    };
    if before
        .first()
        .is_some_and(|token| matches!(token.kind, TokenKind::Symbol('£' | '€' | '$' | '#' | '+')))
    {
        return None;
    }
    if before.lexeme(Class::Instrument).is_some() || opens_instrument(after) {
        return Some(false);
    }
    if follows
        || noun::is_a(
            before,
            Classes::of(&[
                Class::Preposition,
                Class::Determiner,
                Class::Term,
                Class::DateFrame,
                Class::DateAround,
            ]),
        )
    {
        let round = whole
            .restart(tokens.start)
            .first()
            .is_some_and(|token| whole.text_of(token).ends_with("00"));
        return (!round || !noun::is_plural(after)).then_some(true);
    }
    if noun::counted(after).is_ok_and(|(_, noun)| noun.plural) && !possessive(before) {
        return None;
    }
    Some(true)
}

fn possessive(input: Input<'_>) -> bool {
    input.first().is_some_and(|token| {
        let text = input.text_of(token);
        text.ends_with("'s") || text.ends_with("’s")
    })
}

/// The part of a sentence around a date.
fn window<'r>(reading: &'r Reading<'_>, sentence: &Sentence, found: &Found) -> Input<'r> {
    let whole = reading.input(sentence);
    let from = found
        .tokens
        .start
        .saturating_sub(WINDOW)
        .max(sentence.tokens.start);
    whole.restart(from).until(found.tokens.end + WINDOW)
}

/// The date with its year: written, or as the sentence or the document gives it.
fn in_year(
    reading: &Reading<'_>,
    sentence: &Sentence,
    found: &Found,
    near: Near,
    anchor: Option<Date>,
) -> Option<Written> {
    let Some(month) = found.written.month_without_year() else {
        return Some(found.written);
    };
    let day = found.written.day().unwrap_or(1).min(28);
    let whole = window(reading, sentence, found);
    let before = found
        .tokens
        .start
        .checked_sub(1)
        .map(|at| whole.restart(at.max(whole.position())));
    let says = |word: &str| before.is_some_and(|before| before.starts_with(word));
    if says("that") || says("each") || says("every") {
        return None;
    }
    let in_years = |around: Date| {
        [around.year() - 1, around.year(), around.year() + 1]
            .into_iter()
            .filter_map(move |year| Date::new(year, month, day).ok())
    };
    let distance = |a: Date, b: Date| a.until(b).map_or(i32::MAX, |span| span.get_days().abs());
    if let Some(named) = named_year(whole.restart(found.tokens.end)) {
        let year = match named {
            NamedYear::Near(later) => near.text?.year() + later,
            NamedYear::Anchor(later) => anchor?.year() + later,
        };
        return Some(found.written.with_year(year));
    }
    let year = if says("last") {
        let anchor = anchor?;
        in_years(anchor).rfind(|date| distance(*date, anchor) > 60 && *date < anchor)?
    } else if let Some(near) = near.sentence {
        // The other date of the sentence is of the same year, unless it is set against a later month of the year before.
        let same = Date::new(near.year(), month, day).ok()?;
        let against = (1..=3).any(|back| {
            let at = found
                .tokens
                .start
                .checked_sub(back)
                .filter(|&at| at >= whole.position());
            at.map(|at| whole.restart(at)).is_some_and(|before| {
                before.starts_with("from") || before.lexeme(Class::ComparedWith).is_some()
            })
        });
        let ahead = anchor.is_some_and(|anchor| same > anchor);
        if same > near && (against || ahead) {
            Date::new(near.year() - 1, month, day).ok()?
        } else {
            same
        }
    } else {
        let anchor = anchor?;
        match tense(whole, &found.tokens) {
            Tense::Future => in_years(anchor).find(|date| *date >= anchor)?,
            Tense::Past => in_years(anchor).rfind(|date| *date <= anchor)?,
            Tense::Present => in_years(anchor).min_by_key(|date| distance(*date, anchor))?,
        }
    };
    Some(found.written.with_year(year.year()))
}

/// The last date before one without a year.
#[derive(Clone, Copy, Debug)]
struct Near {
    /// In its sentence.
    sentence: Option<Date>,
    /// In it or one of those right before.
    text: Option<Date>,
}

/// A year told by another: the date it is counted from, and how many years later it is.
#[derive(Clone, Copy, Debug)]
enum NamedYear {
    /// From the other date of the sentence.
    Near(i16),
    /// From the day of the document.
    Anchor(i16),
}

/// The year that words after a date name: "that year", "of this year".
fn named_year(after: Input<'_>) -> Option<NamedYear> {
    let after = if after.starts_with("of") {
        after.skip(1)
    } else {
        after
    };
    let after = if after.starts_with("the") {
        after.skip(1)
    } else {
        after
    };
    let named = [
        ("that", NamedYear::Near(0)),
        ("same", NamedYear::Near(0)),
        ("following", NamedYear::Near(1)),
        ("this", NamedYear::Anchor(0)),
        ("last", NamedYear::Anchor(-1)),
        ("next", NamedYear::Anchor(1)),
    ];
    let (_, year) = named
        .into_iter()
        .find(|(word, _)| after.starts_with(word))?;
    after.skip(1).starts_with("year").then_some(year)
}

enum Tense {
    Past,
    Present,
    Future,
}

/// The tense of what a date is said of, as the auxiliary or participle nearest to it tells.
fn tense(sentence: Input<'_>, date: &Range<usize>) -> Tense {
    let before = date.start.checked_sub(1);
    if before.is_some_and(|at| sentence.restart(at).starts_with("since")) {
        return Tense::Past;
    }
    let told = (0..sentence.len()).filter_map(|at| {
        let here = sentence.skip(at);
        let tense = if here.lexeme(Class::Modal).is_some() {
            Tense::Future
        } else if here.lexeme(Class::PastVerb).is_some() || is_past_form(here) {
            Tense::Past
        } else {
            return None;
        };
        let at = here.position();
        let far = date
            .start
            .saturating_sub(at)
            .max(at.saturating_sub(date.end));
        Some((far, tense))
    });
    told.min_by_key(|(far, _)| *far)
        .map_or(Tense::Present, |(_, tense)| tense)
}

/// Whether a form stands here that is of the past: "closed", and of verbs that are common where dates are, "came".
fn is_past_form(here: Input<'_>) -> bool {
    let irregular = ["went", "came", "took", "met", "found", "held"];
    let ends = |token| here.text_of(token).ends_with("ed");
    irregular.iter().any(|word| here.starts_with(word))
        || noun::is_participle(here) && here.first().is_some_and(ends)
}

/// The day that dates without a year are seen from: publication, else the latest day written that is no deadline.
fn anchor(reading: &Reading<'_>, found: &[&Found], roles: &[Option<&'static str>]) -> Option<Date> {
    let dated = |wanted: fn(Option<&str>) -> bool| {
        let days = found
            .iter()
            .zip(roles)
            .filter(move |(found, role)| found.counts && wanted(**role));
        days.filter_map(|(found, _)| found.written.resolve())
    };
    let published = dated(|role| matches!(role, Some("published" | "updated")))
        .map(|days| days.to)
        .max();
    published.or_else(|| {
        let latest = dated(|role| role != Some("deadline"))
            .filter(|days| days.from == days.to)
            .map(|days| days.to)
            .max();
        latest.filter(|_| !reading.sentences.is_empty())
    })
}

/// What happened on a date, as far as a label or the words right before it say.
fn role(reading: &Reading<'_>, found: &Found) -> Option<&'static str> {
    let sentence = reading.sentences.get(found.sentence)?;
    let whole = window(reading, sentence, found);
    let named = role_before(whole, found.tokens.start)
        .or_else(|| label_cell(reading, sentence, found))
        .or_else(|| publishes_this(whole, found).then_some("published"))
        .or_else(|| makes_visit(whole, found).then_some("fieldwork"));
    match named {
        Some("deadline") if !is_due(whole, found.tokens.start) => None,
        Some("published")
            if !leads(whole, &found.tokens)
                && !is_of_this(reading, sentence, whole)
                && !publishes_this(whole, found) =>
        {
            None
        }
        Some("fieldwork" | "sample") if is_earlier(whole) || is_another(whole) => None,
        // "The inspection in 2019" was another one; a month is fieldwork where the sentence is about it.
        Some("fieldwork") if !matches!(found.written.from, Point::Day { .. }) => {
            let about = (0..2).any(|skip| whole.skip(skip).lexeme(Class::DateRole).is_some());
            about.then_some("fieldwork")
        }
        Some(role) => Some(role),
        None if whole
            .restart(found.tokens.start)
            .lexeme(Class::DateFrame)
            .is_some() =>
        {
            None
        }
        None => stands_alone(reading, sentence, found).then_some("published"),
    }
}

/// The nearest role word before token `at`.
fn role_before(whole: Input<'_>, at: usize) -> Option<&'static str> {
    (1..=ROLE_REACH).find_map(|back| {
        let from = at
            .checked_sub(back)
            .filter(|&from| from >= whole.position())?;
        let (rest, word) = whole.restart(from).lexeme(Class::DateRole)?;
        if rest.position() > at {
            return None;
        }
        // Between the word and the date stand function words and marks only: "published on", "took place between".
        let between = whole.restart(rest.position()).until(at);
        let near = (0..between.len()).all(|skip| {
            let here = between.skip(skip);
            noun::is_a(
                here,
                Classes::of(&[
                    Class::Preposition,
                    Class::Auxiliary,
                    Class::DateRole,
                    Class::Adverb,
                    Class::Determiner,
                    Class::DateFrame,
                    Class::DateAround,
                ]),
            ) || here.first().is_some_and(|token| {
                // "By $500 as of 1 May" says how much, and not by when.
                !matches!(
                    token.kind,
                    TokenKind::Word | TokenKind::Symbol('$' | '£' | '€' | '%')
                )
            }) || here.starts_with("place")
                || here.starts_with("took")
                || here.starts_with("ran")
        });
        if near { symbol(word.canonical) } else { None }
    })
}

/// Whether a sentence opens with "we published this report on" the date.
fn publishes_this(whole: Input<'_>, found: &Found) -> bool {
    let words = ["we", "published", "this"];
    let opens = |(at, word): (usize, &&str)| whole.skip(at).starts_with(word);
    let on = whole.skip(4);
    words.iter().enumerate().all(opens)
        && ["report", "letter", "document", "summary"]
            .iter()
            .any(|word| whole.skip(3).starts_with(word))
        && on.starts_with("on")
        && on.position() + 1 == found.tokens.start
}

/// Whether those who inspect say that they made a visit on these days: "We made an unannounced visit to Elm House on 3 May 2021".
fn makes_visit(whole: Input<'_>, found: &Found) -> bool {
    const REACH: usize = 8;
    const MADE: [&str; 6] = [
        "made",
        "paid",
        "carried",
        "undertook",
        "conducted",
        "completed",
    ];
    let day = matches!(found.written.from, Point::Day { .. });
    let we = whole.starts_with("we")
        || whole
            .find(Class::Inspector)
            .is_some_and(|(here, _)| here.position() <= whole.position() + 1);
    let Some(on) = found
        .tokens
        .start
        .checked_sub(1)
        .filter(|&on| on > whole.position())
    else {
        return false;
    };
    let placed = ["on", "between", "from"]
        .iter()
        .any(|word| whole.restart(on).starts_with(word));
    let before = whole.until(on);
    let visit = (1..=REACH)
        .filter_map(|back| before.len().checked_sub(back))
        .find(|&at| {
            ["visit", "inspection"]
                .iter()
                .any(|word| before.skip(at).starts_with(word))
        });
    let made = visit.is_some_and(|visit| {
        (visit.saturating_sub(REACH)..visit)
            .any(|at| MADE.iter().any(|word| before.skip(at).starts_with(word)))
    });
    // Between the visit and its day stands where it went, and nothing that was done.
    let name = |input: Input<'_>| {
        let plain = |token: &crate::grammar::Token| {
            let the = whole.text_of(token).eq_ignore_ascii_case("the");
            token.kind == TokenKind::Word && (token.capital || the)
        };
        !input.is_empty() && input.tokens().iter().all(plain)
    };
    // "We inspected Elm House on 3 May 2021."
    let saw = ["inspected", "visited"]
        .iter()
        .any(|word| before.skip(1).starts_with(word))
        && name(before.skip(2));
    let where_to = visit.is_some_and(|visit| {
        let after = before.skip(visit + 1);
        after.is_empty()
            || ["to", "of", "at"]
                .iter()
                .any(|word| after.starts_with(word))
    });
    day && we && placed && (saw || made && where_to)
}

fn symbol(role: &str) -> Option<&'static str> {
    DATE_ROLES.iter().find(|known| **known == role).copied()
}

/// The role named in the cell to the left of a cell that holds only the date.
fn label_cell(reading: &Reading<'_>, sentence: &Sentence, found: &Found) -> Option<&'static str> {
    let (row, column) = sentence.place.cell?;
    if column == 0 || found.tokens != sentence.tokens {
        return None;
    }
    let label = reading
        .sentences
        .get(sentence.place.sentence.checked_sub(1)?)?;
    if label.place.block != sentence.place.block || label.place.cell != Some((row, column - 1)) {
        return None;
    }
    role_before(reading.input(label), label.tokens.end)
}

/// Whether "by" before a date sets a time limit: in brackets, in a sentence about what will or must be done, or at the front of one
/// that says nothing of the past.
fn is_due(whole: Input<'_>, at: usize) -> bool {
    let due = ["will", "must", "should", "shall", "due", "to"];
    whole.until(at).tokens().iter().any(|token| {
        token.kind == TokenKind::Symbol('(')
            || due
                .iter()
                .any(|word| whole.text_of(token).eq_ignore_ascii_case(word))
    }) || whole.until(at).len() <= 2 && !matches!(tense(whole, &(at..at)), Tense::Past)
}

/// Whether a date stands behind a label or at the start of its line and ends it, so that it speaks of this document.
fn leads(whole: Input<'_>, date: &Range<usize>) -> bool {
    let before = whole.until(date.start);
    let line = before
        .tokens()
        .iter()
        .rposition(|token| token.line_start)
        .unwrap_or(0);
    // "… The first was⏎published in May 2018": the line goes on with the sentence before.
    let wrapped = before
        .tokens()
        .get(line)
        .is_some_and(|first| line > 0 && first.kind == TokenKind::Word && !first.capital);
    let today = before
        .tokens()
        .iter()
        .any(|token| whole.text_of(token).eq_ignore_ascii_case("today"));
    // "Published on 18 July, it found much": another report.
    let ends = whole.restart(date.end).first().is_none_or(|next| {
        next.line_start
            || matches!(
                next.kind,
                TokenKind::Symbol('.' | ')' | ']' | '|' | '*' | ';')
            )
    });
    today || ends && !wrapped && before.len() - line <= 4 && !is_earlier(whole)
}

/// Whether a sentence opens with the publication of this document: "This report was published on 3 May and …", or "It was …" right
/// behind the words "About this report".
fn is_of_this(reading: &Reading<'_>, sentence: &Sentence, whole: Input<'_>) -> bool {
    const SHORT: usize = 6;
    const NEAR: usize = 4;
    let names = |input: Input<'_>| {
        input.starts_with("this")
            && ["report", "letter", "document", "publication", "summary"]
                .iter()
                .any(|word| input.skip(1).starts_with(word))
    };
    let subject = if names(whole) {
        2
    } else if whole.starts_with("it") {
        1
    } else {
        return false;
    };
    let was = whole.skip(subject);
    let passive = was.starts_with("was") || was.starts_with("is");
    let published = (1..=NEAR).any(|at| was.skip(at).starts_with("published"));
    let before = reading
        .sentences
        .get(sentence.place.sentence.wrapping_sub(1))
        .map(|before| reading.input(before))
        .filter(|before| before.len() <= SHORT);
    let told = subject == 2 || before.is_some_and(|before| before.starts().any(names));
    passive && published && told && !is_earlier(whole)
}

/// Whether a sentence speaks of a visit still to come or one more than the inspection itself.
fn is_another(whole: Input<'_>) -> bool {
    whole.tokens().iter().any(|token| {
        [
            "will",
            "again",
            "further",
            "follow-up",
            "next",
            "returned",
            "return",
            "should",
            "must",
        ]
        .iter()
        .any(|word| whole.text_of(token).eq_ignore_ascii_case(word))
    })
}

/// Whether a sentence speaks of an earlier round.
fn is_earlier(whole: Input<'_>) -> bool {
    whole
        .starts()
        .any(|here| here.lexeme(Class::Previous).is_some() || here.starts_with("last"))
}

/// Whether a date stands alone near the top of the document, as a dateline does.
fn stands_alone(reading: &Reading<'_>, sentence: &Sentence, found: &Found) -> bool {
    if sentence.place.block >= HEAD_BLOCKS
        || sentence.place.cell.is_some()
        || !matches!(found.written.from, Point::Day { .. })
        || found.written.to.is_some()
    {
        return false;
    }
    let whole = window(reading, sentence, found);
    let today = found.tokens.start.checked_sub(2).is_some_and(|from| {
        (0..2).any(|skip| {
            whole
                .restart((from + skip).max(whole.position()))
                .starts_with("today")
        })
    });
    let start = found.tokens.start - whole.position();
    let line = whole
        .tokens()
        .get(..=start)
        .and_then(|before| before.iter().rposition(|token| token.line_start))
        .unwrap_or(0);
    let ends_line = whole
        .restart(found.tokens.end)
        .first()
        .is_none_or(|next| next.line_start);
    let paragraph = reading.block(sentence.place.block).is_some_and(|block| {
        matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::Heading { .. } | BlockKind::Caption
        )
    });
    today || paragraph && ends_line && start - line <= 6
}

/// Whether words with capitals go on to one for an instrument, whose name a year opens: "the 2010 Budget Act".
fn opens_instrument(after: Input<'_>) -> bool {
    const LONGEST: usize = 3;
    let capital = |at: &usize| {
        let token = after.skip(*at).first();
        token.is_some_and(|token| token.kind == TokenKind::Word && token.capital)
    };
    (0..=LONGEST)
        .take_while(capital)
        .any(|at| after.skip(at).lexeme(Class::Instrument).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::facts_of;

    fn day(fact: &Fact, slot: Slot) -> Date {
        fact.get(slot).as_days().expect("a day").from()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (document, facts) = facts_of(text);
        let found: Vec<String> = facts
            .iter()
            .filter(|fact| fact.kind == DATE)
            .map(|fact| {
                let role = fact
                    .get(Slot::role)
                    .as_words()
                    .map_or(String::new(), |role| format!(" {role}"));
                format!(
                    "{} = {} to {}{role}",
                    document.text_of(fact.span),
                    day(fact, Slot::from),
                    day(fact, Slot::to)
                )
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn years_date_things_or_do_not() {
        check("Waits fell in 2015.", &["2015 = 2015-01-01 to 2015-12-31"]);
        check(
            "Its 2015 report was bleak.",
            &["2015 = 2015-01-01 to 2015-12-31"],
        );
        check(
            "The force’s 2015 survey said so.",
            &["2015 = 2015-01-01 to 2015-12-31"],
        );
        check(
            "It rose from 2015 to 2017.",
            &["2015 to 2017 = 2015-01-01 to 2017-12-31"],
        );
        check("It works under the Water Act 2014.", &[]);
        check("It owns 2015 homes and £2016.", &[]);
        check("It works under the 2014 Clean Water Act.", &[]);
        check(
            "It saw the 2014 report on water.",
            &["2014 = 2014-01-01 to 2014-12-31"],
        );
        check("See paper 2014-501.", &[]);
        check("It owns 2,015 homes.", &[]);
        check("It housed 2000 people.", &[]);
    }

    #[test]
    fn a_missing_year_follows_from_the_document() {
        let dated = |text: &str| format!("Published 8 April 2016.\n\n{text}");
        let published = "8 April 2016 = 2016-04-08 to 2016-04-08 published";
        let found = |text: &str, date: &str| check(&dated(text), &[published, date]);
        found("It was shut on 3 May.", "3 May = 2015-05-03 to 2015-05-03");
        found(
            "It will shut on 3 March.",
            "3 March = 2017-03-03 to 2017-03-03",
        );
        found("It opens in June.", "June = 2016-06-01 to 2016-06-30");
        found(
            "Half were seen last March.",
            "March = 2015-03-01 to 2015-03-31",
        );
        found(
            "Staff who came in May said that they would stay.",
            "May = 2015-05-01 to 2015-05-31",
        );
        found(
            "From May, the word may go; a plea against it was signed by many.",
            "May = 2016-05-01 to 2016-05-31",
        );
        found(
            "It met on May 4 and 5.",
            "May 4 and 5 = 2015-05-04 to 2015-05-05",
        );
        check(&dated("May Brown said so that October."), &[published]);
        check("It was shut on 3 May.", &[]);
    }

    #[test]
    fn another_date_may_tell_the_year() {
        let dated = |text: &str| format!("Published 8 April 2016.\n\n{text}");
        let published = "8 April 2016 = 2016-04-08 to 2016-04-08 published";
        check(
            &dated("In May 2013 it was poor. By June of that year it had risen."),
            &[
                published,
                "May 2013 = 2013-05-01 to 2013-05-31",
                "June = 2013-06-01 to 2013-06-30",
            ],
        );
        check(
            &dated("Misses, which in the worst month (May 2015) were 12, were down to 4 in March."),
            &[
                published,
                "May 2015 = 2015-05-01 to 2015-05-31",
                "March = 2016-03-01 to 2016-03-31",
            ],
        );
        check(
            &dated("In 2014-15 it was 12, and has risen since May."),
            &[
                published,
                "2014-15 = 2014-04-01 to 2015-03-31",
                "May = 2015-05-01 to 2015-05-31",
            ],
        );
    }

    #[test]
    fn dates_have_roles() {
        check(
            "Fieldwork took place from 3 to 7 June 2019.",
            &["3 to 7 June 2019 = 2019-06-03 to 2019-06-07 fieldwork"],
        );
        check(
            "Files finalised between May and July 2019 were read.",
            &["May and July 2019 = 2019-05-01 to 2019-07-31 sample"],
        );
        for fieldwork in [
            "We made an unannounced visit to Elm House on 3 June 2019.",
            "Inspectors carried out an inspection of Elm House on 3 June 2019.",
            "We inspected Elm House on 3 June 2019.",
        ] {
            check(
                fieldwork,
                &["3 June 2019 = 2019-06-03 to 2019-06-03 fieldwork"],
            );
        }
        check(
            "We wrote after the visit to Elm House on 3 June 2019.",
            &["3 June 2019 = 2019-06-03 to 2019-06-03"],
        );
        for published in [
            "About this report. It was published on 3 June 2019 and can be had in print.",
            "This report was published on 3 June 2019 and can be had in print.",
            "We published this report on 3 June 2019, and it is on our site.",
        ] {
            check(
                published,
                &["3 June 2019 = 2019-06-03 to 2019-06-03 published"],
            );
        }
        for another in [
            "It follows one that was published on 3 June 2019 and can be had in print.",
            "The report was published on 3 June 2019 and can be had in print.",
            "It was published on 3 June 2019 and can be had in print.",
        ] {
            check(another, &["3 June 2019 = 2019-06-03 to 2019-06-03"]);
        }
        check(
            "This page was updated on 3 June 2019.",
            &["3 June 2019 = 2019-06-03 to 2019-06-03 updated"],
        );
        check(
            "Clear the backlog. (By 3 June 2019)",
            &["3 June 2019 = 2019-06-03 to 2019-06-03 deadline"],
        );
        check(
            "Lower the charge by $500 as of 3 June 2019.",
            &["3 June 2019 = 2019-06-03 to 2019-06-03"],
        );
        check(
            "It must open by June 2019.",
            &["June 2019 = 2019-06-01 to 2019-06-30 deadline"],
        );
        check(
            "It had opened by June 2019.",
            &["June 2019 = 2019-06-01 to 2019-06-30"],
        );
        check(
            "At the last inspection in May 2011 it was poor.",
            &["May 2011 = 2011-05-01 to 2011-05-31"],
        );
        check(
            "3 June 2019\n\nThe force is good.",
            &["3 June 2019 = 2019-06-03 to 2019-06-03 published"],
        );
    }
}
