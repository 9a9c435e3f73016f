//! Records in the place of documents: what `assize facts --format jsonl` writes is checked as the documents are, and what other
//! programs write as far as it goes.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

fn assize(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_assize"))
        .current_dir(folder)
        .args(arguments)
        .env_remove("ASSIZE_CACHE_DIR")
        .output()
        .expect("the program runs")
}

/// What is complained of, without the closing line.
fn complaints(output: &Output) -> String {
    let told = text(&output.stderr);
    let lines = told.split_inclusive('\n');
    lines.filter(|line| !line.contains(" rules: ")).collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The records of documents of this project, in a folder of their own.
fn recorded(documents: &[&str]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let arguments = [&["facts", "--format", "jsonl"], documents].concat();
    let records = text(&assize(project(), &arguments).stdout);
    (folder, records)
}

/// What a check of records says, line by line; the documents that they tell of are not there.
fn checked(folder: &Path, records: &str, format: &str) -> (Vec<String>, Output) {
    fs::write(folder.join("facts.jsonl"), records).expect("a file");
    let output = assize(folder, &["check", "facts.jsonl", "--format", format]);
    let lines = text(&output.stdout).lines().map(str::to_owned).collect();
    (lines, output)
}

fn documents(documents: &[&str], format: &str) -> Vec<String> {
    let arguments = [&["check", "--format", format], documents].concat();
    let output = assize(project(), &arguments);
    text(&output.stdout).lines().map(str::to_owned).collect()
}

#[test]
fn records_are_checked_as_their_documents_are() {
    // Everything there is to say of a problem, in the same bytes.
    for sample in [&["reports", "tests/fresh"][..], &["tests/office"]] {
        let (folder, records) = recorded(sample);
        let (lines, output) = checked(folder.path(), &records, "jsonl");
        let expected = documents(sample, "jsonl");
        assert!(expected.len() > 10, "{sample:?} raise something");
        assert_eq!(lines, expected, "{sample:?}");
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(text(&output.stderr), "");
    }
}

/// Records without what only `assize facts` writes, as another program would write them.
fn plain(records: &str) -> String {
    let mut plain = String::new();
    for line in records.lines() {
        let mut record: Value = serde_json::from_str(line).expect("JSON");
        let fields = record.as_object_mut().expect("an object");
        fields.remove("read");
        if fields["kind"] == "document" {
            for name in ["text", "layout", "digest"] {
                fields.remove(name);
            }
        }
        plain.push_str(&record.to_string());
        plain.push('\n');
    }
    plain
}

/// Rules that ask what stands around a fact, or what a bare value does not tell: they stay silent where only facts are known.
const NEED_TEXT: &[&str] = &[
    "acceptance-claim",
    "change-arithmetic",
    "change-direction",
    "change-missing-base",
    "comparison-direction",
    "list-numbering",
    "parts-sum-total",
    "percent-impossible-for-sample",
    "percent-or-points",
    "probation-points-overall",
    "probation-points-sum",
    "proportion-mismatch",
    "rating-count-claim",
    "rating-prose-vs-table",
    "rating-two-values",
    "table-row-column-total",
];

#[test]
fn where_only_facts_are_known_nothing_else_is_said() {
    let sample = ["reports", "tests/fresh"];
    let (folder, records) = recorded(&sample);
    let (lines, _) = checked(folder.path(), &plain(&records), "concise");
    let expected = documents(&sample, "concise");
    for line in &lines {
        assert!(expected.contains(line), "said of facts alone: {line}");
    }
    let silent = expected.iter().filter(|line| !lines.contains(line));
    for line in silent {
        let rule = line.split(['[', ']']).nth(1).unwrap_or_default();
        assert!(NEED_TEXT.contains(&rule), "not said of facts alone: {line}");
    }
}

#[test]
fn records_are_as_their_schema_says() {
    let schema = text(&assize(project(), &["schema", "record"]).stdout);
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a sound schema");
    let (_, records) = recorded(&["reports", "tests/fresh", "tests/office"]);
    for line in records.lines().chain(plain(&records).lines()) {
        let record: Value = serde_json::from_str(line).expect("JSON");
        if let Some(mistake) = schema.iter_errors(&record).next() {
            panic!("{mistake} in {line}");
        }
    }
    for wrong in [
        r#"{"path": "a.md", "kind": "rating"}"#,
        r#"{"kind": "rating", "text": "good"}"#,
        r#"{"path": "a.md", "kind": "rating", "text": "good", "grade": "good"}"#,
        r#"{"path": "a.md", "kind": "change", "text": "rose", "direction": "upward"}"#,
        r#"{"path": "a.md", "kind": "document", "pages": 3}"#,
    ] {
        let record: Value = serde_json::from_str(wrong).expect("JSON");
        assert!(!schema.is_valid(&record), "{wrong}");
    }
}

/// Two documents on one body in as few fields as there can be.
const FEW: &str = r#"{"path": "out/report.pdf", "kind": "document", "title": "Inspection of Eastmere Council", "subject": "Eastmere Council", "role": "report", "published": "2024-05-31"}
{"path": "out/report.pdf", "kind": "rating", "criterion": "Leadership", "value": "good", "when": "current", "form": "table", "text": "Leadership: Good", "page": 4}
{"path": "out/report.pdf", "kind": "change", "from": 40, "to": "46", "by": "8", "unit": "percent", "by_unit": "points", "direction": "up", "text": "rose from 40% to 46%, up 8 points", "page": 6, "headings": ["Findings", "Care"]}
{"path": "out/release.txt", "kind": "document", "subject": "Eastmere Council", "role": "release", "anchor": "2024-06-01"}
{"path": "out/release.txt", "kind": "rating", "criterion": "leadership", "value": "Fair", "when": "current", "form": "prose", "text": "leadership is fair", "line": 12, "column": 20}
"#;

#[test]
fn another_program_may_leave_out_what_it_does_not_know() {
    let folder = tempfile::tempdir().expect("a folder");
    let (lines, output) = checked(folder.path(), FEW, "concise");
    assert_eq!(complaints(&output), "");
    assert_eq!(
        lines,
        [
            "out/report.pdf:page 4: error[set-rating-differs] Leadership is rated Good here and Fair in another document of this inspection (“Leadership: Good”) [out/release.txt:12:20: Fair]",
            "out/report.pdf:page 6: error[change-arithmetic] from 40% to 46% is not a change of 8 points: 40% to 46% is 6 points (“rose from 40% to 46%, up 8 points”, under “Findings › Care”)",
        ]
    );
    let (lines, _) = checked(folder.path(), FEW, "pretty");
    let shown = lines.join("\n");
    assert!(
        shown.contains("[out/report.pdf, page 6, under “Findings › Care”]"),
        "{shown}"
    );
    assert!(
        shown.contains("12 │                    leadership is fair"),
        "{shown}"
    );
}

#[test]
fn a_file_that_is_there_and_unchanged_is_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = "# Eastmere\n\nThe share rose from 40% to 46%, up 8 points, which all welcomed.\n";
    fs::write(folder.path().join("report.md"), report).expect("a file");
    let digest = format!("blake3:{}", blake3::hash(report.as_bytes()).to_hex());
    let records = format!(
        r#"{{"path": "report.md", "kind": "document", "digest": "{digest}"}}
{{"path": "report.md", "kind": "change", "from": "40", "to": "46", "by": "8", "unit": "percent", "by_unit": "points", "text": "rose from 40% to 46%, up 8 points", "start": 22, "end": 55, "line": 3, "column": 11}}
"#
    );
    let shown = || checked(folder.path(), &records, "pretty").0.join("\n");
    let whole = shown();
    assert!(whole.contains("report.md:3:11"), "{whole}");
    assert!(whole.contains("which all welcomed"), "{whole}");
    fs::write(folder.path().join("report.md"), "Something else.").expect("a file");
    let words = shown();
    assert!(words.contains("report.md:3:11"), "{words}");
    assert!(
        words.contains("3 │           rose from 40% to 46%, up 8 points\n"),
        "{words}"
    );
}

#[test]
fn mistakes_are_told_at_their_lines_and_the_rest_is_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut records = FEW.to_owned();
    for line in [
        r#"{"path": "a.md", "kind": "rateing", "text": "good"}"#,
        r#"{"path": "a.md", "kind": "rating", "critreion": "care", "value": 3, "when": "now", "text": "é", "line": "3"}"#,
        r#"{"path": "a.md", "kind": "figure", "value": "twelve"}"#,
        r#"{"path": "a.md", "kind": "rating""#,
        "",
        r#"{"kind": "rating", "text": "good"}"#,
        r#"["a.md"]"#,
        r#"{"path": "a.md", "kind": "document", "titel": "A", "role": "reprot", "published": "May", "layout": 7}"#,
        r#"{"path": "a.md", "kind": "document"}"#,
    ] {
        records.push_str(line);
        records.push('\n');
    }
    let (lines, output) = checked(folder.path(), &records, "concise");
    assert_eq!(lines.len(), 2, "what is right is checked: {lines:?}");
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!(complaints(&output));
    fs::write(folder.path().join("a.jsonl"), records).expect("a file");
    let json = assize(folder.path(), &["check", "a.jsonl", "--format", "json"]);
    let json: Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(json["summary"]["unreadable"], 0);
}

#[test]
fn places_that_no_file_has_do_no_harm() {
    let folder = tempfile::tempdir().expect("a folder");
    let fact = |place: &str| {
        format!(
            r#"{{"path": "a.md", "kind": "date", "from": "2024-05-31", "text": "31 May", {place}}}{}"#,
            "\n"
        )
    };
    let document =
        r#"{"path": "a.md", "kind": "document", "text": "It was é on 31 May.", "read": "0"}"#;

    for text in ["", document] {
        for (place, is_wrong) in [
            (r#""start": 18446744073709551615"#, true),
            (r#""start": 4294967296, "end": 3"#, true),
            (r#""start": -1"#, true),
            (r#""start": 9, "end": 8"#, false),
            (
                r#""start": 2000000000, "end": 2000000001, "line": 2000000000, "column": 2000000000"#,
                false,
            ),
            (r#""line": 0, "column": 0"#, false),
            (
                r#""read": {"span": [0, 9999], "block": 9999, "sentence": 18446744073709551615, "cell": [7, 7]}"#,
                false,
            ),
        ] {
            let records = format!("{}{text}", fact(place).repeat(2));
            let (_, output) = checked(folder.path(), &records, "json");
            let told = text_of(&output);
            assert!(!told.contains("internal-error"), "{place}: {told}");
            assert_eq!(output.status.code() == Some(2), is_wrong, "{place}: {told}");
        }
    }
}

/// Everything that a run says.
fn text_of(output: &Output) -> String {
    text(&output.stdout) + &text(&output.stderr)
}

#[test]
fn too_many_mistakes_are_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, output) = checked(folder.path(), &"{}\n".repeat(250), "concise");
    let told = complaints(&output);
    let mistakes = told.lines().filter(|line| !line.starts_with("  help: "));
    assert_eq!(mistakes.count(), 101, "{told}");
    assert!(told.contains("150 more lines are no records\n"), "{told}");
}

#[test]
fn what_cannot_be_done_with_records_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    fs::write(here.join("a.jsonl"), FEW).expect("a file");
    fs::write(here.join("b.jsonl"), FEW).expect("a file");
    fs::write(here.join("empty.jsonl"), "\n").expect("a file");
    fs::write(
        here.join("c.jsonl"),
        FEW.replace("report.pdf", "report.docx"),
    )
    .expect("a file");
    let refused = |arguments: &[&str], expected: &str| {
        let output = assize(
            here,
            &[&["check", "--format", "concise"], arguments].concat(),
        );
        let told = text(&output.stderr);
        assert!(told.contains(expected), "{arguments:?}: {told}");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    };
    refused(
        &["empty.jsonl"],
        "empty.jsonl: there is no record in this file",
    );
    refused(
        &["a.jsonl", "b.jsonl"],
        "out/report.pdf: it is told of in a.jsonl and in b.jsonl",
    );
    refused(
        &["a.jsonl", "--add-ignore", "--reason", "as agreed"],
        "records cannot be written to",
    );
    refused(
        &["c.jsonl", "--annotate", "out.docx"],
        "records hold no file that could be annotated",
    );
    refused(&["missing.jsonl"], "missing.jsonl: there is no such file");
}

#[test]
fn records_come_from_several_files_and_from_standard_input() {
    let (folder, records) = recorded(&["reports"]);
    let whole = checked(folder.path(), &records, "concise").0;
    let (first, second): (Vec<&str>, Vec<&str>) = records
        .lines()
        .partition(|line| line.contains(r#""path":"reports/ansel-re"#));
    fs::write(folder.path().join("a.jsonl"), first.join("\n")).expect("a file");
    fs::write(folder.path().join("b.jsonl"), second.join("\r\n")).expect("a file");
    let both = assize(
        folder.path(),
        &["check", "b.jsonl", "a.jsonl", "--format", "concise"],
    );
    assert_eq!(text(&both.stdout).lines().collect::<Vec<_>>(), whole);
    // The lines of a document need not follow one another.
    let mut mixed: Vec<&str> = records.lines().collect();
    mixed.sort_by_key(|line| line.len());
    let (lines, _) = checked(folder.path(), &mixed.join("\n"), "concise");
    assert_eq!(lines, whole);
    let mut child = Command::new(env!("CARGO_BIN_EXE_assize"))
        .current_dir(folder.path())
        .args([
            "check",
            "-",
            "--stdin-name",
            "all.jsonl",
            "--format",
            "concise",
        ])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut stdin = child.stdin.take().expect("an input");
    std::io::Write::write_all(&mut stdin, records.as_bytes()).expect("it is read");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(text(&output.stdout).lines().collect::<Vec<_>>(), whole);
}

#[test]
fn records_are_cached_but_for_those_that_are_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    let wrong = format!(
        "{FEW}{}\n",
        r#"{"path": "out/release.txt", "kind": "figure"}"#
    );
    fs::write(folder.path().join("facts.jsonl"), wrong).expect("a file");
    let run = || {
        let output = assize(
            folder.path(),
            &["check", "facts.jsonl", "--cache", "--format", "concise"],
        );
        (text(&output.stdout), complaints(&output))
    };
    let first = run();
    assert!(first.1.contains("`text` is missing"), "{}", first.1);
    assert_eq!(run(), first);
    fs::write(folder.path().join("facts.jsonl"), FEW).expect("a file");
    let mended = run();
    assert_eq!(mended.1, "");
    assert_eq!(run(), mended);
}

#[test]
fn facts_are_printed_from_records_too() {
    let (folder, records) = recorded(&["reports/harrow-report.txt", "tests/office/police.docx"]);
    let file: PathBuf = folder.path().join("facts.jsonl");
    fs::write(&file, &records).expect("a file");
    let path = file.to_str().expect("a path");
    for format in ["csv", "json", "text"] {
        let documents = ["reports/harrow-report.txt", "tests/office/police.docx"];
        let from = |sources: &[&str]| {
            let arguments = [&["facts", "--format", format], sources].concat();
            text(&assize(project(), &arguments).stdout)
        };
        assert_eq!(from(&[path]), from(&documents), "{format}");
    }
}
