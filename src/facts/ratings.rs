//! Ratings: what each criterion was given, in tables, lists, headings and prose.
//!
//! Tables and lists come first: what they rate is known by name when prose is read, so that "responding to fires and other
//! emergencies" stays one criterion and "leadership is good" is a rating where leadership stands in the table.

use super::{
    Fact, Place, grade_mentions, rating_bodies, rating_changes, rating_claims, rating_gaps,
    rating_lists,
    rating_scales::Scales,
    rating_tables,
    reading::{Reading, Sentence},
    schema::{DATE, RATING, date, rating::Slot},
};
use crate::{
    document::BlockKind,
    framework::OVERALL,
    grammar::{
        Input,
        enumeration::Names,
        rating::{self, About, Body, Context, Given, Round, Statement},
    },
    span::Span,
    value::{Days, Label, Number, Value},
};

/// A rating before its grade is put on a scale.
#[derive(Clone, Debug)]
pub(super) struct Rated {
    /// The criterion; `overall` for the whole body.
    pub(super) criterion: Label,
    /// The body that the text names for it.
    pub(super) body: Option<Label>,
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
    /// A word of the schema's forms.
    pub(super) form: &'static str,
    /// Its place in the text.
    pub(super) span: Span,
    /// Its place in the document.
    pub(super) place: Place,
}

/// Everything on ratings in a document, in the order in which it was read.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) ratings: Vec<Rated>,
    pub(super) claims: Vec<rating_claims::Claimed>,
    pub(super) changes: Vec<rating_changes::Moved>,
    pub(super) mentions: Vec<grade_mentions::Mentioned>,
    pub(super) gaps: Vec<rating_gaps::Gap>,
}

/// Adds ratings, claims, movements, gaps and mentions of grades.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let mut sheet = Sheet::default();
    let year = document_year(facts);
    let mut read = vec![false; reading.document.blocks.len()];
    rating_tables::read(reading, year, &mut sheet);
    rating_lists::read(reading, &mut sheet, &mut read);
    prose(reading, year, &read, &mut sheet);
    rating_claims::spell_out(reading, &mut sheet);
    rating_bodies::settle(reading, &mut sheet);
    rating_gaps::in_lists(reading, &mut sheet);
    let scales = Scales::new(reading.vocabulary, sheet.grades());
    facts.extend(sheet.ratings.iter().map(|rated| fact(rated, &scales)));
    rating_claims::facts(&sheet, &scales, facts);
    rating_changes::facts(&sheet, &scales, facts);
    rating_gaps::facts(&sheet, facts);
    grade_mentions::facts(&sheet, &scales, facts);
}

impl Sheet {
    /// Every grade that was given, claimed or moved between.
    fn grades(&self) -> impl Iterator<Item = &str> + Clone {
        let ratings = self.ratings.iter().map(|rated| &*rated.grade);
        let claims = self.claims.iter().map(|claimed| &*claimed.grade);
        let changes = self
            .changes
            .iter()
            .flat_map(|moved| moved.from.iter().chain(&moved.to))
            .map(|grade| &**grade);
        ratings.chain(claims).chain(changes)
    }
}

fn fact(rated: &Rated, scales: &Scales<'_>) -> Fact {
    Fact::new(RATING, rated.span, rated.place)
        .with(Slot::criterion, rated.criterion.clone())
        .with(Slot::value, scales.grade(&rated.grade))
        .with(Slot::when, Value::Symbol(when(rated.round)))
        .with(Slot::subject, rated.body.clone())
        .with(Slot::form, Value::Symbol(rated.form))
        .with(Slot::period, rated.year.and_then(Days::year))
        .with(Slot::score, rated.score)
}

/// The word of the schema for a round.
pub(super) fn when(round: Round) -> &'static str {
    match round {
        Round::Current => "current",
        Round::Previous => "previous",
    }
}

/// The year in which the document was made: of its publication, else of the first date in it.
fn document_year(facts: &[Fact]) -> Option<i16> {
    let year = |fact: &Fact| Some(fact.get(date::Slot::to).as_days()?.to().year());
    let dates = || facts.iter().filter(|fact| fact.kind == DATE);
    dates()
        .filter(|fact| {
            matches!(
                fact.get(date::Slot::role).as_words(),
                Some("published" | "updated")
            )
        })
        .find_map(year)
        .or_else(|| dates().filter_map(year).take(3).max())
}

/// Reads list items and headings, then the rest: what the former rate is known to the latter.
fn prose(reading: &Reading<'_>, year: Option<i16>, read: &[bool], sheet: &mut Sheet) {
    for lists in [true, false] {
        let mut rated = Names::default();
        for known in sheet.ratings.iter().filter(|rated| rated.form != "prose") {
            rated.insert(&known.criterion);
        }
        let names = Known { reading, rated };
        for sentence in &reading.sentences {
            let block = sentence.place.block;
            let listed = matches!(
                reading.block(block).map(|block| &block.kind),
                Some(BlockKind::ListItem(_) | BlockKind::Heading { .. })
            );
            if listed == lists && sentence.place.cell.is_none() && read.get(block) == Some(&false) {
                names.read(sentence, year, sheet);
            }
        }
    }
}

/// The names that the grammar asks for.
struct Known<'r, 'a> {
    reading: &'r Reading<'a>,
    rated: Names,
}

impl Known<'_, '_> {
    fn read(&self, sentence: &Sentence, year: Option<i16>, sheet: &mut Sheet) {
        let vocabulary = self.reading.vocabulary;
        let is_name =
            |text: &str| self.rated.holds(text) || vocabulary.is_criterion(&Label::new(text));
        let is_rated =
            |text: &str| self.rated.holds(text) || vocabulary.is_criterion_name(&Label::new(text));
        let lone = |grade: &str| vocabulary.lone_criterion(grade).map(str::to_owned);
        let context = Context {
            is_name: &is_name,
            is_rated: &is_rated,
            lone: &lone,
            year,
        };
        let input = self.reading.input(sentence);
        for statement in rating::statements(input, context) {
            add(self.reading, sentence, statement, sheet);
        }
    }
}

fn add(reading: &Reading<'_>, sentence: &Sentence, statement: Statement<'_>, sheet: &mut Sheet) {
    match statement {
        Statement::Given(given) => sheet.ratings.push(rated(reading, sentence, &given)),
        Statement::Claim(claim) => sheet
            .claims
            .extend(rating_claims::claimed(reading, sentence, &claim)),
        Statement::Move(moved) => sheet
            .changes
            .push(rating_changes::moved(reading, sentence, &moved)),
        Statement::Mention(mention) => sheet
            .mentions
            .extend(grade_mentions::mentioned(reading, sentence, &mention)),
    }
}

fn rated(reading: &Reading<'_>, sentence: &Sentence, given: &Given<'_>) -> Rated {
    let score = after(reading, sentence, given.span.end)
        .and_then(|rest| rating::score(rest))
        .map(|(_, score)| score.number);
    let form = match reading.block(sentence.place.block).map(|block| &block.kind) {
        Some(BlockKind::Heading { .. }) => "heading",
        _ if given.listed => "list",
        _ => "prose",
    };
    Rated {
        criterion: criterion(reading, sentence.place.block, &given.about),
        body: given.body.as_ref().and_then(|body| named(reading, body)),
        composed: false,
        grade: given.grade.name.clone(),
        round: given.round,
        year: given.year,
        score,
        form,
        span: given.span,
        place: sentence.place,
    }
}

/// What stands in a sentence from the first token at or after `offset`, a closing quotation mark left out.
fn after<'r>(reading: &'r Reading<'_>, sentence: &Sentence, offset: usize) -> Option<Input<'r>> {
    let input = reading.input(sentence);
    let at = input
        .tokens()
        .iter()
        .position(|token| token.span.start >= offset)?;
    Some(input.skip(at))
}

/// The label of what a grade was given for.
pub(super) fn criterion(reading: &Reading<'_>, block: usize, about: &About<'_>) -> Label {
    match about {
        About::Overall => reading.vocabulary.label(OVERALL),
        About::Named(name) => reading.vocabulary.label(name),
        About::Criterion(input) => label(reading, *input),
        About::Heading => heading(reading, block),
    }
}

fn heading(reading: &Reading<'_>, block: usize) -> Label {
    let section = reading.block(block).and_then(|block| block.section);
    let text = section
        .and_then(|section| reading.block(section))
        .map(|heading| reading.document.text_of(heading.span));
    let text = text.map_or(OVERALL, |text| text.split(':').next().unwrap_or(text));
    reading.vocabulary.label(text)
}

/// The body that a sentence names; none for "the practice", which points back.
pub(super) fn named(reading: &Reading<'_>, body: &Body<'_>) -> Option<Label> {
    body.proper.then(|| reading.label(body.input.span()))
}

/// The label of a criterion as it is named here, compared by what it asks about where it is a question: "How good is our
/// leadership?" is leadership.
pub(super) fn label(reading: &Reading<'_>, input: Input<'_>) -> Label {
    let whole = reading.label(input.span());
    if reading.vocabulary.is_criterion(&whole) {
        return whole;
    }
    match rating::question(input) {
        Some(core) => Label::alias(whole.text(), &reading.label(core.span())),
        None => whole,
    }
}
