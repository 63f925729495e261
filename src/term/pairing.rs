//! Pairing candidates over link posteriors.

use std::collections::HashMap;

use rayon::prelude::*;

use super::Cut;
use super::candidates::{self, Stretch};
use super::complete::Completer;
use super::edges::{self, Edges};
use super::evidence::is_acronym;
use super::links::Matrix;
use super::sums::Sums;
use crate::lexicon::Lexicon;
use crate::task::{Cancelled, Ctl};
use crate::token::{WordKind, english_key};

/// What it adds when the dictionary gives the English candidate as a whole for the Chinese one.
const GLOSS: f32 = 0.35;
/// Pairs below this are no pairs.
const LEAST: f32 = -0.3;
/// Less mass than this inside two stretches is none.
const FAINT: f32 = 0.1;
/// What it costs to take a part of a name.
const CUT: f32 = 0.25;
/// From here on a pair lends its Chinese to the abbreviation that follows the English.
const SURE: f32 = 0.5;
/// How many partners of a candidate are kept.
const KEPT: usize = 2;

/// A pair of stretches found in one unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) unit: usize,
    pub(super) chinese: Stretch,
    pub(super) english: Stretch,
    /// How well the two fit; up to 1.2, more with a gloss.
    pub(super) fit: f32,
    /// The share of each side's link mass that stays inside the pair.
    pub(super) chinese_kept: f32,
    pub(super) english_kept: f32,
    /// The dictionary gives the one for the other.
    pub(super) known: bool,
    /// How many other candidates fit the Chinese one better, and the English one.
    pub(super) chinese_rank: u8,
    pub(super) english_rank: u8,
    /// What the links say of the words at its edges.
    pub(super) edges: Edges,
}

/// Finds the pairs of each unit: for every candidate of either side the best of the other side, and the second best. Which
/// of those are terms is for ranking to say, which knows the whole document.
///
/// Remembers what it looked up; that and how many threads there are changes nothing in what is found.
pub(super) struct Pairer {
    /// One for each thread.
    workers: Vec<Worker>,
}

impl Pairer {
    pub(super) fn new() -> Self {
        let worker = || Worker { completer: Completer::new(), glosses: HashMap::new() };
        Self { workers: std::iter::repeat_with(worker).take(rayon::current_num_threads().max(1)).collect() }
    }

    /// The pairs of units of which the first has the number `first`, in the order of the units.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub(super) fn pair(
        &mut self,
        ctl: &Ctl,
        first: usize,
        cuts: &[Cut<'_>],
        matrices: &[Matrix<'_>],
    ) -> Result<Vec<Found>, Cancelled> {
        let size = cuts.len().div_ceil(self.workers.len()).max(1);
        let work = cuts.par_chunks(size).zip(matrices.par_chunks(size)).zip(&mut self.workers).enumerate();
        let found = work.map(|(number, ((cuts, matrices), worker))| {
            let mut out = Vec::new();
            for (unit, (cut, matrix)) in (first + number * size..).zip(cuts.iter().zip(matrices)) {
                ctl.check()?;
                if !cut.chinese.is_empty() && !cut.english.is_empty() {
                    out.extend(worker.pair_unit(unit, cut, matrix));
                }
            }
            Ok(out)
        });
        Ok(found.collect::<Result<Vec<_>, Cancelled>>()?.concat())
    }
}

/// What one thread remembers.
struct Worker {
    completer: Completer,
    /// The gloss phrases of the words that the dictionary has.
    glosses: HashMap<String, Vec<String>>,
}

/// The best few of one candidate, best first; of equals the first.
#[derive(Clone, Copy, Default)]
struct Best([Option<(usize, f32, bool)>; KEPT]);

impl Best {
    fn add(&mut self, number: usize, fit: f32, known: bool) {
        let mut new = Some((number, fit, known));
        for slot in &mut self.0 {
            if slot.is_none_or(|(_, before, _)| new.is_some_and(|(_, fit, _)| fit > before)) {
                std::mem::swap(slot, &mut new);
            }
        }
    }

    fn rank(&self, number: usize) -> u8 {
        let place = self.0.iter().position(|slot| slot.is_some_and(|(other, _, _)| other == number));
        u8::try_from(place.unwrap_or(KEPT)).unwrap_or(u8::MAX)
    }
}

impl Worker {
    fn pair_unit(&mut self, unit: usize, cut: &Cut<'_>, matrix: &Matrix<'_>) -> Vec<Found> {
        let sums = Sums::new(cut, &self.completer.complete(cut, matrix));
        let (chinese, english) = (candidates::chinese(cut), candidates::english(cut));
        let known = self.known(cut, &chinese, &english);
        pair_unit(unit, cut, &sums, (&chinese, &english), &known)
    }

    /// For each Chinese candidate the English ones that the dictionary gives for it as a whole.
    fn known(&mut self, cut: &Cut<'_>, chinese: &[Stretch], english: &[Stretch]) -> Vec<Vec<usize>> {
        let mut phrases: Vec<(String, usize)> = (0..).zip(english).map(|(at, &en)| (phrase(cut, en), at)).collect();
        phrases.sort_unstable();
        let mut word = String::new();
        let known = chinese.iter().map(|&zh| {
            word.clear();
            cut.chinese[zh.from..zh.to].iter().for_each(|token| word.push_str(&token.key));
            self.glosses(&word).iter().flat_map(|gloss| having(&phrases, gloss)).collect()
        });
        known.collect()
    }

    fn glosses(&mut self, word: &str) -> &[String] {
        if !self.glosses.contains_key(word) {
            let found = gloss_phrases(word);
            if found.is_empty() {
                return &[];
            }
            self.glosses.insert(word.to_owned(), found);
        }
        &self.glosses[word]
    }
}

/// The numbers of the phrases that are `wanted`, of phrases in order.
fn having<'a>(phrases: &'a [(String, usize)], wanted: &'a str) -> impl Iterator<Item = usize> + 'a {
    let from = phrases.partition_point(|(phrase, _)| phrase.as_str() < wanted);
    phrases[from..].iter().take_while(move |(phrase, _)| phrase == wanted).map(|&(_, at)| at)
}

fn pair_unit(
    unit: usize,
    cut: &Cut<'_>,
    sums: &Sums,
    (chinese, english): (&[Stretch], &[Stretch]),
    known: &[Vec<usize>],
) -> Vec<Found> {
    let cuts_en: Vec<f32> = english.iter().map(|&stretch| if cuts_name_en(cut, stretch) { CUT } else { 0.0 }).collect();
    let mut by_chinese = vec![Best::default(); chinese.len()];
    let mut by_english = vec![Best::default(); english.len()];
    for (z, &zh) in chinese.iter().enumerate() {
        let profile = sums.profile(zh);
        let cut_zh = if cuts_name_zh(cut, zh) { CUT } else { 0.0 };
        for (e, &en) in english.iter().enumerate() {
            let inside = profile[en.to] - profile[en.from];
            let gloss = known[z].contains(&e);
            if inside < FAINT && !gloss {
                continue;
            }
            let fit = sums.fit(zh, en, inside) + if gloss { GLOSS } else { 0.0 } - cut_zh - cuts_en[e];
            if fit > LEAST {
                by_chinese[z].add(e, fit, gloss);
                by_english[e].add(z, fit, gloss);
            }
        }
    }
    let mut numbers: Vec<(usize, usize, f32, bool)> = Vec::new();
    for (z, best) in by_chinese.iter().enumerate() {
        numbers.extend(best.0.iter().flatten().map(|&(e, fit, known)| (z, e, fit, known)));
    }
    for (e, best) in by_english.iter().enumerate() {
        let more = best.0.iter().flatten().filter(|&&(z, _, _)| usize::from(by_chinese[z].rank(e)) == KEPT);
        numbers.extend(more.map(|&(z, fit, known)| (z, e, fit, known)));
    }
    numbers.sort_by_key(|&(z, e, _, _)| (z, e));
    let mut out: Vec<Found> = numbers
        .into_iter()
        .map(|(z, e, fit, known)| {
            let (chinese_kept, english_kept) = sums.kept(chinese[z], english[e]);
            Found {
                unit,
                chinese: chinese[z],
                english: english[e],
                fit,
                chinese_kept,
                english_kept,
                known,
                chinese_rank: by_chinese[z].rank(e),
                english_rank: by_english[e].rank(z),
                edges: edges::of(cut, sums, chinese[z], english[e]),
            }
        })
        .collect();
    abbreviations(cut, &mut out);
    out
}

/// `Full Form (FF)`: what translates the full form is translated by the abbreviation too.
fn abbreviations(cut: &Cut<'_>, found: &mut Vec<Found>) {
    let mark = |at: usize, mark: &str| cut.english.get(at).is_some_and(|token| token.key == mark);
    let short = |pair: &Found| {
        let open = pair.english.to;
        let sure = pair.fit >= SURE && pair.english_rank == 0 && mark(open, "(") && mark(open + 2, ")");
        sure.then_some(Stretch { from: open + 1, to: open + 2 })
            .filter(|short| is_acronym(&cut.unit.english[cut.english[short.from].word.span.clone()]))
    };
    let more: Vec<Found> =
        found.iter().filter_map(|pair| short(pair).map(|english| Found { english, ..*pair })).collect();
    found.retain(|one| !more.iter().any(|other| one.english == other.english));
    found.extend(more);
}

/// Whether a stretch takes a part of a name in capitals: `Europe` of `Council of Europe` may, `Institute of
/// Contemporary` not.
fn cuts_name_en(cut: &Cut<'_>, stretch: Stretch) -> bool {
    let tokens = &cut.english;
    let name = |at: usize| {
        tokens.get(at).is_some_and(|token| token.capital && !token.function && token.word.kind == WordKind::Letters)
    };
    let first = (0..tokens.len()).find(|&at| tokens[at].word.kind != WordKind::Mark);
    let left = stretch.from > 0 && name(stretch.from - 1) && name(stretch.from) && first != Some(stretch.from - 1);
    left || (name(stretch.to - 1) && name(stretch.to) && first != Some(stretch.to - 1))
}

/// Whether a name goes on over an `of`: `Deputy Secretary` of `Deputy Secretary of State`.
pub(super) fn goes_on(cut: &Cut<'_>, stretch: Stretch) -> bool {
    let tokens = &cut.english;
    let capital = |at: usize| tokens.get(at).is_some_and(|token| token.capital && !token.function);
    let link = |at: usize| tokens.get(at).is_some_and(|token| matches!(token.key.as_str(), "of" | "for"));
    let after = capital(stretch.to - 1) && link(stretch.to) && capital(stretch.to + 1);
    let before = stretch.from >= 2 && link(stretch.from - 1) && capital(stretch.from - 2);
    after || before && capital(stretch.from)
}

/// Whether a stretch takes a part of a foreign name: 约翰 of 约翰·克里.
fn cuts_name_zh(cut: &Cut<'_>, stretch: Stretch) -> bool {
    let dot = |at: Option<usize>| {
        at.and_then(|at| cut.chinese.get(at)).is_some_and(|token| matches!(token.key.as_str(), "·" | "•" | "・" | "‧"))
    };
    dot(stretch.from.checked_sub(1)) || dot(Some(stretch.to))
}

/// The keys of an English stretch joined: `G-8` is `G8`.
fn phrase(cut: &Cut<'_>, stretch: Stretch) -> String {
    let words = cut.english[stretch.from..stretch.to].iter().filter(|token| token.word.kind != WordKind::Mark);
    words.map(|token| token.key.as_str()).collect()
}

/// The glosses of a Chinese word as joined keys, with the initials of names and what brackets hold: `International
/// Atomic Energy Agency (IAEA)`.
fn gloss_phrases(word: &str) -> Vec<String> {
    let mut out = Vec::new();
    for entry in Lexicon::embedded().entries(word) {
        for gloss in entry.glosses.split(['/', ';', ',']) {
            let bare = gloss.split(['(', '[']).next().unwrap_or_default().trim();
            let bare =
                ["to ", "the ", "a ", "an "].iter().find_map(|article| bare.strip_prefix(article)).unwrap_or(bare);
            let words = || bare.split([' ', '-']).filter(|word| !word.is_empty());
            out.push(words().map(english_key).collect());
            let initials: String = words().filter_map(|word| word.chars().find(|c| c.is_uppercase())).collect();
            let bracket = gloss.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inner, _)| inner);
            let short = [Some(initials.as_str()), bracket];
            out.extend(short.into_iter().flatten().filter(|short| is_acronym(short)).map(english_key));
        }
    }
    out.retain(|phrase| !phrase.is_empty());
    out
}
