//! Evidence from the dictionary: how much of each side is covered by translations on the other.
//!
//! Coverage of a group is exact: a word counts once however many segments of the other side translate it.

use super::corridor::Corridor;
use super::evidence::{Candidate, Evidence};
use super::kinds::MOST_EN;
use super::links::LinkTable;
use super::profile::Profile;
use super::table::Table;
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
    shares: Table<'a, Share>,
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
        let covers = cover_table(ctl, corridor, links, &zh_bits, &en_bits)?;
        Ok(Self { shares: Table::new(corridor, move |candidate| share(&covers, &zh_bits, &en_bits, candidate)) })
    }

    /// How well neighbours outside would be covered by this group.
    fn neighbours(&self, c: Candidate) -> f32 {
        let en = self.shares.en_neighbours(c).map(|share| share.map_or(0.0, |share| share.en));
        let zh = self.shares.zh_neighbours(c).map(|share| share.map_or(0.0, |share| share.zh));
        (en[0] + en[1] + zh[0] + zh[1]) / 4.0
    }

    /// The least covered segment of the group.
    fn weakest(&self, c: Candidate) -> f32 {
        let en = self.shares.en_members(c).map(|share| share.en);
        let zh = self.shares.zh_members(c).map(|share| share.zh);
        en.chain(zh).fold(1.0, f32::min)
    }

    /// The best mean coverage of two halves, where both sides have two segments or more.
    fn halves(&self, c: Candidate) -> f32 {
        let means = self.shares.halves(c).map(|[one, other]| f32::midpoint(both(one), both(other)));
        means.fold(0.0, f32::max)
    }
}

/// What share of both sides is covered, 0 where there is no such candidate.
fn both(share: Option<Share>) -> f32 {
    share.map_or(0.0, Share::both)
}

/// The better covered of two.
fn better([one, other]: [Option<Share>; 2]) -> f32 {
    both(one).max(both(other))
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
        ctl.check()?;
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
            "lexicon: segments beside others covered, in all",
        ]
    }

    fn measure(&self, c: Candidate, out: &mut [f32]) {
        if c.is_null() {
            out[12] = self.shares.nearby(c).map(Share::both).fold(0.0, f32::max);
            return;
        }
        let own = self.shares.own(c);
        let both = own.both();
        out[0] = own.zh;
        out[1] = own.en;
        out[2] = both;
        out[3] = own.weight.sqrt();
        if let Some(shape) = c.shape() {
            out[4 + shape] = both;
            out[8] = self.weakest(c);
            let en = self.shares.en_members(c).filter(|_| c.en() > 1).map(|share| share.en);
            let zh = self.shares.zh_members(c).filter(|_| c.zh() > 1).map(|share| share.zh);
            out[13] = en.chain(zh).sum();
        }
        out[7] = self.neighbours(c);
        out[9] = better(self.shares.longer_after(c)) - both;
        out[10] = better(self.shares.longer_before(c)) - both;
        if c.shape() == Some(2) {
            out[11] = self.halves(c) - both;
        }
    }
}
