//! Markers of items within a sentence: "three things: 1) answer letters, 2) keep files and 3) train staff".

use super::{Input, Token, TokenKind};

/// How the items of a list are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Figures,
    Letters,
    Roman,
}

/// Roman numerals of the first items, in small letters.
const ROMAN: [&str; 12] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
];

/// Tokens before a marker among which a bracket that is still open is looked for.
const BACK: usize = 40;

/// Tokens over which the items of one list are looked for: a bound that keeps the cost linear.
const LONGEST: usize = 400;

/// How many items a list has whose first marker stands here, or after one token such as a colon.
///
/// ```text
/// marked-list = marker words *( [","|";"] ["and"|"or"] marker words )
/// marker      = ["("] ( 1*2digit | letter | roman ) ")"
/// ```
///
/// `None` where no second marker follows.
pub fn marked_items(input: Input<'_>) -> Option<u32> {
    let input = input.until(input.position() + LONGEST);
    [Style::Figures, Style::Roman, Style::Letters]
        .into_iter()
        .filter_map(|style| run(input, style))
        .max()
}

fn run(input: Input<'_>, style: Style) -> Option<u32> {
    let start = (0..2)
        .map(|skipped| input.skip(skipped))
        .find(|here| marker(*here, style, 1).is_some())?;
    let (mut rest, mut last) = (start, 0);
    while !rest.is_empty() {
        rest = match marker(rest, style, last + 1).filter(|_| last == 0 || is_apart(rest)) {
            Some(after) => {
                last += 1;
                after
            }
            None => rest.skip(1),
        };
    }
    (last > 1).then_some(last)
}

/// What follows the marker of item `ordinal`.
fn marker(input: Input<'_>, style: Style, ordinal: u32) -> Option<Input<'_>> {
    let opened = input.starts_with("(");
    let here = input.skip(usize::from(opened));
    let text = here.text_of(here.first()?);
    let at = usize::try_from(ordinal).ok()?.checked_sub(1)?;
    let counts = match style {
        Style::Figures => text.parse() == Ok(ordinal),
        Style::Roman => ROMAN.get(at).is_some_and(|roman| *roman == text),
        Style::Letters => {
            let letter = u8::try_from(at).ok().and_then(|at| b'a'.checked_add(at));
            letter.is_some_and(|letter| text.as_bytes() == [letter])
        }
    };
    let closed = here.skip(1).starts_with(")");
    (counts && closed && (opened || is_apart(input))).then(|| here.skip(2))
}

/// Whether the number at the first token is the marker of an item and counts nothing: "; 2) keep files".
pub fn is_marker(input: Input<'_>) -> bool {
    let small = |token: &Token| token.kind == TokenKind::Number && token.span.len() <= 2;
    input.first().is_some_and(small) && input.skip(1).starts_with(")") && is_apart(input)
}

/// Whether an item may begin here: after a mark, "and" or "or", and not in brackets.
fn is_apart(input: Input<'_>) -> bool {
    let start = input.position();
    let before = input.widen(start.saturating_sub(BACK)).until(start);
    let parts = before.tokens().last().is_none_or(|last| match last.kind {
        TokenKind::Symbol(mark) => matches!(mark, ':' | ';' | ',' | '.' | '–' | '—'),
        _ => ["and", "or"].contains(&before.text_of(last)),
    });
    parts && !before.ends_in_brackets()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        grammar::{Lexed, Lexicon},
        span::Span,
    };

    #[track_caller]
    fn check(text: &str, items: Option<u32>, markers: &[&str]) {
        let lexicon = Lexicon::new();
        let mut lexed = Lexed::new(text, &lexicon);
        let tokens = lexed.add(Span::new(0, text.len()));
        let input = Input::new(&lexed, tokens);
        assert_eq!(marked_items(input), items, "{text}");
        let found: Vec<_> = input
            .starts()
            .filter(|here| is_marker(*here))
            .map(|here| here.text_of(&here.tokens()[0]))
            .collect();
        assert_eq!(found, markers, "{text}");
    }

    #[test]
    fn items_are_counted_by_their_markers() {
        check(
            ": 1) answer letters; 2) keep files, and 3) train staff.",
            Some(3),
            &["1", "2", "3"],
        );
        check(": (i) whether; (ii) why; and (iii) when.", Some(3), &[]);
        check("(a) files, (b) letters and (c) staff", Some(3), &[]);
        check(": (1) refund it, (2) ask them", Some(2), &[]);
    }

    #[test]
    fn what_is_no_list_has_no_items() {
        check(": 1) answer letters.", None, &["1"]);
        check("letters (1) and files (2)", None, &[]);
        check("files (see pages 11, 12) and letters", None, &[]);
        check(": (a) files and (c) letters", None, &[]);
        check("three files, two of them late", None, &[]);
    }
}
