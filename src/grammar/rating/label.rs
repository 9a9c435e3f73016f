//! Grades that stand as labels: alone in a cell, at the end of a line, before a list.

use super::{Class, GradeWord, Input, TokenKind, grade_or_number};
use super::super::enumeration::{part, trim};

/// A name and its grade in one line, with nothing between them.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The name.
    pub name: Input<'a>,
    /// The grade.
    pub grade: GradeWord,
}

/// Reads a grade that is all there is.
///
/// `bare = grade-or-number [":" | "."]`: a table cell, a label over a list.
pub fn bare(input: Input<'_>) -> Option<GradeWord> {
    let start = skip_marks(input);
    let (rest, grade) = grade_or_number(start).ok()?;
    let closed = rest.tokens().iter().all(|token| {
        matches!(
            token.kind,
            TokenKind::Symbol(':' | '.' | ')' | '(' | '*' | '_' | '"' | '\'' | '”' | '’' | '↑' | '↓' | '→' | '⬆' | '⬇' | '★' | '☆')
        )
    });
    closed.then_some(grade)
}

fn skip_marks(mut input: Input<'_>) -> Input<'_> {
    while input
        .first()
        .is_some_and(|token| matches!(token.kind, TokenKind::Symbol('*' | '_' | '↑' | '↓' | '→' | '⬆' | '⬇' | '•' | '●' | '🟢' | '🟠' | '🔴')))
    {
        input = input.skip(1);
    }
    input
}

/// Reads a line that is a name and its grade, with no verb and no stop between them.
///
/// `row = name grade`: "Effectiveness of leadership Good".
pub fn row(input: Input<'_>) -> Option<Entry<'_>> {
    /// Longest name of a row, in tokens.
    const LONGEST: usize = 24;
    let last = input.tokens().last()?;
    if last.kind == TokenKind::Symbol('.') {
        return None;
    }
    let at = (1..input.len().min(LONGEST)).find(|&at| {
        bare(input.skip(at)).is_some_and(|grade| grade.capital || grade.name.contains(" star")) 
    })?;
    let name = trim(part(input, 0, at));
    let spoken = name.tokens().iter().any(|token| {
        token.classes.has(Class::Auxiliary) || matches!(token.kind, TokenKind::Symbol('.' | '!' | ';' | '“' | '"'))
    });
    if name.is_empty() || spoken {
        return None;
    }
    Some(Entry {
        name,
        grade: bare(input.skip(at))?,
    })
}

/// Reads a grade and the list of what has it, in one line.
///
/// `entry = grade (":" | "–") enumeration`: "Good: safety, respect". Gives back the grade and the list.
pub fn entry(input: Input<'_>) -> Option<(GradeWord, Input<'_>)> {
    let (rest, grade) = super::grade(input).ok()?;
    let mark = rest.first()?;
    let parted = matches!(mark.kind, TokenKind::Symbol(':' | '–' | '—')) || mark.kind == TokenKind::Symbol('-') && !mark.glued;
    let list = rest.skip(1);
    let spoken = list
        .tokens()
        .iter()
        .any(|token| token.classes.has(Class::Auxiliary) || token.classes.has(Class::Pronoun) || token.kind == TokenKind::Number);
    (parted && grade.capital && !list.is_empty() && !spoken).then_some((grade, list))
}
