//! Things under a heading that counts or names them.

use super::{Listed, Tallies, ways::number_at};
use crate::{
    document::{Block, BlockKind},
    facts::reading::Sentence,
    grammar::{Class, Classes, Token, TokenKind, noun, tally::Counted},
};

impl Tallies<'_, '_> {
    /// The items under a heading that counts them, right below it or after one paragraph; or its parts or paragraphs, where
    /// they are as many.
    pub(super) fn under_heading(&self, sentence: &Sentence, counted: &Counted) -> Option<Listed> {
        const NEAR: usize = 2;
        let heading = sentence.place.block;
        let input = self.reading.input(sentence);
        let before = input.until(number_at(input, counted));
        let known = Classes::of(&[Class::Determiner]);
        let starts = before.is_empty() || before.len() == 1 && noun::is_a(before, known);
        if !starts {
            return None;
        }
        let list = (1..=NEAR).find_map(|below| self.by_item.get(&(heading + below)).copied());
        if let Some(size) = list {
            let near = size.abs_diff(counted.count as usize) <= 2;
            return (near || counted.general).then_some(Listed::all(size));
        }
        let parts = self.parts_under(heading);
        // A list further down may be about one of the things, unless it has just as many items.
        let wanted = counted.count as usize;
        let fits = || {
            let mut below = self.blocks_under(heading);
            below.any(|(at, _)| self.by_item.get(&at) == Some(&wanted))
        };
        if wanted > 1 && (parts.contains(&wanted) || fits()) {
            return Some(Listed::all(wanted));
        }
        // Where every paragraph opens with a name, the names are what is counted.
        let [headings, paragraphs, named] = parts;
        let certain = headings == 0 && named == paragraphs && named > 1;
        (certain && named.abs_diff(wanted) <= 2).then_some(Listed::all(named))
    }

    /// The blocks under a heading, with those of its parts.
    fn blocks_under(&self, heading: usize) -> impl Iterator<Item = (usize, &Block)> {
        let document = self.reading.document;
        let after = document.blocks.iter().enumerate().skip(heading + 1);
        after.take_while(move |(at, block)| {
            !matches!(block.kind, BlockKind::Heading { .. })
                || document.headings(*at).contains(&heading)
        })
    }

    /// How many headings and paragraphs stand right under a heading, and how many paragraphs with a name of their own under it.
    fn parts_under(&self, heading: usize) -> [usize; 3] {
        let mut parts = [0; 3];
        let [headings, paragraphs, named] = &mut parts;
        for (at, block) in self.blocks_under(heading) {
            let own = usize::from(block.section == Some(heading));
            match block.kind {
                BlockKind::Heading { .. } => *headings += own,
                BlockKind::Paragraph => {
                    *paragraphs += own;
                    *named += usize::from(self.has_run_in_head(at));
                }
                _ => {}
            }
        }
        parts
    }

    /// Whether a paragraph starts with a name that stands as its head: "Elm House, Upton. Rated good in May."
    fn has_run_in_head(&self, block: usize) -> bool {
        const LONGEST: usize = 8;
        let [first, _, ..] = self.reading.sentences_of(block) else {
            return false;
        };
        let input = self.reading.input(first);
        let name = |token: &Token| token.kind != TokenKind::Word || token.capital;
        input.len() <= LONGEST && input.tokens().iter().all(name)
    }

    /// The things under a heading of their name, as many as counted: items, parts or named paragraphs.
    pub(super) fn under_name(&self, counted: &Counted) -> Option<Listed> {
        let wanted = counted.count as usize;
        let mut headings = self
            .by_heading
            .get(&self.last_word(counted))?
            .iter()
            .take(MOST_HEADINGS);
        let fits = |&heading: &usize| {
            let blocks = self.reading.document.blocks.iter().enumerate();
            let below = blocks
                .skip(heading + 1)
                .take(wanted * MOST_BLOCKS)
                .filter(|(_, block)| block.section == Some(heading));
            let (mut items, mut parts, mut heads) = (false, 0, 0);
            for (at, block) in below {
                match &block.kind {
                    BlockKind::ListItem(_) => items |= self.by_item.get(&at) == Some(&wanted),
                    BlockKind::Heading { .. } => parts += 1,
                    BlockKind::Paragraph => heads += usize::from(self.has_run_in_head(at)),
                    _ => {}
                }
            }
            items || [parts, heads].contains(&wanted)
        };
        (wanted > 2 && headings.any(fits)).then_some(Listed::all(wanted))
    }
}

/// Headings of one noun that are looked at, at most, and blocks under one for each thing counted.
const MOST_HEADINGS: usize = 3;

const MOST_BLOCKS: usize = 8;
