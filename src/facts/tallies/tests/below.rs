//! Lists below, under headings and in the sentences after.

use super::check;

#[test]
fn items_run_on_in_the_line_of_another() {
    check(
        "The guide has four duties:\n\n1. Write;\n2. Name a head;3. Train;\n4. Check.\n",
        &["four duties: 4/4"],
    );
}

#[test]
fn what_is_counted_is_told_below_or_next() {
    check(
        "Inspectors set out six expectations, which are listed below.\n\n- Write.\n- Train.\n- Mend.\n- Check.\n- Report.\n",
        &["six expectations: 6/5"],
    );
    check(
        "Inspectors set out six expectations, which staff met.\n\n- Write.\n- Train.\n- Mend.\n- Check.\n- Report.\n",
        &[],
    );
    check(
        "The home breached three regulations. These were in relation to safe care, staffing and consent.",
        &["three regulations: 3/3"],
    );
    check(
        "The home breached five regulations. These were in relation to safe care, staffing, consent and governance.",
        &["five regulations: 5/4"],
    );
    check(
        "The home breached five regulations. These were clear, strict, known and new.",
        &[],
    );
    check(
        "The home breached nine regulations. These were in relation to safe care, staffing and consent.",
        &[],
    );
}

#[test]
fn an_excerpt_of_a_list_is_not_counted() {
    check(
        "It must be of one of the following three classes:\n\n(1) The plan is new.\n\n* * * * *\n\n(3) The plan is old.\n",
        &[],
    );
}

#[test]
fn lists_follow() {
    check(
        "It has the following three faults:\n\n- food\n- staff",
        &["three faults: 3/2"],
    );
    check(
        "Leaders should do two things:\n\n1. train\n2. mend",
        &["two things: 2/2"],
    );
    check(
        "The inspectors set two actions. The home should:\n\n- train\n- mend",
        &["two actions: 2/2"],
    );
    check(
        "We make nine recommendations. They include:\n\n- train staff\n- mend it",
        &["nine recommendations: 9/2~"],
    );
    check(
        "We spoke to 40 staff, who said:\n\n- it is good\n- it is fun",
        &[],
    );
    check("In a survey of 60 homes we found:\n\n- damp\n- mould", &[]);
}

#[test]
fn paragraphs_and_sentences_list() {
    check(
        "We look at three key areas that help you to see how it went:\n\nFaults found – We look for fault.\n\nDelay: We count the days.\n\nPayment – We add it up.\n\nThat is all.",
        &["three key areas: 3/3"],
    );
    check(
        "We look at four areas:\n\nFaults found – We look for fault.\n\nThat is all.",
        &[],
    );
    check(
        "There were two reports. The first, in May, was on schools. In the second we wrote of roads.",
        &["two reports: 2/2"],
    );
    check(
        "It failed for three reasons: first, it had no staff; second, it had no plan; and finally, it had no money.",
        &["three reasons: 3/3"],
    );
    check("We saw three homes. The first was clean.", &[]);
    check(
        "It has three aims. They are to keep people safe, to train staff and to spend less.",
        &["three aims: 3/3"],
    );
    check(
        "Care, work and food: these three themes run through it.",
        &["three themes: 3/3"],
    );
    check(
        "We saw four themes: care, work, food and staff.\n\nThese four areas matter.",
        &["four themes: 4/4", "four areas: 4/4"],
    );
    check("These four areas matter.", &[]);
}

#[test]
fn items_that_count_are_not_what_is_counted() {
    check(
        "We looked at six areas. It was:\n\n- good in three areas;\n- fair in two areas; and\n- poor in one area.",
        &["six areas: 6/6"],
    );
    check(
        "We looked at six areas:\n\n- two areas of care\n- three areas of work",
        &[],
    );
    check(
        "It has four areas:\n\n- care\n- work for two days\n- food",
        &["four areas: 4/3"],
    );
}

#[test]
fn things_stand_under_their_name() {
    check(
        "# Report\n\nThree shops gave concern in 2024.\n\n## Shops of concern\n\n1. Elm Cafe. It was dirty.\n2. Oak Bar. It was cold.\n3. Ash Inn. It was shut.",
        &["Three shops: 3/3"],
    );
    check(
        "# Report\n\nTwo shops gave concern.\n\n## Shops of concern\n\n1. Elm Cafe. It was dirty.\n2. Oak Bar. It was cold.\n3. Ash Inn. It was shut.",
        &[],
    );
}

#[test]
fn headings_count() {
    check(
        "# Report\n\n## Three things that we liked\n\n- the food\n- the staff",
        &["Three things: 3/2"],
    );
    check("# Report\n\n## Two deaths\n\nBoth were sad.", &[]);
    check(
        "# Report\n\n## Three homes\n\n**Elm House, Upton.** Rated good in May.\n\n**Oak House, Ash.** Rated poor in June.",
        &["Three homes: 3/2"],
    );
    check(
        "# Report\n\n## Three homes\n\nWe saw them in May. They are large.\n\n**Elm House, Upton.** Rated good in May.",
        &[],
    );
}

#[test]
fn lists_that_do_not_have_the_number() {
    check(
        "It runs homes in four towns: Elm, Oak and Ashby.",
        &["four towns: 4/3"],
    );
    check(
        "It gives one of five grades: good, fair, weak or poor.",
        &["five grades: 5/4"],
    );
    check(
        "We saw four services – surgery, maternity and dentistry – in May.",
        &["four services: 4/3"],
    );
    check("There were two risks: fire, which spreads, and flood.", &[]);
    check(
        "We named five key concerns, of which two are priorities.\n\n**Priority concerns**\n\n1. Fire spread.\n2. Staff were few.\n\n**Other concerns**\n\n3. Rooms were cold.\n4. Notes were lost.",
        &["five key concerns: 5/4"],
    );
    check(
        "We gave six marks under this head.\n\n| Mark | Score |\n|---|---|\n| Care | 4 |\n| Work | 3 |\n| Food | 2 |\n| Time | 2 |\n| Cost | 2 |",
        &["six marks: 6/5"],
    );
}
