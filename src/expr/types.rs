//! The checker: finds every name and type, and resolves the tree.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    Error, Names, Read, Variable,
    ast::{Expr, ExprKind, Level, Name, Operator},
    functions::{Function, Shape, function, likely},
    node::{Comparison, Each, How, Node},
};
use crate::{
    span::Span,
    suggest::did_you_mean,
    value::{Days, Grade, Label, Number, Type, Value},
};

/// An expression whose names and types are right, ready to be evaluated.
#[derive(Clone, Debug)]
pub struct Checked {
    pub(super) root: Node,
    of: Type,
    span: Span,
    uses: Vec<Variable>,
    join: Option<EquiJoin>,
    /// The parts of a conjunction; empty for anything else.
    parts: Vec<Checked>,
}

/// A conjunct `a.f == b.g` between two variables, on fields of one type whose values are equal or not, with nothing between; or
/// `!stated(a.f) && !stated(b.g) || a.f == b.g`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EquiJoin {
    /// Variable and slot on the left.
    pub left: (Variable, usize),
    /// Variable and slot on the right.
    pub right: (Variable, usize),
    /// Whether it holds as well where neither is stated.
    pub or_unstated: bool,
}

impl Checked {
    /// The type of its values.
    pub const fn result_type(&self) -> &Type {
        &self.of
    }

    /// Bytes of the expression's text.
    pub const fn span(&self) -> Span {
        self.span
    }

    /// Its value, where that is written out and so the same always.
    pub const fn constant(&self) -> Option<&Value> {
        match &self.root {
            Node::Constant(value) => Some(value),
            _ => None,
        }
    }

    /// How much evaluating it costs, in units of a look at a field; a guess by which conditions are put in order.
    pub fn cost(&self) -> u32 {
        self.root.cost()
    }

    /// The variables that it uses, in their order, each once.
    pub fn uses(&self) -> &[Variable] {
        &self.uses
    }

    /// What it reads of variables, in order and each once.
    pub fn reads(&self) -> Vec<Read> {
        let mut reads = Vec::new();
        self.root.collect_reads(&mut reads);
        reads.sort_unstable();
        reads.dedup();
        reads
    }

    /// The parts joined by `&&` at the top; the expression itself where there is no such.
    pub fn conjuncts(&self) -> &[Self] {
        if self.parts.is_empty() {
            std::slice::from_ref(self)
        } else {
            &self.parts
        }
    }

    /// The conjuncts by which two variables can be joined through an index.
    pub fn equi_joins(&self) -> Vec<EquiJoin> {
        self.conjuncts()
            .iter()
            .filter_map(|part| part.join)
            .collect()
    }
}

/// Checks an expression against what its names mean.
///
/// # Errors
///
/// Every name that is not known and every value of a type that does not fit, one problem for each cause, in order of place;
/// never empty.
pub fn check(expr: &Expr, names: &dyn Names) -> Result<Checked, Vec<Error>> {
    let mut checker = Checker {
        names,
        locals: Vec::new(),
        fixed: BTreeSet::new(),
        errors: Vec::new(),
    };
    let checked = if let ExprKind::And(_) = &expr.kind {
        checker.conjunction(expr)
    } else {
        let found = checker.expr(expr);
        checked_part(found, expr)
    };
    if checker.errors.is_empty() {
        return Ok(checked);
    }
    checker.errors.sort_by_key(|error| error.span);
    Err(checker.errors)
}

fn checked_part(found: Found, expr: &Expr) -> Checked {
    Checked {
        of: found.of.clone(),
        span: expr.span,
        uses: found.uses.variables.iter().copied().collect(),
        join: equi_join(&found.node),
        parts: Vec::new(),
        root: found.kept(expr),
    }
}

fn equi_join(node: &Node) -> Option<EquiJoin> {
    if let Node::Or(parts) = node {
        return unstated_join(parts);
    }
    let Node::Compare(comparison) = node else {
        return None;
    };
    let [left, right] = &comparison.sides;
    let (left, right) = (field_of_variable(left)?, field_of_variable(right)?);
    let is_join =
        comparison.operator == Operator::Equal && comparison.is_certain && left.0 != right.0;
    is_join.then_some(EquiJoin {
        left,
        right,
        or_unstated: false,
    })
}

fn field_of_variable(node: &Node) -> Option<(Variable, usize)> {
    match node {
        Node::Field(fact, slot) => match **fact {
            Node::Variable(variable) => Some((variable, *slot)),
            _ => None,
        },
        _ => None,
    }
}

/// `!stated(a.f) && !stated(b.g) || a.f == b.g`, in any order.
fn unstated_join(parts: &[Node]) -> Option<EquiJoin> {
    let [a, b] = parts else { return None };
    let unstated = |node: &Node| match node {
        Node::Not(inner) => match &**inner {
            Node::Call(function, arguments) if function.name == "stated" => {
                field_of_variable(arguments.first()?)
            }
            _ => None,
        },
        _ => None,
    };
    let ((Node::And(neither), equal) | (equal, Node::And(neither))) = (a, b) else {
        return None;
    };
    let join = equi_join(equal).filter(|join| !join.or_unstated)?;
    let [first, second] = neither.as_slice() else {
        return None;
    };
    let named = [unstated(first)?, unstated(second)?];
    let same = named == [join.left, join.right] || named == [join.right, join.left];
    same.then_some(EquiJoin {
        or_unstated: true,
        ..join
    })
}

/// What was found of a node.
struct Found {
    node: Node,
    of: Type,
    uses: Uses,
}

/// What a node depends on.
#[derive(Clone, Default)]
struct Uses {
    variables: BTreeSet<Variable>,
    /// Whether one of the variables is not fixed.
    varies: bool,
    /// The elements of quantifiers that it uses, one bit each; there are never more than [`super::MAX_DEPTH`].
    locals: u64,
}

impl Uses {
    /// Whether it is worth the same wherever and whenever it is computed.
    const fn is_fixed(&self) -> bool {
        !self.varies && self.locals == 0
    }

    fn add(&mut self, other: &Self) {
        self.variables.extend(&other.variables);
        self.varies |= other.varies;
        self.locals |= other.locals;
    }
}

impl Found {
    fn constant(value: Value, of: Type) -> Self {
        Self {
            node: Node::Constant(value),
            of,
            uses: Uses::default(),
        }
    }

    /// What stands in for a node whose mistake was reported.
    fn wrong() -> Self {
        Self::constant(Value::Unknown, Type::Any)
    }

    /// The node for a place that varies: what is fixed in it is computed once.
    fn kept(self, expr: &Expr) -> Node {
        if self.uses.is_fixed() && self.node.is_work() {
            Node::Kept(Arc::from(expr.to_string()), Box::new(self.node))
        } else {
            self.node
        }
    }
}

/// The nodes of parts that make up one expression, and what all of them depend on.
fn join<const N: usize>(parts: [(Found, &Expr); N]) -> ([Node; N], Uses) {
    let mut uses = Uses::default();
    for (found, _) in &parts {
        uses.add(&found.uses);
    }
    let is_fixed = uses.is_fixed();
    let nodes = parts.map(|(found, expr)| {
        if is_fixed {
            found.node
        } else {
            found.kept(expr)
        }
    });
    (nodes, uses)
}

/// As [`join`], for any number of parts.
fn join_all(parts: Vec<Found>, exprs: &[Expr]) -> (Vec<Node>, Uses) {
    let mut uses = Uses::default();
    for found in &parts {
        uses.add(&found.uses);
    }
    let is_fixed = uses.is_fixed();
    let nodes = parts.into_iter().zip(exprs).map(|(found, expr)| {
        if is_fixed {
            found.node
        } else {
            found.kept(expr)
        }
    });
    (nodes.collect(), uses)
}

struct Checker<'a> {
    names: &'a dyn Names,
    locals: Vec<(&'a str, Type)>,
    /// The variables met that keep their value.
    fixed: BTreeSet<Variable>,
    errors: Vec<Error>,
}

impl<'a> Checker<'a> {
    fn report(&mut self, error: Error) -> Found {
        self.errors.push(error);
        Found::wrong()
    }

    /// A conjunction at the top: each part is checked on its own.
    fn conjunction(&mut self, expr: &'a Expr) -> Checked {
        let mut uses = Uses::default();
        let mut checked = Vec::new();
        for part in expr.conjuncts() {
            let found = self.condition(part);
            uses.add(&found.uses);
            checked.push(checked_part(found, part));
        }
        Checked {
            root: Node::And(checked.iter().map(|part| part.root.clone()).collect()),
            of: Type::Bool,
            span: expr.span,
            uses: uses.variables.into_iter().collect(),
            join: None,
            parts: checked,
        }
    }

    fn expr(&mut self, expr: &'a Expr) -> Found {
        match &expr.kind {
            ExprKind::Number(number) => {
                Found::constant(Number::exact(*number).into(), Type::Number)
            }
            ExprKind::Text(text) => Found::constant(Value::Text((**text).into()), Type::Text),
            ExprKind::Bool(value) => Found::constant((*value).into(), Type::Bool),
            ExprKind::Name(name) => self.name(name, expr.span),
            ExprKind::Select(inner, name) => self.select(inner, name),
            ExprKind::Index(list, at) => self.index(list, at),
            ExprKind::Call(name, arguments) => self.call(name, arguments.iter(), arguments, expr),
            ExprKind::Method(inner, name, arguments) => self.method(inner, name, arguments, expr),
            ExprKind::Not(inner) => {
                let found = self.condition(inner);
                Found {
                    node: Node::Not(Box::new(found.node)),
                    of: Type::Bool,
                    uses: found.uses,
                }
            }
            ExprKind::Negative(inner) => self.negative(inner),
            ExprKind::Binary(operator, left, right) => self.binary(*operator, left, right),
            ExprKind::And(parts) => self.connective(parts, Node::And),
            ExprKind::Or(parts) => self.connective(parts, Node::Or),
            ExprKind::Conditional(parts) => self.conditional(parts),
            ExprKind::List(parts) => self.list(parts),
        }
    }

    fn name(&mut self, name: &'a str, span: Span) -> Found {
        let local = self.locals.iter().rposition(|(known, _)| *known == name);
        if let Some((at, (_, of))) = local.and_then(|at| Some((at, self.locals.get(at)?))) {
            return Found {
                node: Node::Local(at),
                of: of.clone(),
                uses: Uses {
                    locals: 1 << at,
                    ..Uses::default()
                },
            };
        }
        if let Some((variable, of)) = self.names.variable(name) {
            if let Some(value) = self.names.constant(variable) {
                return Found::constant(value, of);
            }
            let is_fixed = self.names.is_fixed(variable, &of);
            if is_fixed {
                self.fixed.insert(variable);
            }
            let uses = Uses {
                variables: BTreeSet::from([variable]),
                varies: !is_fixed,
                locals: 0,
            };
            return Found {
                node: Node::Variable(variable),
                of,
                uses,
            };
        }
        let known = self.names.variables();
        let locals = self.locals.iter().map(|(name, _)| *name);
        let guess = did_you_mean(name, known.iter().map(String::as_str).chain(locals));
        let mut error = Error::new(format!("there is no `{name}` here{guess}"), span);
        if matches!(name, "null" | "none" | "None" | "nil" | "unknown") {
            error = error.help("whether a value is stated is asked with `stated(x)`");
        } else if let Some(function) = function(name) {
            error = error.help(format!("`{name}` is a function: `{function}`"));
        } else if guess.is_empty() {
            error = error.help(format!("if it is a text, write `\"{name}\"`"));
        }
        self.report(error)
    }

    fn select(&mut self, inner: &'a Expr, name: &'a Name) -> Found {
        let found = self.expr(inner);
        let kind = match &found.of {
            Type::Any => return Found::wrong(),
            Type::Fact(kind) => *kind,
            other => {
                let message = format!("{} has no fields", self.describe(other));
                let mut error = Error::new(message, name.span);
                if matches!(other, Type::List(of) if matches!(**of, Type::Fact(_))) {
                    let example = format!("`{inner}.map(x, x.{})`", name.text);
                    error = error.help(format!("look at each element: {example}"));
                } else if function(&name.text).is_some() {
                    error = error.help(format!("call the function: `{inner}.{}()`", name.text));
                }
                return self.report(error);
            }
        };
        if let Some((slot, of)) = self.names.field(kind, &name.text) {
            return Found {
                node: Node::Field(Box::new(found.node), slot),
                of,
                uses: found.uses,
            };
        }
        let fields = self.names.fields(kind);
        let guess = did_you_mean(&name.text, fields.iter().map(String::as_str));
        let article = self.describe(&found.of);
        let message = format!("{article} has no field `{}`{guess}", name.text);
        let help = format!("its fields are `{}`", fields.join("`, `"));
        self.report(Error::new(message, name.span).help(help))
    }

    fn index(&mut self, list: &'a Expr, at: &'a Expr) -> Found {
        let (found, place) = (self.expr(list), self.expr(at));
        let of = match &found.of {
            Type::List(of) => (**of).clone(),
            Type::Any => Type::Any,
            other => {
                let message = format!("{} has no elements", self.describe(other));
                return self.report(Error::new(message, list.span));
            }
        };
        self.expect(&place.of, &Type::Number, at);
        let ([list, at], uses) = join([(found, list), (place, at)]);
        Found {
            node: Node::Index(Box::new(list), Box::new(at)),
            of,
            uses,
        }
    }

    fn negative(&mut self, inner: &'a Expr) -> Found {
        let found = self.expr(inner);
        self.expect(&found.of, &Type::Number, inner);
        let node = match found.node {
            Node::Constant(Value::Number(number)) => Node::Constant(number.negated().into()),
            other => Node::Negative(Box::new(other)),
        };
        Found {
            node,
            of: Type::Number,
            uses: found.uses,
        }
    }

    /// An expression where a condition is needed.
    fn condition(&mut self, expr: &'a Expr) -> Found {
        let found = self.expr(expr);
        self.expect(&found.of, &Type::Bool, expr);
        found
    }

    /// Reports an expression of another type than the one needed.
    fn expect(&mut self, found: &Type, wanted: &Type, expr: &Expr) {
        if found == wanted || *found == Type::Any {
            return;
        }
        let message = format!(
            "{} is needed here, and this is {}",
            self.describe(wanted),
            self.describe(found)
        );
        let mut error = Error::new(message, expr.span);
        if *wanted == Type::Bool && matches!(found, Type::List(_)) {
            error = error.help(format!("is it `size({expr}) > 0` that you mean?"));
        }
        self.errors.push(error);
    }

    fn connective(&mut self, parts: &'a [Expr], kind: fn(Vec<Node>) -> Node) -> Found {
        let found = parts.iter().map(|part| self.condition(part)).collect();
        let (nodes, uses) = join_all(found, parts);
        Found {
            node: kind(nodes),
            of: Type::Bool,
            uses,
        }
    }

    fn conditional(&mut self, parts: &'a [Expr; 3]) -> Found {
        let [condition, then, otherwise] = parts;
        let asked = self.condition(condition);
        let (a, b) = (self.expr(then), self.expr(otherwise));
        let (a, b) = self.adapt_both(a, then, b, otherwise);
        let of = self.one_type(&a.of, &b.of, otherwise);
        let (nodes, uses) = join([(asked, condition), (a, then), (b, otherwise)]);
        Found {
            node: Node::Conditional(Box::new(nodes)),
            of,
            uses,
        }
    }

    fn list(&mut self, parts: &'a [Expr]) -> Found {
        let mut found: Vec<Found> = parts.iter().map(|part| self.expr(part)).collect();
        let is_more = |found: &&Found| !matches!(found.of, Type::Text | Type::Any);
        if let Some(wanted) = found.iter().find(is_more).map(|found| found.of.clone()) {
            let adapted = found.into_iter().zip(parts);
            found = adapted
                .map(|(found, part)| self.adapt(found, part, &wanted))
                .collect();
        }
        let mut of = Type::Any;
        for (found, part) in found.iter().zip(parts) {
            of = self.one_type(&of, &found.of, part);
        }
        let (nodes, uses) = join_all(found, parts);
        let constants = nodes.iter().map(|node| match node {
            Node::Constant(value) => Some(value.clone()),
            _ => None,
        });
        let node = match constants.collect::<Option<Vec<Value>>>() {
            Some(values) => Node::Constant(Value::list(values)),
            None => Node::List(nodes),
        };
        Found {
            node,
            of: Type::List(Box::new(of)),
            uses,
        }
    }

    /// The type of values that may be of either type; reports types that do not go together.
    fn one_type(&mut self, a: &Type, b: &Type, at: &Expr) -> Type {
        match (a, b) {
            (Type::Any, other) | (other, Type::Any) => other.clone(),
            (Type::List(x), Type::List(y)) if **x == Type::Any || **y == Type::Any => {
                Type::List(Box::new(self.one_type(x, y, at)))
            }
            (a, b) if a == b => a.clone(),
            (a, b) => {
                let message = format!(
                    "this is {}, and the value before it {}",
                    self.describe(b),
                    self.describe(a)
                );
                self.errors.push(Error::new(message, at.span));
                Type::Any
            }
        }
    }

    fn binary(&mut self, operator: Operator, left: &'a Expr, right: &'a Expr) -> Found {
        let (a, b) = (self.expr(left), self.expr(right));
        match operator {
            Operator::In => self.within(a, left, b, right),
            _ if operator.level() == Level::Relation => self.relation(operator, a, left, b, right),
            _ => self.arithmetic(operator, a, left, b, right),
        }
    }

    fn arithmetic(
        &mut self,
        operator: Operator,
        a: Found,
        left: &Expr,
        b: Found,
        right: &Expr,
    ) -> Found {
        if (&a.of, &b.of, operator) == (&Type::Date, &Type::Date, Operator::Minus) {
            let error = Error::new("dates are not subtracted", left.span.join(right.span));
            return self.report(error.help(format!("write `days_between({right}, {left})`")));
        }
        for (found, expr) in [(&a, left), (&b, right)] {
            if !matches!(found.of, Type::Number | Type::Any) {
                let message = format!(
                    "`{}` is for numbers, and this is {}",
                    operator.sign(),
                    self.describe(&found.of)
                );
                self.errors.push(Error::new(message, expr.span));
            }
        }
        let ([a, b], uses) = join([(a, left), (b, right)]);
        Found {
            node: Node::Arithmetic(operator, Box::new(a), Box::new(b)),
            of: Type::Number,
            uses,
        }
    }

    fn relation(
        &mut self,
        operator: Operator,
        a: Found,
        left: &Expr,
        b: Found,
        right: &Expr,
    ) -> Found {
        let (a, b) = self.adapt_both(a, left, b, right);
        let is_equality = matches!(operator, Operator::Equal | Operator::NotEqual);
        if !comparable(&a.of, &b.of) {
            self.mismatch(&a.of, left, &b.of, right);
        } else if !(is_equality || is_ordered(&a.of) && is_ordered(&b.of)) {
            let of = if is_ordered(&a.of) { &b.of } else { &a.of };
            let message = format!(
                "{} is neither more nor less than another",
                self.describe(of)
            );
            self.errors
                .push(Error::new(message, left.span.join(right.span)));
        }
        // Where both sides are sizes the left one is counted, and the right one is a number like any other.
        let (node, uses) = match (as_size(a), b) {
            (Ok(list), number) => {
                let ([list, number], uses) = join([(list, left), (number, right)]);
                (
                    Node::Count(operator, Box::new(list), Box::new(number)),
                    uses,
                )
            }
            (Err(a), b) => match as_size(b) {
                Ok(list) => {
                    let ([number, list], uses) = join([(a, left), (list, right)]);
                    let operator = operator.flipped();
                    (
                        Node::Count(operator, Box::new(list), Box::new(number)),
                        uses,
                    )
                }
                Err(b) => {
                    let is_certain = is_certain(&a.of, &b.of);
                    let (sides, uses) = join([(a, left), (b, right)]);
                    let comparison = Comparison {
                        operator,
                        sides,
                        is_certain,
                    };
                    (Node::Compare(Box::new(comparison)), uses)
                }
            },
        };
        Found {
            node,
            of: Type::Bool,
            uses,
        }
    }

    /// Reports two values that cannot be compared.
    fn mismatch(&mut self, a: &Type, left: &Expr, b: &Type, right: &Expr) {
        let message = format!(
            "{} cannot be compared with {}",
            self.describe(a),
            self.describe(b)
        );
        let mut error = Error::new(message, left.span.join(right.span));
        let is_text = |of: &Type| matches!(of, Type::Text | Type::Label);
        for (number, other) in [((a, left), b), ((b, right), a)] {
            if let (Type::Number, ExprKind::Number(written)) = (number.0, &number.1.kind)
                && is_text(other)
            {
                error = error.help(format!(
                    "this number is kept as text: write `\"{written}\"`"
                ));
            }
        }
        self.errors.push(error);
    }

    fn within(&mut self, a: Found, left: &Expr, b: Found, right: &Expr) -> Found {
        let of = match &b.of {
            Type::List(of) => (**of).clone(),
            Type::Any => Type::Any,
            other => {
                let message = format!("`in` needs a list, and this is {}", self.describe(other));
                let mut error = Error::new(message, right.span);
                if matches!(other, Type::Text | Type::Label) {
                    error = error.help(format!("write `contains({right}, {left})`"));
                }
                return self.report(error);
            }
        };
        let a = self.adapt(a, left, &of);
        let wanted = Type::List(Box::new(a.of.clone()));
        let b = self.adapt(b, right, &wanted);
        if let Type::List(of) = &b.of
            && !comparable(&a.of, of)
        {
            let of = (**of).clone();
            self.mismatch(&a.of, left, &of, right);
        }
        let ([a, b], uses) = join([(a, left), (b, right)]);
        Found {
            node: Node::In(Box::new(a), Box::new(b)),
            of: Type::Bool,
            uses,
        }
    }

    /// Literal texts on either side, read as what the other side is.
    fn adapt_both(&mut self, a: Found, left: &Expr, b: Found, right: &Expr) -> (Found, Found) {
        let b = self.adapt(b, right, &a.of);
        let a = self.adapt(a, left, &b.of);
        (a, b)
    }

    /// A literal text, or a list of them, read as a value of the type that it meets; anything else as it is.
    fn adapt(&mut self, found: Found, expr: &Expr, wanted: &Type) -> Found {
        match (&found.node, wanted, &expr.kind) {
            (Node::Constant(Value::Text(text)), _, _) => {
                let text = Arc::clone(text);
                match self.word(&text, wanted, expr.span) {
                    Some(found) => found,
                    None => found,
                }
            }
            (Node::Constant(Value::List(values)), Type::List(wanted), _) => {
                let values = Arc::clone(values);
                let mut of = None;
                let span_of = |at: usize| match &expr.kind {
                    ExprKind::List(parts) => parts.get(at).map_or(expr.span, |part| part.span),
                    _ => expr.span,
                };
                let adapted: Vec<Value> = values
                    .iter()
                    .enumerate()
                    .map(|(at, value)| {
                        let word = match value {
                            Value::Text(text) => self.word(text, wanted, span_of(at)),
                            _ => None,
                        };
                        match word {
                            Some(Found {
                                node: Node::Constant(value),
                                of: of_word,
                                ..
                            }) => {
                                of = Some(of_word);
                                value
                            }
                            _ => value.clone(),
                        }
                    })
                    .collect();
                let of = of.map_or(found.of, |of| Type::List(Box::new(of)));
                Found::constant(Value::list(adapted), of)
            }
            _ => found,
        }
    }

    /// A literal text as a symbol, label or grade; reports one that is not in the list of a symbol.
    fn word(&mut self, text: &str, wanted: &Type, span: Span) -> Option<Found> {
        match wanted {
            Type::Label => Some(Found::constant(Label::new(text).into(), Type::Label)),
            Type::Grade => Some(Found::constant(Grade::off(text).into(), Type::Grade)),
            Type::Text => Some(Found::constant(Value::text(text), Type::Text)),
            Type::Date => {
                if let Some(days) = Days::from_iso(text) {
                    return Some(Found::constant(days.into(), Type::Date));
                }
                let error = Error::new(format!("\"{text}\" is not a date"), span);
                Some(self.report(error.help("write `\"2017-10-03\"`, `\"2017-10\"` or `\"2017\"`")))
            }
            Type::Symbol(words) => {
                if let Some(word) = words.iter().find(|word| **word == text) {
                    return Some(Found::constant(Value::Symbol(word), wanted.clone()));
                }
                let guess = did_you_mean(text, words.iter().copied());
                let message = format!("this is never \"{text}\"{guess}");
                let help = format!("it is one of \"{}\"", words.join("\", \""));
                Some(self.report(Error::new(message, span).help(help)))
            }
            _ => None,
        }
    }

    fn method(
        &mut self,
        inner: &'a Expr,
        name: &'a Name,
        arguments: &'a [Expr],
        expr: &'a Expr,
    ) -> Found {
        if let Some(how) = How::ALL.into_iter().find(|how| *how.name() == *name.text) {
            return self.each(how, inner, name, arguments);
        }
        let all = std::iter::once(inner).chain(arguments);
        self.call(name, all, arguments, expr)
    }

    fn call(
        &mut self,
        name: &'a Name,
        exprs: impl Iterator<Item = &'a Expr>,
        written: &'a [Expr],
        expr: &'a Expr,
    ) -> Found {
        let exprs: Vec<&Expr> = exprs.collect();
        let Some(function) = function(&name.text) else {
            return self.no_function(name, written);
        };
        if exprs.len() != function.parameters.len() {
            for expr in exprs {
                self.expr(expr);
            }
            let wanted = function.parameters.len();
            let s = if wanted == 1 { "" } else { "s" };
            let message = format!("`{}` takes {wanted} value{s}", name.text);
            return self.report(Error::new(message, expr.span).help(format!(
                "write `{function}`: {}",
                lower_first(function.help)
            )));
        }
        let mut first = Type::Any;
        let mut uses = Uses::default();
        let mut found_all = Vec::new();
        for (at, (expr, (parameter, shape))) in exprs.iter().zip(function.parameters).enumerate() {
            let found = self.expr(expr);
            let found = self.argument(found, expr, *shape, &first);
            if at == 0 {
                first = found.of.clone();
            }
            if !shape.takes(&found.of, &first) {
                self.misfit(function, parameter, *shape, &found.of, expr);
            }
            uses.add(&found.uses);
            found_all.push(found);
        }
        let is_fixed = uses.is_fixed();
        let nodes = found_all.into_iter().zip(exprs).map(|(found, expr)| {
            if is_fixed {
                found.node
            } else {
                found.kept(expr)
            }
        });
        Found {
            node: Node::Call(function, nodes.collect()),
            of: function.result.to_type(&first),
            uses,
        }
    }

    /// A literal text as what the parameter takes.
    fn argument(&mut self, found: Found, expr: &Expr, shape: Shape, first: &Type) -> Found {
        match shape {
            Shape::Label => self.adapt(found, expr, &Type::Label),
            Shape::Grade => self.adapt(found, expr, &Type::Grade),
            Shape::Date => self.adapt(found, expr, &Type::Date),
            Shape::LikeFirst => self.adapt(found, expr, first),
            _ => found,
        }
    }

    fn misfit(
        &mut self,
        function: &Function,
        parameter: &str,
        shape: Shape,
        found: &Type,
        expr: &Expr,
    ) {
        let message = format!(
            "`{}` takes {shape} as its `{parameter}`, and this is {}",
            function.name,
            self.describe(found)
        );
        let help = format!("`{function}`: {}", lower_first(function.help));
        self.errors.push(Error::new(message, expr.span).help(help));
    }

    fn no_function(&mut self, name: &Name, arguments: &'a [Expr]) -> Found {
        if let Some(how) = How::ALL.into_iter().find(|how| *how.name() == *name.text) {
            let message = format!("`{}` is written behind a list", how.name());
            let help = format!("write `list.{}(x, …)`", how.name());
            return self.report(Error::new(message, name.span).help(help));
        }
        let likely = likely(&name.text);
        let guess = likely.map_or_else(String::new, |name| format!(", did you mean `{name}`?"));
        if !How::ALL.into_iter().any(|how| Some(how.name()) == likely) {
            for argument in arguments {
                self.expr(argument);
            }
        }
        let message = format!("there is no function `{}`{guess}", name.text);
        self.report(Error::new(message, name.span))
    }

    fn each(&mut self, how: How, list: &'a Expr, name: &Name, arguments: &'a [Expr]) -> Found {
        let found = self.expr(list);
        let [variable, body] = arguments else {
            let message = format!("`{}` takes a name and what is asked of it", name.text);
            let help = format!("write `{list}.{}(x, …)`", name.text);
            return self.report(Error::new(message, name.span).help(help));
        };
        let ExprKind::Name(local) = &variable.kind else {
            let message = format!("`{}` needs a name for the element here", name.text);
            let help = format!("write `{list}.{}(x, …)`", name.text);
            return self.report(Error::new(message, variable.span).help(help));
        };
        let of = match &found.of {
            Type::List(of) => (**of).clone(),
            Type::Any => Type::Any,
            other => {
                let message = format!(
                    "`{}` needs a list, and this is {}",
                    name.text,
                    self.describe(other)
                );
                return self.report(Error::new(message, list.span));
            }
        };
        let is_taken = self.names.variable(local).is_some()
            || self.locals.iter().any(|(known, _)| **known == **local);
        if is_taken {
            let message = format!("`{local}` is the name of something else here");
            let error = Error::new(message, variable.span);
            return self.report(error.help("give the element another name"));
        }
        let at = self.locals.len();
        self.locals.push((local, of));
        let asked = if how == How::Map {
            self.expr(body)
        } else {
            self.condition(body)
        };
        self.locals.pop();
        each_node(how, at, (found, list), (asked, body), &self.fixed)
    }

    /// "a grade", "a list of numbers", "a rating": what a value of this type is called in messages.
    fn describe(&self, of: &Type) -> String {
        match of {
            Type::Any => "a value".to_owned(),
            Type::Bool => "a condition (true or false)".to_owned(),
            Type::Number => "a number".to_owned(),
            Type::Date => "a date".to_owned(),
            Type::Grade => "a grade".to_owned(),
            Type::Label => "a name".to_owned(),
            Type::Text => "a text".to_owned(),
            Type::Symbol(words) => format!("one of \"{}\"", words.join("\", \"")),
            Type::Fact(kind) => {
                let name = self.names.kind_name(*kind);
                let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) {
                    "an"
                } else {
                    "a"
                };
                format!("{article} {name}")
            }
            Type::List(of) => match &**of {
                Type::Any => "a list".to_owned(),
                Type::Fact(kind) => format!("a list of {} facts", self.names.kind_name(*kind)),
                Type::Symbol(_) => "a list of words".to_owned(),
                Type::List(_) => "a list of lists".to_owned(),
                other => {
                    let one = self.describe(other);
                    let noun = one.split(' ').nth(1).unwrap_or("value");
                    format!("a list of {noun}s")
                }
            },
        }
    }
}

/// A quantifier, with what its body depends on besides the element. `fixed` are the variables that keep their value.
fn each_node(
    how: How,
    local: usize,
    list: (Found, &Expr),
    body: (Found, &Expr),
    fixed: &BTreeSet<Variable>,
) -> Found {
    let (list, list_expr) = list;
    let (body, body_expr) = body;
    let of = match how {
        How::Exists | How::All => Type::Bool,
        How::Filter => list.of.clone(),
        How::Map => Type::List(Box::new(body.of.clone())),
    };
    let mut uses = body.uses.clone();
    uses.locals &= !(1 << local);
    uses.add(&list.uses);
    let each = Each {
        how,
        body: body.kept(body_expr),
        local,
        list: list.node,
        index: None,
        memory: None,
    };
    let mut each = each.fused();
    if !uses.is_fixed() {
        let list_found = Found {
            node: each.list,
            of: Type::Any,
            uses: list.uses,
        };
        each.list = list_found.kept(list_expr);
        let text = || format!("{list_expr}.{}({local}, {body_expr})", how.name()).into();
        each = each.remembered(&|variable| fixed.contains(&variable), text);
    }
    Found {
        node: Node::Each(Box::new(each.indexed())),
        of,
        uses,
    }
}

/// The list whose size this is, or the node itself.
fn as_size(found: Found) -> Result<Found, Found> {
    match found.node {
        Node::Call(function, mut arguments) if function.name == "size" => match arguments.pop() {
            Some(list) => Ok(Found {
                node: list,
                ..found
            }),
            None => Err(Found::wrong()),
        },
        _ => Err(found),
    }
}

/// Whether equality between two types can hold.
pub(super) fn comparable(a: &Type, b: &Type) -> bool {
    match (a, b) {
        (Type::Any, _)
        | (_, Type::Any)
        | (Type::Text, Type::Label | Type::Grade | Type::Symbol(_))
        | (Type::Label | Type::Grade | Type::Symbol(_), Type::Text) => true,
        (Type::Symbol(a), Type::Symbol(b)) => a.iter().any(|word| b.contains(word)),
        (Type::List(a), Type::List(b)) => comparable(a, b),
        (a, b) => a == b,
    }
}

fn is_ordered(of: &Type) -> bool {
    matches!(of, Type::Any | Type::Number | Type::Date | Type::Grade)
}

/// Whether values of the two types are of one sort and equal or not, with nothing between.
fn is_certain(a: &Type, b: &Type) -> bool {
    match (a, b) {
        (Type::Symbol(_), Type::Symbol(_)) => true,
        (Type::Label | Type::Text | Type::Grade | Type::Fact(_), b) => a == b,
        _ => false,
    }
}

/// A sentence as it goes on after a colon.
fn lower_first(sentence: &str) -> String {
    let mut chars = sentence.trim_end_matches('.').chars();
    chars
        .next()
        .map(|first| first.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::testing::World;

    #[track_caller]
    fn accept(text: &str, of: &Type) {
        let checked = World::sample().check(text).expect("a right expression");
        assert_eq!(checked.result_type(), of, "{text}");
    }

    #[track_caller]
    fn reject(text: &str, problems: &[(&str, &str)]) {
        let errors = World::sample().check(text).expect_err("a mistake");
        let found: Vec<_> = errors
            .iter()
            .map(|error| {
                let place = crate::span::text_at(text, error.span);
                (place, error.message.as_str())
            })
            .collect();
        assert_eq!(found, problems, "{text}");
    }

    #[test]
    fn types_are_found() {
        accept("a.criterion", &Type::Label);
        accept("c.to - c.from", &Type::Number);
        accept(
            "ratings.map(r, r.score)",
            &Type::List(Box::new(Type::Number)),
        );
        accept("min(ratings.map(r, r.value))", &Type::Grade);
        accept("a.when in [\"current\", \"previous\"]", &Type::Bool);
        accept("c.complete ? 1 : 2", &Type::Number);
        accept("[]", &Type::List(Box::new(Type::Any)));
    }

    #[test]
    fn names_that_are_not_known() {
        reject(
            "ratngs == 3",
            &[(
                "ratngs",
                "there is no `ratngs` here, did you mean `ratings`?",
            )],
        );
        reject(
            "a.criterium == b.vlaue",
            &[
                (
                    "criterium",
                    "a rating has no field `criterium`, did you mean `criterion`?",
                ),
                (
                    "vlaue",
                    "a rating has no field `vlaue`, did you mean `value`?",
                ),
            ],
        );
        reject(
            "sise(ratings) > 0",
            &[("sise", "there is no function `sise`, did you mean `size`?")],
        );
        reject(
            "ratings.any(r, true)",
            &[("any", "there is no function `any`, did you mean `exists`?")],
        );
        reject(
            "exists(ratings)",
            &[("exists", "`exists` is written behind a list")],
        );
        reject(
            "ratings.value",
            &[("value", "a list of rating facts has no fields")],
        );
        reject(
            "ratings.exists(a, true)",
            &[("a", "`a` is the name of something else here")],
        );
    }

    #[test]
    fn types_that_do_not_fit() {
        reject(
            "a.when == \"curent\"",
            &[(
                "\"curent\"",
                "this is never \"curent\", did you mean `current`?",
            )],
        );
        reject(
            "a.criterion == 3",
            &[(
                "a.criterion == 3",
                "a name cannot be compared with a number",
            )],
        );
        reject(
            "a.criterion < b.criterion",
            &[(
                "a.criterion < b.criterion",
                "a name is neither more nor less than another",
            )],
        );
        reject(
            "a.value && c.to",
            &[
                (
                    "a.value",
                    "a condition (true or false) is needed here, and this is a grade",
                ),
                (
                    "c.to",
                    "a condition (true or false) is needed here, and this is a number",
                ),
            ],
        );
        reject(
            "size(ratings, 2) > 0",
            &[("size(ratings, 2)", "`size` takes 1 value")],
        );
        reject(
            "c.period < \"2017-13\"",
            &[("\"2017-13\"", "\"2017-13\" is not a date")],
        );
        reject(
            "sum(ratings)",
            &[(
                "ratings",
                "`sum` takes a list of numbers as its `numbers`, and this is a list of rating facts",
            )],
        );
        reject(
            "a.criterion + 1",
            &[("a.criterion", "`+` is for numbers, and this is a name")],
        );
        reject(
            "3 in a.criterion",
            &[("a.criterion", "`in` needs a list, and this is a name")],
        );
        reject(
            "[1, \"a\"]",
            &[("\"a\"", "this is a text, and the value before it a number")],
        );
    }

    #[test]
    fn conjuncts_and_joins() {
        let world = World::sample();
        let checked = world
            .check(
                "a.criterion == b.criterion && a.value != b.value && c.to > 3 && size(ratings) > 1",
            )
            .expect("a right expression");
        let uses: Vec<_> = checked
            .conjuncts()
            .iter()
            .map(|part| part.uses().len())
            .collect();
        assert_eq!(uses, [2, 2, 1, 1]);
        assert_eq!(
            checked.equi_joins(),
            [EquiJoin {
                left: (Variable(0), 0),
                right: (Variable(1), 0),
                or_unstated: false,
            }]
        );
        for (text, joins) in [
            (
                "!stated(a.criterion) && !stated(b.criterion) || a.criterion == b.criterion",
                1,
            ),
            (
                "b.criterion == a.criterion || !stated(a.criterion) && !stated(b.criterion)",
                1,
            ),
            (
                "!stated(a.criterion) && !stated(b.when) || a.criterion == b.criterion",
                0,
            ),
            (
                "!stated(a.criterion) || !stated(b.criterion) || a.criterion == b.criterion",
                0,
            ),
            (
                "!stated(a.criterion) && stated(b.criterion) || a.criterion == b.criterion",
                0,
            ),
        ] {
            let found = world.check(text).expect("a right expression").equi_joins();
            assert_eq!(found.len(), joins, "{text}");
            assert!(found.iter().all(|join| join.or_unstated), "{text}");
        }
        let one = world
            .check("a.score == b.score")
            .expect("a right expression");
        assert!(one.equi_joins().is_empty());
        assert_eq!(one.conjuncts().len(), 1);
        let nested = world
            .check("(c.complete && true) && c.to > 3")
            .expect("a right expression");
        assert_eq!(nested.conjuncts().len(), 3);
    }
}
