//! Evidence from the dictionary: how much of each side is covered by translations on the other.
//!
//! Coverage of a group is exact: a word counts once however many segments of the other side translate it.

use super::corridor::Corridor;
use super::evidence::{Candidate, Evidence};
use super::kinds::{self, MOST_EN, MOST_ZH};
use super::lattice::candidates;
use super::links::LinkTable;
use super::profile::Profile;
use crate::task::{Cancelled, Ctl};

/// Words of a segment beyond this many are not looked at.
const MOST_WORDS: usize = 64;
/// Added to the weight of a side, so that a short side is not covered by one lucky word.
const SMOOTH: f32 = 3.0;

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
        Self {
            gain: words.iter().map(|&word| gain(word)).collect(),
            total: words.iter().map(|&word| cost(word)).sum(),
            words,
        }
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

/// The words of the segments that a corridor reaches, from the first.
struct Side {
    first: usize,
    bits: Vec<Bits>,
}

impl Side {
    fn of(&self, segment: usize) -> &Bits {
        &self.bits[segment - self.first]
    }

    fn range(&self, from: usize, to: usize) -> &[Bits] {
        &self.bits[from - self.first..to - self.first]
    }
}

/// Covers of the pairs of segments that a corridor reaches.
struct CoverTable {
    zh: usize,
    /// The first English segment of each Chinese one's row, and where the row begins.
    rows: Vec<(usize, usize)>,
    covers: Vec<Cover>,
}

impl CoverTable {
    fn of(&self, z: usize, e: usize) -> Cover {
        let (lo, first) = self.rows[z - self.zh];
        let row = &self.covers[first..self.rows.get(z - self.zh + 1).map_or(self.covers.len(), |next| next.1)];
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
    pub(super) fn new(ctl: &Ctl, en: &Profile, links: &LinkTable, corridor: &'a Corridor) -> Result<Self, Cancelled> {
        let ((z0, e0), (z1, e1)) = (corridor.start(), corridor.last());
        let zh_bits = links.zh[z0..z1]
            .iter()
            .map(|words| Bits::new(words, |word| links.gain[word as usize], |word| links.cost[word as usize]));
        let en_bits =
            en.words[e0..e1].iter().map(|words| Bits::new(words, |word| en.weight(word), |word| en.weight(word)));
        let zh_bits = Side { first: z0, bits: zh_bits.collect() };
        let en_bits = Side { first: e0, bits: en_bits.collect() };
        let table = cover_table(ctl, corridor, links, &zh_bits, &en_bits)?;
        let mut shares = vec![Share::default(); corridor.candidates()];
        for z1 in corridor.zh() {
            ctl.step("comparing words", z1, corridor.last().0)?;
            for e1 in corridor.row(z1) {
                let Some(cell) = corridor.cell(z1, e1) else { continue };
                for (kind, candidate) in candidates(corridor, z1, e1) {
                    if !candidate.is_null() {
                        shares[corridor.place(cell, kind)] = share(&table, &zh_bits, &en_bits, candidate);
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
        let kind = kinds::number(zh, en).filter(|&kind| kind < self.corridor.kinds())?;
        Some(self.shares[self.corridor.place(cell, kind)])
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
                best = best.max(f32::midpoint(self.both(c.z0, z, c.e0, e), self.both(z, c.z1, e, c.e1)));
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
    zh_bits: &Side,
    en_bits: &Side,
) -> Result<CoverTable, Cancelled> {
    let (start, end) = (corridor.start().0, corridor.last().0);
    let mut rows = Vec::with_capacity(end - start);
    let mut covers = Vec::new();
    for z in start..end {
        ctl.step("comparing words", z, end)?;
        let lo = *corridor.row(z).start();
        let hi = *corridor.row(z + 1).end();
        rows.push((lo, covers.len()));
        covers.extend(en_bits.range(lo, hi).iter().map(|en| cover(links, zh_bits.of(z), en)));
    }
    Ok(CoverTable { zh: start, rows, covers })
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

fn share(table: &CoverTable, zh_bits: &Side, en_bits: &Side, c: Candidate) -> Share {
    let mut en_masks = [0_u64; MOST_EN];
    let (mut zh_weight, mut zh_total) = (0.0, 0.0);
    for (z, bits) in (c.z0..c.z1).zip(zh_bits.range(c.z0, c.z1)) {
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
    for (mask, bits) in en_masks.iter().zip(en_bits.range(c.e0, c.e1)) {
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
        out[3] = own.weight.sqrt();
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
