//! The packs that a command line reads with: those of the binary, and those of `--rules`.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use crate::{
    config,
    diagnostic::Diagnostic,
    framework::Frameworks,
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

/// What a command needs packs for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The rules, and what they say.
    Rules,
    /// Reading documents: the words of all lexicons are read while the rules are.
    Documents,
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
        purpose: Purpose,
        sources: &mut Sources,
    ) -> Result<&'static Self, Vec<Diagnostic>> {
        let (files, mut problems) = Self::files(paths);
        match Self::of(files, purpose, sources) {
            Ok(packs) if problems.is_empty() => Ok(Box::leak(Box::new(packs))),
            Ok(_) => Err(problems),
            Err(found) => {
                problems.extend(found);
                Err(problems)
            }
        }
    }

    /// The pack files at `paths`, each with the number of the path that led to it, and what cannot be read.
    pub(super) fn files<'a>(
        paths: impl IntoIterator<Item = &'a PathBuf>,
    ) -> (Vec<(SourceFile, usize)>, Vec<Diagnostic>) {
        let (mut all, mut problems) = (Vec::new(), Vec::new());
        for (path, at) in paths.into_iter().zip(0..) {
            let (files, found) = files(path);
            problems.extend(found);
            all.extend(files.into_iter().map(|file| (file, at)));
        }
        (all, problems)
    }

    /// The packs of the binary and those of `files`, each with the number of the path that led to it.
    ///
    /// # Errors
    ///
    /// Every mistake of the files.
    pub(super) fn of(
        files: Vec<(SourceFile, usize)>,
        purpose: Purpose,
        sources: &mut Sources,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut frameworks = Frameworks::builtin(sources)?;
        let (mut rules, mut problems) = (Vec::new(), Vec::new());
        for (file, at) in files {
            let source = sources.add(file.clone());
            if PackFile::of(file.name()) == PackFile::Rule {
                rules.push((source, file, at));
            } else if let Err(problem) = frameworks.add(source, &file) {
                problems.push(*problem);
            }
        }
        let added = rules.iter().map(|(source, _, at)| (*source, *at)).collect();
        let mut loader = builtin::loader(sources, &frameworks);
        for (source, file, _) in rules {
            loader.add(source, file);
        }
        let read_ahead = || {
            if purpose == Purpose::Documents {
                frameworks.read_ahead();
            }
        };
        let (loaded, ()) = rayon::join(|| loader.finish(), read_ahead);
        problems.extend(loaded.problems);
        if problems.is_empty() {
            let rules = loaded.rules;
            Ok(Self {
                frameworks,
                rules,
                added,
            })
        } else {
            Err(problems)
        }
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

    /// What is said of a framework that does not exist.
    pub(super) fn unknown_framework(&self, id: &str) -> Diagnostic {
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
        let extension = path.extension();
        let yaml = extension.is_some_and(|extension| extension == "yaml" || extension == "yml");
        yaml && !config::is_config(path)
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
