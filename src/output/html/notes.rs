//! What is said of a passage: its remarks beside it, and the links from one place of a remark to the next.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::view::{Mark, Remark, Spot};
use crate::{
    diagnostic::Severity,
    output::{place::Place, printable},
};

/// Characters of the words of a place that are shown in a list of places.
const WORDS: usize = 90;

/// Classes that remarks are filtered and coloured by.
pub(super) fn classes(remark: &Remark<'_>) -> String {
    format!("s-{} r{}", remark.diagnostic.severity, remark.rule)
}

/// The word for a severity where a line begins with it.
pub(super) const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Note => "Note",
    }
}

/// What is said of a block: each remark that is reported there, and a pointer for each that has another place there.
pub(super) fn notes(view: usize, block: usize, remarks: &[Remark<'_>], marks: &[Mark]) -> Markup {
    let here: BTreeSet<usize> = marks.iter().map(|mark| mark.remark).collect();
    let mut here: Vec<&Remark<'_>> = here.into_iter().filter_map(|at| remarks.get(at)).collect();
    let stands = |spot: &&Spot<'_>| spot.view == view && spot.block == block;
    here.sort_by_key(|remark| remark.spots.iter().find(stands).map(|spot| spot.span));
    html! {
        @for remark in here {
            @match remark.spots.first() {
                Some(first) if stands(&first) => (note(remark)),
                Some(first) => (pointer(remark, first, remark.spots.iter().find(stands))),
                None => {}
            }
        }
    }
}

/// A remark in full.
pub(super) fn note(remark: &Remark<'_>) -> Markup {
    let diagnostic = remark.diagnostic;
    let number = remark.number;
    html! {
        article class={ "remark " (classes(remark)) } id={ "f" (number) } aria-labelledby={ "f" (number) "-message" } {
            p.kind { (word(diagnostic.severity)) " " span.count { (number) } }
            p.message id={ "f" (number) "-message" } { (printable(&diagnostic.message)) }
            @if let Some(working) = &diagnostic.working {
                p.working { span.hidden { "Working: " } (printable(working)) }
            }
            @if !remark.spots.is_empty() {
                ul.places role="list" {
                    @for (spot, at) in remark.spots.iter().zip(0..) { li { (place(remark, spot, at)) } }
                }
            }
            @if let Some(help) = &diagnostic.help { p.help { (printable(help)) } }
            p.rule { span.hidden { "Rule: " } a href={ "#rule-" (remark.rule + 1) } { (printable(&diagnostic.code)) } }
        }
    }
}

/// A place of a remark: where, the words, and what is said of them.
fn place(remark: &Remark<'_>, spot: &Spot<'_>, at: usize) -> Markup {
    let elsewhere = remark
        .spots
        .first()
        .is_some_and(|first| first.view != spot.view);
    let around = spot.place.around().join(", ");
    html! {
        a href={ "#" (spot_id(remark, at)) } {
            @if elsewhere { (printable(spot.place.path)) ", " }
            (short(&spot.place))
        }
        @if !spot.words.is_empty() { " " q { (spot.words) } }
        @if !spot.place.label.is_empty() { " " span.said { (printable(spot.place.label)) } }
        @if !around.is_empty() { " " span.around { (around) } }
    }
}

/// What stands beside another place of a remark: where it is reported, and what it says.
fn pointer(remark: &Remark<'_>, first: &Spot<'_>, here: Option<&Spot<'_>>) -> Markup {
    let elsewhere = here.is_none_or(|here| here.view != first.view);
    html! {
        p class={ "pointer " (classes(remark)) } {
            span.kind { (word(remark.diagnostic.severity)) " " span.count { (remark.number) } }
            " " (printable(&remark.diagnostic.message)) ": "
            a href={ "#f" (remark.number) } {
                "see "
                @if elsewhere { (printable(first.place.path)) ", " }
                (short(&first.place))
            }
        }
    }
}

/// The number that stands at the end of a place, and leads to the remark's next place; to its note where it has no other.
pub(super) fn number(mark: Mark, remarks: &[Remark<'_>]) -> Markup {
    let Some(remark) = remarks.get(mark.remark) else {
        return Markup::default();
    };
    let number = remark.number;
    let next = (mark.spot + 1) % remark.spots.len().max(1);
    let here = remark.spots.get(mark.spot);
    let there = remark.spots.get(next).filter(|_| next != mark.spot);
    let (target, arrow) = match (here, there) {
        (Some(here), Some(there)) if there.order() < here.order() => (spot_id(remark, next), "↑"),
        (Some(_), Some(_)) => (spot_id(remark, next), "↓"),
        _ => (format!("f{number}"), ""),
    };
    html! {
        a class={ "number " (classes(remark)) } id=(spot_id(remark, mark.spot)) href={ "#" (target) } {
            span.hidden { (word(remark.diagnostic.severity)) " " }
            (number)
            @if let Some((here, there)) = here.zip(there) {
                span aria-hidden="true" { (arrow) }
                span.hidden {
                    ", next place: "
                    @if here.view != there.view { (printable(there.place.path)) ", " }
                    (short(&there.place))
                }
            }
        }
    }
}

/// The name that a place can be linked to by.
fn spot_id(remark: &Remark<'_>, spot: usize) -> String {
    format!("f{}-{}", remark.number, spot + 1)
}

/// `line 12, column 5`, `page 3`, `paragraph 40`.
pub(super) fn short(place: &Place<'_>) -> String {
    match &place.within {
        Some(within) => within.to_string(),
        None => format!("line {}, column {}", place.start.line, place.start.column),
    }
}

/// The first words of a text, with white space folded.
pub(super) fn cropped(text: &str) -> String {
    let folded: Vec<&str> = text.split_whitespace().take(WORDS).collect();
    let folded = folded.join(" ");
    let folded = printable(&folded);
    if folded.chars().count() <= WORDS {
        return folded.into_owned();
    }
    let start: String = folded.chars().take(WORDS - 1).collect();
    format!("{}…", start.trim_end())
}
