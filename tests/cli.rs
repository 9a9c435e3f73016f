//! The binary, run on the cases of `tests/cmd`: its arguments, exit code, standard output and standard error.

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

#[test]
fn commands_do_what_the_cases_say() {
    trycmd::TestCases::new()
        .env("COLUMNS", "80")
        .env("NO_COLOR", "1")
        .case("tests/cmd/*.toml");
}

fn assize(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_assize"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the binary can be run")
}

#[test]
fn a_new_rule_passes_at_once_and_is_never_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let new = ["new", "rule", "part-too-large", "--dir", "house"];
    let made = assize(folder.path(), &new);
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    assert_eq!(made.stdout, b"house/part-too-large.yaml\n");

    let tested = assize(folder.path(), &["test", "house"]);
    assert_eq!(tested.status.code(), Some(0), "{tested:?}");

    let file = folder.path().join("house/part-too-large.yaml");
    fs::write(&file, "# mine").expect("a file that can be written to");
    let again = assize(folder.path(), &new);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("there is such a file already"));
    let size = fs::metadata(&file).expect("the file is still there").len();
    assert_eq!(size, 6);
}

#[test]
fn a_reader_may_close_the_pipe() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "Inspectors visited on 12 March 2024.\n\n".repeat(20_000);
    fs::write(folder.path().join("long.txt"), text).expect("a file that can be written to");
    let mut child = Command::new(env!("CARGO_BIN_EXE_assize"))
        .args(["facts", "--kind", "date", "long.txt"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary can be run");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the binary ends");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn every_command_says_what_it_does() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for command in [
        "check", "facts", "explain", "rules", "test", "new", "new rule", "schema",
    ] {
        let args: Vec<&str> = command.split(' ').chain(["--help"]).collect();
        let help = assize(here, &args);
        assert_eq!(help.status.code(), Some(0), "{command}");
        assert!(
            String::from_utf8_lossy(&help.stdout).contains("Usage: assize"),
            "{command}"
        );
    }
}

#[test]
fn schemas_describe_the_keys_of_files() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (of, key) in [
        ("rule", "assert"),
        ("fact", "phrase"),
        ("framework", "criteria"),
        ("lexicon", "grade"),
    ] {
        let printed = assize(here, &["schema", of]);
        assert_eq!(printed.status.code(), Some(0), "{of}");
        let schema: serde_json::Value = serde_json::from_slice(&printed.stdout).expect("JSON");
        assert!(schema["properties"][key].is_object(), "{of} has {key}");
    }
}
