//! Proportions, with the whole found where the text points back to it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::{
    Fact,
    figures::{self, Counted, hedge_before},
    reading::{Reading, Sentence},
    sample_shares,
    schema::{CHANGE, PROPORTION, RATING, RATING_CLAIM, change, proportion::Slot},
    tables,
};
use crate::{
    document::{BlockKind, Table},
    grammar::{
        Class, Classes, Input, TokenKind,
        number::{self, Quantity},
        proportion::{self, Base, Share},
    },
    span::Span,
    value::{Label, Number, Unit, Value, Verdict},
};

/// How many figures before a part are looked at for its whole.
const NEAR_FIGURES: usize = 8;

/// Adds the proportions of a document, and the shares of stated wholes.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let sizes = Sizes::new(facts);
    let claims = claims(facts);
    let totals = Totals::new(reading);
    let graded: BTreeSet<usize> = facts
        .iter()
        .filter(|fact| fact.kind == RATING)
        .map(|fact| fact.span.end)
        .collect();
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
                whole_before(reading, sentence, share, counted, &wholes, &sizes)
            });
            wholes.extend(share.whole.clone());
        }
        let common = common_whole(&found, &bases);
        for ((share, end), base) in found.into_iter().zip(bases) {
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

/// A whole that stands before its part.
#[derive(Debug)]
struct Whole {
    number: Number,
    noun: Option<String>,
    span: Span,
}

impl Whole {
    /// A whole that other shares of the sentence state, for the one at `span`.
    fn at(&self, span: Span) -> Self {
        Self {
            number: self.number,
            noun: self.noun.clone(),
            span,
        }
    }
}

/// The whole of which two shares of a sentence or more are, as their percentages tell, where no share is certainly of another:
/// in "Of the 70 files, the plan was good in 34 (49%), fair in 20 (29%) and poor in 16 (23%)" each is of the 70.
fn common_whole(found: &[(Share, usize)], bases: &[Option<Whole>]) -> Option<Whole> {
    const LEAST: usize = 2;
    let wholes = found.iter().zip(bases).filter_map(|((share, _), base)| {
        let whole = share.whole.as_ref().map(|whole| whole.number);
        let whole = whole.or(base.as_ref().map(|base| base.number))?;
        gives(share.part.as_ref()?, share, whole).then_some((whole, base))
    });
    let wholes: Vec<(Number, &Option<Whole>)> = wholes.collect();
    let ((first, _), rest) = wholes.split_first()?;
    let same = |(whole, _): &(Number, &Option<Whole>)| {
        whole.value() == first.value() && whole.unit() == first.unit()
    };
    let named = wholes
        .iter()
        .find_map(|(_, base)| base.as_ref()?.noun.clone());
    (wholes.len() >= LEAST && rest.iter().all(same)).then(|| Whole {
        number: *first,
        noun: named,
        span: Span::default(),
    })
}

/// Whether a share that states no whole is written as one of several: "41 (35%)".
fn is_one_of(share: &Share) -> bool {
    share.base == Base::Open
        && share.whole.is_none()
        && share.noun.is_none()
        && share.percent.is_some()
        && share.part.is_some()
}

/// The whole of a part that names none: a whole already used in the sentence, a figure before it, or one of the sentence
/// before or the lead of the list. With a percentage, a figure that gives it comes first.
fn whole_before(
    reading: &Reading<'_>,
    sentence: &Sentence,
    share: &Share,
    here: &[Counted],
    wholes: &[Quantity],
    sizes: &Sizes,
) -> Option<Whole> {
    let part = share.part.as_ref()?;
    if is_of_another(reading.input(sentence), share) {
        return None;
    }
    let at = here.partition_point(|counted| counted.span.start < share.span.start);
    let stated = || {
        wholes
            .iter()
            .rev()
            .take(NEAR_FIGURES)
            .filter(|whole| fits(part, whole))
            .map(|whole| Whole {
                number: whole.number,
                noun: None,
                span: share.span,
            })
    };
    let own = share
        .noun
        .map(|noun| Label::new(reading.document.text_of(noun.core)));
    let alike = |counted: &Counted| match (&own, counted.noun) {
        (Some(own), Some(noun)) => {
            own.similarity(&Label::new(reading.document.text_of(noun.core))) >= 0.99
        }
        (None, _) => share.base == Base::Back,
        _ => false,
    };
    let whole_of = |counted: &Counted| Whole {
        number: counted.quantity.number,
        noun: counted
            .noun
            .map(|noun| reading.document.text_of(noun.core).to_owned()),
        span: counted.span,
    };
    let near = |figures: &[Counted], always: bool| -> Vec<Whole> {
        let always = always || share.noun.is_none() && share.percent.is_some();
        let close = figures.iter().rev().take(NEAR_FIGURES).filter(|counted| {
            fits(part, &counted.quantity) && !sizes.has(counted.span, &counted.quantity)
        });
        close
            .filter(|counted| {
                alike(counted) || always && gives(part, share, counted.quantity.number)
            })
            .map(whole_of)
            .collect()
    };
    let figures = near(here.get(..at)?, true);
    // "Of the 19, four were; in two of those": the nearest is meant, unless a percentage tells.
    let nearest = share.base == Base::Back && share.percent.is_none();
    let mut candidates: Vec<Whole> = if nearest {
        figures.into_iter().chain(stated()).collect()
    } else {
        stated().chain(figures).collect()
    };
    if candidates.is_empty()
        && let Some(before) = lead(reading, sentence)
    {
        let figures = reading.figures(before);
        let listed = before.place.block != sentence.place.block;
        // Of which of two sentences a percentage is one, it has to tell itself, where no word points back.
        let open = share.base == Base::Open && share.percent.is_some() && !listed;
        let told = near(figures, !listed).into_iter();
        let told = told.filter(|whole| !open || gives(part, share, whole.number));
        candidates.extend(told.map(|whole| {
            if listed {
                Whole {
                    span: share.span,
                    ..whole
                }
            } else {
                whole
            }
        }));
    }
    let exact = candidates
        .iter()
        .position(|whole| gives(part, share, whole.number));
    let chosen = exact.unwrap_or(0);
    if chosen < candidates.len() {
        return Some(candidates.swap_remove(chosen));
    }
    let before = here.get(..at)?;
    only_one(part, share, before)
        .or_else(|| in_brackets_of(reading, part, share, before))
        .or_else(|| last_named(reading, sentence, part, share, before))
        .map(whole_of)
}

/// Whether a part is said to be of others than those counted before ("the remaining 42 schools (47%)"), or is the size or the start
/// of a movement: "an increase of 96 (20%)", "up on five (13%)".
fn is_of_another(input: Input<'_>, share: &Share) -> bool {
    const NEAR: usize = 3;
    if share.base != Base::Open || share.percent.is_none() {
        return false;
    }
    let at = input
        .tokens()
        .partition_point(|token| token.span.start < share.span.start);
    let word = |back: usize| {
        let at = at.checked_sub(back)?;
        Some(input.skip(at))
    };
    let rest = word(1).is_some_and(|word| {
        ["remaining", "other"]
            .iter()
            .any(|rest| word.starts_with(rest))
    });
    let leads = word(1).is_some_and(|word| {
        ["of", "on", "by", "from", "than"]
            .iter()
            .any(|lead| word.starts_with(lead))
    });
    let moves = (2..=NEAR).filter_map(word).any(|word| {
        [Class::Up, Class::Down]
            .into_iter()
            .any(|class| word.lexeme(class).is_some())
    });
    rest || leads && moves
}

/// The one count before a part that points back to it ("20 plans, and 39 of them (95%)"), though the part be more: with its
/// share it can be of nothing else.
fn only_one<'c>(part: &Quantity, share: &Share, before: &'c [Counted]) -> Option<&'c Counted> {
    let [only] = before else {
        return None;
    };
    let points = share.base == Base::Back || share.pointed;
    (points && share.percent.is_some() && can_be_of(part, only)).then_some(only)
}

/// The count that a part in brackets right behind it is of, whatever the numbers: "34 clerks (18 trained so far, i.e. 53%)".
fn in_brackets_of<'c>(
    reading: &Reading<'_>,
    part: &Quantity,
    share: &Share,
    before: &'c [Counted],
) -> Option<&'c Counted> {
    let last = before.last()?;
    let end = last.noun.map_or(last.span.end, |noun| noun.span.end);
    let between = (end <= share.span.start).then(|| Span::new(end, share.span.start))?;
    let opens = reading.document.text_of(between).trim() == "(";
    (opens && share.percent.is_some() && can_be_of(part, last)).then_some(last)
}

/// The last count of the sentence before that a part with its share points to ("… 57 patients. Of those, 68 (84%) …"), though
/// the part be more than every count there.
fn last_named<'r>(
    reading: &'r Reading<'_>,
    sentence: &Sentence,
    part: &Quantity,
    share: &Share,
    before: &[Counted],
) -> Option<&'r Counted> {
    let points = share.base == Base::Back && share.percent.is_some() && before.is_empty();
    let figures = reading.figures(reading.previous(sentence).filter(|_| points)?);
    figures.iter().rfind(|counted| can_be_of(part, counted))
}

/// Whether a count is one of things, as the part is.
fn can_be_of(part: &Quantity, counted: &Counted) -> bool {
    counted.noun.is_some()
        && counted.quantity.number.unit() == part.number.unit()
        && part.number.unit() == Unit::None
}

/// The sentence that a part may look back to: the one before, else the one that leads the list.
fn lead<'r>(reading: &'r Reading<'_>, sentence: &Sentence) -> Option<&'r Sentence> {
    if let Some(before) = reading.previous(sentence) {
        return Some(before);
    }
    let item = |block: usize| {
        reading
            .block(block)
            .is_some_and(|block| matches!(block.kind, BlockKind::ListItem(_)))
    };
    if !item(sentence.place.block) {
        return None;
    }
    let first = (0..sentence.place.block)
        .rev()
        .take(MOST_ITEMS)
        .find(|&block| !item(block))?;
    let paragraph = reading
        .block(first)
        .is_some_and(|block| matches!(block.kind, BlockKind::Paragraph));
    reading.sentences_of(first).last().filter(|_| paragraph)
}

/// Where the sizes of movements stand: in "fell from 112 to 91, a fall of 21", no part is of the 21.
#[derive(Debug)]
struct Sizes(Vec<(Span, Number)>);

impl Sizes {
    fn new(facts: &[Fact]) -> Self {
        let mut sizes: Vec<_> = facts
            .iter()
            .filter(|fact| fact.kind == CHANGE)
            .filter_map(|fact| Some((fact.span, fact.get(change::Slot::by).as_number()?)))
            .collect();
        sizes.sort_unstable_by_key(|(span, _)| span.start);
        Self(sizes)
    }

    /// Whether a share is the size of a movement, put twice: "a rise of 1,200, or 8 per cent".
    fn has_share(&self, share: &Share) -> bool {
        let part = share.part.as_ref().filter(|_| share.whole.is_none());
        part.is_some_and(|part| self.has(share.span, part))
    }

    /// Whether a figure is the size of the movement that it stands in.
    fn has(&self, figure: Span, quantity: &Quantity) -> bool {
        let before = self
            .0
            .partition_point(|(span, _)| span.start <= figure.start);
        let near = self
            .0
            .get(before.saturating_sub(2)..before)
            .unwrap_or_default();
        near.iter()
            .any(|(span, by)| figure.start < span.end && by.value() == quantity.number.value())
    }
}

/// Items of a list that are gone over to find its lead.
const MOST_ITEMS: usize = 40;

/// Whether a figure can be the whole of a part: the same unit, and more.
fn fits(part: &Quantity, whole: &Quantity) -> bool {
    let (part, whole) = (part.number, whole.number);
    let counts = |unit: Unit| unit == Unit::None || unit.is_money();
    part.unit() == whole.unit()
        && counts(whole.unit())
        && whole.value() > part.value()
        && whole.value().fract() == Decimal::ZERO
}

/// Whether part and whole give the percentage as printed.
fn gives(part: &Quantity, share: &Share, whole: Number) -> bool {
    let Some(percent) = &share.percent else {
        return false;
    };
    let hundred = Number::exact(Decimal::ONE_HUNDRED);
    let given = part
        .number
        .with_unit(Unit::None)
        .times(hundred)
        .and_then(|part| part.divided_by(whole.with_unit(Unit::None)));
    given.is_some_and(|given| {
        given.with_unit(Unit::Percent).equals(percent.number) != Verdict::Fails
    })
}

/// The totals of tables whose cells are counts with their shares: "148 (1.0%)" in a row with "14,491" under "Total".
struct Totals(FxHashMap<(usize, (usize, usize)), Total>);

/// What a cell of a table with a total is.
#[derive(Clone, Copy, PartialEq)]
enum Total {
    /// A part of so many.
    Of(Number),
    /// All of them: "14,491 (100%)".
    Itself,
}

/// Where the total of a cell stands.
#[derive(Clone, Copy)]
enum Along {
    /// In the column that is headed as a total.
    Row,
    /// In the row that is headed as a total.
    Column,
}

impl Totals {
    fn new(reading: &Reading<'_>) -> Self {
        let mut found = FxHashMap::default();
        for (block, content) in reading.document.blocks.iter().enumerate() {
            let BlockKind::Table(table) = &content.kind else {
                continue;
            };
            let shares: Vec<_> = reading
                .sentences_of(block)
                .iter()
                .filter_map(|sentence| Some((sentence.place.cell?, lone_share(reading, sentence)?)))
                .collect();
            if shares.len() < 2 {
                continue;
            }
            for along in [Along::Row, Along::Column] {
                let Some(totals) = totals_of(reading, block, table, along) else {
                    continue;
                };
                let known: Vec<_> = shares
                    .iter()
                    .filter_map(|((row, column), share)| {
                        let (own, other) = match along {
                            Along::Row => (*row, *column),
                            Along::Column => (*column, *row),
                        };
                        let (at, total) = totals.get(&own)?;
                        let total = if *at == other {
                            Total::Itself
                        } else {
                            Total::Of(*total)
                        };
                        Some(((block, (*row, *column)), share, total))
                    })
                    .collect();
                let parts = known.iter().filter_map(|(_, share, total)| match total {
                    Total::Of(total) => Some((share, *total)),
                    Total::Itself => None,
                });
                let fits = parts.clone().filter(|(share, total)| {
                    let part = share.part.as_ref();
                    part.is_some_and(|part| gives(part, share, *total))
                });
                let (parts, fits) = (parts.count(), fits.count());
                // Some of them may be wrong; that most are right tells what they are shares of.
                if parts > 1 && fits * 2 > parts {
                    found.extend(known.into_iter().map(|(cell, _, total)| (cell, total)));
                    break;
                }
            }
        }
        Self(found)
    }

    /// What the share in a cell is.
    fn of(&self, sentence: &Sentence) -> Option<Total> {
        let cell = (sentence.place.block, sentence.place.cell?);
        self.0.get(&cell).copied()
    }
}

/// The share that a cell is, with its count and nothing more: "148 (1.0%)".
fn lone_share(reading: &Reading<'_>, sentence: &Sentence) -> Option<Share> {
    let input = reading.input(sentence);
    let (rest, share) = proportion::share(input).ok()?;
    (rest.is_empty() && is_one_of(&share)).then_some(share)
}

/// The totals by row, or by column, each with the column, or row, where it stands.
fn totals_of(
    reading: &Reading<'_>,
    block: usize,
    table: &Table,
    along: Along,
) -> Option<FxHashMap<usize, (usize, Number)>> {
    let head = table.rows.iter().position(|row| row.head);
    let at = match along {
        Along::Row => {
            let heads = &table.rows.get(head?)?.cells;
            heads.iter().rposition(|cell| is_total(reading, *cell))?
        }
        Along::Column => table.rows.iter().rposition(|row| {
            let first = row.cells.first();
            !row.head && first.is_some_and(|cell| is_total(reading, *cell))
        })?,
    };
    let cells = reading.sentences_of(block).iter().filter_map(|sentence| {
        let (row, column) = sentence.place.cell?;
        let (own, other) = match along {
            Along::Row => (row, column),
            Along::Column => (column, row),
        };
        let input = reading.input(sentence);
        let (rest, total) = number::quantity(input).ok().filter(|_| other == at)?;
        let shared = || rest.starts_with("(") && proportion::share(input).is_ok();
        (total.number.unit() == Unit::None && (rest.is_empty() || shared()))
            .then_some((own, (other, total.number)))
    });
    Some(cells.collect())
}

/// The proportion that a cell states of the total of its row or column; its measure is what heads both.
fn of_total(reading: &Reading<'_>, sentence: &Sentence, share: &Share, total: Number) -> Fact {
    let cell = tables::cell(reading, sentence);
    let heads = cell.map(|cell| [cell.row_head(), cell.column_head()]);
    let words = heads
        .into_iter()
        .flatten()
        .flatten()
        .map(|head| reading.text(head));
    let words: Vec<String> = words.collect();
    let number = |quantity: &Option<Quantity>| quantity.as_ref().map(|quantity| quantity.number);
    Fact::new(PROPORTION, share.span, sentence.place)
        .with(Slot::measure, Label::new(&words.join(" ")))
        .with(Slot::part, number(&share.part))
        .with(Slot::whole, total)
        .with(Slot::percent, number(&share.percent))
}

/// Rows of a table with a count and, in the next column, its share: "512 | 80%"; the whole is that of the total row.
fn in_table(reading: &Reading<'_>, block: usize, facts: &mut Vec<Fact>) {
    let Some(BlockKind::Table(table)) = reading.block(block).map(|block| &block.kind) else {
        return;
    };
    let figures: Vec<(&Sentence, Counted)> = reading
        .sentences_of(block)
        .iter()
        .filter_map(|sentence| {
            let cell = tables::cell(reading, sentence)?;
            match cell.figure(reading, sentence) {
                tables::CellFigure::Is(figure) => Some((sentence, *figure)),
                _ => None,
            }
        })
        .collect();
    let mut rows: Vec<(Option<Number>, Fact)> = Vec::new();
    let mut total = None::<Number>;
    let mut paired = None::<usize>;
    for (at, (sentence, here)) in figures.iter().enumerate() {
        let Some((row, _)) = sentence.place.cell else {
            continue;
        };
        let before = |back: usize| at.checked_sub(back).and_then(|at| figures.get(at));
        let Some((left, count)) =
            before(1).filter(|(left, count)| beside(left, sentence) && count.unit == "count")
        else {
            continue;
        };
        if here.unit != "percent" || paired == Some(row) {
            continue;
        }
        paired = Some(row);
        let share = here.quantity.number;
        let first = before(2).filter(|(first, other)| beside(first, left) && other.unit == "count");
        let own = first.map(|(_, other)| in_order(&other.quantity, &count.quantity, share));
        let given = own.is_some_and(|(_, whole)| whole.is_some());
        if !given && divides(figures.get(at..).unwrap_or_default()) {
            continue;
        }
        let head = table
            .rows
            .get(row)
            .and_then(|row| row.cells.first())
            .copied()
            .unwrap_or_default();
        if !given && (share.value() == Decimal::ONE_HUNDRED || is_total(reading, head)) {
            total = Some(count.quantity.number);
            continue;
        }
        let (part, whole) = own.unwrap_or((count.quantity.number, None));
        let from = match (first, whole) {
            (Some((_, other)), Some(_)) => other.span,
            _ => count.span,
        };
        let fact = Fact::new(PROPORTION, from.join(here.span), left.place)
            .with(Slot::measure, reading.label(head))
            .with(Slot::part, part)
            .with(Slot::whole, whole)
            .with(Slot::percent, share);
        rows.push((Some(part).filter(|_| whole.is_none()), fact));
    }
    if total.is_none() && !of_one_whole(&rows) {
        rows.retain(|(part, _)| part.is_none());
    }
    for (part, fact) in rows {
        let whole = total.filter(|total| part.is_some_and(|part| part.value() <= total.value()));
        facts.push(match (part, whole) {
            (Some(_), whole) => fact.with(Slot::whole, whole),
            (None, _) => fact,
        });
    }
}

/// Whether shares stand side by side from the first figure on that make about a hundred: the parts of a count before them.
fn divides(figures: &[(&Sentence, Counted)]) -> bool {
    let side_by_side = figures
        .windows(2)
        .take_while(|pair| matches!(pair, [(left, _), (right, share)] if beside(left, right) && share.unit == "percent"))
        .count();
    let shares = figures.get(..=side_by_side).unwrap_or_default();
    let sum: Decimal = shares
        .iter()
        .map(|(_, share)| share.quantity.number.value())
        .fold(Decimal::ZERO, Decimal::saturating_add);
    side_by_side > 0 && (sum - Decimal::ONE_HUNDRED).abs() <= Decimal::from(shares.len())
}

/// Whether counts without a whole and the shares beside them may be parts of one: else the shares are rates of each count.
fn of_one_whole(rows: &[(Option<Number>, Fact)]) -> bool {
    let wholes = rows.iter().filter_map(|(part, fact)| {
        let share = fact.get(Slot::percent).as_number()?.value();
        let part = (*part)?.value().checked_mul(Decimal::ONE_HUNDRED)?;
        (share >= Decimal::from(5))
            .then(|| part.checked_div(share))
            .flatten()
    });
    let (mut least, mut most) = (None::<Decimal>, None::<Decimal>);
    for whole in wholes {
        least = Some(least.map_or(whole, |least| least.min(whole)));
        most = Some(most.map_or(whole, |most| most.max(whole)));
    }
    least
        .zip(most)
        .is_none_or(|(least, most)| most <= least.saturating_mul(Decimal::new(125, 2)))
}

/// Part and whole of two counts before a share; no whole where they do not give it.
fn in_order(first: &Quantity, second: &Quantity, share: Number) -> (Number, Option<Number>) {
    let gives = |part: &Quantity, whole: &Quantity| {
        let hundred = Number::exact(Decimal::ONE_HUNDRED);
        let given = part.number.times(hundred);
        let given = given.and_then(|part| part.divided_by(whole.number));
        given.is_some_and(|given| given.with_unit(Unit::Percent).equals(share) != Verdict::Fails)
    };
    if gives(first, second) {
        (first.number, Some(second.number))
    } else if gives(second, first) {
        (second.number, Some(first.number))
    } else {
        (second.number, None)
    }
}

fn beside(left: &Sentence, right: &Sentence) -> bool {
    matches!((left.place.cell, right.place.cell), (Some((row, column)), Some((same, next))) if row == same && next == column + 1)
}

/// Whether a row or column is headed as a total.
pub(super) fn is_total(reading: &Reading<'_>, head: Span) -> bool {
    let text = reading.text(head).to_lowercase();
    ["total", "all", "overall total", "totals", "sum"].contains(&text.as_str())
        || text.starts_with("total ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::facts_of;

    #[test]
    fn a_share_has_the_name_of_its_whole_whatever_its_part() {
        for part in [18, 48] {
            let text = format!(
                "We received 60 letters from tenants. Asked about repairs, {part} (30%) were pleased, 24 (40%) were not and \
                 15 (25%) had no view."
            );
            let facts = facts_of(&text).1;
            let wanted = Value::from(Label::new("letters were pleased"));
            let mut named = facts.iter().filter(|fact| fact.kind == PROPORTION);
            assert!(
                named.any(|fact| *fact.get(Slot::measure) == wanted),
                "{text}"
            );
        }
    }

    fn found(text: &str) -> Vec<String> {
        let (document, facts) = facts_of(text);
        let number = |fact: &Fact, slot| {
            fact.get(slot)
                .as_number()
                .map_or(String::from("?"), |number| number.to_string())
        };
        facts
            .iter()
            .filter(|fact| fact.kind == PROPORTION)
            .map(|fact| {
                format!(
                    "{}/{} {} «{}»",
                    number(fact, Slot::part),
                    number(fact, Slot::whole),
                    number(fact, Slot::percent),
                    crate::value::tidy(document.text_of(fact.span))
                )
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(found(text), expected, "{text}");
    }

    #[test]
    fn shares_of_others_have_no_whole_before() {
        for text in [
            "Pupils in 47 schools (53%) saw the play, and those of the remaining 42 schools (47%) will.",
            "There are 586 homes. This is an increase of 96 homes (20%) since March.",
            "Of the 35 pupils who left, 13 went to college. This is an increase on five pupils (13.2%) in 2012.",
            "We saw 102 pupils. Teaching is stable, with 39 pupils (7%) having three teachers.",
            "In all, 13 (15%) of 19- to 21-year-olds stayed.",
        ] {
            let percentages = found(text);
            let mut percentages = percentages.iter().filter(|share| share.contains('%'));
            assert!(
                percentages.all(|share| share.contains("/?") || share.contains("53%")),
                "{text}"
            );
        }
        check(
            "Most are in foster care, 320 (86.7%), with 208 (65%) in the county and 112 (35%) beyond it.",
            &[
                "320/? 86.7% «320 (86.7%)»",
                "208/320 65% «320 (86.7%), with 208 (65%)»",
                "112/320 35% «320 (86.7%), with 208 (65%) in the county and 112 (35%)»",
            ],
        );
    }

    #[test]
    fn what_points_back_has_no_limit_for_its_whole() {
        check(
            "In all, 235 of the 455 children were out of the city, with 197 of these less than 20 miles away.",
            &["235/455 ? «235 of the 455 children»"],
        );
        check(
            "We heard of 251 people going missing. 58 (23%) left home and 193 (77%) left care; of these, 81 (32%) came back, 67 (27%) \
             did not and 45 (18%) moved.",
            &[
                "58/251 23% «251 people going missing. 58 (23%)»",
                "193/251 77% «251 people going missing. 58 (23%) left home and 193 (77%)»",
                "67/251 27% «251 people going missing. 58 (23%) left home and 193 (77%) left care; of these, 81 (32%) came back, 67 \
                 (27%)»",
                "45/251 18% «251 people going missing. 58 (23%) left home and 193 (77%) left care; of these, 81 (32%) came back, 67 \
                 (27%) did not and 45 (18%)»",
                "81/251 32% «of these, 81 (32%)»",
            ],
        );
    }

    #[test]
    fn the_size_of_a_movement_is_no_part() {
        check("Calls rose by 1,200, or 8 per cent.", &[]);
        check(
            "The trust lost 1,200 calls, or 8 per cent.",
            &["1,200/? 8% «1,200 calls, or 8 per cent»"],
        );
    }

    #[test]
    fn wholes_are_found_where_the_text_points() {
        check(
            "They met 22 people. Eighteen of them agreed.",
            &["18/22 ? «22 people. Eighteen of them»"],
        );
        check(
            "It has 40 staff, 10 of whom (25%) are new.",
            &["10/40 25% «40 staff, 10 of whom (25%)»"],
        );
        check(
            "They saw 43 men and 57 women. Of those, 48 (84%) agreed.",
            &["48/57 84% «57 women. Of those, 48 (84%)»"],
        );
        check(
            "Of the 64 cases, 41 (64%) were good and 15 (23%) poor.",
            &["41/64 64% «64 cases, 41 (64%)»", "15/64 23% «15 (23%)»"],
        );
        check(
            "Savings of £8m were due and £6m (75%) were made.",
            &["£6,000,000/£8,000,000 75% «£8m were due and £6m (75%)»"],
        );
        check(
            "Some 286 homes (19%) were damp.",
            &["286/? 19% «286 homes (19%)»"],
        );
        check(
            "They read 64 cases.\n\n- Plans were good in 41 cases (64%).\n- They were late in 8 cases (13%).",
            &["41/64 64% «41 cases (64%)»", "8/64 13% «8 cases (13%)»"],
        );
        check(
            "Fires fell from 112 to 91 in a year, a fall of 21. Two of them were serious.",
            &["2/91 ? «91 in a year, a fall of 21. Two of them»"],
        );
        check(
            "They read 30 files. Plans were good in 12 of them.",
            &["12/30 ? «30 files. Plans were good in 12 of them»"],
        );
        check(
            "It has 30 beds, nine of them in one ward.",
            &["9/30 ? «30 beds, nine of them»"],
        );
        check(
            "There were 90 shops, of which 78 were open and 12 shut.",
            &["78/90 ? «90 shops, of which 78»"],
        );
        check(
            "Of the 19, four were late; in two of those the delay was long.",
            &[
                "4/19 ? «19, four»",
                "2/4 ? «four were late; in two of those»",
            ],
        );
        check(
            "It listed 11 faults, all but one of which are mended.",
            &["10/11 ? «11 faults, all but one of which»"],
        );
        check(
            "There are 34 clerks (18 trained so far, i.e. 53%).",
            &["18/34 53% «34 clerks (18 trained so far, i.e. 53%»"],
        );
        check(
            "We saw 30 homes:\n\n- 12 (40%) had damp\n- 20 (67%) had mould",
            &["12/30 40% «12 (40%)»", "20/30 67% «20 (67%)»"],
        );
        check(
            "Of the 30 homes that we saw:\n\n- 12 had damp\n- 20 had mould",
            &["12/30 ? «12»", "20/30 ? «20»"],
        );
        check(
            "We read 20 plans, and 39 of them (95%) were new.",
            &["39/20 95% «20 plans, and 39 of them (95%)»"],
        );
        check("We read 20 plans. In all, 39 of them were new.", &[]);
        check(
            "There are 34 clerks (38 trained so far, i.e. 53%).",
            &["38/34 53% «34 clerks (38 trained so far, i.e. 53%»"],
        );
        check(
            "There were places for 540 men, but 307 of these places (90%) were taken.",
            &["307/540 90% «540 men, but 307 of these places (90%)»"],
        );
        check(
            "They saw 43 men and 57 women. Of those, 68 (84%) agreed.",
            &["68/57 84% «57 women. Of those, 68 (84%)»"],
        );
        check(
            "We had 118 replies. On the food, 74 (46%) agreed, 41 (35%) did not and 14 (12%) had no view.",
            &[
                "41/118 35% «118 replies. On the food, 74 (46%) agreed, 41 (35%)»",
                "14/118 12% «118 replies. On the food, 74 (46%) agreed, 41 (35%) did not and 14 (12%)»",
                "74/118 46% «74 (46%)»",
            ],
        );
        check(
            "We had 118 replies. On the food, 74 (46%) agreed and 41 (35%) did not.",
            &[
                "41/118 35% «118 replies. On the food, 74 (46%) agreed and 41 (35%)»",
                "74/? 46% «74 (46%)»",
            ],
        );
        check("We saw 30 homes:\n\n- 12 had damp\n- 20 had mould", &[]);
        check("It has 40 staff. One of them is a nurse.", &[]);
        check(
            "We met 40 people, 21 of them, nine relatives and two nurses.",
            &[],
        );
        check(
            "Scores rose in four of the six rows.",
            &["4/6 ? «four of the six rows»"],
        );
        check("None of them agreed.", &[]);
        check("The unit scored 7 out of 21 and ranked 12 out of 43.", &[]);
        check("Three in 2019 were late.", &[]);
    }

    #[test]
    fn rows_with_a_count_and_a_share() {
        check(
            "| Size | Homes | Share |\n|---|---|---|\n| Small | 30 | 75% |\n| Large | 10 | 25% |\n| Total | 40 | 100% |",
            &["30/40 75% «30 75%»", "10/40 25% «10 25%»"],
        );
        check(
            "| Type | Number | Good | Fair | Poor |\n|---|---|---|---|---|\n| Small | 30 | 71% | 20% | 8% |\n| Total | 40 | 75% | 15% | 10% |",
            &[],
        );
        check(
            "| Ward | Late | Seen | Share |\n|---|---|---|---|\n| Elm | 12 | 30 | 40% |\n| Oak | 20 | 50 | 40% |",
            &["12/30 40% «12 30 40%»", "20/50 40% «20 50 40%»"],
        );
        check(
            "| Ward | Seen | Late | Share |\n|---|---|---|---|\n| Elm | 30 | 12 | 40% |",
            &["12/30 40% «30 12 40%»"],
        );
    }
    #[test]
    fn shares_in_cells_are_of_the_total_of_their_row_or_column() {
        check(
            "The table gives the homes by grade.\nYear | Good | Poor | Total |\n2023 | 30 (75.0%) | 10 (25.0%) | 40 (100.0%) |\n2022 | 27 (90%) | 3 (10.0%) | 30 (100%) |",
            &[
                "30/40 75.0% «30 (75.0%)»",
                "10/40 25.0% «10 (25.0%)»",
                "27/30 90% «27 (90%)»",
                "3/30 10.0% «3 (10.0%)»",
            ],
        );
        check(
            "| Grade | North | South |\n|---|---|---|\n| Good | 30 (75%) | 12 (60%) |\n| Poor | 10 (25%) | 8 (40%) |\n| Total | 40 | 20 |",
            &[
                "30/40 75% «30 (75%)»",
                "12/20 60% «12 (60%)»",
                "10/40 25% «10 (25%)»",
                "8/20 40% «8 (40%)»",
            ],
        );
        check(
            "| Ward | All | Late | Lost |\n|---|---|---|---|\n| Oak | 40 | 10 (25%) | 4 (10%) |\n| Elm | 20 | 8 (40%) | 2 (10%) |",
            &[
                "10/40 25% «10 (25%)»",
                "4/40 10% «4 (10%)»",
                "8/20 40% «8 (40%)»",
                "2/20 10% «2 (10%)»",
            ],
        );
        // What the shares are of is not the total beside them.
        check(
            "| Ward | Late | Lost | Total |\n|---|---|---|---|\n| Oak | 10 (5%) | 4 (2%) | 14 |\n| Elm | 8 (4%) | 2 (1%) | 10 |",
            &[
                "10/? 5% «10 (5%)»",
                "4/? 2% «4 (2%)»",
                "8/? 4% «8 (4%)»",
                "2/? 1% «2 (1%)»",
            ],
        );
    }

    #[test]
    fn counts_due_and_done_give_their_share_in_every_row() {
        check(
            "| Risk | Due | Done | % done | % last year |\n|---|---|---|---|---|\n| High | 58 | 58 | 100% | 96% |\n| Low | 100 | 60 | 60% | 40% |\n| Total | 158 | 118 | 75% | 61% |",
            &[
                "58/58 100% «58 58 100%»",
                "60/100 60% «100 60 60%»",
                "118/158 75% «158 118 75%»",
            ],
        );
        check(
            "| Size | Homes | Share | Share in May 2024 |\n|---|---|---|---|\n| Small | 30 | 75% | 70% |\n| Large | 10 | 25% | 30% |\n| Total | 40 | 100% | 100% |",
            &["30/40 75% «30 75%»", "10/40 25% «10 25%»"],
        );
    }

    #[test]
    fn parts_by_days_names_and_ratios() {
        check(
            "A nurse was in on 81 of the 92 days.",
            &["81/92 ? «81 of the 92 days»"],
        );
        check(
            "There are 309 court buildings and 94 of the buildings (30%) are old.",
            &["94/309 30% «309 court buildings and 94 of the buildings (30%)»"],
        );
        check(
            "One teacher in six was off sick.",
            &["1/6 ? «One teacher in six»"],
        );
        check("One teacher in six schools was off sick.", &[]);
        check("Two people in 2019 were late.", &[]);
        check(
            "In the past year 58 of the 64 boys who left (91%) went home.",
            &["58/64 91% «58 of the 64 boys who left (91%)»"],
        );
        check(
            "| Rule | Visits | % late |\n|---|---|---|\n| Fire | 2648 | 20.6% |\n| Food | 1082 | 5.9% |\n| Staff | 409 | 1.7% |",
            &[],
        );
    }
}
