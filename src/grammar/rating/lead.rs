//! What stands to the left of a rating verb: its auxiliaries and adverbs, and what they say of when and whether.

use super::{Class, Reader, TokenKind};

/// What stands to the left of a verb.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a word that stands there or not"
)]
pub(super) struct Lead {
    /// Where the verb group starts.
    pub(super) start: usize,
    /// Where the verb itself stands.
    pub(super) verb: usize,
    /// Whether a form of "be" is in it.
    pub(super) passive: bool,
    /// "is", "has been": no date before it makes it earlier.
    pub(super) present: bool,
    /// "had been", "was previously", "no longer".
    pub(super) earlier: bool,
    /// "no longer".
    pub(super) ended: bool,
}

impl Reader<'_, '_> {
    /// The auxiliaries and adverbs before a verb; `None` where they say that no grade was given: "not", "could", "hopes to be".
    pub(super) fn lead(&self, at: usize) -> Option<Lead> {
        const BE: &[&str] = &[
            "is", "are", "was", "were", "be", "been", "being", "isn't", "wasn't", "get", "gets",
            "got",
        ];
        let mut lead = Lead {
            start: at,
            verb: at,
            passive: false,
            present: false,
            earlier: false,
            ended: false,
        };
        while let Some(before) = lead
            .start
            .checked_sub(1)
            .filter(|&before| before >= self.floor)
        {
            if self.has(before, Class::Modal)
                || self.is_one_of(before, &["not", "never", "if", "neither", "nor", "to"])
            {
                let opens = before == 0
                    || before
                        .checked_sub(1)
                        .is_some_and(|at| self.is_symbol(at, &['"', '“', '‘', '\'', ':']));
                if self.is(before, "to") && self.is_led_to(before) {
                    lead.start = before;
                    return Some(lead);
                }
                if self.is(before, "to")
                    && let Some(start) = self.foremost(before)
                {
                    lead.start = start;
                    lead.present = self.is(start, "is");
                    return Some(lead);
                }
                if let Some(kept) = before.checked_sub(1).filter(|&at| self.is_kept_to(at)) {
                    lead.start = kept;
                    continue;
                }
                let bound = (at..self.len())
                    .any(|at| self.is_one_of(at, &["must", "should", "need", "needs"]));
                return (self.is(before, "to") && opens && !bound).then_some(lead);
            }
            if self.is(before, "no") && self.is(before + 1, "longer") {
                lead.earlier = true;
                lead.ended = true;
            }
            let previously = self
                .lexeme(before, Class::Previous)
                .is_some_and(|(next, _)| next == before + 1);
            let skipped = self.has(before, Class::Auxiliary)
                || self.is_small_adverb(before)
                || previously && !lead.present
                || self.has(before, Class::Current)
                || self.has(before, Class::Again)
                || self.is_kept(before)
                || lead.earlier && self.is_one_of(before, &["no", "longer"])
                || self.is_one_of(before, &["longer", "last"])
                || self.is_one_of(before, &["each", "both", "all"])
                    && before > 0
                    && self.has(before - 1, Class::Auxiliary)
                || self.is_ly(before);
            if !skipped || self.has(before, Class::BodyNoun) || self.is(before, "inspection") {
                break;
            }
            lead.passive |= self.is_one_of(before, BE);
            lead.present |= self.is_one_of(before, &["is", "are", "has", "have"]);
            // Left of "has been" such words belong to another clause.
            let then = self.is(before, "then") && before > 0 && self.is_symbol(before - 1, &[',']);
            lead.earlier |= self.is_one_of(before, &["had", "having"])
                || self.is(before, "last")
                || then
                || !lead.present && previously && !self.is(before, "once");
            lead.start = before;
        }
        (!self.is_averted(lead.start)).then_some(lead)
    }

    /// Whether something brought the inspectors to what stands behind "to": "enough for us to judge the ward good".
    fn is_led_to(&self, to: usize) -> bool {
        let who = to
            .checked_sub(1)
            .filter(|&at| self.is(at, "us") || self.has(at, Class::Inspector));
        let what = who.and_then(|who| who.checked_sub(1));
        what.is_some_and(|at| self.is_one_of(at, &["for", "led", "allowed", "enabled", "caused"]))
    }

    /// Where the verb stands of which "to be rated" tells what something is.
    ///
    /// `foremost = ( be | "has" "become" ) "the" ( "first" | "only" ) *word "to" "be"`: "is the first service in the county to be rated".
    fn foremost(&self, to: usize) -> Option<usize> {
        /// Tokens between the verb and "to".
        const REACH: usize = 12;
        let near = self.floor.max(to.saturating_sub(REACH));
        let word = (near..to).rev().find(|&at| self.has(at, Class::Foremost))?;
        let verb = word.checked_sub(2).filter(|&at| at >= near)?;
        let be = self.is_one_of(verb, &["is", "was", "became", "becomes"]);
        let stops = |at: usize| self.is_symbol(at, &[',', ';', ':', '.']) || self.is(at, "to");
        let perfect =
            self.is(verb, "become") && verb > near && self.is_one_of(verb - 1, &["has", "have"]);
        let told = (be || perfect) && self.is(verb + 1, "the") && !(word..to).any(stops);
        told.then_some(verb - usize::from(perfect))
    }

    /// Whether what comes here is said not to have come: "escaped being rated inadequate", "rather than rated good".
    pub(super) fn is_averted(&self, at: usize) -> bool {
        (1..=2)
            .filter_map(|back| at.checked_sub(back))
            .any(|before| {
                self.lexeme(before, Class::Averted)
                    .is_some_and(|(next, _)| next == at)
            })
    }

    /// "remains", "stays".
    pub(super) fn is_kept(&self, at: usize) -> bool {
        self.lexeme(at, Class::GradeMove)
            .is_some_and(|(next, word)| next == at + 1 && word.canonical == "unchanged")
    }

    /// "continues to", of something that stays as it is.
    fn is_kept_to(&self, at: usize) -> bool {
        self.lexeme(at, Class::GradeMove)
            .is_some_and(|(next, word)| {
                let reached = next == at + 2 || next == at + 3 && self.is(at + 2, "be");
                reached && word.canonical == "unchanged" && self.is(at + 1, "to")
            })
    }

    pub(super) fn is_small_adverb(&self, at: usize) -> bool {
        let small = self.token(at).is_some_and(|token| !token.capital);
        small && self.has(at, Class::Adverb) && !self.is(at, "ago")
    }

    pub(super) fn is_ly(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| {
            let text = self.sentence.text_of(token);
            token.kind == TokenKind::Word
                && !token.capital
                && text.len() > 4
                && text.ends_with("ly")
        })
    }
}
