//! The page for browsers, parsed back: nothing of it leaves the page, no text becomes markup, and every link leads somewhere.

#![expect(clippy::string_slice, reason = "a test may cut its own text")]

mod packages;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
};

use assize::{
    diagnostic::Diagnostic,
    document::{self, Format},
    output::{self, FactRow, Results, Screen, Summary},
    source::{SourceFile, Sources},
    span::Span,
};
use html5gum::{Token, Tokenizer};
use packages::{docx, odt, pdf::Typesetter};
use proptest::prelude::*;
use serde_json::Value;

/// Text that would be markup, styles or scripts, if it were not escaped.
const HOSTILE: [&str; 6] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</style></title></main><a href='javascript:alert(1)'>",
    "<!-- --><iframe srcdoc=\"x\">",
    "&lt;b&gt; {{ x }} ${x}",
    "' onclick='alert(1)",
];

const REPORT: &str = "\
The rate rose from 40% to 46%, an increase of 8 percentage points.

Of the 60 files that we checked, 33 (65%) were in time. Inspectors came on 31 April 2024.

There are four recommendations.

The ratings were:

| Area | Rating |
|---|---|
| Leadership | Good |
| Casework | Fair |

Leadership was rated fair.
";

/// An element: its name and attributes, and where its text begins and ends in that of the page.
#[derive(Debug)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: (usize, usize),
}

/// A page as browsers read it.
struct Page {
    elements: Vec<Element>,
    text: String,
    styles: String,
}

impl Page {
    /// Reads a page; every element must be closed in its turn.
    fn read(html: &str) -> Self {
        let utf8 = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        let (mut elements, mut open) = (Vec::<Element>::new(), Vec::<usize>::new());
        let (mut text, mut styles) = (String::new(), String::new());
        for token in Tokenizer::new(html) {
            match token.unwrap_or_else(|never| match never {}) {
                Token::StartTag(tag) => {
                    let name = utf8(&tag.name);
                    let attributes = tag.attributes.iter();
                    let attributes = attributes.map(|(key, value)| (utf8(key), utf8(&value.value)));
                    let is_void = ["meta", "input", "wbr"].contains(&name.as_str());
                    elements.push(Element {
                        name,
                        attributes: attributes.collect(),
                        text: (text.len(), text.len()),
                    });
                    if !is_void {
                        open.push(elements.len() - 1);
                    }
                }
                Token::EndTag(tag) => {
                    let element = &mut elements[open.pop().expect("an open element")];
                    assert_eq!(element.name, utf8(&tag.name), "closed in turn");
                    element.text.1 = text.len();
                }
                Token::String(string) => {
                    let in_style = open.last().is_some_and(|at| elements[*at].name == "style");
                    let to = if in_style { &mut styles } else { &mut text };
                    to.push_str(&utf8(&string.value));
                }
                Token::Doctype(_) => {}
                other => panic!("{other:?}"),
            }
        }
        assert!(open.is_empty(), "{open:?}");
        Self {
            elements,
            text,
            styles,
        }
    }

    fn text_of(&self, element: &Element) -> &str {
        &self.text[element.text.0..element.text.1]
    }

    /// Holds what must be so on every page.
    fn check(&self) {
        let known = [
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "a",
            "header",
            "p",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "section",
            "fieldset",
            "legend",
            "label",
            "input",
            "details",
            "summary",
            "nav",
            "ol",
            "ul",
            "li",
            "span",
            "main",
            "div",
            "article",
            "q",
            "mark",
            "blockquote",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "wbr",
            "footer",
        ];
        let mut ids = BTreeSet::new();
        for element in &self.elements {
            assert!(known.contains(&element.name.as_str()), "{element:?}");
            for (key, value) in &element.attributes {
                let loads = ["src", "srcset", "action", "data", "style", "poster"];
                assert!(
                    !loads.contains(&key.as_str()) && !key.starts_with("on"),
                    "{element:?}"
                );
                assert!(key != "href" || value.starts_with('#'), "{element:?}");
            }
            if let Some(id) = element.attributes.get("id") {
                assert!(ids.insert(id.as_str()), "{id} stands twice");
            }
        }
        for attribute in ["href", "aria-labelledby"] {
            for element in &self.elements {
                if let Some(target) = element.attributes.get(attribute) {
                    assert!(ids.contains(target.trim_start_matches('#')), "{element:?}");
                }
            }
        }
        assert!(!self.styles.contains("url(") && !self.styles.contains("@import"));
        assert!(!self.styles.contains("http:") && !self.styles.contains("https:"));
        let policy = self
            .elements
            .iter()
            .find(|element| element.attributes.contains_key("http-equiv"));
        assert!(policy.expect("a policy").attributes["content"].starts_with("default-src 'none'"));
        self.check_numbers();
        self.check_outline();
    }

    /// The numbers at the places of a problem lead round through all of them; its note leads to each.
    fn check_numbers(&self) {
        let mut places: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
        let links = || {
            self.elements
                .iter()
                .filter_map(|element| Some((element, element.attributes.get("href")?.as_str())))
        };
        let targets: BTreeSet<&str> = links()
            .filter(|(element, _)| !element.attributes.contains_key("id"))
            .map(|(_, href)| href)
            .collect();
        for (element, href) in links() {
            if let Some(id) = element.attributes.get("id") {
                let (problem, _) = id.split_once('-').expect("a place of a problem");
                places.entry(problem).or_default().push((id, &href[1..]));
                assert!(
                    targets.contains(format!("#{id}").as_str()),
                    "{id} stands in the note"
                );
            }
        }
        for (problem, places) in &places {
            let next: BTreeMap<_, _> = places.iter().copied().collect();
            let mut at = format!("{problem}-1");
            for _ in 0..places.len() {
                at = next[at.as_str()].to_owned();
            }
            let back = if places.len() == 1 {
                (*problem).to_owned()
            } else {
                format!("{problem}-1")
            };
            assert_eq!(at, back, "{places:?}");
        }
    }

    /// One heading of the first level, and none that is more than a level deeper than the one before.
    fn check_outline(&self) {
        let names = self.elements.iter().map(|element| element.name.as_str());
        let levels = names.filter_map(|name| name.strip_prefix('h')?.parse::<u8>().ok());
        let levels: Vec<u8> = levels.collect();
        assert_eq!(
            levels
                .iter()
                .filter(|level| level == &&1)
                .collect::<Vec<_>>(),
            [&1]
        );
        assert_eq!(levels.first(), Some(&1));
        assert!(
            levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
            "{levels:?}"
        );
    }
}

fn run(folder: &Path, format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_assize"))
        .args(["check", ".", "--format", format])
        .current_dir(folder)
        .output()
        .expect("the binary can be run");
    assert!(output.status.code() < Some(2), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The page of documents, and what the same run gives as JSON.
fn check(files: &[(&str, Vec<u8>)]) -> (Page, Value) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("a file that can be written to");
    }
    let html = run(folder.path(), "html");
    assert_eq!(html, run(folder.path(), "html"), "the same bytes again");
    let page = Page::read(&html);
    page.check();
    let found: Value = serde_json::from_str(&run(folder.path(), "json")).expect("JSON");
    for (diagnostic, number) in found["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .zip(1..)
    {
        for (label, place) in diagnostic["labels"]
            .as_array()
            .expect("a list")
            .iter()
            .zip(1..)
        {
            let id = format!("f{number}-{place}");
            let anchor = page
                .elements
                .iter()
                .find(|element| element.attributes.get("id") == Some(&id));
            assert!(anchor.is_some(), "{id}: {label}");
        }
    }
    (page, found)
}

#[test]
fn no_text_becomes_markup() {
    let claim = " The rate rose from 40% to 46%, an increase of 8 percentage points.\n\n";
    let lines: String = HOSTILE
        .iter()
        .flat_map(|hostile| [*hostile, claim])
        .collect();
    let markdown = format!("# Report <b>on</b> \"care\"\n\n{lines}{REPORT}");
    let (page, found) = check(&[
        ("a.txt", format!("Care\n\n{lines}").into_bytes()),
        ("b&<b>'\".md", markdown.into_bytes()),
    ]);
    assert!(
        found["diagnostics"].as_array().map(Vec::len) > Some(10),
        "{found}"
    );
    for hostile in HOSTILE {
        assert!(
            page.text.contains(hostile),
            "{hostile} is shown as it is written"
        );
    }
    assert!(page.text.contains("b&<b>'\".md"));
}

#[test]
fn marks_stand_on_the_words_of_their_places() {
    let (page, found) = check(&[("a.md", REPORT.as_bytes().to_vec())]);
    let marked: Vec<&str> = page
        .elements
        .iter()
        .filter(|element| element.name == "mark")
        .map(|element| page.text_of(element))
        .collect();
    for label in found["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .flat_map(|found| found["labels"].as_array().expect("a list"))
    {
        let bytes = |key: &str| {
            label[key]
                .as_u64()
                .and_then(|at| usize::try_from(at).ok())
                .expect("an offset")
        };
        let words = &REPORT[bytes("start")..bytes("end")];
        let words = words.split('|').next().unwrap_or_default().trim();
        assert!(
            marked
                .iter()
                .any(|marked| words.starts_with(marked) || marked.contains(words)),
            "{words} in {marked:?}"
        );
    }
    assert!(
        marked.contains(&"Leadership was rated fair")
            || marked.iter().any(|words| words.contains("fair")),
        "{marked:?}"
    );
}

#[test]
fn packages_are_shown_by_their_text() {
    let lines = [
        "Fenwick ward",
        "Inspectors came on 31 April 2024.",
        "The rate rose from 40% to 46%, an increase of 8 percentage points.",
    ];
    let word: Vec<String> = lines
        .iter()
        .map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"))
        .collect();
    let open: Vec<String> = lines
        .iter()
        .map(|line| format!("<text:p>{line}</text:p>"))
        .collect();
    let mut set = Typesetter::new();
    for line in lines {
        set.paragraph(0.0, 10.0, false, line);
    }
    let (page, found) = check(&[
        ("a.docx", docx(&word.concat(), "")),
        ("b.odt", odt(&open.concat())),
        ("c.pdf", set.finish("Fenwick ward")),
    ]);
    assert_eq!(found["diagnostics"].as_array().map(Vec::len), Some(9));
    for place in ["paragraph 2", "page 1"] {
        assert!(page.text.contains(place), "{place}");
    }
    let marks = page
        .elements
        .iter()
        .filter(|element| element.name == "mark");
    let dates = marks.filter(|mark| page.text_of(mark) == "31 April 2024");
    assert_eq!(dates.count(), 3);
}

/// Shows problems at these places of a document, which the page has whole or in parts.
fn shown(text: &str, format: Format, spans: &[(usize, usize)], whole: bool) -> String {
    let file = SourceFile::new("a.md", text);
    let document = document::read(&file, format);
    let mut sources = Sources::new();
    let source = sources.add(file);
    let diagnostics: Vec<Diagnostic> = spans
        .chunks(2)
        .zip(["a-rule", "b-rule", "a-rule"].iter().cycle())
        .map(|(places, rule)| {
            let problem = Diagnostic::error(rule, text);
            places.iter().fold(problem, |problem, (start, len)| {
                problem.at(source, Span::new(*start, start + len), text)
            })
        })
        .collect();
    let facts = document
        .blocks
        .iter()
        .enumerate()
        .map(|(block, found)| FactRow {
            kind: "figure".to_owned(),
            span: document.map.to_source(found.span),
            block,
            text: text.to_owned(),
            fields: vec![("value".to_owned(), text.to_owned())],
        });
    let pages = [assize::output::Page {
        source,
        document: &document,
        subject: Some(text.to_owned()),
        framework: Some(text.to_owned()),
        facts: facts.collect(),
    }];
    let summary = Summary::default();
    let results = Results {
        pages: if whole { &pages } else { &[] },
        ..Results::new(&diagnostics, &summary, &sources)
    };
    let screen = Screen {
        colour: false,
        width: 80,
    };
    let mut out = Vec::new();
    let html = output::Format::named("html").expect("a format of this name");
    html.render(&results, screen, &mut out)
        .expect("memory can be written to");
    String::from_utf8(out).expect("UTF-8")
}

proptest! {
    #[test]
    fn any_places_in_any_document_make_a_sound_page(
        lines in prop::collection::vec("(# |## |- |1. |> |\\| )?[a-c é管<&\"'|]{0,30}", 0..12),
        format in prop::sample::select(vec![Format::Text, Format::Markdown, Format::Html]),
        spans in prop::collection::vec((0..300usize, 0..200usize), 0..9),
        whole in any::<bool>(),
    ) {
        Page::read(&shown(&lines.join("\n"), format, &spans, whole)).check();
    }
}

#[test]
fn a_clean_run_says_so() {
    let (page, _) = check(&[(
        "a.md",
        b"# Fenwick ward\n\nInspectors visited on 12 March 2024.\n".to_vec(),
    )]);
    assert!(
        page.text
            .contains("Nothing in 1 document was found that does not fit together.")
    );
    let forms = page
        .elements
        .iter()
        .filter(|element| element.name == "input");
    assert_eq!(forms.count(), 0);
}
