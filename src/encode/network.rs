//! The network: pieces in, sums over pieces out; sums in, vectors out.

use std::io::Cursor;
use std::ops::Range;
use std::sync::LazyLock;

use ndarray::parallel::prelude::*;
use ndarray::{Array1, Array2, ArrayView2, ArrayViewMut2, Axis, ShapeBuilder, s};
use ndarray_npy::NpzReader;
use rayon::slice::ParallelSlice as _;

use super::product::{product, times};
use crate::assets::asset;
use crate::task::{Cancelled, Ctl};

static WEIGHTS: LazyLock<&[u8]> = LazyLock::new(|| asset!("encoder/weights.npz"));

/// Components of a vector.
pub const DIM: usize = 512;
/// Components of an embedding.
const EMBEDDING: usize = 512;
/// Outputs of one convolution.
const CONV: usize = 256;
/// What a piece brings to the sum: its embedding and three convolutions.
pub(super) const FEATURES: usize = EMBEDDING + 3 * CONV;
/// The table of embeddings is stored in parts, each with a scale of its own: piece p is row p / PARTS of part p % PARTS.
const PARTS: usize = 17;
/// The n-grams: how long, and how many pieces before the one in question.
const ORDERS: [(usize, usize); 3] = [(2, 0), (3, 1), (5, 2)];
/// Rows of zeros between texts, as far as the longest n-gram reaches to one side.
const GAP: usize = 2;
/// How many rows are multiplied at a time: enough to amortise reading the weights, few enough for the cache.
const BATCH: usize = 512;

/// The weights of one n-gram order: two layers.
struct Order {
    before: usize,
    length: usize,
    weights: [Array2<f32>; 2],
    bias: [Array1<f32>; 2],
}

/// Scale and shift after a layer normalisation.
struct Norm {
    scale: Array1<f32>,
    shift: Array1<f32>,
}

pub(super) struct Network {
    /// The embeddings in their parts, one byte a component.
    table: Vec<Array2<u8>>,
    part_scale: Array1<f32>,
    part_low: Array1<f32>,
    projection: Array2<f32>,
    projection_bias: Array1<f32>,
    projection_norm: Norm,
    orders: Vec<Order>,
    norm: Norm,
    output: Array2<f32>,
    output_bias: Array1<f32>,
    /// The residual tail: dense layers 0 to 3 and the two projections around them.
    dense: [Array2<f32>; 4],
    around: [Array2<f32>; 2],
    epsilon: f32,
}

/// Pieces to be read as one text, and the stretches of them to be summed.
pub(super) struct Run {
    pub(super) pieces: Vec<u32>,
    pub(super) sums: Vec<Range<usize>>,
}

/// The distinct pieces of some runs, embedded and projected.
struct Vocabulary {
    numbers: Vec<u32>,
    embedded: Array2<f32>,
    projected: Array2<f32>,
}

impl Network {
    pub(super) fn embedded() -> Self {
        let names = |prefix: &'static str| ORDERS.map(|(length, _)| format!("{prefix}{length}"));
        let mut npz = Npz::open();
        let joined = |arrays: [Array1<f32>; 3]| Array1::from_iter(arrays.into_iter().flatten());
        let mut projection = Array2::zeros((EMBEDDING, 3 * CONV));
        for (at, name) in names("proj").iter().enumerate() {
            projection.slice_mut(s![.., at * CONV..(at + 1) * CONV]).assign(&npz.matrix(name));
        }
        let mut vectors = |prefix| joined(names(prefix).map(|name| npz.vector(&name)));
        let projection_bias = vectors("proj_b");
        let projection_norm = Norm { scale: vectors("ln_g"), shift: vectors("ln_b") };
        let orders = ORDERS
            .iter()
            .map(|&(length, before)| Order {
                before,
                length,
                weights: ["w1", "w2"].map(|layer| npz.matrix(&format!("{layer}_{length}"))),
                bias: ["b1", "b2"].map(|layer| npz.vector(&format!("{layer}_{length}"))),
            })
            .collect();
        #[expect(clippy::cast_possible_truncation, reason = "a small constant")]
        let epsilon =
            npz.npz.by_name::<ndarray::OwnedRepr<f64>, ndarray::Ix0>("eps").expect(CHECKED).into_scalar() as f32;
        Self {
            table: table(),
            part_scale: npz.vector("scale"),
            part_low: npz.vector("lo"),
            projection,
            projection_bias,
            projection_norm,
            orders,
            norm: Norm { scale: npz.vector("ln_g"), shift: npz.vector("ln_b") },
            output: npz.matrix("cnn_W"),
            output_bias: npz.vector("cnn_b"),
            dense: ["d0", "d1", "d2", "d3"].map(|name| npz.matrix(name)),
            around: ["p1", "p3"].map(|name| npz.matrix(name)),
            epsilon,
        }
    }

    /// The normalised features of pieces, summed over each stretch of each run; one row a stretch.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub(super) fn sum(&self, ctl: &Ctl, runs: &[Run]) -> Result<Array2<f32>, Cancelled> {
        let vocabulary = self.vocabulary(runs);
        let rows = |runs: &[Run]| runs.iter().map(|run| run.sums.len()).sum();
        let mut out = Array2::zeros((rows(runs), FEATURES));
        let mut rest = out.view_mut();
        let mut work = Vec::new();
        for batch in batches(runs) {
            let (own, after) = rest.split_at(Axis(0), rows(&runs[batch.clone()]));
            work.push((batch, own));
            rest = after;
        }
        work.into_par_iter().try_for_each(|(batch, out)| {
            ctl.check()?;
            self.sum_batch(&runs[batch], &vocabulary, out);
            Ok(())
        })?;
        Ok(out)
    }

    /// From sums over `counts` pieces to sums of outputs, [`DIM`] components each. Counts may be negative: sums can be
    /// differences.
    pub(super) fn project(&self, mut sums: Array2<f32>, counts: &[f32]) -> Array2<f32> {
        let blocks = sums.axis_chunks_iter_mut(Axis(0), BATCH).into_par_iter();
        let parts: Vec<Array2<f32>> =
            blocks.zip(counts.par_chunks(BATCH)).map(|(sums, counts)| self.project_block(sums, counts)).collect();
        joined(&parts, DIM)
    }

    fn project_block(&self, mut sums: ArrayViewMut2<f32>, counts: &[f32]) -> Array2<f32> {
        for (mut row, &count) in sums.rows_mut().into_iter().zip(counts) {
            for ((value, scale), shift) in row.iter_mut().zip(&self.norm.scale).zip(&self.norm.shift) {
                *value = *value * scale + count * shift;
            }
        }
        let mut out = times(&sums.view(), &self.output);
        for (mut row, &count) in out.rows_mut().into_iter().zip(counts) {
            row.scaled_add(count, &self.output_bias);
        }
        out
    }

    /// From sums of outputs over `counts` pieces to vectors of length 1, in place.
    pub(super) fn finish(&self, sums: &mut Array2<f32>, counts: &[f32]) {
        let blocks = sums.axis_chunks_iter_mut(Axis(0), BATCH).into_par_iter();
        blocks.zip(counts.par_chunks(BATCH)).for_each(|(sums, counts)| self.finish_block(sums, counts));
    }

    fn finish_block(&self, mut sums: ArrayViewMut2<f32>, counts: &[f32]) {
        for (mut row, &count) in sums.rows_mut().into_iter().zip(counts) {
            row *= 1.0 / count.max(1.0).sqrt();
        }
        let mut first = times(&sums.view(), &self.dense[0]);
        first.mapv_inplace(positive);
        let mut second = times(&sums.view(), &self.around[0]);
        product(&first.view(), &self.dense[1], second.view_mut(), true);
        second.mapv_inplace(positive);
        let mut third = times(&second.view(), &self.dense[2]);
        third.mapv_inplace(positive);
        product(&second.view(), &self.around[1], sums.view_mut(), false);
        product(&third.view(), &self.dense[3], sums.view_mut(), true);
        for mut row in sums.rows_mut() {
            let mut squares = 0.0;
            for value in &mut row {
                *value = tanh(*value);
                squares += *value * *value;
            }
            row *= 1.0 / squares.max(self.epsilon).sqrt();
        }
    }

    fn vocabulary(&self, runs: &[Run]) -> Vocabulary {
        let mut numbers: Vec<u32> = runs.iter().flat_map(|run| run.pieces.iter().copied()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut embedded = Array2::zeros((numbers.len(), EMBEDDING));
        let mut projected = Array2::zeros((numbers.len(), 3 * CONV));
        let blocks = embedded.axis_chunks_iter_mut(Axis(0), BATCH).into_par_iter();
        let others = projected.axis_chunks_iter_mut(Axis(0), BATCH).into_par_iter();
        blocks.zip(others).zip(numbers.par_chunks(BATCH)).for_each(|((embedded, projected), numbers)| {
            self.embed(numbers, embedded, projected);
        });
        Vocabulary { numbers, embedded, projected }
    }

    fn embed(&self, numbers: &[u32], mut embedded: ArrayViewMut2<f32>, mut projected: ArrayViewMut2<f32>) {
        for (mut row, &number) in embedded.rows_mut().into_iter().zip(numbers) {
            let part = number as usize % PARTS;
            let stored = self.table[part].row(number as usize / PARTS);
            let (scale, low) = (self.part_scale[part], self.part_low[part]);
            for (value, &code) in row.iter_mut().zip(&stored) {
                *value = f32::from(code) * scale + low;
            }
        }
        product(&embedded.view(), &self.projection, projected.view_mut(), false);
        for mut row in projected.rows_mut() {
            let row = row.as_slice_mut().expect("rows lie in one piece");
            for (value, bias) in row.iter_mut().zip(&self.projection_bias) {
                *value += bias;
            }
            let (mean, scale) = moments(row, self.epsilon);
            let Norm { scale: gamma, shift } = &self.projection_norm;
            for ((value, gamma), shift) in row.iter_mut().zip(gamma).zip(shift) {
                *value = (*value - mean) * scale * gamma + shift;
            }
        }
    }

    fn sum_batch(&self, runs: &[Run], vocabulary: &Vocabulary, mut out: ArrayViewMut2<f32>) {
        let layout = Layout::new(runs, vocabulary);
        let convolved: Vec<Vec<f32>> = (0..ORDERS.len()).map(|at| self.convolve(at, &layout, vocabulary)).collect();
        let mut features = [0.0; FEATURES];
        let mut first = 0;
        for (run, &start) in runs.iter().zip(&layout.starts) {
            for piece in 0..run.pieces.len() {
                let row = start + piece;
                if !run.sums.iter().any(|sum| sum.contains(&piece)) {
                    continue;
                }
                let word = layout.words[row] as usize;
                features[..EMBEDDING].copy_from_slice(slice_of(&vocabulary.embedded, word));
                for (at, values) in convolved.iter().enumerate() {
                    let place = EMBEDDING + at * CONV;
                    features[place..place + CONV].copy_from_slice(&values[row * CONV..][..CONV]);
                }
                let (mean, scale) = moments(&features, self.epsilon);
                for (number, _) in run.sums.iter().enumerate().filter(|(_, sum)| sum.contains(&piece)) {
                    let mut sum = out.row_mut(first + number);
                    let sum = sum.as_slice_mut().expect("rows lie in one piece");
                    for (sum, value) in sum.iter_mut().zip(&features) {
                        *sum += (*value - mean) * scale;
                    }
                }
            }
            first += run.sums.len();
        }
    }

    /// Both layers of one order, for all rows of a batch.
    fn convolve(&self, order: usize, layout: &Layout, vocabulary: &Vocabulary) -> Vec<f32> {
        let Order { before, length, weights, bias } = &self.orders[order];
        let rows = layout.words.len();
        let mut input = vec![0.0; rows * CONV];
        for &(row, word) in &layout.filled {
            let projected = slice_of(&vocabulary.projected, word as usize);
            input[row * CONV..][..CONV].copy_from_slice(&projected[order * CONV..][..CONV]);
        }
        let mut output = vec![0.0; rows * CONV];
        for (weights, bias) in weights.iter().zip(bias) {
            let windows = rows + 1 - length;
            // Neighbouring rows lie one after the other, so that a window is a longer row: no copy is made.
            let shape = (windows, length * CONV).strides((CONV, 1));
            let view = ArrayView2::from_shape(shape, &input).expect("windows overlap within the rows");
            let place = before * CONV..(before + windows) * CONV;
            let out = ArrayViewMut2::from_shape((windows, CONV), &mut output[place]).expect("one row a window");
            product(&view, weights, out, false);
            let bias = bias.as_slice().expect("a vector lies in one piece");
            for &(row, _) in &layout.filled {
                let own = &input[row * CONV..][..CONV];
                for ((value, bias), own) in output[row * CONV..][..CONV].iter_mut().zip(bias).zip(own) {
                    *value = positive(*value + bias) + own;
                }
            }
            // The rows between texts stay zero.
            for &row in &layout.empty {
                output[row * CONV..][..CONV].fill(0.0);
            }
            std::mem::swap(&mut input, &mut output);
        }
        input
    }
}

/// Where the pieces of a batch lie: rows of zeros around and between texts.
struct Layout {
    starts: Vec<usize>,
    /// The place of each row's piece in the vocabulary, 0 where there is none.
    words: Vec<u32>,
    filled: Vec<(usize, u32)>,
    empty: Vec<usize>,
}

impl Layout {
    fn new(runs: &[Run], vocabulary: &Vocabulary) -> Self {
        let mut out = Self { starts: Vec::new(), words: Vec::new(), filled: Vec::new(), empty: Vec::new() };
        out.gap();
        for run in runs {
            out.starts.push(out.words.len());
            for piece in &run.pieces {
                let word = vocabulary.numbers.binary_search(piece).expect("the vocabulary holds every piece");
                let word = u32::try_from(word).expect("no more words than pieces");
                out.filled.push((out.words.len(), word));
                out.words.push(word);
            }
            out.gap();
        }
        out
    }

    fn gap(&mut self) {
        for _ in 0..GAP {
            self.empty.push(self.words.len());
            self.words.push(0);
        }
    }
}

/// Runs in batches of about [`BATCH`] pieces.
fn batches(runs: &[Run]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut start, mut pieces) = (0, 0);
    for (at, run) in runs.iter().enumerate() {
        if pieces > 0 && pieces + run.pieces.len() > BATCH {
            out.push(start..at);
            (start, pieces) = (at, 0);
        }
        pieces += run.pieces.len();
    }
    if start < runs.len() {
        out.push(start..runs.len());
    }
    out
}

/// Matrices of `width` columns, one below the other.
fn joined(parts: &[Array2<f32>], width: usize) -> Array2<f32> {
    let views: Vec<ArrayView2<f32>> = parts.iter().map(|part| part.view()).collect();
    ndarray::concatenate(Axis(0), &views).unwrap_or_else(|_| Array2::zeros((0, width)))
}

fn slice_of(matrix: &Array2<f32>, row: usize) -> &[f32] {
    let width = matrix.ncols();
    &matrix.as_slice().expect("a matrix lies in one piece")[row * width..][..width]
}

fn positive(value: f32) -> f32 {
    value.max(0.0)
}

/// The mean of a row, and one over its standard deviation.
fn moments(row: &[f32], epsilon: f32) -> (f32, f32) {
    let mean = sum_of(row, |value| value) / row.len() as f32;
    let variance = sum_of(row, |value| (value - mean) * (value - mean)) / row.len() as f32;
    (mean, 1.0 / (variance + epsilon).sqrt())
}

/// A sum in sixteen lanes, so that it needs no order within a step.
fn sum_of(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    const LANES: usize = 16;
    let mut lanes = [0.0; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane += of(value);
        }
    }
    lanes.iter().sum::<f32>() + rest.iter().map(|&value| of(value)).sum::<f32>()
}

/// Hyperbolic tangent by Lambert's continued fraction, cut after the seventh term and at ±1: within 1e-4 everywhere,
/// the same on every platform, and quick.
fn tanh(x: f32) -> f32 {
    let square = x * x;
    let above = x * (135_135.0 + square * (17_325.0 + square * (378.0 + square)));
    let below = 135_135.0 + square * (62_370.0 + square * (3_150.0 + square * 28.0));
    (above / below).clamp(-1.0, 1.0)
}

const CHECKED: &str = "the embedded weights are checked by a test";

struct Npz {
    npz: NpzReader<Cursor<&'static [u8]>>,
}

impl Npz {
    fn open() -> Self {
        Self { npz: NpzReader::new(Cursor::new(*WEIGHTS)).expect(CHECKED) }
    }

    fn matrix(&mut self, name: &str) -> Array2<f32> {
        let matrix: Array2<f32> = self.npz.by_name(name).expect(CHECKED);
        // Rows that lie in one piece are read fastest.
        if matrix.is_standard_layout() { matrix } else { matrix.as_standard_layout().into_owned() }
    }

    fn vector(&mut self, name: &str) -> Array1<f32> {
        self.npz.by_name(name).expect(CHECKED)
    }
}

/// The parts of the table of embeddings.
fn table() -> Vec<Array2<u8>> {
    let part = |part| Npz::open().npz.by_name(&format!("q{part}")).expect(CHECKED);
    (1..=PARTS).into_par_iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tangent_is_close_enough() {
        for step in -1000_i16..=1000 {
            let x = f32::from(step) / 100.0;
            assert!((tanh(x) - libm::tanhf(x)).abs() < 2e-4, "{x}");
        }
    }
}
