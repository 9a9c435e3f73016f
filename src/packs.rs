//! The files of rule packs: those that the binary carries, and which file of a pack is what.

use crate::{source::SourceFile, tree::Tree};

/// Path (from the top of the project, with forward slashes), text and nodes of every shipped pack file, sorted by path.
const BUILTIN: &[(&str, &str, Tree)] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// What a file of a pack holds, told by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackFile {
    /// `framework.yaml`: a framework.
    Framework,
    /// `lexicon.yaml`: words and phrases.
    Lexicon,
    /// Any other `.yaml` file: a rule, or a kind of fact.
    Rule,
}

impl PackFile {
    /// What the file of this name is.
    pub fn of(name: &str) -> Self {
        match name.rsplit('/').next() {
            Some("framework.yaml") => Self::Framework,
            Some("lexicon.yaml") => Self::Lexicon,
            _ => Self::Rule,
        }
    }
}

/// Every file of the packs that the binary carries.
pub fn builtin() -> impl Iterator<Item = SourceFile> {
    shipped().map(|shipped| shipped.file)
}

/// A file of the packs that the binary carries.
#[derive(Clone, Debug)]
pub struct Shipped {
    /// The file.
    pub file: SourceFile,
    /// The file as it was parsed when the binary was built.
    pub tree: Tree,
}

/// Every file of the packs that the binary carries, parsed.
pub fn shipped() -> impl Iterator<Item = Shipped> {
    BUILTIN.iter().map(|(name, text, tree)| Shipped {
        file: SourceFile::new(name, text),
        tree: *tree,
    })
}
