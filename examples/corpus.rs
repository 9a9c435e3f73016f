//! Writes a folder of made-up inspection reports, to time Assize on: `cargo run --release --example corpus -- FOLDER [COUNT]`.
//!
//! No two are alike. Every fifth document is the press release of the report before it, so that the two are checked together, and
//! every tenth contradicts itself. The same count gives the same bytes.

use std::{
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

const BEFORE: [&str; 20] = [
    "Port", "Upper", "Nether", "Great", "Little", "East", "West", "Old", "New", "Long", "Kings",
    "Abbots", "Market", "Castle", "Saint", "High", "Low", "Bishops", "Stoke", "Temple",
];
const STEMS: [&str; 25] = [
    "Ansel", "Harrow", "Fen", "Sallow", "Maple", "Ash", "Thorn", "Wick", "Brier", "Hazel", "Oak",
    "Elm", "Linden", "Rowan", "Alder", "Birch", "Heron", "Crane", "Plover", "Finch", "Marten",
    "Otter", "Hart", "Roe", "Wolds",
];
const ENDINGS: [&str; 20] = [
    "ford", "mere", "ham", "ton", "by", "wick", "dale", "field", "bourne", "combe", "stead",
    "hurst", "well", "gate", "cote", "ley", "worth", "bridge", "minster", "moor",
];
const AREAS: [&str; 5] = [
    "leadership",
    "casework",
    "training",
    "victim care",
    "records",
];
/// Documents in a folder.
const FOLDER: usize = 100;
/// Paragraphs of a report, some 20 kB.
const PARAGRAPHS: usize = 110;

fn main() -> io::Result<()> {
    let mut arguments = env::args_os().skip(1);
    let Some(folder) = arguments.next().map(PathBuf::from) else {
        return Err(io::Error::other(
            "name a folder to write to, and how many documents",
        ));
    };
    let count = arguments
        .next()
        .and_then(|count| count.to_str()?.parse().ok());
    for number in 0..count.unwrap_or(10_000) {
        write(&folder, number)?;
    }
    Ok(())
}

fn write(folder: &Path, number: usize) -> io::Result<()> {
    let folder = folder.join(format!("{:03}", number / FOLDER));
    fs::create_dir_all(&folder)?;
    let is_release = number % 5 == 4;
    let body = body(if is_release { number - 1 } else { number });
    let text = if is_release {
        release(&body, number)
    } else {
        report(&body, number)
    };
    fs::write(folder.join(format!("{number:05}.md")), text)
}

/// The name of the body that a report is about; no other has it.
fn body(number: usize) -> String {
    let pick =
        |from: &[&'static str], at: usize| from.get(at % from.len()).copied().unwrap_or_default();
    let (before, stem) = (pick(&BEFORE, number), pick(&STEMS, number / BEFORE.len()));
    let ending = pick(&ENDINGS, number / BEFORE.len() / STEMS.len());
    format!("{before} {stem}{ending} Council")
}

/// The share that a document states, and by how much it rose.
const fn share(number: usize) -> (usize, usize) {
    (20 + number % 40, 3 + number % 7)
}

fn report(body: &str, number: usize) -> String {
    let mut text =
        format!("# Inspection report on the services of {body}\n\nPublished 3 May 2024\n\n");
    let (from, by) = share(number);
    let wrong = if number.is_multiple_of(10) { 5 } else { 0 };
    let _ = writeln!(
        text,
        "The share of letters answered on time rose from {from}% in 2022-23 to {}% in 2023-24, up {} percentage points.\n",
        from + by,
        by + wrong,
    );
    for at in 0..PARAGRAPHS {
        paragraph(&mut text, body, number * 7 + at, at);
    }
    text
}

fn release(body: &str, number: usize) -> String {
    let (from, by) = share(number - 1);
    let mut text = format!("# Press release: inspection of {body}\n\nPublished 3 May 2024\n\n");
    let _ = writeln!(
        text,
        "Inspectors found that {body} answers more letters on time: {}% in 2023-24, up from {from}% in 2022-23. {body} will be \
         seen again.\n",
        from + by,
    );
    for at in 0..4 {
        paragraph(&mut text, body, number * 7 + at, at * 8 + 3);
    }
    text
}

fn paragraph(text: &mut String, body: &str, salt: usize, at: usize) {
    let area = AREAS.get(salt % AREAS.len()).copied().unwrap_or_default();
    let _ = match at % 8 {
        0 => write!(
            text,
            "## Round {at} of {area}\n\nInspectors rated the team at {body} good for {area} in round {at}."
        ),
        1 => write!(
            text,
            "The share of forms for {area} that were sent on time in round {at} rose from {}.2% in 2022-23 to {}.4% in 2023-24. \
             Staff spoke of a calm office, and of managers who listen.",
            salt % 40 + 20,
            salt % 40 + 27,
        ),
        2 => write!(
            text,
            "Of the {} files that inspectors read in round {at}, {} held a plan for {area}.",
            salt % 90 + 40,
            salt % 30 + 5,
        ),
        3 => write!(
            text,
            "People who use the service told inspectors that they are treated with respect. They know whom to ask when something \
             goes wrong, and most of them have met the manager. Records are kept in one place and are easy to find; where they \
             are not, somebody is asked to look, and a note is made of what was found and when.",
        ),
        4 => write!(
            text,
            "The council should do three things:\n\n1. Answer letters about {area} sooner.\n2. Keep a record of round {at}.\n3. \
             Tell people what has changed.",
        ),
        5 => write!(
            text,
            "Round {at} cost £{}.{} million in 2023-24, for {} officers.",
            salt % 30 + 1,
            salt % 10,
            salt % 50 + 12,
        ),
        6 => write!(
            text,
            "The chief inspector said: “Much has changed at {body} since we last came, and the people who work there have every \
             reason to be proud of it. We will come back, as we do everywhere, to see whether it lasts.”",
        ),
        _ => write!(
            text,
            "Fieldwork for round {at} took place between {} and {} February 2024. Inspectors met {} members of staff and read \
             what they were given. They thank everyone who made time for them.",
            salt % 10 + 1,
            salt % 10 + 12,
            salt % 300 + 11,
        ),
    };
    text.push_str("\n\n");
}
