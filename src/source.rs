//! The one door to files. Everything behind it works on text that is already in memory.

use std::{
    collections::BTreeMap,
    fmt, fs,
    io::{self, Read, Write as _},
    path::{Component, Path, PathBuf},
    process,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde::{Deserialize, Serialize};

use crate::{
    diagnostic::Diagnostic,
    layout::{Layout, Place},
    span::{LineColumn, LineIndex, SourceId, Span, text_at},
};

/// Files larger than this are refused: they are no reports, and positions stay well within 32 bits.
pub const MAX_BYTES: u64 = 1 << 30;

/// One file as its author wrote it, or text given in its stead.
#[derive(Clone)]
pub struct SourceFile {
    name: Arc<str>,
    text: Arc<str>,
    /// Made when a place is first asked for.
    lines: Arc<OnceLock<LineIndex>>,
    layout: Option<Arc<Layout>>,
    /// Where `text` stood in the text of the file, where that is not kept whole.
    kept: Option<Arc<Kept>>,
}

impl SourceFile {
    /// A file of this name and text. The name is what people are shown: a path as they gave it, with forward slashes.
    pub fn new(name: &str, text: &str) -> Self {
        Self {
            name: Arc::from(name),
            text: Arc::from(text),
            lines: Arc::default(),
            layout: None,
            kept: None,
        }
    }

    /// A file whose text was taken out of a package, where it lay as `layout` tells.
    pub fn laid_out(name: &str, text: &str, layout: Layout) -> Self {
        Self {
            layout: Some(Arc::new(layout)),
            ..Self::new(name, text)
        }
    }

    /// Reads a file of text.
    ///
    /// # Errors
    ///
    /// Those of [`read_bytes`], and a diagnostic when it is not UTF-8 (with the offset of the first byte that is not).
    pub fn read(path: &Path) -> Result<Self, Diagnostic> {
        Self::from_bytes(&display_name(path), read_bytes(path)?)
    }

    /// A file of this name from bytes already read.
    ///
    /// # Errors
    ///
    /// A diagnostic when the bytes are not UTF-8. A byte order mark is kept as part of the text.
    pub fn from_bytes(name: &str, bytes: Vec<u8>) -> Result<Self, Diagnostic> {
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(name, &text)),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                Err(Diagnostic::error(
                    "unreadable-file",
                    format!("{name}: byte {at} is not UTF-8 text"),
                )
                .help("save the file as UTF-8"))
            }
        }
    }

    /// The name that people are shown.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text; of a file that was [cut](Self::cut), what is left of it, in which spans of the file have no meaning.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text under a span; empty where the span is not in this file, or was cut out of it.
    pub fn text_of(&self, span: Span) -> &str {
        let Some(kept) = &self.kept else {
            return text_at(&self.text, span);
        };
        let inside = kept.stretches.iter().find(|known| known.holds(span));
        inside.map_or("", |known| {
            let start = known.at + (span.start - known.span.start);
            text_at(&self.text, Span::new(start, start + span.len()))
        })
    }

    /// Bytes of the text.
    pub fn len(&self) -> usize {
        self.kept.as_ref().map_or(self.text.len(), |kept| kept.len)
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// 1-based line and column of a byte offset.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let Some(kept) = &self.kept else {
            return self.lines().line_column(&self.text, offset);
        };
        if let Some(told) = kept.told.get(&offset) {
            return *told;
        }
        let (at, lines) = kept.inward(offset);
        let found = self.lines().line_column(&self.text, at);
        LineColumn {
            line: found.line + lines,
            column: found.column,
        }
    }

    /// 0-based number of the line that holds a byte offset.
    pub fn line(&self, offset: usize) -> usize {
        let Some(kept) = &self.kept else {
            return self.lines().line(offset);
        };
        let (at, lines) = kept.inward(offset);
        self.lines().line(at) + lines
    }

    /// The bytes of 0-based `line` without its line end; empty past the last line.
    pub fn line_span(&self, line: usize) -> Span {
        let Some(kept) = &self.kept else {
            return self.lines().line_span(&self.text, line);
        };
        let Some(stretch) = kept.stretches.iter().rev().find(|known| known.line <= line) else {
            return Span::default();
        };
        let inner = self.lines().line(stretch.at) + (line - stretch.line);
        let span = self.lines().line_span(&self.text, inner);
        let out =
            |at: usize| (at.saturating_sub(stretch.at) + stretch.span.start).min(stretch.span.end);
        Span::new(out(span.start), out(span.end))
    }

    /// The start of the character that holds a byte offset; the end of the text where it lies past that.
    pub fn floor_char_boundary(&self, offset: usize) -> usize {
        self.boundary(offset, str::floor_char_boundary)
    }

    /// A byte offset where it starts a character, else the end of that which holds it.
    pub fn ceil_char_boundary(&self, offset: usize) -> usize {
        self.boundary(offset, str::ceil_char_boundary)
    }

    fn boundary(&self, offset: usize, nearest: fn(&str, usize) -> usize) -> usize {
        let offset = offset.min(self.len());
        let at = self
            .kept
            .as_ref()
            .map_or(offset, |kept| kept.inward(offset).0);
        let found = nearest(&self.text, at);
        (offset + found).saturating_sub(at)
    }

    /// How the text lay in its package; `None` for a file that is text itself, and for one that was [cut](Self::cut).
    pub fn layout(&self) -> Option<&Layout> {
        self.layout.as_deref()
    }

    /// Whether the text was taken out of a package.
    pub fn is_extracted(&self) -> bool {
        let cut = self.kept.as_ref().is_some_and(|kept| kept.extracted);
        cut || self.layout.is_some()
    }

    /// The paragraph, note or page where the text under a span stands; `None` for a file that is text itself, where a place
    /// is a line and a column.
    pub fn place(&self, span: Span) -> Option<Place> {
        match &self.kept {
            Some(kept) => kept.places.get(&span).cloned(),
            None => self.layout.as_ref()?.place(&self.text, span),
        }
    }

    /// The lines of [`Self::text`].
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// The file without the text that nobody will ask for, who asks about these spans only: the lines on which they stand and
    /// those around them are left. Whatever is asked about the spans is answered as before.
    #[must_use]
    pub fn cut(&self, spans: &[Span]) -> Self {
        if self.kept.is_some() {
            return self.clone();
        }
        let mut stretches: Vec<Span> = spans.iter().map(|span| self.around(*span)).collect();
        stretches.sort_unstable();
        stretches.dedup_by(|next, last| {
            let meets = next.start <= last.end;
            if meets {
                *last = last.join(*next);
            }
            meets
        });
        let mut text = String::with_capacity(stretches.iter().map(|span| span.len()).sum());
        let mut lines = 0;
        let stretch = |span: Span| {
            let at = text.len();
            text.push_str(text_at(&self.text, span));
            let line = self.lines().line(span.start);
            let stretch = Stretch {
                span,
                at,
                line,
                cut: line - lines,
            };
            lines += self.lines().line(span.end) - line;
            stretch
        };
        let stretches = stretches.into_iter().map(stretch).collect();
        let place = |span: &Span| Some((*span, self.place(*span)?));
        let kept = Kept {
            len: self.text.len(),
            stretches,
            extracted: self.layout.is_some(),
            places: spans.iter().filter_map(place).collect(),
            told: BTreeMap::new(),
        };
        Self {
            name: Arc::clone(&self.name),
            text: text.into(),
            lines: Arc::default(),
            layout: None,
            kept: Some(Arc::new(kept)),
        }
    }

    /// What is left of a file here and in `other`, which was [cut](Self::cut) from the same one; the whole file where one of them is.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        let (Some(here), Some(there)) = (&self.kept, &other.kept) else {
            return if self.kept.is_none() { self } else { other }.clone();
        };
        let mut pieces: Vec<_> = self.pieces(here).chain(other.pieces(there)).collect();
        pieces.sort_unstable_by_key(|(stretch, _)| (stretch.span, stretch.line));
        let mut text = String::new();
        let mut stretches: Vec<Stretch> = Vec::new();
        for (stretch, piece) in pieces {
            let last = stretches.last_mut();
            if let Some(last) = last.filter(|last| stretch.span.start <= last.span.end) {
                let known = last.span.end - stretch.span.start;
                text.push_str(piece.get(known..).unwrap_or_default());
                last.span = last.span.join(stretch.span);
            } else {
                let at = text.len();
                text.push_str(piece);
                stretches.push(Stretch { at, ..stretch });
            }
        }
        let lines = LineIndex::new(&text);
        for stretch in &mut stretches {
            stretch.cut = stretch.line.saturating_sub(lines.line(stretch.at));
        }
        let kept = Kept {
            stretches,
            places: here
                .places
                .clone()
                .into_iter()
                .chain(there.places.clone())
                .collect(),
            told: here
                .told
                .clone()
                .into_iter()
                .chain(there.told.clone())
                .collect(),
            ..**here
        };
        Self {
            name: Arc::clone(&self.name),
            text: text.into(),
            lines: Arc::default(),
            layout: None,
            kept: Some(Arc::new(kept)),
        }
    }

    /// The stretches that are left, with their text.
    fn pieces<'a>(&'a self, kept: &'a Kept) -> impl Iterator<Item = (Stretch, &'a str)> {
        kept.stretches.iter().map(|stretch| {
            let end = stretch.at + stretch.span.len();
            let text = text_at(&self.text, Span::new(stretch.at, end));
            (*stretch, text)
        })
    }

    /// A file of which these lines are known, which come in order and do not overlap; each is text without a line end. Of what
    /// stands between them nothing can be asked.
    pub fn of_lines<'a>(name: &str, lines: impl IntoIterator<Item = KnownLine<'a>>) -> Self {
        let mut kept = Kept::default();
        let mut text = String::new();
        for (done, line) in lines.into_iter().enumerate() {
            let at = text.len();
            text.push_str(line.text);
            text.push('\n');
            kept.stretches.push(Stretch {
                span: Span::new(line.offset, line.offset + text.len() - at),
                at,
                line: line.number,
                cut: line.number.saturating_sub(done),
            });
            kept.extracted |= !line.places.is_empty();
            kept.places.extend(line.places);
            kept.told.extend(line.told);
        }
        kept.len = kept.stretches.last().map_or(0, |last| last.span.end);
        Self {
            kept: Some(Arc::new(kept)),
            ..Self::new(name, &text)
        }
    }

    /// What is left of a file that was [cut](Self::cut), to be written down; `None` for one that is whole.
    pub fn remains(&self) -> Option<Remains> {
        let kept = self.kept.as_deref()?;
        Some(Remains {
            text: self.text.to_string(),
            kept: kept.clone(),
        })
    }

    /// The file of this name of which that is left.
    pub fn from_remains(name: &str, remains: Remains) -> Self {
        Self {
            kept: Some(Arc::new(remains.kept)),
            ..Self::new(name, &remains.text)
        }
    }

    /// The whole lines around a span that are looked at where it is shown.
    fn around(&self, span: Span) -> Span {
        let first = self
            .lines()
            .line(span.start.saturating_sub(CONTEXT + LONGEST));
        let last = self.lines().line(
            span.end
                .saturating_add(CONTEXT + LONGEST)
                .min(self.text.len()),
        );
        let end = match last + 2 {
            next if next < self.lines().line_count() => {
                self.lines().line_span(&self.text, next).start
            }
            _ => self.text.len(),
        };
        Span::new(
            self.lines()
                .line_span(&self.text, first.saturating_sub(1))
                .start,
            end,
        )
    }
}

/// Bytes on either side of a place whose words tell it from others.
pub const CONTEXT: usize = 96;
/// Bytes of the longest character.
const LONGEST: usize = 4;

/// A line of a file of which not all is known.
#[derive(Clone, Debug)]
pub struct KnownLine<'a> {
    /// Bytes of the file before it.
    pub offset: usize,
    /// Its number, from 0.
    pub number: usize,
    /// What stands in it, without a line end.
    pub text: &'a str,
    /// Where in a package spans of the file stand.
    pub places: BTreeMap<Span, Place>,
    /// By bytes of the file, lines and columns that are told, wherever the text leaves them.
    pub told: BTreeMap<usize, LineColumn>,
}

/// What is left of a file, written down.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Remains {
    text: String,
    kept: Kept,
}

/// What is left of a text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Kept {
    /// Bytes of the whole text.
    len: usize,
    /// Whole lines, in order and apart from each other.
    stretches: Vec<Stretch>,
    /// Whether the text was taken out of a package.
    extracted: bool,
    /// Where in the package the spans stand that may be asked for.
    places: BTreeMap<Span, Place>,
    /// Lines and columns that are told, and not counted.
    told: BTreeMap<usize, LineColumn>,
}

/// Lines that are left of a text.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Stretch {
    /// Bytes of the whole text.
    span: Span,
    /// Its first byte in what is left.
    at: usize,
    /// 0-based number of its first line.
    line: usize,
    /// Lines before it that are not left.
    cut: usize,
}

impl Stretch {
    const fn holds(&self, span: Span) -> bool {
        self.span.contains(span)
    }
}

impl Kept {
    /// An offset of the whole text as one of what is left, and the number of lines before it that are not; the nearest offset
    /// where it was cut out.
    fn inward(&self, offset: usize) -> (usize, usize) {
        let after = self
            .stretches
            .partition_point(|known| known.span.start <= offset);
        let before = after.checked_sub(1).and_then(|at| self.stretches.get(at));
        before.map_or((0, 0), |known| {
            let inside = (offset - known.span.start).min(known.span.len());
            (known.at + inside, known.cut)
        })
    }
}

impl fmt::Debug for SourceFile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SourceFile({:?}, {} bytes)", self.name, self.len())
    }
}

/// Reads what a file holds.
///
/// # Errors
///
/// A diagnostic that says what stood in the way and what to do: the file is missing, a folder, or too large.
#[expect(clippy::disallowed_methods, reason = "this is the door")]
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let name = display_name(path);
    let metadata = fs::metadata(path).map_err(|error| unreadable(&name, &error))?;
    if metadata.is_dir() {
        let message = format!("{name}: this is a folder, not a file");
        return Err(Diagnostic::error("unreadable-file", message).help("name a file in it"));
    }
    let file = fs::File::open(path).map_err(|error| unreadable(&name, &error))?;
    bytes_of(&name, file)
}

/// Opens a file that is too large to be held in memory.
///
/// # Errors
///
/// A diagnostic that says what stood in the way: the file is missing, or a folder.
#[expect(clippy::disallowed_methods, reason = "this is the door")]
pub fn open_file(path: &Path) -> Result<fs::File, Diagnostic> {
    fs::File::open(path).map_err(|error| unreadable(&display_name(path), &error))
}

/// What stood in the way of reading a file.
pub fn not_read(path: &Path, error: &io::Error) -> Diagnostic {
    unreadable(&display_name(path), error)
}

/// Writes a file whole: it takes the place of one that is there only once all of it is written.
///
/// # Errors
///
/// A diagnostic that names the file, when it cannot be written.
pub fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let write = || {
        // What a link leads to is written, and the link stays.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = path.with_file_name(name);
        let put = || {
            fs::write(&part, bytes)?;
            if let Ok(metadata) = fs::metadata(&path) {
                fs::set_permissions(&part, metadata.permissions())?;
            }
            fs::rename(&part, &path)
        };
        put().inspect_err(|_| {
            let _ = fs::remove_file(&part);
        })
    };
    write().map_err(|error: io::Error| unwritable(path, &error))
}

/// Why a file cannot be written, and what to do.
pub fn unwritable(path: &Path, error: &io::Error) -> Diagnostic {
    let (what, help) = match error.kind() {
        io::ErrorKind::NotFound => (
            "the folder that it is to stand in is not there".to_owned(),
            "make the folder first, or name another",
        ),
        io::ErrorKind::PermissionDenied => {
            let what = "there is no permission to write it".to_owned();
            (what, "check who may write to it and its folder")
        }
        io::ErrorKind::IsADirectory => {
            let what = "this is a folder, not a file".to_owned();
            (what, "name a file in it")
        }
        _ => {
            let help = "check that the folder is there, and who may write to it";
            (error.to_string(), help)
        }
    };
    let name = display_name(path);
    Diagnostic::error("unwritable-output", format!("{name}: {what}")).help(help)
}

/// Writes a file whole under a name of its own, then puts it in its place: whoever reads it meanwhile, and whoever else writes it
/// at the same time, in this process or another, finds all of one or all of the other. The folder is made where it is missing.
///
/// # Errors
///
/// Those of the file system.
pub fn put_bytes(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let own = path.with_extension(format!("{}-{number}.part", process::id()));
    let create = || fs::File::create_new(&own);
    let put = |mut file: fs::File| {
        parts.iter().try_for_each(|part| file.write_all(part))?;
        drop(file);
        fs::rename(&own, path)
    };
    let file = match create() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(path.parent().unwrap_or(path))?;
            create()?
        }
        other => other?,
    };
    put(file).inspect_err(|_| {
        let _ = fs::remove_file(&own);
    })
}

/// Removes a folder and everything in it.
///
/// # Errors
///
/// A diagnostic that names the folder, when it cannot be removed.
pub fn remove_folder(path: &Path) -> Result<(), Diagnostic> {
    fs::remove_dir_all(path).map_err(|error| {
        let name = display_name(path);
        Diagnostic::error("unwritable-output", format!("{name}: {error}"))
            .help("check who may write to the folder above")
    })
}

/// Whether there is a folder at `path` with nothing in it.
pub fn is_empty_folder(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

/// What a file holds, for those to whom it is all the same why they cannot have it.
#[expect(clippy::disallowed_methods, reason = "this is the door")]
pub fn read_quietly(path: &Path) -> Option<Vec<u8>> {
    fs::read(path).ok()
}

/// Makes the folder that a file is to stand in, where it is missing.
///
/// # Errors
///
/// A diagnostic that names the folder, when it cannot be made.
pub fn make_folder_of(file: &Path) -> Result<(), Diagnostic> {
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder).map_err(|error| {
        let name = display_name(folder);
        Diagnostic::error("unwritable-output", format!("{name}: {error}"))
            .help("check who may write to the folder above")
    })
}

/// The path from the root without links; as [`absolute`] gives it where there is nothing at it.
pub fn canonical(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| absolute(path))
}

/// Whether both paths lead to one file that is there.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// A file that is there, whatever path leads to it.
#[derive(Debug, PartialEq, Eq)]
pub struct FileId(same_file::Handle);

impl FileId {
    /// The file at `path`.
    pub fn of(path: &Path) -> Option<Self> {
        same_file::Handle::from_path(path).ok().map(Self)
    }

    /// The files that standard output and standard error are written to.
    pub fn of_streams() -> Vec<Self> {
        let streams = [same_file::Handle::stdout(), same_file::Handle::stderr()];
        let streams = streams.into_iter().flatten();
        let is_file =
            |stream: &same_file::Handle| stream.as_file().metadata().is_ok_and(|of| of.is_file());
        streams.filter(is_file).map(Self).collect()
    }
}

/// The first bytes of a file, as far as they are text; none of one that cannot be read.
#[expect(clippy::disallowed_methods, reason = "this is the door")]
pub fn head(path: &Path, most: usize) -> String {
    let mut bytes = Vec::with_capacity(most);
    if let Ok(file) = fs::File::open(path) {
        // What was read before something stood in the way is as good.
        let _ = file.take(most as u64).read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether a file or folder that is there is `folder`, or lies below it.
pub fn is_below(path: &Path, folder: &Path) -> bool {
    match (fs::canonicalize(path), fs::canonicalize(folder)) {
        (Ok(path), Ok(folder)) => path.starts_with(folder),
        _ => false,
    }
}

/// What `reader` gives until its end, under this name.
///
/// # Errors
///
/// A diagnostic when it cannot be read or is too large.
pub fn bytes_of(name: &str, reader: impl Read) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    reader
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(name, &error))?;
    if bytes.len() as u64 > MAX_BYTES {
        let message = format!("{name}: it is larger than 1 GiB");
        return Err(Diagnostic::error("unreadable-file", message)
            .help("split it, or check that it is the file that was meant"));
    }
    Ok(bytes)
}

/// The files of one run, each under the id it was given when it was added.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file and gives back its id.
    pub fn add(&mut self, file: SourceFile) -> SourceId {
        let id = SourceId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(file);
        id
    }

    /// Puts a file in the place of that of an id, which is one of this collection.
    pub fn put(&mut self, id: SourceId, file: SourceFile) {
        if let Some(known) = self.files.get_mut(id.0 as usize) {
            *known = file;
        }
    }

    /// The file of an id; `None` for an id of another collection.
    pub fn get(&self, id: SourceId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// All files with their ids, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &SourceFile)> {
        self.files
            .iter()
            .zip(0..)
            .map(|(file, id)| (SourceId(id), file))
    }
}

/// What [`walk`] came upon.
#[derive(Clone, Debug, Default)]
pub struct Walked {
    /// Files, sorted by name.
    pub files: Vec<PathBuf>,
    /// What could not be listed.
    pub problems: Vec<Diagnostic>,
}

/// Every file below `path` that is `wanted`, sorted by name; `path` itself, wanted or not, where it is a file. Ignore files
/// (`.gitignore`, `.ignore`) and hidden files are honoured, links are not followed. A folder that cannot be listed does not
/// keep the others from being.
pub fn walk(path: &Path, wanted: impl Fn(&Path) -> bool) -> Walked {
    let mut walked = Walked::default();
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => {
            walked.files.push(path.to_owned());
            return walked;
        }
        Err(error) => {
            let problem = unreadable(&display_name(path), &error);
            walked.problems.push(problem);
            return walked;
        }
    }
    for entry in ignore::WalkBuilder::new(path)
        .sort_by_file_name(Ord::cmp)
        .build()
    {
        match entry {
            Ok(entry) => {
                let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                if is_file && wanted(entry.path()) {
                    walked.files.push(entry.into_path());
                }
            }
            Err(error) => {
                let message = format!("{}: {error}", display_name(path));
                let problem = Diagnostic::error("unreadable-file", message);
                walked.problems.push(problem.help("check who may read it"));
            }
        }
    }
    walked
}

/// The path from the root of the file system, without `.` and `..`, told by its words alone: links are not followed.
pub fn absolute(path: &Path) -> PathBuf {
    let from_root = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for part in from_root.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// `path` as it is written from where `folder` is, with `..` after a name taken out together with the name.
pub fn joined(folder: &Path, path: &str) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in folder.join(path).components() {
        let after_name = matches!(plain.components().next_back(), Some(Component::Normal(_)));
        match part {
            Component::CurDir => {}
            Component::ParentDir if after_name => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// An [`absolute`] path as it is written from the current folder: with `..` for each folder that is left, as it is where that
/// would lead through the root.
pub fn from_here(path: &Path) -> PathBuf {
    from(&absolute(Path::new(".")), path)
}

/// A path as it is written from the folder `here`, both of them absolute.
fn from(here: &Path, path: &Path) -> PathBuf {
    let shared: PathBuf = here
        .components()
        .zip(path.components())
        .take_while(|(here, there)| here == there)
        .map(|(here, _)| here)
        .collect();
    if !shared
        .components()
        .any(|part| matches!(part, Component::Normal(_)))
    {
        return path.to_owned();
    }
    let up = here.components().count() - shared.components().count();
    let below = path.strip_prefix(&shared).unwrap_or(path);
    std::iter::repeat_n(Path::new(".."), up)
        .chain([below])
        .collect()
}

/// Whether there is a file at `path`.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether there is a file or folder at `path`.
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// A path as it is shown: as it was given, with forward slashes.
pub fn display_name(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn unreadable(name: &str, error: &io::Error) -> Diagnostic {
    let (what, help) = match error.kind() {
        io::ErrorKind::NotFound => (
            "there is no such file or folder".to_owned(),
            "check the spelling of the path",
        ),
        io::ErrorKind::PermissionDenied => {
            ("permission denied".to_owned(), "check who may read it")
        }
        _ => (error.to_string(), "check that it can be read"),
    };
    Diagnostic::error("unreadable-file", format!("{name}: {what}")).help(help)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths_are_joined_by_their_words() {
        let check = |folder: &str, path: &str, expected: &str| {
            let joined = joined(Path::new(folder), path);
            assert_eq!(display_name(&joined), expected, "{folder} {path}");
        };
        check("project", "../house", "house");
        check("", "house", "house");
        check("", "../house", "../house");
        check("../..", "../house", "../../../house");
        check("a/b", "./../../c/d", "c/d");
        check("a", "/house/../b", "/b");
    }

    #[test]
    fn paths_are_written_from_here() {
        let check = |path: &str, expected: &str| {
            let written = from(Path::new("/x/y/z"), Path::new(path));
            assert_eq!(display_name(&written), expected, "{path}");
        };
        check("/x/y/z/a/b.md", "a/b.md");
        check("/x/y/a.md", "../a.md");
        check("/x/b/c.md", "../../b/c.md");
        check("/b/c.md", "/b/c.md");
        let here = absolute(Path::new("."));
        assert!(here.is_absolute());
        assert_eq!(absolute(Path::new("a/../b/./c")), here.join("b/c"));
        assert_eq!(from_here(&here.join("a.md")), Path::new("a.md"));
    }

    proptest! {
        #[test]
        fn a_file_that_is_cut_answers_as_before(
            text in "([aé“x ]{0,40}(\r?\n){1,3}){0,30}",
            places in proptest::collection::vec((0usize..1500, 0usize..60), 0..4),
        ) {
            let whole = SourceFile::new("a.txt", &text);
            let place = |(start, long): &(usize, usize)| Span::new(
                text.floor_char_boundary(*start),
                text.ceil_char_boundary(start + long),
            );
            let spans: Vec<Span> = places.iter().map(place).collect();
            answers_as(&whole.cut(&spans), &whole, &spans)?;
            let (some, others) = spans.split_at(spans.len() / 2);
            let (some, others) = (whole.cut(some), whole.cut(others));
            answers_as(&some.joined(&others), &whole, &spans)?;
            answers_as(&others.joined(&some), &whole, &spans)?;
            answers_as(&some.joined(&whole), &whole, &spans)?;
        }
    }

    /// Holds a file of which some is left to say of these spans what the whole one says.
    fn answers_as(
        cut: &SourceFile,
        whole: &SourceFile,
        spans: &[Span],
    ) -> Result<(), TestCaseError> {
        prop_assert_eq!(cut.len(), whole.len());
        for span in spans {
            let around = Span::new(
                whole.floor_char_boundary(span.start.saturating_sub(CONTEXT)),
                whole.ceil_char_boundary(span.end + CONTEXT),
            );
            prop_assert_eq!(
                cut.floor_char_boundary(span.start.saturating_sub(CONTEXT)),
                around.start
            );
            prop_assert_eq!(cut.ceil_char_boundary(span.end + CONTEXT), around.end);
            prop_assert_eq!(cut.text_of(around), whole.text_of(around));
            for at in [span.start, span.end] {
                prop_assert_eq!(cut.line_column(at), whole.line_column(at));
                prop_assert_eq!(cut.line(at), whole.line(at));
                for line in whole.line(at).saturating_sub(1)..=whole.line(at) + 1 {
                    prop_assert_eq!(cut.line_span(line), whole.line_span(line));
                }
            }
        }
        Ok(())
    }
}
