//! Files of records: facts that were found before, in the place of documents.
//!
//! Such a file may tell of more documents than there is memory for. It is gone through once, to learn which lines tell of which
//! document; these are read again when the turn of the document comes.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use serde::Deserialize;

use super::plan::{Planned, Project};
use crate::{
    diagnostic::Diagnostic,
    document::{self, Tracked},
    facts::record::{self, Mistake},
    lint::{self, Opened},
    rules::bind::ROLES,
    source::{self, KnownLine, SourceFile, Sources},
    span::{SourceId, Span},
};

/// Code of what is wrong with records.
const INVALID: &str = "record-invalid";
/// The endings of files of records.
const ENDINGS: [&str; 2] = ["jsonl", "ndjson"];
/// Most mistakes of a file that are told one by one.
const TOLD: usize = 100;

/// Whether a file of this name holds records.
pub(super) fn are_named(name: &str) -> bool {
    let ending = Path::new(name)
        .extension()
        .and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| {
        ENDINGS
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// A file of records.
#[derive(Debug)]
pub(super) struct RecordFile {
    /// The name that people are shown.
    name: String,
    from: From,
    /// What is wrong with its lines, by their numbers, with their texts.
    wrong: Mutex<Wrong>,
}

impl RecordFile {
    /// Its path; `None` where the records came from standard input.
    pub(super) fn path(&self) -> Option<&Path> {
        match &self.from {
            From::File(path) => Some(path),
            From::Memory(_) => None,
        }
    }
}

/// Where the lines come from.
#[derive(Debug)]
enum From {
    File(PathBuf),
    /// Standard input, which can be read but once.
    Memory(Vec<u8>),
}

/// What is wrong with the lines of a file.
#[derive(Debug, Default)]
struct Wrong {
    lines: BTreeMap<usize, WrongLine>,
    /// Lines with mistakes that are not kept.
    more: usize,
    /// Documents some of whose records are wrong.
    documents: BTreeSet<Arc<str>>,
}

/// A line with mistakes.
#[derive(Debug)]
struct WrongLine {
    /// Bytes of the file before it.
    offset: usize,
    text: String,
    mistakes: Vec<Mistake>,
}

/// A document that a file of records tells of.
#[derive(Clone, Debug)]
pub(super) struct Recorded {
    path: Arc<str>,
    file: Arc<RecordFile>,
    /// The lines that tell of it.
    runs: Arc<[Run]>,
}

/// Lines that follow one another.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// Bytes of the file.
    start: u64,
    end: u64,
    /// The number of the first line, from 0.
    line: usize,
}

/// What every record says.
#[derive(Deserialize)]
struct Head {
    path: String,
}

impl PartialEq for Recorded {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Recorded {}

impl PartialOrd for Recorded {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Recorded {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (&self.path, &self.file.name).cmp(&(&other.path, &other.file.name))
    }
}

/// A file of records, and the documents that it tells of.
pub(super) type Listed = (Arc<RecordFile>, Vec<Recorded>);

/// The documents that a file tells of.
///
/// # Errors
///
/// A diagnostic where it cannot be read, or holds no record.
pub(super) fn of_file(path: &Path) -> Result<Listed, Diagnostic> {
    let file = source::open_file(path)?;
    let name = source::display_name(path);
    listed(
        BufReader::with_capacity(1 << 16, file),
        name,
        From::File(path.to_owned()),
    )
    .map_err(|error| source::not_read(path, &error))?
}

/// The documents that standard input tells of.
///
/// # Errors
///
/// As [`of_file`].
pub(super) fn of_stdin(name: &str) -> Result<Listed, Diagnostic> {
    let bytes = source::bytes_of(name, io::stdin().lock())?;
    let read = bytes.clone();
    listed(Cursor::new(read), name.to_owned(), From::Memory(bytes))
        .map_err(|error| source::not_read(Path::new(name), &error))?
}

/// Goes through the lines of a file.
fn listed(
    mut lines: impl BufRead,
    name: String,
    from: From,
) -> io::Result<Result<Listed, Diagnostic>> {
    let mut runs: BTreeMap<Arc<str>, Vec<Run>> = BTreeMap::new();
    let mut wrong = Wrong::default();
    let mut last: Option<Arc<str>> = None;
    let (mut bytes, mut start, mut found) = (Vec::new(), 0, false);
    for line in 0.. {
        bytes.clear();
        let read = lines
            .by_ref()
            .take(source::MAX_BYTES)
            .read_until(b'\n', &mut bytes)?;
        if read == 0 {
            break;
        }
        let end = start + read as u64;
        let run = Run { start, end, line };
        start = end;
        let sound = str::from_utf8(&bytes).is_ok();
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim_start_matches('\u{feff}').trim_end();
        if text.trim().is_empty() {
            continue;
        }
        found = true;
        match head(text, sound) {
            Ok(Head { path }) => {
                let same = last.as_deref() == Some(path.as_str());
                let path = last.take().filter(|_| same).unwrap_or_else(|| path.into());
                let of_path = runs.entry(Arc::clone(&path)).or_default();
                match of_path.last_mut() {
                    Some(before) if before.end == run.start => before.end = run.end,
                    _ => of_path.push(run),
                }
                last = Some(path);
            }
            Err(mistake) => {
                let offset = usize::try_from(run.start).unwrap_or(usize::MAX);
                wrong.add(line, offset, text, mistake);
            }
        }
    }
    if !found {
        let message = format!("{name}: there is no record in this file");
        let problem = Diagnostic::error("no-documents", message);
        return Ok(Err(
            problem.help("`assize facts --format jsonl` writes records")
        ));
    }
    let file = Arc::new(RecordFile {
        name,
        from,
        wrong: Mutex::new(wrong),
    });
    let documents = runs.into_iter().map(|(path, runs)| Recorded {
        path,
        file: Arc::clone(&file),
        runs: runs.into(),
    });
    let documents = documents.collect();
    Ok(Ok((file, documents)))
}

/// What every record must say.
fn head(text: &str, sound: bool) -> Result<Head, Mistake> {
    if !sound {
        return Err(Mistake {
            span: Span::new(0, 1),
            message: "this line is not UTF-8 text".to_owned(),
            help: Some("write records as UTF-8".to_owned()),
        });
    }
    if let Ok(head) = serde_json::from_str::<Head>(text)
        && !head.path.is_empty()
    {
        return Ok(head);
    }
    let line = record::Line::parse(text)?;
    let path: String = line.required("path", "the name of the document")?;
    if path.is_empty() {
        return Err(Mistake {
            span: Span::new(0, 1),
            message: "`path` is empty".to_owned(),
            help: Some("`path` is the name of the document".to_owned()),
        });
    }
    Ok(Head { path })
}

impl Wrong {
    fn add(&mut self, number: usize, offset: usize, text: &str, mistake: Mistake) {
        if self.lines.len() >= TOLD && !self.lines.contains_key(&number) {
            self.more += 1;
            return;
        }
        let line = self.lines.entry(number).or_insert_with(|| WrongLine {
            offset,
            text: text.to_owned(),
            mistakes: Vec::new(),
        });
        // A document may be read more than once.
        if !line.mistakes.contains(&mistake) {
            line.mistakes.push(mistake);
        }
    }
}

impl Recorded {
    /// The document, as records name it.
    pub(super) fn name(&self) -> &str {
        &self.path
    }

    /// The file that tells of it.
    pub(super) fn origin(&self) -> &str {
        &self.file.name
    }

    /// The path of that file; `None` for standard input.
    pub(super) fn origin_path(&self) -> Option<&Path> {
        match &self.file.from {
            From::File(path) => Some(path),
            From::Memory(_) => None,
        }
    }

    /// The lines that tell of it.
    ///
    /// # Errors
    ///
    /// A diagnostic where they cannot be read.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, Diagnostic> {
        let mut bytes = Vec::new();
        match &self.file.from {
            From::Memory(held) => {
                for run in &*self.runs {
                    let place = |at| usize::try_from(at).unwrap_or(usize::MAX);
                    let run = held.get(place(run.start)..place(run.end));
                    bytes.extend_from_slice(run.unwrap_or_default());
                }
            }
            From::File(path) => {
                let mut file = source::open_file(path)?;
                let mut read = || {
                    for run in &*self.runs {
                        file.seek(SeekFrom::Start(run.start))?;
                        let length = run.end - run.start;
                        Read::by_ref(&mut file)
                            .take(length)
                            .read_to_end(&mut bytes)?;
                    }
                    Ok(())
                };
                read().map_err(|error| source::not_read(path, &error))?;
            }
        }
        Ok(bytes)
    }

    /// The document as its records tell it. What is wrong with them is kept for [`mistakes`].
    ///
    /// # Errors
    ///
    /// A diagnostic where it cannot be read.
    pub(super) fn read(
        &self,
        source: SourceId,
        planned: &Planned,
        project: &Project,
        tracked: Tracked,
        bytes: &[u8],
    ) -> Result<Opened, Diagnostic> {
        let text = String::from_utf8_lossy(bytes);
        let lines = text.lines().map(|line| line.trim_start_matches('\u{feff}'));
        let lines: Vec<&str> = lines.collect();
        let work = || self.told(source, planned, project, tracked, &lines);
        let (opened, mistakes) = lint::guarded(source, &self.path, work)?;
        if !mistakes.is_empty() {
            self.note(&lines, mistakes);
        }
        Ok(opened)
    }

    fn told(
        &self,
        source: SourceId,
        planned: &Planned,
        project: &Project,
        tracked: Tracked,
        lines: &[&str],
    ) -> (Opened, Vec<(usize, Mistake)>) {
        let settings = project.settings_of(planned);
        let packs = project.packs;
        let unchanged = |digest: &str| {
            let bytes = source::read_quietly(Path::new(&*self.path))?;
            let same = record::digest(&bytes) == digest;
            same.then(|| document::open(&self.path, bytes, tracked).ok())?
        };
        let reader = record::Reader {
            kinds: &packs.rules.kinds,
            frameworks: &packs.frameworks,
            roles: ROLES,
            framework: settings.framework.as_deref(),
            file: &unchanged,
        };
        let read = reader.read(&self.path, lines);
        let mut facts = read.facts;
        if let Some(role) = &settings.role {
            facts.about.role = Some(role.clone());
        }
        let opened = Opened {
            file: read.file,
            format: read.format,
            read: Some(lint::Read {
                source,
                document: Arc::new(read.document),
                facts: Arc::new(facts),
                vocabulary: read.vocabulary,
            }),
        };
        (opened, read.mistakes)
    }

    /// Keeps what is wrong with lines, by their indexes among those of the document.
    fn note(&self, lines: &[&str], mistakes: Vec<(usize, Mistake)>) {
        let mut wrong = self
            .file
            .wrong
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        wrong.documents.insert(Arc::clone(&self.path));
        let places = self.places();
        for (at, mistake) in mistakes {
            if let (Some((number, offset)), Some(text)) = (places.get(at), lines.get(at)) {
                wrong.add(*number, *offset, text, mistake);
            }
        }
    }

    /// For each of its lines, its number in the file and the bytes before it.
    fn places(&self) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        let bytes = self.bytes().unwrap_or_default();
        let mut rest = bytes.as_slice();
        for run in &*self.runs {
            let length = usize::try_from(run.end - run.start).unwrap_or(usize::MAX);
            let (own, others) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            rest = others;
            let mut offset = usize::try_from(run.start).unwrap_or(usize::MAX);
            for (line, number) in own.split_inclusive(|byte| *byte == b'\n').zip(run.line..) {
                places.push((number, offset));
                offset += line.len();
            }
        }
        places
    }

    /// Whether one of its lines was found to be wrong.
    pub(super) fn is_wrong(&self) -> bool {
        let wrong = self
            .file
            .wrong
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        wrong.documents.contains(&self.path)
    }
}

/// What is wrong with files of records, at their lines, as far as it was come upon.
pub(super) fn mistakes(files: &[Arc<RecordFile>], sources: &mut Sources) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for file in files {
        let wrong = file.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        if wrong.lines.is_empty() {
            continue;
        }
        let lines = wrong.lines.iter().map(|(number, line)| KnownLine {
            offset: line.offset,
            number: *number,
            text: &line.text,
            places: BTreeMap::new(),
            told: BTreeMap::new(),
        });
        let source = sources.add(SourceFile::of_lines(&file.name, lines));
        for line in wrong.lines.values() {
            problems.extend(line.mistakes.iter().map(|mistake| {
                let start = line.offset + mistake.span.start;
                let span = Span::new(start, start + mistake.span.len());
                let problem = Diagnostic::error(INVALID, mistake.message.clone());
                let problem = problem.at(source, span, "");
                match &mistake.help {
                    Some(help) => problem.help(help),
                    None => problem,
                }
            }));
        }
        if wrong.more > 0 {
            let (name, more) = (&file.name, wrong.more);
            let message = format!("{name}: {more} more lines are no records");
            problems.push(Diagnostic::error(INVALID, message).help("mend those above first"));
        }
    }
    problems
}
