//! What was typed, made ready once.

use unicode_normalization::UnicodeNormalization as _;

use super::phrases::words;
use super::pinyin::Spelling;
use crate::lang::is_han;
use crate::lexicon::Lexicon;
use crate::token::{chinese_key, english_key, fold};

/// So many characters of what was typed are looked at.
const MOST: usize = 200;

/// What is looked up.
#[derive(Clone, Debug)]
pub struct Query {
    /// As it was typed, without white space around it.
    pub(super) text: String,
    /// The key of the whole, without white space, where it has a Chinese character.
    pub(super) chinese: Option<String>,
    /// The same with the case of its letters kept, as the dictionary writes it.
    pub(super) headword: Option<String>,
    /// What it spells, where it may be pinyin.
    pub(super) spelling: Option<Spelling>,
    /// Its words, where it has no Chinese character.
    pub(super) words: Vec<QueryWord>,
    /// Whether its last word may go on.
    pub(super) begun: bool,
}

/// A word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct QueryWord {
    pub(super) folded: String,
    /// The match key under which English words are compared.
    pub(super) key: String,
}

impl Query {
    /// Reads what was typed; only its first 200 characters count.
    pub fn new(typed: &str) -> Self {
        let text: String = typed.trim().chars().take(MOST).collect();
        let has_han = text.chars().any(is_han);
        let joined = |text: &str| -> String { text.split_whitespace().collect() };
        let folded = fold(&text);
        let word = |word: &str| QueryWord { folded: word.to_owned(), key: english_key(word) };
        Self {
            chinese: has_han.then(|| joined(&chinese_key(&text))),
            headword: has_han.then(|| joined(&Lexicon::embedded().simplify(&text.nfkc().collect::<String>()))),
            spelling: if has_han { None } else { Spelling::read(&text) },
            words: if has_han { Vec::new() } else { words(&folded).into_iter().map(word).collect() },
            begun: typed.chars().next_back().is_some_and(char::is_alphanumeric),
            text,
        }
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// What is asked for.
    pub fn text(&self) -> &str {
        &self.text
    }
}
