//! Text to tokens.
//!
//! What report authors type in place of an operator (`=`, `and`, `≤`, curly quotation marks) is reported, and read as the
//! operator that was meant, so that the rest of the expression is looked at too.

use std::fmt;

use nom::{
    IResult, Parser as _,
    bytes::complete::{tag, take_while, take_while1},
    character::complete::{anychar, char, satisfy},
    combinator::{fail, opt, recognize, value},
};
use rust_decimal::Decimal;

use super::Error;
use crate::span::Span;

/// A token and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) span: Span,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind<'a> {
    /// `12`, `4.50`.
    Number(Decimal),
    /// `"current"`, its escapes resolved.
    Text(Box<str>),
    /// `true`, `false`.
    Bool(bool),
    /// `criterion`.
    Name(&'a str),
    /// An operator or bracket, as it should be written.
    Sign(&'static str),
}

/// What the lexer gives back.
#[derive(Debug, Default)]
pub(super) struct Lexed<'a> {
    pub(super) tokens: Vec<Token<'a>>,
    pub(super) errors: Vec<Error>,
    /// Whether something could not be read at all, so that the tokens do not say what was meant.
    pub(super) broken: bool,
}

/// Signs as written and as meant, the most common first, and longer ones before those they start with.
const SIGNS: &[(&str, &str)] = &[
    (".", "."),
    (",", ","),
    ("(", "("),
    (")", ")"),
    ("[", "["),
    ("]", "]"),
    ("===", "=="),
    ("!==", "!="),
    ("==", "=="),
    ("!=", "!="),
    ("<>", "!="),
    ("<=", "<="),
    (">=", ">="),
    ("=<", "<="),
    ("=>", ">="),
    ("&&", "&&"),
    ("||", "||"),
    ("=", "=="),
    ("<", "<"),
    (">", ">"),
    ("&", "&&"),
    ("|", "||"),
    ("!", "!"),
    ("+", "+"),
    ("-", "-"),
    ("*", "*"),
    ("/", "/"),
    ("%", "%"),
    ("?", "?"),
    (":", ":"),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
    ("×", "*"),
    ("÷", "/"),
    ("−", "-"),
    ("–", "-"),
    ("¬", "!"),
];

/// Words that stand for a sign, and the sign.
const SIGN_WORDS: &[(&str, &str)] = &[("and", "&&"), ("or", "||"), ("not", "!")];

/// Opening quotation marks and those that close them.
const CURLY: &[(char, &[char])] = &[
    ('“', &['”', '“', '"']),
    ('”', &['”', '“', '"']),
    ('‘', &['’', '‘', '\'']),
    ('’', &['’', '‘', '\'']),
    ('«', &['»']),
];

/// `tokens = { white-space | number | name | text | sign }`
pub(super) fn lex(text: &str) -> Lexed<'_> {
    let mut lexed = Lexed {
        // A token and the space after it take four bytes or so.
        tokens: Vec::with_capacity(text.len() / 4 + 1),
        ..Lexed::default()
    };
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let start = text.len() - rest.len();
        let after = lexed.step(rest, first, start);
        rest = after.trim_start();
    }
    lexed
}

impl<'a> Lexed<'a> {
    /// Reads one token, or reports what stands in its place; gives back the rest.
    fn step(&mut self, input: &'a str, first: char, start: usize) -> &'a str {
        let to = |rest: &str| Span::new(start, start + input.len() - rest.len());
        if first.is_ascii_digit()
            && let Ok((rest, digits)) = number(input)
        {
            self.number(digits, to(rest));
            return rest;
        }
        if (first.is_alphabetic() || first == '_')
            && let Ok((rest, word)) = name(input)
        {
            self.word(word, to(rest));
            return rest;
        }
        if matches!(first, '"' | '\'') || CURLY.iter().any(|(open, _)| *open == first) {
            return self.text(input, first, start);
        }
        if let Ok((rest, (written, meant))) = sign(input) {
            if written != meant {
                self.slip(written, meant, to(rest));
            }
            self.push(Kind::Sign(meant), to(rest));
            return rest;
        }
        let mut chars = input.chars();
        chars.next();
        let rest = chars.as_str();
        self.broken = true;
        self.errors.push(Error::new(
            format!("`{first}` has no meaning in an expression"),
            to(rest),
        ));
        rest
    }

    fn push(&mut self, kind: Kind<'a>, span: Span) {
        self.tokens.push(Token { kind, span });
    }

    fn slip(&mut self, written: &str, meant: &str, span: Span) {
        self.errors.push(
            Error::new(format!("`{written}` is not an operator"), span)
                .help(format!("did you mean `{meant}`?")),
        );
    }

    fn number(&mut self, digits: &str, span: Span) {
        let number = Decimal::from_str_exact(digits).unwrap_or_else(|_| {
            self.errors.push(Error::new(
                "this number has too many digits (28 at most)",
                span,
            ));
            Decimal::ZERO
        });
        self.push(Kind::Number(number), span);
    }

    fn word(&mut self, word: &'a str, span: Span) {
        let selects = matches!(self.tokens.last(), Some(token) if token.kind == Kind::Sign("."));
        if selects {
            self.push(Kind::Name(word), span);
        } else if let Some(meant) = meant_by(word) {
            self.slip(word, meant, span);
            self.push(Kind::Sign(meant), span);
        } else if word == "in" {
            self.push(Kind::Sign("in"), span);
        } else if matches!(word, "true" | "false") {
            self.push(Kind::Bool(word == "true"), span);
        } else {
            self.push(Kind::Name(word), span);
        }
    }

    fn text(&mut self, input: &'a str, open: char, start: usize) -> &'a str {
        let curly = CURLY.iter().find(|(known, _)| *known == open);
        let closers = curly.map_or(std::slice::from_ref(&open), |(_, closers)| closers);
        let Ok((rest, (content, bad_escape))) = quoted(input, closers) else {
            self.broken = true;
            self.errors.push(Error::new(
                format!(
                    "this text has no closing `{}`",
                    closers.first().unwrap_or(&open)
                ),
                Span::new(start, start + input.len()),
            ));
            return "";
        };
        let span = Span::new(start, start + input.len() - rest.len());
        if curly.is_some() {
            self.errors.push(
                Error::new("typographic quotation marks do not mark a text", span)
                    .help("write straight ones: \"…\""),
            );
        } else if let Some(bad) = bad_escape {
            self.errors.push(
                Error::new(format!("`\\{bad}` is not an escape"), span)
                    .help("the escapes are `\\\"`, `\\'`, `\\\\`, `\\n` and `\\t`"),
            );
        }
        self.push(Kind::Text(content.into()), span);
        rest
    }
}

/// The sign that a word stands for.
fn meant_by(word: &str) -> Option<&'static str> {
    let found = SIGN_WORDS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(word));
    found.map(|(_, meant)| *meant)
}

/// `number = digit { digit } [ "." digit { digit } ]`
fn number(input: &str) -> IResult<&str, &str> {
    let digits = || take_while1(|c: char| c.is_ascii_digit());
    recognize((digits(), opt((char('.'), digits())))).parse(input)
}

/// `name = (letter | "_") { letter | digit | "_" }`
fn name(input: &str) -> IResult<&str, &str> {
    recognize((
        satisfy(|c| c.is_alphabetic() || c == '_'),
        take_while(|c: char| c.is_alphanumeric() || c == '_'),
    ))
    .parse(input)
}

/// `sign = "==" | "!=" | "<=" | ">=" | "<" | ">" | "&&" | "||" | "!" | "+" | "-" | "*" | "/" | "%" | "?" | ":" | "." | "," |
/// "(" | ")" | "[" | "]"`, and what is typed in place of them.
fn sign(input: &str) -> IResult<&str, (&'static str, &'static str)> {
    let first = input.as_bytes().first();
    let starts = |(written, _): &&(&str, &str)| {
        written.as_bytes().first() == first && input.starts_with(written)
    };
    let Some(&(written, meant)) = SIGNS.iter().find(starts) else {
        return fail().parse(input);
    };
    value((written, meant), tag(written)).parse(input)
}

/// `text = '"' { character | "\" escape } '"'`, or with `'`; with it, the first escape that is none.
fn quoted<'a>(input: &'a str, closers: &[char]) -> IResult<&'a str, (String, Option<char>)> {
    let mut content = String::new();
    let mut bad_escape = None;
    let (mut rest, _) = anychar(input)?;
    loop {
        let (after, c) = anychar(rest)?;
        rest = after;
        if closers.contains(&c) {
            return Ok((rest, (content, bad_escape)));
        }
        if c != '\\' {
            content.push(c);
            continue;
        }
        let (after, escaped) = anychar(rest)?;
        rest = after;
        content.push(match escaped {
            'n' => '\n',
            't' => '\t',
            other => other,
        });
        if !matches!(escaped, 'n' | 't' | '"' | '\'' | '\\') {
            bad_escape = bad_escape.or(Some(escaped));
        }
    }
}

impl fmt::Display for Kind<'_> {
    /// Writes the token as it should be written.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(out),
            Self::Text(text) => write!(out, "\"{text}\""),
            Self::Bool(value) => value.fmt(out),
            Self::Name(name) => out.write_str(name),
            Self::Sign(sign) => out.write_str(sign),
        }
    }
}
