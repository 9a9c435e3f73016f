//! Breakdowns that end in what is left of a total that stands before: "It had 73 calls. Falls led to 31 of them and fires to 24; the
//! other 18 were false alarms."

use super::{build, nearly};
use crate::{
    facts::{
        Fact,
        figures::Counted,
        reading::{Reading, Sentence},
        schema::breakdown::Slot,
    },
    grammar::{Class, Classes, Input, TokenKind, noun},
    span::Span,
    value::{Label, Value},
};

/// Sentences over which the parts of one total may go on: "A further 24 were lost. The other 18 were late."
const SENTENCES: usize = 4;

/// Most parts of one total.
const MOST_PARTS: usize = 12;

/// The total and its parts, the last of which is what is left.
///
/// `rest-list = total … part ("of" pointer | …) *( ("," | ";" | "and" | ["."] "a further" | the word before the first) part )
/// ("the" | "its") ("other" | "remaining") part`; the first part opens with or is followed by a pointer ("of them", "of these"), and the
/// total stands before it in its sentence or in the one before.
pub(super) fn of_rest(reading: &Reading<'_>, sentence: &Sentence) -> Option<Fact> {
    let mut parts: Vec<&Counted> = Vec::new();
    let mut at = sentence;
    for _ in 0..SENTENCES {
        let whole = reading.input(at);
        let figures = reading.figures(at);
        let mut counts = Vec::new();
        for figure in figures {
            if figure.unit == "count" {
                counts.push(figure);
            } else if !is_aside(whole, figure) {
                return None;
            }
        }
        let kinds = parts.is_empty() && !counts.iter().any(|figure| is_rest(whole, figure));
        if parts.is_empty() && !kinds {
            let rest = counts.iter().position(|figure| is_rest(whole, figure))?;
            if rest + 1 != counts.len() {
                return None;
            }
        }
        let last = counts.len().checked_sub(1);
        let first = counts.iter().position(|figure| {
            points_back(whole, figure) || opens(whole, figure) || kinds && is_set_off(whole, figure)
        });
        if kinds && !are_kinds(whole, counts.get(first?..)?) {
            return None;
        }
        let here = counts.get(first.unwrap_or(0)..=last?)?;
        let lead = here.first().map(|first| word_before(whole, first))?;
        let joined = |figure: &&Counted| joins(whole, figure) || is_gapped(whole, figure, lead);
        let apart = here.iter().skip(1).all(joined)
            && !here.iter().skip(1).any(|figure| points_back(whole, figure));
        if !apart || here.iter().any(|figure| figure.hedge.is_some()) {
            return None;
        }
        parts.splice(0..0, here.iter().copied());
        if let Some(first) = first {
            let before = counts.get(..first)?;
            let before: Vec<&Counted> = if before.is_empty() {
                reading
                    .figures(reading.counted_before(at)?)
                    .iter()
                    .collect()
            } else {
                before.to_vec()
            };
            return of_total(reading, sentence, &before, &parts);
        }
        let further = counts.first().is_some_and(|first| is_further(whole, first));
        if !(further || last == Some(0) && parts.len() == 1) {
            return None;
        }
        at = reading.previous(at)?;
    }
    None
}

/// The breakdown of the only count of things before that is more than each part.
fn of_total(
    reading: &Reading<'_>,
    sentence: &Sentence,
    before: &[&Counted],
    parts: &[&Counted],
) -> Option<Fact> {
    let most = parts
        .iter()
        .map(|part| part.quantity.number.value())
        .max()?;
    let mut totals = before.iter().filter(|figure| {
        figure.unit == "count"
            && figure.hedge.is_none()
            && figure.noun.is_some_and(|noun| noun.plural)
            && figure.quantity.number.value() > most
    });
    let total = totals.next()?;
    let alone =
        |figure: &&Counted| figure.noun.is_some_and(|noun| noun.plural) && figure.unit == "count";
    // "52 letters and 30 files. Of these …" may be of all of them.
    let joined = before.iter().any(|other| {
        other.span != total.span && alone(other) && {
            let first = other.span.end.min(total.span.end);
            let last = other.span.start.max(total.span.start);
            let between = (first <= last).then(|| Span::new(first, last));
            let words = between.map_or("", |span| reading.document.text_of(span).trim());
            ["and", "or", "and the", "and of", "and read", "&", "plus"].contains(&words)
        }
    });
    if joined {
        return None;
    }
    let quantities: Vec<_> = parts.iter().map(|part| part.quantity.clone()).collect();
    let fits = parts.len() > 1 && parts.len() <= MOST_PARTS && totals.next().is_none();
    if !fits || !nearly(total.quantity.number, &quantities) {
        return None;
    }
    let last = parts.last()?;
    let numbers = quantities.iter().map(|part| part.number);
    let noun = total.noun?;
    let found = build(
        sentence,
        total.span.join(last.span),
        Some(total.quantity.number),
        numbers,
        true,
    );
    Some(
        found
            .with(Slot::noun, Label::new(reading.document.text_of(noun.core)))
            .with(Slot::unit, Value::Symbol("count")),
    )
}

/// Whether a figure is what is left: "the other 18", "the remaining five".
fn is_rest(whole: Input<'_>, figure: &Counted) -> bool {
    let word = back(whole, figure, 1);
    let left = word.is_some_and(|word| word.starts_with("other") || word.starts_with("remaining"));
    let determined = back(whole, figure, 2)
        .is_some_and(|word| noun::is_a(word, Classes::of(&[Class::Determiner])));
    left && determined
}

/// Whether a figure is a part of what stands before: "31 of them", "Of these, 31", "31 of the calls" not.
fn points_back(whole: Input<'_>, figure: &Counted) -> bool {
    const POINTERS: [&str; 5] = ["them", "these", "those", "which", "whom"];
    let points = |input: Input<'_>| {
        input.starts_with("of") && POINTERS.iter().any(|word| input.skip(1).starts_with(word))
    };
    let after = whole.restart(figure.tokens.end);
    let opening = (2..=4).any(|words| {
        back(whole, figure, words).is_some_and(|here| {
            let between = here.skip(2).until(figure.tokens.start);
            let plain = between
                .tokens()
                .iter()
                .all(|token| matches!(token.kind, TokenKind::Word | TokenKind::Symbol(',')));
            points(here) && plain
        })
    });
    points(after) || opening
}

/// Whether a figure stands as a next part: behind a comma, semicolon or "and", or as "a further 24".
fn joins(whole: Input<'_>, figure: &Counted) -> bool {
    let mark = back(whole, figure, 1)
        .is_some_and(|here| [",", ";", "and"].iter().any(|mark| here.starts_with(mark)));
    // "… closed 20 of them and settled 14."
    let verb = back(whole, figure, 1).is_some_and(|here| {
        noun::is_a(here, Classes::of(&[Class::Verb, Class::PastVerb])) || noun::is_participle(here)
    });
    let behind = back(whole, figure, 2).is_some_and(|here| here.starts_with("and"));
    mark || verb && behind || is_further(whole, figure) || is_rest(whole, figure)
}

/// Whether a figure without a noun opens its sentence as what something is said of: "Nine were upheld".
fn opens(whole: Input<'_>, figure: &Counted) -> bool {
    const SAID: Classes = Classes::of(&[Class::Auxiliary, Class::Verb, Class::PastVerb]);
    figure.tokens.start == whole.position()
        && figure.noun.is_none()
        && noun::is_a(whole.restart(figure.tokens.end), SAID)
}

/// Whether a figure stands right behind a bracket, colon or comma: "11 findings (two high".
fn is_set_off(whole: Input<'_>, figure: &Counted) -> bool {
    back(whole, figure, 1)
        .is_some_and(|here| ["(", ":", ","].iter().any(|mark| here.starts_with(mark)))
}

/// Whether each of three parts or more is of another kind, of which a thing has only one: "two high, five medium and three low".
pub(super) fn are_kinds(whole: Input<'_>, figures: &[&Counted]) -> bool {
    let ends = figures.iter().skip(1).map(|figure| figure.tokens.start);
    let ends = ends.chain([whole.position() + whole.len()]);
    let kinds: Option<Vec<(&str, String)>> = figures
        .iter()
        .zip(ends)
        .map(|(figure, end)| kind_of(whole.restart(figure.tokens.end).until(end)))
        .collect();
    let Some(kinds) = kinds else { return false };
    let distinct = kinds
        .iter()
        .enumerate()
        .all(|(at, (_, word))| kinds.iter().skip(at + 1).all(|(_, other)| other != word));
    let first = kinds.first().map(|(scale, _)| *scale);
    kinds.len() > 2 && distinct && kinds.iter().all(|(scale, _)| Some(*scale) == first)
}

/// The scale of the word for a priority or a status near the start, and the word.
pub(super) fn kind_of(input: Input<'_>) -> Option<(&str, String)> {
    const REACH: usize = 4;
    (0..REACH.min(input.len())).find_map(|at| {
        let here = input.skip(at);
        let (rest, word) = here.lexeme(Class::Priority)?;
        let text = here.until(rest.position()).text().to_lowercase();
        Some((word.canonical, text))
    })
}

/// Whether a figure is added to those before: "a further 24", "another six".
fn is_further(whole: Input<'_>, figure: &Counted) -> bool {
    back(whole, figure, 1)
        .is_some_and(|here| here.starts_with("further") || here.starts_with("another"))
}

/// Whether a figure without a noun stands behind the same word as the first part: "falls for 31 of them and fires for 24".
fn is_gapped(whole: Input<'_>, figure: &Counted, lead: Option<&str>) -> bool {
    lead.is_some() && figure.noun.is_none() && word_before(whole, figure) == lead
}

/// Whether a share in brackets says a part again: "31 of them (42%)".
fn is_aside(whole: Input<'_>, figure: &Counted) -> bool {
    figure.unit == "percent" && back(whole, figure, 1).is_some_and(|here| here.starts_with("("))
}

/// The preposition before a figure.
fn word_before<'a>(whole: Input<'a>, figure: &Counted) -> Option<&'a str> {
    let here = back(whole, figure, 1)?;
    let token = here.first()?;
    noun::is_a(here, Classes::of(&[Class::Preposition])).then(|| here.text_of(token))
}

/// The sentence from so many tokens before a figure on.
fn back<'a>(whole: Input<'a>, figure: &Counted, tokens: usize) -> Option<Input<'a>> {
    let at = figure.tokens.start.checked_sub(tokens)?;
    (at >= whole.position()).then(|| whole.restart(at))
}

#[cfg(test)]
mod tests {
    use crate::facts::{
        schema::{BREAKDOWN, breakdown::Slot},
        testing::facts_of,
    };

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let facts = facts_of(text).1;
        let found: Vec<String> = facts
            .iter()
            .filter(|fact| fact.kind == BREAKDOWN)
            .map(|fact| format!("{} = {}", fact.get(Slot::total), fact.get(Slot::parts)))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn parts_that_end_in_what_is_left() {
        check(
            "The brigade had 61 calls. Chip pans led to 30 of them and candles to 12; the other 17 were false alarms.",
            &["61 = 30, 12 and 17"],
        );
        check(
            "The audit led to 18 actions. Four of these are urgent, nine are routine and the remaining six are advice.",
            &["18 = 4, 9 and 6"],
        );
        check(
            "We read 52 letters. Of these, 20 were late, 19 unsigned and the remaining 11 in order.",
            &["52 = 20, 19 and 11"],
        );
        check(
            "We read 52 letters. Of these, 20 (38%) were late. A further 19 were unsigned. The other 11 were in order.",
            &["52 = 20, 19 and 11"],
        );
        check(
            "The panel took 19 decisions. Ten were upheld, six were changed and the other four are open.",
            &["19 = 10, 6 and 4"],
        );
        check(
            "We made 15 recommendations. Three are high priority, eight are medium and five are low.",
            &["15 = 3, 8 and 5"],
        );
        check(
            "The report has 15 recommendations, of which three are urgent, eight are routine and five are advisory.",
            &["15 = 3, 8 and 5"],
        );
        check(
            "We raised 15 findings (three high, eight medium and five low).",
            &["15 = 3, 8 and 5"],
        );
        check(
            "They read 64 letters, 40 of which were late; the other 22 went out in time.",
            &["64 = 40 and 22"],
        );
    }

    #[test]
    fn what_is_left_of_something_else() {
        for text in [
            "The audit led to 18 actions. Four of these are urgent. Nine are due by May and five by June; the other four are done.",
            "We read 52 letters. About 20 of these were late and the other 30 were not.",
            "We read 52 letters. Of these, 20 were late, 12 of them by a week, and the other 31 were not.",
            "We read 52 letters. Falls came up in 31 of them, in 12 wards, and fires in nine; the other 11 were lost.",
            "We read 52 letters and 30 files. Of these, 14 were late and the other 34 were not.",
            "We read 52 letters. Of these, eight were late and the other two were lost.",
            "We read 52 letters. The other 14 were late.",
            "We read 52 letters. Thirty are late, 20 are short and 12 are unsigned.",
            "We made 15 recommendations. Three are high priority, eight concern training and five are low.",
        ] {
            check(text, &[]);
        }
    }
}
