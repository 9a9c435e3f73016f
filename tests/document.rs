//! How documents are read: the blocks of texts as inspectorates and inspected bodies write them.

mod blocks;

use assize::{
    document::{self, Document, Format},
    source::SourceFile,
};
use blocks::blocks;

fn read(format: Format, text: &str) -> Document {
    document::read(&SourceFile::new("test", text), format)
}

#[track_caller]
fn check(format: Format, text: &str, expected: &[&str]) {
    assert_eq!(blocks(&read(format, text)), expected, "\n{text}");
}

#[track_caller]
fn text(text: &str, expected: &[&str]) {
    check(Format::Text, text, expected);
}

#[track_caller]
fn markdown(text: &str, expected: &[&str]) {
    check(Format::Markdown, text, expected);
}

#[track_caller]
fn html(text: &str, expected: &[&str]) {
    check(Format::Html, text, expected);
}

mod plain_text {
    use super::text;

    #[test]
    fn numbers_of_paragraphs_stand_before_figures_too() {
        text(
            "Care\n\n1.1 Staff were kind.\n\n1.2 77% of patients said so.\n\n1.3 £4m was spent.\n\n2.5 77",
            &[
                "1# Care",
                "0.0 [1.1] Staff were kind.",
                "0.0 [1.2] 77% of patients said so.",
                "0.0 [1.3] £4m was spent.",
                "p 2.5 77",
            ],
        );
    }

    #[test]
    fn a_title_of_two_lines_does_not_tell_where_lines_were_wrapped() {
        let long = "This paragraph stands on one line, which is as long as it has to be.";
        text(
            &format!(
                "ASHBY\nby the chief\n\n{long}\n\n{long}\n\n{long}\n\n{long}\n\n{long}\n\nMain concerns\n1. Staff were few on most days.\n2. Rooms were cold.\n\nOther concerns\n3. Notes were lost."
            ),
            &[
                "1# ASHBY/by the chief",
                &format!("p {long}"),
                &format!("p {long}"),
                &format!("p {long}"),
                &format!("p {long}"),
                &format!("p {long}"),
                "2# Main concerns",
                "0.0 [1] Staff were few on most days.",
                "0.0 [2] Rooms were cold.",
                "2# Other concerns",
                "0.0 [3] Notes were lost.",
            ],
        );
    }

    #[test]
    fn several_lines_alike_are_no_headings() {
        text(
            "Stars\n\nThese are the grades of this year.\n\nElm Water – 2 stars\n\nOak Water – 3 stars\n\nAsh Water – 4 stars\n\nThe stars are given once a year.\n\nPart 1 – costs in 2023\n\nThey fell.",
            &[
                "1# Stars",
                "p These are the grades of this year.",
                "p Elm Water – 2 stars",
                "p Oak Water – 3 stars",
                "p Ash Water – 4 stars",
                "p The stars are given once a year.",
                "2# Part 1 – costs in 2023",
                "p They fell.",
            ],
        );
    }

    #[test]
    fn headings_stand_apart_without_a_stop() {
        text(
            "Report on Ashby\n\n3 May 2023\n\nWhat we found\n\nCare was good.\n\nWhat next?\n\nWe will return.",
            &[
                "1# Report on Ashby",
                "p 3 May 2023",
                "2# What we found",
                "p Care was good.",
                "2# What next?",
                "p We will return.",
            ],
        );
        text(
            "ASHBY COUNCIL\nAnnual review\n\nText comes first.\n\nMAIN FINDINGS\n\nHousing\n\nHomes are safe.",
            &[
                "1# ASHBY COUNCIL",
                "2# Annual review",
                "p Text comes first.",
                "2# MAIN FINDINGS",
                "3# Housing",
                "p Homes are safe.",
            ],
        );
        text(
            "Title\n=====\n\nText is here.\n\nPart one\n--------\nMore text is here.",
            &[
                "1# Title",
                "p Text is here.",
                "2# Part one",
                "p More text is here.",
            ],
        );
        text(
            "Title of it\n\n1 Summary\n\nIt is good.\n\n1.1 Safety\n\nIt is safe.\n\n1.2 Care\n\nIt is kind.",
            &[
                "1# Title of it",
                "2# 1 Summary",
                "p It is good.",
                "3# 1.1 Safety",
                "p It is safe.",
                "3# 1.2 Care",
                "p It is kind.",
            ],
        );
    }

    #[test]
    fn headings_need_no_empty_lines() {
        text(
            "Report on Ashby\nThe unit was visited in May and inspectors found that it had got better at its work since then.\nMain findings\nStaff are kind to everybody who comes to the unit, and people told inspectors that they like it.",
            &[
                "1# Report on Ashby",
                "p The unit was visited in May and inspectors found that it had got better at its work since then.",
                "2# Main findings",
                "p Staff are kind to everybody who comes to the unit, and people told inspectors that they like it.",
            ],
        );
        text(
            "Report on Ashby\n\n1. Introduction\n\nThe unit was visited in May. Inspectors spoke with its manager.\n\n2. Findings\n\nStaff are kind to everybody. People told inspectors that they like it.",
            &[
                "1# Report on Ashby",
                "2# 1. Introduction",
                "p The unit was visited in May. Inspectors spoke with its manager.",
                "2# 2. Findings",
                "p Staff are kind to everybody. People told inspectors that they like it.",
            ],
        );
    }

    #[test]
    fn what_announces_a_list_is_no_title() {
        text(
            "The board should do two things:\n\n- plan\n- report",
            &[
                "p The board should do two things:",
                "0.0 [] plan",
                "0.0 [] report",
            ],
        );
        text(
            "Ashby prison:\nour response\n\nWe agree.",
            &["1# Ashby prison:/our response", "p We agree."],
        );
    }

    #[test]
    fn short_lines_in_a_row_are_no_headings() {
        text(
            "The force covers:\n\nAshby\n\nBarton\n\nCarlow\n\nDenby\n\nNotes\n\nThe force has 12 stations.",
            &[
                "p The force covers:",
                "p Ashby",
                "p Barton",
                "p Carlow",
                "p Denby",
                "2# Notes",
                "p The force has 12 stations.",
            ],
        );
        text(
            "Leadership good\nCasework fair",
            &["p Leadership good/Casework fair"],
        );
        text("Leadership good", &["p Leadership good"]);
    }

    #[test]
    fn a_score_table_without_columns_keeps_its_lines() {
        text(
            "The unit was inspected in May.\n\nCriteria Score\nLeadership Good\nUse of money Requires improvement\nCare Good\n\nIt has 30 staff.",
            &[
                "p The unit was inspected in May.",
                "p Criteria Score/Leadership Good/Use of money Requires improvement/Care Good",
                "p It has 30 staff.",
            ],
        );
    }

    #[test]
    fn bullets_and_numbers_are_items() {
        text(
            "It should:\n• plan better\n• spend less\n   – on travel\n   – on paper\n• report twice.",
            &[
                "p It should:",
                "0.0 [] plan better",
                "0.0 [] spend less",
                "1.1 [] on travel",
                "1.1 [] on paper",
                "0.0 [] report twice.",
            ],
        );
        text(
            "The trust must:\n\n1. train all\nits nurses;\n2. mend the roof; and\n3. report\n   each month.",
            &[
                "p The trust must:",
                "0.0 [1] train all/its nurses;",
                "0.0 [2] mend the roof; and",
                "0.0 [3] report/each month.",
            ],
        );
        text(
            "\u{f0b7}\tFirst thing\n\u{f0b7}\tSecond thing\no\tunder it",
            &[
                "0.0 [] First thing",
                "0.0 [] Second thing",
                "1.1 [] under it",
            ],
        );
        text(
            "•\nOn its own line\n•\nAnd another",
            &["0.0 [] On its own line", "0.0 [] And another"],
        );
    }

    #[test]
    fn numbers_may_be_left_out_or_stand_twice() {
        text(
            "The actions are:\n\n1) answer letters\n2) check files\n2) train staff\n4) report to the board",
            &[
                "p The actions are:",
                "0.0 [1] answer letters",
                "0.0 [2] check files",
                "0.0 [2] train staff",
                "0.0 [4] report to the board",
            ],
        );
    }

    #[test]
    fn numbers_before_a_gap_count_paragraphs_of_prose() {
        text(
            "Findings\n\nS1      Staff were kind to\n        everybody.\n\nS2      Cells were cold.",
            &[
                "1# Findings",
                "0.0 [S1] Staff were kind to/everybody.",
                "0.0 [S2] Cells were cold.",
            ],
        );
        text(
            "Score    Meaning\n0        Urgent work is due\n5        Very good",
            &[
                "| Score | Meaning |",
                "| 0 | Urgent work is due |",
                "| 5 | Very good |",
            ],
        );
        text(
            "1. Train staff       Agreed      May 2024\n2. Mend the roof     Refused     June 2024",
            &[
                "| 1. Train staff | Agreed | May 2024 |",
                "| 2. Mend the roof | Refused | June 2024 |",
            ],
        );
    }

    #[test]
    fn a_number_at_the_start_of_a_wrapped_line_is_no_item() {
        text(
            "The plan was agreed in section\n3. The board approved it and the share rose to\n12. That is the highest it has been for ten years.",
            &[
                "p The plan was agreed in section/3. The board approved it and the share rose to/12. That is the highest it has been for ten years.",
            ],
        );
        text(
            "Guilty pleas in the courts of the north stood at\n– 74.2% – in the year, which is more than ever.",
            &[
                "p Guilty pleas in the courts of the north stood at/– 74.2% – in the year, which is more than ever.",
            ],
        );
        text(
            "A. Smith leads the unit.\n\nIt is good.",
            &["p A. Smith leads the unit.", "p It is good."],
        );
    }

    #[test]
    fn a_list_goes_on_after_an_answer() {
        text(
            "Issues were:\n\n1. Plan better.\n\nResponse: We agree.\n\n2. Spend less.\n\nResponse: We agree in part.\n\n4. Report.",
            &[
                "p Issues were:",
                "0.0 [1] Plan better.",
                "p Response: We agree.",
                "0.0 [2] Spend less.",
                "p Response: We agree in part.",
                "0.0 [4] Report.",
            ],
        );
        text(
            "R1. Plan better.\n\n    Action: A plan is due.\n\nR2. Spend less.",
            &[
                "0.0 [R1] Plan better.",
                "p Action: A plan is due.",
                "0.0 [R2] Spend less.",
            ],
        );
        text(
            "Recommendation 1: Plan better.\n\nRecommendation 2: Spend less.",
            &[
                "p Recommendation 1: Plan better.",
                "p Recommendation 2: Spend less.",
            ],
        );
    }

    #[test]
    fn labels_begin_paragraphs() {
        text(
            "6. Offer a visit to each family that has lost somebody.\nResponse: We agree and have begun to do so since May.",
            &[
                "0.0 [6] Offer a visit to each family that has lost somebody.",
                "p Response: We agree and have begun to do so since May.",
            ],
        );
        text(
            "Some title here\n\nInspected: 3 May 2023\nPublished: 9 June 2023\nLead inspector: Ada Byrne\n\nIt is good.",
            &[
                "1# Some title here",
                "p Inspected: 3 May 2023",
                "p Published: 9 June 2023",
                "p Lead inspector: Ada Byrne",
                "p It is good.",
            ],
        );
    }

    #[test]
    fn a_label_above_a_list_heads_it_alone() {
        let document = super::read(
            super::Format::Text,
            "Grades\n\nThe grades are:\n\nGood\n- training\n- planning\n\nFair\n- money\n\nIn 2019 all were fair.",
        );
        let sections: Vec<Option<usize>> =
            document.blocks.iter().map(|block| block.section).collect();
        assert_eq!(
            super::blocks(&document),
            [
                "1# Grades",
                "p The grades are:",
                "2# Good",
                "0.0 [] training",
                "0.0 [] planning",
                "2# Fair",
                "1.0 [] money",
                "p In 2019 all were fair."
            ]
        );
        assert_eq!(
            sections,
            [
                None,
                Some(0),
                Some(0),
                Some(2),
                Some(2),
                Some(0),
                Some(5),
                Some(0)
            ]
        );
    }

    #[test]
    fn pages_leave_no_trace() {
        text(
            "The board met in May and agreed that it would\n\n                                        Page 1 of 2\n\nspend less on travel.",
            &["p The board met in May and agreed that it would/spend less on travel."],
        );
        text(
            "Ashby Trust\n\nThe first page ends here.\n\u{c}Ashby Trust report\n\nThe second page ends.\n\u{c}Ashby Trust report\n\nThe third.",
            &[
                "1# Ashby Trust",
                "p The first page ends here.",
                "p The second page ends.",
                "p The third.",
            ],
        );
        text(
            "- plan better and faster than it did in the\n\n12\n\u{c}year before\n- spend less",
            &[
                "0.0 [] plan better and faster than it did in the/year before",
                "0.0 [] spend less",
            ],
        );
    }

    #[test]
    fn words_cut_at_line_ends_are_joined() {
        text(
            "The inspec-\ntors were wel-\ncome.",
            &["p The inspectors were welcome."],
        );
        text(
            "It is well-led. Staff call it a well-\nled and self-\nassured unit, up-to-\ndate in all.",
            &[
                "p It is well-led. Staff call it a well-led and self-assured unit, up-to-date in all.",
            ],
        );
        text("From 2016-\n17 it rose.", &["p From 2016-/17 it rose."]);
        text("A soft\u{ad}\nhyphen joins.", &["p A softhyphen joins."]);
    }

    #[test]
    fn tables_have_columns() {
        text(
            "The ratings are:\n\n  Safe        Good\n  Caring      Requires improvement\n  Well-led    Good\n\nIt has 12 beds.",
            &[
                "p The ratings are:",
                "| Safe | Good |",
                "| Caring | Requires improvement |",
                "| Well-led | Good |",
                "p It has 12 beds.",
            ],
        );
        text(
            "Standard\t2023\t2021\nLeadership\tGood\tPoor\nStaffing\t\tGood",
            &[
                "‖ Standard | 2023 | 2021 ‖",
                "| Leadership | Good | Poor |",
                "| Staffing |  | Good |",
            ],
        );
        text(
            "Action                        By whom         By when\n----------------------------  --------------  ----------\nAgree a plan with the board   Chief           May 2024\nand publish it                executive\nTrain all staff               Head of care    June 2024",
            &[
                "‖ Action | By whom | By when ‖",
                "| Agree a plan with the board and publish it | Chief executive | May 2024 |",
                "| Train all staff | Head of care | June 2024 |",
            ],
        );
        text(
            "Table 1: Ratings by year\n\nSafe    Good\nKind    Fair",
            &[
                "c Table 1: Ratings by year",
                "| Safe | Good |",
                "| Kind | Fair |",
            ],
        );
    }

    #[test]
    fn prose_with_wide_gaps_is_no_table() {
        text(
            "The  board  met  in  May  and  agreed\nthat it would  spend less on  travel than\nit did before  the merger.",
            &[
                "p The  board  met  in  May  and  agreed/that it would  spend less on  travel than/it did before  the merger.",
            ],
        );
    }

    #[test]
    fn line_ends_of_other_systems_are_read() {
        text(
            "One line.\r\n\r\nTwo\r\nlines.",
            &["p One line.", "p Two/lines."],
        );
        text("\u{feff}Title here\n\nText.", &["1# Title here", "p Text."]);
    }

    #[test]
    fn markdown_in_a_text_file_is_read_as_such() {
        text("It is **FAIR** now.", &["p It is FAIR now."]);
        text("It is ** fair ** now.", &["p It is ** fair ** now."]);
        text(
            "## **Ashby** report\n\nIt is **FAIR**.",
            &["1# Ashby report", "p It is FAIR."],
        );
    }
}

mod marked_up {
    use super::{html, markdown};

    #[test]
    fn markdown_blocks() {
        markdown(
            "# Report\n\nIt is *good*\nand **kind**.\n\n## Part\n\n> Quoted.\n\n---\n\n- a\n  - b\n- c\n\n3. d\n4. e",
            &[
                "1# Report",
                "p It is good/and kind.",
                "2# Part",
                "> Quoted.",
                "0.0 [] a",
                "1.1 [] b",
                "0.0 [] c",
                "2.0 [3] d",
                "2.0 [4] e",
            ],
        );
        markdown(
            "| Area | Grade |\n|---|---|\n| Care | **Good** |\n| Money | |\n\n| | |\n|-|-|\n| Beds | 44 |",
            &[
                "‖ Area | Grade ‖",
                "| Care | Good |",
                "| Money |  |",
                "| Beds | 44 |",
            ],
        );
        markdown(
            "---\ntitle: \"A report\"\ndate: 2024-05-02\n---\n\n# A report",
            &["p title: A report", "p date: 2024-05-02", "1# A report"],
        );
    }

    #[test]
    fn markdown_inline_marks_leave_their_text() {
        markdown(
            "A [link](x), `code`, caf&eacute;, 5&nbsp;% \\* note[^1] ![chart](y) <b>bold</b>.<!-- hidden -->\n\n[^1]: The note.",
            &["p A link, code, café, 5 % * note  bold.", "p The note."],
        );
    }

    #[test]
    fn markdown_numbers_are_those_written() {
        markdown("1. a\n2. b\n4. c", &["0.0 [1] a", "0.0 [2] b", "0.0 [4] c"]);
        markdown("1. a\n1. b\n1. c", &["0.0 [1] a", "0.0 [2] b", "0.0 [3] c"]);
        markdown(
            "1. a\n\nAnswer.\n\n2. b\n\nAnswer.\n\n1. new",
            &[
                "0.0 [1] a",
                "p Answer.",
                "0.0 [2] b",
                "p Answer.",
                "1.0 [1] new",
            ],
        );
    }

    #[test]
    fn markdown_labels_begin_paragraphs() {
        markdown(
            "**Recommendation 1.** Plan better.\n*Response:* Accepted.\n**Owner**: The board.",
            &[
                "p Recommendation 1. Plan better.",
                "p Response: Accepted.",
                "p Owner: The board.",
            ],
        );
        markdown(
            "1. Plan better.\n   **Response:** Accepted.\n2. Spend less.",
            &[
                "0.0 [1] Plan better.",
                "p Response: Accepted.",
                "0.0 [2] Spend less.",
            ],
        );
        markdown(
            "It was *very\ngood*, they\n*said* so.",
            &["p It was very/good, they/said so."],
        );
    }

    #[test]
    fn markdown_bold_paragraphs_are_headings() {
        markdown(
            "# Title\n\n**Findings**\n\nText.\n\n## Part\n\n**Detail**\n\nText.",
            &[
                "1# Title",
                "2# Findings",
                "p Text.",
                "2# Part",
                "3# Detail",
                "p Text.",
            ],
        );
        markdown(
            "# Title\n\n**Published 3 May 2024**\n\n**All was well.**",
            &["1# Title", "p Published 3 May 2024", "p All was well."],
        );
    }

    #[test]
    fn markdown_from_other_programs() {
        markdown(
            "It should:\n• plan\n• spend",
            &["p It should:", "0.0 [] plan", "0.0 [] spend"],
        );
        markdown(
            "R1. Plan better.\nR2. Spend less.",
            &["0.0 [R1] Plan better.", "0.0 [R2] Spend less."],
        );
        markdown(
            "The board agreed that it would in the coming\n\nPage 3 of 9\n\nyear spend less.",
            &["p The board agreed that it would in the coming/year spend less."],
        );
        markdown(
            "<table><tr><td>Care</td><td>Good</td></tr></table>\n\n<p>Text.</p>",
            &["| Care | Good |", "p Text."],
        );
    }

    #[test]
    fn html_blocks() {
        html(
            "<h1>Report</h1><p>It is <b>good</b>\n and&nbsp;kind.<p>Next<br>line<h2>Part</h2><ul><li>a<ul><li>b</ul><li>c</ul><blockquote>Quoted.</blockquote>",
            &[
                "1# Report",
                "p It is good and kind.",
                "p Next/line",
                "2# Part",
                "0.0 [] a",
                "1.1 [] b",
                "0.0 [] c",
                "> Quoted.",
            ],
        );
        html(
            "<table><caption>Ratings</caption><thead><tr><th>Area<th>2024<tbody><tr><th>Care<td>Good<tr><td colspan=2>None</table>after",
            &[
                "c Ratings",
                "‖ Area | 2024 ‖",
                "| Care | Good |",
                "| None |  |",
                "p after",
            ],
        );
        html(
            "<table><tr><td rowspan=2>A<td>1<tr><td>2<tr><td>B<td><p>3</p><p>4</p></table>",
            &["| A | 1 |", "|  | 2 |", "| B | 3 4 |"],
        );
        html(
            "<table><tr><td rowspan=2>A</td><td>1</td></tr>\n<tr><td>2</td></tr>\n<tr><td>B</td><td>3</td></tr></table>",
            &["| A | 1 |", "|  | 2 |", "| B | 3 |"],
        );
        // A label or grade is said of every row that it reaches into, a figure or a sentence is not.
        html(
            "<table><tr><td rowspan=3>Leadership<td>2022<td>Good<td rowspan=3>Stable<tr><td>2024<td>Poor<tr><td>2025<td>Fair<tr><td>Care<td>2022<td>Good<td>Up</table>",
            &[
                "| Leadership | 2022 | Good | Stable |",
                "| Leadership | 2024 | Poor | Stable |",
                "| Leadership | 2025 | Fair | Stable |",
                "| Care | 2022 | Good | Up |",
            ],
        );
        html(
            "<table><tr><th rowspan=2>Area<th>Rating<tr><th>2024<tr><td rowspan=2>R1<td rowspan=2>30 homes<td rowspan=2>It is kind.<td>a\
             <tr><td>b<tr><td rowspan=2>2 Safe care<td><td><td>c<tr><td></table>",
            &[
                "‖ Area | Rating ‖",
                "‖  | 2024 ‖",
                "| R1 | 30 homes | It is kind. | a |",
                "|  |  |  | b |",
                "| 2 Safe care |  |  | c |",
            ],
        );
        html(
            "<dl><dt>Care</dt><dd>Good</dd><dt>Money</dt><dd>Poor</dd></dl>",
            &["| Care | Good |", "| Money | Poor |"],
        );
    }

    #[test]
    fn html_leaves_out_what_is_no_text() {
        html(
            "<title>T</title><nav>Home</nav><script>var a = '<p>x</p>';</script><p>A&pound;5 &lt;1% note<sup><a href=#f>1</a></sup>, 3<sup>rd</sup><!-- c -->.</p>",
            &["p A£5 <1% note, 3rd."],
        );
        html(
            "<p><strong>Findings</strong></p><p>Text.</p>",
            &["1# Findings", "p Text."],
        );
        html(
            "<p>Issue 1<br><b>Response:</b> Agreed.</p>",
            &["p Issue 1", "p Response: Agreed."],
        );
        html(
            "<ol><li>a</li><li>b</li></ol><p>x</p><ol><li>c</li></ol>",
            &["0.0 [] a", "0.0 [] b", "p x", "1.0 [] c"],
        );
    }

    #[test]
    fn what_is_not_shown_is_left_out() {
        for hidden in [
            "<p hidden>Five.</p>",
            "<p hidden=''>Five.</P>",
            "<div style='color: red; DISPLAY : none !important'><p>Five.</p><div>Six.</div></div>",
            "<span style='visibility:hidden'>Five.</span>",
            "<input hidden><br hidden>",
            "<table><tr hidden><td>Five</td></tr></table>",
        ] {
            html(
                &format!("<p>Four.</p>{hidden}<p>Seven.</p>"),
                &["p Four.", "p Seven."],
            );
        }
        // Where it ends is not known, or it is shown after all.
        for shown in [
            "<p hidden>Five.",
            "<p hidden='until-found'>Five.</p>",
            "<p style='display: block; font-family: none'>Five.</p>",
            "<p hidden>Five.<p></p>",
            "<p data-hidden aria-hidden='false'>Five.</p>",
        ] {
            html(
                &format!("<p>Four.</p>{shown}<p>Seven.</p>"),
                &["p Four.", "p Five.", "p Seven."],
            );
        }
        html(
            "<body style='display:none'><p>Four.</p></body>",
            &["p Four."],
        );
    }

    #[test]
    fn contents_and_running_heads_of_word_processors_are_left_out() {
        html(
            "<div title='header'><p>Report</p></div><div id='Table of Contents1' dir='ltr'><div><p>Care 1</p></div></div>\
             <ul class='toc'><li>Care</li></ul><p>Care was good.</p><div title='header of all'><p>It is kind.</p></div>",
            &["p Care was good.", "p It is kind."],
        );
    }

    #[test]
    fn marks_of_notes_are_left_out() {
        html(
            "<p>Good<sup>2</sup> care in 40 m<sup>2</sup></p>",
            &["p Good care in 40 m2"],
        );
        html(
            "<p>Good<a href='#_ftn1'>[1]</a> care in part<a href='#two'>2</a>, <a href='#note3'>as told</a>.</p>\
             <p><a href='#sdfootnote1anc'>1</a>Few were asked. <a href='#fnref1'>↩</a></p>",
            &["p Good care in part2, as told.", "p Few were asked."],
        );
        html(
            "<p>Good.<sup>iv</sup> It is 2 m<sup>x</sup>.</p><p><a href='#sdendnote1anc'>i</a>Few were asked.</p>",
            &["p Good. It is 2 mx.", "p Few were asked."],
        );
        markdown(
            "Good<sup>2</sup> care on the 3<sup>rd</sup>",
            &["p Good care on the 3rd"],
        );
    }

    #[test]
    fn preformatted_text_is_plain_text() {
        html(
            "<pre>\nSafe    Good\nKind    Fair\n</pre>after",
            &["| Safe | Good |", "| Kind | Fair |", "p after"],
        );
        html("<pre>One &lt;two&gt;\nthree</pre>", &["p One <two>/three"]);
        markdown(
            "```\nSafe    Good\nKind    Fair\n```",
            &["| Safe | Good |", "| Kind | Fair |"],
        );
    }

    #[test]
    fn markers_typed_by_hand_make_items() {
        html(
            "<p>1. Plan better.</p><p>2. Spend less.</p>",
            &["0.0 [1] Plan better.", "0.0 [2] Spend less."],
        );
        html(
            "<p>It should:<br>• plan<br>• spend</p>",
            &["p It should:", "0.0 [] plan", "0.0 [] spend"],
        );
        html("<p>2. is the grade</p>", &["p 2. is the grade"]);
        markdown(
            "1. Plan better.\nResponse: We agree.",
            &["0.0 [1] Plan better.", "p Response: We agree."],
        );
    }

    #[test]
    fn comments_are_kept_apart() {
        let markdown = super::read(
            super::Format::Markdown,
            "Text <!-- assize-ignore: a --> more.\n\n<!-- assize-ignore: b -->\n\nEnd.",
        );
        let html = super::read(
            super::Format::Html,
            "<p>Text <!-- assize-ignore: a -->more.</p><!--assize-ignore: b-->",
        );
        let plain = super::read(
            super::Format::Text,
            "Text\n# assize-ignore: a\nmore.\n\n# assize-ignore: b\n\nEnd.",
        );
        for document in [&markdown, &html, &plain] {
            let comments: Vec<&str> = document
                .comments
                .iter()
                .map(|comment| &*comment.text)
                .collect();
            assert_eq!(comments, ["assize-ignore: a", "assize-ignore: b"]);
            assert!(!document.text.contains("assize"));
        }
    }
}

/// The author's bytes under a part of the clean text.
#[track_caller]
fn check_source(format: Format, source: &str, clean: &str, expected: &str) {
    let document = read(format, source);
    let start = document
        .text
        .find(clean)
        .unwrap_or_else(|| panic!("{clean:?} is not in {:?}", document.text));
    let span = document
        .map
        .to_source(assize::span::Span::new(start, start + clean.len()));
    assert_eq!(source.get(span.range()), Some(expected));
}

#[test]
fn places_lead_back_to_the_author() {
    check_source(
        Format::Text,
        "An inspec-\ntor came.",
        "inspector",
        "inspec-\ntor",
    );
    check_source(
        Format::Text,
        "Care    Good\nMoney   Requires\n        improvement",
        "Requires improvement",
        "Requires\n        improvement",
    );
    check_source(Format::Text, "\u{feff}It\u{a0}is ﬁne.", "is fine", "is ﬁne");
    check_source(Format::Markdown, "It is **FAIR** now.", "FAIR", "FAIR");
    check_source(
        Format::Markdown,
        "It is **FAIR** now.",
        "is FAIR now",
        "is **FAIR** now",
    );
    check_source(
        Format::Markdown,
        "| Care | G&ouml;od |\n|-|-|\n| a | b |",
        "Göod",
        "G&ouml;od",
    );
    check_source(
        Format::Html,
        "<p>It cost &pound;5&nbsp;million</p>",
        "£5 million",
        "&pound;5&nbsp;million",
    );
    check_source(
        Format::Html,
        "<p>rated <b>good</b> for care</p>",
        "good",
        "good",
    );
}
