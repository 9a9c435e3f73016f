//! Forms in which ratings stand in the documents of many inspectorates, each in a few words.

use crate::facts::{
    Fact,
    schema::{RATING, rating::Slot},
    testing::facts_of,
};

/// A rating as `criterion = grade`, an earlier one with `<` in front.
fn shown(fact: &Fact) -> String {
    let earlier = fact.get(Slot::when).as_words() == Some("previous");
    let mark = if earlier { "< " } else { "" };
    format!(
        "{mark}{} = {}",
        fact.get(Slot::criterion),
        fact.get(Slot::value)
    )
}

/// Every rating of a text.
fn ratings(text: &str) -> Vec<String> {
    let (_, facts) = facts_of(text);
    let ratings = facts.iter().filter(|fact| fact.kind == RATING);
    ratings.map(shown).collect()
}

#[track_caller]
pub(super) fn check(text: &str, expected: &[&str]) {
    let mut found = ratings(text);
    let mut expected: Vec<String> = expected.iter().map(|&rating| rating.to_owned()).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn services_of_a_body() {
    check(
        "# Elm Vale NHS Trust\n\nUrgent and emergency services at Elm Infirmary were rated good, and maternity inadequate for safe.",
        &[
            "Urgent and emergency services at Elm Infirmary = Good",
            "maternity: safe = Inadequate",
        ],
    );
    check(
        "The hospital lost its 'outstanding' status.",
        &["< overall = Outstanding"],
    );
    check("The hospital has the status of a teaching hospital.", &[]);
    check("Its 'outstanding' status reports are late.", &[]);
}

#[test]
fn services_of_sites_are_told_apart() {
    let table = "| Service | Safe | Overall |\n|---|---|---|\n| Elm Infirmary | | |\n| Surgery | Good | Good |\n| Oak General | | |\n| Surgery | Poor | Fair |\n| Maternity | Good | Good |\n";
    let rows = [
        "Elm Infirmary, Surgery: Safe = Good",
        "Elm Infirmary, Surgery: overall = Good",
        "Oak General, Surgery: Safe = Poor",
        "Oak General, Surgery: overall = Fair",
        "Oak General, Maternity: Safe = Good",
        "Oak General, Maternity: overall = Good",
    ];
    check(table, &rows);
    check(
        &format!("{table}\nSurgery at Oak General was rated fair, and maternity good."),
        &[
            rows.as_slice(),
            &[
                "Oak General, Surgery: overall = Fair",
                "Oak General, Maternity: overall = Good",
            ],
        ]
        .concat(),
    );
    // No name stands twice: the rows without grades part kinds of services.
    check(
        "| Service | Safe | Overall |\n|---|---|---|\n| Acute | | |\n| Surgery | Good | Good |\n| Community | | |\n| Nursing | Poor | Fair |\n",
        &[
            "Surgery: Safe = Good",
            "Surgery: overall = Good",
            "Nursing: Safe = Poor",
            "Nursing: overall = Fair",
        ],
    );
    check(
        "Ratings (previous overall rating in brackets)\n\n| Service | Safe | Overall |\n|---|---|---|\n| Surgery | Good | Good (Poor) |\n| Nursing | Poor | Fair (Fair) |\n",
        &[
            "Surgery: Safe = Good",
            "Surgery: overall = Good",
            "< Surgery: overall = Poor",
            "Nursing: Safe = Poor",
            "Nursing: overall = Fair",
            "< Nursing: overall = Fair",
        ],
    );
    check(
        "Previous ratings:\n\n| Service | Overall |\n|---|---|\n| Surgery | Good |\n| Nursing | Fair |\n",
        &["< Surgery = Good", "< Nursing = Fair"],
    );
}

#[test]
fn what_was_rated_before_stands_in_an_aside() {
    let other = "Oak Lodge was rated good. ";
    check(
        &format!(
            "{other}Maternity at Elm House, last visited in 2019 when it was rated fair, is now rated poor."
        ),
        &[
            "Oak Lodge = Good",
            "< Maternity at Elm House = Fair",
            "Maternity at Elm House = Poor",
        ],
    );
    check(
        &format!(
            "{other}Elm House, which was last visited in 2019 when it was rated fair, has been rated poor."
        ),
        &["Oak Lodge = Good", "< Elm House = Fair", "Elm House = Poor"],
    );
    check(
        "Outcomes were judged to be poor for safety (they were fair in 2019), and good for respect.",
        &["safety = Poor", "< safety = Fair", "respect = Good"],
    );
    check(
        "Outcomes were judged to be poor for safety (they were late), and good for respect.",
        &["safety = Poor", "respect = Good"],
    );
    check(
        "Elm House, in Ashtown, run by Ash Care, was rated poor. Oak Lodge was rated good.",
        &["Elm House = Poor", "Oak Lodge = Good"],
    );
    check(
        "The report is a step forward for the school, which was judged poor in its last report.",
        &["< overall = Poor"],
    );
}

#[test]
fn headlines_on_the_services_of_a_place() {
    check("# Children's services in Elm are good", &["overall = Good"]);
    check(
        "Services for children in Elm are inadequate because leaders failed them.",
        &["overall = Inadequate"],
    );
    check("Children's services in Elm are good at listening.", &[]);
    check("Children's services in Elm are good value.", &[]);
    check("Roads in Elm are good", &[]);
}

#[test]
fn grades_that_a_judgement_names() {
    check(
        "We gave the service a fair judgement for efficiency and a good judgement for care.",
        &["efficiency = Fair", "care = Good"],
    );
    check("We gave the service a good judgement.", &[]);
    check("It showed good judgement for the most part.", &[]);
    check(
        "The arrangements for leadership were rated 'Good', for staffing 'Inadequate' and for services 'Outstanding'.",
        &[
            "arrangements for leadership = Good",
            "staffing = Inadequate",
            "services = Outstanding",
        ],
    );
    check(
        "Leadership was rated good, for reasons good and bad.",
        &["Leadership = Good"],
    );
    check("The trust as a whole is rated good.", &["overall = Good"]);
    check(
        "The college went straight from poor to good.",
        &["< overall = Poor", "overall = Good"],
    );
    check(
        "Published 3 May 2024\n\nCare has fallen to poor since 2019.",
        &["Care = Poor"],
    );
    check(
        "Elm Water scored 3 stars, and Ash Water just one star.",
        &["Elm Water = 3 stars", "Ash Water = 1 star"],
    );
}

#[test]
fn scores_of_businesses_out_of_five() {
    check(
        "# Food hygiene results\n\nGolden Fry, Mill Lane - 0/5: dirty floors\n\nPizza Box - 1/5: no soap\n",
        &["Golden Fry = 0", "Pizza Box = 1"],
    );
    check(
        "# Staff survey\n\nGolden Fry - 0/5: dirty floors\n\nPizza Box - 1/5: no soap\n",
        &[],
    );
}

#[test]
fn grades_head_short_lines() {
    check(
        "# Card\n\n## Strong standard\n\nInclusion\n\nAttendance\n\n## Needs attention\n\nCurriculum\n",
        &[
            "Inclusion = Strong standard",
            "Attendance = Strong standard",
            "Curriculum = Needs attention",
        ],
    );
    check(
        "# Card\n\nIt is short.\n\n## Strong standard\n\nThe pupils are kind to each other.\n\n## Needs attention\n\nThe roof leaks.\n",
        &[],
    );
}

#[test]
fn forms_of_time() {
    check(
        "Elm College had retained its 'good' rating.",
        &["overall = Good"],
    );
    check(
        "Elm College had received a 'good' rating.",
        &["< overall = Good"],
    );
    check(
        "Since the last inspection in 2019, early years had improved from inadequate to good. Published in May 2025.",
        &["early years = Good", "< early years = Inadequate"],
    );
    check(
        "The school was graded outstanding for early years and good for everything else.",
        &["early years = Outstanding"],
    );
}

#[test]
fn rows_say_where_a_grade_came_from() {
    check(
        "# Stars\n\n- Elm Water – good, up from poor\n- Oak Water – fair, the same as last year\n- Ash Water – poor",
        &[
            "Elm Water = Good",
            "< Elm Water = Poor",
            "Oak Water = Fair",
            "Ash Water = Poor",
        ],
    );
    check(
        "# Homes\n\n**Elm House, Upton** – good overall, up from inadequate. It was rated good for being caring.\n\n**Oak House, Wick** – good overall, the same as last time.",
        &[
            "Elm House = Good",
            "< Elm House = Inadequate",
            "Oak House = Good",
            "Elm House: caring = Good",
        ],
    );
    check(
        "# Home\n\nElm House – good, up from inadequate.",
        &["overall = Good", "< overall = Inadequate"],
    );
}

#[test]
fn groups_of_a_table_tell_rows_of_one_name_apart() {
    check(
        "# Report\n\n| Standard | Rating |\n|---|---|\n| **Court work** | |\n| Planning | Good |\n| Review | Inadequate |\n| **Other work** | |\n| Planning | Inadequate |\n| Staff | Good |",
        &[
            "Court work: Planning = Good",
            "Review = Inadequate",
            "Other work: Planning = Inadequate",
            "Staff = Good",
        ],
    );
    check(
        "# Report\n\n| Elm Service | Score 2/6 |\n|---|---|\n| **Overall rating** | Good |\n| **1. Court work** | |\n| 1.1 Planning | Good |\n\
         | **2. Other work** | |\n| 2.1 Planning | Inadequate |",
        &[
            "overall = Good",
            "Court work: Planning = Good",
            "Other work: Planning = Inadequate",
        ],
    );
    check(
        "# Report\n\n## Previous inspections\n\n| Date | Type | Judgement |\n|---|---|---|\n| 14/08/2024 | Full | Inadequate |\n| 19/09/2023 | Full | Good |",
        &["< overall = Inadequate", "< overall = Good"],
    );
}

#[test]
fn an_indented_row_is_named_by_its_first_filled_cell() {
    check(
        "# Report\n\n| Area | | Rating |\n|---|---|---|\n| 1. Planning | | Good |\n| | 1.1 Work with courts | Inadequate |\n| | 1.2 Work with families | Good |",
        &[
            "Planning = Good",
            "Work with courts = Inadequate",
            "Work with families = Good",
        ],
    );
}

#[test]
fn what_keeps_its_rating_is_what_has_it() {
    check(
        "# Elm Hospitals Trust\n\n- **Maternity** at Ash Infirmary has dropped from good to requires improvement overall.\n- **Medical care** at Oak Hospital keeps its overall rating of good.",
        &[
            "< Maternity at Ash Infirmary = Good",
            "Maternity at Ash Infirmary = Requires improvement",
            "Medical care at Oak Hospital = Good",
        ],
    );
    check(
        "# Report\n\nThe trust has kept its overall rating of good.",
        &["overall = Good"],
    );
}

#[test]
fn the_month_of_may_is_no_doubt() {
    check(
        "Published 6 March 2025\n\nIn May 2023 the home was rated inadequate.",
        &["< overall = Inadequate"],
    );
    check("The home may be rated inadequate.", &[]);
}

#[test]
fn a_body_is_told_more_of_before_its_grade() {
    check(
        "The CQC rated Ash Lodge, its home in Elmby, Good.",
        &["overall = Good"],
    );
    check(
        "The CQC rated the home Good in all three areas – safe, caring and responsive – last week.",
        &["safe = Good", "caring = Good", "responsive = Good"],
    );
    check(
        "The home rose to good overall, with caring back to Outstanding.",
        &["overall = Good", "caring = Outstanding"],
    );
    check(
        "Published 6 March 2025\n\nIn May 2023 it was poor. By June of that year the home had risen to Requires Improvement.",
        &["< overall = Requires improvement"],
    );
}

#[test]
fn several_bodies_stay_as_they_are() {
    check(
        "Elm Infants, Oak Juniors and The Ash School stayed Good.",
        &[
            "Elm Infants = Good",
            "Oak Juniors = Good",
            "Ash School = Good",
        ],
    );
    check(
        "Fire, Rescue and Care Service were rated good.",
        &["overall = Good"],
    );
}

#[test]
fn items_name_the_bodies_that_they_are_on() {
    check(
        "- **Cold House, Stoke** (62 beds): Good overall in December. Well-led remains Requires Improvement.\n\
         - **Elm Lodge, Wragby** (38 beds): stays Outstanding. It is Good for well-led.\n",
        &[
            "Cold House = Good",
            "Cold House: Well-led = Requires improvement",
            "Elm Lodge = Outstanding",
            "Elm Lodge: well-led = Good",
        ],
    );
    check(
        "- Leadership: it was rated good.\n- Staff: they were kind.\n",
        &["overall = Good"],
    );
}

#[test]
fn outcomes_stand_for_what_the_clause_opens_with() {
    check(
        "In personal development, outcomes were poor.",
        &["personal development = Poor"],
    );
    check("In May, outcomes were poor.", &[]);
    check(
        "In personal development, where we had judged outcomes to be good, they had slipped to poor.",
        &[
            "< personal development = Good",
            "personal development = Poor",
        ],
    );
    check(
        "The change was in leadership (previously called management), which went from poor to good.",
        &["< leadership = Poor", "leadership = Good"],
    );
}

#[test]
fn a_pronoun_moves_what_was_rated_before_it() {
    check(
        "Published 6 March 2025\n\nLeadership was rated fair in 2019 but it has improved to good.",
        &["< Leadership = Fair", "Leadership = Good"],
    );
}

#[test]
fn grades_stand_over_lists_side_by_side() {
    check(
        "Good           Adequate       Inadequate\n\nFood           Care\n               of men\n\n               Staff\n",
        &["Food = Good", "Care of men = Adequate", "Staff = Adequate"],
    );
}

#[test]
fn one_of_several_has_the_grade_of_all() {
    check(
        "# Schools in Kent\n\nAsh School was rated poor. Elm School is one of five schools in Kent rated outstanding. Oak School is among the \
         three that were rated good.",
        &[
            "Ash School = poor",
            "Elm School = Outstanding",
            "Oak School = Good",
        ],
    );
    check(
        "Safety is one of five areas rated good.",
        &["Safety = Good"],
    );
    check("One of five schools rated good has closed.", &[]);
    check(
        "A fifth of the 123 homes rated inadequate were not seen.",
        &[],
    );
}

#[test]
fn occasions_and_predecessors_are_of_their_time() {
    check(
        "On both occasions the home was rated requires improvement.",
        &["overall = Requires improvement"],
    );
    check(
        "The school opened in 2010. Its predecessor school was also judged to be outstanding.",
        &["< overall = Outstanding"],
    );
}

#[test]
fn what_was_graded_before_does_not_take_the_next_grade() {
    check(
        "The home was rated inadequate for being safe and well-led, down from good, and requires improvement for being caring and \
         responsive, also down from good.",
        &[
            "safe = Inadequate",
            "well-led = Inadequate",
            "< safe = Good",
            "< well-led = Good",
            "caring = Requires improvement",
            "responsive = Requires improvement",
            "< caring = Good",
            "< responsive = Good",
        ],
    );
    check(
        "It has been rated inadequate again, following its previous inspection in May when it was rated requires improvement.",
        &["overall = Inadequate", "< overall = Requires improvement"],
    );
    check(
        "The school was rated inadequate in 2019, requires improvement in 2021 and now good.",
        &[
            "< overall = Inadequate",
            "< overall = Requires improvement",
            "overall = Good",
        ],
    );
}

#[test]
fn those_areas_are_the_ones_not_looked_at() {
    check(
        "We did not look at how caring and responsive the home was, so the ratings for those areas remain as good.",
        &["caring = Good", "responsive = Good"],
    );
    check(
        "We did not look at how caring the home was, and these areas remain rated good.",
        &["caring = Good"],
    );
    check(
        "We asked how caring the staff were. Those homes were rated good.",
        &[],
    );
    check(
        "We did not look at how caring and responsive the home was this time. These areas remain rated as good.",
        &["caring = Good", "responsive = Good"],
    );
}

#[test]
fn grades_are_given_against_tests() {
    check(
        "The prison was rated good against the healthy prison tests of safety and respect.",
        &["safety = Good", "respect = Good"],
    );
    check("Outcomes were good against two tests.", &[]);
}

#[test]
fn a_paragraph_tells_of_an_earlier_inspection() {
    let now = "We inspected the practice on 13 September 2018. It was rated as good overall.\n\n";
    let then = "We carried out an inspection on 10 October 2017. The practice was rated as poor for leadership.";
    check(
        &format!("{now}{then}"),
        &["overall = Good", "< leadership = Poor"],
    );
    let soon = then.replace("10 October 2017", "10 August 2018");
    check(
        &format!("{now}{soon}"),
        &["overall = Good", "leadership = Poor"],
    );
    let today = then.replace("The practice was", "The practice is now");
    check(
        &format!("{now}{today}"),
        &["overall = Good", "leadership = Poor"],
    );
}

#[test]
fn brackets_hold_the_parts_or_what_was_before() {
    check(
        "Overall the practice was rated as fair (good for care and staffing and poor for leadership).",
        &[
            "overall = Fair",
            "care = Good",
            "staffing = Good",
            "leadership = Poor",
        ],
    );
    check(
        "The practice is rated good overall (previous rating October 2017 – inadequate).",
        &["overall = Good", "< overall = Inadequate"],
    );
}

#[test]
fn what_is_asked_of_a_body_is_what_it_does() {
    check(
        "The force received an ‘inadequate’ grade for how it responds to the public.",
        &["responds to the public = Inadequate"],
    );
    check(
        "The home received one star out of five for staffing.",
        &["staffing = 1 star"],
    );
}

#[test]
fn a_noun_for_a_grade_says_what_is_graded() {
    for text in [
        "The safety rating has been downgraded to inadequate.",
        "The safety rating is inadequate.",
        "The trust's safety rating fell to inadequate.",
        "The regulator lowered the rating for safety to inadequate.",
    ] {
        check(text, &["safety = Inadequate"]);
    }
    check(
        "The safety grade dropped from good to inadequate.",
        &["< safety = Good", "safety = Inadequate"],
    );
    check("The credit rating was lowered to poor.", &[]);
}

#[test]
fn what_moves_may_stand_between_its_two_grades() {
    check(
        "The service moved from good in well-led to requires improvement.",
        &["< well-led = Good", "well-led = Requires improvement"],
    );
    check(
        "It was moved from requires improvement to be rated as inadequate in safe and moved from good in caring to inadequate.",
        &[
            "< caring = Good",
            "< safe = Requires improvement",
            "caring = Inadequate",
            "safe = Inadequate",
        ],
    );
    check(
        "It moved from good in 2019 to poor in 2021.",
        &["< overall = Good", "overall = Poor"],
    );
}

#[test]
fn names_follow_or_stand_beside_their_number() {
    check(
        "Three wards were rated good (Elm, Oak and Ash).",
        &["Elm = Good", "Oak = Good", "Ash = Good"],
    );
    check(
        "Two areas were good: care and food.",
        &["care = Good", "food = Good"],
    );
    check(
        "Of the seven areas, five were graded good and the remaining two (care and food) inadequate.",
        &["care = Inadequate", "food = Inadequate"],
    );
    check(
        "Two of the five areas (care and food) were rated good.",
        &["care = Good", "food = Good"],
    );
    check("Two of the five areas (see table 2) were rated good.", &[]);
    check("Elm Unit was rated 8 out of 21 on this.", &[]);
    check("Three wards were rated good (two in 2019).", &[]);
    check("Three wards were rated good (Elm and Oak).", &[]);
    check(
        "The two other questions, caring and responsive, were rated good.",
        &["caring = Good", "responsive = Good"],
    );
}

#[test]
fn one_name_may_hold_or_and_several_share_a_noun() {
    check(
        "Care for people with autism or dementia is now rated good.",
        &["Care for people with autism or dementia = Good"],
    );
    check(
        "Ofsted judged education, skills and work provision as inadequate.",
        &["education, skills and work provision = Inadequate"],
    );
    check(
        "It is rated good for leadership and for safety.",
        &["leadership = Good", "safety = Good"],
    );
}

#[test]
fn what_was_rated_before_is_overtaken_in_its_sentence() {
    check(
        "The hospital, which was rated as good in 2019, has been downgraded to requires improvement.",
        &["< overall = Good", "overall = Requires improvement"],
    );
    check(
        "Leadership, an area rated inadequate last time, is now good.",
        &["< Leadership = Inadequate", "Leadership = Good"],
    );
    check(
        "Safety and care, which were rated good in 2019, have been downgraded to inadequate.",
        &[
            "< Safety = Good",
            "Safety = Inadequate",
            "< care = Good",
            "care = Inadequate",
        ],
    );
    check(
        "Care was rated inadequate last time but is now rated good.",
        &["< Care = Inadequate", "Care = Good"],
    );
    check(
        "The home has many strengths but was rated inadequate.",
        &["overall = Inadequate"],
    );
}

#[test]
fn owners_and_both_are_no_part_of_a_name() {
    check(
        "Both the prison's safety and its purposeful activity were assessed as good.",
        &["safety = Good", "purposeful activity = Good"],
    );
    check(
        "The academy's sixth form retains its outstanding grade.",
        &["sixth form = Outstanding"],
    );
    check(
        "The children's services were rated good.",
        &["overall = Good"],
    );
}

#[test]
fn how_it_is_says_what_is_rated() {
    for (text, expected) in [
        (
            "Inspectors have again rated how responsive the service was as inadequate.",
            "responsive = Inadequate",
        ),
        (
            "The rating for how effective the service is remains good.",
            "effective = Good",
        ),
        (
            "How effective the home was has been re-rated as good.",
            "effective = Good",
        ),
        (
            "How well it supports people is rated good.",
            "people = Good",
        ),
    ] {
        check(text, &[expected]);
    }
}

#[test]
fn several_ratings_share_what_happened() {
    check(
        "As well as the overall rating dropping from good to inadequate, so too have the ratings for safe and well-led.",
        &[
            "< overall = Good",
            "< safe = Good",
            "< well-led = Good",
            "overall = Inadequate",
            "safe = Inadequate",
            "well-led = Inadequate",
        ],
    );
    check(
        "It was rated inadequate for being safe, and its ratings for caring and responsive have been rated good.",
        &["safe = Inadequate", "caring = Good", "responsive = Good"],
    );
    check(
        "Elm Aged Care was given two stars for staffing and four for compliance.",
        &["staffing = 2 stars", "compliance = 4 stars"],
    );
    check(
        "The caring and responsive key questions remain rated as good.",
        &["caring = Good", "responsive = Good"],
    );
}
