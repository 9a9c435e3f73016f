//! How a number speaks of what it counts: of the whole of a set, of a part, of an earlier round.

use crate::{
    facts::lists,
    grammar::{
        Class, Input, noun,
        tally::{Counted, Opener},
    },
};

/// Index in the lexed text of the token with which a count starts.
pub(super) fn number_at(input: Input<'_>, counted: &Counted) -> usize {
    let before = input
        .tokens()
        .partition_point(|token| token.span.start < counted.span.start);
    input.position() + before
}

/// Whether a list differs from its number by so little that it may well be the one announced.
pub(super) fn close(listed: usize, announced: usize) -> bool {
    listed.abs_diff(announced) <= 2 && listed.min(announced) * 2 > listed.max(announced)
}

/// Whether a count speaks of the whole of a set: "the seven areas", "across seven areas", "in each of the seven areas".
pub(super) fn points_at_all(input: Input<'_>, counted: &Counted) -> bool {
    let at = input
        .tokens()
        .partition_point(|token| token.span.start < counted.span.start);
    let before = at.checked_sub(1).map(|at| input.skip(at));
    let preposition = before.is_some_and(|word| {
        ["across", "against", "in", "on", "under", "for", "at"]
            .iter()
            .any(|known| word.starts_with(known))
    });
    matches!(counted.opener, Opener::All | Opener::Back | Opener::Known)
        || preposition && input.holds(Class::RatingVerb) && !graded_before(input, at)
}

/// Whether a count speaks of every one of its things: "all four", "each of the four".
pub(super) fn points_at_every(input: Input<'_>, counted: &Counted) -> bool {
    let at = number_at(input, counted).saturating_sub(input.position());
    let each = at.checked_sub(3).is_some_and(|each| {
        input.skip(each).lexeme(Class::Quantifier).is_some()
            && input.skip(each + 1).starts_with("of")
    });
    counted.opener == Opener::All || each
}

/// Whether a grade stands right before a count, so that it counts a part: "good in two areas".
fn graded_before(input: Input<'_>, at: usize) -> bool {
    const REACH: usize = 5;
    let from = at.saturating_sub(REACH);
    let here = input.skip(from).until(input.position() + at);
    here.holds(Class::Grade)
}

/// Whether the clause of a count speaks of an earlier round, its sentence of another year, or the count of a part of what
/// was listed then.
pub(super) fn past(input: Input<'_>, counted: &Counted) -> bool {
    let clause = clause_of(input, counted);
    // A year beside issues tells whose they are; one of the visit says nothing of what is rated.
    let dated = if counted.issues.is_some() {
        input
    } else {
        clause
    };
    clause.holds(Class::Previous)
        || lists::names_a_year(dated)
        || input.restart(counted.end).starts_with("that") && {
            let rest = input.restart(counted.end).skip(1);
            ["remain", "remained", "are", "were"]
                .iter()
                .any(|word| rest.starts_with(word))
                && rest.holds(Class::Negation)
                || rest.starts_with("remain")
        }
}

/// A sentence from the clause of a count on.
pub(super) fn clause_of<'a>(input: Input<'a>, counted: &Counted) -> Input<'a> {
    input.restart(noun::clause_start(input, number_at(input, counted)))
}
