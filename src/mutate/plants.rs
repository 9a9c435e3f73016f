//! Contradictions: which facts of a document bear on another statement of it, and how one of the two is changed.

use rust_decimal::Decimal;

use super::{Change, edit::Edit};
use crate::{
    facts::{
        Fact,
        schema::{
            BREAKDOWN, CHANGE, COMPARISON, DATE, FIGURE, PROPORTION, QUOTATION, RATING,
            RATING_CHANGE, RATING_CLAIM, RESPONSE, TALLY, WEEKDAYS, breakdown, change, comparison,
            date, figure, proportion, quotation, rating, rating_change, rating_claim, response,
            tally,
        },
    },
    grammar::{Classes, Input, Lexed, Token, number},
    lint::Read,
    span::{Span, text_at},
    value::{Grade, Number, Unit, Value, Verdict},
};

/// Plants of one sort in one document at most: more tell nothing new.
const MOST: usize = 12;

/// Finds the changes of one sort in a document, each by its edits.
type Find = fn(&Page<'_>) -> Vec<Vec<Edit>>;

/// Every contradiction that can be planted in a document, of each sort a few.
pub(super) fn plants(read: &Read, text: &str) -> Vec<Change> {
    let page = Page {
        read,
        text,
        lexed: lexed(read),
    };
    let sorts: [(&'static str, Find); 14] = [
        ("part of a share", part_of_share),
        ("ends of a change", ends_of_change),
        ("size of a change", size_of_change),
        ("sides of a comparison", sides_of_comparison),
        ("total", total),
        ("tally", tally_count),
        ("weekday", weekday),
        ("day of a month", day_of_month),
        ("rating", rating_value),
        ("grades of a change", grades_of_change),
        ("count of ratings", claim_count),
        ("repeated figure", repeated_figure),
        ("closing mark", closing_mark),
        ("answer", answer),
    ];
    sorts
        .into_iter()
        .flat_map(|(name, find)| {
            let changes = find(&page).into_iter().filter(|edits| !edits.is_empty());
            let changes = changes.take(MOST);
            changes.map(move |edits| Change { name, edits })
        })
        .collect()
}

fn lexed(read: &Read) -> Lexed<'_> {
    let mut lexed = Lexed::new(&read.document.text, &read.vocabulary.lexicon);
    lexed.add(Span::new(0, read.document.text.len()));
    lexed
}

/// A document that contradictions are planted in.
struct Page<'a> {
    read: &'a Read,
    text: &'a str,
    lexed: Lexed<'a>,
}

impl<'a> Page<'a> {
    fn facts(&self, kind: crate::value::KindId) -> impl Iterator<Item = &'a Fact> {
        let facts = &self.read.facts.facts;
        facts.iter().filter(move |fact| fact.kind == kind)
    }

    /// The bytes of the author's file that hold the same words as `span` of the clean text.
    fn source(&self, span: Span) -> Option<Span> {
        let source = self.read.document.map.to_source(span);
        let same = text_at(self.text, source) == self.read.document.text_of(span);
        (same && !source.is_empty()).then_some(source)
    }

    fn tokens(&self, span: Span) -> Input<'_> {
        let tokens = &self.lexed.tokens;
        let first = tokens.partition_point(|token| token.span.start < span.start);
        let last = tokens.partition_point(|token| token.span.end <= span.end);
        Input::new(&self.lexed, first..last)
    }

    /// The numeral or number words of `value` under `span`, without its unit.
    fn number(&self, span: Span, value: Number) -> Option<Span> {
        let mut rest = self.tokens(span).seek(Classes::NUMERIC);
        while !rest.is_empty() {
            let found = number::quantity(rest).ok();
            if let Some((_, quantity)) = &found
                && quantity.number.value() == value.value()
            {
                return self.digits(rest);
            }
            let after = found.map_or_else(|| rest.skip(1), |(after, _)| after);
            rest = after.seek(Classes::NUMERIC);
        }
        None
    }

    /// The first numeral or number word.
    fn digits(&self, input: Input<'_>) -> Option<Span> {
        let is_sign = |input: Input<'_>| ["£", "€", "$"].iter().any(|sign| input.starts_with(sign));
        let start = if is_sign(input) { input.skip(1) } else { input };
        self.source(start.first()?.span)
    }

    /// The number at `span` of the author's file, changed.
    fn other(&self, span: Span) -> Option<Edit> {
        other_number(text_at(self.text, span)).map(|with| Edit::new(span, with))
    }

    /// The number at `span` of the author's file, changed a little.
    fn near(&self, span: Span) -> Option<Edit> {
        near_number(text_at(self.text, span)).map(|with| Edit::new(span, with))
    }

    fn swap(&self, first: Span, second: Span) -> Vec<Edit> {
        let (a, b) = (text_at(self.text, first), text_at(self.text, second));
        if a == b || first.overlaps(second) {
            return Vec::new();
        }
        vec![Edit::new(first, b), Edit::new(second, a)]
    }

    /// The last place under `span` where a grade stands by its name.
    fn grade(&self, span: Span, grade: &Grade) -> Option<Span> {
        let text = self.read.document.text_of(span).to_ascii_lowercase();
        let at = text.rfind(&grade.name().to_ascii_lowercase())?;
        let start = span.start + at;
        self.source(Span::new(start, start + grade.name().len()))
    }
}

/// Number words from one.
const WORDS: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// Another number in the same form: another first digit, or a number word two further on.
fn other_number(written: &str) -> Option<String> {
    if let Some(first @ '1'..='9') = written.chars().next() {
        let first = first.to_digit(10)?;
        let other = if first <= 7 { first + 2 } else { first - 2 };
        return Some(format!("{other}{}", written.get(1..)?));
    }
    let at = word_at(written)?;
    let other = WORDS.get(if at < 10 { at + 2 } else { at - 2 })?;
    Some(as_written(written, other))
}

/// A number near by in the same form: another last digit, or the next number word.
fn near_number(written: &str) -> Option<String> {
    if let Some(last) = written
        .chars()
        .next_back()
        .and_then(|last| last.to_digit(10))
    {
        let other = if last <= 7 { last + 2 } else { last - 2 };
        return Some(format!("{}{other}", written.get(..written.len() - 1)?));
    }
    let at = word_at(written)?;
    let other = WORDS.get(if at < 11 { at + 1 } else { at - 1 })?;
    Some(as_written(written, other))
}

fn word_at(written: &str) -> Option<usize> {
    WORDS
        .iter()
        .position(|word| word.eq_ignore_ascii_case(written))
}

/// `word` with the capitals of `like`.
fn as_written(like: &str, word: &str) -> String {
    let letters = || like.chars().filter(|c| c.is_alphabetic());
    if letters().count() > 1 && letters().all(char::is_uppercase) {
        return word.to_uppercase();
    }
    let mut chars = word.chars();
    match chars.next() {
        Some(first) if like.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(chars).collect()
        }
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}

fn part_of_share(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let facts = page.facts(PROPORTION);
    let edits = facts.filter_map(|fact| {
        let part = fact.get(proportion::Slot::part).as_number()?;
        fact.get(proportion::Slot::whole).as_number()?;
        fact.get(proportion::Slot::percent).as_number()?;
        Some(vec![page.other(page.number(fact.span, part)?)?])
    });
    edits.collect()
}

fn ends_of_change(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let facts = page.facts(CHANGE);
    let edits = facts.filter_map(|fact| {
        let from = fact.get(change::Slot::from).as_number()?;
        let to = fact.get(change::Slot::to).as_number()?;
        let direction = fact.get(change::Slot::direction).as_words()?;
        let told = matches!(direction, "up" | "down") && apart(from, to);
        let ends = page
            .number(fact.span, from)
            .zip(page.number(fact.span, to))
            .filter(|_| told)?;
        Some(page.swap(ends.0, ends.1))
    });
    edits.collect()
}

/// Whether two numbers differ whatever they were rounded from.
fn apart(a: Number, b: Number) -> bool {
    a.equals(b) == Verdict::Fails
}

fn size_of_change(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let facts = page.facts(CHANGE);
    let edits = facts.filter_map(|fact| {
        let by = fact.get(change::Slot::by).as_number()?;
        fact.get(change::Slot::from).as_number()?;
        fact.get(change::Slot::to).as_number()?;
        Some(vec![page.other(page.number(fact.span, by)?)?])
    });
    edits.collect()
}

fn sides_of_comparison(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let facts = page.facts(COMPARISON);
    let edits = facts.filter_map(|fact| {
        let value = fact.get(comparison::Slot::value).as_number()?;
        let reference = fact.get(comparison::Slot::reference_value).as_number()?;
        let relation = fact.get(comparison::Slot::relation).as_words()?;
        if !matches!(relation, "above" | "below") || !apart(value, reference) {
            return None;
        }
        let reference = page.number(fact.span, reference)?;
        if let Some(value) = page.number(fact.span, value) {
            return Some(page.swap(value, reference));
        }
        let other = if relation == "above" { "99" } else { "1" };
        let share = matches!(fact.get(comparison::Slot::unit).as_words(), Some("percent"));
        share.then(|| vec![Edit::new(reference, other)])
    });
    edits.collect()
}

fn total(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let facts = page.facts(BREAKDOWN);
    let edits = facts.filter_map(|fact| {
        let total = fact.get(breakdown::Slot::total).as_number()?;
        let complete = fact.get(breakdown::Slot::complete) == &Value::from(true);
        let span = page.number(fact.span, total).filter(|_| complete)?;
        Some(vec![page.near(span)?])
    });
    edits.collect()
}

fn tally_count(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let facts = page.facts(TALLY);
    let edits = facts.filter_map(|fact| {
        let count = fact.get(tally::Slot::count).as_number()?;
        fact.get(tally::Slot::listed).as_number()?;
        let complete = fact.get(tally::Slot::complete) == &Value::from(true);
        let span = page.number(fact.span, count).filter(|_| complete)?;
        Some(vec![page.near(span)?])
    });
    edits.collect()
}

fn weekday(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let facts = page.facts(DATE);
    let edits = facts.filter_map(|fact| {
        let named = fact.get(date::Slot::weekday).as_words()?;
        let at = WEEKDAYS.iter().position(|day| *day == named)?;
        let start = fact.span.start + page.read.document.text_of(fact.span).find(named)?;
        let span = page.source(Span::new(start, start + named.len()))?;
        Some(vec![Edit::new(
            span,
            *WEEKDAYS.get((at + 1) % WEEKDAYS.len())?,
        )])
    });
    edits.collect()
}

fn day_of_month(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let facts = page.facts(DATE);
    let edits = facts.filter_map(|fact| {
        let days = fact.get(date::Slot::from).as_days()?;
        let day = i64::from(days.from().day());
        let short = days.is_day() && days.from().days_in_month() < 31 && day > 1;
        let span = page
            .number(fact.span, Number::exact(Decimal::from(day)))
            .filter(|_| short)?;
        Some(vec![Edit::new(span, "31")])
    });
    edits.collect()
}

/// A rating that the document gives twice for the same round, once changed.
fn rating_value(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let given: Vec<&Fact> = page.facts(RATING).collect();
    let key = |fact: &Fact| {
        let label = |slot: rating::Slot| match fact.get(slot) {
            Value::Label(label) => label.key().to_owned(),
            _ => String::new(),
        };
        let when = fact.get(rating::Slot::when).as_words().unwrap_or_default();
        (
            label(rating::Slot::criterion),
            label(rating::Slot::subject),
            when.to_owned(),
        )
    };
    let edits = given.iter().filter_map(|fact| {
        let Value::Grade(grade) = fact.get(rating::Slot::value) else {
            return None;
        };
        let twice = given
            .iter()
            .filter(|other| other.span != fact.span && key(other) == key(fact));
        let current = fact.get(rating::Slot::when).as_words() == Some("current");
        if twice.count() == 0 || !current {
            return None;
        }
        let span = page.grade(fact.span, grade)?;
        let other = as_written(text_at(page.text, span), &next_grade(grade)?);
        Some(vec![Edit::new(span, other)])
    });
    edits.collect()
}

/// The grade above, or below the highest.
fn next_grade(grade: &Grade) -> Option<String> {
    let (scale, rank) = (grade.scale()?, usize::from(grade.rank()?));
    let near = rank.checked_sub(1).unwrap_or(rank + 1);
    scale.steps.get(near).map(|step| step.name.to_string())
}

fn grades_of_change(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let facts = page.facts(RATING_CHANGE);
    let edits = facts.filter_map(|fact| {
        let (Value::Grade(from), Value::Grade(to)) = (
            fact.get(rating_change::Slot::from),
            fact.get(rating_change::Slot::to),
        ) else {
            return None;
        };
        let told = fact.get(rating_change::Slot::direction).as_words()? != "unchanged";
        let (first, second) = (page.grade(fact.span, from)?, page.grade(fact.span, to)?);
        let named = [first, second].map(|span| text_at(page.text, span));
        if !told || first.overlaps(second) {
            return None;
        }
        let [a, b] = named;
        Some(vec![
            Edit::new(first, as_written(a, b)),
            Edit::new(second, as_written(b, a)),
        ])
    });
    edits.collect()
}

fn claim_count(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let facts = page.facts(RATING_CLAIM);
    let edits = facts.filter_map(|fact| {
        let count = fact.get(rating_claim::Slot::count).as_number()?;
        Some(vec![page.other(page.number(fact.span, count)?)?])
    });
    edits.collect()
}

/// A figure that the document gives twice for one thing, once changed.
fn repeated_figure(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let given: Vec<&Fact> = page.facts(FIGURE).collect();
    let same = |a: &Fact, b: &Fact| {
        let slots = [
            figure::Slot::measure,
            figure::Slot::unit,
            figure::Slot::when,
            figure::Slot::period,
            figure::Slot::scope,
            figure::Slot::value,
            figure::Slot::hedge,
        ];
        slots.into_iter().all(|slot| a.get(slot) == b.get(slot))
    };
    let edits = given.iter().filter_map(|fact| {
        let value = fact.get(figure::Slot::value).as_number()?;
        let alone = fact.get(figure::Slot::within).as_words() == Some("");
        let mut others = given.iter().filter(|other| other.span != fact.span);
        let twice = alone && value.unit() != Unit::None && others.any(|other| same(other, fact));
        let span = page.number(fact.span, value).filter(|_| twice)?;
        Some(vec![page.other(span)?])
    });
    edits.collect()
}

/// A quotation without the mark that closes it.
fn closing_mark(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let facts = page.facts(QUOTATION);
    let edits = facts.filter_map(|fact| {
        let whole = [quotation::Slot::opened, quotation::Slot::closed];
        let whole = whole.map(|slot| fact.get(slot) == &Value::from(true));
        let text = page.read.document.text_of(fact.span);
        let mark = text
            .chars()
            .next_back()
            .filter(|mark| "”\"".contains(*mark));
        let mark = mark.filter(|_| whole == [true, true])?;
        let span = Span::new(fact.span.end - mark.len_utf8(), fact.span.end);
        Some(vec![Edit::new(page.source(span)?, "")])
    });
    edits.collect()
}

/// An answer to an issue that nobody raised.
fn answer(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let facts = page.facts(RESPONSE);
    let edits = facts.filter_map(|fact| {
        let Value::List(answered) = fact.get(response::Slot::to) else {
            return None;
        };
        let number = answered.first()?.as_words()?;
        let words = page.tokens(fact.span);
        let named = |token: &&Token| words.text_of(token) == number;
        let token = words.tokens().iter().find(named)?;
        let digits = number.bytes().all(|byte| byte.is_ascii_digit());
        let span = page.source(token.span).filter(|_| digits)?;
        Some(vec![Edit::new(span, "97")])
    });
    edits.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_form() {
        for (written, other) in [
            ("46.9", Some("66.9")),
            ("1,237", Some("3,237")),
            ("8", Some("6")),
            ("Two", Some("Four")),
            ("twelve", Some("ten")),
            ("dozens", None),
            ("0.4", None),
        ] {
            assert_eq!(other_number(written).as_deref(), other, "{written}");
        }
    }

    #[test]
    fn near_numbers_keep_their_form() {
        for (written, other) in [("180", "182"), ("1,239", "1,237"), ("Eight", "Nine")] {
            assert_eq!(near_number(written).as_deref(), Some(other), "{written}");
        }
    }

    #[test]
    fn words_keep_their_capitals() {
        assert_eq!(as_written("GOOD", "Poor"), "POOR");
        assert_eq!(as_written("Good", "poor"), "Poor");
        assert_eq!(as_written("good", "Poor"), "poor");
    }
}
