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
        if let Some(order) = Order::of(&bytes) {
            let text = order.text(&bytes);
            let whole = || Unreadable::damaged(format!("{name}: it is no whole UTF-16 text"));
            return text.ok_or_else(whole).map(Some);
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

/// The order of the bytes of text in UTF-16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    LowFirst,
    HighFirst,
}

impl Order {
    /// The order that a part begins with; `None` for one that is in another encoding.
    ///
    /// Source: ECMA-376 part 2, 7.2.3 (parts in XML are UTF-8 or UTF-16); XML 1.0, appendix F (how they are told apart).
    const fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xFE, ..] | [b'<', 0, _, 0, ..] => Some(Self::LowFirst),
            [0xFE, 0xFF, ..] | [0, b'<', 0, _, ..] => Some(Self::HighFirst),
            _ => None,
        }
    }

    /// The text of a part, which says that it is UTF-8, as it is when it is written again; `None` where it is not whole.
    fn text(self, bytes: &[u8]) -> Option<String> {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let unit = |pair: &[u8; 2]| match self {
            Self::LowFirst => u16::from_le_bytes(*pair),
            Self::HighFirst => u16::from_be_bytes(*pair),
        };
        let text: Result<String, _> = char::decode_utf16(pairs.iter().map(unit)).collect();
        let text = text.ok().filter(|_| rest.is_empty())?;
        Some(declared_anew(text.trim_start_matches('\u{feff}')))
    }
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
