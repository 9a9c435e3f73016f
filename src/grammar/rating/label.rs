//! Grades that stand as labels: alone in a cell, at the end of a line, before a list.

use super::super::{
    enumeration::{part, trim},
    number::{self, Quantity},
};
use super::{Class, GradeWord, Input, TokenKind, grade_or_number};

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
/// `bare = grade-or-number ["(" number ["%"] ")"] [":" | "."]`: a table cell, a label over a list.
pub fn bare(input: Input<'_>) -> Option<GradeWord> {
    let start = skip_marks(input);
    let (rest, grade) = grade_or_number(start).ok()?;
    let rest = score(rest).map_or(rest, |(rest, _)| rest);
    let closed = rest.tokens().iter().all(|token| {
        matches!(
            token.kind,
            TokenKind::Symbol(
                ':' | '.'
                    | ')'
                    | '('
                    | '*'
                    | '_'
                    | '"'
                    | '\''
                    | '”'
                    | '’'
                    | '↑'
                    | '↓'
                    | '→'
                    | '⬆'
                    | '⬇'
                    | '★'
                    | '☆'
            )
        )
    });
    closed.then_some(grade)
}

/// Reads the score printed beside a grade.
///
/// `score = "(" number ["%"] ")"`: "(63%)".
pub fn score(input: Input<'_>) -> Option<(Input<'_>, Quantity)> {
    let open = input
        .first()
        .is_some_and(|token| token.kind == TokenKind::Symbol('('));
    let (rest, score) = number::quantity(input.skip(usize::from(open))).ok()?;
    let close = rest
        .first()
        .is_some_and(|token| token.kind == TokenKind::Symbol(')'));
    (open && close).then(|| (rest.skip(1), score))
}

fn skip_marks(mut input: Input<'_>) -> Input<'_> {
    while input.first().is_some_and(|token| {
        matches!(
            token.kind,
            TokenKind::Symbol(
                '*' | '_' | '↑' | '↓' | '→' | '⬆' | '⬇' | '•' | '●' | '🟢' | '🟠' | '🔴'
            )
        )
    }) {
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
        token.classes.has(Class::Auxiliary)
            || matches!(token.kind, TokenKind::Symbol('.' | '!' | ';' | '“' | '"'))
    });
    let open = name
        .tokens()
        .iter()
        .any(|token| token.kind == TokenKind::Symbol('('))
        && !name
            .tokens()
            .iter()
            .any(|token| token.kind == TokenKind::Symbol(')'));
    if name.is_empty() || spoken || open {
        return None;
    }
    Some(Entry {
        name,
        grade: bare(input.skip(at))?,
    })
}

/// Whether a label names the grade of an earlier inspection and no criterion.
///
/// `earlier = *( previous | overall | grade-noun | preposition | determiner )` with at least one `previous`: "Previous inspection
/// grade", "Rating at last inspection".
pub fn names_earlier(name: Input<'_>) -> bool {
    let mut at = 0;
    let mut earlier = false;
    while at < name.len() {
        let here = name.skip(at);
        let found = [Class::Previous, Class::Overall, Class::GradeNoun]
            .into_iter()
            .find_map(|class| Some((class, here.lexeme(class)?.0)));
        let function = here.first().is_some_and(|token| {
            token.classes.has(Class::Preposition) || token.classes.has(Class::Determiner)
        });
        match found {
            Some((class, rest)) => {
                earlier |= class == Class::Previous;
                at = name.len() - rest.len();
            }
            None if function || here.starts_with("inspection") => at += 1,
            None => return false,
        }
    }
    earlier
}

/// Reads a grade and the list of what has it, in one line.
///
/// `entry = grade (":" | "–") enumeration`: "Good: safety, respect". Gives back the grade and the list.
pub fn entry(input: Input<'_>) -> Option<(GradeWord, Input<'_>)> {
    let (rest, grade) = super::grade(input).ok()?;
    let mark = rest.first()?;
    let parted = matches!(mark.kind, TokenKind::Symbol(':' | '–' | '—'))
        || mark.kind == TokenKind::Symbol('-') && !mark.glued;
    let list = rest.skip(1);
    let spoken = list.tokens().iter().any(|token| {
        token.classes.has(Class::Auxiliary)
            || token.classes.has(Class::Pronoun)
            || token.kind == TokenKind::Number
    });
    (parted && grade.capital && !list.is_empty() && !spoken).then_some((grade, list))
}

/// What a question asks about.
///
/// `question = ("how" | auxiliary) *( adverb | auxiliary | determiner | pronoun | body-noun ) core "?"`: the core of "How good is our
/// leadership?" is "leadership". `None` where the input is no question.
pub fn question(input: Input<'_>) -> Option<Input<'_>> {
    let last = input.tokens().last()?;
    let asks = input.starts_with("how") || input.first()?.classes.has(Class::Auxiliary);
    if last.kind != TokenKind::Symbol('?') || !asks {
        return None;
    }
    let frame = |input: Input<'_>| {
        const WORDS: &[&str] = &[
            "how",
            "effective",
            "effectively",
            "good",
            "well",
            "strong",
            "the",
        ];
        let classes = super::Classes::of(&[
            Class::Auxiliary,
            Class::Determiner,
            Class::Pronoun,
            Class::Adverb,
            Class::BodyNoun,
        ]);
        WORDS.iter().any(|word| input.starts_with(word))
            || input
                .first()
                .is_some_and(|token| token.classes.meets(classes))
    };
    let core = trim(input.until(input.position() + input.len() - 1));
    let start = (0..core.len()).find(|&at| at + 1 == core.len() || !frame(core.skip(at)))?;
    Some(core.skip(start))
}
