//! Forms in which inspectorates state ratings in their reports.

use super::forms::check;

#[test]
fn verdicts_and_labels() {
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
fn movements_and_tables() {
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
fn scores_and_schemes() {
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
