//! What a hedge before a printed number allows.

use rust_decimal::Decimal;

use crate::value::{Number, Value, Verdict};

/// Whether a value fits a number printed with a hedge: *holds* within what readers take the words for, *rounding* a little
/// beyond it, else *fails*. Unknown for a hedge that is not known.
///
/// Studies of numeric hedges find a wide spread between readers, so the narrow bound is the usual reading and the wide one
/// what no reader accepts. Both depend on how round the printed number is.
pub(super) fn hedge_fits(values: &[Value]) -> Value {
    let [hedge, Value::Number(printed), Value::Number(value)] = values else {
        return Value::Unknown;
    };
    if !printed.unit().fits(value.unit()) {
        return Value::Unknown;
    }
    let hedge = hedge.as_words().unwrap_or_default();
    fits(hedge, *printed, *value).map_or(Value::Unknown, Value::Verdict)
}

/// Least, most and hardest distances from the printed number, below and above it.
struct Bounds {
    soft: (Decimal, Decimal),
    hard: (Decimal, Decimal),
}

fn fits(hedge: &str, printed: Number, value: Number) -> Option<Verdict> {
    let x = printed.value();
    let share = |percent: i64| (x.abs() * Decimal::new(percent, 2)).normalize();
    let grain = grain(x);
    let zero = Decimal::ZERO;
    let bounds = match hedge {
        "about" => {
            let soft = share(5).max(grain / Decimal::TWO);
            let hard = share(15).max(grain);
            Bounds {
                soft: (soft, soft),
                hard: (hard, hard),
            }
        }
        "nearly" => Bounds {
            soft: (share(10).max(grain), zero),
            hard: (share(20).max(grain * Decimal::TWO), zero),
        },
        "just-over" => Bounds {
            soft: (zero, share(10).max(grain)),
            hard: (zero, share(20).max(grain * Decimal::TWO)),
        },
        "over" => return Some(printed.as_printed().less(value)),
        "at-least" => return Some(printed.as_printed().at_most(value)),
        "under" => return Some(value.less(printed.as_printed())),
        "at-most" => return Some(value.at_most(printed.as_printed())),
        _ => return None,
    };
    let within =
        |(below, above): (Decimal, Decimal)| value.hi() >= x - below && value.lo() <= x + above;
    Some(if within(bounds.soft) {
        Verdict::Holds
    } else if within(bounds.hard) {
        Verdict::Rounding
    } else {
        Verdict::Fails
    })
}

/// How round a number is printed: the largest power of ten that divides it, 1 for 47 and 10 for 50; its last decimal.
fn grain(x: Decimal) -> Decimal {
    let plain = x.normalize();
    if plain.is_zero() {
        return Decimal::ONE;
    }
    if plain.scale() > 0 {
        return Decimal::new(1, plain.scale());
    }
    let larger = |unit: &Decimal| {
        unit.checked_mul(Decimal::TEN)
            .filter(|unit| (plain % *unit).is_zero())
    };
    std::iter::successors(Some(Decimal::ONE), larger)
        .last()
        .unwrap_or(Decimal::ONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(hedge: &str, printed: i64, value: i64, expected: Verdict) {
        let [printed, value] = [printed, value].map(|number| Number::exact(number.into()));
        assert_eq!(
            fits(hedge, printed, value),
            Some(expected),
            "{hedge} {printed}: {value}"
        );
    }

    #[test]
    fn hedges_have_a_narrow_and_a_wide_bound() {
        use Verdict::{Fails, Holds, Rounding};
        check("about", 50, 47, Holds);
        check("about", 50, 58, Rounding);
        check("about", 50, 62, Fails);
        check("about", 47, 51, Rounding);
        check("nearly", 100, 96, Holds);
        check("nearly", 100, 104, Fails);
        check("nearly", 50, 35, Rounding);
        check("nearly", 50, 29, Fails);
        check("just-over", 50, 54, Holds);
        check("just-over", 50, 48, Fails);
        check("over", 50, 51, Holds);
        check("over", 50, 48, Fails);
        check("over", 50, 50, Fails);
        check("at-least", 50, 50, Holds);
        check("under", 50, 51, Fails);
        check("at-most", 50, 51, Fails);
        check("at-most", 50, 50, Holds);
        assert_eq!(
            fits("hardly", Number::exact(1.into()), Number::exact(1.into())),
            None
        );
    }

    #[test]
    fn round_numbers_have_a_coarse_grain() {
        for (x, expected) in [
            ("47", "1"),
            ("50", "10"),
            ("1200", "100"),
            ("0", "1"),
            ("2.5", "0.1"),
        ] {
            let number = |text| Decimal::from_str_exact(text).expect("a number");
            assert_eq!(grain(number(x)), number(expected), "{x}");
        }
    }
}
