//! Responses: what the inspected body says to the issues, under labels, in tables, in sentences of acceptance and in speech.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Fact, Place, issues, lists, quotations,
    reading::{Reading, Sentence},
    schema::{self, issue, response as slots},
};
use crate::{
    document::{BlockKind, Table},
    grammar::{
        Class, Classes, Input, TokenKind,
        response::{self, ResponseLabel, Stance, To},
    },
    span::Span,
    value::{Label, Value},
};

/// Adds every response; issues must have been found before.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let listed = Listed::new(reading, facts);
    let mut found = labelled(reading, &listed);
    found.extend(numbered(reading, &listed));
    for (block, block_of) in reading.document.blocks.iter().enumerate() {
        if let BlockKind::Table(table) = &block_of.kind {
            found.extend(rows(reading, &listed, block, table));
        }
    }
    found.extend(items(reading, &listed, &found));
    found.extend(coded(reading, &listed, &found));
    found.extend(in_turn(reading, &listed, &found));
    let direct = !found.is_empty();
    found.sort_by_key(|response| response.span);
    let accepted = accepted(reading, &listed, &found);
    found.extend(accepted);
    if !direct {
        let rated = facts.iter().any(|fact| fact.kind == schema::RATING);
        let spoken = spoken(reading, &listed, &found, rated);
        found.extend(spoken);
        let reported = reported(reading, &listed, &found, rated);
        found.extend(reported);
    }
    if found.is_empty() {
        found.extend(under_one_heading(reading, &listed));
    }
    facts.extend(found.into_iter().map(Response::fact));
}

/// A response before it becomes a fact.
#[derive(Clone, Debug)]
struct Response {
    to: Vec<String>,
    stance: Option<Stance>,
    noun: Option<Label>,
    /// Label and first sentence.
    span: Span,
    /// All that the response says.
    extent: Span,
    place: Place,
}

impl Response {
    /// What is said in some words, neither accepted nor refused.
    fn plain(to: Vec<String>, words: Input<'_>, place: Place) -> Self {
        Self {
            to,
            stance: None,
            noun: None,
            span: words.span(),
            extent: words.span(),
            place,
        }
    }

    fn fact(self) -> Fact {
        Fact::new(schema::RESPONSE, self.span, self.place)
            .with(
                slots::Slot::to,
                Value::list(self.to.iter().map(|number| Value::text(number))),
            )
            .with(
                slots::Slot::stance,
                Value::Symbol(self.stance.map_or("none", Stance::symbol)),
            )
            .with(slots::Slot::noun, self.noun)
    }
}

/// The issues of a document, as responses refer to them.
struct Listed {
    /// In order of place.
    issues: Vec<ListedIssue>,
    /// By the digits of the number, the numbers that have them.
    by_digits: FxHashMap<String, Vec<String>>,
}

struct ListedIssue {
    span: Span,
    number: String,
    block: usize,
    /// The heading that it stands under.
    section: Option<usize>,
    row: Option<usize>,
    words: FxHashSet<String>,
}

impl Listed {
    fn new(reading: &Reading<'_>, facts: &[Fact]) -> Self {
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
    fn before(&self, at: usize) -> Option<&ListedIssue> {
        let after = self.issues.partition_point(|issue| issue.span.start < at);
        self.issues.get(after.checked_sub(1)?)
    }

    /// Whether an issue starts here.
    fn starts_at(&self, at: usize) -> bool {
        self.before(at + 1)
            .is_some_and(|issue| issue.span.start == at)
    }

    /// The numbers of all issues, in order; those without a number are left out.
    fn all(&self) -> Vec<String> {
        let numbers = self.issues.iter().map(|issue| issue.number.clone());
        numbers
            .filter(|number| !number.is_empty())
            .take(MOST_ISSUES)
            .collect()
    }

    /// The numbers that a response at `at` speaks to.
    fn resolve(&self, to: &To, at: usize) -> Vec<String> {
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
    fn last(&self, at: usize) -> Vec<String> {
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
    fn written(&self, number: &str) -> String {
        match self.by_digits.get(&digits(number)).map(Vec::as_slice) {
            Some([only]) => only.clone(),
            _ => number.to_owned(),
        }
    }

    /// The number of an issue that starts before `at`, where one has this number.
    fn exactly(&self, number: &str, at: usize) -> Option<String> {
        let known = self.by_digits.get(&digits(number))?.first()?;
        let first = self.issues.first()?.span.start < at;
        (!number.is_empty() && first).then(|| known.clone())
    }

    /// The numbers that a sentence at `at` opens with; nothing where one of them is unknown.
    fn addressed(&self, to: &To, at: usize) -> Option<Vec<String>> {
        match to {
            To::Numbers(numbers) => numbers
                .iter()
                .map(|number| self.exactly(number, at))
                .collect(),
            to => Some(self.resolve(to, at)).filter(|_| !self.issues.is_empty()),
        }
    }

    /// Whether an issue has this number, exactly as written, and stands before `at`.
    fn has_written(&self, number: &str, at: usize) -> bool {
        let known = self.by_digits.get(&digits(number));
        let first = self.issues.first();
        known.is_some_and(|known| known.iter().any(|known| known == number))
            && first.is_some_and(|first| first.span.start < at)
    }

    /// Whether an issue shares words with a statement.
    fn shares(&self, words: &FxHashSet<String>) -> bool {
        let mut issues = self.issues.iter().take(MOST_ISSUES);
        issues.any(|issue| !words.is_disjoint(&issue.words))
    }

    /// The issue that shares most words with a statement, where one shares more than the others.
    fn nearest(&self, words: &FxHashSet<String>) -> Option<&ListedIssue> {
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
const MOST_ISSUES: usize = 400;

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
fn stems(input: Input<'_>) -> FxHashSet<String> {
    (0..input.len())
        .filter_map(|at| {
            let here = input.skip(at);
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

/// Responses under labels of their own: at the start of a paragraph, line or item, or as a heading.
fn labelled(reading: &Reading<'_>, listed: &Listed) -> Vec<Response> {
    let mut found: Vec<Response> = Vec::new();
    let alone = reading.sentences.iter().filter(|sentence| {
        let block = reading.block(sentence.place.block);
        let plain = !matches!(
            block.map(|block| &block.kind),
            Some(BlockKind::ListItem(_) | BlockKind::Table(_))
        );
        let label = response::response_label(reading.input(sentence));
        plain && label.is_ok_and(|(rest, label)| rest.is_empty() && label.stance.is_none())
    });
    let alone = alone.take(2).count();
    let unlisted = listed.issues.is_empty() && repeats_label(reading);
    for sentence in &reading.sentences {
        if sentence.place.cell.is_some() || !lists::begins_line(reading, sentence) {
            continue;
        }
        let Some((rest, label)) = label_of(reading, sentence) else {
            continue;
        };
        // "Accepted: recommendations 1 and 2" names what it accepts; "Priority action 1" is an issue.
        let input = reading.input(sentence);
        let names_issue =
            || listed.starts_at(label.span.start) && response::response_label(input).is_ok();
        let elsewhere =
            label.stance.is_some() && names_others(listed, &label, input) || names_issue();
        if elsewhere {
            continue;
        }
        let within = found
            .last()
            .is_some_and(|last| label.span.start < last.span.end);
        let answers = label.to != To::Last
            || answers_last(reading, listed, sentence, &label, alone)
            || unlisted && label.marked && !rest.is_empty();
        if !within && answers {
            found.extend(answer(reading, listed, sentence, rest, &label));
        }
    }
    found
}

/// Whether a marked label of responses opens the text of several lines: judgements that are no issues are answered one by one.
fn repeats_label(reading: &Reading<'_>) -> bool {
    let labels = |sentence: &&Sentence| {
        sentence.classes.has(Class::ResponseLabel)
            && sentence.place.cell.is_none()
            && lists::begins_line(reading, sentence)
            && response::response_label(reading.input(sentence))
                .is_ok_and(|(rest, label)| label.marked && !rest.is_empty())
    };
    reading.sentences.iter().filter(labels).nth(1).is_some()
}

/// The label that a sentence starts with: one of responses or, among the actions of the body, one of numbers alone ("Areas 1
/// and 2:").
fn label_of<'a>(
    reading: &'a Reading<'_>,
    sentence: &Sentence,
) -> Option<(Input<'a>, ResponseLabel)> {
    let input = reading.input(sentence);
    if let Ok(found) = response::response_label(input) {
        return Some(found);
    }
    let item = matches!(
        reading.block(sentence.place.block)?.kind,
        BlockKind::ListItem(_)
    );
    (item && under_response(reading, sentence.place.block))
        .then(|| response::numbers_label(input).ok())
        .flatten()
}

/// Whether an item stands under a heading or lead that is the label of responses.
fn under_response(reading: &Reading<'_>, item: usize) -> bool {
    const REACH: usize = 12;
    let list = |block: usize| {
        matches!(
            reading.block(block).map(|block| &block.kind),
            Some(BlockKind::ListItem(_))
        )
    };
    let lead = (item.saturating_sub(REACH)..item)
        .rev()
        .find(|&block| !list(block));
    let labels = |block: usize| {
        let first = reading.sentences_of(block).first();
        first.is_some_and(|first| response::response_label(reading.input(first)).is_ok())
    };
    lead.is_some_and(labels) || issues::under_response(reading, item)
}

/// Whether a label without numbers answers the issue before it, rather than heading a section or being an item that ends in
/// such a word. One that stands alone does where it is near, and where there are several of its kind.
fn answers_last(
    reading: &Reading<'_>,
    listed: &Listed,
    sentence: &Sentence,
    label: &ResponseLabel,
    alone: usize,
) -> bool {
    const NEAR: usize = 3;
    let Some(last) = listed.before(label.span.start) else {
        return false;
    };
    let block = sentence.place.block;
    let kind = reading.block(block).map(|block| &block.kind);
    if matches!(kind, Some(BlockKind::ListItem(_))) && !label.marked {
        return false;
    }
    let only = label.span.end == reading.input(sentence).span().end;
    let near = block <= last.block + NEAR;
    match label.stance {
        Some(_) => near,
        None => !only || near && (alone >= 2 || listed.issues.len() == 1),
    }
}

/// The response under a label: with it its first sentence, which may stand in the next block. Nothing where that lays a duty
/// on someone else.
fn answer(
    reading: &Reading<'_>,
    listed: &Listed,
    sentence: &Sentence,
    rest: Input<'_>,
    label: &ResponseLabel,
) -> Option<Response> {
    let next = reading
        .sentences
        .get(sentence.place.sentence + 1)
        .filter(|next| {
            rest.is_empty()
                && next.place.cell.is_none()
                && next.place.block <= sentence.place.block + 1
                && !lists::is_heading(reading.document, next.place.block)
        });
    let text = next.map_or(rest, |next| reading.input(next));
    if asks(text) || label.to == To::Last && names_others(listed, label, text) {
        return None;
    }
    let span = if text.is_empty() {
        label.span
    } else {
        label.span.join(text.span())
    };
    let block = reading
        .block(sentence.place.block)
        .map_or(span, |block| block.span);
    Some(Response {
        to: listed.resolve(&label.to, label.span.start),
        stance: label.stance.or_else(|| response::opening_stance(text)),
        noun: label.noun.map(|noun| reading.label(noun)),
        span,
        extent: Span::new(label.span.start, block.end.max(span.end)),
        place: sentence.place,
    })
}

/// Whether the text under a label says itself which issues it accepts, and that these are others than the one before it: "Comments:
/// the board concurred with recommendation 1 and …".
fn names_others(listed: &Listed, label: &ResponseLabel, text: Input<'_>) -> bool {
    let at = label.span.start;
    let last = listed.resolve(&To::Last, at);
    let others = |to: &To| matches!(to, To::Numbers(_)) && listed.resolve(to, at) != last;
    let acceptances = response::acceptances(text);
    acceptances.iter().any(|acceptance| others(&acceptance.to))
}

/// What stands below all issues under the one heading of a response, where nothing else answers any of them: all are answered.
fn under_one_heading(reading: &Reading<'_>, listed: &Listed) -> Option<Response> {
    let last = listed.issues.last()?.span.end;
    let mut headings = reading.sentences.iter().filter(|sentence| {
        let below = reading.input(sentence).span().start > last;
        below && lists::is_heading(reading.document, sentence.place.block)
    });
    let is_label = |sentence: &&Sentence| {
        let label = response::response_label(reading.input(sentence));
        label.is_ok_and(|(rest, label)| rest.is_empty() && label.to == To::Last)
    };
    let heading = headings.find(is_label)?;
    let text = reading.sentences_of(heading.place.block + 1).first()?;
    let input = reading.input(text);
    let coded = issues::leading_number(input).is_some();
    let paragraph = matches!(reading.block(text.place.block)?.kind, BlockKind::Paragraph);
    let plain = paragraph && headings.next().is_none() && !asks(input) && !coded;
    plain.then(|| Response {
        stance: response::opening_stance(input),
        ..Response::plain(listed.all(), input, text.place)
    })
}

/// Whether what stands under a label lays a duty on someone else: the inspectorate speaks, not the body.
fn asks(text: Input<'_>) -> bool {
    let own = ["we", "our", "i"].iter().any(|word| text.starts_with(word));
    !own && response::opening_stance(text).is_none()
        && (0..text.len()).any(|at| {
            ["must", "should"]
                .iter()
                .any(|word| text.skip(at).starts_with(word))
        })
}

/// Texts under the label of an issue that was given before: "Order 2: “We have …”".
fn numbered(reading: &Reading<'_>, listed: &Listed) -> Vec<Response> {
    let starts: FxHashSet<usize> = listed.issues.iter().map(|issue| issue.span.start).collect();
    issues::labels(reading)
        .into_iter()
        .filter(|label| !starts.contains(&label.span.start))
        .map(|label| Response {
            to: label
                .numbers
                .iter()
                .map(|number| listed.written(number))
                .collect(),
            stance: label.stance,
            noun: None,
            span: label.span,
            extent: label.extent,
            place: label.place,
        })
        .collect()
}

/// The items of a numbered list under the label of responses, each for the issue with its number.
fn items(reading: &Reading<'_>, listed: &Listed, known: &[Response]) -> Vec<Response> {
    let mut taken: Vec<Span> = known.iter().map(|response| response.extent).collect();
    taken.extend(listed.issues.iter().map(|issue| issue.span));
    taken.sort_unstable();
    let mut found = Vec::new();
    for list in lists::lists(reading.document) {
        let answers: Option<Vec<Response>> = list
            .items
            .iter()
            .map(|&item| {
                let BlockKind::ListItem(kind) = &reading.block(item)?.kind else {
                    return None;
                };
                let first = reading.sentences_of(item).first()?;
                let input = reading.input(first);
                let to = listed.exactly(&kind.number, input.span().start)?;
                (!covered(&taken, input.span().start)).then(|| Response {
                    to: vec![to],
                    stance: response::opening_stance(input),
                    noun: None,
                    span: input.span(),
                    extent: reading.block(item).map_or(input.span(), |block| block.span),
                    place: first.place,
                })
            })
            .collect();
        let headed = |&first: &usize| under_response(reading, first);
        if list.numbered && list.items.first().is_some_and(headed) {
            found.extend(answers.unwrap_or_default());
        }
    }
    found
}

/// Paragraphs and items that begin with the codes of issues and speak for the body: "M1 and M2: The trust accepts these findings."
fn coded(reading: &Reading<'_>, listed: &Listed, known: &[Response]) -> Vec<Response> {
    if listed.issues.is_empty() {
        return Vec::new();
    }
    let mut taken: Vec<Span> = known.iter().map(|response| response.extent).collect();
    taken.extend(listed.issues.iter().map(|issue| issue.span));
    taken.sort_unstable();
    let mut found = Vec::new();
    for (at, block) in reading.document.blocks.iter().enumerate() {
        let Some(first) = reading.sentences_of(at).first() else {
            continue;
        };
        let input = reading.input(first);
        let (rest, numbers) = match &block.kind {
            BlockKind::ListItem(item) => (input, vec![item.number.clone()]),
            BlockKind::Paragraph => match response::numbers_label(input) {
                Ok((rest, label)) => match label.to {
                    To::Numbers(numbers) => (rest, numbers),
                    _ => continue,
                },
                Err(_) => continue,
            },
            _ => continue,
        };
        let start = input.span().start;
        let codes = numbers.iter().all(|number| {
            crate::grammar::reference::is_code(number) && listed.has_written(number, start)
        });
        let speaks = own(rest) || lists::has(rest, Class::Accepted);
        if codes && speaks && !asks(rest) && !covered(&taken, start) {
            found.push(Response {
                to: numbers,
                stance: stance_in(rest),
                noun: None,
                span: input.span(),
                extent: block.span,
                place: first.place,
            });
        }
    }
    found
}

/// The stance that a sentence opens with, else the one that it takes in its first words: "The board accepts the criticism".
fn stance_in(input: Input<'_>) -> Option<Stance> {
    const NEAR: usize = 6;
    let near = input.until(input.position() + NEAR);
    let accepts = || lists::has(near, Class::Accepted) && !lists::has(near, Class::Rejected);
    response::opening_stance(input).or_else(|| accepts().then_some(Stance::Accepted))
}

/// The paragraphs right below issues with labels, where two or more of them open with a stance: a letter that takes the
/// issues in turn.
fn in_turn(reading: &Reading<'_>, listed: &Listed, known: &[Response]) -> Vec<Response> {
    let mut taken: Vec<Span> = known.iter().map(|response| response.extent).collect();
    taken.sort_unstable();
    let starts: FxHashSet<usize> = listed.issues.iter().map(|issue| issue.span.start).collect();
    let below: Vec<(Vec<String>, &Sentence)> = issues::labels(reading)
        .into_iter()
        .filter(|label| starts.contains(&label.span.start))
        .filter_map(|label| {
            let last = reading
                .sentences
                .partition_point(|sentence| reading.input(sentence).span().start < label.span.end);
            let block = reading.sentences.get(last.checked_sub(1)?)?.place.block + 1;
            let plain = matches!(reading.block(block)?.kind, BlockKind::Paragraph);
            let first = reading.sentences_of(block).first().filter(|_| plain)?;
            Some((label.numbers, first))
        })
        .filter(|(_, first)| {
            let input = reading.input(first);
            crate::grammar::reference::issue_label(input).is_err()
                && listed
                    .issues
                    .iter()
                    .take(MOST_ISSUES)
                    .all(|issue| issue.span != input.span())
        })
        .collect();
    let takes = |sentence: &Sentence| response::opening_stance(reading.input(sentence)).is_some();
    let stances = below.iter().filter(|(_, first)| takes(first)).count();
    if stances < 2 || stances * 2 < below.len() {
        return Vec::new();
    }
    below
        .into_iter()
        .filter(|(_, first)| !covered(&taken, reading.input(first).span().start))
        .map(|(to, first)| {
            let input = reading.input(first);
            Response {
                to: to.iter().map(|number| listed.written(number)).collect(),
                stance: response::opening_stance(input),
                noun: None,
                span: input.span(),
                extent: reading
                    .block(first.place.block)
                    .map_or(input.span(), |block| block.span),
                place: first.place,
            }
        })
        .collect()
}

/// The rows of a table that has a column of responses.
fn rows(reading: &Reading<'_>, listed: &Listed, block: usize, table: &Table) -> Vec<Response> {
    let columns = issues::columns(reading, block, table);
    let stated = |column: &usize| {
        table
            .rows
            .iter()
            .filter(|row| !row.head)
            .filter_map(|row| row.cells.get(*column))
            .any(|&cell| stance_of(reading, block, cell).is_some())
    };
    let Some(responses) = columns
        .response
        .or(columns.status.filter(stated))
        .filter(|_| columns.issue.or(columns.number).is_some())
    else {
        return Vec::new();
    };
    let by_row: FxHashMap<usize, &str> = listed
        .issues
        .iter()
        .filter(|issue| issue.block == block)
        .filter_map(|issue| Some((issue.row?, &*issue.number)))
        .collect();
    let head = table.rows.iter().position(|row| row.head).unwrap_or(0);
    let rows = table
        .rows
        .iter()
        .enumerate()
        .filter(|(at, row)| *at != head && !row.head);
    rows.filter_map(|(at, row)| {
        let &cell = row.cells.get(responses)?;
        let sentence = issues::sentence_at(reading, block, cell)?;
        let number = issues::row_number(reading, block, row, columns)
            .or_else(|| by_row.get(&at).map(|&number| number.to_owned()))
            .filter(|number| !number.is_empty());
        let status = columns.status.and_then(|column| row.cells.get(column));
        let stance = status
            .into_iter()
            .chain(&row.cells)
            .find_map(|&cell| stance_of(reading, block, cell));
        Some(Response {
            to: number.into_iter().collect(),
            stance,
            noun: None,
            span: reading.input(sentence).span(),
            extent: cell,
            place: sentence.place,
        })
    })
    .collect()
}

/// The stance of a cell: what it opens with, or "yes" and "no", which may be one letter.
fn stance_of(reading: &Reading<'_>, block: usize, cell: Span) -> Option<Stance> {
    let input = reading.input(issues::sentence_at(reading, block, cell)?);
    let only = |word: &str| input.len() == 1 && input.starts_with(word);
    if only("yes") || only("y") {
        return Some(Stance::Accepted);
    }
    if only("no") || only("n") {
        return Some(Stance::Rejected);
    }
    response::opening_stance(input)
}

/// Whether a byte lies in one of some spans that are sorted by their start.
fn covered(spans: &[Span], at: usize) -> bool {
    let after = spans.partition_point(|span| span.start <= at);
    after
        .checked_sub(1)
        .and_then(|last| spans.get(last))
        .is_some_and(|span| at < span.end)
}

/// Sentences that accept or refuse issues, outside the responses and issues themselves.
fn accepted(reading: &Reading<'_>, listed: &Listed, direct: &[Response]) -> Vec<Response> {
    let mut taken: Vec<Span> = direct.iter().map(|response| response.extent).collect();
    taken.extend(listed.issues.iter().map(|issue| issue.span));
    taken.sort_unstable();
    let mut found = Vec::new();
    // Whether the body speaks for itself, as in a letter.
    let mut letter = false;
    for sentence in &reading.sentences {
        let input = reading.input(sentence);
        let outside = sentence.place.cell.is_none()
            && !lists::is_heading(reading.document, sentence.place.block)
            && !covered(&taken, input.span().start);
        if !outside {
            continue;
        }
        let acceptances = response::acceptances(input);
        letter |= !acceptances.is_empty() && own(input);
        letter |= response::addressee(input)
            .is_ok_and(|(rest, _)| to_inspectors(input.until(rest.position())));
        let taken_up = || response::taken_up(input).filter(|_| letter);
        if acceptances.is_empty()
            && let Some(to) = addressed(listed, input, letter)
                .or_else(|| listed.addressed(&taken_up()?, input.span().start))
        {
            found.push(Response {
                to,
                stance: response::opening_stance(input),
                noun: None,
                span: input.span(),
                extent: input.span(),
                place: sentence.place,
            });
        }
        for acceptance in acceptances {
            let to = listed.resolve(&acceptance.to, input.span().start);
            let before = input
                .tokens()
                .partition_point(|token| token.span.start < acceptance.span.start);
            let before = lists::closing(input.until(input.position() + before));
            if inspects(speaker(before)) || lists::speaks_of_the_past(before) {
                continue;
            }
            found.push(Response {
                to,
                stance: Some(acceptance.stance),
                noun: None,
                span: input.span(),
                extent: input.span(),
                place: sentence.place,
            });
        }
    }
    found
}

/// Who a clause speaks of: its words up to the first verb, where that says how a report was taken: "[The council] welcomes the report
/// and".
fn speaker(before: Input<'_>) -> Input<'_> {
    lists::find(before, Class::Reaction).map_or(before, |(here, _)| before.until(here.position()))
}

/// The known issues that a sentence of the body says what was done about: "In response to recommendation 1, we have …", "For
/// recommendations 2 and 3, management said that it had …". In the body's own `letter`, what was or will be done is enough.
fn addressed(listed: &Listed, input: Input<'_>, letter: bool) -> Option<Vec<String>> {
    let (rest, to) = response::addressee(input).ok()?;
    let to = listed.addressed(&to, input.span().start);
    let opening = input.until(rest.position());
    let speaks = (own(rest) || letter) && promises(rest, &["will", "shall", "have", "has", "are"]);
    to.filter(|_| speaks || to_inspectors(opening) || answers(rest))
}

/// Whether words speak to those who inspect: "your first concern".
fn to_inspectors(input: Input<'_>) -> bool {
    (0..input.len()).any(|at| input.skip(at).starts_with("your"))
}

/// Most words of a speaker with what is said of the saying: "the agency's management also stated".
const SPEAKER: usize = 6;

/// Whether a sentence opens with somebody who does not inspect, and who says or accepts something.
fn answers(input: Input<'_>) -> bool {
    let opening = input.until(input.position() + SPEAKER);
    let verb = [Class::Attribution, Class::Accepted];
    let verb = verb
        .into_iter()
        .filter_map(|class| lists::find(opening, class));
    verb.map(|(here, _)| opening.until(here.position()))
        .min_by_key(|speaker| speaker.len())
        .is_some_and(|speaker| !speaker.is_empty() && !inspects(speaker) && !own(speaker))
}

/// Whether words name someone who inspects.
fn inspects(input: Input<'_>) -> bool {
    lists::has(input, Class::Inspector) || lists::has(input, Class::Inspectorate)
}

/// Whether a sentence says what will be done, in one of these forms of the verb.
fn promises(input: Input<'_>, verbs: &[&str]) -> bool {
    input.tokens().iter().any(|token| {
        let text = input.text_of(token);
        let will = verbs.iter().any(|word| text.eq_ignore_ascii_case(word));
        let short = |end: &str| text.ends_with(end);
        let have = verbs.contains(&"have") && (short("'ve") || short("’ve"));
        will || have || short("'ll") || short("’ll")
    })
}

/// Whether a sentence speaks of the speaker's own side: "we", "our", "us", "I".
fn own(input: Input<'_>) -> bool {
    input.tokens().iter().any(|token| {
        let text = input.text_of(token);
        let word = text.split(['\'', '’']).next().unwrap_or_default();
        ["we", "our", "us", "i"]
            .iter()
            .any(|own| word.eq_ignore_ascii_case(own))
    })
}

/// What the body says in a quotation: its first promise, with the words that say who speaks, and each further sentence on an issue
/// of its own. Only in a document that lists issues or (`rated`) states ratings, or where the speaker accepts the findings.
fn spoken(
    reading: &Reading<'_>,
    listed: &Listed,
    known: &[Response],
    rated: bool,
) -> Vec<Response> {
    let mut taken: Vec<Span> = known.iter().map(|response| response.span).collect();
    taken.sort_unstable();
    let mut found = Vec::new();
    let mut inspector = false;
    for quotation in quotations::quotations(reading) {
        let Some(speaker) = quotation.speaker else {
            continue;
        };
        let pronoun = reading.document.text_of(speaker).split_whitespace().count() == 1
            && ["he", "she", "they"]
                .iter()
                .any(|word| reading.document.text_of(speaker).eq_ignore_ascii_case(word));
        if !pronoun {
            inspector = speaker_inspects(reading, speaker);
        } else if let Some(named) = sentence_before(reading, quotation.place) {
            inspector = inspects(lists::opening(named));
        }
        let stranger = |sentence: &Sentence| {
            let named = lists::within(reading.input(sentence), speaker);
            lists::has(named, Class::Bystander)
        };
        if inspector || !pronoun && lists::sentences_over(reading, speaker).any(stranger) {
            continue;
        }
        let whole = Span::new(quotation.from.min(quotation.span.start), quotation.span.end);
        // Only the words of this quotation: a sentence may hold several.
        let sentences: Vec<Input<'_>> = lists::sentences_over(reading, whole)
            .map(|sentence| lists::within(reading.input(sentence), whole))
            .filter(|said| !said.is_empty())
            .collect();
        let accepts = sentences
            .iter()
            .any(|&said| lists::has(said, Class::Accepted));
        let words = reading.document.text_of(speaker).split_whitespace();
        let mut statements = Statements {
            listed,
            accepts,
            names_speaker: words.count() >= LEAST_NAME,
            taken: Vec::new(),
        };
        let answered = sentences
            .iter()
            .any(|said| covered(&taken, said.span().start));
        let opening = if answered {
            None
        } else {
            statements.opening(&sentences, quotation.span, rated)
        };
        if let Some((at, to)) = &opening {
            let promise = sentences.get(*at).map_or(whole, |said| said.span());
            let span = Span::new(whole.start, promise.end.max(whole.start));
            found.push(Response {
                to: to.clone(),
                stance: accepts.then_some(Stance::Accepted),
                noun: None,
                span,
                extent: span,
                place: quotation.place,
            });
        } else if !answered && !sentences.iter().any(|said| names_issues(*said)) {
            continue;
        }
        let opened = opening.map(|(at, _)| at);
        for (at, said) in sentences.iter().enumerate() {
            if opened == Some(at) {
                continue;
            }
            let inner = lists::within(*said, quotation.span);
            if covered(&taken, said.span().start) {
                continue;
            }
            let Some(to) = statements.further(inner) else {
                continue;
            };
            let place = place_of(reading, quotation.place, inner);
            found.push(Response::plain(to, inner, place));
        }
    }
    found
}

/// Whether a sentence opens with the issues that it speaks to: "On the three areas for improvement, …".
fn names_issues(said: Input<'_>) -> bool {
    response::addressee(unquoted(said)).is_ok()
}

/// Words without a mark that opens their quotation.
fn unquoted(said: Input<'_>) -> Input<'_> {
    crate::grammar::quote_mark(said).map_or(said, |(words, _)| words)
}

/// Where words of the block of `place` stand.
fn place_of(reading: &Reading<'_>, place: Place, words: Input<'_>) -> Place {
    let start = words.span().start;
    let holds = |sentence: &&Sentence| reading.input(sentence).span().end > start;
    let mut sentences = reading.sentences.iter().skip(place.sentence);
    sentences
        .find(holds)
        .map_or(place, |sentence| sentence.place)
}

/// Words of a name with an office, at least.
const LEAST_NAME: usize = 3;

/// What one speaker says in one quotation.
struct Statements<'a> {
    listed: &'a Listed,
    /// Whether the speaker accepts anything.
    accepts: bool,
    /// Whether the speaker has a name or office, rather than being one of many: not "one told us".
    names_speaker: bool,
    /// The issues that were answered, by their places.
    taken: Vec<Span>,
}

impl Statements<'_> {
    /// The first sentence that ties an action to the findings, and the numbers that it speaks to.
    fn opening(
        &mut self,
        sentences: &[Input<'_>],
        quotation: Span,
        rated: bool,
    ) -> Option<(usize, Vec<String>)> {
        let said = |at: &usize| {
            let sentence = sentences.get(*at).copied();
            sentence.map(|sentence| lists::within(sentence, quotation))
        };
        let any = |test: &dyn Fn(Input<'_>) -> bool| sentences.iter().any(|&said| test(said));
        let owns_up = any(&|said| own(said) && lists::has(said, Class::Remorse));
        let bare = self.listed.issues.is_empty();
        let acted = (0..sentences.len()).find(|at| {
            let since = sentences.get(*at).is_some_and(|&said| acts_since(said));
            since || rated && bare && said(at).is_some_and(|said| own(said) && has_acted(said))
        });
        // "We have repaired the showers", where the showers were found broken.
        let about = (0..sentences.len()).find(|at| {
            said(at).is_some_and(|said| {
                let acts = own(said) && promises(said, &["have"]);
                self.names_speaker && acts && self.listed.shares(&stems(said))
            })
        });
        if bare && !self.accepts && !owns_up && acted.is_none() && about.is_none() {
            return None;
        }
        let promise = (0..sentences.len()).find(|at| {
            said(at).is_some_and(|said| {
                promises(said, &["will"]) && (own(said) || self.listed.shares(&stems(said)))
            })
        });
        let done = (0..sentences.len()).find(|at| {
            said(at).is_some_and(|said| {
                (self.accepts || owns_up) && own(said) && promises(said, &["have", "am", "are"])
            })
        });
        let specific = promise.or(acted);
        let taken = || (0..sentences.len()).find(|at| said(at).is_some_and(takes_findings));
        let taken = taken();
        let mut at = specific.or(done).or(about).or(taken)?;
        let acts =
            |at: &usize| said(at).is_some_and(|said| promises(said, &["have", "will", "are"]));
        if let Some(taken) = taken.filter(acts)
            && self.listed.all().is_empty()
        {
            // Nothing has a number that a later promise could answer.
            at = at.min(taken);
        }
        let sentence = *sentences.get(at)?;
        if specific.is_none() && any(&accepts_all) || says_all(sentence) {
            self.taken
                .extend(self.listed.issues.iter().map(|issue| issue.span));
            return Some((at, self.listed.all()));
        }
        let nearest = self.listed.nearest(&stems(sentence));
        self.taken.extend(nearest.map(|issue| issue.span));
        Some((at, self.listed.resolve_statement(sentence)))
    }

    /// The number that a further sentence speaks to, where it says what was or will be done about a numbered issue that was not
    /// answered yet.
    fn further(&mut self, said: Input<'_>) -> Option<Vec<String>> {
        if let Ok((_, to)) = response::addressee(unquoted(said))
            && let Some(to) = self.listed.addressed(&to, said.span().start)
        {
            return Some(to);
        }
        let acts = promises(said, &["will", "have", "has"])
            || (0..said.len()).any(|at| {
                said.skip(at).starts_with("now") && at > 0 && {
                    let before = said.skip(at - 1);
                    before.starts_with("is") || before.starts_with("are")
                }
            });
        let issue = self.listed.nearest(&stems(said)).filter(|_| acts)?;
        if issue.number.is_empty() || self.taken.contains(&issue.span) {
            return None;
        }
        self.taken.push(issue.span);
        Some(vec![issue.number.clone()])
    }
}

/// Whether a sentence says that something was done about what was found.
///
/// `has-acted = ("have" | "has" | "had") [adverb] action`: "has appointed six consultants".
fn has_acted(said: Input<'_>) -> bool {
    (0..said.len()).any(|at| {
        let here = said.skip(at);
        let auxiliary = ["have", "has", "had"]
            .iter()
            .any(|word| here.starts_with(word))
            || here.first().is_some_and(|token| {
                let text = here.text_of(token);
                text.ends_with("'ve") || text.ends_with("’ve")
            });
        let rest = here.skip(1);
        let rest = rest.lexeme(Class::Adverb).map_or(rest, |(after, _)| after);
        auxiliary && rest.lexeme(Class::Action).is_some()
    })
}

/// Whether the body takes what was found: "we accept that …", "we agree with what the inspectors say".
fn takes_findings(said: Input<'_>) -> bool {
    (0..said.len()).any(|at| {
        let here = said.skip(at);
        let verb = here.skip(1);
        let verb = verb.lexeme(Class::Adverb).map_or(verb, |(after, _)| after);
        let speaks = ["we", "i"].iter().any(|word| here.starts_with(word));
        speaks && verb.lexeme(Class::Accepted).is_some()
    })
}

/// Whether the body takes what was found as a whole: "we accept the findings in full".
fn accepts_all(said: Input<'_>) -> bool {
    const NEAR: usize = 4;
    let Some((_, rest)) = lists::find(said, Class::Accepted) else {
        return false;
    };
    let object = rest.until(rest.position() + NEAR);
    own(said)
        && ["findings", "report", "recommendations", "conclusions"]
            .iter()
            .any(|noun| (0..object.len()).any(|at| object.skip(at).starts_with(noun)))
}

/// Whether the body says what it has done since it was inspected: "since the inspection we have hired staff".
fn acts_since(said: Input<'_>) -> bool {
    let since = (0..said.len()).find(|&at| said.skip(at).starts_with("since"));
    since.is_some_and(|at| {
        const REACH: usize = 6;
        let after = said.skip(at);
        lists::has(after.until(after.position() + REACH), Class::InspectionNoun)
    }) && own(said)
        && promises(said, &["have", "'ve", "’ve"])
}

/// The sentence before a place in its block, which names whom a pronoun stands for.
fn sentence_before<'a>(reading: &'a Reading<'_>, place: Place) -> Option<Input<'a>> {
    let sentence = reading.sentences.get(place.sentence)?;
    reading
        .previous(sentence)
        .map(|before| reading.input(before))
}

/// Whether the words that name a speaker name an inspector.
fn speaker_inspects(reading: &Reading<'_>, speaker: Span) -> bool {
    lists::sentences_over(reading, speaker)
        .any(|sentence| inspects(lists::within(reading.input(sentence), speaker)))
}

/// `says-all = "all" number | "both" tally-noun`: "all three improvements", "both points".
fn says_all(input: Input<'_>) -> bool {
    (0..input.len()).any(|at| {
        let here = input.skip(at);
        here.starts_with("all") && crate::grammar::number::magnitude(here.skip(1)).is_ok()
            || here.starts_with("both") && here.skip(1).lexeme(Class::TallyNoun).is_some()
    })
}

impl Listed {
    /// The numbers that a promise speaks to: all where it says so, else the issue that shares most words with it.
    fn resolve_statement(&self, input: Input<'_>) -> Vec<String> {
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

/// What the body is reported to have said it would do, after the issues, and what follows on it in the same paragraph. Where no
/// issue is listed but ratings are stated (`rated`), what it is reported to have done.
///
/// `reported = speaker attribution "that" … ("would" | has-acted) …`
fn reported(
    reading: &Reading<'_>,
    listed: &Listed,
    known: &[Response],
    rated: bool,
) -> Vec<Response> {
    let mut taken: Vec<Span> = known.iter().map(|response| response.span).collect();
    taken.sort_unstable();
    let mut found: Vec<Response> = Vec::new();
    let mut follows = None;
    for sentence in &reading.sentences {
        let input = reading.input(sentence);
        let start = input.span().start;
        if sentence.place.cell.is_some() || covered(&taken, start) {
            continue;
        }
        let says = reports_speech(input);
        if listed.before(start).is_none() {
            if rated && listed.issues.is_empty() && says && has_acted(input) {
                found.push(Response::plain(Vec::new(), input, sentence.place));
            }
            continue;
        }
        let spoken = says || follows == Some(sentence.place.block);
        if !(spoken && promises(input, &["will", "would"]) || says && has_acted(input)) {
            continue;
        }
        if listed.nearest(&stems(input)).is_none() && !says_all(input) {
            continue;
        }
        let to = listed.resolve_statement(input);
        if found
            .last()
            .is_some_and(|last| last.place.block == sentence.place.block && last.to == to)
        {
            continue;
        }
        follows = Some(sentence.place.block);
        found.push(Response::plain(to, input, sentence.place));
    }
    found
}

/// Whether someone who does not inspect is reported to have said something.
///
/// `reported-speech = speaker attribution ( pronoun | determiner | conjunction | *4(word) "that" )`
fn reports_speech(input: Input<'_>) -> bool {
    const ASIDE: usize = 4;
    const LINKS: Classes = Classes::of(&[Class::Pronoun, Class::Determiner, Class::Conjunction]);
    let Some((here, rest)) = lists::find(input, Class::Attribution) else {
        return false;
    };
    let speaker = input.until(here.position());
    let links = crate::grammar::noun::is_a(rest, LINKS)
        || (1..=ASIDE).any(|words| rest.skip(words).starts_with("that"));
    links && !speaker.is_empty() && !inspects(speaker)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::facts_of;

    /// Checks responses, each as `numbers stance: first words`.
    fn found(text: &str) -> Vec<String> {
        let (document, facts) = facts_of(text);
        facts
            .iter()
            .filter(|fact| fact.kind == schema::RESPONSE)
            .map(|fact| {
                let Value::List(to) = fact.get(slots::Slot::to) else {
                    panic!("a list of numbers");
                };
                let to: Vec<_> = to.iter().filter_map(Value::as_words).collect();
                let stance = fact.get(slots::Slot::stance).as_words().unwrap_or_default();
                let text = document.text_of(fact.span).split_whitespace();
                let words: Vec<_> = text.take(4).collect();
                format!("{} {stance}: {}", to.join(","), words.join(" "))
                    .trim_start()
                    .to_owned()
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(found(text), expected, "{text}");
    }

    const ISSUES: &str = "The inspectors identified three issues:\n\n1. Letters are late.\n2. Files are lost.\n3. Staff need training.\n\n";

    #[track_caller]
    fn after_issues(text: &str, expected: &[&str]) {
        check(&format!("{ISSUES}{text}"), expected);
    }

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
    fn one_letter_is_a_stance_in_its_column() {
        check(
            "| Ref | Recommendation | Management response | Agreed (Y/N) |\n|---|---|---|---|\n| R1 | Count stock. | Done in June. | Y |\n| R2 | Sell stock. | It is leased. | N |\n",
            &["R1 accepted: Done in June.", "R2 rejected: It is leased."],
        );
    }

    #[test]
    fn a_table_of_answers_behind_the_issues() {
        after_issues(
            "We agree with all three issues. The table has our actions.\n\n| No. | Response | Action |\n|---|---|---|\n| 1 | Agreed | Clerks come in May. |\n| 2 | Partly agreed | Some files were found. |\n| 3 | Agreed | Courses begin in June. |\n",
            &[
                "1,2,3 accepted: We agree with all",
                "1 accepted: Agreed",
                "2 partly: Partly agreed",
                "3 accepted: Agreed",
            ],
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
    fn tables_answer_row_by_row() {
        check(
            "| No. | Recommendation | Response |\n|---|---|---|\n| 1 | Train all staff | Accepted |\n| 2 | Sell the old hall | Not accepted |\n| 3 | Mend the roof | |",
            &["1 accepted: Accepted", "2 rejected: Not accepted"],
        );
    }

    #[test]
    fn columns_of_stances_answer() {
        check(
            "| No. | Recommendation | Agreed? |\n|---|---|---|\n| 1 | Train all staff | Yes |\n| 2 | Sell the old hall | No |",
            &["1 accepted: Yes", "2 rejected: No"],
        );
        check(
            "| No. | Recommendation | Status |\n|---|---|---|\n| 1 | Train all staff | Open |",
            &[],
        );
        check(
            "| Recommendation | Response |\n|---|---|\n| 1. Train all staff | Accept |",
            &["1 accepted: Accept"],
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
}
