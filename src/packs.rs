//! The files of rule packs: those that the binary carries, and which file of a pack is what.

use crate::source::SourceFile;

/// Path (from the top of the project, with forward slashes) and text of every shipped pack file, sorted by path.
const BUILTIN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

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
    BUILTIN
        .iter()
        .map(|(name, text)| SourceFile::new(name, text))
}
