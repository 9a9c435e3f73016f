//! `assize new`: files to start from, which pass as they are.

use std::{
    fs::{self, OpenOptions},
    io::{self, ErrorKind, Write},
    path::Path,
};

use super::{
    Outcome, Streams,
    args::{NewArgs, NewReportArgs, NewRuleArgs, NewWhat},
    input,
    packs::{Packs, Purpose},
    scaffold::{self, Files},
};
use crate::{
    config,
    diagnostic::Diagnostic,
    source::{self, Sources},
};

/// A rule with an example of everything that a rule usually has.
const RULE: &str = include_str!("new_rule.yaml");

/// A configuration that says what holds without one, with an example of every key.
const CONFIG: &str = include_str!("new_config.yaml");

/// Writes a file to start from.
///
/// # Errors
///
/// Those of the streams.
pub(super) fn run(args: &NewArgs, streams: &mut Streams) -> io::Result<Outcome> {
    match &args.what {
        NewWhat::Rule(args) => rule(args, streams),
        NewWhat::Config(args) => made(&args.dir.join(config::FILE), CONFIG, streams),
        NewWhat::Pack(args) => {
            let files = check_id(&args.id, "a pack").map(|()| scaffold::pack(&args.id, &args.dir));
            write_all(files, streams)
        }
        NewWhat::Report(args) => report(args, streams),
    }
}

fn report(args: &NewReportArgs, streams: &mut Streams) -> io::Result<Outcome> {
    let mut sources = Sources::new();
    let packs = match Packs::load(&args.rules, Purpose::Rules, &mut sources) {
        Ok(packs) => packs,
        Err(problems) => return streams.refuse(&problems, &sources),
    };
    let files = match packs.frameworks.vocabulary(&args.framework) {
        Some(vocabulary) => Ok(scaffold::report(&vocabulary.framework, &args.file)),
        None => Err(packs.unknown_framework(&args.framework)),
    };
    write_all(files, streams)
}

/// Writes new files, and says their names.
fn write_all(files: Result<Files, Diagnostic>, streams: &mut Streams) -> io::Result<Outcome> {
    let create = |path: &Path, text: &str| {
        write(path, text).map_err(|error| unwritable(&source::display_name(path), &error))
    };
    match files.and_then(|files| files.write(create)) {
        Ok(names) => {
            for name in names {
                writeln!(streams.out, "{name}")?;
            }
            Ok(Outcome::Clean)
        }
        Err(problem) => streams.refuse(&[problem], &Sources::new()),
    }
}

fn rule(args: &NewRuleArgs, streams: &mut Streams) -> io::Result<Outcome> {
    match check_id(&args.id, "a rule") {
        Ok(()) => {
            let path = args.dir.join(format!("{}.yaml", args.id));
            made(&path, &RULE.replace("RULE-ID", &args.id), streams)
        }
        Err(problem) => streams.refuse(&[problem], &Sources::new()),
    }
}

/// Writes a new file, and says its name.
fn made(path: &Path, text: &str, streams: &mut Streams) -> io::Result<Outcome> {
    let name = source::display_name(&input::plain(path));
    match write(path, text) {
        Ok(()) => {
            writeln!(streams.out, "{name}")?;
            Ok(Outcome::Clean)
        }
        Err(error) => streams.refuse(&[unwritable(&name, &error)], &Sources::new()),
    }
}

/// Whether `id` can name a rule or pack: words of lower-case letters and digits, joined by hyphens.
fn check_id(id: &str, what: &str) -> Result<(), Diagnostic> {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    if id.split('-').all(is_word) {
        return Ok(());
    }
    let message = format!("`{id}` is not a name for {what}");
    Err(Diagnostic::error("bad-argument", message).help(
        "join words of small letters by hyphens, and say what is wrong: date-after-publication",
    ))
}

/// Writes a new file, and the folders that it stands in.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}

fn unwritable(name: &str, error: &io::Error) -> Diagnostic {
    let problem = |what: &str| Diagnostic::error("unwritable-file", format!("{name}: {what}"));
    if error.kind() == ErrorKind::AlreadyExists {
        problem("there is such a file already")
            .help("nothing was written; choose another name or folder")
    } else {
        problem(&error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_rules_are_kebab_case() {
        for id in ["date-order", "a2", "x"] {
            assert!(check_id(id, "a rule").is_ok(), "{id}");
        }
        for id in ["", "Date", "a--b", "-a", "../a", "a b", "é"] {
            assert!(check_id(id, "a rule").is_err(), "{id}");
        }
    }
}
