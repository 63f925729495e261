//! Dynamic programming over candidates in a corridor: the best tiling, and posterior probabilities.

use std::ops::RangeInclusive;

use super::corridor::Corridor;
use super::evidence::Candidate;
use super::kinds::KINDS;
use crate::bitext::Bead;
use crate::task::{Cancelled, Ctl};

const NEVER: f64 = f64::NEG_INFINITY;

/// Scores of all candidates in a corridor, by the cell they end in and their type.
pub(super) struct Lattice {
    corridor: Corridor,
    /// `NEG_INFINITY` where a candidate does not fit.
    scores: Vec<f32>,
}

impl Lattice {
    /// The scores of all rows of a corridor in order, in parts.
    pub(super) fn new(corridor: Corridor, parts: Vec<Vec<f32>>) -> Self {
        let mut scores = Vec::with_capacity(corridor.candidates());
        for part in parts {
            scores.extend_from_slice(&part);
        }
        Self { corridor, scores }
    }

    fn score(&self, cell: usize, kind: usize) -> f64 {
        f64::from(self.scores[self.corridor.place(cell, kind)])
    }

    /// The best tiling (Viterbi), each bead with its posterior probability; `None` where every tiling is forbidden.
    /// Ties go to the type named first.
    pub(super) fn best(&self, ctl: &Ctl) -> Result<Option<Vec<Bead>>, Cancelled> {
        Ok(self.best_and_passed(ctl, 1.0)?.map(|(beads, _)| beads))
    }

    /// The best tiling, and the part of the corridor that tilings pass through with more than a probability.
    pub(super) fn best_and_passed(&self, ctl: &Ctl, least: f64) -> Result<Option<(Vec<Bead>, Corridor)>, Cancelled> {
        let mut best = vec![NEVER; self.corridor.cells()];
        let mut back: Vec<u8> = vec![u8::MAX; best.len()];
        best[0] = 0.0;
        self.each_forward(ctl, |from, cell, kind, score| {
            let value = best[from] + score;
            if value > best[cell] {
                best[cell] = value;
                back[cell] = u8::try_from(kind).unwrap_or(u8::MAX);
            }
        })?;
        if best.last() == Some(&NEVER) {
            return Ok(None);
        }
        let sums = self.sums(ctl, |_, _| true)?;
        let least = sums.total + libm::log(least);
        let passed = self.corridor.narrowed(|cell| sums.forward[cell] + sums.backward[cell] > least);
        Ok(Some((self.traced(&back, &sums), passed)))
    }

    /// The beads of the best tiling.
    fn traced(&self, back: &[u8], sums: &Sums) -> Vec<Bead> {
        let mut at = self.corridor.last();
        let mut beads = Vec::new();
        while at != self.corridor.start() {
            let cell = self.corridor.cell(at.0, at.1).expect("the path lies in the corridor");
            let kind = usize::from(back[cell]);
            let (zh, en) = KINDS[kind];
            let from = (at.0 - zh, at.1 - en);
            let start = self.corridor.cell(from.0, from.1).expect("the path lies in the corridor");
            let score = sums.probability(start, self.score(cell, kind), cell);
            beads.push(Bead { source: from.0..at.0, target: from.1..at.1, score });
            at = from;
        }
        beads.reverse();
        beads
    }

    /// Forward and backward sums over the candidates that `allowed` lets through (cell and type).
    fn sums(&self, ctl: &Ctl, allowed: impl Fn(usize, usize) -> bool) -> Result<Sums, Cancelled> {
        let corridor = &self.corridor;
        let cells = corridor.cells();
        let score = |cell: usize, kind: usize| if allowed(cell, kind) { self.score(cell, kind) } else { NEVER };
        let mut sum = LogSum::default();
        let mut forward = vec![NEVER; cells];
        forward[0] = 0.0;
        for z1 in corridor.zh() {
            ctl.check()?;
            for e1 in corridor.row(z1) {
                let Some(cell) = corridor.cell(z1, e1).filter(|&cell| cell > 0) else { continue };
                for (kind, c) in candidates(corridor, z1, e1) {
                    if let Some(from) = corridor.cell(c.z0, c.e0) {
                        sum.add(forward[from] + score(cell, kind));
                    }
                }
                forward[cell] = sum.take();
            }
        }
        let mut backward = vec![NEVER; cells];
        backward[cells - 1] = 0.0;
        for z0 in corridor.zh().rev() {
            ctl.check()?;
            for e0 in corridor.row(z0).rev() {
                let Some(from) = corridor.cell(z0, e0).filter(|&from| from + 1 < cells) else { continue };
                for (kind, &(zh, en)) in KINDS[..corridor.kinds()].iter().enumerate() {
                    if let Some(cell) = corridor.cell(z0 + zh, e0 + en) {
                        sum.add(backward[cell] + score(cell, kind));
                    }
                }
                backward[from] = sum.take();
            }
        }
        let total = forward[cells - 1];
        Ok(Sums { forward, backward, total })
    }

    #[cfg(feature = "fit")]
    /// Posterior probabilities over the candidates that `allowed` lets through (cell and type).
    pub(super) fn posteriors(&self, allowed: impl Fn(usize, usize) -> bool) -> Posteriors {
        let corridor = &self.corridor;
        let sums = self.sums(&Ctl::quiet(), &allowed).expect("nobody cancels");
        let mut values = vec![0.0_f32; self.scores.len()];
        for z1 in corridor.zh() {
            for e1 in corridor.row(z1) {
                let Some(cell) = corridor.cell(z1, e1) else { continue };
                for (kind, c) in candidates(corridor, z1, e1) {
                    if let Some(from) = corridor.cell(c.z0, c.e0).filter(|_| allowed(cell, kind)) {
                        values[corridor.place(cell, kind)] = sums.probability(from, self.score(cell, kind), cell);
                    }
                }
            }
        }
        Posteriors { total: sums.total, values }
    }

    /// Visits every candidate in an order in which its start is finished before it is used.
    fn each_forward(&self, ctl: &Ctl, mut visit: impl FnMut(usize, usize, usize, f64)) -> Result<(), Cancelled> {
        for z1 in self.corridor.zh() {
            ctl.check()?;
            for e1 in self.corridor.row(z1) {
                let Some(cell) = self.corridor.cell(z1, e1) else { continue };
                for (kind, candidate) in candidates(&self.corridor, z1, e1) {
                    if let Some(from) = self.corridor.cell(candidate.z0, candidate.e0) {
                        visit(from, cell, kind, self.score(cell, kind));
                    }
                }
            }
        }
        Ok(())
    }
}

/// For each cell the logarithm of the sum over all ways to it, and over all ways on from it.
struct Sums {
    forward: Vec<f64>,
    backward: Vec<f64>,
    /// Of all ways.
    total: f64,
}

impl Sums {
    /// The probability of a candidate by its score and the cells it begins and ends in.
    fn probability(&self, from: usize, score: f64, cell: usize) -> f32 {
        let log = self.forward[from] + score + self.backward[cell] - self.total;
        #[expect(clippy::cast_possible_truncation, reason = "a probability")]
        let probability = if log > -NOTHING { libm::exp(log.min(0.0)) as f32 } else { 0.0 };
        probability
    }
}

#[cfg(feature = "fit")]
/// Posterior probabilities of candidates.
pub(super) struct Posteriors {
    /// The logarithm of the sum over all tilings; `NEG_INFINITY` where none is allowed.
    pub(super) total: f64,
    values: Vec<f32>,
}

#[cfg(feature = "fit")]
impl Posteriors {
    /// The probability of a candidate by its place (see [`Corridor::place`]).
    pub(super) fn of(&self, place: usize) -> f64 {
        f64::from(self.values[place])
    }
}

/// The scores of every candidate that ends in one of these rows, for [`Lattice::new`].
pub(super) fn scores(
    ctl: &Ctl,
    corridor: &Corridor,
    rows: RangeInclusive<usize>,
    mut score: impl FnMut(Candidate) -> f32,
) -> Result<Vec<f32>, Cancelled> {
    let mut out = Vec::new();
    for z1 in rows {
        ctl.check()?;
        for e1 in corridor.row(z1) {
            let first = out.len();
            out.resize(first + corridor.kinds(), f32::NEG_INFINITY);
            for (kind, candidate) in candidates(corridor, z1, e1) {
                out[first + kind] = score(candidate);
            }
        }
    }
    Ok(out)
}

/// The candidates that end in a cell and begin in the corridor.
pub(super) fn candidates(
    corridor: &Corridor,
    z1: usize,
    e1: usize,
) -> impl Iterator<Item = (usize, Candidate)> + use<'_> {
    KINDS[..corridor.kinds()].iter().enumerate().filter_map(move |(kind, &(zh, en))| {
        let (z0, e0) = (z1.checked_sub(zh)?, e1.checked_sub(en)?);
        corridor.cell(z0, e0)?;
        Some((kind, Candidate { z0, z1, e0, e1 }))
    })
}

/// Less than this much below the largest, a summand changes nothing (10⁻¹¹ of it).
const NOTHING: f64 = 25.0;

/// The logarithm of a sum of numbers given by their logarithms.
#[derive(Default)]
struct LogSum(Vec<f64>);

impl LogSum {
    fn add(&mut self, value: f64) {
        if value > NEVER {
            self.0.push(value);
        }
    }

    /// The sum of what was added, which is then forgotten.
    fn take(&mut self) -> f64 {
        let most = self.0.iter().copied().fold(NEVER, f64::max);
        let sum: f64 =
            self.0.iter().filter(|&&value| value > most - NOTHING).map(|value| libm::exp(value - most)).sum();
        self.0.clear();
        if most == NEVER { NEVER } else { most + libm::log(sum) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::corridor::Stretch;
    use super::*;
    use crate::bitext::is_tiling;

    /// All tilings of a small grid with their scores.
    fn brute_force(z: usize, e: usize, score: &dyn Fn(Candidate) -> f32) -> Vec<(f64, Vec<Candidate>)> {
        if (z, e) == (0, 0) {
            return vec![(0.0, Vec::new())];
        }
        let mut out = Vec::new();
        for &(zh, en) in &KINDS {
            if zh <= z && en <= e {
                let last = Candidate { z0: z - zh, z1: z, e0: e - en, e1: e };
                for (sum, mut path) in brute_force(z - zh, e - en, score) {
                    path.push(last);
                    out.push((sum + f64::from(score(last)), path));
                }
            }
        }
        out
    }

    /// An arbitrary score between 0 and 3, different for every candidate and seed.
    fn arbitrary(c: Candidate, seed: u16) -> f32 {
        let place = c.z0 * 7 + c.z1 * 131 + c.e0 * 1031 + c.e1 * 5003 + usize::from(seed);
        let hash = u16::try_from(place.wrapping_mul(40_503) % 65_521).unwrap_or(0);
        f32::from(hash) / 20_000.0
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn search_and_posteriors_equal_brute_force(zh in 1_usize..5, en in 1_usize..5, seed in any::<u16>()) {
            let score = |c: Candidate| arbitrary(c, seed);
            let corridor = Corridor::through(&[], &Stretch { zh: 0..zh, en: 0..en });
            let rows = [0..=zh / 2, zh / 2 + 1..=zh];
            let parts = rows.map(|rows| scores(&Ctl::quiet(), &corridor, rows, score).unwrap());
            let lattice = Lattice::new(corridor, parts.to_vec());
            let all = brute_force(zh, en, &score);
            let best = all.iter().map(|(sum, _)| *sum).fold(NEVER, f64::max);
            let beads = lattice.best(&Ctl::quiet()).unwrap().unwrap();
            prop_assert!(is_tiling(&beads, zh, en));
            let candidate = |b: &Bead| Candidate {
                z0: b.source.start, z1: b.source.end, e0: b.target.start, e1: b.target.end,
            };
            let found: f64 = beads.iter().map(|bead| f64::from(score(candidate(bead)))).sum();
            prop_assert!((found - best).abs() < 1e-9);
            let mass = |paths: &mut dyn Iterator<Item = &(f64, Vec<Candidate>)>| -> f64 {
                paths.map(|(sum, _)| libm::exp(sum - best)).sum()
            };
            let whole = mass(&mut all.iter());
            for bead in &beads {
                let with = mass(&mut all.iter().filter(|(_, path)| path.contains(&candidate(bead))));
                prop_assert!((with / whole - f64::from(bead.score)).abs() < 1e-5);
            }
        }
    }
}
