//! Numbers that count, and those that do not.

use super::check;

#[test]
fn pages_are_no_figures() {
    check("Findings . . . . . . 12", &[]);
    check(
        "They met\n14 teachers\nlast week.",
        &["14 count «14 teachers»"],
    );
    check("It cites 42 CFR pt 484.", &[]);
    check("Cost of care (£000)", &[]);
    check("Unit A    Score 10/21", &["10 score «10»"]);
    check("Unit A Regulation 12", &[]);
}

#[test]
fn numbers_of_services_are_called_and_not_counted() {
    check("A 911 caller waited for an engine.", &[]);
    check("The 9-11 operator took the 9-11 call.", &[]);
    check("It reports on 911 calls and 911 response times.", &[]);
    check("Use the 111 line or the 101 number.", &[]);
    check("It took 911 homes over.", &["911 count «911 homes»"]);
    check(
        "They met 101 service users.",
        &["101 count «101 service users»"],
    );
    check(
        "A group of 9-11 children sang.",
        &["9 count «9»", "11 count «11 children»"],
    );
}

#[test]
fn thousands_may_be_parted_by_spaces() {
    check(
        "They tested the 21 831 lakes.",
        &["21831 count «21 831 lakes»"],
    );
    check("It cost €12\u{a0}500.", &["12500 money «€12 500»"]);
    check("In 2018 301 lakes were poor.", &["301 count «301 lakes»"]);
}

#[test]
fn numbers_with_hyphens_count_things_or_time() {
    check(
        "It runs a 13,000-home association.",
        &["13000 count «13,000-home»"],
    );
    check("It opened a 24-bed ward.", &["24 count «24-bed»"]);
    check(
        "It had to reply within the 6-month period.",
        &["6 duration «6-month»"],
    );
    check(
        "The next five-year period begins.",
        &["5 duration «five-year»"],
    );
    check("They wrote a 45-page report.", &[]);
    check("A 5-year-old boy and two-year-olds play there.", &[]);
    check("The 10-Year Health Plan is out.", &[]);
    check("It gives 24-hour care and one-year terms.", &[]);
    check("A three-star home has a 4-star rating.", &[]);
}

#[test]
fn scores_and_the_ends_of_their_scales() {
    check(
        "Two homes had an average score of between four and five.",
        &["2 count «Two homes»", "4 score «four»", "5 score «five»"],
    );
    check(
        "It was second with an average score of four.",
        &["4 score «four»"],
    );
    check(
        "The shop was scoring the highest at 4.85.",
        &["4.85 score «4.85»"],
    );
    check(
        "The lowest score of any branch was zero out of five.",
        &["0 score «zero»"],
    );
    check("Each has a hygiene score out of five.", &[]);
    check("The score was given to 12 homes.", &["12 count «12 homes»"]);
    check(
        "Most scores are high. The reading was 40.",
        &["40 count «40»"],
    );
}

#[test]
fn numbers_with_what_they_count() {
    check("They read 14 care plans.", &["14 count «14 care plans»"]);
    check(
        "Almost 1,800 staff work there.",
        &["1800 count «1,800 staff»"],
    );
    check(
        "It holds twenty-one people.",
        &["21 count «twenty-one people»"],
    );
    check(
        "It costs £1.25 million a year.",
        &["1250000 money «£1.25 million»"],
    );
    check(
        "Pass rates rose by 3 percentage points.",
        &["3 points «3 percentage points»"],
    );
    check(
        "They come within two working days.",
        &["2 duration «two working days»"],
    );
    check("One child was hurt.", &["1 count «One child»"]);
    check(
        "Nine were good, six fair and one poor.",
        &["9 count «Nine»", "6 count «six»", "1 count «one»"],
    );
    check(
        "Between 12 and 15 homes",
        &["12 count «12»", "15 count «15 homes»"],
    );
    check("It was 1-2% of cases", &["1 percent «1»", "2 percent «2%»"]);
    check("The unit scored 7 out of 21.", &["7 score «7»"]);
    check(
        "They waited two or three years.",
        &["2 duration «two»", "3 duration «three years»"],
    );
    check("Three quarters of those left.", &[]);
    check(
        "They stayed three quarters.",
        &["3 duration «three quarters»"],
    );
    check("See paper 2009-501 on 12 homes.", &["12 count «12 homes»"]);
    check("Score 6/21", &["6 score «6»"]);
    check("12 Crown Court files", &["12 count «12 Crown Court files»"]);
    check("A rate of 41 per 10,000 people", &["41 count «41»"]);
    check(
        "half a million homes",
        &["500000 count «half a million homes»"],
    );
}

#[test]
fn numerals_that_count_nothing() {
    for text in [
        "See page 12 and table 3.",
        "Pupils in Years 7, 8 and 9 came.",
        "It was rated 5 or 4.",
        "It moved from two stars to three.",
        "Children aged three or four play.",
        "Mrs Brown, 84, was glad.",
        "Support for those who are over 21.",
        "Call 0300 123 4567 or 101.",
        "Two thirds were late.",
        "The top five were praised.",
        "It is open 24/7.",
        "It has 40-bed wards.",
        "They start at 8.15 in the morning.",
        "One of the wards was shut; only one was clean.",
        "ISBN 978-1-4741-0001-2",
        "Zero tolerance is the rule.",
        "It ranked 26 in the league.",
        "The scale runs from 1 to 4 stars.",
        "It was built in 1967.",
        "Nine in ten agree.",
        "It is a 172 page report on a two bedroom flat.",
        "It was shut,54 but is open.",
        "The home is at 4 Mill Lane, Mere.",
        "She held a 5 until March; it was given a 2 at each visit.",
        "The shop (was 0) is now clean.",
        "“It is better,” one man said.",
        "Attainment 8 and Progress 8 are new.",
        "A ratio of 1:8 was kept.",
        "It dates from 1867.",
        "It was published at 11 a.m. EST.",
        "Women under 25 and men over 60 are seen.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn cells_of_tables() {
    check(
        "Table 1: Outcomes by type, percentages\n\n| Type | Number | Good | Poor |\n|---|---|---|---|\n| Colleges | 226 | 92 | 8 |",
        &["226 count «226»", "92 percent «92»", "8 percent «8»"],
    );
    check(
        "| Grade | Number | Percentage |\n|---|---|---|\n| Good | 12 | 40 |",
        &["12 count «12»", "40 percent «40»"],
    );
    check(
        "| Places | 44 |\n|---|---|\n| Staff | 31 |",
        &["31 count «31»"],
    );
    check(
        "| Ward | Beds | Full (%) | Cost (£000) | Rating |\n|---|---|---|---|---|\n| Oak | 24 | 92.5 | 310 | 3 |",
        &["24 count «24»", "92.5 percent «92.5»", "310000 money «310»"],
    );
    check(
        "1.0  PURPOSE\n\n1.1  To tell members how the shops in the district fared under the scheme\n     last year.\n\n2.0  FINDINGS\n\n2.1  There were 84 shops in the district at the end of the year, as there had\n     been before.",
        &["84 count «84 shops»"],
    );
    check(
        "| Ward | Open after one year | Wait in weeks |\n|---|---|---|\n| Oak | 2 | 6 |",
        &["2 count «2»", "6 duration «6»"],
    );
    check("| Aim | Score |\n|---|---|\n| Care | 2 |", &["2 score «2»"]);
    check(
        "| Year | Visits |\n|---|---|\n| 2019 | 40 |",
        &["40 count «40»"],
    );
}

#[test]
fn ages_and_grades_count_nothing() {
    check("The manager, 54, was polite.", &[]);
    check("A woman, who is 91, spoke.", &[]);
    check("In all, 54, or most, were late.", &["54 count «54»"]);
    check(
        "The bar has a five and the inn a zero food hygiene rating, and two inns have closed.",
        &["2 count «two inns»"],
    );
}
