//! Frameworks: what is known of an inspection scheme, as data.
//!
//! A framework file names the scheme, the words by which it is recognised, its scale, its criteria with their aliases, its
//! measures and bands. A [`Vocabulary`] joins one framework to the general lexicon: it is what the grammar reads with.

mod config;
mod loaded;
mod recognise;

pub use config::*;
pub use loaded::Frameworks;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    grammar::{Class, Lexicon},
    value::{Grade, Label, Scale, Step},
};

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
    /// Keys of the criteria of the framework itself, by their own names.
    criterion_names: FxHashSet<Box<str>>,
    /// Keys of names that inspectorates grade, whatever the framework.
    rated: FxHashSet<Box<str>>,
    /// Longer names of grades, in lower case, with their own spelling and the grade they are of.
    variants: FxHashMap<Box<str>, (Box<str>, Box<str>)>,
    lone: FxHashMap<Box<str>, Box<str>>,
}

impl Vocabulary {
    /// The words of lexicons, without a framework. Classes that do not exist are passed over: they were reported when the
    /// lexicon was read.
    pub fn of_lexicons<'a>(lexicons: impl IntoIterator<Item = &'a LexiconConfig>) -> Self {
        let mut vocabulary = Self::default();
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
        vocabulary
    }

    /// This vocabulary with frameworks joined to it; that of the document comes first, the general one last.
    #[must_use]
    pub fn joined(&self, frameworks: &[Arc<FrameworkConfig>]) -> Self {
        let mut vocabulary = self.clone();
        vocabulary.framework = frameworks.first().cloned().unwrap_or_default();
        let criteria = vocabulary.framework.criteria.iter();
        vocabulary.criterion_names = criteria
            .map(|criterion| Label::new(&criterion.name).key().into())
            .collect();
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
            Class::RatedCriterion => {
                let key: Box<str> = Label::new(phrase).key().into();
                self.criteria.insert(key.clone());
                self.rated.insert(key);
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
                let rest = variant_name.strip_prefix(name.as_str());
                for alias in step.aliases.iter().filter(|_| rest.is_some()) {
                    let form = format!("{alias}{}", rest.unwrap_or_default());
                    self.lexicon.insert(Class::Grade, &form, &variant_name);
                }
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
        self.criterion_names.contains(label.key())
    }

    /// Whether `label` names what inspectorates grade: a criterion of the framework by its own name, or one of the general lexicon.
    pub fn is_rated(&self, label: &Label) -> bool {
        self.is_criterion_name(label) || self.rated.contains(label.key())
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

    /// The grade of a canonical name on `scale`, else on another scale of the framework itself, which may grade one thing with
    /// letters and another with words; off every scale where it stands on none of them. A longer name that the scale allows is
    /// kept as the wording of the grade.
    pub fn grade(&self, name: &str, scale: Option<&Arc<Scale>>) -> Grade {
        let on = |scale: &Arc<Scale>| Grade::on(scale, self.rank(scale, name)?);
        let on = scale
            .and_then(on)
            .or_else(|| self.own_scales().find_map(on));
        match (on, self.variants.get(name)) {
            (Some(grade), Some((wording, _))) => grade.worded(wording),
            (Some(grade), None) => grade,
            (None, _) => Grade::off(name),
        }
    }

    /// The scales of the framework, where one was recognised.
    fn own_scales(&self) -> impl Iterator<Item = &Arc<Scale>> {
        let general = self.framework.id == Frameworks::GENERAL;
        let own = if general {
            0
        } else {
            self.framework.scales.len()
        };
        self.scales.iter().take(own)
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
