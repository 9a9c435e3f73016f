//! Issues that are items of lists: which lists hold them, and what they are called there.

use rustc_hash::FxHashSet;

use super::{
    Issue,
    cues::{
        Cue, LONGEST_TITLE, announced_noun, heading_cue, heads_its_own, last_lines, lead_cue,
        line_cue, named, title_cue,
    },
    duties::{first_person, said_by_others},
    tables::leading_number,
};
use crate::{
    document::BlockKind,
    facts::{
        findings,
        lists::{self, List},
        reading::{Reading, Sentence},
    },
    grammar::{Class, Classes, Input, TokenKind, rating, reference, response},
};

/// Adds the issues that stand in lists to those that have labels.
pub(super) fn add(reading: &Reading<'_>, found: &mut Vec<Issue>) {
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
        let Some(noun) = noun_of_list(reading, &list).or(grouped).or_else(failings) else {
            continue;
        };
        let items = before_findings(reading, &list);
        let last = items.last().copied();
        group = last.filter(|_| goes_on).map(|last| (noun.clone(), last));
        blocks.extend(items);
        let issues = items.iter();
        found.extend(issues.filter_map(|&item| item_issue(reading, item, &noun)));
    }
}

/// The items of a list up to the first that is a paragraph of the report numbered on from it: several sentences without a duty,
/// under a heading of its own; or up to the first whose code was given before, as an answer has the code of its issue.
pub(super) fn before_findings<'l>(reading: &Reading<'_>, list: &'l lists::List) -> &'l [usize] {
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
pub(super) fn opens_group(reading: &Reading<'_>, list: &List) -> bool {
    let Some(lead) = list.lead else { return false };
    let colon = |line: &Input<'_>| line.text().ends_with(':');
    let above = lead.checked_sub(1);
    if lists::is_heading(reading.document, lead) {
        return above.is_some_and(|above| lists::leads(reading.document, above));
    }
    matches!(last_lines(reading, lead).as_slice(), [title, above, ..] if !colon(title) && colon(above))
}

/// Whether a list stands under a line of its own right after the item `last`, and no heading speaks of something else.
pub(super) fn goes_on(reading: &Reading<'_>, list: &List, last: usize) -> bool {
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
pub(super) fn says_more(
    reading: &Reading<'_>,
    list: &List,
    lead: usize,
    issues: &FxHashSet<usize>,
) -> bool {
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
pub(super) fn last_block(reading: &Reading<'_>, issue: &Issue) -> usize {
    let block = issue.place.block;
    let goes_on = reading
        .block(block)
        .is_some_and(|block| block.span.end < issue.span.end);
    block + usize::from(goes_on)
}

/// What the items of a list are called, where they are issues.
pub(super) fn noun_of_list(reading: &Reading<'_>, list: &List) -> Option<String> {
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
pub(super) const FAILING: &str = "failing";

/// What the items of a list are called that are failings which those who inspect found, where nothing says otherwise: neither
/// a heading, nor that the body itself or others say so, nor that it was so in an earlier round.
pub(super) fn failings_noun(reading: &Reading<'_>, list: &List) -> Option<String> {
    let &first = list.items.first()?;
    let lead = reading.input(reading.sentences_of(list.lead?).last()?);
    let others = first_person(lead) || said_by_others(lead) || lists::speaks_of_the_past(lead);
    let silent = heading_cue(reading, first, list.numbered) != Cue::Against;
    (silent && !others && !lead.holds(Class::Strength) && findings::are_failings(reading, list))
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

/// Whether nothing stands here but how far something is: "Implemented", "Not yet complete".
fn is_status(input: Input<'_>) -> bool {
    let start = (0..input.len().min(3)).find_map(|at| input.skip(at).lexeme(Class::Done));
    start.is_some_and(|(rest, _)| {
        rest.tokens()
            .iter()
            .all(|token| token.kind != TokenKind::Word)
    })
}

/// Whether an item gives a grade, and what it is for: "reasonably good for safety".
fn opens_with_grade(input: Input<'_>) -> bool {
    rating::grade(input).is_ok_and(|(rest, grade)| !grade.bare_number && rest.starts_with("for"))
}

/// The issue that an item of a list is; nothing where the item is a response, a grade or says how far another is.
pub(super) fn item_issue(reading: &Reading<'_>, block: usize, noun: &str) -> Option<Issue> {
    let BlockKind::ListItem(item) = &reading.block(block)?.kind else {
        return None;
    };
    let first = reading.sentences_of(block).first()?;
    let input = reading.input(first);
    let answers = response::response_label(input).is_ok_and(|(_, label)| label.marked);
    let resolves = lists::opening(input).holds(Class::Resolution) || is_status(input);
    if answers || resolves || opens_with_grade(input) || reference::issue_label(input).is_ok() {
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
