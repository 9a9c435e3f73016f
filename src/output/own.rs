//! How results are known again: what is written into a folder of documents is no document.

use crate::diagnostic::Severity;

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

/// The first line of a text.
pub(super) fn first_line(head: &str) -> &str {
    head.lines().next().unwrap_or_default()
}

/// Whether the first line is `severity[rule]` and no more.
pub(super) fn begins_with_code(head: &str) -> bool {
    codes(first_line(head)).any(|(before, after)| before.is_empty() && after.is_empty())
}

/// Whether the first line is `path:line:column: severity[rule] message`; `path:page 3: ` and the like, or no place at all, may
/// stand before it.
pub(super) fn begins_with_place_and_code(head: &str) -> bool {
    let is_place =
        |before: &str| before.is_empty() || before.contains(':') && before.ends_with(": ");
    codes(first_line(head)).any(|(before, after)| is_place(before) && after.starts_with(' '))
}

/// What stands before and after each `severity[rule]` of a line, where `rule` is written as names of rules are.
fn codes(line: &str) -> impl Iterator<Item = (&str, &str)> {
    SEVERITIES.into_iter().filter_map(move |severity| {
        let (before, after) = line.split_once(&format!("{severity}["))?;
        let (rule, after) = after.split_once(']')?;
        let of_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let is_name =
            rule.starts_with(|c: char| c.is_ascii_lowercase()) && rule.chars().all(of_name);
        is_name.then_some((before, after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_a_little_alike_are_no_results() {
        let check = |text: &str, expected: [bool; 2]| {
            let found = [begins_with_code(text), begins_with_place_and_code(text)];
            assert_eq!(found, expected, "{text}");
        };
        check("error[date-impossible]\n\n  × no such day", [true, false]);
        check(
            "a.md:1:20: error[date-impossible] no such day",
            [false, true],
        );
        check("a.docx:paragraph 3: note[a-b] x: y (“z”)", [false, true]);
        check("error[unreadable-file] b.docx: damaged", [false, true]);
        check("An error[date-impossible] was found", [false, false]);
        check("See the note[3] below", [false, false]);
        check("Note: error[1] is left", [false, false]);
        check(
            "Harbour inspection\na.md:1:20: error[a-b] c",
            [false, false],
        );
        check("", [false, false]);
    }
}
