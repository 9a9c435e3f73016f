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

/// A repository with one commit, in which nothing is wrong but in `old.md`.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("old.md"), FAULTY).expect("a file");
    fs::write(folder.path().join("report.md"), REPORT).expect("a file");
    fs::write(folder.path().join("release.md"), RELEASE).expect("a file");
    let git = "git init -q -b main . && git config user.email a@example.org && git config user.name A && git add . && \
        git commit -q -m One";
    let made = bash(git, folder.path(), &[]);
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    folder
}

const REPORT: &str = "Inspection report on Port Ansel Police\n\nPublished 3 May 2024\n\nLeadership was rated good and prevention was \
    rated fair.\n";
const RELEASE: &str = "Press release: Port Ansel Police\n\nPublished 3 May 2024\n\nThe force was rated good for leadership.\n";

/// What is told of the changes since `revision`, as `path rule`.
#[track_caller]
fn changed(folder: &Path, revision: &str) -> Vec<String> {
    let found = bash(
        &format!("assize check --format concise --changed{revision}"),
        folder,
        &[],
    );
    let found = String::from_utf8_lossy(&found.stdout).into_owned();
    let told = |line: &str| {
        let path = line.split(':').next().unwrap_or_default();
        let rule = line.split(['[', ']']).nth(1).unwrap_or_default();
        format!("{path} {rule}")
    };
    found.lines().map(told).collect()
}

#[test]
fn only_what_concerns_changed_files_is_told() {
    let folder = repository();
    let folder = folder.path();
    assert_eq!(changed(folder, ""), Vec::<String>::new());
    fs::write(folder.join("new é.md"), FAULTY).expect("a file");
    assert_eq!(changed(folder, ""), ["new é.md date-impossible"]);
    fs::write(folder.join("release.md"), RELEASE.replace("good", "poor")).expect("a file");
    let both = ["new é.md date-impossible", "report.md set-rating-differs"];
    assert_eq!(changed(folder, ""), both);

    // Committed on a branch, it is changed since the branch was made, and since its upstream.
    let git = "git checkout -q -b draft && git add . && git commit -q -m Two";
    bash(git, folder, &[]);
    assert_eq!(changed(folder, ""), Vec::<String>::new());
    assert_eq!(changed(folder, "=main"), both);
    bash("git branch -q --set-upstream-to=main", folder, &[]);
    assert_eq!(changed(folder, ""), both);
    bash("git rm -q release.md", folder, &[]);
    assert_eq!(changed(folder, ""), ["new é.md date-impossible"]);

    let below = folder.join("below");
    fs::create_dir(&below).expect("a folder");
    fs::write(below.join("a.md"), FAULTY).expect("a file");
    assert_eq!(changed(&below, ""), ["a.md date-impossible"]);

    let inputs = [("changed", "main")];
    let found = action(folder, &inputs);
    let told = String::from_utf8_lossy(&found.stdout).into_owned();
    assert!(
        !told.contains("old.md") && told.contains("below/a.md"),
        "{told}"
    );
}

#[test]
fn a_change_of_what_excuses_a_document_concerns_it() {
    let folder = repository();
    let folder = folder.path();
    let beside = |name: &str, rule: &str| {
        let text = format!("ignore:\n  - rule: {rule}\n    reason: As printed\n");
        let path = folder.join(format!("{name}.assize-ignore.yaml"));
        fs::write(path, text).expect("a file");
    };
    beside("old.md", "date-impossible");
    beside("report.md", "date-impossible");
    // The second excuses nothing.
    let stale = "report.md.assize-ignore.yaml suppression-unused";
    assert_eq!(changed(folder, ""), [stale]);
    bash("git add . && git commit -q -m Excuses", folder, &[]);
    assert_eq!(changed(folder, ""), Vec::<String>::new());
    fs::remove_file(folder.join("old.md.assize-ignore.yaml")).expect("it was there");
    assert_eq!(changed(folder, ""), ["old.md date-impossible"]);
    bash(
        "git checkout -q . && git mv old.md.assize-ignore.yaml new.yaml",
        folder,
        &[],
    );
    assert_eq!(changed(folder, ""), ["old.md date-impossible"]);
}

#[test]
fn a_change_of_one_inspection_concerns_what_the_next_says_of_it() {
    let folder = repository();
    let folder = folder.path();
    let later = "Inspection report on Port Ansel Police\n\nPublished 3 May 2027\n\nLeadership is rated good. At the last \
        inspection it was rated poor for leadership.\n";
    fs::write(folder.join("later.md"), later).expect("a file");
    let both = [
        "release.md series-previous-rating",
        "report.md series-previous-rating",
    ];
    assert_eq!(changed(folder, ""), both);
    bash("git add . && git commit -q -m Later", folder, &[]);
    assert_eq!(changed(folder, ""), Vec::<String>::new());
    fs::write(
        folder.join("report.md"),
        format!("{REPORT}\nIt was kind.\n"),
    )
    .expect("a file");
    assert_eq!(changed(folder, ""), ["report.md series-previous-rating"]);
}

#[test]
fn a_change_of_records_concerns_their_documents() {
    let folder = repository();
    let folder = folder.path();
    bash(
        "assize facts old.md --format jsonl > facts.jsonl",
        folder,
        &[],
    );
    let asked = "assize check facts.jsonl --format concise --changed";
    let told = || bash(asked, folder, &[]).status.code();
    assert_eq!(told(), Some(1));
    bash("git add . && git commit -q -m Facts", folder, &[]);
    assert_eq!(told(), Some(0));
}

#[test]
fn a_baseline_is_not_stale_for_what_is_not_told() {
    let folder = repository();
    let folder = folder.path();
    bash("assize check --write-baseline known.jsonl", folder, &[]);
    fs::write(folder.join("new.md"), "Nothing is wrong here.\n").expect("a file");
    let found = bash(
        "assize check --changed --baseline known.jsonl --format concise",
        folder,
        &[],
    );
    assert_eq!((found.status.code(), found.stdout), (Some(0), Vec::new()));
}

#[test]
fn what_git_cannot_tell_is_an_error() {
    let check = |folder: &Path, script: &str, said: &str| {
        let found = bash(script, folder, &[]);
        let told = String::from_utf8_lossy(&found.stderr).into_owned();
        assert_eq!(found.status.code(), Some(2), "{told}");
        assert!(told.contains(said), "{told}");
    };
    let folder = repository();
    let asked = "assize check --format concise --changed";
    check(
        folder.path(),
        &format!("{asked}=gone"),
        "git knows no commit `gone`",
    );
    check(
        folder.path(),
        &format!("{asked}=--all"),
        "git knows no commit `--all`",
    );
    let binary = env!("CARGO_BIN_EXE_assize");
    let without = format!("PATH=/nowhere {binary} check --format concise --changed");
    check(folder.path(), &without, "there is no git");
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("a.md"), FAULTY).expect("a file");
    check(outside.path(), asked, "git cannot tell what was changed");
}

#[test]
fn a_commit_waits_for_what_the_hook_finds() {
    let folder = repository();
    let folder = folder.path();
    let hook = &yaml(".pre-commit-hooks.yaml")[0];
    let args = hook["args"].as_array().expect("a list").iter().map(text);
    let entry: Vec<_> = [text(&hook["entry"])].into_iter().chain(args).collect();
    let script = format!(
        "#!/bin/bash\ngit diff --cached --name-only -z --diff-filter=ACMR | xargs -0 -r {}\n",
        entry.join(" ")
    );
    fs::write(folder.join(".git/hooks/pre-commit"), script).expect("a file");
    let commit = "chmod +x .git/hooks/pre-commit && git add . && git commit -q -m Two";
    fs::write(folder.join("new one.md"), FAULTY).expect("a file");
    let refused = bash(commit, folder, &[]);
    assert_ne!(refused.status.code(), Some(0));
    let said = String::from_utf8_lossy(&refused.stdout).into_owned();
    let said = said + &String::from_utf8_lossy(&refused.stderr);
    assert!(
        said.contains("new one.md:1:20: error[date-impossible]"),
        "{said}"
    );
    fs::write(folder.join("new one.md"), FAULTY.replace("31", "30")).expect("a file");
    let made = bash(commit, folder, &[]);
    assert_eq!(made.status.code(), Some(0), "{made:?}");
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

#[test]
fn a_long_run_tells_a_terminal_how_far_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.md"), FAULTY).expect("a file");
    // A document that takes some seconds to come, so that a busy machine is seen at work on it, too.
    let check = "rm -f b.md; mkfifo b.md; (sleep 4; echo Done. > b.md) & assize check a.md b.md --format json";
    let piped = bash(check, folder.path(), &[]);
    assert!(!String::from_utf8_lossy(&piped.stderr).contains("of 2 documents"));
    // Where there is no `script`, there is no terminal to be had.
    if bash("command -v script", folder.path(), &[])
        .status
        .success()
    {
        let script = format!("script -qec '{check} > out.json' /dev/null");
        let shown = bash(
            &script,
            folder.path(),
            &[("TERM".to_owned(), "xterm".to_owned())],
        );
        let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
        assert!(shown.contains("2 of 2 documents"), "{shown}");
        assert!(shown.ends_with("\r\u{1b}[K"), "{shown}");
        let written = fs::read(folder.path().join("out.json")).expect("it was written");
        assert_eq!(written, piped.stdout);
    }
}
