//! Quotations: where they open and close, over how many paragraphs, and who speaks.
//!
//! Only double marks are read: single ones cannot be told from apostrophes. Each paragraph of a quotation opens anew and only
//! the last one closes; a writer who does not open anew but closes in the end is taken at their word.

use super::{
    Fact, Place, lists,
    reading::{Reading, Sentence},
    schema::{self, quotation},
};
use crate::{
    document::BlockKind,
    grammar::{Class, Input, Token, TokenKind},
    span::Span,
    value::{Number, Value},
};

/// Adds every quotation that has a speaker, four words or more, or a mark missing.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    for found in quotations(reading) {
        let short = found.speaker.is_none()
            && reading
                .document
                .text_of(found.span)
                .split_whitespace()
                .count()
                < LEAST_WORDS;
        if short && found.opened && found.closed {
            continue;
        }
        let speaker = found.speaker.map(|span| Value::text(&reading.text(span)));
        facts.push(
            Fact::new(schema::QUOTATION, found.span, found.place)
                .with(quotation::Slot::opened, found.opened)
                .with(quotation::Slot::closed, found.closed)
                .with(quotation::Slot::speaker, speaker.unwrap_or_default())
                .with(
                    quotation::Slot::paragraphs,
                    Number::exact(found.paragraphs.into()),
                ),
        );
    }
}

/// Words that quoted text has at least, where nobody is named who says them.
const LEAST_WORDS: usize = 4;

/// Paragraphs without marks that a quotation may go over before it closes.
const LONGEST_SILENCE: usize = 4;

/// A quotation, its marks included.
#[derive(Clone, Debug)]
pub(super) struct Quotation {
    pub(super) span: Span,
    pub(super) place: Place,
    /// The words that name who speaks.
    pub(super) speaker: Option<Span>,
    /// Where the words start that attribute it and stand before it, else the quotation.
    pub(super) from: usize,
    opened: bool,
    closed: bool,
    paragraphs: u32,
}

/// Every run of double quotation marks in the running text of a document.
pub(super) fn quotations(reading: &Reading<'_>) -> Vec<Quotation> {
    let mut scan = Scan {
        reading,
        blocks: (0..reading.document.blocks.len())
            .map(|block| marks(reading, block))
            .collect(),
        open: None,
        depth: 0,
        found: Vec::new(),
    };
    for block in 0..scan.blocks.len() {
        scan.block(block);
    }
    scan.give_up();
    scan.found
}

/// A double mark, and what its neighbours make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    span: Span,
    side: Side,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
    /// A straight mark between letters or between spaces.
    Either,
}

/// The marks of a block of running text; `None` for other blocks, and for code.
fn marks(reading: &Reading<'_>, block: usize) -> Option<Vec<Mark>> {
    let block = reading.block(block)?;
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem(_)) {
        return None;
    }
    let text = reading.document.text_of(block.span);
    // What stands there is code that a page has let slip.
    if text.contains("=\"") {
        return None;
    }
    let mut marks = Vec::new();
    // Every double mark is ASCII or begins with this byte: U+2000 to U+2FFF.
    for at in memchr::memchr2_iter(b'"', 0xE2, text.as_bytes()) {
        let mut here = text.get(at..).unwrap_or_default().chars();
        let Some(c) = here.next() else { continue };
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        if let Some(side) = side(c, before, here.next()) {
            let start = block.span.start + at;
            marks.push(Mark {
                span: Span::new(start, start + c.len_utf8()),
                side,
            });
        }
    }
    Some(marks)
}

/// On which side of a quotation a mark stands. A mark between a digit and something that is no letter may be a measure
/// (inches, seconds): it closes if it must.
fn side(mark: char, before: Option<char>, after: Option<char>) -> Option<Side> {
    let outside = |c: Option<char>| {
        c.is_none_or(|c| {
            c.is_whitespace() || matches!(c, '(' | '[' | '–' | '—' | '-' | '/' | '‘' | '\'')
        })
    };
    let ended = |c: Option<char>| {
        c.is_none_or(|c| {
            c.is_whitespace()
                || matches!(
                    c,
                    '.' | ','
                        | ';'
                        | ':'
                        | '!'
                        | '?'
                        | ')'
                        | ']'
                        | '–'
                        | '—'
                        | '-'
                        | '’'
                        | '\''
                        | '/'
                )
        })
    };
    let (opens, closes) = (
        outside(before) && !ended(after),
        !outside(before) && ended(after),
    );
    match mark {
        '“' | '„' => Some(if closes { Side::Closes } else { Side::Opens }),
        '”' => Some(if opens { Side::Opens } else { Side::Closes }),
        '"' if opens => Some(Side::Opens),
        '"' if closes => Some(Side::Closes),
        '"' => Some(Side::Either),
        _ => None,
    }
}

#[derive(Debug)]
struct Open {
    start: usize,
    end: usize,
    from: usize,
    place: Place,
    speaker: Option<Span>,
    opened: bool,
    paragraphs: u32,
}

struct Scan<'a, 'b> {
    reading: &'a Reading<'b>,
    blocks: Vec<Option<Vec<Mark>>>,
    open: Option<Open>,
    /// Marks opened inside the quotation.
    depth: u32,
    found: Vec<Quotation>,
}

impl Scan<'_, '_> {
    fn block(&mut self, at: usize) {
        let Some(marks) = self.blocks.get_mut(at).and_then(Option::take) else {
            self.give_up();
            return;
        };
        let span = self
            .reading
            .block(at)
            .map(|block| block.span)
            .unwrap_or_default();
        let begins = marks
            .first()
            .is_some_and(|mark| mark.span.start == span.start && mark.side != Side::Closes);
        let mut rest = &*marks;
        if let Some(open) = &mut self.open {
            if begins {
                open.paragraphs += 1;
                self.depth = 0;
                rest = rest.get(1..).unwrap_or_default();
            } else if marks.first().is_some_and(|mark| mark.side == Side::Closes)
                || marks.is_empty() && self.closes_later(at)
            {
                if let Some(open) = &mut self.open {
                    open.paragraphs += 1;
                }
            } else {
                self.give_up();
            }
        } else if marks.is_empty() {
            self.open = self.unmarked(at, span);
        }
        for &mark in rest {
            self.mark(at, span, mark);
        }
        if let Some(open) = &mut self.open {
            open.end = span.end;
        }
    }

    fn mark(&mut self, block: usize, span: Span, mark: Mark) {
        let opens = match mark.side {
            Side::Opens => true,
            Side::Closes => false,
            Side::Either => self.open.is_none(),
        };
        match (&self.open, opens) {
            (None, true) => self.open = Some(self.opening(block, mark)),
            (Some(_), true) => self.depth += 1,
            (Some(_), false) if self.depth > 0 => self.depth -= 1,
            (Some(_), false) => self.close(block, mark.span.end, true),
            (None, false) if !self.measures(mark) => {
                let mut open = self.opening(block, mark);
                open.start = self.after_last(span);
                open.opened = false;
                self.open = Some(open);
                self.close(block, mark.span.end, true);
            }
            (None, false) => {}
        }
    }

    /// Where a quotation may have started whose mark is missing: at the start of its block, after the last one in it.
    fn after_last(&self, block: Span) -> usize {
        let last = self.found.last().map_or(0, |last| last.span.end);
        let start = block.start.max(last);
        let rest = self.reading.document.text_of(Span::new(start, block.end));
        start + rest.len() - rest.trim_start().len()
    }

    /// Whether a mark with nothing to close stands after a digit: inches, seconds, minutes.
    fn measures(&self, mark: Mark) -> bool {
        let before = self.reading.document.text.get(..mark.span.start);
        before.is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
    }

    /// Whether the next paragraph with marks closes what is open, a few paragraphs on at most.
    fn closes_later(&self, at: usize) -> bool {
        let next = self
            .blocks
            .iter()
            .skip(at + 1)
            .take(LONGEST_SILENCE)
            .map_while(Option::as_ref)
            .find(|marks| !marks.is_empty());
        next.and_then(|marks| marks.first())
            .is_some_and(|mark| mark.side == Side::Closes)
    }

    /// A paragraph without marks, between an attribution that ends in a colon and a paragraph that opens: the quotation has
    /// started, and its mark is missing.
    fn unmarked(&self, at: usize, span: Span) -> Option<Open> {
        let lead = at.checked_sub(1)?;
        let next = self.blocks.get(at + 1)?.as_ref()?.first()?;
        let starts = self.reading.block(at + 1)?.span.start == next.span.start;
        let plain = |block: usize| {
            self.reading
                .block(block)
                .is_some_and(|block| matches!(block.kind, BlockKind::Paragraph))
        };
        if next.side != Side::Opens
            || !starts
            || !plain(at)
            || !plain(lead)
            || !lists::leads(self.reading.document, lead)
        {
            return None;
        }
        let sentence = self.reading.sentences_of(lead).last()?;
        let speaker = speaker_before(self.reading.input(sentence))?;
        Some(Open {
            start: span.start,
            end: span.end,
            from: span.start,
            place: self.reading.sentences_of(at).first()?.place,
            speaker: Some(speaker),
            opened: false,
            paragraphs: 1,
        })
    }

    fn opening(&self, block: usize, mark: Mark) -> Open {
        let sentences = self.reading.sentences_of(block);
        let at = sentences.partition_point(|sentence| {
            self.reading.input(sentence).span().start <= mark.span.start
        });
        let sentence = at.checked_sub(1).and_then(|at| sentences.get(at));
        let place = sentence.map_or(
            Place {
                block,
                ..Place::default()
            },
            |sentence| sentence.place,
        );
        let (speaker, from) = sentence
            .and_then(|sentence| self.speaker(block, sentence, mark))
            .map_or((None, mark.span.start), |(speaker, from)| {
                (Some(speaker), from)
            });
        Open {
            start: mark.span.start,
            end: mark.span.end,
            from,
            place,
            speaker,
            opened: true,
            paragraphs: 1,
        }
    }

    /// Who is named before a mark: in its sentence, or in the paragraph above where that leads into it.
    fn speaker(&self, block: usize, sentence: &Sentence, mark: Mark) -> Option<(Span, usize)> {
        let input = self.reading.input(sentence);
        let before = before(input, mark.span.start);
        if !before.is_empty() {
            let speaker = speaker_before(before)?;
            return Some((speaker, speaker.start));
        }
        if self.reading.block(block)?.span.start != mark.span.start {
            return None;
        }
        let lead = block.checked_sub(1)?;
        let sentence = self.reading.sentences_of(lead).last()?;
        if lists::leads(self.reading.document, lead) {
            let speaker = speaker_before(self.reading.input(sentence))?;
            return Some((speaker, speaker.start));
        }
        let plain = matches!(self.reading.block(lead)?.kind, BlockKind::Paragraph);
        let speaker = reacting(self.reading.input(sentence)).filter(|_| plain)?;
        Some((speaker, mark.span.start))
    }

    fn close(&mut self, block: usize, end: usize, closed: bool) {
        let Some(open) = self.open.take() else { return };
        self.depth = 0;
        let speaker = open
            .speaker
            .or_else(|| speaker_after(self.reading, block, end))
            .or_else(|| {
                let last = self.found.last()?;
                (last.place.block == open.place.block)
                    .then_some(last.speaker)
                    .flatten()
            });
        self.found.push(Quotation {
            span: Span::new(open.start, end),
            place: open.place,
            speaker,
            from: open.from,
            opened: open.opened,
            closed,
            paragraphs: open.paragraphs,
        });
    }

    /// Ends a quotation that was never closed.
    fn give_up(&mut self) {
        if let Some(open) = &self.open {
            let (block, end) = (open.place.block, open.end);
            self.close(block, end, false);
        }
    }
}

/// The tokens of a sentence before byte `at`.
fn before(input: Input<'_>, at: usize) -> Input<'_> {
    let tokens = input
        .tokens()
        .partition_point(|token| token.span.start < at);
    input.until(input.position() + tokens)
}

/// Reads who speaks, where the attribution stands before the words.
///
/// `speaker = [occasion ","] name [","] attribution`: "Ray Holt, the governor, said". The words of its clause, from the sentence's
/// start.
fn speaker_before(input: Input<'_>) -> Option<Span> {
    let input = lists::closing(input);
    let (here, rest) = input.starts().rev().find_map(|here| {
        here.lexeme(Class::Attribution)
            .map(|(rest, _)| (here, rest))
    })?;
    let name = input.until(here.position());
    let quoted = |input: Input<'_>| input.tokens().iter().any(|token| is_mark(token.kind));
    // “…,” said the governor, “…”: the name stands after the verb.
    let name = if quoted(name) { rest } else { name };
    trimmed(past_occasion(name))
}

/// Past what is spoken of, where it stands before the name: "In response to the report, ", "Commenting on the inspection, ".
///
/// `occasion = (preposition | participle) *word inspection-noun *word`
fn past_occasion(name: Input<'_>) -> Input<'_> {
    let Some(first) = name.first() else {
        return name;
    };
    let leads = first.classes.has(Class::Preposition) || name.text_of(first).ends_with("ing");
    let comma = name.tokens().iter().position(is_comma);
    match comma {
        Some(at) if leads => {
            let occasion = name.until(name.position() + at);
            let rest = name.skip(at + 1);
            let told = occasion.holds(Class::InspectionNoun) && !rest.is_empty();
            if told { rest } else { name }
        }
        _ => name,
    }
}

fn is_comma(token: &Token) -> bool {
    token.kind == TokenKind::Symbol(',')
}

/// Reads who is said to have taken a report in some way, before a paragraph that quotes them.
///
/// `reacting = name reaction …`, a short sentence: "Chief Fire Officer Ann Poe welcomed the report."
fn reacting(input: Input<'_>) -> Option<Span> {
    const LONGEST: usize = 25;
    let (here, _) = input
        .find(Class::Reaction)
        .filter(|_| input.len() <= LONGEST)?;
    let name = input.until(here.position());
    let named = name.tokens().iter().skip(1).any(|token| token.capital);
    trimmed(name).filter(|_| named && !name.tokens().iter().any(|token| is_mark(token.kind)))
}

fn is_mark(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Symbol('“' | '”' | '"'))
}

/// The words of a name without what stands around it.
fn trimmed(mut name: Input<'_>) -> Option<Span> {
    let word = |kind: TokenKind| matches!(kind, TokenKind::Word | TokenKind::Number);
    while name.tokens().last().is_some_and(|token| !word(token.kind)) {
        name = name.until(name.position() + name.len() - 1);
    }
    (!name.is_empty()).then(|| name.span())
}

/// Reads who speaks, where the attribution stands after the words in the same sentence.
///
/// `speaker-after = attribution name | name attribution`: "said Ray Holt", "Mr Holt said".
fn speaker_after(reading: &Reading<'_>, block: usize, end: usize) -> Option<Span> {
    let sentences = reading.sentences_of(block);
    let at = sentences.partition_point(|sentence| reading.input(sentence).span().end <= end);
    let input = reading.input(sentences.get(at)?);
    let read = input
        .tokens()
        .partition_point(|token| token.span.start < end);
    let rest = lists::opening(input.skip(read));
    if rest.is_empty() || read == 0 {
        return None;
    }
    let stop = rest
        .tokens()
        .iter()
        .position(|token| matches!(token.kind, TokenKind::Symbol('.' | ':' | '“' | '"' | ';')))
        .unwrap_or(rest.len());
    let rest = rest.until(rest.position() + stop);
    if let Some((after, _)) = rest.lexeme(Class::Attribution) {
        return trimmed(after);
    }
    speaker_before(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::facts_of;

    /// Checks quotations, each as `speaker: marks over paragraphs`, where marks are `[]` for both, `[` or `]`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (_, facts) = facts_of(text);
        let is = |fact: &Fact, slot| fact.get(slot) == &Value::from(true);
        let found: Vec<String> = facts
            .iter()
            .filter(|fact| fact.kind == schema::QUOTATION)
            .map(|fact| {
                let speaker = fact.get(quotation::Slot::speaker).as_words().unwrap_or("?");
                let opened = if is(fact, quotation::Slot::opened) {
                    "["
                } else {
                    ""
                };
                let closed = if is(fact, quotation::Slot::closed) {
                    "]"
                } else {
                    ""
                };
                let over = fact.get(quotation::Slot::paragraphs);
                format!("{speaker}: {opened}{closed} over {over}")
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn code_that_a_page_lets_slip_is_quoted_by_nobody() {
        check("x=\"+y:\"\";z.async=true;z.src=\"//a/b.js?id=\"+i+y;", &[]);
    }

    #[test]
    fn each_paragraph_opens_and_the_last_closes() {
        check("Ann Day said: \"We agree to it.\"", &["Ann Day: [] over 1"]);
        check(
            "Ann Day said:\n\n“We agree.\n\n“We will act.”\n\nThe next visit is in May.",
            &["Ann Day: [] over 2"],
        );
        check(
            "Ann Day said: “We agree.\n\nWe will act.”\n\nThe next visit is in May.",
            &["Ann Day: [] over 2"],
        );
    }

    #[test]
    fn what_is_spoken_of_is_no_part_of_the_speaker() {
        check(
            "In response to the report, Ann Day said: “We agree to all of it.”",
            &["Ann Day: [] over 1"],
        );
        check(
            "Commenting on the visit, Ann Day, governor, said: “We agree to all of it.”",
            &["Ann Day, governor: [] over 1"],
        );
        check(
            "Speaking for parents, Ann Day said: “We agree to all of it.”",
            &["Speaking for parents, Ann Day: [] over 1"],
        );
    }

    #[test]
    fn a_missing_mark_is_told() {
        check(
            "Ann Day said: \"We agree.\n\nThe next visit is in May.",
            &["Ann Day: [ over 1"],
        );
        check(
            "Ann Day says:\n\nWe agree to all of it.\n\n“We will act on it.”",
            &["Ann Day: ] over 2"],
        );
        check("We agree to it all,” said Ann Day.", &["Ann Day: ] over 1"]);
        check(
            "“We agree to it,” said Ann Day, “and will act.\n\nThe next visit is in May.",
            &["Ann Day: [] over 1", "Ann Day: [ over 1"],
        );
    }

    #[test]
    fn marks_without_end_stay_apart() {
        check(
            "Yes” and no” and so” on.",
            &["?: ] over 1", "?: ] over 1", "?: ] over 1"],
        );
    }

    #[test]
    fn apostrophes_measures_and_lists_are_no_quotations() {
        check("The inspectors’ report isn’t late, and it’s ‘good’.", &[]);
        check("The 6\" pipe joins the 12” main.", &[]);
        check("The “Board” met the “Trust”.", &[]);
        check("She said:\n\n- the food is good\n- “fine”", &[]);
        check(
            "Ann Day said that it is fair:\n\nIt is.\n\nThat is all.",
            &[],
        );
    }
}
