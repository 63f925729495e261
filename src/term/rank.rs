//! Gathering the pairs of all units and ranking them: confidence × termhood.
//!
//! Termhood follows what terminologists list: names, abbreviations and terms of several words first, general words far
//! below, the longest useful term rather than its fragments (as in the C-value of Frantzi, Ananiadou and Mima 2000).

use std::collections::{BTreeMap, HashMap, HashSet};

use super::candidates::{self, Stretch};
use super::pairing::Found;
use super::{Cut, Place, TermPair, Token};
use crate::lexicon::{GlossUse, Lexicon};
use crate::token::{Tokenizer, WordKind, fold};

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
    nest(&mut groups);
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

fn termhood(cut: &Cut<'_>, pair: Found, units: usize, key: &(String, String), english: &English) -> f32 {
    let zh = &cut.chinese[pair.chinese.from..pair.chinese.to];
    let en = &cut.english[pair.english.from..pair.english.to];
    let words: Vec<&Token> = en.iter().filter(|token| token.word.kind != WordKind::Mark).collect();
    let mut hood = shape_of_chinese(zh, units) * shape_of_english(cut, &words, pair.english.from, english);
    if zh.len() >= 2 && words.len() >= 2 {
        hood *= 1.25;
    }
    // A coordination is a term only as part of a name, and then on both sides.
    let joined = zh.iter().any(|token| matches!(token.key.as_str(), "和" | "与" | "及"));
    if joined && !(words.iter().any(|word| word.key == "and") && words.first().is_some_and(|word| word.capital)) {
        hood *= 0.2;
    }
    if units == 1 {
        hood *= 0.8;
    }
    hood * english.generality(cut, &key.0, &words)
}

/// Ends in something like a noun, is not too long.
fn shape_of_chinese(zh: &[Token], units: usize) -> f32 {
    let (Some(first), Some(last)) = (zh.first(), zh.last()) else { return 0.0 };
    let mut hood = 1.0;
    let noun = last.tag.starts_with(['n', 'j', 'l']) || matches!(last.tag, "vn" | "an" | "eng" | "x" | "i" | "");
    if !noun && zh.len() == 1 {
        hood *= if matches!(last.tag, "v" | "a") { 0.6 } else { 0.4 };
    } else if !noun {
        hood *= 0.75;
    }
    if zh.len() > 1 && matches!(first.tag, "v" | "d" | "ad") && !matches!(first.key.as_str(), "不" | "非" | "反") {
        hood *= if units > 1 { 0.85 } else { 0.65 };
    }
    if zh.iter().any(|token| matches!(token.key.as_str(), "的" | "对" | "于" | "中")) {
        hood *= 0.6;
    }
    if zh.len() > 5 {
        hood *= 0.8;
    }
    hood
}

/// Names and abbreviations rise; participles, adverbs and long phrases sink.
fn shape_of_english(cut: &Cut<'_>, words: &[&Token], from: usize, english: &English) -> f32 {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return 0.0 };
    let surface = |token: &Token| &cut.unit.english[token.word.span.clone()];
    let mut hood = 1.0;
    if words.len() == 1 && is_acronym(surface(first)) {
        hood *= 1.3;
    } else if from > 0 && words.iter().all(|word| word.capital || word.function) {
        hood *= 1.2;
    }
    let folded_last = fold(surface(last));
    let folded_first = fold(surface(first));
    if folded_last.ends_with("ly")
        || (words.len() == 1 && (folded_last.ends_with("ed") || folded_last.ends_with("ing")))
    {
        hood *= 0.6;
    }
    if words.len() > 1 && !first.capital && (folded_first.ends_with("ing") || folded_first.ends_with("ed")) {
        hood *= 0.75;
    }
    let name = first.capital && from > 0;
    if !name && english.is_verb(&folded_first) && !folded_first.ends_with("ing") {
        hood *= 0.5;
    } else if words.len() > 1 && english.is_verb(&folded_last) && !last.capital {
        hood *= if folded_last.ends_with("ing") { 0.8 } else { 0.5 };
    }
    if words.len() == 1
        && !first.capital
        && ["ive", "ous", "ful", "less", "able", "ible", "ic", "al"].iter().any(|ending| folded_last.ends_with(ending))
    {
        hood *= 0.7;
    }
    let links = words.iter().filter(|word| word.function).count();
    if links > 1 && !words.iter().any(|word| word.capital) {
        hood *= 0.6;
    }
    if words.iter().any(|word| word.function && !matches!(word.key.as_str(), "of" | "no" | "and" | "for" | "the")) {
        hood *= if first.capital { 0.9 } else { 0.6 };
    }
    if words.len() > 5 && !first.capital {
        hood *= 0.7;
    }
    hood
}

/// Two capitals or more, and hardly anything else.
fn is_acronym(surface: &str) -> bool {
    let capitals = surface.chars().filter(|c| c.is_uppercase()).count();
    let small = surface.chars().filter(|c| c.is_lowercase()).count();
    capitals >= 2 && small <= 1
}

fn folded(cut: &Cut<'_>, token: &Token) -> String {
    let folded = fold(&cut.unit.english[token.word.span.clone()]);
    folded.strip_suffix("'s").map(str::to_owned).unwrap_or(folded)
}

/// What the dictionary tells of the English words: how general they are, and which are verbs.
struct English {
    uses: HashMap<String, GlossUse>,
}

impl English {
    fn of(found: &[Found], cuts: &[Cut<'_>]) -> Self {
        let mut uses: HashMap<String, GlossUse> = HashMap::new();
        for pair in found {
            let cut = &cuts[pair.unit];
            for token in &cut.english[pair.english.from..pair.english.to] {
                uses.extend(base_forms(&folded(cut, token)).into_iter().map(|form| (form, GlossUse::default())));
            }
        }
        Lexicon::embedded().count_gloss_words(&mut uses);
        Self { uses }
    }

    /// The use of the commonest base form of a word.
    fn usage(&self, folded: &str) -> GlossUse {
        let forms = base_forms(folded).into_iter();
        forms.filter_map(|form| self.uses.get(&form).copied()).max_by_key(|usage| usage.glosses).unwrap_or_default()
    }

    /// Mostly explained as "to …": a verb rather than a noun.
    fn is_verb(&self, folded: &str) -> bool {
        let usage = self.usage(folded);
        usage.verbs >= 2 && usage.verbs * 2 > usage.glosses
    }

    /// Below 1 for general words: in Chinese by jieba's counts, in English by the number of glosses. Terms of several
    /// words suffer only when all of their words are general.
    fn generality(&self, cut: &Cut<'_>, chinese: &str, words: &[&Token]) -> f32 {
        let count = Tokenizer::shared().frequency(chinese);
        let zh = 1.0 / (1.0 + count as f32 / 1500.0);
        let content: Vec<u32> =
            words.iter().filter(|word| !word.function).map(|word| self.usage(&folded(cut, word)).glosses).collect();
        let most_telling = content.iter().copied().min().unwrap_or(0);
        let tolerance = if content.len() > 1 { 600.0 } else { 150.0 };
        let en = 1.0 / (1.0 + most_telling as f32 / tolerance);
        (zh * en).sqrt()
    }
}

/// A word without the endings of plurals and verb forms, in the spellings it may have had.
fn base_forms(folded: &str) -> Vec<String> {
    let mut out = vec![folded.to_owned()];
    for ending in ["s", "es", "ed", "d", "ing"] {
        if let Some(base) = folded.strip_suffix(ending).filter(|base| base.len() >= 3) {
            out.push(base.to_owned());
            if matches!(ending, "ed" | "ing") {
                out.push(format!("{base}e"));
                let mut chars = base.chars().rev();
                if let (Some(last), Some(before)) = (chars.next(), chars.next())
                    && last == before
                {
                    out.push(base[..base.len() - last.len_utf8()].to_owned());
                }
            }
        }
    }
    if let Some(base) = folded.strip_suffix("ies") {
        out.push(format!("{base}y"));
    }
    out
}

/// Fragments sink: pairs that stand mostly inside longer pairs that are at least about as good. What is left of a
/// long pair once a good term in it is taken away sinks too, if it is seen only once.
fn nest(groups: &mut [Group]) {
    let mut by_unit: BTreeMap<usize, Vec<(usize, Found)>> = BTreeMap::new();
    for (number, group) in groups.iter().enumerate() {
        for &found in &group.found {
            by_unit.entry(found.unit).or_default().push((number, found));
        }
    }
    let values: Vec<f32> = groups.iter().map(Group::value).collect();
    let mut inside = vec![0_usize; groups.len()];
    let mut factors = vec![1.0_f32; groups.len()];
    for pairs in by_unit.values() {
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

fn span(tokens: &[Token], stretch: Stretch) -> std::ops::Range<usize> {
    tokens[stretch.from].word.span.start..tokens[stretch.to - 1].word.span.end
}

/// Without a possessive ending, with the full stop of a dotted abbreviation.
fn english_span(cut: &Cut<'_>, stretch: Stretch) -> std::ops::Range<usize> {
    let mut span = span(&cut.english, stretch);
    let text = &cut.unit.english[span.clone()];
    for ending in ["’s", "'s", "’", "'"] {
        if let Some(bare) = text.strip_suffix(ending) {
            span.end = span.start + bare.len();
            return span;
        }
    }
    let last = &cut.unit.english[cut.english[stretch.to - 1].word.span.clone()];
    if last.contains('.')
        && last.chars().all(|c| c.is_uppercase() || c == '.')
        && cut.unit.english[span.end..].starts_with('.')
    {
        span.end += 1;
    }
    span
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
