//! The lexer: one pass from clean text to tokens with their lexicon classes.
//!
//! ```text
//! token        = word | number | ordinal | year-span | numeric-date | time | code | address | symbol
//! word         = letter *(letter | digit | apostrophe letter | hyphen letter | "&" letter)
//! number       = 1*3digit 1*("," 3digit) ["." 1*digit] | 1*digit ["." 1*digit] | 1*3digit 1*(" " 3digit)
//! ordinal      = 1*digit ("st" | "nd" | "rd" | "th")
//! year-span    = 4digit ("-" | "–" | "/") (2digit | 4digit | the next digit)
//! numeric-date = 1*2digit sep 1*2digit sep (4digit | 2digit) | 1*2digit "-" 1*2digit "-" 4digit | 4digit "-" 2digit "-" 2digit | 4digit sep 1*2digit sep 1*2digit
//!              | 1*2digit "/" 4digit    sep = "/" | "."
//! time         = 1*2digit ":" 2digit
//! code         = 4digit "-" 3*digit | 1*digit "-" "0" 2*digit | 1*digit 2*( "-" 1*digit )
//! address      = ("http" | "www.") *non-space | word "@" *non-space
//! ```

use super::{
    lexicon::{Class, Classes, Lexicon, Meaning, PhraseId, Word},
    words::WordHash,
};
use crate::span::{Span, text_at};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word, with its inner apostrophes, hyphens and digits.
    Word,
    /// A numeral, thousands separators and decimals included.
    Number,
    /// A numeral with `st`, `nd`, `rd` or `th`.
    Ordinal,
    /// Two years written as one: `2016-17`.
    YearSpan,
    /// A date in figures: `03/10/2017`.
    NumericDate,
    /// A time of day: `10:30`.
    Time,
    /// An address of a web page or mailbox.
    Address,
    /// Any other character. A hyphen between two spaces is the dash for which it was typed.
    Symbol(char),
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Bytes of the clean text.
    pub span: Span,
    /// Classes of every phrase of the lexicon that starts here.
    pub classes: Classes,
    /// Whether a line of the text starts here.
    pub line_start: bool,
    /// Whether no white space stands before it.
    pub glued: bool,
    /// Whether it starts with a capital letter.
    pub capital: bool,
    /// Its first byte, a letter of ASCII as a small one.
    pub initial: u8,
    word: Word,
    hash: WordHash,
    phrases: (u32, u8),
}

impl Token {
    /// The number of a word; `None` for a numeral or symbol.
    pub fn hash(&self) -> Option<WordHash> {
        matches!(self.kind, TokenKind::Word | TokenKind::Address).then_some(self.hash)
    }
}

/// A phrase of the lexicon in the text.
#[derive(Clone, Copy, Debug)]
struct Found {
    tokens: u8,
    classes: Classes,
    phrase: PhraseId,
}

/// About how many bytes of English text a token takes, with the space before it.
const BYTES_PER_TOKEN: usize = 5;

/// What follows a number word and a hyphen where a half is added: "two-and-a-half".
pub(super) const AND_A_HALF: &str = "and-a-half";

/// What "may" is that "May" is not.
const VERBS: Classes = Classes::of(&[Class::Modal, Class::Auxiliary, Class::Unsettled]);

/// What "May" is that "may" is not.
const MONTHS: Classes = Classes::of(&[Class::Month]);

/// Text cut into tokens, with the phrases of the lexicon found in it. Several stretches of one text may be added.
#[derive(Debug)]
pub struct Lexed<'a> {
    /// The clean text that spans refer to.
    pub text: &'a str,
    /// The lexicon that classes come from.
    pub lexicon: &'a Lexicon,
    /// All tokens, in order of place within each stretch.
    pub tokens: Vec<Token>,
    found: Vec<Found>,
}

impl<'a> Lexed<'a> {
    /// Nothing lexed yet.
    pub fn new(text: &'a str, lexicon: &'a Lexicon) -> Self {
        Self {
            text,
            lexicon,
            tokens: Vec::with_capacity(text.len() / BYTES_PER_TOKEN),
            found: Vec::with_capacity(text.len() / BYTES_PER_TOKEN),
        }
    }

    /// Lexes one stretch of the text and gives back which tokens it became.
    pub fn add(&mut self, span: Span) -> std::ops::Range<usize> {
        let first = self.tokens.len();
        let mut scanner = Scanner {
            text: text_at(self.text, span),
            at: 0,
        };
        while let Some((kind, piece, line_start, glued)) = scanner.next_token() {
            let span = Span::new(span.start + piece.start, span.start + piece.end);
            let text = text_at(self.text, span);
            let word = match kind {
                TokenKind::Word | TokenKind::Symbol('%' | '£' | '€' | '$') => {
                    self.lexicon.word(text)
                }
                _ => Word::NONE,
            };
            let capital = text.chars().next().is_some_and(char::is_uppercase);
            let classes = self.triggers(kind, word, text);
            self.tokens.push(Token {
                kind,
                span,
                classes,
                line_start,
                glued,
                capital,
                initial: text.bytes().next().unwrap_or_default().to_ascii_lowercase(),
                word,
                hash: WordHash::of(text),
                phrases: (0, 0),
            });
        }
        self.join_thousands(first);
        self.classify(first);
        first..self.tokens.len()
    }

    /// Makes one numeral of the groups of one whose thousands are parted by spaces: "the 21 831 sites".
    ///
    /// Two numbers beside each other look the same, so the sentence must carry the whole: a small word or a currency sign stands before
    /// it, and what is counted, or the end of the clause, behind it. "Table 3 120", "on 3 May 120 homes", "14 120 36" stay apart.
    fn join_thousands(&mut self, first: usize) {
        let mut at = first;
        while at < self.tokens.len() {
            let groups = self.groups_at(at);
            if groups > 1 && self.carries_number(first, at, groups) {
                let end = self.tokens.get(at + groups - 1).map(|token| token.span.end);
                if let (Some(end), Some(token)) = (end, self.tokens.get_mut(at)) {
                    token.span = Span::new(token.span.start, end);
                    token.hash = WordHash::of(text_at(self.text, token.span));
                    self.tokens.drain(at + 1..at + groups);
                }
            }
            at += 1;
        }
    }

    /// How many groups of digits stand from a token on, with one space between them: one of up to three and further ones of three.
    fn groups_at(&self, at: usize) -> usize {
        let digits = |token: &&Token| {
            let text = self.text_of(token);
            token.kind == TokenKind::Number && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let leads = |token: &&Token| {
            let text = self.text_of(token);
            text.len() <= 3 && !text.starts_with('0')
        };
        let rest = self.tokens.get(at..).unwrap_or_default();
        let Some(mut last) = rest.first().filter(digits).filter(leads) else {
            return 0;
        };
        let mut groups = 1;
        for next in rest
            .iter()
            .skip(1)
            .take_while(|next| digits(next) && self.text_of(next).len() == 3)
        {
            if self.text.get(last.span.end..next.span.start) != Some(" ") {
                break;
            }
            last = next;
            groups += 1;
        }
        groups
    }

    /// Whether what stands around groups of digits says that they are one number.
    fn carries_number(&self, first: usize, at: usize, groups: usize) -> bool {
        let is = |token: &Token, classes: &[Class]| {
            let mut meanings = self.lexicon.meanings_of(self.text_of(token));
            meanings.any(|meaning| classes.contains(&meaning.class))
        };
        let before = at.checked_sub(1).filter(|&before| before >= first);
        let (Some(before), Some(number)) = (
            before.and_then(|at| self.tokens.get(at)),
            self.tokens.get(at),
        ) else {
            return false;
        };
        let paid = number.glued && matches!(before.kind, TokenKind::Symbol('£' | '€' | '$'));
        let small = [Class::Determiner, Class::Preposition, Class::Hedge];
        let named = [
            Class::NotCounted,
            Class::Age,
            Class::Month,
            Class::NumberWord,
        ];
        let opens = |at: usize| {
            let before = at.checked_sub(1).filter(|&before| before >= first);
            let word = before.and_then(|at| self.tokens.get(at));
            word.is_some_and(|word| {
                let year = word.kind == TokenKind::Number && self.text_of(word).len() == 4;
                year || word.kind == TokenKind::Word && !is(word, &named)
            })
        };
        let led = match before.kind {
            TokenKind::Word => !is(before, &named) && (!before.capital || is(before, &small)),
            TokenKind::Symbol('(') => true,
            TokenKind::Symbol(',') => opens(at - 1),
            _ => false,
        };
        if number.line_start || !paid && !led {
            return false;
        }
        let next = self.tokens.get(at + groups);
        let ends = self.text_of(number).len() > 1;
        let Some(next) = next else { return paid };
        match next.kind {
            TokenKind::Word => {
                // "Of the 40 120 were late" lacks a comma.
                let parted = is(next, &[Class::Auxiliary]) && is(before, &[Class::Determiner]);
                !next.glued && (paid || !parted)
            }
            TokenKind::Symbol('.' | ',' | ';' | ')') => paid || ends && next.glued,
            _ => paid && next.kind != TokenKind::Number,
        }
    }

    /// Finds the phrases that start at each token from `first` on.
    fn classify(&mut self, first: usize) {
        let Self {
            tokens,
            found,
            lexicon,
            ..
        } = self;
        for at in first..tokens.len() {
            let rest = tokens.get(at..).unwrap_or_default();
            let Some(first) = rest.first().filter(|token| token.word != Word::NONE) else {
                continue;
            };
            let start = found.len();
            let mut classes = first.classes;
            lexicon.each_phrase(
                rest.iter().map(|token| token.word),
                |tokens, of_phrase, phrase| {
                    classes.extend(of_phrase);
                    found.push(Found {
                        tokens,
                        classes: of_phrase,
                        phrase,
                    });
                },
            );
            if classes.meets(Classes::of(&[Class::NumberWord, Class::Fraction])) {
                classes.extend(Classes::NUMERIC);
            }
            if classes.has(Class::Month) {
                classes = classes.without(if first.capital { VERBS } else { MONTHS });
            }
            let count = u8::try_from(found.len() - start).unwrap_or(u8::MAX);
            if let Some(token) = tokens.get_mut(at) {
                token.classes = classes;
                token.phrases = (u32::try_from(start).unwrap_or(u32::MAX), count);
            }
        }
    }

    /// What a token may begin beside the phrases of the lexicon.
    fn triggers(&self, kind: TokenKind, word: Word, text: &str) -> Classes {
        match kind {
            TokenKind::Number => Classes::NUMERIC.or(Classes::DATED),
            TokenKind::Symbol('£' | '€' | '$') => Classes::NUMERIC,
            TokenKind::Ordinal | TokenKind::NumericDate | TokenKind::YearSpan => Classes::DATED,
            TokenKind::Word if text.contains('-') => {
                if word == Word::NONE && self.is_number_pair(text) {
                    Classes::NUMERIC.or(Classes::DATED)
                } else {
                    Classes::DATED
                }
            }
            _ => Classes::NONE,
        }
    }

    /// Whether a word joins two number words: "twenty-one", a number and a half: "two-and-a-half", or a number and a unit of time:
    /// "five-year".
    fn is_number_pair(&self, text: &str) -> bool {
        let is = |word: &str, class: Class| {
            let mut meanings = self.lexicon.meanings_of(word);
            meanings.any(|meaning| meaning.class == class)
        };
        text.split_once('-').is_some_and(|(tens, ones)| {
            is(tens, Class::NumberWord)
                && (ones == AND_A_HALF
                    || is(ones, Class::NumberWord)
                    || is(ones, Class::DurationUnit))
        })
    }

    /// The text of a token.
    pub fn text_of(&self, token: &Token) -> &'a str {
        text_at(self.text, token.span)
    }

    /// The phrases that start at a token, longest first: how many tokens each takes, and its meanings.
    pub fn phrases_at(
        &self,
        token: &Token,
    ) -> impl Iterator<Item = (usize, Classes, &'a [Meaning])> + '_ {
        let start = token.phrases.0 as usize;
        let found = self
            .found
            .get(start..start + usize::from(token.phrases.1))
            .unwrap_or_default();
        found.iter().rev().map(|found| {
            (
                usize::from(found.tokens),
                found.classes,
                self.lexicon.meanings(found.phrase),
            )
        })
    }
}

/// The words of a phrase as the lexer would cut it.
pub(super) fn words_of(phrase: &str) -> impl Iterator<Item = &str> {
    let mut scanner = Scanner {
        text: phrase,
        at: 0,
    };
    std::iter::from_fn(move || {
        let (_, piece, _, _) = scanner.next_token()?;
        Some(text_at(phrase, piece))
    })
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl Scanner<'_> {
    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or_default()
    }

    fn char_at(&self, at: usize) -> Option<char> {
        let byte = self.byte(at);
        if byte.is_ascii() {
            (at < self.text.len()).then_some(byte as char)
        } else {
            self.text.get(at..)?.chars().next()
        }
    }

    /// Moves past the bytes that are `wanted`, which are ASCII.
    fn skip_bytes(&mut self, wanted: impl Fn(u8) -> bool) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|&&byte| wanted(byte)).count();
    }

    /// Kind, place, whether a line starts at it and whether nothing stands between it and the token before.
    fn next_token(&mut self) -> Option<(TokenKind, Span, bool, bool)> {
        let before = self.at;
        let mut line_start = before == 0;
        let first = loop {
            self.skip_bytes(|byte| byte == b' ');
            let c = self.char_at(self.at)?;
            if !c.is_whitespace() {
                break c;
            }
            line_start |= c == '\n';
            self.at += c.len_utf8();
        };
        let glued = before == self.at && before > 0;
        let start = self.at;
        let kind = if first.is_ascii_digit() {
            self.numeral()
        } else if first.is_alphabetic() {
            self.word()
        } else {
            self.at += first.len_utf8();
            let apart = !glued && self.char_at(self.at).is_none_or(char::is_whitespace);
            TokenKind::Symbol(if first == '-' && apart { '–' } else { first })
        };
        Some((kind, Span::new(start, self.at), line_start, glued))
    }

    fn word(&mut self) -> TokenKind {
        let start = self.at;
        loop {
            self.skip_bytes(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            let Some(c) = self.char_at(self.at) else {
                break;
            };
            let joins = matches!(c, '\'' | '’' | '-' | '‑' | '‐' | '&');
            let next = if joins {
                self.char_at(self.at + c.len_utf8())
            } else {
                None
            };
            let goes_on = c.is_alphanumeric()
                || c == '_'
                || joins && next.is_some_and(char::is_alphabetic)
                || c == '-' && next.is_some_and(|next| next.is_ascii_digit());
            if !goes_on {
                break;
            }
            self.at += c.len_utf8();
        }
        let word = self.text.get(start..self.at).unwrap_or_default();
        if !matches!(self.byte(self.at), b':' | b'.' | b'@') {
            return TokenKind::Word;
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        let address = rest.starts_with("://")
            || word.eq_ignore_ascii_case("www") && rest.starts_with('.')
            || rest.starts_with('@')
                && rest
                    .get(1..)
                    .is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        if address {
            let len = rest
                .find(|c: char| c.is_whitespace() || matches!(c, ')' | '>' | '"' | '”' | ']'))
                .unwrap_or(rest.len());
            self.at += rest
                .get(..len)
                .unwrap_or_default()
                .trim_end_matches(['.', ',', ';', ':'])
                .len();
            return TokenKind::Address;
        }
        TokenKind::Word
    }

    /// How many digits stand at `at`.
    fn digits(&self, at: usize) -> usize {
        self.text
            .as_bytes()
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    }

    fn numeral(&mut self) -> TokenKind {
        let start = self.at;
        let first = self.digits(start);
        let after = start + first;
        if let Some((kind, end)) = self.date_like(start, first) {
            self.at = end;
            return kind;
        }
        if let Some(end) = self.code(start, first) {
            self.at = end;
            return TokenKind::Word;
        }
        if first <= 2 && self.byte(after) == b':' && self.digits(after + 1) == 2 {
            self.at = after + 3;
            return TokenKind::Time;
        }
        self.at = after;
        if first <= 3 {
            while self.byte(self.at) == b',' && self.digits(self.at + 1) == 3 {
                self.at += 4;
            }
        }
        let fraction = self.digits(self.at + 1);
        if self.byte(self.at) == b'.' && fraction > 0 {
            self.at += 1 + fraction;
            return TokenKind::Number;
        }
        let letters = self.text.get(self.at..).unwrap_or_default();
        let suffix = ["st", "nd", "rd", "th"].iter().any(|suffix| {
            letters
                .get(..2)
                .is_some_and(|two| two.eq_ignore_ascii_case(suffix))
                && !letters
                    .get(2..)
                    .is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
        });
        if suffix {
            self.at += 2;
            return TokenKind::Ordinal;
        }
        TokenKind::Number
    }

    /// The end of figures that name a thing and count none: "report 2009-501", "case 17-024", "phone 020-7946-0018".
    fn code(&self, start: usize, first: usize) -> Option<usize> {
        let (mut end, mut parts) = (start + first, 1);
        let mut named = false;
        while self.byte(end) == b'-' && self.digits(end + 1) > 0 {
            let part = self.digits(end + 1);
            named |= part >= 3 && (first == 4 || self.byte(end + 1) == b'0');
            end += 1 + part;
            parts += 1;
        }
        let whole = !self.char_at(end).is_some_and(char::is_alphanumeric);
        (whole && (named && parts == 2 || parts > 2)).then_some(end)
    }

    /// Year spans and dates in figures, which would otherwise fall apart into numerals.
    fn date_like(&self, start: usize, first: usize) -> Option<(TokenKind, usize)> {
        let after = start + first;
        let separator = self.char_at(after)?;
        let second_at = after + separator.len_utf8();
        let second = self.digits(second_at);
        let end = second_at + second;
        let ends = |at: usize| !self.char_at(at).is_some_and(char::is_alphanumeric);
        if first == 4
            && separator == '-'
            && second == 2
            && self.byte(end) == b'-'
            && self.digits(end + 1) == 2
            && (ends(end + 3) || self.byte(end + 3) == b'T' && self.digits(end + 4) == 2)
        {
            return Some((TokenKind::NumericDate, end + 3));
        }
        if (1..=2).contains(&first) && (1..=2).contains(&second) && matches!(separator, '/' | '.') {
            let third = self.digits(end + 1);
            if self.char_at(end) == Some(separator)
                && (third == 4 || third == 2)
                && ends(end + 1 + third)
            {
                return Some((TokenKind::NumericDate, end + 1 + third));
            }
        }
        // "10-28-2009", but no code of a case: a day, a month and a year.
        if (1..=2).contains(&first)
            && (1..=2).contains(&second)
            && separator == '-'
            && self.byte(end) == b'-'
        {
            let value = |at: usize, digits: usize| -> u16 {
                let digits = self.text.get(at..at + digits).unwrap_or_default();
                digits.parse().unwrap_or_default()
            };
            let (one, other, year) = (
                value(start, first),
                value(second_at, second),
                value(end + 1, 4),
            );
            let of_date =
                one.min(other) <= 12 && (1..=31).contains(&one.max(other)) && one.min(other) > 0;
            if self.digits(end + 1) == 4
                && (1900..2100).contains(&year)
                && of_date
                && ends(end + 5)
                && self.byte(end + 5) != b'-'
            {
                return Some((TokenKind::NumericDate, end + 5));
            }
        }
        let year = matches!(self.byte(start), b'1' | b'2') && first == 4;
        if year && (1..=2).contains(&second) && matches!(separator, '/' | '.') {
            let third = self.digits(end + 1);
            let closed = self.char_at(end) == Some(separator) && ends(end + 1 + third);
            if closed && (1..=2).contains(&third) {
                return Some((TokenKind::NumericDate, end + 1 + third));
            }
        }
        let of_year = second == 4 && matches!(self.byte(second_at), b'1' | b'2');
        if (1..=2).contains(&first) && separator == '/' && of_year && ends(end) {
            return Some((TokenKind::NumericDate, end));
        }
        let follows =
            |digit: u8, next: u8| matches!((digit, next), (b'9', b'0')) || digit + 1 == next;
        if year
            && matches!(separator, '-' | '/')
            && second == 1
            && follows(self.byte(start + 3), self.byte(second_at))
            && ends(end)
        {
            return Some((TokenKind::YearSpan, end));
        }
        if year
            && matches!(separator, '-' | '–' | '/' | '‑')
            && (second == 2 || second == 4)
            && ends(end)
        {
            return Some((TokenKind::YearSpan, end));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(TokenKind, &str)]) {
        let lexicon = Lexicon::new();
        let mut lexed = Lexed::new(text, &lexicon);
        lexed.add(Span::new(0, text.len()));
        let found: Vec<_> = lexed
            .tokens
            .iter()
            .map(|token| (token.kind, lexed.text_of(token)))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn words_keep_their_apostrophes_and_hyphens() {
        use TokenKind::{Symbol, Word};
        check(
            "magistrates’ court’s well-led",
            &[
                (Word, "magistrates"),
                (Symbol('’'), "’"),
                (Word, "court’s"),
                (Word, "well-led"),
            ],
        );
        check(
            "G1, ‘good’",
            &[
                (Word, "G1"),
                (Symbol(','), ","),
                (Symbol('‘'), "‘"),
                (Word, "good"),
                (Symbol('’'), "’"),
            ],
        );
    }

    #[test]
    fn numerals_dates_and_years() {
        use TokenKind::{Number, NumericDate, Ordinal, Symbol, Time, Word, YearSpan};
        check(
            "£36,612,835.",
            &[
                (Symbol('£'), "£"),
                (Number, "36,612,835"),
                (Symbol('.'), "."),
            ],
        );
        check(
            "46.9% 1,2",
            &[
                (Number, "46.9"),
                (Symbol('%'), "%"),
                (Number, "1"),
                (Symbol(','), ","),
                (Number, "2"),
            ],
        );
        check(
            "a - b -c",
            &[
                (Word, "a"),
                (Symbol('–'), "-"),
                (Word, "b"),
                (Symbol('-'), "-"),
                (Word, "c"),
            ],
        );
        check(
            "2016-17 2016–2017 2016-7 2016-8",
            &[
                (YearSpan, "2016-17"),
                (YearSpan, "2016–2017"),
                (YearSpan, "2016-7"),
                (Number, "2016"),
                (Symbol('-'), "-"),
                (Number, "8"),
            ],
        );
        check(
            "10-28-2009 28-10-2009 17-45-2009 03/10/2017 2017-10-03 2017/10/03 10/2017 10:30 3rd",
            &[
                (NumericDate, "10-28-2009"),
                (NumericDate, "28-10-2009"),
                (Word, "17-45-2009"),
                (NumericDate, "03/10/2017"),
                (NumericDate, "2017-10-03"),
                (NumericDate, "2017/10/03"),
                (NumericDate, "10/2017"),
                (Time, "10:30"),
                (Ordinal, "3rd"),
            ],
        );
        check(
            "2009-501 17-024 1-2-3-4 2017-10-03T08 20-30 500-1000",
            &[
                (Word, "2009-501"),
                (Word, "17-024"),
                (Word, "1-2-3-4"),
                (NumericDate, "2017-10-03"),
                (Word, "T08"),
                (Number, "20"),
                (Symbol('-'), "-"),
                (Number, "30"),
                (Number, "500"),
                (Symbol('-'), "-"),
                (Number, "1000"),
            ],
        );
        check(
            "1.2m 9/10",
            &[
                (Number, "1.2"),
                (Word, "m"),
                (Number, "9"),
                (Symbol('/'), "/"),
                (Number, "10"),
            ],
        );
    }

    #[test]
    fn thousands_parted_by_spaces() {
        let mut lexicon = Lexicon::new();
        lexicon.insert(Class::Month, "may", "5");
        lexicon.insert(Class::NotCounted, "page", "before");
        lexicon.insert(Class::Determiner, "the", "the");
        lexicon.insert(Class::Auxiliary, "were", "were");
        for (text, expected) in [
            ("of 21 831 sites", "21 831"),
            ("The 1 234 567 homes", "1 234 567"),
            ("a grant of €12 500.", "12 500"),
            ("a total of 21 831.", "21 831"),
            ("of whom 3 200 were late", "3 200"),
            ("In 2018, 21 831 sites", "2018|21 831"),
            ("pages 3, 12 300 homes", "3|12|300"),
            ("in 2018 301 sites", "2018|301"),
            ("Table 3 120 homes", "3|120"),
            ("on page 3 120 homes", "3|120"),
            ("On 3 May 120 homes", "3|120"),
            ("May 3 120 homes", "3|120"),
            ("rows of 14 120 36", "14|120|36"),
            ("Leeds 12 345 homes", "12|345"),
            ("21 831 sites", "21|831"),
            ("of the 40 120 were late", "40|120"),
            ("of 40 12 sites", "40|12"),
            ("call 020 794 now", "020|794"),
            ("of 4 100-bed wards", "4|100"),
            ("of 40  120 homes", "40|120"),
        ] {
            let mut lexed = Lexed::new(text, &lexicon);
            lexed.add(Span::new(0, text.len()));
            let numbers = lexed
                .tokens
                .iter()
                .filter(|token| token.kind == TokenKind::Number);
            let numbers: Vec<_> = numbers.map(|token| lexed.text_of(token)).collect();
            assert_eq!(numbers.join("|"), expected, "{text}");
        }
    }

    #[test]
    fn addresses_are_one_token() {
        use TokenKind::{Address, Symbol, Word};
        check(
            "see www.example.org/a1, or",
            &[
                (Word, "see"),
                (Address, "www.example.org/a1"),
                (Symbol(','), ","),
                (Word, "or"),
            ],
        );
        check(
            "https://x.org/p?q=12.",
            &[(Address, "https://x.org/p?q=12"), (Symbol('.'), ".")],
        );
    }

    #[test]
    fn phrases_are_found_whatever_their_case_and_wrap() {
        let mut lexicon = Lexicon::new();
        lexicon.insert(Class::Grade, "requires improvement", "x/1");
        lexicon.insert(Class::Verb, "requires", "requires");
        let text = "It Requires\nIMPROVEMENT now";
        let mut lexed = Lexed::new(text, &lexicon);
        lexed.add(Span::new(0, text.len()));
        let token = lexed.tokens[1];
        assert!(token.classes.has(Class::Grade) && token.classes.has(Class::Verb));
        assert!(lexed.tokens[2].line_start);
        let lengths: Vec<usize> = lexed
            .phrases_at(&token)
            .map(|(tokens, _, _)| tokens)
            .collect();
        assert_eq!(lengths, [2, 1]);
    }

    #[test]
    fn a_capital_makes_a_month_of_a_verb() {
        let mut lexicon = Lexicon::new();
        lexicon.insert(Class::Month, "may", "5");
        lexicon.insert(Class::Auxiliary, "may", "may");
        let text = "In May it may open";
        let mut lexed = Lexed::new(text, &lexicon);
        lexed.add(Span::new(0, text.len()));
        let is = |at: usize, class| lexed.tokens[at].classes.has(class);
        assert!(is(1, Class::Month) && !is(1, Class::Auxiliary));
        assert!(is(3, Class::Auxiliary) && !is(3, Class::Month));
    }
}
