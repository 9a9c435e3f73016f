//! The issues of a document, as responses refer to them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    facts::{
        Fact,
        reading::{Reading, Sentence},
        schema::{self, issue},
    },
    grammar::{Class, Classes, Input, TokenKind, response::To},
    span::Span,
    value::Label,
};

/// The issues of a document, as responses refer to them.
pub(super) struct Listed {
    /// In order of place.
    pub(super) issues: Vec<ListedIssue>,
    /// By the digits of the number, the numbers that have them.
    pub(super) by_digits: FxHashMap<String, Vec<String>>,
}

/// One of them.
pub(super) struct ListedIssue {
    pub(super) span: Span,
    pub(super) number: String,
    pub(super) block: usize,
    /// The heading that it stands under.
    pub(super) section: Option<usize>,
    pub(super) row: Option<usize>,
    pub(super) words: FxHashSet<String>,
}

impl Listed {
    pub(super) fn new(reading: &Reading<'_>, facts: &[Fact]) -> Self {
        let mut issues: Vec<ListedIssue> = facts
            .iter()
            .filter(|fact| fact.kind == schema::ISSUE)
            .map(|fact| ListedIssue {
                span: fact.span,
                number: fact
                    .get(issue::Slot::number)
                    .as_words()
                    .unwrap_or_default()
                    .to_owned(),
                block: fact.place.block,
                section: reading
                    .block(fact.place.block)
                    .and_then(|block| block.section),
                row: fact.place.cell.map(|(row, _)| row),
                words: content_words(reading, fact),
            })
            .collect();
        issues.sort_by_key(|issue| issue.span);
        let mut by_digits: FxHashMap<String, Vec<String>> = FxHashMap::default();
        for issue in &issues {
            let known = by_digits.entry(digits(&issue.number)).or_default();
            if !known.contains(&issue.number) {
                known.push(issue.number.clone());
            }
        }
        Self { issues, by_digits }
    }

    /// The last issue that starts before `at`.
    pub(super) fn before(&self, at: usize) -> Option<&ListedIssue> {
        let after = self.issues.partition_point(|issue| issue.span.start < at);
        self.issues.get(after.checked_sub(1)?)
    }

    /// Whether an issue starts here.
    pub(super) fn starts_at(&self, at: usize) -> bool {
        self.before(at + 1)
            .is_some_and(|issue| issue.span.start == at)
    }

    /// The numbers of all issues, in order; those without a number are left out.
    pub(super) fn all(&self) -> Vec<String> {
        let numbers = self.issues.iter().map(|issue| issue.number.clone());
        numbers
            .filter(|number| !number.is_empty())
            .take(MOST_ISSUES)
            .collect()
    }

    /// The numbers that a response at `at` speaks to.
    pub(super) fn resolve(&self, to: &To, at: usize) -> Vec<String> {
        match to {
            To::All => self.all(),
            To::Counted(count) => self.counted(*count as usize),
            To::Numbers(numbers) => numbers.iter().map(|number| self.written(number)).collect(),
            To::Last => self.last(at),
        }
    }

    /// The numbers of the one section that has so many issues; of all issues where none or several have.
    fn counted(&self, count: usize) -> Vec<String> {
        let mut sections = self
            .issues
            .chunk_by(|a, b| a.section == b.section)
            .filter(|run| run.len() == count);
        match (sections.next(), sections.next()) {
            (Some(run), None) if self.issues.len() != count => {
                let numbers = run
                    .iter()
                    .take(MOST_ISSUES)
                    .map(|issue| issue.number.clone());
                numbers.filter(|number| !number.is_empty()).collect()
            }
            _ => self.all(),
        }
    }

    /// The number of the last issue before `at`; several where one text states several issues.
    pub(super) fn last(&self, at: usize) -> Vec<String> {
        let Some(last) = self.before(at) else {
            return Vec::new();
        };
        let from = self.issues.partition_point(|issue| issue.span < last.span);
        let joint = self
            .issues
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take(MOST_ISSUES);
        joint
            .take_while(|issue| issue.span == last.span)
            .map(|issue| issue.number.clone())
            .filter(|number| !number.is_empty())
            .collect()
    }

    /// A number as the list of issues writes it: "1" is "R1" where only that has the digit.
    pub(super) fn written(&self, number: &str) -> String {
        match self.by_digits.get(&digits(number)).map(Vec::as_slice) {
            Some([only]) => only.clone(),
            _ => number.to_owned(),
        }
    }

    /// The number of an issue that starts before `at`, where one has this number.
    pub(super) fn exactly(&self, number: &str, at: usize) -> Option<String> {
        let known = self.by_digits.get(&digits(number))?.first()?;
        let first = self.issues.first()?.span.start < at;
        (!number.is_empty() && first).then(|| known.clone())
    }

    /// The numbers that a sentence at `at` opens with; nothing where one of them is unknown.
    pub(super) fn addressed(&self, to: &To, at: usize) -> Option<Vec<String>> {
        match to {
            To::Numbers(numbers) => numbers
                .iter()
                .map(|number| self.exactly(number, at))
                .collect(),
            to => Some(self.resolve(to, at)).filter(|_| !self.issues.is_empty()),
        }
    }

    /// Whether an issue has this number, exactly as written, and stands before `at`.
    pub(super) fn has_written(&self, number: &str, at: usize) -> bool {
        let known = self.by_digits.get(&digits(number));
        let first = self.issues.first();
        known.is_some_and(|known| known.iter().any(|known| known == number))
            && first.is_some_and(|first| first.span.start < at)
    }

    /// Whether an issue shares words with a statement.
    pub(super) fn shares(&self, words: &FxHashSet<String>) -> bool {
        let mut issues = self.issues.iter().take(MOST_ISSUES);
        issues.any(|issue| !words.is_disjoint(&issue.words))
    }

    /// The issue that shares most words with a statement, where one shares more than the others.
    pub(super) fn nearest(&self, words: &FxHashSet<String>) -> Option<&ListedIssue> {
        let shared = |issue: &ListedIssue| words.intersection(&issue.words).count();
        let issues = || self.issues.iter().take(MOST_ISSUES);
        let best = issues().max_by_key(|issue| shared(issue))?;
        let most = shared(best);
        let alone = issues().filter(|issue| shared(issue) == most).count() == 1;
        (most > 0 && alone).then_some(best)
    }
}

/// How many issues a statement is compared with, or answers at once: more than any report has, and few enough that the
/// cost does not grow with the square of the text.
pub(super) const MOST_ISSUES: usize = 400;

fn digits(number: &str) -> String {
    let digits = number.trim_start_matches(|c: char| !c.is_ascii_digit());
    if digits.is_empty() {
        number.to_owned()
    } else {
        digits.to_owned()
    }
}

/// Words that carry no meaning of their own.
const FUNCTION_WORDS: Classes = Classes::of(&[
    Class::Auxiliary,
    Class::Preposition,
    Class::Conjunction,
    Class::Determiner,
    Class::Pronoun,
    Class::Negation,
    Class::Adverb,
    Class::Verb,
    Class::NumberWord,
    Class::Month,
    Class::DurationUnit,
]);

/// Letters of a word that carries meaning, at least.
const SHORTEST_WORD: usize = 4;

/// The stems of the words of an input that carry meaning.
pub(super) fn stems(input: Input<'_>) -> FxHashSet<String> {
    input
        .starts()
        .filter_map(|here| {
            let token = here.first()?;
            let text = here.text_of(token);
            let means = token.kind == TokenKind::Word
                && text.len() >= SHORTEST_WORD
                && !crate::grammar::noun::is_a(here, FUNCTION_WORDS);
            means.then(|| Label::new(text).key().to_owned())
        })
        .filter(|stem| !stem.is_empty())
        .collect()
}

fn content_words(reading: &Reading<'_>, fact: &Fact) -> FxHashSet<String> {
    sentences_in(reading, fact.place.block, fact.span)
        .map(|sentence| stems(reading.input(sentence)))
        .fold(FxHashSet::default(), |mut all, words| {
            all.extend(words);
            all
        })
}

/// The sentences of a block that start within a span.
fn sentences_in<'a>(
    reading: &'a Reading<'_>,
    block: usize,
    span: Span,
) -> impl Iterator<Item = &'a Sentence> {
    let sentences = reading.sentences_of(block);
    let start = |sentence: &Sentence| reading.input(sentence).span().start;
    let first = sentences.partition_point(|sentence| start(sentence) < span.start);
    sentences
        .get(first..)
        .unwrap_or_default()
        .iter()
        .take_while(move |sentence| start(sentence) < span.end)
}

/// `says-all = "all" number | "both" tally-noun`: "all three improvements", "both points".
pub(super) fn says_all(input: Input<'_>) -> bool {
    input.starts().any(|here| {
        here.starts_with("all") && crate::grammar::number::magnitude(here.skip(1)).is_ok()
            || here.starts_with("both") && here.skip(1).lexeme(Class::TallyNoun).is_some()
    })
}

impl Listed {
    /// The numbers that a promise speaks to: all where it says so, else the issue that shares most words with it.
    pub(super) fn resolve_statement(&self, input: Input<'_>) -> Vec<String> {
        if says_all(input) {
            return self.all();
        }
        self.nearest(&stems(input))
            .map(|issue| issue.number.clone())
            .filter(|number| !number.is_empty())
            .into_iter()
            .collect()
    }
}
