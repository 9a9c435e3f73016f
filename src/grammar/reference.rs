//! References to numbered things, and the labels that number them.

use nom::Parser;

use super::{
    Class, Classes, Input, Parsed, TokenKind, noun::is_a, one_of, phrase, phrase_of, symbol,
};
use crate::span::Span;

/// How many numbers a range may stand for; a longer one is no range.
const LONGEST_RANGE: u32 = 200;

/// A reference as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What is referred to, in the singular.
    pub noun: String,
    /// The numbers as written, ranges written out.
    pub numbers: Vec<String>,
    /// Noun and numbers.
    pub span: Span,
}

/// The label of an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueLabel {
    /// The words before the noun that tell one series from another: "strategic".
    pub series: Option<Span>,
    /// What the issue is called, in the singular.
    pub noun: String,
    /// The numbers as written; several where one text stands for several issues.
    pub numbers: Vec<String>,
    /// The label with its closing mark.
    pub span: Span,
}

/// Reads the number of a numbered thing as written.
///
/// `code = ["#"] numeral | 1*3letter 1*3digit [small-letter]`: "4", "#4", "2.3", "R1", "R3a". A numeral that a unit or sign follows is
/// none.
pub fn code(input: Input<'_>) -> Parsed<'_, String> {
    let marked = input.starts_with("#")
        && (input.skip(1).first()).is_some_and(|next| next.glued && next.kind == TokenKind::Number);
    let input = input.skip(usize::from(marked));
    let Some(token) = input.first() else {
        return input.miss();
    };
    let text = input.text_of(token);
    let fits = match token.kind {
        TokenKind::Number => !text.contains(',') && text.len() <= 5 && !is_year(text),
        TokenKind::Word => is_code(text),
        _ => false,
    };
    let rest = input.skip(1);
    let measured = rest.first().is_some_and(|next| {
        next.classes.has(Class::DurationUnit)
            || next.classes.has(Class::PercentWord)
            || next.classes.has(Class::Multiplier)
            || matches!(next.kind, TokenKind::Symbol('%' | '/'))
    });
    if fits && !(measured && token.kind == TokenKind::Number) {
        Ok((rest, text.to_owned()))
    } else {
        input.miss()
    }
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && (text.starts_with("19") || text.starts_with("20")) && !text.contains('.')
}

/// Whether a word is letters and a number, and maybe the letter of a part: "R1", "AFI12", "R3a".
pub fn is_code(text: &str) -> bool {
    let whole = text.strip_suffix(|c: char| c.is_ascii_lowercase());
    let text = whole.unwrap_or(text);
    let digits = text.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = text.len() - digits.len();
    (1..=3).contains(&letters)
        && (1..=3).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reads one number or several.
///
/// `codes = [number-sign] span *( ("," | "and" | "&" | "or" | "," "and") span )` with `span = code [("to" | "-" | "–" | "through") code]`
/// and `number-sign = ("no" | "nos") ["."] | "number" | "numbers"`: "3", "#3", "no. 3", "1 and 2", "1–3, 5 and 7". A range of more
/// than two hundred numbers is read as its first.
pub fn codes(input: Input<'_>) -> Parsed<'_, Vec<String>> {
    let input = past_sign(input);
    if let Some(letters) = letters(input) {
        return Ok(letters);
    }
    let mut found = Vec::new();
    let mut rest = code_range(input, &mut found)?.0;
    while let Ok((after, _)) = joint(rest) {
        let Ok((after, ())) = code_range(after, &mut found) else {
            break;
        };
        rest = after;
    }
    Ok((rest, found))
}

/// Past what says that a number follows.
fn past_sign(input: Input<'_>) -> Input<'_> {
    let short = ["no", "nos"].iter().any(|word| input.starts_with(word));
    let long = ["number", "numbers"]
        .iter()
        .any(|word| input.starts_with(word));
    match input.skip(1) {
        rest if short && rest.starts_with(".") => rest.skip(1),
        rest if short || long => rest,
        _ => input,
    }
}

fn letter(input: Input<'_>) -> Option<(Input<'_>, String)> {
    let text = input.text_of(input.first()?);
    let single = text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_lowercase());
    single.then(|| (input.skip(1), text.to_owned()))
}

/// Two or more small letters: "a, c and e".
fn letters(input: Input<'_>) -> Option<(Input<'_>, Vec<String>)> {
    let (mut rest, first) = letter(input)?;
    let mut found = vec![first];
    while let Ok((after, _)) = joint(rest)
        && let Some((after, next)) = letter(after)
    {
        found.push(next);
        rest = after;
    }
    (found.len() > 1).then_some((rest, found))
}

fn joint(input: Input<'_>) -> Parsed<'_, Span> {
    let word = one_of(&["and", "or", "&", "plus"]);
    match symbol(',')(input) {
        Ok((rest, comma)) => Ok(word(rest).unwrap_or((rest, comma))),
        Err(_) => word(input),
    }
}

fn code_range<'a>(input: Input<'a>, found: &mut Vec<String>) -> Parsed<'a, ()> {
    if let Some((first, last)) = input.first().and_then(|token| {
        let (first, last) = input.text_of(token).split_once('-')?;
        (token.kind == TokenKind::Word && is_code(first) && is_code(last)).then_some((first, last))
    }) {
        found.extend(between(first, last).unwrap_or_else(|| vec![first.to_owned()]));
        return Ok((input.skip(1), ()));
    }
    let (rest, first) = code(input)?;
    let to = symbol('-')
        .or(symbol('–'))
        .or(one_of(&["to", "through"]))
        .parse(rest);
    if let Ok((after, _)) = to
        && let Ok((after, last)) = code(after)
        && let Some(all) = between(&first, &last)
    {
        found.extend(all);
        return Ok((after, ()));
    }
    found.push(first);
    Ok((rest, ()))
}

/// Every number from `first` to `last`, written as the first is.
fn between(first: &str, last: &str) -> Option<Vec<String>> {
    let split = |text: &str| -> Option<(String, u32)> {
        let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
        let letters = text.get(..text.len() - digits.len())?;
        Some((letters.to_owned(), digits.parse().ok()?))
    };
    let ((letters, from), (other, to)) = (split(first)?, split(last)?);
    let runs = from < to && to - from < LONGEST_RANGE && (other.is_empty() || other == letters);
    runs.then(|| (from..=to).map(|n| format!("{letters}{n}")).collect())
}

/// Reads a reference to one or more numbered things.
///
/// `reference = (issue-noun | numbered-thing) codes | annex-noun capital-letter`: "recommendations 1 to 3", "table 4",
/// "Annex C".
pub fn reference(input: Input<'_>) -> Parsed<'_, Reference> {
    let (rest, (class, noun)) = phrase_of(&[Class::IssueNoun, Class::NumberedThing])(input)?;
    let (rest, numbers) = match codes(rest) {
        Ok(found) => found,
        Err(miss) => match rest.first() {
            Some(token) if class == Class::NumberedThing && is_letter(rest.text_of(token)) => {
                (rest.skip(1), vec![rest.text_of(token).to_owned()])
            }
            _ => return Err(miss),
        },
    };
    let noun = noun.canonical.to_owned();
    let span = input.span_to(rest);
    Ok((
        rest,
        Reference {
            noun,
            numbers,
            span,
        },
    ))
}

fn is_letter(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Words that name no series of issues.
const NO_SERIES: Classes = Classes::of(&[
    Class::Determiner,
    Class::Preposition,
    Class::Conjunction,
    Class::Auxiliary,
    Class::Verb,
    Class::ResponseLabel,
]);

/// Reads the label of an issue, at the start of a line or heading.
///
/// `issue-label = *2(word) issue-noun codes ["(" … ")" | addressee] ( ":" | "." | ")" | "–" | "-" | line-end | before a capital )`:
/// "Recommendation 3.", "Strategic recommendation 1:", "Recommendations 4 and 5", "Recommendation #2 To: the Board".
pub fn issue_label(input: Input<'_>) -> Parsed<'_, IssueLabel> {
    for words in 0..=2 {
        let start = input.skip(words);
        if let Ok((rest, noun)) = phrase(Class::IssueNoun)(start)
            && let Ok((rest, numbers)) = codes(rest)
        {
            let rest = label_end(past_addressee(past_bracket(rest)))
                .or_else(|miss| unmarked(input, rest).ok_or(miss))?
                .0;
            let series = (words > 0).then(|| input.until(start.position()).span());
            return Ok((
                rest,
                IssueLabel {
                    series,
                    noun: noun.canonical.to_owned(),
                    numbers,
                    span: input.span_to(rest),
                },
            ));
        }
        let goes_on = start
            .first()
            .is_some_and(|token| token.kind == TokenKind::Word && !is_a(start, NO_SERIES));
        if !goes_on {
            break;
        }
    }
    input.miss()
}

/// Past a label that opens with a capital and that nothing closes, where what it labels opens with a capital too: "Recommendation 1
/// Reconcile the ledger".
fn unmarked<'a>(label: Input<'a>, rest: Input<'a>) -> Option<(Input<'a>, ())> {
    let opens = |input: Input<'_>| {
        input
            .first()
            .is_some_and(|token| token.kind == TokenKind::Word && token.capital)
    };
    // "Recommendation 2 Responses" labels none.
    let answers = rest.lexeme(Class::ResponseLabel).is_some();
    (opens(label) && opens(rest) && !answers).then_some((rest, ()))
}

/// Reads the label of a numbered thing whose noun does not tell whether it is an issue: "Action 1.", "Step 2:".
///
/// `numbered-label = tally-noun code ["(" … ")"] label-end`
pub fn numbered_label(input: Input<'_>) -> Parsed<'_, IssueLabel> {
    let (rest, noun) = phrase(Class::TallyNoun)(input)?;
    let (rest, numbers) = codes(rest)?;
    let rest = label_end(past_bracket(rest))?.0;
    Ok((
        rest,
        IssueLabel {
            series: None,
            noun: noun.canonical.to_owned(),
            numbers,
            span: input.span_to(rest),
        },
    ))
}

/// Passes over whom an issue is addressed to: "(to the Home Office)".
fn past_bracket(input: Input<'_>) -> Input<'_> {
    const LONGEST: usize = 14;
    let tokens = input.tokens();
    let opens = tokens
        .first()
        .is_some_and(|token| token.kind == TokenKind::Symbol('(') && !token.line_start);
    let close = tokens
        .iter()
        .take(LONGEST)
        .position(|token| token.kind == TokenKind::Symbol(')'));
    match close {
        Some(close) if opens => input.skip(close + 1),
        _ => input,
    }
}

/// Passes over whom an issue is addressed to, where the line says nothing more.
///
/// `addressee = ("to" [":"] | "for") 1*12token line-end`, without a verb: "for the Board", "To: Finance, Department of".
fn past_addressee(input: Input<'_>) -> Input<'_> {
    const LONGEST: usize = 12;
    const SAYS: Classes = Classes::of(&[Class::Auxiliary, Class::Verb, Class::Modal]);
    let opens = input.starts_with("to") || input.starts_with("for");
    let line = input.tokens().iter().skip(1);
    let end = 1 + line.take_while(|token| !token.line_start).count();
    let named = input.until(input.position() + end);
    let plain =
        opens && end <= LONGEST && !named.tokens().iter().any(|token| token.classes.meets(SAYS));
    if plain { input.skip(end) } else { input }
}

/// `label-end = ":" | "." | ")" | "–" | "—" | "-" | line-end`
pub fn label_end(input: Input<'_>) -> Parsed<'_, ()> {
    match input.first() {
        None => Ok((input, ())),
        Some(token)
            if matches!(
                token.kind,
                TokenKind::Symbol(':' | '.' | ')' | '–' | '—' | '-')
            ) =>
        {
            Ok((input.skip(1), ()))
        }
        Some(token) if token.line_start => Ok((input, ())),
        Some(_) => input.miss(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::testing::with_input;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &[&str])>) {
        let found = with_input(text, |input| {
            reference(input)
                .ok()
                .map(|(_, found)| (found.noun, found.numbers))
        });
        let expected = expected.map(|(noun, numbers)| {
            let numbers = numbers.iter().map(|&number| number.to_owned());
            (noun.to_owned(), numbers.collect::<Vec<_>>())
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn labels_of_issues() {
        for (text, expected) in [
            ("Recommendation 3. Do", Some("3")),
            ("Recommendation #2", Some("2")),
            ("Recommendation no. 2: do", Some("2")),
            ("Recommendation 2 To: Health Office, State", Some("2")),
            ("Recommendation 2 for the Board", Some("2")),
            ("Recommendation 2 for the Board was late", None),
            ("Recommendation no one read", None),
            ("Recommendation 2 Responses", None),
        ] {
            let found = with_input(text, |input| {
                issue_label(input)
                    .ok()
                    .map(|(_, label)| label.numbers.join(" "))
            });
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn references_name_a_thing_and_its_numbers() {
        check("recommendation 9 says", Some(("recommendation", &["9"])));
        check(
            "Recommendations 1 and 2:",
            Some(("recommendation", &["1", "2"])),
        );
        check(
            "issues 1–3, 5 and 7",
            Some(("issue", &["1", "2", "3", "5", "7"])),
        );
        check(
            "recommendations R2 to R4",
            Some(("recommendation", &["R2", "R3", "R4"])),
        );
        check(
            "recommendations R2-R3",
            Some(("recommendation", &["R2", "R3"])),
        );
        check(
            "recommendations R3a and R3b",
            Some(("recommendation", &["R3a", "R3b"])),
        );
        check("table 4", Some(("table", &["4"])));
        check("Annex C", Some(("annex", &["C"])));
        check(
            "areas for improvement 1, 2, and 3",
            Some(("area for improvement", &["1", "2", "3"])),
        );
    }

    #[test]
    fn numbers_that_measure_are_no_references() {
        check("recommendations 12 months ago", None);
        check("figures 2023 to 2024", None);
        check("orders 20% more", None);
        check("recommendation that", None);
        check("table of", None);
        check("issues 1 to 900000", Some(("issue", &["1"])));
    }

    #[track_caller]
    fn label(text: &str, expected: Option<(&str, &str, &str)>) {
        let found = with_input(text, |input| {
            issue_label(input).ok().map(|(_, found)| {
                let series = found.series.map(|span| crate::span::text_at(text, span));
                (
                    series.unwrap_or_default().to_owned(),
                    found.noun,
                    found.numbers.join(" "),
                )
            })
        });
        let expected = expected
            .map(|(series, noun, number)| (series.to_owned(), noun.to_owned(), number.to_owned()));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn labels_end_with_a_mark_or_the_line() {
        label(
            "Recommendation 3. Keep records",
            Some(("", "recommendation", "3")),
        );
        label("Recommendation 3", Some(("", "recommendation", "3")));
        label(
            "Recommendation 3\nKeep records.",
            Some(("", "recommendation", "3")),
        );
        label(
            "Recommendations 4 and 5",
            Some(("", "recommendation", "4 5")),
        );
        label(
            "Area for improvement 2: Keep",
            Some(("", "area for improvement", "2")),
        );
        label(
            "Operational recommendation 2: Keep",
            Some(("Operational", "recommendation", "2")),
        );
        label(
            "Recommendation 3 Keep records",
            Some(("", "recommendation", "3")),
        );
        label("recommendation 3 Keep records", None);
        label("Recommendation 3 was met", None);
        label("The recommendation 3. was", None);
        label("Response to recommendation 3:", None);
        label("See recommendation 3.", None);
    }
}
