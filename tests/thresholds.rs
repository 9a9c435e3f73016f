//! The threshold schemes of the shipped frameworks over their whole input space: a rule is raised for exactly the combinations that
//! the scheme rules out, and is silent on edges that rounding leaves open. What a scheme says is written out here once more, apart
//! from the rules and the bands of the frameworks.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use assize::{
    document::Format,
    framework::Frameworks,
    lint,
    rules::{RuleSet, builtin},
    source::{SourceFile, Sources},
    span::SourceId,
};

static FRAMEWORKS: LazyLock<Frameworks> =
    LazyLock::new(|| Frameworks::builtin(&mut Sources::new()).expect("sound packs"));
static RULES: LazyLock<RuleSet> =
    LazyLock::new(|| builtin::load(&mut Sources::new(), &FRAMEWORKS).rules);

/// The messages of a rule for documents that are read with a framework, each by itself.
fn raised(framework: &str, rule: &str, texts: &[&str]) -> Vec<Vec<String>> {
    let mut sources = Sources::new();
    let documents: Vec<_> = texts
        .iter()
        .map(|text| {
            (
                sources.add(SourceFile::new("report.md", text)),
                Format::Markdown,
            )
        })
        .collect();
    let options = lint::Options {
        only: Some(BTreeSet::from([rule.to_owned()])),
        ..lint::Options::with(lint::Settings {
            framework: Some(framework.to_owned()),
            ..lint::Settings::default()
        })
    };
    let report = lint::check(&sources, &documents, &RULES, &FRAMEWORKS, &options);
    let mut by_source: BTreeMap<SourceId, Vec<String>> = BTreeMap::new();
    for found in report.diagnostics.iter().filter(|found| found.code == rule) {
        let label = found.labels.first().expect("a place");
        by_source
            .entry(label.source)
            .or_default()
            .push(found.message.clone());
    }
    let all = documents.iter();
    all.map(|(source, _)| by_source.remove(source).unwrap_or_default())
        .collect()
}

/// Checks documents: whether a rule is raised for just those that it should be raised for.
#[track_caller]
fn check(framework: &str, rule: &str, cases: impl IntoIterator<Item = (String, bool)>) {
    let cases: Vec<_> = cases.into_iter().collect();
    let texts: Vec<&str> = cases.iter().map(|(text, _)| text.as_str()).collect();
    let raised = raised(framework, rule, &texts);
    for ((text, breaks), messages) in cases.iter().zip(raised) {
        assert_eq!(!messages.is_empty(), *breaks, "{rule}: {text}");
    }
    assert!(cases.len() > 2, "{rule} is tried on something");
}

/// Checks documents that give every one of the four grades once: for which of them the rule is raised.
#[track_caller]
fn check_grades(framework: &str, rule: &str, cases: impl IntoIterator<Item = (String, [bool; 4])>) {
    let cases: Vec<_> = cases.into_iter().collect();
    let texts: Vec<&str> = cases.iter().map(|(text, _)| text.as_str()).collect();
    let raised = raised(framework, rule, &texts);
    for ((text, breaks), messages) in cases.iter().zip(raised) {
        let found = FOUR.map(|grade| {
            let rated = format!("is rated {grade}");
            messages.iter().any(|message| message.contains(&rated))
        });
        assert_eq!(found, *breaks, "{rule}: {text}: {messages:?}");
    }
}

/// Every list of so many digits below `base`.
fn lists(base: usize, length: u32) -> impl Iterator<Item = Vec<usize>> {
    (0..base.pow(length))
        .map(move |number| (0..length).map(|at| number / base.pow(at) % base).collect())
}

/// A table of ratings: a row for each criterion.
fn table(rows: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<str>)>) -> String {
    let rows = rows
        .into_iter()
        .map(|(criterion, grade)| format!("| {} | {} |\n", criterion.as_ref(), grade.as_ref()));
    format!(
        "| Criterion | Rating |\n|---|---|\n{}",
        rows.collect::<String>()
    )
}

/// A table of the parts, each with a grade, and of the whole.
fn rated(parts: &[&str], given: &[usize], whole: (&str, usize), grades: &[&str]) -> String {
    let parts = parts
        .iter()
        .zip(given)
        .map(|(part, grade)| (*part, grades[*grade]));
    table(parts.chain([(whole.0, grades[whole.1])]))
}

/// From the worst to the best.
const FOUR: [&str; 4] = ["Inadequate", "Requires improvement", "Good", "Outstanding"];
const INADEQUATE: usize = 0;
const IMPROVE: usize = 1;
const GOOD: usize = 2;
const OUTSTANDING: usize = 3;

/// How many grades are this one or worse.
fn at_most(given: &[usize], grade: usize) -> usize {
    given.iter().filter(|known| **known <= grade).count()
}

/// Every combination of grades of the parts and of the whole, which may have no better grade than `best` says.
fn capped(
    parts: &'static [&str],
    whole: &'static str,
    grades: &'static [&str],
    best: fn(&[usize]) -> usize,
) -> impl Iterator<Item = (String, bool)> {
    let length = u32::try_from(parts.len()).expect("a few parts");
    lists(grades.len(), length).flat_map(move |given| {
        let best = best(&given);
        (0..grades.len())
            .map(move |grade| (rated(parts, &given, (whole, grade), grades), grade > best))
    })
}

#[test]
fn all_food_hygiene_scores() {
    // Food Standards Agency, Food Law Practice Guidance: the total and the highest single score that each rating allows.
    let rows = [
        (15, 5, 5),
        (20, 10, 4),
        (30, 10, 3),
        (40, 15, 2),
        (50, 20, 1),
    ];
    let steps = [0, 5, 10, 15, 20, 25];
    let triples = steps.into_iter().flat_map(move |hygiene| {
        steps.into_iter().flat_map(move |structure| {
            [0, 5, 10, 20, 30].map(|management| [hygiene, structure, management])
        })
    });
    let triples: Vec<[u32; 3]> = triples.collect();
    assert_eq!(triples.len(), 180);
    let cases = triples.into_iter().flat_map(move |scores| {
        let [hygiene, structure, management] = scores;
        let fits = |(total, highest, _): &&(u32, u32, u32)| {
            scores.iter().sum::<u32>() <= *total && scores.iter().all(|score| score <= highest)
        };
        let rating = rows.iter().find(fits).map_or(0, |(.., rating)| *rating);
        (0..=5).map(move |given| {
            let text = format!(
                "The cafe was rated {given}. It scored {hygiene} for hygiene, {structure} for structure and {management} \
                 for confidence in management."
            );
            (text, given != rating)
        })
    });
    check("food-hygiene", "hygiene-scores-rating", cases);
}

#[test]
fn all_steps_of_food_hygiene_scores() {
    let steps = [0, 5, 10, 15, 20, 25];
    let cases = (0..=32).flat_map(|score| {
        let step = steps.contains(&score);
        let last = [0, 5, 10, 20, 30].contains(&score);
        [
            (
                format!("It scored {score} for hygiene, 5 for structure and 10 for management."),
                !step,
            ),
            (
                format!("It scored 5 for hygiene, {score} for structure and 10 for management."),
                !step,
            ),
            (
                format!("It scored 5 for hygiene, 5 for structure and {score} for management."),
                !last,
            ),
        ]
    });
    check("food-hygiene", "hygiene-score-impossible", cases);
}

const KEY_QUESTIONS: &[&str] = &["Safe", "Effective", "Caring", "Responsive", "Well-led"];

#[test]
fn all_combinations_of_key_questions() {
    // CQC, aggregation principles for services: two of five at a low grade pull the whole down to it; one below good keeps it
    // from being outstanding, which needs two of five.
    let best = |given: &[usize]| {
        if at_most(given, INADEQUATE) >= 2 {
            INADEQUATE
        } else if at_most(given, IMPROVE) >= 2 || at_most(given, INADEQUATE) == 1 {
            IMPROVE
        } else if at_most(given, IMPROVE) == 1 || given.len() - at_most(given, GOOD) < 2 {
            GOOD
        } else {
            OUTSTANDING
        }
    };
    check(
        "cqc-care",
        "cqc-overall-limit",
        capped(KEY_QUESTIONS, "Overall", &FOUR, best),
    );
}

/// Whether a number, in tenths, is printed with a value that may lie in a band of whole numbers, both ends included: with a decimal
/// it stands for half a tenth to either side.
fn touches(tenths: u32, (from, to): (u32, u32)) -> bool {
    tenths * 10 + 5 >= from * 100 && tenths * 10 <= to * 100 + 5
}

#[test]
fn every_percentage_against_the_bands_of_the_cqc() {
    let bands = [(25, 38), (39, 62), (63, 87), (88, 100)];
    let cases = (0..=1000).flat_map(|tenths: u32| {
        let fits: Vec<usize> = (0..4)
            .filter(|band| touches(tenths, bands[*band]))
            .collect();
        let breaks = [0, 1, 2, 3].map(|given| matches!(fits.as_slice(), [band] if *band != given));
        let text = |score: &str| {
            let questions = KEY_QUESTIONS.iter().zip(FOUR);
            let rated: Vec<_> = questions
                .map(|(question, grade)| format!("{question}: {grade} ({score}%)"))
                .collect();
            format!("{}.", rated.join("; "))
        };
        let decimal = (text(&format!("{}.{}", tenths / 10, tenths % 10)), breaks);
        let whole = tenths
            .is_multiple_of(10)
            .then(|| (text(&(tenths / 10).to_string()), breaks));
        std::iter::once(decimal).chain(whole)
    });
    check_grades("cqc-saf", "rating-score-band", cases);
}

#[test]
fn all_scores_of_three_statements() {
    let parts = ["First statement", "Second statement", "Third statement"];
    let text = |grade: &str, scores: &[usize]| {
        let rows = parts
            .iter()
            .zip(scores)
            .map(|(part, score)| format!("| {part} | {} |\n", score + 1));
        format!(
            "# Elm Lodge\n\nSafe: {grade}; Caring: Good.\n\n## Safe\n\n| Statement | Score |\n|---|---|\n{}",
            rows.collect::<String>()
        )
    };
    // CQC: any statement with 1 keeps a key question from good, any with 2 from outstanding.
    let cases = lists(4, 3).flat_map(|scores| {
        let lowest = scores.iter().min().copied().unwrap_or_default();
        let best = [IMPROVE, GOOD, OUTSTANDING, OUTSTANDING][lowest];
        (0..4).map(move |grade| (text(FOUR[grade], &scores), grade > best))
    });
    check("cqc-saf", "cqc-statement-cap", cases);
    // The percentage is that of the points out of four for each statement, to a whole number however it is rounded.
    let cases = lists(4, 3).flat_map(|scores| {
        let points: usize = scores.iter().map(|score| score + 1).sum();
        (25..=100_usize).map(move |percent| {
            let apart = (percent * 12).abs_diff(points * 100);
            (text(&format!("Good ({percent}%)"), &scores), apart > 12)
        })
    });
    check("cqc-saf", "cqc-statement-sum", cases);
}

#[test]
fn every_points_total_of_probation() {
    let bands = [
        ("hmi-probation-2018", 30, [5, 15, 25]),
        ("hmi-probation-2021", 27, [4, 13, 22]),
        ("hmi-probation", 21, [3, 10, 17]),
        ("hmi-probation-youth", 36, [6, 18, 30]),
    ];
    for (framework, most, ends) in bands {
        let cases = (0..=most).flat_map(|points| {
            let right = ends.iter().filter(|end| points > **end).count();
            (0..4).map(move |given| {
                let text = format!(
                    "Overall rating: {}. It scored {points} out of {most}.",
                    FOUR[given]
                );
                (text, given != right)
            })
        });
        check(framework, "probation-points-overall", cases);
    }
}

#[test]
fn every_sum_of_the_standards_of_probation() {
    let standards = [
        "Leadership",
        "Staffing",
        "Services",
        "Assessment",
        "Planning",
        "Implementation and delivery",
        "Reviewing",
    ];
    // Each way to deal out the grades, whatever their order.
    let ways = lists(4, 7).filter(|given| given.is_sorted());
    let cases = ways.flat_map(move |given| {
        let sum: usize = given.iter().sum();
        (0..=21).map(move |points| {
            let rows = standards
                .iter()
                .zip(&given)
                .map(|(standard, grade)| (*standard, FOUR[*grade]));
            (
                format!("{}\nIt scored {points} out of 21.\n", table(rows)),
                points != sum,
            )
        })
    });
    check("hmi-probation", "probation-points-sum", cases);
}

#[test]
fn every_share_of_sufficient_cases() {
    // The bands are of whole per cents, and an inspector may go up by what is within five points of the next one.
    let casework = [
        "Assessment",
        "Planning",
        "Implementation and delivery",
        "Reviewing",
    ];
    let cases = (0..=1000).map(|tenths: u32| {
        let raised = tenths + 50;
        let best = [500, 650, 800]
            .iter()
            .filter(|from| raised >= **from)
            .count();
        let open = [490, 640, 790]
            .iter()
            .any(|to| raised > *to && raised < to + 10);
        let share = format!("{}.{}", tenths / 10, tenths % 10);
        let told = casework
            .map(|work| format!("{work} was sufficient in {share}% of cases."))
            .join(" ");
        let rated = casework
            .iter()
            .zip(FOUR)
            .map(|(work, grade)| format!("{work}: {grade}"));
        let rated: Vec<_> = rated.collect();
        (
            format!("{told} {}.", rated.join("; ")),
            [0, 1, 2, 3].map(|given| given > best && !open),
        )
    });
    check_grades("hmi-probation", "probation-share-rating", cases);
}

#[test]
fn all_stars_of_nursing_homes() {
    // CMS, Five-Star Quality Rating System: Technical Users' Guide, of before and after July 2022.
    fn stars(inspection: i32, staffing: i32, quality: i32, since_2022: bool) -> i32 {
        let better = if since_2022 {
            staffing == 5
        } else {
            staffing >= 4 && staffing > inspection
        };
        let staffed = (inspection + i32::from(better) - i32::from(staffing == 1)).clamp(1, 5);
        let adjusted = (staffed + i32::from(quality == 5) - i32::from(quality == 1)).clamp(1, 5);
        if inspection == 1 {
            adjusted.min(2)
        } else {
            adjusted
        }
    }
    let stars_of = |number: i32| format!("{number} star{}", if number == 1 { "" } else { "s" });
    for (framework, since_2022) in [
        ("cms-nursing-homes", false),
        ("cms-nursing-homes-2022", true),
    ] {
        let cases = lists(5, 4).map(|given| {
            let [inspection, staffing, quality, whole] =
                [0, 1, 2, 3].map(|at| i32::try_from(given[at]).expect("stars") + 1);
            let text = table([
                ("Health inspections", stars_of(inspection)),
                ("Staffing", stars_of(staffing)),
                ("Quality measures", stars_of(quality)),
                ("Overall", stars_of(whole)),
            ]);
            (
                text,
                whole != stars(inspection, staffing, quality, since_2022),
            )
        });
        check(framework, "nursing-home-stars", cases);
    }
}

#[test]
fn all_stars_of_aged_care() {
    const PARTS: &[&str] = &[
        "Residents' experience",
        "Compliance",
        "Staffing",
        "Quality measures",
    ];
    const STARS: &[&str] = &["1 star", "2 stars", "3 stars", "4 stars", "5 stars"];
    let caps = |given: &[usize]| if given[1] <= 1 { given[1] } else { 4 };
    check(
        "aged-care-stars",
        "aged-care-compliance",
        capped(PARTS, "Overall", STARS, caps),
    );
    // Weights of the parts in per cent; a whole star away is too far, whichever way the cut-offs of the scheme round.
    let cases = lists(5, 5).map(|given| {
        let weighted: usize = given
            .iter()
            .zip([33, 30, 22, 15])
            .map(|(stars, weight)| (stars + 1) * weight)
            .sum();
        let apart = ((given[4] + 1) * 100).abs_diff(weighted);
        (
            rated(PARTS, &given[..4], ("Overall", given[4]), STARS),
            given[1] > 1 && apart >= 100,
        )
    });
    check("aged-care-stars", "aged-care-weights", cases);
}

#[test]
fn quality_areas_in_every_pattern() {
    const AREAS: [&str; 7] = [
        "Quality Area 1",
        "Quality Area 2",
        "Quality Area 3",
        "Quality Area 4",
        "Quality Area 5",
        "Quality Area 6",
        "Quality Area 7",
    ];
    const GRADES: [&str; 4] = [
        "Significant improvement required",
        "Working Towards NQS",
        "Meeting NQS",
        "Exceeding NQS",
    ];
    // ACECQA: exceeding needs four areas of seven, two of them among areas 1, 5, 6 and 7; the lowest area below meeting is the whole.
    let best = |given: &[usize]| {
        let lowest = given.iter().min().copied().unwrap_or_default();
        let exceeding = given.iter().filter(|grade| **grade == 3).count();
        let leading = [0, 4, 5, 6]
            .iter()
            .filter(|area| given[**area] == 3)
            .count();
        if lowest < 2 {
            lowest
        } else if exceeding >= 4 && leading >= 2 {
            3
        } else {
            2
        }
    };
    // Of those with an area at the lowest grade, the ones with one area: the whole has that grade whatever the others have.
    let above =
        lists(3, 7).map(|given| given.into_iter().map(|grade| grade + 1).collect::<Vec<_>>());
    let lowest = (0..7).flat_map(|area| {
        (1..=3).map(move |others| {
            let mut given = vec![others; 7];
            given[area] = 0;
            given
        })
    });
    let cases = above.chain(lowest).flat_map(|given| {
        let best = best(&given);
        (0..4).map(move |grade| {
            (
                rated(&AREAS, &given, ("Overall", grade), &GRADES),
                grade > best,
            )
        })
    });
    check("nqs", "quality-standard-limit", cases);
}

#[test]
fn every_number_of_violation_points() {
    let cases = (0..=140).flat_map(|points: u32| {
        let right = if points <= 13 {
            'A'
        } else if points <= 27 {
            'B'
        } else {
            'C'
        };
        ['A', 'B', 'C'].map(|given| {
            let text =
                format!("The diner had {points} violation points and received a Grade {given}.");
            (text, given != right)
        })
    });
    check("nyc-restaurants", "restaurant-grade-points", cases);
}

#[test]
fn all_tests_of_a_bank() {
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
    // 12 CFR 228, Appendix A and the agencies' Q&A: points of each test, at most three times those of lending.
    let cases = lists(5, 3).flat_map(move |given| {
        let lending = [0, 3, 6, 9, 12][given[0]];
        let others: usize = given[1..].iter().map(|grade| [0, 1, 3, 4, 6][*grade]).sum();
        let total = (lending + others).min(3 * lending);
        let right = [5, 11, 20].iter().filter(|from| total >= **from).count();
        (0..4).map(move |whole| {
            let rows = ["Lending test", "Investment test", "Service test"]
                .into_iter()
                .zip(given.iter().map(|grade| grades[*grade]));
            (
                table(rows.chain([("Overall", composites[whole])])),
                whole != right,
            )
        })
    });
    check("cra", "cra-composite", cases);
}

#[test]
fn all_key_judgements_of_schools() {
    const JUDGEMENTS: &[&str] = &[
        "Quality of education",
        "Behaviour and attitudes",
        "Personal development",
        "Leadership and management",
    ];
    // Ofsted, School inspection handbook: how overall effectiveness is usually drawn from the key judgements.
    let best = |given: &[usize]| {
        let education = given[0];
        if at_most(given, INADEQUATE) > 0 {
            INADEQUATE
        } else if education == IMPROVE || at_most(given, IMPROVE) >= 2 {
            IMPROVE
        } else if education == GOOD || at_most(given, IMPROVE) == 1 || at_most(given, GOOD) >= 2 {
            GOOD
        } else {
            OUTSTANDING
        }
    };
    check(
        "ofsted-eif",
        "ofsted-overall-limit",
        capped(JUDGEMENTS, "Overall effectiveness", &FOUR, best),
    );
}

#[test]
fn all_judgements_of_childrens_homes() {
    const JUDGEMENTS: &[&str] = &[
        "How well children and young people are helped and protected",
        "The effectiveness of leaders and managers",
    ];
    // Ofsted, social care common inspection framework: protection is limiting, leadership limits to requires improvement.
    let best = |given: &[usize]| match given {
        [INADEQUATE, _] => INADEQUATE,
        [_, INADEQUATE] => IMPROVE,
        _ => OUTSTANDING,
    };
    let whole = "Overall experiences and progress of children and young people";
    check(
        "ofsted-social-care",
        "ofsted-care-limit",
        capped(JUDGEMENTS, whole, &FOUR, best),
    );
}

#[test]
fn all_aspects_of_teaching() {
    const ASPECTS: [&str; 2] = ["Student experience", "Student outcomes"];
    const GRADES: [&str; 4] = ["Requires improvement", "Bronze", "Silver", "Gold"];
    let cases = lists(4, 3).map(|given| {
        let (low, high) = (given[0].min(given[1]), given[0].max(given[1]));
        let text = rated(&ASPECTS, &given[..2], ("Overall", given[2]), &GRADES);
        (text, given[2] < low || given[2] > high)
    });
    check("tef-2023", "teaching-overall", cases);
}
