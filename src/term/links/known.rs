//! What may translate what before anything is read: dictionary, equal strings and numbers, likeness of single words.

use std::collections::HashMap;
use std::fmt;

use ndarray::ArrayView1;

use super::Evidence;
use super::vocabulary::{Side, Vocabulary};
use crate::encode::{DIM, Encoder};
use crate::gloss::Translator;
use crate::lang::is_han;
use crate::lexicon::Lexicon;
use crate::task::{Cancelled, Ctl};
use crate::token::fold;
use crate::token::numerals::han_number;

/// A gloss of a compound counts this much for a single character that stands in it.
const COMPOUND: f32 = 0.6;
/// How many words the longest compound has.
const LONGEST: usize = 3;
/// Two words whose vectors have a smaller cosine than this are not alike;
const UNLIKE: f32 = 0.2;
/// from there their likeness grows with the third power, up to about two and a half.
const LIKE: f32 = 5.0;
/// Vectors of so many words are kept from block to block (64 MB).
const MOST_VECTORS: usize = 32_768;

/// Looks words and pairs of words up.
pub(super) struct Known {
    translator: Translator<'static>,
    evidence: Evidence,
    chinese: Vectors,
    english: Vectors,
}

/// The vectors of words, by their numbers in the vocabulary.
#[derive(Default)]
struct Vectors {
    places: HashMap<u32, usize>,
    values: Vec<f32>,
}

impl Vectors {
    /// Encodes those of `words` that are not known yet.
    fn add(
        &mut self,
        ctl: &Ctl,
        side: &Side,
        words: &[u32],
        form: impl Fn(&Side, u32) -> String,
    ) -> Result<(), Cancelled> {
        if self.places.len() + words.len() > MOST_VECTORS {
            *self = Self::default();
        }
        let new: Vec<u32> = words.iter().copied().filter(|word| !self.places.contains_key(word)).collect();
        let forms: Vec<String> = new.iter().map(|&word| form(side, word)).collect();
        let texts: Vec<&str> = forms.iter().map(String::as_str).collect();
        let values = Encoder::shared().encode(ctl, &texts)?;
        let first = self.places.len();
        self.places.extend(new.into_iter().zip(first..));
        self.values.extend(values);
        Ok(())
    }

    fn of(&self, word: u32) -> Option<ArrayView1<'_, f32>> {
        let place = *self.places.get(&word)?;
        Some(ArrayView1::from(&self.values[place * DIM..][..DIM]))
    }
}

impl Known {
    pub(super) fn new(evidence: Evidence) -> Self {
        let translator = Translator::new(Lexicon::embedded());
        Self { translator, evidence, chinese: Vectors::default(), english: Vectors::default() }
    }

    /// Gets ready for the words of a block.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub(super) fn prepare(
        &mut self,
        ctl: &Ctl,
        vocabulary: &Vocabulary,
        chinese: &[u32],
        english: &[u32],
    ) -> Result<(), Cancelled> {
        if self.evidence == Evidence::Full {
            self.chinese.add(ctl, &vocabulary.chinese, chinese, |side, word| side.word(word).key.clone())?;
            self.english.add(ctl, &vocabulary.english, english, |side, word| fold(&side.word(word).form))?;
        }
        Ok(())
    }

    /// The English words, among those met, that the dictionary gives for a Chinese one.
    pub(super) fn glosses(&mut self, vocabulary: &Vocabulary, chinese: u32) -> Vec<(u32, f32)> {
        self.look_up(vocabulary, &vocabulary.chinese.word(chinese).key, 1.0)
    }

    /// For each Chinese word of a block what it may mean as a part of compounds: texts are often cut finer than the
    /// dictionary, and 印 alone does not mean "Indonesia" as in 印尼. Words of one character only; a longer one means
    /// enough by itself.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub(super) fn compounds(
        &mut self,
        ctl: &Ctl,
        vocabulary: &Vocabulary,
        sentences: &[Vec<u32>],
        words: &[u32],
    ) -> Result<Vec<Vec<(u32, f32)>>, Cancelled> {
        let keys: Vec<&str> = words.iter().map(|&word| vocabulary.chinese.word(word).key.as_str()).collect();
        let single: Vec<bool> = keys.iter().map(|key| key.chars().count() == 1 && key.chars().all(is_han)).collect();
        let mut found: HashMap<String, Vec<(u32, f32)>> = HashMap::new();
        let mut out: Vec<Vec<(u32, f32)>> = vec![Vec::new(); words.len()];
        for (at, sentence) in sentences.iter().enumerate() {
            if at % 256 == 0 {
                ctl.check()?;
            }
            for length in 2..=LONGEST {
                for run in sentence.windows(length).filter(|run| run.iter().any(|&word| single[word as usize])) {
                    let compound: String = run.iter().map(|&word| keys[word as usize]).collect();
                    if found.contains_key(&compound) {
                        continue;
                    }
                    let whole = Lexicon::embedded().contains(&compound);
                    let glosses = if whole { self.look_up(vocabulary, &compound, COMPOUND) } else { Vec::new() };
                    for &word in run.iter().filter(|&&word| single[word as usize]) {
                        out[word as usize].extend(&glosses);
                    }
                    found.insert(compound, glosses);
                }
            }
        }
        Ok(out)
    }

    fn look_up(&mut self, vocabulary: &Vocabulary, chinese: &str, factor: f32) -> Vec<(u32, f32)> {
        if !chinese.chars().any(is_han) {
            return Vec::new();
        }
        let glosses = self.translator.glosses(chinese).into_iter();
        glosses.filter_map(|(key, weight)| Some((vocabulary.english.find(&key)?, weight * factor))).collect()
    }

    /// What a pair is worth whose Chinese word the dictionary explains by the English one with this weight.
    pub(super) fn prior(&self, vocabulary: &Vocabulary, (chinese, english): (u32, u32), gloss: f32) -> f32 {
        let same = same(&vocabulary.chinese.word(chinese).key, &vocabulary.english.word(english).key);
        let cosine = match (self.chinese.of(chinese), self.english.of(english)) {
            (Some(chinese), Some(english)) => chinese.dot(&english),
            _ => 0.0,
        };
        gloss.max(same) + LIKE * (cosine - UNLIKE).max(0.0).powi(3)
    }
}

impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Known").field("evidence", &self.evidence).finish_non_exhaustive()
    }
}

/// How surely two keys are the same string, number, date or mark.
fn same(chinese: &str, english: &str) -> f32 {
    if chinese == english {
        return 1.0;
    }
    let Some(first) = chinese.chars().next() else { return 0.0 };
    if let Some(marks) = marks_for(chinese) {
        return if marks.contains(&english) { 0.9 } else { 0.0 };
    }
    if first.is_ascii_digit() {
        let split = chinese.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(chinese.len());
        let (number, unit) = chinese.split_at(split);
        let month = unit == "月" && number.parse().is_ok_and(|month: usize| is_month(month, english));
        return if month || digits(number) == digits(ordinal(english)) { 1.0 } else { 0.0 };
    }
    if !is_han(first) || !english.starts_with(|c: char| c.is_ascii_digit()) {
        return 0.0;
    }
    let value = han_number(chinese).map(|value| value.to_string());
    if value.is_some_and(|value| value == digits(ordinal(english))) { 1.0 } else { 0.0 }
}

/// A number without the marks between its thousands.
fn digits(number: &str) -> String {
    number.replace(',', "")
}

/// `22` of `22nd`; the word itself where it is no such number.
fn ordinal(english: &str) -> &str {
    let number = ["st", "nd", "rd", "th"].iter().find_map(|ending| english.strip_suffix(ending));
    number.filter(|number| number.bytes().all(|b| b.is_ascii_digit())).unwrap_or(english)
}

/// Whether an English key names a month, in full or shortened.
fn is_month(number: usize, english: &str) -> bool {
    // As keys: stemmed.
    const MONTHS: [&str; 12] =
        ["januari", "februari", "march", "april", "may", "june", "juli", "august", "septemb", "octob", "novemb", "decemb"];
    let Some(month) = number.checked_sub(1).and_then(|at| MONTHS.get(at)) else { return false };
    english == *month || english.len() >= 3 && english.is_ascii() && month.starts_with(&english[..3]) && english.len() <= 4
}

/// The English marks, as keys, for a Chinese one.
fn marks_for(chinese: &str) -> Option<&'static [&'static str]> {
    // Full-width marks have become plain ones in the key.
    Some(match chinese {
        "、" => &[","],
        "。" => &["."],
        "《" | "》" | "〈" | "〉" | "“" | "”" | "「" | "」" | "『" | "』" | "‘" | "'" | "\"" => {
            &["\"", "'", "''", "``", "“", "”", "‘"]
        }
        "—" | "——" | "-" | "--" | "–" => &["–", "—", "-", "--"],
        "…" | "……" | "..." | "......" => &["…", "...", ". . ."],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::{chinese_key, english_key};

    #[test]
    fn strings_numbers_dates_and_marks_that_are_the_same() {
        let same = |chinese, english| same(&chinese_key(chinese), &english_key(english));
        for (chinese, english) in [
            ("CSIS", "CSIS"),
            ("22日", "22nd"),
            ("3月", "March"),
            ("９月", "Sept."),
            ("1,500", "1500"),
            ("2000年", "2000"),
            ("二十五", "25"),
            ("，", ","),
            ("《", "“"),
            ("——", "--"),
        ] {
            assert!(same(chinese, english) >= 0.9, "{chinese} {english}");
        }
        for (chinese, english) in [("3月", "May"), ("22日", "23rd"), ("。", ","), ("13月", "March"), ("主权", "2"), ("月", "May")]
        {
            assert!(same(chinese, english) <= 0.0, "{chinese} {english}");
        }
    }
}
