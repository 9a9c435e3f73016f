//! Movements.

use super::{changes, check};

#[test]
fn a_participle_governs_the_number_behind_it() {
    for (text, expected) in [
        (
            "Meetings have increased from 105 in 2013–14 relating to 49 children to 136 in 2014–15.",
            "Meetings: up from 105 to 136",
        ),
        (
            "Meetings have increased from 105 in 2013–14 to 136 in 2014–15.",
            "Meetings: up from 105 to 136",
        ),
    ] {
        check(text, &[expected]);
    }
}

#[test]
fn an_expected_value_is_no_earlier_one() {
    check(
        "The fund has £300 million for the years to come, and is expected to exceed £500 million a year by 2032.",
        &[],
    );
    check(
        "Costs were £30 million, exceeding the £25 million of the year before.",
        &["Costs: up from £25,000,000 to £30,000,000"],
    );
}

#[test]
fn brackets_of_places_share_their_noun() {
    check(
        "There was an increase in poor lakes in Ayr (from 79 to 89) and in Bute (from 38 to 50).",
        &["poor lakes: up from 79 to 89", "Bute: up from 38 to 50"],
    );
    check(
        "There was an increase in Ayr (from 79 to 89) and Bute was glad (from start to end).",
        &["Ayr: up from 79 to 89"],
    );
}

#[test]
fn what_a_bracket_closes_is_an_aside() {
    check(
        "There were 589 homes (a rate of 113 for each 10,000 people). This is an increase from 575.",
        &["homes: up from 575 to 589"],
    );
    check(
        "rate of 113 for each 10,000 people). This is an increase from 575.",
        &["(not stated): up from 575"],
    );
}

#[test]
fn fractions_in_words_size_a_movement() {
    check(
        "Visits were up by a quarter on the year before, at 885.",
        &["Visits: up to 885"],
    );
    check(
        "Complaints were up a fifth, to 240.",
        &["Complaints: up to 240"],
    );
    check(
        "Absence has dropped by a third in two years to 4%.",
        &["Absence: down to 4%"],
    );
    check("Absence has dropped by a third.", &[]);
    check(
        "The home was up a quarter of a mile of track, at 3 Elm Road.",
        &[],
    );
}

#[test]
fn the_later_value_may_stand_before() {
    check(
        "The vacancy rate is 24%, down from 33% in 2023.",
        &["vacancy rate: down from 33% to 24%"],
    );
    check(
        "They reported 83% of leaks themselves, up 4 percentage points from 79%.",
        &["leaks themselves: up from 79% to 83% by 4 points"],
    );
    check(
        "Only 13 shops are rated 1 or 0, down from 21 last May.",
        &["shops are rated 1 or 0: down from 21 to 13"],
    );
    check(
        "Of 118 nurses, 109 (92%) have been trained, up from 74% in March.",
        &["trained: up from 74% to 92%"],
    );
    check(
        "Staff used force 203 times in 2022-23, compared with 171 times in 2021-22, a rise of 19%.",
        &["times: up from 171 to 203 by 19%"],
    );
    check(
        "Staff used force 203 times in 2022-23, compared with 171 times in 2021-22, a fall of 19%.",
        &["times: down from 171 to 203 by 19%"],
    );
}

#[test]
fn both_counts_and_shares() {
    check(
        "Timely reviews rose from 14 out of 24 (58%) to 17 out of 26 (65%).",
        &[
            "Timely reviews: up from 58% to 65%",
            "Timely reviews: up from 14 to 17",
        ],
    );
}

#[test]
fn scores_beside_their_grades_are_no_change() {
    check(
        "| Test | 2024 grade | 2024 score | 2021 grade | 2021 score |\n|---|---|---|---|---|\n| Care | Good | 3 | Poor | 1 |",
        &[],
    );
    check(
        "| Test | 2024 lead | 2024 score | 2021 lead | 2021 score |\n|---|---|---|---|---|\n| Care | Jo | 3 | Al | 1 |",
        &["Care: up from 1 to 3"],
    );
}

#[test]
fn numbers_that_are_grades_move_on_their_scale() {
    check("Its hygiene rating is 4 (previously 0).", &[]);
    check("Its staff is 4 (previously 0).", &["staff: up from 0 to 4"]);
}

#[test]
fn the_subject_of_the_next_clause_is_no_later_value() {
    check("Of nine areas, four stayed the same, three improved.", &[]);
    check(
        "The number of complaints stayed the same, 34, as last year.",
        &["number of complaints: unchanged to 34"],
    );
}

#[test]
fn an_aside_may_stand_before_the_later_value() {
    check(
        "Sickness, up from 3.6% a year earlier, now stands at 4.1%.",
        &["Sickness: up from 3.6% to 4.1%"],
    );
    check(
        "From 210 in 2019, the roll has risen to 265.",
        &["roll: up from 210 to 265"],
    );
    check(
        "Vacancies peaked at 20 in 2021 and have since fallen to 12.",
        &["Vacancies: down from 20 to 12"],
    );
    check(
        "The gap has narrowed since 2019, when it stood at 7.8 points, and is now 4.3 points.",
        &["gap: down from 7.8 points to 4.3 points"],
    );
}

#[test]
fn movements_that_share_a_verb() {
    check(
        "Trust rose from 40% to 47%, pride from 30% to 33% and effort from 20% to 22%.",
        &[
            "Trust: up from 40% to 47%",
            "pride: up from 30% to 33%",
            "effort: up from 20% to 22%",
        ],
    );
    check(
        "Trust and pride rose to 47% and 33% respectively.",
        &["Trust and pride: up to 47%", "Trust and pride: up to 33%"],
    );
    check(
        "Fires rose to 310 (from 280), floods fell to 95.",
        &["Fires: up from 280 to 310", "floods: down to 95"],
    );
}

#[test]
fn what_is_required_is_no_later_value() {
    check(
        "It took 79% of calls in time. That is below the standard for forces, which is 90%, and is 7 points down on 2022 (86%).",
        &["7 points: down from 86% by 7 points"],
    );
}

#[test]
fn multiples_of_an_earlier_value() {
    check(
        "It raised £60,000, more than double the £28,000 of the previous year.",
        &["(not stated): up from £28,000 to £60,000"],
    );
    check(
        "Thefts doubled in the same period to 64.",
        &["Thefts: up to 64 by 2 times"],
    );
}

#[test]
fn what_did_not_move() {
    for text in [
        "At 92.6%, it has not moved since the last inspection.",
        "Attendance stayed the same, at 92.6%.",
        "Attendance was 92.6%, the same as last year.",
    ] {
        let found = changes(text);
        let [one] = &found[..] else {
            panic!("{text}: {found:?}")
        };
        assert!(one.ends_with("unchanged to 92.6%"), "{text}: {one}");
    }
}

#[test]
fn forms_of_movement() {
    check(
        "Vacancies have come down to 11% after reaching 18% in 2021.",
        &["Vacancies: down from 18% to 11%"],
    );
    check(
        "Sickness dipped to 3.1% having peaked at 6%.",
        &["Sickness: down from 6% to 3.1%"],
    );
    check(
        "Complaints stood at 31% of cases in spring. Now they are at 24%.",
        &["cases in spring: down from 31% to 24%"],
    );
    check(
        "Last year 61% of plans were on time. It is now 72%.",
        &["plans were on time: up from 61% to 72%"],
    );
    check("The league has 14 sides. It is now a charity.", &[]);
    check(
        "Waits fell 12 days, to 31 days.",
        &["Waits: down to 31 days by 12 days"],
    );
    check("Waits fell 12 days after the visit.", &[]);
    check(
        "The budget went up by £2 million, or 8%, to £27 million.",
        &["budget: up to £27,000,000 by £2,000,000"],
    );
    check("Bills rose by an average of 14%.", &["Bills: up by 14%"]);
    check(
        "Burglary was cut by only 3% in five years.",
        &["Burglary: down by 3%"],
    );
    check(
        "The caseload grew by 58% – from 1,200 to 1,896.",
        &["caseload: up from 1,200 to 1,896 by 58%"],
    );
    check(
        "Robbery fell by 15%, and arson by 22%.",
        &["Robbery: down by 15%", "arson: down by 22%"],
    );
    check(
        "Robbery was down 15% and arson 22%.",
        &["Robbery: down by 15%", "arson: down by 22%"],
    );
    check(
        "Robbery fell by 15% and Elm had 22% of it.",
        &["Robbery: down by 15%"],
    );
    check(
        "The fleet has 12 more vans than in 2019, bringing the total to 96.",
        &["(not stated): up to 96 by 12"],
    );
    check(
        "Thefts rose by 12, taking the total to 96.",
        &["Thefts: up to 96 by 12"],
    );
    check(
        "The number of open cases, 140 in January, is down to 22.",
        &["number of open cases: down from 140 to 22"],
    );
    check(
        "The share dipped below 80% for the first time, to 78%.",
        &["share: down to 78%"],
    );
    check(
        "Injuries were three times as many as in 2019 (31).",
        &["Injuries: up from 31 by 3 times"],
    );
    check("Injuries, at 93, were twice as many as in 2019.", &[]);
    check(
        "They now make up 71% of the roll, compared with 48% in 2021.",
        &["roll: up from 48% to 71%"],
    );
    check(
        "Some 51% are in work, six points lower than two years ago.",
        &["(not stated): down to 51% by 6 points"],
    );
    check(
        "The unit had cut the share of calls that were lost to 6%, from 19% two years earlier.",
        &["unit: down from 19% to 6%"],
    );
    check(
        "The bill was £1.3 billion, compared with £0.8 billion four years earlier, a rise of 60%.",
        &["bill: up from £800,000,000 to £1,300,000,000 by 60%"],
    );
    check(
        "It solved 8% of thefts. At the last visit, in 2022, the figure was 10%.",
        &["thefts: down from 10% to 8%"],
    );
    check(
        "Fees rose for two years, from £61 to £70.",
        &["Fees: up from £61 to £70"],
    );
}

#[test]
fn forms_of_movement_2() {
    check(
        "The share seen in time improved to 78%, up nine points on last May.",
        &["share seen in time: better to 78% by 9 points"],
    );
    check(
        "Trust is up four percentage points at 72%.",
        &["Trust: up to 72% by 4 points"],
    );
    check(
        "The works overran by £1.4m to £9.8m.",
        &["works: up to £9,800,000 by £1,400,000"],
    );
    check(
        "Attendance dropped a further 2 percentage points, to 88%.",
        &["Attendance: down to 88% by 2 points"],
    );
    check(
        "The rate is 29%, the same as in the previous cohort.",
        &["rate: unchanged to 29%"],
    );
    check("It is now run by a trust with 12 schools.", &[]);
}

#[test]
fn the_base_of_another_comparison_is_no_later_value() {
    check(
        "The share was 38%, below the 90% target and worse than the 44% in 2022.",
        &["share: worse from 44% to 38%"],
    );
    check(
        "Calls rose by 12%, reaching 4,310.",
        &["Calls: up to 4,310 by 12%"],
    );
}

#[test]
fn a_second_word_leads_to_the_values() {
    check(
        "Incidents have doubled in a year, going from 148 to 214.",
        &["Incidents: up from 148 to 214"],
    );
    check(
        "Complaints halved between 2021 and 2023, down from 80 to 60.",
        &["Complaints: down from 80 to 60"],
    );
    check(
        "Serious assaults have risen by 31%, up to nearly 3,000.",
        &["Serious assaults: up to 3,000 by 31%"],
    );
    check(
        "The roll has grown by 340 in two years, from 2,115 to 2,545.",
        &["roll: up from 2,115 to 2,545 by 340"],
    );
}

#[test]
fn values_beside_their_dates_move_as_the_words_behind_them_say() {
    check(
        "There were 518 fires in 2022 and 390 in 2023, a fall of 41%.",
        &["fires: down from 518 to 390 by 41%"],
    );
    check(
        "In 2022 we did so in 50 per cent of cases and in 2023 in 59 per cent, a gain of 18 percentage points.",
        &["cases: up from 50% to 59% by 18 points"],
    );
    check("In 2022 there were 50 homes and in 2023 61 schools.", &[]);
    // The words before a number only blur it.
    check(
        "Over 32,000 were made in 2015, an increase of 25% on the previous year.",
        &["made: up to 32,000 by 25%"],
    );
    check(
        "Flooding reached the inside of fewer homes than before: 214 in 2023-24, against 187 the year before.",
        &["Flooding: down from 187 to 214"],
    );
}

#[test]
fn a_pronoun_is_the_measure_of_the_sentence_before() {
    check(
        "In 2021 the pass rate rose from 58% to 63%. In 2022 it rose again, from 63% to 66%.",
        &[
            "pass rate: up from 58% to 63%",
            "pass rate: up from 63% to 66%",
        ],
    );
    check(
        "In 2021 the pass rate rose from 58% to 63%. In 2022 it took 40 pupils. It rose from 63 to 66 places.",
        &[
            "pass rate: up from 58% to 63%",
            "(not stated): up from 63 to 66",
        ],
    );
}
