//! Ratings in lists and lines: a grade over a list of criteria, a list after a grade, lines that are a name and its grade.

use super::{Rated, Sheet, cells, criterion, histories, label, moves, wrapped};
use crate::{
    document::BlockKind,
    facts::{Place, reading::Reading},
    grammar::{
        Class, Classes, Input, Token, TokenKind,
        enumeration::enumeration,
        rating::{self, About, Entry, GradeWord, Round},
    },
    span::Span,
    value::Label,
};

/// Reads label lists and lines; marks the blocks that were read.
pub(super) fn read(reading: &Reading<'_>, sheet: &mut Sheet, read: &mut [bool]) {
    groups(reading, sheet, read);
    wrapped::read(reading, sheet, read);
    cells::read(reading, sheet, read);
    labels(reading, sheet, read);
    led(reading, sheet, read);
    questions(reading, sheet, read);
    cells::under_questions(reading, sheet, read);
    cells::under_regulations(reading, sheet, read);
    histories::read(reading, sheet, read);
    moves::read(reading, sheet, read);
    under_headings(reading, sheet, read);
    let mut block = 0;
    while block < reading.document.blocks.len() {
        let taken = if read.get(block) == Some(&false) {
            rows(reading, block, sheet)
        } else {
            0
        };
        for at in block..block + taken {
            mark(read, at);
        }
        block += taken.max(1);
    }
    histories::read_bodies(reading, sheet, read);
}

pub(super) fn mark(read: &mut [bool], block: usize) {
    if let Some(done) = read.get_mut(block) {
        *done = true;
    }
}

/// Reads grades that stand over paragraphs which name those that have them, one group right after the other.
///
/// `groups = 2*( grade-line paragraph )`, each paragraph an enumeration of names in capitals, one at least of several: "Good", "Durham,
/// North Wales and Kent".
fn groups(reading: &Reading<'_>, sheet: &mut Sheet, read: &mut [bool]) {
    let mut block = 0;
    while block < reading.document.blocks.len() {
        let mut found: Vec<Labelled<'_>> = Vec::new();
        let mut next = block;
        while let Some(group) = group(reading, next) {
            next = group.items.last().map_or(next, |(last, _)| *last) + 1;
            found.push(group);
        }
        let lists = found.iter().any(|group| group.items.len() > 1);
        let alone = matches!(found.as_slice(), [one] if names_bodies(reading, one));
        if found.len() > 1 && lists || alone {
            push_all(reading, found, sheet, read);
        }
        block = next.max(block + 1);
    }
}

/// A line that is a grade, and the names in the paragraph under it.
fn group<'r>(reading: &'r Reading<'_>, block: usize) -> Option<Labelled<'r>> {
    let [line] = reading.sentences_of(block) else {
        return None;
    };
    let table = matches!(reading.block(block)?.kind, BlockKind::Table(_));
    let grade = rating::bare(reading.input(line))
        .filter(|grade| !table && grade.capital && !grade.bare_number)?;
    let items = names_under(reading, block);
    (!items.is_empty()).then_some(Labelled {
        block,
        grade,
        items,
    })
}

/// A grade that is a block of its own, or the front of one, and the criteria under it.
struct Labelled<'r> {
    block: usize,
    grade: GradeWord,
    items: Vec<(usize, Input<'r>)>,
}

/// Reads grades that stand over or before what has them. One alone is a heading ("Outstanding work"); two make a list of ratings.
fn labels(reading: &Reading<'_>, sheet: &mut Sheet, read: &mut [bool]) {
    let found: Vec<Labelled<'_>> = (0..reading.document.blocks.len())
        .filter(|&block| read.get(block) == Some(&false))
        .flat_map(|block| labelled(reading, block))
        .collect();
    let several = found
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if a.grade.name != b.grade.name));
    // "Exceeding NQS" over names can be nothing else.
    let alone = matches!(found.as_slice(), [one] if names_bodies(reading, one));
    if several || alone {
        push_all(reading, found, sheet, read);
    }
}

/// Whether a grade of several words stands over names of bodies and nothing else.
fn names_bodies(reading: &Reading<'_>, labelled: &Labelled<'_>) -> bool {
    /// Names that make a list.
    const FEWEST: usize = 3;
    let words = reading.document.text_of(labelled.grade.span);
    let body = |item: &Input<'_>| {
        let named = |token: &Token| {
            token.classes.has(Class::BodyWord) || token.classes.has(Class::BodyNoun)
        };
        item.tokens().iter().any(named)
    };
    let proper = |(_, item): &(usize, Input<'_>)| rating::is_proper(*item, true);
    let bodies = labelled.items.iter().filter(|(_, item)| body(item)).count();
    words.contains(' ')
        && labelled.items.len() >= FEWEST
        && labelled.items.iter().all(proper)
        && 2 * bodies >= labelled.items.len()
}

fn push_all(reading: &Reading<'_>, found: Vec<Labelled<'_>>, sheet: &mut Sheet, read: &mut [bool]) {
    for labelled in found {
        mark(read, labelled.block);
        for (block, item) in labelled.items {
            mark(read, block);
            sheet.ratings.push(Rated::new(
                label(reading, item),
                labelled.grade.name.clone(),
                "list",
                span_of(&labelled.grade, item),
                reading
                    .sentences_of(block)
                    .first()
                    .map(|sentence| sentence.place)
                    .unwrap_or_default(),
            ));
        }
    }
}

fn span_of(grade: &GradeWord, item: Input<'_>) -> Span {
    /// Bytes over which a name and its grade still stand together.
    const NEAR: usize = 100;
    let joined = grade.span.join(item.span());
    if joined.len() <= item.span().len() + grade.span.len() + NEAR {
        joined
    } else {
        grade.span
    }
}

/// The grades that label a block: one over a list, or one at the front of each line.
fn labelled<'r>(reading: &'r Reading<'_>, block: usize) -> Vec<Labelled<'r>> {
    let sentences = reading.sentences_of(block);
    let graded = sentences
        .iter()
        .any(|sentence| sentence.classes.has(Class::Grade));
    let table = reading
        .block(block)
        .is_none_or(|block| matches!(block.kind, BlockKind::Table(_)));
    if !graded || table {
        return Vec::new();
    }
    let of_lines = || -> Option<Vec<Labelled<'r>>> {
        block_lines(reading, block)
            .map(|(_, line)| of_line(reading, block, line))
            .collect()
    };
    let over = over_list(reading, block).map(|one| vec![one]);
    over.or_else(of_lines).unwrap_or_default()
}

fn over_list<'r>(reading: &'r Reading<'_>, block: usize) -> Option<Labelled<'r>> {
    let sentences = reading.sentences_of(block);
    let input = reading.input(sentences.first()?);
    if let [_] = sentences
        && let Some(grade) = rating::bare(input).filter(|grade| grade.capital && !grade.bare_number)
    {
        let items = items_under(reading, block);
        return (!items.is_empty()).then_some(Labelled {
            block,
            grade,
            items,
        });
    }
    None
}

/// The names that fill the paragraphs right under a block, one or several in each: "Durham, North Wales and Kent" under "Good".
fn names_under<'r>(reading: &'r Reading<'_>, block: usize) -> Vec<(usize, Input<'r>)> {
    let is_name = |text: &str| reading.vocabulary.is_criterion(&Label::new(text));
    let blocks: Vec<_> = (block + 1..)
        .map_while(|at| Some((at, only_names(reading, at)?)))
        .collect();
    // A line of several holds one name: "Elm Kindergarten and Pre School".
    let all: usize = blocks.iter().map(|(_, lines)| lines.len()).sum();
    let names = |(at, lines): (usize, Vec<Input<'r>>)| {
        let is_comma = |token: &Token| token.kind == TokenKind::Symbol(',');
        let comma = lines.iter().any(|line| line.tokens().iter().any(is_comma));
        let whole = reading
            .sentences_of(at)
            .first()
            .map(|sentence| reading.input(sentence));
        let names = match whole {
            Some(whole) if comma || all == 1 => enumeration(whole, is_name),
            _ => lines,
        };
        names.into_iter().map(move |name| (at, name))
    };
    blocks.into_iter().flat_map(names).collect()
}

/// The lines of a paragraph that is names in capitals and what joins them.
fn only_names<'r>(reading: &'r Reading<'_>, block: usize) -> Option<Vec<Input<'r>>> {
    const SMALL: Classes =
        Classes::of(&[Class::Conjunction, Class::Preposition, Class::Determiner]);
    let kind = &reading.block(block)?.kind;
    let [sentence] = reading.sentences_of(block) else {
        return None;
    };
    let input = reading.input(sentence);
    let named = |token: &Token| match token.kind {
        TokenKind::Word => token.capital || token.classes.meets(SMALL),
        TokenKind::Symbol(mark) => matches!(mark, ',' | '&' | '-' | '–' | '’' | '\'' | '.'),
        _ => false,
    };
    let paragraph = matches!(kind, BlockKind::Paragraph | BlockKind::Heading { .. });
    let names = paragraph && rating::bare(input).is_none() && input.tokens().iter().all(named);
    names.then(|| block_lines(reading, block).map(|(_, line)| line).collect())
}

fn of_line<'r>(reading: &'r Reading<'_>, block: usize, line: Input<'r>) -> Option<Labelled<'r>> {
    let is_name = |text: &str| reading.vocabulary.is_criterion(&Label::new(text));
    let unmarked = || {
        let (grade, list) = rating::unmarked_entry(line)?;
        let known = enumeration(list, is_name)
            .iter()
            .all(|item| is_name(item.text()));
        known.then_some((grade, list))
    };
    // "Reasonably good for safety", an item that opens with its grade.
    let opening = || {
        let (rest, grade) = rating::grade(line).ok()?;
        let list = rest.skip(usize::from(rest.starts_with("for")));
        let known = enumeration(list, is_name)
            .iter()
            .all(|item| is_name(item.text()));
        (list.len() < rest.len() && !list.is_empty() && known).then_some((grade, list))
    };
    let (grade, list) = rating::entry(line).or_else(unmarked).or_else(opening)?;
    let items: Vec<_> = split(list)
        .into_iter()
        .flat_map(|part| enumeration(part, is_name))
        .map(|item| (block, item))
        .collect();
    Some(Labelled {
        block,
        grade,
        items,
    })
}

/// The parts of a list between semicolons, which part names with commas in them.
fn split(list: Input<'_>) -> Vec<Input<'_>> {
    list.tokens()
        .split(|token| token.kind == TokenKind::Symbol(';'))
        .scan(0, |at, part| {
            let here = list.skip(*at);
            *at += part.len() + 1;
            Some(here.until(here.position() + part.len()))
        })
        .filter(|part| !part.is_empty())
        .collect()
}

/// Reads lists whose lead says which grade all items have: "The areas rated good are:", "Landlords given a C3 grade:".
fn led(reading: &Reading<'_>, sheet: &mut Sheet, read: &mut [bool]) {
    const SAYS: Classes = Classes::of(&[Class::RatingVerb, Class::GradeNoun]);
    for block in 0..reading.document.blocks.len() {
        let Some(last) = reading.sentences_of(block).last() else {
            continue;
        };
        let fresh = read.get(block) == Some(&false);
        let says = last.classes.has(Class::Grade) && last.classes.meets(SAYS);
        if !fresh || !says || last.place.cell.is_some() {
            continue;
        }
        let Some(grade) = lead_grade(reading.input(last)) else {
            continue;
        };
        let items = items_under(reading, block);
        if reading.sentences_of(block).len() == 1 && !items.is_empty() {
            mark(read, block);
        }
        for (item, name) in items {
            let name = without_aside(name);
            if name.is_empty() || read.get(item) != Some(&false) {
                continue;
            }
            let place = reading.sentences_of(item).first().map(|first| first.place);
            sheet.ratings.push(Rated::new(
                label(reading, name),
                grade.name.clone(),
                "list",
                name.span(),
                place.unwrap_or_default(),
            ));
        }
    }
}

/// The one grade of a lead that ends with a colon, where what comes before the colon is the grade, "grade", "are" or "for".
fn lead_grade(input: Input<'_>) -> Option<GradeWord> {
    const BLOCKED: &[&str] = &[
        "must", "should", "would", "could", "if", "how", "why", "because", "not", "no", "than",
        "from", "means", "mean",
    ];
    let (last, before) = input.tokens().split_last()?;
    let end = input.until(input.position() + before.len());
    let words = || end.starts();
    let blocked = words().any(|here| BLOCKED.iter().any(|word| here.starts_with(word)));
    let mut grades = words().filter_map(|here| Some((here, rating::grade(here).ok()?)));
    let (_, (rest, grade)) = grades.next()?;
    let alone = grades.all(|(here, _)| here.position() < rest.position());
    let ends = rating::ends(rest) || rest.lexeme(Class::GradeNoun).is_some();
    let closes = ends
        && rest.starts().all(|here| {
            [
                "are",
                "were",
                "is",
                "was",
                "for",
                "in",
                "these",
                "the",
                "following",
                "below",
                "areas",
                "now",
            ]
            .iter()
            .any(|word| here.starts_with(word))
                || here.lexeme(Class::GradeNoun).is_some()
                || here.lexeme(Class::CriterionNoun).is_some()
                || here.lexeme(Class::BodyNoun).is_some()
        });
    (last.kind == TokenKind::Symbol(':') && !blocked && alone && closes).then_some(grade)
}

/// A name without a bracket after it and without the stop of the list.
fn without_aside(name: Input<'_>) -> Input<'_> {
    let end = name
        .tokens()
        .iter()
        .position(|token| matches!(token.kind, TokenKind::Symbol('(' | ';' | '.')));
    crate::grammar::enumeration::trim(name.until(name.position() + end.unwrap_or(name.len())))
}

/// Reads blocks that are a question and its grade: "Is the service safe? Good".
fn questions(reading: &Reading<'_>, sheet: &mut Sheet, read: &mut [bool]) {
    for block in 0..reading.document.blocks.len() {
        let [asked, given] = reading.sentences_of(block) else {
            continue;
        };
        let name = reading.input(asked);
        let grade = rating::bare(reading.input(given)).filter(|grade| !grade.bare_number);
        if read.get(block) != Some(&false) || asked.place.cell.is_some() {
            continue;
        }
        if let Some(grade) = grade
            && rating::question(name).is_some()
        {
            mark(read, block);
            add_row(reading, asked.place, &Entry { name, grade }, "table", sheet);
        }
    }
}

/// The list items right under a block, or the short lines under a heading, where all of them read as names.
fn items_under<'r>(reading: &'r Reading<'_>, block: usize) -> Vec<(usize, Input<'r>)> {
    /// Longest name of a criterion, in tokens.
    const LONGEST: usize = 16;
    let heading = reading
        .block(block)
        .is_some_and(|block| matches!(block.kind, BlockKind::Heading { .. }));
    let is_item = |at: usize| {
        reading
            .block(at)
            .is_some_and(|block| matches!(block.kind, BlockKind::ListItem(_)))
    };
    let lines = heading && !is_item(block + 1);
    let is_line = |at: usize| {
        let closed = |at: usize| {
            let text = reading
                .block(at)
                .map(|block| reading.document.text_of(block.span));
            text.is_some_and(|text| text.ends_with(['.', ':', ';']))
        };
        reading
            .block(at)
            .is_some_and(|found| found.kind == BlockKind::Paragraph && found.section == Some(block))
            && !closed(at)
    };
    let under = (block + 1..reading.document.blocks.len())
        .take_while(|&at| if lines { is_line(at) } else { is_item(at) });
    let items: Vec<_> = under
        .filter_map(|at| Some((at, reading.input(reading.sentences_of(at).first()?))))
        .collect();
    let named = |(at, item): &(usize, Input<'_>)| {
        reading.sentences_of(*at).len() == 1
            && item.len() <= LONGEST
            && !item.tokens().iter().any(|token| {
                token.classes.has(Class::Auxiliary)
                    || token.classes.has(Class::Pronoun)
                        && !token.classes.has(Class::Determiner)
                        && !token.classes.has(Class::Conjunction)
            })
    };
    if items.iter().all(named) {
        items
    } else {
        Vec::new()
    }
}

/// Reads grades that stand alone right under a heading: the heading names what has them.
fn under_headings(reading: &Reading<'_>, sheet: &mut Sheet, read: &mut [bool]) {
    for block in 1..reading.document.blocks.len() {
        let plain = reading.block(block).is_some_and(|found| {
            matches!(found.kind, BlockKind::Paragraph | BlockKind::Heading { .. })
                && found.section == Some(block - 1)
        });
        let ([sentence], [heading]) =
            (reading.sentences_of(block), reading.sentences_of(block - 1))
        else {
            continue;
        };
        let grade = rating::bare(reading.input(sentence))
            .filter(|grade| grade.capital && !grade.bare_number);
        let Some(grade) = grade.filter(|_| plain && read.get(block) == Some(&false)) else {
            continue;
        };
        mark(read, block);
        let earlier = rating::bracketed_earlier(reading.input(sentence))
            .map(|earlier| (earlier, Round::Previous));
        for (grade, round) in [(grade, Round::Current)].into_iter().chain(earlier) {
            let name = label(reading, reading.input(heading));
            sheet.ratings.push(Rated {
                round,
                ..Rated::new(name, grade.name, "heading", grade.span, sentence.place)
            });
        }
    }
}

/// Reads paragraphs whose lines are names with their grades, a line of heads aside, and runs of short blocks that are.
fn rows(reading: &Reading<'_>, block: usize, sheet: &mut Sheet) -> usize {
    let found = entries(reading, block);
    let several = found.len() > 1;
    let next = |at: usize| Some(entries(reading, at)).filter(|entries| entries.len() == 1);
    let mut end = block + 1;
    let mut all = found;
    while !several
        && !all.is_empty()
        && let Some(more) = next(end)
    {
        all.extend(more);
        end += 1;
    }
    let heading = |(place, entry): &(Place, Entry<'_>)| {
        is_heading_row(reading, *place, entry, sheet) || rating::is_whole(entry.name)
    };
    if all.len() < 2 && !all.first().is_some_and(heading) {
        return 0;
    }
    let item = reading
        .block(block)
        .is_some_and(|block| matches!(block.kind, BlockKind::ListItem(_)));
    let form = match all.len() {
        1 => "heading",
        _ if item => "list",
        _ => "table",
    };
    for (place, entry) in all {
        add_row(reading, place, &entry, form, sheet);
    }
    end - block
}

/// Whether one row alone is a heading with its grade: its name is a criterion that the framework knows or the document rates.
fn is_heading_row(reading: &Reading<'_>, place: Place, entry: &Entry<'_>, sheet: &Sheet) -> bool {
    let heading = reading
        .block(place.block)
        .is_some_and(|block| matches!(block.kind, BlockKind::Heading { .. }));
    let name = label(reading, entry.name);
    heading
        && (reading.vocabulary.is_criterion(&name)
            || sheet.ratings.iter().any(|rated| rated.criterion == name))
}

/// The rows that a block is made of; none where a line of it is anything else but a head.
fn entries<'r>(reading: &'r Reading<'_>, block: usize) -> Vec<(Place, Entry<'r>)> {
    let kind = reading.block(block).map(|block| &block.kind);
    let item = matches!(kind, Some(BlockKind::ListItem(_)));
    let plain = item || matches!(kind, Some(BlockKind::Paragraph | BlockKind::Heading { .. }));
    if !plain || !may_grade(reading, block) {
        return Vec::new();
    }
    let mut heads = 0;
    let mut entries = Vec::new();
    for (place, line) in block_lines(reading, block) {
        match rating::row(line).filter(|entry| !item || is_direct(entry)) {
            Some(entry) => entries.push((place, entry)),
            None => heads += 1,
        }
        if heads > 1 {
            return Vec::new();
        }
    }
    if heads <= usize::from(entries.len() > 1) {
        entries
    } else {
        Vec::new()
    }
}

/// Whether a block holds anything that may be a grade.
fn may_grade(reading: &Reading<'_>, block: usize) -> bool {
    const GRADES: Classes = Classes::of(&[Class::Grade]).or(Classes::NUMERIC);
    reading.sentences_of(block).iter().any(|sentence| {
        let star = |token: &Token| matches!(token.kind, TokenKind::Symbol('★' | '⭐'));
        sentence.classes.meets(GRADES) || reading.input(sentence).tokens().iter().any(star)
    })
}

/// Whether nothing but a bracket stands between the name and the grade of an entry.
pub(super) fn is_direct(entry: &Entry<'_>) -> bool {
    let name = entry.name;
    let after = name.restart_len(name.len() + 1);
    let mark = after.tokens().last().map(|token| token.kind);
    !matches!(mark, Some(TokenKind::Symbol(mark)) if mark != '(')
}

/// The lines of a block, with the sentence that each starts in.
pub(super) fn block_lines<'r>(
    reading: &'r Reading<'_>,
    block: usize,
) -> impl Iterator<Item = (Place, Input<'r>)> {
    let sentences = reading.sentences_of(block);
    let from = sentences.first().map_or(0, |first| first.tokens.start);
    let to = sentences.last().map_or(0, |last| last.tokens.end);
    lines(Input::new(&reading.lexed, from..to))
        .into_iter()
        .filter_map(|line| {
            let at = sentences.partition_point(|sentence| sentence.tokens.end <= line.position());
            Some((sentences.get(at)?.place, line))
        })
}

pub(super) fn add_row(
    reading: &Reading<'_>,
    place: Place,
    entry: &Entry<'_>,
    form: &'static str,
    sheet: &mut Sheet,
) {
    let about = about(entry.name);
    let round = rating::named_round(entry.name).unwrap_or(Round::Current);
    let beside = Input::new(
        &reading.lexed,
        entry.name.position() + entry.name.len()..line_end(reading, place, entry),
    );
    add_earlier(reading, place, (entry.name, beside), form, sheet);
    sheet.ratings.push(Rated {
        round,
        ..Rated::new(
            criterion(reading, place.block, &about),
            entry.grade.name.clone(),
            form,
            span_of(&entry.grade, entry.name),
            place,
        )
    });
}

/// Adds the grade before, where it stands beside the grade of a name: "Good (2022: Poor)".
pub(super) fn add_earlier(
    reading: &Reading<'_>,
    place: Place,
    (name, beside): (Input<'_>, Input<'_>),
    form: &'static str,
    sheet: &mut Sheet,
) {
    let earlier = rating::bracketed_earlier(beside).map(|earlier| Rated {
        round: Round::Previous,
        ..Rated::new(
            criterion(reading, place.block, &about(name)),
            earlier.name,
            form,
            earlier.span,
            place,
        )
    });
    sheet.ratings.extend(earlier);
}

/// What a row of a name is on.
fn about(name: Input<'_>) -> About<'_> {
    if rating::named_round(name).is_some() || rating::is_whole(name) {
        About::Overall
    } else {
        About::Criterion(name)
    }
}

/// Where the line of an entry ends, in tokens.
fn line_end(reading: &Reading<'_>, place: Place, entry: &Entry<'_>) -> usize {
    let block = reading.sentences_of(place.block).last();
    let from = entry.name.position();
    let block_end = block.map_or(from, |last| last.tokens.end);
    let rest = Input::new(&reading.lexed, from..block_end);
    let mut tokens = rest.tokens().iter().skip(1);
    let next_line = tokens.position(|token| token.line_start);
    next_line.map_or(block_end, |after| from + 1 + after)
}

/// The lines of a sentence.
fn lines(input: Input<'_>) -> Vec<Input<'_>> {
    let mut starts: Vec<usize> = (0..input.len())
        .filter(|&at| at == 0 || input.skip(at).first().is_some_and(|token| token.line_start))
        .collect();
    starts.push(input.len());
    starts
        .windows(2)
        .filter_map(|pair| match pair {
            [from, to] => Some(input.skip(*from).until(input.position() + to)),
            _ => None,
        })
        .collect()
}
