//! Shares of a stated base, without the part: "34% of the 25 files".

use super::{
    Fact,
    proportions::{hedge_symbol, measure},
    reading::{Reading, Sentence},
    schema::{SAMPLE_SHARE, sample_share::Slot},
};
use crate::{grammar::proportion::Share, value::Value};

/// The fact of a share that has a whole and no part.
pub(super) fn fact(reading: &Reading<'_>, sentence: &Sentence, share: &Share, end: usize) -> Fact {
    let quantities = [&share.percent, &share.whole];
    let hedge = quantities
        .into_iter()
        .flatten()
        .find_map(|quantity| quantity.hedge.as_deref());
    let whole = reading.input(sentence);
    let start = whole
        .tokens()
        .partition_point(|token| token.span.start < share.span.start);
    let hedged = |at: usize| super::figures::hedge_before(whole, whole.position() + at);
    // "Of the 16, over 90% were": the percentage stands within.
    let percent = share.percent.as_ref().and_then(|percent| {
        let at = whole
            .tokens()
            .partition_point(|token| token.span.start < percent.span.start);
        hedged(at)
    });
    let before = hedged(start).or(percent);
    Fact::new(SAMPLE_SHARE, share.span, sentence.place)
        .with(Slot::measure, measure(reading, sentence, share, None, end))
        .with(
            Slot::percent,
            share.percent.as_ref().map(|percent| percent.number),
        )
        .with(Slot::whole, share.whole.as_ref().map(|whole| whole.number))
        .with(
            Slot::hedge,
            hedge
                .and_then(hedge_symbol)
                .or(before)
                .map_or(Value::Unknown, Value::Symbol),
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::facts_of;

    #[test]
    fn shares_of_stated_bases() {
        for (text, expected) in [
            ("In 34% of the 25 files it was late.", Some("34% of 25")),
            (
                "About 6.5% of its 17,000 homes are empty.",
                Some("6.5% of 17,000"),
            ),
            ("Of the 25 files, 34% were late.", Some("34% of 25")),
            ("Some 34% (n=25) were late.", Some("34% of 25")),
            ("In 34% of files it was late.", None),
            ("It answered 82% of 999 calls.", None),
        ] {
            let (_, facts) = facts_of(text);
            let found = facts.iter().find(|fact| fact.kind == SAMPLE_SHARE);
            let found = found
                .map(|fact| format!("{} of {}", fact.get(Slot::percent), fact.get(Slot::whole)));
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
