//! The one table of functions. Checking, documentation and tests are made from it; every example holds.

mod hedges;
mod lists;
mod numbers;
mod wordings;
mod words;

use std::fmt;

use super::{Question, node::How};
use numbers::unary;
use words::{of_both, of_words};

use crate::{
    suggest::nearest,
    value::{Days, Grade, Label, Number, Type, Value, Verdict, WEEKDAYS},
};

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
    /// From its one argument, known or not.
    Known(fn(&Value) -> Value),
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
    /// A list of texts.
    Texts,
    /// A day or period.
    Date,
    /// A grade.
    Grade,
    /// A name.
    Label,
    /// A list of names.
    Labels,
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
            Self::Texts => Type::List(Box::new(Type::Text)),
            Self::Date => Type::Date,
            Self::Grade => Type::Grade,
            Self::Label => Type::Label,
            Self::Labels => Type::List(Box::new(Type::Label)),
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
            Self::Texts => "a list of texts",
            Self::Date => "a date",
            Self::Grade => "a grade",
            Self::Label => "a name",
            Self::Labels => "a list of names",
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

/// The table of functions in Markdown, one row each, for the reference of the language.
pub fn markdown() -> String {
    let row = |function: &Function| {
        let example = function.example.replace('|', "\\|");
        format!(
            "| `{function}` | {} | {} | `{example}` |\n",
            function.result, function.help
        )
    };
    std::iter::once("| function | gives | | example |\n|---|---|---|---|\n".to_owned())
        .chain(FUNCTIONS.iter().map(row))
        .collect()
}

/// What other languages call a function or quantifier, and its name here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("any", "exists"),
    ("count", "size"),
    ("every", "all"),
    ("has", "stated"),
    ("known", "stated"),
    ("len", "size"),
    ("length", "size"),
    ("some", "exists"),
    ("unique", "distinct"),
    ("where", "filter"),
];

/// The function or quantifier that is likely meant by a name that is none.
pub(super) fn likely(name: &str) -> Option<&'static str> {
    let elsewhere = ELSEWHERE.iter().find(|(known, _)| *known == name);
    let functions = FUNCTIONS.iter().map(|function| function.name);
    let known = functions.chain(How::ALL.map(How::name));
    elsewhere.map_or_else(|| nearest(name, known), |(_, here)| Some(here))
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

use Body::{Ask, Known, Pure, Whole};

functions! {
    stated(value: Any) -> Returns::Bool, Known(stated),
        "Whether a value is known. Never unknown itself.",
        "stated(3) && !stated([1][4])";

    size(list: List) -> Returns::Number, Whole(lists::size),
        "How many elements a list has; unknown where it is not certain which they are.",
        "size([4, 5]) == 2";
    sum(numbers: Numbers) -> Returns::Number, Pure(lists::sum),
        "The sum; of rounded numbers, with the slack of all of them.",
        "sum([90, 60]) == 150";
    min(list: Ordered) -> Returns::ElementOfFirst, Pure(lists::min),
        "The least number, earliest date or worst grade.",
        "min([3, 1, 2]) == 1";
    max(list: Ordered) -> Returns::ElementOfFirst, Pure(lists::max),
        "The greatest number, latest date or best grade.",
        "max([3, 1, 2]) == 3";
    first(list: List) -> Returns::ElementOfFirst, Pure(lists::first),
        "The first element.",
        "first([4, 5]) == 4";
    last(list: List) -> Returns::ElementOfFirst, Pure(lists::last),
        "The last element.",
        "last([4, 5]) == 5";
    sorted(list: Ordered) -> Returns::First, Pure(lists::sorted),
        "The elements from least to greatest, equal ones in their order.",
        "sorted([3, 1, 2]) == [1, 2, 3]";
    distinct(list: List) -> Returns::First, Pure(lists::distinct),
        "The elements, each once, where it stands first.",
        "distinct([1, 2, 1]) == [1, 2]";
    differ(list: List) -> Returns::Bool, Whole(lists::differ),
        "Whether two of the elements that are known differ from each other.",
        "differ([1, 2, 1]) && !differ([1, 1])";
    duplicates(list: List) -> Returns::First, Pure(lists::duplicates),
        "The elements that stand there more than once, each once.",
        "duplicates([1, 2, 1]) == [1]";
    missing(wanted: List, found: LikeFirst) -> Returns::First, Pure(lists::missing),
        "The elements of the first list that the second lacks.",
        "missing([1, 2, 3], [1, 3]) == [2]";
    extra(wanted: List, found: LikeFirst) -> Returns::First, Pure(lists::extra),
        "The elements of the second list that the first lacks.",
        "extra([1, 2], [1, 2, 9]) == [9]";
    gaps(numbers: Numbers) -> Returns::Numbers, Pure(lists::gaps),
        "The whole numbers between the least and the greatest that are not there.",
        "gaps([1, 2, 5]) == [3, 4]";

    abs(number: Number) -> Returns::Number, Pure(|values| unary(values, Number::abs)),
        "The number without its sign.",
        "abs(3 - 5) == 2";
    round(number: Number, decimals: Number) -> Returns::Number, Pure(numbers::round),
        "Rounded to so many decimals, halves away from zero.",
        "round(2.345, 2) == 2.35";
    floor(number: Number) -> Returns::Number, Pure(|values| unary(values, |number| number.map(|value| value.floor()))),
        "The greatest whole number that is not more.",
        "floor(2.7) == 2";
    ceil(number: Number) -> Returns::Number, Pure(|values| unary(values, |number| number.map(|value| value.ceil()))),
        "The least whole number that is not less.",
        "ceil(2.1) == 3";
    exact(number: Number) -> Returns::Number, Pure(|values| unary(values, Number::as_printed)),
        "The number as printed, without the slack of rounding.",
        "exact(4) == 4";
    rounded(number: Number) -> Returns::Number, Pure(|values| unary(values, Number::nearly)),
        "The number with the slack of one rounded to the decimals it is printed with.",
        "possible_share(rounded(33), 3)";
    truncated(number: Number) -> Returns::Number, Pure(|values| unary(values, Number::truncated)),
        "The number as if digits had been cut and not rounded when it was printed.",
        "truncated(rounded(66.6)) == 66.6";
    loosely(number: Number) -> Returns::Number, Pure(|values| unary(values, Number::loosely)),
        "A whole count of 1,000 or more that ends in two zeros or more, read as rounded; others as they are.",
        "loosely(150) == 150";
    number(text: Words) -> Returns::Number, Pure(|values| of_words(values, words::number)),
        "The number that a text is written as; unknown where it is none.",
        "number(\"12\") == 12";

    unit(number: Number) -> Returns::Text, Pure(numbers::unit),
        "The unit of a number, in the plural (`days`, `pounds`, `percent`); empty for a bare number.",
        "unit(12) == \"\"";
    share(part: Number, whole: Number) -> Returns::Number, Pure(numbers::share),
        "The part as a percentage of the whole.",
        "share(18, 40) == 45";
    part(percent: Number, whole: Number) -> Returns::Number, Pure(numbers::part),
        "How much of the whole a percentage is, in the unit of the whole.",
        "part(45, 40) == 18";
    rounds_to(number: Number, printed: Number) -> Returns::Bool, Pure(numbers::rounds_to),
        "Whether a number would be printed so: with certainty, or only for some of the values that it may stand for.",
        "rounds_to(share(2, 3), rounded(67))";
    possible_share(percent: Number, whole: Number) -> Returns::Bool, Pure(numbers::possible_share),
        "Whether some whole number of so many cases makes up this percentage.",
        "possible_share(25, 8) && !possible_share(34, 25)";
    relative_change(from: Number, to: Number) -> Returns::Number, Pure(numbers::relative_change),
        "The change in per cent of the earlier value; unknown unless that is above zero.",
        "relative_change(40, 50) == 25";

    hedge_fits(hedge: Words, printed: Number, number: Number) -> Returns::Bool, Pure(hedges::hedge_fits),
        "Whether a number fits one that is printed with a hedge (about, nearly, just-over, over, at-least, under, at-most): \
         rounding where only some readers would say so.",
        "hedge_fits(\"nearly\", 50, 48) && !hedge_fits(\"over\", 50, 48)";

    rank(grade: Grade) -> Returns::Number, Pure(|values| of_grade(values, Grade::rank)),
        "The place of a grade on its scale, 0 for the worst; unknown off every scale.",
        "!stated(rank(\"no grade\"))";
    points(grade: Grade) -> Returns::Number, Pure(|values| of_grade(values, Grade::points)),
        "The points that the framework gives for a grade.",
        "!stated(points(\"no grade\"))";
    on_scale(grade: Grade) -> Returns::Bool, Pure(on_scale),
        "Whether a grade stands on a scale that is known.",
        "!on_scale(\"no grade\")";
    median(grades: Grades) -> Returns::Grade, Pure(lists::median),
        "The middle grade; the better of the two middle ones where their number is even.",
        "!stated(median([]))";

    weekday(date: Date) -> Returns::Symbol(WEEKDAYS), Pure(|values| of_date(values, |days| days.weekday().map(Value::Symbol))),
        "The day of the week of a single day.",
        "weekday(\"2017-10-03\") == \"Tuesday\"";
    year(date: Date) -> Returns::Number, Pure(|values| of_date(values, year)),
        "The year; unknown for a period that goes over New Year.",
        "year(\"2017-10\") == 2017";
    month(date: Date) -> Returns::Number, Pure(|values| of_date(values, month)),
        "The month, from 1 to 12; unknown for a period that is longer.",
        "month(\"2017-10-03\") == 10";
    day(date: Date) -> Returns::Number, Pure(|values| of_date(values, day)),
        "The day of the month; unknown for a period of several days.",
        "day(\"2017-10-03\") == 3";
    first_day(period: Date) -> Returns::Date, Pure(|values| of_date(values, |days| Days::new(days.from(), days.from()).map(Value::from))),
        "The first day of a period.",
        "first_day(\"2017-10\") == \"2017-10-01\"";
    last_day(period: Date) -> Returns::Date, Pure(|values| of_date(values, |days| Days::new(days.to(), days.to()).map(Value::from))),
        "The last day of a period.",
        "last_day(\"2017-10\") == \"2017-10-31\"";
    overlaps(a: Date, b: Date) -> Returns::Bool, Pure(overlaps),
        "Whether two periods share a day.",
        "overlaps(\"2017-10-03\", \"2017-10\")";
    days_between(from: Date, to: Date) -> Returns::Number, Pure(days_between),
        "How many days after the first the second is, below zero where it is earlier.",
        "days_between(\"2017-10-03\", \"2017-11-03\") == 31";

    label(words: Words) -> Returns::Label, Pure(label),
        "A name, compared by its stems whatever their order.",
        "label(\"Casework Quality\") == label(\"quality of casework\")";
    words(name: Words) -> Returns::Number, Pure(|values| of_words(values, words::count)),
        "How many words a name has.",
        "words(\"Casework Quality\") == 2";
    first_word(text: Words) -> Returns::Text, Pure(|values| of_words(values, |words| words.split_whitespace().next().map(Value::text))),
        "The first word of a text.",
        "first_word(\"since May 2007\") == \"since\"";
    last_word(text: Words) -> Returns::Text, Pure(|values| of_words(values, |words| words.split_whitespace().next_back().map(Value::text))),
        "The last word of a text.",
        "last_word(\"since May 2007\") == \"2007\"";
    letters(text: Words) -> Returns::Number, Pure(|values| of_words(values, words::letters)),
        "How many letters and digits a text has.",
        "letters(\"HM CPS\") == 5";
    join(list: List, separator: Words) -> Returns::Text, Pure(lists::join),
        "The elements as one text, with the separator between them.",
        "join([1, 2], \" + \") == \"1 + 2\"";
    plural(number: Number, one: Words, several: Words) -> Returns::Text, Pure(words::plural),
        "The first text where the number is one, else the second.",
        "plural(1, \"is\", \"are\") == \"is\"";
    counted(number: Number, noun: Words) -> Returns::Text, Pure(words::counted),
        "A number with its noun, in the singular or the plural as it needs.",
        "counted(1, \"areas for improvement\") == \"1 area for improvement\"";
    anagram(a: Words, b: Words) -> Returns::Bool, Pure(|values| of_both(values, words::anagram)),
        "Whether two texts have the same letters in another order.",
        "anagram(\"HWI\", \"HIW\") && !anagram(\"HIW\", \"HIW\")";
    similarity(a: Label, b: Label) -> Returns::Number, Pure(words::similarity),
        "The share of the shorter name's words that the longer one has, from 0 to 1.",
        "similarity(\"leadership\", \"leadership and management\") == 1";
    lower(text: Words) -> Returns::Text, Pure(|values| of_words(values, |words| Value::text(&words.to_lowercase()))),
        "The text in lower case.",
        "lower(\"HMIC\") == \"hmic\"";
    contains(text: Words, part: Words) -> Returns::Bool, Pure(|values| of_both(values, |text, part| text.contains(part))),
        "Whether the part stands in the text, letter by letter.",
        "contains(\"Crown Court\", \"Court\")";
    starts_with(text: Words, part: Words) -> Returns::Bool, Pure(|values| of_both(values, |text, part| text.starts_with(part))),
        "Whether the text starts with the part.",
        "starts_with(\"Crown Court\", \"Crown\")";
    ends_with(text: Words, part: Words) -> Returns::Bool, Pure(|values| of_both(values, |text, part| text.ends_with(part))),
        "Whether the text ends with the part.",
        "ends_with(\"Crown Court\", \"Court\")";
    matches(text: Words, pattern: Words) -> Returns::Bool, Pure(|values| of_both(values, words::glob)),
        "Whether the whole text fits the pattern, in which `*` stands for any characters and `?` for one.",
        "matches(\"Annex C\", \"Annex ?\")";
    edit_distance(a: Words, b: Words) -> Returns::Number, Pure(|values| of_both(values, words::edit_distance)),
        "How many letters to add, drop, change or exchange with the next to get from one text to the other; unknown over 200 letters.",
        "edit_distance(\"HMABC\", \"HMABD\") == 1";

    changed_words(a: Words, b: Words) -> Returns::Texts, Pure(|values| of_both(values, wordings::changed_words)),
        "The words that only one of two texts has, by their stems; small words do not count.",
        "changed_words(\"Reduce delays by half\", \"reducing a delay\") == [\"half\"]";
    reworded(a: Words, b: Words) -> Returns::Texts, Pure(|values| of_both(values, wordings::reworded)),
        "The sentences of the first text that the second has with one or two words changed.",
        "size(reworded(\"It was a good day for us all.\", \"It was a bad day for us all.\")) == 1";

    same_sentence(a: Fact, b: Fact) -> Returns::Bool, Ask(Question::SameSentence),
        "Whether both facts stand in one sentence.",
        "ratings.all(r, same_sentence(r, r))";
    same_block(a: Fact, b: Fact) -> Returns::Bool, Ask(Question::SameBlock),
        "Whether both facts stand in one paragraph, list item or table.",
        "ratings.all(r, same_block(r, r))";
    same_row(a: Fact, b: Fact) -> Returns::Bool, Ask(Question::SameRow),
        "Whether both facts stand in one table row.",
        "ratings.all(r, same_row(r, r))";
    same_section(a: Fact, b: Fact) -> Returns::Bool, Ask(Question::SameSection),
        "Whether both facts stand under one heading.",
        "ratings.all(r, same_section(r, r))";
    same_list(a: Fact, b: Fact) -> Returns::Bool, Ask(Question::SameList),
        "Whether both facts stand in items of one list.",
        "ratings.all(r, !same_list(r, r) || same_block(r, r))";
    same_document(a: Fact, b: Fact) -> Returns::Bool, Ask(Question::SameDocument),
        "Whether both facts stand in one document.",
        "ratings.all(r, same_document(r, r))";
    comparable(a: Fact, b: Fact) -> Returns::Bool, Ask(Question::Comparable),
        "Whether both facts speak of one measure, body, scope, period and unit.",
        "ratings.all(r, comparable(r, r))";
    before(a: Fact, b: Fact) -> Returns::Bool, Ask(Question::Before),
        "Whether the first fact stands before the second.",
        "!ratings.exists(r, before(r, r))";
    inside(a: Fact, b: Fact) -> Returns::Bool, Ask(Question::Inside),
        "Whether the words of the first fact stand within those of the second.",
        "ratings.all(r, inside(r, r))";
    mentions(fact: Fact, class: Words) -> Returns::Bool, Ask(Question::Mentions),
        "Whether a phrase of this class of the lexicon stands in the sentence of the fact.",
        "ratings.all(r, mentions(r, \"hedge\"))";
    document_mentions(class: Words) -> Returns::Bool, Ask(Question::DocumentMentions),
        "Whether a phrase of this class of the lexicon stands anywhere in the document.",
        "document_mentions(\"hedge\")";
    says(fact: Fact, words: List) -> Returns::Bool, Ask(Question::Says),
        "Whether one of these words or phrases, in any case, stands in the sentence of the fact.",
        "ratings.all(r, says(r, [\"judged\", \"rated as\"]))";
    says_after(fact: Fact, words: List) -> Returns::Bool, Ask(Question::SaysAfter),
        "Whether one of these words or marks stands in the sentence of the fact, somewhere behind it.",
        "ratings.all(r, says_after(r, [\"among them\", \"(\"]))";
    block_says(fact: Fact, words: List) -> Returns::Bool, Ask(Question::BlockSays),
        "Whether one of these words or phrases stands in the paragraph, list item or table of the fact.",
        "ratings.all(r, block_says(r, [\"at its last inspection\"]))";
    led_by(fact: Fact, words: List) -> Returns::Bool, Ask(Question::LedBy),
        "Whether one of these words or phrases stands right before the fact, in its sentence.",
        "ratings.all(r, led_by(r, [\"the\", \"all of the\"]))";
    followed_by(fact: Fact, words: List) -> Returns::Bool, Ask(Question::FollowedBy),
        "Whether one of these words or marks stands right after the fact, in its sentence.",
        "ratings.all(r, followed_by(r, [\"at least\", \",\"]))";
    band(number: Number, name: Words) -> Returns::Grade, Ask(Question::Band),
        "The grade of the framework's band that a number falls in.",
        "band(75, \"score\") == \"Good\"";
    polarity(measure: Label) -> Returns::Symbol(&["higher",
        "lower"]), Ask(Question::Polarity),
        "Whether higher or lower is better for a measure of the framework.",
        "polarity(\"convictions\") == \"higher\"";
    evidence_for(measure: Label) -> Returns::Label, Ask(Question::EvidenceFor),
        "The criterion that a measure is evidence for.",
        "evidence_for(\"convictions\") == \"casework\"";
    parent(criterion: Label) -> Returns::Label, Ask(Question::Parent),
        "The criterion that this one is a part of.",
        "parent(\"file quality\") == \"casework\"";
    criteria(group: Words) -> Returns::Labels, Ask(Question::Criteria),
        "The criteria that the framework counts in a group.",
        "criteria(\"key questions\").exists(k, k == \"casework\")";
    limit(parts: List, name: Words) -> Returns::Grade, Ask(Question::Limit),
        "The best rating of the whole that the framework's limits leave for the ratings of these parts, each criterion counted \
         once; unknown where none applies.",
        "limit(ratings, \"overall\") == \"Good\"";
}

/// Whether each value is known; a condition is where it is decided.
fn stated(value: &Value) -> Value {
    let is_known = match value {
        Value::Verdict(verdict) => *verdict != Verdict::Unknown,
        other => !other.is_unknown(),
    };
    is_known.into()
}

fn of_grade<T: Into<i64>>(values: &[Value], function: fn(&Grade) -> Option<T>) -> Value {
    match values {
        [Value::Grade(grade)] => function(grade)
            .map(|number| Number::exact(number.into().into()))
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

fn of_date(values: &[Value], function: fn(Days) -> Option<Value>) -> Value {
    let days = values.first().and_then(Value::as_days);
    days.and_then(function).unwrap_or_default()
}

fn year(days: Days) -> Option<Value> {
    let year = days.from().year();
    (year == days.to().year()).then(|| Number::exact(year.into()).into())
}

fn month(days: Days) -> Option<Value> {
    let (from, to) = (days.from(), days.to());
    let same = (from.year(), from.month()) == (to.year(), to.month());
    same.then(|| Number::exact(from.month().into()).into())
}

fn day(days: Days) -> Option<Value> {
    (days.from() == days.to()).then(|| Number::exact(days.from().day().into()).into())
}

fn overlaps(values: &[Value]) -> Value {
    match values {
        [Value::Days(a), Value::Days(b)] => (a.from() <= b.to() && b.from() <= a.to()).into(),
        _ => Value::Unknown,
    }
}

fn days_between(values: &[Value]) -> Value {
    match values {
        [Value::Days(from), Value::Days(to)] => from.days_until(*to).into(),
        _ => Value::Unknown,
    }
}

/// A label stays what it is, with the key of the name that it is an alias of.
fn label(values: &[Value]) -> Value {
    match values {
        [label @ Value::Label(_)] => label.clone(),
        _ => of_words(values, Label::new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::testing::World;

    #[test]
    fn the_reference_has_a_row_for_each_function() {
        let reference = markdown();
        assert_eq!(reference.lines().count(), FUNCTIONS.len() + 2);
        let row = "| `sum(numbers)` | a number | The sum; of rounded numbers, with the slack of all of them. \
                   | `sum([90, 60]) == 150` |";
        assert!(reference.contains(row), "{reference}");
    }

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
