//! Ratings as they were read, before their grades are put on a scale, and the facts that they become.

use rustc_hash::FxHashSet;

use super::{changes, claims, gaps, mentions};
use crate::{
    facts::{
        Fact, Place,
        schema::{RATING, rating::Slot},
    },
    grammar::rating::{Link, Round},
    span::Span,
    value::{Days, Grade, Label, Number, Value},
};

/// A rating before its grade is put on a scale.
#[derive(Clone, Debug)]
pub(super) struct Rated {
    /// The criterion; `overall` for the whole body.
    pub(super) criterion: Label,
    /// The body that the text names for it.
    pub(super) body: Option<Label>,
    /// The common noun by which the text points back to a body: `trust` for "the trust".
    pub(super) generic: Option<String>,
    /// Whether criterion and body together are what was rated, as in a table of services by key questions.
    pub(super) composed: bool,
    /// The canonical name of the grade.
    pub(super) grade: String,
    /// The round.
    pub(super) round: Round,
    /// The year named with it.
    pub(super) year: Option<i16>,
    /// The score beside it.
    pub(super) score: Option<Number>,
    /// How the text ties the grade to the criterion.
    pub(super) link: Link,
    /// Whether criterion, body and round stand there, and none was inferred.
    pub(super) sure: bool,
    /// A word of the schema's forms.
    pub(super) form: &'static str,
    /// Its place in the text.
    pub(super) span: Span,
    /// Its place in the document.
    pub(super) place: Place,
}

impl Rated {
    /// A grade of this inspection, with nothing told beside it: no body, year or score.
    pub(super) const fn new(
        criterion: Label,
        grade: String,
        form: &'static str,
        span: Span,
        place: Place,
    ) -> Self {
        Self {
            criterion,
            body: None,
            generic: None,
            composed: false,
            grade,
            round: Round::Current,
            year: None,
            score: None,
            link: Link::Own,
            sure: true,
            form,
            span,
            place,
        }
    }
}

/// Everything on ratings in a document, in the order in which it was read.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) ratings: Vec<Rated>,
    pub(super) claims: Vec<claims::Claimed>,
    pub(super) changes: Vec<changes::Moved>,
    pub(super) mentions: Vec<mentions::Mentioned>,
    pub(super) gaps: Vec<gaps::Gap>,
    /// The criterion whose rating a sentence spoke of last without a grade.
    pub(super) topic: Option<(Place, Label)>,
    /// Sentences that were read as rows, though they open a paragraph.
    pub(super) taken: FxHashSet<usize>,
    /// Where ratings start of bodies that the text sets beside its own: "its sister home".
    pub(super) apart: FxHashSet<usize>,
}

impl Sheet {
    /// Every grade that was given, claimed, quoted or moved between.
    pub(super) fn grades(&self) -> impl Iterator<Item = &str> + Clone {
        let ratings = self.ratings.iter().map(|rated| &*rated.grade);
        let mentions = self
            .mentions
            .iter()
            .filter_map(|mentioned| mentioned.quoted_grade());
        let claims = self.claims.iter().map(|claimed| &*claimed.grade);
        let changes = self
            .changes
            .iter()
            .flat_map(|moved| moved.from.iter().chain(&moved.to))
            .map(|grade| &**grade);
        ratings.chain(claims).chain(changes).chain(mentions)
    }
}

/// The fact of a rating whose grade stands on its scale.
pub(super) fn fact(rated: &Rated, grade: Grade) -> Fact {
    Fact::new(RATING, rated.span, rated.place)
        .with(Slot::criterion, rated.criterion.clone())
        .with(Slot::value, grade)
        .with(Slot::when, Value::Symbol(when(rated.round)))
        .with(Slot::subject, rated.body.clone())
        .with(Slot::form, Value::Symbol(rated.form))
        .with(Slot::period, rated.year.and_then(Days::year))
        .with(Slot::score, rated.score)
        .with(Slot::sure, rated.sure)
}

/// The word of the schema for a round.
pub(super) fn when(round: Round) -> &'static str {
    match round {
        Round::Current => "current",
        Round::Previous => "previous",
    }
}
