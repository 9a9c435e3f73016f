//! A test report in the XML of JUnit, which most build servers read: a suite for each document, a case for each problem.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use quick_xml::{Writer, events::BytesText};

use super::{Format, Results, Screen, place::Place, printable, words};
use crate::{
    diagnostic::{Diagnostic, Suppressed},
    source::SourceFile,
};

/// Problems at or above the failure level are failures; lighter ones, and those that are not reported, are skipped cases, which
/// break no build. What could not be read is an error. A document without problems is one case that passes.
///
/// Source: the schema `junit-10.xsd` of <https://github.com/jenkinsci/xunit-plugin>. Times are left out, so that the same
/// documents give the same report.
pub(super) const FORMAT: Format = Format {
    name: "junit",
    help: "A test report in the XML of JUnit, for build servers",
    for_people: false,
    begins: |head| head.contains("<testsuites name=\"assize\""),
    render,
};

/// The suite of problems that have no place.
const NO_FILE: &str = "assize";

type Xml<'a> = Writer<&'a mut dyn Write>;

/// A test case.
struct Case {
    name: String,
    outcome: Outcome,
    message: String,
    /// The rule.
    kind: String,
    body: String,
}

/// What became of a test case; its name is that of the element that says so.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Skipped,
    Failure,
    Error,
}

fn render(results: &Results<'_>, _: Screen, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    let suites = suites(results);
    let all: Vec<&Case> = suites.values().flatten().collect();
    let mut writer: Xml<'_> = Writer::new_with_indent(&mut *out, b' ', 2);
    let element = writer.create_element("testsuites");
    element
        .with_attribute(("name", "assize"))
        // The schema gives the whole no count of skipped cases.
        .with_attributes(counts(&all).iter().take(3).map(attribute))
        .write_inner_content(|writer| {
            let mut suites = suites.iter();
            suites.try_for_each(|(path, cases)| suite(path, cases, writer))
        })?;
    writeln!(out)
}

/// The cases by document, in the order of their names.
fn suites<'a>(results: &'a Results<'_>) -> BTreeMap<&'a str, Vec<Case>> {
    let documents = results.documents.iter();
    let names = documents.filter_map(|id| results.sources.get(*id).map(SourceFile::name));
    let mut suites: BTreeMap<&str, Vec<Case>> = names.map(|name| (name, Vec::new())).collect();
    let mut add = |diagnostic: &'a Diagnostic, outcome, why: Option<&str>| {
        let place = Place::all(diagnostic, results.sources).next();
        let path = place.as_ref().map_or(NO_FILE, |place| place.path);
        let case = Case::new(diagnostic, place.as_ref(), outcome, why, results);
        suites.entry(path).or_default().push(case);
    };
    for problem in results.problems {
        add(problem, Outcome::Error, None);
    }
    for diagnostic in results.diagnostics {
        let fails = diagnostic.severity >= results.fail_on;
        let outcome = if fails {
            Outcome::Failure
        } else {
            Outcome::Skipped
        };
        add(diagnostic, outcome, None);
    }
    let since = results.changes.map_or("", |changes| changes.since);
    let changed = format!("changed since {since}");
    for change in results.changed() {
        add(change, Outcome::Skipped, Some(&changed));
    }
    for Suppressed {
        diagnostic,
        by,
        reason,
    } in results.suppressed
    {
        let reason = reason.as_deref().unwrap_or(by.name());
        add(diagnostic, Outcome::Skipped, Some(reason));
    }
    for cases in suites.values_mut().filter(|cases| cases.is_empty()) {
        cases.push(Case::passed());
    }
    suites
}

impl Case {
    fn passed() -> Self {
        Self {
            name: "agrees with itself".to_owned(),
            outcome: Outcome::Passed,
            message: String::new(),
            kind: String::new(),
            body: String::new(),
        }
    }

    fn new(
        diagnostic: &Diagnostic,
        place: Option<&Place<'_>>,
        outcome: Outcome,
        why: Option<&str>,
        results: &Results<'_>,
    ) -> Self {
        let at = place.map(|place| match &place.within {
            Some(within) => format!(" ({within})"),
            None => format!(" ({}:{})", place.start.line, place.start.column),
        });
        let message = match why {
            Some(why) => format!("{} (not reported: {why})", diagnostic.message),
            None => format!("{}: {}", diagnostic.severity, diagnostic.message),
        };
        Self {
            name: legal(&format!("{}{}", diagnostic.code, at.unwrap_or_default())),
            outcome,
            message: legal(&message),
            kind: legal(&diagnostic.code),
            body: words::lines(diagnostic, results.sources)
                .iter()
                .map(|line| legal(line))
                .collect::<Vec<_>>()
                .join("\n"),
        }
    }
}

fn suite(path: &str, cases: &[Case], writer: &mut Xml<'_>) -> io::Result<()> {
    let path = legal(path);
    let all: Vec<&Case> = cases.iter().collect();
    let element = writer.create_element("testsuite");
    element
        .with_attribute(("name", path.as_str()))
        .with_attributes(counts(&all).iter().map(attribute))
        .write_inner_content(|writer| {
            let mut cases = cases.iter();
            cases.try_for_each(|case| write_case(&path, case, writer))
        })?;
    Ok(())
}

fn write_case(path: &str, case: &Case, writer: &mut Xml<'_>) -> io::Result<()> {
    let element = writer
        .create_element("testcase")
        .with_attribute(("classname", path))
        .with_attribute(("name", case.name.as_str()));
    let Some(name) = case.outcome.element() else {
        element.write_empty()?;
        return Ok(());
    };
    element.write_inner_content(|writer| {
        writer
            .create_element(name)
            .with_attribute(("message", case.message.as_str()))
            .with_attribute(("type", case.kind.as_str()))
            .write_text_content(BytesText::new(&case.body))?;
        Ok(())
    })?;
    Ok(())
}

impl Outcome {
    /// The element that says so; a case that passed has none.
    const fn element(self) -> Option<&'static str> {
        match self {
            Self::Passed => None,
            Self::Skipped => Some("skipped"),
            Self::Failure => Some("failure"),
            Self::Error => Some("error"),
        }
    }
}

/// The attributes that count cases.
fn counts(cases: &[&Case]) -> [(&'static str, String); 4] {
    let of = |outcome| cases.iter().filter(|case| case.outcome == outcome).count();
    [
        ("tests", cases.len()),
        ("failures", of(Outcome::Failure)),
        ("errors", of(Outcome::Error)),
        ("skipped", of(Outcome::Skipped)),
    ]
    .map(|(name, count)| (name, count.to_string()))
}

fn attribute<'a>((name, count): &'a (&'static str, String)) -> (&'a str, &'a str) {
    (name, count)
}

/// `text` on one line, without the characters that XML 1.0 has no way to write.
fn legal(text: &str) -> String {
    printable(text).replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}")
}
