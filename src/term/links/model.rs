//! Two IBM models 1 in agreement, whose links support their neighbours.

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::block::{Block, Shape};
use crate::task::{Cancelled, Ctl};

const ITERATIONS: usize = 5;
/// How many times a pair of words counts as linked that the prior gives 1.
const PRIOR: f32 = 5.0;
/// How many times a word counts as linked to words that stand nowhere beside it here: one that is met once must not
/// be sure of what it means.
const ELSEWHERE: f32 = 3.0;
/// What every pair of words starts with besides.
const FLOOR: f32 = 1e-3;
/// What linking a word to nothing weighs against its links, whose weights sum to the probability of the word.
const NULL: f64 = 1e-4;
/// How strongly links keep to the diagonal.
const DIAGONAL: f64 = 2.0;

/// By how much a link makes the cells around it weigh more: those that come next in both languages, those that share a
/// word, those next in the other direction, and those two words away.
const NEXT: f32 = 6.0;
const BESIDE: f32 = 5.0;
const CROSSED: f32 = 2.0;
const NEAR: f32 = 0.6;
/// How far support reaches.
const REACH: usize = 2;

/// What a block taught.
pub(super) struct Fit {
    /// The posterior of each cell.
    pub(super) posteriors: Vec<f32>,
    /// How often each pair was linked, in expectation.
    pub(super) counts: Vec<f32>,
}

/// Learns from a block and gives the posteriors of its cells.
///
/// # Errors
/// [`Cancelled`].
pub(super) fn fit(ctl: &Ctl, block: &Block) -> Result<Fit, Cancelled> {
    let start: Vec<f32> = block.prior.iter().zip(&block.learnt).map(|(p, l)| p + l / PRIOR + FLOOR).collect();
    let mut tables = Tables::new(block, &start, ELSEWHERE / PRIOR);
    let mut out = Fit { posteriors: vec![0.0; block.cells.len()], counts: Vec::new() };
    for iteration in 0..=ITERATIONS {
        // Units are independent of each other, so threads change nothing; counts are summed in order afterwards.
        let work = block.units.iter().zip(slices(&block.units, &mut out.posteriors)).collect::<Vec<_>>();
        work.into_par_iter().try_for_each_init(Scratch::default, |scratch, (unit, posteriors)| {
            ctl.check()?;
            scratch.weigh(*unit, if iteration > 0 { Some(posteriors) } else { None });
            scratch.agree(*unit, &block.cells[unit.range()], &tables, posteriors);
            Ok(())
        })?;
        let mut counts = vec![0.0; block.pairs.len()];
        for (&pair, &value) in block.cells.iter().zip(&out.posteriors) {
            counts[pair as usize] += f64::from(value);
        }
        #[expect(clippy::cast_possible_truncation, reason = "a count of cells")]
        let linked = counts.into_iter().map(|count| count as f32);
        out.counts = linked.collect();
        if iteration < ITERATIONS {
            let prior = block.prior.iter().zip(&block.learnt);
            let counts: Vec<f32> =
                out.counts.iter().zip(prior).map(|(count, (prior, learnt))| count + PRIOR * prior + learnt).collect();
            tables = Tables::new(block, &counts, ELSEWHERE);
        }
    }
    Ok(out)
}

/// The cells of each unit.
fn slices<'a>(units: &[Shape], mut cells: &'a mut [f32]) -> Vec<&'a mut [f32]> {
    let mut out = Vec::with_capacity(units.len());
    for unit in units {
        let (own, rest) = cells.split_at_mut(unit.cells());
        out.push(own);
        cells = rest;
    }
    out
}

/// For each pair the probability of its English word given the Chinese one, and the other way round.
struct Tables {
    pairs: Vec<(f32, f32)>,
}

impl Tables {
    fn new(block: &Block, counts: &[f32], elsewhere: f32) -> Self {
        let mut chinese = vec![f64::from(elsewhere); block.chinese.len()];
        let mut english = vec![f64::from(elsewhere); block.english.len()];
        for (&(z, e), &count) in block.pairs.iter().zip(counts) {
            chinese[z as usize] += f64::from(count);
            english[e as usize] += f64::from(count);
        }
        let share = |count: f32, sum: f64| {
            #[expect(clippy::cast_possible_truncation, reason = "a probability")]
            let share = (f64::from(count) / sum) as f32;
            share
        };
        let of_pair = |(&(z, e), &count): (&(u32, u32), &f32)| {
            (share(count, chinese[z as usize]), share(count, english[e as usize]))
        };
        Self { pairs: block.pairs.iter().zip(counts).map(of_pair).collect() }
    }
}

/// For each of `count` places between 0 and 1 the exponentials of minus and of plus its distance from 0.
fn powers(count: usize) -> (Vec<f32>, Vec<f32>) {
    #[expect(clippy::cast_possible_truncation, reason = "a small power")]
    let power = |sign: f64| {
        let at = move |at: usize| libm::exp(sign * DIAGONAL * (at as f64 + 0.5) / count as f64) as f32;
        (0..count).map(at).collect()
    };
    (power(-1.0), power(1.0))
}

/// Room for the work on one unit.
#[derive(Default)]
struct Scratch {
    /// How likely each cell is by its place alone, up to a factor.
    weights: Vec<f32>,
    /// The posteriors of the round before with empty cells around them.
    padded: Vec<f32>,
    /// The weight of each cell in both directions.
    both: Vec<(f32, f32)>,
}

impl Scratch {
    /// Weighs the cells by how near the diagonal they are, and by the links around them before.
    fn weigh(&mut self, unit: Shape, before: Option<&mut [f32]>) {
        let (rows, columns) = (unit.rows, unit.columns);
        self.weights.clear();
        self.weights.resize(unit.cells(), 1.0);
        if let Some(before) = before {
            self.support(rows, columns, before);
        }
        // The exponential of minus a distance without one for each cell: of both signs the one that is below 1.
        let (down, up) = powers(rows);
        let (left, right) = powers(columns);
        for (row, weights) in self.weights.chunks_exact_mut(columns.max(1)).enumerate() {
            for ((weight, &left), &right) in weights.iter_mut().zip(&left).zip(&right) {
                *weight *= (down[row] * right).min(up[row] * left);
            }
        }
    }

    /// Adds the support that each cell has from its neighbours.
    fn support(&mut self, rows: usize, columns: usize, before: &[f32]) {
        let width = columns + 2 * REACH;
        self.padded.clear();
        self.padded.resize(width * (rows + 2 * REACH), 0.0);
        for (row, values) in before.chunks_exact(columns.max(1)).enumerate() {
            self.padded[(row + REACH) * width + REACH..][..columns].copy_from_slice(values);
        }
        for (row, weights) in self.weights.chunks_exact_mut(columns.max(1)).enumerate() {
            for down in 0..=2 * REACH {
                for right in 0..=2 * REACH {
                    let factor = match (down.abs_diff(REACH), right.abs_diff(REACH)) {
                        (0, 0) => continue,
                        (1, 1) if down == right => NEXT,
                        (1, 1) => CROSSED,
                        (0 | 1, 0 | 1) => BESIDE,
                        _ => NEAR,
                    };
                    let neighbours = &self.padded[(row + down) * width + right..][..columns];
                    for (weight, neighbour) in weights.iter_mut().zip(neighbours) {
                        *weight += factor * neighbour;
                    }
                }
            }
        }
    }

    /// Writes the geometric mean of both directions' posteriors.
    fn agree(&mut self, unit: Shape, cells: &[u32], tables: &Tables, posteriors: &mut [f32]) {
        let columns = unit.columns.max(1);
        let mut weight_columns = vec![0.0_f64; columns];
        for weights in self.weights.chunks_exact(columns) {
            for (sum, &weight) in weight_columns.iter_mut().zip(weights) {
                *sum += f64::from(weight);
            }
        }
        let mut sum_columns = vec![NULL; columns];
        self.both.clear();
        self.both.reserve(cells.len());
        for (weights, cells) in self.weights.chunks_exact(columns).zip(cells.chunks_exact(columns)) {
            let weight_row: f64 = weights.iter().map(|&weight| f64::from(weight)).sum();
            let mut sum_row = NULL;
            let start = self.both.len();
            for ((&weight, &cell), (all, sum)) in
                weights.iter().zip(cells).zip(weight_columns.iter().zip(&mut sum_columns))
            {
                let (to_english, to_chinese) = tables.pairs[cell as usize];
                let weight = f64::from(weight);
                let to_english = f64::from(to_english) * weight / all;
                let to_chinese = f64::from(to_chinese) * weight / weight_row;
                *sum += to_english;
                sum_row += to_chinese;
                #[expect(clippy::cast_possible_truncation, reason = "probabilities")]
                self.both.push((to_english as f32, to_chinese as f32));
            }
            #[expect(clippy::cast_possible_truncation, reason = "the sum of probabilities")]
            let share = (1.0 / sum_row) as f32;
            for (_, to_chinese) in &mut self.both[start..] {
                *to_chinese *= share;
            }
        }
        #[expect(clippy::cast_possible_truncation, reason = "the sum of probabilities")]
        let shares: Vec<f32> = sum_columns.iter().map(|sum| (1.0 / sum) as f32).collect();
        for (row, values) in posteriors.chunks_exact_mut(columns).zip(self.both.chunks_exact(columns)) {
            for ((posterior, &(to_english, to_chinese)), share) in row.iter_mut().zip(values).zip(&shares) {
                // Rounding may leave a share a hair above one.
                *posterior = (to_english * share * to_chinese).sqrt().min(1.0);
            }
        }
    }
}
