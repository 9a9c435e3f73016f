//! Quotations and reported speech.

use super::{after_issues, check};

#[test]
fn strangers_answer_nothing() {
    after_issues(
        "\"It was warm there,\" said a relative. \"We will be back for letters next week.\"",
        &[],
    );
    after_issues(
        "Jo Lee, MP for Ashby, said: \"We will ask about the letters.\"",
        &[],
    );
    after_issues(
        "A home spokesman said: \"We have already posted the letters.\"",
        &["1 none: A home spokesman said:"],
    );
    check(
        "The council welcomes the report and accepts both recommendations.\n\nRecommendation 1: Mend it.\n\nRecommendation 2: Clean it.",
        &["1,2 accepted: The council welcomes the"],
    );
}

#[test]
fn what_the_body_takes_to_heart_answers() {
    let bare = "The firm was told that it must:\n\n- clean the yard\n- mend the roof\n\n";
    let after = |text: &str, expected: &[&str]| check(&format!("{bare}{text}"), expected);
    after(
        "Owner Jo Lee said: \"We're sorry. We accept that it was not good enough, and we've hired ten people.\"",
        &["accepted: Owner Jo Lee said:"],
    );
    after(
        "Owner Jo Lee welcomed the report.\n\n\"We do not shy away from it. We have moved six people there.\"",
        &["none: \"We do not shy"],
    );
    after("Visitor Jo Lee said: \"It was cold there.\"", &[]);
    after(
        "Owner Jo Lee welcomed the report.\n\n\"The food is good.\"",
        &[],
    );
}

#[test]
fn a_body_owns_up() {
    check(
        "Ann Day, the manager, said: “Since the inspection we have mended the roof.”",
        &["none: Ann Day, the manager,"],
    );
    check(
        "Ann Day, the manager, said: “We are sorry. We will clean the yard.”",
        &["none: Ann Day, the manager,"],
    );
}

#[test]
fn the_body_speaks() {
    after_issues(
        "Ann Day, the manager, said: “Thank you. We will send letters within a week.”",
        &["1 none: Ann Day, the manager,"],
    );
    after_issues("Ann Day, chief inspector, said: “We will come back.”", &[]);
    after_issues(
        "Ann Day, the manager, said: “I would like to thank staff.”",
        &[],
    );
    after_issues("Help the Aged said: “People will be glad.”", &[]);
    after_issues(
        "The manager said that letters would go out sooner.",
        &["1 none: The manager said that"],
    );
    check("Ann Day, the manager, said: “We will carry on.”", &[]);
}

#[test]
fn each_sentence_answers_its_own_issue() {
    after_issues(
        "Ann Day, the manager, said: “We accept all three issues. Every letter is now sent within a week. Two people will look after the files. It is a proud day.”",
        &[
            "1,2,3 accepted: Ann Day, the manager,",
            "1 none: Every letter is now",
            "2 none: Two people will look",
        ],
    );
    after_issues(
        "Ann Day, the manager, said: “We will put all three right. Every letter is now sent within a week.”",
        &["1,2,3 none: Ann Day, the manager,"],
    );
}

#[test]
fn what_was_done_about_ratings_answers() {
    const RATED: &str = "# Elm House\n\nElm House was rated inadequate overall.\n\n";
    check(
        &format!("{RATED}The manager said the home had hired three nurses."),
        &["none: The manager said the"],
    );
    check(
        &format!("{RATED}Elm House said in a statement that it had hired three nurses."),
        &["none: Elm House said in"],
    );
    check(
        &format!("{RATED}The manager said the home had been busy."),
        &[],
    );
    check(
        &format!("{RATED}The inspectors said the home had hired three nurses."),
        &[],
    );
    check(
        &format!("{RATED}Ann Day, the manager, said: “We have already hired three nurses.”"),
        &["none: Ann Day, the manager,"],
    );
    for act in [
        "took immediate action to mend it",
        "have put new rules in place",
    ] {
        check(
            &format!("{RATED}In response to the report, Ann Day said: “We {act}.”"),
            &["none: Ann Day said: “We"],
        );
    }
    check(
        &format!("{RATED}Ann Day, the manager, said: “We took the place of others.”"),
        &[],
    );
    check(
        &format!(
            "{RATED}Rule 1: Yard\n\nProvider's response: The yard was cleaned.\n\nRule 2: Roof\n\nProvider's response: The roof was mended."
        ),
        &[
            "none: Provider's response: The yard",
            "none: Provider's response: The roof",
        ],
    );
}
