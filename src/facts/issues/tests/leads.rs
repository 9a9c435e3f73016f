//! Lists under leads, headings and titles.

use super::check;

#[test]
fn a_lead_names_them() {
    check(
        "The inspectors identified two issues:\n\n1. Letters are late.\n2. Files are lost. Some were found.",
        &["issue 1: Letters are late.", "issue 2: Files are lost."],
    );
    check(
        "We made one requirement and the following two areas for improvement:\n\n- more training\n- better food",
        &[
            "area for improvement: more training",
            "area for improvement: better food",
        ],
    );
    check(
        "The inspectors set two requirements. The home should:\n\n- train staff\n- mend the roof",
        &["requirement: train staff", "requirement: mend the roof"],
    );
}

#[test]
fn a_lead_lays_a_duty() {
    check(
        "The owner was told to:\n\n- clean it\n- mend it",
        &["action: clean it", "action: mend it"],
    );
    check(
        "The watchdog has told the trust to do two things:\n\n1. train staff\n2. mend the roof",
        &["action 1: train staff", "action 2: mend the roof"],
    );
    check("Patients told us that staff should:\n\n- smile more", &[]);
    check("The trust has told us that it has:\n\n- hired staff", &[]);
    check("What should staff do?\n\n- smile", &[]);
}

#[test]
fn a_heading_names_them() {
    check(
        "# Report\n\n## What needs to improve\n\n- Checks of fridges.",
        &["area for improvement: Checks of fridges."],
    );
    check(
        "# Report\n\n## Requirement\n\nBy May the home must mend the roof. It leaks.",
        &["requirement: By May the home must mend the roof."],
    );
    check(
        "# Report\n\n## Recommendations\n\n### For the chief constable\n\n- Answer calls.",
        &["recommendation: Answer calls."],
    );
    check("# Report\n\n## Strengths\n\n- Kind staff.", &[]);
    check(
        "# Report\n\n## Main findings\n\n1. Kind staff.\n2. Good food.",
        &[],
    );
    check(
        "# Report\n\n## Our response to the recommendations\n\n- We hired staff.",
        &[],
    );
    check(
        "# Report\n\n## Recommendations\n\nThe trust has begun to act. It has:\n\n- hired staff",
        &[],
    );
}

#[test]
fn codes_number_them_until_they_are_answered() {
    check(
        "What we must do\n\nThe report has two steps that we must take.\n\nM1. Train staff.\nM2. Mend the roof.\n\nWhat we accept\n\nM1: We agree with this.",
        &[
            "requirement M1: Train staff.",
            "requirement M2: Mend the roof.",
        ],
    );
}

#[test]
fn lines_above_a_list_stand_for_headings() {
    check(
        "The home is run by a trust. It has sound plans, which staff know and follow.\nWhat needs to improve?\n• The upkeep of the yard.\n• The pace of repairs.",
        &[
            "area for improvement: The upkeep of the yard.",
            "area for improvement: The pace of repairs.",
        ],
    );
    check(
        "The home is run by a trust. It has sound plans, which staff know and follow.\nStrengths\n• The upkeep of the yard.",
        &[],
    );
    check(
        "Services of the town require improvement because:\nHomes\n• Roofs leak.\nRoads\n• Lamps are broken.\n\nThe town has these strengths:\n• Kind staff.",
        &[
            "area for improvement: Roofs leak.",
            "area for improvement: Lamps are broken.",
        ],
    );
    check("Inspectors must:\n\n- see each yard", &[]);
    check(
        "Areas for development\n\nStaff should sweep the yard. It is dirty.",
        &["area for improvement: Staff should sweep the yard."],
    );
    check(
        "Our visit\n\nStaff should sweep the yard. It is dirty.",
        &[],
    );
}

#[test]
fn breaches_of_rules_are_counted() {
    check(
        "The home was in breach of two regulations. These were:\n\n- staffing\n- records",
        &["breach: staffing", "breach: records"],
    );
    check(
        "In order to see the home we:\n\n- read files\n- met staff",
        &[],
    );
}

#[test]
fn a_list_right_after_an_issue_may_announce_its_own() {
    check(
        "We make two recommendations:\n\n1. Train staff.\n2. Keep files.\n\nWe set two areas for improvement:\n\n- the yard\n- the roof",
        &[
            "recommendation 1: Train staff.",
            "recommendation 2: Keep files.",
            "area for improvement: the yard",
            "area for improvement: the roof",
        ],
    );
}

#[test]
fn points_under_an_issue_are_none() {
    check(
        "Recommendation 1: The board should publish data on:\n\n- food\n- staff",
        &["recommendation 1: Recommendation 1: The board should publish data on:"],
    );
}
