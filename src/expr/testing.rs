//! A small world of facts for the tests of this module.

use std::{cell::Cell, sync::Arc};

use jiff::civil::date;
use rust_decimal::Decimal;

use super::{Cache, Error, List, Names, Question, Scope, Variable, check, parse};
use crate::value::{
    Days, FactId, Grade, KindId, Label, Number, Scale, Step, Type, Unit, Value, Verdict,
};

pub(super) const WHEN: &[&str] = &["current", "previous"];
pub(super) const DIRECTIONS: &[&str] = &["up", "down"];

/// Name, plural and fields of a kind.
type Kind = (&'static str, &'static str, Vec<(&'static str, Type)>);

pub(super) fn kinds() -> Vec<Kind> {
    let texts = Type::List(Box::new(Type::Text));
    vec![
        (
            "rating",
            "ratings",
            vec![
                ("criterion", Type::Label),
                ("value", Type::Grade),
                ("when", Type::Symbol(WHEN)),
                ("score", Type::Number),
            ],
        ),
        (
            "change",
            "changes",
            vec![
                ("from", Type::Number),
                ("to", Type::Number),
                ("by", Type::Number),
                ("direction", Type::Symbol(DIRECTIONS)),
                ("period", Type::Date),
                ("complete", Type::Bool),
            ],
        ),
        ("issue", "issues", vec![("number", Type::Text)]),
        ("response", "responses", vec![("to", texts)]),
    ]
}

/// Variables: `a` and `b` (ratings), `c` (a change), `i` (an issue), a collection of each kind, and `published`.
#[derive(Debug, Default)]
pub(super) struct World {
    pub(super) facts: Vec<(u16, Vec<Value>)>,
    pub(super) bindings: Vec<Value>,
    /// Whether the scope has an index, and how often it looked a field up.
    pub(super) has_index: bool,
    pub(super) lookups: Cell<usize>,
}

const BINDINGS: [(&str, u16); 4] = [("a", 0), ("b", 0), ("c", 1), ("i", 2)];

impl Names for World {
    fn variable(&self, name: &str) -> Option<(Variable, Type)> {
        if let Some(at) = BINDINGS.iter().position(|(known, _)| *known == name) {
            let kind = BINDINGS.get(at)?.1;
            return Some((Variable(u16::try_from(at).ok()?), Type::Fact(KindId(kind))));
        }
        if name == "published" {
            return Some((Variable(99), Type::List(Box::new(Type::Date))));
        }
        let kind = kinds().iter().position(|(_, plural, _)| *plural == name)?;
        let kind = u16::try_from(kind).ok()?;
        Some((
            Variable(10 + kind),
            Type::List(Box::new(Type::Fact(KindId(kind)))),
        ))
    }

    fn field(&self, kind: KindId, name: &str) -> Option<(usize, Type)> {
        let (_, _, fields) = kinds().into_iter().nth(usize::from(kind.0))?;
        fields
            .into_iter()
            .enumerate()
            .find(|(_, (known, _))| *known == name)
            .map(|(slot, (_, of))| (slot, of))
    }

    fn variables(&self) -> Vec<String> {
        let plurals = kinds().into_iter().map(|(_, plural, _)| plural);
        BINDINGS
            .iter()
            .map(|(name, _)| *name)
            .chain(plurals)
            .map(str::to_owned)
            .collect()
    }

    fn fields(&self, kind: KindId) -> Vec<String> {
        let fields = kinds().into_iter().nth(usize::from(kind.0));
        fields.map_or_else(Vec::new, |(_, _, fields)| {
            fields.iter().map(|(name, _)| (*name).to_owned()).collect()
        })
    }

    fn kind_name(&self, kind: KindId) -> String {
        kinds()
            .get(usize::from(kind.0))
            .map_or("fact", |(name, ..)| name)
            .to_owned()
    }
}

impl Scope for World {
    fn variable(&self, variable: Variable) -> Value {
        match variable.0 {
            99 => Value::list([Value::Days(Days::day(date(2017, 10, 3)))]),
            collection @ 10.. => Value::List(self.facts_of(collection - 10, |_| true)),
            binding => self
                .bindings
                .get(usize::from(binding))
                .cloned()
                .unwrap_or_default(),
        }
    }

    fn field(&self, fact: FactId, slot: usize) -> Value {
        self.lookups.set(self.lookups.get() + 1);
        let fact = usize::try_from(fact.fact).unwrap_or_default();
        self.facts
            .get(fact)
            .and_then(|(_, values)| values.get(slot))
            .cloned()
            .unwrap_or_default()
    }

    fn matching(&self, collection: Variable, slot: usize, value: &Value) -> Option<[List; 2]> {
        let field = |values: &[Value]| values.get(slot).cloned().unwrap_or_default();
        let indexed = matches!(
            value,
            Value::Label(_) | Value::Text(_) | Value::Symbol(_) | Value::Grade(_)
        );
        (self.has_index && indexed).then(|| {
            let kind = collection.0 - 10;
            [
                self.facts_of(kind, |values| field(values).equals(value) == Verdict::Holds),
                self.facts_of(kind, |values| field(values).is_unknown()),
            ]
        })
    }

    fn ask(&self, question: Question, arguments: &[Value]) -> Value {
        match (question, arguments) {
            (Question::Before, _) => false.into(),
            (Question::Criteria, _) => Value::list([Label::new("casework").into()]),
            (Question::Band | Question::Limit, _) => Grade::on(&scale(), 2).into(),
            (Question::Polarity, _) => Value::Symbol("higher"),
            (Question::EvidenceFor | Question::Parent, _) => Label::new("casework").into(),
            (_, [Value::Fact(a), Value::Fact(b)]) => (a == b).into(),
            _ => true.into(),
        }
    }
}

impl World {
    fn facts_of(&self, kind: u16, wanted: impl Fn(&[Value]) -> bool) -> List {
        let facts = self.facts.iter().zip(0..);
        facts
            .filter(|((of, values), _)| *of == kind && wanted(values))
            .map(|(_, fact)| Value::Fact(FactId { document: 0, fact }))
            .collect()
    }

    /// Four ratings (the last without grade and round), one change, three issues and two responses.
    pub(super) fn sample() -> Self {
        let rating = |criterion: &str, rank: u8, when: &'static str| {
            let values = vec![
                Label::new(criterion).into(),
                Grade::on(&scale(), rank).into(),
                Value::Symbol(when),
                near("58", Unit::Percent),
            ];
            (0, values)
        };
        let change = vec![
            near("55.2", Unit::Percent),
            near("62.3", Unit::Percent),
            near("9", Unit::Points),
            Value::Symbol("up"),
            Days::month(2017, 10).into(),
            Value::Unknown,
        ];
        let issue = |number: &str| (2, vec![Value::text(number)]);
        let response = |to: &[&str]| (3, vec![Value::list(to.iter().map(|to| Value::text(to)))]);
        let fact = |fact| Value::Fact(FactId { document: 0, fact });
        Self {
            facts: vec![
                rating("Casework Quality", 1, "current"),
                rating("quality of casework", 2, "current"),
                rating("Leadership", 0, "previous"),
                (0, vec![Label::new("Confidence").into()]),
                (1, change),
                issue("1"),
                issue("2"),
                issue("3"),
                response(&["1", "2"]),
                response(&[]),
            ],
            bindings: vec![fact(0), fact(1), fact(4), fact(5)],
            ..Self::default()
        }
    }

    /// What an expression comes to.
    #[track_caller]
    pub(super) fn eval(&self, text: &str) -> Value {
        let checked = self.check(text).unwrap_or_else(|errors| {
            panic!("{text}: {errors:?}");
        });
        checked.eval(self, &mut Cache::default())
    }

    pub(super) fn check(&self, text: &str) -> Result<super::Checked, Vec<Error>> {
        check(&parse(text)?, self)
    }
}

/// Poor, fair, good, excellent; good is worth three points.
pub(super) fn scale() -> Arc<Scale> {
    let step = |(name, points): (&str, Option<i32>)| Step {
        name: name.into(),
        points,
    };
    let steps = [
        ("Poor", None),
        ("Fair", None),
        ("Good", Some(3)),
        ("Excellent", None),
    ];
    Arc::new(Scale {
        id: "test".into(),
        steps: steps.into_iter().map(step).collect(),
    })
}

/// A number rounded as printed.
pub(super) fn near(digits: &str, unit: Unit) -> Value {
    let digits = Decimal::from_str_exact(digits).expect("a decimal");
    let number = Number::rounded(digits, Decimal::ONE).expect("in range");
    number.with_unit(unit).into()
}
