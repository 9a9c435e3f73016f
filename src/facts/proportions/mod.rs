//! Proportions: counts and percentages of a whole.
//!
//! A share is read in its sentence; `wholes` finds the whole where the text points back to it, and `totals` reads tables.

#[cfg(test)]
mod tests;
mod totals;
mod wholes;

use super::{
    Fact,
    figures::{self, hedge_before},
    ratings,
    reading::{Reading, Sentence},
    sample_shares,
    schema::{PROPORTION, RATING_CLAIM, proportion::Slot},
};
use crate::{
    document::BlockKind,
    grammar::{
        Class, Classes, Input, TokenKind,
        number::{self, Quantity},
        proportion::{self, Base, Share},
    },
    span::Span,
    value::{Label, Number, Value},
};
use totals::{Total, Totals, in_table, of_total};
use wholes::{Sizes, Whole, common_whole, gives, is_of_whole, is_one_of, lead, whole_before};

/// Adds the proportions of a document, and the shares of stated wholes.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let sizes = Sizes::new(facts);
    let claims = claims(facts);
    let totals = Totals::new(reading);
    let graded = ratings::ends(facts);
    for sentence in &reading.sentences {
        let mut wholes: Vec<Quantity> = Vec::new();
        let found = shares(reading, sentence);
        if found.is_empty() && sentence.classes.meets(Classes::NUMERIC) {
            facts.extend(of_lead(reading, sentence));
        }
        let mut bases: Vec<Option<Whole>> = Vec::with_capacity(found.len());
        for (share, _) in &found {
            let counted = reading.figures(sentence);
            bases.push(if share.base == Base::Here {
                None
            } else {
                whole_before(reading, sentence, share, counted, &wholes, &sizes, &found)
            });
            wholes.extend(share.whole.clone());
        }
        let common = common_whole(&found, &bases);
        for ((mut share, end), base) in found.into_iter().zip(bases) {
            // "Nine of them, or 2 per cent of the workforce": the share is of something else.
            if base
                .as_ref()
                .is_some_and(|base| !is_of_whole(reading, &share, base))
            {
                share.percent = None;
            }
            // "It was good in four of them" counts grades.
            if share.base == Base::Back && claimed(&claims, share.span) {
                continue;
            }
            // "A hygiene rating of two out of five", "two stars out of four": a grade, and no part of so many things.
            let of_grade = graded
                .range(share.span.start + 1..=share.span.end)
                .next()
                .is_some();
            if share.percent.is_none() && of_grade {
                continue;
            }
            if base.is_none() && sizes.has_share(&share) {
                continue;
            }
            let common = common.as_ref().filter(|common| {
                // "Of 251, 58 (23%) left and 193 (77%) stayed; of these, 81 (32%) …": its percentage tells of which it is one.
                let back = share.base == Base::Back && share.whole.is_none();
                let tells = |number: Number| match &share.part {
                    Some(part) => gives(part, &share, number),
                    None => false,
                };
                let other = base.as_ref().is_some_and(|base| !tells(base.number));
                let part = share.part.as_ref().map(|part| part.number.value());
                let less = part.is_some_and(|part| part < common.number.value());
                is_one_of(&share) && base.is_none() && less || back && other && tells(common.number)
            });
            let base = match common {
                Some(common) => Some(common.at(share.span)),
                None => base,
            };
            if let Some(total) = totals.of(sentence).filter(|_| is_one_of(&share)) {
                if let Total::Of(total) = total {
                    facts.push(of_total(reading, sentence, &share, total));
                }
                continue;
            }
            if share.part.is_none() {
                facts.push(sample_shares::fact(reading, sentence, &share, end));
            } else if share.base != Base::Back || base.is_some() {
                facts.push(fact(reading, sentence, &share, base.as_ref(), end));
            }
        }
    }
    for block in 0..reading.document.blocks.len() {
        in_table(reading, block, facts);
    }
}

/// The claims over several criteria that a number states, in order of place.
fn claims(facts: &[Fact]) -> Vec<Span> {
    let mut claims: Vec<_> = facts
        .iter()
        .filter(|fact| fact.kind == RATING_CLAIM)
        .map(|fact| fact.span)
        .collect();
    claims.sort_unstable();
    claims
}

/// Whether a share that only points to its whole stands in one of the claims.
fn claimed(claims: &[Span], share: Span) -> bool {
    let after = claims.partition_point(|claim| claim.start <= share.start);
    let last = after.checked_sub(1).and_then(|last| claims.get(last));
    last.is_some_and(|claim| claim.contains(share))
}

/// The part that an item of a list starts with, of the whole in its lead: "Of the 30 homes that we saw:" and "12 had damp".
fn of_lead(reading: &Reading<'_>, sentence: &Sentence) -> Option<Fact> {
    let first = reading.sentences_of(sentence.place.block).first()?;
    let item = matches!(
        reading.block(sentence.place.block)?.kind,
        BlockKind::ListItem(_)
    );
    if !item || first.place.sentence != sentence.place.sentence {
        return None;
    }
    let input = reading.input(sentence);
    let (rest, part) = number::quantity(input).ok()?;
    let (whole, noun) = proportion::lead_whole(reading.input(lead(reading, sentence)?))?;
    let fits =
        part.number.unit() == whole.number.unit() && part.number.value() <= whole.number.value();
    let share = Share::of(part, whole, noun);
    fits.then(|| fact(reading, sentence, &share, None, rest.position()))
}

/// The proportions of a sentence, and the token after each.
fn shares(reading: &Reading<'_>, sentence: &Sentence) -> Vec<(Share, usize)> {
    if !sentence.classes.meets(Classes::NUMERIC) {
        return Vec::new();
    }
    let whole = reading.input(sentence);
    let dates = reading.dates(sentence);
    let mut dates = dates.iter().map(|found| found.tokens.clone()).peekable();
    let mut found = Vec::new();
    let mut at = sentence.tokens.start;
    while at < sentence.tokens.end {
        while dates.next_if(|date| date.end <= at).is_some() {}
        if let Some(date) = dates.peek()
            && date.start <= at
        {
            at = date.end;
            continue;
        }
        let input = whole.restart(at);
        let read = starts_share(input)
            .then(|| proportion::share(input).ok())
            .flatten();
        match read {
            Some((rest, share))
                if !is_score(whole, at)
                    && share
                        .whole
                        .as_ref()
                        .is_none_or(|whole| !overlaps_date(whole, dates.peek(), reading)) =>
            {
                at = rest.position().max(at + 1);
                found.push((share, at));
            }
            _ => at += 1,
        }
    }
    found
}

fn starts_share(input: Input<'_>) -> bool {
    input
        .first()
        .is_some_and(|token| token.classes.meets(Classes::NUMERIC))
        || ["of", "out", "all"]
            .iter()
            .any(|word| input.starts_with(word))
}

/// Whether a whole is a year of a date: "three in 2019".
fn overlaps_date(
    whole: &Quantity,
    date: Option<&std::ops::Range<usize>>,
    reading: &Reading<'_>,
) -> bool {
    let first = date.and_then(|date| reading.lexed.tokens.get(date.start));
    first.is_some_and(|token| whole.span.contains(token.span))
}

/// Whether the numbers are a score or a rank: "scored 7 out of 21", "ranked 12 out of 43".
fn is_score(whole: Input<'_>, at: usize) -> bool {
    let ends = number::quantity(whole.restart(at)).is_ok_and(|(rest, _)| rest.starts_with("out"));
    if ends && figures::is_scored(whole, at) {
        return true;
    }
    (1..=3).any(|back| {
        let from = at
            .checked_sub(back)
            .filter(|&from| from >= whole.position());
        from.map(|from| whole.restart(from)).is_some_and(|before| {
            // "In the past year 58 of the 64" names no Year 58.
            let plain = before.first().is_some_and(|token| !token.capital)
                && before.lexeme(Class::DurationUnit).is_some();
            let named = !plain
                && figures::role_of(before, "before").is_some_and(|rest| rest.position() == at);
            // "Scores rose in four of the six rows": what is counted is not the score.
            let placed = ["in", "for", "on", "across"]
                .iter()
                .any(|word| whole.restart(at - 1).starts_with(word));
            named || before.lexeme(Class::ScoreWord).is_some() && !placed
        })
    })
}

fn fact(
    reading: &Reading<'_>,
    sentence: &Sentence,
    share: &Share,
    base: Option<&Whole>,
    end: usize,
) -> Fact {
    let whole = reading.input(sentence);
    let span = base.map_or(share.span, |base| share.span.join(base.span));
    let number = |quantity: &Option<Quantity>| quantity.as_ref().map(|quantity| quantity.number);
    let of = number(&share.whole).or(base.map(|base| base.number));
    let part = match (number(&share.part), of) {
        (Some(left_out), Some(of)) if share.but => of.minus(left_out),
        (part, _) => part.filter(|_| !share.but),
    };
    let hedge = share
        .percent
        .as_ref()
        .and_then(|percent| percent.hedge.as_deref())
        .or_else(|| {
            let start = whole
                .tokens()
                .partition_point(|token| token.span.start < share.span.start);
            hedge_before(whole, whole.position() + start)
        });
    Fact::new(PROPORTION, span, sentence.place)
        .with(
            Slot::measure,
            measure(
                reading,
                sentence,
                share,
                base.and_then(|base| base.noun.as_deref()),
                end,
            ),
        )
        .with(Slot::part, part)
        .with(Slot::whole, of)
        .with(Slot::percent, number(&share.percent))
        .with(
            Slot::hedge,
            hedge
                .and_then(hedge_symbol)
                .map_or(Value::Unknown, Value::Symbol),
        )
}

pub(super) fn hedge_symbol(hedge: &str) -> Option<&'static str> {
    super::schema::HEDGES
        .iter()
        .find(|known| **known == hedge)
        .copied()
}

/// What is counted, and what is said of the part: "plans were out of date".
pub(super) fn measure(
    reading: &Reading<'_>,
    sentence: &Sentence,
    share: &Share,
    noun: Option<&str>,
    end: usize,
) -> Label {
    let whole = reading.input(sentence);
    let own = share.noun.map(|noun| reading.document.text_of(noun.span));
    let said = whole.restart(end);
    let length = said
        .tokens()
        .iter()
        .take(10)
        .take_while(|token| {
            matches!(token.kind, TokenKind::Word | TokenKind::Symbol('’' | '\''))
                && !token.classes.has(Class::NumberWord)
                && !whole.text_of(token).eq_ignore_ascii_case("and")
        })
        .count();
    let said = reading.document.text_of(said.until(end + length).span());
    let Some(noun) = own.or(noun) else {
        // "The number rose from 130 (29%)": what it is a number of stands before.
        let at = whole.position()
            + whole
                .tokens()
                .partition_point(|token| token.span.start < share.span.start);
        let start = crate::grammar::noun::clause_start(whole, at);
        let before = reading
            .document
            .text_of(whole.restart(start).until(at).span());
        return reading
            .vocabulary
            .label(if before.is_empty() { said } else { before });
    };
    reading.vocabulary.label(&format!("{noun} {said}"))
}
