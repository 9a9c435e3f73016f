//! What silences rules, by the command line: comments, files beside documents, and both written by `--add-ignore`.
#![expect(clippy::disallowed_methods, reason = "tests look at what was written")]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

fn assize(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_assize"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the binary can be run")
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) {
    fs::write(folder.join(name), text).expect("a file that can be written to");
}

/// Runs a check of the folder: its exit code and the lines of `concise`.
fn check(folder: &Path, args: &[&str]) -> (i32, Vec<String>) {
    let output = assize(
        folder,
        &[&["check", ".", "--format", "concise"], args].concat(),
    );
    let lines = String::from_utf8_lossy(&output.stdout)
        .lines()
        .chain(
            String::from_utf8_lossy(&output.stderr)
                .lines()
                .filter(|line| line.contains("error[")),
        )
        .map(str::to_owned)
        .collect();
    (output.status.code().unwrap_or(-1), lines)
}

const FAULTY: &str = "Inspectors came on 31 April 2024.\n";

#[test]
fn a_comment_may_count_until_a_day() {
    let text = format!("# assize-ignore date-impossible until 2027-01-31: as printed\n{FAULTY}");
    let folder = folder(&[("a.txt", &text)]);
    let on = |day| check(folder.path(), &["--today", day]);
    assert_eq!(on("2027-01-31"), (0, vec![]));
    let (code, lines) = on("2027-02-01");
    assert_eq!(code, 1);
    assert_eq!(
        lines,
        [
            "a.txt:1:17: warning[suppression-expired] `date-impossible` was to be silent until 2027-01-31, and is reported again",
            "a.txt:2:20: error[date-impossible] the calendar has no such day",
        ]
    );
    let refused = assize(folder.path(), &["check", ".", "--today", "tomorrow"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn the_day_is_today_where_none_is_given() {
    let until = |day| {
        let text = format!("# assize-ignore date-impossible until {day}: as printed\n{FAULTY}");
        let folder = folder(&[("a.txt", &text)]);
        check(folder.path(), &[]).0
    };
    assert_eq!(until("2020-01-31"), 1);
    assert_eq!(until("9999-12-31"), 0);
}

#[test]
fn a_file_beside_the_document_counts_for_it_alone() {
    let beside =
        "ignore:\n  - rule: date-impossible\n    words: 31 April\n    reason: as printed\n";
    let folder = folder(&[
        ("a.txt", FAULTY),
        ("a.txt.assize-ignore.yaml", beside),
        ("b.md", FAULTY),
    ]);
    assert_eq!(
        check(folder.path(), &[]),
        (
            1,
            vec!["b.md:1:20: error[date-impossible] the calendar has no such day".to_owned()]
        )
    );
    write(folder.path(), "a.txt", FAULTY.replace("April", "March"));
    let (code, lines) = check(folder.path(), &["a.txt"]);
    assert_eq!(code, 1);
    assert_eq!(
        lines.first().map(String::as_str),
        Some(
            "a.txt.assize-ignore.yaml:2:11: warning[suppression-unused] these words are not in the document"
        )
    );
}

#[test]
fn mistakes_in_a_file_beside_a_document_stand_at_their_lines() {
    let beside = "ignore:\n  - rule: date-impossible\n    word: 31 April\n    reason: as printed\n  - rule: date-impossible\n";
    let folder = folder(&[("a.txt", FAULTY), ("a.txt.assize-ignore.yaml", beside)]);
    let (code, lines) = check(folder.path(), &[]);
    assert_eq!(code, 2);
    assert_eq!(
        lines,
        [
            "a.txt:1:20: error[date-impossible] the calendar has no such day",
            "a.txt.assize-ignore.yaml:3:5: error[suppression-invalid] unknown key `word`, did you mean `words`?",
            "a.txt.assize-ignore.yaml:5:11: error[suppression-invalid] the key `reason` is missing here",
        ]
    );
}

#[test]
fn a_word_file_is_excused_by_the_file_beside_it() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/office/letter.docx");
    let folder = folder(&[]);
    fs::copy(sample, folder.path().join("letter.docx")).expect("the sample is kept");
    let (_, lines) = check(folder.path(), &["--show", "warning"]);
    let mut rules: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.split(['[', ']']).nth(1))
        .collect();
    rules.sort_unstable();
    rules.dedup();
    assert!(!rules.is_empty(), "the sample has something to report");
    let entry = |rule: &&str| format!("  - rule: {rule}\n    reason: as sent\n");
    let entries: String = rules.iter().map(entry).collect();
    write(
        folder.path(),
        "letter.docx.assize-ignore.yaml",
        format!("ignore:\n{entries}"),
    );
    assert_eq!(
        check(folder.path(), &["--show", "warning"]),
        (0, Vec::new())
    );
}

/// The sample reports in all formats, and texts made of them, in one folder.
fn samples() -> tempfile::TempDir {
    let folder = folder(&[]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for samples in ["reports", "tests/office"] {
        for entry in fs::read_dir(root.join(samples)).expect("a folder") {
            let path = entry.expect("a file").path();
            let name = path.file_name().expect("a name");
            fs::copy(&path, folder.path().join(name)).expect("a sample");
        }
    }
    let mixed = "\u{feff}# Wards\n\nInspectors came on 31 April 2024,\nand on 31 June 2024.\n\n- 31 April 2024  \n  or so\n- 31 June 2024\n\n\
        | Day | Ward |\n|---|---|\n| 31 April 2024 | A |\n\n> They left on 31 April 2024.\n\n```\non 31 April 2024\n```\n\n\
        <table><tr><td>31 April 2024</td></tr></table>\n\nOf 40 files, 18 (48%) were poor.[^1]\n\n[^1]: Seen on 31 April 2024.";
    write(folder.path(), "mixed.md", mixed);
    write(folder.path(), "crlf.md", mixed.replace('\n', "\r\n"));
    let front = "---\ntitle: Of 31 April 2024\n---\n\n    on 31 April 2024\n";
    write(folder.path(), "front.md", front);
    write(
        folder.path(),
        "one-line.html",
        "<html><body><p>On 31 April 2024.</p><p>On 31 June 2024.</p><pre>31 April 2024</pre></body></html>",
    );
    write(
        folder.path(),
        "crlf.txt",
        "Wards\r\n\r\nThey came on\r\n31 April 2024.",
    );
    folder
}

/// Every file of a folder by name.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            let path = entry.expect("a file").path();
            let name = path.file_name().expect("a name").to_string_lossy();
            let bytes = fs::read(&path).expect("a file that can be read");
            (name.into_owned(), bytes)
        })
        .collect();
    files.sort();
    files
}

const ADD: &[&str] = &["--add-ignore", "--reason", "as it was published"];

#[test]
fn what_is_excused_is_silent_in_every_format_and_nothing_is_left_over() {
    let folder = samples();
    let before = files(folder.path());
    let (code, found) = check(folder.path(), &[]);
    assert!(code == 1 && found.len() > 30, "{found:#?}");

    assert_eq!(check(folder.path(), ADD), (0, Vec::new()));
    assert_eq!(check(folder.path(), &[]), (0, Vec::new()));
    let after = files(folder.path());
    check(folder.path(), ADD);
    assert!(after == files(folder.path()), "nothing is written twice");

    for (name, old) in &before {
        let new = &after
            .iter()
            .find(|(known, _)| known == name)
            .expect("it is kept")
            .1;
        let packaged = [".docx", ".odt", ".pdf"]
            .iter()
            .any(|ending| name.ends_with(ending));
        if packaged {
            assert!(old == new, "{name} is left as it is");
            continue;
        }
        let [old, new] = [old, new].map(|text| String::from_utf8_lossy(text));
        let ends = |text: &str| text.ends_with('\n');
        assert_eq!(ends(&old), ends(&new), "the end of {name}");
        let windows =
            |text: &str| text.contains("\r\n") && !text.replace("\r\n", "").contains('\n');
        assert_eq!(windows(&old), windows(&new), "the line ends of {name}");
        assert_eq!(without_comments(&old), without_comments(&new), "{name}");
    }
    let text = |name: &str| {
        let file = after.iter().find(|(known, _)| known == name);
        String::from_utf8_lossy(&file.expect("it was written").1).into_owned()
    };
    insta::assert_snapshot!(text("mixed.md"));
    insta::assert_snapshot!(text("front.md.assize-ignore.yaml"));
    insta::assert_snapshot!(text("one-line.html"));
    insta::assert_snapshot!(text("letter.docx.assize-ignore.yaml"));
    assert_eq!(
        text("front.md"),
        String::from_utf8_lossy(
            &before
                .iter()
                .find(|(name, _)| name == "front.md")
                .expect("a sample")
                .1
        )
    );
}

/// A text without comments that silence rules, and without white space.
fn without_comments(text: &str) -> String {
    let mut left = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!-- assize-ignore ") {
        left.push_str(before);
        rest = after.split_once(" -->").map_or("", |(_, rest)| rest);
    }
    left.push_str(rest);
    let lines = left.lines();
    let lines = lines.filter(|line| !line.starts_with("# assize-ignore "));
    lines.flat_map(str::split_whitespace).collect()
}

#[test]
fn only_what_is_printed_is_excused() {
    let text = "Inspectors came on 31 April 2024.\n\nOf 40 files, 18 (48%) were poor.\n";
    let folder = folder(&[("a.md", text)]);
    let add = [
        ADD,
        &[
            "--select",
            "date-impossible",
            "--until",
            "2027-01-31",
            "--today",
            "2026-12-01",
        ],
    ]
    .concat();
    assert_eq!(check(folder.path(), &add), (0, Vec::new()));
    assert_eq!(
        fs::read_to_string(folder.path().join("a.md")).expect("a file"),
        format!(
            "<!-- assize-ignore date-impossible until 2027-01-31: as it was published -->\n{text}"
        )
    );
    let (code, lines) = check(folder.path(), &["--today", "2026-12-01"]);
    assert_eq!((code, lines.len()), (1, 1), "{lines:?}");
}

#[test]
fn a_baseline_is_excused_already() {
    let folder = folder(&[("a.md", FAULTY)]);
    check(folder.path(), &["--write-baseline", "known.jsonl"]);
    let add = [ADD, &["--baseline", "known.jsonl"]].concat();
    assert_eq!(check(folder.path(), &add), (0, Vec::new()));
    assert_eq!(
        fs::read_to_string(folder.path().join("a.md")).expect("a file"),
        FAULTY
    );
}

#[test]
fn excuses_need_a_reason_that_can_be_written() {
    let folder = folder(&[("a.md", FAULTY)]);
    for args in [
        &["--add-ignore"][..],
        &["--reason", "so"],
        &["--add-ignore", "--reason", " "],
        &["--add-ignore", "--reason", "a --> b"],
        &["--add-ignore", "--reason", "a\nb"],
        &["--add-ignore", "--reason", "a", "--until", "2026-02-30"],
        &[
            "--add-ignore",
            "--reason",
            "a",
            "--until",
            "2026-02-01",
            "--today",
            "2026-02-02",
        ],
        &["--add-ignore", "--reason", "a", "-"],
    ] {
        assert_eq!(check(folder.path(), args).0, 2, "{args:?}");
    }
    assert_eq!(
        fs::read_to_string(folder.path().join("a.md")).expect("a file"),
        FAULTY
    );
}
