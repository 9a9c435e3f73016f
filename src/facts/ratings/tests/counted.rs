//! Bodies and criteria that are counted: named behind their number, left of others, or one of several.

use super::{check, check_other};

#[test]
fn shares_of_bodies_have_no_grade() {
    for text in [
        "The vast majority of homes were rated good.",
        "The proportion of homes rated good rose.",
        "Homes did well, with more scoring an ‘excellent’ or ‘good’ rating.",
        "Others have a good rating.",
        "The largest proportion of homes – 45% – were rated fair.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn bodies_named_behind_their_number_have_the_grade() {
    check(
        "Three schools – Ashton, Moor Lane and St Anne's – were rated good.",
        &["Ashton = Good", "Moor Lane = Good", "St Anne's = Good"],
    );
    check(
        "Two homes — Elm House and Ash Lodge — were judged to be inadequate.",
        &["Elm House = Inadequate", "Ash Lodge = Inadequate"],
    );
    check(
        "Both hospitals – St Mary's and Alder Hey – were rated as requires improvement.",
        &[
            "St Mary's = Requires improvement",
            "Alder Hey = Requires improvement",
        ],
    );
    check(
        "Four surgeries (Elm, Oak, Beech Road and Ash Lane) were rated outstanding.",
        &[
            "Elm = Outstanding",
            "Oak = Outstanding",
            "Beech Road = Outstanding",
            "Ash Lane = Outstanding",
        ],
    );
    check(
        "Three prisons, Harrow, Leyhill and Marsh, were graded poor.",
        &["Harrow = Poor", "Leyhill = Poor", "Marsh = Poor"],
    );
    // As many names as were counted, and names they must be.
    check(
        "Four schools – Ashton, Moor Lane and St Anne's – were rated good.",
        &[],
    );
    check(
        "Three schools – two of them small and one new – were rated good.",
        &[],
    );
}

#[test]
fn one_of_several_has_their_grade() {
    check(
        "King's School is one of five schools in Upton rated outstanding.",
        &["overall = Outstanding"],
    );
    check(
        "Elm House was one of the three homes in Ash rated poor.",
        &["overall = Poor"],
    );
    check(
        "One of five schools in Upton rated outstanding closed.",
        &[],
    );
    check(
        "It is one of the reasons why homes rated inadequate close.",
        &[],
    );
}

#[test]
fn shares_of_bodies_have_no_grade_of_their_own() {
    check(
        "A fifth of care homes rated inadequate were not seen again.",
        &[],
    );
    check("A third of the homes were rated good.", &[]);
    check("A quarter of surgeries were judged to be outstanding.", &[]);
    check(
        "On both occasions the home was rated good.",
        &["overall = Good"],
    );
    check("On each occasion it was rated good.", &["overall = Good"]);
}

#[test]
fn what_is_left_of_criteria_is_counted() {
    let fields = ["quantifier", "count", "value", "noun", "excepted"];
    let check =
        |text: &str, expected: &[&str]| check_other(text, "rating-claim", &fields, expected);
    check(
        "The remaining two key questions were rated requires improvement.",
        &["count | 2 | Requires improvement | key questions | fails"],
    );
    check(
        "Seven areas were inspected. Food was rated outstanding. The remaining six were all good.",
        &["count | 6 | Good | (not stated) | fails"],
    );
    check(
        "Of the ten standards, the remaining four were good.",
        &["count | 4 | Good | (not stated) | fails"],
    );
    check(
        "Two homes were rated good. The other two were rated poor.",
        &[],
    );
    check("The remaining five were all good.", &[]);
    check("The other three homes were rated good.", &[]);
    check(
        "All but one area was rated good.",
        &["all | (not stated) | Good | area | holds"],
    );
    check(
        "All but two of the key questions were rated good.",
        &["all | (not stated) | Good | key questions | holds"],
    );
}

#[test]
fn sentences_name_standards() {
    check(
        "# Report\n\n## 2.4 Reviewing is thorough and timely. Requires improvement\n\nCases are read.",
        &["Reviewing is thorough and timely = Requires improvement"],
    );
    check(
        "# Report\n\n- 2.1 Planning is sound. Good\n- 2.2 Reviewing is late. Inadequate",
        &["Planning is sound = Good", "Reviewing is late = Inadequate"],
    );
    check("# Report\n\n## 2.4 Reviewing is thorough. Good work", &[]);
    check("# Report\n\nReviewing is thorough. Good", &[]);
    check("# Report\n\n4. Reviewing is thorough. Good", &[]);
}

#[test]
fn a_rating_that_had_been_is_an_earlier_one() {
    check(
        "It was rated good; its overall rating had been inadequate.",
        &["overall = Good", "< overall = Inadequate"],
    );
    check("Its overall rating is good.", &["overall = Good"]);
}
