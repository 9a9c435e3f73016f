//! What is read of ratings, by where and how they stand.

mod counted;
mod forms;
mod inspectorates;
mod letters;
mod mistaken;
mod news;
mod praise;
mod releases;

use crate::facts::{
    Fact,
    schema::{KINDS, RATING, rating::Slot},
    testing::facts_of,
};

/// Each rating as `criterion = grade`, earlier ones with `<` in front, in order of place.
fn ratings_of(text: &str) -> Vec<String> {
    let (_, facts) = facts_of(text);
    facts
        .iter()
        .filter(|fact| fact.kind == RATING)
        .map(|fact| {
            let mark = if fact.get(Slot::when).as_words() == Some("previous") {
                "< "
            } else {
                ""
            };
            format!(
                "{mark}{} = {}",
                fact.get(Slot::criterion),
                fact.get(Slot::value)
            )
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let mut found = ratings_of(text);
    let mut expected: Vec<String> = expected.iter().map(|&rating| rating.to_owned()).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "{text}");
}

/// Facts of a kind other than ratings, with the stated fields given.
#[track_caller]
fn check_other(text: &str, kind: &str, fields: &[&str], expected: &[&str]) {
    let (document, facts) = facts_of(text);
    let of_kind = |fact: &&Fact| {
        KINDS
            .get(usize::from(fact.kind.0))
            .is_some_and(|known| known.name == kind)
    };
    let slots: Vec<usize> = KINDS
        .iter()
        .find(|known| known.name == kind)
        .expect("a kind")
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| fields.contains(&field.name))
        .map(|(slot, _)| slot)
        .collect();
    let found: Vec<String> = facts
        .iter()
        .filter(of_kind)
        .map(|fact| {
            slots
                .iter()
                .map(|&slot| fact.get(slot).to_string())
                .collect::<Vec<_>>()
                .join(" | ")
        })
        .collect();
    assert_eq!(found, expected, "{text} in {:?}", document.text);
}

#[test]
fn a_verdict_rates_what_it_names() {
    check("Leadership was rated good.", &["Leadership = Good"]);
    check(
        "Inspectors rated leadership as fair.",
        &["leadership = Fair"],
    );
    check("We graded planning weak.", &["planning = Weak"]);
    check(
        "Safety and respect were judged to be poor.",
        &["Safety = Poor", "respect = Poor"],
    );
    check(
        "The force was rated good for leadership and poor for custody.",
        &["leadership = Good", "custody = Poor"],
    );
    check(
        "The inspectors have rated Elm Vale Prison poor for safety, care of the sick and respect, and good for work.",
        &[
            "safety = Poor",
            "care of the sick = Poor",
            "respect = Poor",
            "work = Good",
        ],
    );
    check(
        "The school was judged to require improvement for attendance and good for music.",
        &["attendance = Requires improvement", "music = Good"],
    );
    check("It required improvement for planning.", &[]);
    check(
        "It was rated good for music and it required improvement for planning.",
        &["music = Good", "planning = Requires improvement"],
    );
    check(
        "Inspectors judged the effectiveness of training as inadequate.",
        &["effectiveness of training = Inadequate"],
    );
    check(
        "The home has been rated inadequate overall.",
        &["overall = Inadequate"],
    );
    check(
        "The home, which cares for 40 people, has been rated inadequate overall.",
        &["overall = Inadequate"],
    );
    check(
        "The service requires improvement for being safe.",
        &["safe = Requires improvement"],
    );
    check(
        "The service was rated requires improvement for being safe.",
        &["safe = Requires improvement"],
    );
    check("To be rated good is a fine thing.", &["overall = Good"]);
    check(
        "Care was rated “good”, the food ‘fair’ and the building \"poor\".",
        &["Care = Good", "food = Fair", "building = Poor"],
    );
    check(
        "Elm Vale nursery rated good as parents cheer",
        &["overall = Good"],
    );
    check(
        "The surgery was found to be good overall and outstanding for caring.",
        &["overall = Good", "caring = Outstanding"],
    );
    check(
        "The council was given a rating of good for housing.",
        &["housing = Good"],
    );
    check(
        "The trust received an overall rating of 'Inadequate'.",
        &["overall = Inadequate"],
    );
    check(
        "The regulator gave the home an outstanding rating for care.",
        &["care = Outstanding"],
    );
    check("The overall rating is now GOOD.", &["overall = Good"]);
    check("The rating for safety is poor.", &["safety = Poor"]);
    check(
        "Finds good for teamwork, letters need work.",
        &["teamwork = Good"],
    );
    check(
        "All our core services were rated as good.",
        &["core services = Good"],
    );
    check("The company was rated four stars.", &["overall = 4 stars"]);
    check("The café was rated 4 on 2 May.", &["overall = 4"]);
    check("The landlord was graded C3.", &["consumer = C3"]);
    check(
        "We evaluated this key question as weak.",
        &["overall = Weak"],
    );
}

#[test]
fn an_earlier_round_is_told_apart() {
    check(
        "At its last inspection the trust was rated good.",
        &["< overall = Good"],
    );
    check(
        "At its last inspection, in June 2022, the home was judged to require improvement.",
        &["< overall = Requires improvement"],
    );
    check(
        "The home was previously rated poor for care. It is now rated good for care.",
        &["< care = Poor", "care = Good"],
    );
    check("It had been rated good.", &["< overall = Good"]);
    check(
        "Published 3 May 2024\n\nThe home was rated good in 2019. It is now rated poor.",
        &["< overall = Good", "overall = Poor"],
    );
    check(
        "Published 3 May 2024\n\nThe home was rated good in March 2024.",
        &["overall = Good"],
    );
    check(
        "The trust is rated good for care, up from requires improvement.",
        &["care = Good", "< care = Requires improvement"],
    );
    check(
        "Safety has improved from poor to fair.",
        &["< Safety = Poor", "Safety = Fair"],
    );
    check(
        "Safety has fallen from good to inadequate, as were care and food.",
        &[
            "< Safety = Good",
            "Safety = Inadequate",
            "< care = Good",
            "care = Inadequate",
            "< food = Good",
            "food = Inadequate",
        ],
    );
    check(
        "Governance has been upgraded from G2.",
        &["< Governance = G2"],
    );
    check(
        "Governance was downgraded to G3 from G1.",
        &["Governance = G3", "< Governance = G1"],
    );
    check("Viability stays at V2.", &["Viability = V2"]);
    check(
        "The firm went from two stars to three.",
        &["< overall = 2 stars", "overall = 3 stars"],
    );
    check(
        "- Rose Café: rated 5 on 6 May (previously 3)",
        &["overall = 5", "< overall = 3"],
    );
    check(
        "We are proud of the rating for leadership, which is up from 'Fair' in 2019.",
        &["< leadership = Fair"],
    );
    check(
        "This was a full inspection following a \"poor\" marking in the assessment of 2007.",
        &["< overall = Poor"],
    );
    check(
        "Nobody wanted to keep the rating of inadequate that we were given in 2012.\n\nPublished 3 May 2014",
        &["< overall = Inadequate"],
    );
    check(
        "The home is again rated outstanding for care.",
        &["care = Outstanding"],
    );
}

#[test]
fn grades_are_dealt_out_in_order() {
    check(
        "Leadership and casework were rated good and fair respectively.",
        &["Leadership = Good", "casework = Fair"],
    );
    check(
        "We judged leadership and casework as good and fair, respectively.",
        &["leadership = Good", "casework = Fair"],
    );
    check(
        "It was rated good and outstanding for care and food respectively.",
        &["care = Good", "food = Outstanding"],
    );
    check(
        "Our ratings for safe and caring were good and outstanding respectively.",
        &["safe = Good", "caring = Outstanding"],
    );
    check(
        "Kent and Essex were rated good and inadequate respectively.",
        &["Kent = Good", "Essex = Inadequate"],
    );
    check(
        "Kent and Surrey were both graded good.",
        &["Kent = Good", "Surrey = Good"],
    );
    check(
        "Elm School was rated good, Ash School requires improvement and Oak School inadequate.",
        &[
            "Elm School = Good",
            "Ash School = Requires improvement",
            "Oak School = Inadequate",
        ],
    );
    check(
        "The areas rated good were caring and responsive.",
        &["caring = Good", "responsive = Good"],
    );
    check(
        "Safe and well-led were the two areas rated requires improvement.",
        &[
            "Safe = Requires improvement",
            "well-led = Requires improvement",
        ],
    );
    check("Some people said that the food was good and fair.", &[]);
}

#[test]
fn the_register_of_news_is_read() {
    check(
        "The home was branded inadequate by inspectors.",
        &["overall = Inadequate"],
    );
    check(
        "Inspectors have labelled an Elm hospital 'inadequate'.",
        &["overall = Inadequate"],
    );
    check(
        "The hospital came out as good overall.",
        &["overall = Good"],
    );
    check(
        "The home got the lowest rating, inadequate.",
        &["overall = Inadequate"],
    );
    check(
        "The inadequate-rated home has closed.",
        &["overall = Inadequate"],
    );
    check(
        "Once rated outstanding, the school is now inadequate.",
        &["< overall = Outstanding", "overall = Inadequate"],
    );
    check(
        "The school, which was good at its last inspection, is now inadequate.",
        &["< overall = Good", "overall = Inadequate"],
    );
    check(
        "The regulator graded it from G1 to G2.",
        &["< governance = G1", "governance = G2"],
    );
    check(
        "Elm Homes received C3 and was downgraded from G1 to G2.",
        &["consumer = C3", "< governance = G1", "governance = G2"],
    );
    for text in [
        "The hospital escaped an inadequate rating.",
        "It avoided being rated inadequate.",
        "The food was branded poor by residents.",
        "Staff wear branded uniforms in good condition.",
        "An outstanding-rated school costs more.",
        "Landlords are graded from G1 to G4.",
        "The food was good at its last inspection.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn leads_and_cells_say_what_is_beside_them() {
    check(
        "The areas rated good are:\n- care planning\n- staffing",
        &["care planning = Good", "staffing = Good"],
    );
    check(
        "Landlords given a C3 grade:\n\n- Elm Council\n- Ash Homes (G2/V2).",
        &[
            "Elm Council = C3",
            "Ash Homes = C3",
            "governance = G2",
            "viability = V2",
        ],
    );
    check("We found good practice in:\n- recording\n- training", &[]);
    check(
        "It was rated inadequate because:\n- staff were absent",
        &["overall = Inadequate"],
    );
    check(
        "| Area | Rating |\n|---|---|\n| Safe | Poor → Good |\n| Caring | Good (Fair) |",
        &[
            "< Safe = Poor",
            "Safe = Good",
            "< Caring = Fair",
            "Caring = Good",
        ],
    );
    check(
        "C3 grades went to Elm Council and to Ash Homes, and C1 grades to Oak Homes and Fir Homes.",
        &[
            "Elm Council: consumer = C3",
            "Ash Homes: consumer = C3",
            "Oak Homes: consumer = C1",
            "Fir Homes: consumer = C1",
        ],
    );
    check(
        "At Elm Infirmary:\n\n- maternity is rated good\n\nAt Oak Hospital:\n\n- maternity is rated inadequate",
        &[
            "Elm Infirmary: maternity = Good",
            "Oak Hospital: maternity = Inadequate",
        ],
    );
    check(
        "Safe and well-led have both gone up to fair, having been rated poor last time.",
        &[
            "Safe = Fair",
            "well-led = Fair",
            "< Safe = Poor",
            "< well-led = Poor",
        ],
    );
    check(
        "The regulator published its report, rating the home good overall and outstanding for caring.",
        &["overall = Good", "caring = Outstanding"],
    );
    check(
        "Medical care was rated good and, for being caring, outstanding.",
        &["Medical care = Good", "caring = Outstanding"],
    );
    check(
        "Our overall judgement is that the service is good.",
        &["overall = Good"],
    );
    check("In a home that requires improvement, people wait.", &[]);
}

#[test]
fn regulations_have_the_judgement_below_them() {
    check(
        "Regulation 15: Staffing\n\nThere were enough staff.\n\nJudgment: Substantially compliant",
        &["Staffing = Substantially compliant"],
    );
    check(
        "It was compliant with Regulation 27, infection control, and not compliant with Regulation 5.",
        &[
            "Regulation 27, infection control = Compliant",
            "Regulation 5 = Not compliant",
        ],
    );
    check(
        "Overall rating for this service Good ●",
        &["overall = Good"],
    );
    check(
        "Well-led (requires improvement) was weaker than caring (good).",
        &["Well-led = Requires improvement", "caring = Good"],
    );
    check("The service (good) is kind.", &[]);
    check(
        "The prison was poor for safety and reasonably good for respect.",
        &["safety = Poor", "respect = Reasonably good"],
    );
    check("The club was good for sport but poor for music.", &[]);
}

#[test]
fn praise_counts_and_scales_are_no_ratings() {
    for text in [
        "The home has a good culture and good food.",
        "Leadership is good.",
        "Outcomes in rape cases have been poor.",
        "Inspectors rated 37 practices as good, six as requires improvement and one as outstanding.",
        "Of the 96 schools, 71 were rated good.",
        "79% of services were rated good.",
        "A practice that is rated good or outstanding has more patients.",
        "It gives one of four ratings: outstanding, good, requires improvement or inadequate.",
        "We grade each question from 1 (unsatisfactory) to 6 (excellent).",
        "Each company is given from 1 to 4 stars.",
        "The school rated itself as good.",
        "We rate ourselves as outstanding.",
        "Of those, 48 (84%) rated the service as very good or good.",
        "Planning did enough in good time.",
        "The home hopes to be rated good next year.",
        "It was not rated good.",
        "They gave 61 businesses a rating of 5.",
        "Two firms are rated four stars and one is rated two stars.",
        "The judge made a fair assessment of a poor case.",
        "It was found to be good practice.",
        "The next meeting: 5 June.",
        "Pupils get good help, and most behave well.",
        "The audit was rated good value.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn lists_and_lines_rate_their_names() {
    check(
        "- Leadership – assessed as 'Good'\n- Casework – assessed as 'Fair'",
        &["Leadership = Good", "Casework = Fair"],
    );
    check(
        "Safe: Good; Caring: Outstanding; Well-led: Requires improvement.",
        &[
            "Safe = Good",
            "Caring = Outstanding",
            "Well-led = Requires improvement",
        ],
    );
    check(
        "The ratings were: Leadership: Good; Casework: Fair.",
        &["Leadership = Good", "Casework = Fair"],
    );
    check(
        "## Overall rating: Requires improvement",
        &["overall = Requires improvement"],
    );
    check(
        "## The experiences of children: good",
        &["experiences of children = Good"],
    );
    check(
        "The grades are:\n\nGood\n- custody\n- work with victims\n\nPoor\n- training",
        &[
            "custody = Good",
            "work with victims = Good",
            "training = Poor",
        ],
    );
    check(
        "Good: custody, work with victims\n\nPoor: training",
        &[
            "custody = Good",
            "work with victims = Good",
            "training = Poor",
        ],
    );
    check(
        "Criteria Score\nLeadership Good\nWork of the courts Fair\nTraining Poor\n\nMore.",
        &[
            "Leadership = Good",
            "Work of the courts = Fair",
            "Training = Poor",
        ],
    );
    check(
        "Inspectors looked at three criteria: care, food and safety. The overall assessment for each of the three criteria was “good”.",
        &["care = Good", "food = Good", "safety = Good"],
    );
    check(
        "- Leadership: Good (previously Poor)\n- Care: Fair",
        &["Leadership = Good", "< Leadership = Poor", "Care = Fair"],
    );
}

#[test]
fn rows_wrapped_over_lines_stay_one() {
    let rows = [
        "The work of managers with families and staff = Poor",
        "The help for those at risk = Good",
        "overall = Poor",
    ];
    check(
        "Judgement Grade\nThe work of managers with\nfamilies and staff\nPoor\nThe help for those at risk\nGood\nOverall effectiveness Poor\n\nMore follows here.",
        &rows,
    );
    check(
        "The judgements on the service are:\n1. Pupils who need care Fair\n2. Pupils looked after and finding\na home Poor\n\n2.1 Adoption work Good\n3. Planning, budgets and staff Fair\n",
        &[
            "Pupils who need care = Fair",
            "Pupils looked after and finding a home = Poor",
            "Adoption work = Good",
            "Planning, budgets and staff = Fair",
        ],
    );
    check(
        "Judgement Grade\nThe manager is new to the post.\nCare Good",
        &[],
    );
}

#[test]
fn histories_date_their_grades() {
    check(
        "- 1 May 2024: 5 Very Good (meals & care)\n- 2 June 2022: 4 Good in meals, 3 Adequate care\n- 3 July 2021: Part only (Food only - 2 Weak)",
        &[
            "meals = Very good",
            "care = Very good",
            "< meals = Good",
            "< care = Adequate",
            "< Food = Weak",
        ],
    );
}

#[test]
fn items_give_the_grades_of_a_body() {
    check(
        "# Homes\n\n| Area | Grade |\n|---|---|\n| Meals | Good |\n| Care | Poor |\n\n## Ranking\n\n1. **Elm Lodge** - 4 Good overall, 2 Poor care\n2. **Oak Lodge** - 4 Good (meals & care)\n3. **Ash Lodge** – 4 Good across all themes ⭐ FIRST",
        &[
            "Meals = Good",
            "Care = Poor",
            "Elm Lodge = Good",
            "Elm Lodge: care = Poor",
            "Oak Lodge: meals = Good",
            "Oak Lodge: care = Good",
            "Ash Lodge: all themes = Good",
        ],
    );
    check(
        "# Homes\n\n## 1. Elm Care Home\n\n- Care: Poor\n- Food: Good\n\n## 2. Oak Lodge\n\n- Care: Good\n- Food: Good\n\n## Ranking\n\n1. **Oak Lodge** - 4 Good overall\n2. **Elm** - 2 Poor overall",
        &[
            "Elm Care Home: Care = Poor",
            "Elm Care Home: Food = Good",
            "Oak Lodge: Care = Good",
            "Oak Lodge: Food = Good",
            "Oak Lodge = Good",
            "Elm Care Home = Poor",
        ],
    );
    check("- Elm Lodge - 4 Good overall ideas", &[]);
    // What follows the grade is no criterion, or a number counts bodies.
    check(
        "- Elm Lodge - 4 Good ideas for dinner\n- Oak Lodge - 3 Poor roads",
        &[],
    );
    check(
        "# Homes\n\n- **Meals:** 4 out of 5 homes rated Good\n- **Care:** 2 of the 5 homes rated Poor",
        &[],
    );
}

#[test]
fn cells_open_with_their_grades() {
    check(
        "| Standard | Grade / judgement | Change |\n|---|---|---|\n| Governance | G2 Our judgement is that it must improve. | Downgrade from G1 |\n| Viability | V2 Our judgement is that it has risks. | Grade unchanged |",
        &["< Governance = G1", "Governance = G2", "Viability = V2"],
    );
    check(
        "| Area | Rating and reasons |\n|---|---|\n| Care | Good – people were safe. |\n| Food | Poor: it was cold. |",
        &["Care = Good", "Food = Poor"],
    );
    check(
        "| Area | What we saw |\n|---|---|\n| Care | Good Staff were kind. |\n| Food | Poor – it was cold. |",
        &[],
    );
    check(
        "| Area | Rating and reasons |\n|---|---|\n| Care | Good leadership was seen. |\n| Food | It was cold. |",
        &[],
    );
}

#[test]
fn items_open_with_their_grades() {
    check(
        "We found that outcomes were:\n\n- **good** for leadership and management\n- fair for personal development.\n",
        &[
            "leadership and management = Good",
            "personal development = Fair",
        ],
    );
    check(
        "Our shop is:\n\n- good for families\n- fair for dogs\n",
        &[],
    );
}

#[test]
fn headings_name_the_bodies_below_them() {
    check(
        "# Homes\n\n## 1. Elm House\n\n### Ratings\n\n- Care: Good\n- Food: Poor\n\n## 2. Oak Lodge\n\n### Ratings\n\n- Care: Fair\n- Food: Good\n",
        &[
            "Elm House: Care = Good",
            "Elm House: Food = Poor",
            "Oak Lodge: Care = Fair",
            "Oak Lodge: Food = Good",
        ],
    );
    check(
        "# Homes\n\n## Strong Points\n\n- Care: Good\n- Food: Poor\n",
        &["Care = Good", "Food = Poor"],
    );
}

#[test]
fn the_sentence_before_names_the_service() {
    check(
        "The previous inspection of the county's adoption service was in May 2011. The service was judged to be good.\n\nPublished 3 May 2014",
        &["< adoption service = Good"],
    );
    check(
        "The council was judged to be fair for both its adoption work and its homes for looked after children.",
        &[
            "adoption work = Fair",
            "homes for looked after children = Fair",
        ],
    );
    check(
        "Children's services in Barton require improvement because help comes late.",
        &["overall = Requires improvement"],
    );
    check("The roof requires improvement.", &[]);
    check(
        "The council was judged to be poor for the safety of people who need help and for planning.",
        &["safety of people who need help = Poor", "planning = Poor"],
    );
    check(
        "Nothing has changed since the previous inadequate judgement.",
        &["< overall = Inadequate"],
    );
    check(
        "Maternity services at both sites were again rated inadequate.",
        &["Maternity services at both sites = Inadequate"],
    );
}

#[test]
fn a_paragraph_may_open_with_the_service_of_a_table() {
    let table = "| | Safe | Caring |\n|---|---|---|\n| Maternity (Elm Site) | Poor | Good |\n| Surgery (Oak Site) | Good | Good |";
    let cells = [
        "Maternity (Elm Site): Safe = Poor",
        "Maternity (Elm Site): Caring = Good",
        "Surgery (Oak Site): Safe = Good",
        "Surgery (Oak Site): Caring = Good",
    ];
    let with = |first: &str, expected: &[&str]| {
        check(&format!("{first}\n\n{table}"), &[expected, &cells].concat());
    };
    with(
        "**Maternity, Elm Hospital.** Caring was rated good.",
        &["Maternity (Elm Site): Caring = Good"],
    );
    with(
        "**Our visit, in May.** Caring was rated good.",
        &["Caring = Good"],
    );
}

#[test]
fn tables_rate_by_row_and_by_column() {
    check(
        "| Area | Grade | Grade in 2021 |\n|---|---|---|\n| Care | Good | Poor |\n| Food | Fair | Good |",
        &[
            "Care = Good",
            "< Care = Poor",
            "Food = Fair",
            "< Food = Good",
        ],
    );
    check(
        "| Test | 2019 | 2023 |\n|---|---|---|\n| Safety | Poor | Good |",
        &["< Safety = Poor", "Safety = Good"],
    );
    check(
        "| Question | Grade | Last inspection |\n|---|---|---|\n| How good is our leadership? | 3 - Adequate | 4 - Good |",
        &[
            "How good is our leadership? = Adequate",
            "< How good is our leadership? = Good",
        ],
    );
    check(
        "| Service | Safe | Overall |\n|---|---|---|\n| Surgery | Good | Poor |\n| Trust | Poor | Fair |",
        &[
            "Surgery: Safe = Good",
            "Surgery: overall = Poor",
            "Safe = Poor",
            "overall = Fair",
        ],
    );
    check(
        "| Rating | Businesses |\n|---|---|\n| Good | 12 |\n| Poor | 3 |",
        &[],
    );
    check(
        "| Standard | Rating | Score |\n|---|---|---|\n| Staffing | Good | 2 |\n| Services | Poor | 0 |",
        &["Staffing = Good", "Services = Poor"],
    );
    check(
        "| | This inspection | Last inspection |\n|---|---|---|\n| Safe | Good | Poor |\n| Caring | Good | Good |",
        &[
            "Safe = Good",
            "< Safe = Poor",
            "Caring = Good",
            "< Caring = Good",
        ],
    );
    check(
        "| Round | Safe | Caring |\n|---|---|---|\n| 2019 | Good | Poor |\n| 2023 | Fair | Good |",
        &[
            "< Safe = Good",
            "< Caring = Poor",
            "Safe = Fair",
            "Caring = Good",
        ],
    );
    check(
        "| Company | 2023 | 2022 |\n|---|---|---|\n| Elm Water | 4 stars | 3 stars |",
        &["Elm Water = 4 stars", "< Elm Water = 3 stars"],
    );
    check(
        "| Business | Hygiene rating |\n|---|---|\n| Rose Café | 5 |\n| The Mill | 3 |",
        &["Rose Café = 5", "The Mill = 3"],
    );
}

#[test]
fn a_rated_criterion_makes_a_plain_sentence_a_rating() {
    let table =
        "| Area | Grade |\n|---|---|\n| Behaviour and attitudes | Poor |\n| Music | Good |\n\n";
    let rows = ["Behaviour and attitudes = Poor", "Music = Good"];
    let with = |more: &[&'static str]| [&rows[..], more].concat();
    check(
        &format!("{table}The school's work on music is good."),
        &with(&["music = Good"]),
    );
    check(
        &format!("{table}This is why behaviour and attitudes are no longer good."),
        &with(&["< behaviour and attitudes = Good"]),
    );
    check(
        &format!("{table}Attendance is poor, and the music that pupils hear is good."),
        &with(&[]),
    );
    check(
        &format!("{table}The school was rated poor for behaviour and attitudes and music."),
        &with(&["behaviour and attitudes = Poor", "music = Poor"]),
    );
}

#[test]
fn several_bodies_keep_their_ratings_apart() {
    check(
        "Elm Surgery\n\nElm Surgery in Barton has been rated inadequate overall. It was rated good in 2010.\n\nThe practice was rated poor for care.\n\n\
         Oak Surgery\n\nOak Surgery has improved from poor to good.\n\nPublished 2 May 2014.",
        &[
            "Elm Surgery in Barton = Inadequate",
            "< Elm Surgery in Barton = Good",
            "Elm Surgery in Barton: care = poor",
            "< Oak Surgery = poor",
            "Oak Surgery = Good",
        ],
    );
    check(
        "Elm Surgery has been rated good. The practice was rated outstanding for care.",
        &["overall = Good", "care = Outstanding"],
    );
}

#[test]
fn wrapping_quotation_marks_and_case_change_nothing() {
    let plain =
        ratings_of("The force was rated good for custody of the young and poor for planning.");
    for text in [
        "The force was\nrated good\nfor custody of\nthe young and poor\nfor planning.",
        "The force was rated “good” for custody of the young and “poor” for planning.",
        "The force was rated 'good' for custody of the young and 'poor' for planning.",
        "The force was rated Good for custody of the young and Poor for planning.",
        "The force was RATED GOOD for custody of the young and POOR for planning.",
        "The force was rated **good** for custody of the young and **poor** for planning.",
    ] {
        assert_eq!(ratings_of(text), plain, "{text}");
    }
}

#[test]
fn claims_count_criteria() {
    let fields = ["quantifier", "count", "of", "value", "excepted"];
    let check =
        |text: &str, expected: &[&str]| check_other(text, "rating-claim", &fields, expected);
    check(
        "The force was good in two areas, adequate in four areas and inadequate in one area.",
        &[
            "count | 2 | (not stated) | Good | fails",
            "count | 4 | (not stated) | Adequate | fails",
            "count | 1 | (not stated) | Inadequate | fails",
        ],
    );
    check(
        "The service was rated good in five of seven areas.",
        &["count | 5 | 7 | Good | fails"],
    );
    check(
        "Four of the five standards were rated good.",
        &["count | 4 | 5 | Good | fails"],
    );
    check(
        "All criteria were rated good.",
        &["all | (not stated) | (not stated) | Good | fails"],
    );
    check(
        "All criteria were good.",
        &["all | (not stated) | (not stated) | Good | fails"],
    );
    check(
        "Each of the four was good.",
        &["all | 4 | (not stated) | Good | fails"],
    );
    check(
        "All areas except custody were rated good.",
        &["all | (not stated) | (not stated) | Good | holds"],
    );
    check(
        "Care was rated fair, and none of the criteria was rated above fair. Food was rated poor.",
        &[
            "none | (not stated) | (not stated) | Good | fails",
            "none | (not stated) | (not stated) | Excellent | fails",
        ],
    );
    check(
        "It was graded in 11 areas: it was good in four of them and required improvement in seven.",
        &[
            "count | 4 | 11 | Good | fails",
            "count | 7 | 11 | Requires improvement | fails",
        ],
    );
    check("Two companies are rated four stars.", &[]);
}

#[test]
fn movements_say_their_direction() {
    let fields = ["criterion", "from", "to", "direction"];
    let check =
        |text: &str, expected: &[&str]| check_other(text, "rating-change", &fields, expected);
    check(
        "Leadership improved from fair to good.",
        &["Leadership | Fair | Good | better"],
    );
    check(
        "The home has deteriorated from good to inadequate.",
        &["overall | Good | Inadequate | worse"],
    );
    check(
        "The home is rated good for care, down from outstanding.",
        &["care | Outstanding | Good | down"],
    );
    check("Casework went from fair to good.", &[]);
    check("Waiting times fell from good to bad.", &[]);
}

#[test]
fn gaps_are_blank_entries() {
    let check = |text: &str, expected: &[&str]| {
        check_other(text, "rating-gap", &["criterion", "explained"], expected);
    };
    check(
        "| Area | Grade |\n|---|---|\n| Safe | Good |\n| Caring | |\n| Food | Poor |\n| Work | Not rated |",
        &["Caring | fails", "Work | holds"],
    );
    check("- Safe: Good\n- Caring:\n- Food: Poor", &["Caring | fails"]);
    check(
        "- Safe: Good\n- Caring: Good\n- Food: n/a",
        &["Food | holds"],
    );
}

#[test]
fn mentions_name_no_criterion() {
    let check = |text: &str, expected: &[&str]| {
        check_other(
            text,
            "grade-mention",
            &["criterion", "value", "quoted", "form"],
            expected,
        );
    };
    check(
        "The team has changed, and inspectors judged these parts of its work as ‘good’ and ‘excellent’.",
        &[
            "(not stated) | Good | holds | prose",
            "(not stated) | Excellent | holds | prose",
        ],
    );
    check(
        "# Good for teamwork, letters to victims need improvement",
        &["letters to victims | need improvement | fails | heading"],
    );
    check(
        "Some of the work was judged “outstanding”.",
        &["(not stated) | Outstanding | holds | prose"],
    );
    check("Inspectors praised a ‘people first’ culture.", &[]);
}
