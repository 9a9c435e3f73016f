//! Kinds of fact that rule packs add: phrases with typed holes.
//!
//! [`Kinds`] answers for built-in and added kinds alike, so that rules cannot tell them apart.

use std::{collections::BTreeMap, sync::OnceLock};

use rustc_hash::FxHashMap;

use super::{
    Fact,
    reading::{Reading, Sentence},
    schema::{self, KINDS},
};
use crate::{
    grammar::{
        Classes, Input, Token,
        phrase::{Content, Filled, Found, Hole, HoleType, Phrase},
        words::{WordHash, Words},
    },
    value::{KindId, Type, Value},
};

/// A kind of fact that a pack adds.
#[derive(Clone, Debug)]
pub struct AddedKind {
    /// Name in rules and output.
    pub name: String,
    /// Name of the collection of all facts of the kind.
    pub plural: String,
    /// What it is.
    pub help: String,
    /// Its fields, in the order of their slots.
    pub fields: Vec<Hole>,
    phrases: Vec<(Phrase, Vec<usize>)>,
}

impl AddedKind {
    /// A kind with the holes of its phrases as fields.
    ///
    /// # Errors
    ///
    /// The name of a hole that has one type in one phrase and another in the next, or that every fact has as a field.
    pub fn new(name: &str, plural: &str, help: &str, phrases: Vec<Phrase>) -> Result<Self, String> {
        let mut kind = Self {
            name: name.to_owned(),
            plural: plural.to_owned(),
            help: help.to_owned(),
            fields: Vec::new(),
            phrases: Vec::new(),
        };
        for phrase in phrases {
            let slots: Result<_, String> =
                phrase.holes.iter().map(|hole| kind.slot(hole)).collect();
            kind.phrases.push((phrase, slots?));
        }
        Ok(kind)
    }

    fn slot(&mut self, hole: &Hole) -> Result<usize, String> {
        if schema::COMMON_FIELDS
            .iter()
            .any(|field| field.name == hole.name)
        {
            return Err(hole.name.clone());
        }
        match self.fields.iter().position(|field| field.name == hole.name) {
            Some(slot) if self.fields.get(slot) != Some(hole) => Err(hole.name.clone()),
            Some(slot) => Ok(slot),
            None => {
                self.fields.push(hole.clone());
                Ok(self.fields.len() - 1)
            }
        }
    }

    /// Every fact of the kind in a sentence, by the first of its phrases that is found there.
    fn extract(
        &self,
        kind: KindId,
        reading: &Reading<'_>,
        sentence: &Sentence,
        forms: &[u64],
        facts: &mut Vec<Fact>,
    ) {
        let input = reading.input(sentence);
        let phrases = self.phrases.iter().zip(forms);
        let mut phrases = phrases.filter(|(_, forms)| **forms != 0);
        let found = phrases.find_map(|((phrase, slots), forms)| {
            let found = phrase.find_all(input, *forms);
            (!found.is_empty()).then_some((found, slots))
        });
        let Some((found, slots)) = found else {
            return;
        };
        for Found { span, filled } in found {
            let mut values = vec![Value::Unknown; self.fields.len()];
            for filled in filled {
                let slot = slots
                    .get(filled.hole)
                    .and_then(|&slot| values.get_mut(slot));
                if let Some(value) = slot {
                    *value = content(reading, filled);
                }
            }
            facts.push(Fact {
                kind,
                span,
                values: values.into(),
                place: sentence.place,
            });
        }
    }
}

/// Which kinds may stand in a sentence, by the words in it: most sentences are passed over at the cost of a look at their words.
#[derive(Clone, Debug, Default)]
struct Anchors {
    /// Those that a word announces.
    by_word: FxHashMap<WordHash, Vec<Start>>,
    /// Those that no word announces.
    anywhere: Vec<Start>,
}

/// A way of reading a phrase of a kind.
#[derive(Clone, Debug)]
struct Start {
    /// Index of the kind.
    kind: usize,
    /// Index of the phrase in its kind.
    phrase: usize,
    /// The bit of this way of reading it.
    form: u64,
    /// The words that a sentence must hold.
    words: Words,
    /// Sets of classes that a sentence must meet.
    classes: Vec<Classes>,
}

impl Start {
    fn fits(&self, sentence: &Sentence) -> bool {
        let mut needed = self.classes.iter();
        sentence.words.hold(self.words) && needed.all(|&classes| sentence.classes.meets(classes))
    }
}

impl Anchors {
    fn new(kinds: &[AddedKind]) -> Self {
        let mut anchors = Self::default();
        for (at, kind) in kinds.iter().enumerate() {
            let phrases = kind.phrases.iter().enumerate();
            let anchors_of = phrases.flat_map(|(phrase, (read, _))| {
                let forms = (0..u64::BITS).map(|bit| 1_u64 << bit);
                let anchors = read.anchors().zip(forms);
                anchors.map(move |(anchor, form)| (phrase, form, anchor))
            });
            for (phrase, form, anchor) in anchors_of {
                let starts = match anchor.word {
                    Some(word) => anchors.by_word.entry(WordHash::of(word)).or_default(),
                    None => &mut anchors.anywhere,
                };
                starts.push(Start {
                    kind: at,
                    phrase,
                    form,
                    words: anchor.words,
                    classes: anchor.classes,
                });
            }
        }
        anchors
    }

    /// The kinds that may stand in a sentence, in their order, each with the ways of reading its phrases that may.
    fn of(&self, sentence: &Sentence, input: Input<'_>) -> BTreeMap<usize, Vec<u64>> {
        let words = input.tokens().iter().filter_map(Token::hash);
        let announced = words.filter_map(|word| self.by_word.get(&word)).flatten();
        let starts = announced.chain(&self.anywhere);
        let mut found: BTreeMap<usize, Vec<u64>> = BTreeMap::new();
        for start in starts.filter(|start| start.fits(sentence)) {
            let forms = found.entry(start.kind).or_default();
            if forms.len() <= start.phrase {
                forms.resize(start.phrase + 1, 0);
            }
            if let Some(forms) = forms.get_mut(start.phrase) {
                *forms |= start.form;
            }
        }
        found
    }
}

fn content(reading: &Reading<'_>, filled: Filled) -> Value {
    match filled.content {
        Content::Words => reading.label(filled.span).into(),
        Content::Number(number) => number.into(),
        Content::Days(days) => days.into(),
        Content::Grade(name) => {
            let scale = reading.vocabulary.scale_of(&std::iter::once(name.as_str()));
            reading.vocabulary.grade(&name, scale).into()
        }
    }
}

/// The type of a hole's content in expressions.
pub fn type_of(hole: HoleType) -> Type {
    match hole {
        HoleType::Words | HoleType::Criterion => Type::Label,
        HoleType::Grade => Type::Grade,
        HoleType::Date => Type::Date,
        HoleType::Number
        | HoleType::Percent
        | HoleType::Points
        | HoleType::Money
        | HoleType::Duration
        | HoleType::Quantity
        | HoleType::Fraction
        | HoleType::Ordinal => Type::Number,
    }
}

/// Every kind of fact: the built-in ones, then those that packs add.
#[derive(Clone, Debug, Default)]
pub struct Kinds {
    added: Vec<AddedKind>,
    anchors: OnceLock<Anchors>,
}

impl Kinds {
    /// Adds a kind; one of the same name that was added before is replaced. Built-in kinds must not be given again.
    pub fn add(&mut self, kind: AddedKind) {
        match self.added.iter_mut().find(|known| known.name == kind.name) {
            Some(known) => *known = kind,
            None => self.added.push(kind),
        }
        self.anchors = OnceLock::new();
    }

    /// The kinds that packs add, with their ids.
    pub fn added(&self) -> impl Iterator<Item = (KindId, &AddedKind)> {
        self.added
            .iter()
            .zip(KINDS.len()..)
            .map(|(kind, at)| (id(at), kind))
    }

    /// The id of every kind.
    pub fn ids(&self) -> impl Iterator<Item = KindId> + use<> {
        (0..KINDS.len() + self.added.len()).map(id)
    }

    /// The kind of a name.
    pub fn by_name(&self, name: &str) -> Option<KindId> {
        self.ids().find(|&kind| self.name(kind) == name)
    }

    /// The kind whose facts are the collection of a name.
    pub fn by_plural(&self, plural: &str) -> Option<KindId> {
        self.ids().find(|&kind| self.plural(kind) == plural)
    }

    /// Name of a kind; empty for an id that there is not.
    pub fn name(&self, kind: KindId) -> &str {
        match (builtin(kind), self.get(kind)) {
            (Some(kind), _) => kind.name,
            (None, Some(kind)) => &kind.name,
            (None, None) => "",
        }
    }

    /// Name of the collection of all facts of a kind; empty for an id that there is not.
    pub fn plural(&self, kind: KindId) -> &str {
        match (builtin(kind), self.get(kind)) {
            (Some(kind), _) => kind.plural,
            (None, Some(kind)) => &kind.plural,
            (None, None) => "",
        }
    }

    /// Names and types of the fields of a kind, by slot.
    pub fn fields(&self, kind: KindId) -> Vec<(&str, Type)> {
        match (builtin(kind), self.get(kind)) {
            (Some(kind), _) => {
                let fields = kind.fields.iter();
                fields
                    .map(|field| (field.name, field.field_type.to_type()))
                    .collect()
            }
            (None, Some(kind)) => {
                let fields = kind.fields.iter();
                fields
                    .map(|hole| (hole.name.as_str(), type_of(hole.hole_type)))
                    .collect()
            }
            (None, None) => Vec::new(),
        }
    }

    /// The slot of a field of a kind.
    pub fn slot(&self, kind: KindId, name: &str) -> Option<usize> {
        match builtin(kind) {
            Some(kind) => kind.fields.iter().position(|field| field.name == name),
            None => self
                .get(kind)?
                .fields
                .iter()
                .position(|hole| hole.name == name),
        }
    }

    /// The type of a field of a kind.
    pub fn field_type(&self, kind: KindId, slot: usize) -> Option<Type> {
        Some(match builtin(kind) {
            Some(kind) => kind.fields.get(slot)?.field_type.to_type(),
            None => type_of(self.get(kind)?.fields.get(slot)?.hole_type),
        })
    }

    /// Adds every fact of the kinds that packs add.
    pub fn extract(&self, reading: &Reading<'_>, facts: &mut Vec<Fact>) {
        if self.added.is_empty() {
            return;
        }
        let anchors = self.anchors.get_or_init(|| Anchors::new(&self.added));
        for sentence in &reading.sentences {
            for (at, forms) in anchors.of(sentence, reading.input(sentence)) {
                if let Some(kind) = self.added.get(at) {
                    kind.extract(id(KINDS.len() + at), reading, sentence, &forms, facts);
                }
            }
        }
    }

    fn get(&self, kind: KindId) -> Option<&AddedKind> {
        self.added
            .get(usize::from(kind.0).checked_sub(KINDS.len())?)
    }
}

fn builtin(kind: KindId) -> Option<&'static schema::Kind> {
    KINDS.get(usize::from(kind.0))
}

fn id(at: usize) -> KindId {
    KindId(u16::try_from(at).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        document::{self, Format},
        framework::Frameworks,
        source::{SourceFile, Sources},
    };

    /// The fields of every fact that a phrase finds, as `name=value`, facts separated by ` | `.
    #[track_caller]
    fn check(phrase: &str, text: &str, expected: &str) {
        let phrase = Phrase::compile(phrase).expect("a sound phrase");
        let kind = AddedKind::new("k", "ks", "", vec![phrase]).expect("a sound kind");
        let frameworks = Frameworks::builtin(&mut Sources::new()).expect("sound packs");
        let vocabulary = frameworks.vocabulary("hmcpsi-aap").expect("a framework");
        let document = document::read(&SourceFile::new("test", text), Format::Text);
        let reading = Reading::new(&document, &vocabulary);
        let mut facts = Vec::new();
        let mut kinds = Kinds::default();
        kinds.add(kind.clone());
        kinds.extract(&reading, &mut facts);
        let shown: Vec<String> = facts
            .iter()
            .map(|fact| {
                let fields = kind.fields.iter().zip(&fact.values);
                let fields: Vec<_> = fields
                    .map(|(hole, value)| format!("{}={value}", hole.name))
                    .collect();
                format!("{} [{}]", fields.join(" "), document.text_of(fact.span))
            })
            .collect();
        assert_eq!(shown.join(" | "), expected, "{text}");
    }

    #[test]
    fn holes_are_filled() {
        let target =
            "{measure:words} stood at {value:percent} against a target of {target:percent}";
        check(
            target,
            "In March, attendance at hearings stood at 91.4% against a target of 95%.",
            "measure=attendance at hearings value=91.4% target=95% [attendance at hearings stood at 91.4% against a target of 95%]",
        );
        check(
            target,
            "The file quality rate stood at 60 per cent against a target of 75%, and delay stood at 3% against a target of 2%.",
            "measure=file quality rate value=60% target=75% [file quality rate stood at 60 per cent against a target of 75%] | \
             measure=delay value=3% target=2% [delay stood at 3% against a target of 2%]",
        );
        check(target, "Attendance stood at 91 against a target of 95.", "");
        check(target, "It stood firm.", "");
        check(
            "{who:words} spent {cost:money} on {what:words}",
            "The force spent £1.2 million on new cars, which is a lot.",
            "who=force cost=£1,200,000 what=new cars [force spent £1.2 million on new cars]",
        );
        check(
            "rated {grade:grade} for {what:words} in",
            "It was rated Good for the way it works in Eastmere.",
            "grade=Good what=the way it works [rated Good for the way it works in]",
        );
        check(
            "due by {day:date}",
            "The plan is due by 3 October 2017.",
            "day=3 October 2017 [due by 3 October 2017]",
        );
        check(
            "within {time:duration}",
            "Calls are answered within two minutes.",
            "time=2 minutes [within two minutes]",
        );
    }

    #[test]
    fn brackets_are_choices() {
        let phrase = "[the] target (is|was) {target:number} [visits]";
        check(
            phrase,
            "The target was 40 visits.",
            "target=40 [The target was 40 visits]",
        );
        check(phrase, "Its target is 40.", "target=40 [target is 40]");
        check(phrase, "The target of 40.", "");
        check(
            r"{n:number} \(all\)",
            "There were 12 (all) of them.",
            "n=12 [12 (all)]",
        );
    }

    #[track_caller]
    fn refused(phrase: &str, part: &str, message: &str) {
        let error = Phrase::compile(phrase).expect_err("a mistake");
        assert_eq!(crate::span::text_at(phrase, error.span), part, "{phrase}");
        assert!(error.message.contains(message), "{}", error.message);
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(256))]

        #[test]
        fn any_text_is_a_phrase_or_a_mistake(text in "([a-z ]|\\{[a-z]:(words|number|grade)\\}|[{}\\[\\]()|\\\\:é]){0,12}") {
            if let Err(error) = Phrase::compile(&text) {
                assert!(text.get(error.span.range()).is_some(), "{text:?}: {error:?}");
            }
        }
    }

    #[test]
    fn mistakes_are_named() {
        refused("{a:percnt} of", "a:percnt", "did you mean `percent`?");
        refused("{a words}", "w", "a hole is written");
        refused("some {a:number", "", "a hole is written");
        refused("[the {a:number}", "", "every bracket");
        refused("a ) b", ")", "every bracket");
        refused("{a:words}", "{a:words}", "needs a word");
        refused("", "", "needs a word");
        refused(
            "x {a:words} {b:words}",
            "x {a:words} {b:words}",
            "a word between",
        );
        refused("{a:number} to {a:percent}", "a:percent", "two types");
        refused(&"[a] ".repeat(9), &"[a] ".repeat(9), "more than 64 ways");
        refused(&"[".repeat(90), &"[".repeat(90), "nested");
    }
}
