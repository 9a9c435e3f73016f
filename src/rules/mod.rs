//! Rules: what facts must not say together.
//!
//! A rule file is read as [written](config), [compiled](compile) against the schema of facts, and [run](engine) over the
//! facts of one document or of a set. A rule that refers to something that is not there never runs: every mistake of a file is
//! reported at its line and column.
//!
//! - `config`: a rule file exactly as written.
//! - `compile`: to a rule whose names and types are right; `plan`: in which order its facts are chosen.
//! - `bind`: facts as a scope of expressions; `wording`: the words around them; `message`: templates.
//! - `engine`: rules over facts; `suppress`: comments that silence them.
//! - `examples`: a rule's own examples; `builtin`: the shipped packs.

pub mod bind;
pub mod builtin;
pub mod compile;
pub mod config;
pub mod engine;
pub mod examples;
mod limits;
pub mod message;
mod plan;
pub mod select;
pub mod suppress;
mod wording;

use std::{collections::BTreeMap, sync::Arc};

use rayon::prelude::*;
use serde::de::DeserializeOwned;

pub use compile::{Adjusted, Binding, Params, Rule, RuleFile};

use crate::{
    diagnostic::{Diagnostic, Severity},
    facts::{
        phrases::{AddedKind, Kinds},
        schema,
    },
    framework::Frameworks,
    grammar::phrase::Phrase,
    packs::Shipped,
    source::SourceFile,
    span::{SourceId, Span, Spanned},
    suggest::did_you_mean,
    yaml::{self, Partial},
};

use compile::INVALID;
use config::{FactConfig, OneOrMany, RuleConfig};

/// Rules, and the kinds of fact that they look at.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    /// Every kind of fact.
    pub kinds: Arc<Kinds>,
    rules: BTreeMap<String, Rule>,
}

impl RuleSet {
    /// The rules, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.rules.values()
    }

    /// The rule of an id.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.get(id)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Sets the severity of a rule; `None` turns it off. Gives back whether there is such a rule.
    pub fn set_severity(&mut self, id: &str, severity: Option<Severity>) -> bool {
        let Some(rule) = self.rules.get_mut(id) else {
            return false;
        };
        rule.info.severity = severity;
        true
    }

    /// Keeps only the rules for which `keep` holds.
    pub fn retain(&mut self, keep: impl Fn(&Rule) -> bool) {
        self.rules.retain(|_, rule| keep(rule));
    }
}

/// Rules as far as they are sound, and what is wrong with the others.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The sound rules.
    pub rules: RuleSet,
    /// Every mistake, in order of file and place.
    pub problems: Vec<Diagnostic>,
}

/// Collects rule files, then compiles them: a rule may extend one of another file, and a later one takes the place of an
/// earlier one of the same id.
#[derive(Debug)]
pub struct Loader<'a> {
    frameworks: &'a Frameworks,
    files: Vec<(SourceId, Written)>,
}

/// A file to be read.
#[derive(Debug)]
enum Written {
    /// A file that somebody wrote. Its examples are read when it is loaded, so that their mistakes are reported.
    Author(SourceFile),
    /// A file of the shipped packs. Its examples are not read yet: the tests of the project have read them.
    Shipped(Shipped),
}

impl Written {
    const fn file(&self) -> &SourceFile {
        match self {
            Self::Author(file) | Self::Shipped(Shipped { file, .. }) => file,
        }
    }

    const fn is_shipped(&self) -> bool {
        matches!(self, Self::Shipped(_))
    }

    /// Whether the file's mapping has a key.
    fn has(&self, key: &str) -> bool {
        match self {
            Self::Author(file) => yaml::entries(file.text()).any(|entry| entry.key == key),
            Self::Shipped(shipped) => shipped.tree.has(key),
        }
    }

    fn read<T: DeserializeOwned>(&self, source: SourceId) -> Partial<T> {
        match self {
            Self::Author(file) => yaml::read_all(source, file),
            Self::Shipped(shipped) => yaml::read_all_shipped(source, shipped, &|key| {
                !["examples", "examples+"].contains(&key)
            }),
        }
    }
}

/// A file, read.
enum Read {
    Rule(Arc<RuleFile>),
    Kind(AddedKind),
    Nothing,
}

impl<'a> Loader<'a> {
    /// No files yet. `frameworks` says which ids of frameworks there are.
    pub const fn new(frameworks: &'a Frameworks) -> Self {
        Self {
            frameworks,
            files: Vec::new(),
        }
    }

    /// Adds a rule file, or one that adds a kind of fact.
    pub fn add(&mut self, source: SourceId, file: SourceFile) {
        self.files.push((source, Written::Author(file)));
    }

    /// Adds a file of the shipped packs, whose examples are not read yet.
    pub(super) fn add_shipped(&mut self, source: SourceId, shipped: Shipped) {
        self.files.push((source, Written::Shipped(shipped)));
    }

    /// Compiles everything.
    pub fn finish(self) -> Loaded {
        let read: Vec<_> = self
            .files
            .par_iter()
            .map(|(source, written)| read(*source, written))
            .collect();
        let mut loaded = Loaded::default();
        let (mut files, mut kinds) = (Vec::new(), Kinds::default());
        // With a kind of somebody else in the place of one of theirs, even the shipped rules may be wrong.
        let mut trusted = true;
        for ((read, problems), (_, written)) in read.into_iter().zip(&self.files) {
            loaded.problems.extend(problems);
            match read {
                Read::Rule(file) => files.push(file),
                Read::Kind(kind) => {
                    trusted &= written.is_shipped();
                    kinds.add(kind);
                }
                Read::Nothing => {}
            }
        }
        loaded.rules.kinds = Arc::new(kinds);
        let frameworks: Vec<&str> = self.frameworks.ids().collect();
        let kinds = &loaded.rules.kinds;
        let compiled: Vec<_> = (0..files.len())
            .into_par_iter()
            .map(|at| {
                let chain = chain(&files, at)?;
                if trusted && chain.iter().all(|file| file.shipped && file.is_sound()) {
                    return compile::compile_later(chain, kinds, &frameworks);
                }
                compile::compile(chain, kinds, &frameworks)
            })
            .collect();
        for (rule, file) in compiled.into_iter().zip(&files) {
            match rule {
                Ok(rule) if file.is_sound() => {
                    loaded.rules.rules.insert(rule.info.id.clone(), rule);
                }
                Ok(_) => {}
                Err(problems) => loaded.problems.extend(problems),
            }
        }
        loaded
            .problems
            .sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        loaded.problems.dedup();
        loaded
    }
}

impl RuleFile {
    /// Whether every entry of the file could be read.
    fn is_sound(&self) -> bool {
        self.dropped.is_empty()
    }

    fn id(&self) -> Option<&str> {
        let id = self.config.id.as_ref().or(self.config.extend.as_ref());
        id.map(|id| id.value.as_str())
    }
}

/// A file and those that it extends, nearest first. A rule extends the last one of that id before it, or else after it.
fn chain(files: &[Arc<RuleFile>], at: usize) -> Result<Vec<Arc<RuleFile>>, Vec<Diagnostic>> {
    let mut places = vec![at];
    loop {
        let file = places.last().and_then(|&at| files.get(at));
        let Some(extend) = file.and_then(|file| file.config.extend.as_ref()) else {
            break;
        };
        let here = places.last().copied().unwrap_or_default();
        let has_id =
            |at: &usize| files.get(*at).and_then(|file| file.id()) == Some(extend.value.as_str());
        let found = (0..here)
            .rev()
            .find(has_id)
            .or_else(|| (here + 1..files.len()).find(has_id));
        let Some(file) = file else { break };
        let fail = |message: String| {
            Err(vec![Diagnostic::error(INVALID, message).at(
                file.source,
                extend.span,
                "",
            )])
        };
        match found {
            Some(base) if places.contains(&base) => {
                return fail(format!(
                    "`{}` extends itself through other rules",
                    extend.value
                ));
            }
            Some(base) => places.push(base),
            None => {
                let ids = files.iter().filter_map(|file| file.id());
                let near = did_you_mean(&extend.value, ids.filter(|id| *id != extend.value));
                return fail(format!(
                    "there is no rule `{}` to extend{near}",
                    extend.value
                ));
            }
        }
    }
    Ok(places
        .into_iter()
        .filter_map(|at| files.get(at).cloned())
        .collect())
}

/// Reads a rule file, or one that adds a kind of fact.
fn read(source: SourceId, written: &Written) -> (Read, Vec<Diagnostic>) {
    if written.has("fact") {
        return read_kind(source, written);
    }
    let file = written.file();
    if file
        .text()
        .lines()
        .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
    {
        let problem = Diagnostic::error("rule-syntax", format!("{} is empty", file.name()))
            .at(source, Span::default(), "")
            .help("`assize new rule` writes one to start from");
        return (Read::Nothing, vec![problem]);
    }
    let partial = written.read::<RuleConfig>(source);
    match partial.value {
        Some(config) => {
            let file = RuleFile {
                source,
                file: file.clone(),
                config,
                dropped: partial.dropped,
                shipped: written.is_shipped(),
            };
            (Read::Rule(Arc::new(file)), partial.problems)
        }
        None => (Read::Nothing, partial.problems),
    }
}

fn read_kind(source: SourceId, written: &Written) -> (Read, Vec<Diagnostic>) {
    let file = written.file();
    let partial = written.read::<FactConfig>(source);
    let Some(config) = partial.value.filter(|_| partial.problems.is_empty()) else {
        return (Read::Nothing, partial.problems);
    };
    let mut problems = Vec::new();
    let mut problem = |span: Span, message: String| {
        problems.push(Diagnostic::error(INVALID, message).at(source, span, ""));
    };
    let phrases: Vec<Spanned<String>> = config
        .phrase
        .clone()
        .map(OneOrMany::texts)
        .unwrap_or_default();
    let name = config
        .fact
        .unwrap_or_else(|| Spanned::new(String::new(), Span::default()));
    if phrases.is_empty() {
        problem(name.span, "the key `phrase` is missing".to_owned());
    }
    let plural = config
        .plural
        .unwrap_or_else(|| Spanned::new(format!("{}s", name.value.replace('-', "_")), name.span));
    let simple = |name: &str, mark: char| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == mark)
    };
    if !simple(&name.value, '-') {
        problem(
            name.span,
            format!(
                "`{}` is no name of a kind: use small letters and hyphens",
                name.value
            ),
        );
    }
    if !simple(&plural.value, '_') {
        problem(
            plural.span,
            format!(
                "`{}` is no name of a collection: use small letters and `_`",
                plural.value
            ),
        );
    }
    let builtin = |kind: &&schema::Kind| kind.name == name.value || kind.plural == plural.value;
    if let Some(kind) = schema::KINDS.iter().find(builtin) {
        problem(
            name.span,
            format!(
                "`{}` and `{}` are a kind of fact and its collection already",
                kind.name, kind.plural
            ),
        );
    }
    let mut compiled = Vec::new();
    for text in &phrases {
        match Phrase::compile(&text.value) {
            Ok(phrase) => compiled.push(phrase),
            Err(error) => {
                problem(
                    yaml::locate(file.text(), text.span, &text.value, error.span),
                    error.message,
                );
            }
        }
    }
    let kind = AddedKind::new(
        &name.value,
        &plural.value,
        config.help.as_deref().unwrap_or_default(),
        compiled,
    );
    match kind {
        Err(hole) => {
            let message = format!(
                "the hole `{hole}` has two types, or the name of a field that every fact has"
            );
            problem(
                phrases.first().map_or(name.span, |phrase| phrase.span),
                message,
            );
            (Read::Nothing, problems)
        }
        Ok(_) if !problems.is_empty() => (Read::Nothing, problems),
        Ok(kind) => (Read::Kind(kind), problems),
    }
}
