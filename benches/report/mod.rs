//! A report made for benches.

use std::fmt::Write as _;

/// A plain-text report of `paragraphs` paragraphs: prose for the most part, with figures, changes, ratings, lists and dates in
/// every section, no two alike.
pub(crate) fn report(paragraphs: usize) -> String {
    const PLACES: [&str; 5] = [
        "Eastmere",
        "Port Ansel",
        "Harrow Down",
        "Fenwick",
        "Sallow Vale",
    ];
    const AREAS: [&str; 5] = [
        "leadership",
        "casework",
        "training",
        "victim care",
        "records",
    ];
    let mut text = String::from(
        "Inspection report on the services of Eastmere Council\n\nPublished 3 May 2024\n\n",
    );
    for at in 0..paragraphs {
        let (place, area) = (PLACES[at % 5], AREAS[at / 5 % 5]);
        match at % 8 {
            0 => write!(text, "{place}: {area}\n\nInspectors rated the team in {place} good for {area} in round {at}."),
            1 => write!(
                text,
                "The share of letters in {place} that were sent on time rose from {}.2% in 2022-23 to {}.4% in 2023-24, better \
                 than the average of {}.1% for the country. Staff spoke of a calm office, and of managers who listen.",
                at % 40 + 20, at % 40 + 27, at % 40 + 22,
            ),
            2 => write!(text, "Of the {} files that inspectors read, {} held a plan for {area}.", at % 90 + 40, at % 30 + 5),
            3 => write!(
                text,
                "People who use the service told inspectors that they are treated with respect. They know whom to ask when \
                 something goes wrong, and most of them have met the manager. Records are kept in one place and are easy to \
                 find; where they are not, somebody is asked to look, and a note is made of what was found and when.",
            ),
            4 => write!(
                text,
                "The service should do three things:\n\n1. Answer letters in {place} sooner.\n2. Keep a record of {area}.\n3. \
                 Tell people by {} March 2025 what has changed.",
                at % 28 + 1,
            ),
            5 => write!(text, "It spent £{}.{} million in 2023-24, {} officers more than in 2022.", at % 30 + 1, at % 10, at % 50 + 2),
            6 => write!(
                text,
                "The chief inspector said: “Much has changed in {place} since we last came, and the people who work there have \
                 every reason to be proud of it. We will come back, as we do everywhere, to see whether it lasts.”",
            ),
            _ => write!(
                text,
                "Fieldwork took place between {} and {} February 2024. Inspectors met {} members of staff and read what they \
                 were given. They thank everyone who made time for them in {place}.",
                at % 10 + 1, at % 10 + 12, at % 300 + 11,
            ),
        }
        .unwrap();
        text.push_str("\n\n");
    }
    text
}
