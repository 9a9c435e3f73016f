//! Tables, and the days in their columns.

use super::check;
use crate::facts::{
    schema::{self, issue},
    testing::facts_of,
};

#[test]
fn a_column_says_by_when() {
    let due = |text: &str| -> Vec<String> {
        let (_, facts) = facts_of(text);
        let issues = facts.iter().filter(|fact| fact.kind == schema::ISSUE);
        issues
            .map(|fact| fact.get(issue::Slot::deadline).to_string())
            .collect()
    };
    let table = |last: &str| {
        format!(
            "| No. | Recommendation | Response | Target date |\n|---|---|---|---|\n| 1 | Train staff. | Half will be trained by the end of 2025. | {last} |\n"
        )
    };
    assert_eq!(due(&table("30 September 2025")), ["30 September 2025"]);
    assert_eq!(due(&table("Completed June 2025")), ["(not stated)"]);
    assert_eq!(due(&table("")), ["(not stated)"]);
    let list = |last: &str| format!("The board must:\n\n1. lower the charge {last}\n");
    assert_eq!(due(&list("by 1 May 2025")), ["1 May 2025"]);
    assert_eq!(due(&list("by the end of May 2025")), ["31 May 2025"]);
    assert_eq!(due(&list("as of 1 May 2025")), ["(not stated)"]);
}

#[test]
fn tables_hold_them() {
    check(
        "| Rec. no. | Recommendation | Owner |\n|---|---|---|\n| 1.40 | Train all staff | HR |\n| 2.6 | Keep the files | IT |",
        &[
            "recommendation 1.40: Train all staff",
            "recommendation 2.6: Keep the files",
        ],
    );
    check(
        "| No. | Recommendation | Owner |\n|---|---|---|\n| 1.1 | Train all staff | HR |\n| 1.2 | Keep the files | IT |",
        &[
            "recommendation 1.1: Train all staff",
            "recommendation 1.2: Keep the files",
        ],
    );
    check(
        "The provider must:\n\n| Action | Due date |\n|---|---|\n| train staff | 3 May 2024 |",
        &["action: train staff"],
    );
    check(
        "| Ref | Concern | Agreed? | Response | Owner |\n|---|---|---|---|---|\n| 1 | Yards were dirty. | Agreed | Cleaners were hired. | HR |",
        &["issue 1: Yards were dirty."],
    );
    check(
        "# Action plan\n\n| No | Issue identified | What we will do |\n|---|---|---|\n| 1 | Yards were dirty | Clean them |",
        &["issue 1: Yards were dirty"],
    );
    check(
        "| | Recommendation | Owner |\n|---|---|---|\n| 1 | Train all staff | HR |\n| 2 | Keep the files | IT |",
        &[
            "recommendation 1: Train all staff",
            "recommendation 2: Keep the files",
        ],
    );
    check(
        "# Report\n\n## Requirement notices\n\n| Activity | Regulation |\n|---|---|\n| Care | Regulation 12 Safe care |",
        &["action: Regulation 12 Safe care"],
    );
    check(
        "# Report\n\n## Judgements\n\n| Activity | Regulation |\n|---|---|\n| Care | Regulation 12 Safe care |",
        &[],
    );
    check(
        "| Concern | Owner |\n|---|---|\n| Yards were dirty | HR |",
        &[],
    );
    check("| Rating | Homes |\n|---|---|\n| Good | 12 |", &[]);
    check(
        "# Report\n\n## Progress on recommendations\n\n| Recommendation | Progress |\n|---|---|\n| Train all staff | Done |",
        &[],
    );
}
