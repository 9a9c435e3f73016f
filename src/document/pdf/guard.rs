//! How much a PDF unpacks to, found out before it is read: the crate that reads it unpacks whatever it is given.

use std::io::Read;

use flate2::bufread::ZlibDecoder;

use crate::document::{open::Unreadable, package::MAX_UNPACKED};

/// How much more the pictures of a file may unpack to than its text: they are not unpacked, for nothing is drawn.
const PICTURES: u64 = 16;
/// Streams that are packed several times over.
const MAX_PACKED: usize = 3;
/// Bytes before a stream in which it is described.
const DESCRIPTION: usize = 600;

/// Refuses a file whose streams unpack to more than is read. Only the packing that PDFs use for text is looked into.
pub(super) fn check(bytes: &[u8]) -> Result<(), Unreadable> {
    let (mut text, mut pictures) = (MAX_UNPACKED, MAX_UNPACKED * PICTURES);
    // What is looked at more than once is no stream, but a trap.
    let mut packed = (bytes.len() as u64).saturating_mul(3);
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let start = at + b"stream".len();
        let rest = bytes.get(start..).unwrap_or_default();
        let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        let Some(data) = rest.strip_prefix(b"\n").filter(|data| is_packed(data)) else {
            continue;
        };
        let before = bytes
            .get(at.saturating_sub(DESCRIPTION)..at)
            .unwrap_or_default();
        let object = memchr::memmem::rfind(before, b"obj").unwrap_or_default();
        let own = before.get(object..).unwrap_or_default();
        let left = if memchr::memmem::find(own, b"/Image").is_some() {
            &mut pictures
        } else {
            &mut text
        };
        let data = data.get(
            ..usize::try_from(packed)
                .unwrap_or(usize::MAX)
                .min(data.len()),
        );
        let (read, unpacked) = unpack(data.unwrap_or_default(), *left, 0);
        packed = packed.saturating_sub(read);
        if unpacked > *left || packed == 0 {
            let what = format!("it unpacks to more than {} MiB", MAX_UNPACKED >> 20);
            return Err(Unreadable::new(
                what,
                "no report is as large: check where the file comes from",
            ));
        }
        *left -= unpacked;
    }
    Ok(())
}

/// Whether data begins as packed data does.
/// Source: RFC 1950, 2.2.
fn is_packed(data: &[u8]) -> bool {
    matches!(data, [method, flags, ..] if method & 15 == 8 && (u16::from(*method) * 256 + u16::from(*flags)) % 31 == 0)
}

/// Bytes that data begins with as it is packed, and those that it unpacks to, packed data in it included; counted up to a
/// little more than `most`.
fn unpack(data: &[u8], most: u64, depth: usize) -> (u64, u64) {
    let mut decoder = ZlibDecoder::new(data);
    let mut start = Vec::new();
    let mut buffer = vec![0; 1 << 14];
    let mut unpacked = 0;
    while let Ok(count @ 1..) = decoder.read(&mut buffer) {
        if start.len() < 2 {
            start.extend(buffer.iter().take(count));
        }
        unpacked += count as u64;
        if unpacked > most {
            break;
        }
    }
    let read = decoder.total_in();
    if depth < MAX_PACKED && unpacked <= most && is_packed(&start) {
        let mut again = Vec::new();
        let whole = ZlibDecoder::new(data).take(most).read_to_end(&mut again);
        if whole.is_ok() {
            let (_, inner) = unpack(&again, most - unpacked, depth + 1);
            unpacked += inner;
        }
    }
    (read, unpacked)
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
}
