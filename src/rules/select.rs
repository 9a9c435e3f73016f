//! Which rules are meant where people name them: on the command line and in `assize.yaml`.
//!
//! ```text
//! selector = rule-id / pack / pattern of rule ids ("set-*") / pattern of pack and id ("sets/*")
//! ```

use globset::{Glob, GlobMatcher};

use super::{Rule, RuleSet};
use crate::{source::Sources, suggest::did_you_mean};

/// Which rules are meant.
#[derive(Clone, Debug)]
pub struct Selector {
    text: String,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    /// The rule of this name, or those of the pack of this name.
    Name,
    /// Those whose name fits.
    Names(GlobMatcher),
    /// Those whose pack and name, with a slash between, fit.
    PackNames(GlobMatcher),
}

impl Selector {
    /// Reads a selector.
    ///
    /// # Errors
    ///
    /// What is wrong with a pattern, without a full stop.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let kind = if text.contains(['*', '?', '[', '{', '/']) {
            match Glob::new(text) {
                Ok(glob) if text.contains('/') => Kind::PackNames(glob.compile_matcher()),
                Ok(glob) => Kind::Names(glob.compile_matcher()),
                Err(error) => {
                    return Err(format!("this is no pattern of rules: {}", error.kind()));
                }
            }
        } else {
            Kind::Name
        };
        Ok(Self {
            text: text.to_owned(),
            kind,
        })
    }

    /// Whether a rule is meant.
    pub fn fits(&self, rule: &Rule, sources: &Sources) -> bool {
        let id = &rule.info.id;
        match &self.kind {
            Kind::Name => self.names(rule) || self.text == pack(rule, sources),
            Kind::Names(glob) => glob.is_match(id),
            Kind::PackNames(glob) => glob.is_match(format!("{}/{id}", pack(rule, sources))),
        }
    }

    /// Whether a rule is meant by its own name, which counts for more than to be one of many.
    pub fn names(&self, rule: &Rule) -> bool {
        matches!(self.kind, Kind::Name) && self.text == rule.info.id
    }

    /// What is said where no rule is meant, and the way out; `None` where one is.
    pub fn unknown(&self, rules: &RuleSet, sources: &Sources) -> Option<(String, &'static str)> {
        if rules.iter().any(|rule| self.fits(rule, sources)) {
            return None;
        }
        let text = &self.text;
        Some(match self.kind {
            Kind::Name => {
                let names = rules.iter().map(|rule| rule.info.id.as_str());
                let packs = rules.iter().map(|rule| pack(rule, sources));
                let near = did_you_mean(text, names.chain(packs));
                (
                    format!("there is no rule `{text}`{near}"),
                    "`assize rules` lists them",
                )
            }
            Kind::Names(_) | Kind::PackNames(_) => (
                format!("no rule fits the pattern `{text}`"),
                "patterns are of names (`set-*`), or of packs and names (`sets/*`)",
            ),
        })
    }
}

/// The pack of a rule: the folder that its file stands in.
pub fn pack<'s>(rule: &Rule, sources: &'s Sources) -> &'s str {
    let name = sources.get(rule.info.source).map_or("", |file| file.name());
    name.rsplit('/').nth(1).unwrap_or_default()
}
