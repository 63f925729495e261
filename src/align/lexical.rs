//! Evidence from the dictionary: how much of each side is covered by translations on the other.
//!
//! Coverage of a group is exact: a word counts once however many segments of the other side translate it.

use std::collections::{BTreeMap, HashMap};

use super::corridor::Corridor;
use super::evidence::{Candidate, Evidence};
use super::kinds::{self, COUNT, MOST_EN, MOST_ZH};
use super::lattice::candidates;
use super::profile::Profile;
use crate::bitext::Bead;
use crate::gloss::glosses;
use crate::lang::is_han;
use crate::lexicon::Lexicon;
use crate::task::{Cancelled, Ctl};

/// Glosses weaker than this are no link: one word of a long explanation.
const WEAK: f32 = 0.35;
/// Words of a segment beyond this many are not looked at.
const MOST_WORDS: usize = 64;
/// Added to the weight of a side, so that a short side is not covered by one lucky word.
const SMOOTH: f32 = 3.0;
/// A name spelt in pinyin counts this much more than a word of its rarity.
const NAME: f32 = 1.5;
/// A pair learnt from the document stands together in this share of its beads, at least twice.
const LEARNT: f32 = 0.5;

/// Which Chinese words may translate which English ones, by dictionary, number, name and the document itself.
#[derive(Debug)]
pub(super) struct LinkTable {
    /// The Chinese words of each segment, names found by pinyin among them.
    zh: Vec<Vec<u32>>,
    /// For each Chinese word the English ones, sorted.
    links: Vec<Vec<u32>>,
    /// What a Chinese word adds when covered, and what it adds to the whole.
    gain: Vec<f32>,
    cost: Vec<f32>,
    segments: Vec<u32>,
}

impl LinkTable {
    pub(super) fn from_dictionary(ctl: &Ctl, zh: &Profile, en: &Profile) -> Result<Self, Cancelled> {
        let lexicon = Lexicon::embedded();
        let mut by_key: HashMap<&str, Vec<u32>> = HashMap::new();
        for (number, word) in (0..).zip(&en.types) {
            for key in std::iter::once(&word.key).chain(&word.parts) {
                by_key.entry(key).or_default().push(number);
            }
        }
        let mut out = Self {
            zh: zh.words.clone(),
            links: Vec::with_capacity(zh.types.len()),
            gain: Vec::new(),
            cost: Vec::new(),
            segments: zh.types.iter().map(|word| word.segments).collect(),
        };
        for (at, word) in zh.types.iter().enumerate() {
            if at % 256 == 0 {
                ctl.step("looking words up", at, zh.types.len())?;
            }
            let found = glosses(lexicon, &word.key);
            let known = !found.is_empty() || !word.key.chars().any(is_han);
            let strong = found.iter().filter(|&(_, &weight)| weight >= WEAK).map(|(key, _)| key.as_str());
            let mut links: Vec<u32> =
                strong.chain([word.key.as_str()]).filter_map(|key| by_key.get(key)).flatten().copied().collect();
            links.sort_unstable();
            links.dedup();
            let weight = zh.weight(u32::try_from(at).unwrap_or(u32::MAX));
            out.links.push(links);
            out.gain.push(weight);
            out.cost.push(if known { weight } else { 0.0 });
        }
        out.add_names(lexicon, zh, en);
        Ok(out)
    }

    /// English words with a capital that spell the pinyin of one to three neighbouring characters.
    fn add_names(&mut self, lexicon: &Lexicon, zh: &Profile, en: &Profile) {
        let names: HashMap<&str, u32> = (0..)
            .zip(&en.types)
            .filter(|(_, word)| word.capitals > 0 && word.key.len() >= 3 && word.key.bytes().all(|b| b.is_ascii_lowercase()))
            .map(|(number, word)| (word.key.as_str(), number))
            .collect();
        let mut readings: HashMap<char, Vec<String>> = HashMap::new();
        let mut types: BTreeMap<u32, u32> = BTreeMap::new();
        for (at, chars) in zh.han.iter().enumerate() {
            let mut found: Vec<u32> = Vec::new();
            for start in 0..chars.len() {
                let mut spelt = vec![String::new()];
                for &c in chars[start..].iter().take(3) {
                    if !is_han(c) {
                        break;
                    }
                    let syllables = readings.entry(c).or_insert_with(|| lexicon.syllables(c));
                    spelt = spelt.iter().flat_map(|s| syllables.iter().map(move |t| format!("{s}{t}"))).take(12).collect();
                    found.extend(spelt.iter().filter_map(|s| names.get(stemmed(s).as_str())));
                }
            }
            found.sort_unstable();
            found.dedup();
            for english in found {
                let number = *types.entry(english).or_insert_with(|| {
                    let number = u32::try_from(self.links.len()).expect("fewer than 4 G words");
                    self.links.push(vec![english]);
                    self.gain.push(NAME * en.weight(english));
                    self.cost.push(0.0);
                    self.segments.push(0);
                    number
                });
                self.segments[number as usize] += 1;
                self.zh[at].push(number);
            }
        }
    }

    /// Adds pairs that no dictionary has but that the beads of a first alignment keep together.
    pub(super) fn learn(&mut self, zh: &Profile, en: &Profile, beads: &[Bead]) {
        let mut together: HashMap<(u32, u32), u32> = HashMap::new();
        for bead in beads.iter().filter(|bead| !bead.source.is_empty() && !bead.target.is_empty() && bead.score >= 0.5) {
            let (open_zh, open_en) = self.uncovered(zh, en, bead);
            for &word in &open_zh {
                for &other in &open_en {
                    *together.entry((word, other)).or_default() += 1;
                }
            }
        }
        let mut pairs: Vec<((u32, u32), u32)> = together.into_iter().filter(|&(_, count)| count >= 2).collect();
        pairs.sort_unstable();
        for ((word, other), count) in pairs {
            let all = zh.types[word as usize].segments + en.types[other as usize].segments;
            if 2.0 * count as f32 >= LEARNT * all as f32 {
                let links = &mut self.links[word as usize];
                if let Err(place) = links.binary_search(&other) {
                    links.insert(place, other);
                }
                self.cost[word as usize] = self.gain[word as usize];
            }
        }
    }

    /// The words of a bead that nothing on the other side translates, rare enough to be counted.
    fn uncovered(&self, zh: &Profile, en: &Profile, bead: &Bead) -> (Vec<u32>, Vec<u32>) {
        let mut english: Vec<u32> = bead.target.clone().flat_map(|at| en.words[at].iter().copied()).collect();
        english.sort_unstable();
        english.dedup();
        let mut taken = vec![false; english.len()];
        let mut open = Vec::new();
        for at in bead.source.clone() {
            for &word in &self.zh[at] {
                let mut covered = false;
                for link in &self.links[word as usize] {
                    if let Ok(place) = english.binary_search(link) {
                        taken[place] = true;
                        covered = true;
                    }
                }
                let repeated = zh.types.get(word as usize).is_some_and(|word| word.segments >= 2);
                if !covered && repeated {
                    open.push(word);
                }
            }
        }
        open.sort_unstable();
        open.dedup();
        let free = english.iter().zip(&taken).filter(|&(&word, &taken)| !taken && en.types[word as usize].segments >= 2);
        (open, free.map(|(&word, _)| word).collect())
    }

    pub(super) fn zh_words(&self, segment: usize) -> &[u32] {
        &self.zh[segment]
    }

    pub(super) fn of(&self, word: u32) -> &[u32] {
        &self.links[word as usize]
    }

    pub(super) fn zh_weight(&self, word: u32) -> f32 {
        self.gain[word as usize]
    }

    pub(super) fn zh_segments(&self, word: u32) -> u32 {
        self.segments[word as usize]
    }
}

fn stemmed(spelt: &str) -> String {
    crate::token::english_key(spelt)
}

/// The words of a segment, each a bit of a mask, with their weights.
struct Bits {
    words: Vec<u32>,
    gain: Vec<f32>,
    /// The weight of the whole segment.
    total: f32,
}

impl Bits {
    fn new(words: &[u32], gain: impl Fn(u32) -> f32, cost: impl Fn(u32) -> f32) -> Self {
        let words: Vec<u32> = words.iter().copied().take(MOST_WORDS).collect();
        Self { gain: words.iter().map(|&word| gain(word)).collect(), total: words.iter().map(|&word| cost(word)).sum(), words }
    }

    fn weigh(&self, mut mask: u64) -> f32 {
        let mut sum = 0.0;
        while mask != 0 {
            sum += self.gain[mask.trailing_zeros() as usize];
            mask &= mask - 1;
        }
        sum
    }
}

/// For a Chinese and an English segment which words of each the other covers.
#[derive(Clone, Copy, Default)]
struct Cover {
    zh: u64,
    en: u64,
}

/// Covers of the pairs of segments that a corridor reaches.
struct CoverTable {
    /// The first English segment of each Chinese one's row, and where the row begins.
    rows: Vec<(usize, usize)>,
    covers: Vec<Cover>,
}

impl CoverTable {
    fn of(&self, z: usize, e: usize) -> Cover {
        let (lo, first) = self.rows[z];
        let row = &self.covers[first..self.rows.get(z + 1).map_or(self.covers.len(), |next| next.1)];
        e.checked_sub(lo).and_then(|at| row.get(at)).copied().unwrap_or_default()
    }
}

/// What share of each side's weight is covered.
#[derive(Clone, Copy, Default)]
struct Share {
    zh: f32,
    en: f32,
    /// The smaller of the covered weights.
    weight: f32,
}

impl Share {
    fn both(self) -> f32 {
        (self.zh * self.en).sqrt()
    }
}

pub(super) struct Lexical<'a> {
    corridor: &'a Corridor,
    /// By the cell a candidate ends in and its type.
    shares: Vec<Share>,
}

impl<'a> Lexical<'a> {
    pub(super) fn new(
        ctl: &Ctl,
        zh: &Profile,
        en: &Profile,
        links: &LinkTable,
        corridor: &'a Corridor,
    ) -> Result<Self, Cancelled> {
        let zh_bits: Vec<Bits> = links
            .zh
            .iter()
            .map(|words| Bits::new(words, |word| links.gain[word as usize], |word| links.cost[word as usize]))
            .collect();
        let en_bits: Vec<Bits> =
            en.words.iter().map(|words| Bits::new(words, |word| en.weight(word), |word| en.weight(word))).collect();
        let table = cover_table(ctl, corridor, links, &zh_bits, &en_bits, zh.len())?;
        let mut shares = vec![Share::default(); corridor.cells() * COUNT];
        for z1 in 0..=corridor.zh() {
            ctl.step("comparing words", z1, corridor.zh())?;
            for e1 in corridor.row(z1) {
                let Some(cell) = corridor.cell(z1, e1) else { continue };
                for (kind, candidate) in candidates(corridor, z1, e1) {
                    if !candidate.is_null() {
                        shares[cell * COUNT + kind] = share(&table, &zh_bits, &en_bits, candidate);
                    }
                }
            }
        }
        Ok(Self { corridor, shares })
    }

    /// The share of a candidate given by its corners, which need not fit the grid.
    fn at(&self, z0: usize, z1: usize, e0: usize, e1: usize) -> Option<Share> {
        let (zh, en) = (z1.checked_sub(z0)?, e1.checked_sub(e0)?);
        if zh == 0 || en == 0 || zh > MOST_ZH || en > MOST_EN {
            return None;
        }
        self.corridor.cell(z0, e0)?;
        let cell = self.corridor.cell(z1, e1)?;
        Some(self.shares[cell * COUNT + kinds::number(zh, en)?])
    }

    fn both(&self, z0: usize, z1: usize, e0: usize, e1: usize) -> f32 {
        self.at(z0, z1, e0, e1).map_or(0.0, Share::both)
    }

    /// How well neighbours outside would be covered by this group.
    fn neighbours(&self, c: Candidate) -> f32 {
        let before = |at: usize| at.checked_sub(1);
        let en_after = self.at(c.z0, c.z1, c.e1, c.e1 + 1).map_or(0.0, |share| share.en);
        let en_before = before(c.e0).and_then(|e| self.at(c.z0, c.z1, e, c.e0)).map_or(0.0, |share| share.en);
        let zh_after = self.at(c.z1, c.z1 + 1, c.e0, c.e1).map_or(0.0, |share| share.zh);
        let zh_before = before(c.z0).and_then(|z| self.at(z, c.z0, c.e0, c.e1)).map_or(0.0, |share| share.zh);
        (en_after + en_before + zh_after + zh_before) / 4.0
    }

    /// The least covered segment of the group.
    fn weakest(&self, c: Candidate) -> f32 {
        let en = (c.e0..c.e1).filter_map(|e| self.at(c.z0, c.z1, e, e + 1)).map(|share| share.en);
        let zh = (c.z0..c.z1).filter_map(|z| self.at(z, z + 1, c.e0, c.e1)).map(|share| share.zh);
        en.chain(zh).fold(1.0, f32::min)
    }

    /// The best mean coverage of two halves, where both sides have two segments or more.
    fn halves(&self, c: Candidate) -> f32 {
        let mut best = 0.0_f32;
        for z in c.z0 + 1..c.z1 {
            for e in c.e0 + 1..c.e1 {
                best = best.max((self.both(c.z0, z, c.e0, e) + self.both(z, c.z1, e, c.e1)) / 2.0);
            }
        }
        best
    }

    /// How well a segment that is to stay alone would be covered by one nearby.
    fn elsewhere(&self, c: Candidate) -> f32 {
        let reach = 4;
        if c.en() == 0 {
            let near = c.e0.saturating_sub(reach)..c.e0 + reach;
            near.filter_map(|e| self.at(c.z0, c.z1, e, e + 1)).map(Share::both).fold(0.0, f32::max)
        } else {
            let near = c.z0.saturating_sub(reach)..c.z0 + reach;
            near.filter_map(|z| self.at(z, z + 1, c.e0, c.e1)).map(Share::both).fold(0.0, f32::max)
        }
    }
}

fn cover_table(
    ctl: &Ctl,
    corridor: &Corridor,
    links: &LinkTable,
    zh_bits: &[Bits],
    en_bits: &[Bits],
    zh: usize,
) -> Result<CoverTable, Cancelled> {
    let mut rows = Vec::with_capacity(zh);
    let mut covers = Vec::new();
    for z in 0..zh {
        ctl.step("comparing words", z, zh)?;
        let lo = *corridor.row(z).start();
        let hi = *corridor.row(z + 1).end();
        rows.push((lo, covers.len()));
        for en in en_bits.iter().take(hi).skip(lo) {
            covers.push(cover(links, &zh_bits[z], en));
        }
    }
    Ok(CoverTable { rows, covers })
}

fn cover(links: &LinkTable, zh: &Bits, en: &Bits) -> Cover {
    let mut out = Cover::default();
    for (bit, &word) in zh.words.iter().enumerate() {
        for other in &links.links[word as usize] {
            if let Ok(place) = en.words.binary_search(other) {
                out.zh |= 1 << bit;
                out.en |= 1 << place;
            }
        }
    }
    out
}

fn share(table: &CoverTable, zh_bits: &[Bits], en_bits: &[Bits], c: Candidate) -> Share {
    let mut en_masks = [0_u64; MOST_EN];
    let (mut zh_weight, mut zh_total) = (0.0, 0.0);
    for (z, bits) in zh_bits.iter().enumerate().take(c.z1).skip(c.z0) {
        let mut mask = 0;
        for (en_mask, e) in en_masks.iter_mut().zip(c.e0..c.e1) {
            let cover = table.of(z, e);
            mask |= cover.zh;
            *en_mask |= cover.en;
        }
        zh_weight += bits.weigh(mask);
        zh_total += bits.total;
    }
    let (mut en_weight, mut en_total) = (0.0, 0.0);
    for (mask, bits) in en_masks.iter().zip(&en_bits[c.e0..c.e1]) {
        en_weight += bits.weigh(*mask);
        en_total += bits.total;
    }
    Share {
        zh: (zh_weight / (zh_total + SMOOTH)).min(1.0),
        en: (en_weight / (en_total + SMOOTH)).min(1.0),
        weight: zh_weight.min(en_weight),
    }
}

impl Evidence for Lexical<'_> {
    fn names(&self) -> &'static [&'static str] {
        &[
            "lexicon: Chinese covered",
            "lexicon: English covered",
            "lexicon: both covered",
            "lexicon: covered weight",
            "lexicon: both covered in 1-n",
            "lexicon: both covered in n-1",
            "lexicon: both covered in m-n",
            "lexicon: neighbours covered",
            "lexicon: weakest segment",
            "lexicon: better if longer after",
            "lexicon: better if longer before",
            "lexicon: better in halves",
            "lexicon: covered elsewhere",
        ]
    }

    fn measure(&self, c: Candidate, out: &mut [f32]) {
        if c.is_null() {
            out[12] = self.elsewhere(c);
            return;
        }
        let own = self.at(c.z0, c.z1, c.e0, c.e1).unwrap_or_default();
        let both = own.both();
        out[0] = own.zh;
        out[1] = own.en;
        out[2] = both;
        #[expect(clippy::cast_possible_truncation, reason = "evidence is kept in single precision")]
        let weight = libm::log1p(f64::from(own.weight)) as f32;
        out[3] = weight;
        match (c.zh(), c.en()) {
            (1, 1) => {}
            (1, _) => out[4] = both,
            (_, 1) => out[5] = both,
            _ => out[6] = both,
        }
        out[7] = self.neighbours(c);
        if c.zh() + c.en() > 2 {
            out[8] = self.weakest(c);
        }
        let after = self.both(c.z0, c.z1, c.e0, c.e1 + 1).max(self.both(c.z0, c.z1 + 1, c.e0, c.e1));
        out[9] = after - both;
        let longer_en = c.e0.checked_sub(1).map_or(0.0, |e| self.both(c.z0, c.z1, e, c.e1));
        let longer_zh = c.z0.checked_sub(1).map_or(0.0, |z| self.both(z, c.z1, c.e0, c.e1));
        out[10] = longer_en.max(longer_zh) - both;
        if c.zh() > 1 && c.en() > 1 {
            out[11] = self.halves(c) - both;
        }
    }
}
