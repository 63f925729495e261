//! What may translate what before anything is read: dictionary, equal strings and numbers, likeness of single words.

use std::collections::HashMap;
use std::fmt;

use ndarray::ArrayView1;

use super::Evidence;
use super::vocabulary::{Side, Vocabulary};
use crate::encode::{DIM, Encoder};
use crate::gloss::{Accepted, Translator};
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
/// What a mark is worth with one that stands for it.
const MARK: f32 = 0.9;
/// Vectors of so many words a side are kept from block to block (64 MB).
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
    /// By word, where it has one.
    places: Vec<Option<usize>>,
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
        if self.values.len() / DIM + words.len() > MOST_VECTORS {
            self.keep(words);
        }
        self.places.resize(side.len(), None);
        let new: Vec<u32> = words.iter().copied().filter(|&word| self.places[word as usize].is_none()).collect();
        let forms: Vec<String> = new.iter().map(|&word| form(side, word)).collect();
        let texts: Vec<&str> = forms.iter().map(String::as_str).collect();
        let values = Encoder::shared().encode(ctl, &texts)?;
        for (place, &word) in (self.values.len() / DIM..).zip(&new) {
            self.places[word as usize] = Some(place);
        }
        self.values.extend(values);
        Ok(())
    }

    /// Forgets all but some words.
    fn keep(&mut self, words: &[u32]) {
        let mut kept = Self { places: vec![None; self.places.len()], values: Vec::new() };
        for &word in words {
            if let Some(place) = self.places.get(word as usize).copied().flatten() {
                kept.places[word as usize] = Some(kept.values.len() / DIM);
                kept.values.extend_from_slice(&self.values[place * DIM..][..DIM]);
            }
        }
        *self = kept;
    }

    fn of(&self, word: u32) -> Option<ArrayView1<'_, f32>> {
        let place = (*self.places.get(word as usize)?)?;
        Some(ArrayView1::from(&self.values[place * DIM..][..DIM]))
    }
}

impl Known {
    pub(super) fn new(evidence: Evidence, accepted: &Accepted) -> Self {
        let translator = Translator::new(Lexicon::embedded(), accepted);
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

    /// A Chinese word, to be compared with English ones.
    pub(super) fn word<'a>(&'a self, vocabulary: &'a Vocabulary, chinese: u32) -> ChineseWord<'a> {
        let key = vocabulary.chinese.word(chinese).key.as_str();
        ChineseWord { key, form: Form::of(key), vector: self.chinese.of(chinese), english: &self.english }
    }
}

/// A Chinese word with what it is compared by.
pub(super) struct ChineseWord<'a> {
    key: &'a str,
    form: Form<'a>,
    vector: Option<ArrayView1<'a, f32>>,
    english: &'a Vectors,
}

impl ChineseWord<'_> {
    /// What a pair is worth whose Chinese word the dictionary explains by the English one with the weight `gloss`.
    pub(super) fn prior(&self, vocabulary: &Vocabulary, english: u32, gloss: f32) -> f32 {
        let key = vocabulary.english.word(english).key.as_str();
        let same = if self.key == key { 1.0 } else { self.form.same(key) };
        let cosine = match (&self.vector, self.english.of(english)) {
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

/// What a Chinese key says that an English one may say, too, whatever the dictionary knows.
enum Form<'a> {
    /// A mark, with the English ones for it.
    Mark(&'static [&'static str]),
    /// A number, with what is counted.
    Number(String, &'a str),
    Other,
}

impl<'a> Form<'a> {
    fn of(key: &'a str) -> Self {
        if let Some(marks) = marks_for(key) {
            return Self::Mark(marks);
        }
        if key.starts_with(|c: char| c.is_ascii_digit()) {
            let split = key.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(key.len());
            let (number, unit) = key.split_at(split);
            return Self::Number(digits(number), unit);
        }
        match han_number(key) {
            Some(value) => Self::Number(value.to_string(), ""),
            None => Self::Other,
        }
    }

    /// How surely an English key says the same.
    fn same(&self, english: &str) -> f32 {
        match self {
            Self::Mark(marks) => {
                if marks.contains(&english) {
                    MARK
                } else {
                    0.0
                }
            }
            Self::Number(number, unit) => {
                let month = *unit == "月" && number.parse().is_ok_and(|month: usize| is_month(month, english));
                let digit = english.starts_with(|c: char| c.is_ascii_digit());
                if month || digit && *number == digits(ordinal(english)) { 1.0 } else { 0.0 }
            }
            Self::Other => 0.0,
        }
    }
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
    const MONTHS: [&str; 12] = [
        "januari", "februari", "march", "april", "may", "june", "juli", "august", "septemb", "octob", "novemb",
        "decemb",
    ];
    let Some(month) = number.checked_sub(1).and_then(|at| MONTHS.get(at)) else { return false };
    english == *month
        || english.len() >= 3 && english.is_ascii() && month.starts_with(&english[..3]) && english.len() <= 4
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
        let same = |chinese, english| {
            let (chinese, english) = (chinese_key(chinese), english_key(english));
            if chinese == english { 1.0 } else { Form::of(&chinese).same(&english) }
        };
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
        for (chinese, english) in
            [("3月", "May"), ("22日", "23rd"), ("。", ","), ("13月", "March"), ("主权", "2"), ("月", "May")]
        {
            assert!(same(chinese, english) <= 0.0, "{chinese} {english}");
        }
    }
}
