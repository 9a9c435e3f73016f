//! What a command reads, and how: each document under the configuration file nearest to it, flags over what that says.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use super::{
    args::{PackArgs, RuleArgs},
    input::{self, Input},
    packs::{Packs, Purpose},
};
use crate::{
    config::{self, Config, DocumentPath, InForce},
    diagnostic::{Diagnostic, Severity},
    facts::phrases::Kinds,
    lint::{Options, Settings},
    rules::{Adjusted, Params, Rule, select::Selector},
    source::{self, Sources},
    span::SourceId,
};

/// Documents, and the projects that they belong to.
pub(super) struct Plan {
    /// The first is that of the run, whether it has documents or not; what is no matter of one document is its business.
    pub projects: Vec<Project>,
    /// The documents, in the order in which they were listed.
    pub documents: Vec<Planned>,
}

/// What documents under one configuration file share.
pub(super) struct Project {
    /// The configuration; none where there is no file.
    pub config: Option<Config>,
    /// What is read with.
    pub packs: &'static Packs,
    /// Where the packs were found that do not belong to the binary, in their order.
    pub added: Vec<PathBuf>,
    /// How documents are checked; those that are planned have settings among the `others`.
    pub options: Options,
    /// By the clauses that hold for documents, the index of their settings.
    known: BTreeMap<Vec<usize>, usize>,
}

/// A document that is to be read.
pub(super) struct Planned {
    /// The document.
    pub input: Input,
    /// Index of its project.
    pub project: usize,
    /// Index of its settings; those that are common to the project where there is none.
    pub settings: Option<usize>,
}

/// What the command line says.
#[derive(Clone, Copy)]
pub(super) struct Flags<'a> {
    /// What to read with.
    pub packs: &'a PackArgs,
    /// Which rules are in force, where the command asks that.
    pub rules: Option<&'a RuleArgs>,
}

impl Plan {
    /// Finds and loads the configuration of every document. `named` are the paths on the command line: documents named there are
    /// read even where a configuration leaves them out, and the configuration of the first is that of the run.
    ///
    /// # Errors
    ///
    /// Every mistake of configuration files and packs, and flags that name what is not there.
    pub(super) fn new(
        flags: Flags<'_>,
        inputs: Vec<Input>,
        named: &[PathBuf],
        sources: &mut Sources,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut finder = Finder::new(flags.packs);
        let mut files = vec![finder.of_run(named)];
        let purpose = if inputs.is_empty() {
            Purpose::Rules
        } else {
            Purpose::Documents
        };
        let mut placed = Vec::new();
        for input in inputs {
            let file = finder.of(&DocumentPath::new(&input.path()));
            let known = files.iter().position(|known| *known == file);
            let project = known.unwrap_or_else(|| {
                files.push(file);
                files.len() - 1
            });
            placed.push((input, project));
        }
        let mut plan = Self {
            projects: load(flags, &files, purpose, sources)?,
            documents: Vec::new(),
        };
        let named: BTreeSet<PathBuf> = named.iter().map(|path| input::plain(path)).collect();
        for (input, project) in placed {
            let wanted = match &input {
                Input::File(path) => named.contains(path),
                Input::Stdin(_) => true,
                // Excluded are documents that are found, and records are of those that were.
                Input::Records(_) => false,
            };
            plan.add(flags, input, project, wanted, sources);
        }
        Ok(plan)
    }

    fn add(
        &mut self,
        flags: Flags<'_>,
        input: Input,
        project: usize,
        wanted: bool,
        sources: &Sources,
    ) {
        let path = DocumentPath::new(&input.path());
        let Some(of) = self.projects.get_mut(project) else {
            return;
        };
        let excluded = of
            .config
            .as_ref()
            .is_some_and(|config| config.excludes(&path).is_some());
        if excluded && !wanted {
            return;
        }
        let settings = of.settings(flags, &path, sources);
        self.documents.push(Planned {
            input,
            project,
            settings,
        });
    }

    /// The configuration of the run.
    pub(super) fn config(&self) -> Option<&Config> {
        self.projects.first()?.config.as_ref()
    }

    /// The project of a document.
    pub(super) fn project(&self, document: &Planned) -> Option<&Project> {
        self.projects.get(document.project)
    }
}

impl Project {
    /// The settings of a document.
    pub(super) fn settings_of(&self, document: &Planned) -> &Settings {
        let settings = document.settings.and_then(|at| self.options.others.get(at));
        settings.unwrap_or(&self.options.common)
    }

    /// The options that read and check one document alone.
    pub(super) fn options_of(&self, document: &Planned) -> Options {
        Options {
            only: self.options.only.clone(),
            ..Options::with(self.settings_of(document).clone())
        }
    }

    /// The kinds of fact that its documents are read for.
    pub(super) fn kinds(&self) -> &'static Kinds {
        &self.packs.rules.kinds
    }

    /// Takes a document that was read among those that are checked.
    pub(super) fn take(&mut self, source: SourceId, document: &Planned) {
        if let Some(settings) = document.settings {
            self.options.of_document.insert(source, settings);
        }
    }

    /// The index of the settings of a document.
    fn settings(
        &mut self,
        flags: Flags<'_>,
        path: &DocumentPath,
        sources: &Sources,
    ) -> Option<usize> {
        let config = self.config.as_ref()?;
        let in_force = config.of(path);
        if let Some(known) = self.known.get(&in_force.clauses) {
            return Some(*known);
        }
        let at = self.options.others.len();
        let settings = settings(flags, Some(&in_force), self.packs, sources);
        self.known.insert(in_force.clauses, at);
        self.options.others.push(settings);
        Some(at)
    }
}

/// The configuration file of a run over the paths that are named, as it is shown.
pub(super) fn config_file(args: &PackArgs, named: &[PathBuf]) -> Option<PathBuf> {
    Finder::new(args).of_run(named)
}

/// Finds configuration files.
struct Finder<'a> {
    args: &'a PackArgs,
    known: BTreeMap<PathBuf, Option<PathBuf>>,
}

impl<'a> Finder<'a> {
    const fn new(args: &'a PackArgs) -> Self {
        Self {
            args,
            known: BTreeMap::new(),
        }
    }

    /// The file that is in force for a document, as it is shown.
    fn of(&mut self, document: &DocumentPath) -> Option<PathBuf> {
        self.in_folder(document.folder())
    }

    /// The file of the folder that the first path names or stands in; of the current folder where none is named.
    fn of_run(&mut self, named: &[PathBuf]) -> Option<PathBuf> {
        let first = named.first().filter(|path| path.as_os_str() != "-");
        let path = source::absolute(first.map_or(Path::new("."), PathBuf::as_path));
        let folder = if path.is_dir() {
            Some(path.as_path())
        } else {
            path.parent()
        };
        self.in_folder(folder.unwrap_or(&path))
    }

    fn in_folder(&mut self, folder: &Path) -> Option<PathBuf> {
        if self.args.no_config {
            return None;
        }
        if let Some(file) = &self.args.config {
            return Some(file.clone());
        }
        if let Some(known) = self.known.get(folder) {
            return known.clone();
        }
        let found = config::nearest(folder).map(|file| source::from_here(&file));
        self.known.insert(folder.to_owned(), found.clone());
        found
    }
}

/// Loads the project of each configuration file.
fn load(
    flags: Flags<'_>,
    files: &[Option<PathBuf>],
    purpose: Purpose,
    sources: &mut Sources,
) -> Result<Vec<Project>, Vec<Diagnostic>> {
    let (mut projects, mut problems) = (Vec::new(), Vec::new());
    let mut added = Vec::new();
    let mut loaded: BTreeMap<Vec<PathBuf>, &'static Packs> = BTreeMap::new();
    for file in files {
        let config = file.as_ref().map(|file| {
            let (config, found) = config::load(file, sources);
            problems.extend(found);
            config
        });
        let packs = config.iter().flat_map(|config| &config.packs);
        let packs = packs.map(|pack| pack.value.clone());
        let paths: Vec<_> = packs.chain(flags.packs.rules.iter().cloned()).collect();
        let packs = match loaded.get(&paths) {
            Some(known) => *known,
            None => match Packs::load(&paths, purpose, sources) {
                Ok(new) => {
                    loaded.insert(paths.clone(), new);
                    new
                }
                Err(found) => {
                    problems.extend(found);
                    continue;
                }
            },
        };
        if let Some(config) = &config {
            problems.extend(config.check(&packs.rules, &packs.frameworks, sources));
        }
        projects.push((config, packs));
        added.push(paths);
    }
    if problems.is_empty() {
        let all: Vec<_> = projects.iter().map(|(_, packs)| *packs).collect();
        problems.extend(unknown(flags, &all, sources));
    }
    if !problems.is_empty() {
        let of = |problem: &Diagnostic| problem.primary().map(|label| (label.source, label.span));
        problems.sort_by_key(of);
        problems.dedup();
        return Err(problems);
    }
    let projects = projects.into_iter().zip(added);
    let projects = projects.map(|((config, packs), added)| {
        let in_force = config.as_ref().map(Config::of_all);
        let options = Options {
            only: flags.rules.map(|args| chosen(args, packs, sources)),
            ..Options::with(settings(flags, in_force.as_ref(), packs, sources))
        };
        Project {
            config,
            packs,
            added,
            options,
            known: BTreeMap::new(),
        }
    });
    Ok(projects.collect())
}

/// What flags name that is not there: a framework that the packs of one project do not know, a rule that those of none do.
pub(super) fn unknown(flags: Flags<'_>, packs: &[&Packs], sources: &Sources) -> Vec<Diagnostic> {
    let framework = flags.packs.framework.iter().filter_map(|id| {
        let without = |packs: &&&Packs| packs.frameworks.ids().all(|known| known != id);
        Some(packs.iter().find(without)?.unknown_framework(id))
    });
    let named = flags.rules.iter().flat_map(|args| {
        let named = args.select.iter().chain(&args.enable);
        named.chain(&args.ignore)
    });
    let rules = named.filter_map(|selector| {
        let mut unknown = packs
            .iter()
            .map(|packs| selector.unknown(&packs.rules, sources));
        let first = unknown.next()??;
        let (message, help) = unknown.all(|of| of.is_some()).then_some(first)?;
        Some(Diagnostic::error("bad-argument", message).help(help))
    });
    framework.chain(rules).collect()
}

/// The rules that the arguments choose.
pub(super) fn chosen(args: &RuleArgs, packs: &Packs, sources: &Sources) -> BTreeSet<String> {
    let in_force = |rule: &&Rule| {
        let fits = |selectors: &[Selector]| {
            let mut selectors = selectors.iter();
            selectors.any(|selector| selector.fits(rule, sources))
        };
        let chosen = args.select.is_empty() || fits(&args.select) || fits(&args.enable);
        chosen && !fits(&args.ignore)
    };
    let rules = packs.rules.iter().filter(in_force);
    rules.map(|rule| rule.info.id.clone()).collect()
}

/// How a document is read and checked. A rule that is off is turned on as a warning where it is selected by its own name, as a
/// note where it is enabled beside the others.
pub(super) fn settings(
    flags: Flags<'_>,
    in_force: Option<&InForce<'_>>,
    packs: &Packs,
    sources: &Sources,
) -> Settings {
    let stage = flags.rules.and_then(|args| args.stage).map(Into::into);
    let framework = || Some(in_force?.framework()?.value.clone());
    let mut settings = Settings {
        framework: flags.packs.framework.clone().or_else(framework),
        role: in_force.and_then(|says| Some(says.role()?.value.name().to_owned())),
        stage: stage.or_else(|| Some(in_force?.stage()?.value)),
        severities: BTreeMap::new(),
        adjusted: adjusted(in_force, packs, sources),
    };
    for rule in packs.rules.iter() {
        let own = rule.info.severity;
        let weight = in_force.map_or(own, |says| says.weight(rule, sources).severity);
        let severity = weight.or_else(|| flags.turned_on(rule, sources));
        if severity != own {
            settings.severities.insert(rule.info.id.clone(), severity);
        }
    }
    settings
}

/// The rules whose parameters have other values for a document; what is wrong with them was told when the configuration was loaded.
fn adjusted(
    in_force: Option<&InForce<'_>>,
    packs: &Packs,
    sources: &Sources,
) -> BTreeMap<String, Adjusted> {
    let params = in_force.map(InForce::params).unwrap_or_default();
    let adjusted = params.into_iter().filter_map(|(id, given)| {
        let given = given.into_iter().filter_map(|(from, values)| {
            Some(Params {
                source: from.source,
                file: sources.get(from.source)?,
                values,
            })
        });
        let rule = packs.rules.get(id)?;
        let rule = rule.adjusted(&given.collect::<Vec<_>>()).ok()?;
        Some((id.to_owned(), rule))
    });
    adjusted.collect()
}

impl Flags<'_> {
    /// The severity at which a rule that is off is turned on.
    pub(super) fn turned_on(&self, rule: &Rule, sources: &Sources) -> Option<Severity> {
        let args = self.rules?;
        let (mut selected, mut enabled) = (args.select.iter(), args.enable.iter());
        if selected.any(|selector| selector.names(rule)) {
            Some(Severity::Warning)
        } else if enabled.any(|selector| selector.fits(rule, sources)) {
            Some(Severity::Note)
        } else {
            None
        }
    }
}
