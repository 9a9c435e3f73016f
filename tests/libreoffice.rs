//! What `LibreOffice` makes of the documents of `tests/office`, and of the comments that are written into them.
//!
//! Needs `soffice` in the path: where there is none, every test is said to be ignored, and with `-- --include-ignored` that is a
//! failure. `BLESS=1 cargo test --test libreoffice` keeps what was made in `tests/office`, in place of what is there.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test may read its own documents, and this one says itself what was run"
)]

mod alike;
mod reading;

use std::{
    env, fs,
    io::{Cursor, Read, Write},
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use alike::check_alike;
use quick_xml::{Reader, events::Event};
use reading::found;
use serde_json::Value;
use tempfile::TempDir;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

const NAMES: [&str; 8] = [
    "council", "draft", "letter", "police", "prison", "response", "school", "water",
];

type Test = fn(&Office);

const TESTS: [(&str, Test); 3] = [
    (
        "documents_saved_in_other_formats_give_the_same",
        saved_in_other_formats,
    ),
    ("comments_in_word_files_stand_on_their_words", word_comments),
    (
        "comments_in_opendocument_files_stand_on_their_words",
        opendocument_comments,
    ),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let given = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let names: Vec<&String> = arguments
        .iter()
        .filter(|one| !one.starts_with('-'))
        .collect();
    let chosen = |name: &str| names.is_empty() || names.iter().any(|part| name.contains(*part));
    let tests = TESTS.iter().filter(|(name, _)| chosen(name));
    if given("--list") {
        tests.for_each(|(name, _)| println!("{name}: test"));
        return ExitCode::SUCCESS;
    }
    let Some(office) = Office::find() else {
        tests
            .for_each(|(name, _)| println!("test {name} ... ignored, needs LibreOffice (soffice)"));
        let needed = given("--include-ignored") || given("--ignored");
        return if needed {
            println!("\nLibreOffice is not installed: there is no soffice in the path");
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        };
    };
    for (name, test) in tests {
        // A test that fails panics, which ends this program with its message.
        test(&office);
        println!("test {name} ... ok");
    }
    ExitCode::SUCCESS
}

/// A word processor with settings of its own, which are gone with it.
struct Office {
    program: PathBuf,
    folder: TempDir,
}

impl Office {
    fn find() -> Option<Self> {
        let path = env::var_os("PATH")?;
        let mut programs = env::split_paths(&path).map(|folder| folder.join("soffice"));
        let program = programs.find(|program| program.is_file())?;
        let folder = tempfile::tempdir().expect("a folder");
        Some(Self { program, folder })
    }

    /// A new folder of this name.
    fn folder(&self, name: &str) -> PathBuf {
        let folder = self.folder.path().join(name);
        fs::create_dir_all(&folder).expect("a folder");
        folder
    }

    /// Saves files in another format; they keep their names.
    #[track_caller]
    fn convert(&self, files: &[PathBuf], ending: &str, to: &Path) {
        let profile = format!(
            "-env:UserInstallation=file://{}",
            self.folder.path().join("profile").display()
        );
        let run = Command::new(&self.program)
            .args([&*profile, "--headless", "--convert-to", ending, "--outdir"])
            .arg(to)
            .args(files)
            .output()
            .expect("the program runs");
        assert!(run.status.success(), "{run:?}");
        for file in files {
            let name = file.file_stem().expect("a name");
            let made = to.join(name).with_extension(ending);
            assert!(made.is_file(), "{} was not made: {run:?}", made.display());
        }
    }
}

/// A kept file.
fn kept(name: &str) -> PathBuf {
    Path::new("tests/office").join(name)
}

fn bytes(path: &Path) -> Vec<u8> {
    fs::read(path).expect("a file")
}

fn saved_in_other_formats(office: &Office) {
    let (accepted, made) = (office.folder("accepted"), office.folder("made"));
    for name in NAMES {
        let file = format!("{name}.odt");
        let text = without_changes(&bytes(&kept(&file)));
        fs::write(accepted.join(file), text).expect("a file");
    }
    let sources = |folder: &Path| NAMES.map(|name| folder.join(name).with_extension("odt"));
    office.convert(&sources(&kept("")), "docx", &made);
    office.convert(&sources(&accepted), "html", &made);
    office.convert(&sources(&accepted), "pdf", &made);
    for name in NAMES {
        let expected = found(name, bytes(&kept(&format!("{name}.odt"))));
        for ending in ["docx", "html", "pdf"] {
            let file = format!("{name}.{ending}");
            if env::var_os("BLESS").is_some() {
                fs::copy(made.join(&file), kept(&file)).expect("a file");
            }
            if ending != "pdf" || cfg!(feature = "pdf") {
                check_alike(&expected, &file, bytes(&made.join(&file)));
            }
        }
    }
}

/// An OpenDocument text with all tracked changes accepted: what was deleted is kept apart from the text, and left out here.
fn without_changes(bytes: &[u8]) -> Vec<u8> {
    let mut parts = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut without = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..parts.len() {
        let mut part = parts.by_index(at).expect("a part");
        if !part.name().is_ok_and(|name| name == "content.xml") {
            without.raw_copy_file(part).expect("a part");
            continue;
        }
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        let (start, end) = ("<text:tracked-changes", "</text:tracked-changes>");
        if let Some((before, rest)) = text.split_once(start)
            && let Some((_, after)) = rest.split_once(end)
        {
            text = format!("{before}{after}");
        }
        let options = SimpleFileOptions::default();
        without.start_file("content.xml", options).expect("a part");
        without.write_all(text.as_bytes()).expect("memory");
    }
    without.finish().expect("an archive").into_inner()
}

fn word_comments(office: &Office) {
    comments(office, "docx");
}

fn opendocument_comments(office: &Office) {
    comments(office, "odt");
}

/// Annotates every document, saves it as `LibreOffice` understands it, and looks for each place in what was saved.
fn comments(office: &Office, ending: &str) {
    let [annotated, saved] =
        ["annotated", "saved"].map(|name| office.folder(&format!("{ending}-{name}")));
    let files = NAMES.map(|name| annotated.join(name).with_extension(ending));
    let places: Vec<_> = files.iter().map(|file| annotate(file)).collect();
    office.convert(&files, "odt", &saved);
    for (name, places) in NAMES.iter().zip(places) {
        let found = annotations(&bytes(&saved.join(name).with_extension("odt")));
        assert_eq!(found.len(), places.len(), "{name}: {found:#?}");
        for (words, message) in places {
            let is_place = |(on, text): &&(String, String)| *on == words && text.contains(&message);
            let count = found.iter().filter(is_place).count();
            assert!(count > 0, "{name}: {message} on {words}: {found:#?}");
        }
    }
}

/// Writes comments into a copy of a kept file; gives back the words and the message of each.
fn annotate(to: &Path) -> Vec<(String, String)> {
    let name = to.file_name().expect("a name").to_string_lossy();
    let run = Command::new(env!("CARGO_BIN_EXE_assize"))
        .args(["check", "--format", "jsonl"])
        .arg(kept(&name))
        .arg("--annotate")
        .arg(to)
        .output()
        .expect("the program runs");
    let lines = String::from_utf8(run.stdout).expect("text");
    let mut places = Vec::new();
    for line in lines.lines() {
        let found: Value = serde_json::from_str(line).expect("JSON");
        let labels = found["labels"].as_array().expect("places");
        let text = |value: &Value| value.as_str().map(folded).expect("text");
        places.extend(
            labels
                .iter()
                .map(|label| (text(&label["words"]), text(&found["message"]))),
        );
    }
    places
}

/// The comments of Assize in an OpenDocument text: the words that each stands on, and its text.
fn annotations(bytes: &[u8]) -> Vec<(String, String)> {
    let mut parts = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    let mut content = parts.by_name("content.xml").expect("a part");
    content.read_to_string(&mut text).expect("text");
    let mut reader = Reader::from_str(&text);
    // Names of comments with the words and the text so far; how many elements are open in a comment.
    let mut found: Vec<(String, String, String)> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut inside = 0;
    loop {
        match reader.read_event().expect("XML") {
            Event::Start(tag) if tag.name().as_ref() == "office:annotation" => {
                let name = attribute(&tag, "office:name");
                open.push(name.clone());
                found.push((name, String::new(), String::new()));
                inside = 1;
            }
            Event::Empty(tag) if tag.name().as_ref() == "office:annotation-end" => {
                let name = attribute(&tag, "office:name");
                open.retain(|known| *known != name);
            }
            Event::Start(_) if inside > 0 => inside += 1,
            Event::End(_) if inside > 0 => {
                inside -= 1;
                add(&mut found, &mut open.clone(), inside, " ");
            }
            Event::Start(tag) | Event::Empty(tag) if breaks(tag.name().as_ref()) => {
                add(&mut found, &mut open, inside, " ");
            }
            Event::Text(words) => {
                add(&mut found, &mut open, inside, &words.xml10_content());
            }
            Event::GeneralRef(name) => {
                let name = name.xml10_content();
                let entity = quick_xml::escape::unescape(&format!("&{name};")).map(String::from);
                add(&mut found, &mut open, inside, &entity.expect("an entity"));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let ours = found
        .into_iter()
        .filter(|(.., text)| text.contains("Assize"));
    ours.map(|(_, words, text)| (folded(&words), folded(&text)))
        .collect()
}

/// Adds words to the comment that is being read, or to those that stand on them.
fn add(found: &mut [(String, String, String)], open: &mut [String], inside: usize, words: &str) {
    if inside > 0 {
        if let Some((.., text)) = found.last_mut() {
            text.push_str(words);
        }
        return;
    }
    for (name, on, _) in found {
        if open.contains(name) {
            on.push_str(words);
        }
    }
}

fn breaks(name: &str) -> bool {
    ["text:p", "text:h", "text:s", "text:tab", "text:line-break"].contains(&name)
}

fn attribute(tag: &quick_xml::events::BytesStart<'_>, name: &str) -> String {
    let attribute = tag.try_get_attribute(name).expect("attributes");
    let value = attribute.expect(name).value;
    value.into_owned()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
