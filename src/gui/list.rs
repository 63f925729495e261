//! Scrolling through rows of unequal height, anchored at a row: exact heights only for what is seen, estimates for the
//! rest, sums in a Fenwick tree, so that a million rows scroll like a hundred.

use std::ops::Range;

/// Heights of all rows and the place of the view.
#[derive(Debug, Default)]
pub(super) struct List {
    heights: Vec<f32>,
    /// Fenwick tree over `heights`.
    sums: Vec<f64>,
    /// The first row that is seen at least in part, and how much of it lies above the view.
    first: usize,
    above: f64,
}

impl List {
    /// A list of rows with estimated heights, keeping the row that is first where it was.
    pub(super) fn reset(&mut self, estimates: impl Iterator<Item = f32>) {
        self.heights = estimates.collect();
        self.sum_up();
        self.above = 0.0;
    }

    /// Puts rows with estimated heights in the place of others, keeping the row that is first where it was.
    pub(super) fn splice(&mut self, rows: Range<usize>, estimates: impl Iterator<Item = f32>) {
        let rows = rows.start.min(self.heights.len())..rows.end.min(self.heights.len());
        let before = self.heights.len();
        let end = rows.end;
        self.heights.splice(rows, estimates);
        if end <= self.first {
            self.first = self.first + self.heights.len() - before;
        }
        self.sum_up();
    }

    fn sum_up(&mut self) {
        let mut sums = std::mem::take(&mut self.sums);
        sums.clear();
        sums.extend(std::iter::once(0.0).chain(self.heights.iter().map(|&height| f64::from(height))));
        for at in 1..sums.len() {
            let parent = at + (at & at.wrapping_neg());
            if parent < sums.len() {
                sums[parent] += sums[at];
            }
        }
        self.sums = sums;
        self.first = self.first.min(self.heights.len().saturating_sub(1));
    }

    pub(super) fn len(&self) -> usize {
        self.heights.len()
    }

    /// The first row in view and how many points of it lie above the view.
    pub(super) fn first(&self) -> (usize, f64) {
        (self.first, self.above)
    }

    /// Sets the exact height of a row.
    pub(super) fn measure(&mut self, row: usize, height: f32) {
        let Some(slot) = self.heights.get_mut(row) else { return };
        let difference = f64::from(height) - f64::from(*slot);
        *slot = height;
        let mut at = row + 1;
        while difference != 0.0 && at < self.sums.len() {
            self.sums[at] += difference;
            at += at & at.wrapping_neg();
        }
    }

    /// The height of all rows before one.
    fn top(&self, row: usize) -> f64 {
        let mut at = row.min(self.heights.len());
        let mut sum = 0.0;
        while at > 0 {
            sum += self.sums[at];
            at &= at - 1;
        }
        sum
    }

    /// The height of all rows.
    pub(super) fn total(&self) -> f64 {
        self.top(self.heights.len())
    }

    /// How far the view lies from the top.
    pub(super) fn position(&self) -> f64 {
        self.top(self.first) + self.above
    }

    /// Moves the view so that it lies `position` from the top, as far as there are rows for a view of `height`.
    pub(super) fn set_position(&mut self, position: f64, height: f32) {
        let most = (self.total() - f64::from(height)).max(0.0);
        let mut rest = position.clamp(0.0, most);
        let count = self.heights.len();
        let mut row = 0;
        let mut step = (count + 1).next_power_of_two();
        while step > 0 {
            if row + step <= count && self.sums[row + step] <= rest {
                row += step;
                rest -= self.sums[row];
            }
            step /= 2;
        }
        self.first = row.min(count.saturating_sub(1));
        self.above = if row < count { rest } else { 0.0 };
    }

    /// Moves the view by some points, down where positive.
    pub(super) fn scroll(&mut self, by: f64, height: f32) {
        self.set_position(self.position() + by, height);
    }

    /// Moves the view as little as needed to show a row whole, with some room around it.
    pub(super) fn reveal(&mut self, row: usize, height: f32) {
        let (top, bottom) = (self.top(row), self.top(row + 1));
        let room = f64::from(height / 6.0).min(90.0);
        let position = self.position();
        let view = f64::from(height);
        if top < position + room {
            self.set_position(top - room, height);
        } else if bottom > position + view - room {
            // A row higher than the view is shown from its top.
            self.set_position((bottom - view + room).min(top), height);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn positions_agree_with_plain_sums(
            heights in prop::collection::vec(1_u8..200, 1..60),
            measured in prop::collection::vec((0_usize..60, 1_u8..200), 0..20),
            position in 0.0_f64..6000.0,
        ) {
            let mut plain: Vec<f32> = heights.iter().map(|&h| f32::from(h)).collect();
            let mut list = List::default();
            list.reset(plain.iter().copied());
            for (row, height) in measured {
                list.measure(row, f32::from(height));
                if let Some(slot) = plain.get_mut(row) { *slot = f32::from(height); }
            }
            let total: f64 = plain.iter().map(|&h| f64::from(h)).sum();
            prop_assert!((list.total() - total).abs() < 1e-6);
            list.set_position(position, 100.0);
            let want = position.min((total - 100.0).max(0.0));
            prop_assert!((list.position() - want).abs() < 1e-6);
            let (first, above) = list.first();
            prop_assert!(first < plain.len() && above >= 0.0 && above <= f64::from(plain[first]) + 1e-6);
        }

        #[test]
        fn rows_put_in_the_place_of_others_leave_the_rest(
            heights in prop::collection::vec(1_u8..200, 1..40), from in 0_usize..40, count in 0_usize..5,
            new in prop::collection::vec(1_u8..200, 1..5), first in 0_usize..40,
        ) {
            let mut list = List::default();
            list.reset(heights.iter().map(|&h| f32::from(h)));
            let total: f64 = heights.iter().map(|&h| f64::from(h)).sum();
            list.set_position(list.top(first), 0.0);
            let (top, seen) = (list.first().0, list.len());
            let rows = from.min(heights.len())..(from + count).min(heights.len());
            let gone: f64 = heights[rows.clone()].iter().map(|&h| f64::from(h)).sum();
            let come: f64 = new.iter().map(|&h| f64::from(h)).sum();
            list.splice(rows.clone(), new.iter().map(|&h| f32::from(h)));
            prop_assert!((list.total() - (total - gone + come)).abs() < 1e-6);
            if top >= rows.end { prop_assert_eq!(list.first().0 + seen, top + list.len()); }
        }

        #[test]
        fn a_revealed_row_is_in_view(heights in prop::collection::vec(10_u8..80, 1..60), row in 0_usize..60, start in 0.0_f64..2000.0) {
            let mut list = List::default();
            list.reset(heights.iter().map(|&h| f32::from(h)));
            list.set_position(start, 200.0);
            let row = row % heights.len();
            list.reveal(row, 200.0);
            prop_assert!(list.top(row) >= list.position() - 1e-6);
            prop_assert!(list.top(row + 1) <= list.position() + 200.0 + 1e-6);
        }
    }
}
