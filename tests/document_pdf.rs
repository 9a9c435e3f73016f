//! How PDFs are read.
#![cfg(feature = "pdf")]

mod blocks;
mod packages;

use assize::{
    document::{self, Document, Format, Tracked},
    source::SourceFile,
    span::Span,
};
use blocks::blocks;
use packages::pdf::{Page, Typesetter, pdf};

fn open(bytes: Vec<u8>) -> (SourceFile, Document) {
    let (file, format) = document::open("report.pdf", bytes, Tracked::Accepted).expect("a PDF");
    assert_eq!(format, Format::Pdf);
    let document = document::read(&file, format);
    (file, document)
}

#[track_caller]
fn check(bytes: Vec<u8>, expected: &[&str]) {
    let (file, document) = open(bytes);
    assert_eq!(blocks(&document), expected, "\n{}", file.text());
}

fn page(draw: impl FnOnce(&mut Page)) -> Vec<u8> {
    let mut page = Page::default();
    draw(&mut page);
    pdf(&[page])
}

const PROSE: &str = "Inspectors visited the home in May and found that care was kind and that people were treated with respect by \
    the staff who looked after them on most days of the week.";

#[test]
fn headings_are_told_by_their_size() {
    let mut set = Typesetter::new();
    set.paragraph(0.0, 20.0, true, "Report on Ashby");
    set.paragraph(0.0, 14.0, false, "What we found");
    set.paragraph(0.0, 10.0, false, PROSE);
    set.paragraph(0.0, 12.0, false, "Care");
    set.paragraph(0.0, 10.0, false, PROSE);
    set.paragraph(0.0, 10.0, true, "Staff");
    set.paragraph(0.0, 10.0, false, "Staff were few.");
    set.paragraph(0.0, 14.0, false, "What next");
    let p = format!("p {PROSE}");
    check(
        set.finish(""),
        &[
            "1# Report on Ashby",
            "2# What we found",
            &p,
            "3# Care",
            &p,
            "4# Staff",
            "p Staff were few.",
            "2# What next",
        ],
    );
}

#[test]
fn items_have_markers() {
    let mut set = Typesetter::new();
    set.paragraph(0.0, 10.0, false, "The home must:");
    set.item("1.", PROSE)
        .item("2.", "Train staff.")
        .item("•", "Pay them.")
        .item("•", "Thank them.");
    set.paragraph(0.0, 10.0, false, "It is all.");
    let one = format!("0.0 [1] {PROSE}");
    check(
        set.finish(""),
        &[
            "p The home must:",
            &one,
            "0.0 [2] Train staff.",
            "1.1 [] Pay them.",
            "1.1 [] Thank them.",
            "p It is all.",
        ],
    );
    // Items without room between them, hanging.
    check(
        page(|page| {
            page.text(
                72.0,
                100.0,
                10.0,
                false,
                "• Care was good in every one of the homes that were visited this year, and in",
            )
            .text(80.0, 112.0, 10.0, false, "most of those before.")
            .text(72.0, 124.0, 10.0, false, "• Staff were kind.");
        }),
        &[
            "0.0 [] Care was good in every one of the homes that were visited this year, and in most of those before.",
            "0.0 [] Staff were kind.",
        ],
    );
}

#[test]
fn columns_are_read_one_after_the_other() {
    let words = |start: &str| format!("{start} {PROSE} {PROSE}");
    let mut set = Typesetter::new();
    set.paragraph(
        0.0,
        18.0,
        true,
        "A long title that stands over both of the columns",
    );
    let top = *set.base();
    set.right = 280.0;
    set.paragraph(0.0, 10.0, false, &words("Left one."))
        .paragraph(0.0, 10.0, false, &words("Left two."));
    *set.base() = top;
    (set.left, set.right) = (315.0, 523.0);
    set.paragraph(0.0, 10.0, false, &words("Right one."))
        .paragraph(0.0, 10.0, false, &words("Right two."));
    let p = |start: &str| format!("p {}", words(start));
    check(
        set.finish(""),
        &[
            "1# A long title that stands over both of the columns",
            &p("Left one."),
            &p("Left two."),
            &p("Right one."),
            &p("Right two."),
        ],
    );
    // Drawn line by line over both columns.
    check(
        page(|page| {
            for line in 0..4_u8 {
                let base = 100.0 + 12.0 * f32::from(line);
                page.text(
                    72.0,
                    base,
                    10.0,
                    false,
                    &format!("left line {line} goes on and on to"),
                )
                .text(
                    320.0,
                    base,
                    10.0,
                    false,
                    &format!("right line {line} goes on and on to"),
                );
            }
            page.text(72.0, 148.0, 10.0, false, "its end.")
                .text(320.0, 148.0, 10.0, false, "its end.");
        }),
        &[
            "p left line 0 goes on and on to left line 1 goes on and on to left line 2 goes on and on to left line 3 goes on and on to its end.",
            "p right line 0 goes on and on to right line 1 goes on and on to right line 2 goes on and on to right line 3 goes on and on to its end.",
        ],
    );
}

#[test]
fn rules_draw_tables() {
    let row = |cells: &[&str]| {
        cells
            .iter()
            .map(|cell| (*cell).to_owned())
            .collect::<Vec<String>>()
    };
    let mut set = Typesetter::new();
    set.paragraph(0.0, 10.0, false, PROSE);
    set.table(&[
        row(&["Area", "2022", "2023"]),
        row(&[
            "Care of people who live in the homes of the town",
            "Good",
            "Requires improvement in some of its parts and good in others",
        ]),
        row(&["Staff", "", "Good"]),
    ]);
    set.paragraph(0.0, 10.0, false, PROSE);
    let p = format!("p {PROSE}");
    check(
        set.finish(""),
        &[
            &p,
            "‖ Area | 2022 | 2023 ‖",
            "| Care of people who live in the homes of the town | Good | Requires improvement in some of its parts and good in others |",
            "| Staff |  | Good |",
            &p,
        ],
    );
    // A cell of two columns, and one of two rows.
    check(
        page(|page| {
            page.rule(72.0, 90.0, 372.0, 90.0)
                .rule(72.0, 110.0, 372.0, 110.0)
                .rule(172.0, 130.0, 372.0, 130.0)
                .rule(72.0, 150.0, 372.0, 150.0);
            page.rule(72.0, 90.0, 72.0, 150.0)
                .rule(172.0, 90.0, 172.0, 150.0)
                .rule(272.0, 110.0, 272.0, 150.0)
                .rule(372.0, 90.0, 372.0, 150.0);
            page.text(80.0, 104.0, 10.0, true, "Area").text(
                180.0,
                104.0,
                10.0,
                true,
                "Grade in 2022 and 2023",
            );
            page.text(80.0, 134.0, 10.0, false, "Care")
                .text(180.0, 124.0, 10.0, false, "Good")
                .text(280.0, 124.0, 10.0, false, "Poor");
            page.text(180.0, 144.0, 10.0, false, "A")
                .text(280.0, 144.0, 10.0, false, "B");
        }),
        &[
            "‖ Area | Grade in 2022 and 2023 |  ‖",
            "| Care | Good | Poor |",
            "| Care | A | B |",
        ],
    );
}

#[test]
fn tables_without_rules_stand_in_columns() {
    check(
        page(|page| {
            for (line, (area, before, now)) in (0_u8..).zip([
                ("Area", "2022", "2023"),
                ("Care", "Good", "Poor"),
                ("Staff training", "Poor", "Good"),
                ("Money", "Good", "Good"),
            ]) {
                let base = 100.0 + 16.0 * f32::from(line);
                page.text(72.0, base, 10.0, line == 0, area)
                    .text(250.0, base, 10.0, line == 0, before)
                    .text(350.0, base, 10.0, line == 0, now);
            }
            page.text(72.0, 200.0, 10.0, false, "It is the whole of it.");
        }),
        &[
            "‖ Area | 2022 | 2023 ‖",
            "| Care | Good | Poor |",
            "| Staff training | Poor | Good |",
            "| Money | Good | Good |",
            "p It is the whole of it.",
        ],
    );
}

#[test]
fn words_are_put_together() {
    check(
        page(|page| {
            page.text(72.0, 100.0, 10.0, false, "The inspec-")
                .text(72.0, 112.0, 10.0, false, "tors made a twelve-")
                .text(
                    72.0,
                    124.0,
                    10.0,
                    false,
                    "month plan and a ﬁnding. A twelve-month plan costs £5",
                );
            page.text(72.0, 136.0, 10.0, false, "and was “good” – so")
                .raw("1 0 0 1 0 0 cm")
                .text(165.0, 136.0, 10.0, false, "they say");
            page.text(207.0, 133.0, 6.0, false, "2")
                .text(211.0, 136.0, 10.0, false, ".");
        }),
        &[
            "p The inspectors made a twelve-month plan and a finding. A twelve-month plan costs £5 and was “good” – so they say.",
        ],
    );
    // Letters one by one, and drawn twice to make them bold.
    check(
        page(|page| {
            page.raw("BT /F1 10 Tf 1 0 0 1 72 700 Tm [(C) -20 (a) 30 (r) (e) -300 (is) -280 (good.)] TJ ET");
            page.raw("BT /F1 10 Tf 1 0 0 1 72.2 700 Tm [(C) -20 (a) 30 (r) (e) -300 (is) -280 (good.)] TJ ET");
        }),
        &["p Care is good."],
    );
}

#[test]
fn pages_all_of_whose_text_is_turned_are_read() {
    let lines = [
        "Inspectors visited the home in May and found that care",
        "was kind and that people were treated with respect by",
        "the staff who looked after them on most days.",
    ];
    let expected = format!("p {}", lines.join(" "));
    // The way of the letters, where the first line begins, how far the next is, and the box of the first word.
    let up = ("0 1 -1 0", (100.0, 80.0), (14.0, 0.0));
    let down = ("0 -1 1 0", (480.0, 760.0), (-14.0, 0.0));
    let back = ("-1 0 0 -1", (500.0, 300.0), (0.0, 14.0));
    let boxes = [
        [Some(92.0), None, Some(102.5), Some(762.0)],
        [Some(477.5), Some(82.0), Some(488.0), None],
        [None, Some(539.5), Some(500.0), Some(550.0)],
    ];
    for ((way, (x, y), (right, top)), bounds) in [up, down, back].into_iter().zip(boxes) {
        let mut drawn = Page::default();
        for (line, at) in lines.iter().zip([0.0, 1.0, 2.0]) {
            let (x, y): (f32, f32) = (x + right * at, y + top * at);
            drawn.raw(&format!("BT /F1 10 Tf {way} {x} {y} Tm ({line}) Tj ET"));
        }
        let stamp = "BT /F1 10 Tf 0.7 0.7 -0.7 0.7 300 300 Tm (Draft) Tj ET";
        drawn.raw(stamp).text(280.0, 820.0, 8.0, false, "4");
        let bytes = pdf(&[drawn]);
        let (file, document) = open(bytes);
        assert_eq!(blocks(&document), [expected.as_str()], "{way}");
        let place = file
            .place(Span::new(0, "Inspectors".len()))
            .expect("a place");
        let edges = place.bounds.expect("a box").edges();
        for (edge, bound) in edges.into_iter().zip(bounds) {
            let fits = bound.is_none_or(|bound: f64| (f64::from(edge) - bound).abs() < 1.0);
            assert!(fits, "{way}: {edges:?}, not {bounds:?}");
        }
    }
}

#[test]
fn a_page_with_little_text_that_is_turned_is_no_picture() {
    let bytes = page(|page| {
        page.raw("BT /F1 10 Tf 0 1 -1 0 20 80 Tm (Draft, not to be shown) Tj ET");
    });
    let problem = document::open("report.pdf", bytes, Tracked::Accepted).expect_err("no text");
    assert!(
        problem.message.contains("all text of the PDF is turned"),
        "{}",
        problem.message
    );
}

#[test]
fn a_part_that_is_damaged_is_told() {
    let whole = include_bytes!("office/police.pdf");
    let read = |bytes: Vec<u8>| document::open("report.pdf", bytes, Tracked::Accepted);
    let (expected, _) = read(whole.to_vec()).expect("a PDF");
    let starts = whole.windows(7).enumerate();
    let starts = starts.filter(|(_, window)| *window == b"stream\n" || *window == b"stream\r");
    let starts: Vec<usize> = starts.map(|(at, _)| at + 7).collect();
    let mut refused = 0;
    for start in &starts {
        let mut bytes = whole.to_vec();
        let Some(byte) = bytes.get_mut(start + 100) else {
            continue;
        };
        *byte ^= 4;
        match read(bytes) {
            Ok((file, _)) => assert_eq!(file.text(), expected.text()),
            Err(problem) => {
                // What is no stream any more is told in other words.
                let told = "a part of it cannot be unpacked";
                refused += usize::from(problem.message.contains(told));
            }
        }
    }
    assert!(refused > 2, "{refused} of {}", starts.len());
}

#[test]
fn page_furniture_is_left_out() {
    let mut set = Typesetter::new();
    for _ in 0..30 {
        set.paragraph(0.0, 10.0, false, PROSE);
    }
    let bytes = set.finish("Ashby Council: annual report");
    let (file, document) = open(bytes);
    assert!(
        blocks(&document)
            .iter()
            .all(|block| *block == format!("p {PROSE}")),
        "{}",
        file.text()
    );
    assert_eq!(document.blocks.len(), 30);
    // What a tagged PDF calls an artifact, and what is turned.
    check(
        page(|page| {
            page.raw("/Artifact BMC")
                .text(72.0, 400.0, 10.0, false, "DRAFT")
                .raw("EMC");
            page.raw("BT /F1 40 Tf 0.7 0.7 -0.7 0.7 100 300 Tm (STAMP) Tj ET");
            page.text(72.0, 100.0, 10.0, false, "Text.");
        }),
        &["p Text."],
    );
}

#[test]
fn paragraphs_go_on_after_pages_and_notes_stand_at_the_end() {
    let mut one = Page::default();
    one.text(
        72.0,
        700.0,
        10.0,
        false,
        "Care was good in most of the homes",
    );
    one.text(236.0, 697.0, 6.0, false, "1").text(
        242.0,
        700.0,
        10.0,
        false,
        "and staff, who were few,",
    );
    one.text(72.0, 770.0, 5.0, false, "1").text(
        76.0,
        773.0,
        8.0,
        false,
        "Homes that were open in May.",
    );
    let mut two = Page::default();
    two.text(72.0, 100.0, 10.0, false, "were kind to everybody.")
        .text(72.0, 130.0, 10.0, false, "The end.");
    let (file, document) = open(pdf(&[one, two]));
    assert_eq!(
        blocks(&document),
        [
            "p Care was good in most of the homes and staff, who were few, were kind to everybody.",
            "p The end.",
            "p Homes that were open in May.",
        ],
        "{}",
        file.text()
    );
    let place = |phrase: &str| {
        let at = document.text.find(phrase).expect("in the text");
        let span = document.map.to_source(Span::new(at, at + phrase.len()));
        assert_eq!(file.text_of(span), phrase);
        file.place(span).expect("a place")
    };
    assert_eq!(place("good").to_string(), "page 1");
    assert_eq!(place("kind").to_string(), "page 2");
    assert_eq!(place("open in May").to_string(), "page 1");
    let bounds = place("kind").bounds.expect("a rectangle");
    assert!(
        bounds.left > 90.0 && bounds.right < 130.0 && bounds.top > 88.0 && bounds.bottom < 104.0,
        "{bounds:?}"
    );
}

#[test]
fn lists_of_contents_are_left_out() {
    let dots = ".".repeat(60);
    let entry = |name: &str, number: u8| format!("{name} {dots} {number}");
    let mut set = Typesetter::new();
    set.paragraph(0.0, 14.0, true, "Contents");
    for (name, number) in [("Summary", 1), ("Care", 2), ("Staff and leaders", 9)] {
        set.paragraph(0.0, 10.0, false, &entry(name, number));
    }
    set.paragraph(0.0, 14.0, true, "Summary");
    set.paragraph(0.0, 10.0, false, PROSE);
    let p = format!("p {PROSE}");
    check(set.finish(""), &["1# Summary", &p]);
    // Without dots, the numbers stand in a column of their own.
    check(
        page(|page| {
            page.text(72.0, 90.0, 10.0, true, "Contents");
            for (row, name) in (0_u8..).zip(["Summary", "Care", "Staff"]) {
                let base = 110.0 + 14.0 * f32::from(row);
                page.text(72.0, base, 10.0, false, name);
                page.text(500.0, base, 10.0, false, &(row + 2).to_string());
            }
            page.text(72.0, 200.0, 10.0, false, "Care was good.");
        }),
        &["p Care was good."],
    );
    check(
        page(|page| {
            page.text(72.0, 90.0, 10.0, true, "Contents");
            page.text(72.0, 130.0, 10.0, false, "The box held 12");
            page.text(72.0, 160.0, 10.0, false, "letters in all.");
        }),
        &["1# Contents", "p The box held 12", "p letters in all."],
    );
}

#[test]
fn what_stands_below_columns_belongs_to_neither() {
    let left = [
        "Rent went up in most of the homes that were",
        "read about, and the council had told all that",
        "it would be no more than a tenth, so that it rose",
        "from £1.2 million in the year to March to about",
    ];
    let right = [
        "£1.4 million. Tenants said that they had been",
        "told of it late, and that no letter gave reasons.",
        "They asked for a meeting and were given one.",
        "No one from the council came to it.",
    ];
    let bytes = page(|page| {
        for (row, (left, right)) in (0_u8..).zip(left.iter().zip(right)) {
            let base = 90.0 + 12.0 * f32::from(row);
            page.text(72.0, base, 10.0, false, left);
            page.text(320.0, base, 10.0, false, right);
        }
        page.text(72.0, 160.0, 12.0, true, "Results");
        for (row, words) in (0_u8..).zip([["Area", "Homes"], ["North", "12"], ["South", "30"]]) {
            let base = 180.0 + 14.0 * f32::from(row);
            page.text(76.0, base, 10.0, false, words[0]);
            page.text(330.0, base, 10.0, false, words[1]);
            page.rule(72.0, base + 4.0, 520.0, base + 4.0);
        }
        page.rule(72.0, 168.0, 520.0, 168.0);
        for edge in [72.0, 300.0, 520.0] {
            page.rule(edge, 168.0, edge, 212.0);
        }
    });
    check(
        bytes,
        &[
            &format!("p {} {}", left.join(" "), right.join(" ")),
            "1# Results",
            "| Area | Homes |",
            "| North | 12 |",
            "| South | 30 |",
        ],
    );
}

#[test]
fn notes_whose_numbers_are_not_raised_are_notes_where_the_text_refers_to_them() {
    const WORDS: &str = "Care was good in all the homes that inspectors visited.";
    let draw = |reference: &str| {
        page(|page| {
            page.raw(&format!(
                "BT /F1 10 Tf 1 0 0 1 72 142 Tm ({WORDS}) Tj /F1 6 Tf 3 Ts ({reference}) Tj ET"
            ));
            page.text(72.0, 760.0, 8.0, false, "1");
            page.text(86.0, 760.0, 8.0, false, "Homes that were open in May.");
        })
    };
    let words = format!("p {WORDS}");
    check(draw("1"), &[&words, "p Homes that were open in May."]);
    check(draw(""), &[&words, "p 1 Homes that were open in May."]);
}
