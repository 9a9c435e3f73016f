use super::*;
use crate::facts::testing::facts_of;

#[test]
fn a_share_has_the_name_of_its_whole_whatever_its_part() {
    for part in [18, 48] {
        let text = format!(
            "We received 60 letters from tenants. Asked about repairs, {part} (30%) were pleased, 24 (40%) were not and \
             15 (25%) had no view."
        );
        let facts = facts_of(&text).1;
        let wanted = Value::from(Label::new("letters were pleased"));
        let mut named = facts.iter().filter(|fact| fact.kind == PROPORTION);
        assert!(
            named.any(|fact| *fact.get(Slot::measure) == wanted),
            "{text}"
        );
    }
}

fn found(text: &str) -> Vec<String> {
    let (document, facts) = facts_of(text);
    let number = |fact: &Fact, slot| {
        fact.get(slot)
            .as_number()
            .map_or(String::from("?"), |number| number.to_string())
    };
    facts
        .iter()
        .filter(|fact| fact.kind == PROPORTION)
        .map(|fact| {
            format!(
                "{}/{} {} «{}»",
                number(fact, Slot::part),
                number(fact, Slot::whole),
                number(fact, Slot::percent),
                crate::value::tidy(document.text_of(fact.span))
            )
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(found(text), expected, "{text}");
}

#[test]
fn shares_beside_each_other_are_no_wholes_of_each_other() {
    check(
        "The worst are Ayr (89 bathing lakes or 1.6%), Bute (54 lakes or 1.6%) and Mere (50 lakes or 2.2%).",
        &[
            "89/? 1.6% «89 bathing lakes or 1.6%»",
            "54/? 1.6% «54 lakes or 1.6%»",
            "50/? 2.2% «50 lakes or 2.2%»",
        ],
    );
    check("It had 580 calls, which is 12% higher than in 2014.", &[]);
}

#[test]
fn shares_of_others_have_no_whole_before() {
    for text in [
        "Pupils in 47 schools (53%) saw the play, and those of the remaining 42 schools (47%) will.",
        "There are 586 homes. This is an increase of 96 homes (20%) since March.",
        "Of the 35 pupils who left, 13 went to college. This is an increase on five pupils (13.2%) in 2012.",
        "We saw 102 pupils. Teaching is stable, with 39 pupils (7%) having three teachers.",
        "In all, 13 (15%) of 19- to 21-year-olds stayed.",
    ] {
        let percentages = found(text);
        let mut percentages = percentages.iter().filter(|share| share.contains('%'));
        assert!(
            percentages.all(|share| share.contains("/?") || share.contains("53%")),
            "{text}"
        );
    }
    check(
        "Most are in foster care, 320 (86.7%), with 208 (65%) in the county and 112 (35%) beyond it.",
        &[
            "320/? 86.7% «320 (86.7%)»",
            "208/320 65% «320 (86.7%), with 208 (65%)»",
            "112/320 35% «320 (86.7%), with 208 (65%) in the county and 112 (35%)»",
        ],
    );
}

#[test]
fn what_points_back_has_no_limit_for_its_whole() {
    check(
        "In all, 235 of the 455 children were out of the city, with 197 of these less than 20 miles away.",
        &["235/455 ? «235 of the 455 children»"],
    );
    check(
        "We heard of 251 people going missing. 58 (23%) left home and 193 (77%) left care; of these, 81 (32%) came back, 67 (27%) \
         did not and 45 (18%) moved.",
        &[
            "58/251 23% «251 people going missing. 58 (23%)»",
            "193/251 77% «251 people going missing. 58 (23%) left home and 193 (77%)»",
            "67/251 27% «251 people going missing. 58 (23%) left home and 193 (77%) left care; of these, 81 (32%) came back, 67 \
             (27%)»",
            "45/251 18% «251 people going missing. 58 (23%) left home and 193 (77%) left care; of these, 81 (32%) came back, 67 \
             (27%) did not and 45 (18%)»",
            "81/251 32% «of these, 81 (32%)»",
        ],
    );
}

#[test]
fn a_share_may_name_what_it_is_of() {
    let part = |rest: &str| found(&format!("We wrote to 640 tenants of our homes. {rest}"));
    assert_eq!(
        part("Some 480 of them, or 70 per cent of the tenants, wrote back."),
        ["480/640 70% «640 tenants of our homes. Some 480 of them, or 70 per cent of the tenants»"]
    );
    assert_eq!(
        part("They live in towns. Just 480 of them, or 70 per cent of the total, wrote back."),
        [
            "480/640 70% «640 tenants of our homes. They live in towns. Just 480 of them, or 70 per cent of the total»"
        ]
    );
    assert_eq!(
        part("Some 480 of them, or 20 per cent of the electorate, wrote back."),
        [
            "480/640 ? «640 tenants of our homes. Some 480 of them, or 20 per cent of the electorate»"
        ]
    );
    assert_eq!(
        part("Staff came from Ayr. Some 480 of them, or 70 per cent, were ill."),
        Vec::<String>::new()
    );
}

#[test]
fn the_size_of_a_movement_is_no_part() {
    check("Calls rose by 1,200, or 8 per cent.", &[]);
    check(
        "The trust lost 1,200 calls, or 8 per cent.",
        &["1,200/? 8% «1,200 calls, or 8 per cent»"],
    );
}

#[test]
fn wholes_are_found_where_the_text_points() {
    check(
        "They met 22 people. Eighteen of them agreed.",
        &["18/22 ? «22 people. Eighteen of them»"],
    );
    check(
        "It has 40 staff, 10 of whom (25%) are new.",
        &["10/40 25% «40 staff, 10 of whom (25%)»"],
    );
    check(
        "They saw 43 men and 57 women. Of those, 48 (84%) agreed.",
        &["48/57 84% «57 women. Of those, 48 (84%)»"],
    );
    check(
        "Of the 64 cases, 41 (64%) were good and 15 (23%) poor.",
        &["41/64 64% «64 cases, 41 (64%)»", "15/64 23% «15 (23%)»"],
    );
    check(
        "Savings of £8m were due and £6m (75%) were made.",
        &["£6,000,000/£8,000,000 75% «£8m were due and £6m (75%)»"],
    );
    check(
        "Some 286 homes (19%) were damp.",
        &["286/? 19% «286 homes (19%)»"],
    );
    check(
        "They read 64 cases.\n\n- Plans were good in 41 cases (64%).\n- They were late in 8 cases (13%).",
        &["41/64 64% «41 cases (64%)»", "8/64 13% «8 cases (13%)»"],
    );
    check(
        "Fires fell from 112 to 91 in a year, a fall of 21. Two of them were serious.",
        &["2/91 ? «91 in a year, a fall of 21. Two of them»"],
    );
    check(
        "They read 30 files. Plans were good in 12 of them.",
        &["12/30 ? «30 files. Plans were good in 12 of them»"],
    );
    check(
        "It has 30 beds, nine of them in one ward.",
        &["9/30 ? «30 beds, nine of them»"],
    );
    check(
        "There were 90 shops, of which 78 were open and 12 shut.",
        &["78/90 ? «90 shops, of which 78»"],
    );
    check(
        "Of the 19, four were late; in two of those the delay was long.",
        &[
            "4/19 ? «19, four»",
            "2/4 ? «four were late; in two of those»",
        ],
    );
    check(
        "It listed 11 faults, all but one of which are mended.",
        &["10/11 ? «11 faults, all but one of which»"],
    );
    check(
        "There are 34 clerks (18 trained so far, i.e. 53%).",
        &["18/34 53% «34 clerks (18 trained so far, i.e. 53%»"],
    );
    check(
        "We saw 30 homes:\n\n- 12 (40%) had damp\n- 20 (67%) had mould",
        &["12/30 40% «12 (40%)»", "20/30 67% «20 (67%)»"],
    );
    check(
        "Of the 30 homes that we saw:\n\n- 12 had damp\n- 20 had mould",
        &["12/30 ? «12»", "20/30 ? «20»"],
    );
    check(
        "We read 20 plans, and 39 of them (95%) were new.",
        &["39/20 95% «20 plans, and 39 of them (95%)»"],
    );
    check("We read 20 plans. In all, 39 of them were new.", &[]);
    check(
        "There are 34 clerks (38 trained so far, i.e. 53%).",
        &["38/34 53% «34 clerks (38 trained so far, i.e. 53%»"],
    );
    check(
        "There were places for 540 men, but 307 of these places (90%) were taken.",
        &["307/540 90% «540 men, but 307 of these places (90%)»"],
    );
    check(
        "They saw 43 men and 57 women. Of those, 68 (84%) agreed.",
        &["68/57 84% «57 women. Of those, 68 (84%)»"],
    );
    check(
        "We had 118 replies. On the food, 74 (46%) agreed, 41 (35%) did not and 14 (12%) had no view.",
        &[
            "41/118 35% «118 replies. On the food, 74 (46%) agreed, 41 (35%)»",
            "14/118 12% «118 replies. On the food, 74 (46%) agreed, 41 (35%) did not and 14 (12%)»",
            "74/118 46% «74 (46%)»",
        ],
    );
    check(
        "We had 118 replies. On the food, 74 (46%) agreed and 41 (35%) did not.",
        &[
            "41/118 35% «118 replies. On the food, 74 (46%) agreed and 41 (35%)»",
            "74/? 46% «74 (46%)»",
        ],
    );
    check("We saw 30 homes:\n\n- 12 had damp\n- 20 had mould", &[]);
    check("It has 40 staff. One of them is a nurse.", &[]);
    check(
        "We met 40 people, 21 of them, nine relatives and two nurses.",
        &[],
    );
    check(
        "Scores rose in four of the six rows.",
        &["4/6 ? «four of the six rows»"],
    );
    check("None of them agreed.", &[]);
    check("The unit scored 7 out of 21 and ranked 12 out of 43.", &[]);
    check("Three in 2019 were late.", &[]);
}

#[test]
fn rows_with_a_count_and_a_share() {
    check(
        "| Size | Homes | Share |\n|---|---|---|\n| Small | 30 | 75% |\n| Large | 10 | 25% |\n| Total | 40 | 100% |",
        &["30/40 75% «30 75%»", "10/40 25% «10 25%»"],
    );
    check(
        "| Type | Number | Good | Fair | Poor |\n|---|---|---|---|---|\n| Small | 30 | 71% | 20% | 8% |\n| Total | 40 | 75% | 15% | 10% |",
        &[],
    );
    check(
        "| Ward | Late | Seen | Share |\n|---|---|---|---|\n| Elm | 12 | 30 | 40% |\n| Oak | 20 | 50 | 40% |",
        &["12/30 40% «12 30 40%»", "20/50 40% «20 50 40%»"],
    );
    check(
        "| Ward | Seen | Late | Share |\n|---|---|---|---|\n| Elm | 30 | 12 | 40% |",
        &["12/30 40% «30 12 40%»"],
    );
}
#[test]
fn shares_in_cells_are_of_the_total_of_their_row_or_column() {
    check(
        "The table gives the homes by grade.\nYear | Good | Poor | Total |\n2023 | 30 (75.0%) | 10 (25.0%) | 40 (100.0%) |\n2022 | 27 (90%) | 3 (10.0%) | 30 (100%) |",
        &[
            "30/40 75.0% «30 (75.0%)»",
            "10/40 25.0% «10 (25.0%)»",
            "27/30 90% «27 (90%)»",
            "3/30 10.0% «3 (10.0%)»",
        ],
    );
    check(
        "| Grade | North | South |\n|---|---|---|\n| Good | 30 (75%) | 12 (60%) |\n| Poor | 10 (25%) | 8 (40%) |\n| Total | 40 | 20 |",
        &[
            "30/40 75% «30 (75%)»",
            "12/20 60% «12 (60%)»",
            "10/40 25% «10 (25%)»",
            "8/20 40% «8 (40%)»",
        ],
    );
    check(
        "| Ward | All | Late | Lost |\n|---|---|---|---|\n| Oak | 40 | 10 (25%) | 4 (10%) |\n| Elm | 20 | 8 (40%) | 2 (10%) |",
        &[
            "10/40 25% «10 (25%)»",
            "4/40 10% «4 (10%)»",
            "8/20 40% «8 (40%)»",
            "2/20 10% «2 (10%)»",
        ],
    );
    // What the shares are of is not the total beside them.
    check(
        "| Ward | Late | Lost | Total |\n|---|---|---|---|\n| Oak | 10 (5%) | 4 (2%) | 14 |\n| Elm | 8 (4%) | 2 (1%) | 10 |",
        &[
            "10/? 5% «10 (5%)»",
            "4/? 2% «4 (2%)»",
            "8/? 4% «8 (4%)»",
            "2/? 1% «2 (1%)»",
        ],
    );
}

#[test]
fn counts_due_and_done_give_their_share_in_every_row() {
    check(
        "| Risk | Due | Done | % done | % last year |\n|---|---|---|---|---|\n| High | 58 | 58 | 100% | 96% |\n| Low | 100 | 60 | 60% | 40% |\n| Total | 158 | 118 | 75% | 61% |",
        &[
            "58/58 100% «58 58 100%»",
            "60/100 60% «100 60 60%»",
            "118/158 75% «158 118 75%»",
        ],
    );
    check(
        "| Size | Homes | Share | Share in May 2024 |\n|---|---|---|---|\n| Small | 30 | 75% | 70% |\n| Large | 10 | 25% | 30% |\n| Total | 40 | 100% | 100% |",
        &["30/40 75% «30 75%»", "10/40 25% «10 25%»"],
    );
}

#[test]
fn parts_by_days_names_and_ratios() {
    check(
        "A nurse was in on 81 of the 92 days.",
        &["81/92 ? «81 of the 92 days»"],
    );
    check(
        "There are 309 court buildings and 94 of the buildings (30%) are old.",
        &["94/309 30% «309 court buildings and 94 of the buildings (30%)»"],
    );
    check(
        "One teacher in six was off sick.",
        &["1/6 ? «One teacher in six»"],
    );
    check("One teacher in six schools was off sick.", &[]);
    check("Two people in 2019 were late.", &[]);
    check(
        "In the past year 58 of the 64 boys who left (91%) went home.",
        &["58/64 91% «58 of the 64 boys who left (91%)»"],
    );
    check(
        "| Rule | Visits | % late |\n|---|---|---|\n| Fire | 2648 | 20.6% |\n| Food | 1082 | 5.9% |\n| Staff | 409 | 1.7% |",
        &[],
    );
}

#[test]
fn a_row_whose_share_is_wrong_is_read_as_the_others() {
    let table = |last: &str| {
        format!(
            "| Depot | Jobs | On time | Share |\n|---|---|---|---|\n| Elm | 20 | 12 | 60% |\n| Ash | 25 | 13 | 52% |\n{last}"
        )
    };
    let shown = |last: &str| found(&table(last)).pop().unwrap_or_default();
    assert!(
        shown("| Oak | 15 | 8 | 63% |").starts_with("8/15"),
        "{}",
        shown("| Oak | 15 | 8 | 63% |")
    );
    assert!(
        shown("| Oak | 15 | 8 | 53% |").starts_with("8/15"),
        "{}",
        shown("| Oak | 15 | 8 | 53% |")
    );
    assert!(
        !shown("| Oak | 8 | 15 | 63% |").starts_with("15/8"),
        "{}",
        shown("| Oak | 8 | 15 | 63% |")
    );
}
