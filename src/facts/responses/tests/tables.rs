//! Tables.

use super::{after_issues, check};

#[test]
fn one_letter_is_a_stance_in_its_column() {
    check(
        "| Ref | Recommendation | Management response | Agreed (Y/N) |\n|---|---|---|---|\n| R1 | Count stock. | Done in June. | Y |\n| R2 | Sell stock. | It is leased. | N |\n",
        &["R1 accepted: Done in June.", "R2 rejected: It is leased."],
    );
}

#[test]
fn a_table_of_answers_behind_the_issues() {
    after_issues(
        "We agree with all three issues. The table has our actions.\n\n| No. | Response | Action |\n|---|---|---|\n| 1 | Agreed | Clerks come in May. |\n| 2 | Partly agreed | Some files were found. |\n| 3 | Agreed | Courses begin in June. |\n",
        &[
            "1,2,3 accepted: We agree with all",
            "1 accepted: Agreed",
            "2 partly: Partly agreed",
            "3 accepted: Agreed",
        ],
    );
}

#[test]
fn tables_answer_row_by_row() {
    check(
        "| No. | Recommendation | Response |\n|---|---|---|\n| 1 | Train all staff | Accepted |\n| 2 | Sell the old hall | Not accepted |\n| 3 | Mend the roof | |",
        &["1 accepted: Accepted", "2 rejected: Not accepted"],
    );
}

#[test]
fn columns_of_stances_answer() {
    check(
        "| No. | Recommendation | Agreed? |\n|---|---|---|\n| 1 | Train all staff | Yes |\n| 2 | Sell the old hall | No |",
        &["1 accepted: Yes", "2 rejected: No"],
    );
    check(
        "| No. | Recommendation | Status |\n|---|---|---|\n| 1 | Train all staff | Open |",
        &[],
    );
    check(
        "| Recommendation | Response |\n|---|---|\n| 1. Train all staff | Accept |",
        &["1 accepted: Accept"],
    );
}

#[test]
fn each_stance_may_have_a_column() {
    let table = |heads: &str, rows: [&str; 3]| {
        let [first, second, third] = rows;
        format!(
            "| No. | Recommendation | {heads} |\n|---|---|---|---|---|\n| 1 | Train all staff. | {first} |\n| 2 | Mend the roof. | {second} |\n| 3 | Paint the door. | {third} |\n"
        )
    };
    let stances = "Accepted | Partially accepted | Rejected";
    check(
        &table(stances, ["✓ | |", "| ✓ |", "| | ✓"]),
        &["1 accepted: ✓", "2 partly: ✓", "3 rejected: ✓"],
    );
    check(
        &table(stances, ["X | |", "| | X", "| X |"]),
        &["1 accepted: X", "2 rejected: X", "3 partly: X"],
    );
    check(
        &table(stances, ["✓ | ✗ | ✗", "✗ | ✗ | ✓", "No | Yes | No"]),
        &["1 accepted: ✓", "2 rejected: ✓", "3 partly: Yes"],
    );
    check(
        &table(
            "Agreed | Partly agreed | Action",
            [
                "Yes | | Hire staff",
                "| Yes | Call a roofer",
                "Yes | Yes | Buy paint",
            ],
        ),
        &[
            "1 accepted: Hire staff",
            "2 partly: Call a roofer",
            "3 none: Buy paint",
        ],
    );
}
