//! Functions of lists.

use std::{cmp::Ordering, mem::discriminant};

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::value::{Key, Number, Value, Verdict};

/// The most numbers that may be missing between two that follow each other: a list with more is no list of numbers in a row.
const MOST_GAPS: i64 = 1000;

/// The list that is argument `at`; empty where it is none.
fn list(values: &[Value], at: usize) -> &[Value] {
    values.get(at).and_then(Value::as_list).unwrap_or_default()
}

pub(super) fn size(values: &[Value]) -> Value {
    match values {
        [Value::List(elements)] if !elements.iter().any(Value::is_unknown) => {
            Number::from(elements.len()).into()
        }
        _ => Value::Unknown,
    }
}

pub(super) fn sum(values: &[Value]) -> Value {
    let add = |sum: Number, value: &Value| sum.plus(value.as_number()?);
    let nothing = Number::exact(Decimal::ZERO);
    list(values, 0).iter().try_fold(nothing, add).into()
}

pub(super) fn min(values: &[Value]) -> Value {
    extreme(list(values, 0), Value::less)
}

pub(super) fn max(values: &[Value]) -> Value {
    extreme(list(values, 0), |a, b| b.less(a))
}

/// The first element that no other comes before; unknown where two cannot be ordered.
fn extreme(elements: &[Value], before: fn(&Value, &Value) -> Verdict) -> Value {
    let mut best = elements.first();
    for element in elements.iter().skip(1) {
        match best.map(|best| before(element, best)) {
            Some(Verdict::Holds) => best = Some(element),
            Some(Verdict::Unknown) => return Value::Unknown,
            _ => {}
        }
    }
    best.cloned().unwrap_or_default()
}

pub(super) fn first(values: &[Value]) -> Value {
    list(values, 0).first().cloned().unwrap_or_default()
}

pub(super) fn last(values: &[Value]) -> Value {
    list(values, 0).last().cloned().unwrap_or_default()
}

/// Unknown where two elements that come to stand side by side cannot be ordered.
pub(super) fn sorted(values: &[Value]) -> Value {
    let mut sorted = list(values, 0).to_vec();
    sorted.sort_by(printed_order);
    let is_decided = |pair: &[Value]| match pair {
        [a, b] => a.less(b) != Verdict::Unknown || a.equals(b) == Verdict::Holds,
        _ => true,
    };
    if sorted.windows(2).all(is_decided) {
        Value::list(sorted)
    } else {
        Value::Unknown
    }
}

/// The order of values as printed.
fn printed_order(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.value().cmp(&b.value()),
        (Value::Days(a), Value::Days(b)) => a.cmp(b),
        (Value::Grade(a), Value::Grade(b)) => a.rank().cmp(&b.rank()),
        _ => Ordering::Equal,
    }
}

/// The better of the two middle grades where their number is even.
pub(super) fn median(values: &[Value]) -> Value {
    let sorted = sorted(values);
    let grades = sorted.as_list().unwrap_or_default();
    grades.get(grades.len() / 2).cloned().unwrap_or_default()
}

/// For each element the index of the first that is certainly equal to it.
fn firsts(elements: &[Value]) -> Vec<usize> {
    if let Some(keys) = keys(elements) {
        let mut seen = FxHashMap::default();
        let keys = keys.into_iter().enumerate();
        return keys
            .map(|(at, key)| *seen.entry(key).or_insert(at))
            .collect();
    }
    let first = |(at, element): (usize, &Value)| {
        elements
            .iter()
            .position(|other| element.equals(other) == Verdict::Holds)
            .unwrap_or(at)
    };
    elements.iter().enumerate().map(first).collect()
}

/// The keys of values, where all have one and of one sort, so that values are equal where their keys are.
fn keys(values: &[Value]) -> Option<Vec<Key>> {
    if let Some(numbers) = exact_numbers(values) {
        return Some(numbers.into_iter().map(Key::Number).collect());
    }
    let keys: Vec<Key> = values.iter().map(Value::key).collect::<Option<_>>()?;
    let is_one_sort = keys
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if discriminant(a) == discriminant(b)));
    is_one_sort.then_some(keys)
}

/// The values of numbers that are exact and of one unit.
fn exact_numbers(values: &[Value]) -> Option<Vec<Decimal>> {
    let unit = values.first()?.as_number()?.unit();
    let alike = |number: &Number| number.is_exact() && number.unit() == unit;
    let number = |value: &Value| Some(value.as_number().filter(alike)?.value());
    values.iter().map(number).collect()
}

pub(super) fn distinct(values: &[Value]) -> Value {
    let elements = list(values, 0);
    let firsts = firsts(elements).into_iter().enumerate();
    let kept = firsts.filter(|(at, first)| at == first);
    Value::list(kept.filter_map(|(at, _)| elements.get(at).cloned()))
}

/// What equals the first that is known equals every other that does, so that one pass tells.
pub(super) fn differ(values: &[Value]) -> Value {
    let mut known = list(values, 0).iter().filter(|value| !value.is_unknown());
    let first = known.next();
    let differs = |other: &Value| first.is_some_and(|first| first.equals(other) == Verdict::Fails);
    known.any(differs).into()
}

pub(super) fn duplicates(values: &[Value]) -> Value {
    let elements = list(values, 0);
    let mut reported = FxHashSet::default();
    let firsts = firsts(elements).into_iter().enumerate();
    let twice = firsts.filter(|(at, first)| at != first && reported.insert(*first));
    Value::list(twice.filter_map(|(_, first)| elements.get(first).cloned()))
}

pub(super) fn missing(values: &[Value]) -> Value {
    without(list(values, 0), list(values, 1))
}

pub(super) fn extra(values: &[Value]) -> Value {
    without(list(values, 1), list(values, 0))
}

/// The elements of `all` that are certainly not among `others`.
fn without(all: &[Value], others: &[Value]) -> Value {
    let both: Vec<Value> = all.iter().chain(others).cloned().collect();
    if let Some(mut keys) = keys(&both) {
        let others: FxHashSet<Key> = keys.split_off(all.len()).into_iter().collect();
        let absent = all
            .iter()
            .zip(keys)
            .filter(|(_, key)| !others.contains(key));
        return Value::list(absent.map(|(value, _)| value.clone()));
    }
    let is_absent = |value: &&Value| {
        others
            .iter()
            .all(|other| value.equals(other) == Verdict::Fails)
    };
    Value::list(all.iter().filter(is_absent).cloned())
}

pub(super) fn join(values: &[Value]) -> Value {
    let separator = values.get(1).and_then(Value::as_words).unwrap_or_default();
    let parts: Vec<String> = list(values, 0).iter().map(Value::to_string).collect();
    Value::Text(parts.join(separator).into())
}

pub(super) fn gaps(values: &[Value]) -> Value {
    let whole = |value: &Value| i64::try_from(value.as_number()?.value().normalize()).ok();
    let numbers: Option<Vec<_>> = list(values, 0).iter().map(whole).collect();
    let Some(mut numbers) = numbers else {
        return Value::Unknown;
    };
    numbers.sort_unstable();
    let mut gaps = Vec::new();
    for pair in numbers.windows(2) {
        let [a, b] = pair else { continue };
        if b.saturating_sub(*a) > MOST_GAPS {
            return Value::Unknown;
        }
        let between = a.saturating_add(1)..*b;
        gaps.extend(between.map(|gap| Value::from(Number::exact(gap.into()))));
    }
    Value::list(gaps)
}

#[cfg(test)]
mod tests {
    use crate::{
        expr::testing::{World, near, scale},
        value::{Grade, Unit, Value},
    };

    #[track_caller]
    fn check(text: &str, shown: &str) {
        assert_eq!(World::sample().eval(text).to_string(), shown, "{text}");
    }

    #[test]
    fn order() {
        check("sorted([3, 1, 2, 1])", "1, 1, 2 and 3");
        check("min([])", "(not stated)");
        check("max(ratings.map(r, r.value))", "(not stated)");
        check(
            "max(ratings.filter(r, stated(r.value)).map(r, r.value))",
            "Good",
        );
        check(
            "median(ratings.filter(r, stated(r.value)).map(r, r.value))",
            "Fair",
        );
        check("min([c.to, c.from, 70])", "55.2%");
    }

    #[test]
    fn what_stands_twice_or_not_at_all() {
        check("duplicates([\"1\", \"2\", \"1\", \"1\"])", "1");
        check("distinct([c.to, 3, c.to, 3.0])", "62.3% and 3");
        check("missing([1, 2, 3], [])", "1, 2 and 3");
        check(
            "extra([\"leadership\"], ratings.map(r, r.criterion))",
            "Casework Quality, quality of casework and Confidence",
        );
        check("gaps([7, 3, 4])", "5 and 6");
        check("gaps([1, 100000])", "(not stated)");
        check("gaps([9223372036854775807, 9223372036854775807])", "");
    }

    #[test]
    fn values_that_may_be_equal_are_not_missing() {
        let printed = |digits: &str| Value::list([near(digits, Unit::Percent)]);
        assert_eq!(
            super::missing(&[printed("62"), printed("62.3")]),
            Value::list([])
        );
        let grades = [0, 2].map(|rank| Value::from(Grade::on(&scale(), rank)));
        let off = Value::list([Grade::off("Lovely").into()]);
        assert_eq!(
            super::missing(&[Value::list(grades.clone()), off]),
            Value::list(grades)
        );
    }
}
