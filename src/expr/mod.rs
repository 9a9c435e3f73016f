//! The expression language of rules: CEL's syntax, printed numbers, four verdicts.
//!
//! An expression is [parsed](parse) with nom into a tree whose every node has its span, [checked](check) against what its
//! [`Names`] declare, and [evaluated](Checked::eval) against a [`Scope`]. This module knows neither facts nor YAML: what a
//! name means is for the two traits to say, and errors are reported with spans of the expression's own text.
//!
//! ```text
//! a.criterion == b.criterion && a.when in ["current", "target"]
//! size(ratings.filter(r, r.value == "poor")) > 0 ? c.to < c.from : c.to >= c.from
//! responses.exists(r, i.number in r.to)
//! ```
//!
//! - `lexer`: text to tokens; names the operator that was meant where a report author typed another.
//! - `parser`: tokens to [`ast`], with a limit on length and depth.
//! - `types`: the checker. It finds every name and type, turns literal words into the symbols, labels and grades that they
//!   are compared with, and marks what needs to be computed only once.
//! - `eval`: four verdicts. What is not stated is unknown, and so is what is computed from it.
//! - `functions`: the one table of functions, with their help and examples.

pub mod ast;
mod eval;
pub mod functions;
mod lexer;
mod node;
mod parser;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod testing;
mod types;
mod working;

use std::{fmt, sync::Arc};

pub use ast::Expr;
pub use eval::Cache;
pub use parser::parse;
pub use types::{Checked, EquiJoin, check};

use crate::{
    span::Span,
    value::{FactId, KindId, Type, Value},
};

/// The most bytes an expression may have.
pub const MAX_LENGTH: usize = 8192;

/// The most levels that an expression may be nested.
pub const MAX_DEPTH: usize = 64;

/// A mistake in an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What is wrong, without a full stop.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
    /// Bytes of the expression's text.
    pub span: Span,
}

impl Error {
    /// A mistake without a way out.
    pub fn new(message: impl Into<String>, span: Span) -> Self {
        Self {
            message: message.into(),
            help: None,
            span,
        }
    }

    /// Adds the way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// Identity of a variable, as [`Names`] numbers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Variable(pub u16);

/// What an expression reads of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Read {
    /// The variable.
    pub variable: Variable,
    /// The slot of the one field of it; the whole of it where there is none.
    pub slot: Option<usize>,
}

/// What an expression may name; asked once, when a rule is loaded.
pub trait Names {
    /// A variable: a binding of the rule (`a`), a collection (`ratings`), or `document`, `set`, `framework`.
    fn variable(&self, name: &str) -> Option<(Variable, Type)>;

    /// A field of a kind of fact: its slot and type.
    fn field(&self, kind: KindId, name: &str) -> Option<(usize, Type)>;

    /// Every variable, for suggestions.
    fn variables(&self) -> Vec<String>;

    /// Every field of a kind, for suggestions.
    fn fields(&self, kind: KindId) -> Vec<String>;

    /// The name of a kind, for messages.
    fn kind_name(&self, kind: KindId) -> String;

    /// The value of a variable that is the same wherever the rule runs, such as a list of words that it names.
    fn constant(&self, variable: Variable) -> Option<Value> {
        let _ = variable;
        None
    }

    /// Whether a variable keeps its value while a rule goes over a document, so that what is computed from such variables
    /// alone may be [kept](Cache). Lists do by default: they are collections.
    fn is_fixed(&self, variable: Variable, of: &Type) -> bool {
        let _ = variable;
        matches!(of, Type::List(_))
    }
}

/// Values in their order, shared.
pub type List = Arc<[Value]>;

/// What variables and fields are worth; asked while a rule runs.
pub trait Scope {
    /// The value of a variable.
    fn variable(&self, variable: Variable) -> Value;

    /// A field of a fact.
    fn field(&self, fact: FactId, slot: usize) -> Value;

    /// A field of a fact where it stands, so that it need not be copied; `None` where only [`Self::field`] knows it.
    fn stored(&self, fact: FactId, slot: usize) -> Option<&Value> {
        let _ = (fact, slot);
        None
    }

    /// The facts of `collection` whose field certainly equals `value`, and those whose field is not stated, where the scope
    /// keeps an index of them. `None` where it keeps none, and the whole collection must be gone through.
    fn matching(&self, collection: Variable, slot: usize, value: &Value) -> Option<[List; 2]>;

    /// The facts of `collection` for which a question of [place](Question::is_place) holds with `fact`, where the scope keeps
    /// an index of them.
    fn near(&self, collection: Variable, question: Question, fact: &Value) -> Option<List> {
        let _ = (collection, question, fact);
        None
    }

    /// A number for the place that a question of [place](Question::is_mutual) asks for, one for all facts for which it holds of
    /// each other. `None` where the scope keeps none, or the fact stands in no such place.
    fn place(&self, question: Question, fact: FactId) -> Option<u32> {
        let _ = (question, fact);
        None
    }

    /// A question about facts that only the scope can answer.
    fn ask(&self, question: Question, arguments: &[Value]) -> Value;
}

/// Functions that the scope answers, because they need to know where facts stand or what the framework says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Question {
    /// `same_sentence(a, b)`: both facts stand in one sentence.
    SameSentence,
    /// `same_block(a, b)`: both facts stand in one paragraph, list item or table.
    SameBlock,
    /// `same_row(a, b)`: both facts stand in one table row.
    SameRow,
    /// `same_section(a, b)`: both facts stand under one heading.
    SameSection,
    /// `same_list(a, b)`: both facts stand in items of one list.
    SameList,
    /// `same_document(a, b)`: both facts stand in one document.
    SameDocument,
    /// `comparable(a, b)`: both facts speak of one measure, body, scope, period and unit.
    Comparable,
    /// `before(a, b)`: a stands before b.
    Before,
    /// `inside(a, b)`: the words of a stand within those of b.
    Inside,
    /// `band(number, "name")`: the grade of the framework's band that a number falls in.
    Band,
    /// `polarity(measure)`: `higher` or `lower`, whichever is better for a measure.
    Polarity,
    /// `evidence_for(measure)`: the criterion that a measure is evidence for.
    EvidenceFor,
    /// `parent(criterion)`: the criterion that this one is a part of.
    Parent,
    /// `criteria("group")`: the criteria that the framework counts in a group.
    Criteria,
    /// `limit(parts, "name")`: the best rating of the whole that the framework's limits leave.
    Limit,
    /// `mentions(fact, "class")`: a phrase of a lexicon class stands in the sentence of a fact.
    Mentions,
    /// `document_mentions("class")`: a phrase of a lexicon class stands anywhere in the document.
    DocumentMentions,
    /// `says(fact, words)`: one of the words stands in the sentence of a fact.
    Says,
    /// `says_after(fact, words)`: one of the words stands behind a fact in its sentence.
    SaysAfter,
    /// `block_says(fact, words)`: one of the words stands in the paragraph of a fact.
    BlockSays,
    /// `led_by(fact, words)`: one of the words stands right before a fact.
    LedBy,
    /// `followed_by(fact, words)`: one of the words stands right after a fact.
    FollowedBy,
}

impl Question {
    /// Whether it asks if a fact stands at the place of another, so that the facts for which it holds can be looked up.
    pub const fn is_place(self) -> bool {
        matches!(self, Self::Inside) || self.is_mutual()
    }

    /// How much the answer costs, in units of a look at a field: a guess.
    const fn cost(self) -> u32 {
        match self {
            Self::Says | Self::SaysAfter | Self::BlockSays => 60,
            Self::LedBy | Self::FollowedBy => 20,
            Self::Comparable | Self::Limit => 12,
            _ => 3,
        }
    }

    /// Whether it asks if two facts stand in one place, and so means the same either way round.
    pub const fn is_mutual(self) -> bool {
        matches!(
            self,
            Self::SameSentence
                | Self::SameBlock
                | Self::SameRow
                | Self::SameSection
                | Self::SameList
        )
    }
}
