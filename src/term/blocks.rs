//! Long texts, block by block: what is kept of each, and how the lists of the blocks become one.
//!
//! Units of a text of ordinary length are ranked all together. A longer one is cut into blocks of about the same number
//! of units, each extracted and ranked by itself, so that memory depends on the size of a block. The links of words
//! are learnt on from block to block. Of each block the best pairs are kept, and every pair that an earlier block gave:
//! a pair counts all its places from the first block on that has it among its best.
//!
//! Pairs of the same keys are one pair. It is shown as in the block where it has most places; its score is the mean of
//! the scores that it has in the blocks, weighed by its places there. Ties are broken by the first place.

use std::collections::HashMap;

use super::links::{Evidence, Linker};
use super::rank::{Keyed, rank};
use super::{Place, TermPair, Unit, paired};
use crate::gloss::Accepted;
use crate::task::{Cancelled, Ctl};

/// How much is worked on and kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Texts of more units are cut into blocks of at most so many.
    units: usize,
    /// How many new pairs are taken from a block.
    of_block: usize,
    /// How many pairs are kept of all blocks.
    of_all: usize,
    /// How many places of a pair are kept.
    places: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { units: 20_000, of_block: 20_000, of_all: 100_000, places: 100 }
    }
}

/// Extracts pairs, best first.
///
/// # Errors
/// [`Cancelled`].
pub(super) fn extract(
    ctl: &Ctl,
    units: &[Unit<'_>],
    accepted: &Accepted,
    limits: Limits,
) -> Result<Vec<TermPair>, Cancelled> {
    let mut linker = Linker::knowing(Evidence::Full, accepted);
    let mut ranked = |ctl: &Ctl, units: &[Unit<'_>]| {
        let (cuts, found) = paired(ctl, units, accepted, &mut linker)?;
        rank(ctl, &cuts, found)
    };
    if units.len() <= limits.units {
        return Ok(ranked(ctl, units)?.into_iter().map(|(_, pair)| pair).collect());
    }
    let size = units.len().div_ceil(units.len().div_ceil(limits.units));
    let mut merged = Merged { limits, ..Merged::default() };
    for (number, block) in units.chunks(size).enumerate() {
        let first = number * size;
        let part = ctl.part(first..first + block.len(), units.len());
        merged.take(first, ranked(&part, block)?);
    }
    Ok(merged.finish())
}

/// A pair of some blocks.
#[derive(Debug)]
struct Entry {
    key: (String, String),
    /// With the score of all blocks so far.
    pair: TermPair,
    /// The scores of the blocks, each times its places.
    mass: f64,
    /// How many places it has in the block that it is shown by.
    shown: usize,
}

/// The pairs of the blocks so far.
#[derive(Debug, Default)]
struct Merged {
    limits: Limits,
    entries: Vec<Entry>,
    numbers: HashMap<(String, String), usize>,
}

impl Merged {
    /// Takes over what a block gave, best first; the first of its units has the number `first`.
    fn take(&mut self, first: usize, ranked: Vec<Keyed>) {
        let mut new = 0;
        for (key, mut pair) in ranked {
            pair.places.truncate(self.limits.places);
            pair.places.iter_mut().for_each(|place| place.unit += first);
            if let Some(&number) = self.numbers.get(&key) {
                self.entries[number].add(pair, self.limits.places);
            } else if new < self.limits.of_block {
                new += 1;
                self.numbers.insert(key.clone(), self.entries.len());
                self.entries.push(Entry::new(key, pair));
            }
        }
        self.forget();
    }

    /// Lets the least likely pairs go when there are too many.
    fn forget(&mut self) {
        if self.entries.len() <= self.limits.of_all {
            return;
        }
        self.sort();
        self.entries.truncate(self.limits.of_all);
        let keys = self.entries.iter().enumerate();
        self.numbers = keys.map(|(number, entry)| (entry.key.clone(), number)).collect();
    }

    fn sort(&mut self) {
        let first = |pair: &TermPair| -> Option<(usize, usize, usize)> {
            pair.places.first().map(|place: &Place| (place.unit, place.chinese.start, place.english.start))
        };
        self.entries.sort_by(|a, b| {
            let by_score = b.pair.score.total_cmp(&a.pair.score);
            by_score.then_with(|| first(&a.pair).cmp(&first(&b.pair))).then_with(|| a.key.cmp(&b.key))
        });
    }

    fn finish(mut self) -> Vec<TermPair> {
        self.sort();
        self.entries.into_iter().map(|entry| entry.pair).collect()
    }
}

impl Entry {
    fn new(key: (String, String), pair: TermPair) -> Self {
        Self { key, mass: mass(&pair), shown: pair.count, pair }
    }

    /// Joins the same pair of a later block to it.
    fn add(&mut self, other: TermPair, most: usize) {
        self.mass += mass(&other);
        self.pair.count += other.count;
        #[expect(clippy::cast_possible_truncation, reason = "a mean of scores")]
        let mean = (self.mass / self.pair.count as f64) as f32;
        self.pair.score = mean;
        let room = most.saturating_sub(self.pair.places.len());
        self.pair.places.extend(other.places.into_iter().take(room));
        if other.count > self.shown {
            self.shown = other.count;
            (self.pair.chinese, self.pair.english) = (other.chinese, other.english);
        }
    }
}

fn mass(pair: &TermPair) -> f64 {
    f64::from(pair.score) * pair.count as f64
}
