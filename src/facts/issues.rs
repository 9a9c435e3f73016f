//! Issues: recommendations, requirements, areas for improvement and failings, in lists, under labels, in tables.

use rustc_hash::FxHashSet;

use super::{
    Fact, Place,
    lists::{self, List},
    reading::{Reading, Sentence},
    schema::{self, date, issue},
};
use crate::{
    document::{BlockKind, Row, Table},
    grammar::{Class, Classes, Input, TokenKind, noun, reference, response},
    span::Span,
    value::{Label, Value},
};

/// Adds every issue of the document.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let mut found = labelled(reading);
    let mut blocks: FxHashSet<usize> = found
        .iter()
        .flat_map(|issue| issue.place.block..=last_block(reading, issue))
        .collect();
    for list in lists::lists(reading.document) {
        // What stands under an issue says more about it, and is no issue of its own.
        if list
            .lead
            .is_some_and(|lead| blocks.contains(&lead) || says_more(reading, &list, lead, &blocks))
        {
            continue;
        }
        if let Some(noun) = noun_of_list(reading, &list) {
            blocks.extend(&list.items);
            found.extend(
                list.items
                    .iter()
                    .filter_map(|&item| item_issue(reading, item, &noun)),
            );
        }
    }
    for (block, table) in tables(reading) {
        if heading_cue(reading, block, true) == Cue::Against {
            continue;
        }
        found.extend(table_issues(reading, block, table));
    }
    found.sort_by_key(|issue| issue.span);
    found.dedup_by(|later, first| {
        first.extent.contains(later.span)
            && (first.span != later.span || first.number == later.number)
    });
    let paragraphs = paragraph_issues(reading, &found);
    found.extend(paragraphs);
    found.sort_by_key(|issue| issue.span);
    name_series(reading, &mut found);
    let deadlines = Deadlines::new(reading, facts);
    let made: Vec<Fact> = found.iter().map(|issue| issue.fact(&deadlines)).collect();
    facts.extend(made);
}

/// Whether a list spells out the numbered item of issues right above its lead: it has letters or bullets.
fn says_more(reading: &Reading<'_>, list: &List, lead: usize, issues: &FxHashSet<usize>) -> bool {
    let number = |block: usize| match &reading.block(block)?.kind {
        BlockKind::ListItem(item) => Some(item.number.as_str()),
        _ => None,
    };
    let digits = |number: &str| number.bytes().any(|byte| byte.is_ascii_digit());
    let Some(above) = lead.checked_sub(1).filter(|above| issues.contains(above)) else {
        return false;
    };
    let first = list.items.first().and_then(|&first| number(first));
    number(above).is_some_and(digits) && !first.is_some_and(digits)
}

/// The block in which the first sentence of an issue ends; its label may be a heading above.
fn last_block(reading: &Reading<'_>, issue: &Issue) -> usize {
    let block = issue.place.block;
    let goes_on = reading
        .block(block)
        .is_some_and(|block| block.span.end < issue.span.end);
    block + usize::from(goes_on)
}

/// An issue before it becomes a fact.
#[derive(Clone, Debug)]
struct Issue {
    number: String,
    noun: String,
    series: Option<Label>,
    /// Label and first sentence.
    span: Span,
    /// Everything that belongs to the issue in its block.
    extent: Span,
    place: Place,
}

impl Issue {
    fn fact(&self, deadlines: &Deadlines) -> Fact {
        Fact::new(schema::ISSUE, self.span, self.place)
            .with(issue::Slot::number, Value::text(&self.number))
            .with(issue::Slot::noun, Label::new(&self.noun))
            .with(issue::Slot::series, self.series.clone())
            .with(issue::Slot::deadline, deadlines.within(self.extent))
    }
}

/// What a lead or heading says of what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Cue {
    /// Issues, under this name.
    Issues(String),
    /// Something else.
    Against,
    /// Nothing.
    Silent,
}

/// What the items of a list are called, where they are issues.
fn noun_of_list(reading: &Reading<'_>, list: &List) -> Option<String> {
    let &first = list.items.first()?;
    let lead = list.lead.map(|lead| past_brackets(reading, lead))?;
    let heading = heading_cue(reading, first, list.numbered);
    if lists::is_heading(reading.document, lead) && !lists::leads(reading.document, lead) {
        return named(heading);
    }
    noun_under(reading, lead, || heading)
}

/// What stands under a lead is called, where it is issues; `heading` is what the headings above say.
///
/// A short line above the lead, which was not set as a heading, speaks before them.
fn noun_under(reading: &Reading<'_>, lead: usize, heading: impl FnOnce() -> Cue) -> Option<String> {
    let above = || {
        let above = lead.checked_sub(1)?;
        let plain = matches!(reading.block(above)?.kind, BlockKind::Paragraph);
        let [only] = reading.sentences_of(above) else {
            return None;
        };
        plain
            .then(|| title_cue(reading.input(only)))
            .filter(|cue| *cue != Cue::Silent)
    };
    match lead_cue(reading, lead) {
        Cue::Issues(noun) if noun.is_empty() => {
            let cue = above().unwrap_or_else(heading);
            Some(named(cue).unwrap_or_else(|| "action".to_owned()))
        }
        Cue::Issues(noun) => Some(noun),
        Cue::Against => None,
        Cue::Silent => named(above().unwrap_or_else(heading)),
    }
}

/// The block above a paragraph that stands in brackets whole, as "(Information for the school)" does.
fn past_brackets(reading: &Reading<'_>, lead: usize) -> usize {
    let text = reading
        .block(lead)
        .map_or("", |block| reading.document.text_of(block.span));
    if text.starts_with('(') && text.ends_with(')') {
        lead.saturating_sub(1)
    } else {
        lead
    }
}

fn named(cue: Cue) -> Option<String> {
    match cue {
        Cue::Issues(noun) => Some(noun),
        Cue::Against | Cue::Silent => None,
    }
}

/// Reads the paragraph before a list.
///
/// `lead = … (number | announcer) issue-noun … | … issue-noun ":" | … directive … ":"`, the last two in its last sentence:
/// "The inspectors identified six issues.", "The practice must:". The name is empty where only a directive stands.
fn lead_cue(reading: &Reading<'_>, lead: usize) -> Cue {
    let sentences = reading.sentences_of(lead);
    let Some((last, before)) = sentences.split_last() else {
        return Cue::Silent;
    };
    let input = reading.input(last);
    let announced = || {
        let mut before = before.iter().rev();
        before.find_map(|sentence| announced_noun(reading.input(sentence)))
    };
    if !lists::leads(reading.document, lead) {
        return match announced_noun(input).or_else(announced) {
            Some(noun) => Cue::Issues(noun),
            None if before.is_empty() => title_cue(input),
            None => Cue::Silent,
        };
    }
    let named = announced_noun(input)
        .or_else(|| issue_noun(input))
        .filter(|_| closes_lead(input));
    if named.is_some() {
        return named.map_or(Cue::Silent, Cue::Issues);
    }
    if directs(input) && !said_by_others(input) {
        return Cue::Issues(announced().unwrap_or_default());
    }
    let points = lists::has(input, Class::Announcer) || input.len() <= SHORT_LEAD;
    match announced().filter(|_| points && closes_lead(input)) {
        Some(noun) => Cue::Issues(noun),
        None if lists::has(input, Class::Strength) || narrates(input) => Cue::Against,
        None => Cue::Silent,
    }
}

/// Whether a duty is laid on someone.
///
/// `duty = duty-word | tell-word *8(word) "to"`: "must", "was told to", "told the trust to". A question lays none.
fn directs(input: Input<'_>) -> bool {
    const REACH: usize = 8;
    let duty = |here: Input<'_>| match here.lexeme(Class::Directive) {
        Some((_, word)) if word.canonical == "duty" => true,
        Some((rest, _)) => {
            !rest.starts_with("us") && (1..=REACH).any(|words| rest.skip(words).starts_with("to"))
        }
        None => false,
    };
    !input.text().contains('?') && (0..input.len()).any(|at| duty(input.skip(at)))
}

/// Whether someone who does not inspect says what should be done: "patients told us that the service should".
fn said_by_others(input: Input<'_>) -> bool {
    lists::find(input, Class::Attribution).is_some_and(|(here, _)| {
        let speaker = input.until(here.position());
        let inspects = [Class::Inspector, Class::Inspectorate, Class::DocumentRole]
            .into_iter()
            .any(|class| lists::has(speaker, class));
        !inspects && !["it", "we"].iter().any(|word| speaker.starts_with(word))
    })
}

/// Whether a lead tells what someone did or will do, rather than what was found.
fn narrates(input: Input<'_>) -> bool {
    const FINDS: &[&str] = &[
        "found",
        "find",
        "finds",
        "identified",
        "identify",
        "saw",
        "noted",
    ];
    let any = |words: &[&str]| {
        (0..input.len()).any(|at| words.iter().any(|word| input.skip(at).starts_with(word)))
    };
    let acts = |at: usize| noun::is_a(input.skip(at), Classes::of(&[Class::Verb]));
    first_person(input)
        || !any(FINDS) && (any(&["has", "have", "had", "will"]) || (0..input.len()).any(acts))
}

/// Tokens of a lead that only hands over: "They are:".
const SHORT_LEAD: usize = 4;

/// Tokens of a paragraph that is read as a title, at most.
const LONGEST_TITLE: usize = 14;

/// A line that stands like a heading and was not set as one: short, without a full stop.
fn title_cue(input: Input<'_>) -> Cue {
    let stops = input
        .tokens()
        .last()
        .is_some_and(|token| matches!(token.kind, TokenKind::Symbol('.' | ';' | '!')));
    if stops || input.len() > LONGEST_TITLE {
        return Cue::Silent;
    }
    cue_of_heading(input, false)
}

/// Whether nothing in the last sentence of a lead says that the list is of something else: strengths, what the body does,
/// what people said.
fn closes_lead(input: Input<'_>) -> bool {
    let said = [Class::IssueNoun, Class::IssueHeading]
        .into_iter()
        .any(|class| {
            lists::find(input, class).is_some_and(|(_, rest)| lists::has(rest, Class::Attribution))
        });
    !said && !lists::has(input, Class::Strength) && !first_person(input)
}

/// Whether the body itself says what it does: "we have", "we will".
fn first_person(input: Input<'_>) -> bool {
    (0..input.len()).any(|at| {
        let here = input.skip(at);
        here.starts_with("we")
            && ["have", "will", "are", "did", "also", "plan"]
                .iter()
                .any(|word| here.skip(1).starts_with(word))
            && !lists::has(lists::opening(here), Class::IssueNoun)
            && !directs(lists::opening(here))
    })
}

/// The issue noun that a number or announcer stands before: "six issues", "the following requirements".
fn announced_noun(input: Input<'_>) -> Option<String> {
    if lists::speaks_of_the_past(input) {
        return None;
    }
    (0..input.len()).rev().find_map(|at| {
        let here = input.skip(at);
        let (_, noun) = here.lexeme(Class::IssueNoun)?;
        let announces = (1..=3).any(|back| {
            let Some(before) = here.position().checked_sub(back) else {
                return false;
            };
            before >= input.position() && {
                let word = input.restart(before);
                word.first().is_some_and(|token| {
                    token.classes.has(Class::NumberWord)
                        || token.classes.has(Class::Announcer)
                        || token.kind == TokenKind::Number
                })
            }
        });
        announces.then(|| noun.canonical.to_owned())
    })
}

fn issue_noun(input: Input<'_>) -> Option<String> {
    [Class::IssueNoun, Class::IssueHeading]
        .into_iter()
        .find_map(|class| {
            (0..input.len()).find_map(|at| {
                let (_, noun) = input.skip(at).lexeme(class)?;
                Some(noun.canonical.to_owned())
            })
        })
}

/// Reads the headings above a block, nearest first. A heading that says nothing leaves it to the one above; the title is
/// asked only where it is the nearest.
fn heading_cue(reading: &Reading<'_>, block: usize, numbered: bool) -> Cue {
    let headings = reading.document.headings(block);
    for (distance, &heading) in headings.iter().rev().enumerate() {
        let level = match reading.block(heading).map(|block| &block.kind) {
            Some(BlockKind::Heading { level }) => *level,
            _ => continue,
        };
        if level <= 1 && distance > 0 {
            break;
        }
        let Some(sentence) = reading.sentences_of(heading).first() else {
            continue;
        };
        match cue_of_heading(reading.input(sentence), numbered) {
            Cue::Silent => {}
            // A title is of the whole document, which may hold issues for all that it names.
            Cue::Against if level <= 1 => {}
            cue => return cue,
        }
    }
    Cue::Silent
}

/// `issue-heading = … (issue-noun | issue-heading) …`, without a word for strengths or the past; where a word for a response
/// stands before the noun ("Our response to the recommendations"), only numbered items are issues.
fn cue_of_heading(input: Input<'_>, numbered: bool) -> Cue {
    let noun = issue_noun(input);
    if lists::has(input, Class::Previous) {
        return Cue::Against;
    }
    let Some(noun) = noun else {
        let against = lists::has(input, Class::Strength) || lists::has(input, Class::ResponseLabel);
        return if against { Cue::Against } else { Cue::Silent };
    };
    let position = |class| lists::find(input, class).map(|(here, _)| here.position());
    let answers = matches!(
        (position(Class::ResponseLabel), position(Class::IssueNoun)),
        (Some(response), Some(issue)) if response < issue
    );
    let strong = matches!(
        (position(Class::Strength), position(Class::IssueNoun)),
        (Some(strength), Some(issue)) if strength < issue
    );
    if answers && !numbered || strong {
        Cue::Against
    } else {
        Cue::Issues(noun)
    }
}

/// The issue that an item of a list is; nothing where the item is a response.
fn item_issue(reading: &Reading<'_>, block: usize, noun: &str) -> Option<Issue> {
    let BlockKind::ListItem(item) = &reading.block(block)?.kind else {
        return None;
    };
    let first = reading.sentences_of(block).first()?;
    let input = reading.input(first);
    let answers = response::response_label(input).is_ok_and(|(_, label)| label.marked);
    if answers || reference::issue_label(input).is_ok() {
        return None;
    }
    let coded = leading_number(input).map(|(_, number)| number);
    let coded = coded.filter(|number| item.number.is_empty() && reference::is_code(number));
    Some(Issue {
        number: coded.unwrap_or_else(|| item.number.clone()),
        noun: noun.to_owned(),
        series: None,
        span: input.span(),
        extent: reading.block(block)?.span,
        place: first.place,
    })
}

/// Issues with a label of their own, outside tables.
///
/// A second label with the same number, where a response is to be expected, labels the response: under a heading or after
/// a lead that speaks of responses, or before words that the body itself says.
fn labelled(reading: &Reading<'_>) -> Vec<Issue> {
    let mut found: Vec<Issue> = Vec::new();
    let mut known: FxHashSet<(String, String, String)> = FxHashSet::default();
    for labelled in labels(reading) {
        let series = labelled.series.as_ref().map_or("", Label::key);
        let keys: Vec<_> = labelled
            .numbers
            .iter()
            .map(|number| (number.clone(), labelled.noun.clone(), series.to_owned()))
            .collect();
        let repeats = keys.iter().all(|key| known.contains(key));
        if !(repeats && labelled.answers) {
            known.extend(keys);
            found.extend(labelled.issues());
        }
    }
    found
}

/// A label with what follows it.
#[derive(Clone, Debug)]
pub(super) struct Labelled {
    pub(super) numbers: Vec<String>,
    noun: String,
    series: Option<Label>,
    /// Label and first sentence.
    pub(super) span: Span,
    /// What the label goes for: up to the next label, or the end of the block.
    pub(super) extent: Span,
    pub(super) place: Place,
    /// Whether what follows may be a response.
    answers: bool,
    /// The stance that the text takes.
    pub(super) stance: Option<response::Stance>,
}

impl Labelled {
    /// One issue for each number.
    fn issues(self) -> impl Iterator<Item = Issue> {
        self.numbers.into_iter().map(move |number| Issue {
            number,
            noun: self.noun.clone(),
            series: self.series.clone(),
            span: self.span,
            extent: self.extent,
            place: self.place,
        })
    }
}

/// Every label of an issue at the start of a line, with the text that it labels.
pub(super) fn labels(reading: &Reading<'_>) -> Vec<Labelled> {
    let mut found: Vec<Labelled> = Vec::new();
    for (at, sentence) in reading.sentences.iter().enumerate() {
        if sentence.place.cell.is_some() || !lists::begins_line(reading, sentence) {
            continue;
        }
        let input = reading.input(sentence);
        let Ok((rest, label)) = reference::issue_label(input) else {
            continue;
        };
        let earlier = |span| lists::has(lists::within(input, span), Class::Previous);
        if label.series.is_some_and(earlier) {
            continue;
        }
        let next = reading.sentences.get(at + 1).filter(|next| {
            rest.is_empty()
                && next.place.block <= sentence.place.block + 1
                && next.place.cell.is_none()
                && reference::issue_label(reading.input(next)).is_err()
                && response::response_label(reading.input(next)).is_err()
        });
        let text = next.map_or(rest, |next| reading.input(next));
        let span = if text.is_empty() {
            label.span
        } else {
            label.span.join(text.span())
        };
        let block = reading
            .block(sentence.place.block)
            .map_or(span, |block| block.span);
        found.push(Labelled {
            numbers: label.numbers,
            noun: label.noun,
            series: label.series.map(|span| reading.label(span)),
            span,
            extent: Span::new(span.start, block.end.max(span.end)),
            place: sentence.place,
            answers: said_by_body(text) || under_response(reading, sentence.place.block),
            stance: response::opening_stance(text),
        });
    }
    for at in 1..found.len() {
        let start = found.get(at).map_or(0, |label| label.span.start);
        if let Some(before) = found.get_mut(at - 1) {
            before.extent.end = before.extent.end.min(start).max(before.span.end);
        }
    }
    found
}

/// Whether a text is in the words of the body: a quotation, "we", a stance.
fn said_by_body(text: Input<'_>) -> bool {
    crate::grammar::quote_mark(text).is_ok()
        || ["we", "our", "i"].iter().any(|word| text.starts_with(word))
        || response::opening_stance(text).is_some()
}

/// Whether a heading above a block speaks of responses.
pub(super) fn under_response(reading: &Reading<'_>, block: usize) -> bool {
    reading
        .document
        .headings(block)
        .iter()
        .rev()
        .take(1)
        .any(|&heading| {
            reading
                .sentences_of(heading)
                .iter()
                .any(|sentence| lists::has(reading.input(sentence), Class::ResponseLabel))
        })
}

fn tables<'a>(reading: &Reading<'a>) -> impl Iterator<Item = (usize, &'a Table)> {
    let blocks = reading.document.blocks.iter().enumerate();
    blocks.filter_map(|(at, block)| match &block.kind {
        BlockKind::Table(table) => Some((at, table)),
        _ => None,
    })
}

/// The columns of a table that holds issues or responses.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Columns {
    /// Column of numbers.
    pub(super) number: Option<usize>,
    /// Column of issues.
    pub(super) issue: Option<usize>,
    /// Column of responses.
    pub(super) response: Option<usize>,
}

/// Tells the columns of a table by their heads.
pub(super) fn columns(reading: &Reading<'_>, block: usize, table: &Table) -> Columns {
    let mut columns = Columns::default();
    let heads = table.rows.iter().position(|row| row.head).unwrap_or(0);
    for sentence in reading.sentences_of(block) {
        let Some((row, column)) = sentence.place.cell else {
            continue;
        };
        if row != heads {
            continue;
        }
        let input = reading.input(sentence);
        let is_number = input.len() <= LONGEST_NUMBER_HEAD
            && (0..input.len()).any(|at| {
                let heads = ["no", "nos", "number", "#", "ref", "reference", "id"];
                heads.iter().any(|head| input.skip(at).starts_with(head))
            });
        let slot = if is_number {
            &mut columns.number
        } else if lists::find(input, Class::ResponseLabel)
            .is_some_and(|(here, _)| here.position() <= input.position() + 4)
        {
            &mut columns.response
        } else if issue_noun(input).is_some() {
            &mut columns.issue
        } else {
            continue;
        };
        slot.get_or_insert(column);
    }
    let duty = |lead: usize| matches!(lead_cue(reading, lead), Cue::Issues(_));
    if columns.issue.is_none() && block.checked_sub(1).is_some_and(duty) {
        columns.issue = columns.response.take();
    }
    columns
}

/// Tokens of the head of a column of numbers, at most: "Recommendation no."
const LONGEST_NUMBER_HEAD: usize = 3;

/// Words that a cell must have to state an issue.
const LEAST_WORDS: usize = 2;

fn table_issues(reading: &Reading<'_>, block: usize, table: &Table) -> Vec<Issue> {
    let columns = columns(reading, block, table);
    let Some(issues) = columns.issue else {
        return coded_rows(reading, block, table);
    };
    let noun = table
        .rows
        .first()
        .and_then(|row| row.cells.get(issues))
        .and_then(|&head| sentence_at(reading, block, head))
        .and_then(|sentence| issue_noun(reading.input(sentence)))
        .unwrap_or_else(|| "action".to_owned());
    let rows = table
        .rows
        .iter()
        .filter(|row| !row.head)
        .skip(usize::from(!table.rows.iter().any(|row| row.head)));
    rows.filter_map(|row| {
        let &cell = row.cells.get(issues)?;
        let sentence = sentence_at(reading, block, cell)?;
        let input = reading.input(sentence);
        let own = row_number(reading, block, row, columns);
        let labelled = leading_number(input);
        let number = own.or_else(|| labelled.as_ref().map(|(_, number)| number.clone()));
        let text = labelled.map_or(input, |(rest, _)| rest);
        (text.len() >= LEAST_WORDS || number.is_some() && !text.is_empty()).then(|| Issue {
            number: number.unwrap_or_default(),
            noun: noun.clone(),
            series: None,
            span: input.span(),
            extent: row.cells.iter().fold(cell, |all, &cell| all.join(cell)),
            place: sentence.place,
        })
    })
    .collect()
}

/// The rows of a table without heads that stands where issues do, each a number and an issue.
fn coded_rows(reading: &Reading<'_>, block: usize, table: &Table) -> Vec<Issue> {
    let cells = |row: &Row| -> Option<(String, Span)> {
        let &[code, text, ..] = row.cells.as_slice() else {
            return None;
        };
        let (rest, number) =
            reference::code(reading.input(sentence_at(reading, block, code)?)).ok()?;
        rest.is_empty().then_some((number, text))
    };
    let rows: Option<Vec<_>> = table.rows.iter().map(cells).collect();
    let heading = heading_cue(reading, block, true);
    let (Some(rows), Some(noun)) = (rows, named(heading)) else {
        return Vec::new();
    };
    rows.into_iter()
        .filter_map(|(number, text)| {
            let sentence = sentence_at(reading, block, text)?;
            let span = reading.input(sentence).span();
            Some(Issue {
                number,
                noun: noun.clone(),
                series: None,
                span,
                extent: text,
                place: sentence.place,
            })
        })
        .collect()
}

/// The number of a row: what stands in the column of numbers.
pub(super) fn row_number(
    reading: &Reading<'_>,
    block: usize,
    row: &Row,
    columns: Columns,
) -> Option<String> {
    let &cell = row.cells.get(columns.number?)?;
    let input = reading.input(sentence_at(reading, block, cell)?);
    reference::code(input).ok().map(|(_, number)| number)
}

/// `leading-number = [issue-noun] code [":" | "." | ")" | "–"]`, at the start of a cell that says more.
pub(super) fn leading_number(input: Input<'_>) -> Option<(Input<'_>, String)> {
    if let Ok((rest, label)) = reference::issue_label(input) {
        return Some((rest, label.numbers.into_iter().next()?));
    }
    let (rest, number) = reference::code(input).ok()?;
    let (rest, ()) = reference::label_end(rest).ok()?;
    Some((rest, number))
}

/// The first sentence of the cell at `cell`.
pub(super) fn sentence_at<'a>(
    reading: &'a Reading<'_>,
    block: usize,
    cell: Span,
) -> Option<&'a Sentence> {
    let sentences = reading.sentences_of(block);
    let at = sentences.partition_point(|sentence| {
        reading
            .input(sentence)
            .first()
            .is_some_and(|token| token.span.start < cell.start)
    });
    sentences
        .get(at)
        .filter(|sentence| cell.contains(reading.input(sentence).span()))
}

/// Paragraphs that lay a duty on someone, under a heading that announces issues and holds none in a list or under labels.
fn paragraph_issues(reading: &Reading<'_>, listed: &[Issue]) -> Vec<Issue> {
    let section = |block: usize| reading.block(block).and_then(|block| block.section);
    let mut taken: Vec<Option<usize>> = listed
        .iter()
        .map(|issue| section(issue.place.block))
        .collect();
    taken.extend(listed.iter().map(|issue| Some(issue.place.block)));
    taken.sort_unstable();
    let mut found = Vec::new();
    for (at, block) in reading.document.blocks.iter().enumerate() {
        let plain = matches!(block.kind, BlockKind::Paragraph)
            && !lists::leads(reading.document, at)
            && taken.binary_search(&block.section).is_err();
        if !plain {
            continue;
        }
        let Some(first) = reading.sentences_of(at).first() else {
            continue;
        };
        let input = reading.input(first);
        let directs = directs(input);
        let announces = announced_noun(input).is_some();
        if !directs || announces || crate::grammar::quote_mark(input).is_ok() {
            continue;
        }
        if let Cue::Issues(noun) = heading_cue(reading, at, false) {
            found.push(Issue {
                number: String::new(),
                noun,
                series: None,
                span: input.span(),
                extent: block.span,
                place: first.place,
            });
        }
    }
    found
}

/// Names the series of issues of one name whose numbers would clash: by the heading that each stands under, or by the two
/// headings above it where that one stands twice.
fn name_series(reading: &Reading<'_>, issues: &mut [Issue]) {
    for headings in 1..=2 {
        let mut known: FxHashSet<(&str, &str, &str)> = FxHashSet::default();
        let mut clashes: FxHashSet<String> = FxHashSet::default();
        for issue in issues.iter().filter(|issue| !issue.number.is_empty()) {
            let series = issue.series.as_ref().map_or("", Label::key);
            if !known.insert((&issue.noun, series, &issue.number)) {
                clashes.insert(issue.noun.clone());
            }
        }
        for issue in issues.iter_mut() {
            let named = headings == 1 && issue.series.is_some();
            if !named && !issue.number.is_empty() && clashes.contains(&issue.noun) {
                issue.series =
                    headings_above(reading, issue.place.block, headings).or(issue.series.take());
            }
        }
    }
}

/// The text of the nearest headings above a block, outermost first.
fn headings_above(reading: &Reading<'_>, block: usize, count: usize) -> Option<Label> {
    let path = reading.document.headings(block);
    let nearest = path.get(path.len().saturating_sub(count)..)?;
    let texts = nearest.iter().filter_map(|&heading| reading.block(heading));
    let text: Vec<String> = texts.map(|heading| reading.text(heading.span)).collect();
    (!text.is_empty()).then(|| Label::new(&text.join(": ")))
}

/// The dates of a document that something is due by, in order of place.
struct Deadlines(Vec<(Span, Value)>);

impl Deadlines {
    fn new(reading: &Reading<'_>, facts: &[Fact]) -> Self {
        let mut dates: Vec<(Span, Value)> = facts
            .iter()
            .filter(|fact| fact.kind == schema::DATE && is_due(reading, fact))
            .map(|fact| (fact.span, fact.get(date::Slot::to).clone()))
            .collect();
        dates.sort_by_key(|(span, _)| *span);
        Self(dates)
    }

    /// The first of them inside a span; unknown where there is none.
    fn within(&self, span: Span) -> Value {
        let at = self.0.partition_point(|(date, _)| date.start < span.start);
        self.0
            .get(at)
            .filter(|(date, _)| span.contains(*date))
            .map_or(Value::Unknown, |(_, day)| day.clone())
    }
}

/// Whether a date is a deadline by its role, or by the word before it.
fn is_due(reading: &Reading<'_>, fact: &Fact) -> bool {
    let before = reading
        .document
        .text
        .get(..fact.span.start)
        .unwrap_or_default();
    let word = before.split_whitespace().next_back().unwrap_or_default();
    let word = word.trim_start_matches('(');
    fact.get(date::Slot::role) == &Value::Symbol("deadline")
        || ["by", "before", "of"]
            .iter()
            .any(|due| word.eq_ignore_ascii_case(due))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::facts_of;

    /// Checks issues, each as `[series ]noun number: first words`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (document, facts) = facts_of(text);
        let found: Vec<String> = facts
            .iter()
            .filter(|fact| fact.kind == schema::ISSUE)
            .map(|fact| {
                let words = |slot| fact.get(slot).as_words().unwrap_or_default().to_owned();
                let text = document.text_of(fact.span);
                let series = words(issue::Slot::series).to_lowercase();
                let label = format!(
                    "{series} {} {}",
                    words(issue::Slot::noun),
                    words(issue::Slot::number)
                );
                format!(
                    "{}: {}",
                    label.trim(),
                    text.split_whitespace().collect::<Vec<_>>().join(" ")
                )
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_lead_names_them() {
        check(
            "The inspectors identified two issues:\n\n1. Letters are late.\n2. Files are lost. Some were found.",
            &["issue 1: Letters are late.", "issue 2: Files are lost."],
        );
        check(
            "We made one requirement and the following two areas for improvement:\n\n- more training\n- better food",
            &[
                "area for improvement: more training",
                "area for improvement: better food",
            ],
        );
        check(
            "The inspectors set two requirements. The home should:\n\n- train staff\n- mend the roof",
            &["requirement: train staff", "requirement: mend the roof"],
        );
    }

    #[test]
    fn a_lead_lays_a_duty() {
        check(
            "The owner was told to:\n\n- clean it\n- mend it",
            &["action: clean it", "action: mend it"],
        );
        check(
            "The watchdog has told the trust to do two things:\n\n1. train staff\n2. mend the roof",
            &["action 1: train staff", "action 2: mend the roof"],
        );
        check("Patients told us that staff should:\n\n- smile more", &[]);
        check("The trust has told us that it has:\n\n- hired staff", &[]);
        check("What should staff do?\n\n- smile", &[]);
    }

    #[test]
    fn a_heading_names_them() {
        check(
            "# Report\n\n## What needs to improve\n\n- Checks of fridges.",
            &["area for improvement: Checks of fridges."],
        );
        check(
            "# Report\n\n## Requirement\n\nBy May the home must mend the roof. It leaks.",
            &["requirement: By May the home must mend the roof."],
        );
        check(
            "# Report\n\n## Recommendations\n\n### For the chief constable\n\n- Answer calls.",
            &["recommendation: Answer calls."],
        );
        check("# Report\n\n## Strengths\n\n- Kind staff.", &[]);
        check(
            "# Report\n\n## Main findings\n\n1. Kind staff.\n2. Good food.",
            &[],
        );
        check(
            "# Report\n\n## Our response to the recommendations\n\n- We hired staff.",
            &[],
        );
        check(
            "# Report\n\n## Recommendations\n\nThe trust has begun to act. It has:\n\n- hired staff",
            &[],
        );
    }

    #[test]
    fn labels_number_them() {
        check(
            "**Recommendation 1.** Train staff.\n\n**Recommendation 2:** Keep files.",
            &[
                "recommendation 1: Recommendation 1. Train staff.",
                "recommendation 2: Recommendation 2: Keep files.",
            ],
        );
        check(
            "**Strategic recommendation 1:** Train staff.\n\n**Local recommendation 1:** Keep files.",
            &[
                "strategic recommendation 1: Strategic recommendation 1: Train staff.",
                "local recommendation 1: Local recommendation 1: Keep files.",
            ],
        );
        check(
            "# Plan\n\n## Recommendations\n\n- R7: Train staff.",
            &["recommendation R7: R7: Train staff."],
        );
        check("See recommendation 3. It is late.", &[]);
    }

    #[test]
    fn points_under_an_issue_are_none() {
        check(
            "Recommendation 1: The board should publish data on:\n\n- food\n- staff",
            &["recommendation 1: Recommendation 1: The board should publish data on:"],
        );
    }

    #[test]
    fn the_same_label_again_heads_the_answer() {
        check(
            "Order 1: Pay Mr T.\n\nOrder 2: Mend it.\n\nOrder 1: “We have paid him.”",
            &["order 1: Order 1: Pay Mr T.", "order 2: Order 2: Mend it."],
        );
    }

    #[test]
    fn tables_hold_them() {
        check(
            "| No. | Recommendation | Owner |\n|---|---|---|\n| 1.1 | Train all staff | HR |\n| 1.2 | Keep the files | IT |",
            &[
                "recommendation 1.1: Train all staff",
                "recommendation 1.2: Keep the files",
            ],
        );
        check(
            "The provider must:\n\n| Action | Due date |\n|---|---|\n| train staff | 3 May 2024 |",
            &["action: train staff"],
        );
        check("| Rating | Homes |\n|---|---|\n| Good | 12 |", &[]);
        check(
            "# Report\n\n## Progress on recommendations\n\n| Recommendation | Progress |\n|---|---|\n| Train all staff | Done |",
            &[],
        );
    }
}
