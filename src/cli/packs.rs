//! The packs that a command line reads with: those of the binary, and those of `--rules`.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use super::args::{PackArgs, RuleArgs};
use crate::{
    diagnostic::{Diagnostic, Severity},
    framework::Frameworks,
    lint::Options,
    packs::PackFile,
    rules::{Rule, RuleSet, builtin},
    source::{self, SourceFile, Sources, Walked},
    span::SourceId,
    suggest::did_you_mean,
};

/// Everything that was loaded.
#[derive(Debug)]
pub(super) struct Packs {
    /// Frameworks and lexicons.
    pub frameworks: Frameworks,
    /// Rules, and the kinds of fact that packs add.
    pub rules: RuleSet,
    /// Rule files that do not belong to the binary, each with the number of the path that led to it.
    added: BTreeMap<SourceId, usize>,
}

impl Packs {
    /// Loads the packs of the binary and those at `paths`; every file that is read is added to `sources`. They are left in memory
    /// for the rest of the run: a command loads packs once, and taking them apart would take as long as some runs.
    ///
    /// # Errors
    ///
    /// Every mistake of the files, and every path that cannot be read.
    pub(super) fn load<'a>(
        paths: impl IntoIterator<Item = &'a PathBuf>,
        sources: &mut Sources,
    ) -> Result<&'static mut Self, Vec<Diagnostic>> {
        let mut frameworks = Frameworks::builtin(sources)?;
        let (mut rules, mut problems) = (Vec::new(), Vec::new());
        for (path, at) in paths.into_iter().zip(0..) {
            let (files, found) = files(path);
            problems.extend(found);
            for file in files {
                let source = sources.add(file.clone());
                if PackFile::of(file.name()) == PackFile::Rule {
                    rules.push((source, file, at));
                } else if let Err(problem) = frameworks.add(source, &file) {
                    problems.push(*problem);
                }
            }
        }
        let added = rules.iter().map(|(source, _, at)| (*source, *at)).collect();
        let mut loader = builtin::loader(sources, &frameworks);
        for (source, file, _) in rules {
            loader.add(source, file);
        }
        let loaded = loader.finish();
        problems.extend(loaded.problems);
        if problems.is_empty() {
            let rules = loaded.rules;
            Ok(Box::leak(Box::new(Self {
                frameworks,
                rules,
                added,
            })))
        } else {
            Err(problems)
        }
    }

    /// Loads the packs that the arguments name, and works out how documents are read with them.
    ///
    /// # Errors
    ///
    /// See [`Self::load`]; also a framework that does not exist.
    pub(super) fn load_for(
        args: &PackArgs,
        sources: &mut Sources,
    ) -> Result<(&'static mut Self, Options), Vec<Diagnostic>> {
        let packs = Self::load(&args.rules, sources)?;
        if let Some(id) = &args.framework
            && packs.frameworks.vocabulary(id).is_none()
        {
            return Err(vec![packs.unknown_framework(id)]);
        }
        let options = Options {
            framework: args.framework.clone(),
            ..Options::default()
        };
        Ok((packs, options))
    }

    /// Limits `options` to the rules that the arguments name. A rule that is off is turned on as a warning where it is
    /// selected by name, as a note where it is enabled beside the others.
    ///
    /// # Errors
    ///
    /// A diagnostic for every rule that does not exist.
    pub(super) fn choose(
        &mut self,
        args: &RuleArgs,
        options: &mut Options,
    ) -> Result<(), Vec<Diagnostic>> {
        let unknown = args.select.iter().chain(&args.enable).chain(&args.ignore);
        let unknown = unknown.filter(|id| self.rules.get(id).is_none());
        let problems: Vec<_> = unknown.map(|id| self.unknown_rule(id)).collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        options.stage = args.stage.map(Into::into);
        let is_off = |id: &&String| {
            self.rules
                .get(id)
                .is_some_and(|rule| rule.info.severity.is_none())
        };
        let off = |ids: &'_ [String]| ids.iter().filter(is_off).cloned().collect::<Vec<_>>();
        let (selected, enabled) = (off(&args.select), off(&args.enable));
        for id in enabled {
            self.rules.set_severity(&id, Some(Severity::Note));
        }
        for id in selected {
            self.rules.set_severity(&id, Some(Severity::Warning));
        }
        let in_force = |rule: &&Rule| {
            let named = args.select.is_empty()
                || args.select.contains(&rule.info.id)
                || args.enable.contains(&rule.info.id);
            named && !args.ignore.contains(&rule.info.id)
        };
        let ids = self
            .rules
            .iter()
            .filter(in_force)
            .map(|rule| rule.info.id.clone());
        options.only = Some(ids.collect());
        Ok(())
    }

    /// The number of the path that led to a rule; `None` for one of the binary.
    pub(super) fn path_of(&self, rule: &Rule) -> Option<usize> {
        self.path_to(rule.info.source)
    }

    /// The number of the path that led to a rule file; `None` for one of the binary.
    pub(super) fn path_to(&self, file: SourceId) -> Option<usize> {
        self.added.get(&file).copied()
    }

    /// What is said of a rule that does not exist.
    pub(super) fn unknown_rule(&self, id: &str) -> Diagnostic {
        let known = self.rules.iter().map(|rule| rule.info.id.as_str());
        let hint = did_you_mean(id, known);
        Diagnostic::error("bad-argument", format!("there is no rule `{id}`{hint}"))
            .help("`assize rules` lists them")
    }

    fn unknown_framework(&self, id: &str) -> Diagnostic {
        let hint = did_you_mean(id, self.frameworks.ids());
        let known: Vec<_> = self.frameworks.ids().collect();
        let known = known.join(", ");
        Diagnostic::error(
            "bad-argument",
            format!("there is no framework `{id}`{hint}"),
        )
        .help(format!("the frameworks are {known}"))
    }
}

/// The YAML files below `path` that can be read, and what is wrong with the others.
fn files(path: &Path) -> (Vec<SourceFile>, Vec<Diagnostic>) {
    let is_yaml = |path: &Path| {
        path.extension()
            .is_some_and(|extension| extension == "yaml" || extension == "yml")
    };
    let Walked {
        files: paths,
        mut problems,
    } = source::walk(path, is_yaml);
    if paths.is_empty() && problems.is_empty() {
        let name = source::display_name(path);
        let problem = Diagnostic::error(
            "no-rules",
            format!("{name}: there is no .yaml file in this folder"),
        );
        problems.push(
            problem.help("a pack is a folder with rules, a framework.yaml or a lexicon.yaml"),
        );
    }
    let mut files = Vec::new();
    for path in paths {
        match SourceFile::read(&path) {
            Ok(file) => files.push(file),
            Err(problem) => problems.push(problem),
        }
    }
    (files, problems)
}
