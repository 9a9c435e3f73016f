//! What documents, sets and series of them gave, kept in a folder from one run to the next.
//!
//! ```text
//! <folder>/CACHEDIR.TAG
//! <folder>/.gitignore
//! <folder>/<2 digits>/<30 digits>      one entry: mark, key, checksum, payload
//! ```
//!
//! An entry has a place and a key. The place says which document or group it is about, so that a document that changes gives way to
//! itself and the folder does not grow with every change. The key is a hash of all that the answer depends on. An entry counts
//! only where its key is the one that is asked for and its checksum fits; whatever else is there is as good as nothing. Entries
//! are put in their places whole, so that runs at the same time do no harm to each other.

mod entry;

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    diagnostic::{Diagnostic, Severity},
    lint::{Outcome, Together},
    source,
    span::SourceId,
};

use entry::{DocumentEntry, GroupEntry};

/// The name of the folder, where no other is given.
pub const FOLDER: &str = ".assize_cache";
/// Marks a folder as one that may be left out of backups, and removed.
const TAG: &str = "CACHEDIR.TAG";
/// What that file starts with.
///
/// Source: Cache Directory Tagging Specification, <https://bford.info/cachedir/>.
const TAG_TEXT: &str = "Signature: 8a477f597d28d172789f06886806bc55\n\
    # What Assize found in documents; `assize clean` removes it.\n";
/// What an entry starts with.
const MARK: &[u8; 8] = b"assize\0\x01";

/// A hash of all that an answer depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(blake3::Hash);

impl Key {
    /// The key of these parts, in their order.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            // With its length, so that two parts are not taken for others.
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self(hasher.finalize())
    }

    /// The binary that runs: its version, and a hash of what it was made from.
    pub fn of_binary() -> Self {
        let parts = [env!("CARGO_PKG_VERSION"), env!("ASSIZE_BUILD")];
        Self::of(parts.map(str::as_bytes))
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Where an entry stands, and what it must say to count.
#[derive(Clone, Copy, Debug)]
pub struct Address {
    /// Which document or group it is about.
    pub place: Key,
    /// What the answer depends on.
    pub key: Key,
}

/// A folder of entries.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// Why something could not be kept; told once.
    failed: Mutex<Option<Diagnostic>>,
}

impl Cache {
    /// The cache in a folder, which is made where it is missing.
    ///
    /// # Errors
    ///
    /// A diagnostic where the folder holds other things, or cannot be made.
    pub fn open(folder: &Path) -> Result<Self, Diagnostic> {
        if !is_cache(folder) {
            let name = source::display_name(folder);
            if source::exists(folder) && !source::is_empty_folder(folder) {
                let message = format!("{name}: this is no cache of Assize, but something else");
                let help = "name a folder that is not there yet";
                return Err(Diagnostic::error("bad-argument", message).help(help));
            }
            let put = |file, text: &str| source::put_bytes(&folder.join(file), &[text.as_bytes()]);
            put(".gitignore", "*\n")
                .and_then(|()| put(TAG, TAG_TEXT))
                .map_err(|error| {
                    let message = format!("{name}: {error}");
                    let help = "check who may write to the folder above, or give --no-cache";
                    Diagnostic::error("unwritable-output", message).help(help)
                })?;
        }
        Ok(Self {
            folder: folder.to_owned(),
            failed: Mutex::new(None),
        })
    }

    /// What a document gave in an earlier run; its id and name are those that it has now.
    pub fn document(&self, at: &Address, document: SourceId, name: &str) -> Option<Outcome> {
        self.read::<DocumentEntry>(at)?.outcome(document, name)
    }

    /// Keeps what a document gave.
    pub fn keep_document(&self, at: &Address, outcome: &Outcome) {
        if let Some(entry) = DocumentEntry::of(outcome) {
            self.write(at, &entry);
        }
    }

    /// What a group gave in an earlier run; its documents have these ids and names now.
    pub fn group(&self, at: &Address, documents: &[(SourceId, &str)]) -> Option<Together> {
        self.read::<GroupEntry>(at)?.together(documents)
    }

    /// Keeps what a group gave.
    pub fn keep_group(&self, at: &Address, documents: &[SourceId], together: &Together) {
        if let Some(entry) = GroupEntry::of(documents, together) {
            self.write(at, &entry);
        }
    }

    /// Why something could not be kept, if so: a warning, for nothing is missing in what is reported.
    pub fn problem(&self) -> Option<Diagnostic> {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.take()
    }

    fn file(&self, at: &Address) -> PathBuf {
        let hex = at.place.0.to_hex();
        let (folder, file) = hex.as_str().split_at_checked(2).unwrap_or_default();
        let (file, _) = file.split_at_checked(30).unwrap_or_default();
        self.folder.join(folder).join(file)
    }

    fn read<T: DeserializeOwned>(&self, at: &Address) -> Option<T> {
        let bytes = source::read_quietly(&self.file(at))?;
        let rest = bytes.strip_prefix(MARK)?;
        let rest = rest.strip_prefix(at.key.as_bytes())?;
        let (checksum, payload) = rest.split_at_checked(blake3::OUT_LEN)?;
        if blake3::hash(payload).as_bytes() != checksum {
            return None;
        }
        postcard::from_bytes(payload).ok()
    }

    fn write(&self, at: &Address, entry: &impl Serialize) {
        let Ok(payload) = postcard::to_stdvec(entry) else {
            return;
        };
        let checksum = blake3::hash(&payload);
        let parts = [MARK, at.key.as_bytes(), checksum.as_bytes(), &payload];
        if let Err(error) = source::put_bytes(&self.file(at), &parts) {
            let name = source::display_name(&self.folder);
            let message = format!("{name}: {error}; what was found is not kept for the next run");
            let problem = Diagnostic::error("unwritable-output", message);
            let problem = problem
                .severity(Severity::Warning)
                .help("give --no-cache, or another folder in ASSIZE_CACHE_DIR");
            let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
            failed.get_or_insert(problem);
        }
    }
}

/// Whether a folder is a cache.
fn is_cache(folder: &Path) -> bool {
    let tag = source::read_quietly(&folder.join(TAG));
    tag.is_some_and(|tag| tag == TAG_TEXT.as_bytes())
}

/// Removes a cache; gives back whether there was one.
///
/// # Errors
///
/// A diagnostic where the folder is no cache, or cannot be removed.
pub fn remove(folder: &Path) -> Result<bool, Diagnostic> {
    if !source::exists(folder) {
        return Ok(false);
    }
    if !is_cache(folder) {
        let name = source::display_name(folder);
        let message = format!("{name}: this is no cache of Assize, and is left as it is");
        return Err(Diagnostic::error("bad-argument", message));
    }
    source::remove_folder(folder).map(|()| true)
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: &[&[u8]] = &[b"place"];

    fn address(key: &[u8]) -> Address {
        Address {
            place: Key::of(AT.iter().copied()),
            key: Key::of([key]),
        }
    }

    #[test]
    fn an_entry_counts_only_as_it_was_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::open(&folder.path().join("cache")).expect("a cache");
        let at = address(b"one");
        cache.write(&at, &"what was found");
        let read = |at: &Address| cache.read::<String>(at);
        assert_eq!(read(&at).as_deref(), Some("what was found"));
        assert_eq!(read(&address(b"two")), None);

        let file = cache.file(&at);
        let whole = source::read_bytes(&file).expect("it was written");
        for at_byte in 0..whole.len() {
            let mut broken = whole.clone();
            broken[at_byte] ^= 1;
            source::write_bytes(&file, &broken).expect("written");
            assert_eq!(read(&at), None, "byte {at_byte} was changed");
            source::write_bytes(&file, &whole[..at_byte]).expect("written");
            assert_eq!(read(&at), None, "cut after {at_byte} bytes");
        }
        source::write_bytes(&file, &whole).expect("written");
        assert_eq!(read(&at).as_deref(), Some("what was found"));
        cache.write(&address(b"two"), &"what is found now");
        assert_eq!(read(&at), None, "a new entry takes the place");
    }

    #[test]
    fn entries_that_are_written_at_once_are_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::open(&folder.path().join("cache")).expect("a cache");
        let texts = ["short".to_owned(), "long ".repeat(10_000)];
        std::thread::scope(|scope| {
            for text in &texts {
                scope.spawn(|| (0..50).for_each(|_| cache.write(&address(b"one"), text)));
            }
            for _ in 0..50 {
                if let Some(read) = cache.read::<String>(&address(b"one")) {
                    assert!(texts.contains(&read));
                }
            }
        });
        assert_eq!(cache.problem(), None);
    }

    #[test]
    fn only_a_cache_is_used_and_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let other = folder.path().join("letters");
        source::put_bytes(&other.join("a.md"), &[b"Dear"]).expect("written");
        assert!(Cache::open(&other).is_err());
        assert!(remove(&other).is_err());
        let cache = folder.path().join("cache");
        assert_eq!(remove(&cache), Ok(false));
        assert!(Cache::open(&cache).is_ok());
        assert!(Cache::open(&cache).is_ok());
        assert_eq!(remove(&cache), Ok(true));
        assert!(!cache.exists());
    }

    #[test]
    fn parts_are_told_apart() {
        assert_ne!(Key::of([&b"ab"[..], b"c"]), Key::of([&b"a"[..], b"bc"]));
        assert_ne!(Key::of([&b""[..]]), Key::of([]));
    }
}
