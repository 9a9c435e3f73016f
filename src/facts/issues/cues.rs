//! What leads, titles and headings say of what stands under them.

use super::duties::{binds_inspectors, directs, first_person, said_by_others};
use crate::{
    document::BlockKind,
    facts::{
        lists,
        reading::{Reading, Sentence},
    },
    grammar::{Class, Classes, Input, Token, TokenKind, noun},
};

/// What a lead or heading says of what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// Issues, under this name.
    Issues(String),
    /// Something else.
    Against,
    /// Nothing.
    Silent,
}

/// Whether a line without a stop has a colon in its middle: "The care of children: good" heads a section of its own.
pub(super) fn heads_its_own(reading: &Reading<'_>, lead: usize) -> bool {
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
pub(super) fn last_lines<'a>(reading: &'a Reading<'_>, block: usize) -> Vec<Input<'a>> {
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
pub(super) fn line_cue(reading: &Reading<'_>, block: usize) -> Cue {
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

pub(super) fn named(cue: Cue) -> Option<String> {
    match cue {
        Cue::Issues(noun) => Some(noun),
        Cue::Against | Cue::Silent => None,
    }
}

/// Reads the paragraph before a list.
///
/// `lead = … (number | announcer) issue-noun … | … issue-noun ":" | … directive … ":"`, the last two in its last sentence:
/// "The inspectors identified six issues.", "The practice must:". The name is empty where only a directive stands.
pub(super) fn lead_cue(reading: &Reading<'_>, lead: usize) -> Cue {
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
            None if asks_for_things(input) => Cue::Issues(String::new()),
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
    let points = input.holds(Class::Announcer) || input.len() <= SHORT_LEAD;
    match announced().filter(|_| points && closes_lead(input)) {
        Some(noun) => Cue::Issues(noun),
        None if input.holds(Class::Strength) || narrates(input) => Cue::Against,
        None => Cue::Silent,
    }
}

/// Whether a sentence lays a duty on someone to do a number of things, which it ends in: "They asked us to do five things."
fn asks_for_things(input: Input<'_>) -> bool {
    const THINGS: [&str; 6] = [
        "things",
        "steps",
        "points",
        "changes",
        "actions",
        "improvements",
    ];
    let last = input.len().saturating_sub(2);
    let things = THINGS.iter().any(|word| input.skip(last).starts_with(word));
    let stops = input.text().ends_with('.');
    let counted = (1..=2).any(|back| {
        last.checked_sub(back)
            .and_then(|at| input.skip(at).first())
            .is_some_and(|token| {
                token.classes.has(Class::NumberWord) || token.kind == TokenKind::Number
            })
    });
    let spoken = said_by_others(input) || first_person(input) || binds_inspectors(input);
    stops && things && counted && directs(input) && !spoken && !lists::speaks_of_the_past(input)
}

/// Whether a lead tells what someone did or will do, rather than what was found.
fn narrates(input: Input<'_>) -> bool {
    let finds = |here: Input<'_>| {
        let found = here.lexeme(Class::Finding);
        found.is_some_and(|(_, word)| word.canonical == "verb")
    };
    let acts = |here: Input<'_>| {
        ["has", "have", "had", "will"]
            .iter()
            .any(|word| here.starts_with(word))
            || noun::is_a(here, Classes::of(&[Class::Verb]))
    };
    let any = |test: &dyn Fn(Input<'_>) -> bool| input.starts().any(test);
    first_person(input) || !any(&finds) && any(&acts)
}

/// Tokens of a lead that only hands over: "They are:".
const SHORT_LEAD: usize = 4;

/// Tokens of a paragraph that is read as a title, at most.
pub(super) const LONGEST_TITLE: usize = 14;

/// A line that stands like a heading and was not set as one: short, without a full stop.
pub(super) fn title_cue(input: Input<'_>) -> Cue {
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
            input
                .find(class)
                .is_some_and(|(_, rest)| rest.holds(Class::Attribution))
        });
    !said && !input.holds(Class::Strength) && !first_person(input)
}

/// The issue noun that a number or announcer stands before, or a number of rules after: "six issues", "the following requirements",
/// "in breach of three regulations".
pub(super) fn announced_noun(input: Input<'_>) -> Option<String> {
    if lists::speaks_of_the_past(input) {
        return None;
    }
    input.starts().rev().find_map(|here| {
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

pub(super) fn issue_noun(input: Input<'_>) -> Option<String> {
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
pub(super) fn heading_cue(reading: &Reading<'_>, block: usize, numbered: bool) -> Cue {
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
pub(super) fn title_of<'a>(reading: &'a Reading<'_>, heading: usize) -> Option<&'a Sentence> {
    let sentences = reading.sentences_of(heading);
    let worded = |sentence: &&Sentence| {
        let tokens = reading.input(sentence).tokens();
        tokens.iter().any(|token| token.kind == TokenKind::Word)
    };
    sentences.iter().find(worded).or_else(|| sentences.first())
}

/// `issue-heading = … (issue-noun | issue-heading) …`, without a word for strengths or the past; where a word for a response
/// stands before the noun ("Our response to the recommendations"), only numbered items are issues.
pub(super) fn cue_of_heading(input: Input<'_>, numbered: bool) -> Cue {
    let noun = issue_noun(input);
    if input.holds(Class::Previous) {
        return Cue::Against;
    }
    let Some(noun) = noun else {
        let against = input.holds(Class::Strength) || input.holds(Class::ResponseLabel);
        return if against { Cue::Against } else { Cue::Silent };
    };
    let position = |class| input.find(class).map(|(here, _)| here.position());
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
