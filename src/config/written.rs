//! `assize.yaml` exactly as written.
//!
//! Every key is optional. Values keep their place in the file, so that a mistake is shown there, and so that it can be said of
//! what is in force where it comes from.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    diagnostic::Severity,
    rules::config::{Entries, Mapping, OneOrMany, Stage},
    span::Spanned,
};

/// How the documents in a folder, and in the folders below it, are checked. Paths and patterns are relative to the folder of the
/// file that they stand in.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(title = "assize.yaml")]
pub struct ConfigFile {
    /// Configuration files whose keys hold where this one says nothing else: a path or a list of them, later ones over earlier ones.
    pub extends: Option<Spanned<OneOrMany>>,
    /// Folders or files with more rules, frameworks and lexicons.
    pub packs: Option<Spanned<OneOrMany>>,
    /// How much rules matter: by name of a rule, pattern of names (`set-*`) or pattern of pack and name (`sets/*`). A name
    /// counts for more than a pattern, of several patterns the last.
    pub rules: Option<Entries<Level>>,
    /// By name of a rule, values for its parameters, by their names: numbers, texts in quotes, `true`, `false` and lists of them.
    pub params: Option<Entries<Mapping>>,
    /// Id of the framework that documents are read with; recognised from each where left out.
    pub framework: Option<Spanned<String>>,
    /// By pattern of paths, the id of a framework. The last pattern that fits counts.
    pub frameworks: Option<Entries<String>>,
    /// What documents are among those about one inspection; told by their words where left out.
    pub role: Option<Spanned<Role>>,
    /// By pattern of paths, what documents are among those about one inspection. The last pattern that fits counts.
    pub roles: Option<Entries<Role>>,
    /// The stage of writing that documents are at; rules of every stage are run where left out.
    pub stage: Option<Spanned<Stage>>,
    /// Documents that belong together, whatever they say: each entry is a pattern or a list of them, and what fits it is one set.
    /// A pattern that ends in `/` makes a set of every folder that fits.
    pub sets: Option<Vec<Spanned<OneOrMany>>>,
    /// Patterns of paths that are left out when a folder is checked.
    pub exclude: Option<Spanned<OneOrMany>>,
    /// A diagnostic of this severity or above ends a run with exit code 1; `error` where left out.
    pub fail_on: Option<Spanned<Severity>>,
    /// Diagnostics of this severity and above are printed; `note` where left out.
    pub show: Option<Spanned<Severity>>,
    /// How results are written: `FORMAT` to standard output, `FORMAT=FILE` to a file; one or a list.
    pub output: Option<Spanned<OneOrMany>>,
    /// Whether what is found is kept for the next run, in `.assize_cache` beside this file; `false` where left out.
    pub cache: Option<Spanned<bool>>,
    /// What holds for some paths only. Later entries win over earlier ones, and all of them over what stands above.
    pub overrides: Option<Vec<Spanned<OverrideConfig>>>,
}

/// What holds for some paths only.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OverrideConfig {
    /// A pattern of paths, or a list of them.
    pub paths: Option<Spanned<OneOrMany>>,
    /// How much rules matter.
    pub rules: Option<Entries<Level>>,
    /// By name of a rule, values for its parameters.
    pub params: Option<Entries<Mapping>>,
    /// Id of the framework that documents are read with.
    pub framework: Option<Spanned<String>>,
    /// What documents are among those about one inspection.
    pub role: Option<Spanned<Role>>,
    /// The stage of writing that documents are at.
    pub stage: Option<Spanned<Stage>>,
}

/// How much a rule matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It is not run.
    Off,
    /// It is run with its own severity, as a note where it is off unless asked for.
    On,
    /// Worth a look.
    Note,
    /// A careful editor would change it.
    Warning,
    /// Cannot be true as written.
    Error,
}

/// What a document is among those about one inspection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The report of the inspection.
    Report,
    /// A summary of the report.
    Summary,
    /// A press release on it.
    Release,
    /// The answer of the inspected body.
    Response,
    /// The plan of what the inspected body is to do.
    Plan,
}

impl Role {
    /// The name that rules know it by, one of [`ROLES`](crate::rules::bind::ROLES).
    pub const fn name(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Summary => "summary",
            Self::Release => "release",
            Self::Response => "response",
            Self::Plan => "plan",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::bind::ROLES;

    #[test]
    fn roles_are_those_that_rules_know() {
        let roles = [
            Role::Report,
            Role::Summary,
            Role::Release,
            Role::Response,
            Role::Plan,
        ];
        assert_eq!(roles.map(Role::name), ROLES);
    }
}
