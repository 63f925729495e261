//! Words of one's own: Chinese terms that are cut as one word whatever stands in them.

use std::collections::BTreeSet;
use std::ops::Bound::{Included, Unbounded};

use super::{ChineseKeys, Word, WordKind};

/// The longest of them in words of jieba's.
const LONGEST: usize = 12;

/// Terms by their keys without white space.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnWords(BTreeSet<String>);

impl OwnWords {
    pub(super) fn add(&mut self, key: String) {
        self.0.insert(key);
    }

    /// Whether a word is one of them, by its match key.
    pub(super) fn has(&self, word: &str) -> bool {
        !self.0.is_empty() && self.0.contains(&key(word))
    }

    /// Makes one word of those that together are a term, the longest from the left.
    pub(super) fn put_together(&self, keys: &ChineseKeys, words: Vec<Word>) -> Vec<Word> {
        if self.0.is_empty() {
            return words;
        }
        let mut out = Vec::with_capacity(words.len());
        let mut at = 0;
        while at < words.len() {
            let count = self.longest(keys, &words[at..]).unwrap_or(1);
            let span = words[at].span.start..words[at + count - 1].span.end;
            let kind = if count > 1 { WordKind::Han } else { words[at].kind };
            out.push(Word { span, kind });
            at += count;
        }
        out
    }

    /// How many words from the first make up the longest term.
    fn longest(&self, keys: &ChineseKeys, words: &[Word]) -> Option<usize> {
        let mut joined = String::new();
        let mut found = None;
        for (number, word) in words.iter().take(LONGEST).enumerate() {
            joined += &key(&keys.of(&word.span));
            // Terms that go on in this way stand right behind it.
            let next = self.0.range::<str, _>((Included(joined.as_str()), Unbounded)).next();
            if !next.is_some_and(|term| term.starts_with(&joined)) {
                break;
            }
            if self.0.contains(&joined) {
                found = Some(number + 1);
            }
        }
        found
    }
}

/// A key without white space, which is written or not between Chinese and Latin.
pub(super) fn key(folded: &str) -> String {
    folded.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::super::Tokenizer;
    use crate::lang::Language;

    fn cut(terms: &[&str], text: &str) -> String {
        let words = Tokenizer::shared().with_words(terms.iter().copied()).words(text, Language::Chinese);
        words.iter().map(|word| &text[word.span.clone()]).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn terms_are_cut_whole_with_spaces_hyphens_and_letters_in_them() {
        assert_eq!(cut(&[], "网信办和G20 峰会。"), "网|信|办|和|G20|峰会|。");
        assert_eq!(cut(&["网信办", "G20峰会"], "网信办和G20 峰会。"), "网信办|和|G20 峰会|。");
        assert_eq!(cut(&["COVID-19疫苗"], "新的 COVID-19 疫苗到了"), "新|的|COVID-19 疫苗|到|了");
        assert_eq!(cut(&["不对称依赖", "对称"], "不对称依赖与对称"), "不对称依赖|与|对称");
    }

    #[test]
    fn traditional_text_knows_the_same_terms() {
        assert_eq!(cut(&["网信办"], "網信辦的規定"), "網信辦|的|規定");
        assert_eq!(cut(&["強積金"], "强积金计划"), "强积金|计划");
    }

    #[test]
    fn a_term_does_not_break_the_words_around_it() {
        assert_eq!(cut(&["主权"], "公民的民主权利"), "公民|的|民主权利");
    }

    #[test]
    fn a_term_has_a_tag_of_its_own() {
        let tokenizer = Tokenizer::shared().with_words(["网信办"]);
        let tags: Vec<_> = tokenizer.tagged("网信办的规定").into_iter().map(|(_, tag)| tag).collect();
        assert_eq!(tags, ["nz", "uj", "n"]);
    }
}
