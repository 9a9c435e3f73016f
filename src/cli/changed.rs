//! `--changed`: which files differ from a revision, as git tells it.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Path, PathBuf},
    process::Command,
};

use super::{excuses, input::Input};
use crate::{diagnostic::Diagnostic, source};

/// Code of the diagnostics for what git cannot tell.
const CODE: &str = "git-failed";

/// The files that were changed, added, renamed or removed since a revision, from the root of the file system.
#[derive(Debug, Default)]
pub(super) struct Changed(BTreeSet<PathBuf>);

impl Changed {
    /// Asks git in the repository of each folder of `documents`: what differs from `revision`; where that is empty, from where
    /// the branch left its upstream, or from the last commit where it has none. Files that git does not know yet are changed.
    ///
    /// # Errors
    ///
    /// A diagnostic where there is no git, no repository or no such revision.
    pub(super) fn since<'a>(
        revision: &str,
        documents: impl Iterator<Item = &'a Input>,
    ) -> Result<Self, Diagnostic> {
        let mut roots: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
        let mut changed = Self::default();
        for document in documents {
            let path = match document {
                Input::File(path) => path,
                Input::Records(document) => match document.origin_path() {
                    Some(path) => path,
                    None => continue,
                },
                Input::Stdin(_) => continue,
            };
            let folder = source::absolute(path.parent().unwrap_or(path));
            if roots.contains_key(&folder) {
                continue;
            }
            let root = PathBuf::from(line(&folder, &["rev-parse", "--show-toplevel"])?);
            if !roots.values().any(|known| *known == root) {
                changed.ask(&root, revision)?;
            }
            roots.insert(folder, root);
        }
        Ok(changed)
    }

    fn ask(&mut self, root: &Path, revision: &str) -> Result<(), Diagnostic> {
        let base = base(root, revision)?;
        let differs = [
            "diff",
            "--name-only",
            "-z",
            "--no-ext-diff",
            "--no-renames",
            &base,
            "--",
        ];
        let unknown = ["ls-files", "--others", "--exclude-standard", "-z"];
        for names in [git(root, &differs)?, git(root, &unknown)?] {
            let names = names.split('\0').filter(|name| !name.is_empty());
            self.0.extend(names.map(|name| root.join(name)));
        }
        Ok(())
    }

    /// Whether a document is one of them, or what stands beside it for it: the file that says what may stand in it, or the records
    /// that tell of it. What comes from standard input is.
    pub(super) fn has(&self, document: &Input) -> bool {
        let differs = |path: &Path| self.0.contains(&source::canonical(path));
        let with_excuses = |path: &Path| {
            let path = source::canonical(path);
            self.0.contains(&excuses::path_of(&path)) || self.0.contains(&path)
        };
        match document {
            Input::File(path) => with_excuses(path),
            Input::Records(document) => {
                let told = document.origin_path();
                told.is_none_or(differs) || with_excuses(Path::new(document.name()))
            }
            Input::Stdin(_) => true,
        }
    }
}

/// The commit that files are held against.
fn base(root: &Path, revision: &str) -> Result<String, Diagnostic> {
    if revision.is_empty() {
        let upstream = line(root, &["merge-base", "HEAD", "@{upstream}"]);
        return upstream.or_else(|_| commit(root, "HEAD"));
    }
    commit(root, revision)
}

/// The commit of a revision.
fn commit(root: &Path, revision: &str) -> Result<String, Diagnostic> {
    let wanted = format!("{revision}^{{commit}}");
    let asked = [
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &wanted,
    ];
    line(root, &asked).map_err(|_| {
        let message = format!(
            "git knows no commit `{revision}` in {}",
            source::display_name(root)
        );
        let help = "name a branch, a tag or a commit; a shallow clone may have to fetch it first";
        Diagnostic::error(CODE, message).help(help)
    })
}

/// The one line that git writes.
fn line(folder: &Path, arguments: &[&str]) -> Result<String, Diagnostic> {
    Ok(git(folder, arguments)?
        .trim_end_matches(['\r', '\n'])
        .to_owned())
}

/// What git writes, asked in a folder.
fn git(folder: &Path, arguments: &[&str]) -> Result<String, Diagnostic> {
    let mut command = Command::new("git");
    let ran = command.arg("-C").arg(folder).args(arguments).output();
    let output = ran.map_err(|error| {
        let message = match error.kind() {
            io::ErrorKind::NotFound => "there is no git to ask what was changed".to_owned(),
            _ => format!("git cannot be run: {error}"),
        };
        Diagnostic::error(CODE, message)
            .help("install git, or name the documents and leave out --changed")
    })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("it gives no reason");
    let name = match source::display_name(folder) {
        name if name.is_empty() => ".".to_owned(),
        name => name,
    };
    let message = format!("{name}: git cannot tell what was changed: {said}");
    Err(Diagnostic::error(CODE, message).help("name the documents, and leave out --changed"))
}
