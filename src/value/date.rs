//! Dates as intervals of days: a day, a month, a quarter, a financial year or any other period.

use std::fmt;

use jiff::{ToSpan, civil::Date};
use rust_decimal::Decimal;

use super::{Number, Unit, Verdict};

/// Days of the week, from Monday.
pub const WEEKDAYS: &[&str] = &[
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// First and last day of a period, both included; a single day is a period of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days {
    from: Date,
    to: Date,
}

impl Days {
    /// The period from `from` to `to`; `None` where it would end before it begins.
    pub fn new(from: Date, to: Date) -> Option<Self> {
        (from <= to).then_some(Self { from, to })
    }

    /// A single day.
    pub const fn day(date: Date) -> Self {
        Self {
            from: date,
            to: date,
        }
    }

    /// A month of a year; `None` for a month or year that does not exist.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Self {
            from: first,
            to: first.last_of_month(),
        })
    }

    /// A calendar year.
    pub fn year(year: i16) -> Option<Self> {
        Self::new(Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)
    }

    /// A British financial year, 1 April of `year` to 31 March of the next, or the span of several when `end` is later.
    pub fn financial_years(year: i16, end: i16) -> Option<Self> {
        Self::new(Date::new(year, 4, 1).ok()?, Date::new(end, 3, 31).ok()?)
    }

    /// The twelve months that end on `date`.
    pub fn year_to(date: Date) -> Option<Self> {
        let from = date.checked_sub(1.year()).ok()?.checked_add(1.day()).ok()?;
        Self::new(from, date)
    }

    /// The day, month or year written as `2017-10-03`, `2017-10` or `2017` (ISO 8601); `None` for anything else.
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let number = |part: Option<&str>, digits: usize| -> Option<i16> {
            let part = part.filter(|part| part.len() == digits)?;
            part.bytes()
                .all(|byte| byte.is_ascii_digit())
                .then_some(())?;
            part.parse().ok()
        };
        let year = number(parts.next(), 4)?;
        let Some(month) = parts.next() else {
            return Self::year(year);
        };
        let month = i8::try_from(number(Some(month), 2)?).ok()?;
        let Some(day) = parts.next() else {
            return Self::month(year, month);
        };
        let day = i8::try_from(number(Some(day), 2)?).ok()?;
        let date = Date::new(year, month, day).ok()?;
        parts.next().is_none().then_some(Self::day(date))
    }

    /// First day.
    pub const fn from(self) -> Date {
        self.from
    }

    /// Last day.
    pub const fn to(self) -> Date {
        self.to
    }

    /// Whether this is one day.
    pub fn is_day(self) -> bool {
        self.from == self.to
    }

    /// The day of the week, one of [`WEEKDAYS`]; `None` for a longer period.
    pub fn weekday(self) -> Option<&'static str> {
        let index = usize::try_from(self.from.weekday().to_monday_zero_offset()).ok()?;
        WEEKDAYS.get(index).copied().filter(|_| self.is_day())
    }

    /// How many days `other` comes after this; for periods, from first day to first day, with the interval of what their
    /// days allow. `None` for a distance that no number holds.
    pub fn days_until(self, other: Self) -> Option<Number> {
        let days = |from: Date, to: Date| {
            let span = from.until((jiff::Unit::Day, to)).ok()?;
            Some(Decimal::from(span.get_days()))
        };
        let least = days(self.to, other.from)?;
        let most = days(self.from, other.to)?;
        let number = Number::between(days(self.from, other.from)?, least, most);
        Some(number.with_unit(Unit::Days))
    }

    /// The same day or period *holds*, periods that share a day are *unknown*, others *fail*.
    pub fn equals(self, other: Self) -> Verdict {
        if self == other {
            Verdict::Holds
        } else if self.from <= other.to && other.from <= self.to {
            Verdict::Unknown
        } else {
            Verdict::Fails
        }
    }

    /// Wholly before *holds*, wholly on or after *fails*, and periods that overlap are *unknown*.
    pub fn less(self, other: Self) -> Verdict {
        if self.to < other.from {
            Verdict::Holds
        } else if self.from >= other.to {
            Verdict::Fails
        } else {
            Verdict::Unknown
        }
    }

    /// Not after *holds*, wholly after *fails*, and periods that overlap are *unknown*.
    pub fn at_most(self, other: Self) -> Verdict {
        other.less(self).negate()
    }
}

impl fmt::Display for Days {
    /// Writes `3 October 2017`, `October 2017`, `2017` or `1 April 2016 to 31 March 2017`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let month = |date: Date| {
            MONTHS
                .get(usize::try_from(date.month()).unwrap_or(1) - 1)
                .copied()
                .unwrap_or_default()
        };
        let (a, b) = (self.from, self.to);
        if self.is_day() {
            write!(out, "{} {} {}", a.day(), month(a), a.year())
        } else if Self::year(a.year()) == Some(*self) {
            write!(out, "{}", a.year())
        } else if Self::month(a.year(), a.month()) == Some(*self) {
            write!(out, "{} {}", month(a), a.year())
        } else {
            write!(
                out,
                "{} {} {} to {} {} {}",
                a.day(),
                month(a),
                a.year(),
                b.day(),
                month(b),
                b.year()
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_compare_as_a_reader_would() {
        let may = Days::month(2024, 5).expect("a month");
        let second = Days::day(date(2024, 5, 2));
        let july = Days::day(date(2024, 7, 1));
        assert_eq!(may.less(july), Verdict::Holds);
        assert_eq!(july.less(may), Verdict::Fails);
        assert_eq!(second.less(may), Verdict::Unknown);
        assert_eq!(second.at_most(second), Verdict::Holds);
        assert_eq!(second.equals(may), Verdict::Unknown);
        assert_eq!(july.equals(may), Verdict::Fails);
    }

    #[test]
    fn dates_of_expressions() {
        for (text, shown) in [
            ("2017-10-03", Some("3 October 2017")),
            ("2017-10", Some("October 2017")),
            ("2017", Some("2017")),
            ("2017-13", None),
            ("2017-02-29", None),
            ("17-10-03", None),
            ("2017-10-03-1", None),
            ("+017-10-03", None),
        ] {
            let days = Days::from_iso(text).map(|days| days.to_string());
            assert_eq!(days.as_deref(), shown, "{text}");
        }
        let [a, b] = ["2017-10-03", "2017-11"].map(|text| Days::from_iso(text).expect("a date"));
        let days = a.days_until(b).expect("a number");
        assert_eq!(days.to_string(), "29 days");
        assert_eq!((days.lo(), days.hi()), (29.into(), 58.into()));
        assert_eq!(a.weekday(), Some("Tuesday"));
        assert_eq!(b.weekday(), None);
    }

    #[test]
    fn periods_have_names() {
        for (days, shown) in [
            (Days::month(2017, 10), "October 2017"),
            (Days::year(2017), "2017"),
            (
                Days::financial_years(2016, 2017),
                "1 April 2016 to 31 March 2017",
            ),
            (
                Days::year_to(date(2024, 9, 30)),
                "1 October 2023 to 30 September 2024",
            ),
            (Some(Days::day(date(2017, 10, 3))), "3 October 2017"),
        ] {
            assert_eq!(days.expect("a period").to_string(), shown);
        }
        assert_eq!(Days::month(2017, 13), None);
        assert_eq!(Days::new(date(2017, 6, 30), date(2017, 4, 1)), None);
    }
}
