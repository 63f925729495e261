//! Sums over the links of a unit: how much mass lies in a rectangle of words, and how well two stretches fit.

use super::candidates::Stretch;
use super::{Cut, Token};
use crate::lang::is_han;

/// What a function word weighs in a span, in Chinese and English.
const FUNCTION_ZH: f32 = 0.25;
const FUNCTION_EN: f32 = 0.15;
/// How much mass that leaves the two spans counts against them.
const LEAVING: f32 = 0.6;
/// What two words that nothing links are worth when they stand inside spans that are otherwise linked: `sector` beside
/// `private` for 部门 beside 私营.
const LEFT_OVER: f32 = 0.6;

/// Sums of a matrix over rectangles and of weights over stretches.
pub(super) struct Sums {
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
    pub(super) fn new(cut: &Cut<'_>, values: &[f32]) -> Self {
        let (rows, columns) = (cut.chinese.len(), cut.english.len());
        let width = columns + 1;
        let mut inside = vec![0.0; (rows + 1) * width];
        let (mut row_sums, mut col_sums) = (vec![0.0; rows], vec![0.0; columns]);
        for z in 0..rows {
            for e in 0..columns {
                let value = values[z * columns + e];
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

    /// The mass in the rows of a Chinese stretch, summed up over the columns.
    pub(super) fn profile(&self, zh: Stretch) -> Vec<f32> {
        let width = self.columns + 1;
        let (upper, lower) = (&self.inside[zh.from * width..], &self.inside[zh.to * width..]);
        upper[..width].iter().zip(&lower[..width]).map(|(upper, lower)| lower - upper).collect()
    }

    /// The mass inside two stretches.
    pub(super) fn inside(&self, zh: Stretch, en: Stretch) -> f32 {
        let at = |z: usize, e: usize| self.inside[z * (self.columns + 1) + e];
        at(zh.to, en.to) - at(zh.from, en.to) - at(zh.to, en.from) + at(zh.from, en.from)
    }

    /// The share of the mass in the words of each stretch that stays inside both.
    pub(super) fn kept(&self, zh: Stretch, en: Stretch) -> (f32, f32) {
        let inside = self.inside(zh, en);
        (inside / over(&self.rows, zh).max(0.3), inside / over(&self.cols, en).max(0.3))
    }

    /// What a Chinese stretch weighs, and how much of that nothing is linked to.
    pub(super) fn chinese(&self, zh: Stretch) -> (f32, f32) {
        (over(&self.zh, zh), over(&self.zh_free, zh))
    }

    /// The same of an English one.
    pub(super) fn english(&self, en: Stretch) -> (f32, f32) {
        (over(&self.en, en), over(&self.en_free, en))
    }

    /// Mass inside both stretches against their weight, less the share of mass that leaves them.
    pub(super) fn fit(&self, zh: Stretch, en: Stretch, inside: f32) -> f32 {
        let leaving = over(&self.rows, zh) + over(&self.cols, en) - 2.0 * inside;
        let weight = over(&self.zh, zh) + over(&self.en, en);
        let left_over = over(&self.zh_free, zh).min(over(&self.en_free, en)).min(inside);
        (2.0 * (inside + LEFT_OVER * left_over) / (weight + 1e-6)).clamp(0.0, 1.2)
            - LEAVING * leaving / (inside + leaving + 1e-6)
    }
}

fn over(sums: &[f32], stretch: Stretch) -> f32 {
    sums[stretch.to] - sums[stretch.from]
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
