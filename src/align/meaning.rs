//! Evidence from the sentence encoder: how close the two sides of a bead are in meaning, and whether a smaller, a
//! larger or another bead would be closer.

use super::corridor::Corridor;
use super::evidence::{Candidate, Evidence};
use super::kinds::{self, MOST_EN, MOST_ZH};
use super::lattice::candidates;
use super::profile::Profile;
use crate::encode::{DIM, Sentences};
use crate::task::{Cancelled, Ctl};

/// How far a segment that is to stay alone is compared, in segments.
const NEARBY: usize = 4;

/// The vectors of every group of neighbours up to a size: `by_size[n - 1]` holds those of n segments, by their start.
pub(super) struct Groups {
    first: usize,
    by_size: Vec<Vec<f32>>,
}

impl Groups {
    /// Of the segments in `range`, which must be known to `sentences`.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub(super) fn new(
        ctl: &Ctl,
        sentences: &Sentences,
        range: std::ops::Range<usize>,
        most: usize,
    ) -> Result<Self, Cancelled> {
        let vectors = |size| {
            ctl.check()?;
            Ok(sentences.vectors(range.start..range.end + 1 - size, size))
        };
        let by_size = (1..=most.min(range.len())).map(vectors).collect::<Result<_, _>>()?;
        Ok(Self { first: range.start, by_size })
    }

    fn vector(&self, from: usize, to: usize) -> &[f32] {
        &self.by_size[to - from - 1][(from - self.first) * DIM..][..DIM]
    }
}

pub(super) struct Meaning<'a> {
    zh: &'a Profile,
    en: &'a Profile,
    corridor: &'a Corridor,
    ratio: f64,
    /// The cosine of each candidate, by the cell it ends in and its type.
    cosines: Vec<f32>,
}

impl<'a> Meaning<'a> {
    pub(super) fn new(
        ctl: &Ctl,
        (zh, en): (&'a Profile, &'a Profile),
        (zh_groups, en_groups): (&Groups, &Groups),
        corridor: &'a Corridor,
    ) -> Result<Self, Cancelled> {
        let mut cosines = vec![0.0; corridor.candidates()];
        for z1 in corridor.zh() {
            ctl.step("comparing meanings", z1, corridor.last().0)?;
            for e1 in corridor.row(z1) {
                let Some(cell) = corridor.cell(z1, e1) else { continue };
                for (kind, c) in candidates(corridor, z1, e1).filter(|(_, c)| !c.is_null()) {
                    cosines[corridor.place(cell, kind)] =
                        dot(zh_groups.vector(c.z0, c.z1), en_groups.vector(c.e0, c.e1));
                }
            }
        }
        let total = |profile: &Profile| profile.bytes.last().copied().unwrap_or(0.0).max(1.0);
        Ok(Self { zh, en, corridor, ratio: total(en) / total(zh), cosines })
    }

    /// The cosine of the group given by its corners, if it is a candidate.
    fn at(&self, z0: usize, z1: usize, e0: usize, e1: usize) -> Option<f32> {
        let (zh, en) = (z1.checked_sub(z0)?, e1.checked_sub(e0)?);
        if zh == 0 || en == 0 || zh > MOST_ZH || en > MOST_EN {
            return None;
        }
        self.corridor.cell(z0, e0)?;
        let cell = self.corridor.cell(z1, e1)?;
        let kind = kinds::number(zh, en).filter(|&kind| kind < self.corridor.kinds())?;
        Some(self.cosines[self.corridor.place(cell, kind)])
    }

    /// The mean closeness of each side to the segments just outside the other (Bertalign's neighbours).
    fn neighbours(&self, c: Candidate) -> f32 {
        let en =
            mean([self.at(c.z0, c.z1, c.e1, c.e1 + 1), c.e0.checked_sub(1).and_then(|e| self.at(c.z0, c.z1, e, c.e0))]);
        let zh =
            mean([self.at(c.z1, c.z1 + 1, c.e0, c.e1), c.z0.checked_sub(1).and_then(|z| self.at(z, c.z0, c.e0, c.e1))]);
        f32::midpoint(en, zh)
    }

    /// The closeness of the segment of the group that is least close to the other side.
    fn weakest(&self, c: Candidate) -> f32 {
        let en = (c.e0..c.e1).filter(|_| c.en() > 1).filter_map(|e| self.at(c.z0, c.z1, e, e + 1));
        let zh = (c.z0..c.z1).filter(|_| c.zh() > 1).filter_map(|z| self.at(z, z + 1, c.e0, c.e1));
        en.chain(zh).fold(1.0, f32::min)
    }

    /// The best mean of two halves, where both sides have two segments or more.
    fn halves(&self, c: Candidate) -> f32 {
        let mut best = 0.0_f32;
        for z in c.z0 + 1..c.z1 {
            for e in c.e0 + 1..c.e1 {
                let of = |half: Option<f32>| half.unwrap_or(0.0);
                best = best.max(f32::midpoint(of(self.at(c.z0, z, c.e0, e)), of(self.at(z, c.z1, e, c.e1))));
            }
        }
        best
    }

    /// The best of the group without its first or last segment on the longer side.
    fn shorter(&self, c: Candidate) -> f32 {
        let en = (c.en() > 1)
            .then(|| [self.at(c.z0, c.z1, c.e0 + 1, c.e1), self.at(c.z0, c.z1, c.e0, c.e1 - 1)])
            .into_iter()
            .flatten();
        let zh = (c.zh() > 1)
            .then(|| [self.at(c.z0 + 1, c.z1, c.e0, c.e1), self.at(c.z0, c.z1 - 1, c.e0, c.e1)])
            .into_iter()
            .flatten();
        en.chain(zh).flatten().fold(-1.0, f32::max)
    }

    /// How close a segment that is to stay alone is to one nearby.
    fn elsewhere(&self, c: Candidate) -> f32 {
        if c.en() == 0 {
            let near = c.e0.saturating_sub(NEARBY)..c.e0 + NEARBY;
            near.filter_map(|e| self.at(c.z0, c.z1, e, e + 1)).fold(0.0, f32::max)
        } else {
            let near = c.z0.saturating_sub(NEARBY)..c.z0 + NEARBY;
            near.filter_map(|z| self.at(z, z + 1, c.e0, c.e1)).fold(0.0, f32::max)
        }
    }

    /// The logarithm to base 2 of one plus the ratio of the shorter to the longer side.
    #[expect(clippy::cast_possible_truncation, reason = "evidence is kept in single precision")]
    fn likeness_of_length(&self, c: Candidate) -> f32 {
        let zh = ((self.zh.bytes[c.z1] - self.zh.bytes[c.z0]) * self.ratio).max(1.0);
        let en = (self.en.bytes[c.e1] - self.en.bytes[c.e0]).max(1.0);
        (libm::log1p(zh.min(en) / zh.max(en)) / std::f64::consts::LN_2) as f32
    }
}

impl Evidence for Meaning<'_> {
    fn names(&self) -> &'static [&'static str] {
        &[
            "meaning: cosine",
            "meaning: margin",
            "meaning: margin by length",
            "meaning: margin by length in 1-n",
            "meaning: margin by length in n-1",
            "meaning: margin by length in m-n",
            "meaning: better if longer after",
            "meaning: better if longer before",
            "meaning: better if shorter",
            "meaning: better in halves",
            "meaning: weakest segment",
            "meaning: close elsewhere",
        ]
    }

    fn measure(&self, c: Candidate, out: &mut [f32]) {
        if c.is_null() {
            out[11] = self.elsewhere(c);
            return;
        }
        let cosine = self.at(c.z0, c.z1, c.e0, c.e1).unwrap_or_default();
        let margin = cosine - self.neighbours(c);
        let by_length = margin * self.likeness_of_length(c);
        (out[0], out[1], out[2]) = (cosine, margin, by_length);
        match (c.zh(), c.en()) {
            (1, 1) => {}
            (1, _) => out[3] = by_length,
            (_, 1) => out[4] = by_length,
            _ => out[5] = by_length,
        }
        let best = |others: [Option<f32>; 2]| others.into_iter().flatten().reduce(f32::max);
        let after = best([self.at(c.z0, c.z1, c.e0, c.e1 + 1), self.at(c.z0, c.z1 + 1, c.e0, c.e1)]);
        out[6] = after.map_or(0.0, |other| other - cosine);
        let before = best([
            c.e0.checked_sub(1).and_then(|e| self.at(c.z0, c.z1, e, c.e1)),
            c.z0.checked_sub(1).and_then(|z| self.at(z, c.z1, c.e0, c.e1)),
        ]);
        out[7] = before.map_or(0.0, |other| other - cosine);
        if c.zh() + c.en() > 2 {
            out[8] = self.shorter(c) - cosine;
            out[10] = self.weakest(c);
        }
        if c.zh() > 1 && c.en() > 1 {
            out[9] = self.halves(c) - cosine;
        }
    }
}

fn mean(values: [Option<f32>; 2]) -> f32 {
    let known: Vec<f32> = values.into_iter().flatten().collect();
    if known.is_empty() { 0.0 } else { known.iter().sum::<f32>() / known.len() as f32 }
}

/// The product of two vectors, in sixteen lanes.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    const LANES: usize = 16;
    let mut lanes = [0.0; LANES];
    for (a, b) in a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0) {
        for ((lane, a), b) in lanes.iter_mut().zip(a).zip(b) {
            *lane += a * b;
        }
    }
    lanes.iter().sum()
}
