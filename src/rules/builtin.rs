//! The rules that the binary carries.

use super::{Loaded, Loader};
use crate::{
    framework::Frameworks,
    packs::{self, PackFile},
    source::Sources,
};

/// A loader that holds the files of the shipped packs; more can be added before it is finished.
pub fn loader<'a>(sources: &mut Sources, frameworks: &'a Frameworks) -> Loader<'a> {
    let mut loader = Loader::new(frameworks);
    for file in packs::builtin().filter(|file| PackFile::of(file.name()) == PackFile::Rule) {
        let source = sources.add(file.clone());
        loader.add_shipped(source, file);
    }
    loader
}

/// The rules of the shipped packs.
pub fn load(sources: &mut Sources, frameworks: &Frameworks) -> Loaded {
    loader(sources, frameworks).finish()
}
