//! Enumerations: "leadership, case preparation in the Crown Court and engagement".
//!
//! An "and" may stand between two names or inside one. Names that are known decide first; what is left is decided by how lists
//! are written: with a comma before the last "and", the others belong to names.

use rustc_hash::FxHashSet;

use super::{Input, TokenKind};
use crate::value::Label;

/// Names that are known to stand for one thing, by the key of their labels.
#[derive(Clone, Debug, Default)]
pub struct Names {
    keys: FxHashSet<Box<str>>,
}

impl Names {
    /// Adds a name.
    pub fn insert(&mut self, name: &Label) {
        if !name.is_empty() {
            self.keys.insert(name.key().into());
        }
    }

    /// Whether `text` is a known name, however it is worded.
    pub fn holds(&self, text: &str) -> bool {
        !self.keys.is_empty() && self.keys.contains(Label::new(text).key())
    }
}

/// How a piece is joined to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    /// It is the first.
    None,
    /// `,` or `;`
    Comma,
    /// "and"
    And,
    /// ", and"
    CommaAnd,
}

#[derive(Clone, Copy, Debug)]
struct Piece<'a> {
    joint: Joint,
    input: Input<'a>,
    /// A known name, which is never joined to another.
    known: bool,
}

/// Words that open an item and belong to the list, not to the name.
const OPENERS: &[&str] = &["for", "in", "at", "on", "being", "both", "also"];
/// Determiners that a name can do without.
const ARTICLES: &[&str] = &["the", "its", "their", "our", "a", "an"];

/// Most pieces that an enumeration is cut into.
const LONGEST: usize = 40;

/// Cuts an enumeration into its items, without articles and leading prepositions. One item comes back as it is.
///
/// `enumeration = item *( "," item ) [ ([","] ("and" | "as well as" | "along with") | "," "or") item ]`, brackets kept whole: "safety, respect and
/// preparation for release".
///
/// `is_name` says which wordings are known names.
pub fn enumeration(input: Input<'_>, is_name: impl Fn(&str) -> bool) -> Vec<Input<'_>> {
    let pieces = merge_known(&pieces(input), &is_name);
    let pieces = cut_afterthought(pieces);
    merge_by_form(&pieces)
        .into_iter()
        .map(trim)
        .filter(|item| !item.is_empty())
        .collect()
}

/// An item without what opens it, and without stops at its ends.
pub fn trim(mut item: Input<'_>) -> Input<'_> {
    let opens = |item: Input<'_>| {
        OPENERS
            .iter()
            .chain(ARTICLES)
            .any(|word| item.starts_with(word))
            || item.first().is_some_and(|token| {
                matches!(
                    token.kind,
                    TokenKind::Symbol('“' | '"' | '‘' | '*' | '•' | '-' | '–' | ',' | ':')
                )
            })
    };
    while opens(item) {
        item = item.skip(1);
    }
    while let Some(last) = item.tokens().last()
        && matches!(
            last.kind,
            TokenKind::Symbol('.' | ',' | ';' | ':' | '”' | '"' | '*' | '-' | '–' | '—' | '|')
        )
    {
        item = item.until(item.position() + item.len() - 1);
    }
    item
}

/// Cuts at every comma, semicolon and "and" outside brackets.
fn pieces(input: Input<'_>) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut joint, mut start, mut at, mut depth) = (Joint::None, 0, 0, 0usize);
    while at < input.len() && pieces.len() < LONGEST {
        let (len, next) = match input.skip(at).first().map(|token| token.kind) {
            Some(TokenKind::Symbol('(' | '[')) => {
                depth += 1;
                (0, Joint::None)
            }
            Some(TokenKind::Symbol(')' | ']')) => {
                depth = depth.saturating_sub(1);
                (0, Joint::None)
            }
            _ if depth > 0 => (0, Joint::None),
            _ => joint_at(input.skip(at)),
        };
        if len == 0 {
            at += 1;
            continue;
        }
        push(&mut pieces, joint, part(input, start, at));
        joint = next;
        at += len;
        start = at;
    }
    push(&mut pieces, joint, part(input, start, input.len()));
    pieces
}

fn push<'a>(pieces: &mut Vec<Piece<'a>>, joint: Joint, input: Input<'a>) {
    if !input.is_empty() {
        let joint = if pieces.is_empty() {
            Joint::None
        } else {
            joint
        };
        pieces.push(Piece {
            joint,
            input,
            known: false,
        });
    }
}

/// How many tokens of a joint stand here, and which it is.
fn joint_at(input: Input<'_>) -> (usize, Joint) {
    let comma = input
        .first()
        .is_some_and(|token| matches!(token.kind, TokenKind::Symbol(',' | ';')));
    let after = if comma { input.skip(1) } else { input };
    // "People with autism or dementia" are one group: what is said of one or the other is said of no list.
    let and = if after.starts_with("and") || comma && after.starts_with("or") {
        1
    } else if after.starts_with("as")
        && after.skip(1).starts_with("well")
        && after.skip(2).starts_with("as")
    {
        3
    } else if ["along", "together"]
        .iter()
        .any(|word| after.starts_with(word))
        && after.skip(1).starts_with("with")
    {
        2
    } else {
        0
    };
    let along = and == 2;
    match (comma, and) {
        (comma, and) if along => (usize::from(comma) + and, Joint::Comma),
        (false, 0) => (0, Joint::None),
        (true, 0) => (1, Joint::Comma),
        (false, and) => (and, Joint::And),
        (true, and) => (1 + and, Joint::CommaAnd),
    }
}

pub(super) fn part(input: Input<'_>, from: usize, to: usize) -> Input<'_> {
    input.skip(from).until(input.position() + to)
}

/// From the first piece to the last, with what stands between.
fn span_over<'a>(first: Input<'a>, last: Input<'a>) -> Input<'a> {
    let len = last.position() + last.len() - first.position();
    first.restart_len(len)
}

/// Joins pieces that make up one known name, the longest first.
fn merge_known<'a>(pieces: &[Piece<'a>], is_name: &impl Fn(&str) -> bool) -> Vec<Piece<'a>> {
    /// Most pieces that one name is made of.
    const WIDEST: usize = 4;
    let mut merged = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while let Some(&first) = pieces.get(at) {
        let widest = WIDEST.min(pieces.len() - at);
        let found = (1..=widest).rev().find_map(|count| {
            let last = pieces.get(at + count - 1)?.input;
            let whole = span_over(first.input, last);
            let known = |name: Input<'_>| is_name(trim(name).text());
            let placed = || before_place(whole, last).is_some_and(known);
            let headed = || without_head(whole, last).is_some_and(known);
            let longer = count > 1 && (placed() || headed());
            (longer || known(whole)).then_some((count, whole))
        });
        let (count, input) = found.unwrap_or((1, first.input));
        merged.push(Piece {
            joint: first.joint,
            input,
            known: found.is_some(),
        });
        at += count;
    }
    merged
}

/// A name of several pieces without the place that its last one names: "urgent and emergency care at Elm Infirmary".
fn before_place<'a>(whole: Input<'a>, last: Input<'a>) -> Option<Input<'a>> {
    let at = (1..last.len()).find(|&at| last.skip(at).starts_with("at"))?;
    Some(whole.until(last.position() + at))
}

/// A name of several pieces without the noun that all of them stand before: "education, skills and work provision".
fn without_head<'a>(whole: Input<'a>, last: Input<'a>) -> Option<Input<'a>> {
    let end = last.position() + last.len().checked_sub(1)?;
    (!trim(last.until(end)).is_empty()).then(|| whole.until(end))
}

/// Drops what a comma sets apart without making a list: "for leadership, reflecting strong plans".
fn cut_afterthought(mut pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let has_and = pieces
        .iter()
        .any(|piece| matches!(piece.joint, Joint::And | Joint::CommaAnd));
    let bare = |piece: &Piece<'_>| piece.known || piece.input.len() <= 3;
    if !has_and
        && let Some(at) = pieces
            .iter()
            .position(|piece| piece.joint == Joint::Comma && !bare(piece))
    {
        pieces.truncate(at.max(1));
    }
    pieces
}

/// Decides for each "and" between pieces whether it joins two names or stands inside one.
fn merge_by_form<'a>(pieces: &[Piece<'a>]) -> Vec<Input<'a>> {
    let form = Form::of(pieces);
    let mut items: Vec<Input<'a>> = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| pieces.get(before));
        match (before, items.last_mut()) {
            (Some(before), Some(item)) if form.joins(at, before, piece) => {
                *item = span_over(*item, piece.input);
            }
            _ => items.push(piece.input),
        }
    }
    items
}

/// What the whole list says on how its "and"s are to be read.
struct Form {
    oxford: bool,
    opener: bool,
    last_and: Option<usize>,
}

impl Form {
    fn of(pieces: &[Piece<'_>]) -> Self {
        Self {
            oxford: pieces.iter().any(|piece| piece.joint == Joint::CommaAnd),
            opener: pieces
                .iter()
                .any(|piece| piece.joint != Joint::None && opens_with_preposition(piece.input)),
            last_and: pieces.iter().rposition(|piece| piece.joint == Joint::And),
        }
    }

    /// Whether the "and" before the piece at `at` stands inside a name.
    fn joins(&self, at: usize, before: &Piece<'_>, piece: &Piece<'_>) -> bool {
        if piece.joint != Joint::And || before.known || piece.known {
            return false;
        }
        if self.opener {
            return !opens_with_preposition(piece.input);
        }
        self.oxford || self.last_and != Some(at) || one_phrase(before.input, piece.input)
    }
}

fn opens_with_preposition(input: Input<'_>) -> bool {
    ["for", "in", "at", "on"]
        .iter()
        .any(|word| input.starts_with(word))
}

/// Whether "X and Y" reads as one phrase: "promoting fairness and diversity", "quality and timeliness of reviews".
fn one_phrase(before: Input<'_>, after: Input<'_>) -> bool {
    if ["its", "their"].iter().any(|word| after.starts_with(word)) {
        return false;
    }
    let (before, after) = (trim(before), trim(after));
    let gerund = |input: Input<'_>| {
        input.first().is_some_and(|token| {
            let text = input.text_of(token);
            text.len() > 5 && text.ends_with("ing")
        })
    };
    let complement = |input: Input<'_>| (1..3).any(|at| input.skip(at).starts_with("of"));
    gerund(before) && before.len() > 1 && !gerund(after) || before.len() == 1 && complement(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::testing::with_input;

    #[track_caller]
    fn check(text: &str, known: &[&str], expected: &[&str]) {
        let mut names = Names::default();
        for name in known {
            names.insert(&Label::new(name));
        }
        let found = with_input(text, |input| {
            enumeration(input, |text| names.holds(text))
                .into_iter()
                .map(|item| item.text().to_owned())
                .collect::<Vec<_>>()
        });
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn a_known_name_may_say_where() {
        check(
            "cots and prams at Elm House and food",
            &["cots and prams"],
            &["cots and prams at Elm House", "food"],
        );
        check(
            "cots and prams at Elm House",
            &[],
            &["cots", "prams at Elm House"],
        );
    }

    #[test]
    fn commas_and_the_last_and_part_names() {
        check("safety", &[], &["safety"]);
        check("safety and respect", &[], &["safety", "respect"]);
        check(
            "safety, respect and care",
            &[],
            &["safety", "respect", "care"],
        );
        check(
            "the safety of staff, respect, and its leadership.",
            &[],
            &["safety of staff", "respect", "leadership"],
        );
        check(
            "for being safe as well as for being caring",
            &[],
            &["safe", "caring"],
        );
    }

    #[test]
    fn an_and_inside_a_name_stays() {
        check(
            "safety, health and care, and planning and review",
            &[],
            &["safety", "health and care", "planning and review"],
        );
        check(
            "for safety, for planning and review and for care",
            &[],
            &["safety", "planning and review", "care"],
        );
        check(
            "teaching and learning and safety",
            &["Teaching and learning"],
            &["teaching and learning", "safety"],
        );
        check(
            "education, skills and work and safety",
            &["education, skills and work"],
            &["education, skills and work", "safety"],
        );
        check(
            "finding fires and other dangers",
            &[],
            &["finding fires and other dangers"],
        );
        check(
            "quality and speed of reviews",
            &[],
            &["quality and speed of reviews"],
        );
    }

    #[test]
    fn brackets_are_kept_whole() {
        check(
            "reviews (town, county and crown) and appeals",
            &[],
            &["reviews (town, county and crown)", "appeals"],
        );
    }

    #[test]
    fn an_afterthought_is_no_item() {
        check(
            "leadership, which reflects the new plan well",
            &[],
            &["leadership"],
        );
    }
}
