//! Markup from bytes: well-formed whatever the bytes are, so that what is behind the XML reader is reached.

use crate::packages::{self, pdf::Page};

/// Pieces that reports are made of.
const WORDS: &[&str] = &[
    "Leadership was rated good",
    " and poor for casework",
    "Good",
    "‘fair’",
    "“",
    "”",
    "46.9%",
    "18 of 40 (45%)",
    "rose from 55.2% to 62.3%",
    "£1.2 million",
    "The following eight issues:",
    "1. ",
    "(a) ",
    "• ",
    "\t",
    " ",
    "Recommendation 3.",
    "accepted",
    "31 June 2023",
    "2016-17",
    "hyphen-",
    "soft\u{ad}",
    "ﬁ",
    "\u{a0}",
    "\u{200b}",
    "é",
    "日本",
    "🦀",
    "e\u{301}",
    "Page 3 of 9",
    "12",
    "Table 1: Caption",
    "....",
    "&amp;",
    "&#8217;",
    "Title Case",
    "ALL CAPS",
    "end. ",
    "Label: ",
    "G1",
];

/// Elements with content, each with its attributes, and empty ones.
struct Elements {
    with_content: &'static [&'static str],
    empty: &'static [&'static str],
}

const WORD: Elements = Elements {
    with_content: &[
        "w:p",
        "w:r",
        "w:t xml:space=\"preserve\"",
        "w:p",
        "w:r",
        "w:t",
        "w:pPr",
        "w:rPr",
        "w:numPr",
        "w:tbl",
        "w:tr",
        "w:tc",
        "w:tcPr",
        "w:trPr",
        "w:ins w:id=\"1\" w:author=\"A\"",
        "w:del w:id=\"2\" w:author=\"A\"",
        "w:delText",
        "w:moveFrom w:id=\"3\"",
        "w:moveTo w:id=\"4\"",
        "w:hyperlink",
        "w:fldSimple w:instr=\" PAGE \"",
        "w:instrText",
        "w:sdt",
        "w:sdtContent",
        "w:sdtPr",
        "w:txbxContent",
        "w:pict",
        "v:textbox",
        "mc:AlternateContent",
        "mc:Choice Requires=\"wps\"",
        "mc:Fallback",
        "w:footnote w:id=\"1\"",
        "w:smartTag",
        "m:oMath",
        "m:r",
        "m:t",
        "w:object",
        "w:drawing",
        "w:customXml",
        "w:sectPr",
    ],
    empty: &[
        "w:br",
        "w:tab",
        "w:br w:type=\"page\"",
        "w:noBreakHyphen",
        "w:softHyphen",
        "w:cr",
        "w:pStyle w:val=\"H1\"",
        "w:pStyle w:val=\"Titel\"",
        "w:pStyle w:val=\"Quote\"",
        "w:pStyle w:val=\"Caption\"",
        "w:pStyle w:val=\"TOC1\"",
        "w:pStyle w:val=\"Steps\"",
        "w:rStyle w:val=\"Secret\"",
        "w:b",
        "w:vanish",
        "w:strike",
        "w:vertAlign w:val=\"superscript\"",
        "w:ilvl w:val=\"1\"",
        "w:ilvl w:val=\"99\"",
        "w:numId w:val=\"1\"",
        "w:numId w:val=\"4\"",
        "w:numId w:val=\"0\"",
        "w:gridSpan w:val=\"2\"",
        "w:gridSpan w:val=\"99999\"",
        "w:vMerge",
        "w:vMerge w:val=\"restart\"",
        "w:tblHeader",
        "w:fldChar w:fldCharType=\"begin\"",
        "w:fldChar w:fldCharType=\"separate\"",
        "w:fldChar w:fldCharType=\"end\"",
        "w:footnoteReference w:id=\"1\"",
        "w:lastRenderedPageBreak",
        "w:sym w:font=\"Symbol\" w:char=\"F0B7\"",
        "w:commentRangeStart w:id=\"0\"",
        "w:commentRangeEnd w:id=\"0\"",
        "w:commentReference w:id=\"0\"",
        "w:bookmarkStart w:id=\"5\" w:name=\"x\"",
        "w:outlineLvl w:val=\"2\"",
        "w:ins w:id=\"9\"",
        "w:del w:id=\"8\"",
    ],
};

const ODT: Elements = Elements {
    with_content: &[
        "text:p",
        "text:span",
        "text:h text:outline-level=\"1\"",
        "text:h text:outline-level=\"3\"",
        "text:p text:style-name=\"P1\"",
        "text:p text:style-name=\"P2\"",
        "text:p text:style-name=\"PB\"",
        "text:span text:style-name=\"B\"",
        "text:span text:style-name=\"H\"",
        "text:span text:style-name=\"S\"",
        "text:span text:style-name=\"U\"",
        "text:list text:style-name=\"N\"",
        "text:list text:style-name=\"B\"",
        "text:list",
        "text:list-item",
        "text:list-item text:start-value=\"5\"",
        "text:list-header",
        "table:table",
        "table:table-row",
        "table:table-cell",
        "table:table-header-rows",
        "table:table-cell table:number-columns-spanned=\"2\"",
        "table:table-cell table:number-columns-repeated=\"99999\"",
        "table:table-row table:number-rows-repeated=\"99999\"",
        "table:covered-table-cell",
        "text:note text:note-class=\"footnote\"",
        "text:note-citation",
        "text:note-body",
        "draw:frame",
        "draw:text-box",
        "svg:title",
        "svg:desc",
        "text:a",
        "text:section",
        "text:section text:display=\"none\"",
        "text:table-of-content",
        "text:index-body",
        "text:tracked-changes",
        "text:changed-region text:id=\"c\"",
        "text:deletion",
        "text:insertion",
        "office:change-info",
        "office:annotation office:name=\"n\"",
        "text:page-number",
        "text:numbered-paragraph",
        "text:ruby",
        "text:ruby-base",
        "text:ruby-text",
        "office:forms",
    ],
    empty: &[
        "text:s",
        "text:s text:c=\"3\"",
        "text:s text:c=\"4000000000\"",
        "text:tab",
        "text:line-break",
        "text:soft-page-break",
        "text:change text:change-id=\"c\"",
        "text:change-start text:change-id=\"c\"",
        "text:change-end text:change-id=\"c\"",
        "text:bookmark text:name=\"x\"",
        "office:annotation-end office:name=\"n\"",
        "text:soft-hyphen",
    ],
};

/// Well-formed XML: every byte opens an element, ends one, or writes something.
fn xml(bytes: &[u8], elements: &Elements) -> String {
    fn one<'a>(list: &[&'a str], at: u8) -> &'a str {
        list[usize::from(at) % list.len()]
    }
    let mut text = String::new();
    let mut open: Vec<&str> = Vec::new();
    for pair in bytes.chunks(2) {
        let at = pair.get(1).copied().unwrap_or_default();
        match pair[0] % 8 {
            0..=2 => {
                let element = one(elements.with_content, at);
                text.extend(["<", element, ">"]);
                open.push(element);
            }
            3 | 4 => {
                if let Some(element) = open.pop() {
                    end(&mut text, element);
                }
            }
            5 => text.extend(["<", one(elements.empty, at), "/>"]),
            _ => text.push_str(one(WORDS, at)),
        }
    }
    while let Some(element) = open.pop() {
        end(&mut text, element);
    }
    text
}

fn end(text: &mut String, element: &str) {
    let name = element.split(' ').next().unwrap_or_default();
    text.extend(["</", name, ">"]);
}

/// The body that bytes stand for: told by the first of them, markup as it is or made of the others.
fn body(bytes: &[u8], elements: &Elements) -> String {
    match bytes.split_first() {
        Some((b'<', _)) => String::from_utf8_lossy(bytes).into_owned(),
        Some((_, rest)) => xml(rest, elements),
        None => String::new(),
    }
}

/// A Word file: the bytes themselves where they are a package, else one around a body and notes made of them.
pub fn docx(bytes: &[u8]) -> Vec<u8> {
    if bytes.starts_with(b"PK") {
        return bytes.to_vec();
    }
    let mut parts = bytes.splitn(2, |byte| *byte == 0);
    let mut part = || body(parts.next().unwrap_or_default(), &WORD);
    let (text, notes) = (part(), part());
    packages::docx(&text, &notes)
}

/// An OpenDocument text: the bytes themselves where they are a package, else one around a body made of them.
pub fn odt(bytes: &[u8]) -> Vec<u8> {
    if bytes.starts_with(b"PK") {
        return bytes.to_vec();
    }
    packages::odt(&body(bytes, &ODT))
}

/// A PDF: the bytes themselves where they are one, else pages on which words stand where the bytes say.
pub fn pdf(bytes: &[u8]) -> Vec<u8> {
    if bytes.starts_with(b"%PDF") {
        return bytes.to_vec();
    }
    let mut pages = vec![Page::default()];
    for step in bytes.chunks(5) {
        let at = |index: usize| step.get(index).copied().unwrap_or_default();
        let (left, top) = (f32::from(at(1)) * 2.4, f32::from(at(2)) * 3.4);
        let size = f32::from(at(3) % 32);
        let words = WORDS[usize::from(at(4)) % WORDS.len()];
        let Some(page) = pages.last_mut() else { break };
        match at(0) % 16 {
            0 => pages.push(Page::default()),
            1 => {
                page.rule(left, top, left + f32::from(at(3)), top);
            }
            2 => {
                page.rule(left, top, left, top + f32::from(at(3)));
            }
            3 => {
                page.raw(&format!(
                    "{} {} {} {} {left} {top} cm\n",
                    at(1),
                    at(2),
                    at(3),
                    at(4)
                ));
            }
            4 => {
                page.raw("q\n");
            }
            5 => {
                page.raw("Q\n");
            }
            _ => {
                page.text(left, top, size, at(3) > 128, words);
            }
        }
    }
    packages::pdf::pdf(&pages)
}
