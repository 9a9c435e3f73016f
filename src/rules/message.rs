//! Templates: the texts of messages, labels and help, with expressions in braces.
//!
//! `template = *( text | "{" expression "}" | "{{" | "}}" )`
//!
//! Every expression is parsed and type-checked when the rule is loaded. A value is written as the text states it; of a fact
//! its words are written, and the criterion `overall`, which stands for no words, is written as "the whole".

use crate::{
    expr::{self, Cache, Checked, Names},
    framework::OVERALL,
    span::{Span, text_at},
    value::Value,
};

use super::bind::Frame;

/// A template, checked.
#[derive(Clone, Debug, Default)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
enum Part {
    Text(String),
    Expression(Box<Checked>),
}

/// A part of a template as written.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// Bytes of the template between the braces.
    Expression(Span),
}

impl Template {
    /// Compiles a template. White space at its ends is dropped.
    ///
    /// # Errors
    ///
    /// Every mistake, with spans of the template's text: a brace without its counterpart, and those of the expressions.
    pub fn compile(text: &str, names: &dyn Names) -> Result<Self, Vec<expr::Error>> {
        let mut parts = Vec::new();
        let mut errors = Vec::new();
        for piece in pieces(text).map_err(|error| vec![error])? {
            match piece {
                Piece::Text(text) => parts.push(Part::Text(text)),
                Piece::Expression(span) => {
                    let checked =
                        expr::parse(text_at(text, span)).and_then(|expr| expr::check(&expr, names));
                    match checked {
                        Ok(checked) => parts.push(Part::Expression(Box::new(checked))),
                        Err(found) => {
                            errors.extend(found.into_iter().map(|error| shift(error, span.start)));
                        }
                    }
                }
            }
        }
        if let Some(Part::Text(last)) = parts.last_mut() {
            last.truncate(last.trim_end().len());
        }
        if errors.is_empty() {
            Ok(Self { parts })
        } else {
            Err(errors)
        }
    }

    /// The text for one choice of facts.
    pub fn render(&self, frame: &Frame<'_, '_>, cache: &mut Cache) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Expression(expression) => {
                    write(&expression.eval(frame, cache), frame, &mut out);
                }
            }
        }
        out
    }

    /// Whether the text is the same for every choice of facts.
    pub fn is_plain(&self) -> bool {
        self.parts.iter().all(|part| matches!(part, Part::Text(_)))
    }
}

fn shift(error: expr::Error, by: usize) -> expr::Error {
    let span = Span::new(error.span.start + by, error.span.end + by);
    expr::Error { span, ..error }
}

fn write(value: &Value, frame: &Frame<'_, '_>, out: &mut String) {
    match value {
        Value::Fact(fact) => out.push_str(&frame.bound.words(*fact)),
        Value::List(values) => {
            for (at, value) in values.iter().enumerate() {
                match at {
                    0 => {}
                    at if at + 1 == values.len() => out.push_str(" and "),
                    _ => out.push_str(", "),
                }
                write(value, frame, out);
            }
        }
        Value::Label(label) if label.text() == OVERALL => out.push_str("the whole"),
        other => out.push_str(&other.to_string()),
    }
}

fn pieces(text: &str) -> Result<Vec<Piece>, expr::Error> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let doubled = chars
            .next_if(|(_, next)| *next == c && matches!(c, '{' | '}'))
            .is_some();
        match c {
            '{' if !doubled => {
                let start = at + 1;
                let rest = text.get(start..).unwrap_or_default();
                let Some(len) = expression_len(rest) else {
                    let error = expr::Error::new("this brace is not closed", Span::new(at, start));
                    return Err(error.help("write `{{` for a brace in the text"));
                };
                if !plain.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut plain)));
                }
                pieces.push(Piece::Expression(Span::new(start, start + len)));
                while chars.next_if(|(next, _)| *next <= start + len).is_some() {}
            }
            '}' if !doubled => {
                let error = expr::Error::new("this brace closes nothing", Span::new(at, at + 1));
                return Err(error.help("write `}}` for a brace in the text"));
            }
            '\n' => plain.push(' '),
            c => plain.push(c),
        }
    }
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    Ok(pieces)
}

/// Bytes up to the brace that closes an expression; braces in string literals do not.
fn expression_len(rest: &str) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        match quote {
            _ if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == '}' => return Some(at),
            Some(_) | None => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(template: &str, expected: &[&str]) {
        let shown: Vec<String> = match pieces(template) {
            Ok(pieces) => pieces
                .into_iter()
                .map(|piece| match piece {
                    Piece::Text(text) => text,
                    Piece::Expression(span) => format!("<{}>", text_at(template, span)),
                })
                .collect(),
            Err(error) => vec![format!("{} at {}", error.message, error.span.start)],
        };
        assert_eq!(shown, expected, "{template}");
    }

    #[test]
    fn templates_are_cut_at_braces() {
        check("a {x} b", &["a ", "<x>", " b"]);
        check("{x}{y}", &["<x>", "<y>"]);
        check("{{x}} é{y}", &["{x} é", "<y>"]);
        check("{{{x}}}", &["{", "<x>", "}"]);
        check(r#"{f("}")} b"#, &[r#"<f("}")>"#, " b"]);
        check("", &[]);
        check("a {x", &["this brace is not closed at 2"]);
        check("a } b", &["this brace closes nothing at 2"]);
    }
}
