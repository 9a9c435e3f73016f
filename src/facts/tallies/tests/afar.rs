//! Lists that stand elsewhere: issues, tables, ratings.

use super::check;

#[test]
fn tables_and_lists_that_differ_from_their_number() {
    check(
        "It has published judgements for four landlords. Two are new.\n\nThe full list:\n\n\
         | Landlord | Grade |\n|---|---|\n| Elm | C1 |\n| Oak | C2 |\n| Ash | C3 |",
        &["four landlords: 4/3"],
    );
    check(
        "| Company | Stars |\n|---|---|\n| Elm | 1 |\n| Oak | 2 |\n| Ash | 3 |\n\nThe four companies caused 318 spills in 2023.",
        &["four companies: 4/3"],
    );
    check(
        "| Company | Stars |\n|---|---|\n| Elm | 1 |\n| Oak | 2 |\n| Ash | 3 |\n\nThe four companies that reported in 2019 caused 318 spills.",
        &[],
    );
    check(
        "We looked at four criteria: care, food, rest and play. It was good for each of the five criteria.",
        &["four criteria: 4/4", "five criteria: 5/4"],
    );
    check(
        "# Concerns\n\nWe identified six concerns.\n\n**Priority concerns**\n\n1. Food is poor.\n2. Cells are cold.\n3. Doors \
         stick.\n\n**Key concerns**\n\n4. Staff are few.\n5. Post is late.",
        &["six concerns: 6/5"],
    );
}

#[test]
fn areas_of_a_place_are_not_those_that_are_rated() {
    let rated = "| Standard | Rating |\n|---|---|\n| Food | Good |\n| Care | Fair |\n| Rest | Poor |\n| Play | Good |\n\n";
    check(
        &format!("{rated}Sessions are judged good and are held in all three areas of the county."),
        &[],
    );
}

#[test]
fn a_list_further_on_is_counted_twice() {
    check(
        "We looked at three areas and liked them. It was a calm day.\n\nThe three areas are:\n\n- food\n- care\n- rest",
        &["three areas: 3/3", "three areas: 3/3"],
    );
    check(
        "The home was marked in two areas. Food was rated good and care was rated adequate.",
        &["two areas: 2/2"],
    );
}

#[test]
fn one_issue_of_a_long_name_is_announced() {
    check(
        "We raised one area for improvement.\n\n**Area for improvement**\n\nThe firm should mend its roof.",
        &["one area for improvement: 1/1"],
    );
    check(
        "We made one order here.\n\nThe home is old.\n\nOrder 1: Mend it.",
        &[],
    );
}

#[test]
fn grades_are_counted() {
    const TABLE: &str = "| Area | Grade |\n|---|---|\n| Elm care | Good |\n| Oak care | Good |\n| Ash care | Inadequate |\n\n";
    check(
        &format!("{TABLE}Of these areas, two were good and one was inadequate."),
        &["two: 2/2~", "one: 1/1~"],
    );
    check(
        &format!("{TABLE}Two were good that day, and one was sad."),
        &[],
    );
}

#[test]
fn issues_are_counted_from_afar() {
    check(
        "# Report\n\nWe made three recommendations.\n\n## Staff\n\nThey are kind.\n\n## Recommendations\n\n1. Train staff.\n2. Mend it.\n\nAll three recommendations matter.",
        &["three recommendations: 3/2", "three recommendations: 3/2"],
    );
    check(
        "# Report\n\nIn 2018 we made nine recommendations.\n\n## Recommendations\n\n1. Train staff.\n2. Mend it.",
        &[],
    );
    check(
        "Recommendation 1: Train staff.\n\nRecommendation 2: Mend it.\n\nThe board accepts all three.",
        &["all three: 3/2"],
    );
}

#[test]
fn tables_are_counted() {
    check(
        "The four homes were seen in May.\n\n| Home | Beds |\n|---|---|\n| Elm | 4 |\n| Oak | 6 |\n| Total | 10 |",
        &["four homes: 4/2"],
    );
    check(
        "Two homes are rated good.\n\n| Home | Rating |\n|---|---|\n| Elm House | Good |\n| Oak House | Good |\n| Ash House | Inadequate |",
        &["Two homes: 2/2~"],
    );
    check(
        "We saw two schools.\n\n| Home | Beds |\n|---|---|\n| Elm | 4 |\n| Oak | 6 |",
        &[],
    );
    let rated = |text: &str| {
        format!(
            "{text}\n\n| Provider | Safe | Caring |\n|---|---|---|\n| Elm House | Good | Good |\n| Oak House | Good | Good |\n| Ash House | Inadequate | Good |"
        )
    };
    check(
        &rated("Three new judgements are out today."),
        &["Three new judgements: 3/3"],
    );
    check(&rated("We have made four new judgements."), &[]);
}

#[test]
fn lists_that_are_pointed_to() {
    check(
        "These four should come first:\n\n1. Elm\n2. Oak\n3. Ash\n4. Fir",
        &["four: 4/4"],
    );
    check(
        "Two more areas – safety and respect – were good.",
        &["Two more areas: 2/2"],
    );
    check("Two more visits were made.", &[]);
    check(
        "Three inns have new scores. Here they are:\n\n- Elm\n- Oak\n- Ash",
        &["Three inns: 3/3"],
    );
}
