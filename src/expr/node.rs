//! The resolved form of an expression: every name is a number, every literal a value of the type it is compared with.

use std::sync::Arc;

use super::{Variable, ast::Operator, functions::Function};
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
    Compare(Operator, Box<Node>, Box<Node>),
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

/// `list.exists(local, body)` and its like.
#[derive(Clone, Debug)]
pub(super) struct Each {
    pub(super) how: How,
    pub(super) list: Node,
    pub(super) local: usize,
    pub(super) body: Node,
    /// The collection, where `list` is one, and equalities that decide which of its facts matter.
    pub(super) index: Option<(Variable, Vec<Key>)>,
}

/// Facts whose field at `slot` differs from `value` cannot matter.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) slot: usize,
    pub(super) value: Node,
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

impl Node {
    /// Whether computing it costs more than looking up what was kept.
    pub(super) fn is_work(&self) -> bool {
        match self {
            Self::Constant(_) | Self::Variable(_) | Self::Local(_) | Self::Kept(..) => false,
            Self::Field(inner, _) => inner.is_work(),
            _ => true,
        }
    }

    /// The equalities that make a quantifier over facts pass by those for which they fail: the conjuncts of `exists` and
    /// `filter`, the negated disjuncts of `all`.
    pub(super) fn keys(&self, how: How, local: usize) -> Vec<Key> {
        let parts = match (how, self) {
            (How::Map, _) => return Vec::new(),
            (How::Exists | How::Filter, Self::And(parts)) | (How::All, Self::Or(parts)) => parts,
            (_, only) => std::slice::from_ref(only),
        };
        let wanted = if how == How::All {
            Operator::NotEqual
        } else {
            Operator::Equal
        };
        parts
            .iter()
            .filter_map(|part| match part {
                Self::Compare(operator, a, b) if *operator == wanted => {
                    key(a, b, local).or_else(|| key(b, a, local))
                }
                _ => None,
            })
            .collect()
    }

    fn uses_local(&self, local: usize) -> bool {
        let uses = |node: &Self| node.uses_local(local);
        match self {
            Self::Constant(_) | Self::Variable(_) => false,
            Self::Local(at) => *at == local,
            Self::Field(a, _) | Self::Not(a) | Self::Negative(a) | Self::Kept(_, a) => uses(a),
            Self::Index(a, b)
            | Self::Arithmetic(_, a, b)
            | Self::Compare(_, a, b)
            | Self::Count(_, a, b)
            | Self::In(a, b) => uses(a) || uses(b),
            Self::List(parts) | Self::Call(_, parts) | Self::And(parts) | Self::Or(parts) => {
                parts.iter().any(uses)
            }
            Self::Conditional(parts) => parts.iter().any(uses),
            Self::Each(each) => uses(&each.list) || uses(&each.body),
        }
    }
}

fn key(field: &Node, value: &Node, local: usize) -> Option<Key> {
    let Node::Field(fact, slot) = field else {
        return None;
    };
    let is_element = matches!(**fact, Node::Local(at) if at == local);
    (is_element && !value.uses_local(local)).then(|| Key {
        slot: *slot,
        value: value.clone(),
    })
}
