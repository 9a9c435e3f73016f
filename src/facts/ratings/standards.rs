//! Standards that a whole sentence names, with the grade behind it.

use super::{Rated, Sheet, label};
use crate::{
    document::BlockKind,
    facts::reading::Reading,
    grammar::{Input, rating, reference},
};

/// Words of a standard, at least.
const LEAST_WORDS: usize = 2;

/// Reads blocks of two sentences: a numbered standard, and its grade.
///
/// `standard = number sentence "." grade`, the number with a part and the grade alone: "2.4 Reviewing of cases is thorough and timely.
/// Requires improvement".
pub(super) fn read(reading: &Reading<'_>, sheet: &mut Sheet, read: &mut [bool]) {
    for (block, content) in reading.document.blocks.iter().enumerate() {
        let [first, last] = reading.sentences_of(block) else {
            continue;
        };
        let (form, number) = match &content.kind {
            BlockKind::Heading { .. } => ("heading", None),
            BlockKind::Paragraph => ("list", None),
            BlockKind::ListItem(item) => ("list", Some(&*item.number)),
            _ => continue,
        };
        let Some(free) = read.get_mut(block).filter(|read| !**read) else {
            continue;
        };
        let name = standard(reading.input(first), number);
        let grade =
            rating::bare(reading.input(last)).filter(|grade| grade.capital && !grade.bare_number);
        let (Some(name), Some(grade)) = (name, grade) else {
            continue;
        };
        *free = true;
        sheet.ratings.push(Rated::new(
            label(reading, name),
            grade.name,
            form,
            name.span().join(grade.span),
            first.place,
        ));
    }
}

/// The words of a standard without its number, which stands before them or is that of the item.
fn standard<'a>(sentence: Input<'a>, number: Option<&str>) -> Option<Input<'a>> {
    let in_parts = |number: &str| {
        let digits = number.bytes().any(|byte| byte.is_ascii_digit());
        digits && number.trim_end_matches('.').contains('.')
    };
    let name = if number.is_some_and(in_parts) {
        sentence
    } else {
        let (rest, number) = reference::code(sentence).ok()?;
        in_parts(&number).then_some(rest)?
    };
    let (stop, words) = name.tokens().split_last()?;
    let whole = name.text_of(stop) == "." && words.len() > LEAST_WORDS;
    let capital = name.text().starts_with(char::is_uppercase);
    (whole && capital).then(|| name.until(name.position() + words.len()))
}
