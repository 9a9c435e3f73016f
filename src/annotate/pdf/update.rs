//! Objects added to the end of a PDF, so that everything before stays as it is.
//! Source: ISO 32000-1, 7.5.4 to 7.5.8 (cross-reference tables and streams, incremental updates).

use std::io::Write;

use super::syntax::{Reader, entries};
use crate::document::Unreadable;

/// What the last table of objects of a file says.
#[derive(Clone, Debug)]
pub(super) struct Trailer {
    /// Where the table stands.
    table: usize,
    /// Whether it is a stream.
    stream: bool,
    /// The first number that no object has.
    pub(super) size: usize,
    /// What every table must say again: the root of the document and who it is.
    kept: Vec<(&'static str, Vec<u8>)>,
}

/// What an update repeats of the table before it.
const KEPT: [&str; 3] = ["Root", "Info", "ID"];

impl Trailer {
    /// Reads the last table of a file.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let broken = || {
            Unreadable::new(
                "its table of objects is damaged, so that nothing can be added to it",
                "open the PDF in the program that made it, and export it anew",
            )
        };
        let (table, stream, dictionary) = dictionary(bytes).ok_or_else(broken)?;
        let entries = entries(dictionary).ok_or_else(broken)?;
        let value = |name: &str| {
            let found = entries.iter().find(|(known, _)| *known == name.as_bytes());
            dictionary.get(found?.1.range())
        };
        if value("Encrypt").is_some() {
            return Err(Unreadable::new(
                "the PDF is encrypted, so that nothing can be added to it",
                "export it without passwords and limits",
            ));
        }
        let size = value("Size").and_then(|size| Reader::new(size, 0).number());
        let kept = KEPT
            .iter()
            .filter_map(|&name| Some((name, value(name)?.to_vec())));
        let kept: Vec<_> = kept.collect();
        if !kept.iter().any(|(name, _)| *name == "Root") {
            return Err(broken());
        }
        Ok(Self {
            table,
            stream,
            size: size.filter(|&size| size < 1 << 23).ok_or_else(broken)?,
            kept,
        })
    }
}

/// Where the last table of a file stands, whether it is a stream, and its dictionary.
fn dictionary(bytes: &[u8]) -> Option<(usize, bool, &[u8])> {
    let last = memchr::memmem::rfind(bytes, b"startxref")?;
    let mut reader = Reader::new(bytes, last);
    reader.eat(b"startxref")?;
    let table = reader.number()?;
    let mut reader = Reader::new(bytes, table);
    let stream = reader.eat(b"xref").is_none();
    if stream {
        reader.number()?;
        reader.number()?;
        reader.eat(b"obj")?;
    } else {
        let rest = bytes.get(reader.at()..)?;
        let trailer = reader.at() + memchr::memmem::find(rest, b"trailer")?;
        reader = Reader::new(bytes, trailer);
        reader.eat(b"trailer")?;
    }
    let dictionary = reader.object()?;
    Some((table, stream, bytes.get(dictionary.range())?))
}

/// An object with its number and generation.
pub(super) type Object = (usize, usize, Vec<u8>);

/// Adds objects, which stand in the order of their numbers, to the end of a file. `mark` is a comment before them.
pub(super) fn append(bytes: &[u8], trailer: &Trailer, mark: &str, objects: &[Object]) -> Vec<u8> {
    let mut file = bytes.to_vec();
    if !file.ends_with(b"\n") {
        file.push(b'\n');
    }
    file.extend_from_slice(mark.as_bytes());
    let mut places = Vec::new();
    for (number, generation, content) in objects {
        places.push((*number, *generation, file.len()));
        file.extend_from_slice(format!("{number} {generation} obj\n").as_bytes());
        file.extend_from_slice(content);
        file.extend_from_slice(b"\nendobj\n");
    }
    let table = file.len();
    let next = places.iter().map(|(number, ..)| number + 1).max();
    let size = trailer.size.max(next.unwrap_or_default());
    if trailer.stream {
        places.push((size, 0, table));
        write_stream(&mut file, trailer, &places);
    } else {
        write_table(&mut file, trailer, &places, size);
    }
    let _ = write!(file, "startxref\n{table}\n%%EOF\n");
    file
}

/// Objects whose numbers follow on each other.
fn runs(places: &[(usize, usize, usize)]) -> Vec<&[(usize, usize, usize)]> {
    let next = |one: &(usize, usize, usize), other: &(usize, usize, usize)| one.0 + 1 == other.0;
    places.chunk_by(next).collect()
}

fn write_kept(file: &mut Vec<u8>, trailer: &Trailer) {
    for (name, value) in &trailer.kept {
        let _ = write!(file, " /{name} ");
        file.extend_from_slice(value);
    }
    let _ = write!(file, " /Prev {}", trailer.table);
}

fn write_table(
    file: &mut Vec<u8>,
    trailer: &Trailer,
    places: &[(usize, usize, usize)],
    size: usize,
) {
    file.extend_from_slice(b"xref\n0 1\n0000000000 65535 f \n");
    for run in runs(places) {
        let first = run.first().map_or(0, |(number, ..)| *number);
        let _ = writeln!(file, "{first} {}", run.len());
        for (_, generation, place) in run {
            let _ = writeln!(file, "{place:010} {generation:05} n ");
        }
    }
    let _ = write!(file, "trailer\n<< /Size {size}");
    write_kept(file, trailer);
    file.extend_from_slice(b" >>\n");
}

fn write_stream(file: &mut Vec<u8>, trailer: &Trailer, places: &[(usize, usize, usize)]) {
    let (mut index, mut data) = (Vec::new(), Vec::new());
    for run in runs(places) {
        let first = run.first().map_or(0, |(number, ..)| *number);
        index.push(format!("{first} {}", run.len()));
        for (_, generation, place) in run {
            let place = u32::try_from(*place).unwrap_or(u32::MAX);
            let generation = u16::try_from(*generation).unwrap_or(u16::MAX);
            data.push(1);
            data.extend_from_slice(&place.to_be_bytes());
            data.extend_from_slice(&generation.to_be_bytes());
        }
    }
    let number = places.last().map_or(0, |(number, ..)| *number);
    let (size, length) = (number + 1, data.len());
    let _ = write!(
        file,
        "{number} 0 obj\n<< /Type /XRef /Size {size} /W [1 4 2] /Index [{}] /Length {length}",
        index.join(" ")
    );
    write_kept(file, trailer);
    file.extend_from_slice(b" >>\nstream\n");
    file.extend_from_slice(&data);
    file.extend_from_slice(b"\nendstream\nendobj\n");
}
