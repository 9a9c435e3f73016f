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
    let before = super::figures::hedge_before(whole, whole.position() + start);
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
