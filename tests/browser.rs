//! The HTML report in a browser: at the width of a phone and of a desk, light and dark, nothing is wrong with it by axe-core, every
//! link leads where it can be seen, filters hide what they name, and no request leaves the page.
//!
//! Needs Chromium and `node` in the path, and `npm install` in `tests/browser` (or `NODE_PATH`). Where something is missing the test
//! is said to be ignored, and with `-- --include-ignored` that is a failure.
#![expect(clippy::print_stdout, reason = "this test says itself what was run")]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use serde_json::Value;

const NAME: &str = "the_report_is_sound_in_a_browser";
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let given = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let mut names = arguments.iter().filter(|one| !one.starts_with('-'));
    let chosen = names.clone().next().is_none() || names.any(|part| NAME.contains(part.as_str()));
    if given("--list") {
        println!("{NAME}: test");
        return ExitCode::SUCCESS;
    }
    if !chosen {
        return ExitCode::SUCCESS;
    }
    match Browser::find() {
        Ok(browser) => {
            // A test that fails panics, which ends this program with its message.
            the_report_is_sound(&browser);
            println!("test {NAME} ... ok");
            ExitCode::SUCCESS
        }
        Err(missing) => {
            println!("test {NAME} ... ignored, needs {missing}");
            if given("--include-ignored") || given("--ignored") {
                ExitCode::FAILURE
            } else {
                ExitCode::SUCCESS
            }
        }
    }
}

/// A browser, and what steers it.
struct Browser {
    program: PathBuf,
    node: PathBuf,
    folder: PathBuf,
}

impl Browser {
    /// What is needed, or what of it is missing.
    fn find() -> Result<Self, &'static str> {
        let program = BROWSERS.iter().find_map(|name| in_path(name));
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
        let browser = Self {
            program: program.ok_or("Chromium")?,
            node: in_path("node").ok_or("node")?,
            folder,
        };
        let wanted = "require('axe-core'); require('playwright-core')";
        let found = browser.node(&["-e", wanted]).output();
        let found = found.is_ok_and(|run| run.status.success());
        let missing = "axe-core and playwright-core (npm install in tests/browser)";
        found.then_some(browser).ok_or(missing)
    }

    fn node(&self, arguments: &[&str]) -> Command {
        let mut node = Command::new(&self.node);
        node.args(arguments).current_dir(&self.folder);
        node
    }

    /// What is seen of a page, by size and colours.
    fn look(&self, page: &Path) -> Value {
        let mut node = self.node(&["look.cjs"]);
        let run = node.arg(&self.program).arg(page).output();
        let run = run.expect("node can be run");
        assert!(
            run.status.success(),
            "{}",
            String::from_utf8_lossy(&run.stderr)
        );
        serde_json::from_slice(&run.stdout).expect("JSON")
    }
}

fn in_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let mut programs = env::split_paths(&path).map(|folder| folder.join(name));
    programs.find(|program| program.is_file())
}

/// A report on documents of several formats, with problems of every severity, something excused and something that cannot be read.
fn report(folder: &Path) -> PathBuf {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in [
        "reports/ansel-report.md",
        "reports/ansel-release.txt",
        "tests/office/council.docx",
        "tests/office/police.docx",
        "tests/office/police.html",
        "tests/office/police.md",
        "tests/office/police.odt",
        "tests/office/police.pdf",
    ] {
        let from = project.join(name);
        let to = folder.join(from.file_name().expect("a name"));
        fs::copy(from, to).expect("copied");
    }
    let faulty = "Inspectors came on 31 April 2024. <!-- assize-ignore date-impossible: as printed -->\n\n\
        The rate rose from 40% to 46%, an increase of <8> 8 percentage points. Équipe 𝄞.\n";
    fs::write(folder.join("excused <é>.md"), faulty).expect("written");
    fs::write(folder.join("broken.docx"), "no package").expect("written");
    let config = "rules: { change-arithmetic: note, rating-prose-vs-table: warning }\n";
    fs::write(folder.join("assize.yaml"), config).expect("written");
    let run = Command::new(env!("CARGO_BIN_EXE_assize"))
        .args(["check", ".", "--format", "html", "-o", "report.html"])
        .current_dir(folder)
        .output();
    let run = run.expect("the binary can be run");
    assert_eq!(run.status.code(), Some(2), "{run:?}");
    folder.join("report.html")
}

fn the_report_is_sound(browser: &Browser) {
    let folder = tempfile::tempdir().expect("a folder");
    let looks = browser.look(&report(folder.path()));
    let looks = looks.as_object().expect("looks");
    assert_eq!(looks.len(), 4);
    for (how, seen) in looks {
        for nothing in ["violations", "requests", "errors", "broken"] {
            let found = seen[nothing].as_array().expect("a list");
            assert!(found.is_empty(), "{how}, {nothing}: {found:#?}");
        }
        assert!(seen["links"].as_u64() > Some(20), "{how}: {seen}");
        let width = if how.starts_with("phone") { 390 } else { 1440 };
        assert_eq!(seen["width"], width, "{how}: nothing sticks out");
        let filters = &seen["filters"];
        let without = filters["without"].as_object().expect("filters");
        assert_eq!(without.len(), 3, "{how}: {filters}");
        let all = filters["all"].as_u64().expect("a number");
        for (name, left) in without {
            assert!(
                left.as_u64() < Some(all),
                "{how}: {name} hides something of {all}"
            );
        }
    }
    let background = |how: &str| looks[how]["background"].clone();
    assert_ne!(background("desktop light"), background("desktop dark"));
}
