//! Honest figures: true values, rounded and worded as reports print them, raise no error and no warning; the same sentences with
//! one figure far off are raised, so that the silence is not that of sentences which nobody reads.

use std::sync::LazyLock;

use assize::{
    diagnostic::Severity,
    document::Format,
    framework::Frameworks,
    lint::{self, Options},
    rules::{RuleSet, builtin},
    source::{SourceFile, Sources},
};

static FRAMEWORKS: LazyLock<Frameworks> =
    LazyLock::new(|| Frameworks::builtin(&mut Sources::new()).expect("sound packs"));
static RULES: LazyLock<RuleSet> =
    LazyLock::new(|| builtin::load(&mut Sources::new(), &FRAMEWORKS).rules);

/// How many sentences of each kind are checked.
const EACH: usize = 1_000;

/// How many sentences with a figure far off.
const OFF: usize = 100;

/// Sentences in one document: each about something of its own, so that they do not bear on one another.
const IN_ONE: usize = 25;

/// Draws numbers, the same ones in every run (xorshift).
struct Draw(u64);

impl Draw {
    fn bits(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number from `least` to `most`, both included.
    fn within(&mut self, least: i64, most: i64) -> i64 {
        let span = u64::try_from(most - least).expect("a range") + 1;
        least + i64::try_from(self.bits() % span).expect("a small number")
    }

    fn one_of<T: Copy>(&mut self, choice: &[T]) -> T {
        let last = i64::try_from(choice.len()).expect("a short list") - 1;
        choice[usize::try_from(self.within(0, last)).expect("an index")]
    }

    /// `numerator / denominator` printed with so many decimals; a half goes up, down or to the even digit.
    fn rounded(&mut self, numerator: i64, denominator: i64, decimals: u32) -> String {
        let scaled = i128::from(numerator) * 10_i128.pow(decimals);
        let (least, rest) = (
            scaled.div_euclid(denominator.into()),
            scaled.rem_euclid(denominator.into()),
        );
        let up = match (rest * 2).cmp(&denominator.into()) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Equal => self.one_of(&[true, false, least % 2 != 0]),
        };
        let units = least + i128::from(up);
        let one = 10_i128.pow(decimals);
        let (whole, part) = (units.abs() / one, units.abs() % one);
        let sign = if units < 0 { "-" } else { "" };
        if decimals == 0 {
            return format!("{sign}{}", grouped(whole));
        }
        let width = decimals as usize;
        format!("{sign}{}.{part:0width$}", grouped(whole))
    }

    /// A count as printed: in words where it is small, sometimes.
    fn count(&mut self, count: i64) -> String {
        const WORDS: [&str; 12] = [
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve",
        ];
        let word = usize::try_from(count - 1).ok().and_then(|at| WORDS.get(at));
        match word {
            Some(word) if self.within(0, 1) == 0 => (*word).to_owned(),
            _ => grouped(count.into()),
        }
    }
}

/// Digits in groups of three.
fn grouped(number: i128) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Makes a sentence on a thing of this name: true and honestly rounded, or with one figure far off.
type Kind = fn(&mut Draw, &str, bool) -> String;

/// What the rules raise for sentences of a kind, true ones or such with a figure far off, by sentence.
fn raised(kind: Kind, off: bool) -> Vec<(String, Vec<String>)> {
    let mut draw = Draw(0x5eed_cafe_f00d_0001);
    let mut sources = Sources::new();
    let mut documents = Vec::new();
    let mut sentences = Vec::new();
    let wanted = if off { OFF } else { EACH };
    while sentences.len() < wanted {
        let of_one: Vec<String> = (0..IN_ONE)
            .map(|at| kind(&mut draw, NAMES[at], off))
            .collect();
        let text = of_one.join("\n\n");
        let source = sources.add(SourceFile::new(&format!("{}.md", sentences.len()), &text));
        documents.push((source, Format::Markdown));
        let mut start = 0;
        for sentence in of_one {
            let end = start + sentence.len();
            sentences.push((source, start..end, sentence));
            start = end + 2;
        }
    }
    let report = lint::check(
        &sources,
        &documents,
        &RULES,
        &FRAMEWORKS,
        &Options::default(),
    );
    let found = |source, range: &std::ops::Range<usize>| {
        let here = report.diagnostics.iter().filter(|found| {
            found.severity != Severity::Note
                && found
                    .labels
                    .iter()
                    .any(|label| label.source == source && range.contains(&label.span.start))
        });
        here.map(|found| format!("{}: {}", found.code, found.message))
            .collect()
    };
    let all = sentences.iter();
    all.map(|(source, range, sentence)| (sentence.clone(), found(*source, range)))
        .collect()
}

/// Things that sentences of one document are about.
const NAMES: [&str; IN_ONE] = [
    "housing",
    "parking",
    "library",
    "school",
    "museum",
    "garden",
    "harbour",
    "forest",
    "transport",
    "licensing",
    "planning",
    "heating",
    "cleaning",
    "catering",
    "nursing",
    "dental",
    "probate",
    "customs",
    "postal",
    "railway",
    "lighting",
    "drainage",
    "allotment",
    "cemetery",
    "nursery",
];

/// Checks a kind: all true sentences are silent, and of those with a figure far off so many in a hundred are raised.
#[track_caller]
fn honest(kind: Kind, seen: usize) {
    for (sentence, problems) in raised(kind, false) {
        assert!(problems.is_empty(), "{sentence}\n{problems:?}");
    }
    let off = raised(kind, true);
    let silent: Vec<_> = off
        .iter()
        .filter(|(_, problems)| problems.is_empty())
        .collect();
    assert!(
        (OFF - silent.len()) * 100 >= seen * OFF,
        "{} of {OFF} raise nothing: {:?}",
        silent.len(),
        silent
            .iter()
            .take(5)
            .map(|(sentence, _)| sentence)
            .collect::<Vec<_>>()
    );
}

#[test]
fn shares_of_a_whole() {
    honest(
        |draw, name, off| {
            let whole = draw.within(7, 600);
            let part = draw.within(1, whole);
            let decimals = draw.one_of(&[0, 0, 1, 2]);
            let given = if off {
                (part * 3 / 5 + whole / 5) % whole
            } else {
                part
            };
            let share = draw.rounded(given * 100, whole, decimals);
            let (part, whole) = (draw.count(part), draw.count(whole));
            match draw.within(0, 3) {
                0 => format!("Of the {whole} {name} files, {part} ({share}%) had a plan."),
                1 => format!("A plan was found in {part} of the {whole} {name} files ({share}%)."),
                2 => {
                    format!("A plan was found in {share}% ({part} of {whole}) of the {name} files.")
                }
                _ => format!(
                    "Inspectors read {whole} {name} files, and {part} of them ({share}%) had a plan."
                ),
            }
        },
        85,
    );
}

#[test]
fn shares_of_a_sample() {
    honest(
        |draw, name, off| {
            let whole = draw.within(5, 90);
            let part = draw.within(1, whole);
            let decimals = draw.one_of(&[0, 1]);
            if off {
                // No number of cases out of nine gives a share that ends in five.
                return format!(
                    "A plan was found in {}% of the nine {name} files.",
                    draw.one_of(&[15, 25, 35, 65, 75, 85])
                );
            }
            let share = draw.rounded(part * 100, whole, decimals);
            format!("A plan was found in {share}% of the {whole} {name} files.")
        },
        90,
    );
}

/// A level in hundredths of a per cent, another one above or below it, and the words for the way.
fn levels(draw: &mut Draw) -> (i64, i64, &'static str, &'static str) {
    let (low, gap) = (draw.within(300, 7000), draw.within(60, 2500));
    if draw.within(0, 1) == 0 {
        (low, low + gap, "rose", "an increase")
    } else {
        (low + gap, low, "fell", "a fall")
    }
}

#[test]
fn changes_in_points() {
    honest(
        |draw, name, off| {
            let (from, to, verb, noun) = levels(draw);
            let (levels, gap) = draw.one_of(&[(0, 0), (1, 0), (1, 1), (2, 1), (0, 1)]);
            let by = (to - from).abs() + if off { 1500 } else { 0 };
            let [from, to] = [from, to].map(|level| draw.rounded(level, 100, levels));
            let by = draw.rounded(by, 100, gap);
            format!(
                "The share of {name} cases {verb} from {from}% to {to}%, {noun} of {by} percentage points."
            )
        },
        95,
    );
}

#[test]
fn changes_of_counts_in_per_cent() {
    honest(
        |draw, name, off| {
            let from = draw.within(40, 90_000);
            let to = from * draw.within(35, 190) / 100 + draw.within(1, 9);
            let (verb, noun) = if to > from {
                ("rose", "an increase")
            } else {
                ("fell", "a fall")
            };
            if to == from {
                return String::new();
            }
            let decimals = draw.one_of(&[0, 0, 1]);
            let by = (to - from).abs() * 100 + if off { from * 40 } else { 0 };
            let by = draw.rounded(by, from, decimals);
            let [from, to] = [from, to].map(|count| grouped(count.into()));
            match draw.within(0, 2) {
                0 => format!(
                    "The number of {name} visits {verb} from {from} in 2021 to {to} in 2022, {noun} of {by}%."
                ),
                1 => format!("The number of {name} visits {verb} by {by}%, from {from} to {to}."),
                _ => format!(
                    "The number of {name} visits {verb} from {from} to {to}, {noun} of {by} per cent."
                ),
            }
        },
        90,
    );
}

#[test]
fn changes_of_money_in_per_cent() {
    honest(
        |draw, name, off| {
            let from = draw.within(1_050, 98_000);
            let to = from * draw.within(40, 180) / 100 + 51;
            let (verb, noun) = if to > from {
                ("rose", "a rise")
            } else {
                ("fell", "a fall")
            };
            let by = (to - from).abs() * 100 + if off { from * 45 } else { 0 };
            let by = draw.rounded(by, from, 0);
            let [from, to] = [from, to].map(|sum| draw.rounded(sum, 1000, 1));
            format!(
                "Spending on {name} work {verb} from £{from} million to £{to} million, {noun} of {by}%."
            )
        },
        85,
    );
}

#[test]
fn multiples() {
    honest(
        |draw, name, off| {
            let from = draw.within(40, 4000);
            let (words, least, most) = draw.one_of(&[
                ("doubled", 195, 205),
                ("more than doubled", 205, 290),
                ("trebled", 295, 305),
                ("halved", 48, 52),
                ("almost doubled", 186, 197),
            ]);
            let to = from * draw.within(least, most) / 100;
            let to = if off { from + from / 4 } else { to };
            format!(
                "The number of {name} visits {words} from {} in 2021 to {} in 2022.",
                grouped(from.into()),
                grouped(to.into())
            )
        },
        75,
    );
}

#[test]
fn counts_that_make_a_total() {
    honest(
        |draw, name, off| {
            let parts: Vec<i64> = (0..draw.within(2, 4))
                .map(|_| draw.within(2, 900))
                .collect();
            let total: i64 = parts.iter().sum::<i64>() + if off { 7 } else { 0 };
            let kinds = ["in homes", "in schools", "in clinics", "in shops"];
            let listed: Vec<String> = parts
                .iter()
                .zip(kinds)
                .map(|(part, kind)| format!("{} {kind}", grouped((*part).into())))
                .collect();
            let (last, others) = listed.split_last().expect("two parts");
            format!(
                "There were {} {name} visits: {} and {last}.",
                grouped(total.into()),
                others.join(", ")
            )
        },
        70,
    );
}

#[test]
fn money_that_makes_a_total() {
    honest(
        |draw, name, off| {
            let parts: Vec<i64> = (0..draw.within(2, 4))
                .map(|_| draw.within(400, 9000))
                .collect();
            let total: i64 = parts.iter().sum::<i64>() + if off { 1400 } else { 0 };
            let kinds = ["for staff", "for buildings", "for training", "for repairs"];
            let listed: Vec<String> = parts
                .iter()
                .zip(kinds)
                .map(|(part, kind)| format!("£{} million {kind}", draw.rounded(*part, 1000, 1)))
                .collect();
            let (last, others) = listed.split_last().expect("two parts");
            let total = draw.rounded(total, 1000, 1);
            format!(
                "The {name} plan costs £{total} million: {} and {last}.",
                others.join(", ")
            )
        },
        50,
    );
}

#[test]
fn columns_that_make_a_total() {
    honest(
        |draw, name, off| {
            let parts: Vec<i64> = (0..draw.within(3, 6))
                .map(|_| draw.within(50, 9000))
                .collect();
            let total: i64 = parts.iter().sum::<i64>() + if off { 3000 } else { 0 };
            let decimals = draw.one_of(&[1, 2]);
            let rows: Vec<String> = parts
                .iter()
                .zip(["North", "South", "East", "West", "Centre", "Coast"])
                .map(|(part, row)| {
                    format!("| {row} | £{}m |\n", draw.rounded(*part, 1000, decimals))
                })
                .collect();
            let total = draw.rounded(total, 1000, decimals);
            format!(
                "| Region | {name} |\n|---|---|\n{}| Total | £{total}m |",
                rows.concat()
            )
        },
        95,
    );
}

#[test]
fn shares_that_make_a_whole() {
    honest(
        |draw, name, off| {
            let parts: Vec<i64> = (0..3).map(|_| draw.within(3, 400)).collect();
            let whole: i64 = parts.iter().sum();
            let decimals = draw.one_of(&[0, 1]);
            let extra = if off { whole / 4 } else { 0 };
            let shares: Vec<String> = parts
                .iter()
                .map(|part| draw.rounded((part + extra) * 100, whole, decimals))
                .collect();
            let [good, fair, poor] = shares.as_slice() else {
                return String::new();
            };
            format!(
                "| {name} files | Share |\n|---|---|\n| Good | {good}% |\n| Fair | {fair}% |\n| Poor | {poor}% |\n| Total | 100% |"
            )
        },
        90,
    );
}

#[test]
fn gaps_to_a_reference() {
    honest(
        |draw, name, off| {
            let (value, reference, ..) = levels(draw);
            let side = if value > reference { "above" } else { "below" };
            let (decimals, gap) = draw.one_of(&[(0, 0), (1, 0), (1, 1)]);
            let by = (value - reference).abs() + if off { 1500 } else { 0 };
            let [value, reference] =
                [value, reference].map(|level| draw.rounded(level, 100, decimals));
            let by = draw.rounded(by, 100, gap);
            format!(
                "The share of {name} cases was {value}%, {by} percentage points {side} the national average of {reference}%."
            )
        },
        90,
    );
}

#[test]
fn sides_of_a_reference() {
    honest(
        |draw, name, off| {
            let (value, reference, ..) = levels(draw);
            let side = if (value > reference) == off {
                "below"
            } else {
                "above"
            };
            let decimals = draw.one_of(&[0, 1]);
            let [value, reference] =
                [value, reference].map(|level| draw.rounded(level, 100, decimals));
            format!(
                "The share of {name} cases was {value}%, {side} the national average of {reference}%."
            )
        },
        85,
    );
}

#[test]
fn averages_within_their_range() {
    honest(
        |draw, name, off| {
            let scores: Vec<i64> = (0..draw.within(3, 20))
                .map(|_| draw.within(10, 95))
                .collect();
            let (least, most) = (
                scores.iter().min().expect("a score"),
                scores.iter().max().expect("a score"),
            );
            let number = i64::try_from(scores.len()).expect("a few scores");
            let sum = scores.iter().sum::<i64>() + if off { number * 90 } else { 0 };
            let mean = draw.rounded(sum, number, 1);
            format!("The {name} scores ranged from {least} to {most}, averaging {mean}.")
        },
        60,
    );
}

#[test]
fn fractions_in_words() {
    honest(
        |draw, name, off| {
            let (words, share) = draw.one_of(&[
                ("Half", 500),
                ("A third", 333),
                ("Two thirds", 667),
                ("A quarter", 250),
                ("Three quarters", 750),
                ("A fifth", 200),
            ]);
            let share = share + draw.within(-20, 20) + if off { 150 } else { 0 };
            let decimals = draw.one_of(&[0, 1]);
            format!(
                "{words} of the {name} files ({}%) had a plan.",
                draw.rounded(share, 10, decimals)
            )
        },
        60,
    );
}

#[test]
fn hedged_and_exact() {
    honest(
        |draw, name, off| {
            let tens = draw.within(4, 40) * 10;
            let (hedge, least, most) = draw.one_of(&[
                ("over", 1, 9),
                ("nearly", -4, -1),
                ("about", -4, 4),
                ("at least", 0, 9),
                ("up to", -9, 0),
            ]);
            let exact = tens + draw.within(least, most);
            let exact = match (off, hedge) {
                (false, _) => exact,
                (true, "over" | "at least" | "about") => tens / 2,
                (true, _) => tens * 2,
            };
            format!(
                "The {name} service has {hedge} {tens} support workers.\n\nAt the {name} service there are {exact} {name} support workers.\n\nThere are {hedge} {tens} {name} support workers."
            )
        },
        60,
    );
}

#[test]
fn one_measure_with_two_precisions() {
    honest(
        |draw, name, off| {
            let share = draw.within(300, 9600);
            let (fine, coarse) = draw.one_of(&[(1, 0), (2, 1), (2, 0)]);
            let other = if off {
                (share + 2700) % 9600 + 100
            } else {
                share
            };
            let (fine, coarse) = (
                draw.rounded(share, 100, fine),
                draw.rounded(other, 100, coarse),
            );
            format!(
                "The {name} attendance rate was {fine}% in 2023.\n\nThe {name} attendance rate was {coarse}% in 2023."
            )
        },
        90,
    );
}
