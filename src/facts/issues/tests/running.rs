//! Sentences and paragraphs.

use super::check;

#[test]
fn sentences_count_them() {
    check(
        "We recommended that the home (1) mend the roof and (2) sweep the yard.",
        &[
            "recommendation 1: (1) mend the roof",
            "recommendation 2: (2) sweep the yard",
        ],
    );
    check("The home has (1) a roof and (2) a yard.", &[]);
    check(
        "We also recommend that the home mends its roof.",
        &["recommendation: We also recommend that the home mends its roof."],
    );
    check("We recommend the food.", &[]);
    check(
        "The yard was dry. We also recommend the home mends its roof. The regulator recommends that it sells the van.",
        &[
            "recommendation: We also recommend the home mends its roof.",
            "recommendation: The regulator recommends that it sells the van.",
        ],
    );
    check(
        "We recommend the home to all who like gardens. The regulator recommends rents of £90.",
        &[],
    );
}

#[test]
fn a_paragraph_says_what_is_wrong_and_then_what_to_do() {
    check(
        "# Report\n\n## What does the school need to do to improve?\n\nBooks are old. Leaders should buy new ones.\n\nBooks are few. They came in May.",
        &["area for improvement: Books are old."],
    );
    check(
        "# Report\n\n## What went wrong\n\nA leak was left. We ordered the owner to mend it.",
        &[],
    );
}
