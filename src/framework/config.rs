//! The written form of frameworks and lexicons.

use std::{borrow::Cow, collections::BTreeMap};

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};

use crate::grammar::Class;

/// A framework exactly as written in `rules/<pack>/framework.yaml`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FrameworkConfig {
    /// Name of the framework: `hmcpsi-aap`.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Where its facts were read.
    #[serde(default)]
    pub source: String,
    /// Names of the inspectorate and the scheme by which a document is recognised as made under it, letter by letter; each
    /// counts once.
    #[serde(default)]
    pub names: Vec<String>,
    /// Phrases that tell it from other schemes of the inspectorate, in whatever case; where there are any, a document made under
    /// it has one of them beside a name. Each counts once.
    #[serde(default)]
    pub marks: Vec<String>,
    /// Phrases of the titles of its documents, in whatever case: where a document opens with one, it is of no other scheme.
    #[serde(default)]
    pub titles: Vec<String>,
    /// Phrases that hardly stand in documents of other schemes, in whatever case: two of them tell a document that names no
    /// inspectorate.
    #[serde(default)]
    pub signs: Vec<String>,
    /// First and last day on which it applied, `YYYY-MM-DD`.
    #[serde(default)]
    pub applies: AppliesConfig,
    /// Its scales; the first is the one for criteria.
    #[serde(default)]
    pub scales: Vec<ScaleConfig>,
    /// Its criteria.
    #[serde(default)]
    pub criteria: Vec<CriterionConfig>,
    /// Its measures.
    #[serde(default)]
    pub measures: Vec<MeasureConfig>,
    /// Bands by name, from a number to a grade.
    #[serde(default)]
    pub bands: BTreeMap<String, Vec<BandConfig>>,
    /// How the ratings of parts limit that of the whole, by name.
    #[serde(default)]
    pub limits: BTreeMap<String, LimitsConfig>,
    /// Official names of bodies, with the slips that are made in them.
    #[serde(default)]
    pub official_names: Vec<NameConfig>,
    /// Acronyms that its documents need not define, with their long forms.
    #[serde(default)]
    pub acronyms: BTreeMap<String, String>,
}

/// The days on which a framework applied.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppliesConfig {
    /// First day; open where left out.
    #[schemars(with = "Option<String>")]
    pub from: Option<Date>,
    /// Last day; open where left out.
    #[schemars(with = "Option<String>")]
    pub to: Option<Date>,
}

/// A scale as written: worst grade first.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScaleConfig {
    /// Name of the scale.
    pub id: String,
    /// What its grades judge, where the grade alone says so: a "G2" is always one of governance. Such a grade is a rating wherever
    /// it stands.
    pub criterion: Option<String>,
    /// Grades from worst to best.
    pub steps: Vec<StepConfig>,
}

/// One grade as written.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepConfig {
    /// The grade.
    pub name: String,
    /// Other forms of it: "required improvement", "requiring improvement".
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Longer names of it that inspectorates print too and that facts keep: "requires improvement to be good".
    #[serde(default)]
    pub variants: Vec<String>,
    /// Points that the framework gives for it.
    pub points: Option<i32>,
}

/// A criterion as written.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CriterionConfig {
    /// Its name.
    pub name: String,
    /// Other names of it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The criterion that it is a part of.
    pub parent: Option<String>,
    /// The group that the framework counts it in: `key questions`.
    pub group: Option<String>,
}

/// A measure as written.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureConfig {
    /// Its name.
    pub name: String,
    /// Other names of it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Which way is good.
    pub better: Polarity,
    /// The criterion that it is evidence for.
    pub evidence: Option<String>,
}

/// Which way of moving is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// A band as written; both ends belong to it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BandConfig {
    /// Lowest number, a decimal.
    pub from: Option<String>,
    /// Highest number, a decimal.
    pub to: Option<String>,
    /// The grade.
    pub grade: String,
}

/// What the rating of the whole can be at best, given those of its parts.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitsConfig {
    /// Grades of parts that keep the whole from being better.
    #[serde(default)]
    pub caps: Vec<LimitConfig>,
    /// Grades of parts without which the whole cannot be so good.
    #[serde(default)]
    pub needs: Vec<LimitConfig>,
}

/// One limit as written.
///
/// Of caps: where `count` parts are rated `grade` or worse, the whole is rated `whole` at best. Of needs: a whole that is rated
/// `whole` or better needs `count` parts that are rated `grade` or better.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitConfig {
    /// The parts that are counted; all where left out.
    #[serde(default)]
    pub of: Vec<String>,
    /// How many parts; one where left out.
    #[serde(default = "one")]
    pub count: usize,
    /// The grade of the parts.
    pub grade: String,
    /// The grade of the whole.
    pub whole: String,
}

const fn one() -> usize {
    1
}

/// An official name as written.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NameConfig {
    /// The name as it should be written.
    pub name: String,
    /// Forms that are right too.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Forms that are slips.
    #[serde(default)]
    pub slips: Vec<String>,
}

/// A lexicon file: phrases by class.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct LexiconConfig(pub BTreeMap<String, Entries>);

impl JsonSchema for LexiconConfig {
    fn schema_name() -> Cow<'static, str> {
        "Lexicon".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let phrases = json_schema!({ "type": "array", "items": { "type": "string" } });
        let classes = Class::ALL.iter().map(|class| {
            let entries = json_schema!({
                "description": class.help().trim(),
                "anyOf": [phrases, { "type": "object", "additionalProperties": phrases }],
            });
            (class.key().to_owned(), entries.to_value())
        });
        let classes: serde_json::Map<_, _> = classes.collect();
        json_schema!({
            "description": "Words and phrases by class: a list of phrases that stand for themselves, or a mapping from \
                            what they stand for to a list of phrases.",
            "type": "object",
            "properties": classes,
            "additionalProperties": false,
        })
    }
}

/// The phrases of a class: a list of phrases that stand for themselves, or what each group of phrases stands for.
#[derive(Clone, Debug, Default)]
pub struct Entries(pub Vec<(Option<String>, String)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Entries;

            fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(
                    "a list of phrases, or a mapping from what they stand for to a list of phrases",
                )
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(phrase) = seq.next_element()? {
                    entries.push((None, phrase));
                }
                Ok(Entries(entries))
            }

            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some((canonical, phrases)) = map.next_entry::<String, Vec<String>>()? {
                    entries.extend(
                        phrases
                            .into_iter()
                            .map(|phrase| (Some(canonical.clone()), phrase)),
                    );
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
