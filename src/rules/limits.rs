//! What the ratings of parts leave for that of the whole, by the caps and needs of a framework.

use crate::{
    framework::{LimitConfig, LimitsConfig, Vocabulary},
    value::{Grade, Label},
};

/// The best grade of the whole that `limits` leave for `parts`, each criterion of which stands there once.
///
/// `None` where no limit applies, or a grade cannot be compared with that of a limit.
pub(super) fn best(
    limits: &LimitsConfig,
    parts: &[(Label, Grade)],
    vocabulary: &Vocabulary,
) -> Option<Grade> {
    let mut best: Option<Grade> = None;
    let mut allow = |grade: Grade| {
        if best.as_ref().is_none_or(|best| grade.rank() < best.rank()) {
            best = Some(grade);
        }
    };
    for cap in &limits.caps {
        if count(cap, parts, |rank, wanted| rank <= wanted)? >= cap.count {
            allow(grade(&cap.whole, vocabulary)?);
        }
    }
    for need in &limits.needs {
        if count(need, parts, |rank, wanted| rank >= wanted)? < need.count {
            allow(below(&grade(&need.whole, vocabulary)?)?);
        }
    }
    best
}

/// How many of the parts that a limit counts have a grade whose rank fits that of the limit.
fn count(limit: &LimitConfig, parts: &[(Label, Grade)], fits: fn(u8, u8) -> bool) -> Option<usize> {
    let of: Vec<_> = limit.of.iter().map(|name| Label::new(name)).collect();
    let is_counted = |label: &Label| of.is_empty() || of.iter().any(|of| of.key() == label.key());
    let mut count = 0;
    for (_, grade) in parts.iter().filter(|(label, _)| is_counted(label)) {
        count += usize::from(fits(grade.rank()?, grade.rank_of(&limit.grade)?));
    }
    Some(count)
}

fn grade(name: &str, vocabulary: &Vocabulary) -> Option<Grade> {
    let name = name.to_lowercase();
    let scale = vocabulary.scale_of(&std::iter::once(name.as_str()))?;
    Some(vocabulary.grade(&name, Some(scale)))
}

/// The next worse grade; the grade itself where it is the worst.
fn below(grade: &Grade) -> Option<Grade> {
    Grade::on(grade.scale()?, grade.rank()?.saturating_sub(1))
}
