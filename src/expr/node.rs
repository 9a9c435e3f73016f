//! The resolved form of an expression: every name is a number, every literal a value of the type it is compared with.

use std::sync::Arc;

use super::{
    Question, Read, Variable,
    ast::Operator,
    functions::{Body, Function},
};
use crate::value::Value;

/// A node that evaluation can reach.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Constant(Value),
    Variable(Variable),
    /// The element that a quantifier looks at; quantifiers count from the outermost.
    Local(usize),
    /// A field of a fact, by slot.
    Field(Box<Node>, usize),
    Index(Box<Node>, Box<Node>),
    List(Vec<Node>),
    Call(&'static Function, Vec<Node>),
    Not(Box<Node>),
    Negative(Box<Node>),
    Arithmetic(Operator, Box<Node>, Box<Node>),
    Compare(Box<Comparison>),
    /// The size of a list compared with a number: decided even where some of the list is not certain.
    Count(Operator, Box<Node>, Box<Node>),
    In(Box<Node>, Box<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
    Conditional(Box<[Node; 3]>),
    Each(Box<Each>),
    /// What is computed once, under the text that it was written as.
    Kept(Arc<str>, Box<Node>),
}

/// A relation between two values.
#[derive(Clone, Debug)]
pub(super) struct Comparison {
    pub(super) operator: Operator,
    pub(super) sides: [Node; 2],
    /// Whether both sides are of one type whose values are equal or not, with nothing between, so that an index can tell.
    pub(super) is_certain: bool,
}

/// `list.exists(local, body)` and its like.
#[derive(Clone, Debug)]
pub(super) struct Each {
    pub(super) how: How,
    pub(super) list: Node,
    pub(super) local: usize,
    pub(super) body: Node,
    /// The collection, where `list` is one, and equalities that decide which of its facts matter.
    pub(super) index: Option<(Variable, Vec<Key>)>,
    /// What it depends on, and the text that it was written as, where that is little enough to remember values by.
    pub(super) memory: Option<(Arc<str>, Box<[Input]>)>,
}

/// What the value of a quantifier depends on, of what is not the same throughout a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Input {
    pub(super) of: Source,
    pub(super) part: InputPart,
}

/// Whose part an [`Input`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// A variable that varies, as the bindings of a rule do.
    Variable(Variable),
    /// The element that a quantifier further out looks at.
    Local(usize),
}

/// Which part of a fact an [`Input`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum InputPart {
    /// The field at this slot.
    Field(usize),
    /// Where it stands: `same_sentence` and its like.
    Place(Question),
}

/// Facts that differ from `value` in this cannot matter.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) of: KeyOf,
    pub(super) value: Node,
}

/// What an index of a collection goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyOf {
    /// The field at this slot.
    Field(usize),
    /// Where a fact stands: `same_sentence` and its like.
    Place(Question),
}

/// What is done with each element of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Exists,
    All,
    Filter,
    Map,
}

impl How {
    pub(super) const ALL: [Self; 4] = [Self::Exists, Self::All, Self::Filter, Self::Map];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Exists => "exists",
            Self::All => "all",
            Self::Filter => "filter",
            Self::Map => "map",
        }
    }
}

impl Each {
    /// `xs.filter(x, p).exists(y, q)` as `xs.exists(x, p && q)`, and so for `filter` and `all`, where `q` has an equality
    /// that an index of `xs` can answer.
    pub(super) fn fused(self) -> Self {
        let is_filter = matches!(&self.list, Node::Each(inner) if inner.how == How::Filter);
        if !is_filter || self.body.keys(self.how, self.local).is_empty() {
            return self;
        }
        let Node::Each(inner) = self.list else {
            return self;
        };
        let body = match self.how {
            How::All => Node::Or(vec![Node::Not(Box::new(inner.body)), self.body]),
            _ => Node::And(vec![inner.body, self.body]),
        };
        Self {
            list: inner.list,
            body,
            ..self
        }
    }

    /// With what it depends on, where that is fields and places of facts alone; `is_fixed` tells the variables that keep their
    /// value, and `text` is what it was written as.
    pub(super) fn remembered(
        mut self,
        is_fixed: &dyn Fn(Variable) -> bool,
        text: impl FnOnce() -> Arc<str>,
    ) -> Self {
        let mut inputs = Vec::new();
        let told = [&self.list, &self.body]
            .into_iter()
            .all(|part| part.collect_inputs(self.local, is_fixed, &mut inputs));
        inputs.sort_unstable();
        inputs.dedup();
        if told && !inputs.is_empty() {
            self.memory = Some((text(), inputs.into()));
        }
        self
    }

    /// With the equalities that an index can answer.
    pub(super) fn indexed(mut self) -> Self {
        if let Node::Variable(collection) = self.list {
            let keys = self.body.keys(self.how, self.local);
            self.index = (!keys.is_empty()).then_some((collection, keys));
        }
        self
    }
}

impl Node {
    /// Whether computing it costs more than looking up what was kept.
    pub(super) fn is_work(&self) -> bool {
        match self {
            Self::Constant(_) | Self::Variable(_) | Self::Local(_) | Self::Kept(..) => false,
            Self::Field(inner, _) => inner.is_work(),
            _ => true,
        }
    }

    /// How much evaluating it costs, in units of a look at a field: a guess.
    pub(super) fn cost(&self) -> u32 {
        let own = match self {
            Self::Constant(_) | Self::Variable(_) | Self::Local(_) | Self::Not(_) => 0,
            // What was kept is looked up.
            Self::Kept(..) => return 2,
            Self::Call(function, _) => match function.body {
                Body::Ask(question) => question.cost(),
                Body::Known(_) => 0,
                Body::Pure(_) | Body::Whole(_) => 6,
            },
            Self::Each(each) => {
                let elements: u32 = if each.index.is_some() { 4 } else { 40 };
                return each
                    .list
                    .cost()
                    .saturating_add(elements.saturating_mul(5 + each.body.cost()));
            }
            _ => 1,
        };
        let mut cost: u32 = own;
        self.any_part(&mut |part| {
            cost = cost.saturating_add(part.cost());
            false
        });
        cost
    }

    /// The equalities that must hold of an element for it to matter: those without which the condition of `exists` or
    /// `filter` fails, and that of `all` holds.
    fn keys(&self, how: How, local: usize) -> Vec<Key> {
        let mut keys = Vec::new();
        if how != How::Map {
            self.collect_keys(how != How::All, local, &mut keys);
        }
        keys
    }

    /// Adds the equalities without which this node fails, or for those not `wanted`, holds.
    fn collect_keys(&self, wanted: bool, local: usize, keys: &mut Vec<Key>) {
        match self {
            Self::Not(inner) => inner.collect_keys(!wanted, local, keys),
            Self::And(parts) if wanted => {
                for part in parts {
                    part.collect_keys(wanted, local, keys);
                }
            }
            Self::Or(parts) if !wanted => {
                for part in parts {
                    part.collect_keys(wanted, local, keys);
                }
            }
            Self::Compare(comparison)
                if comparison.is_certain
                    && comparison.operator == Operator::Equal.unless(!wanted) =>
            {
                let [a, b] = &comparison.sides;
                keys.extend(key(a, b, local).or_else(|| key(b, a, local)));
            }
            Self::Call(function, arguments) if wanted => {
                if let (Body::Ask(question), [a, b]) = (function.body, arguments.as_slice())
                    && question.is_place()
                {
                    let place = |element: &Self, value: &Self| {
                        let fits = is_element(element, local) && !value.uses_local(local);
                        let of = KeyOf::Place(question);
                        fits.then(|| Key {
                            of,
                            value: value.clone(),
                        })
                    };
                    let other_way = || place(b, a).filter(|_| question.is_mutual());
                    keys.extend(place(a, b).or_else(other_way));
                }
            }
            _ => {}
        }
    }

    fn uses_local(&self, local: usize) -> bool {
        matches!(self, Self::Local(at) if *at == local)
            || self.any_part(&mut |part| part.uses_local(local))
    }

    /// Adds what the node reads of variables: fields of them, or where `slot` is missing the whole.
    pub(super) fn collect_reads(&self, reads: &mut Vec<Read>) {
        let read = match self {
            Self::Variable(variable) => Some((*variable, None)),
            Self::Field(fact, slot) => match **fact {
                Self::Variable(variable) => Some((variable, Some(*slot))),
                _ => None,
            },
            _ => None,
        };
        match read {
            Some((variable, slot)) => reads.push(Read { variable, slot }),
            None => {
                self.any_part(&mut |part| {
                    part.collect_reads(reads);
                    false
                });
            }
        }
    }

    /// Adds the parts of facts that the node reads of variables that vary and of the elements of quantifiers outside of the
    /// one at `local`. Gives back whether that is all it reads of them.
    fn collect_inputs(
        &self,
        local: usize,
        is_fixed: &dyn Fn(Variable) -> bool,
        inputs: &mut Vec<Input>,
    ) -> bool {
        let source = |node: &Self| match node {
            Self::Variable(variable) if !is_fixed(*variable) => Some(Source::Variable(*variable)),
            Self::Local(at) if *at < local => Some(Source::Local(*at)),
            _ => None,
        };
        if source(self).is_some() {
            return false;
        }
        match self {
            // What was kept is the same throughout.
            Self::Kept(..) => return true,
            Self::Field(fact, slot) => {
                if let Some(of) = source(fact) {
                    let part = InputPart::Field(*slot);
                    inputs.push(Input { of, part });
                    return true;
                }
            }
            Self::Call(function, arguments) => {
                if let Body::Ask(question) = function.body
                    && question.is_mutual()
                {
                    return arguments.iter().all(|argument| {
                        let Some(of) = source(argument) else {
                            return argument.collect_inputs(local, is_fixed, inputs);
                        };
                        let part = InputPart::Place(question);
                        inputs.push(Input { of, part });
                        true
                    });
                }
            }
            _ => {}
        }
        !self.any_part(&mut |part| !part.collect_inputs(local, is_fixed, inputs))
    }

    /// Whether `test` holds of one of the nodes that this one is made of.
    fn any_part(&self, test: &mut dyn FnMut(&Self) -> bool) -> bool {
        match self {
            Self::Constant(_) | Self::Variable(_) | Self::Local(_) => false,
            Self::Field(a, _) | Self::Not(a) | Self::Negative(a) | Self::Kept(_, a) => test(a),
            Self::Index(a, b)
            | Self::Arithmetic(_, a, b)
            | Self::Count(_, a, b)
            | Self::In(a, b) => test(a) || test(b),
            Self::List(parts) | Self::Call(_, parts) | Self::And(parts) | Self::Or(parts) => {
                parts.iter().any(test)
            }
            Self::Conditional(parts) => parts.iter().any(test),
            Self::Compare(comparison) => comparison.sides.iter().any(test),
            Self::Each(each) => test(&each.list) || test(&each.body),
        }
    }
}

fn key(field: &Node, value: &Node, local: usize) -> Option<Key> {
    let Node::Field(fact, slot) = field else {
        return None;
    };
    (is_element(fact, local) && !value.uses_local(local)).then(|| Key {
        of: KeyOf::Field(*slot),
        value: value.clone(),
    })
}

/// Whether a node is the element that a quantifier looks at.
fn is_element(node: &Node, local: usize) -> bool {
    matches!(node, Node::Local(at) if *at == local)
}
