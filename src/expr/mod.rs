//! The expression language of rules: CEL's syntax, printed numbers, four verdicts.
//!
//! An expression is parsed with nom into a tree whose every node has its span, checked against what its [`Names`] declare,
//! and evaluated against a [`Scope`]. This module knows neither facts nor YAML: what a name means is for the two traits to
//! say, and errors are reported with spans of the expression's own text.

use crate::value::{FactId, KindId, Type, Value};

/// Identity of a variable, as [`Names`] numbers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Variable(pub u16);

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
}

/// What variables and fields are worth; asked while a rule runs.
pub trait Scope {
    /// The value of a variable.
    fn variable(&self, variable: Variable) -> Value;

    /// A field of a fact.
    fn field(&self, fact: FactId, slot: usize) -> Value;

    /// The facts of `collection` whose field equals `value`, where the scope keeps an index of them; `None` where it does
    /// not, and the whole collection must be gone through.
    fn matching(&self, collection: Variable, slot: usize, value: &Value) -> Option<Value>;

    /// A question about facts that only the scope can answer.
    fn ask(&self, question: Question, arguments: &[Value]) -> Value;
}

/// Functions that the scope answers, because they need to know where facts stand or what the framework says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    /// `same_sentence(a, b)`: both facts stand in one sentence.
    SameSentence,
    /// `same_block(a, b)`: both facts stand in one paragraph, list item or table.
    SameBlock,
    /// `same_row(a, b)`: both facts stand in one table row.
    SameRow,
    /// `same_section(a, b)`: both facts stand under one heading.
    SameSection,
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
    /// `mentions(fact, "class")`: a phrase of a lexicon class stands in the sentence of a fact.
    Mentions,
    /// `document_mentions("class")`: a phrase of a lexicon class stands anywhere in the document.
    DocumentMentions,
}
