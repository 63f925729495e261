//! Evidence from the sentence encoder: how close the two sides of a bead are in meaning, and whether a smaller, a
//! larger or another bead would be closer.

use ndarray::ArrayView1;

use super::corridor::Corridor;
use super::evidence::{Candidate, Evidence};
use super::length::ratio;
use super::profile::Profile;
use super::table::Table;
use crate::encode::{DIM, Sentences};
use crate::task::{Cancelled, Ctl};

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

    fn vector(&self, from: usize, to: usize) -> ArrayView1<'_, f32> {
        ArrayView1::from(&self.by_size[to - from - 1][(from - self.first) * DIM..][..DIM])
    }
}

pub(super) struct Meaning<'a> {
    zh: &'a Profile,
    en: &'a Profile,
    /// English bytes for one Chinese byte.
    ratio: f64,
    cosines: Table<'a, f32>,
}

impl<'a> Meaning<'a> {
    pub(super) fn new(
        (zh, en): (&'a Profile, &'a Profile),
        (zh_groups, en_groups): (&'a Groups, &'a Groups),
        corridor: &'a Corridor,
    ) -> Self {
        let cosine = |c: Candidate| zh_groups.vector(c.z0, c.z1).dot(&en_groups.vector(c.e0, c.e1));
        Self { zh, en, ratio: ratio(zh, en), cosines: Table::new(corridor, cosine) }
    }

    /// The mean closeness of each side to the segments just outside the other (Bertalign's neighbours).
    fn neighbours(&self, c: Candidate) -> f32 {
        f32::midpoint(mean(self.cosines.en_neighbours(c)), mean(self.cosines.zh_neighbours(c)))
    }

    /// The closeness of each segment that stands beside others to the other side.
    fn members(&self, c: Candidate) -> impl Iterator<Item = f32> {
        let en = self.cosines.en_members(c).filter(move |_| c.en() > 1);
        en.chain(self.cosines.zh_members(c).filter(move |_| c.zh() > 1))
    }

    /// The best mean of two halves, where both sides have two segments or more.
    fn halves(&self, c: Candidate) -> f32 {
        let means = self.cosines.halves(c).map(|halves| halves.map(Option::unwrap_or_default));
        means.map(|[one, other]| f32::midpoint(one, other)).fold(0.0, f32::max)
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
            "meaning: segments beside others close, in all",
        ]
    }

    fn measure(&self, c: Candidate, out: &mut [f32]) {
        if c.is_null() {
            out[11] = self.cosines.nearby(c).fold(0.0, f32::max);
            return;
        }
        let cosine = self.cosines.own(c);
        let margin = cosine - self.neighbours(c);
        let by_length = margin * self.likeness_of_length(c);
        (out[0], out[1], out[2]) = (cosine, margin, by_length);
        if let Some(shape) = c.shape() {
            out[3 + shape] = by_length;
            out[8] = self.cosines.shorter(c).fold(-1.0, f32::max) - cosine;
            out[10] = self.members(c).fold(1.0, f32::min);
            out[12] = self.members(c).sum();
        }
        let gain =
            |others: [Option<f32>; 2]| others.into_iter().flatten().reduce(f32::max).map_or(0.0, |best| best - cosine);
        out[6] = gain(self.cosines.longer_after(c));
        out[7] = gain(self.cosines.longer_before(c));
        if c.shape() == Some(2) {
            out[9] = self.halves(c) - cosine;
        }
    }
}

fn mean(values: [Option<f32>; 2]) -> f32 {
    let known: Vec<f32> = values.into_iter().flatten().collect();
    if known.is_empty() { 0.0 } else { known.iter().sum::<f32>() / known.len() as f32 }
}
