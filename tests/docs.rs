//! The documents say what the code does: generated parts of `GRAMMAR.md` and the reference of rules are fresh, and paths and commands that the documents
//! name exist. `BLESS=1 cargo test --test docs` writes the generated parts anew.
#![expect(clippy::disallowed_methods, reason = "a test may read the documents")]

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use assize::{expr::functions, facts::schema};

const DOCUMENTS: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "GRAMMAR.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/ci.md",
    "docs/configuration.md",
    "docs/editors.md",
    "docs/formats.md",
    "docs/tutorial.md",
];

#[test]
fn generated_parts_of_the_grammar_are_fresh() {
    fresh("GRAMMAR.md", "productions", &productions());
    fresh("GRAMMAR.md", "functions", &functions::markdown());
    fresh("GRAMMAR.md", "kinds", &kinds());
}

/// Holds the part of `document` between the two markers of `name` against `expected`.
fn fresh(document: &str, name: &str, expected: &str) {
    let text = fs::read_to_string(document).expect("the document is there");
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- end {name} -->"));
    let start = text.find(&open).expect("an opening marker") + open.len();
    let end = text.find(&close).expect("a closing marker");
    let (before, rest) = text.split_at(start);
    let (found, after) = rest.split_at(end - start);
    let expected = format!("\n{}\n\n", expected.trim());
    if env::var_os("BLESS").is_some() {
        fs::write(document, format!("{before}{expected}{after}"))
            .expect("the document can be written");
    } else {
        assert!(
            found == expected,
            "{document}: the part `{name}` is stale; `BLESS=1 cargo test --test docs` renews it"
        );
    }
}

#[test]
fn the_reference_of_rules_is_fresh() {
    let output = Command::new(env!("CARGO_BIN_EXE_assize"))
        .args(["explain", "--all", "--format", "markdown"])
        .output()
        .expect("the binary can be run");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let mut parts = parts(&text).into_iter();
    let index = parts.next().expect("a list of the rules");
    let packs: BTreeMap<PathBuf, String> = parts
        .map(|part| {
            let name = part.lines().next().unwrap_or_default();
            (
                reference(name.trim_start_matches("# ")),
                part.replacen("# ", "# Rules: ", 1),
            )
        })
        .collect();
    let mut expected = packs.clone();
    expected.insert(PathBuf::from("docs/rules.md"), with_links(&index));
    if env::var_os("BLESS").is_some() {
        let _ = fs::remove_dir_all("docs/rules");
        fs::create_dir_all("docs/rules").expect("a folder");
        for (path, text) in &expected {
            fs::write(path, text).expect("the document can be written");
        }
    }
    let there = fs::read_dir("docs/rules").expect("a folder");
    let there: BTreeSet<PathBuf> = there.map(|entry| entry.expect("a file").path()).collect();
    let named: BTreeSet<PathBuf> = packs.into_keys().collect();
    assert_eq!(
        there, named,
        "`BLESS=1 cargo test --test docs` renews docs/rules"
    );
    for (path, text) in expected {
        let found = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            found == text,
            "{} is stale; `BLESS=1 cargo test --test docs` renews it",
            path.display()
        );
    }
}

/// Where examples of answers say how many rules were run; those that the tutorial writes itself count too.
#[test]
fn the_number_of_rules_is_fresh() {
    let known = {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.md"), "Nothing.\n").expect("a file");
        let output = Command::new(env!("CARGO_BIN_EXE_assize"))
            .args(["check", "a.md", "--format", "json"])
            .current_dir(folder.path())
            .output()
            .expect("the binary can be run");
        let results: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        results["summary"]["rules"].as_u64().expect("a number")
    };
    for (document, own) in [("README.md", [0].as_slice()), ("docs/tutorial.md", &[1, 2])] {
        let text = fs::read_to_string(document).expect("the document");
        let mut own = own.iter();
        let mut line = |line: &str| {
            let (before, rest) = line.split_once(" facts, ")?;
            let (_, after) = rest.split_once(" rules: ")?;
            let rules = known + own.next().expect("as many answers as are known here");
            Some(format!("{before} facts, {rules} rules: {after}"))
        };
        let expected = text
            .split('\n')
            .map(|text| line(text).unwrap_or_else(|| text.to_owned()));
        let expected = expected.collect::<Vec<_>>().join("\n");
        assert_eq!(own.next(), None, "{document} has an answer for each");
        if env::var_os("BLESS").is_some() {
            fs::write(document, &expected).expect("the document can be written");
        } else {
            assert!(
                text == expected,
                "{document}: a number of rules is stale; `BLESS=1 cargo test --test docs` renews it"
            );
        }
    }
}

/// The page of a pack.
fn reference(pack: &str) -> PathBuf {
    Path::new("docs/rules").join(format!("{}.md", pack.replace('\\', "")))
}

/// A text cut before each heading of the first level, but for the first; lines between fences are none.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let ticks = line.trim_end().trim_end_matches(char::is_alphabetic);
        if ticks.len() > 2 && ticks.chars().all(|c| c == '`') {
            fence = match fence {
                None => Some(ticks),
                Some(open) => (open != ticks).then_some(open),
            };
        }
        if fence.is_none() && line.starts_with("# ") && line != "# Rules\n" {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push_str(line);
        }
    }
    for part in &mut parts {
        part.truncate(part.trim_end().len());
        part.push('\n');
    }
    parts
}

/// The list of rules with links to the pages of their packs.
fn with_links(index: &str) -> String {
    let mut page = String::new();
    let lines = index.lines().map(|line| {
        if let Some(pack) = line
            .strip_prefix("**")
            .and_then(|line| line.strip_suffix("**"))
        {
            page = reference(pack).to_string_lossy().replace("docs/", "");
            return format!("**[{pack}]({page})**\n");
        }
        format!("{}\n", line.replace("](#", &format!("]({page}#")))
    });
    lines.collect()
}

/// The productions that stand in the comments of the grammar, file by file.
fn productions() -> String {
    let mut out = String::new();
    for file in rust_files(Path::new("src/grammar")).expect("the grammar can be listed") {
        let text = fs::read_to_string(&file).expect("a source file");
        let found = productions_of(text.split("#[cfg(test)]").next().unwrap_or_default());
        if found.is_empty() {
            continue;
        }
        let about = text
            .lines()
            .next()
            .unwrap_or_default()
            .trim_start_matches("//!")
            .trim();
        let name = file
            .strip_prefix("src/grammar")
            .unwrap_or(&file)
            .with_extension("");
        let name = name.to_string_lossy().replace('\\', "/");
        let name = name.trim_end_matches("/mod");
        let _ = write!(
            out,
            "### {name}\n\n{about}\n\n```text\n{}\n```\n\n",
            found.join("\n")
        );
    }
    out
}

/// The lines of productions in doc comments: those of fenced text, and single ones in backticks.
fn productions_of(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut fenced = false;
    for line in code.lines() {
        let line = line.trim_start();
        let Some(comment) = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"))
        else {
            fenced = false;
            continue;
        };
        let comment = comment.strip_prefix(' ').unwrap_or(comment);
        if comment.starts_with("```") {
            fenced = !fenced && comment.contains("text");
        } else if fenced {
            found.push(comment.trim_end().to_owned());
        } else if let Some(production) = comment.strip_prefix('`') {
            let production = production.split('`').next().unwrap_or_default();
            if production
                .split_once(" = ")
                .is_some_and(|(name, _)| is_name(name))
            {
                found.push(production.to_owned());
            }
        }
    }
    found
}

fn is_name(text: &str) -> bool {
    !text.trim().is_empty()
        && text
            .trim()
            .chars()
            .all(|c| c.is_ascii_lowercase() || c == '-')
}

/// The kinds of fact and their fields, as a list.
fn kinds() -> String {
    let mut out = String::new();
    for kind in schema::KINDS {
        let _ = write!(
            out,
            "**{}** (`{}`): {}\n\n",
            kind.name,
            kind.plural,
            kind.help.trim()
        );
        for field in kind.fields {
            let _ = writeln!(out, "- `{}`: {}", field.name, field.help);
        }
        out.push('\n');
    }
    out
}

#[test]
fn paths_that_the_documents_name_exist() {
    let mut named = BTreeSet::new();
    for document in DOCUMENTS {
        let text = fs::read_to_string(document).unwrap_or_else(|_| panic!("{document} is there"));
        for word in text.split(['`', '(', ')', ' ', '\n', '|']) {
            let path = word.trim_end_matches([',', '.', ';', ':']);
            let below = ["src/", "rules/", "reports/", "tests/", "benches/", ".ci/"];
            if below.iter().any(|folder| path.starts_with(folder))
                && !path.contains(['<', '*', '…'])
            {
                named.insert((*document, path.to_owned()));
            }
        }
    }
    assert!(named.len() > 10, "the scan finds paths");
    let missing: Vec<_> = named
        .iter()
        .filter(|(_, path)| !Path::new(path).exists())
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
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
