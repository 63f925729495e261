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
    learnt: HashMap<(u32, u32), f32>,
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

    /// How often a pair was linked before.
    pub(super) fn learnt(&self, chinese: u32, english: u32) -> f32 {
        self.learnt.get(&(chinese, english)).copied().unwrap_or(0.0)
    }

    /// Whether anything was learnt.
    pub(super) fn has_learnt(&self) -> bool {
        !self.learnt.is_empty()
    }

    /// Remembers how often the pairs of a block were linked.
    pub(super) fn learn(&mut self, block: &Block, counts: &[f32]) {
        for (&(chinese, english), &count) in block.pairs.iter().zip(counts) {
            let (chinese, english) = (block.chinese[chinese as usize], block.english[english as usize]);
            if let Some(known) = self.learnt.get_mut(&(chinese, english)) {
                *known += count;
            } else if count >= LEAST {
                self.learnt.insert((chinese, english), count);
            }
        }
        let mut least = LEAST;
        while self.learnt.len() > MOST_LEARNT {
            least *= 2.0;
            self.learnt.retain(|_, count| *count >= least);
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
