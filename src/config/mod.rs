//! `assize.yaml`: how the documents in a folder are checked.
//!
//! The file nearest to a document, in its folder or one above, holds for it. It may extend others, whose keys hold where it says
//! nothing else. Everything that it says becomes a list of clauses, each for some paths: what is in force for a document is
//! what the last clause that fits it says.
//!
//! - `written`: the file exactly as written.
//! - `pattern`: patterns of paths.
//! - `load`: from the file to a [`Config`] that is right; every mistake at its line and column.
//! - `in_force`: what it says of one document.

mod in_force;
mod load;
mod pattern;
mod written;

use std::path::{Path, PathBuf};

pub use in_force::{InForce, Weight};
pub use load::{INVALID, SYNTAX, load};
pub use pattern::{DocumentPath, Pattern};
pub use written::{ConfigFile, Level, OverrideConfig, Role};

use crate::{
    diagnostic::Severity,
    output::Format,
    rules::{
        config::{Mapping, Stage},
        select::Selector,
    },
    source,
    span::{SourceId, Span, Spanned},
};

/// The name of a configuration file.
pub const FILE: &str = "assize.yaml";

/// A value, and where it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// What was read.
    pub value: T,
    /// The file that it was read in.
    pub source: SourceId,
    /// Bytes of that file.
    pub span: Span,
}

impl<T> At<T> {
    fn new(written: &Spanned<impl Clone + Into<T>>, source: SourceId) -> Self {
        Self {
            value: written.value.clone().into(),
            source,
            span: written.span,
        }
    }
}

/// A configuration file and those that it extends, as one.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Its files, the one that was found or named last.
    pub files: Vec<SourceId>,
    /// Folders and files with more rules, frameworks and lexicons.
    pub packs: Vec<At<PathBuf>>,
    /// From which severity on a run ends with exit code 1.
    pub fail_on: Option<At<Severity>>,
    /// From which severity on diagnostics are printed.
    pub show: Option<At<Severity>>,
    /// How results are written.
    pub output: Option<At<Vec<Output>>>,
    /// Whether what is found is kept for the next run.
    pub cache: Option<At<bool>>,
    clauses: Vec<Clause>,
    /// Each set has a pattern or several.
    sets: Vec<At<Vec<Pattern>>>,
    exclude: Vec<At<Pattern>>,
}

/// What a configuration says of some paths.
#[derive(Clone, Debug, Default)]
struct Clause {
    /// The patterns of the paths; of all where there is none.
    paths: Option<Vec<Pattern>>,
    framework: Option<At<String>>,
    role: Option<At<Role>>,
    stage: Option<At<Stage>>,
    rules: Vec<(Selector, At<Level>)>,
    /// Names of rules, and values for their parameters.
    params: Vec<(At<String>, Mapping)>,
}

/// A format, and the file that is written in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The format.
    pub format: Format,
    /// The file; standard output where there is none.
    pub file: Option<PathBuf>,
}

/// Which set a document belongs to: the number of the set in the file and, for a pattern of folders, the folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SetKey(usize, Option<String>);

impl SetKey {
    /// The folder, for a pattern of folders.
    pub fn folder(&self) -> Option<&str> {
        self.1.as_deref()
    }
}

impl Config {
    /// What it says of a document.
    pub fn of(&self, document: &DocumentPath) -> InForce<'_> {
        InForce::new(self, Some(document))
    }

    /// What it says of every document.
    pub fn of_all(&self) -> InForce<'_> {
        InForce::new(self, None)
    }

    /// The pattern that leaves a document out, where there is one.
    pub fn excludes(&self, document: &DocumentPath) -> Option<&At<Pattern>> {
        let mut exclude = self.exclude.iter();
        exclude.find(|pattern| pattern.value.fits(document))
    }

    /// The set that a document belongs to, and where the file says so: the first that it fits.
    pub fn set_of(&self, document: &DocumentPath) -> Option<(SetKey, &At<Vec<Pattern>>)> {
        self.sets.iter().enumerate().find_map(|(at, set)| {
            set.value.iter().find_map(|pattern| {
                let fit = pattern.fit(document)?;
                Some((SetKey(at, pattern.is_folder().then_some(fit)), set))
            })
        })
    }
}

/// Names of configuration files; of two in one folder the first is read.
const NAMES: [&str; 2] = [FILE, "assize.yml"];

/// Whether a path is that of a configuration file, by its name.
pub fn is_config(path: &Path) -> bool {
    NAMES.iter().any(|name| path.ends_with(name))
}

/// The [configuration file](FILE) nearest to an [absolute](source::absolute) folder: in it or above it.
pub fn nearest(folder: &Path) -> Option<PathBuf> {
    let names = |folder: &Path| NAMES.map(|name| folder.join(name));
    let mut files = folder.ancestors().flat_map(names);
    files.find(|file| source::is_file(file))
}
