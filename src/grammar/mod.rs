//! The grammar: nom parsers over tokens.
//!
//! [`Lexed`] holds the tokens of a text with their lexicon classes; an [`Input`] is a run of them, usually one sentence.
//! Parsers are tried where a trigger class stands and give back plain syntax with spans; what it means in its document (a
//! column head, a heading above, the sentence before) is the business of `facts`. The production stands above each parser,
//! and all of them stand in `GRAMMAR.md`.
//!
//! Nothing here knows of documents, files or rules.

#![expect(
    clippy::missing_errors_doc,
    reason = "a parser errs where its production does not stand, and says no more"
)]

pub mod base;
pub mod breakdown;
pub mod change;
pub mod comparison;
pub mod date;
pub mod enumeration;
pub mod level;
pub mod lexer;
pub mod lexicon;
pub mod marker;
pub mod noun;
pub mod number;
pub mod past;
pub mod phrase;
pub mod proportion;
pub mod rating;
pub mod reference;
pub mod response;
pub mod sentence;
pub mod tally;
pub mod words;
pub mod yardstick;

use std::{iter::Enumerate, slice};

use nom::{IResult, Needed, error::ErrorKind};

pub use lexer::{Lexed, Token, TokenKind};
pub use lexicon::{Class, Classes, Lexicon};

use crate::span::Span;

/// A run of tokens that a parser reads from the left; it can look back to what stands before it.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    lexed: &'a Lexed<'a>,
    from: usize,
    to: usize,
}

/// What a parser gives back: the rest of the input and what was read, or a plain miss.
pub type Parsed<'a, O> = IResult<Input<'a>, O, nom::error::Error<Input<'a>>>;

/// A phrase of the lexicon as read: what it stands for, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lexeme<'a> {
    /// What the phrase stands for.
    pub canonical: &'a str,
    /// Bytes of the clean text.
    pub span: Span,
}

impl<'a> Input<'a> {
    /// The tokens of `range`; what lies past the last token is cut.
    pub fn new(lexed: &'a Lexed<'a>, range: std::ops::Range<usize>) -> Self {
        let to = range.end.min(lexed.tokens.len());
        Self {
            lexed,
            from: range.start.min(to),
            to,
        }
    }

    /// The tokens.
    pub fn tokens(self) -> &'a [Token] {
        self.lexed
            .tokens
            .get(self.from..self.to)
            .unwrap_or_default()
    }

    /// The first token.
    pub fn first(self) -> Option<&'a Token> {
        self.tokens().first()
    }

    /// How many tokens are left.
    pub const fn len(self) -> usize {
        self.to - self.from
    }

    /// Whether nothing is left.
    pub const fn is_empty(self) -> bool {
        self.from == self.to
    }

    /// Index of the first token in its [`Lexed`].
    pub const fn position(self) -> usize {
        self.from
    }

    /// The text that was lexed.
    pub const fn lexed(self) -> &'a Lexed<'a> {
        self.lexed
    }

    /// From the first token on that has one of `classes`; empty where none has.
    #[must_use]
    pub fn seek(self, classes: Classes) -> Self {
        let meets = |token: &Token| token.classes.meets(classes);
        self.skip(self.tokens().iter().position(meets).unwrap_or(self.len()))
    }

    /// This input from each of its tokens on, from the left.
    pub fn starts(self) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + Clone {
        (0..self.len()).map(move |at| self.skip(at))
    }

    /// The first phrase of `class` that stands in the input, from its first token on, and what follows it.
    pub fn find(self, class: Class) -> Option<(Self, Self)> {
        self.starts()
            .find_map(|here| Some((here, here.lexeme(class)?.0)))
    }

    /// Whether a phrase of `class` stands in the input.
    pub fn holds(self, class: Class) -> bool {
        self.find(class).is_some()
    }

    /// Whether this word stands in the input, whatever its case.
    pub fn holds_word(self, word: &str) -> bool {
        self.starts().any(|here| here.starts_with(word))
    }

    /// From token `from` of the lexed text to the end of this input.
    #[must_use]
    pub fn restart(self, from: usize) -> Self {
        Self {
            from: from.min(self.to),
            ..self
        }
    }

    /// From token `from` of the lexed text, which may stand before this input, to the end of this input.
    #[must_use]
    pub fn widen(self, from: usize) -> Self {
        Self {
            from: from.min(self.from),
            ..self
        }
    }

    /// The same start, cut before token `to` of the lexed text.
    #[must_use]
    pub fn until(self, to: usize) -> Self {
        Self {
            to: to.clamp(self.from, self.to),
            ..self
        }
    }

    /// From the first token on, `count` tokens of the lexed text, whatever the input was cut to.
    #[must_use]
    pub(crate) fn restart_len(self, count: usize) -> Self {
        Self {
            to: (self.from + count).min(self.lexed.tokens.len()),
            ..self
        }
    }

    /// Without the first `count` tokens.
    #[must_use]
    pub fn skip(self, count: usize) -> Self {
        Self {
            from: (self.from + count).min(self.to),
            ..self
        }
    }

    /// Bytes from the first token to the last; empty where there is none.
    pub fn span(self) -> Span {
        match self.tokens() {
            [first, .., last] => first.span.join(last.span),
            [only] => only.span,
            [] => Span::default(),
        }
    }

    /// Whether the last bracket of the input opens, so that what follows stands in brackets.
    pub fn ends_in_brackets(self) -> bool {
        let mut tokens = self.tokens().iter().rev();
        let last = tokens.find(|token| matches!(token.kind, TokenKind::Symbol('(' | ')')));
        last.is_some_and(|last| last.kind == TokenKind::Symbol('('))
    }

    /// Bytes of the tokens that were read between `self` and `rest`.
    pub fn span_to(self, rest: Self) -> Span {
        self.until(rest.from).span()
    }

    /// The text of the tokens, as written.
    pub fn text(self) -> &'a str {
        crate::span::text_at(self.lexed.text, self.span())
    }

    /// The text of a token.
    pub fn text_of(self, token: &Token) -> &'a str {
        self.lexed.text_of(token)
    }

    /// Whether the first token is this word, whatever its case.
    pub fn starts_with(self, word: &str) -> bool {
        self.first().is_some_and(|token| self.is(token, word))
    }

    /// Whether the first token is the possessive of a word of a class: "the home's" of `body-noun`.
    pub fn starts_with_owner(self, class: Class) -> bool {
        self.first().is_some_and(|token| {
            let text = self.text_of(token);
            let owner = text.strip_suffix("'s").or_else(|| text.strip_suffix("’s"));
            let mut meanings = owner
                .into_iter()
                .flat_map(|owner| self.lexed.lexicon.meanings_of(owner));
            meanings.any(|meaning| meaning.class == class)
        })
    }

    /// Whether a token is this word, whatever its case.
    fn is(self, token: &Token, word: &str) -> bool {
        let initial = word.bytes().next().map(|byte| byte.to_ascii_lowercase());
        token.span.len() == word.len()
            && initial == Some(token.initial)
            && self.text_of(token).eq_ignore_ascii_case(word)
    }

    /// The longest phrase of `class` that starts here and ends within the input.
    pub fn lexeme(self, class: Class) -> Option<(Self, Lexeme<'a>)> {
        let token = self.first().filter(|token| token.classes.has(class))?;
        self.lexed
            .phrases_at(token)
            .find_map(|(tokens, classes, meanings)| {
                if tokens > self.len() || !classes.has(class) {
                    return None;
                }
                let meaning = meanings.iter().find(|meaning| meaning.class == class)?;
                let rest = self.skip(tokens);
                Some((
                    rest,
                    Lexeme {
                        canonical: &meaning.canonical,
                        span: self.span_to(rest),
                    },
                ))
            })
    }

    pub(crate) fn miss<O>(self) -> Parsed<'a, O> {
        Err(nom::Err::Error(nom::error::Error {
            input: self,
            code: ErrorKind::Fail,
        }))
    }
}

impl<'a> nom::Input for Input<'a> {
    type Item = &'a Token;
    type Iter = slice::Iter<'a, Token>;
    type IterIndices = Enumerate<Self::Iter>;

    fn input_len(&self) -> usize {
        self.len()
    }

    fn take(&self, index: usize) -> Self {
        self.until(self.from + index)
    }

    fn take_from(&self, index: usize) -> Self {
        self.skip(index)
    }

    fn take_split(&self, index: usize) -> (Self, Self) {
        (self.skip(index), self.until(self.from + index))
    }

    fn position<P>(&self, predicate: P) -> Option<usize>
    where
        P: Fn(Self::Item) -> bool,
    {
        self.tokens().iter().position(predicate)
    }

    fn iter_elements(&self) -> Self::Iter {
        self.tokens().iter()
    }

    fn iter_indices(&self) -> Self::IterIndices {
        self.tokens().iter().enumerate()
    }

    fn slice_index(&self, count: usize) -> Result<usize, Needed> {
        if count <= self.len() {
            Ok(count)
        } else {
            Err(Needed::new(count - self.len()))
        }
    }
}

/// A phrase of a class, the longest that stands here.
pub fn phrase<'a>(class: Class) -> impl Fn(Input<'a>) -> Parsed<'a, Lexeme<'a>> + Copy {
    move |input| input.lexeme(class).map_or_else(|| input.miss(), Ok)
}

/// A phrase of one of several classes: the first class of the list that has one here.
pub fn phrase_of<'a>(
    classes: &'static [Class],
) -> impl Fn(Input<'a>) -> Parsed<'a, (Class, Lexeme<'a>)> + Copy {
    move |input| {
        classes
            .iter()
            .find_map(|&class| {
                input
                    .lexeme(class)
                    .map(|(rest, lexeme)| (rest, (class, lexeme)))
            })
            .map_or_else(|| input.miss(), Ok)
    }
}

/// This word, whatever its case.
pub fn word<'a>(text: &'static str) -> impl Fn(Input<'a>) -> Parsed<'a, Span> + Copy {
    move |input| match input.first() {
        Some(token) if input.is(token, text) => Ok((input.skip(1), token.span)),
        _ => input.miss(),
    }
}

/// One of these words, whatever its case.
pub fn one_of<'a>(texts: &'static [&'static str]) -> impl Fn(Input<'a>) -> Parsed<'a, Span> + Copy {
    move |input| match input.first() {
        Some(token) if texts.iter().any(|text| input.is(token, text)) => {
            Ok((input.skip(1), token.span))
        }
        _ => input.miss(),
    }
}

/// This character.
pub fn symbol<'a>(wanted: char) -> impl Fn(Input<'a>) -> Parsed<'a, Span> + Copy {
    token(move |token| token.kind == TokenKind::Symbol(wanted))
}

/// A token of this kind.
pub fn kind<'a>(wanted: TokenKind) -> impl Fn(Input<'a>) -> Parsed<'a, Span> + Copy {
    token(move |token| token.kind == wanted)
}

/// A token that satisfies `wanted`.
pub fn token<'a>(
    wanted: impl Fn(&Token) -> bool + Copy,
) -> impl Fn(Input<'a>) -> Parsed<'a, Span> + Copy {
    move |input| match input.first() {
        Some(token) if wanted(token) => Ok((input.skip(1), token.span)),
        _ => input.miss(),
    }
}

/// `quote-mark = any quotation mark, opening, closing or straight`
pub fn quote_mark(input: Input<'_>) -> Parsed<'_, Span> {
    token(|token| {
        matches!(
            token.kind,
            TokenKind::Symbol('"' | '\'' | '“' | '”' | '‘' | '’')
        )
    })(input)
}

#[cfg(test)]
pub(crate) mod testing {
    //! The lexicon that the tests of the grammar read with: the one that ships.

    use std::{collections::BTreeMap, fmt, sync::LazyLock};

    use serde::{Deserialize, Deserializer, de};

    use super::{Class, Input, Lexed, Lexicon};
    use crate::span::Span;

    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
        let text = include_str!("../../rules/general/lexicon.yaml");
        let classes: BTreeMap<String, Entries> = serde_yaml::from_str(text).expect("a lexicon");
        let mut lexicon = Lexicon::new();
        for (key, entries) in &classes {
            let class = Class::ALL.iter().find(|class| class.key() == key);
            for (canonical, phrase) in &entries.0 {
                let canonical = canonical.as_ref().unwrap_or(phrase);
                lexicon.insert(*class.expect("a class"), phrase, canonical);
            }
        }
        lexicon
    });

    struct Entries(Vec<(Option<String>, String)>);

    impl<'de> Deserialize<'de> for Entries {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Visitor;
            impl<'de> de::Visitor<'de> for Visitor {
                type Value = Entries;

                fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                    out.write_str("phrases, or groups of phrases")
                }

                fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Entries, A::Error> {
                    let mut entries = Vec::new();
                    while let Some(phrase) = seq.next_element()? {
                        entries.push((None, phrase));
                    }
                    Ok(Entries(entries))
                }

                fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                    let mut entries = Vec::new();
                    while let Some((canonical, group)) = map.next_entry::<String, Vec<String>>()? {
                        let phrases = group.into_iter();
                        entries.extend(phrases.map(|phrase| (Some(canonical.clone()), phrase)));
                    }
                    Ok(Entries(entries))
                }
            }
            deserializer.deserialize_any(Visitor)
        }
    }

    /// Reads `text` as one input.
    pub(crate) fn with_input<T>(text: &str, read: impl FnOnce(Input<'_>) -> T) -> T {
        let mut lexed = Lexed::new(text, &LEXICON);
        let tokens = lexed.add(Span::new(0, text.len()));
        read(Input::new(&lexed, tokens))
    }
}
