//! Ratings of several bodies, by their names, places and services, as releases and newspapers tell them.

use super::forms::check;

#[test]
fn criteria_that_a_number_announces() {
    check(
        "Two key areas, safety and leadership, were judged inadequate.",
        &["safety = Inadequate", "leadership = Inadequate"],
    );
    check(
        "The home was marked as poor, with safety and leadership receiving the same judgement.",
        &["overall = Poor", "safety = Poor", "leadership = Poor"],
    );
    // A count of which nothing is named is a claim.
    check(
        "The trust was given a rating of requires improvement in three of the four categories.",
        &[],
    );
}

#[test]
fn several_bodies_by_name() {
    check(
        "Northwood PDU, Lamb PDU and Elm and Ash PDU each received the lowest rating possible (‘Inadequate’).",
        &[
            "Northwood PDU = Inadequate",
            "Lamb PDU = Inadequate",
            "Elm and Ash PDU = Inadequate",
        ],
    );
    check(
        "Three authorities, Gate, Kenwick and Chelby and York were rated as outstanding overall.",
        &[
            "Gate = Outstanding",
            "Kenwick and Chelby = Outstanding",
            "York = Outstanding",
        ],
    );
    check(
        "The report judged children’s services in Dale, Haring and Milton to be inadequate overall.",
        &[
            "Dale = Inadequate",
            "Haring = Inadequate",
            "Milton = Inadequate",
        ],
    );
    check(
        "Children’s services in four areas have been judged to be inadequate.",
        &[],
    );
    check(
        "Two councils, Mansby District Council and Waverby Borough Council, received C2 gradings.",
        &[
            "Mansby District Council: consumer = C2",
            "Waverby Borough Council: consumer = C2",
        ],
    );
    check("Two other providers have been given C2 grades.", &[]);
    check(
        "A total of 14 providers are graded C1; 29 are graded C2.",
        &[],
    );
}

#[test]
fn bodies_by_place_and_by_short_name() {
    check(
        "Harbour Grill, in Port Ann, received a rating of one for food hygiene.\n\nTony’s Restaurant and Café, in Cosby, received a rating of zero.",
        &["Harbour Grill = 1", "Tony's Restaurant and Café = 0"],
    );
    check(
        "A rating of one for food hygiene means that much must be done.",
        &[],
    );
    check(
        "Northwood City Council’s children’s services have been rated ‘outstanding’, while Calder MBC has achieved a ‘good’ rating after previously being subject to intervention.\n\nNorthwood has become the third council to be rated outstanding under the framework introduced this year and was rated ‘good’ under the previous framework in 2015.",
        &[
            "Northwood City Council = Outstanding",
            "Calder MBC = Good",
            "Northwood City Council = Outstanding",
            "< Northwood City Council = Good",
        ],
    );
}

#[test]
fn labels_of_items_and_lines() {
    check(
        "# Elm Ambulance Trust\n\nFollowing this inspection:\n\n* Urgent care service - The overall rating has changed from outstanding to good. Caring was rated good.\n* Emergency operations centre (EOC) service - Caring was rated outstanding.",
        &[
            "< Urgent care service = Outstanding",
            "Urgent care service = Good",
            "Urgent care service: Caring = Good",
            "Emergency operations centre: Caring = Outstanding",
        ],
    );
    check(
        "Forces were graded as follows:\n\n:: Outstanding\n\nDurby\n\n:: Good\n\nAvon & Somer, City of Lind and West Mid\n\n:: Requires improvement\n\nDevon and Corn, Dyfed-Pow and Sus",
        &[
            "Durby = Outstanding",
            "Avon & Somer = Good",
            "City of Lind = Good",
            "West Mid = Good",
            "Devon and Corn = Requires improvement",
            "Dyfed-Pow = Requires improvement",
            "Sus = Requires improvement",
        ],
    );
    check(
        "Inspectors said that the force:\n\n- is ‘good’ at reducing crime;\n- ‘requires improvement’ at how it treats the public; and\n- is inadequate at looking after its staff.",
        &[
            "reducing crime = Good",
            "treats the public = Requires improvement",
            "looking after its staff = Inadequate",
        ],
    );
    // What anybody may be said to be is praise.
    check(
        "The head:\n\n- is good at listening to staff;\n- is outstanding with parents.",
        &[],
    );
}

#[test]
fn what_a_grade_is_for_in_more_words() {
    check(
        "The trust was rated inadequate for whether its services are safe and well-led and \"good\" for whether its services are caring.",
        &[
            "safe = Inadequate",
            "well-led = Inadequate",
            "caring = Good",
        ],
    );
    check(
        "In terms of effectiveness and efficiency, the service was judged to be ‘good’ in each area – one down from the highest rating of ‘outstanding’.",
        &["effectiveness = Good", "efficiency = Good"],
    );
    check(
        "It was rated good when it came to caring, but requires improvement when it came to safety.",
        &["caring = Good", "safety = Requires improvement"],
    );
    check(
        "For wellbeing the school was graded \"excellent\" for the way in which pupils work.",
        &["wellbeing = Excellent"],
    );
    check(
        "The service was rated outstanding for food along with its culture and its leadership.",
        &[
            "food = Outstanding",
            "culture = Outstanding",
            "leadership = Outstanding",
        ],
    );
    check(
        "She achieved a grade 4 in English. The manor is a grade 2 listed building.",
        &[],
    );
}

#[test]
fn grades_that_moved_in_more_words() {
    check(
        "Safety was weaker than when we last came, moving from good to poor.",
        &["Safety = Poor", "< Safety = Good"],
    );
    check(
        "We have worked hard to move the school from good to outstanding.",
        &["< overall = Good", "overall = Outstanding"],
    );
    check("We plan to move the school from good to outstanding.", &[]);
    check(
        "Milford College received a grade two across the board – up from its previous grade three.",
        &["overall = 2", "< overall = 3"],
    );
    check(
        "The school was rated only ‘good’ in its last report.",
        &["< overall = Good"],
    );
    check("The plan, “Getting To Good”, is out.", &[]);
}
