//! What a check keeps for the next one: whether, where, and what an entry depends on. And `assize clean`.

use std::{
    env,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use super::{
    Outcome, Streams,
    args::{CheckArgs, CleanArgs, PackArgs},
    plan::{self, Planned, Project},
};
use crate::{
    cache::{self, Address, Cache, FOLDER, Key},
    diagnostic::Diagnostic,
    lint::Settings,
    output::printable,
    source::{self, Sources},
};

/// The variable that names the folder.
const VARIABLE: &str = "ASSIZE_CACHE_DIR";

/// A cache, and what the entries of this run depend on.
pub(super) struct Cached {
    /// The entries.
    pub cache: Cache,
    /// The folder that documents are placed from, from the root.
    base: PathBuf,
    /// By number of the project, what its entries depend on.
    contexts: Vec<Context>,
}

/// What the entries of a project depend on, beside the document.
struct Context {
    /// The binary, its packs and what the command line says.
    run: Key,
    /// Settings that are common to its documents.
    common: Key,
    /// Settings of other documents, by their number.
    others: Vec<Key>,
}

impl Context {
    fn new(args: &CheckArgs, project: &Project, loaded: &Key) -> Self {
        let options = &project.options;
        let binary = Key::of_binary();
        let tracked = format!("{:?}", args.documents.tracked);
        let chosen = format!("{:?}", options.only);
        let added = project.added.iter();
        let added: Vec<_> = added.map(|path| source::display_name(path)).collect();
        let own = [
            binary.as_bytes(),
            loaded.as_bytes(),
            tracked.as_bytes(),
            chosen.as_bytes(),
        ];
        // What is shown of a value for debugging names each of its fields, those too that are thought of later.
        let settings = |settings: &Settings| Key::of([format!("{settings:?}").as_bytes()]);
        Self {
            run: Key::of(own.into_iter().chain(added.iter().map(String::as_bytes))),
            common: settings(&options.common),
            others: options.others.iter().map(settings).collect(),
        }
    }
}

impl Cached {
    /// The cache that a check uses; `None` where it uses none. `loaded` stands for what it was configured with.
    ///
    /// # Errors
    ///
    /// A diagnostic where the folder cannot be used.
    pub(super) fn new(
        args: &CheckArgs,
        projects: &[Project],
        loaded: &Key,
    ) -> Result<Option<Self>, Diagnostic> {
        let named = named();
        let config = projects.first().and_then(|project| project.config.as_ref());
        let configured = config.and_then(|config| config.cache.as_ref());
        let configured = configured.is_some_and(|cache| cache.value);
        let wanted = args.cache.cache || named.is_some() || configured;
        if args.cache.no_cache || !wanted {
            return Ok(None);
        }
        let folder = named.unwrap_or_else(|| beside(&args.packs, &args.documents.paths));
        let from_root = source::absolute(&folder);
        let contexts = projects.iter();
        let contexts = contexts.map(|project| Context::new(args, project, loaded));
        Ok(Some(Self {
            cache: Cache::open(&folder)?,
            base: from_root.parent().unwrap_or(&from_root).to_owned(),
            contexts: contexts.collect(),
        }))
    }

    /// Where a document has its entry that holds this content.
    pub(super) fn document(&self, planned: &Planned, content: &Key) -> Option<Address> {
        let context = self.contexts.get(planned.project)?;
        let settings = planned.settings.and_then(|at| context.others.get(at));
        let settings = settings.unwrap_or(&context.common);
        let name = planned.input.name();
        let from_root = source::absolute(&planned.input.path());
        let path = from_root.strip_prefix(&self.base).unwrap_or(&from_root);
        let path = source::display_name(path);
        let place = Key::of([&b"document"[..], path.as_bytes(), settings.as_bytes()]);
        let key = [
            context.run.as_bytes(),
            place.as_bytes(),
            name.as_bytes(),
            content.as_bytes(),
        ];
        Some(Address {
            place,
            key: Key::of(key),
        })
    }

    /// Where documents that were looked at together have their entry; of a series the first `earlier` are on an earlier inspection.
    pub(super) fn group(documents: &[Address], earlier: Option<usize>) -> Address {
        let kind = match earlier {
            None => "set".to_owned(),
            Some(earlier) => format!("series {earlier}"),
        };
        let of = |part: fn(&Address) -> &Key| {
            let parts = documents.iter().map(|at| part(at).as_bytes());
            Key::of([kind.as_bytes()].into_iter().chain(parts))
        };
        Address {
            place: of(|at| &at.place),
            key: of(|at| &at.key),
        }
    }
}

/// A hash of all files that were loaded before documents are read: packs and configuration, by name and text.
pub(super) fn loaded(sources: &Sources) -> Key {
    let files = sources.iter().map(|(_, file)| file);
    Key::of(files.flat_map(|file| [file.name().as_bytes(), file.text().as_bytes()]))
}

/// The folder that the environment names.
fn named() -> Option<PathBuf> {
    let named = env::var_os(VARIABLE).filter(|named| !named.is_empty());
    named.map(PathBuf::from)
}

/// The folder beside the configuration file of a run; in the current folder where there is none.
fn beside(args: &PackArgs, paths: &[PathBuf]) -> PathBuf {
    let file = plan::config_file(args, paths);
    let folder = file.as_deref().and_then(Path::parent);
    folder.unwrap_or(Path::new("")).join(FOLDER)
}

/// Removes the cache of the current folder.
///
/// # Errors
///
/// Those of the streams.
pub(super) fn clean(args: &CleanArgs, streams: &mut Streams) -> io::Result<Outcome> {
    let packs = PackArgs {
        framework: None,
        rules: Vec::new(),
        config: args.config.clone(),
        no_config: false,
    };
    let folder = named().unwrap_or_else(|| beside(&packs, &[]));
    let name = source::display_name(&folder);
    match cache::remove(&folder) {
        Ok(true) => writeln!(streams.out, "{}", printable(&name))?,
        Ok(false) => streams.say(&format_args!("there is no {}", printable(&name)))?,
        Err(problem) => return streams.refuse(&[problem], &Sources::new()),
    }
    Ok(Outcome::Clean)
}
