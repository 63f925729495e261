//! Terms rendered in several ways.
//!
//! Every occurrence of a term is looked at, also those the glossary has no pair for: where the usual rendering does not
//! stand, whatever is linked with the term there is the odd one. That it is another form of the usual one, or of what
//! another term is rendered by, speaks against a finding; that the two look like a term and its translation, and that
//! the term is rendered alike elsewhere, speaks for it.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::related;
use super::remainder::Remainder;
use super::weight;
use super::wording::{span, squashed, stems, words};
use crate::task::{Cancelled, Ctl};
use crate::term::Unit;
use crate::term::survey::{CHINESE, ENGLISH, Seen, Sight, Survey, Word};
use crate::text::Span;
use crate::token::fold;

/// A term has a pair at least so likely to be listed.
const TERM: f32 = 0.25;
/// An odd rendering fits at least so well, or is so likely to be listed.
const FIT: f32 = 0.3;
const LISTED: f32 = 0.15;
/// A rendering less likely than this is not counted against the usual one.
const HARDLY: f32 = 0.03;
/// A pair so likely to be listed, found more than once, is expected wherever the term stands.
const STRONG: f32 = 0.4;
/// From this fit on the dictionary has the odd rendering, too.
const KNOWN: f32 = 1.0;

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
    bare: Vec<Bare<'a>>,
}

/// An occurrence without the usual rendering, and what is linked with it.
struct Bare<'a> {
    unit: usize,
    place: Range<usize>,
    sight: Option<&'a Sight>,
}

/// What stands where the usual rendering is missing.
struct Odd {
    unit: usize,
    /// The words of the term and of what stands for it, Chinese and English.
    words: [Range<usize>; 2],
    /// The bytes of what stands for the term.
    span: Span,
    /// It as it is compared.
    text: String,
    /// The pair the two are, where they were seen as one.
    pair: Option<usize>,
    fit: f32,
}

/// Odd renderings that are forms of one, first found first.
type OddGroup = Vec<Odd>;

struct Judged<'a> {
    key: &'a str,
    usual: Vec<usize>,
    odd: Vec<OddGroup>,
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
    /// The words of the terms that are expected wherever they stand, by the first one, with their keys.
    terms: HashMap<&'a str, Vec<(&'a str, &'a [Word])>>,
}

/// Stretches of a unit with their keys and what was seen for them.
type Places<'a> = BTreeMap<(usize, usize), (&'a str, Vec<&'a Sight>)>;

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
        let mut out = Self { survey, units, side, firsts, mains, owners, terms: HashMap::new() };
        out.collect_forms();
        out.collect_terms();
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

    fn collect_terms(&mut self) {
        for (unit, sights) in self.survey.sights.iter().enumerate() {
            for sight in sights {
                let key = self.key(sight);
                let main = self.mains.get(key).filter(|main| main.pair == sight.pair);
                if main.is_none_or(|main| self.survey.pairs[main.pair].score < STRONG) {
                    continue;
                }
                let words = &self.survey.units[unit][self.side][sight.words[self.side].clone()];
                let known = self.terms.entry(words[0].stem.as_str()).or_default();
                let same = |other: &[Word]| words.iter().map(|word| &word.stem).eq(other.iter().map(|word| &word.stem));
                if !known.iter().any(|(_, other)| same(other)) {
                    known.push((key, words));
                }
            }
        }
    }

    fn key(&self, sight: &Sight) -> &'a str {
        &self.survey.pairs[sight.pair].keys[self.side]
    }

    /// Notes how the terms of a unit are rendered.
    fn read(&self, unit: usize, seen: &mut BTreeMap<&'a str, Rendered<'a>>) {
        let places = self.places(unit);
        let there = stems(&self.survey.units[unit][1 - self.side]);
        for (place, (key, sights)) in &places {
            let Some(main) = self.mains.get(key) else { continue };
            if places.iter().any(|(other, (outer, _))| other != place && self.hides(other, outer, place, main)) {
                continue;
            }
            let rendered = seen.entry(key).or_default();
            if main.forms.iter().any(|form| self.stands(form, &there)) {
                rendered.usual.push(unit);
                continue;
            }
            let sight = sights.iter().copied().reduce(|best, sight| {
                let better = (is_first(sight), sight.fit) > (is_first(best), best.fit);
                if better { sight } else { best }
            });
            rendered.bare.push(Bare { unit, place: place.0..place.1, sight });
        }
    }

    /// The stretches of a unit that something was seen for, and the terms nothing was seen for.
    fn places(&self, unit: usize) -> Places<'a> {
        let mut out = Places::new();
        for sight in &self.survey.sights[unit] {
            let words = &sight.words[self.side];
            out.entry((words.start, words.end)).or_insert((self.key(sight), Vec::new())).1.push(sight);
        }
        let words = &self.survey.units[unit][self.side];
        for (at, word) in words.iter().enumerate() {
            for (key, term) in self.terms.get(word.stem.as_str()).into_iter().flatten() {
                let same = words[at..].iter().zip(*term).filter(|(one, other)| one.stem == other.stem).count();
                if same == term.len() {
                    out.entry((at, at + same)).or_insert((key, Vec::new()));
                }
            }
        }
        out
    }

    /// Whether what stands inside a longer term is none of its own: 网络 in 网络空间, where nobody says `network`.
    fn hides(&self, outer: &(usize, usize), key: &str, inner: &(usize, usize), main: &Main) -> bool {
        let within = outer.0 <= inner.0 && inner.1 <= outer.1;
        let longer = within.then(|| self.mains.get(key)).flatten();
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
        let (mut groups, mut against): (Vec<OddGroup>, usize) = (Vec::new(), 0);
        let strong = pair.score >= STRONG && rendered.usual.len() > 1;
        for bare in rendered.bare {
            let seen = bare.sight.map(|sight| (sight, &self.survey.pairs[sight.pair]));
            let form = seen.is_some_and(|(_, seen)| self.is_form(&seen.texts[1 - self.side], usual));
            let weighs = seen.is_some_and(|(sight, seen)| is_first(sight) && seen.score >= HARDLY);
            against += usize::from(weighs && !form);
            let Some(odd) = self.odd(&bare, key, usual, strong) else { continue };
            match groups.iter_mut().find(|group| self.is_form(&group[0].text, &odd.text)) {
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
        let odd: Vec<OddGroup> = sure.map(|(group, _)| group).collect();
        (count > 0 && !odd.is_empty()).then_some(Judged { key, usual: rendered.usual, odd, weight: best })
    }

    /// What stands for a term instead of the usual rendering, if anything does.
    fn odd(&self, bare: &Bare<'a>, key: &str, usual: &str, strong: bool) -> Option<Odd> {
        let other = 1 - self.side;
        let is_other = |odd: &Odd| {
            !self.is_form(&odd.text, usual) && squashed(&odd.text) != squashed(key) && !self.points_back(odd)
        };
        let remainder = Remainder::of(self.survey, bare.unit, self.side, &bare.place);
        let likely = bare.sight.filter(|sight| is_likely(self.survey, sight));
        if let Some(sight) = likely {
            let found = Odd {
                unit: bare.unit,
                words: sight.words.clone(),
                span: sight.spans[other].clone(),
                text: self.survey.pairs[sight.pair].texts[other].clone(),
                pair: Some(sight.pair),
                fit: sight.fit,
            };
            let wider = remainder.widened(&sight.words[other]);
            if !strong || wider == sight.words[other] {
                return Some(found).filter(is_other);
            }
            // The dictionary knows the part, not the whole.
            let (left, fit) = (self.left(bare, wider), sight.fit.min(KNOWN));
            let pair = found.pair.filter(|_| is_other(&found));
            return Some(Odd { pair, fit, ..left }).filter(is_other);
        }
        let words = remainder.best().filter(|_| strong)?;
        Some(self.left(bare, words)).filter(is_other)
    }

    /// What a term is not known to be linked with, and stands for it all the same.
    fn left(&self, bare: &Bare<'_>, words: Range<usize>) -> Odd {
        let span = span(&self.survey.units[bare.unit][1 - self.side][words.clone()]);
        let text = self.whole(bare.unit).get(span.clone()).unwrap_or_default().to_owned();
        let words = if self.side == CHINESE { [bare.place.clone(), words] } else { [words, bare.place.clone()] };
        Odd { unit: bare.unit, words, span, text, pair: None, fit: 0.0 }
    }

    /// The other side of a unit.
    fn whole(&self, unit: usize) -> &'a str {
        if self.side == CHINESE { self.units[unit].english } else { self.units[unit].chinese }
    }

    /// How likely the likeliest pair of a group is to be listed.
    fn listed(&self, group: &OddGroup) -> f32 {
        group.iter().filter_map(|odd| odd.pair).map(|pair| self.survey.pairs[pair].score).fold(0.0, f32::max)
    }

    fn odd_weight(&self, key: &str, usual: &Seen, group: &OddGroup) -> f32 {
        let text = group[0].text.as_str();
        let words = words(&usual.texts[ENGLISH]).max(if self.side == CHINESE { words(text) } else { 1 });
        let fit = group.iter().map(|odd| odd.fit).fold(0.0, f32::max);
        let general = words == 1 && fit > KNOWN;
        let pair = group[0].pair.map(|pair| self.survey.pairs[pair].keys[1 - self.side].as_str());
        let owner = self.owners.get(pair.unwrap_or(fold(text).as_str()));
        let elsewhere = owner.filter(|&&owner| self.survey.pairs[owner].keys[self.side] != key);
        let other = elsewhere.map_or(0.0, |&owner| ((self.firsts[owner] as f32 - 1.0) / 2.0).clamp(0.0, 1.0));
        let name = |text: &str| text.chars().next().is_some_and(char::is_uppercase);
        let of_name = self.side == CHINESE && name(text) && !name(&usual.texts[ENGLISH]) && !text.contains(' ');
        let left = group.iter().all(|odd| odd.pair.is_none());
        // What is left of a row hardly is a name where none is meant, or the other way round.
        let alike = self.side == ENGLISH || name(text) == name(&usual.texts[ENGLISH]);
        let several = if self.side == ENGLISH || words > 1 { weight::LEFT } else { 0.0 };
        weight::ODD * self.listed(group)
            + weight::OTHER * other
            + if words > 1 { weight::WORDS } else { 0.0 }
            + if general { weight::GENERAL } else { 0.0 }
            + if of_name { weight::NAME } else { 0.0 }
            + if left { if alike { several } else { weight::NAME } } else { 0.0 }
    }

    fn is_form(&self, one: &str, other: &str) -> bool {
        if self.side == CHINESE { related::english(one, other) } else { related::chinese(one, other) }
    }

    /// Whether the rendering only points back at what was said before: `this country`.
    fn points_back(&self, odd: &Odd) -> bool {
        let before = odd.words[1 - self.side].start.checked_sub(1);
        let word = before.and_then(|before| self.survey.units[odd.unit][1 - self.side].get(before));
        word.is_some_and(|word| POINTING.contains(&word.stem.as_str()))
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
    fn commonest(&self, group: &OddGroup) -> String {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for odd in group {
            let text = self.whole(odd.unit).get(odd.span.clone()).unwrap_or_default();
            match counts.iter_mut().find(|(known, _)| *known == text) {
                Some((_, count)) => *count += 1,
                None => counts.push((text, 1)),
            }
        }
        let best = counts.iter().rev().max_by_key(|(_, count)| *count);
        best.map_or_else(String::new, |(text, _)| (*text).to_owned())
    }
}

const POINTING: &[&str] = &["this", "these", "that", "those", "such", "此", "该", "这", "那"];

/// The number of a term, and the words on both sides that are odd of it.
type Told = (usize, [Range<usize>; 2]);

/// What is odd of a term and of a longer one that holds it is said once: of the term with more to go by.
fn drop_doubled(terms: &mut [Judged<'_>]) {
    let mut places: HashMap<usize, Vec<Told>> = HashMap::new();
    for (number, term) in terms.iter().enumerate() {
        for odd in term.odd.iter().flatten() {
            places.entry(odd.unit).or_default().push((number, odd.words.clone()));
        }
    }
    let evidence: Vec<(usize, usize)> = terms.iter().map(|term| (term.usual.len(), term.key.len())).collect();
    for (number, term) in terms.iter_mut().enumerate() {
        let doubled = |odd: &Odd| {
            places.get(&odd.unit).into_iter().flatten().any(|(other, words)| {
                let meets = (0..2).all(|side| meet(&words[side], &odd.words[side]));
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

/// Each unit once, in order.
fn units(units: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut out: Vec<usize> = units.collect();
    out.sort_unstable();
    out.dedup();
    out
}
