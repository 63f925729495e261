//! The part of the grid of Chinese × English positions that is searched.

use std::ops::Range;

use super::kinds;
use crate::bitext::Bead;

/// Part of both documents that is aligned for itself: Chinese and English segments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) zh: Range<usize>,
    pub(super) en: Range<usize>,
}

impl Stretch {
    /// Whether one side has no segments.
    pub(super) fn is_lopsided(&self) -> bool {
        self.zh.is_empty() || self.en.is_empty()
    }
}

/// Up to this many cells the whole grid is searched.
const SMALL: usize = 40_000;
/// Half the width of the corridor through anchors, and the most it grows to where they lie far apart.
const HALF: usize = 8;
const MOST_HALF: usize = 120;
/// A bead of the first alignment with a higher score needs less room around it.
const SURE: f32 = 0.95;
/// About as many cells as a corridor may have, so that a long text without anchors fits into memory.
const MOST_CELLS: usize = 8_000_000;

/// For every position between Chinese segments, from the first to the last of a stretch, the English positions searched,
/// both ends included. Both ends never fall, so the corridor is connected; it holds its first and its last corner.
#[derive(Clone, Debug)]
pub(super) struct Corridor {
    /// The Chinese position of the first row.
    zh: usize,
    rows: Vec<(usize, usize)>,
    /// How many types of beads are searched, the first of all.
    kinds: usize,
    /// The number of the first cell of each row, and after them the number of all cells.
    first: Vec<usize>,
}

impl Corridor {
    fn new(stretch: &Stretch, mut rows: Vec<(usize, usize)>) -> Self {
        if let Some(first) = rows.first_mut() {
            first.0 = stretch.en.start;
        }
        if let Some(last) = rows.last_mut() {
            last.1 = stretch.en.end;
        }
        for at in 1..rows.len() {
            rows[at].1 = rows[at].1.max(rows[at - 1].1);
            rows[at].0 = rows[at].0.min(rows[at - 1].1);
        }
        for at in (0..rows.len().saturating_sub(1)).rev() {
            rows[at].0 = rows[at].0.min(rows[at + 1].0);
        }
        Self::numbered(stretch.zh.start, rows, kinds::COUNT)
    }

    fn numbered(zh: usize, rows: Vec<(usize, usize)>, kinds: usize) -> Self {
        let mut first = Vec::with_capacity(rows.len() + 1);
        let mut cells = 0;
        for &(lo, hi) in &rows {
            first.push(cells);
            cells += hi - lo + 1;
        }
        first.push(cells);
        Self { zh, rows, kinds, first }
    }

    /// Whether a stretch is so small that everything in it is searched.
    pub(super) fn holds_all(stretch: &Stretch) -> bool {
        (stretch.zh.len() + 1).saturating_mul(stretch.en.len() + 1) <= SMALL
    }

    /// The whole grid.
    pub(super) fn everything(stretch: &Stretch) -> Self {
        Self::new(stretch, vec![(stretch.en.start, stretch.en.end); stretch.zh.len() + 1])
    }

    /// Everything, for small grids; otherwise a band along the line through `anchors`, pairs of positions that rise
    /// on both sides. Where two anchors lie far apart the band is wider.
    pub(super) fn through(anchors: &[(usize, usize)], stretch: &Stretch) -> Self {
        let (zh, en) = (&stretch.zh, &stretch.en);
        if Self::holds_all(stretch) {
            return Self::everything(stretch);
        }
        let mut rows = vec![(en.end, en.start); zh.len() + 1];
        let mut from = (zh.start, en.start);
        for &to in anchors.iter().chain([&(zh.end, en.end)]) {
            let gap = (to.0 - from.0).max(to.1 - from.1);
            // The drift between anchors grows like the square root of their distance.
            let room = (MOST_CELLS / (2 * (zh.len() + 1))).clamp(HALF, MOST_HALF);
            let half = (HALF + 2 * gap.isqrt()).min(room);
            for z in from.0..=to.0 {
                let row = &mut rows[z - zh.start];
                let middle = from.1 + (z - from.0) * (to.1 - from.1) / (to.0 - from.0).max(1);
                row.0 = row.0.min(middle.saturating_sub(half).max(en.start));
                row.1 = row.1.max((middle + half).min(en.end));
            }
            // Where English runs on while Chinese stands still, the row spans the whole step.
            let (first, last) = (from.0 - zh.start, to.0 - zh.start);
            rows[last].1 = rows[last].1.max(to.1.min(en.end));
            rows[first].0 = rows[first].0.min(from.1);
            from = to;
        }
        Self::new(stretch, rows)
    }

    /// A band of `stray` segments around an alignment of the stretch, half as wide around beads that are almost sure.
    pub(super) fn around(beads: &[Bead], stretch: &Stretch, stray: usize) -> Self {
        let (zh, en) = (&stretch.zh, &stretch.en);
        let mut rows = vec![(en.end, en.start); zh.len() + 1];
        for bead in beads {
            let stray = if bead.score > SURE { stray / 2 } else { stray };
            let lo = bead.target.start.saturating_sub(stray).max(en.start);
            let hi = (bead.target.end + stray).min(en.end);
            let from = bead.source.start.saturating_sub(2).max(zh.start) - zh.start;
            let to = (bead.source.end + 2).min(zh.end) - zh.start;
            for row in &mut rows[from..=to] {
                *row = (row.0.min(lo), row.1.max(hi));
            }
        }
        Self::new(stretch, rows)
    }

    /// As much of it, for all types of beads, as is needed to hold the cells that `keep` picks by their number.
    pub(super) fn narrowed(&self, keep: impl Fn(usize) -> bool) -> Self {
        let rows = self.zh().map(|z| {
            let first = self.first[z - self.zh];
            let kept = || self.row(z).enumerate().filter(|&(at, _)| keep(first + at)).map(|(_, e)| e);
            (kept().next().unwrap_or(usize::MAX), kept().last().unwrap_or(0))
        });
        Self::new(&self.stretch(), rows.collect())
    }

    /// What both have in common, for all types of beads, and the way of an alignment that `other` holds. Both lead through
    /// the same stretch. Where everything resembles everything, the likeliest way may lie far from where most ways lead,
    /// and nothing else be in common.
    pub(super) fn within(&self, other: &Self, way: &[Bead]) -> Self {
        let mut own = self.rows.clone();
        for bead in way {
            let mut hold = |z: usize, lo: usize, hi: usize| {
                let row = &mut own[z - self.zh];
                *row = (row.0.min(lo), row.1.max(hi));
            };
            let (source, target) = (&bead.source, &bead.target);
            hold(source.start, target.start, target.start);
            (source.start + 1..source.end).for_each(|z| hold(z, target.start, target.end));
            hold(source.end, target.end, target.end);
        }
        let rows = own.iter().zip(&other.rows).map(|(own, other)| (own.0.max(other.0), own.1.min(other.1)));
        Self::new(&self.stretch(), rows.collect())
    }

    fn stretch(&self) -> Stretch {
        Stretch { zh: self.zh..self.last().0, en: self.start().1..self.last().1 }
    }

    /// The same, but only for the first `kinds` types of beads.
    pub(super) fn only(self, kinds: usize) -> Self {
        Self { kinds, ..self }
    }

    /// How many types of beads are searched, the first of all.
    pub(super) fn kinds(&self) -> usize {
        self.kinds
    }

    /// The rows from `from` to `to`, as far as there are.
    pub(super) fn part(&self, from: usize, to: usize) -> Self {
        let (from, to) = (from.max(self.zh), to.min(self.last().0));
        Self::numbered(from, self.rows[from - self.zh..=to - self.zh].to_vec(), self.kinds)
    }

    /// The Chinese positions.
    pub(super) fn zh(&self) -> std::ops::RangeInclusive<usize> {
        self.zh..=self.zh + self.rows.len() - 1
    }

    /// The English positions of a row, both included.
    pub(super) fn row(&self, z: usize) -> std::ops::RangeInclusive<usize> {
        let (lo, hi) = self.rows[z - self.zh];
        lo..=hi
    }

    /// The corner where paths begin.
    pub(super) fn start(&self) -> (usize, usize) {
        (self.zh, self.rows[0].0)
    }

    /// The corner where paths end.
    pub(super) fn last(&self) -> (usize, usize) {
        (self.zh + self.rows.len() - 1, self.rows.last().map_or(0, |row| row.1))
    }

    /// The number of a cell, if it is in the corridor.
    pub(super) fn cell(&self, z: usize, e: usize) -> Option<usize> {
        let at = z.checked_sub(self.zh)?;
        let &(lo, hi) = self.rows.get(at)?;
        (lo <= e && e <= hi).then(|| self.first[at] + e - lo)
    }

    /// The number of a candidate by the cell it ends in and its type.
    pub(super) fn place(&self, cell: usize, kind: usize) -> usize {
        cell * self.kinds + kind
    }

    /// How many candidates there are, those that do not fit among them.
    pub(super) fn candidates(&self) -> usize {
        self.cells() * self.kinds
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
            // The same further into a text.
            let moved: Vec<(usize, usize)> = chain.iter().map(|&(z, e)| (z + 7, e + 9)).collect();
            let later = Corridor::through(&moved, &Stretch { zh: 7..7 + zh, en: 9..9 + en });
            let corridor = Corridor::through(&chain, &Stretch { zh: 0..zh, en: 0..en });
            let same = corridor.zh().all(|z| {
                let (here, there) = (corridor.row(z), later.row(z + 7));
                (here.start() + 9, here.end() + 9) == (*there.start(), *there.end())
            });
            prop_assert!(same);
            let part = corridor.part(zh / 3, zh / 2);
            prop_assert!(part.zh().all(|z| part.row(z) == corridor.row(z)));
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
