//! What stands around a pair in the same units: other translations, longer pairs that hold it, shorter ones in it.
//!
//! A fragment that only stands inside a longer term is none, as in the C-value of Frantzi, Ananiadou and Mima (2000);
//! how much of a term the others are weighs as in their NC-value.

use std::collections::HashMap;

use rayon::prelude::*;

use super::candidates::Stretch;
use super::feature::{Group, Row};
use super::model::probability;
use super::pairing::Found;
use crate::task::{Cancelled, Ctl};

/// Room for the figures of a group.
const FIGURES: usize = 20;
/// How many units are looked at before their sums are made.
const UNITS_AT_ONCE: usize = 4096;

/// The likeliest of the pairs that stand in each relation to a pair at one place.
#[derive(Clone, Copy, Default)]
struct Around {
    same_chinese: f32,
    same_english: f32,
    outer: f32,
    inner: f32,
    across: f32,
}

/// What stands around every group.
pub(super) struct Surroundings<'a> {
    groups: &'a [Group],
    logits: &'a [f32],
    likely: Vec<f32>,
    sums: Vec<Sums>,
    translations: Translations<'a>,
    same_end: Vec<f32>,
    same_beginning: Vec<f32>,
}

impl<'a> Surroundings<'a> {
    /// From the first stage's logits.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub(super) fn of(ctl: &Ctl, groups: &'a [Group], logits: &'a [f32]) -> Result<Self, Cancelled> {
        let likely: Vec<f32> = logits.iter().map(|&logit| probability(logit)).collect();
        let mut sums = vec![Sums::default(); groups.len()];
        for units in by_unit(groups).chunks(UNITS_AT_ONCE) {
            let seen = units.par_iter().map(|places| ctl.check().map(|()| seen(groups, places, &likely)));
            // Threads change nothing: the sums are made in order.
            for (places, seen) in units.iter().zip(seen.collect::<Result<Vec<_>, _>>()?) {
                for (&(number, _), seen) in places.iter().zip(seen) {
                    sums[number as usize].add(seen, likely[number as usize]);
                }
            }
        }
        ctl.check()?;
        let translations = translations(groups, &likely);
        let same_end = kin(groups, &likely, true);
        ctl.check()?;
        let same_beginning = kin(groups, &likely, false);
        Ok(Self { groups, logits, likely, sums, translations, same_end, same_beginning })
    }

    /// The second stage's figures of a group.
    pub(super) fn row(&self, at: usize) -> Row {
        let mut row = row(&self.groups[at], self.logits[at], self.likely[at], &self.sums[at], &self.translations);
        row.add("same end", self.same_end[at]);
        row.add("same beginning", self.same_beginning[at]);
        row
    }
}

/// What stands around each of the places in one unit.
fn seen(groups: &[Group], places: &[(u32, u32)], likely: &[f32]) -> Vec<Around> {
    let pair = |&(number, place): &(u32, u32)| {
        (number, groups[number as usize].found[place as usize], likely[number as usize])
    };
    let pairs: Vec<(u32, Found, f32)> = places.iter().map(pair).collect();
    let of_pair = |&(number, pair, _): &(u32, Found, f32)| {
        let mut seen = Around::default();
        for (_, rival, likely) in pairs.iter().filter(|(other, ..)| *other != number) {
            seen.add(&pair, rival, *likely);
        }
        seen
    };
    pairs.iter().map(of_pair).collect()
}

/// For each pair how likely the likeliest other pair is that ends, or begins, in the same words on both sides: where
/// 市场风险 `market risk` is a term, 操作风险 `operational risk` is one too.
fn kin(groups: &[Group], likely: &[f32], last: bool) -> Vec<f32> {
    let mut families: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for (at, group) in groups.iter().enumerate() {
        if let Some(key) = end(group, last) {
            families.entry(key).or_default().push(at);
        }
    }
    // The likeliest first: of a large family only a few are looked at.
    #[expect(clippy::iter_over_hash_type, reason = "each family is sorted by itself")]
    for family in families.values_mut() {
        family.sort_by(|&a, &b| likely[b].total_cmp(&likely[a]));
    }
    let of_group = |group: &Group| {
        let family = end(group, last).and_then(|key| families.get(&key));
        let apart = |other: &&usize| {
            let other = &groups[**other].key;
            !other.0.contains(&group.key.0) && !group.key.0.contains(&other.0) && other.1 != group.key.1
        };
        family.into_iter().flatten().find(apart).map_or(0.0, |&other| likely[other])
    };
    groups.par_iter().map(of_group).collect()
}

/// The last two characters and the last word of a pair, or the first ones, if it has more.
fn end(group: &Group, last: bool) -> Option<(&str, &str)> {
    let (zh, en) = (group.key.0.as_str(), group.key.1.as_str());
    let mut words = en.split(' ');
    let (first, tail) = (words.next()?, words.next_back()?);
    let third = zh.char_indices().nth(2)?.0;
    let tail_zh = zh.char_indices().nth_back(1)?.0;
    Some(if last { (&zh[tail_zh..], tail) } else { (&zh[..third], first) })
}

/// For each unit the groups that stand in it, by their numbers, and the places of theirs that do.
fn by_unit(groups: &[Group]) -> Vec<Vec<(u32, u32)>> {
    let units = groups.iter().flat_map(|group| &group.found).map(|pair| pair.unit + 1).max().unwrap_or(0);
    let mut out = vec![Vec::new(); units];
    for (number, group) in (0..).zip(groups) {
        for (place, pair) in (0..).zip(&group.found) {
            out[pair.unit].push((number, place));
        }
    }
    out
}

impl Around {
    fn add(&mut self, pair: &Found, other: &Found, likely: f32) {
        let slot = if other.chinese == pair.chinese {
            &mut self.same_chinese
        } else if other.english == pair.english {
            &mut self.same_english
        } else if within(other.chinese, pair.chinese) && within(other.english, pair.english) {
            &mut self.outer
        } else if within(pair.chinese, other.chinese) && within(pair.english, other.english) {
            &mut self.inner
        } else if meet(pair.chinese, other.chinese) || meet(pair.english, other.english) {
            &mut self.across
        } else {
            return;
        };
        *slot = slot.max(likely);
    }
}

fn within(outer: Stretch, inner: Stretch) -> bool {
    outer.from <= inner.from && inner.to <= outer.to
}

fn meet(one: Stretch, other: Stretch) -> bool {
    one.from < other.to && other.from < one.to
}

/// The same over all places of a group.
#[derive(Clone, Copy, Default)]
struct Sums {
    around: Around,
    beaten_chinese: f32,
    beaten_english: f32,
    beaten_outer: f32,
    beats_inner: f32,
    beaten_across: f32,
    /// The least likely of the outer pairs: near 0 when it stands alone somewhere.
    least_outer: Option<f32>,
}

impl Sums {
    fn add(&mut self, seen: Around, own: f32) {
        let one = |holds: bool| f32::from(u8::from(holds));
        self.around.same_chinese += seen.same_chinese;
        self.around.same_english += seen.same_english;
        self.around.outer += seen.outer;
        self.around.inner += seen.inner;
        self.around.across += seen.across;
        self.beaten_chinese += one(seen.same_chinese > own);
        self.beaten_english += one(seen.same_english > own);
        self.beaten_outer += one(seen.outer > own);
        self.beats_inner += one(seen.inner > 0.0 && seen.inner < own);
        self.beaten_across += one(seen.across > own);
        self.least_outer = Some(self.least_outer.map_or(seen.outer, |least| least.min(seen.outer)));
    }
}

/// For each term the likelihoods of its translations, summed over units.
struct Translations<'a> {
    chinese: HashMap<&'a str, f32>,
    english: HashMap<&'a str, f32>,
}

fn translations<'a>(groups: &'a [Group], likely: &[f32]) -> Translations<'a> {
    let mut out = Translations { chinese: HashMap::new(), english: HashMap::new() };
    for (group, likely) in groups.iter().zip(likely) {
        let mass = likely * group.units as f32;
        *out.chinese.entry(&group.key.0).or_default() += mass;
        *out.english.entry(&group.key.1).or_default() += mass;
    }
    out
}

fn row(group: &Group, logit: f32, likely: f32, sums: &Sums, translations: &Translations<'_>) -> Row {
    let mut row = Row(Vec::with_capacity(FIGURES));
    let mean = |sum: f32| sum / group.found.len().max(1) as f32;
    row.add("one", 1.0);
    row.add("logit", logit);
    row.add("other English", mean(sums.around.same_chinese));
    row.add("other Chinese", mean(sums.around.same_english));
    row.add("inside", mean(sums.around.outer));
    row.add("holds", mean(sums.around.inner));
    row.add("across", mean(sums.around.across));
    row.add("other English is likelier", mean(sums.beaten_chinese));
    row.add("other Chinese is likelier", mean(sums.beaten_english));
    row.add("inside a likelier one", mean(sums.beaten_outer));
    row.add("likelier than what it holds", mean(sums.beats_inner));
    row.add("across a likelier one", mean(sums.beaten_across));
    row.add("always inside", sums.least_outer.unwrap_or(0.0));
    let mass = likely * group.units as f32;
    let share = |all: Option<&f32>| mass / all.copied().unwrap_or(mass).max(1e-6);
    row.add("share of the Chinese", share(translations.chinese.get(group.key.0.as_str())));
    row.add("share of the English", share(translations.english.get(group.key.1.as_str())));
    row
}
