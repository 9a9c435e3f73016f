//! Brackets without their counterpart.
//!
//! A bracket may close in a later block, where a page break or a list stands within it; the marker of a list ("a)", "2)")
//! and a smile open and close nothing.

use super::{
    Fact, Place,
    reading::{Reading, Sentence},
    schema::{self, bracket::Slot},
};
use crate::{
    document::BlockKind,
    grammar::{Input, Token, TokenKind},
    span::Span,
    value::Value,
};

/// Blocks within which a bracket may find its counterpart.
const REACH: usize = 4;

/// Brackets that stand open at one time at most; those beyond belong to a drawing or code, and nothing is said of the text.
const MOST_OPEN: usize = 64;

/// A bracket that waits for its counterpart.
struct Open {
    mark: char,
    span: Span,
    place: Place,
}

/// Adds every bracket without its counterpart, outside tables.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let mut open: Vec<Open> = Vec::new();
    let mut found = Vec::new();
    for sentence in &reading.sentences {
        let input = reading.input(sentence);
        let is_bracket =
            |token: &Token| matches!(token.kind, TokenKind::Symbol('(' | ')' | '[' | ']'));
        let is_code = |token: &Token| matches!(token.kind, TokenKind::Symbol('{' | '}'));
        if !input.tokens().iter().any(is_bracket)
            || input.tokens().iter().any(is_code)
            || !is_prose(reading, sentence)
        {
            continue;
        }
        for (at, token) in input.tokens().iter().enumerate() {
            match token.kind {
                TokenKind::Symbol(mark @ ('(' | '[')) => open.push(Open {
                    mark,
                    span: token.span,
                    place: sentence.place,
                }),
                TokenKind::Symbol(mark @ (')' | ']')) => {
                    let wanted = if mark == ')' { '(' } else { '[' };
                    let near = |open: &Open| {
                        open.mark == wanted && sentence.place.block - open.place.block <= REACH
                    };
                    if let Some(partner) = open.iter().rposition(near) {
                        found.extend(open.drain(partner..).skip(1));
                    } else if !is_marker(input, at) {
                        found.push(Open {
                            mark,
                            span: token.span,
                            place: sentence.place,
                        });
                    }
                }
                _ => {}
            }
            if open.len() > MOST_OPEN {
                return;
            }
        }
    }
    found.extend(open);
    found.sort_by_key(|bracket| bracket.span);
    facts.extend(found.iter().map(|bracket| {
        Fact::new(schema::BRACKET, bracket.span, bracket.place)
            .with(Slot::mark, Value::text(&bracket.mark.to_string()))
            .with(Slot::opens, matches!(bracket.mark, '(' | '['))
    }));
}

/// Whether a sentence is running text: cells of tables and code are not.
fn is_prose(reading: &Reading<'_>, sentence: &Sentence) -> bool {
    sentence.place.cell.is_none()
        && reading
            .block(sentence.place.block)
            .is_some_and(|block| !matches!(block.kind, BlockKind::Table(_)))
}

/// Whether a closing bracket belongs to a list marker ("a)", "iv)", "12)") or a smile.
fn is_marker(input: Input<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|at| input.tokens().get(at)) else {
        return true;
    };
    let text = input.text_of(before);
    let roman = text.bytes().all(|byte| b"ivxIVX".contains(&byte));
    match before.kind {
        TokenKind::Number => text.len() <= 2,
        TokenKind::Word => text.len() == 1 || roman,
        TokenKind::Symbol(mark) => matches!(mark, ':' | ';' | '-'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::facts_of;

    /// Checks the brackets that have no counterpart, each with what follows it.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (document, facts) = facts_of(text);
        let found: Vec<&str> = facts
            .iter()
            .filter(|fact| fact.kind == schema::BRACKET)
            .map(|fact| {
                let rest = document.text.get(fact.span.start..).unwrap_or_default();
                rest.split_whitespace().next().unwrap_or_default()
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn brackets_without_counterpart() {
        check("Staff (all of them were trained.", &["(all"]);
        check("Staff were trained) and left.", &[")"]);
        check("Files (in [one room) were late.", &["[one"]);
        check(
            "The rate rose (from 40% to 45%.\n\nIt fell later.",
            &["(from"],
        );
    }

    #[test]
    fn what_is_complete() {
        check("Staff (all of them) were trained [sic].", &[]);
        check("Choose a) or b), and then 2) or iv).", &[]);
        check("Well done :)", &[]);
        check("The team (which was new\n\nand small) left.", &[]);
        check("| A | B |\n|---|---|\n| (1 | 2 |", &[]);
    }
}
