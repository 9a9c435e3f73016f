//! Phrases with typed holes: the grammar that authors of rule packs write, compiled to parsers over tokens.
//!
//! ```text
//! phrase  = *( word | hole | "[" phrase "]" | "(" phrase *( "|" phrase ) ")" )
//! hole    = "{" name ":" type "}"
//! type    = "words" | "number" | "percent" | "points" | "money" | "duration" | "quantity" | "fraction" | "ordinal" | "date"
//!         | "grade" | "criterion"
//! ```
//!
//! What stands in `[…]` may be left out, of what stands in `(…|…)` one must be there, and `\` before a bracket makes it a
//! character of the text. `{measure:words} stood at {value:percent} against a target of {target:percent}` reads
//! "attendance stood at 91.4% against a target of 95%".

use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::{take_while, take_while1},
    character::complete::{char, multispace0},
    combinator::cut,
    error::{ErrorKind, ParseError},
    multi::many0,
    sequence::{delimited, preceded},
};

use rust_decimal::Decimal;

use super::{
    Class, Classes, Input, Parsed, Token, TokenKind, date, lexer, noun,
    number::{self, Quantity},
    words::{WordHash, Words, fold},
};
use crate::{
    span::Span,
    value::{Days, Number, Unit},
};

/// Most words that a hole of type `words` takes.
const MAX_WORDS: usize = 12;
/// Most ways in which the brackets of one phrase may be read.
const MAX_FORMS: usize = 64;
/// Most words and holes of one phrase.
const MAX_ELEMENTS: usize = 48;
/// Most holes of type `words`: each is tried in every length, so that they multiply.
const MAX_WORD_HOLES: usize = 3;
/// What is said of brackets that do not fit.
const BAD_BRACKET: &str =
    "a hole is written `{name:type}`, and every bracket needs its counterpart";
/// Deepest nesting of brackets.
const MAX_DEPTH: usize = 4;

/// What fits in a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoleType {
    /// One to twelve words without a comma, stop or bracket, as few as fit; at the start of a phrase all of its clause that
    /// stands before, at its end all that follows.
    Words,
    /// A bare number: `18`, `four`.
    Number,
    /// A share: `46.9%`, `half of` is none.
    Percent,
    /// Percentage points.
    Points,
    /// A sum of money: `£1.2 million`.
    Money,
    /// A length of time: `six weeks`.
    Duration,
    /// Any number with or without a unit: `18`, `46.9%`, `£50`, `six weeks`.
    Quantity,
    /// A share in words: `two-thirds`, `half`; as a percentage.
    Fraction,
    /// A place in an order, in figures: `45th`.
    Ordinal,
    /// A day, month or other period with its year.
    Date,
    /// A grade of a scale.
    Grade,
    /// A criterion of the framework.
    Criterion,
}

impl HoleType {
    /// Every type with its name.
    pub const ALL: &[(&'static str, Self)] = &[
        ("words", Self::Words),
        ("number", Self::Number),
        ("percent", Self::Percent),
        ("points", Self::Points),
        ("money", Self::Money),
        ("duration", Self::Duration),
        ("quantity", Self::Quantity),
        ("fraction", Self::Fraction),
        ("ordinal", Self::Ordinal),
        ("date", Self::Date),
        ("grade", Self::Grade),
        ("criterion", Self::Criterion),
    ];
}

/// A hole of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hole {
    /// Its name, which becomes a field of the fact.
    pub name: String,
    /// What fits in it.
    pub hole_type: HoleType,
}

/// A phrase, compiled.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// Its holes, in the order in which their names first stand in it.
    pub holes: Vec<Hole>,
    /// Every way of reading its brackets, longest first.
    forms: Vec<Vec<Element>>,
}

/// A mistake in a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseError {
    /// What is wrong.
    pub message: String,
    /// Bytes of the phrase.
    pub span: Span,
}

/// What a hole was filled with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Index of the hole in [`Phrase::holes`].
    pub hole: usize,
    /// Bytes of the clean text.
    pub span: Span,
    /// What was read.
    pub content: Content,
}

/// What was read in a hole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The words under the span.
    Words,
    /// A number with its unit.
    Number(Number),
    /// A day or period.
    Days(Days),
    /// The canonical name of a grade.
    Grade(String),
}

/// A place where a phrase stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Bytes of the clean text, from the first word or hole to the last.
    pub span: Span,
    /// Its holes.
    pub filled: Vec<Filled>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Element {
    Word(Box<str>),
    Hole(usize, HoleType),
}

/// Written form: brackets are still there.
#[derive(Clone, Debug)]
enum Item<'a> {
    Text(&'a str),
    Hole {
        name: &'a str,
        hole_type: &'a str,
        at: &'a str,
    },
    Optional(Vec<Item<'a>>),
    Choice(Vec<Vec<Item<'a>>>),
}

impl Phrase {
    /// Compiles a phrase.
    ///
    /// # Errors
    ///
    /// The first mistake: a bracket that is not closed, an unknown type of hole, one name with two types, no word or typed
    /// hole to find the phrase by, or more holes and brackets than can be tried in good time.
    pub fn compile(text: &str) -> Result<Self, PhraseError> {
        let whole = Span::new(0, text.len());
        let fail = |message: &str, span| {
            Err(PhraseError {
                message: message.to_owned(),
                span,
            })
        };
        if bracket_depth(text) > MAX_DEPTH {
            return fail("the brackets are nested too deeply", whole);
        }
        let items = match items(text) {
            Ok(("", items)) => items,
            Ok((rest, _)) => return fail(BAD_BRACKET, first_char(text, rest)),
            Err(nom::Err::Error(error) | nom::Err::Failure(error)) => {
                return fail(BAD_BRACKET, first_char(text, error.input));
            }
            Err(nom::Err::Incomplete(_)) => return fail(BAD_BRACKET, whole),
        };
        let mut phrase = Self {
            holes: Vec::new(),
            forms: Vec::new(),
        };
        phrase.forms = phrase.expand(text, &items)?;
        phrase
            .forms
            .sort_by_key(|form| std::cmp::Reverse(form.len()));
        for form in &phrase.forms {
            let words = |element: &&Element| matches!(element, Element::Hole(_, HoleType::Words));
            if form.iter().all(|element| words(&element)) {
                return fail(
                    "a phrase needs a word or a hole of another type than `words` to be found by",
                    whole,
                );
            }
            if form.len() > MAX_ELEMENTS || form.iter().filter(words).count() > MAX_WORD_HOLES {
                return fail(
                    "this phrase has too many words, or more than three holes of type `words`",
                    whole,
                );
            }
            if form
                .windows(2)
                .any(|pair| pair.iter().all(|element| words(&element)))
            {
                return fail("two holes of type `words` need a word between them", whole);
            }
        }
        Ok(phrase)
    }

    fn expand(&mut self, text: &str, items: &[Item<'_>]) -> Result<Vec<Vec<Element>>, PhraseError> {
        let mut forms: Vec<Vec<Element>> = vec![Vec::new()];
        for item in items {
            let tails = match item {
                Item::Text(words) => {
                    let words = words.replace('\\', "");
                    let words = lexer::words_of(&words);
                    vec![words.map(|word| Element::Word(fold(word).into())).collect()]
                }
                Item::Hole {
                    name,
                    hole_type,
                    at,
                } => {
                    vec![vec![self.hole(text, name, hole_type, at)?]]
                }
                Item::Optional(items) => {
                    let mut tails = self.expand(text, items)?;
                    tails.push(Vec::new());
                    tails
                }
                Item::Choice(choices) => {
                    let mut tails = Vec::new();
                    for choice in choices {
                        tails.extend(self.expand(text, choice)?);
                    }
                    tails
                }
            };
            if forms.len() * tails.len() > MAX_FORMS {
                return Err(PhraseError {
                    message: format!("the brackets can be read in more than {MAX_FORMS} ways"),
                    span: Span::new(0, text.len()),
                });
            }
            forms = forms
                .iter()
                .flat_map(|form| tails.iter().map(|tail| [form.as_slice(), tail].concat()))
                .collect();
        }
        Ok(forms)
    }

    fn hole(
        &mut self,
        text: &str,
        name: &str,
        hole_type: &str,
        at: &str,
    ) -> Result<Element, PhraseError> {
        let start = text.len() - at.len();
        let end = start + at.find('}').unwrap_or(at.len());
        let fail = |message: String| {
            Err(PhraseError {
                message,
                span: Span::new(start, end),
            })
        };
        let Some(&(_, known)) = HoleType::ALL.iter().find(|(name, _)| *name == hole_type) else {
            let names = HoleType::ALL.iter().map(|(name, _)| *name);
            let near = crate::suggest::did_you_mean(hole_type, names.clone());
            let list = names.collect::<Vec<_>>().join(", ");
            return fail(format!(
                "unknown type of hole `{hole_type}`{near}; there are {list}"
            ));
        };
        if let Some(slot) = self.holes.iter().position(|hole| hole.name == name) {
            return match self.holes.get(slot) {
                Some(hole) if hole.hole_type != known => {
                    fail(format!("the hole `{name}` has two types"))
                }
                _ => Ok(Element::Hole(slot, known)),
            };
        }
        self.holes.push(Hole {
            name: name.to_owned(),
            hole_type: known,
        });
        Ok(Element::Hole(self.holes.len() - 1, known))
    }

    /// What a sentence has where the phrase stands in it, for each way of reading the brackets.
    pub fn anchors(&self) -> impl Iterator<Item = Anchor<'_>> {
        self.forms.iter().map(|form| Anchor {
            word: longest_word(form),
            words: words_in(form)
                .map(WordHash::of)
                .fold(Words::default(), Words::with),
            classes: form.iter().filter_map(needed_class).collect(),
        })
    }

    /// Every place in a sentence where the phrase stands, from left to right and apart from each other. Only the ways of reading
    /// the brackets are tried whose bit is set in `forms`, in the order of [`Self::anchors`].
    pub fn find_all(&self, sentence: Input<'_>, forms: u64) -> Vec<Found> {
        let forms: Vec<_> = self
            .forms
            .iter()
            .zip(0..u64::BITS)
            .filter(|(_, bit)| forms >> bit & 1 == 1)
            .map(|(form, _)| form)
            .collect();
        let opening = forms
            .iter()
            .filter_map(|form| anchored(form).1.first())
            .fold(Opening::default(), Opening::with);
        let mut found: Vec<Found> = Vec::new();
        let mut here = sentence;
        while let Some(token) = here.first() {
            let hit = opening.may_be(token).then(|| {
                let mut forms = forms.iter();
                forms.find_map(|form| Self::find_at(form, sentence, here))
            });
            let next = here.skip(1);
            here = match hit.flatten() {
                Some((rest, hit)) => {
                    found.push(hit);
                    next.restart(rest.position().max(next.position()))
                }
                None => next,
            };
        }
        found
    }

    /// A form whose first word or typed hole stands at `here`, with what a hole of words before it takes.
    fn find_at<'a>(
        form: &[Element],
        sentence: Input<'a>,
        here: Input<'a>,
    ) -> Option<(Input<'a>, Found)> {
        let (lead, elements) = anchored(form);
        if !may_start(elements.first()?, here) {
            return None;
        }
        let mut filled = Vec::new();
        if let Some(hole) = lead {
            let span = words_before(sentence, here.position())?;
            filled.push(Filled {
                hole,
                span,
                content: Content::Words,
            });
        }
        let (rest, more) = sequence(elements, here).ok()?;
        let start = filled
            .first()
            .map_or(here.span().start, |words| words.span.start);
        filled.extend(more);
        let span = Span::new(start, here.span_to(rest).end);
        Some((rest, Found { span, filled }))
    }
}

/// What a sentence must have for one way of reading a phrase.
#[derive(Clone, Debug)]
pub struct Anchor<'a> {
    /// The longest word, in small letters; `None` where there is no word at all.
    pub word: Option<&'a str>,
    /// All its words.
    pub words: Words,
    /// Sets of classes of which each must be met.
    pub classes: Vec<Classes>,
}

/// Classes of which one stands in whatever fills a typed hole.
fn needed_class(element: &Element) -> Option<Classes> {
    let Element::Hole(_, hole) = element else {
        return None;
    };
    Some(match hole {
        HoleType::Words | HoleType::Date => return None,
        HoleType::Ordinal => Classes::DATED,
        HoleType::Fraction => Classes::of(&[Class::Fraction]),
        HoleType::Grade => Classes::of(&[Class::Grade]),
        HoleType::Criterion => Classes::of(&[Class::Criterion]),
        HoleType::Duration => Classes::of(&[Class::DurationUnit]),
        HoleType::Number
        | HoleType::Percent
        | HoleType::Points
        | HoleType::Money
        | HoleType::Quantity => Classes::NUMERIC,
    })
}

fn words_in(form: &[Element]) -> impl Iterator<Item = &str> {
    form.iter().filter_map(|element| match element {
        Element::Word(word) if word.starts_with(char::is_alphabetic) => Some(&**word),
        _ => None,
    })
}

fn longest_word(form: &[Element]) -> Option<&str> {
    words_in(form).max_by_key(|word| word.len())
}

/// The hole of words that a form opens with, and what follows: the first element by which a place of it is found.
fn anchored(form: &[Element]) -> (Option<usize>, &[Element]) {
    match form {
        [Element::Hole(hole, HoleType::Words), rest @ ..] => (Some(*hole), rest),
        elements => (None, elements),
    }
}

/// What any of several elements may start with.
#[derive(Clone, Copy, Debug, Default)]
struct Opening {
    words: Words,
    classes: Classes,
    /// Whether one may start with what is no word: a numeral, a symbol.
    others: bool,
}

impl Opening {
    fn with(mut self, element: &Element) -> Self {
        match element {
            Element::Word(word) if word.starts_with(char::is_alphabetic) => {
                self.words = self.words.with(WordHash::of(word));
            }
            Element::Hole(_, HoleType::Grade) => self.classes.insert(Class::Grade),
            Element::Hole(_, HoleType::Criterion) => self.classes.insert(Class::Criterion),
            Element::Word(_) => self.others = true,
            Element::Hole(..) => {
                self.classes.extend(COUNTED);
                self.others = true;
            }
        }
        self
    }

    fn may_be(self, token: &Token) -> bool {
        match token.hash() {
            Some(hash) => self.words.has(hash) || token.classes.meets(self.classes),
            None => self.others || token.classes.meets(self.classes),
        }
    }
}

/// Classes of the words that a number, a length of time or a date may start with.
const COUNTED: Classes = Classes::of(&[
    Class::NumberWord,
    Class::Hedge,
    Class::Month,
    Class::Weekday,
    Class::Term,
    Class::Multiplier,
    Class::Fraction,
]);

/// A cheap test that an element can start here, before it is parsed.
fn may_start(element: &Element, input: Input<'_>) -> bool {
    let Some(token) = input.first() else {
        return false;
    };
    match element {
        Element::Word(word) => is_word(input, token, word),
        Element::Hole(_, HoleType::Words) => true,
        Element::Hole(_, HoleType::Grade) => token.classes.has(Class::Grade),
        Element::Hole(_, HoleType::Criterion) => token.classes.has(Class::Criterion),
        Element::Hole(..) => token.kind != TokenKind::Word || token.classes.meets(COUNTED),
    }
}

/// Reads elements one after the other.
fn sequence<'a>(elements: &[Element], input: Input<'a>) -> Parsed<'a, Vec<Filled>> {
    let Some((first, elements)) = elements.split_first() else {
        return Ok((input, Vec::new()));
    };
    match first {
        Element::Word(word) => match input.first() {
            Some(token) if is_word(input, token, word) => sequence(elements, input.skip(1)),
            _ => input.miss(),
        },
        Element::Hole(hole, HoleType::Words) => words(*hole, elements, input),
        Element::Hole(hole, hole_type) => {
            let (rest, (span, content)) = typed(*hole_type, input)?;
            let (rest, mut filled) = sequence(elements, rest)?;
            filled.insert(
                0,
                Filled {
                    hole: *hole,
                    span,
                    content,
                },
            );
            Ok((rest, filled))
        }
    }
}

/// Reads a hole of words: as few as let the rest follow, and all there are where nothing follows.
fn words<'a>(hole: usize, elements: &[Element], input: Input<'a>) -> Parsed<'a, Vec<Filled>> {
    let most = input
        .tokens()
        .iter()
        .take(MAX_WORDS)
        .take_while(|token| is_inner(token))
        .count();
    let least = if elements.is_empty() { most.max(1) } else { 1 };
    for count in least..=most {
        let after = input.skip(count);
        if let Ok((rest, mut filled)) = sequence(elements, after) {
            let span = input.span_to(after);
            filled.insert(
                0,
                Filled {
                    hole,
                    span,
                    content: Content::Words,
                },
            );
            return Ok((rest, filled));
        }
    }
    input.miss()
}

/// The words of the clause that stand right before a token, without an article at their start.
fn words_before(sentence: Input<'_>, at: usize) -> Option<Span> {
    let start = noun::clause_start(sentence, at).max(at.saturating_sub(MAX_WORDS));
    let words = sentence.restart(start).until(at);
    let words = match words.first() {
        Some(token) if token.classes.has(Class::Determiner) && words.len() > 1 => words.skip(1),
        _ => words,
    };
    (!words.is_empty() && words.tokens().iter().all(is_inner)).then(|| words.span())
}

/// Whether a token may stand in a hole of words.
fn is_inner(token: &Token) -> bool {
    !matches!(token.kind, TokenKind::Symbol(c) if !matches!(c, '\'' | '’' | '&' | '/' | '-' | '%' | '£'))
}

fn typed(hole_type: HoleType, input: Input<'_>) -> Parsed<'_, (Span, Content)> {
    let quantity = |fits: fn(Unit) -> bool| match number::quantity(input)? {
        (rest, Quantity { number, span, .. }) if fits(number.unit()) => {
            Ok((rest, (span, Content::Number(number))))
        }
        _ => input.miss(),
    };
    match hole_type {
        HoleType::Words => input.miss(),
        // A word that is a unit elsewhere ("3 points") may be a literal of the phrase.
        HoleType::Number => {
            let (rest, Quantity { number, span, .. }) = number::magnitude(input)?;
            Ok((rest, (span, Content::Number(number))))
        }
        HoleType::Percent => quantity(|unit| unit == Unit::Percent),
        HoleType::Points => quantity(|unit| unit == Unit::Points),
        HoleType::Money => quantity(Unit::is_money),
        HoleType::Duration => quantity(Unit::is_duration),
        HoleType::Quantity => quantity(|_| true),
        HoleType::Fraction => fraction(input),
        HoleType::Ordinal => ordinal(input),
        HoleType::Date => {
            let (rest, written) = date::date(input)?;
            match written
                .resolve()
                .and_then(|days| Days::new(days.from, days.to))
            {
                Some(days) => Ok((rest, (written.span, Content::Days(days)))),
                None => input.miss(),
            }
        }
        HoleType::Grade => {
            let (rest, grade) = super::phrase(Class::Grade)(input)?;
            Ok((
                rest,
                (grade.span, Content::Grade(grade.canonical.to_owned())),
            ))
        }
        HoleType::Criterion => {
            let (rest, criterion) = super::phrase(Class::Criterion)(input)?;
            Ok((rest, (criterion.span, Content::Words)))
        }
    }
}

/// A share in words as a percentage, to two decimals.
fn fraction(input: Input<'_>) -> Parsed<'_, (Span, Content)> {
    let (rest, word) = super::phrase(Class::Fraction)(input)?;
    let share = || {
        let (part, whole) = word.canonical.split_once('/')?;
        let [part, whole] = [part, whole].map(|digits| Decimal::from_str_exact(digits).ok());
        let share = part?
            .checked_mul(Decimal::ONE_HUNDRED)?
            .checked_div(whole?)?;
        Some(Number::exact(share.round_dp(2).normalize()).with_unit(Unit::Percent))
    };
    match share() {
        Some(number) => Ok((rest, (word.span, Content::Number(number)))),
        None => input.miss(),
    }
}

fn ordinal(input: Input<'_>) -> Parsed<'_, (Span, Content)> {
    let token = input
        .first()
        .filter(|token| token.kind == TokenKind::Ordinal);
    let read = token.and_then(|token| {
        let text = input.text_of(token);
        let digits = text.trim_end_matches(|c: char| c.is_alphabetic());
        Some((token.span, Decimal::from_str_exact(digits).ok()?))
    });
    match read {
        Some((span, place)) => Ok((input.skip(1), (span, Content::Number(Number::exact(place))))),
        None => input.miss(),
    }
}

fn is_word(input: Input<'_>, token: &Token, word: &str) -> bool {
    // Small letters and straight apostrophes make no word longer.
    if token.span.len() < word.len() {
        return false;
    }
    let text = input.text_of(token);
    text.eq_ignore_ascii_case(word) || !text.is_ascii() && fold(text) == word
}

/// Bytes of the first character of `rest`, which is the end of `text`.
fn first_char(text: &str, rest: &str) -> Span {
    let at = text.len() - rest.len();
    Span::new(at, at + rest.chars().next().map_or(0, char::len_utf8))
}

fn bracket_depth(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for c in text.chars() {
        match c {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

type Written<'a, O> = IResult<&'a str, O, nom::error::Error<&'a str>>;

/// `items = *( text | hole | optional | choice )`
fn items(input: &str) -> Written<'_, Vec<Item<'_>>> {
    many0(alt((hole, optional, choice, text))).parse(input)
}

/// `text = 1*( any character but a bracket or bar | "\" any character )`
fn text(input: &str) -> Written<'_, Item<'_>> {
    let mut escaped = false;
    let end = input.find(|c: char| {
        let ends = !escaped && "{}[]()|".contains(c);
        escaped = !escaped && c == '\\';
        ends
    });
    match input.split_at_checked(end.unwrap_or(input.len())) {
        Some((text, rest)) if !text.is_empty() => Ok((rest, Item::Text(text))),
        _ => Err(nom::Err::Error(nom::error::Error::from_error_kind(
            input,
            ErrorKind::TakeWhile1,
        ))),
    }
}

/// `hole = "{" name ":" type "}"`
fn hole(input: &str) -> Written<'_, Item<'_>> {
    let (at, _) = char('{').parse(input)?;
    let name = |input| {
        take_while1(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_').parse(input)
    };
    let word = |input| {
        take_while(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-').parse(input)
    };
    let (rest, name) = cut(delimited(multispace0, name, multispace0)).parse(at)?;
    let (rest, hole_type) = cut(preceded(
        char(':'),
        delimited(multispace0, word, multispace0),
    ))
    .parse(rest)?;
    let (rest, _) = cut(char('}')).parse(rest)?;
    Ok((
        rest,
        Item::Hole {
            name,
            hole_type,
            at,
        },
    ))
}

/// `optional = "[" items "]"`
fn optional(input: &str) -> Written<'_, Item<'_>> {
    let (rest, items) = delimited(char('['), items, cut(char(']'))).parse(input)?;
    Ok((rest, Item::Optional(items)))
}

/// `choice = "(" items *( "|" items ) ")"`
fn choice(input: &str) -> Written<'_, Item<'_>> {
    let (rest, _) = char('(').parse(input)?;
    let (mut rest, first) = items(rest)?;
    let mut choices = vec![first];
    while let Ok((after, next)) = preceded(char('|'), items).parse(rest) {
        choices.push(next);
        rest = after;
    }
    let (rest, _) = cut(char(')')).parse(rest)?;
    Ok((rest, Item::Choice(choices)))
}
