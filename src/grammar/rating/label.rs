//! Grades that stand as labels: alone in a cell, at the end of a line, before a list.

use super::super::{
    enumeration::{part, trim},
    number::{self, Quantity},
};
use super::{
    Class, GradeWord, Input, Round, TokenKind, grade,
    grade::{digit, last_year, star_name},
    grade_or_number,
};

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
/// ```text
/// bare  = *mark [digit] grade-or-number *after
/// after = mark | score | number ["%"] | date | trend | "(" ( previous | year ) [":" | "was"] grade ")"
/// trend = "unchanged" | "improved" | "down"
/// ```
/// A table cell, a label over a list; arrows, ticks and dates beside it change nothing.
pub fn bare(input: Input<'_>) -> Option<GradeWord> {
    let (rest, grade) = numbered(skip_marks(input))?;
    if let Some(later) = after_arrow(rest) {
        return Some(later);
    }
    closes(rest).then_some(grade)
}

/// A grade, with its number on the scale before it or not: "4 good", and what follows it.
pub(super) fn numbered(input: Input<'_>) -> Option<(Input<'_>, GradeWord)> {
    let named = digit(input).and_then(|_| grade(input.skip(1)).ok());
    named.or_else(|| grade_or_number(input).ok())
}

/// Reads the grade that a cell of grades opens with, where words on it follow: "C3 Our judgement is that …", "Good – it is safe."
///
/// `opening = *mark grade (mark | word with a capital) …`
pub fn opening(input: Input<'_>) -> Option<GradeWord> {
    let (rest, grade) = grade(skip_marks(input)).ok()?;
    let rest = skip_closing(rest);
    let next = rest.first()?;
    let goes_on = match next.kind {
        TokenKind::Word => next.capital,
        TokenKind::Symbol(mark) => matches!(mark, '–' | '—' | '-' | ':' | '.'),
        _ => false,
    };
    (grade.capital && !grade.bare_number && goes_on).then_some(grade)
}

/// The grade before a change that a cell tells: "Downgrade from G1".
pub fn moved_from(input: Input<'_>) -> Option<GradeWord> {
    let from = input.starts().find(|here| here.starts_with("from"))?;
    let (rest, earlier) = grade(from.skip(1)).ok()?;
    closes(rest).then_some(earlier)
}

/// The grade behind an arrow, where nothing follows it: "Fair → Good".
fn after_arrow(rest: Input<'_>) -> Option<GradeWord> {
    let arrow = matches!(
        rest.first()?.kind,
        TokenKind::Symbol('→' | '➔' | '➜' | '⇒' | '⟶' | '►')
    );
    let (rest, grade) = grade(rest.skip(1)).ok().filter(|_| arrow)?;
    closes(rest).then_some(grade)
}

/// The earlier grade that stands beside a grade: "Good (previously Poor)", "Fair (was: Good)", "Good (2022:
/// Poor)", "Good (Poor)", "Poor → Good".
pub fn bracketed_earlier(input: Input<'_>) -> Option<GradeWord> {
    if let Ok((rest, earlier)) = grade(skip_marks(input)) {
        if after_arrow(rest).is_some() {
            return Some(earlier);
        }
        if let Some(bracketed) = grade_in_brackets(rest) {
            let stars = |grade: &GradeWord| grade.name.contains(" star");
            return Some(bracketed).filter(|other| stars(other) == stars(&earlier));
        }
    }
    let open = input
        .tokens()
        .iter()
        .position(|token| token.kind == TokenKind::Symbol('('))?;
    let inner = input.skip(open + 1);
    let mut rest = inner
        .lexeme(Class::Previous)
        .map(|(rest, _)| rest)
        .or_else(|| inner.starts_with("was").then(|| inner.skip(1)))
        .or_else(|| last_year(inner).map(|_| inner.skip(1)))?;
    while rest.first().is_some_and(|token| is_mark(token.kind)) || rest.starts_with("rated") {
        rest = rest.skip(1);
    }
    let (rest, earlier) = grade_or_number(rest).ok()?;
    let closed = rest
        .first()
        .is_some_and(|token| token.kind == TokenKind::Symbol(')'));
    let stars = grade(skip_marks(input)).is_ok_and(|(_, grade)| grade.name.contains(" star"));
    closed.then(|| if stars { in_stars(earlier) } else { earlier })
}

/// A number as stars, where it is set beside some: "4 stars (2023: 3)".
pub(super) fn in_stars(grade: GradeWord) -> GradeWord {
    match grade.name.parse() {
        Ok(count) if grade.bare_number => GradeWord {
            name: star_name(count),
            bare_number: false,
            ..grade
        },
        _ => grade,
    }
}

/// A grade that fills the brackets that stand here and end the input.
fn grade_in_brackets(rest: Input<'_>) -> Option<GradeWord> {
    let open = rest.first()?.kind == TokenKind::Symbol('(');
    let (close, found) = grade(rest.skip(1)).ok().filter(|_| open)?;
    let ends = close.len() == 1 && close.first()?.kind == TokenKind::Symbol(')');
    ends.then_some(found)
}

/// Whether nothing follows a grade but what may stand beside it in a cell.
fn closes(mut rest: Input<'_>) -> bool {
    /// Tokens that may stand beside a grade.
    const MOST: usize = 16;
    if rest.len() > MOST {
        return false;
    }
    if grade_in_brackets(rest).is_some() {
        return true;
    }
    if bracketed_earlier(rest).is_some() {
        return rest
            .tokens()
            .last()
            .is_some_and(|last| last.kind == TokenKind::Symbol(')'))
            && rest.first().is_some_and(|token| is_mark(token.kind));
    }
    while let Some(token) = rest.first() {
        let trend = || {
            [Class::Again, Class::GradeMove]
                .into_iter()
                .find_map(|class| Some(rest.lexeme(class)?.0))
        };
        rest = if let Some((after, _)) = score(rest) {
            after
        } else if is_mark(token.kind)
            || matches!(
                token.kind,
                TokenKind::Number
                    | TokenKind::NumericDate
                    | TokenKind::YearSpan
                    | TokenKind::Ordinal
                    | TokenKind::Symbol('%')
            )
            || token.classes.has(Class::Month) && token.capital
        {
            rest.skip(1)
        } else if let Some(after) = trend() {
            after
        } else {
            return false;
        };
    }
    true
}

/// Whether a token is a mark that says nothing: punctuation, an arrow, a tick, a coloured dot.
fn is_mark(kind: TokenKind) -> bool {
    match kind {
        TokenKind::Symbol('£' | '€') => false,
        TokenKind::Symbol(mark) => {
            !mark.is_ascii()
                || matches!(
                    mark,
                    ':' | '.' | '(' | ')' | '*' | '_' | '"' | '\'' | '-' | '^'
                )
        }
        _ => false,
    }
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
    let opens = |kind| {
        matches!(kind, TokenKind::Symbol(mark) if matches!(mark, '*' | '_') || !mark.is_ascii())
            && is_mark(kind)
            && !matches!(kind, TokenKind::Symbol('“' | '‘' | '★' | '⭐' | '–' | '—'))
    };
    while input.first().is_some_and(|token| opens(token.kind)) {
        input = input.skip(1);
    }
    input
}

/// Reads a line that is a name and its grade, with no verb and no stop between them.
///
/// `row = name (grade | "(" grade ")")`: "Effectiveness of leadership Good", "Casework (fair)".
pub fn row(input: Input<'_>) -> Option<Entry<'_>> {
    /// Longest name of a row, in tokens.
    const LONGEST: usize = 24;
    let last = input.tokens().last()?;
    if last.kind == TokenKind::Symbol('.') {
        return None;
    }
    let capital = |at: usize| {
        bare(input.skip(at)).filter(|grade| grade.capital || grade.name.contains(" star"))
    };
    let found = |at: usize| Some((at, capital(at).or_else(|| bracketed(input, at))?));
    let (at, grade) = (1..input.len().min(LONGEST)).find_map(found)?;
    let name = trim(part(input, 0, at));
    let spoken = name.tokens().iter().any(|token| {
        token.classes.has(Class::Auxiliary)
            || matches!(token.kind, TokenKind::Symbol('.' | '!' | ';' | '“' | '"'))
    });
    // "Wellbeing: 4 of 5 homes rated Good" counts those that have the grade.
    let counted = name.holds(Class::RatingVerb)
        && name.starts().any(|here| {
            let share = number::magnitude(here).ok().map(|(rest, _)| rest);
            share.is_some_and(|rest| rest.starts_with("of") || rest.starts_with("out"))
        });
    let open = name
        .tokens()
        .iter()
        .any(|token| token.kind == TokenKind::Symbol('('))
        && !name
            .tokens()
            .iter()
            .any(|token| token.kind == TokenKind::Symbol(')'));
    // "Elm Water – 3 stars, down from 4 stars" gives the earlier grade last.
    let leads_on = name
        .tokens()
        .last()
        .is_some_and(|last| last.classes.has(Class::Preposition));
    let spoken = spoken && question(name).is_none();
    if name.is_empty() || counted || leads_on || spoken || open {
        return None;
    }
    Some(Entry { name, grade })
}

/// `bracketed = "(" grade ")"`, at the end of a line: "Leadership (good)".
fn bracketed(input: Input<'_>, at: usize) -> Option<GradeWord> {
    let opens = input.tokens().get(at)?.kind == TokenKind::Symbol('(');
    let closes = input.tokens().last()?.kind == TokenKind::Symbol(')');
    let (rest, grade) = grade(input.skip(at + 1)).ok()?;
    (opens && closes && rest.len() == 1).then_some(grade)
}

/// Whether a label names the whole body.
///
/// `whole = overall [ ("for" | "of") determiner body-noun ]`: "Overall", "Overall rating for this hospital".
pub fn is_whole(name: Input<'_>) -> bool {
    let Some((rest, _)) = name.lexeme(Class::Overall) else {
        return false;
    };
    let determined = || {
        rest.skip(1)
            .first()
            .is_some_and(|token| token.classes.has(Class::Determiner))
    };
    let linked = rest.starts_with("for") || rest.starts_with("of");
    rest.is_empty()
        || linked
            && determined()
            && rest
                .skip(2)
                .lexeme(Class::BodyNoun)
                .is_some_and(|(rest, _)| rest.is_empty())
}

/// The round of a label that names an inspection's grade and no criterion.
///
/// `round = *( previous | current | overall | grade-noun | preposition | determiner | inspection-noun )` with at least one `previous`
/// or `current`: "Previous inspection grade", "Rating at last inspection", "Overall effectiveness this inspection".
pub fn named_round(name: Input<'_>) -> Option<Round> {
    let mut at = 0;
    let mut round = None;
    while at < name.len() {
        let here = name.skip(at);
        let found = [
            Class::Previous,
            Class::Current,
            Class::Overall,
            Class::GradeNoun,
        ]
        .into_iter()
        .find_map(|class| Some((class, here.lexeme(class)?.0)));
        let function = here.first().is_some_and(|token| {
            token.classes.has(Class::Preposition) || token.classes.has(Class::Determiner)
        });
        match found {
            Some((class, rest)) => {
                round = match class {
                    Class::Previous => Some(Round::Previous),
                    Class::Current => round.or(Some(Round::Current)),
                    _ => round,
                };
                at = name.len() - rest.len();
            }
            None if function || here.starts_with("inspection") => at += 1,
            None => return None,
        }
    }
    round
}

/// Reads a grade and the list of what has it, in one line.
///
/// `entry = ["rated"] grade ["for" | "in" | "at" | "against"] (":" | "–") enumeration`: "Good: safety, respect", "Outstanding for:
/// care". Gives back the grade and the list.
pub fn entry(input: Input<'_>) -> Option<(GradeWord, Input<'_>)> {
    let input = skip_marks(input);
    let verb = input
        .lexeme(Class::RatingVerb)
        .filter(|(_, verb)| verb.canonical != "giving");
    let start = verb.map_or(input, |(rest, _)| {
        rest.skip(usize::from(rest.starts_with("as")))
    });
    let (rest, grade) = grade(start).ok()?;
    let linked = ["for", "in", "at", "against"]
        .iter()
        .any(|word| rest.starts_with(word));
    let rest = skip_closing(rest.skip(usize::from(linked)));
    let mark = rest.first()?;
    let parted = matches!(mark.kind, TokenKind::Symbol(':' | '–' | '—'));
    let list = skip_closing(rest.skip(1));
    let spoken = list.tokens().iter().any(|token| {
        token.classes.has(Class::Auxiliary) && !list.text_of(token).eq_ignore_ascii_case("being")
            || token.classes.has(Class::Pronoun)
            || token.kind == TokenKind::Number
    });
    let opens = grade.capital || input.first().is_some_and(|token| token.capital);
    (parted && opens && !list.is_empty() && !spoken).then_some((grade, list))
}

/// Reads a grade and the list of what has it with no mark between them, as where the grade was set in bold.
///
/// `unmarked = grade enumeration`, the list with a capital letter: "Good Managing offenders; Preventing crime".
pub fn unmarked_entry(input: Input<'_>) -> Option<(GradeWord, Input<'_>)> {
    let (rest, grade) = grade(skip_marks(input)).ok()?;
    let list = skip_closing(rest);
    let opens = list
        .first()
        .is_some_and(|token| token.kind == TokenKind::Word && token.capital);
    (grade.capital && opens).then_some((grade, list))
}

/// Without closing marks of emphasis: the asterisks of "**Good**:".
fn skip_closing(mut input: Input<'_>) -> Input<'_> {
    while input
        .first()
        .is_some_and(|token| matches!(token.kind, TokenKind::Symbol('*' | '_')))
    {
        input = input.skip(1);
    }
    input
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
