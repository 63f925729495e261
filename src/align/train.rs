//! Fitting the weights of the evidence to texts aligned by hand: maximum likelihood of the gold beads under the
//! semi-Markov model, with a quadratic penalty, by limited-memory BFGS.

use std::collections::BTreeMap;

use super::corridor::Corridor;
use super::eval::Link;
use super::kinds::KINDS;
use super::lattice::{Lattice, candidates};
use super::model::{Model, Set};
use super::settled::Rules;
use super::{Aligner, FREE, Options};
use crate::bitext::Document;
use crate::task::{Cancelled, Ctl};

/// How much an example counts whose merging and leaving out is by chance.
const MADE: f64 = 0.3;

/// A pair of documents with its gold beads, Chinese first.
#[derive(Debug)]
pub struct Example {
    /// A name for messages; examples of one genre share what stands before the `/`.
    pub name: String,
    /// The Chinese side.
    pub chinese: Document,
    /// The English side.
    pub english: Document,
    /// The gold beads.
    pub gold: Vec<Link>,
    /// Whether merging and leaving out is by chance, not by a translator.
    pub made: bool,
}

impl Example {
    /// The part of the name after the genre: examples of one text share it.
    pub fn text(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(&self.name)
    }
}

/// How to fit.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// The weight of the quadratic penalty, for features scaled to unit variance.
    pub penalty: f64,
    /// Steps of the minimiser.
    pub steps: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { penalty: 1.0, steps: 120 }
    }
}

/// Features of every candidate of one example, and which candidates gold allows.
pub struct Prepared {
    corridor: Corridor,
    names: Vec<&'static str>,
    /// For each feature row its place among all scores.
    places: Vec<usize>,
    features: Vec<f32>,
    allowed: Vec<bool>,
    /// How much the example counts.
    share: f64,
}

impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prepared").field("candidates", &self.places.len()).finish_non_exhaustive()
    }
}

/// Measures the evidence of a set for every candidate that the final search would look at under `model`, in an example
/// or, with `mirrored`, in it with the two documents in each other's place.
///
/// # Errors
/// [`Cancelled`].
pub fn prepare(ctl: &Ctl, example: &Example, model: &Model, set: Set, mirrored: bool) -> Result<Prepared, Cancelled> {
    let (mut one, mut other, mut gold) = (&example.chinese, &example.english, example.gold.clone());
    if mirrored {
        std::mem::swap(&mut one, &mut other);
        for (source, target) in &mut gold {
            std::mem::swap(source, target);
        }
    }
    let aligner = Aligner::in_place(ctl, one, other, &Options { model, set, accepted: None })?;
    let stretch = aligner.whole();
    let way = aligner.way(ctl, &stretch, &Rules::default())?.expect(FREE);
    let links = aligner.learnt(ctl, &way.first)?;
    let corridor = &way.corridor;
    let blocks = aligner.each_block(ctl, &way, set, &links, |rows, scorer| {
        let (mut places, mut features, mut row) = (Vec::new(), Vec::new(), Vec::new());
        for z1 in rows {
            for e1 in corridor.row(z1) {
                let Some(cell) = corridor.cell(z1, e1) else { continue };
                for (kind, candidate) in candidates(corridor, z1, e1) {
                    scorer.measure(candidate, &mut row);
                    places.push(corridor.place(cell, kind));
                    features.extend_from_slice(&row);
                }
            }
        }
        Ok((scorer.names(), places, features))
    })?;
    let (mut names, mut places, mut features) = (Vec::new(), Vec::new(), Vec::new());
    for (own_names, own_places, own_features) in blocks {
        names = own_names;
        places.extend(own_places);
        features.extend(own_features);
    }
    let allowed = gold_mask(corridor, stretch.zh.len(), stretch.en.len(), &gold);
    let share = if example.made { MADE } else { 1.0 };
    Ok(Prepared { corridor: way.corridor, names, places, features, allowed, share })
}

/// Gold beads, and any way through stretches that gold cannot tell (beads too large or not contiguous).
fn gold_mask(corridor: &Corridor, zh: usize, en: usize, gold: &[Link]) -> Vec<bool> {
    let mut allowed = vec![false; corridor.candidates()];
    let (mut zh_told, mut en_told) = (vec![false; zh], vec![false; en]);
    let mut known = std::collections::HashSet::new();
    for (source, target) in gold {
        let contiguous = |side: &[usize]| side.windows(2).all(|pair| pair[1] == pair[0] + 1);
        let fits = KINDS.contains(&(source.len(), target.len()));
        if contiguous(source) && contiguous(target) && fits {
            for &at in source {
                zh_told[at] = true;
            }
            for &at in target {
                en_told[at] = true;
            }
            known.insert((source.clone(), target.clone()));
        }
    }
    for z1 in corridor.zh() {
        for e1 in corridor.row(z1) {
            let Some(cell) = corridor.cell(z1, e1) else { continue };
            for (kind, c) in candidates(corridor, z1, e1) {
                let bead = ((c.z0..c.z1).collect::<Vec<_>>(), (c.e0..c.e1).collect::<Vec<_>>());
                let untold = zh_told[c.z0..c.z1].iter().chain(&en_told[c.e0..c.e1]).all(|told| !told);
                allowed[corridor.place(cell, kind)] = untold || known.contains(&bead);
            }
        }
    }
    allowed
}

/// Fits the weights of one set of evidence to prepared examples.
///
/// # Errors
/// [`Cancelled`].
///
/// # Panics
/// When `examples` is empty.
pub fn fit(ctl: &Ctl, examples: &[&Prepared], set: Set, config: Config) -> Result<BTreeMap<String, f32>, Cancelled> {
    let names = &examples.first().expect("something to fit to").names;
    let held: Vec<bool> = names.iter().map(|name| set.holds(name)).collect();
    let scale = deviations(examples, names.len());
    let mut steps = 0;
    let point = minimise(vec![0.0; names.len()], config.steps, |point| {
        ctl.step("fitting", steps, config.steps)?;
        steps += 1;
        let (value, mut gradient) = objective(examples, point, &scale, config.penalty);
        // The weights of other evidence stay zero.
        gradient.iter_mut().zip(&held).filter(|&(_, held)| !held).for_each(|(slope, _)| *slope = 0.0);
        Ok((value, gradient))
    })?;
    #[expect(clippy::cast_possible_truncation, reason = "weights are kept in single precision")]
    let weights = point.iter().zip(&scale).map(|(u, s)| (u / s) as f32);
    let rounded = weights.map(|weight| (weight * 1e4).round() / 1e4);
    Ok(names.iter().zip(rounded).filter(|(name, _)| set.holds(name)).map(|(&name, w)| (name.to_owned(), w)).collect())
}

/// Standard deviations of the features, so that the penalty treats them alike.
fn deviations(examples: &[&Prepared], width: usize) -> Vec<f64> {
    let (mut count, mut sum, mut squares) = (0.0, vec![0.0; width], vec![0.0; width]);
    for row in examples.iter().flat_map(|example| example.features.chunks_exact(width)).step_by(23) {
        count += 1.0;
        for (at, &value) in row.iter().enumerate() {
            sum[at] += f64::from(value);
            squares[at] += f64::from(value) * f64::from(value);
        }
    }
    sum.iter().zip(&squares).map(|(s, q)| (q / count - (s / count) * (s / count)).max(0.0).sqrt() + 1e-3).collect()
}

/// Negative log likelihood of gold with its penalty, and the gradient.
fn objective(examples: &[&Prepared], point: &[f64], scale: &[f64], penalty: f64) -> (f64, Vec<f64>) {
    #[expect(clippy::cast_possible_truncation, reason = "as in the aligner itself")]
    let weights: Vec<f32> = point.iter().zip(scale).map(|(u, s)| (u / s) as f32).collect();
    let mut value: f64 = point.iter().map(|u| penalty * u * u).sum();
    let mut gradient: Vec<f64> = point.iter().map(|u| 2.0 * penalty * u).collect();
    for example in examples {
        let lattice = example.lattice(&weights);
        let all = lattice.posteriors(|_, _| true);
        let gold = lattice.posteriors(|cell, kind| example.allowed[example.corridor.place(cell, kind)]);
        if gold.total == f64::NEG_INFINITY {
            continue;
        }
        value += example.share * (all.total - gold.total);
        for (&place, row) in example.places.iter().zip(example.features.chunks_exact(weights.len())) {
            let difference = example.share * (all.of(place) - gold.of(place));
            if difference.abs() > 1e-7 {
                for ((slot, &feature), s) in gradient.iter_mut().zip(row).zip(scale) {
                    *slot += difference * f64::from(feature) / s;
                }
            }
        }
    }
    (value, gradient)
}

impl Prepared {
    fn lattice(&self, weights: &[f32]) -> Lattice {
        let mut scores = vec![f32::NEG_INFINITY; self.corridor.candidates()];
        for (&place, row) in self.places.iter().zip(self.features.chunks_exact(weights.len())) {
            scores[place] = row.iter().zip(weights).map(|(feature, weight)| feature * weight).sum();
        }
        Lattice::new(self.corridor.clone(), vec![scores])
    }

    /// The negative logarithm of the probability of gold under a model; infinite where gold leaves the corridor.
    pub fn surprise(&self, model: &Model, set: Set) -> f64 {
        let lattice = self.lattice(&model.weights_for(set, &self.names));
        let all = lattice.posteriors(|_, _| true).total;
        let gold = lattice.posteriors(|cell, kind| self.allowed[self.corridor.place(cell, kind)]).total;
        all - gold
    }

    /// The best beads under a model, without preparing again.
    pub fn best(&self, model: &Model, set: Set) -> Vec<crate::bitext::Bead> {
        let best = self.lattice(&model.weights_for(set, &self.names)).best(&Ctl::quiet());
        best.ok().flatten().unwrap_or_default()
    }
}

/// Limited-memory BFGS with a halving line search (Nocedal and Wright 2006, algorithm 7.4).
fn minimise(
    mut point: Vec<f64>,
    steps: usize,
    mut f: impl FnMut(&[f64]) -> Result<(f64, Vec<f64>), Cancelled>,
) -> Result<Vec<f64>, Cancelled> {
    let dot = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(x, y)| x * y).sum() };
    let (mut value, mut gradient) = f(&point)?;
    let mut memory: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
    for _ in 0..steps {
        let mut direction: Vec<f64> = gradient.iter().map(|g| -g).collect();
        let mut factors = Vec::new();
        for (s, y) in memory.iter().rev() {
            let factor = dot(s, &direction) / dot(s, y);
            direction.iter_mut().zip(y).for_each(|(d, y)| *d -= factor * y);
            factors.push(factor);
        }
        let first =
            memory.last().map_or(1.0 / dot(&gradient, &gradient).sqrt().max(1.0), |(s, y)| dot(s, y) / dot(y, y));
        for d in &mut direction {
            *d *= first;
        }
        for ((s, y), factor) in memory.iter().zip(factors.iter().rev()) {
            let back = factor - dot(y, &direction) / dot(s, y);
            direction.iter_mut().zip(s).for_each(|(d, s)| *d += back * s);
        }
        let slope = dot(&direction, &gradient);
        let mut length = 1.0;
        let (next, next_value, next_gradient) = loop {
            let next: Vec<f64> = point.iter().zip(&direction).map(|(p, d)| p + length * d).collect();
            let (next_value, next_gradient) = f(&next)?;
            if next_value <= value + 1e-4 * length * slope || length < 1e-4 {
                break (next, next_value, next_gradient);
            }
            length /= 2.0;
        };
        let s: Vec<f64> = next.iter().zip(&point).map(|(a, b)| a - b).collect();
        let y: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        if dot(&s, &y) > 1e-12 {
            memory.push((s, y));
            if memory.len() > 8 {
                memory.remove(0);
            }
        }
        let done = (value - next_value).abs() < 1e-5 * value.abs().max(1.0);
        (point, value, gradient) = (next, next_value, next_gradient);
        if done {
            break;
        }
    }
    Ok(point)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_minimiser_finds_the_bottom_of_a_valley() {
        let found = minimise(vec![-1.2, 1.0], 200, |p| {
            let (x, y) = (p[0], p[1]);
            let value = 100.0 * (y - x * x).powi(2) + (1.0 - x).powi(2);
            Ok((value, vec![-400.0 * x * (y - x * x) - 2.0 * (1.0 - x), 200.0 * (y - x * x)]))
        })
        .unwrap();
        assert!((found[0] - 1.0).abs() < 0.05 && (found[1] - 1.0).abs() < 0.1, "{found:?}");
    }
}
