//! How OpenDocument texts are read.

mod blocks;
mod packages;

use assize::{
    document::{self, Document, Format, Tracked},
    source::SourceFile,
    span::Span,
};
use blocks::blocks;
use packages::odt;

fn open(body: &str, tracked: Tracked) -> (SourceFile, Document) {
    let (file, format) =
        document::open("draft.odt", odt(body), tracked).expect("an OpenDocument text");
    assert_eq!(format, Format::OpenDocument);
    let document = document::read(&file, format);
    (file, document)
}

#[track_caller]
fn check(body: &str, expected: &[&str]) {
    let (_, document) = open(body, Tracked::Accepted);
    assert_eq!(blocks(&document), expected, "\n{body}");
}

#[test]
fn headings_have_levels() {
    check(
        "<text:h text:outline-level=\"1\">Report</text:h><text:h text:outline-level=\"2\">Care</text:h><text:p>Care was good.</text:p>\
         <text:h text:outline-level=\"3\">Staff</text:h><text:h text:outline-level=\"3\" text:is-list-header=\"true\">Pay</text:h>\
         <text:h text:outline-level=\"3\">Training</text:h><text:p text:style-name=\"P2\">They are kind.</text:p>",
        &[
            "1# Report",
            "2# Care",
            "p Care was good.",
            "3# 1. Staff",
            "3# Pay",
            "3# 2. Training",
            "> They are kind.",
        ],
    );
    check(
        "<text:p text:style-name=\"P1\">Report</text:p><text:h text:outline-level=\"1\">Care</text:h><text:p text:style-name=\"Caption\">Grades</text:p>",
        &["1# Report", "2# Care", "c Grades"],
    );
    check(
        "<text:p><text:span text:style-name=\"B\">Report</text:span></text:p><text:p>Good</text:p><text:p text:style-name=\"PB\">Care</text:p>",
        &["1# Report", "p Good", "2# Care"],
    );
}

#[test]
fn numbers_are_counted() {
    let item = |content: &str| format!("<text:list-item>{content}</text:list-item>");
    let p = |text: &str| format!("<text:p>{text}</text:p>");
    let inner = format!(
        "<text:list>{}{}</text:list>",
        item(&p("Under one")),
        item(&format!(
            "{}<text:list>{}</text:list>",
            p("More"),
            item(&p("Deep"))
        ))
    );
    let first = format!(
        "<text:list xml:id=\"l1\" text:style-name=\"N\">{}{}{}</text:list>",
        item(&format!("{}{inner}", p("One"))),
        item(&format!("{}{}", p("Two"), p("It goes on."))),
        item("<text:p/>"),
    );
    let goes_on = format!(
        "<text:list text:continue-list=\"l1\" text:style-name=\"N\">{}<text:list-item text:start-value=\"9\">{}</text:list-item></text:list>",
        item(&p("Four")),
        p("Nine")
    );
    let anew = format!(
        "<text:list text:style-name=\"N\"><text:list-header>{}</text:list-header>{}</text:list>",
        p("Head"),
        item(&p("One"))
    );
    let numbering = format!(
        "<text:list text:style-name=\"N\" text:continue-numbering=\"true\">{}</text:list>",
        item(&p("Two"))
    );
    check(
        &[first, p("Text."), goes_on, anew, numbering].concat(),
        &[
            "0.0 [1] One",
            "1.1 [a] Under one",
            "1.1 [b] More",
            "2.2 [1.1] Deep",
            "0.0 [2] Two",
            "p It goes on.",
            "p Text.",
            "0.0 [4] Four",
            "0.0 [9] Nine",
            "p Head",
            "3.0 [1] One",
            "3.0 [2] Two",
        ],
    );
    let bullets = format!(
        "<text:list text:style-name=\"B\">{}{}</text:list>",
        item(&p("One")),
        item(&p("Two"))
    );
    check(&bullets, &["0.0 [] One", "0.0 [] Two"]);
    let heading = item("<text:h text:outline-level=\"1\">Care</text:h>");
    check(
        &format!("<text:list text:style-name=\"N\">{heading}</text:list>"),
        &["1# 1. Care"],
    );
}

#[test]
fn tables_have_spans_and_heads() {
    let cell = |attributes: &str, text: &str| {
        format!("<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let covered = "<table:covered-table-cell/>".to_owned();
    check(
        &format!(
            "<table:table><table:table-column/><table:table-header-rows>{}</table:table-header-rows>{}{}{}</table:table>",
            row(&[cell("", "Area"), cell("", "2022"), cell("", "2023")]),
            row(&[
                cell("table:number-rows-spanned=\"2\"", "Care"),
                cell("table:number-columns-spanned=\"2\"", "Good"),
                covered.clone()
            ]),
            row(&[covered, cell("", "1"), cell("", "2")]),
            row(&[
                cell("table:number-columns-repeated=\"2\"", ""),
                cell("", "4")
            ]),
        ),
        &[
            "‖ Area | 2022 | 2023 ‖",
            "| Care | Good |  |",
            "| Care | 1 | 2 |",
            "|  |  | 4 |",
        ],
    );
}

#[test]
fn notes_and_boxes_stand_after_the_text() {
    let (file, document) = open(
        "<text:p>Care<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>First note.</text:p></text:note-body></text:note> is good.</text:p>\
         <text:p>It is kind.<draw:frame><draw:text-box><text:p>In the box.</text:p></draw:text-box><svg:desc>A box</svg:desc></draw:frame></text:p><text:p>Next.</text:p>",
        Tracked::Accepted,
    );
    assert_eq!(
        blocks(&document),
        [
            "p Care is good.",
            "p It is kind.",
            "p In the box.",
            "p Next.",
            "p First note."
        ]
    );
    let at = document.text.find("First").expect("in the text");
    let span = document.map.to_source(Span::new(at, at + 5));
    assert_eq!(file.place(span).expect("a place").to_string(), "note 1");
    check(
        "<text:p>Before <draw:custom-shape><text:p>in the shape</text:p></draw:custom-shape>after.</text:p>",
        &["p Before after.", "p in the shape"],
    );
}

#[test]
fn what_is_not_shown_is_not_read() {
    check(
        "<text:table-of-content><text:index-body><text:p>Care 4</text:p></text:index-body></text:table-of-content>\
         <text:section text:display=\"none\"><text:p>hidden</text:p></text:section><text:section><text:p>Shown</text:p></text:section>\
         <text:p>A\n  <text:span>b</text:span> <text:s text:c=\"2\"/>c<office:annotation><text:p>a comment</text:p></office:annotation><text:span text:style-name=\"H\">hidden</text:span>\
         <text:span text:style-name=\"S\">struck</text:span><text:a>, see this</text:a> <text:date>3 May</text:date><text:span text:style-name=\"U\">2</text:span>, m<text:span text:style-name=\"U\">2</text:span>.<text:line-break/>Next</text:p>",
        &["p Shown", "p A b   c, see this 3 May, m2./Next"],
    );
}

#[test]
fn either_side_of_tracked_changes_is_read() {
    let region = |id: &str, content: &str| {
        format!("<text:changed-region text:id=\"{id}\">{content}</text:changed-region>")
    };
    let info = "<office:change-info><text:p>a remark</text:p></office:change-info>";
    let body = format!(
        "<text:tracked-changes>{}{}{}</text:tracked-changes>\
         <text:p>Care is <text:change text:change-id=\"d\"/><text:change-start text:change-id=\"i\"/>good<text:change-end text:change-id=\"i\"/>.</text:p>\
         <text:p>One<text:change text:change-id=\"p\"/>, four.</text:p>\
         <text:p>Five, <text:change-start text:change-id=\"i\"/>new.</text:p><text:p>New <text:change-end text:change-id=\"i\"/>six.</text:p>",
        region(
            "d",
            &format!("<text:deletion>{info}<text:p>poor</text:p></text:deletion>")
        ),
        region(
            "p",
            "<text:deletion><text:p>, two.</text:p><text:p>Three</text:p></text:deletion>"
        ),
        region("i", &format!("<text:insertion>{info}</text:insertion>")),
    );
    let read = |tracked| blocks(&open(&body, tracked).1);
    assert_eq!(
        read(Tracked::Accepted),
        [
            "p Care is good.",
            "p One, four.",
            "p Five, new.",
            "p New six."
        ]
    );
    assert_eq!(
        read(Tracked::Original),
        [
            "p Care is poor.",
            "p One, two.",
            "p Three, four.",
            "p Five, six."
        ]
    );
}

#[test]
fn places_are_paragraphs_under_headings() {
    let (file, document) = open(
        "<text:h text:outline-level=\"1\">Report</text:h><text:p/><text:h text:outline-level=\"2\">Care</text:h><text:p>Care was good.</text:p>",
        Tracked::Accepted,
    );
    let at = document.text.find("good").expect("in the text");
    let span = document.map.to_source(Span::new(at, at + 4));
    assert_eq!(file.text_of(span), "good");
    let place = file.place(span).expect("a place");
    assert_eq!(
        (place.to_string(), place.headings.join("/")),
        ("paragraph 4".to_owned(), "Report/Care".to_owned())
    );
}
