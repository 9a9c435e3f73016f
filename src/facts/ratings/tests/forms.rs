//! Forms in which ratings stand in the documents of many inspectorates, each in a few words.

use crate::facts::{
    Fact,
    schema::{RATING, RATING_CLAIM, rating::Slot},
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
fn forms_of_inspectorates() {
    check(
        "The quality of education is good.",
        &["quality of education = Good"],
    );
    check("The school was judged good in all areas.", &[]);
    check("This is a good school.", &[]);
    check(
        "Inspectors found the school to be good in every area and outstanding for personal development.",
        &["personal development = Outstanding"],
    );
    check(
        "Inspectors judged outcomes to be poor for safety (they were fair in 2019), not sufficiently good for respect and for purposeful activity, and reasonably good for release planning.",
        &[
            "safety = Poor",
            "< safety = fair",
            "respect = Not sufficiently good",
            "purposeful activity = Not sufficiently good",
            "release planning = Reasonably good",
        ],
    );
    check(
        "The threshold for care has been met. Standard 4 was judged to be met.",
        &["Standard 4 = Met"],
    );
    check(
        "Inspectors found outcomes to be good for respect.",
        &["respect = Good"],
    );
    check(
        "Outcomes for prisoners were not sufficiently good against this healthy prison test.",
        &["overall = Not sufficiently good"],
    );
    check(
        "Elmshire Police is adequate at preventing crime. It requires improvement at keeping people safe.",
        &[
            "preventing crime = Adequate",
            "keeping people safe = Requires improvement",
        ],
    );
    check(
        "The force was good at investigating crime, adequate at managing offenders and inadequate at responding to the public.",
        &[
            "investigating crime = Good",
            "managing offenders = Adequate",
            "responding to the public = Inadequate",
        ],
    );
    check(
        "Elmshire Fire and Rescue Service requires improvement at keeping people safe and secure.",
        &["keeping people safe and secure = Requires improvement"],
    );
    check(
        "The landlord was regraded from V1 to V2 and retained its G1.",
        &["< viability = V1", "viability = V2", "governance = G1"],
    );
    check(
        "The regulator has given Elm Homes a C3 grading, with G2 and V2 for governance and viability.",
        &["consumer = C3", "governance = G2", "viability = V2"],
    );
    check(
        "Elm Homes Association has been downgraded to G3/V2.",
        &["governance = G3", "viability = V2"],
    );
    check(
        "G grades range from G1 to G4. Of the C grades this year, 12 at C1 and 3 at C2 were new.",
        &[],
    );
    check(
        "The association's C1/G1/V1 grades were confirmed.",
        &["consumer = C1", "governance = G1", "viability = V1"],
    );
    check(
        "The Blue Anchor Café scored 1 out of 5 for hygiene.",
        &["overall = 1"],
    );
    check(
        "The Blue Anchor Café was given a hygiene rating of zero after inspectors found mice.",
        &["overall = 0"],
    );
    check(
        "The takeaway got a two-star rating in March.",
        &["overall = 2 stars"],
    );
    check(
        "The takeaway, in Quay Street, was handed a food hygiene rating of 2 out of 5.",
        &["overall = 2"],
    );
    check(
        "A takeaway has been awarded the top rating of 5.",
        &["overall = 5"],
    );
    check("Rating: 4 (Good)", &["overall = Good"]);
    check("Food hygiene rating: 3", &["overall = 3"]);
    check(
        "Its rating dropped from a five to a one.",
        &["< overall = 5", "overall = 1"],
    );
    check(
        "The home went from good to inadequate.",
        &["< overall = Good", "overall = Inadequate"],
    );
    check(
        "The service has gone from inadequate to requires improvement overall.",
        &["< overall = Inadequate", "overall = Requires improvement"],
    );
    check(
        "The home was rated good overall and outstanding for caring.",
        &["overall = Good", "caring = Outstanding"],
    );
    check(
        "The home is no longer inadequate.",
        &["< overall = Inadequate"],
    );
    check(
        "Leadership is no longer rated inadequate.",
        &["< Leadership = Inadequate"],
    );
    check(
        "The surgery keeps its outstanding rating.",
        &["overall = Outstanding"],
    );
    check(
        "The college has retained its 'good' rating.",
        &["overall = Good"],
    );
    check(
        "The college has held on to its good grade.",
        &["overall = Good"],
    );
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
fn forms_of_inspectorates_2() {
    check(
        "The academy is back at good after three years.",
        &["overall = Good"],
    );
    check(
        "The trust's rating fell from good to requires improvement, as did those for safe and well-led.",
        &[
            "< overall = Good",
            "< safe = Good",
            "< well-led = Good",
            "overall = Requires improvement",
            "safe = Requires improvement",
            "well-led = Requires improvement",
        ],
    );
    check(
        "Effective and caring were each rated good; safe was rated requires improvement.",
        &[
            "Effective = Good",
            "caring = Good",
            "safe = Requires improvement",
        ],
    );
    check(
        "The hospital is rated requires improvement for safe, effective and well led and good for caring and responsive.",
        &[
            "safe = Requires improvement",
            "effective = Requires improvement",
            "well led = Requires improvement",
            "caring = Good",
            "responsive = Good",
        ],
    );
    check(
        "Ratings for safe and well-led have dropped to inadequate, while caring stays at good.",
        &[
            "safe = Inadequate",
            "well-led = Inadequate",
            "caring = Good",
        ],
    );
    check(
        "CQC has re-rated safe from requires improvement to good.",
        &["safe = Good", "< safe = Requires improvement"],
    );
    check(
        "Inspectors said the nursery 'requires improvement' in all areas.",
        &[],
    );
    check(
        "Overall effectiveness: Inadequate",
        &["overall = Inadequate"],
    );
    check(
        "Overall effectiveness\tGood\nThe quality of education\tGood\nBehaviour and attitudes\tOutstanding",
        &[
            "overall = Good",
            "The quality of education = Good",
            "Behaviour and attitudes = Outstanding",
        ],
    );
    check(
        "Overall effectiveness          Requires improvement\nThe quality of education       Requires improvement\nBehaviour and attitudes        Good\nPersonal development           Good\nLeadership and management      Requires improvement\nOverall effectiveness at previous inspection      Good",
        &[
            "overall = Requires improvement",
            "The quality of education = Requires improvement",
            "Behaviour and attitudes = Good",
            "Personal development = Good",
            "Leadership and management = Requires improvement",
            "< overall = Good",
        ],
    );
    check(
        "Safe\n\nGood\n\nEffective\n\nRequires improvement\n\nCaring\n\nOutstanding\n\nResponsive\n\nGood\n\nWell-led\n\nGood",
        &[
            "Safe = Good",
            "Effective = Requires improvement",
            "Caring = Outstanding",
            "Responsive = Good",
            "Well-led = Good",
        ],
    );
    check(
        "Are services safe?\nRequires improvement\n\nAre services effective?\nGood\n\nAre services caring?\nOutstanding",
        &[
            "Are services safe? = Requires improvement",
            "Are services effective? = Good",
            "Are services caring? = Outstanding",
        ],
    );
    check(
        "Overall rating for this service   Requires Improvement\nIs the service safe?   Requires Improvement\nIs the service effective?   Good\nIs the service caring?   Good",
        &[
            "overall = Requires improvement",
            "Is the service safe? = Requires improvement",
            "Is the service effective? = Good",
            "Is the service caring? = Good",
        ],
    );
    check(
        "Is the service safe? Good ⬤\nIs the service well-led? Inadequate ⬤",
        &[
            "Is the service safe? = Good",
            "Is the service well-led? = Inadequate",
        ],
    );
    check(
        "Leadership (Good)\nCasework (Fair)\nVictims (Poor)",
        &["Leadership = Good", "Casework = Fair", "Victims = Poor"],
    );
    check(
        "- Leadership (good)\n- Casework (requires improvement)",
        &["Leadership = Good", "Casework = Requires improvement"],
    );
    check(
        "Ratings: safe – good; effective – good; caring – outstanding.",
        &["safe = Good", "effective = Good", "caring = Outstanding"],
    );
    check(
        "Outstanding for: caring\nGood for: safe, effective\nRequires improvement for: well-led",
        &[
            "caring = Outstanding",
            "safe = Good",
            "effective = Good",
            "well-led = Requires improvement",
        ],
    );
    check(
        "Good in: leadership, custody and victims\nAdequate in: planning",
        &[
            "leadership = Good",
            "custody = Good",
            "victims = Good",
            "planning = Adequate",
        ],
    );
    check(
        "## Good\n\n- Managing offenders\n- Preventing crime\n\n## Requires improvement\n\n- Responding to the public",
        &[
            "Managing offenders = Good",
            "Preventing crime = Good",
            "Responding to the public = Requires improvement",
        ],
    );
    check(
        "**Good**: staffing; leadership\n**Poor**: estates",
        &["staffing = Good", "leadership = Good", "estates = Poor"],
    );
    check(
        "Rated outstanding: caring and responsive. Rated good: safe.",
        &[
            "caring = Outstanding",
            "responsive = Outstanding",
            "safe = Good",
        ],
    );
    check(
        "| Service | Safe | Effective | Overall |\n|---|---|---|---|\n| Surgery | Good ↑ Jan 2023 | Good → Jan 2023 | Good ↑ Jan 2023 |\n| Maternity | Inadequate ↓↓ Jan 2023 | Good | Inadequate |",
        &[
            "Surgery: Safe = Good",
            "Surgery: Effective = Good",
            "Surgery: overall = Good",
            "Maternity: Safe = Inadequate",
            "Maternity: Effective = Good",
            "Maternity: overall = Inadequate",
        ],
    );
    check(
        "| Standard | Score | Rating | Previous rating |\n|---|---|---|---|\n| Staffing | 2 | Good | Inadequate (0) |\n| Services | 1 | Requires improvement | Good (2) |",
        &[
            "Staffing = Good",
            "< Staffing = Inadequate",
            "Services = Requires improvement",
            "< Services = Good",
        ],
    );
    check(
        "| Area | Grade |\n|---|---|\n| Casework | 4 – Poor |\n| Victims | Grade 2: Good |\n| Training | (3) Fair |",
        &["Casework = Poor", "Victims = Good", "Training = Fair"],
    );
    check(
        "| | Outstanding | Good | Requires improvement | Inadequate |\n|---|---|---|---|---|\n| Safe | | ✓ | | |\n| Caring | ✓ | | | |\n| Well-led | | | X | |",
        &[
            "Safe = Good",
            "Caring = Outstanding",
            "Well-led = Requires improvement",
        ],
    );
    check(
        "Home\tRating\nElm House\tGood\nOak House\tRequires improvement",
        &["Elm House = Good", "Oak House = Requires improvement"],
    );
    check(
        "The home received a score of 14 out of 21 and was rated 'Requires improvement'.",
        &["overall = Requires improvement"],
    );
}

#[test]
fn forms_of_inspectorates_3() {
    check(
        "Elm PDU was rated 'Inadequate', with 2 points out of 21.",
        &["overall = Inadequate"],
    );
    check(
        "The PDU was awarded an overall rating of 'Requires improvement', with a score of 7 out of 27.",
        &["overall = Requires improvement"],
    );
    check(
        "The youth justice service has received an overall rating of 'Good'. It was also rated 'Outstanding' for resettlement.",
        &["overall = Good", "resettlement = Outstanding"],
    );
    check(
        "Safeguarding: Met. Inclusion: Strong standard. Achievement: Needs attention.",
        &[
            "Safeguarding = met",
            "Inclusion = Strong standard",
            "Achievement = Needs attention",
        ],
    );
    check(
        "# Report card\nInspected under the Ofsted report card framework.\n\nAchievement was graded expected standard, attendance and behaviour needs attention and inclusion strong standard.",
        &[
            "Achievement = Expected standard",
            "attendance and behaviour = Needs attention",
            "inclusion = Strong standard",
        ],
    );
    check(
        "The nursery was judged to be at the expected standard for inclusion and the strong standard for leadership and governance.",
        &[
            "inclusion = Expected standard",
            "leadership and governance = Strong standard",
        ],
    );
    check(
        "Safeguarding standards: not met",
        &["Safeguarding standards = Not met"],
    );
}

#[test]
fn sentences_of_news() {
    check(
        "A Barton care home has been rated inadequate and placed in special measures by the Care Quality Commission (CQC) following an inspection in May.\n\nRosewood House, run by Elm Care Limited, was inspected after concerns were raised. As well as the service's overall rating dropping from good to inadequate, so have the ratings for safe and well-led. Effective, caring and responsive were rated as requires improvement.",
        &[
            "overall = Inadequate",
            "< overall = Good",
            "< safe = Good",
            "< well-led = Good",
            "overall = Inadequate",
            "safe = Inadequate",
            "well-led = Inadequate",
            "Effective = Requires improvement",
            "caring = Requires improvement",
            "responsive = Requires improvement",
        ],
    );
    check(
        "Following this inspection, the overall rating for the service has improved from inadequate to requires improvement. How safe and well-led the service is have also improved from inadequate to requires improvement. How effective, caring and responsive it is were not looked at and remain rated as good.",
        &[
            "< overall = Inadequate",
            "overall = Requires improvement",
            "safe = Requires improvement",
            "well-led = Requires improvement",
            "< safe = Inadequate",
            "< well-led = Inadequate",
            "effective = Good",
            "caring = Good",
            "responsive = Good",
        ],
    );
    check(
        "Following the inspection, the overall rating for the service, as well as how safe and well-led it is, have dropped from good to requires improvement. Caring was re-rated as good.",
        &[
            "safe = Requires improvement",
            "well-led = Requires improvement",
            "< overall = Good",
            "< safe = Good",
            "< well-led = Good",
            "overall = Requires improvement",
            "Caring = Good",
        ],
    );
    check(
        "The ratings for being safe, effective and well-led have moved down from good to requires improvement. Being caring and responsive has again been rated good.",
        &[
            "safe = Requires improvement",
            "effective = Requires improvement",
            "well-led = Requires improvement",
            "< safe = Good",
            "< effective = Good",
            "< well-led = Good",
            "caring = Good",
            "responsive = Good",
        ],
    );
    check(
        "CQC has again rated the trust as good overall, as well as for being effective, caring and responsive.",
        &[
            "overall = Good",
            "effective = Good",
            "caring = Good",
            "responsive = Good",
        ],
    );
    check(
        "The trust was again rated good overall and in the areas of caring and responsive.",
        &["overall = Good", "caring = Good", "responsive = Good"],
    );
    check(
        "The hospital remains rated requires improvement overall.",
        &["overall = Requires improvement"],
    );
    check(
        "The overall rating of the trust stayed the same at requires improvement.",
        &["overall = Requires improvement"],
    );
    check(
        "The surgery's rating has gone up from requires improvement to good.",
        &["< overall = Requires improvement", "overall = Good"],
    );
    check(
        "Inspectors have upgraded the surgery from requires improvement to good.",
        &["< overall = Requires improvement", "overall = Good"],
    );
    check(
        "The rating for maternity services at Elm Hospital has dropped from good to inadequate.",
        &[
            "maternity services at Elm Hospital = Inadequate",
            "< maternity services at Elm Hospital = Good",
        ],
    );
    check(
        "Ofsted has downgraded Elm Primary School from outstanding to good.",
        &["< overall = Outstanding", "overall = Good"],
    );
    check(
        "Elm Primary has gone from 'inadequate' to 'good' in just two years.",
        &["< overall = Inadequate", "overall = Good"],
    );
    check(
        "Inspectors rated the school good for the quality of education, behaviour and attitudes, personal development and leadership and management.",
        &[
            "quality of education = Good",
            "behaviour and attitudes = Good",
            "personal development = Good",
            "leadership and management = Good",
        ],
    );
    check(
        "The school was graded outstanding for behaviour and attitudes and personal development and good in all other areas.",
        &[
            "behaviour and attitudes = Outstanding",
            "personal development = Outstanding",
        ],
    );
    check(
        "Behaviour and attitudes are outstanding, while the quality of education requires improvement.",
        &[
            "Behaviour and attitudes = Outstanding",
            "quality of education = Requires improvement",
        ],
    );
    check(
        "At its previous inspection, in 2019, the school was judged outstanding.",
        &["< overall = Outstanding"],
    );
    check(
        "It had previously been rated 'requires improvement' after a visit in 2021.",
        &["< overall = Requires improvement"],
    );
    check(
        "The nursery, which was rated good at its last inspection, has been graded inadequate in all areas.",
        &["< overall = Good"],
    );
    check(
        "Ofsted found that the college 'requires improvement' overall but is good for adult learning programmes.",
        &[
            "overall = Requires improvement",
            "adult learning programmes = Good",
        ],
    );
    check(
        "The inspectorate rated the force 'outstanding' in one area, 'good' in three areas and 'requires improvement' in two.",
        &[],
    );
    check(
        "The inspectorate graded Elmshire Police's performance across nine areas of policing and found the force was 'good' in three areas, 'adequate' in four areas and 'requires improvement' in two areas.",
        &[],
    );
    check(
        "Elmshire Police has been rated as 'good' at investigating crime, 'adequate' in its treatment of the public and 'inadequate' at responding to the public.",
        &[
            "investigating crime = Good",
            "treatment of the public = Adequate",
            "responding to the public = Inadequate",
        ],
    );
    check(
        "Inspectors said the force needed to improve in four areas.",
        &[],
    );
    check(
        "HM Inspectorate of Probation has rated Elm PDU as 'Inadequate'. It scored zero out of 21.",
        &["overall = Inadequate"],
    );
    check(
        "Elm Youth Justice Service has received an overall 'Good' rating following an inspection.",
        &["overall = Good"],
    );
    check(
        "Elm Youth Justice Service has today been awarded an 'Outstanding' rating by HM Inspectorate of Probation.",
        &["overall = Outstanding"],
    );
    check(
        "The service was marked down to 'Requires improvement'.",
        &["overall = Requires improvement"],
    );
}

#[test]
fn sentences_of_news_2() {
    check(
        "A \"good\" judgement was given for leadership and a \"requires improvement\" one for staffing.",
        &["leadership = Good", "staffing = Requires improvement"],
    );
    check(
        "The PDU was assessed as 'Good' on leadership and 'Requires improvement' on staffing.",
        &["leadership = Good", "staffing = Requires improvement"],
    );
    check(
        "Leadership was judged Good, staffing Requires improvement and services Inadequate.",
        &[
            "Leadership = Good",
            "staffing = Requires improvement",
            "services = Inadequate",
        ],
    );
    check(
        "For leadership the area was rated good. For casework it was rated fair.",
        &["leadership = Good", "casework = Fair"],
    );
    check(
        "In the area of leadership, inspectors rated the service as outstanding.",
        &["leadership = Outstanding"],
    );
    check(
        "On safety, the prison was rated poor; on respect, reasonably good.",
        &["safety = Poor", "respect = Reasonably good"],
    );
    check(
        "Inspectors assessed outcomes in the four healthy prison tests as: safety – good; respect – reasonably good; purposeful activity – poor; preparation for release – not sufficiently good.",
        &[
            "safety = Good",
            "respect = Reasonably good",
            "purposeful activity = Poor",
            "preparation for release = Not sufficiently good",
        ],
    );
    check(
        "We last inspected HMP Elmwood in 2018 and made 45 recommendations overall.\n\nSafety: Not sufficiently good\nRespect: Reasonably good\nPurposeful activity: Poor\nRehabilitation and release planning: Good",
        &[
            "Safety = Not sufficiently good",
            "Respect = Reasonably good",
            "Purposeful activity = Poor",
            "Rehabilitation and release planning = Good",
        ],
    );
    check(
        "The Regulator of Social Housing has published a regulatory judgement for Elm Council with a C3 grade.",
        &["consumer = C3"],
    );
    check(
        "The council has been graded C3 by the Regulator of Social Housing.",
        &["consumer = C3"],
    );
    check(
        "Elm Housing: G1 V2 C2",
        &["governance = G1", "viability = V2", "consumer = C2"],
    );
    check(
        "| Landlord | Consumer | Governance | Viability |\n|---|---|---|---|\n| Elm Homes | C2 | G1 | V2 |",
        &["Consumer = C2", "Governance = G1", "Viability = V2"],
    );
    check(
        "Governance grade: G2\nViability grade: V1",
        &["Governance grade = G2", "Viability grade = V1"],
    );
    check(
        "The landlord's governance grade has been changed from G1 to G2, and its viability grade remains V2.",
        &[
            "landlord's governance grade = G2",
            "< landlord's governance grade = G1",
            "viability = V2",
        ],
    );
    check(
        "Our judgement is that there are serious failings and the landlord must make significant improvement (C3).",
        &["consumer = C3"],
    );
    check(
        "Elm Water is a four-star company. It has moved up from three stars.",
        &["overall = 4 stars", "< overall = 3 stars"],
    );
    check(
        "The hotel kitchen was awarded five stars for food hygiene.",
        &["overall = 5 stars"],
    );
    check("The café has a food hygiene rating of 5.", &["overall = 5"]);
    check(
        "The Mill: 5 – rated on 3 March\nThe Anchor: 1 – rated on 4 March",
        &[],
    );
    check(
        "Food hygiene ratings given this month:\n\n- Rated 5: Rose Tea Rooms, Mill Lane\n- Rated 2: The Anchor, Quay Street\n- Rated 0: Fry Hut, Beach Road",
        &["Rose Tea Rooms = 5", "Anchor = 2", "Fry Hut = 0"],
    );
    check(
        "Hygienic food handling: Good\nCleanliness and condition of facilities and building: Generally satisfactory\nManagement of food safety: Improvement necessary",
        &[
            "Hygienic food handling = Good",
            "Cleanliness and condition of facilities and building = Generally satisfactory",
            "Management of food safety = Improvement necessary",
        ],
    );
    check(
        "The audit gave limited assurance over procurement and substantial assurance over payroll.",
        &[
            "procurement = Limited assurance",
            "payroll = Substantial assurance",
        ],
    );
    check(
        "Overall opinion: Reasonable assurance",
        &["overall = Reasonable assurance"],
    );
    check(
        "We graded ourselves good for leadership, but inspectors judged it to require improvement.",
        &["leadership = Requires improvement"],
    );
    check("Our aim is to be rated outstanding by 2027.", &[]);
    check(
        "The ratings are: outstanding, good, requires improvement and inadequate.",
        &[],
    );
    check(
        "Only three prisons have been rated good for purposeful activity this year.",
        &[],
    );
    check("Nine in ten schools are now good or outstanding.", &[]);
}

#[test]
fn sentences_of_news_3() {
    check(
        "There was good teamwork and outstanding care on every ward.",
        &[],
    );
    check(
        "Staff were good at listening and managers had a good understanding of risk.",
        &[],
    );
    check("Safety is good business, and the food was good too.", &[]);
}

#[test]
fn reports_and_letters() {
    check(
        "Elm Grove care home\n\nOverall summary & rating\n\nOverall rating for this location\nGood\nIs the service safe?\nRequires Improvement\nIs the service effective?\nGood\nIs the service caring?\nGood\nIs the service responsive?\nGood\nIs the service well-led?\nRequires Improvement",
        &[
            "overall = Good",
            "Is the service safe? = Requires improvement",
            "Is the service effective? = Good",
            "Is the service caring? = Good",
            "Is the service responsive? = Good",
            "Is the service well-led? = Requires improvement",
        ],
    );
    check(
        "Ratings\n\nOverall rating for this trust\n\nGood\n\nAre services safe?\n\nRequires improvement\n\nAre services effective?\n\nGood\n\nAre services caring?\n\nOutstanding",
        &[
            "overall = Good",
            "Are services safe? = Requires improvement",
            "Are services effective? = Good",
            "Are services caring? = Outstanding",
        ],
    );
    check(
        "Is the service safe?\nThe service was not always safe.\nDetails are in our safe findings below.\nRequires Improvement\nIs the service effective?\nThe service was effective.\nDetails are in our effective findings below.\nGood",
        &[
            "Is the service safe? = Requires improvement",
            "Is the service effective? = Good",
        ],
    );
    check("Is the service well-led?\n\nInspected but not rated", &[]);
    check(
        "# Elm Grove\n\n## Is the service safe?\n\nOur findings: At our last inspection we rated this key question requires improvement. The rating for this key question has changed to good.\n\n## Is the service caring?\n\nAt our last inspection we rated this key question good. At this inspection the rating has remained good.",
        &[
            "< Is the service safe? = Requires improvement",
            "Is the service safe? = Good",
            "< Is the service caring? = Good",
            "Is the service caring? = Good",
        ],
    );
    check(
        "Rating at last inspection: Requires Improvement (report published 4 May 2019).",
        &["< overall = Requires improvement"],
    );
    check(
        "Rating at last inspection\n\nThe last rating for this service was requires improvement (published 4 May 2019).",
        &["< overall = Requires improvement"],
    );
    check(
        "The last rating for this service was good (report published 12 March 2020).",
        &["< overall = Good"],
    );
    check(
        "The overall rating for the service has changed from good to requires improvement based on the findings of this inspection.",
        &["< overall = Good", "overall = Requires improvement"],
    );
    check("We rated it as good because:", &["overall = Good"]);
    check(
        "Our rating of this service went down. We rated it as requires improvement because staff did not have training.",
        &["overall = Requires improvement"],
    );
    check(
        "Our rating of the trust improved. We rated it as good because we rated safe, effective, caring and well-led as good.",
        &[
            "overall = Good",
            "safe = Good",
            "effective = Good",
            "caring = Good",
            "well-led = Good",
        ],
    );
    check(
        "Our rating of safe stayed the same. We rated it as requires improvement.",
        &["safe = Requires improvement"],
    );
    check(
        "We rated caring as outstanding and effective, responsive and well-led as good.",
        &[
            "caring = Outstanding",
            "effective = Good",
            "responsive = Good",
            "well-led = Good",
        ],
    );
    check(
        "We rated safe, effective and caring as good; we rated responsive and well-led as requires improvement.",
        &[
            "safe = Good",
            "effective = Good",
            "caring = Good",
            "responsive = Requires improvement",
            "well-led = Requires improvement",
        ],
    );
    check(
        "The inspectors rated the trust's leadership as good.",
        &["trust's leadership = Good"],
    );
    check(
        "| Key question | Rating | Score |\n|---|---|---|\n| Safe | Good | 72 |\n| Caring | Outstanding | 88 |",
        &["Safe = Good", "Caring = Outstanding"],
    );
    check(
        "| | Safe | Effective | Caring | Responsive | Well led | Overall |\n|---|---|---|---|---|---|---|\n| Urgent and emergency services | Requires improvement | Good | Good | Requires improvement | Good | Requires improvement |\n| Maternity | Good | Not rated | Good | Good | Good | Good |\n| Overall* | Requires improvement | Good | Good | Requires improvement | Good | Requires improvement |",
        &[
            "Urgent and emergency services: Safe = Requires improvement",
            "Urgent and emergency services: Effective = Good",
            "Urgent and emergency services: Caring = Good",
            "Urgent and emergency services: Responsive = Requires improvement",
            "Urgent and emergency services: Well led = Good",
            "Urgent and emergency services: overall = Requires improvement",
            "Maternity: Safe = Good",
            "Maternity: Caring = Good",
            "Maternity: Responsive = Good",
            "Maternity: Well led = Good",
            "Maternity: overall = Good",
            "Overall*: Safe = Requires improvement",
            "Overall*: Effective = Good",
            "Overall*: Caring = Good",
            "Overall*: Responsive = Requires improvement",
            "Overall*: Well led = Good",
            "Overall*: overall = Requires improvement",
        ],
    );
    check(
        "The quality of education        Good\n\nBehaviour and attitudes         Good\n\nPersonal development            Outstanding\n\nLeadership and management       Good",
        &[
            "The quality of education = Good",
            "Behaviour and attitudes = Good",
            "Personal development = Outstanding",
            "Leadership and management = Good",
        ],
    );
    check(
        "Overall effectiveness Requires improvement\nThe quality of education Requires improvement\nBehaviour and attitudes Good\nPersonal development Good\nLeadership and management Requires improvement\nPrevious inspection grade Good",
        &[
            "overall = Requires improvement",
            "quality of education = Requires improvement",
            "Behaviour and attitudes = Good",
            "Personal development = Good",
            "Leadership and management = Requires improvement",
            "< overall = Good",
        ],
    );
    check(
        "Effectiveness of leadership and management                     Good                 2\nQuality of teaching                                            Requires improvement 3",
        &[
            "Effectiveness of leadership and management = Good",
            "Quality of teaching = Requires improvement",
        ],
    );
    check(
        "Outcomes for pupils   Grade 2   Good\nBehaviour             Grade 1   Outstanding",
        &["Outcomes for pupils = Good", "Behaviour = Outstanding"],
    );
    check(
        "The arrangements for safeguarding are effective. Safeguarding is effective.",
        &[],
    );
    check("The school continues to be good.", &["overall = Good"]);
    check("This school is good.", &[]);
    check(
        "Elm Academy continues to be an outstanding school.",
        &["overall = Outstanding"],
    );
    check(
        "There has been no change to this school's overall judgement of good as a result of this ungraded inspection.",
        &["overall = Good"],
    );
    check(
        "Elm Primary School has taken effective action to maintain the standards identified at the previous inspection.",
        &[],
    );
}

#[test]
fn reports_and_letters_2() {
    check(
        "The inspectors gave the school a grade of 'Good' with 'Outstanding' for early years.",
        &["overall = Good", "early years = Outstanding"],
    );
    check(
        "Elm Nursery was rated Good across the board, with an Outstanding for personal development.",
        &["overall = Good", "personal development = Outstanding"],
    );
    check(
        "Inspectors awarded Good in two key areas and Requires Improvement in three others.",
        &[],
    );
    check(
        "The school received 'Good' ratings for behaviour and attitudes, personal development and sixth-form provision.",
        &[
            "behaviour and attitudes = Good",
            "personal development = Good",
            "sixth-form provision = Good",
        ],
    );
    check(
        "It received 'requires improvement' in three categories – the quality of education, leadership and management, and early years provision.",
        &[
            "quality of education = Requires improvement",
            "leadership and management = Requires improvement",
            "early years provision = Requires improvement",
        ],
    );
    check(
        "Two areas were rated outstanding: behaviour and attitudes, and personal development.",
        &[
            "behaviour and attitudes = Outstanding",
            "personal development = Outstanding",
        ],
    );
    check(
        "The force was judged inadequate in two areas: responding to the public and managing offenders.",
        &[
            "responding to the public = Inadequate",
            "managing offenders = Inadequate",
        ],
    );
    check(
        "The force is rated as outstanding in one area (preventing crime) and good in two (investigating crime and managing offenders).",
        &[
            "preventing crime = Outstanding",
            "investigating crime = Good",
            "managing offenders = Good",
        ],
    );
    check(
        "We make graded judgments in 5 of these areas as follows:\n\n**Outstanding** Preventing crime\n\n**Good** Investigating crime; Managing offenders\n\n**Requires improvement** Responding to the public",
        &[
            "Preventing crime = Outstanding",
            "Investigating crime = Good",
            "Managing offenders = Good",
            "Responding to the public = Requires improvement",
        ],
    );
    check(
        "Effectiveness: Requires improvement\nEfficiency: Good\nPeople: Good\nHow well does the service understand the risk of fire? Good",
        &[
            "Effectiveness = Requires improvement",
            "Efficiency = Good",
            "People = Good",
            "How well does the service understand the risk of fire? = Good",
        ],
    );
    check(
        "The extent to which the service is effective at keeping people safe is good.",
        &["keeping people safe = Good"],
    );
    check(
        "The service's previous rating was 'requires improvement'; this year it is 'good'.",
        &["< overall = Requires improvement", "overall = Good"],
    );
    check(
        "Previously rated outstanding, the school has been judged as requiring improvement.",
        &["< overall = Outstanding", "overall = Requires improvement"],
    );
    check(
        "The formerly 'inadequate' school has been judged 'good'.",
        &["< overall = Inadequate", "overall = Good"],
    );
    check(
        "The once-outstanding academy has been found to require improvement by inspectors.",
        &["overall = Requires improvement"],
    );
    check(
        "Formerly rated inadequate, Elm House is now good in all five key questions.",
        &["< overall = Inadequate"],
    );
    check(
        "Elm School has shaken off its 'inadequate' rating.",
        &["< overall = Inadequate"],
    );
    check(
        "A home that was rated inadequate by the care watchdog in March has now been rated good.",
        &["< overall = Inadequate", "overall = Good"],
    );
    check(
        "Elm House, in Barton, received an 'outstanding' grade for its care and a 'good' grade for its leadership.",
        &["care = Outstanding", "leadership = Good"],
    );
    check("It got 'good' ratings across the board.", &[]);
    check(
        "Elm House had been rated as 'Good' since 2018 but slipped to 'Inadequate' last month.",
        &["< overall = Good", "overall = Inadequate"],
    );
}

#[test]
fn no_ratings() {
    check(
        "The home's manager said the good rating reflected the hard work of staff.",
        &["overall = Good"],
    );
    check(
        "Staff provided good care. People told us the food was good and staff were outstanding.",
        &[],
    );
    check(
        "People were safe. The service was effective and caring.",
        &[],
    );
    check(
        "There were effective systems in place to safeguard people. Records were inadequate.",
        &[],
    );
    check(
        "The leadership of the home was inadequate and staff morale was poor.",
        &[],
    );
    check(
        "Managers had not met the standard required. The target was met.",
        &[],
    );
    check(
        "Risk assessments require improvement and must be reviewed by June.",
        &[],
    );
    check(
        "Areas that require improvement include medicines and records.",
        &[],
    );
    check("The provider must make improvements to be good.", &[]);
    check("Ratings range from inadequate to outstanding.", &[]);
    check(
        "The four ratings are outstanding, good, requires improvement and inadequate.",
        &[],
    );
    check(
        "Providers are rated outstanding, good, requires improvement or inadequate.",
        &[],
    );
    check(
        "What the ratings mean\n\nOutstanding – the service is performing exceptionally well.\nGood – the service is performing well and meeting our expectations.\nRequires improvement – the service isn't performing as well as it should.\nInadequate – the service is performing badly.",
        &[],
    );
    check(
        "| Rating | Number of services | Per cent |\n|---|---|---|\n| Outstanding | 12 | 4% |\n| Good | 230 | 75% |\n| Requires improvement | 50 | 16% |",
        &[],
    );
    check(
        "| | 2022 | 2023 |\n|---|---|---|\n| Good or outstanding | 88% | 89% |\n| Inadequate | 3% | 2% |",
        &[],
    );
    check(
        "The proportion of homes rated good or outstanding rose to 84%. Homes rated inadequate fell from 3% to 2%.",
        &[],
    );
    check(
        "Of 30 schools inspected, four went from good to requires improvement.",
        &[],
    );
    check(
        "Eight prisons were rated poor for safety, up from five.",
        &[],
    );
    check(
        "Inspectors will return to see whether the rating can be improved to good.",
        &[],
    );
    check(
        "The service could be rated good at its next inspection.",
        &[],
    );
    check("If the home is rated inadequate again, it may close.", &[]);
    check(
        "We judged the risk of harm to be low and the quality of the files to be good.",
        &[],
    );
    check(
        "A good quality service needs good leaders. The assessment was good and the outcome was poor.",
        &[],
    );
    check(
        "In our audit, 14 of 20 files were judged good and six required improvement.",
        &[],
    );
    check(
        "Of the cases we looked at, 12 were graded good, 5 adequate and 3 inadequate.",
        &[],
    );
    check(
        "The council has set a target of a good rating by 2026.",
        &[],
    );
    check("Our self-assessment grades us as good for leadership.", &[]);
    check("The peer review described the partnership as good.", &[]);
}

#[test]
fn no_ratings_2() {
    check(
        "Children's attendance is good and behaviour has improved.",
        &[],
    );
    check(
        "Pupils are kept safe. Teaching is good in most classes.",
        &[],
    );
    check("Lessons were rated good by pupils.", &[]);
    check("Patients rated the care as excellent.", &[]);
    check("96% of patients rated their experience as good.", &[]);
    check(
        "The school's results were good and its reading outstanding.",
        &[],
    );
    check("He was given a 2-year sentence and awarded 5 points.", &[]);
    check(
        "It received a score of 3 out of 4 for this quality statement.",
        &[],
    );
    check("Inspectors said staffing was inadequate at night.", &[]);
    check(
        "The provider was fined and its registration was downgraded.",
        &[],
    );
    check(
        "A follow-up visit found the trust had met two of the three conditions and partly met the other.",
        &[],
    );
    check("They moved from a good school to a better one.", &[]);
    check(
        "Safety: People were at risk because staffing was poor.",
        &[],
    );
    check(
        "Well-led: Leaders were visible. Good: staff felt heard.",
        &[],
    );
    check("Elm Surgery - good news for patients", &[]);
    check("Contact: Ann Good, Elm House. Author: P. Fair", &[]);
    check("Mrs Good said: \"It is outstanding.\"", &[]);
    check(
        "\"This is a good result for the force,\" said Chief Constable Ann Lee. \"We were good in areas that matter.\"",
        &[],
    );
    check(
        "Safe staffing levels were good across all wards and effective communication was excellent.",
        &[],
    );
    check(
        "Summary of ratings by standard: 1 = Good, 2 = Requires improvement, 3 = Inadequate",
        &[],
    );
    check("Key: ● Good ● Requires improvement ● Inadequate", &[]);
    check(
        "Outstanding issues: none. Good practice: the buddy scheme. Poor practice: late notes.",
        &[],
    );
    check(
        "Good practice\n- A buddy scheme\n- A weekly call\n\nPoor practice\n- Late notes",
        &[],
    );
}

#[test]
fn forms_in_the_news() {
    check(
        "Oak Water was awarded four stars, while Ash Water fell from three stars to two.",
        &[
            "Oak Water = 4 stars",
            "< Ash Water = 3 stars",
            "Ash Water = 2 stars",
        ],
    );
    check(
        "Elm Council and the London Borough of Ash have both been given a C3 grade.",
        &["Elm Council = C3", "London Borough of Ash = C3"],
    );
    check(
        "Elmshire Fire and Rescue Service was graded good.",
        &["overall = Good"],
    );
    check(
        "Wards were checked. Cardiology had dropped from good to inadequate for being safe and well-led.",
        &[
            "< safe = Good",
            "< well-led = Good",
            "safe = Inadequate",
            "well-led = Inadequate",
        ],
    );
    check(
        "Planning and casework were rated good; the latter had been rated poor in the first round.",
        &["Planning = Good", "casework = Good", "< casework = Poor"],
    );
    check(
        "Planning was rated good and the second half was rated by nobody.",
        &["Planning = Good"],
    );
    check(
        "Eighteen months after it was cut to G3, the 900-home association is back at G1.",
        &["< governance = G3", "governance = G1"],
    );
    check(
        "The trust was rated good in all domains apart from safe, which requires improvement.",
        &["safe = Requires improvement"],
    );
    check(
        "The home is rated good, having previously been rated inadequate.",
        &["overall = Good", "< overall = Inadequate"],
    );
    check(
        "The ratings for safe and well-led are unchanged at requires improvement.",
        &[
            "safe = Requires improvement",
            "well-led = Requires improvement",
        ],
    );
    check(
        "The rating for caring has stayed the same, at good.",
        &["caring = Good"],
    );
    check("The ratings of staff for lunch are good.", &[]);
    check(
        "The nursery, which was rated outstanding in 2018, has been judged inadequate.",
        &["< overall = Outstanding", "overall = Inadequate"],
    );
    check(
        "Staff rated the school good for behaviour and attitudes in their self-evaluation.",
        &[],
    );
    check(
        "Two more areas – personal development, and early years – were judged good.",
        &["personal development = Good", "early years = Good"],
    );
    check("Two more things – lunch and play – were good fun.", &[]);
    check(
        "Services for care leavers, whose experiences were good, are praised.",
        &[],
    );
    check(
        "Children's services in Elmshire require improvement to be good, inspectors say.",
        &["overall = Requires improvement to be good"],
    );
    check(
        "Elm Homes keeps its G1 and V1 grades and adds a C1.",
        &["governance = G1", "viability = V1", "consumer = C1"],
    );
    check(
        "Since May, 31 of the 94 landlords have been graded C3 or C4.",
        &[],
    );
    check(
        "The early years were found to be good, although even then early years was found to require improvement.",
        &["early years = Good", "< early years = Requires improvement"],
    );
    check(
        "They judged early years to be inadequate, as they had in 2018.",
        &["early years = Inadequate"],
    );
    check(
        "| | Safe | Caring |\n|---|---|---|\n| Surgery | Good | Good |\n| Clinics (2019) | Good | Good |",
        &[
            "Surgery: Safe = Good",
            "Surgery: Caring = Good",
            "Clinics (2019): Safe = Good",
            "Clinics (2019): Caring = Good",
        ],
    );
}

#[test]
fn forms_in_the_news_2() {
    check(
        "The food hygiene scheme has a new entry. Elm Inn is back with a four after its zero rating.",
        &["overall = 4", "< overall = 0"],
    );
    check(
        "Two years later early years had fallen to inadequate from good.",
        &["early years = Inadequate", "< early years = Good"],
    );
    check(
        "The opinion is limited assurance (2023: reasonable assurance) for the firm.",
        &[],
    );
    check(
        "The overall audit opinion is limited assurance (2023: reasonable assurance).",
        &[
            "overall = Limited assurance",
            "< overall = Reasonable assurance",
        ],
    );
    check(
        "Judgement: good. Previous judgement: requires improvement.",
        &["overall = Good", "< overall = Requires improvement"],
    );
    check(
        "We found that outcomes were:\n\n- not sufficiently good for respect\n- reasonably good for safety.",
        &[
            "respect = Not sufficiently good",
            "safety = Reasonably good",
        ],
    );
    check("- good for morale", &[]);
    check(
        "The home, which was rated good in 2021, was found to be inadequate overall. Published on 3 May 2025.",
        &["< overall = Good", "overall = Inadequate"],
    );
    check(
        "Three categories were deemed good – safeguarding, premises, and behaviour.",
        &["safeguarding = Good", "premises = Good", "behaviour = Good"],
    );
    check(
        "Urgent and emergency care had dropped from good to inadequate for being safe and well-led.",
        &[
            "< safe = Good",
            "< well-led = Good",
            "safe = Inadequate",
            "well-led = Inadequate",
        ],
    );
    check(
        "The overall rating, as well as the ratings for safe and effective, have dropped from good to inadequate.",
        &[
            "safe = Inadequate",
            "effective = Inadequate",
            "< overall = Good",
            "< safe = Good",
            "< effective = Good",
            "overall = Inadequate",
        ],
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
fn wishes_bodies_and_what_needs_work_claim_nothing_of_all() {
    for text in [
        "There is more to do to ensure practice is good in all service areas.",
        "The journey towards being good in all areas has been steady.",
        "All areas requiring improvement that were raised last year have been dealt with.",
        "The council runs three children’s homes. All three were judged to be good.",
    ] {
        let (_, facts) = facts_of(text);
        assert!(facts.iter().all(|fact| fact.kind != RATING_CLAIM), "{text}");
    }
    let (_, facts) = facts_of("The home was rated good in all areas.");
    assert!(facts.iter().any(|fact| fact.kind == RATING_CLAIM));
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
fn a_number_that_is_judged_is_no_criterion() {
    check("The number judged Inadequate fell from five to three.", &[]);
    check("The proportion rated good rose.", &[]);
    check(
        "Leadership judged Inadequate fell short.",
        &["Leadership = Inadequate"],
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
