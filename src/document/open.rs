//! From the bytes of a file to a text that can be read. What a file is, is told by its content, not by its name.

use std::path::Path;

use super::{
    Format, Tracked, odt,
    origin::{Origin, Recorder},
    package::Package,
    word,
};
use crate::{diagnostic::Diagnostic, layout::Layout, source::SourceFile};

/// Why a file cannot be read, and what its author can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unreadable {
    what: String,
    help: &'static str,
}

impl Unreadable {
    pub(crate) fn new(what: impl Into<String>, help: &'static str) -> Self {
        let what = what.into();
        Self { what, help }
    }

    /// The file is not as it was written.
    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        let what = format!("the file is damaged: {}", what.into());
        Self::new(
            what,
            "open it in the program that made it, and save it anew",
        )
    }

    /// The file can be read with a password only.
    pub(crate) fn encrypted() -> Self {
        Self::new("the file is encrypted", "save it without a password")
    }

    /// The file may need no password, but how it is encrypted is not known.
    #[cfg(feature = "pdf")]
    pub(crate) fn unknown_encryption() -> Self {
        Self::new(
            "the file is encrypted in a way that is not known",
            "save it without a password",
        )
    }

    /// The file is not the one that was read before.
    pub(crate) fn changed() -> Self {
        Self::new(
            "the file was changed while it was checked",
            "check it again",
        )
    }

    /// What was written into the file would have changed its text.
    pub(crate) fn not_kept() -> Self {
        Self::new(
            "its comments cannot be written without changing its text",
            "open it in the program that made it, and save it anew",
        )
    }

    /// As a diagnostic on the file of this name.
    pub(crate) fn of(&self, name: &str) -> Diagnostic {
        let message = format!("{name}: {}", self.what);
        Diagnostic::error("unreadable-file", message).help(self.help)
    }
}

/// What is read, for those who give something else.
pub(crate) const READABLE: &str =
    "documents are Word (.docx), OpenDocument (.odt), PDF, HTML, Markdown and plain text";

/// What the first bytes of a file say it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Archive,
    Pdf,
    /// The container of old Office files and of encrypted new ones.
    Compound,
    RichText,
    Text,
}

/// Most bytes of text in one document: some 6,000 pages. A run holds the largest document in memory with all that it states, which
/// takes a hundred times its length where it is dense.
pub const MAX_TEXT: usize = 16 << 20;
/// Most bytes of a page of HTML, pictures that are written into it included.
pub const MAX_MARKUP: usize = 64 << 20;

fn too_long(what: &str, most: usize) -> Unreadable {
    Unreadable::new(
        format!("it holds more than {} MiB of {what}", most >> 20),
        "split it, or check that it is the document that was meant",
    )
}

/// Refuses a text that is too long. Of a page of HTML counts what stands outside of its tags: pictures may be written into them.
fn check_length(text: &str, format: Format) -> Result<(), Unreadable> {
    if text.len() <= MAX_TEXT {
        Ok(())
    } else if format != Format::Html || outside_tags(text.as_bytes()) > MAX_TEXT {
        Err(too_long("text", MAX_TEXT))
    } else if text.len() > MAX_MARKUP {
        Err(too_long("markup", MAX_MARKUP))
    } else {
        Ok(())
    }
}

fn outside_tags(html: &[u8]) -> usize {
    let (mut outside, mut end) = (0, 0);
    while let Some(rest) = html.get(end..).filter(|rest| !rest.is_empty()) {
        let Some(start) = memchr::memchr(b'<', rest) else {
            return outside + rest.len();
        };
        let tag = rest.get(start + 1..).unwrap_or_default();
        let is_tag = tag
            .first()
            .is_some_and(|byte| byte.is_ascii_alphabetic() || b"/!?".contains(byte));
        let length = if is_tag {
            memchr::memchr(b'>', tag).unwrap_or(tag.len())
        } else {
            0
        };
        outside += start;
        end += start + 1 + length;
    }
    outside
}

/// Bytes in which the mark of a PDF must begin.
/// Source: ISO 32000-1, annex H, implementation note 13.
const HEAD: usize = 1024;

fn head(bytes: &[u8]) -> &[u8] {
    bytes.get(..HEAD).unwrap_or(bytes)
}

fn content(bytes: &[u8]) -> Content {
    let pdf = memchr::memmem::find(head(bytes), b"%PDF-");
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        Content::Archive
    } else if pdf == Some(0) || pdf.is_some() && std::str::from_utf8(bytes).is_err() {
        Content::Pdf
    } else if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        Content::Compound
    } else if bytes.starts_with(b"{\\rtf") {
        Content::RichText
    } else {
        Content::Text
    }
}

/// A file of this name and content, ready to be read in the format that is given back.
///
/// # Errors
///
/// A diagnostic when it is damaged, encrypted, too large, not UTF-8, or no document at all; or when its name says that it is
/// one kind of package and it is another.
pub fn open(
    name: &str,
    bytes: Vec<u8>,
    tracked: Tracked,
) -> Result<(SourceFile, Format), Diagnostic> {
    let named = Format::of(Path::new(name));
    let opened = match content(&bytes) {
        Content::Archive => open_package(&bytes, tracked),
        Content::Pdf => open_pdf(&bytes),
        Content::Compound => Err(Unreadable::new(
            "it is an old Office file, or an encrypted one",
            "save it as a Word document (.docx) without a password",
        )),
        Content::RichText => Err(Unreadable::new(
            "it is Rich Text (RTF), which is not read",
            "save it as a Word document (.docx)",
        )),
        Content::Text if bytes.is_empty() && named.is_some_and(Format::is_package) => {
            Err(Unreadable::new(
                "it is empty",
                "check that it was saved, or copied, to its end",
            ))
        }
        Content::Text => return open_text(name, bytes, named),
    };
    let (text, layout, format) = opened
        .and_then(|opened| match opened {
            (text, ..) if text.len() > MAX_TEXT => Err(too_long("text", MAX_TEXT)),
            opened => Ok(opened),
        })
        .map_err(|problem| problem.of(name))?;
    if let Some(claimed) = named.filter(|named| named.is_package())
        && claimed != format
    {
        return Err(misnamed(format.noun(), claimed).of(name));
    }
    Ok((SourceFile::laid_out(name, &text, layout), format))
}

fn open_text(
    name: &str,
    bytes: Vec<u8>,
    named: Option<Format>,
) -> Result<(SourceFile, Format), Diagnostic> {
    let (is, help) = if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        ("UTF-16 text", "save the file as UTF-8")
    } else if head(&bytes).contains(&0) {
        ("a file of another kind", READABLE)
    } else {
        ("plain text", "")
    };
    if let Some(claimed) = named.filter(|named| named.is_package()) {
        return Err(misnamed(is, claimed).of(name));
    }
    if !help.is_empty() {
        return Err(Unreadable::new(format!("it is {is}"), help).of(name));
    }
    let file = SourceFile::from_bytes(name, bytes)?;
    let format = named.unwrap_or_else(|| Format::guess(file.text()));
    check_length(file.text(), format).map_err(|problem| problem.of(name))?;
    Ok((file, format))
}

fn misnamed(is: &str, claimed: Format) -> Unreadable {
    let what = format!("it is {is}, and not {} as its name says", claimed.noun());
    Unreadable::new(
        what,
        "check that it is the file that was meant, and name it for what it is",
    )
}

#[cfg(feature = "pdf")]
fn open_pdf(bytes: &[u8]) -> Result<(String, Layout, Format), Unreadable> {
    let (text, layout) = super::pdf::read(bytes)?;
    Ok((text, layout, Format::Pdf))
}

#[cfg(not(feature = "pdf"))]
fn open_pdf(_: &[u8]) -> Result<(String, Layout, Format), Unreadable> {
    Err(Unreadable::new(
        "it is a PDF, and this program was built without the reader for them",
        "turn it into text first (pdftotext report.pdf), or build with the feature `pdf`",
    ))
}

fn open_package(bytes: &[u8], tracked: Tracked) -> Result<(String, Layout, Format), Unreadable> {
    let mut package = Package::open(bytes)?;
    if word::recognises(&package) {
        let (story, _) = word::read(&mut package, tracked, None)?;
        let (text, layout) = story.finish();
        return Ok((text, layout, Format::Word));
    }
    if odt::recognises(&package) {
        let (story, _) = odt::read(&mut package, tracked, None)?;
        let (text, layout) = story.finish();
        return Ok((text, layout, Format::OpenDocument));
    }
    Err(Unreadable::new(
        "it is an archive that holds no document",
        READABLE,
    ))
}

/// The text of a PDF.
#[cfg(feature = "pdf")]
pub(crate) fn pdf_text(bytes: &[u8]) -> Result<String, Unreadable> {
    Ok(super::pdf::read(bytes)?.0)
}

/// The text of a package and where it stands in its parts.
pub(crate) fn origin(bytes: &[u8], tracked: Tracked) -> Result<(String, Origin), Unreadable> {
    let mut package = Package::open(bytes)?;
    let recorder = Some(Recorder::default());
    let (story, recorder) = if word::recognises(&package) {
        word::read(&mut package, tracked, recorder)?
    } else {
        odt::read(&mut package, tracked, recorder)?
    };
    let (text, pieces) = story.into_pieces();
    Ok((text, recorder.unwrap_or_default().finish(pieces)))
}
