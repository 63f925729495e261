//! Growing the trees of [`boost`](super::boost).

use rayon::prelude::*;

use super::boost::{DEPTH, PLACES, Place, Question, Tree};
use crate::task::{Cancelled, Ctl};

/// How the trees are grown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Growth {
    pub(crate) trees: usize,
    /// What part of its step each tree takes.
    pub(crate) rate: f64,
    /// The penalty on the squares of what a tree adds.
    pub(crate) penalty: f64,
    /// The least spread (sum of p (1 - p)) on either side of a question.
    pub(crate) least: f64,
    /// Each tree sees one figure in so many, in turn.
    pub(crate) turns: usize,
}

impl Default for Growth {
    fn default() -> Self {
        Self { trees: 150, rate: 0.1, penalty: 5.0, least: 2.0, turns: 2 }
    }
}

/// At most so many bounds are tried for a figure.
const BOUNDS: usize = 24;
/// Values closer than this are one.
const NEAR: f32 = 1e-4;
/// A question that gains no more than this is not asked.
const GAIN: f64 = 1e-3;

/// Pairs to learn from: each with all its figures, whether it is right, how much it counts, and its logit so far.
pub(super) struct Examples {
    pub(super) figures: Vec<Vec<f32>>,
    pub(super) right: Vec<bool>,
    pub(super) counts: Vec<f64>,
    pub(super) logits: Vec<f64>,
}

/// A figure of all examples, as numbers of the bounds it lies above.
struct Column {
    bounds: Vec<f32>,
    bins: Vec<u8>,
}

impl Column {
    fn new(values: &[f32], counts: &[f64]) -> Self {
        let bounds = bounds(values, counts);
        let bin = |value: &f32| u8::try_from(bounds.partition_point(|bound| bound < value)).expect("few bounds");
        Self { bins: values.iter().map(bin).collect(), bounds }
    }
}

/// Bounds in the middle between values, so that about the same weight of examples lies between any two; a value that
/// many have stands by itself.
fn bounds(values: &[f32], counts: &[f64]) -> Vec<f32> {
    let mut sorted: Vec<(f32, f64)> = values.iter().copied().zip(counts.iter().copied()).collect();
    sorted.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let mut rest: f64 = counts.iter().sum();
    let (mut out, mut since) = (Vec::new(), 0.0);
    for two in sorted.windows(2) {
        since += two[0].1;
        let share = rest / (BOUNDS - out.len() + 1) as f64;
        // Means of the same value are not quite the same.
        if two[1].0 - two[0].0 > NEAR && since >= share {
            out.push(two[0].0 + (two[1].0 - two[0].0) / 2.0);
            rest -= since;
            since = 0.0;
        }
        if out.len() == BOUNDS {
            break;
        }
    }
    out
}

/// Gradient and spread, summed.
#[derive(Clone, Copy, Default)]
struct Sum {
    gradient: f64,
    spread: f64,
}

impl Sum {
    fn add(&mut self, other: Self) {
        self.gradient += other.gradient;
        self.spread += other.spread;
    }

    fn without(self, other: Self) -> Self {
        Self { gradient: self.gradient - other.gradient, spread: self.spread - other.spread }
    }

    fn gain(self, penalty: f64) -> f64 {
        self.gradient * self.gradient / (self.spread + penalty)
    }
}

/// The best question at a place: what it gains, the figure and the number of the bound.
type Best = Option<(f64, usize, usize)>;

/// Grows trees one after the other, each on what those before it leave wrong.
///
/// # Errors
/// [`Cancelled`].
pub(super) fn grow(ctl: &Ctl, mut examples: Examples, growth: Growth) -> Result<Vec<Tree<usize>>, Cancelled> {
    let width = examples.figures.first().map_or(0, Vec::len);
    let column = |at: usize| {
        let values: Vec<f32> = examples.figures.iter().map(|row| row[at]).collect();
        Column::new(&values, &examples.counts)
    };
    let columns: Vec<Column> = (0..width).into_par_iter().map(column).collect();
    let mut out = Vec::with_capacity(growth.trees);
    for number in 0..growth.trees {
        ctl.check()?;
        let steps: Vec<Sum> = (0..examples.right.len()).map(|at| step(&examples, at)).collect();
        let turn = |at: &usize| at % growth.turns.max(1) == number % growth.turns.max(1);
        let seen: Vec<usize> = (0..width).filter(turn).collect();
        let (tree, places) = grow_one(&columns, &seen, &steps, growth);
        for (logit, place) in examples.logits.iter_mut().zip(places) {
            if let Some(Place::Adds(value)) = tree[usize::from(place)] {
                *logit += f64::from(value);
            }
        }
        out.push(tree);
    }
    Ok(out)
}

fn step(examples: &Examples, at: usize) -> Sum {
    let p = 1.0 / (1.0 + libm::exp(-examples.logits[at]));
    let wanted = f64::from(u8::from(examples.right[at]));
    Sum { gradient: examples.counts[at] * (wanted - p), spread: examples.counts[at] * p * (1.0 - p) }
}

/// A tree, and the place of it where each example ends.
fn grow_one(columns: &[Column], seen: &[usize], steps: &[Sum], growth: Growth) -> (Tree<usize>, Vec<u8>) {
    let mut places = vec![0_u8; steps.len()];
    let mut tree: Tree<usize> = [None; PLACES];
    for depth in 0..DEPTH {
        let first = (1 << depth) - 1;
        let best: Vec<Vec<Best>> = seen
            .par_iter()
            .map(|&figure| best_of(&columns[figure], figure, &places, steps, (first, 1 << depth), growth))
            .collect();
        for at in 0..1 << depth {
            let of_place = best.iter().filter_map(|of_figure| of_figure[at]);
            // Of equals the first.
            let better =
                |one: (f64, usize, usize), other: (f64, usize, usize)| if other.0 > one.0 { other } else { one };
            if let Some((_, figure, bound)) = of_place.reduce(better) {
                let above = columns[figure].bounds[bound];
                tree[first + at] = Some(Place::Asks(Question { figure, above }));
            }
        }
        for (example, place) in places.iter_mut().enumerate().filter(|(_, place)| usize::from(**place) >= first) {
            if let Some(Place::Asks(asked)) = tree[usize::from(*place)] {
                let column = &columns[asked.figure];
                let is_above =
                    column.bounds.partition_point(|&bound| bound < asked.above) < usize::from(column.bins[example]);
                *place = 2 * *place + 1 + u8::from(is_above);
            }
        }
    }
    let mut sums = [Sum::default(); PLACES];
    for (&place, &step) in places.iter().zip(steps) {
        sums[usize::from(place)].add(step);
    }
    let ends = tree.iter_mut().zip(sums).filter(|(stands, sum)| stands.is_none() && sum.spread > 0.0);
    for (stands, sum) in ends {
        #[expect(clippy::cast_possible_truncation, reason = "steps are small")]
        let value = (growth.rate * sum.gradient / (sum.spread + growth.penalty)) as f32;
        *stands = Some(Place::Adds(value));
    }
    (tree, places)
}

/// The best question about a figure at each of `count` places from `first` on.
fn best_of(
    column: &Column,
    figure: usize,
    places: &[u8],
    steps: &[Sum],
    (first, count): (usize, usize),
    growth: Growth,
) -> Vec<Best> {
    let bins = column.bounds.len() + 1;
    let mut sums = vec![Sum::default(); bins * count];
    for ((&place, &bin), &step) in places.iter().zip(&column.bins).zip(steps) {
        if let Some(at) = usize::from(place).checked_sub(first) {
            sums[at * bins + usize::from(bin)].add(step);
        }
    }
    let best = |sums: &[Sum]| {
        let mut all = Sum::default();
        for &sum in sums {
            all.add(sum);
        }
        let mut below = Sum::default();
        let mut best: Best = None;
        for (bound, &sum) in sums[..bins - 1].iter().enumerate() {
            below.add(sum);
            let above = all.without(below);
            if below.spread < growth.least || above.spread < growth.least {
                continue;
            }
            let gain = below.gain(growth.penalty) + above.gain(growth.penalty) - all.gain(growth.penalty);
            if gain > best.map_or(GAIN, |(before, ..)| before) {
                best = Some((gain, figure, bound));
            }
        }
        best
    };
    sums.chunks(bins).map(best).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::boost::added;

    /// Right is what has exactly one of two properties: no sum of weights can tell.
    #[test]
    fn trees_learn_what_no_sum_of_weights_can() {
        let figures: Vec<Vec<f32>> =
            (0..400_u16).map(|at| vec![f32::from(at % 2), f32::from(at / 2 % 2), f32::from(at % 7)]).collect();
        let right: Vec<bool> = figures.iter().map(|row| (row[0] > 0.5) != (row[1] > 0.5)).collect();
        // The first question about a property alone gains nothing, unless they are not quite even.
        let counts = (0..400).map(|at| if at % 4 == 0 { 1.5 } else { 1.0 }).collect();
        let examples = Examples { figures: figures.clone(), right: right.clone(), counts, logits: vec![0.0; 400] };
        let growth = Growth { turns: 1, ..Growth::default() };
        let trees = grow(&Ctl::quiet(), examples, growth).unwrap();
        assert_eq!(trees.len(), growth.trees);
        for (row, right) in figures.iter().zip(right) {
            let sum: f32 = trees.iter().map(|tree| added(tree, |at| row[at])).sum();
            assert!(sum.abs() > 1.0 && (sum > 0.0) == right, "{row:?} {sum}");
        }
    }

    #[test]
    fn bounds_part_the_weight_evenly_and_stand_between_values() {
        let values: Vec<f32> = (0..1000_u16).map(f32::from).collect();
        let even = bounds(&values, &[1.0; 1000]);
        assert_eq!(even.len(), BOUNDS);
        assert!((even[11] - 479.5).abs() < 25.0, "{even:?}");
        // Most examples have the same value; the others are told apart all the same.
        let skewed: Vec<f32> = values.iter().map(|value| (value - 900.0).max(0.0)).collect();
        let skewed = bounds(&skewed, &[1.0; 1000]);
        assert!(skewed.len() > 15 && (skewed[0] - 0.5).abs() < 5.0, "{skewed:?}");
        // What hardly counts asks for no bounds.
        let counts: Vec<f64> = (0..1000).map(|at| if at < 500 { 1e-6 } else { 1.0 }).collect();
        assert!(bounds(&values, &counts)[0] > 499.0);
        let near = bounds(&[0.5, 0.500_000_1, 1.0], &[1.0; 3]);
        assert!(near.len() == 1 && (near[0] - 0.75).abs() < 1e-6, "{near:?}");
    }

    #[test]
    fn what_little_is_seen_of_is_not_asked() {
        let figures: Vec<Vec<f32>> = (0..50_u8).map(|at| vec![f32::from(u8::from(at == 0))]).collect();
        let right = (0..50).map(|at| at == 0).collect();
        let examples = Examples { figures, right, counts: vec![1.0; 50], logits: vec![0.0; 50] };
        let trees = grow(&Ctl::quiet(), examples, Growth { trees: 1, ..Growth::default() }).unwrap();
        assert!(matches!(trees[0][0], Some(Place::Adds(_))));
    }
}
