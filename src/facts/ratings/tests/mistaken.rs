//! Forms of ratings whose round, body or criterion is easily mistaken, each beside one that looks like it.

use super::forms::check;

/// A document of May 2025.
fn dated(text: &str) -> String {
    format!("Published 28 May 2025\n\n{text}")
}

#[track_caller]
fn check_dated(text: &str, expected: &[&str]) {
    check(&dated(text), expected);
}

#[test]
fn a_time_at_the_front_sets_the_round() {
    let two = ["< leadership = Good", "< care = Poor"];
    for opening in [
        "At the 2019 inspection leadership was rated good and care was rated poor.",
        "In March 2022 leadership was rated good and care was rated poor.",
        "In 2022, leadership was rated good and care was rated poor.",
        "In ABC 2021/22 the force was rated good for leadership and poor for care.",
        "In 2021-22 inspectors rated leadership good and care poor.",
        "Under the last framework we rated leadership as good and care as poor.",
        "When the home was last assessed, leadership was rated good and care was rated poor.",
        "In the round before this one the home was rated good for leadership and poor for care.",
    ] {
        check_dated(opening, &two);
    }
    check_dated(
        "In March 2025 leadership was rated good and care was rated poor.",
        &["leadership = Good", "care = Poor"],
    );
    check_dated(
        "In ABC 2024/25 the force was rated good for leadership.",
        &["leadership = Good"],
    );
    check_dated(
        "We last assessed the home in August 2022, when we rated it good. The overall rating has gone down to requires improvement.",
        &["< overall = Good", "overall = Requires improvement"],
    );
    check_dated(
        "Since its 2021 inspection, when leadership was rated fair, the service has worked hard. Leadership is rated good.",
        &["< leadership = Fair", "Leadership = Good"],
    );
    check_dated(
        "Since our inspection in 2021 the service has changed a great deal. Leadership was rated good.",
        &["Leadership = Good"],
    );
    check_dated(
        "At the time of this inspection leadership was rated good.",
        &["leadership = Good"],
    );
    check_dated(
        "Elm Water is a two-star company for 2024. It was a three-star company in each of the four years before that.",
        &["overall = 2 stars", "< overall = 3 stars"],
    );
    check_dated(
        "Back in 2020, leadership was rated outstanding. In 2023, it was rated inadequate. At this inspection it was rated good.",
        &[
            "< leadership = Outstanding",
            "< leadership = Inadequate",
            "leadership = Good",
        ],
    );
}

#[test]
fn heads_of_columns_name_rounds() {
    let table = |first: &str, second: &str| {
        dated(&format!(
            "| Criterion | {first} | {second} |\n|---|---|---|\n| Leadership | Good | Fair |\n| Casework | Good | Poor |"
        ))
    };
    for (now, before) in [
        ("This assessment", "August 2022"),
        ("2024", "2021"),
        ("Now", "Before"),
        ("Latest", "2019 visit"),
        ("New", "Old"),
        ("Re-inspection", "First inspection"),
        ("To", "From"),
        ("ABC 2023-25", "ABC 2021/22"),
        ("Our judgement", "Judgement three years ago"),
        ("What we found", "November 2021"),
    ] {
        check(
            &table(now, before),
            &[
                "Leadership = Good",
                "< Leadership = Fair",
                "Casework = Good",
                "< Casework = Poor",
            ],
        );
        check(
            &table(before, now),
            &[
                "< Leadership = Good",
                "Leadership = Fair",
                "< Casework = Good",
                "Casework = Poor",
            ],
        );
    }
    check(
        &table("Elm House", "Oak House"),
        &[
            "Leadership: Elm House = Good",
            "Leadership: Oak House = Fair",
            "Casework: Elm House = Good",
            "Casework: Oak House = Poor",
        ],
    );
}

#[test]
fn a_table_of_particulars_rates_the_whole() {
    check(
        "# Elm Court\n\n| | |\n|---|---|\n| Provider | Elm Care |\n| Beds | 56 |\n| **Overall** | **Good** ● |",
        &["overall = Good"],
    );
    check(
        "# Elm Court\n\n| | |\n|---|---|\n| Provider | Elm Care |\n| Staff | Good |",
        &["Staff = Good"],
    );
}

#[test]
fn what_a_movement_is_on_may_stand_before_the_body() {
    check(
        "For being well-led the trust has gone from good to requires improvement.",
        &["< well-led = Good", "well-led = Requires improvement"],
    );
    check(
        "For being safe, the practice has moved from good to inadequate. For being caring it has improved from good to outstanding.",
        &[
            "< safe = Good",
            "safe = Inadequate",
            "< caring = Good",
            "caring = Outstanding",
        ],
    );
    check(
        "For many years the trust has been busy. The trust has gone from good to fair.",
        &["< overall = Good", "overall = Fair"],
    );
    check(
        "To go from fair to good for care in two years is no small thing.",
        &["< care = Fair", "care = Good"],
    );
    check("Leaders hope to go from fair to good for care.", &[]);
    check(
        "Leadership slipped to requires improvement, and care slipped from outstanding to good.",
        &[
            "Leadership = Requires improvement",
            "< care = Outstanding",
            "care = Good",
        ],
    );
    check("Leadership slipped to good old habits.", &[]);
    check(
        "The force was regraded for responding to the public, from fair to good.",
        &[
            "< responding to the public = Fair",
            "responding to the public = Good",
        ],
    );
}

#[test]
fn what_has_no_grade_is_no_criterion() {
    for text in [
        "Nothing was graded inadequate.",
        "None was rated inadequate and nobody was rated good.",
        "Not a single area was graded good.",
        "Almost everything was rated outstanding.",
        "Something was rated poor.",
        "There was no good rating.",
        "In 2022 there was no \"adequate\" grade, so a move from good to adequate does not mean that care is worse.",
        "Elm Group runs 14 homes. At the time of publication two were rated outstanding, nine good and three requires improvement.",
    ] {
        check(text, &[]);
    }
    check(
        "Nothing here is new. Care was rated good.",
        &["Care = Good"],
    );
}

#[test]
fn one_thing_may_have_two_grades_in_a_sentence() {
    check(
        "Safety, once rated good, is now rated poor.",
        &["< Safety = Good", "Safety = Poor"],
    );
    check(
        "The force is inadequate at responding to the public, having been graded good in 2021.",
        &[
            "responding to the public = Inadequate",
            "< responding to the public = Good",
        ],
    );
    check(
        "The control centre is now good, having been poor in 2022.",
        &["control centre = Good", "< control centre = Poor"],
    );
    check("The control centre is now good, having been painted.", &[]);
    check("The control centre is good, up from nothing.", &[]);
    check(
        "The trust was rated good for care and is now rated fair overall.",
        &["care = Good", "overall = Fair"],
    );
}

#[test]
fn commas_part_grades_from_names_between_semicolons() {
    check(
        "The grades were: leadership, good; casework, fair; and resources, poor.",
        &["leadership = Good", "casework = Fair", "resources = Poor"],
    );
    check(
        "Its judgements by area were: quality of education, inadequate; attitudes, requires improvement.",
        &[
            "quality of education = Inadequate",
            "attitudes = Requires improvement",
        ],
    );
    check(
        "We heard of warm, good; staff are kind, good; and so on.",
        &[],
    );
    check("We met leaders, good and bad; and teachers.", &[]);
}

#[test]
fn other_bodies_have_ratings_of_their_own() {
    check(
        "The home was rated fair. A sister home, Elm Lodge, was rated good. The neighbouring Oak Lodge is rated poor.",
        &["overall = Fair", "Elm Lodge = Good", "Oak Lodge = Poor"],
    );
    check(
        "The home was rated fair. Elm Lodge, its nearest home, was rated good.",
        &["overall = Fair", "Elm Lodge = Good"],
    );
    check(
        "Elm Lodge was rated good.\n\nThe home was rated good.",
        &["overall = Good", "overall = Good"],
    );
    check(
        "# Elm Lodge\n\nElm Lodge was rated good. The home was rated fair.",
        &["overall = Good", "overall = Fair"],
    );
    check(
        "The firm was rated one star. Elm Water was rated four stars.",
        &["overall = 1 star", "Elm Water = 4 stars"],
    );
    check(
        "The top rating of four stars went to Elm Water.",
        &["overall = 4 stars"],
    );
}

#[test]
fn stars_are_held_and_kept() {
    check(
        "Elm Water has four stars. Ash Water now has just two stars.",
        &["Elm Water = 4 stars", "Ash Water = 2 stars"],
    );
    check("The brochure has four stars on it.", &[]);
    check("Elm Water kept its four stars.", &["overall = 4 stars"]);
}

#[test]
fn a_clause_before_and_names_nothing() {
    check(
        "Leaders have given the school a clear direction, and leadership is now evaluated as good.",
        &["leadership = Good"],
    );
    check(
        "Care, food, and leadership were rated good.",
        &["Care = Good", "food = Good", "leadership = Good"],
    );
    check(
        "It is the first service in the county to be rated outstanding for care.",
        &["care = Outstanding"],
    );
    check(
        "It is the first service to hope to be rated good for care.",
        &[],
    );
    check(
        "Leadership continues to be rated good.",
        &["Leadership = Good"],
    );
}

#[test]
fn what_is_found_of_others_is_not_rated() {
    let table =
        "| Criterion | Rating |\n|---|---|\n| Effectiveness | Good |\n| Response | Fair |\n";
    let rows = ["Effectiveness = Good", "Response = Fair"];
    check(
        &format!("{table}\nThe effectiveness of the Elm Safeguarding Board is inadequate."),
        &rows,
    );
    check(
        &format!("{table}\nThe response through an officer of the council is inadequate."),
        &rows,
    );
    check(
        &format!("{table}\nThe response at the council is fair."),
        &[rows.as_slice(), &["response = Fair"]].concat(),
    );
    check(
        "One home was judged poor. The other two were judged to be good.",
        &[],
    );
}
