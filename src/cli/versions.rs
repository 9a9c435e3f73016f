//! A document compared with an earlier version of it.

use std::path::Path;

use super::{args::CheckArgs, documents::Documents, input::Input, plan::Project};
use crate::{
    diagnostic::{Diagnostic, Severity},
    rules::config::ScopeConfig,
    source::{self, Sources},
};

/// Reads the earlier version, and tells the project of the document that it is one.
///
/// # Errors
///
/// A diagnostic when it cannot be read, or when there are several documents, of which it can be an earlier version.
pub(super) fn compare(
    args: &CheckArgs,
    earlier: &Path,
    documents: &Documents<'_>,
    projects: &mut [Project],
    sources: &mut Sources,
) -> Result<(), Diagnostic> {
    let held: Vec<_> = documents.held().collect();
    let later = match held.as_slice() {
        // Why there is none was said already.
        [] => return Ok(()),
        [(one, _)] => *one,
        several => {
            let name = source::display_name(earlier);
            let message = format!(
                "{name} cannot be an earlier version of {} documents",
                several.len()
            );
            let problem = Diagnostic::error("bad-argument", message);
            return Err(problem.help("name one document to compare with it"));
        }
    };
    let (file, format) = Input::File(earlier.to_owned()).read(args.documents.tracked.into())?;
    let source = sources.add(file);
    if let Some(document) = documents.planned(later)
        && let Some(project) = projects.get_mut(document.project)
    {
        project.take(source, document);
        project.options.earlier.insert(later, (source, format));
    }
    Ok(())
}

/// Takes out of what was found what only tells of a change: the notes of rules that compare versions.
pub(super) fn changes(found: &mut Vec<Diagnostic>, projects: &[Project]) -> Vec<Diagnostic> {
    let compares = |id: &str| {
        let rules = projects
            .iter()
            .filter_map(|project| project.packs.rules.get(id));
        rules
            .into_iter()
            .any(|rule| rule.scope == ScopeConfig::Versions)
    };
    let is_change = |found: &Diagnostic| found.severity == Severity::Note && compares(&found.code);
    found.extract_if(.., |found| is_change(found)).collect()
}
