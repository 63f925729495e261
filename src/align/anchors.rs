//! Anchors: pairs of segments that share rare words, chained so that both sides rise.

use std::collections::HashMap;

use super::corridor::Stretch;
use super::links::LinkTable;
use super::profile::Profile;
use crate::task::{Cancelled, Ctl};

/// Words in more segments than this (or a hundredth of all) say nothing about position.
const RARE: usize = 4;
/// A pair needs this much shared weight per anchor, and this much more than its rivals.
const LEAST: f32 = 8.0;
const MARGIN: f32 = 1.3;

/// Positions `(z, e)` of segments of a stretch that surely belong together, rising on both sides.
pub(super) fn find(
    ctl: &Ctl,
    zh: &Profile,
    en: &Profile,
    links: &LinkTable,
    stretch: &Stretch,
) -> Result<Vec<(usize, usize)>, Cancelled> {
    // Of the words of the stretch only: many small stretches must not each cost as much as the text.
    let mut postings: HashMap<u32, Vec<u32>> = HashMap::new();
    for (at, words) in stretch.en.clone().zip(&en.words[stretch.en.clone()]) {
        for &word in words {
            postings.entry(word).or_default().push(u32::try_from(at).unwrap_or(u32::MAX));
        }
    }
    let rare = RARE.max(zh.len().min(en.len()) / 100).min(40);
    let mut pairs = Vec::new();
    let mut votes: Vec<(u32, f32)> = Vec::new();
    for at in stretch.zh.clone() {
        ctl.check()?;
        votes.clear();
        for &word in links.zh_words(at) {
            for &other in links.of(word) {
                let Some(found) = postings.get(&other) else { continue };
                if found.len() <= rare && links.zh_segments(word) as usize <= rare {
                    let weight = (links.zh_weight(word) * en.weight(other)).sqrt();
                    votes.extend(found.iter().map(|&e| (e, weight)));
                }
            }
        }
        pairs.extend(clear_winner(&mut votes).map(|(e, weight)| (at, e, weight)));
    }
    Ok(chain(&pairs))
}

fn clear_winner(votes: &mut [(u32, f32)]) -> Option<(usize, f32)> {
    votes.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut sums: Vec<(u32, f32)> = Vec::new();
    for &(e, weight) in votes.iter() {
        match sums.last_mut() {
            Some(last) if last.0 == e => last.1 += weight,
            _ => sums.push((e, weight)),
        }
    }
    sums.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let &(e, best) = sums.first()?;
    let next = sums.get(1).map_or(0.0, |&(_, weight)| weight);
    (best >= LEAST && best >= next * MARGIN).then_some((e as usize, best))
}

/// The heaviest chain in which both positions rise (a Fenwick tree of best sums over English positions).
fn chain(pairs: &[(usize, usize, f32)]) -> Vec<(usize, usize)> {
    let most = pairs.iter().map(|pair| pair.1).max().unwrap_or(0) + 2;
    let mut tree: Vec<(f32, Option<usize>)> = vec![(0.0, None); most + 1];
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (number, &(_, e, weight)) in pairs.iter().enumerate() {
        // Best over positions below e: pairs come in rising z, each z once.
        let (mut sum, mut link) = (0.0, None);
        let mut at = e;
        while at > 0 {
            if tree[at].0 > sum {
                (sum, link) = tree[at];
            }
            at &= at - 1;
        }
        before.push(link);
        let mut at = e + 1;
        while at <= most {
            if sum + weight > tree[at].0 {
                tree[at] = (sum + weight, Some(number));
            }
            at += at & at.wrapping_neg();
        }
    }
    let mut best = (0.0, None);
    let mut at = most;
    while at > 0 {
        if tree[at].0 > best.0 {
            best = tree[at];
        }
        at &= at - 1;
    }
    let mut out = Vec::new();
    let mut link = best.1;
    while let Some(number) = link {
        out.push((pairs[number].0, pairs[number].1));
        link = before[number];
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_rising_chain() {
        let pairs = [(0, 5, 9.0), (1, 1, 10.0), (2, 2, 10.0), (3, 9, 8.0), (4, 3, 10.0), (5, 7, 1.0)];
        assert_eq!(chain(&pairs), [(1, 1), (2, 2), (4, 3), (5, 7)]);
        assert_eq!(chain(&[]), []);
    }
}
