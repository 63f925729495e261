//! One value for every candidate of a corridor, computed when first asked for, and the looks around a candidate that
//! evidence is made of: would a longer, a shorter or another bead be better?

use std::cell::Cell;

use super::corridor::Corridor;
use super::evidence::Candidate;
use super::kinds;

/// How far a segment that is to stay alone is compared, in segments.
const NEARBY: usize = 4;

pub(super) struct Table<'a, T> {
    corridor: &'a Corridor,
    of: Box<dyn Fn(Candidate) -> T + 'a>,
    /// By [`Corridor::place`], as far as they were asked for.
    values: Vec<Cell<Option<T>>>,
}

impl<'a, T: Copy + Default> Table<'a, T> {
    /// A table of what `of` says of each candidate with two sides.
    pub(super) fn new(corridor: &'a Corridor, of: impl Fn(Candidate) -> T + 'a) -> Self {
        Self { corridor, of: Box::new(of), values: vec![Cell::new(None); corridor.candidates()] }
    }

    /// The value of the group given by its corners, if it is a candidate with two sides.
    pub(super) fn at(&self, z0: usize, z1: usize, e0: usize, e1: usize) -> Option<T> {
        let (zh, en) = (z1.checked_sub(z0)?, e1.checked_sub(e0)?);
        let kind = kinds::number(zh, en).filter(|&kind| zh > 0 && en > 0 && kind < self.corridor.kinds())?;
        self.corridor.cell(z0, e0)?;
        let cell = self.corridor.cell(z1, e1)?;
        let place = &self.values[self.corridor.place(cell, kind)];
        if place.get().is_none() {
            place.set(Some((self.of)(Candidate { z0, z1, e0, e1 })));
        }
        place.get()
    }

    /// The value of a candidate.
    pub(super) fn own(&self, c: Candidate) -> T {
        self.at(c.z0, c.z1, c.e0, c.e1).unwrap_or_default()
    }

    /// With the next segment of one side taken in: English, Chinese.
    pub(super) fn longer_after(&self, c: Candidate) -> [Option<T>; 2] {
        [self.at(c.z0, c.z1, c.e0, c.e1 + 1), self.at(c.z0, c.z1 + 1, c.e0, c.e1)]
    }

    /// With the segment before taken in on one side: English, Chinese.
    pub(super) fn longer_before(&self, c: Candidate) -> [Option<T>; 2] {
        [
            c.e0.checked_sub(1).and_then(|e| self.at(c.z0, c.z1, e, c.e1)),
            c.z0.checked_sub(1).and_then(|z| self.at(z, c.z1, c.e0, c.e1)),
        ]
    }

    /// Without the first or last segment of a side that has several.
    pub(super) fn shorter(&self, c: Candidate) -> impl Iterator<Item = T> {
        let en = [self.at(c.z0, c.z1, c.e0 + 1, c.e1), self.at(c.z0, c.z1, c.e0, c.e1 - 1)];
        let zh = [self.at(c.z0 + 1, c.z1, c.e0, c.e1), self.at(c.z0, c.z1 - 1, c.e0, c.e1)];
        en.into_iter().chain(zh).flatten()
    }

    /// Cut in two on both sides, in every way.
    pub(super) fn halves(&self, c: Candidate) -> impl Iterator<Item = [Option<T>; 2]> {
        (c.z0 + 1..c.z1)
            .flat_map(move |z| (c.e0 + 1..c.e1).map(move |e| [self.at(c.z0, z, c.e0, e), self.at(z, c.z1, e, c.e1)]))
    }

    /// The English segments after and before, each with the Chinese side.
    pub(super) fn en_neighbours(&self, c: Candidate) -> [Option<T>; 2] {
        let before = c.e0.checked_sub(1).and_then(|e| self.at(c.z0, c.z1, e, c.e0));
        [self.at(c.z0, c.z1, c.e1, c.e1 + 1), before]
    }

    /// The Chinese segments after and before, each with the English side.
    pub(super) fn zh_neighbours(&self, c: Candidate) -> [Option<T>; 2] {
        let before = c.z0.checked_sub(1).and_then(|z| self.at(z, c.z0, c.e0, c.e1));
        [self.at(c.z1, c.z1 + 1, c.e0, c.e1), before]
    }

    /// Each English segment with the Chinese side.
    pub(super) fn en_members(&self, c: Candidate) -> impl Iterator<Item = T> {
        (c.e0..c.e1).filter_map(move |e| self.at(c.z0, c.z1, e, e + 1))
    }

    /// Each Chinese segment with the English side.
    pub(super) fn zh_members(&self, c: Candidate) -> impl Iterator<Item = T> {
        (c.z0..c.z1).filter_map(move |z| self.at(z, z + 1, c.e0, c.e1))
    }

    /// A segment that is to stay alone with each one nearby on the other side.
    pub(super) fn nearby(&self, c: Candidate) -> impl Iterator<Item = T> {
        let (z, e) = (c.z0.saturating_sub(NEARBY)..c.z0 + NEARBY, c.e0.saturating_sub(NEARBY)..c.e0 + NEARBY);
        let english = e.filter(move |_| c.en() == 0).filter_map(move |e| self.at(c.z0, c.z1, e, e + 1));
        let chinese = z.filter(move |_| c.zh() == 0).filter_map(move |z| self.at(z, z + 1, c.e0, c.e1));
        english.chain(chinese)
    }
}
