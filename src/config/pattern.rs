//! Patterns of paths, as ignore files have them.
//!
//! ```text
//! *-release.md    a name, at any depth
//! press/          a folder, at any depth, and all that is in it
//! 2024/*.md       below the folder of the file that the pattern stands in
//! **/draft/**     `**` stands for any number of folders
//! ```

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};

use crate::source;

/// A document, as patterns see it.
#[derive(Clone, Debug)]
pub struct DocumentPath {
    absolute: PathBuf,
    shown: String,
}

impl DocumentPath {
    /// The document at a path.
    pub fn new(path: &Path) -> Self {
        Self {
            absolute: source::absolute(path),
            shown: source::display_name(path),
        }
    }

    /// The folder that it stands in.
    pub fn folder(&self) -> &Path {
        self.absolute.parent().unwrap_or(&self.absolute)
    }

    /// The path below a folder, with forward slashes; `None` where it is not below it.
    fn below(&self, folder: &Path) -> Option<String> {
        let below = self.absolute.strip_prefix(folder).ok()?;
        Some(source::display_name(below))
    }
}

/// A pattern, and the folder that it is relative to.
#[derive(Clone, Debug)]
pub struct Pattern {
    base: PathBuf,
    glob: GlobMatcher,
    /// It has no folder in it: it is a name, at any depth.
    anywhere: bool,
    /// It ends in a slash: only folders fit.
    folder: bool,
}

impl Pattern {
    /// Reads a pattern that is relative to an [absolute](source::absolute) folder.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in a few words.
    pub fn new(text: &str, base: &Path) -> Result<Self, String> {
        let written = text.trim();
        let folder = written.ends_with('/');
        let plain = written.trim_end_matches('/').trim_start_matches("./");
        if plain.is_empty() || plain == "." {
            return Err("this pattern is empty: `**` stands for every path".to_owned());
        }
        if plain.split('/').any(|part| part == "..") {
            return Err("a pattern cannot leave the folder of its file by `..`".to_owned());
        }
        let anywhere = !plain.contains('/');
        let glob = GlobBuilder::new(plain.trim_start_matches('/'))
            .literal_separator(true)
            .build()
            .map_err(|error| format!("this is no pattern of paths: {}", error.kind()))?;
        Ok(Self {
            base: base.to_owned(),
            glob: glob.compile_matcher(),
            anywhere,
            folder,
        })
    }

    /// Whether only folders fit.
    pub const fn is_folder(&self) -> bool {
        self.folder
    }

    /// Whether the document, or a folder above it, fits.
    pub fn fits(&self, document: &DocumentPath) -> bool {
        self.fit(document).is_some()
    }

    /// The outermost folder above the document that fits, or the document itself; as it is called from the pattern's folder.
    pub fn fit(&self, document: &DocumentPath) -> Option<String> {
        let path = match document.below(&self.base) {
            Some(path) => path,
            None if self.anywhere => document.shown.clone(),
            None => return None,
        };
        let ends = path.match_indices('/').map(|(at, _)| at);
        let ends = ends.chain((!self.folder).then_some(path.len()));
        ends.filter_map(|end| path.get(..end))
            .find(|part| self.is_match(part))
            .map(str::to_owned)
    }

    fn is_match(&self, path: &str) -> bool {
        if self.anywhere {
            let name = path.rsplit('/').next().unwrap_or(path);
            self.glob.is_match(name)
        } else {
            self.glob.is_match(path)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks what of `path` fits a pattern of the folder `/base`.
    #[track_caller]
    fn check(pattern: &str, path: &str, expected: Option<&str>) {
        let pattern = Pattern::new(pattern, Path::new("/base")).expect(pattern);
        let document = DocumentPath::new(Path::new(path));
        assert_eq!(pattern.fit(&document).as_deref(), expected, "{path}");
    }

    #[test]
    fn names_fit_at_any_depth() {
        check(
            "*-release.md",
            "/base/a/b-release.md",
            Some("a/b-release.md"),
        );
        check("*.md", "/base/a.txt", None);
        check("press", "/base/2024/press/a.md", Some("2024/press"));
        check("press/", "/base/2024/press/a.md", Some("2024/press"));
        check("press/", "/base/2024/press", None);
        check("a.md", "/elsewhere/a.md", Some("/elsewhere/a.md"));
        check("{a,b}.md", "/base/b.md", Some("b.md"));
    }

    #[test]
    fn patterns_with_folders_are_relative_to_their_file() {
        check("2024/*.md", "/base/2024/a.md", Some("2024/a.md"));
        check("2024/*.md", "/base/2024/x/a.md", None);
        check("2024/*.md", "/base/x/2024/a.md", None);
        check("/a.md", "/base/a.md", Some("a.md"));
        check("/a.md", "/base/x/a.md", None);
        check("./2024/**", "/base/2024/x/../a.md", Some("2024/a.md"));
        check("**/2024/**", "/base/x/2024/a.md", Some("x/2024/a.md"));
        check(
            "inspections/*/",
            "/base/inspections/1/x/a.md",
            Some("inspections/1"),
        );
        check("2024/*.md", "/elsewhere/2024/a.md", None);
    }

    #[test]
    fn what_is_no_pattern_is_told() {
        for text in ["", "/", "./", "../a", "a/../b", "[a", "{a"] {
            assert!(Pattern::new(text, Path::new("/base")).is_err(), "{text}");
        }
    }
}
