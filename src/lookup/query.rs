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
    /// The same as it was typed, not folded.
    pub(super) written: String,
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
    /// The marks between it and the word before.
    pub(super) marks: String,
}

impl Query {
    /// Reads what was typed; only its first 200 characters count.
    pub fn new(typed: &str) -> Self {
        let text: String = typed.trim().chars().take(MOST).collect();
        let has_han = text.chars().any(is_han);
        let folded = fold(&text);
        Self {
            chinese: has_han.then(|| joined(&chinese_key(&text))),
            headword: has_han.then(|| headword(&text)),
            written: joined(&text),
            spelling: if has_han { None } else { Spelling::read(&text) },
            words: if has_han { Vec::new() } else { query_words(&folded) },
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

/// A text as the dictionary writes its words: simplified, of usual width, without white space.
pub(super) fn headword(text: &str) -> String {
    joined(&Lexicon::embedded().simplify(&text.nfkc().collect::<String>()))
}

fn joined(text: &str) -> String {
    text.split_whitespace().collect()
}

fn query_words(folded: &str) -> Vec<QueryWord> {
    let base = folded.as_ptr() as usize;
    let mut before: Option<(&str, usize)> = None;
    let word = |word| {
        let start = str::as_ptr(word) as usize - base;
        let marks = before.map(|(before, end)| marks_between(before, &folded[end..start])).unwrap_or_default();
        before = Some((word, start + word.len()));
        QueryWord { folded: word.to_owned(), key: english_key(word), marks }
    };
    words(folded).into_iter().map(word).collect()
}

/// What stands between a word and the next besides white space, hyphens and apostrophes. The full stop of an abbreviation
/// such as U.S. belongs to it.
pub(super) fn marks_between(word: &str, between: &str) -> String {
    let bare = if word.contains('.') { between.strip_prefix('.').unwrap_or(between) } else { between };
    let joins = |c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '\u{ad}' | '\'' | '’');
    fold(bare).chars().filter(|&c| !joins(c)).collect()
}
