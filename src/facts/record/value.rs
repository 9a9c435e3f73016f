//! Values of facts as JSON and back.
//!
//! What people and other programs read is the plain value: `"12.5"`, `"good"`. A number is more than that, and so are labels and
//! grades: what the plain value does not say stands beside it, in an [`Exact`], where it is not what would be taken for granted.

use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    facts::json,
    framework::Vocabulary,
    suggest::did_you_mean,
    value::{Days, Grade, Label, Number, Type, Unit, Value},
};

/// What a plain value does not say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Exact {
    /// The interval of a number, and its unit.
    Number { unit: Unit, lo: String, hi: String },
    /// What a label is compared by.
    Label { key: String },
    /// The scale of a grade, and its rank there; no scale where it stands on none.
    Grade { scale: Option<String>, rank: u8 },
    /// That of each value of a list.
    List(Vec<Option<Exact>>),
}

/// A value as JSON has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Plain {
    Nothing(()),
    Bool(bool),
    Number(serde_json::Number),
    Text(String),
    List(Vec<Plain>),
}

/// What a value is read with.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    /// The names and scales of the document.
    pub vocabulary: &'a Vocabulary,
    /// What the unit beside a number says.
    pub unit: Unit,
}

impl Context<'_> {
    /// The value of a field of this type; `exact` is what stands beside it.
    ///
    /// # Errors
    ///
    /// What it must be.
    pub(super) fn value(
        &self,
        plain: &Plain,
        exact: Option<&Exact>,
        of: &Type,
    ) -> Result<Value, String> {
        let wrong = || wanted(of);
        Ok(match (of, plain) {
            (_, Plain::Nothing(())) => Value::Unknown,
            (Type::Bool, Plain::Bool(holds)) => (*holds).into(),
            (Type::Number, Plain::Number(number)) => {
                self.number(&number.to_string(), exact).ok_or_else(wrong)?
            }
            (Type::Number, Plain::Text(text)) => self.number(text, exact).ok_or_else(wrong)?,
            (Type::Date, Plain::Text(text)) => days(text).map(Value::Days).ok_or_else(wrong)?,
            (Type::Grade, Plain::Text(text)) => self.grade(text, exact),
            (Type::Label, Plain::Text(text)) => self.label(text, exact),
            (Type::Text, Plain::Text(text)) => Value::Text(text.as_str().into()),
            (Type::Symbol(words), Plain::Text(text)) => Value::Symbol(symbol(words, text)?),
            (Type::List(inner), Plain::List(values)) => {
                let parts: &[Option<Exact>] = match exact {
                    Some(Exact::List(parts)) => parts,
                    _ => &[],
                };
                let values = values.iter().enumerate().map(|(at, value)| {
                    let exact = parts.get(at).and_then(Option::as_ref);
                    self.value(value, exact, inner).map_err(|_| wrong())
                });
                Value::List(values.collect::<Result<_, _>>()?)
            }
            _ => return Err(wrong()),
        })
    }

    fn number(&self, text: &str, exact: Option<&Exact>) -> Option<Value> {
        let (digits, times) = match text.strip_suffix('x') {
            Some(digits) => (digits, true),
            None => (text, false),
        };
        let value = decimal(digits)?;
        if let Some(Exact::Number { unit, lo, hi }) = exact {
            let number = Number::between(value, decimal(lo)?, decimal(hi)?);
            return Some(number.with_unit(*unit).into());
        }
        let unit = if times { Unit::Times } else { self.unit };
        // As the grammar takes them: shares and whatever has decimals are rounded, whole numbers are what they say.
        let rounds = matches!(unit, Unit::Percent | Unit::Points) || value.scale() > 0;
        let rounded = rounds.then(|| Number::rounded(value, Decimal::ONE));
        let number = rounded.flatten().unwrap_or_else(|| Number::exact(value));
        Some(number.with_unit(unit).into())
    }

    fn label(&self, text: &str, exact: Option<&Exact>) -> Value {
        match exact {
            Some(Exact::Label { key }) => Label::with_key(text, key).into(),
            _ => self.vocabulary.label(text).into(),
        }
    }

    fn grade(&self, text: &str, exact: Option<&Exact>) -> Value {
        if let Some(Exact::Grade { scale, rank }) = exact {
            let mut scales = self.vocabulary.scales.iter();
            let known = scale
                .as_deref()
                .and_then(|id| scales.find(|known| *known.id == *id))
                .and_then(|known| Grade::on(known, *rank));
            return known
                .map_or_else(|| Grade::off(text), |grade| grade.worded(text))
                .into();
        }
        let name = text.to_lowercase();
        let scale = self.vocabulary.scale_of(&std::iter::once(name.as_str()));
        let grade = self.vocabulary.grade(&name, scale);
        if grade.scale().is_some() {
            return grade.into();
        }
        Grade::off(text).into()
    }

    /// What must stand beside the plain form of a value so that it is read as that value again.
    pub(super) fn exact(&self, value: &Value, of: &Type) -> Option<Exact> {
        if let (Value::List(values), Type::List(inner)) = (value, of) {
            let parts: Vec<_> = values
                .iter()
                .map(|value| self.exact(value, inner))
                .collect();
            return parts
                .iter()
                .any(Option::is_some)
                .then_some(Exact::List(parts));
        }
        let plain = Plain::Text(json::text(value));
        let read = self.value(&plain, None, of).unwrap_or_default();
        match (value, read) {
            (Value::Number(own), Value::Number(read)) if *own == read => None,
            (Value::Number(own), _) => Some(Exact::Number {
                unit: own.unit(),
                lo: own.lo().normalize().to_string(),
                hi: own.hi().normalize().to_string(),
            }),
            (Value::Label(own), Value::Label(read)) if own.key() == read.key() => None,
            (Value::Label(own), _) => Some(Exact::Label {
                key: own.key().to_owned(),
            }),
            (Value::Grade(own), Value::Grade(read)) if same_grade(own, &read) => None,
            (Value::Grade(own), _) => Some(Exact::Grade {
                scale: own.scale().map(|scale| scale.id.to_string()),
                rank: own.rank().unwrap_or_default(),
            }),
            _ => None,
        }
    }
}

/// Whether two grades are one in every respect.
fn same_grade(a: &Grade, b: &Grade) -> bool {
    let id = |grade: &Grade| grade.scale().map(|scale| scale.id.clone());
    a.name() == b.name() && a.rank() == b.rank() && id(a) == id(b)
}

/// What a value of a type is written as.
pub(super) fn wanted(of: &Type) -> String {
    match of {
        Type::Bool => "`true` or `false`".to_owned(),
        Type::Number => "a number, as \"12.5\"".to_owned(),
        Type::Date => "a day or period, as \"2024-05-31\" or \"2023-04-01/2024-03-31\"".to_owned(),
        Type::Symbol(words) => format!("one of {}", words.join(", ")),
        Type::List(inner) => format!("a list, each part {}", wanted(inner)),
        Type::Any | Type::Grade | Type::Label | Type::Text | Type::Fact(_) => "a text".to_owned(),
    }
}

/// A word of a closed list; the empty one where it was left open.
fn symbol(words: &'static [&'static str], text: &str) -> Result<&'static str, String> {
    let known = words.iter().find(|known| **known == text).copied();
    let known = known.or_else(|| text.is_empty().then_some(""));
    known.ok_or_else(|| {
        let hint = did_you_mean(text, words.iter().copied());
        format!("one of {}{hint}", words.join(", "))
    })
}

fn decimal(text: &str) -> Option<Decimal> {
    Decimal::from_str(text).ok()
}

/// A day, month or year; or a first and a last day, as `first/last`.
pub(super) fn days(text: &str) -> Option<Days> {
    let Some((first, last)) = text.split_once('/') else {
        return Days::from_iso(text);
    };
    Days::new(Days::from_iso(first)?.from(), Days::from_iso(last)?.to())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn read(json: &str, of: &Type) -> Result<String, String> {
        let plain: Plain = serde_json::from_str(json).expect("JSON");
        let vocabulary = crate::facts::testing::vocabulary();
        let context = Context {
            vocabulary: &vocabulary,
            unit: Unit::None,
        };
        let value = context.value(&plain, None, of);
        value.map(|value| json::text(&value))
    }

    #[test]
    fn values_by_type() {
        let check = |json: &str, of: &Type, expected: Option<&str>| {
            assert_eq!(read(json, of).ok().as_deref(), expected, "{json} as {of:?}");
        };
        check("\"12.50\"", &Type::Number, Some("12.50"));
        check("12", &Type::Number, Some("12"));
        check("\"2x\"", &Type::Number, Some("2x"));
        check("\"twelve\"", &Type::Number, None);
        check("true", &Type::Bool, Some("true"));
        check("\"true\"", &Type::Bool, None);
        check("null", &Type::Bool, Some(""));
        check("\"2024-05\"", &Type::Date, Some("2024-05-01/2024-05-31"));
        check(
            "\"2024-05-02/2024-06-01\"",
            &Type::Date,
            Some("2024-05-02/2024-06-01"),
        );
        check("\"2024-06-02/2024-05-01\"", &Type::Date, None);
        check("\"up\"", &Type::Symbol(&["up", "down"]), Some("up"));
        check("\"\"", &Type::Symbol(&["up", "down"]), Some(""));
        check("\"upp\"", &Type::Symbol(&["up", "down"]), None);
        check(
            "[\"1\", 2]",
            &Type::List(Box::new(Type::Number)),
            Some("1; 2"),
        );
        check("[true]", &Type::List(Box::new(Type::Number)), None);
        check("\"x\"", &Type::List(Box::new(Type::Text)), None);
    }

    #[test]
    fn what_a_plain_number_does_not_say_stands_beside_it() {
        let vocabulary = crate::facts::testing::vocabulary();
        let context = |unit| Context {
            vocabulary: &vocabulary,
            unit,
        };
        let share = Number::rounded(Decimal::from(46), Decimal::ONE)
            .expect("a number")
            .with_unit(Unit::Percent);
        let value = Value::Number(share);
        assert_eq!(context(Unit::Percent).exact(&value, &Type::Number), None);
        let exact = context(Unit::None).exact(&value, &Type::Number);
        let written = serde_json::to_string(&exact).expect("JSON");
        assert_eq!(written, r#"{"unit":"percent","lo":"45.5","hi":"46.5"}"#);
        let plain = Plain::Text("46".to_owned());
        let read = context(Unit::None).value(&plain, exact.as_ref(), &Type::Number);
        assert_eq!(read, Ok(value));
    }
}
