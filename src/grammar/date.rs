//! Dates: days, months, years, quarters, terms, and the periods that two of them make.
//!
//! A date is read as written. Its year may be missing ("25 September"); whoever knows the document gives it one with
//! [`Written::with_year`]. Days come before months in figures (`03/10/2017`), unless only the other order is possible.

use jiff::{ToSpan, civil::Date};

use super::{Class, Input, Lexeme, Parsed, TokenKind, kind, one_of, phrase};
use crate::{span::Span, value::Days};

/// A day, month or longer stretch as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// A day of a month; it need not exist.
    Day {
        /// The year, where it is written.
        year: Option<i16>,
        /// 1 to 12.
        month: i8,
        /// 1 to 99.
        day: i8,
    },
    /// Months from first to last: one month, a quarter, a term. A term that ends in the next year has a `last` before `first`.
    Months {
        /// The year of the first month, where it is written.
        year: Option<i16>,
        /// 1 to 12.
        first: i8,
        /// 1 to 12.
        last: i8,
    },
    /// A calendar year.
    Year(i16),
    /// Financial years: April of the first to March of the last.
    Financial(i16, i16),
}

/// How a date is framed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frame {
    /// As it stands.
    Plain,
    /// "Year ending": the twelve months up to its end.
    YearTo,
    /// "Week of": Monday to Sunday around its day.
    WeekOf,
    /// "Quarter ending": the three months up to its end.
    QuarterTo,
}

/// A date or period as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its only or first point.
    pub from: Point,
    /// Its last point, where two are written.
    pub to: Option<Point>,
    /// The weekday named with it, 1 for Monday.
    pub weekday: Option<i8>,
    /// Bytes of the clean text.
    pub span: Span,
    frame: Frame,
}

/// A date with its days known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// First day.
    pub from: Date,
    /// Last day; before the first where the text says so.
    pub to: Date,
    /// Whether the calendar has every day named; one that it has not is taken as its month.
    pub valid: bool,
    /// Whether a first and a last date are written.
    pub range: bool,
}

impl Written {
    /// Month of the last point, where no year is written anywhere.
    pub fn month_without_year(&self) -> Option<i8> {
        let missing = |point: Point| match point {
            Point::Day {
                year: None, month, ..
            } => Some(month),
            Point::Months {
                year: None, last, ..
            } => Some(last),
            _ => None,
        };
        match self.to {
            Some(to) => missing(to),
            None => missing(self.from),
        }
    }

    /// Day of the month of the last point, where it is a day.
    pub fn day(&self) -> Option<i8> {
        match self.to.unwrap_or(self.from) {
            Point::Day { day, .. } => Some(day),
            _ => None,
        }
    }

    /// The same date in a year; a year that is written stays.
    #[must_use]
    pub fn with_year(self, year: i16) -> Self {
        match self.to {
            Some(to) => Self {
                to: Some(to.with_year(year)),
                ..self
            },
            None => Self {
                from: self.from.with_year(year),
                ..self
            },
        }
    }

    /// The days meant; `None` where a year is missing or out of range. A first point takes the year of the last, or the
    /// year before where its month comes later.
    pub fn resolve(&self) -> Option<Resolved> {
        let Some(to) = self.to else {
            let (days, valid) = self.from.days()?;
            let days = self.framed(days)?;
            return Some(Resolved {
                from: days.from(),
                to: days.to(),
                valid,
                range: false,
            });
        };
        let (last, last_valid) = to.days()?;
        let (first, first_valid) = self.from.before(to).days()?;
        Some(Resolved {
            from: first.from(),
            to: last.to(),
            valid: first_valid && last_valid,
            range: true,
        })
    }

    fn framed(&self, days: Days) -> Option<Days> {
        match self.frame {
            Frame::Plain => Some(days),
            Frame::YearTo => Days::year_to(days.to()),
            Frame::QuarterTo => {
                let first = days.to().first_of_month().checked_sub(2.months()).ok()?;
                Days::new(first, days.to())
            }
            Frame::WeekOf => {
                let weekday = i64::from(days.from().weekday().to_monday_zero_offset());
                let monday = days.from().checked_sub(weekday.days()).ok()?;
                Days::new(monday, monday.checked_add(6.days()).ok()?)
            }
        }
    }
}

impl Point {
    fn with_year(self, known: i16) -> Self {
        match self {
            Self::Day { year, month, day } => Self::Day {
                year: Some(year.unwrap_or(known)),
                month,
                day,
            },
            Self::Months { year, first, last } => Self::Months {
                year: Some(year.unwrap_or(known)),
                first,
                last,
            },
            other => other,
        }
    }

    fn month(self) -> Option<i8> {
        match self {
            Self::Day { month, .. } => Some(month),
            Self::Months { last, .. } => Some(last),
            _ => None,
        }
    }

    fn year(self) -> Option<i16> {
        match self {
            Self::Day { year, .. } | Self::Months { year, .. } => year,
            Self::Year(year) | Self::Financial(year, _) => Some(year),
        }
    }

    /// This point as the start of a period that ends with `to`.
    fn before(self, to: Self) -> Self {
        let Some(year) = to.year() else { return self };
        let later = self
            .month()
            .zip(to.month())
            .is_some_and(|(first, last)| first > last);
        self.with_year(if later { year - 1 } else { year })
    }

    /// Its days, and whether the calendar has them.
    fn days(self) -> Option<(Days, bool)> {
        match self {
            Self::Day { year, month, day } => match Date::new(year?, month, day) {
                Ok(date) => Some((Days::day(date), true)),
                Err(_) => Some((Days::month(year?, month)?, false)),
            },
            Self::Months { year, first, last } => {
                let end = if last < first { year? + 1 } else { year? };
                let (from, to) = (Days::month(year?, first)?, Days::month(end, last)?);
                Some((Days::new(from.from(), to.to())?, true))
            }
            Self::Year(year) => Some((Days::year(year)?, true)),
            Self::Financial(year, end) => Some((Days::financial_years(year, end)?, true)),
        }
    }

    /// Whether `self` and `next` are neighbours: two days or months in a row.
    fn next_to(self, next: Self) -> bool {
        match (self, next) {
            (
                Self::Day { month, day, .. },
                Self::Day {
                    month: other,
                    day: next,
                    ..
                },
            ) => {
                let over = day >= 28 && next == 1 && other == month % 12 + 1;
                month == other && next == day + 1 || over
            }
            (Self::Months { last, .. }, Self::Months { first, .. }) => first == last % 12 + 1,
            _ => false,
        }
    }

    /// Whether two points can be the ends of one period.
    fn goes_with(self, other: Self) -> bool {
        use Point::{Day, Financial, Months, Year};
        matches!(
            (self, other),
            (Day { .. } | Months { .. }, Day { .. } | Months { .. })
                | (Year(_), Year(_))
                | (Financial(..), Financial(..))
        )
    }
}

/// Reads a date or period. "Between" may stand before it; the period is read from there on.
///
/// `date = frame point | days | month-days | point [range-sign point]`: "week of 2 October 2023", "6 to 17 May 2024", "3 October 2017",
/// "January 2017 and March 2017" after "between".
pub fn date(input: Input<'_>) -> Parsed<'_, Written> {
    framed(input)
        .or_else(|_| days(input))
        .or_else(|_| month_days(input))
        .or_else(|_| period(input))
}

/// Reads a date with words before it that say which days around it are meant.
///
/// `frame = "year ending" | "week of" | "quarter to"`, as the lexicon has them.
fn framed(input: Input<'_>) -> Parsed<'_, Written> {
    let (rest, word) = phrase(Class::DateFrame)(input)?;
    let frame = match word.canonical {
        "year-to" => Frame::YearTo,
        "week-of" => Frame::WeekOf,
        "quarter-to" => Frame::QuarterTo,
        _ => return input.miss(),
    };
    let (rest, (from, weekday)) = dated(rest)?;
    let fits = match from {
        Point::Day { .. } => true,
        Point::Months { .. } => frame != Frame::WeekOf,
        _ => false,
    };
    if !fits {
        return input.miss();
    }
    Ok((
        rest,
        Written {
            from,
            to: None,
            weekday,
            span: input.span_to(rest),
            frame,
        },
    ))
}

/// Reads several days of one month.
///
/// `days = day ( range-sign day | 1*( "," day ) "and" day | "and" day ) ["of"] month [year]`: "6 to 17 May 2024",
/// "9, 10 and 11 January 2024". Days with "and" make one period where they follow each other, or after "between".
fn days(input: Input<'_>) -> Parsed<'_, Written> {
    let (mut rest, first) = day_number(input)?;
    let (mut last, mut in_a_row, mut ranged) = (first, true, false);
    for _ in 0..31 {
        let Ok((after, sign)) = range_sign(rest).or_else(|_| list_sign(rest)) else {
            break;
        };
        let Ok((after, day)) = day_number(after) else {
            break;
        };
        in_a_row &= day == last + 1;
        ranged |= sign;
        (last, rest) = (day, after);
    }
    if last == first {
        return input.miss();
    }
    let (rest, month) = month_after_day(rest)?;
    let (rest, year) = year_after(rest);
    let point = |day| Point::Day { year, month, day };
    if !in_a_row && !ranged && !after_between(input) {
        let (rest, _) = day_number(input)?;
        let written = Written::plain(point(first), None, None, input.span_to(rest));
        return Ok((rest, written));
    }
    let written = Written::plain(point(first), Some(point(last)), None, input.span_to(rest));
    Ok((rest, written))
}

/// Reads several days behind their month.
///
/// `month-days = month day ( range-sign | list-sign ) day [","] [year]`, without a year only behind "on": "June 3-7, 2024", "on April 23
/// and 24". Days with "and" make one period where they follow each other.
fn month_days(input: Input<'_>) -> Parsed<'_, Written> {
    let (rest, month) = month(input)?;
    let (rest, first) = day_number(rest)?;
    let (rest, ranged) = range_sign(rest).or_else(|_| list_sign(rest))?;
    let (rest, last) = day_number(rest)?;
    let (rest, year) = year_after(rest);
    let on = word_before(input).is_some_and(|word| word.eq_ignore_ascii_case("on"));
    let together = last == first + 1 || ranged && last > first;
    if !together || year.is_none() && !on {
        return input.miss();
    }
    let point = |day| Point::Day { year, month, day };
    let span = input.span_to(rest);
    let written = Written::plain(point(first), Some(point(last)), None, span);
    Ok((rest, written))
}

/// Reads one point, or a period from one point to another.
///
/// `period = dated [ ( range-sign | "and" ) ["late" | "early" | "the"] dated ]`, where "and" makes a period after
/// "between", or of two days or months in a row of which only the second has its year.
fn period(input: Input<'_>) -> Parsed<'_, Written> {
    let (rest, (from, weekday)) = dated(input)?;
    let one = Written::plain(from, None, weekday, input.span_to(rest));
    let Ok((after, sign)) = range_sign(rest).or_else(|_| list_sign(rest)) else {
        return Ok((rest, one));
    };
    let Ok((end, (to, _))) = dated(around(after)) else {
        return Ok((rest, one));
    };
    let neighbours = from.year().is_none() && from.next_to(to) && !rest.starts_with(",");
    let joined = sign || after_between(input) && rest.starts_with("and") || neighbours;
    // "2023 – 2024" is one year written as two; "2019 to 2021" is three.
    if sign
        && !rest.starts_with("to")
        && let (Point::Year(first), Point::Year(last)) = (from, to)
        && last == first + 1
    {
        let years = Point::Financial(first, last);
        return Ok((end, Written::plain(years, None, None, input.span_to(end))));
    }
    if joined && from.goes_with(to) {
        let written = Written::plain(from, Some(to), weekday, input.span_to(end));
        return Ok((end, written));
    }
    // "3 March and 9 May 2024", "March, June and November 2024": the year stands at the end for all.
    let mut one = one;
    if from.year().is_none()
        && from.goes_with(to)
        && let Some(year) = to.year()
    {
        one.from = from.with_year(year);
    }
    Ok((rest, one))
}

impl Written {
    const fn plain(from: Point, to: Option<Point>, weekday: Option<i8>, span: Span) -> Self {
        Self {
            from,
            to,
            weekday,
            span,
            frame: Frame::Plain,
        }
    }
}

/// Whether "between" stands right before.
fn after_between(input: Input<'_>) -> bool {
    word_before(input).is_some_and(|word| word.eq_ignore_ascii_case("between"))
}

/// The text of the token right before the input.
fn word_before(input: Input<'_>) -> Option<&str> {
    let lexed = input.lexed();
    let before = input.position().checked_sub(1)?;
    lexed.tokens.get(before).map(|token| lexed.text_of(token))
}

/// `range-sign = "to" | "until" | "till" | "through" | "-" | "–" | "—"`; gives back `true`.
fn range_sign(input: Input<'_>) -> Parsed<'_, bool> {
    let dash = |kind| matches!(kind, TokenKind::Symbol('-' | '–' | '—' | '‑' | '−'));
    if input.first().is_some_and(|token| dash(token.kind)) {
        return Ok((input.skip(1), true));
    }
    let (rest, _) = one_of(&["to", "until", "till", "through"])(input)?;
    Ok((rest, true))
}

/// `list-sign = "," ["and"] | "and" | "&"`; gives back `false`.
fn list_sign(input: Input<'_>) -> Parsed<'_, bool> {
    let (rest, _) = one_of(&[",", "and", "&"])(input)?;
    let rest = if rest.starts_with("and") {
        rest.skip(1)
    } else {
        rest
    };
    Ok((rest, false))
}

/// Past words that place a point only roughly: "early", "the end of".
fn around(input: Input<'_>) -> Input<'_> {
    input
        .lexeme(Class::DateAround)
        .map_or(input, |(rest, _)| rest)
}

/// Reads one point with its weekday.
///
/// `dated = [weekday [","]] point`
fn dated(input: Input<'_>) -> Parsed<'_, (Point, Option<i8>)> {
    let (rest, weekday) = match capital(input, Class::Weekday) {
        Some((rest, word)) => {
            let rest = if rest.starts_with(",") {
                rest.skip(1)
            } else {
                rest
            };
            (rest, word.canonical.parse().ok())
        }
        None => (input, None),
    };
    let rest = if weekday.is_some() && rest.starts_with("the") {
        rest.skip(1)
    } else {
        rest
    };
    let (rest, point) = if weekday.is_some() {
        day_point(rest)?
    } else {
        point(rest)?
    };
    Ok((rest, (point, weekday)))
}

/// Reads one point.
///
/// `point = numeric-date | day-point | quarter | term | month [year] | year-span | year`
fn point(input: Input<'_>) -> Parsed<'_, Point> {
    day_point(input)
        .or_else(|_| quarter(input))
        .or_else(|_| term(input))
        .or_else(|_| month_point(input))
        .or_else(|_| year_span(input))
        .or_else(|_| mid(input))
        .or_else(|_| {
            let (rest, year) = year(input)?;
            Ok((rest, Point::Year(year)))
        })
}

/// Reads a day.
///
/// `day-point = numeric-date | day ["of"] month [[","] year] | month day [","] year | month day`, the last behind "on" and beside a day
/// of the same form.
fn day_point(input: Input<'_>) -> Parsed<'_, Point> {
    if let Ok(found) = numeric(input) {
        return Ok(found);
    }
    if let Ok((rest, day)) = any_day_number(input) {
        let (rest, month) = month_after_day(rest)?;
        let (rest, year) = year_after(rest);
        // "45 May" is a slip of a day only where the year makes it a date.
        return if day <= 31 || year.is_some() {
            Ok((rest, Point::Day { year, month, day }))
        } else {
            input.miss()
        };
    }
    let (rest, month) = month(input)?;
    let (rest, day) = day_number(rest)?;
    let (after, year) = year_after(rest);
    let ordinal = input
        .tokens()
        .get(1)
        .is_some_and(|token| token.kind == TokenKind::Ordinal);
    // "On July 18, …": without a year, "on" tells a day from a number of things.
    let on = word_before(input).is_some_and(|word| word.eq_ignore_ascii_case("on"));
    if year.is_some() || ordinal || on || leads_to_day(rest) || follows_day(input) {
        Ok((after, Point::Day { year, month, day }))
    } else {
        input.miss()
    }
}

/// Whether another day of the same form follows: "January 1 to December 31, 2022", "between August 21 and September 3".
fn leads_to_day(input: Input<'_>) -> bool {
    let Ok((rest, _)) = range_sign(input).or_else(|_| list_sign(input)) else {
        return false;
    };
    month(rest)
        .and_then(|(rest, _)| day_number(rest))
        .is_ok_and(|(rest, _)| !rest.starts_with("%"))
}

/// Whether a day of the same form stands right before, and one sign or word between.
fn follows_day(input: Input<'_>) -> bool {
    let before = |back: usize| {
        input
            .position()
            .checked_sub(back)
            .map(|at| input.restart(at))
    };
    let (Some(sign), Some(first)) = (before(1), before(3)) else {
        return false;
    };
    let joined = range_sign(sign).or_else(|_| list_sign(sign)).is_ok();
    let day = month(first).and_then(|(rest, _)| day_number(rest));
    joined && day.is_ok_and(|(rest, _)| rest.position() == sign.position())
}

/// Reads a date in figures.
///
/// `numeric-date = day sep month sep year | month sep day sep year | year "-" month "-" day`; the month stands first only where the second
/// number is no month ("10-28-2009"); two figures of a year are of this century.
fn numeric(input: Input<'_>) -> Parsed<'_, Point> {
    let (rest, span) = kind(TokenKind::NumericDate)(input)?;
    let text = crate::span::text_at(input.lexed().text, span);
    let mut parts = text
        .split(['/', '.', '-'])
        .map(|part| (part.len(), part.parse::<i16>().ok()));
    let (Some((width, Some(a))), Some((_, Some(b)))) = (parts.next(), parts.next()) else {
        return input.miss();
    };
    let Some((last, Some(c))) = parts.next() else {
        return match i8::try_from(a) {
            Ok(month @ 1..=12) if plausible(b) => Ok((
                rest,
                Point::Months {
                    year: Some(b),
                    first: month,
                    last: month,
                },
            )),
            _ => input.miss(),
        };
    };
    let (year, month, day) = match (width, last) {
        (4, _) => (a, b, c),
        (_, 2) => (2000 + c, b, a),
        _ => (c, b, a),
    };
    let (month, day) = if month > 12 && day <= 12 {
        (day, month)
    } else {
        (month, day)
    };
    match (i8::try_from(month), i8::try_from(day)) {
        (Ok(month @ 1..=12), Ok(day @ 1..)) if plausible(year) => Ok((
            rest,
            Point::Day {
                year: Some(year),
                month,
                day,
            },
        )),
        _ => input.miss(),
    }
}

/// Reads a quarter of a year.
///
/// ```text
/// quarter = month "quarter" [["of"] year] | numbered ["of"] of-year | of-year ( numbered | "(" numbered ")" )
/// numbered = "first quarter" | "quarter" digit | "Q1"
/// of-year  = year | year-span
/// ```
/// The June quarter ends with June; the first quarter of a financial year begins with April: "Q3 2020-21", "2020-21 Quarter 3".
fn quarter(input: Input<'_>) -> Parsed<'_, Point> {
    if let Ok((rest, last)) = month(input) {
        let (rest, word) = phrase(Class::DateFrame)(rest)?;
        if word.canonical != "quarter" {
            return input.miss();
        }
        let (rest, year) = year_after(skip_of(rest));
        let first = if last > 2 { last - 2 } else { last + 10 };
        let year = year.map(|year| if last > 2 { year } else { year - 1 });
        return Ok((rest, Point::Months { year, first, last }));
    }
    if let Ok((rest, number)) = numbered_quarter(input) {
        let (rest, year) = of_year(skip_of(rest))?;
        return Ok((rest, months_of_quarter(number, year)));
    }
    let (rest, year) = of_year(input)?;
    let bracket = rest.starts_with("(");
    let (rest, number) = numbered_quarter(rest.skip(usize::from(bracket)))?;
    if bracket && !rest.starts_with(")") {
        return input.miss();
    }
    Ok((
        rest.skip(usize::from(bracket)),
        months_of_quarter(number, year),
    ))
}

/// The number of a quarter: 1 to 4.
fn numbered_quarter(input: Input<'_>) -> Parsed<'_, i8> {
    let (rest, word) = phrase(Class::DateFrame)(input)?;
    if word.canonical == "quarter" {
        let (rest, digit) = kind(TokenKind::Number)(rest)?;
        return match crate::span::text_at(input.lexed().text, digit).parse() {
            Ok(number @ 1..=4) => Ok((rest, number)),
            _ => input.miss(),
        };
    }
    let number = word.canonical.strip_prefix("quarter-");
    match number.map(str::parse) {
        Some(Ok(number)) => Ok((rest, number)),
        _ => input.miss(),
    }
}

/// A year that has quarters, and whether it is a financial one.
fn of_year(input: Input<'_>) -> Parsed<'_, (i16, bool)> {
    if let Ok((rest, Point::Financial(year, _))) = year_span(input) {
        return Ok((rest, (year, true)));
    }
    let (rest, year) = year(input)?;
    Ok((rest, (year, false)))
}

/// The three months of a quarter; the first of a financial year begins with April.
fn months_of_quarter(number: i8, (year, financial): (i16, bool)) -> Point {
    let (year, first) = match number {
        4 if financial => (year + 1, 1),
        _ if financial => (year, number * 3 + 1),
        _ => (year, number * 3 - 2),
    };
    Point::Months {
        year: Some(year),
        first,
        last: first + 2,
    }
}

/// Reads a term or season with its year.
///
/// `term = term-word ["of"] ( year | year-span )`: "autumn term of 2023", "spring 2024". The autumn of a school year stands in
/// its first half.
fn term(input: Input<'_>) -> Parsed<'_, Point> {
    let (rest, word) = phrase(Class::Term)(input)?;
    let Some((Ok(first), Ok(last))) = word
        .canonical
        .split_once('-')
        .map(|(a, b)| (a.parse::<i8>(), b.parse::<i8>()))
    else {
        return input.miss();
    };
    let rest = skip_of(rest);
    let rest = if rest.starts_with(",") {
        rest.skip(1)
    } else {
        rest
    };
    if let Ok((rest, Point::Financial(year, _))) = year_span(rest) {
        let year = if first >= 9 { year } else { year + 1 };
        return Ok((
            rest,
            Point::Months {
                year: Some(year),
                first,
                last,
            },
        ));
    }
    let (rest, year) = year(rest)?;
    Ok((
        rest,
        Point::Months {
            year: Some(year),
            first,
            last,
        },
    ))
}

/// Reads a month.
///
/// `month-point = month [[","] ["of"] year]`
fn month_point(input: Input<'_>) -> Parsed<'_, Point> {
    let (rest, month) = month(input)?;
    let (rest, year) = match year_after(skip_of(rest)) {
        (after, Some(year)) => (after, Some(year)),
        _ => (rest, None),
    };
    Ok((
        rest,
        Point::Months {
            year,
            first: month,
            last: month,
        },
    ))
}

/// Reads years written as one.
///
/// `year-span = year ( "-" | "–" | "/" ) ( 2digit | 4digit )`: "2016-17", "2011–14" (April to March); "2024-10" is a month.
fn year_span(input: Input<'_>) -> Parsed<'_, Point> {
    let (rest, span) = kind(TokenKind::YearSpan)(input)?;
    let text = crate::span::text_at(input.lexed().text, span);
    let Some((first, end)) = spanned(text) else {
        return input.miss();
    };
    let (second, width) = (end % 100, second_of(text).len());
    if plausible(first) && end > first && end < first + 30 {
        return Ok((rest, Point::Financial(first, end)));
    }
    match i8::try_from(second) {
        Ok(month @ 1..=12) if plausible(first) && width == 2 => Ok((
            rest,
            Point::Months {
                year: Some(first),
                first: month,
                last: month,
            },
        )),
        _ => input.miss(),
    }
}

/// The two years of a span: 2016 and 2017 of "2016-17" and "2016/7", 1999 and 2000 of "1999-00".
pub(super) fn spanned(text: &str) -> Option<(i16, i16)> {
    let first: i16 = text.get(..4)?.parse().ok()?;
    let second = second_of(text);
    let number: i16 = second.parse().ok()?;
    let end = match (second.len(), number) {
        (4, _) => number,
        (1, _) => first + 1,
        (_, 0) => first - first % 100 + 100,
        _ => first - first % 100 + number,
    };
    Some((first, end))
}

/// The digits after the mark of a span.
fn second_of(text: &str) -> &str {
    let second = text.get(4..).unwrap_or_default();
    second.trim_start_matches(|c: char| !c.is_ascii_digit())
}

/// Reads a word like "mid-2012" or "mid-October", which the lexer leaves whole.
fn mid(input: Input<'_>) -> Parsed<'_, Point> {
    let word = input.first().map_or("", |token| input.text_of(token));
    let Some((before, after)) = word.split_once('-') else {
        return input.miss();
    };
    if !before.eq_ignore_ascii_case("mid") {
        return input.miss();
    }
    if after.len() == 4
        && let Ok(year) = after.parse()
        && plausible(year)
    {
        return Ok((input.skip(1), Point::Year(year)));
    }
    let month = input
        .lexed()
        .lexicon
        .meanings_of(after)
        .find(|meaning| meaning.class == Class::Month)
        .and_then(|meaning| meaning.canonical.parse().ok());
    let Some(month) = month else {
        return input.miss();
    };
    let (rest, year) = year_after(input.skip(1));
    Ok((
        rest,
        Point::Months {
            year,
            first: month,
            last: month,
        },
    ))
}

/// Reads a month's name, which starts with a capital.
fn month(input: Input<'_>) -> Parsed<'_, i8> {
    match capital(input, Class::Month).map(|(rest, word)| (rest, word.canonical.parse())) {
        Some((rest, Ok(month))) => Ok((rest, month)),
        _ => input.miss(),
    }
}

/// A phrase of a class whose first letter is a capital: "May", and not "may".
fn capital(input: Input<'_>, class: Class) -> Option<(Input<'_>, Lexeme<'_>)> {
    input.first().filter(|token| token.capital)?;
    let (rest, word) = input.lexeme(class)?;
    // "Sept." keeps its full stop only before a numeral.
    let stop = rest.starts_with(".")
        && rest
            .tokens()
            .get(1)
            .is_some_and(|token| token.kind == TokenKind::Number)
        && word.span.len() < 5;
    Some((if stop { rest.skip(1) } else { rest }, word))
}

fn month_after_day(input: Input<'_>) -> Parsed<'_, i8> {
    month(skip_of(input))
}

fn skip_of(input: Input<'_>) -> Input<'_> {
    if input.starts_with("of") {
        input.skip(1)
    } else {
        input
    }
}

/// The year that stands here, after a comma at most.
fn year_after(input: Input<'_>) -> (Input<'_>, Option<i16>) {
    let start = if input.starts_with(",") {
        input.skip(1)
    } else {
        input
    };
    year(start)
        .or_else(|_| noted_year(start))
        .map_or((input, None), |(rest, year)| (rest, Some(year)))
}

/// Reads a year after which the mark of a footnote stands where its raised figure was: "31 March 2014.9".
///
/// `noted-year = year "." 1*2digit`, the whole read as one numeral
fn noted_year(input: Input<'_>) -> Parsed<'_, i16> {
    let token = input
        .first()
        .filter(|token| token.kind == TokenKind::Number);
    let text = token.map_or("", |token| input.text_of(token));
    let Some((year, note)) = text.split_once('.') else {
        return input.miss();
    };
    match year.parse() {
        Ok(number) if year.len() == 4 && note.len() <= 2 && plausible(number) => {
            Ok((input.skip(1), number))
        }
        _ => input.miss(),
    }
}

/// Reads the number of a day that some month has.
fn day_number(input: Input<'_>) -> Parsed<'_, i8> {
    match any_day_number(input) {
        Ok((rest, day)) if day <= 31 => Ok((rest, day)),
        _ => input.miss(),
    }
}

/// `day = 1*2digit | ordinal`
fn any_day_number(input: Input<'_>) -> Parsed<'_, i8> {
    let Some(token) = input.first() else {
        return input.miss();
    };
    let text = input.text_of(token);
    let digits = match token.kind {
        TokenKind::Number => text,
        TokenKind::Ordinal => text.get(..text.len() - 2).unwrap_or_default(),
        _ => return input.miss(),
    };
    match digits.parse() {
        Ok(day @ 1..) if digits.len() <= 2 => Ok((input.skip(1), day)),
        _ => input.miss(),
    }
}

/// `year = 4digit`, from 1900 to 2099.
pub fn year(input: Input<'_>) -> Parsed<'_, i16> {
    let Some(token) = input
        .first()
        .filter(|token| token.kind == TokenKind::Number)
    else {
        return input.miss();
    };
    let text = input.text_of(token);
    match text.parse() {
        Ok(year) if text.len() == 4 && plausible(year) => Ok((input.skip(1), year)),
        _ => input.miss(),
    }
}

fn plausible(year: i16) -> bool {
    (1900..2100).contains(&year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{grammar::testing::with_input, span::text_at};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = with_input(text, |input| {
            let start = input
                .tokens()
                .iter()
                .position(|token| input.text_of(token) == "between");
            let written = date(input.skip(start.map_or(0, |at| at + 1)))
                .ok()
                .map(|(_, found)| found);
            written.map_or(String::from("none"), |written| match written.resolve() {
                Some(days) => format!(
                    "{}..{}{} «{}»",
                    days.from,
                    days.to,
                    if days.valid { "" } else { "!" },
                    text_at(text, written.span)
                ),
                None => format!("no year «{}»", text_at(text, written.span)),
            })
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn days_in_every_form() {
        check(
            "Friday 13 June 2014 saw",
            "2014-06-13..2014-06-13 «Friday 13 June 2014»",
        );
        check("5 Feb 2019,", "2019-02-05..2019-02-05 «5 Feb 2019»");
        check(
            "31 March 2014.9 At",
            "2014-03-31..2014-03-31 «31 March 2014.9»",
        );
        check("5 Feb 2019.125", "no year «5 Feb»");
        check(
            "2nd of May 2023",
            "2023-05-02..2023-05-02 «2nd of May 2023»",
        );
        check("August 9, 2025", "2025-08-09..2025-08-09 «August 9, 2025»");
        check("09/04/2018", "2018-04-09..2018-04-09 «09/04/2018»");
        check("12/25/2018", "2018-12-25..2018-12-25 «12/25/2018»");
        check("01.02.19", "2019-02-01..2019-02-01 «01.02.19»");
        check("2018-04-09", "2018-04-09..2018-04-09 «2018-04-09»");
        check(
            "30 February 2020",
            "2020-02-01..2020-02-29! «30 February 2020»",
        );
        check("41 May 2020", "2020-05-01..2020-05-31! «41 May 2020»");
        check("9 August", "no year «9 August»");
        check("May 9 pupils", "no year «May»");
        check("may 2019", "none");
        check("41 May", "none");
        check("June 3-7, 2024", "2024-06-03..2024-06-07 «June 3-7, 2024»");
        check("May 9 and 10 pupils", "no year «May»");
    }

    #[test]
    fn months_years_and_longer() {
        check("October 2020", "2020-10-01..2020-10-31 «October 2020»");
        check("Sept. 2020", "2020-09-01..2020-09-30 «Sept. 2020»");
        check("2019-20 was", "2019-04-01..2020-03-31 «2019-20»");
        check("2019/2020", "2019-04-01..2020-03-31 «2019/2020»");
        check("1999-00", "1999-04-01..2000-03-31 «1999-00»");
        check("2012–15", "2012-04-01..2015-03-31 «2012–15»");
        check("2023-11", "2023-11-01..2023-11-30 «2023-11»");
        check("2014", "2014-01-01..2014-12-31 «2014»");
        check("mid-2014", "2014-01-01..2014-12-31 «mid-2014»");
        check("mid-March 2014", "2014-03-01..2014-03-31 «mid-March 2014»");
        check(
            "autumn term of 2021",
            "2021-09-01..2021-12-31 «autumn term of 2021»",
        );
        check(
            "spring term 2021-22",
            "2022-01-01..2022-03-31 «spring term 2021-22»",
        );
        check(
            "September quarter 2021",
            "2021-07-01..2021-09-30 «September quarter 2021»",
        );
        check("September quarter", "no year «September quarter»");
        check("Q1 2021-22", "2021-04-01..2021-06-30 «Q1 2021-22»");
        check(
            "second quarter of 2021",
            "2021-04-01..2021-06-30 «second quarter of 2021»",
        );
        check("2020-21 Q3", "2020-10-01..2020-12-31 «2020-21 Q3»");
        check(
            "2020-21 Quarter 4",
            "2021-01-01..2021-03-31 «2020-21 Quarter 4»",
        );
        check("2023 (Q2)", "2023-04-01..2023-06-30 «2023 (Q2)»");
        check("2023 (Quarrington)", "2023-01-01..2023-12-31 «2023»");
        check(
            "year ending 31 May 2021",
            "2020-06-01..2021-05-31 «year ending 31 May 2021»",
        );
        check(
            "year to May 2021",
            "2020-06-01..2021-05-31 «year to May 2021»",
        );
        check(
            "week of 11 March 2020",
            "2020-03-09..2020-03-15 «week of 11 March 2020»",
        );
        check(
            "quarter ending June 2021",
            "2021-04-01..2021-06-30 «quarter ending June 2021»",
        );
        check("2014 files", "2014-01-01..2014-12-31 «2014»");
        check("4500", "none");
    }

    #[test]
    fn periods() {
        check(
            "3 to 14 June 2022",
            "2022-06-03..2022-06-14 «3 to 14 June 2022»",
        );
        check("3–14 June 2022", "2022-06-03..2022-06-14 «3–14 June 2022»");
        check(
            "3, 4 and 5 June 2022",
            "2022-06-03..2022-06-05 «3, 4 and 5 June 2022»",
        );
        check(
            "3 and 4 June 2022",
            "2022-06-03..2022-06-04 «3 and 4 June 2022»",
        );
        check("3 and 14 June 2022", "2022-06-03..2022-06-03 «3»");
        check(
            "between 3 and 14 June 2022",
            "2022-06-03..2022-06-14 «3 and 14 June 2022»",
        );
        check(
            "between May 3 and June 14, 2022",
            "2022-05-03..2022-06-14 «May 3 and June 14, 2022»",
        );
        check(
            "between 3 May and 14 June 2022",
            "2022-05-03..2022-06-14 «3 May and 14 June 2022»",
        );
        check("3 May and 14 June 2022", "2022-05-03..2022-05-03 «3 May»");
        check(
            "between 1 November and 4 January 2022",
            "2021-11-01..2022-01-04 «1 November and 4 January 2022»",
        );
        check(
            "May and June 2022",
            "2022-05-01..2022-06-30 «May and June 2022»",
        );
        check("May and October 2022", "2022-05-01..2022-05-31 «May»");
        check(
            "between May and October 2022",
            "2022-05-01..2022-10-31 «May and October 2022»",
        );
        check("late July and early August 2019", "none");
        check(
            "July and early August 2019",
            "2019-07-01..2019-08-31 «July and early August 2019»",
        );
        check(
            "April 2019 to March 2020",
            "2019-04-01..2020-03-31 «April 2019 to March 2020»",
        );
        check(
            "4 June 2022 to 1 May 2022",
            "2022-06-04..2022-05-01 «4 June 2022 to 1 May 2022»",
        );
        check(
            "between 2019 and 2021",
            "2019-01-01..2021-12-31 «2019 and 2021»",
        );
        check("2019 and 2021", "2019-01-01..2019-12-31 «2019»");
        check("2019 to 2021", "2019-01-01..2021-12-31 «2019 to 2021»");
        check("May 2022 to 14 files", "2022-05-01..2022-05-31 «May 2022»");
    }
}
