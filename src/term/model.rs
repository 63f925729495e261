//! Weights and what they make of figures: two logistic regressions, the second over what the first says of the pairs
//! that stand around a pair; then trees over the figures of both.
//!
//! `assets/term/README.md` says what the weights were fitted to and how to fit them again.

use std::collections::BTreeMap;
#[cfg(any(feature = "fit", test))]
use std::fmt::Write as _;
use std::sync::OnceLock;

use super::boost::Trees;
use super::feature::Row;

/// All that was fitted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Model {
    pub(super) weights: Weights,
    pub(super) trees: Trees,
}

/// How likely a pair is, by the logit of the weights and what the trees add to it.
pub(super) fn score(logit: f32, added: impl FnOnce() -> f32) -> f32 {
    probability(if logit < WORTH { logit } else { logit + added() })
}

/// Trees are asked only where the weights say at least so much: of the rest nothing is shown.
pub(super) const WORTH: f32 = -7.0;

impl Model {
    /// What comes with the program.
    pub(super) fn embedded() -> &'static Self {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Self { weights: Weights::read(WEIGHTS), trees: Trees::read(TREES) })
    }

    #[cfg(feature = "fit")]
    /// The two tables: weights, trees.
    pub(crate) fn tables(&self) -> [String; 2] {
        [self.weights.table(), self.trees.table()]
    }
}

/// The weights of both stages by the names of the figures.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Weights(pub(super) [BTreeMap<String, f32>; 2]);

static WEIGHTS: &str = include_str!("../../assets/term/weights.tsv");
static TREES: &str = include_str!("../../assets/term/trees.tsv");

impl Weights {
    /// Lines of stage, name, weight; other lines say nothing.
    pub(super) fn read(table: &str) -> Self {
        let mut out = Self::default();
        for line in table.lines() {
            let mut cells = line.split('\t');
            let (Some(stage), Some(name), Some(weight)) = (cells.next(), cells.next(), cells.next()) else { continue };
            if let (Ok(stage), Ok(weight)) = (stage.parse::<usize>(), weight.parse::<f32>())
                && let Some(weights) = stage.checked_sub(1).and_then(|stage| out.0.get_mut(stage))
            {
                weights.insert(name.to_owned(), weight);
            }
        }
        out
    }

    #[cfg(any(feature = "fit", test))]
    /// The table that [`Self::read`] reads.
    pub(super) fn table(&self) -> String {
        let mut out = String::from("stage\tfigure\tweight\n");
        for (stage, weights) in self.0.iter().enumerate() {
            for (name, weight) in weights {
                let _ = writeln!(out, "{}\t{name}\t{weight:.3}", stage + 1);
            }
        }
        out
    }

    /// The weights of a stage in the order of the figures of a row: every row has the same figures.
    pub(super) fn for_rows(&self, stage: usize, row: &Row) -> Vec<f32> {
        row.0.iter().map(|(name, _)| self.0[stage].get(*name).copied().unwrap_or_default()).collect()
    }

    #[cfg(any(feature = "fit", test))]
    /// The logits of rows at a stage.
    pub(super) fn logits(&self, stage: usize, rows: impl Iterator<Item = Row>) -> Vec<f32> {
        let mut weights: Option<Vec<f32>> = None;
        rows.map(|row| {
            let weights = weights.get_or_insert_with(|| self.for_rows(stage, &row));
            logit(weights, &row)
        })
        .collect()
    }
}

/// The weighted sum of the figures of a row, by weights from [`Weights::for_rows`].
pub(super) fn logit(weights: &[f32], row: &Row) -> f32 {
    row.0.iter().zip(weights).map(|((_, value), weight)| *weight * value).sum()
}

/// The probability a logit stands for.
pub(super) fn probability(logit: f32) -> f32 {
    1.0 / (1.0 + libm::expf(-logit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_as_it_was_written() {
        let Model { weights, trees } = Model::embedded();
        assert_eq!(Weights::read(&weights.table()), *weights);
        assert_eq!(Trees::read(&trees.table()), *trees);
        assert!(!trees.0.is_empty());
        assert!(weights.0[0]["fit"] > 0.0 && weights.0[0]["zh common, one word"] < 0.0);
        assert!(weights.0[1]["logit"] > 0.0);
    }

    #[test]
    fn logits_are_weighted_sums() {
        let mut row = Row::default();
        row.add("fit", 2.0);
        row.add("nothing of this name", 5.0);
        let weights = Weights::read("1\tfit\t0.5\n");
        assert_eq!(weights.logits(0, std::iter::once(row)), [1.0]);
        assert!((probability(0.0) - 0.5).abs() < 1e-6);
    }
}
