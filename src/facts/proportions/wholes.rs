//! The whole of a share that states none itself: named before it, in the lead of its list, or shared with others of its sentence.

use rust_decimal::Decimal;

use super::super::{
    Fact,
    figures::Counted,
    reading::{Reading, Sentence},
    schema::{CHANGE, change},
};
use crate::{
    document::BlockKind,
    grammar::{
        Class, Input,
        number::Quantity,
        proportion::{Base, Share},
    },
    span::Span,
    value::{Label, Number, Unit, Verdict},
};

/// How many figures before a part are looked at for its whole.
const NEAR_FIGURES: usize = 8;

/// A whole that stands before its part.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) number: Number,
    pub(super) noun: Option<String>,
    pub(super) span: Span,
}

impl Whole {
    /// A whole that other shares of the sentence state, for the one at `span`.
    pub(super) fn at(&self, span: Span) -> Self {
        Self {
            number: self.number,
            noun: self.noun.clone(),
            span,
        }
    }
}

/// The whole of which two shares of a sentence or more are, as their percentages tell, where no share is certainly of another:
/// in "Of the 70 files, the plan was good in 34 (49%), fair in 20 (29%) and poor in 16 (23%)" each is of the 70.
pub(super) fn common_whole(found: &[(Share, usize)], bases: &[Option<Whole>]) -> Option<Whole> {
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
pub(super) fn is_one_of(share: &Share) -> bool {
    share.base == Base::Open
        && share.whole.is_none()
        && share.noun.is_none()
        && share.percent.is_some()
        && share.part.is_some()
}

/// The whole of a part that names none: a whole already used in the sentence, a figure before it, or one of the sentence
/// before or the lead of the list. With a percentage, a figure that gives it comes first.
pub(super) fn whole_before(
    reading: &Reading<'_>,
    sentence: &Sentence,
    share: &Share,
    here: &[Counted],
    wholes: &[Quantity],
    sizes: &Sizes,
    found: &[(Share, usize)],
) -> Option<Whole> {
    let part = share.part.as_ref()?;
    // "Ayr (89 lakes or 1.6%) and Bute (54 lakes or 1.6%)": beside a share of its own, a count is no whole of the next one, unless the
    // percentage tells.
    let beside = |counted: &Counted| {
        let open = |other: &Share| other.base == Base::Open && other.percent.is_some();
        share.base == Base::Open
            && found.iter().any(|(other, _)| {
                let own = other.part.as_ref();
                open(other) && own.is_some_and(|own| own.span.start == counted.quantity.span.start)
            })
    };
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
                alike(counted) && !beside(counted)
                    || always && gives(part, share, counted.quantity.number)
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
    let before = match share.base {
        Base::Back => reading.counted_before(sentence),
        Base::Here | Base::Open => None,
    };
    if candidates.is_empty()
        && let Some(before) = before.or_else(|| lead(reading, sentence))
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

/// Whether a percentage is of the whole before, as what it is said to be of has its name: "1,200 shops on our register … 900 of
/// them, or 75 per cent of the register"; without such words it is.
pub(super) fn is_of_whole(reading: &Reading<'_>, share: &Share, whole: &Whole) -> bool {
    const ALL: [&str; 4] = ["total", "whole", "number", "lot"];
    let Some(of) = share.of else { return true };
    let text = |span: Span| reading.document.text_of(span).to_lowercase();
    let named = text(of.core);
    let last = named.split_whitespace().next_back().unwrap_or_default();
    // A span that would end before it starts is empty.
    let before = text(Span::new(whole.span.start, share.span.start));
    let sentence = before.split(". ").next().unwrap_or_default();
    let mut words = sentence.split(|letter: char| !letter.is_alphanumeric());
    ALL.contains(&last) || words.any(|word| word == last)
}

/// The sentence that a part may look back to: the one before, else the one that leads the list.
pub(super) fn lead<'r>(reading: &'r Reading<'_>, sentence: &Sentence) -> Option<&'r Sentence> {
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
pub(super) struct Sizes(Vec<(Span, Number)>);

impl Sizes {
    pub(super) fn new(facts: &[Fact]) -> Self {
        let mut sizes: Vec<_> = facts
            .iter()
            .filter(|fact| fact.kind == CHANGE)
            .filter_map(|fact| Some((fact.span, fact.get(change::Slot::by).as_number()?)))
            .collect();
        sizes.sort_unstable_by_key(|(span, _)| span.start);
        Self(sizes)
    }

    /// Whether a share is the size of a movement, put twice: "a rise of 1,200, or 8 per cent".
    pub(super) fn has_share(&self, share: &Share) -> bool {
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
pub(super) fn gives(part: &Quantity, share: &Share, whole: Number) -> bool {
    let given = part.number.percent_of(whole);
    share
        .percent
        .as_ref()
        .zip(given)
        .is_some_and(|(percent, given)| given.equals(percent.number) != Verdict::Fails)
}
