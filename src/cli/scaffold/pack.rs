//! `assize new pack`: a rule, a framework and a lexicon that pass together.

use std::path::Path;

use super::Files;
use crate::cli::{args::SchemaOf, schema};

const FILES: [(&str, &str); 3] = [
    ("framework.yaml", include_str!("framework.yaml")),
    ("lexicon.yaml", include_str!("lexicon.yaml")),
    ("PACK-area-missing.yaml", include_str!("pack_rule.yaml")),
];

/// The schemas that the first lines of the files name, for editors.
const SCHEMAS: [(&str, SchemaOf); 4] = [
    ("fact.json", SchemaOf::Fact),
    ("framework.json", SchemaOf::Framework),
    ("lexicon.json", SchemaOf::Lexicon),
    ("rule.json", SchemaOf::Rule),
];

/// The files of a pack of this name, in its own folder below `folder`.
pub(in crate::cli) fn pack(id: &str, folder: &Path) -> Files {
    // Of the current folder nobody wants to be told.
    let folder = folder.strip_prefix(".").unwrap_or(folder).join(id);
    let title = title(id);
    let mut files = Files::default();
    for (name, text) in FILES {
        let filled = |text: &str| text.replace("PACK", id).replace("TITLE", &title);
        files.add(folder.join(filled(name)), filled(text));
    }
    for (name, of) in SCHEMAS {
        files.add(folder.join(".schema").join(name), schema::text(of));
    }
    files
}

/// `harbour-safety` as `Harbour safety`.
fn title(id: &str) -> String {
    let mut title = id.replace('-', " ");
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_has_a_title() {
        assert_eq!(title("harbour-safety"), "Harbour safety");
        assert_eq!(title("2-x"), "2 x");
        assert_eq!(title(""), "");
    }
}
