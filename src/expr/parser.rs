//! Tokens to tree: nom parsers over a run of tokens, one for every level of binding.

use nom::{
    Err, IResult, Parser as _,
    combinator::opt,
    error::{ErrorKind, ParseError},
};

use super::{
    Error, MAX_DEPTH, MAX_LENGTH,
    ast::{Expr, ExprKind, Level, Name, Operator},
    lexer::{Kind, Token, lex},
};
use crate::span::Span;

/// Parses an expression.
///
/// # Errors
///
/// What cannot be read, and what was typed in place of an operator; in order of place, never empty.
pub fn parse(text: &str) -> Result<Expr, Vec<Error>> {
    if text.len() > MAX_LENGTH {
        let message = format!("this expression is longer than {MAX_LENGTH} bytes");
        return Err(vec![Error::new(message, Span::new(0, text.len()))]);
    }
    let lexed = lex(text);
    let mut errors = lexed.errors;
    let input = Input {
        tokens: &lexed.tokens,
        end: text.trim_end().len(),
        depth: 0,
    };
    match whole(input) {
        Ok((_, expr)) if errors.is_empty() => return Ok(expr),
        Err(Err::Error(miss) | Err::Failure(miss)) if !lexed.broken => errors.push(miss.error()),
        _ => {}
    }
    errors.sort_by_key(|error| error.span);
    Err(errors)
}

/// The tokens that are left, and in how many constructs the first of them stands.
#[derive(Clone, Copy, Debug)]
struct Input<'a> {
    tokens: &'a [Token<'a>],
    /// Where the text ends.
    end: usize,
    depth: usize,
}

/// The rest and what was read; a miss (`Error`), after which something else may stand there; or a mistake (`Failure`).
type Parsed<'a, O> = IResult<Input<'a>, O, Miss<'a>>;

/// Why something was not read. Most misses are made up for by what is tried next, so they are put into words only at the end.
#[derive(Clone, Debug)]
enum Miss<'a> {
    /// This is missing here.
    Missing(&'static str, Input<'a>),
    /// This sign is missing here.
    NoSign(&'static str, Input<'a>),
    /// A mistake.
    Mistake(Box<Error>),
}

impl Miss<'_> {
    fn error(self) -> Error {
        match self {
            Self::Missing(what, input) => input.missing(what),
            Self::NoSign(sign, input) => input.missing(&format!("`{sign}`")),
            Self::Mistake(error) => *error,
        }
    }
}

impl<'a> Input<'a> {
    fn first(self) -> Option<&'a Kind<'a>> {
        self.tokens.first().map(|token| &token.kind)
    }

    /// Whether the next token is this sign.
    fn starts_with(self, wanted: &str) -> bool {
        matches!(self.first(), Some(Kind::Sign(sign)) if *sign == wanted)
    }

    /// Bytes of the next token; empty at the end.
    fn span(self) -> Span {
        self.tokens
            .first()
            .map_or(Span::new(self.end, self.end), |token| token.span)
    }

    fn skip(self) -> Self {
        Self {
            tokens: self.tokens.get(1..).unwrap_or_default(),
            ..self
        }
    }

    /// What is missing here, and what stands in its place.
    fn missing(self, what: &str) -> Error {
        let found = match self.first() {
            Some(kind) => format!("{what} is missing before `{kind}`"),
            None => format!("{what} is missing at the end"),
        };
        Error::new(found, self.span())
    }

    /// What is wrong when a construct should end here and does not.
    fn left_over(self) -> Error {
        match self.first() {
            Some(Kind::Name(name)) if *name == "is" => {
                Error::new("`is` is not an operator", self.span()).help("did you mean `==`?")
            }
            Some(Kind::Sign(sign @ (")" | "]"))) => {
                Error::new(format!("`{sign}` closes nothing"), self.span())
            }
            Some(Kind::Sign(sign)) => {
                Error::new(format!("`{sign}` cannot stand here"), self.span())
            }
            _ => self.missing("an operator"),
        }
    }
}

impl<'a> ParseError<Input<'a>> for Miss<'a> {
    fn from_error_kind(input: Input<'a>, _: ErrorKind) -> Self {
        Self::Missing("a value", input)
    }

    fn append(_: Input<'a>, _: ErrorKind, other: Self) -> Self {
        other
    }
}

/// A mistake, whatever else might be tried.
fn failure<O>(error: Error) -> Parsed<'static, O> {
    Err(Err::Failure(Miss::Mistake(Box::new(error))))
}

/// A miss for which something else may stand here.
fn miss<'a, O>(what: &'static str, input: Input<'a>) -> Parsed<'a, O> {
    Err(Err::Error(Miss::Missing(what, input)))
}

/// This sign.
fn sign<'a>(wanted: &'static str) -> impl Fn(Input<'a>) -> Parsed<'a, Span> + Copy {
    move |input| {
        if input.starts_with(wanted) {
            Ok((input.skip(), input.span()))
        } else {
            Err(Err::Error(Miss::NoSign(wanted, input)))
        }
    }
}

/// The sign that closes what `open` opened.
fn close<'a>(wanted: &'static str, open: Span) -> impl Fn(Input<'a>) -> Parsed<'a, Span> + Copy {
    move |input| match sign(wanted)(input) {
        Err(_) if input.first().is_none() => failure(Error::new(
            format!("the `{wanted}` to this is missing"),
            open,
        )),
        Err(_) => failure(input.left_over()),
        read => read,
    }
}

/// A node, unless it stands on too many others.
fn node(rest: Input<'_>, kind: ExprKind, span: Span) -> Parsed<'_, Expr> {
    let expr = Expr::new(kind, span);
    if expr.height() > MAX_DEPTH {
        return failure(too_deep(span));
    }
    Ok((rest, expr))
}

fn too_deep(span: Span) -> Error {
    Error::new(
        format!("this is nested more than {MAX_DEPTH} levels deep"),
        span,
    )
}

/// What `parser` reads, one level deeper.
fn nested<'a, O>(input: Input<'a>, parser: impl Fn(Input<'a>) -> Parsed<'a, O>) -> Parsed<'a, O> {
    if input.depth >= MAX_DEPTH {
        return failure(too_deep(input.span()));
    }
    let deeper = Input {
        depth: input.depth + 1,
        ..input
    };
    let (rest, read) = parser(deeper)?;
    Ok((
        Input {
            depth: input.depth,
            ..rest
        },
        read,
    ))
}

fn whole(input: Input<'_>) -> Parsed<'_, Expr> {
    if input.first().is_none() {
        return failure(Error::new("the expression is empty", input.span()));
    }
    let (rest, expr) = expression(input)?;
    if rest.first().is_some() {
        return failure(rest.left_over());
    }
    Ok((rest, expr))
}

/// `expression = or [ "?" expression ":" expression ]`
fn expression(input: Input<'_>) -> Parsed<'_, Expr> {
    nested(input, |input| {
        let (rest, condition) = or(input)?;
        let Ok((rest, question)) = sign("?")(rest) else {
            return Ok((rest, condition));
        };
        let (rest, then) = expression(rest)?;
        let Ok((rest, _)) = sign(":")(rest) else {
            let message = "this `?` has no `:` and second value";
            return failure(Error::new(message, question));
        };
        let (rest, otherwise) = expression(rest)?;
        let span = condition.span.join(otherwise.span);
        let parts = Box::new([condition, then, otherwise]);
        node(rest, ExprKind::Conditional(parts), span)
    })
}

/// `or = and { "||" and }`
fn or(input: Input<'_>) -> Parsed<'_, Expr> {
    joined(input, "||", and, ExprKind::Or)
}

/// `and = relation { "&&" relation }`
fn and(input: Input<'_>) -> Parsed<'_, Expr> {
    joined(input, "&&", relation, ExprKind::And)
}

fn joined<'a>(
    input: Input<'a>,
    between: &'static str,
    part: fn(Input<'a>) -> Parsed<'a, Expr>,
    kind: fn(Vec<Expr>) -> ExprKind,
) -> Parsed<'a, Expr> {
    let (mut rest, first) = part(input)?;
    if !rest.starts_with(between) {
        return Ok((rest, first));
    }
    let mut span = first.span;
    let mut parts = vec![first];
    while rest.starts_with(between) {
        let (after, next) = part(rest.skip())?;
        span = span.join(next.span);
        parts.push(next);
        rest = after;
    }
    node(rest, kind(parts), span)
}

/// `relation = sum [ ("==" | "!=" | "<" | "<=" | ">" | ">=" | "in") sum ]`
fn relation(input: Input<'_>) -> Parsed<'_, Expr> {
    let (rest, left) = sum(input)?;
    let Some(operator) = operator_at(rest, Level::Relation) else {
        return Ok((rest, left));
    };
    let (rest, right) = sum(rest.skip())?;
    if operator_at(rest, Level::Relation).is_some() {
        let error = Error::new("comparisons do not form chains", rest.span());
        return failure(error.help("write `a < b && b < c`"));
    }
    binary(rest, operator, left, right)
}

/// `sum = product { ("+" | "-") product }`
fn sum(input: Input<'_>) -> Parsed<'_, Expr> {
    chain(input, Level::Sum, product)
}

/// `product = unary { ("*" | "/" | "%") unary }`
fn product(input: Input<'_>) -> Parsed<'_, Expr> {
    chain(input, Level::Product, unary)
}

fn chain<'a>(
    input: Input<'a>,
    level: Level,
    part: fn(Input<'a>) -> Parsed<'a, Expr>,
) -> Parsed<'a, Expr> {
    let (mut rest, mut left) = part(input)?;
    while let Some(operator) = operator_at(rest, level) {
        let (after, right) = part(rest.skip())?;
        (rest, left) = binary(after, operator, left, right)?;
    }
    Ok((rest, left))
}

fn binary(rest: Input<'_>, operator: Operator, left: Expr, right: Expr) -> Parsed<'_, Expr> {
    let span = left.span.join(right.span);
    let kind = ExprKind::Binary(operator, Box::new(left), Box::new(right));
    node(rest, kind, span)
}

/// The operator that stands next, if it binds this closely.
fn operator_at(input: Input<'_>, level: Level) -> Option<Operator> {
    let Some(Kind::Sign(sign)) = input.first() else {
        return None;
    };
    Operator::of(sign).filter(|operator| operator.level() == level)
}

/// `unary = ("!" | "-") unary | postfix`
fn unary(input: Input<'_>) -> Parsed<'_, Expr> {
    let kind = match input.first() {
        Some(Kind::Sign("!")) => ExprKind::Not,
        Some(Kind::Sign("-")) => ExprKind::Negative,
        _ => return postfix(input),
    };
    let (rest, inner) = nested(input.skip(), unary)?;
    let span = input.span().join(inner.span);
    node(rest, kind(Box::new(inner)), span)
}

/// `postfix = primary { "." name [ arguments ] | "[" expression "]" }`
fn postfix(input: Input<'_>) -> Parsed<'_, Expr> {
    let (mut rest, mut expr) = primary(input)?;
    loop {
        let start = expr.span;
        if let Ok((after, _)) = sign(".")(rest) {
            let (after, name) = name(after)?;
            (rest, expr) = match opt(arguments).parse(after)? {
                (after, Some((arguments, end))) => {
                    let kind = ExprKind::Method(Box::new(expr), name, arguments);
                    node(after, kind, start.join(end))?
                }
                (after, None) => {
                    let span = start.join(name.span);
                    node(after, ExprKind::Select(Box::new(expr), name), span)?
                }
            };
        } else if let Ok((after, open)) = sign("[")(rest) {
            let (after, index) = expression(after)?;
            let (after, end) = close("]", open)(after)?;
            let kind = ExprKind::Index(Box::new(expr), Box::new(index));
            (rest, expr) = node(after, kind, start.join(end))?;
        } else {
            return Ok((rest, expr));
        }
    }
}

/// `primary = number | text | "true" | "false" | name [ arguments ] | "[" [ items ] "]" | "(" expression ")"`
fn primary(input: Input<'_>) -> Parsed<'_, Expr> {
    match input.first() {
        Some(Kind::Name(_)) => named(input),
        Some(Kind::Sign("[")) => list(input),
        Some(Kind::Sign("(")) => group(input),
        _ => literal(input),
    }
}

fn literal(input: Input<'_>) -> Parsed<'_, Expr> {
    let kind = match input.first() {
        Some(Kind::Number(number)) => ExprKind::Number(*number),
        Some(Kind::Text(text)) => ExprKind::Text(text.clone()),
        Some(Kind::Bool(value)) => ExprKind::Bool(*value),
        _ => return miss("a value", input),
    };
    node(input.skip(), kind, input.span())
}

fn named(input: Input<'_>) -> Parsed<'_, Expr> {
    let (rest, name) = name(input)?;
    let span = name.span;
    match opt(arguments).parse(rest)? {
        (rest, Some((arguments, end))) => {
            node(rest, ExprKind::Call(name, arguments), span.join(end))
        }
        (rest, None) => node(rest, ExprKind::Name(name.text), span),
    }
}

fn name(input: Input<'_>) -> Parsed<'_, Name> {
    match input.first() {
        Some(Kind::Name(text)) => {
            let name = Name {
                text: (*text).into(),
                span: input.span(),
            };
            Ok((input.skip(), name))
        }
        _ => miss("a name", input),
    }
}

/// `arguments = "(" [ items ] ")"`; with them, the closing bracket.
fn arguments(input: Input<'_>) -> Parsed<'_, (Vec<Expr>, Span)> {
    let (rest, open) = sign("(")(input)?;
    items(rest, ")", open)
}

fn list(input: Input<'_>) -> Parsed<'_, Expr> {
    let (rest, open) = sign("[")(input)?;
    let (rest, (parts, end)) = items(rest, "]", open)?;
    node(rest, ExprKind::List(parts), open.join(end))
}

/// `items = expression { "," expression }`, up to the bracket that closes them.
fn items<'a>(input: Input<'a>, wanted: &'static str, open: Span) -> Parsed<'a, (Vec<Expr>, Span)> {
    let mut parts = Vec::new();
    if let Ok((rest, end)) = sign(wanted)(input) {
        return Ok((rest, (parts, end)));
    }
    let mut input = input;
    loop {
        let (rest, part) = commit(expression(input))?;
        parts.push(part);
        let Ok((after, _)) = sign(",")(rest) else {
            let (rest, end) = close(wanted, open)(rest)?;
            return Ok((rest, (parts, end)));
        };
        input = after;
    }
}

fn group(input: Input<'_>) -> Parsed<'_, Expr> {
    let (rest, open) = sign("(")(input)?;
    let (rest, expr) = commit(expression(rest))?;
    let (rest, _) = close(")", open)(rest)?;
    Ok((rest, expr))
}

/// A miss inside brackets is a mistake: nothing else can have been meant.
fn commit<O>(parsed: Parsed<'_, O>) -> Parsed<'_, O> {
    parsed.map_err(|error| match error {
        Err::Error(error) => Err::Failure(error),
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, shown: &str) {
        let expr = parse(text).expect("an expression");
        assert_eq!(expr.to_string(), shown, "{text}");
        assert_eq!(parse(shown).as_ref(), Ok(&expr), "{shown}");
    }

    #[track_caller]
    fn reject(text: &str, problems: &[(&str, &str)]) {
        let errors = parse(text).expect_err("a mistake");
        let found: Vec<_> = errors
            .iter()
            .map(|error| {
                let place = crate::span::text_at(text, error.span);
                (place, error.message.as_str())
            })
            .collect();
        assert_eq!(found, problems, "{text}");
    }

    #[test]
    fn operators_bind_as_in_cel() {
        check("a||b&&c==d+e*-f", "a || b && c == d + e * -f");
        check("(a || b) && (c && d)", "(a || b) && (c && d)");
        check("a - b - c", "a - b - c");
        check("a - (b - c)", "a - (b - c)");
        check("(a == b) == c", "(a == b) == c");
        check("a ? b : c ? d : e", "a ? b : c ? d : e");
        check("(a ? b : c) ? d : e", "(a ? b : c) ? d : e");
        check("-a.b[0].c", "-a.b[0].c");
        check("(-a).b", "(-a).b");
        check("!(a in [1, 2.50])", "!(a in [1, 2.50])");
        check(
            "xs.exists(x, p(x, [])).size()",
            "xs.exists(x, p(x, [])).size()",
        );
        check(r#"'it"s' + "\\\t""#, r#""it\"s" + "\\\t""#);
        check("a.in.or", "a.in.or");
        check("true && (false)", "true && false");
    }

    #[test]
    fn what_authors_type_is_understood_and_named() {
        reject(
            "a = b and not c",
            &[
                ("=", "`=` is not an operator"),
                ("and", "`and` is not an operator"),
                ("not", "`not` is not an operator"),
            ],
        );
        reject(
            "a ≤ 3 || b <> “good”",
            &[
                ("≤", "`≤` is not an operator"),
                ("<>", "`<>` is not an operator"),
                ("“good”", "typographic quotation marks do not mark a text"),
            ],
        );
        reject("a is b", &[("is", "`is` is not an operator")]);
    }

    #[test]
    fn mistakes_are_named_where_they_stand() {
        reject("", &[("", "the expression is empty")]);
        reject("a &&", &[("", "a value is missing at the end")]);
        reject("a && )", &[(")", "a value is missing before `)`")]);
        reject("(a && b", &[("(", "the `)` to this is missing")]);
        reject("a)", &[(")", "`)` closes nothing")]);
        reject("f(a b)", &[("b", "an operator is missing before `b`")]);
        reject("[1, 2", &[("[", "the `]` to this is missing")]);
        reject("[1,]", &[("]", "a value is missing before `]`")]);
        reject("a < b < c", &[("<", "comparisons do not form chains")]);
        reject("a ? b", &[("?", "this `?` has no `:` and second value")]);
        reject("a.", &[("", "a name is missing at the end")]);
        reject("a.5", &[("5", "a name is missing before `5`")]);
        reject("a == £5", &[("£", "`£` has no meaning in an expression")]);
        reject("a == 'x", &[("'x", "this text has no closing `'`")]);
        reject(r#""\d""#, &[(r#""\d""#, r"`\d` is not an escape")]);
        reject("a : b", &[(":", "`:` cannot stand here")]);
        reject(
            "99999999999999999999999999999999",
            &[(
                "99999999999999999999999999999999",
                "this number has too many digits (28 at most)",
            )],
        );
    }

    #[test]
    fn depth_and_length_have_limits() {
        for text in [
            "(".repeat(4000),
            "!".repeat(4000),
            "a+".repeat(4000) + "a",
            "a?b:".repeat(1000) + "c",
            "x".repeat(9000),
        ] {
            assert_eq!(parse(&text).expect_err("too much").len(), 1);
        }
        assert!(parse(&("a && ".repeat(1000) + "a")).is_ok());
        assert!(parse(&("(".repeat(60) + "a" + &")".repeat(60))).is_ok());
    }
}
