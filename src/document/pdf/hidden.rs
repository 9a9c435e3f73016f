//! How much an encrypted PDF unpacks to, found out before its pages are looked for: what stands in the file itself tells nothing of it.
//!
//! The crate that reads PDFs decrypts a stream without unpacking it where it is asked to, but it unpacks whole lists of objects as
//! soon as a page lies in one. So it is given a copy first, of the same length and a little more, in which nothing is a list of objects
//! and the document has no pages, and all streams are measured there.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use hayro_syntax::{
    Pdf,
    object::{Name, Object, Stream, dict::keys::SUBTYPE},
};

use super::{effort, guard};
use crate::document::{open::Unreadable, package::MAX_UNPACKED};

/// How often a file may have been saved with another version of an object, the one before left in it.
const MAX_VERSIONS: usize = 64;
/// Bytes before the word at the head of an object that hold its numbers.
const HEAD: usize = 32;
/// The object that stands for the pages, a number that no file has use for.
const PAGES: u32 = 8_388_607;

/// Refuses an encrypted file whose streams, but for pictures, unpack to more than is read: fonts, lists of objects and all versions
/// of them included.
pub(super) fn check(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut encryptions: Vec<_> = named(bytes, b"Encrypt")
        .filter_map(|name| reference_or_dictionary(bytes.get(name.end..)?))
        .collect();
    encryptions.dedup();
    match encryptions.as_slice() {
        [] => return Ok(()),
        [_] => {}
        // Which of them holds is for the reader to say, and it is not asked yet.
        _ => return Err(Unreadable::unknown_encryption()),
    }
    let mut copy = without_lists(bytes);
    let mut left = MAX_UNPACKED;
    measure(&copy, None, &mut left)?;
    let mut left = MAX_UNPACKED;
    for _ in 0..MAX_VERSIONS {
        let older = uncover(&mut copy);
        if older.is_empty() {
            return Ok(());
        }
        measure(&copy, Some(&older), &mut left)?;
    }
    Err(guard::too_large())
}

/// Takes what the streams of a copy unpack to from what is left: all of them, or those of these numbers.
fn measure(copy: &[u8], only: Option<&BTreeSet<i64>>, left: &mut u64) -> Result<(), Unreadable> {
    // Where objects are looked for, nothing tells a password from anything else that stands in the way.
    let pdf = Pdf::new(without_pages(copy)).map_err(|_| Unreadable::encrypted())?;
    for object in pdf.objects() {
        if let Object::Stream(stream) = object
            && only.is_none_or(|only| only.contains(&i64::from(stream.obj_id().obj_number)))
        {
            spend(&stream, left).ok_or_else(guard::too_large)?;
        }
    }
    Ok(())
}

/// Takes what a stream unpacks to from what is left, if it is encrypted. Pictures are not unpacked.
fn spend(stream: &Stream<'_>, left: &mut u64) -> Option<()> {
    let subtype = stream.dict().get::<Name<'_>>(SUBTYPE);
    let is_picture = subtype.is_some_and(|subtype| &*subtype == b"Image");
    if !is_picture && let Cow::Owned(raw) = stream.raw_data() {
        *left -= guard::unpacked(&raw, &effort::ways(stream), *left)?;
    }
    Some(())
}

/// The file with nothing in it that says of itself that it is a list of objects.
fn without_lists(bytes: &[u8]) -> Vec<u8> {
    let mut copy = bytes.to_vec();
    for name in named(bytes, b"ObjStm") {
        copy.get_mut(name).unwrap_or_default().fill(b'x');
    }
    copy
}

/// The file with empty pages in the place of its own, and no table of objects, so that they are looked for where they stand.
fn without_pages(copy: &[u8]) -> Vec<u8> {
    let mut whole = copy.to_vec();
    // What stands behind the word is looked at where white space parts them.
    for at in memchr::memmem::find_iter(copy, b"trailer<<") {
        let rest = copy.get(at + b"trailer".len()..).unwrap_or_default();
        let end = memchr::memmem::find(rest, b"startxref").unwrap_or(rest.len());
        whole.push(b'\n');
        whole.extend(rest.get(..end).unwrap_or_default());
    }
    let roots = named(copy, b"Root").filter_map(|name| reference(copy.get(name.end..)?));
    let roots: BTreeSet<_> = roots.collect();
    for (number, generation) in roots {
        let root =
            format!("\n{number} {generation} obj\n<</Type/Catalog/Pages {PAGES} 0 R>>\nendobj\n");
        whole.extend(root.into_bytes());
    }
    let pages = format!(
        "\n{PAGES} 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\nstartxref\n{}\n%%EOF\n",
        i32::MAX
    );
    whole.extend(pages.into_bytes());
    whole
}

/// Hides the last version of each object that has more than one; the numbers of those.
fn uncover(copy: &mut [u8]) -> BTreeSet<i64> {
    let mut heads: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for at in memchr::memmem::find_iter(copy, b"obj") {
        let before = copy.get(at.saturating_sub(HEAD)..at).unwrap_or_default();
        if let Some(head) = numbers_at_end(before) {
            heads.entry(head).or_default().push(at);
        }
    }
    let versions = heads.into_iter().filter(|(_, places)| places.len() > 1);
    let mut hidden = BTreeSet::new();
    for ((number, _), places) in versions {
        if let Some(first) = places.last().and_then(|last| copy.get_mut(*last)) {
            *first = b'x';
            hidden.insert(number);
        }
    }
    hidden
}

/// Where this name stands, however it is written, without its stroke.
fn named<'a>(bytes: &'a [u8], name: &'a [u8]) -> impl Iterator<Item = Range<usize>> {
    memchr::memchr_iter(b'/', bytes).filter_map(move |at| {
        let start = at + 1;
        let mut rest = bytes.get(start..)?;
        for wanted in name {
            rest = match rest {
                [byte, rest @ ..] if byte == wanted => rest,
                [b'#', digits @ ..] if guard::escaped(digits) == Some(*wanted) => {
                    digits.get(2..)?
                }
                _ => return None,
            };
        }
        let ends = rest
            .first()
            .is_none_or(|byte| is_space(*byte) || b"()<>[]{}/%".contains(byte));
        ends.then_some(start..bytes.len() - rest.len())
    })
}

/// The reference or dictionary that a text begins with, as it is written.
fn reference_or_dictionary(text: &[u8]) -> Option<&[u8]> {
    let text = trim_start(text);
    if text.starts_with(b"<<") {
        let end = memchr::memmem::find(text, b">>")?;
        return text.get(..end);
    }
    let end = text.iter().position(|byte| *byte == b'R')?;
    let found = text.get(..=end)?;
    reference(found).map(|_| found)
}

/// The numbers of the reference that a text begins with: `12 0 R`.
fn reference(text: &[u8]) -> Option<(i64, i64)> {
    let (number, rest) = number_at_start(trim_start(text))?;
    let (generation, rest) = number_at_start(trim_start(rest))?;
    trim_start(rest)
        .starts_with(b"R")
        .then_some((number, generation))
}

/// The two numbers that a text ends with: `12 0`.
fn numbers_at_end(text: &[u8]) -> Option<(i64, i64)> {
    let mut parts = text
        .rsplit(|byte| is_space(*byte))
        .filter(|part| !part.is_empty());
    let (generation, number) = (parts.next()?, parts.next()?);
    // The number may stand directly behind what is no part of it.
    let digits = number.iter().rev().take_while(|byte| byte.is_ascii_digit());
    let start = number.len() - digits.count();
    let (generation, rest) = number_at_start(generation)?;
    let (number, _) = number_at_start(number.get(start..)?)?;
    rest.is_empty().then_some((number, generation))
}

fn number_at_start(text: &[u8]) -> Option<(i64, &[u8])> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit());
    let (digits, rest) = text.split_at(digits.count());
    let number = std::str::from_utf8(digits).ok()?;
    Some((number.parse().ok()?, rest))
}

fn trim_start(text: &[u8]) -> &[u8] {
    let spaces = text.iter().take_while(|byte| is_space(**byte));
    text.get(spaces.count()..).unwrap_or_default()
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_name(text: &str, expected: &[&str]) {
        let found = named(text.as_bytes(), b"ObjStm").filter_map(|range| text.get(range));
        assert_eq!(found.collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn names_are_known_however_they_are_written() {
        check_name("<</Type/ObjStm/N 1>>", &["ObjStm"]);
        check_name("/Obj#53tm /#4fbjSt#6D", &["Obj#53tm", "#4fbjSt#6D"]);
        check_name("/ObjStms /ObjSt ObjStm /Obj#5", &[]);
    }

    #[track_caller]
    fn check_reference(text: &str, expected: Option<(i64, i64)>) {
        assert_eq!(reference(text.as_bytes()), expected, "{text}");
    }

    #[test]
    fn references_are_read() {
        check_reference(" 12 0 R/Size 5", Some((12, 0)));
        check_reference("\n7 65535\r\nR", Some((7, 65535)));
        check_reference(" 12 0 obj", None);
        check_reference("/Root", None);
        assert_eq!(numbers_at_end(b"endobj\n12 0 "), Some((12, 0)));
        assert_eq!(numbers_at_end(b"endobj12 0\n"), Some((12, 0)));
        assert_eq!(numbers_at_end(b"12 0 end"), None);
    }

    #[test]
    fn the_last_version_of_an_object_is_hidden() {
        let mut copy = b"1 0 obj endobj 2 0 obj endobj 1 0 obj endobj".to_vec();
        assert_eq!(uncover(&mut copy), BTreeSet::from([1]));
        assert_eq!(copy, b"1 0 obj endobj 2 0 obj endobj 1 0 xbj endobj");
        assert!(uncover(&mut copy).is_empty());
    }
}
