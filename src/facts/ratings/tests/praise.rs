//! What looks like a rating and is none: praise, wishes, scales, counts.

use super::forms::check;
use crate::facts::{schema::RATING_CLAIM, testing::facts_of};

#[test]
fn care_and_records() {
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
fn attendance_and_surveys() {
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
fn teamwork_and_understanding() {
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
fn a_number_that_is_judged_is_no_criterion() {
    check("The number judged Inadequate fell from five to three.", &[]);
    check("The proportion rated good rose.", &[]);
    check(
        "Leadership judged Inadequate fell short.",
        &["Leadership = Inadequate"],
    );
}
