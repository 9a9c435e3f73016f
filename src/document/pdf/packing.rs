//! The ways in which data is packed in a PDF, as far as they can make much of little: how much comes out, and what.
//!
//! Source: ISO 32000-2, 7.4.

use std::io::Read;

use flate2::bufread::{DeflateDecoder, ZlibDecoder};

/// Codes of LZW that stand for no text.
const CLEAR: usize = 256;
const END: usize = 257;
/// Codes that LZW has at most.
const MAX_CODES: usize = 4096;

/// What data unpacks to, up to a bound.
#[derive(Debug)]
pub(super) struct Unpacked {
    /// The data, where it is not [full](Self::is_full).
    pub bytes: Vec<u8>,
    most: usize,
    full: bool,
    broken: bool,
}

impl Unpacked {
    /// Nothing yet, of `most` bytes.
    const fn new(most: usize) -> Self {
        Self {
            bytes: Vec::new(),
            most,
            full: false,
            broken: false,
        }
    }

    /// Whether there is more than was to be unpacked.
    pub(super) const fn is_full(&self) -> bool {
        self.full
    }

    /// Whether the data is not what was packed. Of data that only breaks off that is not said: it is often so at its end.
    pub(super) const fn is_broken(&self) -> bool {
        self.broken
    }

    fn weight(&self) -> (bool, usize) {
        (self.full, self.bytes.len())
    }

    /// Adds bytes; `None` where there is no room for them.
    fn add(&mut self, bytes: &[u8]) -> Option<()> {
        self.room(bytes.len())?;
        self.bytes.extend_from_slice(bytes);
        Some(())
    }

    fn repeat(&mut self, byte: u8, times: usize) -> Option<()> {
        self.room(times)?;
        self.bytes.resize(self.bytes.len() + times, byte);
        Some(())
    }

    fn room(&mut self, more: usize) -> Option<()> {
        self.full |= more > self.most - self.bytes.len();
        (!self.full).then_some(())
    }
}

/// A way in which data is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Deflate, with a head or without.
    Flate,
    /// Codes that grow.
    Lzw,
    /// Runs.
    RunLength,
    /// Two digits a byte.
    Hexadecimal,
    /// Five characters for four bytes.
    Base85,
}

impl Way {
    /// Every way.
    pub(super) const ALL: [Self; 5] = [
        Self::Flate,
        Self::Lzw,
        Self::RunLength,
        Self::Hexadecimal,
        Self::Base85,
    ];

    /// The way of this name, or short name; none for those of pictures.
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"FlateDecode" | b"Fl" => Self::Flate,
            b"LZWDecode" | b"LZW" => Self::Lzw,
            b"RunLengthDecode" | b"RL" => Self::RunLength,
            b"ASCIIHexDecode" | b"AHx" => Self::Hexadecimal,
            b"ASCII85Decode" | b"A85" => Self::Base85,
            _ => return None,
        })
    }

    /// What data unpacks to, `most` bytes of it. What is damaged ends it; what came out before counts, for it has taken its room.
    pub(super) fn unpack(self, data: &[u8], most: usize) -> Unpacked {
        let mut out = Unpacked::new(most);
        let _ = match self {
            Self::Flate if is_zlib(data) => return zlib(data, most).1,
            Self::Flate => inflate(&mut DeflateDecoder::new(data), &mut out),
            Self::Lzw => {
                // Which of the two it is stands elsewhere; the wrong one breaks off soon.
                let _ = lzw(data, &mut out, true);
                let mut late = Unpacked::new(most);
                let _ = lzw(data, &mut late, false);
                return if late.weight() > out.weight() {
                    late
                } else {
                    out
                };
            }
            Self::RunLength => run_length(data, &mut out),
            Self::Hexadecimal => hexadecimal(data, &mut out),
            Self::Base85 => base_85(data, &mut out),
        };
        out
    }
}

/// Whether data begins as Flate does with its head.
/// Source: RFC 1950, 2.2.
pub(super) fn is_zlib(data: &[u8]) -> bool {
    matches!(data, [method, flags, ..] if method & 15 == 8 && (u16::from(*method) * 256 + u16::from(*flags)) % 31 == 0)
}

/// Bytes that Flate takes of data, and what it makes of them.
pub(super) fn zlib(data: &[u8], most: usize) -> (u64, Unpacked) {
    let mut decoder = ZlibDecoder::new(data);
    let mut out = Unpacked::new(most);
    let _ = inflate(&mut decoder, &mut out);
    (decoder.total_in(), out)
}

/// Bytes that Flate takes of data, and how many it makes of them; counted up to a little more than `most`.
pub(super) fn zlib_size(data: &[u8], most: u64) -> (u64, u64) {
    let mut decoder = ZlibDecoder::new(data);
    let (mut buffer, mut size) = ([0; 1 << 14], 0);
    while let Ok(count @ 1..) = decoder.read(&mut buffer) {
        size += count as u64;
        if size > most {
            break;
        }
    }
    (decoder.total_in(), size)
}

fn inflate(decoder: &mut impl Read, out: &mut Unpacked) -> Option<()> {
    let mut buffer = [0; 1 << 14];
    loop {
        match decoder.read(&mut buffer) {
            Ok(0) => return Some(()),
            Ok(count) => out.add(buffer.get(..count)?)?,
            Err(_) => {
                out.broken = true;
                return None;
            }
        }
    }
}

/// Runs: a length, then so many bytes or one byte that is repeated.
fn run_length(mut data: &[u8], out: &mut Unpacked) -> Option<()> {
    while let Some((&length, rest)) = data.split_first() {
        match length {
            0..128 => {
                let (run, rest) = rest.split_at_checked(usize::from(length) + 1)?;
                out.add(run)?;
                data = rest;
            }
            128 => break,
            129.. => {
                let (&byte, rest) = rest.split_first()?;
                out.repeat(byte, 257 - usize::from(length))?;
                data = rest;
            }
        }
    }
    Some(())
}

/// Two digits a byte.
fn hexadecimal(data: &[u8], out: &mut Unpacked) -> Option<()> {
    let mut digits = data.iter().filter(|byte| !is_space(**byte));
    let mut digit = || {
        let byte = digits.next().filter(|byte| **byte != b'>')?;
        u8::try_from(char::from(*byte).to_digit(16)?).ok()
    };
    while let Some(high) = digit() {
        let low = digit();
        out.repeat(high << 4 | low.unwrap_or_default(), 1)?;
        low?;
    }
    Some(())
}

/// Five characters for four bytes, and `z` for four that are zero.
fn base_85(data: &[u8], out: &mut Unpacked) -> Option<()> {
    let (mut group, mut count) = (0_u32, 0);
    for &byte in data.iter().filter(|byte| !is_space(**byte)) {
        match byte {
            b'z' => out.repeat(0, 4)?,
            b'!'..=b'u' => {
                let digit = u32::from(byte - b'!');
                group = group.checked_mul(85)?.checked_add(digit)?;
                count += 1;
            }
            _ => break,
        }
        if count == 5 {
            out.add(&group.to_be_bytes())?;
            (group, count) = (0, 0);
        }
    }
    // What is left over stands for less than four bytes, and packs nothing.
    Some(())
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

/// Codes of 9 to 12 bits, each for a text that was there before; `early` where they grow one code before they must.
fn lzw(data: &[u8], out: &mut Unpacked, early: bool) -> Option<()> {
    let mut bits = Bits {
        data,
        held: 0,
        count: 0,
    };
    // Of each code but those of single bytes, where the text that it stands for was written, and how long it is.
    let mut codes: Vec<(usize, usize)> = Vec::new();
    let mut before: Option<(usize, usize)> = None;
    loop {
        let known = END + 1 + codes.len();
        let code = bits.next(width(known + usize::from(early)))?;
        match code {
            CLEAR => {
                codes.clear();
                before = None;
                continue;
            }
            END => return Some(()),
            _ => {}
        }
        let start = out.bytes.len();
        if let Ok(byte) = u8::try_from(code) {
            out.repeat(byte, 1)?;
        } else if let Some(&(from, length)) = codes.get(code - END - 1) {
            copy(out, from, length)?;
        } else {
            // A code that is being made: the text before, and its first byte again.
            let (from, length) = before.filter(|_| code == known && known < MAX_CODES)?;
            copy(out, from, length)?;
            copy(out, from, 1)?;
        }
        if let Some((from, length)) = before
            && known < MAX_CODES
        {
            codes.push((from, length + 1));
        }
        before = Some((start, out.bytes.len() - start));
    }
}

/// Writes anew what was written at a place.
fn copy(out: &mut Unpacked, from: usize, length: usize) -> Option<()> {
    out.room(length)?;
    let end = (from + length).min(out.bytes.len());
    out.bytes.extend_from_within(from..end);
    Some(())
}

/// How many bits the next code has where so many are known.
const fn width(known: usize) -> u32 {
    match known {
        2048.. => 12,
        1024.. => 11,
        512.. => 10,
        _ => 9,
    }
}

/// Data read by bits, the highest of each byte first.
struct Bits<'a> {
    data: &'a [u8],
    held: u32,
    count: u32,
}

impl Bits<'_> {
    /// The next so many bits, 12 at most.
    fn next(&mut self, wanted: u32) -> Option<usize> {
        while self.count < wanted {
            let (&byte, rest) = self.data.split_first()?;
            self.data = rest;
            self.held = self.held << 8 | u32::from(byte);
            self.count += 8;
        }
        self.count -= wanted;
        let value = self.held >> self.count;
        self.held &= (1 << self.count) - 1;
        usize::try_from(value).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a way makes of data, of 100 bytes at most.
    #[track_caller]
    fn check(way: Way, data: &[u8], expected: &[u8]) {
        let out = way.unpack(data, 100);
        assert_eq!((out.bytes.as_slice(), out.full), (expected, false));
    }

    #[test]
    fn each_way_is_known() {
        let runs = [2, 1, 2, 3, 254, 9, 128, 7];
        check(Way::RunLength, &runs, &[1, 2, 3, 9, 9, 9]);
        check(Way::RunLength, &[5, 1], b"");
        check(Way::Hexadecimal, b"4 1\n4>42", b"A@");
        check(Way::Hexadecimal, b"4g", b"@");
        check(Way::Base85, b"z87cUR~>", b"\0\0\0\0Hell");
        check(Way::Base85, b"8v", b"");
        check(Way::Base85, b"uuuuu", b"");
        // The example of ISO 32000-2, 7.4.4.2.
        let codes = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
        check(Way::Lzw, &codes, &[45, 45, 45, 45, 45, 65, 45, 45, 45, 66]);
        check(Way::Lzw, b"any text", &[194]);
        // A block that is not packed, without a head.
        check(Way::Flate, b"\x01\x02\0\xfd\xffab", b"ab");
    }

    #[test]
    fn no_more_comes_out_than_was_asked_for() {
        let out = Way::RunLength.unpack(&[129, 7], 100);
        assert!(out.is_full() && out.bytes.is_empty());
    }
}
