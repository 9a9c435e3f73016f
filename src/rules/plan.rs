//! The order in which the bindings of a rule are chosen, and what is tested as soon as it can be.
//!
//! Conditions on one binding are tested before any pair is looked at. A binding that an equality ties to one chosen before is
//! found through an index, so that a rule over pairs does not cost the square of the facts.

use super::{
    bind::{self, RuleNames},
    config::PairsConfig,
};
use crate::{
    expr::{Checked, EquiJoin},
    value::Type,
};

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
    /// An equality with a binding that is chosen already.
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

/// An equality between a field of the binding that is chosen and one of a binding chosen before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Join {
    pub(super) slot: usize,
    pub(super) other: usize,
    pub(super) other_slot: usize,
}

impl Plan {
    /// The bindings that an expression uses, itself or through `let`s, as a set of bits.
    pub(super) fn needs(expression: &Checked, lets: &[Checked]) -> u16 {
        let mut needs = 0;
        for variable in expression.uses() {
            if let Some(at) = bind::as_binding(*variable) {
                needs |= 1 << at;
            } else if let Some(at) = bind::as_let(*variable) {
                // A `let` uses only those above it, so that this ends.
                needs |= lets.get(at).map_or(0, |used| {
                    Self::needs(used, lets.get(..at).unwrap_or_default())
                });
            }
        }
        needs
    }

    pub(super) fn new(
        names: &RuleNames<'_>,
        lets: &[Checked],
        conjuncts: &[Checked],
        pairs: PairsConfig,
    ) -> Self {
        let needs: Vec<u16> = conjuncts
            .iter()
            .map(|conjunct| Self::needs(conjunct, lets))
            .collect();
        let with = |wanted: &dyn Fn(u16) -> bool| -> Vec<usize> {
            needs
                .iter()
                .enumerate()
                .filter(|(_, needs)| wanted(**needs))
                .map(|(at, _)| at)
                .collect()
        };
        let joins: Vec<Join2> = conjuncts
            .iter()
            .flat_map(Checked::equi_joins)
            .filter_map(|join| usable(join, names))
            .collect();
        let mut steps: Vec<Step> = Vec::new();
        let mut chosen = 0_u16;
        while steps.len() < names.bindings.len() {
            let is_chosen = |at: usize| chosen >> at & 1 == 1;
            let free = || (0..names.bindings.len()).filter(|at| !is_chosen(*at));
            let joined = |at: usize| {
                joins
                    .iter()
                    .flat_map(|join| join.both_ways())
                    .find(|join| join.left.0 == at && is_chosen(join.right.0))
            };
            let Some(binding) = free()
                .find(|at| joined(*at).is_some())
                .or_else(|| free().next())
            else {
                break;
            };
            let join = joined(binding).map(|join| Join {
                slot: join.left.1,
                other: join.right.0,
                other_slot: join.right.1,
            });
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

/// An equality between fields of two bindings.
#[derive(Clone, Copy, Debug)]
struct Join2 {
    left: (usize, usize),
    right: (usize, usize),
}

impl Join2 {
    fn both_ways(self) -> [Self; 2] {
        [
            self,
            Self {
                left: self.right,
                right: self.left,
            },
        ]
    }
}

/// An equality between two bindings on fields of one type that has keys.
fn usable(join: EquiJoin, names: &RuleNames<'_>) -> Option<Join2> {
    let side = |(variable, slot): (crate::expr::Variable, usize)| {
        let at = bind::as_binding(variable)?;
        let kind = names.bindings.get(at)?.1?;
        Some(((at, slot), bind::slot_type(names.kinds, kind, slot)?))
    };
    let ((left, left_type), (right, right_type)) = (side(join.left)?, side(join.right)?);
    let same = match (&left_type, &right_type) {
        (Type::Symbol(_), Type::Symbol(_)) => true,
        (Type::List(_) | Type::Any, _) => false,
        (a, b) => a == b,
    };
    (same && left.0 != right.0).then_some(Join2 { left, right })
}
