//! Functions of numbers.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::value::{Number, Unit, Value, Verdict};

fn number_at(values: &[Value], at: usize) -> Option<Number> {
    values.get(at)?.as_number()
}

/// A number made of the one argument.
pub(super) fn unary(values: &[Value], function: fn(Number) -> Number) -> Value {
    number_at(values, 0).map(function).into()
}

/// A value made of two arguments.
fn binary<T: Into<Value>>(values: &[Value], function: fn(Number, Number) -> Option<T>) -> Value {
    number_at(values, 0)
        .zip(number_at(values, 1))
        .and_then(|(a, b)| function(a, b))
        .into()
}

const HUNDRED: Number = Number::exact(Decimal::ONE_HUNDRED);

const fn bare(number: Number) -> Number {
    number.with_unit(Unit::None)
}

pub(super) fn round(values: &[Value]) -> Value {
    binary(values, |number, decimals| {
        let decimals = u32::try_from(decimals.value()).ok()?;
        Some(number.map(|value| {
            value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
        }))
    })
}

/// The name of a number's unit, in the plural.
pub(super) fn unit(values: &[Value]) -> Value {
    let name = |number: Number| match number.unit() {
        Unit::None => "",
        Unit::Percent => "percent",
        Unit::Points => "points",
        Unit::Pound => "pounds",
        Unit::Euro => "euros",
        Unit::Dollar => "dollars",
        Unit::Years => "years",
        Unit::Months => "months",
        Unit::Weeks => "weeks",
        Unit::Days => "days",
        Unit::Hours => "hours",
        Unit::Minutes => "minutes",
        Unit::Seconds => "seconds",
        Unit::Quarters => "quarters",
        Unit::Terms => "terms",
        Unit::Times => "times",
    };
    number_at(values, 0)
        .map(|number| Value::text(name(number)))
        .into()
}

pub(super) fn share(values: &[Value]) -> Value {
    binary(values, Number::percent_of)
}

/// So much of the whole as a percentage is, in the unit of the whole.
pub(super) fn part(values: &[Value]) -> Value {
    binary(values, |percent, whole| {
        let part = bare(percent).times(bare(whole))?.divided_by(HUNDRED)?;
        Some(part.with_unit(whole.unit()))
    })
}

/// Holds where the number itself lies within what would be printed so, else as equality.
pub(super) fn rounds_to(values: &[Value]) -> Value {
    binary(values, |number, printed| {
        let is_within = printed.lo() <= number.value() && number.value() <= printed.hi();
        let is_certain = is_within && number.unit().fits(printed.unit());
        Some(if is_certain {
            Verdict::Holds
        } else {
            number.equals(printed)
        })
    })
}

/// Whether the interval of `percent` of `whole` holds a whole number: the granularity test known as GRIM.
pub(super) fn possible_share(values: &[Value]) -> Value {
    binary(values, |percent, whole| {
        let cases = bare(percent).times(bare(whole))?.divided_by(HUNDRED)?;
        Some(cases.lo().ceil() <= cases.hi().floor())
    })
}

pub(super) fn relative_change(values: &[Value]) -> Value {
    binary(values, |from, to| {
        (from.lo() > Decimal::ZERO && from.unit().fits(to.unit())).then_some(())?;
        let ratio = bare(to).divided_by(bare(from))?;
        let change = ratio.times(HUNDRED)?.minus(HUNDRED)?;
        Some(change.with_unit(Unit::Percent))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::testing::near;

    fn exact(value: i64) -> Value {
        Number::exact(value.into()).into()
    }

    #[track_caller]
    fn check(value: &Value, other: &Value, verdict: Verdict) {
        assert_eq!(value.equals(other), verdict, "{value} and {other}");
    }

    #[test]
    fn a_share_of_few_cases_has_few_values() {
        for (percent, whole, possible) in [
            ("34", 25, Verdict::Fails),
            ("36", 25, Verdict::Holds),
            ("33.3", 3, Verdict::Holds),
            ("33.4", 3, Verdict::Fails),
            ("34", 300, Verdict::Holds),
        ] {
            let percent = near(percent, Unit::Percent);
            let verdict = possible_share(&[percent.clone(), exact(whole)]).verdict();
            assert_eq!(verdict, possible, "{percent} of {whole}");
        }
    }

    #[test]
    fn shares_and_changes_keep_the_slack_of_rounding() {
        let percent = |digits| near(digits, Unit::Percent);
        check(
            &share(&[exact(2), exact(3)]),
            &percent("66.7"),
            Verdict::Rounding,
        );
        check(
            &share(&[exact(2), exact(3)]),
            &percent("66.6"),
            Verdict::Fails,
        );
        let cut = unary(&[percent("66.6")], Number::truncated);
        check(&share(&[exact(2), exact(3)]), &cut, Verdict::Rounding);
        check(
            &relative_change(&[percent("30"), percent("38")]),
            &percent("27"),
            Verdict::Rounding,
        );
        check(
            &relative_change(&[percent("30"), percent("38")]),
            &percent("8"),
            Verdict::Fails,
        );
        assert!(relative_change(&[percent("0"), percent("38")]).is_unknown());
        assert!(share(&[exact(2), exact(0)]).is_unknown());
    }

    #[test]
    fn rounding_is_away_from_zero() {
        for (digits, rounded) in [("2.345", "2.35"), ("-2.345", "-2.35"), ("2.3449", "2.34")] {
            let number = Decimal::from_str_exact(digits).map(Number::exact);
            let value = round(&[number.ok().into(), exact(2)]);
            let shown = value.as_number().map(|number| number.value().to_string());
            assert_eq!(shown.as_deref(), Some(rounded));
        }
    }
}
