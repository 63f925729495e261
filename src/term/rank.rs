//! Gathering the pairs of all units and ranking them: confidence × termhood.
//!
//! Termhood follows what terminologists list: names, abbreviations and terms of several words first, general words far
//! below, the longest useful term rather than its fragments (as in the C-value of Frantzi, Ananiadou and Mima 2000).

use std::collections::{BTreeMap, HashMap, HashSet};

use super::candidates::{self, Stretch, english_span, span};
use super::hood::{English, termhood};
use super::pairing::Found;
use super::{Cut, Place, TermPair};
use crate::token::WordKind;

struct Group {
    chinese: String,
    found: Vec<Found>,
    units: usize,
    /// How well the two fit, how exclusively they stand together, how much like a term they look.
    fit: f32,
    consistency: f32,
    termhood: f32,
}

impl Group {
    fn value(&self) -> f32 {
        #[expect(clippy::cast_possible_truncation, reason = "a logarithm of a count")]
        let often = 1.0 + 0.45 * libm::log(self.units as f64) as f32;
        self.fit.max(0.0) * (self.consistency + 0.1).min(1.0) * often * self.termhood
    }
}

/// In how many units each candidate of either side stands.
struct Presence {
    chinese: HashMap<String, usize>,
    english: HashMap<String, usize>,
}

/// Ranks what was found, best first; ties in the order of the text.
pub(super) fn rank(cuts: &[Cut<'_>], found: Vec<Found>) -> Vec<TermPair> {
    let presence = presence(cuts);
    let english = English::of(&found, cuts);
    let mut grouped: BTreeMap<(String, String), Vec<Found>> = BTreeMap::new();
    for pair in found {
        let cut = &cuts[pair.unit];
        let key = (chinese_key_of(cut, pair.chinese), english_key_of(cut, pair.english));
        grouped.entry(key).or_default().push(pair);
    }
    let mut groups: Vec<Group> =
        grouped.into_iter().map(|(key, found)| group(cuts, key, found, &presence, &english)).collect();
    nest(cuts, &mut groups);
    let first = |group: &Group| group.found.first().map_or((0, 0), |f| (f.unit, f.chinese.from));
    groups.sort_by(|a, b| {
        b.value().total_cmp(&a.value()).then_with(|| first(a).cmp(&first(b))).then_with(|| a.chinese.cmp(&b.chinese))
    });
    groups.iter().map(|group| finish(cuts, group)).collect()
}

fn chinese_key_of(cut: &Cut<'_>, stretch: Stretch) -> String {
    cut.chinese[stretch.from..stretch.to].iter().map(|token| token.key.as_str()).collect()
}

fn english_key_of(cut: &Cut<'_>, stretch: Stretch) -> String {
    let keys: Vec<&str> = cut.english[stretch.from..stretch.to]
        .iter()
        .filter(|token| token.word.kind != WordKind::Mark)
        .map(|token| token.key.as_str())
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

fn group(cuts: &[Cut<'_>], key: (String, String), found: Vec<Found>, presence: &Presence, english: &English) -> Group {
    let units = found.iter().map(|pair| pair.unit).collect::<HashSet<_>>().len();
    let all =
        presence.chinese.get(&key.0).copied().unwrap_or(units) + presence.english.get(&key.1).copied().unwrap_or(units);
    let fit = found.iter().map(|pair| pair.fit).sum::<f32>() / found.len() as f32;
    let termhood = found.first().map_or(0.0, |pair| termhood(&cuts[pair.unit], *pair, units, &key, english));
    Group { chinese: key.0, units, fit, consistency: 2.0 * units as f32 / all.max(1) as f32, termhood, found }
}

/// Fragments sink: pairs that stand mostly inside longer pairs that are at least about as good. What is left of a
/// long pair once a good term in it is taken away sinks too, if it is seen only once.
fn nest(cuts: &[Cut<'_>], groups: &mut [Group]) {
    let mut by_unit: BTreeMap<usize, Vec<(usize, Found)>> = BTreeMap::new();
    for (number, group) in groups.iter().enumerate() {
        for &found in &group.found {
            by_unit.entry(found.unit).or_default().push((number, found));
        }
    }
    let values: Vec<f32> = groups.iter().map(Group::value).collect();
    let mut inside = vec![0_usize; groups.len()];
    let mut factors = vec![1.0_f32; groups.len()];
    for (unit, pairs) in &by_unit {
        let cut = &cuts[*unit];
        for &(number, found) in pairs {
            if is_coordination(cut, found, pairs) {
                factors[number] = factors[number].min(0.15);
            }
        }
        for &(short, inner) in pairs {
            let longer = pairs.iter().filter(|(long, outer)| *long != short && holds(outer, &inner));
            let mut held = false;
            for &(long, _) in longer {
                held |= values[long] >= values[short] * 0.5 || groups[long].fit > 0.8;
                if groups[long].units == 1 && groups[short].units >= 3 && groups[long].fit < groups[short].fit {
                    factors[long] = factors[long].min(0.75);
                }
            }
            inside[short] += usize::from(held);
        }
    }
    for (number, group) in groups.iter_mut().enumerate() {
        let share = inside[number] as f32 / group.found.len() as f32;
        group.termhood *= factors[number] * (1.0 - 0.5 * share * share);
    }
}

/// Whether a pair is two pairs joined by "and" rather than a name that has an "and" in it: both halves were found too.
fn is_coordination(cut: &Cut<'_>, found: Found, others: &[(usize, Found)]) -> bool {
    let Stretch { from, to } = found.chinese;
    let joint = (from..to).find(|&at| matches!(cut.chinese[at].key.as_str(), "和" | "与" | "及"));
    joint.is_some_and(|joint| {
        // Two persons are never one term.
        let persons = cut.chinese[from..to].iter().any(|token| token.key == "·");
        let has = |half: Stretch| others.iter().any(|(_, other)| other.chinese == half);
        persons || (has(Stretch { from, to: joint }) && has(Stretch { from: joint + 1, to }))
    })
}

/// Whether `outer` holds `inner` on both sides and is longer on both.
fn holds(outer: &Found, inner: &Found) -> bool {
    let within = |outer: Stretch, inner: Stretch| outer.from <= inner.from && inner.to <= outer.to && outer != inner;
    within(outer.chinese, inner.chinese) && within(outer.english, inner.english)
}

fn finish(cuts: &[Cut<'_>], group: &Group) -> TermPair {
    let value = group.value();
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
    let chinese = commonest(group.found.iter().map(|pair| {
        let cut = &cuts[pair.unit];
        cut.unit.chinese[span(&cut.chinese, pair.chinese)].to_owned()
    }));
    let english = commonest(group.found.iter().map(|pair| surface(&cuts[pair.unit], pair.english)));
    TermPair { chinese, english, score: value / (value + 0.6), places }
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
