//! Of whom a sentence speaks, and what it promises, accepts or says was done.

use crate::grammar::{Class, Input};

/// Whether words name someone who inspects.
pub(super) fn inspects(input: Input<'_>) -> bool {
    input.holds(Class::Inspector) || input.holds(Class::Inspectorate)
}

/// Whether a sentence says what will be done, in one of these forms of the verb.
pub(super) fn promises(input: Input<'_>, verbs: &[&str]) -> bool {
    input.tokens().iter().any(|token| {
        let text = input.text_of(token);
        let will = verbs.iter().any(|word| text.eq_ignore_ascii_case(word));
        let short = |end: &str| text.ends_with(end);
        let have = verbs.contains(&"have") && (short("'ve") || short("’ve"));
        will || have || short("'ll") || short("’ll")
    })
}

/// Whether a sentence speaks of the speaker's own side: "we", "our", "us", "I".
pub(super) fn own(input: Input<'_>) -> bool {
    input.tokens().iter().any(|token| {
        let text = input.text_of(token);
        let word = text.split(['\'', '’']).next().unwrap_or_default();
        ["we", "our", "us", "i"]
            .iter()
            .any(|own| word.eq_ignore_ascii_case(own))
    })
}

/// Whether a sentence says that something was done about what was found.
///
/// ```text
/// has-acted = ("have" | "has" | "had") [adverb] ( action | "put" *6word "in" "place" )
///           | ("we" | "and") [adverb] "took" *2word ("action" | "steps")
/// ```
/// "Has appointed six consultants", "we recognise this and took immediate action".
pub(super) fn has_acted(said: Input<'_>) -> bool {
    said.starts().any(|here| {
        let auxiliary = ["have", "has", "had"]
            .iter()
            .any(|word| here.starts_with(word))
            || here.first().is_some_and(|token| {
                let text = here.text_of(token);
                text.ends_with("'ve") || text.ends_with("’ve")
            });
        let rest = here.skip(1);
        let rest = rest.lexeme(Class::Adverb).map_or(rest, |(after, _)| after);
        let told = here.starts_with("we") || here.starts_with("and");
        auxiliary && (rest.lexeme(Class::Action).is_some() || puts_in_place(rest))
            || told && took_action(rest)
    })
}

/// "Put new arrangements in place"
fn puts_in_place(rest: Input<'_>) -> bool {
    const LONGEST: usize = 6;
    let near = rest.until(rest.position() + 2 + LONGEST);
    rest.starts_with("put")
        && near
            .starts()
            .any(|here| here.starts_with("in") && here.skip(1).starts_with("place"))
}

/// "Took immediate action", "took steps"
fn took_action(rest: Input<'_>) -> bool {
    const LONGEST: usize = 2;
    let near = rest.until(rest.position() + 2 + LONGEST);
    rest.starts_with("took") && (near.holds_word("action") || near.holds_word("steps"))
}

/// Whether the body takes what was found: "we accept that …", "we agree with what the inspectors say".
pub(super) fn takes_findings(said: Input<'_>) -> bool {
    said.starts().any(|here| {
        let verb = here.skip(1);
        let verb = verb.lexeme(Class::Adverb).map_or(verb, |(after, _)| after);
        let speaks = ["we", "i"].iter().any(|word| here.starts_with(word));
        speaks && verb.lexeme(Class::Accepted).is_some()
    })
}

/// Whether the body takes what was found as a whole: "we accept the findings in full".
pub(super) fn accepts_all(said: Input<'_>) -> bool {
    const NEAR: usize = 4;
    let Some((_, rest)) = said.find(Class::Accepted) else {
        return false;
    };
    let object = rest.until(rest.position() + NEAR);
    own(said)
        && ["findings", "report", "recommendations", "conclusions"]
            .iter()
            .any(|noun| object.holds_word(noun))
}

/// Whether the body says what it has done since it was inspected: "since the inspection we have hired staff".
pub(super) fn acts_since(said: Input<'_>) -> bool {
    let since = (0..said.len()).find(|&at| said.skip(at).starts_with("since"));
    since.is_some_and(|at| {
        const REACH: usize = 6;
        let after = said.skip(at);
        after
            .until(after.position() + REACH)
            .holds(Class::InspectionNoun)
    }) && own(said)
        && promises(said, &["have", "'ve", "’ve"])
}
