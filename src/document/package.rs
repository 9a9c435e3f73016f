//! Packages: the parts of a Word or OpenDocument file, which is a ZIP archive.
//!
//! Nothing in an archive is believed: how large a part is said to be, how many there are, that it is what its sum says.

use std::io::{Cursor, Read};

use zip::{ZipArchive, result::ZipError};

use super::open::Unreadable;

/// Parts that a package may have. A report with a thousand pictures has some two thousand.
pub const MAX_PARTS: usize = 20_000;
/// Bytes that the parts read of one package may have, unpacked. The text of a thousand pages has about 20 MB of marks.
pub const MAX_UNPACKED: u64 = 128 << 20;

/// A package that is being read.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens a package.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        if archive.len() > MAX_PARTS {
            let what = format!("it has {} parts, more than {MAX_PARTS}", archive.len());
            return Err(Unreadable::new(
                what,
                "no report has as many: check where the file comes from",
            ));
        }
        Ok(Self {
            archive,
            left: MAX_UNPACKED,
        })
    }

    /// Whether there is a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The text of a part; `None` where there is none of this name.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        let Some(index) = self.archive.index_for_name(name) else {
            return Ok(None);
        };
        let part = self
            .archive
            .by_index(index)
            .map_err(|error| damaged(&error))?;
        let mut bytes = Vec::new();
        let read = part.take(self.left + 1).read_to_end(&mut bytes);
        let unpacked = bytes.len() as u64;
        if unpacked > self.left {
            let what = format!("{name} unpacks to more than {} MiB", MAX_UNPACKED >> 20);
            return Err(Unreadable::new(
                what,
                "no report is as large: check where the file comes from",
            ));
        }
        read.map_err(|error| Unreadable::damaged(format!("{name}: {error}")))?;
        self.left -= unpacked;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                Err(Unreadable::damaged(format!(
                    "{name}: byte {at} is not UTF-8 text"
                )))
            }
        }
    }

    /// The text of a part that must be there.
    pub(crate) fn required(&mut self, name: &str) -> Result<String, Unreadable> {
        let part = self.part(name)?;
        part.ok_or_else(|| Unreadable::damaged(format!("{name} is missing")))
    }
}

fn damaged(error: &ZipError) -> Unreadable {
    if matches!(error, ZipError::InvalidPassword)
        || matches!(error, ZipError::UnsupportedArchive(what) if *what == ZipError::PASSWORD_REQUIRED)
    {
        return Unreadable::encrypted();
    }
    if matches!(error, ZipError::InvalidArchive(_)) {
        return Unreadable::damaged("it is not whole, or no archive of parts at all");
    }
    Unreadable::damaged(error.to_string())
}
