//! Evaluation: four verdicts, and what is not stated makes unknown what is computed from it.

use std::{ops::Deref, sync::Arc};

use rust_decimal::{Decimal, prelude::ToPrimitive as _};
use rustc_hash::FxHashMap;

use super::{
    Checked, List, Scope,
    ast::Operator,
    functions::Body,
    node::{Each, How, Input, InputPart, KeyOf, Node, Source},
};
use crate::value::{Days, FactId, Number, Unit, Value, Verdict};

/// What was computed once and need not be again: sub-expressions that use no binding of the rule, under their text.
///
/// A cache belongs to one scope: expressions may share it as long as collections and every other variable that is
/// [fixed](super::Names::is_fixed) keep their values.
#[derive(Debug, Default)]
pub struct Cache {
    kept: FxHashMap<Arc<str>, Value>,
    memory: Memory,
    /// The elements that the quantifiers being evaluated look at, outermost first.
    locals: Vec<Value>,
}

/// Values of quantifiers over many facts, by the text of each and what it depends on: facts of one paragraph often ask the same
/// of all the others there.
#[derive(Debug, Default)]
struct Memory {
    values: FxHashMap<Arc<str>, FxHashMap<Box<[Told]>, Value>>,
    /// How many values there are, with the elements of lists.
    size: usize,
}

impl Memory {
    /// Fewer elements are gone through as fast as a value is looked up.
    const LEAST: usize = 12;
    /// No more is remembered, so that memory stays bounded.
    const MOST: usize = 2_000_000;

    fn get(&self, text: &str, key: &[Told]) -> Option<&Value> {
        self.values.get(text)?.get(key)
    }

    fn put(&mut self, text: &Arc<str>, key: Box<[Told]>, value: &Value) {
        let size = 1 + value.as_list().map_or(0, <[Value]>::len);
        if self.size + size > Self::MOST {
            return;
        }
        self.size += size;
        let values = self.values.entry(Arc::clone(text)).or_default();
        values.insert(key, value.clone());
    }
}

/// What an [`Input`] was, to the letter.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Told {
    Unknown,
    Verdict(Verdict),
    /// Its point, ends and scale.
    Number([Decimal; 3], u32, Unit),
    Days(Days),
    /// Name, and the scale and its place there.
    Grade(Arc<str>, Option<(Box<str>, u8)>),
    Label(Arc<str>, Arc<str>),
    Text(Arc<str>),
    Symbol(&'static str),
    Fact(FactId),
    Place(u32),
}

impl Told {
    /// `None` for lists.
    fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Unknown => Self::Unknown,
            Value::Verdict(verdict) => Self::Verdict(*verdict),
            Value::Number(number) => {
                let value = number.value();
                let numbers = [number.lo(), value, number.hi()];
                Self::Number(numbers, value.scale(), number.unit())
            }
            Value::Days(days) => Self::Days(*days),
            Value::Grade(grade) => {
                let scale = grade.scale().map(|scale| scale.id.clone());
                Self::Grade(grade.name().into(), scale.zip(grade.rank()))
            }
            Value::Label(label) => Self::Label(label.shared_text(), label.shared_key()),
            Value::Text(text) => Self::Text(Arc::clone(text)),
            Value::Symbol(word) => Self::Symbol(word),
            Value::Fact(fact) => Self::Fact(*fact),
            Value::List(_) => return None,
        })
    }
}

impl Checked {
    /// The value of the expression.
    pub fn eval(&self, scope: &dyn Scope, cache: &mut Cache) -> Value {
        Run { scope, cache }.value(&self.root)
    }

    /// What the expression comes to as a condition; *unknown* where it is none.
    pub fn verdict(&self, scope: &dyn Scope, cache: &mut Cache) -> Verdict {
        Run { scope, cache }.verdict(&self.root)
    }
}

/// One evaluation.
pub(super) struct Run<'a> {
    pub(super) scope: &'a dyn Scope,
    pub(super) cache: &'a mut Cache,
}

/// A value where it stands, or one that was computed: most comparisons need no copy.
enum Held<'n, 's> {
    Constant(&'n Value),
    Stored(&'s Value),
    Computed(Value),
}

impl Deref for Held<'_, '_> {
    type Target = Value;

    #[expect(
        clippy::match_same_arms,
        reason = "the two are borrowed for different times"
    )]
    fn deref(&self) -> &Value {
        match self {
            Self::Constant(value) => value,
            Self::Stored(value) => value,
            Self::Computed(value) => value,
        }
    }
}

impl<'a> Run<'a> {
    /// The value of a node, not copied where it is a constant or stands in a fact.
    fn held<'n>(&mut self, node: &'n Node) -> Held<'n, 'a> {
        match node {
            Node::Constant(value) => Held::Constant(value),
            Node::Field(fact, slot) => match self.fact(fact) {
                Some(fact) => match self.scope.stored(fact, *slot) {
                    Some(value) => Held::Stored(value),
                    None => Held::Computed(self.scope.field(fact, *slot)),
                },
                None => Held::Computed(Value::Unknown),
            },
            other => Held::Computed(self.value(other)),
        }
    }

    /// The fact that a node comes to.
    fn fact(&mut self, node: &Node) -> Option<FactId> {
        match node {
            Node::Local(at) => self.cache.locals.get(*at)?.as_fact(),
            other => self.value(other).as_fact(),
        }
    }

    pub(super) fn value(&mut self, node: &Node) -> Value {
        match node {
            Node::Constant(value) => value.clone(),
            Node::Variable(variable) => self.scope.variable(*variable),
            Node::Local(at) => self.cache.locals.get(*at).cloned().unwrap_or_default(),
            Node::Field(fact, slot) => match self.fact(fact) {
                Some(fact) => self.scope.field(fact, *slot),
                None => Value::Unknown,
            },
            Node::Index(list, at) => element(&self.value(list), &self.value(at)),
            Node::List(parts) => Value::list(parts.iter().map(|part| self.value(part))),
            Node::Call(function, arguments) => self.call(function.body, arguments),
            Node::Negative(inner) => self.value(inner).as_number().map(Number::negated).into(),
            Node::Arithmetic(operator, a, b) => arithmetic(*operator, &self.held(a), &self.held(b)),
            Node::Conditional(parts) => {
                let [condition, then, otherwise] = &**parts;
                match self.verdict(condition) {
                    Verdict::Holds => self.value(then),
                    Verdict::Fails => self.value(otherwise),
                    Verdict::Unknown | Verdict::Rounding => Value::Unknown,
                }
            }
            Node::Each(each) => self.each(each),
            Node::Kept(text, inner) => {
                if let Some(value) = self.cache.kept.get(text) {
                    return value.clone();
                }
                let value = self.value(inner);
                self.cache.kept.insert(Arc::clone(text), value.clone());
                value
            }
            Node::Not(_)
            | Node::Compare(_)
            | Node::Count(..)
            | Node::In(..)
            | Node::And(_)
            | Node::Or(_) => Value::Verdict(self.verdict(node)),
        }
    }

    pub(super) fn verdict(&mut self, node: &Node) -> Verdict {
        match node {
            Node::Not(inner) => self.verdict(inner).negate(),
            Node::Compare(comparison) => {
                let [a, b] = &comparison.sides;
                compare(comparison.operator, &self.held(a), &self.held(b))
            }
            Node::Count(operator, list, number) => {
                count(*operator, &self.value(list), &self.value(number))
            }
            Node::In(element, list) => {
                let element = self.held(element);
                match &*self.held(list) {
                    Value::List(values) => values
                        .iter()
                        .map(|value| element.equals(value))
                        .fold(Verdict::Fails, Verdict::or),
                    _ => Verdict::Unknown,
                }
            }
            Node::And(parts) => {
                let mut verdict = Verdict::Holds;
                for part in parts {
                    verdict = verdict.and(self.verdict(part));
                    if verdict == Verdict::Fails {
                        break;
                    }
                }
                verdict
            }
            Node::Or(parts) => {
                let mut verdict = Verdict::Fails;
                for part in parts {
                    verdict = verdict.or(self.verdict(part));
                    if verdict == Verdict::Holds {
                        break;
                    }
                }
                verdict
            }
            other => self.value(other).verdict(),
        }
    }

    /// Few functions take more than two arguments, and a call needs no list of its own for those.
    fn call(&mut self, body: Body, arguments: &[Node]) -> Value {
        match (body, arguments) {
            (Body::Known(function), [argument]) => function(&self.held(argument)),
            (_, [a]) => {
                let values = [self.value(a)];
                self.apply(body, &values)
            }
            (_, [a, b]) => {
                let values = [self.value(a), self.value(b)];
                self.apply(body, &values)
            }
            _ => {
                let values: Vec<Value> = arguments.iter().map(|node| self.value(node)).collect();
                self.apply(body, &values)
            }
        }
    }

    fn apply(&self, body: Body, values: &[Value]) -> Value {
        match body {
            Body::Known(function) => values.first().map_or(Value::Unknown, function),
            Body::Whole(function) => function(values),
            _ if values.iter().any(is_uncertain) => Value::Unknown,
            Body::Pure(function) => function(values),
            Body::Ask(question) => self.scope.ask(question, values),
        }
    }

    fn each(&mut self, each: &Each) -> Value {
        let found = self.indexed(each).or_else(|| match self.value(&each.list) {
            Value::List(values) => Some([values, Arc::default()]),
            _ => None,
        });
        let Some(found) = found else {
            return Value::Unknown;
        };
        let many = found.iter().map(|values| values.len()).sum::<usize>() >= Memory::LEAST;
        let memory = each.memory.as_ref().filter(|_| many);
        let Some((text, key)) = memory.and_then(|(text, inputs)| Some((text, self.told(inputs)?)))
        else {
            return self.through(each, &found);
        };
        if let Some(value) = self.cache.memory.get(text, &key) {
            return value.clone();
        }
        let value = self.through(each, &found);
        self.cache.memory.put(text, key, &value);
        value
    }

    /// What a quantifier depends on; `None` where that cannot be remembered by.
    fn told(&self, inputs: &[Input]) -> Option<Box<[Told]>> {
        let told = |input: &Input| {
            let fact = match input.of {
                Source::Variable(variable) => self.scope.variable(variable).as_fact(),
                Source::Local(at) => self.cache.locals.get(at)?.as_fact(),
            };
            let Some(fact) = fact else {
                return Some(Told::Unknown);
            };
            match input.part {
                InputPart::Field(slot) => match self.scope.stored(fact, slot) {
                    Some(value) => Told::of(value),
                    None => Told::of(&self.scope.field(fact, slot)),
                },
                InputPart::Place(question) => self.scope.place(question, fact).map(Told::Place),
            }
        };
        inputs.iter().map(told).collect()
    }

    /// Goes through the facts that the index of a quantifier leaves, and those of which it is not known.
    fn through(&mut self, each: &Each, found: &[List; 2]) -> Value {
        let elements = found.iter().flat_map(|values| values.iter());
        match each.how {
            How::Exists => self.fold(each, elements, Verdict::Fails, Verdict::Holds, Verdict::or),
            How::All => self.fold(each, elements, Verdict::Holds, Verdict::Fails, Verdict::and),
            How::Filter => self.filter(each, elements),
            How::Map => Value::list(elements.map(|element| {
                self.with(each, element, Self::value)
                    .unwrap_or(Value::Unknown)
            })),
        }
    }

    /// The fewest facts that the scope's indexes leave, and those of which it is not known whether they belong to them.
    fn indexed(&mut self, each: &Each) -> Option<[List; 2]> {
        let (collection, keys) = each.index.as_ref()?;
        let mut best: Option<[List; 2]> = None;
        for key in keys {
            let value = self.held(&key.value);
            if value.is_unknown() {
                continue;
            }
            let found = match key.of {
                KeyOf::Field(slot) => self.scope.matching(*collection, slot, &value),
                KeyOf::Place(question) => {
                    let near = self.scope.near(*collection, question, &value);
                    near.map(|near| [near, Arc::default()])
                }
            };
            let Some([equal, unstated]) = found else {
                continue;
            };
            let size = equal.len() + unstated.len();
            if best.as_ref().is_none_or(|[a, b]| size < a.len() + b.len()) {
                best = Some([equal, unstated]);
            }
        }
        best
    }

    fn fold<'v>(
        &mut self,
        each: &Each,
        elements: impl Iterator<Item = &'v Value>,
        start: Verdict,
        end: Verdict,
        join: fn(Verdict, Verdict) -> Verdict,
    ) -> Value {
        let mut verdict = start;
        for element in elements {
            let next = self.with(each, element, Self::verdict);
            verdict = join(verdict, next.unwrap_or(Verdict::Unknown));
            if verdict == end {
                break;
            }
        }
        verdict.into()
    }

    /// The elements for which the condition holds, then an unknown one for each of which it is not certain.
    fn filter<'v>(&mut self, each: &Each, elements: impl Iterator<Item = &'v Value>) -> Value {
        let mut kept = Vec::new();
        let mut uncertain = 0;
        for element in elements {
            match self.with(each, element, Self::verdict) {
                Some(Verdict::Holds) => kept.push(element.clone()),
                Some(Verdict::Fails) => {}
                _ => uncertain += 1,
            }
        }
        kept.resize(kept.len() + uncertain, Value::Unknown);
        Value::List(kept.into())
    }

    /// What the body of a quantifier comes to for an element; `None` for an element that is not known.
    pub(super) fn with<T>(
        &mut self,
        each: &Each,
        element: &Value,
        eval: fn(&mut Self, &Node) -> T,
    ) -> Option<T> {
        if element.is_unknown() {
            return None;
        }
        self.cache.locals.truncate(each.local);
        self.cache.locals.push(element.clone());
        let result = eval(self, &each.body);
        self.cache.locals.truncate(each.local);
        Some(result)
    }
}

/// Whether a value, or any element of it, is not known.
fn is_uncertain(value: &Value) -> bool {
    match value {
        Value::Unknown => true,
        Value::List(values) => values.iter().any(Value::is_unknown),
        _ => false,
    }
}

fn element(list: &Value, at: &Value) -> Value {
    let at = at.as_number().map(Number::value);
    at.filter(|at| at.fract().is_zero())
        .and_then(|at| at.to_usize())
        .and_then(|at| list.as_list()?.get(at))
        .cloned()
        .unwrap_or_default()
}

/// A relation between two values.
pub(super) fn compare(operator: Operator, a: &Value, b: &Value) -> Verdict {
    match operator {
        Operator::Equal => a.equals(b),
        Operator::NotEqual => a.equals(b).negate(),
        Operator::Less => a.less(b),
        Operator::AtMost => a.at_most(b),
        Operator::Greater => b.less(a),
        Operator::AtLeast => b.at_most(a),
        _ => Verdict::Unknown,
    }
}

/// The size of a list against a number. An unknown element may or may not be there, so the size lies between the number of
/// known elements and that of all: the verdict is that of every size between, or *unknown*. Elements past the number are not gone
/// through, as every greater size says the same.
fn count(operator: Operator, list: &Value, number: &Value) -> Verdict {
    let Some(values) = list.as_list() else {
        return Verdict::Unknown;
    };
    let beyond = number.as_number().and_then(|number| number.hi().to_usize());
    let beyond = beyond.map_or(usize::MAX, |number| number.saturating_add(2));
    let known = values.iter().filter(|value| !value.is_unknown());
    let known = known.take(beyond).count();
    let all = values.len().min(beyond);
    let [least, most] = [known, all].map(|size| Value::from(Number::from(size)));
    if known == all {
        return compare(operator, &least, number);
    }
    let outside = number.less(&least).or(most.less(number)) == Verdict::Holds;
    match operator {
        Operator::Equal if outside => Verdict::Fails,
        Operator::NotEqual if outside => Verdict::Holds,
        Operator::Equal | Operator::NotEqual => Verdict::Unknown,
        _ => {
            let verdict = compare(operator, &least, number);
            if compare(operator, &most, number) == verdict {
                verdict
            } else {
                Verdict::Unknown
            }
        }
    }
}

/// A result of two numbers; unknown on overflow, for units that do not go together, and for a divisor that may be zero.
pub(super) fn arithmetic(operator: Operator, a: &Value, b: &Value) -> Value {
    let (Some(a), Some(b)) = (a.as_number(), b.as_number()) else {
        return Value::Unknown;
    };
    match operator {
        Operator::Plus => a.plus(b),
        Operator::Minus => a.minus(b),
        Operator::Times => a.times(b),
        Operator::Divide => a.divided_by(b),
        Operator::Remainder => remainder(a, b),
        _ => None,
    }
    .into()
}

fn remainder(a: Number, b: Number) -> Option<Number> {
    let both = a.is_exact() && b.is_exact() && b.value() != Decimal::ZERO;
    let rest = a.value().checked_rem(b.value()).filter(|_| both)?;
    Some(Number::exact(rest).with_unit(a.unit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::testing::World;

    #[track_caller]
    fn check(text: &str, verdict: Verdict) {
        for has_index in [false, true] {
            let world = World {
                has_index,
                ..World::sample()
            };
            assert_eq!(
                world.eval(text).verdict(),
                verdict,
                "{text}, index: {has_index}"
            );
        }
    }

    #[test]
    fn fields_are_compared_by_what_they_are() {
        check("a.criterion == b.criterion", Verdict::Holds);
        check(
            "a.criterion == b.criterion && a.value != b.value",
            Verdict::Holds,
        );
        check("a.criterion == \"the casework quality\"", Verdict::Holds);
        check("a.value == \"fair\"", Verdict::Holds);
        check("a.value < b.value", Verdict::Holds);
        check("a.value >= \"good\"", Verdict::Fails);
        check("a.value < \"lovely\"", Verdict::Unknown);
        check("a.when == \"current\"", Verdict::Holds);
        check("a == a && a != b", Verdict::Holds);
        check("c.complete", Verdict::Unknown);
        check("c.complete || true", Verdict::Holds);
        check("c.complete && false", Verdict::Fails);
        check("!c.complete", Verdict::Unknown);
    }

    #[test]
    fn printed_numbers_have_slack() {
        check("c.to - c.from == c.by", Verdict::Fails);
        check("c.to - c.from == 7.1", Verdict::Holds);
        check("c.to - c.from == 7.2", Verdict::Rounding);
        check("c.from < c.to", Verdict::Holds);
        check("c.from > c.to", Verdict::Fails);
        check("c.to / 0 == 1", Verdict::Unknown);
        check("-c.to < 0", Verdict::Holds);
        check("7 % 4 == 3 && 1 + 2 * 3 == 7", Verdict::Holds);
    }

    #[test]
    fn lists_are_gone_through() {
        check("responses.exists(r, i.number in r.to)", Verdict::Holds);
        check(
            "issues.all(x, responses.exists(r, x.number in r.to))",
            Verdict::Fails,
        );
        check("ratings.exists(r, r.value == \"good\")", Verdict::Holds);
        check(
            "ratings.exists(r, r.value == \"excellent\")",
            Verdict::Unknown,
        );
        check(
            "ratings.exists(r, r.criterion == a.criterion && r != a)",
            Verdict::Holds,
        );
        check(
            "ratings.exists(r, r.criterion == \"Leadership\" && r.value == \"good\")",
            Verdict::Fails,
        );
        check(
            "ratings.all(r, r.criterion != a.criterion || r.when == \"current\")",
            Verdict::Holds,
        );
        check(
            "ratings.all(r, r.value != a.value || r == a)",
            Verdict::Unknown,
        );
        check(
            "missing(issues.map(x, x.number), responses[0].to) == [\"3\"]",
            Verdict::Holds,
        );
        check("ratings[0] == a && !stated(ratings[9])", Verdict::Holds);
    }

    #[test]
    fn what_uses_no_binding_is_computed_once() {
        let world = World::sample();
        let text = "size(ratings.filter(r, r.when == \"current\")) > a.score";
        let checked = world.check(text).expect("a right expression");
        let mut cache = Cache::default();
        let mut lookups = || {
            world.lookups.set(0);
            checked.eval(&world, &mut cache);
            world.lookups.get()
        };
        assert_eq!([lookups(), lookups()], [5, 1]);
    }

    #[test]
    fn what_depends_on_a_few_fields_is_computed_once_for_each_of_their_values() {
        let mut world = World::sample();
        let leader = world.facts.get(2).cloned().expect("a third rating");
        world.facts.extend(vec![leader; 20]);
        let mut cache = Cache::default();
        let mut lookups = |text: &str| {
            let checked = world.check(text).expect("a right expression");
            let value = checked.eval(&world, &mut cache);
            world.lookups.set(0);
            assert_eq!(checked.eval(&world, &mut cache), value, "{text}");
            world.lookups.get()
        };
        for (text, expected) in [
            // A look at each field that it depends on, and one at that of the index.
            (
                "ratings.exists(r, r.criterion == a.criterion && r.score > 99)",
                2,
            ),
            (
                "ratings.filter(r, r.when == b.when && r.value != b.value)",
                3,
            ),
            ("ratings.filter(r, r.when == a.when).map(r, r.score)", 4),
        ] {
            assert_eq!(lookups(text), expected, "{text}");
        }
        // The whole fact tells every choice apart.
        assert!(lookups("ratings.exists(r, r.value != b.value && r == b)") > 20);
        // What was asked for a fact is known for one with the same words.
        let text = "ratings.exists(r, r.criterion == a.criterion && r.score > 99)";
        let checked = world.check(text).expect("a right expression");
        for (binding, few) in [(2, false), (10, true)] {
            let fact = Value::Fact(FactId {
                document: 0,
                fact: binding,
            });
            if let Some(first) = world.bindings.first_mut() {
                *first = fact;
            }
            world.lookups.set(0);
            checked.eval(&world, &mut cache);
            assert_eq!(world.lookups.get() < 10, few, "{binding}");
        }
    }

    #[test]
    fn an_index_spares_the_rest_of_a_collection() {
        let world = World {
            has_index: true,
            ..World::sample()
        };
        for (text, lookups) in [
            (
                "ratings.exists(r, r.criterion == \"leadership\" && r.value == \"good\")",
                2,
            ),
            ("ratings.filter(r, a.criterion == r.criterion)", 5),
            (
                "ratings.all(r, r.criterion != \"leadership\" || r.value == \"good\")",
                2,
            ),
            (
                "ratings.all(r, !(r.criterion == \"leadership\" && true))",
                1,
            ),
            (
                "ratings.filter(r, stated(r.value)).exists(r, r.criterion == \"leadership\" && r.value == \"good\")",
                3,
            ),
            ("ratings.exists(r, r.score == 1)", 4),
            ("ratings.exists(r, r.criterion == r.criterion)", 2),
        ] {
            let checked = world.check(text).expect("a right expression");
            world.lookups.set(0);
            checked.eval(&world, &mut Cache::default());
            assert_eq!(world.lookups.get(), lookups, "{text}");
        }
    }

    #[test]
    fn sizes_are_decided_where_they_can_be() {
        check("size(ratings) == 4", Verdict::Holds);
        check("size(ratings) == size(ratings)", Verdict::Holds);
        check("size(ratings) < size(ratings)", Verdict::Fails);
        check(
            "ratings.filter(r, r.value == \"good\").size() > 0",
            Verdict::Holds,
        );
        check(
            "size(ratings.filter(r, r.value == \"good\")) == 1",
            Verdict::Unknown,
        );
        check(
            "3 < size(ratings.filter(r, r.value == \"good\"))",
            Verdict::Fails,
        );
        check(
            "size(ratings.filter(r, r.value == \"good\")) != 3",
            Verdict::Holds,
        );
        check(
            "size(ratings.filter(r, r.criterion == \"leadership\")) == 1",
            Verdict::Holds,
        );
    }
}
