//! The shipped frameworks: which one a document is read with, and what their own rules raise just below, at and just above each
//! threshold.

use std::{collections::BTreeSet, sync::OnceLock};

use assize::{
    diagnostic::Severity,
    document::Format,
    framework::Frameworks,
    lint,
    packs::{self, PackFile},
    rules::{RuleSet, builtin},
    source::{SourceFile, Sources},
};

struct Shipped {
    frameworks: Frameworks,
    rules: RuleSet,
}

fn shipped() -> &'static Shipped {
    static SHIPPED: OnceLock<Shipped> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let mut sources = Sources::new();
        let frameworks = Frameworks::builtin(&mut sources).expect("sound packs");
        let rules = builtin::load(&mut sources, &frameworks).rules;
        Shipped { frameworks, rules }
    })
}

#[test]
fn shipped_frameworks_and_lexicons_are_sound_and_named_by_their_folders() {
    let mut frameworks = Frameworks::default();
    let mut sources = Sources::new();
    let files = packs::builtin().filter(|file| PackFile::of(file.name()) != PackFile::Rule);
    for file in files {
        let source = sources.add(file.clone());
        let added = frameworks.add(source, &file);
        assert!(added.is_ok(), "{}: {added:?}", file.name());
        if PackFile::of(file.name()) == PackFile::Framework {
            let folder = file.name().rsplit('/').nth(1);
            let id = file
                .text()
                .lines()
                .next()
                .and_then(|line| line.strip_prefix("id: "));
            assert_eq!(id, folder);
        }
    }
    let shipped: BTreeSet<_> = shipped().frameworks.ids().collect();
    assert_eq!(frameworks.ids().collect::<BTreeSet<_>>(), shipped);
    for id in shipped {
        let [shipped, whole] = [&self::shipped().frameworks, &frameworks].map(|frameworks| {
            let vocabulary = frameworks.vocabulary(id).expect("a framework");
            format!("{:?}", vocabulary.framework)
        });
        assert_eq!(shipped, whole);
    }
}

#[test]
fn a_document_that_names_no_inspectorate_is_told_by_its_words() {
    let framework = |text: &str| {
        let found = shipped().frameworks.recognise(text).expect("a framework");
        found.framework.id.clone()
    };
    for (text, expected) in [
        (
            "Outcomes were good in purposeful activity and in preparation for release.",
            "hmi-prisons",
        ),
        (
            "Elm. Inspection of services for children in need of help and\n protection, children looked after and care leavers. \
             Report published: 7 July 2016. Ofsted. Children's homes, police, CQC.",
            "ofsted-sif",
        ),
        (
            "12 May 2023. Joint targeted area inspection of Elm. Ofsted, CQC and HMICFRS saw the police force.",
            "ofsted-jtai",
        ),
        (
            "Area SEND inspection of Elm Local Area Partnership, 3 to 7 March 2025. Pupils in secondary school. Ofsted.",
            "ofsted-send",
        ),
        (
            "Ofsted, May 2016. Social workers (NQSW) in quality areas.",
            "general",
        ),
        ("Plans for each NQSW in every quality area.", "general"),
        (
            "December 2025. Inclusion: Expected standard. Achievement: Needs attention.",
            "ofsted-report-cards",
        ),
        ("The designated centre was substantially compliant.", "hiqa"),
        ("There was not much purposeful activity.", "general"),
        (
            "May 2021. Inclusion: Expected standard. Achievement: Needs attention.",
            "general",
        ),
    ] {
        assert_eq!(framework(text), expected, "{text}");
    }
}

/// The rules that `text` breaks when it is read with a framework, each with an `!` where it is an error and a `?` where it is a
/// note.
fn raised(framework: Option<&str>, text: &str) -> Vec<String> {
    let Shipped { frameworks, rules } = shipped();
    let mut sources = Sources::new();
    let source = sources.add(SourceFile::new("report.txt", text));
    let options = lint::Options::with(lint::Settings {
        framework: framework.map(str::to_owned),
        ..lint::Settings::default()
    });
    let documents = [(source, Format::guess(text))];
    let report = lint::check(&sources, &documents, rules, frameworks, &options);
    let mut raised: Vec<_> = report
        .diagnostics
        .iter()
        .map(|problem| {
            let sign = match problem.severity {
                Severity::Error => "!",
                Severity::Note => "?",
                Severity::Warning => "",
            };
            format!("{}{sign}", problem.code)
        })
        .collect();
    raised.dedup();
    raised
}

/// Checks texts read with one framework: what each raises, words apart.
#[track_caller]
fn check(framework: &str, table: &[(&str, &str)]) {
    for (text, expected) in table {
        let raised = raised(Some(framework), text).join(" ");
        assert_eq!(raised, *expected, "{framework}: {text}");
    }
}

#[track_caller]
fn recognised(table: &[(&str, &str)]) {
    for (text, expected) in table {
        let vocabulary = shipped().frameworks.recognise(text).expect("a framework");
        assert_eq!(vocabulary.framework.id, *expected, "{text}");
    }
}

/// A list of ratings: each criterion with the grade of its letter.
fn ratings(criteria: &[&str], grades: &[&str], letters: &str) -> String {
    let grade = |letter: char| {
        let grade = grades.iter().find(|grade| grade.starts_with(letter));
        grade.copied().expect("the letter of a grade")
    };
    let listed: Vec<_> = criteria
        .iter()
        .zip(letters.chars())
        .map(|(criterion, letter)| format!("{criterion}: {}", grade(letter)))
        .collect();
    listed.join("; ")
}

const FOUR_KEY: &[&str] = &["Inadequate", "Requires improvement", "Good", "Outstanding"];
const KEY_QUESTIONS: &[&str] = &[
    "Overall",
    "Safe",
    "Effective",
    "Caring",
    "Responsive",
    "Well-led",
];

/// Checks lists of ratings, the whole first, each grade by its letter.
#[track_caller]
fn check_grades(
    framework: &str,
    criteria: &[&str],
    grades: &[&str],
    rule: &str,
    table: &[(&str, bool)],
) {
    for (letters, breaks) in table {
        let text = ratings(criteria, grades, letters);
        let raised = raised(Some(framework), &format!("{text}."));
        let found = raised
            .iter()
            .any(|id| id.trim_end_matches(['!', '?']) == rule);
        assert_eq!(found, *breaks, "{framework}: {letters}: {raised:?}");
    }
}

#[test]
fn cqc_key_questions_limit_the_whole() {
    let table = [
        ("GRGGGG", false),
        ("GRRGGG", true),
        ("RRRGGG", false),
        ("GIGGGG", true),
        ("RIGGGG", false),
        ("RIIGGG", true),
        ("IIIGGG", false),
        ("OOGGGG", true),
        ("OOOGGG", false),
        ("OOOOGR", true),
        ("GOOOGR", false),
    ];
    let others = [
        ("GRRGGG", false),
        ("OOGGGG", true),
        ("OOOGGG", false),
        ("OOOOGR", true),
    ];
    check_grades("cqc", KEY_QUESTIONS, FOUR_KEY, "cqc-overall-limit", &others);
    for framework in ["cqc-care", "cqc-saf"] {
        check_grades(
            framework,
            KEY_QUESTIONS,
            FOUR_KEY,
            "cqc-overall-limit",
            &table,
        );
    }
}

#[test]
fn cqc_bands() {
    let score = |grade: &str, score: &str| {
        let text = format!("Safe: {grade} ({score}%); Caring: Good (70%); Effective: Good (80%).");
        raised(Some("cqc-saf"), &text).join(" ")
    };
    for (score_is, grade) in [
        ("25", "Inadequate"),
        ("38", "Inadequate"),
        ("39", "Requires improvement"),
        ("62", "Requires improvement"),
        ("63", "Good"),
        ("87", "Good"),
        ("88", "Outstanding"),
        ("100", "Outstanding"),
    ] {
        for given in FOUR_KEY {
            let expected = if *given == grade {
                ""
            } else {
                "rating-score-band"
            };
            assert_eq!(score(given, score_is), expected, "{given} {score_is}");
        }
    }
    assert_eq!(score("Inadequate", "24"), "cqc-score-range!");
    let too_much = "cqc-score-range! percent-out-of-range!";
    assert_eq!(score("Outstanding", "101"), too_much);
    assert_eq!(score("Inadequate", "38.5"), "");
    assert_eq!(score("Good", "62.5"), "");
    assert_eq!(score("Outstanding", "87.5"), "");
}

/// A report with a rating of one key question and a table of its statements' scores.
fn statements(rating: &str, scores: &[u32]) -> String {
    let rows: Vec<_> = scores
        .iter()
        .zip(1..)
        .map(|(score, at)| format!("| Statement {at} | {score} |\n"))
        .collect();
    format!(
        "# Elm Lodge\n\nSafe: {rating}; Caring: Good.\n\n## Safe\n\n| Statement | Score |\n|---|---|\n{}",
        rows.concat()
    )
}

#[test]
fn cqc_statements_limit_a_key_question() {
    let table: &[(&str, &[u32], &str)] = &[
        ("Requires improvement", &[1, 4, 4], ""),
        ("Good", &[1, 4, 4], "cqc-statement-cap"),
        ("Good", &[2, 4, 4], ""),
        ("Outstanding", &[2, 4, 4], "cqc-statement-cap"),
        ("Outstanding", &[3, 4, 4], ""),
        ("Good (68%)", &[3, 3, 2], "cqc-statement-sum"),
        ("Good (67%)", &[3, 3, 2], ""),
        ("Good (66%)", &[3, 3, 2], ""),
        ("Good (65%)", &[3, 3, 2], "cqc-statement-sum"),
    ];
    for (rating, scores, expected) in table {
        let text = statements(rating, scores);
        assert_eq!(
            raised(Some("cqc-saf"), &text).join(" "),
            *expected,
            "{text}"
        );
    }
}

#[test]
fn probation_points_make_the_whole() {
    let bands = [
        ("hmi-probation-2018", 30, [5, 15, 25]),
        ("hmi-probation-2021", 27, [4, 13, 22]),
        ("hmi-probation", 21, [3, 10, 17]),
        ("hmi-probation-youth", 36, [6, 18, 30]),
    ];
    for (framework, most, ends) in bands {
        for (grade, end) in FOUR_KEY.iter().zip(ends) {
            let next = FOUR_KEY.iter().skip_while(|known| *known != grade).nth(1);
            for (points, fits) in [
                (end - 1, grade),
                (end, grade),
                (end + 1, next.expect("a grade")),
            ] {
                for given in FOUR_KEY {
                    let text =
                        format!("Overall rating: {given}. It scored {points} out of {most}.");
                    let expected = if given == fits {
                        ""
                    } else {
                        "probation-points-overall?"
                    };
                    assert_eq!(raised(Some(framework), &text).join(" "), expected, "{text}");
                }
            }
        }
        let other = format!(
            "Overall rating: Outstanding. It scored 2 out of {}.",
            most - 1
        );
        assert!(raised(Some(framework), &other).is_empty(), "{other}");
    }
}

#[test]
fn probation_shares_bound_a_standard() {
    let table = [
        (44, "Requires improvement", true),
        (45, "Requires improvement", false),
        (50, "Requires improvement", false),
        (59, "Good", true),
        (60, "Good", false),
        (65, "Good", false),
        (74, "Outstanding", true),
        (75, "Outstanding", false),
        (80, "Outstanding", false),
        (90, "Inadequate", false),
    ];
    for (share, grade, breaks) in table {
        let text = format!(
            "Planning was sufficient in {share}% of cases. Planning: {grade}; Staffing: Good."
        );
        let expected = if breaks { "probation-share-rating" } else { "" };
        assert_eq!(
            raised(Some("hmi-probation"), &text).join(" "),
            expected,
            "{text}"
        );
    }
}

#[test]
fn ofsted_key_judgements_limit_the_whole() {
    let criteria = [
        "Overall effectiveness",
        "Quality of education",
        "Behaviour and attitudes",
        "Personal development",
        "Leadership and management",
    ];
    let table = [
        ("OOOOO", false),
        ("OOGOO", false),
        ("OOGGO", true),
        ("OGOOO", true),
        ("GGGGO", false),
        ("GGRGG", false),
        ("GGRRG", true),
        ("GRGGG", true),
        ("RRRRR", false),
        ("RGIGG", true),
        ("IGIGG", false),
        ("OOROO", true),
    ];
    check_grades(
        "ofsted-eif",
        &criteria,
        FOUR_KEY,
        "ofsted-overall-limit",
        &table,
    );
}

#[test]
fn schools_are_read_with_the_framework_of_their_day() {
    recognised(&[
        (
            "Ofsted. Inspected on 15 September 2024. Quality of education: Good.",
            "ofsted-eif",
        ),
        (
            "Ofsted. Inspected on 16 September 2024. Quality of education: Good. Pupils thrive.",
            "ofsted-schools-2024",
        ),
        (
            "Ofsted. Inspected on 9 November 2025. Pupils at the academy thrive. Overall effectiveness: Good.",
            "ofsted-schools-2024",
        ),
        (
            "Ofsted. Inspected on 10 November 2025. Inclusion: Expected standard.",
            "ofsted-report-cards",
        ),
        (
            "Ofsted. Inspected on 3 February 2025. A nursery. Overall effectiveness: Good. Ask the childminder.",
            "ofsted-eif",
        ),
        (
            "Ofsted. Published on 3 October 2024. Overall effectiveness: Good.",
            "ofsted-schools-2024",
        ),
        ("Ofsted has a view.", "general"),
        ("Pupils thrive. Quality of education: Good.", "general"),
    ]);
}

#[test]
fn other_bodies_are_told_by_their_words() {
    recognised(&[
        ("CQC inspected the surgery.", "cqc"),
        ("CQC inspected the nursing home in May 2022.", "cqc-care"),
        ("CQC scored each quality statement. May 2024.", "cqc-saf"),
        ("CQC scored each quality statement. May 2022.", "cqc"),
        (
            "HM Inspectorate of Probation: youth justice services, 4 May 2022",
            "hmi-probation-youth",
        ),
        (
            "HM Inspectorate of Probation: the PDU scored 3/27. Fieldwork in May 2022.",
            "hmi-probation-2021",
        ),
        (
            "HM Inspectorate of Probation: the PDU scored 3/21. Fieldwork in May 2024.",
            "hmi-probation",
        ),
        (
            "Ofsted visited the children's home on 4 May 2022.",
            "ofsted-social-care",
        ),
        (
            "Ofsted visited the children's services of a council on 4 May 2022. Care leavers do well.",
            "ofsted-ilacs",
        ),
        (
            "The Regulator of Social Housing graded the landlord.",
            "rsh",
        ),
        (
            "The Care Inspectorate visited. How good is our setting? 4 - Good",
            "care-inspectorate",
        ),
        ("Care Inspectorate Wales visited on 4 May 2025.", "ciw"),
        ("Estyn inspected in May 2019.", "estyn-2017"),
        ("Estyn inspected in May 2023.", "estyn-2022"),
        ("HIQA inspected in May 2023.", "hiqa"),
        ("HIW inspected in May 2023.", "hiw"),
        ("HMCPSI inspected the Area in May 2012.", "general"),
        ("HMCPSI inspected the Area in May 2022.", "hmcpsi-aip"),
        ("The café has a food hygiene rating of 5.", "food-hygiene"),
        ("ACECQA rates kindergartens.", "nqs"),
        ("My Aged Care shows star ratings.", "aged-care-stars"),
        (
            "The bank was examined under the Community Reinvestment Act.",
            "cra",
        ),
        ("A healthy prison? Ofsted and CQC joined us.", "hmi-prisons"),
        ("Nobody inspected anything.", "general"),
    ]);
}

#[test]
fn healthy_prison_tests() {
    check(
        "hmi-prisons",
        &[
            (
                "Safety: Good; Respect: Poor; Purposeful activity: Poor; Resettlement: Good.",
                "",
            ),
            (
                "Safety: Good; Respect: Poor; Purposeful activity: Poor.",
                "prison-test-missing",
            ),
            (
                "Safety: Good; Respect: Poor; Activities: Poor; Preparation for removal and release: Good.",
                "",
            ),
        ],
    );
}

#[test]
fn social_care_judgements_limit_the_whole() {
    let criteria = [
        "Overall experiences and progress",
        "Helped and protected",
        "Leaders and managers",
    ];
    let table = [
        ("IIG", false),
        ("RIG", true),
        ("RRG", false),
        ("RGI", false),
        ("GGI", true),
        ("GGR", false),
        ("RII", true),
        ("OGG", false),
    ];
    check_grades(
        "ofsted-social-care",
        &criteria,
        FOUR_KEY,
        "ofsted-care-limit",
        &table,
    );
}

#[test]
fn scottish_grades_have_a_number_and_a_word() {
    let words = [
        "Unsatisfactory",
        "Weak",
        "Adequate",
        "Good",
        "Very good",
        "Excellent",
    ];
    for (right, word) in (1..).zip(words) {
        for number in 1..=6 {
            let text = format!("How good is our setting? {number} - {word}");
            let expected = if number == right {
                ""
            } else {
                "scottish-grade-number!"
            };
            assert_eq!(
                raised(Some("care-inspectorate"), &text).join(" "),
                expected,
                "{text}"
            );
        }
    }
}

#[test]
fn words_belong_to_their_years() {
    let peel = "HMICFRS on the PEEL of a police force, inspected in";
    let fire = "HMICFRS on a fire and rescue service, inspected in";
    let adequate = "Effectiveness: Adequate; Efficiency: Good; Legitimacy: Good.";
    let raised_by = |text: String| {
        let mut raised = raised(None, &text);
        raised.retain(|id| id != "rating-off-scale");
        raised.join(" ")
    };
    assert_eq!(
        raised_by(format!("{peel} May 2018. {adequate}")),
        "peel-adequate!"
    );
    assert_eq!(
        raised_by(format!("{peel} December 2020. {adequate}")),
        "peel-adequate!"
    );
    assert_eq!(
        raised_by(format!("{peel} January 2021. {adequate}")),
        "peel-pillars"
    );
    let adequate = "Effectiveness: Adequate; Efficiency: Good; People: Good.";
    assert_eq!(
        raised_by(format!("{fire} December 2022. {adequate}")),
        "fire-adequate"
    );
    assert_eq!(raised_by(format!("{fire} January 2023. {adequate}")), "");
    let wales =
        "Standards: Good; Care, support and guidance: Good; Leadership and management: Good.";
    let estyn = |day| raised_by(format!("Estyn inspected the school on {day}. {wales}"));
    assert_eq!(estyn("31 December 2021"), "");
    assert_eq!(estyn("1 January 2022"), "estyn-no-judgements");
    let poor = "Well-being: Poor; Care and support: Good; Environment: Good.";
    let ciw = |day| raised_by(format!("Care Inspectorate Wales visited on {day}. {poor}"));
    assert_eq!(ciw("31 March 2025"), "");
    assert_eq!(ciw("1 April 2025"), "welsh-care-old-word");
}

#[test]
fn gradings_of_landlords() {
    let failing = "There are serious failings in the landlord delivering the outcomes.";
    for (grade, expected) in [
        ("C1", "housing-serious-failings"),
        ("C2", "housing-serious-failings"),
        ("C3", ""),
        ("C4", ""),
    ] {
        let text = format!("{failing} The landlord was graded {grade}.");
        assert_eq!(raised(Some("rsh"), &text).join(" "), expected, "{text}");
    }
}

/// The first row of the scheme's table whose total and highest score are both kept.
fn hygiene_rating(scores: [u32; 3]) -> u32 {
    let table = [
        (15, 5, 5),
        (20, 10, 4),
        (30, 10, 3),
        (40, 15, 2),
        (50, 20, 1),
    ];
    let fits = |(total, highest, _): &&(u32, u32, u32)| {
        scores.iter().sum::<u32>() <= *total && scores.iter().all(|score| score <= highest)
    };
    table.iter().find(fits).map_or(0, |(.., rating)| *rating)
}

#[test]
fn hygiene_scores_make_the_rating() {
    for (scores, rating) in [
        ([5, 5, 5], 5),
        ([10, 0, 0], 4),
        ([5, 5, 10], 4),
        ([10, 10, 5], 3),
        ([15, 0, 0], 2),
        ([0, 0, 20], 1),
        ([25, 0, 0], 0),
        ([0, 0, 30], 0),
        ([10, 10, 10], 3),
        ([15, 10, 10], 2),
        ([15, 15, 10], 2),
        ([15, 15, 20], 1),
        ([20, 15, 20], 0),
    ] {
        assert_eq!(hygiene_rating(scores), rating, "{scores:?}");
        for given in 0..=5 {
            let [hygiene, structure, management] = scores;
            let text = format!(
                "The cafe was rated {given}. It scored {hygiene} for hygiene, {structure} for structure and \
                 {management} for confidence in management."
            );
            let expected = if given == rating {
                ""
            } else {
                "hygiene-scores-rating!"
            };
            assert_eq!(
                raised(Some("food-hygiene"), &text).join(" "),
                expected,
                "{text}"
            );
        }
    }
}

#[test]
fn hygiene_scores_are_steps() {
    for (management, possible) in [(10, true), (15, false), (20, true), (25, false), (30, true)] {
        let text =
            format!("It scored 5 for hygiene, 5 for structure and {management} for management.");
        let expected = if possible {
            ""
        } else {
            "hygiene-score-impossible!"
        };
        assert_eq!(
            raised(Some("food-hygiene"), &text).join(" "),
            expected,
            "{text}"
        );
    }
}

/// A table of stars: a row for each part, the last for the whole.
fn stars(rows: &[(&str, u32)]) -> String {
    let row = |(part, stars): &(&str, u32)| {
        let plural = if *stars == 1 { "" } else { "s" };
        format!("| {part} | {stars} star{plural} |\n")
    };
    let rows: String = rows.iter().map(row).collect();
    format!("| Part | Stars |\n|---|---|\n{rows}")
}

#[track_caller]
fn check_stars(framework: &str, parts: &[&str], rule: &str, table: &[(&[u32], &[u32])]) {
    for (given, right) in table {
        for whole in 1..=5 {
            let mut rows: Vec<_> = parts.iter().copied().zip(given.iter().copied()).collect();
            rows.push(("Overall", whole));
            let raised = raised(Some(framework), &stars(&rows));
            let found = raised.iter().any(|id| id.trim_end_matches('!') == rule);
            assert_eq!(
                found,
                !right.contains(&whole),
                "{framework}: {rows:?}: {raised:?}"
            );
        }
    }
}

#[test]
fn stars_of_nursing_homes_start_from_the_inspection() {
    let parts = ["Health inspections", "Staffing", "Quality measures"];
    let both: &[(&[u32], &[u32])] = &[
        (&[3, 3, 3], &[3]),
        (&[3, 5, 3], &[4]),
        (&[3, 1, 3], &[2]),
        (&[3, 3, 5], &[4]),
        (&[3, 3, 1], &[2]),
        (&[5, 5, 5], &[5]),
        (&[5, 5, 1], &[4]),
        (&[1, 1, 1], &[1]),
        (&[1, 5, 5], &[2]),
        (&[1, 5, 3], &[2]),
        (&[2, 5, 5], &[4]),
    ];
    let (old, new) = ("cms-nursing-homes", "cms-nursing-homes-2022");
    for framework in [old, new] {
        check_stars(framework, &parts, "nursing-home-stars", both);
    }
    check_stars(
        old,
        &parts,
        "nursing-home-stars",
        &[(&[3, 4, 3], &[4]), (&[4, 4, 3], &[4])],
    );
    check_stars(
        new,
        &parts,
        "nursing-home-stars",
        &[(&[3, 4, 3], &[3]), (&[4, 4, 3], &[4])],
    );
    let named = "Medicare's Care Compare on a nursing home";
    recognised(&[
        (&format!("{named}, published on 26 July 2022."), old),
        (&format!("{named}, inspected on 27 July 2022."), new),
    ]);
}

#[test]
fn compliance_caps_the_stars_of_aged_care() {
    let parts = [
        "Residents' experience",
        "Compliance",
        "Staffing",
        "Quality measures",
    ];
    let capped: &[(&[u32], &[u32])] = &[
        (&[5, 1, 5, 5], &[1]),
        (&[5, 2, 5, 5], &[1, 2]),
        (&[5, 3, 5, 5], &[1, 2, 3, 4, 5]),
    ];
    check_stars("aged-care-stars", &parts, "aged-care-compliance", capped);
    let weighted: &[(&[u32], &[u32])] = &[
        (&[4, 4, 3, 5], &[3, 4]),
        (&[4, 4, 4, 4], &[4]),
        (&[5, 3, 3, 3], &[3, 4]),
        (&[5, 2, 5, 5], &[1, 2, 3, 4, 5]),
    ];
    check_stars("aged-care-stars", &parts, "aged-care-weights", weighted);
}

#[test]
fn points_make_letters() {
    for (points, grade) in [
        (0, 'A'),
        (13, 'A'),
        (14, 'B'),
        (27, 'B'),
        (28, 'C'),
        (90, 'C'),
    ] {
        for given in ['A', 'B', 'C'] {
            let text =
                format!("The diner had {points} violation points and received a Grade {given}.");
            let expected = if given == grade {
                ""
            } else {
                "restaurant-grade-points!"
            };
            assert_eq!(
                raised(Some("nyc-restaurants"), &text).join(" "),
                expected,
                "{text}"
            );
        }
    }
}

#[test]
fn quality_areas_limit_the_whole() {
    let criteria = [
        "Overall",
        "Quality Area 1",
        "Quality Area 2",
        "Quality Area 3",
        "Quality Area 4",
        "Quality Area 5",
        "Quality Area 6",
        "Quality Area 7",
    ];
    let grades = [
        "Significant improvement required",
        "Working Towards NQS",
        "Meeting NQS",
        "Exceeding NQS",
    ];
    let table = [
        ("EEMMMEEE", false),
        ("EEEEMEMM", false),
        ("EEEEEMMM", true),
        ("EMEEEMME", true),
        ("EEEMMEMM", true),
        ("MEEEEMMM", false),
        ("MMMMMMMW", true),
        ("WMMMMMMW", false),
        ("WMMMMMMS", true),
        ("SMMMMMMS", false),
    ];
    check_grades("nqs", &criteria, &grades, "quality-standard-limit", &table);
}

#[test]
fn tests_of_a_bank_make_the_composite() {
    let grades = [
        "Substantial noncompliance",
        "Needs to improve",
        "Low satisfactory",
        "High satisfactory",
        "Outstanding",
    ];
    let composites = [
        "Substantial noncompliance",
        "Needs to improve",
        "Satisfactory",
        "Outstanding",
    ];
    for (lending, investment, service, composite) in [
        (3, 4, 4, 3),
        (3, 3, 4, 2),
        (3, 3, 3, 2),
        (1, 4, 4, 1),
        (2, 0, 0, 1),
        (2, 2, 2, 2),
        (2, 2, 1, 1),
        (1, 1, 0, 0),
        (1, 1, 1, 1),
        (0, 4, 4, 0),
        (4, 4, 1, 2),
        (4, 2, 4, 3),
    ] {
        for given in composites {
            let text = format!(
                "| Test | Rating |\n|---|---|\n| Lending test | {} |\n| Investment test | {} |\n\
                 | Service test | {} |\n| Overall | {given} |\n",
                grades[lending], grades[investment], grades[service]
            );
            let found = raised(Some("cra"), &text)
                .iter()
                .any(|id| id == "cra-composite!");
            assert_eq!(found, given != composites[composite], "{text}");
        }
    }
}
