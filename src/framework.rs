//! Frameworks: what is known of an inspection scheme, as data.
//!
//! A framework file names the scheme, the words by which it is recognised, its scale, its criteria with their aliases, its
//! measures and bands. A [`Vocabulary`] joins one framework to the general lexicon: it is what the grammar reads with.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use jiff::civil::Date;
use memchr::memmem;
use rustc_hash::{FxHashMap, FxHashSet};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};

use crate::{
    diagnostic::Diagnostic,
    grammar::{Class, Lexicon},
    packs::{self, PackFile},
    source::{SourceFile, Sources},
    span::SourceId,
    value::{Grade, Label, Scale, Step},
    yaml,
};

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
    /// Phrases by which a document is recognised as made under it; each counts once.
    #[serde(default)]
    pub names: Vec<String>,
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

impl AppliesConfig {
    /// Whether a document whose latest year is `year` can have been made under it: a report may come out in the year after
    /// the last inspection.
    fn fits(&self, year: Option<i16>) -> bool {
        year.is_none_or(|year| {
            self.from.is_none_or(|from| from.year() <= year)
                && self.to.is_none_or(|to| year <= to.year() + 1)
        })
    }
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

/// What the grammar reads with: the lexicon, the scales, and the names of one framework joined to the general ones.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Words and phrases.
    pub lexicon: Lexicon,
    /// The framework's scales first, then the general ones.
    pub scales: Vec<Arc<Scale>>,
    /// The framework; the general one where none was recognised.
    pub framework: Arc<FrameworkConfig>,
    aliases: FxHashMap<Box<str>, Label>,
    criteria: FxHashSet<Box<str>>,
    /// Longer names of grades, in lower case, with their own spelling and the grade they are of.
    variants: FxHashMap<Box<str>, (Box<str>, Box<str>)>,
    lone: FxHashMap<Box<str>, Box<str>>,
}

impl Vocabulary {
    /// Joins lexicons and frameworks; the framework of the document comes first in `frameworks`, the general one last.
    /// Classes that do not exist are passed over: they were reported when the lexicon was read.
    pub fn new<'a>(
        lexicons: impl IntoIterator<Item = &'a LexiconConfig>,
        frameworks: &[Arc<FrameworkConfig>],
    ) -> Self {
        let mut vocabulary = Self {
            framework: frameworks.first().cloned().unwrap_or_default(),
            ..Self::default()
        };
        for (key, entries) in lexicons.into_iter().flat_map(|lexicon| &lexicon.0) {
            let Some(&class) = Class::ALL.iter().find(|class| class.key() == key) else {
                continue;
            };
            for (canonical, phrase) in &entries.0 {
                let canonical = canonical.as_deref().unwrap_or(phrase);
                vocabulary.lexicon.insert(class, phrase, canonical);
                vocabulary.name(class, phrase);
            }
        }
        for framework in frameworks {
            vocabulary.add(framework);
        }
        vocabulary
    }

    /// Keeps the keys of names that labels are compared by.
    fn name(&mut self, class: Class, phrase: &str) {
        match class {
            Class::Criterion => {
                self.criteria.insert(Label::new(phrase).key().into());
            }
            Class::Overall => {
                let alias = Label::alias(phrase, &Label::new(OVERALL));
                self.aliases.insert(Label::new(phrase).key().into(), alias);
            }
            _ => {}
        }
    }

    fn add_scale(&mut self, scale: &ScaleConfig) {
        for step in &scale.steps {
            let name = step.name.to_lowercase();
            for form in std::iter::once(&step.name).chain(&step.aliases) {
                self.lexicon.insert(Class::Grade, form, &name);
            }
            for variant in &step.variants {
                let variant_name = variant.to_lowercase();
                self.lexicon.insert(Class::Grade, variant, &variant_name);
                let known = (variant.as_str().into(), name.as_str().into());
                self.variants.insert(variant_name.into(), known);
            }
            if let Some(criterion) = &scale.criterion {
                self.lone.insert(name.into(), criterion.as_str().into());
            }
        }
    }

    fn add(&mut self, framework: &FrameworkConfig) {
        for scale in &framework.scales {
            self.add_scale(scale);
            let steps = scale.steps.iter().map(|step| Step {
                name: step.name.as_str().into(),
                points: step.points,
            });
            self.scales.push(Arc::new(Scale {
                id: scale.id.as_str().into(),
                steps: steps.collect(),
            }));
        }
        let criteria = framework
            .criteria
            .iter()
            .map(|criterion| (Class::Criterion, &criterion.name, &criterion.aliases));
        for (class, name, aliases) in criteria {
            for form in std::iter::once(name).chain(aliases) {
                self.lexicon.insert(class, form, name);
                self.name(class, form);
                self.aliases.insert(
                    Label::new(form).key().into(),
                    Label::alias(form, &Label::new(name)),
                );
            }
        }
        for measure in &framework.measures {
            for form in std::iter::once(&measure.name).chain(&measure.aliases) {
                self.aliases.insert(
                    Label::new(form).key().into(),
                    Label::alias(form, &Label::new(&measure.name)),
                );
            }
        }
        for name in &framework.official_names {
            for form in std::iter::once(&name.name).chain(&name.aliases) {
                self.lexicon.insert(Class::OfficialName, form, form);
            }
            for slip in &name.slips {
                self.lexicon.insert(Class::OfficialName, slip, &name.name);
            }
        }
        for (short, long) in &framework.acronyms {
            self.lexicon.insert(Class::KnownAcronym, short, long);
        }
    }

    /// A label for `text`, with the key of the criterion or measure that it is an alias of.
    pub fn label(&self, text: &str) -> Label {
        let label = Label::new(text);
        match self.aliases.get(label.key()) {
            Some(known) => Label::alias(text, known),
            None => label,
        }
    }

    /// Whether `label` is the name of a criterion, or an alias of one, in the framework or in the general lexicon.
    pub fn is_criterion(&self, label: &Label) -> bool {
        self.criteria.contains(label.key()) || self.aliases.contains_key(label.key())
    }

    /// Whether `label` is one of the framework's criteria by its own name, and not just a word that stands for one.
    pub fn is_criterion_name(&self, label: &Label) -> bool {
        let mut criteria = self.framework.criteria.iter();
        criteria.any(|criterion| Label::new(&criterion.name).key() == label.key())
    }

    /// What a grade judges where its name alone says so.
    pub fn lone_criterion(&self, grade: &str) -> Option<&str> {
        self.lone.get(grade).map(|criterion| &**criterion)
    }

    /// The scale that holds most of `names` (canonical grades, in lower case); the framework's own wins a tie.
    pub fn scale_of<'a>(
        &self,
        names: &(impl Iterator<Item = &'a str> + Clone),
    ) -> Option<&Arc<Scale>> {
        let holds = |scale: &Arc<Scale>| {
            names
                .clone()
                .filter(|name| self.rank(scale, name).is_some())
                .count()
        };
        let best = self
            .scales
            .iter()
            .map(holds)
            .max()
            .filter(|&best| best > 0)?;
        self.scales.iter().find(|scale| holds(scale) == best)
    }

    /// The grade of a canonical name on `scale`; off every scale where it does not stand there. A longer name that the scale allows
    /// is kept as the wording of the grade.
    pub fn grade(&self, name: &str, scale: Option<&Arc<Scale>>) -> Grade {
        let on = scale.and_then(|scale| Grade::on(scale, self.rank(scale, name)?));
        match (on, self.variants.get(name)) {
            (Some(grade), Some((wording, _))) => grade.worded(wording),
            (Some(grade), None) => grade,
            (None, _) => Grade::off(name),
        }
    }

    fn rank(&self, scale: &Scale, name: &str) -> Option<u8> {
        let name = self.variants.get(name).map_or(name, |(_, step)| step);
        rank(scale, name)
    }
}

/// What the rating of the whole body is called, whatever the text calls it.
pub const OVERALL: &str = "overall";

fn rank(scale: &Scale, name: &str) -> Option<u8> {
    let at = scale
        .steps
        .iter()
        .position(|step| step.name.eq_ignore_ascii_case(name))?;
    u8::try_from(at).ok()
}

/// Every framework and lexicon that was loaded, and the vocabularies made of them.
#[derive(Debug, Default)]
pub struct Frameworks {
    configs: Vec<Arc<FrameworkConfig>>,
    lexicons: Vec<LexiconConfig>,
    vocabularies: Vec<OnceLock<Arc<Vocabulary>>>,
}

impl Frameworks {
    /// The framework that is joined to every other, and stands in where none is recognised.
    pub const GENERAL: &str = "general";

    /// Those that the binary carries.
    ///
    /// # Errors
    ///
    /// Every mistake of the files; none in a binary that passed its tests.
    pub fn builtin(sources: &mut Sources) -> Result<Self, Vec<Diagnostic>> {
        let mut frameworks = Self::default();
        let mut problems = Vec::new();
        for file in packs::builtin() {
            if PackFile::of(file.name()) != PackFile::Rule {
                let source = sources.add(file.clone());
                problems.extend(frameworks.add(source, &file).err().map(|problem| *problem));
            }
        }
        if problems.is_empty() {
            Ok(frameworks)
        } else {
            Err(problems)
        }
    }

    /// Adds a framework or lexicon file. A framework of a known id takes the place of the earlier one.
    ///
    /// # Errors
    ///
    /// A diagnostic at the first place of the file that does not fit.
    pub fn add(&mut self, source: SourceId, file: &SourceFile) -> Result<(), Box<Diagnostic>> {
        if PackFile::of(file.name()) == PackFile::Lexicon {
            self.lexicons.push(yaml::read(source, file)?);
        } else {
            let framework: FrameworkConfig = yaml::read(source, file)?;
            self.configs.retain(|known| known.id != framework.id);
            self.configs.push(Arc::new(framework));
        }
        self.vocabularies = self.configs.iter().map(|_| OnceLock::new()).collect();
        Ok(())
    }

    /// The vocabulary of the framework with this id.
    pub fn vocabulary(&self, id: &str) -> Option<Arc<Vocabulary>> {
        let at = self
            .configs
            .iter()
            .position(|framework| framework.id == id)?;
        let make = || {
            let general = self
                .configs
                .iter()
                .filter(|known| known.id == Self::GENERAL && known.id != id);
            let joined: Vec<_> = self
                .configs
                .get(at)
                .into_iter()
                .chain(general)
                .cloned()
                .collect();
            Arc::new(Vocabulary::new(&self.lexicons, &joined))
        };
        Some(Arc::clone(self.vocabularies.get(at)?.get_or_init(make)))
    }

    /// The framework that `text` was made under: of those whose names stand in it and whose days fit the latest year it
    /// names, the one with most distinct names found. The general one where there is none.
    pub fn recognise(&self, text: &str) -> Option<Arc<Vocabulary>> {
        let year = latest_year(text);
        let found = |framework: &FrameworkConfig| {
            let names = framework
                .names
                .iter()
                .filter(|name| memmem::find(text.as_bytes(), name.as_bytes()).is_some());
            if framework.applies.fits(year) {
                names.count()
            } else {
                0
            }
        };
        let most = self
            .configs
            .iter()
            .map(|framework| found(framework))
            .max()
            .filter(|&most| most > 0);
        let best = most.and_then(|most| {
            self.configs
                .iter()
                .find(|framework| found(framework) == most)
        });
        self.vocabulary(best.map_or(Self::GENERAL, |framework| &framework.id))
    }

    /// Every framework.
    pub fn iter(&self) -> impl Iterator<Item = &FrameworkConfig> {
        self.configs.iter().map(|framework| &**framework)
    }
}

/// The latest year from 1990 to 2099 that stands in `text` as a numeral of its own.
fn latest_year(text: &str) -> Option<i16> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .filter(|year| (1990..2100).contains(year))
        .max()
}
