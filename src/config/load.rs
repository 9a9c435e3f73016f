//! From files to a configuration that is right: what a file extends is read, its patterns and names are checked, and every
//! mistake is reported at its line and column.

use std::path::{Path, PathBuf};

use super::{At, Clause, Config, ConfigFile, Level, Output, OverrideConfig, Pattern, Selector};
use crate::{
    diagnostic::Diagnostic,
    framework::Frameworks,
    output::Format,
    rules::{
        Params, RuleSet,
        config::{Entries, Mapping, OneOrMany},
    },
    source::{self, SourceFile, Sources},
    span::{SourceId, Span, Spanned},
    suggest::did_you_mean,
    yaml,
};

/// Code of the diagnostics for what is no configuration file.
pub const SYNTAX: &str = "config-syntax";
/// Code of the diagnostics for what a configuration file says wrongly.
pub const INVALID: &str = "config-invalid";

/// Reads a configuration file and those that it extends; every file that is read is added to `sources`.
///
/// Names of rules and frameworks are checked by [`Config::check`], when the packs of the configuration are loaded. What could not
/// be read is missing in the configuration.
pub fn load(path: &Path, sources: &mut Sources) -> (Config, Vec<Diagnostic>) {
    let mut loader = Loader {
        sources,
        open: Vec::new(),
        done: Vec::new(),
        config: Config::default(),
        problems: Vec::new(),
    };
    match SourceFile::read(path) {
        Ok(file) => loader.file(path, &file),
        Err(problem) => loader.problems.push(problem),
    }
    let Loader {
        mut config,
        mut problems,
        ..
    } = loader;
    // A set of the file itself counts before those of the files that it extends.
    config.sets.reverse();
    let of = |problem: &Diagnostic| problem.primary().map(|label| (label.source, label.span));
    problems.sort_by_key(of);
    (config, problems)
}

struct Loader<'a> {
    sources: &'a mut Sources,
    /// The files that are being read, each extended by the one before.
    open: Vec<PathBuf>,
    done: Vec<PathBuf>,
    config: Config,
    problems: Vec<Diagnostic>,
}

/// A file that is being read.
struct Here {
    source: SourceId,
    /// Its folder, as it is shown.
    folder: PathBuf,
    /// Its folder, from the root.
    base: PathBuf,
}

impl Loader<'_> {
    fn file(&mut self, path: &Path, file: &SourceFile) {
        let from_root = source::absolute(path);
        let here = Here {
            source: self.sources.add(file.clone()),
            folder: path.parent().unwrap_or(Path::new("")).to_owned(),
            base: from_root.parent().unwrap_or(&from_root).to_owned(),
        };
        let written = self.read(here.source, file);
        self.open.push(from_root);
        for base in texts(written.extends.as_ref()) {
            self.extend(&here, &base);
        }
        self.done.extend(self.open.pop());
        self.config.files.push(here.source);
        self.say(&here, written);
    }

    fn read(&mut self, source: SourceId, file: &SourceFile) -> ConfigFile {
        let is_blank = |line: &str| {
            let line = line.trim_start_matches('\u{feff}').trim_start();
            line.is_empty() || line.starts_with('#')
        };
        if file.text().lines().all(is_blank) {
            return ConfigFile::default();
        }
        let read = yaml::read_deep::<ConfigFile>(source, file);
        let problems = read.problems.into_iter().map(|problem| Diagnostic {
            code: SYNTAX.to_owned(),
            ..problem
        });
        self.problems.extend(problems);
        read.value.unwrap_or_default()
    }

    fn extend(&mut self, here: &Here, base: &Spanned<String>) {
        let path = source::joined(&here.folder, &base.value);
        let from_root = source::absolute(&path);
        if self.open.contains(&from_root) {
            let message = if self.open.last() == Some(&from_root) {
                "this file extends itself".to_owned()
            } else {
                format!("this file and `{}` extend each other", base.value)
            };
            self.problem(here, base.span, message, "leave one of the two out");
        } else if !self.done.contains(&from_root) {
            match SourceFile::read(&path) {
                Ok(file) => self.file(&path, &file),
                Err(problem) => {
                    let help = problem.help.clone().unwrap_or_default();
                    self.problem(here, base.span, problem.message, &help);
                }
            }
        }
    }

    /// Takes over what a file says, over what was said by those that it extends.
    fn say(&mut self, here: &Here, written: ConfigFile) {
        let at = here.source;
        self.clause(
            here,
            None,
            &OverrideConfig {
                paths: None,
                rules: written.rules,
                params: written.params,
                framework: written.framework,
                role: written.role,
                stage: written.stage,
            },
        );
        for (path, id) in entries(written.frameworks.as_ref()) {
            let framework = Some(id.clone());
            self.clause(
                here,
                Some(std::slice::from_ref(path)),
                &OverrideConfig {
                    framework,
                    ..OverrideConfig::default()
                },
            );
        }
        for (path, role) in entries(written.roles.as_ref()) {
            let role = Some(role.clone());
            self.clause(
                here,
                Some(std::slice::from_ref(path)),
                &OverrideConfig {
                    role,
                    ..OverrideConfig::default()
                },
            );
        }
        let overrides: Vec<_> = written.overrides.into_iter().flatten().collect();
        for (at, Spanned { value, span }) in overrides.iter().enumerate() {
            let next = overrides.get(at + 1);
            let end = next.map_or(usize::MAX, |next| next.span.start);
            let paths = texts(value.paths.as_ref());
            if paths.is_empty() {
                self.no_paths(here, Span::new(span.start, end));
            }
            self.clause(here, Some(&paths), value);
        }
        for path in texts(written.packs.as_ref()) {
            self.pack(here, &path);
        }
        for set in written.sets.into_iter().flatten().rev() {
            let span = set.span;
            let value = self.patterns(here, &OneOrMany::texts(set));
            self.config.sets.push(At {
                value,
                source: at,
                span,
            });
        }
        for text in texts(written.exclude.as_ref()) {
            let patterns = self.patterns(here, std::slice::from_ref(&text));
            let place = |value| At {
                value,
                source: at,
                span: text.span,
            };
            self.config.exclude.extend(patterns.into_iter().map(place));
        }
        if let Some(severity) = &written.fail_on {
            self.config.fail_on = Some(At::new(severity, at));
        }
        if let Some(severity) = &written.show {
            self.config.show = Some(At::new(severity, at));
        }
        if let Some(cache) = &written.cache {
            self.config.cache = Some(At::new(cache, at));
        }
        if let Some(output) = &written.output {
            let value = self.outputs(here, &texts(Some(output)));
            self.config.output = Some(At {
                value,
                source: at,
                span: output.span,
            });
        }
    }

    fn clause(&mut self, here: &Here, paths: Option<&[Spanned<String>]>, says: &OverrideConfig) {
        let paths = paths.map(|paths| self.patterns(here, paths));
        let rules = entries(says.rules.as_ref());
        let rules = rules.iter().filter_map(|(name, level)| {
            let selector = self.selector(here, name)?;
            let place = At {
                value: level.value,
                source: here.source,
                span: name.span,
            };
            Some((selector, place))
        });
        let params = entries(says.params.as_ref()).iter();
        let params =
            params.map(|(rule, values)| (At::new(rule, here.source), values.value.clone()));
        let clause = Clause {
            rules: rules.collect(),
            params: params.collect(),
            paths,
            framework: says.framework.as_ref().map(|id| At::new(id, here.source)),
            role: says.role.as_ref().map(|role| At::new(role, here.source)),
            stage: says.stage.as_ref().map(|stage| At::new(stage, here.source)),
        };
        self.config.clauses.push(clause);
    }

    /// Reports an override that names no paths, unless a mistake in it was reported, which may be in that key.
    fn no_paths(&mut self, here: &Here, all: Span) {
        let inside = |problem: &Diagnostic| {
            let label = problem.primary();
            label.is_some_and(|label| label.source == here.source && all.overlaps(label.span))
        };
        if !self.problems.iter().any(inside) {
            let first = Span::new(all.start, all.start + 1);
            let help = "say which documents are meant: `paths: [drafts/]`";
            self.problem(here, first, "this override has no `paths`", help);
        }
    }

    fn patterns(&mut self, here: &Here, texts: &[Spanned<String>]) -> Vec<Pattern> {
        let mut patterns = Vec::new();
        for text in texts {
            match Pattern::new(&text.value, &here.base) {
                Ok(pattern) => patterns.push(pattern),
                Err(message) => {
                    let help = "`*` stands for a part of a name, `**` for any number of folders";
                    self.problem(here, text.span, message, help);
                }
            }
        }
        patterns
    }

    fn selector(&mut self, here: &Here, name: &Spanned<String>) -> Option<Selector> {
        match Selector::parse(&name.value) {
            Ok(selector) => Some(selector),
            Err(message) => {
                let help = "`set-*` stands for every rule whose name starts so";
                self.problem(here, name.span, message, help);
                None
            }
        }
    }

    fn pack(&mut self, here: &Here, path: &Spanned<String>) {
        let value = source::joined(&here.folder, &path.value);
        if source::exists(&value) {
            let (source, span) = (here.source, path.span);
            self.config.packs.push(At {
                value,
                source,
                span,
            });
        } else {
            let message = format!(
                "there is no such file or folder: {}",
                source::display_name(&value)
            );
            self.problem(
                here,
                path.span,
                message,
                "paths are relative to the folder of this file",
            );
        }
    }

    fn outputs(&mut self, here: &Here, texts: &[Spanned<String>]) -> Vec<Output> {
        let mut outputs = Vec::new();
        for text in texts {
            match Output::parse(&text.value) {
                Ok(Output { format, file }) => outputs.push(Output {
                    format,
                    file: file.map(|file| source::joined(&here.folder, &file.to_string_lossy())),
                }),
                Err(message) => self.problem(here, text.span, message, ""),
            }
        }
        outputs
    }

    fn problem(&mut self, here: &Here, span: Span, message: impl Into<String>, help: &str) {
        let problem = Diagnostic::error(INVALID, message).at(here.source, span, "");
        self.problems.push(match help {
            "" => problem,
            help => problem.help(help),
        });
    }
}

fn texts(written: Option<&Spanned<OneOrMany>>) -> Vec<Spanned<String>> {
    written.cloned().map(OneOrMany::texts).unwrap_or_default()
}

fn entries<T>(written: Option<&Entries<T>>) -> &[(Spanned<String>, Spanned<T>)] {
    written.map_or(&[], |entries| &entries.0)
}

impl Output {
    /// Reads `FORMAT` or `FORMAT=FILE`; the file `-` is standard output.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with what was probably meant.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (name, file) = match text.split_once('=') {
            Some((_, "")) => return Err("the name of the file is missing after `=`".to_owned()),
            Some((name, file)) => (name, Some(file)),
            None => (text, None),
        };
        let Some(format) = Format::named(name) else {
            let names = || Format::ALL.iter().map(|format| format.name());
            let known: Vec<_> = names().collect();
            return Err(format!(
                "there is no format `{name}`{}; the formats are {}",
                did_you_mean(name, names()),
                known.join(", ")
            ));
        };
        let file = file.filter(|file| *file != "-").map(PathBuf::from);
        Ok(Self { format, file })
    }
}

impl Config {
    /// What its files name and is not there: rules and frameworks, in order of place.
    pub fn check(
        &self,
        rules: &RuleSet,
        frameworks: &Frameworks,
        sources: &Sources,
    ) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        for clause in &self.clauses {
            for (selector, level) in &clause.rules {
                problems.extend(unknown_rule(selector, level, rules, sources));
            }
            for (id, values) in &clause.params {
                problems.extend(unfit_params(id, values, rules, sources));
            }
            let framework = clause.framework.as_ref();
            problems.extend(framework.and_then(|id| unknown_framework(id, frameworks)));
        }
        let of = |problem: &Diagnostic| problem.primary().map(|label| (label.source, label.span));
        problems.sort_by_key(of);
        problems
    }
}

fn unknown_rule(
    selector: &Selector,
    level: &At<Level>,
    rules: &RuleSet,
    sources: &Sources,
) -> Option<Diagnostic> {
    let (message, help) = selector.unknown(rules, sources)?;
    Some(
        Diagnostic::error(INVALID, message)
            .at(level.source, level.span, "")
            .help(help),
    )
}

/// What is wrong with values for the parameters of a rule.
fn unfit_params(
    id: &At<String>,
    values: &Mapping,
    rules: &RuleSet,
    sources: &Sources,
) -> Vec<Diagnostic> {
    let Some(rule) = rules.get(&id.value) else {
        let near = did_you_mean(&id.value, rules.iter().map(|rule| &*rule.info.id));
        let message = format!("there is no rule `{}`{near}", id.value);
        let problem = Diagnostic::error(INVALID, message).at(id.source, id.span, "");
        return vec![problem.help("`assize rules` lists the rules")];
    };
    let file = sources.get(id.source);
    let params = file.map(|file| Params {
        source: id.source,
        file,
        values,
    });
    let Err(problems) = rule.adjusted(params.as_slice()) else {
        return Vec::new();
    };
    let problems = problems.into_iter().map(|problem| Diagnostic {
        code: INVALID.to_owned(),
        ..problem
    });
    problems.collect()
}

fn unknown_framework(id: &At<String>, frameworks: &Frameworks) -> Option<Diagnostic> {
    if frameworks.ids().any(|known| known == id.value) {
        return None;
    }
    let near = did_you_mean(&id.value, frameworks.ids());
    let known: Vec<_> = frameworks.ids().collect();
    let problem = Diagnostic::error(
        INVALID,
        format!("there is no framework `{}`{near}", id.value),
    );
    Some(
        problem
            .at(id.source, id.span, "")
            .help(format!("the frameworks are {}", known.join(", "))),
    )
}
