//! The order in which the bindings of a rule are chosen, and what is tested as soon as it can be.
//!
//! Conditions on one binding are tested before any pair is looked at. A binding that an equality ties to one chosen before is
//! found through an index, so that a rule over pairs does not cost the square of the facts.

use super::{
    bind::{self, Let, On, RuleNames},
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
    /// Whether it puts two bindings in different documents.
    pub(super) apart: bool,
}

/// In which order bindings are chosen. Conditions are named by their index among the rule's conjuncts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// Conditions that use no binding.
    pub(super) constants: Vec<usize>,
    /// One step per binding.
    pub(super) steps: Vec<Step>,
    /// Whether its facts stand in two documents or more.
    pub(super) apart: bool,
}

/// The choice of one binding. Conditions stand in the order of what they cost, so that most facts are dropped cheaply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// The binding that is chosen.
    pub(super) binding: usize,
    /// Conditions on it alone.
    pub(super) filters: Vec<usize>,
    /// How many of the filters are cheap: those that follow are tested only of facts that have a counterpart.
    pub(super) cheap: usize,
    /// What ties it to bindings that are chosen already.
    pub(super) joins: Vec<Join>,
    /// Conditions that can be tested now: those on it and others chosen before, but for those that the ties make certain.
    pub(super) checks: Vec<usize>,
    /// How many of the checks see no more of the fact than what its group has in common; they come first.
    pub(super) of_group: usize,
    /// The checks in the order of what they cost, for facts that have little in common.
    pub(super) singly: Vec<usize>,
    /// What the facts of a group have in common.
    pub(super) groups: Vec<On>,
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
    /// What the one chosen now is told apart by.
    pub(super) own: On,
    /// What must be the same of the other.
    pub(super) theirs: On,
}

/// Most ties of one binding that an index goes by.
pub(super) const MAX_JOINS: usize = 4;

/// The most that a condition costs which is tested of every fact, in the units of [`Checked::cost`].
const CHEAP: u32 = 15;

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

    /// What a condition costs, with the `let`s that it uses. One that uses no binding is worked out once.
    fn cost(expression: &Checked, lets: &[Let]) -> u32 {
        let of_let = |at: usize| {
            let used = lets.get(at)?;
            let above = lets.get(..at).unwrap_or_default();
            let once = Self::needs(&used.expression, above) == 0;
            Some(if once {
                1
            } else {
                Self::cost(&used.expression, above)
            })
        };
        let lets = expression.uses().iter();
        let lets = lets.filter_map(|variable| of_let(bind::as_let(*variable)?));
        lets.fold(expression.cost(), u32::saturating_add)
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
        let costs: Vec<u32> = conditions
            .iter()
            .map(|condition| Self::cost(&condition.checked, lets))
            .collect();
        let ties: Vec<Tie> = conditions
            .iter()
            .enumerate()
            .flat_map(|(at, condition)| {
                let fields = condition.checked.equi_joins().into_iter();
                let fields = fields.filter_map(|join| fields_tie(join, names));
                let place = condition.place.and_then(|place| place_tie(place, names));
                let is_whole = condition.checked.conjuncts().len() == 1;
                fields.chain(place).map(move |tie| Tie {
                    says: is_whole.then_some(at),
                    ..tie
                })
            })
            .collect();
        let planner = Planner {
            names,
            lets,
            conditions,
            pairs,
            needs: &needs,
            costs: &costs,
            ties: &ties,
        };
        // Which of two comes first is the same for what is found, and not for what can be tested of many facts at once.
        let of_groups =
            |steps: &Vec<Step>| -> usize { steps.iter().map(|step| step.of_group).sum() };
        let (steps, other_way) = (planner.steps(0), planner.steps(1));
        let is_pair = names.bindings.len() == 2;
        let steps = if is_pair && of_groups(&other_way) > of_groups(&steps) {
            other_way
        } else {
            steps
        };
        Self {
            constants: with(&|needs| needs == 0),
            steps,
            apart: conditions.iter().any(|condition| condition.apart),
        }
    }
}

/// What the order of bindings is found from.
struct Planner<'p> {
    names: &'p RuleNames<'p>,
    lets: &'p [Let],
    conditions: &'p [Condition],
    pairs: PairsConfig,
    /// By condition, the bindings that it uses.
    needs: &'p [u16],
    /// By condition, what it costs.
    costs: &'p [u32],
    ties: &'p [Tie],
}

impl Planner<'_> {
    /// The conditions whose needs are so.
    fn with(&self, wanted: impl Fn(u16) -> bool) -> Vec<usize> {
        let needs = self.needs.iter().enumerate();
        needs
            .filter(|(_, needs)| wanted(**needs))
            .map(|(at, _)| at)
            .collect()
    }

    /// The steps, the binding `first` being chosen first unless it can be tied to another.
    fn steps(&self, first: usize) -> Vec<Step> {
        let cost = |at: &usize| self.costs.get(*at).copied().unwrap_or_default();
        let with = |wanted: &dyn Fn(u16) -> bool| self.with(wanted);
        let mut steps: Vec<Step> = Vec::new();
        let mut chosen = 0_u16;
        while steps.len() < self.names.bindings.len() {
            let is_chosen = |at: usize| chosen >> at & 1 == 1;
            let all = (first..self.names.bindings.len()).chain(0..first);
            let free = || all.clone().filter(|at| !is_chosen(*at));
            let joined = |at: usize| {
                let ways = self.ties.iter().flat_map(|tie| tie.both_ways());
                let ways = ways.filter(|way| way.own == at && is_chosen(way.join.other));
                let used = ways
                    .enumerate()
                    .filter(|(at, way)| *at == 0 || way.is_exact);
                used.map(|(_, way)| way)
                    .take(MAX_JOINS)
                    .collect::<Vec<Tie>>()
            };
            let Some(binding) = free()
                .find(|at| !joined(*at).is_empty())
                .or_else(|| free().next())
            else {
                break;
            };
            let ties_here = joined(binding);
            let certain = |at: &usize| {
                let mut exact = ties_here.iter().filter(|tie| tie.is_exact);
                exact.any(|tie| tie.says == Some(*at))
            };
            let own = 1 << binding;
            let after = chosen | own;
            let kind = self.names.bindings.get(binding).map(|(_, kind)| kind);
            let siblings = (0..self.names.bindings.len()).filter(|at| is_chosen(*at));
            let siblings = siblings
                .filter(|at| self.names.bindings.get(*at).map(|(_, kind)| kind) == kind)
                .map(|at| {
                    let order = match self.pairs {
                        PairsConfig::Both => Order::Apart,
                        PairsConfig::Once if at < binding => Order::After,
                        PairsConfig::Once => Order::Before,
                    };
                    (at, order)
                });
            let mut filters = with(&|needs| needs == own);
            filters.sort_by_key(cost);
            let mut checks = with(&|needs| needs & own != 0 && needs != own && needs & !after == 0);
            checks.retain(|at| !certain(at));
            let seen: Vec<Option<Vec<usize>>> = checks
                .iter()
                .map(|at| self.slots_read(*at, binding))
                .collect();
            let is_of_group = |at: &usize| {
                let place = checks.iter().position(|check| check == at);
                place.is_some_and(|place| seen.get(place).is_some_and(Option::is_some))
            };
            let mut sorted = checks.clone();
            sorted.sort_by_key(|at| (!is_of_group(at), cost(at)));
            let of_group = sorted.partition_point(is_of_group);
            let mut slots: Vec<usize> = seen.iter().flatten().flatten().copied().collect();
            slots.sort_unstable();
            slots.dedup();
            let mut singly = checks;
            singly.sort_by_key(cost);
            steps.push(Step {
                binding,
                cheap: filters.partition_point(|at| cost(at) <= CHEAP),
                filters,
                joins: ties_here.iter().map(|tie| tie.join).collect(),
                checks: sorted,
                of_group,
                singly,
                groups: slots.into_iter().map(On::Field).collect(),
                siblings: siblings.collect(),
            });
            chosen = after;
        }
        steps
    }

    /// The slots of the fields that a condition sees of a binding; `None` where it sees more of it, or a field in which facts
    /// seldom agree.
    fn slots_read(&self, condition: usize, binding: usize) -> Option<Vec<usize>> {
        let kind = self.names.bindings.get(binding)?.1?;
        let is_shared = |slot: usize| {
            let of = bind::slot_type(self.names.kinds, kind, slot);
            matches!(
                of,
                Some(Type::Symbol(_) | Type::Text | Type::Date | Type::Fact(_))
            )
        };
        let mut slots = Vec::new();
        let checked = &self.conditions.get(condition)?.checked;
        slots_of(checked, self.lets, binding, &mut slots)?;
        slots.iter().all(|slot| is_shared(*slot)).then_some(slots)
    }
}

/// Adds the slots that an expression, and the `let`s that it uses, see of a binding; `None` where they see the whole of it.
fn slots_of(checked: &Checked, lets: &[Let], binding: usize, slots: &mut Vec<usize>) -> Option<()> {
    for read in checked.reads() {
        if let Some(at) = bind::as_let(read.variable) {
            let used = &lets.get(at)?.expression;
            slots_of(used, lets.get(..at)?, binding, slots)?;
        } else if bind::as_binding(read.variable) == Some(binding) {
            slots.push(read.slot?);
        }
    }
    Some(())
}

/// What ties two bindings, seen from one of them.
#[derive(Clone, Copy, Debug)]
struct Tie {
    own: usize,
    join: Join,
    /// Whether what has one key is equal and what is equal has one key. (A grade may be worded in two ways.)
    is_exact: bool,
    /// The condition that says so and nothing more.
    says: Option<usize>,
}

impl Tie {
    fn both_ways(self) -> [Self; 2] {
        let back = Self {
            own: self.join.other,
            join: Join {
                other: self.own,
                own: self.join.theirs,
                theirs: self.join.own,
            },
            ..self
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
    let on = if join.or_unstated {
        On::FieldOrNone
    } else {
        On::Field
    };
    (same && own != other).then_some(Tie {
        own,
        join: Join {
            other,
            own: on(slot),
            theirs: on(other_slot),
        },
        is_exact: left != Type::Grade,
        says: None,
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
    (own != other && is_fact(own) && is_fact(other)).then_some(Tie {
        own,
        join: Join {
            other,
            own: On::Place(question),
            theirs: On::Place(question),
        },
        is_exact: true,
        says: None,
    })
}

/// Whether a condition is `!same_document(a, b)`, so that it fails wherever there is one document.
pub(super) fn is_apart(expr: &Expr) -> bool {
    let ExprKind::Not(inner) = &expr.kind else {
        return false;
    };
    let (ExprKind::Call(name, _) | ExprKind::Method(_, name, _)) = &inner.kind else {
        return false;
    };
    &*name.text == "same_document"
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
