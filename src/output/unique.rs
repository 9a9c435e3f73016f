//! Fingerprints of one run, numbered where two problems have the same one.

use std::collections::HashMap;

use crate::{diagnostic::Diagnostic, fingerprint::Fingerprint, source::Sources};

/// Counts the problems of each fingerprint.
pub(super) struct Unique<'a> {
    sources: &'a Sources,
    seen: HashMap<Fingerprint, usize>,
}

impl<'a> Unique<'a> {
    /// Nothing counted yet.
    pub(super) fn new(sources: &'a Sources) -> Self {
        let seen = HashMap::new();
        Self { sources, seen }
    }

    /// The fingerprint of a problem, and its number among those of that fingerprint, from 1.
    pub(super) fn number(&mut self, diagnostic: &Diagnostic) -> (Fingerprint, usize) {
        let print = Fingerprint::of(diagnostic, self.sources);
        let number = self.seen.entry(print).or_default();
        *number += 1;
        (print, *number)
    }
}
