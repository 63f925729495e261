//! Terms rendered in several ways.
//!
//! Every occurrence of a term is looked at, also those the glossary has no pair for: where the usual rendering does not
//! stand, whatever is linked with the term there is the odd one. That it is another form of the usual one, or of what
//! another term is rendered by, speaks against a finding; that the two look like a term and its translation, and that
//! the term is rendered alike elsewhere, speaks for it.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::related;
use crate::task::{Cancelled, Ctl};
use crate::term::Unit;
use crate::term::survey::{CHINESE, ENGLISH, Seen, Sight, Survey, Word};
use crate::token::{fold, is_function_word};

/// A term has a pair at least so likely to be listed.
const TERM: f32 = 0.25;
/// An odd rendering fits at least so well, or is so likely to be listed.
const FIT: f32 = 0.3;
const LISTED: f32 = 0.15;
/// A rendering less likely than this is not counted against the usual one.
const HARDLY: f32 = 0.03;
/// From this fit on the dictionary has the odd rendering, too.
const KNOWN: f32 = 1.0;

/// What speaks for and against a finding, after a logistic regression over odd renderings that a script had put into
/// TICO-19, against what was found in the texts as they are; rounded.
mod weight {
    /// How likely the likeliest pair of the term is to be listed, the usual one, and the odd one.
    pub(super) const TERM: f32 = 2.0;
    pub(super) const USUAL: f32 = 0.6;
    pub(super) const ODD: f32 = 2.6;
    /// The share of the usual rendering.
    pub(super) const SHARE: f32 = 1.7;
    /// That the usual rendering or the odd one is of several English words.
    pub(super) const WORDS: f32 = 0.3;
    /// That the dictionary has the odd rendering, and both are single words: so they are of general language.
    pub(super) const GENERAL: f32 = -1.3;
    /// That the odd rendering translates another term elsewhere.
    pub(super) const OTHER: f32 = -1.7;
    /// That the odd rendering is one word of what looks like a name, and the usual one no name.
    pub(super) const NAME: f32 = -1.0;
    /// That the usual rendering was found but once.
    pub(super) const ONCE: f32 = -1.0;
    /// Each odd rendering.
    pub(super) const MANY: f32 = -0.45;
    /// That the term is an English one.
    pub(super) const ENGLISH: f32 = -0.7;
    /// What is to be reached.
    pub(super) const ENOUGH: f32 = 2.9;
}

/// A term with a usual rendering and odd ones.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Variation {
    /// The term as it is shown.
    pub(super) term: String,
    /// The usual rendering, and the units where it stands.
    pub(super) usual: (String, Vec<usize>),
    /// The odd ones.
    pub(super) odd: Vec<(String, Vec<usize>)>,
    /// How sure it is, for the order.
    pub(super) weight: f32,
}

/// The terms of one side that are rendered in several ways, in the order of their keys.
///
/// # Errors
/// [`Cancelled`].
pub(super) fn variations(
    ctl: &Ctl,
    survey: &Survey,
    units: &[Unit<'_>],
    side: usize,
) -> Result<Vec<Variation>, Cancelled> {
    let reader = Reader::new(survey, units, side);
    let mut seen: BTreeMap<&str, Rendered<'_>> = BTreeMap::new();
    for unit in 0..survey.units.len() {
        if unit % 256 == 0 {
            ctl.step("checking terms", unit, survey.units.len())?;
        }
        reader.read(unit, &mut seen);
    }
    let mut judged: Vec<Judged<'_>> =
        seen.into_iter().filter_map(|(key, rendered)| reader.judge(key, rendered)).collect();
    drop_doubled(&mut judged);
    Ok(judged.into_iter().filter(|term| !term.odd.is_empty()).map(|term| reader.finish(term)).collect())
}

/// What a term is usually rendered by.
struct Main {
    pair: usize,
    /// The stems of the rendering in each of its forms.
    forms: Vec<Vec<String>>,
}

/// How a term was rendered in all units.
#[derive(Default)]
struct Rendered<'a> {
    usual: Vec<usize>,
    odd: Vec<Odd<'a>>,
}

/// An occurrence without the usual rendering, and what is linked with it.
#[derive(Clone, Copy)]
struct Odd<'a> {
    unit: usize,
    sight: &'a Sight,
}

/// Odd renderings that are forms of one, first found first.
type OddGroup<'a> = Vec<Odd<'a>>;

struct Judged<'a> {
    key: &'a str,
    usual: Vec<usize>,
    odd: Vec<OddGroup<'a>>,
    weight: f32,
}

struct Reader<'a> {
    survey: &'a Survey,
    units: &'a [Unit<'a>],
    side: usize,
    /// For each pair, in how many places nothing fits either side better.
    firsts: Vec<usize>,
    mains: HashMap<&'a str, Main>,
    /// For each rendering the pair it is most often in.
    owners: HashMap<&'a str, usize>,
}

impl<'a> Reader<'a> {
    fn new(survey: &'a Survey, units: &'a [Unit<'a>], side: usize) -> Self {
        let mut firsts = vec![0; survey.pairs.len()];
        for sight in survey.sights.iter().flatten().filter(|sight| is_first(sight)) {
            firsts[sight.pair] += 1;
        }
        let mut mains: HashMap<&str, Main> = HashMap::new();
        let mut owners: HashMap<&str, usize> = HashMap::new();
        for (number, pair) in survey.pairs.iter().enumerate().filter(|(number, _)| firsts[*number] > 0) {
            let owner = owners.entry(&pair.keys[1 - side]).or_insert(number);
            if firsts[*owner] < firsts[number] {
                *owner = number;
            }
            if pair.score < TERM {
                continue;
            }
            let main = mains.entry(&pair.keys[side]).or_insert(Main { pair: number, forms: Vec::new() });
            let before = &survey.pairs[main.pair];
            if (firsts[number], pair.score) > (firsts[main.pair], before.score) {
                main.pair = number;
            }
        }
        let mut out = Self { survey, units, side, firsts, mains, owners };
        out.collect_forms();
        out
    }

    fn collect_forms(&mut self) {
        for (unit, sights) in self.survey.sights.iter().enumerate() {
            for sight in sights {
                let key = self.survey.pairs[sight.pair].keys[self.side].as_str();
                let Some(main) = self.mains.get_mut(key).filter(|main| main.pair == sight.pair) else { continue };
                let form = stems(&self.survey.units[unit][1 - self.side][sight.words[1 - self.side].clone()]);
                if !main.forms.iter().any(|known| known.iter().eq(&form)) {
                    main.forms.push(form.into_iter().map(str::to_owned).collect());
                }
            }
        }
    }

    fn key(&self, sight: &Sight) -> &'a str {
        &self.survey.pairs[sight.pair].keys[self.side]
    }

    /// Notes how the terms of a unit are rendered.
    fn read(&self, unit: usize, seen: &mut BTreeMap<&'a str, Rendered<'a>>) {
        let mut places: BTreeMap<(usize, usize), Vec<&'a Sight>> = BTreeMap::new();
        for sight in &self.survey.sights[unit] {
            let words = &sight.words[self.side];
            places.entry((words.start, words.end)).or_default().push(sight);
        }
        let there = stems(&self.survey.units[unit][1 - self.side]);
        for (place, sights) in &places {
            let key = self.key(sights[0]);
            let Some(main) = self.mains.get(key) else { continue };
            if places.iter().any(|(other, sights)| other != place && self.hides(other, sights, place, main)) {
                continue;
            }
            let rendered = seen.entry(key).or_default();
            if main.forms.iter().any(|form| self.stands(form, &there)) {
                rendered.usual.push(unit);
                continue;
            }
            let best = sights.iter().copied().reduce(|best, sight| {
                let better = (is_first(sight), sight.fit) > (is_first(best), best.fit);
                if better { sight } else { best }
            });
            rendered.odd.extend(best.map(|sight| Odd { unit, sight }));
        }
    }

    /// Whether what stands inside a longer term is none of its own: 网络 in 网络空间, where nobody says `network`.
    fn hides(&self, outer: &(usize, usize), sights: &[&Sight], inner: &(usize, usize), main: &Main) -> bool {
        let within = outer.0 <= inner.0 && inner.1 <= outer.1;
        let longer = within.then(|| self.mains.get(self.key(sights[0]))).flatten();
        longer.is_some_and(|longer| {
            let whole = longer.forms.first().map(|form| form.iter().map(String::as_str).collect::<Vec<_>>());
            let part = main.forms.first();
            self.firsts[longer.pair] > 1 && whole.zip(part).is_some_and(|(whole, part)| !self.stands(part, &whole))
        })
    }

    /// Whether a rendering stands among the stems of a unit.
    fn stands(&self, form: &[String], there: &[&str]) -> bool {
        if self.side == ENGLISH {
            // The same Chinese may be cut otherwise elsewhere.
            return there.concat().contains(&form.concat());
        }
        !form.is_empty() && there.windows(form.len()).any(|run| run.iter().zip(form).all(|(a, b)| a == b))
    }

    /// Keeps the odd renderings of a term that are worth a look.
    fn judge(&self, key: &'a str, rendered: Rendered<'a>) -> Option<Judged<'a>> {
        let pair = &self.survey.pairs[self.mains.get(key)?.pair];
        let usual = &pair.texts[1 - self.side];
        let (mut groups, mut against): (Vec<OddGroup<'a>>, usize) = (Vec::new(), 0);
        for odd in rendered.odd {
            let seen = &self.survey.pairs[odd.sight.pair];
            let text = &seen.texts[1 - self.side];
            if self.is_form(text, usual) || squashed(text) == squashed(key) {
                continue;
            }
            against += usize::from(is_first(odd.sight) && seen.score >= HARDLY);
            if !is_likely(self.survey, odd.sight) || self.points_back(&odd) {
                continue;
            }
            match groups.iter_mut().find(|group| self.is_form(self.text(&group[0]), text)) {
                Some(group) => group.push(odd),
                None => groups.push(vec![odd]),
            }
        }
        let count = rendered.usual.len();
        let share = count as f32 / (count + against).max(1) as f32;
        let listed = groups.iter().map(|group| self.listed(group)).fold(pair.score, f32::max);
        let common = weight::TERM * listed
            + weight::USUAL * pair.score
            + weight::SHARE * share
            + weight::MANY * groups.len() as f32
            + if count < 2 { weight::ONCE } else { 0.0 }
            + if self.side == ENGLISH { weight::ENGLISH } else { 0.0 };
        let weights: Vec<f32> = groups.iter().map(|group| common + self.odd_weight(key, pair, group)).collect();
        let best = weights.iter().copied().fold(f32::MIN, f32::max);
        let sure = groups.into_iter().zip(weights).filter(|(_, weight)| *weight >= weight::ENOUGH);
        let odd: Vec<OddGroup<'a>> = sure.map(|(group, _)| group).collect();
        (count > 0 && !odd.is_empty()).then_some(Judged { key, usual: rendered.usual, odd, weight: best })
    }

    /// How likely the likeliest pair of a group is to be listed.
    fn listed(&self, group: &OddGroup<'_>) -> f32 {
        group.iter().map(|odd| self.survey.pairs[odd.sight.pair].score).fold(0.0, f32::max)
    }

    fn odd_weight(&self, key: &str, usual: &Seen, group: &OddGroup<'_>) -> f32 {
        let text = self.text(&group[0]);
        let words = words(&usual.texts[ENGLISH]).max(if self.side == CHINESE { words(text) } else { 1 });
        let fit = group.iter().map(|odd| odd.sight.fit).fold(0.0, f32::max);
        let general = words == 1 && fit > KNOWN;
        let owner = self.owners.get(self.survey.pairs[group[0].sight.pair].keys[1 - self.side].as_str());
        let elsewhere = owner.filter(|&&owner| self.survey.pairs[owner].keys[self.side] != key);
        let other = elsewhere.map_or(0.0, |&owner| ((self.firsts[owner] as f32 - 1.0) / 2.0).clamp(0.0, 1.0));
        let name = |text: &str| text.chars().next().is_some_and(char::is_uppercase);
        let of_name = self.side == CHINESE && name(text) && !name(&usual.texts[ENGLISH]) && !text.contains(' ');
        weight::ODD * self.listed(group)
            + weight::OTHER * other
            + if words > 1 { weight::WORDS } else { 0.0 }
            + if general { weight::GENERAL } else { 0.0 }
            + if of_name { weight::NAME } else { 0.0 }
    }

    fn is_form(&self, one: &str, other: &str) -> bool {
        if self.side == CHINESE { related::english(one, other) } else { related::chinese(one, other) }
    }

    /// Whether the rendering only points back at what was said before: `this country`.
    fn points_back(&self, odd: &Odd<'_>) -> bool {
        let before = odd.sight.words[1 - self.side].start.checked_sub(1);
        let word = before.and_then(|before| self.survey.units[odd.unit][1 - self.side].get(before));
        word.is_some_and(|word| POINTING.contains(&word.stem.as_str()))
    }

    fn text(&self, odd: &Odd<'_>) -> &'a str {
        &self.survey.pairs[odd.sight.pair].texts[1 - self.side]
    }

    fn finish(&self, term: Judged<'_>) -> Variation {
        let main = self.mains.get(term.key).map_or(0, |main| main.pair);
        let texts = &self.survey.pairs[main].texts;
        let odd = term.odd.iter().map(|group| (self.commonest(group), units(group.iter().map(|odd| odd.unit))));
        let mut odd: Vec<(String, Vec<usize>)> = odd.collect();
        odd.sort_by_key(|(_, units)| (std::cmp::Reverse(units.len()), units.first().copied()));
        Variation {
            term: texts[self.side].clone(),
            usual: (texts[1 - self.side].clone(), units(term.usual.into_iter())),
            odd,
            weight: term.weight,
        }
    }

    /// The form that most of a group have, as it stands in the text; of equals the first.
    fn commonest(&self, group: &OddGroup<'_>) -> String {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for odd in group {
            let unit = &self.units[odd.unit];
            let whole = if self.side == CHINESE { unit.english } else { unit.chinese };
            let text = whole.get(odd.sight.spans[1 - self.side].clone()).unwrap_or_default();
            match counts.iter_mut().find(|(known, _)| *known == text) {
                Some((_, count)) => *count += 1,
                None => counts.push((text, 1)),
            }
        }
        let best = counts.iter().rev().max_by_key(|(_, count)| *count);
        best.map_or_else(String::new, |(text, _)| (*text).to_owned())
    }
}

const POINTING: &[&str] = &["this", "these", "that", "those", "such", "此", "该", "这", "那", "其"];

/// The number of a term, and the words on both sides that are odd of it.
type Told = (usize, [Range<usize>; 2]);

/// What is odd of a term and of a longer one that holds it is said once: of the term with more to go by.
fn drop_doubled(terms: &mut [Judged<'_>]) {
    let mut places: HashMap<usize, Vec<Told>> = HashMap::new();
    for (number, term) in terms.iter().enumerate() {
        for odd in term.odd.iter().flatten() {
            places.entry(odd.unit).or_default().push((number, odd.sight.words.clone()));
        }
    }
    let evidence: Vec<(usize, usize)> = terms.iter().map(|term| (term.usual.len(), term.key.len())).collect();
    for (number, term) in terms.iter_mut().enumerate() {
        let doubled = |odd: &Odd<'_>| {
            places.get(&odd.unit).into_iter().flatten().any(|(other, words)| {
                let meets = (0..2).all(|side| meet(&words[side], &odd.sight.words[side]));
                *other != number && meets && (evidence[*other], number) > (evidence[number], *other)
            })
        };
        for group in &mut term.odd {
            group.retain(|odd| !doubled(odd));
        }
        term.odd.retain(|group| !group.is_empty());
    }
}

fn meet(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Whether what a sight links is more than chance.
pub(super) fn is_likely(survey: &Survey, sight: &Sight) -> bool {
    sight.fit >= FIT || survey.pairs[sight.pair].score >= LISTED
}

fn is_first(sight: &Sight) -> bool {
    sight.rank == [0, 0]
}

fn stems(words: &[Word]) -> Vec<&str> {
    words.iter().filter(|word| !word.mark).map(|word| word.stem.as_str()).collect()
}

/// How many words of an English text say something.
fn words(text: &str) -> usize {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !is_function_word(word)).count()
}

fn squashed(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Each unit once, in order.
fn units(units: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut out: Vec<usize> = units.collect();
    out.sort_unstable();
    out.dedup();
    out
}
