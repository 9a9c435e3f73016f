//! The language server, spoken to as an editor does: over the standard input and output of `assize lsp`.

use std::{
    fs,
    io::{BufReader, Write as _},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use lsp_server::{Message, Notification, Request, RequestId};
use serde_json::{Value, json};

/// How long the server may take for anything.
const PATIENCE: Duration = Duration::from_mins(1);

/// An editor with a server.
struct Editor {
    child: Child,
    stdin: ChildStdin,
    heard: Receiver<Message>,
    requests: i32,
}

impl Editor {
    /// Starts a server in a folder and greets it.
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_assize"))
            .arg("lsp")
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let stdin = child.stdin.take().expect("its input");
        let mut stdout = BufReader::new(child.stdout.take().expect("its output"));
        let (sender, heard) = channel();
        thread::spawn(move || {
            while let Ok(Some(message)) = Message::read(&mut stdout) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut editor = Self {
            child,
            stdin,
            heard,
            requests: 0,
        };
        let greeting = editor.ask("initialize", json!({ "capabilities": {} }));
        assert_eq!(greeting["capabilities"]["positionEncoding"], "utf-16");
        editor.tell("initialized", json!({}));
        editor
    }

    fn send(&mut self, message: &Message) {
        message.write(&mut self.stdin).expect("the server listens");
        self.stdin.flush().expect("the server listens");
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&Message::Notification(Notification::new(
            method.to_owned(),
            params,
        )));
    }

    /// What the server answers; notifications before it are passed over.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.requests += 1;
        let id = RequestId::from(self.requests);
        self.send(&Message::Request(Request::new(
            id.clone(),
            method.to_owned(),
            params,
        )));
        loop {
            match self.heard.recv_timeout(PATIENCE).expect("an answer") {
                Message::Response(response) if response.id == id => {
                    return serde_json::to_value(response).expect("JSON")["result"].clone();
                }
                _ => {}
            }
        }
    }

    /// The next diagnostics for a file, as `line:column code`.
    fn shown(&mut self, uri: &str) -> Vec<String> {
        let params = self.published(uri);
        let found = params["diagnostics"].as_array().expect("a list").iter();
        found
            .map(|found| {
                let start = &found["range"]["start"];
                format!(
                    "{}:{} {}",
                    start["line"],
                    start["character"],
                    found["code"].as_str().expect("a code")
                )
            })
            .collect()
    }

    fn published(&mut self, uri: &str) -> Value {
        loop {
            match self.heard.recv_timeout(PATIENCE).expect("diagnostics") {
                Message::Notification(note)
                    if note.method == "textDocument/publishDiagnostics"
                        && note.params["uri"] == uri =>
                {
                    return note.params;
                }
                _ => {}
            }
        }
    }

    /// The next message that is shown.
    fn said(&mut self) -> String {
        loop {
            match self.heard.recv_timeout(PATIENCE).expect("a message") {
                Message::Notification(note) if note.method == "window/showMessage" => {
                    return note.params["message"].as_str().expect("words").to_owned();
                }
                _ => {}
            }
        }
    }

    fn open(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Puts `text` in the place of a range, or of everything.
    fn change(&mut self, uri: &str, version: i32, range: Option<Value>, text: &str) {
        let mut change = json!({ "text": text });
        if let Some(range) = range {
            change["range"] = range;
        }
        let document = json!({ "uri": uri, "version": version });
        let params = json!({ "textDocument": document, "contentChanges": [change] });
        self.tell("textDocument/didChange", params);
    }

    fn close(&mut self, uri: &str) {
        self.tell(
            "textDocument/didClose",
            json!({ "textDocument": { "uri": uri } }),
        );
    }

    /// Runs a command: what is answered, and what is said to whoever asked.
    fn execute(&mut self, command: &str, uri: &str) -> (Value, String) {
        self.requests += 1;
        let id = RequestId::from(self.requests);
        let params = json!({ "command": command, "arguments": [uri] });
        let method = "workspace/executeCommand".to_owned();
        self.send(&Message::Request(Request::new(id.clone(), method, params)));
        let mut said = String::new();
        loop {
            match self.heard.recv_timeout(PATIENCE).expect("an answer") {
                Message::Notification(note) if note.method == "window/showMessage" => {
                    let message = note.params["message"].as_str();
                    message.expect("a text").clone_into(&mut said);
                }
                Message::Response(response) if response.id == id => {
                    let answer = serde_json::to_value(response).expect("JSON");
                    return (answer["result"].clone(), said);
                }
                _ => {}
            }
        }
    }

    fn at(&mut self, method: &str, uri: &str, line: u32, character: u32) -> Value {
        let position = json!({ "line": line, "character": character });
        let params = json!({ "textDocument": { "uri": uri }, "position": position });
        self.ask(method, params)
    }

    /// Says goodbye; gives back whether the server ended well.
    fn stop(mut self) -> bool {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.child.wait().expect("the server ends").success()
    }
}

fn range(line: u32, from: u32, to: u32) -> Value {
    json!({ "start": { "line": line, "character": from }, "end": { "line": line, "character": to } })
}

const URI: &str = "file:///work/caf%C3%A9.md";
/// A report in which a change and its arithmetic do not fit, behind letters that UTF-8 and UTF-16 count differently.
const REPORT: &str = "# Café inspection\n\nÀ 𝄞: attendance rose from 40% in 2022 to 46% in 2023, an increase of 9 percentage points.\n";

#[test]
fn a_report_is_checked_as_it_is_typed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut editor = Editor::start(folder.path(), &["--select", "change-arithmetic"]);
    editor.open(URI, "markdown", REPORT);
    assert_eq!(editor.shown(URI), ["2:17 change-arithmetic"]);

    let hover = editor.at("textDocument/hover", URI, 2, 20);
    let text = hover["contents"]["value"].as_str().expect("a text");
    assert!(
        text.contains("`change-arithmetic`") && text.contains("fact **change**"),
        "{text}"
    );
    assert!(text.contains("- from: 40"), "{text}");

    let actions = editor.ask(
        "textDocument/codeAction",
        json!({ "textDocument": { "uri": URI }, "range": range(2, 20, 20), "context": { "diagnostics": [] } }),
    );
    let edit = &actions[0]["edit"]["changes"][URI][0];
    assert_eq!(
        edit["newText"],
        "<!-- assize-ignore change-arithmetic: say why -->\n"
    );

    // The edit of the action lets it stand.
    let paragraph = REPORT.lines().nth(2).expect("a line");
    let comment = "<!-- assize-ignore change-arithmetic: say why -->";
    let ignored = REPORT.replace(paragraph, &format!("{comment}\n{paragraph}"));
    editor.change(URI, 2, None, &ignored);
    assert!(editor.shown(URI).is_empty());
    editor.change(URI, 3, None, REPORT);
    assert_eq!(editor.shown(URI), ["2:17 change-arithmetic"]);

    // 9 to 6, where UTF-16 counts it.
    let line = REPORT.lines().nth(2).expect("a line");
    let nine = line
        .split("of 9")
        .next()
        .expect("a part")
        .encode_utf16()
        .count()
        + 3;
    let nine = u32::try_from(nine).expect("a short line");
    editor.change(URI, 4, Some(range(2, nine, nine + 1)), "6");
    let published = editor.published(URI);
    assert_eq!(
        (&published["version"], &published["diagnostics"]),
        (&json!(4), &json!([]))
    );

    editor.close(URI);
    assert!(editor.shown(URI).is_empty());
    assert!(editor.stop());
}

#[test]
fn of_texts_that_follow_one_another_the_last_is_checked() {
    const KEYS: i32 = 60;
    let folder = tempfile::tempdir().expect("a folder");
    let mut editor = Editor::start(folder.path(), &["--select", "change-arithmetic"]);
    editor.open(URI, "markdown", REPORT);
    assert_eq!(editor.shown(URI), ["2:17 change-arithmetic"]);

    // As somebody types who does not wait, with questions between the letters.
    let mut typed = Vec::new();
    for key in 0..KEYS {
        let change = json!({ "range": range(0, 2, 2), "text": "x" });
        let document = json!({ "uri": URI, "version": key + 2 });
        let params = json!({ "textDocument": document, "contentChanges": [change] });
        let change = Notification::new("textDocument/didChange".to_owned(), params);
        Message::from(change).write(&mut typed).expect("memory");
        let position = json!({ "line": 2, "character": 20 });
        let params = json!({ "textDocument": { "uri": URI }, "position": position });
        let id = RequestId::from(1000 + key);
        let hover = Request::new(id, "textDocument/hover".to_owned(), params);
        Message::from(hover).write(&mut typed).expect("memory");
    }
    editor.stdin.write_all(&typed).expect("the server listens");
    editor.stdin.flush().expect("the server listens");

    let (mut checks, mut answers, mut moot) = (0, 0, 0);
    let mut last = 1;
    while answers + moot < KEYS {
        match editor.heard.recv_timeout(PATIENCE).expect("a message") {
            Message::Response(response) => match response.response_result {
                Ok(_) => answers += 1,
                Err(error) => {
                    assert_eq!(error.code, -32801, "{}", error.message);
                    moot += 1;
                }
            },
            Message::Notification(note) => {
                checks += 1;
                let version = note.params["version"].as_i64().expect("a version");
                assert!(version > last, "{version} after {last}");
                last = version;
            }
            Message::Request(_) => {}
        }
    }
    assert_eq!(last, i64::from(KEYS) + 1, "the last text is checked");
    assert!(checks <= KEYS / 3, "{checks} texts were checked");
    assert!(answers <= KEYS / 3, "{answers} questions were answered");
    assert!(editor.stop());
}

#[test]
fn what_the_editor_no_longer_asks_is_not_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut editor = Editor::start(folder.path(), &["--select", "change-arithmetic"]);
    editor.open(URI, "markdown", REPORT);
    editor.shown(URI);
    let position = json!({ "line": 2, "character": 20 });
    let params = json!({ "textDocument": { "uri": URI }, "position": position });
    let hover = Request::new(77.into(), "textDocument/hover".to_owned(), params);
    let cancel = Notification::new("$/cancelRequest".to_owned(), json!({ "id": 77 }));
    let mut sent = Vec::new();
    Message::from(hover).write(&mut sent).expect("memory");
    Message::from(cancel).write(&mut sent).expect("memory");
    editor.stdin.write_all(&sent).expect("the server listens");
    editor.stdin.flush().expect("the server listens");
    let answer = loop {
        if let Message::Response(answer) = editor.heard.recv_timeout(PATIENCE).expect("an answer") {
            break answer;
        }
    };
    let error = answer.response_result.expect_err("no answer");
    assert_eq!(error.code, -32800);
    assert!(editor.stop());
}

#[test]
fn what_has_one_reading_left_is_put_right_when_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut editor = Editor::start(folder.path(), &["--framework", "hmcpsi-aap"]);
    // What is found, the first action offered at a place, and what is found when its edit is made.
    let mut check = |text: &str, code: &str, line: u32, column: u32, title: &str, fixed: &str| {
        editor.open(URI, "markdown", text);
        assert!(
            editor.shown(URI).iter().any(|found| found.ends_with(code)),
            "{text}"
        );
        let at = range(line, column, column);
        let params = json!({ "textDocument": { "uri": URI }, "range": at, "context": { "diagnostics": [] } });
        let offered = editor.ask("textDocument/codeAction", params);
        let first = &offered[0];
        assert_eq!(first["title"], title, "{offered:#}");
        let preferred = first["isPreferred"].as_bool().unwrap_or_default();
        assert_eq!(preferred, !fixed.is_empty());
        if preferred {
            let edit = &first["edit"]["changes"][URI][0];
            let new = edit["newText"].as_str().expect("a text");
            editor.change(URI, 2, Some(edit["range"].clone()), new);
            assert!(
                !editor.shown(URI).iter().any(|found| found.ends_with(code)),
                "{text}"
            );
            // The server has the text that is wanted: the same text raises the same.
            editor.change(URI, 3, None, fixed);
            assert!(
                !editor.shown(URI).iter().any(|found| found.ends_with(code)),
                "{fixed}"
            );
        }
        editor.close(URI);
        editor.shown(URI);
    };
    check(
        "À 𝄞: the Crown Prosecutions Service accepts it.\n",
        "name-official",
        0,
        12,
        "Write “Crown Prosecution Service” in the place of “Crown Prosecutions Service”",
        "À 𝄞: the Crown Prosecution Service accepts it.\n",
    );
    let acronyms =
        "É: the Wetland Audit Board (WABQX) met. WABQX wrote.\n\nThe WABXQ was thanked.\n";
    check(
        acronyms,
        "acronym-near-miss",
        2,
        6,
        "Write “WABQX” in the place of “WABXQ”",
        &acronyms.replace("WABXQ", "WABQX"),
    );
    // Markup would be lost.
    check(
        "The Crown *Prosecutions* Service accepts it.\n",
        "name-official",
        0,
        6,
        "Ignore `name-official` here, with a reason",
        "",
    );
    assert!(editor.stop());
}

#[test]
fn two_places_lead_to_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut editor = Editor::start(folder.path(), &["--select", "rating-two-values"]);
    let uri = "file:///reports/report.txt";
    let text =
        "Leadership was rated good.\n\nThe team is friendly.\n\nLeadership was rated poor.\n";
    editor.open(uri, "plaintext", text);
    let published = editor.published(uri);
    let found = &published["diagnostics"][0];
    assert_eq!(found["code"], "rating-two-values");
    let related = &found["relatedInformation"][0]["location"]["range"]["start"];
    let there = editor.at("textDocument/definition", uri, 0, 2);
    assert_eq!(&there[0]["range"]["start"], related);
    assert_ne!(found["range"]["start"], *related);
    assert!(editor.stop());
}

const RULE_URI: &str = "file:///work/house.yaml";
const RULE: &str = "id: no-thirteen\n\
title: Thirteen of something\n\
severity: warning\n\
for: { f: figure }\n\
assert: f.value != 13\n\
message: \"thirteen again\"\n\
examples:\n  \
  valid: [\"There were 12 cases.\"]\n  \
  invalid: [\"There were 13 cases.\"]\n";

#[test]
fn a_rule_is_in_force_once_it_is_sound() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut editor = Editor::start(folder.path(), &[]);
    let report = "file:///reports/report.txt";
    editor.open(report, "plaintext", "The team closed 13 cases in March.\n");
    assert!(editor.shown(report).is_empty());

    editor.open(RULE_URI, "yaml", RULE);
    assert!(editor.shown(RULE_URI).is_empty());
    assert_eq!(editor.shown(report), ["0:16 no-thirteen"]);

    // Broken: its mistake is shown in it, and the rule as it was stays in force.
    editor.change(RULE_URI, 2, None, &RULE.replace("f.value", "f.valeu"));
    assert_eq!(editor.shown(RULE_URI), ["4:10 rule-invalid"]);
    assert_eq!(editor.shown(report), ["0:16 no-thirteen"]);

    // Mended, but an example does not hold.
    editor.change(RULE_URI, 3, None, &RULE.replace("12 cases", "13 cases"));
    assert_eq!(editor.shown(RULE_URI).len(), 1);

    editor.change(RULE_URI, 4, None, &RULE.replace("13", "14"));
    assert!(editor.shown(RULE_URI).is_empty());
    assert!(editor.shown(report).is_empty());

    let offered = editor.at("textDocument/completion", RULE_URI, 4, 10);
    let offered: Vec<_> = offered.as_array().expect("a list").iter().collect();
    assert!(offered.iter().any(|item| item["label"] == "hedge"));
    let hover = editor.at("textDocument/hover", RULE_URI, 4, 2);
    assert!(
        hover["contents"]["value"]
            .as_str()
            .is_some_and(|text| text.contains("assert"))
    );
    assert!(editor.stop());
}

#[test]
fn the_examples_of_a_rule_are_run_from_the_editor() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut editor = Editor::start(folder.path(), &[]);
    let uri = "file:///work/r%C3%A8gles/house.yaml";
    let rule = format!("# Règle d’une maison 𝄞\n{RULE}");
    editor.open(uri, "yaml", &rule);
    let lenses = json!({ "textDocument": { "uri": uri } });
    let lens = &editor.ask("textDocument/codeLens", lenses.clone())[0];
    assert_eq!(lens["range"]["start"], json!({ "line": 1, "character": 0 }));
    let command = lens["command"]["command"]
        .as_str()
        .expect("a command")
        .to_owned();
    assert_eq!(lens["command"]["arguments"], json!([uri]));

    let (ran, said) = editor.execute(&command, uri);
    assert_eq!((&ran["examples"], &ran["failed"]), (&json!(2), &json!([])));
    assert_eq!(said, "no-thirteen: 2 examples, none failed");

    editor.change(uri, 2, None, &rule.replace("12 cases", "13 cases"));
    let (ran, said) = editor.execute(&command, uri);
    let line = rule
        .lines()
        .position(|line| line.contains("valid:"))
        .expect("an example")
        + 1;
    assert_eq!(
        (&ran["failed"][0]["line"], &ran["failed"][0]["rule"]),
        (&json!(line), &json!("no-thirteen"))
    );
    assert_eq!(
        said,
        format!(
            "no-thirteen: 2 examples, 1 failed; line {line}: this valid example raises something"
        )
    );

    editor.change(uri, 3, None, &rule.replace("f.value", "f.valeu"));
    let (ran, said) = editor.execute(&command, uri);
    assert_eq!(ran, Value::Null);
    assert_eq!(
        said,
        "the rules have mistakes: mend them before their examples are run"
    );

    // What is no rule has no lens and no examples.
    let report = "file:///work/report.md";
    editor.open(report, "markdown", "Nothing.\n");
    let lenses = json!({ "textDocument": { "uri": report } });
    assert_eq!(editor.ask("textDocument/codeLens", lenses), json!([]));
    assert_eq!(editor.execute(&command, report).0, Value::Null);
    assert_eq!(
        editor.execute("assize.other", uri),
        (Value::Null, String::new())
    );
    assert!(editor.stop());
}

#[test]
fn a_session_of_writing_ends_as_it_should() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut editor = Editor::start(folder.path(), &[]);
    // Opened empty, and typed letter by letter behind letters of two and four bytes.
    editor.open(URI, "markdown", "");
    assert!(editor.shown(URI).is_empty());
    let mut version = 1;
    let (mut line, mut column) = (0, 0);
    for c in "# Café 𝄞\n\nÉquipe 𝄞: it met on 31 April 2024.\n".chars() {
        version += 1;
        editor.change(
            URI,
            version,
            Some(range(line, column, column)),
            &c.to_string(),
        );
        (line, column) = match c {
            '\n' => (line + 1, 0),
            c => (line, column + u32::try_from(c.len_utf16()).expect("1 or 2")),
        };
    }
    // Letters that came while others were looked at may be looked at together, but the last are.
    let last = loop {
        let published = editor.published(URI);
        if published["version"] == json!(version) {
            break published;
        }
    };
    let found = &last["diagnostics"][0];
    assert_eq!(found["code"], "date-impossible");
    assert_eq!(found["range"], range(2, 21, 34));

    // Corrected, spoilt again, and renamed: the old name has nothing left, and the new one what the file says.
    editor.change(URI, 1_000, Some(range(2, 21, 23)), "30");
    assert!(editor.shown(URI).is_empty());
    editor.change(URI, 1_001, Some(range(2, 21, 23)), "31");
    assert_eq!(editor.shown(URI), ["2:21 date-impossible"]);
    let renamed = "file:///work/r%C3%A9sum%C3%A9.txt";
    editor.close(URI);
    assert!(editor.shown(URI).is_empty());
    editor.open(renamed, "plaintext", "Équipe 𝄞: it met on 31 April 2024.\n");
    assert_eq!(editor.shown(renamed), ["0:21 date-impossible"]);

    // A rule comes in beside it, breaks, is mended and leaves again.
    editor.open(
        RULE_URI,
        "yaml",
        &RULE
            .replace("13", "31")
            .replace("f: figure", "f: date")
            .replace("f.value != 31", "day(f.from) != 1"),
    );
    editor.shown(RULE_URI);
    editor.shown(renamed);
    editor.change(RULE_URI, 2, None, &RULE.replace("title", "titel"));
    assert_eq!(editor.shown(RULE_URI), ["1:0 rule-syntax"]);
    editor.change(RULE_URI, 3, None, RULE);
    assert!(editor.shown(RULE_URI).is_empty());
    assert_eq!(editor.shown(renamed), ["0:21 date-impossible"]);
    editor.close(RULE_URI);
    assert!(editor.shown(RULE_URI).is_empty());
    assert_eq!(editor.shown(renamed), ["0:21 date-impossible"]);
    editor.close(renamed);
    assert!(editor.shown(renamed).is_empty());
    assert!(editor.stop());
}

#[test]
fn a_configuration_is_completed_and_explained() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut editor = Editor::start(folder.path(), &["--no-config"]);
    let uri = "file:///work/assize.yaml";
    editor.open(
        uri,
        "yaml",
        "# é\nrules:\n  rating-two-values: note\nfail-on: warning\n",
    );
    let labels = |offered: Value| -> Vec<String> {
        let offered = offered.as_array().expect("a list").iter();
        offered
            .map(|item| item["label"].as_str().expect("a name").to_owned())
            .collect()
    };
    let keys = labels(editor.at("textDocument/completion", uri, 3, 2));
    assert!(keys.contains(&"fail-on".to_owned()), "{keys:?}");
    let rules = labels(editor.at("textDocument/completion", uri, 2, 6));
    assert!(rules.contains(&"rating-two-values".to_owned()));
    let levels = labels(editor.at("textDocument/completion", uri, 2, 21));
    assert!(levels.contains(&"off".to_owned()), "{levels:?}");
    let about = editor.at("textDocument/hover", uri, 3, 3);
    assert_eq!(about["range"], range(3, 0, 7));
    assert!(editor.stop());
}

#[test]
fn rules_of_a_folder_are_read_as_they_stand_in_the_editor() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("house.yaml");
    fs::write(&path, RULE).expect("a rule");
    let mut editor = Editor::start(folder.path(), &["--rules", "."]);
    let report = "file:///reports/report.txt";
    editor.open(report, "plaintext", "The team closed 13 cases in March.\n");
    assert_eq!(editor.shown(report), ["0:16 no-thirteen"]);
    let uri = format!("file://{}", path.display());
    editor.open(&uri, "yaml", &RULE.replace("13", "14"));
    assert!(editor.shown(&uri).is_empty());
    assert!(editor.shown(report).is_empty());
    editor.close(&uri);
    assert!(editor.shown(&uri).is_empty());
    // The file on the disk is in force again.
    assert_eq!(editor.shown(report), ["0:16 no-thirteen"]);
    assert!(editor.stop());
}

#[test]
fn mistakes_that_no_open_file_shows_are_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("house.yaml");
    let broken = RULE.replace("f.value", "f.valeu");
    fs::write(&path, &broken).expect("a rule");
    let mut editor = Editor::start(folder.path(), &["--rules", ".", "--ignore", "no-such-rule"]);
    let report = "file:///reports/report.txt";
    editor.open(report, "plaintext", "The team closed 13 cases in March.\n");
    let said = editor.said();
    assert!(
        said.contains("house.yaml, line 5: a figure has no field `valeu`"),
        "{said}"
    );
    assert!(
        said.ends_with("only the shipped rules are in force."),
        "{said}"
    );
    assert!(editor.shown(report).is_empty());

    // Open, the file shows its mistake itself.
    let uri = format!("file://{}", path.display());
    editor.open(&uri, "yaml", &broken);
    assert_eq!(editor.shown(&uri), ["4:10 rule-invalid"]);
    editor.change(&uri, 2, None, RULE);
    assert!(editor.said().starts_with("there is no rule `no-such-rule`"));
    assert_eq!(editor.shown(report), ["0:16 no-thirteen"]);

    // Closed, it is what stands on the disk; what was in force stays so.
    editor.close(&uri);
    assert!(editor.said().ends_with("the rules stay as they were."));
    assert_eq!(editor.shown(report), ["0:16 no-thirteen"]);
    assert!(editor.stop());
}

#[test]
fn a_configuration_holds_for_the_documents_below_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("assize.yaml");
    fs::write(
        &path,
        "rules: { change-arithmetic: off, no-such-rule: note }\n",
    )
    .expect("a file");
    let mut editor = Editor::start(folder.path(), &[]);
    let config = format!("file://{}", path.display());
    editor.open(&config, "yaml", "");
    assert_eq!(editor.shown(&config), ["0:33 config-invalid"]);
    let report = format!("file://{}", folder.path().join("a.md").display());
    editor.open(&report, "markdown", REPORT);
    assert_eq!(editor.shown(&report), ["2:17 change-arithmetic"]);

    fs::write(&path, "rules: { change-arithmetic: off }\n").expect("a file");
    let saved = json!({ "textDocument": { "uri": config } });
    editor.tell("textDocument/didSave", saved);
    assert!(editor.shown(&config).is_empty());
    assert!(editor.shown(&report).is_empty());
    assert!(editor.stop());
}

#[test]
fn what_is_not_understood_is_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut editor = Editor::start(folder.path(), &[]);
    editor.open("file:///work/compose.yaml", "yaml", "services:\n  a: 1\n");
    editor.open("file:///work/main.rs", "rust", "fn main() {}\n");
    assert_eq!(
        editor.ask("textDocument/hover", json!({ "wrong": 1 })),
        Value::Null
    );
    assert_eq!(editor.ask("textDocument/rename", json!({})), Value::Null);
    for method in ["didOpen", "didChange", "didClose", "didSave"] {
        editor.tell(&format!("textDocument/{method}"), json!({ "wrong": 1 }));
    }
    editor.tell("textDocument/didFold", Value::Null);
    let gone = "file:///work/gone.md";
    editor.change(gone, 2, None, "Text.");
    editor.close(gone);
    assert_eq!(
        editor.at("textDocument/hover", "file:///work/none.md", 0, 0),
        Value::Null
    );
    assert!(editor.stop());
}
