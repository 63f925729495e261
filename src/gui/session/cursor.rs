//! Where the reader is: the row under the eye, what is selected and chosen there.

use std::ops::{Range, RangeInclusive};

use super::Side;

/// Where the reader is, and what was chosen there.
#[derive(Debug, Default)]
pub(in crate::gui) struct Cursor {
    /// The row under the eye.
    pub(in crate::gui) row: usize,
    /// Where a selection of several rows began.
    pub(in crate::gui) anchor: usize,
    /// The segment of the row that was chosen, and one that waits to be linked with another.
    pub(in crate::gui) chosen: Option<(Side, usize)>,
    pub(in crate::gui) picked: Option<(Side, u64)>,
    /// The row to which the way through the most doubtful ones led last.
    pub(in crate::gui) most_doubtful: Option<usize>,
}

impl Cursor {
    /// The chosen segment of a side.
    pub(in crate::gui) fn chosen_of(&self, side: Side) -> Option<usize> {
        self.chosen.filter(|(of, _)| *of == side).map(|(_, segment)| segment)
    }

    /// The selected rows; the row under the eye at least.
    pub(in crate::gui) fn selection(&self) -> RangeInclusive<usize> {
        self.row.min(self.anchor)..=self.row.max(self.anchor)
    }

    /// The selected rows.
    pub(in crate::gui) fn selected(&self) -> Range<usize> {
        let rows = self.selection();
        *rows.start()..rows.end() + 1
    }
}
