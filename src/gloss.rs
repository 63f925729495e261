//! What the dictionary says a Chinese word means, as English match keys with weights.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::lang::is_han;
use crate::lexicon::Lexicon;
use crate::token::{Tokenizer, chinese_key, english_key, fold, is_function_word};

/// English match keys by weight: 1 for a gloss of one word, less for a word of a longer gloss or a part of a compound.
pub type Glosses = BTreeMap<String, f32>;

/// A part of a compound that is not in the dictionary counts this much.
const PART: f32 = 0.6;

/// What a person has decided on words: Chinese terms are cut whole, and their translations known besides those of the
/// dictionary.
#[derive(Clone, Debug, Default)]
pub struct Accepted {
    tokenizer: Option<Tokenizer>,
    /// English keys by Chinese key without white space.
    glosses: BTreeMap<String, BTreeSet<String>>,
}

impl Accepted {
    /// From pairs of a Chinese term and a translation of it.
    pub fn new<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut out = Self::default();
        let mut terms = Vec::new();
        for (chinese, english) in pairs {
            terms.push(chinese);
            let keys = content(&fold(english)).into_iter().map(english_key).collect::<Vec<_>>();
            out.glosses.entry(joined(&chinese_key(chinese))).or_default().extend(keys);
        }
        if !terms.is_empty() {
            out.tokenizer = Some(Tokenizer::shared().with_words(terms));
        }
        out
    }

    /// Cuts the terms whole.
    pub fn tokenizer(&self) -> &Tokenizer {
        self.tokenizer.as_ref().unwrap_or_else(|| Tokenizer::shared())
    }
}

/// A key without white space.
fn joined(key: &str) -> String {
    key.split_whitespace().collect()
}

/// Looks Chinese words up.
pub struct Translator<'a> {
    lexicon: &'a Lexicon,
    /// What is known besides.
    accepted: BTreeMap<String, BTreeSet<String>>,
    /// Keys of the words of glosses met so far: the same ones explain many words, and a key costs more than a look.
    keys: HashMap<String, String>,
}

impl<'a> Translator<'a> {
    /// One that has looked nothing up yet; it knows what was accepted as well as the dictionary.
    pub fn new(lexicon: &'a Lexicon, accepted: &Accepted) -> Self {
        Self { lexicon, accepted: accepted.glosses.clone(), keys: HashMap::new() }
    }

    /// The keys that may translate a Chinese word, given in simplified script.
    /// A word without an entry is split into the longest parts that have one.
    pub fn glosses(&mut self, simplified: &str) -> Glosses {
        let mut out = Glosses::new();
        self.add(simplified, 1.0, &mut out);
        if out.is_empty() {
            for part in parts(self.lexicon, simplified) {
                let lone = part.chars().count() == 1;
                self.add(part, if lone { PART * PART } else { PART }, &mut out);
            }
        }
        if !self.accepted.is_empty()
            && let Some(keys) = self.accepted.get(&joined(simplified))
        {
            out.extend(keys.iter().map(|key| (key.clone(), 1.0)));
        }
        out
    }

    fn add(&mut self, word: &str, factor: f32, out: &mut Glosses) {
        for entry in self.lexicon.entries(word) {
            for gloss in entry.glosses.split('/').filter(|gloss| !is_note(gloss)) {
                let bare = fold(&without_brackets(gloss));
                let words = content(&bare);
                let weight = factor / (words.len().max(1) as f32).sqrt();
                for word in words {
                    let key = self.key(word);
                    match out.get_mut(key) {
                        Some(slot) => *slot = slot.max(weight),
                        None => drop(out.insert(key.to_owned(), weight)),
                    }
                }
            }
        }
    }

    fn key(&mut self, word: &str) -> &str {
        if !self.keys.contains_key(word) {
            self.keys.insert(word.to_owned(), english_key(word));
        }
        &self.keys[word]
    }
}

impl std::fmt::Debug for Translator<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Translator").field("keys", &self.keys.len()).finish_non_exhaustive()
    }
}

/// Glosses that speak about the entry rather than translate it.
pub(crate) fn is_note(gloss: &str) -> bool {
    [
        "CL:",
        "see ",
        "see also ",
        "variant of ",
        "old variant of ",
        "also written ",
        "Taiwan pr.",
        "abbr. for ",
        "erhua variant",
    ]
    .iter()
    .any(|note| gloss.starts_with(note))
}

/// A gloss without its brackets and Chinese characters.
pub(crate) fn without_brackets(gloss: &str) -> String {
    let mut bare = String::with_capacity(gloss.len());
    let mut depth = 0_u32;
    for c in gloss.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 && !is_han(c) => bare.push(c),
            _ => {}
        }
    }
    bare
}

/// The content words of a folded gloss; all of them where it has no others.
fn content(folded: &str) -> Vec<&str> {
    let words = || folded.split(|c: char| !c.is_alphanumeric() && !"'.".contains(c)).filter(|word| !word.is_empty());
    let mut kept: Vec<&str> = words().filter(|word| !is_function_word(word)).collect();
    if kept.is_empty() {
        kept.extend(words());
    }
    kept.into_iter().map(|word| word.trim_matches(['.', '\''])).filter(|word| !word.is_empty()).collect()
}

/// Splits a word greedily into the longest parts of the dictionary, up to four characters each.
pub fn parts<'a>(lexicon: &Lexicon, word: &'a str) -> Vec<&'a str> {
    let offsets: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    let count = offsets.len() - 1;
    let mut out = Vec::new();
    let mut at = 0;
    while at < count {
        let longest = (1..=4.min(count - at))
            .rev()
            .find(|&length| length < count && lexicon.contains(&word[offsets[at]..offsets[at + length]]));
        let length = longest.unwrap_or(1);
        if longest.is_some() {
            out.push(&word[offsets[at]..offsets[at + length]]);
        }
        at += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_accepted_translates_as_well_as_the_dictionary() {
        let accepted = Accepted::new([("網絡空間", "Jumpbear Administration"), ("G20峰会", "G20 summit")]);
        let mut translator = Translator::new(Lexicon::embedded(), &accepted);
        let glosses = translator.glosses("网络空间");
        let key = english_key("administration");
        assert_eq!(glosses.get(&key), Some(&1.0), "{glosses:?}");
        assert!(translator.glosses("g20 峰会").contains_key("summit"));
        assert!(!Translator::new(Lexicon::embedded(), &Accepted::default()).glosses("网络空间").contains_key(&key));
    }

    #[test]
    fn a_word_and_a_compound() {
        let lexicon = Lexicon::embedded();
        let mut translator = Translator::new(lexicon, &Accepted::default());
        let sovereignty = translator.glosses("主权");
        assert_eq!(sovereignty.get(&english_key("sovereignty")), Some(&1.0));
        let compound = translator.glosses("主权控制");
        assert_eq!(compound.get(&english_key("sovereignty")), Some(&PART));
        assert!(compound.contains_key(&english_key("control")));
        assert!(translator.glosses("xyzzy").is_empty());
    }
}
