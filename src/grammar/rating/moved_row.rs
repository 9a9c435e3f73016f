//! Rows of a list that say where a grade came from: a name, its grade, and how it moved.

use super::super::{Class, Classes, Input, TokenKind, enumeration::trim};
use super::{
    GradeWord,
    grade::last_year,
    label::{in_stars, numbered},
};

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
/// moved-row = name (":" | dash) ( grade [overall] ["," | "(" | ";"] ( moved | stayed ) | moved "to" grade | stayed ["at"] grade )
/// moved     = ( grade-move | previous | "was" | year ) ["from" | ":"] grade
/// stayed    = again | "the" "same" | "no" "change" | grade-move that stands for unchanged
/// ```
/// "Elm House – 3 stars, down from 4 stars", "Oak House, Upton: good (previously inadequate)", "Ash House: improved from fair to good".
pub fn moved_row(input: Input<'_>) -> Option<MovedRow<'_>> {
    /// Longest name, in tokens, with the place after it.
    const LONGEST: usize = 14;
    let parted = |kind: TokenKind| matches!(kind, TokenKind::Symbol(':' | '–' | '—'));
    let mut tokens = input.tokens().iter().take(LONGEST);
    let dash = tokens.position(|token| parted(token.kind))?;
    let name = name_of(input.until(input.position() + dash))?;
    let told = past_marks(input.skip(dash + 1));
    let (grade, earlier) = grade_first(told).or_else(|| verb_first(told))?;
    Some(MovedRow {
        name,
        grade,
        earlier,
    })
}

/// "3 stars, down from 4 stars": the grade, and the one before.
fn grade_first(told: Input<'_>) -> Option<(GradeWord, Option<GradeWord>)> {
    let (rest, grade) = numbered(told)?;
    let rest = rest.lexeme(Class::Overall).map_or(rest, |(after, _)| after);
    let rest = past_marks(rest);
    let stars = grade.name.contains(" star");
    match moved(rest) {
        Some((_, earlier)) if stars => Some((grade, Some(in_stars(earlier)))),
        Some((_, earlier)) => Some((grade, Some(earlier))),
        None => stayed(rest).is_some().then_some((grade, None)),
    }
}

/// "Improved from fair to good", "stayed at good": the grade, and the one before.
fn verb_first(told: Input<'_>) -> Option<(GradeWord, Option<GradeWord>)> {
    if let Some((rest, earlier)) = moved(told) {
        let rest = past_marks(rest);
        let (_, grade) = numbered(rest.starts_with("to").then(|| past_marks(rest.skip(1)))?)?;
        return Some((grade, Some(earlier)));
    }
    let rest = stayed(told)?;
    let rest = past_marks(rest.skip(usize::from(rest.starts_with("at"))));
    numbered(rest).map(|(_, grade)| (grade, None))
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

fn moved(input: Input<'_>) -> Option<(Input<'_>, GradeWord)> {
    let verb = input
        .lexeme(Class::GradeMove)
        .filter(|(_, verb)| verb.canonical != "unchanged")
        .or_else(|| input.lexeme(Class::Previous))
        .map(|(rest, _)| rest)
        .or_else(|| input.starts_with("was").then(|| input.skip(1)))
        .or_else(|| last_year(input).map(|_| input.skip(1)))?;
    let led = verb.starts_with("from") || verb.starts_with(":");
    numbered(past_marks(verb.skip(usize::from(led))))
}

/// Past the words for a grade that is what it was.
fn stayed(input: Input<'_>) -> Option<Input<'_>> {
    let same = input.skip(usize::from(input.starts_with("the")));
    if same.starts_with("same") {
        return Some(same.skip(1));
    }
    if input.starts_with("no") && input.skip(1).starts_with("change") {
        return Some(input.skip(2));
    }
    let kept = input.lexeme(Class::Again).or_else(|| {
        input
            .lexeme(Class::GradeMove)
            .filter(|(_, verb)| verb.canonical == "unchanged")
    });
    kept.map(|(rest, _)| rest)
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
        check(
            "Ash House: improved from 2 stars to 4 stars",
            Some(("Ash House", "4 stars", Some("2 stars"))),
        );
        check(
            "Ash House: maintained 3 stars",
            Some(("Ash House", "3 stars", None)),
        );
        check("Ash House: improved from 2 stars", None);
        check(
            "Ash House: 4 stars (2023: 3)",
            Some(("Ash House", "4 stars", Some("3 stars"))),
        );
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
