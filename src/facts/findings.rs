//! Findings under a lead that names them neither issues nor strengths: "Inspectors found:". They are issues where each of them
//! says that something is wrong.

use super::{
    lists::{self, List},
    reading::Reading,
};
use crate::grammar::{Class, Input, TokenKind};

/// Fewest findings that are read as failings without their lead saying so.
const LEAST: usize = 2;

/// Tokens of a lead that says no more than that findings follow: "These are, for example:".
const SHORT: usize = 6;

/// Whether the items of a list are failings that those who inspect found.
///
/// ```text
/// failings = lead-in … ":" 2*failing | named-failing … ( "including" | found ) … ":" *item | lead-in … ( "not" | "failed to" ) ":" *item
/// lead-in  = ( "we" | inspector ) … found | "for example" | named-failing
/// ```
pub(super) fn are_failings(reading: &Reading<'_>, list: &List) -> bool {
    let Some(block) = list.lead else { return false };
    let Some(lead) = reading.sentences_of(block).last() else {
        return false;
    };
    let lead = lists::closing(reading.input(lead));
    let ends = |mark| {
        lead.tokens()
            .last()
            .is_some_and(|token| token.kind == TokenKind::Symbol(mark))
    };
    let heading = lists::is_heading(reading.document, block);
    if !(ends(':') || heading && !ends('?')) || puts_right(lead) || of_others(lead) {
        return false;
    }
    let finds = stands_for(lead, Class::Finding, "verb") && (heading || by_inspectors(lead))
        || stands_for(lead, Class::Finding, "link") && lead.len() <= SHORT;
    let names = named(lead).is_some();
    if names && (finds || stands_for(lead, Class::Finding, "part")) || finds && denies(lead) {
        return true;
    }
    (finds || names) && list.items.len() >= LEAST && each_fails(reading, list)
}

fn stands_for(input: Input<'_>, class: Class, meaning: &str) -> bool {
    input.starts().any(|here| {
        let found = here.lexeme(class);
        found.is_some_and(|(_, found)| found.canonical == meaning)
    })
}

/// Whether those who inspect speak, or are spoken of.
fn by_inspectors(lead: Input<'_>) -> bool {
    [Class::Inspector, Class::Inspectorate]
        .into_iter()
        .any(|class| lead.holds(class))
        || lead.holds_word("we")
}

/// Whether a lead says that what was wrong is right, or that nothing was wrong.
fn puts_right(lead: Input<'_>) -> bool {
    let right = [Class::Action, Class::Improved]
        .into_iter()
        .any(|class| lead.holds(class));
    let none = lead
        .starts()
        .any(|here| ["no", "none"].iter().any(|none| here.starts_with(none)));
    right || none
}

/// Whether others than those who inspect say what is wrong: "concerns raised by families", "relatives were concerned".
fn of_others(lead: Input<'_>) -> bool {
    let Some(named) = named(lead) else {
        return false;
    };
    let by = named
        .starts()
        .find(|here| ["by", "from"].iter().any(|word| here.starts_with(word)));
    let before = lead.until(named.position());
    by.is_some_and(|by| !by_inspectors(by) && !by.skip(1).starts_with("us"))
        || before.holds(Class::Respondent) && !by_inspectors(before)
}

/// What stands from the name of what is wrong on: "shortfalls, including", "concerns are".
fn named(lead: Input<'_>) -> Option<Input<'_>> {
    lead.starts().find(|here| {
        let sign = here.lexeme(Class::Failing);
        sign.is_some_and(|(_, sign)| sign.canonical == "named")
    })
}

/// Whether a lead ends by saying that what follows was not done: "staff did not always:", "the home had failed to:".
fn denies(lead: Input<'_>) -> bool {
    /// Words of the end, with its colon.
    const END: usize = 4;
    let end = lead.skip(lead.len().saturating_sub(END));
    stands_for(end, Class::Failing, "not")
        || ["failed", "failing"]
            .iter()
            .any(|word| end.skip(1).starts_with(word))
}

fn each_fails(reading: &Reading<'_>, list: &List) -> bool {
    list.items.iter().all(|&item| {
        let first = reading.sentences_of(item).first();
        first.is_some_and(|first| fails(lists::opening(reading.input(first))))
    })
}

/// Whether a finding says that something is wrong: with a word for it, or by a denial of something that is not wrong.
fn fails(finding: Input<'_>) -> bool {
    /// Words after a denial within which what it denies stands.
    const REACH: usize = 3;
    let sign = |at: usize| {
        let (_, sign) = finding.skip(at).lexeme(Class::Failing)?;
        Some(sign.canonical)
    };
    let mut denied = 0;
    for at in 0..finding.len() {
        match sign(at) {
            Some("not") => {
                let harm =
                    (1..=REACH).find(|ahead| sign(at + ahead).is_some_and(|sign| sign != "not"));
                match harm {
                    Some(ahead) => denied = at + ahead + 1,
                    None if at >= denied => return true,
                    None => {}
                }
            }
            Some(_) if at >= denied => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::facts::{schema, testing::facts_of};

    /// Checks the issues under a lead and these items.
    #[track_caller]
    fn check(lead: &str, items: &[&str], expected: bool) {
        let text = format!("{lead}\n\n- {}\n", items.join("\n- "));
        let (_, facts) = facts_of(&text);
        let found = facts
            .iter()
            .filter(|fact| fact.kind == schema::ISSUE)
            .count();
        assert_eq!(found, if expected { items.len() } else { 0 }, "{text}");
    }

    const BAD: &[&str] = &[
        "Falls were not recorded.",
        "Rooms were dirty.",
        "There was no cook.",
    ];
    const MIXED: &[&str] = &["Staff were kind.", "Rooms were dirty."];
    const BARE: &[&str] = &["hand hygiene on two wards", "the upkeep of beds"];

    #[test]
    fn findings_are_issues_where_each_says_what_is_wrong() {
        for lead in [
            "Inspectors found:",
            "The inspection found that:",
            "During our visit, we saw that:",
            "However:",
            "The home was not well led. For example:",
            "They were concerned that:",
            "Inspectors found that people were let down because:",
            "## What we found",
        ] {
            check(lead, BAD, true);
            check(lead, MIXED, false);
        }
    }

    #[test]
    fn a_lead_can_say_what_is_wrong() {
        check(
            "Inspectors found a number of shortfalls, including:",
            BARE,
            true,
        );
        check("Our concerns were about:", BARE, true);
        check(
            "Inspectors found that staff did not always have:",
            BARE,
            true,
        );
        check("Inspectors found staff had:", BARE, false);
    }

    #[test]
    fn what_is_right_past_or_said_by_others_is_none() {
        for lead in [
            "At the last inspection, we found:",
            "Inspectors found no evidence of:",
            "Inspectors found that staff had tackled the problems, including:",
            "The review took in concerns raised by families, including:",
            "Relatives were concerned that:",
            "Patients told us:",
            "Reasons for leaving included:",
            "The register covers risks such as:",
            "We spoke with, for example:",
            "## What worked well",
        ] {
            check(lead, BAD, false);
        }
    }

    #[test]
    fn denied_faults_are_no_faults() {
        let fine = &[
            "There was no shortage of staff.",
            "Nobody had missed a meal.",
        ];
        check("Inspectors found:", fine, false);
        check(
            "Inspectors found:",
            &["No checks were made.", "Staff never sat down."],
            true,
        );
    }
}
