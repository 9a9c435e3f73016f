//! Comments in the author's own file: on the words that are meant, with nothing else changed.

#![expect(clippy::string_slice, reason = "a test may cut what it made")]

mod packages;

use std::{collections::BTreeMap, io::Read};

use assize::{
    annotate::{self, Note},
    diagnostic::{Diagnostic, Severity},
    document::{self, Format, Tracked},
    source::{SourceFile, Sources},
    span::Span,
};
use packages::{archive, docx, docx_encoded, odt, utf16, word_part};
use zip::ZipArchive;

/// The parts of a package by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.expect("a name").into_owned())
        .collect();
    let mut parts = BTreeMap::new();
    for name in names {
        let mut text = String::new();
        let mut part = archive.by_name(&name).expect("a part");
        part.read_to_string(&mut text).expect("text");
        parts.insert(name, text);
    }
    parts
}

fn open(bytes: &[u8], tracked: Tracked) -> (SourceFile, Format) {
    document::open("draft", bytes.to_vec(), tracked).expect("a document")
}

/// Comments on phrases, each of which is in the text once.
fn notes(file: &SourceFile, phrases: &[&str]) -> Vec<Note> {
    let on = |(phrase, number): (&&str, usize)| {
        let start = file
            .text()
            .find(phrase)
            .unwrap_or_else(|| panic!("{phrase} is in {:?}", file.text()));
        assert_eq!(file.text().matches(phrase).count(), 1, "{phrase}");
        Note {
            span: Span::new(start, start + phrase.len()),
            lines: vec![
                "“a” < b & c".to_owned(),
                format!("error[rule-id] (Assize {number})"),
            ],
        }
    };
    phrases.iter().zip(1..).map(on).collect()
}

/// Annotates phrases; what holds for every file is held: the text stays, the parts stay but for insertions, and doing it again
/// gives the same bytes.
#[track_caller]
fn annotated(bytes: &[u8], tracked: Tracked, phrases: &[&str]) -> BTreeMap<String, String> {
    let (file, format) = open(bytes, tracked);
    let notes = notes(&file, phrases);
    let annotate = |bytes: &[u8]| {
        annotate::annotate(&file, format, bytes, tracked, &notes).expect("an annotated file")
    };
    let once = annotate(bytes);
    assert_eq!(open(&once, tracked).0.text(), file.text());
    assert!(annotate(&once) == once, "a second run gives the same bytes");
    let (before, after) = (parts(bytes), parts(&once));
    for (name, text) in &before {
        let now = &after[name];
        let may_change = [
            "document.xml",
            "content.xml",
            "comments.xml",
            ".rels",
            "[Content_Types].xml",
        ];
        if may_change.iter().any(|end| name.ends_with(end)) {
            let mut now = now.bytes();
            assert!(
                text.bytes().all(|byte| now.any(|next| next == byte)),
                "{name} lost something"
            );
        } else {
            assert_eq!(now, text, "{name}");
        }
    }
    let none =
        annotate::annotate(&file, format, &once, tracked, &[]).expect("a file without comments");
    assert_eq!(open(&none, tracked).0.text(), file.text());
    for (name, text) in parts(&none) {
        assert!(!text.contains("(Assize"), "{name} keeps a comment");
        assert!(
            !text.contains("<w:comment ") || text.contains("Ann"),
            "{name} keeps a mark"
        );
    }
    after
}

/// Text without tags and entities.
fn plain(xml: &str) -> String {
    let mut text = String::new();
    for piece in xml.split('<') {
        let (tag, rest) = piece.split_once('>').unwrap_or(("", piece));
        if tag.starts_with("w:tab") || tag.starts_with("text:tab") {
            text.push('\t');
        }
        if tag.starts_with("w:br") || tag.starts_with("text:line-break") {
            text.push('\u{2028}');
        }
        if tag.starts_with("text:s/") {
            text.push(' ');
        }
        text.push_str(rest);
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#8217;", "’")
        .replace("&amp;", "&")
}

/// The words between marks of comments, by their order in the part.
fn words_between(xml: &str, start: &str, end: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in xml.match_indices(start) {
        let rest = &xml[at + start.len()..];
        let (id, rest) = rest.split_once('"').expect("an end of the number");
        let end = rest
            .find(&format!("{end}{id}\""))
            .expect("an end of the range");
        let content = &rest[..end];
        // What a comment of OpenDocument says stands at its start.
        let content: String = content
            .split("<office:annotation ")
            .map(|piece| {
                piece
                    .split_once("</office:annotation>")
                    .map_or(piece, |(_, rest)| rest)
            })
            .collect();
        let content = content.strip_prefix("/>").unwrap_or(&content);
        let open = content
            .rfind('<')
            .filter(|&at| !content[at..].contains('>'));
        found.push(plain(&content[..open.unwrap_or(content.len())]));
    }
    found
}

/// Whether every element ends where it should.
#[track_caller]
fn well_formed(xml: &str) {
    let mut reader = quick_xml::Reader::from_str(xml);
    while reader
        .read_event()
        .unwrap_or_else(|error| panic!("{error}: {xml}"))
        != quick_xml::events::Event::Eof
    {}
}

#[track_caller]
fn check_word(body: &str, footnotes: &str, tracked: Tracked, cases: &[(&str, &str)]) -> String {
    let phrases: Vec<&str> = cases.iter().map(|(phrase, _)| *phrase).collect();
    let parts = annotated(&docx(body, footnotes), tracked, &phrases);
    let document = &parts["word/document.xml"];
    well_formed(document);
    well_formed(&parts["word/comments.xml"]);
    let mut found = words_between(
        document,
        "<w:commentRangeStart w:id=\"",
        "<w:commentRangeEnd w:id=\"",
    );
    let mut expected: Vec<_> = cases.iter().map(|(_, words)| (*words).to_owned()).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "{document}");
    document.clone()
}

/// Each phrase is anchored as it is.
#[track_caller]
fn check_docx(body: &str, phrases: &[&str]) -> String {
    let cases: Vec<_> = phrases.iter().map(|&phrase| (phrase, phrase)).collect();
    check_word(body, "", Tracked::Accepted, &cases)
}

fn run(properties: &str, text: &str) -> String {
    format!(
        "<w:r w:rsidR=\"00A1\"><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>"
    )
}

fn p(content: &str) -> String {
    format!("<w:p>{content}</w:p>")
}

#[test]
fn words_of_word_files_are_anchored_in_and_across_runs() {
    let document = check_docx(
        &p("<w:r><w:t>Care was rated good in 2024.</w:t></w:r>"),
        &["rated good"],
    );
    assert!(document.contains(
        "<w:r><w:t xml:space=\"preserve\">Care was </w:t></w:r><w:commentRangeStart w:id=\"0\"/>\
         <w:r><w:t xml:space=\"preserve\">rated good</w:t></w:r><w:commentRangeEnd w:id=\"0\"/>\
         <w:r><w:commentReference w:id=\"0\"/></w:r><w:r><w:t xml:space=\"preserve\"> in 2024.</w:t></w:r>"
    ), "{document}");
    let runs = [
        run("", "Care was "),
        run("<w:b/>", "rated"),
        run("<w:i/>", " good in 2024."),
    ]
    .concat();
    let document = check_docx(&p(&runs), &["rated good"]);
    assert!(document.contains(
        "<w:r w:rsidR=\"00A1\"><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\"> in 2024."
    ));
    // Whole runs are not parted.
    let document = check_docx(&p(&runs), &["rated"]);
    assert_eq!(document.matches("<w:t").count(), 3);
    check_docx(&p(&runs), &["Care was rated good in 2024."]);
    check_docx(
        &p(&runs),
        &[
            "Care",
            "was",
            "Care was",
            "was rated",
            "rated good",
            "in 2024",
            "2024.",
        ],
    );
}

#[test]
fn parts_in_utf_16_are_written_in_utf_8_and_say_so() {
    let body = p(&run("", "Care was good, équipe."));
    let bytes = docx_encoded(&body, "", |text| {
        if text.contains("<w:document") {
            utf16(text, u16::to_le_bytes, true)
        } else {
            text.as_bytes().to_vec()
        }
    });
    let (file, format) = open(&bytes, Tracked::Accepted);
    let notes = notes(&file, &["good"]);
    let written = annotate::annotate(&file, format, &bytes, Tracked::Accepted, &notes);
    let written = written.expect("an annotated file");
    assert_eq!(open(&written, Tracked::Accepted).0.text(), file.text());
    let parts = parts(&written);
    let document = &parts["word/document.xml"];
    assert!(
        document.starts_with("<?xml version=\"1.0\" encoding='UTF-8'?>"),
        "{document}"
    );
    assert!(
        document.contains("commentRangeStart") && document.contains("équipe"),
        "{document}"
    );
}

#[test]
fn tabs_breaks_entities_and_other_letters_are_counted() {
    let text = "<w:r><w:rPr><w:b/></w:rPr><w:t>Élan</w:t><w:tab/><w:t>caf&#233; &amp; “bar”</w:t><w:br/><w:t>日本 was good</w:t></w:r>"
        .replace("&#233;", "é");
    for phrases in [
        &["Élan"][..],
        &["lan\tcafé"],
        &["\t"],
        &["café & “bar”"],
        &["&"],
        &["bar”\u{2028}日"],
        &["本 was", "was good", "Élan\tcafé"],
    ] {
        check_docx(&p(&text), phrases);
    }
    check_docx(
        &p("<w:r><w:t>the inspectorate&#8217;s view</w:t></w:r>"),
        &["inspectorate’s", "’"],
    );
}

#[test]
fn tracked_changes_stay_and_either_side_is_annotated() {
    let body = p(&[
        run("", "Care was "),
        format!(
            "<w:ins w:id=\"7\" w:author=\"Ann\">{}</w:ins>",
            run("", "rated good and ")
        ),
        format!(
            "<w:del w:id=\"8\" w:author=\"Ann\">{}</w:del>",
            "<w:r><w:delText xml:space=\"preserve\">judged poor and </w:delText></w:r>"
        ),
        run("", "kind."),
    ]
    .concat());
    let document = check_word(
        &body,
        "",
        Tracked::Accepted,
        &[
            ("was rated good", "was rated good"),
            ("good", "good"),
            ("and kind", "and judged poor and kind"),
        ],
    );
    assert!(document.contains("<w:ins w:id=\"7\" w:author=\"Ann\">"));
    check_word(
        &body,
        "",
        Tracked::Original,
        &[
            ("poor", "poor"),
            ("was judged", "was rated good and judged"),
        ],
    );
}

#[test]
fn tables_links_fields_and_controls_keep_their_form() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p(&run("", text)));
    let table = format!(
        "<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
        cell("Leadership"),
        cell("Requires improvement")
    );
    check_docx(&table, &["Requires", "improvement", "Leadership"]);
    let link = format!(
        "<w:hyperlink r:id=\"x\" xmlns:r=\"urn:r\">{}</w:hyperlink>",
        run("", "the last report")
    );
    check_docx(
        &p(&[run("", "See "), link, run("", " of 2023.")].concat()),
        &["last report of", "report"],
    );
    let control = format!(
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        run("", "12 March 2024")
    );
    let field = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>X</w:instrText></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>table 4</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    check_docx(
        &p(&[run("", "On "), control, run("", " as "), field.to_owned()].concat()),
        &["March 2024 as", "table"],
    );
    // The number of an item is not in the file: what stands after it is anchored.
    let item = format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>{}</w:p>",
        run("", "Train all staff.")
    );
    check_word(
        &item,
        "",
        Tracked::Accepted,
        &[("1.", "Train all staff."), ("1.\tTrain", "Train")],
    );
}

#[test]
fn what_word_cannot_annotate_is_annotated_where_it_is_anchored() {
    let note = format!(
        "<w:footnote w:id=\"2\">{}</w:footnote>",
        p(&run("", "They saw 12 of 40 files."))
    );
    let body =
        p("<w:r><w:t>As seen</w:t><w:footnoteReference w:id=\"2\"/><w:t> in spring.</w:t></w:r>");
    let bytes = docx(&body, &note);
    let document = check_word(
        &body,
        &note,
        Tracked::Accepted,
        &[("12 of 40", ""), ("in spring", "in spring")],
    );
    assert!(document.contains("<w:commentRangeStart w:id=\"0\"/><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:commentRangeEnd"), "{document}");
    let comments = &annotated(&bytes, Tracked::Accepted, &["12 of 40"])["word/comments.xml"];
    assert!(comments.contains("On the words “12 of 40”:"), "{comments}");

    let inner = format!(
        "<w:txbxContent>{}</w:txbxContent>",
        p(&run("", "Rated good"))
    );
    let boxed = format!(
        "<w:r><mc:AlternateContent><mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent></w:r>"
    );
    let body = p(&[run("", "Before"), boxed, run("", "after.")].concat());
    check_word(
        &body,
        "",
        Tracked::Accepted,
        &[("Rated", "Rated goodRated good"), ("fore", "fore")],
    );

    let formula = "<m:oMath><m:r><m:t>33/60</m:t></m:r></m:oMath>";
    check_word(
        &p(&[run("", "This is "), formula.to_owned()].concat()),
        "",
        Tracked::Accepted,
        &[("60", "33/60"), ("This", "This")],
    );
}

#[test]
fn comments_of_people_stay() {
    let marks = |id: u8, text: &str| {
        format!(
            "<w:commentRangeStart w:id=\"{id}\"/>{}<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>",
            run("", text)
        )
    };
    let said = |id: u8, author: &str, text: &str| {
        format!(
            "<w:comment w:id=\"{id}\" w:author=\"{author}\">{}</w:comment>",
            p(&run("", text))
        )
    };
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/comments.xml\" ContentType=\"x\"/></Types>";
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"c\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" Target=\"comments.xml\"/></Relationships>";
    let body = p(&[
        marks(3, "Care was"),
        run("", " rated good "),
        marks(4, "in 2024."),
    ]
    .concat());
    let document = word_part("document", &format!("<w:body>{body}</w:body>"));
    let comments = [
        said(3, "Ann", "Ann: sure?"),
        said(4, "Assize", "A person of that name."),
    ]
    .concat();
    let bytes = archive(&[
        ("[Content_Types].xml", types),
        ("word/_rels/document.xml.rels", relations),
        ("word/document.xml", &document),
        ("word/comments.xml", &word_part("comments", &comments)),
        ("docProps/thumbnail.jpeg", "picture"),
    ]);
    let parts = annotated(&bytes, Tracked::Accepted, &["was rated", "good in 2024"]);
    assert_eq!(parts["[Content_Types].xml"], types);
    assert_eq!(parts["word/_rels/document.xml.rels"], relations);
    let comments = &parts["word/comments.xml"];
    assert!(comments.contains("sure?") && comments.contains("A person of that name."));
    assert!(
        comments.contains("w:id=\"5\" w:author=\"Assize\"")
            && comments.contains("w:id=\"6\" w:author=\"Assize\"")
    );
    let anchored = words_between(
        &parts["word/document.xml"],
        "<w:commentRangeStart w:id=\"",
        "<w:commentRangeEnd w:id=\"",
    );
    assert_eq!(
        anchored,
        ["Care was", "was rated", "good in 2024", "in 2024."]
    );
}

#[test]
fn files_with_other_prefixes_and_without_lists_of_parts_are_annotated() {
    let document = "<document xmlns=\"http://purl.oclc.org/ooxml/wordprocessingml/main\" xmlns:a=\"http://purl.oclc.org/ooxml/wordprocessingml/main\">\
                    <body><p><r><t>Care was rated good.</t></r></p></body></document>";
    let types = "<?xml version=\"1.0\"?><c:Types xmlns:c=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let bytes = archive(&[
        ("[Content_Types].xml", types),
        ("word/document.xml", document),
    ]);
    let parts = annotated(&bytes, Tracked::Accepted, &["rated good"]);
    let text = &parts["word/document.xml"];
    well_formed(text);
    assert!(text.contains("</t></r><w:commentRangeStart xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\" w:id=\"0\"/><r><t xml:space=\"preserve\">rated good"), "{text}");
    assert!(parts["[Content_Types].xml"].ends_with("comments+xml\"/></c:Types>"));
    assert!(parts["word/_rels/document.xml.rels"].contains("Target=\"comments.xml\""));
    assert!(
        parts["word/comments.xml"].contains("<w:comments xmlns:w=\"http://purl.oclc.org/ooxml")
    );
}

#[track_caller]
fn check_odt(body: &str, tracked: Tracked, cases: &[(&str, &str)]) -> String {
    let phrases: Vec<&str> = cases.iter().map(|(phrase, _)| *phrase).collect();
    let content = &annotated(&odt(body), tracked, &phrases)["content.xml"];
    well_formed(content);
    // Nothing but what was inserted is new.
    let mut left = content.clone();
    while let Some(start) = left.find("<office:annotation ") {
        let end = left.find("</office:annotation>").expect("its end");
        left.replace_range(start..end + "</office:annotation>".len(), "");
    }
    while let Some(start) = left.find("<office:annotation-end ") {
        let end = start + left[start..].find("/>").expect("its end");
        left.replace_range(start..end + 2, "");
    }
    assert_eq!(left, parts(&odt(body))["content.xml"]);
    let start = "office:name=\"assize-";
    let mut found: Vec<_> = words_between(
        content,
        &format!("<office:annotation xmlns:dc=\"http://purl.org/dc/elements/1.1/\" {start}"),
        start,
    )
    .iter()
    .map(|words| {
        words
            .split_once("rule-id] (Assize ")
            .map_or(words.as_str(), |(_, rest)| &rest[2..])
            .to_owned()
    })
    .collect();
    let mut expected: Vec<_> = cases.iter().map(|(_, words)| (*words).to_owned()).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "{content}");
    content.clone()
}

#[test]
fn words_of_opendocument_files_are_anchored_within_paragraphs() {
    let body = "<text:p>Care  was\n <text:span text:style-name=\"B\">rated</text:span> good<text:tab/>in<text:s/> 2024 &amp; “later”<text:line-break/>日本.</text:p>";
    for cases in [
        &[("rated good", "rated good")][..],
        &[
            ("Care", "Care"),
            ("was rated", "was\n rated"),
            ("Care was", "Care  was"),
        ],
        &[
            ("good\tin", "good\tin"),
            ("\t", "\t"),
            ("in  2024 &", "in  2024 &"),
        ],
        &[
            ("later”\u{2028}日", "later”\u{2028}日"),
            ("本", "本"),
            ("”", "”"),
        ],
    ] {
        check_odt(body, Tracked::Accepted, cases);
    }
    let table = "<table:table><table:table-row><table:table-cell><text:p>Leadership</text:p></table:table-cell><table:table-cell><text:p>Good in part</text:p></table:table-cell></table:table-row></table:table>";
    check_odt(
        table,
        Tracked::Accepted,
        &[("Good", "Good"), ("Leadership", "Leadership")],
    );
    let note = "<text:p>As seen<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>In 12 of 40 files.</text:p></text:note-body></text:note> in spring.</text:p>";
    check_odt(
        note,
        Tracked::Accepted,
        &[("12 of 40", "12 of 40"), ("seen", "seen")],
    );
    let list = "<text:list text:style-name=\"N\"><text:list-item><text:p>Train all staff.</text:p></text:list-item></text:list>";
    check_odt(list, Tracked::Accepted, &[("1.", "Train all staff.")]);
    let shape = "<text:p>Before <draw:custom-shape><text:p>Rated good</text:p></draw:custom-shape> after.</text:p>";
    check_odt(
        shape,
        Tracked::Accepted,
        &[("good", "Rated good"), ("fore", "fore")],
    );
    let frame = "<text:p>Before <draw:frame><draw:text-box><text:p>Rated good</text:p></draw:text-box></draw:frame> after.</text:p>";
    check_odt(frame, Tracked::Accepted, &[("good", "good")]);
}

#[test]
fn tracked_changes_of_opendocument_files_stay() {
    let body = "<text:tracked-changes><text:changed-region text:id=\"a\"><text:insertion/></text:changed-region>\
                <text:changed-region text:id=\"b\"><text:deletion><text:p>judged poor</text:p></text:deletion></text:changed-region></text:tracked-changes>\
                <text:p>Care was <text:change-start text:change-id=\"a\"/>rated good<text:change-end text:change-id=\"a\"/><text:change text:change-id=\"b\"/> and kind.</text:p>";
    check_odt(
        body,
        Tracked::Accepted,
        &[
            ("was rated good and", "was rated good and"),
            ("good", "good"),
        ],
    );
    // What was deleted stands where it was.
    check_odt(body, Tracked::Original, &[("poor", ""), ("kind", "kind")]);
}

#[test]
fn annotations_of_people_stay() {
    let body = "<text:p>Care was <office:annotation office:name=\"x\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:creator>Ann</dc:creator><text:p>error[a] (Assize 1)</text:p></office:annotation>rated good<office:annotation-end office:name=\"x\"/>.</text:p>";
    let parts = annotated_keeping(&odt(body), &["was rated"]);
    let content = &parts["content.xml"];
    assert!(
        content.contains("<dc:creator>Ann</dc:creator>")
            && content.contains("office:annotation-end office:name=\"x\"")
    );
    assert_eq!(
        content.matches("<dc:creator>Assize</dc:creator>").count(),
        1
    );
}

/// As [`annotated`], where a comment of a person reads like one of this program.
fn annotated_keeping(bytes: &[u8], phrases: &[&str]) -> BTreeMap<String, String> {
    let (file, format) = open(bytes, Tracked::Accepted);
    let notes = notes(&file, phrases);
    let annotate = |bytes: &[u8]| {
        annotate::annotate(&file, format, bytes, Tracked::Accepted, &notes)
            .expect("an annotated file")
    };
    let once = annotate(bytes);
    assert!(annotate(&once) == once, "a second run gives the same bytes");
    parts(&once)
}

#[test]
fn each_place_of_a_diagnostic_has_a_comment_and_the_second_points_to_the_first() {
    let body = [p(&run("", "Care was good.")), p(&run("", "Care was poor."))].concat();
    let (file, _) = open(&docx(&body, ""), Tracked::Accepted);
    let mut sources = Sources::new();
    let here = sources.add(file);
    let other = sources.add(SourceFile::new("press.md", "\nCare was fair.\n"));
    let mut found = Diagnostic::error(
        "rating-two-values",
        "care is rated good here and poor there",
    )
    .at(here, Span::new(0, 4), "good")
    .at(here, Span::new(15, 19), "poor")
    .at(other, Span::new(1, 5), "fair")
    .help("Make both agree.")
    .severity(Severity::Warning);
    found.working = Some("good ≠ poor".to_owned());
    let elsewhere = Diagnostic::error("b", "only in the other file").at(other, Span::new(1, 5), "");
    let diagnostics = [elsewhere, found];
    let notes = annotate::notes(&diagnostics, here, &sources);
    let lines: Vec<_> = notes.iter().map(|note| note.lines.join(" | ")).collect();
    assert_eq!(
        lines,
        [
            "care is rated good here and poor there | good ≠ poor | Make both agree. | Other place: paragraph 2: poor | \
         Other place: press.md, line 2: fair | warning[rating-two-values] (Assize 1)",
            "poor – see the comment Assize 1 in paragraph 1: care is rated good here and poor there | \
         warning[rating-two-values] (Assize 1, place 2)",
        ]
    );
    let there = annotate::notes(&diagnostics, other, &sources);
    assert_eq!(there.len(), 2);
    assert!(
        there[1]
            .lines
            .contains(&"Other place: draft, paragraph 1: good".to_owned())
    );
}

#[test]
fn what_is_no_longer_the_file_that_was_checked_is_refused() {
    let good = docx(&p(&run("", "Care was good.")), "");
    let (file, format) = open(&good, Tracked::Accepted);
    let notes = notes(&file, &["good"]);
    let refused = |bytes: &[u8], format| {
        let written = annotate::annotate(&file, format, bytes, Tracked::Accepted, &notes);
        written.expect_err("no file").message
    };
    let other = docx(&p(&run("", "Care was poor.")), "");
    assert_eq!(
        refused(&other, format),
        "draft: the file was changed while it was checked"
    );
    assert!(refused(b"PK\x03\x04 and no more", format).starts_with("draft: the file is damaged"));
    assert_eq!(
        refused(&good, Format::Markdown),
        "draft: Markdown is not annotated"
    );
    for end in 0..good.len() {
        let _ = annotate::annotate(&file, format, &good[..end], Tracked::Accepted, &notes);
    }
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 0x55;
        let _ = annotate::annotate(&file, format, &bad, Tracked::Accepted, &notes);
    }
}

#[cfg(feature = "pdf")]
mod pdf {
    use std::fmt::Write;

    use super::*;
    use crate::packages::pdf::{Page, pdf};

    /// How a file lists its objects.
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Table {
        Plain,
        /// In a stream, and the page in a stream of objects.
        Stream,
    }

    /// A file with one page, of which the dictionary is this, with text at a place.
    fn file(table: Table, page: &str, text: &str) -> Vec<u8> {
        let page = format!(
            "<< /Type /Page /Parent 2 0 R {page} /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>"
        );
        let stream = |dictionary: &str, content: &str| {
            format!(
                "<< {dictionary} /Length {} >>\nstream\n{content}\nendstream",
                content.len()
            )
        };
        let mut objects = vec![
            (1, "<< /Type /Catalog /Pages 2 0 R >>".to_owned()),
            (2, "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 600 800] >>".to_owned()),
            (4, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned()),
            (5, stream("", text)),
            (6, "<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /T (Ann) /Contents (mine) /NM (assize-1) >>".to_owned()),
        ];
        match table {
            Table::Plain => objects.push((3, page)),
            Table::Stream => objects.push((
                7,
                stream("/Type /ObjStm /N 1 /First 4", &format!("3 0 {page}")),
            )),
        }
        let mut file = "%PDF-1.5\n".to_owned();
        let mut places = [0; 9];
        for (number, object) in &objects {
            places[*number] = file.len();
            let _ = write!(file, "{number} 0 obj\n{object}\nendobj\n");
        }
        let start = file.len();
        match table {
            Table::Plain => {
                let _ = write!(file, "xref\n0 7\n0000000000 65535 f \n");
                for place in &places[1..7] {
                    let _ = writeln!(file, "{place:010} 00000 n ");
                }
                file.push_str("trailer\n<< /Size 7 /Root 1 0 R /ID [<00> <00>] >>\n");
            }
            Table::Stream => {
                places[8] = start;
                // Digits of a base that needs no bytes beyond those of letters.
                let mut list = "000000".to_owned();
                for (number, place) in places.iter().enumerate().skip(1) {
                    let entry = if number == 3 {
                        (2, 7, 0)
                    } else {
                        (1, *place, 0)
                    };
                    let _ = write!(list, "{:02x}{:04x}{:02x}", entry.0, entry.1, entry.2);
                }
                list.insert_str(6, "00");
                let dictionary =
                    "/Type /XRef /Size 9 /W [1 2 1] /Root 1 0 R /Filter /ASCIIHexDecode";
                let _ = write!(
                    file,
                    "8 0 obj\n{}\nendobj\n",
                    stream(dictionary, &format!("{list}>"))
                );
            }
        }
        let _ = write!(file, "startxref\n{start}\n%%EOF");
        file.into_bytes()
    }

    /// Annotates phrases; the file before stays as it is, and doing it again gives the same bytes.
    #[track_caller]
    fn annotated(bytes: &[u8], phrases: &[&str]) -> String {
        let (file, format) = open(bytes, Tracked::Accepted);
        assert_eq!(format, Format::Pdf);
        let annotate = |bytes: &[u8], phrases: &[&str]| {
            let notes = notes(&file, phrases);
            annotate::annotate(&file, format, bytes, Tracked::Accepted, &notes)
                .expect("an annotated file")
        };
        let once = annotate(bytes, phrases);
        assert!(once.starts_with(bytes), "the file before stays");
        assert_eq!(open(&once, Tracked::Accepted).0.text(), file.text());
        assert!(
            annotate(&once, phrases) == once,
            "a second run gives the same bytes"
        );
        assert!(
            annotate(&once, &[]) == bytes,
            "a run without problems gives the file before"
        );
        // Another program added to the file in the meantime.
        let mut saved = once.clone();
        saved.extend_from_slice(&once[once.len() - 30..]);
        let start = String::from_utf8_lossy(&once)
            .rfind("startxref")
            .expect("the end");
        saved.truncate(once.len());
        saved.extend_from_slice(&once[start..]);
        let again = annotate(&saved, phrases);
        assert_eq!(
            highlights(&again, &once),
            phrases.len(),
            "old highlights are taken out"
        );
        String::from_utf8_lossy(&once[bytes.len()..]).into_owned()
    }

    /// Annotations of this program that the pages list which were added since.
    fn highlights(bytes: &[u8], before: &[u8]) -> usize {
        let added = String::from_utf8_lossy(&bytes[before.len()..]).into_owned();
        let lists = added.split("/Annots [").skip(1);
        let items = lists.flat_map(|rest| rest.split(']').next().unwrap_or_default().split(" R"));
        let items = items.filter(|item| !item.is_empty() && *item != "6 0");
        items.count()
    }

    const WORDS: &str = "BT /F1 10 Tf 1 0 0 1 72 700 Tm (Care was rated good in 2024.) Tj ET";

    #[test]
    fn words_of_pdfs_are_highlighted() {
        for table in [Table::Plain, Table::Stream] {
            let added = annotated(&super::pdf::file(table, "", WORDS), &["rated good"]);
            assert!(
                added.contains("/Annots [") && added.contains("/Subtype /Highlight"),
                "{added}"
            );
            assert!(
                added.contains("/T (Assize) /NM (assize-1) /Contents <FEFF201C0061201D"),
                "{added}"
            );
            let quad = quad(&added);
            assert!(
                quad[0] > 100.0
                    && quad[2] < 180.0
                    && (quad[1] - 708.0).abs() < 1.0
                    && (quad[5] - 697.5).abs() < 1.0,
                "{quad:?}"
            );
            // The annotation of a person stays, in a list of its own or in the page.
            let added = annotated(
                &super::pdf::file(table, "/Annots [ 6 0 R ]", WORDS),
                &["rated", "2024"],
            );
            assert!(
                added.contains("/Annots [6 0 R 8 0 R")
                    || added.contains("/Annots [6 0 R 7 0 R")
                    || added.contains("/Annots [6 0 R 9 0 R"),
                "{added}"
            );
        }
    }

    fn quad(added: &str) -> Vec<f64> {
        let (_, rest) = added.split_once("/QuadPoints [").expect("corners");
        let (numbers, _) = rest.split_once(']').expect("an end");
        numbers
            .split(' ')
            .map(|number| number.parse().expect("a number"))
            .collect()
    }

    #[test]
    fn pages_that_are_turned_or_cut_are_highlighted_where_the_words_are() {
        // The words go up the sheet, which is turned to be read.
        let turned = "BT /F1 10 Tf 0 1 -1 0 300 100 Tm (Care was rated good in 2024.) Tj ET";
        let added = annotated(
            &file(Table::Plain, "/Rotate 90 /CropBox [50 50 550 750]", turned),
            &["rated good"],
        );
        let quad = quad(&added);
        // From left to right is upwards, from top to bottom to the right.
        assert!(
            quad[3] > quad[1] + 30.0
                && (quad[0] - 292.0).abs() < 1.0
                && (quad[4] - 302.5).abs() < 1.0,
            "{quad:?}"
        );
        assert!(quad[1] > 130.0 && quad[3] < 200.0, "{quad:?}");
    }

    #[test]
    fn words_over_lines_and_pages_have_several_rectangles() {
        let mut page = Page::default();
        page.text(
            72.0,
            90.0,
            10.0,
            false,
            "The service for people in the north of the county was found",
        );
        page.text(
            72.0,
            102.0,
            10.0,
            false,
            "to be good, and its leaders knew what they had to do next.",
        );
        let bytes = pdf(&[
            page.clone(),
            Page::default()
                .text(72.0, 90.0, 10.0, false, "More was to be done.")
                .clone(),
        ]);
        let (file, _) = open(&bytes, Tracked::Accepted);
        let phrase = &file.text()[file.text().find("found").expect("a word")
            ..file.text().find("good").expect("a word") + 4];
        let added = annotated(&bytes, &[phrase, "More"]);
        assert_eq!(quad(&added).len(), 16);
        assert_eq!(added.matches("/Annots [").count(), 2);
    }

    #[test]
    fn what_nothing_can_be_added_to_is_refused() {
        let bytes = file(Table::Plain, "", WORDS);
        let (file, format) = open(&bytes, Tracked::Accepted);
        let notes = notes(&file, &["rated good"]);
        let annotate =
            |bytes: &[u8]| annotate::annotate(&file, format, bytes, Tracked::Accepted, &notes);
        let text = String::from_utf8(bytes.clone()).expect("letters");
        let refused = |from: &str, to: &str| {
            let bytes = text.replace(from, to).into_bytes();
            annotate(&bytes).expect_err("no file").message
        };
        assert!(refused("startxref\n", "startxref\n1").contains("its table of objects is damaged"));
        assert!(refused("/Size 7", "/Sise 7").contains("its table of objects is damaged"));
        assert_eq!(
            refused("rated good", "rated poor"),
            "draft: the file was changed while it was checked"
        );
        for end in 0..bytes.len() {
            let _ = annotate(&bytes[..end]);
        }
        for at in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[at] ^= 0x15;
            let _ = annotate(&bad);
        }
    }
}
