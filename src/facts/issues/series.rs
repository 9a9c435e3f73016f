//! Names of series: what tells issues apart that have one name and number.

use rustc_hash::FxHashSet;

use super::Issue;
use crate::{facts::reading::Reading, value::Label};

/// Names the series of issues of one name whose numbers would clash: by the heading that each stands under, or by the two
/// headings above it where that one stands twice.
pub(super) fn name_series(reading: &Reading<'_>, issues: &mut [Issue]) {
    for headings in 1..=2 {
        let mut known: FxHashSet<(&str, &str, &str)> = FxHashSet::default();
        let mut clashes: FxHashSet<String> = FxHashSet::default();
        for issue in issues.iter().filter(|issue| !issue.number.is_empty()) {
            let series = issue.series.as_ref().map_or("", Label::key);
            if !known.insert((&issue.noun, series, &issue.number)) {
                clashes.insert(issue.noun.clone());
            }
        }
        for issue in issues.iter_mut() {
            let named = headings == 1 && issue.series.is_some();
            if !named && !issue.number.is_empty() && clashes.contains(&issue.noun) {
                issue.series =
                    headings_above(reading, issue.place.block, headings).or(issue.series.take());
            }
        }
    }
}

/// The text of the nearest headings above a block, outermost first.
fn headings_above(reading: &Reading<'_>, block: usize, count: usize) -> Option<Label> {
    let path = reading.document.headings(block);
    let nearest = path.get(path.len().saturating_sub(count)..)?;
    let texts = nearest.iter().filter_map(|&heading| reading.block(heading));
    let text: Vec<String> = texts.map(|heading| reading.text(heading.span)).collect();
    (!text.is_empty()).then(|| Label::new(&text.join(": ")))
}
