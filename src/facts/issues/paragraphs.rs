//! Issues in running text: paragraphs under headings that announce them, and clauses that a sentence counts.

use super::{
    Issue,
    cues::{
        Cue, announced_noun, cue_of_heading, heading_cue, heads_its_own, named, title_cue, title_of,
    },
    duties::{directs, lays_duty, recommends, said_by_others},
    items::FAILING,
};
use crate::{
    document::BlockKind,
    facts::{
        Place, lists,
        reading::{Reading, Sentence},
    },
    grammar::{Class, Input, TokenKind, reference},
    span::Span,
};

/// Issues that are numbered within a sentence: "we recommended that the agency (1) train staff and (2) keep files".
pub(super) fn run_in(reading: &Reading<'_>) -> Vec<Issue> {
    let mut found = Vec::new();
    for sentence in &reading.sentences {
        let input = reading.input(sentence);
        let Some((duty, _)) = input.find(Class::Directive) else {
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

/// Paragraphs that lay a duty on someone, under a heading that announces issues and holds none in a list or under labels.
pub(super) fn paragraph_issues(reading: &Reading<'_>, listed: &[Issue]) -> Vec<Issue> {
    let section = |block: usize| reading.block(block).and_then(|block| block.section);
    let mut taken: Vec<Option<usize>> = listed
        .iter()
        .map(|issue| section(issue.place.block))
        .collect();
    taken.extend(listed.iter().map(|issue| Some(issue.place.block)));
    taken.sort_unstable();
    let alone = listed.iter().all(|issue| issue.noun == FAILING);
    let blocks = reading.document.blocks.iter().enumerate();
    blocks
        .filter(|(at, block)| {
            matches!(block.kind, BlockKind::Paragraph)
                && !lists::leads(reading.document, *at)
                && !heads_its_own(reading, *at)
                && taken.binary_search(&block.section).is_err()
        })
        .flat_map(|(at, _)| in_paragraph(reading, at, alone))
        .collect()
}

/// The issues that a paragraph states; `alone` where no others but failings are known.
fn in_paragraph(reading: &Reading<'_>, block: usize, alone: bool) -> Vec<Issue> {
    let Some(first) = reading.sentences_of(block).first() else {
        return Vec::new();
    };
    let input = reading.input(first);
    if let Some(coded) = coded_paragraph(reading, block, input, first.place) {
        return vec![coded];
    }
    if let Some(noun) = one_a_line(reading, block) {
        let lines = reading.sentences_of(block).iter();
        let issue = |line: &Sentence| {
            let input = reading.input(line);
            Issue::unnumbered(input, noun.clone(), input.span(), line.place)
        };
        return lines.map(issue).collect();
    }
    let announces = announced_noun(input).is_some() || input.lexeme(Class::ResponseLabel).is_some();
    let resolves = lists::opening(input).holds(Class::Resolution);
    if announces || resolves || crate::grammar::quote_mark(input).is_ok() {
        return Vec::new();
    }
    let cue = match title_above(reading, block) {
        Cue::Silent => heading_cue(reading, block, false),
        cue => cue,
    };
    match cue {
        Cue::Issues(noun) if directs(input) || under_duty(reading, block) => {
            duties(reading, block, &noun)
        }
        Cue::Silent if alone => recommendations(reading, block),
        _ => Vec::new(),
    }
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
        let asks = |line: &Sentence| reading.input(line).holds(Class::IssueHeading);
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
        && title.holds(Class::IssueHeading)
        && sentences
            .iter()
            .all(|sentence| lists::begins_line(reading, sentence));
    apart.then(|| named(cue_of_heading(title, false))).flatten()
}
