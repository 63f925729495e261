//! Gathering the pairs of all units and ranking them by how likely a terminologist would list them.
//!
//! Two stages of figures (`feature`, `around`) under fitted weights (`model`) and trees (`boost`). General words are not dropped but come
//! far below; only what is hardly a pair at all goes.

use std::borrow::Cow;
use std::collections::HashMap;

use rayon::prelude::*;

use super::around::Surroundings;
use super::boost::all_added;
use super::candidates::{self, Stretch, english_span, span};
use super::evidence::Evidence;
use super::feature::{self, Group};
use super::model::{self, Model, logit};
use super::pairing::Found;
use super::{Cut, Place, TermPair};
use crate::task::{Cancelled, Ctl};
use crate::token::{WordKind, english_key};

/// What remains of the likelihood of a pair whose sides are the same letters: it is right, and of little use.
const SAME: f32 = 0.3;

/// How many units are looked at before what was counted in them is summed up.
const UNITS_AT_ONCE: usize = 4096;

/// A list of [`FEW`] pairs or more ends at this probability.
pub(super) const LEAST: f32 = 0.005;
/// A shorter list goes on to this one.
const LEAST_OF_FEW: f32 = 0.001;
/// A list of so many pairs is read whole.
const FEW: usize = 100;

/// A pair with the keys of both sides.
pub(super) type Keyed = ((String, String), TermPair);

/// Ranks what was found, best first; ties in the order of the text.
///
/// # Errors
/// [`Cancelled`].
pub(super) fn rank(ctl: &Ctl, cuts: &[Cut<'_>], found: Vec<Found>) -> Result<Vec<Keyed>, Cancelled> {
    let (groups, scores) = scored(ctl, cuts, found)?;
    let least = least(&scores);
    let likely: Vec<(Group, f32)> = groups.into_iter().zip(scores).filter(|(_, score)| *score >= least).collect();
    let finished = likely.into_par_iter().map(|(group, score)| {
        ctl.check()?;
        let mut pair = finish(cuts, &group, score);
        if is_same(&pair) {
            pair.score *= SAME;
        }
        Ok((group.key, pair))
    });
    let mut ranked = finished.collect::<Result<Vec<Keyed>, Cancelled>>()?;
    ranked.sort_by(|(_, a), (_, b)| b.score.total_cmp(&a.score));
    Ok(ranked)
}

/// The score at which a list ends: of a short text unlikely pairs are told too, until the list has a hundred.
fn least(scores: &[f32]) -> f32 {
    let mut best: Vec<f32> = scores.iter().copied().filter(|score| *score >= LEAST_OF_FEW).collect();
    best.sort_by(|a, b| b.total_cmp(a));
    best.get(FEW - 1).or(best.last()).map_or(LEAST, |last| last.min(LEAST))
}

/// The pairs of all units with the probability that a terminologist would list them, in the order of the text.
///
/// # Errors
/// [`Cancelled`].
pub(super) fn scored(ctl: &Ctl, cuts: &[Cut<'_>], found: Vec<Found>) -> Result<(Vec<Group>, Vec<f32>), Cancelled> {
    let Model { weights, trees } = Model::embedded();
    let evidence = Evidence::of(&found, cuts);
    let groups = groups(ctl, cuts, found)?;
    let Some(some) = groups.first() else { return Ok((groups, Vec::new())) };
    let figures = |group: &Group| feature::of(group, cuts, &evidence);
    let first = weights.for_rows(0, &figures(some));
    let logits = groups.par_iter().map(|group| ctl.check().map(|()| logit(&first, &figures(group))));
    let logits = logits.collect::<Result<Vec<f32>, Cancelled>>()?;
    let around = Surroundings::of(ctl, &groups, &logits)?;
    let second = weights.for_rows(1, &around.row(0));
    let trees = trees.for_rows(&figures(some), &around.row(0));
    let scores = groups.par_iter().enumerate().map(|(at, group)| {
        ctl.check()?;
        let row = around.row(at);
        let logit = logit(&second, &row);
        // Figures are made again rather than kept: of a long text they would fill the memory.
        Ok(model::score(logit, || all_added(&trees, &figures(group), &row)))
    });
    let scores = scores.collect::<Result<Vec<f32>, Cancelled>>()?;
    drop(around);
    Ok((groups, scores))
}

/// Whether both sides are the same letters, but for case, width and ending: nobody looks that up.
fn is_same(pair: &TermPair) -> bool {
    english_key(&pair.chinese) == english_key(&pair.english)
}

/// The pairs of all units by their match keys, in the order of the text.
///
/// # Errors
/// [`Cancelled`].
pub(super) fn groups(ctl: &Ctl, cuts: &[Cut<'_>], found: Vec<Found>) -> Result<Vec<Group>, Cancelled> {
    let (mut chinese, mut english) = (Keys::default(), Keys::default());
    let mut numbers: HashMap<(u32, u32), u32> = HashMap::new();
    let mut sides: Vec<(u32, u32)> = Vec::new();
    let mut out: Vec<Group> = Vec::new();
    let mut key = [String::new(), String::new()];
    // Most pairs stand at one place: lists that are made as they grow would take several times the room.
    let mut of_found: Vec<u32> = Vec::with_capacity(found.len());
    let mut places: Vec<usize> = Vec::new();
    for pair in &found {
        let cut = &cuts[pair.unit];
        write_chinese_key(&mut key[0], cut, pair.chinese);
        write_english_key(&mut key[1], cut, pair.english);
        let side = (chinese.number(&key[0]), english.number(&key[1]));
        let number = *numbers.entry(side).or_insert_with(|| {
            let [chinese, english] = key.clone();
            sides.push(side);
            places.push(0);
            out.push(Group {
                key: (chinese, english),
                found: Vec::new(),
                units: 0,
                chinese_units: 0,
                english_units: 0,
            });
            u32::try_from(out.len() - 1).expect("fewer than 4 G pairs")
        });
        places[number as usize] += 1;
        of_found.push(number);
    }
    for (group, &count) in out.iter_mut().zip(&places) {
        group.found.reserve_exact(count);
    }
    for (pair, number) in found.into_iter().zip(of_found) {
        out[number as usize].found.push(pair);
    }
    let chinese_units = chinese.units(ctl, cuts, candidates::chinese, write_chinese_key)?;
    let english_units = english.units(ctl, cuts, candidates::english, write_english_key)?;
    for (group, (chinese, english)) in out.iter_mut().zip(sides) {
        // Places come unit by unit.
        let changes = group.found.windows(2).filter(|two| two[0].unit != two[1].unit).count();
        group.units = changes + 1;
        group.chinese_units = chinese_units[chinese as usize].max(group.units);
        group.english_units = english_units[english as usize].max(group.units);
    }
    Ok(out)
}

/// The match keys of one side, numbered.
#[derive(Default)]
struct Keys(HashMap<String, u32>);

impl Keys {
    fn number(&mut self, key: &str) -> u32 {
        if let Some(&number) = self.0.get(key) {
            return number;
        }
        let number = u32::try_from(self.0.len()).expect("fewer than 4 G keys");
        self.0.insert(key.to_owned(), number);
        number
    }

    /// In how many units the candidates of each key stand, paired there or not.
    fn units(
        &self,
        ctl: &Ctl,
        cuts: &[Cut<'_>],
        candidates: fn(&Cut<'_>) -> Vec<Stretch>,
        write: fn(&mut String, &Cut<'_>, Stretch),
    ) -> Result<Vec<usize>, Cancelled> {
        let stand = |cut: &Cut<'_>| {
            ctl.check()?;
            let mut key = String::new();
            let number = |stretch| {
                write(&mut key, cut, stretch);
                self.0.get(key.as_str()).copied()
            };
            let mut numbers: Vec<u32> = candidates(cut).into_iter().filter_map(number).collect();
            numbers.sort_unstable();
            numbers.dedup();
            Ok(numbers)
        };
        let mut out = vec![0; self.0.len()];
        for some in cuts.chunks(UNITS_AT_ONCE) {
            let numbers = some.par_iter().map(stand).collect::<Result<Vec<_>, Cancelled>>()?;
            numbers.into_iter().flatten().for_each(|number| out[number as usize] += 1);
        }
        Ok(out)
    }
}

fn write_chinese_key(key: &mut String, cut: &Cut<'_>, stretch: Stretch) {
    key.clear();
    cut.chinese[stretch.from..stretch.to].iter().for_each(|token| key.push_str(&token.key));
}

fn write_english_key(key: &mut String, cut: &Cut<'_>, stretch: Stretch) {
    key.clear();
    let words = cut.english[stretch.from..stretch.to].iter().filter(|token| token.word.kind != WordKind::Mark);
    for (at, token) in words.enumerate() {
        if at > 0 {
            key.push(' ');
        }
        key.push_str(&token.form);
    }
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
    TermPair { chinese, english, score, count: places.len(), places }
}

/// The two sides of a pair as they are shown: in their commonest forms.
pub(super) fn shown(cuts: &[Cut<'_>], group: &Group) -> [String; 2] {
    let chinese = commonest(group.found.iter().map(|pair| {
        let cut = &cuts[pair.unit];
        Cow::Borrowed(&cut.unit.chinese[span(&cut.chinese, pair.chinese)])
    }));
    let english = commonest(group.found.iter().map(|pair| surface(&cuts[pair.unit], pair)));
    [chinese, english]
}

/// As it stands, but a word that has its capital only from the start of the sentence is put in lower case. What translates
/// a name has it anyway.
fn surface<'a>(cut: &Cut<'a>, pair: &Found) -> Cow<'a, str> {
    let (name, stretch) = (cut.chinese[pair.chinese.from].tag, pair.english);
    let names = ["nr", "ns", "nt"].iter().any(|tag| name.starts_with(tag));
    let text = &cut.unit.english[english_span(cut, stretch)];
    let opens = cut.english[..stretch.from].iter().all(|token| token.word.kind == WordKind::Mark);
    let first_word = text.split_whitespace().next().unwrap_or(text);
    let others_small = cut.english[stretch.from + 1..stretch.to].iter().all(|token| !token.capital);
    let one_capital = first_word.chars().filter(|c| c.is_uppercase()).count() == 1;
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if opens && others_small && one_capital && !names => {
            Cow::Owned(first.to_lowercase().collect::<String>() + chars.as_str())
        }
        _ => Cow::Borrowed(text),
    }
}

/// The commonest form; of equals the one with fewer capitals, then the first.
fn commonest<'a>(forms: impl Iterator<Item = Cow<'a, str>>) -> String {
    let mut counts: Vec<(Cow<'a, str>, usize)> = Vec::new();
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
        .map(|(_, (form, _))| form.into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::least;

    #[test]
    fn a_short_list_ends_later_than_a_long_one() {
        let scores = |likely: usize, unlikely: usize| {
            let mut scores = vec![0.002; unlikely];
            scores.extend(vec![0.5; likely]);
            scores.push(0.0001);
            scores
        };
        assert!((0.001..=0.002).contains(&least(&scores(3, 20))));
        assert!((0.001..=0.002).contains(&least(&scores(99, 200))));
        assert!((0.0049..=0.0051).contains(&least(&scores(100, 200))));
        assert!((0.0049..=0.0051).contains(&least(&[])));
    }
}
