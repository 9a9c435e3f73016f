//! Packages written anew: what is not changed is copied as it is packed.

use std::io::{Cursor, Write};

use zip::{
    CompressionMethod, DateTime, ZipArchive, ZipWriter, result::ZipError, write::SimpleFileOptions,
};

use crate::document::Unreadable;

/// A package with parts changed, by name; those that it does not have stand at its end.
pub(super) fn rewrite(bytes: &[u8], changed: &[(String, String)]) -> Result<Vec<u8>, Unreadable> {
    write(bytes, changed).map_err(|error| Unreadable::damaged(error.to_string()))
}

fn write(bytes: &[u8], changed: &[(String, String)]) -> Result<Vec<u8>, ZipError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    for index in 0..archive.len() {
        let is_here = |name: &str| archive.index_for_name(name) == Some(index);
        let replaced = changed.iter().find(|(name, _)| is_here(name));
        let part = archive.by_index_raw(index)?;
        let Some((name, text)) = replaced else {
            writer.raw_copy_file(part)?;
            continue;
        };
        let method = match part.compression() {
            CompressionMethod::Stored => CompressionMethod::Stored,
            _ => CompressionMethod::Deflated,
        };
        let time = part.last_modified().unwrap_or_default();
        add(&mut writer, name, text, method, time)?;
    }
    for (name, text) in changed {
        if archive.index_for_name(name).is_none() {
            let (method, time) = (CompressionMethod::Deflated, DateTime::default());
            add(&mut writer, name, text, method, time)?;
        }
    }
    Ok(writer.finish()?.into_inner())
}

fn add(
    writer: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    text: &str,
    method: CompressionMethod,
    time: DateTime,
) -> Result<(), ZipError> {
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(time);
    writer.start_file(name, options)?;
    writer.write_all(text.as_bytes())?;
    Ok(())
}
