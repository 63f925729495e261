//! Examples made from translated lines that follow each other: some are merged with the next on one side, some, or
//! several in a row, left out on one side, by a fixed seed. They show more genres than texts aligned by hand can, and more omissions.

use super::gold::cut;
use crate::align::eval::Link;
use crate::align::train::Example;
use crate::import;
use crate::lang::Language;

/// How many lines of a file are used.
const MOST: usize = 200;
/// Of a thousand lines so many are merged with the next, and at so many begins something that is left out: up to so
/// many lines.
const MERGED: u64 = 180;
const LEFT_OUT: u64 = 8;
const GAP: u64 = 6;

/// An example of pairs, Chinese first.
pub(super) fn example(name: String, pairs: &[(String, String)]) -> Result<Example, import::Error> {
    let pairs = &pairs[..pairs.len().min(MOST)];
    let mut chance = Chance(0x5eed);
    let chinese = Side::new(pairs.iter().map(|pair| pair.0.as_str()), &mut chance);
    let english = Side::new(pairs.iter().map(|pair| pair.1.as_str()), &mut chance);
    let gold = beads(&chinese.segment_of, &english.segment_of);
    let chinese = cut(name.clone(), Language::Chinese, chinese.segments.join("\n").as_bytes())?;
    let english = cut(name.clone(), Language::English, english.segments.join("\n").as_bytes())?;
    Ok(Example { name, chinese, english, gold, made: true })
}

/// One side with its lines merged and left out.
struct Side {
    segments: Vec<String>,
    /// For each line the segment it went into.
    segment_of: Vec<Option<usize>>,
}

impl Side {
    fn new<'a>(lines: impl Iterator<Item = &'a str>, chance: &mut Chance) -> Self {
        let mut out = Self { segments: Vec::new(), segment_of: Vec::new() };
        let mut merge = false;
        let mut gap = 0;
        for line in lines {
            if chance.of_thousand(LEFT_OUT) {
                gap = 1 + chance.below(GAP);
            }
            if gap > 0 {
                gap -= 1;
                out.segment_of.push(None);
                // A segment does not reach over what was left out.
                merge = false;
                continue;
            }
            match out.segments.last_mut() {
                Some(last) if merge => {
                    last.push(' ');
                    last.push_str(line);
                }
                _ => out.segments.push(line.to_owned()),
            }
            out.segment_of.push(Some(out.segments.len() - 1));
            merge = chance.of_thousand(MERGED);
        }
        out
    }
}

/// The smallest beads that keep the segments of each line together.
fn beads(chinese: &[Option<usize>], english: &[Option<usize>]) -> Vec<Link> {
    let mut out: Vec<Link> = Vec::new();
    for (zh, en) in chinese.iter().zip(english) {
        let goes_on = out
            .last()
            .is_some_and(|last| zh.is_some_and(|at| last.0.contains(&at)) || en.is_some_and(|at| last.1.contains(&at)));
        let (mut left, mut right) = if goes_on { out.pop().unwrap_or_default() } else { Link::default() };
        for (side, at) in [(&mut left, zh), (&mut right, en)] {
            if let Some(at) = at.filter(|at| !side.contains(at)) {
                side.push(at);
            }
        }
        out.push((left, right));
    }
    out.retain(|bead| *bead != Link::default());
    out
}

/// `SplitMix64` (Steele, Lea and Flood 2014): the same figures everywhere.
struct Chance(u64);

impl Chance {
    fn of_thousand(&mut self, share: u64) -> bool {
        self.below(1000) < share
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beads_keep_merged_lines_together() {
        let zh = [Some(0), Some(0), Some(1), None, Some(2)];
        let en = [Some(0), Some(1), Some(2), Some(3), None];
        let link = |zh: &[usize], en: &[usize]| (zh.to_vec(), en.to_vec());
        assert_eq!(beads(&zh, &en), [link(&[0], &[0, 1]), link(&[1], &[2]), link(&[], &[3]), link(&[2], &[])]);
    }

    #[test]
    fn an_example_is_the_same_each_time_and_tiles_both_sides() {
        let pairs: Vec<(String, String)> = (0..150).map(|at| (format!("第{at}行。"), format!("Line {at}."))).collect();
        let made = example("made".to_owned(), &pairs).unwrap();
        assert_eq!(made.gold, example("made".to_owned(), &pairs).unwrap().gold);
        let all =
            |side: fn(&Link) -> &Vec<usize>| made.gold.iter().flat_map(|link| side(link).clone()).collect::<Vec<_>>();
        assert_eq!(all(|link| &link.0), (0..made.chinese.segments.len()).collect::<Vec<_>>());
        assert_eq!(all(|link| &link.1), (0..made.english.segments.len()).collect::<Vec<_>>());
        assert!(made.gold.iter().any(|(zh, en)| zh.is_empty() != en.is_empty()) && made.gold.len() < 150);
    }
}
