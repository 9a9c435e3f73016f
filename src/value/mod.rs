//! What facts and expressions are made of: verdicts, printed numbers, periods, grades and labels.
//!
//! The grammar reads these values out of documents and the expression language computes with them, so a number means the
//! same on both sides. Nothing here knows of documents, facts or rules.

mod compare;
mod date;
mod grade;
mod label;
mod number;
mod verdict;

use std::{fmt, sync::Arc};

pub use compare::Key;
pub use date::{Days, WEEKDAYS};
pub use grade::{Grade, Scale, Step};
pub use label::{Label, is_tidy, tidy, tidy_char};
pub use number::{Number, Unit};
pub use verdict::Verdict;

/// Address of a fact in what an engine run looks at: the document's place in the set, and the fact's in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId {
    /// 0-based index of the document in its set.
    pub document: u32,
    /// 0-based index of the fact in the document, in order of place.
    pub fact: u32,
}

/// Index of a fact kind in the schema; built-in kinds come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindId(pub u16);

/// A value: what a field of a fact holds, and what an expression comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Not stated, or computed from something that was not.
    #[default]
    Unknown,
    /// A condition.
    Verdict(Verdict),
    /// A number.
    Number(Number),
    /// A day or period.
    Days(Days),
    /// A grade.
    Grade(Grade),
    /// A name.
    Label(Label),
    /// Plain text.
    Text(Arc<str>),
    /// One word of a closed list that the schema gives.
    Symbol(&'static str),
    /// Several values, in the order of the document.
    List(Arc<[Value]>),
    /// A fact.
    Fact(FactId),
}

impl Value {
    /// Text, folded and with plain apostrophes.
    pub fn text(text: &str) -> Self {
        Self::Text(Arc::from(tidy(text)))
    }

    /// A list.
    pub fn list(values: impl IntoIterator<Item = Self>) -> Self {
        Self::List(values.into_iter().collect())
    }

    /// Whether nothing was stated.
    pub const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// The number, where this is one.
    pub const fn as_number(&self) -> Option<Number> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The days, where this is a date or period.
    pub const fn as_days(&self) -> Option<Days> {
        match self {
            Self::Days(days) => Some(*days),
            _ => None,
        }
    }

    /// The fact, where this is one.
    pub const fn as_fact(&self) -> Option<FactId> {
        match self {
            Self::Fact(fact) => Some(*fact),
            _ => None,
        }
    }

    /// The words, where this is a text, a label, a grade or a symbol.
    pub fn as_words(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Label(label) => Some(label.text()),
            Self::Grade(grade) => Some(grade.name()),
            Self::Symbol(word) => Some(word),
            _ => None,
        }
    }
}

impl From<bool> for Value {
    fn from(holds: bool) -> Self {
        Self::Verdict(holds.into())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    /// What is not there is unknown.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Unknown, Into::into)
    }
}

macro_rules! value_from {
    ($($from:ty => $variant:ident),* $(,)?) => {$(
        impl From<$from> for Value {
            fn from(value: $from) -> Self {
                Self::$variant(value)
            }
        }
    )*};
}
value_from!(Verdict => Verdict, Number => Number, Days => Days, Grade => Grade, Label => Label, FactId => Fact);

impl fmt::Display for Value {
    /// Writes the value as it reads in a message; lists with commas and "and".
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => out.write_str("(not stated)"),
            Self::Verdict(verdict) => out.write_str(verdict.name()),
            Self::Number(number) => number.fmt(out),
            Self::Days(days) => days.fmt(out),
            Self::Grade(grade) => grade.fmt(out),
            Self::Label(label) => label.fmt(out),
            Self::Text(text) => out.write_str(text),
            Self::Symbol(word) => out.write_str(word),
            Self::Fact(id) => write!(out, "fact {}.{}", id.document + 1, id.fact + 1),
            Self::List(values) => {
                for (at, value) in values.iter().enumerate() {
                    match at {
                        0 => {}
                        at if at + 1 == values.len() => out.write_str(" and ")?,
                        _ => out.write_str(", ")?,
                    }
                    value.fmt(out)?;
                }
                Ok(())
            }
        }
    }
}

/// The type of a value, as the schema of facts declares it and the checker of expressions finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Fits everywhere: the type of what has been reported as wrong already.
    Any,
    /// A condition.
    Bool,
    /// A number.
    Number,
    /// A day or period.
    Date,
    /// A grade on a scale.
    Grade,
    /// A name.
    Label,
    /// Plain text.
    Text,
    /// One word of a closed list.
    Symbol(&'static [&'static str]),
    /// Several values of one type.
    List(Box<Type>),
    /// A fact of this kind.
    Fact(KindId),
}
