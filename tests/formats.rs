//! One report in every format: the same facts and the same diagnostics, each at words that are those of the fact.

mod packages;
mod reading;

use std::fmt::Write;

use packages::{docx, odt, pdf::Typesetter};
use reading::found;
use serde_json::Value;

/// A part of a report, as its line of Markdown says.
enum Part {
    Heading(usize, String),
    Paragraph(String),
    Numbered(Vec<String>),
    Bullets(Vec<String>),
    Table(Vec<Vec<String>>),
    Note(String),
}

/// The parts of a report; one line each, and one for each item and row.
fn parts(markdown: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for line in markdown.lines() {
        let numbered = line
            .split_once(". ")
            .filter(|(number, _)| number.parse::<u8>().is_ok());
        if let Some(rest) = line.strip_prefix("- ") {
            match parts.last_mut() {
                Some(Part::Bullets(items)) => items.push(rest.to_owned()),
                _ => parts.push(Part::Bullets(vec![rest.to_owned()])),
            }
        } else if let Some((_, item)) = numbered {
            match parts.last_mut() {
                Some(Part::Numbered(items)) => items.push(item.to_owned()),
                _ => parts.push(Part::Numbered(vec![item.to_owned()])),
            }
        } else if line.starts_with('|') {
            let row = line
                .trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().to_owned());
            match parts.last_mut() {
                _ if line.contains("---") => {}
                Some(Part::Table(rows)) => rows.push(row.collect()),
                _ => parts.push(Part::Table(vec![row.collect()])),
            }
        } else if let Some(note) = line.strip_prefix("[^1]: ") {
            parts.push(Part::Note(note.to_owned()));
        } else if line.starts_with('#') {
            let name = line.trim_start_matches('#');
            parts.push(Part::Heading(
                line.len() - name.len(),
                name.trim().to_owned(),
            ));
        } else if !line.trim().is_empty() {
            parts.push(Part::Paragraph(line.to_owned()));
        }
    }
    parts
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn to_html(parts: &[Part]) -> Vec<u8> {
    let mut html = "<!doctype html>".to_owned();
    let text = |text: &str| escaped(text).replace("[^1]", "<sup><a href=\"#n\">1</a></sup>");
    for part in parts {
        let items = |items: &[String]| {
            let items: Vec<_> = items
                .iter()
                .map(|item| format!("<li>{}</li>", text(item)))
                .collect();
            items.concat()
        };
        let _ = match part {
            Part::Heading(level, name) => write!(html, "<h{level}>{}</h{level}>", text(name)),
            Part::Paragraph(words) | Part::Note(words) => write!(html, "<p>{}</p>", text(words)),
            // Of a list that counts by itself, a page does not hold the numbers.
            Part::Numbered(list) => list
                .iter()
                .zip(1..)
                .try_for_each(|(item, number)| write!(html, "<p>{number}. {}</p>", text(item))),
            Part::Bullets(list) => write!(html, "<ul>{}</ul>", items(list)),
            Part::Table(rows) => {
                let row = |(at, row): (usize, &Vec<String>)| {
                    let cell = if at == 0 { "th" } else { "td" };
                    let cells = row
                        .iter()
                        .map(|words| format!("<{cell}>{}</{cell}>", text(words)));
                    format!("<tr>{}</tr>", cells.collect::<String>())
                };
                write!(
                    html,
                    "<table>{}</table>",
                    rows.iter().enumerate().map(row).collect::<String>()
                )
            }
        };
    }
    html.into_bytes()
}

fn to_docx(parts: &[Part]) -> Vec<u8> {
    let run = |text: &str| {
        let reference = "</w:t></w:r><w:r><w:footnoteReference w:id=\"7\"/></w:r><w:r><w:t xml:space=\"preserve\">";
        format!(
            "<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>",
            escaped(text).replace("[^1]", reference)
        )
    };
    let p = |properties: &str, text: &str| {
        format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", run(text))
    };
    let number =
        |list: u8| format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{list}\"/></w:numPr>");
    let (mut body, mut notes) = (String::new(), String::new());
    for part in parts {
        match part {
            Part::Heading(1, name) => body.push_str(&p("<w:pStyle w:val=\"Titel\"/>", name)),
            Part::Heading(level, name) => {
                body.push_str(&p(&format!("<w:pStyle w:val=\"H{}\"/>", level - 1), name));
            }
            Part::Paragraph(words) => body.push_str(&p("", words)),
            Part::Numbered(list) => body.extend(list.iter().map(|item| p(&number(1), item))),
            Part::Bullets(list) => body.extend(list.iter().map(|item| p(&number(2), item))),
            Part::Note(words) => {
                let _ = write!(
                    notes,
                    "<w:footnote w:id=\"7\">{}</w:footnote>",
                    p("", words)
                );
            }
            Part::Table(rows) => {
                let row = |(at, row): (usize, &Vec<String>)| {
                    let head = if at == 0 {
                        "<w:trPr><w:tblHeader/></w:trPr>"
                    } else {
                        ""
                    };
                    let cells = row
                        .iter()
                        .map(|words| format!("<w:tc>{}</w:tc>", p("", words)));
                    format!("<w:tr>{head}{}</w:tr>", cells.collect::<String>())
                };
                let _ = write!(
                    body,
                    "<w:tbl>{}</w:tbl>",
                    rows.iter().enumerate().map(row).collect::<String>()
                );
            }
        }
    }
    docx(&body, &notes)
}

fn to_odt(parts: &[Part]) -> Vec<u8> {
    let note = parts.iter().find_map(|part| match part {
        Part::Note(words) => Some(escaped(words)),
        _ => None,
    });
    let note = format!(
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>{}</text:p></text:note-body></text:note>",
        note.unwrap_or_default()
    );
    let text = |text: &str| escaped(text).replace("[^1]", &note);
    let list = |style: &str, items: &[String]| {
        let items = items.iter().map(|item| {
            format!(
                "<text:list-item><text:p>{}</text:p></text:list-item>",
                text(item)
            )
        });
        format!(
            "<text:list text:style-name=\"{style}\">{}</text:list>",
            items.collect::<String>()
        )
    };
    let mut body = String::new();
    for part in parts {
        let _ = match part {
            Part::Heading(level, name) => {
                write!(
                    body,
                    "<text:h text:outline-level=\"{level}\" text:is-list-header=\"true\">{}</text:h>",
                    text(name)
                )
            }
            Part::Paragraph(words) => write!(body, "<text:p>{}</text:p>", text(words)),
            Part::Note(_) => Ok(()),
            Part::Numbered(items) => write!(body, "{}", list("N", items)),
            Part::Bullets(items) => write!(body, "{}", list("B", items)),
            Part::Table(rows) => {
                let row = |row: &Vec<String>| {
                    let cells = row.iter().map(|words| {
                        format!(
                            "<table:table-cell><text:p>{}</text:p></table:table-cell>",
                            text(words)
                        )
                    });
                    format!(
                        "<table:table-row>{}</table:table-row>",
                        cells.collect::<String>()
                    )
                };
                let mut rows = rows.iter().map(row);
                let head = rows.next().unwrap_or_default();
                let rest: String = rows.collect();
                write!(
                    body,
                    "<table:table><table:table-header-rows>{head}</table:table-header-rows>{rest}</table:table>"
                )
            }
        };
    }
    odt(&body)
}

fn to_pdf(parts: &[Part]) -> Vec<u8> {
    let mut set = Typesetter::new();
    for part in parts {
        let plain = |text: &str| text.replace("[^1]", "");
        match part {
            Part::Heading(level, name) => {
                let size = [20.0, 15.0, 12.0].get(level - 1).copied().unwrap_or(11.5);
                set.paragraph(0.0, size, true, name);
            }
            Part::Paragraph(words) | Part::Note(words) => {
                set.paragraph(0.0, 10.0, false, &plain(words));
            }
            Part::Numbered(list) => {
                for (item, number) in list.iter().zip(1..) {
                    set.item(&format!("{number}."), &plain(item));
                }
            }
            Part::Bullets(list) => {
                for item in list {
                    set.item("•", &plain(item));
                }
            }
            Part::Table(rows) => {
                set.table(rows);
            }
        }
    }
    set.finish("An inspection report")
}

#[track_caller]
fn check(markdown: &str, facts: usize) {
    let parts = parts(markdown);
    let (expected, raised) = found("report.md", markdown.as_bytes().to_vec());
    assert!(
        expected.len() >= facts,
        "{} facts: {expected:#?}",
        expected.len()
    );
    let mut formats = vec![
        ("report.html", to_html(&parts)),
        ("report.docx", to_docx(&parts)),
        ("report.odt", to_odt(&parts)),
    ];
    if cfg!(feature = "pdf") {
        formats.push(("report.pdf", to_pdf(&parts)));
    }
    for (name, bytes) in formats {
        let (facts, diagnostics) = found(name, bytes);
        let only = |here: &[Value], there: &[Value]| {
            let missing: Vec<String> = here
                .iter()
                .filter(|fact| !there.contains(fact))
                .map(Value::to_string)
                .collect();
            missing.join("\n")
        };
        assert!(
            facts == expected,
            "{name}\nonly in Markdown:\n{}\nonly here:\n{}",
            only(&expected, &facts),
            only(&facts, &expected)
        );
        assert_eq!(diagnostics, raised, "{name}");
    }
}

#[test]
fn a_report_with_a_table_of_grades() {
    check(
        "# Inspection of Ashby Fire and Rescue Service\n\n## Summary\n\nThe service was rated good for prevention and requires improvement for protection. Inspectors visited in May 2023.\n\n\
         ## Grades\n\n| Area | Grade |\n|---|---|\n| Prevention | Good |\n| Protection | Good |\n| Culture | Requires improvement |\n\n\
         ## Findings\n\nResponse times rose from 8.2 minutes to 9.6 minutes, an increase of 1.4 minutes. The service carried out 1,240 home visits, 12% more than in 2022. Of 40 files, 18 (45%) were complete.\n",
        12,
    );
}

#[test]
fn a_report_with_numbered_recommendations() {
    check(
        "# Ashby House: inspection report\n\nPublished on 3 March 2024.\n\n## What must improve\n\nThe home must act on the following four recommendations:\n\n\
         1. The manager must train all staff in the safe handling of medicines by June 2024.\n2. The provider must review the staffing rota, so that 12 of 15 shifts are covered.\n3. The provider must repair the lift within three months of this report.\n\n\
         ## What we saw\n\n- 46.9% of residents said that care was good.\n- Falls fell from 31 to 24 in 2023.\n- Complaints rose by 30%, from 10 to 13.\n\nCare costs £1.2 million a year, 7% above the national average.\n",
        10,
    );
}

#[test]
fn a_report_with_a_note_and_quotes() {
    check(
        "# Audit of the “Café & Community” grants\n\n## Spending\n\nThe council spent £450,000 on 25 grants[^1] between April 2022 and March 2023; 5 of 25 (20%) were paid late. “The process was slow,” said one café owner – others agreed.\n\n\
         ## Control\n\nControls were rated adequate. Seven out of 10 files held a signed form, and spending rose from £400,000 to £450,000, an increase of 12.5%.\n\n[^1]: Grants of less than £500 were left out; there were 31 of them.\n",
        9,
    );
}

#[test]
fn a_long_report_over_several_pages() {
    let mut report = "# Review of housing in Ashby\n\n".to_owned();
    for section in 1..=9 {
        let _ = write!(
            report,
            "## Area {}\n\nInspectors read {} files and found that {} of {} homes met the standard, which is a rise from {}% to {}% since 2021. The landlord carried out \
             {} repairs in 2023, and most of the tenants whom inspectors met, many of whom had lived there for years, said that the work was done well and on time.\n\n\
             - Repairs took {} days.\n- Rent rose by {}%.\n\n",
            [
                "North", "South", "East", "West", "Hill", "Dale", "Moor", "Ford", "Bridge"
            ][section - 1],
            section * 12,
            section * 3,
            section * 5,
            40 + section,
            55 + section,
            section * 130,
            section + 4,
            section + 2
        );
    }
    check(&report, 50);
}

#[test]
fn a_report_with_two_tables_of_figures() {
    check(
        "# Youth justice in Ashby\n\n## Caseload\n\n| Measure | 2021 | 2022 | 2023 |\n|---|---|---|---|\n| Children supervised | 120 | 131 | 142 |\n| Reoffending rate | 31% | 29% | 33% |\n\n\
         The number of children supervised rose from 131 to 142, an increase of 9%.\n\n## Ratings\n\n| Standard | Rating |\n|---|---|\n| Assessment | Good |\n| Planning | Requires improvement |\n\n\
         Assessment was rated good, and planning inadequate.\n",
        6,
    );
}
