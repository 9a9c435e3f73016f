//! Printed numbers: a point, and the interval of values that would have been printed in the same way.
//!
//! The meanings are those of interval checkers (statcheck 1.6, XBRL Calculations 1.1 in its rounding mode): a figure
//! printed with `d` decimals stands for `[x − u/2, x + u/2]` with `u = scale · 10^-d`, both ends included, so that every
//! usual way of rounding halves is accepted. Counts, scores and number words are exact. All arithmetic is on decimals.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Verdict;

/// What a number counts or measures, as far as its unit says.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// A bare number: counts, scores, ratios.
    #[default]
    None,
    /// Per cent, of a whole or of an earlier value.
    Percent,
    /// Percentage points.
    Points,
    /// Pounds sterling.
    Pound,
    /// Euros.
    Euro,
    /// Dollars of any country.
    Dollar,
    /// Years.
    Years,
    /// Months.
    Months,
    /// Weeks.
    Weeks,
    /// Days, working days included.
    Days,
    /// Hours.
    Hours,
    /// Minutes.
    Minutes,
    /// Seconds.
    Seconds,
    /// Quarters of a year.
    Quarters,
    /// Terms of a school year.
    Terms,
    /// Multiples of an earlier value ("doubled" is 2).
    Times,
}

impl Unit {
    /// Whether this is a currency.
    pub const fn is_money(self) -> bool {
        matches!(self, Self::Pound | Self::Euro | Self::Dollar)
    }

    /// Whether this is a length of time.
    pub const fn is_duration(self) -> bool {
        matches!(
            self,
            Self::Years
                | Self::Months
                | Self::Weeks
                | Self::Days
                | Self::Hours
                | Self::Minutes
                | Self::Seconds
                | Self::Quarters
                | Self::Terms
        )
    }

    /// Whether numbers of the two units may be set against each other. A bare number goes with every unit.
    pub fn fits(self, other: Self) -> bool {
        let share = |unit| matches!(unit, Self::Percent | Self::Points);
        self == other || self == Self::None || other == Self::None || share(self) && share(other)
    }
}

/// An exact decimal that remembers how it was printed.
///
/// `lo <= value <= hi`. The interval is closed. Values computed from others carry the interval of all results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    value: Decimal,
    lo: Decimal,
    hi: Decimal,
    unit: Unit,
}

impl Number {
    /// A number that means just what it says: a count, a score, a number word, a literal of an expression.
    pub const fn exact(value: Decimal) -> Self {
        Self {
            value,
            lo: value,
            hi: value,
            unit: Unit::None,
        }
    }

    /// A number rounded when it was printed. `digits` is the numeral as printed and `scale` what one of its units is worth
    /// (1, a thousand, a million). Trailing zeros after the point count: `30.0` is finer than `30`.
    ///
    /// Returns `None` where the product does not fit a 96-bit decimal.
    pub fn rounded(digits: Decimal, scale: Decimal) -> Option<Self> {
        let value = digits.checked_mul(scale)?;
        let value = if scale == Decimal::ONE {
            value
        } else {
            value.normalize()
        };
        let half = Decimal::try_new(5, digits.scale() + 1)
            .ok()?
            .checked_mul(scale)?;
        Some(Self {
            value,
            lo: value.checked_sub(half)?,
            hi: value.checked_add(half)?,
            unit: Unit::None,
        })
    }

    /// The same number with another unit.
    #[must_use]
    pub const fn with_unit(self, unit: Unit) -> Self {
        Self { unit, ..self }
    }

    /// A number between two bounds, printed as `value`; bounds the wrong way round are swapped.
    pub fn between(value: Decimal, lo: Decimal, hi: Decimal) -> Self {
        let (lo, hi) = if lo <= hi { (lo, hi) } else { (hi, lo) };
        Self {
            value,
            lo: lo.min(value),
            hi: hi.max(value),
            unit: Unit::None,
        }
    }

    /// The number as printed.
    pub const fn value(self) -> Decimal {
        self.value
    }

    /// The least value that would be printed so.
    pub const fn lo(self) -> Decimal {
        self.lo
    }

    /// The greatest value that would be printed so.
    pub const fn hi(self) -> Decimal {
        self.hi
    }

    /// What the number counts.
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// Whether the interval is the point alone.
    pub fn is_exact(self) -> bool {
        self.lo == self.hi
    }

    /// Reads a whole count of 1,000 or more that ends in `k ≥ 2` zeros as rounded to `10^k`, as it may be when it is set
    /// against a finer mention of the same thing ("1,200 cases" and "1,187 cases"). Others are given back unchanged.
    #[must_use]
    pub fn loosely(self) -> Self {
        let value = self.value.normalize();
        if !self.is_exact() || value.scale() > 0 || value.abs() < Decimal::ONE_THOUSAND {
            return self;
        }
        let larger = |unit: Decimal| {
            unit.checked_mul(Decimal::TEN)
                .filter(|unit| (value % *unit).is_zero())
        };
        let unit = std::iter::successors(Some(Decimal::ONE), |&unit| larger(unit))
            .last()
            .unwrap_or(Decimal::ONE);
        let half = unit / Decimal::TWO;
        match (value.checked_sub(half), value.checked_add(half)) {
            (Some(lo), Some(hi)) if unit >= Decimal::ONE_HUNDRED => Self { lo, hi, ..self },
            _ => self,
        }
    }

    /// Equality: *holds* for the printed values, *rounding* where the intervals meet, else *fails*; *unknown* where the
    /// units cannot be compared.
    pub fn equals(self, other: Self) -> Verdict {
        if !self.unit.fits(other.unit) {
            Verdict::Unknown
        } else if self.value == other.value {
            Verdict::Holds
        } else if self.lo <= other.hi && other.lo <= self.hi {
            Verdict::Rounding
        } else {
            Verdict::Fails
        }
    }

    /// Strictly less, with the verdicts of [`Number::equals`].
    pub fn less(self, other: Self) -> Verdict {
        if !self.unit.fits(other.unit) {
            Verdict::Unknown
        } else if self.value < other.value {
            Verdict::Holds
        } else if self.lo < other.hi {
            Verdict::Rounding
        } else {
            Verdict::Fails
        }
    }

    /// Less or equal, with the verdicts of [`Number::equals`].
    pub fn at_most(self, other: Self) -> Verdict {
        if !self.unit.fits(other.unit) {
            Verdict::Unknown
        } else if self.value <= other.value {
            Verdict::Holds
        } else if self.lo <= other.hi {
            Verdict::Rounding
        } else {
            Verdict::Fails
        }
    }

    /// Sum; `None` on overflow or where the units do not go together.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.unit.fits(other.unit).then_some(())?;
        Some(Self {
            value: self.value.checked_add(other.value)?,
            lo: self.lo.checked_add(other.lo)?,
            hi: self.hi.checked_add(other.hi)?,
            unit: joint(self.unit, other.unit),
        })
    }

    /// Difference; `None` on overflow or where the units do not go together. Two shares differ by percentage points.
    pub fn minus(self, other: Self) -> Option<Self> {
        let unit = match (self.unit, other.unit) {
            (Unit::Percent, Unit::Percent) => Unit::Points,
            (a, b) => joint(a, b),
        };
        Some(Self {
            unit,
            ..self.plus(other.negated())?
        })
    }

    /// Product; `None` on overflow. The result has the unit of the one factor that has one.
    pub fn times(self, other: Self) -> Option<Self> {
        let corners = [
            self.lo.checked_mul(other.lo)?,
            self.lo.checked_mul(other.hi)?,
            self.hi.checked_mul(other.lo)?,
            self.hi.checked_mul(other.hi)?,
        ];
        let value = self.value.checked_mul(other.value)?;
        Some(Self {
            unit: joint(self.unit, other.unit),
            ..Self::spanning(value, corners)
        })
    }

    /// Quotient; `None` on overflow or where the divisor may be zero. A quotient of two like units is a bare number.
    pub fn divided_by(self, other: Self) -> Option<Self> {
        if other.lo <= Decimal::ZERO && other.hi >= Decimal::ZERO {
            return None;
        }
        let corners = [
            self.lo.checked_div(other.lo)?,
            self.lo.checked_div(other.hi)?,
            self.hi.checked_div(other.lo)?,
            self.hi.checked_div(other.hi)?,
        ];
        let value = self.value.checked_div(other.value)?;
        let unit = if other.unit == Unit::None {
            self.unit
        } else {
            Unit::None
        };
        Some(Self {
            unit,
            ..Self::spanning(value, corners)
        })
    }

    /// The percentage that this part is of a whole, whatever the two count; `None` on overflow or where the whole may be zero.
    pub fn percent_of(self, whole: Self) -> Option<Self> {
        let part = self
            .with_unit(Unit::None)
            .times(Self::exact(Decimal::ONE_HUNDRED))?;
        let share = part.divided_by(whole.with_unit(Unit::None))?;
        Some(share.with_unit(Unit::Percent))
    }

    /// The number with its sign turned.
    #[must_use]
    pub fn negated(self) -> Self {
        Self {
            value: -self.value,
            lo: -self.hi,
            hi: -self.lo,
            unit: self.unit,
        }
    }

    /// The magnitude.
    #[must_use]
    pub fn abs(self) -> Self {
        if self.hi < Decimal::ZERO {
            self.negated()
        } else if self.lo >= Decimal::ZERO {
            self
        } else {
            Self {
                value: self.value.abs(),
                lo: Decimal::ZERO,
                hi: self.hi.max(-self.lo),
                unit: self.unit,
            }
        }
    }

    /// The number with value and bounds put through a function that keeps their order, such as rounding.
    #[must_use]
    pub fn map(self, function: impl Fn(Decimal) -> Decimal) -> Self {
        Self {
            value: function(self.value),
            lo: function(self.lo),
            hi: function(self.hi),
            unit: self.unit,
        }
    }

    /// The number without the slack of rounding.
    #[must_use]
    pub const fn as_printed(self) -> Self {
        Self::exact(self.value).with_unit(self.unit)
    }

    /// The number as if it had been rounded to the decimals that it is printed with.
    #[must_use]
    pub fn nearly(self) -> Self {
        if !self.is_exact() {
            return self;
        }
        Self::rounded(self.value, Decimal::ONE).map_or(self, |near| near.with_unit(self.unit))
    }

    /// The number as if digits had been cut when it was printed: from its value away from zero by one unit of its last
    /// digit, which the interval tells. An exact number stays as it is.
    #[must_use]
    pub fn truncated(self) -> Self {
        let unit = self.hi.saturating_sub(self.lo);
        let (lo, hi) = if self.value.is_zero() {
            (-unit, unit)
        } else if self.value.is_sign_negative() {
            (self.value.saturating_sub(unit), self.value)
        } else {
            (self.value, self.value.saturating_add(unit))
        };
        Self { lo, hi, ..self }
    }

    fn spanning(value: Decimal, corners: [Decimal; 4]) -> Self {
        let lo = corners.into_iter().fold(value, Decimal::min);
        let hi = corners.into_iter().fold(value, Decimal::max);
        Self {
            value,
            lo,
            hi,
            unit: Unit::None,
        }
    }
}

impl From<usize> for Number {
    /// A count.
    fn from(count: usize) -> Self {
        Self::exact(count.into())
    }
}

/// The unit of a sum or product: the one that says more, and a share before points.
fn joint(a: Unit, b: Unit) -> Unit {
    match (a, b) {
        (Unit::Points, Unit::Percent) => Unit::Percent,
        (Unit::None, unit) | (unit, _) => unit,
    }
}

impl fmt::Display for Number {
    /// Writes the number as an editor would: thousands in groups, at most two decimals more than needed, unit attached
    /// (`46.9%`, `£1,250`, `5.4 points`, `12`).
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = if self.value.scale() > 2 {
            self.value.round_dp(2).normalize()
        } else {
            self.value
        };
        let digits = shown.abs().to_string();
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        if shown.is_sign_negative() && !shown.is_zero() {
            out.write_str("−")?;
        }
        out.write_str(match self.unit {
            Unit::Pound => "£",
            Unit::Euro => "€",
            Unit::Dollar => "$",
            _ => "",
        })?;
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.write_str(",")?;
            }
            write!(out, "{digit}")?;
        }
        if !fraction.is_empty() {
            write!(out, ".{fraction}")?;
        }
        let one = self.value == Decimal::ONE;
        let noun = match self.unit {
            Unit::None | Unit::Pound | Unit::Euro | Unit::Dollar => return Ok(()),
            Unit::Percent => return out.write_str("%"),
            Unit::Times => return out.write_str(" times"),
            Unit::Points => "point",
            Unit::Years => "year",
            Unit::Months => "month",
            Unit::Weeks => "week",
            Unit::Days => "day",
            Unit::Hours => "hour",
            Unit::Minutes => "minute",
            Unit::Seconds => "second",
            Unit::Quarters => "quarter",
            Unit::Terms => "term",
        };
        write!(out, " {noun}{}", if one { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    fn near(text: &str) -> Number {
        Number::rounded(Decimal::from_str(text).expect("a decimal"), Decimal::ONE)
            .expect("in range")
    }

    fn exact(text: &str) -> Number {
        Number::exact(Decimal::from_str(text).expect("a decimal"))
    }

    #[test]
    fn trailing_zeros_are_information() {
        assert_eq!(near("30").equals(near("30.4")), Verdict::Rounding);
        assert_eq!(near("30.0").equals(near("30.4")), Verdict::Fails);
        assert_eq!(exact("30").equals(near("30.4")), Verdict::Fails);
    }

    #[test]
    fn a_change_of_whole_points_may_be_off_by_one() {
        let change = near("38").minus(near("30")).expect("in range");
        assert_eq!(change.equals(near("8")), Verdict::Holds);
        assert_eq!(change.equals(near("9")), Verdict::Rounding);
        assert_eq!(change.equals(near("10")), Verdict::Fails);
    }

    #[test]
    fn direction_by_printed_values() {
        assert_eq!(near("62").less(near("55")), Verdict::Fails);
        assert_eq!(near("62").less(near("62")), Verdict::Rounding);
        assert_eq!(exact("62").less(exact("62")), Verdict::Fails);
        assert_eq!(near("55").less(near("62")), Verdict::Holds);
    }

    #[test]
    fn units_that_do_not_go_together_say_nothing() {
        let pounds = exact("5").with_unit(Unit::Pound);
        assert_eq!(
            pounds.equals(exact("5").with_unit(Unit::Percent)),
            Verdict::Unknown
        );
        assert_eq!(pounds.plus(exact("5").with_unit(Unit::Days)), None);
        assert_eq!(near("5").divided_by(near("0")), None);
    }

    #[test]
    fn large_round_counts_may_be_read_loosely() {
        assert_eq!(
            exact("1200").loosely().equals(exact("1187")),
            Verdict::Rounding
        );
        assert_eq!(
            exact("1204").loosely().equals(exact("1187")),
            Verdict::Fails
        );
        assert_eq!(exact("150").loosely(), exact("150"));
    }

    #[test]
    fn numbers_are_shown_as_an_editor_writes_them() {
        for (number, shown) in [
            (exact("36612835").with_unit(Unit::Pound), "£36,612,835"),
            (near("46.9").with_unit(Unit::Percent), "46.9%"),
            (exact("-3").with_unit(Unit::Points), "−3 points"),
            (exact("1").with_unit(Unit::Months), "1 month"),
            (exact("17.4567"), "17.46"),
            (exact("999"), "999"),
        ] {
            assert_eq!(number.to_string(), shown);
        }
    }

    #[test]
    fn nothing_overflows_into_a_panic() {
        let huge = Number::exact(Decimal::MAX);
        assert_eq!(huge.times(huge), None);
        assert_eq!(huge.plus(huge), None);
        assert_eq!(Number::rounded(Decimal::MAX, Decimal::ONE_THOUSAND), None);
        assert_eq!(huge.loosely(), huge);
        let round = exact("70000000000000000000000000000");
        assert!(round.loosely().lo() < round.lo());
        let finest = Decimal::from_str("0.0000000000000000000000000001").expect("a decimal");
        assert_eq!(Number::rounded(finest, Decimal::ONE), None);
    }
}
