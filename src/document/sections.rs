//! Which heading a block stands under.

use super::BlockKind;

/// The headings that are open at a place of the document.
#[derive(Debug, Default)]
pub(super) struct Sections {
    /// Level and block of each, outermost first; levels rise.
    open: Vec<(u8, usize)>,
    /// Whether the innermost heading ends with the list below it.
    with_list: bool,
}

impl Sections {
    /// The heading that block number `at` stands under; a heading is opened for the blocks that follow.
    pub(super) fn place(&mut self, kind: &BlockKind, at: usize) -> Option<usize> {
        if self.with_list && !matches!(kind, BlockKind::ListItem(_)) {
            self.open.pop();
            self.with_list = false;
        }
        let BlockKind::Heading { level } = *kind else {
            return self.innermost();
        };
        while self.open.last().is_some_and(|&(above, _)| above >= level) {
            self.open.pop();
        }
        let section = self.innermost();
        self.open.push((level, at));
        section
    }

    /// The level of the innermost heading; 0 where there is none. A label above a list counts only for its list.
    pub(super) fn level(&self) -> u8 {
        let open = self.open.len() - usize::from(self.with_list && !self.open.is_empty());
        open.checked_sub(1)
            .and_then(|at| self.open.get(at))
            .map_or(0, |&(level, _)| level)
    }

    /// Tells that the last heading is a label of the list below it, and ends with it.
    pub(super) fn end_with_list(&mut self) {
        self.with_list = true;
    }

    fn innermost(&self) -> Option<usize> {
        self.open.last().map(|&(_, at)| at)
    }
}
