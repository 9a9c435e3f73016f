//! The order in which the bindings of a rule are chosen, and what is tested as soon as it can be.
//!
//! Conditions on one binding are tested before any pair is looked at. A binding that an equality ties to one chosen before is
//! found through an index, so that a rule over pairs does not cost the square of the facts.

use super::{
    bind::{self, Let, RuleNames},
    config::PairsConfig,
};
use crate::{
    expr::{Checked, EquiJoin, Expr, Question, Variable, ast::ExprKind},
    value::Type,
};

/// A condition of `where`.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    /// The condition.
    pub(super) checked: Checked,
    /// The two bindings that it puts in one place, where that is what it says.
    pub(super) place: Option<(Question, usize, usize)>,
}

/// In which order bindings are chosen. Conditions are named by their index among the rule's conjuncts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// Conditions that use no binding.
    pub(super) constants: Vec<usize>,
    /// One step per binding.
    pub(super) steps: Vec<Step>,
}

/// The choice of one binding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// The binding that is chosen.
    pub(super) binding: usize,
    /// Conditions on it alone.
    pub(super) filters: Vec<usize>,
    /// What ties it to a binding that is chosen already.
    pub(super) join: Option<Join>,
    /// Conditions that can be tested now: those on it and others chosen before.
    pub(super) checks: Vec<usize>,
    /// Bindings of the same kind chosen before, and whether this one must come after them.
    pub(super) siblings: Vec<(usize, Order)>,
}

/// How two facts of one kind must stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The one chosen now after the other.
    After,
    /// The one chosen now before the other.
    Before,
    /// Anywhere else.
    Apart,
}

/// What ties the binding that is chosen to one chosen before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Join {
    /// The binding chosen before.
    pub(super) other: usize,
    /// What must be the same of both.
    pub(super) on: On,
}

/// What two facts have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum On {
    /// A field of the one chosen now and one of the other.
    Fields(usize, usize),
    /// Where they stand: `same_sentence` and its like.
    Place(Question),
}

impl Plan {
    /// The bindings that an expression uses, itself or through `let`s, as a set of bits.
    pub(super) fn needs(expression: &Checked, lets: &[Let]) -> u16 {
        let mut needs = 0;
        for variable in expression.uses() {
            if let Some(at) = bind::as_binding(*variable) {
                needs |= 1 << at;
            } else if let Some(at) = bind::as_let(*variable) {
                // A `let` uses only those above it, so that this ends.
                needs |= lets.get(at).map_or(0, |used| {
                    Self::needs(&used.expression, lets.get(..at).unwrap_or_default())
                });
            }
        }
        needs
    }

    pub(super) fn new(
        names: &RuleNames<'_>,
        lets: &[Let],
        conditions: &[Condition],
        pairs: PairsConfig,
    ) -> Self {
        let needs: Vec<u16> = conditions
            .iter()
            .map(|condition| Self::needs(&condition.checked, lets))
            .collect();
        let with = |wanted: &dyn Fn(u16) -> bool| -> Vec<usize> {
            needs
                .iter()
                .enumerate()
                .filter(|(_, needs)| wanted(**needs))
                .map(|(at, _)| at)
                .collect()
        };
        let ties: Vec<Tie> = conditions
            .iter()
            .flat_map(|condition| {
                let fields = condition.checked.equi_joins().into_iter();
                let fields = fields.filter_map(|join| fields_tie(join, names));
                fields.chain(condition.place.and_then(|place| place_tie(place, names)))
            })
            .collect();
        let mut steps: Vec<Step> = Vec::new();
        let mut chosen = 0_u16;
        while steps.len() < names.bindings.len() {
            let is_chosen = |at: usize| chosen >> at & 1 == 1;
            let free = || (0..names.bindings.len()).filter(|at| !is_chosen(*at));
            let joined = |at: usize| {
                let ways = ties.iter().flat_map(|tie| tie.both_ways());
                let mut ways = ways.filter(|way| way.own == at && is_chosen(way.join.other));
                ways.next().map(|way| way.join)
            };
            let Some(binding) = free()
                .find(|at| joined(*at).is_some())
                .or_else(|| free().next())
            else {
                break;
            };
            let join = joined(binding);
            let own = 1 << binding;
            let after = chosen | own;
            let kind = names.bindings.get(binding).map(|(_, kind)| kind);
            let siblings = (0..names.bindings.len()).filter(|at| is_chosen(*at));
            let siblings = siblings
                .filter(|at| names.bindings.get(*at).map(|(_, kind)| kind) == kind)
                .map(|at| {
                    let order = match pairs {
                        PairsConfig::Both => Order::Apart,
                        PairsConfig::Once if at < binding => Order::After,
                        PairsConfig::Once => Order::Before,
                    };
                    (at, order)
                });
            steps.push(Step {
                binding,
                filters: with(&|needs| needs == own),
                join,
                checks: with(&|needs| needs & own != 0 && needs != own && needs & !after == 0),
                siblings: siblings.collect(),
            });
            chosen = after;
        }
        Self {
            constants: with(&|needs| needs == 0),
            steps,
        }
    }
}

/// What ties two bindings, seen from one of them.
#[derive(Clone, Copy, Debug)]
struct Tie {
    own: usize,
    join: Join,
}

impl Tie {
    fn both_ways(self) -> [Self; 2] {
        let on = match self.join.on {
            On::Fields(own, other) => On::Fields(other, own),
            place @ On::Place(_) => place,
        };
        let back = Self {
            own: self.join.other,
            join: Join {
                other: self.own,
                on,
            },
        };
        [self, back]
    }
}

/// An equality between two bindings on fields of one type that has keys.
fn fields_tie(join: EquiJoin, names: &RuleNames<'_>) -> Option<Tie> {
    let side = |(variable, slot): (Variable, usize)| {
        let at = bind::as_binding(variable)?;
        let kind = names.bindings.get(at)?.1?;
        Some((at, slot, bind::slot_type(names.kinds, kind, slot)?))
    };
    let ((own, slot, left), (other, other_slot, right)) = (side(join.left)?, side(join.right)?);
    let same = match (&left, &right) {
        (Type::Symbol(_), Type::Symbol(_)) => true,
        (Type::List(_) | Type::Any, _) => false,
        (a, b) => a == b,
    };
    let on = On::Fields(slot, other_slot);
    (same && own != other).then_some(Tie {
        own,
        join: Join { other, on },
    })
}

/// A condition that two bindings stand in one place; records stand nowhere.
fn place_tie(
    (question, own, other): (Question, usize, usize),
    names: &RuleNames<'_>,
) -> Option<Tie> {
    let is_fact = |at: usize| {
        names
            .bindings
            .get(at)
            .is_some_and(|(_, kind)| *kind != Some(bind::DOCUMENT))
    };
    let on = On::Place(question);
    (own != other && is_fact(own) && is_fact(other)).then_some(Tie {
        own,
        join: Join { other, on },
    })
}

/// The facts that a condition of the form `same_sentence(a, b)` puts in one place: the question, and two bindings.
pub(super) fn place_of(expr: &Expr, names: &RuleNames<'_>) -> Option<(Question, usize, usize)> {
    let (name, arguments): (_, Vec<&Expr>) = match &expr.kind {
        ExprKind::Call(name, arguments) => (name, arguments.iter().collect()),
        ExprKind::Method(first, name, rest) => {
            (name, std::iter::once(&**first).chain(rest).collect())
        }
        _ => return None,
    };
    let question = match &*name.text {
        "same_sentence" => Question::SameSentence,
        "same_block" => Question::SameBlock,
        "same_row" => Question::SameRow,
        "same_section" => Question::SameSection,
        "same_list" => Question::SameList,
        _ => return None,
    };
    let binding = |expr: &Expr| match &expr.kind {
        ExprKind::Name(name) => names
            .bindings
            .iter()
            .position(|(known, _)| **known == **name),
        _ => None,
    };
    match arguments.as_slice() {
        [a, b] => Some((question, binding(a)?, binding(b)?)),
        _ => None,
    }
}
