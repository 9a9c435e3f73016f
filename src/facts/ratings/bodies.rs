//! Which body each rating is on, in documents that rate several.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{Rated, Sheet, without_number};
use crate::{
    document::BlockKind,
    facts::reading::{Reading, Sentence},
    framework::OVERALL,
    grammar::{
        Class, Classes, Input, TokenKind,
        rating::{Round, is_proper},
    },
    value::Label,
};

/// Share of the words of the shorter name by which two names are of one body.
const SAME: f64 = 0.6;

/// Whether two names are of one body, by the words that are no common nouns for bodies: "Elm Surgery" is not "Oak Surgery".
fn same_body(reading: &Reading<'_>, a: &Label, b: &Label) -> bool {
    own_words(reading, a).similarity(&own_words(reading, b)) >= SAME
}

/// A name without the common nouns for bodies in it; the whole where there is nothing else.
fn own_words(reading: &Reading<'_>, name: &Label) -> Label {
    let lexicon = &reading.vocabulary.lexicon;
    let common = |word: &&str| {
        lexicon
            .meanings_of(word)
            .any(|meaning| matches!(meaning.class, Class::BodyNoun | Class::BodyWord))
    };
    let words: Vec<&str> = name
        .text()
        .split(' ')
        .filter(|word| !common(word))
        .collect();
    let own = Label::new(&words.join(" "));
    if own.is_empty() { name.clone() } else { own }
}

/// Puts the body before the criterion where a document rates several, and forgets it where it rates one. Beside a table of several
/// bodies or services, and where sentences name different ones, what a sentence names is kept: it may be any of them.
pub(super) fn settle(reading: &Reading<'_>, sheet: &mut Sheet) {
    name_by_headings(reading, sheet);
    for rated in &mut sheet.ratings {
        if rated.body.is_none() {
            rated.body = front_label(reading, rated)
                .or_else(|| item_label(reading, rated))
                .or_else(|| lead_label(reading, rated));
        }
    }
    name_by_short_names(reading, sheet);
    name_by_services(reading, sheet);
    name_by_rows(sheet);
    set_strangers_apart(reading, sheet);
    let bodies = Bodies::of(reading, &sheet.ratings);
    if bodies.names.len() > 1 {
        compose(reading, &bodies, sheet);
    } else if is_on_one(reading, sheet) {
        // A name that no title holds may be that of another body.
        let known = titles_body(reading);
        for rated in sheet.ratings.iter_mut().filter(|rated| !rated.composed) {
            if let Some(body) = rated.body.take() {
                rated.sure &= rated.form == "table" || !known || is_titled(reading, &body);
            }
        }
    }
}

/// Takes a name for the body whose name it opens, where another rating names that in full: "Ashford" of "Ashford City Council".
fn name_by_short_names(reading: &Reading<'_>, sheet: &mut Sheet) {
    let bodies: Vec<Label> = sheet
        .ratings
        .iter()
        .filter_map(|rated| rated.body.clone())
        .collect();
    for rated in &mut sheet.ratings {
        if rated.body.is_some() || reading.vocabulary.is_criterion(&rated.criterion) {
            continue;
        }
        let short = rated.criterion.text();
        let opens = |body: &&Label| {
            let rest = body.text().strip_prefix(short);
            rest.is_some_and(|rest| rest.starts_with(' '))
        };
        let large = short.chars().next().is_some_and(char::is_uppercase);
        if let Some(body) = bodies.iter().find(opens).filter(|_| large) {
            rated.body = Some(body.clone());
            rated.criterion = reading.vocabulary.label(OVERALL);
        }
    }
}

/// Names the body of each rating under headings that are proper names of several bodies: "Elm House" and "Oak House", each with
/// the same criteria below it.
fn name_by_headings(reading: &Reading<'_>, sheet: &mut Sheet) {
    let headings: Vec<Option<(usize, Label)>> = sheet
        .ratings
        .iter()
        .map(|rated| body_heading(reading, rated))
        .collect();
    let mut first: FxHashMap<&str, &Label> = FxHashMap::default();
    let several = sheet.ratings.iter().zip(&headings).any(|(rated, heading)| {
        heading.as_ref().is_some_and(|(_, body)| {
            let known = *first.entry(rated.criterion.key()).or_insert(body);
            rated.round == Round::Current && known != body
        })
    });
    if !several {
        return;
    }
    for (rated, heading) in sheet.ratings.iter_mut().zip(headings) {
        let Some((_, body)) = heading else {
            continue;
        };
        let whole = is_overall(&rated.criterion);
        let named = rated.criterion.key().starts_with(body.key());
        if whole {
            rated.criterion = body.clone();
        } else if !named {
            let part = Label::new(&format!("{body}: {}", rated.criterion));
            rated.criterion = part;
        }
        rated.body = Some(body);
        rated.composed = true;
    }
}

/// The innermost heading over a rating, below the title, that is the proper name of a body.
fn body_heading(reading: &Reading<'_>, rated: &Rated) -> Option<(usize, Label)> {
    /// Longest name of a body, in tokens.
    const LONGEST: usize = 8;
    /// Words of headings that say more than a name: "Ratings for Elm House".
    const OTHER: Classes = Classes::of(&[Class::GradeNoun, Class::Overall, Class::InspectionNoun]);
    if rated.composed {
        return None;
    }
    let headings = reading.document.headings(rated.place.block);
    headings.into_iter().rev().find_map(|block| {
        let (sentence, before) = reading.sentences_of(block).split_last()?;
        let number = |part: &Sentence| reading.input(part).len() <= 2;
        if !before.iter().all(number) {
            return None;
        }
        let title = matches!(reading.block(block)?.kind, BlockKind::Heading { level: 1 });
        let name = without_number(reading.input(sentence));
        let body = name
            .tokens()
            .iter()
            .any(|token| token.classes.has(Class::BodyNoun) || token.classes.has(Class::BodyWord));
        let label = reading.label(name.span());
        let plain = !title
            && body
            && !name.tokens().iter().any(|token| token.classes.meets(OTHER))
            && (2..=LONGEST).contains(&name.len())
            && is_proper(name, true)
            && !reading.vocabulary.is_criterion(&label);
        plain.then_some((block, label))
    })
}

/// The services that a table crosses with criteria, by their names; where a name says in brackets which one is meant, and no other
/// is called so, by what stands before them too: "Maternity (Elm Infirmary)"; and so where its group stands before it: "Elm Infirmary,
/// Maternity".
fn services(sheet: &Sheet) -> BTreeMap<Box<str>, Label> {
    let of_table = |rated: &&Rated| rated.composed && rated.form == "table";
    let ratings = sheet.ratings.iter().filter(of_table);
    let named: BTreeMap<Box<str>, Label> = ratings
        .filter_map(|rated| Some((rated.body.as_ref()?.key().into(), rated.body.clone()?)))
        .collect();
    let mut short: BTreeMap<Box<str>, Option<&Label>> = BTreeMap::new();
    for name in named.values() {
        let bracketed = name.text().split_once(" (").map(|(before, _)| before);
        let grouped = name.text().split_once(", ").map(|(_, behind)| behind);
        for part in [bracketed, grouped].into_iter().flatten() {
            let of_one = short.entry(Label::new(part).key().into());
            of_one
                .and_modify(|of_one| *of_one = None)
                .or_insert(Some(name));
        }
    }
    let short = short.into_iter();
    let short: Vec<_> = short
        .filter_map(|(key, name)| Some((key, name?.clone())))
        .collect();
    let mut services = named;
    for (key, name) in short {
        services.entry(key).or_insert(name);
    }
    services
}

/// Puts a service before the criterion where prose rates one of the services that a table crosses with criteria, and takes its
/// whole for what is rated where the service alone is named.
fn name_by_services(reading: &Reading<'_>, sheet: &mut Sheet) {
    let services = services(sheet);
    if services.is_empty() {
        return;
    }
    for rated in sheet.ratings.iter_mut().filter(|rated| !rated.composed) {
        let front = || front_name(reading, rated).map(|name| reading.label(name.span()));
        let body = match &rated.body {
            Some(body) => services.get(body.key()),
            None => front().and_then(|name| services.get(name.key())),
        };
        // "Surgery at Elm Infirmary was rated fair, and maternity good"
        let body = body.filter(|_| !services.contains_key(rated.criterion.key()));
        let (service, part) = match body {
            Some(service) => (service, rated.criterion.clone()),
            None => match services.get(rated.criterion.key()) {
                Some(service) => (service, Label::new(OVERALL)),
                None => continue,
            },
        };
        rated.criterion = Label::new(&format!("{service}: {part}"));
        rated.body = Some(service.clone());
        rated.composed = true;
    }
}

/// Takes the row of a table for the criterion where prose rates the body that the row names: "Elm Water has improved to three stars".
fn name_by_rows(sheet: &mut Sheet) {
    let rows: FxHashMap<Box<str>, Label> = sheet
        .ratings
        .iter()
        .filter(|rated| rated.form == "table")
        .map(|rated| (rated.criterion.key().into(), rated.criterion.clone()))
        .collect();
    let mut in_sentence: FxHashMap<usize, Label> = FxHashMap::default();
    for rated in sheet.ratings.iter_mut().filter(|rated| !rated.composed) {
        let row = rated.body.as_ref().and_then(|body| rows.get(body.key()));
        if let Some(row) = row.filter(|_| is_overall(&rated.criterion)) {
            rated.criterion = row.clone();
            rated.body = None;
            in_sentence.insert(rated.place.sentence, row.clone());
        }
    }
    for moved in &mut sheet.changes {
        if let Some(row) = in_sentence
            .get(&moved.place.sentence)
            .filter(|_| is_overall(&moved.criterion))
        {
            moved.criterion = row.clone();
        }
    }
}

/// Whether all the bodies that are named with ratings are one.
fn is_on_one(reading: &Reading<'_>, sheet: &Sheet) -> bool {
    let own = || {
        let apart = |rated: &&Rated| !sheet.apart.contains(&rated.span.start);
        sheet.ratings.iter().filter(apart)
    };
    let mut named = own()
        .filter(|rated| rated.round == Round::Current)
        .filter_map(|rated| rated.body.as_ref());
    let Some(first) = named.next() else {
        return true;
    };
    !own().any(|rated| rated.composed) && named.all(|body| same_body(reading, first, body))
}

/// Sets a body apart that a sentence names and no title, where the text gives the body that it leaves unnamed another grade: it is
/// not sure that both are one.
fn set_strangers_apart(reading: &Reading<'_>, sheet: &mut Sheet) {
    let title = title(reading);
    let mut unnamed: Vec<(Round, String)> = Vec::new();
    for rated in &sheet.ratings {
        if rated.body.is_none() && is_overall(&rated.criterion) {
            let given = (rated.round, rated.grade.clone());
            // Few differ, however many there are.
            if !unnamed.contains(&given) {
                unnamed.push(given);
            }
        }
    }
    let several = {
        let mut named = sheet.ratings.iter().filter_map(|rated| rated.body.as_ref());
        let first = named.next();
        first.is_none_or(|first| named.any(|body| !same_body(reading, first, body)))
    };
    if several || unnamed.is_empty() {
        return;
    }
    for rated in &mut sheet.ratings {
        let Some(body) = rated.body.clone().filter(|_| !rated.composed) else {
            continue;
        };
        let stranger = !title.is_some_and(|title| is_named(reading, title, &body));
        let other =
            |(round, grade): &(Round, String)| *round == rated.round && *grade != rated.grade;
        let differs = is_overall(&rated.criterion) && unnamed.iter().any(other);
        if stranger && differs && rated.form == "prose" {
            rated.criterion = body;
            rated.composed = true;
            sheet.apart.insert(rated.span.start);
        }
    }
}

/// Whether words beside a body's name set it apart from the body that the document is on: "its neighbour Elm House", "Elm House, a
/// sister home,".
pub(super) fn is_other(name: Input<'_>) -> bool {
    /// Tokens before and behind the name that are looked through.
    const NEAR: usize = 5;
    let tokens = &name.lexed().tokens;
    let other = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| token.classes.has(Class::OtherBody))
    };
    let part = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| token.kind == TokenKind::Word && !token.capital)
    };
    let comma = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| token.kind == TokenKind::Symbol(','))
    };
    let (start, end) = (name.position(), name.position() + name.len());
    let named = name
        .first()
        .is_some_and(|token| token.classes.has(Class::OtherBody));
    let before = start - usize::from(start > 0 && comma(start - 1));
    let before = (before.saturating_sub(NEAR)..before)
        .rev()
        .take_while(|&at| part(at) || other(at))
        .any(other);
    let behind = comma(end) && (end + 1..=end + NEAR).take_while(|&at| part(at)).any(other);
    named || before || behind
}

/// Takes a body beside the document's own for what is rated, so that its grade is none of the document's.
pub(super) fn set_apart(reading: &Reading<'_>, name: Input<'_>, rated: &mut Rated) {
    let other = name
        .first()
        .is_some_and(|token| token.classes.has(Class::OtherBody));
    let body = reading.label(name.skip(usize::from(other && name.len() > 1)).span());
    rated.criterion = if is_overall(&rated.criterion) {
        body.clone()
    } else {
        Label::new(&format!("{body}: {}", rated.criterion))
    };
    rated.body = Some(body);
    rated.composed = true;
}

fn is_overall(label: &Label) -> bool {
    *label == Label::new(OVERALL)
}

/// The bodies of a document, found by the words of their names.
#[derive(Default)]
struct Bodies {
    names: Vec<Label>,
    by_stem: FxHashMap<Box<str>, Vec<usize>>,
}

impl Bodies {
    /// Those that got a rating in this round, and that of the title where it is another.
    fn of(reading: &Reading<'_>, ratings: &[Rated]) -> Self {
        let named = ratings
            .iter()
            .filter(|rated| !rated.composed && rated.round == Round::Current)
            .filter_map(|rated| rated.body.clone());
        let mut bodies = Self::default();
        for body in named.chain(title_body(reading)) {
            bodies.add(reading, body);
        }
        bodies
    }

    /// Adds a name, or keeps the longer of two names of one body.
    fn add(&mut self, reading: &Reading<'_>, body: Label) {
        if let Some(known) = self
            .find(reading, &body)
            .and_then(|at| self.names.get_mut(at))
        {
            if known.text().len() < body.text().len() {
                *known = body;
            }
            return;
        }
        for stem in own_words(reading, &body).key().split(' ') {
            self.by_stem
                .entry(stem.into())
                .or_default()
                .push(self.names.len());
        }
        self.names.push(body);
    }

    /// Where the body that `name` is one of stands among the names.
    fn find(&self, reading: &Reading<'_>, name: &Label) -> Option<usize> {
        /// Names with a common word that are looked through.
        const MOST: usize = 64;
        let own = own_words(reading, name);
        let near = own
            .key()
            .split(' ')
            .filter_map(|stem| self.by_stem.get(stem))
            .flatten()
            .take(MOST);
        near.copied().find(|&at| {
            self.names
                .get(at)
                .is_some_and(|known| same_body(reading, known, name))
        })
    }

    /// The name that a body goes by.
    fn name(&self, reading: &Reading<'_>, body: Label) -> Label {
        let known = self.find(reading, &body).and_then(|at| self.names.get(at));
        known.cloned().unwrap_or(body)
    }
}

/// The body that the title names by a proper name with a common noun in it: "Elm Vale Hospitals: report published".
fn title_body(reading: &Reading<'_>) -> Option<Label> {
    let title = reading
        .document
        .blocks
        .iter()
        .position(|block| matches!(block.kind, BlockKind::Heading { .. }))?;
    let input = reading.input(reading.sentences_of(title).first()?);
    let shouted = input.text().chars().all(|c| !c.is_lowercase());
    let end = input
        .tokens()
        .iter()
        .position(|token| !token.capital && !token.classes.has(Class::Conjunction))
        .unwrap_or(input.len());
    let name = input.until(input.position() + end);
    let verdict = name
        .tokens()
        .iter()
        .any(|token| token.classes.has(Class::RatingVerb) || token.classes.has(Class::Grade));
    let body = name
        .tokens()
        .iter()
        .any(|token| token.classes.has(Class::BodyNoun));
    (!shouted && !verdict && body && end > 1).then(|| reading.label(name.span()))
}

/// The title: what the front matter calls so, else the first heading.
pub(super) fn title<'r>(reading: &'r Reading<'_>) -> Option<&'r str> {
    /// Lines of front matter that are looked through.
    const FRONT: usize = 8;
    let blocks = || reading.document.blocks.iter();
    let stated = blocks().take(FRONT).find_map(|block| {
        let text = reading.document.text_of(block.span);
        text.strip_prefix("title:")
    });
    let heading = || blocks().find(|block| matches!(block.kind, BlockKind::Heading { .. }));
    stated.or_else(|| heading().map(|block| reading.document.text_of(block.span)))
}

/// Whether a title names a body, so that the document is on it and others stand beside.
fn is_named(reading: &Reading<'_>, title: &str, body: &Label) -> bool {
    let title = Label::new(title);
    let own = own_words(reading, body);
    !own.is_empty() && own.similarity(&title) >= 1.0 && own.key().len() <= title.key().len()
}

/// Whether the title says with a common noun which kind of body the document is on.
fn titles_body(reading: &Reading<'_>) -> bool {
    let lexicon = &reading.vocabulary.lexicon;
    let title = title(reading).map(Label::new);
    let mut words = title.iter().flat_map(|title| title.text().split(' '));
    words.any(|word| {
        let mut meanings = lexicon.meanings_of(word);
        meanings.any(|meaning| meaning.class == Class::BodyNoun)
    })
}

/// Whether the title names a body.
fn is_titled(reading: &Reading<'_>, body: &Label) -> bool {
    title(reading).is_some_and(|title| is_named(reading, title, body))
}

/// Names the body of every rating: its own, else the one named before it in its section, else the one that the heading names.
fn compose(reading: &Reading<'_>, bodies: &Bodies, sheet: &mut Sheet) {
    let mut order: Vec<usize> = (0..sheet.ratings.len()).collect();
    order.sort_by_key(|&at| sheet.ratings.get(at).map(|rated| rated.span));
    let mut last: Option<Carried> = None;
    let title = title(reading);
    for at in order {
        let Some(rated) = sheet.ratings.get_mut(at) else {
            continue;
        };
        if rated.composed {
            continue;
        }
        let block = rated.place.block;
        let section = section(reading, block);
        let own = rated.body.take().map(|body| bodies.name(reading, body));
        let generic = rated.generic.as_deref();
        let named = |body: Label, item: Option<usize>| Carried {
            body,
            section,
            item,
            from_before: false,
        };
        let before = || {
            let carried = last.as_ref().filter(|last| last.reaches(section, block))?;
            fits(reading, &carried.body, generic).then(|| carried.clone())
        };
        let item = Some(block).filter(|&at| is_item(reading, at));
        let Some(carried) = own
            .map(|body| named(body, item))
            .or_else(before)
            .or_else(|| Some(named(headed(reading, bodies, section)?, None)))
            .or_else(|| Some(named(Label::new(generic?), None)))
        else {
            continue;
        };
        let body = carried.body.clone();
        let inferred = carried.from_before;
        last = Some(Carried {
            from_before: true,
            ..carried
        });
        if title.is_some_and(|title| is_named(reading, title, &body)) {
            continue;
        }
        rated.sure &= !inferred;
        rated.criterion = if is_overall(&rated.criterion) {
            body.clone()
        } else {
            Label::new(&format!("{body}: {}", rated.criterion))
        };
        rated.body = Some(body);
    }
}

/// A body that was named, and what follows it.
#[derive(Clone, Debug)]
struct Carried {
    body: Label,
    section: Option<usize>,
    /// The item of a list in which it was named; the next item has one of its own, or the whole list has none.
    item: Option<usize>,
    /// Whether another rating named it.
    from_before: bool,
}

impl Carried {
    fn reaches(&self, section: Option<usize>, block: usize) -> bool {
        self.section == section && self.item.is_none_or(|item| item == block)
    }
}

fn is_item(reading: &Reading<'_>, block: usize) -> bool {
    let kind = reading.block(block).map(|block| &block.kind);
    matches!(kind, Some(BlockKind::ListItem(_)))
}

/// Whether a common noun for bodies that are inspected, as the lexicon names it, stands for any of them.
pub(super) fn is_any(noun: &str) -> bool {
    [
        "service",
        "provider",
        "organisation",
        "body",
        "area",
        "business",
        "region",
        "centre",
    ]
    .contains(&noun)
}

/// Whether a common noun may point back to a body: "the practice" to "Elm Surgery", but "the trust" not to "Elm Infirmary".
fn fits(reading: &Reading<'_>, body: &Label, generic: Option<&str>) -> bool {
    let Some(generic) = generic.filter(|noun| !is_any(noun)) else {
        return true;
    };
    let lexicon = &reading.vocabulary.lexicon;
    let mut nouns = body
        .text()
        .split(' ')
        .flat_map(|word| lexicon.meanings_of(word))
        .filter(|meaning| meaning.class == Class::BodyNoun)
        .peekable();
    nouns.peek().is_none() || nouns.any(|meaning| &*meaning.canonical == generic)
}

fn section(reading: &Reading<'_>, block: usize) -> Option<usize> {
    reading.block(block).and_then(|found| match found.kind {
        BlockKind::Heading { .. } => Some(block),
        _ => found.section,
    })
}

fn headed(reading: &Reading<'_>, bodies: &Bodies, section: Option<usize>) -> Option<Label> {
    let heading = reading.block(section?)?;
    let label = reading.label(heading.span);
    let body = bodies.names.get(bodies.find(reading, &label)?)?;
    (body.similarity(&label) >= 1.0).then(|| body.clone())
}

/// The proper name that a paragraph opens with as its label: "Elm House, Quay Street. Rated good in May."
fn front_label(reading: &Reading<'_>, rated: &Rated) -> Option<Label> {
    let name = front_name(reading, rated)?;
    is_proper(name, true).then(|| reading.label(name.span()))
}

/// The proper name that an item of a list opens with as its label, where another item has one too: "Elm House (38 beds): rated good in
/// May. Leadership is poor."
fn item_label(reading: &Reading<'_>, rated: &Rated) -> Option<Label> {
    let block = rated.place.block;
    let name = labelled_item(reading, block).filter(|_| rated.form != "table")?;
    let beside = [block.checked_sub(1), Some(block + 1)];
    let several = beside
        .into_iter()
        .flatten()
        .any(|other| labelled_item(reading, other).is_some());
    (several && name.span().end <= rated.span.start).then(|| reading.label(name.span()))
}

/// The name of a body before the colon of an item, without its place and what stands in brackets.
fn labelled_item<'a>(reading: &'a Reading<'_>, block: usize) -> Option<Input<'a>> {
    /// Longest label, in tokens.
    const LONGEST: usize = 16;
    if !is_item(reading, block) {
        return None;
    }
    let input = reading.input(reading.sentences_of(block).first()?);
    let is = |at: &usize, marks: &[char]| {
        let token = input.tokens().get(*at);
        token.is_some_and(
            |token| matches!(token.kind, TokenKind::Symbol(mark) if marks.contains(&mark)),
        )
    };
    // "Urgent care service – The overall rating has changed"
    let dash = |at: &usize| {
        let apart = input.tokens().get(*at).is_some_and(|token| !token.glued);
        apart && is(at, &['-', '–', '—'])
    };
    let mark = (0..input.len().min(LONGEST)).find(|at| is(at, &[':']) || dash(at))?;
    let end = (0..=mark).find(|at| is(at, &[',', '(', ':']) || dash(at))?;
    let name = input.until(input.position() + end);
    let label = reading.label(name.span());
    let last = name.tokens().last();
    let noted = name
        .first()
        .is_some_and(|first| first.classes.has(Class::Determiner));
    let service = last.is_some_and(|last| last.classes.has(Class::BodyNoun)) && !noted;
    let named = is_proper(name, true) || service;
    let criterion = reading.vocabulary.is_criterion(&label) && !service;
    (name.len() > 1 && named && !criterion).then_some(name)
}

/// The proper name in the words over a list: "At Elm Infirmary:".
fn lead_label(reading: &Reading<'_>, rated: &Rated) -> Option<Label> {
    /// Items of a list over which its lead is looked for.
    const REACH: usize = 40;
    /// Longest lead, in tokens.
    const LONGEST: usize = 10;
    let item = |at: &usize| {
        let kind = reading.block(*at).map(|block| &block.kind);
        matches!(kind, Some(BlockKind::ListItem(_)))
    };
    let block = rated.place.block;
    if !item(&block) || rated.form == "table" {
        return None;
    }
    let lead = (block.saturating_sub(REACH)..block)
        .rev()
        .find(|at| !item(at))?;
    let [sentence] = reading.sentences_of(lead) else {
        return None;
    };
    let input = reading.input(sentence);
    let linked = input
        .first()
        .is_some_and(|token| token.classes.has(Class::Preposition));
    let name = input.skip(usize::from(linked));
    let colon = name
        .tokens()
        .last()
        .is_some_and(|last| last.kind == TokenKind::Symbol(':'));
    let name = name.until(name.position() + name.len().checked_sub(1)?);
    let body = name
        .tokens()
        .iter()
        .any(|token| token.classes.has(Class::BodyNoun) || token.classes.has(Class::BodyWord));
    (colon && body && name.len() <= LONGEST && is_proper(name, true))
        .then(|| reading.label(name.span()))
}

/// What a paragraph opens with before it says anything: "Maternity, Elm Infirmary. Rated good in May."
fn front_name<'a>(reading: &'a Reading<'_>, rated: &Rated) -> Option<Input<'a>> {
    let sentences = reading.sentences_of(rated.place.block);
    let first = sentences
        .first()
        .filter(|first| first.place.sentence < rated.place.sentence)?;
    if rated.place.cell.is_some() {
        return None;
    }
    let input = reading.input(first);
    let comma = input
        .tokens()
        .iter()
        .position(|token| matches!(token.kind, TokenKind::Symbol(',' | '.' | ':')))?;
    let name = input.until(input.position() + comma);
    let spoken = input.tokens().iter().any(|token| {
        token.classes.has(Class::Auxiliary) || token.classes.has(Class::Verb) && !token.capital
    });
    (!spoken && input.len() <= 12).then_some(name)
}
