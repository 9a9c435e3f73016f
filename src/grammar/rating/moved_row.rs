//! Rows of a list that say where a grade came from: a name, its grade, and how it moved.

use super::super::{Class, Classes, Input, TokenKind, enumeration::trim};
use super::{GradeWord, grade_or_number};

/// A name with its grade and the one before.
#[derive(Clone, Debug)]
pub struct MovedRow<'a> {
    /// The name, without a place after a comma.
    pub name: Input<'a>,
    /// The grade.
    pub grade: GradeWord,
    /// The grade before; none where it stayed.
    pub earlier: Option<GradeWord>,
}

/// Reads a row that says how its grade moved, or that it did not.
///
/// ```text
/// moved-row = name (":" | dash) grade [overall] ["," | "(" | ";"] ( moved | stayed )
/// moved     = ( grade-move | previous | "was" ) ["from" | ":"] grade
/// stayed    = again | "the" "same" | "no" "change" | grade-move that stands for unchanged
/// ```
/// "Elm House – 3 stars, down from 4 stars", "Oak House, Upton: good (previously inadequate)".
pub fn moved_row(input: Input<'_>) -> Option<MovedRow<'_>> {
    /// Longest name, in tokens, with the place after it.
    const LONGEST: usize = 14;
    let parted = |kind: TokenKind| matches!(kind, TokenKind::Symbol(':' | '–' | '—'));
    let mut tokens = input.tokens().iter().take(LONGEST);
    let dash = tokens.position(|token| parted(token.kind))?;
    let name = name_of(input.until(input.position() + dash))?;
    let (rest, grade) = grade_or_number(past_marks(input.skip(dash + 1))).ok()?;
    let rest = rest.lexeme(Class::Overall).map_or(rest, |(after, _)| after);
    let rest = past_marks(rest);
    let earlier = match moved(rest) {
        Some(earlier) => Some(earlier),
        None if stayed(rest) => None,
        None => return None,
    };
    Some(MovedRow {
        name,
        grade,
        earlier,
    })
}

/// A name: words that open with a capital letter and say nothing, up to a comma or bracket.
fn name_of(input: Input<'_>) -> Option<Input<'_>> {
    const SAYS: Classes = Classes::of(&[Class::Auxiliary, Class::Verb, Class::Pronoun]);
    let whole = trim(input);
    let spoken = whole.tokens().iter().any(|token| token.classes.meets(SAYS));
    let end = whole
        .tokens()
        .iter()
        .position(|token| matches!(token.kind, TokenKind::Symbol(',' | '(')));
    let name = trim(whole.until(whole.position() + end.unwrap_or(whole.len())));
    let opens = name
        .first()
        .is_some_and(|token| token.kind == TokenKind::Word && token.capital);
    (opens && !spoken).then_some(name)
}

fn moved(input: Input<'_>) -> Option<GradeWord> {
    let verb = input
        .lexeme(Class::GradeMove)
        .filter(|(_, verb)| verb.canonical != "unchanged")
        .or_else(|| input.lexeme(Class::Previous))
        .map(|(rest, _)| rest)
        .or_else(|| input.starts_with("was").then(|| input.skip(1)))?;
    let led = verb.starts_with("from") || verb.starts_with(":");
    let (_, grade) = grade_or_number(past_marks(verb.skip(usize::from(led)))).ok()?;
    Some(grade)
}

fn stayed(input: Input<'_>) -> bool {
    let same = input.skip(usize::from(input.starts_with("the")));
    same.starts_with("same")
        || input.starts_with("no") && input.skip(1).starts_with("change")
        || input.lexeme(Class::Again).is_some()
        || input
            .lexeme(Class::GradeMove)
            .is_some_and(|(_, verb)| verb.canonical == "unchanged")
}

/// Without marks of emphasis, a comma, a bracket or a semicolon.
fn past_marks(mut input: Input<'_>) -> Input<'_> {
    while input
        .first()
        .is_some_and(|token| matches!(token.kind, TokenKind::Symbol('*' | '_' | ',' | '(' | ';')))
    {
        input = input.skip(1);
    }
    input
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::testing::with_input;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str, Option<&str>)>) {
        with_input(text, |input| {
            let row = moved_row(input);
            let found = row.as_ref().map(|row| {
                let earlier = row.earlier.as_ref().map(|grade| grade.name.as_str());
                (row.name.text(), row.grade.name.as_str(), earlier)
            });
            assert_eq!(found, expected, "{text}");
        });
    }

    #[test]
    fn rows_that_tell_a_movement() {
        let moved = Some(("Elm House", "3 stars", Some("4 stars")));
        check("Elm House – 3 stars, down from 4 stars", moved);
        check(
            "Elm House, Upton: 3 stars overall, down from 4 stars in May",
            moved,
        );
        check("Elm House: 3 stars (previously 4 stars)", moved);
        let stayed = Some(("Elm House", "3 stars", None));
        check("Elm House – 3 stars, the same as last year", stayed);
        check("Elm House – 3 stars (no change)", stayed);
    }

    #[test]
    fn other_lines_tell_none() {
        check("Elm House – 3 stars", None);
        check("It was – 3 stars, up from 2 stars", None);
        check("Elm House – up from 3 stars", None);
        check("the house – 3 stars, up from 2 stars", None);
        check("Elm House – 3 stars, up from 12 beds", None);
    }
}
