//! `assize.yaml`: which file holds for which document, what it changes, and what is said of its mistakes.

#![expect(
    clippy::disallowed_methods,
    reason = "a test may write files and read them"
)]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

/// A text in which `date-impossible` finds something.
const FAULTY: &str = "Inspectors came on 31 April 2024.\n";

/// A folder with these files, by path and text.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("a file that can be written to");
    }
    folder
}

fn assize(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_assize"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the binary can be run")
}

/// Runs `assize check` with these arguments over files, and holds its lines on standard output against those expected, each
/// `path severity`, and its exit code.
#[track_caller]
fn check(files: &[(&str, &str)], args: &[&str], expected: &[&str], code: i32) {
    let folder = folder(files);
    let args = [&["check", "--format", "concise"], args].concat();
    let output = assize(folder.path(), &args);
    let shown = String::from_utf8_lossy(&output.stdout);
    let found: Vec<String> = shown.lines().map(brief).collect();
    assert_eq!(found, expected, "{output:?}");
    assert_eq!(output.status.code(), Some(code), "{output:?}");
}

/// `path severity` of a line `path:line:column: severity[rule] message`.
fn brief(line: &str) -> String {
    let path = line.split(':').next().unwrap_or_default();
    let severity = line
        .split_once(": ")
        .and_then(|(_, rest)| rest.split('[').next());
    format!("{path} {}", severity.unwrap_or_default())
}

/// Checks that a file is refused with these mistakes, each `line:column message`, in their order.
#[track_caller]
fn refused(config: &str, expected: &[&str]) {
    let folder = folder(&[("assize.yaml", config), ("a.md", FAULTY)]);
    let output = assize(folder.path(), &["check", "--format", "concise"]);
    let shown = String::from_utf8_lossy(&output.stderr);
    let found: Vec<_> = shown
        .lines()
        .filter_map(|line| line.strip_prefix("assize.yaml:"))
        .map(|line| {
            line.replace(" error[config-syntax]", "")
                .replace(" error[config-invalid]", "")
        })
        .map(|line| line.replacen(": ", " ", 1))
        .collect();
    assert_eq!(output.stdout, b"", "{output:?}");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert_eq!(found, expected, "{shown}");
}

const OFF: &str = "rules: { date-impossible: off }\n";
const NOTE: &str = "rules: { date-impossible: note }\n";

#[test]
fn values_of_a_wrong_kind_are_told_in_plain_words() {
    refused(
        "cache: maybe\nfail-on: [error]\nsets: 7\nrules: [a]\n",
        &[
            "1:8 expected `true` or `false`",
            "2:10 expected a word",
            "3:7 expected a list (`- item`)",
            "4:8 expected a mapping (`key: value`)",
        ],
    );
}

#[test]
fn the_nearest_file_holds() {
    check(
        &[
            ("assize.yaml", OFF),
            ("a.md", FAULTY),
            ("sub/assize.yaml", NOTE),
            ("sub/a.md", FAULTY),
            ("sub/deep/a.md", FAULTY),
            ("other/a.md", FAULTY),
        ],
        &[],
        &["sub/a.md note", "sub/deep/a.md note"],
        0,
    );
}

#[test]
fn a_file_in_a_folder_above_holds() {
    let folder = folder(&[("assize.yaml", NOTE), ("a/b/r.md", FAULTY)]);
    let run = |args: &[&str]| assize(&folder.path().join("a/b"), args);
    let output = run(&["check", "--format", "concise"]);
    assert_eq!(brief(&String::from_utf8_lossy(&output.stdout)), "r.md note");
    let shown = run(&["config", "show", "--for", "r.md"]);
    let shown = String::from_utf8_lossy(&shown.stdout);
    assert!(
        shown.contains("configuration: ../../assize.yaml\n"),
        "{shown}"
    );
    assert!(
        shown.contains("date-impossible  note     ../../assize.yaml:1\n"),
        "{shown}"
    );
}

#[test]
fn flags_win_over_the_file() {
    let files = [("assize.yaml", OFF), ("a.md", FAULTY)];
    check(&files, &[], &[], 0);
    check(&files, &["--no-config"], &["a.md error"], 1);
    check(&files, &["--enable", "date-impossible"], &["a.md note"], 0);
    check(
        &files,
        &["--select", "date-impossible"],
        &["a.md warning"],
        0,
    );
    let files = [
        ("assize.yaml", "fail-on: note\nshow: error\n"),
        ("a.md", FAULTY),
    ];
    check(&files, &["--ignore", "date-impossible"], &[], 0);
    let files = [
        (
            "assize.yaml",
            &*format!("{NOTE}fail-on: note\nshow: error\n"),
        ),
        ("a.md", FAULTY),
    ];
    check(&files, &[], &[], 1);
    check(&files, &["--show", "note"], &["a.md note"], 1);
    check(&files, &["--fail-on", "error"], &[], 0);
    let files = [
        ("house.yaml", NOTE),
        ("assize.yaml", OFF),
        ("sub/a.md", FAULTY),
    ];
    check(&files, &["--config", "house.yaml"], &["sub/a.md note"], 0);
    let files = [
        ("assize.yaml", "output: [csv, json=out.json]\n"),
        ("a.md", FAULTY),
    ];
    check(&files, &[], &["a.md error"], 1);
}

#[test]
fn a_file_extends_others() {
    check(
        &[
            (
                "assize.yaml",
                "extends: [one.yaml, shared/two.yaml]\nrules: { \"text/*\": off }\n",
            ),
            ("one.yaml", OFF),
            ("shared/two.yaml", "extends: three.yaml\nshow: warning\n"),
            ("shared/three.yaml", "rules: { date-impossible: warning }\n"),
            ("a.md", FAULTY),
        ],
        &[],
        &["a.md warning"],
        0,
    );
    refused("extends: assize.yaml\n", &["1:10 this file extends itself"]);
    refused(
        "extends: gone.yaml\n",
        &["1:10 gone.yaml: there is no such file or folder"],
    );
    let folder = folder(&[
        ("assize.yaml", "extends: b.yaml\n"),
        ("b.yaml", "extends: [assize.yaml]\n"),
    ]);
    let output = assize(folder.path(), &["check", "--format", "concise"]);
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        text.contains(
            "b.yaml:1:11: error[config-invalid] this file and `assize.yaml` extend each other"
        ),
        "{text}"
    );
}

#[test]
fn overrides_hold_for_their_paths() {
    let config = "rules: { date-impossible: warning }\n\
        overrides:\n  \
        - paths: [drafts/]\n    rules: { date-impossible: note }\n  \
        - paths: \"*-b.md\"\n    rules: { \"date-*\": off }\n";
    check(
        &[
            ("assize.yaml", config),
            ("a.md", FAULTY),
            ("drafts/a.md", FAULTY),
            ("drafts/a-b.md", FAULTY),
            ("x/drafts/a.md", FAULTY),
        ],
        &[],
        &["a.md warning", "drafts/a.md note", "x/drafts/a.md note"],
        0,
    );
}

/// A rule with parameters, for what the examples of the documentation name.
const MY_RULE: &str = r#"
id: my-rule
title: A figure is larger than it can be
severity: warning
params:
  most: 100
  units: '["percent"]'
for: { f: figure }
where: f.unit in units
assert: f.value <= most
message: "{f.value} is more than {most}"
why: A share of something is a part of it.
help: Correct it.
examples:
  valid: ["Attendance stood at 91%.", "Attendance stood at 100%."]
  invalid: ["Attendance stood at 120%.", "Attendance stood at 300%."]
"#;

#[test]
fn parameters_of_rules_hold_for_their_paths() {
    let config = "packs: [house]\n\
        params:\n  my-rule: { most: 90 }\n\
        overrides:\n  \
        - paths: [drafts/]\n    params: { my-rule: { most: 95 } }\n  \
        - paths: \"*-b.md\"\n    params: { my-rule: { units: '[\"money\"]' } }\n";
    let report = "Attendance stood at 92%.\n\nThe rate stood at 96%.\n";
    let files = [
        ("assize.yaml", config),
        ("house/my-rule.yaml", MY_RULE),
        ("a.md", report),
        ("drafts/a.md", report),
        ("drafts/a-b.md", report),
        ("c/assize.yaml", "packs: [../house]\n"),
        ("c/a.md", report),
    ];
    let found = ["a.md warning", "a.md warning", "drafts/a.md warning"];
    check(&files, &["--select", "my-rule"], &found, 0);
    let folder = folder(&files);
    let shown = assize(folder.path(), &["config", "show", "--for", "drafts/a-b.md"]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    for line in [
        "param      my-rule: most = 95          assize.yaml:6",
        "param      my-rule: units = [\"money\"]  assize.yaml:8",
    ] {
        assert!(shown.contains(line), "{shown}");
    }

    // What is kept for the next run was found with other values.
    let cached = |most: &str| {
        let config = format!("packs: [house]\nparams: {{ my-rule: {{ most: {most} }} }}\n");
        fs::write(folder.path().join("assize.yaml"), config).expect("written");
        let args = [
            "check", "a.md", "--cache", "--format", "concise", "--select", "my-rule",
        ];
        let output = assize(folder.path(), &args);
        String::from_utf8_lossy(&output.stdout).lines().count()
    };
    assert_eq!(["90", "95", "90", "99"].map(cached), [2, 1, 2, 0]);
}

#[test]
fn a_rule_that_extends_another_gives_its_parameters_other_values() {
    let stricter = "extend: my-rule\nparams: { most: 90 }\nexamples+:\n  invalid: [Attendance stood at 95%.]\n";
    let files = [
        ("house/a.yaml", MY_RULE),
        ("house/b.yaml", stricter),
        ("assize.yaml", "packs: [house]\n"),
        ("a.md", "Attendance stood at 92%.\n"),
    ];
    check(&files, &["--select", "my-rule"], &["a.md warning"], 0);
}

#[test]
fn values_that_fit_no_parameter_are_refused() {
    let config = "packs: [house]\n\
        params:\n  my-rule: { mots: 90, most: '\"x\"', units: 5 }\n  my-rul: { most: 1 }\n  date-impossible: { x: 1 }\n\
        overrides:\n  - paths: [drafts/]\n    params: { my-rule: { most: 1 + f.value } }\n";
    let folder = folder(&[
        ("assize.yaml", config),
        ("house/my-rule.yaml", MY_RULE),
        ("a.md", FAULTY),
    ]);
    let output = assize(folder.path(), &["check", "--format", "concise"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let said: Vec<_> = said.lines().filter(|line| !line.starts_with(' ')).collect();
    let invalid = |place: &str, message: &str| {
        format!("assize.yaml:{place}: error[config-invalid] {message}")
    };
    let expected = [
        invalid(
            "3:14",
            "the rule has no parameter `mots`, did you mean `most`?",
        ),
        invalid("3:30", "`most` is a number, and this is a text"),
        invalid("3:44", "`units` is a list, and this is a number"),
        invalid("4:3", "there is no rule `my-rul`, did you mean `my-rule`?"),
        invalid("5:22", "the rule has no parameter `x`"),
        invalid("8:32", "a parameter is a value that is written out"),
    ];
    assert_eq!(said, expected);
}

#[test]
fn names_count_for_more_than_patterns() {
    let with = |rules: &str| format!("rules: {{ {rules} }}\n");
    let weighs = |rules: &str, expected: &[&str]| {
        let config = with(rules);
        let files = [("assize.yaml", &*config), ("a.md", FAULTY)];
        check(
            &files,
            &["--fail-on", "error", "--show", "note"],
            expected,
            i32::from(expected == ["a.md error"]),
        );
    };
    weighs("date-impossible: note, \"date-*\": warning", &["a.md note"]);
    weighs("\"date-*\": note, \"dates/*\": warning", &["a.md warning"]);
    weighs("\"*\": off, date-impossible: on", &["a.md error"]);
    weighs("\"*\": off, \"date-*\": note", &["a.md note"]);
    weighs("\"*\": off", &[]);
    weighs("\"*\": off, dates: note", &["a.md note"]);
    weighs("date-impossible: warning, dates: off", &["a.md warning"]);
}

#[test]
fn a_pattern_turns_nothing_on() {
    let ids = |config: &str| {
        let folder = folder(&[("assize.yaml", config)]);
        let output = assize(folder.path(), &["rules"]);
        String::from_utf8_lossy(&output.stdout).lines().count()
    };
    let (own, raised, on) = (
        ids(""),
        ids("rules: { \"*\": warning }"),
        ids("rules: { \"*\": on }"),
    );
    assert_eq!(own, raised);
    assert!(on > own);
}

#[test]
fn packs_come_with_the_file_and_hold_below_it() {
    let rule = "id: short-date\ntitle: A date\nseverity: warning\nfor: { d: date }\nassert: 'false'\nmessage: a date\n";
    check(
        &[
            ("one/assize.yaml", "packs: [../house]\n"),
            ("house/short-date.yaml", rule),
            ("one/a.md", "They came on 1 April 2024.\n"),
            ("two/a.md", "They came on 1 April 2024.\n"),
        ],
        &["one", "two"],
        &["one/a.md warning"],
        0,
    );
}

#[test]
fn what_is_left_out_is_checked_when_it_is_named() {
    let files = [
        ("assize.yaml", "exclude: [archive, \"*.txt\"]\n"),
        ("a.md", FAULTY),
        ("b.txt", FAULTY),
        ("archive/a.md", FAULTY),
    ];
    check(&files, &[], &["a.md error"], 1);
    check(&files, &["b.txt"], &["b.txt error"], 1);
}

#[test]
fn the_file_itself_is_no_document() {
    check(
        &[
            ("assize.yaml", "# Inspectors came on 31 April 2024.\n"),
            ("a.md", ""),
        ],
        &[],
        &[],
        0,
    );
}

#[test]
fn frameworks_roles_and_stages_hold_for_their_paths() {
    let config = "framework: cqc-saf\nframeworks: { \"*.txt\": hmi-probation }\nroles: { \"press/\": release }\nstage: draft\n";
    let folder = folder(&[("assize.yaml", config)]);
    let shown = |file: &str, flags: &[&str]| {
        let args = [
            &["config", "show", "--format", "json", "--for", file],
            flags,
        ]
        .concat();
        let output = assize(folder.path(), &args);
        let shown: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let value = |key: &str| {
            let values = shown["values"].as_array().expect("values");
            let value = values.iter().find(|value| value["key"] == key).expect(key);
            format!("{} {}", value["value"], value["from"]["line"])
        };
        [value("framework"), value("role"), value("stage")].join(", ")
    };
    assert_eq!(shown("a.md", &[]), "\"cqc-saf\" 1, null null, \"draft\" 4");
    assert_eq!(
        shown("press/a.txt", &[]),
        "\"hmi-probation\" 2, \"release\" 3, \"draft\" 4"
    );
    let flags = ["--framework", "cqc", "--stage", "final"];
    assert_eq!(
        shown("press/a.txt", &flags),
        "\"cqc\" null, \"release\" 3, \"final\" null"
    );
}

#[test]
fn sets_are_as_the_file_says() {
    let report = "# Report\n\nLeadership was rated good. Casework was rated fair.\n";
    let release = "# Release\n\nLeadership was rated poor.\n";
    let rule = "id: set-two-values\ntitle: Two values\nseverity: error\nscope: set\nfor: { a: rating, b: rating }\n\
        where: a.criterion == b.criterion\nassert: a.value == b.value\nmessage: differs\n";
    let run = |sets: &str| {
        let config = format!("packs: [house]\nrules: {{ \"*\": off, set-two-values: on }}\n{sets}");
        let files = [
            ("assize.yaml", &*config),
            ("house/set-two-values.yaml", rule),
            ("1/a.md", report),
            ("1/b.md", release),
            ("2/a.md", report),
        ];
        let folder = folder(&files);
        let output = assize(folder.path(), &["check", "--format", "concise"]);
        String::from_utf8_lossy(&output.stdout)
            .lines()
            .map(brief)
            .collect::<Vec<_>>()
    };
    assert!(run("").is_empty());
    assert_eq!(run("sets: [\"*/\"]\n"), ["1/a.md error"]);
    assert_eq!(run("sets:\n  - [1/b.md, 2/*.md]\n"), ["1/b.md error"]);
    assert!(run("sets:\n  - [1/a.md, 2/*.md]\n").is_empty());
}

#[test]
fn every_mistake_is_shown_at_its_place() {
    refused(
        "fail-on: eror\nruels: {}\nrules:\n  date-imposible: on\n  \"x-*\": off\n  quote-unclosed: loud\nframework: cqc-saff\n\
         roles:\n  \"*.md\": releese\npacks: [gone]\noutput: [sarif=]\nexclude: [\"../a\"]\n",
        &[
            "1:10 unknown value `eror`, did you mean `error`?",
            "2:1 unknown key `ruels`, did you mean `rules`?",
            "4:3 there is no rule `date-imposible`, did you mean `date-impossible`?",
            "5:3 no rule fits the pattern `x-*`",
            "6:19 unknown value `loud`",
            "7:12 there is no framework `cqc-saff`, did you mean `cqc-saf`?",
            "9:11 unknown value `releese`, did you mean `release`?",
            "10:9 there is no such file or folder: gone",
            "11:10 the name of the file is missing after `=`",
            "12:11 a pattern cannot leave the folder of its file by `..`",
        ],
    );
    refused(
        "overrides:\n  - path: [a]\n    stage: drft\n  - role: plan\n  - paths: [\"[a\"]\n    rules: [a]\n",
        &[
            "2:5 unknown key `path`, did you mean `paths`?",
            "3:12 unknown value `drft`, did you mean `draft`?",
            "4:5 this override has no `paths`",
            "5:13 this is no pattern of paths: unclosed character class; missing ']'",
            "6:12 expected a mapping (`key: value`)",
        ],
    );
    refused("- a\n", &["1:1 expected a mapping (`key: value`)"]);
    refused("show: [\n", &["1:7 this is not YAML: unclosed bracket '['"]);
}

#[test]
fn a_new_configuration_passes_at_once() {
    let folder = folder(&[("a.md", FAULTY)]);
    let made = assize(folder.path(), &["new", "config"]);
    assert_eq!(made.stdout, b"assize.yaml\n", "{made:?}");
    let plain = assize(folder.path(), &["check", "--no-config"]);
    let checked = assize(folder.path(), &["check"]);
    assert_eq!(
        (plain.status.code(), plain.stdout),
        (checked.status.code(), checked.stdout)
    );
    let again = assize(folder.path(), &["new", "config"]);
    assert_eq!(again.status.code(), Some(2));

    // Its examples hold too, once they are no comments.
    let file = folder.path().join("assize.yaml");
    let text = fs::read_to_string(&file).expect("the file");
    let is_key =
        |line: &str| line.contains(": ") || line.ends_with(':') || line.starts_with("#   ");
    let examples: Vec<&str> = text
        .lines()
        .skip_while(|line| !line.is_empty())
        .map(|line| {
            line.strip_prefix("# ")
                .filter(|_| is_key(line))
                .unwrap_or(line)
        })
        .filter(|line| !line.starts_with(char::is_uppercase))
        .collect();
    let examples = examples.join("\n").replace("extends: [../assize.yaml]", "");
    fs::write(&file, examples).expect("a file that can be written to");
    fs::create_dir(folder.path().join("house-rules")).expect("a folder");
    fs::write(
        folder.path().join("house-rules/lexicon.yaml"),
        "weighted: [house-weighted]\n",
    )
    .expect("a file");
    let rule = folder.path().join("house-rules/my-rule.yaml");
    fs::write(rule, MY_RULE).expect("a file");
    let checked = assize(folder.path(), &["check", "--format", "concise"]);
    assert_eq!(checked.status.code(), Some(1), "{checked:?}");
}

/// The examples of the documentation, each a configuration that is read without a mistake.
#[test]
fn the_documented_examples_hold() {
    let text = fs::read_to_string("docs/configuration.md").expect("the document");
    let mut examples = text.split("```yaml\n").skip(1);
    let mut count = 0;
    examples.try_for_each(|example| {
        let (example, _) = example.split_once("```")?;
        count += 1;
        let folder = folder(&[
            ("project/assize.yaml", example),
            ("project/a.md", FAULTY),
            ("assize.yaml", ""),
            ("project/shared/house.yaml", ""),
            ("house-rules/lexicon.yaml", "weighted: [house-weighted]\n"),
            ("house-rules/my-rule.yaml", MY_RULE),
        ]);
        let at = folder.path().join("project");
        fs::create_dir(at.join("out")).expect("a folder");
        let output = assize(&at, &["check"]);
        assert_eq!(output.status.code(), Some(1), "{example}\n{output:?}");
        Some(())
    });
    assert!(count > 8, "the scan finds the examples");
    let keys: serde_json::Value = {
        let output = assize(Path::new("."), &["schema", "config"]);
        serde_json::from_slice(&output.stdout).expect("JSON")
    };
    let keys = keys["properties"].as_object().expect("the keys").keys();
    for key in keys {
        let heading = |line: &str| {
            line.strip_prefix("## ")
                .is_some_and(|head| head.split(", ").any(|named| named == key))
        };
        assert!(text.lines().any(heading), "`{key}` has no section");
    }
}
