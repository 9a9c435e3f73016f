//! The lexicon: which words and phrases belong to which class, and what they stand for.
//!
//! Vocabulary is data: the entries come from `rules/<pack>/lexicon.yaml` and from frameworks. A phrase is found by walking
//! a trie of words, so that finding costs the same however many phrases there are. Matching ignores case and takes curly
//! apostrophes for straight ones.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{lexer, words::fold};

macro_rules! classes {
    ($($(#[doc = $doc:literal])+ $name:ident = $key:literal),* $(,)?) => {
        /// A class of words or phrases. The key of a class in a lexicon file is its name in kebab-case.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Class {
            $($(#[doc = $doc])+ $name),*
        }

        impl Class {
            /// All classes.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The key used in lexicon files.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key),*
                }
            }

            /// What the class holds, for the reference pages and the JSON Schema.
            pub const fn help(self) -> &'static str {
                match self {
                    $(Self::$name => concat!($($doc),+)),*
                }
            }
        }
    };
}

classes! {
    /// A grade of a scale; stands for its name in lower case.
    Grade = "grade",
    /// A criterion of the framework; stands for its name.
    Criterion = "criterion",
    /// The whole body: "overall", "overall effectiveness".
    Overall = "overall",
    /// A verb by which a grade is given: "rated", "judged", "found"; stands for `sure`, `firm`, `weak` or `giving`, by how surely a
    /// grade beside it is a rating.
    RatingVerb = "rating-verb",
    /// A noun for a grade or the giving of one; stands for `rating` ("rating", "grade"), or for `verdict` ("judgement") and `assessment`
    /// ("score"), which are also used loosely.
    GradeNoun = "grade-noun",
    /// Words that place a rating or value in an earlier round: "previously", "at its last inspection".
    Previous = "previous",
    /// Words that place a rating or value in this round: "now", "currently", "this time".
    Current = "current",
    /// Words for a grade that stayed: "again", "remains", "retained".
    Again = "again",
    /// Words of rising, by `verb` ("rose"), `noun` ("an increase") and `particle` ("up from").
    Up = "up",
    /// Words of falling, by `verb`, `noun` and `particle`.
    Down = "down",
    /// Verbs of movement that leave the direction to the values: "went from".
    Moved = "moved",
    /// Words that lead to the highest or lowest value on the way: "peaking at", "a high of".
    Peak = "peak",
    /// Words by which a movement goes on to the value that it ended at: "taking", "bringing".
    Bringing = "bringing",
    /// Words for staying: "unchanged", "no change".
    Unchanged = "unchanged",
    /// Evaluative verbs for getting better: "improved".
    Improved = "improved",
    /// Evaluative verbs for getting worse: "deteriorated".
    Worsened = "worsened",
    /// Relations: `than` ("higher"), `direct` ("above"), `verb` ("exceeds").
    Above = "above",
    /// Relations: `than` ("lower"), `direct` ("below"), `inside` ("well within", of a value), `verb` ("fell short of"), `target` ("missed").
    Below = "below",
    /// Relations: `than` ("better"), `verb` ("outperforming").
    BetterThan = "better-than",
    /// Relations: `than` ("worse"), `verb` ("underperforming").
    WorseThan = "worse-than",
    /// Relations: `direct` ("in line with"), `target` ("met").
    EqualTo = "equal-to",
    /// Relations that leave the direction to the values: "compared with", "against".
    ComparedWith = "compared-with",
    /// Words that make a reference of a noun phrase: `head` ("average"), `target`, `bound` ("standard", where
    /// it has a value), `place` ("nationally"), `peer` ("similar"),
    /// `scope` ("national", before a `weak` noun such as "rate"), `country`.
    Reference = "reference",
    /// Hedges before a numeral; stands for `about`, `nearly`, `just-over`, `over`, `at-least`, `under`, `at-most`.
    Hedge = "hedge",
    /// Number words; stands for the numeral.
    NumberWord = "number-word",
    /// Words that say that the figures of a document were rounded: "figures are rounded", "due to rounding".
    Rounded = "rounded",
    /// Words for a kind of which a thing has only one; stands for its scale: `priority` ("high", "routine") or `status` ("complete").
    Priority = "priority",
    /// Multipliers of a numeral: "thousand", "million", "m"; stands for the factor.
    Multiplier = "multiplier",
    /// Fractions in words; stands for `numerator/denominator`.
    Fraction = "fraction",
    /// Multiples: "doubled", "three-fold"; stands for the factor.
    Multiple = "multiple",
    /// Months; stands for 1 to 12.
    Month = "month",
    /// Weekdays; stands for 1 (Monday) to 7.
    Weekday = "weekday",
    /// Terms and seasons of a year; stands for `first month-last month`.
    Term = "term",
    /// "per cent" and its spellings.
    PercentWord = "percent-word",
    /// "percentage points" and its spellings.
    PointsWord = "points-word",
    /// Units of time; stands for `years`, `months`, `weeks`, `days`, `hours`, `minutes`, `seconds`, `quarters`, `terms`.
    DurationUnit = "duration-unit",
    /// Words for money after a numeral: "pounds"; stands for the currency sign.
    MoneyWord = "money-word",
    /// "all", "each", "every", "both"; stands for `all` or `none`.
    Quantifier = "quantifier",
    /// Nouns for what must be put right: "recommendation", "issue"; stands for the singular.
    IssueNoun = "issue-noun",
    /// Heads under which what must be put right stands, when it is not named by an issue noun: "what needs to improve".
    IssueHeading = "issue-heading",
    /// Heads of columns; stands for `number` ("rec. no."), `issue` (what was found: "concern", "finding"), `rule` (what was broken:
    /// "regulation"), `status` (whether it is accepted), `share` ("percentage") or `change` ("difference").
    Column = "column",
    /// Words with which a body owns up to what was found: "we apologise", "fallen short".
    Remorse = "remorse",
    /// Words that lay a duty on someone, before a list of what must be done; stands for `duty` ("must", "was told to") or, where
    /// "to" follows whom it is laid on, for `tell` ("told the trust to").
    Directive = "directive",
    /// Heads and leads of lists that hold no issues: "strengths", "good practice", "themes".
    Strength = "strength",
    /// Words by which a list of findings is led in; stands for `verb` ("found", of those who inspect), `link` ("for example", alone) or
    /// `part` ("including", after what is wrong).
    Finding = "finding",
    /// Words by which a finding says that something is wrong; stands for `not` ("weren't", "no"), `wrong` ("out of date", "too few") or
    /// `named` (what is wrong by its name: "shortfalls").
    Failing = "failing",
    /// What a body does about what was found, as it stands after "have": "appointed", "put in place".
    Action = "action",
    /// What a plan says of an action that is over: "completed", "implemented".
    Done = "done",
    /// People and bodies that inspect, beside the names of inspectorates: "chief inspector", "the regulator".
    Inspector = "inspector",
    /// Heads of responses: "response", "action", "what we will do".
    ResponseLabel = "response-label",
    /// Stances: "accepted", "we agree".
    Accepted = "accepted",
    /// Stances: "partially accepted", "agreed in part".
    PartlyAccepted = "partly-accepted",
    /// Stances: "not accepted", "rejected".
    Rejected = "rejected",
    /// Verbs that attribute speech: "said", "says", "added".
    Attribution = "attribution",
    /// People and groups who are quoted and neither inspect nor answer for the body: "resident", "union", "MP".
    Bystander = "bystander",
    /// Words of what a committee is to resolve about a paper, which asks nothing of the body inspected: "is asked to note".
    Resolution = "resolution",
    /// Verbs for how somebody takes a report, before a paragraph that quotes them: "welcomed", "apologised".
    Reaction = "reaction",
    /// Words that announce a list: "following", "as follows".
    Announcer = "announcer",
    /// Words between things and what they are about, which may be a list of them: "relating to", "covering".
    Covering = "covering",
    /// Words that count through a list in prose: "first", "secondly", "finally"; stands for the number, or for `last`.
    Sequence = "sequence",
    /// Nouns whose announced number is a tally when a list follows: "issues", "areas", "criteria".
    TallyNoun = "tally-noun",
    /// Forms of be, have, do and the modal verbs.
    Auxiliary = "auxiliary",
    /// Prepositions.
    Preposition = "preposition",
    /// Conjunctions.
    Conjunction = "conjunction",
    /// Articles, demonstratives and possessives.
    Determiner = "determiner",
    /// Pronouns.
    Pronoun = "pronoun",
    /// "not", "no", "never", "no longer".
    Negation = "negation",
    /// Common verbs that end a noun phrase.
    Verb = "verb",
    /// Adverbs that do not end in "ly": "also", "now", "still".
    Adverb = "adverb",
    /// Nouns that look like participles: "building", "bed".
    Noun = "noun",
    /// Plural nouns that do not end in "s": "people", "staff".
    Plural = "plural",
    /// Words that make a numeral no figure; stands for `before` ("page", "Year", "section"), `after` ("stars") or `whole`
    /// (a phrase with the numeral in it: "zero tolerance").
    NotCounted = "not-counted",
    /// Words for what is called by a short number ("999 calls"); stands for `called` or, for what goes on from it ("call times"), `part`.
    Telephone = "telephone",
    /// What is counted behind a hyphen to say how large a thing is: "bed" in "a 40-bed ward".
    SizedBy = "sized-by",
    /// Words for ages: "aged", "year-old".
    Age = "age",
    /// Words that make a target of a value: "aim for", "designed", "required".
    Aim = "aim",
    /// Parts of a period, as they stand before "of": "the end of May".
    PeriodPart = "period-part",
    /// Words around a date that say which days are meant; stands for `year-to`, `week-of`, `quarter-to`, `quarter`,
    /// `quarter-1` to `quarter-4`.
    DateFrame = "date-frame",
    /// Words before a date that change nothing of it: "early", "the end of".
    DateAround = "date-around",
    /// Words for a score: "scored", "points".
    ScoreWord = "score-word",
    /// Words whose year is part of a name: "Act", "Regulations", "copyright".
    Instrument = "instrument",
    /// Roles of dates; stands for `published`, `fieldwork`, `sample`, `updated` or `deadline`.
    DateRole = "date-role",
    /// Words that open a part of a list: "including", "such as", "among them".
    Including = "including",
    /// Nouns for a part of several things: "majority", "proportion".
    ShareNoun = "share-noun",
    /// Words for some of several things that stand for them: "most", "others".
    SomeOf = "some-of",
    /// Words that take something out: "except", "all but", "other than".
    Except = "except",
    /// Modal verbs; stands for `future` ("will"), `duty` ("must"), `chance` ("may") or `ability` ("can").
    Modal = "modal",
    /// Verbs that lead to a value of an earlier time: `be` ("was", "stood at"), `perfect` where the tense alone says that it is over
    /// ("had been", "used to be"), `do` ("managed").
    PastVerb = "past-verb",
    /// Heads of columns that hold what was reached, beside a target or an average: "actual", "result".
    Outcome = "outcome",
    /// Words that name an earlier period: `phrase` ("a year earlier"), `modifier` and `noun` ("last inspection"), `after`
    /// ("two years ago").
    BasePeriod = "base-period",
    /// What a draft leaves to be filled in: "TBC", "XX".
    Placeholder = "placeholder",
    /// Acronyms that need no definition; stands for the long form.
    KnownAcronym = "known-acronym",
    /// Things that are numbered and referred to, beside issue nouns: "table", "annex"; stands for the singular.
    NumberedThing = "numbered-thing",
    /// Official names of bodies; stands for the name as it should be written.
    OfficialName = "official-name",
    /// Words of self-assessment: "graded itself", "we rate ourselves".
    SelfAssessment = "self-assessment",
    /// Words that cap or explain a rating: "limiter", "breach".
    Limiter = "limiter",
    /// Words for shares that may be more than the whole: "capacity", "of the budget", "growth".
    Unbounded = "unbounded",
    /// Words for shares and means that were weighted.
    Weighted = "weighted",
    /// Abbreviations after which a full stop ends no sentence: "Mr", "Dr", "e.g".
    Abbreviation = "abbreviation",
    /// Words that open or close the name of an inspected body: "CPS", "HMP", "Police", "Council", "Surgery".
    BodyWord = "body-word",
    /// Names of inspectorates and regulators, which are not the body inspected.
    Inspectorate = "inspectorate",
    /// Words that tell what a document is; stands for `report`, `release`, `summary`, `response` or `plan`.
    DocumentRole = "document-role",
    /// What a framework calls the things it rates: "criterion", "standard", "key question"; stands for the singular.
    CriterionNoun = "criterion-noun",
    /// Common nouns for inspected bodies: "practice", "force", "services"; stands for the singular.
    BodyNoun = "body-noun",
    /// Nouns for the occasion of a rating: "inspection", "visit".
    InspectionNoun = "inspection-noun",
    /// Words by which a grade moves or stays; stands for `up`, `down`, `better`, `worse`, `moved` or `unchanged`.
    GradeMove = "grade-move",
    /// What a cell says where no rating was given: "not rated", "n/a".
    NotRated = "not-rated",
    /// Phrases that say "not good enough" without a word of the scale: "needs improvement".
    NeedsWork = "needs-work",
    /// Names of what inspectorates grade, whatever the framework: "quality of education", "preventing crime".
    RatedCriterion = "rated-criterion",
    /// Words that name what is graded before a noun for its grade: "safety" in "the safety rating".
    GradedAspect = "graded-aspect",
    /// Words that stand for what the heading above them names: "outcomes for prisoners", "the work here".
    HeadingNoun = "heading-noun",
    /// People who rate what they use or answer surveys, not inspectors: "patients", "pupils".
    Respondent = "respondent",
    /// Schemes whose ratings are plain numbers: "food hygiene rating".
    NumberScheme = "number-scheme",
    /// Words before the two ends of a scale: "runs from", "a scale from".
    Ranging = "ranging",
    /// Words before a grade that was not given: "escaped an inadequate rating".
    Averted = "averted",
    /// Words after which a grade is wished for, asked about or denied: "would be good", "to ensure that care is good".
    Unsettled = "unsettled",
    /// Words that rank a rating: "the lowest rating, inadequate".
    Ranked = "ranked",
    /// Heads of columns that say of which round their grades are: "before", "now"; stands for `previous` or `current`.
    RoundHead = "round-head",
    /// Words that set a body beside the one that a document is on: "its sister home", "a neighbouring trust".
    OtherBody = "other-body",
    /// Words of several parts that lead from a grade to what it is for: "inadequate in terms of safety".
    InTermsOf = "in-terms-of",
    /// Verbs by which a grade is explained: "a rating of one means that much must be done".
    Meaning = "meaning",
    /// Words that tell of what comes after "to" that it was done: "worked hard to move it from poor to good".
    Accomplished = "accomplished",
    /// Words that tell one thing from all others: "the first service to be rated good".
    Foremost = "foremost",
    /// Words by which a total is split; stands for `whole` ("made up of") or `some` ("of these").
    Split = "split",
}

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(u128);

impl Classes {
    /// No class.
    pub const NONE: Self = Self(0);

    /// Set by the lexer where a number may begin, in figures or in words: no class of the lexicon, but a trigger like one.
    pub const NUMERIC: Self = Self(1 << (u128::BITS - 1));

    /// Set by the lexer where a date may begin with figures, or with a word that holds a hyphen.
    pub const DATED: Self = Self(1 << (u128::BITS - 2));

    /// The set of these classes.
    pub const fn of(classes: &[Class]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < classes.len() {
            bits |= 1 << classes[at] as u8;
            at += 1;
        }
        Self(bits)
    }

    /// Whether `class` is in the set.
    pub const fn has(self, class: Class) -> bool {
        self.0 >> class as u8 & 1 == 1
    }

    /// Whether the sets share a class.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Adds a class.
    pub const fn insert(&mut self, class: Class) {
        self.0 |= 1 << class as u8;
    }

    /// The classes of either set.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The classes of this set that are not in the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Adds all classes of another set.
    pub const fn extend(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// Index of a distinct word of the lexicon; `Word::NONE` for all others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Word(u32);

impl Word {
    /// A word that the lexicon does not hold.
    pub const NONE: Self = Self(0);
}

/// What a phrase of the lexicon is: its class, and what it stands for.
#[derive(Clone, Debug)]
pub struct Meaning {
    /// Its class.
    pub class: Class,
    /// What it stands for: the phrase itself unless the lexicon says otherwise.
    pub canonical: Arc<str>,
}

/// A place in the trie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct NodeId(u32);

#[derive(Clone, Debug, Default)]
struct Node {
    meanings: Vec<Meaning>,
    classes: Classes,
    grows: bool,
}

/// All words and phrases that the grammar knows.
#[derive(Clone, Debug)]
pub struct Lexicon {
    words: FxHashMap<Arc<str>, Word>,
    nodes: Vec<Node>,
    /// Where each word leads from the root, by the index of the word.
    roots: Vec<NodeId>,
    edges: FxHashMap<(NodeId, Word), NodeId>,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self {
            words: FxHashMap::default(),
            nodes: vec![Node::default()],
            roots: vec![Self::ROOT],
            edges: FxHashMap::default(),
        }
    }
}

impl Lexicon {
    const ROOT: NodeId = NodeId(0);

    /// An empty lexicon.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a phrase. A phrase without a word is passed over; adding the same twice changes nothing.
    pub fn insert(&mut self, class: Class, phrase: &str, canonical: &str) {
        let mut node = Self::ROOT;
        for text in lexer::words_of(phrase) {
            let word = self.known(text);
            node = self
                .child(node, word)
                .unwrap_or_else(|| self.grow(node, word));
        }
        if node == Self::ROOT {
            return;
        }
        if let Some(node) = self.nodes.get_mut(node.0 as usize)
            && !node
                .meanings
                .iter()
                .any(|known| known.class == class && &*known.canonical == canonical)
        {
            node.meanings.push(Meaning {
                class,
                canonical: Arc::from(canonical),
            });
            node.classes.insert(class);
        }
    }

    /// Where `word` leads from `node`.
    fn child(&self, node: NodeId, word: Word) -> Option<NodeId> {
        if node == Self::ROOT {
            let root = self.roots.get(word.0 as usize).copied();
            return root.filter(|&root| root != Self::ROOT);
        }
        self.edges.get(&(node, word)).copied()
    }

    /// A new place in the trie, to which `word` leads from `node`.
    fn grow(&mut self, node: NodeId, word: Word) -> NodeId {
        let fresh = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Node::default());
        if node == Self::ROOT {
            if let Some(root) = self.roots.get_mut(word.0 as usize) {
                *root = fresh;
            }
        } else {
            self.edges.insert((node, word), fresh);
        }
        if let Some(parent) = self.nodes.get_mut(node.0 as usize) {
            parent.grows = true;
        }
        fresh
    }

    /// The word that `text` is, which is added where it is new.
    fn known(&mut self, text: &str) -> Word {
        let text = fold(text);
        if let Some(&word) = self.words.get(&*text) {
            return word;
        }
        let word = Word(u32::try_from(self.words.len() + 1).unwrap_or(u32::MAX));
        self.words.insert(Arc::from(&*text), word);
        self.roots.push(Self::ROOT);
        word
    }

    /// The word that `text` is, whatever its case.
    pub fn word(&self, text: &str) -> Word {
        let mut folded = [0; Self::LONGEST_ASCII];
        let word = match folded.get_mut(..text.len()) {
            Some(folded) if text.is_ascii() => {
                folded.copy_from_slice(text.as_bytes());
                folded.make_ascii_lowercase();
                str::from_utf8(folded)
                    .ok()
                    .and_then(|text| self.words.get(text))
            }
            _ => self.words.get(&*fold(text)),
        };
        word.copied().unwrap_or(Word::NONE)
    }

    /// Bytes of the longest ASCII word that is looked up without an allocation.
    const LONGEST_ASCII: usize = 24;

    /// Tells `found` of every phrase that starts at the first of `words`: how many words it takes, its classes and its
    /// meanings; shortest first.
    pub(super) fn each_phrase(
        &self,
        words: impl Iterator<Item = Word>,
        mut found: impl FnMut(u8, Classes, PhraseId),
    ) {
        let mut node = Self::ROOT;
        for (count, word) in (1..=Self::LONGEST).zip(words) {
            let Some(next) = self.child(node, word) else {
                break;
            };
            node = next;
            let Some(here) = self.nodes.get(node.0 as usize) else {
                break;
            };
            if !here.meanings.is_empty() {
                found(count, here.classes, PhraseId(node.0));
            }
            if !here.grows {
                break;
            }
        }
    }

    /// The meanings of a phrase.
    pub fn meanings(&self, phrase: PhraseId) -> &[Meaning] {
        self.nodes
            .get(phrase.0 as usize)
            .map_or(&[], |node| &node.meanings)
    }

    /// The meanings of a single word that stands as a phrase of its own.
    pub fn meanings_of(&self, word: &str) -> impl Iterator<Item = &Meaning> {
        let node = self.child(Self::ROOT, self.word(word));
        node.into_iter()
            .flat_map(|node| self.meanings(PhraseId(node.0)))
    }

    /// Longest phrase that is looked for, in words.
    pub const LONGEST: u8 = 12;
}

/// A phrase of the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhraseId(u32);
