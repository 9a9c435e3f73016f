//! Facts as a scope of expressions: what names mean, and what they are worth.
//!
//! [`RuleNames`] answers the checker when a rule is loaded, [`Frame`] the evaluator when it runs. A frame is one choice of
//! facts for the bindings of a rule over a [`Bound`], the documents that are looked at together.

use std::{
    cell::{OnceCell, RefCell},
    str::FromStr,
    sync::Arc,
};

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::{
    document::{BlockKind, Document, Table},
    expr::{Cache, Checked, List, Names, Question, Scope, Variable},
    facts::{
        Fact, Facts, UNTOLD,
        phrases::Kinds,
        schema::{COMMON_FIELDS, Field, FieldType},
    },
    framework::{BandConfig, CriterionConfig, MeasureConfig, Polarity, Vocabulary},
    grammar::{Class, Classes},
    source::SourceFile,
    span::{SourceId, Span, text_at},
    value::{Days, FactId, Grade, KindId, Label, Number, Type, Value, Verdict, tidy},
};

use super::{
    config::ScopeConfig,
    limits,
    wording::{self, Where, Wording},
};

/// What a document is in its set.
pub const ROLES: &[&str] = &["report", "summary", "release", "response", "plan"];
/// Which version of a document it is, where two are compared; or which of two successive inspections it is about.
pub const VERSIONS: &[&str] = &["earlier", "later"];
/// Which way of moving is good.
pub const POLARITIES: &[&str] = &["higher", "lower"];

/// Fields of `document` and of every member of `documents`.
pub const DOCUMENT_FIELDS: &[Field] = &[
    Field {
        name: "path",
        field_type: FieldType::Text,
        help: "the file, as it was named",
    },
    Field {
        name: "title",
        field_type: FieldType::Text,
        help: "the first heading or line",
    },
    Field {
        name: "subject",
        field_type: FieldType::Label,
        help: "the inspected body",
    },
    Field {
        name: "role",
        field_type: FieldType::Symbol(ROLES),
        help: "what it is in its set",
    },
    Field {
        name: "framework",
        field_type: FieldType::Text,
        help: "id of the framework it is read with",
    },
    Field {
        name: "published",
        field_type: FieldType::Date,
        help: "when it was published or last updated",
    },
    Field {
        name: "version",
        field_type: FieldType::Symbol(VERSIONS),
        help: "which of two versions that are compared it is, or which of two successive inspections it is about",
    },
];
/// Fields of `set`.
pub const SET_FIELDS: &[Field] = &[
    Field {
        name: "size",
        field_type: FieldType::Number,
        help: "how many documents are looked at together",
    },
    Field {
        name: "subject",
        field_type: FieldType::Label,
        help: "the inspected body",
    },
];
/// Fields of `framework`.
pub const FRAMEWORK_FIELDS: &[Field] = &[
    Field {
        name: "id",
        field_type: FieldType::Text,
        help: "its id",
    },
    Field {
        name: "title",
        field_type: FieldType::Text,
        help: "what people call it",
    },
];
/// The field of every fact that is the record of its document.
pub const DOCUMENT_FIELD: &str = "document";

/// The kind of a document's record.
pub const DOCUMENT: KindId = KindId(u16::MAX);
/// The kind of `set`.
const SET: KindId = KindId(u16::MAX - 1);
/// The kind of `framework`.
const FRAMEWORK: KindId = KindId(u16::MAX - 2);

/// The records: name of the variable, its number, kind and fields; in the order of their kinds, from the greatest down.
const RECORDS: &[(&str, Variable, KindId, &[Field])] = &[
    ("document", Variable(FIXED), DOCUMENT, DOCUMENT_FIELDS),
    ("set", Variable(FIXED + 1), SET, SET_FIELDS),
    (
        "framework",
        Variable(FIXED + 2),
        FRAMEWORK,
        FRAMEWORK_FIELDS,
    ),
];

/// Most fields that a record has.
const MOST_RECORD_FIELDS: usize = 8;
const _: () = assert!(DOCUMENT_FIELDS.len() <= MOST_RECORD_FIELDS);

/// Place of a record among the facts of its document: past every fact, by its kind.
const fn record(document: u32, kind: KindId) -> FactId {
    FactId {
        document,
        fact: u32::MAX - (u16::MAX - kind.0) as u32,
    }
}

/// Most bindings of a rule.
pub const MAX_BINDINGS: usize = 8;
/// `it`, the fact that a label of a list is written for.
const IT: u16 = 31;
/// The first `let`.
const LETS: u16 = 32;
/// The first variable that keeps its value while a rule runs.
const FIXED: u16 = 1000;
/// The name of the list of all documents.
const ALL_DOCUMENTS: &str = "documents";
/// The list of all documents.
const DOCUMENTS: Variable = Variable(FIXED + 3);
/// The first collection; that of kind `k` is `COLLECTIONS + k`.
const COLLECTIONS: u16 = 2000;
/// The slot of the first field that every fact has.
const COMMON: usize = 1000;

/// The variable of a binding.
pub fn binding(at: usize) -> Variable {
    Variable(u16::try_from(at).unwrap_or(IT))
}

/// Which binding a variable is.
pub fn as_binding(variable: Variable) -> Option<usize> {
    (usize::from(variable.0) < MAX_BINDINGS).then(|| usize::from(variable.0))
}

/// Which `let` a variable is.
pub fn as_let(variable: Variable) -> Option<usize> {
    (LETS..FIXED)
        .contains(&variable.0)
        .then(|| usize::from(variable.0 - LETS))
}

/// The variable of a `let`.
pub fn let_variable(at: usize) -> Variable {
    Variable(u16::try_from(at).map_or(IT, |at| LETS + at))
}

/// The type of a field of a kind, by slot: of its own fields, those of every fact, and those of records.
pub fn slot_type(kinds: &Kinds, kind: KindId, slot: usize) -> Option<Type> {
    if let Some((.., fields)) = RECORDS.iter().find(|(_, _, record, _)| *record == kind) {
        return Some(fields.get(slot)?.field_type.to_type());
    }
    match slot.checked_sub(COMMON) {
        None => kinds.field_type(kind, slot),
        Some(at) if at == COMMON_FIELDS.len() => Some(Type::Fact(DOCUMENT)),
        Some(at) => Some(COMMON_FIELDS.get(at)?.field_type.to_type()),
    }
}

/// What the expressions of a rule may name.
#[derive(Clone, Debug)]
pub struct RuleNames<'a> {
    /// Every kind of fact.
    pub kinds: &'a Kinds,
    /// What the rule looks at.
    pub scope: ScopeConfig,
    /// Names and kinds of the bindings; no kind where that was reported as wrong already.
    pub bindings: Vec<(String, Option<KindId>)>,
    /// The `let`s above.
    pub lets: Vec<LetName>,
    /// The kind of `it`, in the label of a list.
    pub it: Option<KindId>,
}

/// What is known of a `let` by the expressions below it.
#[derive(Clone, Debug)]
pub struct LetName {
    /// Its name.
    pub name: String,
    /// The type of its values.
    pub of: Type,
    /// Whether it uses no binding.
    pub is_fixed: bool,
    /// What it stands for, where that is written out: a list of words, as a rule.
    pub constant: Option<Value>,
}

impl RuleNames<'_> {
    /// The bindings, `let`s and `it`.
    fn own(&self) -> impl Iterator<Item = (&str, Variable, Type)> {
        let bindings = self.bindings.iter().enumerate().map(|(at, (name, kind))| {
            (
                name.as_str(),
                binding(at),
                kind.map_or(Type::Any, Type::Fact),
            )
        });
        let lets = self.lets.iter().zip(LETS..);
        let lets = lets.map(|(known, at)| (known.name.as_str(), Variable(at), known.of.clone()));
        let it = self.it.map(|kind| ("it", Variable(IT), Type::Fact(kind)));
        bindings.chain(lets).chain(it)
    }

    /// What a name means in every rule: a record or a collection.
    fn shared(&self, name: &str) -> Option<(Variable, Type)> {
        let list = |kind| Type::List(Box::new(Type::Fact(kind)));
        if name == ALL_DOCUMENTS {
            return Some((DOCUMENTS, list(DOCUMENT)));
        }
        if let Some((_, variable, kind, _)) = RECORDS.iter().find(|(known, ..)| *known == name) {
            return Some((*variable, Type::Fact(*kind)));
        }
        let kind = self.kinds.by_plural(name)?;
        Some((Variable(COLLECTIONS + kind.0), list(kind)))
    }

    /// Why a name cannot be given to a binding or `let`; `None` where it can.
    pub fn refuses(&self, name: &str) -> Option<String> {
        let simple = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !simple {
            Some(format!(
                "`{name}` is no name: use small letters, digits and `_`"
            ))
        } else if self.variable(name).is_some()
            || ["it", "in", "true", "false", "other"].contains(&name)
        {
            Some(format!("the name `{name}` means something else already"))
        } else {
            None
        }
    }
}

impl Names for RuleNames<'_> {
    fn variable(&self, name: &str) -> Option<(Variable, Type)> {
        let own = self.own().find(|(known, ..)| *known == name);
        own.map(|(_, variable, of)| (variable, of))
            .or_else(|| self.shared(name))
    }

    fn field(&self, kind: KindId, name: &str) -> Option<(usize, Type)> {
        if let Some((.., fields)) = RECORDS.iter().find(|(_, _, record, _)| *record == kind) {
            let slot = fields.iter().position(|field| field.name == name)?;
            return Some((slot, fields.get(slot)?.field_type.to_type()));
        }
        if let Some(slot) = self.kinds.slot(kind, name) {
            return Some((slot, self.kinds.field_type(kind, slot)?));
        }
        if name == DOCUMENT_FIELD {
            return Some((COMMON + COMMON_FIELDS.len(), Type::Fact(DOCUMENT)));
        }
        let at = COMMON_FIELDS.iter().position(|field| field.name == name)?;
        Some((COMMON + at, COMMON_FIELDS.get(at)?.field_type.to_type()))
    }

    fn variables(&self) -> Vec<String> {
        let collections = self.kinds.ids().map(|kind| self.kinds.plural(kind));
        let records = RECORDS.iter().map(|(name, ..)| *name);
        let own = self.own().map(|(name, ..)| name);
        let all = own.chain(records).chain([ALL_DOCUMENTS]).chain(collections);
        all.map(str::to_owned).collect()
    }

    fn fields(&self, kind: KindId) -> Vec<String> {
        if let Some((.., fields)) = RECORDS.iter().find(|(_, _, record, _)| *record == kind) {
            return fields.iter().map(|field| field.name.to_owned()).collect();
        }
        let own = self.kinds.fields(kind).into_iter().map(|(name, _)| name);
        let common = COMMON_FIELDS.iter().map(|field| field.name);
        own.chain(common)
            .chain([DOCUMENT_FIELD])
            .map(str::to_owned)
            .collect()
    }

    fn kind_name(&self, kind: KindId) -> String {
        match RECORDS.iter().find(|(_, _, record, _)| *record == kind) {
            Some((name, ..)) => (*name).to_owned(),
            None => self.kinds.name(kind).to_owned(),
        }
    }

    fn is_fixed(&self, variable: Variable, _: &Type) -> bool {
        match as_let(variable) {
            Some(at) => self.lets.get(at).is_some_and(|known| known.is_fixed),
            None => variable.0 >= FIXED,
        }
    }

    fn constant(&self, variable: Variable) -> Option<Value> {
        self.lets.get(as_let(variable)?)?.constant.clone()
    }
}

/// One document and what was found in it.
#[derive(Clone, Copy, Debug)]
pub struct BoundDocument<'a> {
    /// Identity of the author's file.
    pub source: SourceId,
    /// The author's file.
    pub file: &'a SourceFile,
    /// The file as read.
    pub document: &'a Document,
    /// Its facts.
    pub facts: &'a Facts,
    /// What it was read with.
    pub vocabulary: &'a Vocabulary,
    /// Which version it is, an index of [`VERSIONS`], where two are compared or follow one another.
    pub version: Option<usize>,
}

impl BoundDocument<'_> {
    /// What it is in its set: an index of [`ROLES`], past them where it is not known.
    pub fn role_rank(&self) -> usize {
        let role = self.facts.about.role.as_deref();
        ROLES
            .iter()
            .position(|known| Some(*known) == role)
            .unwrap_or(ROLES.len())
    }
}

/// The documents that rules look at together, with the indexes over their facts.
#[derive(Debug)]
pub struct Bound<'a> {
    documents: Vec<BoundDocument<'a>>,
    kinds: &'a Kinds,
    pages: Vec<Page>,
    facts: FxHashMap<KindId, Vec<FactId>>,
    collections: RefCell<FxHashMap<KindId, Value>>,
    keys: RefCell<Keys>,
    indexes: RefCell<FxHashMap<(KindId, On), Arc<Index>>>,
    /// By kind, the slots of what [`COMPARED`] names.
    compared: RefCell<FxHashMap<KindId, [Option<usize>; COMPARED.len()]>>,
    names: OnceCell<FrameworkNames>,
}

/// What the framework says of its measures and criteria, by the key of their name.
#[derive(Debug)]
struct FrameworkNames {
    /// Which way is good, and the criterion that it is evidence for.
    measures: FxHashMap<Box<str>, (Polarity, Option<Label>)>,
    /// The criterion that each is a part of.
    parents: FxHashMap<Box<str>, Label>,
}

impl FrameworkNames {
    /// The names of the framework that the first document is read with.
    fn new(documents: &[BoundDocument<'_>]) -> Self {
        let framework = documents.first().map(|bound| &*bound.vocabulary.framework);
        let key = |name: &str| Box::from(Label::new(name).key());
        let measures = framework
            .into_iter()
            .flat_map(|framework| &framework.measures);
        let criteria = framework
            .into_iter()
            .flat_map(|framework| &framework.criteria);
        let evidence = |known: &MeasureConfig| known.evidence.as_deref().map(Label::new);
        let parent = |known: &CriterionConfig| {
            Some((key(&known.name), Label::new(known.parent.as_deref()?)))
        };
        Self {
            measures: measures
                .map(|known| (key(&known.name), (known.better, evidence(known))))
                .collect(),
            parents: criteria.filter_map(parent).collect(),
        }
    }
}

/// The facts of one kind by what they are told apart by.
#[derive(Debug, Default)]
struct Index {
    known: FxHashMap<KeyNumber, List>,
    unknown: List,
    nothing: List,
    /// The type of the field, where it is one that can be looked up.
    of: Option<Type>,
}

impl Index {
    /// Whether a value can be among those of the field.
    fn takes(&self, value: &Value) -> bool {
        matches!(
            (&self.of, value),
            (Some(Type::Label), Value::Label(_))
                | (Some(Type::Text), Value::Text(_))
                | (Some(Type::Symbol(_)), Value::Symbol(_))
                | (Some(Type::Grade), Value::Grade(_))
        )
    }

    fn get(&self, number: Option<KeyNumber>) -> List {
        let found = number.and_then(|number| self.known.get(&number));
        Arc::clone(found.unwrap_or(&self.nothing))
    }
}

/// A value as it is compared, for the types whose equality is never a matter of rounding: values that certainly are equal have
/// one key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    /// A label, by its key.
    Label(Arc<str>),
    /// A text, by its words.
    Text(Arc<str>),
    /// A word of a closed list.
    Symbol(&'static str),
    /// A grade, by its name in lower case.
    Grade(Box<str>),
    /// A fact.
    Fact(FactId),
    /// A day or period, to the letter: two that are not equal for certain have different keys.
    Days(Days),
    /// A place in a document: a sentence, block, row or section.
    Place(u32, Option<usize>, usize),
    /// That nothing is stated.
    Nothing,
}

impl Key {
    /// The key of a value; `None` for those that are unknown or have none.
    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Label(label) => Some(Self::Label(label.shared_key())),
            Value::Text(text) => Some(Self::Text(Arc::clone(text))),
            Value::Symbol(word) => Some(Self::Symbol(word)),
            Value::Grade(grade) => Some(Self::Grade(grade.name().to_ascii_lowercase().into())),
            Value::Fact(fact) => Some(Self::Fact(*fact)),
            Value::Days(days) => Some(Self::Days(*days)),
            _ => None,
        }
    }
}

/// What facts are told apart by, where rules look for those that have it in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum On {
    /// The value of the field at this slot.
    Field(usize),
    /// As `Field`, and facts that do not state it have that in common.
    FieldOrNone(usize),
    /// Where they stand: `same_sentence` and its like.
    Place(Question),
}

/// The number of a key among all that were met; 0 stands for none.
pub type KeyNumber = u32;

/// Keys of facts, each with a number of its own, so that what is equal is found without comparing texts again.
#[derive(Debug, Default)]
struct Keys {
    numbers: FxHashMap<Key, KeyNumber>,
    /// For facts of a kind in their order the number of what they are told apart by.
    columns: FxHashMap<(KindId, On), Arc<[KeyNumber]>>,
}

impl Keys {
    fn number(&mut self, key: Key) -> KeyNumber {
        let next = KeyNumber::try_from(self.numbers.len() + 1).unwrap_or_default();
        *self.numbers.entry(key).or_insert(next)
    }
}

/// What is worked out of a document once for all rules.
#[derive(Debug)]
struct Page {
    /// For each fact its place among those of its kind in all documents.
    order: Vec<u32>,
    /// The fields that every fact has, by slot and fact.
    common: [OnceCell<Box<[OnceCell<Value>]>>; COMMON_FIELDS.len() + 1],
    /// The words of each sentence, and of each block.
    sentences: Box<[OnceCell<Wording>]>,
    blocks: Box<[OnceCell<Wording>]>,
    /// The texts of headings, by their block.
    headings: RefCell<FxHashMap<usize, Value>>,
    /// The text of what is not there.
    nothing: Value,
    /// The fields of each record, by slot.
    records: [[OnceCell<Value>; MOST_RECORD_FIELDS]; RECORDS.len()],
}

impl Page {
    fn new(bound: &BoundDocument<'_>) -> Self {
        let cells = |count: usize| (0..count).map(|_| OnceCell::new()).collect();
        Self {
            order: Vec::with_capacity(bound.facts.facts.len()),
            common: [const { OnceCell::new() }; COMMON_FIELDS.len() + 1],
            sentences: cells(bound.facts.sentences.len()),
            blocks: cells(bound.document.blocks.len()),
            headings: RefCell::default(),
            nothing: Value::text(""),
            records: [const { [const { OnceCell::new() }; MOST_RECORD_FIELDS] }; RECORDS.len()],
        }
    }
}

impl<'a> Bound<'a> {
    /// The facts of one or several documents. Those of a set are put in the order of their roles, then names; an earlier
    /// version stands before a later one.
    pub fn new(kinds: &'a Kinds, mut documents: Vec<BoundDocument<'a>>) -> Self {
        documents
            .sort_by_key(|document| (document.version, document.role_rank(), document.file.name()));
        let mut facts: FxHashMap<KindId, Vec<FactId>> = FxHashMap::default();
        let mut pages: Vec<Page> = documents.iter().map(Page::new).collect();
        for ((document, page), number) in documents.iter().zip(&mut pages).zip(0..) {
            facts
                .entry(DOCUMENT)
                .or_default()
                .push(record(number, DOCUMENT));
            for (fact, at) in document.facts.facts.iter().zip(0..) {
                let id = FactId {
                    document: number,
                    fact: at,
                };
                let of_kind = facts.entry(fact.kind).or_default();
                page.order
                    .push(u32::try_from(of_kind.len()).unwrap_or(u32::MAX));
                of_kind.push(id);
            }
        }
        Self {
            documents,
            kinds,
            pages,
            facts,
            collections: RefCell::default(),
            keys: RefCell::default(),
            indexes: RefCell::default(),
            compared: RefCell::default(),
            names: OnceCell::new(),
        }
    }

    /// The documents, in the order in which facts name them.
    pub fn documents(&self) -> &[BoundDocument<'a>] {
        &self.documents
    }

    /// The document of a fact.
    pub fn document_of(&self, id: FactId) -> Option<&BoundDocument<'a>> {
        self.documents.get(id.document as usize)
    }

    /// A fact; `None` for records.
    pub fn fact(&self, id: FactId) -> Option<&'a Fact> {
        self.document_of(id)?.facts.facts.get(id.fact as usize)
    }

    /// Every fact of a kind, in order of place.
    pub fn of_kind(&self, kind: KindId) -> &[FactId] {
        self.facts.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// Where a fact stands: its document's source, and bytes of the author's file. For the record of a document, its title.
    pub fn place(&self, id: FactId) -> Option<(SourceId, Span)> {
        let document = self.document_of(id)?;
        let span = match document.facts.facts.get(id.fact as usize) {
            Some(fact) => fact.span,
            None => title_span(document.document),
        };
        Some((document.source, document.document.map.to_source(span)))
    }

    /// The words of a fact, white space folded; the path of a document's record.
    pub fn words(&self, id: FactId) -> String {
        match (self.document_of(id), self.fact(id)) {
            (Some(document), Some(fact)) => tidy(document.document.text_of(fact.span)),
            (Some(document), None) => document.file.name().to_owned(),
            _ => String::new(),
        }
    }

    /// The key of the place that a question such as [`Question::SameSentence`] asks for; two facts for which it holds have
    /// one. `None` for records, and for facts outside tables where rows are asked for.
    fn place_key(&self, id: FactId, question: Question) -> Option<Key> {
        let fact = self.fact(id)?;
        let place = fact.place;
        let bound = self.document_of(id)?;
        let (first, second) = match question {
            Question::SameSentence if bound.facts.bare && place.sentence == UNTOLD => return None,
            Question::SameSentence => (Some(place.sentence), 0),
            Question::SameBlock => (Some(place.block), 0),
            Question::SameRow => (Some(place.block), place.cell?.0),
            Question::SameSection => match section(bound.document, fact) {
                None if bound.facts.bare => return None,
                section => (section, 0),
            },
            Question::SameList => (Some(list(self.document_of(id)?.document, fact)?), 0),
            _ => return None,
        };
        Some(Key::Place(id.document, first, second))
    }

    fn collection(&self, kind: KindId) -> Value {
        let make = || Value::list(self.of_kind(kind).iter().copied().map(Value::Fact));
        self.collections
            .borrow_mut()
            .entry(kind)
            .or_insert_with(make)
            .clone()
    }

    /// A field of a fact or record.
    pub fn field(&self, id: FactId, slot: usize) -> Value {
        self.stored(id, slot).cloned().unwrap_or_default()
    }

    /// A field of a fact or record, where it stands; `None` where there is no such.
    pub fn stored(&self, id: FactId, slot: usize) -> Option<&Value> {
        let document = self.documents.get(id.document as usize)?;
        let page = self.pages.get(id.document as usize)?;
        let Some(fact) = document.facts.facts.get(id.fact as usize) else {
            let at = usize::try_from(u32::MAX - id.fact).ok()?;
            let cell = page.records.get(at)?.get(slot)?;
            return Some(cell.get_or_init(|| self.record_field(at, document, slot)));
        };
        let Some(at) = slot.checked_sub(COMMON) else {
            return Some(fact.get(slot));
        };
        let cells = || {
            let facts = document.facts.facts.iter();
            facts.map(|_| OnceCell::new()).collect()
        };
        let column = page.common.get(at)?.get_or_init(cells);
        let cell = column.get(id.fact as usize)?;
        Some(cell.get_or_init(|| common_field(id, document, page, fact, at)))
    }

    /// For each fact of a kind, in order, the number of what it is told apart by.
    pub fn column(&self, kind: KindId, on: On) -> Arc<[KeyNumber]> {
        if let Some(column) = self.keys.borrow().columns.get(&(kind, on)) {
            return Arc::clone(column);
        }
        let key = |id: FactId| match on {
            On::Place(question) => self.place_key(id, question),
            On::Field(slot) => Key::of(self.stored(id, slot)?),
            On::FieldOrNone(slot) => match self.stored(id, slot)? {
                Value::Unknown => Some(Key::Nothing),
                value => Key::of(value),
            },
        };
        let keys = &mut *self.keys.borrow_mut();
        let facts = self.of_kind(kind).iter();
        let column = facts.map(|&id| key(id).map_or(0, |key| keys.number(key)));
        let column: Arc<[KeyNumber]> = column.collect();
        keys.columns.insert((kind, on), Arc::clone(&column));
        column
    }

    /// The place of a fact among those of its kind: an index of [`Self::of_kind`] and [`Self::column`].
    pub fn order(&self, id: FactId) -> usize {
        let page = self.pages.get(id.document as usize);
        let order = page.and_then(|page| page.order.get(id.fact as usize));
        order.map_or(id.document as usize, |order| *order as usize)
    }

    /// A field of a document's record at this place among [`RECORDS`].
    fn record_field(&self, at: usize, document: &BoundDocument<'_>, slot: usize) -> Value {
        let about = &document.facts.about;
        let framework = &document.vocabulary.framework;
        let Some((.., kind, fields)) = RECORDS.get(at) else {
            return Value::Unknown;
        };
        match (*kind, fields.get(slot).map(|field| field.name)) {
            (DOCUMENT, Some("path")) => Value::text(document.file.name()),
            (DOCUMENT, Some("title")) => Value::text(about.title.as_deref().unwrap_or_default()),
            (DOCUMENT | SET, Some("subject")) => about.subject.clone().into(),
            (DOCUMENT, Some("role")) => ROLES
                .get(document.role_rank())
                .map_or(Value::Unknown, |role| Value::Symbol(role)),
            (DOCUMENT, Some("framework")) | (FRAMEWORK, Some("id")) => Value::text(&framework.id),
            (DOCUMENT, Some("published")) => about.published.into(),
            (DOCUMENT, Some("version")) => {
                let version = document.version.and_then(|at| VERSIONS.get(at));
                version.map_or(Value::Unknown, |version| Value::Symbol(version))
            }
            (SET, Some("size")) => Number::exact(self.documents.len().into()).into(),
            (FRAMEWORK, Some("title")) => Value::text(&framework.title),
            _ => Value::Unknown,
        }
    }

    fn matching(&self, kind: KindId, slot: usize, value: &Value) -> Option<[List; 2]> {
        let index = self.index(kind, On::Field(slot));
        if !index.takes(value) {
            return None;
        }
        let number = self.number(&Key::of(value)?);
        Some([index.get(number), Arc::clone(&index.unknown)])
    }

    /// The facts of a kind that stand at the place of `fact`, as a question asks.
    fn near(&self, kind: KindId, question: Question, fact: FactId) -> Option<List> {
        if question == Question::Inside {
            return self.inside(kind, fact);
        }
        let key = self.place_key(fact, question)?;
        let index = self.index(kind, On::Place(question));
        Some(index.get(self.number(&key)))
    }

    fn number(&self, key: &Key) -> Option<KeyNumber> {
        self.keys.borrow().numbers.get(key).copied()
    }

    /// The facts of a kind whose words stand within those of `fact`; `None` where that is a record.
    fn inside(&self, kind: KindId, fact: FactId) -> Option<List> {
        let outer = self.fact(fact)?.span;
        let start = |id: &FactId| {
            let start = self.fact(*id).map_or(0, |inner| inner.span.start);
            (id.document, start)
        };
        let facts = self.of_kind(kind);
        let from = facts.partition_point(|id| start(id) < (fact.document, outer.start));
        let facts = facts.get(from..).unwrap_or_default();
        let to = facts.partition_point(|id| start(id) <= (fact.document, outer.end));
        let facts = facts.get(..to).unwrap_or_default();
        let within = |id: &&FactId| {
            let inner = self.fact(**id);
            inner.is_some_and(|inner| outer.contains(inner.span))
        };
        let facts = facts.iter().filter(within).copied();
        Some(facts.map(Value::Fact).collect())
    }

    fn index(&self, kind: KindId, on: On) -> Arc<Index> {
        if let Some(index) = self.indexes.borrow().get(&(kind, on)) {
            return Arc::clone(index);
        }
        let mut known: FxHashMap<KeyNumber, Vec<Value>> = FxHashMap::default();
        let mut unknown = Vec::new();
        for (&id, &number) in self.of_kind(kind).iter().zip(&*self.column(kind, on)) {
            match number {
                0 => unknown.push(Value::Fact(id)),
                number => known.entry(number).or_default().push(Value::Fact(id)),
            }
        }
        let mut index = Index {
            unknown: unknown.into(),
            of: match on {
                On::Field(slot) | On::FieldOrNone(slot) => slot_type(self.kinds, kind, slot),
                On::Place(_) => None,
            },
            ..Index::default()
        };
        #[expect(clippy::iter_over_hash_type, reason = "from one map to another")]
        for (number, facts) in known {
            index.known.insert(number, facts.into());
        }
        let index = Arc::new(index);
        self.indexes
            .borrow_mut()
            .insert((kind, on), Arc::clone(&index));
        index
    }

    fn ask(&self, question: Question, arguments: &[Value]) -> Value {
        let words = |at: usize| {
            arguments
                .get(at)
                .and_then(Value::as_words)
                .unwrap_or_default()
        };
        match (question, arguments) {
            (Question::Band, [Value::Number(number), _]) => self.band(*number, words(1)),
            (Question::Polarity, [measure]) => self.polarity(measure),
            (Question::EvidenceFor, [measure]) => self.evidence_for(measure),
            (Question::Parent, [criterion]) => self.parent(criterion),
            (Question::Criteria, _) => self.criteria(words(0)),
            (Question::Limit, [parts, _]) => self.limit(parts, words(1)).into(),
            (Question::DocumentMentions, _) => self.document_mentions(words(0)),
            (Question::Mentions, [Value::Fact(fact), _]) => self.mentions(*fact, words(1)),
            (Question::Says, [Value::Fact(fact), Value::List(wanted)]) => {
                self.wording(*fact, Where::Within, wanted)
            }
            (Question::SaysAfter, [Value::Fact(fact), Value::List(wanted)]) => {
                self.wording(*fact, Where::Behind, wanted)
            }
            (Question::BlockSays, [Value::Fact(fact), Value::List(wanted)]) => {
                self.wording(*fact, Where::Block, wanted)
            }
            (Question::LedBy, [Value::Fact(fact), Value::List(wanted)]) => {
                self.wording(*fact, Where::Before, wanted)
            }
            (Question::FollowedBy, [Value::Fact(fact), Value::List(wanted)]) => {
                self.wording(*fact, Where::After, wanted)
            }
            (_, [Value::Fact(a), Value::Fact(b)]) => self.relation(question, *a, *b).into(),
            _ => Value::Unknown,
        }
    }

    /// A question about two facts.
    fn relation(&self, question: Question, a: FactId, b: FactId) -> Verdict {
        if question == Question::SameDocument {
            return (a.document == b.document).into();
        }
        let (Some(x), Some(y)) = (self.fact(a), self.fact(b)) else {
            return Verdict::Unknown;
        };
        let together = a.document == b.document;
        let holds = match question {
            Question::SameSentence
            | Question::SameBlock
            | Question::SameRow
            | Question::SameSection
            | Question::SameList => {
                let (one, other) = (self.place_key(a, question), self.place_key(b, question));
                let same = one.is_some() && one == other;
                if !same && together && self.document_of(a).is_some_and(|bound| bound.facts.bare) {
                    return apart(question, one.is_some() && other.is_some());
                }
                same
            }
            Question::Before => (a.document, x.span.start) < (b.document, y.span.start),
            Question::Inside => together && y.span.contains(x.span),
            Question::Comparable => return self.comparable(a, b),
            _ => return Verdict::Unknown,
        };
        holds.into()
    }

    /// Whether two facts speak of one thing, so that their values may be set against each other.
    ///
    /// Every part of the key that both kinds have must be equal. A part that one of the two leaves unsaid fits anything in
    /// the same sentence, list item or table row, and elsewhere makes the answer unknown; one that both leave unsaid is
    /// taken to be the same. (The same-context rule of XBRL, softened where the writer needs not repeat himself.)
    fn comparable(&self, a: FactId, b: FactId) -> Verdict {
        let (Some(x), Some(y)) = (self.fact(a), self.fact(b)) else {
            return Verdict::Unknown;
        };
        let near = || {
            self.relation(Question::SameSentence, a, b) == Verdict::Holds
                || self.relation(Question::SameRow, a, b) == Verdict::Holds
        };
        let mut verdict = Verdict::Holds;
        let (mine, theirs) = (self.compared(x.kind), self.compared(y.kind));
        for slots in mine.into_iter().zip(theirs) {
            let (Some(mine), Some(theirs)) = slots else {
                continue;
            };
            let (mine, theirs) = (x.get(mine), y.get(theirs));
            verdict = verdict.and(match (mine.is_unknown(), theirs.is_unknown()) {
                (true, true) => Verdict::Holds,
                (false, false) => mine.equals(theirs),
                _ if near() => Verdict::Holds,
                _ => Verdict::Unknown,
            });
            if verdict == Verdict::Fails {
                break;
            }
        }
        verdict
    }

    fn compared(&self, kind: KindId) -> [Option<usize>; COMPARED.len()] {
        let slots = || COMPARED.map(|name| self.kinds.slot(kind, name));
        *self.compared.borrow_mut().entry(kind).or_insert_with(slots)
    }

    /// The grade of the band that a number falls in; unknown where its interval touches several, or no band.
    fn band(&self, number: Number, name: &str) -> Value {
        let Some(document) = self.documents.first() else {
            return Value::Unknown;
        };
        let bands = document.vocabulary.framework.bands.get(name);
        let touched = |band: &&BandConfig| {
            let end =
                |end: &Option<String>| end.as_deref().and_then(|end| Decimal::from_str(end).ok());
            end(&band.from).is_none_or(|from| number.hi() >= from)
                && end(&band.to).is_none_or(|to| number.lo() <= to)
        };
        let mut found = bands.into_iter().flatten().filter(touched);
        match (found.next(), found.next()) {
            (Some(band), None) => {
                let grade = band.grade.to_lowercase();
                let scale = document
                    .vocabulary
                    .scale_of(&std::iter::once(grade.as_str()));
                document.vocabulary.grade(&grade, scale).into()
            }
            _ => Value::Unknown,
        }
    }

    /// The criteria of a group of the framework.
    fn criteria(&self, group: &str) -> Value {
        let framework = self
            .documents
            .first()
            .map(|bound| &bound.vocabulary.framework);
        let criteria = framework
            .into_iter()
            .flat_map(|framework| &framework.criteria);
        let of_group = criteria.filter(|known| known.group.as_deref() == Some(group));
        Value::list(of_group.map(|known| Label::new(&known.name).into()))
    }

    /// The best grade of the whole that the framework's limits of this name leave; `None` where none applies, where a part has
    /// two grades, or where a grade stands on no scale.
    fn limit(&self, parts: &Value, name: &str) -> Option<Grade> {
        let vocabulary = self.documents.first()?.vocabulary;
        let limits = vocabulary.framework.limits.get(name)?;
        limits::best(limits, &self.parts(parts.as_list()?)?, vocabulary)
    }

    /// The grade of each criterion that facts give one; `None` where a criterion has two.
    fn parts(&self, facts: &[Value]) -> Option<Vec<(Label, Grade)>> {
        let mut parts: Vec<(Label, Grade)> = Vec::new();
        let mut known: FxHashMap<Box<str>, usize> = FxHashMap::default();
        for fact in facts {
            let Value::Fact(id) = fact else { return None };
            let kind = self.fact(*id)?.kind;
            let field = |name| Some(self.field(*id, self.kinds.slot(kind, name)?));
            let (Value::Label(label), Value::Grade(grade)) = (field("criterion")?, field("value")?)
            else {
                return None;
            };
            let at = *known.entry(label.key().into()).or_insert(parts.len());
            match parts.get(at) {
                Some((_, known)) if *known != grade => return None,
                Some(_) => {}
                None => parts.push((label, grade)),
            }
        }
        Some(parts)
    }

    /// The key by which the framework's names are looked up. Labels of facts were resolved through its aliases already.
    fn name_key(&self, name: &Value) -> Option<Label> {
        match name {
            Value::Label(label) => Some(label.clone()),
            other => Some(self.documents.first()?.vocabulary.label(other.as_words()?)),
        }
    }

    fn names(&self) -> &FrameworkNames {
        self.names
            .get_or_init(|| FrameworkNames::new(&self.documents))
    }

    fn polarity(&self, measure: &Value) -> Value {
        let known = self
            .name_key(measure)
            .and_then(|name| self.names().measures.get(name.key()));
        known.map_or(Value::Unknown, |(better, _)| {
            Value::Symbol(match better {
                Polarity::Higher => "higher",
                Polarity::Lower => "lower",
            })
        })
    }

    fn evidence_for(&self, measure: &Value) -> Value {
        let known = self
            .name_key(measure)
            .and_then(|name| self.names().measures.get(name.key()));
        known.and_then(|(_, evidence)| evidence.clone()).into()
    }

    fn parent(&self, criterion: &Value) -> Value {
        let known = self
            .name_key(criterion)
            .and_then(|name| self.names().parents.get(name.key()));
        known.cloned().into()
    }

    fn mentions(&self, id: FactId, class: &str) -> Value {
        let class = class_of(class);
        let (Some(class), Some(fact), Some(document)) =
            (class, self.fact(id), self.document_of(id))
        else {
            return Value::Unknown;
        };
        if document.facts.bare {
            return Value::Unknown;
        }
        let classes = document.facts.mentions.get(fact.place.sentence);
        classes.is_some_and(|classes| classes.has(class)).into()
    }

    /// Whether one of the words of a list stands in the sentence of a fact, or next to it there.
    fn wording(&self, id: FactId, place: Where, wanted: &[Value]) -> Value {
        let (Some(fact), Some(document), Some(page)) = (
            self.fact(id),
            self.document_of(id),
            self.pages.get(id.document as usize),
        ) else {
            return Value::Unknown;
        };
        let text = &document.document.text;
        let (sentence, block) = (fact.place.sentence, fact.place.block);
        let (span, kept) = match place {
            Where::Block => (
                document.document.blocks.get(block).map(|block| block.span),
                page.blocks.get(block),
            ),
            _ => (
                document.facts.sentences.get(sentence).copied(),
                page.sentences.get(sentence),
            ),
        };
        let mut wanted = wanted.iter().filter_map(Value::as_words);
        let around = span.unwrap_or(fact.span);
        let stands = match place {
            Where::Within | Where::Block => {
                let read = || Wording::new(text_at(text, around));
                if let Some(kept) = kept.filter(|_| span.is_some()) {
                    let wording = kept.get_or_init(read);
                    wanted.any(|words| wording.has(words))
                } else {
                    let wording = read();
                    wanted.any(|words| wording.has(words))
                }
            }
            Where::Behind => {
                let behind = Span::new(fact.span.end, around.end.max(fact.span.end));
                let wording = Wording::new(text_at(text, behind));
                wanted.any(|words| wording.has(words))
            }
            Where::Before => {
                let before = Span::new(around.start.min(fact.span.start), fact.span.start);
                wording::ends_with_one(text_at(text, before), wanted)
            }
            Where::After => {
                let after = Span::new(fact.span.end, around.end.max(fact.span.end));
                wording::starts_with_one(text_at(text, after), wanted)
            }
        };
        if document.facts.bare && !stands {
            return Value::Unknown;
        }
        stands.into()
    }

    fn document_mentions(&self, class: &str) -> Value {
        let Some(class) = class_of(class) else {
            return Value::Unknown;
        };
        if self.documents.iter().any(|bound| bound.facts.bare) {
            return Value::Unknown;
        }
        let mut sentences = self
            .documents
            .iter()
            .flat_map(|bound| &bound.facts.mentions);
        sentences.any(|classes: &Classes| classes.has(class)).into()
    }
}

/// What can be said of two facts of which only the words are known, and which are not known to stand together; `told` is whether
/// both places are.
fn apart(question: Question, told: bool) -> Verdict {
    let certain = matches!(question, Question::SameSentence | Question::SameSection);
    if certain && told {
        Verdict::Fails
    } else {
        Verdict::Unknown
    }
}

/// Fields that say what a fact speaks of, where its kind has them.
const COMPARED: [&str; 8] = [
    "measure",
    "criterion",
    "subject",
    "scope",
    "unit",
    "when",
    "period",
    "noun",
];

fn class_of(key: &str) -> Option<Class> {
    Class::ALL.iter().find(|class| class.key() == key).copied()
}

/// A field that every fact has.
fn common_field(
    id: FactId,
    bound: &BoundDocument<'_>,
    page: &Page,
    fact: &Fact,
    at: usize,
) -> Value {
    let document = bound.document;
    let text = |span: Option<Span>| match span {
        Some(span) => Value::text(document.text_of(span)),
        None if bound.facts.bare => Value::Unknown,
        None => page.nothing.clone(),
    };
    match COMMON_FIELDS.get(at).map(|field| field.name) {
        Some("text") => text(Some(fact.span)),
        Some("line") => {
            let start = document.map.to_source(fact.span).start;
            Number::from(bound.file.line(start) + 1).into()
        }
        Some("section") => match section(document, fact) {
            None => text(None),
            Some(at) => page
                .headings
                .borrow_mut()
                .entry(at)
                .or_insert_with(|| text(document.blocks.get(at).map(|block| block.span)))
                .clone(),
        },
        Some("column_head") => text(column_head(document, fact)),
        Some("row_head") => text(row_head(document, fact)),
        Some("sentence" | "block") if bound.facts.bare && fact.place.sentence == UNTOLD => {
            Value::Unknown
        }
        Some("sentence") => place_name(id, fact.place.sentence),
        Some("block") => place_name(id, fact.place.block),
        Some(_) => Value::Unknown,
        None => record(id.document, DOCUMENT).into(),
    }
}

/// A name for a place of a document, distinct among the documents that are looked at together.
fn place_name(id: FactId, place: usize) -> Value {
    Value::Text(format!("{}.{place}", id.document).into())
}

/// The number of the list that a fact stands in an item of.
fn list(document: &Document, fact: &Fact) -> Option<usize> {
    match &document.blocks.get(fact.place.block)?.kind {
        BlockKind::ListItem(item) => usize::try_from(item.list).ok(),
        _ => None,
    }
}

/// Index of the heading that a fact stands under; its own block where that is a heading.
fn section(document: &Document, fact: &Fact) -> Option<usize> {
    let block = document.blocks.get(fact.place.block)?;
    match block.kind {
        BlockKind::Heading { .. } => Some(fact.place.block),
        _ => block.section,
    }
}

fn table<'a>(document: &'a Document, fact: &Fact) -> Option<(&'a Table, usize, usize)> {
    let (row, column) = fact.place.cell?;
    match &document.blocks.get(fact.place.block)?.kind {
        BlockKind::Table(table) => Some((table, row, column)),
        _ => None,
    }
}

fn column_head(document: &Document, fact: &Fact) -> Option<Span> {
    let (table, row, column) = table(document, fact)?;
    let above = table.rows.get(..row)?;
    above
        .iter()
        .rev()
        .find(|row| row.head)?
        .cells
        .get(column)
        .copied()
}

fn row_head(document: &Document, fact: &Fact) -> Option<Span> {
    let (table, row, _) = table(document, fact)?;
    table.rows.get(row)?.cells.first().copied()
}

/// The first heading, else the first line of the text.
fn title_span(document: &Document) -> Span {
    let headings = document
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Heading { .. }));
    let Some(block) = headings.chain(&document.blocks).next() else {
        return Span::default();
    };
    let line = document
        .text_of(block.span)
        .lines()
        .next()
        .unwrap_or_default();
    Span::new(block.span.start, block.span.start + line.len())
}

/// A `let` of a rule.
#[derive(Clone, Debug)]
pub struct Let {
    /// What it stands for.
    pub expression: Checked,
    /// What it depends on: choices of facts that have these parts in common have its value in common. `None` where it
    /// depends on all of every fact.
    pub by: Option<Vec<Part>>,
}

/// A binding, and the slot of the field of its fact, which is a [name](is_name); the whole fact where there is none.
pub type Part = (usize, Option<usize>);

/// What is known of a `let` while a rule runs over a [`Bound`].
#[derive(Debug, Default)]
pub struct LetMemory {
    cache: Cache,
    /// Its values, by the parts of facts that it depends on.
    values: FxHashMap<Box<[PartKey]>, Value>,
}

/// The values of the `let`s of a rule for one choice of facts, as far as they were asked for.
#[derive(Debug, Default)]
pub struct LetValues(Vec<OnceCell<Value>>);

impl LetValues {
    /// Nothing worked out yet.
    pub fn new(lets: &[Let]) -> Self {
        Self(lets.iter().map(|_| OnceCell::new()).collect())
    }

    /// Forgets them, for another choice of facts.
    pub fn clear(&mut self) {
        for value in &mut self.0 {
            value.take();
        }
    }
}

/// The `let`s of a rule while it runs over one choice of facts.
#[derive(Clone, Copy, Debug)]
pub struct Lets<'a> {
    /// What they stand for.
    pub known: &'a [Let],
    /// What is known of each as long as the rule runs over a `Bound`.
    pub memories: &'a [RefCell<LetMemory>],
    /// Their values for these facts.
    pub values: &'a LetValues,
}

impl Lets<'_> {
    /// The value of one for the facts that a frame chooses.
    fn value(&self, at: usize, frame: &Frame<'_, '_>) -> Value {
        let (Some(value), Some(known), Some(memory)) = (
            self.values.0.get(at),
            self.known.get(at),
            self.memories.get(at),
        ) else {
            return Value::Unknown;
        };
        let work = || {
            // None that uses itself gets past the checker.
            let Ok(mut memory) = memory.try_borrow_mut() else {
                return Value::Unknown;
            };
            let Some(by) = &known.by else {
                return known.expression.eval(frame, &mut memory.cache);
            };
            let key = frame.key(by);
            if let Some(value) = memory.values.get(&key) {
                return value.clone();
            }
            let value = known.expression.eval(frame, &mut memory.cache);
            memory.values.insert(key, value.clone());
            value
        };
        value.get_or_init(work).clone()
    }
}

/// The value of a part of a fact, to the letter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum PartKey {
    Unknown,
    Fact(FactId),
    Symbol(&'static str),
    Text(Arc<str>),
    Label(Arc<str>, Arc<str>),
}

/// The types of the fields that a `let` can be remembered by: those whose value is one text.
pub fn is_name(of: &Type) -> bool {
    matches!(of, Type::Label | Type::Text | Type::Symbol(_))
}

/// One choice of facts for the bindings of a rule.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a, 'b> {
    /// The documents.
    pub bound: &'b Bound<'a>,
    /// The facts chosen, by binding; bindings that are not chosen yet are missing.
    pub chosen: &'b [FactId],
    /// The `let`s.
    pub lets: Lets<'b>,
    /// The fact that a label of a list is written for.
    pub it: Option<FactId>,
}

impl Frame<'_, '_> {
    fn key(&self, parts: &[Part]) -> Box<[PartKey]> {
        let part = |(binding, slot): &Part| {
            let fact = *self.chosen.get(*binding)?;
            let Some(slot) = slot else {
                return Some(PartKey::Fact(fact));
            };
            match self.field(fact, *slot) {
                Value::Label(label) => {
                    Some(PartKey::Label(label.shared_text(), label.shared_key()))
                }
                Value::Text(text) => Some(PartKey::Text(text)),
                Value::Symbol(word) => Some(PartKey::Symbol(word)),
                _ => None,
            }
        };
        parts
            .iter()
            .map(|known| part(known).unwrap_or(PartKey::Unknown))
            .collect()
    }
}

impl Scope for Frame<'_, '_> {
    fn variable(&self, variable: Variable) -> Value {
        if let Some(at) = as_binding(variable) {
            return self.chosen.get(at).copied().into();
        }
        if let Some(at) = as_let(variable) {
            return self.lets.value(at, self);
        }
        if variable.0 >= COLLECTIONS {
            return self.bound.collection(KindId(variable.0 - COLLECTIONS));
        }
        if variable == DOCUMENTS {
            return self.bound.collection(DOCUMENT);
        }
        if variable.0 == IT {
            return self.it.into();
        }
        let known = RECORDS.iter().find(|(_, known, ..)| *known == variable);
        known.map_or(Value::Unknown, |(_, _, kind, _)| record(0, *kind).into())
    }

    fn field(&self, fact: FactId, slot: usize) -> Value {
        self.bound.field(fact, slot)
    }

    fn stored(&self, fact: FactId, slot: usize) -> Option<&Value> {
        self.bound.stored(fact, slot)
    }

    fn matching(&self, collection: Variable, slot: usize, value: &Value) -> Option<[List; 2]> {
        let kind = KindId(collection.0.checked_sub(COLLECTIONS)?);
        self.bound.matching(kind, slot, value)
    }

    fn near(&self, collection: Variable, question: Question, fact: &Value) -> Option<List> {
        let kind = KindId(collection.0.checked_sub(COLLECTIONS)?);
        match fact {
            Value::Fact(fact) => self.bound.near(kind, question, *fact),
            _ => None,
        }
    }

    fn place(&self, question: Question, fact: FactId) -> Option<u32> {
        let key = self.bound.place_key(fact, question)?;
        Some(self.bound.keys.borrow_mut().number(key))
    }

    fn ask(&self, question: Question, arguments: &[Value]) -> Value {
        self.bound.ask(question, arguments)
    }
}
