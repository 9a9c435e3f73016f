//! How long an editor waits for what is found, from a keystroke in a report of 50 kB: through the server as editors start it, over
//! its standard input and output.
#![expect(
    clippy::unwrap_used,
    reason = "a bench may stop where its own input is wrong"
)]

mod report;

use std::{
    io::{BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use divan::Bencher;
use lsp_server::{Message, Notification, Request};
use report::report;
use serde_json::{Value, json};

fn main() {
    divan::main();
}

/// Paragraphs of some 50 kB.
const PARAGRAPHS: usize = 300;
const URI: &str = "file:///work/report.md";

/// A server that has a report open.
struct Editor {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    version: i32,
}

impl Editor {
    fn open(text: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_assize"))
            .args(["lsp", "--no-config"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut editor = Self {
            stdin: child.stdin.take().unwrap(),
            stdout: BufReader::new(child.stdout.take().unwrap()),
            child,
            version: 1,
        };
        let hello = json!({ "capabilities": {} });
        let hello = Request::new(1.into(), "initialize".to_owned(), hello);
        editor.send(&hello.into());
        editor.tell("initialized", json!({}));
        let document = json!({ "uri": URI, "languageId": "markdown", "version": 1, "text": text });
        let params = json!({ "textDocument": document });
        editor.tell("textDocument/didOpen", params);
        editor.wait();
        editor
    }

    fn send(&mut self, message: &Message) {
        message.write(&mut self.stdin).unwrap();
        self.stdin.flush().unwrap();
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&Notification::new(method.to_owned(), params).into());
    }

    /// Waits for what is found in the version that was told last.
    fn wait(&mut self) -> usize {
        loop {
            if let Some(Message::Notification(note)) = Message::read(&mut self.stdout).unwrap()
                && note.method == "textDocument/publishDiagnostics"
                && note.params["version"] == self.version
            {
                return note.params["diagnostics"].as_array().unwrap().len();
            }
        }
    }

    /// Types a letter on a line, or takes it away again, and waits for what is found.
    fn type_on(&mut self, line: usize) -> usize {
        self.version += 1;
        let letters = self.version % 2;
        let [start, end] =
            [0, letters].map(|character| json!({ "line": line, "character": character }));
        let text = if letters == 0 { "x" } else { "" };
        let change = json!({ "range": { "start": start, "end": end }, "text": text });
        let document = json!({ "uri": URI, "version": self.version });
        let params = json!({ "textDocument": document, "contentChanges": [change] });
        self.tell("textDocument/didChange", params);
        self.wait()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// From a keystroke in the middle of the report to the last diagnostic.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn keystroke(bencher: Bencher) {
    let text = report(PARAGRAPHS);
    let middle = text.lines().count() / 2;
    let mut editor = Editor::open(&text);
    bencher.bench_local(|| editor.type_on(middle));
}
