//! The import table of `ARCHITECTURE.md`, held against the sources: a module imports only from those above it.
#![expect(
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test may read the sources and cut them"
)]

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Modules in order, each with those it may import from.
const TABLE: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("suggest", &[]),
    ("value", &[]),
    ("diagnostic", &["span", "suggest", "value"]),
    ("layout", &["span"]),
    ("source", &["span", "diagnostic", "layout"]),
    ("fingerprint", &["span", "diagnostic", "source"]),
    ("baseline", &["span", "diagnostic", "source", "fingerprint"]),
    ("tree", &[]),
    ("packs", &["source", "tree"]),
    (
        "yaml",
        &["span", "suggest", "diagnostic", "source", "tree", "packs"],
    ),
    ("document", &["span", "diagnostic", "layout", "source"]),
    ("grammar", &["span", "suggest", "value"]),
    (
        "framework",
        &[
            "span",
            "suggest",
            "value",
            "diagnostic",
            "source",
            "packs",
            "yaml",
            "grammar",
        ],
    ),
    (
        "facts",
        &[
            "span",
            "suggest",
            "value",
            "layout",
            "source",
            "document",
            "grammar",
            "framework",
        ],
    ),
    ("expr", &["span", "suggest", "value"]),
    (
        "rules",
        &[
            "span",
            "suggest",
            "value",
            "diagnostic",
            "source",
            "packs",
            "yaml",
            "document",
            "grammar",
            "framework",
            "facts",
            "expr",
        ],
    ),
    (
        "lint",
        &[
            "span",
            "value",
            "diagnostic",
            "source",
            "document",
            "framework",
            "facts",
            "rules",
        ],
    ),
    (
        "cache",
        &[
            "span",
            "value",
            "diagnostic",
            "source",
            "document",
            "facts",
            "rules",
            "lint",
        ],
    ),
    (
        "mutate",
        &[
            "span",
            "value",
            "diagnostic",
            "source",
            "document",
            "grammar",
            "framework",
            "facts",
            "rules",
            "lint",
        ],
    ),
    (
        "annotate",
        &["span", "diagnostic", "layout", "source", "document"],
    ),
    (
        "output",
        &[
            "span",
            "value",
            "diagnostic",
            "layout",
            "source",
            "fingerprint",
            "document",
        ],
    ),
    (
        "config",
        &[
            "span",
            "suggest",
            "diagnostic",
            "source",
            "yaml",
            "framework",
            "rules",
            "output",
        ],
    ),
    (
        "cli",
        &[
            "span",
            "suggest",
            "value",
            "diagnostic",
            "source",
            "baseline",
            "packs",
            "yaml",
            "document",
            "grammar",
            "framework",
            "facts",
            "expr",
            "rules",
            "lint",
            "cache",
            "mutate",
            "annotate",
            "output",
            "config",
        ],
    ),
];

#[test]
fn modules_import_downwards_only() {
    let mut broken = Vec::new();
    let mut seen = 0;
    for file in rust_files(Path::new("src")).expect("the sources can be listed") {
        let module = module_of(&file);
        if module == "lib" || module == "main" {
            continue;
        }
        let Some((_, allowed)) = TABLE.iter().find(|(name, _)| *name == module) else {
            broken.push(format!(
                "{} belongs to no module of the table",
                file.display()
            ));
            continue;
        };
        let text = fs::read_to_string(&file).expect("a source file");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for import in imports(code) {
            seen += 1;
            if import != module && !allowed.contains(&import.as_str()) {
                broken.push(format!("{} imports {import}", file.display()));
            }
        }
    }
    assert!(seen > 20, "the scan finds the imports");
    assert!(broken.is_empty(), "{broken:#?}");
}

/// The top-level modules that code names after `crate::`, also inside a grouped `use crate::{…}`.
fn imports(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let code: String = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            found.extend(top_level_names(group));
        } else {
            found.extend(name_at(rest));
        }
    }
    found.retain(|name| name.chars().next().is_some_and(char::is_lowercase));
    found
}

/// The first names of a `{a::b, c::{d, e}}` group, up to its closing brace.
fn top_level_names(group: &str) -> Vec<String> {
    let (mut depth, mut names, mut at_start) = (0, Vec::new(), true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_start = true,
            c if c.is_whitespace() => {}
            _ => {
                if at_start && depth == 0 {
                    names.extend(name_at(&group[at..]));
                }
                at_start = false;
            }
        }
    }
    names
}

fn name_at(text: &str) -> Option<String> {
    let name: String = text
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    (!name.is_empty()).then_some(name)
}

/// The top-level module that a file under `src` belongs to.
fn module_of(file: &Path) -> String {
    let first = file
        .components()
        .nth(1)
        .map(|part| part.as_os_str().to_string_lossy().into_owned());
    first.unwrap_or_default().trim_end_matches(".rs").to_owned()
}

fn rust_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
