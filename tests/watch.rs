//! `--watch`, as somebody uses it who edits a report and a rule.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "a test may write what it checks")]

use std::{
    fs,
    io::{BufRead as _, BufReader, Read},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, Sender, channel},
    thread,
    time::Duration,
};

/// Longer than any machine takes.
const PATIENCE: Duration = Duration::from_mins(2);

/// A line that was written, and whether to standard error.
type Line = (bool, String);

struct Watched {
    child: Child,
    lines: Receiver<Line>,
}

fn listen(from: impl Read + Send + 'static, to: Sender<Line>, is_error: bool) {
    thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            let _ = to.send((is_error, line));
        }
    });
}

impl Watched {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_assize"))
            .args(arguments)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary can be run");
        let (sender, lines) = channel();
        listen(child.stdout.take().expect("a pipe"), sender.clone(), false);
        listen(child.stderr.take().expect("a pipe"), sender, true);
        Self { child, lines }
    }

    /// What one run writes.
    fn run(&self) -> Vec<String> {
        let mut found = Vec::new();
        loop {
            let (is_error, line) = self.lines.recv_timeout(PATIENCE).expect("a run");
            if is_error && line.starts_with("waiting for changes") {
                // Its standard output ended before, but may be heard after.
                while let Ok((_, line)) = self.lines.recv_timeout(Duration::from_millis(50)) {
                    found.push(line);
                }
                return found;
            }
            found.push(line);
        }
    }

    /// Whether one of the next runs says this: a change may be told in parts.
    #[track_caller]
    fn says(&self, wanted: &str) {
        let runs: Vec<_> = (0..3).map(|_| self.run()).take_while_and_last(wanted);
        let last = runs.last().map(|run| run.join("\n")).unwrap_or_default();
        assert!(last.contains(wanted), "{wanted} is not in {runs:?}");
    }

    fn interrupt(mut self) -> Option<i32> {
        let killed = Command::new("kill")
            .args(["-INT", &self.child.id().to_string()])
            .status();
        assert!(killed.expect("kill can be run").success());
        self.child.wait().expect("it ends").code()
    }
}

/// Runs up to the first that says what is wanted.
trait UpTo: Iterator<Item = Vec<String>> + Sized {
    fn take_while_and_last(self, wanted: &str) -> Vec<Vec<String>> {
        let mut runs = Vec::new();
        for run in self {
            let found = run.iter().any(|line| line.contains(wanted));
            runs.push(run);
            if found {
                break;
            }
        }
        runs
    }
}

impl<T: Iterator<Item = Vec<String>>> UpTo for T {}

#[test]
fn a_report_is_checked_again_when_it_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name);
    let faulty = "Inspectors came on 31 April 2024.\n";
    fs::write(file("a.md"), faulty).expect("a file");
    let arguments = [
        "check",
        "--watch",
        "--format",
        "concise",
        "--output",
        "json=out.json",
        ".",
    ];
    let watched = Watched::start(folder.path(), &arguments);
    watched.says("a.md:1:20: error[date-impossible]");
    fs::write(file("a.md"), faulty.replace("31", "30")).expect("a file");
    watched.says("1 document, 1 fact");
    fs::write(file("b.md"), faulty).expect("a file");
    watched.says("b.md:1:20: error[date-impossible]");
    fs::rename(file("b.md"), file("c.md")).expect("renamed");
    watched.says("c.md:1:20: error[date-impossible]");
    fs::write(file("assize.yaml"), "rules:\n  date-impossible: warning\n").expect("a file");
    watched.says("c.md:1:20: warning[date-impossible]");
    fs::write(file("assize.yaml"), "ruled: 1\n").expect("a file");
    watched.says("config-syntax");
    fs::remove_file(file("assize.yaml")).expect("removed");
    watched.says("c.md:1:20: error[date-impossible]");
    fs::write(file("d.md"), faulty).expect("a file");
    watched.says("d.md:1:20: error[date-impossible]");
    assert_eq!(
        watched.interrupt(),
        Some(1),
        "the exit code of the last run"
    );
}

#[test]
fn what_a_run_writes_starts_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name);
    fs::write(file("a.md"), "Inspectors came on 31 April 2024.\n").expect("a file");
    fs::write(file("assize.yaml"), "output: [markdown=sum.md]\n").expect("a file");
    let arguments = ["check", "--watch", ".", "-o", "report.html"];
    let watched = Watched::start(folder.path(), &arguments);
    watched.says("1 document, 1 fact");
    // As by `tee`.
    fs::write(
        file("told.txt"),
        "a.md:1:20: error[date-impossible] no such day\n",
    )
    .expect("a file");
    let more = watched.lines.recv_timeout(Duration::from_secs(2));
    assert!(more.is_err(), "{more:?}");
    fs::write(file("b.md"), "Nothing is wrong.\n").expect("a file");
    watched.says("2 documents, 1 fact");
    assert_eq!(watched.interrupt(), Some(1));
}

#[test]
fn a_document_that_is_named_may_come_and_go() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.md");
    fs::write(&path, "Nothing is wrong here.\n").expect("a file");
    let watched = Watched::start(folder.path(), &["check", "a.md", "--watch"]);
    watched.says("no errors");
    fs::remove_file(&path).expect("removed");
    watched.says("there is no such file or folder");
    fs::write(&path, "Nothing is wrong here.\n").expect("a file");
    watched.says("no errors");
    assert_eq!(watched.interrupt(), Some(0));
}

#[test]
fn a_rule_is_tested_again_when_it_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = Command::new(env!("CARGO_BIN_EXE_assize"))
        .args(["new", "rule", "my-rule"])
        .current_dir(folder.path())
        .status();
    assert!(made.expect("the binary can be run").success());
    let path = folder.path().join("my-rule.yaml");
    let whole = fs::read_to_string(&path).expect("the rule");
    let watched = Watched::start(folder.path(), &["test", "my-rule.yaml", "--watch"]);
    watched.says("1 rule");
    fs::write(&path, whole.replace("title:", "titel:")).expect("a file");
    watched.says("titel");
    fs::write(&path, &whole).expect("a file");
    watched.says("none failed");
    assert_eq!(watched.interrupt(), Some(0));
}

#[test]
fn standard_input_is_not_watched() {
    let refused = Command::new(env!("CARGO_BIN_EXE_assize"))
        .args(["check", "--watch", "-"])
        .output()
        .expect("the binary can be run");
    assert_eq!(refused.status.code(), Some(2));
}
