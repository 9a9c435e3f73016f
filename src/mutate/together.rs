//! Contradictions between documents: of one inspection, of two versions, of successive inspections.

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::{
    Bench, By, Change, Raised, Tried,
    edit::{self, Edit},
    plants::{self, Page, next_grade},
};
use crate::{
    document::Format,
    facts::{
        Fact,
        schema::{DATE, FIGURE, RATING, TALLY, date, figure, rating, tally},
    },
    lint::Read,
    rules::config::ScopeConfig,
    value::{Grade, KindId, Number, Unit, Value},
};

/// Plants of one sort in two documents at most.
const MOST: usize = 8;

/// Years between a report and the one before, where it does not say.
const ROUND: i16 = 3;

impl Bench<'_> {
    /// Contradictions between two documents that were recognised as those of one inspection.
    pub(super) fn in_set(&self, [first, second]: [&Tried<'_>; 2]) -> Vec<(Change, Vec<String>)> {
        let files = |text: &str| {
            [
                (
                    first.file.name(),
                    first.file.text().to_owned(),
                    first.format,
                ),
                (second.file.name(), text.to_owned(), second.format),
            ]
        };
        let before = self.check(&files(second.file.text()), |_, _| {});
        if before.summary.sets == 0 {
            return Vec::new();
        }
        let page = Page::new(&second.read, second.file.text(), second.format);
        let changes = shared(&first.read, &page);
        changes
            .into_par_iter()
            .map(|change| {
                let text = edit::apply(second.file.text(), &change.edits);
                let after = self.check(&files(&text), |_, _| {});
                let raised = Raised(&before.diagnostics).anew(&after.diagnostics, By::Message);
                (change, raised)
            })
            .collect()
    }

    /// What was changed in a document, compared with the document as it was.
    pub(super) fn between_versions(&self, document: &Tried<'_>) -> Vec<(Change, Vec<String>)> {
        let page = Page::new(&document.read, document.file.text(), document.format);
        let (text, format) = (document.file.text(), document.format);
        plants::of_values(&page)
            .into_par_iter()
            .map(|change| {
                let later = edit::apply(text, &change.edits);
                let files = [
                    ("earlier", text.to_owned(), format),
                    (document.file.name(), later, format),
                ];
                let found = self.check(&files, |options, sources| {
                    if let [earlier, later] = sources {
                        options.earlier.insert(*later, (*earlier, format));
                    }
                });
                let raised = self.of_several(Raised(&[]).anew(&found.diagnostics, By::Message));
                (change, raised)
            })
            .collect()
    }

    /// Grades of the report before, which is made up of what the document says of it.
    pub(super) fn in_series(&self, document: &Tried<'_>) -> Vec<(Change, Vec<String>)> {
        let Some(earlier) = Earlier::of(&document.read) else {
            return Vec::new();
        };
        let check = |report: String| {
            let files = [
                ("earlier.txt", report, Format::Text),
                (
                    document.file.name(),
                    document.file.text().to_owned(),
                    document.format,
                ),
            ];
            self.check(&files, |options, sources| {
                options.common.framework = Some(document.read.vocabulary.framework.id.clone());
                options.sets = vec![sources.to_vec()];
            })
        };
        let before = check(earlier.text(None));
        let reports = before.documents.iter();
        let made_up = reports
            .filter_map(|report| report.read.as_ref())
            .find(|read| {
                let sources = &document.read.document.text;
                read.document.text != *sources
            });
        // What the report is read to say of a body of its own is no contradiction of what was said of another.
        let states = |fact: &Fact, criterion: &str, grade: &Grade| {
            made_up.is_some_and(|read| {
                of_kind(read, RATING).iter().any(|stated| {
                    let Value::Grade(given) = stated.get(rating::Slot::value) else { return false };
                    let named = matches!(stated.get(rating::Slot::criterion), Value::Label(label) if label.text() == criterion);
                    let subject = |fact: &Fact| fact.get(rating::Slot::subject).clone();
                    named && subject(stated) == subject(fact) && given.rank() == grade.rank() && given.name() == grade.name()
                })
            })
        };
        let grades = earlier.grades.iter().enumerate();
        grades
            .filter(|(_, (fact, criterion, grade))| states(fact, criterion, grade))
            .take(MOST)
            .filter_map(|(at, (fact, _, grade))| {
                let other = next_grade(grade)?;
                let after = check(earlier.text(Some((at, &other))));
                let raised = self
                    .of_several(Raised(&before.diagnostics).anew(&after.diagnostics, By::Message));
                let span = document.read.document.map.to_source(fact.span);
                let edits = vec![Edit::new(span, format!("{other} in the report before"))];
                let name = "grade in the report before";
                Some((Change { name, edits }, raised))
            })
            .collect()
    }

    /// Those of some rules that look at several documents.
    fn of_several(&self, rules: Vec<String>) -> Vec<String> {
        let several = |id: &String| {
            let rule = self.rules.get(id);
            rule.is_some_and(|rule| rule.scope != ScopeConfig::Document)
        };
        rules.into_iter().filter(several).collect()
    }
}

/// What both documents state in the same way, changed in the second. Each states it one way throughout.
fn shared(first: &Read, page: &Page<'_>) -> Vec<Change> {
    let sorts: [(&'static str, Common); 4] = [
        ("grade in a set", GRADE),
        ("figure in a set", MEASURED),
        ("tally in a set", COUNTED),
        ("date in a set", DATED),
    ];
    sorts
        .into_iter()
        .flat_map(|(name, common)| {
            let theirs = of_kind(first, common.kind);
            let ours = of_kind(page.read, common.kind);
            let key = |fact: &Fact| (common.key)(fact);
            let edits: Vec<Change> = ours
                .iter()
                .filter(|fact| {
                    let Some(own) = key(fact) else { return false };
                    let same = |other: &&&Fact| key(other).as_ref() == Some(&own);
                    let alike = |other: &&Fact| (common.value)(other) == (common.value)(fact);
                    let mut there = theirs.iter().filter(same).peekable();
                    let stated = there.peek().is_some();
                    stated && there.all(alike) && ours.iter().filter(same).all(alike)
                })
                .filter_map(|fact| {
                    let edits = vec![(common.edit)(page, fact)?];
                    Some(Change { name, edits })
                })
                .take(MOST)
                .collect();
            edits
        })
        .collect()
}

fn of_kind(read: &Read, kind: KindId) -> Vec<&Fact> {
    let facts = read.facts.facts.iter();
    facts.filter(|fact| fact.kind == kind).collect()
}

/// How statements of one kind are found again in another document, and changed.
#[derive(Clone, Copy)]
struct Common {
    kind: KindId,
    /// What a statement is about; `None` where that is too little to find it again by.
    key: fn(&Fact) -> Option<Vec<Value>>,
    /// What it says.
    value: fn(&Fact) -> Value,
    edit: fn(&Page<'_>, &Fact) -> Option<Edit>,
}

/// Ratings of one criterion of this round.
const GRADE: Common = Common {
    kind: RATING,
    key: |fact| {
        let slots = [rating::Slot::criterion, rating::Slot::subject];
        let current = fact.get(rating::Slot::when).as_words() == Some("current");
        current.then(|| slots.map(|slot| fact.get(slot).clone()).to_vec())
    },
    value: |fact| fact.get(rating::Slot::value).clone(),
    edit: |page, fact| {
        let Value::Grade(grade) = fact.get(rating::Slot::value) else {
            return None;
        };
        page.other_grade(fact, grade)
    },
};

/// Figures that stand by themselves, of one measure that is named at some length.
const MEASURED: Common = Common {
    kind: FIGURE,
    key: |fact| {
        let slots = [
            figure::Slot::measure,
            figure::Slot::unit,
            figure::Slot::when,
            figure::Slot::period,
            figure::Slot::scope,
            figure::Slot::hedge,
        ];
        let Value::Label(measure) = fact.get(figure::Slot::measure) else {
            return None;
        };
        let long = measure.text().split(' ').count() > 1;
        let alone = fact.get(figure::Slot::within).as_words() == Some("");
        (long && alone).then(|| slots.map(|slot| fact.get(slot).clone()).to_vec())
    },
    value: |fact| fact.get(figure::Slot::value).clone(),
    edit: |page, fact| {
        let value = fact.get(figure::Slot::value).as_number()?;
        let known = value.unit() != Unit::None || value.value().abs() >= Decimal::TEN;
        page.other(page.number(fact.span, value).filter(|_| known)?)
    },
};

/// Numbers of listed things.
const COUNTED: Common = Common {
    kind: TALLY,
    key: |fact| Some(vec![fact.get(tally::Slot::noun).clone()]),
    value: |fact| fact.get(tally::Slot::count).clone(),
    edit: |page, fact| {
        let count = fact.get(tally::Slot::count).as_number()?;
        page.other(page.number(fact.span, count)?)
    },
};

/// When inspectors came, and from when the files are. Documents of one inspection are published on days of their own.
const DATED: Common = Common {
    kind: DATE,
    key: |fact| {
        let role = fact.get(date::Slot::role);
        let told = matches!(role.as_words(), Some("fieldwork" | "sample"));
        let day = fact.get(date::Slot::from).as_days()?.is_day();
        (day && told).then(|| vec![role.clone()])
    },
    value: |fact| fact.get(date::Slot::from).clone(),
    edit: |page, fact| {
        let day = fact.get(date::Slot::from).as_days()?.from().day();
        let day = Number::exact(day.into());
        let span = page.number(fact.span, day)?;
        let other = if day.value() > Decimal::TEN {
            "3"
        } else {
            "23"
        };
        let named = !fact.get(date::Slot::weekday).is_unknown();
        (!named).then(|| Edit::new(span, other))
    },
};

/// A report of the round before, made up of what a later one says of it.
struct Earlier<'a> {
    subject: &'a str,
    published: String,
    /// The statement, the criterion and its grade then.
    grades: Vec<(&'a Fact, &'a str, &'a Grade)>,
}

impl<'a> Earlier<'a> {
    /// `None` where a document says too little of itself, or names no grade of the round before.
    fn of(read: &'a Read) -> Option<Self> {
        let about = &read.facts.about;
        let published = about.published?.from();
        let facts = read.facts.facts.iter().filter(|fact| {
            let is = |slot: rating::Slot, word: &str| fact.get(slot).as_words() == Some(word);
            fact.kind == RATING
                && is(rating::Slot::when, "previous")
                && fact.get(rating::Slot::subject).is_unknown()
        });
        let mut rounds: Vec<Option<i16>> = Vec::new();
        let mut grades: Vec<(&Fact, &str, &Grade)> = Vec::new();
        let mut named: Vec<&str> = Vec::new();
        for fact in facts {
            let (Value::Label(criterion), Value::Grade(grade)) = (
                fact.get(rating::Slot::criterion),
                fact.get(rating::Slot::value),
            ) else {
                continue;
            };
            rounds.push(
                fact.get(rating::Slot::period)
                    .as_days()
                    .map(|days| days.from().year()),
            );
            // The text names a criterion of the table with other capitals; the report made up here gives it one grade.
            if grade.rank().is_some() && !named.contains(&criterion.key()) {
                named.push(criterion.key());
                grades.push((fact, criterion.text(), grade));
            }
        }
        rounds.sort_unstable();
        rounds.dedup();
        // Grades of several years are of several reports.
        let year = match rounds.as_slice() {
            [None] => published.year() - ROUND,
            [Some(year)] | [None, Some(year)] => *year,
            _ => return None,
        };
        (year < published.year()).then(|| Self {
            subject: about.subject.as_ref().map_or("", |subject| subject.text()),
            published: format!("3 May {year}"),
            grades,
        })
    }

    /// The report, the grade at one place of the list being another.
    fn text(&self, other: Option<(usize, &str)>) -> String {
        let mut text = format!(
            "Inspection report on {}\n\nPublished {}\n\nThe ratings were:\n\n",
            self.subject, self.published
        );
        for (at, (_, criterion, grade)) in self.grades.iter().enumerate() {
            let grade = match other {
                Some((place, other)) if place == at => other,
                _ => grade.name(),
            };
            text.push_str("- ");
            text.push_str(criterion);
            text.push_str(": ");
            text.push_str(grade);
            text.push('\n');
        }
        text
    }
}
