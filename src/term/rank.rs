//! Gathering the pairs of all units and ranking them by how likely a terminologist would list them.
//!
//! Two stages of figures (`feature`, `around`) under fitted weights (`model`). General words are not dropped but come
//! far below; only what is hardly a pair at all goes.

use std::collections::{HashMap, HashSet};

use super::around::around;
use super::candidates::{self, Stretch, english_span, span};
use super::evidence::Evidence;
use super::feature::{self, Group};
use super::model::{Weights, probability};
use super::pairing::Found;
use super::{Cut, Place, TermPair};
use crate::token::{WordKind, english_key};

/// What remains of the likelihood of a pair whose sides are the same letters: it is right, and of little use.
const SAME: f32 = 0.3;

/// Pairs less likely than this go.
pub(super) const LEAST: f32 = 0.005;

/// Ranks what was found, best first; ties in the order of the text.
pub(super) fn rank(cuts: &[Cut<'_>], found: Vec<Found>) -> Vec<TermPair> {
    let (groups, scores) = scored(cuts, found);
    let likely = scores.into_iter().zip(&groups).filter(|(score, _)| *score >= LEAST);
    let mut ranked: Vec<TermPair> = likely.map(|(score, group)| finish(cuts, group, score)).collect();
    for pair in ranked.iter_mut().filter(|pair| is_same(pair)) {
        pair.score *= SAME;
    }
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranked
}

/// The pairs of all units with the probability that a terminologist would list them, in the order of the text.
pub(super) fn scored(cuts: &[Cut<'_>], found: Vec<Found>) -> (Vec<Group>, Vec<f32>) {
    let weights = Weights::embedded();
    let evidence = Evidence::of(&found, cuts);
    let groups = groups(cuts, found);
    let logits = weights.logits(0, groups.iter().map(|group| feature::of(group, cuts, &evidence)));
    let scores = weights.logits(1, around(&groups, &logits).into_iter());
    (groups, scores.into_iter().map(probability).collect())
}

/// Whether both sides are the same letters, but for case, width and ending: nobody looks that up.
fn is_same(pair: &TermPair) -> bool {
    english_key(&pair.chinese) == english_key(&pair.english)
}

/// The pairs of all units by their match keys, in the order of the text.
pub(super) fn groups(cuts: &[Cut<'_>], found: Vec<Found>) -> Vec<Group> {
    let presence = presence(cuts);
    let mut numbers: HashMap<(String, String), usize> = HashMap::new();
    let mut out: Vec<Group> = Vec::new();
    for pair in found {
        let cut = &cuts[pair.unit];
        let key = (chinese_key_of(cut, pair.chinese), english_key_of(cut, pair.english));
        let number = *numbers.entry(key).or_insert_with_key(|key| {
            out.push(Group { key: key.clone(), found: Vec::new(), units: 0, chinese_units: 0, english_units: 0 });
            out.len() - 1
        });
        out[number].found.push(pair);
    }
    for group in &mut out {
        // Places come unit by unit.
        let changes = group.found.windows(2).filter(|two| two[0].unit != two[1].unit).count();
        group.units = changes + 1;
        group.chinese_units = presence.chinese.get(&group.key.0).copied().unwrap_or(0).max(group.units);
        group.english_units = presence.english.get(&group.key.1).copied().unwrap_or(0).max(group.units);
    }
    out
}

/// In how many units each candidate of either side stands.
struct Presence {
    chinese: HashMap<String, usize>,
    english: HashMap<String, usize>,
}

fn chinese_key_of(cut: &Cut<'_>, stretch: Stretch) -> String {
    cut.chinese[stretch.from..stretch.to].iter().map(|token| token.key.as_str()).collect()
}

fn english_key_of(cut: &Cut<'_>, stretch: Stretch) -> String {
    let keys: Vec<&str> = cut.english[stretch.from..stretch.to]
        .iter()
        .filter(|token| token.word.kind != WordKind::Mark)
        .map(|token| token.form.as_str())
        .collect();
    keys.join(" ")
}

fn presence(cuts: &[Cut<'_>]) -> Presence {
    let mut out = Presence { chinese: HashMap::new(), english: HashMap::new() };
    for cut in cuts {
        let chinese: HashSet<String> = candidates::chinese(cut).into_iter().map(|s| chinese_key_of(cut, s)).collect();
        let english: HashSet<String> = candidates::english(cut).into_iter().map(|s| english_key_of(cut, s)).collect();
        #[expect(clippy::iter_over_hash_type, reason = "counting does not depend on the order")]
        for key in chinese {
            *out.chinese.entry(key).or_default() += 1;
        }
        #[expect(clippy::iter_over_hash_type, reason = "counting does not depend on the order")]
        for key in english {
            *out.english.entry(key).or_default() += 1;
        }
    }
    out
}

fn finish(cuts: &[Cut<'_>], group: &Group, score: f32) -> TermPair {
    let mut places: Vec<Place> = group
        .found
        .iter()
        .map(|pair| Place {
            unit: pair.unit,
            chinese: span(&cuts[pair.unit].chinese, pair.chinese),
            english: english_span(&cuts[pair.unit], pair.english),
        })
        .collect();
    places.sort_by_key(|place| (place.unit, place.chinese.start));
    let [chinese, english] = shown(cuts, group);
    TermPair { chinese, english, score, places }
}

/// The two sides of a pair as they are shown: in their commonest forms.
pub(super) fn shown(cuts: &[Cut<'_>], group: &Group) -> [String; 2] {
    let chinese = commonest(group.found.iter().map(|pair| {
        let cut = &cuts[pair.unit];
        cut.unit.chinese[span(&cut.chinese, pair.chinese)].to_owned()
    }));
    let english = commonest(group.found.iter().map(|pair| surface(&cuts[pair.unit], pair.english)));
    [chinese, english]
}

/// As it stands, but a word that has its capital only from the start of the sentence is put in lower case.
fn surface(cut: &Cut<'_>, stretch: Stretch) -> String {
    let text = &cut.unit.english[english_span(cut, stretch)];
    let opens = cut.english[..stretch.from].iter().all(|token| token.word.kind == WordKind::Mark);
    let first_word = text.split_whitespace().next().unwrap_or(text);
    let others_small = cut.english[stretch.from + 1..stretch.to].iter().all(|token| !token.capital);
    let one_capital = first_word.chars().filter(|c| c.is_uppercase()).count() == 1;
    if opens && others_small && one_capital {
        let mut chars = text.chars();
        chars.next().map_or_else(String::new, |c| c.to_lowercase().collect::<String>() + chars.as_str())
    } else {
        text.to_owned()
    }
}

/// The commonest form; of equals the one with fewer capitals, then the first.
fn commonest(forms: impl Iterator<Item = String>) -> String {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for form in forms {
        match counts.iter_mut().find(|(known, _)| *known == form) {
            Some((_, count)) => *count += 1,
            None => counts.push((form, 1)),
        }
    }
    let capitals = |form: &str| form.chars().filter(|c| c.is_uppercase()).count();
    counts
        .into_iter()
        .enumerate()
        .min_by_key(|(at, (form, count))| (std::cmp::Reverse(*count), capitals(form), *at))
        .map(|(_, (form, _))| form)
        .unwrap_or_default()
}
