//! The one table of fact kinds: names, fields, types and help.
//!
//! The type checker of expressions, the JSON output, the JSON Schema, completion and the reference pages are all made from
//! it. A field of `KINDS` is also a slot of [`Fact::values`](super::Fact): the macro makes an enum per kind whose variants
//! number the slots, so that extractors cannot name a field that does not exist.

use crate::value::{KindId, Type};

/// The type of a field, in a form that can stand in a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// See [`Type::Bool`].
    Bool,
    /// See [`Type::Number`].
    Number,
    /// See [`Type::Date`].
    Date,
    /// See [`Type::Grade`].
    Grade,
    /// See [`Type::Label`].
    Label,
    /// See [`Type::Text`].
    Text,
    /// See [`Type::Symbol`].
    Symbol(&'static [&'static str]),
    /// A list of numbers.
    Numbers,
    /// A list of texts.
    Texts,
    /// A list of labels.
    Labels,
}

impl FieldType {
    /// The type that expressions see.
    pub fn to_type(self) -> Type {
        match self {
            Self::Bool => Type::Bool,
            Self::Number => Type::Number,
            Self::Date => Type::Date,
            Self::Grade => Type::Grade,
            Self::Label => Type::Label,
            Self::Text => Type::Text,
            Self::Symbol(words) => Type::Symbol(words),
            Self::Numbers => Type::List(Box::new(Type::Number)),
            Self::Texts => Type::List(Box::new(Type::Text)),
            Self::Labels => Type::List(Box::new(Type::Label)),
        }
    }
}

/// A field of a kind of fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Name in rules and output.
    pub name: &'static str,
    /// Its type.
    pub field_type: FieldType,
    /// What it holds.
    pub help: &'static str,
}

/// A kind of fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Name in rules and output.
    pub name: &'static str,
    /// Name of the collection of all facts of the kind.
    pub plural: &'static str,
    /// What it is.
    pub help: &'static str,
    /// Its fields, in the order of their slots.
    pub fields: &'static [Field],
}

macro_rules! kinds {
    ($($(#[doc = $help:literal])+ $module:ident $konst:ident = $name:literal / $plural:literal {
        $($field:ident: $type:expr, $field_help:literal;)*
    })*) => {
        kinds!(@ids 0u16; $($konst)*);
        $(
            $(#[doc = $help])+
            pub mod $module {
                /// Slots of the fields.
                #[expect(non_camel_case_types, reason = "the variants are the names of fields as rules write them")]
                #[derive(Clone, Copy, Debug, PartialEq, Eq)]
                pub enum Slot {
                    $(#[doc = $field_help] $field),*
                }
            }
            impl From<$module::Slot> for usize {
                fn from(slot: $module::Slot) -> Self {
                    slot as Self
                }
            }
        )*
        /// Every built-in kind; a [`KindId`] is an index of this table, kinds of rule packs come after it.
        pub const KINDS: &[Kind] = &[$(Kind {
            name: $name,
            plural: $plural,
            help: concat!($($help),+),
            fields: &[$(Field { name: stringify!($field), field_type: $type, help: $field_help }),*],
        }),*];
    };
    (@ids $at:expr; $head:ident $($tail:ident)*) => {
        #[doc = concat!("Id of the kind in [`KINDS`].")]
        pub const $head: KindId = KindId($at);
        kinds!(@ids $at + 1u16; $($tail)*);
    };
    (@ids $at:expr;) => {};
}

/// Rounds that a rating or figure may belong to.
pub const WHEN: &[&str] = &["current", "previous", "target", "self"];
/// Where a rating stands.
pub const FORMS: &[&str] = &["list", "table", "prose", "heading"];
/// Units of figures and changes.
pub const UNITS: &[&str] = &["percent", "points", "money", "count", "duration", "score"];
/// Directions of a change.
pub const DIRECTIONS: &[&str] = &["up", "down", "unchanged", "better", "worse"];
/// Relations of a comparison.
pub const RELATIONS: &[&str] = &["above", "below", "better", "worse", "equal"];
/// Hedges.
pub const HEDGES: &[&str] = &[
    "about",
    "nearly",
    "just-over",
    "over",
    "at-least",
    "under",
    "at-most",
];
/// Stances of a response.
pub const STANCES: &[&str] = &["accepted", "partly", "rejected", "none"];
/// Roles of a date.
pub const DATE_ROLES: &[&str] = &["published", "fieldwork", "sample", "updated", "deadline"];
/// Days of the week.
pub const WEEKDAYS: &[&str] = &[
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
/// Quantifiers of a claim.
pub const QUANTIFIERS: &[&str] = &["all", "none", "count"];
/// How a claim that counts bounds the grade: "good or better" is `at least`.
pub const BOUNDS: &[&str] = &["exactly", "at least", "at most", "above", "below"];

kinds! {
    /// A judgement on a criterion, on the inspectorate's scale.
    rating RATING = "rating" / "ratings" {
        criterion: FieldType::Label, "what was judged; `overall` for the whole body";
        value: FieldType::Grade, "the grade";
        when: FieldType::Symbol(WHEN), "the round it was given in";
        subject: FieldType::Label, "the body, site or service, where the document names several";
        form: FieldType::Symbol(FORMS), "where it stands";
        period: FieldType::Date, "when it was given";
        score: FieldType::Number, "the score or share printed beside it";
        sure: FieldType::Bool, "whether the text itself ties the grade to this criterion of this body in this round; where a part of that was taken from what stands around, no error should rest on it";
    }
    /// A statement on how many criteria have a grade: "good in five of seven areas".
    rating_claim RATING_CLAIM = "rating-claim" / "rating_claims" {
        quantifier: FieldType::Symbol(QUANTIFIERS), "all, none or a count";
        count: FieldType::Number, "how many";
        of: FieldType::Number, "of how many";
        value: FieldType::Grade, "the grade";
        bound: FieldType::Symbol(BOUNDS), "whether a count is of that grade alone, or of all above or below it: \"good or better\" is `at least`";
        noun: FieldType::Label, "what is counted";
        when: FieldType::Symbol(WHEN), "the round it speaks of";
        excepted: FieldType::Bool, "whether something is taken out: \"all but\", \"except\"";
    }
    /// A movement of a rating: "improved from fair to good". The ratings themselves are facts of their own.
    rating_change RATING_CHANGE = "rating-change" / "rating_changes" {
        criterion: FieldType::Label, "what was judged";
        from: FieldType::Grade, "the earlier grade";
        to: FieldType::Grade, "the later grade";
        direction: FieldType::Symbol(DIRECTIONS), "what the verb says";
    }
    /// A row or list entry that names a criterion among rated ones and gives no grade.
    rating_gap RATING_GAP = "rating-gap" / "rating_gaps" {
        criterion: FieldType::Label, "the criterion";
        explained: FieldType::Bool, "whether the text says why: \"not rated\", \"n/a\"";
    }
    /// A word of a scale, or one that reads like it, used as a label without being a rating: quoted with no criterion near,
    /// or softened in a headline.
    grade_mention GRADE_MENTION = "grade-mention" / "grade_mentions" {
        criterion: FieldType::Label, "the criterion named with it";
        value: FieldType::Grade, "the word, on the scale if it stands there";
        quoted: FieldType::Bool, "whether it stands in quotation marks";
        form: FieldType::Symbol(FORMS), "where it stands";
    }
    /// A stated number with a unit.
    figure FIGURE = "figure" / "figures" {
        measure: FieldType::Label, "what was measured or counted";
        value: FieldType::Number, "the number, in whole units";
        unit: FieldType::Symbol(UNITS), "its unit";
        hedge: FieldType::Symbol(HEDGES), "the hedge before it";
        when: FieldType::Symbol(WHEN), "the round it belongs to";
        period: FieldType::Date, "the period it holds for";
        scope: FieldType::Label, "the body, place or group it holds for";
        within: FieldType::Text, "the kind of fact it stands inside (change, comparison, proportion, tally), empty for none";
    }
    /// A movement in time.
    change CHANGE = "change" / "changes" {
        measure: FieldType::Label, "what moved";
        from: FieldType::Number, "the earlier value";
        to: FieldType::Number, "the later value";
        by: FieldType::Number, "the size of the movement; 2x for \"doubled\" without both values";
        unit: FieldType::Symbol(UNITS), "unit of from and to, else of by; not stated for a multiple";
        by_unit: FieldType::Symbol(UNITS), "unit of by";
        direction: FieldType::Symbol(DIRECTIONS), "what the verb says; better and worse for evaluative verbs";
        since: FieldType::Text, "the words that name the period it starts from";
        period: FieldType::Date, "the period it ends in";
        factor: FieldType::Number, "the multiple: 2 for \"doubled\"";
    }
    /// A measure set against a reference value.
    comparison COMPARISON = "comparison" / "comparisons" {
        measure: FieldType::Label, "what was measured";
        value: FieldType::Number, "its value";
        relation: FieldType::Symbol(RELATIONS), "how it stands to the reference";
        by: FieldType::Number, "the gap";
        unit: FieldType::Symbol(UNITS), "unit of the values";
        by_unit: FieldType::Symbol(UNITS), "unit of the gap";
        reference: FieldType::Label, "what it is set against: national average, target";
        reference_value: FieldType::Number, "the value of the reference";
    }
    /// A part of a whole: "18 of 40 (45%)".
    proportion PROPORTION = "proportion" / "proportions" {
        measure: FieldType::Label, "what was counted";
        part: FieldType::Number, "the part";
        whole: FieldType::Number, "the whole";
        percent: FieldType::Number, "the share that the text gives";
        hedge: FieldType::Symbol(HEDGES), "the hedge before the share";
    }
    /// A share stated of a base, without the part: "34% of the 25 files".
    sample_share SAMPLE_SHARE = "sample-share" / "sample_shares" {
        measure: FieldType::Label, "what was counted";
        percent: FieldType::Number, "the share";
        whole: FieldType::Number, "the base, stated in the same clause or row";
        hedge: FieldType::Symbol(HEDGES), "the hedge before the share or the base";
    }
    /// A total and its parts, in a sentence or in a table with a total row.
    breakdown BREAKDOWN = "breakdown" / "breakdowns" {
        total: FieldType::Number, "the total";
        parts: FieldType::Numbers, "the parts, in their order";
        complete: FieldType::Bool, "whether the parts claim to be the whole";
        noun: FieldType::Label, "what is counted";
        unit: FieldType::Symbol(UNITS), "unit of total and parts";
    }
    /// A number that announces how many listed things follow or stand near.
    tally TALLY = "tally" / "tallies" {
        count: FieldType::Number, "the number announced";
        noun: FieldType::Label, "what is counted";
        listed: FieldType::Number, "how many really stand there; unknown where they are not listed";
        complete: FieldType::Bool, "whether the list claims to be complete";
        inline: FieldType::Bool, "whether the list stands in the sentence";
    }
    /// A numbered list: what its markers say.
    list LIST = "list" / "lists" {
        numbers: FieldType::Numbers, "the numbers of the items as written, letters counted from 1";
        items: FieldType::Number, "how many items it has";
        noun: FieldType::Label, "what the items are, where a label says";
    }
    /// A numbered or bulleted recommendation, requirement, issue or area for improvement.
    issue ISSUE = "issue" / "issues" {
        number: FieldType::Text, "the number as written; empty where there is none";
        noun: FieldType::Label, "what the document calls it";
        series: FieldType::Label, "the series that its number belongs to, where there are several";
        deadline: FieldType::Date, "when it is due";
    }
    /// The inspected body's answer to one or more issues.
    response RESPONSE = "response" / "responses" {
        to: FieldType::Texts, "numbers of the issues answered; empty where they have none";
        stance: FieldType::Symbol(STANCES), "whether the issues are accepted";
        noun: FieldType::Label, "what the response calls the issues";
    }
    /// A day, month or period.
    date DATE = "date" / "dates" {
        from: FieldType::Date, "its first day";
        to: FieldType::Date, "its last day";
        role: FieldType::Symbol(DATE_ROLES), "what happened then";
        weekday: FieldType::Symbol(WEEKDAYS), "the weekday named with it";
        valid: FieldType::Bool, "whether the calendar has that day";
        range: FieldType::Bool, "whether a first and a last date are written";
    }
    /// A quotation, over one or more paragraphs.
    quotation QUOTATION = "quotation" / "quotations" {
        opened: FieldType::Bool, "whether it has an opening mark";
        closed: FieldType::Bool, "whether it has a closing mark";
        speaker: FieldType::Text, "who is quoted";
        paragraphs: FieldType::Number, "over how many paragraphs it goes";
    }
    /// A word in capitals that stands for a longer name.
    acronym ACRONYM = "acronym" / "acronyms" {
        name: FieldType::Text, "the acronym, plural and possessive endings dropped";
        expansion: FieldType::Text, "the long form given with it";
        defined: FieldType::Bool, "whether the document or the lexicon gives its long form";
        uses: FieldType::Number, "how often the document uses it";
    }
    /// A name of a body that the framework or lexicon knows.
    name NAME = "name" / "names" {
        written: FieldType::Text, "the name as written";
        official: FieldType::Text, "the name as it should be written";
    }
    /// A reference to a numbered thing: "recommendation 9", "table 4".
    reference REFERENCE = "reference" / "references" {
        noun: FieldType::Label, "what is referred to";
        number: FieldType::Text, "its number";
        found: FieldType::Bool, "whether the document has the thing; unknown where it has none of the kind";
    }
    /// A bracket without its counterpart.
    bracket BRACKET = "bracket" / "brackets" {
        mark: FieldType::Text, "the bracket";
        opens: FieldType::Bool, "whether it is an opening one";
    }
    /// Something left to be filled in: "XX%", "TBC".
    placeholder PLACEHOLDER = "placeholder" / "placeholders" {
        expected: FieldType::Text, "what should stand there, where it can be told";
    }
}

/// Fields that every fact has, beside those of its kind.
pub const COMMON_FIELDS: &[Field] = &[
    Field {
        name: "text",
        field_type: FieldType::Text,
        help: "the words of the document, white space folded",
    },
    Field {
        name: "line",
        field_type: FieldType::Number,
        help: "1-based line of the author's file",
    },
    Field {
        name: "section",
        field_type: FieldType::Text,
        help: "the heading that it stands under",
    },
    Field {
        name: "column_head",
        field_type: FieldType::Text,
        help: "the head of its table column",
    },
    Field {
        name: "row_head",
        field_type: FieldType::Text,
        help: "the first cell of its table row",
    },
    Field {
        name: "sentence",
        field_type: FieldType::Text,
        help: "a name for the sentence that it stands in, the same for all facts of that sentence",
    },
    Field {
        name: "block",
        field_type: FieldType::Text,
        help: "a name for the paragraph, list item or table that it stands in, the same for all facts there",
    },
];
