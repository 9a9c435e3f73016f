//! `--watch`: a command is run again whenever one of its files changes.
//!
//! Each run is a process of its own, this program with the same arguments: a run leaves its packs in memory until it ends, and
//! whatever brings one down leaves the watch as it is.

use std::{
    collections::BTreeSet,
    env,
    io::{self, IsTerminal as _, Write as _},
    path::{Path, PathBuf},
    process::Command,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    time::Duration,
};

use notify::{
    Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _, event::AccessKind,
};

use super::{
    Outcome, Streams,
    args::{CheckArgs, TestArgs},
    own::Results,
    plan,
};
use crate::{
    cache::FOLDER,
    config,
    diagnostic::Diagnostic,
    document::Format,
    source::{self, Sources},
};

/// The flag that asks for it.
const FLAG: &str = "--watch";
/// A change is over when nothing more happens for this long: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(80);
/// Clears a terminal, what is above its first line too.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

/// Runs `assize check` whenever documents, rules or configuration change.
///
/// # Errors
///
/// Those of the streams.
pub(super) fn check(args: &CheckArgs, streams: &mut Streams) -> io::Result<Outcome> {
    let paths = &args.documents.paths;
    if paths.iter().any(|path| path.as_os_str() == "-") {
        let message = "standard input cannot be watched";
        let problem = Diagnostic::error("bad-argument", message).help("name a file or folder");
        return streams.refuse(&[problem], &Sources::new());
    }
    let files = || {
        let mut files = Files::default();
        files.add(paths);
        if paths.is_empty() {
            files.add(&[PathBuf::from(".")]);
        }
        files.add(&args.packs.rules);
        files.add(args.baseline.iter().chain(&args.baseline_report));
        let mut configured = None;
        if let Some(file) = plan::config_file(&args.packs, paths) {
            let (config, _) = config::load(&file, &mut Sources::new());
            files.add(config.packs.iter().map(|pack| &pack.value));
            files.add([&file]);
            configured = config.output;
        }
        let configured = configured.into_iter().flat_map(|output| output.value);
        let written = args.output.iter().cloned().chain(configured);
        let written = written.filter_map(|output| output.file);
        let named = args.output_file.iter().chain(&args.annotate);
        let written = written.chain(named.cloned());
        files
            .ours
            .extend(written.map(|path| source::canonical(&path)));
        files
    };
    run(&files, streams)
}

/// Runs `assize test` whenever the rules named change.
///
/// # Errors
///
/// Those of the streams.
pub(super) fn test(args: &TestArgs, streams: &mut Streams) -> io::Result<Outcome> {
    let files = || {
        let mut files = Files::default();
        files.add(args.paths.iter().chain(&args.rules).chain(&args.mutate));
        files
    };
    run(&files, streams)
}

/// What is watched.
#[derive(Debug, Default)]
struct Files {
    /// Files and folders, from the root and without links.
    roots: BTreeSet<PathBuf>,
    /// What a run itself writes.
    ours: Vec<PathBuf>,
    /// What it prints to, and how results are known.
    results: Results,
}

impl Files {
    fn add<'a>(&mut self, paths: impl IntoIterator<Item = &'a PathBuf>) {
        let paths = paths.into_iter().map(|path| source::canonical(path));
        self.roots.extend(paths);
    }

    /// The folders that are watched, and whether with all below them. A file is watched through its folder: it may be put in its
    /// place anew, or be missing for a while.
    fn folders(&self) -> BTreeSet<(PathBuf, bool)> {
        let folder = |path: &PathBuf| {
            if path.is_dir() {
                return Some((path.clone(), true));
            }
            let mut above = path.ancestors().skip(1);
            Some((above.find(|folder| folder.is_dir())?.to_owned(), false))
        };
        let folders: BTreeSet<_> = self.roots.iter().filter_map(folder).collect();
        // To stop watching a folder by itself would be to stop watching it with all below it.
        let deep = |above: &&Path| folders.contains(&(above.to_path_buf(), true));
        let watched = |(folder, is_deep): &(PathBuf, bool)| {
            folder
                .ancestors()
                .skip(usize::from(*is_deep))
                .any(|above| deep(&above))
        };
        folders
            .iter()
            .filter(|folder| !watched(folder))
            .cloned()
            .collect()
    }

    /// Whether a change of a file asks for another run.
    fn concerns(&self, path: &Path) -> bool {
        let read = Format::of(path).is_some()
            || path
                .extension()
                .is_some_and(|ending| ending == "yaml" || ending == "yml");
        let hidden = |root: &PathBuf| {
            let below = path.strip_prefix(root).unwrap_or(path);
            let mut parts = below.components();
            parts.any(|part| part.as_os_str() == FOLDER || part.as_os_str() == ".git")
        };
        let ours = self.ours.iter().any(|written| path.starts_with(written));
        // A file that is named is checked, whatever it holds.
        let named = self.roots.contains(path);
        let of = |root: &PathBuf| {
            // A folder that is renamed or removed takes its files with it.
            let below = path.starts_with(root) && (read || path.extension().is_none());
            path == root || below && !hidden(root)
        };
        !ours && self.roots.iter().any(of) && (named || self.results.told(path).is_none())
    }
}

/// What happened.
enum Message {
    /// These files changed.
    Changed(Vec<PathBuf>),
    /// It is enough.
    Stop,
}

/// Runs this command without the flag, now and after every change, until it is stopped; then the last run says how it ends.
fn run(files: &dyn Fn() -> Files, streams: &mut Streams) -> io::Result<Outcome> {
    let (sender, messages) = channel();
    let mut watch = match Watch::new(&sender) {
        Ok(watch) => watch,
        Err(problem) => return streams.refuse(&[problem], &Sources::new()),
    };
    loop {
        let watched = files();
        if let Err(problem) = watch.follow(&watched) {
            return streams.refuse(&[problem], &Sources::new());
        }
        if io::stdout().is_terminal() {
            write!(streams.out, "{CLEAR}")?;
            streams.out.flush()?;
        }
        let outcome = once()?;
        streams.say(&"waiting for changes; Ctrl-C ends")?;
        if !wait(&messages, &watched) {
            return Ok(outcome);
        }
    }
}

/// One run in a process of its own.
fn once() -> io::Result<Outcome> {
    let arguments = env::args_os().skip(1).filter(|argument| argument != FLAG);
    let status = Command::new(env::current_exe()?).args(arguments).status()?;
    Ok(match status.code() {
        Some(0) => Outcome::Clean,
        Some(1) => Outcome::Found,
        _ => Outcome::CouldNotRun,
    })
}

/// Waits for a change, and for its end; gives back whether there is one.
fn wait(messages: &Receiver<Message>, files: &Files) -> bool {
    let mut changed = false;
    loop {
        let message = if changed {
            messages.recv_timeout(QUIET)
        } else {
            messages.recv().map_err(|_| RecvTimeoutError::Disconnected)
        };
        match message {
            Ok(Message::Changed(paths)) => {
                changed |= paths.iter().any(|path| files.concerns(path));
            }
            Err(RecvTimeoutError::Timeout) => return true,
            Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

/// The files of a run, and whoever tells of their changes.
struct Watch {
    watcher: RecommendedWatcher,
    folders: BTreeSet<(PathBuf, bool)>,
}

impl Watch {
    fn new(sender: &Sender<Message>) -> Result<Self, Diagnostic> {
        let stop = sender.clone();
        ctrlc::set_handler(move || {
            let _ = stop.send(Message::Stop);
        })
        .map_err(|error| cannot(&error.to_string()))?;
        let changes = sender.clone();
        let tell = move |event: notify::Result<Event>| {
            if let Ok(event) = event
                && tells_of_a_change(event.kind)
            {
                let _ = changes.send(Message::Changed(event.paths));
            }
        };
        Ok(Self {
            watcher: notify::recommended_watcher(tell).map_err(|error| failed(&error))?,
            folders: BTreeSet::new(),
        })
    }

    /// Watches these files and no others.
    fn follow(&mut self, files: &Files) -> Result<(), Diagnostic> {
        let folders = files.folders();
        for (folder, _) in self.folders.difference(&folders) {
            // It may be gone already.
            let _ = self.watcher.unwatch(folder);
        }
        for (folder, deep) in folders.difference(&self.folders) {
            let mode = if *deep {
                RecursiveMode::Recursive
            } else {
                RecursiveMode::NonRecursive
            };
            self.watcher
                .watch(folder, mode)
                .map_err(|error| failed(&error))?;
        }
        self.folders = folders;
        Ok(())
    }
}

/// Whether an event is more than that somebody looked at a file.
fn tells_of_a_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(mode)) => mode == notify::event::AccessMode::Write,
        EventKind::Access(_) => false,
        _ => true,
    }
}

fn failed(error: &notify::Error) -> Diagnostic {
    cannot(&error.to_string())
}

fn cannot(why: &str) -> Diagnostic {
    let message = format!("changes cannot be watched for: {why}");
    Diagnostic::error("unwatchable", message).help("leave out --watch")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_folder_is_watched_twice() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = source::canonical(folder.path());
        let below = root.join("below/deep");
        std::fs::create_dir_all(&below).expect("folders");
        let mut files = Files::default();
        files.add(&[
            root.clone(),
            root.join("assize.yaml"),
            below.join("a.md"),
            below,
        ]);
        assert_eq!(files.folders(), BTreeSet::from([(root, true)]));
    }

    #[test]
    fn a_run_does_not_start_itself_again() {
        let mut files = Files::default();
        files
            .roots
            .extend(["/reports", "/house/rule.yaml"].map(PathBuf::from));
        files.ours.push(PathBuf::from("/reports/out"));
        let check = |path: &str, expected: bool| {
            assert_eq!(files.concerns(Path::new(path)), expected, "{path}");
        };
        check("/reports/a.md", true);
        check("/reports/deep/a.docx", true);
        check("/reports/deep", true);
        check("/reports/assize.yaml", true);
        check("/house/rule.yaml", true);
        check("/house/other.yaml", false);
        check("/reports/a.sarif", false);
        check("/reports/out/a.docx", false);
        check("/reports/.assize_cache/0a/1b", false);
        check("/reports/.git/index", false);
    }
}
