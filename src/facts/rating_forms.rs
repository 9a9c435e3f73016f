//! Forms in which ratings stand in the documents of many inspectorates, each in a few words.

use super::{
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

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let (_, facts) = facts_of(text);
    let ratings = facts.iter().filter(|fact| fact.kind == RATING);
    let mut found: Vec<String> = ratings.map(shown).collect();
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
        "Elm Homes Association has been downgraded to G3/V2.",
        &["governance = G3", "viability = V2"],
    );
    check(
        "The association's C1/G1/V1 grades were confirmed.",
        &["consumer = C1", "governance = G1", "viability = V1"],
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
}

#[test]
fn forms_of_inspectorates_2() {
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
}

#[test]
fn forms_of_inspectorates_3() {
    check(
        "# Report card\nInspected under the Ofsted report card framework.\n\nAchievement was graded expected standard, attendance and behaviour needs attention and inclusion strong standard.",
        &[
            "Achievement = Expected standard",
            "attendance and behaviour = Needs attention",
            "inclusion = Strong standard",
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
        "The hospital remains rated requires improvement overall.",
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
        "Leadership was judged Good, staffing Requires improvement and services Inadequate.",
        &[
            "Leadership = Good",
            "staffing = Requires improvement",
            "services = Inadequate",
        ],
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
        "| Landlord | Consumer | Governance | Viability |\n|---|---|---|---|\n| Elm Homes | C2 | G1 | V2 |",
        &["Consumer = C2", "Governance = G1", "Viability = V2"],
    );
    check(
        "Governance grade: G2\nViability grade: V1",
        &["Governance grade = G2", "Viability grade = V1"],
    );
    check(
        "Our judgement is that there are serious failings and the landlord must make significant improvement (C3).",
        &["consumer = C3"],
    );
    check("The café has a food hygiene rating of 5.", &["overall = 5"]);
}

#[test]
fn sentences_of_news_2() {
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
        "Overall opinion: Reasonable assurance",
        &["overall = Reasonable assurance"],
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
