//! Words of a scale used as labels without being ratings.

use super::{Sheet, label, scales::Scales};
use crate::{
    document::BlockKind,
    facts::{
        Fact, Place,
        reading::{Reading, Sentence},
        schema::{GRADE_MENTION, grade_mention::Slot},
    },
    grammar::rating::Mention,
    span::Span,
    value::{Label, Value},
};

/// A mention before its grade is put on a scale.
#[derive(Clone, Debug)]
pub(super) struct Mentioned {
    criterion: Option<Label>,
    grade: String,
    quoted: bool,
    form: &'static str,
    span: Span,
    place: Place,
}

impl Mentioned {
    /// Canonical name of a grade in quotation marks: those tell which scale the document uses.
    pub(super) fn quoted_grade(&self) -> Option<&str> {
        self.quoted.then_some(&*self.grade)
    }
}

/// Blocks at the front of a document that are its headline: the title and what stands right under it.
const HEADLINE: usize = 2;

/// Reads a mention. Words that soften a grade count in headings and headlines alone: in prose they are findings.
pub(super) fn mentioned(
    reading: &Reading<'_>,
    sentence: &Sentence,
    mention: &Mention<'_>,
) -> Option<Mentioned> {
    let block = sentence.place.block;
    let heading = matches!(reading.block(block)?.kind, BlockKind::Heading { .. });
    if !mention.grade.quoted && !heading && block >= HEADLINE {
        return None;
    }
    let span = match &mention.criterion {
        Some(criterion) => criterion.span().join(mention.grade.span),
        None => mention.grade.span,
    };
    Some(Mentioned {
        criterion: mention.criterion.map(|criterion| label(reading, criterion)),
        grade: mention.grade.name.clone(),
        quoted: mention.grade.quoted,
        form: if heading { "heading" } else { "prose" },
        span,
        place: sentence.place,
    })
}

/// Adds the mentions.
pub(super) fn facts(sheet: &Sheet, scales: &Scales<'_>, facts: &mut Vec<Fact>) {
    for mentioned in &sheet.mentions {
        facts.push(
            Fact::new(GRADE_MENTION, mentioned.span, mentioned.place)
                .with(Slot::criterion, mentioned.criterion.clone())
                .with(Slot::value, scales.grade(&mentioned.grade))
                .with(Slot::quoted, mentioned.quoted)
                .with(Slot::form, Value::Symbol(mentioned.form)),
        );
    }
}
