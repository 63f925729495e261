//! The part of the grid of Chinese × English positions that is searched.

use crate::bitext::Bead;

/// Up to this many cells the whole grid is searched.
const SMALL: usize = 40_000;
/// Half the width of the corridor through anchors, and the most it grows to where they lie far apart.
const HALF: usize = 30;
const MOST_HALF: usize = 120;
/// About as many cells as a corridor may have, so that a long text without anchors fits into memory.
const MOST_CELLS: usize = 8_000_000;

/// For every position between Chinese segments (0 to their number) the English positions searched, both ends included.
/// Both ends never fall, so the corridor is connected; it holds (0, 0) and the last corner.
#[derive(Clone, Debug)]
pub(super) struct Corridor {
    rows: Vec<(usize, usize)>,
    /// The number of the first cell of each row, and after them the number of all cells.
    first: Vec<usize>,
}

impl Corridor {
    fn new(mut rows: Vec<(usize, usize)>, en: usize) -> Self {
        if let Some(first) = rows.first_mut() {
            first.0 = 0;
        }
        if let Some(last) = rows.last_mut() {
            last.1 = en;
        }
        for at in 1..rows.len() {
            rows[at].1 = rows[at].1.max(rows[at - 1].1);
            rows[at].0 = rows[at].0.min(rows[at - 1].1);
        }
        for at in (0..rows.len().saturating_sub(1)).rev() {
            rows[at].0 = rows[at].0.min(rows[at + 1].0);
        }
        let mut first = Vec::with_capacity(rows.len() + 1);
        let mut cells = 0;
        for &(lo, hi) in &rows {
            first.push(cells);
            cells += hi - lo + 1;
        }
        first.push(cells);
        Self { rows, first }
    }

    /// Everything, for small grids; otherwise a band along the line through `anchors`, pairs of positions that rise
    /// on both sides. Where two anchors lie far apart the band is wider.
    pub(super) fn through(anchors: &[(usize, usize)], zh: usize, en: usize) -> Self {
        if (zh + 1).saturating_mul(en + 1) <= SMALL {
            return Self::new(vec![(0, en); zh + 1], en);
        }
        let mut rows = vec![(en, 0); zh + 1];
        let mut from = (0, 0);
        for &to in anchors.iter().chain([&(zh, en)]) {
            let gap = (to.0 - from.0).max(to.1 - from.1);
            // The drift between anchors grows like the square root of their distance.
            let room = (MOST_CELLS / (2 * (zh + 1))).clamp(HALF / 2, MOST_HALF);
            let half = (HALF + 2 * gap.isqrt()).min(room);
            for (z, row) in rows.iter_mut().enumerate().take(to.0 + 1).skip(from.0) {
                let middle = from.1 + (z - from.0) * (to.1 - from.1) / (to.0 - from.0).max(1);
                row.0 = row.0.min(middle.saturating_sub(half));
                row.1 = row.1.max((middle + half).min(en));
            }
            // Where English runs on while Chinese stands still, the row spans the whole step.
            rows[to.0].1 = rows[to.0].1.max(to.1.min(en));
            rows[from.0].0 = rows[from.0].0.min(from.1);
            from = to;
        }
        Self::new(rows, en)
    }

    /// A band of `stray` segments around an alignment.
    pub(super) fn around(beads: &[Bead], zh: usize, en: usize, stray: usize) -> Self {
        let mut rows = vec![(en, 0); zh + 1];
        for bead in beads {
            let lo = bead.target.start.saturating_sub(stray);
            let hi = (bead.target.end + stray).min(en);
            let from = bead.source.start.saturating_sub(2);
            let to = (bead.source.end + 2).min(zh);
            for row in &mut rows[from..=to] {
                *row = (row.0.min(lo), row.1.max(hi));
            }
        }
        Self::new(rows, en)
    }

    /// The number of Chinese segments.
    pub(super) fn zh(&self) -> usize {
        self.rows.len() - 1
    }

    /// The English positions of a row, both included.
    pub(super) fn row(&self, z: usize) -> std::ops::RangeInclusive<usize> {
        let (lo, hi) = self.rows[z];
        lo..=hi
    }

    /// The last English position of all.
    pub(super) fn en(&self) -> usize {
        self.rows.last().map_or(0, |row| row.1)
    }

    /// The number of a cell, if it is in the corridor.
    pub(super) fn cell(&self, z: usize, e: usize) -> Option<usize> {
        let &(lo, hi) = self.rows.get(z)?;
        (lo <= e && e <= hi).then(|| self.first[z] + e - lo)
    }

    /// How many cells there are.
    pub(super) fn cells(&self) -> usize {
        self.first.last().copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn corridors_are_connected_and_hold_their_anchors(
            zh in 1_usize..500, en in 1_usize..500, seeds in prop::collection::vec((0_usize..500, 0_usize..500), 0..20)
        ) {
            let mut anchors: Vec<(usize, usize)> =
                seeds.into_iter().filter(|&(z, e)| z < zh && e < en).collect();
            anchors.sort_unstable();
            let mut chain: Vec<(usize, usize)> = Vec::new();
            for anchor in anchors {
                if chain.last().is_none_or(|last| last.0 < anchor.0 && last.1 < anchor.1) {
                    chain.push(anchor);
                }
            }
            let corridor = Corridor::through(&chain, zh, en);
            prop_assert!(corridor.cell(0, 0) == Some(0) && corridor.cell(zh, en) == Some(corridor.cells() - 1));
            prop_assert!(chain.iter().all(|&(z, e)| corridor.cell(z, e).is_some()));
            for z in 1..=zh {
                let (before, row) = (corridor.row(z - 1), corridor.row(z));
                prop_assert!(before.start() <= row.start() && before.end() <= row.end());
                prop_assert!(row.start() <= before.end(), "rows overlap, so a path leads through");
            }
        }
    }
}
