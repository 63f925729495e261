//! The words met so far, numbered, and how often which were linked.

use std::collections::HashMap;

use super::block::Block;
use crate::token::{chinese_key, english_key};

/// A pair linked less than this often, in all, is forgotten,
const LEAST: f32 = 0.5;
/// and when more pairs than this are known, twice as much is asked of them, and so on.
const MOST_LEARNT: usize = 2_000_000;

/// Words of both languages by number, and what was learnt of pairs of them.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    pub(super) chinese: Side,
    pub(super) english: Side,
    /// How often a pair was linked in the blocks read before, in expectation.
    /// By Chinese word, then sorted by English word.
    learnt: Vec<Vec<(u32, f32)>>,
}

/// The words of one language. Forms that share a match key are one word.
#[derive(Debug, Default)]
pub(super) struct Side {
    forms: HashMap<String, u32>,
    by_key: HashMap<String, u32>,
    words: Vec<Entry>,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    /// The form it was first met in.
    pub(super) form: String,
}

impl Side {
    /// The number of a word, a new one where it was not met before.
    fn number(&mut self, form: &str, key: impl FnOnce(&str) -> String) -> u32 {
        if let Some(&number) = self.forms.get(form) {
            return number;
        }
        let key = key(form);
        let next = u32::try_from(self.words.len()).expect("fewer than 4 G words");
        let number = *self.by_key.entry(key.clone()).or_insert(next);
        if number == next {
            self.words.push(Entry { key, form: form.to_owned() });
        }
        self.forms.insert(form.to_owned(), number);
        number
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    pub(super) fn word(&self, number: u32) -> &Entry {
        &self.words[number as usize]
    }

    /// The number of a word by its key, if it was met.
    pub(super) fn find(&self, key: &str) -> Option<u32> {
        self.by_key.get(key).copied()
    }
}

impl Vocabulary {
    pub(super) fn number_chinese(&mut self, form: &str) -> u32 {
        self.chinese.number(form, chinese_key)
    }

    pub(super) fn number_english(&mut self, form: &str) -> u32 {
        self.english.number(form, |form| english_key(bracket(form)))
    }

    /// The English words that a Chinese one was linked to before, and how often.
    pub(super) fn learnt(&self, chinese: u32) -> &[(u32, f32)] {
        self.learnt.get(chinese as usize).map_or(&[], Vec::as_slice)
    }

    /// Remembers how often the pairs of a block were linked.
    pub(super) fn learn(&mut self, block: &Block, counts: &[f32]) {
        self.learnt.resize_with(self.chinese.words.len(), Vec::new);
        let mut from = 0;
        for of_word in block.pairs.chunk_by(|one, other| one.0 == other.0) {
            let known = &mut self.learnt[block.chinese[of_word[0].0 as usize] as usize];
            let mut new = Vec::new();
            for (&(_, english), &count) in of_word.iter().zip(&counts[from..]) {
                let english = block.english[english as usize];
                match known.binary_search_by_key(&english, |&(word, _)| word) {
                    Ok(at) => known[at].1 += count,
                    Err(_) if count >= LEAST => new.push((english, count)),
                    Err(_) => {}
                }
            }
            known.extend(new);
            known.sort_unstable_by_key(|&(word, _)| word);
            from += of_word.len();
        }
        let mut least = LEAST;
        while self.learnt.iter().map(Vec::len).sum::<usize>() > MOST_LEARNT {
            least *= 2.0;
            for known in &mut self.learnt {
                known.retain(|&(_, count)| count >= least);
            }
        }
    }
}

/// Brackets as the Penn Treebank writes them.
fn bracket(form: &str) -> &str {
    match form {
        "-LRB-" | "-lrb-" => "(",
        "-RRB-" | "-rrb-" => ")",
        "-LSB-" | "-lsb-" => "[",
        "-RSB-" | "-rsb-" => "]",
        "-LCB-" | "-lcb-" => "{",
        "-RCB-" | "-rcb-" => "}",
        form => form,
    }
}
