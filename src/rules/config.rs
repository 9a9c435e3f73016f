//! A rule file exactly as written.
//!
//! Every key is optional here: what must be there is said by [`compile`](super::compile), which can then name all mistakes
//! of a file at once. Expressions and templates keep their place in the file.

use std::{borrow::Cow, marker::PhantomData};

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};

use crate::{diagnostic::Severity, span::Spanned};

/// A rule: binds facts, narrows them, and asserts something about them.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleConfig {
    /// Name of the rule, in kebab-case, saying what is wrong: `rating-two-values`. A rule loaded later takes the place of an
    /// earlier one with the same name.
    pub id: Option<Spanned<String>>,
    /// Name of a rule whose keys hold where this file has none. Lists are added to by `where+` and `examples+`.
    pub extend: Option<Spanned<String>>,
    /// The problem in a few words, as a heading.
    pub title: Option<Spanned<String>>,
    /// How much a failed assertion matters.
    pub severity: Option<SeverityConfig>,
    /// What the rule looks at; `document` where left out.
    pub scope: Option<ScopeConfig>,
    /// Stages of writing at which it applies; all where left out.
    pub stage: Option<Vec<Stage>>,
    /// Frameworks that it applies to; all where left out.
    pub framework: Option<Vec<Spanned<String>>>,
    /// First and last day of publication that it applies to.
    pub applies: Option<RulePeriodConfig>,
    /// The facts that it looks at: a name for each, and its kind. Of two of one kind the first stands before the second. Left
    /// out, the rule asserts something once about the whole document or set.
    pub r#for: Option<Mapping>,
    /// Whether two facts of one kind are taken in their order only (`once`) or also the other way round (`both`).
    pub pairs: Option<PairsConfig>,
    /// Names for values that a configuration may change: numbers, texts in quotes, `true`, `false` and lists of them. Expressions use
    /// them as they use a `let`.
    pub params: Option<Mapping>,
    /// Conditions that must hold for the assertion to be looked at; all of them.
    pub r#where: Option<Spanned<OneOrMany>>,
    /// Conditions beside those of the rule that is extended.
    #[serde(rename = "where+")]
    pub where_more: Option<Spanned<OneOrMany>>,
    /// Names for values that later expressions use.
    pub r#let: Option<Mapping>,
    /// What must be so.
    pub assert: Option<Spanned<String>>,
    /// What is said when it is not: a template with `{expressions}`.
    pub message: Option<Spanned<String>>,
    /// What is said at each place, by the name of a binding or of a `let` that is a fact or list of facts; `other` stands for
    /// bindings not named. In the label of a list `it` is the fact.
    pub labels: Option<Mapping>,
    /// The name whose place is reported first; the first of `for` where left out.
    pub primary: Option<Spanned<String>>,
    /// The arithmetic in one line; worked out from the assertion where left out.
    pub working: Option<Spanned<String>>,
    /// What the author can do about it.
    pub help: Option<Spanned<String>>,
    /// By name of a binding, the words that put it right in the place of its own, where only one reading is left. Editors offer
    /// the first that is not empty; nothing is changed unasked.
    pub fix: Option<Mapping>,
    /// Why it matters to a reader.
    pub why: Option<Spanned<String>>,
    /// Where the rule comes from.
    pub source: Option<Spanned<String>>,
    /// Report once for the whole `document`, or once for each fact of the named binding, with all places.
    pub once: Option<Spanned<String>>,
    /// Where this also holds, a failed assertion is reported one severity higher: a note as a warning, a warning as an error.
    pub graver: Option<Spanned<String>>,
    /// What becomes of an assertion that fails only because printed figures are rounded; `silent` where left out.
    pub rounding: Option<RoundingConfig>,
    /// Texts on which the rule must stay silent, and texts on which it must not.
    pub examples: Option<ExamplesConfig>,
    /// Examples beside those of the rule that is extended.
    #[serde(rename = "examples+")]
    pub examples_more: Option<ExamplesConfig>,
}

/// Severity as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SeverityConfig {
    /// Cannot be true as written.
    Error,
    /// A careful editor would change it.
    Warning,
    /// Worth a look.
    Note,
    /// Not looked at.
    Off,
}

impl SeverityConfig {
    /// The severity; `None` for a rule that is off.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Off => None,
        }
    }
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ScopeConfig {
    /// Each document by itself.
    #[default]
    Document,
    /// The documents about one inspection together.
    Set,
    /// A document and an earlier version of it together, where they are compared.
    Versions,
    /// The documents about two successive inspections of one body together.
    Series,
}

/// A stage of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Being written.
    Draft,
    /// Published, or about to be.
    Final,
}

impl Stage {
    /// The name in rule files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Final => "final",
        }
    }
}

/// How two facts of one kind are paired.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PairsConfig {
    /// The first stands before the second.
    #[default]
    Once,
    /// Also the other way round, for conditions that treat the two differently.
    Both,
}

/// What becomes of an assertion that fails only by rounding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RoundingConfig {
    /// Counted, not shown.
    #[default]
    Silent,
    /// Shown as a note.
    Note,
}

/// Days of publication to which a rule applies, both included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RulePeriodConfig {
    /// First day, `YYYY-MM-DD`; open where left out.
    #[schemars(with = "Option<String>")]
    pub from: Option<Date>,
    /// Last day, `YYYY-MM-DD`; open where left out.
    #[schemars(with = "Option<String>")]
    pub to: Option<Date>,
}

/// A mapping whose order counts.
#[derive(Clone, Debug)]
pub struct Entries<T>(pub Vec<(Spanned<String>, Spanned<T>)>);

/// A mapping from names to texts whose order counts.
pub type Mapping = Entries<String>;

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for InOrder<T> {
            type Value = Entries<T>;

            fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str("a mapping (`key: value`)")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(InOrder(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for Entries<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Entries_of_{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": value })
    }
}

/// One text or a list of texts.
#[derive(Clone, Debug)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Several.
    Many(Vec<Spanned<String>>),
}

impl OneOrMany {
    /// The texts with their places, given the place of the whole.
    pub fn texts(written: Spanned<Self>) -> Vec<Spanned<String>> {
        match written.value {
            Self::One(text) => vec![Spanned::new(text, written.span)],
            Self::Many(texts) => texts,
        }
    }
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;
        impl<'de> Visitor<'de> for Texts {
            type Value = OneOrMany;

            fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str("a text or a list of texts")
            }

            fn visit_str<E>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany::One(text.to_owned()))
            }

            fn visit_bool<E>(self, value: bool) -> Result<OneOrMany, E> {
                Ok(OneOrMany::One(value.to_string()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<OneOrMany, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = seq.next_element()? {
                    texts.push(text);
                }
                Ok(OneOrMany::Many(texts))
            }
        }
        deserializer.deserialize_any(Texts)
    }
}

impl JsonSchema for OneOrMany {
    fn schema_name() -> Cow<'static, str> {
        "OneOrMany".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [
            { "type": "string" },
            { "type": "array", "items": { "type": "string" } },
        ]})
    }
}

/// The examples of a rule; `assize test` runs them.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExamplesConfig {
    /// Texts on which the rule is silent: the nearest innocent look-alikes.
    #[serde(default)]
    pub valid: Vec<Spanned<ExampleConfig>>,
    /// Texts in which it finds something.
    #[serde(default)]
    pub invalid: Vec<Spanned<ExampleConfig>>,
}

/// One example: a text alone, or a mapping.
#[derive(Clone, Debug, Default)]
pub struct ExampleConfig(pub ExampleFields);

/// The keys of an example.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExampleFields {
    /// The text of the document.
    pub text: Option<String>,
    /// The documents of a set, for rules with `scope: set`; for those with `scope: versions` the earlier version, then the later.
    #[serde(default)]
    pub documents: Vec<ExampleDocumentConfig>,
    /// Whether the documents are one set whatever they say, as a configuration may have it.
    #[serde(default)]
    pub together: bool,
    /// `text` or `markdown`; guessed from the text where left out.
    pub format: Option<ExampleFormat>,
    /// The framework it is read with; recognised from the text where left out.
    pub framework: Option<Spanned<String>>,
    /// Texts that the labels must cover, in their order.
    #[serde(default)]
    pub marks: Vec<String>,
    /// Words that the message must have in it.
    pub message: Option<String>,
}

/// A document of an example.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExampleDocumentConfig {
    /// Its file name; the extension tells its format.
    pub name: Option<String>,
    /// Its text.
    pub text: String,
}

/// Format of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ExampleFormat {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
}

impl<'de> Deserialize<'de> for ExampleConfig {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Example;
        impl<'de> Visitor<'de> for Example {
            type Value = ExampleConfig;

            fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str("a text, or a mapping with `text` or `documents`")
            }

            fn visit_str<E>(self, text: &str) -> Result<ExampleConfig, E> {
                Ok(ExampleConfig(ExampleFields {
                    text: Some(text.to_owned()),
                    ..ExampleFields::default()
                }))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ExampleConfig, A::Error> {
                ExampleFields::deserialize(MapAccessDeserializer::new(map)).map(ExampleConfig)
            }
        }
        deserializer.deserialize_any(Example)
    }
}

impl JsonSchema for ExampleConfig {
    fn schema_name() -> Cow<'static, str> {
        "Example".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let fields = generator.subschema_for::<ExampleFields>();
        json_schema!({ "anyOf": [{ "type": "string" }, fields] })
    }
}

/// A kind of fact that a pack adds: phrases with typed holes.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactConfig {
    /// Name of the kind, in kebab-case: `target`.
    pub fact: Option<Spanned<String>>,
    /// Name of the collection of all its facts; the name with an `s`, hyphens made underscores, where left out.
    pub plural: Option<Spanned<String>>,
    /// What it is.
    pub help: Option<String>,
    /// A phrase, or several, with holes: `{measure:words} stood at {value:percent} against a target of {target:percent}`.
    pub phrase: Option<Spanned<OneOrMany>>,
    /// Sentences in which the phrase is found.
    #[serde(default)]
    pub examples: Vec<Spanned<String>>,
}
