//! How Word documents are read.

mod blocks;
mod packages;

use assize::{
    document::{self, Document, Tracked},
    source::SourceFile,
    span::Span,
};
use blocks::blocks;
use packages::{archive, docx, docx_encoded, utf16, word_part};

fn open(body: &str, footnotes: &str, tracked: Tracked) -> (SourceFile, Document) {
    let opened = document::open("draft.docx", docx(body, footnotes), tracked);
    let (file, format) = opened.expect("a Word document");
    let document = document::read(&file, format);
    (file, document)
}

#[track_caller]
fn check(body: &str, expected: &[&str]) {
    let (_, document) = open(body, "", Tracked::Accepted);
    assert_eq!(blocks(&document), expected, "\n{body}");
}

/// A paragraph with these properties and this text.
fn p(properties: &str, text: &str) -> String {
    format!(
        "<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
    )
}

fn styled(style: &str, text: &str) -> String {
    p(&format!("<w:pStyle w:val=\"{style}\"/>"), text)
}

fn item(list: u8, level: u8, text: &str) -> String {
    p(
        &format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"),
        text,
    )
}

fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p("", text))
}

#[test]
fn parts_may_be_in_utf_16() {
    let body = [styled("H1", "Équipe 𝄞"), p("", "Care was “good”.")].concat();
    let open = |bytes| document::open("draft.docx", bytes, Tracked::Accepted);
    let (expected, _) = open(docx(&body, "")).expect("a Word document");
    let swapped = |unit: u16| unit.to_be_bytes();
    for (unit, mark) in [
        (u16::to_le_bytes as fn(u16) -> [u8; 2], true),
        (u16::to_le_bytes, false),
        (swapped, true),
        (swapped, false),
    ] {
        let bytes = docx_encoded(&body, "", |text| utf16(text, unit, mark));
        let (file, _) = open(bytes).expect("a Word document");
        assert_eq!(file.text(), expected.text());
    }
    let cut = docx_encoded(&body, "", |text| {
        let mut bytes = utf16(text, u16::to_le_bytes, true);
        bytes.pop();
        bytes
    });
    let problem = open(cut).expect_err("half a letter");
    assert!(
        problem.message.contains("it is no whole UTF-16 text"),
        "{}",
        problem.message
    );
}

#[test]
fn styles_tell_headings() {
    check(
        &[
            styled("H1", "Report"),
            styled("H2", "Care"),
            p("", "Care was good."),
            styled("Section", "Staff"),
            p("<w:outlineLvl w:val=\"2\"/>", "Training"),
            styled("Quote", "They are kind."),
            styled("Caption", "Grades"),
        ]
        .concat(),
        &[
            "1# Report",
            "2# Care",
            "p Care was good.",
            "2# Staff",
            "3# Training",
            "> They are kind.",
            "c Grades",
        ],
    );
    check(
        &[
            styled("Titel", "Report"),
            styled("H1", "Care"),
            styled("H2", "Staff"),
        ]
        .concat(),
        &["1# Report", "2# Care", "3# Staff"],
    );
    check(
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Report</w:t></w:r></w:p><w:p><w:r><w:rPr><w:b w:val=\"0\"/></w:rPr><w:t>Good</w:t></w:r></w:p>",
        &["1# Report", "p Good"],
    );
}

#[test]
fn numbers_are_counted() {
    check(
        &[
            item(1, 0, "One"),
            item(1, 1, "Under one"),
            item(1, 1, "More"),
            item(1, 2, "Deep"),
            item(1, 0, "Two"),
            item(1, 1, "Under two"),
            item(4, 0, "Five"),
            p("", "Text."),
            item(4, 0, "Six"),
        ]
        .concat(),
        &[
            "0.0 [1] One",
            "1.1 [a] Under one",
            "1.1 [b] More",
            "2.2 [1.2.1] Deep",
            "0.0 [2] Two",
            "3.1 [a] Under two",
            "0.0 [5] Five",
            "p Text.",
            "0.0 [6] Six",
        ],
    );
    check(
        &[
            item(2, 0, "One"),
            item(2, 0, "Two"),
            styled("Steps", "Look"),
            styled("Steps", "Act"),
        ]
        .concat(),
        &[
            "0.0 [] One",
            "0.0 [] Two",
            "p Step A: Look",
            "p Step B: Act",
        ],
    );
    check(
        &p(
            "<w:pStyle w:val=\"Steps\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>",
            "Look",
        ),
        &["p Look"],
    );
    let heading = "<w:pStyle w:val=\"H1\"/><w:numPr><w:numId w:val=\"1\"/></w:numPr>";
    check(&p(heading, "Care"), &["1# 1. Care"]);
}

#[test]
fn tables_have_spans_and_heads() {
    let row = |properties: &str, cells: &[String]| {
        format!(
            "<w:tr><w:trPr>{properties}</w:trPr>{}</w:tr>",
            cells.concat()
        )
    };
    let table = |properties: &str, rows: &[String]| {
        format!(
            "<w:tbl><w:tblPr>{properties}</w:tblPr>{}</w:tbl>",
            rows.concat()
        )
    };
    let head = row(
        "<w:tblHeader/>",
        &[cell("", "Area"), cell("", "2022"), cell("", "2023")],
    );
    check(
        &table(
            "",
            &[
                head,
                row(
                    "",
                    &[
                        cell("<w:vMerge w:val=\"restart\"/>", "Care"),
                        cell("<w:gridSpan w:val=\"2\"/>", "Good"),
                    ],
                ),
                row("", &[cell("<w:vMerge/>", ""), cell("", "1"), cell("", "2")]),
                row(
                    "<w:gridBefore w:val=\"1\"/>",
                    &[cell("", "3"), cell("", "4")],
                ),
                row("<w:del/>", &[cell("", "old"), cell("", "old")]),
            ],
        ),
        &[
            "‖ Area | 2022 | 2023 ‖",
            "| Care | Good |  |",
            "| Care | 1 | 2 |",
            "|  | 3 | 4 |",
        ],
    );
    let plain = [
        row("", &[cell("", "Area"), cell("", "Grade")]),
        row("", &[cell("", "Care"), cell("", "Good")]),
    ];
    check(&table("", &plain), &["| Area | Grade |", "| Care | Good |"]);
    let styled = "<w:tblStyle w:val=\"Grid\"/><w:tblLook w:val=\"04A0\"/>";
    check(
        &table(styled, &plain),
        &["‖ Area | Grade ‖", "| Care | Good |"],
    );
    let bold = |text: &str| {
        format!("<w:tc><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    check(
        &table(
            "",
            &[
                row("", &[bold("Area"), bold("Grade")]),
                row("", &[cell("", "Care"), cell("", "Good")]),
            ],
        ),
        &["‖ Area | Grade ‖", "| Care | Good |"],
    );
    let inner = format!("<w:tc>{}{}</w:tc>", table("", &plain), p("", "after"));
    check(
        &table("", &[row("", &[cell("", "A"), inner])]),
        &["| A | Area Grade Care Good after |"],
    );
}

#[test]
fn notes_and_boxes_stand_after_the_text() {
    let note = "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
        <w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>First note.</w:t></w:r></w:p></w:footnote>\
        <w:footnote w:id=\"1\"><w:p><w:r><w:t>Second note.</w:t></w:r></w:p></w:footnote>";
    let body = "<w:p><w:r><w:t>Care</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:t> is good.</w:t></w:r></w:p>\
        <w:p><w:r><w:t>It is kind.</w:t><w:footnoteReference w:id=\"1\"/></w:r></w:p>";
    let (file, document) = open(body, note, Tracked::Accepted);
    assert_eq!(
        blocks(&document),
        [
            "p Care is good.",
            "p It is kind.",
            "p First note.",
            "p Second note."
        ]
    );
    let at = document.text.find("Second").expect("in the text");
    let span = document.map.to_source(Span::new(at, at + 6));
    assert_eq!(file.place(span).expect("a place").to_string(), "note 2");
    check(
        "<w:p><w:r><w:t>Before, </w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>\
         <w:r><w:t>after.</w:t></w:r></w:p><w:p><w:r><w:t>Next.</w:t></w:r></w:p>",
        &["p Before, after.", "p In the box.", "p Next."],
    );
}

#[test]
fn of_fields_and_links_the_shown_text_is_read() {
    let run = |inside: &str| format!("<w:r>{inside}</w:r>");
    let body = [
        "<w:p>".to_owned(),
        run("<w:t xml:space=\"preserve\">On </w:t>"),
        run("<w:fldChar w:fldCharType=\"begin\"/>"),
        run("<w:instrText>DATE \\@ \"d MMMM\"</w:instrText><w:t>hidden code</w:t>"),
        run("<w:fldChar w:fldCharType=\"separate\"/>"),
        run("<w:t>3 May</w:t>"),
        run("<w:fldChar w:fldCharType=\"end\"/>"),
        "<w:hyperlink><w:r><w:t>, see this</w:t></w:r></w:hyperlink>".to_owned(),
        "<w:fldSimple w:instr=\"AUTHOR\"><w:r><w:t>, Ann</w:t></w:r></w:fldSimple>".to_owned(),
        run("<w:rPr><w:vanish/></w:rPr><w:t>not shown</w:t>"),
        run("<w:rPr><w:rStyle w:val=\"Secret\"/></w:rPr><w:t>not shown</w:t>"),
        run("<w:rPr><w:strike/></w:rPr><w:t>struck</w:t>"),
        run(
            "<w:commentReference w:id=\"1\"/><w:t>, A&amp;E</w:t><w:tab/><w:t>&#163;5</w:t><w:noBreakHyphen/><w:t>6</w:t>",
        ),
        run("<w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>3</w:t>"),
        run("<w:t>.</w:t><w:br/><w:t>Next line</w:t>"),
        "</w:p>".to_owned(),
    ];
    check(
        &body.concat(),
        &["p On 3 May, see this, Ann, A&E £5-6./Next line"],
    );
    check(
        &[styled("TOC1", "Care 4"), styled("H1", "Care")].concat(),
        &["1# Care"],
    );
    let control = |gallery: &str| {
        format!(
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"{gallery}\"/></w:docPartObj></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
            p("", "Care 4")
        )
    };
    check(
        &[control("Table of Contents"), styled("H1", "Care")].concat(),
        &["1# Care"],
    );
    check(
        &[control("Cover Pages"), styled("H1", "Care")].concat(),
        &["p Care 4", "1# Care"],
    );
}

#[test]
fn either_side_of_tracked_changes_is_read() {
    let body = "<w:p><w:r><w:t xml:space=\"preserve\">Care is </w:t></w:r><w:del><w:r><w:delText>poor</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>good</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">One, </w:t></w:r></w:p><w:p><w:r><w:t>two.</w:t></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:ins/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">Three, </w:t></w:r></w:p><w:p><w:r><w:t>four.</w:t></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del></w:p><w:p><w:pPr><w:pStyle w:val=\"H1\"/></w:pPr><w:r><w:t>Kept</w:t></w:r></w:p>";
    let read = |tracked| blocks(&open(body, "", tracked).1);
    assert_eq!(
        read(Tracked::Accepted),
        [
            "p Care is good.",
            "p One, two.",
            "p Three, ",
            "p four.",
            "1# Kept"
        ]
        .map(str::trim_end)
    );
    assert_eq!(
        read(Tracked::Original),
        [
            "p Care is poor.",
            "p One, ",
            "p two.",
            "p Three, four.",
            "p Gone.",
            "1# Kept"
        ]
        .map(str::trim_end)
    );
}

#[test]
fn places_are_paragraphs_under_headings() {
    let body = [
        styled("H1", "Report"),
        "<w:p/>".to_owned(),
        styled("H2", "Care"),
        p("", "Care was good."),
    ]
    .concat();
    let (file, document) = open(&body, "", Tracked::Accepted);
    let at = document.text.find("good").expect("in the text");
    let span = document.map.to_source(Span::new(at, at + 4));
    assert_eq!(file.text_of(span), "good");
    let place = file.place(span).expect("a place");
    assert_eq!(place.to_string(), "paragraph 4");
    assert_eq!(place.headings, ["Report", "Care"]);
    assert_eq!(file.line_column(span.start).line, 4);
}

#[test]
fn prefixes_do_not_matter() {
    let part = word_part("document", &format!("<w:body>{}</w:body>", p("", "Text.")));
    let part = part.replace("w:", "ns0:").replace("xmlns:ns0:", "xmlns:");
    let part = part.replace("xmlns:w=", "xmlns:ns0=");
    let bytes = archive(&[("word/document.xml", &part)]);
    let (file, format) = document::open("a", bytes, Tracked::Accepted).expect("a Word document");
    assert_eq!(blocks(&document::read(&file, format)), ["p Text."]);
}
