//! Who lays a duty on whom: "the practice must", "we recommend that", "patients told us that staff should".

use super::answers::said_by_body;
use crate::{
    facts::lists,
    grammar::{Class, Classes, Input, TokenKind, noun},
};

/// Whether a duty is laid on someone.
///
/// `duty = duty-word | tell-word *8(word) "to"`: "must", "was told to", "told the trust to". A question lays none.
pub(super) fn directs(input: Input<'_>) -> bool {
    const REACH: usize = 8;
    let duty = |here: Input<'_>| match here.lexeme(Class::Directive) {
        Some((_, word)) if word.canonical == "duty" => true,
        Some((rest, _)) if rest.starts_with("us") => {
            // "People told us that" lays no duty; "the inspectors asked us to" does.
            let asks = [Class::Inspector, Class::Inspectorate]
                .into_iter()
                .any(|class| input.until(here.position()).holds(class));
            asks && rest.skip(1).starts_with("to")
        }
        Some((rest, _)) => (1..=REACH).any(|words| rest.skip(words).starts_with("to")),
        None => false,
    };
    !input.text().contains('?') && input.starts().any(duty)
}

/// Whether the duty is that of those who inspect: "Inspectors must:".
pub(super) fn binds_inspectors(input: Input<'_>) -> bool {
    input.lexeme(Class::Inspector).is_some_and(|(rest, _)| {
        ["must", "should", "shall"]
            .iter()
            .any(|duty| rest.starts_with(duty))
    })
}

/// Whether someone who does not inspect says what should be done: "patients told us that the service should".
pub(super) fn said_by_others(input: Input<'_>) -> bool {
    input.find(Class::Attribution).is_some_and(|(here, _)| {
        let speaker = input.until(here.position());
        let inspects = [Class::Inspector, Class::Inspectorate, Class::DocumentRole]
            .into_iter()
            .any(|class| speaker.holds(class));
        !inspects && !["it", "we"].iter().any(|word| speaker.starts_with(word))
    })
}

/// Whether the body itself says what it does: "we have", "we will".
pub(super) fn first_person(input: Input<'_>) -> bool {
    input.starts().any(|here| {
        here.starts_with("we")
            && ["have", "will", "are", "did", "also", "plan"]
                .iter()
                .any(|word| here.skip(1).starts_with(word))
            && !lists::opening(here).holds(Class::IssueNoun)
            && !directs(lists::opening(here))
    })
}

/// Whether a text lays a duty on someone other than who writes: "The company must …".
pub(super) fn lays_duty(text: Input<'_>) -> bool {
    let bound = text.starts().any(|here| {
        let directive = here.lexeme(Class::Directive);
        directive.is_some_and(|(_, found)| found.canonical == "duty")
    });
    bound && !said_by_body(text)
}

/// ```text
/// recommends = ( "we" *2(adverb) "recommend" | "it is recommended" | ["the"] inspector "recommends" ) ( "that" | whom verb )
/// whom       = determiner *2word body
/// ```
///
/// "We recommend that …", "The regulator recommends that …", "We recommend the provider reviews …"; not "We recommend the food".
pub(super) fn recommends(input: Input<'_>) -> bool {
    let adverb = |at: usize| {
        noun::is_a(
            input.skip(at),
            Classes::of(&[Class::Adverb, Class::Conjunction]),
        )
    };
    let the = usize::from(input.starts_with("the"));
    let rest = if input.starts_with("we") {
        input.skip(1 + (1..=2).take_while(|&at| adverb(at)).count())
    } else if input.starts_with("it") && input.skip(1).starts_with("is") {
        input.skip(2)
    } else if let Some((rest, _)) = input.skip(the).lexeme(Class::Inspector) {
        rest
    } else if let Some((rest, _)) = input.skip(the).lexeme(Class::Inspectorate) {
        rest
    } else {
        return false;
    };
    let verb = ["recommend", "recommends", "recommended"]
        .iter()
        .any(|verb| rest.starts_with(verb));
    let past = rest.starts_with("recommended") && !input.starts_with("it");
    verb && !past && (rest.skip(1).starts_with("that") || bids(rest.skip(1)))
}

/// Whether someone is named and then what they are to do: "the provider reviews its policy".
fn bids(input: Input<'_>) -> bool {
    const WORDS: usize = 3;
    const NO_VERB: Classes = Classes::of(&[
        Class::Preposition,
        Class::Conjunction,
        Class::Adverb,
        Class::Determiner,
    ]);
    noun::is_a(input, Classes::of(&[Class::Determiner]))
        && (1..=WORDS).any(|at| {
            input
                .skip(at)
                .lexeme(Class::BodyNoun)
                .is_some_and(|(rest, _)| {
                    rest.len() > WORDS
                        && rest.first().is_some_and(|token| {
                            token.kind == TokenKind::Word && !token.classes.meets(NO_VERB)
                        })
                })
        })
}
