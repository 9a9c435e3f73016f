//! The tutorial, done as it is told: its files are saved, its commands run one after the other in one folder, and what it says
//! that they answer is what they answer. `BLESS=1 cargo test --test tutorial` writes the answers anew.

#![expect(clippy::disallowed_methods, reason = "a test may read the documents")]

use std::{
    env, fs,
    path::Path,
    process::{Command, Output},
};

const TUTORIAL: &str = "docs/tutorial.md";

/// A part of the document.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// Text.
    Text(String),
    /// What stands between fences: the words behind the opening one, and the lines.
    Fenced(String, String),
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut fenced: Option<(String, String)> = None;
    for line in text.split_inclusive('\n') {
        match (line.strip_prefix("```"), fenced.as_mut()) {
            (Some(info), None) => fenced = Some((info.trim().to_owned(), String::new())),
            (Some(_), Some(_)) => {
                let (info, lines) = fenced.take().expect("an open fence");
                parts.push(Part::Fenced(info, lines));
            }
            (None, Some((_, lines))) => lines.push_str(line),
            (None, None) => parts.push(Part::Text(line.to_owned())),
        }
    }
    assert_eq!(fenced, None, "every fence is closed");
    parts
}

/// A line without the numbers that tell how much Assize knows: those of facts and rules behind that of documents.
fn masked(line: &str) -> String {
    let Some(rest) = line.strip_prefix("1 document, ") else {
        return line.to_owned();
    };
    let (known, found) = rest.split_once(": ").unwrap_or((rest, ""));
    let known = known.replace(|c: char| c.is_ascii_digit(), "");
    format!("{known}: {found}")
}

/// The commands of a block, each with what it prints, standard output first.
fn answered(block: &str, folder: &Path) -> String {
    let mut text = String::new();
    for command in block.lines().filter_map(|line| line.strip_prefix("$ ")) {
        let mut words = command.split_whitespace();
        assert_eq!(words.next(), Some("assize"), "{command}");
        let Output { stdout, stderr, .. } = Command::new(env!("CARGO_BIN_EXE_assize"))
            .args(words)
            .current_dir(folder)
            .env("COLUMNS", "90")
            .env("NO_COLOR", "1")
            .output()
            .expect("the binary can be run");
        let printed = [stdout, stderr].concat();
        let printed = String::from_utf8(printed).expect("UTF-8");
        let lines = printed.lines().map(str::trim_end);
        text.extend(["$ ", command, "\n"]);
        lines.for_each(|line| text.extend([line, "\n"]));
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

#[test]
fn the_tutorial_comes_out_as_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let written = fs::read_to_string(TUTORIAL).expect("the tutorial");
    let mut told = String::new();
    let mut n_commands = 0;
    for part in parts(&written) {
        match part {
            Part::Text(line) => told.push_str(&line),
            Part::Fenced(info, lines) => {
                let shown = match info.split_once(' ') {
                    Some((_, file)) => {
                        fs::write(folder.path().join(file), &lines)
                            .expect("a file of the tutorial");
                        lines
                    }
                    None if info == "console" => {
                        n_commands += 1;
                        answered(&lines, folder.path())
                    }
                    None => panic!("a block is a file with its name, or a console: {info}"),
                };
                told.extend(["```", &info, "\n", &shown, "```\n"]);
            }
        }
    }
    assert!(n_commands > 5, "the tutorial has commands");
    if env::var_os("BLESS").is_some() {
        fs::write(TUTORIAL, &told).expect("the tutorial can be written");
    }
    let written = fs::read_to_string(TUTORIAL).expect("the tutorial");
    let lines = written.lines().zip(told.lines());
    for (written, told) in lines.map(|(written, told)| (masked(written), masked(told))) {
        assert_eq!(
            written, told,
            "`BLESS=1 cargo test --test tutorial` writes the answers anew"
        );
    }
    assert_eq!(written.lines().count(), told.lines().count());
}
