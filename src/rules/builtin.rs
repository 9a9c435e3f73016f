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
    for shipped in packs::shipped() {
        if PackFile::of(shipped.file.name()) == PackFile::Rule {
            let source = sources.add(shipped.file.clone());
            loader.add_shipped(source, shipped);
        }
    }
    loader
}

/// The rules of the shipped packs.
pub fn load(sources: &mut Sources, frameworks: &Frameworks) -> Loaded {
    loader(sources, frameworks).finish()
}
