//! One page for a browser: every document whole, its remarks beside the text, both places of each linked to each other.
//!
//! The page stands by itself: no script, nothing loaded, and a policy that forbids both. Filters are style sheets that ask
//! which boxes are checked. Whatever comes out of documents and rules is written by templates that escape it.

mod notes;
mod text;
mod view;

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{self, Write},
};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use self::view::{Remark, View};
use super::{
    Count, Format, Results, Screen,
    page::FactRow,
    place::{self, Place},
    printable,
};
use crate::{
    diagnostic::{Diagnostic, RuleInfo, Severity, Suppressed},
    source::SourceFile,
};

/// The page, as one file.
pub(super) const FORMAT: Format = Format {
    name: "html",
    help: "A page for a browser, every document with what is said of it",
    for_people: false,
    begins: |head| head.contains(GENERATOR),
    render,
};

const STYLE: &str = include_str!("style.css");

/// The page may load nothing and run nothing.
///
/// Source: <https://www.w3.org/TR/CSP3/>.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Says what made the page.
///
/// Source: HTML Living Standard, 4.2.5.1, "Standard metadata names".
const GENERATOR: &str = "<meta name=\"generator\" content=\"Assize\">";

/// Severities, the gravest first, with the word for several.
const SEVERITIES: [(Severity, &str); 3] = [
    (Severity::Error, "Errors"),
    (Severity::Warning, "Warnings"),
    (Severity::Note, "Notes"),
];

fn render(results: &Results<'_>, _: Screen, out: &mut dyn Write) -> io::Result<()> {
    let (views, remarks) = view::views(results);
    let sheet = Sheet {
        results,
        views,
        remarks,
        rules: view::rules(results),
    };
    let mut write = |part: Markup| writeln!(out, "{}", part.into_string());
    write(html! { (DOCTYPE) (PreEscaped("<html lang=\"en\">")) })?;
    write(sheet.head())?;
    write(html! { (PreEscaped("<body>")) a.skip href="#main" { "Skip to the documents" } })?;
    write(sheet.side())?;
    write(html! { (PreEscaped("<main id=\"main\" tabindex=\"-1\">")) (sheet.unread()) })?;
    for (at, view) in sheet.views.iter().enumerate() {
        write(sheet.document(at, view))?;
    }
    write(
        html! { (sheet.without_place()) (sheet.changed()) (sheet.suppressed()) (sheet.reasons()) (PreEscaped("</main>")) },
    )?;
    write(html! {
        footer { p { (printable(&results.summary.line().to_string())) } }
        (PreEscaped("</body>\n</html>"))
    })
}

/// Everything that is on the page.
struct Sheet<'a> {
    results: &'a Results<'a>,
    views: Vec<View<'a>>,
    remarks: Vec<Remark<'a>>,
    /// The rules that found something.
    rules: Vec<&'a str>,
}

impl Sheet<'_> {
    fn head(&self) -> Markup {
        html! {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                (PreEscaped(GENERATOR))
                title { (self.counts()) " – Assize" }
                style { (PreEscaped(STYLE)) (PreEscaped(self.filter_styles())) }
            }
        }
    }

    /// `1 error, no warnings, 2 notes`
    fn counts(&self) -> String {
        let summary = self.results.summary;
        let [errors, warnings, notes] = [
            Count(summary.errors, "error"),
            Count(summary.warnings, "warning"),
            Count(summary.notes, "note"),
        ];
        format!("{errors}, {warnings}, {notes}")
    }

    /// A style for each filter: what it stands for is not shown while its box is not checked. The names are made of words of
    /// this file and of numbers.
    fn filter_styles(&self) -> String {
        let severities = self.severities().into_iter();
        let names = severities.map(|(severity, ..)| format!("s-{severity}"));
        let rules = (0..self.rules.len()).map(|at| format!("r{at}"));
        let mut styles = String::new();
        for name in names.chain(rules) {
            // Writing to a string cannot fail.
            let _ = write!(
                styles,
                "body:has(#show-{name}:not(:checked)) :is(.remark,.pointer,.number,.entry).{name}{{display:none}}\n\
                 body:has(#show-{name}:not(:checked)) mark.{name}{{all:unset}}\n"
            );
        }
        styles
    }

    /// The severities of what is shown, each with how many have it.
    fn severities(&self) -> Vec<(Severity, &'static str, usize)> {
        let count = |severity| {
            let all = self.remarks.iter();
            all.filter(|remark| remark.diagnostic.severity == severity)
                .count()
        };
        let all = SEVERITIES
            .iter()
            .map(|(severity, words)| (*severity, *words, count(*severity)));
        all.filter(|(.., count)| *count > 0).collect()
    }

    /// What was found in numbers, the filters, and a list of everything.
    fn side(&self) -> Markup {
        html! {
            header.side {
                p.brand { "Assize" }
                // No line ends between a number and its word.
                h1 { (self.counts().replace(' ', "\u{a0}").replace(",\u{a0}", ", ")) }
                p.lede {
                    @if self.remarks.is_empty() && self.results.problems.is_empty() {
                        "Nothing in " (Count(self.results.summary.documents, "document")) " was found that does not fit together."
                    } @else {
                        "in " (Count(self.results.summary.documents, "document")) ", "
                        (Count(self.results.summary.facts, "fact")) " set against each other"
                    }
                }
                @if !self.remarks.is_empty() { (self.filters()) }
                @if !self.views.is_empty() { (self.contents()) }
            }
        }
    }

    fn filters(&self) -> Markup {
        let of_rule = |at| {
            self.remarks
                .iter()
                .filter(|remark| remark.rule == at)
                .count()
        };
        let control = |name: &str, label: &str, count: usize| {
            html! {
                label { input type="checkbox" checked autocomplete="off" id={ "show-" (name) }; " " (printable(label)) " " span.count { (count) } }
            }
        };
        html! {
            section.filters aria-label="Filters" {
                fieldset {
                    legend.hidden { "Show" }
                    @for (severity, words, count) in self.severities() {
                        (control(&format!("s-{severity}"), words, count))
                    }
                }
                details {
                    summary { "Rules " span.count { (self.rules.len()) } }
                    fieldset {
                        legend.hidden { "Show what these rules found" }
                        @for (rule, at) in self.rules.iter().zip(0..) { (control(&format!("r{at}"), rule, of_rule(at))) }
                    }
                }
            }
        }
    }

    fn contents(&self) -> Markup {
        html! {
            nav aria-label="Documents and problems" {
                ol.contents role="list" {
                    @for (at, view) in self.views.iter().enumerate() {
                        li {
                            a.path href={ "#d" (at + 1) } { (path(view.file)) }
                            @if !view.reported.is_empty() {
                                ol role="list" {
                                    @for remark in view.reported.iter().filter_map(|found| self.remarks.get(*found)) { (entry(remark)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn document(&self, at: usize, view: &View<'_>) -> Markup {
        let id = format!("d{}", at + 1);
        let shown = text::text(view, at, &self.remarks);
        html! {
            section.document id=(id) aria-labelledby={ (id) "-name" } {
                div.title {
                    h2 id={ (id) "-name" } { (path(view.file)) }
                    p.about { (about(view)) }
                }
                @if view.marks.is_empty() {
                    details { summary { "Text" } (shown) }
                } @else {
                    (shown)
                }
                @if let Some(page) = view.page && !page.facts.is_empty() {
                    details.facts { summary { (Count(page.facts.len(), "fact")) } (facts(at, view, &page.facts)) }
                }
            }
        }
    }

    /// What could not be read.
    fn unread(&self) -> Markup {
        let problems = self.results.problems;
        html! {
            @if !problems.is_empty() {
                section.unread aria-labelledby="unread" {
                    h2 id="unread" { "Could not be read" }
                    ul {
                        @for problem in problems {
                            li {
                                @if let Some(place) = place::unsaid(problem, self.results.sources) { (place) ": " }
                                (printable(&problem.message))
                                @if let Some(help) = &problem.help { ": " (printable(help)) }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Remarks that no file has a place for.
    fn without_place(&self) -> Markup {
        let found: Vec<_> = self
            .remarks
            .iter()
            .filter(|remark| remark.spots.is_empty())
            .collect();
        html! {
            @if !found.is_empty() {
                section aria-labelledby="no-place" {
                    h2 id="no-place" { "Without a place in a document" }
                    @for remark in found { (notes::note(remark)) }
                }
            }
        }
    }

    /// What changed since an earlier version, each with its place in both.
    fn changed(&self) -> Markup {
        let Some(changes) = &self.results.changes else {
            return html! {};
        };
        let place = |place: &Place<'_>| {
            html! { (printable(place.path)) ", " (notes::short(place)) }
        };
        html! {
            section aria-labelledby="changes" {
                h2 id="changes" {
                    (Count(changes.found.len(), "change")) " since " (printable(changes.since))
                }
                ul {
                    @for change in changes.found {
                        @let places: Vec<_> = Place::all(change, self.results.sources).collect();
                        li {
                            (printable(&change.message)) " "
                            span.said {
                                "(" @for (other, at) in places.iter().zip(0..) {
                                    @if at > 0 { "; " } (place(other))
                                } ")"
                            }
                        }
                    }
                }
            }
        }
    }

    /// What was found and is not reported.
    fn suppressed(&self) -> Markup {
        let suppressed = self.results.suppressed;
        html! {
            @if !suppressed.is_empty() {
                section aria-labelledby="suppressed" {
                    h2 id="suppressed" { "Not reported" }
                    details {
                        summary { (Count(suppressed.len(), "problem")) }
                        ul { @for found in suppressed { li { (self.kept_back(found)) } } }
                    }
                }
            }
        }
    }

    fn kept_back(
        &self,
        Suppressed {
            diagnostic,
            by,
            reason,
        }: &Suppressed,
    ) -> Markup {
        let place = Place::all(diagnostic, self.results.sources).next();
        html! {
            @if let Some(place) = place { (printable(place.path)) ", " (notes::short(&place)) ": " }
            (printable(&diagnostic.message)) " "
            span.said { "(" (printable(&diagnostic.code)) ": " (printable(reason.as_deref().unwrap_or(by.name()))) ")" }
        }
    }

    /// The rules that found something, and why they look for it.
    fn reasons(&self) -> Markup {
        let known: BTreeMap<&str, &RuleInfo> = self
            .results
            .rules
            .iter()
            .map(|rule| (rule.id.as_str(), *rule))
            .collect();
        html! {
            @if !self.rules.is_empty() {
                section.rules aria-labelledby="rules" {
                    h2 id="rules" { "Rules" }
                    @for (rule, at) in self.rules.iter().zip(1..) {
                        div id={ "rule-" (at) } {
                            h3 { (printable(rule)) }
                            @if let Some(info) = known.get(rule) { (reason(info)) }
                        }
                    }
                }
            }
        }
    }
}

/// A line of the list of everything.
fn entry(remark: &Remark<'_>) -> Markup {
    let Diagnostic {
        severity, message, ..
    } = remark.diagnostic;
    html! {
        li class={ "entry " (notes::classes(remark)) } {
            a href={ "#f" (remark.number) } {
                span.kind { span.hidden { (notes::word(*severity)) " " } (remark.number) } " " span.message { (printable(message)) }
            }
        }
    }
}

/// What a document is about, how it was read, and how much is wrong with it.
fn about(view: &View<'_>) -> Markup {
    html! {
        @if let Some(page) = view.page {
            @if let Some(subject) = &page.subject { (printable(subject)) " · " }
            @if let Some(framework) = &page.framework { (printable(framework)) " · " }
        }
        (Count(view.reported.len(), "problem"))
        @if view.told_elsewhere > 0 { ", and places of " (view.told_elsewhere) " reported elsewhere" }
    }
}

fn reason(info: &RuleInfo) -> Markup {
    html! {
        p { (printable(&info.title)) "." }
        @if let Some(why) = &info.why { p.why { (printable(why.trim())) } }
        @if let Some(reference) = &info.reference { p.said { "Source: " (printable(reference.trim())) } }
    }
}

/// A table of the facts of a document.
fn facts(at: usize, view: &View<'_>, facts: &[FactRow]) -> Markup {
    let place = |fact: &FactRow| match view.file.place(fact.span) {
        Some(place) => place.to_string(),
        None => format!("line {}", view.file.line_column(fact.span.start).line),
    };
    html! {
        div.scroll role="region" tabindex="0" aria-label={ "Facts of " (printable(view.file.name())) } {
            table {
                thead { tr { th scope="col" { "Place" } th scope="col" { "Kind" } th scope="col" { "Words" } th scope="col" { "Read as" } } }
                tbody {
                    @for fact in facts {
                        tr {
                            td { a href={ "#" (text::anchor(at, fact.block)) } { (place(fact)) } }
                            td { (printable(&fact.kind)) }
                            td.words { (notes::cropped(&fact.text)) }
                            td { @for (name, value) in &fact.fields { span.field { span.name { (printable(name)) } " " (printable(value)) } " " } }
                        }
                    }
                }
            }
        }
    }
}

/// The name of a file, which may be broken at its slashes.
fn path(file: &SourceFile) -> Markup {
    let name = printable(file.name());
    html! {
        @for (part, at) in name.split('/').zip(0..) { @if at > 0 { "/" wbr; } (part) }
    }
}
