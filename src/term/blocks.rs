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
    let mut linker = Linker::new(Evidence::Full, accepted);
    let mut ranked = |ctl: &Ctl, units: &[Unit<'_>]| {
        let (cuts, found) = paired(ctl, units, accepted, &mut linker, |_| {})?;
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

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Arc, Mutex};

    use super::*;

    const SMALL: Limits = Limits { units: 60, of_block: 500, of_all: 500, places: 100 };

    /// Sentences of every subject with every verb and object: 10 times 6 times 5.
    fn sentences() -> Vec<(String, String)> {
        let subjects = [
            ("国际法", "International law"),
            ("网络空间", "Cyberspace"),
            ("知识产权", "Intellectual property"),
            ("气候变化", "Climate change"),
            ("中央银行", "The central bank"),
            ("人工智能", "Artificial intelligence"),
            ("外交部", "The Foreign Ministry"),
            ("安全理事会", "The Security Council"),
            ("可再生能源", "Renewable energy"),
            ("通货膨胀", "Inflation"),
        ];
        let verbs = [
            ("影响", "affects"),
            ("保护", "protects"),
            ("限制", "restricts"),
            ("改变", "changes"),
            ("支持", "supports"),
            ("需要", "needs"),
        ];
        let objects = [
            ("主权", "sovereignty"),
            ("贸易", "trade"),
            ("难民", "refugees"),
            ("农业", "agriculture"),
            ("证据", "evidence"),
        ];
        let mut out = Vec::new();
        for (verb, verb_en) in verbs {
            for (object, object_en) in objects {
                for (subject, subject_en) in subjects {
                    out.push((format!("{subject}{verb}{object}。"), format!("{subject_en} {verb_en} {object_en}.")));
                }
            }
        }
        out
    }

    fn extracted(ctl: &Ctl, limits: Limits) -> Result<Vec<TermPair>, Cancelled> {
        let sentences = sentences();
        let units: Vec<Unit<'_>> = sentences.iter().map(|(chinese, english)| Unit { chinese, english }).collect();
        extract(ctl, &units, &Accepted::default(), limits)
    }

    fn names(pairs: &[TermPair]) -> Vec<(&str, &str)> {
        pairs.iter().map(|pair| (pair.chinese.as_str(), pair.english.as_str())).collect()
    }

    #[test]
    fn blocks_give_the_terms_of_the_whole_with_all_their_places() {
        let whole = extracted(&Ctl::quiet(), Limits::default()).unwrap();
        let blocks = extracted(&Ctl::quiet(), SMALL).unwrap();
        let first: HashSet<_> = names(&whole)[..15].iter().copied().collect();
        let common = names(&blocks)[..15].iter().filter(|name| first.contains(*name)).count();
        assert!(common >= 12, "{common} {:#?} {:#?}", &names(&whole)[..15], &names(&blocks)[..15]);
        let counts: HashMap<_, _> = names(&whole).into_iter().zip(whole.iter().map(|pair| pair.count)).collect();
        for term in [("国际法", "international law"), ("气候变化", "climate change"), ("主权", "sovereignty")]
        {
            let pair = blocks.iter().find(|pair| (pair.chinese.as_str(), pair.english.as_str()) == term);
            let pair = pair.unwrap_or_else(|| panic!("{term:?}"));
            assert_eq!((pair.count, pair.places.len()), (counts[&term], pair.count));
            assert_eq!(pair.count, if term.0 == "主权" { 60 } else { 30 });
            let sentences = sentences();
            for place in &pair.places {
                let (zh, en) = &sentences[place.unit];
                assert_eq!((&zh[place.chinese.clone()], en[place.english.clone()].to_lowercase().as_str()), term);
            }
            assert!(pair.places.windows(2).all(|two| two[0].unit < two[1].unit));
        }
        assert!(blocks.windows(2).all(|two| two[0].score >= two[1].score));
    }

    #[test]
    fn a_text_as_long_as_a_block_is_no_block() {
        let whole = extracted(&Ctl::quiet(), Limits::default()).unwrap();
        assert_eq!(extracted(&Ctl::quiet(), Limits { units: 300, of_block: 1, of_all: 1, places: 1 }).unwrap(), whole);
    }

    #[test]
    fn runs_and_threads_give_the_same() {
        let by = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| extracted(&Ctl::quiet(), SMALL).unwrap())
        };
        let one = by(1);
        assert_eq!(by(3), one);
        assert_eq!(by(1), one);
    }

    #[test]
    fn no_more_is_kept_than_allowed_and_counting_goes_on() {
        let few = Limits { of_block: 8, of_all: 10, places: 7, ..SMALL };
        let pairs = extracted(&Ctl::quiet(), few).unwrap();
        assert_eq!(pairs.len(), 10);
        assert!(pairs.iter().all(|pair| pair.places.len() == pair.count.min(7)));
        assert!(pairs.iter().any(|pair| pair.count >= 30), "{:?}", names(&pairs));
    }

    #[test]
    fn progress_is_told_over_the_whole_and_cancelling_is_heard_in_every_block() {
        let (flag, told) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let (stop, sink) = (Arc::clone(&flag), Arc::clone(&told));
        let ctl = Ctl::new(Arc::clone(&flag), move |progress| {
            sink.lock().unwrap().push(progress);
            // At the end of the third of five blocks.
            stop.store(progress.done >= 180, Ordering::Relaxed);
        });
        assert_eq!(extracted(&ctl, SMALL), Err(Cancelled));
        let told = told.lock().unwrap();
        assert!(told.iter().all(|progress| progress.total == 300));
        let cutting: Vec<usize> =
            told.iter().filter(|progress| progress.stage == "cutting words").map(|progress| progress.done).collect();
        assert!(cutting.starts_with(&[0, 60, 120]) && cutting.len() <= 4, "{cutting:?}");
        assert_eq!(told.last().map(|progress| progress.done), Some(180));
    }

    #[test]
    fn the_same_pair_of_two_blocks_is_one() {
        let pair = |english: &str, score: f32, units: &[usize]| {
            let place = |&unit: &usize| Place { unit, chinese: 0..6, english: 0..5 };
            let (english, places) = (english.to_owned(), units.iter().map(place).collect());
            let key = ("规范".to_owned(), "norm".to_owned());
            (key, TermPair { chinese: "规范".to_owned(), english, score, places, count: units.len() })
        };
        let mut merged = Merged { limits: SMALL, ..Merged::default() };
        merged.take(0, vec![pair("norm", 0.8, &[1])]);
        merged.take(60, vec![pair("norms", 0.4, &[0, 2, 2])]);
        let pairs = merged.finish();
        let units: Vec<usize> = pairs[0].places.iter().map(|place| place.unit).collect();
        assert_eq!(
            (pairs.len(), pairs[0].count, pairs[0].english.as_str(), units),
            (1, 4, "norms", vec![1, 60, 62, 62])
        );
        assert!((pairs[0].score - 0.5).abs() < 1e-6);
    }
}
