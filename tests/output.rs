//! Every format on problems and on none: snapshots, and what must hold whatever is shown.

mod xsd;

use std::collections::{BTreeMap, BTreeSet};

use assize::{
    diagnostic::{Diagnostic, Fix, RuleInfo, Severity, Suppressed, SuppressedBy},
    layout::{Layout, Unit},
    output::{Changes, Format, Results, Screen, Summary},
    source::{SourceFile, Sources},
    span::{SourceId, Span},
    value::Verdict,
};
use proptest::prelude::*;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

const ESCAPE: char = '\u{1b}';

const SCREEN: Screen = Screen {
    colour: false,
    width: 80,
};

fn show(format: Format, diagnostics: &[Diagnostic], sources: &Sources, screen: Screen) -> String {
    let nothing = Summary::default();
    show_all(
        format,
        &Results::new(diagnostics, &nothing, sources),
        screen,
    )
}

/// What a format makes of results, with numbers that fit them.
fn show_all(format: Format, results: &Results<'_>, screen: Screen) -> String {
    let mut summary = Summary {
        documents: 2,
        facts: 17,
        rules: 3,
        undecidable: 4,
        suppressed: results.suppressed.len(),
        unreadable: results.problems.len(),
        ..Summary::default()
    };
    summary.count(results.diagnostics, Severity::Note);
    let results = Results {
        summary: &summary,
        ..*results
    };
    let mut out = Vec::new();
    format
        .render(&results, screen, &mut out)
        .expect("memory can be written to");
    String::from_utf8(out).expect("UTF-8")
}

/// Adds a file and gives back how to find a phrase in it.
fn add(sources: &mut Sources, name: &str, text: &str) -> (SourceId, impl Fn(&str) -> Span + use<>) {
    let id = sources.add(SourceFile::new(name, text));
    let text = text.to_owned();
    let find = move |part: &str| {
        let start = text.find(part).expect("the phrase stands in the text");
        Span::new(start, start + part.len())
    };
    (id, find)
}

fn raised(rule: &str, severity: Severity, message: &str) -> Diagnostic {
    Diagnostic::error(rule, message).severity(severity)
}

fn problems() -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    let (report, at) = add(
        &mut sources,
        "reports/café <draft>.md",
        "# Leadership & “care”\n\nThe rate rose from 40% to 46%, an increase of <8> points.\n\n\
         Criterion\tGrade\tÉquipe\n管理の質\tgood\t\u{1b}[31mred\n\nThree of\nthe five\nwards.\n",
    );
    let (release, in_release) = add(
        &mut sources,
        "reports/release.txt",
        "Inspectors rated \"leadership\" as fair.",
    );
    let long = format!(
        "{}rated good{} and rated fair.",
        "Ünbroken prose ".repeat(5_000),
        " filler".repeat(4_000)
    );
    let (wall, in_wall) = add(&mut sources, "reports/wall.txt", &long);
    let mut sum = raised(
        "change-arithmetic",
        Severity::Error,
        "from 40% to 46% is 6 points, not “<8>”",
    )
    .at(report, at("rose from 40% to 46%"), "6 points")
    .at(report, at("<8> points"), "8 points")
    .help("Correct the size of the change, or one of the two values.");
    sum.working = Some("46 - 40 = 6".to_owned());
    let mut two = raised(
        "set-rating-differs",
        Severity::Warning,
        "leadership is rated good here and fair there",
    )
    .at(report, at("good"), "good")
    .at(
        release,
        in_release("\"leadership\" as fair"),
        "fair, says the release that goes with the report",
    );
    two.fix = Some(Fix {
        source: release,
        span: in_release("fair"),
        text: "good & <sound>".to_owned(),
    });
    let mut round = raised(
        "rating-two-values",
        Severity::Note,
        "one criterion has two ratings",
    )
    .at(wall, in_wall("rated good"), "good")
    .at(wall, in_wall("rated fair"), "fair");
    round.verdict = Verdict::Rounding;
    let lines = raised(
        "tally-list-count",
        Severity::Warning,
        "a count over three lines",
    )
    .at(report, at("Three of\nthe five\nwards"), "over three lines")
    .at(
        report,
        at("\u{1b}[31mred"),
        "the text\nsteers\u{7}no terminal",
    );
    let end = release_end(release);
    let nowhere = raised(
        "unreadable-file",
        Severity::Error,
        "missing.md: there is no such file or folder",
    )
    .help("check the spelling of the path");
    (sources, vec![sum, two, round, lines, end, nowhere])
}

/// Places at and past the end of the file, and in a file that does not exist.
fn release_end(release: SourceId) -> Diagnostic {
    raised(
        "quote-unclosed",
        Severity::Note,
        "places that are hard to show",
    )
    .at(release, Span::new(39, 39), "at the end")
    .at(release, Span::new(39, 4_000), "past the end")
    .at(release, Span::new(9_000, 9_001), "beyond it")
    .at(SourceId(99), Span::new(0, 1), "in no file")
}

/// The text of a page without its style sheet, and with a line for each block; other text as it is.
fn without_style(text: &str) -> String {
    let Some((head, rest)) = text.split_once("<style>") else {
        return text.to_owned();
    };
    let (_, rest) = rest.split_once("</style>").expect("an end of the style");
    let mut text = format!("{head}{rest}");
    for name in [
        "p", "li", "tr", "div", "article", "section", "h1", "h2", "h3", "details", "ul", "ol",
        "table",
    ] {
        text = text.replace(&format!("<{name}"), &format!("\n<{name}"));
    }
    text
}

fn named(name: &str) -> Format {
    Format::named(name).expect("a format of this name")
}

#[test]
fn every_format_shows_problems() {
    let (sources, diagnostics) = problems();
    for format in Format::ALL {
        let name = format!("problems_{}", format.name());
        let text = show(*format, &diagnostics, &sources, SCREEN);
        insta::assert_snapshot!(name, without_style(&text));
    }
}

fn rules() -> Vec<RuleInfo> {
    let rule = |id: &str, severity, why: Option<&str>| RuleInfo {
        id: id.to_owned(),
        title: "Two values do not <fit>".to_owned(),
        severity: Some(severity),
        why: why.map(str::to_owned),
        help: Some("Correct one of {a} & {b}.".to_owned()),
        reference: why.map(|_| "Handbook, “Figures”".to_owned()),
        source: SourceId(0),
    };
    vec![
        rule(
            "change-arithmetic",
            Severity::Error,
            Some("Readers add up."),
        ),
        rule("set-rating-differs", Severity::Warning, None),
    ]
}

/// What a run may come to. The first two sources are documents that were read.
struct Case {
    name: &'static str,
    diagnostics: Vec<Diagnostic>,
    changes: Vec<Diagnostic>,
    suppressed: Vec<Suppressed>,
    problems: Vec<Diagnostic>,
}

/// A problem in two paragraphs of what was taken out of a package, one under a heading.
fn in_package(sources: &mut Sources) -> Diagnostic {
    let text = "Care\nIt is rated good.\nIt is rated fair.";
    let mut layout = Layout::new();
    layout.heading(Span::new(0, 4), 1);
    for (start, number) in [(0, 1), (5, 2), (23, 3)] {
        layout.stop(start, Unit::Paragraph, number);
    }
    let id = sources.add(SourceFile::laid_out("reports/a.docx", text, layout));
    raised("change-arithmetic", Severity::Error, "care has two ratings")
        .at(id, Span::new(17, 21), "good")
        .at(id, Span::new(35, 39), "fair")
}

fn cases() -> (Sources, Vec<Case>) {
    let (mut sources, found) = problems();
    let packed = in_package(&mut sources);
    let unread = sources.add(SourceFile::new("reports/latin<1>.txt", ""));
    let name = "reports/latin<1>.txt: byte 7 is not UTF-8 text";
    let unreadable = Diagnostic::error("unreadable-file", name)
        .at(unread, Span::default(), "")
        .help("save the file as UTF-8");
    let suppressed = |at: usize, by, reason: Option<&str>| Suppressed {
        diagnostic: found[at].clone(),
        by,
        reason: reason.map(str::to_owned),
    };
    let case = |name, diagnostics: &[Diagnostic]| Case {
        name,
        diagnostics: diagnostics.to_vec(),
        changes: Vec::new(),
        suppressed: Vec::new(),
        problems: Vec::new(),
    };
    let (rule, in_rule) = add(
        &mut sources,
        "house/share<1>.yaml",
        "id: share\nfor: { f: figure }\nassert: f.valeu <= 37 && f.unit == 3\n",
    );
    let bad_rule = Diagnostic::error("rule-invalid", "`figure` has no field `valeu`")
        .at(rule, in_rule("valeu"), "did you mean `value`?")
        .at(rule, in_rule("figure"), "of this kind & no other")
        .help("the fields are listed in GRAMMAR.md");
    let changed = Diagnostic {
        severity: Severity::Note,
        ..found[1].clone()
    };
    let cases = vec![
        case("clean", &[]),
        Case {
            problems: vec![bad_rule],
            ..case("bad_rule", &[])
        },
        Case {
            changes: vec![changed],
            ..case("changes", &found[..1])
        },
        case("two_files", &found[1..2]),
        case("package", &[packed]),
        Case {
            problems: vec![unreadable],
            ..case("unreadable", &found[..1])
        },
        Case {
            suppressed: vec![
                suppressed(0, SuppressedBy::Comment, Some("as <printed> & sold")),
                suppressed(1, SuppressedBy::Baseline, None),
                suppressed(3, SuppressedBy::Sidecar, Some("as sent")),
            ],
            ..case("suppressed", &[])
        },
    ];
    (sources, cases)
}

/// Shows each case in a format.
fn each_case(format: Format, mut look: impl FnMut(&Case, &str)) {
    let (sources, cases) = cases();
    let rules = rules();
    let rules: Vec<_> = rules.iter().collect();
    for case in &cases {
        let results = Results {
            changes: (!case.changes.is_empty()).then_some(Changes {
                since: "reports/old <1>.md",
                found: &case.changes,
            }),
            suppressed: &case.suppressed,
            problems: &case.problems,
            documents: &[SourceId(0), SourceId(1)],
            rules: &rules,
            ..Results::new(&case.diagnostics, &NO_SUMMARY, &sources)
        };
        look(case, &show_all(format, &results, SCREEN));
    }
}

static NO_SUMMARY: std::sync::LazyLock<Summary> = std::sync::LazyLock::new(Summary::default);

#[test]
fn every_format_shows_every_outcome() {
    for format in Format::ALL {
        let mut all = String::new();
        each_case(*format, |case, text| {
            all.extend(["==== ", case.name, "\n", &without_style(text)]);
        });
        insta::assert_snapshot!(format!("outcomes_{}", format.name()), all);
    }
}

/// What is written into a folder of documents is not taken for one of them.
#[test]
fn every_format_knows_its_texts_again() {
    for format in Format::ALL {
        each_case(*format, |case, text| {
            let known = text.is_empty() || Format::any_begins(text);
            assert!(known, "{}, {}: {text}", format.name(), case.name);
        });
    }
    for text in [
        "# Assize: a report\n",
        "Errors\n\nThe error[1] was mended.\n",
        "<!DOCTYPE html><meta name=\"generator\" content=\"Pandoc\">",
        "{\"title\":[",
        "[1] Note",
    ] {
        assert!(!Format::any_begins(text), "{text}");
    }
}

/// Every format carries rule, severity, message, working and each place.
#[test]
fn every_format_carries_the_whole_problem() {
    let (sources, diagnostics) = problems();
    let [sum, two, ..] = diagnostics.as_slice() else {
        panic!("problems to show");
    };
    for format in Format::ALL {
        let name = format.name();
        let shown = |found: &Diagnostic| {
            let text = show(*format, std::slice::from_ref(found), &sources, SCREEN);
            let escapes = [
                ("&lt;", "<"),
                ("&gt;", ">"),
                ("&quot;", "\""),
                ("%3C", "<"),
                ("\\<", "<"),
                ("\\>", ">"),
            ];
            let text = escapes
                .iter()
                .fold(text, |text, (from, to)| text.replace(from, to));
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let text = shown(sum);
        for words in ["change-arithmetic", "6 points", "8 points"] {
            assert!(text.contains(words), "{name}: {words} in {text}");
        }
        assert!(
            text.contains("46 - 40 = 6") || text.contains("46 \\- 40 = 6"),
            "{name}: the working in {text}"
        );
        let severity = ["error", "Error", "critical", "major", "failure"];
        assert!(
            severity.iter().any(|word| text.contains(word)),
            "{name}: {text}"
        );
        let text = shown(two);
        for words in ["draft", "release.txt", "set-rating-differs"] {
            assert!(text.contains(words), "{name}: {words} in {text}");
        }
    }
}

#[test]
fn a_clean_run_prints_nothing_but_an_envelope() {
    for name in ["pretty", "concise", "jsonl", "github"] {
        assert_eq!(
            show(named(name), &[], &Sources::new(), SCREEN),
            "",
            "{name}"
        );
    }
    insta::assert_snapshot!(show(named("json"), &[], &Sources::new(), SCREEN));
}

/// A schema of `tests/schemas`.
fn published(name: &str) -> jsonschema::Validator {
    let path = format!("{}/tests/schemas/{name}", env!("CARGO_MANIFEST_DIR"));
    let schema = SourceFile::read(path.as_ref()).expect("a schema");
    // The pattern of the language tags of SARIF has a bracket that only some dialects take for itself.
    let text = schema.text().replace("{2}]?$", r"{2}\\]?$");
    validator(&SourceFile::new(name, &text))
}

/// A schema that the program prints.
fn printed(name: &str) -> jsonschema::Validator {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_assize"))
        .args(["schema", name])
        .output()
        .expect("the program runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    validator(&SourceFile::new(name, &text))
}

fn validator(schema: &SourceFile) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(schema.text()).expect("JSON");
    jsonschema::validator_for(&schema).expect("a sound schema")
}

#[track_caller]
fn check_valid(schema: &jsonschema::Validator, value: &Value) {
    let mistakes: Vec<_> = schema
        .iter_errors(value)
        .map(|mistake| format!("{}: {mistake}", mistake.instance_path()))
        .collect();
    assert!(mistakes.is_empty(), "{mistakes:#?} in {value:#}");
}

#[test]
fn sarif_is_as_its_schema_wants_it() {
    let schema = published("sarif-schema-2.1.0.json");
    each_case(named("sarif"), |case, text| {
        let log: Value = serde_json::from_str(text).expect("JSON");
        check_valid(&schema, &log);
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        let results = run["results"].as_array().expect("a list");
        assert_eq!(
            results.len(),
            case.diagnostics.len() + case.changes.len() + case.suppressed.len()
        );
        for result in results {
            // 3.27.9 and 3.27.10: what is no problem has no level.
            assert_eq!(result["kind"] == "informational", result["level"] == "none");
            if let Some(index) = result["ruleIndex"].as_u64() {
                let index = usize::try_from(index).expect("a short list");
                let rule = &run["tool"]["driver"]["rules"][index];
                assert_eq!(rule["id"], result["ruleId"]);
            }
            assert_eq!(result["relatedLocations"].as_array().map(Vec::len), Some(1));
            assert!(result["suppressions"].is_array());
        }
        let read = run["invocations"][0]["executionSuccessful"].as_bool();
        assert_eq!(read, Some(case.problems.is_empty()));
    });
    let (sources, diagnostics) = problems();
    let text = show(named("sarif"), &diagnostics, &sources, SCREEN);
    check_valid(&schema, &serde_json::from_str(&text).expect("JSON"));
}

#[test]
fn gitlab_gets_what_it_requires() {
    let schema = published("gitlab-code-quality.json");
    let check = |text: &str| {
        let issues: Value = serde_json::from_str(text).expect("JSON");
        check_valid(&schema, &issues);
        let issues = issues.as_array().expect("a list");
        let prints: BTreeSet<_> = issues
            .iter()
            .map(|issue| issue["fingerprint"].as_str())
            .collect();
        assert_eq!(prints.len(), issues.len(), "fingerprints are unique");
        issues.len()
    };
    each_case(named("gitlab"), |case, text| {
        let all = case.diagnostics.len() + case.changes.len() + case.problems.len();
        assert_eq!(check(text), all);
    });
    let (sources, diagnostics) = problems();
    let twice: Vec<_> = diagnostics.iter().chain(&diagnostics).cloned().collect();
    assert_eq!(
        check(&show(named("gitlab"), &twice, &sources, SCREEN)),
        twice.len()
    );
}

/// The names of the elements of a test report, each with its attributes, in order.
fn elements(text: &str) -> Vec<(String, BTreeMap<String, String>)> {
    use quick_xml::{Reader, events::Event};
    let mut reader = Reader::from_str(text);
    let mut elements = Vec::new();
    loop {
        match reader.read_event().expect("XML") {
            Event::Eof => return elements,
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.expect("an attribute");
                    (
                        attribute.key.as_ref().to_owned(),
                        attribute.value.to_string(),
                    )
                });
                elements.push((tag.name().as_ref().to_owned(), attributes.collect()));
            }
            _ => {}
        }
    }
}

#[test]
fn junit_is_as_its_schema_wants_it_and_adds_up() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/schemas/junit-10.xsd");
    let schema = SourceFile::read(path.as_ref()).expect("a schema");
    let schema = xsd::Schema::parse(schema.text());
    let (sources, diagnostics) = problems();
    let text = show(named("junit"), &diagnostics, &sources, SCREEN);
    let none: [String; 0] = [];
    assert_eq!(schema.mistakes(&xsd::Element::parse(&text)), none);
    each_case(named("junit"), |case, text| {
        assert_eq!(schema.mistakes(&xsd::Element::parse(text)), none);
        let elements = elements(text);
        let count = |wanted: &str| elements.iter().filter(|(name, _)| name == wanted).count();
        let sum = |wanted: &str, attribute: &str| {
            let of = elements.iter().filter(|(name, _)| name == wanted);
            let numbers =
                of.filter_map(|(_, attributes)| attributes.get(attribute)?.parse::<usize>().ok());
            numbers.sum::<usize>()
        };
        for (attribute, element) in [
            ("tests", "testcase"),
            ("failures", "failure"),
            ("errors", "error"),
        ] {
            assert_eq!(sum("testsuites", attribute), count(element), "{text}");
            assert_eq!(sum("testsuite", attribute), count(element), "{text}");
        }
        assert_eq!(sum("testsuite", "skipped"), count("skipped"), "{text}");
        assert_eq!(count("error"), case.problems.len());
    });
}

#[test]
fn what_is_not_as_the_schema_wants_it_is_found() {
    let schema = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
        <xs:element name="leaf"><xs:complexType mixed="true">
            <xs:attribute name="n" use="required"/>
        </xs:complexType></xs:element>
        <xs:element name="tree"><xs:complexType><xs:sequence>
            <xs:element ref="leaf" maxOccurs="2"/>
            <xs:choice minOccurs="0"><xs:element name="end" type="xs:string"/></xs:choice>
        </xs:sequence></xs:complexType></xs:element>
    </xs:schema>"#;
    let schema = xsd::Schema::parse(schema);
    let mistakes = |text: &str| schema.mistakes(&xsd::Element::parse(text)).join("; ");
    assert_eq!(mistakes(r#"<tree><leaf n="1">a</leaf></tree>"#), "");
    assert_eq!(
        mistakes(r#"<tree><leaf n="1"/><leaf n="2"/><end>z</end></tree>"#),
        ""
    );
    for (text, mistake) in [
        ("<root/>", "<root> is not declared"),
        ("<tree/>", "<tree> holds []"),
        ("<tree><leaf/></tree>", "<leaf> lacks the attribute `n`"),
        (
            r#"<tree><leaf n="1" m="2"/></tree>"#,
            "<leaf> has the attribute `m`",
        ),
        (r#"<tree>a<leaf n="1"/></tree>"#, "<tree> holds text"),
        (
            r#"<tree><end/><leaf n="1"/></tree>"#,
            r#"<tree> holds ["end", "leaf"]"#,
        ),
    ] {
        assert_eq!(mistakes(text), mistake, "{text}");
    }
}

#[test]
fn our_json_is_as_its_schema_says() {
    let schema = printed("results");
    each_case(named("json"), |_, text| {
        check_valid(&schema, &serde_json::from_str(text).expect("JSON"));
    });
    let (sources, diagnostics) = problems();
    let text = show(named("json"), &diagnostics, &sources, SCREEN);
    let mut value: Value = serde_json::from_str(&text).expect("JSON");
    check_valid(&schema, &value);
    value["diagnostics"][0]["rule"] = Value::Null;
    assert!(!schema.is_valid(&value));
}

#[test]
fn csv_rows_have_the_columns_of_the_head() {
    let (sources, diagnostics) = problems();
    let text = show(named("csv"), &diagnostics, &sources, SCREEN);
    let mut rows = 0;
    for row in text.lines() {
        let outside: String = row.split('"').step_by(2).collect();
        assert_eq!(outside.matches(',').count(), 22, "{row}");
        rows += 1;
    }
    assert_eq!(rows, diagnostics.len() + 1);
}

#[test]
fn an_annotation_is_one_line() {
    let (sources, diagnostics) = problems();
    let text = show(named("github"), &diagnostics, &sources, SCREEN);
    assert_eq!(text.lines().count(), diagnostics.len());
    for line in text.lines() {
        let command = line.split(' ').next().unwrap_or_default();
        assert!(
            ["::error", "::warning", "::notice"].contains(&command),
            "{line}"
        );
        assert!(line.contains("title="), "{line}");
    }
}

#[test]
fn json_can_be_read_back() {
    let (sources, diagnostics) = problems();
    let whole: serde_json::Value =
        serde_json::from_str(&show(named("json"), &diagnostics, &sources, SCREEN)).expect("JSON");
    let list = whole["diagnostics"].as_array().expect("a list");
    assert_eq!(list.len(), diagnostics.len());
    assert_eq!(list[0]["path"], "reports/café <draft>.md");
    assert_eq!(list[0]["line"], 3);
    assert_eq!(list[0]["column"], 10);
    assert_eq!(list[0]["labels"][1]["message"], "8 points");
    assert_eq!(list[2]["verdict"], "rounding");
    assert_eq!(list[5]["path"], serde_json::Value::Null);
    let lines = show(named("jsonl"), &diagnostics, &sources, SCREEN);
    for (line, diagnostic) in lines.lines().zip(list) {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(line, *diagnostic);
    }
}

#[test]
fn colour_is_the_only_thing_that_colour_adds() {
    let (sources, diagnostics) = problems();
    let plain = show(Format::PRETTY, &diagnostics, &sources, SCREEN);
    assert!(!plain.contains('\u{1b}'));
    let colour = Screen {
        colour: true,
        ..SCREEN
    };
    let coloured = show(Format::PRETTY, &diagnostics, &sources, colour);
    assert!(coloured.contains('\u{1b}'));
    let mut stripped = String::new();
    for (at, part) in coloured.split("\u{1b}[").enumerate() {
        let rest = if at == 0 {
            part
        } else {
            part.split_once('m').map_or("", |(_, rest)| rest)
        };
        stripped.push_str(rest);
    }
    assert_eq!(stripped, plain);
    for format in Format::ALL
        .iter()
        .filter(|format| **format != Format::PRETTY)
    {
        assert!(!show(*format, &diagnostics, &sources, colour).contains('\u{1b}'));
    }
}

#[test]
fn lines_stay_on_the_screen() {
    let (sources, diagnostics) = problems();
    for width in [40, 60, 100, 140] {
        let screen = Screen {
            colour: false,
            width,
        };
        for line in show(Format::PRETTY, &diagnostics, &sources, screen).lines() {
            // A label at the far end of a line has a message of a few words beside it.
            assert!(
                line.width() <= width + 24,
                "{} columns of {width}: {line}",
                line.width()
            );
        }
    }
}

proptest! {
    #[test]
    fn any_places_in_any_text_can_be_shown(
        text in "[a-c \t\n\r“é管\u{1b}\u{feff}]{0,300}",
        spans in prop::collection::vec((0..400usize, 0..400usize), 0..6),
        width in 1..160usize,
    ) {
        let mut sources = Sources::new();
        let id = sources.add(SourceFile::new("a.txt", &text));
        let diagnostic = spans.into_iter().fold(
            raised("a-rule", Severity::Error, &text),
            |diagnostic, (start, len)| diagnostic.at(id, Span::new(start, start + len), "a label of a few words"),
        );
        for format in Format::ALL {
            let shown = show(*format, std::slice::from_ref(&diagnostic), &sources, Screen { colour: false, width });
            prop_assert!(!shown.is_empty());
            prop_assert!(!shown.contains(ESCAPE), "an escape sequence was written");
        }
    }
}
