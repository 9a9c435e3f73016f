//! Every format on problems and on none: snapshots, and what must hold whatever is shown.

use assize::{
    diagnostic::{Diagnostic, Severity},
    output::{Format, Screen, Summary, render},
    source::{SourceFile, Sources},
    span::{SourceId, Span},
    value::Verdict,
};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

const ESCAPE: char = '\u{1b}';

const SCREEN: Screen = Screen {
    colour: false,
    width: 80,
};

fn show(format: Format, diagnostics: &[Diagnostic], sources: &Sources, screen: Screen) -> String {
    let mut summary = Summary {
        documents: 2,
        facts: 17,
        rules: 3,
        undecidable: 4,
        ..Summary::default()
    };
    summary.count(diagnostics, Severity::Note);
    let mut out = Vec::new();
    render(format, diagnostics, &summary, sources, screen, &mut out)
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
    let two = raised(
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

#[test]
fn every_format_shows_problems() {
    let (sources, diagnostics) = problems();
    for format in Format::ALL {
        let name = format!("problems_{format:?}").to_lowercase();
        insta::assert_snapshot!(name, show(*format, &diagnostics, &sources, SCREEN));
    }
}

#[test]
fn a_clean_run_prints_nothing_but_an_envelope() {
    for format in Format::ALL {
        let text = show(*format, &[], &Sources::new(), SCREEN);
        if *format == Format::Json {
            insta::assert_snapshot!(text);
        } else {
            assert_eq!(text, "", "{format:?}");
        }
    }
}

#[test]
fn json_can_be_read_back() {
    let (sources, diagnostics) = problems();
    let whole: serde_json::Value =
        serde_json::from_str(&show(Format::Json, &diagnostics, &sources, SCREEN)).expect("JSON");
    let list = whole["diagnostics"].as_array().expect("a list");
    assert_eq!(list.len(), diagnostics.len());
    assert_eq!(list[0]["path"], "reports/café <draft>.md");
    assert_eq!(list[0]["line"], 3);
    assert_eq!(list[0]["column"], 10);
    assert_eq!(list[0]["labels"][1]["message"], "8 points");
    assert_eq!(list[2]["verdict"], "rounding");
    assert_eq!(list[5]["path"], serde_json::Value::Null);
    let lines = show(Format::Jsonl, &diagnostics, &sources, SCREEN);
    for (line, diagnostic) in lines.lines().zip(list) {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(line, *diagnostic);
    }
}

#[test]
fn colour_is_the_only_thing_that_colour_adds() {
    let (sources, diagnostics) = problems();
    let plain = show(Format::Pretty, &diagnostics, &sources, SCREEN);
    assert!(!plain.contains('\u{1b}'));
    let colour = Screen {
        colour: true,
        ..SCREEN
    };
    let coloured = show(Format::Pretty, &diagnostics, &sources, colour);
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
    for format in [Format::Concise, Format::Json, Format::Jsonl] {
        assert!(!show(format, &diagnostics, &sources, colour).contains('\u{1b}'));
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
        for line in show(Format::Pretty, &diagnostics, &sources, screen).lines() {
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
