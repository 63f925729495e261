//! Pairing candidates over link posteriors.

use super::candidates::{self, Stretch};
use super::links::Matrix;
use super::{Cut, Token};
use crate::lang::is_han;
use crate::lexicon::Lexicon;
use crate::task::{Cancelled, Ctl};
use crate::token::{WordKind, english_key};

/// What a function word weighs in a span, in Chinese and English.
const FUNCTION_ZH: f32 = 0.25;
const FUNCTION_EN: f32 = 0.15;
/// How much mass that leaves the two spans counts against them.
const LEAVING: f32 = 0.8;
/// What two words that nothing links are worth when they stand inside spans that are otherwise linked: `sector` beside
/// `private` for 部门 beside 私营.
const LEFT_OVER: f32 = 0.6;
/// What it adds when the dictionary gives the English candidate as a whole for the Chinese one.
const GLOSS: f32 = 0.35;
/// Pairs below this are no pairs.
const LEAST: f32 = 0.15;

/// A pair of stretches found in one unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) unit: usize,
    pub(super) chinese: Stretch,
    pub(super) english: Stretch,
    /// How well the two fit; up to 1.2.
    pub(super) fit: f32,
}

/// Sums of a matrix over rectangles and of weights over stretches.
struct Sums {
    inside: Vec<f32>,
    columns: usize,
    rows: Vec<f32>,
    cols: Vec<f32>,
    zh: Vec<f32>,
    en: Vec<f32>,
    /// How much of the content words of each side nothing is linked to.
    zh_free: Vec<f32>,
    en_free: Vec<f32>,
}

impl Sums {
    fn new(cut: &Cut<'_>, matrix: &Matrix) -> Self {
        let (rows, columns) = (cut.chinese.len(), cut.english.len());
        let width = columns + 1;
        let mut inside = vec![0.0; (rows + 1) * width];
        let (mut row_sums, mut col_sums) = (vec![0.0; rows], vec![0.0; columns]);
        for z in 0..rows {
            for e in 0..columns {
                let value = matrix.at(z, e);
                row_sums[z] += value;
                col_sums[e] += value;
                inside[(z + 1) * width + e + 1] =
                    value + inside[z * width + e + 1] + inside[(z + 1) * width + e] - inside[z * width + e];
            }
        }
        // A Chinese word of four characters stands for two English ones.
        let zh: Vec<f32> = cut
            .chinese
            .iter()
            .map(|token| {
                if token.function {
                    FUNCTION_ZH
                } else {
                    (token.key.chars().filter(|&c| is_han(c)).count() as f32 / 2.0).max(1.0)
                }
            })
            .collect();
        let en: Vec<f32> = cut.english.iter().map(|token| if token.function { FUNCTION_EN } else { 1.0 }).collect();
        let free = |tokens: &[Token], weights: &[f32], sums: &[f32]| -> Vec<f32> {
            let rest = tokens.iter().zip(weights.iter().zip(sums));
            prefix(
                rest.map(|(token, (weight, sum))| if token.function { 0.0 } else { (weight - sum).max(0.0) }).collect(),
            )
        };
        Self {
            zh_free: free(&cut.chinese, &zh, &row_sums),
            en_free: free(&cut.english, &en, &col_sums),
            inside,
            columns,
            rows: prefix(row_sums),
            cols: prefix(col_sums),
            zh: prefix(zh),
            en: prefix(en),
        }
    }

    /// Mass inside both stretches against their weight, less the share of mass that leaves them.
    fn fit(&self, zh: Stretch, en: Stretch) -> f32 {
        let at = |z: usize, e: usize| self.inside[z * (self.columns + 1) + e];
        let inside = at(zh.to, en.to) - at(zh.from, en.to) - at(zh.to, en.from) + at(zh.from, en.from);
        let over = |sums: &[f32], stretch: Stretch| sums[stretch.to] - sums[stretch.from];
        let leaving = over(&self.rows, zh) + over(&self.cols, en) - 2.0 * inside;
        let weight = over(&self.zh, zh) + over(&self.en, en);
        let left_over = over(&self.zh_free, zh).min(over(&self.en_free, en)).min(inside);
        (2.0 * (inside + LEFT_OVER * left_over) / (weight + 1e-6)).clamp(0.0, 1.2)
            - LEAVING * leaving / (inside + leaving + 1e-6)
    }
}

fn prefix(values: Vec<f32>) -> Vec<f32> {
    let mut sum = 0.0;
    std::iter::once(0.0)
        .chain(values.into_iter().map(|value| {
            sum += value;
            sum
        }))
        .collect()
}

/// The pairs of each unit that choose each other: for every Chinese candidate the best English one, and of those that
/// chose the same English one the best.
pub(super) fn pair(ctl: &Ctl, cuts: &[Cut<'_>], matrices: &[Matrix]) -> Result<Vec<Found>, Cancelled> {
    let mut out = Vec::new();
    for (unit, (cut, matrix)) in cuts.iter().zip(matrices).enumerate() {
        ctl.step("pairing terms", unit, cuts.len())?;
        if cut.chinese.is_empty() || cut.english.is_empty() {
            continue;
        }
        let sums = Sums::new(cut, matrix);
        let english = candidates::english(cut);
        let phrases: Vec<String> = english.iter().map(|&stretch| phrase(cut, stretch)).collect();
        let mut chosen: Vec<Option<Found>> = vec![None; english.len()];
        for chinese in candidates::chinese(cut) {
            let glosses = gloss_phrases(cut, chinese);
            let best = english
                .iter()
                .zip(&phrases)
                .enumerate()
                .map(|(number, (&english, phrase))| {
                    let known = if glosses.contains(phrase) { GLOSS } else { 0.0 };
                    (number, Found { unit, chinese, english, fit: sums.fit(chinese, english) + known })
                })
                .max_by(|a, b| a.1.fit.total_cmp(&b.1.fit).then(b.0.cmp(&a.0)));
            if let Some((number, found)) = best.filter(|(_, found)| found.fit > LEAST)
                && chosen[number].is_none_or(|before| before.fit < found.fit)
            {
                chosen[number] = Some(found);
            }
        }
        out.extend(chosen.into_iter().flatten());
    }
    Ok(out)
}

/// The keys of an English stretch, marks left out.
fn phrase(cut: &Cut<'_>, stretch: Stretch) -> String {
    let words = cut.english[stretch.from..stretch.to].iter().filter(|token| token.word.kind != WordKind::Mark);
    words.map(|token| token.key.as_str()).collect::<Vec<_>>().join(" ")
}

/// The glosses of a Chinese stretch as a whole, as keys.
fn gloss_phrases(cut: &Cut<'_>, stretch: Stretch) -> Vec<String> {
    let word: String = cut.chinese[stretch.from..stretch.to].iter().map(|token| token.key.as_str()).collect();
    let mut out = Vec::new();
    for entry in Lexicon::embedded().entries(&word) {
        for gloss in entry.glosses.split('/') {
            let bare = gloss.split(['(', '[']).next().unwrap_or_default().trim();
            let bare =
                ["to ", "the ", "a ", "an "].iter().find_map(|article| bare.strip_prefix(article)).unwrap_or(bare);
            let keys: Vec<String> = bare.split([' ', '-']).map(english_key).filter(|key| !key.is_empty()).collect();
            out.push(keys.join(" "));
        }
    }
    out
}
