//! Numbered lists: the numbers of their items as written.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::{
    Fact, Place, lists,
    reading::Reading,
    schema::{LIST, list::Slot},
};
use crate::{
    document::{BlockKind, ListItem},
    span::Span,
    value::{Number, Value},
};

/// A numbered list as it was met.
#[derive(Debug)]
struct Numbered {
    numbers: Vec<u32>,
    items: u32,
    span: Span,
    block: usize,
}

/// Adds the numbered lists of a document. A list in which an item has no number is none.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let mut found: Vec<Numbered> = Vec::new();
    let mut known: FxHashMap<(u32, u8), usize> = FxHashMap::default();
    for (block, content) in reading.document.blocks.iter().enumerate() {
        let BlockKind::ListItem(item) = &content.kind else {
            continue;
        };
        let at = *known.entry((item.list, item.depth)).or_insert_with(|| {
            found.push(Numbered {
                numbers: Vec::new(),
                items: 0,
                span: content.span,
                block,
            });
            found.len() - 1
        });
        if let Some(list) = found.get_mut(at) {
            list.items += 1;
            list.numbers
                .extend(number(item, list.numbers.last().copied()));
            if let Some(&last) = list.numbers.last() {
                let run_on = lists::run_on(reading, block, last);
                list.items += run_on;
                list.numbers.extend(last + 1..=last + run_on);
            }
            list.span = list.span.join(content.span);
        }
    }
    for list in found {
        if usize::try_from(list.items).is_ok_and(|items| items == list.numbers.len()) {
            facts.push(fact(reading, &list));
        }
    }
}

fn fact(reading: &Reading<'_>, list: &Numbered) -> Fact {
    let exact = |number: u32| Value::Number(Number::exact(Decimal::from(number)));
    let sentence = reading
        .sentences_of(list.block)
        .first()
        .map_or(0, |sentence| sentence.place.sentence);
    let place = Place {
        block: list.block,
        sentence,
        cell: None,
    };
    Fact::new(LIST, list.span, place)
        .with(
            Slot::numbers,
            Value::list(list.numbers.iter().copied().map(exact)),
        )
        .with(Slot::items, exact(list.items))
}

/// The number of an item: digits at the end of its marker ("R3" is 3), a letter counted from 1, or a small Roman numeral
/// where it goes on from the item before.
fn number(item: &ListItem, before: Option<u32>) -> Option<u32> {
    let marker = item.number.trim();
    let last = marker.rsplit('.').find(|part| !part.is_empty())?;
    let digits = last.trim_start_matches(|c: char| !c.is_ascii_digit());
    if !digits.is_empty() {
        return digits.parse().ok();
    }
    let roman = roman(last);
    let letter = letter(last);
    let next = before.map_or(1, |before| before + 1);
    match (roman, letter) {
        (Some(roman), Some(letter)) if letter != next => Some(roman),
        (roman, letter) => letter.or(roman),
    }
}

fn letter(text: &str) -> Option<u32> {
    let mut chars = text.chars();
    let only = chars.next().filter(|_| chars.next().is_none())?;
    let lower = only.to_ascii_lowercase();
    lower
        .is_ascii_lowercase()
        .then(|| u32::from(lower) - u32::from('a') + 1)
}

/// The value of a Roman numeral up to 39.
fn roman(text: &str) -> Option<u32> {
    let mut total = 0;
    let mut last = 0;
    for c in text.chars().rev() {
        let value = match c.to_ascii_lowercase() {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            _ => return None,
        };
        if value < last {
            total -= value;
        } else {
            total += value;
            last = value;
        }
    }
    (total > 0).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::facts_of;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (_, facts) = facts_of(text);
        let found: Vec<String> = facts
            .iter()
            .filter(|fact| fact.kind == LIST)
            .map(|fact| fact.get(Slot::numbers).to_string())
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn numbers_letters_and_roman_numerals() {
        check("# L\n\n1. One\n2. Two\n3. Three\n", &["1, 2 and 3"]);
        check("L:\n\n1. One\n2. Two\n4. Four\n", &["1, 2 and 4"]);
        check("L:\n\n(a) one\n(b) two\n(c) three\n", &["1, 2 and 3"]);
        check("L:\n\n(i) one\n(ii) two\n(iii) three\n", &["1, 2 and 3"]);
        check("# L\n\n- one\n- two\n", &[]);
        check("Nothing here.", &[]);
        check(
            "L:\n\n1. Write;\n2. Name a head;3. Train;\n4. Check.\n",
            &["1, 2, 3 and 4"],
        );
        check(
            "L:\n\n1. Write;\n2. Wait 3. days;\n4. Check.\n",
            &["1, 2 and 4"],
        );
    }

    #[track_caller]
    fn counts(marker: &str, before: Option<u32>, expected: Option<u32>) {
        let item = ListItem {
            list: 0,
            depth: 0,
            number: marker.to_owned(),
            counted: None,
        };
        assert_eq!(number(&item, before), expected, "{marker}");
    }

    #[test]
    fn markers_stand_for_numbers() {
        counts("R3", None, Some(3));
        counts("2.4", Some(3), Some(4));
        counts("i", Some(8), Some(9));
        counts("i", None, Some(1));
        counts("v", Some(4), Some(5));
        counts("iv", Some(3), Some(4));
        counts("", None, None);
        counts("?", None, None);
        counts("99999999999", None, None);
    }
}
