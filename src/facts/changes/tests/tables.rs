//! Tables.

use super::check;

#[test]
fn columns_of_two_periods() {
    check(
        "| Area | June 2023 | June 2024 |\n|---|---|---|\n| Safety | 83% | 85% |\n| Care | 91% | 91% |",
        &[
            "Safety: up from 83% to 85%",
            "Care: unchanged from 91% to 91%",
        ],
    );
    check(
        "| Rating | Homes | Share | Share in May 2024 |\n|---|---|---|---|\n| Good | 70 | 11% | 12% |\n| Total | 640 | 100% | 100% |",
        &["Good: down from 12% to 11%"],
    );
    check(
        "| Region | 2023 | 2022 | Change (percentage points) |\n|---|---|---|---|\n| East | 85% | 82% | +3 |\n| West | 79% | 80% | -1 |\n| North | 81% | 81% | 0 |",
        &[
            "East: up from 82% to 85% by 3 points",
            "West: down from 80% to 79% by 1 point",
            "North: unchanged from 81% to 81%",
        ],
    );
    check(
        "| Grade | Homes in 2023 | Homes in 2024 | % change |\n|---|---|---|---|\n| Good | 40 | 50 | 25 |",
        &["Good: up from 40 to 50 by 25%"],
    );
    check(
        "| | Last inspection | This inspection |\n|---|---|---|\n| Felt unsafe | 44% | 31% |",
        &["Felt unsafe: down from 44% to 31%"],
    );
    check(
        "| Area | Grade | Grade in 2021 |\n|---|---|---|\n| Risk | Good | Poor |",
        &[],
    );
    check(
        "| Site | Staff | Beds |\n|---|---|---|\n| Oak | 12 | 40 |",
        &[],
    );
}

#[test]
fn tables_whose_cells_stand_one_under_the_other() {
    check(
        "Theme\n\nBaseline (2019)\n\nFollow-up (2021)\n\nCare of files\n\n61.7%\n\n66.4%\n\nCourt work\n\n76.8%\n\n76.8%\n\nThe end",
        &[
            "Care of files: up from 61.7% to 66.4%",
            "Court work: unchanged from 76.8% to 76.8%",
        ],
    );
    check("Theme\n\nBeds\n\nStaff\n\nOak\n\n12\n\n14", &[]);
}
