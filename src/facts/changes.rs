//! Changes: movements in time, within a sentence, over two sentences, and between the columns of a table.

use std::cmp::Ordering;

use super::{
    Fact, brackets,
    levels::{self, Dates, Words},
    periods,
    reading::Reading,
    schema::{CHANGE, change::Slot},
};
use crate::{
    grammar::{
        Class,
        base::BaseKind,
        change::{self, Direction, Movement, Reach, ThenAndNow},
        comparison::{self, Comparison, Relation},
        level::{self, Level},
        number::Quantity,
    },
    span::Span,
    value::{Number, Unit, Value},
};

/// Adds the changes of a document.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let mut complete = None;
    let dates = Dates::new(facts);
    levels::each_sentence(reading, &dates, |words, previous| {
        let first = facts.len();
        let movements = change::movements(words.input, words.levels);
        let settled = previous.is_some_and(|before| complete == Some(before.place.sentence));
        let mut spans = Vec::new();
        for comparison in words.comparisons {
            if !within(&movements, comparison)
                && let Some((fact, span)) = of_comparison(words, previous, comparison)
            {
                spans.push(span);
                facts.push(fact);
            }
        }
        for movement in &movements {
            if !overlaps(&spans, movement.span) {
                of_movement(words, previous, settled, movement, facts);
            }
        }
        if facts.len() == first
            && let Some(found) = change::then_and_now(words.input, words.levels)
        {
            facts.extend(then_and_now(words, &found));
        }
        if facts.len() == first {
            facts.extend(previous.and_then(|previous| looking_back(words, previous)));
        }
        let states =
            |fact: &Fact| !fact.get(Slot::from).is_unknown() && !fact.get(Slot::to).is_unknown();
        if facts.get(first..).is_some_and(|new| new.iter().any(states)) {
            complete = Some(words.place.sentence);
        }
    });
    brackets::extract(reading, &dates, facts);
    periods::extract(reading, facts);
}

/// Whether a comparison is a part of a movement that begins before it: "rose to 41, compared with 36 last year".
fn within(movements: &[Movement], comparison: &Comparison) -> bool {
    let after = movements.partition_point(|movement| movement.span.start < comparison.span.start);
    after
        .checked_sub(1)
        .and_then(|at| movements.get(at))
        .is_some_and(|movement| movement.span.overlaps(comparison.span))
}

/// Whether one of `spans`, which are in order, shares a byte with `span`.
fn overlaps(spans: &[Span], span: Span) -> bool {
    let from = spans.partition_point(|known| known.end <= span.start);
    spans.get(from).is_some_and(|known| known.overlaps(span))
}

/// What a change is made of, before it becomes a fact.
#[derive(Clone, Debug, Default)]
struct Parts {
    from: Option<Quantity>,
    to: Option<Quantity>,
    by: Option<Quantity>,
    measure: Option<Span>,
    since: Option<Span>,
    period: Option<Span>,
    span: Span,
}

/// The fact of a change.
fn fact(words: &Words<'_>, direction: Direction, mut parts: Parts) -> Option<Fact> {
    if let (Some(from), Some(to)) = (&mut parts.from, &mut parts.to) {
        level::align(from, to);
    }
    let direction = direction_name(direction, parts.from.as_ref(), parts.to.as_ref())?;
    let level_unit = parts.from.as_ref().or(parts.to.as_ref()).map(unit_of);
    let by_unit = parts.by.as_ref().map(unit_of);
    let span = [&parts.from, &parts.to, &parts.by]
        .into_iter()
        .flatten()
        .fold(parts.span, |span, value| span.join(value.span));
    let since = parts.since.map_or(Value::Unknown, |since| {
        Value::text(words.reading.document.text_of(since))
    });
    let period = words.period(parts.to.as_ref(), parts.period, parts.since);
    Some(
        Fact::new(CHANGE, span, words.place)
            .with(Slot::measure, words.label(parts.measure))
            .with(Slot::from, levels::number(parts.from.as_ref()))
            .with(Slot::to, levels::number(parts.to.as_ref()))
            .with(Slot::by, levels::number(parts.by.as_ref()))
            .with(Slot::unit, symbol(level_unit.or(by_unit)))
            .with(Slot::by_unit, symbol(by_unit))
            .with(Slot::direction, Value::Symbol(direction))
            .with(Slot::since, since)
            .with(Slot::period, period),
    )
}

fn symbol(unit: Option<Unit>) -> Value {
    unit.map_or(Value::Unknown, |unit| {
        Value::Symbol(levels::unit_name(unit))
    })
}

fn unit_of(quantity: &Quantity) -> Unit {
    quantity.number.unit()
}

/// The name of a direction; read off the values where the words leave it to them.
fn direction_name(
    direction: Direction,
    from: Option<&Quantity>,
    to: Option<&Quantity>,
) -> Option<&'static str> {
    Some(match direction {
        Direction::Up => "up",
        Direction::Down => "down",
        Direction::Unchanged => "unchanged",
        Direction::Better => "better",
        Direction::Worse => "worse",
        Direction::ByValues => match levels::order(to?.number, from?.number) {
            Ordering::Greater => "up",
            Ordering::Less => "down",
            Ordering::Equal => "unchanged",
        },
    })
}

/// The change that a movement states, with a value of the sentence before unless that is `settled` by a change there; two where it is given as counts and shares at once.
fn of_movement(
    words: &Words<'_>,
    previous: Option<&Words<'_>>,
    settled: bool,
    movement: &Movement,
    facts: &mut Vec<Fact>,
) {
    let before = previous.filter(|_| !settled);
    let value = |level: &Option<Level>| level.as_ref().map(|level| level.quantity.clone());
    let mut parts = Parts {
        from: value(&movement.from),
        to: value(&movement.to),
        by: movement.by.clone(),
        measure: None,
        since: movement.since,
        period: movement.period,
        span: movement.span,
    };
    if parts.to.is_none() {
        let unit = parts.from.as_ref().map(unit_of).or_else(|| {
            parts
                .by
                .as_ref()
                .map(unit_of)
                .filter(|&unit| unit != Unit::Percent)
        });
        parts.to = match movement.reach {
            Reach::Within => None,
            Reach::Back => words.before(movement.first, unit),
            Reach::Previous => before.and_then(|previous| previous.last(unit)),
        };
        parts.measure = parts.to.as_ref().and_then(|to| match movement.reach {
            Reach::Previous => before.and_then(|previous| previous.measure_of(to, usize::MAX)),
            _ => words.measure_of(to, movement.first),
        });
    }
    if parts.from.is_none()
        && movement.reach == Reach::Previous
        && let Some(to) = movement.to.as_ref()
    {
        let unit = unit_of(&to.quantity);
        parts.from = before.and_then(|previous| previous.last(Some(unit)));
        parts.measure = before
            .zip(parts.from.as_ref())
            .and_then(|(previous, from)| previous.measure_of(from, usize::MAX));
    }
    let states = parts.from.is_some()
        || parts.by.is_some()
        || parts.to.is_some()
        || movement.factor.is_some();
    if !states {
        return;
    }
    if movement.reach == Reach::Previous && parts.measure.is_none() {
        parts.measure = previous.and_then(|previous| {
            let value = previous.last(None)?;
            previous.measure_of(&value, usize::MAX)
        });
    }
    parts.measure = parts
        .measure
        .or(movement.object)
        .or_else(|| words.subject(movement.trigger));
    let factor = movement.factor.map(Number::exact);
    let shares = movement
        .from
        .as_ref()
        .and_then(|from| from.share.clone())
        .zip(movement.to.as_ref().and_then(|to| to.share.clone()));
    if let Some((from, to)) = shares {
        let parts = Parts {
            from: Some(from),
            to: Some(to),
            by: None,
            ..parts.clone()
        };
        facts.extend(fact(words, movement.direction, parts));
    }
    facts
        .extend(fact(words, movement.direction, parts).map(|fact| fact.with(Slot::factor, factor)));
}

/// The change that a comparison with an earlier value states ("16 more than a year earlier"), and the span of its words.
fn of_comparison(
    words: &Words<'_>,
    previous: Option<&Words<'_>>,
    comparison: &Comparison,
) -> Option<(Fact, Span)> {
    let base = comparison
        .bases
        .iter()
        .find(|base| base.kind == BaseKind::Earlier)?;
    let from = base.value.as_ref().map(|level| level.quantity.clone());
    let unit = comparison::unit_of(
        base,
        comparison
            .by
            .as_ref()
            .filter(|by| unit_of(by) != Unit::Percent),
    );
    let adjacent = comparison.by.is_some() || from.is_some();
    let given = comparison
        .value
        .as_ref()
        .map(|level| level.quantity.clone());
    let here = given.or_else(|| words.compared(comparison.first, unit));
    let (to, measure) = match here {
        Some(to) => {
            let measure = words.measure_of(&to, comparison.first);
            (Some(to), measure)
        }
        None if words.points_back() => {
            let to = previous.and_then(|previous| previous.last(unit));
            let measure = to
                .as_ref()
                .and_then(|to| previous.and_then(|previous| previous.measure_of(to, usize::MAX)));
            (to, measure)
        }
        None => (None, None),
    };
    if !adjacent && (to.is_none() || !follows_comma(words, comparison.first)) {
        return None;
    }
    let direction = direction_of(comparison.relation);
    let apposition = match comparison.by {
        Some(_) => None,
        None => beside(words, comparison.span.end, direction),
    };
    let span = apposition
        .as_ref()
        .map_or(comparison.span, |by| comparison.span.join(by.span));
    let parts = Parts {
        from,
        by: comparison.by.clone().or(apposition),
        measure: match to {
            Some(_) => measure,
            None => words.subject(comparison.first),
        },
        to,
        since: Some(base.label),
        period: None,
        span: comparison.span,
    };
    let factor = comparison.factor.map(Number::exact);
    Some((
        fact(words, direction, parts)?.with(Slot::factor, factor),
        span,
    ))
}

const fn direction_of(relation: Relation) -> Direction {
    match relation {
        Relation::Above => Direction::Up,
        Relation::Below => Direction::Down,
        Relation::Better => Direction::Better,
        Relation::Worse => Direction::Worse,
        Relation::Equal => Direction::Unchanged,
        Relation::ByValues => Direction::ByValues,
    }
}

/// Whether a comma stands right before a token.
fn follows_comma(words: &Words<'_>, at: usize) -> bool {
    words
        .input
        .until(at)
        .tokens()
        .iter()
        .rev()
        .find(|token| !token.classes.has(Class::Hedge))
        .is_some_and(|token| words.input.text_of(token) == ",")
}

/// The size of a movement given beside a comparison: ", a rise of 19%".
fn beside(words: &Words<'_>, end: usize, direction: Direction) -> Option<Quantity> {
    let at = words
        .input
        .tokens()
        .partition_point(|token| token.span.start < end);
    let rest = words.input.skip(at);
    let mark = rest
        .tokens()
        .iter()
        .take(8)
        .position(|token| matches!(rest.text_of(token), "," | "(" | "–" | "—"))?;
    change::apposition(rest.skip(mark + 1), direction).map(|(_, by)| by)
}

/// The change that a value then and now states: "It was 84.6% in 2013 but is now 71.2%."
fn then_and_now(words: &Words<'_>, found: &ThenAndNow) -> Option<Fact> {
    let (from, to) = (found.then.quantity.clone(), found.now.quantity.clone());
    let parts = Parts {
        measure: words.measure_of(&from, found.period.start.min(from.span.end)),
        since: Some(found.period),
        span: from.span.join(to.span),
        from: Some(from),
        to: Some(to),
        ..Parts::default()
    };
    fact(words, Direction::ByValues, parts)
}

/// The change from one value of a sentence to another that stands before it.
pub(super) fn between(
    words: &Words<'_>,
    later: &Level,
    earlier: &Level,
    since: Span,
) -> Option<Fact> {
    let parts = Parts {
        from: Some(earlier.quantity.clone()),
        to: Some(later.quantity.clone()),
        measure: words.measure_of(&later.quantity, earlier.tokens.start),
        since: Some(since),
        span: later.quantity.span.join(earlier.quantity.span),
        ..Parts::default()
    };
    fact(words, Direction::ByValues, parts)
}

/// The change that a sentence on an earlier value states: "At the last inspection it was 55%."
fn looking_back(words: &Words<'_>, previous: &Words<'_>) -> Option<Fact> {
    let earlier = change::earlier(words.input)?;
    let unit = earlier.level.quantity.number.unit();
    let to = previous.last(Some(unit))?;
    let parts = Parts {
        measure: previous.measure_of(&to, usize::MAX),
        from: Some(earlier.level.quantity),
        to: Some(to),
        by: None,
        since: Some(earlier.period),
        period: None,
        span: earlier.span,
    };
    fact(words, Direction::ByValues, parts)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;
    use crate::facts::testing::{facts_of, rewritten};

    /// Every change of a text: measure, direction and values, in their order.
    fn changes(text: &str) -> Vec<String> {
        let (_, facts) = facts_of(text);
        facts
            .iter()
            .filter(|fact| fact.kind == CHANGE)
            .map(|fact| {
                let mut shown =
                    format!("{}: {}", fact.get(Slot::measure), fact.get(Slot::direction));
                for (name, slot) in [("from", Slot::from), ("to", Slot::to), ("by", Slot::by)] {
                    let value = fact.get(slot);
                    if !value.is_unknown() {
                        let _ = write!(shown, " {name} {value}");
                    }
                }
                shown
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(changes(text), expected, "{text}");
    }

    #[test]
    fn the_later_value_may_stand_before() {
        check(
            "The vacancy rate is 24%, down from 33% in 2023.",
            &["vacancy rate: down from 33% to 24%"],
        );
        check(
            "They reported 83% of leaks themselves, up 4 percentage points from 79%.",
            &["leaks themselves: up from 79% to 83% by 4 points"],
        );
        check(
            "Only 13 shops are rated 1 or 0, down from 21 last May.",
            &["shops are rated 1 or 0: down from 21 to 13"],
        );
        check(
            "Of 118 nurses, 109 (92%) have been trained, up from 74% in March.",
            &["trained: up from 74% to 92%"],
        );
        check(
            "Staff used force 203 times in 2022-23, compared with 171 times in 2021-22, a rise of 19%.",
            &["times: up from 171 to 203 by 19%"],
        );
    }

    #[test]
    fn changes_over_two_sentences() {
        check(
            "There were 318 spills in 2023, compared with 347 in 2022. This is a fall of 8%.",
            &["spills: down from 347 to 318", "spills: down by 8%"],
        );
        check(
            "Some 1,118 children were in care. This is a 9.6% reduction from 1,237.",
            &["children were in care: down from 1,237 to 1,118 by 9.6%"],
        );
        check(
            "Only 38% of men had work. At the last inspection it was 55%.",
            &["men had work: down from 55% to 38%"],
        );
        check(
            "Some 23.4% of calls were dropped. That is 5.5 points more than the 17.9% of the year before.",
            &["calls were dropped: up from 17.9% to 23.4% by 5.5 points"],
        );
        check(
            "Attendance was 68%. This is a slight reduction on last year.",
            &["Attendance: down to 68%"],
        );
        check(
            "Attendance was 68%.\n\nThis is a slight reduction on last year.",
            &[],
        );
    }

    #[test]
    fn a_later_sentence_may_give_the_later_value() {
        check(
            "Reviews were late in 31% of cases. That figure has now dropped to 12%.",
            &["cases: down from 31% to 12%"],
        );
        check(
            "Reviews were late in 31% of cases. The cost has dropped to £12.",
            &["cost: down to £12"],
        );
    }

    #[test]
    fn a_bare_number_takes_the_unit_of_the_only_value() {
        check(
            "Referrals waited 14 weeks on average, against nine in 2019.",
            &["Referrals: up from 9 weeks to 14 weeks"],
        );
    }

    #[test]
    fn both_counts_and_shares() {
        check(
            "Timely reviews rose from 14 out of 24 (58%) to 17 out of 26 (65%).",
            &[
                "Timely reviews: up from 58% to 65%",
                "Timely reviews: up from 14 to 17",
            ],
        );
    }

    #[test]
    fn earlier_values_in_brackets() {
        check(
            "# Snapshot\n\nAt 31 July 2018 (previous year in brackets):\n\n- 81% were safe (78%)\n- 1% closed (1%)\n\n# More\n\nOf these, 9% (8%) were late.",
            &[
                "safe: up from 78% to 81%",
                "closed: unchanged from 1% to 1%",
            ],
        );
        check(
            "The rate was 97% (2022: 95%).",
            &["rate: up from 95% to 97%"],
        );
        check("Some 12 (9%) were late.", &[]);
    }

    #[test]
    fn columns_of_two_periods() {
        check(
            "| Area | June 2023 | June 2024 |\n|---|---|---|\n| Safety | 83% | 85% |\n| Care | 91% | 91% |",
            &[
                "Safety: up from 83% to 85%",
                "Care: unchanged from 91% to 91%",
            ],
        );
        check(
            "| Rating | Homes | Share | Share in May 2024 |\n|---|---|---|---|\n| Good | 70 | 11% | 12% |\n| Total | 640 | 100% | 100% |",
            &["Good: down from 12% to 11%"],
        );
        check(
            "| | Last inspection | This inspection |\n|---|---|---|\n| Felt unsafe | 44% | 31% |",
            &["Felt unsafe: down from 44% to 31%"],
        );
        check(
            "| Area | Grade | Grade in 2021 |\n|---|---|---|\n| Risk | Good | Poor |",
            &[],
        );
        check(
            "| Site | Staff | Beds |\n|---|---|---|\n| Oak | 12 | 40 |",
            &[],
        );
    }

    #[test]
    fn then_and_now_in_one_sentence() {
        check(
            "Timeliness was 84.6% in 2013 but is now 71.2%.",
            &["Timeliness: down from 84.6% to 71.2%"],
        );
        check("The team was 12 strong and is now based in Leeds.", &[]);
    }

    const SENTENCES: [&str; 8] = [
        "The rate of late visits fell from 24% in 2022 to 18% in 2023, a fall of 6 points.",
        "Some 62% of patients were seen in time, compared with 58% in March.",
        "Fees have gone up by 6% to £62 a day.",
        "At 31 March 2024, 208 children had a plan, 16 more than a year earlier.",
        "Turnover among staff has come down by 9 percentage points to 13%.",
        "They had 403 leaks in 12 months, 30% more than the 310 recorded before the last visit.",
        "Only 38% of men were in work. At the last inspection it was 55%.",
        "The list has more than doubled, from 112 to 260.",
    ];

    proptest! {
        #[test]
        fn line_ends_and_per_cent_change_nothing(
            sentence in prop::sample::select(&SENTENCES[..]),
            breaks in prop::collection::vec(any::<bool>(), 40),
            words in any::<bool>(),
        ) {
            let plain = changes(sentence);
            let wrapped = rewritten(sentence, &breaks, words);
            prop_assert!(!plain.is_empty());
            prop_assert_eq!(changes(&wrapped), plain);
        }
    }
}
