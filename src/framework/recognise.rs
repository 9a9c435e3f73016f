//! Which framework a document was made under, told by its words and its date.

use std::{
    cell::OnceCell,
    cmp::{Ordering, Reverse},
    ops::Range,
};

use jiff::{ToSpan, civil::Date};
use memchr::memmem;

use super::config::{AppliesConfig, FrameworkConfig};
use crate::value::Days;

/// Days after the last inspection under a framework within which its reports come out.
const PUBLISHED_WITHIN: i32 = 365;
/// Years between an inspection and the publication of its report from which on the inspection was an earlier one.
const YEARS_APART: i16 = 2;
/// Bytes before a date in which the word stands that says what happened then.
const CONTEXT: usize = 64;

/// Bytes at the start of a document in which its title stands.
const OPENING: usize = 2400;

/// A document as far as its framework is told by it.
pub(super) struct Document<'a> {
    text: &'a str,
    lower: OnceCell<String>,
    opening: OnceCell<String>,
    made: Option<Made>,
}

impl<'a> Document<'a> {
    /// Reads the date of `text`.
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            lower: OnceCell::new(),
            opening: OnceCell::new(),
            made: made(text),
        }
    }

    /// Where a name stands first as words of its own: "NQS" does not stand in "NQSW".
    fn find(&self, name: &str) -> Option<usize> {
        let mut places = memmem::find_iter(self.text.as_bytes(), name);
        places.find(|&at| is_apart(self.text, at, name))
    }

    fn lower(&self) -> &str {
        let lower = || self.text.to_ascii_lowercase().replace('’', "'");
        self.lower.get_or_init(lower)
    }

    /// Whether a phrase stands in the text in whatever case.
    fn has_in_any_case(&self, phrase: &str) -> bool {
        let phrase = phrase.to_ascii_lowercase();
        memmem::find(self.lower().as_bytes(), phrase.as_bytes()).is_some()
    }

    /// Where in the opening of the text a phrase stands in whatever case, line ends within it aside.
    fn opens_with(&self, phrase: &str) -> Option<usize> {
        let opening = self.opening.get_or_init(|| {
            let text = self.lower();
            let end = text.floor_char_boundary(OPENING);
            let words = text.get(..end).unwrap_or_default().split_whitespace();
            words.collect::<Vec<_>>().join(" ")
        });
        memmem::find(opening.as_bytes(), phrase.to_ascii_lowercase().as_bytes())
    }
}

/// Whether `words`, which stand at `at`, neither start nor end within a longer word.
fn is_apart(text: &str, at: usize, words: &str) -> bool {
    let inner = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let behind = text.get(at + words.len()..);
    let after = behind.and_then(|after| after.chars().next());
    !(inner(before) && inner(words.chars().next())
        || inner(after) && inner(words.chars().next_back()))
}

/// How likely a document was made under a framework: one of its titles, the earlier the likelier, then more distinct phrases of it,
/// then a date within its days and not just after them, then a name that stands earlier, then the framework that began later.
pub(super) type Likelihood = (
    Option<Reverse<usize>>,
    usize,
    bool,
    Reverse<usize>,
    Option<Date>,
);

/// How likely `document` was made under `framework`; `None` where it has no name or no mark of it, or the wrong date.
pub(super) fn likelihood(
    framework: &FrameworkConfig,
    document: &Document<'_>,
) -> Option<Likelihood> {
    let within = within(&framework.applies, document.made)?;
    let names = framework.names.iter();
    let named: Vec<_> = names.filter_map(|name| document.find(name)).collect();
    let first = *named.iter().min()?;
    let marks = framework.marks.iter();
    let marks = marks.filter(|mark| document.has_in_any_case(mark)).count();
    let titles = framework.titles.iter();
    let titles = titles.filter_map(|title| document.opens_with(title));
    let titled = titles.min().map(Reverse);
    let open = framework.marks.is_empty() && framework.titles.is_empty();
    let is_marked = open || marks > 0 || titled.is_some();
    is_marked.then_some((
        titled,
        named.len() + marks,
        within,
        Reverse(first),
        framework.applies.from,
    ))
}

/// Phrases of a scheme that a document must have to be taken for one of its own without naming it.
const FEWEST_SIGNS: usize = 2;

/// How likely a document that names no inspectorate was made under `framework`, by the phrases that hardly stand elsewhere; the more of
/// them, then the later framework.
pub(super) fn likelihood_by_signs(
    framework: &FrameworkConfig,
    document: &Document<'_>,
) -> Option<(usize, Option<Date>)> {
    within(&framework.applies, document.made)?;
    let signs = framework.signs.iter();
    let found = signs.filter(|sign| document.has_in_any_case(sign)).count();
    (found >= FEWEST_SIGNS).then_some((found, framework.applies.from))
}

/// Whether a date lies within the days of a framework; `None` where it lies before or too long after them.
fn within(applies: &AppliesConfig, made: Option<Made>) -> Option<bool> {
    let Some(Made { days, inspected }) = made else {
        return Some(true);
    };
    let starts = applies.from.is_none_or(|from| from <= days.to());
    let ends = |slack: i32| {
        applies.to.is_none_or(|to| {
            to.checked_add(slack.days())
                .is_ok_and(|to| days.from() <= to)
        })
    };
    let slack = if inspected { 0 } else { PUBLISHED_WITHIN };
    (starts && ends(slack)).then(|| ends(0))
}

/// When a document was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Made {
    days: Days,
    /// Whether that is when the inspection took place, and not when the document came out.
    inspected: bool,
}

/// What happened on a date, as far as the words before it say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    Inspected,
    Published,
    /// Something that lies ahead, or an earlier inspection.
    Other,
    Unsaid,
}

/// When a document was made: the latest inspection it dates, unless its publication lies years later; else its publication,
/// else the latest day, month or year that it names and that is no deadline.
fn made(text: &str) -> Option<Made> {
    let mut latest = Latest::default();
    for written in dates(text) {
        let slot = match (event(text, written.place.start), written.to_the_month) {
            (Event::Other, _) => continue,
            (Event::Inspected, true) => &mut latest.inspected,
            (Event::Published, true) => &mut latest.published,
            (_, true) => &mut latest.month,
            (_, false) => &mut latest.year,
        };
        *slot = (*slot).max(Some(End(written.days)));
    }
    latest.made()
}

/// The latest dates of a text, by what they say.
#[derive(Default)]
struct Latest {
    inspected: Option<End>,
    published: Option<End>,
    month: Option<End>,
    year: Option<End>,
}

impl Latest {
    fn made(self) -> Option<Made> {
        let year = |end: Option<End>| end.map(|End(days)| days.to().year());
        let earlier = year(self.published) >= year(self.inspected).map(|year| year + YEARS_APART);
        let inspected = self
            .inspected
            .filter(|_| self.published.is_none() || !earlier);
        let unsaid = self.month.filter(|_| year(self.month) >= year(self.year));
        let of = |inspected| move |End(days): End| Made { days, inspected };
        inspected
            .map(of(true))
            .or(self.published.map(of(false)))
            .or(unsaid.or(self.year).map(of(false)))
    }
}

/// A period, ordered by its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct End(Days);

impl Ord for End {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.0.to(), self.0.from()).cmp(&(other.0.to(), other.0.from()))
    }
}

impl PartialOrd for End {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What the words before a date say of it.
fn event(text: &str, date: usize) -> Event {
    let mut from = date.saturating_sub(CONTEXT);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = text.get(from..date).unwrap_or_default();
    let before = before.rsplit(['\n', '.', ';']).next().unwrap_or_default();
    let before = before.to_ascii_lowercase();
    let last = before.split_whitespace().next_back().unwrap_or_default();
    let at = |words: &[&str]| words.iter().filter_map(|word| before.rfind(word)).max();
    let inspected = at(&["inspected", "inspection", "visited", "fieldwork"]);
    let published = at(&["publish", "publication"]);
    if AHEAD.contains(&last) || at(EARLIER).is_some() {
        Event::Other
    } else if published.is_some() && published > inspected {
        Event::Published
    } else if inspected.is_some() {
        Event::Inspected
    } else {
        Event::Unsaid
    }
}

/// Words that come before a deadline or the start of a period.
const AHEAD: &[&str] = &["by", "before", "until", "till", "due", "since", "from"];
/// Words of what lies before or after the inspection that a document is on.
const EARLIER: &[&str] = &["previous", "last ", "next ", "earlier", "prior"];

/// A date as it stands in a text.
struct Written {
    place: Range<usize>,
    days: Days,
    /// Whether it names a month.
    to_the_month: bool,
}

/// Every year from 1990 to 2099 that stands in `text` as a numeral of its own, with the month and day before it.
fn dates(text: &str) -> impl Iterator<Item = Written> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        loop {
            let bytes = text.as_bytes();
            let start = rest + bytes.get(rest..)?.iter().position(u8::is_ascii_digit)?;
            let digits = bytes.get(start..)?.iter();
            rest = start + digits.take_while(|byte| byte.is_ascii_digit()).count();
            if rest - start == 4
                && let Some(written) = dated(text, start..rest)
            {
                return Some(written);
            }
        }
    })
}

/// The date whose year stands at `year`.
fn dated(text: &str, place: Range<usize>) -> Option<Written> {
    let year: i16 = text.get(place.clone())?.parse().ok()?;
    if !(1990..2100).contains(&year) {
        return None;
    }
    if let Some(day) = in_figures(text, &place) {
        return Some(Written {
            days: Days::day(day),
            to_the_month: true,
            place,
        });
    }
    let before = text.get(..place.start)?.trim_end_matches([' ', ',']);
    let word = before.len() - trailing(before, u8::is_ascii_alphabetic);
    let Some(month) = month(before.get(word..)?) else {
        return Some(Written {
            days: Days::year(year)?,
            to_the_month: false,
            place,
        });
    };
    let before = before.get(..word)?.trim_end();
    let before = ["st", "nd", "rd", "th"]
        .into_iter()
        .find_map(|ending| before.strip_suffix(ending))
        .unwrap_or(before);
    let day = before.len() - trailing(before, u8::is_ascii_digit);
    let days = before
        .get(day..)
        .and_then(|day| day.parse().ok())
        .and_then(|day| Date::new(year, month, day).ok());
    Some(Written {
        days: days.map_or_else(|| Days::month(year, month), |day| Some(Days::day(day)))?,
        to_the_month: true,
        place: if days.is_some() { day } else { word }..place.end,
    })
}

/// The day of a date in figures: `2024-09-16`, `16/09/2024`.
fn in_figures(text: &str, year: &Range<usize>) -> Option<Date> {
    let whole = |text: &str| Days::from_iso(text).map(Days::to);
    if let Some(date) = text.get(year.start..year.start + 10).and_then(whole) {
        return Some(date);
    }
    let written = text.get(year.start.checked_sub(6)?..year.end)?;
    let mut parts = written.split('/');
    let (day, month) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Date::new(parts.next()?.parse().ok()?, month, day).ok()
}

/// How many bytes at the end of `text` are like this.
fn trailing(text: &str, is: fn(&u8) -> bool) -> usize {
    text.as_bytes()
        .iter()
        .rev()
        .take_while(|byte| is(byte))
        .count()
}

/// The number of a month by its name or the first three letters of it.
fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_ascii_lowercase();
    let is = |month: &&str| **month == word || word.len() >= 3 && month.starts_with(&word);
    let at = MONTHS.iter().position(is)?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, from: &str, to: &str, inspected: bool) {
        let days = |text| Days::from_iso(text).expect("a date");
        let days = Days::new(days(from).from(), days(to).to()).expect("a period");
        assert_eq!(made(text), Some(Made { days, inspected }), "{text}");
    }

    #[test]
    fn the_date_of_a_document() {
        let day = |text, day, inspected| check(text, day, day, inspected);
        day("Inspection dates: 12 and 13 March 2024", "2024-03-13", true);
        day(
            "Inspected on 12th March, 2024. Next inspection by May 2027.",
            "2024-03-12",
            true,
        );
        day(
            "The home was last inspected on 3 May 2019. Published 4 June 2022",
            "2022-06-04",
            false,
        );
        day(
            "Inspected in May 2019. Published 4 June 2022",
            "2022-06-04",
            false,
        );
        day(
            "Inspection report published 04/06/2022",
            "2022-06-04",
            false,
        );
        day("Report date: 2024-09-16", "2024-09-16", false);
        day("Fieldwork: Sept 2024", "2024-09", true);
        day("Findings of 2016-17", "2016", false);
        day(
            "In June 2015 it rose; by 2030 it must fall.",
            "2015-06",
            false,
        );
        day("In June 2015 it rose; 2017 was worse.", "2017", false);
        assert_eq!(
            made("Since 2015 nothing happened in room 1066 of 20244."),
            None
        );
    }

    #[test]
    fn names_stand_as_words_of_their_own() {
        for (text, name, found) in [
            ("A plan for every NQSW", "NQS", false),
            ("An NQSW under the NQS.", "NQS", true),
            ("Estyn's report", "Estyn", true),
            ("The CQC", "CQC", true),
            ("éNQS", "NQS", false),
        ] {
            assert_eq!(Document::new(text).find(name).is_some(), found, "{text}");
        }
    }

    #[test]
    fn a_document_opens_with_its_title() {
        let opens = |text: &str| Document::new(text).opens_with("joint targeted area inspection");
        assert_eq!(
            opens("Elm\n\nJoint targeted\n  area inspection of Elm"),
            Some(4)
        );
        let late = format!("{}Joint targeted area inspection", "é ".repeat(1200));
        assert_eq!(opens(&late), None);
    }

    #[test]
    fn a_date_fits_the_days_of_a_framework() {
        let applies = AppliesConfig {
            from: Date::new(2019, 9, 1).ok(),
            to: Date::new(2024, 9, 15).ok(),
        };
        let fits = |day, inspected| {
            let days = Days::from_iso(day).expect("a date");
            within(&applies, Some(Made { days, inspected }))
        };
        assert_eq!(fits("2019-08-31", true), None);
        assert_eq!(fits("2019-09-01", true), Some(true));
        assert_eq!(fits("2024-09", true), Some(true));
        assert_eq!(fits("2024-09-15", true), Some(true));
        assert_eq!(fits("2024-09-16", true), None);
        assert_eq!(fits("2024-09-16", false), Some(false));
        assert_eq!(fits("2025-09-16", false), None);
        assert_eq!(within(&applies, None), Some(true));
    }
}
