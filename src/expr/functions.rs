//! The one table of functions. Checking, documentation and tests are made from it; every example holds.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

use super::Question;
use crate::value::{Days, Grade, Label, Number, Type, Unit, Value, Verdict, WEEKDAYS};

/// A function that expressions may call, as `f(x, y)` or as `x.f(y)`.
#[derive(Debug)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// Names of the parameters, and what they take.
    pub parameters: &'static [(&'static str, Shape)],
    /// What it gives back.
    pub result: Returns,
    /// What it computes, in a sentence.
    pub help: &'static str,
    /// A condition that holds.
    pub example: &'static str,
    pub(super) body: Body,
}

/// How a function is computed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Body {
    /// From its arguments, none of which is unknown or a list with an unknown element; otherwise the result is unknown.
    Pure(fn(&[Value]) -> Value),
    /// From its arguments, known or not.
    Whole(fn(&[Value]) -> Value),
    /// By the scope.
    Ask(Question),
}

/// What a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Anything.
    Any,
    /// A number.
    Number,
    /// A day or period.
    Date,
    /// A grade.
    Grade,
    /// A name; a text is read as one.
    Label,
    /// Text, a name, a grade or a word of a list: what has wording.
    Words,
    /// A fact.
    Fact,
    /// A list of anything.
    List,
    /// A list of numbers.
    Numbers,
    /// A list of grades.
    Grades,
    /// A list of numbers, dates or grades.
    Ordered,
    /// What can be compared with the first argument.
    LikeFirst,
}

/// What a function gives back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returns {
    /// A condition.
    Bool,
    /// A number.
    Number,
    /// A list of numbers.
    Numbers,
    /// A grade.
    Grade,
    /// A name.
    Label,
    /// Text.
    Text,
    /// One of these words.
    Symbol(&'static [&'static str]),
    /// What the first argument is.
    First,
    /// An element of the first argument.
    ElementOfFirst,
}

impl Shape {
    /// Whether an argument of this type may stand there. `first` is the type of the first argument.
    pub(super) fn takes(self, given: &Type, first: &Type) -> bool {
        let list_of = |wanted: fn(&Type) -> bool| match given {
            Type::List(of) => **of == Type::Any || wanted(of),
            _ => false,
        };
        *given == Type::Any
            || match self {
                Self::Any => true,
                Self::Number => *given == Type::Number,
                Self::Date => *given == Type::Date,
                Self::Grade => *given == Type::Grade,
                Self::Label => matches!(given, Type::Label | Type::Text),
                Self::Words => {
                    matches!(
                        given,
                        Type::Text | Type::Label | Type::Grade | Type::Symbol(_)
                    )
                }
                Self::Fact => matches!(given, Type::Fact(_)),
                Self::List => list_of(|_| true),
                Self::Numbers => list_of(|of| *of == Type::Number),
                Self::Grades => list_of(|of| *of == Type::Grade),
                Self::Ordered => {
                    list_of(|of| matches!(of, Type::Number | Type::Date | Type::Grade))
                }
                Self::LikeFirst => super::types::comparable(given, first),
            }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Any => "a value",
            Self::Number => "a number",
            Self::Date => "a date",
            Self::Grade => "a grade",
            Self::Label => "a name",
            Self::Words => "text or a name",
            Self::Fact => "a fact",
            Self::List => "a list",
            Self::Numbers => "a list of numbers",
            Self::Grades => "a list of grades",
            Self::Ordered => "a list of numbers, dates or grades",
            Self::LikeFirst => "what the first argument can be compared with",
        })
    }
}

impl Returns {
    /// The type of the result, for a first argument of this type.
    pub(super) fn to_type(self, first: &Type) -> Type {
        match self {
            Self::Bool => Type::Bool,
            Self::Number => Type::Number,
            Self::Numbers => Type::List(Box::new(Type::Number)),
            Self::Grade => Type::Grade,
            Self::Label => Type::Label,
            Self::Text => Type::Text,
            Self::Symbol(words) => Type::Symbol(words),
            Self::First => first.clone(),
            Self::ElementOfFirst => match first {
                Type::List(of) => (**of).clone(),
                _ => Type::Any,
            },
        }
    }
}

impl fmt::Display for Returns {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Bool => "a condition",
            Self::Number => "a number",
            Self::Numbers => "a list of numbers",
            Self::Grade => "a grade",
            Self::Label => "a name",
            Self::Text => "text",
            Self::Symbol(words) => return write!(out, "one of `{}`", words.join("`, `")),
            Self::First => "a list",
            Self::ElementOfFirst => "an element",
        })
    }
}

impl fmt::Display for Function {
    /// Writes the signature: `round(number, decimals)`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.parameters.iter().map(|(name, _)| *name).collect();
        write!(out, "{}({})", self.name, names.join(", "))
    }
}

/// The function of this name.
pub fn function(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

macro_rules! functions {
    ($($name:ident($($parameter:ident: $shape:ident),*) -> $result:expr, $body:expr,
        $help:literal, $example:literal;)*) => {
        /// Every function, by subject.
        pub const FUNCTIONS: &[Function] = &[$(Function {
            name: stringify!($name),
            parameters: &[$((stringify!($parameter), Shape::$shape)),*],
            result: $result,
            help: $help,
            example: $example,
            body: $body,
        }),*];
    };
}

use Body::{Ask, Pure, Whole};

functions! {
    stated(value: Any) -> Returns::Bool, Whole(stated),
        "Whether a value is known. Never unknown itself.", "stated(3) && !stated([1][4])";

    size(list: List) -> Returns::Number, Whole(size),
        "How many elements a list has; unknown where it is not certain which they are.", "size([4, 5]) == 2";
    sum(numbers: Numbers) -> Returns::Number, Pure(sum),
        "The sum; of rounded numbers, with the slack of all of them.", "sum([90, 60]) == 150";
    min(list: Ordered) -> Returns::ElementOfFirst, Pure(|values| extreme(values, Value::less)),
        "The least number, earliest date or worst grade.", "min([3, 1, 2]) == 1";
    max(list: Ordered) -> Returns::ElementOfFirst, Pure(|values| extreme(values, |a, b| b.less(a))),
        "The greatest number, latest date or best grade.", "max([3, 1, 2]) == 3";
    first(list: List) -> Returns::ElementOfFirst, Pure(|values| end(values, <[Value]>::first)),
        "The first element.", "first([4, 5]) == 4";
    last(list: List) -> Returns::ElementOfFirst, Pure(|values| end(values, <[Value]>::last)),
        "The last element.", "last([4, 5]) == 5";
    sorted(list: Ordered) -> Returns::First, Pure(sorted),
        "The elements from least to greatest, equal ones in their order.", "sorted([3, 1, 2]) == [1, 2, 3]";
    distinct(list: List) -> Returns::First, Pure(distinct),
        "The elements, each once, where it stands first.", "distinct([1, 2, 1]) == [1, 2]";
    duplicates(list: List) -> Returns::First, Pure(duplicates),
        "The elements that stand there more than once, each once.", "duplicates([1, 2, 1]) == [1]";
    missing(wanted: List, found: LikeFirst) -> Returns::First, Pure(missing),
        "The elements of the first list that the second lacks.", "missing([1, 2, 3], [1, 3]) == [2]";
    extra(wanted: List, found: LikeFirst) -> Returns::First, Pure(extra),
        "The elements of the second list that the first lacks.", "extra([1, 2], [1, 2, 9]) == [9]";
    gaps(numbers: Numbers) -> Returns::Numbers, Pure(gaps),
        "The whole numbers between the least and the greatest that are not there.", "gaps([1, 2, 5]) == [3, 4]";

    abs(number: Number) -> Returns::Number, Pure(|values| unary(values, Number::abs)),
        "The number without its sign.", "abs(3 - 5) == 2";
    round(number: Number, decimals: Number) -> Returns::Number, Pure(round),
        "Rounded to so many decimals, halves away from zero.", "round(2.345, 2) == 2.35";
    floor(number: Number) -> Returns::Number, Pure(|values| unary(values, |number| number.map(|value| value.floor()))),
        "The greatest whole number that is not more.", "floor(2.7) == 2";
    ceil(number: Number) -> Returns::Number, Pure(|values| unary(values, |number| number.map(|value| value.ceil()))),
        "The least whole number that is not less.", "ceil(2.1) == 3";
    exact(number: Number) -> Returns::Number, Pure(|values| unary(values, |number| Number::exact(number.value()).with_unit(number.unit()))),
        "The number as printed, without the slack of rounding.", "exact(4) == 4";
    rounded(number: Number) -> Returns::Number, Pure(|values| unary(values, Number::nearly)),
        "The number with the slack of one rounded to the decimals it is printed with.", "possible_share(rounded(33), 3)";
    truncated(number: Number) -> Returns::Number, Pure(|values| unary(values, Number::truncated)),
        "The number as if digits had been cut and not rounded when it was printed.", "stated(truncated(66.6))";
    loosely(number: Number) -> Returns::Number, Pure(|values| unary(values, Number::loosely)),
        "A whole count of 1,000 or more that ends in two zeros or more, read as rounded; others as they are.", "loosely(150) == 150";
    number(text: Words) -> Returns::Number, Pure(number),
        "The number that a text is written as; unknown where it is none.", "number(\"12\") == 12";

    share(part: Number, whole: Number) -> Returns::Number, Pure(share),
        "The part as a percentage of the whole.", "share(18, 40) == 45";
    rounds_to(number: Number, printed: Number) -> Returns::Bool, Pure(rounds_to),
        "Whether a number would be printed so: with certainty, or only for some of the values that it may stand for.", "rounds_to(share(2, 3), rounded(67))";
    possible_share(percent: Number, whole: Number) -> Returns::Bool, Pure(possible_share),
        "Whether some whole number of so many cases makes up this percentage.", "possible_share(25, 8) && !possible_share(34, 25)";
    relative_change(from: Number, to: Number) -> Returns::Number, Pure(relative_change),
        "The change in per cent of the earlier value; unknown unless that is above zero.", "relative_change(40, 50) == 25";

    rank(grade: Grade) -> Returns::Number, Pure(|values| of_grade(values, |grade| grade.rank().map(i64::from))),
        "The place of a grade on its scale, 0 for the worst.", "!stated(rank(\"no grade\"))";
    points(grade: Grade) -> Returns::Number, Pure(|values| of_grade(values, |grade| grade.points().map(i64::from))),
        "The points that the framework gives for a grade.", "!stated(points(\"no grade\"))";
    on_scale(grade: Grade) -> Returns::Bool, Pure(on_scale),
        "Whether a grade stands on a scale of the framework or the general one.", "!on_scale(\"no grade\")";
    median(grades: Grades) -> Returns::Grade, Pure(median),
        "The middle grade; the better of the two middle ones where their number is even.", "!stated(median([]))";

    weekday(date: Date) -> Returns::Symbol(WEEKDAYS), Pure(|values| of_date(values, |days| days.weekday().map(Value::Symbol))),
        "The day of the week of a single day.", "published.map(d, weekday(d)) == [\"Tuesday\"]";
    year(date: Date) -> Returns::Number, Pure(|values| of_date(values, year)),
        "The year; unknown for a period that goes over New Year.", "published.map(d, year(d)) == [2017]";
    overlaps(a: Date, b: Date) -> Returns::Bool, Pure(overlaps),
        "Whether two periods share a day.", "published.all(d, overlaps(d, d))";
    days_between(from: Date, to: Date) -> Returns::Number, Pure(days_between),
        "How many days after the first the second is, below zero where it is earlier.", "published.all(d, days_between(d, d) == 0)";

    label(words: Words) -> Returns::Label, Pure(|values| words_of(values).map(Label::new).into()),
        "A name, compared by its stems whatever their order.", "label(\"Casework Quality\") == label(\"quality of casework\")";
    words(name: Words) -> Returns::Number, Pure(|values| words_of(values).map(|words| Number::from(words.split_whitespace().count())).into()),
        "How many words a name has.", "words(\"Casework Quality\") == 2";
    letters(text: Words) -> Returns::Number, Pure(|values| words_of(values).map(|words| Number::from(words.chars().filter(|c| c.is_alphanumeric()).count())).into()),
        "How many letters and digits a text has.", "letters(\"HM CPS\") == 5";
    join(list: List, separator: Words) -> Returns::Text, Pure(join),
        "The elements as one text, with the separator between them.", "join([1, 2], \" + \") == \"1 + 2\"";
    anagram(a: Words, b: Words) -> Returns::Bool, Pure(|values| of_words(values, anagram)),
        "Whether two texts have the same letters in another order.", "anagram(\"HWI\", \"HIW\") && !anagram(\"HIW\", \"HIW\")";
    similarity(a: Label, b: Label) -> Returns::Number, Pure(similarity),
        "The share of the shorter name's words that the longer one has, from 0 to 1.", "similarity(\"leadership\", \"leadership and management\") == 1";
    lower(text: Words) -> Returns::Text, Pure(|values| words_of(values).map(|words| Value::text(&words.to_lowercase())).into()),
        "The text in lower case.", "lower(\"HMIC\") == \"hmic\"";
    contains(text: Words, part: Words) -> Returns::Bool, Pure(|values| of_words(values, |text, part| text.contains(part))),
        "Whether the part stands in the text, letter by letter.", "contains(\"Crown Court\", \"Court\")";
    starts_with(text: Words, part: Words) -> Returns::Bool, Pure(|values| of_words(values, |text, part| text.starts_with(part))),
        "Whether the text starts with the part.", "starts_with(\"Crown Court\", \"Crown\")";
    ends_with(text: Words, part: Words) -> Returns::Bool, Pure(|values| of_words(values, |text, part| text.ends_with(part))),
        "Whether the text ends with the part.", "ends_with(\"Crown Court\", \"Court\")";
    matches(text: Words, pattern: Words) -> Returns::Bool, Pure(|values| of_words(values, glob)),
        "Whether the whole text fits the pattern, in which `*` stands for any characters and `?` for one.", "matches(\"Annex C\", \"Annex ?\")";
    edit_distance(a: Words, b: Words) -> Returns::Number, Pure(edit_distance),
        "How many letters to add, drop, change or exchange with the next to get from one text to the other; unknown over 200 letters.", "edit_distance(\"HMABC\", \"HMABD\") == 1";

    same_sentence(a: Fact, b: Fact) -> Returns::Bool, Ask(Question::SameSentence),
        "Whether both facts stand in one sentence.", "ratings.all(r, same_sentence(r, r))";
    same_block(a: Fact, b: Fact) -> Returns::Bool, Ask(Question::SameBlock),
        "Whether both facts stand in one paragraph, list item or table.", "ratings.all(r, same_block(r, r))";
    same_row(a: Fact, b: Fact) -> Returns::Bool, Ask(Question::SameRow),
        "Whether both facts stand in one table row.", "ratings.all(r, same_row(r, r))";
    same_section(a: Fact, b: Fact) -> Returns::Bool, Ask(Question::SameSection),
        "Whether both facts stand under one heading.", "ratings.all(r, same_section(r, r))";
    same_document(a: Fact, b: Fact) -> Returns::Bool, Ask(Question::SameDocument),
        "Whether both facts stand in one document.", "ratings.all(r, same_document(r, r))";
    comparable(a: Fact, b: Fact) -> Returns::Bool, Ask(Question::Comparable),
        "Whether both facts speak of one measure, body, scope, period and unit.", "ratings.all(r, comparable(r, r))";
    before(a: Fact, b: Fact) -> Returns::Bool, Ask(Question::Before),
        "Whether the first fact stands before the second.", "!ratings.exists(r, before(r, r))";
    inside(a: Fact, b: Fact) -> Returns::Bool, Ask(Question::Inside),
        "Whether the words of the first fact stand within those of the second.", "ratings.all(r, inside(r, r))";
    mentions(fact: Fact, class: Words) -> Returns::Bool, Ask(Question::Mentions),
        "Whether a phrase of this class of the lexicon stands in the sentence of the fact.", "ratings.all(r, mentions(r, \"hedge\"))";
    document_mentions(class: Words) -> Returns::Bool, Ask(Question::DocumentMentions),
        "Whether a phrase of this class of the lexicon stands anywhere in the document.", "document_mentions(\"hedge\")";
    band(number: Number, name: Words) -> Returns::Grade, Ask(Question::Band),
        "The grade of the framework's band that a number falls in.", "band(75, \"score\") == \"Good\"";
    polarity(measure: Label) -> Returns::Symbol(&["higher", "lower"]), Ask(Question::Polarity),
        "Whether higher or lower is better for a measure of the framework.", "polarity(\"convictions\") == \"higher\"";
    evidence_for(measure: Label) -> Returns::Label, Ask(Question::EvidenceFor),
        "The criterion that a measure is evidence for.", "evidence_for(\"convictions\") == \"casework\"";
    parent(criterion: Label) -> Returns::Label, Ask(Question::Parent),
        "The criterion that this one is a part of.", "parent(\"file quality\") == \"casework\"";
}

fn stated(values: &[Value]) -> Value {
    let unknown = |value: &Value| match value {
        Value::Verdict(verdict) => *verdict == Verdict::Unknown,
        other => other.is_unknown(),
    };
    (!values.iter().any(unknown)).into()
}

fn size(values: &[Value]) -> Value {
    match values {
        [Value::List(elements)] if !elements.iter().any(Value::is_unknown) => {
            Number::from(elements.len()).into()
        }
        _ => Value::Unknown,
    }
}

/// The list that is argument `at`; empty where it is none.
fn list(values: &[Value], at: usize) -> &[Value] {
    values.get(at).and_then(Value::as_list).unwrap_or_default()
}

fn number_at(values: &[Value], at: usize) -> Option<Number> {
    values.get(at)?.as_number()
}

fn unary(values: &[Value], function: fn(Number) -> Number) -> Value {
    number_at(values, 0).map(function).into()
}

fn rounds_to(values: &[Value]) -> Value {
    let (Some(number), Some(printed)) = (number_at(values, 0), number_at(values, 1)) else {
        return Value::Unknown;
    };
    let certain = printed.lo() <= number.value() && number.value() <= printed.hi();
    if certain && number.unit().fits(printed.unit()) {
        true.into()
    } else {
        number.equals(printed).into()
    }
}

fn overlaps(values: &[Value]) -> Value {
    match (
        values.first().and_then(Value::as_days),
        values.get(1).and_then(Value::as_days),
    ) {
        (Some(a), Some(b)) => (a.from() <= b.to() && b.from() <= a.to()).into(),
        _ => Value::Unknown,
    }
}

fn join(values: &[Value]) -> Value {
    let separator = values.get(1).and_then(Value::as_words).unwrap_or_default();
    let parts: Vec<String> = list(values, 0).iter().map(ToString::to_string).collect();
    Value::Text(parts.join(separator).into())
}

fn anagram(a: &str, b: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    a != b && sorted(a) == sorted(b)
}

fn sum(values: &[Value]) -> Value {
    list(values, 0)
        .iter()
        .try_fold(Number::exact(Decimal::ZERO), |sum, value| {
            sum.plus(value.as_number()?)
        })
        .into()
}

/// The first element that comes before every other; unknown where two cannot be ordered.
fn extreme(values: &[Value], before: fn(&Value, &Value) -> Verdict) -> Value {
    let mut best = Value::Unknown;
    for value in list(values, 0) {
        if best.is_unknown() {
            best = value.clone();
            continue;
        }
        match before(value, &best) {
            Verdict::Holds => best = value.clone(),
            Verdict::Unknown => return Value::Unknown,
            Verdict::Fails | Verdict::Rounding => {}
        }
    }
    best
}

fn end(values: &[Value], which: fn(&[Value]) -> Option<&Value>) -> Value {
    which(list(values, 0)).cloned().unwrap_or_default()
}

fn sorted(values: &[Value]) -> Value {
    let mut sorted: Vec<Value> = Vec::new();
    for value in list(values, 0) {
        if sorted
            .iter()
            .any(|known| known.less(value) == Verdict::Unknown)
        {
            return Value::Unknown;
        }
        let at = sorted.partition_point(|known| value.less(known) != Verdict::Holds);
        sorted.insert(at, value.clone());
    }
    Value::list(sorted)
}

/// Whether a value certainly stands among others.
fn is_among(value: &Value, others: &[Value]) -> bool {
    others
        .iter()
        .any(|other| value.equals(other) == Verdict::Holds)
}

fn distinct(values: &[Value]) -> Value {
    let mut seen: Vec<Value> = Vec::new();
    for value in list(values, 0) {
        if !is_among(value, &seen) {
            seen.push(value.clone());
        }
    }
    Value::list(seen)
}

fn duplicates(values: &[Value]) -> Value {
    let (mut seen, mut twice): (Vec<Value>, Vec<Value>) = (Vec::new(), Vec::new());
    for value in list(values, 0) {
        if !is_among(value, &seen) {
            seen.push(value.clone());
        } else if !is_among(value, &twice) {
            twice.push(value.clone());
        }
    }
    Value::list(twice)
}

fn missing(values: &[Value]) -> Value {
    without(list(values, 0), list(values, 1))
}

fn extra(values: &[Value]) -> Value {
    without(list(values, 1), list(values, 0))
}

/// The elements of `all` that are certainly not in `others`.
fn without(all: &[Value], others: &[Value]) -> Value {
    let is_absent = |value: &&Value| {
        others
            .iter()
            .all(|other| value.equals(other) == Verdict::Fails)
    };
    Value::list(all.iter().filter(is_absent).cloned())
}

/// Numbers of lists are small; a list that would leave more gaps than this is none.
const MOST_GAPS: i64 = 1000;

fn gaps(values: &[Value]) -> Value {
    let whole = |value: &Value| i64::try_from(value.as_number()?.value().normalize()).ok();
    let Some(mut numbers) = list(values, 0)
        .iter()
        .map(whole)
        .collect::<Option<Vec<_>>>()
    else {
        return Value::Unknown;
    };
    numbers.sort_unstable();
    let mut gaps = Vec::new();
    for pair in numbers.windows(2) {
        let [a, b] = pair else { continue };
        if b.saturating_sub(*a) > MOST_GAPS {
            return Value::Unknown;
        }
        gaps.extend((a + 1..*b).map(|gap| Value::from(Number::exact(gap.into()))));
    }
    Value::list(gaps)
}

fn round(values: &[Value]) -> Value {
    let decimals = number_at(values, 1).and_then(|number| u32::try_from(number.value()).ok());
    let (Some(number), Some(decimals)) = (number_at(values, 0), decimals) else {
        return Value::Unknown;
    };
    let rounded = |value: Decimal| {
        value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
    };
    number.map(rounded).into()
}

fn number(values: &[Value]) -> Value {
    words_of(values)
        .and_then(|words| Decimal::from_str_exact(words.trim()).ok())
        .map(Number::exact)
        .into()
}

fn share(values: &[Value]) -> Value {
    let share = || {
        let hundred = Number::exact(Decimal::ONE_HUNDRED);
        let (part, whole) = (number_at(values, 0)?, number_at(values, 1)?);
        let share = part.with_unit(Unit::None).times(hundred)?;
        Some(
            share
                .divided_by(whole.with_unit(Unit::None))?
                .with_unit(Unit::Percent),
        )
    };
    share().into()
}

/// Whether the interval of `percent` of `whole` holds a whole number (the granularity test known as GRIM).
fn possible_share(values: &[Value]) -> Value {
    let test = || {
        let (percent, whole) = (number_at(values, 0)?, number_at(values, 1)?);
        let cases = percent
            .with_unit(Unit::None)
            .times(whole.with_unit(Unit::None))?
            .divided_by(Number::exact(Decimal::ONE_HUNDRED))?;
        Some(cases.lo().ceil() <= cases.hi().floor())
    };
    test().into()
}

fn relative_change(values: &[Value]) -> Value {
    let change = || {
        let (from, to) = (number_at(values, 0)?, number_at(values, 1)?);
        let hundred = Number::exact(Decimal::ONE_HUNDRED);
        (from.lo() > Decimal::ZERO && from.unit().fits(to.unit())).then_some(())?;
        let ratio = to
            .with_unit(Unit::None)
            .divided_by(from.with_unit(Unit::None))?;
        Some(
            ratio
                .times(hundred)?
                .minus(hundred)?
                .with_unit(Unit::Percent),
        )
    };
    change().into()
}

fn of_grade(values: &[Value], function: fn(&Grade) -> Option<i64>) -> Value {
    match values {
        [Value::Grade(grade)] => function(grade)
            .map(|number| Number::exact(number.into()))
            .into(),
        _ => Value::Unknown,
    }
}

fn on_scale(values: &[Value]) -> Value {
    match values {
        [Value::Grade(grade)] => grade.rank().is_some().into(),
        _ => Value::Unknown,
    }
}

fn median(values: &[Value]) -> Value {
    let sorted = sorted(values);
    let grades = sorted.as_list().unwrap_or_default();
    grades.get(grades.len() / 2).cloned().unwrap_or_default()
}

fn of_date(values: &[Value], function: fn(Days) -> Option<Value>) -> Value {
    values
        .first()
        .and_then(Value::as_days)
        .and_then(function)
        .unwrap_or_default()
}

fn year(days: Days) -> Option<Value> {
    let year = days.from().year();
    (year == days.to().year()).then(|| Number::exact(year.into()).into())
}

fn days_between(values: &[Value]) -> Value {
    match values {
        [Value::Days(from), Value::Days(to)] => from.days_until(*to).into(),
        _ => Value::Unknown,
    }
}

fn words_of(values: &[Value]) -> Option<&str> {
    values.first()?.as_words()
}

fn of_words(values: &[Value], test: fn(&str, &str) -> bool) -> Value {
    match values {
        [text, part] => text
            .as_words()
            .zip(part.as_words())
            .map(|(text, part)| test(text, part))
            .into(),
        _ => Value::Unknown,
    }
}

/// Whether the whole text fits a pattern of characters, `?` and `*`. Goes back to the last `*` only, so that the time is at
/// most the product of the lengths.
fn glob(text: &str, pattern: &str) -> bool {
    let (text, pattern): (Vec<char>, Vec<char>) =
        (text.chars().collect(), pattern.chars().collect());
    let (mut at, mut place) = (0, 0);
    let mut star = None;
    while let Some(c) = text.get(at) {
        match pattern.get(place) {
            Some('*') => {
                star = Some((place, at));
                place += 1;
            }
            Some(wanted) if *wanted == '?' || wanted == c => {
                at += 1;
                place += 1;
            }
            _ => {
                let Some((star_place, star_at)) = star else {
                    return false;
                };
                star = Some((star_place, star_at + 1));
                at = star_at + 1;
                place = star_place + 1;
            }
        }
    }
    pattern.iter().skip(place).all(|c| *c == '*')
}

/// The longest text that is compared letter by letter, in characters: the time is the product of the lengths.
const LONGEST_EDITED: usize = 200;

fn edit_distance(values: &[Value]) -> Value {
    let [a, b] = values else {
        return Value::Unknown;
    };
    let fits = |words: &&str| words.chars().count() <= LONGEST_EDITED;
    a.as_words()
        .filter(fits)
        .zip(b.as_words().filter(fits))
        .map(|(a, b)| Number::from(strsim::osa_distance(a, b)))
        .into()
}

fn similarity(values: &[Value]) -> Value {
    let label = |at: usize| match values.get(at)? {
        Value::Label(label) => Some(label.clone()),
        other => other.as_words().map(Label::new),
    };
    label(0)
        .zip(label(1))
        .and_then(|(a, b)| Decimal::from_f64_retain(a.similarity(&b)))
        .map(|share| Number::exact(share.round_dp(4).normalize()))
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::testing::World;

    #[test]
    fn every_example_holds() {
        for function in FUNCTIONS {
            assert!(
                function.example.contains(&format!("{}(", function.name)),
                "{function}"
            );
            let value = World::sample().eval(function.example);
            assert_eq!(value.verdict(), Verdict::Holds, "{}", function.example);
        }
    }
}
