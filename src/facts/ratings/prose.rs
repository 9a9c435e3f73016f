//! Ratings in sentences: list items and headings first, then running text.

use super::{
    Rated, Sheet, bodies, changes, claims,
    labels::{criterion, heading, named},
    mentions,
    rounds::lead_round,
};
use crate::{
    document::BlockKind,
    facts::reading::{Reading, Sentence},
    framework::OVERALL,
    grammar::{
        Class, Classes, Input,
        enumeration::Names,
        rating::{self, Context, Given, Link, Round, Statement},
    },
    value::Label,
};

/// Reads list items and headings, then the rest: what the former rate is known to the latter.
pub(super) fn read(reading: &Reading<'_>, year: Option<i16>, read: &[bool], sheet: &mut Sheet) {
    for lists in [true, false] {
        let mut rated = Names::default();
        for known in sheet.ratings.iter().filter(|rated| rated.form != "prose") {
            rated.insert(&known.criterion);
            if known.composed
                && let Some(body) = known.body.as_ref().filter(|body| is_service(reading, body))
            {
                rated.insert(body);
            }
        }
        let names = Known {
            reading,
            rated,
            year,
            numbers: reading.rates_by_numbers(),
        };
        for sentence in &reading.sentences {
            let block = sentence.place.block;
            let listed = matches!(
                reading.block(block).map(|block| &block.kind),
                Some(BlockKind::ListItem(_) | BlockKind::Heading { .. })
            );
            let free =
                read.get(block) == Some(&false) && !sheet.taken.contains(&sentence.place.sentence);
            if listed == lists && is_running(reading, sentence) && free {
                names.read(sentence, sheet);
            }
        }
    }
}

/// Whether a row of a table names a service of a body, and no body: "Surgery", but not "Elm Surgery".
fn is_service(reading: &Reading<'_>, row: &Label) -> bool {
    let lexicon = &reading.vocabulary.lexicon;
    let body = |word: &str| {
        lexicon
            .meanings_of(word)
            .any(|meaning| meaning.class == Class::BodyWord)
    };
    !row.text().contains(' ') || !row.text().split(' ').any(body)
}

/// Whether a sentence stands in running text: outside tables, or in a cell of several sentences.
fn is_running(reading: &Reading<'_>, sentence: &Sentence) -> bool {
    let cell = sentence.place.cell;
    let next = || {
        reading
            .sentences
            .get(sentence.place.sentence + 1)
            .is_some_and(|next| next.place.block == sentence.place.block && next.place.cell == cell)
    };
    cell.is_none() || reading.previous(sentence).is_some() || next()
}

/// The names that the grammar asks for.
struct Known<'r, 'a> {
    reading: &'r Reading<'a>,
    rated: Names,
    year: Option<i16>,
    /// Whether the document is on a scheme whose ratings are numbers.
    numbers: bool,
}

/// Words that may stand for what the heading above names.
const HEADED: Classes = Classes::of(&[Class::HeadingNoun, Class::GradeNoun]);

impl Known<'_, '_> {
    /// Whether the heading above a block names a criterion that is rated, or asks about one.
    fn is_headed(&self, block: usize) -> bool {
        let heading = heading(self.reading, block);
        let asks = heading.text().ends_with('?');
        heading != Label::new(OVERALL)
            && (asks
                || self.rated.holds(heading.text())
                || self.reading.vocabulary.is_criterion(&heading))
    }

    fn read(&self, sentence: &Sentence, sheet: &mut Sheet) {
        let vocabulary = self.reading.vocabulary;
        let is_name =
            |text: &str| self.rated.holds(text) || vocabulary.is_criterion(&Label::new(text));
        let is_rated =
            |text: &str| self.rated.holds(text) || vocabulary.is_rated(&Label::new(text));
        let lone = |grade: &str| vocabulary.lone_criterion(grade).map(str::to_owned);
        let context = Context {
            is_name: &is_name,
            is_rated: &is_rated,
            lone: &lone,
            year: self.year,
            headed: sentence.classes.meets(HEADED) && self.is_headed(sentence.place.block),
            numbers: self.numbers,
            before: self
                .reading
                .previous(sentence)
                .map_or(0, |before| before.tokens.len()),
        };
        let input = self.reading.input(sentence);
        for statement in rating::statements(input, context) {
            self.add(sentence, statement, sheet);
        }
    }

    fn add(&self, sentence: &Sentence, statement: Statement<'_>, sheet: &mut Sheet) {
        let reading = self.reading;
        match statement {
            Statement::Given(given) => {
                let mut rated = rated(reading, sentence, &given);
                if rated.form == "list" && rated.round == Round::Current {
                    rated.round = lead_round(reading, sentence.place.block, self.year);
                }
                if given.link == Link::Pronoun
                    && let Some(topic) = topic(reading, sentence, sheet)
                {
                    rated.criterion = topic;
                    rated.link = Link::Own;
                }
                if let Some(body) = given.body.filter(|body| bodies::is_other(body.input)) {
                    bodies::set_apart(reading, body.input, &mut rated);
                    sheet.apart.insert(rated.span.start);
                }
                sheet.ratings.push(rated);
            }
            Statement::Claim(claim) => {
                let claimed = claims::claimed(reading, sentence, &claim);
                sheet.claims.extend(claimed);
            }
            Statement::Move(moved) => sheet
                .changes
                .push(changes::moved(reading, sentence, &moved)),
            Statement::Topic(about) => {
                let label = criterion(reading, sentence.place.block, &about);
                sheet.topic = Some((sentence.place, label));
            }
            Statement::Mention(mention) => {
                sheet
                    .mentions
                    .extend(mentions::mentioned(reading, sentence, &mention));
            }
        }
    }
}

/// What "it" stands for: the one criterion that the sentence before spoke of.
fn topic(reading: &Reading<'_>, sentence: &Sentence, sheet: &Sheet) -> Option<Label> {
    let before = reading.previous(sentence)?.place;
    if let Some((_, topic)) = sheet.topic.as_ref().filter(|(place, _)| *place == before) {
        return Some(topic.clone());
    }
    let last = sheet
        .ratings
        .last()
        .filter(|rated| rated.place == before && rated.link == Link::Own)?;
    let others = sheet
        .ratings
        .iter()
        .rev()
        .take_while(|rated| rated.place == before);
    others
        .skip(1)
        .all(|rated| rated.criterion == last.criterion)
        .then(|| last.criterion.clone())
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
        generic: given
            .body
            .filter(|body| !body.proper)
            .and_then(|body| body.noun().map(str::to_owned)),
        composed: false,
        grade: given.grade.name.clone(),
        round: given.round,
        year: given.year,
        score,
        link: given.link,
        sure: !matches!(given.link, Link::Pronoun | Link::Assumed),
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
        .partition_point(|token| token.span.start < offset);
    (at < input.len()).then(|| input.skip(at))
}
