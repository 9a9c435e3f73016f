//! Things that the sentences after their number go through.

use super::{Listed, Tallies};
use crate::{
    facts::{lists, reading::Sentence},
    grammar::{
        Class, Classes, Input, TokenKind, noun,
        tally::{self as grammar, Counted, Opener},
    },
};

impl Tallies<'_, '_> {
    /// Things that the sentences after their number go through: "The first … In the second …".
    pub(super) fn told_through(&self, sentence: &Sentence, counted: &Counted) -> Option<Listed> {
        const EACH: usize = 4;
        let wanted = counted.count;
        if !(2..=MOST_TOLD).contains(&wanted) || counted.opener == Opener::All {
            return None;
        }
        let from = sentence.place.sentence;
        let until = from + EACH * (wanted as usize + 1);
        let start = self.sequences.partition_point(|&at| at < from);
        let near = self.sequences.get(start..)?.iter();
        let mut told = 0;
        for &at in near.take_while(|&&at| at <= until) {
            let here = self.reading.sentences.get(at)?;
            let input = self.reading.input(here);
            let input = if at == from {
                input.restart(counted.end)
            } else {
                input
            };
            told = tell(input, told, wanted);
        }
        (told == wanted).then_some(Listed::all(wanted as usize))
    }

    /// Things that the next sentence lists: "It has three aims. They are to …, to … and to …".
    pub(super) fn told_next(&self, sentence: &Sentence, counted: &Counted) -> Option<Listed> {
        let next = self.reading.sentences.get(sentence.place.sentence + 1)?;
        let input = self.reading.input(next);
        let points = ["these", "they", "those"]
            .iter()
            .any(|word| input.starts_with(word))
            && ["are", "were"]
                .iter()
                .any(|word| input.skip(1).starts_with(word));
        if next.place.block != sentence.place.block || !points || counted.count < 2 {
            return None;
        }
        // "These were in relation to safe care, staffing and consent."
        let covering = input.skip(2).lexeme(Class::Covering).map(|(rest, _)| rest);
        let listed = covering.unwrap_or(input.skip(2));
        let items = grammar::items(lists::opening(listed))?;
        let fits = (items.least..=items.most).contains(&counted.count) && items.plain;
        let near = items.natural.abs_diff(counted.count) == 1;
        let differs = covering.is_some() && counted.general && items.plain && near;
        let count = if fits { counted.count } else { items.natural };
        (fits || differs).then(|| Listed {
            inline: true,
            ..Listed::all(count as usize)
        })
    }
}

/// Things that sentences go through one by one, at most.
const MOST_TOLD: u32 = 8;

/// How far a list is told after a sentence: each clause that opens with the next number of it counts.
fn tell(input: Input<'_>, told: u32, wanted: u32) -> u32 {
    let small = Classes::of(&[Class::Preposition, Class::Conjunction, Class::Determiner]);
    let mut told = told;
    let mut opens = true;
    for at in 0..input.len() {
        let here = input.skip(at);
        if let Some((_, found)) = here.lexeme(Class::Sequence).filter(|_| opens) {
            let next = found.canonical.parse() == Ok(told + 1)
                || found.canonical == "last" && told + 1 == wanted;
            told += u32::from(next);
        }
        let symbol = here
            .first()
            .is_some_and(|token| matches!(token.kind, TokenKind::Symbol(_)));
        opens = symbol || opens && noun::is_a(here, small) || here.starts_with("and");
    }
    told
}
