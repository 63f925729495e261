//! Dynamic programming over candidates in a corridor: the best tiling, and posterior probabilities.

use super::corridor::Corridor;
use super::evidence::Candidate;
use super::kinds::{COUNT, KINDS};
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
    /// Scores every candidate of the corridor.
    pub(super) fn build(
        ctl: &Ctl,
        corridor: &Corridor,
        stage: &'static str,
        mut score: impl FnMut(Candidate, &mut Vec<f32>) -> f32,
    ) -> Result<Self, Cancelled> {
        let mut scores = vec![f32::NEG_INFINITY; corridor.cells() * COUNT];
        let mut features = Vec::new();
        for z1 in 0..=corridor.zh() {
            ctl.step(stage, z1, corridor.zh())?;
            for e1 in corridor.row(z1) {
                for (kind, candidate) in candidates(corridor, z1, e1) {
                    if let Some(cell) = corridor.cell(z1, e1) {
                        scores[cell * COUNT + kind] = score(candidate, &mut features);
                    }
                }
            }
        }
        Ok(Self { corridor: corridor.clone(), scores })
    }

    /// A lattice of scores computed elsewhere.
    pub(super) fn from_scores(corridor: Corridor, scores: Vec<f32>) -> Self {
        Self { corridor, scores }
    }

    fn score(&self, cell: usize, kind: usize) -> f64 {
        f64::from(self.scores[cell * COUNT + kind])
    }

    /// The best tiling (Viterbi), each bead with its posterior probability. Ties go to the type named first.
    pub(super) fn best(&self) -> Vec<Bead> {
        let mut best = vec![NEVER; self.corridor.cells()];
        let mut back: Vec<u8> = vec![u8::MAX; best.len()];
        best[0] = 0.0;
        self.each_forward(|from, cell, kind, score| {
            let value = best[from] + score;
            if value > best[cell] {
                best[cell] = value;
                back[cell] = u8::try_from(kind).unwrap_or(u8::MAX);
            }
        });
        let posterior = self.posteriors(|_, _| true);
        let mut at = (self.corridor.zh(), self.corridor.en());
        let mut beads = Vec::new();
        while at != (0, 0) {
            let cell = self.corridor.cell(at.0, at.1).expect("the path lies in the corridor");
            let kind = usize::from(back[cell]);
            let (zh, en) = KINDS[kind];
            let from = (at.0 - zh, at.1 - en);
            #[expect(clippy::cast_possible_truncation, reason = "a probability")]
            let score = posterior.of(cell, kind).clamp(0.0, 1.0) as f32;
            beads.push(Bead { source: from.0..at.0, target: from.1..at.1, score });
            at = from;
        }
        beads.reverse();
        beads
    }

    /// Forward–backward over the candidates that `allowed` lets through (cell and type).
    pub(super) fn posteriors(&self, allowed: impl Fn(usize, usize) -> bool) -> Posteriors {
        let cells = self.corridor.cells();
        let mut forward = vec![NEVER; cells];
        forward[0] = 0.0;
        self.each_forward(|from, cell, kind, score| {
            if allowed(cell, kind) {
                forward[cell] = log_add(forward[cell], forward[from] + score);
            }
        });
        let mut backward = vec![NEVER; cells];
        backward[cells - 1] = 0.0;
        let total = forward[cells - 1];
        let mut values = vec![0.0_f32; self.scores.len()];
        for z1 in (0..=self.corridor.zh()).rev() {
            for e1 in self.corridor.row(z1).rev() {
                let Some(cell) = self.corridor.cell(z1, e1) else { continue };
                if backward[cell] == NEVER {
                    continue;
                }
                for (kind, candidate) in candidates(&self.corridor, z1, e1) {
                    let Some(from) = self.corridor.cell(candidate.z0, candidate.e0) else { continue };
                    if forward[from] == NEVER || !allowed(cell, kind) {
                        continue;
                    }
                    let after = backward[cell] + self.score(cell, kind);
                    backward[from] = log_add(backward[from], after);
                    #[expect(clippy::cast_possible_truncation, reason = "a probability")]
                    let value = libm::exp((forward[from] + after - total).min(0.0)) as f32;
                    values[cell * COUNT + kind] = value;
                }
            }
        }
        Posteriors { total, values }
    }

    /// Visits every candidate in an order in which its start is finished before it is used.
    fn each_forward(&self, mut visit: impl FnMut(usize, usize, usize, f64)) {
        for z1 in 0..=self.corridor.zh() {
            for e1 in self.corridor.row(z1) {
                let Some(cell) = self.corridor.cell(z1, e1) else { continue };
                for (kind, candidate) in candidates(&self.corridor, z1, e1) {
                    if let Some(from) = self.corridor.cell(candidate.z0, candidate.e0) {
                        visit(from, cell, kind, self.score(cell, kind));
                    }
                }
            }
        }
    }
}

/// Posterior probabilities of candidates.
pub(super) struct Posteriors {
    /// The logarithm of the sum over all tilings; `NEG_INFINITY` where none is allowed.
    pub(super) total: f64,
    values: Vec<f32>,
}

impl Posteriors {
    /// The probability of the candidate of type `kind` that ends in `cell`.
    pub(super) fn of(&self, cell: usize, kind: usize) -> f64 {
        f64::from(self.values[cell * COUNT + kind])
    }
}

/// The candidates that end in a cell and begin in the corridor.
pub(super) fn candidates(
    corridor: &Corridor,
    z1: usize,
    e1: usize,
) -> impl Iterator<Item = (usize, Candidate)> + use<'_> {
    KINDS.iter().enumerate().filter_map(move |(kind, &(zh, en))| {
        let (z0, e0) = (z1.checked_sub(zh)?, e1.checked_sub(en)?);
        corridor.cell(z0, e0)?;
        Some((kind, Candidate { z0, z1, e0, e1 }))
    })
}

fn log_add(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == NEVER { high } else { high + libm::log1p(libm::exp(low - high)) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
            let corridor = Corridor::through(&[], zh, en);
            let lattice = Lattice::build(&Ctl::quiet(), &corridor, "", |c, _| score(c)).unwrap();
            let all = brute_force(zh, en, &score);
            let best = all.iter().map(|(sum, _)| *sum).fold(NEVER, f64::max);
            let beads = lattice.best();
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
