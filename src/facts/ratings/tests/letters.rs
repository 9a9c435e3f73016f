//! Forms in which ratings stand in reports told at length, and in letters.

use super::forms::check;

#[test]
fn pages_of_reports() {
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
        &["leadership = Good"],
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
fn grades_that_were_given() {
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
