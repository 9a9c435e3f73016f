//! How much a PDF unpacks to, found out before it is read: the crate that reads it unpacks whatever it is given.
//!
//! What is said of a stream is believed where it is plain. Where it is not, as in a file that was made to deceive, every way to
//! unpack the data is tried.

use std::borrow::Cow;

use super::packing::{self, Unpacked, Way};
use crate::document::{open::Unreadable, package::MAX_UNPACKED};

/// How much more the pictures of a file may unpack to than its text: they are not unpacked, for nothing is drawn.
const PICTURES: u64 = 16;
/// How often a stream is packed over at most, where nothing plain is said of it.
const MAX_TRIED: usize = 3;
/// How often a stream is packed over at most.
const MAX_PACKED: usize = 8;
/// How much more may be unpacked, in ways that turn out to be the wrong ones too.
const TRIED: u64 = 8;
/// Bytes before a stream in which it is described.
const DESCRIPTION: usize = 4096;
/// Words before a stream that may be the head of its object.
const MAX_WORDS: usize = 8;
/// Ways in which pictures are packed, which are not undone.
const PICTURE_WAYS: [&[u8]; 6] = [
    b"DCTDecode",
    b"DCT",
    b"JPXDecode",
    b"CCITTFaxDecode",
    b"CCF",
    b"JBIG2Decode",
];
/// What follows a stream.
const END: &[u8] = b"endstream";

/// Refuses a file whose streams unpack to more than is read, and one in which a stream is not what was packed: part of its text would
/// be missing without a word.
pub(super) fn check(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut guard = Guard {
        text: MAX_UNPACKED,
        pictures: MAX_UNPACKED * PICTURES,
        // What is looked at more than once is no stream, but a trap.
        packed: (bytes.len() as u64).saturating_mul(3),
        tried: MAX_UNPACKED * TRIED,
        ends: memchr::memmem::find_iter(bytes, END).collect(),
        broken: false,
    };
    let mut starts = memchr::memmem::find_iter(bytes, b"stream");
    let fits = starts.try_for_each(|at| guard.stream(bytes, at));
    fits.ok_or_else(too_large)?;
    // Of an encrypted file nothing is seen as it was packed.
    if guard.broken && memchr::memmem::find(bytes, b"/Encrypt").is_none() {
        return Err(Unreadable::damaged("a part of it cannot be unpacked"));
    }
    Ok(())
}

/// Why a file that unpacks to more than is read is refused.
pub(super) fn too_large() -> Unreadable {
    let what = format!("it unpacks to more than {} MiB", MAX_UNPACKED >> 20);
    Unreadable::new(
        what,
        "no report is as large: check where the file comes from",
    )
}

/// Whether data that is packed in these ways, the last first, unpacks to no more than is read.
pub(super) fn fits(data: &[u8], ways: &[Way]) -> bool {
    along(data, ways, MAX_UNPACKED).is_some()
}

/// Bytes that data packed in these ways, the last first, unpacks to, all steps together; `None` where they are more than `most`.
pub(super) fn unpacked(data: &[u8], ways: &[Way], most: u64) -> Option<u64> {
    along(data, ways, most)
}

/// What may still be unpacked; every answer is `None` where that is too little.
struct Guard {
    text: u64,
    pictures: u64,
    packed: u64,
    tried: u64,
    /// Where streams end.
    ends: Vec<usize>,
    /// Whether a stream was met that is not what was packed.
    broken: bool,
}

impl Guard {
    /// Looks at the stream that begins with the word at a byte, if one does.
    fn stream(&mut self, bytes: &[u8], at: usize) -> Option<()> {
        let (before, word) = bytes.split_at_checked(at)?;
        let data = word.strip_prefix(b"stream").and_then(after_line_end);
        let Some(data) = data.filter(|_| !before.ends_with(b"end")) else {
            return Some(());
        };
        let start = bytes.len() - data.len();
        let known = self.ends.partition_point(|end| *end < start);
        // Without an end there is no stream.
        let Some(end) = self.ends.get(known).copied() else {
            return Some(());
        };
        let about = About::of(before);
        let end = about
            .length()
            .and_then(|length| start.checked_add(length))
            .filter(|told| bytes.get(*told..).is_some_and(ends_here))
            .map_or(end, |told| told.max(end));
        let inside = data.get(..end - start)?;
        match about.packed() {
            Packed::Picture => return self.picture(data),
            Packed::So(ways) if ways.first() == Some(&Way::Flate) && packing::is_zlib(data) => {
                // Flate says itself where it ends.
                let most = bound(self.text);
                let (read, out) = packing::zlib(self.start_of(data), most);
                self.packed = self.packed.checked_sub(read).filter(|left| *left > 0)?;
                self.broken |= out.is_broken();
                let size = out.size()?;
                let inner = along(&out.bytes, ways.get(1..)?, self.text - size)?;
                self.text -= size + inner;
            }
            Packed::So(ways) => self.text -= along(inside, &ways, self.text)?,
            Packed::Unclear => self.text -= tried(inside, self.text, &mut self.tried, 0)?,
        }
        Some(())
    }

    /// Looks at a picture, of which nothing is kept.
    fn picture(&mut self, data: &[u8]) -> Option<()> {
        if packing::is_zlib(data) {
            let (read, size) = packing::zlib_size(self.start_of(data), self.pictures);
            self.packed = self.packed.checked_sub(read).filter(|left| *left > 0)?;
            self.pictures = self.pictures.checked_sub(size)?;
        }
        Some(())
    }

    /// The part of data that may still be looked at.
    fn start_of<'a>(&self, data: &'a [u8]) -> &'a [u8] {
        let most = usize::try_from(self.packed).unwrap_or(usize::MAX);
        data.get(..most).unwrap_or(data)
    }
}

/// Bytes that data unpacks to on its way, all steps together; `None` where they are more than `most`.
fn along(data: &[u8], ways: &[Way], most: u64) -> Option<u64> {
    if ways.len() > MAX_PACKED {
        return None;
    }
    let [way, rest @ ..] = ways else {
        return Some(0);
    };
    let out = way.unpack(data, bound(most));
    let size = out.size()?;
    Some(size + along(&out.bytes, rest, most - size)?)
}

/// As [`along`], for data that may be packed in any way, at most so often: what the worst of them comes to.
fn tried(data: &[u8], most: u64, left: &mut u64, depth: usize) -> Option<u64> {
    if depth > MAX_TRIED {
        return Some(0);
    }
    let mut worst = 0;
    for way in Way::ALL {
        let out = way.unpack(data, bound(most));
        let size = out.size()?;
        *left = left.checked_sub(size)?;
        if size > 0 {
            worst = worst.max(size + tried(&out.bytes, most - size, left, depth + 1)?);
        }
    }
    Some(worst)
}

impl Unpacked {
    /// Bytes that came out; `None` where they are too many.
    fn size(&self) -> Option<u64> {
        (!self.is_full()).then_some(self.bytes.len() as u64)
    }
}

fn bound(most: u64) -> usize {
    usize::try_from(most).unwrap_or(usize::MAX)
}

/// What stands behind the line end that begins a text.
fn after_line_end(text: &[u8]) -> Option<&[u8]> {
    text.strip_prefix(b"\r\n")
        .or_else(|| text.strip_prefix(b"\n"))
        .or_else(|| text.strip_prefix(b"\r"))
}

/// Whether a stream ends before this text.
fn ends_here(text: &[u8]) -> bool {
    text.trim_ascii_start().starts_with(END)
}

/// How a stream is packed, as it says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Packed {
    /// In these ways, the last first.
    So(Vec<Way>),
    /// As a picture, in one way.
    Picture,
    /// It cannot be told.
    Unclear,
}

/// What stands before a stream, from the start of its object.
struct About<'a> {
    /// Without the strings in it, where it is plain.
    text: Cow<'a, [u8]>,
    /// Whether it is surely what is said of the stream.
    plain: bool,
}

impl<'a> About<'a> {
    fn of(before: &'a [u8]) -> Self {
        let near = before.get(before.len().saturating_sub(DESCRIPTION)..);
        let near = near.unwrap_or_default();
        let from = |at: &usize| near.get(*at..).unwrap_or_default();
        // The last of these words may stand in a string.
        let words: Vec<_> = memchr::memmem::rfind_iter(near, b"obj")
            .take(MAX_WORDS)
            .collect();
        let mut plain = words.iter().filter_map(|at| {
            let head = near.get(..*at).filter(|head| begins_object(head))?;
            plain(near.get(head.len()..)?)
        });
        if let Some(text) = plain.next() {
            return Self {
                text: Cow::Owned(text),
                plain: true,
            };
        }
        Self {
            text: Cow::Borrowed(words.first().map_or(near, from)),
            plain: false,
        }
    }

    fn packed(&self) -> Packed {
        let mut filters = memchr::memmem::find_iter(&self.text, b"/Filter");
        let first = filters.next();
        let others = [&b"/F "[..], b"/F/", b"/F["].into_iter();
        let mut others = others.filter(|name| self.says(name));
        if !self.plain || filters.next().is_some() || others.next().is_some() {
            return Packed::Unclear;
        }
        let Some(value) = first.and_then(|at| self.text.get(at + b"/Filter".len()..)) else {
            return Packed::So(Vec::new());
        };
        let Some(names) = names(value.trim_ascii_start()) else {
            return Packed::Unclear;
        };
        // Readers pass over names that they do not know.
        let of_text = names.iter().take_while(|name| !PICTURE_WAYS.contains(name));
        let n_of_text = of_text.clone().count();
        let ways: Vec<_> = of_text.filter_map(|name| Way::named(name)).collect();
        let is_picture = self.says(b"/Image") && !self.says(b"/ObjStm") && !self.says(b"/XRef");
        // What is foretold of each row is undone between two ways.
        if self.says(b"/Predictor") && ways.len() > 1 && ways.last() != Some(&Way::Flate) {
            return Packed::Unclear;
        }
        match ways.as_slice() {
            [] if n_of_text < names.len() => Packed::Picture,
            [Way::Flate] if is_picture => Packed::Picture,
            _ => Packed::So(ways),
        }
    }

    /// How long a stream says that it is.
    fn length(&self) -> Option<usize> {
        let at = memchr::memmem::find(&self.text, b"/Length ")?;
        let digits = self.text.get(at + b"/Length ".len()..)?;
        let digits = digits.iter().take_while(|byte| byte.is_ascii_digit());
        digits.take(10).try_fold(0_usize, |length, digit| {
            length
                .checked_mul(10)?
                .checked_add(usize::from(digit - b'0'))
        })
    }

    fn says(&self, word: &[u8]) -> bool {
        memchr::memmem::find(&self.text, word).is_some()
    }
}

/// The names of which a value is one or a list; `None` where it is something else.
fn names(value: &[u8]) -> Option<Vec<&[u8]>> {
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"/[]<>".contains(byte);
    let name = |text: &'_ [u8]| text.iter().position(is_end);
    match value {
        [b'/', rest @ ..] => Some(vec![rest.get(..name(rest)?)?]),
        [b'[', rest @ ..] => {
            let list = rest.get(..memchr::memchr(b']', rest)?)?;
            let mut names = list.split(|byte| *byte == b'/').map(<[u8]>::trim_ascii);
            let empty = names.next().is_some_and(<[u8]>::is_empty);
            let names: Vec<_> = names.collect();
            let whole = names.iter().all(|known| name(known).is_none());
            (empty && whole).then_some(names)
        }
        _ => None,
    }
}

/// Whether the number of an object stands at the end of a text, on a line of its own or behind another object.
fn begins_object(head: &[u8]) -> bool {
    let line = head.rsplit(|byte| matches!(byte, b'\n' | b'\r')).next();
    let line = line.unwrap_or_default().trim_ascii();
    let line = line.strip_prefix(b"endobj").unwrap_or(line);
    let mut parts = line
        .split(u8::is_ascii_whitespace)
        .filter(|part| !part.is_empty());
    let mut number = || {
        parts
            .next()
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    number() && number() && parts.next().is_none()
}

/// A description without its strings, where there is nothing in it but names, numbers, strings, lists and dictionaries that are closed.
///
/// Part of a string is never taken for the whole: brackets and backslashes that are in order in one are not in the other.
fn plain(text: &[u8]) -> Option<Vec<u8>> {
    let (mut depth, mut rest, mut plain) = (0_usize, text, Vec::new());
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        match byte {
            b'(' => rest = after_string(behind)?,
            b'<' | b'>' if behind.first() == Some(byte) => {
                depth = if *byte == b'<' {
                    depth + 1
                } else {
                    depth.checked_sub(1)?
                };
                plain.extend([*byte, *byte]);
                rest = behind.get(1..)?;
                continue;
            }
            b'<' => rest = after_digits(behind)?,
            b'%' | b')' | b'\\' | b'>' => return None,
            // No letter and no digit need be written so: who does it hides something.
            b'#' if escaped(behind)?.is_ascii_alphanumeric() => return None,
            _ => {
                plain.push(*byte);
                continue;
            }
        }
        // What stood there parts its neighbours.
        plain.push(b' ');
    }
    (depth == 0).then_some(plain)
}

/// What stands behind a string that is open.
fn after_string(text: &[u8]) -> Option<&[u8]> {
    let (mut depth, mut rest) = (1_usize, text);
    while depth > 0 {
        let (byte, behind) = rest.split_first()?;
        rest = behind;
        match byte {
            b'\\' => rest = behind.get(1..)?,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
    }
    Some(rest)
}

/// What stands behind a string of hexadecimal digits that is open.
fn after_digits(text: &[u8]) -> Option<&[u8]> {
    let is_inside = |byte: &&u8| byte.is_ascii_hexdigit() || byte.is_ascii_whitespace();
    let inside = text.iter().take_while(is_inside).count();
    text.get(inside..)?.strip_prefix(b">")
}

/// The byte that the two hexadecimal digits at the start of a text stand for.
pub(super) fn escaped(text: &[u8]) -> Option<u8> {
    let digit = |at: usize| char::from(*text.get(at)?).to_digit(16);
    u8::try_from(digit(0)? << 4 | digit(1)?).ok()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::ZlibEncoder};

    use super::*;

    fn packed(data: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(data).expect("memory can be written to");
        encoder.finish().expect("memory can be written to")
    }

    fn is_refused(description: &str, data: &[u8]) -> bool {
        let mut file = format!("1 0 obj\n<< {description} >>\nstream\n").into_bytes();
        file.extend(data);
        file.extend(b"\nendstream");
        check(&file).is_err()
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let large = vec![b' '; usize::try_from(MAX_UNPACKED).expect("small") + 1];
        let once = packed(&large);
        assert!(is_refused("/Filter /FlateDecode", &once));
        assert!(!is_refused("/Subtype /Image /Filter /FlateDecode", &once));
        assert!(is_refused(
            "/Filter [/FlateDecode /FlateDecode]",
            &packed(&once)
        ));
        assert!(!is_refused(
            "/Filter /FlateDecode",
            &packed(&packed(b"BT (Text) Tj ET"))
        ));
        assert!(!is_refused("", b"BT (Text) Tj ET"));
    }

    #[track_caller]
    fn said(before: &str, expected: &Packed) {
        assert_eq!(&About::of(before.as_bytes()).packed(), expected, "{before}");
    }

    #[test]
    fn what_is_plainly_said_is_believed() {
        let so = |ways: &[Way]| Packed::So(ways.to_vec());
        said(
            "4 0 obj\n<</Length 5/Filter/FlateDecode>>\n",
            &so(&[Way::Flate]),
        );
        said(
            "endobj 4 0 obj <</Filter [ /AHx/LZW ] /Length 5>>",
            &so(&[Way::Hexadecimal, Way::Lzw]),
        );
        said("4 0 obj << /Length 5 >>", &so(&[]));
        said(
            "4 0 obj << /Filter [/Crypt /Unknown /RL] >>",
            &so(&[Way::RunLength]),
        );
        said(
            "4 0 obj << /Subtype /Image /Filter /DCTDecode >>",
            &Packed::Picture,
        );
        said(
            "4 0 obj << /Subtype /Image /Filter [/FlateDecode] >>",
            &Packed::Picture,
        );
        said(
            "4 0 obj << /Subtype /Image /Filter [/LZW /DCT] >>",
            &so(&[Way::Lzw]),
        );
        said(
            "4 0 obj << /Subtype /Image /Type /ObjStm /Filter /Fl >>",
            &so(&[Way::Flate]),
        );
        // Strings are passed over.
        for (about, way) in [
            ("4 0 obj << /Filter /LZW /A (4 0 obj <<) >>", Way::Lzw),
            ("4 0 obj << /Filter /LZW /A (\n4 0 obj <<\n) >>", Way::Lzw),
            (
                "4 0 obj << /A (/Filter /LZW \\) \\\\) /Filter /RL >>",
                Way::RunLength,
            ),
            (
                "4 0 obj << /LastModified (D:20200131) /Filter /Fl >>",
                Way::Flate,
            ),
            (
                "4 0 obj << /A (an (inner) object) /Filter /Fl >>",
                Way::Flate,
            ),
            (
                "4 0 obj << /Filter /LZW /A (\n4 0 obj << /B \\( ) >>",
                Way::Lzw,
            ),
            ("4 0 obj << /ID [<00FF> <0 0>] /Filter /Fl >>", Way::Flate),
            (
                "4 0 obj << /CS << /Blue#20Ink 5 0 R >> /Filter /Fl >>",
                Way::Flate,
            ),
        ] {
            said(about, &so(&[way]));
        }
        for unclear in [
            "<< /Length 5 >>",
            "4 0 obj << /Filter 5 0 R >>",
            "4 0 obj << /Filter /L#5aW >>",
            "4 0 obj << /F /LZW /Filter /Fl >>",
            "4 0 obj << /Filter /LZW % 4 0 obj << >>",
            "4 0 obj << /Filter /LZW /A <\n4 0 obj <<\n>>>>",
            "4 0 obj << /Filter [/Fl 5 0 R] >>",
            "4 0 obj << /Filter [/Fl /LZW] /DecodeParms [<< /Predictor 12 >> null] >>",
        ] {
            said(unclear, &Packed::Unclear);
        }
    }
}
