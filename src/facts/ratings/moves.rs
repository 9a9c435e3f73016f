//! Ratings in rows that say where a grade came from: "Elm House – 3 stars, down from 4 stars", as items of a list or as the openings
//! of paragraphs.

use super::{Rated, Sheet, label, lists::mark};
use crate::{
    document::BlockKind,
    facts::{Place, reading::Reading},
    grammar::{
        Class, Classes,
        rating::{self, GradeWord, MovedRow, Round},
    },
    value::Label,
};

/// Reads such rows where there are two or more; marks the items that are one, and takes the sentences that open paragraphs.
pub(super) fn read(reading: &Reading<'_>, sheet: &mut Sheet, read: &mut [bool]) {
    let rows: Vec<(Place, MovedRow<'_>)> = (0..reading.document.blocks.len())
        .filter(|&block| read.get(block) == Some(&false))
        .filter_map(|block| row(reading, block))
        .collect();
    if rows.len() < 2 {
        return;
    }
    for (place, row) in rows {
        let item = matches!(
            reading.block(place.block).map(|block| &block.kind),
            Some(BlockKind::ListItem(_))
        );
        if item || reading.sentences_of(place.block).len() == 1 {
            mark(read, place.block);
        }
        sheet.taken.insert(place.sentence);
        let name = label(reading, row.name);
        let body = (!reading.vocabulary.is_criterion(&name)).then(|| name.clone());
        let given = |grade: &GradeWord, round, span| Rated {
            body: body.clone(),
            round,
            ..Rated::new(
                body.as_ref()
                    .map_or(name.clone(), |_| Label::new("overall")),
                grade.name.clone(),
                "list",
                span,
                place,
            )
        };
        let span = row.name.span().join(row.grade.span);
        sheet.ratings.push(given(&row.grade, Round::Current, span));
        if let Some(earlier) = &row.earlier {
            sheet
                .ratings
                .push(given(earlier, Round::Previous, earlier.span));
        }
    }
}

/// The row that an item or paragraph opens with.
fn row<'r>(reading: &'r Reading<'_>, block: usize) -> Option<(Place, MovedRow<'r>)> {
    let kind = &reading.block(block)?.kind;
    if matches!(kind, BlockKind::Table(_)) {
        return None;
    }
    let first = reading.sentences_of(block).first()?;
    let graded = first.classes.has(Class::Grade) || first.classes.meets(Classes::NUMERIC);
    let row = graded.then(|| rating::moved_row(reading.input(first)));
    Some((first.place, row.flatten()?))
}
