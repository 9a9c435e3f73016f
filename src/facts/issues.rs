//! Issues: recommendations, requirements, areas for improvement and failings, in lists, under labels, in tables.

use rustc_hash::FxHashSet;

use super::{
    Fact, Place, findings,
    lists::{self, List},
    reading::{Reading, Sentence},
    schema::{self, date, issue},
};
use crate::{
    document::{BlockKind, Row, Table},
    grammar::{Class, Classes, Input, Token, TokenKind, noun, reference, response},
    span::Span,
    value::{Label, Value},
};

/// Adds every issue of the document.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let mut found = labelled(reading);
    found.extend(unnumbered(reading));
    let mut blocks: FxHashSet<usize> = found
        .iter()
        .flat_map(|issue| issue.place.block..=last_block(reading, issue))
        .collect();
    let mut group: Option<(String, usize)> = None;
    for list in lists::lists(reading.document) {
        // What stands under an issue says more about it, and is no issue of its own.
        if list
            .lead
            .is_some_and(|lead| blocks.contains(&lead) || says_more(reading, &list, lead, &blocks))
        {
            continue;
        }
        let grouped = group
            .take()
            .filter(|(_, last)| goes_on(reading, &list, *last));
        let goes_on = grouped.is_some() || opens_group(reading, &list);
        let grouped = grouped.map(|(noun, _)| noun);
        let failings = || failings_noun(reading, &list);
        if let Some(noun) = noun_of_list(reading, &list).or(grouped).or_else(failings) {
            let items = before_findings(reading, &list);
            let last = items.last().copied();
            group = last.filter(|_| goes_on).map(|last| (noun.clone(), last));
            blocks.extend(items);
            found.extend(
                items
                    .iter()
                    .filter_map(|&item| item_issue(reading, item, &noun)),
            );
        }
    }
    for (block, table) in tables(reading) {
        if heading_cue(reading, block, true) == Cue::Against && !answered(reading, block, table) {
            continue;
        }
        found.extend(table_issues(reading, block, table));
    }
    found.extend(run_in(reading));
    if found.is_empty() {
        found.extend(answered_items(reading));
    }
    let listed: FxHashSet<(String, String)> = found
        .iter()
        .filter(|issue| !issue.answers && !issue.number.is_empty())
        .map(|issue| (issue.noun.clone(), issue.number.clone()))
        .collect();
    found.retain(|issue| {
        !(issue.answers && listed.contains(&(issue.noun.clone(), issue.number.clone())))
    });
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

/// The items of a list up to the first that is a paragraph of the report numbered on from it: several sentences without a duty,
/// under a heading of its own; or up to the first whose code was given before, as an answer has the code of its issue.
fn before_findings<'l>(reading: &Reading<'_>, list: &'l lists::List) -> &'l [usize] {
    const DUTIES: Classes = Classes::of(&[Class::Directive]);
    let mut before = None;
    let mut numbers: FxHashSet<&str> = FxHashSet::default();
    let end = list.items.iter().position(|&item| {
        let again = match &reading.block(item).map(|block| &block.kind) {
            Some(BlockKind::ListItem(item)) if reference::is_code(&item.number) => {
                !numbers.insert(&item.number)
            }
            _ => false,
        };
        let from = before.replace(item).map_or(item, |before| before + 1);
        let headed = (from..item).any(|block| lists::is_heading(reading.document, block));
        let sentences = reading.sentences_of(item);
        let bound = sentences
            .iter()
            .any(|sentence| sentence.classes.meets(DUTIES));
        again || headed && sentences.len() > 1 && !bound
    });
    list.items
        .get(..end.unwrap_or(list.items.len()))
        .unwrap_or_default()
}

/// Whether a list stands under a line that names a part of what a line above with a colon announces: "… require improvement
/// because:", then "Leadership".
fn opens_group(reading: &Reading<'_>, list: &List) -> bool {
    let Some(lead) = list.lead else { return false };
    let colon = |line: &Input<'_>| line.text().ends_with(':');
    let above = lead.checked_sub(1);
    if lists::is_heading(reading.document, lead) {
        return above.is_some_and(|above| lists::leads(reading.document, above));
    }
    matches!(last_lines(reading, lead).as_slice(), [title, above, ..] if !colon(title) && colon(above))
}

/// Whether a list stands under a line of its own right after the item `last`, and no heading speaks of something else.
fn goes_on(reading: &Reading<'_>, list: &List, last: usize) -> bool {
    const NEAR: usize = 2;
    let (Some(lead), Some(&first)) = (list.lead, list.items.first()) else {
        return false;
    };
    let title = last_lines(reading, lead);
    lead <= last + NEAR
        && !lists::leads(reading.document, lead)
        && heading_cue(reading, first, list.numbered) == Cue::Silent
        && title
            .first()
            .is_some_and(|title| title_cue(*title) == Cue::Silent && title.len() <= LONGEST_TITLE)
}

/// Whether a list spells out the numbered item of issues right above its lead: it has letters or bullets.
fn says_more(reading: &Reading<'_>, list: &List, lead: usize, issues: &FxHashSet<usize>) -> bool {
    let number = |block: usize| match &reading.block(block)?.kind {
        BlockKind::ListItem(item) => Some(item.number.as_str()),
        _ => None,
    };
    let digits = |number: &str| number.bytes().any(|byte| byte.is_ascii_digit());
    let own = |sentence: &Sentence| announced_noun(reading.input(sentence)).is_some();
    if reading.sentences_of(lead).last().is_some_and(own) {
        return false;
    }
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
    /// Whether its label may head an answer instead, where a list has the number already.
    answers: bool,
    /// The cell that says by when it is done, where its table has a column for that.
    due: Option<Span>,
}

impl Issue {
    /// One without a number, over a sentence.
    fn unnumbered(input: Input<'_>, noun: String, extent: Span, place: Place) -> Self {
        Self {
            number: String::new(),
            noun,
            series: None,
            span: input.span(),
            extent,
            place,
            answers: false,
            due: None,
        }
    }

    fn fact(&self, deadlines: &Deadlines) -> Fact {
        Fact::new(schema::ISSUE, self.span, self.place)
            .with(issue::Slot::number, Value::text(&self.number))
            .with(issue::Slot::noun, Label::new(&self.noun))
            .with(issue::Slot::series, self.series.clone())
            .with(issue::Slot::deadline, deadlines.of(self))
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
        let silent = heading == Cue::Silent;
        return named(heading).or_else(|| {
            let above = lead.checked_sub(1).filter(|_| silent)?;
            let plain = matches!(reading.block(above)?.kind, BlockKind::Paragraph);
            plain.then(|| named(line_cue(reading, above))).flatten()
        });
    }
    noun_under(reading, lead, || heading)
}

/// What findings are called that say that something is wrong.
const FAILING: &str = "failing";

/// What the items of a list are called that are failings which those who inspect found, where nothing says otherwise: neither
/// a heading, nor that the body itself or others say so, nor that it was so in an earlier round.
fn failings_noun(reading: &Reading<'_>, list: &List) -> Option<String> {
    let &first = list.items.first()?;
    let lead = reading.input(reading.sentences_of(list.lead?).last()?);
    let others = first_person(lead) || said_by_others(lead) || lists::speaks_of_the_past(lead);
    let silent = heading_cue(reading, first, list.numbered) != Cue::Against;
    (silent
        && !others
        && !lists::has(lead, Class::Strength)
        && findings::are_failings(reading, list))
    .then(|| FAILING.to_owned())
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
        Cue::Silent if heads_its_own(reading, lead) => None,
        Cue::Silent => named(above().unwrap_or_else(heading)),
    }
}

/// Whether a line without a stop has a colon in its middle: "The care of children: good" heads a section of its own.
fn heads_its_own(reading: &Reading<'_>, lead: usize) -> bool {
    let [only] = reading.sentences_of(lead) else {
        return false;
    };
    let tokens = reading.input(only).tokens();
    let mark = |token: &Token, marks: &[char]| matches!(token.kind, TokenKind::Symbol(mark) if marks.contains(&mark));
    tokens.iter().any(|token| mark(token, &[':']))
        && tokens
            .last()
            .is_some_and(|token| !mark(token, &[':', '.', ';', '!', '?']))
}

/// Lines of a paragraph that are read as titles of the list below, at most.
const MOST_TITLES: usize = 3;

/// The last lines of a block, the last one first, back to a sentence that does not begin its line.
fn last_lines<'a>(reading: &'a Reading<'_>, block: usize) -> Vec<Input<'a>> {
    let mut lines = Vec::new();
    for sentence in reading.sentences_of(block).iter().rev().take(MOST_TITLES) {
        let input = reading.input(sentence);
        let mut end = input.len();
        for at in (0..input.len()).rev() {
            if lines.len() < MOST_TITLES
                && input.skip(at).first().is_some_and(|token| token.line_start)
            {
                lines.push(input.until(input.position() + end).skip(at));
                end = at;
            }
        }
        if end > 0 {
            break;
        }
    }
    lines
}

/// What the lines at the end of a paragraph say of the list below, where they stand like headings: text that was copied from
/// a page has no empty lines around those. A line that says nothing leaves it to the one above.
fn line_cue(reading: &Reading<'_>, block: usize) -> Cue {
    for line in last_lines(reading, block) {
        if !line.text().starts_with(char::is_uppercase) {
            break;
        }
        let stops = line
            .tokens()
            .last()
            .is_some_and(|token| matches!(token.kind, TokenKind::Symbol('.' | ';' | '!' | ',')));
        if stops || line.len() > LONGEST_TITLE {
            break;
        }
        match cue_of_heading(line, false) {
            Cue::Silent => {}
            cue => return cue,
        }
    }
    Cue::Silent
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
            None => match line_cue(reading, lead) {
                Cue::Silent if before.is_empty() => title_cue(input),
                cue => cue,
            },
        };
    }
    let named = announced_noun(input)
        .or_else(|| issue_noun(input))
        .filter(|_| closes_lead(input));
    if named.is_some() {
        return named.map_or(Cue::Silent, Cue::Issues);
    }
    if directs(input) && binds_inspectors(input) {
        return Cue::Against;
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

/// Whether the duty is that of those who inspect: "Inspectors must:".
fn binds_inspectors(input: Input<'_>) -> bool {
    input.lexeme(Class::Inspector).is_some_and(|(rest, _)| {
        ["must", "should", "shall"]
            .iter()
            .any(|duty| rest.starts_with(duty))
    })
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

/// The issue noun that a number or announcer stands before, or a number of rules after: "six issues", "the following requirements",
/// "in breach of three regulations".
fn announced_noun(input: Input<'_>) -> Option<String> {
    if lists::speaks_of_the_past(input) {
        return None;
    }
    (0..input.len()).rev().find_map(|at| {
        let here = input.skip(at);
        let (rest, noun) = here.lexeme(Class::IssueNoun)?;
        let counts = |word: Input<'_>| {
            word.first().is_some_and(|token| {
                token.classes.has(Class::NumberWord)
                    || token.classes.has(Class::Announcer)
                    || token.kind == TokenKind::Number
            })
        };
        let after = rest.starts_with("of") && counts(rest.skip(1));
        let announces = after
            || (1..=3).any(|back| {
                let Some(before) = here.position().checked_sub(back) else {
                    return false;
                };
                before >= input.position() && counts(input.restart(before))
            });
        announces.then(|| noun.canonical.to_owned())
    })
}

fn issue_noun(input: Input<'_>) -> Option<String> {
    [Class::IssueNoun, Class::IssueHeading]
        .into_iter()
        .find_map(|class| {
            (0..input.len()).find_map(|at| {
                let (rest, noun) = input.skip(at).lexeme(class)?;
                // "In order to improve" names no order.
                let purpose = rest.starts_with("to")
                    && at
                        .checked_sub(1)
                        .is_some_and(|before| input.skip(before).starts_with("in"));
                (!purpose).then(|| noun.canonical.to_owned())
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
        let Some(sentence) = title_of(reading, heading) else {
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

/// The words of a heading: its first sentence, without a number that stands before it.
fn title_of<'a>(reading: &'a Reading<'_>, heading: usize) -> Option<&'a Sentence> {
    let sentences = reading.sentences_of(heading);
    let worded = |sentence: &&Sentence| {
        let tokens = reading.input(sentence).tokens();
        tokens.iter().any(|token| token.kind == TokenKind::Word)
    };
    sentences.iter().find(worded).or_else(|| sentences.first())
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
    let resolves = lists::has(lists::opening(input), Class::Resolution);
    if answers || resolves || reference::issue_label(input).is_ok() {
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
        answers: false,
        due: None,
    })
}

/// Items and paragraphs with a number or code, right below each of which a labelled answer says whether it is accepted: "R1 Keep
/// records.", "Management response: Accepted." One alone may be anything.
fn answered_items(reading: &Reading<'_>) -> Vec<Issue> {
    let found: Vec<Issue> = (0..reading.document.blocks.len())
        .filter_map(|block| answered_item(reading, block))
        .collect();
    if found.len() > 1 { found } else { Vec::new() }
}

/// The issue that a block states, where the block below it is a labelled answer with a stance, or says of a duty of the block
/// whether it is accepted: "1. The board should keep records.", "The board agrees with this recommendation."
fn answered_item(reading: &Reading<'_>, block: usize) -> Option<Issue> {
    let first = reading.sentences_of(block).first()?;
    let input = reading.input(first);
    let answer = reading.input(reading.sentences_of(block + 1).first()?);
    let labelled = response::response_label(answer).is_ok_and(|(text, label)| {
        let stance = label.stance.or_else(|| response::opening_stance(text));
        label.marked && stance.is_some()
    });
    let bound = || lists::has(input, Class::Directive);
    let accepts = || {
        let acceptances = response::acceptances(answer);
        acceptances.iter().any(|said| said.to == response::To::Last)
    };
    if !(labelled || bound() && accepts()) {
        return None;
    }
    let noun = issue_noun(answer).filter(|_| !labelled);
    let number = match &reading.block(block)?.kind {
        BlockKind::ListItem(item) if !item.number.is_empty() => item.number.clone(),
        BlockKind::Paragraph => {
            let (rest, number) = reference::code(input).ok()?;
            (!rest.is_empty()).then_some(number)?
        }
        _ => return None,
    };
    Some(Issue {
        number,
        ..Issue::unnumbered(
            input,
            noun.unwrap_or_else(|| "action".to_owned()),
            reading.block(block)?.span,
            first.place,
        )
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

/// Issues under a label without a number: "Area for improvement: the force should …", or such a name alone on its line and
/// what is wrong below it.
fn unnumbered(reading: &Reading<'_>) -> Vec<Issue> {
    const LEAST_TOKENS: usize = 4;
    let mut found = Vec::new();
    for (at, sentence) in reading.sentences.iter().enumerate() {
        if sentence.place.cell.is_some() || !lists::begins_line(reading, sentence) {
            continue;
        }
        let input = reading.input(sentence);
        let Some((rest, noun)) = input.lexeme(Class::IssueNoun) else {
            continue;
        };
        let name = noun.canonical;
        let tells = [" of ", " for ", "concern"]
            .iter()
            .any(|part| name.contains(part));
        let several = input.until(rest.position()).tokens().len();
        let several = (0..several).any(|word| noun::is_plural(input.skip(word)));
        let colon = rest
            .first()
            .is_some_and(|token| token.kind == TokenKind::Symbol(':'));
        let text = if colon { rest.skip(1) } else { rest };
        if several || !text.is_empty() && !colon {
            continue;
        }
        let block = reading.block(sentence.place.block).map(|block| block.span);
        if text.len() >= LEAST_TOKENS && (tells || directs(text)) {
            let extent = block.unwrap_or(input.span());
            found.push(Issue::unnumbered(
                input,
                name.to_owned(),
                Span::new(input.span().start, extent.end),
                sentence.place,
            ));
        } else if text.is_empty()
            && tells
            && let Some(next) = reading.sentences.get(at + 1)
            && states(reading, sentence, next)
        {
            let input = reading.input(next);
            found.push(Issue::unnumbered(
                input,
                name.to_owned(),
                input.span(),
                next.place,
            ));
        }
    }
    found
}

/// Whether a sentence below the name of an issue says what is wrong: it is running text, right below, and does not say that
/// there is none.
fn states(reading: &Reading<'_>, label: &Sentence, next: &Sentence) -> bool {
    const OPENING: usize = 5;
    let running = reading
        .block(next.place.block)
        .is_some_and(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Quotation));
    let input = reading.input(next);
    let none = (0..OPENING.min(input.len())).any(|at| {
        ["no", "none", "any"]
            .iter()
            .any(|word| input.skip(at).starts_with(word))
    });
    running
        && !none
        && input.text().ends_with('.')
        && next.place.cell.is_none()
        && next.place.block <= label.place.block + 1
        && !lists::leads(reading.document, next.place.block)
        && reference::issue_label(input).is_err()
        && response::response_label(input).is_err()
}

/// Issues that are numbered within a sentence: "we recommended that the agency (1) train staff and (2) keep files".
fn run_in(reading: &Reading<'_>) -> Vec<Issue> {
    let mut found = Vec::new();
    for sentence in &reading.sentences {
        let input = reading.input(sentence);
        let Some((duty, _)) = lists::find(input, Class::Directive) else {
            continue;
        };
        let items = numbered_within(duty);
        if sentence.place.cell.is_some() || items.len() < 2 || said_by_others(input) {
            continue;
        }
        found.extend(items.into_iter().map(|(number, span)| Issue {
            number,
            noun: "recommendation".to_owned(),
            series: None,
            span,
            extent: span,
            place: sentence.place,
            answers: false,
            due: None,
        }));
    }
    found
}

/// `numbered-within = 2*( "(" number ")" text )`, counted from one; each with its number and bytes.
fn numbered_within(input: Input<'_>) -> Vec<(String, Span)> {
    let mut starts = Vec::new();
    for at in 0..input.len() {
        let number = match input.skip(at).tokens() {
            [open, number, close, ..]
                if open.kind == TokenKind::Symbol('(') && close.kind == TokenKind::Symbol(')') =>
            {
                input.text_of(number)
            }
            _ => continue,
        };
        if number.parse() == Ok(starts.len() + 1) {
            starts.push((at, number.to_owned()));
        }
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at);
    let ends: Vec<usize> = ends.chain([input.len()]).collect();
    starts
        .into_iter()
        .zip(ends)
        .map(|((at, number), end)| {
            let text = input.until(input.position() + end).skip(at);
            let joined = text.tokens().last().is_some_and(|last| {
                last.classes.has(Class::Conjunction) || matches!(last.kind, TokenKind::Symbol(_))
            });
            let text = text.until(text.position() + text.len() - usize::from(joined));
            (number, text.span())
        })
        .collect()
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
            answers: self.answers,
            due: None,
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
        let (known, read) = match reference::issue_label(input) {
            Ok(read) => (true, Ok(read)),
            Err(_) => (false, reference::numbered_label(input)),
        };
        let Ok((rest, label)) = read else {
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
        if !known && !lays_duty(text) && !is_answered(reading, sentence) {
            continue;
        }
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

/// Whether the label of a response stands below a label whose noun does not tell what it numbers, before the next one: "Finding 1: …",
/// then "Agreed action: …".
fn is_answered(reading: &Reading<'_>, label: &Sentence) -> bool {
    const NEAR: usize = 10;
    let after = reading.sentences.iter().skip(label.place.sentence + 1);
    for sentence in after.take(NEAR) {
        if sentence.place.cell.is_some() {
            return false;
        }
        if !lists::begins_line(reading, sentence) {
            continue;
        }
        let input = reading.input(sentence);
        if reference::numbered_label(input).is_ok() || reference::issue_label(input).is_ok() {
            return false;
        }
        if response::response_label(input).is_ok_and(|(_, label)| label.marked) {
            return true;
        }
    }
    false
}

/// Whether a text lays a duty on someone other than who writes: "The company must …".
fn lays_duty(text: Input<'_>) -> bool {
    let bound = (0..text.len()).any(|at| {
        let directive = text.skip(at).lexeme(Class::Directive);
        directive.is_some_and(|(_, found)| found.canonical == "duty")
    });
    bound && !said_by_body(text)
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
    /// Column that says whether an issue is accepted.
    pub(super) status: Option<usize>,
    /// Column that says by when something is done.
    pub(super) due: Option<usize>,
}

/// Tells the columns of a table by their heads.
pub(super) fn columns(reading: &Reading<'_>, block: usize, table: &Table) -> Columns {
    let mut columns = Columns::default();
    let (mut finding, mut rule) = (None, None);
    let heads = table.rows.iter().position(|row| row.head).unwrap_or(0);
    for sentence in reading.sentences_of(block) {
        let Some((row, column)) = sentence.place.cell else {
            continue;
        };
        if row != heads {
            continue;
        }
        let input = reading.input(sentence);
        let slot = if heads_numbers(input) {
            &mut columns.number
        } else if lists::find(input, Class::ResponseLabel)
            .is_some_and(|(here, _)| here.position() <= input.position() + 4)
        {
            &mut columns.response
        } else if issue_noun(input).is_some() {
            &mut columns.issue
        } else if accepts(input) {
            &mut columns.status
        } else if lists::heads_column(input, "due") && input.len() <= LONGEST_NUMBER_HEAD {
            &mut columns.due
        } else if lists::heads_column(input, "issue") {
            &mut finding
        } else if lists::heads_column(input, "rule") {
            &mut rule
        } else {
            continue;
        };
        slot.get_or_insert(column);
    }
    if columns.response.or(columns.status).is_some() {
        columns.issue = columns.issue.or(finding);
    }
    if columns.number.is_none() && counts_rows(reading, block, table) {
        columns.number = Some(0);
    }
    if under_issues(reading, block) {
        columns.issue = columns.issue.or(finding).or(rule);
    }
    let duty = |lead: usize| matches!(lead_cue(reading, lead), Cue::Issues(_));
    let answered = || {
        columns
            .response
            .is_some_and(|column| takes_stances(reading, block, table, column))
    };
    if columns.issue.is_none() && block.checked_sub(1).is_some_and(duty) && !answered() {
        columns.issue = columns.response.take();
    }
    columns
}

/// Whether a head names the numbers of issues: "Rec. no.", "#".
fn heads_numbers(head: Input<'_>) -> bool {
    let words = head.tokens().iter();
    let words = words.filter(|token| token.kind == TokenKind::Word).count();
    words <= LONGEST_NUMBER_HEAD && (head.starts_with("#") || lists::heads_column(head, "number"))
}

/// Whether a cell of a column says that something is accepted or refused.
fn takes_stances(reading: &Reading<'_>, block: usize, table: &Table, column: usize) -> bool {
    let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
    let mut first = cells.filter_map(|&cell| sentence_at(reading, block, cell));
    first.any(|sentence| response::opening_stance(reading.input(sentence)).is_some())
}

/// Whether the first column has no head and counts the rows.
fn counts_rows(reading: &Reading<'_>, block: usize, table: &Table) -> bool {
    let mut rows = table.rows.iter();
    let head = rows.next().and_then(|row| row.cells.first());
    head.is_some_and(|&head| sentence_at(reading, block, head).is_none())
        && rows.len() > 0
        && rows.enumerate().all(|(at, row)| {
            let first = row.cells.first().copied().unwrap_or_default();
            let text = reading.document.text_of(first).trim_end_matches('.');
            text.trim().parse() == Ok(at + 1)
        })
}

/// Whether the heading right above a block names issues.
fn under_issues(reading: &Reading<'_>, block: usize) -> bool {
    let nearest = reading.document.headings(block).last().copied();
    let title = nearest.and_then(|heading| title_of(reading, heading));
    title.is_some_and(|title| matches!(cue_of_heading(reading.input(title), true), Cue::Issues(_)))
}

/// Whether a head asks if an issue is accepted: "Status", "Agreed / not agreed".
fn accepts(input: Input<'_>) -> bool {
    const LONGEST: usize = 10;
    let stance = [Class::Accepted, Class::PartlyAccepted, Class::Rejected];
    input.len() <= LONGEST
        && (stance
            .into_iter()
            .any(|class| input.lexeme(class).is_some())
            || lists::heads_column(input, "status"))
}

/// Whether a table has what was found beside what is done about it, under a heading that speaks of neither an earlier round
/// nor strengths: an action plan.
fn answered(reading: &Reading<'_>, block: usize, table: &Table) -> bool {
    let columns = columns(reading, block, table);
    let headings = reading.document.headings(block);
    let other = headings.iter().rev().take(1).any(|&heading| {
        reading.sentences_of(heading).iter().any(|sentence| {
            let input = reading.input(sentence);
            lists::has(input, Class::Previous) || lists::has(input, Class::Strength)
        })
    });
    columns.issue.is_some() && columns.response.is_some() && !other
}

/// Words of the head of a column of numbers, at most: "Recommendation no."
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
        .and_then(|sentence| {
            let head = reading.input(sentence);
            let found = || lists::heads_column(head, "issue").then(|| "issue".to_owned());
            issue_noun(head).or_else(found)
        })
        .unwrap_or_else(|| "action".to_owned());
    let rows = table
        .rows
        .iter()
        .filter(|row| !row.head)
        .skip(usize::from(!table.rows.iter().any(|row| row.head)));
    rows.filter_map(|row| {
        let &cell = row.cells.get(issues)?;
        let sentence = sentence_at(reading, block, cell)?;
        let mut input = reading.input(sentence);
        let own = row_number(reading, block, row, columns);
        let mut labelled = leading_number(input);
        // A number with its stop may be read as a sentence of its own.
        if let Some((rest, number)) = &labelled
            && rest.is_empty()
            && let Some(next) = reading.sentences.get(sentence.place.sentence + 1)
            && cell.contains(reading.input(next).span())
        {
            input = reading.input(next);
            labelled = Some((input, number.clone()));
        }
        let number = own.or_else(|| labelled.as_ref().map(|(_, number)| number.clone()));
        let text = labelled.map_or(input, |(rest, _)| rest);
        if is_stance(text) {
            return None;
        }
        (text.len() >= LEAST_WORDS || number.is_some() && !text.is_empty()).then(|| Issue {
            number: number.unwrap_or_default(),
            noun: noun.clone(),
            series: None,
            span: input.span(),
            extent: row.cells.iter().fold(cell, |all, &cell| all.join(cell)),
            place: sentence.place,
            answers: false,
            due: due_cell(reading, block, row, columns),
        })
    })
    .collect()
}

/// The cell of a row that says by when something is done; an empty span where it says that it was.
fn due_cell(reading: &Reading<'_>, block: usize, row: &Row, columns: Columns) -> Option<Span> {
    const DONE: [&str; 6] = [
        "complete",
        "completed",
        "done",
        "closed",
        "implemented",
        "achieved",
    ];
    let &cell = row.cells.get(columns.due?)?;
    let done = sentence_at(reading, block, cell).is_some_and(|sentence| {
        let input = reading.input(sentence);
        (0..input.len()).any(|at| DONE.iter().any(|word| input.skip(at).starts_with(word)))
    });
    Some(Span::new(
        cell.start,
        if done { cell.start } else { cell.end },
    ))
}

/// Whether a cell names a stance and says no more: a row of how many issues were "partly accepted".
fn is_stance(text: Input<'_>) -> bool {
    [Class::Accepted, Class::PartlyAccepted, Class::Rejected]
        .into_iter()
        .any(|class| text.lexeme(class).is_some_and(|(rest, _)| rest.is_empty()))
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
                answers: false,
                due: None,
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
    let alone = listed.iter().all(|issue| issue.noun == FAILING);
    let mut found = Vec::new();
    for (at, block) in reading.document.blocks.iter().enumerate() {
        let plain = matches!(block.kind, BlockKind::Paragraph)
            && !lists::leads(reading.document, at)
            && !heads_its_own(reading, at)
            && taken.binary_search(&block.section).is_err();
        if !plain {
            continue;
        }
        let Some(first) = reading.sentences_of(at).first() else {
            continue;
        };
        let input = reading.input(first);
        if let Some(coded) = coded_paragraph(reading, at, input, first.place) {
            found.push(coded);
            continue;
        }
        if let Some(noun) = one_a_line(reading, at) {
            let lines = reading.sentences_of(at).iter();
            found.extend(lines.map(|line| {
                let input = reading.input(line);
                Issue::unnumbered(input, noun.clone(), input.span(), line.place)
            }));
            continue;
        }
        let announces =
            announced_noun(input).is_some() || input.lexeme(Class::ResponseLabel).is_some();
        let resolves = lists::has(lists::opening(input), Class::Resolution);
        if announces || resolves || crate::grammar::quote_mark(input).is_ok() {
            continue;
        }
        let cue = match title_above(reading, at) {
            Cue::Silent => heading_cue(reading, at, false),
            cue => cue,
        };
        match cue {
            Cue::Issues(noun) if directs(input) || under_duty(reading, at) => {
                found.extend(duties(reading, at, &noun));
            }
            Cue::Silent if alone => found.extend(recommendations(reading, at)),
            _ => {}
        }
    }
    found
}

/// What a title that was not set as a heading says of the paragraph below it.
fn title_above(reading: &Reading<'_>, block: usize) -> Cue {
    let above = block.checked_sub(1).filter(|&above| {
        reading
            .block(above)
            .is_some_and(|block| matches!(block.kind, BlockKind::Paragraph))
    });
    match above.map(|above| reading.sentences_of(above)) {
        Some([only]) if !lists::leads(reading.document, block - 1) => {
            title_cue(reading.input(only))
        }
        _ => Cue::Silent,
    }
}

/// Whether the heading right above a paragraph asks for improvement, and a sentence of it lays a duty.
fn under_duty(reading: &Reading<'_>, block: usize) -> bool {
    let nearest = reading.document.headings(block).last().copied();
    nearest.is_some_and(|heading| {
        let asks = |line: &Sentence| lists::has(reading.input(line), Class::IssueHeading);
        reading.sentences_of(heading).iter().any(asks)
    }) && reading
        .sentences_of(block)
        .iter()
        .any(|sentence| lays_duty(reading.input(sentence)))
}

/// The first sentence of a paragraph that lays a duty, and those that begin a line in the same way.
fn duties(reading: &Reading<'_>, block: usize, noun: &str) -> Vec<Issue> {
    let [first, more @ ..] = reading.sentences_of(block) else {
        return Vec::new();
    };
    let input = reading.input(first);
    let opening = input.first().map(|token| input.text_of(token));
    let again = more.iter().filter(|next| {
        let next_input = reading.input(next);
        lists::begins_line(reading, next)
            && directs(next_input)
            && opening.is_some_and(|word| next_input.starts_with(word))
    });
    let extent = reading
        .block(block)
        .map_or(input.span(), |block| block.span);
    [first]
        .into_iter()
        .chain(again)
        .map(|sentence| {
            let input = reading.input(sentence);
            Issue::unnumbered(input, noun.to_owned(), extent, sentence.place)
        })
        .collect()
}

/// The sentences of a paragraph in which those who inspect recommend something.
fn recommendations(reading: &Reading<'_>, block: usize) -> Vec<Issue> {
    reading
        .sentences_of(block)
        .iter()
        .filter(|sentence| recommends(reading.input(sentence)))
        .map(|sentence| {
            let input = reading.input(sentence);
            Issue::unnumbered(
                input,
                "recommendation".to_owned(),
                input.span(),
                sentence.place,
            )
        })
        .collect()
}

/// ```text
/// recommends = ( "we" *2(adverb) "recommend" | "it is recommended" | ["the"] inspector "recommends" ) ( "that" | whom verb )
/// whom       = determiner *2word body
/// ```
///
/// "We recommend that …", "The regulator recommends that …", "We recommend the provider reviews …"; not "We recommend the food".
fn recommends(input: Input<'_>) -> bool {
    let adverb = |at: usize| {
        noun::is_a(
            input.skip(at),
            Classes::of(&[Class::Adverb, Class::Conjunction]),
        )
    };
    let the = usize::from(input.starts_with("the"));
    let rest = if input.starts_with("we") {
        input.skip(1 + (1..=2).take_while(|&at| adverb(at)).count())
    } else if input.starts_with("it") && input.skip(1).starts_with("is") {
        input.skip(2)
    } else if let Some((rest, _)) = input.skip(the).lexeme(Class::Inspector) {
        rest
    } else if let Some((rest, _)) = input.skip(the).lexeme(Class::Inspectorate) {
        rest
    } else {
        return false;
    };
    let verb = ["recommend", "recommends", "recommended"]
        .iter()
        .any(|verb| rest.starts_with(verb));
    let past = rest.starts_with("recommended") && !input.starts_with("it");
    verb && !past && (rest.skip(1).starts_with("that") || bids(rest.skip(1)))
}

/// Whether someone is named and then what they are to do: "the provider reviews its policy".
fn bids(input: Input<'_>) -> bool {
    const WORDS: usize = 3;
    const NO_VERB: Classes = Classes::of(&[
        Class::Preposition,
        Class::Conjunction,
        Class::Adverb,
        Class::Determiner,
    ]);
    noun::is_a(input, Classes::of(&[Class::Determiner]))
        && (1..=WORDS).any(|at| {
            input
                .skip(at)
                .lexeme(Class::BodyNoun)
                .is_some_and(|(rest, _)| {
                    rest.len() > WORDS
                        && rest.first().is_some_and(|token| {
                            token.kind == TokenKind::Word && !token.classes.meets(NO_VERB)
                        })
                })
        })
}

/// A paragraph that a code begins, under a heading that announces issues: "R2 Keep files".
fn coded_paragraph(
    reading: &Reading<'_>,
    block: usize,
    input: Input<'_>,
    place: Place,
) -> Option<Issue> {
    let (rest, number) = reference::code(input).ok()?;
    let capital = rest.text().starts_with(char::is_uppercase);
    if !capital || !reference::is_code(&number) {
        return None;
    }
    let noun = named(heading_cue(reading, block, true))?;
    let extent = reading.block(block)?.span;
    Some(Issue {
        number,
        ..Issue::unnumbered(input, noun, extent, place)
    })
}

/// What the sentences of a paragraph are called, where each stands on a line of its own right below a heading that says what
/// must improve: a list whose bullets were lost.
fn one_a_line(reading: &Reading<'_>, block: usize) -> Option<String> {
    let heading = block
        .checked_sub(1)
        .filter(|&above| lists::is_heading(reading.document, above))?;
    let title = reading.input(title_of(reading, heading)?);
    let sentences = reading.sentences_of(block);
    let apart = sentences.len() >= 2
        && lists::has(title, Class::IssueHeading)
        && sentences
            .iter()
            .all(|sentence| lists::begins_line(reading, sentence));
    apart.then(|| named(cue_of_heading(title, false))).flatten()
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
struct Deadlines {
    /// Dates by which something is due.
    due: Vec<(Span, Value)>,
    /// All dates, as the column of a table may say what they are.
    all: Vec<(Span, Value)>,
}

impl Deadlines {
    fn new(reading: &Reading<'_>, facts: &[Fact]) -> Self {
        let dates = |is_due: bool| {
            let mut dates: Vec<(Span, Value)> = facts
                .iter()
                .filter(|fact| {
                    fact.kind == schema::DATE && (!is_due || self::is_due(reading, fact))
                })
                .map(|fact| (fact.span, fact.get(date::Slot::to).clone()))
                .collect();
            dates.sort_by_key(|(span, _)| *span);
            dates
        };
        Self {
            due: dates(true),
            all: dates(false),
        }
    }

    /// By when an issue is to be dealt with: what the column for that says, or else the first date by which something is due in
    /// what belongs to it; unknown where there is none.
    fn of(&self, issue: &Issue) -> Value {
        match issue.due {
            Some(cell) => within(&self.all, cell),
            None => within(&self.due, issue.extent),
        }
    }
}

/// The first of some dates inside a span; unknown where there is none.
fn within(dates: &[(Span, Value)], span: Span) -> Value {
    let at = dates.partition_point(|(date, _)| date.start < span.start);
    dates
        .get(at)
        .filter(|(date, _)| span.contains(*date))
        .map_or(Value::Unknown, |(_, day)| day.clone())
}

/// Whether a date is a deadline by its role, or by the word before it.
fn is_due(reading: &Reading<'_>, fact: &Fact) -> bool {
    let before = reading
        .document
        .text
        .get(..fact.span.start)
        .unwrap_or_default();
    let mut words = before
        .split_whitespace()
        .rev()
        .map(|word| word.trim_start_matches('('));
    let is = |word: Option<&str>, one_of: &[&str]| {
        word.is_some_and(|word| one_of.iter().any(|other| word.eq_ignore_ascii_case(other)))
    };
    let word = words.next();
    // "By the end of May", but not "the value as of May"
    let mut part = || {
        is(
            words.next(),
            &[
                "end",
                "close",
                "start",
                "beginning",
                "middle",
                "spring",
                "summer",
                "autumn",
                "winter",
            ],
        )
    };
    fact.get(date::Slot::role) == &Value::Symbol("deadline")
        || is(word, &["by", "before"])
        || is(word, &["of"]) && part()
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
        check(
            "Action 1. The firm must clear the drains.\n\nAction 2. The firm must mend the roof.",
            &[
                "action 1: Action 1. The firm must clear the drains.",
                "action 2: Action 2. The firm must mend the roof.",
            ],
        );
        check("Action 1. We will clear the drains.", &[]);
        check(
            "Finding 1 (high): Files were lost.\n\nAgreed action: A log is kept.\n\nFinding 2 (low): Keys were lost.\n\nAgreed action: They are counted.",
            &[
                "finding 1: Finding 1 (high): Files were lost.",
                "finding 2: Finding 2 (low): Keys were lost.",
            ],
        );
        check(
            "Finding 1: Files were lost.\n\nFinding 2: Keys were lost.",
            &[],
        );
        check(
            "# Paper\n\n## 9. Recommendation\n\nThe committee is asked to note the report, and that it should see the plan.",
            &[],
        );
    }

    #[test]
    fn codes_number_them_until_they_are_answered() {
        check(
            "What we must do\n\nThe report has two steps that we must take.\n\nM1. Train staff.\nM2. Mend the roof.\n\nWhat we accept\n\nM1: We agree with this.",
            &[
                "requirement M1: Train staff.",
                "requirement M2: Mend the roof.",
            ],
        );
    }

    #[test]
    fn answers_tell_what_they_answer() {
        check(
            "R1 Keep records. (High)\n\nManagement response: Accepted. A clerk is hired.\n\nR2 Train staff.\n\nManagement response: Not accepted. Funds are short.",
            &["action R1: Keep records.", "action R2: Train staff."],
        );
        check(
            "1. Keep records.\n\nResponse: Accepted.\n\n2. Train staff.\n\nResponse: Agreed in part.",
            &["action 1: Keep records.", "action 2: Train staff."],
        );
        check(
            "1. The board should keep records.\n\nThe board agrees with this recommendation.\n\n2. The board should train staff.\n\nThe board does not accept this recommendation.",
            &[
                "recommendation 1: The board should keep records.",
                "recommendation 2: The board should train staff.",
            ],
        );
        check(
            "1. The board keeps records.\n\nThe board agrees with this recommendation.\n\n2. The board trains staff.\n\nThe board does not accept this recommendation.",
            &[],
        );
        check(
            "R1 Keep records.\n\nManagement response: Accepted. A clerk is hired.",
            &[],
        );
        check(
            "R1 Keep records.\n\nResponse: The clerk came late.\n\nR2 Train staff.\n\nResponse: He left early.",
            &[],
        );
    }

    #[test]
    fn a_column_says_by_when() {
        let due = |text: &str| -> Vec<String> {
            let (_, facts) = facts_of(text);
            let issues = facts.iter().filter(|fact| fact.kind == schema::ISSUE);
            issues
                .map(|fact| fact.get(issue::Slot::deadline).to_string())
                .collect()
        };
        let table = |last: &str| {
            format!(
                "| No. | Recommendation | Response | Target date |\n|---|---|---|---|\n| 1 | Train staff. | Half will be trained by the end of 2025. | {last} |\n"
            )
        };
        assert_eq!(due(&table("30 September 2025")), ["30 September 2025"]);
        assert_eq!(due(&table("Completed June 2025")), ["(not stated)"]);
        assert_eq!(due(&table("")), ["(not stated)"]);
        let list = |last: &str| format!("The board must:\n\n1. lower the charge {last}\n");
        assert_eq!(due(&list("by 1 May 2025")), ["1 May 2025"]);
        assert_eq!(due(&list("by the end of May 2025")), ["31 May 2025"]);
        assert_eq!(due(&list("as of 1 May 2025")), ["(not stated)"]);
    }

    #[test]
    fn lines_above_a_list_stand_for_headings() {
        check(
            "The home is run by a trust. It has sound plans, which staff know and follow.\nWhat needs to improve?\n• The upkeep of the yard.\n• The pace of repairs.",
            &[
                "area for improvement: The upkeep of the yard.",
                "area for improvement: The pace of repairs.",
            ],
        );
        check(
            "The home is run by a trust. It has sound plans, which staff know and follow.\nStrengths\n• The upkeep of the yard.",
            &[],
        );
        check(
            "Services of the town require improvement because:\nHomes\n• Roofs leak.\nRoads\n• Lamps are broken.\n\nThe town has these strengths:\n• Kind staff.",
            &[
                "area for improvement: Roofs leak.",
                "area for improvement: Lamps are broken.",
            ],
        );
        check("Inspectors must:\n\n- see each yard", &[]);
        check(
            "Areas for development\n\nStaff should sweep the yard. It is dirty.",
            &["area for improvement: Staff should sweep the yard."],
        );
        check(
            "Our visit\n\nStaff should sweep the yard. It is dirty.",
            &[],
        );
    }

    #[test]
    fn names_without_numbers_label_them() {
        check(
            "**Area for improvement:** The home should mend its roof.",
            &["area for improvement: Area for improvement: The home should mend its roof."],
        );
        check(
            "# Report\n\n## Cause of concern\n\nThe roof does not keep out rain.",
            &["cause of concern: The roof does not keep out rain."],
        );
        check(
            "# Report\n\n## Cause of concern\n\nWe found none here.",
            &[],
        );
        check("Issue: 12 May 2024, second edition", &[]);
        check(
            "# Report\n\n## Recommendations\n\nRecommendation 1 (to the owner): Mend the roof.",
            &["recommendation 1: Recommendation 1 (to the owner): Mend the roof."],
        );
        check(
            "# Report\n\n## Recommendations\n\nR1 Mend the roof\n\nR2 Sweep the yard",
            &[
                "recommendation R1: R1 Mend the roof",
                "recommendation R2: R2 Sweep the yard",
            ],
        );
    }

    #[test]
    fn sentences_count_them() {
        check(
            "We recommended that the home (1) mend the roof and (2) sweep the yard.",
            &[
                "recommendation 1: (1) mend the roof",
                "recommendation 2: (2) sweep the yard",
            ],
        );
        check("The home has (1) a roof and (2) a yard.", &[]);
        check(
            "We also recommend that the home mends its roof.",
            &["recommendation: We also recommend that the home mends its roof."],
        );
        check("We recommend the food.", &[]);
        check(
            "The yard was dry. We also recommend the home mends its roof. The regulator recommends that it sells the van.",
            &[
                "recommendation: We also recommend the home mends its roof.",
                "recommendation: The regulator recommends that it sells the van.",
            ],
        );
        check(
            "We recommend the home to all who like gardens. The regulator recommends rents of £90.",
            &[],
        );
    }

    #[test]
    fn a_paragraph_says_what_is_wrong_and_then_what_to_do() {
        check(
            "# Report\n\n## What does the school need to do to improve?\n\nBooks are old. Leaders should buy new ones.\n\nBooks are few. They came in May.",
            &["area for improvement: Books are old."],
        );
        check(
            "# Report\n\n## What went wrong\n\nA leak was left. We ordered the owner to mend it.",
            &[],
        );
    }

    #[test]
    fn breaches_of_rules_are_counted() {
        check(
            "The home was in breach of two regulations. These were:\n\n- staffing\n- records",
            &["breach: staffing", "breach: records"],
        );
        check(
            "In order to see the home we:\n\n- read files\n- met staff",
            &[],
        );
    }

    #[test]
    fn a_list_right_after_an_issue_may_announce_its_own() {
        check(
            "We make two recommendations:\n\n1. Train staff.\n2. Keep files.\n\nWe set two areas for improvement:\n\n- the yard\n- the roof",
            &[
                "recommendation 1: Train staff.",
                "recommendation 2: Keep files.",
                "area for improvement: the yard",
                "area for improvement: the roof",
            ],
        );
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
            "| Rec. no. | Recommendation | Owner |\n|---|---|---|\n| 1.40 | Train all staff | HR |\n| 2.6 | Keep the files | IT |",
            &[
                "recommendation 1.40: Train all staff",
                "recommendation 2.6: Keep the files",
            ],
        );
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
        check(
            "| Ref | Concern | Agreed? | Response | Owner |\n|---|---|---|---|---|\n| 1 | Yards were dirty. | Agreed | Cleaners were hired. | HR |",
            &["issue 1: Yards were dirty."],
        );
        check(
            "# Action plan\n\n| No | Issue identified | What we will do |\n|---|---|---|\n| 1 | Yards were dirty | Clean them |",
            &["issue 1: Yards were dirty"],
        );
        check(
            "| | Recommendation | Owner |\n|---|---|---|\n| 1 | Train all staff | HR |\n| 2 | Keep the files | IT |",
            &[
                "recommendation 1: Train all staff",
                "recommendation 2: Keep the files",
            ],
        );
        check(
            "# Report\n\n## Requirement notices\n\n| Activity | Regulation |\n|---|---|\n| Care | Regulation 12 Safe care |",
            &["action: Regulation 12 Safe care"],
        );
        check(
            "# Report\n\n## Judgements\n\n| Activity | Regulation |\n|---|---|\n| Care | Regulation 12 Safe care |",
            &[],
        );
        check(
            "| Concern | Owner |\n|---|---|\n| Yards were dirty | HR |",
            &[],
        );
        check("| Rating | Homes |\n|---|---|\n| Good | 12 |", &[]);
        check(
            "# Report\n\n## Progress on recommendations\n\n| Recommendation | Progress |\n|---|---|\n| Train all staff | Done |",
            &[],
        );
    }
}
