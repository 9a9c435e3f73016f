//! Documents in, diagnostics out: the one function that the command line, the editor and the tests call.
//!
//! ```text
//! read ─► facts ─► document rules ─┐                 each document by itself, in parallel
//!              └─► sets ─► set rules ─┴─► suppressed ─► sorted
//! ```
//!
//! Nothing here reads a file or a clock: the same texts give the same report, in whatever order they come. Documents are asked
//! for at a [`Desk`] when their turn comes, and let go when they were looked at, so that memory does not grow with their number.

mod desk;
mod examples;
mod read;
mod report;
mod run;
mod sets;
mod settings;

pub use desk::{Desk, Group, Opened, Outcome, Ran, Together};
pub use examples::{ExampleReport, run_examples};
pub use read::{INTERNAL, Read, guarded, looks, read};
pub use report::{DocumentReport, Report, Summary, Took};
pub use settings::{Options, Settings, runs};

use self::{desk::InMemory, run::Run};
use crate::{
    document::Format, framework::Frameworks, rules::RuleSet, source::Sources, span::SourceId,
};

/// Checks documents that are in memory, each by itself and those about one inspection together.
///
/// A document that brings the program down, which none should, is reported as `internal-error`; the others are checked.
pub fn check(
    sources: &Sources,
    documents: &[(SourceId, Format)],
    rules: &RuleSet,
    frameworks: &Frameworks,
    options: &Options,
) -> Report {
    let desk = InMemory {
        sources,
        formats: documents.iter().copied().collect(),
    };
    let known = documents.iter().map(|(source, _)| *source);
    let known: Vec<_> = known
        .filter(|source| sources.get(*source).is_some())
        .collect();
    let run = Run::new(&desk, sources, &known, rules, frameworks, options);
    run.check(&known)
}

/// As [`check`], with each document asked for at a desk when its turn comes. The `sources` have their names. What is to be
/// shown of them is given back in [`Report::files`].
pub fn check_from(
    desk: &dyn Desk,
    sources: &Sources,
    documents: &[SourceId],
    rules: &RuleSet,
    frameworks: &Frameworks,
    options: &Options,
) -> Report {
    let run = Run::new(desk, sources, documents, rules, frameworks, options);
    run.cutting(!options.whole).check(documents)
}
