//! How values are set against each other: equality and order with the four verdicts.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{FactId, Label, Unit, Value, Verdict};

/// What an index finds a value by. Two values that have keys of one sort are equal where their keys are, else they differ.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A bare number that is exact.
    Number(Decimal),
    /// The name of a grade, in lower case.
    Grade(Box<str>),
    /// The key of a label.
    Label(Arc<str>),
    /// A text.
    Text(Arc<str>),
    /// A word of a closed list.
    Symbol(&'static str),
    /// A fact.
    Fact(FactId),
}

impl Value {
    /// Equality. Numbers and periods give the verdicts of [`Number::equals`](super::Number::equals) and
    /// [`Days::equals`](super::Days::equals), grades and labels are equal by name, texts by their exact words. A label and
    /// a text are compared as labels. Lists are equal element by element. *Unknown* where either is, and for values that
    /// have nothing to do with each other.
    pub fn equals(&self, other: &Self) -> Verdict {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.equals(*b),
            (Self::Days(a), Self::Days(b)) => a.equals(*b),
            (Self::Grade(a), Self::Grade(b)) => a.equals(b),
            (Self::Label(a), Self::Label(b)) => (a == b).into(),
            (Self::Text(a), Self::Text(b)) => (a == b).into(),
            (Self::Symbol(a), Self::Symbol(b)) => (a == b).into(),
            (Self::Fact(a), Self::Fact(b)) => (a == b).into(),
            (Self::Verdict(a), Self::Verdict(b)) => alike(*a, *b),
            (Self::List(a), Self::List(b)) => lists(a, b),
            (Self::Label(label), Self::Text(text)) | (Self::Text(text), Self::Label(label)) => {
                (*label == Label::new(text)).into()
            }
            (Self::Grade(grade), Self::Text(text)) | (Self::Text(text), Self::Grade(grade)) => {
                grade.name().eq_ignore_ascii_case(text).into()
            }
            (Self::Symbol(word), Self::Text(text)) | (Self::Text(text), Self::Symbol(word)) => {
                (**text == **word).into()
            }
            _ => Verdict::Unknown,
        }
    }

    /// Strictly less: numbers by size, periods by time, grades from worst to best. *Unknown* where either is, and for
    /// values that have no order.
    pub fn less(&self, other: &Self) -> Verdict {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.less(*b),
            (Self::Days(a), Self::Days(b)) => a.less(*b),
            (Self::Grade(a), Self::Grade(b)) => a.less(b),
            _ => Verdict::Unknown,
        }
    }

    /// Less or equal, with the verdicts of [`Value::less`].
    pub fn at_most(&self, other: &Self) -> Verdict {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.at_most(*b),
            (Self::Days(a), Self::Days(b)) => a.at_most(*b),
            (Self::Grade(a), Self::Grade(b)) => b.less(a).negate(),
            _ => Verdict::Unknown,
        }
    }

    /// What an index finds the value by; `None` where equality with another may be uncertain, as it is for rounded numbers
    /// and for periods.
    pub fn key(&self) -> Option<Key> {
        match self {
            Self::Number(number) if number.is_exact() && number.unit() == Unit::None => {
                Some(Key::Number(number.value()))
            }
            Self::Grade(grade) => Some(Key::Grade(grade.name().to_ascii_lowercase().into())),
            Self::Label(label) => Some(Key::Label(label.shared_key())),
            Self::Text(text) => Some(Key::Text(Arc::clone(text))),
            Self::Symbol(word) => Some(Key::Symbol(word)),
            Self::Fact(fact) => Some(Key::Fact(*fact)),
            _ => None,
        }
    }

    /// The value as a condition: its verdict where it is one, else *unknown*.
    pub const fn verdict(&self) -> Verdict {
        match self {
            Self::Verdict(verdict) => *verdict,
            _ => Verdict::Unknown,
        }
    }

    /// The elements, where this is a list.
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(values) => Some(values),
            _ => None,
        }
    }
}

/// Whether two conditions come to the same; not known unless both are decided.
fn alike(a: Verdict, b: Verdict) -> Verdict {
    match (a, b) {
        (Verdict::Unknown, _) | (_, Verdict::Unknown) => Verdict::Unknown,
        (Verdict::Rounding, _) | (_, Verdict::Rounding) => Verdict::Rounding,
        (a, b) => (a == b).into(),
    }
}

/// Lists that may hold more or fewer values than are seen, because some are unknown, are never certain to differ in length.
fn lists(a: &[Value], b: &[Value]) -> Verdict {
    if a.iter().chain(b).any(Value::is_unknown) {
        return Verdict::Unknown;
    }
    if a.len() != b.len() {
        return Verdict::Fails;
    }
    a.iter()
        .zip(b)
        .map(|(a, b)| a.equals(b))
        .fold(Verdict::Holds, Verdict::and)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Number;

    fn number(value: i64) -> Value {
        Value::Number(Number::exact(value.into()))
    }

    #[test]
    fn words_are_compared_by_what_they_are() {
        let label = Value::Label(Label::new("Casework Quality"));
        for (a, b, verdict) in [
            (
                label.clone(),
                Value::text("quality of casework"),
                Verdict::Holds,
            ),
            (
                Value::text("Casework"),
                Value::text("casework"),
                Verdict::Fails,
            ),
            (Value::Symbol("up"), Value::text("up"), Verdict::Holds),
            (label, Value::Unknown, Verdict::Unknown),
            (number(1), Value::text("1"), Verdict::Unknown),
        ] {
            assert_eq!(a.equals(&b), verdict, "{a} and {b}");
            assert_eq!(b.equals(&a), verdict, "{b} and {a}");
        }
    }

    #[test]
    fn a_list_with_an_unknown_element_is_not_certain() {
        let known = Value::list([number(1), number(2)]);
        assert_eq!(known.equals(&known), Verdict::Holds);
        assert_eq!(known.equals(&Value::list([number(1)])), Verdict::Fails);
        assert_eq!(
            known.equals(&Value::list([number(1), Value::Unknown])),
            Verdict::Unknown
        );
    }
}
