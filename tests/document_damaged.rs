//! Files that are not what they should be: each is refused with a reason, none brings the program down.

mod packages;

use std::io::{Cursor, Write};

use assize::document::{self, Format, MAX_MARKUP, MAX_PARTS, MAX_TEXT, MAX_UNPACKED, Tracked};
use packages::{archive, docx, odt, word_part};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Why a file of this name and content cannot be read.
#[track_caller]
fn refusal(name: &str, bytes: Vec<u8>) -> String {
    match document::open(name, bytes, Tracked::Accepted) {
        Ok((file, format)) => panic!("read as {format:?}: {:?}", file.text()),
        Err(problem) => {
            assert_eq!(problem.code, "unreadable-file");
            assert!(problem.help.is_some());
            problem.message
        }
    }
}

#[track_caller]
fn check(name: &str, bytes: impl Into<Vec<u8>>, expected: &str) {
    let message = refusal(name, bytes.into());
    assert!(message.contains(expected), "{message}");
    assert!(message.starts_with(name), "{message}");
}

fn report() -> Vec<u8> {
    let text = "<w:p><w:pPr><w:pStyle w:val=\"H1\"/></w:pPr><w:r><w:t>Care was rated good in 40% of 250 homes.</w:t></w:r></w:p>";
    docx(&text.repeat(20), "")
}

#[test]
fn no_document_is_longer_than_a_run_can_hold() {
    let long = vec![b'a'; MAX_TEXT + 1];
    check("line.txt", long.clone(), "more than 16 MiB of text");
    check("page.html", long.clone(), "more than 16 MiB of text");
    check("page.html", [b"< ", &*long].concat(), "text");
    let picture = [b"<p>Care was good.</p><img src=\"", &*long, b"\">"].concat();
    let opened = document::open("page.html", picture.clone(), Tracked::Accepted);
    assert!(opened.is_ok(), "pictures are no text");
    let pictures = picture.repeat(MAX_MARKUP / MAX_TEXT);
    check("page.html", pictures, "more than 64 MiB of markup");
}

#[test]
fn tags_of_many_attributes_are_read() {
    let rows = [
        " a=\"x\"",
        " a=\">\"",
        "\n a =\"\"",
        " a=\"x\" b='\"'",
        "/a=\"x\"",
    ];
    for row in rows {
        for tag in ["p", "/p", "!doctype"] {
            let row = row.repeat(20_000);
            let page = format!("<p>Care</p><{tag}{row}>was</p><p>good.");
            let opened = document::open("a.html", page.into_bytes(), Tracked::Accepted);
            let (file, format) = opened.expect("a page");
            let text = document::read(&file, format).text;
            assert!(text.ends_with("good."), "{}", text.len());
        }
    }
}

#[test]
fn a_file_is_read_as_what_it_is_and_not_as_what_it_is_called() {
    for name in ["draft", "draft.doc", "draft.txt", "draft.zip"] {
        let (_, format) =
            document::open(name, report(), Tracked::Accepted).expect("a Word document");
        assert_eq!(format, Format::Word, "{name}");
    }
    check(
        "draft.docx",
        "Care was good.",
        "it is plain text, and not a Word document",
    );
    check("draft.docx", *b"%PDF-1.7\n", "PDF");
    check(
        "old.doc",
        *b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest",
        "encrypted",
    );
    check(
        "a.docx",
        *b"\x89PNG\r\n\x1a\n\0\0",
        "a file of another kind",
    );
    check("a.png", *b"\x89PNG\r\n\x1a\n\0\0", "a file of another kind");
    check("a.html", *b"\xff\xfe<\0p\0>\0", "it is UTF-16 text");
    check("a.txt", *b"caf\xe9", "byte 3 is not UTF-8 text");
    check("old.rtf", *b"{\\rtf1 text}", "Rich Text");
    check("book.docx", archive(&[("a.txt", "text")]), "no document");
    check(
        "book.xlsx",
        archive(&[("[Content_Types].xml", ""), ("_rels/.rels", "")]),
        "no Word document",
    );
}

#[test]
fn damaged_parts_are_named() {
    let part = |text: &str| archive(&[("word/document.xml", text)]);
    check("a.docx", part("<w:document"), "word/document.xml");
    check(
        "a.docx",
        part(&word_part("document", "<w:body><w:p>")),
        "word/document.xml",
    );
    check("a.docx", part(""), "no Word document");
    let whole = word_part(
        "document",
        "<w:body><w:p><w:r><w:t>Text &unknown; text</w:t></w:r></w:p></w:body>",
    );
    check("a.docx", part(&whole), "no entity &unknown;");
    let cut: String = whole.chars().take(whole.len() - 30).collect();
    check("a.docx", part(&cut), "damaged");
    let deep = format!("<w:body>{}", "<w:sdt>".repeat(100_000));
    check("a.docx", part(&word_part("document", &deep)), "nested");
}

#[test]
fn entities_are_not_expanded() {
    let bomb =
        "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><d>&b;</d>";
    check(
        "a.docx",
        archive(&[("word/document.xml", bomb)]),
        "declares entities",
    );
    check(
        "a.odt",
        archive(&[("content.xml", bomb)]),
        "declares entities",
    );
}

#[test]
fn encrypted_files_are_told() {
    let manifest = "<m:manifest xmlns:m=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>";
    check(
        "a.odt",
        archive(&[("META-INF/manifest.xml", manifest), ("content.xml", "?")]),
        "encrypted",
    );
    check("a.odt", archive(&[("content.xml", "<a/>")]), "no text");
    check(
        "a.docx",
        odt("<text:p>Text</text:p>"),
        "an OpenDocument text, and not a Word document",
    );
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer
        .start_file("word/document.xml", SimpleFileOptions::default())
        .expect("a part begins");
    let block = vec![b' '; 1 << 20];
    for _ in 0..=MAX_UNPACKED >> 20 {
        writer.write_all(&block).expect("memory can be written to");
    }
    let bytes = writer.finish().expect("an archive ends").into_inner();
    assert!(bytes.len() < 1 << 20);
    check("a.docx", bytes, "unpacks to more than 128 MiB");
    let names: Vec<String> = (0..=MAX_PARTS).map(|number| number.to_string()).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    check("a.docx", archive(&parts), "parts");
}

/// Reads every file that comes of damaging one, and counts those that can still be read.
fn survivors(name: &str, bytes: &[u8], step: usize) -> usize {
    let read = |bytes: Vec<u8>| match document::open(name, bytes, Tracked::Accepted) {
        Ok((file, format)) => {
            document::read(&file, format);
            1
        }
        Err(_) => 0,
    };
    let cut = (0..bytes.len()).step_by(step);
    let cut = cut
        .map(|end| read(bytes.iter().copied().take(end).collect()))
        .sum::<usize>();
    let flipped = (0..bytes.len()).step_by(step).map(|at| {
        let mut bytes = bytes.to_vec();
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << (at % 8);
        }
        read(bytes)
    });
    cut + flipped.sum::<usize>()
}

#[test]
fn no_damage_brings_the_program_down() {
    let bytes = report();
    let open = odt(&"<text:p>Care was rated good in 40% of 250 homes.</text:p>".repeat(20));
    assert!(survivors("a.odt", &open, 7) < open.len() * 2 / 7);
    assert!(survivors("a.docx", &bytes, 7) < bytes.len() * 2 / 7);
}

#[cfg(feature = "pdf")]
mod pdfs {
    use assize::document::{self, Tracked};

    use super::{check, survivors};
    use crate::packages::{
        cipher,
        pdf::{Page, Typesetter, pdf},
    };

    fn report() -> Vec<u8> {
        let mut set = Typesetter::new();
        set.paragraph(0.0, 16.0, true, "Report");
        for _ in 0..6 {
            set.paragraph(
                0.0,
                10.0,
                false,
                "Care was rated good in 40% of the 250 homes.",
            );
        }
        set.table(&[
            vec!["Area".into(), "Grade".into()],
            vec!["Care".into(), "Good".into()],
        ]);
        set.finish("Head")
    }

    #[test]
    fn no_damage_brings_the_program_down() {
        let bytes = report();
        assert!(survivors("a.pdf", &bytes, 17) > 0);
    }

    #[test]
    fn pictures_are_no_text() {
        let mut page = Page::default();
        page.rule(72.0, 100.0, 300.0, 100.0);
        check(
            "scan.pdf",
            pdf(&[page]),
            "a PDF without text: its pages are pictures",
        );
        check("a.docx", report(), "a PDF, and not a Word document");
        check("a.pdf", *b"%PDF-1.7\nnothing", "damaged");
        check("a.pdf", "Care was good.", "plain text, and not a PDF");
    }

    #[test]
    fn encrypted_files_are_told() {
        let text = String::from_utf8(report()).expect("ASCII");
        let key = "00".repeat(32);
        let encrypt = format!(
            "/ID [<{key}> <{key}>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{key}> /U <{key}> >>"
        );
        let text = text.replace("/Root 1 0 R", &format!("/Root 1 0 R {encrypt}"));
        check("a.pdf", text, "encrypted");
    }

    /// A PDF whose only page has this as its content, packed as it is said to be.
    fn packed(filter: &str, data: &[u8]) -> Vec<u8> {
        let head = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
            2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
            3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 900] /Contents 4 0 R >>\nendobj\n";
        let about = format!("4 0 obj\n<< /Length {} {filter} >>\nstream\n", data.len());
        let tail = b"\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n";
        [head.as_bytes(), about.as_bytes(), data, tail].concat()
    }

    /// So many spaces, packed by LZW: each code stands for one space more than the one before.
    fn lzw(spaces: usize) -> Vec<u8> {
        let (mut bytes, mut held, mut count) = (Vec::new(), 0_u32, 0);
        let mut put = |code: u32, width: u32| {
            held = held << width | code;
            count += width;
            while count >= 8 {
                count -= 8;
                bytes.push(u8::try_from(held >> count & 255).expect("a byte"));
            }
            held &= (1 << count) - 1;
        };
        let width = |known: u32| known.max(511).ilog2() + 1;
        let mut left = spaces;
        put(256, 9);
        let (mut known, mut longest) = (258_u32, 1);
        put(u32::from(b' '), 9);
        while left > longest {
            // Early change: a width grows one code before it must.
            let code = known.min(4095);
            put(code, width(known + 1).min(12));
            if known < 4096 {
                known += 1;
                longest += 1;
            }
            left -= longest.min(left);
        }
        put(257, width(known + 1).min(12));
        put(0, 7);
        bytes
    }

    fn flate(data: &[u8]) -> Vec<u8> {
        use std::io::Write as _;
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(data).expect("memory can be written to");
        encoder.finish().expect("memory can be written to")
    }

    fn hexadecimal(data: &[u8]) -> Vec<u8> {
        let digits: Vec<_> = data.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{}>", digits.concat()).into_bytes()
    }

    /// A run of so many spaces; and data as it is, which packs nothing.
    fn run_length(spaces: usize, data: &[u8]) -> Vec<u8> {
        let runs = [129, b' '].repeat(spaces / 128);
        let as_is = data.chunks(128).flat_map(|part| {
            let length = u8::try_from(part.len() - 1).expect("a short part");
            [&[length], part].concat()
        });
        runs.into_iter().chain(as_is).chain([128]).collect()
    }

    /// More than a file may unpack to.
    const BOMB: usize = (128 << 20) + (1 << 20);

    #[test]
    fn what_unpacks_to_too_much_is_refused_however_it_is_packed() {
        let zeros = vec![0; BOMB];
        let large = [
            ("/Filter /FlateDecode", flate(&zeros)),
            ("/Filter /LZWDecode", lzw(BOMB)),
            ("/Filter /L#5aWDecode", lzw(BOMB)),
            ("/Filter /RunLengthDecode", run_length(BOMB, b"")),
            ("/Filter /ASCII85Decode", vec![b'z'; BOMB / 4 + 1]),
            ("/Filter [/FlateDecode /FlateDecode]", flate(&flate(&zeros))),
            (
                "/Filter [/ASCIIHexDecode /FlateDecode]",
                hexadecimal(&flate(&zeros)),
            ),
            (
                "/Filter [/ASCIIHexDecode /LZWDecode]",
                hexadecimal(&lzw(BOMB)),
            ),
            (
                "/Filter [/FlateDecode /RunLengthDecode]",
                flate(&run_length(BOMB, b"")),
            ),
            (
                "/Filter [/FlateDecode /ASCIIHexDecode /LZWDecode]",
                flate(&hexadecimal(&lzw(BOMB))),
            ),
            (
                "/Filter [/RunLengthDecode /FlateDecode]",
                run_length(0, &flate(&zeros)),
            ),
            ("/Subtype /Image /Filter /LZWDecode", lzw(BOMB)),
            ("/Subtype /Image /Filter /FlateDecode", flate(&zeros)),
        ];
        for (filter, data) in large {
            let file = packed(filter, &data);
            check("bomb.pdf", file, "unpacks to more than 128 MiB");
        }
    }

    /// An encrypted PDF with a page that says "Text.", in a font whose letters are named by a stream of this description, and with
    /// these objects behind.
    fn encrypted_with(about: &str, data: &[u8], more: &[(u32, &str, &[u8])]) -> Vec<u8> {
        let mut file = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
            2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
            3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 900] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R \
            >>\nendobj\n5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>\nendobj\n"
            .to_vec();
        let text = b"BT /F1 10 Tf 1 0 0 1 72 700 Tm (Text.) Tj ET ";
        let objects = [(4, "", &text[..]), (6, about, data)];
        for (number, about, data) in objects.iter().chain(more) {
            let data = cipher::encrypted(*number, data);
            let head = format!(
                "{number} 0 obj\n<< /Length {} {about} >>\nstream\n",
                data.len()
            );
            file.extend(head.into_bytes());
            file.extend(data);
            file.extend(b"\nendstream\nendobj\n");
        }
        file.extend(format!("trailer\n<< /Root 1 0 R {} >>\n", cipher::trailer()).into_bytes());
        file
    }

    fn encrypted(about: &str, data: &[u8]) -> Vec<u8> {
        encrypted_with(about, data, &[])
    }

    fn text_of(file: Vec<u8>) -> String {
        let opened = document::open("a.pdf", file, Tracked::Accepted);
        opened.expect("a PDF").0.text().to_owned()
    }

    #[test]
    fn what_is_encrypted_unpacks_to_no_more_than_other_files() {
        let names = flate(b"/CIDInit /ProcSet findresource begin end");
        assert_eq!(
            text_of(encrypted("/Filter /FlateDecode", &names)),
            "Text.\n"
        );
        let file = encrypted(
            "/Filter [/FlateDecode /RunLengthDecode]",
            &flate(&run_length(BOMB, b"")),
        );
        check("bomb.pdf", file, "unpacks to more than 128 MiB");
        let file = encrypted("/Filter /LZWDecode", &lzw(BOMB));
        check("bomb.pdf", file, "unpacks to more than 128 MiB");
        let file = encrypted("/Type /ObjStm /N 1 /First 4 /Filter /LZWDecode", &lzw(BOMB));
        check("bomb.pdf", file, "unpacks to more than 128 MiB");
    }

    #[test]
    fn pages_of_an_encrypted_file_may_lie_in_a_list_of_objects() {
        let pages = b"2 0 << /Type /Pages /Kids [3 0 R] /Count 1 >>";
        let about = "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode";
        let file = encrypted_with("", b"", &[(7, about, &flate(pages))]);
        let plain = "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n";
        let file = cut(&file, plain.as_bytes());
        assert_eq!(text_of(file), "Text.\n");
        // In a version before the last, under another name, and much more than would fit into memory.
        let large = lzw(BOMB * 64);
        for name in ["/ObjStm", "/Obj#53tm"] {
            let about = format!("/Type {name} /N 1 /First 4 /Filter /LZWDecode");
            let file = encrypted_with("", b"", &[(7, &about, &large), (7, &about, &lzw(20))]);
            let file = cut(&file, plain.as_bytes());
            check("bomb.pdf", file, "unpacks to more than 128 MiB");
        }
    }

    #[test]
    fn a_file_is_encrypted_in_one_way() {
        let file = encrypted("", b"");
        let other = b"trailer\n<< /Root 1 0 R /Encrypt 9 0 R >>\ntrailer";
        let file = changed(&file, b"trailer", other);
        check("a.pdf", file, "encrypted in a way that is not known");
    }

    /// A file without some of it.
    fn cut(file: &[u8], part: &[u8]) -> Vec<u8> {
        changed(file, part, b"")
    }

    /// A file with something in the place of what stands in it once.
    fn changed(file: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
        let at = file.windows(from.len()).position(|part| part == from);
        let at = at.expect("it stands there");
        [&file[..at], to, &file[at + from.len()..]].concat()
    }

    #[test]
    fn what_is_packed_in_any_way_is_read() {
        let text = b"BT /F1 10 Tf 1 0 0 1 72 700 Tm (Text.) Tj ET ";
        let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
        let resources = format!("/Resources << /Font << /F1 {font} >> >> /Contents");
        for (filter, data) in [
            ("", text.to_vec()),
            ("/Filter /FlateDecode", flate(text)),
            ("/Filter /RunLengthDecode", run_length(1280, text)),
            ("/Filter /ASCIIHexDecode", hexadecimal(text)),
            (
                "/Filter [/FlateDecode /ASCIIHexDecode]",
                flate(&hexadecimal(text)),
            ),
            (
                "/Filter [/ASCIIHexDecode /RunLengthDecode /FlateDecode]",
                hexadecimal(&run_length(0, &flate(text))),
            ),
        ] {
            let file = packed(filter, &data);
            let at = memchr::memmem::find(&file, b"/Contents").expect("a page");
            let (head, tail) = file.split_at(at);
            let tail = tail.get(b"/Contents".len()..).expect("the rest");
            let file = [head, resources.as_bytes(), tail].concat();
            let opened = document::open("a.pdf", file, Tracked::Accepted);
            assert_eq!(opened.expect("a PDF").0.text(), "Text.\n", "{filter}");
        }
        // The codes of LZW are those that readers know: what fits is unpacked, and holds no text.
        check(
            "a.pdf",
            packed("/Filter /LZWDecode", &lzw(100_000)),
            "without text",
        );
    }

    /// A page whose content draws `/X`, with the objects of these bodies from number 7 on.
    fn drawing(content: &str, objects: &[String]) -> Vec<u8> {
        let mut page = Page::default();
        page.text(72.0, 100.0, 10.0, false, "Text.").raw(content);
        let file = String::from_utf8(pdf(&[page])).expect("ASCII");
        let objects: Vec<String> = (7..)
            .zip(objects)
            .map(|(number, body)| format!("{number} 0 obj\n{body}\nendobj\n"))
            .collect();
        let objects = objects.concat();
        let named = "/Resources << /XObject << /X 7 0 R >> /Font";
        let file = file.replace("/Resources << /Font", named);
        file.replace("xref\n0", &format!("{objects}xref\n0"))
            .into_bytes()
    }

    /// A form that draws the object of this number as `/X`.
    fn form(next: usize, content: &str) -> String {
        format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /XObject << /X {next} 0 R >> >> /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        )
    }

    #[track_caller]
    fn check_drawn(content: &str, objects: &[String]) {
        let opened = document::open("a.pdf", drawing(content, objects), Tracked::Accepted);
        assert_eq!(opened.expect("a PDF").0.text(), "Text.\n");
    }

    #[test]
    fn a_form_that_draws_itself_is_drawn_once() {
        check_drawn("/X Do", &[form(7, "/X Do /X Do")]);
    }

    #[test]
    fn forms_are_not_drawn_without_end() {
        let twice: Vec<_> = (8..48).map(|next| form(next, "/X Do /X Do")).collect();
        let often = "too many times";
        check("a.pdf", drawing("/X Do", &twice), often);
        let large = form(8, &" ".repeat(1 << 20));
        check("a.pdf", drawing(&"/X Do ".repeat(300), &[large]), often);
        check_drawn(&"/X Do ".repeat(3000), &[form(8, "/X Do")]);
    }
}
