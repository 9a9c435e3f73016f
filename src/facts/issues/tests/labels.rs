//! Labels, and answers below what they answer.

use super::check;

#[test]
fn labels_number_them() {
    check(
        "**Recommendation 1.** Train staff.\n\n**Recommendation 2:** Keep files.",
        &[
            "recommendation 1: Recommendation 1. Train staff.",
            "recommendation 2: Recommendation 2: Keep files.",
        ],
    );
    check(
        "**Strategic recommendation 1:** Train staff.\n\n**Local recommendation 1:** Keep files.",
        &[
            "strategic recommendation 1: Strategic recommendation 1: Train staff.",
            "local recommendation 1: Local recommendation 1: Keep files.",
        ],
    );
    check(
        "# Plan\n\n## Recommendations\n\n- R7: Train staff.",
        &["recommendation R7: R7: Train staff."],
    );
    check(
        "## Recommendation #2\n\nThe board should train staff.",
        &["recommendation 2: Recommendation #2 The board should train staff."],
    );
    check(
        "1. Recommendation: The board should train staff.\n\n2. Recommendation: The board should keep files.",
        &[
            "recommendation 1: Recommendation: The board should train staff.",
            "recommendation 2: Recommendation: The board should keep files.",
        ],
    );
    check("See recommendation 3. It is late.", &[]);
    check(
        "Action 1. The firm must clear the drains.\n\nAction 2. The firm must mend the roof.",
        &[
            "action 1: Action 1. The firm must clear the drains.",
            "action 2: Action 2. The firm must mend the roof.",
        ],
    );
    check("Action 1. We will clear the drains.", &[]);
    check(
        "Finding 1 (high): Files were lost.\n\nAgreed action: A log is kept.\n\nFinding 2 (low): Keys were lost.\n\nAgreed action: They are counted.",
        &[
            "finding 1: Finding 1 (high): Files were lost.",
            "finding 2: Finding 2 (low): Keys were lost.",
        ],
    );
    check(
        "Finding 1: Files were lost.\n\nFinding 2: Keys were lost.",
        &[],
    );
    check(
        "# Paper\n\n## 9. Recommendation\n\nThe committee is asked to note the report, and that it should see the plan.",
        &[],
    );
}

#[test]
fn answers_tell_what_they_answer() {
    check(
        "R1 Keep records. (High)\n\nManagement response: Accepted. A clerk is hired.\n\nR2 Train staff.\n\nManagement response: Not accepted. Funds are short.",
        &["action R1: Keep records.", "action R2: Train staff."],
    );
    check(
        "1. Keep records.\n\nResponse: Accepted.\n\n2. Train staff.\n\nResponse: Agreed in part.",
        &["action 1: Keep records.", "action 2: Train staff."],
    );
    check(
        "1. The board should keep records.\n\nThe board agrees with this recommendation.\n\n2. The board should train staff.\n\nThe board does not accept this recommendation.",
        &[
            "recommendation 1: The board should keep records.",
            "recommendation 2: The board should train staff.",
        ],
    );
    check(
        "1. The board keeps records.\n\nThe board agrees with this recommendation.\n\n2. The board trains staff.\n\nThe board does not accept this recommendation.",
        &[],
    );
    check(
        "R1 Keep records.\n\nManagement response: Accepted. A clerk is hired.",
        &[],
    );
    check(
        "R1 Keep records.\n\nResponse: The clerk came late.\n\nR2 Train staff.\n\nResponse: He left early.",
        &[],
    );
}

#[test]
fn names_without_numbers_label_them() {
    check(
        "**Area for improvement:** The home should mend its roof.",
        &["area for improvement: Area for improvement: The home should mend its roof."],
    );
    check(
        "# Report\n\n## Cause of concern\n\nThe roof does not keep out rain.",
        &["cause of concern: The roof does not keep out rain."],
    );
    check(
        "# Report\n\n## Cause of concern\n\nWe found none here.",
        &[],
    );
    check("Issue: 12 May 2024, second edition", &[]);
    check(
        "# Report\n\n## Recommendations\n\nRecommendation 1 (to the owner): Mend the roof.",
        &["recommendation 1: Recommendation 1 (to the owner): Mend the roof."],
    );
    check(
        "# Report\n\n## Recommendations\n\nR1 Mend the roof\n\nR2 Sweep the yard",
        &[
            "recommendation R1: R1 Mend the roof",
            "recommendation R2: R2 Sweep the yard",
        ],
    );
}

#[test]
fn the_numbers_that_a_page_counts_are_those_of_its_answers() {
    let list = "<body><h1>Report</h1><h2>Recommendations</h2><ol><li>Mend the roof.</li><li value=4>Sweep the yard.</li></ol>";
    let issues = [
        "recommendation: Mend the roof.",
        "recommendation: Sweep the yard.",
    ];
    for answers in [
        "Recommendation 1: accepted. Recommendation 4: accepted.",
        "Recommendation 4: accepted.",
    ] {
        check(&format!("{list}<h2>Response</h2><p>{answers}</p>"), &issues);
    }
    check(
        &format!("{list}<h2>Response</h2><p>Recommendation 2: accepted.</p>"),
        &[
            &issues[..],
            &["recommendation 2: Recommendation 2: accepted."],
        ]
        .concat(),
    );
    check(
        &format!(
            "{}<h2>Response</h2><p>Recommendation 1: accepted.</p>",
            list.replace("ol>", "ul>")
        ),
        &[
            &issues[..],
            &["recommendation 1: Recommendation 1: accepted."],
        ]
        .concat(),
    );
}

#[test]
fn the_same_label_again_heads_the_answer() {
    check(
        "Order 1: Pay Mr T.\n\nOrder 2: Mend it.\n\nOrder 1: “We have paid him.”",
        &["order 1: Order 1: Pay Mr T.", "order 2: Order 2: Mend it."],
    );
}
