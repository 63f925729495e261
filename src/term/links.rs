//! Word links within units: IBM model 1 in both directions, trained to agree (Liang, Taskar and Klein 2006), with a
//! preference for the diagonal (Dyer, Chahuneau and Smith 2013) and the dictionary as prior.

use std::collections::HashMap;

use super::Cut;
use crate::gloss::{Glosses, Translator};
use crate::lexicon::Lexicon;
use crate::task::{Cancelled, Ctl};
use crate::token::WordKind;

/// The share of words linked to nothing.
const NULL: f64 = 0.08;
/// How strongly links keep to the diagonal.
const DIAGONAL: f64 = 4.0;
/// How many counts the dictionary is worth.
const PRIOR: f64 = 5.0;
const ITERATIONS: usize = 5;
/// What every pair of words starts with.
const FLOOR: f64 = 1e-3;

/// The posterior that words are linked, both directions agreeing: their geometric mean.
pub(super) struct Matrix {
    columns: usize,
    values: Vec<f32>,
}

impl Matrix {
    /// The posterior of Chinese word `z` and English word `e`.
    pub(super) fn at(&self, z: usize, e: usize) -> f32 {
        self.values[z * self.columns + e]
    }
}

struct Corpus {
    /// Where the cells of each unit begin, and its Chinese and English words.
    units: Vec<(usize, usize, usize)>,
    /// For each cell the number of its pair of words.
    pairs: Vec<u32>,
    /// How near each cell is to the diagonal.
    nearness: Vec<f32>,
    /// For each pair its Chinese and English word.
    words: Vec<(u32, u32)>,
    prior: Vec<f64>,
    zh_words: usize,
    en_words: usize,
}

/// The link posteriors of every unit.
pub(super) fn posteriors(ctl: &Ctl, cuts: &[Cut<'_>]) -> Result<Vec<Matrix>, Cancelled> {
    let corpus = Corpus::new(ctl, cuts)?;
    let base: Vec<f64> = corpus.prior.iter().map(|prior| prior + FLOOR).collect();
    let mut forward = corpus.normalised(&base, true);
    let mut backward = corpus.normalised(&base, false);
    for iteration in 0..ITERATIONS {
        ctl.step("linking words", iteration, ITERATIONS)?;
        let mut counts: Vec<f64> = corpus.prior.iter().map(|prior| PRIOR * prior).collect();
        for unit in 0..corpus.units.len() {
            let (first, agreement) = corpus.agreement(unit, &forward, &backward);
            for (pair, value) in corpus.pairs[first..].iter().zip(agreement) {
                counts[*pair as usize] += f64::from(value);
            }
        }
        forward = corpus.normalised(&counts, true);
        backward = corpus.normalised(&counts, false);
    }
    Ok((0..corpus.units.len())
        .map(|unit| Matrix { columns: corpus.units[unit].2, values: corpus.agreement(unit, &forward, &backward).1 })
        .collect())
}

impl Corpus {
    fn new(ctl: &Ctl, cuts: &[Cut<'_>]) -> Result<Self, Cancelled> {
        let mut vocabulary = Vocabulary::new();
        let mut numbers: HashMap<(u32, u32), u32> = HashMap::new();
        let mut out = Self {
            units: Vec::new(),
            pairs: Vec::new(),
            nearness: Vec::new(),
            words: Vec::new(),
            prior: Vec::new(),
            zh_words: 0,
            en_words: 0,
        };
        for (at, cut) in cuts.iter().enumerate() {
            ctl.step("looking words up", at, cuts.len())?;
            let (rows, columns) = (cut.chinese.len(), cut.english.len());
            out.units.push((out.pairs.len(), rows, columns));
            let english: Vec<u32> = cut.english.iter().map(|token| vocabulary.english(&token.key)).collect();
            for (z, token) in cut.chinese.iter().enumerate() {
                let chinese = vocabulary.chinese(&token.key, token.word.kind);
                for (e, &other) in english.iter().enumerate() {
                    let next = u32::try_from(out.words.len()).expect("fewer than 4 G pairs of words");
                    let pair = *numbers.entry((chinese, other)).or_insert(next);
                    if pair == next {
                        out.words.push((chinese, other));
                        out.prior.push(f64::from(vocabulary.prior(chinese, &cut.english[e].key)));
                    }
                    out.pairs.push(pair);
                    let distance = (z as f64 + 0.5) / rows as f64 - (e as f64 + 0.5) / columns as f64;
                    #[expect(clippy::cast_possible_truncation, reason = "a factor between 0 and 1")]
                    out.nearness.push(libm::exp(-DIAGONAL * distance.abs()) as f32);
                }
            }
        }
        out.zh_words = vocabulary.glosses.len();
        out.en_words = vocabulary.english.len();
        Ok(out)
    }

    /// Counts of pairs as probabilities of the other word given the Chinese (`forward`) or the English one.
    fn normalised(&self, counts: &[f64], forward: bool) -> Vec<f64> {
        let given = |pair: usize| if forward { self.words[pair].0 } else { self.words[pair].1 } as usize;
        let mut sums = vec![0.0; if forward { self.zh_words } else { self.en_words }];
        for (pair, count) in counts.iter().enumerate() {
            sums[given(pair)] += count;
        }
        counts
            .iter()
            .enumerate()
            .map(|(pair, count)| if *count > 0.0 { count / sums[given(pair)] } else { 0.0 })
            .collect()
    }

    /// The geometric mean of both directions' posteriors in one unit, and where its cells begin.
    fn agreement(&self, unit: usize, forward: &[f64], backward: &[f64]) -> (usize, Vec<f32>) {
        let (first, rows, columns) = self.units[unit];
        let cells = rows * columns;
        let pairs = &self.pairs[first..first + cells];
        let near = &self.nearness[first..first + cells];
        let (mut near_rows, mut near_columns) = (vec![0.0; rows], vec![0.0; columns]);
        for (cell, &near) in near.iter().enumerate() {
            near_rows[cell / columns] += f64::from(near);
            near_columns[cell % columns] += f64::from(near);
        }
        let null_en = NULL / self.en_words.max(1) as f64;
        let null_zh = NULL / self.zh_words.max(1) as f64;
        let (mut sum_columns, mut sum_rows) = (vec![null_en; columns], vec![null_zh; rows]);
        let mut weights = Vec::with_capacity(cells);
        for (cell, (&pair, &near)) in pairs.iter().zip(near).enumerate() {
            let (row, column) = (cell / columns, cell % columns);
            let to_english = forward[pair as usize] * f64::from(near) / near_columns[column] * (1.0 - NULL);
            let to_chinese = backward[pair as usize] * f64::from(near) / near_rows[row] * (1.0 - NULL);
            sum_columns[column] += to_english;
            sum_rows[row] += to_chinese;
            weights.push((to_english, to_chinese));
        }
        #[expect(clippy::cast_possible_truncation, reason = "a probability")]
        let values = weights
            .iter()
            .enumerate()
            .map(|(cell, (e, z))| (e / sum_columns[cell % columns] * (z / sum_rows[cell / columns])).sqrt() as f32)
            .collect();
        (first, values)
    }
}

struct Vocabulary {
    translator: Translator<'static>,
    chinese: HashMap<String, u32>,
    english: HashMap<String, u32>,
    glosses: Vec<(String, Glosses)>,
}

impl Vocabulary {
    fn new() -> Self {
        let translator = Translator::new(Lexicon::embedded());
        Self { translator, chinese: HashMap::new(), english: HashMap::new(), glosses: Vec::new() }
    }

    fn chinese(&mut self, key: &str, kind: WordKind) -> u32 {
        if let Some(&number) = self.chinese.get(key) {
            return number;
        }
        let number = u32::try_from(self.glosses.len()).expect("fewer than 4 G words");
        let found = if kind == WordKind::Han { self.translator.glosses(key) } else { Glosses::new() };
        self.glosses.push((key.to_owned(), found));
        self.chinese.insert(key.to_owned(), number);
        number
    }

    fn english(&mut self, key: &str) -> u32 {
        let next = u32::try_from(self.english.len()).expect("fewer than 4 G words");
        *self.english.entry(key.to_owned()).or_insert(next)
    }

    /// What the dictionary says of a pair: a gloss, the same word or number, the same mark.
    fn prior(&self, chinese: u32, english: &str) -> f32 {
        let (key, glosses) = &self.glosses[chinese as usize];
        if key == english {
            return 1.0;
        }
        if let Some(mark) = mark_of(key) {
            return if mark.contains(&english) { 0.9 } else { 0.0 };
        }
        glosses.get(english).copied().unwrap_or(0.0)
    }
}

fn mark_of(key: &str) -> Option<&'static [&'static str]> {
    Some(match key {
        "," | "、" => &[","],
        "。" => &["."],
        ";" => &[";"],
        ":" => &[":"],
        "?" => &["?"],
        "!" => &["!"],
        "(" => &["("],
        ")" => &[")"],
        "《" | "》" | "“" | "”" | "「" | "」" => &["“", "”", "\""],
        "—" | "——" => &["–", "—", "-"],
        _ => return None,
    })
}
