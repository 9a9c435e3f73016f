//! The files for build servers, run as the servers run them.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "a test may read what it checks")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use assize::document::FORMATS;
use serde_json::Value;

const FAULTY: &str = "Inspectors came on 31 April 2024.\n";

/// A YAML file of this repository.
fn yaml(path: &str) -> Value {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
    serde_yaml::from_str(&text.expect("the file is there")).expect("YAML")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// `PATH` with the binary first.
fn path_with_assize() -> String {
    let binary = PathBuf::from(env!("CARGO_BIN_EXE_assize"));
    let folder = binary.parent().expect("a folder").to_string_lossy();
    format!("{folder}:{}", std::env::var("PATH").unwrap_or_default())
}

fn bash(script: &str, folder: &Path, variables: &[(String, String)]) -> Output {
    Command::new("bash")
        .args(["-e", "-o", "pipefail", "-c", script])
        .current_dir(folder)
        .env("PATH", path_with_assize())
        .env("GITHUB_STEP_SUMMARY", folder.join("summary.md"))
        .envs(variables.iter().cloned())
        .output()
        .expect("bash can be run")
}

/// Runs the steps of the action with these inputs; gives back what the last one came to.
fn action(folder: &Path, inputs: &[(&str, &str)]) -> Output {
    let action = yaml("action.yml");
    let input = |name: &str| {
        let given = inputs.iter().find(|(known, _)| *known == name);
        let default = text(&action["inputs"][name]["default"]);
        given.map_or(default, |(_, value)| value).to_owned()
    };
    let mut last = None;
    for step in action["runs"]["steps"].as_array().expect("steps") {
        let variables = step["env"].as_object().into_iter().flatten();
        let variables = variables.map(|(name, value)| {
            let value = text(value).trim_start_matches("${{ inputs.");
            (name.clone(), input(value.trim_end_matches(" }}")))
        });
        let variables: Vec<_> = variables.collect();
        last = Some(bash(text(&step["run"]), folder, &variables));
    }
    last.expect("a step")
}

#[test]
fn the_action_annotates_and_summarises() {
    let folder = tempfile::tempdir().expect("a folder");
    let reports = folder.path().join("my reports");
    fs::create_dir(&reports).expect("a folder");
    fs::write(reports.join("a.md"), FAULTY).expect("a file");

    let inputs = [
        ("paths", "my reports\n"),
        ("sarif", "a.sarif"),
        ("args", "--ignore\nweekday-date"),
    ];
    let found = action(folder.path(), &inputs);
    assert_eq!(found.status.code(), Some(1), "{found:?}");
    let shown = String::from_utf8_lossy(&found.stdout).into_owned();
    assert!(
        shown.starts_with("::error file=my reports/a.md,line=1,"),
        "{shown}"
    );
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("it was written");
    assert!(read("summary.md").starts_with("## Assize: 1 error"));
    assert!(read("a.sarif").contains("date-impossible"));

    let written = Command::new(env!("CARGO_BIN_EXE_assize"))
        .args(["check", "my reports", "--write-baseline", "known.jsonl"])
        .current_dir(folder.path())
        .output()
        .expect("the binary can be run");
    assert_eq!(written.status.code(), Some(0), "{written:?}");
    let known = action(folder.path(), &[("baseline", "known.jsonl")]);
    assert_eq!(known.status.code(), Some(0), "{known:?}");
    assert_eq!(known.stdout, b"");
}

#[test]
fn the_hook_checks_the_documents_of_a_commit() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.md"), FAULTY).expect("a file");
    fs::write(folder.path().join("b.csv"), FAULTY).expect("a file");
    let git = "git init -q . && git add . && git diff --cached --name-only --diff-filter=ACMR";
    let staged = bash(git, folder.path(), &[]);
    let staged = String::from_utf8_lossy(&staged.stdout).into_owned();

    let hook = &yaml(".pre-commit-hooks.yaml")[0];
    let endings = text(&hook["files"])
        .trim_start_matches("\\.(")
        .trim_end_matches(")$");
    let endings: Vec<_> = endings.split('|').collect();
    let wanted = |name: &&str| {
        name.rsplit('.')
            .next()
            .is_some_and(|ending| endings.contains(&ending))
    };
    let files: Vec<_> = staged.lines().filter(wanted).collect();
    assert_eq!(files, ["a.md"]);
    let known: Vec<_> = FORMATS
        .iter()
        .flat_map(|(_, endings)| *endings)
        .copied()
        .collect();
    assert_eq!(endings, known, "the hook wants every format that is read");

    let args = hook["args"].as_array().expect("a list").iter().map(text);
    let line: Vec<_> = [text(&hook["entry"])]
        .into_iter()
        .chain(args)
        .chain(files)
        .collect();
    let found = bash(&line.join(" "), folder.path(), &[]);
    assert_eq!(found.status.code(), Some(1), "{found:?}");
    assert!(
        found
            .stdout
            .starts_with(b"a.md:1:20: error[date-impossible]")
    );
}

#[test]
fn the_job_for_gitlab_writes_its_reports() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.md"), FAULTY).expect("a file");
    let job = &yaml("docs/ci/gitlab.yml")["assize"];
    let variables = job["variables"].as_object().expect("variables");
    let paths = text(&variables["ASSIZE_PATHS"]).to_owned();
    let script = text(&job["script"][0]).replace("\"$CARGO_HOME/bin/assize\"", "assize");
    let found = bash(
        &script,
        folder.path(),
        &[("ASSIZE_PATHS".to_owned(), paths)],
    );
    assert_eq!(found.status.code(), Some(1), "{found:?}");
    for report in ["codequality", "junit"] {
        let name = text(&job["artifacts"]["reports"][report]);
        let written = fs::read_to_string(folder.path().join(name)).expect("a report");
        assert!(written.contains("date-impossible"), "{name}");
    }
}
