//! Fitting the ranking to glossaries that a person made: logistic regression by Newton's method with a penalty on the
//! squares of the weights, one for each stage; then trees on what is left (`boosting`).

use std::collections::{BTreeMap, HashSet};

use super::around::Surroundings;
use super::boost::{Place, Question, Tree, Trees, all_added};
use super::boosting::{Examples, Growth, grow};
use super::evidence::{Evidence, singular};
use super::feature::{self, Group, Row};
use super::links::Linker;
use super::model::{self, Model, WORTH, Weights};
use super::{Unit, links, paired, rank};
use crate::gloss::Accepted;
use crate::task::{Cancelled, Ctl};
use crate::token::{chinese_key, fold};

/// What a person lists of a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gold {
    /// Pairs of Chinese and English wanted.
    pub(crate) wanted: Vec<(String, String)>,
    /// Pairs that are right too.
    pub(crate) right: Vec<(String, String)>,
    /// Whether what is not listed is no term.
    pub(crate) exhaustive: bool,
    /// How many times it counts.
    pub(crate) times: usize,
}

/// What the literature on terms lets expect of each figure, before any glossary was seen: the centre of the penalty.
static PRIOR: &str = include_str!("../../assets/term/prior.tsv");

/// How the weights are fitted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Config {
    /// The penalty on the squares of the weights.
    pub(crate) penalty: f64,
    /// What a pair counts that a list with gaps does not name.
    pub(crate) unlisted: f64,
    /// What a listed pair counts in a list with gaps.
    pub(crate) listed: f64,
    /// How the trees are grown.
    pub(crate) growth: Growth,
}

impl Default for Config {
    fn default() -> Self {
        Self { penalty: 4.0, unlisted: 0.003, listed: 0.05, growth: Growth::default() }
    }
}

/// A document with its pairs and what is seen of them.
#[derive(Debug)]
pub(crate) struct Prepared {
    groups: Vec<Group>,
    rows: Vec<Row>,
    /// Right or not, and how much it counts.
    labels: Vec<(bool, f64)>,
    keys: Vec<(String, String)>,
    gold: HashSet<(String, String)>,
    right: HashSet<(String, String)>,
}

/// Pairs and figures of a document.
pub(crate) fn prepare(ctl: &Ctl, units: &[Unit<'_>], gold: &Gold, config: Config) -> Result<Prepared, Cancelled> {
    let accepted = Accepted::default();
    let mut linker = Linker::new(links::Evidence::Full, &accepted);
    let (cuts, found) = paired(ctl, units, &accepted, &mut linker, |_| {})?;
    let evidence = Evidence::of(&found, &cuts);
    let groups = rank::groups(ctl, &cuts, found)?;
    let rows: Vec<Row> = groups.iter().map(|group| feature::of(group, &cuts, &evidence)).collect();
    let wanted: HashSet<_> = gold.wanted.iter().map(normal).collect();
    let right: HashSet<_> = gold.right.iter().map(normal).chain(wanted.iter().cloned()).collect();
    let chinese: HashSet<&str> = wanted.iter().map(|(chinese, _)| chinese.as_str()).collect();
    let keys: Vec<(String, String)> = groups.iter().map(|group| normal(&group.key)).collect();
    let label = |key: &(String, String)| {
        let holds = right.contains(key);
        let counts = if gold.exhaustive {
            1.0
        } else if holds || chinese.contains(key.0.as_str()) {
            config.listed
        } else {
            config.unlisted
        };
        (holds, counts * gold.times as f64)
    };
    let labels = keys.iter().map(label).collect();
    Ok(Prepared { groups, rows, labels, keys, gold: wanted, right })
}

/// The form in which listed pairs and found ones are compared.
fn normal((chinese, english): &(String, String)) -> (String, String) {
    let chinese = chinese_key(chinese).chars().filter(|c| !c.is_whitespace() && !"《》“”\"'‘’".contains(*c)).collect();
    let words: Vec<String> = fold(english)
        .replace("'s", "")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(singular)
        .collect();
    let from = usize::from(words.first().is_some_and(|word| matches!(word.as_str(), "the" | "a" | "an")));
    (chinese, words[from..].join(" "))
}

/// What is fitted to some documents.
pub(crate) fn fit(ctl: &Ctl, documents: &[&Prepared], config: Config) -> Result<Model, Cancelled> {
    ctl.check()?;
    let prior = Weights::read(PRIOR);
    let mut weights = Weights::default();
    let first: Vec<&[Row]> = documents.iter().map(|document| document.rows.as_slice()).collect();
    weights.0[0] = regress(documents, &first, &prior.0[0], config.penalty);
    // As it will be read.
    weights = Weights::read(&weights.table());
    let second: Vec<Vec<Row>> = documents.iter().map(|document| document.second(&weights)).collect();
    let rows: Vec<&[Row]> = second.iter().map(Vec::as_slice).collect();
    weights.0[1] = regress(documents, &rows, &prior.0[1], config.penalty);
    weights = Weights::read(&weights.table());
    ctl.check()?;
    let trees = trees(ctl, documents, &second, &weights, config.growth)?;
    Ok(Model { weights, trees })
}

/// Trees on what the weights leave wrong.
fn trees(
    ctl: &Ctl,
    documents: &[&Prepared],
    second: &[Vec<Row>],
    weights: &Weights,
    growth: Growth,
) -> Result<Trees, Cancelled> {
    let mut examples = Examples { figures: Vec::new(), right: Vec::new(), counts: Vec::new(), logits: Vec::new() };
    let mut names: Vec<(usize, String)> = Vec::new();
    for (document, second) in documents.iter().zip(second) {
        let logits = weights.logits(1, second.iter().cloned());
        let pairs = document.rows.iter().zip(second).zip(document.labels.iter().zip(logits));
        for ((first, second), (&(right, counts), logit)) in pairs.filter(|(_, (_, logit))| *logit >= WORTH) {
            let figures = || {
                let of = |stage: usize| move |&(name, value): &(&'static str, f32)| (stage, name, value);
                first.0.iter().map(of(0)).chain(second.0.iter().map(of(1)))
            };
            if names.is_empty() {
                names = figures().map(|(stage, name, _)| (stage, name.to_owned())).collect();
            }
            examples.figures.push(figures().map(|(_, _, value)| value).collect());
            examples.right.push(right);
            examples.counts.push(counts);
            examples.logits.push(f64::from(logit));
        }
    }
    let named = |tree: Tree<usize>| {
        tree.map(|stands| {
            stands.map(|stands| match stands {
                Place::Asks(asked) => Place::Asks(Question { figure: names[asked.figure].clone(), above: asked.above }),
                Place::Adds(value) => Place::Adds(value),
            })
        })
    };
    Ok(Trees(grow(ctl, examples, growth)?.into_iter().map(named).collect()))
}

/// How well a ranking does: recall in all, recall in the first 2 g, the share of listed Chinese terms whose best row
/// is right, precision of the first 30, of the first g.
pub(crate) fn measure(document: &Prepared, model: &Model) -> [f64; 5] {
    let scores = document.scores(model);
    let mut order: Vec<usize> = (0..scores.len()).filter(|&at| scores[at] >= rank::LEAST).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
    let mut seen = HashSet::new();
    let keys: Vec<&(String, String)> =
        order.iter().map(|&at| &document.keys[at]).filter(|key| seen.insert(*key)).collect();
    let g = document.gold.len();
    let recall = |most: usize| {
        keys.iter().take(most).filter(|key| document.gold.contains(**key)).count() as f64 / g.max(1) as f64
    };
    let precision = |most: usize| {
        keys.iter().take(most).filter(|key| document.right.contains(**key)).count() as f64 / most.max(1) as f64
    };
    let chinese: HashSet<&str> = document.gold.iter().map(|(chinese, _)| chinese.as_str()).collect();
    let mut best: HashSet<&str> = HashSet::new();
    let firsts: Vec<bool> = keys
        .iter()
        .filter(|key| chinese.contains(key.0.as_str()) && best.insert(&key.0))
        .map(|key| document.gold.contains(*key))
        .collect();
    let judged = firsts.iter().filter(|right| **right).count() as f64 / firsts.len().max(1) as f64;
    [recall(usize::MAX), recall(2 * g), judged, precision(30), precision(g)]
}

impl Prepared {
    fn scores(&self, model: &Model) -> Vec<f32> {
        let second = self.second(&model.weights);
        let (Some(some), Some(other)) = (self.rows.first(), second.first()) else { return Vec::new() };
        let trees = model.trees.for_rows(some, other);
        let logits = model.weights.logits(1, second.iter().cloned());
        let rows = self.rows.iter().zip(&second);
        logits
            .into_iter()
            .zip(rows)
            .map(|(logit, (first, second))| model::score(logit, || all_added(&trees, first, second)))
            .collect()
    }

    fn second(&self, weights: &Weights) -> Vec<Row> {
        let logits = weights.logits(0, self.rows.iter().cloned());
        let around = Surroundings::of(&Ctl::quiet(), &self.groups, &logits).expect("quiet work is never cancelled");
        (0..self.groups.len()).map(|at| around.row(at)).collect()
    }
}

/// Logistic regression over all rows, by Newton's method.
fn regress(
    documents: &[&Prepared],
    rows: &[&[Row]],
    prior: &BTreeMap<String, f32>,
    penalty: f64,
) -> BTreeMap<String, f32> {
    let Some(first) = rows.iter().find_map(|rows| rows.first()) else { return prior.clone() };
    let names: Vec<&str> = first.0.iter().map(|(name, _)| *name).collect();
    let expected: Vec<f64> = names.iter().map(|name| f64::from(prior.get(*name).copied().unwrap_or(0.0))).collect();
    let mut examples = Vec::new();
    for (document, rows) in documents.iter().zip(rows) {
        for (row, &(right, counts)) in rows.iter().zip(&document.labels) {
            let filled = row.0.iter().enumerate().filter(|(_, (_, value))| *value != 0.0);
            let figures = filled.map(|(at, (_, value))| (at, f64::from(*value))).collect();
            examples.push(Labelled { figures, right, counts });
        }
    }
    let one = names.iter().position(|name| *name == "one");
    let weights = Regression { examples, expected, one, penalty }.solve();
    #[expect(clippy::cast_possible_truncation, reason = "weights are small")]
    names.into_iter().map(str::to_owned).zip(weights.into_iter().map(|weight| weight as f32)).collect()
}

/// The figures of a pair that are not 0, whether it is right, how much it counts.
struct Labelled {
    figures: Vec<(usize, f64)>,
    right: bool,
    counts: f64,
}

impl Labelled {
    fn logit(&self, weights: &[f64]) -> f64 {
        self.figures.iter().map(|(at, value)| weights[*at] * value).sum()
    }
}

struct Regression {
    examples: Vec<Labelled>,
    expected: Vec<f64>,
    /// The figure that is always 1: how many of the pairs are terms is for the examples to say, without penalty.
    one: Option<usize>,
    penalty: f64,
}

impl Regression {
    fn solve(&self) -> Vec<f64> {
        let mut weights = self.expected.clone();
        for _ in 0..STEPS {
            let step = self.step(&weights);
            let before = self.value(&weights);
            // A whole step may go too far: halve it until it gains.
            let gains = (0..10).map(|halvings| 0.5_f64.powi(halvings)).find_map(|size| {
                let next: Vec<f64> = weights.iter().zip(&step).map(|(weight, step)| weight + size * step).collect();
                (self.value(&next) >= before).then_some(next)
            });
            match gains {
                Some(next) => weights = next,
                None => break,
            }
        }
        weights
    }

    fn penalty(&self, at: usize) -> f64 {
        if Some(at) == self.one { 0.0 } else { self.penalty }
    }

    /// The logarithm of how likely the labels are, less the penalty.
    fn value(&self, weights: &[f64]) -> f64 {
        let gone: f64 = weights
            .iter()
            .zip(&self.expected)
            .enumerate()
            .map(|(at, (weight, expected))| self.penalty(at) / 2.0 * (weight - expected) * (weight - expected))
            .sum();
        let unlikely: f64 = self
            .examples
            .iter()
            .map(|example| {
                let logit = example.logit(weights);
                example.counts * libm::log1p(libm::exp(if example.right { -logit } else { logit }))
            })
            .sum();
        -gone - unlikely
    }

    fn step(&self, weights: &[f64]) -> Vec<f64> {
        let size = weights.len();
        let mut gradient: Vec<f64> = (0..size).map(|at| self.penalty(at) * (self.expected[at] - weights[at])).collect();
        let mut hessian = vec![0.0; size * size];
        for at in 0..size {
            hessian[at * size + at] = self.penalty(at) + 1e-3;
        }
        for example in &self.examples {
            let p = 1.0 / (1.0 + libm::exp(-example.logit(weights)));
            let error = example.counts * (f64::from(u8::from(example.right)) - p);
            let spread = example.counts * p * (1.0 - p);
            for &(a, x) in &example.figures {
                gradient[a] += error * x;
                for &(b, y) in &example.figures {
                    hessian[a * size + b] += spread * x * y;
                }
            }
        }
        solve(hessian, gradient)
    }
}

/// Most steps of Newton's method; a dozen are enough.
const STEPS: usize = 20;

/// Solves `matrix · x = vector` for a positive definite matrix (Cholesky).
fn solve(mut matrix: Vec<f64>, mut vector: Vec<f64>) -> Vec<f64> {
    let size = vector.len();
    for column in 0..size {
        for row in column..size {
            let mut sum = matrix[row * size + column];
            for at in 0..column {
                sum -= matrix[row * size + at] * matrix[column * size + at];
            }
            matrix[row * size + column] =
                if row == column { sum.max(1e-12).sqrt() } else { sum / matrix[column * size + column] };
        }
    }
    for row in 0..size {
        for at in 0..row {
            vector[row] -= matrix[row * size + at] * vector[at];
        }
        vector[row] /= matrix[row * size + row];
    }
    for row in (0..size).rev() {
        for at in row + 1..size {
            vector[row] -= matrix[at * size + row] * vector[at];
        }
        vector[row] /= matrix[row * size + row];
    }
    vector
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(figures: &[(usize, f64)], right: bool) -> Labelled {
        Labelled { figures: figures.to_vec(), right, counts: 1.0 }
    }

    #[test]
    fn linear_equations_are_solved() {
        let solved = solve(vec![4.0, 2.0, 2.0, 3.0], vec![8.0, 7.0]);
        assert!((solved[0] - 1.25).abs() < 1e-9 && (solved[1] - 1.5).abs() < 1e-9, "{solved:?}");
    }

    #[test]
    fn the_examples_move_the_weights_and_the_prior_holds_them() {
        let examples = || {
            vec![
                example(&[(0, 1.0), (1, 1.0)], true),
                example(&[(0, 1.0), (1, 0.9)], true),
                example(&[(0, 1.0)], false),
                example(&[(0, 1.0), (1, 0.1)], false),
            ]
        };
        let fitted =
            |penalty| Regression { examples: examples(), expected: vec![0.0, 1.0], one: Some(0), penalty }.solve();
        let (free, held) = (fitted(0.1), fitted(1e6));
        assert!(free[1] > 2.0 && free[0] < 0.0, "{free:?}");
        assert!((held[1] - 1.0).abs() < 1e-3, "{held:?}");
    }

    #[test]
    fn listed_pairs_are_compared_as_people_would() {
        let pair = |chinese: &str, english: &str| normal(&(chinese.to_owned(), english.to_owned()));
        assert_eq!(pair("《布達佩斯公約》", "The Budapest Conventions"), pair("布达佩斯公约", "Budapest convention"));
        assert_ne!(pair("网络", "network"), pair("网络", "cyber"));
    }
    #[test]
    fn every_figure_that_something_was_fitted_to_is_seen_of_pairs() {
        let unit = Unit { chinese: "国际法很重要。", english: "International law is important." };
        let prepared = prepare(&Ctl::quiet(), &[unit], &Gold::default(), Config::default()).unwrap();
        let Model { weights, trees } = Model::embedded();
        let second = prepared.second(weights);
        let rows = [&prepared.rows[0], &second[0]];
        let seen = |stage: usize, name: &str| rows[stage].0.iter().any(|(figure, _)| *figure == name);
        for (stage, weights) in weights.0.iter().enumerate() {
            assert!(weights.keys().all(|name| seen(stage, name)) && weights.len() == rows[stage].0.len());
        }
        let asked = trees.0.iter().flatten().flatten().filter_map(|stands| match stands {
            Place::Asks(asked) => Some(&asked.figure),
            Place::Adds(_) => None,
        });
        assert!(asked.clone().count() > 500);
        for (stage, name) in asked {
            assert!(seen(*stage, name), "{stage} {name}");
        }
    }
}
