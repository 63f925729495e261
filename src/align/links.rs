//! Which words of the two documents may translate each other: by dictionary, number, name, and by what the document
//! itself keeps translating by each other.

use std::collections::{BTreeMap, HashMap};

use super::profile::Profile;
use crate::bitext::Bead;
use crate::gloss::{Accepted, Translator};
use crate::lang::is_han;
use crate::lexicon::Lexicon;
use crate::task::{Cancelled, Ctl};
use crate::token::english_key;

/// Glosses weaker than this are no link: one word of a long explanation.
const WEAK: f32 = 0.35;
/// A name spelt in pinyin counts this much more than a word of its rarity.
const NAME: f32 = 1.5;
/// A pair learnt from the document stands together in this share of its beads, at least twice.
const LEARNT: f32 = 0.5;

/// Which Chinese words may translate which English ones, by dictionary, number, name and the document itself.
#[derive(Clone, Debug)]
pub(super) struct LinkTable {
    /// The Chinese words of each segment, names found by pinyin among them.
    pub(super) zh: Vec<Vec<u32>>,
    /// For each Chinese word the English ones, sorted.
    pub(super) links: Vec<Vec<u32>>,
    /// What a Chinese word adds when covered, and what it adds to the whole.
    pub(super) gain: Vec<f32>,
    pub(super) cost: Vec<f32>,
    segments: Vec<u32>,
}

impl LinkTable {
    pub(super) fn from_dictionary(
        ctl: &Ctl,
        zh: &Profile,
        en: &Profile,
        accepted: &Accepted,
    ) -> Result<Self, Cancelled> {
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
        let mut translator = Translator::new(lexicon, accepted);
        for (at, word) in zh.types.iter().enumerate() {
            if at % 256 == 0 {
                ctl.step("looking words up", at, zh.types.len())?;
            }
            let found = translator.glosses(&word.key);
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
        out.add_names(ctl, lexicon, zh, en)?;
        Ok(out)
    }

    /// English words with a capital that spell the pinyin of one to three neighbouring characters.
    fn add_names(&mut self, ctl: &Ctl, lexicon: &Lexicon, zh: &Profile, en: &Profile) -> Result<(), Cancelled> {
        let names: HashMap<&str, u32> = (0..)
            .zip(&en.types)
            .filter(|(_, word)| {
                word.capitals > 0 && word.key.len() >= 3 && word.key.bytes().all(|b| b.is_ascii_lowercase())
            })
            .map(|(number, word)| (word.key.as_str(), number))
            .collect();
        let mut readings: HashMap<char, Vec<String>> = HashMap::new();
        let mut types: BTreeMap<u32, u32> = BTreeMap::new();
        for (at, chars) in zh.han.iter().enumerate() {
            ctl.check()?;
            let mut found: Vec<u32> = Vec::new();
            for start in 0..chars.len() {
                let mut spelt = vec![String::new()];
                for &c in chars[start..].iter().take(3) {
                    if !is_han(c) {
                        break;
                    }
                    let syllables = readings.entry(c).or_insert_with(|| lexicon.syllables(c));
                    spelt =
                        spelt.iter().flat_map(|s| syllables.iter().map(move |t| format!("{s}{t}"))).take(12).collect();
                    found.extend(spelt.iter().filter_map(|s| names.get(english_key(s).as_str())));
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
        Ok(())
    }

    /// Adds pairs that no dictionary has but that the beads of a first alignment keep together.
    pub(super) fn learn(&mut self, ctl: &Ctl, zh: &Profile, en: &Profile, beads: &[Bead]) -> Result<(), Cancelled> {
        let mut together: HashMap<(u32, u32), u32> = HashMap::new();
        for bead in beads.iter().filter(|bead| !bead.source.is_empty() && !bead.target.is_empty() && bead.score >= 0.5)
        {
            ctl.check()?;
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
        Ok(())
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
        let free =
            english.iter().zip(&taken).filter(|&(&word, &taken)| !taken && en.types[word as usize].segments >= 2);
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
