//! Contradictions of words and marks: a verb turned round, a bracket lost, a reference to nothing, an answer left out.

use super::{
    edit::Edit,
    plants::{Page, as_written},
};
use crate::{
    document::BlockKind,
    facts::{
        Fact,
        schema::{
            BRACKET, CHANGE, COMPARISON, DATE, ISSUE, REFERENCE, RESPONSE, change, comparison,
            date, issue, reference, response,
        },
    },
    grammar::{Class, TokenKind},
    span::Span,
    value::{Number, Value},
};

/// Words for a movement or a place above or below another, and those for the contrary.
const CONTRARIES: [[&str; 2]; 8] = [
    ["rose", "fell"],
    ["risen", "fallen"],
    ["rise", "fall"],
    ["increased", "decreased"],
    ["increase", "decrease"],
    ["up", "down"],
    ["above", "below"],
    ["higher", "lower"],
];

/// A verb that says which way a value moved, or how it stands to another, turned round; both values stand beside it.
pub(super) fn direction(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let changes = page.facts(CHANGE).filter_map(|fact| {
        let from = fact.get(change::Slot::from).as_number()?;
        let to = fact.get(change::Slot::to).as_number()?;
        let so = match fact.get(change::Slot::direction).as_words()? {
            "up" => from.value() < to.value(),
            "down" => from.value() > to.value(),
            _ => false,
        };
        (so && page.state(fact, [from, to])).then_some((fact, [Class::Up, Class::Down]))
    });
    let comparisons = page.facts(COMPARISON).filter_map(|fact| {
        let value = fact.get(comparison::Slot::value).as_number()?;
        let reference = fact.get(comparison::Slot::reference_value).as_number()?;
        let so = match fact.get(comparison::Slot::relation).as_words()? {
            "above" => value.value() > reference.value(),
            "below" => value.value() < reference.value(),
            _ => false,
        };
        (so && page.state(fact, [value, reference])).then_some((fact, [Class::Above, Class::Below]))
    });
    let told = changes.chain(comparisons);
    told.filter_map(|(fact, classes)| Some(vec![turned(page, fact, classes)?]))
        .collect()
}

/// The one word of a fact that says which way, turned round.
fn turned(page: &Page<'_>, fact: &Fact, classes: [Class; 2]) -> Option<Edit> {
    let words = page.tokens(fact.span);
    let mut told = (0..words.len()).filter(|&at| {
        let here = words.skip(at);
        // "Good or above" moves nothing.
        let led = at > 0 && words.skip(at - 1).starts_with("or");
        !led && classes.iter().any(|class| here.lexeme(*class).is_some())
    });
    let only = told.next().filter(|_| told.next().is_none())?;
    let token = words.tokens().get(only)?;
    let written = words.text_of(token);
    let contrary = CONTRARIES.iter().find_map(|[a, b]| {
        let is = |word: &str| written.eq_ignore_ascii_case(word);
        if is(a) { Some(b) } else { is(b).then_some(a) }
    })?;
    let span = page.source(token.span)?;
    Some(Edit::new(span, as_written(written, contrary)))
}

/// A closing bracket of running text, lost; every other bracket of the document has its counterpart.
pub(super) fn closing_bracket(page: &Page<'_>) -> Vec<Vec<Edit>> {
    if page.facts(BRACKET).next().is_some() {
        return Vec::new();
    }
    let blocks = page.read.document.blocks.iter();
    let running = blocks.filter(|block| matches!(block.kind, BlockKind::Paragraph));
    let edits = running.filter_map(|block| {
        let words = page.tokens(block.span);
        let symbol = |at: usize, mark: char| {
            let token = words.tokens().get(at);
            token.is_some_and(|token| token.kind == TokenKind::Symbol(mark))
        };
        let opening = (0..words.len()).find(|&at| symbol(at, '('))?;
        let closing = (opening..words.len()).find(|&at| symbol(at, ')'))?;
        // "(a)" is a marker.
        let inner = closing - opening > 2;
        let span = page.source(words.tokens().get(closing).filter(|_| inner)?.span)?;
        Some(vec![Edit::new(span, "")])
    });
    edits.collect()
}

/// A reference to a numbered thing that is there, changed to a number that no thing has.
pub(super) fn reference(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let facts = page.facts(REFERENCE);
    let edits = facts.filter_map(|fact| {
        let number = fact.get(reference::Slot::number).as_words()?;
        let found = fact.get(reference::Slot::found) == &Value::from(true);
        // At the start of a paragraph, "Table 97 …" may as well be the caption of one.
        let leads = page.starts_block(fact);
        let span = page
            .numeral(fact.span, number)
            .filter(|_| found && !leads)?;
        Some(vec![Edit::new(span, "97")])
    });
    edits.collect()
}

/// The ends of a period, exchanged: two days of one month.
pub(super) fn ends_of_period(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let facts = page.facts(DATE);
    let edits = facts.filter_map(|fact| {
        let from = fact.get(date::Slot::from).as_days()?.from();
        let to = fact.get(date::Slot::to).as_days()?.to();
        let same = from.year() == to.year() && from.month() == to.month() && from.day() < to.day();
        // "5 and 6 March" are two days, and no period.
        let words = page.tokens(fact.span);
        let joined = (0..words.len()).any(|at| words.skip(at).starts_with("and"));
        let between = page.read.document.text_of(fact.span).to_lowercase();
        let period = !joined || between.starts_with("between");
        let written = fact.get(date::Slot::range) == &Value::from(true) && same && period;
        let day = |day: i8| page.number(fact.span, Number::exact(day.into()));
        let (first, last) = (day(from.day())?, day(to.day())?);
        written.then(|| page.swap(first, last))
    });
    edits.collect()
}

/// The only answer to an issue, left out, where every issue that is listed has one, and one is left.
pub(super) fn left_out_answer(page: &Page<'_>) -> Vec<Vec<Edit>> {
    let answers: Vec<(&Fact, Vec<&str>)> = page
        .facts(RESPONSE)
        .filter_map(|fact| {
            let to = fact.get(response::Slot::to).as_list()?.iter();
            Some((fact, to.filter_map(Value::as_words).collect()))
        })
        .collect();
    let numbers: Vec<&str> = page
        .facts(ISSUE)
        .filter_map(|fact| fact.get(issue::Slot::number).as_words())
        .collect();
    let answered = |number: &str| {
        answers
            .iter()
            .filter(|(_, to)| to.contains(&number))
            .count()
    };
    let in_order = numbers.len() > 1
        && numbers.iter().all(|number| {
            let once = numbers.iter().filter(|other| *other == number).count() == 1;
            !number.is_empty() && once && answered(number) == 1
        });
    let edits = answers
        .iter()
        .filter(|_| in_order)
        .filter_map(|(fact, to)| {
            let alone = !to.is_empty()
                && to.len() < numbers.len()
                && to.iter().all(|number| numbers.contains(number));
            let block = page.read.document.blocks.get(fact.place.block)?;
            let has_issue = |at: usize| page.facts(ISSUE).any(|issue| issue.place.block == at);
            let issue = has_issue(fact.place.block);
            // An answer that names no number is one by its place, and so may be the paragraph behind it.
            let named = to
                .iter()
                .any(|number| page.numeral(fact.span, number).is_some());
            let behind = fact.place.block + 1;
            let next = page.read.document.blocks.get(behind);
            let told = next.is_some_and(|next| matches!(next.kind, BlockKind::Paragraph));
            let by_place = !named && told && !has_issue(behind);
            let table = matches!(block.kind, BlockKind::Table(_));
            let others = answers
                .iter()
                .filter(|(other, _)| other.place.block == fact.place.block);
            let span = page
                .whole(block.span)
                .filter(|_| alone && !issue && !table && !by_place)?;
            (others.count() == 1).then(|| vec![Edit::new(span, "")])
        });
    edits.collect()
}

impl Page<'_> {
    /// Whether two numbers that differ for certain stand under a fact, both of them.
    fn state(&self, fact: &Fact, numbers: [Number; 2]) -> bool {
        let [a, b] = numbers;
        super::plants::apart(a, b)
            && numbers
                .iter()
                .all(|number| self.number(fact.span, *number).is_some())
    }

    /// Whether a fact opens its paragraph, behind the marker of it at most: "3.1 Table 1 shows".
    fn starts_block(&self, fact: &Fact) -> bool {
        let block = self.read.document.blocks.get(fact.place.block);
        let start = block.map_or(fact.span.start, |block| block.span.start);
        let before = self.tokens(Span::new(start, fact.span.start));
        let mut words = before.tokens().iter();
        !words.any(|token| token.kind == TokenKind::Word)
    }

    /// The numeral `number` under `span`, where it is one of digits.
    pub(super) fn numeral(&self, span: Span, number: &str) -> Option<Span> {
        let words = self.tokens(span);
        let mut tokens = words.tokens().iter();
        let token = tokens.find(|token| words.text_of(token) == number)?;
        let digits = number.bytes().all(|byte| byte.is_ascii_digit());
        self.source(token.span).filter(|_| digits)
    }

    /// As [`Self::numeral`], where it is no end of a range: neither "1" nor "5" of "1 to 5".
    pub(super) fn single_numeral(&self, span: Span, number: &str) -> Option<Span> {
        let words = self.tokens(span);
        let at = (0..words.len()).find(|&at| {
            let token = words.tokens().get(at);
            token.is_some_and(|token| words.text_of(token) == number)
        })?;
        let joins = |at: Option<usize>| {
            let here = at.map(|at| words.skip(at));
            here.is_some_and(|here| {
                ["to", "through", "-", "–"]
                    .iter()
                    .any(|word| here.starts_with(word))
            })
        };
        let single = !joins(at.checked_sub(1)) && !joins(Some(at + 1));
        self.numeral(span, number).filter(|_| single)
    }

    /// The bytes of the author's file from the start of a block to its end.
    fn whole(&self, block: Span) -> Option<Span> {
        let span = self.read.document.map.to_source(block);
        (!span.is_empty()).then_some(span)
    }
}
