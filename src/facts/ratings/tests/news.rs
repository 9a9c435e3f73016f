//! Forms in which ratings stand in news and press releases.

use super::forms::check;

#[test]
fn ratings_now_and_before() {
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
fn joined_clauses() {
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
        &["governance = G2", "< governance = G1", "viability = V2"],
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
fn stars_and_services() {
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
fn hygiene_and_audit() {
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
fn grades_beside_earlier_ones() {
    check(
        "# Ferry fire service\n\n## Fire prevention\n\n**Fair (2021: Good)**\n\nMore homes could be visited.",
        &["Fire prevention = Fair", "< Fire prevention = Good"],
    );
    check(
        "How the companies did\n\nAlder Water    4 stars (2022: 3)\nBirch Water    1 star (2022: 2)",
        &[
            "Alder Water = 4 stars",
            "< Alder Water = 3 stars",
            "Birch Water = 1 star",
            "< Birch Water = 2 stars",
        ],
    );
    check(
        "# Stars for three companies\n\nThe stars of Cedar Water, Alder Water and Birch Water are out.\n\nAlder Water – 3 stars, down from 4 stars\n\nBirch Water – 2 stars, up from 1 star\n\nThe list ends here.",
        &[
            "Alder Water = 3 stars",
            "< Alder Water = 4 stars",
            "Birch Water = 2 stars",
            "< Birch Water = 1 star",
        ],
    );
    check(
        "# Homes in the county\n\n- **Ash House:** Improved from 2 Weak to 4 Good\n- **Elm House:** Maintained 4 Good",
        &["Ash House = Good", "< Ash House = Weak", "Elm House = Good"],
    );
    check(
        "The report gives the company two stars for 2023, compared with three stars for 2022.",
        &["overall = 2 stars", "< overall = 3 stars"],
    );
    check(
        "The agency gave the company two stars out of four.",
        &["overall = 2 stars"],
    );
    check("The regulator gave the company good advice.", &[]);
    check(
        "The company has been stripped of its four-star environmental rating.",
        &["< overall = 4 stars"],
    );
}

#[test]
fn grades_that_are_counted() {
    check(
        "The service received one ‘good’ rating, three ‘adequate’ and two ‘inadequate’.",
        &[],
    );
    check(
        "The force is 'good' at tracing stolen goods.",
        &["tracing stolen goods = Good"],
    );
    check("The force is good at tracing stolen goods.", &[]);
    check(
        "The home has become the latest in the county to be rated inadequate.",
        &["overall = Inadequate"],
    );
}

#[test]
fn headings_stand_over_headings() {
    check(
        "# Elm Grove\n\n## Is the service safe?\n\n**Our findings**\n\nAt our last inspection we rated this key question good. At this inspection the rating has changed to inadequate.",
        &[
            "< Is the service safe? = Good",
            "Is the service safe? = Inadequate",
        ],
    );
}

#[test]
fn tables_flattened_into_a_line() {
    check(
        "Elm School Report dates 3 March 2015 Overall effectiveness Previous inspection: Good 2 This inspection: Inadequate 4 Pupils and \
         progress Inadequate 4 Quality of lessons Good 2 Summary for parents and pupils",
        &[
            "< overall = Good",
            "overall = Inadequate",
            "Pupils and progress = Inadequate",
            "Quality of lessons = Good",
        ],
    );
    check(
        "Elm County Council\nInspection of local authority children's services\nJudgement Grade\nThe impact of leaders on social \
         work\npractice with children and families\nGood\nThe experiences and progress of\nchildren who need help\nRequires \
         improvement to\nbe good\nThe experiences and progress of\nchildren in care\nGood\nOverall effectiveness Good",
        &[
            "The impact of leaders on social work practice with children and families = Good",
            "The experiences and progress of children who need help = Requires improvement to be good",
            "The experiences and progress of children in care = Good",
            "overall = Good",
        ],
    );
    check(
        "The Good Shepherd, The Good Samaritan and Good Friday are names.",
        &[],
    );
}
