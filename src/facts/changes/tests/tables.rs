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
fn an_earlier_column_right_behind_the_later_one() {
    check(
        "| Risk | Due | Done | % done | % last year |\n|---|---|---|---|---|\n| High | 12 | 12 | 100% | 100% |\n| B | 58 | 58 | 100% | 96% |\n| C | 171 | 160 | 94% | 88% |\n| Total | 241 | 230 | 95% | 91% |",
        &[
            "High: unchanged from 100% to 100%",
            "B: up from 96% to 100%",
            "C: up from 88% to 94%",
            "Total: up from 91% to 95%",
        ],
    );
    check(
        "| Risk | Due 2024-25 | Done 2024-25 | % done 2024-25 | % done 2023-24 |\n|---|---|---|---|---|\n| C | 171 | 160 | 94% | 88% |",
        &["C: up from 88% to 94%"],
    );
    check(
        "| Site | Late 2023 | Late 2024 | % late 2023 | % late 2024 |\n|---|---|---|---|---|\n| Oak | 12 | 15 | 10% | 14% |",
        &["Oak: up from 12 to 15", "Oak: up from 10% to 14%"],
    );
    // The column before the earlier one holds another measure, or none.
    check(
        "| Site | Homes | Last inspection |\n|---|---|---|\n| Oak | 12 | 3 |",
        &[],
    );
    check(
        "| Site | Homes | % last year |\n|---|---|---|\n| Oak | 12 | 96% |",
        &[],
    );
}

#[test]
fn sums_in_millions() {
    check(
        "Figure 2: Spending (£ million)\n\n                 2021-22     2023-24\nPlanned             24.6        22.4\nReactive            41.2        52.4",
        &[
            "Planned: down from £24,600,000 to £22,400,000",
            "Reactive: up from £41,200,000 to £52,400,000",
        ],
    );
    check(
        "| £000 | 2022 | 2023 |\n|---|---|---|\n| Pay | 140 | 150 |\n| Number of staff | 30 | 31 |",
        &[
            "Pay: up from £140,000 to £150,000",
            "Number of staff: up from 30 to 31",
        ],
    );
    // A sum in the line above is not what the numbers are in.
    check(
        "Table 1: Where the £5 million went\n\n| Site | 2022 | 2023 |\n|---|---|---|\n| Oak | 140 | 150 |",
        &["Oak: up from 140 to 150"],
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
