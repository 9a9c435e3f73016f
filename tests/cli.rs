//! The binary, run on the cases of `tests/cmd`: its arguments, exit code, standard output and standard error.

#![expect(
    clippy::disallowed_methods,
    reason = "a test may read what was written"
)]

mod packages;

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
fn a_new_pack_passes_at_once_and_is_never_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let new = ["new", "pack", "harbour-safety"];
    let made = assize(folder.path(), &new);
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    let tested = assize(folder.path(), &["test", "harbour-safety"]);
    assert_eq!(
        ends(&tested),
        (Some(0), "1 rule, 4 examples: none failed\n".to_owned())
    );

    let file = folder.path().join("harbour-safety/lexicon.yaml");
    fs::write(&file, "issue-noun: [task]\n").expect("a file that can be written to");
    fs::remove_file(folder.path().join("harbour-safety/framework.yaml")).expect("a file");
    let (code, said) = ends(&assize(folder.path(), &new));
    assert_eq!(code, Some(2));
    assert!(
        said.contains("harbour-safety/lexicon.yaml: there is such a file already"),
        "{said}"
    );
    assert!(
        !folder.path().join("harbour-safety/framework.yaml").exists(),
        "all or nothing"
    );

    let (code, said) = ends(&assize(folder.path(), &["new", "pack", "../harbours"]));
    assert_eq!(code, Some(2));
    assert!(
        said.contains("`../harbours` is not a name for a pack"),
        "{said}"
    );
}

#[test]
fn the_schemas_that_scaffolds_name_are_there_and_no_key_of_theirs_is_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    assize(folder.path(), &["new", "pack", "harbours"]);
    let pack = folder.path().join("harbours");
    for entry in fs::read_dir(&pack).expect("a folder") {
        let path = entry.expect("a file").path();
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let first = text.lines().next().unwrap_or_default();
        let schema = first
            .strip_prefix("# yaml-language-server: $schema=")
            .expect("a schema");
        let schema = fs::read_to_string(pack.join(schema)).expect("a schema");
        let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
        let keys = text.lines().filter_map(|line| line.split_once(':'));
        for (key, _) in keys.filter(|(key, _)| !key.starts_with([' ', '#'])) {
            assert!(
                schema["properties"].get(key).is_some(),
                "{key} of {}",
                path.display()
            );
        }
    }
}

#[test]
fn a_new_report_is_clean_under_every_framework() {
    let folder = tempfile::tempdir().expect("a folder");
    let packs = fs::read_dir("rules").expect("the packs");
    let packs = packs.map(|entry| entry.expect("a pack").path());
    let mut n_frameworks = 0;
    for pack in packs.filter(|pack| pack.join("framework.yaml").exists()) {
        let id = pack
            .file_name()
            .and_then(|name| name.to_str())
            .expect("a name");
        let file = format!("{id}.md");
        let made = assize(folder.path(), &["new", "report", id, "--file", &file]);
        assert_eq!(ends(&made), (Some(0), String::new()));
        let args = ["check", &file, "--framework", id, "--format", "concise"];
        let checked = assize(folder.path(), &args);
        assert_eq!(
            (checked.status.code(), &*checked.stdout),
            (Some(0), &b""[..]),
            "{id}"
        );
        n_frameworks += 1;
    }
    assert!(n_frameworks > 10);
    let text = fs::read_to_string(folder.path().join("hmi-prisons.md")).expect("a report");
    assert!(
        text.contains("| Purposeful activity | Not rated |"),
        "{text}"
    );
    assert!(
        text.contains("Evidence: time out of cell (higher is better)"),
        "{text}"
    );
    let (code, said) = ends(&assize(folder.path(), &["new", "report", "hmi-prison"]));
    assert_eq!(code, Some(2));
    assert!(said.contains("did you mean `hmi-prisons`?"), "{said}");
}

#[test]
fn marks_are_written_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let rule = fs::read_to_string("tests/cmd/files/marks/visit-on-sunday.yaml").expect("a rule");
    let file = folder.path().join("visit-on-sunday.yaml");
    fs::write(&file, &rule).expect("a file that can be written to");
    let updated = assize(folder.path(), &["test", ".", "--update"]);
    assert_eq!(updated.status.code(), Some(0), "{updated:?}");
    assert_eq!(updated.stdout, b"./visit-on-sunday.yaml\n");
    let text = fs::read_to_string(&file).expect("the rule is still there");
    let marks = "marks: [\"Sunday 10 March 2024\", \"Sunday 17 March 2024\"]";
    assert_eq!(text, rule.replace("marks: [Saturday, Sunday 17]", marks));
    let tested = assize(folder.path(), &["test", "."]);
    assert_eq!(tested.status.code(), Some(0), "{tested:?}");
}

/// The exit code and standard error of a run.
fn ends(output: &Output) -> (Option<i32>, String) {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), text)
}

#[test]
fn a_baseline_keeps_known_problems_from_being_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("report.md");
    let write = |text: &str| fs::write(&report, text).expect("a file that can be written to");
    let check = |more: &[&str]| {
        let args = ["check", "report.md", "--format", "concise"];
        assize(folder.path(), &[&args, more].concat())
    };
    let known = ["--baseline", "known.jsonl"];

    write("Inspectors came on 31 April 2024.\n");
    let made = check(&["--write-baseline", "known.jsonl"]);
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    assert_eq!(made.stdout, b"");
    let list = fs::read_to_string(folder.path().join("known.jsonl")).expect("the baseline");
    assert!(
        list.starts_with("{\"path\":\"report.md\",\"rule\":\"date-impossible\""),
        "{list}"
    );
    assert_eq!(list.lines().count(), 1);

    write("# Visits\n\nInspectors came on 31 April 2024.\n\nThey left on 31 June 2024.\n");
    let fresh = check(&known);
    assert_eq!(fresh.status.code(), Some(1), "{fresh:?}");
    let shown = String::from_utf8_lossy(&fresh.stdout).into_owned();
    assert!(
        shown.starts_with("report.md:5:14: error[date-impossible]"),
        "{shown}"
    );
    assert_eq!(shown.lines().count(), 1);
    assert!(
        ends(&fresh).1.ends_with("; 1 in the baseline\n"),
        "{fresh:?}"
    );

    write("Inspectors came on 30 April 2024.\n");
    let stale = check(&known);
    let shown = String::from_utf8_lossy(&stale.stdout).into_owned();
    assert_eq!(
        shown,
        "known.jsonl:1:1: warning[baseline-stale] `date-impossible` no longer finds this in report.md\n"
    );
    assert_eq!(stale.status.code(), Some(0));
    assert_eq!(
        check(&[&known[..], &["--fail-on", "warning"]].concat())
            .status
            .code(),
        Some(1)
    );
    assert_eq!(
        check(&[&known[..], &["--ignore", "date-impossible"]].concat()).stdout,
        b""
    );

    fs::write(folder.path().join("known.jsonl"), "\n{\"path\":1}\n").expect("a file");
    let (code, text) = ends(&check(&known));
    assert_eq!(code, Some(2));
    assert!(
        text.starts_with("known.jsonl:2:1: error[baseline-invalid]"),
        "{text}"
    );
}

#[test]
fn one_run_writes_several_formats() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "Inspectors came on 31 April 2024.\n\n\
                <!-- assize-ignore date-impossible: as printed -->\nThey left on 31 June 2024.\n";
    fs::write(folder.path().join("a.md"), text).expect("a file that can be written to");
    let formats = [
        "sarif", "gitlab", "junit", "markdown", "csv", "json", "pretty",
    ];
    let mut args = vec!["check".to_owned(), "a.md".to_owned()];
    for format in formats {
        args.extend(["--output".to_owned(), format!("{format}=out.{format}")]);
    }
    args.extend(["--output".to_owned(), "concise".to_owned()]);
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let output = assize(folder.path(), &args);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(
        output.stdout,
        b"a.md:1:20: error[date-impossible] the calendar has no such day\n"
    );
    let read = |format: &str| {
        let path = folder.path().join(format!("out.{format}"));
        fs::read_to_string(path).expect("a file was written")
    };
    for format in formats {
        assert!(read(format).contains("date-impossible"), "{format}");
    }
    let log: serde_json::Value = serde_json::from_str(&read("sarif")).expect("JSON");
    let results = &log["runs"][0]["results"];
    assert_eq!(results[0]["suppressions"], serde_json::json!([]));
    assert_eq!(results[1]["suppressions"][0]["justification"], "as printed");
}

const FAULTY: &str = "Inspectors came on 31 April 2024.\n";

#[test]
fn results_in_the_folder_are_no_documents() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.md"), FAULTY).expect("a file");
    let outputs = [
        "html=report.html",
        "markdown=sum.md",
        "pretty=out.txt",
        "sarif=log.txt",
        "concise=lines.text",
    ];
    let outputs = outputs.iter().flat_map(|output| ["--output", *output]);
    let args: Vec<&str> = ["check", "."].into_iter().chain(outputs).collect();
    let first = assize(folder.path(), &args);
    assert_eq!(first.status.code(), Some(1), "{first:?}");
    for _ in 0..2 {
        let again = assize(folder.path(), &args);
        assert_eq!(
            ends(&again),
            ends(&first),
            "nothing is said of what was named"
        );
    }
    let (code, said) = ends(&assize(
        folder.path(),
        &["check", ".", "--format", "concise"],
    ));
    assert_eq!(code, Some(1));
    assert!(said.starts_with("1 document, 1 fact"), "{said}");
    let remark = "lines.text, log.txt, out.txt and 2 more were left out: results of a check, and no documents";
    assert!(said.contains(remark), "{said}");
    let (_, said) = ends(&assize(folder.path(), &["facts", "."]));
    assert!(said.contains(remark), "{said}");
    let named = assize(folder.path(), &["check", "sum.md"]);
    assert!(
        ends(&named).1.starts_with("1 document"),
        "what is named is checked"
    );

    // Nor is what Word puts beside a document that is open.
    fs::write(path("~$a.docx"), "Ann").expect("a file");
    let (code, said) = ends(&assize(folder.path(), &["check", "."]));
    assert_eq!(code, Some(1));
    assert!(said.starts_with("1 document, 1 fact"), "{said}");

    // An earlier run that found nothing left nothing.
    fs::write(path("a.md"), "Nothing is wrong.\n").expect("a file");
    let clean = ["check", ".", "-o", "clean.txt"];
    assize(folder.path(), &clean);
    let (code, said) = ends(&assize(folder.path(), &clean));
    assert_eq!(code, Some(0));
    assert!(said.starts_with("1 document,"), "{said}");
    fs::remove_file(path("clean.txt")).expect("removed");

    // So does a configuration name it.
    fs::write(path("a.md"), FAULTY).expect("a file");
    fs::write(path("assize.yaml"), "output: [html=page.html]\n").expect("a file");
    for _ in 0..2 {
        let (_, said) = ends(&assize(folder.path(), &["check", "."]));
        assert!(said.starts_with("1 document, 1 fact"), "{said}");
        assert!(!said.contains("page.html"), "{said}");
    }
}

#[test]
fn what_is_printed_to_is_no_document() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.md"), FAULTY).expect("a file");
    for command in ["check", "facts"] {
        let [out, err] = ["out.txt", "err.txt"].map(|name| folder.path().join(name));
        let file = |path: &Path| fs::File::create(path).expect("a file");
        let status = Command::new(env!("CARGO_BIN_EXE_assize"))
            .args([command, "."])
            .current_dir(folder.path())
            .stdout(file(&out))
            .stderr(file(&err))
            .status()
            .expect("the binary can be run");
        assert_ne!(status.code(), Some(2));
        let said = fs::read_to_string(&err).expect("what was said");
        assert!(!said.contains("txt"), "{said}");
        assert!(!said.contains("3 documents"), "{said}");
        fs::remove_file(out).expect("removed");
        fs::remove_file(err).expect("removed");
    }
}

#[test]
fn a_document_is_never_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("in")).expect("a folder");
    let files = ["in/a.md", "in/b.html"];
    let texts = [FAULTY.to_owned(), format!("<p>{FAULTY}</p>")];
    let refused = |args: &[&str], what: &str| {
        let (code, said) = ends(&assize(folder.path(), args));
        assert_eq!(code, Some(2), "{args:?}: {said}");
        assert!(said.contains("would be written over"), "{args:?}: {said}");
        assert!(said.contains(what), "{args:?}: {said}");
        for (file, text) in files.iter().zip(&texts) {
            let left = fs::read_to_string(path(file)).expect("a file");
            assert_eq!(left, *text, "{args:?}");
        }
        assert!(!path("other.json").exists(), "nothing else is written");
    };
    for (file, text) in files.iter().zip(&texts) {
        fs::write(path(file), text).expect("a file");
    }
    refused(
        &["check", "in/a.md", "-o", "in/a.md"],
        "in/a.md: a document",
    );
    refused(&["check", "in", "-o", "in/b.html"], "in/b.html: a document");
    refused(
        &["check", "in/a.md", "--output", "json=./in/../in/a.md"],
        "a document",
    );
    refused(
        &["check", "in", "--write-baseline", "in/a.md"],
        "a document",
    );
    let other = ["--output", "json=other.json", "--output", "csv=in/a.md"];
    refused(&[&["check", "in"], &other[..]].concat(), "a document");
    let excuses = ["--add-ignore", "--reason", "as printed", "-o", "in/a.md"];
    refused(
        &[&["check", "in/a.md"], &excuses[..]].concat(),
        "a document",
    );
    let versions = ["--baseline-report", "in/a.md", "-o", "in/a.md"];
    refused(
        &[&["check", "in/b.html"], &versions[..]].concat(),
        "a file that is read",
    );
    let known = path("known.jsonl");
    let args = ["check", "in/a.md", "--write-baseline", "known.jsonl"];
    assert_eq!(ends(&assize(folder.path(), &args)).0, Some(0));
    let list = fs::read(&known).expect("a baseline");
    refused(
        &[
            "check",
            "in/a.md",
            "--baseline",
            "known.jsonl",
            "-o",
            "known.jsonl",
        ],
        "a file that is read",
    );
    assert_eq!(fs::read(&known).expect("a baseline"), list);
    let renewed = ["check", "in/a.md", "--baseline", "known.jsonl"];
    let renewed = assize(folder.path(), &[&renewed, &args[2..]].concat());
    assert_eq!(renewed.status.code(), Some(0), "{renewed:?}");
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
        "check",
        "facts",
        "explain",
        "rules",
        "test",
        "new",
        "new rule",
        "new config",
        "schema",
        "config",
        "config show",
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
        ("config", "overrides"),
    ] {
        let printed = assize(here, &["schema", of]);
        assert_eq!(printed.status.code(), Some(0), "{of}");
        let schema: serde_json::Value = serde_json::from_slice(&printed.stdout).expect("JSON");
        assert!(schema["properties"][key].is_object(), "{of} has {key}");
    }
}

#[test]
fn findings_are_written_into_documents() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        let document = packages::docx(&format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"), "");
        fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        fs::write(path, document).expect("a file that can be written to");
    };
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap_or_default();
    let check = |args: &[&str]| {
        let output = assize(
            folder.path(),
            &[&["check", "--format", "concise"], args].concat(),
        );
        ends(&output)
    };
    put("draft.docx", "Inspectors came on 31 April 2024.");
    put("set/one.docx", "Inspectors came on 31 April 2024.");
    put("set/sub/two.docx", "Inspectors came on 30 April 2024.");
    fs::write(folder.path().join("set/notes.md"), "Text.\n").expect("a file");

    assert_eq!(check(&["draft.docx", "--annotate", "out.docx"]).0, Some(1));
    assert!(!read("out.docx").is_empty());
    let again = check(&["out.docx", "--annotate", "out.docx"]);
    assert_eq!(again.0, Some(1), "{again:?}");
    let second = read("out.docx");
    assert_eq!(check(&["draft.docx", "--annotate", "out.docx"]).0, Some(1));
    assert!(read("out.docx") == second, "the same bytes in its place");

    let set = check(&["set", "--annotate", "set/annotated"]);
    assert_eq!(set.0, Some(1), "{set:?}");
    assert!(
        set.1.contains("set/notes.md: Markdown is not annotated"),
        "{set:?}"
    );
    assert!(!read("set/annotated/one.docx").is_empty());
    assert!(!read("set/annotated/sub/two.docx").is_empty());
    let again = check(&["set", "--annotate", "set/annotated"]);
    assert!(again.1.contains("\n3 documents, "), "{again:?}");

    put("form.dotx", "Inspectors came on 31 April 2024.");
    let template = check(&["form.dotx", "--annotate", "new.dotx"]);
    assert_eq!(template.0, Some(1), "{template:?}");

    let before = read("draft.docx");
    for (args, message) in [
        (
            &["form.dotx", "--annotate", "new.docx"][..],
            "new.docx: form.dotx is a Word document, and its copy with comments is too",
        ),
        (
            &["draft.docx", "--annotate", "out.odt"],
            "out.odt: draft.docx is a Word document, and its copy with comments is too",
        ),
        (
            &["draft.docx", "set", "--annotate", "out.docx"],
            "out.docx: it is a file, and several documents are written to a folder",
        ),
        (
            &["set", "--annotate", "set"],
            "a document that is checked would be written over",
        ),
        (
            &["draft.docx", "--annotate", "no/such/out.docx"],
            "no/such/out.docx: the folder that it is to stand in is not there",
        ),
    ] {
        let refused = check(args);
        assert_eq!(refused.0, Some(2), "{args:?}: {refused:?}");
        assert!(refused.1.contains(message), "{args:?}: {refused:?}");
    }
    assert!(read("draft.docx") == before);
}

/// The rules in force with these arguments.
fn in_force(args: &[&str]) -> Vec<String> {
    let output = assize(Path::new("."), &[&["rules"], args].concat());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let names = text
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    names.map(str::to_owned).collect()
}

#[test]
fn rules_are_chosen_by_name_pack_and_pattern() {
    let all = in_force(&[]);
    let is_date = |id: &&String| id.starts_with("date-");
    let dates: Vec<String> = all.iter().filter(is_date).cloned().collect();
    assert!(dates.len() > 1, "{dates:?}");
    assert_eq!(in_force(&["--select", "date-*"]), dates);
    assert_eq!(
        in_force(&["--select", "date-{impossible}"]),
        ["date-impossible"]
    );
    let others: Vec<_> = all.iter().filter(|id| !is_date(id)).cloned().collect();
    assert_eq!(in_force(&["--ignore", "date-*"]), others);

    let pack = in_force(&["--select", "dates"]);
    assert!(pack.len() > dates.len(), "{pack:?}");
    assert_eq!(in_force(&["--select", "dates/*"]), pack);
    assert_eq!(
        in_force(&["--select", "dates", "--ignore", "dates/*"]),
        Vec::<String>::new()
    );
    let without: Vec<_> = pack.iter().filter(|id| !is_date(id)).cloned().collect();
    assert_eq!(
        in_force(&["--select", "dates", "--ignore", "date-*"]),
        without
    );

    // A pattern among those that are selected turns nothing on; to enable does, and so does a name.
    let of_acronyms = |args: &[&str]| {
        let found = in_force(args);
        found.iter().any(|id| id == "acronym-unused")
    };
    assert!(!of_acronyms(&["--select", "acronym-*"]));
    assert!(of_acronyms(&["--select", "acronym-unused"]));
    assert!(of_acronyms(&["--enable", "acronym-*"]));
}
