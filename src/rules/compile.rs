//! From a rule file to a rule: everything it names is found, every expression typed, every equality planned.
//!
//! All mistakes of a file are reported, each at its line and column, so that a rule which was compiled cannot fail while it
//! runs.

use std::{
    collections::BTreeSet,
    fmt,
    sync::{Arc, OnceLock},
};

use jiff::civil::Date;

use super::{
    bind::{self, DOCUMENT, Let, LetName, MAX_BINDINGS, Part, RuleNames},
    config::{Mapping, OneOrMany, PairsConfig, RoundingConfig, RuleConfig, ScopeConfig, Stage},
    examples::Examples,
    message::Template,
    plan::{self, Condition, Plan},
};
use crate::{
    diagnostic::{Diagnostic, RuleInfo},
    expr::{self, Checked, Expr, ast::ExprKind},
    facts::phrases::Kinds,
    grammar::Class,
    source::SourceFile,
    span::{SourceId, Span, Spanned},
    suggest::{did_you_mean, nearest},
    value::{KindId, Type},
    yaml,
};

/// Code of the diagnostics for what a rule file says wrongly.
pub const INVALID: &str = "rule-invalid";

/// A rule file, read.
#[derive(Clone, Debug)]
pub struct RuleFile {
    /// Identity of the file.
    pub source: SourceId,
    /// The file.
    pub file: SourceFile,
    /// What it says, as far as it could be read.
    pub config: RuleConfig,
    /// Keys whose entries could not be read; they were reported.
    pub dropped: Vec<String>,
    /// Whether the binary carries the file.
    pub shipped: bool,
}

/// A rule that is ready to run. What it does with its facts is compiled when it is first asked for, where that cannot fail: a run
/// needs a part of the shipped rules only.
#[derive(Clone, Debug)]
pub struct Rule {
    /// What is said of it in output.
    pub info: RuleInfo,
    /// What it looks at.
    pub scope: ScopeConfig,
    /// Stages at which it applies; all where empty.
    pub stages: Vec<Stage>,
    /// Frameworks that it applies to; all where empty.
    pub frameworks: Vec<String>,
    /// First day of publication that it applies to.
    pub from: Option<Date>,
    /// Last day of publication that it applies to.
    pub to: Option<Date>,
    /// Its bindings.
    pub bindings: Vec<Binding>,
    /// Its valid and invalid examples.
    pub examples: Examples,
    body: Arc<OnceLock<Option<Body>>>,
    later: Option<Arc<Later>>,
}

/// A rule whose parameters have other values than its file gives them. Two are the same when the values are.
#[derive(Clone)]
pub struct Adjusted {
    /// The rule.
    pub rule: Arc<Rule>,
    /// Names and values as they were written, those that count most first.
    values: Vec<(String, String)>,
}

impl fmt::Debug for Adjusted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Adjusted").field(&self.values).finish()
    }
}

impl PartialEq for Adjusted {
    fn eq(&self, other: &Self) -> bool {
        self.values == other.values
    }
}

impl Eq for Adjusted {}

/// Values for parameters, and the file that gives them.
#[derive(Clone, Copy, Debug)]
pub struct Params<'a> {
    /// Identity of the file.
    pub source: SourceId,
    /// The file.
    pub file: &'a SourceFile,
    /// Names and values.
    pub values: &'a Mapping,
}

impl Params<'_> {
    /// The values as a file of a rule that says nothing else.
    fn rule_file(&self) -> RuleFile {
        RuleFile {
            source: self.source,
            file: self.file.clone(),
            config: RuleConfig {
                params: Some(self.values.clone()),
                ..RuleConfig::default()
            },
            dropped: Vec::new(),
            shipped: false,
        }
    }
}

/// What a rule does with its facts.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) lets: Vec<Let>,
    pub(super) conditions: Vec<Condition>,
    pub(super) plan: Plan,
    pub(super) assert: Checked,
    pub(super) report: ReportPlan,
}

/// What the body of a rule is compiled from.
#[derive(Debug)]
struct Later {
    chain: Vec<Arc<RuleFile>>,
    kinds: Arc<Kinds>,
}

impl Later {
    fn body(&self) -> Option<Body> {
        let chain: Vec<_> = self.chain.iter().map(|file| &**file).collect();
        let mut compiler = Compiler::new(&chain, &self.kinds, &[])?;
        compiler.bindings();
        let body = compiler.body()?;
        compiler.problems.is_empty().then_some(body)
    }
}

impl Rule {
    /// Compiles what the rule does with its facts, unless that was done. Gives back whether it is sound: a shipped rule that is
    /// not, which a test rules out, finds nothing.
    pub fn prepare(&self) -> bool {
        self.body().is_some()
    }

    /// The rule with other values of its parameters, those that count most first.
    ///
    /// # Errors
    ///
    /// Every value that is none, and every name that is not that of a parameter, in order of place.
    pub fn adjusted(&self, params: &[Params<'_>]) -> Result<Adjusted, Vec<Diagnostic>> {
        let own: Vec<_> = params.iter().map(Params::rule_file).collect();
        let later = self.later.as_ref().ok_or_else(Vec::new)?;
        let chain: Vec<_> = own
            .iter()
            .chain(later.chain.iter().map(|file| &**file))
            .collect();
        let mut compiler = Compiler::new(&chain, &later.kinds, &[]).ok_or_else(Vec::new)?;
        compiler.adjusting = own.len();
        compiler.bindings();
        let rule = compiler.body().map(|body| Self {
            body: Arc::new(OnceLock::from(Some(body))),
            ..self.clone()
        });
        let values = params.iter().flat_map(|params| &params.values.0);
        let values = values.map(|(name, value)| (name.value.clone(), value.value.clone()));
        Ok(Adjusted {
            rule: Arc::new(compiler.finish(rule)?),
            values: values.collect(),
        })
    }

    pub(super) fn body(&self) -> Option<&Body> {
        let compile = || self.later.as_ref()?.body();
        self.body.get_or_init(compile).as_ref()
    }

    /// Whether the rule is meant for a stage of writing.
    pub fn at(&self, stage: Stage) -> bool {
        self.stages.is_empty() || self.stages.contains(&stage)
    }
}

/// The name of a fact in a rule, and its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: KindId,
}

/// How a failed assertion is reported.
#[derive(Clone, Debug)]
pub(super) struct ReportPlan {
    pub(super) message: Template,
    pub(super) working: Option<Template>,
    pub(super) help: Option<Template>,
    /// The places, the one reported first coming first.
    pub(super) places: Vec<PlacePlan>,
    /// By number of a binding, what may take the place of its words.
    pub(super) fixes: Vec<(usize, Template)>,
    pub(super) once: Once,
    pub(super) rounding: RoundingConfig,
    /// Where it holds, a failed assertion is reported one severity higher.
    pub(super) graver: Option<Checked>,
}

/// A place that is labelled.
#[derive(Clone, Debug)]
pub(super) struct PlacePlan {
    pub(super) at: PlaceOf,
    /// The label; no text where there is none.
    pub(super) label: Option<Template>,
}

/// Whose place is labelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlaceOf {
    /// The fact of a binding.
    Binding(usize),
    /// The fact or facts of a `let`.
    Let(usize),
}

/// How often a failed assertion is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Once {
    /// For each choice of facts.
    Each,
    /// Once for all.
    Document,
    /// Once for each fact of a binding.
    Binding(usize),
}

/// Compiles a rule. `chain` holds its file, then the files that it extends, nearest first.
///
/// # Errors
///
/// Every mistake of its file, and of what it takes from the others, in order of place.
pub fn compile(
    chain: Vec<Arc<RuleFile>>,
    kinds: &Arc<Kinds>,
    frameworks: &[&str],
) -> Result<Rule, Vec<Diagnostic>> {
    let files: Vec<_> = chain.iter().map(|file| &**file).collect();
    let mut compiler = Compiler::new(&files, kinds, frameworks).ok_or_else(Vec::new)?;
    let head = compiler.head();
    let body = compiler.body();
    let rule = head.zip(body).map(|(rule, body)| Rule {
        body: Arc::new(OnceLock::from(Some(body))),
        ..rule
    });
    let rule = compiler.finish(rule)?;
    let kinds = Arc::clone(kinds);
    Ok(Rule {
        later: Some(Arc::new(Later { chain, kinds })),
        ..rule
    })
}

/// Compiles of a rule of the shipped packs, whose names and types a test has checked, no more than what every command needs.
///
/// # Errors
///
/// As [`compile`].
pub(super) fn compile_later(
    chain: Vec<Arc<RuleFile>>,
    kinds: &Arc<Kinds>,
    frameworks: &[&str],
) -> Result<Rule, Vec<Diagnostic>> {
    let files: Vec<_> = chain.iter().map(|file| &**file).collect();
    let mut compiler = Compiler::new(&files, kinds, frameworks).ok_or_else(Vec::new)?;
    let head = compiler.head();
    let rule = compiler.finish(head)?;
    let kinds = Arc::clone(kinds);
    Ok(Rule {
        later: Some(Arc::new(Later { chain, kinds })),
        ..rule
    })
}

/// What a value of a parameter is called.
const fn noun(of: &Type) -> &'static str {
    match of {
        Type::Number => "a number",
        Type::Bool => "`true` or `false`",
        Type::List(_) => "a list",
        _ => "a text",
    }
}

/// A text of a file of the chain, with the file.
type Text<'a> = (&'a RuleFile, &'a Spanned<String>);

struct Compiler<'a> {
    own: &'a RuleFile,
    chain: &'a [&'a RuleFile],
    frameworks: &'a [&'a str],
    /// How many files at the start of the chain do no more than give other values to parameters.
    adjusting: usize,
    names: RuleNames<'a>,
    lets: Vec<Let>,
    problems: Vec<Diagnostic>,
}

impl<'a> Compiler<'a> {
    fn new(chain: &'a [&'a RuleFile], kinds: &'a Kinds, frameworks: &'a [&'a str]) -> Option<Self> {
        Some(Self {
            own: chain.first()?,
            chain,
            frameworks,
            adjusting: 0,
            names: RuleNames {
                kinds,
                scope: ScopeConfig::default(),
                bindings: Vec::new(),
                lets: Vec::new(),
                it: None,
            },
            lets: Vec::new(),
            problems: Vec::new(),
        })
    }

    /// The rule, if there is nothing wrong with it.
    fn finish(self, rule: Option<Rule>) -> Result<Rule, Vec<Diagnostic>> {
        let Self { mut problems, .. } = self;
        match rule {
            Some(rule) if problems.is_empty() => Ok(rule),
            _ => {
                problems.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
                problems.dedup();
                Err(problems)
            }
        }
    }

    /// All of the rule but its body.
    fn head(&mut self) -> Option<Rule> {
        let id = self.id();
        let title = self.required("title", |config| config.title.as_ref());
        if self.find(|config| config.severity.as_ref()).is_none() {
            self.missing("severity", "one of `error`, `warning`, `note` and `off`");
        }
        self.framework_ids();
        self.bindings();
        let period = self
            .pick(|config| config.applies.as_ref())
            .unwrap_or_default();
        Some(Rule {
            info: self.info(id?, title?),
            scope: self.scope(),
            stages: self
                .find(|config| config.stage.as_ref())
                .map(|(_, stages)| stages.clone())
                .unwrap_or_default(),
            frameworks: self
                .find(|config| config.framework.as_ref())
                .map(|(_, ids)| ids.iter().map(|id| id.value.clone()).collect())
                .unwrap_or_default(),
            from: period.from,
            to: period.to,
            bindings: self.kinds_bound()?,
            examples: Examples::of(self.chain),
            body: Arc::default(),
            later: None,
        })
    }

    /// What the rule does with its facts, whose names are known.
    fn body(&mut self) -> Option<Body> {
        self.names.scope = self.scope();
        self.bind_params();
        self.bind_lets();
        let conditions = self.conditions();
        let assert = self.required("assert", |config| config.assert.as_ref());
        let assert = assert.and_then(|text| self.condition(text));
        let report = self.report();
        let plan = Plan::new(&self.names, &self.lets, &conditions, self.pairs());
        Some(Body {
            lets: std::mem::take(&mut self.lets),
            conditions,
            plan,
            assert: assert?,
            report: report?,
        })
    }

    fn scope(&self) -> ScopeConfig {
        self.pick(|config| config.scope.as_ref())
            .unwrap_or_default()
    }

    fn info(&self, id: String, title: Text<'a>) -> RuleInfo {
        let text = |get: fn(&RuleConfig) -> Option<&Spanned<String>>| {
            self.find(get).map(|(_, text)| text.value.trim().to_owned())
        };
        RuleInfo {
            id,
            title: title.1.value.trim().to_owned(),
            severity: self
                .pick(|config| config.severity.as_ref())
                .and_then(super::config::SeverityConfig::severity),
            why: text(|config| config.why.as_ref()),
            help: text(|config| config.help.as_ref()),
            reference: text(|config| config.source.as_ref()),
            source: self.own.source,
        }
    }

    fn pairs(&self) -> PairsConfig {
        self.pick(|config| config.pairs.as_ref())
            .unwrap_or_default()
    }

    /// The nearest file of the chain that has a key, and what it has.
    fn find<T: ?Sized>(
        &self,
        get: impl Fn(&'a RuleConfig) -> Option<&'a T>,
    ) -> Option<(&'a RuleFile, &'a T)> {
        self.chain
            .iter()
            .find_map(|file| Some((*file, get(&file.config)?)))
    }

    fn pick<T: Copy + 'a>(&self, get: impl Fn(&'a RuleConfig) -> Option<&'a T>) -> Option<T> {
        self.find(get).map(|(_, value)| *value)
    }

    fn problem(&mut self, file: &RuleFile, span: Span, message: impl Into<String>) {
        self.problem_with(file, span, message, None);
    }

    fn help(&mut self, file: &RuleFile, span: Span, message: impl Into<String>, help: &str) {
        self.problem_with(file, span, message, Some(help.to_owned()));
    }

    fn problem_with(
        &mut self,
        file: &RuleFile,
        span: Span,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        let span = trimmed(file, span);
        let problem = Diagnostic::error(INVALID, message).at(file.source, span, "");
        self.problems.push(Diagnostic { help, ..problem });
    }

    /// Reports a key that no file of the chain has, unless its entry was reported already, under its name or one like it.
    fn missing(&mut self, key: &str, help: &str) {
        let misspelt = |dropped: &String| nearest(dropped, [key]).is_some();
        if self
            .chain
            .iter()
            .any(|file| file.dropped.iter().any(misspelt))
        {
            return;
        }
        let text = self.own.file.text();
        let first = yaml::entries(text).next();
        let span = first.map_or(Span::default(), |entry| {
            Span::new(entry.span.start, entry.span.start + entry.key.len())
        });
        self.help(self.own, span, format!("the key `{key}` is missing"), help);
    }

    fn dropped(&self, key: &str) -> bool {
        self.chain
            .iter()
            .any(|file| file.dropped.iter().any(|dropped| dropped == key))
    }

    /// Whether names may be missing, for what gives them could not be read.
    fn has_unread_names(&self) -> bool {
        ["for", "let", "params"].iter().any(|key| self.dropped(key))
    }

    fn required(
        &mut self,
        key: &str,
        get: impl Fn(&'a RuleConfig) -> Option<&'a Spanned<String>>,
    ) -> Option<Text<'a>> {
        let found = self.find(get);
        match found {
            None => self.missing(
                key,
                "every rule has one, unless the rule that it extends does",
            ),
            Some((file, text)) if text.value.trim().is_empty() => {
                self.problem(file, text.span, format!("`{key}` is empty"));
            }
            Some(_) => {}
        }
        found
    }

    /// The id: of this file, else of the rule that it extends.
    fn id(&mut self) -> Option<String> {
        let id = self.required("id", |config| config.id.as_ref().or(config.extend.as_ref()))?;
        let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let (file, text) = id;
        if !text.value.chars().all(kebab) || text.value.starts_with('-') {
            let message = format!("`{}` is no name of a rule", text.value);
            self.help(
                file,
                text.span,
                message,
                "use small letters, digits and hyphens: `rating-two-values`",
            );
        }
        Some(text.value.clone())
    }

    fn framework_ids(&mut self) {
        let Some((file, ids)) = self.find(|config| config.framework.as_ref()) else {
            return;
        };
        for id in ids {
            if !self.frameworks.contains(&id.value.as_str()) {
                let near = did_you_mean(&id.value, self.frameworks.iter().copied());
                self.problem(
                    file,
                    id.span,
                    format!("there is no framework `{}`{near}", id.value),
                );
            }
        }
    }

    fn bindings(&mut self) {
        let Some((file, mapping)) = self.find(|config| config.r#for.as_ref()) else {
            return;
        };
        if let Some((name, _)) = mapping.0.get(MAX_BINDINGS) {
            self.problem(
                file,
                name.span,
                format!("a rule has {MAX_BINDINGS} bindings at most"),
            );
        }
        for (name, kind) in mapping.0.iter().take(MAX_BINDINGS) {
            self.name(file, name);
            let id = match kind.value.as_str() {
                "document" => Some(DOCUMENT),
                other => self.names.kinds.by_name(other),
            };
            if id.is_none() {
                self.unknown_kind(file, kind);
            }
            self.names.bindings.push((name.value.clone(), id));
        }
    }

    fn unknown_kind(&mut self, file: &RuleFile, kind: &Spanned<String>) {
        let kinds = self.names.kinds;
        let names: Vec<&str> = kinds
            .ids()
            .map(|id| kinds.name(id))
            .chain(["document"])
            .collect();
        let known_plural = kinds.by_plural(&kind.value).map(|id| kinds.name(id));
        let near = match known_plural {
            Some(name) => format!(", did you mean `{name}`?"),
            None => did_you_mean(&kind.value, names.iter().copied()),
        };
        let list = format!("the kinds are {}", names.join(", "));
        self.help(
            file,
            kind.span,
            format!("there is no kind of fact `{}`{near}", kind.value),
            &list,
        );
    }

    /// Reports a name that cannot be given.
    fn name(&mut self, file: &RuleFile, name: &Spanned<String>) {
        if let Some(message) = self.names.refuses(&name.value) {
            self.problem(file, name.span, message);
        }
    }

    fn kinds_bound(&self) -> Option<Vec<Binding>> {
        let binding = |(name, kind): &(String, Option<KindId>)| {
            Some(Binding {
                name: name.clone(),
                kind: (*kind)?,
            })
        };
        self.names.bindings.iter().map(binding).collect()
    }

    /// Binds the parameters of all files: a nearer one gives another value to what one farther off names.
    fn bind_params(&mut self) {
        for (at, file) in self.chain.iter().enumerate().rev() {
            let written = file.config.params.iter().flat_map(|params| &params.0);
            for (name, text) in written {
                let known = self
                    .names
                    .lets
                    .iter()
                    .position(|known| known.name == name.value);
                if known.is_none() && at < self.adjusting {
                    self.no_param(file, name);
                    continue;
                }
                if known.is_none() {
                    self.name(file, name);
                }
                let Some(checked) = self.value((file, text)) else {
                    // What uses it is no mistake.
                    if known.is_none() {
                        self.names.lets.push(LetName {
                            name: name.value.clone(),
                            of: Type::Any,
                            is_fixed: true,
                            constant: None,
                        });
                    }
                    continue;
                };
                let was = known.and_then(|at| self.names.lets.get(at));
                if let Some(was) = was.filter(|was| was.of != *checked.result_type()) {
                    let (was, is) = (noun(&was.of), noun(checked.result_type()));
                    let message = format!("`{}` is {was}, and this is {is}", name.value);
                    self.problem(file, text.span, message);
                    continue;
                }
                let named = LetName {
                    name: name.value.clone(),
                    of: checked.result_type().clone(),
                    is_fixed: true,
                    constant: checked.constant().cloned(),
                };
                let bound = Let {
                    by: Some(Vec::new()),
                    expression: checked,
                };
                let places = known.map(|at| (self.names.lets.get_mut(at), self.lets.get_mut(at)));
                if let Some((Some(old_name), Some(old))) = places {
                    (*old_name, *old) = (named, bound);
                } else {
                    self.names.lets.push(named);
                    self.lets.push(bound);
                }
            }
        }
    }

    /// A value that is written out.
    fn value(&mut self, text: (&RuleFile, &Spanned<String>)) -> Option<Checked> {
        let (_, checked) = self.expression(text)?;
        if checked.constant().is_none() {
            let message = "a parameter is a value that is written out";
            let help = "write a number, a text in quotes (`\"weeks\"`), `true`, `false`, or a list of them";
            self.help(text.0, text.1.span, message, help);
            return None;
        }
        Some(checked)
    }

    /// Reports a name that is not that of a parameter of the rule.
    fn no_param(&mut self, file: &RuleFile, name: &Spanned<String>) {
        let known = self.names.lets.iter().map(|known| known.name.as_str());
        let known: Vec<&str> = known.collect();
        let near = did_you_mean(&name.value, known.iter().copied());
        let message = format!("the rule has no parameter `{}`{near}", name.value);
        let help = if known.is_empty() {
            "it has none; a rule of your own may extend it".to_owned()
        } else {
            format!("its parameters are {}", known.join(", "))
        };
        self.help(file, name.span, message, &help);
    }

    fn bind_lets(&mut self) {
        let Some((file, mapping)) = self.find(|config| config.r#let.as_ref()) else {
            return;
        };
        for (name, text) in &mapping.0 {
            self.name(file, name);
            let checked = self.expression((file, text)).map(|(_, checked)| checked);
            let of = checked
                .as_ref()
                .map_or(Type::Any, |checked| checked.result_type().clone());
            let is_fixed = checked
                .as_ref()
                .is_some_and(|checked| Plan::needs(checked, &self.lets) == 0);
            let constant = checked.as_ref().and_then(Checked::constant).cloned();
            self.names.lets.push(LetName {
                name: name.value.clone(),
                of,
                is_fixed,
                constant,
            });
            self.lets.extend(checked.map(|expression| Let {
                by: self.depends_on(&expression),
                expression,
            }));
        }
    }

    /// What an expression, and the `let`s that it uses, read of the bindings; `None` for everything, so that it is of no use
    /// to remember its value.
    fn depends_on(&self, expression: &Checked) -> Option<Vec<Part>> {
        let mut parts = BTreeSet::new();
        for read in expression.reads() {
            if let Some(at) = bind::as_let(read.variable) {
                parts.extend(self.lets.get(at)?.by.as_ref()?);
            } else if let Some(at) = bind::as_binding(read.variable) {
                let kind = self.names.bindings.get(at)?.1?;
                let is_name = |slot: &usize| {
                    let of = bind::slot_type(self.names.kinds, kind, *slot);
                    of.is_some_and(|of| bind::is_name(&of))
                };
                parts.insert((at, read.slot.filter(is_name)));
            }
        }
        let whole = |at: usize| parts.contains(&(at, None));
        let everything = !parts.is_empty() && (0..self.names.bindings.len()).all(whole);
        (!everything).then(|| parts.into_iter().collect())
    }

    /// The conjuncts of `where` and every `where+`.
    fn conditions(&mut self) -> Vec<Condition> {
        let mut texts: Vec<(&RuleFile, Spanned<String>)> = Vec::new();
        for file in self.chain {
            let more = file
                .config
                .where_more
                .clone()
                .map(OneOrMany::texts)
                .unwrap_or_default();
            texts.extend(more.into_iter().map(|text| (*file, text)));
            if let Some(written) = file.config.r#where.clone() {
                texts.extend(
                    OneOrMany::texts(written)
                        .into_iter()
                        .map(|text| (*file, text)),
                );
                break;
            }
        }
        let mut conditions = Vec::new();
        for (file, text) in &texts {
            let Some((expr, checked)) = self.condition_with((file, text)) else {
                continue;
            };
            for (checked, expr) in checked.conjuncts().iter().zip(expr.conjuncts()) {
                conditions.push(Condition {
                    checked: checked.clone(),
                    place: plan::place_of(expr, &self.names),
                    apart: plan::is_apart(expr),
                });
            }
        }
        conditions
    }

    /// An expression that is a condition.
    fn condition(&mut self, text: (&RuleFile, &Spanned<String>)) -> Option<Checked> {
        self.condition_with(text).map(|(_, checked)| checked)
    }

    fn condition_with(&mut self, text: (&RuleFile, &Spanned<String>)) -> Option<(Expr, Checked)> {
        let (expr, checked) = self.expression(text)?;
        if !matches!(checked.result_type(), Type::Bool | Type::Any) {
            let message = "this must be a condition: something that holds or fails";
            self.help(
                text.0,
                text.1.span,
                message,
                "compare it with something: `==`, `<`, `in` …",
            );
            return None;
        }
        Some((expr, checked))
    }

    fn expression(
        &mut self,
        (file, text): (&RuleFile, &Spanned<String>),
    ) -> Option<(Expr, Checked)> {
        let read = expr::parse(&text.value).and_then(|expr| {
            let checked = expr::check(&expr, &self.names)?;
            unknown_classes(&expr).map_or(Ok((expr, checked)), |error| Err(vec![error]))
        });
        self.accept(file, text, read)
    }

    fn template(&mut self, (file, text): (&RuleFile, &Spanned<String>)) -> Option<Template> {
        let template = Template::compile(&text.value, &self.names);
        self.accept(file, text, template)
    }

    /// Reports the mistakes of a text at their places in the file. Where bindings or lets could not be read, names that are
    /// not known may be right, and nothing is said.
    fn accept<T>(
        &mut self,
        file: &RuleFile,
        text: &Spanned<String>,
        result: Result<T, Vec<expr::Error>>,
    ) -> Option<T> {
        let errors = match result {
            Ok(value) => return Some(value),
            Err(errors) => errors,
        };
        if !self.has_unread_names() {
            for error in errors {
                let span = yaml::locate(file.file.text(), text.span, &text.value, error.span);
                self.problem_with(file, span, error.message, error.help);
            }
        }
        None
    }

    fn report(&mut self) -> Option<ReportPlan> {
        let message = self.required("message", |config| config.message.as_ref());
        let message = message.and_then(|text| self.template(text));
        let working = self.find(|config| config.working.as_ref());
        let working = working.map(|text| self.template(text));
        let help = self.find(|config| config.help.as_ref());
        let help = help.map(|text| self.template(text));
        let places = self.places();
        let fixes = self.fixes();
        let once = self.once();
        let graver = self.find(|config| config.graver.as_ref());
        let graver = graver.and_then(|text| self.condition(text));
        Some(ReportPlan {
            graver,
            message: message?,
            working: working.flatten(),
            help: help.flatten(),
            places,
            fixes,
            once,
            rounding: self
                .pick(|config| config.rounding.as_ref())
                .unwrap_or_default(),
        })
    }

    fn binding(&self, name: &str) -> Option<usize> {
        self.names
            .bindings
            .iter()
            .position(|(known, _)| known == name)
    }

    /// A binding, or a `let` that is a fact or list of facts; with the kind of the facts of a list.
    fn place(&self, name: &str) -> Option<(PlaceOf, Option<KindId>)> {
        if let Some(at) = self.binding(name) {
            return Some((PlaceOf::Binding(at), None));
        }
        let at = self
            .names
            .lets
            .iter()
            .position(|known| known.name == name)?;
        match &self.names.lets.get(at)?.of {
            Type::Fact(kind) => Some((PlaceOf::Let(at), Some(*kind))),
            Type::List(of) => match **of {
                Type::Fact(kind) => Some((PlaceOf::Let(at), Some(kind))),
                _ => None,
            },
            Type::Any => Some((PlaceOf::Let(at), None)),
            _ => None,
        }
    }

    fn unknown_place(&mut self, file: &RuleFile, name: &Spanned<String>) {
        if self.has_unread_names() {
            return;
        }
        let known: Vec<&str> = self
            .names
            .bindings
            .iter()
            .map(|(name, _)| name.as_str())
            .chain(
                self.names
                    .lets
                    .iter()
                    .map(|known| known.name.as_str())
                    .filter(|name| self.place(name).is_some()),
            )
            .collect();
        let near = did_you_mean(&name.value, known.iter().copied());
        let message = format!("`{}` is no fact of this rule{near}", name.value);
        let help = if known.is_empty() {
            "bind facts with `for`, or name a fact or list of facts with `let`".to_owned()
        } else {
            format!("the facts here are {}", known.join(", "))
        };
        self.help(file, name.span, message, &help);
    }

    /// The labelled places: the primary one, then bindings in their order, then `let`s in the order of `labels`.
    fn places(&mut self) -> Vec<PlacePlan> {
        let empty = Mapping::default();
        let (file, labels) = self
            .find(|config| config.labels.as_ref())
            .unwrap_or((self.own, &empty));
        let mut other = None;
        let mut named: Vec<PlacePlan> = Vec::new();
        for (name, text) in &labels.0 {
            if name.value == "other" {
                other = self.template((file, text));
                continue;
            }
            let Some((at, it)) = self.place(&name.value) else {
                self.unknown_place(file, name);
                continue;
            };
            self.names.it = it;
            let label = self.template((file, text));
            self.names.it = None;
            named.push(PlacePlan { at, label });
        }
        let mut places: Vec<PlacePlan> = (0..self.names.bindings.len())
            .map(|at| {
                let known = named.iter().find(|place| place.at == PlaceOf::Binding(at));
                let label = known.map_or_else(|| other.clone(), |place| place.label.clone());
                PlacePlan {
                    at: PlaceOf::Binding(at),
                    label,
                }
            })
            .collect();
        places.extend(
            named
                .into_iter()
                .filter(|place| matches!(place.at, PlaceOf::Let(_))),
        );
        if let Some((file, primary)) = self.find(|config| config.primary.as_ref()) {
            match self.place(&primary.value) {
                Some((first, _)) => places.sort_by_key(|place| place.at != first),
                None => self.unknown_place(file, primary),
            }
        }
        places
    }

    /// What may take the place of the words of bindings, in the order in which it is written.
    fn fixes(&mut self) -> Vec<(usize, Template)> {
        let Some((file, fixes)) = self.find(|config| config.fix.as_ref()) else {
            return Vec::new();
        };
        let mut compiled = Vec::new();
        for (name, text) in &fixes.0 {
            match self.place(&name.value) {
                Some((PlaceOf::Binding(at), _)) => {
                    compiled.extend(self.template((file, text)).map(|text| (at, text)));
                }
                _ => self.unknown_place(file, name),
            }
        }
        compiled
    }

    fn once(&mut self) -> Once {
        let Some((file, once)) = self.find(|config| config.once.as_ref()) else {
            return Once::Each;
        };
        if once.value == "document" {
            return Once::Document;
        }
        if let Some(at) = self.binding(&once.value) {
            return Once::Binding(at);
        }
        let names = self.names.bindings.iter().map(|(name, _)| name.as_str());
        let near = did_you_mean(&once.value, names.chain(["document"]));
        let message = format!("`{}` is neither `document` nor a binding{near}", once.value);
        self.problem(file, once.span, message);
        Once::Each
    }
}

/// A span without the white space at its end, which a block scalar has.
fn trimmed(file: &RuleFile, span: Span) -> Span {
    let text = file.file.text_of(span);
    Span::new(span.start, span.start + text.trim_end().len())
}

/// The first class of words that `mentions` or `document_mentions` asks for and that no lexicon has.
fn unknown_classes(expr: &Expr) -> Option<expr::Error> {
    let asked = match &expr.kind {
        ExprKind::Call(name, arguments) | ExprKind::Method(_, name, arguments)
            if ["mentions", "document_mentions"].contains(&&*name.text) =>
        {
            arguments.last()
        }
        _ => None,
    };
    if let Some(Expr {
        kind: ExprKind::Text(key),
        span,
        ..
    }) = asked
        && !Class::ALL.iter().any(|class| class.key() == &**key)
    {
        let near = did_you_mean(key, Class::ALL.iter().map(|class| class.key()));
        let error = expr::Error::new(format!("there is no class of words `{key}`{near}"), *span);
        return Some(
            error.help("the classes are those of the lexicon files, `rules/*/lexicon.yaml`"),
        );
    }
    expr.children().find_map(unknown_classes)
}
