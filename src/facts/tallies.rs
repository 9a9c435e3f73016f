//! Tallies: numbers that announce how many listed things follow or stand near, and how many really stand there.
//!
//! A number is a tally only when its list can be found: in the same sentence, in the block below, under its heading, as the
//! issues of the document, as the rows of a table or the criteria of a list of ratings. A later number for the same things
//! ("these five priorities", "all four") is one too. A number that no list follows says nothing here.

use rust_decimal::{Decimal, prelude::ToPrimitive};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Fact, Place, lists,
    reading::{Reading, Sentence},
    schema::{self, issue, rating, rating_claim, tally},
};
use crate::{
    document::{BlockKind, Table},
    grammar::{
        Class, Classes, Input, Token, TokenKind, marker, noun,
        number::quantity,
        rating::grade,
        reference,
        tally::{self as grammar, Counted, Opener},
    },
    span::Span,
    value::{Label, Number, Value},
};

/// Adds every tally; issues and ratings must have been found before.
pub(super) fn extract(reading: &Reading<'_>, facts: &mut Vec<Fact>) {
    let mut tallies = Tallies::new(reading, facts);
    tallies.claims(facts);
    let claimed: Vec<Span> = tallies.found.iter().map(|fact| fact.span).collect();
    let mut open = Vec::new();
    for (at, sentence) in reading.sentences.iter().enumerate() {
        if sentence.place.cell.is_some() {
            continue;
        }
        let counts = grammar::counts(reading.input(sentence));
        for (index, counted) in counts.iter().enumerate() {
            let at_most = claimed.partition_point(|claim| claim.start <= counted.span.start);
            let last = at_most.checked_sub(1).and_then(|last| claimed.get(last));
            if last.is_some_and(|claim| claim.overlaps(counted.span)) {
                continue;
            }
            let next = counts.get(index + 1).map(|next| next.span.start);
            match tallies.announced(sentence, counted, next, index + 1 == counts.len()) {
                Some(listed) => {
                    tallies.add(sentence, counted, listed);
                    if listed.summed {
                        break;
                    }
                }
                None => open.push((at, *counted)),
            }
        }
    }
    let recent = tallies.recent();
    for (at, counted) in open {
        if let Some(sentence) = reading.sentences.get(at)
            && let Some(listed) = tallies
                .pointed(sentence, &counted)
                .or_else(|| Tallies::again(sentence, &counted, &recent))
        {
            tallies.add(sentence, &counted, listed);
        }
    }
    facts.append(&mut tallies.found);
}

/// How many things stand where a tally says that they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Listed {
    count: Option<usize>,
    complete: bool,
    inline: bool,
    /// Whether things that the list counts were added up.
    summed: bool,
}

impl Listed {
    const fn all(count: usize) -> Self {
        Self {
            count: Some(count),
            complete: true,
            inline: false,
            summed: false,
        }
    }
}

/// The issues of one list, or of one series of labels.
#[derive(Clone, Debug)]
struct Group {
    noun: Label,
    series: Option<Label>,
    first_block: usize,
    size: usize,
    /// As `size`, with lettered parts counted as one: "R3a" and "R3b".
    whole: usize,
    /// The number of the last one, without the letter of a part; empty where it has none.
    last: String,
    /// Whether the lead says that these are not all: "key recommendations include".
    partial: bool,
}

/// What is known of a table.
#[derive(Clone, Debug)]
struct Rows {
    block: usize,
    /// Key of the last word of the first column's head.
    head: String,
    size: usize,
}

struct Tallies<'a, 'b> {
    reading: &'a Reading<'b>,
    lists: Vec<lists::List>,
    /// Index of the list whose lead a block is.
    by_lead: FxHashMap<usize, usize>,
    /// Size of the list whose first item a block is.
    by_item: FxHashMap<usize, usize>,
    groups: Vec<Group>,
    /// How many issues there are.
    issues: usize,
    /// Indices of groups by the noun and by its last word.
    by_noun: FxHashMap<String, Vec<usize>>,
    /// Index of the group of issues that starts in a block.
    by_first: FxHashMap<usize, usize>,
    /// Size of the table that a block is.
    by_table: FxHashMap<usize, usize>,
    /// Size of the first table whose first column has a head.
    by_head: FxHashMap<String, usize>,
    /// How many criteria the ratings of this inspection name, in lists and tables.
    rated: usize,
    /// How many of them have each grade; empty where a criterion has several.
    grades: FxHashMap<String, usize>,
    /// How many bodies the ratings of this inspection name, in lists and tables.
    bodies: usize,
    /// Indices of the sentences in which a word counts through a list.
    sequences: Vec<usize>,
    /// Blocks of the headings that a noun ends: "Shops of concern".
    by_heading: FxHashMap<String, Vec<usize>>,
    /// Sizes of announced lists, by the head of the noun.
    known: FxHashMap<String, usize>,
    /// Heads of the nouns of announced lists that were spoken of as known: "the eight areas".
    definite: FxHashSet<String>,
    /// How many criteria the ratings of a sentence name.
    rated_in: FxHashMap<usize, usize>,
    found: Vec<Fact>,
}

impl<'a, 'b> Tallies<'a, 'b> {
    fn new(reading: &'a Reading<'b>, facts: &[Fact]) -> Self {
        let lists = lists::lists(reading.document);
        let by_lead = lists
            .iter()
            .enumerate()
            .filter_map(|(at, list)| Some((list.lead?, at)))
            .collect();
        let (rated, grades) = rated(facts);
        let groups = groups(reading, facts, &lists);
        let mut by_noun: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let (mut by_first, mut by_table) = (FxHashMap::default(), FxHashMap::default());
        for (at, group) in groups.iter().enumerate() {
            let (noun, last) = (group.noun.key().to_owned(), last_key(&group.noun));
            if noun != last {
                by_noun.entry(noun).or_default().push(at);
            }
            by_noun.entry(last).or_default().push(at);
            by_first.entry(group.first_block).or_insert(at);
        }
        let mut by_head = FxHashMap::default();
        for table in tables(reading) {
            by_table.entry(table.block).or_insert(table.size);
            if table.size > 1 {
                by_head.entry(table.head).or_insert(table.size);
            }
        }
        Self {
            reading,
            by_item: lists
                .iter()
                .filter_map(|list| Some((*list.items.first()?, list.items.len())))
                .collect(),
            by_lead,
            issues: groups.iter().map(|group| group.size).sum(),
            groups,
            by_noun,
            by_first,
            by_table,
            by_head,
            lists,
            rated,
            grades,
            bodies: rated_bodies(facts),
            sequences: sequences(reading),
            by_heading: headings(reading),
            known: FxHashMap::default(),
            definite: FxHashSet::default(),
            rated_in: rated_in(facts),
            found: Vec::new(),
        }
    }

    fn add(&mut self, sentence: &Sentence, counted: &Counted, listed: Listed) {
        let head = self.head(counted);
        if counted.opener == Opener::Known && listed.complete {
            self.definite.insert(head.clone());
        }
        if let Some(count) = listed.count {
            for name in [head, self.last_word(counted)] {
                if !name.is_empty() {
                    self.known.entry(name).or_insert(count);
                }
            }
        }
        let noun = if counted.noun.is_empty() {
            let group = self.groups.first();
            let group = group.filter(|_| counted.opener == Opener::All);
            Value::from(group.map(|group| group.noun.clone()))
        } else {
            self.reading.label(counted.noun).into()
        };
        let place = Place {
            cell: None,
            ..sentence.place
        };
        let number = |count: usize| Number::exact(count.into());
        self.found.push(
            Fact::new(schema::TALLY, counted.span, place)
                .with(tally::Slot::count, number(counted.count as usize))
                .with(tally::Slot::noun, noun)
                .with(tally::Slot::listed, listed.count.map(number))
                .with(tally::Slot::complete, listed.complete)
                .with(tally::Slot::inline, listed.inline),
        );
    }

    /// Counts of grades, as far as the ratings are listed: "good in two areas".
    fn claims(&mut self, facts: &[Fact]) {
        for claim in facts
            .iter()
            .filter(|fact| fact.kind == schema::RATING_CLAIM)
        {
            let is =
                |slot: rating_claim::Slot, word: &str| claim.get(slot).as_words() == Some(word);
            let count = claim.get(rating_claim::Slot::count).as_number();
            let (Some(count), Some(grade)) = (
                count.and_then(|count| count.value().to_usize()),
                claim.get(rating_claim::Slot::value).as_words(),
            ) else {
                continue;
            };
            let current = is(rating_claim::Slot::quantifier, "count")
                && !is(rating_claim::Slot::when, "previous");
            let noun = match claim.get(rating_claim::Slot::noun) {
                Value::Label(noun) => Some(noun),
                _ => None,
            };
            let general = noun.is_none_or(|noun| self.is_rated_thing(noun));
            let states = self.states_number(claim);
            if !(current && general && states) || count > self.rated {
                continue;
            }
            let Some(listed) = self.with_grade(grade) else {
                continue;
            };
            let number = |count: usize| Number::exact(count.into());
            self.found.push(
                Fact::new(schema::TALLY, claim.span, claim.place)
                    .with(tally::Slot::count, number(count))
                    .with(tally::Slot::noun, noun.cloned())
                    .with(tally::Slot::listed, number(listed))
                    .with(tally::Slot::inline, false),
            );
        }
        self.found.sort_by_key(|fact| fact.span);
    }

    /// How many criteria have a grade; `None` where that cannot be told.
    fn with_grade(&self, grade: &str) -> Option<usize> {
        let known = self.grades.get(&grade.to_lowercase()).copied();
        (!self.grades.is_empty()).then(|| known.unwrap_or_default())
    }

    /// Whether a noun is one for what the ratings are of: a general one, or the head of a table.
    fn is_rated_thing(&self, noun: &Label) -> bool {
        let last = noun.text().rsplit(' ').next().unwrap_or_default();
        let general = self.reading.lexed.lexicon.meanings_of(last);
        general
            .into_iter()
            .any(|meaning| meaning.class == Class::TallyNoun)
            || self.by_head.contains_key(&last_key(noun))
    }

    /// Whether a claim holds its number, rather than only pointing to it; the number of "three stars" is none.
    fn states_number(&self, claim: &Fact) -> bool {
        let Some(sentence) = self.reading.sentences.get(claim.place.sentence) else {
            return false;
        };
        let input = self.reading.input(sentence);
        let tokens = |end| {
            input
                .tokens()
                .partition_point(|token| token.span.start < end)
        };
        let (from, to) = (tokens(claim.span.start), tokens(claim.span.end));
        (from..to).any(|at| {
            let here = input.skip(at);
            let number = here.first().is_some_and(|token| {
                token.kind == TokenKind::Number || token.classes.has(Class::NumberWord)
            });
            number && grade(here).is_err()
        })
    }

    /// The key of the last word of what is counted.
    fn last_word(&self, counted: &Counted) -> String {
        last_key(&Label::new(self.reading.document.text_of(counted.head)))
    }

    /// The key of the noun's last word.
    fn head(&self, counted: &Counted) -> String {
        Label::new(self.reading.document.text_of(counted.head))
            .key()
            .to_owned()
    }

    /// The list that a count announces: beside it, below it, or under its heading.
    fn announced(
        &self,
        sentence: &Sentence,
        counted: &Counted,
        next: Option<usize>,
        last: bool,
    ) -> Option<Listed> {
        if counted.noun.is_empty() {
            if counted.opener != Opener::All
                && let Some(listed) = inline(self.reading.input(sentence), counted, next)
            {
                return Some(listed);
            }
            let pointed = counted.opener == Opener::Back;
            let leads = lists::leads(self.reading.document, sentence.place.block);
            let ends = self.reading.sentences_of(sentence.place.block).last();
            let closes = ends.is_some_and(|last| last.place.sentence == sentence.place.sentence);
            let size = self.size_below(sentence.place.block, counted);
            return size
                .filter(|&size| pointed && leads && closes && size == counted.count as usize)
                .map(Listed::all);
        }
        if let Some(listed) = inline(self.reading.input(sentence), counted, next) {
            return Some(listed);
        }
        if counted.part {
            return None;
        }
        let input = self.reading.input(sentence);
        if let Some(listed) = equated(input, counted) {
            return Some(listed);
        }
        if counted.opener == Opener::Back
            && grammar::list_before(input, number_at(input, counted), counted.count)
        {
            return Some(Listed::all(counted.count as usize));
        }
        let document = self.reading.document;
        let block = sentence.place.block;
        if lists::is_heading(document, block) && !lists::leads(document, block) {
            return self.under_heading(sentence, counted);
        }
        self.below(sentence, counted, last)
            .or_else(|| self.named_table(sentence, counted))
            .or_else(|| self.labels_below(sentence, counted))
            .or_else(|| self.told_through(sentence, counted))
            .or_else(|| self.told_next(sentence, counted))
    }

    /// The rows of the table below a paragraph, where its first column is headed by what the paragraph counts; one line may stand
    /// between that leads in the table.
    fn named_table(&self, sentence: &Sentence, counted: &Counted) -> Option<Listed> {
        let block = sentence.place.block;
        let introduced = !self.by_table.contains_key(&(block + 1))
            && lists::leads(self.reading.document, block + 1)
            && self.reading.sentences_of(block + 1).len() == 1;
        let below = if introduced { block + 2 } else { block + 1 };
        let size = *self.by_table.get(&below)?;
        let named = self.by_head.get(&self.last_word(counted)) == Some(&size);
        let only = introduced || self.reading.sentences_of(block).len() == 1;
        let graded = || self.graded(self.reading.input(sentence), counted).is_some();
        let near = close(size, counted.count as usize);
        (named && only && near && !graded()).then_some(Listed::all(size))
    }

    /// Paragraphs right below a lead, each with a name and a mark at its start: "Complaints upheld – We uphold …".
    fn labels_below(&self, sentence: &Sentence, counted: &Counted) -> Option<Listed> {
        let block = sentence.place.block;
        let last = self.reading.sentences_of(block).last()?.place.sentence;
        let leads = lists::leads(self.reading.document, block) && last == sentence.place.sentence;
        if !leads || counted.count < 2 {
            return None;
        }
        let wanted = counted.count as usize;
        let labelled = (1..=wanted + 2)
            .take_while(|below| self.is_labelled(block + below))
            .count();
        let near = counted.general && labelled > 1 && labelled.abs_diff(wanted) == 1;
        (labelled == wanted || near).then_some(Listed::all(labelled))
    }

    /// Whether a paragraph starts with a few words and a colon or dash.
    fn is_labelled(&self, block: usize) -> bool {
        const LONGEST: usize = 10;
        let paragraph = self
            .reading
            .block(block)
            .is_some_and(|block| matches!(block.kind, BlockKind::Paragraph));
        let first = self.reading.sentences_of(block).first();
        let Some(first) = first.filter(|_| paragraph) else {
            return false;
        };
        let input = self.reading.input(first);
        let mark = input.tokens().iter().take(LONGEST).position(|token| {
            matches!(token.kind, TokenKind::Symbol(':'))
                || matches!(token.kind, TokenKind::Symbol('–' | '—' | '-')) && !token.glued
        });
        mark.is_some_and(|mark| mark > 0 && mark + 1 < input.len())
    }

    /// Things that the sentences after their number go through: "The first … In the second …".
    fn told_through(&self, sentence: &Sentence, counted: &Counted) -> Option<Listed> {
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
    fn told_next(&self, sentence: &Sentence, counted: &Counted) -> Option<Listed> {
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

    /// The tallies found so far with a list that fits, by where they stand: their counts and sentences.
    fn recent(&self) -> Vec<(usize, u32)> {
        let mut recent: Vec<(usize, u32)> = self
            .found
            .iter()
            .filter_map(|fact| {
                let number = |slot| fact.get(slot).as_number()?.value().to_u32();
                let count = number(tally::Slot::count)?;
                (number(tally::Slot::listed) == Some(count)).then_some((fact.place.sentence, count))
            })
            .collect();
        recent.sort_unstable();
        recent
    }

    /// "These four areas", right after four things of another name were counted.
    fn again(sentence: &Sentence, counted: &Counted, recent: &[(usize, u32)]) -> Option<Listed> {
        const NEAR: usize = 6;
        let at = sentence.place.sentence;
        let back = match counted.opener {
            Opener::Back => (counted.general || counted.noun.is_empty()) && !counted.part,
            Opener::All => counted.noun.is_empty(),
            _ => false,
        };
        let before = recent.partition_point(|&(sentence, _)| sentence < at);
        let &(last, count) = recent.get(before.checked_sub(1)?)?;
        (back && at - last <= NEAR && count == counted.count).then_some(Listed::all(count as usize))
    }

    /// A list, table or series of issues right below the paragraph.
    fn below(&self, sentence: &Sentence, counted: &Counted, last: bool) -> Option<Listed> {
        let block = sentence.place.block;
        let sentences = self.reading.sentences_of(block);
        let from_end = sentences.last()?.place.sentence - sentence.place.sentence;
        if from_end > MOST_AFTER {
            return None;
        }
        let input = lists::around(self.reading.input(sentence), counted.span);
        let leads = lists::leads(self.reading.document, block);
        let shown = from_end == 1
            && leads
            && sentences.last().is_some_and(|last| {
                lists::has(lists::opening(self.reading.input(last)), Class::Announcer)
            });
        // "Six expectations, which are listed below."
        let told = from_end == 0 && last && counted.general && {
            let after = self.reading.input(sentence).restart(counted.end);
            lists::has(after, Class::Announcer)
        };
        let ahead =
            counted.opener == Opener::Ahead || counted.issues.is_some() && last || shown || told;
        let colon = from_end == 0 && leads;
        if !(colon && last || ahead || counted.general && from_end <= 1 && last)
            || !colon && past(input, counted)
        {
            return None;
        }
        let size = self.size_below(block, counted)?;
        let fits = size == counted.count as usize;
        if !fits && self.counts_again(sentences, from_end, size) {
            return None;
        }
        let close = size.abs_diff(counted.count as usize) <= 2;
        let names = (counted.general || counted.opener == Opener::Ahead)
            && (colon || ahead || from_end == 1 && leads);
        // "The report has seven actions for us." right above those that are labelled.
        let heads = from_end == 0
            && last
            && counted.general
            && counted.count > 2
            && self.by_first.contains_key(&(block + 1));
        let announces = heads
            || colon
                && (lists::has(input, Class::Announcer) || lists::leads_right(input, counted.end));
        let mut after = sentences.iter().rev().take(from_end);
        let complete = !lists::has(input.restart(counted.end), Class::Including)
            && !after.any(|sentence| {
                lists::has(
                    lists::opening(self.reading.input(sentence)),
                    Class::Including,
                )
            });
        (fits || names || announces && close).then_some(Listed {
            count: Some(size),
            complete,
            inline: false,
            summed: false,
        })
    }

    /// Whether one of the last sentences of a block has a number of its own for the list below: "Six steps are left. Three
    /// are urgent:".
    fn counts_again(&self, sentences: &[Sentence], last: usize, size: usize) -> bool {
        let size = Decimal::from(size);
        let mut after = sentences.iter().rev().take(last);
        after.any(|sentence| {
            let input = lists::opening(self.reading.input(sentence));
            (0..input.len()).any(|at| {
                quantity(input.skip(at)).is_ok_and(|(_, found)| found.number.value() == size)
            })
        })
    }

    /// How many things the block below has: items, rows or labelled issues, these of the series that is counted.
    fn size_below(&self, block: usize, counted: &Counted) -> Option<usize> {
        if let Some(&list) = self.by_lead.get(&block) {
            return self.size_of(self.lists.get(list)?);
        }
        let group = self
            .by_first
            .get(&(block + 1))
            .and_then(|&at| self.groups.get(at));
        let Some(group) = group else {
            return self.by_table.get(&(block + 1)).copied();
        };
        // Several series follow one another; a count of one of them finds it by its name.
        let only = self.groups.len() == 1;
        (group.series.is_none() || counted.issues.is_none() || only).then_some(group.size)
    }

    /// How many items a list has, those included that run on in the line of another; none where some were left out.
    fn size_of(&self, list: &lists::List) -> Option<usize> {
        if lists::is_excerpt(self.reading.document, list) {
            return None;
        }
        let run_on = list.items.iter().map(|&item| {
            let kind = self.reading.block(item).map(|block| &block.kind);
            let number = match kind {
                Some(BlockKind::ListItem(kind)) => kind.number.parse().ok(),
                _ => None,
            };
            number.map_or(0, |number| {
                lists::run_on(self.reading, item, number) as usize
            })
        });
        Some(list.items.len() + run_on.sum::<usize>())
    }

    /// The items under a heading that counts them, right below it or after one paragraph; or its parts or paragraphs, where
    /// they are as many.
    fn under_heading(&self, sentence: &Sentence, counted: &Counted) -> Option<Listed> {
        const NEAR: usize = 2;
        let heading = sentence.place.block;
        let document = self.reading.document;
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
        let below = || {
            let after = document.blocks.iter().enumerate().skip(heading + 1);
            after.take_while(|(at, block)| {
                !matches!(block.kind, BlockKind::Heading { .. })
                    || document.headings(*at).contains(&heading)
            })
        };
        let count = |wanted: fn(&BlockKind) -> bool| {
            below()
                .filter(|(_, block)| block.section == Some(heading) && wanted(&block.kind))
                .count()
        };
        let parts = [
            count(|kind| matches!(kind, BlockKind::Heading { .. })),
            count(|kind| matches!(kind, BlockKind::Paragraph)),
            below()
                .filter(|(at, block)| {
                    matches!(block.kind, BlockKind::Paragraph) && self.has_run_in_head(*at)
                })
                .count(),
        ];
        // A list further down may be about one of the things, unless it has just as many items.
        let wanted = counted.count as usize;
        let fits = || below().any(|(at, _)| self.by_item.get(&at) == Some(&wanted));
        if wanted > 1 && (parts.contains(&wanted) || fits()) {
            return Some(Listed::all(wanted));
        }
        // Where every paragraph opens with a name, the names are what is counted.
        let [headings, paragraphs, named] = parts;
        let certain = headings == 0 && named == paragraphs && named > 1;
        (certain && named.abs_diff(wanted) <= 2).then_some(Listed::all(named))
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

    /// The list that a count points to from anywhere in the document.
    fn pointed(&self, sentence: &Sentence, counted: &Counted) -> Option<Listed> {
        let input = lists::around(self.reading.input(sentence), counted.span);
        if counted.part {
            return None;
        }
        if let Some(listed) = self.graded(input, counted) {
            return Some(listed);
        }
        if let Some(listed) = self.issues(counted).filter(|listed| {
            listed.count == Some(counted.count as usize) && !lists::has(input, Class::Previous)
        }) {
            return Some(listed);
        }
        let found = if past(input, counted) {
            self.subject_of_table(sentence, counted)
        } else if counted.noun.is_empty() {
            self.all_issues(input, counted)
        } else {
            self.issues(counted)
                .or_else(|| self.table_rows(input, counted))
                .or_else(|| self.rated_criteria(input, counted))
                .or_else(|| self.rated_next(sentence, counted))
                .or_else(|| self.rated_bodies(counted))
                .or_else(|| self.numbered_below(sentence, counted))
        };
        if found.is_some() {
            return found;
        }
        if !lists::has(clause_of(input, counted), Class::Previous)
            && let Some(listed) = self.under_name(counted)
        {
            return Some(listed);
        }
        let size = *self.known.get(&self.head(counted))?;
        let points = matches!(counted.opener, Opener::All | Opener::Back | Opener::Known);
        let later = counted.general && self.definite.contains(&self.head(counted));
        let fits = (points || later) && size == counted.count as usize;
        // "All four improvements" are those that were announced, though they were three.
        let issues = counted.issues.is_some()
            || counted.general && (size == self.issues || counted.opener == Opener::Known);
        let whole = issues && points_at_every(input, counted);
        (fits || whole && close(size, counted.count as usize)).then_some(Listed::all(size))
    }

    /// The things under a heading of their name, as many as counted: items, parts or named paragraphs.
    fn under_name(&self, counted: &Counted) -> Option<Listed> {
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

    /// Things of one grade: "two companies are rated four stars", "one is rated good".
    fn graded(&self, input: Input<'_>, counted: &Counted) -> Option<Listed> {
        const REACH: usize = 4;
        let rest = input.restart(counted.end);
        let verb = (0..=REACH).find_map(|words| rest.skip(words).lexeme(Class::RatingVerb));
        // "Two were good" says less than "two were rated good"; it must fit.
        let (sure, after) = match verb {
            Some((after, _)) => (true, after),
            None => (false, rest.skip(1)),
        };
        let (_, grade) = (0..=1).find_map(|words| grade(after.skip(words)).ok())?;
        if !sure {
            let plain = counted.noun.is_empty() && lists::has(input, Class::TallyNoun);
            let fits = self.with_grade(&grade.name) == Some(counted.count as usize);
            if !plain || !fits {
                return None;
            }
        }
        let noun = Label::new(self.reading.document.text_of(counted.noun));
        let named = counted.noun.is_empty() || self.is_rated_thing(&noun);
        let listed = self.with_grade(&grade.name)?;
        (named && counted.count as usize <= self.rated && self.rated > 1).then_some(Listed {
            count: Some(listed),
            complete: false,
            inline: false,
            summed: false,
        })
    }

    /// "All four": every issue, where that many are listed or the sentence accepts them.
    fn all_issues(&self, input: Input<'_>, counted: &Counted) -> Option<Listed> {
        let total = self.issues;
        let accepts = lists::has(input, Class::Accepted);
        (total > 0 && accepts)
            .then_some(Listed::all(total))
            .filter(|_| counted.count > 1)
    }

    /// Issues by their name and series. A number that differs from the list is only believed where one list has the name.
    fn issues(&self, counted: &Counted) -> Option<Listed> {
        let series = counted.issues?;
        let head = self.head(counted);
        let named: Vec<&Group> = self
            .by_noun
            .get(&head)
            .into_iter()
            .flatten()
            .take(MOST_GROUPS)
            .filter_map(|&at| self.groups.get(at))
            .collect();
        let wanted = counted.count as usize;
        if !series.is_empty() {
            let label = self.reading.label(series);
            let of_series: Vec<_> = named
                .iter()
                .filter(|group| group.series.as_ref() == Some(&label))
                .collect();
            if let [only] = of_series.as_slice() {
                return Some(Listed::all(only.size));
            }
        }
        let total: usize = named.iter().map(|group| group.size).sum();
        if wanted > 1
            && (named
                .iter()
                .any(|group| group.size == wanted || group.whole == wanted)
                || total == wanted && total > 0)
        {
            return Some(Listed::all(wanted));
        }
        if let Some(total) = self.numbered_through(counted).filter(|_| wanted > 1) {
            return Some(Listed::all(total));
        }
        match named.as_slice() {
            [only] if wanted > 1 => Some(Listed {
                count: Some(only.size),
                complete: !only.partial,
                inline: false,
                summed: false,
            }),
            // "One cause of concern" where one is stated.
            [only] if wanted == 1 && only.size == 1 && self.names_at_length(counted) => {
                Some(Listed::all(1))
            }
            // Lists may name what they hold otherwise, or not at all: only a number that fits is believed.
            [] if wanted > 1 && self.issues == wanted && series.is_empty() => {
                Some(Listed::all(wanted))
            }
            _ => None,
        }
    }

    /// Whether what is counted has a name of several words: "one cause of concern" announces it, "one order" need not.
    fn names_at_length(&self, counted: &Counted) -> bool {
        self.reading.document.text_of(counted.noun).contains(' ')
    }

    /// How many issues one numbering has that runs on through lists of several names: priority concerns 1 and 2, other
    /// concerns 3 to 5.
    fn numbered_through(&self, counted: &Counted) -> Option<usize> {
        let named = self.by_noun.get(&self.last_word(counted))?;
        let named = named.iter().take(MOST_GROUPS);
        let named: Vec<&Group> = named.filter_map(|&at| self.groups.get(at)).collect();
        let total: usize = named.iter().map(|group| group.size).sum();
        let through =
            named.last()?.last.parse() == Ok(total) && close(total, counted.count as usize);
        through.then_some(total)
    }

    /// As [`Self::numbered_through`], for lists that follow under the heading of the count and are named by its noun: "13
    /// concerns" over priority concerns 1 to 5 and key concerns 6 to 12.
    fn numbered_below(&self, sentence: &Sentence, counted: &Counted) -> Option<Listed> {
        let document = self.reading.document;
        let heading = document.blocks.get(sentence.place.block)?.section?;
        let total = self
            .numbered_through(counted)
            .filter(|_| counted.count > 2)?;
        let &first = self.by_noun.get(&self.last_word(counted))?.first()?;
        let first = self.groups.get(first)?.first_block;
        let below = sentence.place.block < first && document.headings(first).contains(&heading);
        below.then_some(Listed::all(total))
    }

    /// Rows of the table whose first column has the noun for its head.
    fn table_rows(&self, input: Input<'_>, counted: &Counted) -> Option<Listed> {
        let head = self.head(counted);
        let size = *self.by_head.get(&head)?;
        let fits = size == counted.count as usize && counted.count > 2;
        (fits || points_at_all(input, counted)).then_some(Listed::all(size))
    }

    /// Rows of a table that a sentence is about, whatever year it speaks of: "The five companies caused 318 spills in 2023."
    fn subject_of_table(&self, sentence: &Sentence, counted: &Counted) -> Option<Listed> {
        let input = self.reading.input(sentence);
        let opens = number_at(input, counted) == input.position() + 1;
        let bare = counted.opener == Opener::Known && counted.noun == counted.head;
        let says = says_of(input.restart(counted.end));
        let size = *self.by_head.get(&self.head(counted))?;
        let near = close(size, counted.count as usize) && counted.count > 2;
        let dated = lists::has(clause_of(input, counted), Class::Previous);
        (opens && bare && says && near && !dated).then_some(Listed::all(size))
    }

    /// Criteria of the ratings in lists and tables: "graded in nine areas".
    fn rated_criteria(&self, input: Input<'_>, counted: &Counted) -> Option<Listed> {
        let fits = self.rated == counted.count as usize && counted.count > 2;
        // "Three areas of the county" are other areas, unless they are as many.
        let judged = lists::has(input, Class::RatingVerb)
            && points_at_all(input, counted)
            && counted.noun == counted.head;
        let noun = lists::within(input, counted.noun);
        let rated = [Class::CriterionNoun, Class::GradeNoun]
            .into_iter()
            .any(|class| lists::has(noun, class));
        (rated && counted.issues.is_none() && self.rated > 1 && (fits || judged))
            .then_some(Listed::all(self.rated))
    }

    /// Criteria that the next sentence rates, as many as counted: "It was marked in two areas. Food was rated good and care fair."
    fn rated_next(&self, sentence: &Sentence, counted: &Counted) -> Option<Listed> {
        let wanted = counted.count as usize;
        let rated = self.rated_in.get(&(sentence.place.sentence + 1))?;
        let fits = counted.general && counted.issues.is_none() && *rated == wanted && wanted > 1;
        fits.then_some(Listed::all(wanted))
    }

    /// Bodies with a rating each in a list or table: "seven new judgements", "four restaurants". Only a number that fits is believed.
    fn rated_bodies(&self, counted: &Counted) -> Option<Listed> {
        const NOUNS: Classes = Classes::of(&[Class::BodyNoun, Class::TallyNoun, Class::GradeNoun]);
        let text = self.reading.document.text_of(counted.head);
        let last = text.rsplit(' ').next().unwrap_or_default();
        let mut meanings = self.reading.lexed.lexicon.meanings_of(last);
        let fits = counted.count > 2 && self.bodies == counted.count as usize;
        (fits && meanings.any(|meaning| NOUNS.has(meaning.class)))
            .then_some(Listed::all(self.bodies))
    }
}

/// Things that sentences go through one by one, at most.
const MOST_TOLD: u32 = 8;

/// Headings of one noun that are looked at, at most, and blocks under one for each thing counted.
const MOST_HEADINGS: usize = 3;
const MOST_BLOCKS: usize = 8;

/// Index in the lexed text of the token with which a count starts.
fn number_at(input: Input<'_>, counted: &Counted) -> usize {
    let before = input
        .tokens()
        .partition_point(|token| token.span.start < counted.span.start);
    input.position() + before
}

/// The sentences that have a word that counts through a list.
fn sequences(reading: &Reading<'_>) -> Vec<usize> {
    let all = reading.sentences.iter().enumerate();
    all.filter(|(_, sentence)| {
        sentence.classes.has(Class::Sequence) && sentence.place.cell.is_none()
    })
    .map(|(at, _)| at)
    .collect()
}

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

/// Whether something is said right away of what was counted: "[the five companies] caused", not "that reported".
fn says_of(rest: Input<'_>) -> bool {
    const LINKS: Classes = Classes::of(&[Class::Preposition, Class::Conjunction, Class::Pronoun]);
    rest.first()
        .is_some_and(|token| token.kind == TokenKind::Word)
        && !noun::is_a(rest, LINKS)
        && !["that", "which", "who"]
            .iter()
            .any(|word| rest.starts_with(word))
}

/// The headings by the last word of what they name: "Shops of concern" by "shops".
fn headings(reading: &Reading<'_>) -> FxHashMap<String, Vec<usize>> {
    let mut found: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (block, _) in reading.document.blocks.iter().enumerate() {
        if !lists::is_heading(reading.document, block) {
            continue;
        }
        let Some(first) = reading.sentences_of(block).first() else {
            continue;
        };
        let input = reading.input(first);
        let numbered = reference::code(input).map_or(input, |(rest, _)| rest);
        let name = noun::noun_phrase(numbered).ok();
        if let Some((_, name)) = name.filter(|(_, name)| name.plural) {
            let key = last_key(&Label::new(reading.document.text_of(name.core)));
            found.entry(key).or_default().push(block);
        }
    }
    found
}

/// Sentences that may stand between an announcement and its list.
const MOST_AFTER: usize = 4;

/// Groups of issues of one name that are looked at, at most; a bound that keeps the cost linear.
const MOST_GROUPS: usize = 100;

/// A list in the same sentence.
fn inline(input: Input<'_>, counted: &Counted, next: Option<usize>) -> Option<Listed> {
    let rest = input.restart(counted.end);
    let colon = rest
        .tokens()
        .iter()
        .take(COLON_REACH)
        .find(|token| token.kind == TokenKind::Symbol(':'));
    let before_next = colon.is_some_and(|colon| next.is_none_or(|next| colon.span.start < next));
    let rest = if colon.is_some() && !before_next {
        // The colon belongs to a later number; only what stands right beside this one may be its list.
        let end = colon.map_or(0, |colon| {
            rest.tokens()
                .partition_point(|token| token.span.start < colon.span.start)
        });
        rest.until(rest.position() + end)
    } else {
        rest
    };
    if let Some(items) = marked(input, counted) {
        let announced = counted.general || counted.opener == Opener::Ahead;
        let fits = items == counted.count;
        return (fits || before_next && announced).then(|| Listed {
            inline: true,
            ..Listed::all(items as usize)
        });
    }
    if beside_others(input, counted, rest) {
        return None;
    }
    let (items, set_off) = grammar::inline_list(rest, counted.count)?;
    let listed = items.listed(counted.count);
    let fits = listed == counted.count;
    // "One of three grades: good, fair or poor" lists the three.
    let colon = |token: &Token| token.kind == TokenKind::Symbol(':');
    let part = counted.part && !rest.first().is_some_and(colon);
    let names = (items.capital || items.short) && close(listed as usize, counted.count as usize);
    let certain = fits || set_off && items.plain && (counted.general || names);
    let complete = !lists::has(lists::opening(rest), Class::Including);
    (certain && (fits || !set_off || !part)).then_some(Listed {
        count: Some(listed as usize),
        complete,
        inline: true,
        summed: items.summed,
    })
}

/// How many items are marked after the colon that follows: "three duties: (a) to …; (b) to …; and (c) to …".
fn marked(input: Input<'_>, counted: &Counted) -> Option<u32> {
    let rest = input.restart(counted.end);
    let mut tokens = rest.tokens().iter().take(COLON_REACH);
    let colon = tokens.position(|token| token.kind == TokenKind::Symbol(':'))?;
    marker::marked_items(rest.skip(colon + 1))
}

/// Whether others stand beside what is counted, in a whole made up of all of them: "made up of two inspectors, a pharmacist and a nurse".
fn beside_others(input: Input<'_>, counted: &Counted, rest: Input<'_>) -> bool {
    const REACH: usize = 3;
    let number = number_at(input, counted);
    let before = input.restart(number.saturating_sub(REACH)).until(number);
    let made_up = lists::has(before, Class::Split)
        || lists::has(lists::within(input, counted.noun), Class::Inspector);
    let comma = rest
        .first()
        .is_some_and(|token| token.kind == TokenKind::Symbol(','));
    made_up
        && comma
        && ["a", "an", "one"]
            .iter()
            .any(|word| rest.skip(1).starts_with(word))
}

/// Things that are said to be what a list names: "The five standards are safe, effective, caring, responsive and well-led."
fn equated(input: Input<'_>, counted: &Counted) -> Option<Listed> {
    let known = counted.general && counted.opener == Opener::Known;
    let items = known.then(|| grammar::equated(input.restart(counted.end), counted.count))??;
    items.short.then(|| Listed {
        inline: true,
        ..Listed::all(counted.count as usize)
    })
}

/// Whether a list differs from its number by so little that it may well be the one announced.
fn close(listed: usize, announced: usize) -> bool {
    listed.abs_diff(announced) <= 2 && listed.min(announced) * 2 > listed.max(announced)
}

/// Tokens after a noun within which the colon of its list stands.
const COLON_REACH: usize = 40;

/// Whether a count speaks of the whole of a set: "the seven areas", "across seven areas", "in each of the seven areas".
fn points_at_all(input: Input<'_>, counted: &Counted) -> bool {
    let at = input
        .tokens()
        .partition_point(|token| token.span.start < counted.span.start);
    let before = at.checked_sub(1).map(|at| input.skip(at));
    let preposition = before.is_some_and(|word| {
        ["across", "against", "in", "on", "under", "for", "at"]
            .iter()
            .any(|known| word.starts_with(known))
    });
    matches!(counted.opener, Opener::All | Opener::Back | Opener::Known)
        || preposition && lists::has(input, Class::RatingVerb) && !graded_before(input, at)
}

/// Whether a count speaks of every one of its things: "all four", "each of the four".
fn points_at_every(input: Input<'_>, counted: &Counted) -> bool {
    let at = number_at(input, counted).saturating_sub(input.position());
    let each = at.checked_sub(3).is_some_and(|each| {
        input.skip(each).lexeme(Class::Quantifier).is_some()
            && input.skip(each + 1).starts_with("of")
    });
    counted.opener == Opener::All || each
}

/// Whether a grade stands right before a count, so that it counts a part: "good in two areas".
fn graded_before(input: Input<'_>, at: usize) -> bool {
    const REACH: usize = 5;
    let from = at.saturating_sub(REACH);
    let here = input.skip(from).until(input.position() + at);
    lists::has(here, Class::Grade)
}

/// Whether the clause of a count speaks of an earlier round, its sentence of another year, or the count of a part of what
/// was listed then.
fn past(input: Input<'_>, counted: &Counted) -> bool {
    let clause = clause_of(input, counted);
    // A year beside issues tells whose they are; one of the visit says nothing of what is rated.
    let dated = if counted.issues.is_some() {
        input
    } else {
        clause
    };
    lists::has(clause, Class::Previous)
        || lists::names_a_year(dated)
        || input.restart(counted.end).starts_with("that") && {
            let rest = input.restart(counted.end).skip(1);
            ["remain", "remained", "are", "were"]
                .iter()
                .any(|word| rest.starts_with(word))
                && lists::has(rest, Class::Negation)
                || rest.starts_with("remain")
        }
}

/// A sentence from the clause of a count on.
fn clause_of<'a>(input: Input<'a>, counted: &Counted) -> Input<'a> {
    input.restart(noun::clause_start(input, number_at(input, counted)))
}

fn last_key(label: &Label) -> String {
    let last = label.text().rsplit(' ').next().unwrap_or_default();
    Label::new(last).key().to_owned()
}

/// The issues of the document by list and series.
fn groups(reading: &Reading<'_>, facts: &[Fact], lists: &[lists::List]) -> Vec<Group> {
    let of_block: FxHashMap<usize, usize> = lists
        .iter()
        .enumerate()
        .flat_map(|(at, list)| list.items.iter().map(move |&item| (item, at)))
        .collect();
    let mut issues: Vec<&Fact> = facts
        .iter()
        .filter(|fact| fact.kind == schema::ISSUE)
        .collect();
    issues.sort_by_key(|fact| fact.span);
    let mut index: FxHashMap<(Option<usize>, String, String), usize> = FxHashMap::default();
    let mut groups: Vec<Group> = Vec::new();
    for fact in issues {
        let Value::Label(noun) = fact.get(issue::Slot::noun) else {
            continue;
        };
        let series = match fact.get(issue::Slot::series) {
            Value::Label(series) => Some(series.clone()),
            _ => None,
        };
        let list = of_block.get(&fact.place.block).copied();
        let key = (
            list,
            noun.key().to_owned(),
            series.as_ref().map_or("", Label::key).to_owned(),
        );
        let at = *index.entry(key).or_insert_with(|| {
            let lead = list.and_then(|list| lists.get(list)?.lead);
            groups.push(Group {
                noun: noun.clone(),
                series,
                first_block: fact.place.block,
                size: 0,
                whole: 0,
                last: String::new(),
                partial: lead.is_some_and(|lead| {
                    let mut sentences = reading.sentences_of(lead).iter();
                    sentences.any(|sentence| lists::has(reading.input(sentence), Class::Including))
                }),
            });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(at) {
            group.size += 1;
            let number = fact.get(issue::Slot::number).as_words().unwrap_or_default();
            let whole = number.trim_end_matches(|c: char| c.is_ascii_lowercase());
            let is_part = whole.len() < number.len() && whole == group.last && !whole.is_empty();
            group.whole += usize::from(!is_part);
            whole.clone_into(&mut group.last);
        }
    }
    groups
}

/// The tables of the document that have a head.
fn tables(reading: &Reading<'_>) -> Vec<Rows> {
    let blocks = reading.document.blocks.iter().enumerate();
    blocks
        .filter_map(|(block, kind)| match &kind.kind {
            BlockKind::Table(table) => Some(rows(reading, block, table)),
            _ => None,
        })
        .collect()
}

/// The rows of a table that name a thing of their own: no heads, no totals, no empty first cells.
fn rows(reading: &Reading<'_>, block: usize, table: &Table) -> Rows {
    const TOTALS: Classes = Classes::of(&[Class::Overall]);
    let first_cell = |cells: &[Span]| {
        cells
            .first()
            .map(|&cell| reading.document.text_of(cell).trim().to_owned())
    };
    let head = table
        .rows
        .iter()
        .find(|row| row.head)
        .and_then(|row| first_cell(&row.cells))
        .unwrap_or_default();
    let total = |text: &str| {
        let lower = text.to_lowercase();
        let lexicon = reading.lexed.lexicon;
        lower.starts_with("total")
            || lexicon
                .meanings_of(&lower)
                .any(|meaning| TOTALS.has(meaning.class))
    };
    let size = table
        .rows
        .iter()
        .filter(|row| !row.head)
        .filter_map(|row| first_cell(&row.cells))
        .filter(|text| !text.is_empty() && !total(text))
        .count();
    Rows {
        block,
        head: last_key(&Label::new(&head)),
        size,
    }
}

/// How many criteria the current ratings of lists and tables name, and how many have each grade, in small letters.
fn rated(facts: &[Fact]) -> (usize, FxHashMap<String, usize>) {
    let mut criteria: FxHashSet<&str> = FxHashSet::default();
    let mut grades: FxHashMap<String, usize> = FxHashMap::default();
    let mut ratings = 0;
    for fact in facts.iter().filter(|fact| fact.kind == schema::RATING) {
        let listed = is_listed(fact) && fact.get(rating::Slot::subject).is_unknown();
        let (Value::Label(criterion), Some(grade)) = (
            fact.get(rating::Slot::criterion),
            fact.get(rating::Slot::value).as_words(),
        ) else {
            continue;
        };
        if listed && criterion.text() != "overall" {
            ratings += 1;
            criteria.insert(criterion.key());
            *grades.entry(grade.to_lowercase()).or_default() += 1;
        }
    }
    if ratings != criteria.len() {
        grades.clear();
    }
    (criteria.len(), grades)
}

/// How many criteria the current ratings of each sentence of running text name.
fn rated_in(facts: &[Fact]) -> FxHashMap<usize, usize> {
    let mut criteria: FxHashMap<usize, FxHashSet<&str>> = FxHashMap::default();
    for fact in facts.iter().filter(|fact| fact.kind == schema::RATING) {
        let word = |slot| fact.get(slot).as_words();
        let now = word(rating::Slot::when).is_none_or(|when| when == "current");
        if let Value::Label(criterion) = fact.get(rating::Slot::criterion)
            && now
            && word(rating::Slot::form) == Some("prose")
        {
            let named = criteria.entry(fact.place.sentence).or_default();
            named.insert(criterion.key());
        }
    }
    let counts = criteria.into_iter().map(|(at, named)| (at, named.len()));
    counts.collect()
}

/// How many bodies have a rating of this inspection in lists and tables.
fn rated_bodies(facts: &[Fact]) -> usize {
    let ratings = facts.iter().filter(|fact| fact.kind == schema::RATING);
    let subjects = ratings.filter(|fact| is_listed(fact)).filter_map(|fact| {
        match fact.get(rating::Slot::subject) {
            Value::Label(subject) => Some(subject.key()),
            _ => None,
        }
    });
    subjects.collect::<FxHashSet<_>>().len()
}

/// Whether a rating is of this inspection and stands in a list or table.
fn is_listed(rated: &Fact) -> bool {
    let is = |slot: rating::Slot, words: &[&str]| {
        let word = rated.get(slot).as_words();
        word.is_some_and(|word| words.contains(&word))
    };
    is(rating::Slot::form, &["list", "table"])
        && !is(rating::Slot::when, &["previous", "target", "self"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::facts_of;

    /// Checks tallies, each as `words: count/listed`, with `~` where the list does not claim to be complete.
    fn found(text: &str) -> Vec<String> {
        let (document, facts) = facts_of(text);
        facts
            .iter()
            .filter(|fact| fact.kind == schema::TALLY)
            .map(|fact| {
                let complete = fact.get(tally::Slot::complete) == &Value::from(true);
                let mark = if complete { "" } else { "~" };
                let (count, listed) = (fact.get(tally::Slot::count), fact.get(tally::Slot::listed));
                format!("{}: {count}/{listed}{mark}", document.text_of(fact.span))
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(found(text), expected, "{text}");
    }

    #[test]
    fn things_are_what_a_list_names() {
        check(
            "The four standards are care, food, rest and play. These four make up the plan.",
            &["four standards: 4/4", "four: 4/4"],
        );
        check("The three nurses are kind, calm and skilled.", &[]);
        check("Four standards are hard, slow, dear and old.", &[]);
        check(
            "The home has three wings – Ash, Elm and Oak. All three were clean.",
            &["three wings: 3/3", "All three: 3/3"],
        );
        check("All three were clean.", &[]);
        check(
            "It has four units, called Beech, Hazel and Rowan.",
            &["four units: 4/3"],
        );
        check("It has four units, kept clean and warm.", &[]);
        check(
            "We went to seven settings: a nursery, two schools, a college and a farm.",
            &["seven settings: 7/5"],
        );
    }

    #[test]
    fn tables_and_lists_that_differ_from_their_number() {
        check(
            "It has published judgements for four landlords. Two are new.\n\nThe full list:\n\n\
             | Landlord | Grade |\n|---|---|\n| Elm | C1 |\n| Oak | C2 |\n| Ash | C3 |",
            &["four landlords: 4/3"],
        );
        check(
            "| Company | Stars |\n|---|---|\n| Elm | 1 |\n| Oak | 2 |\n| Ash | 3 |\n\nThe four companies caused 318 spills in 2023.",
            &["four companies: 4/3"],
        );
        check(
            "| Company | Stars |\n|---|---|\n| Elm | 1 |\n| Oak | 2 |\n| Ash | 3 |\n\nThe four companies that reported in 2019 caused 318 spills.",
            &[],
        );
        check(
            "We looked at four criteria: care, food, rest and play. It was good for each of the five criteria.",
            &["four criteria: 4/4", "five criteria: 5/4"],
        );
        check(
            "# Concerns\n\nWe identified six concerns.\n\n**Priority concerns**\n\n1. Food is poor.\n2. Cells are cold.\n3. Doors \
             stick.\n\n**Key concerns**\n\n4. Staff are few.\n5. Post is late.",
            &["six concerns: 6/5"],
        );
    }

    #[test]
    fn items_of_a_sentence_are_counted_by_their_markers() {
        check(
            "The guide names seven duties: 1) write, plan and keep rules; 2) name a head; 3) train; 4) listen; 5) check; 6) warn; and 7) mend, where they can.",
            &["seven duties: 7/7"],
        );
        check(
            "It raises three issues under the two laws above: (i) whether, and how, it acts; (ii) why; and (iii) when. We act for these reasons:\n\n- a\n- b\n- c\n- d",
            &["three issues: 3/3"],
        );
        check(
            "The home must do the following four things: (a) train staff; (b) keep files; and (c) mend doors.",
            &["four things: 4/3"],
        );
    }

    #[test]
    fn items_run_on_in_the_line_of_another() {
        check(
            "The guide has four duties:\n\n1. Write;\n2. Name a head;3. Train;\n4. Check.\n",
            &["four duties: 4/4"],
        );
    }

    #[test]
    fn what_is_counted_is_told_below_or_next() {
        check(
            "Inspectors set out six expectations, which are listed below.\n\n- Write.\n- Train.\n- Mend.\n- Check.\n- Report.\n",
            &["six expectations: 6/5"],
        );
        check(
            "Inspectors set out six expectations, which staff met.\n\n- Write.\n- Train.\n- Mend.\n- Check.\n- Report.\n",
            &[],
        );
        check(
            "The home breached three regulations. These were in relation to safe care, staffing and consent.",
            &["three regulations: 3/3"],
        );
        check(
            "The home breached five regulations. These were in relation to safe care, staffing, consent and governance.",
            &["five regulations: 5/4"],
        );
        check(
            "The home breached five regulations. These were clear, strict, known and new.",
            &[],
        );
        check(
            "The home breached nine regulations. These were in relation to safe care, staffing and consent.",
            &[],
        );
    }

    #[test]
    fn an_excerpt_of_a_list_is_not_counted() {
        check(
            "It must be of one of the following three classes:\n\n(1) The plan is new.\n\n* * * * *\n\n(3) The plan is old.\n",
            &[],
        );
    }

    #[test]
    fn an_aside_is_no_item() {
        check(
            "It had three aims: to write rules, to join services, as the report asks, to bring in others.",
            &[],
        );
    }

    #[test]
    fn areas_of_a_place_are_not_those_that_are_rated() {
        let rated = "| Standard | Rating |\n|---|---|\n| Food | Good |\n| Care | Fair |\n| Rest | Poor |\n| Play | Good |\n\n";
        check(
            &format!(
                "{rated}Sessions are judged good and are held in all three areas of the county."
            ),
            &[],
        );
    }

    #[test]
    fn others_beside_what_is_counted_are_no_list_of_it() {
        check(
            "The team was made up of two drivers, a cook and a nurse.",
            &[],
        );
        check("It was visited by two inspectors, a cook and a nurse.", &[]);
        check(
            "It hired two people, a cook and a nurse.",
            &["two people: 2/2"],
        );
        check(
            "We made three recommendations for the board and two for the home.\n\n1. a\n2. b\n3. c\n4. d\n5. e",
            &[],
        );
    }

    #[test]
    fn a_list_further_on_is_counted_twice() {
        check(
            "We looked at three areas and liked them. It was a calm day.\n\nThe three areas are:\n\n- food\n- care\n- rest",
            &["three areas: 3/3", "three areas: 3/3"],
        );
        check(
            "The home was marked in two areas. Food was rated good and care was rated adequate.",
            &["two areas: 2/2"],
        );
    }

    #[test]
    fn what_each_item_counts_is_added_up() {
        check(
            "We went to six homes: a farm, two flats, a house, a boat and a hut.",
            &["six homes: 6/6"],
        );
        check("We went to six homes: four on land and two at sea.", &[]);
        check(
            "It has three wings, called Ash, Elm and Oak.",
            &["three wings: 3/3"],
        );
    }

    #[test]
    fn one_issue_of_a_long_name_is_announced() {
        check(
            "We raised one area for improvement.\n\n**Area for improvement**\n\nThe firm should mend its roof.",
            &["one area for improvement: 1/1"],
        );
        check(
            "We made one order here.\n\nThe home is old.\n\nOrder 1: Mend it.",
            &[],
        );
    }

    #[test]
    fn lists_follow() {
        check(
            "It has the following three faults:\n\n- food\n- staff",
            &["three faults: 3/2"],
        );
        check(
            "Leaders should do two things:\n\n1. train\n2. mend",
            &["two things: 2/2"],
        );
        check(
            "The inspectors set two actions. The home should:\n\n- train\n- mend",
            &["two actions: 2/2"],
        );
        check(
            "We make nine recommendations. They include:\n\n- train staff\n- mend it",
            &["nine recommendations: 9/2~"],
        );
        check(
            "We spoke to 40 staff, who said:\n\n- it is good\n- it is fun",
            &[],
        );
        check("In a survey of 60 homes we found:\n\n- damp\n- mould", &[]);
    }

    #[test]
    fn lists_stand_in_the_sentence() {
        check(
            "It rests on three values: trust, care and work.",
            &["three values: 3/3"],
        );
        check(
            "It was judged on four criteria: trust, care and work.",
            &["four criteria: 4/3"],
        );
        check(
            "Staff at two homes, Elm House and The Oaks, met us.",
            &["two homes: 2/2"],
        );
        check(
            "They closed 90 files: 40 from courts and 50 from police.",
            &[],
        );
        check("It has three homes and a farm.", &[]);
    }

    #[test]
    fn paragraphs_and_sentences_list() {
        check(
            "We look at three key areas that help you to see how it went:\n\nFaults found – We look for fault.\n\nDelay: We count the days.\n\nPayment – We add it up.\n\nThat is all.",
            &["three key areas: 3/3"],
        );
        check(
            "We look at four areas:\n\nFaults found – We look for fault.\n\nThat is all.",
            &[],
        );
        check(
            "There were two reports. The first, in May, was on schools. In the second we wrote of roads.",
            &["two reports: 2/2"],
        );
        check(
            "It failed for three reasons: first, it had no staff; second, it had no plan; and finally, it had no money.",
            &["three reasons: 3/3"],
        );
        check("We saw three homes. The first was clean.", &[]);
        check(
            "It has three aims. They are to keep people safe, to train staff and to spend less.",
            &["three aims: 3/3"],
        );
        check(
            "Care, work and food: these three themes run through it.",
            &["three themes: 3/3"],
        );
        check(
            "We saw four themes: care, work, food and staff.\n\nThese four areas matter.",
            &["four themes: 4/4", "four areas: 4/4"],
        );
        check("These four areas matter.", &[]);
    }

    #[test]
    fn things_stand_under_their_name() {
        check(
            "# Report\n\nThree shops gave concern in 2024.\n\n## Shops of concern\n\n1. Elm Cafe. It was dirty.\n2. Oak Bar. It was cold.\n3. Ash Inn. It was shut.",
            &["Three shops: 3/3"],
        );
        check(
            "# Report\n\nTwo shops gave concern.\n\n## Shops of concern\n\n1. Elm Cafe. It was dirty.\n2. Oak Bar. It was cold.\n3. Ash Inn. It was shut.",
            &[],
        );
    }

    #[test]
    fn grades_are_counted() {
        const TABLE: &str = "| Area | Grade |\n|---|---|\n| Elm care | Good |\n| Oak care | Good |\n| Ash care | Inadequate |\n\n";
        check(
            &format!("{TABLE}Of these areas, two were good and one was inadequate."),
            &["two: 2/2~", "one: 1/1~"],
        );
        check(
            &format!("{TABLE}Two were good that day, and one was sad."),
            &[],
        );
    }

    #[test]
    fn headings_count() {
        check(
            "# Report\n\n## Three things that we liked\n\n- the food\n- the staff",
            &["Three things: 3/2"],
        );
        check("# Report\n\n## Two deaths\n\nBoth were sad.", &[]);
        check(
            "# Report\n\n## Three homes\n\n**Elm House, Upton.** Rated good in May.\n\n**Oak House, Ash.** Rated poor in June.",
            &["Three homes: 3/2"],
        );
        check(
            "# Report\n\n## Three homes\n\nWe saw them in May. They are large.\n\n**Elm House, Upton.** Rated good in May.",
            &[],
        );
    }

    #[test]
    fn issues_are_counted_from_afar() {
        check(
            "# Report\n\nWe made three recommendations.\n\n## Staff\n\nThey are kind.\n\n## Recommendations\n\n1. Train staff.\n2. Mend it.\n\nAll three recommendations matter.",
            &["three recommendations: 3/2", "three recommendations: 3/2"],
        );
        check(
            "# Report\n\nIn 2018 we made nine recommendations.\n\n## Recommendations\n\n1. Train staff.\n2. Mend it.",
            &[],
        );
        check(
            "Recommendation 1: Train staff.\n\nRecommendation 2: Mend it.\n\nThe board accepts all three.",
            &["all three: 3/2"],
        );
    }

    #[test]
    fn tables_are_counted() {
        check(
            "The four homes were seen in May.\n\n| Home | Beds |\n|---|---|\n| Elm | 4 |\n| Oak | 6 |\n| Total | 10 |",
            &["four homes: 4/2"],
        );
        check(
            "Two homes are rated good.\n\n| Home | Rating |\n|---|---|\n| Elm House | Good |\n| Oak House | Good |\n| Ash House | Inadequate |",
            &["Two homes: 2/2~"],
        );
        check(
            "We saw two schools.\n\n| Home | Beds |\n|---|---|\n| Elm | 4 |\n| Oak | 6 |",
            &[],
        );
        let rated = |text: &str| {
            format!(
                "{text}\n\n| Provider | Safe | Caring |\n|---|---|---|\n| Elm House | Good | Good |\n| Oak House | Good | Good |\n| Ash House | Inadequate | Good |"
            )
        };
        check(
            &rated("Three new judgements are out today."),
            &["Three new judgements: 3/3"],
        );
        check(&rated("We have made four new judgements."), &[]);
    }

    #[test]
    fn lists_that_do_not_have_the_number() {
        check(
            "It runs homes in four towns: Elm, Oak and Ashby.",
            &["four towns: 4/3"],
        );
        check(
            "It gives one of five grades: good, fair, weak or poor.",
            &["five grades: 5/4"],
        );
        check(
            "We saw four services – surgery, maternity and dentistry – in May.",
            &["four services: 4/3"],
        );
        check("There were two risks: fire, which spreads, and flood.", &[]);
        check(
            "We named five key concerns, of which two are priorities.\n\n**Priority concerns**\n\n1. Fire spread.\n2. Staff were few.\n\n**Other concerns**\n\n3. Rooms were cold.\n4. Notes were lost.",
            &["five key concerns: 5/4"],
        );
        check(
            "We gave six marks under this head.\n\n| Mark | Score |\n|---|---|\n| Care | 4 |\n| Work | 3 |\n| Food | 2 |\n| Time | 2 |\n| Cost | 2 |",
            &["six marks: 6/5"],
        );
    }
    #[test]
    fn lists_that_are_pointed_to() {
        check(
            "These four should come first:\n\n1. Elm\n2. Oak\n3. Ash\n4. Fir",
            &["four: 4/4"],
        );
        check(
            "Two more areas – safety and respect – were good.",
            &["Two more areas: 2/2"],
        );
        check("Two more visits were made.", &[]);
        check(
            "Three inns have new scores. Here they are:\n\n- Elm\n- Oak\n- Ash",
            &["Three inns: 3/3"],
        );
    }
}
