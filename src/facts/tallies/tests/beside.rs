//! Lists in the sentence of their number.

use super::check;

#[test]
fn things_are_what_a_list_names() {
    check(
        "The four standards are care, food, rest and play. These four make up the plan.",
        &["four standards: 4/4", "four: 4/4"],
    );
    check("The three nurses are kind, calm and skilled.", &[]);
    check(
        "The three towns with the highest numbers of poor lakes are Ayr (89 lakes), Bute (54) and Mere (50).",
        &["three towns: 3/3"],
    );
    check(
        "The three towns with poor lakes are small, old and poor.",
        &[],
    );
    check(
        "The three towns were told that Ayr, Bute and Mere are poor.",
        &[],
    );
    check(
        "Two services have been closed (care for adults and housing).",
        &["Two services: 2/2"],
    );
    check("Two services were closed for good (in Ayr and Bute).", &[]);
    check(
        "Two services were closed (the costs were high and rising).",
        &[],
    );
    check("Three services were closed (care and housing).", &[]);
    check(
        "It was poor in four areas. The two other areas, care and food, were good.",
        &["two other areas: 2/2"],
    );
    check(
        "The two other areas, which were small and old, were good.",
        &[],
    );
    check("The two main areas, care, food and rest, were good.", &[]);
    check("Four standards are hard, slow, dear and old.", &[]);
    check(
        "The home has three wings – Ash, Elm and Oak. All three were clean.",
        &["three wings: 3/3", "All three: 3/3"],
    );
    check("All three were clean.", &[]);
    check(
        "It has four units, called Beech, Hazel and Rowan.",
        &["four units: 4/3"],
    );
    check("It has four units, kept clean and warm.", &[]);
    check(
        "We went to seven settings: a nursery, two schools, a college and a farm.",
        &["seven settings: 7/5"],
    );
}

#[test]
fn names_that_hold_commas_have_one_article() {
    check(
        "We looked at all four of the standards: the Home Standard, the Safety and Quality Standard, the Rent Standard, and the Voice, Choice and Influence Standard.",
        &["four of the standards: 4/4"],
    );
    check(
        "It has three teams: the Fire, Flood and Rescue Team, the Legal Team and the Night Team.",
        &["three teams: 3/3"],
    );
    check(
        "It has five teams: the Fire Team, the Flood Team, the Day Team and the Night Team.",
        &["five teams: 5/4"],
    );
    check(
        "It has four units: the kitchen, stores, laundry and wards.",
        &["four units: 4/4"],
    );
}

#[test]
fn a_range_names_its_steps() {
    check(
        "It has five risk bands, from A (highest) to E (lowest).",
        &["five risk bands: 5/5"],
    );
    check("There are four grades, 1 to 4.", &["four grades: 4/4"]);
    check("It has six levels (0 to 5).", &[]);
    check("We saw three groups, aged 4 to 11.", &[]);
    check("It has four bands from A to C.", &[]);
}

#[test]
fn items_of_a_sentence_are_counted_by_their_markers() {
    check(
        "The guide names seven duties: 1) write, plan and keep rules; 2) name a head; 3) train; 4) listen; 5) check; 6) warn; and 7) mend, where they can.",
        &["seven duties: 7/7"],
    );
    check(
        "It raises three issues under the two laws above: (i) whether, and how, it acts; (ii) why; and (iii) when. We act for these reasons:\n\n- a\n- b\n- c\n- d",
        &["three issues: 3/3"],
    );
    check(
        "The home must do the following four things: (a) train staff; (b) keep files; and (c) mend doors.",
        &["four things: 4/3"],
    );
}

#[test]
fn an_aside_is_no_item() {
    check(
        "It had three aims: to write rules, to join services, as the report asks, to bring in others.",
        &[],
    );
}

#[test]
fn others_beside_what_is_counted_are_no_list_of_it() {
    check(
        "The team was made up of two drivers, a cook and a nurse.",
        &[],
    );
    check("It was visited by two inspectors, a cook and a nurse.", &[]);
    check(
        "It hired two people, a cook and a nurse.",
        &["two people: 2/2"],
    );
    check(
        "We made three recommendations for the board and two for the home.\n\n1. a\n2. b\n3. c\n4. d\n5. e",
        &[],
    );
}

#[test]
fn what_each_item_counts_is_added_up() {
    check(
        "We went to six homes: a farm, two flats, a house, a boat and a hut.",
        &["six homes: 6/6"],
    );
    check("We went to six homes: four on land and two at sea.", &[]);
    check(
        "It has three wings, called Ash, Elm and Oak.",
        &["three wings: 3/3"],
    );
}

#[test]
fn lists_stand_in_the_sentence() {
    check(
        "It rests on three values: trust, care and work.",
        &["three values: 3/3"],
    );
    check(
        "It was judged on four criteria: trust, care and work.",
        &["four criteria: 4/3"],
    );
    check(
        "Staff at two homes, Elm House and The Oaks, met us.",
        &["two homes: 2/2"],
    );
    check(
        "They closed 90 files: 40 from courts and 50 from police.",
        &[],
    );
    check("It has three homes and a farm.", &[]);
}
