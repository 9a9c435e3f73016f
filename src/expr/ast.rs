//! The tree of an expression; every node has its span.

use std::fmt::{self, Write as _};

use rust_decimal::Decimal;

use crate::span::Span;

/// A node of the tree.
///
/// Two nodes are equal when they say the same, wherever they stand. Shown, a tree reads as an expression that parses to
/// the same tree.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Bytes of the expression's text, from the first token of the node to the last.
    pub span: Span,
    height: usize,
}

/// A name and where it stands.
#[derive(Clone, Debug)]
pub struct Name {
    /// As written.
    pub text: Box<str>,
    /// Bytes of the expression's text.
    pub span: Span,
}

/// The kinds of node.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `12`, `4.50`.
    Number(Decimal),
    /// `"current"`.
    Text(Box<str>),
    /// `true`, `false`.
    Bool(bool),
    /// `a`.
    Name(Box<str>),
    /// `a.value`.
    Select(Box<Expr>, Name),
    /// `xs[0]`.
    Index(Box<Expr>, Box<Expr>),
    /// `f(x, y)`.
    Call(Name, Vec<Expr>),
    /// `x.f(y)`.
    Method(Box<Expr>, Name, Vec<Expr>),
    /// `!a`.
    Not(Box<Expr>),
    /// `-a`.
    Negative(Box<Expr>),
    /// `a + b`, `a < b`, `a in b`.
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// `a && b && c`; two parts or more.
    And(Vec<Expr>),
    /// `a || b || c`; two parts or more.
    Or(Vec<Expr>),
    /// `a ? b : c`.
    Conditional(Box<[Expr; 3]>),
    /// `[a, b]`.
    List(Vec<Expr>),
}

/// Operators with two operands, apart from `&&` and `||`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `in`
    In,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Divide,
    /// `%`
    Remainder,
}

impl Operator {
    /// Every operator.
    pub const ALL: [Self; 12] = [
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::AtMost,
        Self::Greater,
        Self::AtLeast,
        Self::In,
        Self::Plus,
        Self::Minus,
        Self::Times,
        Self::Divide,
        Self::Remainder,
    ];

    /// As written.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::In => "in",
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
        }
    }

    /// The operator that is written so.
    pub fn of(sign: &str) -> Option<Self> {
        Some(match sign {
            "==" => Self::Equal,
            "!=" => Self::NotEqual,
            "<" => Self::Less,
            "<=" => Self::AtMost,
            ">" => Self::Greater,
            ">=" => Self::AtLeast,
            "in" => Self::In,
            "+" => Self::Plus,
            "-" => Self::Minus,
            "*" => Self::Times,
            "/" => Self::Divide,
            "%" => Self::Remainder,
            _ => return None,
        })
    }

    /// How closely it binds.
    pub const fn level(self) -> Level {
        match self {
            Self::Plus | Self::Minus => Level::Sum,
            Self::Times | Self::Divide | Self::Remainder => Level::Product,
            _ => Level::Relation,
        }
    }

    /// Whether it compares and does not calculate.
    pub fn is_relation(self) -> bool {
        self.level() == Level::Relation
    }

    /// The operator, or the relation that holds when it does not where `negated` is set.
    #[must_use]
    pub const fn unless(self, negated: bool) -> Self {
        if negated { self.negated() } else { self }
    }

    /// The relation that holds when this one does not: `a < b` and `a >= b`.
    #[must_use]
    pub const fn negated(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::AtLeast,
            Self::AtMost => Self::Greater,
            Self::Greater => Self::AtMost,
            Self::AtLeast => Self::Less,
            other => other,
        }
    }

    /// The operator that says the same with its sides exchanged: `a < b` is `b > a`.
    #[must_use]
    pub const fn flipped(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::AtMost => Self::AtLeast,
            Self::Greater => Self::Less,
            Self::AtLeast => Self::AtMost,
            other => other,
        }
    }
}

/// How closely the parts of a node hold together, loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `a ? b : c`
    Conditional,
    /// `a || b`
    Or,
    /// `a && b`
    And,
    /// `a < b`
    Relation,
    /// `a + b`
    Sum,
    /// `a * b`
    Product,
    /// `!a`, `-a`
    Unary,
    /// `a.b`, `f(x)`, literals and everything in brackets
    Whole,
}

impl Level {
    /// The next closer one.
    #[must_use]
    pub const fn closer(self) -> Self {
        match self {
            Self::Conditional => Self::Or,
            Self::Or => Self::And,
            Self::And => Self::Relation,
            Self::Relation => Self::Sum,
            Self::Sum => Self::Product,
            Self::Product => Self::Unary,
            Self::Unary | Self::Whole => Self::Whole,
        }
    }
}

impl Expr {
    /// The parts of a conjunction, those of conjunctions in brackets too; the expression itself where it is none.
    pub fn conjuncts(&self) -> Vec<&Self> {
        match &self.kind {
            ExprKind::And(parts) => parts.iter().flat_map(Self::conjuncts).collect(),
            _ => vec![self],
        }
    }

    /// A node.
    pub fn new(kind: ExprKind, span: Span) -> Self {
        let mut expr = Self {
            kind,
            span,
            height: 1,
        };
        expr.height += expr.children().map(|child| child.height).max().unwrap_or(0);
        expr
    }

    /// How many nodes stand on the longest way down, this one included.
    pub const fn height(&self) -> usize {
        self.height
    }

    /// The nodes directly below, in the order in which they are written.
    pub fn children(&self) -> impl Iterator<Item = &Self> {
        let (first, second, rest): (_, _, &[Self]) = match &self.kind {
            ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::Bool(_) | ExprKind::Name(_) => {
                (None, None, &[])
            }
            ExprKind::Select(inner, _) | ExprKind::Not(inner) | ExprKind::Negative(inner) => {
                (Some(&**inner), None, &[])
            }
            ExprKind::Index(a, b) | ExprKind::Binary(_, a, b) => (Some(&**a), Some(&**b), &[]),
            ExprKind::Call(_, parts)
            | ExprKind::And(parts)
            | ExprKind::Or(parts)
            | ExprKind::List(parts) => (None, None, parts),
            ExprKind::Method(inner, _, parts) => (Some(&**inner), None, parts),
            ExprKind::Conditional(parts) => (None, None, &**parts),
        };
        first.into_iter().chain(second).chain(rest)
    }

    fn level(&self) -> Level {
        match &self.kind {
            ExprKind::Conditional(_) => Level::Conditional,
            ExprKind::Or(_) => Level::Or,
            ExprKind::And(_) => Level::And,
            ExprKind::Binary(operator, ..) => operator.level(),
            ExprKind::Not(_) | ExprKind::Negative(_) => Level::Unary,
            _ => Level::Whole,
        }
    }

    /// Writes the node, in brackets where it binds less closely than its place asks for.
    fn write(&self, out: &mut fmt::Formatter<'_>, place: Level) -> fmt::Result {
        if self.level() < place {
            out.write_char('(')?;
            self.write_kind(out)?;
            out.write_char(')')
        } else {
            self.write_kind(out)
        }
    }

    fn write_kind(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExprKind::Number(number) => write!(out, "{number}"),
            ExprKind::Text(text) => write_text(out, text),
            ExprKind::Bool(value) => write!(out, "{value}"),
            ExprKind::Name(name) => out.write_str(name),
            ExprKind::Select(inner, name) => {
                inner.write(out, Level::Whole)?;
                write!(out, ".{}", name.text)
            }
            ExprKind::Index(inner, index) => {
                inner.write(out, Level::Whole)?;
                write!(out, "[{index}]")
            }
            ExprKind::Call(name, arguments) => {
                write!(out, "{}(", name.text)?;
                write_joined(out, arguments, ", ", Level::Conditional)?;
                out.write_char(')')
            }
            ExprKind::Method(inner, name, arguments) => {
                inner.write(out, Level::Whole)?;
                write!(out, ".{}(", name.text)?;
                write_joined(out, arguments, ", ", Level::Conditional)?;
                out.write_char(')')
            }
            ExprKind::Not(inner) => {
                out.write_char('!')?;
                inner.write(out, Level::Unary)
            }
            ExprKind::Negative(inner) => {
                out.write_char('-')?;
                inner.write(out, Level::Unary)
            }
            ExprKind::Binary(operator, left, right) => {
                let level = operator.level();
                let chains = !operator.is_relation();
                left.write(out, if chains { level } else { level.closer() })?;
                write!(out, " {} ", operator.sign())?;
                right.write(out, level.closer())
            }
            ExprKind::And(parts) => write_joined(out, parts, " && ", Level::Relation),
            ExprKind::Or(parts) => write_joined(out, parts, " || ", Level::And),
            ExprKind::Conditional(parts) => {
                let [condition, then, otherwise] = &**parts;
                condition.write(out, Level::Or)?;
                write!(out, " ? {then} : {otherwise}")
            }
            ExprKind::List(parts) => {
                out.write_char('[')?;
                write_joined(out, parts, ", ", Level::Conditional)?;
                out.write_char(']')
            }
        }
    }
}

fn write_joined(
    out: &mut fmt::Formatter<'_>,
    parts: &[Expr],
    between: &str,
    place: Level,
) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            out.write_str(between)?;
        }
        part.write(out, place)?;
    }
    Ok(())
}

fn write_text(out: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    out.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(out, "\\{c}")?,
            '\n' => out.write_str("\\n")?,
            '\t' => out.write_str("\\t")?,
            other => out.write_char(other)?,
        }
    }
    out.write_char('"')
}

impl fmt::Display for Expr {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(out, Level::Conditional)
    }
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
