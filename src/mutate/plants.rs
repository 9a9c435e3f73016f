//! Contradictions: which facts of a document bear on another statement of it, and how one of the two is changed.
//!
//! A statement is only changed where three things hold of the facts, whatever rules there are:
//!
//! - The document says a second thing that bears on it, in words or figures of its own. A direction that only follows from two
//!   values ("62%, compared with 58%") is no second thing: with other values it is another direction.
//! - The two agree as the document stands. Where they do not, a change might put right what it should break.
//! - No reading of the two lets them agree after the change: an "and" that may join two items or stand within one lets a
//!   list be as long as it likes.

use rust_decimal::{Decimal, prelude::ToPrimitive as _};

use super::{
    Change,
    edit::{self, Edit},
    texts,
};
use crate::{
    document::{self, BlockKind, Format},
    facts::{
        self, Fact,
        schema::{
            BREAKDOWN, CHANGE, COMPARISON, DATE, FIGURE, ISSUE, PROPORTION, QUOTATION, RATING,
            RATING_CHANGE, RATING_CLAIM, RESPONSE, TALLY, WEEKDAYS, breakdown, change, comparison,
            date, figure, issue, proportion, quotation, rating, rating_change, rating_claim,
            response, tally,
        },
    },
    grammar::{Class, Classes, Input, Lexed, Token, TokenKind, noun, number},
    lint::Read,
    source::SourceFile,
    span::{Span, text_at},
    value::{Grade, KindId, Number, Unit, Value, Verdict},
};

/// Plants of one sort in one document at most: more tell nothing new.
const MOST: usize = 12;

/// Finds the changes of one sort in a document, each by its edits.
type Find = fn(&Page<'_>) -> Vec<Vec<Edit>>;

/// Every contradiction that can be planted in a document, of each sort a few.
pub(super) fn plants(read: &Read, text: &str, format: Format) -> Vec<Change> {
    let page = Page::new(read, text, format);
    let sorts: [(&'static str, Find); 21] = [
        ("part of a share", part_of_share),
        ("share of a part", share_of_part),
        ("ends of a change", ends_of_change),
        ("size of a change", size_of_change),
        ("sides of a comparison", sides_of_comparison),
        ("total", total),
        ("tally", tally_count),
        ("weekday", weekday),
        ("day of a month", day_of_month),
        ("grade in a table", |page| {
            rating_value(page, &["table", "list"])
        }),
        ("grade in a text", |page| {
            rating_value(page, &["prose", "heading"])
        }),
        ("grades of a change", grades_of_change),
        ("count of ratings", claim_count),
        ("repeated figure", repeated_figure),
        ("closing mark", closing_mark),
        ("closing bracket", texts::closing_bracket),
        ("direction", texts::direction),
        ("reference", texts::reference),
        ("ends of a period", texts::ends_of_period),
        ("answer", answer),
        ("answer left out", texts::left_out_answer),
    ];
    found(&page, &sorts)
}

/// Changes of values that a comparison with the document as it was must tell.
pub(super) fn of_values(page: &Page<'_>) -> Vec<Change> {
    let sorts: [(&'static str, Find); 4] = [
        ("rating of a version", |page| {
            rating_value(page, &["table", "list", "prose", "heading"])
        }),
        ("figure of a version", repeated_figure),
        ("share of a version", named_share),
        ("change of a version", named_change),
    ];
    found(page, &sorts)
}

fn found(page: &Page<'_>, sorts: &[(&'static str, Find)]) -> Vec<Change> {
    let sorts = sorts.iter();
    sorts
        .flat_map(|&(name, find)| {
            let changes = find(page).into_iter().filter(|edits| !edits.is_empty());
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
pub(super) struct Page<'a> {
    pub(super) read: &'a Read,
    text: &'a str,
    format: Format,
    lexed: Lexed<'a>,
}

impl<'a> Page<'a> {
    pub(super) fn new(read: &'a Read, text: &'a str, format: Format) -> Self {
        Self {
            read,
            text,
            format,
            lexed: lexed(read),
        }
    }

    pub(super) fn facts(&self, kind: KindId) -> impl Iterator<Item = &'a Fact> {
        let facts = &self.read.facts.facts;
        facts.iter().filter(move |fact| fact.kind == kind)
    }

    /// The bytes of the author's file that hold the same words as `span` of the clean text.
    pub(super) fn source(&self, span: Span) -> Option<Span> {
        let source = self.read.document.map.to_source(span);
        let same = text_at(self.text, source) == self.read.document.text_of(span);
        (same && !source.is_empty()).then_some(source)
    }

    pub(super) fn tokens(&self, span: Span) -> Input<'_> {
        let tokens = &self.lexed.tokens;
        let first = tokens.partition_point(|token| token.span.start < span.start);
        let last = tokens.partition_point(|token| token.span.end <= span.end);
        Input::new(&self.lexed, first..last)
    }

    /// The numeral or number words of `value` under `span`, without its unit.
    pub(super) fn number(&self, span: Span, value: Number) -> Option<Span> {
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

    /// Whether a word of a class stands under `span`. "Good or above" compares nothing, nor does "no more than".
    fn says(&self, span: Span, class: Class) -> bool {
        let words = self.tokens(span);
        let led = |at: usize| {
            let before = || words.skip(at - 1);
            at > 0
                && ["or", "no", "not"]
                    .iter()
                    .any(|word| before().starts_with(word))
        };
        (0..words.len()).any(|at| words.skip(at).lexeme(class).is_some() && !led(at))
    }

    /// Whether the grade of a rating is the verb of its sentence ("the home requires improvement"), in whose place no other
    /// grade can stand.
    fn is_verb(&self, rating: &Fact, grade: Span) -> bool {
        const LEADS: Classes =
            Classes::of(&[Class::RatingVerb, Class::Preposition, Class::Auxiliary]);
        let block = self.tokens(Span::new(0, rating.span.end));
        let at = block
            .tokens()
            .partition_point(|token| token.span.start < grade.start);
        let led = at.checked_sub(1).is_some_and(|before| {
            let before = block.skip(before);
            let word = before
                .first()
                .is_some_and(|token| token.kind == TokenKind::Word);
            !word || noun::is_a(before, LEADS)
        });
        let prose = rating.get(rating::Slot::form).as_words() == Some("prose");
        prose && !led && block.skip(at).lexeme(Class::Verb).is_some()
    }

    /// The most items that any reading gives the list of a number at `span` in its sentence, where it may have `count`: each
    /// "and" may stand within a name or between two, and so many commas part so many items.
    fn most_items(&self, span: Span, count: u32) -> u32 {
        let rest = self.tokens(Span::new(span.end, self.read.document.text.len()));
        let at = |wanted: fn(&Token) -> bool| rest.tokens().iter().position(wanted);
        let end = at(|token| token.kind == TokenKind::Symbol('.')).unwrap_or(rest.len());
        let is_joint = |at: &usize| {
            let here = rest.skip(*at);
            ["and", "or"].iter().any(|word| here.starts_with(word))
        };
        let is_comma = |at: &usize| {
            let token = rest.tokens().get(*at);
            token.is_some_and(|token| token.kind == TokenKind::Symbol(','))
        };
        // A colon behind a later number is the lead of another list, and the clause of that number begins at the "and" or
        // comma before it.
        let number = rest.len() - rest.seek(Classes::NUMERIC).len();
        let colon = at(|token| token.kind == TokenKind::Symbol(':')).unwrap_or(end);
        let end = if number < colon && colon < end {
            let clause = (0..number).rev().find(|at| is_joint(at) || is_comma(at));
            clause.unwrap_or(number)
        } else {
            end
        };
        let joints = (0..end).filter(is_joint).count();
        let commas = (1..end)
            .filter(|at| is_comma(at) && !is_joint(&(at + 1)))
            .count();
        let [joints, commas] = [joints, commas].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        let parted = joints.saturating_add(commas).saturating_add(1);
        count.saturating_add(joints).min(parted.max(count))
    }

    /// Whether the list behind a count at `span` is set off from it by a colon, dash or bracket, or by a word that says that what
    /// follows is what was counted. Behind a mere comma other things may stand ("two homes, the school and the clinic"), and
    /// behind "at" or "relating to" where they are or what they are about.
    fn sets_off_list(&self, span: Span) -> bool {
        const NEAR: usize = 3;
        let sentences = &self.read.facts.sentences;
        let mut around = sentences.iter().filter(|sentence| sentence.contains(span));
        let end = around.next().map_or(span.end, |sentence| sentence.end);
        let rest = self.tokens(Span::new(span.end, end));
        // Behind another number stands the list of that.
        let own = rest.until(rest.seek(Classes::NUMERIC).position());
        let mut marks = own.tokens().iter();
        let mark =
            marks.position(|token| matches!(token.kind, TokenKind::Symbol(':' | '(' | '–' | '—')));
        let marked = mark.is_some_and(|mark| !rest.skip(mark + 1).starts_with("from"));
        let said = (0..NEAR).any(|at| {
            let here = rest.skip(at);
            ["namely", "called", "named", "are", "were"]
                .iter()
                .any(|word| here.starts_with(word))
        });
        marked || said
    }

    /// Whether the sentences behind a count go through what was counted, "the first … the second …": there might be more of them.
    fn goes_through(&self, fact: &Fact) -> bool {
        let block = self.read.document.blocks.get(fact.place.block);
        let end = block.map_or(fact.span.end, |block| block.span.end);
        let rest = self.tokens(Span::new(fact.span.end, end.max(fact.span.end)));
        (0..rest.len()).any(|at| rest.skip(at).lexeme(Class::Sequence).is_some())
    }

    /// Whether the block of a count leads to what can be counted: a list or table stands right below it, one paragraph between
    /// them at most, or the issues of the document have the name of what was counted.
    fn has_list_below(&self, fact: &Fact) -> bool {
        const NEAR: usize = 2;
        let own = self.read.document.blocks.get(fact.place.block);
        let below = fact.place.block + 1..=fact.place.block + NEAR;
        // What follows an item are the others of its list.
        let item = own.is_some_and(|block| matches!(block.kind, BlockKind::ListItem(_)));
        let mut blocks = below.filter_map(|at| self.read.document.blocks.get(at));
        let listed =
            blocks.any(|block| matches!(block.kind, BlockKind::ListItem(_) | BlockKind::Table(_)));
        let noun = fact.get(tally::Slot::noun);
        listed && !item
            || self
                .facts(ISSUE)
                .any(|issue| issue.get(issue::Slot::noun) == noun)
    }

    /// Whether a count at `edit` is still read as that of a list, and as right, after the edit: there is another list that it
    /// may be meant for.
    fn fits_another(&self, edit: &Edit) -> bool {
        let text = edit::apply(self.text, std::slice::from_ref(edit));
        let document = document::read(&SourceFile::new("", &text), self.format);
        let facts = facts::extract(&document, &self.read.vocabulary);
        let is_here = |fact: &&Fact| {
            fact.kind == TALLY && document.map.to_source(fact.span).start == edit.span.start
        };
        let mut here = facts.facts.iter().filter(is_here);
        here.any(|fact| fact.get(tally::Slot::count) == fact.get(tally::Slot::listed))
    }

    /// Whether the document says what a share is of, so that it is not the numbers alone that tell: the whole stands in a table
    /// or in the sentence of the share, the share points back to it, or two others of its sentence are of the same.
    fn says_whole(&self, share: &Fact, whole: Number) -> bool {
        let sentence = self.read.facts.sentences.get(share.place.sentence);
        let here = sentence.is_some_and(|sentence| sentence.contains(share.span));
        let back = ["of those", "of these", "of them", "of whom", "of which"];
        let text = self.read.document.text_of(share.span).to_lowercase();
        let pointed = back.iter().any(|words| text.contains(words));
        let of_same = |other: &&Fact| {
            let of = other.get(proportion::Slot::whole).as_number();
            other.place.sentence == share.place.sentence
                && of.is_some_and(|of| of.value() == whole.value())
        };
        let together = self.facts(PROPORTION).filter(of_same).count() > 2;
        share.place.cell.is_some() || here && !self.is_of_other_clause(share) || pointed || together
    }

    /// The facts of a kind whose measure no other of them has.
    fn only_of_name(
        &self,
        kind: KindId,
        measure: fn(&Fact) -> &Value,
    ) -> impl Iterator<Item = &'a Fact> {
        let named = |wanted: &Value| {
            let mut same = self.facts(kind).filter(|fact| measure(fact) == wanted);
            same.next().is_some() && same.next().is_none()
        };
        let facts: Vec<&Fact> = self
            .facts(kind)
            .filter(|fact| {
                let measure = measure(fact);
                !measure.is_unknown() && named(measure)
            })
            .collect();
        facts.into_iter()
    }

    /// Whether a colon or "and" stands between a whole and the part behind it, so that the part begins a clause of its own: "240
    /// answers came: 192 parents (80%) …".
    fn is_of_other_clause(&self, share: &Fact) -> bool {
        let words = self.tokens(share.span);
        let part = share.get(proportion::Slot::part).as_number();
        let part = part.and_then(|part| self.number(share.span, part));
        let before = (0..words.len()).take_while(|&at| {
            let start = words
                .skip(at)
                .first()
                .and_then(|token| self.source(token.span));
            start.is_none_or(|start| part.is_some_and(|part| start.start < part.start))
        });
        let mut before = before.map(|at| words.skip(at));
        before.any(|here| here.starts_with("and") || here.starts_with(":"))
    }

    /// The number at `span` of the author's file, changed.
    pub(super) fn other(&self, span: Span) -> Option<Edit> {
        other_number(text_at(self.text, span)).map(|with| Edit::new(span, with))
    }

    pub(super) fn swap(&self, first: Span, second: Span) -> Vec<Edit> {
        let (a, b) = (text_at(self.text, first), text_at(self.text, second));
        if a == b || first.overlaps(second) {
            return Vec::new();
        }
        vec![Edit::new(first, b), Edit::new(second, a)]
    }

    /// The last place under `span` where a grade stands by its name, in the clean text.
    fn grade_at(&self, span: Span, grade: &Grade) -> Option<Span> {
        let text = self.read.document.text_of(span).to_ascii_lowercase();
        let at = text.rfind(&grade.name().to_ascii_lowercase())?;
        let start = span.start + at;
        Some(Span::new(start, start + grade.name().len()))
    }

    /// The grade of a rating, changed to the one next to it; where it is a verb, none.
    pub(super) fn other_grade(&self, rating: &Fact, grade: &Grade) -> Option<Edit> {
        let at = self.grade_at(rating.span, grade)?;
        let span = self.source(at).filter(|_| !self.is_verb(rating, at))?;
        let other = as_written(text_at(self.text, span), &next_grade(grade)?);
        Some(Edit::new(span, other))
    }

    /// As [`Self::grade_at`], in the author's file.
    fn grade(&self, span: Span, grade: &Grade) -> Option<Span> {
        self.source(self.grade_at(span, grade)?)
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

/// Lesser numbers in the same form: one digit less, the last first and by little first; or the number words before.
fn less_numbers(written: &str) -> Vec<String> {
    if let Some(at) = word_at(written) {
        let before = WORDS.get(..at).unwrap_or_default().iter().rev();
        return before.map(|word| as_written(written, word)).collect();
    }
    let digits = written
        .char_indices()
        .rev()
        .filter_map(|(at, c)| Some((at, c.to_digit(10)?)));
    let less = digits.flat_map(|(at, digit)| {
        let parts = written.get(..at).zip(written.get(at + 1..));
        let lesser = (0..digit).rev();
        lesser
            .filter_map(move |digit| parts.map(|(before, after)| format!("{before}{digit}{after}")))
    });
    less.collect()
}

/// The value of a numeral or number word.
fn parse(written: &str) -> Option<Decimal> {
    let numeral = || Decimal::from_str_exact(&written.replace(',', "")).ok();
    let word = || Some(Decimal::from(word_at(written)? + 1));
    numeral().or_else(word)
}

/// A number `by` further on in the same form.
fn further_number(written: &str, by: u32) -> Option<String> {
    if let Ok(number) = written.parse::<u32>() {
        return Some(number.checked_add(by)?.to_string());
    }
    let at = word_at(written)?.checked_add(usize::try_from(by).ok()?)?;
    let Some(word) = WORDS.get(at) else {
        return Some((at + 1).to_string());
    };
    Some(as_written(written, word))
}

fn word_at(written: &str) -> Option<usize> {
    WORDS
        .iter()
        .position(|word| word.eq_ignore_ascii_case(written))
}

/// `word` with the capitals of `like`.
pub(super) fn as_written(like: &str, word: &str) -> String {
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
    parts(page, page.facts(PROPORTION))
}

/// As [`part_of_share`], of shares that their name tells from all others of the document: what another version says of the same
/// thing can be found by nothing else.
fn named_share(page: &Page<'_>) -> Vec<Vec<Edit>> {
    parts(
        page,
        page.only_of_name(PROPORTION, |fact| fact.get(proportion::Slot::measure)),
    )
}

fn parts<'a>(page: &Page<'_>, facts: impl Iterator<Item = &'a Fact>) -> Vec<Vec<Edit>> {
    let edits = facts.filter_map(|fact| {
        let part = fact.get(proportion::Slot::part).as_number()?;
        let whole = fact.get(proportion::Slot::whole).as_number()?;
        let percent = fact.get(proportion::Slot::percent).as_number()?;
        let agrees = share_of(part, whole).is_some_and(|share| nearly(share, percent));
        let span = page.number(fact.span, part).filter(|_| agrees)?;
        page.says_whole(fact, whole)
            .then(|| page.other(span).map(|edit| vec![edit]))
            .flatten()
    });
    edits.collect()
}

/// The percentage of a part that says of what it is one.
fn share_of_part(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let facts = page.facts(PROPORTION);
    let edits = facts.filter_map(|fact| {
        let part = fact.get(proportion::Slot::part).as_number()?;
        let whole = fact.get(proportion::Slot::whole).as_number()?;
        let percent = fact.get(proportion::Slot::percent).as_number()?;
        let agrees = share_of(part, whole).is_some_and(|share| nearly(share, percent));
        let span = page.number(fact.span, percent).filter(|_| agrees)?;
        page.says_whole(fact, whole)
            .then(|| page.other(span).map(|edit| vec![edit]))
            .flatten()
    });
    edits.collect()
}

fn ends_of_change(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let facts = page.facts(CHANGE);
    let edits = facts.filter_map(|fact| {
        let from = fact.get(change::Slot::from).as_number()?;
        let to = fact.get(change::Slot::to).as_number()?;
        let (word, so) = match fact.get(change::Slot::direction).as_words()? {
            "up" => (Class::Up, from.value() < to.value()),
            "down" => (Class::Down, from.value() > to.value()),
            _ => return None,
        };
        let told = so && apart(from, to) && page.says(fact.span, word);
        let ends = page
            .number(fact.span, from)
            .zip(page.number(fact.span, to))
            .filter(|_| told)?;
        Some(page.swap(ends.0, ends.1))
    });
    edits.collect()
}

/// The first number as a percentage of the second.
fn share_of(part: Number, whole: Number) -> Option<Decimal> {
    let share = part.value().checked_mul(Decimal::ONE_HUNDRED)?;
    share.checked_div(whole.value())
}

/// Whether a number worked out from printed ones is the one printed beside them, as far as one in a hundred or a whole tells.
fn nearly(worked_out: Decimal, printed: Number) -> bool {
    let slack = (printed.value().abs() / Decimal::ONE_HUNDRED).max(Decimal::ONE);
    (worked_out - printed.value()).abs() <= slack
}

/// Whether two numbers differ whatever they were rounded from.
pub(super) fn apart(a: Number, b: Number) -> bool {
    a.equals(b) == Verdict::Fails
}

fn size_of_change(page: &Page<'_>) -> Vec<Vec<Edit>> {
    sizes(page, page.facts(CHANGE))
}

/// As [`size_of_change`], of movements that their name tells from all others of the document.
fn named_change(page: &Page<'_>) -> Vec<Vec<Edit>> {
    sizes(
        page,
        page.only_of_name(CHANGE, |fact| fact.get(change::Slot::measure)),
    )
}

fn sizes<'a>(page: &Page<'_>, facts: impl Iterator<Item = &'a Fact>) -> Vec<Vec<Edit>> {
    let edits = facts.filter_map(|fact| {
        let by = fact.get(change::Slot::by).as_number()?;
        let from = fact.get(change::Slot::from).as_number()?;
        let to = fact.get(change::Slot::to).as_number()?;
        let gap = (to.value() - from.value()).abs();
        let relative = share_of(Number::exact(gap), from);
        let agrees = nearly(gap, by) || relative.is_some_and(|relative| nearly(relative, by));
        let span = page.number(fact.span, by).filter(|_| agrees)?;
        Some(vec![page.other(span)?])
    });
    edits.collect()
}

fn sides_of_comparison(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let facts = page.facts(COMPARISON);
    let edits = facts.filter_map(|fact| {
        let value = fact.get(comparison::Slot::value).as_number()?;
        let reference = fact.get(comparison::Slot::reference_value).as_number()?;
        let (word, so, other) = match fact.get(comparison::Slot::relation).as_words()? {
            "above" => (Class::Above, value.value() > reference.value(), "99"),
            "below" => (Class::Below, value.value() < reference.value(), "1"),
            _ => return None,
        };
        if !so || !apart(value, reference) || !page.says(fact.span, word) {
            return None;
        }
        let reference = page.number(fact.span, reference)?;
        if let Some(value) = page.number(fact.span, value) {
            return Some(page.swap(value, reference));
        }
        let share = matches!(fact.get(comparison::Slot::unit).as_words(), Some("percent"));
        share.then(|| vec![Edit::new(reference, other)])
    });
    edits.collect()
}

fn total(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let facts = page.facts(BREAKDOWN);
    let edits = facts.filter_map(|fact| {
        let total = fact.get(breakdown::Slot::total).as_number()?;
        let parts = fact.get(breakdown::Slot::parts).as_list()?;
        let parts = parts.iter().map(Value::as_number);
        let parts = parts.collect::<Option<Vec<Number>>>()?;
        let sum: Decimal = parts.iter().map(|part| part.value()).sum();
        let complete = fact.get(breakdown::Slot::complete) == &Value::from(true);
        let agrees = complete && nearly(sum, total);
        let span = page.number(fact.span, total).filter(|_| agrees)?;
        // A list may leave parts out, but it never has more than the whole; what was rounded may miss it by a little.
        let rounding = parts.iter().chain([&total]);
        let slack: Decimal = rounding.map(|number| number.hi() - number.value()).sum();
        let written = text_at(page.text, span);
        let scale = total.value().checked_div(parse(written)?)?;
        let less = less_numbers(written).into_iter().find(|less| {
            let value = parse(less).and_then(|value| value.checked_mul(scale));
            value.is_some_and(|value| value > Decimal::ZERO && sum - value > slack)
        });
        Some(vec![Edit::new(span, less?)])
    });
    edits.collect()
}

/// The number of a list that is as long as it says and that its words announce, changed to one more than any reading of its "and"
/// gives; where there is another list that has so many, to the next.
fn tally_count(page: &Page<'_>) -> Vec<Vec<Edit>> {
    const MOST_LISTS: u32 = 4;
    let facts = page.facts(TALLY);
    let edits = facts.filter_map(|fact| {
        let count = fact.get(tally::Slot::count).as_number()?;
        let listed = fact.get(tally::Slot::listed).as_number()?;
        let complete = fact.get(tally::Slot::complete) == &Value::from(true);
        let inline = fact.get(tally::Slot::inline) == &Value::from(true);
        let announced = if inline {
            page.sets_off_list(fact.span)
        } else {
            page.has_list_below(fact) && !page.goes_through(fact)
        };
        let agrees = complete && announced && count.value() == listed.value();
        let span = page.number(fact.span, count).filter(|_| agrees)?;
        let count = count.value().to_u32()?;
        let most = if inline {
            page.most_items(fact.span, count)
        } else {
            count
        };
        let edit = |by: u32| {
            let other = further_number(text_at(page.text, span), most - count + by)?;
            Some(Edit::new(span, other))
        };
        let mut edits = (1..=MOST_LISTS).filter_map(edit);
        Some(vec![edits.find(|edit| !page.fits_another(edit))?])
    });
    edits.take(MOST).collect()
}

fn weekday(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let facts = page.facts(DATE);
    let edits = facts.filter_map(|fact| {
        let named = fact.get(date::Slot::weekday).as_words()?;
        let at = WEEKDAYS.iter().position(|day| *day == named)?;
        let days = fact.get(date::Slot::from).as_days()?;
        let real = usize::try_from(days.from().weekday().to_monday_zero_offset()).ok()?;
        if !days.is_day() || real != at {
            return None;
        }
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

/// A rating that the document gives twice for the same round, the same each time, once changed.
fn rating_value(page: &Page<'_>, forms: &[&str]) -> Vec<Vec<Edit>> {
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
    let sure = |fact: &Fact| fact.get(rating::Slot::sure) == &Value::from(true);
    let edits = given.iter().filter_map(|fact| {
        let Value::Grade(grade) = fact.get(rating::Slot::value) else {
            return None;
        };
        let mut others = given
            .iter()
            .filter(|other| other.span != fact.span && key(other) == key(fact) && sure(other))
            .peekable();
        let same = |other: &&Fact| {
            matches!(other.get(rating::Slot::value), Value::Grade(other)
                if other.equals(grade) == Verdict::Holds)
        };
        let is = |slot: rating::Slot, words: &[&str]| {
            let word = fact.get(slot).as_words();
            word.is_some_and(|word| words.contains(&word))
        };
        let current = is(rating::Slot::when, &["current"]) && is(rating::Slot::form, forms);
        let known = sure(fact) && !is_of_body_before(fact, &given);
        let agree = current && known && others.peek().is_some() && others.all(same);
        if !agree {
            return None;
        }
        Some(vec![page.other_grade(fact, grade)?])
    });
    edits.collect()
}

/// Whether a rating of the text names no body where tables and lists have a body for each rating of its criterion: "its
/// viability" is that of the one spoken of before.
fn is_of_body_before(fact: &Fact, given: &[&Fact]) -> bool {
    let label = |fact: &Fact, slot: rating::Slot| match fact.get(slot) {
        Value::Label(label) => label.text().to_lowercase(),
        _ => String::new(),
    };
    let criterion = |fact: &Fact| {
        let whole = label(fact, rating::Slot::criterion);
        let own = whole.rsplit(": ").next();
        own.map(str::to_owned)
    };
    let has_body = |fact: &Fact| !label(fact, rating::Slot::subject).is_empty();
    let is_listed = |fact: &Fact| {
        let form = fact.get(rating::Slot::form).as_words();
        matches!(form, Some("table" | "list"))
    };
    let mut listed = given
        .iter()
        .filter(|other| is_listed(other) && criterion(other) == criterion(fact))
        .peekable();
    let told = !is_listed(fact) && !has_body(fact);
    told && listed.peek().is_some() && listed.all(|other| has_body(other))
}

/// The grade above, or below the highest.
pub(super) fn next_grade(grade: &Grade) -> Option<String> {
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

/// How many ratings have a grade, where the ratings are listed and as many of them have it, or where the counts of one
/// sentence make up a number of things beside them.
fn claim_count(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let claims: Vec<(&Fact, Number)> = page
        .facts(RATING_CLAIM)
        .filter_map(|fact| Some((fact, fact.get(rating_claim::Slot::count).as_number()?)))
        .collect();
    let edits = claims.iter().filter_map(|&(fact, count)| {
        let agrees = is_listed(page, fact, count) || is_part_of_total(page, fact, &claims);
        let span = page.number(fact.span, count).filter(|_| agrees)?;
        Some(vec![page.other(span)?])
    });
    edits.collect()
}

/// Whether lists and tables give a grade as often as a claim says.
fn is_listed(page: &Page<'_>, claim: &Fact, count: Number) -> bool {
    let grade = claim.get(rating_claim::Slot::value).as_words();
    let listed = page.facts(RATING).filter(|fact| {
        let is = |slot: rating::Slot, words: &[&str]| {
            fact.get(slot)
                .as_words()
                .is_some_and(|word| words.contains(&word))
        };
        is(rating::Slot::form, &["list", "table"])
            && is(rating::Slot::when, &["current"])
            && fact.get(rating::Slot::value).as_words() == grade
    });
    count.value() == Decimal::from(listed.count())
}

/// Whether the claims of a sentence, three or more, make up a number that stands in it or in the one before.
fn is_part_of_total(page: &Page<'_>, claim: &Fact, claims: &[(&Fact, Number)]) -> bool {
    let at = claim.place.sentence;
    let beside = claims
        .iter()
        .filter(|(other, _)| other.place.sentence == at);
    let (mut parts, mut total) = (0, Decimal::ZERO);
    for (_, count) in beside {
        parts += 1;
        total += count.value();
    }
    let mut numbers = page.facts(FIGURE).filter(|figure| {
        (at.saturating_sub(1)..=at).contains(&figure.place.sentence)
            && figure.get(figure::Slot::unit).as_words() == Some("count")
    });
    parts > 2
        && numbers.any(|figure| {
            let value = figure.get(figure::Slot::value).as_number();
            value.is_some_and(|value| value.value() == total)
        })
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

/// An answer to an issue that nobody raised; the ends of a range ("1 to 5") stay as they are.
fn answer(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let facts = page.facts(RESPONSE);
    let edits = facts.filter_map(|fact| {
        let answered = fact.get(response::Slot::to).as_list()?.iter();
        let mut numbers = answered.filter_map(Value::as_words);
        let dates: Vec<Span> = page
            .facts(DATE)
            .map(|date| page.read.document.map.to_source(date.span))
            .collect();
        let in_date = |span: &Span| dates.iter().any(|date| date.overlaps(*span));
        let spans = numbers.find_map(|number| {
            page.single_numeral(fact.span, number)
                .filter(|span| !in_date(span))
        });
        Some(vec![Edit::new(spans?, "97")])
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
    fn lesser_numbers_keep_their_form() {
        for (written, others) in [
            (
                "1,23",
                &["1,22", "1,21", "1,20", "1,13", "1,03", "0,23"][..],
            ),
            ("2.0", &["1.0", "0.0"]),
            ("Three", &["Two", "One"]),
            ("several", &[]),
        ] {
            assert_eq!(less_numbers(written), others, "{written}");
        }
    }

    #[test]
    fn further_numbers_keep_their_form() {
        for (written, by, other) in [
            ("180", 1, Some("181")),
            ("Eight", 1, Some("Nine")),
            ("eleven", 3, Some("14")),
            ("several", 1, None),
        ] {
            assert_eq!(further_number(written, by).as_deref(), other, "{written}");
        }
    }

    #[test]
    fn words_keep_their_capitals() {
        assert_eq!(as_written("GOOD", "Poor"), "POOR");
        assert_eq!(as_written("Good", "poor"), "Poor");
        assert_eq!(as_written("good", "Poor"), "poor");
    }
}
