//! Letters, labels and sentences of the body.

use super::{after_issues, check};

#[test]
fn a_letter_takes_issues_in_turn() {
    after_issues(
        "On your first issue, the letters go out weekly.\n\nAs to the second, we shall find the files.",
        &["1 none: On your first issue,", "2 none: As to the second,"],
    );
    after_issues(
        "As to the second, inspectors saw that files were lost.",
        &[],
    );
}

#[test]
fn a_letter_answers_in_its_own_words() {
    after_issues(
        "We accept your first two issues. We cannot accept the third, as funds are short.\n\nOn issue 1, the letters will be sent weekly. Issue 2 has been dealt with.",
        &[
            "1,2 accepted: We accept your first",
            "3 rejected: We cannot accept the",
            "1 none: On issue 1, the",
            "2 none: Issue 2 has been",
        ],
    );
    after_issues("On issue 1, the letters will be sent weekly.", &[]);
    after_issues("Issue 2 has been dealt with.", &[]);
}

#[test]
fn a_label_may_stand_before_the_issues_that_are_accepted() {
    after_issues(
        "Board's comments: The board concurred with issue 1 and did not concur with issue 2.",
        &[
            "1 accepted: Board's comments: The board",
            "2 rejected: Board's comments: The board",
        ],
    );
}

#[test]
fn a_stance_may_stand_before_the_issues_that_have_it() {
    after_issues(
        "Accepted: issues 1 and 3.\n\nRejected: issue 2.",
        &[
            "1,3 accepted: Accepted: issues 1 and",
            "2 rejected: Rejected: issue 2.",
        ],
    );
}

#[test]
fn an_issue_that_is_called_an_action_is_no_response() {
    check(
        "Priority action 1\nImprove the files.\n\nPriority action 2\nTrain the staff.\n",
        &[],
    );
}

#[test]
fn one_heading_answers_all() {
    after_issues(
        "# Response\n\nIn response, the board has hired clerks.",
        &["1,2,3 none: In response, the board"],
    );
    after_issues("# Response\n\nThe board must answer by May.", &[]);
    after_issues(
        "# Response\n\nThe board has hired clerks.\n\n# Annex\n\nThe team is listed here.",
        &[],
    );
}

#[test]
fn codes_of_issues_label_answers() {
    let issues = "The board must:\n\nM1. Train staff.\nM2. Mend the roof.\nM3. Buy beds.\n\n";
    let after = |text: &str, expected: &[&str]| check(&format!("{issues}{text}"), expected);
    after(
        "# Our reply\n\nM1 and M3: The trust accepts these points. Staff were hired.",
        &["M1,M3 accepted: M1 and M3: The"],
    );
    after(
        "# Our reply\n\nM2: The board takes the criticism to heart and we have closed the ward.",
        &["M2 none: The board takes the"],
    );
    after("# Costs\n\nM2: £40,000 in two years.", &[]);
    after("# Our reply\n\nM9: We accept this.", &[]);
}

#[test]
fn answers_to_every_one() {
    after_issues(
        "Chief Constable Jo Lee said: \"We accept every recommendation.\"",
        &["1,2,3 accepted: Chief Constable Jo Lee"],
    );
    after_issues(
        "Mayor Jo Lee welcomed the report.\n\n\"I'm proud of it. On the three issues, work is in hand.\"",
        &["1,2,3 none: On the three issues,"],
    );
    after_issues(
        "Inspector Jo Lee welcomed the plan.\n\n\"On the three issues, work is in hand.\"",
        &[],
    );
}

#[test]
fn labels_answer_the_issue_before() {
    check(
        "The inspectors identified two issues:\n\n1. Letters are late.\n\nResponse: We agree. Clerks were hired.\n\n2. Files are lost.\n\nResponse: A list is kept.",
        &[
            "1 accepted: Response: We agree.",
            "2 none: Response: A list is",
        ],
    );
    after_issues(
        "Our response to issues 1 and 2: We hired clerks.",
        &["1,2 none: Our response to issues"],
    );
    after_issues(
        "Response to all issues: Agreed.",
        &["1,2,3 accepted: Response to all issues:"],
    );
    after_issues("Response times: five days.", &[]);
    after_issues(
        "What we are doing:\n\n- Issues 1 and 2: new clerks\n- Issue 3: a course",
        &["1,2 none: Issues 1 and 2:", "3 none: Issue 3: a course"],
    );
    check("Response: We hired clerks.", &[]);
}

#[test]
fn a_short_label_may_fill_its_line() {
    check(
        "Recommendation 1: Train staff.\n\nService action\nDates have been booked.\n\nRecommendation 2: Mend it.\n\nService action\nWork will start soon.\n",
        &[
            "1 none: Service action Dates have",
            "2 none: Service action Work will",
        ],
    );
}

#[test]
fn a_stance_may_be_the_label() {
    check(
        "Recommendation 1: Train staff.\n\nAgreed.\n\nA course is planned.\n\nRecommendation 2: Sell it.\n\nNot agreed.",
        &["1 accepted: Agreed. A course is", "2 rejected: Not agreed."],
    );
}

#[test]
fn numbers_and_turns_say_what_is_answered() {
    after_issues(
        "# Our response\n\n1. We hired clerks.\n2. Accepted. A list is kept.",
        &["1 none: We hired clerks.", "2 accepted: Accepted."],
    );
    after_issues(
        "In response to issue 1, we have hired clerks.",
        &["1 none: In response to issue"],
    );
    after_issues("On issue 1, the report is plain.", &[]);
    after_issues(
        "**Issues 1 and 2** – We accept these.",
        &["1,2 accepted: Issues 1 and 2"],
    );
    check(
        "AFI 1. Train staff.\n\nWe agree. A course is planned.\n\nAFI 2. Keep files.\n\nA list is kept.\n\nAFI 3. Mend it.\n\nAgreed. It is done.",
        &[
            "1 accepted: We agree.",
            "2 none: A list is kept.",
            "3 accepted: Agreed. It is done.",
        ],
    );
    check(
        "AFI 1. Train staff.\n\nStaff were not trained.\n\nAFI 2. Keep files.\n\nFiles were lost.",
        &[],
    );
}

#[test]
fn sentences_accept_issues() {
    after_issues(
        "We accept all of them.",
        &["1,2,3 accepted: We accept all of"],
    );
    after_issues(
        "The board accepts all three.",
        &["1,2,3 accepted: The board accepts all"],
    );
    after_issues(
        "The council does not accept issue 2.",
        &["2 rejected: The council does not"],
    );
    after_issues(
        "In 2018 the council accepted all nine recommendations.",
        &[],
    );
    after_issues("The inspectors accept all of the issues.", &[]);
    after_issues("We accept the findings.", &[]);
}

#[test]
fn answers_to_all_and_by_letter() {
    check(
        "Recommendations\n\na) Train staff.\n\nb) Mend the roof.\n\nc) Paint it.\n\nThe board accepts recommendations a and c.",
        &["a,c accepted: The board accepts recommendations"],
    );
    check(
        "Recommendations\n\n1. Train staff.\n\n2. Mend the roof.\n\nChief Ann Lee said: \"We accept the findings in full. I have hired a roofer.\"",
        &["1,2 accepted: Chief Ann Lee said:"],
    );
    check(
        "Recommendations\n\n1. Train staff.\n\n2. Mend the roof.\n\n3. Paint it.\n\nFor recommendations 2 and 3, management said that it had hired two firms.\n\nFor recommendation 1, the auditors said that they would come back.",
        &["2,3 none: For recommendations 2 and"],
    );
    check(
        "Recommendations\n\n1. Train staff.\n\nOwner Ann Lee said: \"I am ashamed and I am putting it right.\"",
        &["none: Owner Ann Lee said:"],
    );
}

#[test]
fn labels_below_a_list_of_things_answer_it() {
    check(
        "The inspectors asked us to do three things.\n\n1. Train the clerks.\n2. Lock the yard.\n3. Answer letters.\n\n\
         **Recommendation 1.** Done. A course was held in May.\n\n**Recommendation 3.** Letters go out within a week.",
        &[
            "1 none: Recommendation 1. Done.",
            "3 none: Recommendation 3. Letters go",
        ],
    );
    // What lays a duty is an issue of its own.
    check(
        "The inspectors asked us to do three things.\n\n1. Train the clerks.\n2. Lock the yard.\n3. Answer letters.\n\n\
         **Recommendation 1.** The board should hold a course.\n\n**Recommendation 3.** The board must answer within a week.",
        &[],
    );
}
