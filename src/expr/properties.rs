//! Properties of the language, on generated expressions and facts.

use proptest::{prelude::*, sample::select};
use rust_decimal::Decimal;

use super::{
    Cache, Checked,
    ast::{Expr, ExprKind, Name, Operator},
    parse,
    testing::{DIRECTIONS, WHEN, World, near, scale},
};
use crate::{
    span::Span,
    value::{Days, FactId, Grade, Label, Type, Unit, Value, Verdict},
};

fn node(kind: ExprKind) -> Expr {
    Expr::new(kind, Span::default())
}

fn name() -> impl Strategy<Value = Name> {
    "[a-z_][a-z0-9_]{0,3}"
        .prop_filter("no operator", |word| {
            !matches!(&**word, "in" | "and" | "or" | "not" | "true")
        })
        .prop_map(|text| Name {
            text: text.into(),
            span: Span::default(),
        })
}

/// Any tree.
fn tree() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        (0i64..10_000_000, 0u32..6)
            .prop_map(|(digits, scale)| ExprKind::Number(Decimal::new(digits, scale))),
        any::<String>().prop_map(|text| ExprKind::Text(text.into())),
        any::<bool>().prop_map(ExprKind::Bool),
        name().prop_map(|name| ExprKind::Name(name.text)),
    ];
    leaf.prop_map(node).prop_recursive(6, 48, 4, |inner| {
        let pair = (inner.clone(), inner.clone());
        let several = prop::collection::vec(inner.clone(), 2..4);
        let any_number = prop::collection::vec(inner.clone(), 0..3);
        prop_oneof![
            (inner.clone(), name()).prop_map(|(a, name)| ExprKind::Select(a.into(), name)),
            pair.clone()
                .prop_map(|(a, b)| ExprKind::Index(a.into(), b.into())),
            (name(), any_number.clone()).prop_map(|(name, parts)| ExprKind::Call(name, parts)),
            (inner.clone(), name(), any_number.clone())
                .prop_map(|(a, name, parts)| ExprKind::Method(a.into(), name, parts)),
            inner.clone().prop_map(|a| ExprKind::Not(a.into())),
            inner.clone().prop_map(|a| ExprKind::Negative(a.into())),
            (select(Operator::ALL.to_vec()), pair).prop_map(|(operator, (a, b))| ExprKind::Binary(
                operator,
                a.into(),
                b.into()
            )),
            several.clone().prop_map(ExprKind::And),
            several.prop_map(ExprKind::Or),
            [inner.clone(), inner.clone(), inner]
                .prop_map(|parts| ExprKind::Conditional(parts.into())),
            any_number.prop_map(ExprKind::List),
        ]
        .prop_map(node)
    })
}

/// Whether every span lies in the text, on character boundaries, within that of its parent.
fn spans_fit(expr: &Expr, text: &str) -> bool {
    text.get(expr.span.range()).is_some()
        && expr
            .children()
            .all(|child| expr.span.contains(child.span) && spans_fit(child, text))
}

/// Sorts of well-typed expressions over the variables of [`World`].
#[derive(Clone, Copy, Debug)]
enum Sort {
    Bool,
    Number,
    Grade,
    Label,
    Text,
    Date,
    Ratings,
    Numbers,
    Texts,
}

/// A well-typed expression: templates in which `{b}`, `{n}`, … stand for expressions of the sort.
fn typed(sort: Sort, depth: u32) -> BoxedStrategy<String> {
    let leaves: &[&str] = match sort {
        Sort::Bool => &[
            "c.complete",
            "true",
            "a == b",
            "a.when == \"current\"",
            "same_sentence(a, b)",
        ],
        Sort::Number => &[
            "0",
            "3",
            "54.5",
            "c.from",
            "c.to",
            "c.by",
            "a.score",
            "size(ratings)",
        ],
        Sort::Grade => &["a.value", "b.value", "ratings[0].value"],
        Sort::Label => &["a.criterion", "b.criterion", "label(\"Leadership\")"],
        Sort::Text => &["i.number", "\"1\"", "\"Leadership\""],
        Sort::Date => &["c.period", "published[0]"],
        Sort::Ratings => &["ratings", "[a, b]"],
        Sort::Numbers => &["[1, c.to, 4]", "ratings.map(r, r.score)"],
        Sort::Texts => &[
            "responses[0].to",
            "issues.map(r, r.number)",
            "[\"1\", \"2\"]",
        ],
    };
    let leaf = select(leaves.to_vec()).prop_map(str::to_owned);
    if depth == 0 {
        return leaf.boxed();
    }
    let templates: &[&str] = match sort {
        Sort::Bool => &[
            "!({b})",
            "({b}) && ({b}) && ({b})",
            "({b}) || ({b})",
            "({b}) ? ({b}) : ({b})",
            "({n}) == ({n})",
            "({n}) <= ({n})",
            "({n}) > ({n})",
            "({g}) != ({g})",
            "({g}) < ({g})",
            "({g}) >= \"Good\"",
            "({l}) == ({l})",
            "({l}) == ({t})",
            "({t}) == ({t})",
            "({d}) < ({d})",
            "({d}) == \"2017-10\"",
            "({t}) in ({ts})",
            "({n}) in ({ns})",
            "({ns}) == ({ns})",
            "({rs}).exists(@, @.criterion == ({l}) && ({b}))",
            "({rs}).exists(@, ({b}) && @.value == ({g}))",
            "({rs}).all(@, @.criterion != ({l}) || ({b}))",
            "({rs}).all(@, ({b}) || !(@.when == \"current\" && @ != a))",
            "({rs}).filter(@, @.when == \"current\").exists(@, @.criterion == ({l}))",
            "ratings.filter(@, ({b})).all(@, @.criterion != ({l}) || @.value >= \"fair\")",
            "size(({rs}).filter(@, ({b}))) >= ({n})",
            "({n}) == size(({rs}).filter(@, @.value == ({g})))",
            "({ns}).all(@, @ > ({n}))",
            "stated({n}) && stated({g})",
            "possible_share({n}, {n})",
            "contains({t}, {l})",
            "on_scale({g})",
            "mentions(a, {t})",
        ],
        Sort::Number => &[
            "({n}) + ({n})",
            "({n}) - ({n})",
            "({n}) * ({n})",
            "({n}) / ({n})",
            "({n}) % ({n})",
            "-({n})",
            "({b}) ? ({n}) : ({n})",
            "sum({ns})",
            "max({ns})",
            "first({ns})",
            "({ns})[1]",
            "size({ts})",
            "abs({n})",
            "round({n}, 1)",
            "loosely({n})",
            "truncated({n})",
            "share({n}, {n})",
            "relative_change({n}, {n})",
            "rank({g})",
            "points({g})",
            "number({t})",
            "words({l})",
            "similarity({l}, {t})",
            "edit_distance({t}, {t})",
            "days_between({d}, {d})",
            "year({d})",
        ],
        Sort::Grade => &[
            "({b}) ? ({g}) : ({g})",
            "min(({rs}).map(@, @.value))",
            "median(({rs}).map(@, @.value))",
            "band({n}, \"score\")",
        ],
        Sort::Label => &[
            "({b}) ? ({l}) : ({l})",
            "label({t})",
            "last(({rs}).map(@, @.criterion))",
            "parent({l})",
        ],
        Sort::Text => &["lower({l})", "first({ts})", "({ts})[2]"],
        Sort::Date => &["({b}) ? ({d}) : ({d})"],
        Sort::Ratings => &[
            "({rs}).filter(@, ({b}))",
            "({rs}).filter(@, @.criterion == ({l}))",
            "distinct({rs})",
        ],
        Sort::Numbers => &[
            "({rs}).map(@, ({n}))",
            "sorted({ns})",
            "distinct({ns})",
            "gaps({ns})",
            "missing({ns}, {ns})",
            "({ns}).filter(@, @ > 2)",
        ],
        Sort::Texts => &[
            "missing({ts}, {ts})",
            "duplicates({ts})",
            "extra({ts}, {ts})",
        ],
    };
    let element = format!("x{depth}");
    let composed = select(templates.to_vec()).prop_flat_map(move |template| {
        let (literals, sorts) = holes(&template.replace('@', &element));
        let parts: Vec<_> = sorts
            .into_iter()
            .map(|sort| typed(sort, depth - 1))
            .collect();
        parts.prop_map(move |mut parts| {
            parts.push(String::new());
            literals
                .iter()
                .zip(parts)
                .map(|(literal, part)| literal.clone() + &part)
                .collect()
        })
    });
    prop_oneof![1 => leaf, 4 => composed].boxed()
}

/// The literal parts of a template and the sorts of the holes between them.
fn holes(template: &str) -> (Vec<String>, Vec<Sort>) {
    let (mut literals, mut sorts) = (Vec::new(), Vec::new());
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        let (sort, after) = after.split_once('}').expect("a hole that closes");
        literals.push(literal.to_owned());
        sorts.push(match sort {
            "b" => Sort::Bool,
            "n" => Sort::Number,
            "g" => Sort::Grade,
            "l" => Sort::Label,
            "d" => Sort::Date,
            "rs" => Sort::Ratings,
            "ns" => Sort::Numbers,
            "ts" => Sort::Texts,
            _ => Sort::Text,
        });
        rest = after;
    }
    literals.push(rest.to_owned());
    (literals, sorts)
}

fn any_typed() -> impl Strategy<Value = String> {
    let sorts = vec![
        Sort::Bool,
        Sort::Bool,
        Sort::Bool,
        Sort::Number,
        Sort::Grade,
        Sort::Label,
        Sort::Text,
        Sort::Date,
        Sort::Ratings,
        Sort::Numbers,
        Sort::Texts,
    ];
    select(sorts).prop_flat_map(|sort| typed(sort, 3))
}

/// A value, or nothing stated.
fn perhaps(value: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Value> {
    prop_oneof![4 => value, 1 => Just(Value::Unknown)].boxed()
}

fn number() -> impl Strategy<Value = Value> {
    let units = vec![Unit::None, Unit::Percent, Unit::Points, Unit::Pound];
    (
        select(vec!["0", "3", "54.5", "55.2", "-4", "62", "1200"]),
        select(units),
    )
        .prop_map(|(digits, unit)| near(digits, unit))
}

fn facts() -> impl Strategy<Value = World> {
    let criterion = select(vec![
        "Leadership",
        "Casework Quality",
        "quality of casework",
    ])
    .prop_map(|name| Label::new(name).into());
    let grade = (0u8..5).prop_map(|rank| {
        Grade::on(&scale(), rank)
            .unwrap_or_else(|| Grade::off("Lovely"))
            .into()
    });
    let when = select(WHEN).prop_map(Value::Symbol);
    let rating = (
        perhaps(criterion),
        perhaps(grade),
        perhaps(when),
        perhaps(number()),
    )
        .prop_map(|(a, b, c, d)| (0, vec![a, b, c, d]));
    let direction = select(DIRECTIONS).prop_map(Value::Symbol);
    let period =
        select(vec!["2017", "2017-10", "2018-01-01"]).prop_map(|text| Days::from_iso(text).into());
    let complete = any::<bool>().prop_map(Value::from);
    let numbers = [perhaps(number()), perhaps(number()), perhaps(number())];
    let change = (
        numbers,
        perhaps(direction),
        perhaps(period),
        perhaps(complete),
    )
        .prop_map(|(numbers, a, b, c)| (1, numbers.into_iter().chain([a, b, c]).collect()));
    let text = || select(vec!["1", "2", "3", "Leadership"]).prop_map(Value::text);
    let issue = perhaps(text()).prop_map(|number| (2, vec![number]));
    let response = perhaps(prop::collection::vec(text(), 0..3).prop_map(Value::list))
        .prop_map(|to| (3, vec![to]));
    let others = prop::collection::vec(prop_oneof![rating.clone(), issue.clone(), response], 0..12);
    (rating.clone(), rating, change, issue, others).prop_map(|(a, b, c, i, others)| {
        let fact = |fact| Value::Fact(FactId { document: 0, fact });
        World {
            facts: [a, b, c, i].into_iter().chain(others).collect(),
            bindings: (0..4).map(fact).collect(),
            ..World::default()
        }
    })
}

/// Whether a value is of a type, or not known.
fn is_of(value: &Value, of: &Type) -> bool {
    match (value, of) {
        (Value::Unknown, _)
        | (Value::Verdict(_), Type::Bool)
        | (Value::Number(_), Type::Number)
        | (Value::Days(_), Type::Date)
        | (Value::Grade(_), Type::Grade)
        | (Value::Label(_), Type::Label)
        | (Value::Text(_), Type::Text)
        | (Value::Fact(_), Type::Fact(_)) => true,
        (Value::Symbol(word), Type::Symbol(words)) => words.contains(word),
        (Value::List(values), Type::List(of)) => values.iter().all(|value| is_of(value, of)),
        _ => false,
    }
}

fn fresh(checked: &Checked, world: &World) -> Value {
    checked.eval(world, &mut Cache::default())
}

proptest! {
    #[test]
    fn what_is_printed_parses_to_the_same_tree(expr in tree()) {
        let text = expr.to_string();
        let parsed = parse(&text);
        prop_assert_eq!(parsed.as_ref(), Ok(&expr), "{}", text);
        let parsed = parsed.expect("parsed");
        prop_assert!(spans_fit(&parsed, &text), "{}", text);
    }

    #[test]
    fn no_text_makes_the_parser_or_the_checker_panic(text in any::<String>()) {
        if let Err(errors) = World::sample().check(&text) {
            prop_assert!(!errors.is_empty());
            prop_assert!(errors.iter().all(|error| text.get(error.span.range()).is_some()));
        }
    }

    #[test]
    fn nor_do_tokens_in_any_order(tokens in prop::collection::vec(select(vec![
        "a", "ratings", ".", "value", "criterion", "exists", "size", "(", ")", "[", "]", ",", "==", "=", "&&", "and", "||",
        "!", "-", "+", "%", "?", ":", "in", "x", "1", "2.5", "\"good\"", "“", "'", "\\", "≤", "true", "sum", "stated", "£",
    ]), 0..14)) {
        let text = tokens.join(" ");
        match World::sample().check(&text) {
            Ok(checked) => {
                fresh(&checked, &World::sample());
            }
            Err(errors) => {
                prop_assert!(!errors.is_empty());
                prop_assert!(errors.iter().all(|error| text.get(error.span.range()).is_some()));
            }
        }
    }

    #[test]
    fn what_type_checks_has_values_of_its_type(text in any_typed(), world in facts()) {
        let checked = match world.check(&text) {
            Ok(checked) => checked,
            Err(errors) => return Err(TestCaseError::fail(format!("{text}: {errors:?}"))),
        };
        let value = fresh(&checked, &world);
        prop_assert!(is_of(&value, checked.result_type()), "{} gives {:?}", text, value);

        let mut cache = Cache::default();
        prop_assert_eq!(&checked.eval(&world, &mut cache), &value, "{}", text);
        prop_assert_eq!(&checked.eval(&world, &mut cache), &value, "kept: {}", text);
        if *checked.result_type() == Type::Bool {
            let verdict = checked.verdict(&world, &mut cache);
            prop_assert_eq!(verdict, value.verdict());
            let parts = checked.conjuncts().iter().map(|part| part.verdict(&world, &mut cache));
            prop_assert_eq!(parts.fold(Verdict::Holds, Verdict::and), verdict, "{}", text);
            let working = checked.working(&world, &mut cache);
            prop_assert!(working.is_none() || matches!(verdict, Verdict::Fails | Verdict::Rounding));
        }

        let indexed = World { has_index: true, ..world };
        prop_assert_eq!(fresh(&checked, &indexed), value, "with an index: {}", text);
    }
}
