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
        if let Some(wide) = wide(&bytes) {
            let text = wide.ok_or_else(|| {
                Unreadable::damaged(format!("{name}: it is no whole UTF-16 text"))
            })?;
            return Ok(Some(text));
        }
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

/// The text of a part in UTF-16, which says that it is UTF-8, as it is when it is written again; nothing for a part that is in
/// another encoding, and no text for one that is not whole.
///
/// Source: ECMA-376 part 2, 7.2.3 (parts in XML are UTF-8 or UTF-16); XML 1.0, appendix F (how they are told apart).
fn wide(bytes: &[u8]) -> Option<Option<String>> {
    let (unit, body): (fn([u8; 2]) -> u16, &[u8]) = match bytes {
        [0xFF, 0xFE, body @ ..] => (u16::from_le_bytes, body),
        [0xFE, 0xFF, body @ ..] => (u16::from_be_bytes, body),
        [b'<', 0, _, 0, ..] => (u16::from_le_bytes, bytes),
        [0, b'<', 0, _, ..] => (u16::from_be_bytes, bytes),
        _ => return None,
    };
    let (pairs, rest) = body.as_chunks::<2>();
    let text: Result<String, _> =
        char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect();
    let text = text.ok().filter(|_| rest.is_empty());
    Some(text.map(|text| declared_anew(&text)))
}

/// The text with `UTF-8` for what its declaration says of its encoding.
fn declared_anew(text: &str) -> String {
    let declaration = text.split_once("?>").map(|(declaration, _)| declaration);
    let declaration = declaration.filter(|declaration| declaration.starts_with("<?xml"));
    let encoding = declaration.and_then(|declaration| {
        let (_, after) = declaration.split_once("encoding")?;
        let quoted = after.trim_start().strip_prefix('=')?.trim_start();
        let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        quoted.split(quote).nth(1)
    });
    match encoding {
        Some(encoding) if !encoding.is_empty() => text.replacen(encoding, "UTF-8", 1),
        _ => text.to_owned(),
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
