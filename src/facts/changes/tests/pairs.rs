//! Two values of one sentence, or of two sentences.

use super::{changes, check};

#[test]
fn changes_over_two_sentences() {
    check(
        "The council looked after 473 children, a rate of 88 per 10,000. This is an increase from 450 in 2014-15.",
        &["children: up from 450 to 473"],
    );
    check(
        "There were 318 spills in 2023, compared with 347 in 2022. This is a fall of 8%.",
        &["spills: down from 347 to 318", "spills: down by 8%"],
    );
    check(
        "Some 1,118 children were in care. This is a 9.6% reduction from 1,237.",
        &["children were in care: down from 1,237 to 1,118 by 9.6%"],
    );
    check(
        "Only 38% of men had work. At the last inspection it was 55%.",
        &["men had work: down from 55% to 38%"],
    );
    check(
        "Some 23.4% of calls were dropped. That is 5.5 points more than the 17.9% of the year before.",
        &["calls were dropped: up from 17.9% to 23.4% by 5.5 points"],
    );
    check(
        "Attendance was 68%. This is a slight reduction on last year.",
        &["Attendance: down to 68%"],
    );
    check(
        "Attendance was 68%.\n\nThis is a slight reduction on last year.",
        &[],
    );
}

#[test]
fn a_later_sentence_may_give_the_later_value() {
    check(
        "Reviews were late in 31% of cases. That figure has now dropped to 12%.",
        &["cases: down from 31% to 12%"],
    );
    check(
        "Reviews were late in 31% of cases. The cost has dropped to £12.",
        &["cost: down to £12"],
    );
}

#[test]
fn a_bare_number_takes_the_unit_of_the_only_value() {
    check(
        "Referrals waited 14 weeks on average, against nine in 2019.",
        &["Referrals: up from 9 weeks to 14 weeks"],
    );
}

#[test]
fn earlier_values_in_brackets() {
    check(
        "# Snapshot\n\nAt 31 July 2018 (previous year in brackets):\n\n- 81% were safe (78%)\n- 1% closed (1%)\n\n# More\n\nOf these, 9% (8%) were late.",
        &[
            "safe: up from 78% to 81%",
            "closed: unchanged from 1% to 1%",
        ],
    );
    check(
        "The rate was 97% (2022: 95%).",
        &["rate: up from 95% to 97%"],
    );
    check("Some 12 (9%) were late.", &[]);
}

#[test]
fn then_and_now_in_one_sentence() {
    check(
        "Timeliness was 84.6% in 2013 but is now 71.2%.",
        &["Timeliness: down from 84.6% to 71.2%"],
    );
    check("The team was 12 strong and is now based in Leeds.", &[]);
}

#[test]
fn the_earlier_value_in_a_clause_of_its_own() {
    for text in [
        "The jail held 140 men; at our previous inspection there were 100.",
        "The jail held 140 men, whereas a year earlier 100 had been.",
        "The jail held 140 men (there were 100 when we last inspected).",
        "The jail held 140 men, while two years ago there were 100.",
        "There are now 140 men where there were 100.",
        "There used to be 100 men; there are now 140.",
        "In 2019 it held 100 men; in 2022 it held 140.",
    ] {
        let found = changes(text);
        let [one] = &found[..] else {
            panic!("{text}: {found:?}")
        };
        assert!(one.ends_with("up from 100 to 140"), "{text}: {one}");
    }
    for text in [
        "The wait is 12 days (was 9 days).",
        "The wait is 12 days (previously 9).",
        "The wait is 12 days; last year: 9 days.",
        "The wait was 9 days in 2020, and is now 12 days.",
        "In 2020 the wait was 9 days; it now stands at 12 days.",
        "The wait now: 12 days; it was 9.",
        "The wait was 12 days. In the year before, it had been 9 days.",
        "The wait was 12 days. The comparable figure for 2020 was 9 days.",
    ] {
        let found = changes(text);
        let [one] = &found[..] else {
            panic!("{text}: {found:?}")
        };
        assert!(one.ends_with("up from 9 days to 12 days"), "{text}: {one}");
    }
    check("We met 21 people (there were 16 on duty that day).", &[]);
    check(
        "There were 21 people in a hall where there were two exits.",
        &[],
    );
    check("The team closed 12 cases. Last year it opened three.", &[]);
    check(
        "The 2021 report made 12 points; this report makes five.",
        &[],
    );
}

#[test]
fn what_should_be_is_passed_over() {
    check(
        "The team answered 84% of calls in time. It should answer 90%. In the year before, it had managed 88%.",
        &["calls in time: down from 88% to 84%"],
    );
}

#[test]
fn two_values_with_a_date_each() {
    check(
        "Crews reached 71% of fires on time in 2021 and 66% in 2020.",
        &["fires on time: up from 66% to 71%"],
    );
    check(
        "The school had 30 places in 2019 but only five in 2021.",
        &["places: down from 30 to 5"],
    );
    check(
        "The college opened in 2019 with 30 places and closed in 2021.",
        &[],
    );
    check("Some 30% of men and 20% of women came in 2021.", &[]);
}

#[test]
fn values_in_brackets_after_a_movement() {
    check(
        "Assaults had risen since the last inspection (71 compared with 44).",
        &["Assaults: up from 44 to 71"],
    );
}

#[test]
fn a_clause_may_tell_when_the_earlier_value_was() {
    check(
        "There are 49 people at the home, compared with 31 when admissions were stopped.",
        &["people at the home: up from 31 to 49"],
    );
    check(
        "It missed 12% of visits, compared with 31% before the merger.",
        &["visits: down from 31% to 12%"],
    );
    check("It missed 12% of visits, compared with 31% in Elmby.", &[]);
}

#[test]
fn the_later_value_may_be_of_today() {
    check(
        "Cameras covered 34% of the yard in spring 2023 and cover 3% today.",
        &["yard: down from 34% to 3%"],
    );
    check(
        "The roll was 62% of places in May 2021 and is 71% now.",
        &["places: up from 62% to 71%"],
    );
    check("Cameras cover 34% of the yard and 3% today.", &[]);
    check(
        "Attendance was 91% (88% at Christmas).",
        &["Attendance: up from 88% to 91%"],
    );
}

#[test]
fn what_which_stands_for_may_move() {
    check(
        "We upheld 51% of complaints, which has increased from 46% the previous year.",
        &["complaints: up from 46% to 51%"],
    );
    check(
        "The rate is 40%, which fell from 44% last year.",
        &["rate: down from 44% to 40%"],
    );
    check(
        "The share has increased by 63% or from 35% to 56%.",
        &["share: up by 63%", "share: up from 35% to 56%"],
    );
    check(
        "Rates fell by 10%, or from 50% to 45%.",
        &["Rates: down by 10%", "Rates: down from 50% to 45%"],
    );
}
