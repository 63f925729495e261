//! Measuring alignments against gold: strict and lax precision, recall and F1 (Thompson and Koehn 2019).
//!
//! A bead is strictly right when gold holds the very same bead, laxly right when it shares a pair of segments with
//! gold. A bead with an empty side counts in precision only.

use std::collections::{BTreeMap, BTreeSet};

/// A bead by its segment numbers; gold need not be contiguous.
pub type Link = (Vec<usize>, Vec<usize>);

/// Right and all, for precision and for recall; sums over documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    precise: [usize; 3],
    recalled: [usize; 3],
}

/// Precision, recall and their harmonic mean, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// The share of beads that are right.
    pub precision: f64,
    /// The share of gold beads that are found.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

impl Counts {
    /// Compares one document's beads with gold.
    pub fn of(gold: &[Link], found: &[Link]) -> Self {
        let linked = |beads: &[Link]| -> BTreeSet<Link> {
            beads.iter().filter(|bead| !bead.0.is_empty() && !bead.1.is_empty()).cloned().collect()
        };
        let all = |beads: &[Link]| beads.iter().cloned().collect::<BTreeSet<Link>>();
        Self { precise: right(&all(gold), &all(found)), recalled: right(&linked(found), &linked(gold)) }
    }

    /// Adds another document.
    pub fn add(&mut self, other: Self) {
        for (mine, more) in self.precise.iter_mut().zip(other.precise) {
            *mine += more;
        }
        for (mine, more) in self.recalled.iter_mut().zip(other.recalled) {
            *mine += more;
        }
    }

    /// The strict measure.
    pub fn strict(&self) -> Measure {
        measure(self.precise[0], self.precise[2], self.recalled[0], self.recalled[2])
    }

    /// The lax measure.
    pub fn lax(&self) -> Measure {
        measure(self.precise[1], self.precise[2], self.recalled[1], self.recalled[2])
    }
}

fn measure(precise: usize, found: usize, recalled: usize, gold: usize) -> Measure {
    let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    let (precision, recall) = (share(precise, found), share(recalled, gold));
    let sum = precision + recall;
    Measure { precision, recall, f1: if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 } }
}

/// Strictly right, laxly right, all.
fn right(reference: &BTreeSet<Link>, judged: &BTreeSet<Link>) -> [usize; 3] {
    let mut partners: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (source, target) in reference {
        for &at in source {
            partners.entry(at).or_default().extend(target);
        }
    }
    let (mut strict, mut lax) = (0, 0);
    for bead in judged {
        if reference.contains(bead) {
            strict += 1;
            lax += 1;
        } else if bead.0.iter().filter_map(|at| partners.get(at)).any(|set| bead.1.iter().any(|at| set.contains(at))) {
            lax += 1;
        }
    }
    [strict, lax, judged.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strict_lax_and_empty_sides() {
        let gold = vec![(vec![0], vec![0]), (vec![1, 2], vec![1]), (vec![], vec![2])];
        let found = vec![(vec![0], vec![0]), (vec![1], vec![1]), (vec![2], vec![]), (vec![], vec![2])];
        let counts = Counts::of(&gold, &found);
        assert_eq!(counts, Counts { precise: [2, 3, 4], recalled: [1, 2, 2] });
        assert!((counts.strict().f1 - 0.5).abs() < 1e-12);
    }
}
